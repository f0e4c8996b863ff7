/*
 * What a StatefulSet does next: pods by ordinal, in order or all at once. Pure; any thread.
 * Source: Kubernetes StatefulSet concept; pkg/controller/statefulset/stateful_set_control.go.
 */
#pragma once
#include "api/object.h"
#include "base/str.h"

struct stateful_pod {
	const json_t *pod; /* borrowed; NULL: it is not there */
	int64_t ordinal;
	const char *revision; /* name of its ControllerRevision, by label; "" */
	bool ended, terminating, ready, available;
};
struct stateful_view {
	struct stateful_pod *replicas; /* of the ordinals that should be, in order */
	size_t n;
	struct stateful_pod *condemned; /* of others, highest first */
	size_t n_condemned;
	bool ordered;	/* podManagementPolicy OrderedReady */
	bool on_delete; /* updateStrategy OnDelete */
	int64_t partition;	 /* replicas before this one stay as they are: an index into replicas */
	int64_t max_unavailable; /* of a rolling update, at least 1 */
	const char *update;	 /* name of the revision of the current template */
};
enum stateful_act {
	STATEFUL_CREATE,   /* the pod of this ordinal, with its claims */
	STATEFUL_RECREATE, /* it has ended: delete it; what deletes it makes it anew */
	STATEFUL_FIX,	   /* its labels and claims as they should be */
	STATEFUL_RETAIN,   /* a condemned pod's claims by their policy, before it goes */
	STATEFUL_DELETE,   /* scaled down */
	STATEFUL_UPDATE,   /* deleted, to come back of the new template */
};
struct stateful_step {
	enum stateful_act act;
	const struct stateful_pod *pod;
};
/* Reads what a pod is in. min_ready in seconds. */
void stateful_read(struct stateful_pod *p, const json_t *pod, int64_t min_ready, time_t now);
/* Into steps, which has room for 2 * (n + n_condemned); in order, the next only when the one before has succeeded. Returns how many. */
size_t stateful_plan(const struct stateful_view *v, struct stateful_step *steps);
/* The ordinal in NAME-N of a set's pod; -1: not one of its names. */
int64_t stateful_ordinal(const char *set, const char *pod);
