#include "cmd/ping.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include "base/cleanup.h"
#include "base/str.h"

#define MANY 65536 /* sequence numbers tell who has answered */

struct echo { /* the header, and whose it is */
	struct icmphdr h;
	uint8_t token[8];
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static uint16_t checksum(const void *p, size_t n)
{
	const unsigned char *b = p;
	uint32_t sum = 0;

	for (size_t i = 0; i + 1 < n; i += 2)
		sum += (uint32_t)(b[i] << 8 | b[i + 1]);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons((uint16_t)~sum);
}

static int echo_send(int fd, const struct ping *p, size_t i, const uint8_t token[8])
{
	struct echo m = {.h = {.type = ICMP_ECHO, .un.echo.sequence = htons((uint16_t)i)}};
	struct sockaddr_in a4 = {.sin_family = AF_INET};
	struct sockaddr_in6 a6 = {.sin6_family = AF_INET6};
	bool v6 = strchr(p->addr, ':');

	memcpy(m.token, token, 8);
	if (v6) {
		m.h.type = ICMP6_ECHO_REQUEST; /* the kernel makes the checksum */
		if (inet_pton(AF_INET6, p->addr, &a6.sin6_addr) != 1)
			return -EINVAL;
		return sendto(fd, &m, sizeof(m), 0, (struct sockaddr *)&a6, sizeof(a6)) < 0 ? -errno : 0;
	}
	m.h.checksum = checksum(&m, sizeof(m));
	if (inet_pton(AF_INET, p->addr, &a4.sin_addr) != 1)
		return -EINVAL;
	return sendto(fd, &m, sizeof(m), 0, (struct sockaddr *)&a4, sizeof(a4)) < 0 ? -errno : 0;
}

/* True if it is the first answer of one that was asked. */
static bool echo_receive(int fd, bool v6, struct ping *v, size_t n, const uint8_t token[8], const double *sent)
{
	unsigned char b[256];
	struct echo m;
	ssize_t len = recv(fd, b, sizeof(b), MSG_DONTWAIT);
	size_t head = !v6 && len > 0 ? (b[0] & 15u) * 4 : 0;

	if (len < 0 || (size_t)len < head + sizeof(m))
		return false;
	memcpy(&m, b + head, sizeof(m));
	size_t i = ntohs(m.h.un.echo.sequence);
	if (m.h.type != (v6 ? ICMP6_ECHO_REPLY : ICMP_ECHOREPLY) || memcmp(m.token, token, 8) != 0 || i >= n ||
	    v[i].ms >= 0)
		return false;
	v[i].ms = now_ms() - sent[i];
	return true;
}

int ping_all(struct ping *v, size_t n, int timeout_ms, struct err *e)
{
	AUTO_CLOSE int fd4 = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
	AUTO_CLOSE int fd6 = socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMPV6);
	uint8_t token[8];
	size_t missing = 0;

	if (n > MANY)
		return err_set(e, ERR_TOO_MANY, "more than %d addresses", MANY);
	if (fd4 < 0 && fd6 < 0)
		return err_errno(e, errno, "cannot send pings");
	AUTO_FREE double *sent = calloc(n + 1, sizeof(*sent));
	if (!sent)
		return err_nomem(e);
	random_bytes(token, sizeof(token));
	for (size_t i = 0; i < n; i++) {
		v[i].ms = -1;
		sent[i] = now_ms();
		missing += echo_send(strchr(v[i].addr, ':') ? fd6 : fd4, &v[i], i, token) == 0;
	}
	double end = now_ms() + timeout_ms;
	while (missing > 0) {
		struct pollfd p[] = {{.fd = fd4, .events = POLLIN}, {.fd = fd6, .events = POLLIN}};
		double left = end - now_ms();
		if (left <= 0 || (poll(p, 2, (int)left + 1) < 0 && errno != EINTR))
			break;
		if (p[0].revents)
			missing -= echo_receive(fd4, false, v, n, token, sent);
		if (p[1].revents)
			missing -= echo_receive(fd6, true, v, n, token, sent);
	}
	return 0;
}
