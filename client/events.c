/* The Event recorder: repeats within a while raise a count instead of making new objects. */
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <string.h>
#include "api/object.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "client/client_private.h"

#define REPEAT_MS   (10 * 60 * 1000)
#define MAX_RECORDS 1024

/* One distinct event. While queued or in flight it stays in the map. */
struct record {
	struct event_recorder *recorder;
	struct loop_task task;
	struct bytes *body; /* to be created; NULL afterwards */
	char *key, *ns, *name;
	int64_t last_ms;
	unsigned count, sent; /* sent: the count the server knows */
	bool queued, in_flight, failed;
};

struct event_recorder {
	struct client *client;
	pthread_mutex_t lock; /* guards everything, records included */
	struct map *records;
};

static void record_free(void *p)
{
	struct record *r = p;

	(void)bytes_unref(r->body);
	free(r->key);
	free(r->ns);
	free(r->name);
	free(r);
}

int client_events_new(struct event_recorder **ret, struct client *c, struct err *e)
{
	struct event_recorder *rec = calloc(1, sizeof *rec);

	if (!rec)
		return err_nomem(e);
	rec->client = c;
	(void)pthread_mutex_init(&rec->lock, NULL);
	rec->records = map_new(record_free);
	if (!rec->records) {
		(void)client_events_free(rec);
		return err_nomem(e);
	}
	*ret = rec;
	return 0;
}

struct event_recorder *client_events_free(struct event_recorder *rec)
{
	struct map_iter it = MAP_ITER_INIT;

	if (!rec)
		return NULL;
	while (map_next(rec->records, &it))
		(void)loop_cancel(rec->client->loop, &((struct record *)it.value)->task);
	map_free(rec->records);
	(void)pthread_mutex_destroy(&rec->lock);
	free(rec);
	return NULL;
}

static void send_record(struct record *r);

static void record_sent(void *arg, const struct client_result *res)
{
	struct record *r = arg;
	struct event_recorder *rec = r->recorder;

	(void)pthread_mutex_lock(&rec->lock);
	r->in_flight = false;
	if (res->code < 0)
		r->failed = true;
	r->body = bytes_unref(r->body);
	if (r->failed && !r->queued) /* the next occurrence starts anew */
		(void)map_del(rec->records, r->key);
	else if (r->count > r->sent && !r->queued && !r->failed)
		send_record(r);
	(void)pthread_mutex_unlock(&rec->lock);
	if (res->code < 0)
		log_debug("client", NULL, "event not recorded: %s", res->err.msg);
}

static struct bytes *repeat_patch(const struct record *r)
{
	char now[TIME_STR_MAX];
	AUTO_BUF struct buf b = {0};

	time_format(clock_wall(clock_real()), now);
	buf_addf(&b, "{\"count\":%u,\"lastTimestamp\":\"%s\"}", r->count, now);
	return buf_take_bytes(&b);
}

/* Loop's thread, lock held. */
static void send_record(struct record *r)
{
	struct client_ref ref = {.plural = "events", .ns = r->ns, .name = r->body ? NULL : r->name};
	AUTO_BYTES struct bytes *body = r->body ? bytes_ref(r->body) : repeat_patch(r);
	const char *method = r->body ? "POST" : "PATCH";
	const char *type = r->body ? NULL : client_patch_media_type(CLIENT_MERGE_PATCH);
	struct err e = {0};

	r->sent = r->body ? 1 : r->count;
	if (!body || client_do(r->recorder->client, method, &ref, NULL, type, body, record_sent, r, NULL, &e) < 0) {
		log_debug("client", NULL, "event not recorded: %s", body ? e.msg : "out of memory");
		(void)map_del(r->recorder->records, r->key);
		return;
	}
	r->in_flight = true;
}

static void record_posted(struct loop_task *t)
{
	struct record *r = container_of(t, struct record, task);
	struct event_recorder *rec = r->recorder;

	(void)pthread_mutex_lock(&rec->lock);
	r->queued = false;
	if (r->failed && !r->in_flight)
		(void)map_del(rec->records, r->key);
	else if (!r->in_flight)
		send_record(r);
	(void)pthread_mutex_unlock(&rec->lock);
}

static bool record_idle(const struct record *r, int64_t now)
{
	return !r->queued && !r->in_flight && now - r->last_ms > REPEAT_MS;
}

static void forget_old(struct event_recorder *rec, int64_t now)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(rec->records, &it)) {
		const struct record *r = it.value;

		if (record_idle(r, now))
			(void)map_del(rec->records, r->key);
	}
}

static struct record *record_new(struct event_recorder *rec, char *key, const json_t *event)
{
	struct record *r = calloc(1, sizeof *r);

	if (!r)
		return NULL;
	r->recorder = rec;
	r->task.fn = record_posted;
	r->key = str_dup(key);
	r->ns = str_dup(json_str(event, "metadata.namespace"));
	r->name = str_dup(json_str(event, "metadata.name"));
	r->body = json_encode(event);
	if (!r->key || !r->ns || !r->name || !r->body || map_put(rec->records, key, r) < 0) {
		record_free(r);
		return NULL;
	}
	return r;
}

void client_event(struct client *c, const json_t *obj, const char *api_version, const char *kind, const char *type,
		  const char *reason, const char *component, const char *host, const char *fmt, ...)
{
	struct event_recorder *rec = c->events;
	AUTO_JSON json_t *event = NULL;
	AUTO_BUF struct buf msg = {0}, key = {0};
	char now[TIME_STR_MAX];
	int64_t now_ms = clock_mono_ms(clock_real());
	struct record *r;
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&msg, fmt, ap);
	va_end(ap);
	buf_addf(&key, "%s/%s/%s/%s/%s/%s/%s", kind, obj_namespace(obj), obj_name(obj), obj_uid(obj), type, reason,
		 msg.data ? msg.data : "");
	time_format(clock_wall(clock_real()), now);
	event = event_new(obj, api_version, kind, type, reason, component, host, now, "%s", msg.data ? msg.data : "");
	if (!event || buf_failed(&key)) {
		log_debug("client", obj_name(obj), "event %s not recorded: out of memory", reason);
		return;
	}
	(void)pthread_mutex_lock(&rec->lock);
	r = map_get(rec->records, key.data);
	if (r && record_idle(r, now_ms)) {
		(void)map_del(rec->records, key.data);
		r = NULL;
	}
	if (!r && map_len(rec->records) >= MAX_RECORDS)
		forget_old(rec, now_ms);
	if (!r && map_len(rec->records) < MAX_RECORDS)
		r = record_new(rec, key.data, event);
	if (r) {
		r->count++;
		r->last_ms = now_ms;
		r->queued = true;
		loop_post(c->loop, &r->task);
	}
	(void)pthread_mutex_unlock(&rec->lock);
	if (!r)
		log_debug("client", obj_name(obj), "event %s dropped: too many distinct events", reason);
}
