#include "cmd/probe.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/netns.h"
#include "base/str.h"
#include "dns/wire.h"

#define DNS_MS    1000
#define DNS_TRIES 2

struct round {
	struct probe *v;
	size_t n;
};

static socklen_t address(const char *text, uint16_t port, struct sockaddr_storage *ret)
{
	struct sockaddr_in *a4 = (struct sockaddr_in *)ret;
	struct sockaddr_in6 *a6 = (struct sockaddr_in6 *)ret;
	memset(ret, 0, sizeof(*ret));
	if (inet_pton(AF_INET, text, &a4->sin_addr) == 1) {
		a4->sin_family = AF_INET;
		a4->sin_port = htons(port);
		return sizeof(*a4);
	}
	if (inet_pton(AF_INET6, text, &a6->sin6_addr) == 1) {
		a6->sin6_family = AF_INET6;
		a6->sin6_port = htons(port);
		return sizeof(*a6);
	}
	return 0;
}

static void failed(struct probe *p, int error)
{
	p->os_errno = error;
	p->result = error == ECONNREFUSED || error == ECONNRESET ? PROBE_REFUSED
		    : error == ETIMEDOUT                         ? PROBE_TIMEOUT
								 : PROBE_ERROR;
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}

static void begin(struct probe *p)
{
	struct sockaddr_storage to;
	socklen_t len = address(p->addr, p->port, &to);
	bool udp = p->protocol == IPPROTO_UDP;
	p->fd = len ? socket(to.ss_family, (udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, p->protocol)
		    : -1;
	p->result = udp ? PROBE_QUIET : PROBE_TIMEOUT;
	p->os_errno = 0;
	if (p->fd < 0) {
		failed(p, len ? errno : EINVAL);
		return;
	}
	if (connect(p->fd, (struct sockaddr *)&to, len) < 0 && errno != EINPROGRESS) {
		failed(p, errno);
		return;
	}
	if (!udp)
		return;
	uint8_t question[DNS_ASK_MAX];
	struct dns_name root = {.len = 1};
	size_t n = p->port == 53 ? dns_ask_write(question, 1, DNS_F_RD, &root, DNS_NS, DNS_IN, false, false) : 0;
	if (send(p->fd, question, n, 0) < 0)
		failed(p, errno);
}

/* True when nothing more will come of it. */
static bool look(struct probe *p, short events)
{
	char byte[DNS_UDP_PLAIN];
	int error = 0;
	socklen_t len = sizeof(error);
	if (!events)
		return false;
	if (getsockopt(p->fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 && error) {
		failed(p, error);
		return true;
	}
	if (p->protocol == IPPROTO_UDP && recv(p->fd, byte, sizeof(byte), MSG_DONTWAIT) < 0) {
		if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
			return false;
		failed(p, errno);
		return true;
	}
	p->result = PROBE_ANSWERS;
	close(p->fd);
	p->fd = -1;
	return true;
}

static int run(void *arg, struct err *e)
{
	struct round *r = arg;
	AUTO_FREE struct pollfd *f = calloc(r->n + 1, sizeof(*f));
	int64_t start = clock_mono_ms(clock_real());
	if (!f)
		return err_nomem(e);
	for (size_t i = 0; i < r->n; i++)
		begin(&r->v[i]);
	for (;;) {
		int64_t now = clock_mono_ms(clock_real()) - start, wait = -1;
		for (size_t i = 0; i < r->n; i++) {
			struct probe *p = &r->v[i];
			int64_t left = (p->protocol == IPPROTO_UDP ? PROBE_UDP_MS : PROBE_MS) - now;
			if (p->fd >= 0 && left <= 0) {
				close(p->fd);
				p->fd = -1;
			}
			f[i] = (struct pollfd){p->fd, p->protocol == IPPROTO_UDP ? POLLIN : POLLOUT, 0};
			if (p->fd >= 0 && (wait < 0 || left < wait))
				wait = left;
		}
		if (wait < 0)
			return 0;
		if (poll(f, r->n, (int)wait + 1) < 0 && errno != EINTR)
			return err_errno(e, errno, "poll");
		for (size_t i = 0; i < r->n; i++)
			if (r->v[i].fd >= 0)
				(void)look(&r->v[i], f[i].revents);
	}
}

int probe_all(struct probe *v, size_t n, int netns_fd, struct err *e)
{
	struct round r = {v, n};
	for (size_t i = 0; i < n; i++)
		v[i].fd = -1;
	return netns_fd < 0 ? run(&r, e) : netns_run(netns_fd, run, &r, e);
}

const char *probe_text(const struct probe *p)
{
	switch (p->result) {
	case PROBE_ANSWERS:
		return "answers";
	case PROBE_QUIET:
		return "is not refused";
	case PROBE_REFUSED:
		return p->protocol == IPPROTO_UDP ? "refuses datagrams" : "refuses connections";
	case PROBE_TIMEOUT:
		return "does not answer within 2 s";
	case PROBE_ERROR:
		break;
	}
	return p->os_errno == EHOSTUNREACH || p->os_errno == ENETUNREACH
		   ? "cannot be reached (no route, or a host on the way says so)"
	       : p->os_errno == EPROTONOSUPPORT || p->os_errno == ESOCKTNOSUPPORT
		   ? "cannot be tried: this kernel has no such protocol"
	       : p->os_errno == EACCES || p->os_errno == EPERM ? "is forbidden by a packet filter"
							       : "cannot be reached";
}

/* ---- names ---- */

static int dns_read(const uint8_t *msg, size_t len, uint16_t type, struct probe_dns *ret, struct err *e)
{
	struct dns_reader r;
	struct dns_record rr;
	if (!dns_reader_begin(&r, msg, len))
		return err_set(e, ERR_PROTO, "the answer is malformed");
	*ret = (struct probe_dns){.rcode = msg[3] & 15u};
	while (dns_reader_next(&r, &rr)) {
		if (rr.section != DNS_ANSWER)
			continue;
		if (rr.type == DNS_CNAME) {
			size_t pos = rr.data_at;
			struct dns_name to;
			char text[1024];
			if (dns_name_read(msg, len, &pos, &to)) {
				dns_name_text(&to, text);
				(void)str_copy(ret->cname, sizeof(ret->cname), text);
			}
		} else if (rr.type == type && ret->n < ARRAY_LEN(ret->answers) &&
			   rr.data_len == (type == DNS_A ? 4 : 16)) {
			(void)inet_ntop(type == DNS_A ? AF_INET : AF_INET6, msg + rr.data_at, ret->answers[ret->n++],
					sizeof(ret->answers[0]));
		}
	}
	return r.bad ? err_set(e, ERR_PROTO, "the answer is malformed") : 0;
}

int probe_dns(const char *server, const char *name, uint16_t type, struct probe_dns *ret, struct err *e)
{
	struct sockaddr_storage to;
	socklen_t len = address(server, 53, &to);
	struct dns_name asked;
	uint8_t q[DNS_ASK_MAX], a[DNS_MESSAGE_MAX];
	uint16_t id;
	AUTO_CLOSE int fd = len ? socket(to.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0) : -1;
	if (!dns_name_parse(name, &asked))
		return err_set(e, ERR_INVALID, "\"%s\" is not a name", name);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, len) < 0)
		return err_errno(e, len ? errno : EINVAL, "cannot reach %s", server);
	for (int try = 0; try < DNS_TRIES; try++) {
		random_bytes(&id, sizeof(id));
		size_t n = dns_ask_write(q, id, DNS_F_RD, &asked, type, DNS_IN, true, false);
		struct pollfd p = {fd, POLLIN, 0};
		if (send(fd, q, n, 0) < 0 && errno != ECONNREFUSED)
			return err_errno(e, errno, "cannot reach %s", server);
		if (poll(&p, 1, DNS_MS) <= 0)
			continue;
		ssize_t got = recv(fd, a, sizeof(a), 0);
		if (got < 0 && errno == ECONNREFUSED)
			return err_set(e, ERR_UNAVAILABLE, "%s refuses questions: nobody listens on port 53", server);
		if (got < 0)
			return err_errno(e, errno, "cannot hear from %s", server);
		if (got >= DNS_HEADER && dns_get16(a) == id)
			return dns_read(a, (size_t)got, type, ret, e);
	}
	return err_set(e, ERR_TIMEOUT, "%s does not answer within %d s", server, DNS_MS * DNS_TRIES / 1000);
}
