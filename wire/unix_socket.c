#include "wire/unix_socket.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include "base/cleanup.h"
#include "base/str.h"

/* *ret_dir: a descriptor that keeps the address valid; or -1. */
static int address(const char *path, struct sockaddr_un *ret, int *ret_dir, struct err *e)
{
	AUTO_FREE char *dir = NULL;
	const char *name = strrchr(path, '/');
	int fd, n;

	memset(ret, 0, sizeof *ret);
	ret->sun_family = AF_UNIX;
	*ret_dir = -1;
	if (str_copy(ret->sun_path, sizeof ret->sun_path, path))
		return 0;
	if (!name || name == path)
		return err_set(e, -ENAMETOOLONG, "%s: the name of a socket is too long", path);
	dir = str_ndup(path, (size_t)(name - path));
	if (!dir)
		return err_nomem(e);
	fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, errno, "%s", dir);
	n = snprintf(ret->sun_path, sizeof ret->sun_path, "/proc/self/fd/%d%s", fd, name);
	if (n < 0 || (size_t)n >= sizeof ret->sun_path) {
		close(fd);
		return err_set(e, -ENAMETOOLONG, "%s: the name of a socket is too long", path);
	}
	*ret_dir = fd;
	return 0;
}

/* 0 with a descriptor, or what connect or socket said (positive). */
static int connect_to(const struct sockaddr_un *a, int *ret_fd)
{
	AUTO_CLOSE int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int r;

	if (fd < 0)
		return errno;
	do
		r = connect(fd, (const struct sockaddr *)a, sizeof *a);
	while (r < 0 && errno == EINTR);
	if (r < 0)
		return errno;
	*ret_fd = TAKE_FD(fd);
	return 0;
}

int unix_connect(const char *path, int *ret_fd, struct err *e)
{
	AUTO_CLOSE int dir = -1;
	struct err why = {0};
	struct sockaddr_un a;
	int r = address(path, &a, &dir, &why);

	if (r == 0 && (r = connect_to(&a, ret_fd)) > 0)
		r = err_errno(&why, r, "connect to %s", path);
	if (r == -ECONNREFUSED || r == -ENOENT || r == -EAGAIN || r == -ENOTSOCK)
		r = why.code = ERR_UNAVAILABLE;
	if (r < 0 && e)
		*e = why;
	return r;
}

int unix_listen(const char *path, mode_t mode, int backlog, int *ret_fd, struct err *e)
{
	AUTO_CLOSE int fd = -1, dir = -1, probe = -1;
	struct sockaddr_un a;
	struct stat st;
	int r = address(path, &a, &dir, e);

	if (r < 0)
		return r;
	if (lstat(a.sun_path, &st) == 0) {
		if (!S_ISSOCK(st.st_mode))
			return err_set(e, -EADDRINUSE, "%s is there and is no socket", path);
		r = connect_to(&a, &probe);
		if (r == 0 || r == EAGAIN)
			return err_set(e, -EADDRINUSE, "%s: somebody else listens there", path);
		if (r != ECONNREFUSED && r != ENOENT)
			return err_errno(e, r, "connect to %s", path);
		if (unlink(a.sun_path) < 0 && errno != ENOENT)
			return err_errno(e, errno, "remove %s", path);
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_errno(e, errno, "socket");
	/* Before it is bound nobody sees it: the file has this mode, less the process' umask, from the beginning. */
	if (fchmod(fd, mode) < 0)
		return err_errno(e, errno, "mode of %s", path);
	if (bind(fd, (const struct sockaddr *)&a, sizeof a) < 0)
		return err_errno(e, errno, "bind %s", path);
	if (chmod(a.sun_path, mode) < 0)
		return err_errno(e, errno, "mode of %s", path);
	if (listen(fd, backlog) < 0)
		return err_errno(e, errno, "listen at %s", path);
	*ret_fd = TAKE_FD(fd);
	return 0;
}
