/*
 * NodeRestriction: an agent (user system:node:NAME, group system:nodes) changes its own Node, its own pods and what
 * belongs to them. minik's agents also keep a part of the cluster's network and volumes: admit_node_keeps.c. Source:
 * Kubernetes plugin/pkg/admission/noderestriction. What an agent may read and which tokens it gets: node_authz.c.
 */
#include "api/object.h"
#include "api/schema.h"
#include "apiserver/auth_internal.h"
#include "wire/cert.h"

#define NODE_USER "system:node:"

const char *node_of(const struct identity *id)
{
	return id->user && str_has_prefix(id->user, NODE_USER) && identity_in_group(id, "system:nodes")
		   ? id->user + strlen(NODE_USER)
		   : NULL;
}

/* --- mirror pods: what an agent may create. They name nothing else of the API, so that no agent gets at it by a pod of
 * its own making. --- */

/* What the first member of v, or of what lies in it, refers to that is in this table; NULL: nothing. */
static const char *refers(const json_t *v)
{
	static const struct {
		const char *key, *what;
		bool text; /* a name; the others are objects and lists, so that keys of maps of strings are none of them
			    */
	} members[] = {{"secret", "secrets", false},
		       {"secretRef", "secrets", false},
		       {"secretKeyRef", "secrets", false},
		       {"secretName", "secrets", true},
		       {"imagePullSecrets", "secrets", false},
		       {"nodePublishSecretRef", "secrets", false},
		       {"configMap", "configmaps", false},
		       {"configMapRef", "configmaps", false},
		       {"configMapKeyRef", "configmaps", false},
		       {"persistentVolumeClaim", "persistentvolumeclaims", false},
		       {"ephemeral", "persistentvolumeclaims", false},
		       {"resourceClaims", "resourceclaims", false},
		       {"serviceAccount", "a service account", true},
		       {"serviceAccountName", "a service account", true},
		       {"serviceAccountToken", "a service account", false},
		       {"clusterTrustBundle", "clustertrustbundles", false},
		       {"podCertificate", "podcertificaterequests", false}};
	const char *what = NULL, *k;
	json_t *m;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)v, i, m)
		if ((what = refers(m)))
			return what;
	json_object_foreach ((json_t *)(uintptr_t)v, k, m) {
		for (i = 0; i < ARRAY_LEN(members); i++)
			if (streq(k, members[i].key) &&
			    (members[i].text ? json_string_length(m) > 0 : json_is_object(m) || json_array_size(m)))
				return members[i].what;
		if ((what = refers(m)))
			return what;
	}
	return NULL;
}

static int mirror_pod(struct admit *c, const char *node, struct err *e)
{
	const json_t *pod = c->adm->obj, *owners = json_dot(pod, "metadata.ownerReferences"),
		     *o = json_array_get(owners, 0);
	const char *what = refers(json_object_get(pod, "spec"));
	AUTO_JSON json_t *me = NULL;
	int r;

	if (what)
		return admit_deny(c, e, "node \"%s\" can not create pods that reference %s", node, what);
	if (json_array_size(owners) != 1)
		return admit_deny(c, e, "node \"%s\" can only create pods with %s owner reference set to itself", node,
				  json_array_size(owners) ? "a single" : "an");
	if (!streq(json_str(o, "apiVersion"), "v1") || !streq(json_str(o, "kind"), "Node") ||
	    !streq(json_str(o, "name"), node))
		return admit_deny(c, e, "node \"%s\" can only create pods with an owner reference set to itself", node);
	if (!json_is_true(json_object_get(o, "controller")))
		return admit_deny(
		    c, e, "node \"%s\" can only create pods with a controller owner reference set to itself", node);
	if (json_is_true(json_object_get(o, "blockOwnerDeletion")))
		return admit_deny(c, e, "node \"%s\" must not set blockOwnerDeletion on an owner reference", node);
	r = auth_get_json(c->au, c->block, "", "nodes", NULL, node, &me, NULL);
	if (r == ERR_NOT_FOUND)
		return admit_deny(c, e, "error looking up node %s to verify uid: node \"%s\" not found", node, node);
	if (r)
		return r == ERR_AGAIN ? r
				      : err_set(e, ERR_INTERNAL, "error looking up node %.100s to verify uid: %s", node,
						err_name(r));
	if (!streq(json_str(o, "uid"), obj_uid(me)))
		return admit_deny(c, e, "node %s UID mismatch: expected %s got %s", node, obj_uid(me),
				  json_str_or(o, "uid", ""));
	return 0;
}

static int node_eviction(struct admit *c, const char *node, struct err *e)
{
	const struct admission *adm = c->adm;
	const char *name = *adm->name ? adm->name : obj_name(adm->obj);
	AUTO_JSON json_t *pod = NULL;
	int r = auth_get_json(c->au, c->block, "", "pods", adm->ns, name, &pod, NULL);

	if (r == ERR_NOT_FOUND)
		return err_set(e, r, "pods \"%.200s\" not found", name);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, ERR_INTERNAL, "pod %.100s/%.100s: %s", adm->ns, name, err_name(r));
	return streq(json_str_or(pod, "spec.nodeName", ""), node)
		   ? 0
		   : admit_deny(c, e, "node \"%s\" can only evict pods with spec.nodeName set to itself", node);
}

static int node_pods(struct admit *c, const char *node, struct err *e)
{
	const struct admission *adm = c->adm;
	const json_t *pod = adm->op == ADMIT_CREATE ? adm->obj : adm->old;
	const char *on = json_str_or(pod, "spec.nodeName", "");

	if (adm->op == ADMIT_CREATE && !*adm->subresource) {
		if (!obj_annotation(adm->obj, "kubernetes.io/config.mirror"))
			return admit_deny(c, e,
					  "pod does not have \"kubernetes.io/config.mirror\" annotation, node \"%s\" "
					  "can only create mirror pods",
					  node);
		return streq(on, node)
			   ? mirror_pod(c, node, e)
			   : admit_deny(c, e, "node \"%s\" can only create pods with spec.nodeName set to itself",
					node);
	}
	if (adm->op == ADMIT_CREATE && streq(adm->subresource, "eviction"))
		return node_eviction(c, node, e);
	if (adm->op == ADMIT_UPDATE && !streq(adm->subresource, "status"))
		return admit_deny(c, e, "node \"%s\" can only update pod status", node);
	if (!streq(on, node))
		return admit_deny(c, e, "node \"%s\" can only %s pods with spec.nodeName set to itself", node,
				  adm->op == ADMIT_DELETE ? "delete" : "update pod status for");
	if (adm->op == ADMIT_UPDATE &&
	    !admit_same(json_at(adm->old, "metadata", "labels", NULL), json_at(adm->obj, "metadata", "labels", NULL)))
		return admit_deny(c, e, "node \"%s\" cannot update labels through pod status", node);
	/* They open ResourceClaims to the node. */
	if (adm->op == ADMIT_UPDATE && (!admit_same(json_dot(adm->old, "status.resourceClaimStatuses"),
						    json_dot(adm->obj, "status.resourceClaimStatuses")) ||
					!admit_same(json_dot(adm->old, "status.extendedResourceClaimStatus"),
						    json_dot(adm->obj, "status.extendedResourceClaimStatus"))))
		return admit_deny(c, e, "node \"%s\" cannot update resource claim statuses", node);
	return 0;
}

/* --- the agent's Node --- */

static int node_labels(struct admit *c, const char *node, struct err *e)
{
	const json_t *old = json_at(c->adm->old, "metadata", "labels", NULL),
		     *now = json_at(c->adm->obj, "metadata", "labels", NULL);
	const char *k;
	json_t *v;

	json_object_foreach ((json_t *)(uintptr_t)now, k, v)
		if (!api_node_may_label(k) && !json_equal(v, json_object_get(old, k)))
			return admit_deny(c, e, "node \"%s\" is not allowed to modify labels: %s", node, k);
	json_object_foreach ((json_t *)(uintptr_t)old, k, v)
		if (!api_node_may_label(k) && !json_object_get(now, k))
			return admit_deny(c, e, "node \"%s\" is not allowed to modify labels: %s", node, k);
	return 0;
}

static int node_nodes(struct admit *c, const char *node, struct err *e)
{
	if (!streq(c->adm->name, node))
		return admit_deny(c, e, "node \"%s\" is not allowed to modify node \"%s\"", node, c->adm->name);
	if (c->adm->op == ADMIT_DELETE)
		return admit_deny(c, e, "node \"%s\" is not allowed to delete itself", node);
	if (c->adm->op == ADMIT_UPDATE && !*c->adm->subresource &&
	    !admit_same(json_dot(c->adm->old, "spec.taints"), json_dot(c->adm->obj, "spec.taints")))
		return admit_deny(c, e, "node \"%s\" is not allowed to modify taints", node);
	/* By an owner that is not there, the garbage collector would delete the Node, and the agent could make it anew.
	 */
	if (c->adm->op == ADMIT_UPDATE && !admit_same(json_dot(c->adm->old, "metadata.ownerReferences"),
						      json_dot(c->adm->obj, "metadata.ownerReferences")))
		return admit_deny(c, e, "node \"%s\" is not allowed to modify ownerReferences", node);
	/* The range is the cluster's to give: with one of its choice a node would draw others' traffic. Kubernetes has no such rule. */
	if (!admit_same(json_dot(c->adm->old, "spec.podCIDR"), json_dot(c->adm->obj, "spec.podCIDR")) ||
	    !admit_same(json_dot(c->adm->old, "spec.podCIDRs"), json_dot(c->adm->obj, "spec.podCIDRs")))
		return admit_deny(c, e, "node \"%s\" is not allowed to modify podCIDR", node);
	return node_labels(c, node, e);
}

/* A request for a node's certificate names that node. */
static int node_csr(struct admit *c, const char *node, struct err *e)
{
	const char *signer = json_str_or(c->adm->obj, "spec.signerName", "");
	struct cert_info info = {0};
	struct err why = {0};
	bool own;

	if (c->adm->op != ADMIT_CREATE || (!streq(signer, "kubernetes.io/kubelet-serving") &&
					   !streq(signer, "kubernetes.io/kube-apiserver-client-kubelet")))
		return 0;
	if (csr_inspect(c->adm->obj, &info, &why))
		return admit_deny(c, e, "unable to parse csr: %s", why.msg);
	own = str_has_prefix(info.cn, NODE_USER) && streq(info.cn + strlen(NODE_USER), node);
	cert_info_done(&info);
	return own ? 0 : admit_deny(c, e, "can only create a node CSR with CN=" NODE_USER "%s", node);
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
		return streq(c->adm->name, node)
			   ? 0
			   : admit_deny(c, e, "can only access node lease with the same name as the requesting node");
	}
	if (admit_is(c, "certificates.k8s.io", "certificatesigningrequests"))
		return node_csr(c, node, e);
	if (admit_is(c, "storage.k8s.io", "csinodes"))
		return streq(c->adm->name, node)
			   ? 0
			   : admit_deny(c, e, "can only access CSINode with the same name as the requesting node");
	if (admit_is(c, "", "persistentvolumes"))
		return admit_node_volume(c, node, e);
	if (admit_is(c, "", "persistentvolumeclaims"))
		return admit_node_claim(c, node, e);
	if (streq(c->adm->res->group, SNAPSHOT_GROUP))
		return admit_node_snapshot(c, node, e);
	if (admit_is(c, "discovery.k8s.io", "endpointslices"))
		return admit_node_slice(c, node, e);
	if (admit_is(c, "", "services") || admit_is(c, "", "endpoints"))
		return admit_deny(c, e, "node \"%s\" is not allowed to modify %s", node, c->adm->res->plural);
	return 0;
}
