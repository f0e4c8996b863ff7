#include "controllers/daemon_plan.h"
#include <errno.h>
#include "api/node_match.h"

static bool same_toleration(const json_t *a, const char *key, const char *effect)
{
	return streq(json_str(a, "key"), key) && streq(json_str(a, "effect"), effect) && streq(json_str(a, "operator"), "Exists");
}

int daemon_add_tolerations(json_t *pod)
{
	static const char *const all[][2] = {{"not-ready", "NoExecute"},	{"unreachable", "NoExecute"},	{"disk-pressure", "NoSchedule"},
					     {"memory-pressure", "NoSchedule"}, {"pid-pressure", "NoSchedule"}, {"unschedulable", "NoSchedule"},
					     {"network-unavailable", "NoSchedule"}};
	size_t n = ARRAY_LEN(all) - (json_bool_or(pod, "spec.hostNetwork", false) ? 0 : 1), k;
	json_t *t;

	for (size_t i = 0; i < n; i++) {
		AUTO_FREE char *key = str_fmt("node.kubernetes.io/%s", all[i][0]);
		bool have = false;
		if (!key)
			return -ENOMEM;
		json_array_foreach (json_dot(pod, "spec.tolerations"), k, t)
			have = have || same_toleration(t, key, all[i][1]);
		if (!have &&
		    json_dot_append(pod, "spec.tolerations", json_pack("{s:s,s:s,s:s}", "key", key, "operator", "Exists", "effect", all[i][1])) < 0)
			return -ENOMEM;
	}
	return 0;
}

int daemon_bind(json_t *pod, const char *node)
{
	return json_dot_set(pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms",
			    json_pack("[{s:[{s:s,s:s,s:[s]}]}]", "matchFields", "key", "metadata.name", "operator", "In", "values", node));
}

const char *daemon_node_of(const json_t *pod)
{
	const char *node = json_str_or(pod, "spec.nodeName", "");
	json_t *term, *f;
	size_t i, k;

	if (*node)
		return node;
	json_array_foreach (json_dot(pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"), i, term)
		json_array_foreach (json_object_get(term, "matchFields"), k, f)
			if (streq(json_str(f, "key"), "metadata.name") && streq(json_str(f, "operator"), "In") &&
			    json_array_size(json_object_get(f, "values")) == 1)
				return json_str_or(f, "values[0]", "");
	return "";
}

static bool selected(const json_t *pod, const json_t *node)
{
	const json_t *labels = json_dot(node, "metadata.labels"),
		     *required = json_dot(pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution");
	const char *k, *only = json_str_or(pod, "spec.nodeName", "");
	json_t *v;

	if (*only && !streq(only, obj_name(node)))
		return false;
	json_object_foreach (json_dot(pod, "spec.nodeSelector"), k, v)
		if (!json_equal(json_object_get(labels, k), v))
			return false;
	return !required || node_selector_matches(required, obj_name(node), labels);
}

void daemon_fits(const json_t *pod, const json_t *node, bool *ret_run, bool *ret_keep)
{
	const json_t *tolerations = json_dot(pod, "spec.tolerations");
	json_t *taint;
	size_t i;

	*ret_run = *ret_keep = selected(pod, node);
	json_array_foreach (json_dot(node, "spec.taints"), i, taint) {
		const char *effect = json_str_or(taint, "effect", "");
		if (streq(effect, "PreferNoSchedule") || toleration_of(tolerations, taint))
			continue;
		*ret_run = false;
		if (streq(effect, "NoExecute"))
			*ret_keep = false;
	}
}

/* Those with a node first, then by age. */
static int by_age(const void *a, const void *b)
{
	const json_t *x = *(const json_t *const *)a, *y = *(const json_t *const *)b;
	bool bx = *json_str_or(x, "spec.nodeName", ""), by = *json_str_or(y, "spec.nodeName", "");

	if (bx != by)
		return bx ? -1 : 1;
	int r = strcmp(json_str_or(x, "metadata.creationTimestamp", ""), json_str_or(y, "metadata.creationTimestamp", ""));
	return r ? r : strcmp(obj_name(x), obj_name(y));
}

void daemon_sort(struct daemon_node *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].n)
			qsort(v[i].pods, v[i].n, sizeof(*v[i].pods), by_age);
}

bool daemon_updated(const json_t *pod, const char *hash) { return streq(obj_label(pod, "controller-revision-hash"), hash); }

static bool available(const json_t *pod, const struct daemon_roll *r) { return pod_available(pod, r->min_ready, r->now); }

/* With surge a node may have one old and one new pod for a while. */
static void manage_surge(const struct daemon_node *d, const struct daemon_roll *r, struct daemon_plan *p)
{
	const json_t *fresh = NULL, *old = NULL;

	for (size_t i = 0; i < d->n; i++) {
		const json_t *pod = d->pods[i], **slot = daemon_updated(pod, r->hash) ? &fresh : &old;
		if (!pod_active(pod))
			continue;
		if (!*slot)
			*slot = pod;
		else
			p->gone[p->n_gone++] = pod;
	}
	if (fresh && old && (!pod_ready(old) || available(fresh, r)))
		p->gone[p->n_gone++] = old;
}

void daemon_manage(const struct daemon_node *v, size_t n, const struct daemon_roll *r, struct daemon_plan *p)
{
	for (size_t i = 0; i < n; i++) {
		const struct daemon_node *d = &v[i];
		size_t running = 0;
		if (d->run && d->n == 0)
			p->fresh[p->n_fresh++] = d->name;
		for (size_t k = 0; k < d->n; k++) {
			const json_t *pod = d->pods[k];
			if (obj_deleting(pod))
				continue;
			if (!d->keep)
				p->gone[p->n_gone++] = pod;
			else if (pod_terminal(pod))
				p->failed[p->n_failed++] = pod;
			else if (running++ > 0 && !r->surge)
				p->gone[p->n_gone++] = pod; /* the oldest stays */
		}
		if (d->keep && r->surge && running > 1)
			manage_surge(d, r, p);
	}
}

/* The node's old and new pod; false when there are several of a kind, which daemon_manage puts right. */
static bool old_and_new(const struct daemon_node *d, const struct daemon_roll *r, const json_t **old, const json_t **fresh)
{
	*old = *fresh = NULL;
	for (size_t i = 0; i < d->n; i++) {
		const json_t **slot = daemon_updated(d->pods[i], r->hash) ? fresh : old;
		if (obj_deleting(d->pods[i]))
			continue;
		if (*slot)
			return false;
		*slot = d->pods[i];
	}
	return true;
}

static void update_in_place(const struct daemon_node *v, size_t n, const struct daemon_roll *r, struct daemon_plan *p)
{
	int64_t unavailable = 0;
	const json_t *old, *fresh;

	for (size_t i = 0; i < n; i++) {
		if (v[i].n == 0 && !v[i].run)
			continue;
		if (!old_and_new(&v[i], r, &old, &fresh) || !old == !fresh || (fresh && !available(fresh, r)))
			unavailable++; /* a pod is missing or about to change there */
		else if (old && !available(old, r)) {
			unavailable++;
			p->gone[p->n_gone++] = old; /* it serves nobody: nothing is lost */
		}
	}
	for (size_t i = 0; i < n && unavailable < r->max_unavailable; i++)
		if (old_and_new(&v[i], r, &old, &fresh) && old && !fresh && available(old, r)) {
			p->gone[p->n_gone++] = old;
			unavailable++;
		}
}

static void update_by_surge(const struct daemon_node *v, size_t n, const struct daemon_roll *r, struct daemon_plan *p)
{
	int64_t surging = 0;
	const json_t *old, *fresh;

	for (size_t i = 0; i < n; i++) {
		if (!old_and_new(&v[i], r, &old, &fresh))
			surging++;
		else if (old && fresh && !available(fresh, r))
			surging++;
		else if (old && fresh)
			p->gone[p->n_gone++] = old;
		else if (old && !available(old, r) && v[i].run)
			p->fresh[p->n_fresh++] = v[i].name;
	}
	for (size_t i = 0; i < n && surging < r->max_surge; i++)
		if (v[i].run && old_and_new(&v[i], r, &old, &fresh) && old && !fresh && available(old, r)) {
			p->fresh[p->n_fresh++] = v[i].name;
			surging++;
		}
}

void daemon_update(const struct daemon_node *v, size_t n, const struct daemon_roll *r, struct daemon_plan *p)
{
	if (r->surge)
		update_by_surge(v, n, r, p);
	else
		update_in_place(v, n, r, p);
}

void daemon_count(const struct daemon_node *v, size_t n, const struct daemon_roll *r, struct daemon_counts *ret)
{
	*ret = (struct daemon_counts){0};
	for (size_t i = 0; i < n; i++) {
		if (!v[i].run) {
			ret->misscheduled += v[i].n > 0;
			continue;
		}
		ret->desired++;
		if (v[i].n == 0)
			continue;
		ret->current++;
		ret->ready += pod_ready(v[i].pods[0]);
		ret->available += available(v[i].pods[0], r);
		ret->updated += daemon_updated(v[i].pods[0], r->hash);
	}
}
