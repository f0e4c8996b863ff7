/*
 * Objects as they are, whole, for what minik ingress show and lint say besides the routing table: TCP and UDP services, Gateways' listeners, nodes, and
 * objects that are served by nobody here. Secrets are not kept. One thread.
 */
#pragma once
#include <stddef.h>
#include "base/err.h"
#include "base/json.h"
#include "ingress/gateway_model.h"
#include "ingress/streams.h"

struct seen;
int seen_new(struct seen **ret, struct err *e);
struct seen *seen_free(struct seen *s);
/* One that is there already is replaced. Kinds that nobody asks for are passed over. 0 or -ENOMEM. */
int seen_put(struct seen *s, const char *kind, const json_t *o);
const json_t *seen_get(const struct seen *s, const char *kind, const char *ns, const char *name); /* borrowed; NULL: not seen */
/* All of a kind, by namespace and name; the caller frees the array, not what is in it. 0 or -ENOMEM. */
int seen_all(const struct seen *s, const char *kind, const json_t ***ret, size_t *ret_n);

/* Whether this node's nginx has said that it runs: annotation minik.io/own-ports. Its ports, or 0. */
bool seen_node_serves(const json_t *node, uint16_t *ret_http, uint16_t *ret_https);
/* The ports of Ingress as nodes have them; 80 and 443 where none says. */
void seen_ports(const struct seen *s, uint16_t *ret_http, uint16_t *ret_https);
/* As streams_read, by the Services that were seen and what Nodes say that they listen on. gateways: or NULL. */
int seen_streams(const struct seen *s, const struct gateway_outcome *gateways, const json_t *config_map, bool udp,
		 struct streams *ret, struct err *e);
