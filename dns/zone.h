/*
 * The cluster domain as Kubernetes' DNS-Based Service Discovery (version 1.1) lays it out, answered straight from
 * Services and EndpointSlices: names are taken apart rather than kept. Pure; one thread.
 */
#pragma once
#include <jansson.h>
#include "base/err.h"
#include "dns/wire.h"

#define DNS_TTL 5 /* seconds; as CoreDNS answers for the cluster domain */

struct zone;
int zone_new(struct zone **ret, const char *domain, const char *service_ip, struct err *e);
struct zone *zone_free(struct zone *z);
/* NULL object: gone. -ENOMEM only; what is malformed is left out. */
int zone_service(struct zone *z, const char *ns, const char *name, const json_t *svc);
int zone_slice(struct zone *z, const char *ns, const char *name, const json_t *slice);

enum zone_result {
	ZONE_ANSWERED,
	ZONE_FORWARD, /* not ours */
	ZONE_CHASE,   /* CNAME put; the client wants the addresses of *target, which lies outside */
};
/* Fills r (begun by the caller, ended by the caller). */
enum zone_result zone_answer(struct zone *z, const struct dns_query *q, struct dns_reply *r, struct dns_name *target);
