/* Connections: questions in any number, one behind the other, answered in the order in which answers come. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "dns/server_internal.h"

struct server_client {
	unsigned n;
};

static void conn_free(struct conn *c)
{
	struct server *s = c->s;
	struct server_client *who = map_get(s->clients, c->client);
	LIST_FOREACH_SAFE (p, next, &c->pending, struct pending, link)
		server_pending_free(p);
	c->io = loop_io_free(c->io);
	c->idle = loop_timer_free(c->idle);
	if (c->fd >= 0)
		close(c->fd);
	buf_done(&c->in);
	buf_done(&c->out);
	list_del(&c->link);
	if (who && --who->n == 0)
		(void)map_del(s->clients, c->client);
	s->n_conns--;
	metrics_set(&s->d.metrics->tcp_open, s->n_conns);
	free(c);
}

static void conn_send(struct conn *c, const uint8_t *msg, size_t len)
{
	uint8_t head[2];
	if (!len)
		return;
	dns_put16(head, (unsigned)len);
	buf_add(&c->out, head, 2);
	buf_add(&c->out, msg, len);
}

static bool conn_may_read(const struct conn *c)
{
	return !c->eof && c->out.len < SERVER_OUT_QUEUE && c->n_pending < SERVER_PIPELINE;
}

/* False: the connection is gone. */
static bool conn_write(struct conn *c)
{
	while (c->out.len) {
		ssize_t n = send(c->fd, c->out.data, c->out.len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return true;
		if (n < 0)
			return false;
		buf_consume(&c->out, (size_t)n);
	}
	return true;
}

static void conn_used(struct conn *c)
{
	list_del(&c->link);
	list_add_tail(&c->s->conns, &c->link);
	loop_timer_set(c->idle, SERVER_IDLE_MS);
}

/* One question out of what has come in; false: there is no whole one. */
static bool conn_question(struct conn *c)
{
	const uint8_t *p = (const uint8_t *)c->in.data;
	if (c->skip) {
		size_t n = c->skip < c->in.len ? c->skip : c->in.len;
		buf_consume(&c->in, n);
		c->skip -= n;
		return n > 0;
	}
	size_t len = c->in.len >= 2 ? dns_get16(p) : 0;
	if (c->in.len < 2)
		return false;
	if (len > SERVER_TCP_IN && c->in.len >= 2 + DNS_HEADER) {
		/* No question is as long: its code is known without it. */
		if (!(dns_get16(p + 4) & DNS_F_QR))
			conn_send(c, c->s->big, server_formerr(p + 2, c->s->big, sizeof(c->s->big)));
		c->skip = len + 2;
		return true;
	}
	if (c->in.len < len + 2)
		return false;
	struct client from = {.conn = c};
	int64_t began = clock_mono_ns(c->s->d.clock);
	size_t n = server_handle(c->s, &from, p + 2, len, c->s->big, sizeof(c->s->big));
	server_took(c->s, began);
	conn_send(c, c->s->big, n);
	buf_consume(&c->in, len + 2);
	conn_used(c);
	return true;
}

static bool conn_read(struct conn *c)
{
	uint8_t chunk[4096];
	while (conn_may_read(c)) {
		while (conn_may_read(c) && conn_question(c))
			;
		if (!conn_may_read(c) || buf_failed(&c->in) || buf_failed(&c->out))
			break;
		ssize_t n = recv(c->fd, chunk, sizeof(chunk), MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return true;
		if (n < 0)
			return false;
		if (n == 0) {
			c->eof = true;
			return true;
		}
		/* At most one question and a chunk: questions are taken out before reading on. */
		buf_add(&c->in, chunk, (size_t)n);
	}
	return !buf_failed(&c->in);
}

static void conn_turn(struct conn *c)
{
	/* What is written makes room for questions that have come in already. */
	for (;;) {
		bool could = conn_may_read(c);
		if (!conn_read(c) || buf_failed(&c->out) || !conn_write(c) ||
		    (c->eof && !c->out.len && !c->n_pending)) {
			conn_free(c);
			return;
		}
		if (could == conn_may_read(c) || !conn_may_read(c))
			break;
	}
	(void)loop_io_set(c->io, (conn_may_read(c) ? EPOLLIN : 0u) | (c->out.len ? EPOLLOUT : 0u));
}

void server_conn_answer(struct conn *c, const uint8_t *msg, size_t len)
{
	conn_send(c, msg, len);
	conn_turn(c);
}

static void conn_ready(void *arg, int fd UNUSED, uint32_t events)
{
	struct conn *c = arg;
	if (events & (EPOLLERR | EPOLLHUP)) {
		conn_free(c);
		return;
	}
	conn_turn(c);
}

static void conn_idle(void *arg)
{
	conn_free(arg);
}

/* Room for one more: the connection that has been idle for longest goes, of this client if it has too many, and if it
 * waits for nothing. */
static bool make_room(struct server *s, const char *client, const struct server_client *who)
{
	bool own = who->n > SERVER_CLIENT_CONNS;
	if (!own && s->n_conns < SERVER_CONNS)
		return true;
	metrics_add(&s->d.metrics->tcp_refused, 1);
	LIST_FOREACH (c, &s->conns, struct conn, link)
		if (!c->n_pending && (!own || streq(c->client, client))) {
			conn_free(c);
			return true;
		}
	return false;
}

static struct server_client *client_get(struct server *s, const char *key)
{
	struct server_client *who = map_get(s->clients, key);
	if (who)
		return who;
	who = calloc(1, sizeof(*who));
	if (who && map_put(s->clients, key, who) < 0)
		free(TAKE_PTR(who));
	return who;
}

static void tcp_acceptable(void *arg, int fd, uint32_t events UNUSED)
{
	struct server *s = arg;
	for (int i = 0; i < 64; i++) {
		struct sockaddr_storage from = {0};
		socklen_t from_len = sizeof(from);
		char key[34];
		AUTO_CLOSE int c_fd = accept4(fd, (struct sockaddr *)&from, &from_len, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (c_fd < 0)
			return;
		server_client_text(&from, key);
		struct server_client *who = client_get(s, key);
		if (!who)
			return;
		who->n++; /* before room is made: making it may end this client's only connection */
		struct conn *c = make_room(s, key, who) ? calloc(1, sizeof(*c)) : NULL;
		if (!c) {
			if (--who->n == 0)
				(void)map_del(s->clients, key);
			continue;
		}
		c->s = s;
		c->fd = TAKE_FD(c_fd);
		c->from = from;
		(void)str_copy(c->client, sizeof(c->client), key);
		list_init(&c->pending);
		s->n_conns++;
		list_add_tail(&s->conns, &c->link);
		metrics_add(&s->d.metrics->tcp_connections, 1);
		metrics_set(&s->d.metrics->tcp_open, s->n_conns);
		if (loop_timer_new(&c->idle, s->d.loop, conn_idle, c) < 0 ||
		    loop_io_new(&c->io, s->d.loop, c->fd, EPOLLIN, conn_ready, c, NULL) < 0) {
			conn_free(c);
			return;
		}
		loop_timer_set(c->idle, SERVER_IDLE_MS);
	}
}

int server_tcp_open(struct server *s, struct err *e)
{
	return loop_io_new(&s->tcp_io, s->d.loop, s->tcp, EPOLLIN, tcp_acceptable, s, e);
}

void server_tcp_close(struct server *s)
{
	LIST_FOREACH_SAFE (c, next, &s->conns, struct conn, link)
		conn_free(c);
	s->tcp_io = loop_io_free(s->tcp_io);
	if (s->tcp >= 0)
		close(TAKE_FD(s->tcp));
}
