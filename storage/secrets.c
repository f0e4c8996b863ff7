#include <errno.h>
#include <stdlib.h>
#include "storage/provision.h"
#include "api/object.h"
#include "base/str.h"

/* A word of a template: borrowed, or NULL for one that there is not. */
static const char *word(const char *s, size_t n, bool in_namespace, const json_t *pvc, const char *volume)
{
	static const char ann[] = "pvc.annotations['";
	AUTO_FREE char *w = str_ndup(s, n);

	if (streq(w, "pv.name"))
		return volume;
	if (streq(w, "pvc.namespace"))
		return obj_namespace(pvc);
	/* Where a Secret is looked for is the administrator's choice: nothing that the claim's owner writes freely. */
	if (in_namespace || !w)
		return NULL;
	if (streq(w, "pvc.name"))
		return obj_name(pvc);
	if (str_has_prefix(w, ann) && str_has_suffix(w, "']") && n >= sizeof(ann) - 1 + 2) {
		w[n - 2] = 0;
		return obj_annotation(pvc, w + sizeof(ann) - 1);
	}
	return NULL;
}

static int expand(char **ret, const char *template, bool in_namespace, const json_t *pvc, const char *volume, struct err *e)
{
	AUTO_BUF struct buf out = {0};

	for (const char *p = template; *p;) {
		if (p[0] != '$' || p[1] != '{') {
			buf_addc(&out, *p++);
			continue;
		}
		const char *end = strchr(p, '}'), *v = end ? word(p + 2, (size_t)(end - p - 2), in_namespace, pvc, volume) : NULL;
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

int class_secret(json_t **ret, const json_t *parameters, const char *purpose, const json_t *pvc, const char *volume, struct err *e)
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
	int r = expand(&name, nt, false, pvc, volume, e);
	if (r < 0 || (r = expand(&ns, st, true, pvc, volume, e)) < 0)
		return err_wrap(e, "%s secret", purpose);
	*ret = json_pack("{s:s,s:s}", "name", name, "namespace", ns);
	return *ret ? 0 : err_nomem(e);
}

int secret_read(struct client *c, const json_t *ref, json_t **ret, struct err *e)
{
	struct client_ref where = {.plural = "secrets", .ns = json_str(ref, "namespace"), .name = json_str(ref, "name")};
	AUTO_JSON json_t *secret = NULL;
	AUTO_JSON json_t *out = NULL;
	const char *k;
	json_t *v;

	if (!ref) {
		*ret = NULL;
		return 0;
	}
	if (!where.ns || !where.name)
		return err_set(e, ERR_INVALID, "a reference to a secret without name or namespace");
	int r = client_get_wait(c, &where, &secret, e);
	if (r < 0)
		return err_wrap(e, "secret %s/%s", where.ns, where.name);
	if (!(out = json_object()))
		return err_nomem(e);
	json_object_foreach (json_object_get(secret, "data"), k, v) {
		const char *text = json_string_value(v);
		AUTO_FREE void *raw = NULL;
		size_t n = 0;
		if (!text || b64_decode(text, strlen(text), false, &raw, &n) < 0 ||
		    json_object_set_new(out, k, json_stringn(raw, n)) < 0) /* JSON and CSI know text only */
			return err_set(e, ERR_INVALID, "secret %s/%s: %.60s is no text", where.ns, where.name, k);
	}
	*ret = TAKE_PTR(out);
	return 0;
}
