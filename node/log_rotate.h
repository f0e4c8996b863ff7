/* Container logs are rotated at 10 MiB; five files are kept per container (kubelet's defaults). */
#pragma once
#include "node/internal.h"

void log_rotate_start(struct node *n); /* loop's thread; the work is done on the work pool */
