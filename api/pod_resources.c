#include "api/pod_resources.h"
#include <string.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"

static int64_t quantity_of(const json_t *v, bool milli)
{
	struct quantity q;

	if (!json_is_string(v) || quantity_parse(json_string_value(v), &q) < 0)
		return json_is_integer(v) ? json_integer_value(v) * (milli ? 1000 : 1) : 0;
	return milli ? quantity_milli(&q) : quantity_value(&q);
}

static void extended_add(struct resources *r, const char *name, int64_t n)
{
	if (!r->extended)
		r->extended = json_object();
	json_object_set_new(r->extended, name, json_integer(json_integer_value(json_object_get(r->extended, name)) + n));
}

static void add_list(struct resources *r, const json_t *list)
{
	const char *name;
	json_t *v;

	json_object_foreach ((json_t *)list, name, v) {
		if (streq(name, "cpu"))
			r->milli_cpu += quantity_of(v, true);
		else if (streq(name, "memory"))
			r->memory += quantity_of(v, false);
		else if (streq(name, "ephemeral-storage"))
			r->ephemeral += quantity_of(v, false);
		else if (streq(name, "pods"))
			r->pods += quantity_of(v, false);
		else
			extended_add(r, name, quantity_of(v, false));
	}
}

void resources_add(struct resources *r, const struct resources *x, int sign)
{
	const char *name;
	json_t *v;

	r->milli_cpu += sign * x->milli_cpu;
	r->memory += sign * x->memory;
	r->ephemeral += sign * x->ephemeral;
	r->pods += sign * x->pods;
	json_object_foreach (x->extended, name, v)
		extended_add(r, name, sign * json_integer_value(v));
}

static void raise_to(struct resources *r, const struct resources *x)
{
	const char *name;
	json_t *v;

	r->milli_cpu = x->milli_cpu > r->milli_cpu ? x->milli_cpu : r->milli_cpu;
	r->memory = x->memory > r->memory ? x->memory : r->memory;
	r->ephemeral = x->ephemeral > r->ephemeral ? x->ephemeral : r->ephemeral;
	json_object_foreach (x->extended, name, v) {
		int64_t have = json_integer_value(json_object_get(r->extended, name));
		if (json_integer_value(v) > have)
			extended_add(r, name, json_integer_value(v) - have);
	}
}

void resources_done(struct resources *r)
{
	json_decref(r->extended);
	memset(r, 0, sizeof(*r));
}

/* Init containers run one after another, beside the restartable ones started before them. */
int resources_of_pod(struct resources *ret, const json_t *pod)
{
	struct resources init = {0}, sidecars = {0};
	json_t *c;
	size_t i;

	memset(ret, 0, sizeof(*ret));
	json_array_foreach (json_dot(pod, "spec.containers"), i, c)
		add_list(ret, json_dot(c, "resources.requests"));
	json_array_foreach (json_dot(pod, "spec.initContainers"), i, c) {
		struct resources one = {0};
		add_list(&one, json_dot(c, "resources.requests"));
		if (streq(json_str(c, "restartPolicy"), "Always")) {
			resources_add(&sidecars, &one, 1);
			raise_to(&init, &sidecars);
		} else {
			resources_add(&one, &sidecars, 1);
			raise_to(&init, &one);
		}
		resources_done(&one);
	}
	resources_add(ret, &sidecars, 1);
	raise_to(ret, &init);
	add_list(ret, json_dot(pod, "spec.overhead"));
	ret->pods = 1;
	resources_done(&init);
	resources_done(&sidecars);
	return 0;
}

int resources_of_node(struct resources *ret, const json_t *node)
{
	memset(ret, 0, sizeof(*ret));
	add_list(ret, json_dot(node, "status.allocatable"));
	return 0;
}
