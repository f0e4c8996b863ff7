/* nftables transactions: rules and their expressions. */
#include "base/nft_internal.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <linux/netfilter/nf_nat.h>
#include "base/str.h"

struct nft_rule *nft_rule_begin(struct nft *n, const char *table, const char *chain, const char *comment)
{
	struct nft_rule *r = &n->rule;
	if (r->open) {
		nft_fail(n, ERR_INTERNAL, "rule in", chain);
		return r;
	}
	r->open = true;
	r->n = n;
	(void)str_copy(r->table, sizeof(r->table), table);
	(void)str_copy(r->chain, sizeof(r->chain), chain);
	r->rule = nftnl_rule_alloc();
	if (!r->rule) {
		nft_fail(n, -ENOMEM, "rule in", chain);
		return r;
	}
	nftnl_rule_set_str(r->rule, NFTNL_RULE_TABLE, table);
	nftnl_rule_set_str(r->rule, NFTNL_RULE_CHAIN, chain);
	nftnl_rule_set_u32(r->rule, NFTNL_RULE_FAMILY, NFPROTO_INET);
	if (comment) { /* type (0: comment), length with NUL, text */
		uint8_t u[2 + 121 + 3];
		size_t len = strlen(comment);
		if (len > 120)
			len = 120;
		u[0] = 0;
		u[1] = (uint8_t)(len + 1);
		memcpy(u + 2, comment, len);
		u[2 + len] = 0;
		u[len + 3] = NFT_UDATA_OURS; /* length 1, value 1 */
		u[len + 4] = u[len + 5] = 1;
		nftnl_rule_set_data(r->rule, NFTNL_RULE_USERDATA, u, (uint32_t)(len + 6));
	}
	return r;
}

void nft_rule_end(struct nft_rule *r)
{
	struct nft *n = r->n;
	if (r->rule) {
		struct nlmsghdr *h = nft_msg(n, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND, "add rule to", r->chain);
		if (h) {
			nftnl_rule_nlmsg_build_payload(h, r->rule);
			nft_msg_end(n, h);
		}
		nftnl_rule_free(r->rule);
	}
	r->rule = NULL;
	r->open = false;
}

/* NULL when the rule is already lost. */
static struct nftnl_expr *expr_new(struct nft_rule *r, const char *name)
{
	if (!r->rule)
		return NULL;
	struct nftnl_expr *x = nftnl_expr_alloc(name);
	if (!x) {
		nft_fail(r->n, -ENOMEM, name, r->chain);
		return NULL;
	}
	nftnl_rule_add_expr(r->rule, x);
	return x;
}

void nft_rule_meta(struct nft_rule *r, uint32_t key, uint32_t dreg)
{
	struct nftnl_expr *x = expr_new(r, "meta");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_META_KEY, key);
	nftnl_expr_set_u32(x, NFTNL_EXPR_META_DREG, dreg);
}

void nft_rule_meta_set(struct nft_rule *r, uint32_t key, uint32_t sreg)
{
	struct nftnl_expr *x = expr_new(r, "meta");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_META_KEY, key);
	nftnl_expr_set_u32(x, NFTNL_EXPR_META_SREG, sreg);
}

void nft_rule_payload(struct nft_rule *r, uint32_t base, uint32_t offset, uint32_t len, uint32_t dreg)
{
	struct nftnl_expr *x = expr_new(r, "payload");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_PAYLOAD_BASE, base);
	nftnl_expr_set_u32(x, NFTNL_EXPR_PAYLOAD_OFFSET, offset);
	nftnl_expr_set_u32(x, NFTNL_EXPR_PAYLOAD_LEN, len);
	nftnl_expr_set_u32(x, NFTNL_EXPR_PAYLOAD_DREG, dreg);
}

void nft_rule_cmp(struct nft_rule *r, uint32_t op, uint32_t sreg, const void *data, uint32_t len)
{
	struct nftnl_expr *x = expr_new(r, "cmp");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_CMP_SREG, sreg);
	nftnl_expr_set_u32(x, NFTNL_EXPR_CMP_OP, op);
	nftnl_expr_set(x, NFTNL_EXPR_CMP_DATA, data, len);
}

void nft_rule_bitwise(struct nft_rule *r, uint32_t reg, const void *mask, const void *xor_, uint32_t len)
{
	struct nftnl_expr *x = expr_new(r, "bitwise");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_BITWISE_SREG, reg);
	nftnl_expr_set_u32(x, NFTNL_EXPR_BITWISE_DREG, reg);
	nftnl_expr_set_u32(x, NFTNL_EXPR_BITWISE_LEN, len);
	nftnl_expr_set(x, NFTNL_EXPR_BITWISE_MASK, mask, len);
	nftnl_expr_set(x, NFTNL_EXPR_BITWISE_XOR, xor_, len);
}

void nft_rule_ct(struct nft_rule *r, uint32_t key, uint32_t dreg)
{
	struct nftnl_expr *x = expr_new(r, "ct");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_CT_KEY, key);
	nftnl_expr_set_u32(x, NFTNL_EXPR_CT_DREG, dreg);
}

void nft_rule_ct_original(struct nft_rule *r, uint32_t key, uint32_t dreg)
{
	struct nftnl_expr *x = expr_new(r, "ct");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_CT_KEY, key);
	nftnl_expr_set_u32(x, NFTNL_EXPR_CT_DREG, dreg);
	nftnl_expr_set_u8(x, NFTNL_EXPR_CT_DIR, 0); /* IP_CT_DIR_ORIGINAL */
}

void nft_rule_fib_type(struct nft_rule *r, uint32_t flags, uint32_t dreg)
{
	struct nftnl_expr *x = expr_new(r, "fib");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_FIB_FLAGS, flags);
	nftnl_expr_set_u32(x, NFTNL_EXPR_FIB_RESULT, NFT_FIB_RESULT_ADDRTYPE);
	nftnl_expr_set_u32(x, NFTNL_EXPR_FIB_DREG, dreg);
}

void nft_rule_immediate(struct nft_rule *r, uint32_t dreg, const void *data, uint32_t len)
{
	struct nftnl_expr *x = expr_new(r, "immediate");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_IMM_DREG, dreg);
	nftnl_expr_set(x, NFTNL_EXPR_IMM_DATA, data, len);
}

void nft_rule_verdict(struct nft_rule *r, int code, const char *chain)
{
	struct nftnl_expr *x = expr_new(r, "immediate");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_IMM_DREG, NFT_REG_VERDICT);
	nftnl_expr_set_u32(x, NFTNL_EXPR_IMM_VERDICT, (uint32_t)code);
	if (chain)
		nftnl_expr_set_str(x, NFTNL_EXPR_IMM_CHAIN, chain);
}

static void lookup_add(struct nft_rule *r, const char *set, uint32_t id, uint32_t sreg, bool has_dreg, uint32_t dreg,
		       bool invert)
{
	struct nftnl_expr *x = expr_new(r, "lookup");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_LOOKUP_SREG, sreg);
	nftnl_expr_set_str(x, NFTNL_EXPR_LOOKUP_SET, set);
	if (id)
		nftnl_expr_set_u32(x, NFTNL_EXPR_LOOKUP_SET_ID, id);
	if (has_dreg)
		nftnl_expr_set_u32(x, NFTNL_EXPR_LOOKUP_DREG, dreg);
	if (invert)
		nftnl_expr_set_u32(x, NFTNL_EXPR_LOOKUP_FLAGS, NFT_LOOKUP_F_INV);
}

void nft_rule_lookup(struct nft_rule *r, const char *set, uint32_t sreg, bool has_dreg, uint32_t dreg, bool invert)
{
	lookup_add(r, set, 0, sreg, has_dreg, dreg, invert);
}

void nft_rule_lookup_anon(struct nft_rule *r, const struct nft_set_spec *s, const struct nft_elem *v, size_t count,
			  uint32_t sreg, bool has_dreg, uint32_t dreg)
{
	if (!r->rule || r->n->failed)
		return;
	struct nft *n = r->n;
	struct nft_set_spec spec = *s;
	/* A name of our own: for "__map%d" the kernel would look for a free number among all sets of the table, which
	   takes long when there are thousands. */
	char name[32];
	uint32_t id = ++n->set_id;
	(void)snprintf(name, sizeof(name), "__m%016llx", (unsigned long long)++n->anon);
	spec.flags |= NFT_SET_ANONYMOUS | NFT_SET_CONSTANT;
	nft_set_new(n, r->table, name, id, &spec, count);
	nft_elems_op(n, r->table, name, id, v, count, true);
	lookup_add(r, name, id, sreg, has_dreg, dreg, false);
}

void nft_rule_numgen(struct nft_rule *r, bool random, uint32_t modulus, uint32_t dreg)
{
	struct nftnl_expr *x = expr_new(r, "numgen");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_NG_DREG, dreg);
	nftnl_expr_set_u32(x, NFTNL_EXPR_NG_TYPE, random ? NFT_NG_RANDOM : NFT_NG_INCREMENTAL);
	nftnl_expr_set_u32(x, NFTNL_EXPR_NG_MODULUS, modulus);
	nftnl_expr_set_u32(x, NFTNL_EXPR_NG_OFFSET, 0);
}

void nft_rule_dnat(struct nft_rule *r, int family, uint32_t reg_addr, uint32_t reg_port)
{
	struct nftnl_expr *x = expr_new(r, "nat");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_NAT_TYPE, NFT_NAT_DNAT);
	nftnl_expr_set_u32(x, NFTNL_EXPR_NAT_FAMILY, (uint32_t)family);
	nftnl_expr_set_u32(x, NFTNL_EXPR_NAT_REG_ADDR_MIN, reg_addr);
	nftnl_expr_set_u32(x, NFTNL_EXPR_NAT_REG_PROTO_MIN, reg_port);
}

void nft_rule_masquerade(struct nft_rule *r, bool fully_random)
{
	struct nftnl_expr *x = expr_new(r, "masq");
	if (x && fully_random)
		nftnl_expr_set_u32(x, NFTNL_EXPR_MASQ_FLAGS, NF_NAT_RANGE_PROTO_RANDOM_FULLY);
}

void nft_rule_reject(struct nft_rule *r, bool tcp_reset)
{
	struct nftnl_expr *x = expr_new(r, "reject");
	if (!x)
		return;
	nftnl_expr_set_u32(x, NFTNL_EXPR_REJECT_TYPE, tcp_reset ? NFT_REJECT_TCP_RST : NFT_REJECT_ICMPX_UNREACH);
	nftnl_expr_set_u8(x, NFTNL_EXPR_REJECT_CODE, tcp_reset ? 0 : NFT_REJECT_ICMPX_PORT_UNREACH);
}

void nft_rule_counter(struct nft_rule *r)
{
	(void)expr_new(r, "counter");
}

void nft_rule_update(struct nft_rule *r, const char *set, uint32_t key_reg, bool has_data, uint32_t data_reg,
		     uint64_t timeout_ms)
{
	struct nftnl_expr *x = expr_new(r, "dynset");
	if (!x)
		return;
	nftnl_expr_set_str(x, NFTNL_EXPR_DYNSET_SET_NAME, set);
	nftnl_expr_set_u32(x, NFTNL_EXPR_DYNSET_OP, NFT_DYNSET_OP_UPDATE);
	nftnl_expr_set_u32(x, NFTNL_EXPR_DYNSET_SREG_KEY, key_reg);
	if (has_data)
		nftnl_expr_set_u32(x, NFTNL_EXPR_DYNSET_SREG_DATA, data_reg);
	if (timeout_ms)
		nftnl_expr_set_u64(x, NFTNL_EXPR_DYNSET_TIMEOUT, timeout_ms);
}

void nft_rule_family(struct nft_rule *r, int family)
{
	uint8_t f = (uint8_t)family;
	nft_rule_meta(r, NFT_META_NFPROTO, NFT_REG32_15);
	nft_rule_cmp(r, NFT_CMP_EQ, NFT_REG32_15, &f, 1);
}

void nft_rule_mark_or(struct nft_rule *r, uint32_t bits)
{
	uint32_t mask = ~bits;
	nft_rule_meta(r, NFT_META_MARK, NFT_REG32_15);
	nft_rule_bitwise(r, NFT_REG32_15, &mask, &bits, 4);
	nft_rule_meta_set(r, NFT_META_MARK, NFT_REG32_15);
}

void nft_rule_l4proto(struct nft_rule *r, uint8_t proto)
{
	nft_rule_meta(r, NFT_META_L4PROTO, NFT_REG32_15);
	nft_rule_cmp(r, NFT_CMP_EQ, NFT_REG32_15, &proto, 1);
}
