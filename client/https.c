/* The transport over HTTPS, on wire's client. */
#include <errno.h>
#include <string.h>
#include "base/fs.h"
#include "base/str.h"
#include "client/client_private.h"
#include "client/server_list.h"
#include "client/transport.h"
#include "wire/http_client.h"

#define DEFAULT_TIMEOUT_MS 60000
#define MAX_BODY           (256u << 20)
#define MAX_ERROR_BODY     (1u << 20)
#define MAX_CONNECTIONS    256 /* every watch holds one: the server speaks HTTP/1.1 */
#define MAX_TOKEN          65536
/* Where there is another server, one that does not answer is not waited for. */
#define CONNECT_MS 2000
#define AGAIN_MS   1000 /* of one that is asked since another did not answer: it may be that other by a former address \
			 */
#define SILENT_MS     2000
#define SILENT_ONE_MS 10000 /* of the only server there is: its machine may be back with another address */

struct https_connector {
	struct connector base; /* first */
	struct server_list *servers;
	char *ca_pem, *cert_pem, *key_pem, *token, *token_file, *user_agent;
	bool insecure, watchful;
};

struct https_transport {
	struct transport base; /* first */
	struct http_client *http;
	/* Its own: the connector may go first. */
	struct server_list *servers;
	struct server_list_listener listener;
	struct loop_task move_task;
	bool watchful, impatient; /* impatient: what a watchful one is while there are several servers */
	char *token, *token_file;
	struct stat token_stat; /* of the file when it was read */
	struct list calls;
	unsigned busy; /* within callbacks of http; freeing waits */
	bool dead;
	struct loop_task free_task;
};

struct https_call {
	struct transport_call base; /* first */
	struct list link;
	struct http_call *http;
	struct transport_cb cb;
	void *arg;
	/* For trying the next server. */
	char *method, *path, *query, *content_type, *accept;
	struct bytes *body;
	unsigned timeout_ms;
	bool watch;
	size_t tried;
	unsigned turn; /* of the servers, when it was sent */

	int status;
	struct watch_stream stream;
	struct buf error_body;
	int fail; /* why the stream was broken off */
	struct err fail_err;
	bool in_data, canceled;
};

static void call_free(struct https_call *c)
{
	list_del(&c->link);
	(void)bytes_unref(c->body);
	free(c->method);
	free(c->path);
	free(c->query);
	free(c->content_type);
	free(c->accept);
	watch_stream_done(&c->stream);
	buf_done(&c->error_body);
	free(c);
}

static void transport_release(struct https_transport *t)
{
	(void)http_client_free(t->http);
	(void)server_list_unref(t->servers);
	free(t->token);
	free(t->token_file);
	free(t);
}

static void transport_free_posted(struct loop_task *task)
{
	transport_release(container_of(task, struct https_transport, free_task));
}

/* Leaves a callback of the HTTP client; the transport may have been freed within. */
static void leave(struct https_transport *t)
{
	if (--t->busy == 0 && t->dead)
		loop_post(t->base.loop, &t->free_task);
}

static int call_send(struct https_call *c, struct err *e);

/* The server cannot do it; another one may. */
static bool is_servers_fault(const struct http_client_response *r)
{
	return r->code ? r->code == ERR_UNAVAILABLE || r->code == ERR_TIMEOUT || r->code == ERR_UNAUTHORIZED ||
			     r->code == ERR_PROTO
		       : r->status == 503;
}

static bool may_try_next(const struct https_call *c, const struct http_client_response *r)
{
	const struct https_transport *t = (const struct https_transport *)c->base.transport;

	if (c->tried >= server_list_count(t->servers))
		return false;
	/* A write that got no answer may have been carried out: its caller must look. */
	return streq(c->method, "GET") ? !r->code || !c->status : r->code && !r->sent;
}

static void finish(struct https_call *c, const struct transport_response *resp)
{
	const struct transport_cb cb = c->cb;
	void *arg = c->arg;

	call_free(c);
	if (cb.on_done)
		cb.on_done(arg, resp);
}

static void on_done(void *arg, const struct http_client_response *r)
{
	struct https_call *c = arg;
	struct https_transport *t = (struct https_transport *)c->base.transport;
	struct transport_response resp = {.code = r->code, .status = r->status, .err = r->err};
	AUTO_BYTES struct bytes *body = bytes_ref(r->body);

	c->http = NULL;
	if (c->canceled) {
		call_free(c);
		return;
	}
	t->busy++;
	if (is_servers_fault(r) && !c->fail) {
		(void)server_list_failed(t->servers, c->turn,
					 r->code ? (r->reason ? r->reason : r->err.msg) : "it answers 503");
		if (t->watchful && c->watch && c->status == 200 && server_list_count(t->servers) == 1)
			server_list_again(t->servers, c->turn, r->reason);
		if (may_try_next(c, r)) {
			buf_done(&c->error_body);
			if (call_send(c, NULL) == 0) {
				leave(t);
				return;
			}
		}
	}
	if (c->fail) {
		resp.code = c->fail;
		resp.err = c->fail_err;
	} else if (r->code == 0 && c->error_body.len) {
		body = bytes_unref(body);
		body = buf_take_bytes(&c->error_body);
	}
	if (resp.code < 0)
		resp.status = 0;
	else
		resp.body = body;
	finish(c, &resp);
	leave(t);
}

static void on_headers(void *arg, const struct http_client_response *r)
{
	struct https_call *c = arg;

	c->status = r->status;
}

static int deliver(void *arg, enum watch_type type, struct bytes *object)
{
	struct https_call *c = arg;

	if (!c->canceled && c->cb.on_event)
		c->cb.on_event(c->arg, type, object);
	return c->canceled;
}

/* A piece of a watch's body, or of the Status that was sent in its place. */
static int on_data(void *arg, const char *p, size_t n)
{
	struct https_call *c = arg;
	struct https_transport *t = (struct https_transport *)c->base.transport;
	int r = 0;

	if (c->canceled)
		return 1;
	if (c->status != 200) {
		if (c->error_body.len + n <= MAX_ERROR_BODY)
			buf_add(&c->error_body, p, n);
		return 0;
	}
	t->busy++;
	c->in_data = true;
	r = watch_stream_feed(&c->stream, p, n, deliver, c, &c->fail_err);
	c->in_data = false;
	if (r < 0)
		c->fail = r;
	leave(t);
	return r != 0;
}

/* Times alone do not tell two writes within one tick of the kernel's clock apart. */
static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	       a->st_ino == b->st_ino && a->st_size == b->st_size;
}

/* The token, read again when its file changed. */
static const char *current_token(struct https_transport *t)
{
	struct stat st;
	AUTO_BUF struct buf b = {0};

	if (!t->token_file || stat(t->token_file, &st) < 0)
		return t->token;
	if (t->token && same_file(&st, &t->token_stat))
		return t->token;
	if (fs_read(t->token_file, MAX_TOKEN, &b, NULL) < 0 || b.len == 0)
		return t->token;
	while (b.len && strchr(" \r\n\t", b.data[b.len - 1]))
		buf_trim(&b, b.len - 1);
	if (str_replace(&t->token, b.data) == 0)
		t->token_stat = st;
	return t->token;
}

static int call_send(struct https_call *c, struct err *e)
{
	struct https_transport *t = (struct https_transport *)c->base.transport;
	const char *token = current_token(t), *headers[4];
	AUTO_FREE char *server = server_list_current(t->servers, &c->turn), *url = NULL, *auth = NULL, *accept = NULL,
		       *type = NULL;
	struct http_client_request req = {
	    .method = c->method, .headers = headers, .body = c->body, .timeout_ms = c->timeout_ms};
	struct http_client_cb cb = {.on_headers = on_headers, .on_done = on_done};
	bool several;
	size_t n = 0;
	int r;

	if (!server)
		return err_nomem(e);
	url = str_fmt("%s%s%s%s", server, c->path, c->query ? "?" : "", c->query ? c->query : "");
	accept = str_fmt("Accept: %s", c->accept ? c->accept : "application/json");
	if (!url || !accept)
		return err_nomem(e);
	headers[n++] = accept;
	if (c->body) {
		type = str_fmt("Content-Type: %s", c->content_type ? c->content_type : "application/json");
		if (!type)
			return err_nomem(e);
		headers[n++] = type;
	}
	if (token && token[0]) {
		auth = str_fmt("Authorization: Bearer %s", token);
		if (!auth)
			return err_nomem(e);
		headers[n++] = auth;
	}
	headers[n] = NULL;
	req.url = url;
	req.max_response = MAX_BODY;
	several = server_list_count(t->servers) > 1;
	if (several)
		req.connect_timeout_ms = c->tried ? AGAIN_MS : CONNECT_MS;
	if (t->watchful)
		req.silent_ms = several ? SILENT_MS : SILENT_ONE_MS;
	if (c->watch)
		cb.on_data = on_data;
	c->status = 0;
	c->tried++;
	r = http_client_start(t->http, &req, &cb, c, &c->http, e);
	return r;
}

/* NULL in, NULL out; -ENOMEM. */
static int copy(char **dst, const char *s)
{
	*dst = str_dup(s);
	return s && !*dst ? -ENOMEM : 0;
}

static int https_start(struct transport *base, const struct transport_request *r, const struct transport_cb *cb,
		       void *arg, struct transport_call **ret, struct err *e)
{
	struct https_transport *t = (struct https_transport *)base;
	struct https_call *c = calloc(1, sizeof *c);
	int k;

	if (!c)
		return err_nomem(e);
	c->base.transport = base;
	list_init(&c->link);
	c->cb = *cb;
	c->arg = arg;
	c->body = bytes_ref(r->body);
	c->watch = r->watch;
	c->timeout_ms = r->timeout_ms ? r->timeout_ms : r->watch ? 0 : DEFAULT_TIMEOUT_MS;
	if (copy(&c->method, r->method) < 0 || copy(&c->path, r->path) < 0 ||
	    copy(&c->content_type, r->content_type) < 0 || copy(&c->accept, r->accept) < 0) {
		call_free(c);
		return err_nomem(e);
	}
	if (r->watch && !(r->query && strstr(r->query, "watch=")))
		c->query = str_fmt("%s%swatch=1", r->query ? r->query : "", r->query && r->query[0] ? "&" : "");
	else if (r->query && r->query[0])
		c->query = str_dup(r->query);
	if (!c->query && (r->watch || (r->query && r->query[0]))) {
		call_free(c);
		return err_nomem(e);
	}
	k = call_send(c, e);
	if (k < 0) {
		call_free(c);
		return k;
	}
	list_add_tail(&t->calls, &c->link);
	if (ret)
		*ret = &c->base;
	return 0;
}

static bool is_stale(const struct https_transport *t, const struct https_call *c, unsigned turn, bool impatient)
{
	return c->turn != turn || (t->watchful && t->impatient != impatient);
}

/*
 * Another server is asked now: what still waits for the former one is asked there, or ends as if the connection had.
 * A watch that was under way is begun anew by its owner, who knows from where.
 */
static void move_posted(struct loop_task *task)
{
	struct https_transport *t = container_of(task, struct https_transport, move_task);
	bool impatient = server_list_count(t->servers) > 1, found = true;
	unsigned turn;

	free(server_list_current(t->servers, &turn));
	t->busy++;
	while (found && !t->dead) {
		found = false;
		LIST_FOREACH_SAFE (c, next, &t->calls, struct https_call, link) {
			struct transport_response resp = {.code = ERR_UNAVAILABLE};

			if (!c->http || c->in_data || !is_stale(t, c, turn, impatient))
				continue;
			found = true;
			http_call_cancel(TAKE_PTR(c->http));
			if (streq(c->method, "GET") && !c->status && c->tried < server_list_count(t->servers) &&
			    call_send(c, NULL) == 0) {
				turn = c->turn;
				break;
			}
			(void)err_set(&resp.err, ERR_UNAVAILABLE, "%s %.120s: its server is not asked any more",
				      c->method, c->path);
			finish(c, &resp);
			break; /* the list may have changed */
		}
		t->impatient = found ? t->impatient : impatient;
	}
	leave(t);
}

static void on_servers(struct server_list_listener *l)
{
	struct https_transport *t = container_of(l, struct https_transport, listener);

	loop_post(t->base.loop, &t->move_task);
}

static void https_cancel(struct transport_call *base)
{
	struct https_call *c = (struct https_call *)base;

	/* Within its own on_data the HTTP call cannot be torn down: on_data ends it, on_done frees it. */
	if (c->in_data) {
		c->canceled = true;
		list_del(&c->link);
		return;
	}
	if (c->http)
		http_call_cancel(c->http);
	call_free(c);
}

static struct transport *https_free(struct transport *base)
{
	struct https_transport *t = (struct https_transport *)base;

	server_list_unlisten(t->servers, &t->listener);
	(void)loop_cancel(t->base.loop, &t->move_task);
	LIST_FOREACH_SAFE (c, next, &t->calls, struct https_call, link)
		https_cancel(&c->base);
	if (t->busy)
		t->dead = true;
	else
		transport_release(t);
	return NULL;
}

static const struct transport_ops https_ops = {.start = https_start, .cancel = https_cancel, .free = https_free};

static int https_open(struct connector *base, struct loop *l, struct transport **ret, struct err *e)
{
	struct https_connector *c = (struct https_connector *)base;
	const struct http_client_config cfg = {.ca_pem = c->ca_pem,
					       .cert_pem = c->cert_pem,
					       .key_pem = c->key_pem,
					       .insecure_skip_verify = c->insecure,
					       .user_agent = c->user_agent,
					       .max_connections = MAX_CONNECTIONS};
	struct https_transport *t = calloc(1, sizeof *t);
	int r;

	if (!t)
		return err_nomem(e);
	t->base.ops = &https_ops;
	t->base.loop = l;
	t->free_task.fn = transport_free_posted;
	t->move_task.fn = move_posted;
	t->listener.fn = on_servers;
	t->watchful = c->watchful;
	t->servers = server_list_ref(c->servers);
	t->impatient = server_list_count(t->servers) > 1;
	list_init(&t->calls);
	if (copy(&t->token, c->token) < 0 || copy(&t->token_file, c->token_file) < 0)
		r = err_nomem(e);
	else
		r = http_client_new(&t->http, l, &cfg, e);
	if (r < 0) {
		transport_release(t);
		return r;
	}
	server_list_listen(t->servers, &t->listener);
	*ret = &t->base;
	return 0;
}

static struct connector *https_connector_free(struct connector *base)
{
	struct https_connector *c = (struct https_connector *)base;

	(void)server_list_unref(c->servers);
	free(c->ca_pem);
	free(c->cert_pem);
	/* The key must not linger in freed memory. */
	if (c->key_pem)
		explicit_bzero(c->key_pem, strlen(c->key_pem));
	free(c->key_pem);
	if (c->token)
		explicit_bzero(c->token, strlen(c->token));
	free(c->token);
	free(c->token_file);
	free(c->user_agent);
	free(c);
	return NULL;
}

int connector_https_new(struct connector **ret, const struct https_config *cfg, struct err *e)
{
	static const struct connector_ops ops = {.open = https_open, .free = https_connector_free};
	struct https_connector *c = calloc(1, sizeof *c);
	int r = 0;

	if (!c)
		return err_nomem(e);
	c->base.ops = &ops;
	c->insecure = cfg->insecure_skip_verify;
	c->watchful = cfg->watchful;
	if (cfg->shared)
		c->servers = server_list_ref(cfg->shared);
	else
		r = server_list_new(&c->servers, cfg->servers, e);
	if (r < 0) {
		(void)https_connector_free(&c->base);
		return r;
	}
	if (copy(&c->ca_pem, cfg->ca_pem) < 0 || copy(&c->cert_pem, cfg->cert_pem) < 0 ||
	    copy(&c->key_pem, cfg->key_pem) < 0 || copy(&c->token, cfg->token) < 0 ||
	    copy(&c->token_file, cfg->token_file) < 0 || copy(&c->user_agent, cfg->user_agent) < 0) {
		(void)https_connector_free(&c->base);
		return err_nomem(e);
	}
	*ret = &c->base;
	return 0;
}
