/*
 * NetworkPolicies (networking.k8s.io/v1), Pods and Namespaces become what this node's kernel is asked to enforce: for
 * each pod of this node that a policy isolates, a chain of the policies that select it; for each selector of a peer, a
 * set of pod addresses, kept in step one element at a time. Only what pods of this node need is asked for. Pure: what
 * is wanted goes to a sink as it changes. One thread.
 *
 * Rules: Kubernetes' document "Network Policies" and the API's field descriptions. Traffic between a pod and its own
 * node, a pod and itself, and answers are never stopped; a pod on its node's network has no policy.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "base/inet.h"
#include "base/nft_items.h"

struct np_sink { /* shape and meaning of nft_items_elem, _set and _chain; strings are borrowed */
	void *arg;
	void (*elem)(void *arg, const char *set, const void *key, uint32_t len, const char *chain, bool add);
	void (*set)(void *arg, const struct nft_set_spec *s, bool add);
	void (*chain)(void *arg, const struct nft_chain_want *w, bool add);
};

enum np_dir { NP_INGRESS, NP_EGRESS };

/* Names in the table that the skeleton has (policy_rules.h): addr -> chain; pods whose policies are known; a pod and
 * itself. By family: 4, 6. */
#define NP_MAP(dir, family) ((dir) == NP_INGRESS ? ((family) == 4 ? "in4" : "in6") : ((family) == 4 ? "out4" : "out6"))
#define NP_KNOWN(family)    ((family) == 4 ? "known4" : "known6")
#define NP_SELF(family)     ((family) == 4 ? "self4" : "self6")

struct np_model;
int np_model_new(struct np_model **ret, const char *node_name, const struct np_sink *sink, struct err *e);
struct np_model *np_model_free(struct np_model *m); /* without telling the sink */

/* NULL object: gone. -ENOMEM only: what is malformed allows nothing. */
int np_model_policy(struct np_model *m, const char *ns, const char *name, const json_t *policy);
int np_model_pod(struct np_model *m, const char *ns, const char *name, const json_t *pod);
int np_model_namespace(struct np_model *m, const char *name, const json_t *ns);
/* The addresses a pod of this node has been given, before the API server knows of them; n 0: it has given them back. */
int np_model_lease(struct np_model *m, const char *uid, const struct inet_addr *ips, size_t n);
size_t np_model_policies(const struct np_model *m);
/* Whether a policy has more rules or ports than are kept (the rest allows nothing). */
bool np_model_policy_cut(const struct np_model *m, const char *ns, const char *name);
