#include "net/offload.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/str.h"

#define ROUNDS    3 /* the kernel answers six times at once to one peer, then once a second */
#define ROUND_MS  1000
#define PEERS_MAX 16 /* asked in one test */
#define PORT      1  /* tcpmux: nobody's by UDP */

struct probe {
	struct loop_io *io;
	int fd;
	bool answered;
};

struct offload {
	struct loop *loop;
	struct loop_timer *timer;
	void (*done)(void *arg);
	void *arg;
	enum offload_verdict verdict;
	bool running;
	struct probe with, without; /* a checksum */
	char ifname[IFNAMSIZ], own[48], peers[PEERS_MAX][48];
	size_t n_peers, peer; /* peer: the one that is asked */
	unsigned bad;         /* rounds in which only the second was answered */
	size_t turn;          /* where the next test begins */
};

static void probe_end(struct probe *p)
{
	p->io = loop_io_free(p->io);
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}

static void stop(struct offload *o)
{
	probe_end(&o->with);
	probe_end(&o->without);
	loop_timer_stop(o->timer);
	o->running = false;
}

static void decide(struct offload *o, enum offload_verdict v)
{
	stop(o);
	o->verdict = v;
	if (v != OFFLOAD_UNKNOWN)
		o->done(o->arg);
}

/* "Connection refused" is the peer's kernel's word that the datagram was good. */
static bool refused(struct probe *p)
{
	char b[16];
	if (recv(p->fd, b, sizeof(b), MSG_DONTWAIT) < 0 && errno != ECONNREFUSED)
		return false;
	return p->answered = true;
}

static void with_answered(void *arg, int fd UNUSED, uint32_t events UNUSED)
{
	struct offload *o = arg;
	if (refused(&o->with))
		decide(o, OFFLOAD_WORKS);
}
static void without_answered(void *arg, int fd UNUSED, uint32_t events UNUSED)
{
	struct offload *o = arg;
	(void)refused(&o->without);
}

static int probe_send(struct offload *o, struct probe *p, bool checksum)
{
	struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	int off = 1;
	char text[64] = "minik: does the checksum of this arrive?";
	if (inet_pton(AF_INET, o->own, &from.sin_addr) != 1 || inet_pton(AF_INET, o->peers[o->peer], &to.sin_addr) != 1)
		return -EINVAL;
	p->answered = false;
	p->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (p->fd < 0 || (!checksum && setsockopt(p->fd, SOL_SOCKET, SO_NO_CHECK, &off, sizeof(off)) < 0) ||
	    setsockopt(p->fd, SOL_SOCKET, SO_BINDTODEVICE, o->ifname, (socklen_t)strlen(o->ifname)) < 0 ||
	    bind(p->fd, (struct sockaddr *)&from, sizeof(from)) < 0 ||
	    connect(p->fd, (struct sockaddr *)&to, sizeof(to)) < 0)
		return -errno;
	int code = loop_io_new(&p->io, o->loop, p->fd, EPOLLIN, checksum ? with_answered : without_answered, o, NULL);
	return code < 0 ? code : send(p->fd, text, sizeof(text), 0) < 0 ? -errno : 0;
}

static void round_begin(struct offload *o)
{
	probe_end(&o->with);
	probe_end(&o->without);
	loop_timer_set(o->timer, ROUND_MS);
	/* What cannot even be sent is no answer. */
	(void)probe_send(o, &o->without, false);
	(void)probe_send(o, &o->with, true);
}

static void round_end(void *arg)
{
	struct offload *o = arg;
	if (o->without.answered) {
		if (++o->bad == ROUNDS) {
			decide(o, OFFLOAD_BROKEN);
			return;
		}
	} else { /* nobody there, or one that says nothing */
		o->bad = 0;
		if (++o->peer == o->n_peers) {
			decide(o, OFFLOAD_UNKNOWN);
			return;
		}
	}
	round_begin(o);
}

int offload_new(struct offload **ret, struct loop *l, void (*done)(void *arg), void *arg, struct err *e)
{
	struct offload *o = calloc(1, sizeof(*o));
	if (!o || loop_timer_new(&o->timer, l, round_end, o) < 0) {
		free(o);
		return err_nomem(e);
	}
	o->loop = l;
	o->done = done;
	o->arg = arg;
	o->with.fd = o->without.fd = -1;
	*ret = o;
	return 0;
}

struct offload *offload_free(struct offload *o)
{
	if (!o)
		return NULL;
	stop(o);
	loop_timer_free(o->timer);
	free(o);
	return NULL;
}

void offload_test(struct offload *o, const char *ifname, const char *own, const char *const *peers, size_t n)
{
	if (o->verdict != OFFLOAD_UNKNOWN || o->running || n == 0)
		return;
	(void)str_copy(o->ifname, sizeof(o->ifname), ifname);
	(void)str_copy(o->own, sizeof(o->own), own);
	o->n_peers = n < PEERS_MAX ? n : PEERS_MAX;
	for (size_t i = 0; i < o->n_peers; i++)
		(void)str_copy(o->peers[i], sizeof(o->peers[i]), peers[o->turn++ % n]);
	o->peer = o->bad = 0;
	o->running = true;
	round_begin(o);
}

enum offload_verdict offload_verdict(const struct offload *o)
{
	return o->verdict;
}

int offload_turn_off(const char *ifname, struct err *e)
{
	AUTO_CLOSE int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ethtool_value v = {.cmd = ETHTOOL_GTXCSUM};
	struct ifreq r = {.ifr_data = (void *)&v};
	if (fd < 0)
		return err_errno(e, errno, "socket");
	(void)str_copy(r.ifr_name, sizeof(r.ifr_name), ifname);
	if (ioctl(fd, SIOCETHTOOL, &r) < 0)
		return err_errno(e, errno, "cannot ask for the checksum offload of %s", ifname);
	if (!v.data)
		return 0;
	v = (struct ethtool_value){.cmd = ETHTOOL_STXCSUM};
	return ioctl(fd, SIOCETHTOOL, &r) < 0
		   ? err_errno(e, errno, "cannot turn off the checksum offload of %s", ifname)
		   : 1;
}
