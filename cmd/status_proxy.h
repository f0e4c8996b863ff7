/* The line of minik status about Services: what the Service proxy tells (proxy/observe.h). */
#pragma once
#include "base/json.h"
#include "cmd/options.h"

/*
 * Adds "proxy": {"mode", "services", "endpoints", "chains", "rules", "elements", "virtualServers"?, "destinations"?,
 * "addresses"?, "pending", "lagSeconds"}, or {"message"} when it does not answer. its: what the minik that runs was
 * started with.
 */
void status_proxy_add(json_t *out, const struct options *its);
void status_proxy_print(const json_t *out);
