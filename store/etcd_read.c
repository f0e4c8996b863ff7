/*
 * What is not in memory, from etcd: single values, everything as of a revision, and history, which is a watch that
 * starts in the past and ends where the ring begins.
 */
#include <errno.h>
#include <inttypes.h>
#include <time.h>
#include "base/str.h"
#include "store/etcd.h"

#define PAGE_MIN       16u
#define PAGE_MAX       2000u
#define PAGE_BYTES     ((size_t)4 << 20) /* what a page should be about */
#define QUEUE_MAX      ((size_t)64 << 20)
#define LINE_MAX_BYTES ((size_t)64 << 20)
#define PATIENCE_S     10

struct reader {
	struct etcd *x;
	struct etcd_kv kv;
};

static struct etcd *ex(struct backend *b)
{
	return container_of(b, struct etcd, base);
}

static int reader_open(struct backend *b, struct reader **ret, struct err *e)
{
	struct reader *r = calloc(1, sizeof(*r));
	if (!r)
		return err_nomem(e);
	r->x = ex(b);
	*ret = r;
	return 0;
}

static struct reader *reader_close(struct reader *r)
{
	if (r)
		etcd_kv_done(&r->kv);
	free(r);
	return NULL;
}

static void record_of(struct record *r, const struct etcd *x, const struct etcd_kv *kv, size_t pos)
{
	*r = (struct record){
	    .id = id_make(etcd_ours(x, kv->mod), pos),
	    .create_rev = etcd_ours(x, kv->create),
	    .key = kv->key + strlen(x->registry),
	    .key_len = kv->key_len - strlen(x->registry),
	    .splice = kv->env.splice,
	    .index = kv->env.index,
	    .index_len = kv->env.index_len,
	    .value = kv->env.value,
	    .value_len = kv->env.value_len,
	};
}

static int read_one(struct reader *r, int64_t id, const struct bytes *key, int64_t at, struct record *ret,
		    struct err *e)
{
	struct etcd *x = r->x;
	AUTO_BUF struct buf b = {0}, k = {0};
	AUTO_JSON json_t *o = NULL;
	buf_adds(&k, x->registry);
	buf_add(&k, key->data, key->len);
	if (buf_failed(&k))
		return err_nomem(e);
	buf_addc(&b, '{');
	buf_add_field(&b, "key", k.data, k.len);
	buf_addf(&b, ",\"revision\":\"%" PRId64 "\"}", at - x->base_rev);
	int rc = etcd_call(x, "/v3/kv/range", &b, false, &o, e);
	if (rc == ERR_GONE)
		return err_set(e, ERR_NOT_FOUND, "store: %s was compacted", key->data);
	if (rc < 0)
		return rc;
	etcd_kv_done(&r->kv);
	const json_t *kv = json_array_get(json_object_get(o, "kvs"), 0);
	if (kv && (rc = etcd_kv_read(&r->kv, kv)) < 0)
		return err_set(e, rc, "store: etcd's answer for %s is not sound", key->data);
	if (!kv || etcd_ours(x, r->kv.mod) != id_rev(id))
		return err_set(e, ERR_NOT_FOUND, "store: %s changed meanwhile", key->data);
	if (!r->kv.sound)
		return err_set(e, -EUCLEAN, "store: the value of %s in etcd was not written by minik", key->data);
	record_of(ret, x, &r->kv, 0);
	return 0;
}

/* --- everything --- */

int etcd_walk(struct etcd *x, const char *prefix, const char *after, int64_t rev, etcd_kv_fn fn, void *arg,
	      struct err *e)
{
	AUTO_FREE char *last = str_dup(after);
	unsigned page = PAGE_MIN;
	if (after && !last)
		return err_nomem(e);
	for (;;) {
		AUTO_BUF struct buf b = {0};
		AUTO_JSON json_t *o = NULL;
		size_t bytes = 0, i;
		json_t *kv;
		buf_addc(&b, '{');
		buf_add_range(&b, prefix, last);
		buf_addf(&b, ",\"limit\":\"%u\",\"revision\":\"%" PRId64 "\"}", page, rev);
		int rc = etcd_call(x, "/v3/kv/range", &b, false, &o, e);
		if (rc == ERR_TOO_LARGE && page > 1) {
			page /= 2;
			continue;
		}
		if (rc < 0)
			return rc;
		const json_t *kvs = json_object_get(o, "kvs");
		json_array_foreach(kvs, i, kv)
		{
			struct etcd_kv v AUTO_KV = {0};
			rc = etcd_kv_read(&v, kv);
			if (rc < 0)
				return err_set(e, rc, "store: etcd lists what is not sound");
			if (!str_has_prefix(v.key, prefix) || (last && strcmp(v.key, last) <= 0))
				return err_set(e, ERR_PROTO, "store: etcd lists %s, out of order", v.key);
			if (str_replace(&last, v.key) < 0)
				return err_nomem(e);
			bytes += v.key_len + v.value_len;
			rc = fn(arg, &v, e);
			if (rc != 0)
				return rc < 0 ? rc : 0;
		}
		if (!json_is_true(json_object_get(o, "more")))
			return 0;
		if (json_array_size(kvs) == 0)
			return err_set(e, ERR_PROTO, "store: etcd lists nothing, and more of it");
		if (bytes < PAGE_BYTES / 2 && page < PAGE_MAX)
			page = page * 2 < PAGE_MAX ? page * 2 : PAGE_MAX;
		else if (bytes > PAGE_BYTES * 2 && page > PAGE_MIN)
			page /= 2;
	}
}

struct range_arg {
	struct etcd *x;
	record_fn fn;
	void *arg;
};

static int range_kv(void *arg, struct etcd_kv *kv, struct err *e)
{
	struct range_arg *a = arg;
	struct record r;
	if (!kv->sound)
		return 0;
	record_of(&r, a->x, kv, 0);
	return a->fn(a->arg, &r, e);
}

static int range_at(struct reader *r, const char *prefix, const char *start_after, int64_t rev, record_fn fn, void *arg,
		    struct err *e)
{
	struct etcd *x = r->x;
	struct range_arg a = {x, fn, arg};
	AUTO_FREE char *under = str_fmt("%s%s", x->registry, prefix),
		       *after = start_after ? str_fmt("%s%s", x->registry, start_after) : NULL;
	if (!under || (start_after && !after))
		return err_nomem(e);
	return etcd_walk(x, under, after, rev - x->base_rev, range_kv, &a, e);
}

/* --- history --- */

struct line {
	struct list link;
	size_t len;
	char text[];
};

struct stream {
	struct etcd *x;
	struct bytes *body;
	struct http_call *call; /* loop */
	struct buf part;        /* loop */
	const char *endpoint;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	struct list lines;
	size_t bytes;
	bool started, ended, closed;
	int code;
	struct err err;
};

static void stream_end(struct stream *s, int code, const struct err *e)
{
	pthread_mutex_lock(&s->lock);
	if (!s->ended) {
		s->code = code;
		s->err = *e;
		s->ended = true;
	}
	pthread_cond_signal(&s->cond);
	pthread_mutex_unlock(&s->lock);
}

static int stream_line(struct stream *s, struct err *e)
{
	struct line *l = malloc(sizeof(*l) + s->part.len + 1);
	if (!l || buf_failed(&s->part)) {
		free(l);
		return err_nomem(e);
	}
	l->len = s->part.len;
	memcpy(l->text, s->part.data, l->len);
	buf_trim(&s->part, 0);
	pthread_mutex_lock(&s->lock);
	bool full = s->bytes + l->len > QUEUE_MAX;
	s->bytes += l->len;
	list_add_tail(&s->lines, &l->link);
	pthread_cond_signal(&s->cond);
	pthread_mutex_unlock(&s->lock);
	/* Faster than it is taken: what came is good, for the rest another stream will be asked. */
	return full ? err_set(e, ERR_AGAIN, "store: etcd's history comes too fast") : 0;
}

static int stream_data(void *arg, const char *p, size_t n)
{
	struct stream *s = arg;
	struct err e = {0};
	int rc = 0;
	while (rc == 0 && n > 0) {
		const char *nl = memchr(p, '\n', n);
		size_t take = nl ? (size_t)(nl - p) : n;
		if (s->part.len + take > LINE_MAX_BYTES) {
			rc = err_set(&e, ERR_TOO_LARGE, "store: a message of etcd's watch is too long");
			break;
		}
		buf_add(&s->part, p, take);
		if (nl && s->part.len > 0)
			rc = stream_line(s, &e);
		take += nl ? 1 : 0;
		p += take;
		n -= take;
	}
	if (rc < 0)
		stream_end(s, rc, &e);
	return rc < 0;
}

static void stream_closed(void *arg, const struct http_client_response *r)
{
	struct stream *s = arg;
	struct err e = r->err;
	s->call = NULL;
	int code = r->code;
	if (code == 0 || code == ERR_CANCELED)
		code = err_set(&e, ERR_UNAVAILABLE, "store: etcd ended the watch on its history (HTTP %d)", r->status);
	else
		etcd_next_endpoint(s->x, s->endpoint);
	stream_end(s, code, &e);
}

static void stream_begin(void *arg)
{
	static const char *const headers[] = {"Content-Type: application/json", "Grpc-Metadata-hasleader: true", NULL};
	static const struct http_client_cb cb = {.on_data = stream_data, .on_done = stream_closed};
	struct stream *s = arg;
	struct err e = {0};
	s->endpoint = etcd_endpoint(s->x);
	AUTO_FREE char *url = str_fmt("%s/v3/watch", s->endpoint);
	struct http_client_request r = {
	    .method = "POST", .url = url, .headers = headers, .body = s->body, .connect_timeout_ms = 3000};
	int rc = url ? http_client_start(s->x->http, &r, &cb, s, &s->call, &e) : err_nomem(&e);
	if (rc < 0)
		stream_end(s, rc, &e);
}

static void stream_stop(void *arg)
{
	struct stream *s = arg;
	http_call_cancel(s->call);
	s->call = NULL;
	pthread_mutex_lock(&s->lock);
	s->closed = true;
	pthread_cond_signal(&s->cond);
	pthread_mutex_unlock(&s->lock);
}

/* Also when the loop has no memory to be told: then by the task it owns already. */
static void stream_done(struct stream *s)
{
	while (s->started && loop_call(s->x->loop, stream_stop, s) < 0)
		(void)nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
	pthread_mutex_lock(&s->lock);
	while (s->started && !s->closed)
		pthread_cond_wait(&s->cond, &s->lock);
	pthread_mutex_unlock(&s->lock);
	LIST_FOREACH_SAFE (l, tmp, &s->lines, struct line, link)
		free(l);
	buf_done(&s->part);
	bytes_unref(s->body);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->cond);
}

/* NULL: it ended (s->code) or nothing came for too long. */
static struct line *stream_take(struct stream *s)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += PATIENCE_S;
	pthread_mutex_lock(&s->lock);
	int rc = 0;
	while (list_empty(&s->lines) && !s->ended && rc == 0)
		rc = pthread_cond_timedwait(&s->cond, &s->lock, &until);
	struct line *l = NULL;
	if (!list_empty(&s->lines)) {
		l = container_of(s->lines.next, struct line, link);
		list_del(&l->link);
		s->bytes -= l->len;
	} else if (!s->ended) {
		s->ended = true;
		s->code = err_set(&s->err, ERR_UNAVAILABLE, "store: etcd's history does not come");
	}
	pthread_mutex_unlock(&s->lock);
	return l;
}

struct past_events {
	struct etcd *x;
	int64_t after, upto; /* ids */
	int64_t rev;         /* of the last event */
	size_t pos;
	bool (*want)(void *arg, const struct record *r);
	record_fn fn;
	void *arg;
	json_t *parts;
	bool done;
};

static int past_event(struct past_events *h, const json_t *ev, struct err *e)
{
	struct etcd *x = h->x;
	struct etcd_kv kv AUTO_KV = {0}, prev AUTO_KV = {0};
	const json_t *p = json_object_get(ev, "prev_kv");
	int rc = etcd_kv_read(&kv, json_object_get(ev, "kv"));
	if (rc == 0 && p)
		rc = etcd_kv_read(&prev, p);
	if (rc < 0 || kv.mod > REV_MAX - x->base_rev)
		return rc == -ENOMEM ? err_nomem(e)
				     : err_set(e, ERR_PROTO, "store: etcd's watch delivers what is not an event");
	int64_t rev = etcd_ours(x, kv.mod);
	if (rev > id_rev(h->upto)) {
		h->done = true;
		return 0;
	}
	if (rev != h->rev)
		h->pos = 0;
	h->rev = rev;
	if (!str_has_prefix(kv.key, x->registry))
		return 0;
	bool deleted = streq(json_str(ev, "type"), "DELETE");
	int64_t id = id_make(rev, h->pos++ % OPS_MAX);
	if (id <= h->after || (!deleted && !kv.sound) || (deleted && !prev.sound))
		return 0;
	struct record r;
	record_of(&r, x, deleted ? &prev : &kv, 0);
	r.id = id;
	r.deleted = deleted;
	if (prev.sound) {
		r.prev_id = id_make(etcd_ours(x, prev.mod), 0);
		r.create_rev = etcd_ours(x, prev.create);
		r.prev_index = prev.env.index;
		r.prev_index_len = prev.env.index_len;
	}
	(void)h->want(h->arg, &r); /* etcd sends everything anyway */
	rc = h->fn(h->arg, &r, e);
	if (rc > 0)
		h->done = true;
	return rc < 0 ? rc : 0;
}

static int past_message(struct past_events *h, const struct line *l, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	if (json_parse(l->text, l->len, &o, e) < 0)
		return err_set(e, ERR_PROTO, "store: etcd's watch sends what is not JSON");
	const json_t *r = json_object_get(o, "result");
	if (!r || json_is_true(json_object_get(r, "canceled"))) {
		if (etcd_int(r, "compact_revision") > 0)
			return err_set(e, ERR_GONE, "store: revision %" PRId64 " was compacted", id_rev(h->after));
		return err_set(e, ERR_UNAVAILABLE, "store: etcd ended the watch on its history: %.100s",
			       json_str_or(r, "cancel_reason", "no reason given"));
	}
	json_t *list = json_object_get(r, "events");
	bool more = json_is_true(json_object_get(r, "fragment"));
	if (more || h->parts) {
		if (!h->parts && !(h->parts = json_array()))
			return err_nomem(e);
		if (list && json_array_extend(h->parts, list) < 0)
			return err_nomem(e);
		if (more)
			return 0;
		list = h->parts;
	}
	const json_t *ev;
	size_t i;
	int rc = 0;
	json_array_foreach(list, i, ev)
	{
		rc = past_event(h, ev, e);
		if (rc < 0 || h->done)
			break;
	}
	json_decref(h->parts);
	h->parts = NULL;
	/* Whole revisions only: at the end of a message of upto's own nothing is missing. */
	if (h->rev >= id_rev(h->upto))
		h->done = true;
	return rc;
}

static int history_stream(struct past_events *h, struct err *e)
{
	struct etcd *x = h->x;
	AUTO_BUF struct buf b = {0};
	AUTO_FREE char *all = str_fmt("%s/", x->prefix);
	struct stream s = {.x = x};
	int64_t from = h->rev > id_rev(h->after) ? h->rev : id_rev(h->after);
	if (!all)
		return err_nomem(e);
	list_init(&s.lines);
	pthread_mutex_init(&s.lock, NULL);
	pthread_cond_init(&s.cond, NULL);
	h->after = from > id_rev(h->after) ? id_last(from) : h->after;
	buf_adds(&b, "{\"create_request\":{");
	buf_add_range(&b, all, NULL);
	/* From that revision itself, not the one behind it: etcd then says when it was compacted. */
	int64_t start = from - x->base_rev;
	buf_addf(&b, ",\"start_revision\":\"%" PRId64 "\",\"prev_kv\":true,\"fragment\":true}}", start > 0 ? start : 1);
	s.body = buf_take_bytes(&b);
	int rc = s.body ? loop_call(x->loop, stream_begin, &s) : -ENOMEM;
	if (rc < 0)
		err_nomem(e);
	s.started = rc == 0;
	while (rc == 0 && !h->done) {
		struct line *l = stream_take(&s);
		if (!l) {
			rc = s.code;
			if (e)
				*e = s.err;
			break;
		}
		rc = past_message(h, l, e);
		free(l);
	}
	json_decref(h->parts);
	h->parts = NULL;
	stream_done(&s);
	return rc;
}

static int history(struct reader *r, int64_t after, int64_t upto, bool (*want)(void *arg, const struct record *r),
		   record_fn fn, void *arg, struct err *e)
{
	struct past_events h = {.x = r->x, .after = after, .upto = upto, .want = want, .fn = fn, .arg = arg};
	int rc;
	do {
		rc = history_stream(&h, e);
	} while (rc == ERR_AGAIN);
	return rc;
}

static size_t size(struct backend *b)
{
	(void)b; /* etcd's own metrics tell */
	return 0;
}

static struct backend *close_backend(struct backend *b)
{
	etcd_close(ex(b));
	return NULL;
}

const struct backend_ops etcd_ops = {
    .reader_open = reader_open,
    .reader_close = reader_close,
    .read = read_one,
    .range = range_at,
    .history = history,
    .backup = etcd_backup,
    .size = size,
    .close = close_backend,
};
