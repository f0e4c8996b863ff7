#include "scheduler/plugin.h"
#include "api/host_ports.h"
#include "api/node_match.h"
#include "api/object.h"
#include "api/selector.h"
#include "base/map.h"
#include "base/str.h"
#include "scheduler/volumes.h"

#define REQUIRED_ANTI_AFFINITY "spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution"

bool pod_shuns(const json_t *pod) { return json_array_size(json_dot(pod, REQUIRED_ANTI_AFFINITY)) > 0; }

void pod_info_free(void *p)
{
	struct pod_info *i = p;

	if (!i)
		return;
	list_del(&i->link);
	list_del(&i->shuns);
	free(i->key);
	free(i->uid);
	free(i->node);
	resources_done(&i->req);
	json_decref(i->ports);
	names_free(i->claims);
	json_decref(i->pod);
	free(i);
}

void node_info_free(void *p)
{
	struct node_info *n = p;

	LIST_FOREACH_SAFE (i, tmp, &n->pods, struct pod_info, link)
		list_del(&i->link);
	resources_done(&n->alloc);
	resources_done(&n->used);
	json_decref(n->node);
	free(n->name);
	free(n);
}

static bool tolerated(const struct sched_ctx *c, const json_t *taint)
{
	return toleration_of(json_object_get(c->spec, "tolerations"), taint) != NULL;
}

static const char *filter_taints(struct sched_ctx *c, const struct node_info *n)
{
	const json_t *tolerations = json_object_get(c->spec, "tolerations");

	return taint_untolerated(n->taints, tolerations, "NoSchedule") || taint_untolerated(n->taints, tolerations, "NoExecute")
		       ? "node(s) had untolerated taint(s)"
		       : NULL;
}

static int64_t score_taints(struct sched_ctx *c, const struct node_info *n)
{
	int64_t bad = 0;
	json_t *t;
	size_t i;

	json_array_foreach (n->taints, i, t)
		bad += streq(json_str_or(t, "effect", ""), "PreferNoSchedule") && !tolerated(c, t);
	return bad > 10 ? 0 : 100 - 10 * bad;
}

static const char *filter_unschedulable(struct sched_ctx *c, const struct node_info *n)
{
	if (!n->unschedulable)
		return NULL;
	AUTO_JSON json_t *taint = json_pack("{s:s,s:s}", "key", "node.kubernetes.io/unschedulable", "effect", "NoSchedule");
	return tolerated(c, taint) ? NULL : "node(s) were unschedulable";
}

static const char *filter_node_affinity(struct sched_ctx *c, const struct node_info *n)
{
	return node_wanted_by(c->spec, n->name, n->labels) ? NULL : "node(s) didn't match Pod's node affinity/selector";
}

static int64_t score_node_affinity(struct sched_ctx *c, const struct node_info *n)
{
	int64_t sum = 0, max = 0;
	json_t *p;
	size_t i;

	json_array_foreach (json_dot(c->spec, "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution"), i, p) {
		int64_t w = json_int_or(p, "weight", 0);
		max += w;
		if (node_term_matches(json_object_get(p, "preference"), n->name, n->labels))
			sum += w;
	}
	return max ? sum * 100 / max : 0;
}

static const char *filter_resources(struct sched_ctx *c, const struct node_info *n)
{
	const struct resources *r = &c->pod->req;
	const char *name;
	json_t *v;

	if (n->used.pods + 1 > n->alloc.pods)
		return "Too many pods";
	if (r->milli_cpu && r->milli_cpu > n->alloc.milli_cpu - n->used.milli_cpu)
		return "Insufficient cpu";
	if (r->memory && r->memory > n->alloc.memory - n->used.memory)
		return "Insufficient memory";
	if (r->ephemeral && r->ephemeral > n->alloc.ephemeral - n->used.ephemeral)
		return "Insufficient ephemeral-storage";
	json_object_foreach (r->extended, name, v)
		if (json_integer_value(v) > json_integer_value(json_object_get(n->alloc.extended, name)) -
						    json_integer_value(json_object_get(n->used.extended, name))) {
			snprintf(c->reason, sizeof(c->reason), "Insufficient %s", name);
			return c->reason;
		}
	return NULL;
}

static int64_t free_percent(int64_t used, int64_t want, int64_t all)
{
	return all <= 0 || used + want > all ? 0 : (all - used - want) * 100 / all;
}

/* Pods without requests count as a little, so that they spread as well. */
static int64_t score_resources(struct sched_ctx *c, const struct node_info *n)
{
	const struct resources *r = &c->pod->req;
	int64_t cpu = r->milli_cpu ? r->milli_cpu : 100, mem = r->memory ? r->memory : 200 << 20;
	int64_t pods = n->used.pods;

	return (free_percent(n->used.milli_cpu + 10 * pods, cpu, n->alloc.milli_cpu) +
		free_percent(n->used.memory + pods * (1 << 20), mem, n->alloc.memory)) / 2;
}

static const char *filter_ports(struct sched_ctx *c, const struct node_info *n)
{
	LIST_FOREACH (other, &n->pods, struct pod_info, link)
		if (host_ports_clash(c->pod->ports, other->ports))
			return "node(s) didn't have free ports for the requested pod ports";
	return NULL;
}

/* --- topology spread and pod affinity: counts of matching pods by topology value --- */

static bool ns_matches(const struct pod_info *p, const json_t *term, const char *own_ns)
{
	const char *slash = strchr(p->key, '/');
	size_t n = slash ? (size_t)(slash - p->key) : 0, i;
	const json_t *list = json_object_get(term, "namespaces");
	json_t *v;

	if (json_array_size(list) == 0)
		return strlen(own_ns) == n && strncmp(p->key, own_ns, n) == 0;
	json_array_foreach ((json_t *)list, i, v)
		if (json_string_length(v) == n && strncmp(json_string_value(v), p->key, n) == 0)
			return true;
	return false;
}

static int64_t count_on(const struct node_info *n, const struct api_selector *sel, const json_t *term, const char *ns)
{
	int64_t count = 0;

	LIST_FOREACH (p, &n->pods, struct pod_info, link)
		if (ns_matches(p, term, ns) && !obj_deleting(p->pod) &&
		    api_selector_match_labels(sel, json_dot(p->pod, "metadata.labels")))
			count++;
	return count;
}

/* Matching pods in the topology domain of n, and over all domains the smallest count (of nodes the pod may be on). */
static bool domain_counts(struct sched_ctx *c, const struct node_info *n, const json_t *term, const char *key, int64_t *ret_here,
			  int64_t *ret_min, int64_t *ret_all)
{
	const char *value = json_string_value(json_object_get(n->labels, key));
	const char *ns = json_str_or(c->pod->pod, "metadata.namespace", "");
	struct api_selector *sel = NULL;
	struct map_iter it = MAP_ITER_INIT;
	AUTO_JSON json_t *counts = json_object();
	const char *k;
	json_t *v;

	if (!value || api_label_selector_from(&sel, json_object_get(term, "labelSelector"), NULL) < 0)
		return false;
	while (map_next(c->view->nodes, &it)) {
		const struct node_info *m = it.value;
		const char *mv = json_string_value(json_object_get(m->labels, key));
		if (!mv)
			continue;
		int64_t sum = json_integer_value(json_object_get(counts, mv)) + count_on(m, sel, term, ns);
		json_object_set_new(counts, mv, json_integer(sum));
	}
	*ret_here = json_integer_value(json_object_get(counts, value));
	*ret_min = INT64_MAX;
	*ret_all = 0;
	json_object_foreach (counts, k, v) {
		*ret_all += json_integer_value(v);
		*ret_min = json_integer_value(v) < *ret_min ? json_integer_value(v) : *ret_min;
	}
	api_selector_free(sel);
	return true;
}

static bool selects_itself(struct sched_ctx *c, const json_t *term)
{
	struct api_selector *sel = NULL;

	if (api_label_selector_from(&sel, json_object_get(term, "labelSelector"), NULL) < 0)
		return false;
	bool yes = api_selector_match_labels(sel, json_dot(c->pod->pod, "metadata.labels"));
	api_selector_free(sel);
	return yes;
}

static const char *filter_spread(struct sched_ctx *c, const struct node_info *n)
{
	int64_t here, min, all;
	json_t *t;
	size_t i;

	json_array_foreach (json_object_get(c->spec, "topologySpreadConstraints"), i, t) {
		if (!streq(json_str_or(t, "whenUnsatisfiable", ""), "DoNotSchedule"))
			continue;
		if (!domain_counts(c, n, t, json_str_or(t, "topologyKey", ""), &here, &min, &all))
			return "node(s) didn't match pod topology spread constraints (missing required label)";
		if (here + selects_itself(c, t) - min > json_int_or(t, "maxSkew", 1))
			return "node(s) didn't match pod topology spread constraints";
	}
	return NULL;
}

/* Constraints with ScheduleAnyway; without any, the pods of the same owner are kept apart. */
static int64_t score_spread(struct sched_ctx *c, const struct node_info *n)
{
	const json_t *owner = obj_controller_of(c->pod->pod);
	int64_t same = 0, here, min, all, worst = 0;
	json_t *t;
	size_t i;

	json_array_foreach (json_object_get(c->spec, "topologySpreadConstraints"), i, t)
		if (domain_counts(c, n, t, json_str_or(t, "topologyKey", ""), &here, &min, &all))
			worst += here;
	if (i > 0)
		return worst > 100 ? 0 : 100 - worst;
	if (!owner)
		return 0;
	LIST_FOREACH (p, &n->pods, struct pod_info, link)
		same += obj_controlled_by(p->pod, json_str_or(owner, "uid", "")) ? 1 : 0;
	return same >= 20 ? 0 : 100 - 5 * same;
}

static const char *filter_pod_affinity(struct sched_ctx *c, const struct node_info *n)
{
	int64_t here, min, all;
	json_t *t;
	size_t i;

	json_array_foreach (json_dot(c->spec, "affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution"), i, t) {
		if (!domain_counts(c, n, t, json_str_or(t, "topologyKey", ""), &here, &min, &all))
			return "node(s) didn't match pod affinity rules";
		/* The first of a group that wants its own kind beside it may go anywhere. */
		if (here == 0 && !(all == 0 && selects_itself(c, t)))
			return "node(s) didn't match pod affinity rules";
	}
	json_array_foreach (json_dot(c->spec, "affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution"), i, t)
		if (domain_counts(c, n, t, json_str_or(t, "topologyKey", ""), &here, &min, &all) && here > 0)
			return "node(s) didn't match pod anti-affinity rules";
	/* Pods that are there already may not want us in their domain. */
	LIST_FOREACH (p, &c->view->shunning, struct pod_info, shuns) {
		const struct node_info *m = list_empty(&p->link) ? NULL : map_get(c->view->nodes, p->node);
		const char *slash = strchr(p->key, '/');
		AUTO_FREE char *ns = m && slash ? str_ndup(p->key, (size_t)(slash - p->key)) : NULL;
		json_array_foreach (ns ? json_dot(p->pod, REQUIRED_ANTI_AFFINITY) : NULL, i, t) {
			const char *key = json_str_or(t, "topologyKey", "");
			const char *mine = json_string_value(json_object_get(n->labels, key));
			if (mine && streq(mine, json_string_value(json_object_get(m->labels, key))) && ns_matches(c->pod, t, ns) && selects_itself(c, t))
				return "node(s) didn't satisfy existing pods anti-affinity rules";
		}
	}
	return NULL;
}

static int64_t score_pod_affinity(struct sched_ctx *c, const struct node_info *n)
{
	int64_t here, min, all, sum = 0, max = 0;
	json_t *p;
	size_t i;

	json_array_foreach (json_dot(c->spec, "affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution"), i, p) {
		const json_t *t = json_object_get(p, "podAffinityTerm");
		max += json_int_or(p, "weight", 0);
		if (domain_counts(c, n, t, json_str_or(t, "topologyKey", ""), &here, &min, &all) && here > 0)
			sum += json_int_or(p, "weight", 0);
	}
	json_array_foreach (json_dot(c->spec, "affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution"), i, p) {
		const json_t *t = json_object_get(p, "podAffinityTerm");
		max += json_int_or(p, "weight", 0);
		if (!domain_counts(c, n, t, json_str_or(t, "topologyKey", ""), &here, &min, &all) || here == 0)
			sum += json_int_or(p, "weight", 0);
	}
	return max ? sum * 100 / max : 0;
}

const struct sched_plugin sched_plugins[] = {
	{"VolumeBinding", filter_volumes_at_all, NULL, 0, true, SCHED_ON_VOLUME},
	{"NodeUnschedulable", filter_unschedulable, NULL, 0, true, 0},
	{"TaintToleration", filter_taints, score_taints, 3, true, 0},
	{"NodeAffinity", filter_node_affinity, score_node_affinity, 2, true, 0},
	{"NodePorts", filter_ports, NULL, 0, false, 0},
	{"NodeResourcesFit", filter_resources, score_resources, 1, false, 0},
	{"VolumeRestrictions", filter_volume_restrictions, NULL, 0, false, SCHED_ON_VOLUME},
	{"NodeVolumeLimits", filter_volume_limits, NULL, 0, false, SCHED_ON_VOLUME | SCHED_ON_LIMIT},
	{"VolumeBinding", filter_volumes, NULL, 0, true, SCHED_ON_VOLUME | SCHED_ON_CAPACITY},
	{"VolumeZone", filter_volume_zone, NULL, 0, true, SCHED_ON_VOLUME},
	{"PodTopologySpread", filter_spread, score_spread, 2, false, 0},
	{"InterPodAffinity", filter_pod_affinity, score_pod_affinity, 2, false, 0},
};
const size_t sched_n_plugins = ARRAY_LEN(sched_plugins);

static const char *refusal(struct sched_ctx *c, const struct node_info *n, bool *ret_helpless)
{
	for (size_t i = 0; i < sched_n_plugins; i++) {
		const char *why = sched_plugins[i].filter(c, n);
		if (why) {
			c->events |= sched_plugins[i].events;
			if (ret_helpless)
				*ret_helpless = sched_plugins[i].helpless;
			return why;
		}
	}
	return NULL;
}

const char *sched_refusal(struct sched_ctx *c, struct node_info *n, bool *ret_helpless)
{
	struct map_iter it = MAP_ITER_INIT;
	const char *why = NULL;
	bool any = false;

	if (ret_helpless)
		*ret_helpless = false;
	while (c->view->nominated && map_next(c->view->nominated, &it)) {
		struct pod_info *p = it.value;
		if (!streq(p->node, n->name) || p->priority < c->pod->priority || streq(p->key, c->pod->key))
			continue;
		list_add_tail(&n->pods, &p->link);
		resources_add(&n->used, &p->req, 1);
	}
	it = (struct map_iter)MAP_ITER_INIT;
	why = refusal(c, n, ret_helpless);
	while (c->view->nominated && map_next(c->view->nominated, &it)) {
		struct pod_info *p = it.value;
		if (list_empty(&p->link))
			continue;
		list_del(&p->link);
		resources_add(&n->used, &p->req, -1);
		any = true;
	}
	/* Affinity to a pod that is not there yet is not enough. */
	return why || !any ? why : refusal(c, n, ret_helpless);
}

int64_t sched_score(struct sched_ctx *c, const struct node_info *n)
{
	int64_t score = 0;

	for (size_t i = 0; i < sched_n_plugins; i++)
		if (sched_plugins[i].weight)
			score += sched_plugins[i].weight * sched_plugins[i].score(c, n);
	return score;
}
