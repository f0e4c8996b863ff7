/*
 * Keeps Service kube-system/kube-dns (the address in every pod's resolv.conf) and this node's EndpointSlices of it, one a family, so
 * that pods reach the responder of their own node. Straight-line code on a worker; called again whenever either object
 * changes.
 */
#pragma once
#include "client/client.h"

struct publish {
	const char *node, *node_uid; /* NULL: the Service alone; uid "": the slice has no owner yet */
	const char *service_ips[2]; /* the second NULL: Services have one family here */
	const char *listen[2];      /* of the node, the first of the first family or whatever there is; second "": none */
	uint16_t port, metrics_port; /* 0: no metrics */
};
#define PUBLISH_NS      "kube-system"
#define PUBLISH_SERVICE "kube-dns"
/* Of a node's slice for its second address; no node's name makes it another's first. */
#define PUBLISH_SECOND "kube-dns6"
int publish_run(struct client *c, const struct publish *p, struct err *e);
