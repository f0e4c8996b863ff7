/* Work in progress of gateway_model_build. Private to gateway_build.c, gateway_listeners.c, gateway_attach.c,
 * gateway_rules.c. */
#pragma once
#include "ingress/build.h"
#include "ingress/gateway_records.h"

struct gw_point { /* a listener, and what is thought of it */
	const struct gw_gateway *gateway;
	const struct gw_listener *l;
	struct gw_fault accepted, conflict, refs; /* reason NULL: all right */
	bool kinds;                               /* the protocol can have HTTPRoutes */
	bool live;                                /* nginx listens for it */
	bool own;                                 /* its Gateway has an address of its own, */
	bool waits;                               /* whose Service has no port for it yet */
	uint16_t scope; /* where nginx listens: the listener's port, or what its Gateway's Service has for it; 0: nothing yet */
	const struct rec_secret *certs[GATEWAY_CERTS_MAX]; /* borrowed; of HTTPS */
	size_t n_certs;
	char *cert_key; /* "ns/name" of the first */
	uint32_t attached;
	size_t last; /* use that is counted, + 1 */
};
struct gw_port { /* that a listener has */
	uint16_t port;
	const struct gw_point *first; /* with whose protocol it speaks */
};
struct gw_served { /* a Gateway of ours */
	const struct gw_gateway *g;
	size_t first;          /* of its points */
	/* Nothing of it is served: it is not accepted, or accepted but asks for an address that is not to be had. */
	struct gw_fault fault, unusable;
	/* gateway_own.c */
	enum rec_gateway_service service;
	const struct gw_service *has; /* its Service, if there is one that it controls */
	char *service_name;
	struct gw_own_port *ports; /* by has, as far as they are good, and those that are to be written */
	size_t n_ports, n_written;
};
static inline bool gw_is_own(const struct gw_served *s)
{
	return s->service == REC_SERVICE_CLUSTER || s->service == REC_SERVICE_BALANCER;
}
#define GATEWAY_LOST_MAX 8
struct gw_lost {
	uint16_t port;
	char *message;
};
struct gw_use { /* a route that has a Gateway of ours for a parent */
	const struct gw_route *r;
	size_t **backends; /* by rule, by backend: index in the table or SIZE_MAX; NULL: not resolved yet */
	size_t **mirrors;
	bool **h2c; /* as backends: HTTP/2 is spoken to it */
	struct gw_fault refs;
	size_t status; /* index + 1 */
	struct gw_lost *lost; /* to Ingresses: GATEWAY_LOST_MAX at most, */
	size_t n_lost, more_lost; /* and so many besides */
};
struct gw_entry {
	const struct gw_match *m;
	size_t use;
	size_t rule, nth; /* in the route, in the rule */
};
struct gw_host {
	char *host;
	uint16_t port;   /* the scope */
	uint16_t public; /* what clients know it by */
	struct gw_entry *entries;
	size_t n_entries;
	size_t last; /* use whose entries it has already, + 1 */
	/* gateway_share.c */
	size_t with;  /* index + 1 of the Ingress' host of that name, parts of which join it */
	bool *joins;  /* by path of it */
	bool theirs;  /* Ingress had it first: a whole by itself */
	bool gone;    /* it is Ingress' alone */
	size_t at;    /* in the table */
};
struct gw_build {
	const struct gateway_model *g;
	const struct ing_model *m;
	const struct gateway_facts *f;
	struct gw_served *served; /* oldest first */
	size_t n_served;
	struct gw_point *points; /* of served, in order */
	size_t n_points;
	struct gw_port ports[GATEWAY_PORTS_MAX + 2];
	size_t n_ports, n_own_ports; /* own: besides Ingress' two */
	struct gw_use *uses; /* oldest first */
	size_t n_uses;
	struct gw_host *hosts;
	size_t n_hosts;
	size_t n_entries;
	struct map *host_at;    /* "port host" -> index + 1 */
	struct map *backend_at; /* key -> index + 1 */
	struct map *policy_at;  /* "route rule ..." -> index + 1 */
	struct map *by_service; /* build_slices */
	bool used[GATEWAY_PORT_LAST - GATEWAY_PORT_FIRST + 1]; /* gateway_own.c */
	struct ing_table t;
	struct gateway_outcome out;
};

/* Indices are kept in maps as pointers, one more than they are. */
static inline void *gw_index(size_t i)
{
	return (void *)(uintptr_t)(i + 1); /* NOLINT */
}
static inline size_t gw_index_of(const void *p)
{
	return (size_t)(uintptr_t)p - 1;
}

/* gateway_listeners.c. Another program of a node listens there. */
bool gw_taken(const struct gateway_facts *f, uint16_t port);
/* All: 0 or -ENOMEM. */
int gw_judge_all(struct gw_build *b);
int gw_tell_class(struct gw_build *b, const struct gw_class *c);
int gw_tell_gateway(struct gw_build *b, const struct gw_served *s); /* after all routes are attached */
int gw_condition(json_t *list, const char *type, bool holds, const char *reason, const char *message,
		 int64_t generation);
int gw_tell(struct gw_build *b, enum gateway_kind kind, const char *ns, const char *name,
	    json_t *status); /* takes status */
/* Whether an object of a namespace may refer to one of another. */
bool gw_granted(const struct gateway_model *g, const char *from_kind, const char *from_ns, const char *to_kind,
		const char *to_ns, const char *to_name);
/* gateway_build.c: to out.more; a fault without reason is none. */
int gw_more(struct gw_build *b, const char *kind, const char *key, const char *part, const struct gw_fault *fault);
/* The same, and it comes to `all`, where the first stays. */
int gw_ref_fault(struct gw_build *b, const char *kind, const char *key, const char *part, struct gw_fault *one,
		 struct gw_fault *all);
void gw_use_done(struct gw_use *u);
/* gateway_attach.c */
int gw_attach(struct gw_build *b, const struct gw_route *r);
bool gw_covers(const char *host, const char *name); /* "*.a" covers "x.a", "y.x.a" and "*.x.a"; "*" all */
const char *gw_intersect(const char *listener,
			 const char *route); /* the narrower of the two; NULL: nothing in common */
const char *gw_owner_of(const struct gw_build *b, uint16_t port, const char *host);
/* Whether what no rule of a host takes is the next wider host's: of the same listener. 0, 1 or -ENOMEM. */
int gw_falls(const struct gw_build *b, const struct gw_host *h);
struct gw_host *gw_host_at(struct gw_build *b, const struct gw_point *p, const char *host); /* NULL: no memory */
/* The route is attached by a listener of that namespace's Gateway that has a hostname of its own, on that port. */
bool gw_invited(const struct gw_build *b, size_t use, uint16_t port, const char *host, const char *ns);
int gw_tell_lost(struct gw_build *b); /* conditions */
/* gateway_share.c: hosts that Ingresses of t name, too. Both 0 or -ENOMEM. */
int gw_share(struct gw_build *b, struct ing_table *t); /* after all routes are attached, before gw_rules */
int gw_share_join(struct gw_build *b, struct ing_table *t, size_t n_hosts); /* t is what gw_merge made; n_hosts: it had before */
int gw_share_servers(struct gw_build *b, struct ing_table *t); /* gateway_share_tls.c; between the two, before gw_merge */
/* Adds to t's findings, unless it has just been said; ERR: -ENOMEM. */
int gw_say(struct ing_table *t, const char *owner, const char *reason, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* gateway_missing.c: what is said of parents that do not exist. 0 or -ENOMEM */
int gw_missing(struct gw_build *b, struct ing_table *t);
/* gateway_rules.c */
int gw_resolve(struct gw_build *b, struct gw_use *u);
int gw_rules(struct gw_build *b, const struct gw_host *h);
/* gateway_own.c: Gateways with an address of their own. All 0 or -ENOMEM. */
/* What parameters say of Services; a fault of them, too. ns: of objects that the reference does not give one. */
int gw_params(struct gw_build *b, const struct gw_class *c, const struct gw_gateway *g, enum rec_gateway_service *ret, struct gw_fault *fault);
int gw_own_read(struct gw_build *b); /* what Services have of all that are served, before judging */
int gw_own_scope(struct gw_build *b, struct gw_served *s, struct gw_point *p); /* of an accepted listener */
bool gw_own_has(const struct gw_build *b, uint16_t port, const char **ret_gateway); /* a port of the nodes */
int gw_own_outcome(struct gw_build *b); /* Services as they should be, after judging */
/* gateway_merge.c: what is in from comes to t, and from is empty. */
int gw_merge(struct ing_table *t, struct ing_table *from);
