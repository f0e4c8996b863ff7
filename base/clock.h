/* Time, injectable for tests. Real clock: CLOCK_MONOTONIC and CLOCK_REALTIME. */
#pragma once
#include <stdint.h>
#include <time.h>

struct clock {
	int64_t (*mono_ns)(struct clock *c);
	void (*wall)(struct clock *c, struct timespec *ret);
};
struct clock *clock_real(void); /* static, stateless */
static inline int64_t clock_mono_ns(struct clock *c) { return c->mono_ns(c); }
static inline int64_t clock_mono_ms(struct clock *c) { return c->mono_ns(c) / 1000000; }
static inline time_t clock_wall(struct clock *c)
{
	struct timespec ts;
	c->wall(c, &ts);
	return ts.tv_sec;
}
