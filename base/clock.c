#include "base/clock.h"

static int64_t real_mono(struct clock *c)
{
	struct timespec ts;

	(void)c;
	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static void real_wall(struct clock *c, struct timespec *ret)
{
	(void)c;
	(void)clock_gettime(CLOCK_REALTIME, ret);
}

struct clock *clock_real(void)
{
	static struct clock real = {.mono_ns = real_mono, .wall = real_wall};

	return &real;
}
