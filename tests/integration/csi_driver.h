/* The files of the CSI driver for tests: see csi_driver.c. Handlers run on worker threads; requests and answers are
 * JSON (proto_json.h). */
#pragma once
#include <stdbool.h>
#include "base/json.h"
#include "wire/grpc_status.h"

#define DEFAULT_SIZE (16LL << 20)
#define MIN_SIZE     (1LL << 20)

struct driver {
	const char *name, *version, *node_id, *state, *endpoint;
	json_t *topology;             /* of this node; NULL: none */
	json_t *without;              /* names of capabilities that it does not have */
	int64_t capacity;             /* of all volumes together, in bytes */
	int64_t max_size;             /* of one */
	int64_t max_volumes_per_node; /* 0: no limit */
	const char *vendor_option;    /* KEY=VALUE, which volume contexts get */
};

/* One call's work. */
struct work {
	struct driver *d;
	const json_t *in;
	json_t *out; /* an object, for the handler to fill */
	int code;    /* enum grpc_code */
	char message[512];
};
typedef void (*work_fn)(struct work *w);

void work_fail(struct work *w, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The string of a field that must be there; or NULL, and the work has failed with INVALID_ARGUMENT. */
const char *work_need(struct work *w, const char *field);
bool driver_can(const struct driver *d, const char *capability);
json_t *capabilities(const struct driver *d, const char *const *names); /* as *GetCapabilities answers */

/* --- state: JSON files below STATE/KIND, one for each object. Between state_lock and state_unlock nobody else changes
 * any. --- */
int state_lock(const struct driver *d); /* a descriptor, for state_unlock */
void state_unlock(int *fd);
#define STATE_LOCKED(d) __attribute__((cleanup(state_unlock))) int lock_ __attribute__((unused)) = state_lock(d)
json_t *state_get(const struct driver *d, const char *kind, const char *id); /* NULL: there is none */
void state_put(const struct driver *d, const char *kind, const char *id, const json_t *o);
void state_del(const struct driver *d, const char *kind, const char *id);
json_t *state_list(const struct driver *d, const char *kind); /* an array, by id */
char *state_path(const struct driver *d, const char *kind, const char *id, const char *suffix);
/* Runs a program; 0, or the work has failed with INTERNAL and what the program said. */
int work_run(struct work *w, const char *const *argv);

/* The volume that a request names by volume_id; NULL: the work has failed. */
json_t *work_volume(struct work *w);

struct work_method {
	const char *name;
	work_fn fn;
	const char *needs; /* a capability; NULL: none */
};
work_fn method_find(const struct driver *d, const struct work_method *list, size_t n, const char *name);
/* Tables of their services, by method. */
work_fn controller_method(const struct driver *d,
			  const char *name); /* NULL: not there, or of a capability that is left out */
work_fn node_method(const struct driver *d, const char *name);
