#include "base/json.h"
#include "base/str.h"
#include "api/apply_check.h"
#include "api/patch.h"
#include "api/field_set.h"
#include "api/object.h"
#include "tests/unit/test.h"

static struct api_registry *reg;

static json_t *parse(const char *s)
{
	json_t *v = NULL;
	struct err e = {0};

	if (json_parse(s, strlen(s), &v, &e) < 0)
		fprintf(stderr, "%s: %s\n", s, e.msg);
	return v;
}

static void check_json(const json_t *v, const char *want)
{
	AUTO_BYTES struct bytes *b = v ? json_encode(v) : NULL;
	CHECK_STR(b ? b->data : NULL, want);
}

/* The set recorded for a manager, as JSON. */
static void check_set(const json_t *obj, const char *manager, const char *op, const char *want)
{
	json_t *v;
	size_t i;

	json_array_foreach(json_at(obj, "metadata", "managedFields", NULL), i, v)
	{
		if (streq(json_string_value(json_object_get(v, "manager")), manager) &&
		    streq(json_string_value(json_object_get(v, "operation")), op)) {
			check_json(json_object_get(v, "fieldsV1"), want);
			return;
		}
	}
	CHECK_STR(NULL, want);
}

#define T0 "2026-01-01T00:00:00Z"
#define T1 "2026-01-01T00:00:01Z"

static json_t *apply(const char *plural, const json_t *live, const char *config, const char *manager, bool force, int code)
{
	const struct api_resource *res = api_resource_find(reg, streq(plural, "deployments") ? "apps" : "", "v1", plural);
	AUTO_JSON json_t *c = parse(config), *conflicts = NULL;
	json_t *out = NULL, *keep = json_deep_copy(live);
	struct err e = {0};
	int r = api_apply(&out, res, live, c, manager, NULL, force, T0, &conflicts, &e);

	CHECK(r == code);
	if (r != code)
		fprintf(stderr, "  %d %s\n", r, e.msg);
	CHECK(!live || json_equal(live, keep) == 1);
	json_decref(keep);
	if (r == ERR_CONFLICT)
		CHECK(json_array_size(conflicts) > 0);
	return out;
}

#define CM(data) "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\",\"namespace\":\"n\"},\"data\":" data "}"

static void maps(void)
{
	AUTO_JSON json_t *a = apply("configmaps", NULL, CM("{\"x\":\"1\",\"y\":\"2\"}"), "m1", false, 0);

	check_json(json_object_get(a, "data"), "{\"x\":\"1\",\"y\":\"2\"}");
	check_set(a, "m1", "Apply", "{\"f:data\":{\"f:x\":{},\"f:y\":{}}}");
	/* Another one owns z, shares x with the same value, conflicts over y. */
	AUTO_JSON json_t *b = apply("configmaps", a, CM("{\"x\":\"1\",\"z\":\"3\"}"), "m2", false, 0);
	check_json(json_object_get(b, "data"), "{\"x\":\"1\",\"y\":\"2\",\"z\":\"3\"}");
	AUTO_JSON json_t *none = apply("configmaps", b, CM("{\"y\":\"other\"}"), "m3", false, ERR_CONFLICT);
	CHECK(!none);
	AUTO_JSON json_t *c = apply("configmaps", b, CM("{\"y\":\"other\"}"), "m3", true, 0);
	check_json(json_object_get(c, "data"), "{\"x\":\"1\",\"y\":\"other\",\"z\":\"3\"}");
	check_set(c, "m1", "Apply", "{\"f:data\":{\"f:x\":{}}}");
	/* m1 gives up: x stays, because m2 has it; y belongs to m3. */
	AUTO_JSON json_t *d = apply("configmaps", c, CM("{}"), "m1", false, 0);
	check_json(json_object_get(d, "data"), "{\"x\":\"1\",\"y\":\"other\",\"z\":\"3\"}");
	/* m2 drops what it alone has. */
	AUTO_JSON json_t *f = apply("configmaps", d, CM("{\"x\":\"1\"}"), "m2", false, 0);
	check_json(json_object_get(f, "data"), "{\"x\":\"1\",\"y\":\"other\"}");
	/* The same again changes nothing, not even the time. */
	const struct api_resource *res = api_resource_find(reg, "", "v1", "configmaps");
	AUTO_JSON json_t *again = NULL, *cfg = parse(CM("{\"x\":\"1\"}")), *conf = NULL;
	CHECK(api_apply(&again, res, f, cfg, "m2", NULL, false, T1, &conf, NULL) == 0);
	CHECK(json_equal(again, f) == 1);
}

static void conflict_words(void)
{
	const struct api_resource *res = api_resource_find(reg, "", "v1", "configmaps");
	AUTO_JSON json_t *live = parse(CM("{\"x\":\"1\",\"y\":\"2\"}")), *cfg = parse(CM("{\"x\":\"9\",\"y\":\"8\"}")), *one = parse(CM("{\"x\":\"9\"}"));
	AUTO_JSON json_t *out = NULL, *conf = NULL, *conf2 = NULL;
	struct err e = {0};

	CHECK(api_manage_update(res, NULL, live, "kubectl", NULL, T0, &e) == 0);
	CHECK(api_apply(&out, res, live, one, "m", NULL, false, T1, &conf, &e) == ERR_CONFLICT);
	CHECK_STR(e.msg, "Apply failed with 1 conflict: conflict with \"kubectl\" using v1: .data.x");
	check_json(conf, "[{\"manager\":\"kubectl\",\"field\":\".data.x\",\"message\":\"conflict with \\\"kubectl\\\" using v1\"}]");
	CHECK(api_apply(&out, res, live, cfg, "m", NULL, false, T1, &conf2, &e) == ERR_CONFLICT);
	CHECK_STR(e.msg, "Apply failed with 2 conflicts: conflicts with \"kubectl\" using v1:\n- .data.x\n- .data.y");
}

#define DEP(spec) "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\",\"labels\":{\"a\":\"b\"}},\"spec\":" spec "}"
#define POD(c)	  "{\"template\":{\"spec\":{\"containers\":" c "}}}"

static void lists(void)
{
	AUTO_JSON json_t *a = apply("deployments", NULL,
				    DEP(POD("[{\"name\":\"web\",\"image\":\"1\",\"ports\":[{\"containerPort\":80}]},{\"name\":\"log\",\"image\":\"2\",\"args\":[\"x\"]}]")), "m1",
				    false, 0);
	check_set(a, "m1", "Apply",
		  "{\"f:metadata\":{\"f:labels\":{\"f:a\":{}}},\"f:spec\":{\"f:template\":{\"f:spec\":{\"f:"
		  "containers\":{\"k:{\\\"name\\\":\\\"log\\\"}\":{\".\":{},\"f:args\":{},\"f:image\":{},\"f:name\":{}}"
		  ",\"k:{\\\"name\\\":\\\"web\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{},\"f:ports\":{\"k:{"
		  "\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{\".\":{},\"f:containerPort\":{}}}}}}}}}");
	/* A controller adds a sidecar; m1 changes an image and drops "log", whose defaulted fields go with it. */
	const struct api_resource *res = api_resource_find(reg, "apps", "v1", "deployments");
	CHECK(api_default(res->type, a) == 0); /* as the server does before it stores */
	AUTO_JSON json_t *b = json_deep_copy(a);
	json_t *containers = json_dot(b, "spec.template.spec.containers");
	json_array_append_new(containers, json_pack("{s:s,s:s}", "name", "side", "image", "3"));
	CHECK(json_set_int(b, "spec.replicas", 3) == 0);
	CHECK(api_manage_update(res, a, b, "ctrl", NULL, T0, NULL) == 0);
	AUTO_JSON json_t *c = apply("deployments", b, DEP(POD("[{\"name\":\"web\",\"image\":\"1.1\",\"ports\":[{\"containerPort\":80}]}]")), "m1", false, 0);
	CHECK(json_array_size(json_dot(c, "spec.template.spec.containers")) == 2);
	CHECK_STR(json_str(c, "spec.template.spec.containers[0].image"), "1.1");
	CHECK_STR(json_str(c, "spec.template.spec.containers[1].name"), "side");
	CHECK(json_int_or(c, "spec.replicas", 0) == 3);
	/* The port is the same one although the protocol was defaulted in live. */
	CHECK(json_array_size(json_dot(c, "spec.template.spec.containers[0].ports")) == 1);
	/* m1 wants replicas, which ctrl owns. */
	AUTO_JSON json_t *n = apply("deployments", c, DEP("{\"replicas\":5}"), "m1", false, ERR_CONFLICT);
	CHECK(!n);
	AUTO_JSON json_t *dup = apply("deployments", c, DEP(POD("[{\"name\":\"x\"},{\"name\":\"x\"}]")), "m1", false, ERR_BAD_REQUEST);
	CHECK(!dup);
	AUTO_JSON json_t *keyless = apply("deployments", c, DEP(POD("[{\"image\":\"x\"}]")), "m1", false, ERR_BAD_REQUEST);
	CHECK(!keyless);
}

static void merge_order(void)
{
	const struct api_type *t = api_type_field(api_type_find("io.k8s.api.core.v1.PodSpec"), "containers");
	static const char *const cases[][3] = {
		{"a b c", "c a", "b c a"}, {"a b c", "a x c", "a b x c"}, {"a b", "x a", "x a b"}, {"a b", "c", "a b c"}, {"a b c d", "d c b a", "d c b a"}, {"", "a b", "a b"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_JSON json_t *live = json_array(), *config = json_array(), *out = NULL;
		json_t *l[2] = {live, config}, *v;
		AUTO_BUF struct buf b = {0};
		size_t k;
		for (int s = 0; s < 2; s++) {
			for (const char *p = cases[i][s]; *p; p++)
				if (*p != ' ')
					json_array_append_new(l[s], json_pack("{s:s#}", "name", p, 1));
		}
		CHECK(field_merge(&out, t, l[0], l[1]) == 0);
		json_array_foreach(out, k, v)
			buf_addf(&b, "%s%s", k ? " " : "", json_string_value(json_object_get(v, "name")));
		CHECK_STR(b.data, cases[i][2]);
	}
}

static void updates(void)
{
	const struct api_resource *pods = api_resource_find(reg, "", "v1", "pods");
	AUTO_JSON json_t *p = parse("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"uid\":\"u\",\"labels\":{\"a\":\"1\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]},"
				    "\"status\":{\"phase\":\"Pending\"}}");

	CHECK(api_manage_update(pods, NULL, p, "kubectl-create", NULL, T0, NULL) == 0);
	check_set(p, "kubectl-create", "Update",
		  "{\"f:metadata\":{\"f:labels\":{\".\":{},\"f:a\":{}}},\"f:spec\":{\"f:containers\":{\"k:{"
		  "\\\"name\\\":\\\"c\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{}}}}}");
	/* /status by the node: only status is its. */
	AUTO_JSON json_t *q = json_deep_copy(p);
	json_set_str(q, "status.phase", "Running");
	obj_set_label(q, "sneaky", "1");
	CHECK(api_manage_update(pods, p, q, "kubelet", "status", T1, NULL) == 0);
	check_set(q, "kubelet", "Update", "{\"f:metadata\":{\"f:labels\":{\"f:sneaky\":{}}},\"f:status\":{\"f:phase\":{}}}");
	check_json(json_dot(q, "metadata.managedFields[1].subresource"), "\"status\"");
	/* The label changes hands; nothing changes: nothing is recorded. */
	AUTO_JSON json_t *r = json_deep_copy(q);
	obj_set_label(r, "a", "2");
	CHECK(api_manage_update(pods, q, r, "other", NULL, T1, NULL) == 0);
	check_set(r, "other", "Update", "{\"f:metadata\":{\"f:labels\":{\"f:a\":{}}}}");
	AUTO_JSON json_t *s = json_deep_copy(r);
	CHECK(api_manage_update(pods, r, s, "third", NULL, T1, NULL) == 0);
	CHECK(json_equal(r, s) == 1);
	/* A client that sends no managedFields loses none. */
	AUTO_JSON json_t *t = json_deep_copy(s);
	json_dot_del(t, "metadata.managedFields");
	CHECK(api_manage_update(pods, s, t, "third", NULL, T1, NULL) == 0);
	CHECK(json_equal(t, s) == 1);
	/* An empty list forgets. */
	json_dot_set(t, "metadata.managedFields", json_array());
	CHECK(api_manage_update(pods, s, t, "third", NULL, T1, NULL) == 0);
	CHECK(!json_dot(t, "metadata.managedFields"));
	/* And what is not tracked stays so, until it is applied. */
	AUTO_JSON json_t *u = json_deep_copy(t);
	obj_set_label(u, "n", "1");
	CHECK(api_manage_update(pods, t, u, "third", NULL, T1, NULL) == 0);
	CHECK(!json_dot(u, "metadata.managedFields"));
	AUTO_JSON json_t *v = apply("pods", u, "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"labels\":{\"a\":\"7\"}}}", "m", false, ERR_CONFLICT);
	CHECK(!v);
	AUTO_JSON json_t *w = apply("pods", u, "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"labels\":{\"b\":\"7\"}}}", "m", false, 0);
	check_set(w, "before-first-apply", "Update",
		  "{\"f:metadata\":{\"f:labels\":{\".\":{},\"f:a\":{},\"f:n\":{},\"f:sneaky\":{}}},\"f:spec\":{\"f:containers\":"
		  "{\"k:{\\\"name\\\":\\\"c\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{}}}}}");
}

/* From kubectl apply to kubectl apply --server-side without a conflict with oneself. */
static void migration(void)
{
	AUTO_JSON json_t *live = parse(CM("{\"x\":\"1\"}"));
	const struct api_resource *res = api_resource_find(reg, "", "v1", "configmaps");

	CHECK(obj_set_annotation(live, "kubectl.kubernetes.io/last-applied-configuration", CM("{\"x\":\"1\"}")) == 0);
	CHECK(api_manage_update(res, NULL, live, "kubectl-client-side-apply", NULL, T0, NULL) == 0);
	AUTO_JSON json_t *no = apply("configmaps", live, CM("{\"x\":\"2\"}"), "other", false, ERR_CONFLICT);
	CHECK(!no);
	AUTO_JSON json_t *yes = apply("configmaps", live, CM("{\"x\":\"2\"}"), "kubectl", false, 0);
	CHECK_STR(json_str(yes, "data.x"), "2");
	CHECK_STR(obj_annotation(yes, "kubectl.kubernetes.io/last-applied-configuration"), CM("{\"x\":\"2\"}") "\n");
}

static void status_and_errors(void)
{
	const struct api_resource *res = api_resource_find(reg, "apps", "v1", "deployments");
	AUTO_JSON json_t *live = parse(DEP("{\"replicas\":1}")), *cfg = parse("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\"},\"spec\":{\"replicas\":9},\"status\":{\"replicas\":4}}");
	AUTO_JSON json_t *main_out = NULL, *status_out = NULL, *conf = NULL, *bad = NULL;
	struct err e = {0};

	CHECK(api_apply(&main_out, res, NULL, cfg, "m", NULL, false, T0, &conf, &e) == 0);
	CHECK(!json_dot(main_out, "status"));
	CHECK(api_apply(&status_out, res, live, cfg, "m", "status", false, T0, &conf, &e) == 0);
	CHECK(json_int_or(status_out, "status.replicas", 0) == 4 && json_int_or(status_out, "spec.replicas", 0) == 1);
	check_set(status_out, "m", "Apply", "{\"f:status\":{\"f:replicas\":{}}}");
	CHECK(api_apply(&bad, res, NULL, status_out, "m", NULL, false, T0, &conf, &e) == ERR_BAD_REQUEST);
	CHECK_STR(e.msg, "metadata.managedFields must be nil");
	CHECK(api_apply(&bad, res, NULL, cfg, "", NULL, false, T0, &conf, &e) == ERR_BAD_REQUEST);
	CHECK(!bad && !conf);
}

static void many_updaters(void)
{
	const struct api_resource *res = api_resource_find(reg, "", "v1", "configmaps");
	AUTO_JSON json_t *o = parse(CM("{}"));

	CHECK(api_manage_update(res, NULL, o, "first", NULL, T0, NULL) == 0);
	for (int i = 0; i < 25; i++) {
		char manager[16], path[16], now[32];
		AUTO_JSON json_t *old = json_deep_copy(o);
		snprintf(manager, sizeof(manager), "m%d", i);
		snprintf(path, sizeof(path), "data.k%d", i);
		snprintf(now, sizeof(now), "2026-01-01T00:00:%02dZ", i);
		CHECK(json_set_str(o, path, "v") == 0 && api_manage_update(res, old, o, manager, NULL, now, NULL) == 0);
	}
	CHECK(json_array_size(json_dot(o, "metadata.managedFields")) == 10);
	CHECK_STR(json_str(o, "metadata.managedFields[0].manager"), "ancient-changes");
	CHECK(json_object_size(json_dot(o, "metadata.managedFields[0].fieldsV1.f:data")) == 17);
}

static void sets(void)
{
	AUTO_JSON json_t *a = parse("{\"f:a\":{},\"f:b\":{\"f:c\":{},\".\":{}},\"f:d\":{\"f:e\":{}}}"), *b = parse("{\"f:a\":{\"f:x\":{}},\"f:b\":{},\"f:d\":{\"f:e\":{}}}");
	AUTO_JSON json_t *u = field_set_union(a, b), *i = field_set_intersection(a, b), *d = field_set_difference(a, b), *none = field_set_union(NULL, NULL);

	check_json(u, "{\"f:a\":{\"f:x\":{},\".\":{}},\"f:b\":{\"f:c\":{},\".\":{}},\"f:d\":{\"f:e\":{}}}");
	check_json(i, "{\"f:b\":{},\"f:d\":{\"f:e\":{}}}");
	check_json(d, "{\"f:a\":{},\"f:b\":{\"f:c\":{}}}");
	CHECK(field_set_empty(none) && field_set_empty(NULL) && !field_set_empty(a));
}

/* As structured-merge-diff writes them: itself, fields, keys, values, indexes; numbers by their size. */
static void element_order(void)
{
	AUTO_JSON json_t *s = parse("{\"i:10\":{},\"i:9\":{},\"v:\\\"b\\\"\":{},\"v:10\":{},\"v:9\":{},\"v:\\\"a\\\"\":"
				    "{},\"f:b\":{\"f:z\":{},\".\":{}},"
				    "\"k:{\\\"port\\\":443,\\\"protocol\\\":\\\"TCP\\\"}\":{},\"k:{\\\"port\\\":80,"
				    "\\\"protocol\\\":\\\"UDP\\\"}\":{},"
				    "\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{},\"f:a\":{},\".\":{}}");
	static const char *const want[] = {".",
					   "f:a",
					   "f:b",
					   "k:{\"port\":80,\"protocol\":\"TCP\"}",
					   "k:{\"port\":80,\"protocol\":\"UDP\"}",
					   "k:{\"port\":443,\"protocol\":\"TCP\"}",
					   "v:9",
					   "v:10",
					   "v:\"a\"",
					   "v:\"b\"",
					   "i:9",
					   "i:10"};
	AUTO_JSON json_t *o = field_set_ordered(s), *again = field_set_ordered(o);
	const char *key;
	json_t *v;
	size_t i = 0;

	json_object_foreach (o, key, v)
		CHECK_STR(key, i < ARRAY_LEN(want) ? want[i++] : "");
	CHECK(i == ARRAY_LEN(want) && json_object_size(s) == i);
	CHECK_STR(json_object_iter_key(json_object_iter(json_object_get(o, "f:b"))), ".");
	CHECK(again == o); /* nothing to do */
}

static void fits(const char *config, const char *want)
{
	AUTO_JSON json_t *c = parse(config);
	AUTO_BUF struct buf b = {0};
	int r = api_apply_check("v1", "Pod", api_type_find("io.k8s.api.core.v1.Pod"), c, &b);

	CHECK(r == (want ? 1 : 0));
	CHECK_STR(b.len ? b.data : "fits", want ? want : "fits");
}

#define CHECK_HEAD "failed to create typed patch object (n/p; /v1, Kind=Pod): "
#define TYPED_POD(spec)                                                                                                      \
	"{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"namespace\":\"n\"},\"spec\":" spec "}"

static void typed(void)
{
	fits(TYPED_POD("{\"containers\":[{\"name\":\"a\",\"resources\":{\"limits\":{\"cpu\":1,\"memory\":\"1Gi\"}}}],"
		 "\"nodeName\":null}"),
	     NULL);
	fits(TYPED_POD("{\"x\":1}"), CHECK_HEAD ".spec.x: field not declared in schema");
	fits(TYPED_POD("{\"x\":1,\"containers\":[{\"name\":\"a\",\"image\":true}]}"),
	     CHECK_HEAD "errors:\n  .spec.x: field not declared in schema\n  .spec.containers[name=\"a\"].image: "
			"expected string, got "
			"&value.valueUnstructured{Value:true}");
	fits(TYPED_POD("{\"containers\":[{\"name\":\"a\"},{\"name\":\"a\"}]}"),
	     CHECK_HEAD ".spec.containers: duplicate entries for key [name=\"a\"]");
	fits(TYPED_POD("{\"containers\":{}}"), CHECK_HEAD ".spec.containers: expected list, got &{{}}");
	fits(TYPED_POD("{\"terminationGracePeriodSeconds\":\"5\"}"),
	     CHECK_HEAD ".spec.terminationGracePeriodSeconds: expected numeric (int or float), got string");
	fits(TYPED_POD("{\"containers\":[{\"image\":\"a\"}]}"),
	     CHECK_HEAD ".spec.containers: element 0: associative list with keys has an element that omits all key "
			"fields (and doesn't have default values for any key fields)");
}

int main(void)
{
	if (api_registry_new(&reg, NULL) < 0)
		return 1;
	RUN(sets);
	RUN(element_order);
	RUN(typed);
	RUN(merge_order);
	RUN(maps);
	RUN(conflict_words);
	RUN(lists);
	RUN(updates);
	RUN(migration);
	RUN(status_and_errors);
	RUN(many_updaters);
	(void)api_registry_unref(reg);
	return TEST_END();
}
