/* Certificates that are over, will soon be, or are not yet to be used: findings that come with time and not with objects, which is all that the
 * model knows. */
#pragma once
#include "base/buf.h"
#include "ingress/model.h"

/* Adds them to t, once for each who is told of it and Secret. *ret_next: the next time at which there may be others, 0: never. 0 or -ENOMEM. */
int expiry_findings(struct ing_table *t, int64_t now, int64_t *ret_next);
#define EXPIRY_METRICS_MAX 2000 /* series: whoever makes hosts must not fill who reads them */
/* Appends when certificates end as Prometheus reads it, the soonest first. 0 or -ENOMEM. */
int expiry_metrics(const struct ing_table *t, struct buf *b);
