/* What the endpoints and endpointslice controllers share. */
#pragma once
#include <errno.h>
#include "controllers/shared.h"

/* Queues every Service whose selector matches the pod as it is or (old may be NULL) was. Loop's thread. */
void service_pod_changed(struct controller *c, struct informer *services, struct informer_object *o, const struct informer_object *old);
bool endpoint_unchanged(const json_t *a, const json_t *b);
/* The number a Service port stands for on this pod; 0 when it names a port that the pod has not. */
int64_t service_target_port(const json_t *pod, const json_t *port);
/* The Service's pods that have an address and have not ended, as trees. */
int service_pods(struct informer *pods, const json_t *svc, json_t ***ret, size_t *ret_n);
