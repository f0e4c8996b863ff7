/*
 * DaemonSet: one pod on every node that fits. What to do is in daemon_plan.c; here that is done and told.
 * Source: Kubernetes DaemonSet concept; pkg/controller/daemon.
 */
#include <errno.h>
#include "base/map.h"
#include "controllers/daemon_plan.h"
#include "controllers/history.h"

#define BURST	       250
#define BACKOFF_MAX_MS 900000

static const struct owner_kind daemon_kind = {"apps", "daemonsets", "apps/v1", "DaemonSet", "daemonset-controller", NULL, false};

struct kill_backoff { /* of failed pods on one node */
	int64_t until_ms, step_ms;
};

struct daemon_ctl {
	struct informer *sets, *pods, *nodes, *revisions;
	struct expectations *expect;
	pthread_mutex_t lock; /* guards failures */
	struct map *failures; /* "KEY|UID|NODE" -> struct kill_backoff */
};

struct daemon_sync {
	struct controller *c;
	struct daemon_ctl *x;
	const char *key;
	json_t *ds; /* own copy */
	json_t **pods;
	size_t n_pods, n_nodes;
	struct daemon_node *nodes;
	struct history h;
	struct daemon_roll roll;
	struct daemon_plan plan;
	int64_t wait; /* ms; 0: none */
};

static void daemon_free(void *p)
{
	struct daemon_ctl *x = p;

	expectations_free(x->expect);
	map_free(x->failures);
	pthread_mutex_destroy(&x->lock);
	free(x);
}

static void sync_done(struct daemon_sync *s)
{
	for (size_t i = 0; i < s->n_nodes; i++) {
		free(s->nodes[i].name);
		free(s->nodes[i].pods);
	}
	free(s->nodes);
	history_done(&s->h);
	trees_free(s->pods, s->n_pods);
	free(s->plan.gone);
	free(s->plan.failed);
	free(s->plan.fresh);
	json_decref(s->ds);
}

static int pod_of(const struct daemon_sync *s, json_t **ret)
{
	AUTO_FREE char *prefix = str_fmt("%s-", obj_name(s->ds));
	AUTO_JSON json_t *pod = prefix ? pod_from_template(json_dot(s->ds, "spec.template"), obj_namespace(s->ds), prefix, true) : NULL;

	if (!pod || daemon_add_tolerations(pod) < 0)
		return -ENOMEM;
	*ret = TAKE_PTR(pod);
	return 0;
}

static int by_name(const void *a, const void *b) { return strcmp(((const struct daemon_node *)a)->name, ((const struct daemon_node *)b)->name); }

static int node_add(struct daemon_sync *s, const char *name, bool run, bool keep)
{
	char *copy = str_dup(name);

	if (!copy)
		return -ENOMEM;
	s->nodes[s->n_nodes++] = (struct daemon_node){.name = copy, .run = run, .keep = keep};
	return 0;
}

/* All nodes that count, with the pods on them. A pod of a node that is gone has one of its own, where it may not stay. */
static int look_at_nodes(struct daemon_sync *s)
{
	AUTO_JSON json_t *pod = NULL;
	struct informer_object **all = NULL;
	size_t n = 0, known;
	int r = pod_of(s, &pod);

	if (r < 0 || informer_list(s->x->nodes, NULL, &all, &n) < 0)
		return -ENOMEM;
	if (!(s->nodes = calloc(n + s->n_pods + 1, sizeof(*s->nodes))))
		r = -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++) {
		AUTO_JSON json_t *node = informer_object_json(all[i]);
		bool run, keep;
		daemon_fits(pod, node, &run, &keep);
		r = node_add(s, all[i]->name, run, keep);
	}
	informer_list_free(all, n);
	if (r < 0)
		return r;
	qsort(s->nodes, known = s->n_nodes, sizeof(*s->nodes), by_name);
	for (size_t i = 0; i < s->n_pods; i++) {
		struct daemon_node want = {.name = (char *)(uintptr_t)daemon_node_of(s->pods[i])},
				   *d = bsearch(&want, s->nodes, known, sizeof(want), by_name);
		/* One that has been bound to a node that is not there is the pod collector's. */
		if (!d && *json_str_or(s->pods[i], "spec.nodeName", ""))
			continue;
		if (!d) {
			if (node_add(s, want.name, false, false) < 0)
				return -ENOMEM;
			d = &s->nodes[s->n_nodes - 1];
		}
		const json_t **more = reallocarray(d->pods, d->n + 1, sizeof(*more));
		if (!more)
			return -ENOMEM;
		d->pods = more;
		d->pods[d->n++] = s->pods[i];
	}
	daemon_sort(s->nodes, s->n_nodes);
	return 0;
}

static void set_roll(struct daemon_sync *s)
{
	const json_t *ru = json_dot(s->ds, "spec.updateStrategy.rollingUpdate");
	int64_t desired = 0;

	for (size_t i = 0; i < s->n_nodes; i++)
		desired += s->nodes[i].run;
	s->roll.now = clock_wall(s->c->s->deps.clock);
	s->roll.min_ready = json_int_or(s->ds, "spec.minReadySeconds", 0);
	s->roll.max_unavailable = int_or_percent(json_object_get(ru, "maxUnavailable"), desired, true, 1);
	s->roll.max_surge = int_or_percent(json_object_get(ru, "maxSurge"), desired, true, 0);
	if (s->roll.max_surge == 0 && s->roll.max_unavailable == 0)
		s->roll.max_unavailable = 1;
	s->roll.surge = s->roll.max_surge > 0 && streq(json_str_or(s->ds, "spec.updateStrategy.type", "RollingUpdate"), "RollingUpdate");
}

/* --- doing it --- */

/* Milliseconds until a failed pod of this node may be replaced; 0: now, and the next one later. */
static int64_t failure_wait(struct daemon_sync *s, const char *node)
{
	AUTO_FREE char *key = str_fmt("%s|%s|%s", s->key, obj_uid(s->ds), node);
	int64_t now = clock_mono_ms(s->c->s->deps.clock), wait = 0;

	if (!key)
		return 1000;
	pthread_mutex_lock(&s->x->lock);
	struct kill_backoff *b = map_get(s->x->failures, key);
	if (!b && (b = calloc(1, sizeof(*b))) && map_put(s->x->failures, key, b) < 0) {
		free(b);
		b = NULL;
	}
	if (b && now < b->until_ms) {
		wait = b->until_ms - now;
	} else if (b) {
		/* Long quiet: it begins anew. */
		b->step_ms = b->step_ms == 0 || now - b->until_ms > 2 * BACKOFF_MAX_MS ? 1000 : b->step_ms * 2;
		b->step_ms = b->step_ms > BACKOFF_MAX_MS ? BACKOFF_MAX_MS : b->step_ms;
		b->until_ms = now + b->step_ms;
	}
	pthread_mutex_unlock(&s->x->lock);
	return wait;
}

static void forget_failures(struct daemon_ctl *x, const char *key)
{
	AUTO_FREE char *prefix = str_fmt("%s|", key);
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&x->lock);
	while (prefix && map_next(x->failures, &it))
		if (str_has_prefix(it.key, prefix))
			map_del(x->failures, it.key);
	pthread_mutex_unlock(&x->lock);
}

static int create_on(struct daemon_sync *s, const char *node, struct err *e)
{
	AUTO_JSON json_t *pod = NULL;

	if (pod_of(s, &pod) < 0 || obj_set_label(pod, HASH_LABEL_REVISION, s->roll.hash) < 0 || daemon_bind(pod, node) < 0)
		return err_nomem(e);
	return pod_create(s->c, &daemon_kind, s->ds, pod, s->x->expect, s->key, NULL, e);
}

static int delete_failed(struct daemon_sync *s, const json_t *pod, struct err *e)
{
	const char *node = daemon_node_of(pod), *phase = json_str_or(pod, "status.phase", "");
	bool failed = streq(phase, "Failed");
	int64_t wait = failed ? failure_wait(s, node) : 0;

	if (wait > 0) {
		s->wait = s->wait == 0 || wait < s->wait ? wait : s->wait;
		return 0;
	}
	client_event(s->c->s->client, s->ds, "apps/v1", "DaemonSet", failed ? "Warning" : "Normal", failed ? "FailedDaemonPod" : "SucceededDaemonPod",
		     "daemonset-controller", "", failed ? "Found failed daemon pod %s/%s on node %s, will try to kill it" : "Found succeeded daemon pod %s/%s on node %s, will try to delete it",
		     obj_namespace(pod), obj_name(pod), node);
	return pod_delete(s->c, &daemon_kind, s->ds, pod, s->x->expect, s->key, e);
}

static int carry_out(struct daemon_sync *s, struct err *e)
{
	struct daemon_plan *p = &s->plan;
	size_t n = p->n_fresh < BURST ? p->n_fresh : BURST;
	int r = 0;

	if (n)
		expect_creations(s->x->expect, s->key, (int)n);
	for (size_t i = 0; i < n && r == 0; i++) {
		r = create_on(s, p->fresh[i], e);
		for (size_t k = i + 1; r < 0 && k < n; k++)
			expectation_created(s->x->expect, s->key);
	}
	for (size_t i = 0; i < p->n_gone && i < BURST && r == 0; i++)
		r = pod_delete(s->c, &daemon_kind, s->ds, p->gone[i], s->x->expect, s->key, e);
	for (size_t i = 0; i < p->n_failed && r == 0; i++)
		r = delete_failed(s, p->failed[i], e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int act(struct daemon_sync *s, struct err *e)
{
	struct daemon_plan *p = &s->plan;

	p->gone = calloc(2 * s->n_pods + 1, sizeof(*p->gone));
	p->failed = calloc(s->n_pods + 1, sizeof(*p->failed));
	p->fresh = calloc(2 * s->n_nodes + 1, sizeof(*p->fresh));
	if (!p->gone || !p->failed || !p->fresh)
		return err_nomem(e);
	daemon_manage(s->nodes, s->n_nodes, &s->roll, p);
	/* First what has to be anyway; the template's turn comes when the cache shows that. */
	if (p->n_gone + p->n_fresh + p->n_failed == 0 && streq(json_str_or(s->ds, "spec.updateStrategy.type", "RollingUpdate"), "RollingUpdate"))
		daemon_update(s->nodes, s->n_nodes, &s->roll, p);
	return carry_out(s, e);
}

/* --- status --- */

static int update_status(struct daemon_sync *s, struct err *e)
{
	struct client_ref ref = {.group = "apps", .plural = "daemonsets", .ns = obj_namespace(s->ds), .name = obj_name(s->ds), .subresource = "status"};
	AUTO_JSON json_t *obj = json_deep_copy(s->ds);
	struct daemon_counts k;

	daemon_count(s->nodes, s->n_nodes, &s->roll, &k);
	if (obj && !json_is_object(json_object_get(obj, "status")))
		json_object_set_new(obj, "status", json_object());
	json_t *st = json_object_get(obj, "status");
	if (!st)
		return err_nomem(e);
	const struct {
		const char *name;
		int64_t v;
		bool always;
	} fields[] = {{"currentNumberScheduled", k.current, true}, {"desiredNumberScheduled", k.desired, true},
		      {"numberMisscheduled", k.misscheduled, true}, {"numberReady", k.ready, true},
		      {"numberAvailable", k.available, false},	    {"numberUnavailable", k.desired - k.available, false},
		      {"updatedNumberScheduled", k.updated, false}, {"observedGeneration", obj_generation(s->ds), false}};
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (fields[i].v || fields[i].always)
			json_object_set_new(st, fields[i].name, json_integer(fields[i].v));
		else
			json_object_del(st, fields[i].name);
	if (s->roll.min_ready > 0 && k.ready > k.available && (s->wait == 0 || s->wait > 1000))
		s->wait = 1000;
	if (json_equal(st, json_object_get(s->ds, "status")))
		return 0;
	int r = client_update_wait(s->c->s->client, &ref, obj, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int raise_collisions(struct daemon_sync *s, struct err *e)
{
	struct client_ref ref = {.group = "apps", .plural = "daemonsets", .ns = obj_namespace(s->ds), .name = obj_name(s->ds), .subresource = "status"};

	if (json_set_int(s->ds, "status.collisionCount", json_int_or(s->ds, "status.collisionCount", 0) + 1) < 0)
		return err_nomem(e);
	int r = client_update_wait(s->c->s->client, &ref, s->ds, NULL, e);
	return r < 0 ? r : err_set(e, ERR_CONFLICT, "the hash of the template is taken: the next one is salted");
}

static bool revision_live(void *arg, const json_t *revision)
{
	const struct daemon_sync *s = arg;

	for (size_t i = 0; i < s->n_pods; i++)
		if (daemon_updated(s->pods[i], history_hash(&s->h, revision)))
			return true;
	return false;
}

static int pass(struct daemon_sync *s, bool may_act, struct err *e)
{
	const struct owned_claim claim = {.k = &daemon_kind, .owner = s->ds, .objects = s->x->pods, .group = "", .plural = "pods"};
	struct err why = {0};
	int r, ar = 0;

	s->h = (struct history){.c = s->c, .k = &daemon_kind, .owner = s->ds, .revisions = s->x->revisions, .hash_label = HASH_LABEL_REVISION};
	if ((r = history_sync(&s->h, e)) < 0)
		return r == ERR_EXISTS ? raise_collisions(s, e) : r;
	if ((r = owned_claim(s->c, &claim, &s->pods, &s->n_pods, e)) < 0)
		return r;
	s->roll.hash = history_hash(&s->h, s->h.current);
	if (look_at_nodes(s) < 0)
		return err_nomem(e);
	set_roll(s);
	if (may_act)
		ar = act(s, &why);
	if ((r = update_status(s, e)) < 0)
		return r;
	if (ar == 0)
		return history_trim(&s->h, revision_live, s, e);
	if (e)
		*e = why;
	return ar;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct daemon_ctl *x = c->priv;
	struct daemon_sync s = {.c = c, .x = x, .key = key};
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->sets, key);

	if (!o) {
		expectations_forget(x->expect, key);
		forget_failures(x, key);
		return 0;
	}
	if (!(s.ds = informer_object_json(o)))
		return err_nomem(e);
	int r = 0;
	if (!obj_deleting(s.ds))
		r = pass(&s, expectations_met(x->expect, key), e);
	sync_done(&s);
	return r < 0 ? r : (int)s.wait;
}

/* --- nodes --- */

static void all_sets(struct controller *c)
{
	struct daemon_ctl *x = c->priv;
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_list(x->sets, NULL, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		controller_queue(c, v[i]);
	informer_list_free(v, n);
}

static void node_came_or_went(void *arg, struct informer_object *o)
{
	(void)o;
	all_sets(arg);
}

/* Heartbeats change what daemon pods do not look at. */
static void node_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	AUTO_JSON json_t *a = informer_object_json(old), *b = informer_object_json(o);

	if (!a || !b || !json_equal(json_dot(a, "metadata.labels"), json_dot(b, "metadata.labels")) ||
	    !json_equal(json_dot(a, "spec.taints"), json_dot(b, "spec.taints")))
		all_sets(arg);
}

int daemonset_init(struct shared *s, struct err *e)
{
	static const struct informer_handler nodes = {node_came_or_went, node_changed, node_came_or_went, NULL};
	struct daemon_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	pthread_mutex_init(&x->lock, NULL);
	x->expect = expectations_new(s->deps.clock);
	x->failures = map_new(free);
	r = x->expect && x->failures ? controller_new(&c, s, "daemonset", 2, reconcile, x, daemon_free, e) : err_nomem(e);
	if (r < 0) {
		daemon_free(x);
		return r;
	}
	x->sets = shared_informer(s, "apps", "v1", "daemonsets", NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	x->nodes = shared_informer(s, "", "v1", "nodes", NULL, e);
	x->revisions = shared_informer(s, "apps", "v1", "controllerrevisions", NULL, e);
	if (!x->sets || !x->pods || !x->nodes || !x->revisions)
		return ERR_INTERNAL;
	if (controller_watch_keys(c, x->sets) < 0 || controller_watch_owned(c, x->revisions, "DaemonSet") < 0 ||
	    owned_watch_pods(c, &daemon_kind, x->sets, x->pods, x->expect) < 0 || informer_add_handler(x->nodes, &nodes, c) < 0)
		return err_nomem(e);
	return 0;
}
