/* Which tracked connections a change leaves with an endpoint that is gone, or without one (proxy/conntrack.h). */
#pragma once
#include "proxy/conntrack.h"
#include "proxy/model.h"

struct stale { /* zeroed: none */
	struct px_stale *v;
	size_t n;
};
int stale_find(struct stale *s, const struct px_change *c); /* adds what c leaves; -ENOMEM */
int stale_forget(struct stale *s, struct err *e);           /* in the kernel, and here */
void stale_done(struct stale *s);
