/*
 * Cron schedules as CronJobs write them: five fields (lists, ranges, steps, names of months and days), @hourly and the like, @every DURATION. Pure; any thread.
 * Source: Kubernetes CronJob concept, which follows github.com/robfig/cron's standard parser: a day has to fit both day fields when one of them is '*' or '?',
 * else either; what falls into an hour that a change of the clock leaves out does not happen, what falls into a repeated hour happens twice.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/timezone.h"

struct cron {
	uint64_t minutes, hours, days, months, weekdays; /* bit i: value i */
	bool any_day, any_weekday;
	int64_t every_s; /* > 0: that is all there is */
};
/* How many fields there are between blanks. */
size_t cron_count(const char *text);
/* ERR_INVALID; the message names what is wrong with it. */
int cron_parse(struct cron *ret, const char *text, struct err *e);
/* The first time after t (seconds, wall clock); 0: none within five years. zone NULL: UTC. */
time_t cron_next(const struct cron *c, const struct timezone_rules *zone, time_t t);
