#include "net/policy_rules.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter_ipv4.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/str.h"
#include "net/policy_internal.h"

#define SKELETON_VERSION 1
#define REG_ADDR         NFT_REG32_00
#define REG_SCRATCH      NFT_REG32_12

const char *const np_skeleton_maps[] = {"in4", "in6", "out4", "out6", "known4", "known6", "self4", "self6", NULL};

static uint32_t type_addr(unsigned family)
{
	return family == 4 ? NFT_T_IPV4 : NFT_T_IPV6;
}
static void family_is(struct nft_rule *r, unsigned family)
{
	nft_rule_family(r, family == 4 ? NFPROTO_IPV4 : NFPROTO_IPV6);
}
static void load_addr(struct nft_rule *r, unsigned family, bool source, uint32_t reg)
{
	uint32_t offset = family == 4 ? (source ? 12 : 16) : (source ? 8 : 24);
	nft_rule_payload(r, NFT_PAYLOAD_NETWORK_HEADER, offset, inet_addr_len(family), reg);
}
static void load_port(struct nft_rule *r, uint32_t reg)
{
	nft_rule_payload(r, NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, reg);
}

/* ---- skeleton ---- */

void np_skeleton_version(const struct np_skeleton *s, char out[120])
{
	char a[2][48] = {"", ""};
	for (size_t i = 0; i < s->n_cidrs; i++)
		inet_addr_text(&s->cidrs[i].net, a[i]);
	(void)snprintf(out, 120, "minik-policy %d %s %u %s %u", SKELETON_VERSION, a[0],
		       s->n_cidrs ? s->cidrs[0].bits : 0, a[1], s->n_cidrs > 1 ? s->cidrs[1].bits : 0);
}

/* Answers, and what belongs to a connection: let through before, or by what was so then. */
static void established(struct nft *n, const char *chain, const char *comment)
{
	uint32_t mask = NF_CT_STATE_BIT(IP_CT_ESTABLISHED) | NF_CT_STATE_BIT(IP_CT_RELATED), zero = 0;
	struct nft_rule *r = nft_rule_begin(n, NP_TABLE, chain, comment);
	nft_rule_ct(r, NFT_CT_STATE, REG_SCRATCH);
	nft_rule_bitwise(r, REG_SCRATCH, &mask, &zero, 4);
	nft_rule_cmp(r, NFT_CMP_NEQ, REG_SCRATCH, &zero, 4);
	nft_rule_verdict(r, NF_ACCEPT, NULL);
	nft_rule_end(r);
}

/* A pod that has just been given its address: its policies are asked for, and come before its first packet is sent
 * again. */
static void unknown(struct nft *n, const char *chain, bool source, const struct inet_cidr *c)
{
	uint8_t mask[16], zero[16] = {0};
	unsigned f = c->net.family;
	inet_mask(c->bits, mask);
	struct nft_rule *r = nft_rule_begin(n, NP_TABLE, chain, NULL);
	family_is(r, f);
	load_addr(r, f, source, REG_ADDR);
	nft_rule_lookup(r, NP_KNOWN(f), REG_ADDR, false, 0, true);
	nft_rule_bitwise(r, REG_ADDR, mask, zero, inet_addr_len(f));
	nft_rule_cmp(r, NFT_CMP_EQ, REG_ADDR, c->net.a, inet_addr_len(f));
	nft_rule_verdict(r, NF_DROP, NULL);
	nft_rule_end(r);
}

void np_skeleton_emit(struct nft *n, const void *skeleton)
{
	const struct np_skeleton *s = skeleton;
	nft_table_add(n, NP_TABLE);
	for (unsigned f = 4; f <= 6; f += 2) {
		uint32_t len = inet_addr_len(f), t = type_addr(f);
		for (unsigned d = 0; d < 2; d++)
			nft_set_add(
			    n, NP_TABLE,
			    &(struct nft_set_spec){
				.name = NP_MAP(d, f), .key_type = t, .key_len = len, .data_type = NFT_DATA_VERDICT});
		nft_set_add(n, NP_TABLE, &(struct nft_set_spec){.name = NP_KNOWN(f), .key_type = t, .key_len = len});
		nft_set_add(
		    n, NP_TABLE,
		    &(struct nft_set_spec){.name = NP_SELF(f), .key_type = NFT_CONCAT2(t, t), .key_len = 2 * len});
	}
	/* Two base chains: what the first lets through, the second sees. */
	struct nft_hook first = {"filter", NF_INET_FORWARD, NF_IP_PRI_FILTER},
			second = {"filter", NF_INET_FORWARD, NF_IP_PRI_FILTER + 1};
	nft_chain_add(n, NP_TABLE, NP_SKELETON_CHAIN, &first);
	nft_chain_add(n, NP_TABLE, "ingress", &second);
	nft_chain_add(n, NP_TABLE, "refuse", NULL);
	for (unsigned d = 0; d < 2; d++) {
		bool source = d == NP_EGRESS;
		const char *chain = source ? NP_SKELETON_CHAIN : "ingress";
		established(n, chain, source ? s->version : NULL);
		for (unsigned f = 4; f <= 6; f += 2) {
			struct nft_rule *r = nft_rule_begin(n, NP_TABLE, chain, NULL);
			family_is(r, f);
			load_addr(r, f, true, REG_ADDR);
			load_addr(r, f, false, REG_ADDR + inet_addr_len(f) / 4);
			nft_rule_lookup(r, NP_SELF(f), REG_ADDR, false, 0, false);
			nft_rule_verdict(r, NF_ACCEPT, NULL);
			nft_rule_end(r);
			r = nft_rule_begin(n, NP_TABLE, chain, NULL);
			family_is(r, f);
			load_addr(r, f, source, REG_ADDR);
			nft_rule_lookup(r, NP_MAP(d, f), REG_ADDR, true, NFT_REG_VERDICT, false);
			nft_rule_end(r);
		}
		for (size_t i = 0; i < s->n_cidrs; i++)
			unknown(n, chain, source, &s->cidrs[i]);
	}
	/* At once, so that clients need not wait for a timeout. The kernel limits how many ICMP messages it sends to
	 * one host, resets it does not. */
	struct nft_rule *r = nft_rule_begin(n, NP_TABLE, "refuse", NULL);
	nft_rule_counter(r);
	nft_rule_l4proto(r, IPPROTO_TCP);
	nft_rule_reject(r, true);
	nft_rule_end(r);
	r = nft_rule_begin(n, NP_TABLE, "refuse", NULL);
	nft_rule_reject(r, false);
	nft_rule_end(r);
}

/* ---- a policy ---- */

struct emit {
	struct nft *n;
	const char *table, *chain, *comment;
	const struct np_side *side;
};

static struct nft_rule *begin(struct emit *m)
{
	struct nft_rule *r = nft_rule_begin(m->n, m->table, m->chain, m->comment);
	m->comment = NULL;
	return r;
}

/* Who may be at the far end: anybody, a set of pods, networks. */
struct peer {
	const struct np_set *set;
	const struct np_interval *blocks;
	size_t n_blocks;
};

static void match_blocks(struct nft_rule *r, struct emit *m, unsigned f, const struct peer *p)
{
	struct nft_elem *v = calloc(2 * p->n_blocks, sizeof(*v));
	size_t n = 0;
	if (!v) {
		nft_fail(m->n, -ENOMEM, "networks of", m->chain);
		return;
	}
	for (size_t i = 0; i < p->n_blocks; i++) {
		struct inet_addr end = p->blocks[i].to;
		v[n].key_len = inet_addr_len(f);
		memcpy(v[n++].key, p->blocks[i].from.a, inet_addr_len(f));
		if (!inet_addr_next(&end)) /* to the last address there is */
			continue;
		v[n].key_len = inet_addr_len(f);
		v[n].flags = NFT_SET_ELEM_INTERVAL_END;
		memcpy(v[n++].key, end.a, inet_addr_len(f));
	}
	nft_rule_lookup_anon(
	    r, &(struct nft_set_spec){.flags = NFT_SET_INTERVAL, .key_type = type_addr(f), .key_len = inet_addr_len(f)},
	    v, n, REG_ADDR, false, 0);
	free(v);
}

static struct nft_rule *peer_begin(struct emit *m, unsigned f, const struct peer *p)
{
	struct nft_rule *r = begin(m);
	family_is(r, f);
	if (p->set || p->n_blocks)
		load_addr(r, f, m->side->dir == NP_INGRESS, REG_ADDR);
	if (p->set)
		nft_rule_lookup(r, p->set->names[f == 6], REG_ADDR, false, 0, false);
	else if (p->n_blocks)
		match_blocks(r, m, f, p);
	return r;
}

static void allow(struct nft_rule *r)
{
	nft_rule_verdict(r, NF_ACCEPT, NULL);
	nft_rule_end(r);
}

/* Single ports of a rule are one set; ranges and whole protocols are rules of their own. */
static void ports_emit(struct emit *m, unsigned f, const struct peer *p, const struct np_rule *rule)
{
	struct nft_elem *v = calloc(rule->n_ports + 1, sizeof(*v));
	size_t n = 0;
	if (!v) {
		nft_fail(m->n, -ENOMEM, "ports of", m->chain);
		return;
	}
	for (size_t i = 0; i < rule->n_ports; i++) {
		const struct np_port *x = &rule->ports[i];
		uint16_t from = htons(x->from), to = htons(x->to);
		if (!x->any && x->from == x->to) {
			v[n].key_len = 8;
			v[n].key[0] = x->protocol;
			memcpy(v[n++].key + 4, &from, 2);
			continue;
		}
		struct nft_rule *r = peer_begin(m, f, p);
		nft_rule_l4proto(r, x->protocol);
		if (!x->any) {
			load_port(r, REG_SCRATCH);
			nft_rule_cmp(r, NFT_CMP_GTE, REG_SCRATCH, &from, 2);
			nft_rule_cmp(r, NFT_CMP_LTE, REG_SCRATCH, &to, 2);
		}
		allow(r);
	}
	if (n) {
		struct nft_rule *r = peer_begin(m, f, p);
		nft_rule_meta(r, NFT_META_L4PROTO, REG_SCRATCH);
		load_port(r, REG_SCRATCH + 1);
		nft_rule_lookup_anon(
		    r, &(struct nft_set_spec){.key_type = NFT_CONCAT2(NFT_T_PROTO, NFT_T_PORT), .key_len = 8}, v, n,
		    REG_SCRATCH, false, 0);
		allow(r);
	}
	free(v);
}

/* (address, protocol, port) of whom the packet goes to */
static void named_emit(struct emit *m, unsigned f, const struct peer *p, const struct np_set *named)
{
	uint32_t reg = NFT_REG32_04, words = inet_addr_len(f) / 4;
	struct nft_rule *r = peer_begin(m, f, p);
	load_addr(r, f, false, reg);
	nft_rule_meta(r, NFT_META_L4PROTO, reg + words);
	load_port(r, reg + words + 1);
	nft_rule_lookup(r, named->names[f == 6], reg, false, 0, false);
	allow(r);
}

static void peer_emit(struct emit *m, unsigned f, const struct peer *p, const struct np_rule *rule)
{
	if (rule->any_port) {
		allow(peer_begin(m, f, p));
		return;
	}
	ports_emit(m, f, p, rule);
	for (size_t i = 0; m->side->dir == NP_INGRESS && i < rule->n_named; i++)
		named_emit(m, f, p, rule->named[i]);
}

static void rule_emit(struct emit *m, unsigned f, const struct np_rule *rule)
{
	const struct peer any = {0};
	if (rule->any_peer)
		peer_emit(m, f, &any, rule);
	for (size_t i = 0; i < rule->n_peers; i++)
		peer_emit(m, f, &(struct peer){.set = rule->peers[i]}, rule);
	if (rule->n_blocks[f == 6])
		peer_emit(m, f, &(struct peer){.blocks = rule->blocks[f == 6], .n_blocks = rule->n_blocks[f == 6]},
			  rule);
	for (size_t i = 0; m->side->dir == NP_EGRESS && i < rule->n_named; i++)
		named_emit(m, f, &any, rule->named[i]); /* the set has the peers' addresses */
}

void np_emit_side(struct nft *n, const char *table, const struct nft_chain_want *w, const char *comment)
{
	struct emit m = {.n = n, .table = table, .chain = w->name, .comment = comment, .side = w->owner};
	for (size_t i = 0; i < m.side->n_rules; i++)
		for (unsigned f = 4; f <= 6; f += 2)
			rule_emit(&m, f, &m.side->rules[i]);
	struct nft_rule *r = begin(&m);
	nft_rule_verdict(r, NFT_RETURN, NULL);
	nft_rule_end(r);
}

void np_emit_profile(struct nft *n, const char *table, const struct nft_chain_want *w, const char *comment)
{
	const struct np_profile *p = w->owner;
	struct emit m = {.n = n, .table = table, .chain = w->name, .comment = comment};
	for (size_t i = 0; i < p->n; i++) {
		struct nft_rule *r = begin(&m);
		nft_rule_verdict(r, NFT_JUMP, p->policies[i]->sides[p->dir].chain);
		nft_rule_end(r);
	}
	struct nft_rule *r = begin(&m);
	nft_rule_verdict(r, NFT_GOTO, "refuse");
	nft_rule_end(r);
}
