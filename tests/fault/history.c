/* See history.h. */
#include "tests/fault/history.h"
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct state {
	bool exists;
	uint64_t value;
	int64_t rev; /* 0: of a write that was not answered */
};

/* A write by its revision. Open addressing, a power of two. */
struct known {
	int64_t rev;
	uint64_t value;
	uint32_t key;
	bool deleted, acked, late;
};

#define GROW(p, n, cap)                                                                                                \
	((n) < (cap) ? 0 : ({                                                                                          \
		size_t want_ = (cap) ? (cap)*2 : 256;                                                                  \
		void *q_ = realloc(p, want_ * sizeof(*(p)));                                                           \
		if (q_) {                                                                                              \
			(p) = q_;                                                                                      \
			(cap) = want_;                                                                                 \
		}                                                                                                      \
		q_ ? 0 : -ENOMEM;                                                                                      \
	}))

static const char *const kinds[] = {"create", "update", "delete", "read"};
static const char *const outcomes[] = {"ok", "exists", "conflict", "absent", "unknown"};

__attribute__((format(printf, 2, 3))) static bool bad(struct history *h, const char *fmt, ...)
{
	va_list ap;

	if (h->why[0])
		return false;
	va_start(ap, fmt);
	(void)vsnprintf(h->why, sizeof(h->why), fmt, ap);
	va_end(ap);
	return false;
}

int history_init(struct history *h, size_t n_keys)
{
	memset(h, 0, sizeof(*h));
	h->n_keys = n_keys;
	h->states = calloc(n_keys, sizeof(*h->states));
	h->cap_known = 4096;
	h->known = calloc(h->cap_known, sizeof(*h->known));
	return h->states && h->known ? 0 : -ENOMEM;
}

void history_done(struct history *h)
{
	free(h->ops);
	free(h->known);
	free(h->acked);
	free(h->states);
	memset(h, 0, sizeof(*h));
}

int history_add(struct history *h, struct op o)
{
	if (GROW(h->ops, h->n, h->cap) < 0)
		return -ENOMEM;
	h->ops[h->n++] = o;
	return 0;
}

int watcher_add(struct watcher *w, struct seen s)
{
	if (GROW(w->v, w->n, w->cap) < 0)
		return -ENOMEM;
	w->v[w->n++] = s;
	return 0;
}

static uint64_t mix(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xbf58476d1ce4e5b9ull;
	x ^= x >> 27;
	x *= 0x94d049bb133111ebull;
	return x ^ x >> 31;
}

/* --- revisions --- */

static struct known *known_slot(struct known *v, size_t cap, int64_t rev)
{
	size_t i = mix((uint64_t)rev) & (cap - 1);

	while (v[i].rev && v[i].rev != rev)
		i = (i + 1) & (cap - 1);
	return &v[i];
}

static int known_grow(struct history *h)
{
	size_t cap = h->cap_known * 2;
	struct known *v = calloc(cap, sizeof(*v));

	if (!v)
		return -ENOMEM;
	for (size_t i = 0; i < h->cap_known; i++)
		if (h->known[i].rev)
			*known_slot(v, cap, h->known[i].rev) = h->known[i];
	free(h->known);
	h->known = v;
	h->cap_known = cap;
	return 0;
}

/* What a write is found by: its revision, with the key where that is not enough. */
static int64_t known_id(const struct history *h, int64_t rev, uint32_t key)
{
	return h->shared_revs ? rev * (int64_t)h->n_keys + key : rev;
}

/* A revision belongs to one write: whoever tells of it must tell the same. */
static bool known_put(struct history *h, struct known k, const char *who)
{
	struct known *s;

	k.rev = known_id(h, k.rev, k.key);
	if (2 * h->n_known >= h->cap_known && known_grow(h) < 0)
		return bad(h, "out of memory");
	s = known_slot(h->known, h->cap_known, k.rev);
	if (!s->rev) {
		*s = k;
		h->n_known++;
		return true;
	}
	if (s->key != k.key || s->deleted != k.deleted || (!k.deleted && s->value != k.value) || (s->acked && k.acked))
		return bad(h,
			   "revision %" PRId64 " was handed out twice: %s of key %u, value %" PRIu64
			   " (%s), and %s of key %u, value %" PRIu64,
			   k.rev, k.deleted ? "delete" : "write", k.key, k.value, who, s->deleted ? "delete" : "write",
			   s->key, s->value);
	s->acked |= k.acked;
	return true;
}

static int by_start(const void *a, const void *b)
{
	const struct op *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static int by_end(const void *a, const void *b)
{
	const struct op *x = *(const struct op *const *)a, *y = *(const struct op *const *)b;

	return x->end < y->end ? -1 : x->end > y->end;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static bool acknowledged(const struct op *o)
{
	return o->outcome == OP_OK && o->kind != OP_READ && o->rev > 0;
}

/* Who starts after another was answered gets a higher revision, and sees at least that one. h->ops is sorted by start.
 */
static bool check_order(struct history *h)
{
	struct op **end = malloc((h->n + 1) * sizeof(struct op *));
	int64_t top = h->top;
	size_t n = 0, j = 0;
	bool ok = end != NULL;

	for (size_t i = 0; ok && i < h->n; i++)
		if (acknowledged(&h->ops[i]))
			end[n++] = &h->ops[i];
	if (ok)
		qsort(end, n, sizeof(struct op *), by_end);
	for (size_t i = 0; ok && i < h->n; i++) {
		const struct op *o = &h->ops[i];

		for (; j < n && end[j]->end < o->start; j++)
			top = end[j]->rev > top ? end[j]->rev : top;
		if (acknowledged(o) && o->rev <= top)
			ok = bad(h,
				 "revision %" PRId64 " of key %u is not above %" PRId64
				 ", which was answered before it was asked for",
				 o->rev, o->key, top);
		else if (o->kind == OP_READ && o->at && o->at < top)
			ok = bad(h, "a list at revision %" PRId64 " was asked for after %" PRId64 " had been answered",
				 o->at, top);
	}
	for (size_t i = 0; ok && i < n; i++)
		h->top = end[i]->rev > h->top ? end[i]->rev : h->top;
	free(end);
	return ok;
}

/* --- one key: a search for an order --- */

static bool step(const struct op *o, struct state *s)
{
	bool match = !o->expect || !s->rev || s->rev == o->expect;

	switch (o->outcome) {
	case OP_EXISTS:
		return s->exists;
	case OP_CONFLICT: /* a state whose revision nobody was told is another than the one asked for */
		return s->exists && (!s->rev || s->rev != o->expect);
	case OP_ABSENT:
		return !s->exists;
	case OP_OK:
	case OP_UNKNOWN:
		break;
	}
	switch (o->kind) {
	case OP_READ:
		if (!s->exists || s->value != o->value || (s->rev && s->rev != o->rev))
			return false;
		s->rev = o->rev;
		return true;
	case OP_CREATE:
		if (s->exists)
			return false;
		break;
	case OP_UPDATE:
	case OP_DELETE:
		if (!s->exists || !match)
			return false;
		break;
	}
	if (o->rev && s->rev && o->rev <= s->rev)
		return false;
	*s = o->kind == OP_DELETE ? (struct state){0} : (struct state){true, o->value, o->rev};
	return true;
}

struct search {
	const struct op **v; /* by start */
	size_t n, left;      /* left: answered ones that have no place yet */
	bool *done;
	uint64_t *been; /* hashes of where the search was without success */
	size_t n_been, cap_been;
	size_t best, best_n; /* how far it came */
	bool failed;         /* out of memory */
};

static bool been_here(struct search *s, uint64_t hash)
{
	size_t i;

	if (2 * s->n_been >= s->cap_been) {
		size_t cap = s->cap_been ? s->cap_been * 2 : 1024;
		uint64_t *v = calloc(cap, sizeof(*v));

		if (!v) {
			s->failed = true;
			return true;
		}
		for (size_t k = 0; k < s->cap_been; k++) {
			if (!s->been[k])
				continue;
			for (i = s->been[k] & (cap - 1); v[i]; i = (i + 1) & (cap - 1))
				;
			v[i] = s->been[k];
		}
		free(s->been);
		s->been = v;
		s->cap_been = cap;
	}
	hash += !hash;
	for (i = hash & (s->cap_been - 1); s->been[i]; i = (i + 1) & (s->cap_been - 1))
		if (s->been[i] == hash)
			return true;
	s->been[i] = hash;
	s->n_been++;
	return false;
}

/* first: everything before it has its place or was never answered. latest: the last start among those that have one. */
static bool place(struct search *s, size_t first, struct state st, uint64_t set, int64_t latest)
{
	int64_t end = INT64_MAX;

	if (s->left == 0)
		return true;
	if (been_here(s, set ^ mix(st.value * 2 + st.exists) ^ mix((uint64_t)st.rev + 0x9e3779b97f4a7c15ull)))
		return false;
	while (first < s->n && s->done[first])
		first++;
	if (s->n - s->left > s->best_n || s->best_n == 0) {
		s->best_n = s->n - s->left;
		s->best = first;
	}
	for (size_t i = first; i < s->n && s->v[i]->start <= end; i++)
		if (!s->done[i] && s->v[i]->outcome != OP_UNKNOWN && s->v[i]->end < end)
			end = s->v[i]->end;
	for (size_t i = first; i < s->n && s->v[i]->start <= end; i++) {
		const struct op *o = s->v[i];
		struct state next = st;
		bool found;

		if (s->done[i] || (o->outcome == OP_UNKNOWN && o->end < latest) || !step(o, &next))
			continue;
		s->done[i] = true;
		s->left -= o->outcome != OP_UNKNOWN;
		found = place(s, first, next, set ^ mix(i + 1), o->start > latest ? o->start : latest);
		if (found)
			return true;
		s->left += o->outcome != OP_UNKNOWN;
		s->done[i] = false;
	}
	return false;
}

static bool check_key(struct history *h, uint32_t key, const struct op **v, size_t n)
{
	struct search s = {.v = v, .n = n, .done = calloc(n + 1, sizeof(bool))};
	bool ok;

	for (size_t i = 0; i < n; i++)
		s.left += v[i]->outcome != OP_UNKNOWN;
	ok = s.done && place(&s, 0, h->states[key], 0, INT64_MIN);
	if (!s.done || s.failed)
		(void)bad(h, "out of memory");
	if (!ok) {
		const struct op *o = v[s.best < n ? s.best : n - 1];

		(void)bad(h,
			  "key %u: no order of its %zu operations explains the answers; stuck at %s (%s, value %" PRIu64
			  ", expected %" PRId64 ", revision %" PRId64 ")",
			  key, n, kinds[o->kind], outcomes[o->outcome], o->value, o->expect, o->rev);
	}
	/* What stood around it, for whoever has to find out why. */
	for (size_t i = s.best > 12 ? s.best - 12 : 0; !ok && i < n && i < s.best + 12; i++)
		fprintf(stderr,
			"  %c %6s %-8s value %" PRIu64 " expected %" PRId64 " revision %" PRId64 " at %" PRId64
			", from %" PRId64 " to %" PRId64 " us\n",
			i == s.best ? '>' : ' ', kinds[v[i]->kind], outcomes[v[i]->outcome], v[i]->value, v[i]->expect,
			v[i]->rev, v[i]->at, (v[i]->start - v[0]->start) / 1000, (v[i]->end - v[0]->start) / 1000);
	free(s.done);
	free(s.been);
	return ok;
}

/* An answer of one revision has every write up to it. */
static bool check_lists(struct history *h, const struct op **v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; v[i]->kind == OP_READ && v[i]->outcome == OP_OK && v[i]->at && j < n; j++)
			if (acknowledged(v[j]) && v[j]->rev > v[i]->rev && v[j]->rev <= v[i]->at)
				return bad(h,
					   "key %u: a list at revision %" PRId64 " has revision %" PRId64
					   " of it, but %" PRId64 " was written",
					   v[i]->key, v[i]->at, v[i]->rev, v[j]->rev);
	return true;
}

/* Late keys: within a life they are like others, but it begins and ends with anything that was once written. */
static bool check_keys(struct history *h)
{
	const struct op **v = malloc((h->n + 1) * sizeof(struct op *));
	size_t *count = calloc(h->n_keys + 1, sizeof(*count));
	bool ok = v && count;

	for (size_t i = 0; ok && i < h->n; i++)
		count[h->ops[i].key + 1]++;
	for (size_t k = 0; ok && k < h->n_keys; k++)
		count[k + 1] += count[k];
	for (size_t i = 0; ok && i < h->n; i++)
		v[count[h->ops[i].key]++] = &h->ops[i];
	for (size_t k = 0, at = 0; ok && k < h->n_keys; at = count[k++]) {
		size_t n = count[k] - at;

		/* Its last operation is the read from the next process. */
		if (n > 0 && v[at]->late)
			n--;
		if (ok && n > 0)
			ok = check_lists(h, v + at, n) && check_key(h, (uint32_t)k, v + at, n);
	}
	free(v);
	free(count);
	return ok;
}

/* What is read was written: answered before, or asked for in this life without an answer. */
static bool was_written(const struct history *h, const struct op *read)
{
	if (known_slot(h->known, h->cap_known, known_id(h, read->rev, read->key))->rev)
		return true; /* known_put compares */
	for (size_t i = 0; i < h->n; i++) {
		const struct op *o = &h->ops[i];

		if (o->kind != OP_READ && o->outcome == OP_UNKNOWN && o->key == read->key && o->value == read->value)
			return true;
	}
	return false;
}

static bool remember(struct history *h)
{
	for (size_t i = 0; i < h->n; i++) {
		const struct op *o = &h->ops[i];

		if (!acknowledged(o))
			continue;
		if (!known_put(h, (struct known){o->rev, o->value, o->key, false, true, o->late}, "answered"))
			return false;
		if (!o->late && GROW(h->acked, h->n_acked, h->cap_acked) < 0)
			return bad(h, "out of memory");
		if (!o->late)
			h->acked[h->n_acked++] = o->rev;
	}
	if (h->n_acked)
		qsort(h->acked, h->n_acked, sizeof(*h->acked), by_number);
	for (size_t i = 0; i < h->n; i++) {
		const struct op *o = &h->ops[i];

		if (o->kind != OP_READ || o->outcome != OP_OK)
			continue;
		if (h->lives > 0 && !was_written(h, o))
			return bad(h, "key %u: value %" PRIu64 " at revision %" PRId64 " was never written", o->key,
				   o->value, o->rev);
		if (!known_put(h, (struct known){o->rev, o->value, o->key, false, false, o->late}, "read"))
			return false;
	}
	return true;
}

bool history_check(struct history *h)
{
	bool ok;

	if (h->n)
		qsort(h->ops, h->n, sizeof(*h->ops), by_start);
	ok = remember(h) && check_order(h) && check_keys(h);
	for (size_t k = 0; k < h->n_keys; k++)
		h->states[k] = (struct state){0};
	for (size_t i = 0; i < h->n; i++) {
		const struct op *o = &h->ops[i];

		if (o->kind == OP_READ)
			h->states[o->key] =
			    o->outcome == OP_OK ? (struct state){true, o->value, o->rev} : (struct state){0};
	}
	h->lives++;
	h->checked += h->n;
	h->n = 0;
	return ok;
}

/* --- watches --- */

/* The first acknowledged durable write above rev; INT64_MAX: none. */
static int64_t acked_after(const struct history *h, int64_t rev)
{
	size_t lo = 0, hi = h->n_acked;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (h->acked[mid] <= rev)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < h->n_acked ? h->acked[lo] : INT64_MAX;
}

static bool replay(struct history *h, const struct watcher *w, const struct seen *e, struct state *s)
{
	if (e->key >= h->n_keys)
		return bad(h, "%s: an event of an unknown key", w->name);
	s += e->key;
	if (e->kind == SEEN_ADDED && s->exists)
		return bad(h,
			   "%s: key %u was added at revision %" PRId64 ", but is there since %" PRId64
			   ": its deletion was not told",
			   w->name, e->key, e->rev, s->rev);
	if (e->kind != SEEN_ADDED && !s->exists)
		return bad(h, "%s: key %u changed at revision %" PRId64 ", but was not there", w->name, e->key, e->rev);
	if (e->kind != SEEN_DELETED && s->exists && e->rev <= s->rev)
		return bad(h, "%s: key %u went back from revision %" PRId64 " to %" PRId64, w->name, e->key, s->rev,
			   e->rev);
	*s = e->kind == SEEN_DELETED ? (struct state){0} : (struct state){true, e->value, e->rev};
	return known_put(h, (struct known){e->rev, e->value, e->key, e->kind == SEEN_DELETED, false, w->late}, w->name);
}

/* Everything acknowledged that the watch passes over on its way to `to` (which itself is told now). */
static bool passed_over(struct history *h, const struct watcher *w, int64_t from, int64_t to)
{
	int64_t next = w->late ? INT64_MAX : acked_after(h, from);

	return next >= to ? true
			  : bad(h, "%s: went from revision %" PRId64 " to %" PRId64 " and was not told of %" PRId64,
				w->name, from, to, next);
}

static bool check_seen(struct history *h, const struct watcher *w, int64_t upto, struct state *s)
{
	int64_t at = 0;
	bool gone = true; /* must begin with a list */

	for (size_t i = 0; i < w->n; i++) {
		const struct seen *e = &w->v[i];

		if (e->kind == SEEN_LIST) {
			if (e->rev < at)
				return bad(h, "%s: a list went back from revision %" PRId64 " to %" PRId64, w->name, at,
					   e->rev);
			memset(s, 0, h->n_keys * sizeof(*s));
			for (; i + 1 < w->n && w->v[i + 1].listed; i++)
				if (w->v[i + 1].rev > e->rev || !replay(h, w, &w->v[i + 1], s))
					return bad(
					    h, "%s: a list at revision %" PRId64 " has an item of revision %" PRId64,
					    w->name, e->rev, w->v[i + 1].rev);
			at = e->rev;
			gone = false;
		} else if (gone) {
			return bad(h, "%s: an event without a list", w->name);
		} else if (e->kind == SEEN_GONE) {
			if (!w->may_be_gone)
				return bad(h,
					   "%s: 410 for revision %" PRId64 ", which was durable and is not compacted",
					   w->name, e->rev);
			gone = true;
		} else if (e->kind == SEEN_BOOKMARK) {
			if (e->rev < at || !passed_over(h, w, at, e->rev + 1))
				return bad(h, "%s: a bookmark went back from revision %" PRId64 " to %" PRId64, w->name,
					   at, e->rev);
			at = e->rev;
		} else {
			if (e->rev <= at)
				return bad(h, "%s: an event of revision %" PRId64 " after %" PRId64, w->name, e->rev,
					   at);
			if (!passed_over(h, w, at, e->rev) || !replay(h, w, e, s))
				return false;
			at = e->rev;
		}
	}
	if (gone && !w->late) /* that one is not waited for at the end */
		return bad(h, "%s: it did not start again after 410", w->name);
	if (!passed_over(h, w, at, upto + 1))
		return false;
	for (size_t k = 0; k < w->keys && !w->late; k++)
		if (s[k].exists != h->states[k].exists || (s[k].exists && s[k].value != h->states[k].value))
			return bad(h,
				   "%s: in the end key %zu is %s with value %" PRIu64
				   ", which is not what it was told (%" PRIu64 ")",
				   w->name, k, h->states[k].exists ? "there" : "gone", h->states[k].value, s[k].value);
	return true;
}

bool history_check_watcher(struct history *h, const struct watcher *w, int64_t upto)
{
	struct state *s = calloc(h->n_keys, sizeof(*s));
	bool ok = s ? check_seen(h, w, upto, s) : bad(h, "out of memory");

	free(s);
	return ok;
}
