/*
 * The writer: takes everything that is queued, decides it against the state that the batch is going to leave, writes it
 * with one fsync, makes it visible in order, and tells.
 *
 * Late transactions (heartbeats) ride along when there is a batch to write; alone they are published at once and kept
 * in `late` until the next batch or their deadline.
 */
#include <errno.h>
#include <inttypes.h>
#include "base/log.h"
#include "store/internal.h"

#define BATCH_OPS   4096
#define BATCH_BYTES ((size_t)16 << 20)
#define RESERVE     10000 /* revisions promised at once */
#define LATE_MAX    4096  /* late changes kept in memory before they are written after all */
#define LATE_BYTES  ((size_t)4 << 20)
#define RETRY_MS    1000    /* after a failed flush of late changes */
#define SCRUB_NS    2000000 /* a slice of it */
#define SCRUB_LEAST 16      /* pages, whoever waits */
#define QUIET_MS    3       /* without a write: a moment to give space back in */

struct txn *txn_free(struct txn *t)
{
	if (!t)
		return NULL;
	for (size_t i = 0; i < t->n; i++) {
		bytes_unref(t->ops[i].key);
		change_unref(t->ops[i].change);
	}
	free(t);
	return NULL;
}

static int64_t now_ms(void)
{
	return clock_mono_ms(clock_real());
}

/* --- what a key looks like to the next transaction of this batch --- */

struct state {
	bool exists;
	int64_t id, create_rev;
};

static struct state key_state(const struct entry *e)
{
	if (!e)
		return (struct state){0};
	const struct change *p = e->pending;
	if (p)
		return p->kind == STORE_DELETED ? (struct state){0} : (struct state){true, p->id, p->create_rev};
	return (struct state){e->id != 0, e->id, e->create_rev};
}

static int txn_fail(struct txn *t, size_t op, int code, const char *fmt, int64_t have)
{
	t->code = code;
	t->failed_op = op;
	err_set(&t->err, code, "store: %s: ", t->ops[op].key->data);
	size_t n = strlen(t->err.msg);
	if (n + 1 < sizeof(t->err.msg))
		(void)snprintf(t->err.msg + n, sizeof(t->err.msg) - n, "%s%" PRId64 " (%" PRId64 " expected)", fmt,
			       have, t->ops[op].expect);
	return code;
}

static int txn_check(struct store *s, struct txn *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct txn_op *op = &t->ops[i];
		struct state st = key_state(index_find(&s->index, op->key->data, op->key->len));
		int64_t have = st.exists ? id_rev(st.id) : 0;
		if (op->expect == 0 && st.exists)
			return txn_fail(t, i, ERR_EXISTS, "exists already, at revision ", have);
		if (!st.exists && (op->expect > 0 || (op->expect < 0 && op->kind == STORE_DELETE)))
			return txn_fail(t, i, ERR_NOT_FOUND, "not found, revision ", have);
		if (op->expect > 0 && op->expect != have)
			return txn_fail(t, i, ERR_CONFLICT, "was changed: it is at revision ", have);
	}
	return 0;
}

/* --- staging --- */

static struct bytes *cached_value(struct store *s, struct entry *e)
{
	pthread_rwlock_rdlock(&s->index_lock); /* pool threads fill and drop values */
	struct bytes *v = bytes_ref(e->value);
	pthread_rwlock_unlock(&s->index_lock);
	return v;
}

static struct change *late_find(const struct writer *w, int64_t id)
{
	for (size_t i = 0; i < w->n_late; i++)
		if (w->late[i]->id == id)
			return w->late[i];
	return NULL;
}

/* A deleted key's last state, when the caller gave none: what is stored, with the deletion's revision. */
static int last_state(struct store *s, struct entry *e, struct change *c, struct err *err)
{
	struct bytes *raw AUTO_BYTES = NULL;
	uint32_t splice;
	if (e->pending) {
		raw = bytes_ref(e->pending->raw);
		splice = e->pending->splice;
	} else {
		struct bytes *v AUTO_BYTES = cached_value(s, e);
		struct change *late = v ? NULL : late_find(&s->writer, e->id);
		splice = e->splice;
		if (v) {
			raw = value_unsplice(v, splice, entry_rev(e));
		} else if (late) {
			raw = bytes_ref(late->raw);
		} else {
			struct record r;
			int rc = s->backend->ops->peek(s->backend, e->id, &r, err);
			if (rc < 0)
				return rc == ERR_NOT_FOUND ? err_set(err, -EUCLEAN, "%s", err ? err->msg : "") : rc;
			if ((rc = value_raw(s, &r, &raw, err)) < 0)
				return rc;
		}
	}
	if (!raw || !(c->value = value_splice(raw, splice, id_rev(c->id))))
		return err_nomem(err);
	c->splice = splice;
	return 0;
}

static int stage_op(struct store *s, struct change *c, const struct txn_op *op, int64_t id, struct err *err)
{
	struct entry *e = index_find(&s->index, op->key->data, op->key->len);
	if (!e) {
		pthread_rwlock_wrlock(&s->index_lock);
		e = index_place(&s->index, op->key);
		pthread_rwlock_unlock(&s->index_lock);
		if (!e)
			return err_nomem(err);
	}
	struct state st = key_state(e);
	/* From here on unstage() undoes it. */
	c->entry = e;
	c->below = e->pending;
	c->id = id;
	c->prev_id = st.exists ? st.id : 0;
	c->create_rev = st.exists ? st.create_rev : id_rev(id);
	c->kind = op->kind == STORE_DELETE ? STORE_DELETED : st.exists ? STORE_MODIFIED : STORE_CREATED;
	if (c->key != e->key) { /* one copy of each key */
		bytes_unref(c->key);
		c->key = bytes_ref(e->key);
	}
	if (st.exists) {
		c->prev_index = bytes_ref(e->pending ? e->pending->index : e->index);
		c->prev_value = e->pending ? bytes_ref(e->pending->value) : cached_value(s, e);
	}
	int rc = 0;
	if (c->raw) {
		c->value = value_splice(c->raw, c->splice, id_rev(id));
		rc = c->value ? 0 : err_nomem(err);
	} else {
		rc = last_state(s, e, c, err);
	}
	if (op->kind == STORE_DELETE && !c->index)
		c->index = bytes_ref(c->prev_index);
	e->pending = c;
	return rc;
}

/* Undoes what was staged, down to `keep` changes. */
static void unstage(struct store *s, size_t keep)
{
	struct writer *w = &s->writer;
	while (w->n_staged > keep) {
		struct change *c = w->staged[--w->n_staged];
		struct entry *e = c->entry;
		e->pending = c->below;
		if (c->kind == STORE_DELETED && c->index == c->prev_index)
			c->index = bytes_unref(c->index);
		c->value = bytes_unref(c->value);
		c->prev_index = bytes_unref(c->prev_index);
		c->prev_value = bytes_unref(c->prev_value);
		c->entry = NULL;
		c->below = NULL;
		if (!e->pending && e->id == 0) {
			pthread_rwlock_wrlock(&s->index_lock);
			index_remove(&s->index, e);
			pthread_rwlock_unlock(&s->index_lock);
		}
	}
}

static int grow(struct change ***v, size_t *cap, size_t want)
{
	if (want <= *cap)
		return 0;
	size_t n = *cap ? *cap : 64;
	while (n < want)
		n *= 2;
	struct change **p = realloc(*v, n * sizeof(*p));
	if (!p)
		return -ENOMEM;
	*v = p;
	*cap = n;
	return 0;
}

/* Decides a transaction. What it changes is staged at revision rev; false: it did not happen or changes nothing. */
static bool txn_stage(struct store *s, struct txn *t, int64_t rev)
{
	struct writer *w = &s->writer;
	size_t before = w->n_staged;
	t->code = 0;
	if (txn_check(s, t) < 0)
		return false;
	if (rev > REV_MAX) {
		t->code = err_set(&t->err, -EOVERFLOW, "store: out of revisions");
		return false;
	}
	/* Everything that publishing will need is allocated here, where failing is still possible. */
	pthread_mutex_lock(&s->watch_lock);
	int rc = ring_reserve(&s->ring, w->n_staged + t->n);
	pthread_mutex_unlock(&s->watch_lock);
	if (rc < 0 || grow(&w->staged, &w->cap_staged, w->n_staged + t->n) < 0 ||
	    grow(&w->late, &w->cap_late, w->n_late + w->n_staged + t->n) < 0) {
		t->code = err_nomem(&t->err);
		return false;
	}
	for (size_t i = 0; i < t->n; i++) {
		struct change *c = t->ops[i].change;
		if (!c)
			continue;
		c->late = !t->durable;
		t->code = stage_op(s, c, &t->ops[i], id_make(rev, i), &t->err);
		if (c->entry)
			w->staged[w->n_staged++] = c;
		if (t->code < 0) {
			t->failed_op = i;
			unstage(s, before);
			return false;
		}
	}
	t->rev = w->n_staged > before ? rev : rev - 1;
	return w->n_staged > before;
}

/* --- the disk --- */

static void late_clear(struct writer *w)
{
	for (size_t i = 0; i < w->n_late; i++) {
		w->late[i]->raw = bytes_unref(w->late[i]->raw);
		w->late[i]->sealed = bytes_unref(w->late[i]->sealed);
		change_unref(w->late[i]);
	}
	w->n_late = 0;
	w->late_bytes = 0;
}

/* What barriers bring along for sealed values. ret_mark: as it is to be on disk. */
static int reseal_write(struct store *s, int *ret_mark, struct err *e)
{
	struct writer *w = &s->writer;
	struct backend *b = s->backend;
	int rc = 0, have = *ret_mark;
	for (const struct txn *t = w->batch; rc == 0 && t; t = t->next) {
		const struct reseal_batch *r = t->reseal;
		for (size_t i = 0; r && rc == 0 && i < r->n; i++)
			rc = b->ops->rewrite(b, r->ids[i], r->values[i], e);
		if (r && r->mark >= 0)
			*ret_mark = r->mark;
	}
	/* The first sealed value says so in the same transaction: a program or a start without keys then knows. */
	for (size_t i = 0; *ret_mark == SEAL_NONE && i < w->n_staged; i++)
		if (w->staged[i]->sealed)
			*ret_mark = __atomic_load_n(&s->sealer->fresh, __ATOMIC_ACQUIRE) ? SEAL_CLEAN : SEAL_DIRTY;
	if (rc == 0 && *ret_mark != have)
		rc = b->ops->mark(b, (enum seal_mark) * ret_mark, e);
	return rc;
}

/* Outside of the transaction, and after it. */
static void scrub(struct store *s, struct txn *t)
{
	struct pace p = {.waiting = &s->queue_n,
			 .until_ns = clock_mono_ns(clock_real()) + SCRUB_NS,
			 .least = SCRUB_LEAST,
			 .most = SIZE_MAX};
	t->code = s->backend->ops->scrub(s->backend, t->reseal->scrub, &p, &t->err);
}

/* swept NULL: without compaction. */
static int disk_write(struct store *s, int64_t last, int64_t *reserved, int64_t *swept, struct err *e)
{
	struct writer *w = &s->writer;
	struct backend *b = s->backend;
	int mark = s->sealer ? s->sealer->mark : 0;
	int rc = b->ops->begin(b, false, e);
	for (size_t i = 0; rc == 0 && i < w->n_late; i++)
		rc = b->ops->apply(b, w->late[i], e);
	for (size_t i = 0; rc == 0 && i < w->n_staged; i++)
		rc = b->ops->apply(b, w->staged[i], e);
	if (rc == 0 && (!w->dirty || *reserved - last < RESERVE / 2)) {
		*reserved = last + RESERVE;
		rc = b->ops->state(b, &(struct backend_state){.reserved = *reserved}, e);
	}
	if (rc == 0 && w->gap_pending)
		rc = b->ops->gap(b, w->gap, e);
	if (rc == 0 && s->sealer)
		rc = reseal_write(s, &mark, e);
	if (rc == 0 && swept)
		rc = upkeep_ride(s, swept, e);
	if (rc == 0)
		rc = b->ops->commit(b, e);
	if (rc < 0)
		b->ops->rollback(b);
	else if (s->sealer)
		__atomic_store_n(&s->sealer->mark, mark, __ATOMIC_RELEASE);
	return rc;
}

/* Everything late and staged, durably. */
static int flush(struct store *s, int64_t last, struct err *e)
{
	struct writer *w = &s->writer;
	int64_t reserved = w->reserved, swept = w->swept;
	upkeep_owe(s, w->n_staged);
	bool rides = upkeep_rides(s);
	int rc = disk_write(s, last, &reserved, rides ? &swept : NULL, e);
	if (rc == 0 && rides) {
		upkeep_rode(s, swept);
	} else if (rides) { /* a compaction that cannot be must not stop writes that can */
		struct err why = *e;
		reserved = w->reserved;
		rc = disk_write(s, last, &reserved, NULL, e);
		if (rc == 0)
			upkeep_fail(s, &why);
	} else if (rc == 0) {
		w->upkeep_failed = false;
	}
	if (rc < 0) {
		w->upkeep_failed = true; /* waits for a write that succeeds */
		return rc;
	}
	count_u64(&s->syncs);
	w->reserved = reserved;
	w->dirty = true;
	w->gap_pending = false;
	late_clear(w);
	return 0;
}

/* --- publishing --- */

static void entry_publish(struct store *s, struct change *c)
{
	struct entry *e = c->entry;
	e->pending = NULL;
	if (c->kind == STORE_DELETED) {
		cache_drop(&s->cache, e);
		e->index = bytes_unref(e->index);
		e->id = 0;
		index_set_counted(e, false);
		return;
	}
	e->id = c->id;
	e->create_rev = c->create_rev;
	e->splice = c->splice;
	bytes_unref(e->index);
	e->index = bytes_ref(c->index);
	cache_set(&s->cache, e, bytes_ref(c->value));
	index_set_counted(e, true);
}

static void publish(struct store *s, int64_t last, bool durable)
{
	struct writer *w = &s->writer;
	pthread_rwlock_wrlock(&s->index_lock);
	for (size_t i = 0; i < w->n_staged; i++)
		entry_publish(s, w->staged[i]);
	/* A key may have come and gone more than once: each entry goes once. */
	size_t n_dead = 0;
	for (size_t i = 0; i < w->n_staged; i++) {
		struct change *c = w->staged[i];
		if (c->kind != STORE_DELETED || c->entry->id != 0 || c->entry->doomed)
			continue;
		c->entry->doomed = true;
		n_dead++;
	}
	for (size_t i = 0; n_dead > 0 && i < w->n_staged; i++) {
		struct change *c = w->staged[i];
		bool first = c->kind == STORE_DELETED && c->entry && c->entry->doomed;
		struct entry *e = c->entry;
		if (!first)
			continue;
		for (size_t j = i; j < w->n_staged; j++)
			if (w->staged[j]->entry == e)
				w->staged[j]->entry = NULL;
		index_remove(&s->index, e);
		n_dead--;
	}
	if (durable)
		s->flushed = last;
	cache_evict(&s->cache, s->flushed);

	pthread_mutex_lock(&s->watch_lock);
	bool listeners = s->watches.n > 0;
	for (size_t i = 0; i < w->n_staged; i++) {
		struct change *c = w->staged[i];
		c->entry = NULL;
		c->below = NULL;
		if (!listeners)
			c->prev_value = bytes_unref(c->prev_value);
		if (durable) {
			c->raw = bytes_unref(c->raw);
			c->sealed = bytes_unref(c->sealed);
		}
		ring_push(&s->ring, change_ref(c));
	}
	store_i64(&s->visible, last); /* whoever holds either lock sees it together with the changes */
	if (!listeners)
		s->watches.dispatched = last;
	int64_t keep = s->flushed < s->watches.dispatched ? s->flushed : s->watches.dispatched;
	ring_evict(&s->ring, keep);
	if (listeners && w->n_staged > 0)
		pthread_cond_signal(&s->watches.wake);
	pthread_mutex_unlock(&s->watch_lock);
	pthread_rwlock_unlock(&s->index_lock);

	if (!durable) {
		for (size_t i = 0; i < w->n_staged; i++) {
			if (w->n_late == 0)
				w->late_deadline_ms = now_ms() + s->late_flush_ms;
			w->late_bytes += change_cost(w->staged[i]);
			w->late[w->n_late++] = change_ref(w->staged[i]);
		}
	}
	w->seq += w->n_staged;
	w->n_staged = 0;
	w->last = last;
	upkeep_mark(s);
}

int writer_room(struct store *s, size_t n)
{
	struct writer *w = &s->writer;
	pthread_mutex_lock(&s->watch_lock);
	int rc = ring_reserve(&s->ring, w->n_staged + n);
	pthread_mutex_unlock(&s->watch_lock);
	return rc < 0 ? rc : grow(&w->staged, &w->cap_staged, w->n_staged + n);
}

int writer_stage(struct store *s, const struct txn_op *op, int64_t id, struct err *e)
{
	struct writer *w = &s->writer;
	if (writer_room(s, 1) < 0)
		return err_nomem(e);
	int rc = stage_op(s, op->change, op, id, e);
	if (op->change->entry)
		w->staged[w->n_staged++] = op->change;
	return rc;
}

void writer_publish(struct store *s, int64_t last)
{
	publish(s, last, true);
}

void writer_unstage(struct store *s)
{
	unstage(s, 0);
}

/* --- a batch --- */

void txn_tell(struct store *s, struct txn *t)
{
	struct store_done d = {.code = t->code, .failed_op = t->failed_op, .rev = t->rev};
	if (t->code == 0) {
		for (size_t i = 0; i < t->n; i++) {
			struct change *c = t->ops[i].change;
			struct bytes *key = c ? c->key : t->ops[i].key;
			t->items[i] = (struct store_item){.key = key->data, .hold = key};
			if (!c)
				continue;
			t->items[i].value = c->value;
			t->items[i].index = c->index;
			t->items[i].create_rev = c->create_rev;
			t->items[i].mod_rev = t->rev;
		}
		d.items = t->items;
		d.n = t->n;
		count_u64(&s->commits);
	} else {
		d.rev = 0;
		d.err = t->err;
	}
	if (t->done)
		t->done(t->arg, &d);
}

/* Who wants something scrubbed waits until the others have their answers. */
static void batch_tell(struct store *s, struct txn *list)
{
	struct txn *last = NULL;
	while (list) {
		struct txn *t = list;
		list = t->next;
		if (t->code == 0 && t->reseal && t->reseal->scrub) {
			t->next = last;
			last = t;
			continue;
		}
		txn_tell(s, t);
		txn_free(t);
	}
	while (last) {
		struct txn *t = last;
		last = t->next;
		scrub(s, t);
		txn_tell(s, t);
		txn_free(t);
	}
}

/* Nothing of the batch's durable part happened; its late part does not need the disk. */
static int64_t batch_failed(struct store *s, struct txn *list, int code, const struct err *e)
{
	struct writer *w = &s->writer;
	unstage(s, 0);
	int64_t last = w->last;
	for (struct txn *t = list; t; t = t->next) {
		if (t->durable || last + 1 > w->reserved || w->n_late + w->n_staged >= 4 * LATE_MAX) {
			t->code = code;
			t->err = *e;
			t->failed_op = 0;
		} else if (txn_stage(s, t, last + 1)) {
			last++;
		}
	}
	return last;
}

static void batch_run(struct store *s, struct txn *list, bool flush_wanted)
{
	struct writer *w = &s->writer;
	int64_t last = w->last;
	bool durable = flush_wanted;
	w->batch = list;
	for (struct txn *t = list; t; t = t->next) {
		if (txn_stage(s, t, last + 1)) {
			last++;
			durable |= t->durable;
		}
		durable |= t->barrier;
	}
	if (last > w->reserved && last > w->last)
		durable = true;
	if (w->n_late + w->n_staged > LATE_MAX || w->late_bytes > LATE_BYTES)
		durable = true;
	if (durable) {
		struct err e = {0};
		int rc = flush(s, last, &e);
		if (rc < 0) {
			last = batch_failed(s, list, rc, &e);
			durable = false;
			w->late_deadline_ms = now_ms() + (s->late_flush_ms > RETRY_MS ? s->late_flush_ms : RETRY_MS);
		}
	}
	if (w->n_staged > 0 || durable)
		publish(s, last, durable);
	w->batch = NULL;
	batch_tell(s, list);
	w->batch_ms = now_ms();
}

/* Takes the queue's head, up to a batch. Under queue_lock. */
static struct txn *queue_take(struct store *s)
{
	struct txn *list = s->queue_head, *t = list;
	size_t ops = 0, bytes = 0;
	if (!list)
		return NULL;
	for (;; t = t->next) {
		ops += t->n;
		bytes += t->bytes;
		__atomic_store_n(&s->queue_n, s->queue_n - 1, __ATOMIC_RELAXED);
		s->queue_bytes -= t->bytes;
		if (!t->next || ops + t->next->n > BATCH_OPS || bytes + t->next->bytes > BATCH_BYTES)
			break;
	}
	s->queue_head = t->next;
	if (!s->queue_head)
		s->queue_tail = &s->queue_head;
	t->next = NULL;
	return list;
}

static void wait_until(struct store *s, int64_t ms)
{
	struct timespec ts = {.tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000};
	(void)pthread_cond_timedwait(&s->queue_wake, &s->queue_lock, &ts);
}

static void disk_wake(void *arg)
{
	struct store *s = arg;
	pthread_mutex_lock(&s->queue_lock);
	pthread_cond_signal(&s->queue_wake);
	pthread_mutex_unlock(&s->queue_lock);
}

static void *writer_main(void *arg)
{
	struct store *s = arg;
	struct writer *w = &s->writer;
	pthread_mutex_lock(&s->queue_lock);
	while (s->queue_head || !s->stopping) {
		int64_t now = now_ms();
		bool late_due = w->n_late > 0 && now >= w->late_deadline_ms;
		enum upkeep what = upkeep_due(s); /* who waits goes first, but it is noted */
		if (s->queue_head || late_due || upkeep_needs_flush(s, what)) {
			struct txn *list = queue_take(s);
			pthread_mutex_unlock(&s->queue_lock);
			batch_run(s, list, late_due || (!list && upkeep_needs_flush(s, what)));
			pthread_mutex_lock(&s->queue_lock);
		} else if (what == UPKEEP_SHRINK && now < w->batch_ms + QUIET_MS) {
			wait_until(s, w->batch_ms + QUIET_MS);
		} else if (what != UPKEEP_NONE) {
			pthread_mutex_unlock(&s->queue_lock);
			upkeep_run(s, what);
			pthread_mutex_lock(&s->queue_lock);
		} else if (w->n_late > 0) {
			wait_until(s, w->late_deadline_ms);
		} else {
			pthread_cond_wait(&s->queue_wake, &s->queue_lock);
		}
	}
	pthread_mutex_unlock(&s->queue_lock);
	return NULL;
}

int writer_start(struct store *s, struct err *e)
{
	s->backend->wake = disk_wake;
	s->backend->wake_arg = s;
	int rc = pthread_create(&s->writer.thread, NULL, writer_main, s);
	if (rc)
		return err_errno(e, rc, "store: starting a thread");
	(void)pthread_setname_np(s->writer.thread, "store-writer");
	s->writer.started = true;
	return 0;
}

/* After the thread: what is late goes to disk, and the file says that nothing is missing. */
static void finish(struct store *s)
{
	struct writer *w = &s->writer;
	struct err e;
	if (!w->dirty) /* nothing written since it was opened: it says so already, or has a gap to tell again */
		return;
	struct backend *b = s->backend;
	int rc = b->ops->begin(b, false, &e);
	for (size_t i = 0; rc == 0 && i < w->n_late; i++)
		rc = b->ops->apply(b, w->late[i], &e);
	if (rc == 0)
		rc = b->ops->state(b, &(struct backend_state){.reserved = w->last, .clean = true}, &e);
	if (rc == 0)
		rc = b->ops->commit(b, &e);
	if (rc < 0) {
		b->ops->rollback(b);
		/* Nothing acknowledged as durable is lost; the next start only answers 410 for more than it had to. */
		log_warning("store", NULL, "closing: %s", e.msg);
		return;
	}
	pthread_rwlock_wrlock(&s->index_lock);
	s->flushed = w->last;
	pthread_rwlock_unlock(&s->index_lock);
}

void writer_join(struct store *s)
{
	if (!s->writer.started)
		return;
	pthread_join(s->writer.thread, NULL);
	s->writer.started = false;
	finish(s);
}

void writer_done(struct store *s)
{
	struct writer *w = &s->writer;
	late_clear(w);
	free(w->late);
	free(w->staged);
}
