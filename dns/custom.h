/*
 * What an administrator adds: ConfigMap kube-system/minik-dns, with the keys that kube-dns had for the same and one for
 * hosts.
 *
 *     stubDomains: |             {"corp.example": ["192.0.2.53", "192.0.2.54:5353"]}   names below these are asked for
 * there upstreamNameservers: |     ["192.0.2.1"]                                          in place of the host's
 * resolv.conf hosts: |                   as /etc/hosts: an address, names; '#' begins a comment
 *
 * A value that is malformed changes nothing beyond itself: it is left out and told about, one line each. Bounds:
 * CUSTOM_STUBS_MAX domains of UPSTREAMS_MAX servers, CUSTOM_HOSTS_MAX names of CUSTOM_ADDRS_MAX addresses. Pure; one
 * thread.
 */
#pragma once
#include <jansson.h>
#include "base/buf.h"
#include "dns/upstream.h"
#include "dns/wire.h"

#define CUSTOM_NS        "kube-system"
#define CUSTOM_NAME      "minik-dns"
#define CUSTOM_STUBS_MAX 64
#define CUSTOM_HOSTS_MAX 4096
#define CUSTOM_ADDRS_MAX 16
#define CUSTOM_TTL       30

struct custom;
/* configmap NULL: nothing is added. faults: lines about what was left out. domain: the cluster's, which is nobody
 * else's. -ENOMEM. */
int custom_new(struct custom **ret, const json_t *configmap, const struct dns_name *domain, struct buf *faults);
struct custom *custom_free(struct custom *c);
/* Servers for a name: of the longest domain it is below; else upstreamNameservers; else NULL: the host's. Borrowed. */
struct upstreams *custom_route(const struct custom *c, const struct dns_name *name);
size_t custom_hosts(const struct custom *c); /* names and addresses */
/* A host's addresses, or an address' names. False: there is no such host. */
bool custom_hosts_answer(const struct custom *c, const struct dns_query *q, struct dns_reply *r);
/* Servers that are our own addresses are taken out. Returns how many. */
unsigned custom_leave_out(struct custom *c, const char *const *own, uint16_t own_port);
