/* Names of Ceph's images and snapshots, which objects carry about; what its tools' exit status says. */
#include <errno.h>
#include "tests/unit/test.h"
#include "base/err.h"
#include "storage/builtin_ceph.h"
#include "storage/ceph.h"

static int parse(const char *handle, bool snap)
{
	struct rbd_name n = {0};
	int r = rbd_name_parse(handle, snap, &n, NULL);

	rbd_name_done(&n);
	return r;
}

static void test_names(void)
{
	struct rbd_name n = {0};

	CHECK_INT(rbd_name_parse("10.0.0.1:6789,10.0.0.2#rbd/minik-pvc-1", false, &n, NULL), 0);
	CHECK_STR(n.monitors, "10.0.0.1:6789,10.0.0.2");
	CHECK_STR(n.image, "rbd/minik-pvc-1");
	CHECK(!n.snap);
	rbd_name_done(&n);
	CHECK_INT(rbd_name_parse("#rbd/ns/img@snapshot-1", true, &n, NULL), 0);
	CHECK_STR(n.monitors, "");
	CHECK_STR(n.image, "rbd/ns/img");
	CHECK_STR(n.snap, "snapshot-1");
	rbd_name_done(&n);
	CHECK_INT(parse("[v2:10.0.0.1:3300,v1:10.0.0.1:6789]#rbd/x", false), 0);
	static const char *const bad[] = {"",         "rbd/x",    "#x",         "#/x",          "#rbd/",
					  "#a/b/c/d", "#-p/x",    "#rbd/--all", "--id=x#rbd/x", "a b#rbd/x",
					  "#rbd/x y", "#rbd/x@s", "#rbd/..",    "#rbd/x;y",     "#rbd//x"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_INT(parse(bad[i], false), ERR_INVALID);
	CHECK_INT(parse("#rbd/x", true), ERR_INVALID);
	CHECK_INT(parse("#rbd/x@", true), ERR_INVALID);
	CHECK_INT(parse("#rbd/x@-s", true), ERR_INVALID);
}

static void test_codes(void)
{
	CHECK_INT(ceph_code(ENOENT), ERR_NOT_FOUND);
	CHECK_INT(ceph_code(EEXIST), ERR_EXISTS);
	CHECK_INT(ceph_code(EBUSY), -EBUSY);
	CHECK_INT(ceph_code(ENOTEMPTY), -EBUSY);
	CHECK_INT(ceph_code(ENOSPC), ERR_TOO_MANY);
	CHECK_INT(ceph_code(EACCES), ERR_FORBIDDEN);
	CHECK_INT(ceph_code(ETIMEDOUT), ERR_UNAVAILABLE);
}

int main(void)
{
	RUN(test_names);
	RUN(test_codes);
	return TEST_END();
}
