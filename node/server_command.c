/* The command's side of exec and attach: pipes, terminals, the runtime and the container's monitor. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/server_exec.h"

static int nonblock(int fd)
{
	int fl = fcntl(fd, F_GETFL);

	return fl < 0 ? -errno : fcntl(fd, F_SETFL, fl | O_NONBLOCK) < 0 ? -errno : 0;
}

/* Binds or connects a socket below dir by a path that surely fits. */
static int unix_address(const char *path, struct sockaddr_un *a, int *dir_fd)
{
	const char *slash = strrchr(path, '/');

	*a = (struct sockaddr_un){.sun_family = AF_UNIX};
	*dir_fd = -1;
	if (strlen(path) < sizeof(a->sun_path)) {
		str_copy(a->sun_path, sizeof(a->sun_path), path);
		return 0;
	}
	AUTO_FREE char *dir = slash ? str_ndup(path, (size_t)(slash - path)) : NULL;
	*dir_fd = dir ? open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
	if (*dir_fd < 0)
		return -errno;
	if ((size_t)snprintf(a->sun_path, sizeof(a->sun_path), "/proc/self/fd/%d/%s", *dir_fd, slash + 1) >=
	    sizeof(a->sun_path))
		return -ENAMETOOLONG;
	return 0;
}

int exec_attach(struct exec *x, struct err *e)
{
	AUTO_FREE char *path = runtime_attach_path(node_runtime(x->session.server->n), x->info.cid);
	AUTO_CLOSE int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), dir = -1;
	struct sockaddr_un a;
	int r = path ? unix_address(path, &a, &dir) : -ENOMEM;

	if (r < 0 || fd < 0)
		return err_errno(e, r < 0 ? -r : errno, "cannot reach the container's monitor");
	if (connect(fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		return err_errno(e, errno, "cannot attach to the container's monitor");
	x->out_fd[0] = TAKE_FD(fd);
	return 0;
}

static int console_listen(struct exec *x, const char *base, struct err *e)
{
	AUTO_CLOSE int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), dir = -1;
	struct sockaddr_un a;
	int r;

	x->console_path = str_fmt("%s.tty", base);
	if (!x->console_path)
		return err_nomem(e);
	r = unix_address(x->console_path, &a, &dir);
	if (r < 0 || fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 || listen(fd, 1) < 0)
		return err_errno(e, r < 0 ? -r : errno, "cannot listen for the terminal at %s", x->console_path);
	x->listen_fd = TAKE_FD(fd);
	return 0;
}

int exec_spawn(struct exec *x, struct err *e)
{
	struct runtime *rt = node_runtime(x->session.server->n);
	AUTO_FREE char *dir = str_fmt("%s/exec", x->session.server->n->run_dir), *base = NULL;
	struct runtime_exec_spec s = {
	    .argv = (const char *const *)x->argv, .tty = x->tty, .stdin_fd = -1, .stdout_fd = -1, .stderr_fd = -1};
	int theirs[3] = {-1, -1, -1}, p[2], r;
	char name[13];

	random_suffix(name, 12);
	name[12] = '\0';
	base = dir ? str_fmt("%s/%s", dir, name) : NULL;
	x->pid_path = base ? str_fmt("%s.pid", base) : NULL;
	if (!x->pid_path)
		return err_nomem(e);
	r = fs_mkdir_p(dir, 0700, e);
	if (r == 0 && x->tty)
		r = console_listen(x, base, e);
	for (int i = 0; r == 0 && i < 3; i++) {
		/* With a terminal, what the runtime itself has to complain about. */
		if (x->tty ? i != 2 : !x->want[i])
			continue;
		if (pipe2(p, O_CLOEXEC) < 0) {
			r = err_errno(e, errno, "cannot make a pipe");
			break;
		}
		theirs[i] = p[i != 0];
		if (i == 0)
			x->in_fd = p[1];
		else
			x->out_fd[i - 1] = p[0];
		if (nonblock(p[i == 0]) < 0)
			r = err_errno(e, errno, "cannot prepare a pipe");
	}
	s.stdin_fd = theirs[0];
	s.stdout_fd = theirs[1];
	s.stderr_fd = theirs[2];
	s.console_socket = x->console_path;
	s.pid_file = x->pid_path;
	if (r == 0)
		r = runtime_exec_spawn(rt, x->info.cid, &s, &x->pid, e);
	for (int i = 0; i < 3; i++)
		if (theirs[i] >= 0)
			(void)close(theirs[i]);
	return r;
}

int exec_take_terminal(int listen_fd)
{
	AUTO_CLOSE int conn = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC);
	union {
		struct cmsghdr h;
		char b[CMSG_SPACE(sizeof(int) * 4)];
	} c = {0};
	char name[4096];
	struct iovec iov = {name, sizeof(name)};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &c, .msg_controllen = sizeof(c)};
	struct timeval tv = {.tv_sec = 5}; /* it sends right after connecting */
	int master = -1;

	if (conn < 0)
		return -EAGAIN;
	(void)setsockopt(conn, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	if (recvmsg(conn, &m, MSG_CMSG_CLOEXEC) >= 0) {
		struct cmsghdr *h = CMSG_FIRSTHDR(&m);

		if (h && h->cmsg_level == SOL_SOCKET && h->cmsg_type == SCM_RIGHTS &&
		    h->cmsg_len >= CMSG_LEN(sizeof(int)))
			memcpy(&master, CMSG_DATA(h), sizeof(master));
	}
	if (master < 0)
		return -EPROTO;
	if (nonblock(master) < 0) {
		(void)close(master);
		return -EPROTO;
	}
	return master;
}

void exec_kill(struct exec *x)
{
	runtime_kill_command(x->pid_path, x->info.cid);
}
