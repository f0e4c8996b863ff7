/* What nft.c, nft_rule.c and nft_list.c share. */
#pragma once
#include <libmnl/libmnl.h>
#include <libnftnl/chain.h>
#include <libnftnl/common.h>
#include <libnftnl/expr.h>
#include <libnftnl/rule.h>
#include <libnftnl/set.h>
#include <libnftnl/table.h>
#include "base/nft.h"

/* libnftnl writes messages without looking at the room left, so every message starts with this much. A message's bound:
   attributes have 16-bit lengths and ours hold at most one list of elements. */
#define NFT_MSG_ROOM (256 * 1024)
/* Stands behind a rule's comment, and nft does not know it: what nft saved and loaded again has the comment, but may
 * not be the rule any more (nft cannot write down all that the kernel can do). */
#define NFT_UDATA_OURS 101
/* Elements per message: 400 of at most ~250 bytes stay below the 64 KB of the list's own length field. */
#define NFT_ELEMS_PER_MSG 250

struct nft_note { /* to say what failed */
	uint32_t seq;
	const char *what;
	char name[64];
};
struct nft_rule { /* one is built at a time */
	struct nft *n;
	struct nftnl_rule *rule; /* NULL: none, or no memory */
	bool open;
	char table[64], chain[128];
};
struct nft {
	struct mnl_socket *sock;
	uint32_t seq; /* of the last message */
	uint32_t port;
	char *buf;
	size_t len, cap;
	struct nft_note *notes;
	size_t n_notes, cap_notes;
	uint64_t anon;   /* names of anonymous sets, from a random start */
	uint32_t set_id; /* of sets named within one transaction */
	int failed;      /* sticky */
	struct err err;
	struct nft_rule rule;
};

/* Starts a message in the batch; NULL after a failure. nft_msg_end counts it in. */
struct nlmsghdr *nft_msg(struct nft *n, uint16_t type, uint16_t flags, const char *what, const char *name);
void nft_msg_end(struct nft *n, struct nlmsghdr *h);
void nft_elems_to_set(struct nft *n, struct nftnl_set *s, const struct nft_elem *v, size_t count, bool is_verdict);
void nft_set_new(struct nft *n, const char *table, const char *name, uint32_t id, const struct nft_set_spec *s,
		 size_t desc_size);
void nft_elems_op(struct nft *n, const char *table, const char *set, uint32_t id, const struct nft_elem *v,
		  size_t count, bool add);
