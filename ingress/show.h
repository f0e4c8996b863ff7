/*
 * The routing table and what is around it as people read it, or as JSON (examples/ingress/show.md has its fields). Pure; any thread.
 */
#pragma once
#include <time.h>
#include "base/buf.h"
#include "ingress/gateway_model.h"
#include "ingress/model.h"
#include "ingress/seen.h"

struct ing_show { /* all borrowed */
	const struct ing_table *table;
	const struct gateway_outcome *gateways; /* or NULL */
	const struct seen *seen;                /* or NULL */
	const char *ns;                         /* only what is of this namespace; NULL: of all */
	const char *host;                       /* only what a request for it may meet; NULL: all */
	const char *node;                       /* of this machine, or NULL */
	time_t now;                             /* for how long certificates are good */
};
/* A line for each host, path and backend; TCP and UDP services, Gateways, their routes, certificates, nodes; then what is wrong. */
int ing_show_text(const struct ing_show *w, struct buf *out, struct err *e);
int ing_show_json(const struct ing_show *w, struct buf *out, struct err *e);
/* Appends s for a terminal: what would move its cursor or is no UTF-8 is a question mark. */
void ing_show_safe(struct buf *b, const char *s);
