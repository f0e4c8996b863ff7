/*
 * Time zones of the system's tz database (RFC 9636, TZif versions 1 to 4) without the process-wide TZ of libc. A zone is immutable once loaded; any thread.
 */
#pragma once
#include <stdint.h>
#include <time.h>
#include "base/err.h"

struct timezone_rules; /* opaque */
/*
 * name as in "Europe/Berlin" or "UTC" (which needs no file); files lie in $ZONEINFO or /usr/share/zoneinfo. ERR_NOT_FOUND: no such zone, or a name that is none;
 * ERR_INVALID: its file cannot be read as one.
 */
int timezone_load(struct timezone_rules **ret, const char *name, struct err *e);
/* From bytes of a TZif file. ERR_INVALID. */
int timezone_parse(struct timezone_rules **ret, const void *data, size_t n, struct err *e);
struct timezone_rules *timezone_free(struct timezone_rules *z);
/* Seconds east of UTC at t. z NULL: UTC. */
int32_t timezone_offset(const struct timezone_rules *z, time_t t);
