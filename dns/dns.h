/*
 * Cluster DNS responder (Kubernetes DNS-Based Service Discovery 1.1; RFC 1035, 6891) on every node: answers for the
 * cluster domain and its reverse zones from Services and EndpointSlices, forwards the rest to the host's resolvers or
 * to whom ConfigMap kube-system/minik-dns names (custom.h). UDP and TCP. /metrics by HTTP on the same address.
 *
 * It listens on the bridge's address; Service kube-dns has internalTrafficPolicy Local, so that on every node the
 * cluster DNS address leads to the responder of this node, whichever proxy is there.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/clock.h"
#include "client/transport.h"

struct dns;
struct dns_config {
	const char *node_name; /* NULL: answers nothing and only keeps the Service, for servers without a node agent */
	const char *cluster_domain; /* cluster.local */
	const char *listen;    /* NULL: the first address of the node's pod CIDR (the bridge), bound before it exists */
	uint16_t port;         /* 53 */
	uint16_t metrics_port; /* 0: none */
	const char *resolv_conf; /* upstreams; NULL: /etc/resolv.conf; ones that point back at us are left out */
	const char *cluster_cidr, *service_cidr; /* networks whose reverse names are ours alone; or NULL */
	bool autopath;                           /* walk search lists here; the node's pods are watched for that */
	/* Of Service kube-system/kube-dns, which this component keeps where it may (the server's, not an agent's), with
	   an EndpointSlice per node. */
	const char *service_ip;
	const char *service_ip2; /* of the other family, where Services have both; or NULL */
};
struct dns_deps {
	struct connector *api;
	struct clock *clock;
};
int dns_new(struct dns **ret, const struct dns_config *c, const struct dns_deps *d, struct err *e);
int dns_start(struct dns *x, struct err *e);
void dns_stop(struct dns *x);
void dns_join(struct dns *x);
struct dns *dns_free(struct dns *x);
