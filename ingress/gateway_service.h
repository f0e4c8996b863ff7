/*
 * Services and EndpointSlices of Gateways with an address of their own, as the model wants them. Written by one of those
 * that run the control plane. Private to the component.
 */
#pragma once
#include "ingress/gateway.h"

struct gateway_services;
int gateway_services_new(struct gateway_services **ret, struct ingress *x);
struct gateway_services *gateway_services_free(struct gateway_services *s);
/* The worker of "routes": taken out of o; what has changed is brought in line by jobs "gateway Service NS/NAME". */
void gateway_services_want(struct gateway_services *s, struct gateway_outcome *o);
void gateway_services_all(struct gateway_services *s); /* any thread: nodes that serve have changed */
/* The loop's thread: a Service or an EndpointSlice has changed. */
void gateway_services_seen(struct gateway_services *s, bool slice, const struct informer_object *o);
/* "NS/NAME"; a worker. Failures that the Gateway's owner can mend are events on it. */
int gateway_services_reconcile(struct gateway_services *s, struct gateway *g, const char *key, struct err *e);
