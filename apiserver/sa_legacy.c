/*
 * Secrets of type kubernetes.io/service-account-token: token, ca.crt and namespace are filled in; without their account they go
 * (Kubernetes' tokens controller). Runs here, since nobody else has the signing key.
 */
#include "api/object.h"
#include "api/scan.h"
#include "api/selector.h"
#include "apiserver/auth_internal.h"
#include "apiserver/pki.h"
#include "base/log.h"

#define TYPE "kubernetes.io/service-account-token"
#define NAME_ANNOTATION "kubernetes.io/service-account.name"
#define UID_ANNOTATION "kubernetes.io/service-account.uid"

bool sa_legacy_filter(void *arg, const char *key, const struct bytes *index)
{
	(void)arg;
	(void)key;
	return index && streq(api_index_field(index, "type"), TYPE);
}

bool sa_legacy_none(void *arg, const char *key, const struct bytes *index)
{
	(void)arg;
	(void)key;
	(void)index;
	return false;
}

static void report(void *arg, int status, struct bytes *body)
{
	AUTO_FREE char *key = arg;
	char m[200] = "";

	/* Somebody else's change brings another event; what is gone needs nothing. */
	if (status < 400 || status == 409 || status == 404)
		return;
	if (body)
		(void)scan_str(body->data, body->len, "message", m, sizeof(m));
	log_warning(APISERVER_LOG, key, "token secret was not updated: %s", m);
}

static void remove_secret(struct auth *au, const char *ns, const json_t *secret)
{
	AUTO_FREE char *path = str_fmt("/api/v1/namespaces/%s/secrets/%s", ns, obj_name(secret));
	AUTO_JSON json_t *body = json_pack("{s:s,s:s,s:{s:s}}", "apiVersion", "v1", "kind", "DeleteOptions", "preconditions", "uid", obj_uid(secret));
	char *key = str_fmt("%s/%s", ns, obj_name(secret));

	if (!path || !body || !key || auth_call(au, "DELETE", path, NULL, "application/json", body, report, key)) {
		log_error(APISERVER_LOG, obj_name(secret), "token secret was not deleted: out of memory");
		free(key);
	}
}

static int add_data(json_t *data, const char *key, const char *text)
{
	AUTO_FREE char *b64 = NULL;

	return b64_encode(text, strlen(text), false, &b64) || json_object_set_new(data, key, json_string(b64)) ? -ENOMEM : 0;
}

static void fill(struct auth *au, void *arg)
{
	const char *path_key = arg, *slash = strchr(path_key, '/'), *account;
	AUTO_FREE char *ns = slash ? str_ndup(path_key, (size_t)(slash - path_key)) : NULL;
	AUTO_FREE char *path = NULL;
	AUTO_FREE char *token = NULL;
	AUTO_JSON json_t *s = NULL;
	AUTO_JSON json_t *sa = NULL;
	AUTO_JSON json_t *patch = NULL;
	const json_t *data;
	json_t *add;
	struct err e = {0};
	char *key;
	int r;

	if (!ns || auth_get_json(au, true, "", "secrets", ns, slash + 1, &s, NULL) || !streq(json_str(s, "type"), TYPE) || obj_deleting(s))
		return;
	account = obj_annotation(s, NAME_ANNOTATION);
	r = account && *account ? auth_get_json(au, true, "", "serviceaccounts", ns, account, &sa, NULL) : ERR_NOT_FOUND;
	if (r && r != ERR_NOT_FOUND)
		return;
	if (r || (obj_annotation(s, UID_ANNOTATION) && !streq(obj_annotation(s, UID_ANNOTATION), obj_uid(sa)))) {
		remove_secret(au, ns, s);
		return;
	}
	data = json_object_get(s, "data");
	if (json_object_get(data, "token") && json_object_get(data, "ca.crt") && json_object_get(data, "namespace") && obj_annotation(s, UID_ANNOTATION))
		return;
	patch = json_pack("{s:{s:{s:s},s:s},s:{}}", "metadata", "annotations", UID_ANNOTATION, obj_uid(sa), "resourceVersion",
			  json_str_or(json_object_get(s, "metadata"), "resourceVersion", ""), "data");
	add = json_object_get(patch, "data");
	path = str_fmt("/api/v1/namespaces/%s/secrets/%s", ns, obj_name(s));
	key = str_dup(path_key);
	if (!path || !add || !key || (!json_object_get(data, "token") && sa_legacy_token(au, &token, ns, account, obj_uid(sa), obj_name(s), &e)) ||
	    (token && add_data(add, "token", token)) || add_data(add, "ca.crt", pki_ca_cert(apiserver_pki(au->a))) || add_data(add, "namespace", ns) ||
	    auth_call(au, "PATCH", path, "fieldManager=kube-controller-manager", "application/merge-patch+json", patch, report, key)) {
		log_error(APISERVER_LOG, path_key, "token secret was not filled in: %s", e.code ? e.msg : "out of memory");
		free(key);
	}
}

void sa_legacy_secret(struct feed *f, const char *key, struct bytes *value, const struct bytes *index)
{
	char *copy;

	if (!value || !sa_legacy_filter(NULL, key, index))
		return;
	copy = str_dup(key);
	if (copy)
		auth_job(f->au, fill, copy, free);
}

static void account_gone(struct auth *au, void *arg)
{
	const char *path_key = arg, *slash = strchr(path_key, '/');
	AUTO_FREE char *ns = slash ? str_ndup(path_key, (size_t)(slash - path_key)) : NULL;
	struct auth_list l = {0};

	if (!ns || auth_list(au, true, "", "secrets", ns, sa_legacy_filter, NULL, &l))
		return;
	for (size_t i = 0; i < l.n; i++) {
		AUTO_JSON json_t *s = NULL;
		AUTO_FREE char *key = NULL;

		/* A new account of the name does not keep the old one's tokens: fill() compares. */
		if (!json_parse_bytes(l.items[i].value, &s, NULL) && streq(obj_annotation(s, NAME_ANNOTATION), slash + 1) &&
		    (key = str_fmt("%s/%s", ns, obj_name(s))))
			fill(au, key);
	}
	auth_list_done(&l);
}

void sa_legacy_account(struct feed *f, const char *key, struct bytes *value, const struct bytes *index)
{
	char *copy;

	(void)index;
	if (value)
		return;
	copy = str_dup(key);
	if (copy)
		auth_job(f->au, account_gone, copy, free);
}
