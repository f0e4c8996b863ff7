#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "cmd/adapt.h"
#include "cmd/cmd.h"
#include "cmd/killall.h"
#include "cmd/kin.h"
#include "ingress/helper.h"

#define ETC	 "/etc/minik"
#define MANIFEST ETC "/install.manifest"
#define FLAGS	 ETC "/uninstall.flags"
#define SCOPE	 (OPT_IN_TOOL | OPT_IN_UNINSTALL)

static int remove_file(const char *path, bool dry, struct err *e)
{
	size_t n = strlen(path);

	if (access(path, F_OK) < 0)
		return 0;
	/* A folder that the installation made goes when nobody else put something there. */
	if (n > 1 && path[n - 1] == '/') {
		if (!dry && rmdir(path) < 0 && errno != ENOTEMPTY)
			return err_errno(e, errno, "cannot remove %s", path);
		return 0;
	}
	printf("%s %s\n", dry ? "would remove" : "remove", path);
	if (!dry && unlink(path) < 0)
		return err_errno(e, errno, "cannot remove %s", path);
	return 0;
}

/* Ends the service so that systemd does not start minik again; a machine without systemd has nothing to end here. */
static int stop_service(const char *unit, bool dry, struct err *e)
{
	const char *const argv[] = {"systemctl", "disable", "--now", unit, NULL};
	AUTO_FREE char *path = fs_join("/etc/systemd/system", unit);

	if (!path)
		return err_nomem(e);
	if (!fs_exists("/run/systemd/system") || !fs_exists(path))
		return 0;
	printf("%s %s\n", dry ? "would stop and disable" : "stop and disable", unit);
	return dry ? 0 : proc_check(argv, 90000, e);
}

static int remove_tree(const char *path, bool dry, struct err *e)
{
	if (!fs_exists(path))
		return 0;
	printf("%s %s\n", dry ? "would remove" : "remove", path);
	return dry ? 0 : fs_rm_rf(path, e);
}

/* The user that install.sh made for nginx, which has ended by now. */
static int remove_user(const char *name, bool dry, struct err *e)
{
	const char *const argv[] = {"userdel", name, NULL};

	if (!getpwnam(name))
		return 0;
	printf("%s user %s\n", dry ? "would remove" : "remove", name);
	return dry ? 0 : proc_check(argv, 30000, e);
}

/* install.sh lists what it put where, one path a line; without a list there is only the data. */
static int remove_installed(bool dry, struct err *e)
{
	AUTO_BUF struct buf text = {0};
	int r = fs_read(MANIFEST, 1 << 20, &text, e);

	if (r == ERR_NOT_FOUND)
		return 0;
	for (char *p = text.data; r == 0 && p && *p;) {
		char *end = strchr(p, '\n');
		if (end)
			*end = '\0';
		if (*p == '/')
			r = remove_file(p, dry, e);
		else if (streq(p, "user " NGINX_USER))
			r = remove_user(NGINX_USER, dry, e);
		p = end ? end + 1 : NULL;
	}
	return r;
}

/*
 * Where the installed server keeps its state: install.sh leaves that as flags, one a line, so that a bare `minik uninstall` finds
 * what `./install.sh -- --data-dir /srv/minik` made. Flags given now come later and win.
 */
static int installed_flags(struct buf *text, char ***ret_argv, int *ret_argc, int *ret_installed, int argc, char **argv, struct err *e)
{
	size_t lines = 0;

	int r = fs_read(FLAGS, 1 << 16, text, e);
	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	for (size_t i = 0; i < text->len; i++)
		lines += text->data[i] == '\n';
	char **all = calloc((size_t)argc + lines + 2, sizeof(*all));
	if (!all)
		return err_nomem(e);
	int n = 0;
	all[n++] = argv[0];
	for (char *p = text->data; p && *p;) {
		char *end = strchr(p, '\n');
		if (end)
			*end = '\0';
		/* A configuration file that is gone since says nothing any more; all else is here. */
		if (*p && !(str_has_prefix(p, "--config=") && !fs_exists(p + 9)))
			all[n++] = p;
		p = end ? end + 1 : NULL;
	}
	*ret_installed = n;
	for (int i = 1; i < argc; i++)
		all[n++] = argv[i];
	*ret_argv = all;
	*ret_argc = n;
	return 0;
}

/* Whether the flags given mean another minik than the one that is installed: then programs, service and /etc/minik stay. */
static bool is_other(const struct options *o, int n_installed, char **argv)
{
	struct options *installed = NULL;
	bool help, other = false;

	if (!fs_exists(MANIFEST))
		return false;
	if (options_parse(&installed, SCOPE, true, n_installed - 1, argv + 1, NULL, &help, NULL, NULL) == 0)
		other = !streq(opt_str(installed, OPT_DATA_DIR), opt_str(o, OPT_DATA_DIR));
	if (other)
		printf("what is installed has --data-dir %s: its programs, service and " ETC " are kept\n",
		       opt_str(installed, OPT_DATA_DIR));
	options_free(installed);
	return other;
}

/* Another minik of this machine, with a --run-dir and --data-dir of its own, may have its configuration there. */
static int remove_etc(const struct options *o, bool dry, struct err *e)
{
	pid_t pid = kin_uses(o, ETC);

	if (!pid)
		return remove_tree(ETC, dry, e);
	printf("keep " ETC ": another minik (pid %d) uses it\n", (int)pid);
	return 0;
}

/* Where volumes were mounted may be another program's place, too: only what is empty goes. */
static void remove_kubelet_dir(const struct options *o)
{
	static const char *const subs[] = {"/pods", "/plugins/kubernetes.io/csi/volumeDevices/publish", "/plugins/kubernetes.io/csi/volumeDevices/staging",
					   "/plugins/kubernetes.io/csi/volumeDevices", "/plugins/kubernetes.io/csi", "/plugins/kubernetes.io/minik", "/plugins/kubernetes.io", "/plugins",
					   "/plugins_registry", ""};
	AUTO_FREE char *dir = adapt_kubelet_dir(o);

	for (size_t i = 0; dir && i < ARRAY_LEN(subs); i++) {
		AUTO_FREE char *path = str_fmt("%s%s", dir, subs[i]);
		if (path)
			(void)rmdir(path);
	}
}

static int uninstall(const struct options *o, bool other, struct err *e)
{
	bool dry = opt_bool(o, OPT_DRY_RUN);
	int r = other ? 0 : stop_service("minik.service", dry, e);

	if (r == 0)
		r = killall_run(o, dry, e);
	if (r == 0 && !other) /* which has no pods left to end */
		r = stop_service("minik-shutdown.service", dry, e);
	if (r == 0)
		r = remove_tree(opt_str(o, OPT_DATA_DIR), dry, e);
	if (r == 0 && !dry)
		remove_kubelet_dir(o);
	if (r == 0 && !other)
		r = remove_installed(dry, e);
	return r == 0 && !other ? remove_etc(o, dry, e) : r;
}

int cmd_uninstall(int argc, char **argv)
{
	struct options *o = NULL;
	struct err e = {0};
	AUTO_BUF struct buf text = {0};
	AUTO_FREE char **all = NULL;
	int n = 0, n_installed = 0;

	if (installed_flags(&text, &all, &n, &n_installed, argc, argv, &e) < 0)
		return cmd_fail(&e);
	int status = cmd_options(&o, SCOPE, true, "minik uninstall [--dry-run]", n, all, NULL);
	if (status >= 0)
		return status;
	if (geteuid() != 0) {
		err_set(&e, ERR_FORBIDDEN, "minik uninstall must run as root");
		status = cmd_fail(&e);
	} else if (uninstall(o, is_other(o, n_installed, all), &e) < 0) {
		status = cmd_fail(&e);
	} else {
		printf("%s\n", opt_bool(o, OPT_DRY_RUN) ? "nothing was changed" : "minik is uninstalled");
		status = 0;
	}
	options_free(o);
	return status;
}
