/*
 * The cluster domain as Kubernetes' DNS-Based Service Discovery (version 1.1) lays it out, answered straight from
 * Services, EndpointSlices and Namespaces: names are taken apart rather than kept, so that a question costs the same
 * with ten Services and with ten thousand. Pure; one thread.
 *
 * Beyond the specification, as CoreDNS has it: A-B-C-D.NS.pod names (for namespaces that exist), endpoints' names under
 * Services with an address, names of endpoints without a host name (the address with dashes). Where it leaves a choice:
 * a name without records but with names below it (svc, NS.svc, pod, _tcp.SERVICE...) is NODATA, a namespace is there
 * whether or not it has Services, a headless Service without ready endpoints is NXDOMAIN (section 2.4.1).
 */
#pragma once
#include <jansson.h>
#include "base/err.h"
#include "dns/wire.h"

#define DNS_TTL 5 /* seconds; as CoreDNS answers for the cluster domain */
/* Bounds: of a Service's ports, of a slice's ports and endpoints (the API allows 1000), of CNAMEs that one answer
 * follows. What is beyond is left out. */
#define ZONE_PORTS_MAX     200
#define ZONE_ENDPOINTS_MAX 5000
#define ZONE_CHASE_MAX     8

struct zone_config {
	const char *domain;       /* cluster.local */
	const char *service_ip;   /* of the DNS Service: ns.dns.DOMAIN; or NULL */
	const char *const *cidrs; /* NULL-terminated networks (pods', Services') whose reverse names are ours alone:
				     what is not there is NXDOMAIN, and never asked for elsewhere. Or NULL */
};
struct zone;
int zone_new(struct zone **ret, const struct zone_config *c, struct err *e);
struct zone *zone_free(struct zone *z);
/* NULL object: gone. -ENOMEM only; what is malformed is left out. */
int zone_service(struct zone *z, const char *ns, const char *name, const json_t *svc);
int zone_slice(struct zone *z, const char *ns, const char *name, const json_t *slice);
int zone_namespace(struct zone *z, const char *name, bool exists);

enum zone_result {
	ZONE_ANSWERED,
	ZONE_FORWARD, /* not ours */
	ZONE_CHASE,   /* CNAME put; the client wants what *target, which lies outside, has */
};
/* Fills r (begun by the caller, ended by the caller). */
enum zone_result zone_answer(struct zone *z, const struct dns_query *q, struct dns_reply *r, struct dns_name *target);
/* For a batch of questions, as map_prefetch has it: what comes back is for zone_prefetch_value. */
size_t zone_prefetch(const struct zone *z, const struct dns_name *name);
void zone_prefetch_value(const struct zone *z, size_t at);
/* Whether the name is there (with whatever records); a name outside is not. */
bool zone_has(struct zone *z, const struct dns_name *name);
/* The cluster domain in lower case. Borrowed. */
const struct dns_name *zone_domain(const struct zone *z);
