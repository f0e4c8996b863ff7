/*
 * What the API says, boiled down to what a backend needs: Services and EndpointSlices (and hostPorts of this node's
 * pods) become tables of {address, port, protocol -> endpoints}. Pure: no kernel, no clock, no network. Tables are
 * canonical (sorted, without doubles), so that equal meaning gives equal hashes. One thread.
 *
 * Rules follow Kubernetes' documents on virtual IPs and on EndpointSlice conditions: ready endpoints serve; when there
 * is none, those that are serving while terminating; a policy of Local narrows either to this node's. Hints narrow
 * ready ones to this node's, or this zone's, when all have such hints and one is for it (as kube-proxy reads them).
 * What several want at one address and port one has (proxy/claims.h); the API servers' own addresses and ports nobody.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/inet.h"

struct px_endpoint {
	struct inet_addr addr;
	uint16_t port;
	bool local; /* on this node */
};
enum px_front_kind {
	PX_CLUSTER,      /* clusterIP */
	PX_EXTERNAL,     /* externalIPs */
	PX_LB,           /* addresses of status.loadBalancer; source ranges hold */
	PX_NODEPORT,     /* every address of the node; addr is unset */
	PX_HOSTPORT,     /* the same, for a pod of this node */
	PX_HOSTPORT_ADDR /* one address of the node */
};
struct px_front {
	enum px_front_kind kind;
	struct inet_addr addr;
	uint16_t port;
};
struct px_port {          /* one port of a Service in one address family */
	char *name;       /* "ns/name:port" */
	uint8_t family;   /* 4 or 6 */
	uint8_t protocol; /* IPPROTO_TCP, _UDP, _SCTP */
	uint16_t port_no; /* the how manieth of its Service */
	bool internal_local, external_local;
	uint32_t affinity_s; /* 0: none */
	struct px_front *fronts;
	size_t n_fronts;
	struct px_endpoint *eps; /* whoever may answer under policy Cluster */
	size_t n_eps;
	struct px_endpoint *local_eps; /* under policy Local */
	size_t n_local_eps;
	struct inet_cidr *ranges; /* loadBalancerSourceRanges of this family */
	size_t n_ranges;
	bool has_ranges; /* ranges of whichever family exist: none of this family means nobody */
};
struct px_service {
	char *key; /* "ns/name"; "pod:ns/name" for hostPorts */
	struct px_port *ports;
	size_t n_ports;
	uint16_t health_port;  /* healthCheckNodePort under external policy Local; 0: none */
	uint32_t health_local; /* ready endpoints of this node */
	char *lost;            /* the first front that another one has (proxy/claims.h), and who; NULL: none */
	size_t n_lost;
	uint64_t hash;
};

#define PX_API_SERVICE "default/kubernetes" /* its endpoints are the API servers */

struct px_model;
int px_model_new(struct px_model **ret, const char *node_name, struct err *e);
struct px_model *px_model_free(struct px_model *m);
/* NULL object: it is gone. -ENOMEM only; what is malformed is left out. */
int px_model_service(struct px_model *m, const char *ns, const char *name, const json_t *svc);
int px_model_slice(struct px_model *m, const char *ns, const char *name, const json_t *slice);
int px_model_pod(struct px_model *m, const char *ns, const char *name, const json_t *pod);
/* This node's topology.kubernetes.io/zone; NULL: it has none. */
void px_model_zone(struct px_model *m, const char *zone);

struct px_change {
	struct px_service *old; /* NULL: new */
	struct px_service *now; /* NULL: gone */
};
/* What changed since the last flush. now belongs to the model and lives until its own change has been flushed and
 * dropped. */
int px_model_flush(struct px_model *m, struct px_change **ret, size_t *ret_n);
void px_changes_free(struct px_change *v, size_t n); /* frees the old ones */
bool px_model_dirty(const struct px_model *m);

/* Of everything but, unless with_fronts, the fronts. Endpoints that are NULL count by their number alone. */
uint64_t px_port_hash(const struct px_port *p, bool with_fronts);
bool px_endpoint_equal(const struct px_endpoint *a, const struct px_endpoint *b);
bool px_port_has(const struct px_port *p, const struct px_endpoint *ep); /* p may be NULL */
