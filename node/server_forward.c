/*
 * Port forwarding: TCP connections to addresses inside a pod's network namespace. With SPDY (also inside of WebSocket
 * messages) each connection is a pair of streams, data and error, with the same requestid; in the older WebSocket
 * protocol the ports are fixed by the query, port i has the channels 2i and 2i+1, and each begins with the port as two
 * bytes, least first.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include "base/netns.h"
#include "base/str.h"
#include "node/server_internal.h"

#define PAIRS_MAX    256u
#define WS_PORTS_MAX 16u
#define READ_MAX     16384u
#define IDLE_MS      (4ll * 3600 * 1000) /* kubelet's --streaming-connection-idle-timeout */

struct pair {
	struct list link;
	struct forward *f;
	struct session_job job;
	uint16_t port;
	char request[64];
	uint32_t data_id, error_id; /* SPDY; 0: not there (yet) */
	int channel;                /* WebSocket: of the data; -1: SPDY */
	int fd;
	struct loop_io *io;
	bool connecting, connected, submitted, gone; /* gone: freed when its job is over */
	bool sock_eof, client_eof, shut, data_fin;
	struct buf to_sock, hold; /* hold: read from the socket, not yet taken by the client */
	size_t taken;             /* SPDY bytes to give back */
	int code, family;
	struct err err;
};
struct forward {
	struct session session;
	struct tunnel *t;
	bool spdy, base64;
	struct node_container_info info;
	char *pod;
	struct list pairs;
	unsigned n_pairs;
	struct loop_timer *idle;
};

static void pair_update(struct pair *p);

/* --- towards the client --- */

static size_t pair_room(const struct pair *p)
{
	size_t waiting = tunnel_waiting(p->f->t), room = waiting < SERVER_OUT_HIGH ? SERVER_OUT_HIGH - waiting : 0, w;

	if (!p->f->spdy)
		return room;
	w = spdy_window(tunnel_spdy(p->f->t), p->data_id);
	return w < room ? w : room;
}

static size_t pair_send(struct pair *p, const void *data, size_t n)
{
	size_t room = pair_room(p);

	if (n > room)
		n = room;
	if (n == 0)
		return 0;
	if (p->f->spdy)
		return spdy_send(tunnel_spdy(p->f->t), p->data_id, data, n, false);
	tunnel_channel(p->f->t, p->f->base64, p->channel, data, n);
	return n;
}

static void pair_fin(struct pair *p)
{
	if (p->data_fin)
		return;
	p->data_fin = true;
	if (p->f->spdy) {
		(void)spdy_send(tunnel_spdy(p->f->t), p->data_id, "", 0, true);
		if (p->error_id)
			(void)spdy_send(tunnel_spdy(p->f->t), p->error_id, "", 0, true);
	}
}

/* Whoever sends faster than a pod takes waits. SPDY's windows do not see to that: Kubernetes' own implementation knows
 * none. */
static void hold_client(struct forward *f)
{
	bool full = false;

	LIST_FOREACH (p, &f->pairs, struct pair, link)
		full |= p->to_sock.len > SERVER_IN_HIGH;
	if (!f->session.ended)
		tunnel_pause(f->t, full);
}

/* --- life of a pair --- */

static void pair_free(struct pair *p)
{
	buf_done(&p->to_sock);
	buf_done(&p->hold);
	free(p);
}

static void pair_end(struct pair *p)
{
	if (p->gone)
		return;
	p->gone = true;
	p->io = loop_io_free(p->io);
	if (p->fd >= 0)
		(void)close(TAKE_FD(p->fd));
	list_del(&p->link);
	p->f->n_pairs--;
	hold_client(p->f);
	if (p->f->n_pairs == 0 && !p->f->session.ended) {
		if (p->f->spdy)
			loop_timer_set(p->f->idle, IDLE_MS);
		else
			tunnel_finish(p->f->t); /* its ports are all there will ever be */
	}
	if (!p->submitted)
		pair_free(p);
}

/* Tells the client what went wrong, and ends the pair. */
static void pair_fail(struct pair *p, const char *why)
{
	struct forward *f = p->f;
	AUTO_FREE char *m =
	    str_fmt("error forwarding port %u to pod %s, uid %s: %s", p->port, f->pod, f->info.uid, why);

	if (m && f->spdy && p->error_id)
		(void)spdy_send(tunnel_spdy(f->t), p->error_id, m, strlen(m), false);
	else if (m && !f->spdy)
		tunnel_channel(f->t, f->base64, p->channel + 1, m, strlen(m));
	pair_fin(p);
	if (f->spdy) {
		/* The client may still be sending. */
		spdy_reset(tunnel_spdy(f->t), p->data_id, 5 /* CANCEL */);
		pair_end(p);
	} else {
		tunnel_finish(f->t); /* a channel cannot be closed by itself */
		pair_end(p);
	}
}

static void pair_connect(struct pair *p);

static void on_sock(void *arg, int fd, uint32_t events)
{
	struct pair *p = arg;
	struct forward *f = p->f;
	socklen_t len = sizeof(int);
	int error = 0;

	(void)fd;
	if (p->connecting) {
		(void)getsockopt(p->fd, SOL_SOCKET, SO_ERROR, &error, &len);
		if (!error && !(events & EPOLLOUT))
			return;
		p->connecting = false;
		if (error) {
			char why[160];

			p->io = loop_io_free(p->io);
			(void)close(TAKE_FD(p->fd));
			if (p->family == AF_INET) { /* "localhost" may be the other one */
				p->family = AF_INET6;
				pair_connect(p);
				return;
			}
			snprintf(why, sizeof(why),
				 "failed to connect to localhost:%u inside namespace \"%s\": connection refused or "
				 "failed: %s",
				 p->port, f->info.uid, strerror(error));
			pair_fail(p, why);
			if (!f->session.ended)
				tunnel_flush(f->t);
			return;
		}
		p->connected = true;
	}
	pair_update(p);
	if (!f->session.ended)
		tunnel_flush(f->t);
}

static int open_socket(void *arg, struct err *e)
{
	struct pair *p = arg;
	struct sockaddr_in a4 = {
	    .sin_family = AF_INET, .sin_port = htons(p->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in6 a6 = {
	    .sin6_family = AF_INET6, .sin6_port = htons(p->port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	bool v4 = p->family == AF_INET;
	int on = 1;
	AUTO_CLOSE int fd = socket(p->family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return err_errno(e, errno, "cannot make a socket");
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)); /* what comes piece by piece goes on so */
	if (connect(fd, v4 ? (struct sockaddr *)&a4 : (struct sockaddr *)&a6, v4 ? sizeof(a4) : sizeof(a6)) < 0 &&
	    errno != EINPROGRESS)
		return err_errno(e, errno, "failed to connect to localhost:%u inside namespace", p->port);
	p->fd = TAKE_FD(fd);
	return 0;
}

static void connect_run(struct session_job *j)
{
	struct pair *p = container_of(j, struct pair, job);
	AUTO_CLOSE int ns = -1;

	p->code = 0;
	if (!p->f->info.netns_path[0]) {
		p->code = open_socket(p, &p->err);
		return;
	}
	p->code = netns_open(p->f->info.netns_path, &ns, &p->err);
	if (p->code == 0)
		p->code = netns_run(ns, open_socket, p, &p->err);
}

static void connect_dropped(struct session_job *j)
{
	struct pair *p = container_of(j, struct pair, job);

	p->submitted = false;
	if (p->fd >= 0)
		(void)close(TAKE_FD(p->fd));
	pair_free(p); /* it was ended with its session */
}

static void connect_done(struct session_job *j)
{
	struct pair *p = container_of(j, struct pair, job);
	struct forward *f = p->f;

	p->submitted = false;
	if (p->gone) {
		if (p->fd >= 0)
			(void)close(TAKE_FD(p->fd));
		pair_free(p);
		return;
	}
	if (p->code < 0 && p->family == AF_INET && (p->code == -ECONNREFUSED || p->code == -EADDRNOTAVAIL)) {
		p->family = AF_INET6;
		pair_connect(p);
		return;
	}
	p->connecting = true;
	if (p->code == 0)
		p->code = loop_io_new(&p->io, f->session.server->loop, p->fd, EPOLLOUT, on_sock, p, &p->err);
	if (p->code < 0) {
		pair_fail(p, p->err.msg);
		if (!f->session.ended)
			tunnel_flush(f->t);
	}
}

static void pair_connect(struct pair *p)
{
	p->job.run = connect_run;
	p->job.done = connect_done;
	p->job.dropped = connect_dropped;
	p->submitted = true;
	session_submit(&p->f->session, &p->job);
}

/* --- moving bytes --- */

static bool from_sock(struct pair *p) /* false: the pair is over */
{
	char b[READ_MAX];

	for (;;) {
		ssize_t n;
		size_t k;

		if (p->hold.len > 0) {
			k = pair_send(p, p->hold.data, p->hold.len);
			buf_consume(&p->hold, k);
			if (p->hold.len > 0)
				return true;
		}
		if (p->sock_eof || pair_room(p) == 0)
			return true;
		n = read(p->fd, b, sizeof(b));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return true;
		if (n <= 0) {
			p->sock_eof = true;
			pair_fin(p);
			if (n < 0)
				return false;
			return true;
		}
		k = pair_send(p, b, (size_t)n);
		if (k < (size_t)n)
			buf_add(&p->hold, b + k, (size_t)n - k);
	}
}

static bool to_sock(struct pair *p)
{
	size_t done = 0;

	while (done < p->to_sock.len) {
		ssize_t n = send(p->fd, p->to_sock.data + done, p->to_sock.len - done, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n < 0)
			return false;
		done += (size_t)n;
	}
	if (done > 0)
		buf_consume(&p->to_sock, done);
	if (p->f->spdy && p->taken > 0 && p->to_sock.len == 0) {
		spdy_consumed(tunnel_spdy(p->f->t), p->data_id, p->taken);
		p->taken = 0;
	}
	if (p->client_eof && p->to_sock.len == 0 && !p->shut) {
		p->shut = true;
		(void)shutdown(p->fd, SHUT_WR);
	}
	return true;
}

static void pair_update(struct pair *p)
{
	uint32_t ev = 0;

	if (!p->connected || p->gone)
		return;
	if (!to_sock(p) || !from_sock(p)) {
		pair_fin(p);
		if (p->f->spdy)
			spdy_reset(tunnel_spdy(p->f->t), p->data_id, 5);
		pair_end(p);
		return;
	}
	if (p->sock_eof && p->hold.len == 0 && (p->shut || !p->f->spdy)) {
		pair_end(p);
		return;
	}
	if (!p->sock_eof && pair_room(p) > 0 && p->hold.len == 0)
		ev |= EPOLLIN;
	if (p->to_sock.len > 0)
		ev |= EPOLLOUT;
	(void)loop_io_set(p->io, ev);
	hold_client(p->f);
}

static void pair_take(struct pair *p, const uint8_t *data, size_t n, bool fin)
{
	if (p->f->spdy)
		p->taken += n;
	buf_add(&p->to_sock, data, n);
	p->client_eof |= fin;
	if (buf_failed(&p->to_sock)) {
		pair_fail(p, "out of memory");
	} else if (p->connected) {
		pair_update(p);
	} else {
		hold_client(p->f);
	}
}

/* --- the tunnel's callbacks --- */

static struct pair *pair_new(struct forward *f, uint16_t port)
{
	struct pair *p = f->n_pairs < PAIRS_MAX ? calloc(1, sizeof(*p)) : NULL;

	if (!p)
		return NULL;
	*p = (struct pair){.f = f, .port = port, .channel = -1, .fd = -1, .family = AF_INET};
	list_add_tail(&f->pairs, &p->link);
	f->n_pairs++;
	loop_timer_stop(f->idle);
	return p;
}

static int on_stream(void *arg, uint32_t id, const struct spdy_header *h, size_t n, bool fin)
{
	struct forward *f = arg;
	const char *type = NULL, *port_text = NULL, *request = NULL;
	char by_id[16];
	struct pair *p = NULL;
	int64_t port;
	bool is_error;

	for (size_t i = 0; i < n; i++) {
		if (strcasecmp(h[i].name, "streamtype") == 0)
			type = h[i].value;
		else if (strcasecmp(h[i].name, "port") == 0)
			port_text = h[i].value;
		else if (strcasecmp(h[i].name, "requestid") == 0)
			request = h[i].value;
	}
	is_error = streq(type, "error");
	if ((!is_error && !streq(type, "data")) || !port_text || str_to_i64(port_text, 1, 65535, &port) < 0)
		return 1;
	if (!request) {
		/* Old clients name no request: the data stream is the one opened right after the error stream. */
		snprintf(by_id, sizeof(by_id), "%u", is_error ? id : id - 2);
		request = by_id;
	}
	LIST_FOREACH (pos, &f->pairs, struct pair, link)
		if (streq(pos->request, request))
			p = pos;
	if (!p) {
		p = pair_new(f, (uint16_t)port);
		if (!p)
			return 1;
		str_copy(p->request, sizeof(p->request), request);
	}
	if ((is_error ? p->error_id : p->data_id) != 0)
		return 1;
	(void)spdy_reply(tunnel_spdy(f->t), id, NULL, 0, false);
	if (is_error) {
		p->error_id = id;
	} else {
		p->data_id = id;
		p->client_eof = fin;
	}
	if (p->data_id && p->error_id)
		pair_connect(p);
	return 0;
}

static struct pair *pair_by_stream(struct forward *f, uint32_t id, bool data_only)
{
	LIST_FOREACH (p, &f->pairs, struct pair, link)
		if (p->data_id == id || (!data_only && p->error_id == id))
			return p;
	return NULL;
}

static void on_data(void *arg, uint32_t id, const uint8_t *data, size_t n, bool fin)
{
	struct forward *f = arg;
	struct pair *p = pair_by_stream(f, id, true);

	if (p)
		pair_take(p, data, n, fin);
	else if (n > 0)
		spdy_consumed(tunnel_spdy(f->t), id, n);
}

static void on_reset(void *arg, uint32_t id)
{
	struct forward *f = arg;
	struct pair *p = pair_by_stream(f, id, true);

	if (p) {
		p->data_fin = true;
		if (p->error_id)
			(void)spdy_send(tunnel_spdy(f->t), p->error_id, "", 0, true);
		pair_end(p);
	}
}

static void on_message(void *arg, bool text, const uint8_t *data, size_t n)
{
	struct forward *f = arg;
	AUTO_FREE void *raw = NULL;
	size_t len = n - 1;
	int channel;

	(void)text;
	if (n == 0)
		return;
	channel = f->base64 ? data[0] - '0' : data[0];
	if (f->base64) {
		if (b64_decode((const char *)data + 1, n - 1, false, &raw, &len) < 0)
			return;
	}
	LIST_FOREACH (p, &f->pairs, struct pair, link)
		if (p->channel == channel) {
			pair_take(p, f->base64 ? raw : data + 1, len, false);
			return;
		}
}

static void on_room(void *arg)
{
	struct forward *f = arg;

	LIST_FOREACH_SAFE (p, tmp, &f->pairs, struct pair, link)
		pair_update(p);
}

static void on_closed(void *arg)
{
	struct forward *f = arg;

	session_end(&f->session);
}

/* --- life --- */

static void forward_close(struct session *s)
{
	struct forward *f = container_of(s, struct forward, session);

	LIST_FOREACH_SAFE (p, tmp, &f->pairs, struct pair, link)
		pair_end(p);
	if (f->idle)
		loop_timer_stop(f->idle);
}

static void forward_destroy(struct session *s)
{
	struct forward *f = container_of(s, struct forward, session);

	(void)tunnel_free(f->t);
	(void)loop_timer_free(f->idle);
	free(f->pod);
	free(f);
}

static void on_idle(void *arg)
{
	struct forward *f = arg;

	tunnel_finish(f->t);
}

static int ws_pairs(struct forward *f, const char *query)
{
	const char *at = NULL;
	char *v;
	int channel = 0;

	while ((v = query_value(query, "port", &at))) {
		AUTO_FREE char *list = v;

		for (char *p = list; *p;) {
			size_t n = strcspn(p, ",");
			bool more = p[n] == ',';
			int64_t port;
			uint8_t le[2];
			struct pair *pair;

			p[n] = '\0';
			if (str_to_i64(p, 1, 65535, &port) < 0 || channel >= (int)(2 * WS_PORTS_MAX) ||
			    !(pair = pair_new(f, (uint16_t)port)))
				return ERR_BAD_REQUEST;
			pair->channel = channel;
			le[0] = (uint8_t)port;
			le[1] = (uint8_t)(port >> 8);
			tunnel_channel(f->t, f->base64, channel, le, 2);
			tunnel_channel(f->t, f->base64, channel + 1, le, 2);
			channel += 2;
			pair_connect(pair);
			p += n + more;
		}
		if (!*at)
			break;
	}
	return channel > 0 ? 0 : ERR_BAD_REQUEST;
}

static void forward_begin(struct upgrade *u, int fd)
{
	static const struct tunnel_ops ops = {on_message, on_stream, on_data, on_reset, on_room, on_closed};
	struct forward *f = calloc(1, sizeof(*f));

	if (!f) {
		(void)close(fd);
		return;
	}
	f->spdy = u->kind != TUNNEL_WS;
	f->base64 = strstr(u->protocol, "base64.") != NULL;
	f->info = u->info;
	f->pod = TAKE_PTR(u->rq.pod);
	list_init(&f->pairs);
	session_init(&f->session, u->server, forward_close, forward_destroy);
	if (tunnel_new(&f->t, u->server, u->kind, fd, &ops, f) < 0 ||
	    loop_timer_new(&f->idle, u->server->loop, on_idle, f) < 0 || (!f->spdy && ws_pairs(f, u->rq.query) < 0)) {
		session_end(&f->session);
		return;
	}
	if (f->spdy)
		loop_timer_set(f->idle, IDLE_MS);
	tunnel_flush(f->t);
}

void server_port_forward(struct node_server *s, struct http_exchange *x, struct request *rq)
{
	static const char *const ws[] = {"SPDY/3.1+portforward.k8s.io", "v4.channel.k8s.io", "v4.base64.channel.k8s.io",
					 NULL};
	static const char *const spdy[] = {"portforward.k8s.io", NULL};
	AUTO_FREE char *port = query_value(rq->query, "port", NULL);
	const char *upgrade = http_header(x, "Upgrade"), *offered = http_header(x, "Sec-WebSocket-Protocol");
	struct upgrade *u = calloc(1, sizeof(*u));
	struct err e = {0};
	int r = u ? node_find_pod(s->n, rq->ns, rq->pod, rq->uid, &u->info, &e) : err_nomem(&e);

	if (r == 0 && upgrade && strcasecmp(upgrade, "websocket") == 0 && !port &&
	    !(offered && strstr(offered, "SPDY/3.1+portforward.k8s.io")))
		r = err_set(&e, ERR_BAD_REQUEST, "query parameter \"port\" is required");
	if (r < 0) {
		free(u);
		reply_error(x, error_status(r), &e);
		return;
	}
	if (upgrade_negotiate(x, ws, spdy, &u->kind, u->protocol) < 0) {
		free(u);
		return;
	}
	u->server = s;
	u->rq = *rq;
	*rq = (struct request){0};
	u->start = forward_begin;
	upgrade_begin(u, x);
}
