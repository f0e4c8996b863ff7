/*
 * The Event recorder: repeats raise a count instead of making new objects. An Event's name follows from what it says
 * and who says it, so that one that is there already, of a process before this one, is found again and counted on.
 */
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

/* What is asked next: that it be made; what the one of its name is, by a patch that changes nothing, since who may
 * write Events need not be one who reads them; that its count be raised. */
enum step { CREATE, LOOK, REPEAT };

/* One distinct event. While queued or in flight it stays in the map. */
struct record {
	struct event_recorder *recorder;
	struct loop_task task;
	enum step step;
	struct bytes *body; /* until it is created or found */
	char *key, *ns, *name;
	int64_t last_ms;
	unsigned count, sent; /* sent: the count the server knows; both with what was found */
	bool queued, in_flight, failed, looked;
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

/* Whether the Event of our name says the same, about the same object, and is of the same reporter. */
static bool is_same(const json_t *a, const json_t *b)
{
	static const char *const fields[] = {"involvedObject.kind", "involvedObject.uid", "type", "reason", "message",
					     "source.component",    "source.host"};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (!streq(json_str_or(a, fields[i], ""), json_str_or(b, fields[i], "")))
			return false;
	return true;
}

/* Somebody else has the name: another one. */
static int rename_body(struct record *r, json_t *event, struct err *e)
{
	AUTO_FREE char *name = NULL;
	struct bytes *body;
	char suffix[37];

	uuid_new(suffix);
	name = str_fmt("%.200s.%s", r->name, suffix);
	if (!name || json_set_str(event, "metadata.name", name) < 0 || !(body = json_encode(event)))
		return err_nomem(e);
	(void)bytes_unref(r->body);
	r->body = body;
	free(r->name);
	r->name = TAKE_PTR(name);
	return 0;
}

/* The answer to LOOK: the Event that has our name. */
static int take_found(struct record *r, const struct client_result *res, struct err *e)
{
	AUTO_JSON json_t *found = NULL, *ours = NULL;
	int64_t had;
	int k = client_result_json(res, &found, e);

	if (k < 0 || (k = json_parse(r->body->data, r->body->len, &ours, e)) < 0)
		return k;
	if (!is_same(found, ours)) {
		r->step = CREATE;
		return rename_body(r, ours, e);
	}
	had = json_int_or(found, "count", 1);
	r->sent = had < 1 ? 1 : had < INT32_MAX / 2 ? (unsigned)had : INT32_MAX / 2;
	r->count += r->sent;
	r->step = REPEAT;
	return 0;
}

/* Lock held. False: this event is done with. */
static bool record_goes_on(struct record *r, const struct client_result *res, struct err *e)
{
	if (r->step == CREATE && res->code == ERR_EXISTS && !r->looked) {
		r->looked = true;
		r->step = LOOK;
		return true;
	}
	if (r->step == LOOK && res->code == ERR_NOT_FOUND) { /* it ran out in between */
		r->step = CREATE;
		return true;
	}
	if (res->code < 0) {
		*e = res->err;
		return false;
	}
	if (r->step == LOOK)
		return take_found(r, res, e) == 0;
	r->step = REPEAT;
	return true;
}

static void record_sent(void *arg, const struct client_result *res)
{
	struct record *r = arg;
	struct event_recorder *rec = r->recorder;
	struct err e = {0};

	(void)pthread_mutex_lock(&rec->lock);
	r->in_flight = false;
	r->failed = !record_goes_on(r, res, &e);
	if (r->failed)
		log_debug("client", NULL, "event not recorded: %s", e.msg);
	if (r->failed || r->step == REPEAT)
		r->body = bytes_unref(r->body);
	if (r->failed && !r->queued) /* the next occurrence starts anew */
		(void)map_del(rec->records, r->key);
	else if (!r->failed && !r->queued && (r->step != REPEAT || r->count > r->sent))
		send_record(r);
	(void)pthread_mutex_unlock(&rec->lock);
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
	const bool create = r->step == CREATE;
	struct client_ref ref = {.plural = "events", .ns = r->ns, .name = create ? NULL : r->name};
	AUTO_BYTES struct bytes *body = create            ? bytes_ref(r->body)
					: r->step == LOOK ? bytes_new("{}", 2)
							  : repeat_patch(r);
	const char *method = create ? "POST" : "PATCH";
	const char *type = create ? NULL : client_patch_media_type(CLIENT_MERGE_PATCH);
	struct err e = {0};

	if (r->step != LOOK)
		r->sent = create ? 1 : r->count;
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

static int name_event(json_t *event, const json_t *obj, const struct buf *key)
{
	AUTO_FREE char *name =
	    str_fmt("%.236s.%016llx", obj_name(obj), (unsigned long long)str_hash(key->data, key->len));

	return name ? json_set_str(event, "metadata.name", name) : -ENOMEM;
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
	buf_addf(&key, "%s/%s/%s/%s/%s/%s/%s/%s/%s", kind, obj_namespace(obj), obj_name(obj), obj_uid(obj), component,
		 host ? host : "", type, reason, msg.data ? msg.data : "");
	time_format(clock_wall(clock_real()), now);
	event = event_new(obj, api_version, kind, type, reason, component, host, now, "%s", msg.data ? msg.data : "");
	if (!event || buf_failed(&key) || name_event(event, obj, &key) < 0) {
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
