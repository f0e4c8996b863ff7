/*
 * The nftables rules of IPVS mode: one fixed set, whose number depends neither on Services nor on pods; what changes are
 * the elements of its sets and maps (proxy/elems.h). A packet that opens a connection is looked up once by address,
 * protocol and port (map svc), and the chain that stands for what it finds marks it for masquerading, sends it on to the cluster address,
 * refuses or drops it; then IPVS balances it.
 */
#pragma once
#include "proxy/nft_rules.h"

#define PX_IPVS_SKELETON 1 /* raise it when px_ipvs_rules_skeleton changes */

/*
 * What svc and admitted map to: a number, which a fixed map turns into a chain. Chains in the elements themselves would
 * make the kernel check every element again whenever one is added.
 */
enum px_class {
	PX_CLASS_CLUSTER = 1, /* cluster address: who is not of the cluster is masqueraded */
	PX_CLASS_EXTERNAL,    /* all are masqueraded */
	PX_CLASS_LOCAL,	      /* policy Local: who is of the cluster goes to the cluster address */
	PX_CLASS_NOLOCAL,     /* the same, and the rest is dropped: no endpoint here */
	PX_CLASS_FIREWALL,    /* clients of the source ranges go on by map admitted, others are dropped */
	PX_CLASS_REFUSE,
	PX_CLASS_DROP,
	PX_CLASSES
};

void px_ipvs_skeleton_text(const struct px_rules_config *c, char out[64]);
void px_ipvs_rules_skeleton(struct nft *n, const char *table, const struct px_rules_config *c);
