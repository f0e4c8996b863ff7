/*
 * minik's side of what nginx looks at while it runs: the directory RUN_DIR/ingress/live with `table` (ingress/table_file.h; nginx may
 * read it) and `page` (ingress/live.h; nginx may write it). minik reads and writes the page by system calls and never maps it: who
 * cuts it short gets an error here, not a signal. Statistics belong to owners of policies; which slot is whose stands in a file that
 * nginx can neither read nor write, and stays so over changes and restarts of minik.
 *
 * Blocking; any thread (one lock).
 */
#pragma once
#include <stdint.h>
#include <sys/types.h>
#include "base/err.h"
#include "ingress/live.h"
#include "ingress/model.h"

struct live;
/*
 * dir: RUN_DIR/ingress/live; what is above must let nginx' user through. Owners and slots stand in "DIR.slots" beside it, so the folder
 * above is minik's to write alone. gid: of nginx' workers and nobody else, because private keys are in the table; (gid_t)-1: minik's
 * own. Makes what is not there yet; takes over what another start of minik has left.
 */
int live_new(struct live **ret, const char *dir, gid_t gid, struct err *e);
struct live *live_free(struct live *l); /* the files stay; nginx goes on with them */

/*
 * The table becomes the one that requests are routed by: a whole new file, or nothing when it is the one that is there. After an
 * error the old one stays.
 */
int live_publish(struct live *l, const struct ing_table *t, struct err *e);

struct live_totals {
	uint64_t generation;
	int64_t connections; /* of clients, at the moment */
	uint64_t reload_id, table_errors;
	size_t sharing; /* owners without a slot of their own: counted in slot 0 */
};
typedef void (*live_stat_fn)(void *arg, const char *owner, const struct live_stat *s);
/* The numbers of the page alone when fn is NULL. Else calls it with the statistics of slot 0 (owner "") and of every owner in the
 * table, by slot; it must not call back. */
int live_read(struct live *l, struct live_totals *ret, live_stat_fn fn, void *arg, struct err *e);
