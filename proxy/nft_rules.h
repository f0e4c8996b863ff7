/*
 * The rules of nftables mode: pure translation into nftables messages.
 *
 * Map svc4 (and 6) leads from address (0: any of the node's), protocol and port to two values: of how many endpoints,
 * for who reads it, and a number. One below PX_NUMBER_FIRST
 * says what is done (enum px_fixed); the others are lists of endpoints (proxy/numbers.h): map pool4 leads from the
 * number to its chain, this takes a place in turn, and a map ep4-N leads from number and place to the endpoint. What is
 * not for a cluster address is PX_FIXED_MASQ, _LOCAL or _PLAIN and has its lists in ext4 (all endpoints, chains in
 * poolext4) and here4 (this node's, poolhere4). So a Service is made of elements alone, and no chain is made, or
 * checked again by the kernel, because of it.
 *
 * Chains of their own have source ranges (PX_CHAIN_FIREWALL, by verdict map fw4) and session affinity
 * (PX_CHAIN_STICKY_* and for each endpoint PX_CHAIN_ENDPOINT, with a set of its clients).
 */
#pragma once
#include "base/nft.h"
#include "base/nft_items.h"
#include "proxy/model.h"
#include "proxy/numbers.h"

#define PX_MARK_MASQUERADE 0x4000u /* as kube-proxy's */
#define PX_SKELETON        6       /* raise it when px_rules_skeleton changes, or what the maps mean */
#define PX_AFFINITY_SIZE   65536u

struct px_rules_config {
	struct inet_cidr cluster[2]; /* by family: 4, 6; bits 0: none */
	bool has_cluster[2];
	struct inet_cidr service[2];
	bool has_service[2];
};
/* Each: NULL, one CIDR, or one of each family separated by a comma. ret is zeroed before. */
int px_rules_config_parse(struct px_rules_config *ret, const char *cluster_cidr, const char *service_cidr,
			  struct err *e);

void px_rules_skeleton(struct nft *n, const char *table, const struct px_rules_config *c);
/* The comment of its first rule, by which it is known again. c is zeroed before it is filled. */
void px_skeleton_text(const struct px_rules_config *c, char out[64]);

/* Names of the skeleton's maps: "svc4". */
enum px_map {
	PX_MAP_POOL, /* the pools first: by them it is known which numbers there are */
	PX_MAP_POOL_EXT,
	PX_MAP_POOL_HERE,
	PX_MAP_SVC,
	PX_MAP_EXT,
	PX_MAP_HERE,
	PX_MAP_FW,
	PX_MAP_VIP,
	PX_MAP_HAIRPIN,
	PX_MAPS
};
const char *px_map_name(enum px_map map, unsigned family);
enum px_map px_role_pool(enum px_role role); /* where a list of this role has its chain */

/* Numbers that stand for no list. */
enum px_fixed {
	PX_FIXED_REFUSE = 1,
	PX_FIXED_DROP,
	PX_FIXED_MASQ,  /* external policy Cluster */
	PX_FIXED_LOCAL, /* external policy Local */
	PX_FIXED_PLAIN, /* hostPorts */
	PX_FIXED_END
};
/* Chains to which these lead in pools; NULL: not in this one. */
const char *px_fixed_chain(enum px_fixed f, enum px_map pool, unsigned family);
enum px_fixed px_front_fixed(const struct px_port *p, const struct px_front *f); /* of one that is not PX_CLUSTER */
/* What svc4 and the others are asked for. Returns the key's length. */
uint32_t px_front_key(const struct px_port *p, const struct px_front *f, uint8_t key[NFT_ITEM_KEY]);

/* Which chain of a port. */
enum px_chain {
	PX_CHAIN_FIREWALL = 'f',       /* who is in no source range is dropped */
	PX_CHAIN_STICKY_CLUSTER = 'k', /* lists with affinity, by role */
	PX_CHAIN_STICKY_EXTERNAL = 'l',
	PX_CHAIN_STICKY_HERE = 'm',
	PX_CHAIN_ENDPOINT = 'p', /* one of their endpoints */
};
enum px_chain px_role_sticky(enum px_role role);
/* The list of a role: how many, and which. */
size_t px_role_endpoints(const struct px_port *p, enum px_role role, const struct px_endpoint **ret);
#define PX_NAME_MAX NFT_ITEM_NAME
/* ep: of PX_CHAIN_ENDPOINT and of affinity sets */
void px_chain_name(const struct px_port *p, enum px_chain kind, const struct px_endpoint *ep, char out[PX_NAME_MAX]);
/* "c-4-3-17": the chain of number 17, for a list of 3 endpoints. */
void px_number_name(const struct px_number *x, char out[PX_NAME_MAX]);
bool px_number_parse(const char *chain, struct px_number *ret);
/* The map in which a number has its endpoints, or its affinity chains. */
void px_endpoints_spec(uint8_t family, uint32_t number, bool sticky, char name[PX_NAME_MAX], struct nft_set_spec *ret);
void px_endpoint_elem(const struct px_endpoint *ep, uint32_t number, uint32_t place, struct nft_elem *ret);
/* The set of clients that belong to an endpoint; named after the timeout too, so that a new timeout is a new set. */
void px_affinity_name(const struct px_port *p, const struct px_endpoint *ep, char out[PX_NAME_MAX]);
void px_affinity_spec(const struct px_port *p, const char *name, struct nft_set_spec *ret);
/* comment goes on the first rule. */
void px_rules_number(struct nft *n, const char *table, const struct px_number *x, const char *comment);
/* number: of the list, for PX_CHAIN_STICKY_*. */
void px_rules_chain(struct nft *n, const char *table, const struct px_port *p, enum px_chain kind,
		    const struct px_endpoint *ep, uint32_t number, const char *comment);
/* Of what a port's chains (but for endpoints') are made of: not 0, and the same for two whose rules are the same. */
uint64_t px_chains_hash(const struct px_port *p);
