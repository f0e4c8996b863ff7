/*
 * OCSP answers for the certificates of a table whose class asks for them (enable-ocsp), so that nginx can show them beside (stapling). Each
 * node that serves asks the responders itself, and keeps what they said in memory. Who writes a Secret chooses whom its
 * certificate names: that is asked by plain http only, for a bounded time and answer, and nowhere where no request may go (address.h).
 */
#pragma once
#include "base/clock.h"
#include "base/loop.h"
#include "ingress/model.h"

struct staples;
struct staples_deps {
	struct loop *loop; /* both outlive it */
	struct clock *clock;
	void (*changed)(void *arg); /* on any thread: staples_follow would say something else now */
	void *arg;
	const char *live_dir; /* a table that is there has what was known before a restart; NULL: none */
};
int staples_new(struct staples **ret, const struct staples_deps *d, struct err *e);
/* Puts what is known into the table, findings too, and has the rest asked for. NULL: nobody is asked any more. One thread at a time. */
int staples_follow(struct staples *s, struct ing_table *t, struct err *e);
void staples_stop(struct staples *s);
struct staples *staples_free(struct staples *s); /* when the loop has ended */
