/*
 * The sockets: UDP in batches, TCP with pipelining (RFC 7766), and what happens to one question: zone, cache,
 * resolvers. One thread: the loop's. Bounds: SERVER_CONNS connections of SERVER_PIPELINE open questions each; a
 * connection that is silent for ten seconds is closed.
 */
#pragma once
#include "base/clock.h"
#include "base/loop.h"
#include "dns/cache.h"
#include "dns/forward.h"
#include "dns/zone.h"

#define SERVER_CONNS    256
#define SERVER_PIPELINE 64

struct server;
struct server_config {
	const char *address; /* bound whether or not the host has it already */
	uint16_t port;
};
struct server_deps { /* borrowed */
	struct loop *loop;
	struct clock *clock;
	struct zone *zone;
	struct cache *cache;
	struct forward *forward;
};
int server_new(struct server **ret, const struct server_config *c, const struct server_deps *d, struct err *e);
struct server *server_free(struct server *s);
/* What happens to a UDP question that needs nobody else: the length of the answer, 0 for none or one that comes later.
 * For fuzzing and tests. */
size_t server_answer(struct server *s, const uint8_t *msg, size_t len, uint8_t *out, size_t cap);
