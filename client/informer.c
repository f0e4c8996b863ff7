/*
 * List and watch. Phases: STREAMING or LISTING bring the whole state into `pending`, which is then compared with the
 * cache; WATCHING applies single events. A broken watch is resumed from the last revision seen; a revision that the
 * server has compacted (410) starts over. Failures wait with back-off.
 */
#include "client/informer.h"
#include <errno.h>
#include <string.h>
#include "api/object.h"
#include "api/scan.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "client/informer_private.h"

#define BACKOFF_FIRST_MS 200
#define BACKOFF_MAX_MS   30000
#define SHORT_WATCH_MS   1000
/*
 * A server that does not know streaming lists (Kubernetes before 1.27) ignores the parameter: the objects there are
 * come as ADDED, then whatever happens, and the mark of the end never.
 */
#define STREAM_SILENCE_MS 10000
#define STREAM_LONGEST_MS 60000
#define PAGE              500

static void begin(struct informer *i);

static int64_t now_ms(void)
{
	return clock_mono_ms(clock_real());
}

/* Entry points bracket their work, so that a handler may free the informer. */
static void enter(struct informer *i)
{
	i->busy++;
}

static void destroy(struct informer *i)
{
	informer_cache_done(&i->cache);
	map_free(i->pending);
	free(i->subs);
	free(i->group);
	free(i->version);
	free(i->plural);
	free(i->ns);
	free(i->labels);
	free(i->fields);
	free(i->path);
	free(i);
}

static void leave(struct informer *i)
{
	if (--i->busy == 0 && i->freed)
		destroy(i);
}

static void stop_calls(struct informer *i)
{
	if (i->watch)
		i->client->transport->ops->cancel(TAKE_PTR(i->watch));
	if (i->list)
		client_call_cancel(TAKE_PTR(i->list));
	i->pending = map_free(i->pending);
	loop_timer_stop(i->timer);
}

/* Tries again after a while: from i->rev if there is one, else from a list. */
static void wait_retry(struct informer *i, const char *why)
{
	unsigned char r;
	int64_t ms;

	stop_calls(i);
	i->failures++;
	i->backoff_ms = i->backoff_ms ? i->backoff_ms * 2 : BACKOFF_FIRST_MS;
	if (i->backoff_ms > BACKOFF_MAX_MS)
		i->backoff_ms = BACKOFF_MAX_MS;
	/* Spread, so that a server that comes back is not met by all at once: 75 to 125 %. */
	random_bytes(&r, 1);
	ms = i->backoff_ms * (192 + r / 2) / 256;
	if (why)
		log_write(i->failures == 5 ? LOG_LEVEL_WARNING : LOG_LEVEL_DEBUG, "informer", i->path,
			  "%s; trying again in %lld ms", why, (long long)ms);
	i->phase = INFORMER_WAITING;
	loop_timer_set(i->timer, ms);
}

static void well(struct informer *i)
{
	i->failures = 0;
	i->backoff_ms = 0;
}

/*
 * A collection is there even when it is empty: 404 says that the server does not have the kind at all. It may come (a
 * CRD that was just made is not served at once), so it is asked for again; but whoever waits for it should know.
 */
static void wait_served(struct informer *i, const struct client_result *r)
{
	if (r->code != ERR_NOT_FOUND || informer_synced(i)) {
		wait_retry(i, r->err.msg);
		return;
	}
	if (i->failures == 1)
		log_warning("informer", i->path, "this API server does not serve %s%s%s %s: what needs them waits",
			    i->group ? i->group : "", i->group && i->group[0] ? "/" : "",
			    i->version ? i->version : "v1", i->plural);
	wait_retry(i, NULL);
}

/* The cache is behind and cannot catch up by events: list again, soon. */
static void relist(struct informer *i, const char *why)
{
	i->rev = 0;
	wait_retry(i, why);
}

/* Handlers */

enum change { CHANGE_ADDED, CHANGE_UPDATED, CHANGE_DELETED };

static void dispatch(struct informer *i, enum change what, struct informer_object *old, struct informer_object *o)
{
	/* Of an object that went and came again under its name only the end was seen. */
	if (what == CHANGE_UPDATED && !streq(old->uid, o->uid)) {
		dispatch(i, CHANGE_DELETED, NULL, old);
		what = CHANGE_ADDED;
	}
	for (size_t k = 0; k < i->n_subs && !i->freed; k++) {
		const struct informer_sub *s = &i->subs[k];

		if (what == CHANGE_ADDED && s->h.added)
			s->h.added(s->arg, o);
		else if (what == CHANGE_UPDATED && s->h.updated)
			s->h.updated(s->arg, old, o);
		else if (what == CHANGE_DELETED && s->h.deleted)
			s->h.deleted(s->arg, o);
	}
}

/* One event of a watch. */
static int apply(struct informer *i, struct informer_object *o, bool deleted)
{
	AUTO_OBJECT struct informer_object *old = NULL;
	char key[INFORMER_KEY_MAX];
	int r = 0;

	if (!informer_object_key(o, key))
		return ERR_PROTO;
	old = informer_get_key(i, key);
	if (deleted && !old)
		return 0;
	if (!deleted && old && o->rev && old->rev == o->rev)
		return 0; /* seen already */
	(void)pthread_rwlock_wrlock(&i->cache.lock);
	if (deleted)
		informer_cache_del(&i->cache, key);
	else
		r = informer_cache_put(&i->cache, key, o);
	(void)pthread_rwlock_unlock(&i->cache.lock);
	if (r < 0)
		return r;
	dispatch(i, deleted ? CHANGE_DELETED : old ? CHANGE_UPDATED : CHANGE_ADDED, old, o);
	return 0;
}

struct diff {
	enum change what;
	struct informer_object *old, *now; /* references */
};

static void diff_free(struct diff *d, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		(void)informer_object_unref(d[k].old);
		(void)informer_object_unref(d[k].now);
	}
	free(d);
}

/* What separates the cache from the complete state in pending. */
static int compare(struct informer *i, struct diff **ret, size_t *ret_n)
{
	struct diff *d = calloc(map_len(i->pending) + map_len(i->cache.objects) + 1, sizeof *d);
	struct map_iter it = MAP_ITER_INIT, old_it = MAP_ITER_INIT;
	size_t n = 0;

	if (!d)
		return -ENOMEM;
	while (map_next(i->pending, &it)) {
		struct informer_object *o = it.value, *old = map_get(i->cache.objects, it.key);

		if (old && old->rev == o->rev && streq(old->uid, o->uid))
			continue;
		d[n++] = (struct diff){old ? CHANGE_UPDATED : CHANGE_ADDED, informer_object_ref(old),
				       informer_object_ref(o)};
	}
	while (map_next(i->cache.objects, &old_it))
		if (!map_has(i->pending, old_it.key))
			d[n++] = (struct diff){CHANGE_DELETED, NULL, informer_object_ref(old_it.value)};
	*ret = d;
	*ret_n = n;
	return 0;
}

/* The whole state has come: brings the cache to it, then tells the handlers. */
static int finish_list(struct informer *i)
{
	struct diff *d = NULL;
	size_t n = 0;
	int r = compare(i, &d, &n);

	if (r < 0)
		return r;
	(void)pthread_rwlock_wrlock(&i->cache.lock);
	for (size_t k = 0; k < n && r == 0; k++) {
		char key[INFORMER_KEY_MAX];

		(void)informer_object_key(d[k].now, key); /* it fitted when it was put into a map */
		if (d[k].what == CHANGE_DELETED)
			informer_cache_del(&i->cache, key);
		else
			r = informer_cache_put(&i->cache, key, d[k].now);
	}
	(void)pthread_rwlock_unlock(&i->cache.lock);
	i->pending = map_free(i->pending);
	for (size_t k = 0; k < n && r == 0 && !i->freed; k++)
		dispatch(i, d[k].what, d[k].old, d[k].now);
	diff_free(d, n);
	if (r < 0 || i->freed)
		return r;
	well(i);
	i->unlimited = i->list_instead = false;
	if (!informer_synced(i)) {
		__atomic_store_n(&i->synced, true, __ATOMIC_RELEASE);
		for (size_t k = 0; k < i->n_subs && !i->freed; k++)
			if (i->subs[k].h.synced)
				i->subs[k].h.synced(i->subs[k].arg);
	}
	return 0;
}

static int pend(struct informer *i, struct bytes *json, struct err *e)
{
	struct informer_object *o;
	char key[INFORMER_KEY_MAX];
	int r = informer_object_new(&o, json, e);

	if (r < 0)
		return r;
	if (!informer_object_key(o, key) || map_put(i->pending, key, o) < 0) {
		(void)informer_object_unref(o);
		return err_nomem(e);
	}
	return 0;
}

/* Watching */

static void add_param(struct buf *b, const char *name, const char *value)
{
	AUTO_FREE char *enc = value ? url_encode(value) : NULL;

	if (!value)
		return;
	if (!enc)
		b->failed = true;
	else
		buf_addf(b, "%s%s=%s", b->len ? "&" : "", name, enc);
}

static int find_end_mark(void *arg, const char *key, size_t key_len, const char *val, size_t val_len)
{
	static const char mark[] = "k8s.io/initial-events-end";

	if (key_len == sizeof mark - 1 && memcmp(key, mark, key_len) == 0)
		*(bool *)arg = val_len == 6 && memcmp(val, "\"true\"", 6) == 0;
	return 0;
}

static int64_t revision_of(const struct bytes *json)
{
	char text[24];
	int64_t rev = 0;

	if (scan_str(json->data, json->len, "metadata.resourceVersion", text, sizeof text))
		(void)str_to_i64(text, 0, INT64_MAX, &rev);
	return rev;
}

static int on_bookmark(struct informer *i, struct bytes *json)
{
	int64_t rev = revision_of(json);
	bool end = false;

	if (rev > i->rev)
		i->rev = rev;
	if (i->phase != INFORMER_STREAMING)
		return 0;
	(void)scan_each(json->data, json->len, "metadata.annotations", find_end_mark, &end);
	if (!end)
		return 0;
	i->phase = INFORMER_WATCHING;
	loop_timer_stop(i->timer);
	return finish_list(i);
}

/*
 * A server may know streaming lists and yet be unable to give one (kube-apiserver on an etcd without progress
 * notifications says so by an error within the stream): whatever the reason, a plain list is tried before anything
 * else.
 */
static void list_after_stream(struct informer *i)
{
	stop_calls(i);
	i->list_instead = true;
	i->rev = 0;
	begin(i);
}

static void on_error_event(struct informer *i, struct bytes *json)
{
	AUTO_JSON json_t *status = NULL;
	int code;

	(void)json_parse_bytes(json, &status, NULL);
	code = status_to_code((int)json_int_or(status, "code", 500), json_str_or(status, "reason", ""));
	if (code == ERR_GONE)
		relist(i, "the revision to watch from is gone");
	else if (i->phase == INFORMER_STREAMING)
		list_after_stream(i);
	else
		wait_retry(i, json_str_or(status, "message", "the server ended the watch with an error"));
}

static void on_event(void *arg, enum watch_type type, struct bytes *json)
{
	struct informer *i = arg;
	AUTO_OBJECT struct informer_object *o = NULL;
	struct err e = {0};
	int r = 0;

	enter(i);
	i->heard = true;
	if (type == WATCH_ADDED || i->phase != INFORMER_STREAMING)
		i->heard_ms = now_ms(); /* while it streams, changes do not show that the list goes on */
	if (type == WATCH_ERROR) {
		on_error_event(i, json);
		leave(i);
		return;
	}
	if (type == WATCH_BOOKMARK) {
		r = on_bookmark(i, json);
	} else if (i->phase == INFORMER_STREAMING) {
		r = pend(i, json, &e);
		if (r == 0 && type == WATCH_DELETED && informer_object_new(&o, json, &e) == 0) {
			char key[INFORMER_KEY_MAX];

			if (informer_object_key(o, key))
				(void)map_del(i->pending, key);
		}
	} else {
		r = informer_object_new(&o, json, &e);
		if (r == 0) {
			if (o->rev > i->rev)
				i->rev = o->rev;
			r = apply(i, o, type == WATCH_DELETED);
		}
	}
	if (!i->freed) {
		if (r < 0)
			relist(i, e.msg[0] ? e.msg : err_name(r));
		else if (i->phase == INFORMER_WATCHING)
			well(i);
	}
	leave(i);
}

static bool knows_no_streaming(int code)
{
	return code == ERR_INVALID || code == ERR_BAD_REQUEST || code == ERR_UNSUPPORTED;
}

static void on_watch_done(void *arg, const struct transport_response *resp)
{
	struct informer *i = arg;
	struct client_result r;

	i->watch = NULL;
	client_result_from(&r, resp, "watch", i->path);
	if (i->phase == INFORMER_STREAMING && knows_no_streaming(r.code)) {
		i->client->no_watch_list = true;
		i->rev = 0;
		stop_calls(i);
		begin(i);
	} else if (r.code == ERR_GONE || r.code == ERR_TOO_NEW) {
		relist(i, r.err.msg);
	} else if (r.code < 0) {
		wait_served(i, &r);
	} else if (i->phase == INFORMER_STREAMING) {
		relist(i, "the watch ended before the initial state was complete");
	} else if (i->heard || now_ms() - i->watch_began_ms >= SHORT_WATCH_MS) {
		begin(i); /* servers end watches now and then */
	} else {
		wait_retry(i, NULL);
	}
}

static void begin_watch(struct informer *i, bool streaming)
{
	static const struct transport_cb cb = {.on_event = on_event, .on_done = on_watch_done};
	struct transport_request req = {.method = "GET", .path = i->path, .watch = true};
	AUTO_BUF struct buf q = {0};
	char rev[24];
	struct err e = {0};

	buf_adds(&q, "watch=1&allowWatchBookmarks=true");
	add_param(&q, "labelSelector", i->labels);
	add_param(&q, "fieldSelector", i->fields);
	if (streaming) {
		buf_adds(&q, "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan");
	} else {
		(void)snprintf(rev, sizeof rev, "%lld", (long long)i->rev);
		add_param(&q, "resourceVersion", rev);
	}
	if (buf_failed(&q)) {
		wait_retry(i, "out of memory");
		return;
	}
	req.query = q.data;
	i->phase = streaming ? INFORMER_STREAMING : INFORMER_WATCHING;
	i->heard = false;
	i->watch_began_ms = i->heard_ms = now_ms();
	if (i->client->transport->ops->start(i->client->transport, &req, &cb, i, &i->watch, &e) < 0) {
		i->watch = NULL;
		wait_retry(i, e.msg);
		return;
	}
	if (streaming)
		loop_timer_set(i->timer, STREAM_SILENCE_MS);
}

/* Listing by pages */

struct page {
	struct informer *i;
	char kind[128], api_version[256];
	struct err err;
};

/* Items of typed lists do not repeat kind and apiVersion; whoever reads the cache expects them. */
static struct bytes *item_bytes(const struct page *p, const char *val, size_t n)
{
	AUTO_BUF struct buf b = {0};
	const char *kind;
	size_t kind_len;

	if (n < 2 || val[0] != '{' || !p->kind[0] || scan_find(val, n, "kind", &kind, &kind_len))
		return bytes_new(val, n);
	buf_adds(&b, "{\"kind\":");
	buf_add_json_str(&b, p->kind, strlen(p->kind));
	buf_adds(&b, ",\"apiVersion\":");
	buf_add_json_str(&b, p->api_version, strlen(p->api_version));
	buf_addc(&b, ',');
	buf_add(&b, val + 1, n - 1);
	return buf_take_bytes(&b);
}

static int on_item(void *arg, const char *val, size_t n)
{
	struct page *p = arg;
	AUTO_BYTES struct bytes *json = item_bytes(p, val, n);

	return json ? pend(p->i, json, &p->err) : err_nomem(&p->err);
}

static void begin_page(struct informer *i, const char *token);

static void on_page(void *arg, const struct client_result *r)
{
	struct informer *i = arg;
	struct page p = {.i = i};
	AUTO_FREE char *token = NULL;
	const char *raw;
	size_t n;
	int k;

	enter(i);
	i->list = NULL;
	if (r->code < 0 || !r->body) {
		if (r->code == ERR_GONE)
			i->unlimited = true; /* its pages expired: all at once, then */
		i->rev = 0;
		if (r->code < 0)
			wait_served(i, r);
		else
			wait_retry(i, "the server answered a list with nothing");
		leave(i);
		return;
	}
	(void)scan_str(r->body->data, r->body->len, "apiVersion", p.api_version, sizeof p.api_version);
	if (scan_str(r->body->data, r->body->len, "kind", p.kind, sizeof p.kind) && str_has_suffix(p.kind, "List"))
		p.kind[strlen(p.kind) - 4] = '\0';
	else
		p.kind[0] = '\0';
	k = scan_each_elem(r->body->data, r->body->len, "items", on_item, &p);
	if (k == 0 && scan_find(r->body->data, r->body->len, "metadata.continue", &raw, &n) && n > 2) {
		token = malloc(n);
		if (token && scan_str(r->body->data, r->body->len, "metadata.continue", token, n))
			begin_page(i, token);
		else
			relist(i, "out of memory");
		leave(i);
		return;
	}
	if (k == 0) {
		i->rev = revision_of(r->body);
		k = finish_list(i);
	}
	if (!i->freed) {
		if (k < 0)
			relist(i, p.err.msg[0] ? p.err.msg : err_name(k));
		else
			begin_watch(i, false);
	}
	leave(i);
}

static void begin_page(struct informer *i, const char *token)
{
	const struct client_ref ref = {.group = i->group, .version = i->version, .plural = i->plural, .ns = i->ns};
	AUTO_BUF struct buf q = {0};
	struct err e = {0};

	add_param(&q, "labelSelector", i->labels);
	add_param(&q, "fieldSelector", i->fields);
	if (!i->unlimited)
		buf_addf(&q, "%slimit=%d", q.len ? "&" : "", PAGE);
	add_param(&q, "continue", token);
	i->phase = INFORMER_LISTING;
	if (buf_failed(&q) ||
	    client_do(i->client, "GET", &ref, q.len ? q.data : NULL, NULL, NULL, on_page, i, &i->list, &e) < 0) {
		i->list = NULL;
		relist(i, e.msg[0] ? e.msg : "out of memory");
	}
}

static void begin(struct informer *i)
{
	if (i->rev) {
		begin_watch(i, false);
		return;
	}
	i->pending = map_free(i->pending);
	i->pending = map_new(informer_object_unref_v);
	if (!i->pending)
		wait_retry(i, "out of memory");
	else if (i->client->no_watch_list || i->list_instead)
		begin_page(i, NULL);
	else
		begin_watch(i, true);
}

static void on_timer(void *arg)
{
	struct informer *i = arg;
	int64_t silent;

	enter(i);
	if (i->phase == INFORMER_WAITING) {
		begin(i);
	} else if (i->phase == INFORMER_STREAMING) {
		silent = now_ms() - i->heard_ms;
		if (silent < STREAM_SILENCE_MS && now_ms() - i->watch_began_ms < STREAM_LONGEST_MS) {
			loop_timer_set(i->timer, STREAM_SILENCE_MS - silent + 1);
		} else {
			i->client->no_watch_list = true;
			stop_calls(i);
			begin(i);
		}
	}
	leave(i);
}

/* Single objects */

struct informer_fetch {
	struct list link;
	struct informer *i;
	struct client_call *call;
	char *ns, *name, *key;
	void (*done)(void *arg, const char *key, int code);
	void *arg;
	unsigned turns;
};

static void fetch_free(struct informer_fetch *f)
{
	list_del(&f->link);
	if (f->call)
		client_call_cancel(f->call);
	free(f->ns);
	free(f->name);
	free(f->key);
	free(f);
}

static int fetch_send(struct informer_fetch *f);

struct fetched {
	struct page page;
	const char *key;
	struct informer_object *object;
};

static int on_fetched_item(void *arg, const char *val, size_t n)
{
	struct fetched *d = arg;
	AUTO_BYTES struct bytes *json = item_bytes(&d->page, val, n);

	char key[INFORMER_KEY_MAX];
	int code = !json ? -ENOMEM : d->object ? 0 : informer_object_new(&d->object, json, &d->page.err);

	if (code == 0 && d->object && !(informer_object_key(d->object, key) && streq(key, d->key)))
		d->object = informer_object_unref(d->object);
	return code;
}

static int fetch_take(struct informer_fetch *f, const struct client_result *r)
{
	struct informer *i = f->i;
	struct fetched d = {.page.i = i, .key = f->key};

	(void)scan_str(r->body->data, r->body->len, "apiVersion", d.page.api_version, sizeof d.page.api_version);
	if (scan_str(r->body->data, r->body->len, "kind", d.page.kind, sizeof d.page.kind) && str_has_suffix(d.page.kind, "List"))
		d.page.kind[strlen(d.page.kind) - 4] = '\0';
	else
		d.page.kind[0] = '\0';
	int code = scan_each_elem(r->body->data, r->body->len, "items", on_fetched_item, &d);
	AUTO_OBJECT struct informer_object *now = d.object, *old = informer_get_key(i, f->key);
	if (code < 0)
		return code;
	return now ? apply(i, now, false) : old ? apply(i, old, true) : 0;
}

/* The list is as old as its revision. If the watch has come further, a later change may have been told already. */
static void on_fetch(void *arg, const struct client_result *r)
{
	struct informer_fetch *f = arg;
	struct informer *i = f->i;
	int code = r->code;

	f->call = NULL;
	enter(i);
	if (code == 0 && !r->body)
		code = ERR_PROTO;
	if (code == 0 && i->phase == INFORMER_WATCHING && revision_of(r->body) < i->rev && f->turns++ < 5)
		code = fetch_send(f);
	else if (code == 0)
		code = fetch_take(f, r);
	if (!i->freed && !f->call) {
		f->done(f->arg, f->key, code);
		if (!i->freed)
			fetch_free(f);
	}
	leave(i);
}

static int fetch_send(struct informer_fetch *f)
{
	struct informer *i = f->i;
	const struct client_ref ref = {.group = i->group, .version = i->version, .plural = i->plural, .ns = *f->ns ? f->ns : NULL};
	AUTO_FREE char *field = str_fmt("metadata.name=%s", f->name);
	AUTO_BUF struct buf q = {0};
	struct err e = {0};

	add_param(&q, "fieldSelector", field);
	return !field || buf_failed(&q) ? -ENOMEM : client_do(i->client, "GET", &ref, q.data, NULL, NULL, on_fetch, f, &f->call, &e);
}

int informer_fetch(struct informer *i, const char *ns, const char *name, void (*done)(void *arg, const char *key, int code), void *arg)
{
	struct informer_fetch *f = calloc(1, sizeof *f);

	if (!f)
		return -ENOMEM;
	*f = (struct informer_fetch){.i = i, .ns = str_dup(ns), .name = str_dup(name), .key = str_fmt("%s%s%s", ns, *ns ? "/" : "", name), .done = done, .arg = arg};
	list_add_tail(&i->fetches, &f->link);
	int code = f->ns && f->name && f->key ? fetch_send(f) : -ENOMEM;
	if (code < 0)
		fetch_free(f);
	return code;
}

void informer_forget(struct informer *i, const char *key)
{
	(void)pthread_rwlock_wrlock(&i->cache.lock);
	informer_cache_del(&i->cache, key);
	(void)pthread_rwlock_unlock(&i->cache.lock);
}

/* Life */

static int copy(char **dst, const char *s)
{
	*dst = str_dup(s);
	return s && !*dst ? -ENOMEM : 0;
}

int informer_new(struct informer **ret, struct client *c, const struct informer_config *cfg, struct err *e)
{
	const struct client_ref ref = {
	    .group = cfg->group, .version = cfg->version, .plural = cfg->plural, .ns = cfg->ns};
	struct informer *i = calloc(1, sizeof *i);

	if (!i)
		return err_nomem(e);
	i->client = c;
	list_init(&i->fetches);
	i->path = client_path(&ref);
	if (informer_cache_init(&i->cache) < 0 || !i->path || copy(&i->group, cfg->group) < 0 ||
	    copy(&i->version, cfg->version) < 0 || copy(&i->plural, cfg->plural) < 0 || copy(&i->ns, cfg->ns) < 0 ||
	    copy(&i->labels, cfg->label_selector) < 0 || copy(&i->fields, cfg->field_selector) < 0 ||
	    loop_timer_new(&i->timer, c->loop, on_timer, i) < 0) {
		(void)informer_free(i);
		return err_nomem(e);
	}
	*ret = i;
	return 0;
}

int informer_add_handler(struct informer *i, const struct informer_handler *h, void *arg)
{
	struct informer_sub *v;

	if (i->phase != INFORMER_IDLE)
		return -EBUSY;
	v = reallocarray(i->subs, i->n_subs + 1, sizeof *v);
	if (!v)
		return -ENOMEM;
	i->subs = v;
	v[i->n_subs++] = (struct informer_sub){*h, arg};
	return 0;
}

int informer_add_index(struct informer *i, const char *name,
		       void (*fn)(const struct informer_object *o, informer_emit_fn emit, void *ctx))
{
	return i->phase != INFORMER_IDLE ? -EBUSY : informer_cache_add_index(&i->cache, name, fn);
}

int informer_start(struct informer *i, struct err *e)
{
	if (i->phase != INFORMER_IDLE)
		return err_set(e, -EALREADY, "the informer of %s is running", i->path);
	enter(i);
	begin(i); /* failures are retried */
	leave(i);
	return 0;
}

struct informer *informer_free(struct informer *i)
{
	if (!i)
		return NULL;
	while (!list_empty(&i->fetches))
		fetch_free(container_of(i->fetches.next, struct informer_fetch, link));
	if (i->timer)
		stop_calls(i);
	i->timer = loop_timer_free(i->timer);
	i->phase = INFORMER_IDLE;
	i->freed = true;
	if (!i->busy)
		destroy(i);
	return NULL;
}
