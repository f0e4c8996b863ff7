/* When a CronJob is due. Pure; any thread. Source: pkg/controller/cronjob/utils.go. */
#pragma once
#include "api/cron.h"
#include "base/json.h"

struct cron_due {
	time_t last; /* the latest time of the schedule that has come and has not been acted on; 0: none */
	time_t next; /* the first after now; 0: never */
	bool many;   /* more than 100 were missed */
};
void cron_due(const json_t *cronjob, const struct cron *c, const struct timezone_rules *zone, time_t now, struct cron_due *ret);
