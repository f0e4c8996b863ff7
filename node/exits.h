/* Tells of ended containers: inotify on conmon's exit directory. On the loop's thread. */
#pragma once
#include "base/err.h"
#include "base/loop.h"

struct exits;
/* fn is called with the container's id for each exit file that appears. Files already there are not told: look first, watch before. */
int exits_new(struct exits **ret, struct loop *l, const char *dir, void (*fn)(void *arg, const char *cid), void *arg, struct err *e);
struct exits *exits_free(struct exits *x);
