/* Asynchronous calls. */
#include "client/client.h"
#include <assert.h>
#include <errno.h>
#include <string.h>
#include "api/object.h"
#include "base/str.h"
#include "client/client_private.h"

struct client_call {
	struct client *client;
	struct transport_call *tc;
	client_done_fn done;
	void *arg;
	struct list link; /* client.calls */
	char *path;
	char method[8];
};

static void call_free(struct client_call *call)
{
	list_del(&call->link);
	free(call->path);
	free(call);
}

static int add_segment(struct buf *b, const char *s)
{
	AUTO_FREE char *enc = url_encode(s);

	if (!enc)
		return -ENOMEM;
	buf_addc(b, '/');
	buf_adds(b, enc);
	return 0;
}

char *client_path(const struct client_ref *ref)
{
	AUTO_BUF struct buf b = {0};
	bool core = !ref->group || !ref->group[0];
	int r;

	if (ref->raw)
		return str_dup(ref->raw);
	buf_adds(&b, core ? "/api" : "/apis");
	r = core ? 0 : add_segment(&b, ref->group);
	r = r ? r : add_segment(&b, ref->version ? ref->version : "v1");
	if (!r && ref->ns) {
		buf_adds(&b, "/namespaces");
		r = add_segment(&b, ref->ns);
	}
	r = r ? r : add_segment(&b, ref->plural);
	if (!r && ref->name) {
		r = add_segment(&b, ref->name);
		if (!r && ref->subresource)
			r = add_segment(&b, ref->subresource);
	}
	return r ? NULL : buf_take(&b, NULL);
}

void client_result_from(struct client_result *r, const struct transport_response *resp, const char *method, const char *path)
{
	AUTO_JSON json_t *status = NULL;
	const char *message;

	memset(r, 0, sizeof *r);
	if (resp->code < 0) {
		r->code = err_set(&r->err, resp->code, "%s %s: %s", method, path,
				  resp->err.msg[0] ? resp->err.msg : err_name(resp->code));
		return;
	}
	r->status = resp->status;
	r->body = resp->body;
	if (resp->status >= 200 && resp->status < 300)
		return;
	if (resp->body)
		(void)json_parse_bytes(resp->body, &status, NULL); /* proxies answer in plain text */
	r->code = status_to_code(resp->status, json_str_or(status, "reason", ""));
	if (r->code >= 0)
		r->code = ERR_INTERNAL;
	message = json_str(status, "message");
	if (message)
		(void)err_set(&r->err, r->code, "%s %s: %s", method, path, message);
	else
		(void)err_set(&r->err, r->code, "%s %s: HTTP status %d", method, path, resp->status);
}

static void call_done(void *arg, const struct transport_response *resp)
{
	struct client_call *call = arg;
	client_done_fn done = call->done;
	void *done_arg = call->arg;
	struct client_result r;

	client_result_from(&r, resp, call->method, call->path);
	/* First the call, then the callback: it may free the client. */
	call_free(call);
	if (done)
		done(done_arg, &r);
}

static bool is_write(const char *method)
{
	return streq(method, "POST") || streq(method, "PUT") || streq(method, "PATCH");
}

int client_do(struct client *c, const char *method, const struct client_ref *ref, const char *query, const char *content_type,
	      struct bytes *body, client_done_fn done, void *arg, struct client_call **ret, struct err *e)
{
	struct transport_request req = {.method = method, .query = query, .content_type = content_type, .body = body};
	const struct transport_cb cb = {.on_done = call_done};
	AUTO_BUF struct buf q = {0};
	struct client_call *call;
	int r;

	if (is_write(method) && c->field_manager && !(query && strstr(query, "fieldManager="))) {
		AUTO_FREE char *fm = url_encode(c->field_manager);

		if (!fm)
			return err_nomem(e);
		buf_addf(&q, "%s%sfieldManager=%s", query ? query : "", query && query[0] ? "&" : "", fm);
		if (buf_failed(&q))
			return err_nomem(e);
		req.query = q.data;
	}
	call = calloc(1, sizeof *call);
	if (!call)
		return err_nomem(e);
	list_init(&call->link);
	call->client = c;
	call->done = done;
	call->arg = arg;
	(void)str_copy(call->method, sizeof call->method, method);
	call->path = client_path(ref);
	if (!call->path) {
		call_free(call);
		return err_nomem(e);
	}
	req.path = call->path;
	list_add_tail(&c->calls, &call->link);
	r = c->transport->ops->start(c->transport, &req, &cb, call, &call->tc, e);
	if (r < 0) {
		if (e)
			r = err_wrap(e, "%s %s", method, call->path);
		call_free(call);
		return r;
	}
	if (ret)
		*ret = call;
	return 0;
}

void client_call_cancel(struct client_call *call)
{
	call->client->transport->ops->cancel(call->tc);
	call_free(call);
}

int client_get(struct client *c, const struct client_ref *ref, client_done_fn done, void *arg)
{
	return client_do(c, "GET", ref, NULL, NULL, NULL, done, arg, NULL, NULL);
}

/* A body of tree, or none. */
static int do_tree(struct client *c, const char *method, const struct client_ref *ref, const char *query, const char *type,
		   const json_t *tree, client_done_fn done, void *arg)
{
	AUTO_BYTES struct bytes *body = NULL;

	if (tree) {
		body = json_encode(tree);
		if (!body)
			return -ENOMEM;
	}
	return client_do(c, method, ref, query, type, body, done, arg, NULL, NULL);
}

int client_create(struct client *c, const struct client_ref *ref, const json_t *obj, client_done_fn done, void *arg)
{
	struct client_ref to = *ref;

	if (!to.subresource)
		to.name = NULL; /* objects are posted to their collection */
	return do_tree(c, "POST", &to, NULL, NULL, obj, done, arg);
}

int client_update(struct client *c, const struct client_ref *ref, const json_t *obj, client_done_fn done, void *arg)
{
	return do_tree(c, "PUT", ref, NULL, NULL, obj, done, arg);
}

const char *client_patch_media_type(enum client_patch type)
{
	switch (type) {
	case CLIENT_JSON_PATCH:
		return "application/json-patch+json";
	case CLIENT_MERGE_PATCH:
		return "application/merge-patch+json";
	case CLIENT_STRATEGIC_PATCH:
		return "application/strategic-merge-patch+json";
	case CLIENT_APPLY_PATCH:
		return "application/apply-patch+yaml";
	}
	return NULL;
}

int client_patch(struct client *c, const struct client_ref *ref, enum client_patch type, const json_t *patch, client_done_fn done,
		 void *arg)
{
	return do_tree(c, "PATCH", ref, type == CLIENT_APPLY_PATCH ? "force=true" : NULL, client_patch_media_type(type), patch, done,
		       arg);
}

int client_delete(struct client *c, const struct client_ref *ref, const json_t *options, client_done_fn done, void *arg)
{
	return do_tree(c, "DELETE", ref, NULL, NULL, options, done, arg);
}

void client_result_done(struct client_result *r)
{
	r->body = bytes_unref(r->body);
}

int client_result_json(const struct client_result *r, json_t **ret, struct err *e)
{
	if (r->code < 0) {
		if (e)
			*e = r->err;
		return r->code;
	}
	return json_parse_bytes(r->body, ret, e);
}

int client_new(struct client **ret, struct connector *conn, struct loop *l, const struct client_config *cfg, struct err *e)
{
	struct client *c = calloc(1, sizeof *c);
	int r;

	if (!c)
		return err_nomem(e);
	c->loop = l;
	list_init(&c->calls);
	list_init(&c->waiters);
	(void)pthread_mutex_init(&c->lock, NULL);
	c->stop_task.fn = client_stop_task;
	c->at_quit.fn = client_at_quit;
	loop_at_quit(l, &c->at_quit);
	if (cfg && cfg->field_manager && !(c->field_manager = str_dup(cfg->field_manager)))
		r = err_nomem(e);
	else
		r = client_events_new(&c->events, c, e);
	if (r == 0)
		r = connector_open(conn, l, &c->transport, e);
	if (r < 0) {
		(void)client_free(c);
		return r;
	}
	*ret = c;
	return 0;
}

struct client *client_free(struct client *c)
{
	if (!c)
		return NULL;
	client_stop_now(c);
	(void)loop_cancel(c->loop, &c->stop_task);
	loop_hook_remove(&c->at_quit);
	c->events = client_events_free(c->events);
	LIST_FOREACH_SAFE(call, next, &c->calls, struct client_call, link)
		client_call_cancel(call);
	(void)transport_free(c->transport);
	(void)pthread_mutex_destroy(&c->lock);
	free(c->field_manager);
	free(c);
	return NULL;
}
