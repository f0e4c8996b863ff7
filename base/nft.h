/*
 * nftables by libnftnl: a transaction is built message by message and committed as one netlink batch, so that the
 * kernel applies all of it or nothing and no packet sees half of it. Building never fails visibly: the first error
 * sticks and nft_commit returns it. Family is always inet. One thread per struct nft; every call blocks shortly. Works
 * on the network namespace nft_open was called in.
 *
 * Registers are the kernel's 32-bit ones: NFT_REG32_00 + n; addresses of 16 bytes take four of them. Concatenated keys
 * are laid out with every field padded to 4 bytes, as the kernel wants them.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <netinet/in.h> /* before the kernel headers, which then leave its types alone */
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include "base/err.h"

struct nft;
uint32_t nft_port(const struct nft *n); /* the netlink port by which notices tell its changes from other people's */
int nft_open(struct nft **ret, struct err *e);
struct nft *nft_close(struct nft *n);
/* Sends what was built since the last commit. An empty transaction is 0 without a system call. On failure nothing was
 * changed. */
int nft_commit(struct nft *n, struct err *e);
void nft_abort(struct nft *n); /* forgets what was built */
/* Makes the transaction being built fail, for callers who cannot finish it. */
void nft_fail(struct nft *n, int code, const char *what, const char *name);

/* Data types of keys, for the eyes of `nft list`; a concatenation is NFT_CONCAT2(a, b) and so on. */
enum {
	NFT_T_INTEGER = 4,
	NFT_T_IPV4 = 7,
	NFT_T_IPV6 = 8,
	NFT_T_PROTO = 12,
	NFT_T_PORT = 13,
	NFT_T_MARK = 19,
	NFT_T_IFNAME = 41,
};
#define NFT_CONCAT2(a, b)    ((uint32_t)(a) << 6 | (uint32_t)(b))
#define NFT_CONCAT3(a, b, c) (NFT_CONCAT2(a, b) << 6 | (uint32_t)(c))
#define NFT_KEY_MAX          64

void nft_table_add(struct nft *n, const char *table);
void nft_table_del(struct nft *n, const char *table); /* must exist; everything in it goes too */

struct nft_hook {
	const char *type; /* "nat", "filter" */
	uint32_t hook;    /* NF_INET_PRE_ROUTING ... */
	int32_t priority;
};
void nft_chain_add(struct nft *n, const char *table, const char *chain,
		   const struct nft_hook *hook /* NULL: not a base chain */);
void nft_chain_flush(struct nft *n, const char *table, const char *chain); /* deletes its rules */
void nft_chain_del(struct nft *n, const char *table, const char *chain); /* rules first, and nothing may refer to it */

/* data_type 0: a set; NFT_DATA_VERDICT: a verdict map; else a map. */
struct nft_set_spec {
	const char *name; /* not for anonymous sets */
	uint32_t flags;   /* NFT_SET_TIMEOUT, NFT_SET_EVAL, NFT_SET_INTERVAL ... */
	uint32_t key_type, key_len;
	uint32_t data_type, data_len;
	uint64_t timeout_ms; /* default lifetime; 0: for ever */
	uint32_t size;       /* 0: unlimited */
	/* Of a concatenation with ranges: the length of each field in bytes, closed by a 0; NULL: no ranges. Needs
	 * Linux 5.6. */
	const uint8_t *fields;
};
struct nft_elem {
	uint8_t key[NFT_KEY_MAX];
	uint8_t data[NFT_KEY_MAX];
	uint32_t key_len, data_len;
	const char *chain; /* verdict maps: goto there */
	bool jump;         /* or jump */
	uint32_t flags;    /* NFT_SET_ELEM_INTERVAL_END */
	bool range;        /* in a set with fields: from key to key_end, field by field */
	uint8_t key_end[NFT_KEY_MAX];
};
void nft_set_add(struct nft *n, const char *table, const struct nft_set_spec *s);
void nft_set_del(struct nft *n, const char *table, const char *set);
void nft_elems_add(struct nft *n, const char *table, const char *set, const struct nft_elem *v, size_t count);
void nft_elems_del(struct nft *n, const char *table, const char *set, const struct nft_elem *v, size_t count);
void nft_elems_flush(struct nft *n, const char *table, const char *set);

/*
 * A rule: begin, expressions in the order of evaluation, end. comment (NULL: none) is what `nft list` shows and
 * nft_list_rules returns, cut at 120 bytes; not those of rules that nft loaded. Appended to the chain's end.
 */
struct nft_rule;
struct nft_rule *nft_rule_begin(struct nft *n, const char *table, const char *chain, const char *comment);
void nft_rule_end(struct nft_rule *r);
void nft_rule_meta(struct nft_rule *r, uint32_t key /* NFT_META_* */, uint32_t dreg);
void nft_rule_meta_set(struct nft_rule *r, uint32_t key, uint32_t sreg);
/* base: NFT_PAYLOAD_NETWORK_HEADER, NFT_PAYLOAD_TRANSPORT_HEADER */
void nft_rule_payload(struct nft_rule *r, uint32_t base, uint32_t offset, uint32_t len, uint32_t dreg);
void nft_rule_cmp(struct nft_rule *r, uint32_t op /* NFT_CMP_* */, uint32_t sreg, const void *data, uint32_t len);
void nft_rule_bitwise(struct nft_rule *r, uint32_t reg, const void *mask, const void *xor_, uint32_t len);
void nft_rule_ct(struct nft_rule *r, uint32_t key /* NFT_CT_* */, uint32_t dreg);
/* Of the connection's first packet before translation: NFT_CT_DST_IP and so on. */
void nft_rule_ct_original(struct nft_rule *r, uint32_t key, uint32_t dreg);
void nft_rule_fib_type(struct nft_rule *r, uint32_t flags /* NFTA_FIB_F_DADDR ... */, uint32_t dreg); /* RTN_* */
void nft_rule_immediate(struct nft_rule *r, uint32_t dreg, const void *data, uint32_t len);
void nft_rule_verdict(struct nft_rule *r, int code /* NFT_GOTO, NFT_JUMP, NF_DROP ... */, const char *chain);
/* has_dreg: a map, the value goes to dreg (NFT_REG_VERDICT for verdict maps); else a match. */
void nft_rule_lookup(struct nft_rule *r, const char *set, uint32_t sreg, bool has_dreg, uint32_t dreg, bool invert);
/* As nft_rule_lookup in a set made on the spot that lives as long as the rule. s->name is ignored. */
void nft_rule_lookup_anon(struct nft_rule *r, const struct nft_set_spec *s, const struct nft_elem *v, size_t count,
			  uint32_t sreg, bool has_dreg, uint32_t dreg);
void nft_rule_numgen(struct nft_rule *r, bool random, uint32_t modulus, uint32_t dreg);
void nft_rule_dnat(struct nft_rule *r, int family, uint32_t reg_addr, uint32_t reg_port);
void nft_rule_masquerade(struct nft_rule *r, bool fully_random);
/* TCP: reset; the rest: port unreachable of the packet's own family. */
void nft_rule_reject(struct nft_rule *r, bool tcp_reset);
void nft_rule_counter(struct nft_rule *r);
/* Adds or refreshes key (and data when has_data) in a set with NFT_SET_EVAL. */
void nft_rule_update(struct nft_rule *r, const char *set, uint32_t key_reg, bool has_data, uint32_t data_reg,
		     uint64_t timeout_ms);
/* Convenience: nfproto == family; mark |= bits; protocol == p. Scratch register NFT_REG32_15. */
void nft_rule_family(struct nft_rule *r, int family /* NFPROTO_IPV4, NFPROTO_IPV6 */);
void nft_rule_mark_or(struct nft_rule *r, uint32_t bits);
void nft_rule_l4proto(struct nft_rule *r, uint8_t proto);

/*
 * What is there. fn returns non-zero to stop, which the call returns. Missing table: 0 calls. Strings live during the
 * call. A dump that changed under way is started over, so fn may see an object twice; begin (may be NULL) is called
 * before every start.
 */
int nft_list_chains(struct nft *n, const char *table, void (*begin)(void *arg),
		    int (*fn)(void *arg, const char *chain, bool base), void *arg, struct err *e);
int nft_list_rules(struct nft *n, const char *table, void (*begin)(void *arg),
		   int (*fn)(void *arg, const char *chain, uint64_t handle, const char *comment /* "" when none */),
		   void *arg, struct err *e);
/*
 * The same with what a rule does, for who compares rules: two that were written alike have the same text. Anonymous
 * sets have numbers of the kernel's: the text says "anonymous", and their names stand beside it.
 */
struct nft_rule_text {
	const char *chain, *comment;
	const char *text;    /* expressions in libnftnl's words */
	const char *anon[4]; /* anonymous sets, in order; the rest are NULL */
	uint8_t to[16];      /* of a translation to one fixed endpoint: address and port (host order) */
	uint32_t to_len;     /* 4 or 16; 0: there is none */
	uint16_t to_port;
};
int nft_list_rule_texts(struct nft *n, const char *table, void (*begin)(void *arg),
			int (*fn)(void *arg, const struct nft_rule_text *r), void *arg, struct err *e);
int nft_list_sets(struct nft *n, const char *table, void (*begin)(void *arg), int (*fn)(void *arg, const char *set),
		  void *arg, struct err *e);
/* ERR_NOT_FOUND when there is no such set. */
int nft_list_elems(struct nft *n, const char *table, const char *set, void (*begin)(void *arg),
		   int (*fn)(void *arg, const struct nft_elem *el), void *arg, struct err *e);
int nft_table_exists(struct nft *n, const char *table, struct err *e); /* 1, 0 or negative */
