/* When a CronJob is due: missed times, deadlines. */
#include "../test.h"
#include "base/str.h"
#include "controllers/cron_due.h"

static time_t at(const char *s)
{
	struct timespec ts = {0};

	CHECK(time_parse(s, &ts) == 0);
	return ts.tv_sec;
}

static struct cron_due due(const char *schedule, const char *last, int deadline, const char *now)
{
	AUTO_JSON json_t *cj = json_pack("{s:{s:s},s:{},s:{}}", "metadata", "creationTimestamp", "2026-01-01T00:00:00Z", "spec", "status");
	struct cron c;
	struct cron_due d;

	if (last)
		json_set_str(cj, "status.lastScheduleTime", last);
	if (deadline >= 0)
		json_set_int(cj, "spec.startingDeadlineSeconds", deadline);
	CHECK(cron_parse(&c, schedule, NULL) == 0);
	cron_due(cj, &c, NULL, at(now), &d);
	return d;
}

static void plain(void)
{
	struct cron_due d = due("0 * * * *", NULL, -1, "2026-01-01T00:30:00Z");
	CHECK(d.last == 0 && d.next == at("2026-01-01T01:00:00Z") && !d.many);
	d = due("0 * * * *", NULL, -1, "2026-01-01T01:00:00Z");
	CHECK(d.last == at("2026-01-01T01:00:00Z") && d.next == at("2026-01-01T02:00:00Z"));
	d = due("0 * * * *", "2026-01-01T01:00:00Z", -1, "2026-01-01T01:59:59Z");
	CHECK(d.last == 0);
	/* Of several that were missed only the latest counts. */
	d = due("0 * * * *", "2026-01-01T01:00:00Z", -1, "2026-01-01T07:10:00Z");
	CHECK(d.last == at("2026-01-01T07:00:00Z") && !d.many);
}

static void missed(void)
{
	struct cron_due d = due("* * * * *", "2026-01-01T01:00:00Z", -1, "2026-01-01T02:40:30Z");
	CHECK(d.last == at("2026-01-01T02:40:00Z") && !d.many); /* 100 */
	d = due("* * * * *", "2026-01-01T01:00:00Z", -1, "2026-01-01T02:41:30Z");
	CHECK(d.many && d.last == at("2026-01-01T02:41:00Z"));
	/* A deadline looks back no further. */
	d = due("* * * * *", "2026-01-01T01:00:00Z", 90, "2026-01-01T09:41:30Z");
	CHECK(!d.many && d.last == at("2026-01-01T09:41:00Z"));
	d = due("0 0 * * *", "2026-01-01T00:00:00Z", 90, "2026-01-05T09:41:30Z");
	CHECK(d.last == 0);
	/* Two in a row, then nothing for a day: the distance of the first two misleads. */
	d = due("0,1 0 * * *", "2026-01-01T00:01:00Z", -1, "2026-01-20T23:00:00Z");
	CHECK(d.last == at("2026-01-20T00:01:00Z"));
	d = due("0 0 1 * *", "2026-01-01T00:00:00Z", -1, "2030-06-15T00:00:00Z");
	CHECK(d.last == at("2030-06-01T00:00:00Z"));
	d = due("* * * * *", "2026-01-01T00:00:00Z", -1, "2036-01-01T00:00:30Z");
	CHECK(d.last == at("2036-01-01T00:00:00Z") && d.many);
	d = due("@every 10m", "2026-01-01T00:00:00Z", -1, "2026-01-01T00:25:00Z");
	CHECK(d.last == at("2026-01-01T00:20:00Z") && d.next == at("2026-01-01T00:30:00Z"));
	d = due("0 0 30 2 *", NULL, -1, "2026-05-01T00:00:00Z");
	CHECK(d.last == 0 && d.next == 0);
}

int main(void)
{
	RUN(plain);
	RUN(missed);
	return TEST_END();
}
