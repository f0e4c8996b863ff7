/* At most so many calls of one plug-in at a time: one that hangs holds up its own volumes, not those of others. Keys that find no room come back to their queue when there is some. */
#pragma once
#include "client/workqueue.h"

struct lanes;
int lanes_new(struct lanes **ret, unsigned max, struct err *e);
struct lanes *lanes_free(struct lanes *l);
/* False: no room now; key is added to q when there is. Any thread. */
bool lanes_enter(struct lanes *l, const char *lane, struct workqueue *q, const char *key);
void lanes_leave(struct lanes *l, const char *lane);
