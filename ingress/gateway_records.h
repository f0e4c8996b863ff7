/* The few fields of each object that Gateways' routes and statuses are built from. Private to the Gateway model
 * (gateway_*.c). */
#pragma once
#include "api/selector.h"
#include "ingress/gateway_model.h"
#include "ingress/records.h"

#define GATEWAY_MATCHES_MAX 128    /* of one route, as the API's own rule has it */
#define GATEWAY_CERTS_MAX   8   /* of one listener */
#define GATEWAY_PORTS_MAX   128 /* of all Gateways, besides Ingress' two: each is sockets of every worker; the youngest go without */
#define GATEWAY_RULES_MAX   500000 /* rules of all routes, on all ports and hosts: the youngest routes go without */

struct gw_ref { /* group, kind and name of another object; ns NULL: the same */
	char *group, *kind, *ns, *name;
	uint16_t port; /* 0: none */
};
struct gw_fault { /* reason static; NULL: none */
	const char *reason;
	char *message;
};
struct gw_options {
	struct ing_option *v;
	size_t n;
};
struct gw_class {
	char *name;
	int64_t generation;
	bool parameters; /* named by: */
	struct gw_ref ref;
};
struct gw_listener {
	char *name, *protocol;
	char *host; /* "*": every */
	uint16_t port;
	enum { GW_SAME, GW_ALL, GW_SELECTOR } from;
	struct api_selector *selector; /* NULL: nothing */
	bool routes;                   /* may have HTTPRoutes */
	bool bad_kinds;                /* names kinds that there are none of */
	bool passthrough;
	struct gw_ref *certs;
	size_t n_certs;
};
struct gw_gateway {
	char *ns, *name, *key, *class;
	int64_t created, generation;
	struct gw_listener *listeners;
	size_t n_listeners;
	char **addresses; /* asked for; "": a type or value that there is none of */
	size_t n_addresses;
	char *uid;
	json_t *labels, *annotations; /* of spec.infrastructure, or NULL */
	bool parameters; /* named by: */
	struct gw_ref ref;
	bool frontend;
};
struct gw_own_port { /* of a Service: what it leads to at the nodes */
	uint16_t port, to;
};
struct gw_service { /* one that could be a Gateway's own, by its name */
	char *ns, *name, *key;
	char *owner, *gateway; /* uid and name of the Gateway that it is controlled by, or NULL */
	struct gw_own_port *ports;
	size_t n_ports;
	json_t *addresses; /* as a Gateway's status has them */
};
struct gw_parent {
	struct gw_ref ref;
	char *section; /* or NULL */
	json_t *raw;
};
struct gw_match {
	enum ing_match match;
	char *path; /* decoded */
	struct ing_cond *conds;
	size_t n_conds;
	bool method;
	unsigned headers, params;
};
struct gw_backend {
	struct gw_ref ref;
	uint32_t weight;
	struct gw_options options;
};
struct gw_mirror {
	struct gw_ref ref;
	char *share; /* as OPT_MIRROR has it; NULL: all */
};
struct gw_rule {
	struct gw_match *matches;
	size_t n_matches;
	struct gw_options options;
	bool redirect; /* its port is the listener's when neither port nor scheme is given */
	struct gw_backend *backends;
	size_t n_backends;
	struct gw_mirror *mirrors;
	size_t n_mirrors;
	struct gw_fault fault; /* then it answers 500 */
};
struct gw_route {
	char *ns, *name, *key;
	int64_t created, generation;
	char **hosts;
	size_t n_hosts;
	struct gw_parent *parents;
	size_t n_parents;
	struct gw_rule *rules;
	size_t n_rules;
	bool told; /* its status has entries of ours */
};
struct gw_grant {
	char *ns;
	struct gw_ref *from, *to; /* from: ns is set; to: name NULL: all */
	size_t n_from, n_to;
};
struct gw_namespace {
	json_t *labels; /* or NULL */
};
struct gateway_model {
	struct map *classes, *gateways, *routes, *grants, *namespaces, *services;
};

/* NULL only without memory. */
struct gw_gateway *gw_gateway_new(const char *ns, const char *name, const json_t *o);
struct gw_route *gw_route_new(const char *ns, const char *name, const json_t *o); /* gateway_route.c */
struct gw_grant *gw_grant_new(const char *ns, const json_t *o);
void gw_class_free(void *p);
void gw_gateway_free(void *p);
void gw_route_free(void *p);
void gw_grant_free(void *p);
void gw_namespace_free(void *p);
struct gw_service *gw_service_new(const char *ns, const char *name, const json_t *o); /* gateway_own.c */
void gw_service_free(void *p);
int gw_ref_parse(struct gw_ref *ret, const json_t *o, const char *group,
		 const char *kind); /* the two: where left out */
void gw_ref_done(struct gw_ref *r);
int64_t gw_created(const json_t *o);
/* Filters of a rule (r) or of one of its backends (b; r NULL); what is wrong becomes *fault. 0 or -ENOMEM.
 * gateway_filters.c */
int gw_filters_parse(const json_t *filters, struct gw_rule *r, struct gw_backend *b, const char *where,
		     struct gw_fault *fault);
int gw_option_add(struct gw_options *o, enum ing_opt opt, int64_t num, const char *a, const char *b);
void gw_options_done(struct gw_options *o);
int gw_fault_set(struct gw_fault *f, const char *reason, const char *fmt, ...)
    __attribute__((format(printf, 3, 4))); /* the first stays */
