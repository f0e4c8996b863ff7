/* The routing table as people read it. Pure; any thread. */
#pragma once
#include <time.h>
#include "base/buf.h"
#include "ingress/model.h"

/* A line for each host, path and backend, then the findings. now: for how long certificates are good. */
int ing_show_text(const struct ing_table *t, time_t now, struct buf *out, struct err *e);
/* The same as JSON: {"routes": [...], "findings": [...], "ingresses": [...]}. */
int ing_show_json(const struct ing_table *t, time_t now, struct buf *out, struct err *e);
/* Appends s for a terminal: what would move its cursor or is no UTF-8 is a question mark. */
void ing_show_safe(struct buf *b, const char *s);
