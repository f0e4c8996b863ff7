#include <errno.h>
#include <string.h>
#include "storage/binder.h"
#include "api/object.h"
#include "base/str.h"

/*
 * Reclaim policy Recycle: a pod mounts the released volume and empties it, as Kubernetes' default recycler does for
 * hostPath and nfs. It runs where the scheduler puts it, so it reaches the volume as any pod does, and nobody deletes
 * files with the rights of the node agent. It lives in kube-system, where a tenant cannot make one that seems to have
 * done the work. Its image has to have sh, find and ls; ConfigMap kube-system/minik-recycler names another one in
 * `image`.
 */

#define RECYCLER_NS     "kube-system"
#define RECYCLER_PREFIX "recycler-for-"
#define RECYCLER_CONFIG "minik-recycler"
#define RECYCLER_IMAGE  "registry.k8s.io/build-image/debian-base:bookworm-v1.0.4"
/* Files first, then directories from the inside; what is mounted in it is left alone. Of find only what busybox has,
 * too. */
#define RECYCLER_SCRIPT                                                                                                \
	"cd /scrub || exit 1; find . -xdev -mindepth 1 ! -type d -exec rm -f {} + && find . -xdev -depth -mindepth 1 " \
	"-type d -exec rmdir {} +; "                                                                                   \
	"[ -z \"$(ls -A .)\" ]"
#define ANN_RECYCLES                                                                                                   \
	"minik.io/recycles" /* "UID of the volume/UID of its claim": a pod of an earlier release says nothing of this  \
			       one */

bool recycler_volume(const struct informer_object *pod, char *ret_volume, size_t cap)
{
	if (!streq(pod->ns, RECYCLER_NS) || !str_has_prefix(pod->name, RECYCLER_PREFIX))
		return false;
	snprintf(ret_volume, cap, "%s", pod->name + strlen(RECYCLER_PREFIX));
	return true;
}

static int image_name(struct binder *b, char **ret, struct err *e)
{
	static const struct client_ref ref = {.plural = "configmaps", .ns = RECYCLER_NS, .name = RECYCLER_CONFIG};
	AUTO_JSON json_t *cm = NULL;
	int r = client_get_wait(b->s->client, &ref, &cm, e);

	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	char *name = str_dup(r == 0 ? json_str_or(json_dot(cm, "data"), "image", RECYCLER_IMAGE) : RECYCLER_IMAGE);
	if (!name)
		return err_nomem(e);
	*ret = name;
	return 0;
}

/* Kubernetes' limits: a minute for hostPath, five for nfs, and half a minute for each GiB. */
static int64_t deadline(const json_t *pv, bool nfs)
{
	int64_t gib = volume_capacity(pv) >> 30;

	return (nfs ? 300 : 60) + 30 * (gib < 100000 ? gib : 100000);
}

static int make_pod(struct binder *b, const json_t *pv, const char *name, const char *token, struct err *e)
{
	static const struct client_ref pods = {.plural = "pods", .ns = RECYCLER_NS};
	json_t *nfs = json_dot(pv, "spec.nfs"), *affinity = json_dot(pv, "spec.nodeAffinity.required");
	AUTO_FREE char *image = NULL;
	int r = image_name(b, &image, e);

	if (r < 0)
		return r;
	AUTO_JSON json_t *pod = json_pack(
	    "{s:s,s:s,s:{s:s,s:s,s:{s:s}},s:{s:s,s:b,s:I,s:[{s:s}],s:[{s:s,s:O}],s:[{s:s,s:s,s:[s,s,s],s:s,s:[{s:s,s:s}"
	    "]}]}}",
	    "apiVersion", "v1", "kind", "Pod", "metadata", "name", name, "namespace", RECYCLER_NS, "annotations",
	    ANN_RECYCLES, token, "spec", "restartPolicy", "Never", "automountServiceAccountToken", 0,
	    "activeDeadlineSeconds", (json_int_t)deadline(pv, nfs), "tolerations", "operator", "Exists", "volumes",
	    "name", "vol", nfs ? "nfs" : "hostPath", nfs ? nfs : json_dot(pv, "spec.hostPath"), "containers", "name",
	    "pv-recycler", "image", image, "command", "/bin/sh", "-c", RECYCLER_SCRIPT, "terminationMessagePolicy",
	    "FallbackToLogsOnError", "volumeMounts", "name", "vol", "mountPath", "/scrub");
	if (!pod ||
	    (affinity && json_dot_set(pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution",
				      json_incref(affinity)) < 0))
		return err_nomem(e);
	r = client_create_wait(b->s->client, &pods, pod, NULL, e);
	return r == ERR_EXISTS ? ERR_AGAIN : r;
}

static int remove_pod(struct binder *b, const struct informer_object *o, struct err *e)
{
	const struct client_ref ref = {.plural = "pods", .ns = RECYCLER_NS, .name = o->name};
	AUTO_JSON json_t *how = json_pack("{s:{s:s}}", "preconditions", "uid", o->uid);

	if (!how)
		return err_nomem(e);
	int r = client_delete_wait(b->s->client, &ref, how, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int64_t pod_age_ms(struct binder *b, const json_t *pod)
{
	struct timespec made;

	return time_parse(json_str_or(pod, "metadata.creationTimestamp", ""), &made) < 0
		   ? 0
		   : (int64_t)(clock_wall(b->s->deps.clock) - made.tv_sec) * 1000;
}

/* What the pod says of its end. */
static const char *failure_of(const json_t *pod)
{
	const json_t *c = json_array_get(json_dot(pod, "status.containerStatuses"), 0);
	const char *said = json_str_or(c, "state.terminated.message", "");

	if (*said)
		return said;
	return json_str_or(pod, "status.message", json_str_or(pod, "status.reason", "see its log"));
}

int volume_recycle(struct binder *b, const json_t *pv, struct err *e)
{
	AUTO_FREE char *name = str_fmt(RECYCLER_PREFIX "%s", obj_name(pv)),
		       *token = str_fmt("%s/%s", obj_uid(pv), json_str_or(pv, "spec.claimRef.uid", ""));
	bool host = json_dot(pv, "spec.hostPath") != NULL;
	int r;

	if (!name || !token)
		return err_nomem(e);
	if (!host && !json_dot(pv, "spec.nfs"))
		return err_set(e, ERR_UNSUPPORTED, "Only hostPath and nfs volumes are recycled.");
	if (strlen(name) > 253)
		return err_set(e, ERR_UNSUPPORTED, "Its name is too long for a pod %s...", RECYCLER_PREFIX);
	if (host && !json_dot(pv, "spec.nodeAffinity.required") && informer_count(b->s->nodes) > 1)
		return err_set(e, ERR_UNSUPPORTED,
			       "It is a hostPath on one of %zu nodes and has no nodeAffinity that says which.",
			       informer_count(b->s->nodes));
	AUTO_OBJECT struct informer_object *o = informer_get(b->s->pods, RECYCLER_NS, name);
	if (!o)
		return make_pod(b, pv, name, token, e);
	AUTO_JSON json_t *pod = informer_object_json(o);
	if (!pod)
		return err_nomem(e);
	if (obj_deleting(pod))
		return 0;
	const char *phase = json_str_or(pod, "status.phase", ""), *of = obj_annotation(pod, ANN_RECYCLES);
	if (!streq(of ? of : "", token)) /* of another release: away with it, its end comes as a change */
		return remove_pod(b, o, e);
	if (streq(phase, "Succeeded"))
		return (r = remove_pod(b, o, e)) < 0 ? r : 1;
	if (!streq(phase, "Failed"))
		return 0;
	/* It stays to be looked at until another one tries. */
	if (streq(json_str_or(pv, "status.phase", ""), "Failed") && pod_age_ms(b, pod) >= RECYCLE_RETRY_MS)
		return remove_pod(b, o, e);
	return err_set(e, ERR_INTERNAL, "pod %s/%s failed: %s", RECYCLER_NS, name, failure_of(pod));
}
