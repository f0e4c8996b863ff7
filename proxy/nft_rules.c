#include "proxy/nft_rules.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter_ipv4.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/str.h"

/* Registers: the client's address in 00-03, the endpoint from 04 on (address, then port), scratch from 12 on. */
#define REG_CLIENT   NFT_REG32_00
#define REG_EP       NFT_REG32_04
#define REG_SCRATCH  NFT_REG32_12
#define LOOPBACK_OIF 1u /* lo's index in every namespace */

static uint32_t addr_len(unsigned family)
{
	return family == 4 ? 4 : 16;
}
static int nfproto(unsigned family)
{
	return family == 4 ? NFPROTO_IPV4 : NFPROTO_IPV6;
}
static uint32_t reg_port(unsigned family)
{
	return family == 4 ? REG_EP + 1 : REG_EP + 4;
}
static uint32_t type_addr(unsigned family)
{
	return family == 4 ? NFT_T_IPV4 : NFT_T_IPV6;
}

static void load_saddr(struct nft_rule *r, unsigned family, uint32_t reg)
{
	nft_rule_payload(r, NFT_PAYLOAD_NETWORK_HEADER, family == 4 ? 12 : 8, addr_len(family), reg);
}
static void load_daddr(struct nft_rule *r, unsigned family, uint32_t reg)
{
	nft_rule_payload(r, NFT_PAYLOAD_NETWORK_HEADER, family == 4 ? 16 : 24, addr_len(family), reg);
}
/* protocol and destination port into reg and reg + 1 */
static void load_port(struct nft_rule *r, uint32_t reg)
{
	nft_rule_meta(r, NFT_META_L4PROTO, reg);
	nft_rule_payload(r, NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, reg + 1);
}

static void match_saddr(struct nft_rule *r, const struct px_cidr *c, bool inside)
{
	uint8_t mask[16] = {0}, zero[16] = {0};
	uint32_t len = addr_len(c->net.family);
	for (unsigned i = 0; i < c->bits; i++)
		mask[i / 8] = (uint8_t)(mask[i / 8] | (0x80u >> (i % 8)));
	load_saddr(r, c->net.family, REG_CLIENT);
	nft_rule_bitwise(r, REG_CLIENT, mask, zero, len);
	nft_rule_cmp(r, inside ? NFT_CMP_EQ : NFT_CMP_NEQ, REG_CLIENT, c->net.a, len);
}

void px_skeleton_text(const struct px_rules_config *c, char out[64])
{
	(void)snprintf(out, 64, "minik-proxy skeleton %d %016llx", PX_SKELETON,
		       (unsigned long long)str_hash(c, sizeof(*c)));
}

void px_rules_skeleton(struct nft *n, const char *table, const struct px_rules_config *c)
{
	char version[64];
	px_skeleton_text(c, version);
	nft_table_add(n, table);
	for (unsigned f = 4; f <= 6; f += 2) {
		uint32_t len = addr_len(f);
		const char *svc = f == 4 ? "svc4" : "svc6", *np = f == 4 ? "np4" : "np6",
			   *vip = f == 4 ? "vip4" : "vip6", *hp = f == 4 ? "hp4" : "hp6";
		nft_set_add(n, table,
			    &(struct nft_set_spec){.name = svc,
						   .key_type = NFT_CONCAT3(type_addr(f), NFT_T_PROTO, NFT_T_PORT),
						   .key_len = len + 8,
						   .data_type = NFT_DATA_VERDICT});
		nft_set_add(n, table,
			    &(struct nft_set_spec){.name = np,
						   .key_type = NFT_CONCAT2(NFT_T_PROTO, NFT_T_PORT),
						   .key_len = 8,
						   .data_type = NFT_DATA_VERDICT});
		nft_set_add(n, table, &(struct nft_set_spec){.name = vip, .key_type = type_addr(f), .key_len = len});
		nft_set_add(n, table,
			    &(struct nft_set_spec){
				.name = hp, .key_type = NFT_CONCAT2(type_addr(f), type_addr(f)), .key_len = len * 2});
	}
	nft_chain_add(n, table, "services", NULL);
	nft_chain_add(n, table, "refuse", NULL);
	struct nft_hook pre = {"nat", NF_INET_PRE_ROUTING, NF_IP_PRI_NAT_DST},
			out = {"nat", NF_INET_LOCAL_OUT, NF_IP_PRI_NAT_DST},
			post = {"nat", NF_INET_POST_ROUTING, NF_IP_PRI_NAT_SRC};
	nft_chain_add(n, table, "prerouting", &pre);
	nft_chain_add(n, table, "output", &out);
	nft_chain_add(n, table, "postrouting", &post);
	for (int i = 0; i < 2; i++) {
		struct nft_rule *r = nft_rule_begin(n, table, i ? "output" : "prerouting", i ? NULL : version);
		nft_rule_verdict(r, NFT_JUMP, "services");
		nft_rule_end(r);
	}
	struct nft_rule *r = nft_rule_begin(n, table, "refuse", NULL);
	nft_rule_l4proto(r, IPPROTO_TCP);
	nft_rule_reject(r, true);
	nft_rule_end(r);
	r = nft_rule_begin(n, table, "refuse", NULL);
	nft_rule_reject(r, false);
	nft_rule_end(r);
	for (unsigned f = 4; f <= 6; f += 2) {
		uint32_t words = addr_len(f) / 4, local = RTN_LOCAL;
		r = nft_rule_begin(n, table, "services", NULL);
		nft_rule_family(r, nfproto(f));
		load_daddr(r, f, NFT_REG32_00);
		load_port(r, NFT_REG32_00 + words);
		nft_rule_lookup(r, f == 4 ? "svc4" : "svc6", NFT_REG32_00, true, NFT_REG_VERDICT, false);
		nft_rule_end(r);
		/* Node ports answer on every address of the node but loopback: a translated 127.0.0.1 would leave the
		 * machine as source. */
		r = nft_rule_begin(n, table, "services", NULL);
		nft_rule_family(r, nfproto(f));
		nft_rule_fib_type(r, NFTA_FIB_F_DADDR, REG_SCRATCH);
		nft_rule_cmp(r, NFT_CMP_EQ, REG_SCRATCH, &local, 4);
		load_daddr(r, f, NFT_REG32_00);
		if (f == 4)
			nft_rule_cmp(r, NFT_CMP_NEQ, NFT_REG32_00, (uint8_t[]){127}, 1);
		else
			nft_rule_cmp(r, NFT_CMP_NEQ, NFT_REG32_00, (uint8_t[16]){[15] = 1}, 16);
		load_port(r, NFT_REG32_00);
		nft_rule_lookup(r, f == 4 ? "np4" : "np6", NFT_REG32_00, true, NFT_REG_VERDICT, false);
		nft_rule_end(r);
		/* Ports a Service does not have. */
		r = nft_rule_begin(n, table, "services", NULL);
		nft_rule_family(r, nfproto(f));
		load_daddr(r, f, NFT_REG32_00);
		nft_rule_lookup(r, f == 4 ? "vip4" : "vip6", NFT_REG32_00, false, 0, false);
		nft_rule_verdict(r, NFT_GOTO, "refuse");
		nft_rule_end(r);
	}
	/* What stays on the machine needs no other source. */
	uint32_t lo = LOOPBACK_OIF, mark = PX_MARK_MASQUERADE, zero = 0, unmark = ~PX_MARK_MASQUERADE,
		 dnat = IPS_DST_NAT;
	r = nft_rule_begin(n, table, "postrouting", NULL);
	nft_rule_meta(r, NFT_META_OIF, REG_SCRATCH);
	nft_rule_cmp(r, NFT_CMP_EQ, REG_SCRATCH, &lo, 4);
	nft_rule_verdict(r, NFT_RETURN, NULL);
	nft_rule_end(r);
	r = nft_rule_begin(n, table, "postrouting", NULL);
	nft_rule_meta(r, NFT_META_MARK, REG_SCRATCH);
	nft_rule_bitwise(r, REG_SCRATCH, &mark, &zero, 4);
	nft_rule_cmp(r, NFT_CMP_NEQ, REG_SCRATCH, &zero, 4);
	nft_rule_meta(r, NFT_META_MARK, REG_SCRATCH);
	nft_rule_bitwise(r, REG_SCRATCH, &unmark, &zero, 4);
	nft_rule_meta_set(r, NFT_META_MARK, REG_SCRATCH);
	nft_rule_masquerade(r, true);
	nft_rule_end(r);
	/* Who comes from outside to a cluster address: the answer must come back through this node. Here and not in
	   every Service's chain: the kernel checks all of those again whenever one changes. */
	for (unsigned f = 4; f <= 6; f += 2) {
		if (!c->has_cluster[f == 6])
			continue;
		r = nft_rule_begin(n, table, "postrouting", NULL);
		nft_rule_family(r, nfproto(f));
		nft_rule_ct(r, NFT_CT_STATUS, REG_SCRATCH);
		nft_rule_bitwise(r, REG_SCRATCH, &dnat, &zero, 4);
		nft_rule_cmp(r, NFT_CMP_NEQ, REG_SCRATCH, &zero, 4);
		match_saddr(r, &c->cluster[f == 6], false);
		nft_rule_ct_original(r, f == 4 ? NFT_CT_DST_IP : NFT_CT_DST_IP6, REG_EP);
		nft_rule_lookup(r, f == 4 ? "vip4" : "vip6", REG_EP, false, 0, false);
		nft_rule_masquerade(r, true);
		nft_rule_end(r);
	}
	/* A pod that reaches itself through a Service must not answer itself directly. */
	for (unsigned f = 4; f <= 6; f += 2) {
		r = nft_rule_begin(n, table, "postrouting", NULL);
		nft_rule_family(r, nfproto(f));
		nft_rule_ct(r, NFT_CT_STATUS, REG_SCRATCH);
		nft_rule_bitwise(r, REG_SCRATCH, &dnat, &zero, 4);
		nft_rule_cmp(r, NFT_CMP_NEQ, REG_SCRATCH, &zero, 4);
		load_saddr(r, f, NFT_REG32_00);
		load_daddr(r, f, NFT_REG32_00 + addr_len(f) / 4);
		nft_rule_lookup(r, f == 4 ? "hp4" : "hp6", NFT_REG32_00, false, 0, false);
		nft_rule_masquerade(r, true);
		nft_rule_end(r);
	}
}

static uint64_t port_id(const struct px_port *p)
{
	char text[600];
	int len = snprintf(text, sizeof(text), "%s/%u/%u", p->name, p->family, p->protocol);
	return str_hash(text, len < (int)sizeof(text) ? (size_t)len : sizeof(text) - 1);
}

static uint32_t endpoint_id(const struct px_endpoint *ep)
{
	uint8_t b[18];
	memcpy(b, ep->addr.a, 16);
	memcpy(b + 16, &ep->port, 2);
	return (uint32_t)str_hash(b, sizeof(b));
}

void px_chain_name(const struct px_port *p, enum px_chain kind, const struct px_endpoint *ep, char out[PX_NAME_MAX])
{
	int len = snprintf(out, PX_NAME_MAX, "%c-%016llx", kind, (unsigned long long)port_id(p));
	if (kind == PX_CHAIN_ENDPOINT)
		(void)snprintf(out + len, PX_NAME_MAX - (size_t)len, "-%08x", endpoint_id(ep));
}

void px_affinity_name(const struct px_port *p, const struct px_endpoint *ep, char out[PX_NAME_MAX])
{
	(void)snprintf(out, PX_NAME_MAX, "a-%016llx-%08x-%u", (unsigned long long)port_id(p), endpoint_id(ep),
		       p->affinity_s);
}

void px_affinity_spec(const struct px_port *p, const char *name, struct nft_set_spec *ret)
{
	*ret = (struct nft_set_spec){.name = name,
				     .flags = NFT_SET_EVAL,
				     .key_type = type_addr(p->family),
				     .key_len = addr_len(p->family),
				     .timeout_ms = (uint64_t)p->affinity_s * 1000,
				     .size = PX_AFFINITY_SIZE};
}

static void endpoint_data(const struct px_endpoint *ep, uint8_t out[NFT_KEY_MAX], uint32_t *ret_len)
{
	uint32_t len = addr_len(ep->addr.family);
	uint16_t port = htons(ep->port);
	memset(out, 0, NFT_KEY_MAX);
	memcpy(out, ep->addr.a, len);
	memcpy(out + len, &port, 2);
	*ret_len = len + 4;
}

struct emit {
	struct nft *n;
	const char *table;
	char chain[PX_NAME_MAX];
	const char *comment; /* for the next rule */
	const struct px_port *p;
};
enum source { ANY, CLUSTER, NODE };

static struct nft_rule *begin(struct emit *m)
{
	const char *c = m->comment;
	m->comment = NULL;
	return nft_rule_begin(m->n, m->table, m->chain, c);
}

static void match_source(struct nft_rule *r, const struct px_rules_config *c, const struct px_port *p, enum source s)
{
	uint32_t local = RTN_LOCAL;
	if (s == CLUSTER) {
		match_saddr(r, &c->cluster[p->family == 6], true);
	} else if (s == NODE) {
		nft_rule_family(r, nfproto(p->family));
		nft_rule_fib_type(r, NFTA_FIB_F_SADDR, REG_SCRATCH);
		nft_rule_cmp(r, NFT_CMP_EQ, REG_SCRATCH, &local, 4);
		nft_rule_mark_or(r, PX_MARK_MASQUERADE);
	}
}

static void dnat_to(struct nft_rule *r, const struct px_endpoint *ep)
{
	unsigned family = ep->addr.family;
	uint16_t port = htons(ep->port);
	nft_rule_immediate(r, REG_EP, ep->addr.a, addr_len(family));
	nft_rule_immediate(r, reg_port(family), &port, 2);
	nft_rule_dnat(r, nfproto(family), REG_EP, reg_port(family));
}

/* Clients of an endpoint go there again; the rest to the next endpoint in turn, whose chain remembers them. */
static void balance_sticky(struct emit *m, const struct px_rules_config *c, enum source s,
			   const struct px_endpoint *eps, size_t n)
{
	const struct px_port *p = m->p;
	char(*names)[PX_NAME_MAX] = calloc(n, sizeof(*names)), set[PX_NAME_MAX];
	struct nft_elem *v = calloc(n, sizeof(*v));
	if (!names || !v)
		nft_fail(m->n, -ENOMEM, "endpoints of", p->name);
	for (uint32_t i = 0; names && v && i < n; i++) {
		px_chain_name(p, PX_CHAIN_ENDPOINT, &eps[i], names[i]);
		px_affinity_name(p, &eps[i], set);
		struct nft_rule *r = begin(m);
		match_source(r, c, p, s);
		load_saddr(r, p->family, REG_CLIENT);
		nft_rule_lookup(r, set, REG_CLIENT, false, 0, false);
		nft_rule_verdict(r, NFT_GOTO, names[i]);
		nft_rule_end(r);
		memcpy(v[i].key, &i, 4);
		v[i].key_len = 4;
		v[i].chain = names[i];
	}
	if (names && v) {
		struct nft_rule *r = begin(m);
		match_source(r, c, p, s);
		nft_rule_numgen(r, false, (uint32_t)n, REG_SCRATCH);
		nft_rule_lookup_anon(
		    r, &(struct nft_set_spec){.key_type = NFT_T_INTEGER, .key_len = 4, .data_type = NFT_DATA_VERDICT},
		    v, n, REG_SCRATCH, true, NFT_REG_VERDICT);
		nft_rule_end(r);
	}
	free(names);
	free(v);
}

/* Sends what comes from source to the endpoints in turn. */
static void balance(struct emit *m, const struct px_rules_config *c, enum source s, const struct px_endpoint *eps,
		    size_t n)
{
	const struct px_port *p = m->p;
	if (p->affinity_s) {
		balance_sticky(m, c, s, eps, n);
		return;
	}
	struct nft_rule *r = begin(m);
	match_source(r, c, p, s);
	if (n == 1) {
		dnat_to(r, &eps[0]);
		nft_rule_end(r);
		return;
	}
	struct nft_elem *v = calloc(n, sizeof(*v));
	if (!v)
		nft_fail(m->n, -ENOMEM, "endpoints of", p->name);
	for (uint32_t i = 0; v && i < n; i++) {
		memcpy(v[i].key, &i, 4);
		v[i].key_len = 4;
		endpoint_data(&eps[i], v[i].data, &v[i].data_len);
	}
	nft_rule_numgen(r, false, (uint32_t)n, REG_SCRATCH);
	nft_rule_lookup_anon(r,
			     &(struct nft_set_spec){.key_type = NFT_T_INTEGER,
						    .key_len = 4,
						    .data_type = NFT_CONCAT2(type_addr(p->family), NFT_T_PORT),
						    .data_len = addr_len(p->family) + 4},
			     v, v ? n : 0, REG_SCRATCH, true, REG_EP);
	free(v);
	nft_rule_dnat(r, nfproto(p->family), REG_EP, reg_port(p->family));
	nft_rule_end(r);
}

static void verdict(struct emit *m, int code, const char *chain)
{
	struct nft_rule *r = begin(m);
	nft_rule_verdict(r, code, chain);
	nft_rule_end(r);
}

void px_rules_chain(struct nft *n, const char *table, const struct px_rules_config *c, const struct px_port *p,
		    enum px_chain kind, const struct px_endpoint *ep, const char *comment)
{
	struct emit m = {.n = n, .table = table, .comment = comment, .p = p};
	bool has_cluster = c->has_cluster[p->family == 6];
	px_chain_name(p, kind, ep, m.chain);
	if (kind == PX_CHAIN_FIREWALL) {
		char external[PX_NAME_MAX];
		px_chain_name(p, PX_CHAIN_EXTERNAL, NULL, external);
		for (size_t i = 0; i < p->n_ranges; i++) {
			struct nft_rule *r = begin(&m);
			match_saddr(r, &p->ranges[i], true);
			nft_rule_verdict(r, NFT_GOTO, external);
			nft_rule_end(r);
		}
		verdict(&m, NF_DROP, NULL);
		return;
	}
	if (kind == PX_CHAIN_ENDPOINT) {
		char set[PX_NAME_MAX];
		px_affinity_name(p, ep, set);
		struct nft_rule *r = begin(&m);
		load_saddr(r, p->family, REG_CLIENT);
		nft_rule_update(r, set, REG_CLIENT, false, 0, (uint64_t)p->affinity_s * 1000);
		dnat_to(r, ep);
		nft_rule_end(r);
		return;
	}
	if (p->n_eps == 0) { /* at once, so that clients need not wait for a timeout */
		verdict(&m, NFT_GOTO, "refuse");
		return;
	}
	bool local = kind == PX_CHAIN_INTERNAL ? p->internal_local : kind == PX_CHAIN_EXTERNAL && p->external_local;
	if (kind == PX_CHAIN_EXTERNAL && local) {
		/* The policy is about who comes from outside; the cluster itself reaches every endpoint. */
		if (has_cluster)
			balance(&m, c, CLUSTER, p->eps, p->n_eps);
		balance(&m, c, NODE, p->eps, p->n_eps);
	} else if (kind == PX_CHAIN_EXTERNAL) {
		/* The answer must come back through this node. */
		struct nft_rule *r = begin(&m);
		nft_rule_mark_or(r, PX_MARK_MASQUERADE);
		nft_rule_end(r);
	}
	if (!local)
		balance(&m, c, ANY, p->eps, p->n_eps);
	else if (p->n_local_eps)
		balance(&m, c, ANY, p->local_eps, p->n_local_eps);
	else
		verdict(&m, NF_DROP, NULL);
}
