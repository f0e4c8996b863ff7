/* See relay.h. Each direction has one buffer; reading stops while it is full, so a slow side slows the other. */
#include <errno.h>
#include <sys/socket.h>
#include "apiserver/relay.h"
#include "base/log.h"

#define RELAY_BUF       65536
#define CONNECTIONS_MAX 8192u /* each is a client's of ours too, and those are bounded; logs that are followed last */

struct relays {
	struct list list; /* loop thread */
	struct http_client *client, *plain;
};

struct way {
	char *buf;
	size_t at, len; /* data is buf[at..at+len) */
	bool eof, shut;
};

struct relay {
	struct relay_link link;
	struct apiserver *a;
	int fd[2];
	struct loop_io *io[2];
	struct way way[2]; /* way[i]: read from fd[i], written to fd[1-i] */
};

static void relay_free(struct relay *r)
{
	list_del(&r->link.link);
	for (int i = 0; i < 2; i++) {
		(void)loop_io_free(r->io[i]);
		if (r->fd[i] >= 0)
			(void)close(r->fd[i]);
		free(r->way[i].buf);
	}
	free(r);
}

static void relay_link_free(struct relay_link *l)
{
	relay_free(container_of(l, struct relay, link));
}

void relay_add(struct apiserver *a, struct relay_link *l)
{
	list_add_tail(&a->relays->list, &l->link);
}

/* Moves what can be moved one way. -1: the connection is broken. */
static int pump(struct relay *r, int i)
{
	struct way *w = &r->way[i];
	ssize_t n;

	for (unsigned turns = 0; turns < 16; turns++) {
		if (!w->len && !w->eof) {
			w->at = 0;
			n = recv(r->fd[i], w->buf, RELAY_BUF, MSG_DONTWAIT);
			if (n == 0)
				w->eof = true;
			else if (n < 0 && errno != EAGAIN && errno != EINTR)
				return -1;
			else if (n > 0)
				w->len = (size_t)n;
		}
		if (!w->len)
			break;
		n = send(r->fd[1 - i], w->buf + w->at, w->len, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return 0;
		if (n < 0) { /* nobody hears it any more; what came the other way before is still to be handed on */
			w->len = 0;
			w->eof = w->shut = true;
			return 0;
		}
		w->at += (size_t)n;
		w->len -= (size_t)n;
	}
	if (w->eof && !w->len && !w->shut) {
		w->shut = true;
		(void)shutdown(r->fd[1 - i], SHUT_WR);
	}
	return 0;
}

static void on_io(void *arg, int fd, uint32_t events)
{
	struct relay *r = arg;

	(void)fd;
	(void)events;
	if (pump(r, 0) || pump(r, 1) || (r->way[0].shut && r->way[1].shut)) {
		relay_free(r);
		return;
	}
	for (int i = 0; i < 2; i++) {
		uint32_t want = 0;

		if (!r->way[i].eof && !r->way[i].len)
			want |= EPOLLIN;
		if (r->way[1 - i].len)
			want |= EPOLLOUT;
		if (loop_io_set(r->io[i], want)) {
			relay_free(r);
			return;
		}
	}
	/* Hang-ups are reported whether asked for or not: once one side has said its last, only the other matters. */
	for (int i = 0; i < 2; i++) {
		if (events & EPOLLERR && !r->way[i].len && r->way[i].eof && r->way[1 - i].eof) {
			relay_free(r);
			return;
		}
	}
}


static void relay_begin(void *arg)
{
	struct relay *r = arg;
	struct apiserver *a = r->a;
	struct err e = {0};

	relay_add(a, &r->link);
	for (int i = 0; i < 2; i++) {
		if (loop_io_new(&r->io[i], a->loop, r->fd[i], EPOLLIN, on_io, r, &e)) {
			log_warning(APISERVER_LOG, NULL, "a stream cannot be relayed: %s", e.msg);
			relay_free(r);
			return;
		}
	}
	on_io(r, r->fd[0], 0);
}

void relay_start(struct apiserver *a, int fd_a, int fd_b, const void *extra, size_t n_extra)
{
	struct relay *r = calloc(1, sizeof(*r));

	if (r) {
		r->a = a;
		r->link.free = relay_link_free;
		list_init(&r->link.link);
		r->fd[0] = fd_a;
		r->fd[1] = fd_b;
		r->way[0].buf = malloc(RELAY_BUF > n_extra ? RELAY_BUF : n_extra);
		r->way[1].buf = malloc(RELAY_BUF);
	}
	if (!r || !r->way[0].buf || !r->way[1].buf) {
		if (r) {
			relay_free(r);
		} else {
			(void)close(fd_a);
			(void)close(fd_b);
		}
		return;
	}
	if (n_extra) {
		memcpy(r->way[0].buf, extra, n_extra);
		r->way[0].len = n_extra;
	}
	if (loop_call(a->loop, relay_begin, r))
		relay_free(r);
}

struct http_client *relays_client(struct apiserver *a) { return a->relays->client; }
struct http_client *relays_plain_client(struct apiserver *a) { return a->relays->plain; }

/* Whose certificates node agents show: the cluster's CA, and those that the administrator named. malloc'ed. */
static char *agents_ca(const struct apiserver *a)
{
	return str_fmt("%s\n%s", pki_ca_cert(a->pki), a->cfg.kubelet_ca_pem);
}

int relays_new(struct apiserver *a, struct err *e)
{
	const struct cert_pair *me = pki_kubelet_client(a->pki);
	AUTO_FREE char *ca = agents_ca(a);
	struct http_client_config c = {
		.ca_pem = ca, .cert_pem = me->cert_pem, .key_pem = me->key_pem, .user_agent = "minik-apiserver", .max_connections = CONNECTIONS_MAX};
	struct http_client_config plain = {.insecure_skip_verify = true, .user_agent = "minik-apiserver", .max_connections = CONNECTIONS_MAX};
	int r;

	a->relays = calloc(1, sizeof(*a->relays));
	if (!a->relays || !ca)
		return err_nomem(e);
	list_init(&a->relays->list);
	r = http_client_new(&a->relays->client, a->loop, &c, e);
	return r ? r : http_client_new(&a->relays->plain, a->loop, &plain, e);
}

struct new_cert {
	struct apiserver *a;
	struct cert_pair pair;
};

static void use_cert(void *arg)
{
	struct new_cert *n = arg;
	AUTO_FREE char *ca = agents_ca(n->a);
	struct http_client_config c = {.ca_pem = ca,
				       .cert_pem = n->pair.cert_pem,
				       .key_pem = n->pair.key_pem,
				       .user_agent = "minik-apiserver"};
	struct err e = {0};

	if (!ca)
		(void)err_nomem(&e);
	if (n->a->relays && n->a->relays->client && (!ca || http_client_set_cert(n->a->relays->client, &c, &e)))
		log_error("apiserver", NULL, "cannot use the renewed certificate towards nodes: %s", e.msg);
	cert_pair_done(&n->pair);
	free(n);
}

int relays_use_certificate(struct apiserver *a, struct err *e)
{
	const struct cert_pair *me = pki_kubelet_client(a->pki);
	struct new_cert *n = calloc(1, sizeof(*n));

	if (!n)
		return err_nomem(e);
	n->a = a;
	n->pair = (struct cert_pair){str_dup(me->cert_pem), str_dup(me->key_pem)};
	if (!n->pair.cert_pem || !n->pair.key_pem || loop_call(a->loop, use_cert, n)) {
		cert_pair_done(&n->pair);
		free(n);
		return err_nomem(e);
	}
	return 0;
}

void relays_free(struct apiserver *a)
{
	if (!a->relays)
		return;
	while (!list_empty(&a->relays->list)) {
		struct relay_link *l = container_of(a->relays->list.next, struct relay_link, link);

		l->free(l);
	}
	a->relays->client = http_client_free(a->relays->client);
	a->relays->plain = http_client_free(a->relays->plain);
	free(a->relays);
	a->relays = NULL;
}
