#include "base/listener.h"
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/str.h"

#define TABLE_MAX (16u << 20)
#define LISTEN    0x0a

/* Inode of a socket that listens; 0: none. Lines: sl local remote st tx:rx tr:when retrnsmt uid timeout inode. */
static unsigned long long inode_of(const char *table, uint16_t port)
{
	AUTO_BUF struct buf text = {0};
	if (fs_read(table, TABLE_MAX, &text, NULL) < 0 || !text.data)
		return 0;
	for (const char *line = strchr(text.data, '\n'); line && line[1]; line = strchr(line + 1, '\n')) {
		unsigned local, state;
		unsigned long long inode;
		if (sscanf(line + 1, " %*u: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x %*x:%*x %*x:%*x %*x %*u %*u %llu",
			   &local, &state, &inode) == 3 &&
		    local == port && state == LISTEN && inode)
			return inode;
	}
	return 0;
}

static bool has_socket(const char *pid, const char *link)
{
	char dir[64], target[64];
	(void)snprintf(dir, sizeof(dir), "/proc/%.20s/fd", pid);
	DIR *d = opendir(dir);
	bool found = false;
	for (struct dirent *de; d && !found && (de = readdir(d));) {
		ssize_t n = readlinkat(dirfd(d), de->d_name, target, sizeof(target) - 1);
		if (n <= 0)
			continue;
		target[n] = 0;
		found = streq(target, link);
	}
	if (d)
		closedir(d);
	return found;
}

bool listener_find(uint16_t port, char *out, size_t cap)
{
	unsigned long long inode = inode_of("/proc/thread-self/net/tcp", port);
	char link[64];
	bool found = false;
	if (!inode)
		inode = inode_of("/proc/thread-self/net/tcp6", port);
	DIR *d = inode ? opendir("/proc") : NULL;
	(void)snprintf(link, sizeof(link), "socket:[%llu]", inode);
	for (struct dirent *de; d && !found && (de = readdir(d));) {
		AUTO_BUF struct buf comm = {0};
		char path[64];
		if (!isdigit((unsigned char)de->d_name[0]) || !has_socket(de->d_name, link))
			continue;
		(void)snprintf(path, sizeof(path), "/proc/%.20s/comm", de->d_name);
		if (fs_read(path, 64, &comm, NULL) < 0 || !comm.data)
			continue;
		comm.data[strcspn(comm.data, "\n")] = 0;
		(void)snprintf(out, cap, "%s (pid %.20s)", comm.data, de->d_name);
		found = true;
	}
	if (d)
		closedir(d);
	return found;
}
