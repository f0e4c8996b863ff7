#include "node/admit.h"
#include <errno.h>
#include "api/host_ports.h"
#include "api/node_match.h"
#include "base/buf.h"
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

static int check_resources(const struct resources *want, const struct admit_node *n, char **ret_reason, struct err *e)
{
	const char *name;
	json_t *v;
	int r = room("pods", 1, n->used.pods, n->alloc.pods, ret_reason, e);

	if (r == 0)
		r = room("cpu", want->milli_cpu, n->used.milli_cpu, n->alloc.milli_cpu, ret_reason, e);
	if (r == 0)
		r = room("memory", want->memory, n->used.memory, n->alloc.memory, ret_reason, e);
	if (r == 0)
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

int admit_check_others(const json_t *pod, const struct admit_node *n, char **ret_reason, struct err *e)
{
	const json_t *spec = json_object_get(pod, "spec");
	AUTO_JSON json_t *ports = host_ports_of(spec);

	if (!node_wanted_by(spec, n->name, n->labels))
		return refuse("NodeAffinity", "node(s) didn't match Pod's node affinity/selector", ret_reason, e);
	if (host_ports_clash(ports, n->ports))
		return refuse("NodePorts", "node(s) didn't have free ports for the requested pod ports", ret_reason, e);
	if (taint_untolerated(n->taints, json_object_get(spec, "tolerations"), "NoExecute"))
		return refuse("TaintToleration", "node(s) had taints that the pod didn't tolerate", ret_reason, e);
	return 0;
}

int admit_check(const json_t *pod, const struct admit_node *n, char **ret_reason, struct err *e)
{
	struct resources want;
	int r;

	resources_of_pod(&want, pod);
	r = check_resources(&want, n, ret_reason, e);
	resources_done(&want);
	return r < 0 ? r : admit_check_others(pod, n, ret_reason, e);
}

/* --- room for a critical pod --- */

void admit_needs_done(struct admit_needs *needs)
{
	for (size_t i = 0; i < needs->n; i++)
		free(needs->v[i].what);
	free(needs->v);
	*needs = (struct admit_needs){0};
}

static int need(struct admit_needs *needs, const char *what, int64_t want, int64_t used, int64_t capacity)
{
	struct admit_need *v;

	if (want == 0 || want <= capacity - used)
		return 0;
	v = reallocarray(needs->v, needs->n + 1, sizeof(*v));
	if (!v)
		return -ENOMEM;
	needs->v = v;
	v[needs->n] = (struct admit_need){str_dup(what), want - (capacity - used)};
	return v[needs->n].what ? (needs->n++, 0) : -ENOMEM;
}

int admit_missing(const json_t *pod, const struct admit_node *n, struct admit_needs *ret)
{
	struct admit_needs needs = {0};
	struct resources want;
	const char *name;
	json_t *v;
	int r;

	resources_of_pod(&want, pod);
	r = need(&needs, "pods", 1, n->used.pods, n->alloc.pods);
	if (r == 0)
		r = need(&needs, "cpu", want.milli_cpu, n->used.milli_cpu, n->alloc.milli_cpu);
	if (r == 0)
		r = need(&needs, "memory", want.memory, n->used.memory, n->alloc.memory);
	if (r == 0)
		r = need(&needs, "ephemeral-storage", want.ephemeral, n->used.ephemeral, n->alloc.ephemeral);
	json_object_foreach (want.extended, name, v) {
		const json_t *has = json_object_get(n->alloc.extended, name);
		if (r == 0 && has)
			r = need(&needs, name, json_integer_value(v),
				 json_integer_value(json_object_get(n->used.extended, name)), json_integer_value(has));
	}
	resources_done(&want);
	if (r < 0) {
		admit_needs_done(&needs);
		return r;
	}
	*ret = needs;
	return 0;
}

static int64_t request(const struct resources *r, const char *what)
{
	return streq(what, "pods")                ? 1
	       : streq(what, "cpu")               ? r->milli_cpu
	       : streq(what, "memory")            ? r->memory
	       : streq(what, "ephemeral-storage") ? r->ephemeral
						  : json_integer_value(json_object_get(r->extended, what));
}

void admit_needs_give(struct admit_needs *needs, const struct resources *req)
{
	size_t left = 0;

	for (size_t i = 0; i < needs->n; i++) {
		struct admit_need one = needs->v[i];

		one.quantity -= request(req, one.what);
		if (one.quantity > 0)
			needs->v[left++] = one;
		else
			free(one.what);
	}
	needs->n = left;
}

static int needs_copy(struct admit_needs *ret, const struct admit_needs *from)
{
	*ret = (struct admit_needs){.v = calloc(from->n + 1, sizeof(*ret->v))};
	if (!ret->v)
		return -ENOMEM;
	for (; ret->n < from->n; ret->n++) {
		ret->v[ret->n] = (struct admit_need){str_dup(from->v[ret->n].what), from->v[ret->n].quantity};
		if (!ret->v[ret->n].what)
			return -ENOMEM;
	}
	return 0;
}

/* What would be missing still, each as a part of what is missing now, squared: no resource counts for more than
 * another. */
static double distance(const struct admit_needs *needs, const struct resources *req)
{
	double sum = 0;

	for (size_t i = 0; i < needs->n; i++) {
		double part =
		    (double)(needs->v[i].quantity - request(req, needs->v[i].what)) / (double)needs->v[i].quantity;

		sum += part > 0 ? part * part : 0;
	}
	return sum;
}

static bool smaller(const struct resources *a, const struct resources *b)
{
	return a->memory != b->memory ? a->memory < b->memory : a->milli_cpu <= b->milli_cpu;
}

/* Of one class, for what those of other classes (a bit each; of this round's choice, or all) do not give. 0, -ENOMEM.
 */
static int choose_of(const struct admit_needs *all, struct admit_victim *v, size_t n, enum admit_qos qos,
		     unsigned give_all, unsigned give_chosen)
{
	CLEANUP(admit_needs_done) struct admit_needs needs = {0};

	if (needs_copy(&needs, all) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		if ((give_all >> v[i].qos & 1) || ((give_chosen >> v[i].qos & 1) && v[i].chosen))
			admit_needs_give(&needs, v[i].req);
	while (needs.n > 0) {
		struct admit_victim *best = NULL;
		double least = 0;

		for (size_t i = 0; i < n; i++) {
			double d;

			if (v[i].qos != qos || v[i].chosen)
				continue;
			d = distance(&needs, v[i].req);
			if (!best || d < least || (!(d > least) && smaller(v[i].req, best->req))) {
				best = &v[i];
				least = d;
			}
		}
		if (!best) /* admit_choose has seen that all together are enough */
			return ERR_INTERNAL;
		best->chosen = true;
		admit_needs_give(&needs, best->req);
	}
	return 0;
}

int admit_choose(const struct admit_needs *needs, struct admit_victim *v, size_t n, struct err *e)
{
	CLEANUP(admit_needs_done) struct admit_needs left = {0};
	AUTO_BUF struct buf text = {0};
	int r = needs_copy(&left, needs);

	if (r < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		v[i].chosen = false;
		admit_needs_give(&left, v[i].req);
	}
	for (size_t i = 0; i < left.n; i++)
		buf_addf(&text, "(res: %s, q: %lld), ", left.v[i].what, (long long)left.v[i].quantity);
	if (left.n > 0)
		return err_set(e, ERR_NOT_FOUND, "no set of running pods found to reclaim resources: [%s]",
			       text.data ? text.data : "");
	r = choose_of(needs, v, n, ADMIT_GUARANTEED, 1 << ADMIT_BURSTABLE | 1 << ADMIT_BEST_EFFORT, 0);
	if (r == 0)
		r = choose_of(needs, v, n, ADMIT_BURSTABLE, 1 << ADMIT_BEST_EFFORT, 1 << ADMIT_GUARANTEED);
	if (r == 0)
		r = choose_of(needs, v, n, ADMIT_BEST_EFFORT, 0, 1 << ADMIT_BURSTABLE | 1 << ADMIT_GUARANTEED);
	return r < 0 ? err_set(e, r, "choosing the pods that make room: %s", err_name(r)) : 0;
}
