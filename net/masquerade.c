#include "net/masquerade.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter_ipv4.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/inet.h"
#include "base/nft.h"
#include "base/str.h"
#include "net/lease.h"
#include "net/net_internal.h"

static void nft_close_p(struct nft **n)
{
	if (*n)
		nft_close(*n);
}

struct look {
	const char *version;
	bool found;
};
static int rule_seen(void *arg, const char *chain UNUSED, uint64_t handle UNUSED, const char *comment)
{
	struct look *l = arg;
	l->found |= streq(comment, l->version);
	return 0;
}

static void match_cidr(struct nft_rule *r, const struct lease_cidr *c, bool source, bool inside)
{
	uint8_t mask[16], zero[16] = {0};
	bool v4 = c->family == AF_INET;
	uint32_t len = v4 ? 4 : 16;
	inet_mask(c->bits, mask);
	nft_rule_payload(r, NFT_PAYLOAD_NETWORK_HEADER, v4 ? (source ? 12 : 16) : (source ? 8 : 24), len, NFT_REG32_00);
	nft_rule_bitwise(r, NFT_REG32_00, mask, zero, len);
	nft_rule_cmp(r, inside ? NFT_CMP_EQ : NFT_CMP_NEQ, NFT_REG32_00, c->net, len);
}

static int rules_build(struct nft *n, const char *cidrs, const char *version, struct err *e)
{
	nft_table_add(n, NET_TABLE);
	/* NAT alone: its chain sees the first packet of a connection. Any other would cost every packet, and those of
	 * vxlan and udp twice. */
	struct nft_hook post = {"nat", NF_INET_POST_ROUTING, NF_IP_PRI_NAT_SRC};
	nft_chain_add(n, NET_TABLE, "postrouting", &post);
	while (*cidrs) {
		size_t len = strcspn(cidrs, ",");
		AUTO_FREE char *one = str_ndup(cidrs, len);
		struct lease_cidr c, multicast;
		if (!one)
			return err_nomem(e);
		int code = lease_cidr_parse(&c, one, e);
		if (code == 0)
			code = lease_cidr_parse(&multicast, c.family == AF_INET ? "224.0.0.0/4" : "ff00::/8", e);
		if (code < 0)
			return code;
		struct nft_rule *r = nft_rule_begin(n, NET_TABLE, "postrouting", version);
		version = NULL;
		nft_rule_family(r, c.family == AF_INET ? NFPROTO_IPV4 : NFPROTO_IPV6);
		match_cidr(r, &c, true, true);
		match_cidr(r, &c, false, false);
		match_cidr(r, &multicast, false, false);
		nft_rule_masquerade(r, true);
		nft_rule_end(r);
		cidrs += len + (cidrs[len] == ',');
	}
	return 0;
}

int masquerade_ensure(const char *cluster_cidr, struct err *e)
{
	CLEANUP(nft_close_p) struct nft *n = NULL;
	char version[120];
	(void)snprintf(version, sizeof(version), "minik-net 2 %.100s", cluster_cidr);
	struct look l = {.version = version};
	int code = nft_open(&n, e);
	if (code == 0)
		code = nft_table_exists(n, NET_TABLE, e);
	if (code < 0)
		return code;
	if (code == 1) {
		code = nft_list_rules(n, NET_TABLE, NULL, rule_seen, &l, e);
		if (code < 0 || l.found)
			return code;
		nft_table_del(n, NET_TABLE);
	}
	code = rules_build(n, cluster_cidr, version, e);
	if (code < 0) {
		nft_abort(n);
		return code;
	}
	return nft_commit(n, e);
}
