/*
 * What Prometheus reads of Ingress: GET /metrics of a small HTTP server, /healthz beside; a thread of its own answers. An address that
 * is taken is told of, with who has it, and asked for again.
 */
#pragma once
#include <stdbool.h>
#include "base/buf.h"
#include "base/err.h"
#include "ingress/live_page.h"

/* Appends the text. Series of statuses and owners that had no request yet are left out. */
int ing_metrics_text(struct live *l, struct buf *b, struct err *e);

struct ing_metrics;
/* address: "127.0.0.1:10254"; "" or NULL: nothing is served. -EINVAL: the address is none. */
int ing_metrics_new(struct ing_metrics **ret, const char *address, struct err *e);
/* What is told of, borrowed until the end; NULL, as at first: nginx does not run here, 503. Any thread. */
void ing_metrics_set(struct ing_metrics *m, struct live *live);
/* Lines of its own that come behind, taken; any thread. */
void ing_metrics_more(struct ing_metrics *m, struct buf *lines);
void ing_metrics_built(struct ing_metrics *m); /* a table was made of the objects, another one or the same. Any thread. */
int ing_metrics_start(struct ing_metrics *m, struct err *e); /* nothing when it runs; after an error again, later */
struct ing_metrics *ing_metrics_free(struct ing_metrics *m); /* ends the server */
