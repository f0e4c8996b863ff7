/*
 * Gateway API on the Ingress' routing table: GatewayClass, Gateway, HTTPRoute, ReferenceGrant and Namespace objects,
 * with the Services, EndpointSlices and Secrets of the Ingress model, in; hosts, rules and certificates of the table,
 * listeners and statuses out. Pure: no clock, no I/O. Rules: gateway.networking.k8s.io/v1
 * (https://gateway-api.sigs.k8s.io/reference/spec/).
 *
 *  - Every Gateway of ours is served by the nginx of every node. Unless parameters say otherwise all of them have the
 * nodes' addresses, and listeners of the same port, protocol and hostname are one listener with the routes of both.
 * Whoever asks for another protocol on a port that an older Gateway has, or Ingress, gets none.
 *  - By parameters (a ConfigMap that its class or it names) a Gateway has an address of its own, that of a Service NAME-minik.
 * Its listeners are then nobody else's: each of its ports leads to a port of GATEWAY_PORT_FIRST to GATEWAY_PORT_LAST at the
 * nodes, which is the scope. Which one, the Service says, so that all nodes know; the table serves what is written there, and
 * the outcome says how the Service should be. Of two that have the same port there the older Gateway keeps it.
 *  - A port's listeners part its hosts among them: the one whose hostname is the most exact has the host alone. A
 * host's most exact hostname among the routes is all there is for it, as with Ingress.
 *  - Of a host's paths the longest that matches is tried first, Exact before PathPrefix; of its rules those with a
 * method, then with the most headers, then with the most query parameters, then of the oldest route, then the first in
 * it. Where none of a path's rules holds, the next shorter path is tried.
 *  - A rule that asks for what is not supported answers 500, and the condition of its route names it; nobody is served
 * as if a filter were not there.
 *  - A host that an Ingress names, too, on one of Ingress' ports, is one host of both, path by path: the older object has
 * a path, and what joins it from the other side keeps its own policies. The oldest object's namespace has the host against
 * the other kind: a route of another namespace is let in only by a listener with a hostname of a Gateway there, an Ingress
 * of another namespace not at all. The certificate is that of whoever has the host.
 *
 * Not thread-safe. What is built borrows nothing from the models.
 */
#pragma once
#include "ingress/model.h"
#include "ingress/nginx.h"

#define GATEWAY_GROUP      "gateway.networking.k8s.io"
#define GATEWAY_CONTROLLER "minik.io/gateway"
#define GATEWAY_CLASS_NAME "minik" /* that minik makes */
/* Nodes' ports of Gateways with an address of their own; beside Kubernetes' 30000-32767 of node ports. */
#define GATEWAY_PORT_FIRST     29000
#define GATEWAY_PORT_LAST      29999
#define GATEWAY_SERVICE_SUFFIX "-minik"
#define GATEWAY_NAME_LABEL     "gateway.networking.k8s.io/gateway-name"
#define GATEWAY_COPIED	       "minik.io/copied" /* annotation of the Service: what of its labels and annotations is the Gateway's */

enum gateway_kind { GATEWAY_CLASS, GATEWAY, GATEWAY_ROUTE, GATEWAY_KINDS };

/* What is known besides objects. */
struct gateway_facts {
	uint16_t http_port, https_port; /* Ingress' */
	const char *const *addresses;   /* of this node, NULL-terminated, or NULL */
	const char *const *others;      /* of all nodes: may be asked for, but are theirs to tell */
	bool any_address;               /* nodes' addresses are not known: none asked for is refused */
	const char *bundle;             /* version of the CRDs ("v1.6.1"), or NULL: unknown */
	bool unattached; /* routes of Gateways that are not known are looked at, too: what is wrong with them goes to `more` */
	const uint16_t *taken;          /* those of gateway_model_ports that somebody else listens on, in their order */
	size_t n_taken;
	bool lacks_services; /* nobody makes Services: no Gateway can have an address of its own */
	bool imagine;        /* what is written nowhere yet is served as if it were */
};
struct gateway_status {
	enum gateway_kind kind;
	char *ns, *name; /* ns NULL for a class */
	/*
	 * conditions (a class', a Gateway's), listeners and addresses (a Gateway's), parents (a route's: those entries
	 * that are GATEWAY_CONTROLLER's, maybe none), supportedFeatures (a class'). Without times.
	 */
	json_t *status;
};
struct gateway_service {
	char *ns, *name;
	json_t *want; /* as it should be; NULL: it is a Gateway's own, and that Gateway is to have none */
};
struct gateway_own { /* a port of a Gateway with an address of its own */
	uint16_t scope, port;
	char *gateway; /* "ns/name" */
};
struct gateway_outcome {
	struct nginx_listener
	    *listeners; /* sorted by port; without Ingress' two, which there are anyhow: a port is its scope */
	size_t n_listeners;
	struct gateway_status *statuses; /* sorted by kind, ns, name */
	size_t n_statuses;
	struct gateway_service *services; /* sorted by ns, name */
	size_t n_services;
	struct gateway_own *own; /* of all that are served, sorted by scope */
	size_t n_own;
	/* All that is wrong with rules and references, of which conditions have the first; owners as gateway_findings has them. */
	struct ing_finding *more;
	size_t n_more;
};
void gateway_outcome_done(struct gateway_outcome *o); /* frees; leaves it empty */
const struct gateway_own *gateway_own_of(const struct gateway_outcome *o, uint16_t scope); /* or NULL */

struct gateway_model;
int gateway_model_new(struct gateway_model **ret, struct err *e);
struct gateway_model *gateway_model_free(struct gateway_model *g);
/* The object as it is now; NULL: gone. 0, or -ENOMEM and nothing changed. What is wrong inside becomes conditions. */
int gateway_model_class(struct gateway_model *g, const char *ns, const char *name,
			const json_t *o); /* ns is not used */
int gateway_model_gateway(struct gateway_model *g, const char *ns, const char *name, const json_t *o);
int gateway_model_route(struct gateway_model *g, const char *ns, const char *name, const json_t *o);
int gateway_model_grant(struct gateway_model *g, const char *ns, const char *name, const json_t *o);
int gateway_model_namespace(struct gateway_model *g, const char *ns, const char *name, const json_t *o);
int gateway_model_service(struct gateway_model *g, const char *ns, const char *name, const json_t *o); /* of all Services */
/* The nodes' ports that Gateways of ours ask for or have, sorted, no doubles; the caller frees. -ENOMEM. */
int gateway_model_ports(const struct gateway_model *g, const struct ing_model *m, uint16_t **ret, size_t *ret_n);
/* t: a table of ing_model_build, which gets what is the Gateways' besides (also among the Secrets it refers to), in
 * canonical order, and findings of Ingresses, "httproute/ns/name" and "gateway/ns/name" that lost something to the other
 * kind. When it fails t is good for ing_table_done alone. */
int gateway_model_build(const struct gateway_model *g, const struct ing_model *m, const struct gateway_facts *f,
			struct ing_table *t, struct gateway_outcome *ret, struct err *e);
