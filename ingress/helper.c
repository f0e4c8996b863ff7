#include "ingress/helper.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <grp.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"

#define FILES    65536
#define MAX_DIRS 16

struct helper helper_user(void)
{
	struct helper h = {geteuid() == 0, NGINX_UID, NGINX_UID};
	struct passwd pw, *found = NULL;
	char text[4096];

	if (!h.drop)
		return (struct helper){false, geteuid(), getegid()};
	if (getpwnam_r(NGINX_USER, &pw, text, sizeof(text), &found) == 0 && found && pw.pw_uid) {
		h.uid = pw.pw_uid;
		h.gid = pw.pw_gid;
	}
	return h;
}

static size_t count(const char *const *v)
{
	size_t n = 0;

	while (v && v[n])
		n++;
	return n;
}

int helper_argv(const char ***ret, const struct helper *h, const char *cwd, const char *const *hide,
		const char *const *keep, const char *const *argv, struct err *e)
{
	size_t n_hide = h->drop ? count(hide) : 0, n_keep = h->drop ? count(keep) : 0, n = count(argv);
	size_t words = 5 + n_hide + n_keep + n + 1;
	AUTO_BUF struct buf text = {0};
	AUTO_FREE char *self = NULL;

	int r = proc_self_exe(&self, e);
	if (r < 0)
		return r;
	/* The words one after the other, each with its NUL. */
	buf_add(&text, self, strlen(self) + 1);
	buf_add(&text, "ingress-helper", sizeof("ingress-helper"));
	if (h->drop)
		buf_addf(&text, "user=%u:%u%c", (unsigned)h->uid, (unsigned)h->gid, 0);
	else
		buf_addf(&text, "user=%c", 0);
	buf_addf(&text, "cwd=%s%c", cwd, 0);
	for (size_t i = 0; i < n_hide; i++)
		buf_addf(&text, "hide=%s%c", hide[i], 0);
	for (size_t i = 0; i < n_keep; i++)
		buf_addf(&text, "keep=%s%c", keep[i], 0);
	buf_add(&text, "--", 3);
	for (size_t i = 0; i < n; i++)
		buf_add(&text, argv[i], strlen(argv[i]) + 1);
	if (buf_failed(&text))
		return err_nomem(e);
	const char **all = malloc((words + 1) * sizeof(*all) + text.len);
	if (!all)
		return err_nomem(e);
	char *p = (char *)(all + words + 1);
	memcpy(p, text.data, text.len);
	for (size_t i = 0; i < words - 1; i++, p += strlen(p) + 1)
		all[i] = p;
	all[words - 1] = NULL;
	*ret = all;
	return 0;
}

/* --- in the process --- */

/* As nginx says it: that is where its last words are looked for. */
static int complain(const char *what, const char *object)
{
	fprintf(stderr, "nginx: [emerg] %s %s (%d: %s)\n", what, object, errno, strerror(errno));
	return -1;
}

/* Whoever may have more files gets them; who may not still serves, with fewer connections. */
static void more_files(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) < 0 || r.rlim_cur >= FILES)
		return;
	struct rlimit want = {FILES, r.rlim_max > FILES ? r.rlim_max : FILES};
	if (setrlimit(RLIMIT_NOFILE, &want) == 0)
		return;
	r.rlim_cur = r.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &r);
}

struct dirs {
	const char *hide[MAX_DIRS], *keep[MAX_DIRS];
	size_t n_hide, n_keep;
};

static bool below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return strncmp(path, dir, n) == 0 && path[n] == '/';
}

/* Empty directories, root's to write, in the place of what is hidden; what is kept is bound into them from before. */
static int hide(const struct dirs *d)
{
	int kept[MAX_DIRS];
	char self[64];
	size_t i;

	for (i = 0; i < d->n_keep; i++)
		if ((kept[i] = open(d->keep[i], O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0)
			return complain("cannot open", d->keep[i]);
	for (i = 0; i < d->n_hide; i++)
		if (mount("minik-hidden", d->hide[i], "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
			  "mode=0711,size=64k,nr_inodes=64") < 0 &&
		    errno != ENOENT)
			return complain("cannot hide", d->hide[i]);
	for (i = 0; i < d->n_keep; i++) {
		bool hidden = false;
		for (size_t k = 0; k < d->n_hide; k++)
			hidden = hidden || below(d->keep[i], d->hide[k]);
		if (!hidden)
			continue;
		(void)snprintf(self, sizeof(self), "/proc/self/fd/%d", kept[i]);
		if (fs_mkdir_p(d->keep[i], 0711, NULL) < 0 || mount(self, d->keep[i], NULL, MS_BIND | MS_REC, NULL) < 0)
			return complain("cannot keep", d->keep[i]);
	}
	return 0;
}

static int own_mounts(const struct dirs *d)
{
	if (!d->n_hide)
		return 0;
	/* A container may not let us: its own directories' permissions are left then. */
	if (unshare(CLONE_NEWNS) < 0) {
		fprintf(stderr, "nginx: [warn] no mount namespace of its own for nginx (%d: %s)\n", errno,
			strerror(errno));
		return 0;
	}
	/* What is unmounted outside must go here, too. */
	if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0)
		return complain("cannot change the propagation of", "/");
	return hide(d);
}

/* The user, and of root's capabilities only that of low ports, which then outlives exec. */
static int become(uid_t uid, gid_t gid)
{
	struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct caps[2] = {{0}, {0}}, had[2] = {{0}, {0}};
	char who[32];

	(void)snprintf(who, sizeof(who), "%u:%u", (unsigned)uid, (unsigned)gid);
	if (syscall(SYS_capget, &head, had) < 0)
		return complain("cannot read capabilities of", who);
	for (int i = 0; i < 64; i++)
		if (i != CAP_NET_BIND_SERVICE && prctl(PR_CAPBSET_READ, i, 0, 0, 0) == 1 &&
		    prctl(PR_CAPBSET_DROP, i, 0, 0, 0) < 0)
			return complain("cannot give up capabilities for", who);
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 || setgroups(0, NULL) < 0 || setresgid(gid, gid, gid) < 0 ||
	    setresuid(uid, uid, uid) < 0)
		return complain("cannot become user", who);
	caps[0].effective = caps[0].permitted = caps[0].inheritable = had[0].permitted & (1u << CAP_NET_BIND_SERVICE);
	if (syscall(SYS_capset, &head, caps) < 0)
		return complain("cannot set capabilities of", who);
	if (caps[0].permitted && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_BIND_SERVICE, 0, 0) < 0)
		return complain("cannot keep CAP_NET_BIND_SERVICE for", who);
	return 0;
}

int ingress_helper_main(int argc, char **argv)
{
	struct dirs d = {.n_hide = 0};
	const char *user = "", *cwd = "/";
	int i = 1;

	for (; i < argc && !streq(argv[i], "--"); i++) {
		if (str_has_prefix(argv[i], "user="))
			user = argv[i] + 5;
		else if (str_has_prefix(argv[i], "cwd="))
			cwd = argv[i] + 4;
		else if (str_has_prefix(argv[i], "hide=") && d.n_hide < MAX_DIRS)
			d.hide[d.n_hide++] = argv[i] + 5;
		else if (str_has_prefix(argv[i], "keep=") && d.n_keep < MAX_DIRS)
			d.keep[d.n_keep++] = argv[i] + 5;
		else
			return 2;
	}
	if (i + 1 >= argc)
		return 2;
	char **program = argv + i + 1;
	unsigned uid = 0, gid = 0;
	if (*user && (sscanf(user, "%u:%u", &uid, &gid) != 2 || !uid || !gid))
		return 2;
	more_files();
	if (*user && own_mounts(&d) < 0)
		return 1;
	/* Again: the directory that was the current one is one of those that are hidden. */
	if (chdir(cwd) < 0) {
		(void)complain("cannot enter", cwd);
		return 1;
	}
	(void)umask(027);
	if (*user && become(uid, gid) < 0)
		return 1;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
		(void)complain("cannot give up new privileges for", program[0]);
		return 1;
	}
	(void)execv(program[0], program);
	(void)complain("cannot execute", program[0]);
	return 127;
}
