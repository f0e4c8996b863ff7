/*
 * What everybody who reads EndpointSlices (DNS, Service proxy, Ingress) has to agree on: whose a slice is, and what absent
 * conditions mean. Trees; any thread. Source: discovery.k8s.io/v1 EndpointSlice, EndpointConditions.
 */
#pragma once
#include "base/json.h"

/*
 * Name of the Service a slice belongs to, by its label. NULL for none: it has no such label, its addresses are names (FQDN)
 * that nobody routes to, or slice is NULL. Borrowed.
 */
const char *endpoint_slice_service(const json_t *slice);

struct endpoint_state {
	const char *address; /* the first: the others stand for the same. Borrowed; NULL when there is none */
	bool ready;	     /* absent: ready */
	bool serving;	     /* absent: as ready */
	bool terminating;    /* absent: not */
};
/* Of one element of endpoints. */
struct endpoint_state endpoint_state_of(const json_t *endpoint);
