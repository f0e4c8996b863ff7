/*
 * The nftables rules of IPVS mode: one fixed set, whose number depends neither on Services nor on pods; what changes are
 * the elements of its sets and maps (proxy/elems.h). A packet that opens a connection is looked up once by address,
 * protocol and port (map svc), and the chain named there marks it for masquerading, sends it on to the cluster address,
 * refuses or drops it; then IPVS balances it.
 */
#pragma once
#include "proxy/nft_rules.h"

#define PX_IPVS_SKELETON 1 /* raise it when px_ipvs_rules_skeleton changes */

/* What svc and admitted map to. */
#define PX_CHAIN_NAME_CLUSTER	 "cluster"  /* cluster address: who is not of the cluster is masqueraded */
#define PX_CHAIN_NAME_EXTERNAL	 "external" /* all are masqueraded */
#define PX_CHAIN_NAME_LOCAL	 "local"    /* policy Local: who is of the cluster goes to the cluster address */
#define PX_CHAIN_NAME_LOCAL_NONE "nolocal"  /* the same, and the rest is dropped: no endpoint here */
#define PX_CHAIN_NAME_FIREWALL	 "firewall" /* clients of the source ranges go on by map admitted, others are dropped */
#define PX_CHAIN_NAME_REFUSE	 "refuse"
#define PX_CHAIN_NAME_DROP	 "drop"
/* The chain's static name, NULL when it is none of these. */
const char *px_ipvs_chain(const char *name);

void px_ipvs_skeleton_text(const struct px_rules_config *c, char out[64]);
void px_ipvs_rules_skeleton(struct nft *n, const char *table, const struct px_rules_config *c);
