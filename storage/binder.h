/*
 * Shared by the files of the binder, which is Kubernetes' PV controller: binder.c (claims), binder_volume.c (volumes, what becomes of released ones), binder_steps.c
 * (what is written). Worker threads.
 */
#pragma once
#include <pthread.h>
#include "base/map.h"
#include "client/offers.h"
#include "storage/internal.h"
#include "storage/waiting.h"

#define CONTROLLER "persistentvolume-controller"
#define NO_PROVISIONER "kubernetes.io/no-provisioner"

struct binder {
	struct storage *s;
	struct workqueue *claims, *volumes;
	struct offers *offers;
	struct waiting *waiting;
	pthread_mutex_t lock; /* guards said */
	struct map *said;     /* by "ns/name" or "name": the last event about it, so that a reconcile that finds nothing new says nothing */
};

/* binder_steps.c */
int binder_patch(struct storage *s, const struct client_ref *ref, json_t *body /* stolen */, json_t **ret, struct err *e);
struct client_ref claim_ref(const json_t *pvc, const char *sub);
struct client_ref volume_ref(const json_t *pv, const char *sub);
void claim_event(struct binder *b, const json_t *pvc, const char *type, const char *reason, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
void volume_event(struct binder *b, const json_t *pv, const char *type, const char *reason, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* By name, so that the same objects make the same event. */
void binder_sort(struct informer_object **v, size_t n);
void binder_forget(struct binder *b, const char *key);
/* pv: what a claim that is bound has; NULL takes it away. */
int claim_phase(struct binder *b, const json_t *pvc, const char *phase, const json_t *pv, struct err *e);
int volume_phase(struct binder *b, const json_t *pv, const char *phase, const char *message, struct err *e);
/* Failed, with an event when it was not so before. */
int volume_failed(struct binder *b, const json_t *pv, const char *reason, const char *message, struct err *e);
/* offers_settle: of a volume that was taken for the claim. */
void binder_settle(struct binder *b, const char *volume, const json_t *pvc, int64_t rev);
/* The volume is this claim's: all steps that are still to be done. */
int binder_bind(struct binder *b, const json_t *pvc, const json_t *pv, struct err *e);
/* The volume is nobody's again, or what it was kept for by its administrator. */
int binder_unbind(struct binder *b, const json_t *pv, struct err *e);

/* binder_volume.c */
int binder_reconcile_volume(void *arg, const char *name, struct err *e);
/* Has the volume a claim that is gone? Asks the API server. 1, 0, or negative. */
int volume_released(struct binder *b, const json_t *pv, struct err *e);

/*
 * recycle.c: a pod that empties a volume. 0: under way, and the pod's changes bring the volume back; 1: done; ERR_UNSUPPORTED: cannot be done here, and why; else it
 * failed, and is tried again after RECYCLE_RETRY_MS.
 */
#define RECYCLE_RETRY_MS 60000
int volume_recycle(struct binder *b, const json_t *pv, struct err *e);
bool recycler_volume(const struct informer_object *pod, char *ret_volume, size_t cap); /* is it such a pod, and of which volume? */
