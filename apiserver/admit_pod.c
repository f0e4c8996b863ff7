/* What admission fills into pods: priority, default tolerations, what their runtime class says. */
#include "api/object.h"
#include "apiserver/auth_internal.h"

/* --- Priority (KEP scheduling: pod priority and preemption) --- */

#define PC "scheduling.k8s.io", "priorityclasses"

static int default_class(struct admit *c, json_t **ret)
{
	struct auth_list l = {0};
	json_t *best = NULL;
	int r = auth_list(c->au, c->block, PC, NULL, NULL, NULL, &l);

	if (r)
		return r;
	for (size_t i = 0; i < l.n; i++) {
		AUTO_JSON json_t *o = NULL;

		if (json_parse_bytes(l.items[i].value, &o, NULL) || !json_is_true(json_object_get(o, "globalDefault")))
			continue;
		/* Two of them can only come about by a race: the humbler one counts. */
		if (!best || json_int_or(o, "value", 0) < json_int_or(best, "value", 0)) {
			json_decref(best);
			best = TAKE_PTR(o);
		}
	}
	auth_list_done(&l);
	*ret = best;
	return 0;
}

int admit_priority(struct admit *c, struct err *e)
{
	json_t *spec = json_object_get(c->adm->obj, "spec"), *have;
	AUTO_JSON json_t *pc = NULL;
	const char *name = json_str_or(spec, "priorityClassName", ""), *preempt;
	int64_t value;
	int r;

	if (!c->main || !json_is_object(spec))
		return 0;
	if (*name) {
		r = auth_get_json(c->au, c->block, PC, NULL, name, &pc, NULL);
		if (r == ERR_NOT_FOUND)
			return admit_deny(c, e, "no PriorityClass with name %s was found", name);
	} else {
		r = default_class(c, &pc);
	}
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, r, "reading priority classes: %s", err_name(r));
	value = json_int_or(pc, "value", 0);
	preempt = json_str_or(pc, "preemptionPolicy", "PreemptLowerPriority");
	have = json_object_get(spec, "priority");
	if (json_is_integer(have) && json_integer_value(have) != value)
		return admit_deny(c, e,
				  "the integer value of priority (%lld) must not be provided in pod spec; priority admission controller computed %lld from the "
				  "given PriorityClass name",
				  (long long)json_integer_value(have), (long long)value);
	have = json_object_get(spec, "preemptionPolicy");
	if (json_is_string(have) && !streq(json_string_value(have), preempt))
		return admit_deny(c, e,
				  "the string value of PreemptionPolicy (%s) must not be provided in pod spec; priority admission controller computed %s from the "
				  "given PriorityClass name",
				  json_string_value(have), preempt);
	if ((pc && json_object_set_new(spec, "priorityClassName", json_string(obj_name(pc)))) || json_object_set_new(spec, "priority", json_integer(value)) ||
	    json_object_set_new(spec, "preemptionPolicy", json_string(preempt)))
		return err_nomem(e);
	return 0;
}

int admit_priority_class(struct admit *c, struct err *e)
{
	AUTO_JSON json_t *pc = NULL;
	int r;

	if (!json_is_true(json_object_get(c->adm->obj, "globalDefault")))
		return 0;
	r = default_class(c, &pc);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, r, "reading priority classes: %s", err_name(r));
	if (pc && !streq(obj_name(pc), c->adm->name))
		return admit_deny(c, e, "PriorityClass %s is already marked as default. Only one default can exist", obj_name(pc));
	return 0;
}

/* --- DefaultTolerationSeconds --- */

static bool tolerates(const json_t *list, const char *key)
{
	const json_t *t;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, t) {
		const char *k = json_str_or(t, "key", ""), *effect = json_str_or(t, "effect", "");

		if ((!*k || streq(k, key)) && (!*effect || streq(effect, "NoExecute")))
			return true;
	}
	return false;
}

int admit_tolerations(struct admit *c, struct err *e)
{
	static const char *const keys[] = {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"};
	json_t *spec = json_object_get(c->adm->obj, "spec");

	if (!c->main || !json_is_object(spec))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (!tolerates(json_object_get(spec, "tolerations"), keys[i]) &&
		    json_dot_append(spec, "tolerations",
				    json_pack("{s:s,s:s,s:s,s:i}", "key", keys[i], "operator", "Exists", "effect", "NoExecute", "tolerationSeconds", 300)))
			return err_nomem(e);
	return 0;
}

/* --- RuntimeClass: overhead and scheduling --- */

static bool names_resources(const json_t *overhead)
{
	const char *k;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)overhead, k, v)
		if (!strchr(k, '/') && !str_has_prefix(k, "hugepages-") && !streq(k, "cpu") && !streq(k, "memory") && !streq(k, "ephemeral-storage"))
			return false;
	return true;
}

int admit_runtime_class(struct admit *c, struct err *e)
{
	json_t *spec = json_object_get(c->adm->obj, "spec"), *overhead, *want, *v, *t;
	const char *name = json_str_or(spec, "runtimeClassName", ""), *k;
	AUTO_JSON json_t *rc = NULL;
	size_t i;
	int r;

	if (!c->main || !json_is_object(spec))
		return 0;
	overhead = json_object_get(spec, "overhead");
	if (!*name) {
		/* What names no resource is told by validation, which comes first in Kubernetes. */
		if (json_object_size(overhead) && names_resources(overhead))
			return admit_deny(c, e, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
		return 0;
	}
	r = auth_get_json(c->au, c->block, "node.k8s.io", "runtimeclasses", NULL, name, &rc, NULL);
	if (r == ERR_NOT_FOUND)
		return admit_deny(c, e, "pod rejected: RuntimeClass \"%s\" not found", name);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, r, "reading RuntimeClass %s: %s", name, err_name(r));
	want = json_dot(rc, "overhead.podFixed");
	if (json_object_size(overhead) && !json_equal(overhead, want))
		return admit_deny(c, e, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
	if (json_object_size(want) && (!(v = json_deep_copy(want)) || json_object_set_new(spec, "overhead", v)))
		return err_nomem(e);
	json_object_foreach(json_dot(rc, "scheduling.nodeSelector"), k, v) {
		json_t *mine = json_at(spec, "nodeSelector", k, NULL), *sel;

		if (mine && !json_equal(mine, v))
			return admit_deny(c, e, "conflict: runtimeClass.scheduling.nodeSelector[%s] = %s; pod.spec.nodeSelector[%s] = %s", k,
					  json_string_value(v), k, json_string_value(mine));
		sel = json_object_get(spec, "nodeSelector");
		if (!json_is_object(sel)) {
			if (json_object_set_new(spec, "nodeSelector", json_object()))
				return err_nomem(e);
			sel = json_object_get(spec, "nodeSelector");
		}
		if (json_object_set(sel, k, v))
			return err_nomem(e);
	}
	json_array_foreach(json_dot(rc, "scheduling.tolerations"), i, t) {
		bool there = false;

		/* It may be run again after webhooks. */
		for (size_t n = 0; n < json_array_size(json_object_get(spec, "tolerations")); n++)
			there |= json_equal(json_array_get(json_object_get(spec, "tolerations"), n), t);
		if (!there && json_dot_append(spec, "tolerations", json_deep_copy(t)))
			return err_nomem(e);
	}
	return 0;
}
