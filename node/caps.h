/* Linux capabilities of a container. Pure but for caps_bounding. */
#pragma once
#include <stdint.h>
#include "base/json.h"

uint64_t caps_bounding(void); /* what this process could give away, from /proc/self/status; all when unreadable */
/* containerd's default set, plus add, minus drop ("ALL" is known; with or without CAP_), cut to allowed. ERR_INVALID: unknown name. */
int caps_compute(const json_t *capabilities, bool privileged, uint64_t allowed, uint64_t *ret, struct err *e);
json_t *caps_names(uint64_t set); /* ["CAP_CHOWN", ...]; NULL without memory */
