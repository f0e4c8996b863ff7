/* LimitRanger: defaults for containers, and bounds for containers, pods and claims, from the namespace's LimitRanges. */
#include "api/object.h"
#include "api/quantity.h"
#include "apiserver/auth_internal.h"

struct sums {
	json_t *requests, *limits; /* resource -> quantity text */
	bool all_limits;
};

static bool quantity_of(const json_t *o, const char *resource, struct quantity *ret)
{
	const json_t *v = json_object_get(o, resource);
	char num[40];

	if (json_is_string(v))
		return !quantity_parse(json_string_value(v), ret);
	if (json_is_integer(v)) {
		(void)snprintf(num, sizeof(num), "%lld", (long long)json_integer_value(v));
		return !quantity_parse(num, ret);
	}
	return false;
}

/* --- defaults --- */

static int fill(json_t *container, const char *what, const json_t *defaults, struct buf *note, bool init)
{
	const char *k;
	json_t *v;
	size_t n = 0;
	AUTO_BUF struct buf names = {0};

	json_object_foreach((json_t *)(uintptr_t)defaults, k, v) {
		json_t *list = json_at(container, "resources", what, NULL);

		if (json_object_get(list, k))
			continue;
		if (!json_is_object(list)) {
			if (!json_is_object(json_object_get(container, "resources")) && json_object_set_new(container, "resources", json_object()))
				return -ENOMEM;
			if (json_object_set_new(json_object_get(container, "resources"), what, json_object()))
				return -ENOMEM;
			list = json_at(container, "resources", what, NULL);
		}
		if (json_object_set(list, k, v))
			return -ENOMEM;
		buf_addf(&names, "%s%s", n++ ? ", " : "", k);
	}
	if (n)
		buf_addf(note, "%s%s %s for %scontainer %s", note->len ? "; " : "", names.data, streq(what, "limits") ? "limit" : "request",
			 init ? "init " : "", json_str_or(container, "name", ""));
	return 0;
}

static int set_defaults(json_t *pod, json_t *const *ranges, size_t n, struct err *e)
{
	static const char *const lists[] = {"containers", "initContainers"};
	AUTO_BUF struct buf note = {0};
	AUTO_FREE char *text = NULL;
	const json_t *limit;
	json_t *ctr;
	size_t i, k;

	for (size_t r = 0; r < n; r++) {
		json_array_foreach(json_dot(ranges[r], "spec.limits"), i, limit) {
			if (!streq(json_str(limit, "type"), "Container"))
				continue;
			for (size_t l = 0; l < ARRAY_LEN(lists); l++)
				json_array_foreach(json_at(pod, "spec", lists[l], NULL), k, ctr)
					if (fill(ctr, "requests", json_object_get(limit, "defaultRequest"), &note, l == 1) ||
					    fill(ctr, "limits", json_object_get(limit, "default"), &note, l == 1))
						return err_nomem(e);
		}
	}
	if (!note.len)
		return 0;
	text = str_fmt("LimitRanger plugin set: %s", note.data);
	if (!text || obj_set_annotation(pod, "kubernetes.io/limit-ranger", text) < 0 || json_set_str(pod, "status.qosClass", pod_qos(pod)))
		return err_nomem(e);
	return 0;
}

/* --- bounds --- */

struct finding {
	struct buf text;
	size_t n;
};

static void found(struct finding *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void found(struct finding *f, const char *fmt, ...)
{
	va_list ap;

	if (f->n++)
		buf_adds(&f->text, ", ");
	va_start(ap, fmt);
	buf_addv(&f->text, fmt, ap);
	va_end(ap);
}

static const char *shown(const struct quantity *q, char out[48])
{
	quantity_format(q, out, 48);
	return out;
}

static void check_bounds(struct finding *f, const json_t *limit, const char *type, const json_t *requests, const json_t *limits)
{
	const char *k;
	json_t *v;
	char a[48], b[48];
	struct quantity want, req, lim;

	json_object_foreach(json_object_get(limit, "min"), k, v) {
		bool has_req = quantity_of(requests, k, &req), has_lim = quantity_of(limits, k, &lim);

		if (!quantity_of(json_object_get(limit, "min"), k, &want))
			continue;
		if (!has_req)
			found(f, "minimum %s usage per %s is %s.  No request is specified", k, type, shown(&want, a));
		else if (req.nano < want.nano)
			found(f, "minimum %s usage per %s is %s, but request is %s", k, type, shown(&want, a), shown(&req, b));
		else if (has_lim && lim.nano < want.nano)
			found(f, "minimum %s usage per %s is %s, but limit is %s", k, type, shown(&want, a), shown(&lim, b));
	}
	json_object_foreach(json_object_get(limit, "max"), k, v) {
		bool has_req = quantity_of(requests, k, &req), has_lim = quantity_of(limits, k, &lim);

		if (!quantity_of(json_object_get(limit, "max"), k, &want))
			continue;
		if (!has_lim && !streq(type, "PersistentVolumeClaim"))
			found(f, "maximum %s usage per %s is %s.  No limit is specified", k, type, shown(&want, a));
		else if (has_lim && lim.nano > want.nano)
			found(f, "maximum %s usage per %s is %s, but limit is %s", k, type, shown(&want, a), shown(&lim, b));
		else if (has_req && req.nano > want.nano)
			found(f, "maximum %s usage per %s is %s, but request is %s", k, type, shown(&want, a), shown(&req, b));
	}
	json_object_foreach(json_object_get(limit, "maxLimitRequestRatio"), k, v) {
		if (!quantity_of(json_object_get(limit, "maxLimitRequestRatio"), k, &want))
			continue;
		if (!quantity_of(requests, k, &req) || req.nano <= 0)
			found(f, "%s max limit to request ratio per %s is %s, but no request is specified or request is 0", k, type, shown(&want, a));
		else if (!quantity_of(limits, k, &lim) || lim.nano <= 0)
			found(f, "%s max limit to request ratio per %s is %s, but no limit is specified or limit is 0", k, type, shown(&want, a));
		else if ((double)lim.nano / (double)req.nano > (double)want.nano / 1e9)
			found(f, "%s max limit to request ratio per %s is %s, but provided ratio is %f", k, type, shown(&want, a),
			      (double)lim.nano / (double)req.nano);
	}
}

/* Adds (or, for init containers, raises to) what one container asks. */
static int sum_into(json_t *sum, const json_t *of, bool max)
{
	const char *k;
	json_t *v;
	char text[48];

	json_object_foreach((json_t *)(uintptr_t)of, k, v) {
		struct quantity q, have = {0};

		if (!quantity_of(of, k, &q))
			continue;
		if (quantity_of(sum, k, &have)) {
			if (max)
				q.nano = q.nano > have.nano ? q.nano : have.nano;
			else
				q.nano += have.nano;
			q.format = have.format;
		}
		quantity_format(&q, text, sizeof(text));
		if (json_object_set_new(sum, k, json_string(text)))
			return -ENOMEM;
	}
	return 0;
}

static int check_pod(struct finding *f, const json_t *limit, const json_t *pod)
{
	static const char *const lists[] = {"containers", "initContainers"};
	AUTO_JSON json_t *req = json_object();
	AUTO_JSON json_t *lim = json_object();
	const json_t *c;
	size_t i;

	if (!req || !lim)
		return -ENOMEM;
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		json_array_foreach(json_at(pod, "spec", lists[l], NULL), i, c)
			if (sum_into(req, json_dot(c, "resources.requests"), l == 1) || sum_into(lim, json_dot(c, "resources.limits"), l == 1))
				return -ENOMEM;
	check_bounds(f, limit, "Pod", req, lim);
	return 0;
}

static int check_all(struct finding *f, const json_t *range, const json_t *obj, bool pod)
{
	static const char *const lists[] = {"containers", "initContainers"};
	const json_t *limit, *c;
	size_t i, k;

	json_array_foreach(json_dot(range, "spec.limits"), i, limit) {
		const char *type = json_str_or(limit, "type", "");

		if (!pod) {
			if (streq(type, "PersistentVolumeClaim"))
				check_bounds(f, limit, type, json_dot(obj, "spec.resources.requests"), NULL);
			continue;
		}
		if (streq(type, "Container"))
			for (size_t l = 0; l < ARRAY_LEN(lists); l++)
				json_array_foreach(json_at(obj, "spec", lists[l], NULL), k, c)
					check_bounds(f, limit, type, json_dot(c, "resources.requests"), json_dot(c, "resources.limits"));
		else if (streq(type, "Pod") && check_pod(f, limit, obj))
			return -ENOMEM;
	}
	return 0;
}

static int with_ranges(struct admit *c, json_t *const *ranges, size_t n, struct err *e)
{
	bool pod = streq(c->adm->res->plural, "pods");
	struct finding f = {0};
	int r = 0;

	if (pod && (r = set_defaults(c->adm->obj, ranges, n, e)))
		return r;
	for (size_t i = 0; !r && i < n; i++)
		r = check_all(&f, ranges[i], c->adm->obj, pod) ? err_nomem(e) : 0;
	if (!r && f.n)
		r = admit_deny(c, e, "%s%s%s", f.n > 1 ? "[" : "", buf_failed(&f.text) ? "" : f.text.data, f.n > 1 ? "]" : "");
	buf_done(&f.text);
	return r;
}

int admit_limit_ranger(struct admit *c, struct err *e)
{
	struct auth_list l = {0};
	AUTO_FREE json_t **ranges = NULL;
	size_t n = 0;
	int r;

	/* Pods keep what they were made with. */
	if (!c->main || (c->adm->op == ADMIT_UPDATE && streq(c->adm->res->plural, "pods")) || !auth_any(c->au, "", "limitranges", c->adm->ns))
		return 0;
	r = auth_list(c->au, c->block, "", "limitranges", c->adm->ns, NULL, NULL, &l);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, r, "reading limit ranges: %s", err_name(r));
	ranges = calloc(l.n + 1, sizeof(json_t *));
	for (size_t i = 0; ranges && i < l.n; i++)
		if (!json_parse_bytes(l.items[i].value, &ranges[n], NULL))
			n++;
	auth_list_done(&l);
	r = ranges ? with_ranges(c, ranges, n, e) : err_nomem(e);
	for (size_t i = 0; ranges && i < n; i++)
		json_decref(ranges[i]);
	return r;
}
