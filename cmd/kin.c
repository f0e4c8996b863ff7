#include "cmd/kin.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/str.h"
#include "cmd/cluster.h"
#include "cmd/parts.h"

#define END_MS      30000 /* for ending by itself */
#define KILLED_MS   5000
#define ROUNDS      4 /* while others are started */
#define CMDLINE_MAX (1u << 20)

DEFINE_CLEANUP(struct options *, options_free, options_free_p)

struct kin {
	pid_t pid;
	int fd;
	char name[32];
};

struct kin_set {
	struct kin *v;
	size_t n;
};

static void kin_set_done(struct kin_set *s)
{
	for (size_t i = 0; i < s->n; i++)
		(void)close(s->v[i].fd);
	free(s->v);
	*s = (struct kin_set){0};
}

/* What runs on by that name, and which options it takes; 0: a tool. */
static unsigned scope_of(const char *subcommand)
{
	if (streq(subcommand, "server"))
		return OPT_IN_SERVER;
	if (streq(subcommand, "agent"))
		return OPT_IN_AGENT;
	return streq(subcommand, "apiserver") || part_find(subcommand) >= 0 ? OPT_IN_COMPONENT : 0;
}

/* Its program is minik, also when another version lies there by now. */
static bool is_minik(const char *pid)
{
	AUTO_FREE char *path = str_fmt("/proc/%s/exe", pid);
	char exe[PATH_MAX];
	ssize_t n = path ? readlink(path, exe, sizeof(exe) - 1) : -1;
	const char *base;

	if (n <= 0)
		return false;
	exe[n] = '\0';
	base = strrchr(exe, '/');
	base = base ? base + 1 : exe;
	return streq(base, "minik") || streq(base, "minik (deleted)");
}

/* ns: "mnt", "net". */
static bool same_namespace(const char *pid, const char *ns)
{
	AUTO_FREE char *path = str_fmt("/proc/%s/ns/%s", pid, ns), *own = str_fmt("/proc/self/ns/%s", ns);
	struct stat theirs, ours;

	return path && own && stat(path, &theirs) == 0 && stat(own, &ours) == 0 && theirs.st_ino == ours.st_ino &&
	       theirs.st_dev == ours.st_dev;
}

/* Is what it calls `theirs` our `ours`? */
static bool same_dir(const char *pid, const char *theirs, const char *ours)
{
	AUTO_FREE char *path = str_fmt("/proc/%s/%s/%s", pid, theirs[0] == '/' ? "root" : "cwd", theirs);
	struct stat a, b;

	if (path && stat(path, &a) == 0 && stat(ours, &b) == 0)
		return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
	return same_namespace(pid, "mnt") && streq(theirs, ours); /* somebody has removed it */
}

static void no_matter(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

/* name: what it runs. NULL: it is not minik, a tool, or gone. */
static struct options *options_of(const char *pid, char name[32])
{
	AUTO_FREE char *cmdline = str_fmt("/proc/%s/cmdline", pid), *variables = str_fmt("/proc/%s/environ", pid),
		       *root = str_fmt("/proc/%s/root", pid), *cwd = str_fmt("/proc/%s/cwd", pid);
	struct options *its = NULL;
	const struct opt_faults faults = {no_matter, NULL};
	AUTO_BUF struct buf args = {0}, env = {0};
	AUTO_FREE char **argv = NULL;
	int argc = 0;
	unsigned scope;
	bool help;

	if (!cmdline || !variables || !root || !cwd || !is_minik(pid) ||
	    fs_read(cmdline, CMDLINE_MAX, &args, NULL) < 0 || !args.data ||
	    fs_read(variables, CMDLINE_MAX, &env, NULL) < 0 || !(argv = calloc(args.len + 2, sizeof(*argv))))
		return NULL;
	for (char *p = args.data; p < args.data + args.len; p += strlen(p) + 1)
		argv[argc++] = p;
	scope = argc > 1 ? scope_of(argv[1]) : 0;
	if (!scope || !str_copy(name, 32, argv[1]))
		return NULL;
	const struct opt_place place = {
	    .environment = env.data ? env.data : "", .n_environment = env.len, .root = root, .cwd = cwd};
	if (options_parse_of(&its, &place, scope, argc - 2, argv + 2, &help, &faults, NULL) < 0)
		return NULL;
	return help ? options_free(its) : its;
}

int kin_options(pid_t pid, struct options **ret, bool *ret_all, struct err *e)
{
	char text[16], name[32];
	bool all = true;

	(void)snprintf(text, sizeof(text), "%d", (int)pid);
	*ret = options_of(text, name);
	/* An agent's networks are the cluster's; one that cannot be told of them would not run. */
	if (*ret && streq(name, "agent"))
		all = cluster_recall(*ret, NULL) > 0;
	if (ret_all)
		*ret_all = *ret && all;
	return *ret ? 0 : err_set(e, ERR_NOT_FOUND, "process %d is not a minik that runs on", (int)pid);
}

static bool same_minik(const struct options *o, const char *pid, const struct options *its)
{
	return same_dir(pid, opt_str(its, OPT_RUN_DIR), opt_str(o, OPT_RUN_DIR)) ||
	       (opt_is_set(its, OPT_DATA_DIR) && same_dir(pid, opt_str(its, OPT_DATA_DIR), opt_str(o, OPT_DATA_DIR)));
}

/* name: what it runs. False: it is none of ours, or gone. */
static bool is_ours(const struct options *o, const char *pid, char name[32])
{
	CLEANUP(options_free_p) struct options *its = options_of(pid, name);

	return its && same_minik(o, pid, its);
}

static int collect(const struct options *o, struct kin_set *s, struct err *e)
{
	DIR *d = opendir("/proc");

	if (!d)
		return err_errno(e, errno, "cannot list /proc");
	for (struct dirent *de; (de = readdir(d));) {
		struct kin k = {.fd = -1}, *v;
		int64_t pid;

		if (!isdigit((unsigned char)de->d_name[0]) || str_to_i64(de->d_name, 1, INT_MAX, &pid) < 0 ||
		    pid == getpid())
			continue;
		/* Opened first: what is looked at then is what is signalled. */
		k.pid = (pid_t)pid;
		k.fd = is_minik(de->d_name) ? (int)syscall(SYS_pidfd_open, k.pid, 0) : -1;
		if (k.fd < 0)
			continue;
		v = is_ours(o, de->d_name, k.name) ? reallocarray(s->v, s->n + 1, sizeof(*v)) : NULL;
		if (!v) {
			(void)close(k.fd);
			continue;
		}
		s->v = v;
		v[s->n++] = k;
	}
	closedir(d);
	return 0;
}

static bool wait_end(const struct kin *k, int64_t until_ms)
{
	struct pollfd p = {.fd = k->fd, .events = POLLIN};
	int64_t left = until_ms - clock_mono_ms(clock_real());

	return poll(&p, 1, left > 0 ? (int)left : 0) != 0;
}

static int end_all(const struct kin_set *s, struct err *e)
{
	int64_t until = clock_mono_ms(clock_real()) + END_MS;
	int r = 0;

	for (size_t i = 0; i < s->n; i++)
		if (syscall(SYS_pidfd_send_signal, s->v[i].fd, SIGTERM, NULL, 0) < 0 && errno != ESRCH)
			r = err_errno(e, errno, "cannot stop minik %s with pid %d", s->v[i].name, (int)s->v[i].pid);
	for (size_t i = 0; i < s->n && r == 0; i++) {
		const struct kin *k = &s->v[i];

		if (!wait_end(k, until)) {
			printf("minik %s (pid %d) does not end: killing it\n", k->name, (int)k->pid);
			(void)syscall(SYS_pidfd_send_signal, k->fd, SIGKILL, NULL, 0);
			if (!wait_end(k, clock_mono_ms(clock_real()) + KILLED_MS))
				return err_set(e, ERR_TIMEOUT, "minik %s (pid %d) cannot be ended", k->name,
					       (int)k->pid);
		}
		printf("stopped minik %s (pid %d)\n", k->name, (int)k->pid);
	}
	return r;
}

int kin_end(const struct options *o, struct err *e)
{
	for (int round = 0; round < ROUNDS; round++) {
		struct kin_set s = {0};
		int r = collect(o, &s, e);
		bool none = s.n == 0;

		if (r == 0)
			r = end_all(&s, e);
		kin_set_done(&s);
		if (r < 0 || none)
			return r;
	}
	return err_set(e, ERR_UNAVAILABLE, "somebody starts minik with --run-dir %s again and again: stop that first",
		       opt_str(o, OPT_RUN_DIR));
}

int kin_list(const struct options *o, struct err *e)
{
	struct kin_set s = {0};
	int r = collect(o, &s, e);

	for (size_t i = 0; i < s.n; i++)
		printf("would stop minik %s (pid %d)\n", s.v[i].name, (int)s.v[i].pid);
	kin_set_done(&s);
	return r;
}

/* Calls fn for every other minik until it returns true; that one's pid, or 0. */
static pid_t find_other(const struct options *o,
			bool (*fn)(const char *pid, const char *name, const struct options *its, void *arg), void *arg)
{
	DIR *d = opendir("/proc");
	pid_t found = 0;

	for (struct dirent *de; d && !found && (de = readdir(d));) {
		CLEANUP(options_free_p) struct options *its = NULL;
		char name[32];
		int64_t pid;

		if (!isdigit((unsigned char)de->d_name[0]) || str_to_i64(de->d_name, 1, INT_MAX, &pid) < 0 ||
		    pid == getpid() || !(its = options_of(de->d_name, name)))
			continue;
		if (!same_minik(o, de->d_name, its) && fn(de->d_name, name, its, arg))
			found = (pid_t)pid;
	}
	if (d)
		closedir(d);
	return found;
}

static bool has_network(const char *pid, const char *name, const struct options *its, void *arg)
{
	static const char *const which[] = {"server", "agent", "net", "proxy", "node"};
	char *run_dir = arg;
	bool has = false;

	for (size_t i = 0; i < ARRAY_LEN(which); i++)
		has = has || streq(name, which[i]);
	if (streq(name, "server") && opt_bool(its, OPT_DISABLE_AGENT))
		has = false;
	return has && same_namespace(pid, "net") && str_copy(run_dir, PATH_MAX, opt_str(its, OPT_RUN_DIR));
}

int kin_alone(const struct options *o, struct err *e)
{
	char run_dir[PATH_MAX] = "";
	pid_t pid = find_other(o, has_network, run_dir);

	return !pid ? 0
		    : err_set(e, ERR_INVALID,
			      "another minik runs here (pid %d, --run-dir %s), whose pods' network and Services would be "
			      "removed with it: give its --run-dir and --data-dir if it is meant, else end it first",
			      (int)pid, run_dir);
}

static bool uses(const char *pid, const char *name, const struct options *its, void *arg)
{
	static const enum opt_id ids[] = {OPT_CONFIG, OPT_REGISTRIES, OPT_WRITE_KUBECONFIG};
	bool writes = streq(name, "server") || streq(name, "apiserver");
	const char *dir = arg;
	size_t n = strlen(dir);

	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		const char *path = ids[i] != OPT_WRITE_KUBECONFIG || writes ? opt_str(its, ids[i]) : NULL;

		if (path && strncmp(path, dir, n) == 0 && path[n] == '/' && same_dir(pid, dir, dir))
			return true;
	}
	return false;
}

pid_t kin_uses(const struct options *o, const char *dir)
{
	return find_other(o, uses, (void *)dir);
}
