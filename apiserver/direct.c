/*
 * Direct calls of components in this process: the same path as an HTTP request, without sockets. Answers are gathered in the
 * transport's inbox (lock) and delivered on its loop. A call has two references: the loop's, until on_done or cancel; and the
 * request's, until it is answered or, for a watch, `gone` has been called.
 */
#include <errno.h>
#include "apiserver/internal.h"

#define DIRECT_MAX_EVENTS 262144 /* waiting for a component that does not come to read them */

struct inbox {
	_Atomic int refs;
	pthread_mutex_t lock;
	struct loop *loop; /* NULL once closed */
	struct loop_task task;
	struct list ready;
	struct list link; /* a->directs, once closed while the task was posted */
};

struct devent {
	enum watch_type type;
	struct bytes *object;
};

struct dcall {
	struct transport_call c;
	_Atomic int refs;
	struct inbox *in;
	struct transport_cb cb;
	void *arg;
	struct list link;	/* transport's calls; loop thread */
	struct list ready_link; /* inbox, under lock */
	/* under in->lock */
	bool cancelled, done, watching, gone_called;
	struct req *r;
	struct devent *ev;
	size_t n, cap;
	int status;
	struct bytes *body;
};

struct direct {
	struct transport t;
	struct apiserver *a;
	struct identity id;
	struct inbox *in;
	struct list calls;
};

static void inbox_unref(struct inbox *in)
{
	if (atomic_fetch_sub(&in->refs, 1) != 1)
		return;
	pthread_mutex_destroy(&in->lock);
	free(in);
}

static void dcall_unref(struct dcall *c)
{
	if (atomic_fetch_sub(&c->refs, 1) != 1)
		return;
	for (size_t i = 0; i < c->n; i++)
		(void)bytes_unref(c->ev[i].object);
	free(c->ev);
	(void)bytes_unref(c->body);
	inbox_unref(c->in);
	free(c);
}

/* lock held */
static void wake(struct dcall *c)
{
	if (c->cancelled || !c->in->loop)
		return;
	if (list_empty(&c->ready_link)) {
		list_add_tail(&c->in->ready, &c->ready_link);
		atomic_fetch_add(&c->refs, 1);
	}
	loop_post(c->in->loop, &c->in->task);
}

/* --- sink --- */

static void direct_reply(struct req *r, int status, const char *content_type, struct bytes *const *parts, size_t n)
{
	struct dcall *c = r->sink_arg;
	struct bytes *body = NULL;

	(void)content_type;
	if (n == 1) {
		body = bytes_ref(parts[0]);
	} else if (n > 1) {
		AUTO_BUF struct buf b = {0};

		for (size_t i = 0; i < n; i++)
			buf_add(&b, parts[i]->data, parts[i]->len);
		body = buf_take_bytes(&b);
	}
	pthread_mutex_lock(&c->in->lock);
	c->r = NULL;
	c->done = true;
	c->status = status;
	c->body = body;
	wake(c);
	pthread_mutex_unlock(&c->in->lock);
	dcall_unref(c);
}

static int direct_watch_begin(struct req *r)
{
	struct dcall *c = r->sink_arg;

	pthread_mutex_lock(&c->in->lock);
	c->watching = true;
	pthread_mutex_unlock(&c->in->lock);
	return 0;
}

static int direct_watch_event(struct req *r, enum watch_type type, struct bytes *object)
{
	struct dcall *c = r->sink_arg;
	int rc = 0;

	pthread_mutex_lock(&c->in->lock);
	if (c->cancelled) {
		rc = -EPIPE;
	} else if (c->n >= DIRECT_MAX_EVENTS) {
		rc = ERR_TOO_LARGE;
	} else {
		if (c->n == c->cap) {
			size_t cap = c->cap ? c->cap * 2 : 16;
			struct devent *ev = reallocarray(c->ev, cap, sizeof(*ev));

			if (ev) {
				c->ev = ev;
				c->cap = cap;
			} else {
				rc = -ENOMEM;
			}
		}
		if (!rc) {
			c->ev[c->n++] = (struct devent){type, bytes_ref(object)};
			wake(c);
		}
	}
	pthread_mutex_unlock(&c->in->lock);
	return rc;
}

static void direct_watch_end(struct req *r)
{
	struct dcall *c = r->sink_arg;
	bool gone;

	pthread_mutex_lock(&c->in->lock);
	c->done = true;
	c->status = 200;
	gone = !c->gone_called;
	c->gone_called = true;
	wake(c);
	pthread_mutex_unlock(&c->in->lock);
	if (gone) {
		r->gone(r->gone_arg);
		dcall_unref(c);
	}
}

static const struct sink_ops direct_sink = {
	.reply = direct_reply,
	.watch_begin = direct_watch_begin,
	.watch_event = direct_watch_event,
	.watch_end = direct_watch_end,
};

/* --- delivery, on the loop --- */

static void deliver(struct dcall *c)
{
	struct devent *ev;
	size_t n, i = 0;
	bool done;

	pthread_mutex_lock(&c->in->lock);
	ev = c->ev;
	n = c->n;
	c->ev = NULL;
	c->n = c->cap = 0;
	done = c->done;
	pthread_mutex_unlock(&c->in->lock);
	for (; i < n; i++) {
		if (!c->cancelled && c->cb.on_event)
			c->cb.on_event(c->arg, ev[i].type, ev[i].object);
		(void)bytes_unref(ev[i].object);
	}
	free(ev);
	if (!done || c->cancelled)
		return;
	pthread_mutex_lock(&c->in->lock);
	c->cancelled = true; /* over: nothing more is delivered */
	pthread_mutex_unlock(&c->in->lock);
	list_del(&c->link);
	if (c->cb.on_done) {
		struct transport_response resp = {.status = c->status, .body = c->body};

		c->cb.on_done(c->arg, &resp);
	}
	dcall_unref(c);
}

static void inbox_task(struct loop_task *t)
{
	struct inbox *in = container_of(t, struct inbox, task);
	struct list todo;

	atomic_fetch_add(&in->refs, 1);
	list_init(&todo);
	pthread_mutex_lock(&in->lock);
	while (!list_empty(&in->ready)) {
		struct list *l = in->ready.next;

		list_del(l);
		list_add_tail(&todo, l);
	}
	pthread_mutex_unlock(&in->lock);
	for (;;) {
		struct dcall *c;

		pthread_mutex_lock(&in->lock);
		if (list_empty(&todo)) {
			pthread_mutex_unlock(&in->lock);
			break;
		}
		c = container_of(todo.next, struct dcall, ready_link);
		list_del(&c->ready_link);
		pthread_mutex_unlock(&in->lock);
		deliver(c);
		dcall_unref(c);
	}
	inbox_unref(in);
}

/* --- transport --- */

static int direct_start(struct transport *t, const struct transport_request *q, const struct transport_cb *cb, void *arg,
			struct transport_call **ret, struct err *e)
{
	struct direct *d = container_of(t, struct direct, t);
	struct dcall *c;
	struct req *r;

	if (atomic_load(&d->a->stopping))
		return err_set(e, ERR_UNAVAILABLE, "the API server is stopping");
	c = calloc(1, sizeof(*c));
	r = req_new(d->a, &direct_sink);
	if (!c || !r) {
		free(c);
		if (r)
			req_free(r);
		return err_nomem(e);
	}
	c->c.transport = t;
	atomic_init(&c->refs, 2);
	c->in = d->in;
	atomic_fetch_add(&d->in->refs, 1);
	c->cb = *cb;
	c->arg = arg;
	c->r = r;
	list_init(&c->link);
	list_init(&c->ready_link);
	r->sink_arg = c;
	r->method = req_text(r, q->method);
	r->path = req_text(r, q->path);
	r->query_text = req_text(r, q->query ? q->query : "");
	r->content_type = req_text(r, q->content_type);
	r->accept = req_text(r, q->accept);
	r->user_agent = req_text(r, d->id.user);
	r->body = bytes_ref(q->body);
	if (!r->method || !r->path || !r->query_text || identity_copy(&r->id, &d->id)) {
		req_free(r);
		dcall_unref(c);
		dcall_unref(c);
		return err_nomem(e);
	}
	list_add_tail(&d->calls, &c->link);
	if (ret)
		*ret = &c->c;
	req_run(r);
	return 0;
}

static void direct_cancel(struct transport_call *tc)
{
	struct dcall *c = container_of(tc, struct dcall, c);
	struct req *gone = NULL;
	bool was;

	pthread_mutex_lock(&c->in->lock);
	was = c->cancelled;
	c->cancelled = true;
	if (c->watching && !c->gone_called) {
		c->gone_called = true;
		gone = c->r;
	}
	pthread_mutex_unlock(&c->in->lock);
	if (was)
		return;
	list_del(&c->link);
	if (gone) {
		gone->gone(gone->gone_arg);
		dcall_unref(c);
	}
	dcall_unref(c);
}

static struct transport *direct_free(struct transport *t)
{
	struct direct *d = container_of(t, struct direct, t);
	bool queued;

	while (!list_empty(&d->calls))
		direct_cancel(&container_of(d->calls.next, struct dcall, link)->c);
	pthread_mutex_lock(&d->in->lock);
	while (!list_empty(&d->in->ready)) {
		struct dcall *c = container_of(d->in->ready.next, struct dcall, ready_link);

		list_del(&c->ready_link);
		pthread_mutex_unlock(&d->in->lock);
		dcall_unref(c);
		pthread_mutex_lock(&d->in->lock);
	}
	queued = __atomic_load_n(&d->in->task.queued, __ATOMIC_ACQUIRE) != 0;
	d->in->loop = NULL;
	pthread_mutex_unlock(&d->in->lock);
	if (queued) {
		/* The loop touches a posted task once more, be it only to drop it: the inbox lives as long as the server. */
		pthread_mutex_lock(&d->a->direct_lock);
		list_add_tail(&d->a->directs, &d->in->link);
		pthread_mutex_unlock(&d->a->direct_lock);
	} else {
		inbox_unref(d->in);
	}
	identity_done(&d->id);
	free(d);
	return NULL;
}

static const struct transport_ops direct_ops = {.start = direct_start, .cancel = direct_cancel, .free = direct_free};

struct direct_connector {
	struct connector c;
	struct apiserver *a;
	struct identity id;
};

static int direct_open(struct connector *cc, struct loop *loop, struct transport **ret, struct err *e)
{
	struct direct_connector *dc = container_of(cc, struct direct_connector, c);
	struct direct *d = calloc(1, sizeof(*d));
	struct inbox *in = calloc(1, sizeof(*in));

	if (!d || !in || identity_copy(&d->id, &dc->id)) {
		free(d);
		free(in);
		return err_nomem(e);
	}
	atomic_init(&in->refs, 1);
	pthread_mutex_init(&in->lock, NULL);
	in->loop = loop;
	in->task.fn = inbox_task;
	list_init(&in->ready);
	list_init(&in->link);
	d->t = (struct transport){.ops = &direct_ops, .loop = loop};
	d->a = dc->a;
	d->in = in;
	list_init(&d->calls);
	*ret = &d->t;
	return 0;
}

static struct connector *direct_connector_free(struct connector *cc)
{
	struct direct_connector *dc = container_of(cc, struct direct_connector, c);

	identity_done(&dc->id);
	free(dc);
	return NULL;
}

int apiserver_connector(struct connector **ret, struct apiserver *a, const char *user, const char *const *groups, struct err *e)
{
	static const struct connector_ops ops = {.open = direct_open, .free = direct_connector_free};
	struct direct_connector *dc = calloc(1, sizeof(*dc));
	int r = 0;

	if (!dc)
		return err_nomem(e);
	dc->c.ops = &ops;
	dc->a = a;
	dc->id.user = str_dup(user);
	for (size_t i = 0; groups && groups[i] && !r; i++)
		r = identity_add_group(&dc->id, groups[i]);
	if (!r)
		r = identity_add_group(&dc->id, "system:authenticated");
	if (r || !dc->id.user) {
		(void)direct_connector_free(&dc->c);
		return err_nomem(e);
	}
	*ret = &dc->c;
	return 0;
}

/* --- calls of the server itself --- */

struct inner {
	inner_done_fn done;
	void *arg;
};

static void inner_reply(struct req *r, int status, const char *content_type, struct bytes *const *parts, size_t n)
{
	struct inner *in = r->sink_arg;
	inner_done_fn done = in->done;
	void *arg = in->arg;

	(void)content_type;
	free(in);
	if (n > 1) {
		AUTO_BUF struct buf b = {0};
		AUTO_BYTES struct bytes *body = NULL;

		for (size_t i = 0; i < n; i++)
			buf_add(&b, parts[i]->data, parts[i]->len);
		body = buf_take_bytes(&b);
		done(arg, status, body);
	} else {
		done(arg, status, n ? parts[0] : NULL);
	}
}

static int inner_no_watch(struct req *r)
{
	(void)r;
	return ERR_UNSUPPORTED;
}
static int inner_no_event(struct req *r, enum watch_type type, struct bytes *object)
{
	(void)r;
	(void)type;
	(void)object;
	return ERR_UNSUPPORTED;
}
static void inner_no_end(struct req *r) { (void)r; }

static int inner_start(struct apiserver *a, bool quiet, const struct identity *id, const char *method, const char *path, const char *query,
		       const char *content_type, struct bytes *body, inner_done_fn done, void *arg)
{
	static const struct sink_ops ops = {inner_reply, inner_no_watch, inner_no_event, inner_no_end};
	struct inner *in = calloc(1, sizeof(*in));
	struct req *r = in ? req_new(a, &ops) : NULL;

	if (!r) {
		free(in);
		return -ENOMEM;
	}
	*in = (struct inner){done, arg};
	r->sink_arg = in;
	r->quiet = quiet;
	r->inner = true;
	r->method = req_text(r, method);
	r->path = req_text(r, path);
	r->query_text = req_text(r, query ? query : "");
	r->content_type = req_text(r, content_type);
	r->user_agent = "kube-apiserver";
	r->body = bytes_ref(body);
	if (!r->method || !r->path || !r->query_text || identity_copy(&r->id, id)) {
		free(in);
		req_free(r);
		return -ENOMEM;
	}
	req_run(r);
	return 0;
}

int inner_call(struct apiserver *a, const struct identity *id, const char *method, const char *path, const char *query,
	       const char *content_type, struct bytes *body, inner_done_fn done, void *arg)
{
	return inner_start(a, streq(id->user, "system:apiserver"), id, method, path, query, content_type, body, done, arg);
}

int inner_call_quiet(struct apiserver *a, const struct identity *id, const char *method, const char *path, const char *query,
		     const char *content_type, struct bytes *body, inner_done_fn done, void *arg)
{
	return inner_start(a, true, id, method, path, query, content_type, body, done, arg);
}

struct waiter {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
	int status;
	struct bytes *body;
};

static void waiter_done(void *arg, int status, struct bytes *body)
{
	struct waiter *w = arg;

	pthread_mutex_lock(&w->lock);
	w->done = true;
	w->status = status;
	w->body = bytes_ref(body);
	pthread_cond_signal(&w->cond);
	pthread_mutex_unlock(&w->lock);
}

int inner_call_wait(struct apiserver *a, const char *method, const char *path, struct bytes *body, struct bytes **ret, struct err *e)
{
	struct waiter w = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
	struct identity id = {.user = (char *)(uintptr_t) "system:apiserver", .groups = (char *[]){(char *)(uintptr_t) "system:masters", NULL}};
	int rc = inner_call(a, &id, method, path, NULL, NULL, body, waiter_done, &w);

	if (rc)
		return err_nomem(e);
	pthread_mutex_lock(&w.lock);
	while (!w.done)
		pthread_cond_wait(&w.cond, &w.lock);
	pthread_mutex_unlock(&w.lock);
	rc = w.status;
	if (rc >= 400 && e) {
		AUTO_JSON json_t *s = NULL;

		(void)(w.body && json_parse_bytes(w.body, &s, NULL));
		(void)err_set(e, rc == 404 ? ERR_NOT_FOUND : rc == 409 ? ERR_CONFLICT : ERR_INTERNAL, "%s %s: %s", method, path,
			      json_str_or(s, "message", "failed"));
	}
	if (ret)
		*ret = TAKE_PTR(w.body);
	else
		w.body = bytes_unref(w.body);
	return rc;
}

void direct_free_all(struct apiserver *a)
{
	while (!list_empty(&a->directs)) {
		struct inbox *in = container_of(a->directs.next, struct inbox, link);

		list_del(&in->link);
		inbox_unref(in);
	}
}
