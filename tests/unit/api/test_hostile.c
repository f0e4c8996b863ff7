/*
 * Random trees, mostly of the right shape, through everything that looks at objects before they are stored. Nothing may
 * crash or leak, and what was accepted, pruned and defaulted once stays as it is. Deterministic; more rounds by
 * argument.
 */
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

int main(int argc, char **argv)
{
	struct api_registry *reg = NULL;
	int64_t rounds = 3;
	if (argc > 1 && str_to_i64(argv[1], 1, 1000000, &rounds) < 0)
		return 2;
	CHECK(api_registry_new(&reg, NULL) == 0);
	for (int64_t k = 0; k < rounds; k++)
		for (size_t i = 0; i < api_resource_count(reg); i++)
			one(api_resource_at(reg, i));
	(void)api_registry_unref(reg);
	CHECK(accepted > 0);
	return TEST_END();
}
