/* Names that others make as well: kubelet's and external-attacher's. */
#include "tests/unit/test.h"
#include "storage/csi.h"

static void test_names(void)
{
	char name[CSI_NAME_MAX];

	csi_attachment_name(name, "vol-1", "csi.test.minik", "n1");
	CHECK_STR(name, "csi-f4abea5a29ca26b38d7935dc824cc7014b2b6f2d5858b1b7c2fa965fec6095e3");
	csi_inline_handle(name, "uid-1", "data");
	CHECK_STR(name, "csi-d6e418cffb6079f9b02d83af7dffbf3511ed5a26b3f106f1f3ca764ed6505c9c");
}

int main(void)
{
	RUN(test_names);
	return TEST_END();
}
