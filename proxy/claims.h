/*
 * Who has an address and port that several Services want. Whatever order they come in, the same one has it, so that
 * every node and every start decides alike:
 *   a cluster address before an external or a load balancer's one, these and node ports before hostPorts;
 *   then who was created first;
 *   then by name.
 * So nobody takes over traffic of a Service that is there already by naming its address. Pure; one thread.
 */
#pragma once
#include "proxy/model.h"

struct px_claim {
	uint8_t family, protocol;
	struct px_front front;
	uint16_t port_no; /* the how manieth port of its Service; the first of those with one front has it */
	char created[24]; /* creationTimestamp */
};
struct px_claims;
struct px_claims *px_claims_new(void); /* NULL: no memory */
struct px_claims *px_claims_free(struct px_claims *x);
/*
 * `now` (n, any order) is what key (borrowed while it claims anything) wants from now on. Calls changed for everybody
 * else who gains or loses something by it. The same array must come as `old` the next time. -ENOMEM: nothing changed,
 * though changed may have been called.
 */
int px_claims_set(struct px_claims *x, const char *key, const struct px_claim *old, size_t n_old,
		  const struct px_claim *now, size_t n, void (*changed)(void *arg, const char *key), void *arg);
/* Who has it; NULL: nobody. ret_port_no is written with it. */
const char *px_claims_holder(const struct px_claims *x, const struct px_claim *c, uint16_t *ret_port_no);
