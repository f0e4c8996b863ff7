/*
 * One question to a group of resolvers. By UDP every attempt has a socket of its own (a port that the kernel chooses at
 * random, connected, so that packets from elsewhere are never seen), a random id, and a name whose letters have random
 * case (draft-vixie-dnsext-dns0x20). Only an answer with this id, this very name, type and class is one; after
 * FORWARD_STRANGERS others somebody is guessing, and the question goes on by TCP, as it does when the answer is cut.
 * The next resolver is asked when one is silent or failing; who did not answer twice is asked last for a while. A
 * resolver that does not understand EDNS is asked without, one that changes the case by TCP and then without random
 * case.
 *
 * Bounds: FORWARD_MAX questions at a time, half of them to one group; FORWARD_ATTEMPTS attempts or one for each
 * resolver. One thread: the loop's.
 */
#pragma once
#include "base/clock.h"
#include "base/loop.h"
#include "dns/metrics.h"
#include "dns/upstream.h"
#include "dns/wire.h"

#define FORWARD_MAX       1024
#define FORWARD_GROUP_MAX (FORWARD_MAX / 2)
#define FORWARD_ATTEMPTS  3
#define FORWARD_STRANGERS 3
#define FORWARD_DOWN_MS   2000 /* doubles with every further failure, to sixteen times as long */

struct forward;
struct forward_config {
	unsigned timeout_ms; /* per attempt by UDP, twice that by TCP; 0: 1500 */
};
int forward_new(struct forward **ret, struct loop *l, struct clock *clock, struct dns_metrics *m,
		const struct forward_config *c, struct err *e);
struct forward *forward_free(struct forward *f); /* calls nobody back */

/* msg: the answer, whose id is of no meaning, or NULL: nobody answered. Lives during the call. */
typedef void (*forward_fn)(void *arg, const uint8_t *msg, size_t len);
struct forward_call;
/* q: name, type, class, CD and DO. ERR_UNAVAILABLE: the group is empty; ERR_TOO_MANY: no room. fn is not called from
 * inside; *ret is good until fn is called. */
int forward_ask(struct forward *f, struct upstreams *g, const struct dns_query *q, forward_fn fn, void *arg,
		struct forward_call **ret);
void forward_cancel(struct forward_call *c);
/*
 * Whether a question that came in, name in the case in which it came, is this one come back: who else would have hit
 * upon its case? Said only of names that have FORWARD_LETTERS letters, some of them capital.
 */
#define FORWARD_LETTERS 8
bool forward_came_back(const struct forward_call *c, const uint8_t *name, size_t len);
