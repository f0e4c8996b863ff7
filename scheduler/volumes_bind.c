/*
 * A pod that has its node, but claims that are not bound yet: volumes that are there are given to their claims, claims
 * that need one made are told the node, and the pod is bound when all of them are. Meanwhile what was decided is
 * promised, so that no other pod takes it. Every write is compared: with the volume's revision, with the claim's uid;
 * whatever a crash leaves is found again by the claim's name on the volume and by the claim's annotation.
 */
#include <errno.h>
#include "api/node_match.h"
#include "api/object.h"
#include "api/volume_match.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"
#include "scheduler/internal.h"
#include "scheduler/volumes.h"

#define BIND_TIMEOUT_MS (600 * 1000LL)

struct binding_claim {
	struct binding *b;
	char *key, *uid;
	char *volume; /* NULL: one is being made for it */
	int64_t rev;  /* of what was written: older states say nothing of it */
};

void binding_free(struct binding *b)
{
	list_del(&b->link);
	loop_timer_free(b->timer);
	for (size_t i = 0; i < b->n_claims; i++) {
		free(b->claims[i].key);
		free(b->claims[i].uid);
		free(b->claims[i].volume);
	}
	free(b->claims);
	free(b->key);
	free(b->uid);
	free(b->node);
	json_decref(b->pod);
	free(b);
}

/* --- promises --- */

static bool promised_by_others(const struct binding *b, const struct binding_claim *c)
{
	LIST_FOREACH (o, &b->s->bindings, struct binding, link)
		for (size_t i = 0; o != b && !o->over && i < o->n_claims; i++)
			if (streq(o->claims[i].key, c->key) && streq(o->claims[i].volume, c->volume))
				return true;
	return false;
}

static int promise(struct binding *b, const struct binding_claim *c)
{
	struct volume_view *view = &b->s->view.volumes;

	if (c->volume)
		return offers_hold(view->offers, c->volume, c->key, c->uid);
	char *node = str_dup(b->node);
	if (node && map_put(view->chosen, c->key, node) == 0)
		return 0;
	free(node);
	return -ENOMEM;
}

static void take_back(struct binding *b)
{
	struct volume_view *view = &b->s->view.volumes;

	for (size_t i = 0; i < b->n_claims; i++) {
		const struct binding_claim *c = &b->claims[i];
		if (!c->key || promised_by_others(b, c))
			continue;
		if (c->volume)
			offers_settle(view->offers, c->volume, c->key, c->uid, c->rev);
		else
			(void)map_del(view->chosen, c->key);
	}
}

/* It waits for volumes no more; whoever answers a write that is under way finds it over. */
static void end(struct binding *b)
{
	b->over = true;
	if (b->timer)
		loop_timer_stop(b->timer);
	take_back(b);
}

static void fail(struct binding *b, const char *why)
{
	end(b);
	scheduler_volumes_failed(b, why);
	if (b->writes == 0)
		binding_free(b);
}

void binding_drop(struct scheduler *s, const char *key)
{
	LIST_FOREACH_SAFE (b, tmp, &s->bindings, struct binding, link) {
		if (b->over || b->sent || !streq(b->key, key))
			continue;
		end(b);
		if (b->writes == 0)
			binding_free(b);
	}
}

/* --- whether all is bound --- */

enum progress { BOUND, WAITS, FAILED };

static enum progress check_bound(const struct binding *b, const struct node_info *n, const char *volume, char *why, size_t cap)
{
	AUTO_OBJECT struct informer_object *o = informer_get(b->s->view.volumes.pvs, NULL, volume);
	AUTO_JSON json_t *pv = informer_object_json(o);
	const json_t *required = json_dot(pv, "spec.nodeAffinity.required");

	if (!pv)
		return WAITS; /* the claim's event came first */
	if (!required || node_selector_matches(required, n->name, n->labels))
		return BOUND;
	(void)snprintf(why, cap, "pv \"%s\" node affinity doesn't match node \"%s\"", volume, n->name);
	return FAILED;
}

static enum progress check_claim(const struct binding *b, const struct node_info *n, const struct binding_claim *c, char *why, size_t cap)
{
	AUTO_OBJECT struct informer_object *o = informer_get_key(b->s->view.volumes.pvcs, c->key);
	AUTO_JSON json_t *pvc = informer_object_json(o);

	if (!pvc || !streq(obj_uid(pvc), c->uid)) {
		(void)snprintf(why, cap, "persistentvolumeclaim \"%s\" not found", strchr(c->key, '/') + 1);
		return FAILED;
	}
	if (claim_is_bound(pvc))
		return check_bound(b, n, json_str_or(pvc, "spec.volumeName", ""), why, cap);
	if (!c->volume) {
		if (o->rev < c->rev || streq(obj_annotation(pvc, ANN_SELECTED_NODE), b->node))
			return WAITS;
		(void)snprintf(why, cap, "provisioning failed for PVC \"%s\"", obj_name(pvc));
		return FAILED;
	}
	AUTO_OBJECT struct informer_object *vo = informer_get(b->s->view.volumes.pvs, NULL, c->volume);
	AUTO_JSON json_t *pv = informer_object_json(vo);
	if (pv && (vo->rev < c->rev || (volume_claimed_by(pv, pvc) && *json_str_or(pv, "spec.claimRef.uid", ""))))
		return WAITS;
	(void)snprintf(why, cap, pv ? "ClaimRef got reset for pv \"%s\"" : "persistentvolume \"%s\" not found", c->volume);
	return FAILED;
}

/* May free it. */
static void check(struct binding *b)
{
	const struct node_info *n = map_get(b->s->view.nodes, b->node);
	char why[512];
	size_t n_bound = 0;

	if (b->over || b->sent || b->writes > 0)
		return;
	if (!n) {
		(void)snprintf(why, sizeof(why), "node \"%s\" not found", b->node);
		fail(b, why);
		return;
	}
	for (size_t i = 0; i < b->n_claims; i++) {
		enum progress p = check_claim(b, n, &b->claims[i], why, sizeof(why));
		if (p == FAILED) {
			fail(b, why);
			return;
		}
		n_bound += p == BOUND;
	}
	if (n_bound < b->n_claims)
		return;
	loop_timer_stop(b->timer);
	take_back(b);
	b->sent = true;
	scheduler_send_binding(b);
}

void bindings_check(struct scheduler *s, const char *claim, const char *volume)
{
	LIST_FOREACH_SAFE (b, tmp, &s->bindings, struct binding, link) {
		bool concerned = !claim && !volume;
		for (size_t i = 0; !concerned && i < b->n_claims; i++)
			concerned = (claim && streq(b->claims[i].key, claim)) || (volume && streq(b->claims[i].volume, volume));
		if (concerned)
			check(b);
	}
}

static void took_too_long(void *arg)
{
	fail(arg, "timed out waiting for the claims to be bound");
}

/* --- writes --- */

static void written(void *arg, const struct client_result *r)
{
	struct binding_claim *c = arg;
	struct binding *b = c->b;
	AUTO_JSON json_t *answer = NULL;

	b->writes--;
	if (b->over) {
		if (b->writes == 0)
			binding_free(b);
		return;
	}
	if (r->code < 0) {
		fail(b, r->err.msg);
		return;
	}
	if (client_result_json(r, &answer, NULL) == 0)
		c->rev = obj_revision(answer);
	check(b);
}

static int write_volume(struct binding *b, struct binding_claim *c, const json_t *pvc, const struct informer_object *volume)
{
	AUTO_JSON json_t *pv = informer_object_json(volume);
	struct client_ref ref = {.plural = "persistentvolumes", .name = c->volume};
	json_t *meta = json_pack("{s:s}", "resourceVersion", json_str_or(pv, "metadata.resourceVersion", ""));

	if (!pv || streq(json_str(pv, "spec.claimRef.uid"), c->uid)) {
		json_decref(meta);
		return pv ? 0 : -ENOMEM;
	}
	/* One that its administrator keeps for the claim stays so when the claim goes. */
	if (meta && !json_dot(pv, "spec.claimRef"))
		json_object_set_new(meta, "annotations", json_pack("{s:s}", ANN_BOUND_BY_CONTROLLER, "yes"));
	AUTO_JSON json_t *patch = json_pack("{s:o,s:{s:{s:s,s:s,s:s,s:s,s:s,s:s}}}", "metadata", meta, "spec", "claimRef", "apiVersion", "v1", "kind",
					    "PersistentVolumeClaim", "namespace", obj_namespace(pvc), "name", obj_name(pvc), "uid", obj_uid(pvc),
					    "resourceVersion", json_str_or(pvc, "metadata.resourceVersion", ""));
	if (!patch || client_patch(b->s->client, &ref, CLIENT_MERGE_PATCH, patch, written, c) < 0)
		return -ENOMEM;
	b->writes++;
	return 0;
}

static int write_node(struct binding *b, struct binding_claim *c, const json_t *pvc)
{
	struct client_ref ref = {.plural = "persistentvolumeclaims", .ns = obj_namespace(pvc), .name = obj_name(pvc)};
	AUTO_JSON json_t *patch = json_pack("{s:{s:s,s:{s:s}}}", "metadata", "uid", c->uid, "annotations", ANN_SELECTED_NODE, b->node);

	if (streq(obj_annotation(pvc, ANN_SELECTED_NODE), b->node))
		return 0;
	if (!patch || client_patch(b->s->client, &ref, CLIENT_MERGE_PATCH, patch, written, c) < 0)
		return -ENOMEM;
	b->writes++;
	return 0;
}

static int reserve(struct binding *b, const struct claim_need *d)
{
	struct binding_claim *c = &b->claims[b->n_claims++];

	c->b = b;
	if (!(c->key = str_dup(d->key)) || !(c->uid = str_dup(obj_uid(d->pvc))) || (d->choice && !(c->volume = str_dup(d->choice->name))))
		return -ENOMEM;
	return promise(b, c);
}

int binding_volumes(struct binding *b, const struct pod_volumes *v)
{
	size_t i, k;
	int r = 0;

	for (i = 0, k = 0; i < v->n; i++)
		k += !v->needs[i].bound;
	if (k == 0)
		return 0;
	if (!(b->claims = calloc(k, sizeof(*b->claims))) || loop_timer_new(&b->timer, b->s->loop, took_too_long, b) < 0)
		return -ENOMEM;
	for (i = 0; r == 0 && i < v->n; i++)
		if (!v->needs[i].bound)
			r = reserve(b, &v->needs[i]);
	for (i = 0, k = 0; r == 0 && i < v->n; i++) {
		const struct claim_need *d = &v->needs[i];
		if (d->bound)
			continue;
		struct binding_claim *c = &b->claims[k++];
		r = c->volume ? write_volume(b, c, d->pvc, d->choice) : write_node(b, c, d->pvc);
	}
	if (r < 0) {
		end(b);
		return r;
	}
	loop_timer_set(b->timer, BIND_TIMEOUT_MS);
	return (int)b->n_claims;
}
