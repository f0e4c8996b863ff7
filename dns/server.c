#include "dns/server.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "dns/server_internal.h"

#define BATCHES_A_TURN 4 /* then others on the loop have their turn */
#define LOAD_EVERY     16
#define SHED_SHARE     4 /* answers to one client of a batch, when there is too much */
#define CLIENT_BUCKETS 64
/* Questions a second from which a queue is looked at every PACE_US, until there are fewer than two thirds of that. */
#define PACE_FROM      150000
#define PACE_US        30
#define PACE_WINDOW_NS 4000000

/* ---- one question ---- */

static size_t udp_cap(const struct dns_query *q, size_t cap)
{
	size_t n = q->edns ? q->udp_size : DNS_UDP_PLAIN;
	return n < cap ? n : cap;
}

static size_t reply_code(const uint8_t *msg, const struct dns_query *q, unsigned rcode, uint8_t *out, size_t cap)
{
	struct dns_reply r;
	dns_reply_begin(&r, out, cap, msg, q);
	r.rcode = (uint16_t)rcode;
	return dns_reply_end(&r);
}

size_t server_formerr(const uint8_t *header, uint8_t *out, size_t cap)
{
	struct dns_query q = {.id = dns_get16(header), .question_end = DNS_HEADER};
	return reply_code(header, &q, DNS_FORMERR, out, cap);
}

static void count(struct server *s, enum metrics_by by, bool tcp, const struct dns_query *q, unsigned rcode, size_t n)
{
	const struct metrics_answer a = {.by = by,
					 .v6 = s->family == AF_INET6,
					 .tcp = tcp,
					 .want_dnssec = q->do_bit,
					 .type = q->type,
					 .rcode = (uint16_t)rcode,
					 .request_size = q->size,
					 .response_size = n};
	metrics_answer(s->d.metrics, &a);
}

void server_took(struct server *s, int64_t began_ns)
{
	int64_t ns = clock_mono_ns(s->d.clock) - began_ns;
	metrics_took(s->d.metrics, METRICS_CLUSTER, s->direct[0], ns);
	metrics_took(s->d.metrics, METRICS_FORWARD, s->direct[1], ns);
	s->direct[0] = s->direct[1] = 0;
}

void server_client_text(const struct sockaddr_storage *ss, char out[34])
{
	if (ss->ss_family == AF_INET)
		hex_encode(&((const struct sockaddr_in *)ss)->sin_addr, 4, out);
	else
		hex_encode(&((const struct sockaddr_in6 *)ss)->sin6_addr, 16, out);
}

void server_pending_free(struct pending *p)
{
	list_del(&p->link);
	if (p->conn)
		p->conn->n_pending--;
	else
		p->s->n_pending--;
	if (p->wait)
		resolver_cancel(p->wait);
	free(p);
}

static size_t path_walk(struct pending *p, uint8_t *out, size_t cap, bool *later);

/* The CNAMEs of ours anew, then what the resolvers say about where they lead. */
static size_t chase_reply(struct pending *p, const struct stored *st, uint32_t age_s, uint8_t *out, size_t cap)
{
	struct dns_reply r;
	struct dns_name target;
	dns_reply_begin(&r, out, cap, p->question, &p->q);
	if (zone_answer(p->s->d.zone, &p->q, &r, &target) == ZONE_CHASE) {
		if (st && dns_name_equal(&target, &p->target))
			stored_append(st, age_s, &r);
		else
			r.rcode = DNS_SERVFAIL;
	}
	return dns_reply_end(&r);
}

/* What the zone says without the walk. */
static size_t zone_reply(struct pending *p, uint8_t *out, size_t cap)
{
	struct dns_reply r;
	struct dns_name target;
	dns_reply_begin(&r, out, cap, p->question, &p->q);
	(void)zone_answer(p->s->d.zone, &p->q, &r, &target);
	return dns_reply_end(&r);
}

static void path_begin(struct pending *p, struct dns_reply *r, uint8_t *out, size_t cap)
{
	dns_reply_begin(r, out, cap, p->question, &p->q);
	r->flags |= DNS_F_AA;
	dns_reply_name(r, DNS_ANSWER, &p->q.name, DNS_CNAME, DNS_TTL, &p->target);
}

static size_t path_reply(struct pending *p, const struct stored *st, uint32_t age_s, uint8_t *out, size_t cap)
{
	struct dns_reply r;
	path_begin(p, &r, out, cap);
	stored_append(st, age_s, &r);
	metrics_add(&p->s->d.metrics->autopath, 1);
	return dns_reply_end(&r);
}

static size_t plain_reply(struct pending *p, const struct stored *st, uint32_t age_s, uint8_t *out, size_t cap)
{
	return st ? stored_write(st, p->question, &p->q, age_s, out, cap)
		  : reply_code(p->question, &p->q, DNS_SERVFAIL, out, cap);
}

/* The answer for what the resolvers said; later: another question has been asked in its place. */
static size_t pending_reply(struct pending *p, const struct stored *st, uint32_t age_s, uint8_t *out, size_t cap,
			    bool *later)
{
	*later = false;
	if (p->kind == PENDING_CHASE)
		return chase_reply(p, st, age_s, out, cap);
	if (p->kind == PENDING_PLAIN)
		return plain_reply(p, st, age_s, out, cap);
	if (st && st->rcode == DNS_NXDOMAIN) {
		p->step++;
		return path_walk(p, out, cap, later);
	}
	if (st && st->rcode == DNS_NOERROR)
		return path_reply(p, st, age_s, out, cap);
	return zone_reply(p, out, cap); /* the client goes on by itself */
}

static void resolved(void *arg, const struct stored *st, uint32_t age_s)
{
	struct pending *p = arg;
	struct server *s = p->s;
	struct conn *c = p->conn;
	uint8_t small[SERVER_UDP_OUT], *out = c ? s->big : small;
	size_t cap = c ? sizeof(s->big) : udp_cap(&p->q, sizeof(small));
	bool later;
	p->wait = NULL; /* it ends with this */
	size_t n = pending_reply(p, st, age_s, out, cap, &later);
	if (later)
		return;
	enum metrics_by by = p->kind == PENDING_PLAIN ? METRICS_FORWARD : METRICS_CLUSTER;
	count(s, by, c != NULL, &p->q, dns_get16(out + 2) & 15, n);
	metrics_took(s->d.metrics, by, 1, clock_mono_ns(s->d.clock) - p->began_ns);
	if (!c)
		(void)sendto(s->send, out, n, MSG_DONTWAIT, (struct sockaddr *)&p->from, p->from_len);
	server_pending_free(p);
	if (c)
		server_conn_answer(c, out, n);
}

static struct pending *pending_new(struct server *s, const struct client *from, const uint8_t *msg,
				   const struct dns_query *q)
{
	if (!from->conn && s->n_pending >= SERVER_UDP_PENDING)
		return NULL;
	struct pending *p = calloc(1, sizeof(*p));
	if (!p)
		return NULL;
	p->s = s;
	p->q = *q;
	p->began_ns = clock_mono_ns(s->d.clock);
	memcpy(p->question, msg, q->question_end);
	p->conn = from->conn;
	list_init(&p->link);
	if (p->conn) {
		(void)str_copy(p->client, sizeof(p->client), p->conn->client);
		p->conn->n_pending++;
		list_add_tail(&p->conn->pending, &p->link);
	} else {
		memcpy(&p->from, from->from, from->from_len);
		p->from_len = from->from_len;
		server_client_text(from->from, p->client);
		s->n_pending++;
		list_add_tail(&s->pending, &p->link);
	}
	return p;
}

/* Asks for p->target. The answer when it is there at once; else later is set, and p stays. */
static size_t pending_ask(struct pending *p, uint8_t *out, size_t cap, bool *later)
{
	struct dns_query asked = p->q;
	struct cache_found now;
	asked.name = p->target;
	int r = resolver_ask(p->s->d.resolver, &asked, p->client, resolved, p, &now, &p->wait);
	if (r == 1)
		return pending_reply(p, now.stored, now.age_s, out, cap, later);
	*later = r == 0;
	if (*later)
		return 0;
	if (p->kind == PENDING_PLAIN)
		return reply_code(p->question, &p->q, r == ERR_UNAVAILABLE ? DNS_REFUSED : DNS_SERVFAIL, out, cap);
	return p->kind == PENDING_CHASE ? chase_reply(p, NULL, 0, out, cap) : zone_reply(p, out, cap);
}

/* From p->step on, the first name that is there. */
static size_t path_walk(struct pending *p, uint8_t *out, size_t cap, bool *later)
{
	struct server *s = p->s;
	for (; autopath_step(s->d.autopath, &p->q.name, p->base, p->step, &p->target); p->step++) {
		struct dns_query inner = p->q;
		struct dns_name further;
		struct dns_reply r;
		inner.name = p->target;
		bool ours = dns_name_under(&p->target, zone_domain(s->d.zone));
		if (ours && !zone_has(s->d.zone, &p->target))
			continue;
		path_begin(p, &r, out, cap);
		bool found = ours ? zone_answer(s->d.zone, &inner, &r, &further) == ZONE_ANSWERED
				  : resolver_hosts(s->d.resolver, &inner, &r);
		if (found) {
			metrics_add(&s->d.metrics->autopath, 1);
			return dns_reply_end(&r);
		}
		if (ours) /* a CNAME that leads outside: the client asks for that by itself */
			break;
		return pending_ask(p, out, cap, later);
	}
	*later = false;
	return zone_reply(p, out, cap);
}

static size_t later_start(struct server *s, const struct client *from, const uint8_t *msg, const struct dns_query *q,
			  enum pending_kind kind, const struct dns_name *target, unsigned base, uint8_t *out,
			  size_t cap)
{
	bool later = false;
	struct pending *p = from->conn || from->from ? pending_new(s, from, msg, q) : NULL;
	if (!p)
		return from->conn || from->from ? reply_code(msg, q, DNS_SERVFAIL, out, cap) : 0;
	p->kind = kind;
	p->target = *target;
	p->base = base;
	size_t n = kind == PENDING_PATH ? path_walk(p, out, cap, &later) : pending_ask(p, out, cap, &later);
	if (!later)
		server_pending_free(p);
	return n;
}

static unsigned path_match(const struct server *s, const struct client *from, const struct dns_query *q)
{
	const struct sockaddr_storage *ss = from->conn ? &from->conn->from : from->from;
	if (!s->d.autopath || !ss || (q->type != DNS_A && q->type != DNS_AAAA))
		return 0;
	return ss->ss_family == AF_INET
		   ? autopath_match(s->d.autopath, (const uint8_t *)&((const struct sockaddr_in *)ss)->sin_addr, 4,
				    &q->name)
		   : autopath_match(s->d.autopath, (const uint8_t *)&((const struct sockaddr_in6 *)ss)->sin6_addr, 6,
				    &q->name);
}

/* A question that could be read; *by: whose answer it is. */
static size_t answer(struct server *s, const struct client *from, const uint8_t *msg, const struct dns_query *q,
		     uint8_t *out, size_t cap, enum metrics_by *by)
{
	struct dns_reply r;
	struct dns_name target;
	dns_reply_begin(&r, out, !from->conn && cap > DNS_UDP_EDNS ? DNS_UDP_EDNS : cap, msg, q);
	*by = METRICS_CLUSTER;
	enum zone_result res = zone_answer(s->d.zone, q, &r, &target);
	if (res == ZONE_ANSWERED) {
		unsigned base = r.rcode == DNS_NXDOMAIN && !r.counts[DNS_ANSWER] ? path_match(s, from, q) : 0;
		return base ? later_start(s, from, msg, q, PENDING_PATH, &q->name, base, out, cap) : dns_reply_end(&r);
	}
	if (res == ZONE_CHASE && !(q->flags & DNS_F_RD)) /* the CNAME is what we know ourselves */
		return dns_reply_end(&r);
	if (res == ZONE_CHASE)
		return later_start(s, from, msg, q, PENDING_CHASE, &target, 0, out, cap);
	*by = METRICS_HOSTS;
	if (resolver_hosts(s->d.resolver, q, &r))
		return dns_reply_end(&r);
	*by = METRICS_NOBODY;
	if (!(q->flags & DNS_F_RD))
		return reply_code(msg, q, DNS_REFUSED, out, cap);
	/* Else it would wait for itself. */
	if (resolver_came_back(s->d.resolver, q, msg + DNS_HEADER)) {
		if (s->d.looped)
			s->d.looped(s->d.arg, &q->name, from->conn ? &from->conn->from : from->from);
		metrics_add(&s->d.metrics->forward_loops, 1);
		return reply_code(msg, q, DNS_SERVFAIL, out, cap);
	}
	*by = METRICS_FORWARD;
	return later_start(s, from, msg, q, PENDING_PLAIN, &q->name, 0, out, cap);
}

/* code: what dns_query_parse said. */
static size_t handle(struct server *s, const struct client *from, const uint8_t *msg, const struct dns_query *q,
		     int code, uint8_t *out, size_t out_cap)
{
	enum metrics_by by = METRICS_NOBODY;
	metrics_add(&s->d.metrics->messages[s->family == AF_INET6][from->conn != NULL], 1);
	if (code < 0)
		return 0;
	size_t cap = from->conn ? out_cap : udp_cap(q, out_cap);
	if (code == DNS_NOERROR && (q->class_ != DNS_IN || q->type == DNS_AXFR || q->type == DNS_IXFR))
		code = DNS_REFUSED;
	size_t n = code ? reply_code(msg, q, (unsigned)code, out, cap) : answer(s, from, msg, q, out, cap, &by);
	if (n) {
		count(s, by, from->conn != NULL, q, code ? (unsigned)code : dns_get16(out + 2) & 15u, n);
		s->direct[by != METRICS_CLUSTER]++;
	}
	return n;
}

size_t server_handle(struct server *s, const struct client *from, const uint8_t *msg, size_t len, uint8_t *out,
		     size_t out_cap)
{
	struct dns_query q;
	int code = dns_query_parse(msg, len, &q);
	return handle(s, from, msg, &q, code, out, out_cap);
}

size_t server_answer(struct server *s, const uint8_t *msg, size_t len, uint8_t *out, size_t cap)
{
	struct client nobody = {0};
	return server_handle(s, &nobody, msg, len, out, cap);
}

/* ---- UDP ---- */

/* One that cannot be sent is dropped, as the network may. */
static void batch_send(struct server *s, const struct queue *q, unsigned n)
{
	int by = s->send;
	for (unsigned done = 0; done < n;) {
		int sent = sendmmsg(by, s->m_out + done, n - done, MSG_DONTWAIT);
		if (sent < 0 && errno == EINTR)
			continue;
		/* Full of what waits for addresses that nobody has (forged ones): then by what these clients asked. */
		if (sent < 0 && by != q->fd && (errno == EAGAIN || errno == ENOBUFS)) {
			by = q->fd;
			continue;
		}
		done += sent > 0 ? (unsigned)sent : 1u;
	}
}

/*
 * Whether more comes in than can be answered: then the kernel drops what does not fit, of everybody whose queue it is.
 * To throw a question away costs an eighth of answering it, so that those who ask most pay, and the others' fit again.
 * A queue that only is never empty, as with a client that asks as fast as it is answered, is not such a one.
 */
static void load_check(struct queue *q, bool full)
{
	uint32_t mem[SK_MEMINFO_VARS];
	socklen_t len = sizeof(mem);
	q->full = full ? q->full + 1 : 0;
	if (!full)
		q->shed = false;
	else if (q->full % LOAD_EVERY == 0 && getsockopt(q->fd, SOL_SOCKET, SO_MEMINFO, mem, &len) == 0)
		q->shed = mem[SK_MEMINFO_RMEM_ALLOC] > mem[SK_MEMINFO_RCVBUF] / (q->shed ? 4 : 2);
}

/* Clients that collide are one here, and only while there is too much. */
static unsigned client_bucket(const struct sockaddr_storage *ss)
{
	const uint8_t *p = ss->ss_family == AF_INET
			       ? (const uint8_t *)&((const struct sockaddr_in *)ss)->sin_addr
			       : (const uint8_t *)&((const struct sockaddr_in6 *)ss)->sin6_addr + 12;
	return (p[3] + 31u * p[2] + 17u * p[1] + 7u * p[0]) % CLIENT_BUCKETS;
}

/* True: there may be more. */
static bool udp_take(struct queue *q)
{
	struct server *s = q->s;
	for (int turn = 0; turn < BATCHES_A_TURN; turn++) {
		int n = recvmmsg(q->fd, s->m_in, UDP_BATCH, MSG_DONTWAIT, NULL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false; /* EAGAIN; errors of single clients (ICMP) do not concern us */
		q->got += (unsigned)n;
		int64_t began = clock_mono_ns(s->d.clock);
		uint8_t asked[CLIENT_BUCKETS] = {0};
		unsigned out = 0, kept = 0;
		uint8_t *at = s->out;
		/* What is in no cache is asked for in time for all, before the first is answered. */
		size_t places[UDP_BATCH];
		for (int i = 0; i < n; i++) {
			struct question *x = &s->questions[kept];
			x->at = i;
			if (q->shed && asked[client_bucket(&s->from[i])]++ >= SHED_SHARE) {
				metrics_add(&s->d.metrics->shed, 1);
				s->m_in[i].msg_hdr.msg_namelen = sizeof(s->from[i]);
				continue;
			}
			x->code = dns_query_parse(s->in[i], s->m_in[i].msg_len, &x->q);
			places[kept++] = x->code == DNS_NOERROR ? zone_prefetch(s->d.zone, &x->q.name) : 0;
		}
		for (unsigned k = 0; k < kept; k++)
			zone_prefetch_value(s->d.zone, places[k]);
		for (unsigned k = 0; k < kept; k++) {
			const struct question *x = &s->questions[k];
			int i = x->at;
			struct client from = {.from = &s->from[i], .from_len = s->m_in[i].msg_hdr.msg_namelen};
			s->m_in[i].msg_hdr.msg_namelen = sizeof(s->from[i]);
			size_t len = handle(s, &from, s->in[i], &x->q, x->code, at, SERVER_UDP_OUT);
			if (!len)
				continue;
			s->iov_out[out] = (struct iovec){at, len};
			s->m_out[out].msg_hdr.msg_name = &s->from[i];
			s->m_out[out].msg_hdr.msg_namelen = from.from_len;
			at += len;
			out++;
		}
		batch_send(s, q, out);
		server_took(s, began);
		load_check(q, n == UDP_BATCH);
		if (n < UDP_BATCH)
			return false; /* that was all: to ask again would be a system call for nothing */
	}
	return true;
}

static void queue_pace(struct queue *q, bool paced)
{
	struct dns_metrics *m = q->s->d.metrics; /* of all servers of this thread */
	if (paced == q->paced || loop_io_set(q->io, paced ? 0 : EPOLLIN) < 0)
		return; /* as it was; the next window tries again */
	q->paced = paced;
	metrics_set(&m->paced, metrics_get(&m->paced) + (paced ? 1u : UINT64_MAX));
	/* The slack is the thread's, and 50 us: more than what is waited for. 0: as it was. */
	if (metrics_get(&m->paced) == (paced ? 1u : 0u))
		(void)prctl(PR_SET_TIMERSLACK, paced ? 1000UL : 0UL, 0UL, 0UL, 0UL);
	if (!paced)
		loop_timer_stop(q->due);
}

/*
 * A busy queue is looked at by the clock and not by the packet, as network cards do with their interrupts. As long as
 * epoll watches, each packet costs its sender the way to epoll, and one that finds us asleep the waking too, which is
 * more than all else that is done for it; and we answer it alone, which wakes the client for one answer.
 */
static void queue_weigh(struct queue *q)
{
	int64_t now = clock_mono_ns(q->s->d.clock), took = now - q->since_ns;
	if (took < PACE_WINDOW_NS)
		return;
	int64_t rate = q->got * INT64_C(1000000000) / took;
	queue_pace(q, rate >= (q->paced ? q->s->pace_from / 3 * 2 : q->s->pace_from));
	q->got = 0;
	q->since_ns = now;
}

static void udp_readable(void *arg, int fd UNUSED, uint32_t events UNUSED)
{
	struct queue *q = arg;
	(void)udp_take(q);
	queue_weigh(q);
	if (q->paced)
		loop_timer_set_us(q->due, 0);
}

static void udp_due(void *arg)
{
	struct queue *q = arg;
	bool more = udp_take(q);
	queue_weigh(q);
	if (q->paced)
		loop_timer_set_us(q->due, more ? 0 : PACE_US);
}

/* ---- life ---- */

/* Which socket of the group: by the last four bytes of the client's address. */
static int queues_attach(int fd, int family)
{
	const uint32_t at = (uint32_t)SKF_NET_OFF + (family == AF_INET ? 12 : 20);
	struct sock_filter code[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at),
	    BPF_STMT(BPF_ALU | BPF_MOD | BPF_K, SERVER_QUEUES),
	    BPF_STMT(BPF_RET | BPF_A, 0),
	};
	struct sock_fprog prog = {.len = ARRAY_LEN(code), .filter = code};
	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &prog, sizeof(prog));
}

static int socket_bind(const struct server_config *c, int type, int *ret, int *ret_family, struct err *e)
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
	else if (setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one)) < 0)
		return err_errno(e, errno, "dns: cannot set up a %s socket", proto);
	else if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (bind(fd, (struct sockaddr *)&ss, len) < 0)
		return err_errno(
		    e, errno, "dns: cannot listen on %s port %u/%s%s", c->address, c->port, proto,
		    errno == EADDRINUSE ? " (another DNS server, on all addresses? let it leave this one out)" : "");
	if (type == SOCK_STREAM && listen(fd, 128) < 0)
		return err_errno(e, errno, "dns: cannot listen on %s port %u/%s", c->address, c->port, proto);
	*ret_family = ss.ss_family;
	*ret = TAKE_FD(fd);
	return 0;
}

/*
 * Answers go out by a socket of their own that no event loop watches: for one that is watched the kernel tells epoll of
 * every packet that has left, which costs a twentieth of a question. It is one of the group behind those that the
 * filter chooses from, and so is sent nothing. A kernel without such filters spreads clients over all of the group:
 * then there is none, and the first queue sends.
 */
static int sender_open(struct server *s, const struct server_config *c, struct err *e)
{
	s->send = s->udp[0].fd;
	if (queues_attach(s->udp[0].fd, s->family) < 0)
		return 0;
	int code = socket_bind(c, SOCK_DGRAM, &s->mute, &s->family, e);
	if (code == 0)
		s->send = s->mute;
	return code;
}

int server_new(struct server **ret, const struct server_config *c, const struct server_deps *d, struct err *e)
{
	struct server *s = calloc(1, sizeof(*s));
	if (!s)
		return err_nomem(e);
	s->d = *d;
	s->tcp = s->send = s->mute = -1;
	s->pace_from = PACE_FROM;
	for (int i = 0; i < SERVER_QUEUES; i++)
		s->udp[i] = (struct queue){.s = s, .fd = -1};
	list_init(&s->pending);
	list_init(&s->conns);
	for (int i = 0; i < UDP_BATCH; i++) {
		s->iov_in[i] = (struct iovec){s->in[i], SERVER_UDP_IN};
		s->m_in[i].msg_hdr = (struct msghdr){.msg_name = &s->from[i],
						     .msg_namelen = sizeof(s->from[i]),
						     .msg_iov = &s->iov_in[i],
						     .msg_iovlen = 1};
		s->m_out[i].msg_hdr = (struct msghdr){.msg_iov = &s->iov_out[i], .msg_iovlen = 1};
	}
	s->clients = map_new(free);
	int code = s->clients ? 0 : err_nomem(e);
	if (code == 0 && c->address) {
		/* TCP first: it is not shared, and so tells whether somebody else is there. */
		code = socket_bind(c, SOCK_STREAM, &s->tcp, &s->family, e);
		for (int i = 0; i < SERVER_QUEUES && code == 0; i++) {
			code = socket_bind(c, SOCK_DGRAM, &s->udp[i].fd, &s->family, e);
			if (code == 0)
				code = loop_io_new(&s->udp[i].io, d->loop, s->udp[i].fd, EPOLLIN, udp_readable,
						   &s->udp[i], e);
			if (code == 0 && loop_timer_new(&s->udp[i].due, d->loop, udp_due, &s->udp[i]) < 0)
				code = err_nomem(e);
		}
		if (code == 0)
			code = sender_open(s, c, e);
		if (code == 0)
			code = server_tcp_open(s, e);
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
	server_tcp_close(s);
	LIST_FOREACH_SAFE (p, next, &s->pending, struct pending, link)
		server_pending_free(p);
	for (int i = 0; i < SERVER_QUEUES; i++) {
		if (s->udp[i].io)
			queue_pace(&s->udp[i], false);
		s->udp[i].due = loop_timer_free(s->udp[i].due);
		s->udp[i].io = loop_io_free(s->udp[i].io);
		if (s->udp[i].fd >= 0)
			close(s->udp[i].fd);
	}
	if (s->mute >= 0)
		close(s->mute);
	map_free(s->clients);
	free(s);
	return NULL;
}
