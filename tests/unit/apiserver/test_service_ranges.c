/* The networks of Services: one, or one of each family. */
#include "../test.h"
#include "apiserver/service_ranges.h"

static void parsing(void)
{
	static const char *const bad[] = {"",
					  "10.43.0.0",
					  "10.43.0.0/33",
					  "10.43.0.0/31",
					  "10.43.0.0/x",
					  "x/16",
					  "10.43.0.0/16,10.44.0.0/16",
					  "fd43::/108,fd44::/108",
					  "10.43.0.0/16,x",
					  "10.43.0.0/16,fd43::/108,10.44.0.0/16"};
	struct ranges r;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(ranges_parse(bad[i], &r) < 0);
	CHECK_INT(ranges_parse("10.43.0.0/16", &r), 0);
	CHECK(r.n == 1 && r.v[0].size == 65536);
	CHECK_STR(range_family(&r.v[0]), "IPv4");
	CHECK(!ranges_of(&r, "IPv6"));
	CHECK_INT(ranges_parse("fd43::/108,10.43.0.0/16", &r), 0);
	CHECK(r.n == 2 && r.v[0].size == 1 << 20);
	CHECK_STR(range_family(&r.v[0]), "IPv6");
	CHECK_STR(r.v[0].text, "fd43::/108");
	CHECK(ranges_of(&r, "IPv4") == &r.v[1] && ranges_of(&r, "IPv6") == &r.v[0] && !ranges_of(&r, "x"));
}

static void addresses(void)
{
	struct ranges r;
	char ip[INET6_ADDRSTRLEN];
	uint64_t off = 0;

	CHECK_INT(ranges_parse("10.43.0.0/16,fd43::/108", &r), 0);
	range_at(&r.v[0], 256, ip);
	CHECK_STR(ip, "10.43.1.0");
	range_at(&r.v[1], 0xfffff, ip);
	CHECK_STR(ip, "fd43::f:ffff");
	CHECK(range_offset(&r.v[0], "10.43.255.255", &off) && off == 65535);
	CHECK(range_offset(&r.v[1], "fd43::a", &off) && off == 10);
	CHECK(!range_offset(&r.v[0], "10.44.0.0", &off) && !range_offset(&r.v[0], "10.42.255.255", &off));
	CHECK(!range_offset(&r.v[1], "fd43::10:0", &off) && !range_offset(&r.v[1], "fd42::a", &off) &&
	      !range_offset(&r.v[1], "10.43.0.1", &off));
	CHECK(!range_offset(&r.v[0], "fd43::1", &off) && !range_offset(&r.v[0], "x", &off));
}

int main(void)
{
	RUN(parsing);
	RUN(addresses);
	return TEST_END();
}
