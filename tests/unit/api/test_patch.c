#include "base/json.h"
#include "api/patch.h"
#include "tests/unit/test.h"

static json_t *parse(const char *s)
{
	json_t *v = NULL;
	struct err e = {0};

	if (json_parse(s, strlen(s), &v, &e) < 0)
		fprintf(stderr, "%s: %s\n", s, e.msg);
	return v;
}

typedef int (*patch_fn)(json_t **ret, const json_t *obj, const json_t *patch, struct err *e);

/* The patched object equals want; obj is left as it was. want NULL: ERR_* code is expected. */
static void check(patch_fn fn, const char *obj, const char *patch, const char *want, int code)
{
	AUTO_JSON json_t *o = parse(obj), *p = parse(patch), *copy = json_deep_copy(o), *out = NULL, *w = want ? parse(want) : NULL;
	struct err e = {0};
	int r = fn(&out, o, p, &e);

	CHECK(json_equal(o, copy) == 1);
	CHECK(r == code);
	if (want && r == 0) {
		AUTO_BYTES struct bytes *b = json_encode(out), *x = json_encode(w);
		CHECK_STR(b->data, x->data);
	}
	if (r != code)
		fprintf(stderr, "  %s -> %d %s\n", patch, r, e.msg);
}

static void json_patch(void)
{
	static const char *const ok[][3] = {
		{"{\"a\":1}", "[]", "{\"a\":1}"},
		{"{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/b\",\"value\":[1]}]", "{\"a\":1,\"b\":[1]}"},
		{"{\"a\":[1,3]}", "[{\"op\":\"add\",\"path\":\"/a/1\",\"value\":2}]", "{\"a\":[1,2,3]}"},
		{"{\"a\":[1]}", "[{\"op\":\"add\",\"path\":\"/a/-\",\"value\":2},{\"op\":\"add\",\"path\":\"/a/2\",\"value\":3}]", "{\"a\":[1,2,3]}"},
		{"{\"a\":[1,2,3]}", "[{\"op\":\"remove\",\"path\":\"/a/-1\"}]", "{\"a\":[1,2]}"},
		{"{\"a\":{\"b\":1}}", "[{\"op\":\"remove\",\"path\":\"/a/b\"}]", "{\"a\":{}}"},
		{"{\"a\":1}", "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":{\"x\":null}}]", "{\"a\":{\"x\":null}}"},
		{"{\"a\":{\"b\":1}}", "[{\"op\":\"move\",\"from\":\"/a/b\",\"path\":\"/c\"}]", "{\"a\":{},\"c\":1}"},
		{"{\"a\":{\"b\":1}}", "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/c\"}]", "{\"a\":{\"b\":1,\"c\":{\"b\":1}}}"},
		{"{\"a/b\":1,\"m~n\":2}", "[{\"op\":\"test\",\"path\":\"/a~1b\",\"value\":1},{\"op\":\"test\",\"path\":\"/m~0n\",\"value\":2.0}]",
		 "{\"a/b\":1,\"m~n\":2}"},
		{"{\"a\":1}", "[{\"op\":\"test\",\"path\":\"/zz\",\"value\":null}]", "{\"a\":1}"},
		{"{\"a\":1}", "[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"b\":2}}]", "{\"b\":2}"},
		{"{\"\":{\"\":1}}", "[{\"op\":\"replace\",\"path\":\"//\",\"value\":2}]", "{\"\":{\"\":2}}"},
	};
	static const struct {
		const char *obj, *patch;
		int code;
	} bad[] = {
		{"{\"a\":1}", "{}", ERR_BAD_REQUEST},
		{"{\"a\":1}", "[{\"op\":\"jump\",\"path\":\"/a\"}]", ERR_BAD_REQUEST},
		{"{\"a\":1}", "[{\"op\":\"add\",\"path\":\"a\",\"value\":1}]", ERR_BAD_REQUEST},
		{"{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/a\"}]", ERR_BAD_REQUEST},
		{"{\"a\":1}", "[{\"op\":\"move\",\"path\":\"/a\"}]", ERR_BAD_REQUEST},
		{"{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/a~2\",\"value\":1}]", ERR_BAD_REQUEST},
		{"{\"a\":1}", "[7]", ERR_BAD_REQUEST},
		{"{\"a\":1}", "[{\"op\":\"remove\",\"path\":\"/b\"}]", ERR_INVALID},
		{"{\"a\":1}", "[{\"op\":\"replace\",\"path\":\"/b\",\"value\":1}]", ERR_INVALID},
		{"{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/b/c\",\"value\":1}]", ERR_INVALID},
		{"{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/a/c\",\"value\":1}]", ERR_INVALID},
		{"{\"a\":[1]}", "[{\"op\":\"add\",\"path\":\"/a/3\",\"value\":1}]", ERR_INVALID},
		{"{\"a\":[1]}", "[{\"op\":\"add\",\"path\":\"/a/01\",\"value\":1}]", ERR_INVALID},
		{"{\"a\":[1]}", "[{\"op\":\"remove\",\"path\":\"/a/1\"}]", ERR_INVALID},
		{"{\"a\":1}", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]", ERR_INVALID},
		{"{\"a\":1}", "[{\"op\":\"test\",\"path\":\"/b\",\"value\":2}]", ERR_INVALID},
		{"{\"a\":{\"b\":1}}", "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a/b\"}]", ERR_INVALID},
		{"{\"a\":1}", "[{\"op\":\"remove\",\"path\":\"\"}]", ERR_INVALID},
	};

	for (size_t i = 0; i < sizeof(ok) / sizeof(ok[0]); i++)
		check(api_json_patch, ok[i][0], ok[i][1], ok[i][2], 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check(api_json_patch, bad[i].obj, bad[i].patch, NULL, bad[i].code);
}

static void json_patch_bounds(void)
{
	AUTO_JSON json_t *obj = parse("{\"a\":{\"t\":\"0123456789\"}}"), *bomb = json_array(), *deep = json_array(), *many = json_array(), *out = NULL;
	struct err e = {0};
	AUTO_BUF struct buf path = {0};

	for (int i = 0; i < 40; i++) { /* doubles the document every time */
		char to[32];
		snprintf(to, sizeof(to), "/a/c%d", i);
		json_array_append_new(bomb, json_pack("{s:s,s:s,s:s}", "op", "copy", "from", "/a", "path", to));
	}
	CHECK(api_json_patch(&out, obj, bomb, &e) == ERR_TOO_LARGE);
	for (int i = 0; i < 200; i++) {
		buf_adds(&path, "/d");
		json_array_append_new(deep, json_pack("{s:s,s:s,s:{}}", "op", "add", "path", path.data, "value"));
	}
	CHECK(api_json_patch(&out, obj, deep, &e) == ERR_INVALID);
	for (int i = 0; i <= API_PATCH_MAX_OPS; i++)
		json_array_append_new(many, json_pack("{s:s,s:s,s:i}", "op", "add", "path", "/x", "value", 1));
	CHECK(api_json_patch(&out, obj, many, &e) == ERR_TOO_LARGE);
	CHECK_STR(e.msg, "The allowed maximum operations in a JSON patch is 10000, got 10001");
}

/* The cases of RFC 7386, appendix A, that have an object at the root. */
static void merge_patch(void)
{
	static const char *const ok[][3] = {
		{"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
		{"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"},
		{"{\"a\":\"b\"}", "{\"a\":null}", "{}"},
		{"{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}"},
		{"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
		{"{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}"},
		{"{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"},
		{"{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}"},
		{"{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"},
		{"[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}"},
		{"{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"},
	};

	for (size_t i = 0; i < sizeof(ok) / sizeof(ok[0]); i++)
		check(api_merge_patch, ok[i][0], ok[i][1], ok[i][2], 0);
	check(api_merge_patch, "{\"a\":1}", "[1]", NULL, ERR_BAD_REQUEST);
}

static const char *strategic_type;

static int strategic_fn(json_t **ret, const json_t *obj, const json_t *patch, struct err *e)
{
	return api_strategic_merge_patch(ret, api_type_find(strategic_type), obj, patch, e);
}

static void strategic(void)
{
	static const struct {
		const char *obj, *patch, *want;
		int code;
	} cases[] = {
		/* Containers by name; a new one comes first, as Kubernetes documents. */
		{"{\"containers\":[{\"name\":\"a\",\"image\":\"1\",\"tty\":true}]}", "{\"containers\":[{\"name\":\"b\",\"image\":\"2\"}]}",
		 "{\"containers\":[{\"name\":\"b\",\"image\":\"2\"},{\"name\":\"a\",\"image\":\"1\",\"tty\":true}]}", 0},
		{"{\"containers\":[{\"name\":\"a\",\"image\":\"1\"},{\"name\":\"b\",\"image\":\"1\"}]}",
		 "{\"containers\":[{\"name\":\"b\",\"image\":\"2\"}]}",
		 "{\"containers\":[{\"name\":\"a\",\"image\":\"1\"},{\"name\":\"b\",\"image\":\"2\"}]}", 0},
		{"{\"containers\":[{\"name\":\"a\",\"image\":\"1\"}]}", "{\"containers\":[{\"name\":\"a\",\"image\":null}]}",
		 "{\"containers\":[{\"name\":\"a\"}]}", 0},
		{"{\"containers\":[{\"name\":\"a\"},{\"name\":\"b\"}]}", "{\"containers\":[{\"name\":\"a\",\"$patch\":\"delete\"}]}",
		 "{\"containers\":[{\"name\":\"b\"}]}", 0},
		{"{\"containers\":[{\"name\":\"a\"},{\"name\":\"b\"}]}", "{\"containers\":[{\"name\":\"c\"},{\"$patch\":\"replace\"}]}",
		 "{\"containers\":[{\"name\":\"c\"}]}", 0},
		{"{\"containers\":[{\"name\":\"a\"}]}", "{\"containers\":[{\"image\":\"x\"}]}", NULL, ERR_BAD_REQUEST},
		/* Order given by the client, as kubectl apply does. */
		{"{\"containers\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
		 "{\"$setElementOrder/containers\":[{\"name\":\"b\"},{\"name\":\"c\"},{\"name\":\"a\"}],\"containers\":[{\"name\":\"c\",\"image\":\"2\"}]}",
		 "{\"containers\":[{\"name\":\"b\"},{\"name\":\"c\",\"image\":\"2\"},{\"name\":\"a\"}]}", 0},
		{"{\"containers\":[{\"name\":\"a\"},{\"name\":\"x\"},{\"name\":\"b\"}]}",
		 "{\"$setElementOrder/containers\":[{\"name\":\"b\"},{\"name\":\"a\"}]}",
		 "{\"containers\":[{\"name\":\"x\"},{\"name\":\"b\"},{\"name\":\"a\"}]}", 0},
		{"{}", "{\"$setElementOrder/containers\":[{\"name\":\"b\"}],\"containers\":[{\"name\":\"b\",\"tty\":null}]}",
		 "{\"containers\":[{\"name\":\"b\"}]}", 0},
		/* Nested lists: ports by containerPort, env by name. */
		{"{\"containers\":[{\"name\":\"a\",\"env\":[{\"name\":\"X\",\"value\":\"1\"}],\"command\":[\"a\",\"b\"]}]}",
		 "{\"containers\":[{\"name\":\"a\",\"env\":[{\"name\":\"Y\",\"value\":\"2\"},{\"name\":\"X\",\"value\":\"3\"}],\"command\":[\"c\"]}]}",
		 "{\"containers\":[{\"name\":\"a\",\"env\":[{\"name\":\"Y\",\"value\":\"2\"},{\"name\":\"X\",\"value\":\"3\"}],\"command\":[\"c\"]}]}", 0},
		/* Atomic lists are replaced. */
		{"{\"tolerations\":[{\"key\":\"a\"}]}", "{\"tolerations\":[{\"key\":\"b\"}]}", "{\"tolerations\":[{\"key\":\"b\"}]}", 0},
		/* Volumes retain keys. */
		{"{\"volumes\":[{\"name\":\"v\",\"emptyDir\":{}}]}",
		 "{\"volumes\":[{\"$retainKeys\":[\"name\",\"hostPath\"],\"name\":\"v\",\"hostPath\":{\"path\":\"/x\"}}]}",
		 "{\"volumes\":[{\"name\":\"v\",\"hostPath\":{\"path\":\"/x\"}}]}", 0},
		{"{\"volumes\":[{\"name\":\"v\",\"emptyDir\":{}}]}",
		 "{\"volumes\":[{\"$retainKeys\":[\"name\"],\"name\":\"v\",\"hostPath\":{\"path\":\"/x\"}}]}", NULL, ERR_BAD_REQUEST},
		/* Maps. */
		{"{\"nodeSelector\":{\"a\":\"1\",\"b\":\"2\"}}", "{\"nodeSelector\":{\"a\":null,\"c\":\"3\"}}",
		 "{\"nodeSelector\":{\"b\":\"2\",\"c\":\"3\"}}", 0},
		{"{\"nodeSelector\":{\"a\":\"1\"}}", "{\"nodeSelector\":{\"$patch\":\"replace\",\"c\":\"3\"}}", "{\"nodeSelector\":{\"c\":\"3\"}}", 0},
		{"{\"nodeSelector\":{\"a\":\"1\"}}", "{\"nodeSelector\":{\"$patch\":\"delete\"}}", "{\"nodeSelector\":{}}", 0},
		{"{\"nodeSelector\":{\"a\":\"1\"}}", "{\"nodeSelector\":null}", "{}", 0},
		{"{\"nodeSelector\":{\"a\":\"1\"}}", "{\"nodeSelector\":{\"$patch\":\"burn\"}}", NULL, ERR_BAD_REQUEST},
		{"{}", "[]", NULL, ERR_BAD_REQUEST},
		{"{\"hostname\":\"a\"}", "{\"hostname\":\"b\",\"subdomain\":null,\"unknown\":{\"x\":null}}", "{\"hostname\":\"b\",\"unknown\":{}}", 0},
	};

	strategic_type = "io.k8s.api.core.v1.PodSpec";
	CHECK(api_type_find(strategic_type) != NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(strategic_fn, cases[i].obj, cases[i].patch, cases[i].want, cases[i].code);
}

static void strategic_meta(void)
{
	strategic_type = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
	check(strategic_fn, "{\"finalizers\":[\"a\",\"b\",\"c\"]}", "{\"$deleteFromPrimitiveList/finalizers\":[\"b\"],\"finalizers\":[\"d\",\"a\"]}",
	      "{\"finalizers\":[\"d\",\"a\",\"c\"]}", 0);
	check(strategic_fn, "{\"finalizers\":[\"a\"]}", "{\"$setElementOrder/finalizers\":[\"b\",\"a\"],\"finalizers\":[\"b\"]}",
	      "{\"finalizers\":[\"b\",\"a\"]}", 0);
	check(strategic_fn, "{\"ownerReferences\":[{\"uid\":\"1\",\"name\":\"x\"}]}", "{\"ownerReferences\":[{\"uid\":\"1\",\"$patch\":\"delete\"}]}",
	      "{\"ownerReferences\":[]}", 0);
	check(strategic_fn, "{}", "{\"finalizers\":[1,{\"a\":1}]}", NULL, ERR_BAD_REQUEST);
}

static void convert(const char *text, const char *want)
{
	json_t *o = json_loads(text, JSON_DECODE_ANY, NULL);
	struct buf words AUTO_BUF = {0};

	CHECK(o != NULL);
	CHECK(api_check_converted(api_type_find("io.k8s.api.core.v1.Secret"), o, &words) == !*want);
	CHECK_STR(words.len ? words.data : "", want);
	json_decref(o);
}

/* Words of Kubernetes' converter from trees, and of Go's fmt. */
static void converted(void)
{
	json_t *o = json_loads("{\"b\":[1,\"x\",null],\"a\":{\"t\":true,\"f\":1.5}}", 0, NULL);
	struct buf shown AUTO_BUF = {0};

	convert("{\"type\":\"x\",\"data\":{\"a\":\"YQ==\"},\"immutable\":true}", "");
	convert("{\"type\":[\"x\"]}", "unrecognized type: string");
	convert("{\"type\":1}", "cannot convert int64 to v1.SecretType");
	convert("{\"immutable\":\"x\"}", "unrecognized type: bool");
	convert("{\"metadata\":\"x\"}", "cannot restore struct from: string");
	convert("{\"data\":[1]}", "cannot restore map from slice");
	convert("{\"data\":{\"a\":[\"x\"]}}", "unrecognized type: uint8");
	convert("{\"data\":{\"a\":true}}", "cannot restore slice from bool");
	convert("{\"metadata\":{\"generation\":1.5}}", "cannot convert float64 to int64");
	api_show_go(o, &shown);
	CHECK_STR(shown.data, "map[a:map[f:1.5 t:true] b:[1 x <nil>]]");
	json_decref(o);
}

int main(void)
{
	RUN(converted);
	RUN(json_patch);
	RUN(json_patch_bounds);
	RUN(merge_patch);
	RUN(strategic);
	RUN(strategic_meta);
	return TEST_END();
}
