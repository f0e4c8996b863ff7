/*
 * The node's half of attaching. Node.status.volumesInUse says what may be mounted here, and whoever detaches volumes
 * looks there first: a volume is in the list, and the API server has taken that, before anything is done with it; it
 * goes when nothing is left of it. What the list holds is on disk (the records), and nobody else writes it. Only after
 * that it counts that the volume is attached: a detacher, which takes it out of volumesAttached before it looks at
 * volumesInUse, sees ours, or we see his. Source: kubelet, volume manager: MarkVolumesAsReportedInUse,
 * VerifyControllerAttachedVolume.
 */
#include <string.h>
#include "api/object.h"
#include "base/str.h"
#include "storage/csi.h"
#include "storage/volumes_internal.h"

#define QUEUE_KEY "in use"

/* --- the list --- */

static int add_in_use(void *arg, const char *uid, const char *volume, const json_t *record, struct err *e)
{
	json_t *set = arg;
	const char *name = json_str(record, "inUse");

	(void)uid;
	(void)volume;
	return name && json_object_set_new(set, name, json_true()) < 0 ? err_nomem(e) : 0;
}

static int patch_node(struct volumes *v, const json_t *set, json_t **ret_node, struct err *e)
{
	struct client_ref ref = {.plural = "nodes", .name = v->node_name, .subresource = "status"};
	AUTO_JSON json_t *list = json_object_size(set) ? json_array() : json_null();
	const char *name;
	json_t *x;

	json_object_foreach ((json_t *)(uintptr_t)set, name, x)
		if (json_array_append_new(list, json_string(name)) < 0)
			return err_nomem(e);
	AUTO_JSON json_t *patch = json_pack("{s:{s:O}}", "status", "volumesInUse", list);
	return patch ? client_patch_wait(v->client, &ref, CLIENT_MERGE_PATCH, patch, ret_node, e) : err_nomem(e);
}

/* *ret_node NULL: the list is what the API server has taken before; else the Node as it is with it. */
static int tell_locked(struct volumes *v, json_t **ret_node, struct err *e)
{
	AUTO_JSON json_t *set = json_object();

	if (!set)
		return err_nomem(e);
	pthread_mutex_lock(&v->lock);
	AUTO_JSON json_t *told = json_incref(v->told);
	unsigned registered = v->registered;
	pthread_mutex_unlock(&v->lock);
	int r = volume_records_each(v, NULL, add_in_use, set, e);
	if (r < 0 || (told && json_equal(told, set)))
		return r;
	if ((r = patch_node(v, set, ret_node, e)) < 0)
		return r;
	pthread_mutex_lock(&v->lock);
	if (v->registered == registered) {
		json_decref(v->told);
		v->told = TAKE_PTR(set);
	}
	pthread_mutex_unlock(&v->lock);
	return 0;
}

static int tell(struct volumes *v, json_t **ret_node, struct err *e)
{
	int r = volumes_lock(v, QUEUE_KEY, e);

	if (r < 0)
		return r;
	r = tell_locked(v, ret_node, e);
	volumes_unlock(v, QUEUE_KEY);
	return r < 0 ? err_wrap(e, "Node.status.volumesInUse") : 0;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	AUTO_JSON json_t *node = NULL;
	int r = tell(arg, &node, e);

	(void)key;
	return r == ERR_NOT_FOUND ? 0 : r; /* its registration brings us back */
}

int volume_attach_init(struct volumes *v, struct err *e)
{
	if (!v->node_name)
		return 0;
	int r = workqueue_new(&v->in_use, v->loop, "storage", 1, reconcile, v, e);
	if (r == 0)
		workqueue_pause(v->in_use, false);
	return r;
}

void volume_in_use_changed(struct volumes *v)
{
	if (v->in_use)
		workqueue_add(v->in_use, QUEUE_KEY);
}

void volumes_node_registered(struct volumes *v)
{
	pthread_mutex_lock(&v->lock);
	v->registered++;
	json_decref(v->told);
	v->told = NULL;
	pthread_mutex_unlock(&v->lock);
	volume_in_use_changed(v);
}

/* --- what is attached --- */

static bool named(const json_t *list, const char *name)
{
	const json_t *x;
	size_t i;

	json_array_foreach (list, i, x)
		if (streq(json_string_value(x), name) || streq(json_str(x, "name"), name))
			return true;
	return false;
}

/* The Node as it is once the volume is in its list. */
static int node_with(struct volume_job *j, json_t **ret, struct err *e)
{
	struct client_ref ref = {.plural = "nodes", .name = j->v->node_name};
	AUTO_JSON json_t *node = NULL;
	int r = tell(j->v, &node, e);

	if (r < 0 || node) {
		*ret = TAKE_PTR(node);
		return r;
	}
	if ((r = client_get_wait(j->v->client, &ref, &node, e)) < 0)
		return r;
	/* Told, and yet not there: somebody took it out, or the Node is another one. */
	if (!named(json_dot(node, "status.volumesInUse"), j->in_use)) {
		volumes_node_registered(j->v);
		json_decref(TAKE_PTR(node));
		if ((r = tell(j->v, &node, e)) < 0)
			return r;
		if (!node)
			return err_set(e, ERR_UNAVAILABLE, "the Node does not say yet that volume %s is in use",
				       j->name);
	}
	*ret = TAKE_PTR(node);
	return 0;
}

static int read_attachment(const struct volume_job *j, json_t **ret, struct err *e)
{
	struct client_ref ref = {.group = "storage.k8s.io", .plural = "volumeattachments"};
	char name[CSI_NAME_MAX];

	csi_attachment_name(name, j->handle, j->attacher, j->v->node_name);
	ref.name = name;
	int r = client_get_wait(j->v->client, &ref, ret, e);
	/* A node may not see what there is not (yet). */
	return r == ERR_NOT_FOUND || r == ERR_FORBIDDEN ? 0 : r;
}

static int check_attached(struct volume_job *j, const json_t *node, const json_t *attachment, struct err *e)
{
	const char *why = json_str(attachment, "status.attachError.message");
	bool attached = json_bool_or(attachment, "status.attached", false);

	if (obj_deleting(attachment))
		return err_set(e, ERR_UNAVAILABLE,
			       "volume \"%s\" is being detached from node \"%s\"; it is attached again afterwards",
			       j->name, j->v->node_name);
	if (!attached && why)
		return err_set(e, ERR_UNAVAILABLE,
			       "volume \"%s\" is not attached to node \"%s\" yet: attacher %s: %.300s", j->name,
			       j->v->node_name, j->attacher, why);
	if (!attached)
		return err_set(e, ERR_UNAVAILABLE, "volume \"%s\" waits for attacher %s to attach it to node \"%s\"",
			       j->name, j->attacher, j->v->node_name);
	if (!named(json_dot(node, "status.volumesAttached"), j->in_use))
		return err_set(e, ERR_UNAVAILABLE,
			       "volume \"%s\" waits for the attach/detach controller to say in the status of node "
			       "\"%s\" that it is attached",
			       j->name, j->v->node_name);
	return 0;
}

int volume_attach_wait(struct volume_job *j, struct err *e)
{
	AUTO_JSON json_t *node = NULL;
	AUTO_JSON json_t *attachment = NULL;
	int r = j->attacher ? node_with(j, &node, e) : tell(j->v, &node, e);

	if (r < 0 || !j->attacher)
		return r;
	if ((r = read_attachment(j, &attachment, e)) < 0 || (r = check_attached(j, node, attachment, e)) < 0)
		return r;
	json_t *context = json_dot(attachment, "status.attachmentMetadata");
	if (context && ((j->stage_request && json_object_set(j->stage_request, "publishContext", context) < 0) ||
			(j->publish_request && json_object_set(j->publish_request, "publishContext", context) < 0)))
		return err_nomem(e);
	return 0;
}
