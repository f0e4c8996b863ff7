/*
 * Volumes that claims can have, as a few fields each and in order, so that no object is parsed to find a match. What
 * the binder and the scheduler choose from, each with one of its own: kept up by their informers' handlers, and what
 * was chosen is held for its claim until it is settled what became of it. Any thread.
 *
 * A volume fits a claim by Kubernetes' rules (pv_controller, FindMatchingVolume): one whose claimRef names the claim by
 * size, volumeMode, access modes and volumeAttributesClassName alone; another one also has to be Available, of the same
 * class and what the selector asks for.
 */
#pragma once
#include "api/selector.h"
#include "client/informer.h"

/* The end of a list is its head seen as if it were one of its members: these must not have to be aligned as no head is.
 */
typedef __int128 size_nano __attribute__((aligned(8)));

/* What a claim asks for. Owns all. */
struct claim_want {
	char *key, *uid; /* "ns/name" */
	size_nano size;
	unsigned modes; /* bits */
	bool block;
	char *class; /* "" for none; NULL: left open, which no volume of a class fits */
	char *vac;   /* volumeAttributesClassName, "" for none */
	bool selects;
	struct api_selector *selector; /* NULL although selects: nothing */
};
int claim_want_init(struct claim_want *w, const json_t *pvc); /* -ENOMEM; done all the same */
void claim_want_done(struct claim_want *w);

struct offers;
struct offers *offers_new(void);
struct offers *offers_free(struct offers *o);

/* Returns true when the volume can be chosen by any claim that it fits. An older state than the one that is known
 * changes nothing. */
bool offers_volume(struct offers *o, struct informer_object *pv);
void offers_volume_gone(struct offers *o, const struct informer_object *pv);

/* The one whose claimRef names the claim, or that is held for it; *ret is unchanged when there is none. any_class: also
 * of another class. */
void offers_kept(struct offers *o, const struct claim_want *w, bool any_class, struct informer_object **ret);

struct offers_query {
	bool any_modes;   /* the smallest of all; else the smallest of those with the fewest access modes */
	const char *node; /* NULL: wherever it is; else one that this node, of these labels, reaches */
	const json_t *labels;
	bool (*skip)(void *arg, const char *volume); /* or NULL. Must not call back here */
	void *arg;
};
/* The best that nobody has; by name among equals. *ret is unchanged when there is none. Nothing is held. */
void offers_find(struct offers *o, const struct claim_want *w, const struct offers_query *q,
		 struct informer_object **ret);
/* Nobody else finds it until it is settled. -ENOMEM; no such volume: -ENOENT. */
int offers_hold(struct offers *o, const char *volume, const char *claim, const char *uid);
/* The kept one or else (named_only: no other) the best wherever it is, held; *ret is unchanged when there is none.
 * -ENOMEM. */
int offers_take(struct offers *o, const struct claim_want *w, bool named_only, struct informer_object **ret);
/* No longer held for the claim. rev > 0: it is the claim's, written at that revision. */
void offers_settle(struct offers *o, const char *volume, const char *claim, const char *uid, int64_t rev);

/* Calls emit (which must not call back here) with the name of each volume whose claimRef names the claim, or that is
 * held for it. */
void offers_named(struct offers *o, const char *claim, void (*emit)(void *arg, const char *volume), void *arg);
/*
 * Calls see (which must not call back here, nor keep what it is shown) with the volume of that name, NULL when there is
 * none: for who looks through many claims.
 */
struct offer;
void offers_look(struct offers *o, const char *volume, void (*see)(void *arg, const struct offer *f), void *arg);
const char *offer_claim(const struct offer *f);                     /* "ns/name" of its claimRef, or NULL */
bool offer_open(const struct offer *f);                             /* any claim that it fits can have it */
bool offer_fits(const struct offer *f, const struct claim_want *w); /* but for the selector */
