/* Whether addresses answer and how soon: ICMP echo, all at once. Blocking; needs root. */
#pragma once
#include <stddef.h>
#include "base/err.h"

struct ping {
	char addr[48];
	double ms; /* result: the round trip, or < 0: no answer */
};
/* Waits until all have answered or timeout_ms are over. */
int ping_all(struct ping *v, size_t n, int timeout_ms, struct err *e);
