/*
 * What an agent (user system:node:NAME) may read, as Kubernetes' node authorizer has it: of Secrets, ConfigMaps,
 * ServiceAccounts and ResourceClaims those that pods of its node name (and what Ingresses and Gateways name, which every node serves), VolumeAttachments to its node, its own Lease and
 * CSINode, of pods those of its node (AuthorizeNodeWithSelectors) or, while there are network policies, all. Nodes,
 * claims and volumes it may read all: the pod network and local volumes are made of them, and nothing in them is
 * secret. And which tokens it gets: for pods that run on it, for audiences that they ask for (KEP-4412 and
 * ServiceAccountNodeAudienceRestriction).
 */
#include <errno.h>
#include "api/object.h"
#include "api/scan.h"
#include "apiserver/ingress_refs.h"

#define MIRROR "\"kubernetes.io/config.mirror\""

/* Labels and addresses of all pods are what network policies are made of, on every node: while there are any, it reads
 * them. */
static bool policies_exist(struct auth *au)
{
	return auth_any(au, "networking.k8s.io", "networkpolicies", NULL);
}

/* Does the selector want spec.nodeName to be that node, whatever else it wants? */
static bool selects_node(const char *selector, const char *node)
{
	static const char field[] = "spec.nodeName=";

	for (const char *p = selector; p && *p; p += *p == ',') {
		size_t n = strcspn(p, ",");

		if (str_has_prefix(p, field)) {
			const char *v = p + strlen(field) + (p[strlen(field)] == '='); /* "==" is the same */

			if ((size_t)(p + n - v) == strlen(node) && !strncmp(v, node, strlen(node)))
				return true;
		}
		p += n;
	}
	return false;
}

/* What is written, and deleted, is looked at by admit_node.c. A pod that is not there any more is nobody's: agents are
 * told so. */
static bool may_pods(struct auth *au, const char *node, const struct authz_attr *at)
{
	AUTO_JSON json_t *pod = NULL;
	int r;

	if (streq(at->verb, "list") || streq(at->verb, "watch"))
		return !*at->subresource && (selects_node(at->field_selector, node) || policies_exist(au));
	if (streq(at->verb, "deletecollection"))
		return !*at->subresource && selects_node(at->field_selector, node);
	if (!streq(at->verb, "get"))
		return true;
	r = *at->ns && *at->name ? auth_get_json(au, true, "", "pods", at->ns, at->name, &pod, NULL) : ERR_FORBIDDEN;
	return r == ERR_NOT_FOUND || (!r && streq(json_str_or(pod, "spec.nodeName", ""), node));
}

/* Its own object of that name; the name of one to be made is looked at by admit_node.c. */
static bool may_own(const char *node, const struct authz_attr *at)
{
	return !*at->subresource && (streq(at->verb, "create") || streq(at->name, node));
}

static bool may_attachment(struct auth *au, const char *node, const struct authz_attr *at)
{
	AUTO_JSON json_t *o = NULL;

	return streq(at->verb, "get") && !*at->subresource && *at->name &&
	       auth_get_json(au, true, "storage.k8s.io", "volumeattachments", NULL, at->name, &o, NULL) == 0 &&
	       streq(json_str_or(o, "spec.nodeName", ""), node);
}

/*
 * Snapshots of volumes that lie on their nodes: the label says which node has it, and who writes labels is no node. Of
 * the contents it sees its own, of VolumeSnapshots those that are bound to one of them, which claims are made of here.
 */
static bool may_snapshots(struct auth *au, const char *node, const struct authz_attr *at)
{
	AUTO_JSON json_t *snap = NULL, *content = NULL;
	AUTO_FREE char *mine = str_fmt(NODE_LABEL "=%s", node);
	const char *name = at->name;
	bool contents = streq(at->resource, "volumesnapshotcontents");

	if (streq(at->resource, "volumesnapshotclasses"))
		return true;
	if (contents && (streq(at->verb, "list") || streq(at->verb, "watch")))
		return !*at->subresource && mine && streq(at->label_selector, mine);
	if (!*name || !(streq(at->verb, "get") || (contents && streq(at->verb, "patch") && streq(at->subresource, "status"))))
		return false;
	if (!contents) {
		if (!streq(at->resource, "volumesnapshots") || *at->subresource ||
		    auth_get_json(au, true, SNAPSHOT_GROUP, "volumesnapshots", at->ns, name, &snap, NULL))
			return false;
		name = json_str(snap, "status.boundVolumeSnapshotContentName");
	}
	if (!name || auth_get_json(au, true, SNAPSHOT_GROUP, "volumesnapshotcontents", NULL, name, &content, NULL))
		return false;
	return streq(obj_label(content, NODE_LABEL), node) &&
	       (!snap || streq(json_str(content, "spec.volumeSnapshotRef.uid"), obj_uid(snap)));
}

/* Is that the Secret? Its namespace, where it is not given, is that of the claim. */
static bool is_secret(const json_t *ref, const char *key, const char *dflt_ns, const struct authz_attr *at)
{
	return streq(json_str(ref, key), at->name) && streq(json_str_or(ref, "namespace", dflt_ns), at->ns);
}

/* Does the node need the Secret for this volume? What only controllers need stays with them. Source: Kubernetes pkg/api/v1/persistentvolume. */
static bool volume_needs(const json_t *pv, const struct authz_attr *at)
{
	static const char *const of_csi[] = {"nodePublishSecretRef", "nodeStageSecretRef", "nodeExpandSecretRef"},
				 *const others[] = {"cephfs", "cinder", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos"};
	const json_t *spec = json_object_get(pv, "spec"), *azure = json_object_get(spec, "azureFile");
	const char *ns = json_str_or(pv, "spec.claimRef.namespace", "");

	for (size_t i = 0; i < ARRAY_LEN(of_csi); i++)
		if (is_secret(json_at(spec, "csi", of_csi[i], NULL), "name", "", at))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (is_secret(json_at(spec, others[i], "secretRef", NULL), "name", ns, at))
			return true;
	return azure && streq(json_str(azure, "secretName"), at->name) && streq(json_str_or(azure, "secretNamespace", ns), at->ns);
}

/* Does a volume that a claim of the pod is bound to name the Secret? */
static bool volume_names(struct auth *au, const struct bytes *json, const struct authz_attr *at)
{
	AUTO_JSON json_t *pod = NULL;
	const json_t *v;
	bool named = false;
	size_t i;

	if ((!memmem(json->data, json->len, "\"persistentVolumeClaim\"", 23) && !memmem(json->data, json->len, "\"ephemeral\"", 11)) ||
	    json_parse_bytes(json, &pod, NULL) < 0 || obj_annotation(pod, "kubernetes.io/config.mirror"))
		return false;
	json_array_foreach (json_dot(pod, "spec.volumes"), i, v) {
		AUTO_JSON json_t *pvc = NULL;
		AUTO_JSON json_t *pv = NULL;
		AUTO_FREE char *claim = NULL;

		if (named || pod_volume_claim(pod, v, &claim) != 1 ||
		    auth_get_json(au, true, "", "persistentvolumeclaims", obj_namespace(pod), claim, &pvc, NULL) < 0 ||
		    auth_get_json(au, true, "", "persistentvolumes", NULL, json_str_or(pvc, "spec.volumeName", ""), &pv, NULL) < 0)
			continue;
		named = streq(json_str(pv, "spec.claimRef.uid"), obj_uid(pvc)) && volume_needs(pv, at);
	}
	return named;
}

/* The same for all pods of the node: a driver's Secret is mostly in a namespace of its own. */
static bool volumes_name(struct auth *au, const char *node, const struct authz_attr *at)
{
	struct auth_list l = {0};
	bool named = false;

	if (auth_list_pods(au, NULL, node, &l))
		return false;
	for (size_t i = 0; !named && i < l.n; i++)
		named = volume_names(au, l.items[i].value, at);
	auth_list_done(&l);
	return named;
}

bool node_may(struct auth *au, const char *node, const struct authz_attr *at)
{
	struct auth_list l = {0};
	bool named = false, claims = false, secrets = false;
	char word[300];

	if (!*at->group && streq(at->resource, "pods"))
		return may_pods(au, node, at);
	if (streq(at->group, "coordination.k8s.io") && streq(at->resource, "leases"))
		return streq(at->ns, "kube-node-lease") && may_own(node, at);
	if (streq(at->group, "storage.k8s.io") && streq(at->resource, "csinodes"))
		return may_own(node, at);
	if (streq(at->group, "storage.k8s.io") && streq(at->resource, "volumeattachments"))
		return may_attachment(au, node, at);
	if (streq(at->group, SNAPSHOT_GROUP))
		return may_snapshots(au, node, at);
	claims = streq(at->group, "resource.k8s.io") && streq(at->resource, "resourceclaims");
	secrets = !*at->group && streq(at->resource, "secrets");
	/* Which tokens it gets is looked at by node_token_allowed. */
	if (!claims && !secrets &&
	    (*at->group ||
	     (!streq(at->resource, "configmaps") && (!streq(at->resource, "serviceaccounts") || *at->subresource))))
		return true;
	/* What the cluster DNS, local volumes and Ingress of every node are set up by; nothing in it is secret. */
	if (streq(at->resource, "configmaps") && streq(at->ns, "kube-system") &&
	    (streq(at->name, "minik-dns") || streq(at->name, "local-path-config") || streq(at->name, "minik-ingress-tcp") ||
	     streq(at->name, "minik-ingress-udp")))
		return true;
	/* Ingresses and Gateways are every node's: what they refer to, in one watch of all or by its name. */
	if ((secrets || streq(at->resource, "configmaps")) && !*at->subresource &&
	    (streq(at->verb, "list") || streq(at->verb, "watch")) && streq(at->field_selector, INGRESS_REFS_SELECTOR))
		return true;
	if (*at->subresource || !*at->ns || !*at->name ||
	    snprintf(word, sizeof(word), "\"%s\"", at->name) >= (int)sizeof(word))
		return false;
	if (auth_list_pods(au, at->ns, node, &l))
		return false;
	for (size_t i = 0; !named && i < l.n; i++) {
		const struct bytes *b = l.items[i].value;
		const char *spec;
		size_t n;

		/* Mirror pods are of the node's own making and open nothing. */
		if (scan_find(b->data, b->len, "metadata", &spec, &n) && memmem(spec, n, MIRROR, strlen(MIRROR)))
			continue;
		/* The whole spec is searched for the name as a string: nodes cannot write other specs, and names need
		 * no escapes in JSON. */
		named = scan_find(b->data, b->len, "spec", &spec, &n) && memmem(spec, n, word, strlen(word));
		/* Claims that are made for the pod stand in its status, which the node does not write in that part. */
		if (!named && claims)
			named = scan_find(b->data, b->len, "status.resourceClaimStatuses", &spec, &n) &&
				memmem(spec, n, word, strlen(word));
	}
	auth_list_done(&l);
	return named || (secrets && volumes_name(au, node, at)) ||
	       ((secrets || streq(at->resource, "configmaps")) && ingress_refs_has(au->refs, secrets, at->ns, at->name));
}

/* Does the CSI driver ask for tokens for that audience? 0: no, 1: yes. */
static int driver_asks(struct auth *au, bool block, const char *driver, const char *audience)
{
	AUTO_JSON json_t *o = NULL;
	const json_t *t;
	size_t i;
	int r = driver && *driver ? auth_get_json(au, block, "storage.k8s.io", "csidrivers", NULL, driver, &o, NULL)
				  : ERR_NOT_FOUND;

	if (r)
		return r == ERR_NOT_FOUND ? 0 : r;
	json_array_foreach (json_dot(o, "spec.tokenRequests"), i, t)
		if (streq(json_str_or(t, "audience", ""), audience))
			return 1;
	return 0;
}

static int claim_asks(struct auth *au, bool block, const char *ns, const char *claim, const char *audience)
{
	AUTO_JSON json_t *pvc = NULL;
	AUTO_JSON json_t *pv = NULL;
	int r = auth_get_json(au, block, "", "persistentvolumeclaims", ns, claim, &pvc, NULL);

	if (!r)
		r = auth_get_json(au, block, "", "persistentvolumes", NULL, json_str_or(pvc, "spec.volumeName", ""),
				  &pv, NULL);
	if (r)
		return r == ERR_NOT_FOUND ? 0 : r;
	return driver_asks(au, block, json_str(pv, "spec.csi.driver"), audience);
}

/* Does a volume of the pod ask for a token for that audience? 0: no, 1: yes. */
static int pod_asks(struct auth *au, bool block, const json_t *pod, const char *ns, const char *audience)
{
	const json_t *v, *src;
	size_t i, k;
	int r = 0;

	json_array_foreach (json_dot(pod, "spec.volumes"), i, v) {
		json_array_foreach (json_dot(v, "projected.sources"), k, src) {
			const json_t *t = json_object_get(src, "serviceAccountToken");

			if (t && streq(json_str_or(t, "audience", ""), audience))
				return 1;
		}
		if (json_object_get(v, "csi")) {
			r = driver_asks(au, block, json_str(v, "csi.driver"), audience);
		} else {
			AUTO_FREE char *claim = NULL;

			r = pod_volume_claim(pod, v, &claim);
			if (r == 1)
				r = claim_asks(au, block, ns, claim, audience);
		}
		if (r)
			return r;
	}
	return 0;
}

static int audience_allowed(struct auth *au, const struct admission *adm, bool block, const json_t *pod, struct err *e)
{
	const json_t *list = json_dot(adm->obj, "spec.audiences");
	const char *audience = json_array_size(list) ? json_string_value(json_array_get(list, 0)) : "";
	const struct authz_attr at = {.is_resource = true,
				      .verb = "request-serviceaccounts-token-audience",
				      .group = "",
				      .version = "v1",
				      .resource = audience,
				      .subresource = "",
				      .ns = adm->ns,
				      .name = adm->name,
				      .path = ""};
	int r;

	if (json_array_size(list) > 1)
		return err_set(e, ERR_FORBIDDEN, "node may only request 0 or 1 audiences");
	r = pod_asks(au, block, pod, adm->ns, audience);
	if (r < 0)
		return r == ERR_AGAIN ? r : err_set(e, r, "what pod %.100s asks for: %s", obj_name(pod), err_name(r));
	if (r || authz_check(au, adm->id, &at, NULL, 0) == AUTHZ_ALLOW)
		return 0;
	return err_set(e, ERR_FORBIDDEN,
		       "audience \"%.100s\" not found in pod spec volume, %.100s is not authorized to request tokens "
		       "for this audience",
		       audience, adm->id->user);
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
	return audience_allowed(au, adm, block, pod, e);
}
