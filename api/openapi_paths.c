/* The paths of a resource with their operations, parameters and answers. */
#include <errno.h>
#include "api/openapi_parts.h"
#include "base/str.h"

struct paths {
	const struct api_resource *res;
	enum openapi_version v;
	int (*fn)(void *arg, const char *path, json_t *item);
	void *arg;
	char group[128]; /* "RbacAuthorizationV1" */
	char tag[128];	 /* "rbacAuthorization_v1" */
};

struct param {
	const char *name, *type;
};
static const struct param list_params[] = {{"allowWatchBookmarks", "boolean"},
					   {"continue", "string"},
					   {"fieldSelector", "string"},
					   {"labelSelector", "string"},
					   {"limit", "integer"},
					   {"resourceVersion", "string"},
					   {"resourceVersionMatch", "string"},
					   {"sendInitialEvents", "boolean"},
					   {"shardSelector", "string"},
					   {"timeoutSeconds", "integer"},
					   {"watch", "boolean"}};
static const struct param write_params[] = {
    {"dryRun", "string"}, {"fieldManager", "string"}, {"fieldValidation", "string"}};
static const struct param patch_params[] = {
    {"dryRun", "string"}, {"fieldManager", "string"}, {"fieldValidation", "string"}, {"force", "boolean"}};
static const struct param delete_params[] = {{"dryRun", "string"},
					     {"gracePeriodSeconds", "integer"},
					     {"ignoreStoreReadErrorWithClusterBreakingPotential", "boolean"},
					     {"orphanDependents", "boolean"},
					     {"propagationPolicy", "string"}};
static const struct param delete_collection_params[] = {
    {"continue", "string"},
    {"dryRun", "string"},
    {"fieldSelector", "string"},
    {"gracePeriodSeconds", "integer"},
    {"ignoreStoreReadErrorWithClusterBreakingPotential", "boolean"},
    {"labelSelector", "string"},
    {"limit", "integer"},
    {"orphanDependents", "boolean"},
    {"propagationPolicy", "string"},
    {"resourceVersion", "string"},
    {"resourceVersionMatch", "string"},
    {"sendInitialEvents", "boolean"},
    {"shardSelector", "string"},
    {"timeoutSeconds", "integer"}};
static const struct param log_params[] = {
    {"container", "string"},   {"follow", "boolean"},    {"insecureSkipTLSVerifyBackend", "boolean"},
    {"limitBytes", "integer"}, {"previous", "boolean"},  {"sinceSeconds", "integer"},
    {"stream", "string"},      {"tailLines", "integer"}, {"timestamps", "boolean"}};
static const struct param exec_params[] = {{"command", "string"}, {"container", "string"}, {"stderr", "boolean"},
					   {"stdin", "boolean"},  {"stdout", "boolean"},   {"tty", "boolean"}};
static const struct param port_params[] = {{"ports", "integer"}};
static const struct param path_params[] = {{"path", "string"}};

/* consumes a NULL-tolerant error state: rc collects */
static int add_param(json_t *list, enum openapi_version v, const char *in, const char *name, const char *type)
{
	json_t *p;
	if (v == OPENAPI_V2)
		p = json_pack("{ssssss}", "in", in, "name", name, "type", type);
	else
		p = json_pack("{sssss{ss}}", "in", in, "name", name, "schema", "type", type);
	int rc = json_object_set_new(v == OPENAPI_V2 ? p : json_object_get(p, "schema"), "uniqueItems", json_true());
	if (streq(in, "path"))
		rc |= json_object_set_new(p, "required", json_true());
	return rc | json_array_append_new(list, p);
}

static int add_params(json_t *list, enum openapi_version v, const struct param *p, size_t n)
{
	int rc = 0;
	for (size_t i = 0; i < n; i++)
		rc |= add_param(list, v, "query", p[i].name, p[i].type);
	return rc;
}

static json_t *strings(const char *const *s)
{
	json_t *a = json_array();
	for (; *s; s++)
		(void)json_array_append_new(a, json_string(*s));
	return a;
}

static const char *const answers[] = {"application/json", "application/yaml", "application/vnd.kubernetes.protobuf",
				      NULL};
static const char *const answers_crd[] = {"application/json", "application/yaml", NULL};
static const char *const answers_list[] = {"application/json",
					   "application/yaml",
					   "application/vnd.kubernetes.protobuf",
					   "application/json;stream=watch",
					   "application/vnd.kubernetes.protobuf;stream=watch",
					   NULL};
static const char *const answers_log[] = {"text/plain", "application/json", "application/yaml", "application/vnd.kubernetes.protobuf", NULL};
static const char *const bodies_any[] = {"*/*", NULL};
static const char *const bodies_patch[] = {"application/json-patch+json", "application/merge-patch+json",
					   "application/strategic-merge-patch+json", "application/apply-patch+yaml",
					   NULL};
static const char *const bodies_patch_crd[] = {"application/json-patch+json", "application/merge-patch+json",
					       "application/apply-patch+yaml", NULL};

/* {"application/json": {"schema": ...}, ...}; steals schema */
static json_t *content(const char *const *types, json_t *schema)
{
	json_t *o = json_object();
	for (; *types; types++)
		(void)json_object_set_new(o, *types, json_pack("{sO}", "schema", schema));
	json_decref(schema);
	return o;
}

struct operation {
	const char *method;  /* of HTTP, lower case */
	const char *action;  /* x-kubernetes-action */
	const char *id;      /* operationId's beginning: "read" */
	const char *id_tail; /* its end: "Status" */
	const char *group, *version, *kind;
	const char *body;   /* type name, NULL for none */
	const char *answer; /* type name, NULL: a string */
	const struct param *params;
	size_t n_params;
	bool namespaced, creates;
};

/* What an answer may come as. */
static const char *const *produced(const struct paths *p, const struct operation *o)
{
	if (streq(o->action, "connect"))
		return bodies_any;
	if (p->res->crd)
		return answers_crd;
	if (!o->answer)
		return answers_log;
	return streq(o->action, "list") ? answers_list : answers;
}

static int add_answer(json_t *responses, const struct paths *p, const char *code, const char *text, const struct operation *o)
{
	const char *const *types = produced(p, o);
	json_t *schema = o->answer ? openapi_ref(o->answer, p->v) : json_pack("{ss}", "type", "string"), *r;
	if (p->v == OPENAPI_V2)
		r = json_pack("{ssso}", "description", text, "schema", schema);
	else
		r = json_pack("{ssso}", "description", text, "content", content(types, schema));
	return json_object_set_new(responses, code, r);
}

static int add_operation(const struct paths *p, json_t *item, const struct operation *o)
{
	AUTO_JSON json_t *op = json_object(), *params = json_array(), *responses = json_object();
	AUTO_FREE char *method = str_dup(o->method);
	if (method && *method)
		*method = (char)(*method - ('a' - 'A'));
	AUTO_FREE char *id = str_fmt("%s%s%s%s%s%s", o->id, p->group,
				     streq(o->action, "deletecollection")     ? "Collection"
				     : streq(o->action, "connect") && method ? method
									      : "",
				     o->namespaced ? "Namespaced" : "", p->res->kind, o->id_tail);
	const bool patch = streq(o->action, "patch"), optional = streq(o->method, "delete");
	const char *const *consumes = !patch ? bodies_any : p->res->crd ? bodies_patch_crd : bodies_patch;
	if (!op || !params || !responses || !id)
		return -1;
	int rc = 0;
	if (o->body && p->v == OPENAPI_V2)
		rc |= json_array_append_new(params, json_pack("{sssssoso*}", "in", "body", "name", "body", "schema", openapi_ref(o->body, p->v),
							      "required", optional ? NULL : json_true()));
	rc |= json_object_set_new(op, "tags", json_pack("[s]", p->tag));
	rc |= add_params(params, p->v, o->params, o->n_params);
	if (p->v == OPENAPI_V2) {
		rc |= json_object_set_new(op, "consumes", strings(consumes));
		rc |= json_object_set_new(op, "produces", strings(produced(p, o)));
		rc |= json_object_set_new(op, "schemes", json_pack("[s]", "https"));
	}
	rc |= json_object_set_new(op, "operationId", json_string(id));
	if (json_array_size(params))
		rc |= json_object_set(op, "parameters", params);
	if (o->body && p->v == OPENAPI_V3)
		rc |= json_object_set_new(op, "requestBody",
					  json_pack("{soso*}", "content", content(consumes, openapi_ref(o->body, p->v)), "required",
						    optional ? NULL : json_true()));
	rc |= add_answer(responses, p, "200", "OK", o);
	if (o->creates)
		rc |= add_answer(responses, p, "201", "Created", o);
	if (streq(o->action, "post") || streq(o->action, "delete"))
		rc |= add_answer(responses, p, "202", "Accepted", o);
	rc |= json_object_set_new(responses, "401", json_pack("{ss}", "description", "Unauthorized"));
	rc |= json_object_set(op, "responses", responses);
	rc |= json_object_set_new(op, "x-kubernetes-action", json_string(o->action));
	rc |= json_object_set_new(op, "x-kubernetes-group-version-kind",
				  json_pack("{ssssss}", "group", o->group, "kind", o->kind, "version", o->version));
	return rc | json_object_set(item, o->method, op);
}

static json_t *item_new(const struct paths *p, bool ns, bool name, bool pretty, const struct param *more, size_t n_more)
{
	json_t *params = json_array();
	int rc = 0;
	if (name)
		rc |= add_param(params, p->v, "path", "name", "string");
	if (ns)
		rc |= add_param(params, p->v, "path", "namespace", "string");
	rc |= add_params(params, p->v, more, n_more);
	if (pretty)
		rc |= add_param(params, p->v, "query", "pretty", "string");
	json_t *item = rc < 0 ? NULL : json_object();
	if (!item || json_object_set(item, "parameters", params) < 0)
		item = NULL;
	json_decref(params);
	return item;
}

/* Takes the parameter p out of the operation. False: it has none like that. */
static bool take_param(json_t *op, const json_t *p)
{
	json_t *list = json_object_get(op, "parameters"), *x;
	size_t i;
	json_array_foreach(list, i, x) if (json_equal(x, p))
	{
		(void)json_array_remove(list, i);
		if (!json_array_size(list))
			(void)json_object_del(op, "parameters");
		return true;
	}
	return false;
}

static bool has_param(const json_t *op, const json_t *p)
{
	size_t i;
	json_t *x;
	json_array_foreach(json_object_get(op, "parameters"), i, x) if (json_equal(x, p)) return true;
	return false;
}

/* Parameters that all operations of a path have stand beside them, as go-restful's documents have it. */
static int share_params(json_t *item)
{
	AUTO_JSON json_t *first = NULL;
	const char *method;
	json_t *op, *x;
	size_t i;
	json_object_foreach(item, method, op) if (json_is_object(op) && !first) first = json_copy(json_object_get(op, "parameters"));
	json_array_foreach(first, i, x)
	{
		bool all = !streq(json_str(x, "in"), "body");
		json_object_foreach(item, method, op) if (json_is_object(op)) all &= has_param(op, x);
		if (!all)
			continue;
		json_object_foreach(item, method, op) if (json_is_object(op)) (void)take_param(op, x);
		if (json_array_append(json_object_get(item, "parameters"), x))
			return -1;
	}
	return 0;
}

/* Hands item to the caller and frees it. */
static int emit(const struct paths *p, const char *path, json_t *item, int rc)
{
	if (item && rc >= 0)
		rc = share_params(item);
	if (item && rc >= 0)
		rc = p->fn(p->arg, path, item);
	else
		rc = -ENOMEM;
	json_decref(item);
	return rc;
}

static const char DELETE_OPTIONS[] = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";
static const char STATUS[] = "io.k8s.apimachinery.pkg.apis.meta.v1.Status";
static const char PATCH_BODY[] = "io.k8s.apimachinery.pkg.apis.meta.v1.Patch";

#define PARAMS(a) (a), ARRAY_LEN(a)

static int collection(const struct paths *p, const char *path, const char *type, const char *list)
{
	const struct api_resource *r = p->res;
	const bool ns = r->namespaced;
	json_t *item = item_new(p, ns, false, true, NULL, 0);
	int rc = 0;
	if (r->verbs & API_LIST)
		rc |= add_operation(p, item,
				    &(struct operation){"get", "list", "list", "", r->group, r->version, r->kind, NULL,
							list, PARAMS(list_params), ns, false});
	if (r->verbs & API_CREATE)
		rc |= add_operation(p, item,
				    &(struct operation){"post", "post", "create", "", r->group, r->version, r->kind,
							type, type, PARAMS(write_params), ns, true});
	if (r->verbs & API_DELETECOLLECTION)
		rc |= add_operation(p, item,
				    &(struct operation){"delete", "deletecollection", "delete", "", r->group,
							r->version, r->kind, DELETE_OPTIONS, STATUS,
							PARAMS(delete_collection_params), ns, false});
	return emit(p, path, item, rc);
}

static int single(const struct paths *p, const char *path, const char *type)
{
	const struct api_resource *r = p->res;
	const bool ns = r->namespaced;
	json_t *item = item_new(p, ns, true, true, NULL, 0);
	int rc = 0;
	if (r->verbs & API_GET)
		rc |= add_operation(p, item,
				    &(struct operation){"get", "get", "read", "", r->group, r->version, r->kind, NULL,
							type, NULL, 0, ns, false});
	if (r->verbs & API_UPDATE)
		rc |= add_operation(p, item,
				    &(struct operation){"put", "put", "replace", "", r->group, r->version, r->kind,
							type, type, PARAMS(write_params), ns, true});
	if (r->verbs & API_PATCH)
		rc |= add_operation(p, item,
				    &(struct operation){"patch", "patch", "patch", "", r->group, r->version, r->kind,
							PATCH_BODY, type, PARAMS(patch_params), ns, true});
	if (r->verbs & API_DELETE)
		rc |= add_operation(p, item,
				    &(struct operation){"delete", "delete", "delete", "", r->group, r->version, r->kind,
							DELETE_OPTIONS, api_returns_deleted(r) ? type : STATUS,
							PARAMS(delete_params), ns, false});
	return emit(p, path, item, rc);
}

/* exec, log, proxy...: query parameters in, a stream out */
static int connect_sub(const struct paths *p, const char *path, const struct api_subresource *s, const char *tail)
{
	static const struct {
		const char *name;
		const struct param *params;
		size_t n;
	} known[] = {{"log", PARAMS(log_params)},
		     {"exec", PARAMS(exec_params)},
		     {"attach", exec_params + 1, ARRAY_LEN(exec_params) - 1},
		     {"portforward", PARAMS(port_params)},
		     {"proxy", PARAMS(path_params)}};
	static const struct {
		uint32_t verb;
		const char *method;
	} methods[] = {{API_GET, "get"},       {API_CREATE, "post"}, {API_UPDATE, "put"}, {API_PATCH, "patch"},
		       {API_DELETE, "delete"}, {API_GET, "head"},    {API_GET, "options"}};
	const bool is_log = streq(s->name, "log"), any_method = streq(s->name, "proxy");
	const struct param *params = NULL;
	size_t n = 0;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (streq(known[i].name, s->name)) {
			params = known[i].params;
			n = known[i].n;
		}
	json_t *item = item_new(p, p->res->namespaced, true, is_log, params, n);
	int rc = str_has_suffix(path, "{path}") ? add_param(json_object_get(item, "parameters"), p->v, "path", "path", "string") : 0;
	for (size_t i = 0; i < (any_method ? ARRAY_LEN(methods) : 5); i++)
		if (s->verbs & methods[i].verb)
			rc |= add_operation(p, item,
					    &(struct operation){methods[i].method, is_log ? "get" : "connect",
								is_log ? "read" : "connect", tail, s->group,
								s->version, s->kind, NULL, NULL, NULL, 0,
								p->res->namespaced, false});
	return emit(p, path, item, rc);
}

static int subresource(const struct paths *p, const char *base, const struct api_subresource *s, const char *own_type)
{
	AUTO_FREE char *path = str_fmt("%s/%s", base, s->name), *tail = str_dup(s->name);
	if (!path || !tail)
		return -ENOMEM;
	if (*tail >= 'a' && *tail <= 'z')
		*tail = (char)(*tail - ('a' - 'A'));
	if (!s->type) {
		int rc = connect_sub(p, path, s, tail);
		if (rc != 0 || !streq(s->name, "proxy"))
			return rc;
		AUTO_FREE char *deep = str_fmt("%s/{path}", path), *deep_tail = str_fmt("%sWithPath", tail);
		return deep && deep_tail ? connect_sub(p, deep, s, deep_tail) : -ENOMEM;
	}
	const char *type = api_type_custom(s->type) ? own_type : api_type_name(s->type);
	const bool ns = p->res->namespaced;
	json_t *item = item_new(p, ns, true, true, NULL, 0);
	int rc = 0;
	if (s->verbs & API_GET)
		rc |= add_operation(p, item,
				    &(struct operation){"get", "get", "read", tail, s->group, s->version, s->kind, NULL,
							type, NULL, 0, ns, false});
	if (s->verbs & API_UPDATE)
		rc |= add_operation(p, item,
				    &(struct operation){"put", "put", "replace", tail, s->group, s->version, s->kind,
							type, type, PARAMS(write_params), ns, true});
	if (s->verbs & API_PATCH)
		rc |= add_operation(p, item,
				    &(struct operation){"patch", "patch", "patch", tail, s->group, s->version, s->kind,
							PATCH_BODY, type, PARAMS(patch_params), ns, true});
	if (s->verbs & API_CREATE)
		rc |= add_operation(p, item,
				    &(struct operation){"post", "post", "create", tail, s->group, s->version, s->kind,
							type, type, PARAMS(write_params), ns, true});
	return emit(p, path, item, rc);
}

/* "rbac.authorization.k8s.io", "v1" -> "RbacAuthorizationV1" */
static void camel_group(const struct api_resource *r, char *out, size_t cap)
{
	char text[128];
	(void)snprintf(text, sizeof text, "%s", *r->group ? r->group : "core");
	if (str_has_suffix(text, ".k8s.io"))
		text[strlen(text) - strlen(".k8s.io")] = '\0';
	size_t n = strlen(text), len = 0;
	(void)snprintf(text + n, sizeof text - n, ".%s", r->version);
	bool up = true;
	for (const char *s = text; *s && len + 1 < cap; s++) {
		if (*s == '.' || *s == '-') {
			up = true;
			continue;
		}
		out[len++] = up && *s >= 'a' && *s <= 'z' ? (char)(*s - ('a' - 'A')) : *s;
		up = false;
	}
	out[len] = '\0';
}

/* "RbacAuthorizationV1" -> "rbacAuthorization_v1" */
static void tag_of(const struct api_resource *r, const char *group, char *out, size_t cap)
{
	size_t n = strlen(group) - strlen(r->version);
	(void)snprintf(out, cap, "%.*s_%s", (int)n, group, r->version);
	if (*out >= 'A' && *out <= 'Z')
		*out = (char)(*out + ('a' - 'A'));
}

int openapi_paths(const struct api_resource *r, enum openapi_version v,
		  int (*fn)(void *arg, const char *path, json_t *item), void *arg)
{
	struct paths p = {.res = r, .v = v, .fn = fn, .arg = arg};
	char gv[160];
	api_group_version(r, gv, sizeof gv);
	camel_group(r, p.group, sizeof p.group);
	tag_of(r, p.group, p.tag, sizeof p.tag);
	AUTO_FREE char *base = str_fmt("%s/%s", *r->group ? "/apis" : "/api", gv);
	AUTO_FREE char *coll =
	    str_fmt("%s%s/%s", base ? base : "", r->namespaced ? "/namespaces/{namespace}" : "", r->plural);
	AUTO_FREE char *item = str_fmt("%s/%s", coll ? coll : "", "{name}");
	AUTO_FREE char *type = r->crd ? openapi_definition_name(r, "") : str_dup(api_type_name(r->type));
	AUTO_FREE char *list = r->crd ? openapi_definition_name(r, "List") : str_fmt("%sList", api_type_name(r->type));
	if (!base || !coll || !item || !type || !list)
		return -ENOMEM;
	int rc = collection(&p, coll, type, list);
	if (rc == 0 && r->namespaced && (r->verbs & API_LIST)) {
		AUTO_FREE char *all = str_fmt("%s/%s", base, r->plural);
		json_t *it = item_new(&p, false, false, true, NULL, 0);
		int bad = add_operation(&p, it,
					&(struct operation){"get", "list", "list", "ForAllNamespaces", r->group,
							    r->version, r->kind, NULL, list, PARAMS(list_params), false, false});
		rc = emit(&p, all ? all : "", it, all ? bad : -1);
	}
	if (rc == 0 && (r->verbs & API_GET))
		rc = single(&p, item, type);
	for (size_t i = 0; i < r->n_subs && rc == 0; i++)
		rc = subresource(&p, item, &r->subs[i], type);
	return rc;
}
