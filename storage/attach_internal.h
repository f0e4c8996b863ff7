/* The attach/detach controller: what it decides (attach.c), and what wakes it (attach_watch.c). */
#pragma once
#include "base/map.h"
#include "storage/attach.h"

/* One that was created and that the informer has not shown yet. */
struct made {
	char *name, *volume, *node;
};

struct attach {
	struct storage *s;
	struct workqueue *queue; /* "v/VOLUME", "c/NS/CLAIM", "n/NODE", "f/ATTACHMENT" (says that it failed) */
	/* the worker's */
	struct made *made;
	size_t n_made;
	struct map *told; /* volume -> what was said of it last: an event for each change, not for each look */
};

/* attach.c */
int attach_reconcile(void *arg, const char *key, struct err *e); /* arg: struct attach */
void attach_made_drop(struct attach *a, size_t i);

/* attach_watch.c. kind: the letter of a key. */
void attach_wake(struct attach *a, const char *kind, const char *name);
