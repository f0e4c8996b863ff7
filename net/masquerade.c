#include "net/masquerade.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter_ipv4.h>
#include <net/if.h>
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

static int rules_build(struct nft *n, const char *cidrs, const char *bridge, const char *version, struct err *e)
{
	char ifname[IFNAMSIZ] = "";
	(void)str_copy(ifname, sizeof(ifname), bridge);
	nft_table_add(n, NET_TABLE);
	struct nft_hook post = {"nat", NF_INET_POST_ROUTING, NF_IP_PRI_NAT_SRC},
			out = {"filter", NF_INET_LOCAL_OUT, NF_IP_PRI_FILTER};
	nft_chain_add(n, NET_TABLE, "postrouting", &post);
	nft_chain_add(n, NET_TABLE, "output", &out);
	/* Pods of a node talk through its IP layer on purpose; the kernel would tell them of the short cut. */
	uint8_t redirect = 5, icmp = IPPROTO_ICMP;
	struct nft_rule *r = nft_rule_begin(n, NET_TABLE, "output", version);
	nft_rule_meta(r, NFT_META_OIFNAME, NFT_REG_1);
	nft_rule_cmp(r, NFT_CMP_EQ, NFT_REG_1, ifname, IFNAMSIZ);
	nft_rule_family(r, NFPROTO_IPV4);
	nft_rule_l4proto(r, icmp);
	nft_rule_payload(r, NFT_PAYLOAD_TRANSPORT_HEADER, 0, 1, NFT_REG32_00);
	nft_rule_cmp(r, NFT_CMP_EQ, NFT_REG32_00, &redirect, 1);
	nft_rule_verdict(r, NF_DROP, NULL);
	nft_rule_end(r);
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
		r = nft_rule_begin(n, NET_TABLE, "postrouting", NULL);
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

int masquerade_ensure(const char *cluster_cidr, const char *bridge, struct err *e)
{
	CLEANUP(nft_close_p) struct nft *n = NULL;
	char version[120];
	(void)snprintf(version, sizeof(version), "minik-net 1 %.60s %.20s", cluster_cidr, bridge);
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
	code = rules_build(n, cluster_cidr, bridge, version, e);
	if (code < 0) {
		nft_abort(n);
		return code;
	}
	return nft_commit(n, e);
}
