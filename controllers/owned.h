/*
 * What the controllers that own objects share: which objects are theirs (claims: adoption of orphans that match, release of those that no longer do), pods made
 * from a template and deleted, with expectations and events, and the handlers that say which owner a pod's change concerns.
 * Source: Kubernetes "Controllers", ControllerRef; pkg/controller/controller_ref_manager.go.
 */
#pragma once
#include "api/selector.h"
#include "controllers/shared.h"

struct owner_kind { /* static */
	const char *group, *plural, *gv, *kind;
	const char *component; /* source of the events about its pods; NULL: the controller writes its own */
	const char *finalizer; /* its pods carry it: an adopted one gets it, a released one loses it; NULL: none */
	bool map_selector;     /* spec.selector is a plain map of labels */
};

/*
 * Handlers on pods: an owner's key is queued when a pod of its comes, changes or goes, and for an orphan that its selector matches.
 * x (borrowed, may be NULL) learns of creations and deletions. Before start, loop's thread. -ENOMEM.
 */
int owned_watch_pods(struct controller *c, const struct owner_kind *k, struct informer *owners, struct informer *pods, struct expectations *x);

struct owned_claim {
	const struct owner_kind *k;
	const json_t *owner;
	struct informer *objects;
	const char *group, *plural; /* of the objects */
	/* Which orphans may be adopted, beside that they match and are not being deleted; NULL: any. */
	bool (*wants)(const json_t *owner, const json_t *object);
	void (*slim)(json_t *object); /* takes out of each what the caller does not look at; NULL: nothing */
};
/*
 * The owner's objects: controlled ones, with orphans adopted and misfits released. Before the first adoption the owner is read anew: one that is going,
 * or another of its name, adopts nothing. Array of trees; trees_free. Worker threads.
 */
int owned_claim(struct controller *c, const struct owned_claim *q, json_t ***ret, size_t *ret_n, struct err *e);

/* A pod of the template, without an owner. generate: name is a prefix for the server to complete. New tree; NULL without memory. */
json_t *pod_from_template(const json_t *template, const char *ns, const char *name, bool generate);
/*
 * Makes it, with the owner as its controller. ret may be NULL. On failure the expectation of one creation under key is taken back and an event says why.
 * ERR_NOT_FOUND: the namespace goes, and the owner with it.
 */
int pod_create(struct controller *c, const struct owner_kind *k, const json_t *owner, json_t *pod, struct expectations *x, const char *key, json_t **ret,
	       struct err *e);
/* Deletes this very pod (by uid), expecting its end under key. One that is gone is no error. */
int pod_delete(struct controller *c, const struct owner_kind *k, const json_t *owner, const json_t *pod, struct expectations *x, const char *key, struct err *e);

/* Kubernetes' ActivePods order: an array of these sorted by pod_rank_compare has those first that are missed least. */
struct pod_rank {
	const json_t *pod; /* borrowed */
	int rank, on_node;
	int64_t cost;
};
/* Fills on_node of all and sorts. by_node: a node that has many of them loses some first (ReplicaSet). */
void pods_rank(struct pod_rank *v, size_t n, bool by_node);
