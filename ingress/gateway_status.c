/* A status that the model made, into an object that has one: what did not change keeps its time, what is others' stays.
 */
#include "api/object.h"
#include "base/map.h"
#include "base/str.h"
#include "ingress/gateway.h"

static const json_t *find_str(const json_t *list, const char *key, const char *value)
{
	const json_t *o;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, o)
		if (streq(json_str(o, key), value))
			return o;
	return NULL;
}

/* Sets lastTransitionTime in ours; foreign types of had are kept when keep is set. */
static int merge_conditions(json_t *ours, const json_t *had, bool keep, const char *now)
{
	const json_t *o;
	json_t *c;
	size_t i;

	json_array_foreach (ours, i, c) {
		const json_t *old = find_str(had, "type", json_str_or(c, "type", ""));
		bool same = old && streq(json_str(old, "status"), json_str(c, "status"));
		const char *since = same ? json_str_or(old, "lastTransitionTime", now) : now;
		if (json_object_set_new(c, "lastTransitionTime", json_string(since)) < 0)
			return -1;
	}
	json_array_foreach ((json_t *)(uintptr_t)had, i, o)
		if (keep && !find_str(ours, "type", json_str_or(o, "type", "")) &&
		    json_array_append(ours, (json_t *)(uintptr_t)o) < 0)
			return -1;
	return 0;
}

static int merge_listeners(json_t *ours, const json_t *had, const char *now)
{
	json_t *l;
	size_t i;

	json_array_foreach (ours, i, l) {
		const json_t *old = find_str(had, "name", json_str_or(l, "name", ""));
		if (merge_conditions(json_object_get(l, "conditions"), json_object_get(old, "conditions"), false, now) <
		    0)
			return -1;
	}
	return 0;
}

static bool is_own(const struct gateway_others *others, const char *address)
{
	for (char *const *a = others->own; *a; a++)
		if (streq(*a, address))
			return true;
	return false;
}

/* Other nodes' entries keep their places, so that nodes do not write one after another for ever. */
static int merge_addresses(json_t *status, const json_t *had, const struct gateway_others *others)
{
	json_t *ours = json_object_get(status, "addresses");
	AUTO_JSON json_t *list = json_array();
	const json_t *o;
	json_t *a;
	size_t i;

	if (!list)
		return -1;
	json_array_foreach ((json_t *)(uintptr_t)had, i, o) {
		const char *value = json_str_or(o, "value", "");
		bool stays =
		    is_own(others, value) ? find_str(ours, "value", value) != NULL : map_has(others->nodes, value);
		if (stays && json_array_append(list, (json_t *)(uintptr_t)o) < 0)
			return -1;
	}
	json_array_foreach (ours, i, a)
		if (!find_str(list, "value", json_str_or(a, "value", "")) && json_array_append(list, a) < 0)
			return -1;
	return json_object_set(status, "addresses", list);
}

static int merge_parents(json_t *status, const json_t *had, const char *now)
{
	json_t *ours = json_object_get(status, "parents");
	AUTO_JSON json_t *list = json_array();
	const json_t *o;
	json_t *p;
	size_t i, k;

	json_array_foreach ((json_t *)(uintptr_t)had, i, o)
		if (!streq(json_str(o, "controllerName"), GATEWAY_CONTROLLER) &&
		    json_array_append(list, (json_t *)(uintptr_t)o) < 0)
			return -1;
	json_array_foreach (ours, i, p) {
		const json_t *old = NULL;
		json_array_foreach ((json_t *)(uintptr_t)had, k, o)
			if (streq(json_str(o, "controllerName"), GATEWAY_CONTROLLER) &&
			    json_equal(json_object_get(o, "parentRef"), json_object_get(p, "parentRef")))
				old = o;
		if (merge_conditions(json_object_get(p, "conditions"), json_object_get(old, "conditions"), false, now) <
			0 ||
		    json_array_append(list, p) < 0)
			return -1;
	}
	return list ? json_object_set(status, "parents", list) : -1;
}

int gateway_status_merge(json_t *o, enum gateway_kind kind, const json_t *status, const struct gateway_others *others,
			 const char *now, struct err *e)
{
	const json_t *had = json_object_get(o, "status");
	AUTO_JSON json_t *to = had ? json_deep_copy(had) : json_object();
	AUTO_JSON json_t *ours = json_deep_copy(status);
	json_t *conditions = json_object_get(ours, "conditions");
	int code = 0;

	if (!to || !ours)
		return err_nomem(e);
	if (conditions)
		code = merge_conditions(conditions, json_object_get(had, "conditions"), true, now);
	if (code == 0 && kind == GATEWAY)
		code = merge_listeners(json_object_get(ours, "listeners"), json_object_get(had, "listeners"), now);
	if (code == 0 && kind == GATEWAY)
		code = merge_addresses(ours, json_object_get(had, "addresses"), others);
	if (code == 0 && kind == GATEWAY_ROUTE)
		code = merge_parents(ours, json_object_get(had, "parents"), now);
	/* Lists that are empty are as good as none. */
	const char *key;
	json_t *v;
	json_object_foreach (ours, key, v)
		if (code == 0 && (json_array_size(v) || json_object_get(to, key)))
			code = json_object_set(to, key, v);
	if (code < 0)
		return err_nomem(e);
	if (had ? json_equal(had, to) : !json_object_size(to))
		return 1;
	return json_object_set(o, "status", to) < 0 ? err_nomem(e) : 0;
}
