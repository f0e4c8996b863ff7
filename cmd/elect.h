/* A part that must run once in the cluster: it runs while its Lease is held, and again when it is held again. */
#pragma once
#include "client/transport.h"

struct elect;
struct elect_config {
	const char *lease;	/* in kube-system */
	const char *candidate;	/* the identity is this and something unique */
	struct connector *api;	/* borrowed */
	/* On a thread of the election's own; may block. end after start, also after one that failed. */
	int (*start)(void *arg, unsigned id, struct err *e);
	void (*end)(void *arg, unsigned id);
	void *arg;
	unsigned id;
};
int elect_new(struct elect **ret, const struct elect_config *c, struct err *e);
void elect_stop(struct elect *x);	       /* does not block */
struct elect *elect_free(struct elect *x);    /* ends the part, then gives the Lease up */
