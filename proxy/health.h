/*
 * healthCheckNodePort: an HTTP server on the node for each Service under external policy Local that has one, which
 * tells a load balancer in front whether this node has endpoints. 200 or 503 with kube-proxy's body and headers,
 * whatever the path. The loop's thread calls; a server of wire/ with one thread of its own answers.
 */
#pragma once
#include "base/err.h"
#include "proxy/model.h"

struct health;
struct health *health_new(void);
struct health *health_free(struct health *h); /* ends the servers */
/* Follows a change; a server that cannot start is left for health_retry, with a message. */
int health_change(struct health *h, const struct px_change *c, struct err *e);
/* Are there servers that could not start? */
bool health_waiting(const struct health *h);
int health_retry(struct health *h, struct err *e);
/* Whether the rules are up to date: said in the answers, 503 when not. */
void health_set_proxy(struct health *h, bool healthy);
