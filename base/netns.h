/* Network namespaces. Blocking; worker threads or scratch threads only. */
#pragma once
#include "base/err.h"

/* Creates a namespace, with lo up, and pins it at path by a bind mount (the file is created; -EEXIST when it is
   there). Runs on a scratch thread. */
int netns_create(const char *path, struct err *e);
int netns_delete(const char *path, struct err *e); /* unmounts and unlinks; absent is fine */
int netns_open(const char *path, int *ret_fd, struct err *e);
/* Runs fn(arg) on a scratch thread that has entered the namespace; returns what fn returned. */
int netns_run(int netns_fd, int (*fn)(void *arg, struct err *e), void *arg, struct err *e);
