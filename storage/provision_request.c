#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <strings.h>
#include "storage/provision.h"
#include "storage/snapshot.h"
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"

/* Claim and class made into a request, and its answer into a PersistentVolume: what external-provisioner does. */

void provision_request_done(struct provision_request *r)
{
	json_decref(r->create);
	json_decref(r->secret);
	json_decref(r->node_refs);
	free(r->volume);
	*r = (struct provision_request){0};
}

/* --- parameters: those of the prefix are for us, all others for the plug-in --- */

static int parameters(const json_t *sc, json_t *req, struct err *e)
{
	static const char *const ours[] = {"provisioner-secret-name", "provisioner-secret-namespace", "controller-publish-secret-name", "controller-publish-secret-namespace",
					   "node-stage-secret-name", "node-stage-secret-namespace", "node-publish-secret-name", "node-publish-secret-namespace",
					   "controller-expand-secret-name", "controller-expand-secret-namespace", "node-expand-secret-name", "node-expand-secret-namespace"};
	AUTO_JSON json_t *out = json_object();
	const char *k;
	json_t *v;

	json_object_foreach (json_object_get(sc, "parameters"), k, v) {
		if (!str_has_prefix(k, SECRET_PREFIX)) {
			if (json_object_set(out, k, v) < 0)
				return err_nomem(e);
			continue;
		}
		const char *rest = k + sizeof(SECRET_PREFIX) - 1;
		bool known = streq(rest, "fstype");
		if (known && json_object_set(req, "fsType", v) < 0)
			return err_nomem(e);
		for (size_t i = 0; i < ARRAY_LEN(ours) && !known; i++)
			known = streq(rest, ours[i]);
		if (!known)
			return err_set(e, ERR_INVALID, "found unknown parameter key \"%.100s\" with reserved namespace " SECRET_PREFIX, k);
	}
	return json_object_set(req, "parameters", out) < 0 ? err_nomem(e) : 0;
}

struct words {
	const json_t *pvc;
	const char *volume;
};

static const char *word(const void *arg, const char *w, bool in_namespace)
{
	static const char ann[] = "pvc.annotations['";
	const struct words *from = arg;

	if (streq(w, "pv.name"))
		return from->volume;
	if (streq(w, "pvc.namespace"))
		return obj_namespace(from->pvc);
	if (in_namespace)
		return NULL;
	if (streq(w, "pvc.name"))
		return obj_name(from->pvc);
	if (str_has_prefix(w, ann) && str_has_suffix(w, "']") && strlen(w) >= sizeof(ann) - 1 + 2) {
		AUTO_FREE char *key = str_ndup(w + sizeof(ann) - 1, strlen(w) - (sizeof(ann) - 1) - 2);
		return key ? obj_annotation(from->pvc, key) : NULL;
	}
	return NULL;
}

int class_secret(json_t **ret, const json_t *parameters, const char *purpose, const json_t *pvc, const char *volume, struct err *e)
{
	return secret_of_class(ret, parameters, purpose, word, &(struct words){pvc, volume}, e);
}

static int secret_refs(struct provision_request *ret, const json_t *pvc, const json_t *params, struct err *e)
{
	static const struct {
		const char *purpose, *field;
	} refs[] = {{"controller-publish", "controllerPublishSecretRef"},
		    {"node-stage", "nodeStageSecretRef"},
		    {"node-publish", "nodePublishSecretRef"},
		    {"controller-expand", "controllerExpandSecretRef"},
		    {"node-expand", "nodeExpandSecretRef"}};
	int r = class_secret(&ret->secret, params, "provisioner", pvc, ret->volume, e);

	if (r < 0)
		return r;
	if (!(ret->node_refs = json_object()))
		return err_nomem(e);
	for (size_t i = 0; i < ARRAY_LEN(refs); i++) {
		AUTO_JSON json_t *ref = NULL;
		if ((r = class_secret(&ref, params, refs[i].purpose, pvc, ret->volume, e)) < 0)
			return r;
		if (ref && json_object_set(ret->node_refs, refs[i].field, ref) < 0)
			return err_nomem(e);
	}
	return 0;
}

/* --- what it is made from --- */

/* dataSourceRef says as much or more. */
static const json_t *data_source(const json_t *pvc)
{
	const json_t *ref = json_dot(pvc, "spec.dataSourceRef");

	return ref ? ref : json_dot(pvc, "spec.dataSource");
}

int provision_foreign_source(const json_t *pvc)
{
	const json_t *src = data_source(pvc);
	const char *kind = json_str_or(src, "kind", ""), *group = json_str_or(src, "apiGroup", "");

	return src && !(streq(kind, "PersistentVolumeClaim") && !*group) && !(streq(kind, "VolumeSnapshot") && streq(group, "snapshot.storage.k8s.io"));
}

static bool mode_differs(const char *a, const char *b) { return !streq(a ? a : "Filesystem", b ? b : "Filesystem"); }

static int from_claim(struct storage *s, const struct plugin *p, const json_t *pvc, const char *name, int64_t bytes, json_t *req, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get(s->pvcs, obj_namespace(pvc), name);
	AUTO_JSON json_t *src = informer_object_json(o);
	AUTO_OBJECT struct informer_object *vo = src ? informer_get(s->pvs, NULL, json_str_or(src, "spec.volumeName", "")) : NULL;
	AUTO_JSON json_t *pv = informer_object_json(vo);

	if (!src)
		return err_set(e, ERR_NOT_FOUND, "the claim to clone, \"%s\", is not there", name);
	if (obj_deleting(src) || !streq(json_str(src, "status.phase"), "Bound") || !pv || !volume_claimed_by(pv, src))
		return err_set(e, ERR_UNAVAILABLE, "the claim to clone, \"%s\", is not bound", name);
	/* What a volume of another node is called by is that node's word. */
	if (p->per_node && !streq(volume_node(pv), s->node_name))
		return err_set(e, ERR_INVALID, "the claim to clone, \"%s\", has its volume on node %s, and %s makes this one", name, volume_node(pv) ? volume_node(pv) : "-", s->node_name);
	AUTO_PLUGIN struct plugin *other = plugins_of_volume(s->plugins, pv);
	if (other != p && !(other && streq(other->driver, p->driver)))
		return err_set(e, ERR_INVALID, "the claim to clone, \"%s\", has a volume of another plug-in", name);
	if (bytes < volume_capacity(pv))
		return err_set(e, ERR_INVALID, "the claim to clone, \"%s\", is larger than what is asked for", name);
	if (mode_differs(json_str(pvc, "spec.volumeMode"), json_str(pv, "spec.volumeMode")))
		return err_set(e, ERR_INVALID, "the claim to clone, \"%s\", has another volumeMode", name);
	AUTO_JSON json_t *volume = volume_of_pv(pv);
	return !volume || json_object_set_new(req, "from", json_pack("{s:s}", "volume", json_str_or(volume, "handle", ""))) < 0 ? err_nomem(e) : 0;
}

static int from_snapshot(struct storage *s, const struct plugin *p, const json_t *pvc, const char *name, int64_t bytes, json_t *req, struct err *e)
{
	struct client_ref ref = {.group = "snapshot.storage.k8s.io", .plural = "volumesnapshots", .ns = obj_namespace(pvc), .name = name};
	AUTO_JSON json_t *snap = NULL;
	AUTO_JSON json_t *content = NULL;
	struct quantity size;
	int r = client_get_wait(s->client, &ref, &snap, e);

	if (r < 0)
		return err_wrap(e, "error getting snapshot %s from api server", name);
	const char *bound = json_str(snap, "status.boundVolumeSnapshotContentName");
	if (obj_deleting(snap))
		return err_set(e, ERR_INVALID, "snapshot %s is currently being deleted", name);
	if (!bound || !json_bool_or(snap, "status.readyToUse", false))
		return err_set(e, ERR_UNAVAILABLE, "snapshot %s is not ready", name);
	struct client_ref cref = {.group = "snapshot.storage.k8s.io", .plural = "volumesnapshotcontents", .name = bound};
	if ((r = client_get_wait(s->client, &cref, &content, e)) < 0)
		return err_wrap(e, "error getting snapshotcontent of snapshot %s", name);
	const char *handle = json_str(content, "status.snapshotHandle"), *node = obj_label(content, LABEL_SNAPSHOT_NODE);
	if (!streq(json_str(content, "spec.volumeSnapshotRef.uid"), obj_uid(snap)) || !streq(json_str(content, "spec.volumeSnapshotRef.namespace"), obj_namespace(pvc)))
		return err_set(e, ERR_INVALID, "snapshot content %s is not that of snapshot %s", bound, name);
	if (!streq(json_str(content, "spec.driver"), p->driver))
		return err_set(e, ERR_INVALID, "snapshot %s is of driver %s, and %s makes the volume", name, json_str_or(content, "spec.driver", "-"), p->driver);
	if (!handle || !*handle)
		return err_set(e, ERR_UNAVAILABLE, "snapshot %s has no handle yet", name);
	/* What a node calls a snapshot is for its own plug-in alone. */
	if (p->per_node ? (node ? !streq(node, s->node_name) : !s->controller) : node != NULL)
		return err_set(e, ERR_INVALID, "snapshot %s lies on node %s, and %s makes the volume", name, node ? node : "-", s->node_name);
	const char *restore = json_str(snap, "status.restoreSize"), *mode = json_str(content, "spec.sourceVolumeMode");
	if (restore && quantity_parse(restore, &size) == 0 && bytes < quantity_value(&size))
		return err_set(e, ERR_INVALID, "requested volume size %s is less than the size %s for the source snapshot %s", SIZE_TEXT(bytes), restore, name);
	if (mode && mode_differs(mode, json_str(pvc, "spec.volumeMode")) && !streq(obj_annotation(content, "snapshot.storage.kubernetes.io/allow-volume-mode-change"), "true"))
		return err_set(e, ERR_INVALID, "requested volume modifies the mode of the source volume but does not have permission to do so");
	return json_object_set_new(req, "from", json_pack("{s:s}", "snapshot", handle)) < 0 ? err_nomem(e) : 0;
}

static int source(struct storage *s, const struct plugin *p, const json_t *pvc, int64_t bytes, json_t *req, struct err *e)
{
	const json_t *src = data_source(pvc);
	const char *name = json_str_or(src, "name", ""), *ns = json_str(src, "namespace");

	if (!src)
		return 0;
	const char *lies = obj_annotation(pvc, ANN_DATA_NODE);
	if (p->per_node && lies && !streq(lies, s->node_name))
		return err_set(e, ERR_INVALID, "%s lies on node %s, and %s was to make the volume", name, lies, s->node_name);
	if (ns && !streq(ns, obj_namespace(pvc)))
		return err_set(e, ERR_UNSUPPORTED, "a data source in another namespace (%.80s) is not supported", ns);
	return streq(json_str(src, "kind"), "VolumeSnapshot") ? from_snapshot(s, p, pvc, name, bytes, req, e) : from_claim(s, p, pvc, name, bytes, req, e);
}

static int attributes(struct storage *s, const struct plugin *p, const json_t *pvc, json_t *req, struct err *e)
{
	const char *name = json_str_or(pvc, "spec.volumeAttributesClassName", "");

	if (!*name)
		return 0;
	if (!(p->can & PLUGIN_CAN(PLUGIN_MODIFY)))
		return err_set(e, ERR_UNSUPPORTED, "%s %s cannot modify volumes, which volumeAttributesClassName %s asks for", p->kind, p->name, name);
	if (!s->vacs)
		return err_set(e, ERR_UNSUPPORTED, "volumeAttributesClassName is not supported for volumes of one node");
	AUTO_OBJECT struct informer_object *o = informer_get(s->vacs, NULL, name);
	AUTO_JSON json_t *vac = informer_object_json(o);
	if (!vac)
		return err_set(e, ERR_NOT_FOUND, "volumeattributesclass.storage.k8s.io \"%s\" not found", name);
	if (!streq(json_str(vac, "driverName"), p->driver))
		return err_set(e, ERR_INVALID, "VolumeAttributesClass %s is of driver %s, and %s makes the volume", name, json_str_or(vac, "driverName", "-"), p->driver);
	json_t *params = json_object_get(vac, "parameters");
	return params && json_object_set(req, "mutableParameters", params) < 0 ? err_nomem(e) : 0;
}

int provision_request_build(struct provision_request *ret, struct storage *s, const struct plugin *p, const json_t *pvc, const json_t *sc, struct err *e)
{
	const char *size = json_str(pvc, "spec.resources.requests.storage"), *limit = json_str(pvc, "spec.resources.limits.storage");
	const char *node = obj_annotation(pvc, ANN_SELECTED_NODE), *mode = json_str_or(pvc, "spec.volumeMode", "Filesystem");
	AUTO_JSON json_t *topology = NULL;
	CLEANUP(provision_request_done) struct provision_request q = {0};
	struct quantity bytes, most;
	int r;

	if (!size || quantity_parse(size, &bytes) < 0 || quantity_value(&bytes) <= 0 || !json_array_size(json_dot(pvc, "spec.accessModes")))
		return err_set(e, ERR_INVALID, "the claim has no size or no access modes");
	q.volume = str_fmt("pvc-%s", obj_uid(pvc));
	q.create = q.volume ? json_pack("{s:s,s:I,s:O,s:s,s:{s:s,s:s,s:s,s:O*,s:O*}}", "name", q.volume, "capacityBytes", (json_int_t)quantity_value(&bytes), "accessModes",
					json_dot(pvc, "spec.accessModes"), "volumeMode", mode, "claim", "namespace", obj_namespace(pvc), "name", obj_name(pvc), "uid", obj_uid(pvc),
					"annotations", json_dot(pvc, "metadata.annotations"), "labels", json_dot(pvc, "metadata.labels"))
			    : NULL;
	if (!q.create)
		return err_nomem(e);
	json_t *options = json_object_get(sc, "mountOptions");
	if ((limit && quantity_parse(limit, &most) == 0 && json_set_int(q.create, "limitBytes", quantity_value(&most)) < 0) || (node && json_set_str(q.create, "node", node) < 0) ||
	    (json_array_size(options) && json_object_set(q.create, "mountOptions", options) < 0))
		return err_nomem(e);
	if ((r = parameters(sc, q.create, e)) < 0 || (r = secret_refs(&q, pvc, json_object_get(sc, "parameters"), e)) < 0 ||
	    (r = source(s, p, pvc, quantity_value(&bytes), q.create, e)) < 0 || (r = attributes(s, p, pvc, q.create, e)) < 0 ||
	    (r = p->per_node ? 0 : topology_requirement(&topology, s, p, sc, node, obj_name(pvc), e)) < 0)
		return r;
	if (topology && json_object_set(q.create, "topology", topology) < 0)
		return err_nomem(e);
	*ret = q;
	q = (struct provision_request){0};
	return 0;
}

/* --- the volume of an answer --- */

static int add_secret_refs(json_t *src, const char *key, const struct provision_request *q)
{
	const char *k;
	json_t *v;

	if (streq(key, "csi")) {
		json_object_foreach (q->node_refs, k, v)
			if (json_object_set(src, k, v) < 0)
				return -ENOMEM;
	} else if (streq(key, "flexVolume")) {
		/* It has room for one. */
		json_t *ref = json_object_get(q->node_refs, "nodePublishSecretRef");
		if (!ref)
			ref = json_object_get(q->node_refs, "nodeStageSecretRef");
		if (!ref)
			ref = json_object_get(q->node_refs, "controllerPublishSecretRef");
		if (ref && json_object_set(src, "secretRef", ref) < 0)
			return -ENOMEM;
	}
	return 0;
}

/* Domains that mean something to Kubernetes or to us: a volume could be given to somebody else's plug-in, or its deletion another Secret. */
static bool annotation_reserved(const char *key)
{
	static const char *const domains[] = {"minik.io", "kubernetes.io", "k8s.io"};
	const char *slash = strchr(key, '/');

	for (size_t i = 0; slash && i < ARRAY_LEN(domains); i++) {
		size_t n = (size_t)(slash - key), k = strlen(domains[i]);
		if (n >= k && strncasecmp(slash - k, domains[i], k) == 0 && (n == k || slash[-(ptrdiff_t)k - 1] == '.'))
			return true;
	}
	return false;
}

/* Of what is built in alone they are known to be right. */
static int annotations_check(const struct plugin *p, const json_t *answer, struct err *e)
{
	const char *k;
	json_t *v;

	json_object_foreach (json_object_get(answer, "annotations"), k, v) {
		if (!json_is_string(v))
			return err_set(e, ERR_INVALID, "%s %s: its answer has an annotation %.100s that is no text", p->kind, p->name, k);
		if (annotation_reserved(k) && !streq(p->kind, "built in"))
			return err_set(e, ERR_INVALID, "%s %s: its answer has the annotation %.100s, which is not for plug-ins to set: minik.io, kubernetes.io and k8s.io are reserved", p->kind,
				       p->name, k);
	}
	return 0;
}

/* What csi and flexVolume say themselves, annotations say for all others. */
static int annotate(json_t *pv, const struct provision_request *q, const struct plugin *p, const char *key, const json_t *answer)
{
	const json_t *context = json_object_get(answer, "context");
	const char *k;
	json_t *v;

	json_object_foreach (json_object_get(answer, "annotations"), k, v)
		if (obj_set_annotation(pv, k, json_string_value(v)) < 0)
			return -ENOMEM;
	if (obj_set_annotation(pv, ANN_PROVISIONED_BY, p->name) < 0)
		return -ENOMEM;
	if (q->secret && (obj_set_annotation(pv, ANN_DELETE_SECRET_NAME, json_str(q->secret, "name")) < 0 ||
			  obj_set_annotation(pv, ANN_DELETE_SECRET_NS, json_str(q->secret, "namespace")) < 0))
		return -ENOMEM;
	if (streq(key, "csi") || streq(key, "flexVolume"))
		return 0;
	AUTO_FREE char *text = json_object_size(context) ? json_dumps(context, JSON_COMPACT) : NULL;
	if (obj_set_annotation(pv, ANN_VOLUME_HANDLE, json_str(answer, "handle")) < 0 || (json_object_size(context) && !text))
		return -ENOMEM;
	return text ? obj_set_annotation(pv, ANN_VOLUME_CONTEXT, text) : 0;
}

int provision_request_volume(json_t **ret, const struct provision_request *q, const struct plugin *p, const json_t *pvc, const json_t *sc, const char *node, const json_t *answer, struct err *e)
{
	int64_t asked = json_int_or(q->create, "capacityBytes", 0), limit = json_int_or(q->create, "limitBytes", 0), got = json_int_or(answer, "capacityBytes", 0);
	const char *handle = json_str(answer, "handle"), *policy = json_str_or(sc, "reclaimPolicy", "Delete"), *key = NULL;
	const json_t *src = json_object_get(answer, "source"), *topology = json_object_get(answer, "topology");
	json_t *options = json_object_get(sc, "mountOptions"), *value = NULL;
	char size[SIZE_TEXT_MAX];

	if (!handle || !*handle || strlen(handle) > 4096)
		return err_set(e, ERR_PROTO, "%s %s: its answer has no handle", p->kind, p->name);
	if (json_object_size(src) == 1) {
		void *it = json_object_iter((json_t *)src);
		key = json_object_iter_key(it);
		value = json_object_iter_value(it);
	}
	if (!key || !json_is_object(value))
		return err_set(e, ERR_PROTO, "%s %s: its answer does not say what the volume is (source)", p->kind, p->name);
	int r = annotations_check(p, answer, e);
	if (r < 0)
		return r;
	if (got && got < asked)
		return err_set(e, -ERANGE, "%s %s: created volume capacity %s is less than requested capacity %s", p->kind, p->name, SIZE_TEXT(got), SIZE_TEXT(asked));
	if (limit && got > limit)
		return err_set(e, -ERANGE, "%s %s: created volume capacity %s is more than the limit %s", p->kind, p->name, SIZE_TEXT(got), SIZE_TEXT(limit));
	/* As the claim writes it where it is the same: an agent's volumes have to be exactly of the size that was asked for. */
	(void)size_text(got, size);
	AUTO_JSON json_t *copy = json_deep_copy(value);
	if (!copy || add_secret_refs(copy, key, q) < 0)
		return err_nomem(e);
	AUTO_JSON json_t *pv = json_pack("{s:s,s:s,s:{s:s},s:{s:{s:s},s:O,s:s,s:s,s:s,s:O,s:{s:s,s:s,s:s,s:s,s:s,s:s?}}}", "apiVersion", "v1", "kind", "PersistentVolume", "metadata",
					 "name", q->volume, "spec", "capacity", "storage", got > asked ? size : json_str(pvc, "spec.resources.requests.storage"), "accessModes",
					 json_dot(pvc, "spec.accessModes"), "persistentVolumeReclaimPolicy", policy, "storageClassName", obj_name(sc), "volumeMode",
					 json_str_or(pvc, "spec.volumeMode", "Filesystem"), key, copy, "claimRef", "kind", "PersistentVolumeClaim", "apiVersion", "v1", "namespace",
					 obj_namespace(pvc), "name", obj_name(pvc), "uid", obj_uid(pvc), "resourceVersion", json_str(pvc, "metadata.resourceVersion"));
	if (!pv || annotate(pv, q, p, key, answer) < 0)
		return err_nomem(e);
	json_t *spec = json_object_get(pv, "spec");
	const char *vac = json_str_or(pvc, "spec.volumeAttributesClassName", "");
	if (json_array_size(options) && json_object_set(spec, "mountOptions", options) < 0)
		return err_nomem(e);
	if (*vac && json_set_str(spec, "volumeAttributesClassName", vac) < 0)
		return err_nomem(e);
	AUTO_JSON json_t *own = p->per_node ? json_pack("[{s:s}]", "kubernetes.io/hostname", node) : NULL;
	if (own && obj_set_annotation(pv, ANN_MADE_BY_NODE, node) < 0)
		return err_nomem(e);
	if (own)
		topology = own; /* whatever it says: on no other node is it */
	if (json_array_size(topology) && json_object_set_new(spec, "nodeAffinity", topology_affinity(topology)) < 0)
		return err_nomem(e);
	/* A node may not change volumes, nor take a finalizer away again. */
	if (streq(policy, "Delete") && !p->per_node && obj_add_finalizer(pv, FINALIZER_PROVISIONER) < 0)
		return err_nomem(e);
	*ret = TAKE_PTR(pv);
	return 0;
}
