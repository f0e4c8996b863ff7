/* Pieces of rules that both modes are made of. Registers: the client's address in 00-03, the endpoint from 04 on
 * (address, then port), scratch from 12 on. */
#pragma once
#include "base/nft.h"
#include "proxy/model.h"

#define PX_REG_CLIENT  NFT_REG32_00
#define PX_REG_EP      NFT_REG32_04
#define PX_REG_SCRATCH NFT_REG32_12

static inline int px_nfproto(unsigned family)
{
	return family == 4 ? NFPROTO_IPV4 : NFPROTO_IPV6;
}
static inline uint32_t px_reg_port(unsigned family)
{
	return family == 4 ? PX_REG_EP + 1 : PX_REG_EP + 4;
}
static inline uint32_t px_type_addr(unsigned family)
{
	return family == 4 ? NFT_T_IPV4 : NFT_T_IPV6;
}
void px_load_saddr(struct nft_rule *r, unsigned family, uint32_t reg);
void px_load_daddr(struct nft_rule *r, unsigned family, uint32_t reg);
void px_load_port(struct nft_rule *r, uint32_t reg); /* protocol and destination port into reg and reg + 1 */
void px_match_saddr(struct nft_rule *r, const struct inet_cidr *c, bool inside);
/* Addresses of this machine but for loopback: a translated 127.0.0.1 would leave the machine as source. */
void px_match_node_daddr(struct nft_rule *r, unsigned family);
/*
 * What is for an address of the network of Services that no Service has is dropped, as kube-proxy's nftables mode does:
 * else the default route takes it out of the cluster, and where a router leads that network back here, in circles.
 */
void px_rules_nobodys(struct nft *n, const char *table, const char *chain, const struct inet_cidr *services,
		      bool known);
/* Chain "refuse": TCP is reset, the rest is told that the port is unreachable. */
void px_rules_refuse(struct nft *n, const char *table);
/* Marked packets that leave the machine get its address as source; what stays on it needs none. */
void px_rules_masquerade_marked(struct nft *n, const char *table, const char *chain);
