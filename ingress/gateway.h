/*
 * The component's side of the Gateway API: brings the CRDs, watches the kinds as soon as they are all there, and writes
 * statuses. Private to the component.
 */
#pragma once
#include "ingress/gateway_model.h"
#include "ingress/internal.h"

int gateway_new(struct gateway **ret, struct ingress *x, struct err *e); /* x has its client, loop and queue */
int gateway_start(struct gateway *g, struct err *e);
struct gateway *gateway_free(struct gateway *g); /* loop's thread, or loop ended */
/* The worker of "routes". What Gateways have comes to t; ret: gateway_outcome_done. */
int gateway_add(struct gateway *g, struct ing_table *t, struct gateway_outcome *ret, struct err *e);
/* Services of Gateways with an address of their own are to be so; it need not be served yet. */
void gateway_want(struct gateway *g, struct gateway_outcome *o);
/* Any Service or EndpointSlice has changed, or is gone (tree NULL); the loop's thread. */
void gateway_seen(struct gateway *g, bool slice, struct informer_object *o, const json_t *tree);
void gateway_tell(struct gateway *g, struct gateway_outcome *o); /* nginx has it: statuses follow, taken out of o */
void gateway_tell_all(struct gateway *g, bool every); /* what nodes there are has changed; every: who writes, so that of routes and classes, too */
/* An event on "httproute/NS/NAME" or "gateway/NS/NAME"; any worker. */
void gateway_say(struct gateway *g, const char *owner, const char *type, const char *reason, const char *text);
int gateway_reconcile(struct gateway *g, const char *key, struct err *e); /* "class", "KIND NAME", "KIND NS/NAME" */
bool gateway_listens(const struct gateway *g, uint16_t port); /* the worker of "routes": by the last table */

/* Takes now (key -> json_t) in the place of *wanted, which is x->lock's, and hands add the keys whose value is another one. */
void gateway_wanted_set(struct ingress *x, struct map **wanted, struct map *now, void (*add)(struct ingress *x, const char *key));

/* gateway_status.c: the object's status as it is to be, times and other controllers' entries kept. 1: it is that
 * already. */
struct gateway_others {          /* whose addresses stay */
	const struct map *nodes; /* addresses of all nodes */
	char *const *own;        /* of this one, NULL-terminated */
};
int gateway_status_merge(json_t *o, enum gateway_kind kind, const json_t *status, const struct gateway_others *others,
			 const char *now, struct err *e);
