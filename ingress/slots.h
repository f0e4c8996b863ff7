/* Which slot of the statistics is whose. An owner keeps its slot also while no table has it, until another needs one. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/map.h"
#include "ingress/model.h"

struct slot {
	char *owner;   /* NULL: nobody's yet */
	uint64_t gone; /* 0: in the table; else the larger the later it went */
};
struct slots {
	struct slot *v; /* v[0] is nobody's */
	uint32_t n;     /* used so far, at least 1 after the first owner */
	struct map *by_owner; /* number of the slot as a pointer */
	uint64_t gone_last;
	size_t sharing; /* owners that found no slot */
	bool dirty;     /* not as in the file */
};
/* What file says; a file that is not there or not understood is none (then *ret_fault says why, else ""). */
int slots_load(struct slots *s, const char *file, struct err *fault, struct err *e);
void slots_done(struct slots *s);
/*
 * The slot of every policy of t into by_policy. clear is called for each slot that gets another owner, before anything says that it
 * is theirs; its error ends it all.
 */
int slots_assign(struct slots *s, const struct ing_table *t, uint32_t *by_policy, int (*clear)(void *arg, uint32_t slot, struct err *e),
		 void *arg, struct err *e);
int slots_save(struct slots *s, const char *file, struct err *e); /* when dirty */
