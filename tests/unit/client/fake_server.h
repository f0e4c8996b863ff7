/*
 * A tiny API server behind the transport interface: one collection with revisions, watches, pages and compaction.
 * Everything happens on the loop's thread; a test reaches in by fake_do.
 */
#pragma once
#include <pthread.h>
#include "api/object.h"
#include "base/json.h"
#include "base/str.h"
#include "client/transport.h"

#define FAKE_MAX 64

struct fake_object {
	char name[32], json[512];
	int64_t rev;
};
struct fake_event {
	enum watch_type type;
	int64_t rev;
	char json[512];
};
struct fake_call {
	struct transport_call base; /* first */
	struct list link;
	struct fake *f;
	struct transport_cb cb;
	void *arg;
	struct loop_task task;
	char method[8], path[256], query[512];
	struct bytes *body;
	bool watch, live;
	int64_t from;
};
struct fake {
	struct transport base; /* first */
	struct connector connector;
	struct list calls;
	struct fake_object objects[FAKE_MAX];
	size_t n_objects;
	struct fake_event events[256];
	size_t n_events;
	int64_t rev, compacted;
	bool no_streaming, ignore_streaming,
	    refuse_streaming; /* by a status; by silence; by an error within the stream */
	bool hold;            /* answers nothing */
	int fail_next;        /* HTTP status for the next requests */
	unsigned fail_count, conflicts;
	int down; /* transport error for new calls */
	unsigned life; /* in the uid of what is set */
	/* seen */
	unsigned lists, watches, streams, posts, patches, puts;
	const char *there, *there_name; /* an Event that is there already */
	char last_path[256], last_query[512], last_body[2048];
};

static inline void fake_answer(struct fake_call *c, int status, const char *json)
{
	struct transport_response r = {.status = status};
	const struct transport_cb cb = c->cb;
	void *arg = c->arg;

	r.body = json ? bytes_new(json, strlen(json)) : NULL;
	list_del(&c->link);
	(void)bytes_unref(c->body);
	free(c);
	cb.on_done(arg, &r);
	(void)bytes_unref(r.body);
}

static inline void fake_status(struct fake_call *c, int code, const char *message)
{
	AUTO_JSON json_t *st = status_new(code, status_reason(code), message);
	AUTO_BYTES struct bytes *b = json_encode(st);

	fake_answer(c, code, b->data);
}

static inline void fake_fail(struct fake_call *c, int code)
{
	struct transport_response r = {.code = code};
	const struct transport_cb cb = c->cb;
	void *arg = c->arg;

	(void)err_set(&r.err, code, "the server is away");
	list_del(&c->link);
	(void)bytes_unref(c->body);
	free(c);
	cb.on_done(arg, &r);
}

static inline struct fake_object *fake_find(struct fake *f, const char *name)
{
	for (size_t i = 0; i < f->n_objects; i++)
		if (streq(f->objects[i].name, name))
			return &f->objects[i];
	return NULL;
}

static inline void fake_send(struct fake_call *c, enum watch_type type, const char *json)
{
	AUTO_BYTES struct bytes *b = bytes_new(json, strlen(json));

	c->cb.on_event(c->arg, type, b);
}

static inline void fake_event(struct fake *f, enum watch_type type, const char *json)
{
	struct fake_event *ev = &f->events[f->n_events++];

	ev->type = type;
	ev->rev = f->rev;
	(void)str_copy(ev->json, sizeof ev->json, json);
	LIST_FOREACH_SAFE (c, next, &f->calls, struct fake_call, link)
		if (c->watch && c->live)
			fake_send(c, type, json);
}

static inline void fake_set(struct fake *f, const char *name, const char *val)
{
	struct fake_object *o = fake_find(f, name);
	enum watch_type type = o ? WATCH_MODIFIED : WATCH_ADDED;

	if (!o)
		o = &f->objects[f->n_objects++];
	o->rev = ++f->rev;
	(void)str_copy(o->name, sizeof o->name, name);
	(void)snprintf(o->json, sizeof o->json,
		       "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"ns\",\"uid\":\"u-%s%.*u\",\"resourceVersion\":\"%"
		       "lld\"},\"val\":\"%s\"}",
		       name, name, 0, f->life, (long long)o->rev, val);
	fake_event(f, type, o->json);
}

static inline void fake_del(struct fake *f, const char *name)
{
	struct fake_object *o = fake_find(f, name);
	char json[512];

	f->rev++;
	(void)snprintf(
	    json, sizeof json,
	    "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"ns\",\"uid\":\"u-%s\",\"resourceVersion\":\"%lld\"}}", name,
	    name, (long long)f->rev);
	*o = f->objects[--f->n_objects];
	fake_event(f, WATCH_DELETED, json);
}

/* Ends every watch, as a server does now and then. */
static inline void fake_break(struct fake *f, int code)
{
	LIST_FOREACH_SAFE (c, next, &f->calls, struct fake_call, link)
		if (c->watch && c->live) {
			if (code < 0)
				fake_fail(c, code);
			else
				fake_answer(c, 200, NULL);
		}
}

static inline void fake_bookmark(struct fake_call *c, bool end)
{
	char json[256];

	(void)snprintf(json, sizeof json, "{\"metadata\":{\"resourceVersion\":\"%lld\"%s}}", (long long)c->f->rev,
		       end ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "");
	fake_send(c, WATCH_BOOKMARK, json);
}

static inline int64_t fake_param(const char *query, const char *name, int64_t dflt)
{
	const char *p = strstr(query, name);

	return p ? strtoll(p + strlen(name), NULL, 10) : dflt;
}

/* Events are sent one by one: each may cancel the watch. */
static inline bool fake_alive(struct fake *f, const struct fake_call *want)
{
	LIST_FOREACH (c, &f->calls, struct fake_call, link)
		if (c == want)
			return true;
	return false;
}

static inline void fake_watch(struct fake_call *c)
{
	struct fake *f = c->f;

	f->watches++;
	if (strstr(c->query, "sendInitialEvents=true") && !f->ignore_streaming) {
		size_t n = f->n_objects;

		f->streams++;
		if (f->no_streaming) {
			fake_status(c, 422, "sendInitialEvents: Forbidden");
			return;
		}
		if (f->refuse_streaming) {
			fake_send(
			    c, WATCH_ERROR,
			    "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"InternalError\",\"code\":500}");
			return;
		}
		for (size_t i = 0; i < n && fake_alive(f, c); i++)
			fake_send(c, WATCH_ADDED, f->objects[i].json);
		c->live = true;
		if (fake_alive(f, c))
			fake_bookmark(c, true);
		return;
	}
	c->from = fake_param(c->query, "resourceVersion=", 0);
	if (c->from && c->from < f->compacted) {
		fake_status(c, 410, "too old resource version");
		return;
	}
	c->live = true;
	for (size_t i = 0; i < f->n_events && fake_alive(f, c); i++)
		if (f->events[i].rev > c->from)
			fake_send(c, f->events[i].type, f->events[i].json);
}

static inline void fake_list(struct fake_call *c)
{
	struct fake *f = c->f;
	int64_t limit = fake_param(c->query, "limit=", FAKE_MAX), from = fake_param(c->query, "continue=", 0);
	AUTO_BUF struct buf b = {0}, items = {0};
	size_t i;

	f->lists++;
	for (i = (size_t)from; i < f->n_objects && (int64_t)i < from + (limit > 2 ? 2 : limit); i++)
		buf_addf(&items, "%s%s", i > (size_t)from ? "," : "", f->objects[i].json);
	buf_addf(&b, "{\"kind\":\"ThingList\",\"apiVersion\":\"x/v1\",\"metadata\":{\"resourceVersion\":\"%lld\"",
		 (long long)f->rev);
	if (i < f->n_objects)
		buf_addf(&b, ",\"continue\":\"%zu\"", i);
	buf_addf(&b, "},\"items\":[%s]}", items.data ? items.data : "");
	fake_answer(c, 200, b.data);
}

static inline void fake_serve(struct loop_task *t)
{
	struct fake_call *c = container_of(t, struct fake_call, task);
	struct fake *f = c->f;
	const char *name = strrchr(c->path, '/') + 1;
	struct fake_object *o = fake_find(f, name);

	(void)str_copy(f->last_path, sizeof f->last_path, c->path);
	(void)str_copy(f->last_query, sizeof f->last_query, c->query);
	(void)str_copy(f->last_body, sizeof f->last_body, c->body ? c->body->data : "");
	if (f->hold)
		return;
	if (f->down) {
		fake_fail(c, f->down);
	} else if (f->fail_count) {
		f->fail_count--;
		fake_status(c, f->fail_next, "told to fail");
	} else if (c->watch) {
		fake_watch(c);
	} else if (streq(c->method, "GET") && streq(name, "things")) {
		fake_list(c);
	} else if (streq(c->method, "POST")) {
		f->posts++;
		if (f->there && strstr(c->body->data, f->there_name))
			fake_answer(
			    c, 409,
			    "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"AlreadyExists\",\"code\":409,"
			    "\"message\":\"it is there\"}");
		else
			fake_answer(c, 201, c->body->data);
	} else if (streq(c->method, "PATCH")) {
		f->patches++;
		fake_answer(c, 200, f->there ? f->there : "{}");
	} else if (!o) {
		fake_status(c, 404, "things \"x\" not found");
	} else if (streq(c->method, "PUT")) {
		AUTO_JSON json_t *v = NULL;

		f->puts++;
		if (f->conflicts) {
			f->conflicts--;
			fake_set(f, name, "other");
			fake_status(c, 409, "the object has been modified");
			return;
		}
		if (json_parse_bytes(c->body, &v, NULL) == 0)
			fake_set(f, name, json_str_or(v, "val", ""));
		fake_answer(c, 200, o->json);
	} else {
		fake_answer(c, 200, o->json);
	}
}

static inline int fake_start(struct transport *t, const struct transport_request *r, const struct transport_cb *cb,
			     void *arg, struct transport_call **ret, struct err *e)
{
	struct fake *f = (struct fake *)t;
	struct fake_call *c = calloc(1, sizeof *c);

	(void)e;
	c->base.transport = t;
	c->f = f;
	c->cb = *cb;
	c->arg = arg;
	c->watch = r->watch;
	c->body = bytes_ref(r->body);
	(void)str_copy(c->method, sizeof c->method, r->method);
	(void)str_copy(c->path, sizeof c->path, r->path);
	(void)str_copy(c->query, sizeof c->query, r->query ? r->query : "");
	c->task.fn = fake_serve;
	list_add_tail(&f->calls, &c->link);
	loop_post(t->loop, &c->task);
	*ret = &c->base;
	return 0;
}

static inline void fake_cancel(struct transport_call *base)
{
	struct fake_call *c = (struct fake_call *)base;

	(void)loop_cancel(c->f->base.loop, &c->task);
	list_del(&c->link);
	(void)bytes_unref(c->body);
	free(c);
}

static inline struct transport *fake_free(struct transport *t)
{
	struct fake *f = (struct fake *)t;

	LIST_FOREACH_SAFE (c, next, &f->calls, struct fake_call, link)
		fake_cancel(&c->base);
	return NULL;
}

static inline int fake_open(struct connector *c, struct loop *l, struct transport **ret, struct err *e)
{
	static const struct transport_ops ops = {.start = fake_start, .cancel = fake_cancel, .free = fake_free};
	struct fake *f = container_of(c, struct fake, connector);

	(void)e;
	f->base.ops = &ops;
	f->base.loop = l;
	*ret = &f->base;
	return 0;
}

static inline void fake_init(struct fake *f)
{
	static const struct connector_ops ops = {.open = fake_open};

	memset(f, 0, sizeof *f);
	f->connector.ops = &ops;
	f->rev = 100;
	list_init(&f->calls);
}
