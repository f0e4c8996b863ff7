/*
 * minik debug service: what is known of one Service and of this node, the steps that look at it, and what they found.
 * The steps run one after another in the order of enum debug_step; one that fails only because of an earlier fault says
 * so instead of being one more. One thread; everything blocks.
 */
#pragma once
#include <netinet/in.h>
#include <stdint.h>
#include "base/json.h"
#include "base/str.h"
#include "client/client.h"
#include "cmd/options.h"
#include "proxy/model.h"

enum debug_step {
	DEBUG_SERVICE,
	DEBUG_ENDPOINTS,
	DEBUG_SLICES,
	DEBUG_PROXY,
	DEBUG_ENTRIES,
	DEBUG_MASQUERADE,
	DEBUG_SYSCTL,
	DEBUG_DNS,
	DEBUG_RESOLV,
	DEBUG_LISTEN,
	DEBUG_HAIRPIN,
	DEBUG_POLICY,
	DEBUG_NODE, /* reached from the node */
	DEBUG_POD,  /* reached from a pod */
	DEBUG_LOCAL,
	DEBUG_NODEPORT,
	DEBUG_HEALTH,
	DEBUG_LB,
	DEBUG_STEPS
};

struct debug_endpoint { /* ready, of a slice */
	char addr[48];
	uint16_t port;
	uint8_t protocol;
	char port_name[64];
	char pod[254]; /* "" when it is none */
	char node[254];
	const json_t *object; /* of the pod; NULL: not seen */
};

struct debug {
	struct client *client;
	const char *ns, *name;
	/* What the API says. */
	json_t *service, *slices, *pods, *local_pods, *policies, *namespaces,
	    *node_object;  /* lists are arrays, never NULL */
	bool pods_partial; /* of other nodes none could be seen */
	bool policies_seen;
	bool policies_foreign; /* minik's own policies are off: whether they hold is a plug-in's affair */
	struct debug_endpoint *eps;
	size_t n_eps;
	/* This machine. */
	const char *node;          /* "": it is none */
	const struct options *opt; /* of the minik that runs, else of this tool */
	const char *run_dir;
	bool running; /* opt is of one that runs, with what its cluster told it */
	bool root;
	char proxy_mode[16], cluster_cidr[128], service_cidr[128], scheduler[32];
	char cluster_dns[48];
	const char *from_ns, *from_name; /* --from; NULL: a pod is chosen */
	const json_t *from;              /* that pod, among local_pods; NULL: none was asked for */
	/* What kernel entries should be made of. NULL: none (headless, ExternalName). */
	struct px_model *model;
	const struct px_service *wanted;
	struct px_change *changes;
	size_t n_changes;
	/* Found so far. */
	json_t *lines; /* [{"step", "result": "ok"|"fault"|"skip", "message", "mend"?}] */
	bool faults[DEBUG_STEPS];
	bool shared;           /* among them one in what all Services rest on */
	json_t *overlay;       /* peers with endpoints, see overlay.h; NULL: not known */
	char cut_off[320];     /* a node with endpoints that does not answer through the pod network, as a clause; "" */
	char node_denied[200]; /* policies that may keep this node from endpoints that do not answer it; "" */
};

void debug_ok(struct debug *d, enum debug_step s, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void debug_skip(struct debug *d, enum debug_step s, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void debug_fault(struct debug *d, enum debug_step s, const char *mend, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* A fault unless one of the steps in mask has one already, whose consequence it is then. */
#define DEBUG_BIT(s) (1u << (s))
void debug_consequence(struct debug *d, enum debug_step s, unsigned mask, const char *mend, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* cmd/debug_gather.c */
int debug_gather(struct debug *d, struct err *e); /* ERR_NOT_FOUND: no such Service */
void debug_forget(struct debug *d);               /* what gather got */
/* Network namespace of a pod of this node; negative when it has none of its own or it cannot be found. */
int debug_pod_netns(const struct debug *d, const json_t *pod, struct err *e);
bool debug_is_local(const struct debug *d, const json_t *pod);
bool debug_headless(const struct debug *d);
bool debug_external_name(const struct debug *d);
/* The first cluster address; NULL without one. */
const char *debug_cluster_ip(const struct debug *d);

/* The newest Warning about a pod or the Service, of this reason if one is given; malloc'ed. NULL also when Events may
 * not be read. */
char *debug_last_event(const struct debug *d, const json_t *object, const char *reason);

/* One for each file debug_*.c. */
void debug_endpoints(struct debug *d);
void debug_slices(struct debug *d);
void debug_proxy(struct debug *d); /* proxy, entries, masquerade */
void debug_sysctls(struct debug *d);
void debug_dns(struct debug *d);
void debug_listen(struct debug *d);
void debug_hairpin(struct debug *d);
int debug_from(struct debug *d,
	       struct err *e);       /* finds the pod of --from; an error says why nothing goes out from it */
void debug_reach(struct debug *d);   /* policy, node, pod */
void debug_outside(struct debug *d); /* node ports, local, health, load balancer */

/* cmd/debug_overlay.c: are the other nodes that have endpoints there? Blocks up to a second and a half if one is not. */
struct probe;
void debug_overlay_look(struct debug *d);
/* True: the endpoint's node does not answer through the pod network, which has been told (once for each node). */
bool debug_overlay_fault(struct debug *d, const struct debug_endpoint *ep, const struct probe *p);

/* cmd/debug_policy.c: whether NetworkPolicies let a pod's packet to another. */
struct debug_flow {
	const json_t *from, *to; /* pods; from NULL: this node, which nothing stops */
	uint8_t protocol;
	uint16_t port;
	const char *to_addr, *from_addr;
};
/* The one of that name in a list of objects; NULL. */
const json_t *debug_named(const json_t *list, const char *name);
/* False: out names the policies that select the pod and do not allow it, with their direction. */
bool debug_policy_allows(const struct debug *d, const struct debug_flow *f, char *out, size_t cap);
/* The same for a pod and each endpoint; *ret is the one it may not reach. */
bool debug_policy_allows_all(const struct debug *d, const json_t *pod, const struct debug_endpoint **ret, char *out,
			     size_t cap);
