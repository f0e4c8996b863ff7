/*
 * Namespace work on scratch threads: a thread is cheap to throw away, so nothing ever has to find its way back into the
 * namespaces it left. Children spawned from such a thread inherit its namespaces.
 */
#pragma once
#include <sys/types.h>
#include "base/err.h"

/* Runs fn(arg) on a new thread and waits for it; returns what fn returned. */
int ns_thread_run(int (*fn)(void *arg, struct err *e), void *arg, struct err *e);
