/* Blocking calls: a worker thread hands its request to the loop and sleeps until the answer. */
#include <assert.h>
#include <errno.h>
#include <string.h>
#include "base/str.h"
#include "client/client_private.h"

#define MODIFY_ATTEMPTS 16

/* Lives on the waiting thread's stack: only the loop's side completes it, and touches it no more afterwards. */
struct waiter {
	struct client *client;
	struct loop_task task;
	struct client_call *call;
	struct list link; /* client.waiters */
	pthread_cond_t cond;
	bool finished; /* client.lock */
	const char *method, *query, *content_type;
	const struct client_ref *ref;
	struct bytes *body;
	struct client_result *ret;
};

static void waiter_finish(struct waiter *w)
{
	struct client *c = w->client;

	(void)pthread_mutex_lock(&c->lock);
	list_del(&w->link);
	w->finished = true;
	(void)pthread_cond_signal(&w->cond);
	(void)pthread_mutex_unlock(&c->lock);
}

static void waiter_answer(void *arg, const struct client_result *r)
{
	struct waiter *w = arg;

	*w->ret = *r;
	w->ret->body = bytes_ref(r->body);
	waiter_finish(w);
}

static void waiter_begin(struct loop_task *t)
{
	struct waiter *w = container_of(t, struct waiter, task);
	int r = client_do(w->client, w->method, w->ref, w->query, w->content_type, w->body, waiter_answer, w, &w->call,
			  &w->ret->err);

	if (r < 0) {
		w->ret->code = r;
		waiter_finish(w);
	}
}

static int canceled(struct client_result *ret, const char *method, const struct client_ref *ref)
{
	ret->code = err_set(&ret->err, ERR_CANCELED, "%s %s: shutting down", method, ref->plural);
	return ret->code;
}

void client_stop_now(struct client *c)
{
	(void)pthread_mutex_lock(&c->lock);
	c->stopped = true;
	while (!list_empty(&c->waiters)) {
		struct waiter *w = container_of(c->waiters.next, struct waiter, link);

		list_del(&w->link);
		if (!loop_cancel(c->loop, &w->task) && w->call)
			client_call_cancel(w->call);
		canceled(w->ret, w->method, w->ref);
		w->finished = true;
		(void)pthread_cond_signal(&w->cond);
	}
	(void)pthread_mutex_unlock(&c->lock);
}

void client_stop_task(struct loop_task *t)
{
	client_stop_now(container_of(t, struct client, stop_task));
}

void client_at_quit(struct loop_hook *h)
{
	client_stop_now(container_of(h, struct client, at_quit));
}

void client_stop(struct client *c)
{
	(void)pthread_mutex_lock(&c->lock);
	c->stopped = true;
	(void)pthread_mutex_unlock(&c->lock);
	loop_post(c->loop, &c->stop_task);
}

int client_do_wait(struct client *c, const char *method, const struct client_ref *ref, const char *query,
		   const char *content_type, struct bytes *body, struct client_result *ret)
{
	struct waiter w = {.client = c,
			   .task = {.fn = waiter_begin},
			   .method = method,
			   .query = query,
			   .content_type = content_type,
			   .ref = ref,
			   .body = body,
			   .ret = ret};

	/* Waiting on the thread that has to bring the answer would be for ever. */
	assert(!loop_is_current(c->loop));
	memset(ret, 0, sizeof *ret);
	(void)pthread_mutex_lock(&c->lock);
	if (c->stopped) {
		(void)pthread_mutex_unlock(&c->lock);
		return canceled(ret, method, ref);
	}
	(void)pthread_cond_init(&w.cond, NULL);
	list_add_tail(&c->waiters, &w.link);
	loop_post(c->loop, &w.task);
	while (!w.finished)
		(void)pthread_cond_wait(&w.cond, &c->lock);
	(void)pthread_mutex_unlock(&c->lock);
	(void)pthread_cond_destroy(&w.cond);
	return ret->code;
}

/* Sends tree (or nothing) and parses the answer if the caller wants it. */
static int tree_wait(struct client *c, const char *method, const struct client_ref *ref, const char *query,
		     const char *type, const json_t *tree, json_t **ret, struct err *e)
{
	AUTO_BYTES struct bytes *body = NULL;
	CLEANUP(client_result_done) struct client_result r = {0};

	if (tree) {
		body = json_encode(tree);
		if (!body)
			return err_nomem(e);
	}
	(void)client_do_wait(c, method, ref, query, type, body, &r);
	if (r.code < 0 || ret) {
		json_t *v = NULL;
		int k = client_result_json(&r, &v, e);

		if (k < 0)
			return k;
		*ret = v;
	}
	return 0;
}

int client_get_wait(struct client *c, const struct client_ref *ref, json_t **ret, struct err *e)
{
	return tree_wait(c, "GET", ref, NULL, NULL, NULL, ret, e);
}

int client_list_wait(struct client *c, const struct client_ref *ref, const char *query, json_t **ret, struct err *e)
{
	return tree_wait(c, "GET", ref, query, NULL, NULL, ret, e);
}

int client_create_wait(struct client *c, const struct client_ref *ref, const json_t *obj, json_t **ret, struct err *e)
{
	struct client_ref to = *ref;

	if (!to.subresource)
		to.name = NULL;
	return tree_wait(c, "POST", &to, NULL, NULL, obj, ret, e);
}

int client_update_wait(struct client *c, const struct client_ref *ref, const json_t *obj, json_t **ret, struct err *e)
{
	return tree_wait(c, "PUT", ref, NULL, NULL, obj, ret, e);
}

int client_patch_wait(struct client *c, const struct client_ref *ref, enum client_patch type, const json_t *patch,
		      json_t **ret, struct err *e)
{
	return tree_wait(c, "PATCH", ref, type == CLIENT_APPLY_PATCH ? "force=true" : NULL,
			 client_patch_media_type(type), patch, ret, e);
}

int client_delete_wait(struct client *c, const struct client_ref *ref, const json_t *options, json_t **ret,
		       struct err *e)
{
	return tree_wait(c, "DELETE", ref, NULL, NULL, options, ret, e);
}

int client_modify_wait(struct client *c, const struct client_ref *ref,
		       int (*mutate)(void *arg, json_t *obj, struct err *e), void *arg, struct err *e)
{
	int r = ERR_CONFLICT;

	for (int i = 0; i < MODIFY_ATTEMPTS && r == ERR_CONFLICT; i++) {
		AUTO_JSON json_t *obj = NULL;

		r = client_get_wait(c, ref, &obj, e);
		if (r < 0)
			return r;
		r = mutate(arg, obj, e);
		if (r)
			return r < 0 ? r : 0;
		r = client_update_wait(c, ref, obj, NULL, e);
	}
	return r;
}
