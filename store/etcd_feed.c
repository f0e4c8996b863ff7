/*
 * The watch that feeds everything. Events become changes as the writer's are, staged and published a message at a time.
 * When the connection goes, the watch goes on behind the last revision it delivered, with whichever endpoint answers.
 * When that revision was compacted meanwhile, what is in memory is made anew from etcd's present state: the events in
 * between cannot be had any more, so every watch of ours ends with ERR_GONE, as it would have on a new connection.
 */
#include <errno.h>
#include <inttypes.h>
#include "base/log.h"
#include "base/str.h"
#include "store/etcd.h"
#include "store/seal.h"

#define LINE_MAX_BYTES ((size_t)64 << 20)
#define RETRY_MIN_MS   100
#define RETRY_MAX_MS   3000

/* --- from events to changes --- */

struct seen_state {
	bool exists;
	int64_t id, create_rev;
};

static struct seen_state state_of(const struct entry *e)
{
	const struct change *p = e->pending;
	if (p)
		return p->kind == STORE_DELETED ? (struct seen_state){0}
						: (struct seen_state){true, p->id, p->create_rev};
	return (struct seen_state){e->id != 0, e->id, e->create_rev};
}

static struct bytes *value_now(struct store *s, struct entry *e)
{
	if (e->pending)
		return bytes_ref(e->pending->value);
	pthread_rwlock_rdlock(&s->index_lock);
	struct bytes *v = bytes_ref(e->value);
	pthread_rwlock_unlock(&s->index_lock);
	return v;
}

/* The value of a deleted key with the deletion's revision: by etcd's own memory of it, or by ours. */
static struct bytes *last_words(struct etcd *x, const struct entry *e, const struct change *c,
				const struct etcd_kv *prev, uint32_t *ret_splice)
{
	*ret_splice = e->pending ? e->pending->splice : e->splice;
	if (prev->sound) {
		struct bytes *v = NULL;
		*ret_splice = (uint32_t)prev->env.splice;
		return etcd_value(x, prev, id_rev(c->id), &v, NULL) == 0 ? v : NULL;
	}
	if (!c->prev_value)
		return NULL;
	struct bytes *raw AUTO_BYTES = value_unsplice(c->prev_value, *ret_splice, id_rev(c->prev_id));
	return raw ? value_splice(raw, *ret_splice, id_rev(c->id)) : NULL;
}

static int change_fill(struct etcd *x, struct change *c, struct entry *e, bool deleted, const struct etcd_kv *kv,
		       const struct etcd_kv *prev, struct err *err)
{
	struct store *s = x->s;
	struct seen_state st = state_of(e);
	int64_t rev = id_rev(c->id);
	c->key = bytes_ref(e->key);
	c->prev_id = st.exists ? st.id : 0;
	c->create_rev = st.exists ? st.create_rev : rev;
	c->kind = deleted ? STORE_DELETED : st.exists ? STORE_MODIFIED : STORE_CREATED;
	if (st.exists) {
		c->prev_index = bytes_ref(e->pending ? e->pending->index : e->index);
		c->prev_value = value_now(s, e);
	}
	if (!deleted) {
		const struct envelope *env = &kv->env;
		c->splice = (uint32_t)env->splice;
		c->index = env->index ? bytes_new(env->index, env->index_len) : NULL;
		int rc = etcd_value(x, kv, rev, &c->value, err);
		/* Watches end at it, reads are told. */
		if (rc == ERR_SEALED || rc == ERR_TAMPERED)
			rc = 0;
		return rc < 0 || c->index || !env->index ? rc : err_nomem(err);
	}
	c->index = bytes_ref(c->prev_index);
	c->value = last_words(x, e, c, prev, &c->splice);
	return c->value || (prev->sound && seal_is(prev->env.value, prev->env.value_len))
		   ? 0
		   : err_set(err, ERR_GONE, "store: the last state of %s is lost", e->key->data);
}

/* An event on one of the objects. pos: its place in its revision. */
static int stage(struct etcd *x, bool deleted, const struct etcd_kv *kv, const struct etcd_kv *prev, size_t pos,
		 struct err *err)
{
	struct store *s = x->s;
	struct writer *w = &s->writer;
	const char *key = kv->key + strlen(x->registry);
	size_t len = strlen(key);
	int64_t rev = etcd_ours(x, kv->mod);
	if (!deleted && !kv->sound) {
		log_error("store", kv->key, "the value in etcd was not written by minik; it is passed over");
		return 0;
	}
	if (pos >= OPS_MAX)
		return err_set(err, ERR_PROTO, "store: more than %zu changes in one transaction of etcd", OPS_MAX);
	struct entry *e = index_find(&s->index, key, len);
	if (deleted && (!e || !state_of(e).exists)) /* one that was passed over */
		return 0;
	if (writer_room(s, 1) < 0)
		return err_nomem(err);
	if (!e) {
		struct bytes *k AUTO_BYTES = bytes_new(key, len);
		pthread_rwlock_wrlock(&s->index_lock);
		e = k ? index_place(&s->index, k) : NULL;
		pthread_rwlock_unlock(&s->index_lock);
		if (!e)
			return err_nomem(err);
	}
	struct change *c = change_new();
	if (!c) {
		if (!e->pending && e->id == 0) {
			pthread_rwlock_wrlock(&s->index_lock);
			index_remove(&s->index, e);
			pthread_rwlock_unlock(&s->index_lock);
		}
		return err_nomem(err);
	}
	c->id = id_make(rev, pos);
	int rc = change_fill(x, c, e, deleted, kv, prev, err);
	c->entry = e;
	c->below = e->pending;
	e->pending = c;
	w->staged[w->n_staged++] = c;
	return rc;
}

static int event(struct etcd *x, const json_t *ev, int64_t *last, size_t *pos, struct err *err)
{
	struct etcd_kv kv AUTO_KV = {0}, prev AUTO_KV = {0};
	const json_t *p = json_object_get(ev, "prev_kv");
	int rc = etcd_kv_read(&kv, json_object_get(ev, "kv"));
	if (rc == 0 && p)
		rc = etcd_kv_read(&prev, p);
	if (rc < 0)
		return rc == -ENOMEM ? err_nomem(err)
				     : err_set(err, ERR_PROTO, "store: etcd's watch delivers what is not an event");
	if (kv.mod > REV_MAX - x->base_rev)
		return err_set(err, ERR_PROTO, "store: etcd's revision is out of bounds");
	int64_t rev = etcd_ours(x, kv.mod);
	if (rev <= x->s->writer.last) /* seen before the connection broke */
		return 0;
	if (rev < *last)
		return err_set(err, ERR_PROTO, "store: etcd's watch delivers events out of order");
	if (rev > *last)
		*pos = 0;
	*last = rev;
	bool deleted = streq(json_str(ev, "type"), "DELETE");
	if (str_has_prefix(kv.key, x->registry))
		return stage(x, deleted, &kv, &prev, (*pos)++, err);
	if (!deleted && str_has_prefix(kv.key, x->sys) && streq(kv.key + strlen(x->sys), "compact"))
		etcd_sync_compacted(x, &kv);
	return 0;
}

/* The references that staging holds; the ring has its own. */
static void staged_unref(struct change **v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		change_unref(v[i]);
}

static int events(struct etcd *x, const json_t *list, struct err *err)
{
	struct store *s = x->s;
	struct writer *w = &s->writer;
	int64_t last = w->last;
	size_t pos = 0, i;
	const json_t *ev;
	int rc = 0;
	json_array_foreach(list, i, ev)
	{
		rc = event(x, ev, &last, &pos, err);
		if (rc < 0)
			break;
	}
	size_t n = w->n_staged;
	if (rc < 0) {
		writer_unstage(s);
		staged_unref(w->staged, n);
		return rc;
	}
	if (last == w->last)
		return 0;
	writer_publish(s, last);
	staged_unref(w->staged, n);
	etcd_write_seen(x, last);
	etcd_sync_seen(x, last);
	return 0;
}

/* --- the connection --- */

static void feed_connect(struct etcd *x);
static void feed_reload(struct etcd *x);

static void feed_drop(struct feed *f)
{
	http_call_cancel(f->call);
	f->call = NULL;
	buf_done(&f->line);
	json_decref(f->parts);
	f->parts = NULL;
	f->parts_bytes = 0;
}

static void feed_lost(struct etcd *x, const struct err *why)
{
	struct feed *f = &x->feed;
	feed_drop(f);
	if (f->state == FEED_RELOADING)
		return;
	f->state = FEED_DOWN;
	if (x->stopping)
		return;
	etcd_next_endpoint(x, f->endpoint);
	/* Once an outage: whoever looks for the reason finds it, and the log does not fill. */
	if (f->failures++ == 1 && !f->complained) {
		f->complained = true;
		log_warning("store", NULL, "the watch on etcd is broken, trying again: %s", why->msg);
	}
	int64_t delay =
	    f->failures <= x->n_endpoints ? RETRY_MIN_MS : RETRY_MIN_MS << (f->failures < 6 ? f->failures : 6);
	loop_timer_set(f->retry, delay < RETRY_MAX_MS ? delay : RETRY_MAX_MS);
}

static void feed_up(struct etcd *x)
{
	struct feed *f = &x->feed;
	f->state = FEED_UP;
	f->failures = 0;
	if (f->complained)
		log_info("store", NULL, "the watch on etcd is back");
	f->complained = false;
	etcd_sync_seen(x, load_i64(&x->s->visible)); /* those that wait may need a tick now */
}

static int message(struct etcd *x, json_t *o, size_t len, struct err *e)
{
	struct feed *f = &x->feed;
	const json_t *r = json_object_get(o, "result");
	if (!r) {
		bool maybe;
		struct bytes *text AUTO_BYTES = json_encode(o);
		return etcd_error(f->endpoint, 500, text, &maybe, e);
	}
	if (json_is_true(json_object_get(r, "canceled"))) {
		if (etcd_int(r, "compact_revision") > 0)
			return err_set(e, ERR_GONE, "store: etcd was compacted beyond what its watch had delivered");
		return err_set(e, ERR_UNAVAILABLE, "store: etcd %s ended the watch: %.100s", f->endpoint,
			       json_str_or(r, "cancel_reason", "no reason given"));
	}
	if (json_is_true(json_object_get(r, "created"))) {
		int64_t rev;
		int rc = etcd_header_rev(x, r, &rev, e);
		if (rc < 0)
			return rc;
		/* A member may lag behind for a moment. When all do, etcd was put back to an older state under us. */
		if (etcd_ours(x, rev) < x->s->writer.last)
			return err_set(e, ERR_UNAVAILABLE,
				       "store: etcd %s is at revision %" PRId64 ", but %" PRId64
				       " was seen before: if it was restored from a snapshot, restart minik",
				       f->endpoint, etcd_ours(x, rev), x->s->writer.last);
		feed_up(x);
	}
	json_t *list = json_object_get(r, "events");
	if (!json_is_true(json_object_get(r, "fragment")) && !f->parts)
		return events(x, list, e);
	f->parts_bytes += len;
	if (f->parts_bytes > 4 * LINE_MAX_BYTES)
		return err_set(e, ERR_TOO_LARGE, "store: a message of etcd's watch is too long");
	if (!f->parts && !(f->parts = json_array()))
		return err_nomem(e);
	if (list && json_array_extend(f->parts, list) < 0)
		return err_nomem(e);
	if (json_is_true(json_object_get(r, "fragment")))
		return 0;
	AUTO_JSON json_t *all = TAKE_PTR(f->parts);
	f->parts_bytes = 0;
	return events(x, all, e);
}

static int feed_line(struct etcd *x, const char *p, size_t n, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	if (n == 0)
		return 0;
	if (json_parse(p, n, &o, e) < 0)
		return err_set(e, ERR_PROTO, "store: etcd's watch sends what is not JSON");
	return message(x, o, n, e);
}

static int on_data(void *arg, const char *p, size_t n)
{
	struct etcd *x = arg;
	struct feed *f = &x->feed;
	struct err e = {0};
	int rc = 0;
	f->last_ms = clock_mono_ms(clock_real());
	while (rc == 0 && n > 0) {
		const char *nl = memchr(p, '\n', n);
		size_t take = nl ? (size_t)(nl - p) : n;
		if (f->line.len + take > LINE_MAX_BYTES) {
			rc = err_set(&e, ERR_TOO_LARGE, "store: a message of etcd's watch is too long");
			break;
		}
		if (nl && f->line.len == 0) {
			rc = feed_line(x, p, take, &e);
		} else {
			buf_add(&f->line, p, take);
			if (buf_failed(&f->line))
				rc = err_nomem(&e);
			else if (nl)
				rc = feed_line(x, f->line.data, f->line.len, &e);
			if (nl)
				buf_trim(&f->line, 0);
		}
		if (f->line.cap > ((size_t)1 << 20) && f->line.len == 0)
			buf_done(&f->line);
		take += nl ? 1 : 0;
		p += take;
		n -= take;
	}
	if (rc == 0)
		return 0;
	if (rc == ERR_GONE) {
		log_warning("store", NULL, "%s: everything is read anew", e.msg);
		feed_reload(x);
	} else {
		feed_lost(x, &e);
	}
	return 1;
}

static void on_done(void *arg, const struct http_client_response *r)
{
	struct etcd *x = arg;
	struct err e = r->err;
	x->feed.call = NULL;
	if (r->code == 0)
		err_set(&e, ERR_UNAVAILABLE, "etcd %s ended the watch (HTTP %d)", x->feed.endpoint, r->status);
	feed_lost(x, &e);
}

static void feed_connect(struct etcd *x)
{
	static const char *const headers[] = {"Content-Type: application/json", "Grpc-Metadata-hasleader: true", NULL};
	static const struct http_client_cb cb = {.on_data = on_data, .on_done = on_done};
	struct feed *f = &x->feed;
	AUTO_BUF struct buf b = {0}, all = {0};
	struct err e = {0};
	buf_addf(&all, "%s/", x->prefix);
	buf_adds(&b, "{\"create_request\":{");
	if (!buf_failed(&all))
		buf_add_range(&b, all.data, NULL);
	buf_addf(&b, ",\"start_revision\":\"%" PRId64 "\",\"prev_kv\":true,\"fragment\":true}}",
		 x->s->writer.last - x->base_rev); /* itself: so etcd tells when it was compacted */
	f->endpoint = etcd_endpoint(x);
	AUTO_FREE char *url = str_fmt("%s/v3/watch", f->endpoint);
	struct bytes *body AUTO_BYTES = buf_failed(&all) ? NULL : buf_take_bytes(&b);
	struct http_client_request r = {
	    .method = "POST", .url = url, .headers = headers, .body = body, .connect_timeout_ms = 3000, .once = true};
	f->state = FEED_CONNECTING;
	f->last_ms = clock_mono_ms(clock_real());
	int rc = url && body ? http_client_start(x->http, &r, &cb, x, &f->call, &e) : err_nomem(&e);
	if (rc < 0)
		feed_lost(x, &e);
}

void etcd_feed_kick(struct etcd *x, const char *why)
{
	struct feed *f = &x->feed;
	if (f->state != FEED_UP && f->state != FEED_CONNECTING)
		return;
	struct err e;
	err_set(&e, ERR_TIMEOUT, "etcd %s: %s", f->endpoint, why);
	feed_lost(x, &e);
}

static void on_retry(void *arg)
{
	struct etcd *x = arg;
	if (x->feed.state == FEED_DOWN && !x->stopping)
		feed_connect(x);
}

void etcd_feed_start(struct etcd *x)
{
	feed_connect(x);
}

void etcd_feed_stop(struct etcd *x)
{
	feed_drop(&x->feed);
	if (x->feed.retry)
		x->feed.retry = loop_timer_free(x->feed.retry);
}

/* --- reading everything anew: on a pool thread, while the loop leaves the writer's things alone --- */

struct fresh {
	struct etcd *x;
	struct index index;
};

static int fresh_kv(void *arg, struct etcd_kv *kv, struct err *e)
{
	struct fresh *f = arg;
	return etcd_index_add(f->x, &f->index, kv, NULL, e);
}

static void fresh_swap(struct etcd *x, struct fresh *f, int64_t rev)
{
	struct store *s = x->s;
	struct index_pos pos;
	pthread_rwlock_wrlock(&s->index_lock);
	for (struct entry *e = index_seek(&f->index, "", 0, false, &pos); e; e = index_next(&pos)) {
		struct entry *old = index_find(&s->index, e->key->data, e->key->len);
		if (old && old->value && entry_rev(old) == entry_rev(e)) {
			struct bytes *v = bytes_ref(old->value);
			cache_drop(&s->cache, old);
			cache_set(&s->cache, e, v);
		}
	}
	for (struct entry *e = index_seek(&s->index, "", 0, false, &pos); e; e = index_next(&pos))
		cache_drop(&s->cache, e);
	struct index was = s->index;
	s->index = f->index;
	f->index = was;
	s->flushed = rev;
	pthread_mutex_lock(&s->watch_lock);
	struct ring *r = &s->ring;
	for (size_t i = 0; i < r->n; i++)
		change_unref(ring_at(r, i));
	r->n = r->head = r->bytes = 0;
	r->floor = rev;
	store_i64(&s->compacted, rev);
	store_i64(&s->visible, rev);
	watches_reset(s);
	pthread_mutex_unlock(&s->watch_lock);
	pthread_rwlock_unlock(&s->index_lock);
	s->writer.last = rev;
}

static void reload_run(struct pool_job *j)
{
	struct etcd *x = container_of(j, struct etcd, feed.job);
	struct feed *f = &x->feed;
	struct fresh fresh = {.x = x};
	int64_t rev;
	f->job_code = index_init(&fresh.index) < 0 ? err_nomem(&f->job_err) : etcd_put_tick(x, &rev, &f->job_err);
	if (f->job_code == 0)
		f->job_code = etcd_walk(x, x->registry, NULL, rev, fresh_kv, &fresh, &f->job_err);
	if (f->job_code == 0)
		fresh_swap(x, &fresh, etcd_ours(x, rev));
	index_done(&fresh.index);
}

static void reload_end(void *arg)
{
	struct etcd *x = arg;
	struct feed *f = &x->feed;
	f->state = FEED_DOWN;
	if (f->job_code < 0) {
		/* From where we were: that ends here again, until it can be read. */
		feed_lost(x, &f->job_err);
		return;
	}
	int64_t last = x->s->writer.last;
	etcd_write_seen(x, last);
	etcd_sync_seen(x, last);
	if (!x->stopping)
		feed_connect(x);
}

static void reload_done(struct pool_job *j)
{
	struct etcd *x = container_of(j, struct etcd, feed.job);
	loop_post(x->loop, &x->feed.reload_task);
}

static void reload_task(struct loop_task *t)
{
	reload_end(container_of(t, struct etcd, feed.reload_task));
}

static void feed_reload(struct etcd *x)
{
	struct feed *f = &x->feed;
	feed_drop(f);
	f->state = FEED_RELOADING;
	f->job = (struct pool_job){.run = reload_run, .done = reload_done};
	f->reload_task.fn = reload_task;
	pool_submit(x->s->pool, &f->job);
}

int etcd_feed_init(struct etcd *x)
{
	return loop_timer_new(&x->feed.retry, x->loop, on_retry, x);
}
