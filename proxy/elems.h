/*
 * Elements of nftables sets and maps: what the kernel has and what is wanted, compared element by element, so that a
 * change costs its own elements only. What is new and what is old are written apart: IPVS mode knows its own virtual
 * servers by these elements, so it makes servers after the ones and removes them before the others. One thread.
 */
#pragma once
#include "base/nft.h"

enum px_set {
	/* Of IPVS mode. The first ones are what is done with new connections to a virtual server, which is in one of
	 * them (and in firewall, if it has source ranges). Sets and not one verdict map: for every element with a chain
	 * the kernel checks all of them again. */
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
	PX_IPVS_SETS,
	/* Of nftables mode, PX_EP_MAPS of them: a port of a Service and a number -> endpoint */
	PX_SET_EP = PX_IPVS_SETS,
	PX_EP_MAPS = 64,
	PX_SETS = PX_SET_EP + PX_EP_MAPS
};
const char *px_set_name(enum px_set set, unsigned family); /* "svc4" */

struct px_elem {
	enum px_set set; /* or PX_SET_EP + n */
	uint8_t family;
	uint8_t key_len, end_len, data_len; /* end_len: 0, or key_len when it is a range */
	uint8_t key[44], end[44], data[20];
};
struct elems;
struct elems *elems_new(void);
struct elems *elems_free(struct elems *x);
/* Somebody wants it (no more). Who wants it last says what it maps to. -ENOMEM */
int elems_want(struct elems *x, const struct px_elem *e, bool want);
/* Nothing is in the kernel, as far as is known. */
void elems_forget(struct elems *x);
/* That is in the kernel. -ENOMEM */
int elems_seen(struct elems *x, enum px_set set, unsigned family, const struct nft_elem *e);
/* Is an element with this key in the kernel, as far as is known? */
bool elems_there(const struct elems *x, enum px_set set, unsigned family, const void *key, size_t len);
/* Everything is compared at the next write, not only what changed. */
void elems_touch_all(struct elems *x);
/* Puts into the transaction what has to come (gone false), or what has to go; after its commit elems_written. */
void elems_write(struct elems *x, struct nft *n, const char *table, bool gone);
void elems_written(struct elems *x, bool gone);
