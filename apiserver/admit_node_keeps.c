/*
 * What minik's agents keep of the cluster beside their Node and pods: the volumes that plug-ins make on each node, and the
 * EndpointSlice by which their pods find the cluster's DNS on their own node. Of each an agent may write what is its
 * own, by what these objects say and whatever its role would allow; of claims, their status (NodeRestriction).
 */
#include "api/object.h"
#include "apiserver/auth_internal.h"
#include "base/inet.h"

#define PROVISIONER       "minik.io/local-path"
#define ANN_PROVISIONED   "pv.kubernetes.io/provisioned-by"
#define ANN_PROVISIONER   "volume.kubernetes.io/storage-provisioner"
#define ANN_SELECTED_NODE "volume.kubernetes.io/selected-node"
#define ANN_MADE_BY       "minik.io/made-by-node"
#define ANN_DELETE_SECRET "volume.kubernetes.io/provisioner-deletion-secret-"
#define DNS_SERVICE       "kube-dns"
#define SNAPSHOT_TEXT_MAX 4096

/* --- volumes --- */

/* The node that a volume is on, when it says that alone. */
static const char *volume_node(const json_t *pv)
{
	const json_t *terms = json_dot(pv, "spec.nodeAffinity.required.nodeSelectorTerms"),
		     *term = json_array_get(terms, 0), *rules = json_object_get(term, "matchExpressions"),
		     *rule = json_array_get(rules, 0), *values = json_object_get(rule, "values");

	if (json_array_size(terms) != 1 || json_array_size(rules) != 1 || json_array_size(values) != 1 ||
	    json_array_size(json_object_get(term, "matchFields")) ||
	    !streq(json_str(rule, "key"), "kubernetes.io/hostname") || !streq(json_str(rule, "operator"), "In"))
		return NULL;
	return json_string_value(json_array_get(values, 0));
}

/* The built-in plug-in makes directories, programs whatever they can mount again. */
static const char *source_of(const char *provisioner) { return streq(provisioner, PROVISIONER) ? "local" : "flexVolume"; }

static bool is_ours(const json_t *pv, const char *node)
{
	const char *by = obj_annotation(pv, ANN_PROVISIONED);

	/* What such a volume is called by is the node's word alone: by the mark the control plane knows not to act upon it. */
	return by && *by && streq(volume_node(pv), node) && (streq(by, PROVISIONER) || streq(obj_annotation(pv, ANN_MADE_BY), node));
}

/* What a program that makes each node's own volumes gives them: no Secret, which it would open to the node. */
static bool flex_of(const json_t *flex, const char *provisioner)
{
	json_t *v;
	const char *k;

	json_object_foreach ((json_t *)(uintptr_t)flex, k, v)
		if (!streq(k, "driver") && !streq(k, "fsType") && !streq(k, "readOnly") && !streq(k, "options"))
			return false;
	return streq(json_str(flex, "driver"), provisioner);
}

/* NULL: such a volume an agent makes; else what is wrong with it. */
static const char *volume_wrong(const json_t *pv)
{
	static const char *const known[] = {"capacity",   "accessModes", "persistentVolumeReclaimPolicy", "storageClassName",
					    "volumeMode", "nodeAffinity", "claimRef", "mountOptions"};
	const char *by = obj_annotation(pv, ANN_PROVISIONED), *source = source_of(by);
	const json_t *flex = json_dot(pv, "spec.flexVolume");
	json_t *v;
	const char *k;

	json_object_foreach (json_object_get(pv, "spec"), k, v) {
		bool found = streq(k, source);

		for (size_t i = 0; i < ARRAY_LEN(known) && !found; i++)
			found = streq(k, known[i]);
		if (!found)
			return k;
	}
	/* The control plane would read it for the node. */
	if (obj_annotation(pv, ANN_DELETE_SECRET "name") || obj_annotation(pv, ANN_DELETE_SECRET "namespace"))
		return "a Secret for its deletion";
	if (!json_object_get(json_object_get(pv, "spec"), source))
		return "a source that is not local";
	return flex && !flex_of(flex, by) ? "flexVolume of another driver, or with a Secret" : NULL;
}

/* The claim that it is for waits for this node to make one, and this is what it asks for. */
static int volume_claim(struct admit *c, const char *node, struct err *e)
{
	const json_t *pv = c->adm->obj;
	const char *ns = json_str_or(pv, "spec.claimRef.namespace", ""),
		   *name = json_str_or(pv, "spec.claimRef.name", "");
	AUTO_FREE char *want = NULL;
	AUTO_JSON json_t *pvc = NULL;
	int r = *ns && *name ? auth_get_json(c->au, c->block, "", "persistentvolumeclaims", ns, name, &pvc, NULL)
			     : ERR_NOT_FOUND;

	if (r == ERR_NOT_FOUND)
		return admit_deny(c, e, "node \"%s\" can only create volumes for claims that there are", node);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, ERR_INTERNAL, "claim %.100s/%.100s: %s", ns, name, err_name(r));
	if (!streq(obj_annotation(pvc, ANN_SELECTED_NODE), node) ||
	    !streq(obj_annotation(pvc, ANN_PROVISIONER), obj_annotation(pv, ANN_PROVISIONED)) ||
	    !streq(obj_uid(pvc), json_str_or(pv, "spec.claimRef.uid", "")) || *json_str_or(pvc, "spec.volumeName", ""))
		return admit_deny(c, e, "node \"%s\" can only create volumes for claims that wait for it", node);
	want = str_fmt("pvc-%s", obj_uid(pvc));
	if (!want)
		return err_nomem(e);
	if (!streq(c->adm->name, want))
		return admit_deny(c, e, "node \"%s\" can only create a volume of the name \"%s\" for this claim", node,
				  want);
	if (!streq(json_str_or(pv, "spec.storageClassName", ""), json_str_or(pvc, "spec.storageClassName", "")) ||
	    !admit_same(json_dot(pv, "spec.accessModes"), json_dot(pvc, "spec.accessModes")) ||
	    !admit_same(json_dot(pv, "spec.capacity.storage"), json_dot(pvc, "spec.resources.requests.storage")))
		return admit_deny(
		    c, e, "node \"%s\" can only create a volume of the class, modes and size that the claim asks for",
		    node);
	return 0;
}

int admit_node_volume(struct admit *c, const char *node, struct err *e)
{
	const struct admission *adm = c->adm;
	const char *wrong;

	if (adm->op == ADMIT_UPDATE || *adm->subresource)
		return admit_deny(c, e, "node \"%s\" is not allowed to modify volumes", node);
	if (!is_ours(adm->op == ADMIT_CREATE ? adm->obj : adm->old, node))
		return admit_deny(c, e,
				  "node \"%s\" can only %s volumes that it makes itself, with node affinity to itself",
				  node, adm->op == ADMIT_CREATE ? "create" : "delete");
	if (adm->op == ADMIT_DELETE)
		return json_object_get(json_object_get(adm->old, "spec"), source_of(obj_annotation(adm->old, ANN_PROVISIONED))) &&
			       streq(json_str(adm->old, "status.phase"), "Released")
			   ? 0
			   : admit_deny(c, e, "node \"%s\" can only delete volumes that are released", node);
	if ((wrong = volume_wrong(adm->obj)))
		return admit_deny(c, e, "node \"%s\" can only create local volumes: %.80s", node, wrong);
	return volume_claim(c, node, e);
}

/* Does a pod of the node use the claim? Negative: not known. */
static int node_uses(struct admit *c, const char *node, const char *ns, const char *claim)
{
	struct auth_list l = {0};
	bool found = false;
	int r;

	if (!c->block)
		return ERR_AGAIN;
	r = auth_list_pods(c->au, ns, node, &l);

	for (size_t i = 0; !r && !found && i < l.n; i++) {
		AUTO_JSON json_t *pod = NULL;
		const json_t *v;
		size_t k;

		if (json_parse_bytes(l.items[i].value, &pod, NULL))
			continue;
		json_array_foreach (json_dot(pod, "spec.volumes"), k, v) {
			AUTO_FREE char *name = NULL;

			found |= pod_volume_claim(pod, v, &name) == 1 && streq(name, claim);
		}
	}
	auth_list_done(&l);
	return r ? r : found;
}

/* A kubelet that has grown a file system says so. */
int admit_node_claim(struct admit *c, const char *node, struct err *e)
{
	static const char *const may[] = {"capacity", "conditions", "allocatedResources", "allocatedResourceStatuses"};
	const struct admission *adm = c->adm;
	AUTO_JSON json_t *old = NULL;
	AUTO_JSON json_t *now = NULL;
	int r;

	if (adm->op != ADMIT_UPDATE || !streq(adm->subresource, "status"))
		return admit_deny(c, e, "node \"%s\" may only update PVC status", node);
	old = json_deep_copy(json_object_get(adm->old, "status"));
	now = json_deep_copy(json_object_get(adm->obj, "status"));
	for (size_t i = 0; i < ARRAY_LEN(may); i++) {
		(void)json_object_del(old, may[i]);
		(void)json_object_del(now, may[i]);
	}
	if (!admit_same(old, now) ||
	    !admit_same(json_at(adm->old, "metadata", "labels", NULL), json_at(adm->obj, "metadata", "labels", NULL)))
		return admit_deny(
		    c, e,
		    "node \"%s\" is not allowed to update fields other than status.quantity and status.conditions",
		    node);
	r = node_uses(c, node, adm->ns, adm->name);
	if (r < 0)
		return r == ERR_AGAIN ? r : err_set(e, ERR_INTERNAL, "pods of node %.100s: %s", node, err_name(r));
	return r ? 0 : admit_deny(c, e, "node \"%s\" can only update claims that its pods use", node);
}

/* What it made of a volume of its own, and nothing that would make it more than that. */
int admit_node_snapshot(struct admit *c, const char *node, struct err *e)
{
	static const char *const kept[] = {"labels", "annotations", "finalizers", "ownerReferences"};
	static const char *const may[] = {"snapshotHandle", "creationTime", "restoreSize", "readyToUse", "error"};
	const struct admission *adm = c->adm;
	AUTO_JSON json_t *old = NULL, *now = NULL;

	if (adm->op != ADMIT_UPDATE || !admit_is(c, SNAPSHOT_GROUP, "volumesnapshotcontents") || !streq(adm->subresource, "status"))
		return admit_deny(c, e, "node \"%s\" may only update the status of VolumeSnapshotContents", node);
	if (!streq(obj_label(adm->old, NODE_LABEL), node))
		return admit_deny(c, e, "node \"%s\" can only update VolumeSnapshotContents with label " NODE_LABEL " set to itself", node);
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (!admit_same(json_at(adm->old, "metadata", kept[i], NULL), json_at(adm->obj, "metadata", kept[i], NULL)))
			return admit_deny(c, e, "node \"%s\" is not allowed to update %s through the status", node, kept[i]);
	old = json_deep_copy(json_object_get(adm->old, "status"));
	now = json_deep_copy(json_object_get(adm->obj, "status"));
	for (size_t i = 0; i < ARRAY_LEN(may); i++) {
		(void)json_object_del(old, may[i]);
		(void)json_object_del(now, may[i]);
	}
	if (json_object_size(old) + json_object_size(now) > 0 && !admit_same(old, now))
		return admit_deny(c, e, "node \"%s\" is not allowed to update other fields of the status", node);
	/* Both are shown to others, and kept in each snapshot's status. */
	return strlen(json_str_or(adm->obj, "status.snapshotHandle", "")) <= SNAPSHOT_TEXT_MAX &&
			       strlen(json_str_or(adm->obj, "status.error.message", "")) <= SNAPSHOT_TEXT_MAX
		   ? 0
		   : admit_deny(c, e, "node \"%s\" can only write handles and messages of up to %d bytes", node, SNAPSHOT_TEXT_MAX);
}

/* --- DNS --- */

static bool in_cidr(const char *cidr, const char *address)
{
	struct inet_cidr c;
	struct inet_addr a;

	return inet_cidr_parse(cidr, &c) && inet_addr_parse(address, &a) && inet_cidr_has(&c, &a);
}

static bool node_has(const json_t *node, const char *address)
{
	const json_t *v;
	size_t i;

	if (in_cidr(json_str(node, "spec.podCIDR"), address))
		return true;
	json_array_foreach (json_dot(node, "spec.podCIDRs"), i, v)
		if (in_cidr(json_string_value(v), address))
			return true;
	return false;
}

int admit_node_slice(struct admit *c, const char *node, struct err *e)
{
	const struct admission *adm = c->adm;
	AUTO_FREE char *name = str_fmt(DNS_SERVICE "-%s", node), *second = str_fmt(DNS_SERVICE "6-%s", node);
	AUTO_JSON json_t *me = NULL;
	const json_t *endpoint, *a;
	size_t i, k;
	int r;

	if (!name || !second)
		return err_nomem(e);
	if (!streq(adm->ns, "kube-system") || (!streq(adm->name, name) && !streq(adm->name, second)))
		return admit_deny(c, e, "node \"%s\" can only write EndpointSlice kube-system/%s", node, name);
	if (adm->op == ADMIT_DELETE)
		return 0;
	if (!streq(obj_label(adm->obj, "kubernetes.io/service-name"), DNS_SERVICE))
		return admit_deny(c, e, "node \"%s\" can only write EndpointSlices of Service " DNS_SERVICE, node);
	r = auth_get_json(c->au, c->block, "", "nodes", NULL, node, &me, NULL);
	if (r && r != ERR_NOT_FOUND)
		return r == ERR_AGAIN ? r : err_set(e, ERR_INTERNAL, "node %.100s: %s", node, err_name(r));
	json_array_foreach (json_object_get(adm->obj, "endpoints"), i, endpoint) {
		if (!streq(json_str(endpoint, "nodeName"), node))
			return admit_deny(c, e, "node \"%s\" can only name endpoints with nodeName set to itself",
					  node);
		json_array_foreach (json_object_get(endpoint, "addresses"), k, a)
			if (!me || !node_has(me, json_string_value(a)))
				return admit_deny(
				    c, e, "node \"%s\" can only name addresses of its own pod network, not %.60s", node,
				    json_string_value(a));
	}
	return 0;
}
