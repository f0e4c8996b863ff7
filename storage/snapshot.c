#include "storage/snapshot.h"
#include <errno.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"

#define FINALIZER_SOURCE SNAPSHOT_ANN "volumesnapshot-as-source-protection"
#define FINALIZER_BOUND  SNAPSHOT_ANN "volumesnapshot-bound-protection"
#define FINALIZER_CLAIM  SNAPSHOT_ANN "pvc-as-source-protection"
#define REPORTER         "snapshot-controller"

static struct client_ref snapshot_ref(const json_t *snap, const char *sub)
{
	return (struct client_ref){.group = SNAPSHOT_GROUP,
				   .plural = "volumesnapshots",
				   .ns = obj_namespace(snap),
				   .name = obj_name(snap),
				   .subresource = sub};
}

struct client_ref content_ref(const json_t *content, const char *sub)
{
	return (struct client_ref){
	    .group = SNAPSHOT_GROUP, .plural = "volumesnapshotcontents", .name = obj_name(content), .subresource = sub};
}

int snapshot_patch(struct snapshots *z, const struct client_ref *ref, json_t *body, struct err *e)
{
	if (!body)
		return err_nomem(e);
	int r = client_patch_wait(z->s->client, ref, CLIENT_MERGE_PATCH, body, NULL, e);
	json_decref(body);
	return r;
}

struct change {
	const char *finalizer;
	bool add;
};

static int change_finalizer(void *arg, json_t *obj, struct err *e)
{
	const struct change *c = arg;

	if (obj_has_finalizer(obj, c->finalizer) == c->add || (c->add && obj_deleting(obj)))
		return 1;
	return (c->add ? obj_add_finalizer(obj, c->finalizer) : obj_remove_finalizer(obj, c->finalizer)) < 0
		   ? err_nomem(e)
		   : 0;
}

int snapshot_finalizer(struct snapshots *z, const struct client_ref *ref, const char *finalizer, bool add,
		       struct err *e)
{
	struct change c = {finalizer, add};
	int r = client_modify_wait(z->s->client, ref, change_finalizer, &c, e);

	return r == ERR_NOT_FOUND ? 0 : r;
}

json_t *snapshot_error(struct snapshots *z, const json_t *obj, const char *message)
{
	char now[TIME_STR_MAX];

	if (streq(json_str(obj, "status.error.message"), message))
		return NULL;
	time_format(clock_wall(z->s->deps.clock), now);
	return json_pack("{s:s,s:s}", "message", message, "time", now);
}

static void tell(struct snapshots *z, const json_t *snap, const char *type, const char *reason, const char *text)
{
	client_event(z->s->client, snap, SNAPSHOT_GROUP "/v1", "VolumeSnapshot", type, reason, REPORTER, "", "%s",
		     text);
}

/* Said once, and kept in the status; what mends it comes as an event, so nothing is tried again by itself. */
static int refuse(struct snapshots *z, const json_t *snap, const char *reason, const char *text, struct err *e)
{
	struct client_ref ref = snapshot_ref(snap, "status");
	json_t *error = snapshot_error(z, snap, text);

	if (!error)
		return 0;
	tell(z, snap, "Warning", reason, text);
	return snapshot_patch(z, &ref, json_pack("{s:{s:b,s:o}}", "status", "readyToUse", false, "error", error), e);
}

/* --- classes --- */

static int default_class(struct snapshots *z, const char *driver, char **ret_name, char **ret_why, struct err *e)
{
	struct informer_object **v = NULL;
	size_t n = 0, found = 0;
	AUTO_FREE char *name = NULL;

	if (informer_list(z->classes, NULL, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *c = informer_object_json(v[i]);
		if (streq(obj_annotation(c, ANN_DEFAULT), "true") && streq(json_str(c, "driver"), driver) &&
		    ++found == 1)
			name = str_dup(v[i]->name);
	}
	informer_list_free(v, n);
	if (found == 1)
		*ret_name = TAKE_PTR(name);
	else
		*ret_why = found ? str_fmt("Failed to set default snapshot class with error %zu default snapshot "
					   "classes were found for driver %s",
					   found, driver)
				 : str_fmt("Failed to set default snapshot class with error cannot find default "
					   "snapshot class for driver %s",
					   driver);
	return *ret_name || *ret_why ? 0 : err_nomem(e);
}

/* ${NAME} of what may stand in a Secret's place. */
struct words {
	const json_t *snapshot;
	const char *content;
};

static const char *word(const void *arg, const char *w, bool in_namespace)
{
	const struct words *from = arg;

	if (streq(w, "volumesnapshotcontent.name"))
		return from->content;
	if (streq(w, "volumesnapshot.namespace"))
		return obj_namespace(from->snapshot);
	return !in_namespace && streq(w, "volumesnapshot.name") ? obj_name(from->snapshot) : NULL;
}

int snapshot_secret_ref(const json_t *class, const char *purpose, const json_t *snapshot, const char *content,
			json_t **ret, struct err *e)
{
	int r = secret_of_class(ret, json_object_get(class, "parameters"), purpose, word,
				&(struct words){snapshot, content}, e);

	if (r < 0)
		(void)err_wrap(e, "class %s", obj_name(class));
	return r;
}

/* --- claims that are being read --- */

/* A snapshot that is still being made keeps its claim; the last of them lets it go. */
static int release_claim(struct snapshots *z, const json_t *snap, struct err *e)
{
	const char *claim = json_str(snap, "spec.source.persistentVolumeClaimName"), *ns = obj_namespace(snap);
	struct client_ref ref = {.plural = "persistentvolumeclaims", .ns = ns, .name = claim};
	struct informer_object **v = NULL;
	size_t n = 0;
	bool busy = false;

	if (!claim)
		return 0;
	AUTO_OBJECT struct informer_object *co = informer_get(z->s->pvcs, ns, claim);
	AUTO_JSON json_t *pvc = informer_object_json(co);
	if (!pvc || !obj_has_finalizer(pvc, FINALIZER_CLAIM))
		return 0;
	if (informer_list(z->snapshots, ns, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n && !busy; i++) {
		AUTO_JSON json_t *other = informer_object_json(v[i]);
		busy = !streq(v[i]->uid, obj_uid(snap)) &&
		       streq(json_str(other, "spec.source.persistentVolumeClaimName"), claim) &&
		       !json_bool_or(other, "status.readyToUse", false);
	}
	informer_list_free(v, n);
	return busy ? 0 : snapshot_finalizer(z, &ref, FINALIZER_CLAIM, false, e);
}

static bool is_source(const json_t *pvc, const char *path, const char *snapshot)
{
	const json_t *from = json_dot(pvc, path);

	return streq(json_str(from, "kind"), "VolumeSnapshot") &&
	       streq(json_str_or(from, "apiGroup", ""), SNAPSHOT_GROUP) && streq(json_str(from, "name"), snapshot);
}

/* Of the first claim of those that are made of it, "" when it cannot be told; NULL: there is none. Malloc'ed. */
static char *being_restored(struct snapshots *z, const json_t *snap)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	char *found = NULL;

	if (informer_list(z->s->pvcs, obj_namespace(snap), &v, &n) < 0)
		return str_dup("");
	for (size_t i = 0; i < n && !found; i++) {
		AUTO_JSON json_t *pvc = informer_object_json(v[i]);
		if (!obj_deleting(pvc) && streq(json_str_or(pvc, "status.phase", "Pending"), "Pending") &&
			(is_source(pvc, "spec.dataSource", obj_name(snap)) ||
			 is_source(pvc, "spec.dataSourceRef", obj_name(snap))))
			found = str_dup(obj_name(pvc));
	}
	informer_list_free(v, n);
	return found;
}

/* --- a snapshot and its content --- */

static bool bound_to(const json_t *content, const json_t *snap)
{
	return streq(json_str(content, "spec.volumeSnapshotRef.name"), obj_name(snap)) &&
	       streq(json_str(content, "spec.volumeSnapshotRef.namespace"), obj_namespace(snap)) &&
	       streq(json_str(content, "spec.volumeSnapshotRef.uid"), obj_uid(snap));
}

char *snapshot_content_name(const json_t *snap)
{
	const char *given = json_str(snap, "spec.source.volumeSnapshotContentName"),
		   *bound = json_str(snap, "status.boundVolumeSnapshotContentName");

	return given ? str_dup(given) : bound ? str_dup(bound) : str_fmt("snapcontent-%s", obj_uid(snap));
}

/* What the content says, in the snapshot's terms. */
static int copy_status(struct snapshots *z, const json_t *snap, const json_t *content, struct err *e)
{
	struct client_ref ref = snapshot_ref(snap, "status");
	AUTO_JSON json_t *want = json_pack("{s:s,s:b}", "boundVolumeSnapshotContentName", obj_name(content),
					   "readyToUse", json_bool_or(content, "status.readyToUse", false));
	json_t *error = json_dot(content, "status.error"), *old = json_dot(snap, "status"), *v;
	int64_t ns = json_int_or(content, "status.creationTime", -1),
		size = json_int_or(content, "status.restoreSize", -1);
	bool was_ready = json_bool_or(snap, "status.readyToUse", false),
	     was_made = json_dot(snap, "status.creationTime"), changed = false;
	const char *k;

	if (!want)
		return err_nomem(e);
	if (ns >= 0) {
		char at[TIME_STR_MAX];
		time_format((time_t)(ns / 1000000000), at);
		json_object_set_new(want, "creationTime", json_string(at));
	}
	if (size >= 0) {
		char number[32], text[64];
		struct quantity q;
		snprintf(number, sizeof(number), "%lld", (long long)size);
		if (quantity_parse(number, &q) == 0) {
			q.format = QUANTITY_BINARY_SI;
			quantity_format(&q, text, sizeof(text));
			json_object_set_new(want, "restoreSize", json_string(text));
		}
	}
	if (error)
		json_object_set(want, "error", error);
	else if (json_object_get(old, "error"))
		json_object_set_new(want, "error", json_null());
	json_object_foreach (want, k, v)
		changed = changed || !json_equal(v, json_object_get(old, k));
	if (changed) {
		int r = snapshot_patch(z, &ref, json_pack("{s:O}", "status", want), e);
		if (r < 0)
			return r == ERR_NOT_FOUND ? 0 : r;
	}
	AUTO_FREE char *key = obj_key(snap);
	AUTO_FREE char *made = str_fmt("Snapshot %s was successfully created by the CSI driver.", key),
		       *ready = str_fmt("Snapshot %s is ready to use.", key);
	if (made && ns >= 0 && !was_made)
		tell(z, snap, "Normal", "SnapshotCreated", made);
	if (ready && !was_ready && json_is_true(json_object_get(want, "readyToUse")))
		tell(z, snap, "Normal", "SnapshotReady", ready);
	return json_is_true(json_object_get(want, "readyToUse")) ? release_claim(z, snap, e) : 0;
}

static int make_content(struct snapshots *z, const json_t *snap, const json_t *pv, const json_t *class,
			const char *handle, const char *name, struct err *e)
{
	struct client_ref ref = {.group = SNAPSHOT_GROUP, .plural = "volumesnapshotcontents"};
	const char *node = snapshot_volume_node(pv);
	AUTO_JSON json_t *secret = NULL;
	int r = snapshot_secret_ref(class, "snapshotter", snap, name, &secret, e);

	if (r < 0)
		return refuse(z, snap, "SnapshotContentCreationFailed", e->msg, e);
	AUTO_JSON json_t *content =
	    json_pack("{s:s,s:s,s:{s:s,s:[s]},s:{s:{s:s,s:s,s:s,s:s,s:s},s:{s:s},s:s,s:s,s:s,s:s}}", "apiVersion",
		      SNAPSHOT_GROUP "/v1", "kind", "VolumeSnapshotContent", "metadata", "name", name, "finalizers",
		      FINALIZER_CONTENT, "spec", "volumeSnapshotRef", "apiVersion", SNAPSHOT_GROUP "/v1", "kind",
		      "VolumeSnapshot", "namespace", obj_namespace(snap), "name", obj_name(snap), "uid", obj_uid(snap),
		      "source", "volumeHandle", handle, "volumeSnapshotClassName", obj_name(class), "deletionPolicy",
		      json_str_or(class, "deletionPolicy", "Delete"), "driver", json_str_or(class, "driver", ""),
		      "sourceVolumeMode", json_str_or(pv, "spec.volumeMode", "Filesystem"));
	if (!content ||
	    (secret && (obj_set_annotation(content, ANN_DELETION_SECRET, json_str(secret, "name")) < 0 ||
			obj_set_annotation(content, ANN_DELETION_SECRET_NS, json_str(secret, "namespace")) < 0)) ||
	    (node && json_object_set_new(json_object_get(content, "metadata"), "labels",
					 json_pack("{s:s}", LABEL_SNAPSHOT_NODE, node)) < 0))
		return err_nomem(e);
	r = client_create_wait(z->s->client, &ref, content, NULL, e);
	if (r == ERR_EXISTS)
		return 0;
	if (r < 0)
		return r;
	AUTO_FREE char *key = obj_key(snap),
		       *text = str_fmt("Waiting for a snapshot %s to be created by the CSI driver.", key ? key : "");
	if (text)
		tell(z, snap, "Normal", "CreatingSnapshot", text);
	return 0;
}

/* Of a claim: its content is made here. */
static int of_claim(struct snapshots *z, const json_t *snap, const char *name, struct err *e)
{
	const char *claim = json_str_or(snap, "spec.source.persistentVolumeClaimName", ""), *ns = obj_namespace(snap);
	const char *class_name = json_str(snap, "spec.volumeSnapshotClassName"), *driver = NULL;
	struct client_ref cref = {.plural = "persistentvolumeclaims", .ns = ns, .name = claim},
			  sref = snapshot_ref(snap, NULL);
	AUTO_FREE char *handle = NULL, *text = NULL, *dflt = NULL;
	AUTO_OBJECT struct informer_object *co = informer_get(z->s->pvcs, ns, claim);
	AUTO_JSON json_t *pvc = informer_object_json(co);
	int r;

	if (!pvc || !*json_str_or(pvc, "spec.volumeName", "") || !streq(json_str(pvc, "status.phase"), "Bound")) {
		text =
		    str_fmt(pvc ? "Failed to create snapshot content with error the PVC %s is not yet bound to a PV, "
				  "will not attempt to take a snapshot"
				: "Failed to create snapshot content with error persistentvolumeclaim \"%s\" not found",
			    claim);
		return text ? refuse(z, snap, "SnapshotContentCreationFailed", text, e) : err_nomem(e);
	}
	AUTO_OBJECT struct informer_object *vo = informer_get(z->s->pvs, NULL, json_str(pvc, "spec.volumeName"));
	AUTO_JSON json_t *pv = informer_object_json(vo);
	if (!pv || !volume_claimed_by(pv, pvc) || !snapshot_source(pv, &driver, &handle)) {
		text = str_fmt(
		    "Failed to create snapshot content with error volume %s is of no plug-in that has snapshots",
		    json_str_or(pvc, "spec.volumeName", ""));
		return text ? refuse(z, snap, "SnapshotContentCreationFailed", text, e) : err_nomem(e);
	}
	if (!class_name) {
		if ((r = default_class(z, driver, &dflt, &text, e)) < 0)
			return r;
		if (!dflt)
			return refuse(z, snap, "SetDefaultSnapshotClassFailed", text, e);
		/* Kept before it is used: the default may be another one at the next look. */
		return snapshot_patch(z, &sref, json_pack("{s:{s:s}}", "spec", "volumeSnapshotClassName", dflt), e);
	}
	AUTO_OBJECT struct informer_object *ko = informer_get(z->classes, NULL, class_name);
	AUTO_JSON json_t *class = informer_object_json(ko);
	if (!class) {
		text = str_fmt("Failed to get snapshot class with error volumesnapshotclass.snapshot.storage.k8s.io "
			       "\"%s\" not found",
			       class_name);
		return text ? refuse(z, snap, "GetSnapshotClassFailed", text, e) : err_nomem(e);
	}
	if (!streq(json_str(class, "driver"), driver)) {
		text = str_fmt(
		    "Failed to create snapshot content with error class %s is of driver %s, and the volume of %s",
		    class_name, json_str_or(class, "driver", ""), driver);
		return text ? refuse(z, snap, "SnapshotContentCreationFailed", text, e) : err_nomem(e);
	}
	if ((r = snapshot_finalizer(z, &cref, FINALIZER_CLAIM, true, e)) < 0)
		return r;
	return make_content(z, snap, pv, class, handle, name, e);
}

/* Of a content that was there before: the two name one another, and the snapshot's uid makes it firm. */
static int of_content(struct snapshots *z, const json_t *snap, const json_t *content, const char *name, struct err *e)
{
	AUTO_FREE char *text = NULL;
	const char *reason = "SnapshotContentMisbound", *uid = json_str_or(content, "spec.volumeSnapshotRef.uid", "");

	if (!content) {
		text = str_fmt("VolumeSnapshotContent [%s] is missing", name);
		reason = "SnapshotContentMissing";
	} else if (!streq(json_str(content, "spec.volumeSnapshotRef.name"), obj_name(snap)) ||
		   !streq(json_str(content, "spec.volumeSnapshotRef.namespace"), obj_namespace(snap)) ||
		   (*uid && !streq(uid, obj_uid(snap)))) {
		text = str_fmt("VolumeSnapshotContent [%s] is bound to a different snapshot", name);
	} else if (!json_str(content, "spec.source.snapshotHandle")) {
		text = str_fmt("VolumeSnapshotContent [%s] has no source.snapshotHandle", name);
		reason = "SnapshotContentMismatch";
	} else if (!*uid) {
		struct client_ref ref = content_ref(content, NULL);
		AUTO_JSON json_t *to = json_deep_copy(json_dot(content, "spec.volumeSnapshotRef"));
		if (json_set_str(to, "uid", obj_uid(snap)) < 0)
			return err_nomem(e);
		return snapshot_patch(z, &ref,
				      json_pack("{s:{s:s},s:{s:O}}", "metadata", "resourceVersion",
						json_str_or(content, "metadata.resourceVersion", ""), "spec",
						"volumeSnapshotRef", to),
				      e);
	} else {
		return copy_status(z, snap, content, e);
	}
	return text ? refuse(z, snap, reason, text, e) : err_nomem(e);
}

static int deleting(struct snapshots *z, const json_t *snap, const json_t *content, struct err *e)
{
	struct client_ref ref = snapshot_ref(snap, NULL);
	int r;

	if (!obj_has_finalizer(snap, FINALIZER_SOURCE) && !obj_has_finalizer(snap, FINALIZER_BOUND))
		return release_claim(z, snap, e);
	AUTO_FREE char *claim = being_restored(z, snap);
	if (claim) {
		AUTO_FREE char *text = *claim ? str_fmt("Snapshot is being used to restore a PVC: %s", claim) : NULL;
		tell(z, snap, "Warning", "SnapshotDeletePending", text ? text : "Snapshot is being used to restore a PVC");
		return 0;
	}
	if (content && bound_to(content, snap)) {
		struct client_ref cref = content_ref(content, NULL);
		bool delete = streq(json_str(content, "spec.deletionPolicy"), "Delete");
		if (!streq(obj_annotation(content, ANN_BEING_DELETED), "yes") &&
		    (r = snapshot_patch(z, &cref,
					json_pack("{s:{s:{s:s}}}", "metadata", "annotations", ANN_BEING_DELETED, "yes"),
					e)) < 0 &&
		    r != ERR_NOT_FOUND)
			return r;
		if (delete &&!obj_deleting(content) &&
		    (r = client_delete_wait(z->s->client, &cref, NULL, NULL, e)) < 0 && r != ERR_NOT_FOUND)
			return r;
		if (delete)
			return 0; /* goes when the content has gone */
	}
	if ((r = snapshot_finalizer(z, &ref, FINALIZER_SOURCE, false, e)) < 0 ||
	    (r = snapshot_finalizer(z, &ref, FINALIZER_BOUND, false, e)) < 0)
		return r;
	return release_claim(z, snap, e);
}

int snapshot_reconcile(void *arg, const char *key, struct err *e)
{
	struct snapshots *z = arg;
	AUTO_OBJECT struct informer_object *o = informer_get_key(z->snapshots, key);
	AUTO_JSON json_t *snap = informer_object_json(o);
	AUTO_FREE char *name = snap ? snapshot_content_name(snap) : NULL;
	int r;

	if (!snap)
		return 0;
	if (!name)
		return err_nomem(e);
	AUTO_OBJECT struct informer_object *co = informer_get(z->contents, NULL, name);
	AUTO_JSON json_t *content = informer_object_json(co);
	if (obj_deleting(snap))
		return deleting(z, snap, content, e);
	struct client_ref ref = snapshot_ref(snap, NULL);
	if ((r = snapshot_finalizer(z, &ref, FINALIZER_SOURCE, true, e)) < 0 ||
	    (r = snapshot_finalizer(z, &ref, FINALIZER_BOUND, true, e)) < 0)
		return r;
	if (json_str(snap, "spec.source.volumeSnapshotContentName"))
		return of_content(z, snap, content, name, e);
	if (!content && json_str(snap, "status.boundVolumeSnapshotContentName"))
		return refuse(z, snap, "SnapshotContentMissing", "VolumeSnapshotContent is missing", e);
	if (!content)
		return of_claim(z, snap, name, e);
	return bound_to(content, snap) ? copy_status(z, snap, content, e)
				       : refuse(z, snap, "SnapshotContentMisbound",
						"VolumeSnapshotContent is bound to a different snapshot", e);
}
