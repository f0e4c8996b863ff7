/*
 * Discovery: /api, /apis and below, legacy and aggregated (apidiscovery.k8s.io v2, v2beta1). Documents are made on first
 * use from a registry snapshot and kept until the snapshot changes; aggregated ones carry an ETag.
 */
#include "apiserver/internal.h"
#include "wire/cert.h"

struct disco {
	struct map *docs; /* key -> struct doc */
};
struct doc {
	struct bytes *body;
	char etag[67];
};

static void doc_free(void *p)
{
	struct doc *d = p;

	(void)bytes_unref(d->body);
	free(d);
}

void disco_drop(struct apiserver *a)
{
	if (!a->disco)
		return;
	(void)map_free(a->disco->docs);
	free(a->disco);
	a->disco = NULL;
}

static void add_verbs(struct buf *b, uint32_t verbs, const char *key)
{
	static const struct {
		uint32_t bit;
		const char *name;
	} v[] = {{API_CREATE, "create"}, {API_DELETE, "delete"}, {API_DELETECOLLECTION, "deletecollection"}, {API_GET, "get"},
		 {API_LIST, "list"},	 {API_PATCH, "patch"},	 {API_UPDATE, "update"},		    {API_WATCH, "watch"}};
	bool first = true;

	buf_addf(b, "\"%s\":[", key);
	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		if (!(verbs & v[i].bit))
			continue;
		buf_addf(b, "%s\"%s\"", first ? "" : ",", v[i].name);
		first = false;
	}
	buf_addc(b, ']');
}

static void add_strings(struct buf *b, const char *key, const char *const *s)
{
	if (!s || !*s)
		return;
	buf_addf(b, ",\"%s\":[", key);
	for (size_t i = 0; s[i]; i++) {
		if (i)
			buf_addc(b, ',');
		buf_add_json_str(b, s[i], strlen(s[i]));
	}
	buf_addc(b, ']');
}

/* --- groups: runs of resources of one group, in registry order --- */

static bool first_of_group(const struct api_registry *reg, size_t i)
{
	return i == 0 || !streq(api_resource_at(reg, i)->group, api_resource_at(reg, i - 1)->group);
}

static bool first_of_version(const struct api_registry *reg, size_t i)
{
	return first_of_group(reg, i) || !streq(api_resource_at(reg, i)->version, api_resource_at(reg, i - 1)->version);
}

static void add_group(struct buf *b, const struct api_registry *reg, size_t i)
{
	const struct api_resource *r = api_resource_at(reg, i);
	bool first = true;

	buf_addf(b, "\"name\":\"%s\",\"versions\":[", r->group);
	for (size_t k = i; k < api_resource_count(reg) && streq(api_resource_at(reg, k)->group, r->group); k++) {
		const char *v = api_resource_at(reg, k)->version;

		if (!first_of_version(reg, k))
			continue;
		buf_addf(b, "%s{\"groupVersion\":\"%s/%s\",\"version\":\"%s\"}", first ? "" : ",", r->group, v, v);
		first = false;
	}
	buf_addf(b, "],\"preferredVersion\":{\"groupVersion\":\"%s/%s\",\"version\":\"%s\"}", r->group, r->version, r->version);
}

static void doc_groups(struct buf *b, const struct api_registry *reg)
{
	bool first = true;

	buf_adds(b, "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[");
	for (size_t i = 0; i < api_resource_count(reg); i++) {
		if (!first_of_group(reg, i) || !*api_resource_at(reg, i)->group)
			continue;
		buf_adds(b, first ? "{" : ",{");
		add_group(b, reg, i);
		buf_addc(b, '}');
		first = false;
	}
	buf_adds(b, "]}");
}

static bool doc_group(struct buf *b, const struct api_registry *reg, const char *group)
{
	for (size_t i = 0; i < api_resource_count(reg); i++) {
		if (!streq(api_resource_at(reg, i)->group, group))
			continue;
		buf_adds(b, "{\"kind\":\"APIGroup\",\"apiVersion\":\"v1\",");
		add_group(b, reg, i);
		buf_addc(b, '}');
		return true;
	}
	return false;
}

static bool doc_resources(struct buf *b, const struct api_registry *reg, const char *group, const char *version)
{
	bool any = false;

	buf_addf(b, "{\"kind\":\"APIResourceList\",%s\"groupVersion\":\"%s%s%s\",\"resources\":[", *group ? "\"apiVersion\":\"v1\"," : "", group,
		 *group ? "/" : "", version);
	for (size_t i = 0; i < api_resource_count(reg); i++) {
		const struct api_resource *r = api_resource_at(reg, i);

		if (!streq(r->group, group) || !streq(r->version, version))
			continue;
		buf_addf(b, "%s{\"name\":\"%s\",\"singularName\":\"%s\",\"namespaced\":%s,\"kind\":\"%s\",", any ? "," : "", r->plural,
			 r->singular ? r->singular : "", r->namespaced ? "true" : "false", r->kind);
		any = true;
		add_verbs(b, r->verbs, "verbs");
		add_strings(b, "shortNames", r->short_names);
		add_strings(b, "categories", r->categories);
		if (r->storage_hash && *r->storage_hash)
			buf_addf(b, ",\"storageVersionHash\":\"%s\"", r->storage_hash);
		buf_addc(b, '}');
		for (size_t k = 0; k < r->n_subs; k++) {
			const struct api_subresource *s = &r->subs[k];
			bool other = s->kind && (!streq(s->group, group) || !streq(s->version, version));

			buf_addf(b, ",{\"name\":\"%s/%s\",\"singularName\":\"\",\"namespaced\":%s,", r->plural, s->name, r->namespaced ? "true" : "false");
			if (other)
				buf_addf(b, "\"group\":\"%s\",\"version\":\"%s\",", s->group, s->version);
			buf_addf(b, "\"kind\":\"%s\",", s->kind ? s->kind : r->kind);
			add_verbs(b, s->verbs, "verbs");
			buf_addc(b, '}');
		}
	}
	buf_adds(b, "]}");
	return any;
}

/* Group and version are left out where they are those of the list; clients fill them in. */
static void add_kind(struct buf *b, const struct api_resource *r, const struct api_subresource *s)
{
	const char *g = s && s->kind ? s->group : r->group, *v = s && s->kind ? s->version : r->version,
		   *k = s && s->kind ? s->kind : r->kind;

	if (streq(g, r->group) && streq(v, r->version))
		g = v = "";
	buf_addf(b, "\"responseKind\":{\"group\":\"%s\",\"version\":\"%s\",\"kind\":\"%s\"},", g, v, k);
}

static void doc_aggregated(struct buf *b, const struct api_registry *reg, bool core, const char *version)
{
	bool open_version = false, open_group = false, first_res = true;

	buf_addf(b, "{\"kind\":\"APIGroupDiscoveryList\",\"apiVersion\":\"apidiscovery.k8s.io/%s\",\"metadata\":{},\"items\":[", version);
	for (size_t i = 0; i < api_resource_count(reg); i++) {
		const struct api_resource *r = api_resource_at(reg, i);

		if (core != !*r->group)
			continue;
		if (first_of_version(reg, i) && open_version) {
			buf_adds(b, "],\"freshness\":\"Current\"}");
			open_version = false;
			if (first_of_group(reg, i)) {
				buf_adds(b, "]},");
				open_group = false;
			} else {
				buf_addc(b, ',');
			}
		}
		if (!open_group) {
			if (*r->group)
				buf_addf(b, "{\"metadata\":{\"name\":\"%s\"},\"versions\":[", r->group);
			else
				buf_adds(b, "{\"metadata\":{},\"versions\":[");
			open_group = true;
		}
		if (!open_version) {
			buf_addf(b, "{\"version\":\"%s\",\"resources\":[", r->version);
			open_version = true;
			first_res = true;
		}
		buf_addf(b, "%s{\"resource\":\"%s\",", first_res ? "" : ",", r->plural);
		first_res = false;
		add_kind(b, r, NULL);
		buf_addf(b, "\"scope\":\"%s\",\"singularResource\":\"%s\",", r->namespaced ? "Namespaced" : "Cluster", r->singular ? r->singular : "");
		add_verbs(b, r->verbs, "verbs");
		add_strings(b, "shortNames", r->short_names);
		add_strings(b, "categories", r->categories);
		if (r->n_subs) {
			buf_adds(b, ",\"subresources\":[");
			for (size_t k = 0; k < r->n_subs; k++) {
				const struct api_subresource *s = &r->subs[k];

				buf_addf(b, "%s{\"subresource\":\"%s\",", k ? "," : "", s->name);
				add_kind(b, r, s);
				add_verbs(b, s->verbs, "verbs");
				buf_addc(b, '}');
			}
			buf_addc(b, ']');
		}
		buf_addc(b, '}');
	}
	if (open_version)
		buf_adds(b, "],\"freshness\":\"Current\"}");
	if (open_group)
		buf_adds(b, "]}");
	buf_adds(b, "]}");
}

/* --- choosing and caching --- */

struct want {
	const char *version; /* v2, v2beta1 or NULL for legacy */
	bool acceptable;
};

static bool pick(void *arg, const char *type, const char *params)
{
	struct want *w = arg;
	char as[64], v[16], g[64];

	if (!streq(type, "application/json") && !streq(type, "*/*") && !streq(type, "application/*") && !streq(type, "application/yaml"))
		return false;
	if (media_param(params, "as", as, sizeof(as))) {
		if (!streq(as, "APIGroupDiscoveryList") || !media_param(params, "g", g, sizeof(g)) || !streq(g, "apidiscovery.k8s.io") ||
		    !media_param(params, "v", v, sizeof(v)))
			return false;
		if (streq(v, "v2"))
			w->version = "v2";
		else if (streq(v, "v2beta1"))
			w->version = "v2beta1";
		else
			return false;
	}
	w->acceptable = true;
	return true;
}

static bool make(struct req *r, const char *path, const char *agg, struct buf *b)
{
	const char *p = path;

	if (streq(p, "/api") || streq(p, "/apis")) {
		bool core = streq(p, "/api");

		if (agg)
			doc_aggregated(b, r->reg, core, agg);
		else if (core)
			buf_addf(b,
				 "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"],\"serverAddressByClientCIDRs\":[{\"clientCIDR\":\"0.0.0.0/0\","
				 "\"serverAddress\":\"%s:%u\"}]}",
				 r->a->cfg.advertise_address ? r->a->cfg.advertise_address : "127.0.0.1", apiserver_port(r->a));
		else
			doc_groups(b, r->reg);
		return true;
	}
	if (str_has_prefix(p, "/api/"))
		return !strchr(p + 5, '/') && doc_resources(b, r->reg, "", p + 5);
	if (str_has_prefix(p, "/apis/")) {
		AUTO_FREE char *group = str_dup(p + 6);
		char *slash = group ? strchr(group, '/') : NULL;

		if (!group)
			return false;
		if (!slash)
			return *group && doc_group(b, r->reg, group);
		*slash = 0;
		return *group && !strchr(slash + 1, '/') && doc_resources(b, r->reg, group, slash + 1);
	}
	return false;
}

static struct bytes *cached(struct apiserver *a, const struct api_registry *reg, const char *key, char etag[67])
{
	struct bytes *b = NULL;

	pthread_mutex_lock(&a->reg_lock);
	if (a->disco && a->registry == reg) {
		struct doc *d = map_get(a->disco->docs, key);

		if (d) {
			b = bytes_ref(d->body);
			memcpy(etag, d->etag, sizeof(d->etag));
		}
	}
	pthread_mutex_unlock(&a->reg_lock);
	return b;
}

static void keep(struct apiserver *a, const struct api_registry *reg, const char *key, struct bytes *body, const char *etag)
{
	struct doc *d = calloc(1, sizeof(*d));

	if (!d)
		return;
	d->body = bytes_ref(body);
	(void)str_copy(d->etag, sizeof(d->etag), etag);
	pthread_mutex_lock(&a->reg_lock);
	if (a->registry == reg) {
		if (!a->disco) {
			a->disco = calloc(1, sizeof(*a->disco));
			if (a->disco)
				a->disco->docs = map_new(doc_free);
		}
		if (a->disco && a->disco->docs && !map_put(a->disco->docs, key, d))
			d = NULL;
	}
	pthread_mutex_unlock(&a->reg_lock);
	if (d)
		doc_free(d);
}

struct bytes *disco_cached(struct apiserver *a, const struct api_registry *reg, const char *key)
{
	char etag[67];

	return cached(a, reg, key, etag);
}

void disco_keep(struct apiserver *a, const struct api_registry *reg, const char *key, struct bytes *body) { keep(a, reg, key, body, ""); }

static void root(struct req *r)
{
	AUTO_BUF struct buf b = {0};

	buf_adds(&b, "{\"paths\":[\"/.well-known/openid-configuration\",\"/api\",\"/api/v1\",\"/apis\"");
	for (size_t i = 0; i < api_resource_count(r->reg); i++) {
		const struct api_resource *o = api_resource_at(r->reg, i);

		if (!*o->group)
			continue;
		if (first_of_group(r->reg, i))
			buf_addf(&b, ",\"/apis/%s\"", o->group);
		if (first_of_version(r->reg, i))
			buf_addf(&b, ",\"/apis/%s/%s\"", o->group, o->version);
	}
	buf_adds(&b, ",\"/healthz\",\"/livez\",\"/metrics\",\"/openapi/v2\",\"/openapi/v3\",\"/openid/v1/jwks\",\"/readyz\",\"/version\"]}");
	req_reply_text(r, 200, "application/json", b.data);
}

void req_discovery(struct req *r)
{
	struct want w = {NULL, !r->accept || !*r->accept};
	AUTO_FREE char *path = str_dup(r->path);
	AUTO_FREE char *key = NULL;
	AUTO_BYTES struct bytes *body = NULL;
	char etag[67] = "";
	const char *match;
	AUTO_FREE char *type = NULL;

	if (!streq(r->method, "GET") && !streq(r->method, "HEAD")) {
		req_fail(r, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
		return;
	}
	if (path && streq(path, "/")) {
		root(r);
		return;
	}
	(void)accept_each(r->accept, pick, &w);
	if (!w.acceptable) {
		req_fail(r, 406, "NotAcceptable", "only the following media types are accepted: application/json, application/yaml");
		return;
	}
	while (path && strlen(path) > 1 && path[strlen(path) - 1] == '/')
		path[strlen(path) - 1] = 0;
	if (path && !streq(path, "/api") && !streq(path, "/apis"))
		w.version = NULL;
	key = path ? str_fmt("%s %s", w.version ? w.version : "", path) : NULL;
	if (!key) {
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	body = cached(r->a, r->reg, key, etag);
	if (!body) {
		AUTO_BUF struct buf b = {0};
		char hex[65];

		if (!make(r, path, w.version, &b)) {
			req_fail(r, 404, "NotFound", "the server could not find the requested resource");
			return;
		}
		body = buf_take_bytes(&b);
		if (!body) {
			req_fail(r, 500, "InternalError", "out of memory");
			return;
		}
		if (!sha256_hex(body->data, body->len, hex))
			(void)snprintf(etag, sizeof(etag), "\"%s\"", hex);
		keep(r->a, r->reg, key, body, etag);
	}
	if (w.version && r->x) {
		(void)http_add_header(r->x, "Vary", "Accept");
		(void)http_add_header(r->x, "ETag", etag);
		match = http_header(r->x, "If-None-Match");
		if (match && streq(match, etag)) {
			req_reply_parts(r, 304, NULL, NULL, 0);
			return;
		}
	}
	if (w.version)
		type = str_fmt("application/json;g=apidiscovery.k8s.io;v=%s;as=APIGroupDiscoveryList", w.version);
	req_reply(r, 200, type ? type : "application/json", body);
}
