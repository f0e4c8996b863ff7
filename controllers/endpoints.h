/* What the endpoints, endpointslice and mirroring controllers share (endpoint_pods.c, slices.c). */
#pragma once
#include <errno.h>
#include "controllers/shared.h"

/*
 * Has every Service queued whose endpoints a change of a pod may touch: its selector matches the pod as it is or was. Both controllers
 * share one handler, so that a pod is parsed and matched once. Before start, loop's thread. -ENOMEM.
 */
int endpoint_watch_pods(struct controller *c, struct informer *services, struct informer *pods);
/* And after it: those of all pods of a node whose zone changes, or that comes or goes. */
int endpoint_watch_zones(struct controller *c, struct informer *nodes);
/* The Service's pods that have an address and have not ended, as trees; freed with trees_free. -ENOMEM. */
int service_pods(struct informer *pods, const json_t *svc, json_t ***ret, size_t *ret_n);
/*
 * The Service's ports as they are on this pod, without those that name a port the pod has not. New array of {name, port, protocol,
 * appProtocol}; a port without a name has "" (slices) or none.
 */
json_t *endpoint_ports(const json_t *pod, const json_t *svc, bool always_named);
/* Sets what an address of both forms says about its pod: nodeName, hostname, targetRef. */
void endpoint_describe(json_t *e, const json_t *pod, const json_t *svc);

#define LABEL_SERVICE "kubernetes.io/service-name"
#define LABEL_MANAGED "endpointslice.kubernetes.io/managed-by"

/* What an owner's slices should hold: endpoints of equal ports and address family together. Zeroed to begin with. */
struct slice_groups {
	struct slice_group {
		json_t *ports, *endpoints; /* arrays */
		bool v6;
	} *v;
	size_t n;
};
/* Takes ports and endpoint over, also when it fails; either may be NULL for want of memory. -ENOMEM. */
int slice_groups_add(struct slice_groups *g, bool v6, json_t *ports, json_t *endpoint);
/* A group without endpoints, which is written as one empty slice, where the family has none yet. -ENOMEM. */
int slice_groups_add_empty(struct slice_groups *g, bool v6);
void slice_groups_done(struct slice_groups *g);

struct slice_owner { /* all borrowed */
	const json_t *obj;	   /* slices are named after it, live in its namespace and go with it */
	const char *gv, *kind;	   /* its */
	const char *manager;	   /* value of LABEL_MANAGED */
	const json_t *labels;	   /* of every slice, beside LABEL_SERVICE and LABEL_MANAGED */
	const json_t *annotations; /* likewise; NULL: as they are */
};
/*
 * Brings the owner's slices (n trees) to what the groups say, changing what is there where it can, with at most 100 endpoints each; what is left over is
 * deleted if it is the manager's. Uses up the groups' endpoints. Worker threads. A namespace that goes meanwhile is no error.
 */
int slices_write(struct controller *c, const struct slice_owner *o, struct slice_groups *g, json_t **slices, size_t n, struct err *e);
