/*
 * The attach/detach controller: for each volume of a CSI driver, or of a program that attaches, a VolumeAttachment to
 * each node that has pods which use it, and none to others. Attaching itself is the attacher's (attach_driver.c, or a side-car of the driver's). Source:
 * Kubernetes pkg/controller/volume/attachdetach.
 *
 * Everything is decided from objects. One worker, so that a volume that only one node may have is not given to two, and
 * a Node's list has one writer.
 */
#include "storage/attach_internal.h"
#include <errno.h>
#include "api/object.h"
#include "base/str.h"

#define UNMOUNT_WAIT_S       360 /* kube-controller-manager's maxWaitForUnmountDuration */
#define TAINT_OUT_OF_SERVICE "node.kubernetes.io/out-of-service"
#define REPORTER             "attachdetach-controller"

/* A pod on a node that uses the volume. */
struct user {
	json_t *pod;
	const char *node; /* of pod */
};
struct users {
	struct user *v;
	size_t n;
};

/* An attachment, known by what it says. */
struct attachment {
	char *name, *node;
	bool ours, deleting, attached;
};
struct attachments {
	struct attachment *v;
	size_t n;
};

/* --- who uses a volume --- */

static bool containers_run(const json_t *pod)
{
	static const char *const lists[] = {"status.containerStatuses", "status.initContainerStatuses",
					    "status.ephemeralContainerStatuses"};
	const json_t *c;
	size_t i;

	for (size_t k = 0; k < ARRAY_LEN(lists); k++)
		json_array_foreach (json_dot(pod, lists[k]), i, c)
			if (!json_dot(c, "state.terminated") && !json_dot(c, "state.waiting"))
				return true;
	return false;
}

static bool pod_uses(const json_t *pod)
{
	return *json_str_or(pod, "spec.nodeName", "") && !pod_terminal(pod) &&
	       (!obj_deleting(pod) || containers_run(pod));
}

static void users_done(struct users *u)
{
	for (size_t i = 0; i < u->n; i++)
		json_decref(u->v[i].pod);
	free(u->v);
}
#define AUTO_USERS __attribute__((cleanup(users_done)))

static int by_age(const void *a, const void *b)
{
	const struct user *x = a, *y = b;
	int r = strcmp(json_str_or(x->pod, "metadata.creationTimestamp", ""),
		       json_str_or(y->pod, "metadata.creationTimestamp", ""));

	return r ? r : strcmp(obj_uid(x->pod), obj_uid(y->pod));
}

/* The oldest first: of pods that want a volume for themselves the first come has it. */
static int users_of(struct attach *a, const json_t *pv, struct users *ret, struct err *e)
{
	AUTO_FREE char *claim =
	    str_fmt("%s/%s", json_str_or(pv, "spec.claimRef.namespace", ""), json_str_or(pv, "spec.claimRef.name", ""));
	AUTO_USERS struct users u = {0};
	struct informer_object **v = NULL;
	size_t n = 0;

	if (!claim)
		return err_nomem(e);
	AUTO_OBJECT struct informer_object *co = informer_get_key(a->s->pvcs, claim);
	AUTO_JSON json_t *pvc = informer_object_json(co);
	if (!pvc || !volume_claimed_by(pv, pvc) || !streq(json_str(pvc, "spec.volumeName"), obj_name(pv)))
		return 0;
	if (informer_by_index(a->s->pods, INDEX_CLAIM, claim, &v, &n) < 0)
		return err_nomem(e);
	u.v = calloc(n + 1, sizeof(*u.v));
	for (size_t i = 0; u.v && i < n; i++) {
		AUTO_JSON json_t *pod = informer_object_json(v[i]);
		if (!pod || !pod_uses(pod))
			continue;
		u.v[u.n].node = json_str(pod, "spec.nodeName");
		u.v[u.n++].pod = TAKE_PTR(pod);
	}
	informer_list_free(v, n);
	if (!u.v)
		return err_nomem(e);
	qsort(u.v, u.n, sizeof(*u.v), by_age);
	*ret = u;
	u = (struct users){0};
	return 0;
}

static bool node_uses(const struct users *u, const char *node)
{
	for (size_t i = 0; i < u->n; i++)
		if (streq(u->v[i].node, node))
			return true;
	return false;
}

/* --- what is attached --- */

static void attachments_done(struct attachments *h)
{
	for (size_t i = 0; i < h->n; i++) {
		free(h->v[i].name);
		free(h->v[i].node);
	}
	free(h->v);
}
#define AUTO_ATTACHMENTS __attribute__((cleanup(attachments_done)))

static int attachments_add(struct attachments *h, struct attachment at, struct err *e)
{
	struct attachment *v = reallocarray(h->v, h->n + 1, sizeof(*v));

	if (v)
		h->v = v;
	if (!v || !at.name || !at.node) {
		free(at.name);
		free(at.node);
		return err_nomem(e);
	}
	h->v[h->n++] = at;
	return 0;
}

void attach_made_drop(struct attach *a, size_t i)
{
	free(a->made[i].name);
	free(a->made[i].volume);
	free(a->made[i].node);
	a->made[i] = a->made[--a->n_made];
}

static int made_add(struct attach *a, const char *name, const char *volume, const char *node, struct err *e)
{
	struct made *v = reallocarray(a->made, a->n_made + 1, sizeof(*v));
	struct made m = {str_dup(name), str_dup(volume), str_dup(node)};

	if (v)
		a->made = v;
	if (!v || !m.name || !m.volume || !m.node) {
		free(m.name);
		free(m.volume);
		free(m.node);
		return err_nomem(e);
	}
	a->made[a->n_made++] = m;
	return 0;
}

/* Also those that were made a moment ago, which the informer does not have yet. */
static int attachments_of(struct attach *a, const json_t *pv, const struct attach_target *t, struct attachments *ret,
			  struct err *e)
{
	AUTO_ATTACHMENTS struct attachments h = {0};
	struct informer_object **v = NULL;
	size_t n = 0;
	int r = 0;

	if (informer_by_index(a->s->attachments, INDEX_OF_VOLUME, obj_name(pv), &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; r == 0 && i < n; i++) {
		AUTO_JSON json_t *va = informer_object_json(v[i]);
		const char *node = json_str_or(va, "spec.nodeName", "");
		char name[ATTACH_NAME_MAX];
		if ((r = attach_name(t, node, name, e)) == 0)
			r = attachments_add(&h,
					    (struct attachment){.name = str_dup(v[i]->name),
								.node = str_dup(node),
								.ours = streq(name, v[i]->name),
								.deleting = obj_deleting(va),
								.attached = json_bool_or(va, "status.attached", false)},
					    e);
	}
	informer_list_free(v, n);
	for (size_t i = a->n_made; r == 0 && i-- > 0;) {
		struct client_ref ref = {
		    .group = "storage.k8s.io", .plural = "volumeattachments", .name = a->made[i].name};
		AUTO_OBJECT struct informer_object *seen = informer_get(a->s->attachments, NULL, a->made[i].name);
		if (!streq(a->made[i].volume, obj_name(pv)))
			continue;
		r = seen ? ERR_NOT_FOUND : client_get_wait(a->s->client, &ref, NULL, e);
		if (r == ERR_NOT_FOUND) {
			attach_made_drop(a, i);
			r = 0;
		} else if (r == 0) {
			r = attachments_add(&h,
					    (struct attachment){.name = str_dup(a->made[i].name),
								.node = str_dup(a->made[i].node),
								.ours = true},
					    e);
		}
	}
	if (r < 0)
		return r;
	*ret = h;
	h = (struct attachments){0};
	return 0;
}

static bool volume_shared(const json_t *pv)
{
	const json_t *modes = json_dot(pv, "spec.accessModes"), *m;
	bool shared = json_array_size(modes) == 0; /* not said: the driver knows */
	size_t i;

	json_array_foreach (modes, i, m)
		shared = shared || streq(json_string_value(m), "ReadWriteMany") ||
			 streq(json_string_value(m), "ReadOnlyMany");
	return shared;
}

static bool attach_required(struct attach *a, const struct attach_target *t)
{
	if (t->program) {
		AUTO_PLUGIN struct plugin *p = plugins_get_driver(a->s->plugins, t->driver);
		return p && p->can & PLUGIN_CAN(PLUGIN_ATTACH);
	}
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->csidrivers, NULL, t->driver);
	AUTO_JSON json_t *d = informer_object_json(o);

	return json_bool_or(d, "spec.attachRequired", true);
}

/* --- events --- */

static void pod_event(struct attach *a, const json_t *pod, const char *type, const char *reason, const char *text)
{
	client_event(a->s->client, pod, "v1", "Pod", type, reason, REPORTER, "", "%s", text);
}

/* To pods of one namespace no names of another are told. */
static char *blocked_text(const json_t *pv, const struct user *who, const struct users *u, const struct attachments *h)
{
	const char *ns = obj_namespace(who->pod);
	AUTO_FREE char *names = str_dup("");
	size_t others = 0;

	for (size_t i = 0; names && i < u->n; i++) {
		bool has = false;
		for (size_t k = 0; k < h->n; k++)
			has = has || streq(h->v[k].node, u->v[i].node);
		if (!has || streq(u->v[i].node, who->node))
			continue;
		if (!streq(obj_namespace(u->v[i].pod), ns)) {
			others++;
			continue;
		}
		char *longer = str_fmt("%s%s%s", names, *names ? ", " : "", obj_name(u->v[i].pod));
		free(names);
		names = longer;
	}
	if (!names)
		return NULL;
	if (!*names && others == 0)
		return str_fmt("Multi-Attach error for volume \"%s\" Volume is already exclusively attached to one "
			       "node and can't be attached to another",
			       obj_name(pv));
	if (!*names)
		return str_fmt(
		    "Multi-Attach error for volume \"%s\" Volume is already used by %zu pod(s) in different namespaces",
		    obj_name(pv), others);
	return others ? str_fmt("Multi-Attach error for volume \"%s\" Volume is already used by pod(s) %s and %zu "
				"pod(s) in different namespaces",
				obj_name(pv), names, others)
		      : str_fmt("Multi-Attach error for volume \"%s\" Volume is already used by pod(s) %s",
				obj_name(pv), names);
}

/* blocked: uids of those that were said to be blocked; the same again is not said twice. */
static void tell_blocked(struct attach *a, const json_t *pv, const struct users *u, const struct attachments *h,
			 const bool *blocked)
{
	AUTO_FREE char *all = str_dup("");

	for (size_t i = 0; all && i < u->n; i++)
		if (blocked[i]) {
			char *longer = str_fmt("%s%s ", all, obj_uid(u->v[i].pod));
			free(all);
			all = longer;
		}
	if (!all)
		return;
	const char *before = map_get(a->told, obj_name(pv));
	for (size_t i = 0; i < u->n; i++)
		if (blocked[i] && !(before && strstr(before, obj_uid(u->v[i].pod)))) {
			AUTO_FREE char *text = blocked_text(pv, &u->v[i], u, h);
			if (text)
				pod_event(a, u->v[i].pod, "Warning", "FailedAttachVolume", text);
		}
	if (!*all)
		map_del(a->told, obj_name(pv));
	else if (map_put(a->told, obj_name(pv), all) == 0)
		all = NULL;
}

static void tell_users(struct attach *a, const char *volume, const char *node, const char *type, const char *reason,
		       const char *text)
{
	AUTO_OBJECT struct informer_object *vo = informer_get(a->s->pvs, NULL, volume);
	AUTO_JSON json_t *pv = informer_object_json(vo);
	AUTO_USERS struct users u = {0};

	if (!pv || users_of(a, pv, &u, NULL) < 0)
		return;
	for (size_t i = 0; i < u.n; i++)
		if (streq(u.v[i].node, node))
			pod_event(a, u.v[i].pod, type, reason, text);
}

/* The attacher said why it could not. */
static int tell_failed(struct attach *a, const char *name)
{
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->attachments, NULL, name);
	AUTO_JSON json_t *va = informer_object_json(o);
	const char *why = json_str(va, "status.attachError.message"),
		   *volume = json_str_or(va, "spec.source.persistentVolumeName", "");

	if (!why || json_bool_or(va, "status.attached", false))
		return 0;
	AUTO_FREE char *text = str_fmt("AttachVolume.Attach failed for volume \"%s\" : %.900s", volume, why);
	if (text)
		tell_users(a, volume, json_str_or(va, "spec.nodeName", ""), "Warning", "FailedAttachVolume", text);
	return 0;
}

/* --- a Node's volumesAttached --- */

static bool listed(const json_t *list, const char *name)
{
	const json_t *v;
	size_t i;

	json_array_foreach (list, i, v)
		if (streq(json_str(v, "name"), name))
			return true;
	return false;
}

/* Volumes that are attached to the node, but for one that is about to be detached. */
static int wanted_list(struct attach *a, const char *node, const char *leaving, json_t *list, json_t *volumes,
		       struct err *e)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	int r = 0;

	if (informer_by_index(a->s->attachments, INDEX_OF_NODE, node, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; r == 0 && i < n; i++) {
		AUTO_JSON json_t *va = informer_object_json(v[i]);
		const char *volume = json_str_or(va, "spec.source.persistentVolumeName", "");
		if (streq(v[i]->name, leaving) || obj_deleting(va) || !json_bool_or(va, "status.attached", false))
			continue;
		AUTO_OBJECT struct informer_object *vo = informer_get(a->s->pvs, NULL, volume);
		AUTO_JSON json_t *pv = informer_object_json(vo);
		struct attach_target t;
		char name[ATTACH_NAME_MAX];
		if (!attach_target_of(pv, &t))
			continue;
		if ((r = attach_name(&t, node, name, e)) < 0 || !streq(name, v[i]->name))
			continue;
		AUTO_FREE char *unique = attach_unique(&t);
		if (!unique ||
		    json_array_append_new(list, json_pack("{s:s,s:s}", "name", unique, "devicePath", "")) < 0 ||
		    json_object_set_new(volumes, unique, json_string(volume)) < 0)
			r = err_nomem(e);
	}
	informer_list_free(v, n);
	return r;
}

/* ret_node (may be NULL): the Node as it is with the list that it has now. */
static int report_object(struct attach *a, const json_t *obj, const char *leaving, json_t **ret_node, struct err *e)
{
	AUTO_JSON json_t *want = json_array(), *volumes = json_object();
	const json_t *have = json_dot(obj, "status.volumesAttached"), *v;
	const char *node = obj_name(obj);
	struct client_ref ref = {.plural = "nodes", .name = node, .subresource = "status"};
	size_t i;
	int r;

	if (!want || !volumes)
		return err_nomem(e);
	if ((r = wanted_list(a, node, leaving, want, volumes, e)) < 0)
		return r;
	bool same = json_array_size(have) == json_array_size(want);
	json_array_foreach (want, i, v)
		same = same && listed(have, json_str(v, "name"));
	if (same)
		return 0;
	AUTO_JSON json_t *patch = json_pack("{s:{s:O}}", "status", "volumesAttached", want);
	if (!patch)
		return err_nomem(e);
	r = client_patch_wait(a->s->client, &ref, CLIENT_MERGE_PATCH, patch, ret_node, e);
	if (r < 0)
		return r == ERR_NOT_FOUND ? 0 : r;
	json_array_foreach (want, i, v) {
		const char *name = json_str(v, "name"), *volume = json_string_value(json_object_get(volumes, name));
		AUTO_FREE char *text = str_fmt("AttachVolume.Attach succeeded for volume \"%s\" ", volume);
		if (text && !listed(have, name))
			tell_users(a, volume, node, "Normal", "SuccessfulAttachVolume", text);
	}
	return 0;
}

static int report_node(struct attach *a, const char *node, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->nodes, NULL, node);
	AUTO_JSON json_t *obj = informer_object_json(o);

	return obj ? report_object(a, obj, NULL, NULL, e) : 0;
}

/* --- detaching --- */

static bool has_taint(const json_t *node, const char *key)
{
	const json_t *t;
	size_t i;

	json_array_foreach (json_dot(node, "spec.taints"), i, t)
		if (streq(json_str(t, "key"), key))
			return true;
	return false;
}

static bool in_use(const json_t *node, const char *unique)
{
	const json_t *v;
	size_t i;

	json_array_foreach (json_dot(node, "status.volumesInUse"), i, v)
		if (streq(json_string_value(v), unique))
			return true;
	return false;
}

/*
 * 0: now; positive: after so many ms at the earliest; negative: when the node has let go of it. *ret_forced: although
 * it has not.
 */
static int64_t detach_wait(struct attach *a, const struct attach_target *t, const char *name, bool *ret_forced)
{
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->nodes, NULL, name);
	AUTO_JSON json_t *node = informer_object_json(o);
	AUTO_FREE char *unique = attach_unique(t);
	struct timespec since;

	if (!unique)
		return 1000;
	*ret_forced = node && in_use(node, unique);
	if (!*ret_forced || has_taint(node, TAINT_OUT_OF_SERVICE))
		return 0;
	/* It may still be written to: only when nothing has been heard of the node for so long it is taken away. */
	const json_t *ready = obj_condition(node, "Ready");
	if (obj_condition_true(node, "Ready") || time_parse(json_str_or(ready, "lastTransitionTime", ""), &since) < 0)
		return -1;
	int64_t left = (int64_t)since.tv_sec + UNMOUNT_WAIT_S - (int64_t)clock_wall(a->s->deps.clock);
	return left <= 0 ? 0 : left > UNMOUNT_WAIT_S ? UNMOUNT_WAIT_S * 1000 : left * 1000;
}

/*
 * The node is told first, so that it does not begin to use what is on its way out; if it has begun meanwhile, which
 * what the informer knows is too old to tell, it keeps it. A node does it the other way round: it says that it uses the
 * volume, then looks whether it is attached. So one of both sees the other.
 */
static int detach(struct attach *a, const struct attach_target *t, const struct attachment *at, bool forced,
		  struct err *e)
{
	struct client_ref ref = {.group = "storage.k8s.io", .plural = "volumeattachments", .name = at->name},
			  node_ref = {.plural = "nodes", .name = at->node};
	AUTO_FREE char *unique = attach_unique(t);
	AUTO_JSON json_t *node = NULL, *told = NULL;
	int r = unique ? client_get_wait(a->s->client, &node_ref, &node, e) : err_nomem(e);

	if (r == 0)
		r = report_object(a, node, at->name, &told, e);
	if (r == 0 && !forced && in_use(told ? told : node, unique)) {
		attach_wake(a, "n", at->node);
		return 0; /* when it changes we are back */
	}
	if (r == 0 || r == ERR_NOT_FOUND)
		r = client_delete_wait(a->s->client, &ref, NULL, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* --- attaching --- */

static int attach(struct attach *a, const json_t *pv, const struct attach_target *t, const char *node, struct err *e)
{
	struct client_ref ref = {.group = "storage.k8s.io", .plural = "volumeattachments"};
	char name[ATTACH_NAME_MAX];
	int r = attach_name(t, node, name, e);

	if (r < 0)
		return r;
	AUTO_JSON json_t *va = json_pack("{s:s,s:s,s:{s:s},s:{s:s,s:s,s:{s:s}}}", "apiVersion", "storage.k8s.io/v1",
					 "kind", "VolumeAttachment", "metadata", "name", name, "spec", "attacher",
					 t->attacher, "nodeName", node, "source", "persistentVolumeName", obj_name(pv));
	if (!va)
		return err_nomem(e);
	/* Noted before: of an answer that is lost it is not known whether there is one now. */
	if ((r = made_add(a, name, obj_name(pv), node, e)) < 0)
		return r;
	r = client_create_wait(a->s->client, &ref, va, NULL, e);
	return r == ERR_EXISTS ? 0 : r;
}

static int volume_reconcile(struct attach *a, const char *name, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->pvs, NULL, name);
	AUTO_JSON json_t *pv = informer_object_json(o);
	struct attach_target t;
	AUTO_USERS struct users u = {0};
	AUTO_ATTACHMENTS struct attachments h = {0};
	int64_t again = 0;
	int r;

	if (!attach_target_of(pv, &t)) {
		map_del(a->told, name);
		return 0;
	}
	if ((r = users_of(a, pv, &u, e)) < 0 || (r = attachments_of(a, pv, &t, &h, e)) < 0)
		return r;
	for (size_t i = 0; i < h.n; i++) {
		if (!h.v[i].ours || h.v[i].deleting || node_uses(&u, h.v[i].node))
			continue;
		bool forced = false;
		int64_t wait = detach_wait(a, &t, h.v[i].node, &forced);
		if (wait == 0 && (r = detach(a, &t, &h.v[i], forced, e)) < 0)
			return r;
		if (wait > 0 && (again == 0 || wait < again))
			again = wait;
	}
	AUTO_FREE bool *blocked = calloc(u.n + 1, sizeof(bool));
	if (!blocked)
		return err_nomem(e);
	bool required = attach_required(a, &t), shared = volume_shared(pv);
	for (size_t i = 0; required && i < u.n; i++) {
		bool here = false, elsewhere = false;
		for (size_t k = 0; k < h.n; k++) {
			here = here || streq(h.v[k].node, u.v[i].node);
			elsewhere = elsewhere || !streq(h.v[k].node, u.v[i].node);
		}
		blocked[i] = !here && elsewhere && !shared;
		if (here || blocked[i])
			continue;
		if ((r = attach(a, pv, &t, u.v[i].node, e)) < 0 ||
		    (r = attachments_add(
			 &h, (struct attachment){.name = str_dup(""), .node = str_dup(u.v[i].node), .ours = true}, e)) <
			0)
			return r;
	}
	tell_blocked(a, pv, &u, &h, blocked);
	return (int)again;
}

int attach_reconcile(void *arg, const char *key, struct err *e)
{
	struct attach *a = arg;
	const char *name = key + 2;

	if (key[0] == 'n')
		return report_node(a, name, e);
	if (key[0] == 'f')
		return tell_failed(a, name);
	if (key[0] == 'v')
		return volume_reconcile(a, name, e);
	AUTO_OBJECT struct informer_object *o = informer_get_key(a->s->pvcs, name);
	AUTO_JSON json_t *pvc = informer_object_json(o);
	const char *volume = json_str_or(pvc, "spec.volumeName", "");
	return *volume ? volume_reconcile(a, volume, e) : 0;
}
