/*
 * One nftables table as a set of items (chains, named sets, elements), each wanted by any number of owners and known by
 * a hash of its content. What the kernel has and what is wanted are compared item by item, so a change costs its own
 * items only, however many there are, and a start finds the rules of before and leaves those that still hold. What
 * never changes is the skeleton: base chains and maps, made with the table. One thread; calls block shortly.
 *
 * Chains that are items have a name of one letter, '-' and more, so that they can be told from the skeleton's; their
 * first rule's comment begins with the hash.
 */
#pragma once
#include "base/nft.h"
#include "base/nft_elems.h"

#define NFT_ITEM_NAME 48
#define NFT_ITEM_KEY  40

struct nft_items_sets {
	const char *prefix; /* named sets that begin so are items */
	bool elems;         /* and so are their elements; else those are the kernel's own affair */
};

struct nft_items;
struct nft_items_config { /* borrowed, outlives the items */
	const char *table;
	const char *const *maps;           /* the skeleton's sets and maps whose elements are items; ended by NULL */
	const struct nft_items_sets *sets; /* ended by a NULL; or NULL */
	const char *chain;                 /* of the skeleton, whose first rule has the comment `version` */
	const char *version;               /* another one there: the table is made anew */
	void (*skeleton)(struct nft *n, const void *arg);
	const void *arg;
	/* What a reading finds, chains first; may be NULL. They only note it. Negative: the reading fails with it. */
	int (*chain_seen)(void *arg, const char *chain);
	int (*elem_seen)(void *arg, const char *set, const struct nft_elem *e);
	void *seen_arg;
};
/* nft_items_reload comes before anything is wanted or written. */
int nft_items_new(struct nft_items **ret, const struct nft_items_config *c, struct err *e);
struct nft_items *nft_items_free(struct nft_items *t); /* the kernel's state stays */

/*
 * Somebody wants it (add), or wants it no more. Nothing happens before the next sync. Who runs out of memory is
 * remembered: the next sync fails with it.
 */
/* chain NULL: an element of a set; else of a verdict map. Of two chains wanted for one key the first stays until it is
 * wanted no more. */
void nft_items_elem(struct nft_items *t, const char *set, const void *key, uint32_t len, const char *chain, bool add);
/* The same with what else an element has (base/nft_elems.h). */
void nft_items_want(struct nft_items *t, const char *set, const struct nft_elem *e, bool add);
void nft_items_set(struct nft_items *t, const struct nft_set_spec *s, bool add);
struct nft_chain_want {
	const char *name;
	uint64_t hash;       /* of what emit makes; not 0 */
	const char *comment; /* behind the hash; as long-lived as owner */
	void (*emit)(struct nft *n, const char *table, const struct nft_chain_want *w, const char *comment);
	const void *owner; /* for emit: lives as long as the chain is wanted, or until it is wanted with another */
	uint32_t kind;     /* for emit */
	uint8_t extra[32]; /* for emit */
};
void nft_items_chain(struct nft_items *t, const struct nft_chain_want *w, bool add);

/*
 * Brings the kernel in line, as one transaction. full: everything is compared and what nobody wants is removed; the
 * first one must be. On failure the kernel is as before, and what is wanted is remembered.
 */
int nft_items_sync(struct nft_items *t, bool full, struct err *e);
/* Reads what is in the kernel and changes nothing: at first, and when somebody else changed the table. The next sync
 * must be full. */
int nft_items_reload(struct nft_items *t, struct err *e);
/* Nothing that is there is trusted: the next sync, which must be full, makes the table anew. */
void nft_items_anew(struct nft_items *t);
/* Does the next sync replace a table that is there? */
bool nft_items_replaces(const struct nft_items *t);
/* As nft_port. */
uint32_t nft_items_port(const struct nft_items *t);
/* Removes the table, if there is one. */
int nft_items_cleanup(const char *table, struct err *e);
