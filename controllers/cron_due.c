#include "controllers/cron_due.h"
#include "base/str.h"

#define MANY 100

static time_t time_at(const json_t *o, const char *path)
{
	struct timespec ts;

	return time_parse(json_str_or(o, path, ""), &ts) == 0 ? ts.tv_sec : 0;
}

void cron_due(const json_t *cronjob, const struct cron *c, const struct timezone_rules *zone, time_t now, struct cron_due *ret)
{
	time_t from = time_at(cronjob, "status.lastScheduleTime"), first, second, t;
	int64_t deadline = json_int_or(cronjob, "spec.startingDeadlineSeconds", -1);

	*ret = (struct cron_due){.next = cron_next(c, zone, now)};
	if (from == 0)
		from = time_at(cronjob, "metadata.creationTimestamp");
	/* What is too late anyway does not count as missed. */
	if (deadline >= 0 && now - deadline > from)
		from = now - deadline;
	if (c->every_s > 0) { /* counted from where it begins, not from now */
		int64_t n = now < from ? 0 : (now - from) / c->every_s;
		*ret = (struct cron_due){n ? from + n * c->every_s : 0, from + (n + 1) * c->every_s, n > MANY};
		return;
	}
	if ((first = cron_next(c, zone, from)) == 0 || first > now)
		return;
	ret->last = first;
	if ((second = cron_next(c, zone, first)) == 0 || second > now)
		return;
	/* Near now at once, by the distance of the first two; a month of minutes is not walked through. */
	int64_t between = second - first, missed = (now - first) / between + 1;
	ret->many = missed > MANY;
	for (int64_t back = 2;; back *= 2) {
		time_t start = missed > back ? first + (missed - back) * between : first;
		if (start > now)
			start = now;
		for (t = cron_next(c, zone, start - 1); t && t <= now; t = cron_next(c, zone, t))
			ret->last = t > ret->last ? t : ret->last;
		/* An irregular schedule may have had nothing since: further back. */
		if (ret->last > first || start == first)
			return;
	}
}
