/*
 * What other servers on the same etcd have done. A sync learns etcd's revision by a quorum read, many of them by one,
 * and waits until the watch has come that far. etcd's gateway has no progress requests on a stream that is open; and
 * the revision also moves by writes outside our prefix, which the watch does not tell of. So when the watch does not
 * get there by itself, the tick key is written: its own event moves the watch past the revision in question.
 *
 * Compaction is what kube-apiserver does (apiserver/pkg/storage/etcd3/compact.go): every history_s the servers race by
 * compare-and-swap on one key, the winner compacts, and all learn of it by the watch.
 */
#include <errno.h>
#include <inttypes.h>
#include "base/log.h"
#include "base/str.h"
#include "store/etcd.h"

#define TICK_AFTER_MS  15
#define CHECK_MS       500
#define SILENT_MS      2000  /* somebody waits for the watch and nothing comes: try another connection */
#define SYNC_MAX_MS    10000 /* then the caller gets ERR_TIMEOUT */
#define SEEN_MAX_MS    20000 /* the same for a write that etcd took and the watch does not deliver */
#define COMPACT_MIN_MS 1000

static int64_t now_ms(void)
{
	return clock_mono_ms(clock_real());
}

static void add_sys_key(struct buf *b, const struct etcd *x, const char *name)
{
	AUTO_FREE char *key = str_fmt("%s%s", x->sys, name);
	if (key)
		buf_add_field(b, "key", key, strlen(key));
	else
		b->failed = true;
}

/* --- ticks --- */

static void compose_tick(struct buf *b, const struct etcd *x)
{
	buf_addc(b, '{');
	add_sys_key(b, x, "tick");
	buf_adds(b, "}");
}

int etcd_put_tick(struct etcd *x, int64_t *ret_rev, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	AUTO_JSON json_t *o = NULL;
	compose_tick(&b, x);
	/* As often as one likes: a tick that comes twice is two ticks. */
	int rc = etcd_call(x, "/v3/kv/put", &b, false, &o, e);
	return rc < 0 ? rc : etcd_header_rev(x, o, ret_rev, e);
}

static void watch_over(struct etcd *x)
{
	bool waits = x->waiting || x->ask_busy || etcd_write_waits_since(x);
	if (waits && !loop_timer_armed(x->check_timer))
		loop_timer_set(x->check_timer, CHECK_MS);
	bool ticks = x->waiting || etcd_write_wants_tick(x);
	if (ticks && !x->ticking && x->feed.state == FEED_UP && !loop_timer_armed(x->tick_timer))
		loop_timer_set(x->tick_timer, TICK_AFTER_MS);
}

static void on_ticked(void *arg, int code, bool maybe, struct bytes *body, const struct err *e)
{
	struct etcd *x = arg;
	(void)code, (void)maybe, (void)body, (void)e; /* the watch tells whether it worked; if not, the timer goes on */
	x->ticking = false;
	watch_over(x);
}

static void on_tick_timer(void *arg)
{
	struct etcd *x = arg;
	AUTO_BUF struct buf b = {0};
	if ((!x->waiting && !etcd_write_wants_tick(x)) || x->ticking || x->stopping)
		return;
	compose_tick(&b, x);
	x->ticking = etcd_post(x, "/v3/kv/put", &b, false, on_ticked, x, NULL) == 0;
}

/* --- syncs --- */

static void answer(struct sync *list, int code)
{
	while (list) {
		struct sync *y = list;
		list = y->next;
		y->done(y->arg, code);
		free(y);
	}
}

static void ask(struct etcd *x);

static void on_asked(void *arg, int code, bool maybe, struct bytes *body, const struct err *err)
{
	struct etcd *x = arg;
	struct sync *list = x->asking;
	AUTO_JSON json_t *o = NULL;
	int64_t rev = 0;
	(void)maybe, (void)err;
	x->asking = NULL;
	x->ask_busy = false;
	if (code == 0)
		code = etcd_answer(body, &o, NULL);
	if (code == 0)
		code = etcd_header_rev(x, o, &rev, NULL);
	if (code < 0) {
		answer(list, code == ERR_PROTO ? ERR_UNAVAILABLE : code);
	} else {
		rev = etcd_ours(x, rev);
		struct sync **tail = &x->waiting;
		while (*tail)
			tail = &(*tail)->next;
		*tail = list;
		for (; list; list = list->next)
			list->rev = rev;
		etcd_sync_seen(x, load_i64(&x->s->visible));
	}
	ask(x);
}

static void ask(struct etcd *x)
{
	struct store *s = x->s;
	AUTO_BUF struct buf b = {0};
	if (x->ask_busy)
		return;
	pthread_mutex_lock(&s->queue_lock);
	x->asking = x->sync_head;
	x->sync_head = NULL;
	x->sync_tail = &x->sync_head;
	pthread_mutex_unlock(&s->queue_lock);
	if (!x->asking)
		return;
	buf_addc(&b, '{');
	add_sys_key(&b, x, "meta");
	buf_adds(&b, ",\"keys_only\":true}");
	int rc = x->stopping ? ERR_CANCELED : etcd_post(x, "/v3/kv/range", &b, false, on_asked, x, NULL);
	if (rc < 0) {
		struct sync *list = x->asking;
		x->asking = NULL;
		answer(list, rc);
		return;
	}
	x->ask_busy = true;
	watch_over(x);
}

static void on_sync_task(struct loop_task *t)
{
	ask(container_of(t, struct etcd, sync_task));
}

void etcd_sync_seen(struct etcd *x, int64_t rev)
{
	struct sync *list = x->waiting, **end = &list;
	while (*end && (*end)->rev <= rev)
		end = &(*end)->next;
	x->waiting = *end;
	*end = NULL;
	if (!x->waiting && !etcd_write_wants_tick(x))
		loop_timer_stop(x->tick_timer);
	answer(list, 0);
	watch_over(x);
}

void etcd_sync_fail_all(struct etcd *x, int code)
{
	struct store *s = x->s;
	pthread_mutex_lock(&s->queue_lock);
	struct sync *queued = x->sync_head;
	x->sync_head = NULL;
	x->sync_tail = &x->sync_head;
	pthread_mutex_unlock(&s->queue_lock);
	struct sync *waiting = x->waiting, *asking = x->asking;
	x->waiting = x->asking = NULL;
	answer(waiting, code);
	answer(asking, code);
	answer(queued, code);
}

/* Moves those whose time is over to late. */
static void take_late(struct sync ***tail, struct sync **list, int64_t now)
{
	while (*list) {
		struct sync *y = *list;
		if (y->until_ms > now) {
			list = &y->next;
			continue;
		}
		*list = y->next;
		y->next = NULL;
		**tail = y;
		*tail = &y->next;
	}
}

static void expire(struct etcd *x, int64_t now)
{
	struct store *s = x->s;
	struct sync *late = NULL, **tail = &late;
	take_late(&tail, &x->waiting, now);
	take_late(&tail, &x->asking, now);
	pthread_mutex_lock(&s->queue_lock);
	take_late(&tail, &x->sync_head, now);
	for (x->sync_tail = &x->sync_head; *x->sync_tail;)
		x->sync_tail = &(*x->sync_tail)->next;
	pthread_mutex_unlock(&s->queue_lock);
	answer(late, ERR_TIMEOUT);
}

static void on_check(void *arg)
{
	struct etcd *x = arg;
	int64_t now = now_ms(), since = etcd_write_waits_since(x);
	expire(x, now);
	etcd_write_expire(x, now - SEEN_MAX_MS);
	if (x->waiting && (since == 0 || x->waiting->since_ms < since))
		since = x->waiting->since_ms;
	if (since > 0 && since < now - SILENT_MS && x->feed.last_ms < now - SILENT_MS)
		etcd_feed_kick(x, "nothing comes from its watch");
	watch_over(x);
}

void store_sync(struct store *s, store_sync_fn done, void *arg)
{
	store_sync_within(s, SYNC_MAX_MS, done, arg);
}

void store_sync_within(struct store *s, unsigned ms, store_sync_fn done, void *arg)
{
	struct etcd *x = s->etcd;
	if (!x) {
		done(arg, 0);
		return;
	}
	struct sync *y = calloc(1, sizeof(*y));
	if (!y) {
		done(arg, -ENOMEM);
		return;
	}
	*y = (struct sync){.done = done, .arg = arg, .since_ms = now_ms()};
	y->until_ms = y->since_ms + ms;
	pthread_mutex_lock(&s->queue_lock);
	bool stopping = s->stopping;
	if (!stopping) {
		*x->sync_tail = y;
		x->sync_tail = &y->next;
	}
	pthread_mutex_unlock(&s->queue_lock);
	if (stopping) {
		free(y);
		done(arg, ERR_CANCELED);
		return;
	}
	loop_post(x->loop, &x->sync_task);
}

bool store_is_shared(const struct store *s)
{
	return s->etcd != NULL;
}

/* --- compaction --- */

static void on_compacted(void *arg, int code, bool maybe, struct bytes *body, const struct err *e)
{
	(void)arg, (void)maybe, (void)body;
	if (code < 0 && code != ERR_GONE) /* ERR_GONE: it was compacted further already */
		log_warning("store", NULL, "compacting etcd: %s", e->msg);
}

static void compact_retry(struct etcd *x);

static void on_swapped(void *arg, int code, bool maybe, struct bytes *body, const struct err *e)
{
	struct etcd *x = arg;
	AUTO_JSON json_t *o = NULL;
	AUTO_BUF struct buf b = {0};
	(void)maybe;
	x->compacting = false;
	if (code == 0)
		code = etcd_answer(body, &o, NULL);
	if (code < 0) {
		log_debug("store", NULL, "compaction waits: %s", e ? e->msg : "");
		return;
	}
	if (!json_is_true(json_object_get(o, "succeeded"))) { /* another server was first */
		json_t *kvs = json_object_get(
		    json_object_get(json_array_get(json_object_get(o, "responses"), 0), "response_range"), "kvs");
		struct etcd_kv kv AUTO_KV = {0};
		if (etcd_kv_read(&kv, json_array_get(kvs, 0)) == 0)
			etcd_sync_compacted(x, &kv);
		compact_retry(x);
		return;
	}
	buf_addf(&b, "{\"revision\":\"%" PRId64 "\"}", x->compact_to - x->base_rev);
	x->compact_value = x->compact_to;
	if (etcd_post(x, "/v3/kv/compaction", &b, false, on_compacted, x, NULL) < 0)
		log_warning("store", NULL, "compacting etcd: out of memory");
	compact_retry(x);
}

static void compact_to(struct etcd *x, int64_t target)
{
	AUTO_BUF struct buf b = {0};
	char text[32];
	if (x->compacting || x->stopping || target <= x->base_rev || target <= x->compact_value)
		return;
	(void)snprintf(text, sizeof(text), "%" PRId64, target);
	buf_adds(&b, "{\"compare\":[{");
	add_sys_key(&b, x, "compact");
	buf_addf(&b, ",\"target\":\"MOD\",\"result\":\"EQUAL\",\"mod_revision\":\"%" PRId64 "\"}]", x->compact_seen);
	buf_adds(&b, ",\"success\":[{\"request_put\":{");
	add_sys_key(&b, x, "compact");
	buf_addc(&b, ',');
	buf_add_field(&b, "value", text, strlen(text));
	buf_adds(&b, "}}],\"failure\":[{\"request_range\":{");
	add_sys_key(&b, x, "compact");
	buf_adds(&b, "}}]}");
	x->compact_to = target;
	x->compacting = etcd_post(x, "/v3/kv/txn", &b, true, on_swapped, x, NULL) == 0;
}

static int64_t compact_wanted(struct etcd *x)
{
	pthread_mutex_lock(&x->s->queue_lock);
	int64_t target = x->s->compact_target;
	pthread_mutex_unlock(&x->s->queue_lock);
	return target;
}

/* What was asked for by store_compact is done whoever else compacts; what is due by age waits for its next turn. */
static void compact_retry(struct etcd *x)
{
	compact_to(x, compact_wanted(x));
}

static void on_compact_timer(void *arg)
{
	struct etcd *x = arg;
	loop_timer_set(x->compact_timer, x->s->history_ms > COMPACT_MIN_MS ? x->s->history_ms : COMPACT_MIN_MS);
	uint64_t seq;
	compact_to(x, upkeep_target(x->s, &seq));
}

static void on_compact_task(struct loop_task *t)
{
	compact_retry(container_of(t, struct etcd, compact_task));
}

void etcd_sync_compacted(struct etcd *x, const struct etcd_kv *kv)
{
	char text[32] = "";
	int64_t rev;
	if (kv->mod <= x->compact_seen)
		return;
	x->compact_seen = kv->mod;
	if (kv->value_len >= sizeof(text))
		return;
	memcpy(text, kv->value, kv->value_len);
	if (str_to_i64(text, 1, REV_MAX, &rev) < 0)
		return;
	if (rev > x->compact_value)
		x->compact_value = rev;
	int64_t have = load_i64(&x->s->compacted);
	while (have < rev &&
	       !__atomic_compare_exchange_n(&x->s->compacted, &have, rev, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		;
	if (x->started && !x->stopping) /* our own turn comes later then */
		loop_timer_set(x->compact_timer, x->s->history_ms > COMPACT_MIN_MS ? x->s->history_ms : COMPACT_MIN_MS);
}

int etcd_sync_init(struct etcd *x)
{
	x->sync_tail = &x->sync_head;
	x->sync_task.fn = on_sync_task;
	x->compact_task.fn = on_compact_task;
	int rc = loop_timer_new(&x->tick_timer, x->loop, on_tick_timer, x);
	if (rc == 0)
		rc = loop_timer_new(&x->check_timer, x->loop, on_check, x);
	return rc < 0 ? rc : loop_timer_new(&x->compact_timer, x->loop, on_compact_timer, x);
}

void etcd_sync_start(struct etcd *x)
{
	loop_timer_set(x->compact_timer, x->s->history_ms > COMPACT_MIN_MS ? x->s->history_ms : COMPACT_MIN_MS);
}

void etcd_sync_watch_over(struct etcd *x)
{
	watch_over(x);
}

void etcd_sync_done(struct etcd *x)
{
	x->tick_timer = loop_timer_free(x->tick_timer);
	x->check_timer = loop_timer_free(x->check_timer);
	x->compact_timer = loop_timer_free(x->compact_timer);
}
