/* Which tracked connections a change leaves with an endpoint that is gone, or without one (proxy/conntrack.h). */
#pragma once
#include "proxy/conntrack.h"
#include "proxy/model.h"

struct stale { /* zeroed: none */
	struct px_stale *v;
	size_t n;
	struct ct_waiting waiting;
};
int stale_find(struct stale *s, const struct px_change *c); /* adds what c leaves; -ENOMEM */
bool stale_left(const struct stale *s);                     /* stale_forget is to be called */
/* In the kernel, and here. What has to wait for an answer is left for a later call. */
int stale_forget(struct stale *s, struct err *e);
void stale_done(struct stale *s);
