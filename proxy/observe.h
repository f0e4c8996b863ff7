/*
 * What kube-proxy tells of itself, by its names and on its ports: metrics (/metrics, /proxyMode, /configz, /healthz),
 * and whether load balancers in front may send to this node (/healthz, /livez of the other server). An address that is
 * taken is told of, with who has it, and tried again; the proxy goes on without. The proxy's thread calls; a thread of
 * each server answers.
 */
#pragma once
#include "base/err.h"
#include "proxy/model.h"

struct observe_config {
	const char *metrics_address, *healthz_address; /* "127.0.0.1:10249", "[::]:10256"; "" or NULL: none */
	const char *mode, *cluster_cidr, *service_cidr, *scheduler; /* told of; all but the first may be NULL */
};
struct observe;
/* -EINVAL: an address is none. */
int observe_new(struct observe **ret, const struct observe_config *c, struct err *e);
struct observe *observe_free(struct observe *o); /* ends the servers */
/* Starts those that do not run yet; negative when one could not, with who has its port: again later. */
int observe_start(struct observe *o, struct err *e);
bool observe_waiting(const struct observe *o);

enum observe_kind { OBSERVE_SERVICES, OBSERVE_SLICES, OBSERVE_KINDS };
/* Something has changed that is not in the kernel yet. */
void observe_queued(struct observe *o);
struct observe_sync {
	int code; /* of the attempt */
	bool full;
	int64_t took_ns;
	const struct px_change *changes;
	size_t n;
	const int64_t *revisions; /* OBSERVE_KINDS newest ones that are in the kernel now */
	bool more;                /* some changes still wait */
};
void observe_synced(struct observe *o, const struct observe_sync *s);
/* The cluster autoscaler is about to take this node away, or somebody else is. */
void observe_leaving(struct observe *o, bool leaving);
