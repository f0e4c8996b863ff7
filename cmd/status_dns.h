/* What `minik status` tells of this node's cluster DNS: found by its EndpointSlice, asked for its metrics. Blocking. */
#pragma once
#include "base/json.h"
#include "client/client.h"

/* "dns": {"address", "questions", "clusterQuestions", "cacheHits", "cacheMisses", "staleAnswers", "forwarded"}, or
 * {"address", "message"}: it does not say. Nothing where there is no DNS. */
void status_dns_add(json_t *out, struct client *c, const char *node);
void status_dns_print(const json_t *out);
