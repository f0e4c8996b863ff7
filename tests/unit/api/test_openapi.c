/* OpenAPI documents: complete, well-formed, and the protobuf form says what the JSON form says. */
#include "api/openapi.h"
#include "base/bytes.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/unit/test.h"

static struct api_registry *reg, *with;

static json_t *parsed(struct bytes *b)
{
	json_t *t = NULL;
	CHECK(b && json_parse_bytes(b, &t, NULL) == 0);
	(void)bytes_unref(b);
	return t;
}

/* Every $ref in v points into defs. */
static void check_refs(const json_t *v, const json_t *defs, const char *prefix, size_t *n)
{
	const char *key;
	json_t *x;
	size_t i;
	const char *ref = json_string_value(json_object_get(v, "$ref"));
	if (ref) {
		bool ok = str_has_prefix(ref, prefix) && json_object_get(defs, ref + strlen(prefix));
		CHECK(ok);
		if (!ok)
			fprintf(stderr, "dangling %s\n", ref);
		(*n)++;
	}
	json_object_foreach((json_t *)v, key, x) check_refs(x, defs, prefix, n);
	json_array_foreach((json_t *)v, i, x) check_refs(x, defs, prefix, n);
}

static bool has_param(const json_t *op, const char *name)
{
	size_t i;
	json_t *p;
	json_array_foreach(json_object_get(op, "parameters"), i, p) if (streq(json_str(p, "name"), name)) return true;
	return false;
}

static void test_v2_json(void)
{
	struct bytes *b = NULL;
	CHECK(openapi_v2_json(&b, with, NULL) == 0);
	AUTO_JSON json_t *doc = parsed(b);
	const json_t *defs = json_object_get(doc, "definitions"), *paths = json_object_get(doc, "paths");
	size_t refs = 0;
	CHECK_STR(json_str(doc, "swagger"), "2.0");
	check_refs(doc, defs, "#/definitions/", &refs);
	CHECK(refs > 1000);
	const json_t *pod = json_object_get(defs, "io.k8s.api.core.v1.Pod");
	const json_t *gvk = json_array_get(json_object_get(pod, "x-kubernetes-group-version-kind"), 0);
	CHECK_STR(json_str(gvk, "kind"), "Pod");
	CHECK_STR(json_str(gvk, "group"), "");
	const json_t *cs =
	    json_at(json_object_get(defs, "io.k8s.api.core.v1.PodSpec"), "properties", "containers", NULL);
	CHECK_STR(json_str(cs, "x-kubernetes-patch-merge-key"), "name");
	CHECK_STR(json_str(cs, "x-kubernetes-patch-strategy"), "merge");
	CHECK_STR(json_str(cs, "x-kubernetes-list-type"), "map");
	const json_t *st =
	    json_at(json_object_get(defs, "io.k8s.api.apps.v1.DeploymentSpec"), "properties", "strategy", NULL);
	CHECK_STR(json_str(st, "x-kubernetes-patch-strategy"), "retainKeys");
	const json_t *item = json_object_get(paths, "/api/v1/namespaces/{namespace}/pods/{name}"),
		     *patch = json_object_get(item, "patch");
	CHECK(has_param(patch, "dryRun") && has_param(patch, "fieldValidation"));
	CHECK_STR(json_str(json_object_get(patch, "x-kubernetes-group-version-kind"), "kind"), "Pod");
	CHECK(json_object_get(paths, "/api/v1/pods") &&
	      json_object_get(paths, "/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale"));
	const json_t *ct = json_object_get(defs, "com.example.stable.v1.CronTab");
	CHECK(json_at(ct, "properties", "spec", "properties", "n", NULL) != NULL);
	CHECK(json_at(ct, "properties", "spec", "properties", "s", "nullable", NULL) == NULL);
	CHECK(json_at(ct, "properties", "spec", "properties", "s", "type", NULL) == NULL);
	CHECK(json_object_get(defs, "com.example.stable.v1.CronTabList") != NULL);
}

static void test_v3(void)
{
	struct bytes *b = NULL;
	CHECK(openapi_v3_index(&b, with, NULL) == 0);
	AUTO_JSON json_t *index = parsed(b);
	const char *gv;
	json_t *v;
	size_t n = 0;
	json_object_foreach(json_object_get(index, "paths"), gv, v)
	{
		size_t refs = 0;
		char prefix[128];
		(void)snprintf(prefix, sizeof prefix, "/openapi/v3/%s?hash=", gv);
		CHECK(str_has_prefix(json_str(v, "serverRelativeURL"), prefix));
		b = NULL;
		CHECK(openapi_v3_doc(&b, with, gv, NULL) == 0);
		AUTO_JSON json_t *doc = parsed(b);
		const json_t *defs = json_at(doc, "components", "schemas", NULL);
		check_refs(doc, defs, "#/components/schemas/", &refs);
		CHECK(refs > 10 && json_object_size(json_object_get(doc, "paths")) > 0);
		const char *path;
		json_t *item;
		json_object_foreach(json_object_get(doc, "paths"), path, item) if (json_object_get(item, "patch"))
		    CHECK(has_param(json_object_get(item, "patch"), "fieldValidation") || strstr(path, "/proxy"));
		n++;
	}
	CHECK(n == 23);
	struct err e = {0};
	b = NULL;
	CHECK(openapi_v3_doc(&b, with, "apis/nope/v1", &e) == ERR_NOT_FOUND);
	/* a CRD changes its own group's hash and no other */
	CHECK(openapi_v3_index(&b, reg, NULL) == 0);
	AUTO_JSON json_t *before = parsed(b);
	CHECK(
	    json_equal(json_at(before, "paths", "apis/apps/v1", NULL), json_at(index, "paths", "apis/apps/v1", NULL)));
	CHECK(json_at(before, "paths", "apis/stable.example.com/v1", NULL) == NULL);
}

/* A reader of protobuf: the next field of [*p, end). */
struct field {
	unsigned num, wire;
	const unsigned char *data;
	size_t len;
};

static bool varint(const unsigned char **p, const unsigned char *end, uint64_t *v)
{
	*v = 0;
	for (unsigned shift = 0; *p < end && shift < 64; shift += 7) {
		unsigned char c = *(*p)++;
		*v |= (uint64_t)(c & 0x7f) << shift;
		if (!(c & 0x80))
			return true;
	}
	return false;
}

static bool next(const unsigned char **p, const unsigned char *end, struct field *f)
{
	uint64_t tag, v;
	if (*p >= end || !varint(p, end, &tag))
		return false;
	f->num = (unsigned)(tag >> 3);
	f->wire = tag & 7;
	f->len = 0;
	if (f->wire == 0)
		return varint(p, end, &v);
	if (f->wire == 1)
		v = 8;
	else if (f->wire != 2 || !varint(p, end, &v))
		return false;
	if (v > (uint64_t)(end - *p))
		return false;
	f->data = *p;
	f->len = (size_t)v;
	*p += v;
	return true;
}

/* The first field num inside f; all fields must parse. */
static bool sub(const struct field *f, unsigned num, struct field *out)
{
	const unsigned char *p = f->data, *end = p + f->len;
	struct field x;
	bool found = false;
	while (p < end) {
		if (!next(&p, end, &x)) {
			CHECK(p == end); /* malformed */
			return false;
		}
		if (x.num == num && !found) {
			*out = x;
			found = true;
		}
	}
	return found;
}

static size_t count(const struct field *f, unsigned num)
{
	const unsigned char *p = f->data, *end = p + f->len;
	struct field x;
	size_t n = 0;
	while (next(&p, end, &x))
		n += x.num == num;
	return n;
}

static bool same(const struct field *f, const char *s)
{
	return f->len == strlen(s) && memcmp(f->data, s, f->len) == 0;
}

static void test_v2_protobuf(void)
{
	struct bytes *b = NULL, *j = NULL;
	CHECK(openapi_v2_protobuf(&b, with, NULL) == 0 && openapi_v2_json(&j, with, NULL) == 0);
	AUTO_JSON json_t *doc = parsed(j);
	struct field top = {.data = (const unsigned char *)b->data, .len = b->len}, defs, paths, f, name, schema, x, y;
	CHECK(sub(&top, 1, &f) && same(&f, "2.0"));
	CHECK(sub(&top, 8, &paths) && sub(&top, 9, &defs));
	CHECK(count(&paths, 2) == json_object_size(json_object_get(doc, "paths")));
	CHECK(count(&defs, 1) == json_object_size(json_object_get(doc, "definitions")));
	const unsigned char *p = defs.data, *end = p + defs.len;
	bool seen = false;
	while (next(&p, end, &f)) {
		CHECK(sub(&f, 1, &name) && sub(&f, 2, &schema));
		AUTO_FREE char *n = str_ndup((const char *)name.data, name.len);
		const json_t *want = json_at(doc, "definitions", n, NULL);
		size_t n_props = sub(&schema, 25, &x) ? count(&x, 1) : 0, n_ext = 0;
		const char *key;
		json_t *v;
		CHECK(n_props == json_object_size(json_object_get(want, "properties")));
		CHECK(count(&schema, 19) == json_array_size(json_object_get(want, "required")));
		json_object_foreach((json_t *)want, key, v) n_ext += str_has_prefix(key, "x-");
		CHECK(count(&schema, 31) == n_ext);
		if (streq(n, "io.k8s.api.core.v1.Pod")) {
			seen = true;
			CHECK(sub(&schema, 31, &x) && sub(&x, 1, &y) && same(&y, "x-kubernetes-group-version-kind"));
			CHECK(sub(&x, 2, &y) && sub(&y, 2, &x) &&
			      same(&x, "[{\"group\":\"\",\"kind\":\"Pod\",\"version\":\"v1\"}]"));
			CHECK(sub(&schema, 22, &x) && sub(&x, 1, &y) && same(&y, "object"));
		}
	}
	CHECK(seen && p == end);
	(void)bytes_unref(b);
}

int main(void)
{
	const char *crd = "{\"metadata\":{\"name\":\"crontabs.stable.example.com\"},\"spec\":{\"group\":\"stable."
			  "example.com\",\"scope\":\"Namespaced\","
			  "\"names\":{\"plural\":\"crontabs\",\"kind\":\"CronTab\"},\"versions\":[{\"name\":\"v1\","
			  "\"served\":true,\"storage\":true,"
			  "\"subresources\":{\"status\":{},\"scale\":{}},\"schema\":{\"openAPIV3Schema\":{\"type\":"
			  "\"object\",\"properties\":{\"spec\":{"
			  "\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":1.5,\"maximum\":"
			  "7},\"s\":{\"type\":\"string\","
			  "\"nullable\":true,\"enum\":[\"a\"]},\"p\":{\"x-kubernetes-int-or-string\":true}}}}}}}]}}";
	json_t *tree = NULL;
	CHECK(json_parse(crd, strlen(crd), &tree, NULL) == 0);
	CHECK(api_registry_new(&reg, NULL) == 0 && api_registry_with_crd(&with, reg, tree, NULL) == 0);
	json_decref(tree);
	RUN(test_v2_json);
	RUN(test_v3);
	RUN(test_v2_protobuf);
	(void)api_registry_unref(with);
	(void)api_registry_unref(reg);
	return TEST_END();
}
