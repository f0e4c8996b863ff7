/* Gateways' statuses as findings of the routing table, and objects by their kind: for minik ingress show and lint. Pure. */
#pragma once
#include "ingress/gateway_model.h"

/* An object of one of the kinds of the Gateway API, or a Namespace, as gateway_model_* have it. 1: another kind. -ENOMEM. */
int gateway_feed(struct gateway_model *g, const char *kind, const char *ns, const char *name, const json_t *o);
/* What the conditions complain of, and more of that kind: of "gateway/ns/name", "httproute/ns/name", "gatewayclass/name". The findings borrow
 * their reasons from o. 0 or -ENOMEM. */
int gateway_findings(const struct gateway_outcome *o, struct ing_table *t);
