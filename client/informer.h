/*
 * A local, always current copy of one collection: list, then watch; resume after a break; relist after 410. Uses
 * WatchList (sendInitialEvents) where the server offers it, so that in one process nothing is copied; else list with chunks.
 * Handlers run on the loop's thread, in order. The cache may be read from any thread (rwlock); objects are reference-counted
 * and immutable.
 */
#pragma once
#include "client/client.h"

struct informer;
struct informer_object {
	uint32_t refs; /* atomic */
	int64_t rev;
	const char *ns, *name, *uid; /* "" when absent; live as long as the object */
	struct bytes *json;
};
struct informer_object *informer_object_ref(struct informer_object *o);
struct informer_object *informer_object_unref(struct informer_object *o);
DEFINE_CLEANUP(struct informer_object *, informer_object_unref, informer_object_unref_p)
#define AUTO_OBJECT CLEANUP(informer_object_unref_p)
/* Parses; NULL without memory. The caller owns the tree. NULL in, NULL out. */
json_t *informer_object_json(const struct informer_object *o);

struct informer_config {
	const char *group, *version, *plural; /* as in client_ref */
	const char *ns;			      /* NULL: all */
	const char *label_selector, *field_selector; /* or NULL */
};
struct informer_handler { /* any may be NULL */
	void (*added)(void *arg, struct informer_object *o);
	void (*updated)(void *arg, struct informer_object *old, struct informer_object *o); /* of one uid */
	void (*deleted)(void *arg, struct informer_object *o); /* last known state; another object may be in its place already */
	void (*synced)(void *arg);			       /* once, after the first complete list */
};
int informer_new(struct informer **ret, struct client *c, const struct informer_config *cfg, struct err *e);
int informer_add_handler(struct informer *i, const struct informer_handler *h, void *arg); /* before start */
/* Index: fn calls emit for every value the object is found under. Before start. */
typedef void (*informer_emit_fn)(void *ctx, const char *value);
int informer_add_index(struct informer *i, const char *name, void (*fn)(const struct informer_object *o, informer_emit_fn emit, void *ctx));
int informer_start(struct informer *i, struct err *e);
/*
 * For a collection that begins to have an object without a change of it: reads that one by its name and takes it, or that it is
 * not there, into the cache as if an event had told. done: loop's thread, not from inside, and not when the informer is freed
 * before. Loop's thread; forget: out of the cache, and handlers are not told.
 */
int informer_fetch(struct informer *i, const char *ns, const char *name, void (*done)(void *arg, const char *key, int code), void *arg);
void informer_forget(struct informer *i, const char *key);
struct informer *informer_free(struct informer *i); /* loop's thread, or loop ended */
bool informer_synced(const struct informer *i);     /* any thread */

/* Any thread. get returns a reference or NULL. */
struct informer_object *informer_get(struct informer *i, const char *ns, const char *name);
struct informer_object *informer_get_key(struct informer *i, const char *key /* "ns/name" or "name" */);
size_t informer_count(struct informer *i);
/* A snapshot: array of references, NULL ns: all. Free with informer_list_free. -ENOMEM. */
int informer_list(struct informer *i, const char *ns, struct informer_object ***ret, size_t *ret_n);
int informer_by_index(struct informer *i, const char *index, const char *value, struct informer_object ***ret, size_t *ret_n);
void informer_list_free(struct informer_object **v, size_t n);
/* fn for each that there is now, as when it was added. -ENOMEM: for none. */
int informer_each(struct informer *i, const char *ns, void (*fn)(void *arg, struct informer_object *o), void *arg);
