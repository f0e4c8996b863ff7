/*
 * Random trees, mostly of the right shape, through everything that looks at objects before they are stored. Nothing may
 * crash or leak, and what was accepted, pruned and defaulted once stays as it is. Deterministic; more rounds by
 * argument.
 */
#include <time.h>
#include "api/patch.h"
#include "api/resource.h"
#include "api/schema.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/unit/test.h"

static uint64_t state = 88172645463325252u;

static unsigned rnd(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % n;
}

static json_t *noise(unsigned depth)
{
	static const char *const words[] = {"",
					    "a",
					    "A b",
					    "None",
					    "..",
					    "/",
					    "a/../b",
					    "80%",
					    "-1",
					    "1Gi",
					    "10.0.0.1",
					    "::1",
					    "10.0.0.0/8",
					    "TCP",
					    "Always",
					    "Never",
					    "In",
					    "Exists",
					    "2026-01-01T00:00:00Z",
					    "x.y.z",
					    "*.a",
					    "*/5 * * * *",
					    "%s%n",
					    "=",
					    "AAAA"};
	json_t *v;
	switch (rnd(depth ? 10 : 8)) {
	case 0:
		return json_null();
	case 1:
		return json_boolean(rnd(2));
	case 2:
		return json_integer((json_int_t)rnd(100) - 20);
	case 3:
		return json_integer(rnd(2) ? INT64_MAX : INT64_MIN);
	case 4:
		return json_real(rnd(1000) / 7.0);
	case 8:
		v = json_array();
		for (unsigned i = rnd(3); i; i--)
			(void)json_array_append_new(v, noise(depth - 1));
		return v;
	case 9:
		v = json_object();
		for (unsigned i = rnd(3); i; i--)
			(void)json_object_set_new(v, words[rnd(ARRAY_LEN(words))], noise(depth - 1));
		return v;
	default:
		return json_string(words[rnd(ARRAY_LEN(words))]);
	}
}

/* A value of the type, with something else here and there. */
static json_t *value(const struct api_type *t, unsigned depth)
{
	static const char *const keys[] = {"app",     "storage", "cpu", "memory",     "a/b",
					   "tls.crt", "UPPER",   "..",  "matchLabels"};
	json_t *v;
	if (rnd(40) == 0 || depth == 0)
		return noise(2);
	switch (api_type_kind(t)) {
	case API_OBJECT:
		v = json_object();
		for (size_t i = 0, n = api_type_field_count(t); i < n; i++) {
			const char *name;
			bool must;
			const struct api_type *ft = api_type_field_at(t, i, &name, &must);
			if (must || rnd((unsigned)n) < 4 || rnd(4) == 0)
				(void)json_object_set_new(v, name, value(ft, depth - 1));
		}
		if (rnd(10) == 0)
			(void)json_object_set_new(v, "unknown", noise(1));
		return v;
	case API_MAP:
		v = json_object();
		for (unsigned i = rnd(4); i; i--)
			(void)json_object_set_new(v, keys[rnd(ARRAY_LEN(keys))], value(api_type_elem(t), depth - 1));
		return v;
	case API_ARRAY:
		v = json_array();
		for (unsigned i = rnd(4); i; i--)
			(void)json_array_append_new(v, value(api_type_elem(t), depth - 1));
		return v;
	case API_BOOL:
		return json_boolean(rnd(2));
	case API_INT32:
	case API_INT64:
		return json_integer((json_int_t)rnd(70000) - 10);
	case API_TIME:
	case API_MICROTIME:
		return json_string("2026-02-03T04:05:06+01:00");
	case API_QUANTITY:
		return rnd(2) ? json_string("1500m") : json_real(0.5);
	case API_BYTES:
		return json_string("QUJD");
	case API_INT_OR_STRING:
		return rnd(2) ? json_integer(rnd(100)) : json_string("25%");
	default:
		return rnd(2) ? json_string("name-1") : noise(0);
	}
}

static size_t accepted;

static void one(const struct api_resource *r)
{
	AUTO_JSON json_t *o = value(r->type, 9);
	struct api_causes c AUTO_CAUSES = {0}, c2 AUTO_CAUSES = {0};
	struct err e = {0};
	AUTO_JSON json_t *unknown = json_array();
	int rc = api_check_types(r->type, o, &e);
	CHECK(rc == 0 || (rc == ERR_BAD_REQUEST && *e.msg));
	CHECK(api_prune(r->type, o, unknown) == 0);
	CHECK(api_default(r->type, o) == 0);
	api_validate_schema(r->type, o, &c);
	api_validate_kind(r, o, NULL, NULL, &c);
	CHECK(!c.oom);
	AUTO_JSON json_t *again = json_deep_copy(o);
	CHECK(api_prune(r->type, again, unknown) == 0 && api_default(r->type, again) == 0);
	if (rc == 0) {
		accepted++;
		CHECK(json_equal(o, again));
	}
	/* an update from something else of the kind */
	AUTO_JSON json_t *old = value(r->type, 9);
	CHECK(api_default(r->type, old) == 0);
	api_validate_kind(r, o, old, NULL, &c2);
	api_validate_kind(r, o, old, "status", &c2);
	CHECK(!c2.oom);
	char *text = json_dumps(o, JSON_ENCODE_ANY);
	AUTO_JSON json_t *dups = json_array();
	CHECK(!text || api_find_duplicates(text, strlen(text), dups) == 0);
	CHECK(json_array_size(dups) == 0);
	free(text);
}

/* --- many of a thing: what is looked for in lists must not take the square of their length --- */

#define MANY 20000

static double processor_time(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* An array of MANY objects or strings, each with its number for every # of the text. */
static json_t *many(const char *text)
{
	struct buf b AUTO_BUF = {0};
	json_t *v = NULL;
	buf_addc(&b, '[');
	for (int i = 0; i < MANY; i++) {
		if (i)
			buf_addc(&b, ',');
		for (const char *p = text; *p; p++) {
			if (*p == '#')
				buf_addf(&b, "%d", i);
			else
				buf_addc(&b, *p);
		}
	}
	buf_addc(&b, ']');
	if (buf_failed(&b) || json_parse(b.data, b.len, &v, NULL))
		abort();
	return v;
}

static struct api_registry *reg;

static void validated(const char *group, const char *kind, json_t *obj, size_t causes)
{
	const struct api_resource *r = api_resource_for_kind(reg, group, "v1", kind);
	struct api_causes c AUTO_CAUSES = {0}, c2 AUTO_CAUSES = {0};
	AUTO_JSON json_t *o = obj;
	CHECK(api_default(r->type, o) == 0 && api_check_types(r->type, o, NULL) == 0);
	api_validate_kind(r, o, NULL, NULL, &c);
	api_validate_kind(r, o, o, NULL, &c2);
	CHECK(c.n >= causes && c.n <= 200 && !c.oom);
}

static void many_of_everything(void)
{
	static const char pod[] = "{s:{s:s,s:s},s:{s:o,s:[{s:s,s:s,s:o}]}}";
	double began = processor_time();
	AUTO_JSON json_t *have = json_pack("{s:o,s:{s:o}}", "metadata", json_object(), "spec", "containers", many("{\"name\":\"c#\",\"image\":\"i\"}"));
	AUTO_JSON json_t *patch =
	    json_pack("{s:{s:o,s:o}}", "spec", "containers", many("{\"name\":\"x#\",\"image\":\"j\"}"), "$setElementOrder/containers", many("{\"name\":\"x#\"}"));
	AUTO_JSON json_t *drop = json_pack("{s:{s:o}}", "spec", "containers", many("{\"name\":\"c#\",\"$patch\":\"delete\"}"));
	AUTO_JSON json_t *both = NULL, *none = NULL;
	const struct api_type *t = api_type_find("io.k8s.api.core.v1.Pod");
	CHECK(api_strategic_merge_patch(&both, t, have, patch, NULL) == 0);
	CHECK(json_array_size(json_dot(both, "spec.containers")) == 2 * MANY);
	CHECK(api_strategic_merge_patch(&none, t, have, drop, NULL) == 0);
	CHECK(json_array_size(json_dot(none, "spec.containers")) == 0);
	/* volumes and their mounts */
	validated("", "Pod",
		  json_pack(pod, "metadata", "name", "x", "namespace", "d", "spec", "volumes", many("{\"name\":\"v#\",\"emptyDir\":{}}"), "containers", "name", "c",
			    "image", "i", "volumeMounts", many("{\"name\":\"v#\",\"mountPath\":\"/#\"}")),
		  0);
	/* each is told of, up to a number: none with the whole of it in its words */
	validated("", "Pod",
		  json_pack(pod, "metadata", "name", "x", "namespace", "d", "spec", "volumes", many("{\"name\":\"v\",\"emptyDir\":{}}"), "containers", "name", "c",
			    "image", "i", "volumeMounts", many("{\"name\":\"none#\",\"mountPath\":\"/\"}")),
		  200);
	validated("", "ConfigMap",
		  json_pack("{s:{s:s,s:s,s:o}}", "metadata", "name", "x", "namespace", "d", "ownerReferences",
			    many("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p#\",\"uid\":\"#\",\"controller\":true}")),
		  1);
	validated("admissionregistration.k8s.io", "ValidatingWebhookConfiguration",
		  json_pack("{s:{s:s},s:[{s:s,s:{s:s},s:s,s:o}]}", "metadata", "name", "x", "webhooks", "name", "w.example.com", "clientConfig", "url",
			    "https://127.0.0.1/", "sideEffects", "None", "admissionReviewVersions", many("\"v#\"")),
		  0);
	/* A tenth of a second; the square of it would be minutes. */
	CHECK(processor_time() - began < 20);
}

int main(int argc, char **argv)
{
	int64_t rounds = 3;
	if (argc > 1 && str_to_i64(argv[1], 1, 1000000, &rounds) < 0)
		return 2;
	CHECK(api_registry_new(&reg, NULL) == 0);
	for (int64_t k = 0; k < rounds; k++)
		for (size_t i = 0; i < api_resource_count(reg); i++)
			one(api_resource_at(reg, i));
	many_of_everything();
	(void)api_registry_unref(reg);
	CHECK(accepted > 0);
	return TEST_END();
}
