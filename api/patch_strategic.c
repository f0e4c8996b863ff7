/*
 * Strategic merge patch: as a merge patch, but lists whose type says so are merged by a key instead of replaced.
 * Source: Kubernetes "Strategic Merge Patch" design (contributors/devel/sig-api-machinery/strategic-merge-patch.md).
 */
#include <errno.h>
#include "api/patch.h"
#include "api/patch_tree.h"
#include "base/str.h"

#define DIRECTIVE   "$patch"
#define RETAIN_KEYS "$retainKeys"
#define DELETE_FROM "$deleteFromPrimitiveList/"
#define SET_ORDER   "$setElementOrder/"

static int merge_object(const struct api_type *t, json_t *obj, const json_t *patch, json_t **ret, struct err *e);

static const struct api_type *field_type(const struct api_type *t, const char *name)
{
	if (!t)
		return NULL;
	if (api_type_kind(t) == API_MAP)
		return api_type_elem(t);
	return api_type_kind(t) == API_OBJECT ? api_type_field(t, name) : NULL;
}

static const struct api_type *elem_type(const struct api_type *list)
{
	return list && api_type_kind(list) == API_ARRAY ? api_type_elem(list) : NULL;
}

/* Merge lists whose elements are objects have a key, those of scalars have none. */
static bool merges(const struct api_type *list)
{
	return list && (api_type_patch_strategy(list) & API_PATCH_MERGE) != 0;
}

static const char *merge_key(const struct api_type *list)
{
	return list && api_type_kind(list) == API_ARRAY ? api_type_merge_key(list) : NULL;
}

static bool is_directive(const char *key)
{
	return streq(key, DIRECTIVE) || streq(key, RETAIN_KEYS) || str_has_prefix(key, DELETE_FROM) ||
	       str_has_prefix(key, SET_ORDER);
}

/* A patch value where there is nothing to merge it into: a copy without nulls and directives. */
static json_t *plain(const json_t *v)
{
	const char *key;
	json_t *c, *copy;
	size_t i;

	if (json_is_object(v)) {
		json_t *out = json_object();
		json_object_foreach((json_t *)v, key, c)
		{
			if (json_is_null(c) || is_directive(key))
				continue;
			if (json_object_set_new(out, key, plain(c)) < 0) {
				json_decref(out);
				return NULL;
			}
		}
		return out;
	}
	if (json_is_array(v)) {
		json_t *out = json_array();
		json_array_foreach(v, i, c)
		{
			const char *d = json_string_value(json_object_get(c, DIRECTIVE));
			if (streq(d, "delete") || (d && json_object_size(c) == 1))
				continue;
			copy = plain(c);
			if (json_array_append_new(out, copy) < 0) {
				json_decref(out);
				return NULL;
			}
		}
		return out;
	}
	return json_deep_copy(v);
}

/* --- lists --- */

/*
 * Where the elements of a list are: the first of those that are equal, by their merge key where there is one. A patch of 3 MB has
 * elements by the ten thousand: each is looked up, none searched for.
 */
struct places {
	json_t *at; /* what an element is known by, as text -> its index */
	const char *key;
	bool failed; /* out of memory: look before using what was found */
};

static void places_done(struct places *p)
{
	json_decref(p->at);
}
#define AUTO_PLACES CLEANUP(places_done)

/* Two values that are equal have the same text. malloc'ed; NULL: it has no key, or no memory. */
static char *place_text(struct places *p, const json_t *item)
{
	const json_t *v = p->key ? json_object_get(item, p->key) : item;
	char *text = v ? json_dumps(v, JSON_ENCODE_ANY | JSON_SORT_KEYS | JSON_COMPACT) : NULL;

	p->failed |= v && !text;
	return text;
}

static void places_add(struct places *p, const json_t *item, size_t index)
{
	AUTO_FREE char *text = place_text(p, item);

	if (text && !json_object_get(p->at, text))
		p->failed |= json_object_set_new(p->at, text, json_integer((json_int_t)index)) < 0;
}

static void places_init(struct places *p, const json_t *list, const char *key)
{
	json_t *c;
	size_t i;

	*p = (struct places){.at = json_object(), .key = key};
	p->failed = !p->at;
	json_array_foreach(list, i, c)
		places_add(p, c, i);
}

/* Index of the element equal to item, or -1. */
static ssize_t places_find(struct places *p, const json_t *item)
{
	AUTO_FREE char *text = place_text(p, item);
	const json_t *at = text ? json_object_get(p->at, text) : NULL;

	return at ? (ssize_t)json_integer_value(at) : -1;
}

struct ranked {
	json_t *v;
	ssize_t rank;
	size_t seq;
};

static int by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/*
 * Orders list: elements named in order follow it, the others keep the place they had in server. The two groups are woven
 * together by server's order; where that says nothing, the ordered group goes first. (That is why a container that a
 * patch adds comes before those it did not mention.)
 */
static json_t *ordered(const json_t *list, const json_t *order, const json_t *server, const char *key)
{
	size_t n = json_array_size(list), n_left = 0, n_right = 0, i, j;
	AUTO_FREE struct ranked *left = calloc(n + 1, sizeof(*left)), *right = calloc(n + 1, sizeof(*right));
	AUTO_PLACES struct places in_order = {0}, in_server = {0};
	AUTO_JSON json_t *out = json_array();
	json_t *c;

	places_init(&in_order, order, key);
	places_init(&in_server, server, key);
	if (!left || !right || !out)
		return NULL;
	json_array_foreach(list, i, c)
	{
		ssize_t at = places_find(&in_order, c);
		if (at >= 0)
			right[n_right++] = (struct ranked){c, at, i};
		else
			left[n_left++] = (struct ranked){c, places_find(&in_server, c), i};
	}
	qsort(left, n_left, sizeof(*left), by_rank);
	qsort(right, n_right, sizeof(*right), by_rank);
	for (i = j = 0; i < n_left || j < n_right;) {
		bool take_left = j == n_right;
		if (i < n_left && j < n_right) {
			ssize_t a = left[i].rank, b = places_find(&in_server, right[j].v);
			take_left = a >= 0 && b >= 0 && a < b;
		}
		if (json_array_append(out, take_left ? left[i].v : right[j].v) < 0)
			return NULL;
		if (take_left)
			i++;
		else
			j++;
	}
	return in_order.failed || in_server.failed ? NULL : TAKE_PTR(out);
}

static json_t *merge_scalars(const json_t *list, const json_t *patch)
{
	AUTO_JSON json_t *both = json_array();
	AUTO_PLACES struct places known = {0};
	const json_t *from[] = {list, patch};
	json_t *c;
	size_t i;

	places_init(&known, NULL, NULL);
	for (int k = 0; both && k < 2; k++) {
		json_array_foreach(from[k], i, c)
		{
			if (places_find(&known, c) >= 0)
				continue;
			places_add(&known, c, json_array_size(both));
			if (json_array_append_new(both, json_copy(c)) < 0)
				return NULL;
		}
	}
	return both && !known.failed ? ordered(both, patch, list, NULL) : NULL;
}

/* What of list is not in drop, by key or as a whole. */
static json_t *without_items(const json_t *list, const json_t *drop, const char *key)
{
	AUTO_PLACES struct places dropped = {0};
	AUTO_JSON json_t *out = json_array();
	json_t *c;
	size_t i;

	places_init(&dropped, drop, key);
	json_array_foreach(list, i, c)
	{
		if (places_find(&dropped, c) < 0 && json_array_append(out, c) < 0)
			return NULL;
	}
	return dropped.failed ? NULL : TAKE_PTR(out);
}

/* The new list, elements of `list` updated from those of `patch` with the same key. list may be NULL. */
static int merge_list(const struct api_type *t, const char *name, const json_t *list, const json_t *patch, json_t **ret,
		      struct err *e)
{
	const char *key = merge_key(t);
	AUTO_JSON json_t *out = NULL, *items = json_array(), *gone = json_array();
	AUTO_PLACES struct places known = {0};
	bool replace = false;
	json_t *c;
	size_t i;
	int r;

	if (!items || !gone)
		return err_nomem(e);
	json_array_foreach(patch, i, c)
	{
		if (json_is_object(c) != json_is_object(json_array_get(patch, 0)))
			return err_set(e, ERR_BAD_REQUEST, "list %s: lists of mixed types cannot be merged", name);
	}
	if (!json_is_object(json_array_get(patch, 0)) && !json_is_object(json_array_get(list, 0))) {
		*ret = merge_scalars(list, patch);
		return *ret ? 0 : err_nomem(e);
	}
	if (!key)
		return err_set(e, ERR_BAD_REQUEST, "cannot merge lists without merge key for type %s", name);

	/* Elements that are orders rather than values come first. */
	json_array_foreach(patch, i, c)
	{
		const json_t *d = json_object_get(c, DIRECTIVE);
		const char *what = json_string_value(d);
		if (!d) {
			if (json_array_append(items, c) < 0)
				return err_nomem(e);
		} else if (streq(what, "delete")) {
			if (!json_object_get(c, key))
				return err_set(e, ERR_BAD_REQUEST, "delete patch type with no merge key defined in list %s", name);
			if (json_array_append(gone, c) < 0)
				return err_nomem(e);
		} else if (streq(what, "replace")) {
			replace = true;
		} else if (!streq(what, "merge")) {
			return err_set(e, ERR_BAD_REQUEST, "list %s: unknown $patch value: %.60s", name, what ? what : "");
		} else if (json_array_append(items, c) < 0) {
			return err_nomem(e);
		}
	}
	if (replace || !json_is_array(list)) { /* nothing to merge with: nobody looks for keys */
		*ret = plain(items);
		return *ret ? 0 : err_nomem(e);
	}
	out = without_items(list, gone, key);
	places_init(&known, out, key);
	if (!out)
		return err_nomem(e);
	json_array_foreach(items, i, c)
	{
		AUTO_JSON json_t *merged = NULL;
		if (list && !json_object_get(c, key))
			return err_set(e, ERR_BAD_REQUEST, "map in list %s does not contain declared merge key: %s", name, key);
		ssize_t at = places_find(&known, c);
		if (at < 0) {
			places_add(&known, c, json_array_size(out));
			if (json_array_append_new(out, plain(c)) < 0)
				return err_nomem(e);
			continue;
		}
		if ((r = merge_object(elem_type(t), json_array_get(out, (size_t)at), c, &merged, e)) < 0)
			return r;
		if (json_array_set(out, (size_t)at, merged) < 0)
			return err_nomem(e);
	}
	*ret = known.failed ? NULL : ordered(out, items, list, key);
	return *ret ? 0 : err_nomem(e);
}

/* --- objects --- */

static int retain_keys(json_t *obj, const json_t *patch, struct err *e)
{
	const json_t *keep = json_object_get(patch, RETAIN_KEYS);
	AUTO_PLACES struct places kept = {0};
	const char *key;
	json_t *c;
	void *tmp;

	if (!keep)
		return 0;
	if (!json_is_array(keep))
		return err_set(e, ERR_BAD_REQUEST, "invalid patch format of retainKeys directive: not a list");
	places_init(&kept, keep, NULL);
	json_object_foreach((json_t *)patch, key, c)
	{
		AUTO_JSON json_t *name = json_string(key);
		if (!is_directive(key) && !json_is_null(c) && places_find(&kept, name) < 0)
			return err_set(e, ERR_BAD_REQUEST, "$retainKeys does not list the patched field %.100s", key);
	}
	json_object_foreach_safe(obj, tmp, key, c)
	{
		AUTO_JSON json_t *name = json_string(key);
		if (places_find(&kept, name) < 0)
			(void)json_object_del(obj, key);
	}
	return kept.failed ? err_nomem(e) : 0;
}

/* One list with a $setElementOrder: contents merged as ever, then ordered as the directive says. */
static int merge_ordered(const struct api_type *t, const char *name, json_t *obj, const json_t *patch_list,
			 const json_t *order, struct err *e)
{
	const struct api_type *list = field_type(t, name);
	const json_t *server = json_object_get(obj, name);
	const char *key = merge_key(list);
	AUTO_JSON json_t *merged = NULL;
	int r;

	if (!json_is_array(order))
		return err_set(e, ERR_BAD_REQUEST, "$setElementOrder/%s: not a list", name);
	if (patch_list && json_is_null(patch_list)) {
		(void)json_object_del(obj, name);
		return 0;
	}
	if (!json_is_array(server) && !patch_list)
		return 0;
	if (patch_list && !json_is_array(patch_list))
		return err_set(e, ERR_BAD_REQUEST, "%s: $setElementOrder is given, but it is not a list", name);
	if (!patch_list) {
		merged = json_copy((json_t *)server);
	} else if (!json_is_array(server) || !merges(list)) {
		merged = plain(patch_list);
	} else if ((r = merge_list(list, name, server, patch_list, &merged, e)) < 0) {
		return r;
	}
	json_t *done = merged ? ordered(merged, order, server, json_is_object(json_array_get(merged, 0)) ? key : NULL) : NULL;
	return json_object_set_new(obj, name, done) < 0 ? err_nomem(e) : 0;
}

static int merge_field(const struct api_type *t, json_t *obj, const char *name, const json_t *v, struct err *e)
{
	const struct api_type *ft = field_type(t, name);
	json_t *old = json_object_get(obj, name);
	json_t *merged = NULL;
	int r = 0;

	if (json_is_null(v)) {
		(void)json_object_del(obj, name);
		return 0;
	}
	if (json_is_object(v) && json_is_object(old) && !(ft && api_type_patch_strategy(ft) & API_PATCH_WHOLE)) {
		r = merge_object(ft, old, v, &merged, e);
	} else if (json_is_array(v) && merges(ft)) {
		/* Without an old list, too: directives in it must be obeyed, not stored. */
		r = merge_list(ft, name, json_is_array(old) ? old : NULL, v, &merged, e);
	} else {
		merged = plain(v);
	}
	if (r < 0)
		return r;
	return json_object_set_new(obj, name, merged) < 0 ? err_nomem(e) : 0;
}

/* *ret: a new object; obj itself is not changed (it may be shared with the caller's tree). */
static int merge_object(const struct api_type *t, json_t *obj, const json_t *patch, json_t **ret, struct err *e)
{
	const json_t *directive = json_object_get(patch, DIRECTIVE);
	const char *what = json_string_value(directive), *key;
	json_t *v;
	int r;

	if (directive && streq(what, "delete")) {
		*ret = json_object();
		return *ret ? 0 : err_nomem(e);
	}
	if (directive && streq(what, "replace")) {
		*ret = plain(patch);
		return *ret ? 0 : err_nomem(e);
	}
	if (directive && !streq(what, "merge"))
		return err_set(e, ERR_BAD_REQUEST, "unknown $patch value: %.60s", what ? what : "");

	AUTO_JSON json_t *out = json_copy(obj);
	if (!out)
		return err_nomem(e);
	if ((r = retain_keys(out, patch, e)) < 0)
		return r;
	json_object_foreach((json_t *)patch, key, v)
	{
		if (!str_has_prefix(key, DELETE_FROM))
			continue;
		const char *name = key + strlen(DELETE_FROM);
		const json_t *list = json_object_get(out, name);
		if (!json_is_array(v))
			return err_set(e, ERR_BAD_REQUEST, "%.100s: not a list", key);
		if (json_is_array(list) && json_object_set_new(out, name, without_items(list, v, NULL)) < 0)
			return err_nomem(e);
	}
	json_object_foreach((json_t *)patch, key, v)
	{
		if (!str_has_prefix(key, SET_ORDER))
			continue;
		const char *name = key + strlen(SET_ORDER);
		if ((r = merge_ordered(t, name, out, json_object_get(patch, name), v, e)) < 0)
			return r;
	}
	json_object_foreach((json_t *)patch, key, v)
	{
		AUTO_FREE char *order = str_fmt(SET_ORDER "%s", key);
		if (!order)
			return err_nomem(e);
		if (is_directive(key) || json_object_get(patch, order))
			continue;
		if ((r = merge_field(t, out, key, v, e)) < 0)
			return r;
	}
	*ret = TAKE_PTR(out);
	return 0;
}

int api_strategic_merge_patch(json_t **ret, const struct api_type *t, const json_t *obj, const json_t *patch,
			      struct err *e)
{
	AUTO_JSON json_t *out = NULL;
	int r;

	if (!json_is_object(patch))
		return err_set(e, ERR_BAD_REQUEST, "strategic merge patch: the body must be an object");
	AUTO_JSON json_t *empty = json_object();
	if (!empty)
		return err_nomem(e);
	if ((r = merge_object(t, json_is_object(obj) ? (json_t *)obj : empty, patch, &out, e)) < 0)
		return r;
	/* What was not touched is shared with obj until here; callers go on to change the result. */
	*ret = json_deep_copy(out);
	return *ret ? 0 : err_nomem(e);
}
