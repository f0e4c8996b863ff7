/* The nftables sets and maps of IPVS mode, of which elements are all that changes (base/nft_elems.h). */
#pragma once
#include "base/nft_elems.h"

enum px_set {
	/* The first ones are what is done with new connections to a virtual server, which is in one of them (and in
	 * firewall, if it has source ranges). Sets and not one verdict map: for every element with a chain the kernel
	 * checks all of them again. */
	PX_SET_CLUSTER,  /* cluster address: who is not of the cluster is masqueraded */
	PX_SET_EXTERNAL, /* all are masqueraded */
	PX_SET_LOCAL,    /* policy Local: who is of the cluster goes to the cluster address */
	PX_SET_NOLOCAL,  /* the same, and the rest is dropped: no endpoint here */
	PX_SET_REFUSE,
	PX_SET_DROP,
	PX_SET_FIREWALL, /* clients that are in sources go on, others are dropped */
	PX_CLASSES = PX_SET_FIREWALL,
	PX_SET_SOURCES,  /* virtual server and client */
	PX_SET_SHORT,    /* external address -> cluster address, for clients in the cluster under policy Local */
	PX_SET_VIP,      /* Service addresses on the dummy device */
	PX_SET_HAIRPIN,  /* endpoints of this node, twice */
	PX_SET_HOSTPORT, /* protocol and port -> endpoint */
	PX_SET_HOSTADDR, /* address, protocol and port -> endpoint */
	PX_SETS
};
const char *px_set_name(enum px_set set, unsigned family); /* "cluster4" */

struct px_elem { /* as those who want it keep it: bytes that are not used are 0 */
	enum px_set set;
	uint8_t family;
	uint8_t key_len, end_len, data_len; /* end_len: 0, or key_len when it is a range */
	uint8_t key[44], end[44], data[20];
};
int px_elem_want(struct nft_elem_table *x, const struct px_elem *e, bool want); /* as nft_elem_want */
