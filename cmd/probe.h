/* Whether addresses answer on a port: all at once, here or in another network namespace. Blocking. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

enum probe_result {
	PROBE_ANSWERS, /* TCP, SCTP: connected; UDP: a datagram came back */
	PROBE_QUIET,   /* UDP: not refused, which is all that can be said */
	PROBE_REFUSED,
	PROBE_TIMEOUT,
	PROBE_ERROR, /* os_errno: no route, no such protocol ... */
};
struct probe {
	char addr[48];
	uint16_t port;
	uint8_t protocol; /* IPPROTO_TCP, _UDP, _SCTP */
	enum probe_result result;
	int os_errno;
	int fd; /* private */
};
#define PROBE_MS     2000
#define PROBE_UDP_MS 500
/* netns_fd -1: the current one. UDP sends an empty datagram, to port 53 a question. Negative: none could be tried. */
int probe_all(struct probe *v, size_t n, int netns_fd, struct err *e);
/* "does not answer within 2 s", "refuses connections" ... */
const char *probe_text(const struct probe *p);

/*
 * A question to a DNS server on port 53 by UDP, twice at most. type: 1 (A), 28 (AAAA). Answers are texts of addresses,
 * and of a CNAME's target. ERR_TIMEOUT, ERR_UNAVAILABLE (refused), ERR_PROTO.
 */
struct probe_dns {
	unsigned rcode;
	char answers[32][256];
	size_t n; /* cut at 32 */
	char cname[256];
};
int probe_dns(const char *server, const char *name, uint16_t type, struct probe_dns *ret, struct err *e);
