/* The store as a whole: opening, stopping, taking transactions, and what is told about it. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <time.h>
#include "base/fs.h"
#include "base/lock_file.h"
#include "base/log.h"
#include "base/str.h"
#include "store/etcd.h"

#define POOL_THREADS 4
#define QUEUE_TXNS   65536
#define QUEUE_BYTES  ((size_t)256 << 20)
#define RING_CHANGES 8192
#define FIRST_REV    1 /* of an empty store: 0 has a meaning of its own in Kubernetes */
/*
 * A copy that is opened starts above everything that its original can have handed out since: so many revisions a
 * second, and never fewer than the margin, because the clock of a small machine may stand still while it is off.
 */
#define COPY_REVS_PER_S 20000
#define COPY_MARGIN     10000000

int rev_check(struct store *s, int64_t rev, int64_t visible, struct err *e)
{
	if (rev < 0)
		return err_set(e, -EINVAL, "store: %" PRId64 " is not a revision", rev);
	if (rev > visible)
		return err_set(e, ERR_TOO_NEW, "store: revision %" PRId64 " lies in the future, the newest is %" PRId64,
			       rev, visible);
	int64_t compacted = load_i64(&s->compacted);
	if (rev < compacted)
		return err_set(e, ERR_GONE, "store: revision %" PRId64 " was compacted, the oldest kept is %" PRId64,
			       rev, compacted);
	for (size_t i = 0; i < s->n_gaps; i++)
		if (rev > s->gaps[i].lo && rev < s->gaps[i].hi)
			return err_set(e, ERR_GONE, "store: revision %" PRId64 " is from before a crash or a restore",
				       rev);
	return 0;
}

/* --- opening --- */

struct load {
	struct store *s;
	uint64_t rows;
};

static int load_row(void *arg, const struct record *r, struct err *err)
{
	struct load *l = arg;
	struct index *ix = &l->s->index;
	l->rows++;
	struct entry *e = index_find(ix, r->key, r->key_len);
	if (r->deleted) {
		if (e)
			index_remove(ix, e);
		return 0;
	}
	if (!e) {
		struct bytes *key AUTO_BYTES = bytes_new(r->key, r->key_len);
		e = key ? index_place(ix, key) : NULL;
		if (!e)
			return err_nomem(err);
		index_set_counted(e, true);
	}
	e->id = r->id;
	e->create_rev = r->create_rev;
	e->splice = (uint32_t)r->splice;
	bytes_unref(e->index);
	e->index = r->index ? bytes_new(r->index, r->index_len) : NULL;
	return r->index && !e->index ? err_nomem(err) : 0;
}

static int add_gap(struct store *s, struct rev_gap g)
{
	struct rev_gap *v = realloc(s->gaps, (s->n_gaps + 1) * sizeof(*v));
	if (!v)
		return -ENOMEM;
	s->gaps = v;
	v[s->n_gaps++] = g;
	return 0;
}

static int load_gap(void *arg, struct rev_gap g)
{
	struct load *l = arg;
	return add_gap(l->s, g);
}

int64_t copy_start(const struct backend_state *st)
{
	int64_t known = st->last > st->compacted ? st->last : st->compacted;
	int64_t top = st->reserved > known ? st->reserved : known;
	if (st->backup_time > 0) {
		int64_t age = (int64_t)clock_wall(clock_real()) - st->backup_time;
		age = age > 0 ? age + 60 : 60;
		int64_t jump = age > REV_MAX / COPY_REVS_PER_S / 2 ? COPY_MARGIN : age * COPY_REVS_PER_S;
		return top + (jump > COPY_MARGIN ? jump : COPY_MARGIN);
	}
	if (top == 0)
		return FIRST_REV;
	return st->clean ? top : top + 1;
}

static int load(struct store *s, struct err *e)
{
	struct load l = {.s = s};
	struct backend_state st;
	int rc = s->backend->ops->load(s->backend, load_row, load_gap, &l, &st, e);
	if (rc < 0)
		return rc;
	struct writer *w = &s->writer;
	int64_t known = st.last > st.compacted ? st.last : st.compacted;
	int64_t top = st.reserved > known ? st.reserved : known;
	int64_t start = copy_start(&st);
	if (start > known + 1 && top > 0 && (st.backup_time > 0 || !st.clean)) {
		w->gap = (struct rev_gap){known, start};
		w->gap_pending = true;
		if (add_gap(s, w->gap) < 0)
			return err_nomem(e);
	}
	if (s->sealer) {
		s->sealer->mark = (int)st.sealed;
		s->sealer->fresh = top == 0;
	}
	s->visible = s->flushed = w->last = w->reserved = start;
	s->compacted = w->aim = s->compact_target = st.compacted;
	w->swept = st.swept;
	w->look = true;
	size_t keys = index_total(&s->index);
	w->seq = l.rows > keys ? l.rows - keys : 0;
	w->marks[0] = (struct mark){clock_mono_ms(clock_real()), start, w->seq};
	w->mark_n = 1;
	return 0;
}

static int locks_init(struct store *s)
{
	pthread_condattr_t ca;
	pthread_rwlockattr_t ra;
	if (pthread_condattr_init(&ca) || pthread_rwlockattr_init(&ra))
		return -ENOMEM;
	pthread_condattr_setclock(&ca, CLOCK_MONOTONIC);
	/* Readers come in a stream: the writer must not wait for a pause in it. */
	pthread_rwlockattr_setkind_np(&ra, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	pthread_mutex_init(&s->queue_lock, NULL);
	pthread_cond_init(&s->queue_wake, &ca);
	pthread_mutex_init(&s->watch_lock, NULL);
	pthread_rwlock_init(&s->index_lock, &ra);
	pthread_condattr_destroy(&ca);
	pthread_rwlockattr_destroy(&ra);
	return 0;
}

static int lock_file(struct store *s, struct err *e)
{
	/* Beside the database: closing a descriptor of the database itself would drop SQLite's own locks. */
	AUTO_FREE char *path = str_fmt("%s.lock", s->path);
	if (!path)
		return err_nomem(e);
	pid_t holder = 0;
	int rc = lock_file_take(path, &s->lock_fd, &holder, e);
	if (holder)
		return err_set(e, rc, "store: %s is in use by another minik (pid %d): stop it, or choose another --data-dir",
			       s->path, (int)holder);
	return rc < 0 ? err_wrap(e, "store") : 0;
}

static int open_data(struct store *s, const struct store_config *c, struct err *e)
{
	int rc;
	if (c->endpoints) {
		rc = etcd_open(&s->etcd, c, s, ETCD_MAKE, e);
		if (rc == 0)
			s->backend = &s->etcd->base;
		return rc < 0 ? rc : etcd_load(s->etcd, e);
	}
	rc = sqlite_backend_open(&s->backend, s->path, s->pool, e);
	if (rc < 0)
		return rc;
	if (s->backend->keeps_size)
		log_info("store", s->path,
			 "was made by an older minik and keeps its size on disk: minik backup and minik restore make "
			 "it anew");
	s->backend->shrink_bytes = c->shrink_bytes ? c->shrink_bytes : (size_t)16 << 20;
	return load(s, e);
}

static int open_all(struct store *s, const struct store_config *c, struct err *e)
{
	int rc = c->endpoints ? 0 : lock_file(s, e);
	if (rc == 0 && c->keys_file)
		rc = sealer_new(&s->sealer, s, c, e);
	if (rc == 0)
		rc = pool_new(&s->pool, POOL_THREADS, "store", e);
	if (rc == 0)
		rc = open_data(s, c, e);
	if (rc < 0)
		return rc;
	ring_init(&s->ring, s->cache.max / 8 + ((size_t)1 << 20), RING_CHANGES, s->visible);
	rc = s->sealer ? sealer_ready(s->sealer, c->seal_new, e) : 0;
	if (rc == 0)
		rc = watches_init(s, e);
	if (rc < 0)
		return rc;
	rc = s->etcd ? etcd_start(s->etcd, e) : writer_start(s, e);
	return rc == 0 && s->sealer ? sealer_start(s->sealer, e) : rc;
}

int store_open(struct store **ret, const struct store_config *c, struct err *e)
{
	struct store *s = calloc(1, sizeof(*s));
	if (!s)
		return err_nomem(e);
	s->lock_fd = -1;
	s->queue_tail = &s->queue_head;
	s->history_ms = (int64_t)(c->history_s ? c->history_s : 300) * 1000;
	s->history_events = c->history_events ? c->history_events : 10000;
	s->late_flush_ms = c->late_flush_ms ? c->late_flush_ms : 300000;
	cache_init(&s->cache, c->cache_bytes ? c->cache_bytes : (size_t)64 << 20);
	if (locks_init(s) < 0 || index_init(&s->index) < 0 || (!c->endpoints && !(s->path = str_dup(c->path)))) {
		free(s->path);
		index_done(&s->index);
		free(s);
		return err_nomem(e);
	}
	int rc = open_all(s, c, e);
	if (rc < 0) {
		(void)store_free(s);
		return rc;
	}
	*ret = s;
	return 0;
}

void store_stop(struct store *s)
{
	if (s->stopped)
		return;
	s->stopped = true;
	sealer_stop(s->sealer);
	pthread_mutex_lock(&s->queue_lock);
	s->stopping = true;
	pthread_cond_signal(&s->queue_wake);
	pthread_mutex_unlock(&s->queue_lock);
	if (s->etcd)
		etcd_stop(s->etcd);
	else
		writer_join(s);
	watches_stop(s);
}

struct store *store_free(struct store *s)
{
	if (!s)
		return NULL;
	store_stop(s);
	pool_free(s->pool);
	if (s->backend)
		s->backend->ops->close(s->backend);
	watches_done(s);
	writer_done(s);
	ring_done(&s->ring);
	index_done(&s->index);
	sealer_free(s->sealer);
	pthread_mutex_destroy(&s->queue_lock);
	pthread_cond_destroy(&s->queue_wake);
	pthread_mutex_destroy(&s->watch_lock);
	pthread_rwlock_destroy(&s->index_lock);
	cleanup_close_p(&s->lock_fd);
	free(s->gaps);
	free(s->path);
	free(s);
	return NULL;
}

/* --- taking transactions --- */

static int key_ptr_cmp(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One transaction may change a key once. */
static int check_twice(const struct store_op *ops, size_t n, struct err *e)
{
	if (n < 2)
		return 0;
	AUTO_FREE const char **keys = malloc(n * sizeof(*keys));
	if (!keys)
		return err_nomem(e);
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		if (ops[i].kind != STORE_CHECK)
			keys[m++] = ops[i].key;
	qsort(keys, m, sizeof(*keys), key_ptr_cmp);
	for (size_t i = 1; i < m; i++)
		if (streq(keys[i - 1], keys[i]))
			return err_set(e, -EINVAL, "store: %s is changed twice in one transaction", keys[i]);
	return 0;
}

static int check_op(const struct store_op *op, struct err *e)
{
	size_t len = op->key ? strnlen(op->key, KEY_MAX + 1) : 0;
	if (len == 0 || len > KEY_MAX)
		return err_set(e, -EINVAL, "store: a key has 1 to %u bytes", KEY_MAX);
	if (op->kind == STORE_CHECK)
		return 0;
	if (op->kind != STORE_PUT && op->kind != STORE_DELETE)
		return err_set(e, -EINVAL, "store: %s: unknown operation", op->key);
	if (op->kind == STORE_PUT && !op->value)
		return err_set(e, -EINVAL, "store: %s: no value", op->key);
	if (op->kind == STORE_DELETE && op->expect == 0)
		return err_set(e, -EINVAL, "store: %s: cannot delete what must not exist", op->key);
	if (op->value && op->splice > op->value->len)
		return err_set(e, -EINVAL, "store: %s: the revision's place is beyond the value", op->key);
	if ((op->value && op->value->len > VALUE_MAX) || (op->index && op->index->len > VALUE_MAX))
		return err_set(e, ERR_TOO_LARGE, "store: %s: larger than %zu bytes", op->key, VALUE_MAX);
	return 0;
}

static int txn_op_fill(struct txn_op *t, const struct store_op *op)
{
	t->kind = op->kind;
	t->expect = op->expect;
	t->key = bytes_new(op->key, strlen(op->key));
	if (!t->key)
		return -ENOMEM;
	if (op->kind == STORE_CHECK)
		return 0;
	struct change *c = t->change = change_new();
	if (!c)
		return -ENOMEM;
	c->key = bytes_ref(t->key);
	c->raw = bytes_ref(op->value);
	c->splice = op->value ? (uint32_t)op->splice : 0;
	c->index = bytes_ref(op->index);
	return 0;
}

static int txn_new(struct txn **ret, const struct store_op *ops, size_t n, struct err *e)
{
	struct txn *t = calloc(1, sizeof(*t) + n * (sizeof(t->ops[0]) + sizeof(t->items[0])));
	if (!t)
		return err_nomem(e);
	t->items = (struct store_item *)(void *)&t->ops[n];
	for (size_t i = 0; i < n; i++) {
		t->n++;
		if (txn_op_fill(&t->ops[i], &ops[i]) < 0) {
			txn_free(t);
			return err_nomem(e);
		}
		const struct store_op *op = &ops[i];
		t->bytes += sizeof(struct change) + t->ops[i].key->len + (op->value ? op->value->len : 0) +
			    (op->index ? op->index->len : 0);
		/* A deletion is never a heartbeat. */
		if (op->kind == STORE_DELETE || (op->kind == STORE_PUT && !op->late))
			t->durable = true;
	}
	*ret = t;
	return 0;
}

static int enqueue(struct store *s, struct txn *t, struct err *e)
{
	pthread_mutex_lock(&s->queue_lock);
	int rc = 0;
	if (s->stopping)
		rc = err_set(e, ERR_CANCELED, "store: it is stopping");
	else if (s->queue_n >= QUEUE_TXNS || (s->queue_n > 0 && s->queue_bytes + t->bytes > QUEUE_BYTES))
		rc = err_set(e, ERR_TOO_MANY, "store: too many writes are waiting for the disk");
	if (rc == 0) {
		bool wake = !s->queue_head;
		*s->queue_tail = t;
		s->queue_tail = &t->next;
		__atomic_store_n(&s->queue_n, s->queue_n + 1, __ATOMIC_RELAXED);
		s->queue_bytes += t->bytes;
		if (wake && s->etcd)
			loop_post(s->etcd->loop, &s->etcd->queue_task);
		else if (wake)
			pthread_cond_signal(&s->queue_wake);
	}
	pthread_mutex_unlock(&s->queue_lock);
	return rc;
}

static bool txn_seals(const struct store *s, const struct txn *t)
{
	for (size_t i = 0; s->sealer && i < t->n; i++)
		if (t->ops[i].change && t->ops[i].change->raw && sealer_wants(s->sealer, t->ops[i].key))
			return true;
	return false;
}

static int txn_seal(struct store *s, struct txn *t, struct err *e)
{
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < t->n; i++) {
		struct change *c = t->ops[i].change;
		if (!c || !c->raw || !sealer_wants(s->sealer, t->ops[i].key))
			continue;
		/* Where keys are lost, whoever deletes has read nothing: its last words are no secret. */
		if (t->ops[i].kind == STORE_DELETE && s->sealer->lost)
			continue;
		rc = sealer_close(s->sealer, c, e);
		t->bytes += c->sealed ? c->sealed->len : 0;
	}
	return rc;
}

int store_commit(struct store *s, const struct store_op *ops, size_t n, store_done_fn done, void *arg, struct err *e)
{
	if (n == 0)
		return err_set(e, -EINVAL, "store: an empty transaction");
	if (n > OPS_MAX)
		return err_set(e, ERR_TOO_LARGE, "store: more than %zu operations in one transaction", OPS_MAX);
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = check_op(&ops[i], e);
	if (rc == 0)
		rc = check_twice(ops, n, e);
	struct txn *t = NULL;
	if (rc == 0)
		rc = txn_new(&t, ops, n, e);
	if (rc < 0)
		return rc;
	t->done = done;
	t->arg = arg;
	bool sealing = txn_seals(s, t);
	/* Held until it is queued: behind a change of keys nothing comes that was sealed as before. */
	if (sealing) {
		sealer_enter(s->sealer);
		rc = txn_seal(s, t, e);
	}
	if (rc == 0)
		rc = enqueue(s, t, e);
	if (sealing)
		pthread_rwlock_unlock(&s->sealer->lock);
	if (rc < 0)
		txn_free(t);
	return rc;
}

/* --- the rest --- */

int64_t store_revision(struct store *s)
{
	return load_i64(&s->visible);
}

int64_t store_compacted(struct store *s)
{
	return load_i64(&s->compacted);
}

int store_compact(struct store *s, int64_t rev, struct err *e)
{
	int64_t visible = store_revision(s);
	if (rev > visible)
		return rev_check(s, rev, visible, e);
	pthread_mutex_lock(&s->queue_lock);
	int rc = s->stopping ? err_set(e, ERR_CANCELED, "store: it is stopping") : 0;
	if (rc == 0 && rev > s->compact_target) {
		s->compact_target = rev;
		/* At once: what is being removed cannot be asked for any more. */
		int64_t have = load_i64(&s->compacted);
		while (have < rev && !__atomic_compare_exchange_n(&s->compacted, &have, rev, false, __ATOMIC_ACQ_REL,
								  __ATOMIC_ACQUIRE))
			;
		if (s->etcd)
			loop_post(s->etcd->loop, &s->etcd->compact_task);
		else
			pthread_cond_signal(&s->queue_wake);
	}
	pthread_mutex_unlock(&s->queue_lock);
	return rc;
}

struct barrier {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
	int code;
	struct err err;
};

static void barrier_done(void *arg, const struct store_done *d)
{
	struct barrier *b = arg;
	pthread_mutex_lock(&b->lock);
	b->done = true;
	b->code = d->code;
	b->err = d->err;
	pthread_cond_signal(&b->cond);
	pthread_mutex_unlock(&b->lock);
}

int store_barrier(struct store *s, const struct reseal_batch *reseal, store_done_fn done, void *arg, struct err *e)
{
	struct txn *t;
	int rc = txn_new(&t, NULL, 0, e);
	if (rc < 0)
		return rc;
	t->barrier = t->durable = true;
	t->reseal = reseal;
	t->done = done;
	t->arg = arg;
	rc = enqueue(s, t, e);
	if (rc < 0)
		txn_free(t);
	return rc;
}

/* Waits until everything that was visible when it was called is on disk. */
static int barrier_wait(struct store *s, struct err *e)
{
	struct barrier b = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
	int rc = store_barrier(s, NULL, barrier_done, &b, e);
	if (rc < 0)
		return rc;
	pthread_mutex_lock(&b.lock);
	while (!b.done)
		pthread_cond_wait(&b.cond, &b.lock);
	pthread_mutex_unlock(&b.lock);
	if (b.code < 0 && e)
		*e = b.err;
	return b.code;
}

int store_backup(struct store *s, const char *path, struct err *e)
{
	if (fs_exists(path))
		return err_set(e, ERR_EXISTS, "store: backup %s exists already", path);
	AUTO_FREE char *part = str_fmt("%s.part", path);
	if (!part)
		return err_nomem(e);
	if (unlink(part) < 0 && errno != ENOENT)
		return err_errno(e, errno, "store: removing %s", part);
	int rc = s->etcd ? 0 : barrier_wait(s, e);
	if (rc < 0)
		return rc;
	struct backend_state st = {.reserved = store_revision(s), .backup_time = (int64_t)clock_wall(clock_real())};
	rc = s->backend->ops->backup(s->backend, part, &st, e);
	if (rc == 0 && rename(part, path) < 0)
		rc = err_errno(e, errno, "store: renaming %s", part);
	if (rc < 0)
		(void)unlink(part);
	return rc;
}

/* --- what servers share --- */

static int blob_name(struct store *s, const char *name, char **ret, struct err *e)
{
	if (!s->etcd)
		return err_set(e, ERR_UNSUPPORTED, "store: only etcd is shared by servers");
	return (*ret = str_fmt("data/%s", name)) ? 0 : err_nomem(e);
}

int store_blob_get(struct store *s, const char *name, struct bytes **ret, struct err *e)
{
	AUTO_FREE char *key = NULL;
	struct etcd_kv kv AUTO_KV = {0};
	int rc = blob_name(s, name, &key, e);
	if (rc == 0)
		rc = etcd_sys_get(s->etcd, key, &kv, e);
	if (rc < 0)
		return rc;
	*ret = bytes_new(kv.value ? kv.value : "", kv.value_len);
	return *ret ? 0 : err_nomem(e);
}

int store_blob_put(struct store *s, const char *name, const struct bytes *value, struct err *e)
{
	AUTO_FREE char *key = NULL;
	int rc = blob_name(s, name, &key, e);
	return rc < 0 ? rc : etcd_sys_put(s->etcd, key, value->data, value->len, 0, e);
}

void store_stats(struct store *s, struct store_stats *ret)
{
	*ret = (struct store_stats){
	    .rev = store_revision(s),
	    .compacted = store_compacted(s),
	    .cache_hits = (size_t)__atomic_load_n(&s->hits, __ATOMIC_RELAXED),
	    .cache_misses = (size_t)__atomic_load_n(&s->misses, __ATOMIC_RELAXED),
	    .commits = __atomic_load_n(&s->commits, __ATOMIC_RELAXED),
	    .fsyncs = __atomic_load_n(&s->syncs, __ATOMIC_RELAXED),
	    .db_bytes = s->backend->ops->size(s->backend),
	};
	pthread_rwlock_rdlock(&s->index_lock);
	ret->keys = index_total(&s->index);
	ret->cache_bytes = s->cache.bytes;
	pthread_rwlock_unlock(&s->index_lock);
	pthread_mutex_lock(&s->watch_lock);
	ret->watches = s->watches.n;
	pthread_mutex_unlock(&s->watch_lock);
}
