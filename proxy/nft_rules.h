/* The rules themselves: pure translation of a table's port into nftables messages. */
#pragma once
#include "base/nft.h"
#include "proxy/model.h"

#define PX_MARK_MASQUERADE 0x4000u /* as kube-proxy's */
#define PX_SKELETON        3       /* raise it when px_rules_skeleton changes */
#define PX_AFFINITY_SIZE   65536u

struct px_rules_config {
	struct px_cidr cluster[2]; /* by family: 4, 6; bits 0: none */
	bool has_cluster[2];
};
/* cluster_cidr: NULL, one CIDR, or one of each family separated by a comma. ret is zeroed before. */
int px_rules_config_parse(struct px_rules_config *ret, const char *cluster_cidr, struct err *e);
/* Which chain of a port. */
enum px_chain {
	PX_CHAIN_INTERNAL = 'i', /* cluster addresses */
	PX_CHAIN_EXTERNAL = 'e', /* node ports, external addresses */
	PX_CHAIN_FIREWALL = 'f', /* source ranges, then external */
	PX_CHAIN_HOSTPORT = 'h',
	PX_CHAIN_ENDPOINT = 'p', /* one endpoint of a Service with affinity */
};
void px_rules_skeleton(struct nft *n, const char *table, const struct px_rules_config *c);
/* The comment of its first rule, by which it is known again. c is zeroed before it is filled. */
void px_skeleton_text(const struct px_rules_config *c, char out[64]);
/* ep: of PX_CHAIN_ENDPOINT and of affinity sets */
#define PX_NAME_MAX 48
void px_chain_name(const struct px_port *p, enum px_chain kind, const struct px_endpoint *ep, char out[PX_NAME_MAX]);
/* The set of clients that belong to an endpoint; named after the timeout too, so that a new timeout is a new set. */
void px_affinity_name(const struct px_port *p, const struct px_endpoint *ep, char out[PX_NAME_MAX]);
void px_affinity_spec(const struct px_port *p, const char *name, struct nft_set_spec *ret);
/*
 * The endpoints that a port's chains take in turn are elements of maps, by a number of the port and the endpoint's
 * place, so that another address is another element and not another rule: for every new rule the kernel checks all
 * chains again. One map for each port would cost a walk through all maps whenever one is made, one map for all a walk
 * through all of its elements for each new rule that uses it: a port's number says which of PX_EP_MAPS it has. local:
 * the endpoints under policy Local. in_map: there are several, and no affinity.
 */
struct px_elem;
bool px_port_in_map(const struct px_port *p, bool local);
void px_endpoint_elem(const struct px_port *p, bool local, uint32_t place, struct px_elem *ret);
/* Of what the chains of a port are made of: not 0, and the same for two ports whose rules are the same. */
uint64_t px_chains_hash(const struct px_port *p);
/* comment goes on the first rule. */
void px_rules_chain(struct nft *n, const char *table, const struct px_rules_config *c, const struct px_port *p,
		    enum px_chain kind, const struct px_endpoint *ep, const char *comment);
