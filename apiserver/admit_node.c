/*
 * NodeRestriction: an agent (user system:node:NAME, group system:nodes) changes its own Node, its own pods and what belongs to them, and
 * gets tokens for pods that run on it. minik's agents also keep a part of the cluster's network and volumes; what they need for that
 * is bounded by the ClusterRole minik:node.
 */
#include "api/object.h"
#include "api/scan.h"
#include "api/selector.h"
#include "apiserver/auth_internal.h"

#define NODE_USER "system:node:"

const char *node_of(const struct identity *id)
{
	return id->user && str_has_prefix(id->user, NODE_USER) && identity_in_group(id, "system:nodes") ? id->user + strlen(NODE_USER) : NULL;
}

static int node_pods(struct admit *c, const char *node, struct err *e)
{
	const struct admission *adm = c->adm;
	const json_t *pod = adm->op == ADMIT_CREATE ? adm->obj : adm->old;
	const char *on = json_str_or(pod, "spec.nodeName", "");

	if (adm->op == ADMIT_CREATE && !*adm->subresource) {
		if (!obj_annotation(adm->obj, "kubernetes.io/config.mirror"))
			return admit_deny(c, e, "pod does not have \"kubernetes.io/config.mirror\" annotation, node \"%s\" can only create mirror pods", node);
		return streq(on, node) ? 0 : admit_deny(c, e, "node \"%s\" can only create pods with spec.nodeName set to itself", node);
	}
	if (adm->op == ADMIT_UPDATE && !streq(adm->subresource, "status"))
		return admit_deny(c, e, "node \"%s\" can only update pod status", node);
	if (!streq(on, node))
		return admit_deny(c, e, "node \"%s\" can only %s pods with spec.nodeName set to itself", node,
				  adm->op == ADMIT_DELETE ? "delete" : "update pod status for");
	if (adm->op == ADMIT_UPDATE && !admit_same(json_at(adm->old, "metadata", "labels", NULL), json_at(adm->obj, "metadata", "labels", NULL)))
		return admit_deny(c, e, "node \"%s\" cannot update labels through pod status", node);
	return 0;
}

/* Labels that others trust: set by administrators only. */
static bool protected_label(const char *key)
{
	static const char *const allowed[] = {"kubernetes.io/hostname", "kubernetes.io/os", "kubernetes.io/arch", "topology.kubernetes.io/zone",
					      "topology.kubernetes.io/region", "node.kubernetes.io/instance-type", "beta.kubernetes.io/os",
					      "beta.kubernetes.io/arch", "beta.kubernetes.io/instance-type", "failure-domain.beta.kubernetes.io/zone",
					      "failure-domain.beta.kubernetes.io/region"};

	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		if (streq(key, allowed[i]))
			return false;
	if (strstr(key, "node-restriction.kubernetes.io/"))
		return true;
	return false;
}

static int node_labels(struct admit *c, const char *node, struct err *e)
{
	const json_t *old = json_at(c->adm->old, "metadata", "labels", NULL), *now = json_at(c->adm->obj, "metadata", "labels", NULL);
	const char *k;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)now, k, v)
		if (protected_label(k) && !json_equal(v, json_object_get(old, k)))
			return admit_deny(c, e, "node \"%s\" is not allowed to modify labels: %s", node, k);
	json_object_foreach((json_t *)(uintptr_t)old, k, v)
		if (protected_label(k) && !json_object_get(now, k))
			return admit_deny(c, e, "node \"%s\" is not allowed to modify labels: %s", node, k);
	return 0;
}

static int node_nodes(struct admit *c, const char *node, struct err *e)
{
	if (!streq(c->adm->name, node))
		return admit_deny(c, e, "node \"%s\" is not allowed to modify node \"%s\"", node, c->adm->name);
	if (c->adm->op == ADMIT_DELETE)
		return admit_deny(c, e, "node \"%s\" is not allowed to delete itself", node);
	if (c->adm->op == ADMIT_UPDATE && !*c->adm->subresource && !admit_same(json_dot(c->adm->old, "spec.taints"), json_dot(c->adm->obj, "spec.taints")))
		return admit_deny(c, e, "node \"%s\" is not allowed to modify taints", node);
	return node_labels(c, node, e);
}

int admit_node(struct admit *c, struct err *e)
{
	const char *node = node_of(c->adm->id);

	if (!node)
		return 0;
	if (admit_is(c, "", "pods"))
		return node_pods(c, node, e);
	if (admit_is(c, "", "nodes"))
		return node_nodes(c, node, e);
	if (admit_is(c, "coordination.k8s.io", "leases")) {
		if (!streq(c->adm->ns, "kube-node-lease"))
			return admit_deny(c, e, "can only access leases in the \"kube-node-lease\" system namespace");
		return streq(c->adm->name, node) ? 0 : admit_deny(c, e, "can only access node lease with the same name as the requesting node");
	}
	if (admit_is(c, "storage.k8s.io", "csinodes"))
		return streq(c->adm->name, node) ? 0 : admit_deny(c, e, "can only access CSINode with the same name as the requesting node");
	return 0;
}

/* --- what an agent may read: as Kubernetes' node authorizer has it for Secrets and ConfigMaps --- */

static bool on_node(void *arg, const char *key, const struct bytes *index)
{
	(void)key;
	return index && streq(api_index_field(index, "spec.nodeName"), arg);
}

bool node_may(struct auth *au, const char *node, const struct authz_attr *at)
{
	struct auth_list l = {0};
	char word[300];
	bool named = false;

	if (*at->group || (!streq(at->resource, "secrets") && !streq(at->resource, "configmaps")))
		return true;
	if (!*at->ns || !*at->name || snprintf(word, sizeof(word), "\"%s\"", at->name) >= (int)sizeof(word))
		return false;
	if (auth_list(au, true, "", "pods", at->ns, on_node, (void *)(uintptr_t)node, &l))
		return false;
	for (size_t i = 0; !named && i < l.n; i++) {
		const struct bytes *b = l.items[i].value;
		const char *spec;
		size_t n;

		/* The whole spec is searched for the name as a string: nodes cannot write specs, and names need no escapes in JSON. */
		named = scan_find(b->data, b->len, "spec", &spec, &n) && memmem(spec, n, word, strlen(word));
	}
	auth_list_done(&l);
	return named;
}

int node_token_allowed(struct auth *au, const struct admission *adm, bool block, struct err *e)
{
	const char *node = node_of(adm->id), *name = json_str_or(adm->obj, "spec.boundObjectRef.name", "");
	AUTO_JSON json_t *pod = NULL;
	int r;

	if (!node)
		return 0;
	if (!streq(json_str(adm->obj, "spec.boundObjectRef.kind"), "Pod") || !*name)
		return err_set(e, ERR_FORBIDDEN, "node requested token not bound to a pod");
	if (!*json_str_or(adm->obj, "spec.boundObjectRef.uid", ""))
		return err_set(e, ERR_FORBIDDEN, "node requested token with a pod binding without a uid");
	r = auth_get_json(au, block, "", "pods", adm->ns, name, &pod, NULL);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, r, "pods \"%.100s\" not found", name);
	if (!streq(json_str_or(pod, "spec.nodeName", ""), node))
		return err_set(e, ERR_FORBIDDEN, "node requested token bound to a pod scheduled on a different node");
	return 0;
}
