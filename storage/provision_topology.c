#include <errno.h>
#include <stdlib.h>
#include "storage/provision.h"
#include "api/object.h"
#include "base/str.h"

/*
 * Where a volume is to be reachable from, as external-provisioner tells a driver (--strict-topology=false, --immediate-topology=true): requisite is what the class
 * allows, or all there is; preferred the same beginning with the place of the node that was chosen.
 */

#define TERMS_MAX 4096 /* of a class: products grow fast */

static const json_t *driver_of(const json_t *csinode, const char *driver)
{
	const json_t *d;
	size_t i;

	json_array_foreach (json_dot(csinode, "spec.drivers"), i, d)
		if (streq(json_str(d, "name"), driver))
			return d;
	return NULL;
}

/* {KEY: VALUE} of a node, in order of keys; NULL when a label is missing (*ret_missing names it) or without memory. */
static json_t *segment(const json_t *node, const json_t *keys, const char **ret_missing)
{
	AUTO_JSON json_t *s = json_object();
	const json_t *k;
	size_t i;

	json_array_foreach (keys, i, k) {
		const char *v = obj_label(node, json_string_value(k));
		if (!v) {
			*ret_missing = json_string_value(k);
			return NULL;
		}
		if (json_object_set_new(s, json_string_value(k), json_string(v)) < 0)
			return NULL;
	}
	return TAKE_PTR(s);
}

static bool within(const json_t *part, const json_t *whole)
{
	const char *k;
	json_t *v;

	json_object_foreach ((json_t *)part, k, v)
		if (!json_equal(v, json_object_get(whole, k)))
			return false;
	return true;
}

static int add_once(json_t *list, const json_t *s)
{
	const json_t *have;
	size_t i;

	json_array_foreach (list, i, have)
		if (json_equal(have, s))
			return 0;
	return json_array_size(list) >= TERMS_MAX ? -E2BIG : json_array_append(list, (json_t *)s);
}

/* A term's values multiplied out, over the first n rules. */
static int multiply(json_t *out, const json_t *rules, size_t n, json_t *so_far)
{
	const json_t *v;
	size_t i;
	int r = 0;

	if (n == json_array_size(rules))
		return add_once(out, so_far);
	const json_t *rule = json_array_get(rules, n);
	json_array_foreach (json_object_get(rule, "values"), i, v) {
		AUTO_JSON json_t *next = json_copy(so_far);
		if (!next || json_object_set(next, json_str_or(rule, "key", ""), (json_t *)v) < 0)
			return -ENOMEM;
		if ((r = multiply(out, rules, n + 1, next)) < 0)
			return r;
	}
	return 0;
}

static int allowed_by(const json_t *sc, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *out = json_array();
	const json_t *term;
	size_t i;
	int r = out ? 0 : -ENOMEM;

	json_array_foreach (json_object_get(sc, "allowedTopologies"), i, term) {
		AUTO_JSON json_t *empty = json_object();
		if (r == 0 && json_array_size(json_object_get(term, "matchLabelExpressions")))
			r = empty ? multiply(out, json_object_get(term, "matchLabelExpressions"), 0, empty) : -ENOMEM;
	}
	if (r < 0)
		return r == -E2BIG ? err_set(e, ERR_INVALID, "the class's allowedTopologies make more than %d places", TERMS_MAX) : err_nomem(e);
	*ret = TAKE_PTR(out);
	return 0;
}

/* All places that nodes with this driver have. */
static int aggregate(struct storage *s, const char *driver, const json_t *keys, json_t *out, struct err *e)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	int r = 0;

	if (informer_list(s->csinodes, NULL, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n && r == 0; i++) {
		AUTO_JSON json_t *csinode = informer_object_json(v[i]);
		const json_t *d = driver_of(csinode, driver), *have = json_object_get(d, "topologyKeys");
		AUTO_OBJECT struct informer_object *no = d ? informer_get(s->nodes, NULL, v[i]->name) : NULL;
		AUTO_JSON json_t *node = informer_object_json(no);
		const char *missing = NULL;
		if (!node || !json_array_size(have) || (keys && !json_equal(keys, have)))
			continue;
		AUTO_JSON json_t *place = segment(node, have, &missing);
		if (place)
			r = add_once(out, place);
	}
	informer_list_free(v, n);
	return r < 0 ? err_set(e, r == -E2BIG ? ERR_TOO_LARGE : r, "the places of driver %s: %s", driver, err_name(r)) : 0;
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* In an order that does not depend on the order of nodes, so that a repeated call says the same. */
static int sort(json_t *list)
{
	size_t n = json_array_size(list), made = 0;
	char **text = calloc(n + 1, sizeof(*text));
	int r = text ? 0 : -ENOMEM;

	for (; made < n && r == 0; made++)
		r = (text[made] = json_dumps(json_array_get(list, made), JSON_SORT_KEYS | JSON_COMPACT)) ? 0 : -ENOMEM;
	if (r == 0)
		qsort(text, n, sizeof(*text), by_text);
	for (size_t i = 0; i < n && r == 0; i++) {
		json_t *v = NULL;
		r = json_parse(text[i], strlen(text[i]), &v, NULL);
		if (r == 0)
			r = json_array_set_new(list, i, v);
	}
	for (size_t i = 0; i < made; i++)
		free(text[i]);
	free(text);
	return r;
}

/* First those that are `first` (or lie in it), or those from a place that the claim's name gives: spread, and the same every time. */
static json_t *prefer(const json_t *list, const json_t *first, const char *claim)
{
	AUTO_JSON json_t *out = json_array();
	size_t n = json_array_size(list), from = n ? (size_t)(str_hash(claim, strlen(claim)) % n) : 0;

	for (size_t pass = 0; pass < 2 && first; pass++)
		for (size_t i = 0; i < n; i++)
			if (within(json_array_get(list, i), first) == (pass == 0) && json_array_append(out, json_array_get(list, i)) < 0)
				return NULL;
	for (size_t i = 0; i < n && !first; i++)
		if (json_array_append(out, json_array_get(list, (from + i) % n)) < 0)
			return NULL;
	return TAKE_PTR(out);
}

int topology_requirement(json_t **ret, struct storage *s, const struct plugin *p, const json_t *sc, const char *node, const char *claim, struct err *e)
{
	AUTO_JSON json_t *allowed = NULL;
	AUTO_JSON json_t *place = NULL;
	bool csi = p->topology && s->csinodes && s->nodes;
	const char *missing = NULL;
	int r = allowed_by(sc, &allowed, e);

	if (r < 0)
		return r;
	bool limited = json_array_size(allowed) > 0;
	AUTO_OBJECT struct informer_object *co = csi && node ? informer_get(s->csinodes, NULL, node) : NULL;
	AUTO_JSON json_t *csinode = informer_object_json(co);
	const json_t *keys = json_object_get(driver_of(csinode, p->driver), "topologyKeys");
	if (csi && node) {
		AUTO_OBJECT struct informer_object *no = informer_get(s->nodes, NULL, node);
		AUTO_JSON json_t *n = informer_object_json(no);
		if (!n || !csinode)
			return err_set(e, ERR_NOT_FOUND, "error getting CSINode for selected node \"%s\": not found", node);
		if (!json_array_size(keys)) { /* the driver on that node is without places */
			*ret = NULL;
			return 0;
		}
		if (!(place = segment(n, keys, &missing)))
			return missing ? err_set(e, ERR_INVALID, "topology label %s is missing on node \"%s\"", missing, node) : err_nomem(e);
		bool fits = !limited;
		for (size_t i = 0; i < json_array_size(allowed) && !fits; i++)
			fits = within(json_array_get(allowed, i), place);
		if (!fits)
			return err_set(e, ERR_INVALID, "selected node \"%s\" is not in the class's allowed topologies", node);
	}
	if (csi && !limited && (r = aggregate(s, p->driver, keys, allowed, e)) < 0)
		return r;
	if (!json_array_size(allowed)) {
		*ret = NULL;
		return 0;
	}
	if (sort(allowed) < 0)
		return err_nomem(e);
	AUTO_JSON json_t *preferred = prefer(allowed, place, claim);
	json_t *out = preferred ? json_pack("{s:O,s:O}", "requisite", allowed, "preferred", preferred) : NULL;
	if (!out)
		return err_nomem(e);
	*ret = out;
	return 0;
}

json_t *topology_affinity(const json_t *topology)
{
	AUTO_JSON json_t *terms = json_array();
	const json_t *place;
	size_t i;

	json_array_foreach (topology, i, place) {
		AUTO_JSON json_t *rules = json_array();
		const char *k;
		json_t *v;
		json_object_foreach ((json_t *)place, k, v)
			if (json_array_append_new(rules, json_pack("{s:s,s:s,s:[O]}", "key", k, "operator", "In", "values", v)) < 0)
				return NULL;
		if (json_array_append_new(terms, json_pack("{s:O}", "matchExpressions", rules)) < 0)
			return NULL;
	}
	return json_pack("{s:{s:O}}", "required", "nodeSelectorTerms", terms);
}
