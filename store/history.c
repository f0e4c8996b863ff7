/* What happened lately, from memory, and before that, from disk. */
#include <errno.h>
#include "store/internal.h"

/* --- the ring --- */

void ring_init(struct ring *r, size_t max_bytes, size_t max_n, int64_t floor)
{
	*r = (struct ring){.max_bytes = max_bytes, .max_n = max_n, .floor = floor};
}

void ring_done(struct ring *r)
{
	for (size_t i = 0; i < r->n; i++)
		change_unref(ring_at(r, i));
	free(r->v);
	r->v = NULL;
	r->n = r->cap = 0;
}

int ring_reserve(struct ring *r, size_t more)
{
	size_t cap = r->cap ? r->cap : 64;
	while (cap < r->n + more)
		cap *= 2;
	if (cap == r->cap)
		return 0;
	struct change **v = malloc(cap * sizeof(*v));
	if (!v)
		return -ENOMEM;
	for (size_t i = 0; i < r->n; i++)
		v[i] = ring_at(r, i);
	free(r->v);
	r->v = v;
	r->cap = cap;
	r->head = 0;
	return 0;
}

void ring_push(struct ring *r, struct change *c)
{
	r->v[(r->head + r->n) & (r->cap - 1)] = c;
	r->n++;
	r->bytes += change_cost(c);
}

void ring_evict(struct ring *r, int64_t upto)
{
	while (r->n > 0 && (r->bytes > r->max_bytes || r->n > r->max_n)) {
		int64_t rev = id_rev(ring_at(r, 0)->id);
		if (rev > upto)
			return;
		/* Whole revisions only: floor promises that every change above it is here. */
		while (r->n > 0 && id_rev(ring_at(r, 0)->id) == rev) {
			struct change *c = ring_at(r, 0);
			size_t cost = change_cost(c);
			r->bytes -= cost < r->bytes ? cost : r->bytes;
			r->head = (r->head + 1) & (r->cap - 1);
			r->n--;
			change_unref(c);
		}
		r->floor = rev;
	}
}

size_t ring_after(const struct ring *r, int64_t rev)
{
	size_t lo = 0, hi = r->n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (id_rev(ring_at(r, mid)->id) <= rev)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct change *ring_find(const struct ring *r, int64_t id)
{
	for (size_t i = ring_after(r, id_rev(id) - 1); i < r->n; i++) {
		struct change *c = ring_at(r, i);
		if (c->id == id)
			return c;
		if (c->id > id)
			break;
	}
	return NULL;
}

/* --- events from disk --- */

void event_list_done(struct event_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		struct store_event *ev = &l->v[i];
		store_item_done(&ev->item);
		bytes_unref((struct bytes *)ev->prev_index);
		bytes_unref(ev->prev_value);
	}
	free(l->v);
	*l = (struct event_list){0};
}

#define CHUNK_EVENTS 256
#define CHUNK_BYTES  ((size_t)4 << 20)
#define CHUNK_ROWS   8192 /* no read transaction for longer: it would hold up the checkpoint */

struct history_arg {
	struct store *s;
	struct event_list *list;
	const char *prefix;
	size_t prefix_len;
	size_t rows;
	int64_t rev; /* of the last row */
	bool full;
};

static bool record_under(const struct record *r, const char *prefix, size_t n)
{
	return r->key_len >= n && memcmp(r->key, prefix, n) == 0;
}

static bool history_want(void *arg, const struct record *r)
{
	const struct history_arg *h = arg;
	return record_under(r, h->prefix, h->prefix_len);
}

static int event_fill(struct store *s, struct store_event *ev, const struct record *r, struct err *e)
{
	int64_t rev = id_rev(r->id);
	*ev = (struct store_event){
	    .kind = r->deleted   ? STORE_DELETED
		    : r->prev_id ? STORE_MODIFIED
				 : STORE_CREATED,
	    .item = {.create_rev = r->create_rev, .mod_rev = rev},
	};
	ev->item.hold = bytes_new(r->key, r->key_len);
	int rc = r->value ? value_take(s, r, rev, &ev->item.value, e) : 0;
	ev->item.index = r->index ? bytes_new(r->index, r->index_len) : NULL;
	ev->prev_index = r->prev_index ? bytes_new(r->prev_index, r->prev_index_len) : NULL;
	if (rc == 0 && (!ev->item.hold || (r->index && !ev->item.index) || (r->prev_index && !ev->prev_index)))
		rc = err_nomem(e);
	if (rc < 0) {
		store_item_done(&ev->item);
		bytes_unref((struct bytes *)ev->prev_index);
		return rc;
	}
	ev->item.key = ev->item.hold->data;
	return 0;
}

static int history_row(void *arg, const struct record *r, struct err *e)
{
	struct history_arg *h = arg;
	int64_t rev = id_rev(r->id);
	if (rev != h->rev && (h->list->n >= CHUNK_EVENTS || h->list->bytes >= CHUNK_BYTES || h->rows >= CHUNK_ROWS)) {
		h->full = true;
		return 1;
	}
	h->rev = rev;
	h->rows++;
	if (!record_under(r, h->prefix, h->prefix_len))
		return 0;
	struct event_list *l = h->list;
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;
		struct store_event *v = realloc(l->v, cap * sizeof(*v));
		if (!v)
			return err_nomem(e);
		l->v = v;
		l->cap = cap;
	}
	int rc = event_fill(h->s, &l->v[l->n], r, e);
	if (rc < 0)
		return rc;
	l->bytes += r->value_len;
	l->n++;
	return 0;
}

int history_read(struct store *s, const char *prefix, int64_t after, int64_t upto, struct event_list *ret,
		 int64_t *ret_rev, struct err *e)
{
	const struct backend_ops *ops = s->backend->ops;
	struct reader *r;
	int rc = ops->reader_open(s->backend, &r, e);
	if (rc < 0)
		return rc;
	/* The snapshot stands now: a compaction that it does not contain cannot take rows from under us any more. */
	rc = rev_check(s, after, INT64_MAX, e);
	if (rc == 0) {
		struct history_arg h = {
		    .s = s, .list = ret, .prefix = prefix, .prefix_len = strlen(prefix), .rev = after};
		rc = ops->history(r, id_last(after), id_last(upto), history_want, history_row, &h, e);
		if (rc >= 0)
			*ret_rev = h.full ? h.rev : upto;
	}
	ops->reader_close(r);
	return rc < 0 ? rc : 0;
}

/* --- states of the past --- */

void past_list_done(struct past_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		bytes_unref(l->v[i].key);
		bytes_unref(l->v[i].index);
		bytes_unref(l->v[i].value);
	}
	free(l->v);
	*l = (struct past_list){0};
}

static int past_cmp(const void *a, const void *b)
{
	const struct past *x = a, *y = b;
	return key_cmp(x->key->data, x->key->len, y->key->data, y->key->len);
}

static bool past_has(const struct past_list *l, const struct bytes *key)
{
	struct past p = {.key = (struct bytes *)key};
	return l->sorted > 0 && bsearch(&p, l->v, l->sorted, sizeof(p), past_cmp);
}

static int past_cmp_order(const void *a, const void *b)
{
	const struct past *x = a, *y = b;
	int c = past_cmp(a, b);
	if (c)
		return c;
	return x->at < y->at ? -1 : x->at > y->at;
}

void past_sort(struct past_list *l)
{
	/* Of several changes of one key the first tells what was before all of them. */
	if (l->n > 1)
		qsort(l->v, l->n, sizeof(*l->v), past_cmp_order);
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++) {
		struct past *p = &l->v[i];
		if (n > 0 && past_cmp(&l->v[n - 1], p) == 0) {
			bytes_unref(p->key);
			bytes_unref(p->index);
			bytes_unref(p->value);
			continue;
		}
		l->v[n++] = *p;
	}
	l->n = l->sorted = n;
}

static struct past *past_slot(struct past_list *l)
{
	if (l->n - l->sorted > 4096 && l->n - l->sorted > l->sorted)
		past_sort(l); /* drops what came twice */
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;
		struct past *v = realloc(l->v, cap * sizeof(*v));
		if (!v)
			return NULL;
		l->v = v;
		l->cap = cap;
	}
	struct past *p = &l->v[l->n];
	*p = (struct past){0};
	return p;
}

int past_add_ring(struct past_list *l, const struct ring *r, int64_t after, const char *prefix, const char *start_after)
{
	size_t n = strlen(prefix), an = start_after ? strlen(start_after) : 0;
	for (size_t i = ring_after(r, after); i < r->n; i++) {
		struct change *c = ring_at(r, i);
		if (!key_under(c->key, prefix, n) || past_has(l, c->key))
			continue;
		if (start_after && key_cmp(c->key->data, c->key->len, start_after, an) <= 0)
			continue;
		struct past *p = past_slot(l);
		if (!p)
			return -ENOMEM;
		p->key = bytes_ref(c->key);
		p->index = bytes_ref(c->prev_index);
		p->id = c->prev_id;
		p->create_rev = c->create_rev;
		p->at = c->id;
		/* What is late is not on disk; but then it is here. */
		const struct change *before = c->prev_id ? ring_find(r, c->prev_id) : NULL;
		p->value = before ? bytes_ref(before->value) : NULL;
		l->n++;
	}
	return 0;
}

struct past_arg {
	struct past_list *list;
	const char *prefix, *start_after;
	size_t prefix_len, after_len, rows;
	int64_t rev; /* of the last row */
};

static bool past_want(void *arg, const struct record *r)
{
	const struct past_arg *a = arg;
	return record_under(r, a->prefix, a->prefix_len) &&
	       (!a->start_after || key_cmp(r->key, r->key_len, a->start_after, a->after_len) > 0);
}

static int past_row(void *arg, const struct record *r, struct err *e)
{
	struct past_arg *a = arg;
	if (id_rev(r->id) != a->rev && a->rows >= CHUNK_ROWS)
		return 1;
	a->rev = id_rev(r->id);
	a->rows++;
	if (!past_want(arg, r))
		return 0;
	struct past *p = past_slot(a->list);
	if (!p)
		return err_nomem(e);
	p->key = bytes_new(r->key, r->key_len);
	p->index = r->prev_index ? bytes_new(r->prev_index, r->prev_index_len) : NULL;
	p->id = r->prev_id;
	p->create_rev = r->create_rev;
	p->at = r->id;
	if (!p->key || (r->prev_index && !p->index)) {
		bytes_unref(p->key);
		bytes_unref(p->index);
		return err_nomem(e);
	}
	a->list->n++;
	return 0;
}

int past_add_disk(struct past_list *l, struct store *s, int64_t after, int64_t upto, const char *prefix,
		  const char *start_after, struct err *e)
{
	const struct backend_ops *ops = s->backend->ops;
	int rc = 1;
	while (rc > 0 && after < upto) {
		struct past_arg a = {.list = l,
				     .prefix = prefix,
				     .start_after = start_after,
				     .prefix_len = strlen(prefix),
				     .after_len = start_after ? strlen(start_after) : 0,
				     .rev = after};
		struct reader *r;
		rc = ops->reader_open(s->backend, &r, e);
		if (rc < 0)
			return rc;
		rc = rev_check(s, after, INT64_MAX, e);
		if (rc == 0)
			rc = ops->history(r, id_last(after), id_last(upto), past_want, past_row, &a, e);
		ops->reader_close(r);
		after = a.rev;
	}
	return rc < 0 ? rc : 0;
}
