/*
 * Tokens with which nodes join. One is static: DATA_DIR/server/token, made at the first start, for ever. The others are
 * Secrets of type bootstrap.kubernetes.io/token in kube-system, with an end; a node joins with either. Source:
 * Kubernetes "Authenticating with Bootstrap Tokens".
 */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/instance.h"
#include "cmd/options_check.h"
#include "cmd/secret.h"
#include "cmd/tool_client.h"
#include "wire/cert.h"

#define TYPE "bootstrap.kubernetes.io/token"
#define USAGE                                                                                                          \
	"minik token [print] | list | create [--ttl TIME] [--description TEXT] [--print-join-command] | delete "       \
	"TOKEN-OR-ID..."

static int print_static(const struct options *o, const char *data_dir, struct err *e)
{
	AUTO_FREE char *path = fs_join(data_dir, "server/token");
	AUTO_BUF struct buf text = {0};

	int r = path ? fs_read(path, 4096, &text, e) : err_nomem(e);
	AUTO_FREE char *joined = fs_join(data_dir, "agent/client.crt");
	if (r == ERR_NOT_FOUND && joined && access(joined, F_OK) == 0)
		return err_set(e, ERR_INVALID, "this machine is an agent: minik token on the server prints the token");
	if (r == ERR_NOT_FOUND)
		return err_set(e, r, "%s does not exist: start minik server first, or name its --data-dir", path);
	if (r < 0)
		return r;
	if (streq(opt_str(o, OPT_OUTPUT), "json"))
		printf("{\"token\":\"%s\"}\n", text.data);
	else
		printf("%s\n", text.data);
	return 0;
}

/* Where new machines find the API server, and the hash of its CA, as every machine may read it. */
static int cluster_info(struct client *c, char **ret_server, char ret_hash[65], struct err *e)
{
	const struct client_ref ref = {.plural = "configmaps", .ns = "kube-public", .name = "cluster-info"};
	AUTO_JSON json_t *cm = NULL, *kc = NULL;
	AUTO_FREE void *pem = NULL;
	struct cert_info info = {0};
	size_t n = 0;

	int r = client_get_wait(c, &ref, &cm, e);
	if (r < 0)
		return r;
	const char *text = json_string_value(json_object_get(json_object_get(cm, "data"), "kubeconfig"));
	if (!text || yaml_parse(text, strlen(text), &kc, NULL) < 0)
		return err_set(e, ERR_PROTO, "kube-public/cluster-info has no kubeconfig");
	const char *b64 = json_str(kc, "clusters[0].cluster.certificate-authority-data");
	if (!b64 || b64_decode(b64, strlen(b64), false, &pem, &n) < 0)
		return err_set(e, ERR_PROTO, "kube-public/cluster-info has no certificate-authority-data");
	if (!(*ret_server = str_dup(json_str_or(kc, "clusters[0].cluster.server", ""))))
		return err_nomem(e);
	r = cert_inspect(&info, pem, e);
	if (r == 0)
		(void)str_copy(ret_hash, 65, info.sha256_hex);
	cert_info_done(&info);
	return r;
}

static void random_word(char *out, size_t n)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";

	for (size_t i = 0; i < n;) {
		uint8_t b;
		random_bytes(&b, 1);
		if (b < 252) /* a multiple of 36: no letter is likelier than another */
			out[i++] = letters[b % 36];
	}
	out[n] = '\0';
}

static int create(const struct options *o, struct client *c, struct err *e)
{
	const struct client_ref ref = {.plural = "secrets", .ns = "kube-system"};
	char id[7], secret[17], until[TIME_STR_MAX] = "", hash[65];
	AUTO_FREE char *server = NULL, *name = NULL;
	AUTO_JSON json_t *obj = NULL;
	const char *what = opt_str(o, OPT_DESCRIPTION);
	int64_t ttl;

	int r = opt_duration(opt_str(o, OPT_TTL), &ttl, e);
	if (r < 0 || (r = cluster_info(c, &server, hash, e)) < 0)
		return r;
	random_word(id, 6);
	random_word(secret, 16);
	if (ttl > 0)
		time_format(time(NULL) + ttl, until);
	name = str_fmt("bootstrap-token-%s", id);
	obj = json_pack("{s:s,s:s,s:{s:s},s:s,s:{s:s,s:s,s:s,s:s,s:s*,s:s*}}", "apiVersion", "v1", "kind", "Secret",
			"metadata", "name", name, "type", TYPE, "stringData", "token-id", id, "token-secret", secret,
			"usage-bootstrap-authentication", "true", "usage-bootstrap-signing", "true", "expiration",
			until[0] ? until : NULL, "description", what);
	if (!name || !obj)
		return err_nomem(e);
	if ((r = client_create_wait(c, &ref, obj, NULL, e)) < 0)
		return r;
	if (streq(opt_str(o, OPT_OUTPUT), "json"))
		printf("{\"token\":\"K10%s::%s.%s\",\"id\":\"%s\",\"expires\":%s%s%s,\"server\":\"%s\"}\n", hash, id,
		       secret, id, until[0] ? "\"" : "", until[0] ? until : "null", until[0] ? "\"" : "", server);
	else if (opt_bool(o, OPT_PRINT_JOIN_COMMAND))
		printf("minik agent --server %s --token K10%s::%s.%s\n", server, hash, id, secret);
	else
		printf("K10%s::%s.%s\n", hash, id, secret);
	return 0;
}

/* A decoded value of a Secret; malloc'ed, NULL when it is not there. */
static char *value(const json_t *secret, const char *key)
{
	const char *b64 = json_string_value(json_object_get(json_object_get(secret, "data"), key));
	void *p = NULL;
	size_t n;

	return b64 && b64_decode(b64, strlen(b64), false, &p, &n) == 0 ? p : NULL;
}

static void print_one(const json_t *secret, bool json, json_t *out)
{
	AUTO_FREE char *id = value(secret, "token-id"), *until = value(secret, "expiration"),
		       *what = value(secret, "description");
	struct timespec ts;
	char left[32] = "for ever";

	if (!id)
		return;
	if (until && time_parse(until, &ts) == 0) {
		int64_t s = ts.tv_sec - time(NULL);
		if (s <= 0)
			(void)str_copy(left, sizeof(left), "expired");
		else
			snprintf(left, sizeof(left),
				 s >= 86400  ? "%" PRId64 "d"
				 : s >= 3600 ? "%" PRId64 "h"
					     : "%" PRId64 "m",
				 s >= 86400  ? s / 86400
				 : s >= 3600 ? s / 3600
					     : (s + 59) / 60);
	}
	if (json)
		json_array_append_new(out, json_pack("{s:s,s:s?,s:s,s:s?}", "id", id, "expires", until, "left", left,
						     "description", what));
	else
		printf("%-10s %-9s %-22s %s\n", id, left, until ? until : "never", what ? what : "");
}

static int list(const struct options *o, struct client *c, struct err *e)
{
	const struct client_ref ref = {.plural = "secrets", .ns = "kube-system"};
	AUTO_JSON json_t *all = NULL, *out = json_array();
	bool json = streq(opt_str(o, OPT_OUTPUT), "json");
	size_t i;
	json_t *s;

	int r = client_list_wait(c, &ref, "fieldSelector=type%3Dbootstrap.kubernetes.io%2Ftoken", &all, e);
	if (r < 0)
		return r;
	if (!out)
		return err_nomem(e);
	if (!json)
		printf("%-10s %-9s %-22s %s\n", "ID", "LEFT", "EXPIRES", "DESCRIPTION");
	if (json)
		json_array_append_new(out, json_pack("{s:s,s:n,s:s,s:s}", "id", "static", "expires", "left", "for ever",
						     "description", "the server's own; minik token prints it"));
	else
		printf("%-10s %-9s %-22s %s\n", "static", "for ever", "never",
		       "the server's own; minik token prints it");
	json_array_foreach(json_object_get(all, "items"), i, s) print_one(s, json, out);
	if (json) {
		AUTO_BYTES struct bytes *text = json_encode(out);
		if (!text)
			return err_nomem(e);
		printf("%.*s\n", (int)text->len, text->data);
	}
	return 0;
}

/* fixed: what minik token prints here; "" when this machine does not know it. */
static int delete_one(struct client *c, const char *word, const char *fixed, struct err *e)
{
	const char *id = secret_of_token(word);
	size_t n = strcspn(id, ".");
	AUTO_FREE char *name = str_fmt("bootstrap-token-%.*s", (int)n, id);
	const struct client_ref ref = {.plural = "secrets", .ns = "kube-system", .name = name};

	if (!name)
		return err_nomem(e);
	if (streq(word, "static") || (*fixed && streq(id, secret_of_token(fixed))))
		return err_set(e, ERR_UNSUPPORTED,
			       "the server's static token cannot be deleted; give the server another one with --token");
	if (n != 6 || strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789") < 6)
		return err_set(e, ERR_INVALID, "\"%.40s\" is neither a token nor its id; see minik token list", word);
	int r = client_delete_wait(c, &ref, NULL, NULL, e);
	if (r == ERR_NOT_FOUND)
		return err_set(e, r, "there is no token %.6s; see minik token list", id);
	if (r == 0)
		printf("token %.6s deleted\n", id);
	return r;
}

static int run(const struct options *o, char **rest, struct err *e)
{
	const char *verb = rest[0] ? rest[0] : "print";
	bool print = streq(verb, "print"), remove = streq(verb, "delete");
	AUTO_JSON json_t *instance = NULL;
	struct tool_client c = {0};
	int r;

	if (!print && !remove && !streq(verb, "list") && !streq(verb, "create"))
		return err_set(e, ERR_INVALID, "minik token %.40s: unknown; usage: " USAGE, verb);
	if (remove ? !rest[1] : rest[0] && rest[1])
		return err_set(e, ERR_INVALID, "minik token %s: %s", verb,
			       remove ? "a token or its id is needed; see minik token list" : "takes no argument");
	if (!streq(verb, "create") &&
	    (opt_is_set(o, OPT_TTL) || opt_is_set(o, OPT_DESCRIPTION) || opt_is_set(o, OPT_PRINT_JOIN_COMMAND)))
		return err_set(e, ERR_INVALID,
			       "--ttl, --description and --print-join-command belong to minik token create");
	if (print) {
		const char *dir;

		r = instance_data_dir(o, &instance, &dir, e);
		return r < 0 ? r : print_static(o, dir, e);
	}
	if (!opt_str(o, OPT_KUBECONFIG) && (r = instance_find(o, &instance, e)) < 0)
		return r;
	if (streq(json_str(instance, "kind"), "agent") && !opt_str(o, OPT_KUBECONFIG))
		return err_set(
		    e, ERR_INVALID,
		    "this machine is an agent: tokens are made and listed on the server, or give --kubeconfig FILE");
	if ((r = tool_client_open(&c, o, instance, "minik-token", e)) < 0)
		return r;
	if (streq(verb, "create"))
		r = create(o, c.client, e);
	else if (streq(verb, "list"))
		r = list(o, c.client, e);
	AUTO_FREE char *path =
	    remove ? fs_join(json_str_or(instance, "dataDir", opt_str(o, OPT_DATA_DIR)), "server/token") : NULL;
	AUTO_BUF struct buf fixed = {0};
	if (path)
		(void)fs_read(path, 4096, &fixed, NULL);
	for (char **p = rest + 1; remove && r == 0 && *p; p++)
		r = delete_one(c.client, *p, fixed.data ? fixed.data : "", e);
	tool_client_close(&c);
	return r;
}

int cmd_token(int argc, char **argv)
{
	struct options *o = NULL;
	char **rest = NULL;
	struct err e = {0};

	int status = cmd_options(&o, OPT_IN_TOOL | OPT_IN_TOKEN | OPT_IN_OUTPUT, false, USAGE, argc, argv, &rest);
	if (status >= 0)
		return status;
	status = run(o, rest, &e) < 0 ? cmd_usage_error(&e) : 0;
	free(rest);
	options_free(o);
	return status;
}
