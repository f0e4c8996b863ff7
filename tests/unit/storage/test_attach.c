/* Names of attachments, and what snapshots' classes and CRDs say. */
#include "tests/unit/test.h"
#include "api/object.h"
#include "base/str.h"
#include "storage/attach.h"
#include "storage/snapshot.h"

static void test_names(void)
{
	char name[ATTACH_NAME_MAX];
	AUTO_JSON json_t *csi = json_pack("{s:{s:{s:s,s:s}}}", "spec", "csi", "driver", "csi.test.minik",
					  "volumeHandle", "handle-1"),
			 *flex = json_pack("{s:{s:{s:s,s:{s:s}}}}", "spec", "flexVolume", "driver", "example.org/block",
					   "options", "volumeHandle", "h/2"),
			 *nfs = json_pack("{s:{s:{}}}", "spec", "nfs");
	struct attach_target t;

	CHECK(attach_target_of(csi, &t));
	AUTO_FREE char *unique = attach_unique(&t);
	CHECK_INT(attach_name(&t, "n1", name, NULL), 0);
	CHECK_STR(name, "csi-894a64eb2ee72fc6f6d9bba07392fb3e7115defefc9c9dca436bb30b8828eaba");
	CHECK_STR(unique, "kubernetes.io/csi/csi.test.minik^handle-1");
	CHECK(attach_target_of(flex, &t));
	AUTO_FREE char *program = attach_unique(&t);
	CHECK_STR(t.attacher, "example.org.block");
	CHECK_STR(program, "example.org/block/h/2");
	CHECK(!attach_target_of(nfs, &t));
}

static void test_secret(void)
{
	AUTO_JSON json_t *snap = json_pack("{s:{s:s,s:s}}", "metadata", "name", "s1", "namespace", "a"),
			 *none = json_pack("{s:{}}", "parameters"),
			 *class = json_pack("{s:{s:s,s:s}}", "parameters", "csi.storage.k8s.io/snapshotter-secret-name",
					    "${volumesnapshot.name}-x-${volumesnapshotcontent.name}",
					    "csi.storage.k8s.io/snapshotter-secret-namespace",
					    "${volumesnapshot.namespace}"),
			 *half =
			     json_pack("{s:{s:s}}", "parameters", "csi.storage.k8s.io/snapshotter-secret-name", "x"),
			 *unknown =
			     json_pack("{s:{s:s,s:s}}", "parameters", "csi.storage.k8s.io/snapshotter-secret-name",
				       "${pvc.name}", "csi.storage.k8s.io/snapshotter-secret-namespace", "b"),
			 *path = json_pack("{s:{s:s,s:s}}", "parameters", "csi.storage.k8s.io/snapshotter-secret-name",
					   "x/../y", "csi.storage.k8s.io/snapshotter-secret-namespace", "b"),
			 *owner =
			     json_pack("{s:{s:s,s:s}}", "parameters", "csi.storage.k8s.io/snapshotter-secret-name",
				       "x", "csi.storage.k8s.io/snapshotter-secret-namespace", "${volumesnapshot.name}"),
			 *ref = NULL;
	json_t *no = NULL;

	CHECK_INT(snapshot_secret_ref(none, "snapshotter", snap, "c1", &no, NULL), 0);
	CHECK(!no);
	CHECK_INT(snapshot_secret_ref(class, "snapshotter", snap, "c1", &ref, NULL), 0);
	CHECK_STR(json_str(ref, "name"), "s1-x-c1");
	CHECK_STR(json_str(ref, "namespace"), "a");
	CHECK_INT(snapshot_secret_ref(half, "snapshotter", snap, "c1", &no, NULL), ERR_INVALID);
	CHECK_INT(snapshot_secret_ref(unknown, "snapshotter", snap, "c1", &no, NULL), ERR_INVALID);
	CHECK_INT(snapshot_secret_ref(owner, "snapshotter", snap, "c1", &no, NULL), ERR_INVALID);
	CHECK_INT(snapshot_secret_ref(path, "snapshotter", snap, "c1", &no, NULL), ERR_INVALID);
}

static void test_crds(void)
{
	for (size_t i = 0; i < SNAPSHOT_CRDS; i++) {
		AUTO_JSON json_t *crd = snapshot_crd(i);
		CHECK_STR(obj_name(crd), snapshot_crd_names[i]);
	}
}

static void test_source(void)
{
	AUTO_JSON json_t *csi = json_pack("{s:{s:{s:s,s:s}}}", "spec", "csi", "driver", "d", "volumeHandle", "h"),
			 *flex = json_pack("{s:{s:{s:s,s:{s:s}}}}", "spec", "flexVolume", "driver", "v/d", "options",
					   "volumeHandle", "h2"),
			 *nfs = json_pack("{s:{s:{s:s}}}", "spec", "nfs", "server", "x");
	const char *driver = NULL;
	AUTO_FREE char *one = NULL, *two = NULL, *three = NULL;

	CHECK(snapshot_source(csi, &driver, &one));
	CHECK_STR(driver, "d");
	CHECK_STR(one, "h");
	CHECK(snapshot_source(flex, &driver, &two));
	CHECK_STR(driver, "v/d");
	CHECK_STR(two, "h2");
	CHECK(!snapshot_source(nfs, &driver, &three));
}

int main(void)
{
	RUN(test_names);
	RUN(test_secret);
	RUN(test_crds);
	RUN(test_source);
	TEST_END();
}
