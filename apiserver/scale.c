/* See scale.h. */
#include "apiserver/scale.h"
#include "api/object.h"
#include "api/schema.h"
#include "base/buf.h"
#include "base/str.h"

struct paths {
	const char *spec, *status, *selector;
};

static const json_t *crd_scale(const struct api_resource *res)
{
	const json_t *versions = json_dot(res->crd, "spec.versions"), *v;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)versions, i, v) {
		if (streq(json_str(v, "name"), res->version))
			return json_dot(v, "subresources.scale");
	}
	return NULL;
}

static int paths_of(const struct api_resource *res, struct paths *p, struct err *e)
{
	*p = (struct paths){"spec.replicas", "status.replicas", NULL};
	if (res->crd) {
		const json_t *s = crd_scale(res);

		if (!s)
			return err_set(e, ERR_NOT_FOUND, "the server could not find the requested resource");
		p->spec = json_str_or(s, "specReplicasPath", ".spec.replicas");
		p->status = json_str_or(s, "statusReplicasPath", ".status.replicas");
		p->selector = json_str(s, "labelSelectorPath");
		p->spec += *p->spec == '.';
		p->status += *p->status == '.';
		if (p->selector)
			p->selector += *p->selector == '.';
	}
	return 0;
}

static void selector_text(const json_t *sel, bool plain, struct buf *b)
{
	const json_t *labels = plain ? sel : json_object_get(sel, "matchLabels");
	const json_t *ex;
	const char *k;
	json_t *v;
	size_t i;

	json_object_foreach((json_t *)(uintptr_t)labels, k, v)
		buf_addf(b, "%s%s=%s", b->len ? "," : "", k, json_string_value(v) ? json_string_value(v) : "");
	if (plain)
		return;
	json_array_foreach(json_object_get(sel, "matchExpressions"), i, ex) {
		const char *op = json_str_or(ex, "operator", ""), *key = json_str_or(ex, "key", "");
		size_t j;

		if (b->len)
			buf_addc(b, ',');
		if (streq(op, "Exists")) {
			buf_adds(b, key);
		} else if (streq(op, "DoesNotExist")) {
			buf_addf(b, "!%s", key);
		} else {
			buf_addf(b, "%s %s (", key, streq(op, "In") ? "in" : "notin");
			json_array_foreach(json_object_get(ex, "values"), j, v)
				buf_addf(b, "%s%s", j ? "," : "", json_string_value(v) ? json_string_value(v) : "");
			buf_addc(b, ')');
		}
	}
}

int scale_from(const struct api_resource *res, const json_t *obj, json_t **ret, struct err *e)
{
	struct paths p;
	AUTO_JSON json_t *s = NULL;
	AUTO_BUF struct buf sel = {0};
	static const char *const keep[] = {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"};

	if (paths_of(res, &p, e))
		return e->code;
	s = json_pack("{s:s,s:s,s:{},s:{},s:{s:I}}", "kind", "Scale", "apiVersion", "autoscaling/v1", "metadata", "spec", "status", "replicas",
		      (json_int_t)json_int_or(obj, p.status, 0));
	if (!s)
		return err_nomem(e);
	for (size_t i = 0; i < ARRAY_LEN(keep); i++) {
		json_t *v = json_at(obj, "metadata", keep[i], NULL);

		if (v && json_object_set(json_object_get(s, "metadata"), keep[i], v))
			return err_nomem(e);
	}
	/* replicas: 0 is left out by upstream's omitempty */
	if (json_int_or(obj, p.spec, 0) && json_dot_set(s, "spec.replicas", json_integer(json_int_or(obj, p.spec, 0))))
		return err_nomem(e);
	if (p.selector)
		buf_adds(&sel, json_str_or(obj, p.selector, ""));
	else if (!res->crd)
		selector_text(json_dot(obj, "spec.selector"), streq(res->plural, "replicationcontrollers"), &sel);
	if (sel.len && json_dot_set(s, "status.selector", json_string(sel.data)))
		return err_nomem(e);
	*ret = TAKE_PTR(s);
	return 0;
}

int scale_apply(const struct api_resource *res, const json_t *scale, json_t *obj, struct err *e)
{
	struct paths p;
	int64_t n = json_int_or(scale, "spec.replicas", 0);

	if (paths_of(res, &p, e))
		return e->code;
	if (n < 0 || n > INT32_MAX)
		return err_set(e, ERR_INVALID, "spec.replicas: Invalid value: %lld: must be greater than or equal to 0",
			       (long long)n);
	return json_dot_set(obj, p.spec, json_integer(n)) ? err_nomem(e) : 0;
}
