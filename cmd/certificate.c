#include "cmd/certificate.h"
#include <dirent.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/host.h"
#include "cmd/instance.h"

#define DAY   86400
#define SOON  (30 * DAY)
#define USAGE "minik certificate check | rotate"

static int in_kubeconfig(const char *path, certificate_fn fn, void *arg, struct err *e)
{
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *kc = NULL;
	AUTO_FREE void *pem = NULL;
	struct cert_info info = {0};
	size_t n;

	if (fs_read(path, 1 << 20, &text, NULL) < 0 || !text.data || yaml_parse(text.data, text.len, &kc, NULL) < 0)
		return 0;
	const char *b64 = json_str(kc, "users[0].user.client-certificate-data");
	if (!b64 || b64_decode(b64, strlen(b64), false, &pem, &n) < 0 || cert_inspect(&info, pem, NULL) < 0)
		return 0;
	int r = fn(arg, path, &info, e);
	cert_info_done(&info);
	return r;
}

int certificates_each(const char *data_dir, const char *kubeconfig, certificate_fn fn, void *arg, struct err *e)
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
	if (n == 0)
		return err_set(e, ERR_NOT_FOUND,
			       "there are no certificates under %s: start minik first, or name its --data-dir",
			       data_dir);
	return kubeconfig ? in_kubeconfig(kubeconfig, fn, arg, e) : 0;
}

struct check {
	bool json, soon;
	json_t *out;
};

static int check_one(void *arg, const char *path, const struct cert_info *info, struct err *e)
{
	struct check *c = arg;
	char until[TIME_STR_MAX], due[TIME_STR_MAX];
	int64_t left = (int64_t)(info->not_after - time(NULL));
	const char *state = left <= 0 ? "EXPIRED" : left < SOON ? "EXPIRES SOON" : "ok";

	time_format(info->not_after, until);
	time_format(cert_renewal_time(info), due);
	c->soon |= left < SOON;
	if (!c->json) {
		printf("%-64s %-26s %s  %5lld  %s\n", path, info->cn, until, (long long)(left / DAY), state);
		return 0;
	}
	return json_array_append_new(c->out,
				     json_pack("{s:s,s:s,s:b,s:s,s:I,s:s*,s:s}", "path", path, "cn", info->cn, "ca",
					       info->is_ca, "expires", until, "daysLeft", (json_int_t)(left / DAY),
					       "renewedFrom", info->is_ca ? NULL : due, "state", state)) < 0
		   ? err_nomem(e)
		   : 0;
}

/* 0, or 1 when one has less than 30 days left; negative on errors. */
static int check(const struct options *o, const char *data, const char *kubeconfig, struct err *e)
{
	struct check c = {.json = streq(opt_str(o, OPT_OUTPUT), "json")};
	AUTO_JSON json_t *out = json_array();

	c.out = out;
	if (!out)
		return err_nomem(e);
	if (!c.json)
		printf("%-64s %-26s %-21s %5s\n", "CERTIFICATE", "NAME", "EXPIRES", "DAYS");
	int r = certificates_each(data, kubeconfig, check_one, &c, e);
	if (r < 0)
		return r;
	if (c.json) {
		AUTO_BYTES struct bytes *text = json_encode(out);
		if (!text)
			return err_nomem(e);
		printf("%.*s\n", (int)text->len, text->data);
	} else if (c.soon) {
		fprintf(
		    stderr,
		    "minik: a certificate has less than 30 days left. A running minik renews its own when less than a "
		    "third of their life is "
		    "left: see its log; or stop it, minik certificate rotate, and start it. A CA is not renewed.\n");
	}
	return c.soon;
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
	AUTO_JSON json_t *instance = NULL;
	char **rest = NULL;
	struct err e = {0};
	int pid = 0, r;

	int status = cmd_options(&o, OPT_IN_TOOL | OPT_IN_OUTPUT, false, USAGE, argc, argv, &rest);
	if (status >= 0)
		return status;
	const char *data = opt_str(o, OPT_DATA_DIR), *verb = rest[0] ? rest[0] : "";
	/* A running minik is asked where it keeps them. */
	(void)instance_read(o, &pid, &instance, NULL);
	if (instance && !opt_is_set(o, OPT_DATA_DIR))
		data = json_str_or(instance, "dataDir", data);
	pid = host_running_pid(opt_str(o, OPT_RUN_DIR));
	if (rest[0] && rest[1])
		r = err_set(&e, ERR_INVALID, "usage: " USAGE);
	else if (streq(verb, "check"))
		r = check(o, data, json_str(instance, "kubeconfig"), &e);
	else if (!streq(verb, "rotate"))
		r = err_set(&e, ERR_INVALID, "usage: " USAGE);
	else if (pid > 0)
		r = err_set(&e, ERR_UNAVAILABLE,
			    "minik is running (pid %d) and renews its certificates itself; to have them anew now, stop "
			    "it first: "
			    "containers go on",
			    pid);
	else
		r = certificates_each(data, NULL, drop_leaf, NULL, &e);
	status = r < 0 ? cmd_usage_error(&e) : r;
	free(rest);
	options_free(o);
	return status;
}
