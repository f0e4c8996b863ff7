/* Addresses and prefixes: what is one and what is not, in text and as bytes. */
#include "base/inet.h"
#include <arpa/inet.h>
#include "tests/unit/test.h"

static struct inet_addr addr(const char *text)
{
	struct inet_addr a = {0};
	CHECK(inet_addr_parse(text, &a));
	return a;
}

static struct inet_cidr cidr(const char *text)
{
	struct inet_cidr c = {0};
	CHECK(inet_cidr_parse(text, &c));
	return c;
}

static const char *text_of(struct inet_addr a)
{
	static char out[48];
	inet_addr_text(&a, out);
	return out;
}

static bool zero(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

static void addresses(void)
{
	struct inet_addr a = addr("10.42.0.3");
	static const uint8_t four[4] = {10, 42, 0, 3};
	CHECK(a.family == 4 && memcmp(a.a, four, 4) == 0 && zero(a.a + 4, 12));
	CHECK_STR(text_of(a), "10.42.0.3");
	a = addr("FD00:0:0::00a1");
	CHECK(a.family == 6 && a.a[0] == 0xfd && a.a[15] == 0xa1 && zero(a.a + 1, 14));
	CHECK_STR(text_of(a), "fd00::a1");
	CHECK_STR(text_of(addr("::")), "::");
	CHECK_STR(text_of(addr("0.0.0.0")), "0.0.0.0");
	CHECK_STR(text_of(addr("255.255.255.255")), "255.255.255.255");
	/* The longest there is. */
	CHECK_STR(text_of(addr("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")), "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
	/* Of family 6, whatever it means: who compares with a v4 address must find them different. */
	CHECK(addr("::ffff:10.0.0.1").family == 6);
	CHECK(inet_addr_len(4) == 4 && inet_addr_len(6) == 16);
}

static void no_addresses(void)
{
	static const char *const bad[] = {
	    NULL,
	    "",
	    " ",
	    "10.0.0",
	    "10.0.0.1.2",
	    "10.0.0.256",
	    "10.0.0.-1",
	    "010.0.0.1",
	    "0x0a.0.0.1",
	    "167772161",
	    " 10.0.0.1",
	    "10.0.0.1 ",
	    "10.0.0.1\n",
	    "10.0.0.1/32",
	    "10.0.0.1:53",
	    "10.0.0.1\t;drop",
	    ":",
	    ":::",
	    "1::2::3",
	    "g::1",
	    "12345::",
	    "1:2:3:4:5:6:7",
	    "1:2:3:4:5:6:7:8:9",
	    "[::1]",
	    "fe80::1%eth0",
	    "::ffff:10.0.0.256",
	    "localhost",
	    "10.0.0.1.",
	    "\xef\xbc\x91\x30.0.0.1",
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct inet_addr a = {.family = 77};
		bool took = inet_addr_parse(bad[i], &a);
		if (took)
			fprintf(stderr, "\"%s\"\n", bad[i]);
		CHECK(!took && a.family == 77); /* written only on success */
	}
	char huge[100000];
	struct inet_addr a;
	memset(huge, '1', sizeof(huge));
	huge[sizeof(huge) - 1] = 0;
	CHECK(!inet_addr_parse(huge, &a));
	for (size_t i = 0; i + 1 < sizeof(huge); i++)
		huge[i] = i % 2 ? ':' : '1';
	CHECK(!inet_addr_parse(huge, &a));
}

static void prefixes(void)
{
	struct inet_cidr c = cidr("10.42.3.77/16");
	CHECK(c.bits == 16 && c.net.family == 4);
	CHECK_STR(text_of(c.net), "10.42.0.0"); /* what is behind the prefix is dropped */
	CHECK_STR(text_of(cidr("10.255.255.255/9").net), "10.128.0.0");
	CHECK_STR(text_of(cidr("255.255.255.255/0").net), "0.0.0.0");
	CHECK_STR(text_of(cidr("10.1.2.3/32").net), "10.1.2.3");
	CHECK_STR(text_of(cidr("fd42:1:2:3::9/50").net), "fd42:1:2::");
	CHECK_STR(text_of(cidr("ffff:ffff::/1").net), "8000::");
	CHECK_STR(text_of(cidr("fd00::1/128").net), "fd00::1");
	CHECK_STR(text_of(cidr("fd00::1/0").net), "::");
}

static void no_prefixes(void)
{
	static const char *const bad[] = {
	    NULL,
	    "",
	    "/",
	    "/8",
	    "10.0.0.0",
	    "10.0.0.0/",
	    "10.0.0.0/33",
	    "10.0.0.0/-1",
	    "10.0.0.0/-0",
	    "10.0.0.0/+8",
	    "10.0.0.0/0008",
	    "10.0.0.0/8x",
	    "10.0.0.0/ 8",
	    "10.0.0.0/8/8",
	    "10.0.0.0/8 ",
	    "10.0.0.0/4294967304",
	    "10.0.0.0/18446744073709551624",
	    "10.0.0.0/99999999999999999999999999",
	    "10.0.0/8",
	    "::/129",
	    "::",
	    "fe80::%eth0/64",
	    "x/8",
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct inet_cidr c = {.bits = 77};
		bool took = inet_cidr_parse(bad[i], &c);
		if (took)
			fprintf(stderr, "\"%s\"\n", bad[i]);
		CHECK(!took && c.bits == 77);
	}
	/* Longer than any address, in front of the slash and behind it. */
	char huge[1000];
	struct inet_cidr c;
	memset(huge, '0', sizeof(huge));
	huge[sizeof(huge) - 1] = 0;
	huge[63] = '/';
	CHECK(!inet_cidr_parse(huge, &c));
	huge[63] = '0';
	huge[64] = '/';
	CHECK(!inet_cidr_parse(huge, &c));
	huge[64] = '0';
	CHECK(!inet_cidr_parse(huge, &c));
	memcpy(huge, "::/", 3);
	CHECK(!inet_cidr_parse(huge, &c));
}

static bool has(const char *net, const char *a)
{
	struct inet_cidr c = cidr(net);
	struct inet_addr x = addr(a);
	return inet_cidr_has(&c, &x);
}

static void inside(void)
{
	CHECK(has("10.42.0.0/16", "10.42.0.0") && has("10.42.0.0/16", "10.42.255.255"));
	CHECK(!has("10.42.0.0/16", "10.43.0.0") && !has("10.42.0.0/16", "10.41.255.255"));
	/* A border within a byte. */
	CHECK(has("10.42.64.0/18", "10.42.127.255") && !has("10.42.64.0/18", "10.42.128.0"));
	CHECK(!has("10.42.64.0/18", "10.42.63.255") && has("10.0.0.0/31", "10.0.0.1") &&
	      !has("10.0.0.0/31", "10.0.0.2"));
	CHECK(has("10.1.2.3/32", "10.1.2.3") && !has("10.1.2.3/32", "10.1.2.2"));
	CHECK(has("0.0.0.0/0", "255.255.255.255") && has("128.0.0.0/1", "200.0.0.1") &&
	      !has("128.0.0.0/1", "127.255.255.255"));
	CHECK(has("fd42::/32", "fd42:0:ffff::1") && !has("fd42::/32", "fd42:1::"));
	CHECK(has("fd42:0:0:8000::/49", "fd42::ffff:0:0:0:1") && !has("fd42:0:0:8000::/49", "fd42::7fff:0:0:0:1"));
	CHECK(has("::/0", "ffff::1") && has("fd00::1/128", "fd00::1") && !has("fd00::1/128", "fd00::"));
	/* Never of the other family, not even all of it. */
	CHECK(!has("0.0.0.0/0", "::") && !has("::/0", "0.0.0.0") && !has("::ffff:0:0/96", "10.0.0.1"));
}

static void last(void)
{
	static const struct {
		const char *net, *last;
	} t[] = {
	    {"10.42.0.0/16", "10.42.255.255"},
	    {"10.42.0.0/23", "10.42.1.255"},
	    {"10.42.64.0/18", "10.42.127.255"},
	    {"10.1.2.3/32", "10.1.2.3"},
	    {"0.0.0.0/0", "255.255.255.255"},
	    {"fd42::/112", "fd42::ffff"},
	    {"fd42::/49", "fd42::7fff:ffff:ffff:ffff:ffff"},
	    {"::1/128", "::1"},
	    {"::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
	};
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct inet_cidr c = cidr(t[i].net);
		struct inet_addr a = inet_cidr_last(&c);
		CHECK_STR(text_of(a), t[i].last);
		CHECK(inet_cidr_has(&c, &a) && a.family == c.net.family);
		CHECK(a.family == 6 || zero(a.a + 4, 12));
		/* The one behind it is outside, or there is none. */
		CHECK(!inet_addr_next(&a) || !inet_cidr_has(&c, &a));
	}
}

static const char *after(const char *text)
{
	struct inet_addr a = addr(text);
	return inet_addr_next(&a) ? text_of(a) : "none";
}

static void next(void)
{
	CHECK_STR(after("10.0.0.1"), "10.0.0.2");
	CHECK_STR(after("10.0.0.255"), "10.0.1.0");
	CHECK_STR(after("10.255.255.255"), "11.0.0.0");
	CHECK_STR(after("255.255.255.255"), "none");
	CHECK_STR(after("::"), "::1");
	CHECK_STR(after("fd42::ffff:ffff"), "fd42::1:0:0");
	CHECK_STR(after("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), "none");
	struct inet_addr a = addr("255.255.255.255");
	(void)inet_addr_next(&a);
	CHECK_STR(text_of(a), "255.255.255.255"); /* left as it was */
	a = addr("10.0.0.255");
	CHECK(inet_addr_next(&a) && zero(a.a + 4, 12));
}

static int sign(const char *x, const char *y)
{
	struct inet_addr a = addr(x), b = addr(y);
	int r = inet_addr_compare(&a, &b);
	return (r > 0) - (r < 0);
}

static void compare(void)
{
	CHECK_INT(sign("10.0.0.1", "10.0.0.1"), 0);
	CHECK_INT(sign("10.0.0.2", "10.0.0.10"), -1); /* as numbers, not as text */
	CHECK_INT(sign("200.0.0.0", "100.255.255.255"), 1);
	CHECK_INT(sign("127.255.255.255", "128.0.0.0"), -1); /* bytes without a sign */
	CHECK_INT(sign("fd00::1", "fd00:0:0::1"), 0);
	CHECK_INT(sign("fd00::1", "fd00::1:0"), -1);
	CHECK_INT(sign("ff00::", "::ff00"), 1);
}

static void masks(void)
{
	uint8_t m[16], a[16] = {0xff, 0xfe}, b[16] = {0xff, 0xff};

	inet_mask(0, m);
	CHECK(zero(m, 16));
	inet_mask(10, m);
	CHECK(m[0] == 0xff && m[1] == 0xc0 && zero(m + 2, 14));
	inet_mask(128, m);
	CHECK(m[0] == 0xff && m[15] == 0xff);
	CHECK(inet_bits_equal(a, b, 15) && !inet_bits_equal(a, b, 16) && inet_bits_equal(a, b, 0));
	CHECK(inet_bits_equal(a, a, 128) && !inet_bits_equal(a, b, 128));
}

static void protocols(void)
{
	CHECK(inet_protocol("TCP") == 6 && inet_protocol(NULL) == 6 && inet_protocol("UDP") == 17);
	CHECK(inet_protocol("SCTP") == 132 && inet_protocol("tcp") == 0 && inet_protocol("") == 0);
	CHECK_STR(inet_protocol_name(132), "SCTP");
	CHECK_STR(inet_protocol_name(1), "?");
}

int main(void)
{
	RUN(addresses);
	RUN(no_addresses);
	RUN(prefixes);
	RUN(no_prefixes);
	RUN(inside);
	RUN(last);
	RUN(next);
	RUN(compare);
	RUN(masks);
	RUN(protocols);
	return TEST_END();
}
