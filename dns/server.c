#include "dns/server.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/list.h"

#define BATCH          32
#define BATCHES_A_TURN 16   /* then others on the loop have their turn */
#define IN_MAX         1536 /* a question over UDP; a longer one is cut and malformed */
#define OUT_MAX        4096 /* an answer over UDP */
#define IDLE_MS        10000
#define OUT_QUEUE_MAX  (256 * 1024)
#define QUESTION_MAX   (DNS_HEADER + DNS_NAME_MAX + 4)

struct conn {
	struct server *s;
	struct list link;
	int fd;
	struct loop_io *io;
	struct loop_timer *idle;
	struct buf in, out;
	struct list pending;
	unsigned n_pending;
	bool eof; /* the client has said all; answers still go out */
};
struct pending {
	struct server *s;
	struct list link;  /* of the server, or of the connection */
	struct conn *conn; /* NULL: UDP */
	struct sockaddr_storage from;
	socklen_t from_len;
	struct dns_query q;
	uint8_t question[QUESTION_MAX]; /* as the client wrote it */
	struct dns_name target;         /* of a CNAME of ours that is being followed; len 0: none */
	struct forward_call *call;
};
struct server {
	struct server_deps d;
	int udp, tcp;
	struct loop_io *udp_io, *tcp_io;
	struct list pending, conns;
	unsigned n_conns;
	/* UDP batches */
	uint8_t in[BATCH][IN_MAX], out[BATCH][OUT_MAX];
	struct sockaddr_storage from[BATCH];
	struct iovec iov_in[BATCH], iov_out[BATCH];
	struct mmsghdr m_in[BATCH], m_out[BATCH];
	uint8_t big[DNS_MESSAGE_MAX]; /* one TCP answer */
};
struct client { /* who asked */
	struct conn *conn;
	const struct sockaddr_storage *from;
	socklen_t from_len;
};

/* ---- one question ---- */

static size_t reply_code(const uint8_t *msg, const struct dns_query *q, unsigned rcode, uint8_t *out, size_t cap)
{
	struct dns_reply r;
	dns_reply_begin(&r, out, cap, msg, q);
	r.rcode = (uint16_t)rcode;
	return dns_reply_end(&r);
}

static size_t udp_cap(const struct dns_query *q, size_t cap)
{
	size_t n = q->edns ? q->udp_size : DNS_UDP_PLAIN;
	return n < cap ? n : cap;
}

/* Someone else's answer that is too long for the client: come again by TCP. */
static size_t reply_truncated(const uint8_t *msg, const struct dns_query *q, uint8_t *out, size_t cap)
{
	struct dns_reply r;
	dns_reply_begin(&r, out, cap, msg, q);
	r.truncated = true;
	return dns_reply_end(&r);
}

static void conn_send(struct conn *c, const uint8_t *msg, size_t len);
static void conn_turn(struct conn *c);

static void pending_free(struct pending *p)
{
	list_del(&p->link);
	if (p->conn)
		p->conn->n_pending--;
	if (p->call)
		forward_cancel(p->call);
	free(p);
}

/* CNAME of ours, then what the resolvers say about its target. */
static size_t chase_reply(struct pending *p, const uint8_t *msg, size_t len, uint8_t *out, size_t cap)
{
	struct dns_reply r;
	struct dns_reader rd;
	struct dns_record rr;
	dns_reply_begin(&r, out, cap, p->question, &p->q);
	r.flags |= DNS_F_AA;
	dns_reply_name(&r, DNS_ANSWER, &p->q.name, DNS_CNAME, DNS_TTL, &p->target);
	if (!msg) {
		r.rcode = DNS_SERVFAIL;
	} else if (dns_reader_begin(&rd, msg, len)) {
		r.rcode = dns_get16(msg + 2) & 15;
		unsigned count = 0;
		while (dns_reader_next(&rd, &rr) && ++count <= 64) {
			size_t at = rr.data_at;
			struct dns_name name;
			if (rr.section != DNS_ANSWER || rr.class_ != DNS_IN)
				continue;
			if (rr.type == DNS_A && rr.data_len == 4)
				dns_reply_addr(&r, DNS_ANSWER, &rr.owner, rr.ttl, 4, msg + at);
			else if (rr.type == DNS_AAAA && rr.data_len == 16)
				dns_reply_addr(&r, DNS_ANSWER, &rr.owner, rr.ttl, 6, msg + at);
			else if (rr.type == DNS_CNAME && dns_name_read(msg, len, &at, &name))
				dns_reply_name(&r, DNS_ANSWER, &rr.owner, DNS_CNAME, rr.ttl, &name);
		}
	}
	return dns_reply_end(&r);
}

static void forwarded(void *arg, const uint8_t *msg, size_t len)
{
	struct pending *p = arg;
	struct server *s = p->s;
	struct conn *c = p->conn;
	uint8_t small[OUT_MAX], *out = c ? s->big : small;
	size_t cap = c ? sizeof(s->big) : udp_cap(&p->q, sizeof(small)), n;
	p->call = NULL; /* it ends with this */
	if (p->target.len) {
		n = chase_reply(p, msg, len, out, cap);
	} else if (!msg) {
		n = reply_code(p->question, &p->q, DNS_SERVFAIL, out, cap);
	} else {
		cache_put(s->d.cache, &p->q, clock_mono_ms(s->d.clock), msg, len);
		if (len > cap) {
			n = reply_truncated(p->question, &p->q, out, cap);
		} else {
			memcpy(out, msg, len);
			n = len;
		}
	}
	if (!c)
		(void)sendto(s->udp, out, n, MSG_DONTWAIT, (struct sockaddr *)&p->from, p->from_len);
	pending_free(p);
	if (c) {
		conn_send(c, out, n);
		conn_turn(c);
	}
}

/* Asks the resolvers. The length of an answer when that is known at once, else 0. */
static size_t forward_start(struct server *s, const struct client *from, const uint8_t *msg, size_t len,
			    const struct dns_query *q, const struct dns_name *chase, uint8_t *out, size_t cap)
{
	uint8_t ask[QUESTION_MAX];
	struct pending *p = calloc(1, sizeof(*p));
	if (!p)
		return reply_code(msg, q, DNS_SERVFAIL, out, cap);
	p->s = s;
	p->q = *q;
	memcpy(p->question, msg, q->question_end);
	p->conn = from->conn;
	if (from->from) {
		memcpy(&p->from, from->from, from->from_len);
		p->from_len = from->from_len;
	}
	struct dns_query asked = *q;
	if (chase) {
		p->target = *chase;
		memset(ask, 0, DNS_HEADER);
		dns_put16(ask + 2, DNS_F_RD);
		dns_put16(ask + 4, 1);
		memcpy(ask + DNS_HEADER, chase->w, chase->len);
		dns_put16(ask + DNS_HEADER + chase->len, q->type);
		dns_put16(ask + DNS_HEADER + chase->len + 2, DNS_IN);
		msg = ask;
		len = (size_t)DNS_HEADER + chase->len + 4;
		asked.name = *chase;
		asked.class_ = DNS_IN;
	}
	list_init(&p->link);
	int code = forward_ask(s->d.forward, msg, len, &asked, from->conn != NULL, forwarded, p, &p->call);
	if (code < 0) {
		size_t n;
		if (chase) /* the CNAME alone is worth something too */
			n = chase_reply(p, NULL, 0, out, cap);
		else
			n = reply_code(p->question, q, code == ERR_UNAVAILABLE ? DNS_REFUSED : DNS_SERVFAIL, out, cap);
		free(p);
		return n;
	}
	if (p->conn) {
		p->conn->n_pending++;
		list_add_tail(&p->conn->pending, &p->link);
	} else {
		list_add_tail(&s->pending, &p->link);
	}
	return 0;
}

static size_t answer(struct server *s, const struct client *from, const uint8_t *msg, size_t len, uint8_t *out,
		     size_t out_cap)
{
	struct dns_query q;
	struct dns_reply r;
	struct dns_name target;
	int code = dns_query_parse(msg, len, &q);
	if (code < 0)
		return 0;
	size_t cap = from->conn ? out_cap : udp_cap(&q, out_cap);
	if (code > 0)
		return reply_code(msg, &q, (unsigned)code, out, cap);
	if (q.class_ != DNS_IN || q.type == DNS_AXFR || q.type == DNS_IXFR)
		return reply_code(msg, &q, DNS_REFUSED, out, cap);
	dns_reply_begin(&r, out, !from->conn && cap > DNS_UDP_EDNS ? DNS_UDP_EDNS : cap, msg, &q);
	switch (zone_answer(s->d.zone, &q, &r, &target)) {
	case ZONE_ANSWERED:
		return dns_reply_end(&r);
	case ZONE_CHASE:
		return from->conn || from->from ? forward_start(s, from, msg, len, &q, &target, out, cap) : 0;
	case ZONE_FORWARD:
		break;
	}
	if (!(q.flags & DNS_F_RD) ||
	    dns_name_labels(&q.name, (uint8_t[128]){0}) < 1) /* the root's servers are nobody's business here */
		return reply_code(msg, &q, DNS_REFUSED, out, cap);
	size_t n = cache_get(s->d.cache, &q, clock_mono_ms(s->d.clock), out, cap);
	if (n)
		return n;
	return from->conn || from->from ? forward_start(s, from, msg, len, &q, NULL, out, cap) : 0;
}

size_t server_answer(struct server *s, const uint8_t *msg, size_t len, uint8_t *out, size_t cap)
{
	struct client nobody = {0};
	return answer(s, &nobody, msg, len, out, cap);
}

/* ---- UDP ---- */

static void udp_readable(void *arg, int fd, uint32_t events UNUSED)
{
	struct server *s = arg;
	for (int turn = 0; turn < BATCHES_A_TURN; turn++) {
		for (int i = 0; i < BATCH; i++)
			s->m_in[i].msg_hdr.msg_namelen = sizeof(s->from[i]);
		int n = recvmmsg(fd, s->m_in, BATCH, MSG_DONTWAIT, NULL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return; /* EAGAIN; errors of single clients (ICMP) do not concern us */
		unsigned out = 0;
		for (int i = 0; i < n; i++) {
			struct client from = {.from = &s->from[i], .from_len = s->m_in[i].msg_hdr.msg_namelen};
			size_t len = answer(s, &from, s->in[i], s->m_in[i].msg_len, s->out[out], OUT_MAX);
			if (!len)
				continue;
			s->iov_out[out].iov_len = len;
			s->m_out[out].msg_hdr.msg_name = &s->from[i];
			s->m_out[out].msg_hdr.msg_namelen = from.from_len;
			out++;
		}
		for (unsigned done = 0; done < out;) {
			int sent = sendmmsg(fd, s->m_out + done, out - done, MSG_DONTWAIT);
			if (sent < 0 && errno == EINTR)
				continue;
			done +=
			    sent > 0 ? (unsigned)sent : 1u; /* one that cannot be sent is dropped, as the network may */
		}
		if (n < BATCH)
			return;
	}
}

/* ---- TCP ---- */

static void conn_free(struct conn *c)
{
	LIST_FOREACH_SAFE (p, next, &c->pending, struct pending, link)
		pending_free(p);
	c->io = loop_io_free(c->io);
	c->idle = loop_timer_free(c->idle);
	if (c->fd >= 0)
		close(c->fd);
	buf_done(&c->in);
	buf_done(&c->out);
	list_del(&c->link);
	c->s->n_conns--;
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
	return !c->eof && c->out.len < OUT_QUEUE_MAX && c->n_pending < SERVER_PIPELINE;
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

static bool conn_read(struct conn *c)
{
	uint8_t chunk[4096];
	while (conn_may_read(c)) {
		while (c->in.len >= 2 && conn_may_read(c)) {
			size_t len = dns_get16((const uint8_t *)c->in.data);
			if (c->in.len < len + 2)
				break;
			struct client from = {.conn = c};
			size_t n =
			    answer(c->s, &from, (const uint8_t *)c->in.data + 2, len, c->s->big, sizeof(c->s->big));
			conn_send(c, c->s->big, n);
			buf_consume(&c->in, len + 2);
			loop_timer_set(c->idle, IDLE_MS);
		}
		if (!conn_may_read(c) || buf_failed(&c->in))
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
		buf_add(&c->in, chunk,
			(size_t)n); /* at most one question and a chunk: questions are taken out before reading on */
	}
	return !buf_failed(&c->in);
}

static void conn_turn(struct conn *c)
{
	if (!conn_read(c) || buf_failed(&c->out) || !conn_write(c) || (c->eof && !c->out.len && !c->n_pending)) {
		conn_free(c);
		return;
	}
	(void)loop_io_set(c->io, (conn_may_read(c) ? EPOLLIN : 0u) | (c->out.len ? EPOLLOUT : 0u));
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

static void tcp_acceptable(void *arg, int fd, uint32_t events UNUSED)
{
	struct server *s = arg;
	for (int i = 0; i < 64; i++) {
		AUTO_CLOSE int c_fd = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (c_fd < 0)
			return;
		if (s->n_conns >= SERVER_CONNS)
			continue; /* closed: the client asks elsewhere or later */
		struct conn *c = calloc(1, sizeof(*c));
		if (!c)
			return;
		c->s = s;
		c->fd = TAKE_FD(c_fd);
		list_init(&c->pending);
		s->n_conns++;
		list_add_tail(&s->conns, &c->link);
		if (loop_timer_new(&c->idle, s->d.loop, conn_idle, c) < 0 ||
		    loop_io_new(&c->io, s->d.loop, c->fd, EPOLLIN, conn_ready, c, NULL) < 0) {
			conn_free(c);
			return;
		}
		loop_timer_set(c->idle, IDLE_MS);
	}
}

/* ---- life ---- */

static int socket_bind(const struct server_config *c, int type, int *ret, struct err *e)
{
	struct sockaddr_storage ss = {0};
	struct sockaddr_in *v4 = (struct sockaddr_in *)&ss;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&ss;
	socklen_t len;
	int one = 1, size = 1 << 20;
	if (inet_pton(AF_INET, c->address, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(c->port);
		len = sizeof(*v4);
	} else if (inet_pton(AF_INET6, c->address, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(c->port);
		len = sizeof(*v6);
	} else {
		return err_set(e, -EINVAL, "dns: \"%s\" is not an address to listen on", c->address);
	}
	const char *proto = type == SOCK_DGRAM ? "udp" : "tcp";
	AUTO_CLOSE int fd = socket(ss.ss_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_errno(e, errno, "dns: cannot open a %s socket", proto);
	if (ss.ss_family == AF_INET ? setsockopt(fd, IPPROTO_IP, IP_FREEBIND, &one, sizeof(one)) < 0
				    : setsockopt(fd, IPPROTO_IPV6, IPV6_FREEBIND, &one, sizeof(one)) < 0)
		return err_errno(e, errno, "dns: cannot set up a %s socket", proto);
	if (type == SOCK_STREAM)
		(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	else if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (bind(fd, (struct sockaddr *)&ss, len) < 0)
		return err_errno(
		    e, errno, "dns: cannot listen on %s port %u/%s%s", c->address, c->port, proto,
		    errno == EADDRINUSE ? " (another DNS server, on all addresses? let it leave this one out)" : "");
	if (type == SOCK_STREAM && listen(fd, 128) < 0)
		return err_errno(e, errno, "dns: cannot listen on %s port %u/%s", c->address, c->port, proto);
	*ret = TAKE_FD(fd);
	return 0;
}

int server_new(struct server **ret, const struct server_config *c, const struct server_deps *d, struct err *e)
{
	struct server *s = calloc(1, sizeof(*s));
	if (!s)
		return err_nomem(e);
	s->d = *d;
	s->udp = s->tcp = -1;
	list_init(&s->pending);
	list_init(&s->conns);
	for (int i = 0; i < BATCH; i++) {
		s->iov_in[i] = (struct iovec){s->in[i], IN_MAX};
		s->iov_out[i] = (struct iovec){s->out[i], 0};
		s->m_in[i].msg_hdr =
		    (struct msghdr){.msg_name = &s->from[i], .msg_iov = &s->iov_in[i], .msg_iovlen = 1};
		s->m_out[i].msg_hdr = (struct msghdr){.msg_iov = &s->iov_out[i], .msg_iovlen = 1};
	}
	int code = 0;
	if (c->address) {
		code = socket_bind(c, SOCK_DGRAM, &s->udp, e);
		if (code == 0)
			code = socket_bind(c, SOCK_STREAM, &s->tcp, e);
		if (code == 0)
			code = loop_io_new(&s->udp_io, d->loop, s->udp, EPOLLIN, udp_readable, s, e);
		if (code == 0)
			code = loop_io_new(&s->tcp_io, d->loop, s->tcp, EPOLLIN, tcp_acceptable, s, e);
	}
	if (code < 0) {
		server_free(s);
		return code;
	}
	*ret = s;
	return 0;
}

struct server *server_free(struct server *s)
{
	if (!s)
		return NULL;
	LIST_FOREACH_SAFE (c, next, &s->conns, struct conn, link)
		conn_free(c);
	LIST_FOREACH_SAFE (p, next, &s->pending, struct pending, link)
		pending_free(p);
	s->udp_io = loop_io_free(s->udp_io);
	s->tcp_io = loop_io_free(s->tcp_io);
	if (s->udp >= 0)
		close(s->udp);
	if (s->tcp >= 0)
		close(s->tcp);
	free(s);
	return NULL;
}
