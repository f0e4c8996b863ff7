/* Container logs are rotated at 10 MiB; five files are kept per container (kubelet's defaults). */
#pragma once
#include "node/internal.h"

struct pod;
void log_rotate_start(struct node *n); /* loop's thread; the work is done on the work pool */
/* Removes the files of one run of a container. During a sync. */
void log_remove(struct pod *p, const char *container, unsigned attempt);
