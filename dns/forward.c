#include "dns/forward.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/list.h"
#include "base/log.h"
#include "base/str.h"

#define COMPONENT      "dns"
#define ANSWER_UDP_MAX 4096
#define TELL_MS        60000

struct forward {
	struct loop *loop;
	struct clock *clock;
	struct dns_metrics *metrics;
	unsigned timeout_ms;
	struct list calls;
	unsigned n_calls;
};
struct forward_call {
	struct forward *f;
	struct list link;
	struct upstreams *group;
	forward_fn fn;
	void *arg;
	struct dns_query q;
	struct dns_name sent_name; /* as sent, with its case */
	uint16_t id;
	bool tcp;
	bool plain, refused_edns;            /* asked without EDNS; because it was not understood */
	bool caseless;                       /* asked without random case */
	unsigned attempts, tried, strangers; /* tried: bits */
	unsigned which;
	int64_t asked_ns; /* this attempt */
	int fd;
	struct loop_io *io;
	struct loop_timer *timer;
	uint8_t out[2 + DNS_ASK_MAX]; /* length prefix and question; UDP sends from out + 2 */
	size_t out_len, sent;
	uint8_t *in; /* TCP: length and answer */
	size_t in_len, in_cap;
};

int forward_new(struct forward **ret, struct loop *l, struct clock *clock, struct dns_metrics *m,
		const struct forward_config *c, struct err *e)
{
	struct forward *f = calloc(1, sizeof(*f));
	if (!f)
		return err_nomem(e);
	f->loop = l;
	f->clock = clock;
	f->metrics = m;
	f->timeout_ms = c->timeout_ms ? c->timeout_ms : 1500;
	list_init(&f->calls);
	*ret = f;
	return 0;
}

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
	c->group->calls--;
	upstreams_unref(c->group);
	free(c->in);
	free(c);
}

struct forward *forward_free(struct forward *f)
{
	if (!f)
		return NULL;
	LIST_FOREACH_SAFE (c, next, &f->calls, struct forward_call, link)
		call_free(c);
	free(f);
	return NULL;
}

void forward_cancel(struct forward_call *c)
{
	call_free(c);
}

bool forward_came_back(const struct forward_call *c, const uint8_t *name, size_t len)
{
	unsigned letters = 0;
	if (len != c->sent_name.len || memcmp(name, c->sent_name.w, len) != 0 || memcmp(name, c->q.name.w, len) == 0)
		return false;
	for (size_t i = 0; i < len; i++)
		letters += c->q.name.w[i] >= 'a' && c->q.name.w[i] <= 'z';
	return letters >= FORWARD_LETTERS;
}

static void finish(struct forward_call *c, const uint8_t *msg, size_t len)
{
	forward_fn fn = c->fn;
	void *arg = c->arg;
	/* The call ends first: fn may ask again or cancel others. TCP's buffer has to outlive it. */
	uint8_t *keep = TAKE_PTR(c->in);
	call_free(c);
	fn(arg, msg, len);
	free(keep);
}

static struct upstream *upstream_of(struct forward_call *c)
{
	return &c->group->v[c->which];
}

static void attempt(struct forward_call *c);

/* Who has not been asked yet and is not down, from the one that answered last; then who has not been asked; then
 * anybody. */
static unsigned choose(const struct forward_call *c, int64_t now)
{
	const struct upstreams *g = c->group;
	for (int pass = 0; pass < 2; pass++)
		for (unsigned i = 0; i < g->n; i++) {
			unsigned k = (g->good + i) % g->n;
			if (!(c->tried & 1u << k) && (pass || now >= g->v[k].down_until_ms))
				return k;
		}
	return (g->good + c->attempts) % g->n;
}

static void next_attempt(struct forward_call *c)
{
	unsigned most = c->group->n > FORWARD_ATTEMPTS ? c->group->n : FORWARD_ATTEMPTS;
	socket_close(c);
	if (++c->attempts >= most) {
		finish(c, NULL, 0);
		return;
	}
	c->tcp = c->refused_edns = false;
	c->which = choose(c, clock_mono_ms(c->f->clock));
	attempt(c);
}

/* Once while it lasts, and not for each time that a bad line comes and goes. */
static void tell_down(struct upstreams *g, int64_t now)
{
	char text[UPSTREAMS_MAX * sizeof(g->v[0].text)] = "";
	if (g->told_down || !upstreams_down(g, now) || (g->told_ms && now - g->told_ms < TELL_MS))
		return;
	for (unsigned i = 0, at = 0; i < g->n; i++)
		at += (unsigned)snprintf(text + at, sizeof(text) - at, "%s%s", i ? ", " : "", g->v[i].text);
	g->told_down = true;
	g->told_ms = now;
	log_warning(COMPONENT, NULL,
		    "%s: no answer from %s; names that are asked there get SERVFAIL, or what was known of them before",
		    text, g->n == 1 ? "this name server" : "any of these name servers");
}

static void tell_up(struct upstreams *g, const struct upstream *u)
{
	if (!g->told_down)
		return;
	g->told_down = false;
	log_info(COMPONENT, NULL, "%s answers again", u->text);
}

/* No answer at all. */
static void silent(struct forward_call *c)
{
	struct upstream *u = upstream_of(c);
	u->fails++;
	metrics_add(&c->f->metrics->forward_silent, 1);
	if (u->fails >= 2) {
		unsigned shift = u->fails - 2 > 4 ? 4 : u->fails - 2;
		u->down_until_ms = clock_mono_ms(c->f->clock) + ((int64_t)FORWARD_DOWN_MS << shift);
		tell_down(c->group, clock_mono_ms(c->f->clock));
	}
	next_attempt(c);
}

static void by_tcp(struct forward_call *c)
{
	socket_close(c);
	c->tcp = true;
	attempt(c);
}

/* False: not an answer to this question. */
static bool answer_ok(struct forward_call *c, const uint8_t *msg, size_t len)
{
	struct dns_name name;
	size_t pos = DNS_HEADER;
	if (len < DNS_HEADER || dns_get16(msg) != c->id || !(dns_get16(msg + 2) & DNS_F_QR) ||
	    (dns_get16(msg + 2) >> 11 & 15) != 0)
		return false;
	if (dns_get16(msg + 4) != 1 || !dns_name_read(msg, len, &pos, &name) || pos + 4 > len)
		return false;
	if (!dns_name_equal(&name, &c->q.name) || dns_get16(msg + pos) != c->q.type ||
	    dns_get16(msg + pos + 2) != c->q.class_)
		return false;
	bool same = memcmp(name.w, c->sent_name.w, name.len) == 0;
	/* Over TCP nobody else can have written it: this resolver does so. */
	if ((c->tcp || same) && !c->caseless)
		upstream_quirk_seen(&upstream_of(c)->caseless, !same, clock_mono_ms(c->f->clock));
	return c->tcp || same;
}

/* True: the call has gone on or is over (and gone). */
static bool answer_take(struct forward_call *c, const uint8_t *msg, size_t len)
{
	struct upstream *u = upstream_of(c);
	if (!answer_ok(c, msg, len)) {
		metrics_add(&c->f->metrics->forward_strangers, 1);
		if (c->tcp)
			next_attempt(c);
		else if (++c->strangers >= FORWARD_STRANGERS || (len >= DNS_HEADER && dns_get16(msg) == c->id))
			by_tcp(c); /* somebody guesses, or the resolver does not keep the case */
		else
			return false;
		return true;
	}
	unsigned rcode = dns_get16(msg + 2) & 15;
	metrics_forward(c->f->metrics, u->text, rcode, clock_mono_ns(c->f->clock) - c->asked_ns);
	u->fails = 0;
	u->down_until_ms = 0;
	tell_up(c->group, u);
	if ((rcode == DNS_FORMERR || rcode == DNS_NOTIMP) && !c->plain) {
		c->refused_edns = true; /* as one answers who does not know EDNS */
		socket_close(c);
		attempt(c);
		return true;
	}
	if (rcode != DNS_NOERROR && rcode != DNS_NXDOMAIN && c->attempts + 1 < c->group->n) {
		next_attempt(c);
		return true;
	}
	if ((dns_get16(msg + 2) & DNS_F_TC) && !c->tcp) {
		metrics_add(&c->f->metrics->forward_truncated, 1);
		by_tcp(c);
		return true;
	}
	if (rcode == DNS_NOERROR || rcode == DNS_NXDOMAIN) {
		c->group->good = c->which;
		if (!c->plain || c->refused_edns)
			upstream_quirk_seen(&u->plain, c->refused_edns, clock_mono_ms(c->f->clock));
	}
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
			silent(c);
			return;
		}
		/* Longer than was offered: as one that was cut, and to be had by TCP. */
		if ((size_t)n > sizeof(buf))
			buf[2] |= DNS_F_TC >> 8;
		if (answer_take(c, buf, (size_t)n > sizeof(buf) ? sizeof(buf) : (size_t)n))
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
			silent(c);
			return;
		}
		c->sent += (size_t)n;
	}
	(void)loop_io_set(c->io, EPOLLIN);
	for (;;) {
		size_t want = c->in_len < 2 ? 2 : 2u + dns_get16(c->in);
		if (c->in_len >= 2 && c->in_len == want) {
			(void)answer_take(c, c->in + 2, c->in_len - 2);
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
			silent(c);
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
	silent(arg);
}

static void question_write(struct forward_call *c)
{
	const struct upstream *u = upstream_of(c);
	int64_t now = clock_mono_ms(c->f->clock);
	uint8_t noise[DNS_NAME_MAX / 8 + 1 + sizeof(c->id)];
	random_bytes(noise, sizeof(noise));
	c->plain = c->refused_edns || now < u->plain.until_ms;
	c->caseless = now < u->caseless.until_ms;
	memcpy(&c->id, noise + sizeof(noise) - sizeof(c->id), sizeof(c->id));
	c->sent_name = c->q.name;
	for (unsigned i = 0; i < c->q.name.len && !c->caseless; i++) {
		uint8_t x = c->q.name.w[i]; /* lengths are below 64, and so no letters */
		if (x >= 'a' && x <= 'z' && noise[i / 8] >> i % 8 & 1)
			c->sent_name.w[i] = (uint8_t)(x & ~0x20);
	}
	/* AD: whether it was validated is wanted (RFC 6840 section 5.7); clients are told who want it themselves. */
	unsigned flags = (c->q.flags & DNS_F_CD) | (c->plain ? 0u : DNS_F_AD);
	size_t n = dns_ask_write(c->out + 2, c->id, (uint16_t)flags, &c->sent_name, c->q.type, c->q.class_, !c->plain,
				 c->q.do_bit);
	dns_put16(c->out, (unsigned)n);
	c->out_len = n + 2;
}

static void attempt(struct forward_call *c)
{
	struct forward *f = c->f;
	const struct upstream *u = upstream_of(c);
	c->tried |= 1u << c->which;
	c->sent = c->in_len = 0;
	c->strangers = 0;
	question_write(c);
	c->asked_ns = clock_mono_ns(f->clock);
	metrics_add(&f->metrics->forward_sent, 1);
	c->fd = socket(u->addr.ss_family, (c->tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (c->fd < 0 || (connect(c->fd, (const struct sockaddr *)&u->addr, u->len) < 0 && errno != EINPROGRESS) ||
	    (!c->tcp && send(c->fd, c->out + 2, c->out_len - 2, MSG_NOSIGNAL) < 0) ||
	    loop_io_new(&c->io, f->loop, c->fd, c->tcp ? EPOLLIN | EPOLLOUT : EPOLLIN, ready, c, NULL) < 0) {
		/* From a timer's turn, so that callbacks never come from inside forward_ask. */
		socket_close(c);
		loop_timer_set(c->timer, 0);
		return;
	}
	loop_timer_set(c->timer, c->tcp ? 2 * (int64_t)f->timeout_ms : (int64_t)f->timeout_ms);
}

int forward_ask(struct forward *f, struct upstreams *g, const struct dns_query *q, forward_fn fn, void *arg,
		struct forward_call **ret)
{
	if (g->n == 0)
		return ERR_UNAVAILABLE;
	if (f->n_calls >= FORWARD_MAX || g->calls >= FORWARD_GROUP_MAX) {
		metrics_add(&f->metrics->forward_refused, 1);
		return ERR_TOO_MANY;
	}
	struct forward_call *c = calloc(1, sizeof(*c));
	if (!c)
		return -ENOMEM;
	list_init(&c->link);
	c->f = f;
	c->fd = -1;
	c->fn = fn;
	c->arg = arg;
	c->q = *q;
	c->group = upstreams_ref(g);
	g->calls++;
	f->n_calls++;
	list_add_tail(&f->calls, &c->link);
	if (loop_timer_new(&c->timer, f->loop, timeout, c) < 0) {
		call_free(c);
		return -ENOMEM;
	}
	c->which = choose(c, clock_mono_ms(f->clock));
	*ret = c;
	attempt(c);
	return 0;
}
