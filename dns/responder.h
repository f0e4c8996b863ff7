/*
 * The responder put together: zone, cache, forwarding, sockets, metrics; fed with objects by whoever has them. One
 * thread: the loop's, but for the metrics, which an HTTP server of its own gives out.
 */
#pragma once
#include "dns/server.h"

struct responder;
struct responder_config { /* borrowed during responder_new */
	const char *domain, *service_ip;
	const char *const *cidrs;         /* as zone_config's */
	const char *resolv_conf;          /* NULL: /etc/resolv.conf; followed */
	const char *const *own_addresses; /* NULL-terminated; upstreams with one of these are left out */
	uint16_t port;
	bool autopath;
	unsigned timeout_ms; /* as forward_config's */
};
int responder_new(struct responder **ret, struct loop *l, struct clock *clock, const struct responder_config *c,
		  struct err *e);
struct responder *responder_free(struct responder *r); /* the loop has ended, or is not running */
/* Opens the sockets, until responder_close. other: a second address, or NULL. metrics_port 0: no metrics, which are on
 * the first alone. Answers begin at once. A failure leaves them closed. */
int responder_open(struct responder *r, const char *address, const char *other, uint16_t metrics_port, struct err *e);
/* The loop's thread, or when it has ended; not from within an answer. Who waits for an answer by one of the sockets
 * gets none; cache and zone stay. */
void responder_close(struct responder *r);
bool responder_is_open(const struct responder *r);
struct zone *responder_zone(struct responder *r);
/* The ConfigMap of custom.h, NULL: there is none. faults: what of it was left out. -ENOMEM. */
int responder_custom(struct responder *r, const json_t *configmap, struct buf *faults);
/* For autopath, which need not be on. -ENOMEM. */
int responder_pod(struct responder *r, const char *ns, const char *name, const json_t *pod);
