/*
 * Resources that are changed while containers run (pods/resize, KEP-1287): what a run has is remembered with it, and where the pod wants
 * something else the cgroups are written, or the container is restarted where its resizePolicy says so.
 */
#include "api/object.h"
#include "api/quantity.h"
#include "base/log.h"
#include "base/str.h"
#include "node/oci.h"
#include "node/pod.h"

#define RETRY_MS 10000

char *ctr_resources_text(const json_t *spec)
{
	const json_t *r = json_object_get(spec, "resources");

	return json_is_object(r) ? json_dumps(r, JSON_COMPACT | JSON_SORT_KEYS) : str_dup("{}");
}

/* Whether the policy of a resource that differs asks for a new start. */
static bool needs_restart(const json_t *spec, const json_t *have)
{
	static const char *const kinds[] = {"limits", "requests"};
	json_t *p;
	size_t i;

	json_array_foreach(json_object_get(spec, "resizePolicy"), i, p)
	{
		const char *name = json_str_or(p, "resourceName", "");
		for (size_t k = 0; k < ARRAY_LEN(kinds) && streq(json_str(p, "restartPolicy"), "RestartContainer"); k++)
			if (!streq(json_string_value(json_object_get(json_object_get(json_object_get(spec, "resources"), kinds[k]), name)),
				   json_string_value(json_object_get(json_object_get(have, kinds[k]), name))))
				return true;
	}
	return false;
}

/* What no shrinking of others could make room for is left as it is. */
static int check_feasible(const struct pod *p, const json_t *spec, struct err *e)
{
	AUTO_JSON json_t *node = node_allocatable(p->node);
	static const char *const names[] = {"cpu", "memory"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *want = json_string_value(json_object_get(json_at(spec, "resources", "requests", NULL), names[i]));
		const char *cap = json_string_value(json_object_get(node, names[i]));
		struct quantity a, b;
		if (want && cap && quantity_parse(want, &a) == 0 && quantity_parse(cap, &b) == 0 && a.nano > b.nano)
			return err_set(e, ERR_FORBIDDEN, "Node didn't have enough capacity: %s, requested: %s, capacity: %s", names[i], want, cap);
	}
	return 0;
}

static int apply(struct pod *p, const struct ctr *c, const json_t *spec, struct err *e)
{
	const struct cgroup_host *h = runtime_cgroups(p->node->rt);
	AUTO_FREE char *pod = str_fmt("%s/pod%s", p->node->cgroup_root, p->uid), *own = str_fmt("%s/%s", pod, c->run.id);
	struct cgroup_limits limits, sum;
	struct cgroup_usage use;
	int r;

	if (!pod || !own)
		return err_nomem(e);
	oci_limits(spec, &limits);
	pod_limits(p, &sum);
	/* The kernel would kill what does not fit. */
	if (limits.memory_bytes > 0 && cgroup_usage(h, own, &use, NULL) == 0 && use.working_set_bytes > (uint64_t)limits.memory_bytes)
		return err_set(e, ERR_UNAVAILABLE, "attempting to set container memory limit (%lld) below current usage (%llu)", (long long)limits.memory_bytes,
			       (unsigned long long)use.working_set_bytes);
	/* Some values of a parent must not be below its children's: it goes first when they grow, and last when they shrink. */
	(void)cgroup_ensure(h, pod, &sum, NULL);
	r = cgroup_ensure(h, own, &limits, e);
	return r < 0 ? r : cgroup_ensure(h, pod, &sum, e);
}

void ctr_resize(struct pod *p, struct ctr *c)
{
	const json_t *spec = ctr_spec(p, c);
	AUTO_FREE char *want = spec ? ctr_resources_text(spec) : NULL;
	AUTO_JSON json_t *have = NULL;
	struct err err = {0};
	int r;

	if (!want || streq(c->run.resources, want))
		return;
	/* A run that an older agent began. */
	if (!c->run.resources || json_parse(c->run.resources, strlen(c->run.resources), &have, NULL) < 0) {
		(void)str_replace(&c->run.resources, want);
		p->save = true;
		return;
	}
	r = check_feasible(p, spec, &err);
	if (r == 0 && needs_restart(spec, have)) {
		AUTO_FREE char *why = str_fmt("Container %s resize requires restart", c->name);
		(void)str_replace(&c->stop_message, why);
		c->stop_probe = PROBE_KINDS;
		return;
	}
	if (r == 0)
		r = apply(p, c, spec, &err);
	if (r == 0) {
		(void)str_replace(&c->run.resources, want);
		free(TAKE_PTR(c->resize_error));
		pod_account(p);
		p->save = true;
		ctr_event(p, c, "Normal", "ResizeCompleted", "Pod resize completed: container %s has %s", c->name, want);
		return;
	}
	if (!streq(c->resize_error, err.msg)) {
		log_warning("node", p->key, "container %s cannot be resized: %s", c->name, err.msg);
		ctr_event(p, c, "Warning", r == ERR_FORBIDDEN ? "ResizeInfeasible" : "ResizeError", "container %s: %s", c->name, err.msg);
		(void)str_replace(&c->resize_error, err.msg);
	}
	pod_wake_in(p, RETRY_MS);
}
