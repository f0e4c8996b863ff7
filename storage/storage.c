#include "storage/internal.h"
#include <errno.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"

/* In this order; backwards to stop. */
static const struct storage_part *const table[] = {&binder_part, &protect_part, &protect_vac_part, &provision_part, &resize_part, &attach_part, &attacher_part, &snapshot_part, &csinode_part, &csi_capacity_part, &local_part};

void storage_key(const struct informer_object *o, char *out, size_t cap)
{
	if (*o->ns)
		snprintf(out, cap, "%s/%s", o->ns, o->name);
	else
		snprintf(out, cap, "%s", o->name);
}

/* The claims a pod uses, as keys. */
void pod_claims(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	if (!strstr(o->json->data, "\"persistentVolumeClaim\"") && !strstr(o->json->data, "\"ephemeral\""))
		return;
	AUTO_JSON json_t *pod = informer_object_json((struct informer_object *)o);
	json_t *v;
	size_t i;
	json_array_foreach (json_dot(pod, "spec.volumes"), i, v) {
		AUTO_FREE char *name = NULL, *key = NULL;
		if (pod_volume_claim(pod, v, &name) == 1 && (key = str_fmt("%s/%s", o->ns, name)))
			emit(ctx, key);
	}
}

/* --- StorageClass local-path --- */

static void class_made(void *arg, const struct client_result *r)
{
	(void)arg;
	if (r->code < 0 && r->code != ERR_EXISTS)
		log_warning(COMPONENT, "local-path", "cannot create the storage class: %s", r->err.msg);
}

/* Made once; what an administrator changes or takes the default mark from stays as it is. */
static int make_class(struct storage *s, struct err *e)
{
	static const struct client_ref ref = {.group = "storage.k8s.io", .plural = "storageclasses"};
	AUTO_JSON json_t *sc = json_pack("{s:s,s:s,s:{s:s,s:{s:s}},s:s,s:s,s:s,s:b}", "apiVersion", "storage.k8s.io/v1", "kind", "StorageClass", "metadata",
					 "name", "local-path", "annotations", ANN_DEFAULT_CLASS, "true", "provisioner", LOCAL_PATH_PROVISIONER,
					 "reclaimPolicy", "Delete", "volumeBindingMode", "WaitForFirstConsumer", "allowVolumeExpansion", 1);

	if (!sc)
		return err_nomem(e);
	return client_create(s->client, &ref, sc, class_made, s) < 0 ? err_nomem(e) : 0;
}

/* --- life --- */

int storage_new(struct storage **ret, const struct storage_config *c, const struct storage_deps *d, struct err *e)
{
	struct storage *s = calloc(1, sizeof(*s));

	if (!s)
		return err_nomem(e);
	s->deps = *d;
	s->plugins = d->plugins;
	s->controller = c->controller;
	s->local_path = c->local_path;
	s->node_name = str_dup(c->node_name);
	s->dir = fs_join(c->data_dir, "storage");
	if (!s->dir || (c->node_name && !s->node_name)) {
		storage_free(s);
		return err_nomem(e);
	}
	*ret = s;
	return 0;
}

static void one_synced(void *arg)
{
	struct storage *s = arg;

	if (++s->synced == s->n_informers)
		for (size_t i = 0; i < s->n_parts; i++)
			s->parts[i].part->go(s->parts[i].arg);
}

static int watch(struct storage *s, struct informer **ret, const char *group, const char *plural, struct err *e)
{
	struct informer_config c = {.group = group, .version = "v1", .plural = plural};

	int r = informer_new(ret, s->client, &c, e);
	if (r == 0)
		s->n_informers++;
	return r;
}

int storage_start(struct storage *s, struct err *e)
{
	static const struct informer_handler synced = {NULL, NULL, NULL, one_synced};
	static const struct client_config cc = {.field_manager = "minik-storage"};
	int r;

	if ((r = loop_new(&s->loop, e)) < 0 || (r = client_new(&s->client, s->deps.api, s->loop, &cc, e)) < 0 ||
	    (r = watch(s, &s->classes, "storage.k8s.io", "storageclasses", e)) < 0 || (r = watch(s, &s->pvs, "", "persistentvolumes", e)) < 0 ||
	    (r = watch(s, &s->pvcs, "", "persistentvolumeclaims", e)) < 0)
		return r;
	if (s->controller && ((r = watch(s, &s->nodes, "", "nodes", e)) < 0 || (r = watch(s, &s->pods, "", "pods", e)) < 0 ||
			      (r = informer_add_index(s->pods, INDEX_CLAIM, pod_claims)) < 0 ||
			      (r = watch(s, &s->csidrivers, "storage.k8s.io", "csidrivers", e)) < 0 ||
			      (r = watch(s, &s->csinodes, "storage.k8s.io", "csinodes", e)) < 0 ||
			      (r = watch(s, &s->attachments, "storage.k8s.io", "volumeattachments", e)) < 0 ||
			      (r = watch(s, &s->vacs, "storage.k8s.io", "volumeattributesclasses", e)) < 0))
		return r;
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const struct storage_part *p = table[i];
		void *arg = NULL;
		if (!(p->controller && s->controller) && !(p->node && s->node_name))
			continue;
		if ((r = p->new(&arg, s, e)) < 0)
			return r;
		s->parts[s->n_parts].part = p;
		s->parts[s->n_parts++].arg = arg;
	}
	if (s->controller && s->local_path && (r = make_class(s, e)) < 0)
		return r;
	struct informer *all[] = {s->classes, s->pvs, s->pvcs, s->nodes, s->pods, s->csidrivers, s->csinodes, s->attachments, s->vacs};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (all[i] && (informer_add_handler(all[i], &synced, s) < 0 || (r = informer_start(all[i], e)) < 0))
			return r < 0 ? r : err_nomem(e);
	return loop_thread_start(&s->thread, s->loop, COMPONENT, e);
}

void storage_stop(struct storage *s)
{
	for (size_t i = s->n_parts; i-- > 0;)
		s->parts[i].part->stop(s->parts[i].arg);
}

void storage_join(struct storage *s)
{
	/* The loop first: calls that reconciles wait for are then answered as cancelled, and the queues end. */
	if (s->thread) {
		loop_quit(s->loop);
		s->thread = loop_thread_join(s->thread);
	}
	while (s->n_parts > 0) {
		s->n_parts--;
		s->parts[s->n_parts].part->free(s->parts[s->n_parts].arg);
	}
}

struct storage *storage_free(struct storage *s)
{
	if (!s)
		return NULL;
	storage_join(s);
	struct informer *all[] = {s->classes, s->pvs, s->pvcs, s->nodes, s->pods, s->csidrivers, s->csinodes, s->attachments, s->vacs};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		informer_free(all[i]);
	client_free(s->client);
	loop_free(s->loop);
	free(s->node_name);
	free(s->dir);
	free(s);
	return NULL;
}
