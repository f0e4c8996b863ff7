/*
 * ControllerRevisions: the templates a DaemonSet or StatefulSet has had, as the patch that brings one back (kubectl rollout undo applies it).
 * Source: Kubernetes ControllerRevision; pkg/controller/history.
 */
#pragma once
#include "controllers/owned.h"

#define HASH_LABEL_REVISION "controller-revision-hash"

struct history {
	struct controller *c;
	const struct owner_kind *k;
	const json_t *owner;	     /* borrowed */
	struct informer *revisions;
	const char *hash_label;	     /* the revision's label with the hash of its template */
	json_t **v;		     /* owned, oldest first */
	size_t n;
	const json_t *current;	     /* the one of the owner's template; one of v */
};
/*
 * Claims what there is and finds the revision of the owner's template: made when there is none, made the newest when it is an older one.
 * h->c to hash_label filled in. ERR_EXISTS: another template has the same hash; the owner's status.collisionCount has to be raised. Worker threads.
 */
int history_sync(struct history *h, struct err *e);
void history_done(struct history *h);
/* Deletes the oldest beyond spec.revisionHistoryLimit, but none for which live says true. */
int history_trim(struct history *h, bool (*live)(void *arg, const json_t *revision), void *arg, struct err *e);
/* The hash of its template, by hash_label. */
const char *history_hash(const struct history *h, const json_t *revision);
/* The revision of this name, or NULL. */
const json_t *history_find(const struct history *h, const char *name);
/* The owner as it was with this revision's template. New tree. */
json_t *history_apply(const json_t *owner, const json_t *revision);

/* Ten letters for a template; collisions is a salt. */
void template_hash(const json_t *template, int64_t collisions, char out[16]);
