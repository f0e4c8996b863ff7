#include "proxy/ipvs_rules.h"
#include <linux/netfilter/nf_conntrack_tuple_common.h>
#include <linux/netfilter_ipv4.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "proxy/ipvs_sets.h"
#include "proxy/nft_match.h"

static const char *const chains[] = {
    [PX_SET_CLUSTER] = "cluster",  [PX_SET_EXTERNAL] = "external", [PX_SET_LOCAL] = "local",
    [PX_SET_NOLOCAL] = "nolocal",  [PX_SET_REFUSE] = "refuse",     [PX_SET_DROP] = "drop",
    [PX_SET_FIREWALL] = "firewall"};

void px_ipvs_skeleton_text(const struct px_rules_config *c, char out[64])
{
	(void)snprintf(out, 64, "minik-proxy ipvs %d %016llx", PX_IPVS_SKELETON,
		       (unsigned long long)str_hash(c, sizeof(*c)));
}

static void sets_add(struct nft *n, const char *table, unsigned f)
{
	uint32_t len = inet_addr_len(f), addr = px_type_addr(f);
	uint32_t server = NFT_CONCAT3(addr, NFT_T_PROTO, NFT_T_PORT), endpoint = NFT_CONCAT2(addr, NFT_T_PORT);
	const uint8_t fields[] = {(uint8_t)len, 1, 2, (uint8_t)len, 0};
	const struct nft_set_spec specs[PX_SETS] = {
	    [PX_SET_SOURCES] = {.key_type = server << 6 | addr, .key_len = len * 2 + 8, .fields = fields},
	    [PX_SET_SHORT] = {.key_type = server, .key_len = len + 8, .data_type = endpoint, .data_len = len + 4},
	    [PX_SET_VIP] = {.key_type = addr, .key_len = len},
	    [PX_SET_HAIRPIN] = {.key_type = NFT_CONCAT2(addr, addr), .key_len = len * 2},
	    [PX_SET_HOSTPORT] = {.key_type = NFT_CONCAT2(NFT_T_PROTO, NFT_T_PORT),
				 .key_len = 8,
				 .data_type = endpoint,
				 .data_len = len + 4},
	    [PX_SET_HOSTADDR] = {.key_type = server, .key_len = len + 8, .data_type = endpoint, .data_len = len + 4},
	};
	for (enum px_set s = 0; s < PX_SETS; s++) {
		struct nft_set_spec spec = specs[s];
		if (s <= PX_SET_FIREWALL)
			spec = (struct nft_set_spec){.key_type = server, .key_len = len + 8};
		spec.name = px_set_name(s, f);
		nft_set_add(n, table, &spec);
	}
}

/* Address, protocol and port from register 0 on; the register behind them. */
static uint32_t load_server(struct nft_rule *r, unsigned f)
{
	uint32_t words = inet_addr_len(f) / 4;
	nft_rule_family(r, px_nfproto(f));
	px_load_daddr(r, f, NFT_REG32_00);
	px_load_port(r, NFT_REG32_00 + words);
	return NFT_REG32_00 + words + 2;
}

static void class_rule(struct nft *n, const char *table, const char *chain, enum px_set set, unsigned f)
{
	struct nft_rule *r = nft_rule_begin(n, table, chain, NULL);
	(void)load_server(r, f);
	nft_rule_lookup(r, px_set_name(set, f), NFT_REG32_00, false, 0, false);
	nft_rule_verdict(r, NFT_GOTO, chains[set]);
	nft_rule_end(r);
}

/* The value's address and port go where the key was: registers 0 on. */
static void dnat_rule(struct nft_rule *r, enum px_set set, unsigned f)
{
	uint32_t to = NFT_REG32_00 + 8;
	nft_rule_lookup(r, px_set_name(set, f), NFT_REG32_00, true, to, false);
	nft_rule_dnat(r, px_nfproto(f), to, to + inet_addr_len(f) / 4);
	nft_rule_end(r);
}

static void services_rules(struct nft *n, const char *table, const struct px_rules_config *c)
{
	/* The reset that refuses the node's own connection goes to its source, which is the Service's address too. */
	uint8_t reply = IP_CT_DIR_REPLY;
	struct nft_rule *answer = nft_rule_begin(n, table, "services", NULL);
	nft_rule_ct(answer, NFT_CT_DIRECTION, PX_REG_SCRATCH);
	nft_rule_cmp(answer, NFT_CMP_EQ, PX_REG_SCRATCH, &reply, 1);
	nft_rule_verdict(answer, NFT_RETURN, NULL);
	nft_rule_end(answer);
	for (unsigned f = 4; f <= 6; f += 2) {
		class_rule(n, table, "services", PX_SET_CLUSTER, f);
		class_rule(n, table, "services", PX_SET_FIREWALL, f);
		for (enum px_set s = PX_SET_CLUSTER + 1; s < PX_CLASSES; s++)
			class_rule(n, table, "services", s, f);
		/* Ports that a Service does not have: the addresses are the machine's own, and so would be whoever
		 * listens on them. Pings are answered. */
		const uint8_t protocols[] = {IPPROTO_TCP, IPPROTO_UDP, IPPROTO_SCTP};
		struct nft_elem v[ARRAY_LEN(protocols)] = {0};
		for (size_t i = 0; i < ARRAY_LEN(protocols); i++) {
			v[i].key[0] = protocols[i];
			v[i].key_len = 1;
		}
		struct nft_rule *r = nft_rule_begin(n, table, "services", NULL);
		nft_rule_family(r, px_nfproto(f));
		nft_rule_meta(r, NFT_META_L4PROTO, PX_REG_SCRATCH);
		nft_rule_lookup_anon(r, &(struct nft_set_spec){.key_type = NFT_T_PROTO, .key_len = 1}, v, ARRAY_LEN(v),
				     PX_REG_SCRATCH, false, 0);
		px_load_daddr(r, f, NFT_REG32_00);
		nft_rule_lookup(r, px_set_name(PX_SET_VIP, f), NFT_REG32_00, false, 0, false);
		nft_rule_verdict(r, NFT_GOTO, chains[PX_SET_REFUSE]);
		nft_rule_end(r);
		/* hostPorts have one endpoint: nothing to balance. */
		r = nft_rule_begin(n, table, "services", NULL);
		(void)load_server(r, f);
		dnat_rule(r, PX_SET_HOSTADDR, f);
		r = nft_rule_begin(n, table, "services", NULL);
		nft_rule_family(r, px_nfproto(f));
		px_match_node_daddr(r, f);
		px_load_port(r, NFT_REG32_00);
		dnat_rule(r, PX_SET_HOSTPORT, f);
		px_rules_nobodys(n, table, "services", &c->service[f == 6], c->has_service[f == 6]);
	}
}

static void match_node_saddr(struct nft_rule *r, unsigned f)
{
	uint32_t local = RTN_LOCAL;
	nft_rule_family(r, px_nfproto(f));
	nft_rule_fib_type(r, NFTA_FIB_F_SADDR, PX_REG_SCRATCH);
	nft_rule_cmp(r, NFT_CMP_EQ, PX_REG_SCRATCH, &local, 4);
}

static void policy_rules(struct nft *n, const char *table, const struct px_rules_config *c)
{
	struct nft_rule *r;
	for (unsigned f = 4; f <= 6; f += 2) {
		bool has_cluster = c->has_cluster[f == 6];
		/* The node's own packets have the Service's address as source, since it is the machine's. */
		r = nft_rule_begin(n, table, chains[PX_SET_CLUSTER], NULL);
		if (has_cluster) {
			nft_rule_family(r, px_nfproto(f));
			px_match_saddr(r, &c->cluster[f == 6], false);
		} else {
			match_node_saddr(r, f);
		}
		nft_rule_mark_or(r, PX_MARK_MASQUERADE);
		nft_rule_end(r);
		if (has_cluster) {
			r = nft_rule_begin(n, table, chains[PX_SET_LOCAL], NULL);
			nft_rule_family(r, px_nfproto(f));
			px_match_saddr(r, &c->cluster[f == 6], true);
			(void)load_server(r, f);
			dnat_rule(r, PX_SET_SHORT, f);
		}
		r = nft_rule_begin(n, table, chains[PX_SET_LOCAL], NULL);
		match_node_saddr(r, f);
		nft_rule_mark_or(r, PX_MARK_MASQUERADE);
		(void)load_server(r, f);
		dnat_rule(r, PX_SET_SHORT, f);
		r = nft_rule_begin(n, table, chains[PX_SET_FIREWALL], NULL);
		px_load_saddr(r, f, load_server(r, f));
		nft_rule_lookup(r, px_set_name(PX_SET_SOURCES, f), NFT_REG32_00, false, 0, false);
		nft_rule_verdict(r, NFT_GOTO, "admitted");
		nft_rule_end(r);
		for (enum px_set s = PX_SET_CLUSTER + 1; s < PX_CLASSES; s++)
			class_rule(n, table, "admitted", s, f);
	}
	r = nft_rule_begin(n, table, chains[PX_SET_EXTERNAL], NULL);
	nft_rule_mark_or(r, PX_MARK_MASQUERADE);
	nft_rule_end(r);
	r = nft_rule_begin(n, table, chains[PX_SET_NOLOCAL], NULL);
	nft_rule_verdict(r, NFT_JUMP, chains[PX_SET_LOCAL]);
	nft_rule_end(r);
	static const enum px_set droppers[] = {PX_SET_NOLOCAL, PX_SET_FIREWALL, PX_SET_DROP};
	for (size_t i = 0; i < ARRAY_LEN(droppers); i++) {
		r = nft_rule_begin(n, table, chains[droppers[i]], NULL);
		nft_rule_verdict(r, NF_DROP, NULL);
		nft_rule_end(r);
	}
}

void px_ipvs_rules_skeleton(struct nft *n, const char *table, const struct px_rules_config *c)
{
	char version[64];
	px_ipvs_skeleton_text(c, version);
	nft_table_add(n, table);
	sets_add(n, table, 4);
	sets_add(n, table, 6);
	nft_chain_add(n, table, "services", NULL);
	nft_chain_add(n, table, "admitted", NULL);
	px_rules_refuse(n, table);
	for (size_t i = 0; i < ARRAY_LEN(chains); i++)
		if (i != PX_SET_REFUSE)
			nft_chain_add(n, table, chains[i], NULL);
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
	policy_rules(n, table, c);
	services_rules(n, table, c);
	px_rules_masquerade_marked(n, table, "postrouting");
	/* A pod that reaches itself through a Service must not answer itself directly; without one it never comes here.
	 */
	for (unsigned f = 4; f <= 6; f += 2) {
		struct nft_rule *r = nft_rule_begin(n, table, "postrouting", NULL);
		nft_rule_family(r, px_nfproto(f));
		px_load_saddr(r, f, NFT_REG32_00);
		px_load_daddr(r, f, NFT_REG32_00 + inet_addr_len(f) / 4);
		nft_rule_lookup(r, px_set_name(PX_SET_HAIRPIN, f), NFT_REG32_00, false, 0, false);
		nft_rule_masquerade(r, true);
		nft_rule_end(r);
	}
}
