/* What lies about without belonging to a pod: left by a crash in an unlucky moment, by a reboot, or by another agent. */
#pragma once
#include "node/internal.h"

/* After the pods were taken over, before the loop runs: remembers containers that belong to none of them. */
int orphans_find(struct node *n, struct err *e);
/* Once the API's pods are known: removes them and directories, namespaces, cgroups of unknown pods. Loop's thread; done on a worker. */
void orphans_clean(struct node *n);
void orphans_retry(void *node); /* timer: the network could not let go of some */

/* The pieces, for killall too. Any thread, blocking; the first error is kept, all is tried. */
int orphan_container_remove(struct runtime *rt, const char *cid, struct err *e);
int orphan_pod_remove(const char *data_dir, const char *run_dir, const char *uid, struct err *e);
