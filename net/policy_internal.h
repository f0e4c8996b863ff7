/* What the files of the policy model share. */
#pragma once
#include "api/selector.h"
#include "base/list.h"
#include "base/map.h"
#include "net/policy_model.h"

/* Bounds on what one policy may make of us. */
#define NP_RULES_MAX 1000
#define NP_PEERS_MAX 1000
#define NP_PORTS_MAX 1000
#define NP_NAMED_MAX 16 /* different port names of one rule */
#define NP_IPS_MAX   4
#define NP_POD_PORTS 64

struct np_port {
	uint8_t protocol;
	bool any; /* whatever port */
	uint16_t from, to;
};
struct np_interval {
	struct inet_addr from, to; /* both in it */
};

/* Pods that a selector selects, as addresses; or their ports of one name, as (address, protocol, port). */
struct np_set {
	char *key;                    /* in np_model.sets; all of the below as text */
	char names[2][NFT_ITEM_NAME]; /* by family: 4, 6 */
	char *ns;                     /* NULL: those that ns_sel selects */
	struct api_selector *ns_sel, *pod_sel;
	char port[16]; /* "": addresses */
	uint8_t protocol;
	unsigned holders; /* rules that name it */
	unsigned uses;    /* of them, by chains that are wanted */
};

struct np_rule {
	bool any_peer;
	struct np_set **peers;
	size_t n_peers;
	struct np_interval *blocks[2]; /* by family; sorted, apart from one another */
	size_t n_blocks[2];
	bool any_port;
	struct np_port *ports;
	size_t n_ports;
	/* Ports with a name. Of ingress: of the pods the policy selects, for every peer; of egress: of the peers. */
	struct np_set **named;
	size_t n_named;
};
struct np_side { /* one direction of a policy; owner of its chain */
	enum np_dir dir;
	bool on;
	struct np_rule *rules;
	size_t n_rules;
	char chain[NFT_ITEM_NAME];
	uint64_t hash;
	unsigned uses;
};
struct np_policy {
	char *ns, *name;
	char *text;                   /* "ns/name", for comments */
	struct api_selector *pod_sel; /* NULL: selects nothing (malformed) */
	struct np_side sides[2];
	bool cut;
};
struct np_profile { /* all policies of a pod in one direction; owner of a chain */
	char chain[NFT_ITEM_NAME];
	enum np_dir dir;
	char *text;
	struct np_policy **policies;
	size_t n;
	unsigned refs;
};
struct np_pod_port {
	char name[16];
	uint8_t protocol;
	uint16_t port;
};
struct np_pod {
	char *ns, *name, *uid;
	json_t *labels; /* or NULL */
	bool local;
	struct inet_addr ips[NP_IPS_MAX]; /* of its status; none when it is on its node's network or has ended */
	size_t n_ips;
	struct np_pod_port *ports;
	size_t n_ports;
	struct np_profile *profiles[2];
	bool told; /* the sink knows of it */
};
struct np_model {
	char *node;
	struct np_sink sink;
	struct map *policies;   /* "ns/name" -> struct np_policy */
	struct map *pods;       /* "ns/name" -> struct np_pod */
	struct map *namespaces; /* name -> json_t *labels */
	struct map *sets;       /* key -> struct np_set */
	struct map *profiles;   /* chain -> struct np_profile */
	struct map *leases;     /* uid -> struct np_lease */
};
struct np_lease {
	struct inet_addr ips[NP_IPS_MAX];
	size_t n;
};

/* policy_parse.c. Sets are found or made, and held. */
int np_policy_new(struct np_policy **ret, struct np_model *m, const char *ns, const char *name, const json_t *policy);
void np_policy_free(struct np_model *m, struct np_policy *p); /* its sets are let go; p may be NULL */
int np_pod_new(struct np_pod **ret, const char *ns, const char *name, const json_t *pod, const char *node);
void np_pod_free(struct np_pod *p);

/* policy_sets.c */
int np_set_hold(struct np_set **ret, struct np_model *m, const char *ns, const json_t *ns_sel, const json_t *pod_sel,
		const char *port, uint8_t protocol);
void np_set_release(struct np_model *m, struct np_set *s);
void np_set_use(struct np_model *m, struct np_set *s, bool use);
/* One pod's part of all sets in use (of those that look at namespaces' labels, when only those). */
void np_sets_pod(struct np_model *m, const struct np_pod *p, bool only_by_namespace, bool add);
/* All addresses of a pod: those of its lease, too. Returns how many. */
size_t np_pod_ips(const struct np_model *m, const struct np_pod *p, struct inet_addr ret[2 * NP_IPS_MAX]);

/* policy_rules.c: owner is a struct np_side, a struct np_profile */
void np_emit_side(struct nft *n, const char *table, const struct nft_chain_want *w, const char *comment);
void np_emit_profile(struct nft *n, const char *table, const struct nft_chain_want *w, const char *comment);
