/* Sockets and threads of the HTTP server: see http_internal.h for the picture. */
#include "wire/http_server.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include "base/listener.h"
#include "base/str.h"
#include "wire/http_internal.h"
#include "wire/http_pump.h"
#include "wire/http_sender.h"

#define CONNECTIONS_MAX 16384u /* as a default: at 30 KB each about as much as a small machine has to give */
#define SLOW_S     30 /* beyond the idle timeout, for a request to come in whole */
#define MANY       1000u /* connections */
#define TRIM_MS    5000
#define TAG_LISTEN 1ull
#define TAG_WAKE   2ull
#define GEN_MASK   0x7fffffffu

static int dup_opt(char **dst, const char *s, struct err *e)
{
	*dst = str_dup(s);
	return s && !*dst ? err_nomem(e) : 0;
}

/* Three of four descriptors that we may have: the rest is for files, pipes and our own calls. */
static unsigned connections_default(void)
{
	struct rlimit lim;

	if (getrlimit(RLIMIT_NOFILE, &lim) < 0 || lim.rlim_cur > CONNECTIONS_MAX / 3 * 4)
		return CONNECTIONS_MAX;
	return (unsigned)(lim.rlim_cur / 4 * 3);
}

static void server_free_p(struct http_server **s)
{
	http_server_free(*s);
}

int http_server_new(struct http_server **ret, const struct http_server_config *c, http_handler_fn fn, void *arg,
		    struct err *e)
{
	CLEANUP(server_free_p) struct http_server *s = calloc(1, sizeof(*s));
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int rc;

	if (!s)
		return err_nomem(e);
	s->listen_fd = s->spare_fd = s->ep = s->wake = -1;
	s->fn = fn;
	s->arg = arg;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->quiet, NULL);
	list_init(&s->todo);
	list_init(&s->pumps);
	s->config = *c;
	if (!s->config.threads)
		s->config.threads = cores > 0 && cores < 1024 ? (unsigned)cores : 1;
	if (!s->config.max_connections)
		s->config.max_connections = connections_default();
	if (!s->config.max_body)
		s->config.max_body = 3u << 20;
	if (!s->config.idle_timeout_s)
		s->config.idle_timeout_s = 120;
	if (s->config.idle_timeout_s > 86400)
		s->config.idle_timeout_s = 86400;
	if (!s->config.request_timeout_s)
		s->config.request_timeout_s = s->config.idle_timeout_s + SLOW_S;
	if (!c->tls_cert_pem != !c->tls_key_pem)
		return err_set(e, ERR_INVALID, "TLS needs a certificate and its key");
	if ((rc = dup_opt(&s->bind_address, c->bind_address ? c->bind_address : "::", e)) < 0 ||
	    (rc = dup_opt(&s->cert_pem, c->tls_cert_pem, e)) < 0 ||
	    (rc = dup_opt(&s->key_pem, c->tls_key_pem, e)) < 0 ||
	    (rc = dup_opt(&s->client_ca_pem, c->client_ca_pem, e)) < 0)
		return rc;
	s->config.bind_address = s->config.tls_cert_pem = s->config.tls_key_pem = s->config.client_ca_pem = NULL;
	if (s->cert_pem && (rc = http_tls_new(&s->tls, s->cert_pem, s->key_pem, s->client_ca_pem, e)) < 0)
		return rc;
	s->daemons = calloc(s->config.threads, sizeof(struct MHD_Daemon *));
	s->load = calloc(s->config.threads, sizeof(s->load[0]));
	s->senders = calloc(s->config.threads, sizeof(struct http_sender *));
	if (!s->daemons || !s->load || !s->senders)
		return err_nomem(e);
	*ret = TAKE_PTR(s);
	return 0;
}

static int address_failed(const struct http_server *s, int error, struct err *e)
{
	char who[64];

	if (error == EADDRINUSE && listener_find(s->config.port, who, sizeof(who)))
		return err_set(e, -error, "listen on %s port %u: it is taken by %s", s->bind_address, s->config.port, who);
	return err_errno(e, error, "listen on %s port %u", s->bind_address, s->config.port);
}

int http_server_bind(struct http_server *s, struct err *e)
{
	union {
		struct sockaddr sa;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
	} a = {0};
	socklen_t n;
	AUTO_CLOSE int fd = -1;
	int on = 1, off = 0;

	if (inet_pton(AF_INET, s->bind_address, &a.in.sin_addr) == 1) {
		a.in.sin_family = AF_INET;
		a.in.sin_port = htons(s->config.port);
		n = sizeof(a.in);
	} else if (inet_pton(AF_INET6, s->bind_address, &a.in6.sin6_addr) == 1) {
		a.in6.sin6_family = AF_INET6;
		a.in6.sin6_port = htons(s->config.port);
		n = sizeof(a.in6);
	} else {
		return err_set(e, ERR_INVALID, "\"%s\" is not an IP address to listen on", s->bind_address);
	}
	fd = socket(a.sa.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 && errno == EAFNOSUPPORT && streq(s->bind_address, "::")) { /* a kernel without IPv6: all there is */
		a.in = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(s->config.port)};
		n = sizeof(a.in);
		fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	}
	if (fd < 0)
		return err_errno(e, errno, "open a socket");
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) < 0 ||
	    (a.sa.sa_family == AF_INET6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off)) < 0) ||
	    (s->config.freebind &&
	     setsockopt(fd, a.sa.sa_family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6,
			a.sa.sa_family == AF_INET ? IP_FREEBIND : IPV6_FREEBIND, &on, sizeof(on)) < 0) ||
	    bind(fd, &a.sa, n) < 0 || getsockname(fd, &a.sa, &n) < 0)
		return address_failed(s, errno, e);
	s->port = ntohs(a.sa.sa_family == AF_INET ? a.in.sin_port : a.in6.sin6_port);
	s->listen_fd = TAKE_FD(fd);
	return 0;
}

/* --- the table of connections --- */

uint64_t http_conn_tag(const struct http_conn *c)
{
	return (uint64_t)(c->gen & GEN_MASK) << 32 | (uint32_t)c->fd;
}

static int table_put(struct http_server *s, struct http_conn *c)
{
	struct http_conn *old = NULL;

	pthread_mutex_lock(&s->lock);
	if ((size_t)c->fd >= s->n_by_fd) {
		size_t n = (size_t)c->fd * 2 + 64;
		struct http_conn **p = realloc(s->by_fd, n * sizeof(struct http_conn *));

		if (!p) {
			pthread_mutex_unlock(&s->lock);
			return -ENOMEM;
		}
		memset(p + s->n_by_fd, 0, (n - s->n_by_fd) * sizeof(struct http_conn *));
		s->by_fd = p;
		s->n_by_fd = n;
	}
	old = s->by_fd[c->fd]; /* libmicrohttpd dropped it without having told us */
	s->by_fd[c->fd] = http_conn_ref(c);
	pthread_mutex_unlock(&s->lock);
	if (old) {
		atomic_fetch_sub(&s->load[old->daemon], 1);
		atomic_fetch_sub(&s->n_conns, 1);
		http_conn_unref(old); /* the table's */
		http_conn_unref(old); /* libmicrohttpd's */
	}
	return 0;
}

static bool table_take(struct http_server *s, struct http_conn *c)
{
	bool found;

	pthread_mutex_lock(&s->lock);
	found = (size_t)c->fd < s->n_by_fd && s->by_fd[c->fd] == c;
	if (found)
		s->by_fd[c->fd] = NULL;
	pthread_mutex_unlock(&s->lock);
	return found;
}

struct http_conn *http_server_conn(struct http_server *s, uint64_t tag)
{
	size_t fd = (uint32_t)tag;
	uint32_t gen = (uint32_t)((tag & ~HTTP_TAG_PAIR) >> 32);
	struct http_conn *c = NULL;

	pthread_mutex_lock(&s->lock);
	if (fd < s->n_by_fd && s->by_fd[fd] && (s->by_fd[fd]->gen & GEN_MASK) == gen)
		c = http_conn_ref(s->by_fd[fd]);
	pthread_mutex_unlock(&s->lock);
	return c;
}

/* Before libmicrohttpd closes the descriptor. */
void http_server_conn_closed(struct http_server *s, struct http_conn *c)
{
	pthread_mutex_lock(&c->lock);
	c->open = false;
	pthread_mutex_unlock(&c->lock);
	if (!table_take(s, c))
		return;
	atomic_fetch_sub(&s->load[c->daemon], 1);
	atomic_fetch_sub(&s->n_conns, 1);
	http_conn_unref(c);
}

/* --- the watch thread --- */

static void server_wake(struct http_server *s)
{
	uint64_t one = 1;

	if (write(s->wake, &one, sizeof(one)) < 0 && errno != EAGAIN)
		abort(); /* an eventfd of our own */
}

void http_server_todo(struct http_server *s, struct http_exchange *x)
{
	pthread_mutex_lock(&s->lock);
	atomic_fetch_add(&x->refs, 1);
	list_add_tail(&s->todo, &x->todo_link);
	pthread_mutex_unlock(&s->lock);
	server_wake(s);
}

static void peer_text(const struct sockaddr_storage *ss, char *out, size_t cap)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)ss;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)ss;
	char ip[INET6_ADDRSTRLEN] = "?";

	if (ss->ss_family == AF_INET) {
		inet_ntop(AF_INET, &in->sin_addr, ip, sizeof(ip));
		snprintf(out, cap, "%s:%u", ip, ntohs(in->sin_port));
	} else if (IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr)) {
		inet_ntop(AF_INET, in6->sin6_addr.s6_addr + 12, ip, sizeof(ip));
		snprintf(out, cap, "%s:%u", ip, ntohs(in6->sin6_port));
	} else {
		inet_ntop(AF_INET6, &in6->sin6_addr, ip, sizeof(ip));
		snprintf(out, cap, "[%s]:%u", ip, ntohs(in6->sin6_port));
	}
}

/* Takes over fd. */
static void conn_begin(struct http_server *s, int fd, const struct sockaddr_storage *ss, socklen_t n_ss)
{
	struct epoll_event ev = {.events = EPOLLRDHUP | EPOLLET};
	struct http_conn *c;
	char peer[64];
	int on = 1;
	unsigned d = 0;

	peer_text(ss, peer, sizeof(peer));
	c = http_conn_new(s, fd, peer);
	if (!c) {
		close(fd);
		return;
	}
	for (unsigned i = 1; i < s->n_daemons; i++)
		if (atomic_load(&s->load[i]) < atomic_load(&s->load[d]))
			d = i;
	c->daemon = d;
	if ((s->next_gen & GEN_MASK) == 0)
		s->next_gen = 1;
	c->gen = s->next_gen++;
	ev.data.u64 = http_conn_tag(c);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	atomic_fetch_add(&s->load[d], 1);
	atomic_fetch_add(&s->n_conns, 1);
	if (table_put(s, c) < 0 || epoll_ctl(s->ep, EPOLL_CTL_ADD, fd, &ev) < 0) {
		close(fd);
	} else if (MHD_add_connection(s->daemons[d], fd, (const struct sockaddr *)ss, n_ss) == MHD_YES) {
		return; /* our reference is libmicrohttpd's now, given back in on_connection */
	}
	/* fd is closed */
	if (table_take(s, c))
		http_conn_unref(c);
	atomic_fetch_sub(&s->load[d], 1);
	atomic_fetch_sub(&s->n_conns, 1);
	http_conn_unref(c);
}

static void server_accept(struct http_server *s)
{
	for (int i = 0; i < 64; i++) {
		struct sockaddr_storage ss;
		socklen_t n = sizeof(ss);
		int fd = accept4(s->listen_fd, (struct sockaddr *)&ss, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);

		if (fd < 0 && (errno == EMFILE || errno == ENFILE) && s->spare_fd >= 0) {
			/* Out of descriptors: turn the caller away rather than spin on a ready listener. */
			close(s->spare_fd);
			fd = accept4(s->listen_fd, NULL, NULL, SOCK_CLOEXEC);
			if (fd >= 0)
				close(fd);
			s->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
			continue;
		}
		if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		if (fd < 0)
			return;
		if (atomic_load(&s->n_conns) >= s->config.max_connections) {
			close(fd);
			continue;
		}
		conn_begin(s, fd, &ss, n);
	}
}

/* The peer sends no more: what waits here for something else must not wait for ever. */
static void conn_hangup(struct http_conn *c)
{
	pthread_mutex_lock(&c->lock);
	bool first = !c->rdhup;
	c->rdhup = true;
	if (c->x && c->x->suspended && !c->x->upgraded)
		http_exchange_abort(c->x);
	else if (c->open && !c->pump && first)
		/* libmicrohttpd may have taken the end for part of an earlier edge: makes a new one. Once: each shutdown is an edge
		   for our own epoll as well, also on a socket that is dead already. */
		shutdown(c->fd, SHUT_RD);
	pthread_mutex_unlock(&c->lock);
}

static void server_todo_run(struct http_server *s)
{
	for (;;) {
		struct http_exchange *x = NULL;

		pthread_mutex_lock(&s->lock);
		if (!list_empty(&s->todo)) {
			x = container_of(s->todo.next, struct http_exchange, todo_link);
			list_del(&x->todo_link);
		}
		pthread_mutex_unlock(&s->lock);
		if (!x)
			return;
		http_upgrade_run(x);
		http_exchange_unref(x);
	}
}

time_t http_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	return ts.tv_sec;
}

/* The first connection from descriptor *fd on, as a reference; *fd goes beyond it. NULL after the last. */
static struct http_conn *conn_next(struct http_server *s, size_t *fd)
{
	struct http_conn *c = NULL;

	pthread_mutex_lock(&s->lock);
	while (!c && *fd < s->n_by_fd) {
		if (s->by_fd[*fd])
			c = http_conn_ref(s->by_fd[*fd]);
		++*fd;
	}
	pthread_mutex_unlock(&s->lock);
	return c;
}

/*
 * libmicrohttpd's timeout begins anew with every byte. A peer that sends its request a byte at a time (or a dead one
 * that it overlooks) is ended here, so that connections cannot be hoarded. So is one that takes nothing of its stream.
 */
static void server_sweep(struct http_server *s)
{
	time_t stuck = http_now() - s->config.idle_timeout_s, oldest = http_now() - s->config.request_timeout_s;
	struct http_conn *c;

	for (size_t fd = 0; (c = conn_next(s, &fd));) {
		pthread_mutex_lock(&c->lock);
		if (c->open && c->reading && c->since < oldest)
			shutdown(c->fd, SHUT_RDWR);
		if (c->x && c->x->sender && c->x->blocked && c->x->blocked_since < stuck)
			http_exchange_abort(c->x);
		pthread_mutex_unlock(&c->lock);
		http_conn_unref(c);
	}
}

struct http_sender *http_server_sender(struct http_server *s, unsigned daemon)
{
	struct http_sender *t;

	pthread_mutex_lock(&s->lock);
	t = s->senders[daemon];
	if (!t && !s->senders_end && http_sender_new(&t, s, NULL) == 0)
		s->senders[daemon] = t;
	pthread_mutex_unlock(&s->lock);
	return t;
}

/* stop was called: ends what waits. Exchanges suspended later see `stopping` themselves. */
static void server_end_all(struct http_server *s)
{
	struct http_conn *c;

	if (s->listen_fd >= 0) {
		close(s->listen_fd);
		s->listen_fd = -1;
	}
	LIST_FOREACH_SAFE (p, tmp, &s->pumps, struct http_pump, link)
		http_pump_end(p);
	for (size_t fd = 0; (c = conn_next(s, &fd));) {
		pthread_mutex_lock(&c->lock);
		if (c->x && c->x->suspended) {
			if (c->x->stream && c->x->answered)
				http_exchange_resume(c->x); /* the reader ends it */
			else
				http_exchange_abort(c->x);
		}
		pthread_mutex_unlock(&c->lock);
		http_conn_unref(c);
	}
}

static void server_event(struct http_server *s, const struct epoll_event *ev)
{
	struct http_conn *c;
	uint64_t n;

	if (ev->data.u64 == TAG_LISTEN) {
		if (s->listen_fd >= 0)
			server_accept(s);
		return;
	}
	if (ev->data.u64 == TAG_WAKE) {
		if (read(s->wake, &n, sizeof(n)) < 0)
			return;
		return;
	}
	c = http_server_conn(s, ev->data.u64);
	if (!c)
		return;
	if (c->pump)
		http_pump_run(c->pump);
	else if (!(ev->data.u64 & HTTP_TAG_PAIR))
		conn_hangup(c);
	http_conn_unref(c);
}

/* When very many have gone, what they took goes back to the system: the allocator would keep it for ever. */
static void give_back(unsigned *most, unsigned now)
{
	if (now > *most)
		*most = now;
	if (*most - now < MANY || now > *most / 2)
		return;
	(void)malloc_trim(0);
	*most = now;
}

static void *watch_main(void *arg)
{
	struct http_server *s = arg;
	struct epoll_event ev[64];
	unsigned shortest = s->config.request_timeout_s < s->config.idle_timeout_s ? s->config.request_timeout_s : s->config.idle_timeout_s;
	time_t swept = http_now(), period = shortest / 2 + 1;
	bool busy = false;
	unsigned most = 0;

	pthread_setname_np(pthread_self(), "http-watch");
	while (!atomic_load(&s->stopping)) {
		unsigned conns = atomic_load(&s->n_conns);
		int wait = busy ? 0 : conns > 0 ? (int)period * 1000 : -1;
		int n;

		give_back(&most, conns);
		if (most >= MANY && wait > TRIM_MS) /* nothing wakes us when the last has been freed */
			wait = TRIM_MS;
		n = epoll_wait(s->ep, ev, ARRAY_LEN(ev), wait);

		for (int i = 0; i < n; i++)
			server_event(s, &ev[i]);
		if (http_now() - swept >= period) {
			server_sweep(s);
			swept = http_now();
		}
		server_todo_run(s);
		busy = false;
		LIST_FOREACH_SAFE (p, tmp, &s->pumps, struct http_pump, link)
			if (http_pump_busy(p))
				http_pump_run(p);
		LIST_FOREACH (p, &s->pumps, struct http_pump, link)
			busy = busy || http_pump_busy(p);
	}
	server_todo_run(s);
	server_end_all(s);
	return NULL;
}

/* --- life cycle --- */

int http_server_start(struct http_server *s, struct err *e)
{
	struct epoll_event listen_ev = {.events = EPOLLIN, .data.u64 = TAG_LISTEN};
	struct epoll_event wake_ev = {.events = EPOLLIN, .data.u64 = TAG_WAKE};
	int rc = s->listen_fd < 0 ? http_server_bind(s, e) : 0;

	if (rc < 0)
		return rc;
	if (listen(s->listen_fd, 1024) < 0)
		return address_failed(s, errno, e);
	/* Tags below 3 are ours: generations begin at 1, so no connection's tag is that small. */
	s->next_gen = 1;
	s->ep = epoll_create1(EPOLL_CLOEXEC);
	s->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	s->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (s->ep < 0 || s->wake < 0 || epoll_ctl(s->ep, EPOLL_CTL_ADD, s->listen_fd, &listen_ev) < 0 ||
	    epoll_ctl(s->ep, EPOLL_CTL_ADD, s->wake, &wake_ev) < 0)
		return err_errno(e, errno, "HTTP server");
	if ((rc = http_conn_start_daemons(s, e)) < 0)
		return rc;
	rc = pthread_create(&s->watch, NULL, watch_main, s);
	if (rc != 0)
		return err_errno(e, rc, "start the HTTP server's thread");
	s->watching = true;
	return 0;
}

uint16_t http_server_port(const struct http_server *s)
{
	return s->port;
}

int http_server_set_cert(struct http_server *s, const char *cert_pem, const char *key_pem, struct err *e)
{
	struct http_tls *t = NULL, *old;
	int rc;

	if (!s->cert_pem)
		return err_set(e, ERR_UNSUPPORTED, "the server was made without TLS");
	rc = http_tls_new(&t, cert_pem, key_pem, s->client_ca_pem, e);
	if (rc < 0)
		return rc;
	pthread_mutex_lock(&s->lock);
	old = s->tls;
	s->tls = t;
	pthread_mutex_unlock(&s->lock);
	http_tls_unref(old);
	return 0;
}

void http_server_stop(struct http_server *s)
{
	if (atomic_exchange(&s->stopping, true))
		return;
	if (s->wake >= 0)
		server_wake(s);
}

/* Streams that have not ended by now are cut. */
static void senders_end(struct http_server *s)
{
	struct http_conn *c;

	pthread_mutex_lock(&s->lock);
	s->senders_end = true;
	pthread_mutex_unlock(&s->lock);
	for (size_t fd = 0; (c = conn_next(s, &fd));) {
		pthread_mutex_lock(&c->lock);
		if (c->x && c->x->sender)
			http_exchange_abort(c->x);
		pthread_mutex_unlock(&c->lock);
		http_conn_unref(c);
	}
	for (unsigned i = 0; i < s->config.threads; i++)
		s->senders[i] = http_sender_free(s->senders[i]);
}

void http_server_join(struct http_server *s)
{
	struct timespec until;

	http_server_stop(s);
	if (s->watching) {
		pthread_join(s->watch, NULL);
		s->watching = false;
		/* Answers and ends of streams under way get a moment to leave. */
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += 1;
		pthread_mutex_lock(&s->lock);
		while (atomic_load(&s->n_exchanges) > 0 && pthread_cond_timedwait(&s->quiet, &s->lock, &until) == 0)
			;
		pthread_mutex_unlock(&s->lock);
		senders_end(s);
	}
	while (s->n_daemons > 0)
		MHD_stop_daemon(s->daemons[--s->n_daemons]);
}

struct http_server *http_server_free(struct http_server *s)
{
	if (!s)
		return NULL;
	http_server_join(s);
	LIST_FOREACH_SAFE (x, tmp, &s->todo, struct http_exchange, todo_link)
		http_exchange_unref(x);
	for (size_t i = 0; i < s->n_by_fd; i++)
		if (s->by_fd[i])
			http_conn_unref(s->by_fd[i]);
	if (s->listen_fd >= 0)
		close(s->listen_fd);
	if (s->spare_fd >= 0)
		close(s->spare_fd);
	if (s->ep >= 0)
		close(s->ep);
	if (s->wake >= 0)
		close(s->wake);
	http_tls_unref(s->tls);
	free(s->by_fd);
	free(s->daemons);
	free(s->senders);
	free(s->load);
	free(s->bind_address);
	free(s->cert_pem);
	free(s->key_pem);
	free(s->client_ca_pem);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->quiet);
	free(s);
	return NULL;
}
