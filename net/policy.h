/*
 * Network policy on a node: while there are NetworkPolicies anywhere, informers of pods and namespaces feed
 * policy_model.h, and the table minik-policy is kept in step; without one there is no table and nothing is watched but
 * the policies. All on the loop's thread.
 */
#pragma once
#include "base/loop.h"
#include "client/client.h"

struct policy;
struct policy_config { /* copied */
	const char *node_name, *run_dir;
};
struct policy_deps { /* outlive it */
	struct client *client;
	struct loop *loop;
};
int policy_new(struct policy **ret, const struct policy_config *c, const struct policy_deps *d, struct err *e);
/* This node's pod CIDRs ("" for none): nothing is done before they are known. */
int policy_set_cidrs(struct policy *p, const char *first, const char *second, struct err *e);
struct policy *policy_free(struct policy *p); /* the kernel's rules stay */
int policy_cleanup(struct err *e);
