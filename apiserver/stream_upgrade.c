/*
 * exec, attach, portforward and proxied upgrades: connects to the backend in the way that it accepts, answers the
 * client, and passes bytes on.
 *
 * Nodes differ in what they speak. minik's agents, and kubelets with a container runtime of Kubernetes 1.36 or later,
 * take what clients of today speak over WebSocket (v5.channel.k8s.io, SPDY/3.1+portforward.k8s.io); older ones refuse
 * it, but all of them speak SPDY. What a node takes is found out by asking it, in the order of `ways`, and what it does
 * not take from the client is translated (stream_translate.h), as kube-apiserver's StreamTranslatorHandler and
 * TunnelingHandler do.
 */
#include <strings.h>
#include "apiserver/stream.h"
#include "apiserver/stream_translate.h"
#include "base/log.h"
#include "wire/websocket.h"

#define EXEC_V5 "v5.channel.k8s.io"
#define TUNNEL  "SPDY/3.1+portforward.k8s.io"

/* In order of preference, for who offers one of these protocols: the client's own words, SPDY behind it, and at last
 * what else the client offers. */
enum way { WAY_OFFERED, WAY_SPDY, WAY_REST, WAY_N };

/* The protocol that the node may have to be spared; NULL: the request goes to the node as it is. */
static const char *spared(const struct stream *s)
{
	static const char *const exec[] = {EXEC_V5, NULL}, *const forward[] = {TUNNEL, NULL};

	if (!s->node || s->prefix || !wants_websocket(s->r->x))
		return NULL;
	return protocol_choose(http_header(s->r->x, "Sec-WebSocket-Protocol"),
			       streq(s->r->subname, "portforward") ? forward : exec, PROTOCOL_BY_SERVER);
}

static bool offers_more(const struct stream *s)
{
	static const char *const rest[] = {"v4.channel.k8s.io", "v4.base64.channel.k8s.io", "base64.channel.k8s.io",
					   "channel.k8s.io", NULL};

	return protocol_choose(http_header(s->r->x, "Sec-WebSocket-Protocol"), rest, PROTOCOL_BY_SERVER) != NULL;
}

/* --- the client's side --- */

/* The backend's side, waiting for the client's. Two references: `closed`, and who works on it. */
struct pair {
	struct apiserver *a;
	pthread_mutex_t lock; /* recursive: `closed` may run from inside http_on_close */
	_Atomic int refs;
	int fd;
	bool gone;
	bool translated;
	struct translation how;
};

static void pair_unref(struct pair *p)
{
	if (atomic_fetch_sub(&p->refs, 1) != 1)
		return;
	if (p->fd >= 0)
		(void)close(p->fd);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

static void client_upgraded(void *arg, int fd, const void *extra, size_t n_extra)
{
	struct pair *p = arg;

	if (fd < 0)
		return;
	if (p->translated)
		translate_start(p->a, fd, TAKE_FD(p->fd), &p->how);
	else
		relay_start(p->a, fd, TAKE_FD(p->fd), extra, n_extra);
}

/* Also when the client went before it was upgraded: then nobody else closes the backend's side. */
static void client_closed(void *arg)
{
	struct pair *p = arg;

	pthread_mutex_lock(&p->lock);
	p->gone = true;
	pthread_mutex_unlock(&p->lock);
	pair_unref(p);
}

static struct pair *pair_new(struct apiserver *a, int fd)
{
	struct pair *p = calloc(1, sizeof(*p));
	pthread_mutexattr_t at;

	if (!p)
		return NULL;
	p->a = a;
	p->fd = fd;
	atomic_init(&p->refs, 2);
	pthread_mutexattr_init(&at);
	pthread_mutexattr_settype(&at, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&p->lock, &at);
	pthread_mutexattr_destroy(&at);
	return p;
}

/* The streams that the client asked for, as kubelet counts them. */
static struct translation translation_of(const struct stream *s)
{
	const struct req *r = s->r;
	bool tty = stream_flag(r, "tty");

	return (struct translation){
	    .tunnel = streq(r->subname, "portforward"),
	    .want = {stream_flag(r, "stdin"), stream_flag(r, "stdout"), stream_flag(r, "stderr") && !tty, true, tty}};
}

static void client_answer(struct stream *s, int fd, const char *protocol)
{
	struct req *r = s->r;
	const char *key = http_header(r->x, "Sec-WebSocket-Key");
	bool ws = key && wants_websocket(r->x), translated = s->way == WAY_SPDY;
	struct pair *p;

	if (ws) {
		char accept[29];
		struct err we = {0};

		if (ws_accept_key(key, accept, &we)) {
			(void)close(fd);
			stream_fail(s, 400, "BadRequest", "%s", we.msg);
			return;
		}
		(void)http_add_header(r->x, "Sec-WebSocket-Accept", accept);
		if (translated)
			protocol = spared(s);
		if (protocol)
			(void)http_add_header(r->x, "Sec-WebSocket-Protocol", protocol);
	} else if (protocol) {
		(void)http_add_header(r->x, "X-Stream-Protocol-Version", protocol);
	}
	p = pair_new(s->a, fd);
	if (!p) {
		(void)close(fd);
		stream_fail(s, 500, "InternalError", "out of memory");
		return;
	}
	p->translated = translated;
	if (translated)
		p->how = translation_of(s);
	pthread_mutex_lock(&p->lock);
	http_on_close(r->x, client_closed, p);
	if (!p->gone)
		http_upgrade(r->x, ws ? "websocket" : "SPDY/3.1", client_upgraded, p);
	pthread_mutex_unlock(&p->lock);
	pair_unref(p);
	stream_free(s);
}

/* --- the backend's side --- */

static void on_connected(void *arg, int code, int status, int fd, const char *protocol, struct bytes *body,
			 const struct err *e)
{
	struct stream *s = arg;

	if (code) {
		stream_fail(s, 500, "InternalError", "error dialing backend: %s", e ? e->msg : err_name(code));
		return;
	}
	if (status == 101 && fd >= 0) {
		client_answer(s, fd, protocol);
		return;
	}
	/* What a node says that does not know the protocol is no more than a status, and differs; but this is no matter
	 * of it. */
	if (status != 401 && status != 404 && spared(s) &&
	    (s->way == WAY_OFFERED || (s->way == WAY_SPDY && offers_more(s)))) {
		s->way++;
		stream_upgrade(s);
		return;
	}
	stream_refused(s, status, body);
}

void stream_upgrade(void *arg)
{
	struct stream *s = arg;
	const char *u = http_header(s->r->x, "Upgrade"), *one = spared(s);
	struct stream_words w = {.upgrade = u ? u : "SPDY/3.1"};
	char **h;
	struct err e = {0};
	int rc;

	if (one && s->way == WAY_OFFERED)
		w = (struct stream_words){"websocket", "Sec-WebSocket-Protocol", one};
	else if (one && s->way == WAY_SPDY)
		w = (struct stream_words){"SPDY/3.1", "X-Stream-Protocol-Version",
					  streq(one, TUNNEL) ? "portforward.k8s.io" : "v4.channel.k8s.io"};
	h = headers_forward(s, &w);
	{
		struct http_client_request q = {.method = s->r->method,
						.url = s->url,
						.headers = (const char *const *)h,
						.connect_timeout_ms = 10000};

		rc = h ? http_client_upgrade(s->node ? relays_client(s->a) : relays_plain_client(s->a), &q,
					     on_connected, s, &e)
		       : err_nomem(&e);
	}
	strings_free(h);
	if (rc)
		stream_fail(s, 500, "InternalError", "error dialing backend: %s", e.msg);
}
