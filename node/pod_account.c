/* What the pods of this node ask for together, so that none is taken on that the node has no room for, whoever bound it. */
#include "api/object.h"
#include "api/pod_resources.h"
#include "api/quantity.h"
#include "base/str.h"
#include "node/pod.h"

void pod_account(struct pod *p)
{
	struct resources want;

	resources_of_pod(&want, p->spec);
	pthread_mutex_lock(&p->node->account_lock);
	p->counted = true;
	p->cpu_milli = want.milli_cpu;
	p->memory_bytes = want.memory;
	pthread_mutex_unlock(&p->node->account_lock);
	resources_done(&want);
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
	int64_t used_cpu = 0, used_memory = 0, used = 0;
	struct resources want;
	struct map_iter it = MAP_ITER_INIT;
	struct quantity q;
	int r;

	resources_of_pod(&want, p->spec);
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
		r = fits("cpu", want.milli_cpu, used_cpu, quantity_milli(&q), ret_reason, e);
	if (r == 0 && !critical && memory && quantity_parse(memory, &q) == 0)
		r = fits("memory", want.memory, used_memory, quantity_value(&q), ret_reason, e);
	if (r == 0) {
		p->counted = true;
		p->cpu_milli = want.milli_cpu;
		p->memory_bytes = want.memory;
	}
	pthread_mutex_unlock(&n->account_lock);
	pthread_rwlock_unlock(&n->pods_lock);
	resources_done(&want);
	return r;
}
