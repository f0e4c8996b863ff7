/* A client's side of one connection, behind the preface. First byte: in what pieces it is sent, and when requests are
 * answered. */
#include <stdint.h>
#include <nghttp2/nghttp2.h>
#include <sys/socket.h>
#include "wire/grpc_server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct peer {
	struct loop *l;
	const uint8_t *p;
	size_t n, step;
	struct loop_io *io;
	struct grpc_request *kept[8];
	int n_kept;
	bool keep;
};

static void on_io(void *arg, int fd, uint32_t events)
{
	struct peer *p = arg;
	char b[4096];
	size_t k = p->n < p->step ? p->n : p->step;
	ssize_t r;

	(void)events;
	while ((r = recv(fd, b, sizeof b, MSG_DONTWAIT)) > 0)
		;
	if (r == 0) { /* the server has nothing to say any more */
		loop_quit(p->l);
		return;
	}
	if (k > 0 && send(fd, p->p, k, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)k) {
		p->p += k;
		p->n -= k;
		return;
	}
	shutdown(fd, SHUT_WR);
	loop_io_set(p->io, EPOLLIN);
}

static void on_cancel(void *arg)
{
	(void)arg;
}

static void handle(void *arg, struct grpc_request *r)
{
	struct peer *p = arg;

	if (grpc_request_method(r)[0] == '\0' || grpc_request_fd(r) < 0)
		abort();
	grpc_request_on_cancel(r, on_cancel, p);
	if (p->keep && p->n_kept < 8)
		p->kept[p->n_kept++] = r;
	else if (grpc_request_body(r)->len % 3)
		grpc_reply(r, grpc_request_body(r));
	else
		grpc_fail(r, GRPC_NOT_FOUND, "%s", grpc_request_method(r));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct peer p = {.p = data + 1, .n = n - 1};
	struct grpc_server *s = NULL;
	int fds[2];

	if (n < 1 || n > 60000)
		return 0;
	p.step = data[0] & 0x7f ? data[0] & 0x7f : n;
	p.keep = data[0] & 0x80;
	if (loop_new(&p.l, NULL) < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) < 0 ||
	    grpc_server_new(&s, p.l, &(struct grpc_server_config){.max_message = 10000, .max_streams = 6}, handle, &p,
			    NULL) < 0 ||
	    grpc_server_adopt(s, fds[0], NULL) < 0 ||
	    loop_io_new(&p.io, p.l, fds[1], EPOLLIN | EPOLLOUT, on_io, &p, NULL) < 0)
		abort();
	if (send(fds[1], NGHTTP2_CLIENT_MAGIC, NGHTTP2_CLIENT_MAGIC_LEN, MSG_NOSIGNAL) != NGHTTP2_CLIENT_MAGIC_LEN)
		abort();
	loop_run(p.l);
	loop_io_free(p.io);
	close(fds[1]);
	if (p.n_kept > 0) /* one of them while there is a server, the others when there is none any more */
		grpc_reply(p.kept[0], grpc_request_body(p.kept[0]));
	grpc_server_free(s);
	for (int i = 1; i < p.n_kept; i++)
		grpc_fail(p.kept[i], GRPC_ABORTED, "late");
	loop_free(p.l);
	return 0;
}
