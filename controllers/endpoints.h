/* What the endpoints and endpointslice controllers share (endpoint_pods.c). */
#pragma once
#include <errno.h>
#include "controllers/shared.h"

/*
 * Has every Service queued whose endpoints a change of a pod may touch: its selector matches the pod as it is or was. Both controllers
 * share one handler, so that a pod is parsed and matched once. Before start, loop's thread. -ENOMEM.
 */
int endpoint_watch_pods(struct controller *c, struct informer *services, struct informer *pods);
/* The Service's pods that have an address and have not ended, as trees; freed with trees_free. -ENOMEM. */
int service_pods(struct informer *pods, const json_t *svc, json_t ***ret, size_t *ret_n);
/*
 * The Service's ports as they are on this pod, without those that name a port the pod has not. New array of {name, port, protocol,
 * appProtocol}; a port without a name has "" (slices) or none.
 */
json_t *endpoint_ports(const json_t *pod, const json_t *svc, bool always_named);
/* Sets what an address of both forms says about its pod: nodeName, hostname, targetRef. */
void endpoint_describe(json_t *e, const json_t *pod, const json_t *svc);
