/* From URL and headers to what is asked for: verb, resource, name, options, shape of the answer. */
#include "apiserver/internal.h"

/* --- query strings --- */

static int query_each(const char *text, int (*fn)(void *arg, const char *key, char **value), void *arg)
{
	const char *p = text ? text : "";

	while (*p) {
		const char *end = strchr(p, '&');
		size_t n = end ? (size_t)(end - p) : strlen(p);
		const char *eq = memchr(p, '=', n);
		size_t klen = eq ? (size_t)(eq - p) : n;
		AUTO_FREE char *key = url_decode(p, klen, true);
		AUTO_FREE char *val = eq ? url_decode(eq + 1, n - klen - 1, true) : str_dup("");
		int r;

		if (!key || !val)
			return ERR_BAD_REQUEST;
		r = fn(arg, key, &val);
		if (r)
			return r;
		p += n;
		if (*p == '&')
			p++;
	}
	return 0;
}

struct get_arg {
	const char *key;
	char *value;
};

static int get_one(void *arg, const char *key, char **value)
{
	struct get_arg *g = arg;

	if (!streq(g->key, key))
		return 0;
	g->value = TAKE_PTR(*value);
	return 1;
}

char *query_get(const char *text, const char *key)
{
	struct get_arg g = {key, NULL};

	(void)query_each(text, get_one, &g);
	return g.value;
}

static bool parse_bool(const char *s, bool *ret)
{
	/* strconv.ParseBool, and an empty value is true as in conversion of url.Values. */
	static const char *const yes[] = {"1", "t", "T", "true", "TRUE", "True", ""};
	static const char *const no[] = {"0", "f", "F", "false", "FALSE", "False"};

	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		if (streq(s, yes[i]))
			return *ret = true, true;
	for (size_t i = 0; i < ARRAY_LEN(no); i++)
		if (streq(s, no[i]))
			return *ret = false, true;
	return false;
}

struct parse_arg {
	struct query *q;
	struct err *e;
};

static int query_one(void *arg, const char *key, char **value)
{
	struct parse_arg *a = arg;
	struct query *q = a->q;
	const struct {
		const char *key;
		char **str;
		bool *boolean;
		enum tristate *tri;
		int64_t *num;
	} opts[] = {
		{.key = "labelSelector", .str = &q->label_selector},
		{.key = "fieldSelector", .str = &q->field_selector},
		{.key = "resourceVersion", .str = &q->resource_version},
		{.key = "resourceVersionMatch", .str = &q->rv_match},
		{.key = "continue", .str = &q->cont},
		{.key = "fieldManager", .str = &q->field_manager},
		{.key = "fieldValidation", .str = &q->field_validation},
		{.key = "includeObject", .str = &q->include_object},
		{.key = "propagationPolicy", .str = &q->propagation},
		{.key = "pretty", .str = &q->pretty},
		{.key = "watch", .boolean = &q->watch},
		{.key = "allowWatchBookmarks", .boolean = &q->bookmarks},
		{.key = "force", .boolean = &q->force},
		{.key = "sendInitialEvents", .tri = &q->send_initial},
		{.key = "orphanDependents", .tri = &q->orphan},
		{.key = "limit", .num = &q->limit},
		{.key = "timeoutSeconds", .num = &q->timeout_s},
		{.key = "gracePeriodSeconds", .num = &q->grace},
	};

	if (streq(key, "dryRun")) {
		q->dry_run |= **value != 0;
		if (!q->dry_asked && !(q->dry_asked = json_array()))
			return err_nomem(a->e);
		return json_array_append_new(q->dry_asked, json_string(*value)) ? err_nomem(a->e) : 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(opts); i++) {
		bool b;

		if (!streq(key, opts[i].key))
			continue;
		if (opts[i].str) {
			if (!*opts[i].str) /* the first one counts, as with url.Values.Get */
				*opts[i].str = TAKE_PTR(*value);
			return 0;
		}
		if (opts[i].num) {
			if (!**value)
				return 0;
			if (str_to_i64(*value, INT64_MIN, INT64_MAX, opts[i].num))
				return err_set(a->e, ERR_BAD_REQUEST, "strconv.ParseInt: parsing \"%.60s\": invalid syntax", *value);
			return 0;
		}
		if (!parse_bool(*value, &b))
			b = true; /* Convert_Slice_string_To_bool: anything but false words is true */
		q->force_given |= opts[i].boolean == &q->force;
		if (opts[i].boolean)
			*opts[i].boolean = b;
		else
			*opts[i].tri = b ? TRI_TRUE : TRI_FALSE;
		return 0;
	}
	return 0;
}

int query_parse(struct query *q, const char *text, struct err *e)
{
	struct parse_arg a = {q, e};
	int r;

	*q = (struct query){.send_initial = TRI_UNSET, .orphan = TRI_UNSET, .limit = 0, .timeout_s = -1, .grace = -1};
	r = query_each(text, query_one, &a);
	if (r == ERR_BAD_REQUEST && e && !e->code)
		return err_set(e, r, "invalid query string");
	return r;
}

void query_done(struct query *q)
{
	char **s[] = {&q->label_selector, &q->field_selector, &q->resource_version, &q->rv_match, &q->cont, &q->field_manager,
		      &q->field_validation, &q->include_object, &q->propagation, &q->pretty};

	for (size_t i = 0; i < ARRAY_LEN(s); i++)
		free(TAKE_PTR(*s[i]));
	json_decref(TAKE_PTR(q->dry_asked));
}

int64_t req_timeout_ms(const struct req *r)
{
	AUTO_FREE char *timeout = query_get(r->query_text, "timeout");
	double s;

	return timeout && duration_parse(timeout, &s) == 0 && s < 1e9 ? (int64_t)(s * 1000 + 0.5) : -1;
}

/* --- routes --- */

/* Next path segment, decoded. 1: there was one; 0: end. */
static int next_segment(struct req *r, const char **p, const char **ret)
{
	const char *s = *p;
	char *out;
	size_t n;

	while (*s == '/')
		s++;
	n = strcspn(s, "/");
	*p = s + n;
	if (!n)
		return 0;
	out = req_text_alloc(r, n + 1);
	if (!out)
		return -ENOMEM;
	if (url_decode_to(out, s, n, false) || strlen(out) > 512 || streq(out, ".") || streq(out, ".."))
		return ERR_NOT_FOUND;
	*ret = out;
	return 1;
}

static enum api_verb verb_of(struct req *r, bool named)
{
	const char *m = r->method;

	if (streq(m, "GET") || streq(m, "HEAD"))
		return named ? API_GET : r->q.watch ? API_WATCH : API_LIST;
	if (streq(m, "POST"))
		return API_CREATE;
	if (streq(m, "PUT"))
		return API_UPDATE;
	if (streq(m, "PATCH"))
		return API_PATCH;
	if (streq(m, "DELETE"))
		return named ? API_DELETE : API_DELETECOLLECTION;
	return 0;
}

static const char *verb_text(enum api_verb v)
{
	switch (v) {
	case API_GET: return "get";
	case API_LIST: return "list";
	case API_WATCH: return "watch";
	case API_CREATE: return "create";
	case API_UPDATE: return "update";
	case API_PATCH: return "patch";
	case API_DELETE: return "delete";
	case API_DELETECOLLECTION: return "deletecollection";
	}
	return "";
}

int request_route(struct req *r, struct err *e)
{
	const char *p = r->path, *root = NULL, *seg = NULL;
	bool core, old_watch = false;
	int rc;

	r->ns = r->name = r->subname = r->rest = r->group = r->version = r->plural = "";
	r->verb = 0;
	rc = next_segment(r, &p, &root);
	if (rc == -ENOMEM)
		return err_nomem(e);
	if (rc < 0)
		return err_set(e, ERR_NOT_FOUND, "the server could not find the requested resource");
	if (rc == 0)
		return 0;
	core = streq(root, "api");
	if (!core && !streq(root, "apis"))
		return 0;
#define NEXT(field)                                                                                                    \
	do {                                                                                                           \
		rc = next_segment(r, &p, &(field));                                                                    \
		if (rc == -ENOMEM)                                                                                     \
			return err_nomem(e);                                                                           \
		if (rc < 0)                                                                                            \
			return err_set(e, ERR_NOT_FOUND, "the server could not find the requested resource");          \
		if (rc == 0)                                                                                           \
			goto end;                                                                                      \
	} while (0)

	if (!core)
		NEXT(r->group);
	NEXT(r->version);
	NEXT(seg);
	if (streq(seg, "watch")) {
		old_watch = true;
		NEXT(seg);
	}
	if (streq(seg, "namespaces")) {
		NEXT(r->ns);
		NEXT(seg);
		if (core && (streq(seg, "status") || streq(seg, "finalize"))) {
			r->name = r->ns;
			r->subname = seg;
			seg = "namespaces";
			goto have;
		}
	}
	r->plural = seg;
	seg = NULL;
	NEXT(r->name);
	NEXT(r->subname);
	if (*p == '/' && streq(r->subname, "proxy")) {
		r->rest = p; /* the path lives as long */
		p = "";
	}
	if (*p && p[strspn(p, "/")])
		return err_set(e, ERR_NOT_FOUND, "the server could not find the requested resource");
	goto have;
end:
	if (seg && streq(seg, "namespaces") && !*r->plural)
		r->name = r->ns; /* /api/v1/namespaces[/NAME] */
	else if (!seg && !*r->plural)
		return 0; /* discovery */
have:
	if (seg && !*r->plural)
		r->plural = seg;
	if (streq(root, "apis") && !*r->group)
		return 0;
	r->q.watch |= old_watch;
	r->res = api_resource_find(r->reg, r->group, r->version, r->plural);
	r->verb = verb_of(r, *r->name != 0 && !old_watch);
	r->verb_name = verb_text(r->verb);
	if (old_watch && *r->name && !r->q.field_selector) {
		r->q.field_selector = str_fmt("metadata.name=%s", r->name);
		r->name = "";
		if (!r->q.field_selector)
			return err_nomem(e);
	}
	if (!r->res)
		return err_set(e, ERR_NOT_FOUND, "the server could not find the requested resource");
	if (r->res->namespaced ? !*r->ns && *r->name : *r->ns && !streq(r->plural, "namespaces"))
		return err_set(e, ERR_NOT_FOUND, "the server could not find the requested resource");
	if (*r->subname) {
		r->sub = api_subresource_find(r->res, r->subname);
		if (!r->sub)
			return err_set(e, ERR_NOT_FOUND, "the server could not find the requested resource");
		/* What changes nothing either, and what only a proxy can be asked. */
		if (!r->verb && streq(r->subname, "proxy") && streq(r->method, "OPTIONS")) {
			r->verb = API_GET;
			r->verb_name = verb_text(r->verb);
		}
	}
	return 0;
#undef NEXT
}

/* --- content negotiation --- */

bool media_is(const char *ct, const char *type)
{
	size_t n = strlen(type);

	if (!ct || strncasecmp(ct, type, n))
		return false;
	ct += n;
	ct += strspn(ct, " \t");
	return !*ct || *ct == ';';
}

bool accept_each(const char *accept, bool (*fn)(void *arg, const char *type, const char *params), void *arg)
{
	const char *p = accept ? accept : "";

	while (*p) {
		size_t n = strcspn(p, ","), t, lead;
		AUTO_FREE char *range = str_ndup(p, n);
		char *end;

		if (!range)
			return false;
		p += n + (p[n] == ',');
		lead = strspn(range, " \t");
		t = strcspn(range + lead, ";");
		end = range + lead + t;
		{
			const char *params = *end ? end + 1 : end;
			*end = 0;
			while (end > range + lead && (end[-1] == ' ' || end[-1] == '\t'))
				*--end = 0;
			if (range[lead] && fn(arg, range + lead, params))
				return true;
		}
	}
	return false;
}

bool media_param(const char *params, const char *key, char *out, size_t cap)
{
	const char *p = params;
	size_t klen = strlen(key);

	while (p && *p) {
		size_t n = strcspn(p, ";"), s = strspn(p, " \t");

		if (n > s + klen && !strncmp(p + s, key, klen) && p[s + klen] == '=') {
			size_t vlen = n - s - klen - 1;
			const char *v = p + s + klen + 1;

			while (vlen && (v[vlen - 1] == ' ' || v[vlen - 1] == '\t'))
				vlen--;
			if (vlen >= 2 && v[0] == '"' && v[vlen - 1] == '"')
				v++, vlen -= 2;
			if (vlen >= cap)
				return false;
			memcpy(out, v, vlen);
			out[vlen] = 0;
			return true;
		}
		p += n + (p[n] == ';');
	}
	return false;
}

static bool accept_one(void *arg, const char *type, const char *params)
{
	struct req *r = arg;
	char as[64], v[16], g[64];
	bool json = streq(type, "application/json") || streq(type, "*/*") || streq(type, "application/*");
	bool yaml = streq(type, "application/yaml");
	enum format f = FMT_OBJECT;

	if (!json && !yaml)
		return false;
	if (media_param(params, "as", as, sizeof(as))) {
		bool beta;

		/* What is answered and never kept (reviews) has neither rows nor metadata of its own. */
		if (r->res && r->res->virtual_)
			return false;
		if (!media_param(params, "g", g, sizeof(g)) || !streq(g, "meta.k8s.io") || !media_param(params, "v", v, sizeof(v)))
			return false;
		beta = streq(v, "v1beta1");
		if (!beta && !streq(v, "v1"))
			return false;
		if (streq(as, "Table"))
			f = beta ? FMT_TABLE_V1BETA1 : FMT_TABLE;
		else if (streq(as, "PartialObjectMetadata"))
			f = beta ? FMT_PARTIAL_V1BETA1 : FMT_PARTIAL;
		else if (streq(as, "PartialObjectMetadataList"))
			f = beta ? FMT_PARTIAL_LIST_V1BETA1 : FMT_PARTIAL_LIST;
		else
			return false;
		/* Metadata lists answer LIST only, single metadata everything else but it. */
		if (f != FMT_TABLE && f != FMT_TABLE_V1BETA1) {
			bool list = r->verb == API_LIST, want = f == FMT_PARTIAL_LIST || f == FMT_PARTIAL_LIST_V1BETA1;

			if (list != want)
				return false;
		}
	}
	if (yaml && r->verb == API_WATCH)
		return false;
	r->format = f;
	r->yaml = yaml;
	return true;
}

int request_accept(struct req *r, struct err *e)
{
	r->format = FMT_OBJECT;
	r->yaml = false;
	if (!r->accept || !*r->accept)
		return 0;
	if (accept_each(r->accept, accept_one, r))
		return 0;
	return err_set(e, ERR_NOT_ACCEPTABLE, "only the following media types are accepted: application/json, application/yaml");
}
