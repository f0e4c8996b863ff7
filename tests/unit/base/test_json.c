#include "tests/unit/test.h"
#include "base/json.h"
#include "base/json_read.h"
#include "base/str.h"

static void same(const char *in, const char *out)
{
	AUTO_JSON json_t *v = NULL;
	AUTO_BYTES struct bytes *b = NULL;
	struct err e = {0};

	CHECK(json_parse(in, strlen(in), &v, &e) == 0);
	b = v ? json_encode(v) : NULL;
	CHECK_STR(b ? b->data : e.msg, out);
}

static void yaml_is(const char *in, const char *out)
{
	AUTO_JSON json_t *v = NULL;
	AUTO_BYTES struct bytes *b = NULL;
	struct err e = {0};

	CHECK(yaml_parse(in, strlen(in), &v, &e) == 0);
	b = v ? json_encode(v) : NULL;
	CHECK_STR(b ? b->data : e.msg, out);
}

static void yaml_bad(const char *in, const char *why)
{
	json_t *v;
	struct err e = {0};

	CHECK(yaml_parse(in, strlen(in), &v, &e) == ERR_BAD_REQUEST);
	if (!strstr(e.msg, why))
		CHECK_STR(e.msg, why);
}

static void encoding(void)
{
	same("{\"b\":1,\"a\":[true,false,null],\"b\":2}", "{\"b\":2,\"a\":[true,false,null]}");
	same("[9223372036854775807,-9223372036854775808]", "[9223372036854775807,-9223372036854775808]");
	same("[0.1,1.0,1e3,1.5e300,-0.25,123456789.123]", "[0.1,1,1000,1.5e+300,-0.25,123456789.123]");
	same("[18446744073709551616,1,true,\"99999999999999999999\\\"5\",false]",
	     "[18446744073709551616,1,true,\"99999999999999999999\\\"5\",false]");
	same("\"\\u00e9/\\n\"", "\"\xc3\xa9/\\n\"");
}

static void hostile(void)
{
	AUTO_BUF struct buf b = {0};
	struct err e = {0};
	json_t *v;

	for (int i = 0; i < 128; i++)
		buf_addc(&b, '[');
	for (int i = 0; i < 128; i++)
		buf_addc(&b, ']');
	CHECK(json_parse(b.data, b.len, &v, &e) == 0);
	json_decref(v);
	buf_trim(&b, 0);
	for (int i = 0; i < 100000; i++)
		buf_addc(&b, '[');
	CHECK(json_parse(b.data, b.len, &v, &e) == ERR_BAD_REQUEST);
	CHECK(yaml_parse(b.data, b.len, &v, &e) == ERR_BAD_REQUEST);
	CHECK(json_parse("{\"a\":", 5, &v, &e) == ERR_BAD_REQUEST && strstr(e.msg, "line 1"));
	CHECK(json_parse("[1e999]", 7, &v, &e) == ERR_BAD_REQUEST);
	CHECK(json_parse("\"\\u0000\"", 8, &v, &e) == ERR_BAD_REQUEST);
	CHECK(json_parse("", 0, &v, &e) == ERR_BAD_REQUEST);
	CHECK(json_parse_bytes(NULL, &v, &e) == ERR_BAD_REQUEST);
}

static void paths(void)
{
	AUTO_JSON json_t *o = json_object();
	AUTO_BYTES struct bytes *b = NULL;

	CHECK(json_set_str(o, "metadata.name", "web") == 0);
	CHECK(json_set_int(o, "spec.replicas", 3) == 0);
	CHECK(json_dot_set(o, "spec.on", json_true()) == 0);
	CHECK(json_set_str(o, "spec.containers[0].name", "c") == 0);
	CHECK(json_set_str(o, "spec.containers[2].name", "c") < 0);
	CHECK(json_dot_append(o, "spec.list", json_integer(1)) == 0 &&
	      json_dot_append(o, "spec.list", json_integer(2)) == 0);
	CHECK(json_dot_append(o, "metadata", json_integer(1)) < 0);
	CHECK_STR(json_str(o, "spec.containers[0].name"), "c");
	CHECK(json_int_or(o, "spec.list[1]", 0) == 2 && json_int_or(o, "spec.list[9]", 7) == 7);
	CHECK(json_bool_or(o, "spec.on", false) && !json_str(o, "spec.replicas") && !json_str(NULL, "a.b"));
	CHECK_STR(json_str_or(o, "metadata.namespace", "default"), "default");
	CHECK(json_at(o, "spec", "containers", NULL) == json_dot(o, "spec.containers"));
	CHECK(!json_at(o, "nope", "x", NULL) && !json_dot(o, "spec..x") && !json_dot(o, "spec.list[x]"));
	CHECK(json_dot_del(o, "spec.list[0]") == 0 && json_int_or(o, "spec.list[0]", 0) == 2);
	CHECK(json_dot_del(o, "a.b.c") == 0 && json_dot_del(o, "spec.on") == 0);
	b = json_encode(o);
	CHECK_STR(b->data, "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"replicas\":3,\"containers\":[{\"name\":\"c\"}]"
			   ",\"list\":[2]}}");
}

static void keys_anywhere(void)
{
	AUTO_JSON json_t *v = json_pack("{s:[{s:i},[{s:n}]]}", "a", "b", 1, "c");

	CHECK(json_has_key(v, "a") && json_has_key(v, "b") && json_has_key(v, "c"));
	CHECK(!json_has_key(v, "d") && !json_has_key(NULL, "a"));
}

static void yaml_scalars(void)
{
	yaml_is("[yes, No, on, OFF, true, False]", "[true,false,true,false,true,false]");
	yaml_is("['yes', \"1\", y, N, 'y', yEs]", "[\"yes\",\"1\",true,false,\"y\",\"yEs\"]");
	yaml_is("[~, null, Null, ]", "[null,null,null]");
	yaml_is("a:\nb: ''\n", "{\"a\":null,\"b\":\"\"}");
	yaml_is("[0x1F, 010, 0o17, 0b11, 1_000, -5, +5, 08]", "[31,8,15,3,1000,-5,5,8]");
	yaml_is("[1.5, .5, 1e3, 1., 1.2.3, 1e, -, '']", "[1.5,0.5,1000,1,\"1.2.3\",\"1e\",\"-\",\"\"]");
	yaml_is("[9223372036854775807, 18446744073709551615]", "[9223372036854775807,18446744073709551616]");
	yaml_is("t: 2026-01-02T03:04:05Z\nd: 2026-01-02\nc: 10:30\n",
		"{\"t\":\"2026-01-02T03:04:05Z\",\"d\":\"2026-01-02\",\"c\":\"10:30\"}");
	yaml_is("1: a\ntrue: b\n", "{\"1\":\"a\",\"true\":\"b\"}");
	yaml_is("!!str 5", "\"5\"");
	yaml_is("!!int \"5\"", "5");
	yaml_is("!!binary aGVsbG8=", "\"hello\"");
	yaml_is("cpu: 100m\nmem: 1Gi\n", "{\"cpu\":\"100m\",\"mem\":\"1Gi\"}");
	yaml_is("s: |\n  a\n  b\nf: >\n  c\n  d\n", "{\"s\":\"a\\nb\\n\",\"f\":\"c d\\n\"}");
	yaml_is("# nothing\n", "null");
	yaml_is("{\"a\":\t1}", "{\"a\":1}");
	yaml_is("---\na: 1\n---\n", "{\"a\":1}");
	yaml_is("a: 1\na: 2\n", "{\"a\":2}");
	yaml_bad(".inf", "infinite");
	yaml_bad("a: 1\n---\nb: 2\n", "several documents");
	yaml_bad("? [a]\n: 1\n", "only scalars");
	yaml_bad("a: [1", "line");
	yaml_bad("!!int x", "tag");
	yaml_bad("\"a\\0b\"", "NUL");
}

static void yaml_anchors(void)
{
	AUTO_BUF struct buf b = {0};

	yaml_is("a: &x {k: 1}\nb: *x\n", "{\"a\":{\"k\":1},\"b\":{\"k\":1}}");
	yaml_is("base: &b {x: 1, w: 2}\nd:\n  w: 3\n  <<: *b\n",
		"{\"base\":{\"x\":1,\"w\":2},\"d\":{\"w\":3,\"x\":1}}");
	yaml_is("d:\n  <<: [{x: 1}, {x: 2, z: 3}]\n", "{\"d\":{\"x\":1,\"z\":3}}");
	yaml_is("\"<<\": 1\n", "{\"<<\":1}");
	yaml_bad("<<: 1\n", "merge key");
	yaml_bad("a: *none\n", "alias");
	yaml_bad("a: &a [*a]\n", "alias");
	/* A billion laughs. */
	buf_adds(&b, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
	for (int i = 1; i < 12; i++) {
		buf_addf(&b, "a%d: &a%d [", i, i);
		for (int j = 0; j < 10; j++)
			buf_addf(&b, "%s*a%d", j ? "," : "", i - 1);
		buf_adds(&b, "]\n");
	}
	yaml_bad(b.data, "expand");
}

static int count_doc(void *arg, json_t *doc)
{
	(*(int *)arg) += (int)json_int_or(doc, "i", 100);
	return 0;
}

/* What the quick reader makes of a text is what jansson makes of it, to the order of keys; true: it made something. */
static bool agrees(const char *s, size_t n)
{
	AUTO_JSON json_t *quick = json_read(s, n, 128), *slow = json_loadb(s, n, JSON_DECODE_ANY, NULL);
	AUTO_BYTES struct bytes *a = quick ? json_encode(quick) : NULL, *b = slow ? json_encode(slow) : NULL;

	if (!quick)
		return false;
	CHECK(slow && json_equal(quick, slow) && a && b && a->len == b->len && !memcmp(a->data, b->data, a->len));
	return true;
}

static const char *const readable[] = {
    "{}",
    "[]",
    " [ ] ",
    "\t{ \"a\" :\n[ 1 , 2 ] }\r\n",
    "true",
    "[true,false,null]",
    "[true]",
    "\"\"",
    "\"x\"",
    "0",
    "-0",
    "-1",
    "[0.5,-0.5,1e3,1E+3,1e-3,10,-10,9223372036854775807,-9223372036854775808]",
    "{\"a\":1,\"b\":2,\"a\":{\"a\":3}}",
    "{\"\\u0061\":\"\\u0062\",\"\\n\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}",
    "[\"\\ud83d\\ude00\",\"\\u20ac\",\"\\u00e9x\",\"\xc3\xa9\\u00E9\",\"\xf0\x9f\x98\x80\"]",
    "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"labels\":{\"x\\u002fy\":\"\"}},"
    "\"data\":{\"k\":\"v\\n\"}}",
};

static void reading(void)
{
	static const char *const bad[] = {"",
					  " ",
					  "{",
					  "[",
					  "}",
					  "]",
					  "[1",
					  "[1,",
					  "[1,]",
					  "{\"a\"",
					  "{\"a\":",
					  "{\"a\":1",
					  "{\"a\":1,}",
					  "{1:1}",
					  "{\"a\" 1}",
					  "[1 2]",
					  "1 2",
					  "truex",
					  "tru",
					  "nul",
					  "True",
					  "01",
					  "-",
					  "-01",
					  "+1",
					  ".5",
					  "1.",
					  "1.e",
					  "1e",
					  "1e+",
					  "1.5.5",
					  "1-2",
					  "0x1",
					  "\"",
					  "\"a",
					  "\"\\",
					  "\"\\\"",
					  "\"\\x\"",
					  "\"\\u12\"",
					  "\"\\u12g4\"",
					  "\"\\u0000\"",
					  "\"\\ud800\"",
					  "\"\\ud800x\"",
					  "\"\\ud800\\u0041\"",
					  "\"\\udc00\"",
					  "\"a\nb\"",
					  "\"\\n\nb\"",
					  "\"\xff\"",
					  "\"\xc0\x80\"",
					  "\"\xed\xa0\x80\"",
					  "\"\\n\xed\xa0\x80\"",
					  "\"\xf4\x90\x80\x80\"",
					  "\"\xc3\"",
					  "\"\\n\xc3\"",
					  "\xef\xbb\xbf{}",
					  "9223372036854775808",
					  "-9223372036854775809",
					  "99999999999999999999999",
					  "{\"a\":1}}",
					  "[]]",
					  "nulll",
					  "1e999"};

	for (size_t i = 0; i < ARRAY_LEN(readable); i++)
		if (!agrees(readable[i], strlen(readable[i])))
			CHECK_STR("unread", readable[i]);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (agrees(bad[i], strlen(bad[i])))
			CHECK_STR("read", bad[i]);
	CHECK(!agrees("\"a\0b\"", 5) && !agrees("[1]\0", 4) && !agrees("{\"a\0\":1}", 8));
}

/* Changed at random, with a seed of its own: whatever comes out, both agree. */
static void reading_noise(void)
{
	static const char letters[] = "{}[]\",:\\u0123dDeE+-.tfn \n\x80\xc3\xff\x01";
	uint32_t seed = 1;
	size_t read = 0;
	char text[256];

	for (int round = 0; round < 200000; round++) {
		const char *from = readable[(seed >> 8) % ARRAY_LEN(readable)];
		size_t n = strlen(from);

		memcpy(text, from, n);
		for (unsigned k = 0; k < 1 + (seed >> 28) % 3; k++) {
			seed = seed * 1664525 + 1013904223;
			text[(seed >> 8) % n] = letters[(seed >> 20) % (sizeof(letters) - 1)];
		}
		seed = seed * 1664525 + 1013904223;
		/* In memory of its own size: reading beyond it is seen by the sanitizers. */
		AUTO_FREE char *exact = malloc(n);
		if (!exact)
			abort();
		memcpy(exact, text, n);
		read += agrees(exact, n);
	}
	CHECK(read > 10000 && read < 190000);
}

static void yaml_documents(void)
{
	struct err e = {0};
	int sum = 0;
	const char *s = "i: 1\n---\n# empty\n---\ni: 2\n...\n---\ni: 4\n";

	CHECK(yaml_parse_all(s, strlen(s), count_doc, &sum, &e) == 0);
	CHECK(sum == 7);
}

static void yaml_duplicates(void)
{
	static const char text[] = "a: 1\nb:\n  c: 2\n  c: 3\na: 4\n";
	AUTO_JSON json_t *v = NULL, *dups = json_array();
	struct err e = {0};

	CHECK(yaml_parse_dups(text, strlen(text), &v, dups, &e) == 0);
	CHECK(json_array_size(dups) == 2);
	CHECK_STR(json_string_value(json_array_get(dups, 0)), "line 4: key \"c\" already set in map");
	CHECK_STR(json_string_value(json_array_get(dups, 1)), "line 5: key \"a\" already set in map");
	CHECK(json_integer_value(json_object_get(v, "a")) == 4);
}

static void yaml_writing(void)
{
	const char *in = "{\"z\":[],\"a\":{\"l\":[{\"x\":1,\"b\":\"yes\"},\"2\",null,true],\"m\":\"l1\\nl2\\n\",\"n\":"
			 "\"y\",\"o\":{},"
			 "\"t\":\"2026-01-02T03:04:05Z\",\"u\":\"\xc3\xa9: x\",\"e\":\"\",\"w\":\" lead\",\"f\":1.5}}";
	AUTO_JSON json_t *v = NULL, *again = NULL;
	AUTO_BUF struct buf b = {0};
	struct err e = {0};

	CHECK(json_parse(in, strlen(in), &v, &e) == 0);
	CHECK(yaml_encode(v, &b) == 0);
	CHECK_STR(b.data,
		  "a:\n  e: \"\"\n  f: 1.5\n  l:\n  - b: \"yes\"\n    x: 1\n  - \"2\"\n  - null\n  - true\n  m: |\n    "
		  "l1\n    l2\n"
		  "  \"n\": \"y\"\n  o: {}\n  t: \"2026-01-02T03:04:05Z\"\n  u: '\xc3\xa9: x'\n  w: ' lead'\nz: []\n");
	CHECK(yaml_parse(b.data, b.len, &again, &e) == 0 && json_equal(v, again));
}

int main(void)
{
	RUN(encoding);
	RUN(reading);
	RUN(reading_noise);
	RUN(hostile);
	RUN(paths);
	RUN(keys_anywhere);
	RUN(yaml_scalars);
	RUN(yaml_anchors);
	RUN(yaml_documents);
	RUN(yaml_duplicates);
	RUN(yaml_writing);
	return TEST_END();
}
