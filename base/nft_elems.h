/*
 * Elements of nftables sets and maps: what the kernel has and what is wanted, compared element by element, so that a
 * change costs its own elements only, however many there are. One thread; nothing here blocks.
 *
 * Elements are struct nft_elem (base/nft.h), of which key, key_end (range), and data or chain count: data of at most
 * NFT_ELEM_DATA bytes, chain of fewer than NFT_ELEM_CHAIN.
 */
#pragma once
#include "base/nft.h"

#define NFT_ELEM_DATA  20
#define NFT_ELEM_CHAIN 48

struct nft_elem_table;
struct nft_elem_table *nft_elem_table_new(void); /* NULL: no memory */
struct nft_elem_table *nft_elem_table_free(struct nft_elem_table *x);
/*
 * Somebody wants it (no more). Of two who want different values for one key the first has it until it is given up, then
 * the next. -ENOMEM, -EINVAL: too long
 */
int nft_elem_want(struct nft_elem_table *x, const char *set, const struct nft_elem *e, bool want);
/* Nothing is in the kernel, as far as is known. */
void nft_elem_forget(struct nft_elem_table *x);
/* That is in the kernel. What is longer than an element can be is passed over. -ENOMEM */
int nft_elem_seen(struct nft_elem_table *x, const char *set, const struct nft_elem *e);
/* Is an element with this key (no range) in the kernel, as far as is known? */
bool nft_elem_there(const struct nft_elem_table *x, const char *set, const void *key, size_t len);
/* Everything is compared at the next write, not only what changed. */
void nft_elem_touch_all(struct nft_elem_table *x);
/*
 * Puts into the transaction what has to come, in its value too (NFT_ELEMS_COME: what has another value goes before), or
 * what has to go; after its commit nft_elem_written. Apart, because some must come before something else and go after
 * it.
 */
enum nft_elems_part { NFT_ELEMS_COME = 1, NFT_ELEMS_GO = 2 };
void nft_elem_write(struct nft_elem_table *x, struct nft *n, const char *table, unsigned parts);
void nft_elem_written(struct nft_elem_table *x, unsigned parts);
