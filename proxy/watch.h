/* Tells when somebody deletes our nftables table ("nft flush ruleset", a firewall's reload) or anything in it, so that
 * it can be written again. */
#pragma once
#include "base/loop.h"

struct px_watch;
/* fn runs on the loop's thread. own: the netlink port whose deletions do not count (nft_port). */
int px_watch_new(struct px_watch **ret, struct loop *l, const char *table, uint32_t own, void (*fn)(void *arg),
		 void *arg, struct err *e);
struct px_watch *px_watch_free(struct px_watch *w);
