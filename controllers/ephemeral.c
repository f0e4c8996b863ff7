/* The claims of pods' ephemeral volumes: made from the pod's template, owned by the pod, so that they go with it. Source: Kubernetes "Generic ephemeral volumes". */
#include "controllers/shared.h"

struct ephemeral_ctl {
	struct informer *pods, *claims;
};

static int make_claim(struct controller *c, const json_t *pod, const json_t *volume, const char *name, struct err *e)
{
	struct client_ref all = {.plural = "persistentvolumeclaims", .ns = obj_namespace(pod)}, ref = {.plural = all.plural, .ns = all.ns, .name = name};
	static const char *const copied[] = {"labels", "annotations"};
	const json_t *template = json_dot(volume, "ephemeral.volumeClaimTemplate");
	AUTO_JSON json_t *claim = json_pack("{s:s,s:s,s:{s:s,s:s},s:O}", "apiVersion", "v1", "kind", "PersistentVolumeClaim", "metadata", "name", name, "namespace",
					    obj_namespace(pod), "spec", json_object_get(template, "spec")),
				*there = NULL;

	for (size_t i = 0; claim && i < ARRAY_LEN(copied); i++) {
		const json_t *from = json_at(template, "metadata", copied[i], NULL);
		if (from && json_object_set_new(json_object_get(claim, "metadata"), copied[i], json_deep_copy(from)) < 0)
			return err_nomem(e);
	}
	if (!claim || obj_set_controller(claim, pod, "v1", "Pod") < 0)
		return err_nomem(e);
	int r = client_create_wait(c->s->client, &all, claim, NULL, e);
	if (r != ERR_EXISTS)
		return r;
	if ((r = client_get_wait(c->s->client, &ref, &there, e)) < 0)
		return r;
	return obj_controlled_by(there, obj_uid(pod)) ? 0 : err_set(e, ERR_EXISTS, "PVC %s/%s was not created for pod %s/%s (pod is not owner)", all.ns, name, all.ns,
								      obj_name(pod));
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct ephemeral_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->pods, key);
	AUTO_JSON json_t *pod = informer_object_json(o);
	json_t *v;
	size_t i;

	if (!pod || obj_deleting(pod) || pod_terminal(pod))
		return 0;
	json_array_foreach (json_dot(pod, "spec.volumes"), i, v) {
		AUTO_FREE char *name = NULL;
		if (!json_object_get(v, "ephemeral"))
			continue;
		if (pod_volume_claim(pod, v, &name) < 1)
			return err_nomem(e);
		AUTO_OBJECT struct informer_object *have = informer_get(x->claims, o->ns, name);
		AUTO_JSON json_t *claim = informer_object_json(have);
		if (claim && obj_controlled_by(claim, o->uid))
			continue;
		int r = make_claim(c, pod, v, name, e);
		if (r == 0)
			continue;
		if (r == ERR_FORBIDDEN && e && strstr(e->msg, "because it is being terminated"))
			return 0;
		if (r != ERR_CANCELED)
			client_event(c->s->client, pod, "v1", "Pod", "Warning", "FailedBinding", "ephemeral_volume", "", "ephemeral volume %s: %s",
				     json_str_or(v, "name", ""), e ? e->msg : err_name(r));
		/* Somebody else's of that name: when it goes we are called. */
		return r == ERR_EXISTS ? 0 : r;
	}
	return 0;
}

static void pod_added(void *arg, struct informer_object *o)
{
	struct controller *c = arg;

	if (!strstr(o->json->data, "\"ephemeral\""))
		return;
	controller_queue(c, o);
}

/* A claim that goes may have been in a pod's way, or been its own: POD-VOLUME. */
static void claim_gone(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct ephemeral_ctl *x = c->priv;
	AUTO_FREE char *name = str_dup(o->name);

	for (char *dash = name ? strrchr(name, '-') : NULL; dash; dash = strrchr(name, '-')) {
		*dash = '\0';
		AUTO_OBJECT struct informer_object *pod = informer_get(x->pods, o->ns, name);
		if (pod)
			pod_added(c, pod);
	}
}

int ephemeral_init(struct shared *s, struct err *e)
{
	static const struct informer_handler pods = {.added = pod_added}, claims = {.deleted = claim_gone};
	struct ephemeral_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, "ephemeral-volume", 1, reconcile, x, free, e)) < 0) {
		free(x);
		return r;
	}
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	x->claims = shared_informer(s, "", "v1", "persistentvolumeclaims", NULL, e);
	if (!x->pods || !x->claims)
		return ERR_INTERNAL;
	return informer_add_handler(x->pods, &pods, c) < 0 || informer_add_handler(x->claims, &claims, c) < 0 ? err_nomem(e) : 0;
}
