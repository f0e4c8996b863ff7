#include "proxy/nft_rules.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter_ipv4.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "proxy/elems.h"
#include "proxy/nft_match.h"

int px_rules_config_parse(struct px_rules_config *ret, const char *cluster_cidr, struct err *e)
{
	const char *text = cluster_cidr;
	while (text && *text) {
		size_t len = strcspn(text, ",");
		AUTO_FREE char *one = str_ndup(text, len);
		struct px_cidr c;
		if (!one)
			return err_nomem(e);
		if (!px_cidr_parse(one, &c))
			return err_set(e, -EINVAL, "proxy: \"%s\" is not a CIDR such as 10.42.0.0/16", one);
		ret->cluster[c.net.family == 6] = c;
		ret->has_cluster[c.net.family == 6] = true;
		text += len + (text[len] == ',');
	}
	return 0;
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
		uint32_t len = px_addr_len(f);
		const char *svc = f == 4 ? "svc4" : "svc6", *np = f == 4 ? "np4" : "np6",
			   *vip = f == 4 ? "vip4" : "vip6", *hp = f == 4 ? "hp4" : "hp6";
		nft_set_add(n, table,
			    &(struct nft_set_spec){.name = svc,
						   .key_type = NFT_CONCAT3(px_type_addr(f), NFT_T_PROTO, NFT_T_PORT),
						   .key_len = len + 8,
						   .data_type = NFT_DATA_VERDICT});
		nft_set_add(n, table,
			    &(struct nft_set_spec){.name = np,
						   .key_type = NFT_CONCAT2(NFT_T_PROTO, NFT_T_PORT),
						   .key_len = 8,
						   .data_type = NFT_DATA_VERDICT});
		nft_set_add(n, table, &(struct nft_set_spec){.name = vip, .key_type = px_type_addr(f), .key_len = len});
		for (int i = 0; i < PX_EP_MAPS; i++)
			nft_set_add(n, table,
				    &(struct nft_set_spec){.name = px_set_name((enum px_set)(PX_SET_EP + i), f),
							   .key_type = NFT_CONCAT3(NFT_T_MARK, NFT_T_MARK, NFT_T_MARK),
							   .key_len = 12,
							   .data_type = NFT_CONCAT2(px_type_addr(f), NFT_T_PORT),
							   .data_len = len + 4});
		nft_set_add(n, table,
			    &(struct nft_set_spec){.name = hp,
						   .key_type = NFT_CONCAT2(px_type_addr(f), px_type_addr(f)),
						   .key_len = len * 2});
	}
	nft_chain_add(n, table, "services", NULL);
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
	px_rules_refuse(n, table);
	struct nft_rule *r;
	for (unsigned f = 4; f <= 6; f += 2) {
		uint32_t words = px_addr_len(f) / 4;
		r = nft_rule_begin(n, table, "services", NULL);
		nft_rule_family(r, px_nfproto(f));
		px_load_daddr(r, f, NFT_REG32_00);
		px_load_port(r, NFT_REG32_00 + words);
		nft_rule_lookup(r, f == 4 ? "svc4" : "svc6", NFT_REG32_00, true, NFT_REG_VERDICT, false);
		nft_rule_end(r);
		r = nft_rule_begin(n, table, "services", NULL);
		nft_rule_family(r, px_nfproto(f));
		px_match_node_daddr(r, f);
		px_load_port(r, NFT_REG32_00);
		nft_rule_lookup(r, f == 4 ? "np4" : "np6", NFT_REG32_00, true, NFT_REG_VERDICT, false);
		nft_rule_end(r);
		/* Ports a Service does not have. */
		r = nft_rule_begin(n, table, "services", NULL);
		nft_rule_family(r, px_nfproto(f));
		px_load_daddr(r, f, NFT_REG32_00);
		nft_rule_lookup(r, f == 4 ? "vip4" : "vip6", NFT_REG32_00, false, 0, false);
		nft_rule_verdict(r, NFT_GOTO, "refuse");
		nft_rule_end(r);
	}
	uint32_t zero = 0, dnat = IPS_DST_NAT;
	px_rules_masquerade_marked(n, table, "postrouting");
	/* Who comes from outside to a cluster address: the answer must come back through this node. Here and not in
	   every Service's chain: the kernel checks all of those again whenever one changes. */
	for (unsigned f = 4; f <= 6; f += 2) {
		if (!c->has_cluster[f == 6])
			continue;
		r = nft_rule_begin(n, table, "postrouting", NULL);
		nft_rule_family(r, px_nfproto(f));
		nft_rule_ct(r, NFT_CT_STATUS, PX_REG_SCRATCH);
		nft_rule_bitwise(r, PX_REG_SCRATCH, &dnat, &zero, 4);
		nft_rule_cmp(r, NFT_CMP_NEQ, PX_REG_SCRATCH, &zero, 4);
		px_match_saddr(r, &c->cluster[f == 6], false);
		nft_rule_ct_original(r, f == 4 ? NFT_CT_DST_IP : NFT_CT_DST_IP6, PX_REG_EP);
		nft_rule_lookup(r, f == 4 ? "vip4" : "vip6", PX_REG_EP, false, 0, false);
		nft_rule_masquerade(r, true);
		nft_rule_end(r);
	}
	/* A pod that reaches itself through a Service must not answer itself directly. */
	for (unsigned f = 4; f <= 6; f += 2) {
		r = nft_rule_begin(n, table, "postrouting", NULL);
		nft_rule_family(r, px_nfproto(f));
		nft_rule_ct(r, NFT_CT_STATUS, PX_REG_SCRATCH);
		nft_rule_bitwise(r, PX_REG_SCRATCH, &dnat, &zero, 4);
		nft_rule_cmp(r, NFT_CMP_NEQ, PX_REG_SCRATCH, &zero, 4);
		px_load_saddr(r, f, NFT_REG32_00);
		px_load_daddr(r, f, NFT_REG32_00 + px_addr_len(f) / 4);
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
				     .key_type = px_type_addr(p->family),
				     .key_len = px_addr_len(p->family),
				     .timeout_ms = (uint64_t)p->affinity_s * 1000,
				     .size = PX_AFFINITY_SIZE};
}

static uint64_t list_id(const struct px_port *p, bool local)
{
	uint64_t id = port_id(p);
	return local ? id * 1099511628211u + 1 : id;
}

static enum px_set map_of(uint64_t id)
{
	return (enum px_set)(PX_SET_EP + (id >> 32 ^ id) % PX_EP_MAPS);
}

bool px_port_in_map(const struct px_port *p, bool local)
{
	return !p->affinity_s && (local ? p->n_local_eps : p->n_eps) > 1;
}

void px_endpoint_elem(const struct px_port *p, bool local, uint32_t place, struct px_elem *ret)
{
	const struct px_endpoint *ep = local ? &p->local_eps[place] : &p->eps[place];
	uint8_t len = p->family == 4 ? 4 : 16;
	uint64_t id = list_id(p, local);
	uint16_t port = htons(ep->port);
	*ret = (struct px_elem){.set = map_of(id), .family = p->family, .key_len = 12, .data_len = (uint8_t)(len + 4)};
	memcpy(ret->key, &id, 8);
	memcpy(ret->key + 8, &place, 4);
	memcpy(ret->data, ep->addr.a, len);
	memcpy(ret->data + len, &port, 2);
}

uint64_t px_chains_hash(const struct px_port *p)
{
	struct px_port q = *p;
	/* How many there are stands in the rules; which they are does not. */
	if (px_port_in_map(p, false))
		q.eps = NULL;
	if (px_port_in_map(p, true))
		q.local_eps = NULL;
	uint64_t h = px_port_hash(&q, false);
	return h ? h : 1;
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
		px_match_saddr(r, &c->cluster[p->family == 6], true);
	} else if (s == NODE) {
		nft_rule_family(r, px_nfproto(p->family));
		nft_rule_fib_type(r, NFTA_FIB_F_SADDR, PX_REG_SCRATCH);
		nft_rule_cmp(r, NFT_CMP_EQ, PX_REG_SCRATCH, &local, 4);
		nft_rule_mark_or(r, PX_MARK_MASQUERADE);
	}
}

static void dnat_to(struct nft_rule *r, const struct px_endpoint *ep)
{
	unsigned family = ep->addr.family;
	uint16_t port = htons(ep->port);
	nft_rule_immediate(r, PX_REG_EP, ep->addr.a, px_addr_len(family));
	nft_rule_immediate(r, px_reg_port(family), &port, 2);
	nft_rule_dnat(r, px_nfproto(family), PX_REG_EP, px_reg_port(family));
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
		px_load_saddr(r, p->family, PX_REG_CLIENT);
		nft_rule_lookup(r, set, PX_REG_CLIENT, false, 0, false);
		nft_rule_verdict(r, NFT_GOTO, names[i]);
		nft_rule_end(r);
		memcpy(v[i].key, &i, 4);
		v[i].key_len = 4;
		v[i].chain = names[i];
	}
	if (names && v) {
		struct nft_rule *r = begin(m);
		match_source(r, c, p, s);
		nft_rule_numgen(r, false, (uint32_t)n, PX_REG_SCRATCH);
		nft_rule_lookup_anon(
		    r, &(struct nft_set_spec){.key_type = NFT_T_INTEGER, .key_len = 4, .data_type = NFT_DATA_VERDICT},
		    v, n, PX_REG_SCRATCH, true, NFT_REG_VERDICT);
		nft_rule_end(r);
	}
	free(names);
	free(v);
}

/* Sends what comes from source to the endpoints in turn. */
static void balance(struct emit *m, const struct px_rules_config *c, enum source s, bool local)
{
	const struct px_port *p = m->p;
	const struct px_endpoint *eps = local ? p->local_eps : p->eps;
	size_t n = local ? p->n_local_eps : p->n_eps;
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
	uint64_t id = list_id(p, local);
	nft_rule_immediate(r, PX_REG_SCRATCH, &id, 4);
	nft_rule_immediate(r, PX_REG_SCRATCH + 1, (const uint8_t *)&id + 4, 4);
	nft_rule_numgen(r, false, (uint32_t)n, PX_REG_SCRATCH + 2);
	nft_rule_lookup(r, px_set_name(map_of(id), p->family), PX_REG_SCRATCH, true, PX_REG_EP, false);
	nft_rule_dnat(r, px_nfproto(p->family), PX_REG_EP, px_reg_port(p->family));
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
			px_match_saddr(r, &p->ranges[i], true);
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
		px_load_saddr(r, p->family, PX_REG_CLIENT);
		nft_rule_update(r, set, PX_REG_CLIENT, false, 0, (uint64_t)p->affinity_s * 1000);
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
			balance(&m, c, CLUSTER, false);
		balance(&m, c, NODE, false);
	} else if (kind == PX_CHAIN_EXTERNAL) {
		/* The answer must come back through this node. */
		struct nft_rule *r = begin(&m);
		nft_rule_mark_or(r, PX_MARK_MASQUERADE);
		nft_rule_end(r);
	}
	if (!local)
		balance(&m, c, ANY, false);
	else if (p->n_local_eps)
		balance(&m, c, ANY, true);
	else
		verdict(&m, NF_DROP, NULL);
}
