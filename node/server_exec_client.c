/* Exec and attach, towards the client: channels of a WebSocket or streams of SPDY, and the status that comes last. */
#include <errno.h>
#include "base/str.h"
#include "node/server_exec.h"

#define STATUS_MAX 1024u

/* --- towards the client --- */

size_t exec_room(const struct exec *x, int ch)
{
	size_t waiting = tunnel_waiting(x->t), room = waiting < SERVER_OUT_HIGH ? SERVER_OUT_HIGH - waiting : 0, window;

	if (x->kind == TUNNEL_WS)
		return room;
	window = spdy_window(tunnel_spdy(x->t), x->id[ch]);
	return window < room ? window : room;
}

/* Returns the bytes taken. */
size_t exec_send(struct exec *x, int ch, const void *p, size_t n)
{
	size_t room = exec_room(x, ch);

	if (!x->open[ch] || x->fin[ch])
		return n;
	if (ch == CH_ERROR && x->kind == TUNNEL_WS)
		room = n; /* small, once, and in one message */
	if (n > room)
		n = room;
	if (n == 0)
		return 0;
	if (x->kind != TUNNEL_WS)
		return spdy_send(tunnel_spdy(x->t), x->id[ch], p, n, false);
	tunnel_channel(x->t, x->base64, ch, p, n);
	return n;
}

void exec_fin(struct exec *x, int ch)
{
	if (!x->open[ch] || x->fin[ch])
		return;
	x->fin[ch] = true;
	/* In WebSockets only the client closes single channels; ours end with the connection. */
	if (x->kind != TUNNEL_WS)
		(void)spdy_send(tunnel_spdy(x->t), x->id[ch], "", 0, true);
}

/* Status of the apimachinery's remotecommand, or what older protocols had. */
static void make_status(struct exec *x, const char *reason, const char *message, int exit_code)
{
	AUTO_JSON json_t *st = NULL;
	AUTO_BUF struct buf b = {0};

	if (!x->status_json) {
		if (message)
			buf_adds(&b, message);
	} else {
		st = json_pack("{s:{},s:s}", "metadata", "status", message ? "Failure" : "Success");
		if (message) {
			json_object_set_new(st, "message", json_string(message));
			json_object_set_new(st, "reason", json_string(reason));
			if (exit_code > 0) {
				char code[16];

				snprintf(code, sizeof(code), "%d", exit_code);
				json_object_set_new(
				    st, "details",
				    json_pack("{s:[{s:s,s:s}]}", "causes", "reason", "ExitCode", "message", code));
			} else {
				json_object_set_new(st, "code", json_integer(500));
			}
		}
		json_encode_buf(st, &b);
	}
	if (buf_failed(&b))
		return;
	buf_add(&x->last, b.data, b.len < STATUS_MAX ? b.len : STATUS_MAX);
}

/* The status goes out whole, however little room there is, and before the goodbye. */
void exec_send_last(struct exec *x)
{
	size_t n = exec_send(x, CH_ERROR, x->last.data, x->last.len);

	buf_consume(&x->last, n);
	if (x->last.len > 0)
		return; /* on_room goes on */
	exec_fin(x, CH_ERROR);
	tunnel_finish(x->t);
}

/* message NULL: success. */
void exec_finish(struct exec *x, const char *reason, const char *message, int exit_code)
{
	if (x->finishing || x->session.ended)
		return;
	x->finishing = true;
	exec_fin(x, CH_STDOUT);
	exec_fin(x, CH_STDERR);
	make_status(x, reason, message, exit_code);
	exec_send_last(x);
}

void exec_fail(struct exec *x, const char *what)
{
	AUTO_FREE char *m = what ? str_fmt("%s: %s", what, x->err.msg) : str_dup(x->err.msg);

	exec_finish(x, "InternalError", m ? m : "out of memory", 0);
}
