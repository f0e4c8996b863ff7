/*
 * The ports of its node that a pod asks for, and whether two pods ask for one: a rule that the scheduler and the node
 * share. Pure. Source: core/v1 ContainerPort; Kubernetes' scheduler plug-in NodePorts.
 */
#pragma once
#include <stdbool.h>
#include "base/json.h"

/*
 * Of all containers that go on running (init containers with restartPolicy Always, too): a new array of their
 * ContainerPorts with a hostPort (references); NULL when there is none (or no memory).
 */
json_t *host_ports_of(const json_t *spec);
/* Whether one of the ports in a cannot be had beside those in b. Either may be NULL. An address of its own clashes with
 * that and with all addresses. */
bool host_ports_clash(const json_t *a, const json_t *b);
