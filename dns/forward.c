#include "dns/forward.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/list.h"
#include "base/str.h"

#define UPSTREAMS_MAX    8
#define ATTEMPTS         3
#define CHECK_MS         5000 /* how often resolv.conf is looked at, while there are questions */
#define ANSWER_UDP_MAX   4096
#define RESOLV_CONF_SIZE 65536

struct upstream {
	struct sockaddr_storage addr;
	socklen_t len;
};
struct forward {
	struct loop *loop;
	struct clock *clock;
	char *path;
	char **own;
	size_t n_own;
	uint16_t own_port;
	unsigned timeout_ms;
	struct upstream up[UPSTREAMS_MAX];
	size_t n_up;
	unsigned good; /* where to begin: the one that answered last */
	int64_t checked_ms;
	struct timespec mtime;
	bool read;
	struct list calls;
	unsigned n_calls;
};
struct forward_call {
	struct forward *f;
	struct list link;
	forward_fn fn;
	void *arg;
	uint16_t client_id, id;
	struct dns_query q; /* as sent */
	bool tcp;
	unsigned attempt, which;
	int fd;
	struct loop_io *io;
	struct loop_timer *timer;
	uint8_t *out; /* length prefix and question; UDP sends from out + 2 */
	size_t out_len, sent;
	uint8_t *in; /* TCP: length and answer */
	size_t in_len, in_cap;
};

/* ---- resolv.conf ---- */

static bool upstream_add(struct forward *f, char *text)
{
	struct upstream *u = &f->up[f->n_up];
	struct sockaddr_in *v4 = (struct sockaddr_in *)&u->addr;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&u->addr;
	uint16_t port = 53;
	int64_t n;
	for (size_t i = 0; i < f->n_own; i++)
		if (streq(f->own[i], text) && f->own_port == 53)
			return false;
	/* 192.0.2.1#5353 and [::1]:5353 are not resolv.conf's, but dnsmasq's and systemd's habit. */
	char *hash = strchr(text, '#');
	if (hash) {
		*hash = 0;
		if (str_to_i64(hash + 1, 1, 65535, &n) < 0)
			return false;
		port = (uint16_t)n;
	}
	char *scope = strchr(text, '%');
	if (scope)
		*scope = 0;
	memset(u, 0, sizeof(*u));
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
		u->len = sizeof(*v4);
	} else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(port);
		if (scope && str_to_i64(scope + 1, 1, INT32_MAX, &n) == 0)
			v6->sin6_scope_id = (uint32_t)n;
		u->len = sizeof(*v6);
	} else {
		return false;
	}
	f->n_up++;
	return true;
}

static void conf_read(struct forward *f)
{
	int64_t now = clock_mono_ms(f->clock);
	struct stat st;
	if (f->read && now - f->checked_ms < CHECK_MS)
		return;
	f->checked_ms = now;
	if (stat(f->path, &st) < 0) {
		f->n_up = 0;
		f->read = true;
		f->mtime = (struct timespec){0};
		return;
	}
	if (f->read && st.st_mtim.tv_sec == f->mtime.tv_sec && st.st_mtim.tv_nsec == f->mtime.tv_nsec)
		return;
	AUTO_BUF struct buf b = {0};
	if (fs_read(f->path, RESOLV_CONF_SIZE, &b, NULL) < 0)
		return;
	f->read = true;
	f->mtime = st.st_mtim;
	f->n_up = 0;
	f->good = 0;
	for (char *line = b.data, *next; line && *line && f->n_up < UPSTREAMS_MAX; line = next) {
		size_t len = strcspn(line, "\n");
		next = line[len] ? line + len + 1 : line + len;
		line[len] = 0;
		if (strncmp(line, "nameserver", 10) != 0 || (line[10] != ' ' && line[10] != '\t'))
			continue;
		char *a = line + 10 + strspn(line + 10, " \t");
		a[strcspn(a, " \t\r;")] = 0;
		(void)upstream_add(f, a);
	}
}

int forward_new(struct forward **ret, struct loop *l, struct clock *clock, const struct forward_config *c,
		struct err *e)
{
	struct forward *f = calloc(1, sizeof(*f));
	if (!f)
		return err_nomem(e);
	f->loop = l;
	f->clock = clock;
	f->timeout_ms = c->timeout_ms ? c->timeout_ms : 1500;
	f->own_port = c->own_port;
	list_init(&f->calls);
	f->path = str_dup(c->resolv_conf ? c->resolv_conf : "/etc/resolv.conf");
	size_t n = 0;
	while (c->own_addresses && c->own_addresses[n])
		n++;
	f->own = calloc(n + 1, sizeof(*f->own));
	bool ok = f->path && f->own;
	for (size_t i = 0; ok && i < n; i++, f->n_own++)
		ok = (f->own[i] = str_dup(c->own_addresses[i])) != NULL;
	if (!ok) {
		forward_free(f);
		return err_nomem(e);
	}
	*ret = f;
	return 0;
}

/* ---- calls ---- */

static void socket_close(struct forward_call *c)
{
	c->io = loop_io_free(c->io);
	if (c->fd >= 0)
		close(TAKE_FD(c->fd));
}

static void call_free(struct forward_call *c)
{
	socket_close(c);
	c->timer = loop_timer_free(c->timer);
	list_del(&c->link);
	c->f->n_calls--;
	free(c->out);
	free(c->in);
	free(c);
}

struct forward *forward_free(struct forward *f)
{
	if (!f)
		return NULL;
	LIST_FOREACH_SAFE (c, next, &f->calls, struct forward_call, link)
		call_free(c);
	for (size_t i = 0; f->own && i < f->n_own; i++)
		free(f->own[i]);
	free(f->own);
	free(f->path);
	free(f);
	return NULL;
}

void forward_cancel(struct forward_call *c)
{
	call_free(c);
}

static void finish(struct forward_call *c, uint8_t *msg, size_t len)
{
	forward_fn fn = c->fn;
	void *arg = c->arg;
	uint16_t id = c->client_id;
	if (msg)
		dns_put16(msg, id);
	/* The call ends first: fn may ask again or cancel others. TCP's buffer has to outlive it. */
	uint8_t *keep = TAKE_PTR(c->in);
	call_free(c);
	fn(arg, msg, len);
	free(keep);
}

static void attempt(struct forward_call *c);

static void next_attempt(struct forward_call *c)
{
	socket_close(c);
	c->which++;
	c->attempt++;
	/* Every resolver once, and one alone a few times. */
	if (c->f->n_up == 0 || c->attempt >= (c->f->n_up > ATTEMPTS ? c->f->n_up : ATTEMPTS)) {
		finish(c, NULL, 0);
		return;
	}
	attempt(c);
}

static bool answer_ok(const struct forward_call *c, const uint8_t *msg, size_t len)
{
	struct dns_name name;
	size_t pos = DNS_HEADER;
	if (len < DNS_HEADER || dns_get16(msg) != c->id || !(dns_get16(msg + 2) & DNS_F_QR))
		return false;
	if (dns_get16(msg + 4) != 1 || !dns_name_read(msg, len, &pos, &name) || pos + 4 > len)
		return false;
	return dns_name_equal(&name, &c->q.name) && dns_get16(msg + pos) == c->q.type &&
	       dns_get16(msg + pos + 2) == c->q.class_;
}

/* True: the call is over (and gone). */
static bool answer_take(struct forward_call *c, uint8_t *msg, size_t len)
{
	if (!answer_ok(c, msg, len))
		return false;
	unsigned rcode = dns_get16(msg + 2) & 15;
	if ((rcode == DNS_SERVFAIL || rcode == DNS_REFUSED || rcode == DNS_NOTIMP) && c->attempt + 1 < c->f->n_up) {
		next_attempt(c);
		return true;
	}
	if (c->f->n_up)
		c->f->good = c->which % (unsigned)c->f->n_up;
	finish(c, msg, len);
	return true;
}

static void udp_readable(struct forward_call *c)
{
	uint8_t buf[ANSWER_UDP_MAX];
	for (;;) {
		ssize_t n = recv(c->fd, buf, sizeof(buf), MSG_DONTWAIT | MSG_TRUNC);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n < 0) { /* nobody listens there */
			next_attempt(c);
			return;
		}
		if ((size_t)n <= sizeof(buf) && answer_take(c, buf, (size_t)n))
			return;
	}
}

static void tcp_turn(struct forward_call *c)
{
	while (c->sent < c->out_len) {
		ssize_t n = send(c->fd, c->out + c->sent, c->out_len - c->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINPROGRESS || errno == ENOTCONN))
			return;
		if (n < 0) {
			next_attempt(c);
			return;
		}
		c->sent += (size_t)n;
	}
	(void)loop_io_set(c->io, EPOLLIN);
	for (;;) {
		size_t want = c->in_len < 2 ? 2 : 2u + dns_get16(c->in);
		if (c->in_len >= 2 && c->in_len == want) {
			if (!answer_take(c, c->in + 2, c->in_len - 2))
				next_attempt(c);
			return;
		}
		if (c->in_cap < want) {
			uint8_t *p = realloc(c->in, want);
			if (!p) {
				finish(c, NULL, 0);
				return;
			}
			c->in = p;
			c->in_cap = want;
		}
		ssize_t n = recv(c->fd, c->in + c->in_len, want - c->in_len, MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n <= 0) {
			next_attempt(c);
			return;
		}
		c->in_len += (size_t)n;
	}
}

static void ready(void *arg, int fd UNUSED, uint32_t events UNUSED)
{
	struct forward_call *c = arg;
	if (c->tcp)
		tcp_turn(c);
	else
		udp_readable(c);
}

static void timeout(void *arg)
{
	next_attempt(arg);
}

/* From a timer's turn, so that callbacks never come from inside forward_ask. */
static void fail_soon(struct forward_call *c)
{
	socket_close(c);
	loop_timer_set(c->timer, 0);
}

static void attempt(struct forward_call *c)
{
	struct forward *f = c->f;
	const struct upstream *u = &f->up[c->which % f->n_up];
	c->sent = c->in_len = 0;
	random_bytes(&c->id, sizeof(c->id));
	dns_put16(c->out + 2, c->id);
	c->fd = socket(u->addr.ss_family, (c->tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (c->fd < 0 || (connect(c->fd, (const struct sockaddr *)&u->addr, u->len) < 0 && errno != EINPROGRESS) ||
	    (!c->tcp && send(c->fd, c->out + 2, c->out_len - 2, MSG_NOSIGNAL) < 0) ||
	    loop_io_new(&c->io, f->loop, c->fd, c->tcp ? EPOLLIN | EPOLLOUT : EPOLLIN, ready, c, NULL) < 0) {
		fail_soon(c);
		return;
	}
	loop_timer_set(c->timer, c->tcp ? 2 * (int64_t)f->timeout_ms : (int64_t)f->timeout_ms);
}

int forward_ask(struct forward *f, const uint8_t *msg, size_t len, const struct dns_query *q, bool tcp, forward_fn fn,
		void *arg, struct forward_call **ret)
{
	conf_read(f);
	if (f->n_up == 0)
		return ERR_UNAVAILABLE;
	if (f->n_calls >= FORWARD_MAX || len > DNS_MESSAGE_MAX)
		return ERR_TOO_MANY;
	struct forward_call *c = calloc(1, sizeof(*c));
	if (!c)
		return -ENOMEM;
	list_init(&c->link);
	c->f = f;
	c->fd = -1;
	c->fn = fn;
	c->arg = arg;
	c->q = *q;
	c->client_id = q->id;
	c->tcp = tcp;
	c->which = f->good;
	c->out = malloc(len + 2);
	f->n_calls++;
	list_add_tail(&f->calls, &c->link);
	if (!c->out || loop_timer_new(&c->timer, f->loop, timeout, c) < 0) {
		call_free(c);
		return -ENOMEM;
	}
	dns_put16(c->out, (unsigned)len);
	memcpy(c->out + 2, msg, len);
	c->out_len = len + 2;
	if (ret)
		*ret = c;
	attempt(c);
	return 0;
}
