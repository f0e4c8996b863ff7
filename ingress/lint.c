/* Manifests: documents to objects, objects to the API's checks and to the model, findings to lines. */
#include "ingress/lint_internal.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include "api/object.h"
#include "api/schema.h"
#include "base/map.h"
#include "base/str.h"
#include "ingress/gateway_crds.h"
#include "ingress/gateway_findings.h"
#include "ingress/lint_habits.h"
#include "ingress/lint_migrate.h"
#include "ingress/lint_others.h"
#include "ingress/lint_streams.h"
#include "ingress/model.h"
#include "ingress/seen.h"
#include "ingress/show.h"

/* Gateways and routes are checked as by the CRDs that minik brings. */
static int add_crds(struct lint *l, struct err *e)
{
	AUTO_JSON json_t *all = gateway_crds();
	json_t *crd;
	size_t i;

	if (!all)
		return err_nomem(e);
	json_array_foreach (all, i, crd) {
		const struct api_resource *kind =
		    api_resource_find(l->api, "apiextensions.k8s.io", "v1", "customresourcedefinitions");
		struct api_registry *with = NULL;
		if (api_default(kind->type, crd) < 0)
			return err_nomem(e);
		int r = api_registry_with_crd(&with, l->api, crd, e);
		if (r < 0)
			return r;
		api_registry_unref(l->api);
		l->api = with;
	}
	return 0;
}

int lint_new(struct lint **ret, const char *class, bool cluster, struct err *e)
{
	struct lint *l = calloc(1, sizeof(*l));

	if (!l)
		return err_nomem(e);
	l->class = str_dup(class);
	l->cluster = cluster;
	l->files = map_new(free);
	l->created = map_new(free);
	l->classes = map_new(free);
	l->class_names = map_new(NULL);
	int r = l->class && l->files && l->created && l->classes && l->class_names ? 0 : err_nomem(e);
	r = r < 0 ? r : api_registry_new(&l->api, e);
	r = r < 0 ? r : add_crds(l, e);
	r = r < 0 ? r : ing_model_new(&l->model, class, e);
	r = r < 0 ? r : gateway_model_new(&l->gateways, e);
	r = r < 0 ? r : seen_new(&l->seen, e);
	if (r < 0) {
		lint_free(l);
		return r;
	}
	*ret = l;
	return 0;
}

void lint_namespace(struct lint *l, const char *ns)
{
	l->ns = ns;
}

void lint_time(struct lint *l, int64_t now)
{
	l->now = now;
}

struct lint *lint_free(struct lint *l)
{
	if (!l)
		return NULL;
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].file);
		free(l->v[i].object);
		free(l->v[i].message);
	}
	free(l->v);
	free(l->class);
	struct map *maps[] = {l->files, l->created, l->classes, l->class_names};
	for (size_t i = 0; i < ARRAY_LEN(maps); i++)
		if (maps[i])
			map_free(maps[i]);
	ing_model_free(l->model);
	gateway_model_free(l->gateways);
	seen_free(l->seen);
	gateway_outcome_done(&l->outcome);
	api_registry_unref(l->api);
	free(l);
	return NULL;
}

/* --- what is found --- */

/* "Kind ns/name" */
static bool is_of_another(const char *object, const char *ns)
{
	const char *name = strchr(object, ' '), *slash = name ? strchr(name, '/') : NULL;

	return slash && ((size_t)(slash - name - 1) != strlen(ns) || strncmp(name + 1, ns, strlen(ns)) != 0);
}

int lint_found(struct lint *l, const char *file, const char *object, enum lint_level level, const char *reason,
		 const char *fmt, ...)
{
	AUTO_BUF struct buf b = {0};
	va_list ap;

	if (l->ns && is_of_another(object, l->ns))
		return 0;
	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	if ((l->n & (l->n - 1)) == 0) { /* full at powers of two */
		struct lint_entry *v = realloc(l->v, (l->n ? l->n * 2 : 1) * sizeof(*v));
		if (!v)
			return -ENOMEM;
		l->v = v;
	}
	struct lint_entry x = {
	    .file = str_dup(file), .object = str_dup(object), .level = level, .reason = reason, .at = l->n};
	x.message = buf_failed(&b) ? NULL : buf_take(&b, NULL);
	l->v[l->n++] = x;
	return x.file && x.object && x.message ? 0 : -ENOMEM;
}

/* --- the model's objects --- */

typedef int (*feed_fn)(struct ing_model *m, const char *ns, const char *name, const json_t *o);
static const struct {
	const char *group, *kind;
	feed_fn feed;
} fed[] = {{"networking.k8s.io", "Ingress", ing_model_ingress},
	   {"networking.k8s.io", "IngressClass", ing_model_class},
	   {"", "Service", ing_model_service},
	   {"discovery.k8s.io", "EndpointSlice", ing_model_slice},
	   {"", "Secret", ing_model_secret},
	   {"", "ConfigMap", ing_model_configmap}};

static int feed(struct lint *l, const char *group, const char *kind, const json_t *o)
{
	bool judged_by = streq(kind, "Service") || streq(kind, "ConfigMap") || streq(kind, "Node");

	if ((!group || !*group) && judged_by && seen_put(l->seen, kind, o) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < ARRAY_LEN(fed); i++)
		if (streq(fed[i].kind, kind) && (!group || streq(fed[i].group, group))) {
			l->has_class = l->has_class || (streq(kind, "IngressClass") && streq(obj_name(o), l->class));
			if (streq(kind, "IngressClass") && map_put(l->class_names, obj_name(o), l) < 0)
				return -ENOMEM;
			int r = streq(kind, "Service") ? gateway_feed(l->gateways, kind, obj_namespace(o), obj_name(o), o) : 0;
			return r < 0 ? r : fed[i].feed(l->model, obj_namespace(o), obj_name(o), o);
		}
	if (group && !streq(group, GATEWAY_GROUP) && (*group || !streq(kind, "Namespace")))
		return 0;
	l->has_gateway_class =
	    l->has_gateway_class || (streq(kind, "GatewayClass") && streq(obj_name(o), GATEWAY_CLASS_NAME));
	int r = gateway_feed(l->gateways, kind, obj_namespace(o), obj_name(o), o);
	return r < 0 ? r : 0;
}

/* The older one of them has what two want. */
static bool ages(const char *kind)
{
	return streq(kind, "Ingress") || streq(kind, "HTTPRoute") || streq(kind, "Gateway");
}

int lint_cluster(struct lint *l, const char *kind, const json_t *o, struct err *e)
{
	AUTO_FREE char *title = str_fmt("%s %s/%s", kind, obj_namespace(o), obj_name(o));
	int r = !title ? -ENOMEM : map_has(l->files, title) ? 0 : feed(l, NULL, kind, o);

	if (r == 0 && ages(kind)) {
		char *when = str_dup(json_str_or(o, "metadata.creationTimestamp", ""));
		r = when ? map_put(l->created, title, when) : -ENOMEM;
		if (r < 0)
			free(when);
	}
	return r < 0 ? err_nomem(e) : 0;
}

/* --- one object of a manifest --- */

struct object {
	const char *file, *group, *version, *kind;
	char *title; /* "Ingress default/web" */
	json_t *tree;
};

/* Secrets are written with stringData, too; the API server merges it. */
static int merge_string_data(json_t *o)
{
	json_t *from = json_object_get(o, "stringData"), *to = json_object_get(o, "data"), *v;
	const char *key;

	if (!json_is_object(from))
		return 0;
	if (!json_is_object(to)) {
		to = json_object();
		if (!to || json_object_set_new(o, "data", to) < 0)
			return -ENOMEM;
	}
	json_object_foreach (from, key, v) {
		AUTO_FREE char *b64 = NULL;
		if (!json_is_string(v))
			continue;
		if (b64_encode(json_string_value(v), json_string_length(v), false, &b64) < 0 ||
		    json_object_set_new(to, key, json_string(b64)) < 0)
			return -ENOMEM;
	}
	return json_object_del(o, "stringData") < 0 ? -ENOMEM : 0;
}

/* As the API server does with a new object. *ret_good: it takes it. */
static int check_api(struct lint *l, const struct object *x, const struct api_resource *res, bool *ret_good)
{
	AUTO_JSON json_t *unknown = json_array();
	AUTO_CAUSES struct api_causes causes = {0};
	struct err e = {0};
	size_t i;
	json_t *v;
	int r;

	*ret_good = false;
	if (!unknown || api_prune(res->type, x->tree, unknown) < 0)
		return -ENOMEM;
	json_array_foreach (unknown, i, v)
		if ((r = lint_found(l, x->file, x->title, LINT_WARNING, "UnknownField",
			       "field %s does not exist and is dropped", json_string_value(v))) < 0)
			return r;
	if (api_check_types(res->type, x->tree, &e) < 0)
		return lint_found(l, x->file, x->title, LINT_ERROR, "Invalid", "%s", e.msg);
	if (api_default(res->type, x->tree) < 0)
		return -ENOMEM;
	api_validate_schema(res->type, x->tree, &causes);
	(void)api_validate_kind(res, x->tree, NULL, NULL, &causes);
	r = causes.oom ? -ENOMEM : 0;
	for (size_t k = 0; r == 0 && k < causes.n; k++)
		r = lint_found(l, x->file, x->title, LINT_ERROR, "Invalid", "%s: %s", causes.v[k].field,
			  causes.v[k].message);
	*ret_good = r == 0 && !causes.n;
	return r;
}

/* Whoever is new is the youngest. */
static int set_age(const struct lint *l, const char *title, json_t *o)
{
	const char *when = map_get(l->created, title);
	json_t *meta = json_object_get(o, "metadata");

	if (!when && json_str(o, "metadata.creationTimestamp"))
		return 0;
	return json_object_set_new(meta, "creationTimestamp",
				   json_string(when && *when ? when : "9999-01-01T00:00:00Z"));
}

static int note_class(struct lint *l, const json_t *o)
{
	AUTO_FREE char *key = obj_key(o);
	const char *class = json_str(o, "spec.ingressClassName");
	char *copy = str_dup(class ? class : obj_annotation(o, "kubernetes.io/ingress.class"));

	if (key && !copy)
		copy = str_dup("");
	if (key && copy && map_put(l->classes, key, copy) == 0)
		return 0;
	free(copy);
	return -ENOMEM;
}

int lint_told(void *arg, const char *file, const char *object, enum lint_level level, const char *reason,
		const char *message)
{
	return lint_found(arg, file, object, level, reason, "%s", message);
}

static int lint_known(struct lint *l, struct object *x, const struct api_resource *res)
{
	bool good;
	int r = 0;

	if (streq(x->kind, "Secret") && !*x->group)
		r = merge_string_data(x->tree);
	r = r < 0 ? r : lint_quote(x->tree, x->file, x->title, lint_told, l);
	r = r < 0 ? r : check_api(l, x, res, &good);
	if (r < 0 || !good)
		return r;
	if (ages(x->kind) && (r = set_age(l, x->title, x->tree)) < 0)
		return r;
	if (streq(x->kind, "Ingress") && (r = note_class(l, x->tree)) < 0)
		return r;
	if ((r = lint_migrate_change(x->group, x->kind, x->tree)) < 0)
		return r;
	char *copy = str_dup(x->file);
	if (!copy || map_put(l->files, x->title, copy) < 0) {
		free(copy);
		return -ENOMEM;
	}
	return feed(l, x->group, x->kind, x->tree);
}

static bool of_gateways(const struct object *x)
{
	static const char *const kinds[] = {"GatewayClass", "Gateway", "HTTPRoute", "ReferenceGrant"};

	for (size_t i = 0; streq(x->group, GATEWAY_GROUP) && i < ARRAY_LEN(kinds); i++)
		if (streq(kinds[i], x->kind))
			return true;
	return false;
}

static bool wanted(const struct object *x)
{
	if (of_gateways(x) || (!*x->group && streq(x->kind, "Namespace")))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(fed); i++)
		if (streq(fed[i].kind, x->kind) && streq(fed[i].group, x->group))
			return true;
	return false;
}

/* Ingress of a version that is gone; the rest of it is looked at as one of today's. */
static bool is_old(const struct object *x)
{
	return streq(x->kind, "Ingress") &&
	       (streq(x->group, "extensions") || (streq(x->group, "networking.k8s.io") && !streq(x->version, "v1")));
}

static int lint_object(struct lint *l, const char *file, json_t *o)
{
	const char *gv = json_str_or(o, "apiVersion", ""), *slash = strchr(gv, '/');
	AUTO_FREE char *group = slash ? str_ndup(gv, (size_t)(slash - gv)) : str_dup("");
	AUTO_FREE char *version = str_dup(slash ? slash + 1 : gv);
	struct object x = {
	    .file = file, .group = group, .version = version, .kind = json_str_or(o, "kind", ""), .tree = o};
	json_t *meta = json_object_get(o, "metadata");
	int r = 0;

	l->n_objects++;
	if (!group || !version || (json_is_object(meta) && lint_name(o, l->n_objects) < 0))
		return -ENOMEM;
	if (!*gv || !*x.kind)
		return lint_found(l, file, "", LINT_ERROR, "NoKind", "document %zu has no apiVersion or no kind",
			     l->n_objects);
	bool old = is_old(&x);
	const struct api_resource *res = old ? api_resource_for_kind(l->api, "networking.k8s.io", "v1", x.kind)
					     : api_resource_for_kind(l->api, group, x.version, x.kind);
	if (res && res->namespaced && !*obj_namespace(o) && json_is_object(meta))
		r = json_object_set_new(meta, "namespace", json_string(l->ns ? l->ns : "default")) < 0 ? -ENOMEM : 0;
	AUTO_FREE char *key = obj_key(o);
	AUTO_FREE char *title = key ? str_fmt("%.63s %s", x.kind, key) : NULL;
	x.title = title;
	if (r < 0 || !title)
		return -ENOMEM;
	if ((r = lint_migrate(x.group, x.version, x.kind, file, title, o, lint_told, l)) < 0)
		return r;
	if (old) {
		x.group = "networking.k8s.io";
		x.version = "v1";
		if ((r = lint_migrate_ingress(o)) < 0)
			return r;
	}
	if (streq(x.group, GATEWAY_GROUP) && (!of_gateways(&x) || !res))
		return lint_found(
		    l, file, title, LINT_WARNING, "Unsupported",
		    "of the Gateway API minik serves GatewayClass, Gateway, HTTPRoute (v1) and ReferenceGrant: this "
		    "has no effect");
	if (!wanted(&x) || !res) /* lint_migrate has said so */
		return lint_others(x.group, x.kind, file, title, o, lint_told, l);
	if (!*obj_name(o))
		return lint_found(l, file, title, LINT_ERROR, "NoName", "metadata.name is missing");
	if (map_has(l->files, title))
		r = lint_found(l, file, title, LINT_WARNING, "Twice", "it is in %s, too; the last one counts",
			  (const char *)map_get(l->files, title));
	return r < 0 ? r : lint_known(l, &x, res);
}

/* --- documents --- */

struct documents {
	struct lint *l;
	const char *file;
	unsigned depth;
};

static int document(void *arg, json_t *doc)
{
	struct documents *d = arg;
	const char *kind = json_str_or(doc, "kind", "");
	json_t *items = json_object_get(doc, "items"), *item;
	size_t i;
	int r = 0;

	if (json_is_null(doc))
		return 0;
	if (!json_is_object(doc))
		return lint_found(d->l, d->file, "", LINT_ERROR, "NoObject", "a document is no object");
	if (!str_has_suffix(kind, "List") || !json_is_array(items))
		return lint_object(d->l, d->file, doc);
	if (d->depth > 4)
		return lint_found(d->l, d->file, "", LINT_ERROR, "NoObject", "a List in Lists is too deep");
	d->depth++;
	json_array_foreach (items, i, item) {
		const char *of = json_str_or(doc, "apiVersion", "");
		/* Items of an IngressList need not say what they are. */
		if (json_is_object(item) && !json_object_get(item, "kind") && !streq(kind, "List") && *of) {
			AUTO_FREE char *one = str_ndup(kind, strlen(kind) - 4);
			if (!one || json_object_set_new(item, "kind", json_string(one)) < 0 ||
			    json_object_set_new(item, "apiVersion", json_string(of)) < 0)
				return -ENOMEM;
		}
		if ((r = document(d, item)) < 0)
			break;
	}
	d->depth--;
	return r;
}

int lint_text(struct lint *l, const char *file, const char *text, size_t n, struct err *e)
{
	struct documents d = {.l = l, .file = file};
	AUTO_JSON json_t *tree = NULL;
	struct err why = {0};
	size_t lead = 0;
	int r;

	while (lead < n && strchr(" \t\r\n", text[lead]))
		lead++;
	if (lead < n && text[lead] == '{' && json_parse(text, n, &tree, NULL) == 0)
		r = document(&d, tree);
	else
		r = yaml_parse_all(text, n, document, &d, &why);
	if (r < 0 && r != -ENOMEM)
		r = lint_found(l, file, "", LINT_ERROR, "Malformed", "%s", why.msg[0] ? why.msg : err_name(r));
	return r < 0 ? err_nomem(e) : 0;
}

/* --- what people see --- */

static int by_place(const void *pa, const void *pb)
{
	const struct lint_entry *a = pa, *b = pb;
	int c = strcmp(a->file, b->file);

	c = c ? c : strcmp(a->object, b->object);
	if (c)
		return c;
	if (a->level != b->level)
		return a->level < b->level ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

void lint_sort(struct lint *l)
{
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), by_place);
}

static const char *const level_names[] = {"error", "warning", "note"};

size_t lint_count(const struct lint *l, enum lint_level level)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->v[i].level == level;
	return n;
}

size_t lint_objects(const struct lint *l)
{
	return l->n_objects;
}

int lint_print(const struct lint *l, bool json, struct buf *out, struct err *e)
{
	AUTO_JSON json_t *all = json ? json_array() : NULL;

	if (json && !all)
		return err_nomem(e);
	for (size_t i = 0; i < l->n; i++) {
		const struct lint_entry *x = &l->v[i];
		AUTO_BUF struct buf b = {0};
		ing_show_safe(&b, x->message);
		if (buf_failed(&b))
			return err_nomem(e);
		const char *message = b.data ? b.data : "";
		if (json && json_array_append_new(all, json_pack("{s:s,s:s,s:s,s:s,s:s}", "file", x->file, "object",
								 x->object, "level", level_names[x->level], "reason",
								 x->reason, "message", message)) < 0)
			return err_nomem(e);
		if (json)
			continue;
		ing_show_safe(out, x->file);
		buf_adds(out, ": ");
		ing_show_safe(out, x->object);
		buf_addf(out, "%s%s: %s (%s)\n", *x->object ? ": " : "", level_names[x->level], message, x->reason);
	}
	if (json) {
		json_encode_buf(all, out);
		buf_addc(out, '\n');
	}
	return buf_failed(out) ? err_nomem(e) : 0;
}
