/*
 * Names outside the cluster: cache, then the servers that are asked for this name. The same question of several clients
 * is asked once. While an answer that is out of date is at hand, nobody waits longer than RESOLVER_STALE_MS for a new
 * one, and not at all when every server is known to be down (RFC 8767). Popular names are asked for again before they
 * run out.
 *
 * Bounds: forward.h's; of them one client has RESOLVER_CLIENT_MAX at a time, so that its flood of random names leaves
 * the others their share; RESOLVER_WAITERS_MAX wait for one question. One thread: the loop's.
 */
#pragma once
#include "dns/cache.h"
#include "dns/custom.h"
#include "dns/forward.h"

#define RESOLVER_STALE_MS    1800
#define RESOLVER_CLIENT_MAX  256
#define RESOLVER_WAITERS_MAX 512

struct resolver;
struct resolver_deps { /* borrowed */
	struct loop *loop;
	struct clock *clock;
	struct cache *cache;
	struct forward *forward;
	struct dns_metrics *metrics;
};
int resolver_new(struct resolver **ret, const struct resolver_deps *d, struct err *e);
struct resolver *resolver_free(struct resolver *r); /* calls nobody back */
/* The host's servers (a reference is taken); what the cache has is kept. */
void resolver_set_upstreams(struct resolver *r, struct upstreams *g);
/* Takes c over; the cache is emptied. */
void resolver_set_custom(struct resolver *r, struct custom *c);
/* custom_hosts_answer of what is set. */
bool resolver_hosts(const struct resolver *r, const struct dns_query *q, struct dns_reply *reply);

struct resolver_wait; /* one client that waits */
/* s, age: for stored_write; s lives during the call. */
typedef void (*resolver_fn)(void *arg, const struct stored *s, uint32_t age_s);
/* Whether q, whose name came as raw (as many bytes), is what we ask an upstream right now: it has asked us in turn. */
bool resolver_came_back(const struct resolver *r, const struct dns_query *q, const uint8_t *raw);
/*
 * client: its address as a string, "" for none. 1: *now is the answer (until the next call); 0: fn will be called,
 * never from inside, *wait is good until then. ERR_UNAVAILABLE: there is no server (REFUSED). ERR_TOO_MANY, -ENOMEM
 * (SERVFAIL).
 */
int resolver_ask(struct resolver *r, const struct dns_query *q, const char *client, resolver_fn fn, void *arg,
		 struct cache_found *now, struct resolver_wait **wait);
void resolver_cancel(struct resolver_wait *w);
