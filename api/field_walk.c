/* Typed walks over objects: which fields they have, how two differ, merging, pruning. */
#include <errno.h>
#include "api/field_set.h"
#include "base/map.h"
#include "base/str.h"

/* How a value is owned: as one, by member, or by element. */
enum shape { LEAF, MEMBERS, ELEMENTS };

/*
 * NULL type, and API_ANY of custom resources: nothing is known, so objects are owned by member and lists as one. Either value may be NULL;
 * values of another kind than their type says are leaves.
 */
static enum shape shape_of(const struct api_type *t, const json_t *a, const json_t *b)
{
	const json_t *v = a && !json_is_null(a) ? a : b;

	if (a && b && !json_is_null(a) && !json_is_null(b) && json_typeof(a) != json_typeof(b))
		return LEAF;
	if (!t || (api_type_kind(t) == API_ANY && api_type_custom(t)))
		return json_is_object(v) ? MEMBERS : LEAF;
	if (api_type_kind(t) == API_ANY || api_type_atomic(t)) /* RawExtension is owned as one */
		return LEAF;
	if (json_is_object(v) && (api_type_kind(t) == API_OBJECT || api_type_kind(t) == API_MAP))
		return MEMBERS;
	if (json_is_array(v) && api_type_kind(t) == API_ARRAY && api_type_list_type(t) != API_LIST_ATOMIC)
		return ELEMENTS;
	return LEAF;
}

static const struct api_type *member_type(const struct api_type *t, const char *key)
{
	if (!t)
		return NULL;
	if (api_type_kind(t) == API_MAP)
		return api_type_elem(t);
	return api_type_kind(t) == API_OBJECT ? api_type_field(t, key) : NULL;
}

static bool named(const struct api_type *t, const char *key)
{
	return t && api_type_kind(t) == API_OBJECT && api_type_field(t, key);
}

/* --- path elements --- */

static char *member_pe(const char *key)
{
	size_t n = strlen(key) + 1;
	char *pe = malloc(n + 2);

	if (!pe)
		return NULL;
	pe[0] = 'f';
	pe[1] = ':';
	memcpy(pe + 2, key, n);
	return pe;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* "v:..." or "k:{...}" of element i. A key that is missing has the value it would be defaulted to. */
char *field_element(const struct api_type *t, const json_t *elem, size_t i)
{
	AUTO_BUF struct buf b = {0};
	AUTO_JSON json_t *full = NULL;
	AUTO_JSON json_t *blank = json_string("");
	const char *keys[8];
	size_t n;

	if (api_type_list_type(t) == API_LIST_SET) {
		buf_adds(&b, "v:");
		json_encode_buf(elem, &b);
		return buf_failed(&b) ? NULL : buf_take(&b, NULL);
	}
	n = api_type_list_keys(t, keys, ARRAY_LEN(keys));
	if (n > ARRAY_LEN(keys))
		n = ARRAY_LEN(keys);
	qsort(keys, n, sizeof(keys[0]), by_text);
	buf_adds(&b, "k:{");
	for (size_t k = 0; k < n; k++) {
		const json_t *v = json_object_get(elem, keys[k]);
		if (!v && json_is_object(elem)) {
			if (!full && (!(full = json_deep_copy(elem)) || api_default(api_type_elem(t), full) < 0))
				return NULL;
			v = json_object_get(full, keys[k]);
		}
		/* A reference's name that is left out is "", by its schema. */
		if (!v && json_is_object(elem) && str_has_suffix(api_type_name(api_type_elem(t)), ".LocalObjectReference"))
			v = blank;
		if (!v)
			continue;
		if (b.len > 3)
			buf_addc(&b, ',');
		buf_add_json_str(&b, keys[k], strlen(keys[k]));
		buf_addc(&b, ':');
		json_encode_buf(v, &b);
	}
	buf_addc(&b, '}');
	if (buf_failed(&b))
		return NULL;
	return b.len == 4 ? str_fmt("i:%zu", i) : buf_take(&b, NULL);
}

/* The path elements of a list's elements, and which element has which. */
struct elems {
	char **pe;
	size_t n;
	struct map *at;	 /* pe -> index + 1 of the first one that has it */
	ssize_t repeated; /* the first element whose pe came before, or -1 */
};

static void elems_done(struct elems *x)
{
	for (size_t i = 0; x->pe && i < x->n; i++)
		free(x->pe[i]);
	free(x->pe);
	if (x->at)
		(void)map_free(x->at);
}

static int elems_init(struct elems *x, const struct api_type *t, const json_t *list)
{
	size_t n = json_array_size(list);

	*x = (struct elems){.pe = calloc(n + 1, sizeof(char *)), .at = map_new(NULL), .repeated = -1};
	if (!x->pe || !x->at)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		x->pe[i] = field_element(t, json_array_get(list, i), i);
		if (!x->pe[i])
			return -ENOMEM;
		x->n = i + 1;
		if (map_has(x->at, x->pe[i])) {
			if (x->repeated < 0)
				x->repeated = (ssize_t)i;
		} else if (map_put(x->at, x->pe[i], (void *)(uintptr_t)(i + 1)) < 0) {
			return -ENOMEM;
		}
	}
	return 0;
}

static json_t *elems_get(const struct elems *x, const json_t *list, const char *pe)
{
	uintptr_t at = (uintptr_t)map_get(x->at, pe);

	return at ? json_array_get(list, at - 1) : NULL;
}

/* Whether the elements of that pe are the same ones, as often, in both lists. */
static bool same_elements(const struct elems *a, const json_t *old, const struct elems *b, const json_t *now, const char *pe)
{
	size_t i = 0, k = 0;

	for (;; i++, k++) {
		while (i < a->n && !streq(a->pe[i], pe))
			i++;
		while (k < b->n && !streq(b->pe[k], pe))
			k++;
		if (i == a->n || k == b->n)
			return i == a->n && k == b->n;
		if (json_equal(json_array_get(old, i), json_array_get(now, k)) != 1)
			return false;
	}
}

static bool is_repeated(const struct elems *x, const char *pe)
{
	size_t n = 0;

	for (size_t i = 0; x->repeated >= 0 && i < x->n; i++)
		n += streq(x->pe[i], pe);
	return n > 1;
}

/* --- paths --- */

#define MAX_PATH 160 /* deeper than any tree that was parsed */

struct path {
	const char *pe[MAX_PATH];
	size_t n;
};

static int push(struct path *p, const char *pe)
{
	if (p->n == MAX_PATH)
		return ERR_TOO_LARGE;
	p->pe[p->n++] = pe;
	return 0;
}

static int insert(json_t *set, const struct path *p)
{
	bool fresh = false;

	if (!p->n) /* the object itself is nobody's */
		return 0;
	for (size_t i = 0; i < p->n; i++) {
		json_t *c = json_object_get(set, p->pe[i]);
		fresh = !c;
		/* A leaf that gets children says with "." that it is a member itself. */
		if (c && i + 1 < p->n && json_object_size(c) == 0 && json_object_set_new(c, ".", json_object()) < 0)
			return -ENOMEM;
		if (!c && json_object_set_new(set, p->pe[i], c = json_object()) < 0)
			return -ENOMEM;
		set = c;
	}
	if (!fresh && json_object_size(set) && json_object_set_new(set, ".", json_object()) < 0)
		return -ENOMEM;
	return 0;
}

/* --- the fields of an object --- */

struct set_walk {
	json_t *set;
	struct path path;
	struct err *e;
};

static int collect(struct set_walk *w, const struct api_type *t, const json_t *v);

static int collect_members(struct set_walk *w, const struct api_type *t, const json_t *v)
{
	const char *key;
	json_t *c;
	int r;

	json_object_foreach((json_t *)v, key, c)
	{
		AUTO_FREE char *pe = member_pe(key);
		if (!pe)
			return -ENOMEM;
		if ((r = push(&w->path, pe)) < 0 || (r = collect(w, member_type(t, key), c)) < 0)
			return r;
		bool empty = json_is_null(c) || (json_is_object(c) && json_object_size(c) == 0);
		if ((empty || !named(t, key)) && (r = insert(w->set, &w->path)) < 0)
			return r;
		w->path.n--;
	}
	return 0;
}

static int collect_elements(struct set_walk *w, const struct api_type *t, const json_t *v)
{
	struct elems x CLEANUP(elems_done) = {0};
	int r = elems_init(&x, t, v);

	if (r < 0)
		return r;
	if (x.repeated >= 0)
		return err_set(w->e, ERR_BAD_REQUEST, "failed to create typed patch object: duplicate entries for key %.120s",
			       x.pe[x.repeated] + 2);
	for (size_t i = 0; i < x.n; i++) {
		/* What cannot be told from its neighbours cannot be owned. */
		if (x.pe[i][0] == 'i')
			return err_set(w->e, ERR_BAD_REQUEST,
				       "failed to create typed patch object: element %zu of %.80s omits the list's key fields", i,
				       w->path.n ? w->path.pe[w->path.n - 1] + 2 : "");
		if ((r = push(&w->path, x.pe[i])) < 0 || (r = collect(w, api_type_elem(t), json_array_get(v, i))) < 0 ||
		    (r = insert(w->set, &w->path)) < 0)
			return r;
		w->path.n--;
	}
	return 0;
}

static int collect(struct set_walk *w, const struct api_type *t, const json_t *v)
{
	switch (shape_of(t, v, NULL)) {
	case MEMBERS:
		return collect_members(w, t, v);
	case ELEMENTS:
		return collect_elements(w, t, v);
	default:
		return insert(w->set, &w->path);
	}
}

int field_set_of(json_t **ret, const struct api_type *t, const json_t *v, struct err *e)
{
	AUTO_JSON json_t *set = json_object();
	struct set_walk w = {.set = set, .e = e};

	if (!set)
		return err_nomem(e);
	int r = collect(&w, t, v);
	if (r == -ENOMEM)
		return err_nomem(e);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(set);
	return 0;
}

/* --- how two objects differ --- */

struct diff_walk {
	struct field_diff *d;
	struct path path;
};

static int diff(struct diff_walk *w, const struct api_type *t, const json_t *old, const json_t *now, bool there);

/* What an empty struct, an empty string, 0 and false look like to who compares with an object where they are always there. */
static bool is_blank(const json_t *v)
{
	return json_is_null(v) || json_is_false(v) || (json_is_object(v) && !json_object_size(v)) ||
	       (json_is_string(v) && !json_string_length(v)) || (json_is_integer(v) && !json_integer_value(v));
}

/* there: the object that this is a member of is there before and after, be it empty. */
static int diff_member(struct diff_walk *w, const struct api_type *t, const char *key, const json_t *old, const json_t *now, bool there)
{
	AUTO_FREE char *pe = member_pe(key);
	bool top = w->path.n == 0 && (streq(key, "spec") || streq(key, "status") || streq(key, "metadata"));
	int r;

	if (!pe)
		return -ENOMEM;
	if ((r = push(&w->path, pe)) < 0 || (r = diff(w, member_type(t, key), old, now, there && (top || api_type_field_always(t, key)))) < 0)
		return r;
	w->path.n--;
	return 0;
}

static int diff_members(struct diff_walk *w, const struct api_type *t, const json_t *old, const json_t *now, bool there)
{
	const char *key;
	json_t *v;
	int r;

	json_object_foreach((json_t *)old, key, v)
	{
		if ((r = diff_member(w, t, key, v, json_object_get(now, key), there)) < 0)
			return r;
	}
	json_object_foreach((json_t *)now, key, v)
	{
		if (!json_object_get(old, key) && (r = diff_member(w, t, key, NULL, v, there)) < 0)
			return r;
	}
	return 0;
}

static int diff_elements(struct diff_walk *w, const struct api_type *t, const json_t *old, const json_t *now)
{
	struct elems a CLEANUP(elems_done) = {0};
	struct elems b CLEANUP(elems_done) = {0};
	int r;

	if ((r = elems_init(&a, t, old)) < 0 || (r = elems_init(&b, t, now)) < 0)
		return r;
	for (int side = 0; side < 2; side++) {
		const struct elems *x = side ? &b : &a;
		for (size_t i = 0; i < x->n; i++) {
			const json_t *before = elems_get(&a, old, x->pe[i]), *after = elems_get(&b, now, x->pe[i]);
			if (side && before)
				continue;
			/* What stands twice is owned as a whole; what stood once before is gone. */
			bool many = is_repeated(&a, x->pe[i]), more = is_repeated(&b, x->pe[i]);
			if ((r = push(&w->path, x->pe[i])) < 0)
				return r;
			if (!many && !more)
				r = diff(w, api_type_elem(t), before, after, false);
			else if (!same_elements(&a, old, &b, now, x->pe[i])) {
				if (before && after && many == more)
					r = insert(w->d->modified, &w->path);
				else if ((r = !before ? 0 : many ? insert(w->d->removed, &w->path) : diff(w, api_type_elem(t), before, NULL, false)) == 0)
					r = !after ? 0 : more ? insert(w->d->added, &w->path) : diff(w, api_type_elem(t), NULL, after, false);
			}
			if (r < 0)
				return r;
			w->path.n--;
		}
	}
	return 0;
}

/*
 * An object or list that appears or goes counts itself, not only what is in it, but where it is always there: then it was empty, or is.
 */
static int diff(struct diff_walk *w, const struct api_type *t, const json_t *old, const json_t *now, bool there)
{
	enum shape shape = shape_of(t, old, now);
	int r = 0;

	if (old && now && json_equal(old, now) == 1)
		return 0;
	if (there && (!old || !now) && is_blank(old ? old : now))
		return 0;
	bool hollow = (shape == MEMBERS && !json_object_size(old) && !json_object_size(now)) ||
		      (shape == ELEMENTS && !json_array_size(old) && !json_array_size(now));
	if (shape == LEAF || hollow)
		return insert(!old ? w->d->added : !now ? w->d->removed : w->d->modified, &w->path);
	r = shape == MEMBERS ? diff_members(w, t, old, now, there || (old && now)) : diff_elements(w, t, old, now);
	if (r < 0 || there)
		return r;
	return old && now ? 0 : insert(old ? w->d->removed : w->d->added, &w->path);
}

void field_diff_done(struct field_diff *d)
{
	json_decref(d->added);
	json_decref(d->removed);
	json_decref(d->modified);
	*d = (struct field_diff){0};
}

int field_compare(struct field_diff *ret, const struct api_type *t, const json_t *old, const json_t *now)
{
	struct diff_walk w = {.d = ret};

	*ret = (struct field_diff){json_object(), json_object(), json_object()};
	if (!ret->added || !ret->removed || !ret->modified) {
		field_diff_done(ret);
		return -ENOMEM;
	}
	int r = diff(&w, t, old, now, true);
	if (r < 0)
		field_diff_done(ret);
	return r;
}

/* --- merging --- */

static int merge_members(json_t **ret, const struct api_type *t, const json_t *live, const json_t *config)
{
	AUTO_JSON json_t *out = json_copy((json_t *)live);
	const char *key;
	json_t *v;

	if (!out)
		return -ENOMEM;
	json_object_foreach((json_t *)config, key, v)
	{
		json_t *merged = NULL;
		if (json_is_null(v) && !(t && api_type_custom(t))) {
			(void)json_object_del(out, key);
			continue;
		}
		int r = field_merge(&merged, member_type(t, key), json_object_get(live, key), v);
		if (r < 0)
			return r;
		if (json_object_set_new(out, key, merged) < 0)
			return -ENOMEM;
	}
	*ret = TAKE_PTR(out);
	return 0;
}

static int append_merged(json_t *out, const struct api_type *t, const json_t *live, const json_t *config)
{
	json_t *merged = NULL;
	int r = field_merge(&merged, api_type_elem(t), live, config);

	if (r < 0)
		return r;
	return json_array_append_new(out, merged) < 0 ? -ENOMEM : 0;
}

/*
 * config's elements in config's order; those only live has keep their place among the shared ones. What only config has
 * goes before the shared element it precedes.
 */
static int merge_elements(json_t **ret, const struct api_type *t, const json_t *live, const json_t *config)
{
	struct elems a CLEANUP(elems_done) = {0};
	struct elems b CLEANUP(elems_done) = {0};
	AUTO_JSON json_t *out = json_array();
	int r;

	if (!out)
		return -ENOMEM;
	if ((r = elems_init(&a, t, live)) < 0 || (r = elems_init(&b, t, config)) < 0)
		return r;
	/* shared[j]: the first element of config from j on that live has, too; b.n when there is none. */
	AUTO_FREE size_t *shared = calloc(b.n + 1, sizeof(*shared));
	if (!shared)
		return -ENOMEM;
	shared[b.n] = b.n;
	for (size_t k = b.n; k-- > 0;)
		shared[k] = map_has(a.at, b.pe[k]) ? k : shared[k + 1];

	for (size_t i = 0, j = 0; i < a.n || j < b.n;) {
		const char *left = i < a.n ? a.pe[i] : NULL;
		uintptr_t in_config = left ? (uintptr_t)map_get(b.at, left) : 0;

		if (left && !in_config) {
			if (json_array_append(out, json_array_get(live, i++)) < 0)
				return -ENOMEM;
			continue;
		}
		if (left && (j == b.n || in_config - 1 < j || (shared[j] < b.n && shared[j] != in_config - 1))) {
			i++; /* merged already, or wanted later */
			continue;
		}
		if (left && in_config - 1 == j)
			i++;
		r = append_merged(out, t, elems_get(&a, live, b.pe[j]), json_array_get(config, j));
		if (r < 0)
			return r;
		j++;
	}
	*ret = TAKE_PTR(out);
	return 0;
}

int field_merge(json_t **ret, const struct api_type *t, const json_t *live, const json_t *config)
{
	enum shape shape = shape_of(t, config, NULL);

	if (shape == MEMBERS) {
		/* Also where there is nothing to merge with: nulls in config mean absence. */
		AUTO_JSON json_t *none = json_object();
		return none ? merge_members(ret, t, json_is_object(live) ? live : none, config) : -ENOMEM;
	}
	if (shape == ELEMENTS) {
		AUTO_JSON json_t *none = json_array();
		return none ? merge_elements(ret, t, json_is_array(live) ? live : none, config) : -ENOMEM;
	}
	*ret = json_deep_copy(config);
	return *ret ? 0 : -ENOMEM;
}

/* --- pruning --- */

int field_prune(const struct api_type *t, json_t *v, const json_t *last, const json_t *owned)
{
	const char *key;
	json_t *c;
	void *tmp;
	int r;

	switch (shape_of(t, v, NULL)) {
	case MEMBERS:
		json_object_foreach_safe(v, tmp, key, c)
		{
			AUTO_FREE char *pe = member_pe(key);
			if (!pe)
				return -ENOMEM;
			const json_t *in_last = json_object_get(last, pe), *in_owned = json_object_get(owned, pe);
			if (in_last && !in_owned)
				(void)json_object_del(v, key);
			else if (in_last && (r = field_prune(member_type(t, key), c, in_last, in_owned)) < 0)
				return r;
		}
		return 0;
	case ELEMENTS:
		for (size_t i = json_array_size(v); i-- > 0;) {
			AUTO_FREE char *pe = field_element(t, json_array_get(v, i), i);
			if (!pe)
				return -ENOMEM;
			const json_t *in_last = json_object_get(last, pe), *in_owned = json_object_get(owned, pe);
			if (in_last && !in_owned)
				(void)json_array_remove(v, i);
			else if (in_last && (r = field_prune(api_type_elem(t), json_array_get(v, i), in_last, in_owned)) < 0)
				return r;
		}
		return 0;
	default:
		return 0;
	}
}
