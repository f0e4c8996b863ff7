/* Ceph's programs, run as the user of a Secret. */
#include "storage/ceph.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"

#define OUTPUT_MAX (1 << 20)
#define ARGS_MAX   40
#define MODPROBE_MS 60000

bool ceph_word_ok(const char *s, size_t n)
{
	static const char ok[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

	return n > 0 && n <= 200 && s[0] != '-' && s[0] != '.' && strspn(s, ok) >= n;
}

int ceph_check_monitors(const char *m, struct err *e)
{
	static const char ok[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:,[]-";

	/* Brackets hold a list of addresses of one monitor, with "v1:" and "v2:" before them: as `ceph mon dump` has
	 * them. */
	if (strlen(m) > 1000 || m[strspn(m, ok)] || m[0] == '-')
		return err_set(e, ERR_INVALID, "parameter monitors is \"%.100s\": addresses with commas between them",
			       m);
	return 0;
}

int ceph_code(int status)
{
	switch (status) {
	case ENOENT:
		return ERR_NOT_FOUND;
	case EEXIST:
		return ERR_EXISTS;
	case EBUSY:
	case ENOTEMPTY:
		return -EBUSY;
	case ENOSPC:
	case EDQUOT:
		return ERR_TOO_MANY;
	case EPERM:
	case EACCES:
	case EROFS:
		return ERR_FORBIDDEN;
	case ERANGE:
	case EFBIG:
		return -ERANGE;
	case EINVAL:
	case EOPNOTSUPP:
	case EDOM:
		return ERR_INVALID;
	default:
		return ERR_UNAVAILABLE;
	}
}

void ceph_last_line(const struct buf *b, char *out, size_t cap)
{
	size_t n = b->len;

	while (n > 0 && (unsigned char)b->data[n - 1] <= ' ')
		n--;
	size_t from = n;
	while (from > 0 && b->data[from - 1] != '\n' && b->data[from - 1] != '\r')
		from--;
	size_t k = n - from < cap - 1 ? n - from : cap - 1;
	if (k)
		memcpy(out, b->data + from, k);
	out[k] = 0;
	for (char *s = out; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 127)
			*s = ' ';
	str_make_utf8(out);
}

/* Name and key belong together: never one user's name with another's key. */
static bool by_admin(const struct ceph_call *c)
{
	bool user = json_str(c->secrets, "userID") || json_str(c->secrets, "id");

	return json_str(c->secrets, "adminID") && (c->admin || !user);
}

int ceph_user(const struct ceph_call *c, const char **ret, struct err *e)
{
	const char *user = by_admin(c) ? json_str(c->secrets, "adminID")
				       : json_str_or(c->secrets, "userID", json_str(c->secrets, "id"));

	if (user && !ceph_word_ok(user, strlen(user)))
		return err_set(e, ERR_INVALID, "%s of the secret is no name of a Ceph user",
			       by_admin(c) ? "adminID" : "userID");
	*ret = user;
	return 0;
}

int ceph_key(const struct ceph_call *c, int *ret, struct err *e)
{
	const char *key = by_admin(c) ? json_str(c->secrets, "adminKey")
				      : json_str_or(c->secrets, "userKey", json_str(c->secrets, "key"));

	*ret = -1;
	if (!key)
		return 0;
	int fd = memfd_create("key", MFD_CLOEXEC);
	if (fd < 0)
		return err_errno(e, errno, "cannot keep the key of Ceph's user");
	if (write(fd, key, strlen(key)) != (ssize_t)strlen(key)) {
		(void)close(fd);
		return err_set(e, ERR_INTERNAL, "cannot keep the key of Ceph's user");
	}
	*ret = fd;
	return 0;
}

bool ceph_has(const char *program)
{
	static const char *const dirs[] = {"/usr/local/sbin", "/usr/local/bin", "/usr/sbin",
					   "/usr/bin",	      "/sbin",		"/bin"};
	bool found = false;

	for (size_t i = 0; i < ARRAY_LEN(dirs) && !found; i++) {
		AUTO_FREE char *path = fs_join(dirs[i], program);
		found = path && access(path, X_OK) == 0;
	}
	return found;
}

/* A file system is there when it can be mounted, rbd when it can be told to map. */
static bool kernel_has(const char *module)
{
	AUTO_BUF struct buf b = {0};
	AUTO_FREE char *sign =
			   streq(module, "rbd") ? str_dup("/sys/bus/rbd/devices") : str_fmt("/sys/module/%s", module),
		       *fs = str_fmt("\t%s\n", module);

	return (sign && fs_exists(sign)) ||
	       (fs && fs_read("/proc/filesystems", 65536, &b, NULL) == 0 && b.data && strstr(b.data, fs));
}

bool ceph_kernel_has(const char *module)
{
	const char *argv[] = {"modprobe", "-q", "--", module, NULL};
	int code = 0;

	if (!kernel_has(module) && ceph_has("modprobe"))
		(void)proc_run(argv, NULL, 0, NULL, NULL, 4096, MODPROBE_MS, &code, NULL);
	return kernel_has(module);
}

int ceph_run(const struct ceph_call *c, struct buf *out, struct err *e, const char *const *args)
{
	static const char *const env[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
					  "LC_ALL=C.UTF-8", "HOME=/", NULL};
	const char *program = args[0], *user = NULL, *argv[ARGS_MAX];
	AUTO_BUF struct buf errout = {0};
	AUTO_CLOSE int key = -1;
	size_t n = 0;
	int status = 0, r;
	char words[300];

	if (!ceph_has(program))
		return err_set(e, ERR_INTERNAL, "Ceph's tool %s is not installed on this machine: install %s", program,
			       streq(program, "rbd") || streq(program, "ceph") ? "ceph-common" : program);
	if ((r = ceph_user(c, &user, e)) < 0 || (r = ceph_key(c, &key, e)) < 0)
		return r;
	for (; *args; args++) {
		if (n == ARGS_MAX - 9)
			return err_set(e, ERR_INTERNAL, "too many words for %s", program);
		argv[n++] = *args;
	}
	if (*c->monitors) { /* the machine's own cluster, if it has one, has no say in it */
		argv[n++] = "--conf";
		argv[n++] = "/dev/null";
		argv[n++] = "-m";
		argv[n++] = c->monitors;
	}
	if (user) {
		argv[n++] = "--id";
		argv[n++] = user;
	}
	if (key >= 0) {
		argv[n++] = "--keyfile";
		argv[n++] = "/proc/self/fd/3";
	}
	argv[n] = NULL;
	_Static_assert(PROC_KEPT_FD == 3, "named above");
	const struct proc_call call = {.argv = argv,
				       .envp = env,
				       .out = out,
				       .errout = &errout,
				       .max_output = OUTPUT_MAX,
				       .timeout_ms = c->timeout_ms > 0 ? c->timeout_ms : CEPH_WORK_MS,
				       .keep_fd = key >= 0 ? key : 0,
				       .stop_fd = c->stop_fd,
				       .cwd = "/"};
	r = proc_call(&call, &status, e);
	if (r == ERR_TIMEOUT)
		return err_set(e, r, "Ceph did not answer within %d ms (monitors %.100s)", call.timeout_ms,
			       *c->monitors ? c->monitors : "of ceph.conf");
	if (r < 0 || status == 0)
		return r;
	ceph_last_line(&errout, words, sizeof(words));
	/* rbd's last line may say no more than that it did not work; 1 is anything that went wrong. */
	const char *why =
	    !streq(program, "rbd") || status < 2 || status > 128 || strchr(words, '(') ? "" : strerror(status);
	return err_set(e, status > 128 ? ERR_UNAVAILABLE : ceph_code(status), "%s %s: %s%s%s", program,
		       argv[1] ? argv[1] : "", words, *words && *why ? ": " : "",
		       *words ? why : strerror(status > 128 ? EIO : status));
}
