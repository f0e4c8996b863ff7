#include <unistd.h>
#include <sys/socket.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/str.h"
#include "net/lease.h"
#include "tests/unit/test.h"

static void cidrs(void)
{
	struct lease_cidr c;
	struct err e = {0};
	CHECK(lease_cidr_parse(&c, "10.42.3.0/24", &e) == 0);
	CHECK(c.family == AF_INET && c.bits == 24);
	CHECK_STR(c.gateway, "10.42.3.1");
	CHECK_STR(c.gateway_prefix, "10.42.3.1/24");
	CHECK(lease_cidr_parse(&c, "10.42.3.77/24", &e) == 0); /* host bits are dropped */
	CHECK_STR(c.gateway, "10.42.3.1");
	CHECK(lease_cidr_parse(&c, "fd42:0:0:1::/64", &e) == 0);
	CHECK_STR(c.gateway_prefix, "fd42:0:0:1::1/64");
	const char *bad[] = {"",
			     "10.42.3.0",
			     "10.42.3.0/",
			     "10.42.3.0/33",
			     "10.42.3.0/31",
			     "10.42.3/24",
			     "x/24",
			     "10.42.3.0/-1",
			     "10.42.3.0/2 4",
			     "fd42::/127",
			     "1111111111111111111111111111111111111111111111111111111111111111111111111111/8"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(lease_cidr_parse(&c, bad[i], &e) < 0);
}

static void leases(void)
{
	char dir[] = "/tmp/minik-lease-XXXXXX";
	struct err e = {0};
	struct lease_dir *d = NULL;
	struct lease_cidr c;
	char ip[48], again[48], first[48];
	int lock = -1;
	CHECK(mkdtemp(dir) != NULL);
	CHECK(lease_dir_new(&d, dir, &e) == 0);
	CHECK(lease_lock(d, &lock, &e) == 0);
	CHECK(lease_cidr_parse(&c, "10.9.8.0/28", &e) == 0); /* 13 usable: 16 less network, gateway, broadcast */
	for (int i = 0; i < 13; i++) {
		char uid[32];
		(void)snprintf(uid, sizeof(uid), "uid-%d", i);
		CHECK(lease_get(d, &c, uid, ip, &e) == 0);
		if (i == 0)
			memcpy(first, ip, sizeof(ip));
		CHECK(lease_get(d, &c, uid, again, &e) == 0);
		CHECK_STR(again, ip);
		CHECK(strcmp(ip, "10.9.8.0") && strcmp(ip, "10.9.8.1") && strcmp(ip, "10.9.8.15"));
	}
	CHECK_STR(first, "10.9.8.2");
	CHECK(lease_get(d, &c, "one-more", ip, &e) == ERR_TOO_MANY);
	CHECK(strstr(e.msg, "10.9.8.1/28") != NULL);
	CHECK(lease_release(d, "uid-4", &e) == 0);
	CHECK(lease_release(d, "uid-4", &e) == 0);
	CHECK(lease_get(d, &c, "one-more", ip, &e) == 0);
	CHECK_STR(ip, "10.9.8.6");
	/* An address that was just given back is not the next to go out. */
	CHECK(lease_release(d, "one-more", &e) == 0);
	CHECK(lease_release(d, "uid-8", &e) == 0);
	CHECK(lease_get(d, &c, "after", ip, &e) == 0);
	CHECK_STR(ip, "10.9.8.10");
	/* A second process sees the same leases. */
	struct lease_dir *other = NULL;
	CHECK(lease_dir_new(&other, dir, &e) == 0);
	CHECK(lease_get(other, &c, "uid-0", ip, &e) == 0);
	CHECK_STR(ip, first);
	lease_dir_free(other);
	CHECK(lease_get(d, &c, "a/../b", ip, &e) < 0);
	CHECK(lease_get(d, &c, "", ip, &e) < 0);
	struct lease_cidr six;
	CHECK(lease_cidr_parse(&six, "fd00:1::/64", &e) == 0);
	CHECK(lease_get(d, &six, "uid-0", ip, &e) == 0);
	CHECK_STR(ip, "fd00:1::2");
	close(lock);
	lease_dir_free(d);
	CHECK(fs_rm_rf(dir, &e) == 0);
}

int main(void)
{
	RUN(cidrs);
	RUN(leases);
	return TEST_END();
}
