#include <dirent.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/host.h"
#include "wire/cert.h"

typedef int (*cert_fn)(void *arg, const char *path, const struct cert_info *info, struct err *e);

/* Every *.crt below DATA_DIR/server/tls and DATA_DIR/agent. */
static int each_cert(const char *data_dir, cert_fn fn, void *arg, struct err *e)
{
	static const char *const dirs[] = {"server/tls", "agent"};
	int n = 0;

	for (size_t i = 0; i < ARRAY_LEN(dirs); i++) {
		AUTO_FREE char *dir = fs_join(data_dir, dirs[i]);
		DIR *d = dir ? opendir(dir) : NULL;
		if (!d)
			continue;
		for (struct dirent *de; (de = readdir(d));) {
			AUTO_FREE char *path = fs_join(dir, de->d_name);
			AUTO_BUF struct buf text = {0};
			struct cert_info info = {0};
			if (!str_has_suffix(de->d_name, ".crt"))
				continue;
			int r = path ? fs_read(path, 1 << 20, &text, e) : err_nomem(e);
			if (r == 0 && (r = cert_inspect(&info, text.data, e)) == 0) {
				r = fn(arg, path, &info, e);
				cert_info_done(&info);
				n++;
			}
			if (r < 0) {
				closedir(d);
				return path ? err_wrap(e, "%s", path) : r;
			}
		}
		closedir(d);
	}
	return n ? 0 : err_set(e, ERR_NOT_FOUND, "no certificates under %s", data_dir);
}

static int print_cert(void *arg, const char *path, const struct cert_info *info, struct err *e)
{
	char until[TIME_STR_MAX];
	long days = (long)((info->not_after - time(NULL)) / 86400);

	(void)e;
	time_format(info->not_after, until);
	printf("%-60s %-28s %s (%ld days)%s\n", path, info->cn, until, days, days < 0 ? " EXPIRED" : "");
	if (days < 0)
		*(int *)arg = 1;
	return 0;
}

/* Leaf certificates are removed: the next start issues them anew by the same CA. */
static int drop_leaf(void *arg, const char *path, const struct cert_info *info, struct err *e)
{
	(void)arg;
	if (info->is_ca)
		return 0;
	if (unlink(path) < 0)
		return err_set(e, ERR_INTERNAL, "cannot remove it");
	printf("%s: will be issued anew at the next start\n", path);
	return 0;
}

int cmd_certificate(int argc, char **argv)
{
	struct options *o = NULL;
	char **rest = NULL;
	struct err e = {0};
	int expired = 0;

	int status = cmd_options(&o, OPT_IN_TOOL, false, "minik certificate check|rotate", argc, argv, &rest);
	if (status >= 0)
		return status;
	const char *data = opt_str(o, OPT_DATA_DIR), *verb = rest[0] ? rest[0] : "";
	int pid = host_running_pid(opt_str(o, OPT_RUN_DIR));
	status = 0;
	if (streq(verb, "check")) {
		if (each_cert(data, print_cert, &expired, &e) < 0)
			status = cmd_fail(&e);
		else
			status = expired;
	} else if (streq(verb, "rotate")) {
		if (pid > 0) {
			err_set(&e, ERR_UNAVAILABLE, "minik is running (pid %d): stop it first, containers go on", pid);
			status = cmd_fail(&e);
		} else if (each_cert(data, drop_leaf, NULL, &e) < 0) {
			status = cmd_fail(&e);
		}
	} else {
		err_set(&e, ERR_INVALID, "minik certificate: check or rotate is needed");
		status = cmd_usage_error(&e);
	}
	free(rest);
	options_free(o);
	return status;
}
