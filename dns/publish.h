/*
 * Keeps Service kube-system/kube-dns (the address in every pod's resolv.conf) and this node's EndpointSlice of it, so
 * that pods reach the responder of their own node. Straight-line code on a worker; called again whenever either object
 * changes.
 */
#pragma once
#include "client/client.h"

struct publish {
	const char *node, *node_uid; /* NULL: the Service alone; uid "": the slice has no owner yet */
	const char *service_ip, *listen;
	uint16_t port, metrics_port; /* 0: no metrics */
};
#define PUBLISH_NS      "kube-system"
#define PUBLISH_SERVICE "kube-dns"
int publish_run(struct client *c, const struct publish *p, struct err *e);
