/*
 * The sockets: UDP in batches, TCP with pipelining (RFC 7766), and what happens to one question: zone, hosts, resolver.
 * One thread: the loop's.
 *
 * UDP is taken in by SERVER_QUEUES sockets, among which the kernel chooses by the client's address: who sends faster
 * than can be answered fills the queue of an eighth of all clients, not everybody's; each has its turn. Within a queue
 * that is more than half full nobody gets more than an eighth of a batch answered.
 *
 * Bounds: a question over UDP of SERVER_UDP_IN bytes, over TCP of SERVER_TCP_IN (a longer one is FORMERR and passed
 * over without being kept), an answer over UDP of SERVER_UDP_OUT; SERVER_CONNS connections, SERVER_CLIENT_CONNS of one
 * address, of SERVER_PIPELINE open questions each, SERVER_OUT_QUEUE bytes of answers that wait for a slow reader;
 * SERVER_UDP_PENDING questions by UDP that wait for somebody else. A connection without a whole question for
 * SERVER_IDLE_MS is closed; when there are too many, the one that has been idle for longest.
 */
#pragma once
#include <sys/socket.h>
#include "base/clock.h"
#include "base/loop.h"
#include "dns/autopath.h"
#include "dns/resolver.h"
#include "dns/zone.h"

#define SERVER_QUEUES       8
#define SERVER_UDP_IN       1536
#define SERVER_UDP_OUT      4096
#define SERVER_TCP_IN       4096
#define SERVER_CONNS        256
#define SERVER_CLIENT_CONNS 64
#define SERVER_PIPELINE     64
#define SERVER_OUT_QUEUE    (256 * 1024)
#define SERVER_IDLE_MS      10000
#define SERVER_UDP_PENDING  16384

struct server;
struct server_config {
	const char *address; /* bound whether or not the host has it already; NULL: none (tests) */
	uint16_t port;
};
struct server_deps { /* borrowed */
	struct loop *loop;
	struct clock *clock;
	struct zone *zone;
	struct resolver *resolver;
	struct autopath *autopath; /* or NULL */
	struct dns_metrics *metrics;
	/* Told when an upstream asks us what we ask it. NULL: nobody is. from NULL: not known. */
	void (*looped)(void *arg, const struct dns_name *name, const struct sockaddr_storage *from);
	void *arg;
};
int server_new(struct server **ret, const struct server_config *c, const struct server_deps *d, struct err *e);
struct server *server_free(struct server *s);
/* What happens to a UDP question that needs nobody else: the length of the answer, 0 for none or one that comes later.
 * For fuzzing and tests. */
size_t server_answer(struct server *s, const uint8_t *msg, size_t len, uint8_t *out, size_t cap);
