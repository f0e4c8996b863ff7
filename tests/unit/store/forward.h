/* A forwarder between a store and etcd that can be cut, or swallow answers. For tests. */
#pragma once
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include "tests/unit/store/util.h"

#define FORWARD_CONNS 64
enum forward_mode { FORWARD_ON, FORWARD_CUT, FORWARD_SWALLOW };

struct forward {
	pthread_t thread;
	int listener, target_port, port;
	int mode;         /* atomic */
	int is_cut, stop; /* atomic */
	int a[FORWARD_CONNS], b[FORWARD_CONNS];
	size_t n;
};

static inline int forward_socket(int port, bool listener)
{
	struct sockaddr_in sa = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (listener) {
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
		if (bind(fd, (struct sockaddr *)&sa, sizeof(sa)) < 0 || listen(fd, 64) < 0)
			abort();
		return fd;
	}
	if (connect(fd, (struct sockaddr *)&sa, sizeof(sa)) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static inline void forward_drop(struct forward *f, size_t i)
{
	struct linger now = {.l_onoff = 1};
	setsockopt(f->a[i], SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	close(f->a[i]);
	close(f->b[i]);
	f->n--;
	f->a[i] = f->a[f->n];
	f->b[i] = f->b[f->n];
}

static inline bool forward_copy(int from, int to, bool swallow)
{
	char buf[65536];
	ssize_t n = read(from, buf, sizeof(buf));
	for (ssize_t at = 0; n > 0 && !swallow && at < n;) {
		ssize_t w = write(to, buf + at, (size_t)(n - at));
		if (w <= 0)
			return false;
		at += w;
	}
	return n > 0 && !swallow;
}

static inline void *forward_main(void *arg)
{
	struct forward *f = arg;
	while (!__atomic_load_n(&f->stop, __ATOMIC_SEQ_CST)) {
		int mode = __atomic_load_n(&f->mode, __ATOMIC_SEQ_CST);
		struct pollfd p[2 * FORWARD_CONNS + 1];
		while (mode == FORWARD_CUT && f->n > 0)
			forward_drop(f, 0);
		__atomic_store_n(&f->is_cut, mode == FORWARD_CUT, __ATOMIC_SEQ_CST);
		p[0] = (struct pollfd){.fd = f->listener, .events = POLLIN};
		for (size_t i = 0; i < f->n; i++) {
			p[1 + 2 * i] = (struct pollfd){.fd = f->a[i], .events = POLLIN};
			p[2 + 2 * i] = (struct pollfd){.fd = f->b[i], .events = POLLIN};
		}
		if (poll(p, (nfds_t)(2 * f->n + 1), 20) <= 0)
			continue;
		mode = __atomic_load_n(&f->mode, __ATOMIC_SEQ_CST);
		for (size_t i = f->n; i-- > 0;) {
			bool ok = true;
			if (p[1 + 2 * i].revents)
				ok = forward_copy(f->a[i], f->b[i], false);
			if (ok && p[2 + 2 * i].revents)
				ok = forward_copy(f->b[i], f->a[i], mode == FORWARD_SWALLOW);
			if (!ok)
				forward_drop(f, i);
		}
		if (p[0].revents) {
			int c = accept4(f->listener, NULL, NULL, SOCK_CLOEXEC);
			int t =
			    mode == FORWARD_CUT || f->n == FORWARD_CONNS ? -1 : forward_socket(f->target_port, false);
			if (c >= 0 && t >= 0) {
				f->a[f->n] = c;
				f->b[f->n++] = t;
			} else if (c >= 0) {
				close(c);
			}
		}
	}
	while (f->n > 0)
		forward_drop(f, 0);
	close(f->listener);
	return NULL;
}

static inline void forward_start(struct forward *f, int port, int target_port)
{
	*f = (struct forward){.listener = forward_socket(port, true), .port = port, .target_port = target_port};
	if (pthread_create(&f->thread, NULL, forward_main, f))
		abort();
}
static inline void forward_set(struct forward *f, enum forward_mode mode)
{
	__atomic_store_n(&f->mode, (int)mode, __ATOMIC_SEQ_CST);
	while (mode == FORWARD_CUT && !__atomic_load_n(&f->is_cut, __ATOMIC_SEQ_CST))
		usleep(1000);
}
static inline void forward_stop(struct forward *f)
{
	__atomic_store_n(&f->stop, 1, __ATOMIC_SEQ_CST);
	pthread_join(f->thread, NULL);
}
