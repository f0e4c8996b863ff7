#include "net/udp_path.h"
#include <errno.h>
#include <netinet/udp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#define SLOTS    16 /* packets read from one side before they are handed to the other */
#define PRIORITY (-10)
#define ROUNDS   64 /* of both sides before the event descriptor is looked at again */

struct slot { /* the packet behind the device's header stands aligned */
	unsigned char pad[6];
	struct udp_vnet vnet;
	unsigned char packet[UDP_PACKET_MAX + 1];
} __attribute__((aligned(64)));

struct udp_path {
	int tun, sock, event;
	pthread_t thread;
	_Atomic(struct udp_table *) next; /* handed over, not yet taken */
	atomic_bool quit;

	/* The thread's alone. */
	struct udp_table *table;
	bool no_gso; /* the way out cannot fill in checksums: segments are sent one by one */
	struct udp_batch batch;
	struct udp_merge merge;
	struct slot out[SLOTS], in[SLOTS];
	struct mmsghdr msgs[SLOTS];
	struct iovec iov[SLOTS];
	struct sockaddr_in from[SLOTS];
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control[SLOTS];
};

_Static_assert(offsetof(struct slot, packet) == 16 && sizeof(struct udp_vnet) == 10, "the device's header comes first");

/* Each segment of a datagram is a header and a payload. */
static void send_one_by_one(struct udp_path *p, const struct msghdr *m)
{
	for (size_t i = 0; i + 1 < m->msg_iovlen; i += 2) {
		struct msghdr one = {
		    .msg_name = m->msg_name, .msg_namelen = m->msg_namelen, .msg_iov = &m->msg_iov[i], .msg_iovlen = 2};
		(void)sendmsg(p->sock, &one, 0); /* what does not go is lost, as on any wire */
	}
}

static void send_batch(struct udp_batch *b, void *arg)
{
	struct udp_path *p = arg;
	for (unsigned done = 0; done < b->n;) {
		struct msghdr *m = &b->msgs[done].msg_hdr;
		if (p->no_gso && m->msg_control) {
			send_one_by_one(p, m);
			done++;
			continue;
		}
		int n = sendmmsg(p->sock, b->msgs + done, b->n - done, 0);
		if (n > 0) {
			done += (unsigned)n;
		} else if (errno == EIO && m->msg_control) {
			p->no_gso = true;
		} else if (errno != EINTR) {
			done++; /* too large for the way, nobody there: lost, as on any wire */
		}
	}
}

static bool from_tun(struct udp_path *p)
{
	unsigned n = 0;
	for (; n < SLOTS; n++) {
		struct slot *s = &p->out[n];
		ssize_t len =
		    read(p->tun, (char *)s + offsetof(struct slot, vnet), sizeof(*s) - offsetof(struct slot, vnet));
		if (len < 0 && errno == EINTR)
			continue;
		if (len < (ssize_t)sizeof(s->vnet))
			break;
		if (p->table)
			(void)udp_send(&p->batch, p->table, &s->vnet, s->packet, (size_t)len - sizeof(s->vnet));
	}
	if (p->batch.n)
		send_batch(&p->batch, p);
	p->batch.n = p->batch.n_iov = p->batch.n_headers = 0;
	return n > 0;
}

static void to_tun(void *arg, const struct iovec *iov, unsigned n)
{
	struct udp_path *p = arg;
	/* A device that is down or full loses packets, as any does. */
	while (writev(p->tun, iov, (int)n) < 0 && errno == EINTR)
		;
}

static size_t segment_of(struct msghdr *m)
{
	int size = 0;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c))
		if (c->cmsg_level == SOL_UDP && c->cmsg_type == UDP_GRO && c->cmsg_len >= CMSG_LEN(sizeof(size)))
			memcpy(&size, CMSG_DATA(c), sizeof(size));
	return size > 0 ? (size_t)size : 0;
}

static bool from_sock(struct udp_path *p)
{
	for (int i = 0; i < SLOTS; i++)
		p->msgs[i].msg_hdr = (struct msghdr){.msg_name = &p->from[i],
						     .msg_namelen = sizeof(p->from[i]),
						     .msg_iov = &p->iov[i],
						     .msg_iovlen = 1,
						     .msg_control = p->control[i].bytes,
						     .msg_controllen = sizeof(p->control[i].bytes)};
	int n = recvmmsg(p->sock, p->msgs, SLOTS, MSG_DONTWAIT, NULL);
	for (int i = 0; i < n && p->table; i++) {
		struct msghdr *m = &p->msgs[i].msg_hdr;
		if (m->msg_namelen == sizeof(p->from[i]) && p->from[i].sin_family == AF_INET &&
		    !(m->msg_flags & (MSG_TRUNC | MSG_CTRUNC)))
			udp_receive(&p->merge, p->table, &p->from[i], p->in[i].packet, p->msgs[i].msg_len,
				    segment_of(m));
	}
	udp_receive_end(&p->merge);
	return n > 0;
}

static void table_take(struct udp_path *p)
{
	uint64_t count;
	struct udp_table *t;
	if (read(p->event, &count, sizeof(count)) < 0 && errno != EAGAIN)
		return;
	if (!(t = atomic_exchange(&p->next, NULL)))
		return;
	udp_table_free(p->table);
	p->table = t;
}

static void *run(void *arg)
{
	struct udp_path *p = arg;
	/* Every packet of every pod waits for this thread: before what merely computes. Without the right to it, as the
	 * rest. */
	(void)setpriority(PRIO_PROCESS, (id_t)gettid(), PRIORITY);
	struct pollfd fds[] = {
	    {.fd = p->tun, .events = POLLIN}, {.fd = p->sock, .events = POLLIN}, {.fd = p->event, .events = POLLIN}};
	while (!atomic_load(&p->quit)) {
		if (poll(fds, 3, -1) < 0 && errno != EINTR)
			break;
		if (fds[2].revents)
			table_take(p);
		/* Somebody has removed the device: nothing comes from it any more, and the next pass ends this thread.
		 */
		if (fds[0].revents & (POLLERR | POLLHUP | POLLNVAL))
			fds[0].fd = -1;
		/* While there is work nobody is asked whether there is. */
		for (int i = 0; i < ROUNDS; i++) {
			bool more = from_tun(p);
			more |= from_sock(p);
			if (!more)
				break;
		}
	}
	return NULL;
}

int udp_path_new(struct udp_path **ret, int tun_fd, int sock_fd, struct err *e)
{
	struct udp_path *p = NULL;
	if (posix_memalign((void **)&p, 64, sizeof(*p)) != 0)
		return err_nomem(e);
	/* Not the buffers: memory that nobody touches is not taken. */
	memset(p, 0, offsetof(struct udp_path, batch));
	p->batch.n = p->batch.n_iov = p->batch.n_headers = 0;
	p->merge.n_iov = 0;
	p->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (p->event < 0) {
		free(p);
		return err_errno(e, errno, "eventfd");
	}
	p->tun = tun_fd;
	p->sock = sock_fd;
	p->batch.flush = send_batch;
	p->batch.arg = p;
	p->merge.write = to_tun;
	p->merge.arg = p;
	for (int i = 0; i < SLOTS; i++)
		p->iov[i] = (struct iovec){p->in[i].packet, sizeof(p->in[i].packet)};
	int r = pthread_create(&p->thread, NULL, run, p);
	if (r != 0) {
		close(p->event);
		free(p);
		return err_errno(e, r, "cannot start the thread of the udp backend");
	}
	(void)pthread_setname_np(p->thread, "net-udp");
	*ret = p;
	return 0;
}

static void wake(struct udp_path *p)
{
	const uint64_t one = 1;
	while (write(p->event, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

void udp_path_use(struct udp_path *p, struct udp_table *t)
{
	udp_table_free(atomic_exchange(&p->next, t)); /* one that was never taken */
	wake(p);
}

struct udp_path *udp_path_free(struct udp_path *p)
{
	if (!p)
		return NULL;
	atomic_store(&p->quit, true);
	wake(p);
	pthread_join(p->thread, NULL);
	udp_table_free(p->table);
	udp_table_free(atomic_load(&p->next));
	close(p->event);
	close(p->tun);
	close(p->sock);
	free(p);
	return NULL;
}
