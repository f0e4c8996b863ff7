/*
 * Claims that wait for a volume, or for a node that could hold one, and whom what changes concerns. Any thread.
 */
#pragma once
#include "client/offers.h"

struct waiting;
struct waiting *waiting_new(struct offers *o /* borrowed */);
struct waiting *waiting_free(struct waiting *q);

/* The claim waits for a volume (and needs_node: for a node that could hold it), until waiting_served. -ENOMEM. */
int waiting_add(struct waiting *q, const json_t *pvc, bool needs_node);
void waiting_served(struct waiting *q, const char *key);
bool waiting_has(struct waiting *q, const char *key);
bool waiting_need_node(struct waiting *q);
enum waiting_why {
	WAKE_VOLUME, /* volumes named so may fit now */
	WAKE_CLASS,  /* claims of that class, and those that leave the class open */
	WAKE_NODE,   /* those that need a node */
	WAKE_ALL,
};
/* Calls emit (which must not call back here) with the key of each waiting claim that this concerns, the longest waiting
 * first. */
void waiting_wake(struct waiting *q, enum waiting_why why, const char *name, void (*emit)(void *arg, const char *key),
		  void *arg);
