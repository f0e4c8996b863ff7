/*
 * What the binder chooses from: volumes and the claims that wait for one, as a few fields each, so that no object is parsed to find a match. Kept up by the
 * informers' handlers; a volume that a worker has chosen is held for its claim until that worker says what became of it. Any thread.
 *
 * A volume fits a claim by Kubernetes' rules (pv_controller, FindMatchingVolume): one whose claimRef names the claim by size, volumeMode, access modes and
 * volumeAttributesClassName alone; another one also has to be Available, of the same class and what the selector asks for. Of those the ones with the fewest access modes
 * come first, then the smallest.
 */
#pragma once
#include "client/informer.h"

struct offers;
struct offers *offers_new(void);
struct offers *offers_free(struct offers *o);

/* Returns true when the volume can be chosen by any claim that it fits. An older state than the one that is known changes nothing. */
bool offers_volume(struct offers *o, struct informer_object *pv);
void offers_volume_gone(struct offers *o, const struct informer_object *pv);
/*
 * The best volume for the claim, held for it; *ret is unchanged when there is none. named_only: only one whose claimRef names the claim. -ENOMEM.
 */
int offers_take(struct offers *o, const json_t *pvc, bool named_only, struct informer_object **ret);
/* No longer held. rev > 0: it is the claim's, written at that revision. */
void offers_settle(struct offers *o, const char *volume, const json_t *pvc, int64_t rev);
/* Calls emit (which must not call back here) with the name of each volume whose claimRef names the claim. */
void offers_named(struct offers *o, const char *claim, void (*emit)(void *arg, const char *volume), void *arg);

/* The claim waits for a volume (and needs_node: for a node that could hold it), until offers_served. */
int offers_wait(struct offers *o, const char *key, const json_t *pvc, bool needs_node);
void offers_served(struct offers *o, const char *key);
bool offers_waits(struct offers *o, const char *key);
bool offers_need_node(struct offers *o);
enum offers_why {
	OFFERS_VOLUME, /* volumes named so may fit now */
	OFFERS_CLASS,  /* claims of that class, and those that leave the class open */
	OFFERS_NODE,   /* those that need a node */
	OFFERS_ALL,
};
/* Calls emit (which must not call back here) with the key of each waiting claim that this concerns, the longest waiting first. */
void offers_wake(struct offers *o, enum offers_why why, const char *name, void (*emit)(void *arg, const char *key), void *arg);
