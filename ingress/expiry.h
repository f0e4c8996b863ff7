/* Certificates that are over, or not yet to be used: findings that come with time and not with objects, which is all that the model knows. */
#pragma once
#include "ingress/model.h"

/* Adds them to t, once for each Ingress and Secret. *ret_next: the next time at which there may be others, 0: never. 0 or -ENOMEM. */
int expiry_findings(struct ing_table *t, int64_t now, int64_t *ret_next);
