#include "storage/secrets.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "api/object.h"
#include "base/str.h"

static int expand(char **ret, const char *template, bool in_namespace, secret_word_fn word, const void *arg, struct err *e)
{
	AUTO_BUF struct buf out = {0};

	for (const char *p = template; *p;) {
		if (p[0] != '$' || p[1] != '{') {
			buf_addc(&out, *p++);
			continue;
		}
		const char *end = strchr(p, '}');
		AUTO_FREE char *name = end ? str_ndup(p + 2, (size_t)(end - p - 2)) : NULL;
		const char *v = name ? word(arg, name, in_namespace) : NULL;
		if (!v)
			return err_set(e, ERR_INVALID, "\"%.100s\" has a word that cannot be told: %.60s", template, p);
		buf_adds(&out, v);
		p = end + 1;
	}
	/* A DNS name, so that the path of the request cannot be bent. */
	if (!out.len || out.len > 253 || strspn(out.data, "abcdefghijklmnopqrstuvwxyz0123456789-.") != out.len || out.data[0] == '.' || out.data[0] == '-')
		return err_set(e, ERR_INVALID, "\"%.100s\" gives no valid name", template);
	*ret = buf_take(&out, NULL);
	return *ret ? 0 : err_nomem(e);
}

int secret_of_class(json_t **ret, const json_t *parameters, const char *purpose, secret_word_fn word, const void *arg, struct err *e)
{
	AUTO_FREE char *nk = str_fmt(SECRET_PREFIX "%s-secret-name", purpose), *sk = str_fmt(SECRET_PREFIX "%s-secret-namespace", purpose);
	AUTO_FREE char *name = NULL, *ns = NULL;

	if (!nk || !sk)
		return err_nomem(e);
	const char *nt = json_string_value(json_object_get(parameters, nk)), *st = json_string_value(json_object_get(parameters, sk));
	if (!nt && !st) {
		*ret = NULL;
		return 0;
	}
	if (!nt || !st)
		return err_set(e, ERR_INVALID, "the class has only one of %s and %s", nk, sk);
	int r = expand(&name, nt, false, word, arg, e);
	if (r < 0 || (r = expand(&ns, st, true, word, arg, e)) < 0) {
		(void)err_wrap(e, "%s secret", purpose);
		return r;
	}
	*ret = json_pack("{s:s,s:s}", "name", name, "namespace", ns);
	return *ret ? 0 : err_nomem(e);
}

int secret_text(json_t **ret, const json_t *secret, struct err *e)
{
	AUTO_JSON json_t *out = json_object();
	const char *k;
	json_t *v;

	if (!out)
		return err_nomem(e);
	json_object_foreach (json_object_get(secret, "data"), k, v) {
		const char *coded = json_string_value(v);
		AUTO_FREE void *raw = NULL;
		size_t n = 0;
		int r = coded ? b64_decode(coded, strlen(coded), false, &raw, &n) : -EINVAL;
		json_t *text = r == 0 && !memchr(raw, 0, n) ? json_stringn(raw, n) : NULL;
		if (r == -ENOMEM)
			return err_nomem(e);
		if (!text)
			return err_set(e, ERR_INVALID, "Secret %s/%s: %.60s is no text", obj_namespace(secret), obj_name(secret), k);
		if (json_object_set_new(out, k, text) < 0)
			return err_nomem(e);
	}
	*ret = TAKE_PTR(out);
	return 0;
}

int secret_read_ns(struct client *c, const json_t *ref, const char *ns, json_t **ret, struct err *e)
{
	struct client_ref where = {.plural = "secrets", .ns = json_str_or(ref, "namespace", ns), .name = json_str(ref, "name")};
	AUTO_JSON json_t *secret = NULL;

	if (!ref) {
		*ret = NULL;
		return 0;
	}
	if (!where.ns || !where.name)
		return err_set(e, ERR_INVALID, "a reference to a Secret without name or namespace");
	int r = client_get_wait(c, &where, &secret, e);
	if (r == 0)
		return secret_text(ret, secret, e);
	(void)err_wrap(e, "Secret %s/%s", where.ns, where.name);
	return r;
}

int secret_read(struct client *c, const json_t *ref, json_t **ret, struct err *e) { return secret_read_ns(c, ref, NULL, ret, e); }
