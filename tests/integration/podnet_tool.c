/* podnet_tool RUN_DIR attach UID NETNS_PATH CIDR [CIDR] | detach UID NETNS_PATH | limit UID INGRESS EGRESS | gc UID... | cleanup: prints
 * addresses, one a line. */
#include <stdio.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "net/net.h"

int main(int argc, char **argv)
{
	struct err e = {0};
	struct podnet *p = NULL;
	if (argc < 3)
		return 2;
	if (streq(argv[2], "cleanup")) {
		if (net_cleanup(argv[1], &e) < 0)
			goto fail;
		return 0;
	}
	struct podnet_config c = {.run_dir = argv[1]};
	if (podnet_new(&p, &c, &e) < 0)
		goto fail;
	int code = -1;
	if (streq(argv[2], "attach") && argc >= 6) {
		struct podnet_result r;
		code = podnet_attach(p, argv[3], argv[4], (const char *const *)argv + 5, &r, &e);
		for (int i = 0; code == 0 && i < 2 && r.ips[i][0]; i++)
			puts(r.ips[i]);
	} else if (streq(argv[2], "detach") && argc == 5) {
		code = podnet_detach(p, argv[3], argv[4], &e);
	} else if (streq(argv[2], "limit") && argc == 6) {
		struct podnet_limits l = {0};
		code = str_to_u64(argv[4], UINT64_MAX, &l.ingress_bits) < 0 || str_to_u64(argv[5], UINT64_MAX, &l.egress_bits) < 0
			   ? -1
			   : podnet_limit(p, argv[3], &l, &e);
	} else if (streq(argv[2], "gc")) {
		code = podnet_gc(p, (const char *const *)argv + 3, &e);
	}
	podnet_free(p);
	if (code == 0)
		return 0;
fail:
	fprintf(stderr, "%s\n", e.msg);
	return 1;
}
