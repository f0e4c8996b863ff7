/*
 * Asks the host's resolvers: every question from a socket of its own (a random port, connected, so that nobody else can
 * answer) with a random id, at most FORWARD_MAX at a time; the next resolver when one is silent or failing; TCP for
 * clients that came by TCP. One thread: the loop's.
 */
#pragma once
#include "base/clock.h"
#include "base/loop.h"
#include "dns/wire.h"

#define FORWARD_MAX 1024

struct forward;
struct forward_config {
	const char *resolv_conf;          /* NULL: /etc/resolv.conf; looked at again when it changes */
	const char *const *own_addresses; /* NULL-terminated; resolvers with one of these are left out */
	uint16_t own_port;
	unsigned timeout_ms; /* per attempt; 0: 1500 */
};
int forward_new(struct forward **ret, struct loop *l, struct clock *clock, const struct forward_config *c,
		struct err *e);
struct forward *forward_free(struct forward *f); /* calls nobody back */

/* msg: the answer with the id of the question, or NULL: nobody answered (SERVFAIL). Lives during the call. */
typedef void (*forward_fn)(void *arg, const uint8_t *msg, size_t len);
struct forward_call;
/* ERR_UNAVAILABLE: there is no resolver (REFUSED); ERR_TOO_MANY: no room (SERVFAIL). fn is not called from inside. */
int forward_ask(struct forward *f, const uint8_t *msg, size_t len, const struct dns_query *q, bool tcp, forward_fn fn,
		void *arg, struct forward_call **ret);
void forward_cancel(struct forward_call *c);
