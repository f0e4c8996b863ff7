/* A peer's side of one connection, whatever the client says. First byte: in what pieces it is sent. */
#include <stdint.h>
#include <sys/socket.h>
#include "wire/grpc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct peer {
	struct loop *l;
	const uint8_t *p;
	size_t n, step;
	int fd, dials, calls;
	struct loop_io *io;
};

static void on_io(void *arg, int fd, uint32_t events)
{
	struct peer *p = arg;
	char b[4096];
	size_t k = p->n < p->step ? p->n : p->step;

	(void)events;
	while (recv(fd, b, sizeof b, MSG_DONTWAIT) > 0)
		;
	/* Its turn comes again at once: writing is always possible, but for what the client does not read. */
	if (k > 0 && send(fd, p->p, k, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)k) {
		p->p += k;
		p->n -= k;
		loop_io_set(p->io, EPOLLIN | EPOLLOUT);
		return;
	}
	p->io = loop_io_free(p->io);
	close(fd);
	p->fd = -1;
}

static int dial(void *arg, int *ret, struct err *e)
{
	struct peer *p = arg;
	int fds[2];

	if (p->dials++ > 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) < 0)
		return err_set(e, ERR_UNAVAILABLE, "gone");
	p->fd = fds[0];
	*ret = fds[1];
	return loop_io_new(&p->io, p->l, p->fd, EPOLLIN, on_io, p, e);
}

static void on_done(void *arg, const struct grpc_result *r)
{
	struct peer *p = arg;

	if ((r->status == 0) != (r->reply != NULL) || strlen(r->message) >= sizeof r->message)
		abort();
	if (--p->calls == 0)
		loop_quit(p->l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct peer p = {.p = data + 1, .n = n - 1, .fd = -1, .calls = 2};
	struct grpc_client *c = NULL;
	struct bytes *body;

	if (n < 1 || n > 60000)
		return 0;
	p.step = data[0] ? data[0] : n;
	body = bytes_new("hello", 5);
	if (loop_new(&p.l, NULL) < 0 ||
	    grpc_client_new(&c, p.l, &(struct grpc_client_config){.dial = dial, .dial_arg = &p, .max_message = 10000},
			    NULL) < 0)
		abort();
	for (int i = 0; i < 2; i++)
		if (grpc_call_start(c, "/t.T/Echo", body, &(struct grpc_options){0}, on_done, &p, NULL, NULL) < 0)
			abort();
	loop_run(p.l);
	grpc_client_free(c);
	loop_io_free(p.io);
	if (p.fd >= 0)
		close(p.fd);
	loop_free(p.l);
	bytes_unref(body);
	return 0;
}
