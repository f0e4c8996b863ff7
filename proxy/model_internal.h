/* What model.c and model_table.c share: a Service as it is kept, and its table made of it. */
#pragma once
#include "base/list.h"
#include "base/map.h"
#include "proxy/claims.h"
#include "proxy/model.h"
#include "proxy/nodes.h"

/* Bounds on what one object may make of us; the API server's own validation is tighter. */
#define PX_PORTS_MAX     200
#define PX_ADDRS_MAX     64
#define PX_ENDPOINTS_MAX 20000
#define PX_SLICES_MAX    1000

struct slice_port {
	char name[64];
	uint8_t protocol;
	uint16_t port;
};
#define PX_HINTS_MAX 8 /* zones an endpoint may name, as the API has it */
struct slice_endpoint {
	struct inet_addr addr;
	bool ready, serving, terminating, local;
	bool node_hints, for_node; /* it has hints for nodes; for this one */
	uint8_t n_zones;
	uint32_t zones[PX_HINTS_MAX]; /* hashes */
};
struct slice {
	struct slice *next; /* of the same Service */
	char *name;
	struct slice_port *ports;
	size_t n_ports;
	struct slice_endpoint *eps;
	size_t n_eps;
};
struct entry { /* a Service, its slices, its table */
	char *key;
	char *svc; /* what is read of its object, as JSON; NULL: there is none */
	struct slice *slices;
	struct px_service *flushed;
	struct px_service *built; /* during a flush: with all that it claims */
	struct px_claim *claims;
	size_t n_claims;
	bool dirty;
	struct list dirty_link;
};
struct px_model {
	char *node;
	struct px_nodes *nodes;
	uint32_t zone;           /* hash; 0: none */
	struct map *entries;     /* key -> struct entry */
	struct map *slice_owner; /* "ns/slice" -> char * key of its Service */
	struct px_claims *claims;
	struct list dirty;
};

void px_service_free(struct px_service *s);
/* *ret NULL: it has nothing for the proxy. Fronts are all that it asks for. -ENOMEM */
int px_table_build(const struct px_model *m, const struct entry *x, const json_t *svc, struct px_service **ret);
int px_hostports_build(const char *key, const json_t *pod, struct px_service **ret);
/* What a table asks for. created: of its object. */
int px_table_claims(const struct px_service *s, const char *created, struct px_claim **ret, size_t *ret_n);
/* Leaves the table the fronts that it has, and finishes it. */
int px_table_finish(const struct px_model *m, const struct entry *x, struct px_service *s);
