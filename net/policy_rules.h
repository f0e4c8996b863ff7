/* NetworkPolicy in nftables: the skeleton of the table and its chains. Pure translation into messages. */
#pragma once
#include "net/policy_model.h"

#define NP_TABLE "minik-policy"

struct np_skeleton {
	const char *version;       /* np_skeleton_version */
	struct inet_cidr cidrs[2]; /* this node's pods */
	size_t n_cidrs;
};
extern const char *const np_skeleton_maps[];
#define NP_SKELETON_CHAIN "egress" /* has the version in front */
void np_skeleton_version(const struct np_skeleton *s, char out[120]);
void np_skeleton_emit(struct nft *n, const void *skeleton);
