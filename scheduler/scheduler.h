/* Binds pods to nodes: filter and score plug-ins (scheduler/plugin.h), one pod at a time over a cached view of nodes. */
#pragma once
#include "base/clock.h"
#include "client/transport.h"

struct scheduler;
struct scheduler_config {
	const char *name; /* "default-scheduler" */
};
struct scheduler_deps {
	struct connector *api; /* as system:kube-scheduler */
	struct clock *clock;
};
int scheduler_new(struct scheduler **ret, const struct scheduler_config *c, const struct scheduler_deps *d, struct err *e);
int scheduler_start(struct scheduler *s, struct err *e);
void scheduler_stop(struct scheduler *s);
void scheduler_join(struct scheduler *s);
struct scheduler *scheduler_free(struct scheduler *s);
