/*
 * The nftables rules of IPVS mode: one fixed set, whose number depends neither on Services nor on pods; what changes
 * are the elements of its sets and maps (proxy/ipvs_sets.h). A packet that opens a connection is looked up by address,
 * protocol and port in a handful of sets, and the chain of the one that has it marks it for masquerading, sends it on
 * to the cluster address, refuses or drops it; then IPVS balances it.
 */
#pragma once
#include "proxy/nft_rules.h"

#define PX_IPVS_SKELETON 2 /* raise it when px_ipvs_rules_skeleton changes */

void px_ipvs_skeleton_text(const struct px_rules_config *c, char out[64]);
void px_ipvs_rules_skeleton(struct nft *n, const char *table, const struct px_rules_config *c);
