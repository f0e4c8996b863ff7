/* What the files of provisioning share: provision.c (claims), provision_delete.c (volumes), resize.c. */
#pragma once
#include "storage/internal.h"
#include "storage/lanes.h"
#include "storage/secrets.h"

#define PROVISION_TIMEOUT_MS 60000 /* of one call; who needs longer is asked again */
#define FINALIZER_PROVISIONER "external-provisioner.volume.kubernetes.io/finalizer"
#define ANN_DELETE_SECRET_NAME "volume.kubernetes.io/provisioner-deletion-secret-name"
#define ANN_DELETE_SECRET_NS "volume.kubernetes.io/provisioner-deletion-secret-namespace"

/*
 * Who provisions: plug-ins that make a node's own volumes do it on that node, all others on the control plane alone. An agent is trusted with its own node:
 * it could otherwise make volumes that lead anywhere for anybody's claim.
 */
bool provision_here(const struct storage *s, const struct plugin *p, const char *node);

/* --- provision_journal.c: what is asked of a plug-in is on disk before; DATA_DIR/storage/journal/VOLUME --- */

int journal_init(const char *dir, struct err *e);
int journal_write(const char *dir, const char *volume, const json_t *record, struct err *e);
int journal_read(const char *dir, const char *volume, json_t **ret, struct err *e); /* ERR_NOT_FOUND */
int journal_remove(const char *dir, const char *volume, struct err *e);		    /* absent is fine */
int journal_each(const char *dir, void (*fn)(void *arg, const char *volume), void *arg, struct err *e);

/* --- provision_topology.c: as external-provisioner chooses --- */

/* {requisite, preferred} or NULL in *ret. */
int topology_requirement(json_t **ret, struct storage *s, const struct plugin *p, const json_t *sc, const char *node, const char *claim, struct err *e);
/* spec.nodeAffinity of a volume that these nodes can use; NULL without memory. */
json_t *topology_affinity(const json_t *topology);

/* --- provision_request.c --- */

/* As secret_of_class, for a claim and its volume-to-be. */
int class_secret(json_t **ret, const json_t *parameters, const char *purpose, const json_t *pvc, const char *volume, struct err *e);

struct provision_request {
	json_t *create;	  /* the request, but for its secrets */
	json_t *secret;	  /* {name, namespace} for it, or NULL */
	json_t *node_refs; /* {nodeStageSecretRef: {name, namespace}...} of the volume's source */
	char *volume;	  /* "pvc-UID" */
};
void provision_request_done(struct provision_request *r);
int provision_request_build(struct provision_request *ret, struct storage *s, const struct plugin *p, const json_t *pvc, const json_t *sc, struct err *e);
/* 1: the claim's source is somebody else's to fill in (a populator). */
int provision_foreign_source(const json_t *pvc);
/* The PersistentVolume of an answer. ERR_PROTO, ERR_INVALID, -ERANGE: what the plug-in made is not what was asked for, or is to mean more than it may. */
int provision_request_volume(json_t **ret, const struct provision_request *r, const struct plugin *p, const json_t *pvc, const json_t *sc, const char *node, const json_t *answer, struct err *e);

/* --- provision_delete.c --- */

struct retries;
int provision_delete(struct storage *s, struct lanes *lanes, struct workqueue *q, struct retries *retries, const char *name, const char *key, struct err *e);
