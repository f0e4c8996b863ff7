/*
 * Leader election on a Lease, as client-go's tools/leaderelection does it and compatible with it: whoever holds the Lease
 * and renews it leads; the others take over when it was not renewed for its duration, by their own clocks. A thread of
 * its own. The Lease is given up when the election is stopped, so that the next one need not wait.
 */
#pragma once
#include "base/clock.h"
#include "client/client.h"

struct leaderelection;
struct leaderelection_config {
	const char *ns, *name;			/* of the Lease */
	const char *identity;			/* unique among the candidates */
	unsigned lease_s, renew_s, retry_ms;	/* 0: 15, 10, 2000, as client-go's components have them */
	/*
	 * true: we lead; false: no longer, and another may begin lease_s - renew_s from now at the earliest. In turns, on the
	 * election's thread; must not block. After stop, false comes when we led.
	 */
	void (*leading)(void *arg, bool leads);
	void *arg;
};
struct leaderelection_deps {
	struct connector *api; /* borrowed, outlives it */
	struct clock *clock;
};
int leaderelection_new(struct leaderelection **ret, const struct leaderelection_config *c, const struct leaderelection_deps *d, struct err *e);
int leaderelection_start(struct leaderelection *l, struct err *e);
/* Whether we lead at this moment: false as soon as our time is up, also where the process was stopped meanwhile and `leading`
 * has not been called yet. Any thread. */
bool leaderelection_leads(const struct leaderelection *l);
/* Gives the Lease up: the owner has ended what it did as leader. Does not block. */
void leaderelection_stop(struct leaderelection *l);
void leaderelection_join(struct leaderelection *l); /* a few seconds at most */
struct leaderelection *leaderelection_free(struct leaderelection *l);
