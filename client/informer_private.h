/* Shared by informer.c and informer_cache.c only. */
#pragma once
#include <pthread.h>
#include "base/map.h"
#include "client/client_private.h"
#include "client/informer.h"

#define INFORMER_KEY_MAX 600 /* namespace 63, name 253, and room for what CRDs allow */

struct informer_index {
	char *name;
	void (*fn)(const struct informer_object *o, informer_emit_fn emit, void *ctx);
	struct map *values; /* value -> struct map (key -> object, borrowed from the cache) */
};

/* What informers keep and others read. */
struct informer_cache {
	pthread_rwlock_t lock; /* written on the loop's thread only */
	struct map *objects;   /* key -> object */
	struct informer_index *indexes;
	size_t n_indexes;
};

int informer_cache_init(struct informer_cache *c);
void informer_cache_done(struct informer_cache *c);
int informer_cache_add_index(struct informer_cache *c, const char *name,
			     void (*fn)(const struct informer_object *o, informer_emit_fn emit, void *ctx));
/* With the lock held for writing. put takes a reference of its own. */
int informer_cache_put(struct informer_cache *c, const char *key, struct informer_object *o);
void informer_cache_del(struct informer_cache *c, const char *key);

/* false when it does not fit */
bool informer_object_key(const struct informer_object *o, char out[INFORMER_KEY_MAX]);
/* Reads the metadata. ERR_PROTO when it has no name. */
int informer_object_new(struct informer_object **ret, struct bytes *json, struct err *e);
void informer_object_unref_v(void *o); /* for struct map */

struct informer_sub {
	struct informer_handler h;
	void *arg;
};

enum informer_phase {
	INFORMER_IDLE,      /* not started, or freed */
	INFORMER_STREAMING, /* a watch brings the initial state */
	INFORMER_LISTING,   /* pages of a list */
	INFORMER_WATCHING,
	INFORMER_WAITING, /* for the timer, then list or watch */
};

struct informer {
	struct client *client;
	char *group, *version, *plural, *ns, *labels, *fields;
	struct informer_cache cache;
	struct informer_sub *subs;
	size_t n_subs;
	bool synced; /* atomic */

	/* The loop's thread. */
	struct list fetches; /* informer_fetch */
	enum informer_phase phase;
	struct transport_call *watch;
	struct client_call *list;
	struct map *pending; /* what the list under way has brought so far */
	struct loop_timer *timer;
	char *path;
	int64_t rev; /* to watch from; 0: list first */
	int64_t watch_began_ms, heard_ms;
	bool heard;        /* this watch brought something */
	bool list_instead; /* the stream ended with an error: the next try is a list */
	bool unlimited;    /* the next list asks for no pages: they expire faster than they come */
	int64_t backoff_ms;
	unsigned failures;
	unsigned busy;
	bool freed;
};
