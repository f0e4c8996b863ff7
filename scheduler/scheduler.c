#include "scheduler/scheduler.h"
#include <errno.h>
#include "api/host_ports.h"
#include "api/object.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"
#include "client/informer.h"
#include "scheduler/internal.h"
#include "scheduler/preempt.h"
#include "scheduler/volumes.h"

#define N_INFORMERS 7 /* that have to know everything before the first pod is scheduled */

static void waiting_free(void *p)
{
	struct waiting_pod *w = p;

	list_del(&w->link);
	loop_timer_free(w->timer);
	names_free(w->claims);
	names_free(w->wants);
	free(w->key);
	free(w);
}

/* --- queue --- */

static void activate(struct scheduler *s, struct waiting_pod *w)
{
	list_del(&w->link);
	struct list *at = s->active.prev;
	while (at != &s->active) {
		struct waiting_pod *o = container_of(at, struct waiting_pod, link);
		if (o->priority > w->priority || (o->priority == w->priority && o->seq < w->seq))
			break;
		at = at->prev;
	}
	list_insert(at, &w->link);
	loop_post(s->loop, &s->turn);
}

void scheduler_activate(struct scheduler *s, struct waiting_pod *w)
{
	if (!loop_timer_armed(w->timer))
		activate(s, w);
}

void scheduler_activate_all(struct scheduler *s)
{
	LIST_FOREACH_SAFE (w, tmp, &s->waiting, struct waiting_pod, link)
		scheduler_activate(s, w);
}

static void backoff_over(void *arg)
{
	struct waiting_pod *w = arg;

	activate(w->s, w);
}

static void enqueue(struct scheduler *s, const char *key, const json_t *pod)
{
	struct waiting_pod *w = map_get(s->pending, key);

	if (w) {
		scheduler_activate(s, w);
		return;
	}
	if (!(w = calloc(1, sizeof(*w))))
		return;
	list_init(&w->link);
	w->s = s;
	w->seq = s->next_seq++;
	w->priority = (int32_t)json_int_or(pod, "spec.priority", 0);
	if (!(w->key = str_dup(key)) || pod_claims_of(&w->claims, pod) < 0 || loop_timer_new(&w->timer, s->loop, backoff_over, w) < 0 || map_put(s->pending, key, w) < 0) {
		waiting_free(w);
		log_error("scheduler", key, "out of memory: the pod stays unscheduled");
		return;
	}
	activate(s, w);
}

/* --- the cached view --- */

static json_t *pod_projection(const json_t *pod)
{
	json_t *p = json_deep_copy(pod);
	json_t *c;
	size_t i;

	json_object_del(p, "status");
	json_object_del(json_object_get(p, "metadata"), "managedFields");
	json_object_del(json_object_get(p, "metadata"), "annotations");
	json_array_foreach (json_dot(p, "spec.containers"), i, c) {
		static const char *const drop[] = {"env", "envFrom", "command", "args", "livenessProbe", "readinessProbe", "startupProbe",
						   "volumeMounts", "lifecycle", "securityContext"};
		for (size_t k = 0; k < ARRAY_LEN(drop); k++)
			json_object_del(c, drop[k]);
	}
	return p;
}

static void info_remove(struct scheduler *s, const char *key)
{
	struct pod_info *i = map_get(s->infos, key);

	if (!i)
		return;
	struct node_info *n = i->node ? map_get(s->view.nodes, i->node) : NULL;
	if (n && !list_empty(&i->link))
		resources_add(&n->used, &i->req, -1);
	map_del(s->infos, key);
}

static void info_link(struct scheduler *s, struct pod_info *i)
{
	struct node_info *n = map_get(s->view.nodes, i->node);

	if (!n)
		return;
	list_add_tail(&n->pods, &i->link);
	resources_add(&n->used, &i->req, 1);
}

static struct pod_info *info_new(struct scheduler *s, const char *key, const json_t *pod)
{
	struct pod_info *i = calloc(1, sizeof(*i));

	if (!i)
		return NULL;
	list_init(&i->link);
	list_init(&i->shuns);
	i->key = str_dup(key);
	i->uid = str_dup(obj_uid(pod));
	i->pod = pod_projection(pod);
	i->priority = (int32_t)json_int_or(pod, "spec.priority", 0);
	i->put_out = obj_deleting(pod) && streq(json_str(obj_condition(pod, "DisruptionTarget"), "reason"), PREEMPTED);
	resources_of_pod(&i->req, pod);
	i->ports = host_ports_of(json_object_get(i->pod, "spec"));
	if (!i->key || !i->uid || !i->pod || pod_claims_of(&i->claims, pod) < 0) {
		pod_info_free(i);
		return NULL;
	}
	if (pod_shuns(i->pod))
		list_add_tail(&s->view.shunning, &i->shuns);
	return i;
}

static void info_put(struct scheduler *s, const char *key, const json_t *pod, const char *node, bool assumed)
{
	const struct pod_info *old = map_get(s->infos, key);
	bool put_out = old && old->put_out && streq(old->uid, obj_uid(pod));
	struct pod_info *i;

	map_del(s->view.nominated, key);
	info_remove(s, key);
	if (!(i = info_new(s, key, pod)))
		return;
	i->assumed = assumed;
	i->put_out = i->put_out || put_out;
	if (!(i->node = str_dup(node)) || map_put(s->infos, key, i) < 0) {
		pod_info_free(i);
		return;
	}
	info_link(s, i);
}

static void nominate(struct scheduler *s, const char *key, const json_t *pod, const char *node)
{
	struct pod_info *i = info_new(s, key, pod);

	if (i && (i->node = str_dup(node)) && map_put(s->view.nominated, key, i) == 0)
		return;
	pod_info_free(i);
	log_error("scheduler", key, "out of memory: no room is kept for the pod");
}

static void node_changed(struct scheduler *s, struct informer_object *o)
{
	AUTO_JSON json_t *node = informer_object_json(o);
	struct node_info *n = map_get(s->view.nodes, o->name);
	struct map_iter it = MAP_ITER_INIT;

	if (!node)
		return;
	json_object_del(json_object_get(node, "metadata"), "managedFields");
	if (!n) {
		if (!(n = calloc(1, sizeof(*n))) || !(n->name = str_dup(o->name)) || map_put(s->view.nodes, o->name, n) < 0) {
			free(n ? n->name : NULL);
			free(n);
			return;
		}
		list_init(&n->pods);
		while (map_next(s->infos, &it)) {
			struct pod_info *i = it.value;
			if (streq(i->node, n->name))
				info_link(s, i);
		}
	}
	resources_done(&n->alloc);
	resources_of_node(&n->alloc, node);
	n->unschedulable = json_bool_or(node, "spec.unschedulable", false);
	json_decref(n->node);
	n->node = json_incref(node);
	n->labels = json_dot(n->node, "metadata.labels");
	n->taints = json_dot(n->node, "spec.taints");
	/* What no filter reads is not kept. */
	json_object_del(json_object_get(n->node, "status"), "images");
	scheduler_activate_all(s);
}

static void node_added(void *arg, struct informer_object *o) { node_changed(arg, o); }
static void node_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	node_changed(arg, o);
}
static void node_deleted(void *arg, struct informer_object *o)
{
	struct scheduler *s = arg;

	map_del(s->view.nodes, o->name);
	bindings_check(s, NULL, NULL);
}

static void pod_gone(struct scheduler *s, const char *key)
{
	bool had_node = map_has(s->infos, key), kept_room = map_del(s->view.nominated, key);

	map_del(s->pending, key);
	binding_drop(s, key);
	info_remove(s, key);
	if (had_node || kept_room)
		scheduler_activate_all(s);
}

static void pod_changed(struct scheduler *s, struct informer_object *o)
{
	AUTO_JSON json_t *pod = informer_object_json(o);
	AUTO_FREE char *key = pod ? obj_key(pod) : NULL;
	const struct pod_info *i = key ? map_get(s->infos, key) : NULL;

	if (!key)
		return;
	const char *node = json_str_or(pod, "spec.nodeName", "");
	/* Its claims are being bound, but not for this one any more. */
	if (i && i->assumed && !*node && (obj_deleting(pod) || !streq(i->uid, obj_uid(pod)))) {
		pod_gone(s, key);
		i = NULL;
	}
	if (pod_terminal(pod)) {
		pod_gone(s, key);
	} else if (*node) {
		map_del(s->pending, key);
		if (i && !i->assumed && streq(i->node, node) && streq(i->uid, obj_uid(pod)) &&
		    json_equal(json_dot(i->pod, "metadata.labels"), json_dot(pod, "metadata.labels")) &&
		    obj_deleting(i->pod) == obj_deleting(pod))
			return; /* a status change: nothing that scheduling looks at */
		info_put(s, key, pod, node, false);
	} else if (obj_deleting(pod) || json_array_size(json_dot(pod, "spec.schedulingGates")) > 0 ||
		   !streq(json_str_or(pod, "spec.schedulerName", "default-scheduler"), s->name)) {
		map_del(s->pending, key);
		map_del(s->view.nominated, key);
	} else if (!i) { /* an assumed pod is on its way already */
		const char *nominated = json_str_or(pod, "status.nominatedNodeName", "");
		/* By whoever scheduled before us. */
		if (*nominated && !map_has(s->pending, key) && !map_has(s->view.nominated, key))
			nominate(s, key, pod, nominated);
		enqueue(s, key, pod);
	}
}

static void pod_added(void *arg, struct informer_object *o) { pod_changed(arg, o); }
static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	/* Our own condition patch must not wake the pod up again: only another spec or other labels may change the outcome. */
	struct scheduler *s = arg;
	AUTO_FREE char *key = str_fmt("%s/%s", o->ns, o->name);

	if (key && map_has(s->pending, key)) {
		AUTO_JSON json_t *a = informer_object_json(old), *b = informer_object_json(o);
		if (json_equal(json_object_get(a, "spec"), json_object_get(b, "spec")) &&
		    json_equal(json_dot(a, "metadata.labels"), json_dot(b, "metadata.labels")) && obj_deleting(a) == obj_deleting(b))
			return;
	}
	pod_changed(s, o);
}
static void pod_deleted(void *arg, struct informer_object *o)
{
	AUTO_FREE char *key = str_fmt("%s/%s", o->ns, o->name);

	if (key)
		pod_gone(arg, key);
}

static void one_synced(void *arg)
{
	struct scheduler *s = arg;

	if (++s->synced == N_INFORMERS)
		loop_post(s->loop, &s->turn);
}

/* --- one pod --- */

void scheduler_retry_later(struct scheduler *s, struct waiting_pod *w)
{
	int64_t ms = 100LL << (w->tries > 7 ? 7 : w->tries);

	w->tries++;
	list_del(&w->link);
	list_add_tail(&s->waiting, &w->link);
	loop_timer_set(w->timer, ms);
}

/* It has no node after all. */
static void unassume(struct binding *b)
{
	struct scheduler *s = b->s;
	const struct pod_info *i = map_get(s->infos, b->key);
	struct waiting_pod *w;

	if (!i || !i->assumed || !streq(i->uid, b->uid))
		return;
	info_remove(s, b->key);
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->pods, b->key);
	if (o)
		pod_changed(s, o);
	if ((w = map_get(s->pending, b->key))) {
		w->tries = b->tries;
		scheduler_retry_later(s, w);
	}
	scheduler_activate_all(s); /* there is room for others */
}

static void bound(void *arg, const struct client_result *r)
{
	struct binding *b = arg;
	struct scheduler *s = b->s;

	if (r->code == 0) {
		client_event(s->client, b->pod, "v1", "Pod", "Normal", "Scheduled", s->name, "", "Successfully assigned %s to %s", b->key, b->node);
	} else {
		log_warning("scheduler", b->key, "cannot bind to node %s: %s", b->node, r->err.msg);
		unassume(b);
	}
	binding_free(b);
}

void scheduler_send_binding(struct binding *b)
{
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(b->pod), .name = obj_name(b->pod), .subresource = "binding"};
	AUTO_JSON json_t *body = json_pack("{s:s,s:s,s:{s:s,s:s,s:s},s:{s:s,s:s,s:s}}", "apiVersion", "v1", "kind", "Binding", "metadata", "name",
					   obj_name(b->pod), "namespace", obj_namespace(b->pod), "uid", b->uid, "target", "apiVersion", "v1",
					   "kind", "Node", "name", b->node);

	if (body && client_create(b->s->client, &ref, body, bound, b) == 0)
		return;
	log_error("scheduler", b->key, "out of memory: the pod is bound later");
	unassume(b);
	binding_free(b);
}

void scheduler_volumes_failed(struct binding *b, const char *why)
{
	client_event(b->s->client, b->pod, "v1", "Pod", "Warning", "FailedScheduling", b->s->name, "",
		     "running PreBind plugin \"VolumeBinding\": binding volumes: %s", why);
	log_warning("scheduler", b->key, "cannot bind volumes for node %s: %s", b->node, why);
	unassume(b);
}

static void bind_pod(struct scheduler *s, struct waiting_pod *w, const json_t *pod, const char *node, const struct pod_volumes *v)
{
	struct binding *b = calloc(1, sizeof(*b));
	int waits = 0;

	if (b) {
		list_init(&b->link);
		b->s = s;
		b->pod = json_incref((json_t *)pod);
		b->tries = w->tries;
	}
	if (!b || !(b->key = str_dup(w->key)) || !(b->uid = str_dup(obj_uid(pod))) || !(b->node = str_dup(node))) {
		log_error("scheduler", w->key, "out of memory: the pod is bound later");
		scheduler_retry_later(s, w);
		if (b)
			binding_free(b);
		return;
	}
	list_add_tail(&s->bindings, &b->link);
	info_put(s, b->key, pod, node, true);
	map_del(s->pending, b->key);
	if (v)
		waits = binding_volumes(b, v);
	if (waits == 0) {
		b->sent = true;
		scheduler_send_binding(b);
	} else if (waits < 0) {
		scheduler_volumes_failed(b, "out of memory");
		b->over = true;
		if (b->writes == 0)
			binding_free(b);
	}
}

void scheduler_ignore_result(void *arg, const struct client_result *r)
{
	(void)arg;
	if (r->code < 0 && r->code != ERR_NOT_FOUND && r->code != ERR_CONFLICT)
		log_warning("scheduler", NULL, "%s", r->err.msg);
}

struct reason {
	char text[640]; /* names of a claim and a node may be in it */
	int count;
};

/* "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable." */
static char *explain(const struct reason *r, size_t n, size_t nodes)
{
	AUTO_BUF struct buf b = {0};

	buf_addf(&b, "0/%zu nodes are available", nodes);
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s %d %s", i ? "," : ":", r[i].count, r[i].text);
	buf_adds(&b, ".");
	return buf_take(&b, NULL);
}

/* nominated: the node whose pods go for this one, or NULL. */
static void unschedulable(struct scheduler *s, struct waiting_pod *w, const json_t *pod, const char *why, const char *nominated)
{
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(pod), .name = obj_name(pod), .subresource = "status"};
	const json_t *have = obj_condition(pod, "PodScheduled");
	const char *was = json_str_or(pod, "status.nominatedNodeName", "");
	char now[TIME_STR_MAX];

	list_del(&w->link);
	list_add_tail(&s->waiting, &w->link);
	if (have && streq(json_str(have, "status"), "False") && streq(json_str(have, "message"), why) && streq(was, nominated ? nominated : ""))
		return; /* said already */
	client_event(s->client, pod, "v1", "Pod", "Warning", "FailedScheduling", s->name, "", "%s", why);
	time_format(clock_wall(s->deps.clock), now);
	AUTO_JSON json_t *patch =
		json_pack("{s:{s:[{s:s,s:s,s:s,s:s,s:s}]}}", "status", "conditions", "type", "PodScheduled", "status", "False", "reason",
			  "Unschedulable", "message", why, "lastTransitionTime",
			  have && streq(json_str(have, "status"), "False") ? json_str_or(have, "lastTransitionTime", now) : now);
	if (nominated || *was)
		json_dot_set(patch, "status.nominatedNodeName", nominated ? json_string(nominated) : json_null());
	if (patch)
		client_patch(s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, scheduler_ignore_result, NULL);
}

/* Nothing fits: whether others can go for the pod. Takes why, which says of the nodes, and says it to the user. */
static void preempt(struct scheduler *s, struct waiting_pod *w, struct sched_ctx *c, char *why)
{
	const json_t *pod = c->pod->pod;
	const struct pod_info *nominated = map_get(s->view.nominated, w->key);
	struct node_info *n = nominated ? map_get(s->view.nodes, nominated->node) : NULL;
	AUTO_FREE char *said = why, *more = NULL;
	AUTO_JSON json_t *guards = NULL;
	struct preemption p = {0};
	bool helpless;

	if (n && sched_refusal(c, n, &helpless) && !helpless && preempt_waits(c, n)) {
		unschedulable(s, w, pod, why, n->name);
		return;
	}
	map_del(s->view.nominated, w->key);
	if (!preempt_allowed(c)) {
		more = str_fmt("%s preemption: not eligible due to preemptionPolicy=Never.", why);
	} else if (!(guards = scheduler_budgets(s)) || preempt_plan(c, guards, &p) < 0) {
		log_error("scheduler", w->key, "out of memory: nobody is put out for the pod");
	} else if (p.node) {
		scheduler_drop_nominations(s, p.node, c->pod->priority);
		for (size_t i = 0; i < p.n_victims; i++)
			scheduler_put_out(s, p.victims[i], w->key, obj_uid(pod));
		nominate(s, w->key, pod, p.node->name);
		unschedulable(s, w, pod, why, p.node->name);
		preempt_done(&p);
		return;
	} else {
		struct reason r[2];
		size_t k = 0;
		if (p.empty)
			r[k++] = (struct reason){"No preemption victims found for incoming pod", (int)p.empty};
		if (p.helpless)
			r[k++] = (struct reason){"Preemption is not helpful for scheduling", (int)p.helpless};
		AUTO_FREE char *text = explain(r, k, map_len(s->view.nodes));
		more = text ? str_fmt("%s preemption: %s", why, text) : NULL;
	}
	preempt_done(&p);
	unschedulable(s, w, pod, more ? more : said, NULL);
}

static void schedule_one(struct scheduler *s, struct waiting_pod *w)
{
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->pods, w->key);
	AUTO_JSON json_t *pod = informer_object_json(o);
	struct pod_info info = {.key = w->key, .pod = pod, .priority = w->priority};
	struct sched_ctx c = {.view = &s->view, .pod = &info, .spec = json_object_get(pod, "spec")};
	const struct pod_info *nominated = map_get(s->view.nominated, w->key);
	struct node_info *best = nominated ? map_get(s->view.nodes, nominated->node) : NULL;
	struct map_iter it = MAP_ITER_INIT;
	struct reason reasons[16];
	size_t n_reasons = 0, i;
	int64_t best_score = -1;

	if (!pod) {
		map_del(s->pending, w->key);
		return;
	}
	names_free(w->wants);
	w->wants = NULL;
	w->events = 0;
	if (pod_volumes_new(&c.volumes, &s->view, pod, w->key) < 0) {
		log_error("scheduler", w->key, "out of memory: the pod is scheduled later");
		scheduler_retry_later(s, w);
		return;
	}
	bool nowhere = c.volumes && c.volumes->why[0];
	resources_of_pod(&info.req, pod);
	info.ports = host_ports_of(c.spec);
	/* Where others went for it, it goes. */
	if (best && sched_refusal(&c, best, NULL))
		best = NULL;
	while (!nowhere && !(best && best_score < 0) && map_next(s->view.nodes, &it)) {
		struct node_info *n = it.value;
		const char *why = sched_refusal(&c, n, NULL);
		if (why) {
			for (i = 0; i < n_reasons && !streq(reasons[i].text, why); i++)
				;
			if (i < ARRAY_LEN(reasons)) {
				if (i == n_reasons) {
					reasons[n_reasons].count = 0;
					str_copy(reasons[n_reasons++].text, sizeof(reasons[0].text), why);
				}
				reasons[i].count++;
			}
			continue;
		}
		int64_t score = sched_score(&c, n);
		/* Equal nodes: by name, so that the outcome does not hang on the table's order. */
		if (score > best_score || (score == best_score && strcmp(n->name, best->name) < 0)) {
			best = n;
			best_score = score;
		}
	}
	if (best && c.volumes)
		(void)volumes_on_node(c.volumes, best->name, best->labels);
	if (!best && c.volumes) {
		w->events = c.events | (nowhere ? SCHED_ON_VOLUME : 0);
		w->wants = pod_volumes_wants(c.volumes);
	}
	if (best) {
		bind_pod(s, w, pod, best->name, c.volumes);
	} else if (map_len(s->view.nodes) == 0) {
		unschedulable(s, w, pod, "no nodes available to schedule pods", NULL);
	} else {
		char *why = nowhere ? str_fmt("0/%zu nodes are available: %s.", map_len(s->view.nodes), c.volumes->why)
				    : explain(reasons, n_reasons, map_len(s->view.nodes));
		if (why)
			preempt(s, w, &c, why);
	}
	pod_volumes_free(c.volumes);
	resources_done(&info.req);
	json_decref(info.ports);
}

static void turn(struct loop_task *t)
{
	struct scheduler *s = container_of(t, struct scheduler, turn);

	if (s->synced < N_INFORMERS || list_empty(&s->active))
		return;
	struct waiting_pod *w = container_of(s->active.next, struct waiting_pod, link);
	list_del(&w->link);
	schedule_one(s, w);
	if (!list_empty(&s->active))
		loop_post(s->loop, &s->turn);
}

/* --- life --- */

int scheduler_new(struct scheduler **ret, const struct scheduler_config *c, const struct scheduler_deps *d, struct err *e)
{
	struct scheduler *s = calloc(1, sizeof(*s));

	if (!s)
		return err_nomem(e);
	s->deps = *d;
	list_init(&s->active);
	list_init(&s->waiting);
	list_init(&s->bindings);
	list_init(&s->view.shunning);
	s->turn.fn = turn;
	s->name = str_dup(c->name);
	s->view.nodes = map_new(node_info_free);
	s->view.nominated = map_new(pod_info_free);
	s->infos = map_new(pod_info_free);
	s->pending = map_new(waiting_free);
	if (!s->name || volume_view_init(&s->view.volumes) < 0 || !s->view.nodes || !s->view.nominated || !s->infos || !s->pending) {
		scheduler_free(s);
		return err_nomem(e);
	}
	*ret = s;
	return 0;
}

int scheduler_watch(struct scheduler *s, struct informer **ret, const char *group, const char *plural, const struct informer_handler *h,
		    struct err *e)
{
	struct informer_config c = {.group = group, .version = "v1", .plural = plural};

	int r = informer_new(ret, s->client, &c, e);
	return r < 0 ? r : informer_add_handler(*ret, h, s) < 0 ? err_nomem(e) : 0;
}

int scheduler_start(struct scheduler *s, struct err *e)
{
	static const struct informer_handler pods = {pod_added, pod_updated, pod_deleted, one_synced};
	static const struct informer_handler nodes = {node_added, node_updated, node_deleted, one_synced};
	static const struct informer_handler budgets = {0}; /* a server may lack them */
	const struct client_config cc = {.field_manager = "kube-scheduler"};
	int r;

	if ((r = loop_new(&s->loop, e)) < 0 || (r = client_new(&s->client, s->deps.api, s->loop, &cc, e)) < 0 ||
	    (r = scheduler_watch(s, &s->nodes, "", "nodes", &nodes, e)) < 0 || (r = scheduler_watch(s, &s->pods, "", "pods", &pods, e)) < 0 ||
	    (r = scheduler_watch_volumes(s, one_synced, e)) < 0 ||
	    (r = scheduler_watch(s, &s->budgets, "policy", "poddisruptionbudgets", &budgets, e)) < 0)
		return r;
	if ((r = informer_start(s->nodes, e)) < 0 || (r = informer_start(s->pods, e)) < 0 || (r = scheduler_start_volumes(s, e)) < 0 ||
	    (r = informer_start(s->budgets, e)) < 0)
		return r;
	return loop_thread_start(&s->thread, s->loop, "scheduler", e);
}

void scheduler_stop(struct scheduler *s)
{
	if (s->loop)
		loop_quit(s->loop);
}

void scheduler_join(struct scheduler *s)
{
	if (s->thread)
		s->thread = loop_thread_join(s->thread);
}

struct scheduler *scheduler_free(struct scheduler *s)
{
	if (!s)
		return NULL;
	informer_free(s->pods);
	informer_free(s->nodes);
	informer_free(s->budgets);
	scheduler_free_volumes(s);
	client_free(s->client);
	LIST_FOREACH_SAFE (b, tmp, &s->bindings, struct binding, link)
		binding_free(b);
	map_free(s->pending);
	map_free(s->infos);
	map_free(s->view.nominated);
	map_free(s->view.nodes);
	loop_free(s->loop);
	free(s->name);
	free(s);
	return NULL;
}
