#include "node/admit.h"
#include <errno.h>
#include "api/host_ports.h"
#include "api/node_match.h"
#include "base/str.h"

void admit_node_done(struct admit_node *n)
{
	resources_done(&n->alloc);
	resources_done(&n->used);
	json_decref(n->ports);
	n->ports = NULL;
}

int admit_node_add(struct admit_node *n, const struct resources *req, const json_t *ports)
{
	resources_add(&n->used, req, 1);
	if (!ports)
		return 0;
	if (!n->ports && !(n->ports = json_array()))
		return -ENOMEM;
	return json_array_extend(n->ports, (json_t *)ports) < 0 ? -ENOMEM : 0;
}

static int room(const char *what, int64_t want, int64_t used, int64_t capacity, char **ret_reason, struct err *e)
{
	if (want == 0 || want <= capacity - used)
		return 0;
	*ret_reason = str_fmt("OutOf%s", what);
	return err_set(e, ERR_FORBIDDEN,
		       "Node didn't have enough resource: %s, requested: %lld, used: %lld, capacity: %lld", what,
		       (long long)want, (long long)used, (long long)capacity);
}

static int check_resources(const struct resources *want, const struct admit_node *n, bool critical, char **ret_reason,
			   struct err *e)
{
	const char *name;
	json_t *v;
	int r = room("pods", 1, n->used.pods, n->alloc.pods, ret_reason, e);

	if (r == 0 && !critical)
		r = room("cpu", want->milli_cpu, n->used.milli_cpu, n->alloc.milli_cpu, ret_reason, e);
	if (r == 0 && !critical)
		r = room("memory", want->memory, n->used.memory, n->alloc.memory, ret_reason, e);
	if (r == 0 && !critical)
		r = room("ephemeral-storage", want->ephemeral, n->used.ephemeral, n->alloc.ephemeral, ret_reason, e);
	json_object_foreach (want->extended, name, v) {
		const json_t *has = json_object_get(n->alloc.extended, name);
		if (r == 0 && has)
			r = room(name, json_integer_value(v),
				 json_integer_value(json_object_get(n->used.extended, name)), json_integer_value(has),
				 ret_reason, e);
	}
	return r;
}

static int refuse(const char *predicate, const char *why, char **ret_reason, struct err *e)
{
	*ret_reason = str_dup(predicate);
	return err_set(e, ERR_FORBIDDEN, "Predicate %s failed: %s", predicate, why);
}

int admit_check(const json_t *pod, const struct admit_node *n, bool critical, char **ret_reason, struct err *e)
{
	const json_t *spec = json_object_get(pod, "spec");
	AUTO_JSON json_t *ports = host_ports_of(spec);
	struct resources want;
	int r;

	resources_of_pod(&want, pod);
	r = check_resources(&want, n, critical, ret_reason, e);
	resources_done(&want);
	if (r < 0)
		return r;
	if (!node_wanted_by(spec, n->name, n->labels))
		return refuse("NodeAffinity", "node(s) didn't match Pod's node affinity/selector", ret_reason, e);
	if (host_ports_clash(ports, n->ports))
		return refuse("NodePorts", "node(s) didn't have free ports for the requested pod ports", ret_reason, e);
	if (taint_untolerated(n->taints, json_object_get(spec, "tolerations"), "NoExecute"))
		return refuse("TaintToleration", "node(s) had taints that the pod didn't tolerate", ret_reason, e);
	return 0;
}
