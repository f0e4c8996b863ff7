#include "net/none.h"
#include <stdio.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/str.h"
#include "net/lease.h"

int net_none_address(struct nl_ctx *nl, const char *run_dir, const char *cidr, struct err *e)
{
	AUTO_FREE char *dir = fs_join(run_dir, "net"), *path = fs_join(run_dir, "net/lo-address");
	AUTO_BUF struct buf old = {0};
	char want[64] = "";
	struct lease_cidr c;
	if (!dir || !path)
		return err_nomem(e);
	int code = cidr ? lease_cidr_parse(&c, cidr, e) : 0;
	if (code < 0)
		return code;
	if (cidr)
		(void)snprintf(want, sizeof(want), "%s/%d", c.gateway, strchr(c.gateway, ':') ? 128 : 32);
	code = fs_read(path, sizeof(want), &old, e);
	if (code < 0 && code != ERR_NOT_FOUND)
		return code;
	bool had = code == 0 && old.len > 0, same = had && streq(old.data, want);
	if (had && !same && (code = nl_addr_del(nl, "lo", old.data, e)) < 0 && code != ERR_NOT_FOUND)
		return code;
	if (!cidr) {
		if (had)
			(void)unlink(path);
		return 0;
	}
	/* Noted first: what was made is found again. */
	code = same ? 0 : fs_mkdir_p(dir, 0755, e);
	if (code == 0 && !same)
		code = fs_write_atomic(path, want, strlen(want), 0644, e);
	if (code == 0)
		code = nl_addr_ensure(nl, "lo", want, e);
	return code < 0 ? code : 0;
}
