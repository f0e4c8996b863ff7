#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include "storage/binder.h"
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"

/*
 * Binding in steps that each can be the last before a crash: the volume's claimRef (compare-and-swap: the claim owns it from here on), the volume's phase,
 * the claim's volumeName (compare-and-swap too: of two volumes that two controllers took for one claim it gets one, the other is unbound), the claim's phase.
 * Every step looks at what is there, so a second run goes on where the first ended. Phases are compare-and-swap as well: what was true of an older state is not written over
 * what was said of a newer one.
 */

int binder_patch(struct storage *s, const struct client_ref *ref, json_t *body, json_t **ret, struct err *e)
{
	if (!body)
		return err_nomem(e);
	int r = client_patch_wait(s->client, ref, CLIENT_MERGE_PATCH, body, ret, e);
	json_decref(body);
	return r;
}

struct client_ref claim_ref(const json_t *pvc, const char *sub)
{
	return (struct client_ref){.plural = "persistentvolumeclaims", .ns = obj_namespace(pvc), .name = obj_name(pvc), .subresource = sub};
}

struct client_ref volume_ref(const json_t *pv, const char *sub)
{
	return (struct client_ref){.plural = "persistentvolumes", .name = obj_name(pv), .subresource = sub};
}

/* --- events --- */

/* Whether it is news; text is owned from here on. */
static bool is_news(struct binder *b, const json_t *obj, char *text)
{
	AUTO_FREE char *key = obj_key(obj);

	if (!key || !text) {
		free(text);
		return true;
	}
	pthread_mutex_lock(&b->lock);
	bool news = !streq(map_get(b->said, key), text);
	if (!news || map_put(b->said, key, text) < 0)
		free(text);
	pthread_mutex_unlock(&b->lock);
	return news;
}

static int name_cmp(const void *a, const void *b) { return strcmp((*(struct informer_object *const *)a)->name, (*(struct informer_object *const *)b)->name); }

void binder_sort(struct informer_object **v, size_t n)
{
	if (n > 1)
		qsort(v, n, sizeof(struct informer_object *), name_cmp);
}

void binder_forget(struct binder *b, const char *key)
{
	pthread_mutex_lock(&b->lock);
	(void)map_del(b->said, key);
	pthread_mutex_unlock(&b->lock);
}

static void event(struct binder *b, const json_t *obj, const char *kind, const char *type, const char *reason, const char *fmt, va_list ap)
{
	AUTO_FREE char *text = NULL;

	if (vasprintf(&text, fmt, ap) < 0) {
		text = NULL;
		return;
	}
	if (is_news(b, obj, str_fmt("%s %s %s", obj_uid(obj), reason, text)))
		client_event(b->s->client, obj, "v1", kind, type, reason, CONTROLLER, "", "%s", text);
}

void claim_event(struct binder *b, const json_t *pvc, const char *type, const char *reason, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	event(b, pvc, "PersistentVolumeClaim", type, reason, fmt, ap);
	va_end(ap);
}

void volume_event(struct binder *b, const json_t *pv, const char *type, const char *reason, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	event(b, pv, "PersistentVolume", type, reason, fmt, ap);
	va_end(ap);
}

/* --- phases --- */

static bool same_quantity(const json_t *a, const json_t *b)
{
	const char *x = json_string_value(a), *y = json_string_value(b);
	struct quantity p, q;

	if (!x || !y || quantity_parse(x, &p) < 0 || quantity_parse(y, &q) < 0)
		return streq(x, y);
	return p.nano == q.nano;
}

/* value, or null where there is something to be taken away */
static void set_or_clear(json_t *status, const json_t *pvc, const char *name, json_t *value)
{
	if (value)
		json_object_set(status, name, value);
	else if (json_object_get(json_object_get(pvc, "status"), name))
		json_object_set_new(status, name, json_null());
}

int claim_phase(struct binder *b, const json_t *pvc, const char *phase, const json_t *pv, struct err *e)
{
	struct client_ref ref = claim_ref(pvc, "status");
	json_t *modes = pv ? json_dot(pv, "spec.accessModes") : NULL;
	/* The size and the attributes are taken over once: what a bound claim has beyond is the resizer's and the modifier's word. */
	const char *before = json_str_or(pvc, "status.phase", "");
	bool turns = !streq(before, phase);
	json_t *status = json_object();

	if (!status)
		return err_nomem(e);
	if (turns)
		json_object_set_new(status, "phase", json_string(phase));
	if (!json_equal(json_dot(pvc, "status.accessModes"), modes))
		set_or_clear(status, pvc, "accessModes", modes);
	if (!pv) {
		set_or_clear(status, pvc, "capacity", NULL);
		set_or_clear(status, pvc, "currentVolumeAttributesClassName", NULL);
	}
	if (pv && turns) {
		/* What was grown and whose file system was not is only as large as that one is. */
		const char *small = obj_annotation(pv, ANN_PRE_RESIZE);
		struct quantity q;
		if (small && quantity_parse(small, &q) == 0)
			json_object_set_new(status, "capacity", json_pack("{s:s}", "storage", small));
		else if (!same_quantity(json_dot(pvc, "status.capacity.storage"), json_dot(pv, "spec.capacity.storage")))
			set_or_clear(status, pvc, "capacity", json_dot(pv, "spec.capacity"));
	}
	if (pv && streq(before, "Pending") && streq(phase, "Bound"))
		set_or_clear(status, pvc, "currentVolumeAttributesClassName", json_dot(pv, "spec.volumeAttributesClassName"));
	if (json_object_size(status) == 0) {
		json_decref(status);
		return 0;
	}
	return binder_patch(b->s, &ref,
			    json_pack("{s:{s:s},s:o}", "metadata", "resourceVersion", json_str_or(pvc, "metadata.resourceVersion", ""), "status", status), NULL,
			    e);
}

int volume_phase(struct binder *b, const json_t *pv, const char *phase, const char *message, struct err *e)
{
	struct client_ref ref = volume_ref(pv, "status");
	char now[TIME_STR_MAX];

	if (streq(json_str_or(pv, "status.phase", ""), phase))
		return 0;
	time_format(clock_wall(b->s->deps.clock), now);
	return binder_patch(b->s, &ref,
			    json_pack("{s:{s:s},s:{s:s,s:s?,s:s}}", "metadata", "resourceVersion", json_str_or(pv, "metadata.resourceVersion", ""), "status",
				      "phase", phase, "message", message, "lastPhaseTransitionTime", now),
			    NULL, e);
}

int volume_failed(struct binder *b, const json_t *pv, const char *reason, const char *message, struct err *e)
{
	if (streq(json_str_or(pv, "status.phase", ""), "Failed"))
		return 0;
	int r = volume_phase(b, pv, "Failed", message, e);
	if (r == 0)
		volume_event(b, pv, "Warning", reason, "%s", message);
	return r;
}

/* --- binding --- */

static int claim_volume(struct binder *b, const json_t *pvc, const json_t *pv, json_t **ret, struct err *e)
{
	struct client_ref ref = volume_ref(pv, NULL);
	/* Who had bound it, an administrator or a provisioner, is known by what is not annotated. */
	bool ours = !volume_claimed_by(pv, pvc);
	json_t *meta = json_pack("{s:s}", "resourceVersion", json_str_or(pv, "metadata.resourceVersion", ""));

	if (meta && ours)
		json_object_set_new(meta, "annotations", json_pack("{s:s}", ANN_BOUND_BY_CONTROLLER, "yes"));
	return binder_patch(b->s, &ref,
			    json_pack("{s:o,s:{s:{s:s,s:s,s:s,s:s,s:s,s:s}}}", "metadata", meta, "spec", "claimRef", "kind", "PersistentVolumeClaim",
				      "apiVersion", "v1", "namespace", obj_namespace(pvc), "name", obj_name(pvc), "uid", obj_uid(pvc), "resourceVersion",
				      json_str_or(pvc, "metadata.resourceVersion", "")),
			    ret, e);
}

static int name_volume(struct binder *b, const json_t *pvc, const json_t *pv, json_t **ret, struct err *e)
{
	struct client_ref ref = claim_ref(pvc, NULL);
	json_t *ann = json_pack("{s:s}", ANN_BIND_COMPLETED, "yes");

	if (ann && !streq(json_str_or(pvc, "spec.volumeName", ""), obj_name(pv)))
		json_object_set_new(ann, ANN_BOUND_BY_CONTROLLER, json_string("yes"));
	return binder_patch(b->s, &ref,
			    json_pack("{s:{s:o,s:s},s:{s:s}}", "metadata", "annotations", ann, "resourceVersion",
				      json_str_or(pvc, "metadata.resourceVersion", ""), "spec", "volumeName", obj_name(pv)),
			    ret, e);
}

void binder_settle(struct binder *b, const char *volume, const json_t *pvc, int64_t rev)
{
	char key[600];

	snprintf(key, sizeof(key), "%s/%s", obj_namespace(pvc), obj_name(pvc));
	offers_settle(b->offers, volume, key, obj_uid(pvc), rev);
}

int binder_bind(struct binder *b, const json_t *pvc, const json_t *pv, struct err *e)
{
	AUTO_JSON json_t *claimed = NULL, *named = NULL;
	AUTO_FREE char *volume = str_dup(obj_name(pv));
	int r;

	if (!volume)
		return err_nomem(e);
	if (!streq(json_str_or(pv, "spec.claimRef.uid", ""), obj_uid(pvc))) {
		if ((r = claim_volume(b, pvc, pv, &claimed, e)) < 0)
			return r;
		pv = claimed;
		binder_settle(b, volume, pvc, obj_revision(pv));
	}
	if ((r = volume_phase(b, pv, "Bound", NULL, e)) < 0)
		return r;
	if (!streq(json_str_or(pvc, "spec.volumeName", ""), volume) || !obj_annotation(pvc, ANN_BIND_COMPLETED)) {
		if ((r = name_volume(b, pvc, pv, &named, e)) < 0)
			return r;
		pvc = named;
	}
	return claim_phase(b, pvc, "Bound", pv, e);
}

int binder_unbind(struct binder *b, const json_t *pv, struct err *e)
{
	AUTO_JSON json_t *unbound = NULL;
	struct client_ref ref = volume_ref(pv, NULL);
	const char *rev = json_str_or(pv, "metadata.resourceVersion", "");
	bool ours = obj_annotation(pv, ANN_BOUND_BY_CONTROLLER) != NULL;
	json_t *body = ours ? json_pack("{s:{s:s,s:{s:n}},s:{s:n}}", "metadata", "resourceVersion", rev, "annotations", ANN_BOUND_BY_CONTROLLER, "spec",
					"claimRef")
			    : json_pack("{s:{s:s},s:{s:{s:n}}}", "metadata", "resourceVersion", rev, "spec", "claimRef", "uid");
	int r = binder_patch(b->s, &ref, body, &unbound, e);

	return r < 0 ? r : volume_phase(b, unbound, "Available", NULL, e);
}
