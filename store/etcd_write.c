/*
 * Transactions on their way to etcd. As many as are queued go out in one Txn, each as a nested transaction with its own
 * comparisons: one round trip and one fsync of etcd for all, and each succeeds or fails alone. etcd evaluates all
 * comparisons before it changes anything and takes a key once per Txn, so a batch ends before a transaction that
 * touches a key which the batch writes. Transactions of a batch share a revision. One batch is under way at a time:
 * they are applied in the order in which they were queued.
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

/* A comparison failed. reply: responses to the failure branch, one range for each comparison. */
static void lost(const struct etcd *x, struct txn *t, const json_t *responses)
{
	size_t r = 0;
	for (size_t i = 0; i < t->n; i++) {
		const struct txn_op *op = &t->ops[i];
		if (!compares(op))
			continue;
		const json_t *range = json_object_get(json_array_get(responses, r++), "response_range");
		int64_t mod = etcd_int(json_array_get(json_object_get(range, "kvs"), 0), "mod_revision");
		int64_t have = mod > 0 ? etcd_ours(x, mod) : 0;
		const char *key = op->key->data;
		t->failed_op = i;
		if (have == 0 && op->expect != 0) {
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

static void settle(struct etcd *x, struct txn *t, const json_t *reply, int64_t rev)
{
	struct write *w = &x->write;
	t->next = NULL;
	t->code = 0;
	if (!json_is_true(json_object_get(reply, "succeeded"))) {
		lost(x, t, json_object_get(reply, "responses"));
		tell(x, t);
		return;
	}
	if (!writes(t)) {
		t->rev = store_revision(x->s);
		tell(x, t);
		return;
	}
	t->rev = rev;
	t->sent_ms = clock_mono_ms(clock_real());
	*w->waiting_tail = t;
	w->waiting_tail = &t->next;
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
	} else if (code < 0) {
		/* An answer that cannot be read was an answer all the same: what happened is not known. */
		fail(x, list, code == ERR_PROTO && body ? ERR_TIMEOUT : code, &e);
	} else {
		count_u64(&x->s->syncs);
		for (size_t i = 0; list; i++) {
			struct txn *t = list;
			list = t->next;
			const json_t *reply = o;
			if (w->nested)
				reply =
				    json_object_get(json_array_get(json_object_get(o, "responses"), i), "response_txn");
			settle(x, t, reply, etcd_ours(x, rev));
		}
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
		struct txn *list = batch_take(s, w->single ? 1 : BATCH_TXNS);
		pthread_mutex_unlock(&s->queue_lock);
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
	if (!w->waiting)
		w->waiting_tail = &w->waiting;
	t->next = NULL;
	if (code == 0)
		adopt(x, t);
	else
		t->code = err_set(&t->err, code, "store: etcd took the write, but its watch does not deliver it");
	tell(x, t);
}

void etcd_write_seen(struct etcd *x, int64_t rev)
{
	while (x->write.waiting && x->write.waiting->rev <= rev)
		write_tell_first(x, 0);
}

void etcd_write_expire(struct etcd *x, int64_t before_ms)
{
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
	return x->write.waiting ? x->write.waiting->sent_ms : 0;
}
