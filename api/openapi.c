/* OpenAPI documents: pieces are made one at a time, written out and freed, so that no whole document is a tree. */
#include <errno.h>
#include <gnutls/crypto.h>
#include "api/openapi.h"
#include "api/openapi_parts.h"
#include "base/str.h"

#define INFO_TITLE   "Kubernetes"
#define INFO_VERSION "v1.36.0"

/* "api/v1", "apis/apps/v1" */
static void gv_path(const struct api_resource *res, char *out, size_t cap)
{
	char gv[160];
	api_group_version(res, gv, sizeof gv);
	(void)snprintf(out, cap, "%s/%s", *res->group ? "apis" : "api", gv);
}

/* x-kubernetes-group-version-kind of DeleteOptions and WatchEvent: every group-version has them. gv: of the core and that one alone, or NULL. */
static json_t *every_gvk(const struct api_registry *r, const char *kind, const char *gv)
{
	json_t *list = json_array();
	const struct api_resource *last = NULL;
	for (size_t i = 0; i < api_resource_count(r); i++) {
		const struct api_resource *res = api_resource_at(r, i);
		char path[200];
		gv_path(res, path, sizeof path);
		if (gv && !streq(path, gv) && !streq(path, "api/v1"))
			continue;
		if (!last || !streq(last->group, res->group) || !streq(last->version, res->version))
			(void)json_array_append_new(
			    list, json_pack("{ssssss}", "group", res->group, "kind", kind, "version", res->version));
		last = res;
	}
	return list;
}

static json_t *definition(const struct api_registry *r, const struct api_type *t, enum openapi_version v, const char *gv)
{
	const char *name = api_type_name(t), *dot = strrchr(name, '.');
	AUTO_JSON json_t *gvks = streq(api_type_text(t, t->gvk), "*") ? every_gvk(r, dot ? dot + 1 : name, gv) : NULL;
	return openapi_definition(t, v, gvks);
}

struct sink {
	struct buf *out;
	bool pb, first;
};

static int put_path(void *arg, const char *path, json_t *item)
{
	struct sink *s = arg;
	if (s->pb) {
		openapi_pb_path(s->out, path, item);
	} else {
		if (!s->first)
			buf_addc(s->out, ',');
		buf_add_json_str(s->out, path, strlen(path));
		buf_addc(s->out, ':');
		json_encode_buf(item, s->out);
	}
	s->first = false;
	return s->out->failed ? -ENOMEM : 0;
}

/* Steals schema. */
static int put_definition(struct sink *s, const char *name, json_t *schema)
{
	AUTO_JSON json_t *own = schema;
	if (!own || !name)
		return -ENOMEM;
	if (s->pb) {
		openapi_pb_definition(s->out, name, own);
		return s->out->failed ? -ENOMEM : 0;
	}
	return put_path(s, name, own);
}

static int put_crd(struct sink *s, const struct api_resource *res, enum openapi_version v)
{
	AUTO_FREE char *name = openapi_definition_name(res, ""), *list = openapi_definition_name(res, "List");
	int rc = put_definition(s, name, openapi_crd_definition(res, v));
	return rc < 0 ? rc : put_definition(s, list, openapi_crd_list_definition(res, v));
}

static int v2_paths(struct sink *s, const struct api_registry *r)
{
	int rc = 0;
	for (size_t i = 0; i < api_resource_count(r) && rc == 0; i++)
		rc = openapi_paths(api_resource_at(r, i), OPENAPI_V2, put_path, s);
	return rc;
}

static int v2_definitions(struct sink *s, const struct api_registry *r)
{
	int rc = 0;
	s->first = true;
	for (size_t i = 1; i <= API_N_NAMED_TYPES && rc == 0; i++)
		rc = put_definition(s, api_type_name(&api_types[i]), definition(r, &api_types[i], OPENAPI_V2, NULL));
	for (size_t i = 0; i < api_resource_count(r) && rc == 0; i++)
		if (api_resource_at(r, i)->crd)
			rc = put_crd(s, api_resource_at(r, i), OPENAPI_V2);
	return rc;
}

static int finish(struct bytes **ret, struct buf *b, int rc, struct err *e)
{
	struct bytes *out = rc < 0 ? NULL : buf_take_bytes(b);
	if (!out)
		return err_nomem(e);
	*ret = out;
	return 0;
}

int openapi_v2_json(struct bytes **ret, const struct api_registry *r, struct err *e)
{
	struct buf b AUTO_BUF = {0};
	struct sink s = {.out = &b, .first = true};
	buf_adds(&b, "{\"swagger\":\"2.0\",\"info\":{\"title\":\"" INFO_TITLE "\",\"version\":\"" INFO_VERSION
		     "\"},\"paths\":{");
	int rc = v2_paths(&s, r);
	buf_adds(&b, "},\"definitions\":{");
	if (rc == 0)
		rc = v2_definitions(&s, r);
	buf_adds(&b, "},\"securityDefinitions\":{\"BearerToken\":{\"type\":\"apiKey\",\"name\":\"authorization\",\"in\":\"header\"}},"
		     "\"security\":[{\"BearerToken\":[]}]}");
	return finish(ret, &b, rc, e);
}

int openapi_v2_protobuf(struct bytes **ret, const struct api_registry *r, struct err *e)
{
	struct buf b AUTO_BUF = {0}, info AUTO_BUF = {0}, paths AUTO_BUF = {0}, defs AUTO_BUF = {0};
	struct sink s = {.out = &paths, .pb = true, .first = true};
	openapi_pb_str(&info, 1, INFO_TITLE);
	openapi_pb_str(&info, 2, INFO_VERSION);
	openapi_pb_str(&b, 1, "2.0");
	openapi_pb_msg(&b, 2, &info);
	int rc = v2_paths(&s, r);
	openapi_pb_msg(&b, 8, &paths);
	buf_done(&paths);
	s.out = &defs;
	if (rc == 0)
		rc = v2_definitions(&s, r);
	openapi_pb_msg(&b, 9, &defs);
	return finish(ret, &b, rc, e);
}

/* Of the tables that documents are made from. */
static uint64_t tables_hash(void)
{
	return str_hash(api_types, sizeof api_types) ^ str_hash(api_fields, sizeof api_fields) * 31 ^ str_hash(api_marks, sizeof api_marks) * 961;
}

/* Changes whenever the document does: built-in types change with the program, custom ones with their CRD. */
static int gv_hash(const struct api_registry *r, const char *gv, uint64_t tables, char out[65], struct err *e)
{
	gnutls_hash_hd_t h;
	unsigned char digest[32];
	if (gnutls_hash_init(&h, GNUTLS_DIG_SHA256) < 0)
		return err_nomem(e);
	(void)gnutls_hash(h, gv, strlen(gv));
	(void)gnutls_hash(h, &tables, sizeof tables);
	(void)gnutls_hash(h, MINIK_VERSION INFO_VERSION, strlen(MINIK_VERSION INFO_VERSION));
	for (size_t i = 0; i < api_resource_count(r); i++) {
		const struct api_resource *res = api_resource_at(r, i);
		char path[200];
		gv_path(res, path, sizeof path);
		if (!res->crd || !streq(path, gv))
			continue;
		struct buf b AUTO_BUF = {0};
		json_encode_buf(json_object_get(res->crd, "spec"), &b);
		if (b.len)
			(void)gnutls_hash(h, b.data, b.len);
	}
	gnutls_hash_deinit(h, digest);
	hex_encode(digest, sizeof digest, out);
	return 0;
}

int openapi_v3_hash(const struct api_registry *r, const char *gv, char out[65], struct err *e)
{
	return gv_hash(r, gv, tables_hash(), out, e);
}

int openapi_v3_index(struct bytes **ret, const struct api_registry *r, struct err *e)
{
	struct buf b AUTO_BUF = {0};
	char last[200] = "", path[200], hash[65];
	const uint64_t tables = tables_hash();
	buf_adds(&b, "{\"paths\":{");
	for (size_t i = 0; i < api_resource_count(r); i++) {
		gv_path(api_resource_at(r, i), path, sizeof path);
		if (streq(path, last))
			continue;
		int rc = gv_hash(r, path, tables, hash, e);
		if (rc < 0)
			return rc;
		buf_addf(&b, "%s\"%s\":{\"serverRelativeURL\":\"/openapi/v3/%s?hash=%s\"}", *last ? "," : "", path,
			 path, hash);
		(void)str_copy(last, sizeof last, path);
	}
	buf_adds(&b, "}}");
	return finish(ret, &b, 0, e);
}

/* Marks every named built-in type that t refers to. */
static void reach(const struct api_type *t, bool seen[API_N_NAMED_TYPES + 1])
{
	if (t->flags & TYPE_DYNAMIC)
		return;
	const char *name = api_type_name(t);
	if (*name) {
		const struct api_type *own = api_type_find(name); /* t may be a copy with a patch strategy */
		if (!own || seen[own->self])
			return;
		seen[own->self] = true;
	}
	const struct api_type *elem = api_type_elem(t);
	if (elem)
		reach(elem, seen);
	for (size_t i = 0; i < api_type_field_count(t); i++)
		reach(api_type_field_at(t, i, NULL, NULL), seen);
}

static void reach_name(const char *name, bool *seen)
{
	const struct api_type *t = api_type_find(name);
	if (t)
		reach(t, seen);
}

int openapi_v3_doc(struct bytes **ret, const struct api_registry *r, const char *want, struct err *e)
{
	struct buf b AUTO_BUF = {0};
	struct sink s = {.out = &b, .first = true};
	bool seen[API_N_NAMED_TYPES + 1] = {false};
	bool found = false;
	uint32_t verbs = 0;
	char path[200];
	int rc = 0;
	buf_adds(&b, "{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"" INFO_TITLE "\",\"version\":\"" INFO_VERSION
		     "\"},\"paths\":{");
	for (size_t i = 0; i < api_resource_count(r) && rc == 0; i++) {
		const struct api_resource *res = api_resource_at(r, i);
		gv_path(res, path, sizeof path);
		if (!streq(path, want))
			continue;
		found = true;
		verbs |= res->verbs;
		rc = openapi_paths(res, OPENAPI_V3, put_path, &s);
		reach(res->type, seen);
		if (res->crd) /* whose schema refers to them by name */
			reach_name("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", seen);
		for (size_t j = 0; j < res->n_subs; j++)
			if (res->subs[j].type)
				reach(res->subs[j].type, seen);
		for (size_t j = 0; j < res->n_subs; j++)
			verbs |= res->subs[j].verbs & API_PATCH;
		AUTO_FREE char *list = str_fmt("%sList", api_type_name(res->type));
		if (!list)
			rc = -ENOMEM;
		else
			reach_name(list, seen);
	}
	if (!found)
		return err_set(e, ERR_NOT_FOUND, "no group-version %.64s", want);
	/* What requests and answers are made of, as far as the verbs need them. */
	static const struct {
		const char *kind;
		uint32_t verbs;
	} common[] = {{"DeleteOptions", API_DELETE | API_DELETECOLLECTION}, {"Status", API_DELETE | API_DELETECOLLECTION}, {"Patch", API_PATCH},
		      {"WatchEvent", API_WATCH},			    {"APIResourceList", ~0u}};
	for (size_t i = 0; i < ARRAY_LEN(common); i++) {
		char name[96];
		(void)snprintf(name, sizeof name, "io.k8s.apimachinery.pkg.apis.meta.v1.%s", common[i].kind);
		if (verbs & common[i].verbs)
			reach_name(name, seen);
	}
	buf_adds(&b, "},\"components\":{\"schemas\":{");
	s.first = true;
	for (size_t i = 1; i <= API_N_NAMED_TYPES && rc == 0; i++)
		if (seen[i])
			rc = put_definition(&s, api_type_name(&api_types[i]), definition(r, &api_types[i], OPENAPI_V3, want));
	for (size_t i = 0; i < api_resource_count(r) && rc == 0; i++) {
		const struct api_resource *res = api_resource_at(r, i);
		gv_path(res, path, sizeof path);
		if (res->crd && streq(path, want))
			rc = put_crd(&s, res, OPENAPI_V3);
	}
	buf_adds(&b, "},\"securitySchemes\":{\"BearerToken\":{\"type\":\"apiKey\",\"name\":\"authorization\",\"in\":\"header\"}}}}");
	return finish(ret, &b, rc, e);
}
