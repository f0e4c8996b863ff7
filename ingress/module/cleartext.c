/*
 * HTTP/2 on ports without TLS by prior knowledge (RFC 9113, 3.3): who begins with its preface is spoken to so,
 * everybody else in HTTP/1. nginx does that itself since 1.25.1 ("http2 on"); before, a port has the one or the other.
 * Not on ports with the PROXY protocol, whose header comes first.
 */
#include "ingress/module/module.h"

#if (NGX_HTTP_V2) && nginx_version < 1025001
#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

static ngx_event_handler_pt http1; /* nginx's own, the same for all, which it does not export */

/* The preface has not come as a whole, or nothing has: the timer for a request's head is running. */
static void wait_on(ngx_event_t *rev)
{
	rev->ready = 0;
	if (ngx_handle_read_event(rev, 0) != NGX_OK)
		ngx_http_close_connection(rev->data);
}

static void on_first(ngx_event_t *rev)
{
	ngx_connection_t *c = rev->data;
	u_char head[sizeof(PREFACE) - 1];
	ssize_t n = -1;
	ngx_err_t why = 0;

	if (!rev->timedout && !c->close) {
		n = recv(c->fd, head, sizeof(head), MSG_PEEK);
		why = n < 0 ? ngx_socket_errno : 0;
	}
	if (why == NGX_EAGAIN || why == NGX_EINTR) {
		wait_on(rev);
		return;
	}
	bool its = n > 0 && ngx_memcmp(head, PREFACE, (size_t)n) == 0;
	if (its && n < (ssize_t)sizeof(head) && !rev->pending_eof) {
		wait_on(rev);
		return;
	}
	rev->handler = its ? ngx_http_v2_init : http1;
	rev->handler(rev);
}

static void on_accept(ngx_connection_t *c)
{
	bool waits = !c->read->ready;

	ngx_http_init_connection(c);
	if (!waits || c->fd == (ngx_socket_t)-1)
		return;
	const ngx_http_connection_t *hc = c->data;
	if (hc->ssl || hc->proxy_protocol || hc->addr_conf->http2)
		return;
	http1 = c->read->handler;
	c->read->handler = on_first;
}

void mk_cleartext_begin(ngx_cycle_t *cycle)
{
	ngx_listening_t *ls = cycle->listening.elts;

	for (ngx_uint_t i = 0; i < cycle->listening.nelts; i++)
		if (ls[i].handler == ngx_http_init_connection)
			ls[i].handler = on_accept;
}
#else
void mk_cleartext_begin(ngx_cycle_t *cycle)
{
	(void)cycle;
}
#endif
