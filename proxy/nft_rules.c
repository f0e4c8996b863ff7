#include "proxy/nft_rules.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter_ipv4.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include "api/digest.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "proxy/nft_match.h"

/* Numbers to a map of endpoints: for every element the kernel looks at each rule that uses its map, and for every rule
 * that begins to use one at each element. */
#define NUMBERS_PER_MAP 128u

static int cidrs_parse(struct inet_cidr ret[2], bool ret_has[2], const char *text, struct err *e)
{
	while (text && *text) {
		size_t len = strcspn(text, ",");
		AUTO_FREE char *one = str_ndup(text, len);
		struct inet_cidr c;
		if (!one)
			return err_nomem(e);
		if (!inet_cidr_parse(one, &c))
			return err_set(e, -EINVAL, "proxy: \"%s\" is not a CIDR such as 10.42.0.0/16", one);
		ret[c.net.family == 6] = c;
		ret_has[c.net.family == 6] = true;
		text += len + (text[len] == ',');
	}
	return 0;
}

int px_rules_config_parse(struct px_rules_config *ret, const char *cluster_cidr, const char *service_cidr,
			  struct err *e)
{
	int code = cidrs_parse(ret->cluster, ret->has_cluster, cluster_cidr, e);
	return code < 0 ? code : cidrs_parse(ret->service, ret->has_service, service_cidr, e);
}

void px_skeleton_text(const struct px_rules_config *c, char out[64])
{
	(void)snprintf(out, 64, "minik-proxy skeleton %d %016llx", PX_SKELETON,
		       (unsigned long long)str_hash(c, sizeof(*c)));
}

const char *px_map_name(enum px_map map, unsigned family)
{
	static const char *const names[PX_MAPS][2] = {
	    [PX_MAP_POOL] = {"pool4", "pool6"},
	    [PX_MAP_POOL_EXT] = {"poolext4", "poolext6"},
	    [PX_MAP_POOL_HERE] = {"poolhere4", "poolhere6"},
	    [PX_MAP_SVC] = {"svc4", "svc6"},
	    [PX_MAP_EXT] = {"ext4", "ext6"},
	    [PX_MAP_HERE] = {"here4", "here6"},
	    [PX_MAP_FW] = {"fw4", "fw6"},
	    [PX_MAP_VIP] = {"vip4", "vip6"},
	    [PX_MAP_HAIRPIN] = {"hp4", "hp6"},
	};
	return names[map][family == 6];
}

enum px_map px_role_pool(enum px_role role)
{
	return role == PX_ROLE_CLUSTER ? PX_MAP_POOL : role == PX_ROLE_EXTERNAL ? PX_MAP_POOL_EXT : PX_MAP_POOL_HERE;
}

const char *px_fixed_chain(enum px_fixed f, enum px_map pool, unsigned family)
{
	if (f == PX_FIXED_REFUSE)
		return pool == PX_MAP_POOL ? "refuse" : NULL;
	if (f == PX_FIXED_DROP)
		return pool == PX_MAP_POOL_EXT ? NULL : "dropping";
	return pool != PX_MAP_POOL ? NULL : family == 4 ? "outer4" : "outer6";
}

enum px_fixed px_front_fixed(const struct px_port *p, const struct px_front *f)
{
	if (p->n_eps == 0) /* at once, so that clients need not wait for a timeout */
		return PX_FIXED_REFUSE;
	if (f->kind == PX_HOSTPORT || f->kind == PX_HOSTPORT_ADDR)
		return PX_FIXED_PLAIN;
	return p->external_local ? PX_FIXED_LOCAL : PX_FIXED_MASQ;
}

enum px_chain px_role_sticky(enum px_role role)
{
	return role == PX_ROLE_CLUSTER    ? PX_CHAIN_STICKY_CLUSTER
	       : role == PX_ROLE_EXTERNAL ? PX_CHAIN_STICKY_EXTERNAL
					  : PX_CHAIN_STICKY_HERE;
}

size_t px_role_endpoints(const struct px_port *p, enum px_role role, const struct px_endpoint **ret)
{
	bool here = role == PX_ROLE_HERE || (role == PX_ROLE_CLUSTER && p->internal_local);
	*ret = here ? p->local_eps : p->eps;
	return here ? p->n_local_eps : p->n_eps;
}

uint32_t px_front_key(const struct px_port *p, const struct px_front *f, uint8_t key[NFT_ITEM_KEY])
{
	uint32_t len = inet_addr_len(p->family);
	uint16_t port = htons(f->port);
	memset(key, 0, NFT_ITEM_KEY);
	if (f->kind != PX_NODEPORT && f->kind != PX_HOSTPORT)
		memcpy(key, f->addr.a, len);
	key[len] = p->protocol;
	memcpy(key + len + 4, &port, 2);
	return len + 8;
}

/* ---- skeleton ---- */

static void maps_add(struct nft *n, const char *table, unsigned f)
{
	uint32_t len = inet_addr_len(f), addr = px_type_addr(f), front = NFT_CONCAT3(addr, NFT_T_PROTO, NFT_T_PORT);
	const struct nft_set_spec numbers = {
	    .key_type = front, .key_len = len + 8, .data_type = NFT_CONCAT2(NFT_T_MARK, NFT_T_MARK), .data_len = 8};
	const struct nft_set_spec pool = {.key_type = NFT_T_MARK, .key_len = 4, .data_type = NFT_DATA_VERDICT};
	const struct nft_set_spec specs[PX_MAPS] = {
	    [PX_MAP_POOL] = pool,
	    [PX_MAP_POOL_EXT] = pool,
	    [PX_MAP_POOL_HERE] = pool,
	    [PX_MAP_SVC] = numbers,
	    [PX_MAP_EXT] = numbers,
	    [PX_MAP_HERE] = numbers,
	    [PX_MAP_FW] = {.key_type = front, .key_len = len + 8, .data_type = NFT_DATA_VERDICT},
	    [PX_MAP_VIP] = {.key_type = addr, .key_len = len},
	    [PX_MAP_HAIRPIN] = {.key_type = NFT_CONCAT2(addr, addr), .key_len = len * 2},
	};
	for (enum px_map m = 0; m < PX_MAPS; m++) {
		struct nft_set_spec spec = specs[m];
		spec.name = px_map_name(m, f);
		nft_set_add(n, table, &spec);
	}
}

static const struct nft_set_spec fixed_map = {.key_type = NFT_T_MARK, .key_len = 4, .data_type = NFT_DATA_VERDICT};
static struct nft_elem fixed(enum px_fixed f, const char *chain, bool jump)
{
	struct nft_elem e = {.key_len = 4, .chain = chain, .jump = jump};
	uint32_t number = f;
	memcpy(e.key, &number, 4);
	return e;
}

/* The packet's front, or (any) that of every address of the node, into registers from 0 on. */
static void load_front(struct nft_rule *r, unsigned f, bool any)
{
	uint8_t zero[16] = {0};
	uint32_t words = inet_addr_len(f) / 4;
	if (any)
		nft_rule_immediate(r, NFT_REG32_00, zero, inet_addr_len(f));
	else
		px_load_daddr(r, f, NFT_REG32_00);
	px_load_port(r, NFT_REG32_00 + words);
}

/*
 * Its number in this map, for the next lookup. nft (seen up to 1.1) aborts when it lists a rule whose lookup begins
 * with what another lookup has found. So the number is the second word of what is found, in a register that has
 * something else before, and nft shows that, the mark: what really happens is in the rule's comment.
 */
static uint32_t load_number(struct nft_rule *r, enum px_map map, unsigned f, bool any)
{
	nft_rule_meta(r, NFT_META_MARK, PX_REG_SCRATCH + 1);
	load_front(r, f, any);
	nft_rule_lookup(r, px_map_name(map, f), NFT_REG32_00, true, PX_REG_SCRATCH, false);
	return PX_REG_SCRATCH + 1;
}

static struct nft_rule *begin_with(struct nft *n, const char *table, const char *chain, unsigned f, const char *comment)
{
	struct nft_rule *r = nft_rule_begin(n, table, chain, comment);
	nft_rule_family(r, px_nfproto(f));
	return r;
}

static struct nft_rule *begin(struct nft *n, const char *table, const char *chain, unsigned f)
{
	return begin_with(n, table, chain, f, NULL);
}

static struct nft_rule *begin_number(struct nft *n, const char *table, const char *chain, enum px_map map, unsigned f,
				     bool any)
{
	char comment[120];
	(void)snprintf(comment, sizeof(comment),
		       "by the second value of %s . protocol . port in map %s, not by the mark", any ? "0" : "address",
		       px_map_name(map, f));
	return begin_with(n, table, chain, f, comment);
}

/* It leads to a number in this map, and that to a chain in the pool. */
static void go(struct nft_rule *r, enum px_map map, enum px_map pool, unsigned f, bool any)
{
	uint32_t number = load_number(r, map, f, any);
	nft_rule_lookup(r, px_map_name(pool, f), number, true, NFT_REG_VERDICT, false);
	nft_rule_end(r);
}

static void go_fixed(struct nft_rule *r, unsigned f, bool any, const struct nft_elem *v, size_t n)
{
	uint32_t number = load_number(r, PX_MAP_SVC, f, any);
	nft_rule_lookup_anon(r, &fixed_map, v, n, number, true, NFT_REG_VERDICT);
	nft_rule_end(r);
}

static void services_rules(struct nft *n, const char *table, const struct px_rules_config *c, unsigned f)
{
	const char *node = f == 4 ? "node4" : "node6";
	const struct nft_elem v[] = {fixed(PX_FIXED_REFUSE, "refuse", false), fixed(PX_FIXED_DROP, "dropping", false),
				     fixed(PX_FIXED_MASQ, node, false), fixed(PX_FIXED_LOCAL, node, false),
				     fixed(PX_FIXED_PLAIN, node, false)};
	go(begin_number(n, table, "services", PX_MAP_SVC, f, false), PX_MAP_SVC, PX_MAP_POOL, f, false);
	struct nft_rule *r = begin_number(n, table, "services", PX_MAP_SVC, f, true);
	px_match_node_daddr(r, f);
	go_fixed(r, f, true, v, ARRAY_LEN(v));
	/* Ports a Service does not have. */
	r = begin(n, table, "services", f);
	px_load_daddr(r, f, NFT_REG32_00);
	nft_rule_lookup(r, px_map_name(PX_MAP_VIP, f), NFT_REG32_00, false, 0, false);
	nft_rule_verdict(r, NFT_GOTO, "refuse");
	nft_rule_end(r);
	px_rules_nobodys(n, table, "services", &c->service[f == 6], c->has_service[f == 6]);
}

/*
 * What is not for a cluster address: by an address of its own, or (any) by the node's. Chains that mark or choose come
 * back, so that one rule alone leads to a pool: whatever leads there makes the kernel walk through all of it.
 */
static void outer_rules(struct nft *n, const char *table, const struct px_rules_config *c, unsigned f, bool any)
{
	const char *outer = any ? (f == 4 ? "node4" : "node6") : (f == 4 ? "outer4" : "outer6"),
		   *local = any ? (f == 4 ? "nodelocal4" : "nodelocal6") : (f == 4 ? "local4" : "local6");
	const struct nft_elem v[] = {fixed(PX_FIXED_MASQ, "masquerading", true), fixed(PX_FIXED_LOCAL, local, true)};
	struct nft_rule *r;
	uint32_t mine = RTN_LOCAL;
	nft_chain_add(n, table, local, NULL);
	if (!any) { /* source ranges */
		r = begin(n, table, outer, f);
		load_front(r, f, any);
		nft_rule_lookup(r, px_map_name(PX_MAP_FW, f), NFT_REG32_00, true, NFT_REG_VERDICT, false);
		nft_rule_end(r);
	}
	go_fixed(begin_number(n, table, outer, PX_MAP_SVC, f, any), f, any, v, ARRAY_LEN(v));
	go(begin_number(n, table, outer, PX_MAP_EXT, f, any), PX_MAP_EXT, PX_MAP_POOL_EXT, f, any);
	/* The policy is about who comes from outside; the cluster itself reaches every endpoint. */
	if (c->has_cluster[f == 6]) {
		r = begin(n, table, local, f);
		px_match_saddr(r, &c->cluster[f == 6], true);
		nft_rule_verdict(r, NFT_RETURN, NULL);
		nft_rule_end(r);
	}
	r = begin(n, table, local, f);
	nft_rule_fib_type(r, NFTA_FIB_F_SADDR, PX_REG_SCRATCH);
	nft_rule_cmp(r, NFT_CMP_EQ, PX_REG_SCRATCH, &mine, 4);
	nft_rule_mark_or(r, PX_MARK_MASQUERADE);
	nft_rule_verdict(r, NFT_RETURN, NULL);
	nft_rule_end(r);
	go(begin_number(n, table, local, PX_MAP_HERE, f, any), PX_MAP_HERE, PX_MAP_POOL_HERE, f, any);
}

static void postrouting_rules(struct nft *n, const char *table, const struct px_rules_config *c)
{
	struct nft_rule *r;
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
		nft_rule_lookup(r, px_map_name(PX_MAP_VIP, f), PX_REG_EP, false, 0, false);
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
		px_load_daddr(r, f, NFT_REG32_00 + inet_addr_len(f) / 4);
		nft_rule_lookup(r, px_map_name(PX_MAP_HAIRPIN, f), NFT_REG32_00, false, 0, false);
		nft_rule_masquerade(r, true);
		nft_rule_end(r);
	}
}

void px_rules_skeleton(struct nft *n, const char *table, const struct px_rules_config *c)
{
	char version[64];
	struct nft_rule *r;
	px_skeleton_text(c, version);
	nft_table_add(n, table);
	maps_add(n, table, 4);
	maps_add(n, table, 6);
	struct nft_hook pre = {"nat", NF_INET_PRE_ROUTING, NF_IP_PRI_NAT_DST},
			out = {"nat", NF_INET_LOCAL_OUT, NF_IP_PRI_NAT_DST},
			post = {"nat", NF_INET_POST_ROUTING, NF_IP_PRI_NAT_SRC};
	nft_chain_add(n, table, "services", NULL);
	nft_chain_add(n, table, "prerouting", &pre);
	nft_chain_add(n, table, "output", &out);
	nft_chain_add(n, table, "postrouting", &post);
	static const char *const chains[] = {"outer4", "outer6", "node4", "node6", "dropping", "masquerading"};
	for (size_t i = 0; i < ARRAY_LEN(chains); i++)
		nft_chain_add(n, table, chains[i], NULL);
	px_rules_refuse(n, table);
	r = nft_rule_begin(n, table, "dropping", NULL);
	nft_rule_verdict(r, NF_DROP, NULL);
	nft_rule_end(r);
	r = nft_rule_begin(n, table, "masquerading", NULL); /* the answer must come back through this node */
	nft_rule_mark_or(r, PX_MARK_MASQUERADE);
	nft_rule_end(r);
	for (int i = 0; i < 2; i++) {
		r = nft_rule_begin(n, table, i ? "output" : "prerouting", i ? NULL : version);
		nft_rule_verdict(r, NFT_JUMP, "services");
		nft_rule_end(r);
	}
	for (unsigned f = 4; f <= 6; f += 2) {
		services_rules(n, table, c, f);
		outer_rules(n, table, c, f, false);
		outer_rules(n, table, c, f, true);
	}
	postrouting_rules(n, table, c);
}

/* ---- names ---- */

static void port_text(const struct px_port *p, const char *more, char out[768])
{
	(void)snprintf(out, 768, "%s/%u/%u%s", p->name, p->family, p->protocol, more);
}

static void endpoint_text(const struct px_port *p, const struct px_endpoint *ep, bool timeout, char out[768])
{
	char addr[48], more[96], after[16] = "";
	inet_addr_text(&ep->addr, addr);
	if (timeout)
		(void)snprintf(after, sizeof(after), " %u", p->affinity_s);
	(void)snprintf(more, sizeof(more), " %s %u%s", addr, ep->port, after);
	port_text(p, more, out);
}

void px_chain_name(const struct px_port *p, enum px_chain kind, const struct px_endpoint *ep, char out[PX_NAME_MAX])
{
	const char prefix[2] = {(char)kind, 0};
	char text[768];
	if (kind == PX_CHAIN_ENDPOINT)
		endpoint_text(p, ep, false, text);
	else
		port_text(p, "", text);
	digest_name(out, PX_NAME_MAX, prefix, text, "");
}

void px_affinity_name(const struct px_port *p, const struct px_endpoint *ep, char out[PX_NAME_MAX])
{
	char text[768];
	endpoint_text(p, ep, true, text);
	digest_name(out, PX_NAME_MAX, "a", text, "");
}

void px_affinity_spec(const struct px_port *p, const char *name, struct nft_set_spec *ret)
{
	*ret = (struct nft_set_spec){.name = name,
				     .flags = NFT_SET_EVAL,
				     .key_type = px_type_addr(p->family),
				     .key_len = inet_addr_len(p->family),
				     .timeout_ms = (uint64_t)p->affinity_s * 1000,
				     .size = PX_AFFINITY_SIZE};
}

void px_number_name(const struct px_number *x, char out[PX_NAME_MAX])
{
	(void)snprintf(out, PX_NAME_MAX, "%c-%u-%u-%u", x->role, x->family, x->n, x->number);
}

bool px_number_parse(const char *chain, struct px_number *ret)
{
	unsigned family, n, number;
	char back[PX_NAME_MAX], role;
	if (sscanf(chain, "%c-%u-%u-%u", &role, &family, &n, &number) != 4 || (family != 4 && family != 6) || !n ||
	    !strchr("ceh", role))
		return false;
	struct px_number x = {number, (uint8_t)family, role, n};
	px_number_name(&x, back);
	if (!streq(back, chain))
		return false;
	*ret = x;
	return true;
}

void px_endpoints_spec(uint8_t family, uint32_t number, bool sticky, char name[PX_NAME_MAX], struct nft_set_spec *ret)
{
	(void)snprintf(name, PX_NAME_MAX, "%s%u-%u", sticky ? "to" : "ep", family, number / NUMBERS_PER_MAP);
	*ret = (struct nft_set_spec){.name = name, .key_type = NFT_CONCAT2(NFT_T_MARK, NFT_T_MARK), .key_len = 8};
	ret->data_type = sticky ? NFT_DATA_VERDICT : NFT_CONCAT2(px_type_addr(family), NFT_T_PORT);
	ret->data_len = sticky ? 0 : inet_addr_len(family) + 4;
}

void px_endpoint_elem(const struct px_endpoint *ep, uint32_t number, uint32_t place, struct nft_elem *ret)
{
	uint32_t len = inet_addr_len(ep->addr.family);
	uint16_t port = htons(ep->port);
	*ret = (struct nft_elem){.key_len = 8, .data_len = len + 4};
	memcpy(ret->key, &number, 4);
	memcpy(ret->key + 4, &place, 4);
	memcpy(ret->data, ep->addr.a, len);
	memcpy(ret->data + len, &port, 2);
}

uint64_t px_chains_hash(const struct px_port *p)
{
	uint64_t h = px_port_hash(p, false);
	return h ? h : 1;
}

/* ---- chains ---- */

/* Number and place of a list of n in turn, in two registers from PX_REG_SCRATCH on. */
static void next_place(struct nft_rule *r, uint32_t number, uint32_t n)
{
	uint32_t zero = 0;
	nft_rule_immediate(r, PX_REG_SCRATCH, &number, 4);
	if (n == 1)
		nft_rule_immediate(r, PX_REG_SCRATCH + 1, &zero, 4);
	else
		nft_rule_numgen(r, false, n, PX_REG_SCRATCH + 1);
}

/*
 * A packet that is on its way while a transaction ends may have found a number from before it, and looks for endpoints
 * after it, when that number has none: the kernel asks for the present at each lookup. Dropped, it is sent again;
 * let go, it would be refused, or tracked without translation for good.
 */
static void gone_rule(struct nft *n, const char *table, const char *chain)
{
	struct nft_rule *r = nft_rule_begin(n, table, chain, NULL);
	nft_rule_verdict(r, NF_DROP, NULL);
	nft_rule_end(r);
}

void px_rules_number(struct nft *n, const char *table, const struct px_number *x, const char *comment)
{
	char chain[PX_NAME_MAX], map[PX_NAME_MAX];
	struct nft_set_spec spec;
	px_number_name(x, chain);
	px_endpoints_spec(x->family, x->number, false, map, &spec);
	struct nft_rule *r = nft_rule_begin(n, table, chain, comment);
	next_place(r, x->number, x->n);
	nft_rule_lookup(r, map, PX_REG_SCRATCH, true, PX_REG_EP, false);
	nft_rule_dnat(r, px_nfproto(x->family), PX_REG_EP, px_reg_port(x->family));
	nft_rule_end(r);
	gone_rule(n, table, chain);
}

static void endpoint_rule(struct nft *n, const char *table, const char *chain, const struct px_port *p,
			  const struct px_endpoint *ep, const char *comment)
{
	char set[PX_NAME_MAX];
	uint16_t port = htons(ep->port);
	px_affinity_name(p, ep, set);
	struct nft_rule *r = nft_rule_begin(n, table, chain, comment);
	px_load_saddr(r, p->family, PX_REG_CLIENT);
	nft_rule_update(r, set, PX_REG_CLIENT, false, 0, (uint64_t)p->affinity_s * 1000);
	nft_rule_immediate(r, PX_REG_EP, ep->addr.a, inet_addr_len(p->family));
	nft_rule_immediate(r, px_reg_port(p->family), &port, 2);
	nft_rule_dnat(r, px_nfproto(p->family), PX_REG_EP, px_reg_port(p->family));
	nft_rule_end(r);
}

/* Clients of an endpoint go there again; the rest to the next endpoint in turn, whose chain remembers them. */
static void sticky_rules(struct nft *n, const char *table, const char *chain, const struct px_port *p,
			 enum px_role role, uint32_t number, const char *comment)
{
	const struct px_endpoint *eps;
	size_t count = px_role_endpoints(p, role, &eps);
	char set[PX_NAME_MAX], name[PX_NAME_MAX];
	struct nft_set_spec spec;
	struct nft_rule *r;
	for (size_t i = 0; i < count; i++) {
		px_chain_name(p, PX_CHAIN_ENDPOINT, &eps[i], name);
		px_affinity_name(p, &eps[i], set);
		r = nft_rule_begin(n, table, chain, i ? NULL : comment);
		px_load_saddr(r, p->family, PX_REG_CLIENT);
		nft_rule_lookup(r, set, PX_REG_CLIENT, false, 0, false);
		nft_rule_verdict(r, NFT_GOTO, name);
		nft_rule_end(r);
	}
	px_endpoints_spec(p->family, number, true, name, &spec);
	r = nft_rule_begin(n, table, chain, NULL);
	next_place(r, number, (uint32_t)count);
	nft_rule_lookup(r, name, PX_REG_SCRATCH, true, NFT_REG_VERDICT, false);
	nft_rule_end(r);
	gone_rule(n, table, chain);
}

static void firewall_rules(struct nft *n, const char *table, const char *chain, const struct px_port *p,
			   const char *comment)
{
	for (size_t i = 0; i < p->n_ranges; i++) {
		struct nft_rule *r = nft_rule_begin(n, table, chain, i ? NULL : comment);
		px_match_saddr(r, &p->ranges[i], true);
		nft_rule_verdict(r, NFT_RETURN, NULL);
		nft_rule_end(r);
	}
	struct nft_rule *r = nft_rule_begin(n, table, chain, p->n_ranges ? NULL : comment);
	nft_rule_verdict(r, NF_DROP, NULL);
	nft_rule_end(r);
}

void px_rules_chain(struct nft *n, const char *table, const struct px_port *p, enum px_chain kind,
		    const struct px_endpoint *ep, uint32_t number, const char *comment)
{
	char chain[PX_NAME_MAX];
	px_chain_name(p, kind, ep, chain);
	if (kind == PX_CHAIN_FIREWALL)
		firewall_rules(n, table, chain, p, comment);
	else if (kind == PX_CHAIN_ENDPOINT)
		endpoint_rule(n, table, chain, p, ep, comment);
	else
		sticky_rules(n, table, chain, p,
			     kind == PX_CHAIN_STICKY_CLUSTER    ? PX_ROLE_CLUSTER
			     : kind == PX_CHAIN_STICKY_EXTERNAL ? PX_ROLE_EXTERNAL
								: PX_ROLE_HERE,
			     number, comment);
}
