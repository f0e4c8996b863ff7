/* Tells when somebody deletes our nftables table ("nft flush ruleset", a firewall's reload) or anything in it, so that
 * it can be written again. */
#pragma once
#include "base/loop.h"

struct nft_watch;
/* fn runs on the loop's thread. own: the netlink port whose deletions do not count (nft_port). */
int nft_watch_new(struct nft_watch **ret, struct loop *l, const char *table, uint32_t own, void (*fn)(void *arg),
		  void *arg, struct err *e);
struct nft_watch *nft_watch_free(struct nft_watch *w);
