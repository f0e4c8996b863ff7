/* What another part of minik on this machine tells over HTTP (metrics, health). Blocking, two seconds at most. */
#pragma once
#include <stdint.h>
#include "base/err.h"

/* address: "127.0.0.1:10249"; "0.0.0.0" and "::" are asked at loopback. *ret: malloc'ed text. Negative: no answer. */
int local_http_get(const char *address, const char *path, int *ret_status, char **ret, struct err *e);
/* Sum of a metric's values in the text that Prometheus reads, over all that have the label, resource="services" ("" for
 * any). -1: there is none. */
int64_t local_metric(const char *text, const char *name, const char *label);
double local_metric_real(const char *text, const char *name); /* -1: there is none */
