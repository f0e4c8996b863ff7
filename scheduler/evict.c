/* Pods that are put out for another one. */
#include "api/object.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"
#include "scheduler/internal.h"

struct eviction {
	struct scheduler *s;
	char *key, *uid;
	char *for_key;
	json_t *pod;
};

static struct eviction *eviction_free(struct eviction *v)
{
	if (v) {
		free(v->key);
		free(v->uid);
		free(v->for_key);
		json_decref(v->pod);
		free(v);
	}
	return NULL;
}

/* It stays: nobody waits for its going any more. */
static void stays(struct eviction *v, const char *why)
{
	struct pod_info *i = map_get(v->s->infos, v->key);
	struct waiting_pod *w = map_get(v->s->pending, v->for_key);

	log_warning("scheduler", v->key, "cannot put the pod out for %s: %s", v->for_key, why);
	if (i && streq(i->uid, v->uid))
		i->put_out = false;
	if (w)
		scheduler_retry_later(v->s, w);
	eviction_free(v);
}

/* Not found, or another pod of that name: it has gone. */
static bool is_gone(const struct client_result *r)
{
	return r->code == ERR_NOT_FOUND || r->code == ERR_CONFLICT;
}

static void evicted(void *arg, const struct client_result *r)
{
	struct eviction *v = arg;

	if (r->code < 0 && !is_gone(r))
		stays(v, r->err.msg);
	else
		eviction_free(v);
}

static void marked(void *arg, const struct client_result *r)
{
	struct eviction *v = arg;
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(v->pod), .name = obj_name(v->pod)};
	AUTO_JSON json_t *opts =
	    json_pack("{s:s,s:s,s:{s:s}}", "kind", "DeleteOptions", "apiVersion", "v1", "preconditions", "uid", v->uid);

	if (r->code < 0)
		evicted(v, r);
	else if (!opts || client_delete(v->s->client, &ref, opts, evicted, v) < 0)
		stays(v, "out of memory");
}

void scheduler_put_out(struct scheduler *s, struct pod_info *i, const char *for_key, const char *for_uid)
{
	struct client_ref ref = {
	    .plural = "pods", .ns = obj_namespace(i->pod), .name = obj_name(i->pod), .subresource = "status"};
	struct eviction *v = calloc(1, sizeof(*v));
	AUTO_FREE char *why = str_fmt("%s: preempting to accommodate a higher priority pod", s->name);
	char now[TIME_STR_MAX];

	i->put_out = true;
	time_format(clock_wall(s->deps.clock), now);
	AUTO_JSON json_t *patch = json_pack("{s:{s:s},s:{s:[{s:s,s:s,s:s,s:s,s:s}]}}", "metadata", "uid", i->uid,
					    "status", "conditions", "type", "DisruptionTarget", "status", "True",
					    "reason", PREEMPTED, "message", why ? why : "", "lastTransitionTime", now);
	if (obj_deleting(i->pod)) { /* it goes already */
		free(v);
		return;
	}
	if (v) {
		v->s = s;
		v->key = str_dup(i->key);
		v->uid = str_dup(i->uid);
		v->for_key = str_dup(for_key);
		v->pod = json_incref(i->pod);
	}
	if (!v || !patch || !v->key || !v->uid || !v->for_key ||
	    client_patch(s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, marked, v) < 0) {
		log_error("scheduler", i->key, "out of memory: the pod is not put out");
		i->put_out = false;
		eviction_free(v);
		return;
	}
	log_info("scheduler", i->key, "is put out for %s", for_key);
	client_event(s->client, i->pod, "v1", "Pod", "Normal", "Preempted", s->name, "",
		     "Preempted by pod %s on node %s", for_uid, i->node);
}

void scheduler_drop_nominations(struct scheduler *s, const struct node_info *n, int32_t below)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(s->view.nominated, &it)) {
		struct pod_info *i = it.value;
		struct client_ref ref = {
		    .plural = "pods", .ns = obj_namespace(i->pod), .name = obj_name(i->pod), .subresource = "status"};
		AUTO_JSON json_t *patch = json_pack("{s:{s:n}}", "status", "nominatedNodeName");
		if (!streq(i->node, n->name) || i->priority >= below)
			continue;
		if (patch)
			client_patch(s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, scheduler_ignore_result, NULL);
		map_del(s->view.nominated, it.key);
	}
}

json_t *scheduler_budgets(struct scheduler *s)
{
	json_t *list = json_array();
	struct informer_object **all = NULL;
	size_t n = 0;

	if (list && informer_list(s->budgets, NULL, &all, &n) == 0) {
		for (size_t i = 0; i < n; i++)
			json_array_append_new(list, informer_object_json(all[i]));
		informer_list_free(all, n);
	}
	return list;
}
