/* Encryption of Secrets at rest, live: the running server is asked (apiserver/encryption.c), which has the keys. */
#include <stdio.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/instance.h"
#include "cmd/tool_client.h"

#define USAGE                                                                                                          \
	"minik secrets-encrypt status | enable | disable | rotate-keys | prepare | rotate | reencrypt | prune-keys | " \
	"reload"
#define WAIT_S 5

static int ask(struct client *c, const char *verb, json_t **ret, struct err *e)
{
	const struct client_ref ref = {.raw = "/minik/secrets-encrypt"};
	AUTO_JSON json_t *body =
	    json_pack("{s:s,s:i}", "action", verb, "waitSeconds", streq(verb, "status") ? 0 : WAIT_S);
	AUTO_BYTES struct bytes *text = body ? json_encode(body) : NULL;
	struct client_result r;

	if (!text)
		return err_nomem(e);
	int rc = client_do_wait(c, "POST", &ref, NULL, "application/json", text, &r);
	if (rc < 0 || r.code < 0) {
		*e = r.err;
		rc = rc < 0 ? rc : r.code;
	} else {
		rc = client_result_json(&r, ret, e);
	}
	client_result_done(&r);
	return rc;
}

/* How many servers share the datastore: each has a Lease that it renews. */
static int servers(struct client *c, size_t *ret, struct err *e)
{
	const struct client_ref ref = {.group = "coordination.k8s.io", .plural = "leases", .ns = "kube-system"};
	AUTO_JSON json_t *list = NULL;

	int r = client_list_wait(c, &ref, "labelSelector=minik.io%2Fcomponent%3Dapiserver", &list, e);
	if (r == 0)
		*ret = json_array_size(json_object_get(list, "items"));
	return r;
}

static void print_count(const char *key, const char *state, const char *created, const json_t *v, bool history)
{
	printf("%-18s %-10s %-21s %8lld", key, state, created, (long long)json_int_or(v, "values", 0));
	if (history)
		printf(" %8lld", (long long)json_int_or(v, "history", 0));
	printf("\n");
}

static void print_text(const json_t *o)
{
	const json_t *k;
	size_t i;
	bool history = !json_bool_or(o, "shared", false);
	const char *pass = json_str_or(o, "reencryption", "?"), *message = json_str_or(o, "message", "");
	int64_t unreadable = json_int_or(o, "unreadable", 0);

	printf("%-20s %s\n", "Encryption:",
	       json_bool_or(o, "lost", false)      ? "KEYS ARE MISSING"
	       : json_bool_or(o, "enabled", false) ? "enabled"
						   : "disabled");
	printf("%-20s %s\n", "Keys:", json_str_or(o, "file", "?"));
	printf("%-20s %s%s%s\n", "Reencryption:", pass, *message ? ": " : "", message);
	if (unreadable > 0)
		printf("%-20s %lld Secrets cannot be opened; see the server's log\n",
		       "Unreadable:", (long long)unreadable);
	printf("\n%-18s %-10s %-21s %8s%s\n", "KEY", "STATE", "CREATED", "SECRETS", history ? "  HISTORY" : "");
	json_array_foreach(json_object_get(o, "keys"), i, k)
	{
		char created[TIME_STR_MAX] = "-";
		if (json_int_or(k, "created", 0) > 0)
			time_format((time_t)json_int_or(k, "created", 0), created);
		print_count(json_str_or(k, "id", "?"), json_str_or(k, "state", "?"), created, k, history);
	}
	print_count("(none)", "plain", "-", json_object_get(o, "plain"), history);
}

/* Until what the verb started has ended. */
static int carry_out(struct client *c, const char *verb, json_t **ret, struct err *e)
{
	size_t n = 0;
	int r = ask(c, "status", ret, e);

	if (r < 0 || streq(verb, "status"))
		return r;
	if (streq(verb, "rotate-keys") && json_bool_or(*ret, "shared", false)) {
		if ((r = servers(c, &n, e)) < 0)
			return r;
		if (n > 1)
			return err_set(
			    e, ERR_INVALID,
			    "%zu servers share this datastore, and all need a new key before one uses it: prepare; "
			    "copy the "
			    "key file to the others and reload there; rotate; copy and reload again; reencrypt",
			    n);
	}
	json_decref(TAKE_PTR(*ret));
	r = ask(c, verb, ret, e);
	while (r == 0 && streq(json_str(*ret, "reencryption"), "running")) {
		json_decref(TAKE_PTR(*ret));
		r = ask(c, "wait", ret, e);
	}
	return r;
}

static int run(const struct options *o, char **rest, struct err *e)
{
	static const char *const verbs[] = {"status", "enable",    "disable",    "rotate-keys", "prepare",
					    "rotate", "reencrypt", "prune-keys", "reload"};
	AUTO_JSON json_t *instance = NULL, *status = NULL;
	struct tool_client c = {0};
	size_t i = 0;
	int r;

	while (i < ARRAY_LEN(verbs) && !streq(verbs[i], rest[0]))
		i++;
	if (i == ARRAY_LEN(verbs) || rest[1])
		return err_set(e, ERR_INVALID, "usage: " USAGE);
	if (!opt_str(o, OPT_KUBECONFIG) && (r = instance_find(o, &instance, e)) < 0)
		return r;
	if (streq(json_str(instance, "kind"), "agent") && !opt_str(o, OPT_KUBECONFIG))
		return err_set(e, ERR_INVALID,
			       "this machine is an agent: Secrets are encrypted by the server; go there, or give "
			       "--kubeconfig FILE");
	if ((r = tool_client_open(&c, o, instance, "minik-secrets-encrypt", e)) < 0)
		return r;
	r = carry_out(c.client, verbs[i], &status, e);
	tool_client_close(&c);
	if (r < 0)
		return r;
	if (streq(opt_str(o, OPT_OUTPUT), "json")) {
		AUTO_BYTES struct bytes *text = json_encode(status);
		if (!text)
			return err_nomem(e);
		printf("%.*s\n", (int)text->len, text->data);
	} else {
		print_text(status);
	}
	if (streq(json_str(status, "reencryption"), "failed") && !streq(verbs[i], "status"))
		return err_set(e, ERR_INTERNAL, "the reencryption failed: %.200s", json_str_or(status, "message", "?"));
	return 0;
}

int cmd_secrets_encrypt(int argc, char **argv)
{
	struct options *o = NULL;
	char **rest = NULL;
	struct err e = {0};

	int status = cmd_options(&o, OPT_IN_TOOL | OPT_IN_OUTPUT, false, USAGE, argc, argv, &rest);
	if (status >= 0)
		return status;
	status = run(o, rest, &e) < 0 ? cmd_usage_error(&e) : 0;
	free(rest);
	options_free(o);
	return status;
}
