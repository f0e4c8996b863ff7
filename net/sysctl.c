#include "net/sysctl.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/str.h"

static void dir_close(DIR **d)
{
	if (*d)
		closedir(*d);
}

/* Old values are tens of bytes. */
static int value_read(const char *path, char out[128], struct err *e)
{
	AUTO_BUF struct buf b = {0};
	int code = fs_read(path, 127, &b, e);
	if (code < 0)
		return code;
	size_t n = b.len;
	while (n > 0 && (b.data[n - 1] == '\n' || b.data[n - 1] == ' '))
		n--;
	memcpy(out, b.data ? b.data : "", n);
	out[n] = 0;
	return 0;
}

int sysctl_set(const char *key, const char *value, struct err *e)
{
	AUTO_FREE char *path = str_fmt("/proc/sys/%s", key);
	if (!path)
		return err_nomem(e);
	char now[128];
	int code = value_read(path, now, e);
	if (code < 0)
		return code;
	if (streq(now, value))
		return 0;
	code = fs_write(path, value, strlen(value), e);
	return code < 0 ? err_wrap(e, "cannot set sysctl %s to %s", key, value) : 1;
}

int sysctl_change(const char *run_dir, const char *key, const char *value, struct err *e)
{
	AUTO_FREE char *path = str_fmt("/proc/sys/%s", key);
	AUTO_FREE char *dir = str_fmt("%s/net/sysctl", run_dir);
	AUTO_FREE char *name = str_dup(key);
	if (!path || !dir || !name)
		return err_nomem(e);
	char now[128];
	int code = value_read(path, now, e);
	if (code < 0)
		return code;
	if (streq(now, value))
		return 0;
	for (char *p = name; *p; p++)
		if (*p == '/')
			*p = '%';
	AUTO_FREE char *saved = fs_join(dir, name);
	if (!saved)
		return err_nomem(e);
	if (!fs_exists(saved)) {
		code = fs_mkdir_p(dir, 0755, e);
		if (code == 0)
			code = fs_write_atomic(saved, now, strlen(now), 0644, e);
		if (code < 0)
			return err_wrap(e, "cannot remember the old value of sysctl %s", key);
	}
	return sysctl_set(key, value, e);
}

int sysctl_raise(const char *run_dir, const char *key, unsigned long least, struct err *e)
{
	AUTO_FREE char *path = str_fmt("/proc/sys/%s", key), *value = str_fmt("%lu", least);
	char now[128];
	if (!path || !value)
		return err_nomem(e);
	int code = value_read(path, now, e);
	if (code < 0)
		return code;
	unsigned long n = strtoul(now, NULL, 10);
	if (n >= least)
		return 0;
	code = sysctl_change(run_dir, key, value, e);
	return code == -EACCES || code == -EPERM ? 0 : code;
}

int sysctl_restore(const char *run_dir, struct err *e)
{
	AUTO_FREE char *dir = str_fmt("%s/net/sysctl", run_dir);
	if (!dir)
		return err_nomem(e);
	CLEANUP(dir_close) DIR *d = opendir(dir);
	if (!d)
		return errno == ENOENT ? 0 : err_errno(e, errno, "cannot read %s", dir);
	int ret = 0;
	for (struct dirent *de; (de = readdir(d));) {
		if (de->d_name[0] == '.')
			continue;
		AUTO_FREE char *saved = fs_join(dir, de->d_name);
		AUTO_FREE char *key = str_dup(de->d_name);
		if (!saved || !key)
			return err_nomem(e);
		for (char *p = key; *p; p++)
			if (*p == '%')
				*p = '/';
		char old[128];
		int code = value_read(saved, old, e);
		if (code == 0)
			code = sysctl_set(key, old, e);
		if (code >= 0 || code == ERR_NOT_FOUND)
			(void)unlink(saved);
		else
			ret = code;
	}
	return ret;
}
