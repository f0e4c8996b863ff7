/* Forgets connections of clients whose endpoint is gone. UDP has no end of its own, so the kernel would go on translating
 * to it. Of TCP and SCTP only what was never answered: the client's next attempt, which is the same connection to the kernel
 * for two minutes, must not go there again; what is open stays. */
#pragma once
#include "base/err.h"
#include "proxy/model.h"

struct px_stale {
	struct inet_addr front; /* family set; all 0: any address */
	bool any_front;
	uint8_t protocol;
	uint16_t front_port;
	bool untranslated; /* connections that began before the Service had endpoints; else those to ep */
	struct px_endpoint ep;
};
/* Deletes matching connections of this network namespace. Returns how many, or a negative code. */
int conntrack_forget(const struct px_stale *v, size_t n, struct err *e);
