/* Cron schedules and time zones: parsing, the next time, changes of the clock. */
#include "../test.h"
#include "api/cron.h"
#include "base/cleanup.h"
#include "base/str.h"

static time_t at(const char *s)
{
	struct timespec ts = {0};

	CHECK(time_parse(s, &ts) == 0);
	return ts.tv_sec;
}

static void next_is(const char *schedule, const char *zone_name, const char *after, const char *want)
{
	struct cron c;
	struct timezone_rules *z = NULL;
	char got[TIME_STR_MAX] = "never";
	struct err e = {0};

	if (cron_parse(&c, schedule, &e) < 0 || (zone_name && timezone_load(&z, zone_name, &e) < 0)) {
		fprintf(stderr, "%s\n", e.msg);
		CHECK(!"parses");
		return;
	}
	time_t t = cron_next(&c, z, at(after));
	if (t)
		time_format(t, got);
	CHECK_STR(got, want);
	timezone_free(z);
}

static void schedules(void)
{
	next_is("* * * * *", NULL, "2026-03-01T10:00:00Z", "2026-03-01T10:01:00Z");
	next_is("* * * * *", NULL, "2026-03-01T10:00:59Z", "2026-03-01T10:01:00Z");
	next_is("*/15 * * * *", NULL, "2026-03-01T10:16:00Z", "2026-03-01T10:30:00Z");
	next_is("5/20 * * * *", NULL, "2026-03-01T10:30:00Z", "2026-03-01T10:45:00Z");
	next_is("0 9-17/4 * * *", NULL, "2026-03-01T10:00:00Z", "2026-03-01T13:00:00Z");
	next_is("30 4 1,15 * *", NULL, "2026-03-01T10:00:00Z", "2026-03-15T04:30:00Z");
	next_is("0 0 29 2 *", NULL, "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z");
	next_is("0 0 * FEB-apr *", NULL, "2026-05-01T00:00:00Z", "2027-02-01T00:00:00Z");
	next_is("0 12 * * MON,fri", NULL, "2026-03-01T00:00:00Z", "2026-03-02T12:00:00Z"); /* the 1st is a Sunday */
	next_is("0 0 13 * 5", NULL, "2026-03-01T00:00:00Z", "2026-03-06T00:00:00Z");	     /* either day */
	next_is("0 0 13 * *", NULL, "2026-03-01T00:00:00Z", "2026-03-13T00:00:00Z");
	next_is("0 0 */2 * 1", NULL, "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"); /* a stepped star is a list */
	next_is("0 0 30 2 *", NULL, "2026-03-01T00:00:00Z", "never");
	next_is("@hourly", NULL, "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z");
	next_is("@daily", NULL, "2026-12-31T10:00:00Z", "2027-01-01T00:00:00Z");
	next_is("@weekly", NULL, "2026-03-02T10:00:00Z", "2026-03-08T00:00:00Z");
	next_is("@yearly", NULL, "2026-03-02T10:00:00Z", "2027-01-01T00:00:00Z");
	next_is("@every 1h30m", NULL, "2026-03-01T10:00:10Z", "2026-03-01T11:30:10Z");
	next_is("@every 100ms", NULL, "2026-03-01T10:00:10Z", "2026-03-01T10:00:11Z");
}

static void refusals(void)
{
	static const char *const bad[] = {"",		"* * * *",	"* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *",	   "* * * 13 *",
					  "* * * * 7",	"a * * * *",	"*/0 * * * *", "5-1 * * * *", "1, * * * *", "@reboot",	   "@every",
					  "@every x",	"@every 1.2.3h", "@every 5",	"1-2-3 * * * *", "* * * foo *", "-1 * * * *", "99999999999999999999 * * * *"};
	struct cron c;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct err e = {0};
		CHECK(cron_parse(&c, bad[i], &e) == ERR_INVALID && e.msg[0]);
	}
}

/* Clocks go forward at 02:00 on 29 March and back at 03:00 on 25 October in Berlin, 2026. */
static void daylight_saving(void)
{
	next_is("30 2 * * *", "Europe/Berlin", "2026-03-28T02:00:00Z", "2026-03-30T00:30:00Z"); /* the 29th has no 02:30 */
	next_is("0 12 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T10:00:00Z");
	next_is("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"); /* twice on the 25th */
	next_is("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z");
	next_is("30 2 * * *", "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z");
	next_is("*/30 * * * *", "Europe/Berlin", "2026-03-29T00:45:00Z", "2026-03-29T01:00:00Z");
	next_is("0 0 * * *", "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-25T23:00:00Z");
	next_is("0 0 1 * *", "America/New_York", "2026-03-15T00:00:00Z", "2026-04-01T04:00:00Z");
	next_is("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T15:00:00Z", "2026-10-04T15:15:00Z"); /* half an hour is left out on the 4th */
	next_is("30 9 * * *", "Asia/Kolkata", "2026-03-01T00:00:00Z", "2026-03-01T04:00:00Z");
	/* Beyond the last transition that is written down, by the rule at the end of the file. */
	next_is("0 12 1 7 *", "Europe/Berlin", "2060-01-01T00:00:00Z", "2060-07-01T10:00:00Z");
	next_is("0 12 1 1 *", "Australia/Sydney", "2060-06-01T00:00:00Z", "2061-01-01T01:00:00Z");
	next_is("0 12 1 1 *", "UTC", "2060-06-01T00:00:00Z", "2061-01-01T12:00:00Z");
}

static void zones(void)
{
	static const char *const bad[] = {"", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "Europe/../../../etc/passwd", "a b"};
	struct timezone_rules *z = NULL;
	struct err e = {0};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(timezone_load(&z, bad[i], &e) == ERR_NOT_FOUND);
	/* Every cut of a real file is refused, not read beyond. */
	FILE *f = fopen("/usr/share/zoneinfo/Europe/Berlin", "rb");
	CHECK(f != NULL);
	if (!f)
		return;
	char *data = malloc(65536);
	size_t n = fread(data, 1, 65536, f);
	fclose(f);
	CHECK(timezone_parse(&z, data, n, &e) == 0);
	CHECK(timezone_offset(z, at("2026-07-01T00:00:00Z")) == 7200 && timezone_offset(z, at("2026-01-01T00:00:00Z")) == 3600);
	CHECK(timezone_offset(z, at("1850-01-01T00:00:00Z")) == 3208); /* local mean time */
	z = timezone_free(z);
	for (size_t cut = 0; cut < n; cut += 1 + cut / 50) {
		char *copy = malloc(cut + 1);
		memcpy(copy, data, cut);
		CHECK(timezone_parse(&z, copy, cut, &e) == ERR_INVALID);
		free(copy);
	}
	free(data);
}

int main(void)
{
	RUN(schedules);
	RUN(refusals);
	RUN(daylight_saving);
	RUN(zones);
	return TEST_END();
}
