/*
 * At most so many calls of one plug-in at a time, and one of a volume: a plug-in that hangs holds up its own volumes, and never all of the workers. Keys that find no
 * room come back to their queue when there is some. Any thread.
 */
#pragma once
#include "client/workqueue.h"

struct lanes;
int lanes_new(struct lanes **ret, unsigned max, struct err *e);
struct lanes *lanes_free(struct lanes *l);
/* volume NULL: its calls are in order anyway. False: no room now, key comes again. */
bool lanes_enter(struct lanes *l, const char *lane, const char *volume, struct workqueue *q, const char *key);
void lanes_leave(struct lanes *l, const char *lane, const char *volume);
/* At the end of every reconcile, also of one that did not enter: those that may go now. */
void lanes_wake(struct lanes *l, struct workqueue *q);
