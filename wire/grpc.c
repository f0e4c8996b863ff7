/* The gRPC client: calls, and when a connection is made. */
#include "wire/grpc.h"
#include <errno.h>
#include <stdint.h>
#include "base/clock.h"
#include "base/str.h"
#include "wire/grpc_internal.h"
#include "wire/unix_socket.h"

#define METHOD_MAX 256

int64_t grpc_now_ms(void)
{
	return clock_mono_ms(clock_real());
}

void grpc_result_done(struct grpc_result *r)
{
	r->reply = bytes_unref(r->reply);
}

int grpc_result_err(const struct grpc_result *r, const char *method, struct err *e)
{
	if (r->status == GRPC_OK)
		return 0;
	return err_set(e, grpc_code_to_err(r->status), "%s: %s%s%s", method + (method[0] == '/'),
		       grpc_code_name(r->status), r->message[0] ? ": " : "", r->message);
}

/* --- calls --- */

static void call_move(struct grpc_call *call, enum grpc_call_state state)
{
	struct grpc_client *c = call->client;

	list_del(&call->link);
	call->state = state;
	list_add_tail(state == GRPC_CALL_WAITING  ? &c->waiting
		      : state == GRPC_CALL_ACTIVE ? &c->active
						  : &c->finished,
		      &call->link);
	grpc_client_settle(c);
}

static void call_detach(struct grpc_call *call)
{
	if (!call->stream)
		return;
	grpc_stream_abandon(call->stream);
	call->stream = NULL;
}

static void call_free(struct grpc_call *call)
{
	call_detach(call);
	list_del(&call->link);
	loop_timer_free(call->timer);
	grpc_reader_done(&call->reader);
	grpc_result_done(&call->result);
	bytes_unref(call->body);
	free(call->method);
	free(call);
}

void grpc_call_finish(struct grpc_call *call, int status, bool local, const char *fmt, ...)
{
	char text[GRPC_STATUS_TEXT];
	va_list ap;

	if (call->state == GRPC_CALL_FINISHED)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	(void)str_copy(call->result.message, sizeof call->result.message, text);
	str_make_utf8(call->result.message);
	call->result.status = status;
	call->result.local = local;
	call->result.sent = local && call->stream && call->stream->sent;
	call_detach(call);
	loop_timer_stop(call->timer);
	call_move(call, GRPC_CALL_FINISHED);
}

void grpc_call_again(struct grpc_call *call, const char *why)
{
	if (call->state != GRPC_CALL_ACTIVE)
		return;
	if (call->attempts >= ATTEMPTS) {
		call->stream->sent = false;
		grpc_call_finish(call, GRPC_UNAVAILABLE, true, "%s", why);
		return;
	}
	call_detach(call);
	call->headed = call->content_ok = call->encoded = false;
	call->http_status = 0;
	call->grpc_status = -1;
	call->header_bytes = 0;
	call->result.message[0] = '\0';
	grpc_reader_done(&call->reader);
	call_move(call, GRPC_CALL_WAITING);
}

static void on_deadline(void *arg)
{
	struct grpc_call *call = arg;
	const struct err *last = &call->client->last;

	if (call->state == GRPC_CALL_WAITING && last->code)
		grpc_call_finish(call, GRPC_DEADLINE_EXCEEDED, true, "no connection within %u ms: %s",
				 call->opt.timeout_ms, last->msg);
	else
		grpc_call_finish(call, GRPC_DEADLINE_EXCEEDED, true, "no answer within %u ms", call->opt.timeout_ms);
}

static bool method_ok(const char *m)
{
	size_t n = strlen(m);

	if (n < 4 || n > METHOD_MAX || m[0] != '/' || !strchr(m + 1, '/'))
		return false;
	for (; *m; m++)
		if (*m <= 0x20 || *m > 0x7e)
			return false;
	return true;
}

int grpc_call_start(struct grpc_client *c, const char *method, struct bytes *body, const struct grpc_options *o,
		    void (*done)(void *arg, const struct grpc_result *r), void *arg, struct grpc_call **ret,
		    struct err *e)
{
	struct grpc_call *call;

	if (!method_ok(method))
		return err_set(e, -EINVAL, "%s is no method of gRPC's", method);
	if (body->len > UINT32_MAX)
		return err_set(e, ERR_TOO_LARGE, "%s: a message of %zu bytes", method, body->len);
	call = calloc(1, sizeof *call);
	if (!call)
		return err_nomem(e);
	list_init(&call->link);
	call->client = c;
	call->method = str_dup(method);
	call->body = bytes_ref(body);
	call->opt = *o;
	call->deadline_ms = o->timeout_ms ? grpc_now_ms() + o->timeout_ms : INT64_MAX;
	call->done = done;
	call->arg = arg;
	call->grpc_status = -1;
	call->reader.max = c->conf.max_message;
	if (!call->method || loop_timer_new(&call->timer, c->loop, on_deadline, call) < 0) {
		call_free(call);
		return err_nomem(e);
	}
	if (o->timeout_ms)
		loop_timer_set(call->timer, o->timeout_ms);
	call_move(call, GRPC_CALL_WAITING);
	if (ret)
		*ret = call;
	return 0;
}

void grpc_call_cancel(struct grpc_call *call)
{
	call_free(call);
}

/* --- connections --- */

static struct grpc_conn *client_conn(struct grpc_client *c)
{
	struct grpc_conn *conn;

	if (list_empty(&c->conns))
		return NULL;
	conn = container_of(c->conns.next, struct grpc_conn, link);
	return conn->draining ? NULL : conn;
}

void grpc_client_failed(struct grpc_client *c, const struct err *why)
{
	uint8_t dice;
	int64_t wait;

	c->last = *why;
	c->backoff_ms = c->backoff_ms ? c->backoff_ms * 8 / 5 : c->conf.backoff_ms;
	if (c->backoff_ms > c->conf.backoff_max_ms)
		c->backoff_ms = c->conf.backoff_max_ms;
	random_bytes(&dice, 1);
	wait = c->backoff_ms * (80 + dice % 41) / 100;
	c->not_before_ms = grpc_now_ms() + wait;
	grpc_client_settle(c);
}

/* Streams for those that wait, over a connection that is made now if it must and may. */
static void client_assign(struct grpc_client *c)
{
	int64_t now = grpc_now_ms();

	while (!list_empty(&c->waiting)) {
		struct grpc_call *call = container_of(c->waiting.next, struct grpc_call, link);
		struct grpc_conn *conn = client_conn(c);
		struct err e = {0};

		if (!conn) {
			if (now < c->not_before_ms)
				break;
			if (grpc_conn_new(c, &e) < 0) {
				grpc_client_failed(c, &e);
				now = grpc_now_ms();
				break;
			}
			conn = client_conn(c);
		}
		call->attempts++;
		if (grpc_conn_submit(conn, call, &e) < 0) {
			grpc_call_finish(call, e.code == -ENOMEM ? GRPC_RESOURCE_EXHAUSTED : GRPC_INTERNAL, true, "%s",
					 e.msg);
			continue;
		}
		call_move(call, GRPC_CALL_ACTIVE);
	}
	/* What is left waits for a connection. */
	LIST_FOREACH_SAFE (call, tmp, &c->waiting, struct grpc_call, link)
		if (!call->opt.wait_ready)
			grpc_call_finish(call, GRPC_UNAVAILABLE, true, "%s", c->last.msg);
	if (list_empty(&c->waiting))
		loop_timer_stop(c->retry);
	else
		loop_timer_set(c->retry, c->not_before_ms > now ? c->not_before_ms - now : 0);
}

static void on_settle(struct loop_task *t)
{
	struct grpc_client *c = container_of(t, struct grpc_client, settle);

	client_assign(c);
	LIST_FOREACH_SAFE (conn, tmp, &c->conns, struct grpc_conn, link)
		if (conn->draining && grpc_conn_idle(conn))
			grpc_conn_free(conn);
	c->telling = true;
	while (!c->gone && !list_empty(&c->finished)) {
		struct grpc_call *call = container_of(c->finished.next, struct grpc_call, link);

		/* Its owner may free the client, and may not cancel what has been told. */
		list_del(&call->link);
		call->done(call->arg, &call->result);
		call_free(call);
	}
	c->telling = false;
	if (c->gone)
		free(c);
}

void grpc_client_settle(struct grpc_client *c)
{
	loop_post(c->loop, &c->settle);
}

static void on_retry(void *arg)
{
	grpc_client_settle(arg);
}

static int dial_path(void *arg, int *ret_fd, struct err *e)
{
	return unix_connect(arg, ret_fd, e);
}

int grpc_client_new(struct grpc_client **ret, struct loop *l, const struct grpc_client_config *conf, struct err *e)
{
	struct grpc_client *c = calloc(1, sizeof *c);

	if (!c)
		return err_nomem(e);
	c->loop = l;
	c->conf = *conf;
	list_init(&c->conns);
	list_init(&c->waiting);
	list_init(&c->active);
	list_init(&c->finished);
	c->settle.fn = on_settle;
	if (!c->conf.max_message)
		c->conf.max_message = GRPC_MESSAGE_MAX;
	if (!c->conf.handshake_timeout_ms)
		c->conf.handshake_timeout_ms = 10000;
	if (!c->conf.backoff_ms)
		c->conf.backoff_ms = 50;
	if (!c->conf.backoff_max_ms)
		c->conf.backoff_max_ms = 5000;
	if (!conf->dial) {
		c->path = str_dup(conf->path);
		c->conf.dial = dial_path;
		c->conf.dial_arg = c->path;
	}
	if ((!conf->dial && !c->path) || loop_timer_new(&c->retry, l, on_retry, c) < 0) {
		free(c->path);
		free(c);
		return err_nomem(e);
	}
	c->conf.path = NULL;
	grpc_waiters_init(c);
	*ret = c;
	return 0;
}

struct grpc_client *grpc_client_free(struct grpc_client *c)
{
	if (!c)
		return NULL;
	grpc_waiters_done(c);
	while (!list_empty(&c->waiting))
		call_free(container_of(c->waiting.next, struct grpc_call, link));
	while (!list_empty(&c->active))
		call_free(container_of(c->active.next, struct grpc_call, link));
	while (!list_empty(&c->finished))
		call_free(container_of(c->finished.next, struct grpc_call, link));
	while (!list_empty(&c->conns))
		grpc_conn_free(container_of(c->conns.next, struct grpc_conn, link));
	(void)loop_cancel(c->loop, &c->settle);
	loop_timer_free(c->retry);
	free(c->path);
	c->gone = true;
	if (!c->telling)
		free(c);
	return NULL;
}
