#include "base/buf.h"
#include "api/scan.h"
#include "tests/unit/test.h"

static const char doc[] = " {\"kind\":\"Pod\", \"metadata\" : {\"name\":\"web\\u002d1\",\"labels\":{\"a.b/c\":\"x\",\"q\\\"\":\"y\\n\"},"
			  "\"n\":[1,{\"k\":[]},\"]}\"] },\"spec\":{\"a\":{\"b\":true}},\"\\u006bey\":\"\\ud83d\\ude00\"} ";

static void find(void)
{
	const char *p;
	size_t n;
	char s[32];

	CHECK(scan_find(doc, sizeof(doc) - 1, "spec.a.b", &p, &n) && n == 4 && !memcmp(p, "true", 4));
	CHECK(scan_find(doc, sizeof(doc) - 1, "metadata.n", &p, &n) && n == strlen("[1,{\"k\":[]},\"]}\"]"));
	CHECK(scan_find(doc, sizeof(doc) - 1, "", &p, &n) && *p == '{' && p[n - 1] == '}');
	CHECK(!scan_find(doc, sizeof(doc) - 1, "spec.a.c", &p, &n));
	CHECK(!scan_find(doc, sizeof(doc) - 1, "kind.a", &p, &n));
	CHECK(!scan_find("", 0, "a", &p, &n));
	CHECK(!scan_find("{\"a\":", 5, "a", &p, &n));
	CHECK(scan_str(doc, sizeof(doc) - 1, "metadata.name", s, sizeof(s)));
	CHECK_STR(s, "web-1");
	CHECK(scan_str(doc, sizeof(doc) - 1, "metadata.name", s, 4));
	CHECK_STR(s, "web");
	CHECK(scan_str(doc, sizeof(doc) - 1, "key", s, sizeof(s)));
	CHECK_STR(s, "\xf0\x9f\x98\x80");
	CHECK(scan_str(doc, sizeof(doc) - 1, "key", s, 4));
	CHECK_STR(s, "");
	static const char utf[] = "{\"a\":\"x\xc3\xa4\"}";
	CHECK(scan_str(utf, sizeof(utf) - 1, "a", s, 3));
	CHECK_STR(s, "x");
	CHECK(!scan_str(doc, sizeof(doc) - 1, "spec", s, sizeof(s)));
}

static int collect(void *arg, const char *key, size_t key_len, const char *val, size_t val_len)
{
	struct buf *b = arg;
	buf_add(b, key, key_len);
	buf_addc(b, '=');
	buf_add(b, val, val_len);
	buf_addc(b, ';');
	return 0;
}

static int collect_elem(void *arg, const char *val, size_t val_len)
{
	buf_add(arg, val, val_len);
	buf_addc(arg, ';');
	return ((struct buf *)arg)->len > 8 ? 7 : 0;
}

static void each(void)
{
	AUTO_BUF struct buf b = {0};

	CHECK(scan_each(doc, sizeof(doc) - 1, "metadata.labels", collect, &b) == 0);
	CHECK_STR(b.data, "a.b/c=\"x\";q\"=\"y\\n\";");
	buf_trim(&b, 0);
	CHECK(scan_each_elem(doc, sizeof(doc) - 1, "metadata.n", collect_elem, &b) == 7);
	CHECK_STR(b.data, "1;{\"k\":[]};");
	buf_trim(&b, 0);
	CHECK(scan_each("{}", 2, "", collect, &b) == 0 && b.len == 0);
	CHECK(scan_each_elem("[ ]", 3, "", collect_elem, &b) == 0 && b.len == 0);
	CHECK(scan_each("{\"a\"}", 5, "", collect, &b) < 0);
	CHECK(scan_each_elem("[1", 2, "", collect_elem, &b) == 0);
}

static bool ok(const char *s) { return scan_valid(s, strlen(s), 8, NULL); }

static void valid(void)
{
	static const char *const good[] = {"1", "-0.5e+3", " [] ", "{}", "{\"a\":[1,2,{\"b\":null}]}", "\"\\u00e9\\n\"", "true",
					   "[[[[[[[[1]]]]]]]]", "\"\xc3\xa9\"", "[\"\",0]"};
	static const char *const bad[] = {"", "01", "1.", "[1,]", "{\"a\":1,}", "{a:1}", "[1 2]", "\"\\x\"", "\"\n\"", "tru", "nul",
					  "{\"a\"}", "[", "]", "1 1", "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "[[[[[[[[[1]]]]]]]]]",
					  "\"\\u12g4\"", "-", "{\"a\":1]", "[1}", ","};
	size_t off = 99;

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		CHECK(ok(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK(!ok(bad[i]));
	CHECK(scan_valid(doc, sizeof(doc) - 1, 128, NULL));
	CHECK(!scan_valid("[1,x]", 5, 8, &off) && off == 3);
}

int main(void)
{
	RUN(find);
	RUN(each);
	RUN(valid);
	return TEST_END();
}
