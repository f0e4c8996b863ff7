/*
 * Transactions on their way to etcd. As many as are queued go out in one Txn, each as a nested transaction with its own
 * comparisons: one round trip and one fsync of etcd for all, and each succeeds or fails alone. etcd evaluates all
 * comparisons before it changes anything and takes a key once per Txn, so a batch ends before a transaction that
 * touches a key which the batch writes. Transactions of a batch share a revision. One batch is under way at a time:
 * they are applied in the order in which they were queued.
 *
 * A transaction is told what became of it when the watch is there: at its revision, or at that of what it lost to. Who
 * tries again then sees what is newer, without a quorum read.
 */
#include <errno.h>
#include <inttypes.h>
#include "base/map.h"
#include "base/str.h"
#include "store/etcd.h"

#define BATCH_TXNS  64u
#define BATCH_BYTES ((size_t)768 << 10) /* of at most 1.5 MiB, etcd's default --max-request-bytes */

/* --- composing --- */

static void add_key(struct buf *b, const struct etcd *x, const struct bytes *key)
{
	AUTO_BUF struct buf k = {0};
	buf_adds(&k, x->registry);
	buf_add(&k, key->data, key->len);
	if (buf_failed(&k))
		b->failed = true;
	else
		buf_add_field(b, "key", k.data, k.len);
}

static bool compares(const struct txn_op *op)
{
	return op->expect >= 0 || op->kind == STORE_DELETE;
}

static void add_compare(struct buf *b, const struct etcd *x, const struct txn_op *op)
{
	buf_addc(b, '{');
	add_key(b, x, op->key);
	if (op->expect < 0) { /* must exist */
		buf_adds(b, ",\"target\":\"VERSION\",\"result\":\"GREATER\",\"version\":\"0\"}");
		return;
	}
	int64_t rev = op->expect == 0 ? 0 : op->expect > x->base_rev ? op->expect - x->base_rev : -1;
	buf_addf(b, ",\"target\":\"MOD\",\"result\":\"EQUAL\",\"mod_revision\":\"%" PRId64 "\"}", rev);
}

static int add_put(struct buf *b, const struct etcd *x, const struct txn_op *op)
{
	const struct change *c = op->change;
	AUTO_BUF struct buf v = {0};
	const struct bytes *value = c->sealed ? c->sealed : c->raw;
	struct envelope env = {.splice = c->splice,
			       .index = c->index ? c->index->data : NULL,
			       .index_len = c->index ? c->index->len : 0,
			       .value = value->data,
			       .value_len = value->len};
	buf_adds(b, "{\"request_put\":{");
	add_key(b, x, op->key);
	if (envelope_write(&v, &env) < 0 || buf_failed(&v))
		return -ENOMEM;
	buf_addc(b, ',');
	buf_add_field(b, "value", v.data, v.len);
	buf_adds(b, "}}");
	return 0;
}

/* {"compare":[...],"success":[...],"failure":[...]}: a failure tells what the compared keys are at. */
static int add_txn(struct buf *b, const struct etcd *x, const struct txn *t)
{
	const char *sep = "";
	buf_adds(b, "{\"compare\":[");
	for (size_t i = 0; i < t->n; i++) {
		if (!compares(&t->ops[i]))
			continue;
		buf_adds(b, sep);
		add_compare(b, x, &t->ops[i]);
		sep = ",";
	}
	buf_adds(b, "],\"success\":[");
	sep = "";
	for (size_t i = 0; i < t->n; i++) {
		const struct txn_op *op = &t->ops[i];
		if (op->kind == STORE_CHECK)
			continue;
		buf_adds(b, sep);
		sep = ",";
		if (op->kind == STORE_PUT) {
			if (add_put(b, x, op) < 0)
				return -ENOMEM;
			continue;
		}
		buf_adds(b, "{\"request_delete_range\":{");
		add_key(b, x, op->key);
		buf_adds(b, "}}");
	}
	buf_adds(b, "],\"failure\":[");
	sep = "";
	for (size_t i = 0; i < t->n; i++) {
		if (!compares(&t->ops[i]))
			continue;
		buf_addf(b, "%s{\"request_range\":{", sep);
		add_key(b, x, t->ops[i].key);
		buf_adds(b, ",\"keys_only\":true}}");
		sep = ",";
	}
	buf_adds(b, "]}");
	return buf_failed(b) ? -ENOMEM : 0;
}

/* --- answers --- */

static void tell(struct etcd *x, struct txn *t)
{
	txn_tell(x->s, t);
	(void)txn_free(t);
}

static void fail(struct etcd *x, struct txn *list, int code, const struct err *e)
{
	while (list) {
		struct txn *t = list;
		list = t->next;
		t->code = code;
		t->failed_op = 0;
		t->err = *e;
		tell(x, t);
	}
}

static bool indexed(struct store *s, const struct bytes *key)
{
	pthread_rwlock_rdlock(&s->index_lock);
	const struct entry *e = index_find(&s->index, key->data, key->len);
	bool there = e && e->id != 0;
	pthread_rwlock_unlock(&s->index_lock);
	return there;
}

/* A comparison failed. reply: responses to the failure branch, one range for each comparison. rev: of the answer. Sets
 * t->rev: where what it lost to can be seen. */
static void lost(const struct etcd *x, struct txn *t, const json_t *responses, int64_t rev)
{
	size_t r = 0;
	t->rev = 0;
	for (size_t i = 0; i < t->n; i++) {
		const struct txn_op *op = &t->ops[i];
		if (!compares(op))
			continue;
		const json_t *range = json_object_get(json_array_get(responses, r++), "response_range");
		int64_t mod = etcd_int(json_array_get(json_object_get(range, "kvs"), 0), "mod_revision");
		int64_t have = mod > 0 ? etcd_ours(x, mod) : 0;
		const char *key = op->key->data;
		t->failed_op = i;
		t->rev = have;
		if (have == 0 && op->expect != 0) {
			t->rev = indexed(x->s, op->key) ? rev : 0;
			t->code = err_set(&t->err, ERR_NOT_FOUND, "store: %s: not found", key);
			return;
		}
		if (have != 0 && op->expect == 0) {
			t->code =
			    err_set(&t->err, ERR_EXISTS, "store: %s: exists already, at revision %" PRId64, key, have);
			return;
		}
		if (op->expect > 0 && have != op->expect) {
			t->code =
			    err_set(&t->err, ERR_CONFLICT,
				    "store: %s: was changed: it is at revision %" PRId64 " (%" PRId64 " expected)", key,
				    have, op->expect);
			return;
		}
	}
	t->code = err_set(&t->err, ERR_PROTO, "store: etcd refused a transaction without a reason");
	t->failed_op = 0;
}

static bool writes(const struct txn *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->ops[i].kind != STORE_CHECK)
			return true;
	return false;
}

static void wait_for_watch(struct etcd *x, struct txn *t)
{
	struct txn **at = &x->write.waiting;
	t->sent_ms = clock_mono_ms(clock_real());
	while (*at && (*at)->rev <= t->rev)
		at = &(*at)->next;
	t->next = *at;
	*at = t;
}

static bool succeeded(const json_t *reply)
{
	return json_is_true(json_object_get(reply, "succeeded"));
}

static void settle(struct etcd *x, struct txn *t, const json_t *reply, int64_t rev)
{
	t->next = NULL;
	t->code = 0;
	t->rev = rev;
	if (!succeeded(reply))
		lost(x, t, json_object_get(reply, "responses"), rev);
	else if (!writes(t))
		t->rev = store_revision(x->s);
	if (t->rev > store_revision(x->s) || (t->code == 0 && writes(t)))
		wait_for_watch(x, t);
	else
		tell(x, t);
}

static const json_t *reply_of(const struct write *w, const json_t *o, size_t i)
{
	return w->nested ? json_object_get(json_array_get(json_object_get(o, "responses"), i), "response_txn") : o;
}

/*
 * Where nothing lies between what the watch has delivered and this answer's revision, what is in memory is exactly what
 * etcd decided on, and the batch is published without waiting for the watch, which passes over it later. Not deletions:
 * of those the watch tells the last state. False: the watch will deliver it.
 */
static bool publish_own(struct etcd *x, const json_t *o, const struct txn *list, int64_t rev)
{
	struct store *s = x->s;
	size_t pos = 0, i = 0;
	int rc = 0;
	if (x->feed.state != FEED_UP || rev != s->writer.last + 1)
		return false;
	for (const struct txn *t = list; rc == 0 && t; t = t->next, i++) {
		if (!succeeded(reply_of(&x->write, o, i)))
			continue;
		for (size_t k = 0; rc == 0 && k < t->n; k++)
			if (t->ops[k].kind == STORE_DELETE || pos >= OPS_MAX)
				rc = ERR_UNSUPPORTED;
			else if (t->ops[k].kind == STORE_PUT)
				rc = writer_stage(s, &t->ops[k], id_make(rev, pos++), NULL);
	}
	if (rc < 0)
		writer_unstage(s);
	else if (pos > 0)
		writer_publish(s, rev);
	return rc == 0 && pos > 0;
}

static void put_back(struct store *s, struct txn *list)
{
	struct txn *last = list;
	pthread_mutex_lock(&s->queue_lock);
	for (;; last = last->next) {
		s->queue_n++;
		s->queue_bytes += last->bytes;
		if (!last->next)
			break;
	}
	last->next = s->queue_head;
	if (!s->queue_head)
		s->queue_tail = &last->next;
	s->queue_head = list;
	pthread_mutex_unlock(&s->queue_lock);
}

static void on_reply(void *arg, int code, bool maybe, struct bytes *body, const struct err *err)
{
	struct etcd *x = arg;
	struct write *w = &x->write;
	struct txn *list = w->batch;
	AUTO_JSON json_t *o = NULL;
	struct err e = {0};
	int64_t rev = 0;
	(void)maybe;
	w->batch = NULL;
	w->busy = false;
	if (code == 0)
		code = etcd_answer(body, &o, &e);
	else
		e = *err;
	if (code == 0)
		code = etcd_header_rev(x, o, &rev, &e);
	if (code == 0 && w->nested && json_array_size(json_object_get(o, "responses")) == 0)
		code = err_set(&e, ERR_PROTO, "store: etcd's answer to a transaction is not one");
	if (code == ERR_TOO_LARGE && w->nested) {
		/* Somebody gave etcd smaller limits than it has by default: one at a time then. */
		w->single = true;
		put_back(x->s, list);
	} else if (code == -ENOSPC && w->nested) {
		/* What makes room (deletions) is let through, what needs it is refused: each for itself. */
		for (struct txn *t = list; t; t = t->next)
			w->alone++;
		put_back(x->s, list);
	} else if (code < 0) {
		/* An answer that cannot be read was an answer all the same: what happened is not known. */
		fail(x, list, code == ERR_PROTO && body ? ERR_TIMEOUT : code, &e);
	} else {
		count_u64(&x->s->syncs);
		bool published = publish_own(x, o, list, etcd_ours(x, rev));
		for (size_t i = 0; list; i++) {
			struct txn *t = list;
			list = t->next;
			settle(x, t, reply_of(w, o, i), etcd_ours(x, rev));
		}
		if (published)
			etcd_sync_seen(x, etcd_ours(x, rev));
		etcd_write_seen(x, load_i64(&x->s->visible));
		etcd_sync_watch_over(x);
	}
	etcd_write_pump(x);
}

/* --- batches --- */

struct batch {
	struct map *written; /* keys */
	size_t n, ops, bytes;
};

static bool touches(const struct batch *b, const struct txn *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (map_has(b->written, t->ops[i].key->data))
			return true;
	return false;
}

static bool fits(const struct batch *b, const struct txn *t, size_t max)
{
	if (b->n == 0)
		return true;
	size_t most = t->n > b->ops ? t->n : b->ops;
	return b->written && b->n < max && b->n + 1 + most <= ETCD_OPS_MAX && b->bytes + t->bytes <= BATCH_BYTES &&
	       !touches(b, t);
}

/* Under queue_lock. Without memory batches are short. */
static struct txn *batch_take(struct store *s, size_t max)
{
	struct batch b = {.written = max > 1 ? map_new(NULL) : NULL};
	struct txn *list = NULL, **tail = &list;
	while (s->queue_head && fits(&b, s->queue_head, max)) {
		struct txn *t = s->queue_head;
		s->queue_head = t->next;
		s->queue_n--;
		s->queue_bytes -= t->bytes;
		t->next = NULL;
		*tail = t;
		tail = &t->next;
		b.n++;
		b.ops = t->n > b.ops ? t->n : b.ops;
		b.bytes += t->bytes;
		bool full = !b.written;
		for (size_t i = 0; !full && i < t->n; i++)
			if (t->ops[i].kind != STORE_CHECK)
				full = map_put(b.written, t->ops[i].key->data, t) < 0;
		if (full)
			break;
	}
	if (!s->queue_head)
		s->queue_tail = &s->queue_head;
	map_free(b.written);
	return list;
}

static int send_batch(struct etcd *x, struct txn *list, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	int rc = 0;
	x->write.nested = list->next != NULL;
	if (!x->write.nested) {
		rc = add_txn(&b, x, list);
	} else {
		buf_adds(&b, "{\"success\":[");
		for (struct txn *t = list; rc == 0 && t; t = t->next) {
			buf_adds(&b, t == list ? "{\"request_txn\":" : ",{\"request_txn\":");
			rc = add_txn(&b, x, t);
			buf_addc(&b, '}');
		}
		buf_adds(&b, "]}");
	}
	if (rc < 0)
		return err_nomem(e);
	return etcd_post(x, "/v3/kv/txn", &b, true, on_reply, x, e);
}

void etcd_write_pump(struct etcd *x)
{
	struct store *s = x->s;
	struct write *w = &x->write;
	while (!w->busy) {
		pthread_mutex_lock(&s->queue_lock);
		struct txn *list = batch_take(s, w->single || w->alone > 0 ? 1 : BATCH_TXNS);
		pthread_mutex_unlock(&s->queue_lock);
		w->alone -= w->alone > 0;
		if (!list)
			return;
		struct err e = {0};
		if (x->stopping && clock_mono_ms(clock_real()) > x->stop_deadline) {
			int code = err_set(&e, ERR_CANCELED, "store: it stopped before etcd could be asked");
			fail(x, list, code, &e);
			continue;
		}
		int rc = send_batch(x, list, &e);
		if (rc < 0) {
			fail(x, list, rc, &e);
			continue;
		}
		w->batch = list;
		w->busy = true;
	}
}

/* --- until the watch has it --- */

/* What the watch made of the transaction's operations takes the place of ours: one copy of each value. */
static void adopt(struct etcd *x, struct txn *t)
{
	struct store *s = x->s;
	pthread_mutex_lock(&s->watch_lock);
	const struct ring *r = &s->ring;
	size_t first = ring_after(r, t->rev - 1);
	for (size_t i = 0; i < t->n; i++) {
		struct change *mine = t->ops[i].change;
		for (size_t k = first; mine && k < r->n && id_rev(ring_at(r, k)->id) == t->rev; k++) {
			struct change *c = ring_at(r, k);
			if (!streq(c->key->data, mine->key->data))
				continue;
			/* The caller's last words are only for the caller: etcd deletes without a value. */
			if (c->kind == STORE_DELETED && mine->raw) {
				mine->value = value_splice(mine->raw, mine->splice, t->rev);
				mine->create_rev = c->create_rev;
			} else {
				t->ops[i].change = change_ref(c);
				change_unref(mine);
			}
			break;
		}
	}
	pthread_mutex_unlock(&s->watch_lock);
	for (size_t i = 0; i < t->n; i++) { /* not in the ring: it was reloaded, or is full */
		struct change *c = t->ops[i].change;
		if (!c || c->value || !c->raw)
			continue;
		c->value = value_splice(c->raw, c->splice, t->rev);
		pthread_rwlock_rdlock(&s->index_lock);
		struct entry *e = index_find(&s->index, c->key->data, c->key->len);
		c->create_rev = e && entry_rev(e) == t->rev ? e->create_rev : t->rev;
		pthread_rwlock_unlock(&s->index_lock);
	}
}

static void write_tell_first(struct etcd *x, int code)
{
	struct write *w = &x->write;
	struct txn *t = w->waiting;
	w->waiting = t->next;
	t->next = NULL;
	if (t->code != 0 && code != 0)
		t->code =
		    err_set(&t->err, ERR_UNAVAILABLE, "store: etcd's watch does not deliver what a write lost to");
	else if (code != 0)
		t->code = err_set(&t->err, code, "store: etcd took the write, but its watch does not deliver it");
	else if (t->code == 0)
		adopt(x, t);
	tell(x, t);
}

void etcd_write_seen(struct etcd *x, int64_t rev)
{
	while (x->write.waiting && x->write.waiting->rev <= rev)
		write_tell_first(x, 0);
}

void etcd_write_expire(struct etcd *x, int64_t before_ms)
{
	/* The first has waited longest, or those before it went into the same message of the watch. */
	while (x->write.waiting && x->write.waiting->sent_ms < before_ms)
		write_tell_first(x, x->stopping ? 0 : ERR_TIMEOUT);
}

bool etcd_write_idle(struct etcd *x)
{
	pthread_mutex_lock(&x->s->queue_lock);
	bool queued = x->s->queue_head != NULL;
	pthread_mutex_unlock(&x->s->queue_lock);
	return !queued && !x->write.busy && !x->write.waiting;
}

int64_t etcd_write_waits_since(const struct etcd *x)
{
	int64_t since = 0;
	for (const struct txn *t = x->write.waiting; t; t = t->next)
		since = since == 0 || t->sent_ms < since ? t->sent_ms : since;
	return since;
}

bool etcd_write_wants_tick(const struct etcd *x)
{
	for (const struct txn *t = x->write.waiting; t; t = t->next)
		if (t->code != 0)
			return true;
	return false;
}
