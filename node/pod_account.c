/*
 * What the pods of this node ask for together, so that none is taken on that the node has no room for, whoever bound it. Requests as the
 * scheduler counts them: of the containers that run together, or of an init container beside the sidecars before it if that is more.
 */
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"
#include "node/pod.h"

static int64_t request_of(const json_t *container, const char *name, bool milli)
{
	const char *s = json_string_value(json_object_get(json_at(container, "resources", "requests", NULL), name));
	struct quantity q;

	if (!s || quantity_parse(s, &q) < 0)
		return 0;
	return milli ? quantity_milli(&q) : quantity_value(&q);
}

int64_t pod_request(const json_t *pod, const char *name, bool milli)
{
	int64_t sum = 0, sidecars = 0, peak = 0;
	const char *overhead = json_string_value(json_object_get(json_at(pod, "spec", "overhead", NULL), name));
	struct quantity q;
	json_t *c;
	size_t i;

	json_array_foreach(json_at(pod, "spec", "initContainers", NULL), i, c)
	{
		int64_t one = request_of(c, name, milli) + sidecars;
		if (streq(json_str(c, "restartPolicy"), "Always"))
			sidecars = one;
		peak = one > peak ? one : peak;
	}
	json_array_foreach(json_at(pod, "spec", "containers", NULL), i, c) sum += request_of(c, name, milli);
	sum += sidecars;
	sum = peak > sum ? peak : sum;
	if (overhead && quantity_parse(overhead, &q) == 0)
		sum += milli ? quantity_milli(&q) : quantity_value(&q);
	return sum;
}

void pod_account(struct pod *p)
{
	int64_t cpu = pod_request(p->spec, "cpu", true), memory = pod_request(p->spec, "memory", false);

	pthread_mutex_lock(&p->node->account_lock);
	p->counted = true;
	p->cpu_milli = cpu;
	p->memory_bytes = memory;
	pthread_mutex_unlock(&p->node->account_lock);
}

void pod_unaccount(struct pod *p)
{
	pthread_mutex_lock(&p->node->account_lock);
	p->counted = false;
	pthread_mutex_unlock(&p->node->account_lock);
}

static int fits(const char *what, int64_t want, int64_t used, int64_t capacity, char **ret_reason, struct err *e)
{
	if (want == 0 || used + want <= capacity)
		return 0;
	*ret_reason = str_fmt("OutOf%s", what);
	return err_set(e, ERR_FORBIDDEN, "Pod was rejected: Node didn't have enough resource: %s, requested: %lld, used: %lld, capacity: %lld", what, (long long)want,
		       (long long)used, (long long)capacity);
}

int pod_admit_resources(struct pod *p, char **ret_reason, struct err *e)
{
	struct node *n = p->node;
	AUTO_JSON json_t *node = node_allocatable(n);
	const char *cpu = json_string_value(json_object_get(node, "cpu")), *memory = json_string_value(json_object_get(node, "memory"));
	int64_t want_cpu = pod_request(p->spec, "cpu", true), want_memory = pod_request(p->spec, "memory", false), used_cpu = 0, used_memory = 0, used = 0;
	struct map_iter it = MAP_ITER_INIT;
	struct quantity q;
	int r;

	pthread_rwlock_rdlock(&n->pods_lock);
	pthread_mutex_lock(&n->account_lock);
	while (map_next(n->pods, &it)) {
		const struct pod *o = it.value;
		if (o == p || !o->counted)
			continue;
		used++;
		used_cpu += o->cpu_milli;
		used_memory += o->memory_bytes;
	}
	r = fits("pods", 1, used, n->max_pods, ret_reason, e);
	/* The cluster's own most important pods are let in: kubelet would put others out for them. */
	bool critical = json_int_or(p->spec, "spec.priority", 0) >= 2000000000;
	if (r == 0 && !critical && cpu && quantity_parse(cpu, &q) == 0)
		r = fits("cpu", want_cpu, used_cpu, quantity_milli(&q), ret_reason, e);
	if (r == 0 && !critical && memory && quantity_parse(memory, &q) == 0)
		r = fits("memory", want_memory, used_memory, quantity_value(&q), ret_reason, e);
	if (r == 0) {
		p->counted = true;
		p->cpu_milli = want_cpu;
		p->memory_bytes = want_memory;
	}
	pthread_mutex_unlock(&n->account_lock);
	pthread_rwlock_unlock(&n->pods_lock);
	return r;
}
