/* The store on etcd as a whole: connecting, the first load, starting and stopping. */
#include <errno.h>
#include <inttypes.h>
#include "base/fs.h"
#include "base/str.h"
#include "store/etcd.h"
#include "store/seal.h"

#define STOP_MS      8000
#define STOP_LOOK_MS 10
#define LOAD_TRIES   5 /* a compaction may come between its pages */
#define PEM_MAX      ((size_t)1 << 20)

/* --- connecting --- */

static int add_endpoint(struct etcd *x, const char *p, size_t n, struct err *e)
{
	while (n > 0 && p[n - 1] == '/')
		n--;
	size_t scheme = n > 7 && strncmp(p, "http://", 7) == 0 ? 7 : n > 8 && strncmp(p, "https://", 8) == 0 ? 8 : 0;
	if (scheme == 0 || memchr(p + scheme, '/', n - scheme) || memchr(p, '@', n))
		return err_set(e, ERR_INVALID,
			       "datastore endpoint \"%.*s\": http://HOST:PORT or https://HOST:PORT is expected",
			       (int)(n < 100 ? n : 100), p);
	char **v = realloc(x->endpoints, (x->n_endpoints + 1) * sizeof(*v));
	if (!v)
		return err_nomem(e);
	x->endpoints = v;
	if (!(v[x->n_endpoints] = str_ndup(p, n)))
		return err_nomem(e);
	x->n_endpoints++;
	return 0;
}

static int parse_endpoints(struct etcd *x, const char *list, struct err *e)
{
	int rc = 0;
	for (const char *p = list; rc == 0 && *p;) {
		size_t n = strcspn(p, ",");
		if (n > 0)
			rc = add_endpoint(x, p, n, e);
		p += n + (p[n] == ',');
	}
	if (rc == 0 && x->n_endpoints == 0)
		rc = err_set(e, ERR_INVALID, "datastore endpoint: none given");
	return rc;
}

static int parse_prefix(struct etcd *x, const char *prefix, struct err *e)
{
	if (!prefix)
		prefix = "/minik";
	size_t n = strlen(prefix);
	if (n < 2 || n > 200 || prefix[0] != '/' || prefix[n - 1] == '/')
		return err_set(e, ERR_INVALID, "datastore prefix \"%.60s\": /NAME is expected", prefix);
	x->prefix = str_dup(prefix);
	x->registry = str_fmt("%s/registry", prefix);
	x->sys = str_fmt("%s/sys/", prefix);
	return x->prefix && x->registry && x->sys ? 0 : err_nomem(e);
}

static int read_pem(const char *path, struct buf *b, const char **ret, struct err *e)
{
	*ret = NULL;
	if (!path || !*path)
		return 0;
	int rc = fs_read(path, PEM_MAX, b, e);
	if (rc < 0)
		return err_wrap(e, "datastore");
	if (buf_failed(b) || memchr(b->data ? b->data : "", 0, b->len))
		return err_set(e, ERR_INVALID, "datastore: %s is not a PEM file", path);
	*ret = b->data ? b->data : "";
	return 0;
}

static int connect_http(struct etcd *x, const struct store_config *c, struct err *e)
{
	AUTO_BUF struct buf ca = {0}, cert = {0}, key = {0};
	struct http_client_config h = {.max_connections = 64};
	if (!c->cert_file != !c->key_file)
		return err_set(e, ERR_INVALID, "datastore: a certificate and its key are given together");
	int rc = read_pem(c->ca_file, &ca, &h.ca_pem, e);
	if (rc == 0)
		rc = read_pem(c->cert_file, &cert, &h.cert_pem, e);
	if (rc == 0)
		rc = read_pem(c->key_file, &key, &h.key_pem, e);
	return rc < 0 ? rc : http_client_new(&x->http, x->loop, &h, e);
}

/* --- meta --- */

static void add_sys(struct buf *b, const struct etcd *x, const char *name)
{
	AUTO_FREE char *key = str_fmt("%s%s", x->sys, name);
	if (key)
		buf_add_field(b, "key", key, strlen(key));
	else
		b->failed = true;
}

int etcd_sys_get(struct etcd *x, const char *name, struct etcd_kv *ret, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	AUTO_JSON json_t *o = NULL;
	buf_addc(&b, '{');
	add_sys(&b, x, name);
	buf_addc(&b, '}');
	int rc = etcd_call(x, "/v3/kv/range", &b, false, &o, e);
	if (rc < 0)
		return rc;
	const json_t *kv = json_array_get(json_object_get(o, "kvs"), 0);
	if (!kv)
		return err_set(e, ERR_NOT_FOUND, "store: etcd has no %s%s", x->sys, name);
	rc = etcd_kv_read(ret, kv);
	return rc < 0 ? err_set(e, rc, "store: %s%s in etcd is not sound", x->sys, name) : 0;
}

int etcd_sys_put(struct etcd *x, const char *name, const void *p, size_t n, int64_t expect, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	AUTO_JSON json_t *o = NULL;
	buf_addc(&b, '{');
	if (expect >= 0) {
		buf_adds(&b, "\"compare\":[{");
		add_sys(&b, x, name);
		buf_addf(&b, ",\"target\":\"MOD\",\"result\":\"EQUAL\",\"mod_revision\":\"%" PRId64 "\"}],", expect);
	}
	buf_adds(&b, "\"success\":[{\"request_put\":{");
	add_sys(&b, x, name);
	buf_addc(&b, ',');
	buf_add_field(&b, "value", p, n);
	buf_adds(&b, "}}]}");
	int rc = etcd_call(x, "/v3/kv/txn", &b, true, &o, e);
	if (rc < 0)
		return rc;
	if (!json_is_true(json_object_get(o, "succeeded")))
		return err_set(e, ERR_EXISTS, "store: %s%s in etcd was changed by somebody else", x->sys, name);
	return 0;
}

/* 0: nothing under prefix. */
int etcd_count(struct etcd *x, const char *prefix, int64_t *ret, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	AUTO_JSON json_t *o = NULL;
	buf_addc(&b, '{');
	buf_add_range(&b, prefix, NULL);
	buf_adds(&b, ",\"count_only\":true}");
	int rc = etcd_call(x, "/v3/kv/range", &b, false, &o, e);
	if (rc == 0)
		*ret = etcd_int(o, "count");
	return rc;
}

static int meta_make(struct etcd *x, struct err *e)
{
	struct etcd_kv kv AUTO_KV = {0};
	int64_t n = 0;
	int rc = etcd_sys_get(x, "restore", &kv, e);
	if (rc == 0)
		return err_set(
		    e, ERR_CONFLICT,
		    "store: a restore into etcd below %s is under way or was broken off: let it end, or delete "
		    "everything below %s/ and restore again",
		    x->prefix, x->prefix);
	if (rc != ERR_NOT_FOUND)
		return rc;
	rc = etcd_count(x, x->registry, &n, e);
	if (rc < 0)
		return rc;
	if (n > 0)
		return err_set(e, ERR_INVALID,
			       "store: %s in etcd holds keys that are not minik's: choose another prefix", x->registry);
	rc = etcd_sys_put(x, "meta", "{\"format\":1,\"base\":0}", 21, 0, e);
	return rc == ERR_EXISTS ? 0 : rc; /* another server was faster */
}

static int meta_read(struct etcd *x, bool make, struct err *e)
{
	struct etcd_kv kv AUTO_KV = {0};
	AUTO_JSON json_t *o = NULL;
	int rc = etcd_sys_get(x, "meta", &kv, e);
	if (rc == ERR_NOT_FOUND && make) {
		rc = meta_make(x, e);
		if (rc == 0)
			rc = etcd_sys_get(x, "meta", &kv, e);
	}
	if (rc < 0)
		return rc;
	if (json_parse(kv.value ? kv.value : "", kv.value_len, &o, e) < 0)
		return err_set(e, -EUCLEAN, "store: %smeta in etcd is not JSON", x->sys);
	int64_t format = json_int_or(o, "format", 0), base = json_int_or(o, "base", -1);
	if (format > ETCD_FORMAT)
		return err_set(e, ERR_UNSUPPORTED,
			       "store: %s in etcd was written by a newer minik (format %" PRId64 ", this one knows %d)",
			       x->prefix, format, ETCD_FORMAT);
	if (format != ETCD_FORMAT || base < 0 || base > REV_MAX / 2)
		return err_set(e, -EUCLEAN, "store: %smeta in etcd is not sound", x->sys);
	x->base_rev = base;
	x->meta_rev = kv.mod;
	return 0;
}

static void look(void *arg);

static void on_queue_task(struct loop_task *t)
{
	etcd_write_pump(container_of(t, struct etcd, queue_task));
}

int etcd_open(struct etcd **ret, const struct store_config *c, struct store *s, enum etcd_meta meta, struct err *e)
{
	struct etcd *x = calloc(1, sizeof(*x));
	if (!x)
		return err_nomem(e);
	x->base.ops = &etcd_ops;
	x->s = s;
	list_init(&x->posts);
	x->queue_task.fn = on_queue_task;
	pthread_mutex_init(&x->lock, NULL);
	pthread_cond_init(&x->idle, NULL);
	int rc = parse_endpoints(x, c->endpoints, e);
	if (rc == 0)
		rc = parse_prefix(x, c->prefix, e);
	if (rc == 0)
		rc = loop_new(&x->loop, e);
	if (rc == 0)
		rc = connect_http(x, c, e);
	if (rc == 0 &&
	    (etcd_sync_init(x) < 0 || etcd_feed_init(x) < 0 || loop_timer_new(&x->stop_timer, x->loop, look, x) < 0))
		rc = err_nomem(e);
	if (rc == 0)
		rc = loop_thread_start(&x->thread, x->loop, "store-etcd", e);
	if (rc == 0 && meta != ETCD_BARE)
		rc = meta_read(x, meta == ETCD_MAKE, e);
	if (rc < 0) {
		etcd_close(x);
		return rc;
	}
	*ret = x;
	return 0;
}

struct etcd *etcd_close(struct etcd *x)
{
	if (!x)
		return NULL;
	if (x->thread) {
		loop_quit(x->loop);
		loop_thread_join(x->thread);
	}
	if (x->loop) {
		loop_flush(x->loop);
		etcd_feed_stop(x);
		etcd_sync_done(x);
		loop_timer_free(x->stop_timer);
	}
	etcd_posts_free(x);
	http_client_free(x->http);
	if (x->loop)
		loop_free(x->loop);
	for (size_t i = 0; i < x->n_endpoints; i++)
		free(x->endpoints[i]);
	free(x->endpoints);
	free(x->prefix);
	free(x->registry);
	free(x->sys);
	pthread_mutex_destroy(&x->lock);
	pthread_cond_destroy(&x->idle);
	free(x);
	return NULL;
}

/* --- loading --- */

int etcd_value(struct etcd *x, const struct etcd_kv *kv, int64_t rev, struct bytes **ret, struct err *e)
{
	struct record r = {.key = kv->key + strlen(x->registry),
			   .key_len = kv->key_len - strlen(x->registry),
			   .splice = kv->env.splice,
			   .value = kv->env.value,
			   .value_len = kv->env.value_len};
	return value_take(x->s, &r, rev, ret, e);
}

int etcd_index_add(struct etcd *x, struct index *ix, const struct etcd_kv *kv, struct cache *cache, struct err *e)
{
	const char *key = kv->key + strlen(x->registry);
	size_t len = strlen(key);
	if (!kv->sound || len == 0)
		return 0; /* not ours; told of when it changes */
	if (kv->mod > REV_MAX - x->base_rev)
		return err_set(e, ERR_PROTO, "store: etcd's revision is out of bounds");
	struct bytes *k AUTO_BYTES = bytes_new(key, len);
	struct entry *en = k ? index_place(ix, k) : NULL;
	if (!en)
		return err_nomem(e);
	int64_t rev = etcd_ours(x, kv->mod);
	en->id = id_make(rev, 0);
	en->create_rev = etcd_ours(x, kv->create);
	en->splice = (uint32_t)kv->env.splice;
	index_set_counted(en, true);
	if (x->s->sealer && seal_is(kv->env.value, kv->env.value_len))
		x->s->sealer->seen = true;
	if (kv->env.index && !(en->index = bytes_new(kv->env.index, kv->env.index_len)))
		return err_nomem(e);
	if (!cache || cache->bytes + kv->env.value_len > cache->max)
		return 0;
	struct bytes *v = NULL;
	int rc = etcd_value(x, kv, rev, &v, e);
	if (rc == ERR_SEALED || rc == ERR_TAMPERED) /* told of when it is read */
		return 0;
	if (rc == 0)
		cache_set(cache, en, v);
	return rc;
}

static int load_kv(void *arg, struct etcd_kv *kv, struct err *e)
{
	struct etcd *x = arg;
	return etcd_index_add(x, &x->s->index, kv, &x->s->cache, e);
}

static int load_once(struct etcd *x, int64_t *ret_rev, struct err *e)
{
	/* A revision of our own: the watch on history (etcd_read.c) is sure to get there. */
	int rc = etcd_put_tick(x, ret_rev, e);
	return rc < 0 ? rc : etcd_walk(x, x->registry, NULL, *ret_rev, load_kv, x, e);
}

int etcd_load(struct etcd *x, struct err *e)
{
	struct store *s = x->s;
	int64_t rev = 0;
	int rc = ERR_GONE;
	for (int i = 0; rc == ERR_GONE && i < LOAD_TRIES; i++) {
		if (i > 0) {
			struct index_pos pos;
			for (struct entry *en = index_seek(&s->index, "", 0, false, &pos); en; en = index_next(&pos))
				cache_drop(&s->cache, en);
			index_done(&s->index);
			if (index_init(&s->index) < 0)
				return err_nomem(e);
		}
		rc = load_once(x, &rev, e);
	}
	if (rc < 0)
		return rc;
	s->visible = s->flushed = s->writer.last = etcd_ours(x, rev);
	s->writer.reserved = INT64_MAX;
	if (x->base_rev > 0) /* what was before the restore is gone */
		s->compacted = etcd_ours(x, x->meta_rev);
	struct etcd_kv kv AUTO_KV = {0};
	rc = etcd_sys_get(x, "compact", &kv, e);
	if (rc == 0)
		etcd_sync_compacted(x, &kv);
	else if (rc != ERR_NOT_FOUND)
		return rc;
	s->compact_target = s->compacted;
	s->writer.marks[0] = (struct mark){clock_mono_ms(clock_real()), s->visible, 0};
	s->writer.mark_n = 1;
	return 0;
}

/* --- starting and stopping --- */

static void begin(void *arg)
{
	struct etcd *x = arg;
	x->started = true;
	etcd_sync_start(x);
	etcd_feed_start(x);
	etcd_write_pump(x);
}

int etcd_start(struct etcd *x, struct err *e)
{
	return loop_call(x->loop, begin, x) < 0 ? err_nomem(e) : 0;
}

static void look(void *arg)
{
	struct etcd *x = arg;
	etcd_write_pump(x);
	if (clock_mono_ms(clock_real()) > x->stop_deadline)
		etcd_write_expire(x, INT64_MAX);
	if (!etcd_write_idle(x)) {
		loop_timer_set(x->stop_timer, STOP_LOOK_MS);
		return;
	}
	etcd_sync_fail_all(x, ERR_CANCELED);
	etcd_feed_stop(x);
	x->feed.state = FEED_DOWN;
	x->stop_timer = loop_timer_free(x->stop_timer);
	pthread_mutex_lock(&x->lock);
	x->drained = true;
	pthread_cond_signal(&x->idle);
	pthread_mutex_unlock(&x->lock);
}

static void on_stop_task(struct loop_task *t)
{
	struct etcd *x = container_of(t, struct etcd, stop_task);
	x->stop_deadline = clock_mono_ms(clock_real()) + STOP_MS;
	x->stopping = true;
	look(x);
}

void etcd_stop(struct etcd *x)
{
	if (!x->thread || !x->stop_timer)
		return;
	x->stop_task.fn = on_stop_task;
	loop_post(x->loop, &x->stop_task);
	pthread_mutex_lock(&x->lock);
	while (!x->drained)
		pthread_cond_wait(&x->idle, &x->lock);
	pthread_mutex_unlock(&x->lock);
}
