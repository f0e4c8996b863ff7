#include "proxy/nft_match.h"
#include <linux/rtnetlink.h>
#include "proxy/nft_rules.h"

#define LOOPBACK_OIF 1u /* lo's index in every namespace */

void px_load_saddr(struct nft_rule *r, unsigned family, uint32_t reg)
{
	nft_rule_payload(r, NFT_PAYLOAD_NETWORK_HEADER, family == 4 ? 12 : 8, inet_addr_len(family), reg);
}

void px_load_daddr(struct nft_rule *r, unsigned family, uint32_t reg)
{
	nft_rule_payload(r, NFT_PAYLOAD_NETWORK_HEADER, family == 4 ? 16 : 24, inet_addr_len(family), reg);
}

void px_load_port(struct nft_rule *r, uint32_t reg)
{
	nft_rule_meta(r, NFT_META_L4PROTO, reg);
	nft_rule_payload(r, NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, reg + 1);
}

void px_match_saddr(struct nft_rule *r, const struct inet_cidr *c, bool inside)
{
	uint8_t mask[16], zero[16] = {0};
	uint32_t len = inet_addr_len(c->net.family);
	inet_mask(c->bits, mask);
	px_load_saddr(r, c->net.family, PX_REG_CLIENT);
	nft_rule_bitwise(r, PX_REG_CLIENT, mask, zero, len);
	nft_rule_cmp(r, inside ? NFT_CMP_EQ : NFT_CMP_NEQ, PX_REG_CLIENT, c->net.a, len);
}

void px_match_node_daddr(struct nft_rule *r, unsigned family)
{
	uint32_t local = RTN_LOCAL;
	nft_rule_fib_type(r, NFTA_FIB_F_DADDR, PX_REG_SCRATCH);
	nft_rule_cmp(r, NFT_CMP_EQ, PX_REG_SCRATCH, &local, 4);
	px_load_daddr(r, family, NFT_REG32_00);
	if (family == 4)
		nft_rule_cmp(r, NFT_CMP_NEQ, NFT_REG32_00, (uint8_t[]){127}, 1);
	else
		nft_rule_cmp(r, NFT_CMP_NEQ, NFT_REG32_00, (uint8_t[16]){[15] = 1}, 16);
}

void px_rules_nobodys(struct nft *n, const char *table, const char *chain, const struct inet_cidr *services, bool known)
{
	uint8_t mask[16], zero[16] = {0};
	if (!known)
		return;
	struct nft_rule *r = nft_rule_begin(n, table, chain, NULL);
	nft_rule_family(r, px_nfproto(services->net.family));
	inet_mask(services->bits, mask);
	px_load_daddr(r, services->net.family, PX_REG_CLIENT);
	nft_rule_bitwise(r, PX_REG_CLIENT, mask, zero, inet_addr_len(services->net.family));
	nft_rule_cmp(r, NFT_CMP_EQ, PX_REG_CLIENT, services->net.a, inet_addr_len(services->net.family));
	nft_rule_verdict(r, NF_DROP, NULL);
	nft_rule_end(r);
}

void px_rules_refuse(struct nft *n, const char *table)
{
	nft_chain_add(n, table, "refuse", NULL);
	struct nft_rule *r = nft_rule_begin(n, table, "refuse", NULL);
	nft_rule_l4proto(r, IPPROTO_TCP);
	nft_rule_reject(r, true);
	nft_rule_end(r);
	r = nft_rule_begin(n, table, "refuse", NULL);
	nft_rule_reject(r, false);
	nft_rule_end(r);
}

void px_rules_masquerade_marked(struct nft *n, const char *table, const char *chain)
{
	uint32_t lo = LOOPBACK_OIF, mark = PX_MARK_MASQUERADE, zero = 0, unmark = ~PX_MARK_MASQUERADE;
	struct nft_rule *r = nft_rule_begin(n, table, chain, NULL);
	nft_rule_meta(r, NFT_META_OIF, PX_REG_SCRATCH);
	nft_rule_cmp(r, NFT_CMP_EQ, PX_REG_SCRATCH, &lo, 4);
	nft_rule_verdict(r, NFT_RETURN, NULL);
	nft_rule_end(r);
	r = nft_rule_begin(n, table, chain, NULL);
	nft_rule_meta(r, NFT_META_MARK, PX_REG_SCRATCH);
	nft_rule_bitwise(r, PX_REG_SCRATCH, &mark, &zero, 4);
	nft_rule_cmp(r, NFT_CMP_NEQ, PX_REG_SCRATCH, &zero, 4);
	nft_rule_meta(r, NFT_META_MARK, PX_REG_SCRATCH);
	nft_rule_bitwise(r, PX_REG_SCRATCH, &unmark, &zero, 4);
	nft_rule_meta_set(r, NFT_META_MARK, PX_REG_SCRATCH);
	nft_rule_masquerade(r, true);
	nft_rule_end(r);
}
