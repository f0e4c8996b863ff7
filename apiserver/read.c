/*
 * GET and LIST. Stored bytes are handed on as they are; only Tables, metadata and other versions are parsed, then on a worker.
 * Lists are consistent at one revision; continue tokens carry it (Kubernetes: API concepts, "Resource versions", "Retrieving
 * large results sets in chunks").
 */
#include "api/object.h"
#include "apiserver/ingress_refs.h"
#include "apiserver/list.h"

#define LIST_COPY   16384 /* bytes of objects up to which copying is cheaper than handing them on one by one */
#define LIST_INLINE 8 /* more objects than that are parsed on a worker, not in an HTTP thread */

bool range_match(const struct range_filter *f, const char *key, const struct bytes *index)
{
	if (f->refs && !ingress_refs_has_key(f->refs, f->secrets, key + f->prefix))
		return false;
	if (f->labels && !api_selector_match_index_labels(f->labels, index))
		return false;
	return !f->fields || api_selector_match_index_fields(f->fields, index);
}

bool range_filter_fn(void *arg, const char *key, const struct bytes *index)
{
	return range_match(arg, key, index);
}

/* Deletions know no such selector: to them it is a field that there is not. */
static bool wants_refs(const struct req *r)
{
	return streq(r->q.field_selector, INGRESS_REFS_SELECTOR) && (r->verb == API_LIST || r->verb == API_WATCH) && !*r->group &&
	       (streq(r->plural, "secrets") || streq(r->plural, "configmaps"));
}

bool req_filter(const struct req *r, const struct api_selector *labels, const struct api_selector *fields, struct range_filter *ret)
{
	*ret = (struct range_filter){.labels = labels, .fields = fields};
	if (wants_refs(r)) {
		ret->refs = auth_ingress_refs(r->a->auth);
		ret->secrets = streq(r->plural, "secrets");
		ret->prefix = strlen(r->res->storage_prefix);
	}
	return labels || fields || ret->refs;
}

bool req_selectors(struct req *r, struct api_selector **labels, struct api_selector **fields)
{
	struct err e = {0};
	AUTO_SELECTOR struct api_selector *l = NULL;
	AUTO_SELECTOR struct api_selector *f = NULL;

	if ((r->q.label_selector && *r->q.label_selector && api_label_selector_parse(&l, r->q.label_selector, &e)) ||
	    (r->q.field_selector && *r->q.field_selector && !wants_refs(r) && api_field_selector_parse(&f, r->res, r->q.field_selector, &e))) {
		req_fail_err(r, &e);
		return false;
	}
	*labels = TAKE_PTR(l);
	*fields = TAKE_PTR(f);
	return true;
}

static void too_large_rv(struct req *r, int64_t want, int64_t now)
{
	struct err e = {0};

	(void)err_set(&e, ERR_TOO_NEW, "Too large resource version: %lld, current: %lld", (long long)want, (long long)now);
	req_fail_err(r, &e);
}

/* --- get --- */

struct get {
	struct req *r;
	struct bytes *value;
};

static void get_render(void *arg)
{
	struct get *g = arg;
	struct req *r = g->r;
	AUTO_BYTES struct bytes *v = g->value;

	free(g);
	req_reply_object(r, 200, r->res, v);
}

static void scale_render(struct req *r, struct bytes *v);

static void get_done(void *arg, int code, struct store_item *item)
{
	struct req *r = arg;

	if (code == ERR_NOT_FOUND) {
		req_not_found(r, r->group, r->plural, r->name);
		return;
	}
	if (code) {
		struct err e = {0};

		(void)err_set(&e, code, "reading %s \"%s\": %s", r->plural, r->name, err_name(code));
		req_fail_err(r, &e);
		return;
	}
	if (r->sub && streq(r->sub->name, "scale")) {
		scale_render(r, item->value);
		return;
	}
	if (r->format != FMT_OBJECT) {
		struct get *g = calloc(1, sizeof(*g));

		if (g) {
			*g = (struct get){r, bytes_ref(item->value)};
			req_defer(r, get_render, g);
			return;
		}
	}
	req_reply_object(r, 200, r->res, item->value);
}

void req_get(struct req *r)
{
	AUTO_FREE char *key = object_key(r->res, r->ns, r->name);
	int64_t rv = 0;

	if (r->q.resource_version && *r->q.resource_version && str_to_i64(r->q.resource_version, 0, INT64_MAX, &rv)) {
		req_fail(r, 400, "BadRequest", "resourceVersion: Invalid value: \"%.60s\": strconv.ParseUint: parsing \"%.60s\": invalid syntax",
			 r->q.resource_version, r->q.resource_version);
		return;
	}
	if (rv > store_revision(r->a->store)) {
		too_large_rv(r, rv, store_revision(r->a->store));
		return;
	}
	if (!key) {
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	store_get_async(r->a->store, key, get_done, r);
}

#include "apiserver/scale.h"
/* A Scale has columns of its own. */
static json_t *scale_table(struct req *r, json_t *scale)
{
	static const struct api_resource res = {.group = "autoscaling", .version = "v1", .kind = "Scale", .plural = "scale", .namespaced = true};
	AUTO_JSON json_t *t = table_new(r, &res, true);

	return t && !table_add(r, &res, t, scale) ? TAKE_PTR(t) : NULL;
}

static void scale_render(struct req *r, struct bytes *v)
{
	struct err e = {0};
	AUTO_JSON json_t *o = NULL;
	AUTO_JSON json_t *s = NULL;

	if (object_load(r->reg, r->res, v, &o, &e) || scale_from(r->res, o, &s, &e)) {
		req_fail_err(r, &e);
		return;
	}
	if (r->format == FMT_TABLE || r->format == FMT_TABLE_V1BETA1)
		req_reply_json(r, 200, scale_table(r, s));
	else if (r->format != FMT_OBJECT)
		req_reply_json(r, 200, partial_metadata(r, s));
	else
		req_reply_json(r, 200, TAKE_PTR(s));
}

/* --- list --- */

struct list_call *list_free(struct list_call *l)
{
	if (!l)
		return NULL;
	(void)api_selector_free(l->labels);
	(void)api_selector_free(l->fields);
	for (size_t i = 0; i < l->n && l->items; i++)
		(void)bytes_unref(l->items[i].value);
	free(l->items);
	free(l->prefix);
	free(l->start);
	free(l->cont);
	free(l);
	return NULL;
}

/*
 * How long a list is promised to be of one state: what clients rely on with kube-apiserver, where compaction ends it. The store may have the
 * revision longer.
 */
#define TOKEN_S 300

/* base64url of {"v":"meta.k8s.io/v1","rv":N,"start":"rest of the key"}, as upstream's tokens look, and when its list began (0: not told) */
static char *token_make(int64_t rev, int64_t since, const char *rest)
{
	AUTO_JSON json_t *t = json_pack("{s:s,s:I,s:s}", "v", "meta.k8s.io/v1", "rv", (json_int_t)rev, "start", rest);
	if (since && t)
		json_object_set_new(t, "since", json_integer(since));
	AUTO_BYTES struct bytes *b = t ? json_encode(t) : NULL;
	char *s = NULL;

	if (b)
		(void)b64_encode(b->data, b->len, true, &s);
	return s;
}

int list_token_read(const char *s, const char *prefix, int64_t *ret_rev, int64_t *ret_since, char **ret_start, struct err *e)
{
	AUTO_FREE void *p = NULL;
	AUTO_JSON json_t *t = NULL;
	size_t n;
	const char *rest;

	if (strlen(s) > 4096 || b64_decode(s, strlen(s), true, &p, &n) || json_parse(p, n, &t, NULL))
		return err_set(e, ERR_BAD_REQUEST, "invalid continue token: continue key is not valid: illegal base64 data at input byte 0");
	rest = json_str(t, "start");
	*ret_rev = json_int_or(t, "rv", 0);
	*ret_since = json_int_or(t, "since", 0);
	if (!streq(json_str_or(t, "v", ""), "meta.k8s.io/v1") || !rest || !*rest || !*ret_rev || *ret_rev < -1)
		return err_set(e, ERR_BAD_REQUEST, "invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
	*ret_start = str_fmt("%s%s", prefix, rest);
	return *ret_start ? 0 : err_nomem(e);
}

void list_header(struct buf *b, const struct req *r, const struct list_call *l)
{
	char gv[300];

	api_group_version(r->res, gv, sizeof(gv));
	buf_addf(b, "{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"metadata\":{\"resourceVersion\":\"%lld\"", r->res->list_kind, gv, (long long)l->at);
	if (l->cont) {
		buf_addf(b, ",\"continue\":\"%s\"", l->cont);
		if (l->remaining >= 0)
			buf_addf(b, ",\"remainingItemCount\":%lld", (long long)l->remaining);
	}
	buf_adds(b, "},\"items\":[");
}

/* What is stored is sent: header, objects with commas between, end. Small answers are copied together instead. */
static void list_reply_bytes(struct list_call *l)
{
	struct req *r = l->r;
	AUTO_BUF struct buf b = {0};
	AUTO_BYTES struct bytes *head = NULL;
	AUTO_BYTES struct bytes *comma = NULL;
	AUTO_BYTES struct bytes *end = NULL;
	AUTO_FREE struct bytes **parts = NULL;
	size_t n = 0, total = 0;

	list_header(&b, r, l);
	for (size_t i = 0; i < l->n; i++)
		total += l->items[i].value->len + 1;
	if (total <= LIST_COPY) {
		buf_reserve(&b, total + 2);
		for (size_t i = 0; i < l->n; i++) {
			if (i)
				buf_addc(&b, ',');
			buf_add(&b, l->items[i].value->data, l->items[i].value->len);
		}
		buf_adds(&b, "]}");
		head = buf_take_bytes(&b);
		(void)list_free(l);
		if (!head)
			req_fail(r, 500, "InternalError", "out of memory");
		else
			req_reply(r, 200, "application/json", head);
		return;
	}
	head = buf_take_bytes(&b);
	comma = bytes_new(",", 1);
	end = bytes_new("]}", 2);
	parts = calloc(2 * l->n + 2, sizeof(struct bytes *));
	if (!head || !comma || !end || !parts) {
		(void)list_free(l);
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	parts[n++] = head;
	for (size_t i = 0; i < l->n; i++) {
		if (i)
			parts[n++] = comma;
		parts[n++] = l->items[i].value;
	}
	parts[n++] = end;
	req_reply_parts(r, 200, "application/json", parts, n);
	(void)list_free(l);
}

/* Tables, metadata lists and other versions. */
static void list_reply_parsed(void *arg)
{
	struct list_call *l = arg;
	struct req *r = l->r;
	struct err e = {0};
	AUTO_JSON json_t *out = NULL;
	bool table = r->format == FMT_TABLE || r->format == FMT_TABLE_V1BETA1;
	json_t *meta;
	char rv[24];

	if (table) {
		out = table_new(r, r->res, true);
	} else if (r->format != FMT_OBJECT) {
		out = json_pack("{s:s,s:s,s:{},s:[]}", "kind", "PartialObjectMetadataList", "apiVersion",
				r->format == FMT_PARTIAL_LIST_V1BETA1 ? "meta.k8s.io/v1beta1" : "meta.k8s.io/v1", "metadata", "items");
	} else {
		char gv[300];

		api_group_version(r->res, gv, sizeof(gv));
		out = json_pack("{s:s,s:s,s:{},s:[]}", "kind", r->res->list_kind, "apiVersion", gv, "metadata", "items");
	}
	meta = json_object_get(out, "metadata");
	(void)snprintf(rv, sizeof(rv), "%lld", (long long)l->at);
	if (!meta || json_object_set_new(meta, "resourceVersion", json_string(rv)))
		(void)err_nomem(&e);
	if (l->cont && !e.code) {
		(void)json_object_set_new(meta, "continue", json_string(l->cont));
		if (l->remaining >= 0)
			(void)json_object_set_new(meta, "remainingItemCount", json_integer(l->remaining));
	}
	for (size_t i = 0; i < l->n && !e.code; i++) {
		AUTO_JSON json_t *o = NULL;
		int bad = 0;

		if (object_load(r->reg, r->res, l->items[i].value, &o, &e))
			break;
		if (table)
			bad = table_add(r, r->res, out, o);
		else
			bad = json_array_append_new(json_object_get(out, "items"),
						    r->format == FMT_OBJECT ? json_incref(o) : partial_metadata(r, o));
		if (bad)
			(void)err_nomem(&e);
	}
	(void)list_free(l);
	if (e.code)
		req_fail_err(r, &e);
	else
		req_reply_json(r, 200, TAKE_PTR(out));
}

static void list_gone(struct list_call *l)
{
	struct req *r = l->r;
	json_t *s;

	if (l->from_token) {
		AUTO_FREE char *again = l->start ? token_make(-1, 0, l->start + strlen(l->prefix)) : NULL;

		s = status_new(410, "Expired",
			       "The provided continue parameter is too old to display a consistent list result. You can start a new list without "
			       "the continue parameter, or use the continue token in this response to retrieve the remainder of the results. "
			       "Continuing with the provided token results in an inconsistent list - objects that were created, modified, or "
			       "deleted between the time the first chunk was returned and now may show up in the list.");
		if (s && again)
			(void)json_dot_set(s, "metadata.continue", json_string(again));
	} else {
		s = status_new(410, "Expired", "The resourceVersion for the provided list is too old.");
	}
	(void)list_free(l);
	req_fail_status(r, s);
}

/* Whether all are stored as they are asked for: custom resources may have been stored in another version. */
static bool same_shapes(const struct list_call *l)
{
	for (size_t i = 0; i < l->n; i++) {
		if (!object_is_shape(l->r->res, l->items[i].value))
			return false;
		if (!l->r->res->crd)
			break;
	}
	return true;
}

static void list_done(void *arg, struct store_range_result *res)
{
	struct list_call *l = arg;
	struct req *r = l->r;

	if (res->code == ERR_GONE) {
		list_gone(l);
		return;
	}
	if (res->code == ERR_TOO_NEW) {
		int64_t want = l->rev;

		(void)list_free(l);
		too_large_rv(r, want, store_revision(r->a->store));
		return;
	}
	if (res->code) {
		struct err e = res->err;

		e.code = res->code;
		(void)list_free(l);
		req_fail_err(r, &e);
		return;
	}
	l->items = calloc(res->n ? res->n : 1, sizeof(*l->items));
	if (!l->items) {
		(void)list_free(l);
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	l->at = res->rev;
	l->remaining = l->filtered ? -1 : res->remaining;
	for (size_t i = 0; i < res->n; i++)
		l->items[i].value = TAKE_PTR(res->items[i].value);
	l->n = res->n;
	if (l->paged && res->more && same_shapes(l)) {
		list_stream(l, res->items[res->n - 1].key);
		return;
	}
	if (res->more && res->n && !l->paged) {
		const char *last = res->items[res->n - 1].key;

		l->cont = token_make(res->rev, l->since ? l->since : clock_wall(r->a->clock), last + strlen(l->prefix));
	}
	if (r->format == FMT_OBJECT && !r->yaml && same_shapes(l))
		list_reply_bytes(l);
	else if (l->n <= LIST_INLINE)
		list_reply_parsed(l);
	else
		req_defer(r, list_reply_parsed, l);
}

/* Which revision is meant; false: answered. */
static bool list_options(struct req *r, struct list_call *l)
{
	struct query *q = &r->q;
	bool has_rv = q->resource_version && *q->resource_version, has_match = q->rv_match && *q->rv_match;
	bool exact = has_match && streq(q->rv_match, "Exact");
	bool has_cont = q->cont && *q->cont;
	int64_t rv = 0, now;
	struct err e = {0};

	if (list_options_refused(r, false))
		return false;
	if (has_rv && str_to_i64(q->resource_version, 0, INT64_MAX, &rv)) {
		req_fail(r, 400, "BadRequest", "invalid resource version: resourceVersion: Invalid value: \"%.60s\": strconv.ParseUint: parsing \"%.60s\": invalid syntax",
			 q->resource_version, q->resource_version);
		return false;
	}
	if (q->limit < 0)
		q->limit = 0;
	now = store_revision(r->a->store);
	if (has_cont) {
		l->from_token = true;
		if (list_token_read(q->cont, l->prefix, &l->rev, &l->since, &l->start, &e)) {
			req_fail_err(r, &e);
			return false;
		}
		if (l->rev == -1) {
			l->rev = 0;
			l->inconsistent = true;
		}
		return true;
	}
	if (!rv)
		return true;
	if (rv > now) {
		too_large_rv(r, rv, now);
		return false;
	}
	/* A limit without a match at a given revision means that revision (API concepts, table of list semantics). */
	if (exact || (!has_match && q->limit))
		l->rev = rv;
	return true;
}

void req_list(struct req *r)
{
	struct list_call *l = calloc(1, sizeof(*l));
	struct store_range q;

	if (!l) {
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	l->r = r;
	l->prefix = object_prefix(r->res, r->ns);
	if (!l->prefix) {
		(void)list_free(l);
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	if (!list_options(r, l) || !req_selectors(r, &l->labels, &l->fields)) {
		(void)list_free(l);
		return;
	}
	if (l->since > 0 && l->since < clock_wall(r->a->clock) - TOKEN_S) {
		list_gone(l);
		return;
	}
	l->filtered = req_filter(r, l->labels, l->fields, &l->filter);
	q = (struct store_range){
		.prefix = l->prefix,
		.start_after = l->start,
		.limit = (size_t)r->q.limit,
		.rev = l->rev,
		.filter = l->filtered ? range_filter_fn : NULL,
		.filter_arg = &l->filter,
	};
	/* Everything: what does not fit a page is sent page by page, without being in memory as a whole. */
	l->paged = !q.limit && r->x && r->format == FMT_OBJECT && !r->yaml;
	if (l->paged)
		q.limit = PAGER_PAGE;
	store_range(r->a->store, &q, list_done, l);
}
