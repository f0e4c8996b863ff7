/* Forgets connections of clients whose endpoint is gone. UDP has no end of its own, so the kernel would go on
 * translating to it. Of TCP and SCTP only what was never answered: the client's next attempt, which is the same
 * connection to the kernel for two minutes, must not go there again; what is open stays. An answer may be on its way
 * just then, and who forgets a connection that has been answered breaks it: what is not answered is forgotten when it
 * still is not after CT_ANSWER_MS. */
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
#define CT_ANSWER_MS 200
struct ct_unanswered; /* one connection */
struct ct_waiting {   /* those that were not answered when they were looked at; zeroed: none */
	struct ct_unanswered *v;
	size_t n;
};
/* Forgets in this network namespace what v names, and what is in w and has waited long enough; adds to w what has not:
 * call it again, with n 0, as long as there is something in w. now_ms: of a monotonic clock. Returns how many were
 * forgotten, or a negative code, after which w is empty. */
int conntrack_forget(struct ct_waiting *w, const struct px_stale *v, size_t n, int64_t now_ms, struct err *e);
void conntrack_done(struct ct_waiting *w);
