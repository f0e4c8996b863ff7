/*
 * Whose an address is: a Service may lie at an address of a node, whose other ports are none of the Service's. Pure.
 * One thread.
 */
#pragma once
#include <jansson.h>
#include "proxy/model.h"

struct px_nodes;
struct px_nodes *px_nodes_new(void); /* NULL without memory */
struct px_nodes *px_nodes_free(struct px_nodes *x);
/* NULL node: it is gone. 1 when its addresses or ports are not what they were, 0, or -ENOMEM; then nothing has changed.
 */
int px_nodes_put(struct px_nodes *x, const char *name, bool own, const json_t *node);
/*
 * Sets place of the port's external and balancer's addresses. Where a balancer has an ExternalIP of this node, which is
 * often translated on the way, the node's InternalIPs of that family are added: that is what packets arrive with. cap:
 * of p->fronts.
 */
void px_nodes_fronts(const struct px_nodes *x, struct px_port *p, size_t cap);
/* Does a node listen there itself (its kubelet port, annotation minik.io/own-ports)? Whoever may write a Service must
 * not come between the cluster and its API server. */
bool px_nodes_listen(const struct px_nodes *x, const struct px_front *f, uint8_t protocol);
