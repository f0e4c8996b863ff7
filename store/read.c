/* Point reads and ranges: from memory in the caller's thread when everything is at hand, else on a pool thread. */
#include <errno.h>
#include "base/str.h"
#include "store/internal.h"

#define TRIES     8    /* a row may be compacted between looking it up and reading it; then look again */
#define WEIGHED   64   /* objects that tell how large the others are */
#define RING_SCAN 4096 /* a range of the past goes to a worker when more changed since */

/* --- one key --- */

static void item_fill(struct store_item *i, struct bytes *key, struct bytes *value, struct bytes *index,
		      int64_t create_rev, int64_t id)
{
	*i = (struct store_item){
	    .key = key->data,
	    .value = bytes_ref(value),
	    .index = bytes_ref(index),
	    .create_rev = create_rev,
	    .mod_rev = id_rev(id),
	    .hold = bytes_ref(key),
	};
}

/* As store_get; with ERR_AGAIN everything but the value is filled in, and *ret_id names the row as of *ret_at. */
static int lookup(struct store *s, const char *key, struct store_item *ret, int64_t *ret_id, int64_t *ret_at)
{
	int rc = ERR_NOT_FOUND;
	size_t len = strlen(key);
	pthread_rwlock_rdlock(&s->index_lock);
	struct entry *e = index_find(&s->index, key, len);
	if (e && e->id != 0) {
		if (e->value)
			cache_touch(e);
		rc = e->value ? 0 : ERR_AGAIN;
		if (rc == 0 || ret_id) {
			item_fill(ret, e->key, e->value, e->index, e->create_rev, e->id);
			if (ret_id) {
				*ret_id = e->id;
				*ret_at = load_i64(&s->visible);
			}
		}
	}
	pthread_rwlock_unlock(&s->index_lock);
	if (rc == 0)
		count_u64(&s->hits);
	return rc;
}

int store_get(struct store *s, const char *key, struct store_item *ret)
{
	return lookup(s, key, ret, NULL, NULL);
}

static void cache_fill(struct store *s, const struct bytes *key, int64_t id, struct bytes *value)
{
	pthread_rwlock_wrlock(&s->index_lock);
	struct entry *e = index_find(&s->index, key->data, key->len);
	if (e && e->id == id && !e->value) {
		cache_set(&s->cache, e, bytes_ref(value));
		cache_evict(&s->cache, s->flushed);
	}
	pthread_rwlock_unlock(&s->index_lock);
}

static int row_value(struct store *s, struct reader *r, int64_t id, const struct bytes *key, int64_t at,
		     struct bytes **ret, struct err *e)
{
	struct record rec;
	int rc = s->backend->ops->read(r, id, key, at, &rec, e);
	if (rc < 0)
		return rc;
	return value_take(s, &rec, id_rev(id), ret, e);
}

struct get_job {
	struct pool_job job;
	struct store *s;
	store_get_fn done;
	void *arg;
	char key[];
};

static void get_run(struct pool_job *j)
{
	struct get_job *g = container_of(j, struct get_job, job);
	struct store *s = g->s;
	struct store_item item = {0};
	int rc = ERR_NOT_FOUND;
	for (int i = 0; i < TRIES; i++) {
		int64_t id, at;
		rc = lookup(s, g->key, &item, &id, &at);
		if (rc != ERR_AGAIN)
			break;
		struct reader *r;
		rc = s->backend->ops->reader_open(s->backend, &r, NULL);
		if (rc == 0) {
			rc = row_value(s, r, id, item.hold, at, &item.value, NULL);
			s->backend->ops->reader_close(r);
		}
		if (rc == 0) {
			cache_fill(s, item.hold, id, item.value);
			break;
		}
		store_item_done(&item);
		if (rc != ERR_NOT_FOUND)
			break;
		rc = ERR_UNAVAILABLE; /* the key exists, its row moves faster than we read */
	}
	g->done(g->arg, rc, rc == 0 ? &item : NULL);
	if (rc == 0)
		store_item_done(&item);
	free(g);
}

void store_get_async(struct store *s, const char *key, store_get_fn done, void *arg)
{
	struct store_item item;
	int rc = store_get(s, key, &item);
	if (rc != ERR_AGAIN) {
		done(arg, rc, rc == 0 ? &item : NULL);
		if (rc == 0)
			store_item_done(&item);
		return;
	}
	count_u64(&s->misses);
	size_t n = strlen(key);
	struct get_job *g = calloc(1, sizeof(*g) + n + 1);
	if (!g) {
		done(arg, -ENOMEM, NULL);
		return;
	}
	g->s = s;
	g->done = done;
	g->arg = arg;
	memcpy(g->key, key, n + 1);
	g->job.run = get_run;
	pool_submit(s->pool, &g->job);
}

/* --- ranges --- */

struct range {
	struct pool_job job;
	struct store *s;
	struct store_range q; /* strings are ours */
	char *prefix, *after;
	size_t prefix_len;
	store_range_fn done;
	void *arg;
	struct store_range_result r;
	int64_t *ids; /* per item */
	size_t cap, missing;
	bool past; /* the past has still to be read */
};

static void range_clear(struct range *g)
{
	for (size_t i = 0; i < g->r.n; i++)
		store_item_done(&g->r.items[i]);
	g->r.n = g->missing = 0;
	g->r.more = false;
	g->r.remaining = 0;
}

static void range_finish(struct range *g)
{
	if (g->r.code < 0)
		range_clear(g);
	g->done(g->arg, &g->r);
	range_clear(g);
	free(g->r.items);
	free(g->ids);
	free(g->prefix);
	free(g->after);
	free(g);
}

static int range_add(struct range *g, struct bytes *key, struct bytes *value, struct bytes *index, int64_t create_rev,
		     int64_t id)
{
	struct store_range_result *r = &g->r;
	if (r->n == g->cap) {
		size_t cap = g->cap ? g->cap * 2 : g->q.limit > 0 && g->q.limit < 1024 ? g->q.limit : 64;
		struct store_item *items = realloc(r->items, cap * sizeof(*items));
		if (!items)
			return err_nomem(&r->err);
		r->items = items;
		int64_t *ids = realloc(g->ids, cap * sizeof(*ids));
		if (!ids)
			return err_nomem(&r->err);
		g->ids = ids;
		g->cap = cap;
	}
	g->ids[r->n] = id;
	item_fill(&r->items[r->n++], key, g->q.keys_only ? NULL : value, index, create_rev, id);
	if (!value && !g->q.keys_only)
		g->missing++;
	return 0;
}

static bool range_wants(const struct range *g, const struct bytes *key, const struct bytes *index)
{
	return !g->q.filter || g->q.filter(g->q.filter_arg, key->data, index);
}

static bool range_full(const struct range *g)
{
	return g->q.limit > 0 && g->r.n >= g->q.limit;
}

static struct entry *range_seek(const struct range *g, struct index_pos *pos)
{
	const struct index *ix = &g->s->index;
	if (g->after && key_cmp(g->after, strlen(g->after), g->prefix, g->prefix_len) >= 0)
		return index_seek(ix, g->after, strlen(g->after), true, pos);
	return index_seek(ix, g->prefix, g->prefix_len, false, pos);
}

static struct entry *under(const struct range *g, struct entry *e)
{
	return e && key_under(e->key, g->prefix, g->prefix_len) ? e : NULL;
}

static void range_more(struct range *g)
{
	g->r.more = true;
	size_t n = index_count_after(&g->s->index, g->prefix, g->r.items[g->r.n - 1].hold);
	g->r.remaining = n > 0 ? (int64_t)n : 1;
}

/* The present. Under index_lock. */
static int collect_now(struct range *g)
{
	struct index_pos pos;
	for (struct entry *e = under(g, range_seek(g, &pos)); e; e = under(g, index_next(&pos))) {
		if (range_full(g)) {
			range_more(g);
			break;
		}
		if (!range_wants(g, e->key, e->index))
			continue;
		if (e->value)
			cache_touch(e);
		int rc = range_add(g, e->key, e->value, e->index, e->create_rev, e->id);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* The past: keys that did not change since, merged with the old states of those that did. Under index_lock. */
static int collect_past(struct range *g, const struct past_list *l)
{
	struct index_pos pos;
	struct entry *e = under(g, range_seek(g, &pos));
	size_t i = 0;
	for (;;) {
		while (e && entry_rev(e) > g->q.rev) /* changed since: l has it */
			e = under(g, index_next(&pos));
		while (i < l->n && l->v[i].id == 0) /* did not exist then */
			i++;
		const struct past *p = i < l->n ? &l->v[i] : NULL;
		if (!e && !p)
			return 0;
		if (range_full(g)) {
			range_more(g);
			return 0;
		}
		int rc = 0;
		if (p && (!e || key_cmp(p->key->data, p->key->len, e->key->data, e->key->len) < 0)) {
			if (range_wants(g, p->key, p->index))
				rc = range_add(g, p->key, p->value, p->index, p->create_rev, p->id);
			i++;
		} else {
			if (range_wants(g, e->key, e->index))
				rc = range_add(g, e->key, e->value, e->index, e->create_rev, e->id);
			e = under(g, index_next(&pos));
		}
		if (rc < 0)
			return rc;
	}
}

/* Reads what changed since q.rev and collects; on a pool thread. */
static int past_from_disk(struct range *g)
{
	struct store *s = g->s;
	struct past_list l = {0};
	int64_t read = g->q.rev;
	int rc = 0;
	for (;;) {
		pthread_rwlock_rdlock(&s->index_lock);
		pthread_mutex_lock(&s->watch_lock);
		bool near = s->ring.floor <= read;
		int64_t flushed = s->flushed;
		if (near)
			rc = past_add_ring(&l, &s->ring, read, g->prefix, g->after) < 0 ? err_nomem(&g->r.err) : 0;
		pthread_mutex_unlock(&s->watch_lock);
		if (near && rc == 0) {
			past_sort(&l);
			rc = collect_past(g, &l);
		}
		pthread_rwlock_unlock(&s->index_lock);
		if (near || rc < 0)
			break;
		/* The ring's floor never passes what is on disk, so this ends in its reach (or again, when it ran
		 * away). */
		rc = past_add_disk(&l, s, read, flushed, g->prefix, g->after, &g->r.err);
		if (rc < 0)
			break;
		read = flushed;
	}
	past_list_done(&l);
	return rc;
}

static int past_row(void *arg, const struct record *r, struct err *e)
{
	struct range *g = arg;
	if (range_full(g)) {
		g->r.more = true;
		return 1;
	}
	struct bytes *key AUTO_BYTES = bytes_new(r->key, r->key_len),
			  *index AUTO_BYTES = r->index ? bytes_new(r->index, r->index_len) : NULL,
			  *value AUTO_BYTES = NULL;
	if (!key || (r->index && !index))
		return err_nomem(e);
	if (!range_wants(g, key, index))
		return 0;
	int rc = g->q.keys_only ? 0 : value_take(g->s, r, id_rev(r->id), &value, e);
	return rc < 0 ? rc : range_add(g, key, value, index, r->create_rev, r->id);
}

/* The same, by a backend that can look into the past itself. */
static int past_from_range(struct range *g)
{
	struct store *s = g->s;
	struct reader *r;
	int rc = s->backend->ops->reader_open(s->backend, &r, &g->r.err);
	if (rc < 0)
		return rc;
	rc = s->backend->ops->range(r, g->prefix, g->after, g->q.rev, past_row, g, &g->r.err);
	s->backend->ops->reader_close(r);
	if (rc == 0 && g->r.more) {
		pthread_rwlock_rdlock(&s->index_lock);
		range_more(g);
		pthread_rwlock_unlock(&s->index_lock);
	}
	return rc;
}

struct fill {
	struct range *g;
	size_t at;
};

static int fill_row(void *arg, const struct record *r, struct err *e)
{
	struct fill *f = arg;
	struct range *g = f->g;
	int c = -1;
	while (f->at < g->r.n &&
	       (c = key_cmp(g->r.items[f->at].hold->data, g->r.items[f->at].hold->len, r->key, r->key_len)) < 0)
		f->at++;
	if (f->at == g->r.n)
		return 1;
	struct store_item *item = &g->r.items[f->at];
	if (c > 0 || item->value || id_rev(g->ids[f->at]) != id_rev(r->id))
		return 0;
	int rc = value_take(g->s, r, id_rev(r->id), &item->value, e);
	if (rc < 0)
		return rc;
	count_u64(&g->s->misses);
	cache_fill(g->s, item->hold, g->ids[f->at], item->value);
	return 0;
}

/* Many values that lie close together are had at once, from a backend for which each costs a round trip. */
static int range_values_at_once(struct range *g, struct reader *r)
{
	struct store *s = g->s;
	size_t first = 0, last = g->r.n - 1;
	if (!s->backend->ops->range || g->missing < 8)
		return 0;
	while (g->r.items[first].value)
		first++;
	while (g->r.items[last].value)
		last--;
	const struct bytes *from = g->r.items[first].hold, *to = g->r.items[last].hold;
	pthread_rwlock_rdlock(&s->index_lock);
	size_t between = index_rank(&s->index, to->data, to->len) - index_rank(&s->index, from->data, from->len);
	pthread_rwlock_unlock(&s->index_lock);
	if (between > 8 * g->missing)
		return 0;
	struct fill f = {g, first};
	return s->backend->ops->range(r, g->prefix, first > 0 ? g->r.items[first - 1].key : g->after, g->r.rev,
				      fill_row, &f, &g->r.err);
}

static int range_values(struct range *g)
{
	struct store *s = g->s;
	struct reader *r;
	int rc = s->backend->ops->reader_open(s->backend, &r, &g->r.err);
	if (rc < 0)
		return rc;
	rc = range_values_at_once(g, r);
	if (rc == ERR_GONE)
		rc = ERR_NOT_FOUND; /* as a row that was compacted */
	for (size_t i = 0; rc == 0 && i < g->r.n; i++) {
		struct store_item *item = &g->r.items[i];
		if (item->value)
			continue;
		count_u64(&s->misses);
		rc = row_value(s, r, g->ids[i], item->hold, g->r.rev, &item->value, &g->r.err);
		if (rc == 0)
			cache_fill(s, item->hold, g->ids[i], item->value);
	}
	s->backend->ops->reader_close(r);
	return rc;
}

/* 0, an error, or ERR_AGAIN: must go on on a pool thread. */
static int range_collect(struct range *g)
{
	struct store *s = g->s;
	int rc;
	pthread_rwlock_rdlock(&s->index_lock);
	int64_t visible = load_i64(&s->visible);
	g->r.rev = g->q.rev ? g->q.rev : visible;
	if (g->r.rev == visible) {
		rc = collect_now(g);
	} else if ((rc = rev_check(s, g->q.rev, visible, &g->r.err)) == 0) {
		struct past_list l = {0};
		pthread_mutex_lock(&s->watch_lock);
		g->past = s->ring.floor > g->q.rev || s->ring.n - ring_after(&s->ring, g->q.rev) > RING_SCAN;
		if (!g->past && past_add_ring(&l, &s->ring, g->q.rev, g->prefix, g->after) < 0)
			rc = err_nomem(&g->r.err);
		pthread_mutex_unlock(&s->watch_lock);
		if (rc == 0 && !g->past) {
			past_sort(&l);
			rc = collect_past(g, &l);
		}
		past_list_done(&l);
	}
	pthread_rwlock_unlock(&s->index_lock);
	if (rc == 0 && (g->past || g->missing > 0))
		return ERR_AGAIN;
	return rc;
}

static void range_run(struct pool_job *j)
{
	struct range *g = container_of(j, struct range, job);
	int rc = 0;
	for (int i = 0; i < TRIES; i++) {
		if (i > 0) {
			range_clear(g);
			rc = range_collect(g);
			if (rc != ERR_AGAIN)
				break;
		}
		rc = !g->past ? 0 : g->s->backend->ops->range ? past_from_range(g) : past_from_disk(g);
		if (rc == 0 && g->missing > 0)
			rc = range_values(g);
		if (rc != ERR_NOT_FOUND)
			break;
		/* Compacted under our hands. A range of the past is gone then; one of the present is taken anew. */
		rc = err_set(&g->r.err, ERR_UNAVAILABLE, "store: %s changes faster than it can be read", g->prefix);
		if (g->q.rev != 0 && rev_check(g->s, g->q.rev, INT64_MAX, &g->r.err) < 0) {
			rc = ERR_GONE;
			break;
		}
	}
	g->r.code = rc;
	range_finish(g);
}

void store_range(struct store *s, const struct store_range *q, store_range_fn done, void *arg)
{
	struct range *g = calloc(1, sizeof(*g));
	if (g) {
		g->prefix = str_dup(q->prefix);
		g->after = str_dup(q->start_after);
	}
	if (!g || !g->prefix || (q->start_after && !g->after)) {
		if (g) {
			free(g->prefix);
			free(g->after);
		}
		free(g);
		struct store_range_result r = {.code = -ENOMEM};
		err_nomem(&r.err);
		done(arg, &r);
		return;
	}
	g->s = s;
	g->q = *q;
	g->q.prefix = g->prefix;
	g->q.start_after = g->after;
	g->prefix_len = strlen(g->prefix);
	g->done = done;
	g->arg = arg;
	int rc = range_collect(g);
	if (rc == ERR_AGAIN) {
		g->job.run = range_run;
		pool_submit(s->pool, &g->job);
		return;
	}
	g->r.code = rc;
	__atomic_fetch_add(&s->hits, g->r.n, __ATOMIC_RELAXED);
	range_finish(g);
}

void store_weigh(struct store *s, const char *prefix, size_t *ret_count, size_t *ret_bytes)
{
	size_t len = strlen(prefix), bytes = 0, n = 0;
	struct index_pos pos;

	pthread_rwlock_rdlock(&s->index_lock);
	*ret_count = index_count(&s->index, prefix);
	struct entry *e = *ret_count ? index_seek(&s->index, prefix, len, false, &pos) : NULL;
	for (unsigned i = 0; e && i < WEIGHED && key_under(e->key, prefix, len); i++, e = index_next(&pos)) {
		bytes += e->value ? e->value->len : 0;
		n += e->value != NULL;
	}
	pthread_rwlock_unlock(&s->index_lock);
	*ret_bytes = n ? (bytes + n - 1) / n : 0;
}

size_t store_count(struct store *s, const char *prefix)
{
	pthread_rwlock_rdlock(&s->index_lock);
	size_t n = index_count(&s->index, prefix);
	pthread_rwlock_unlock(&s->index_lock);
	return n;
}
