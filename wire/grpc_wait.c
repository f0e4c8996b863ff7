/* gRPC calls of worker threads: handed to the loop, slept for. */
#include <assert.h>
#include "base/str.h"
#include "wire/grpc_internal.h"

/* Lives on the waiting thread's stack: only the loop's side completes it, and touches it no more afterwards. */
struct waiter {
	struct grpc_client *client;
	struct loop_task task;
	struct grpc_call *call; /* loop's thread */
	struct list link;       /* client.waiters */
	pthread_cond_t cond;
	bool finished; /* client.lock */
	const char *method;
	struct bytes *body;
	const struct grpc_options *opt;
	struct grpc_result *ret;
};

static void waiter_finish(struct waiter *w)
{
	struct grpc_client *c = w->client;

	(void)pthread_mutex_lock(&c->lock);
	list_del(&w->link);
	w->finished = true;
	(void)pthread_cond_signal(&w->cond);
	(void)pthread_mutex_unlock(&c->lock);
}

static void waiter_answer(void *arg, const struct grpc_result *r)
{
	struct waiter *w = arg;

	*w->ret = *r;
	w->ret->reply = bytes_ref(r->reply);
	waiter_finish(w);
}

static void local_result(struct grpc_result *r, int status, const char *text)
{
	r->status = status;
	r->local = true;
	(void)str_copy(r->message, sizeof r->message, text);
}

static void waiter_begin(struct loop_task *t)
{
	struct waiter *w = container_of(t, struct waiter, task);
	struct err e = {0};

	if (grpc_call_start(w->client, w->method, w->body, w->opt, waiter_answer, w, &w->call, &e) == 0)
		return;
	local_result(w->ret, GRPC_INTERNAL, e.msg);
	waiter_finish(w);
}

static void stop_now(struct grpc_client *c)
{
	(void)pthread_mutex_lock(&c->lock);
	c->stopped = true;
	while (!list_empty(&c->waiters)) {
		struct waiter *w = container_of(c->waiters.next, struct waiter, link);

		list_del(&w->link);
		if (!loop_cancel(c->loop, &w->task) && w->call) {
			w->ret->sent = true;
			grpc_call_cancel(w->call);
		}
		local_result(w->ret, GRPC_CANCELLED, "shutting down");
		w->finished = true;
		(void)pthread_cond_signal(&w->cond);
	}
	(void)pthread_mutex_unlock(&c->lock);
}

static void on_stop(struct loop_task *t)
{
	stop_now(container_of(t, struct grpc_client, stop_task));
}

static void on_quit(struct loop_hook *h)
{
	stop_now(container_of(h, struct grpc_client, at_quit));
}

void grpc_client_stop(struct grpc_client *c)
{
	(void)pthread_mutex_lock(&c->lock);
	c->stopped = true;
	(void)pthread_mutex_unlock(&c->lock);
	loop_post(c->loop, &c->stop_task);
}

void grpc_waiters_init(struct grpc_client *c)
{
	(void)pthread_mutex_init(&c->lock, NULL);
	(void)pthread_cond_init(&c->left, NULL);
	list_init(&c->waiters);
	c->stop_task.fn = on_stop;
	c->at_quit.fn = on_quit;
	loop_at_quit(c->loop, &c->at_quit);
}

void grpc_waiters_done(struct grpc_client *c)
{
	stop_now(c);
	(void)loop_cancel(c->loop, &c->stop_task);
	loop_hook_remove(&c->at_quit);
	/* Those who were woken still need the lock. */
	(void)pthread_mutex_lock(&c->lock);
	while (c->inside > 0)
		(void)pthread_cond_wait(&c->left, &c->lock);
	(void)pthread_mutex_unlock(&c->lock);
	(void)pthread_cond_destroy(&c->left);
	(void)pthread_mutex_destroy(&c->lock);
}

int grpc_call_wait(struct grpc_client *c, const char *method, struct bytes *body, const struct grpc_options *o,
		   struct grpc_result *ret)
{
	struct waiter w = {
	    .client = c, .task = {.fn = waiter_begin}, .method = method, .body = body, .opt = o, .ret = ret};

	/* Waiting on the thread that has to bring the answer would be for ever. */
	assert(!loop_is_current(c->loop));
	memset(ret, 0, sizeof *ret);
	(void)pthread_mutex_lock(&c->lock);
	if (c->stopped) {
		(void)pthread_mutex_unlock(&c->lock);
		local_result(ret, GRPC_CANCELLED, "shutting down");
		return ret->status;
	}
	(void)pthread_cond_init(&w.cond, NULL);
	c->inside++;
	list_add_tail(&c->waiters, &w.link);
	loop_post(c->loop, &w.task);
	while (!w.finished)
		(void)pthread_cond_wait(&w.cond, &c->lock);
	c->inside--;
	(void)pthread_cond_signal(&c->left);
	(void)pthread_mutex_unlock(&c->lock);
	(void)pthread_cond_destroy(&w.cond);
	return ret->status;
}
