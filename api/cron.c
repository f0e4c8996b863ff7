#include "api/cron.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/cleanup.h"
#include "base/str.h"

struct field {
	int lo, hi;
	const char *const *names; /* from lo on */
};

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", NULL},
			 *const days[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat", NULL};
static const struct field fields[] = {
	{0, 59, NULL}, {0, 23, NULL}, {1, 31, NULL}, {1, 12, months}, {0, 6, days}};

static bool number(const char *s, size_t n, int *ret)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9' || v > 99999)
			return false;
		v = v * 10 + (s[i] - '0');
	}
	*ret = v;
	return n > 0;
}

static bool value(const struct field *f, const char *s, size_t n, int *ret)
{
	for (int i = 0; f->names && f->names[i]; i++)
		if (n == 3 && strncasecmp(s, f->names[i], 3) == 0) {
			*ret = f->lo + i;
			return true;
		}
	return number(s, n, ret);
}

/* "*", "a", "a-b", each with "/step"; "a/step" runs to the end. */
static int part(const struct field *f, const char *s, size_t n, uint64_t *bits, bool *any, struct err *e)
{
	const char *slash = memchr(s, '/', n), *dash;
	size_t body = slash ? (size_t)(slash - s) : n;
	int lo = f->lo, hi = f->hi, step = 1;
	bool star = body == 1 && (*s == '*' || *s == '?');

	if (slash && (!number(slash + 1, n - body - 1, &step) || step == 0))
		return err_set(e, ERR_INVALID, "step of range should be a positive number: %.*s", (int)n, s);
	if (!star) {
		dash = memchr(s, '-', body);
		if (!value(f, s, dash ? (size_t)(dash - s) : body, &lo) || (dash && !value(f, dash + 1, body - (size_t)(dash - s) - 1, &hi)))
			return err_set(e, ERR_INVALID, "failed to parse int from %.*s", (int)n, s);
		if (!dash && !slash)
			hi = lo;
	}
	if (lo < f->lo)
		return err_set(e, ERR_INVALID, "beginning of range (%d) below minimum (%d): %.*s", lo, f->lo, (int)n, s);
	if (hi > f->hi)
		return err_set(e, ERR_INVALID, "end of range (%d) above maximum (%d): %.*s", hi, f->hi, (int)n, s);
	if (lo > hi)
		return err_set(e, ERR_INVALID, "beginning of range (%d) beyond end of range (%d): %.*s", lo, hi, (int)n, s);
	*any = *any || (star && step == 1);
	for (int i = lo; i <= hi; i += step)
		*bits |= 1ULL << i;
	return 0;
}

static int field(const struct field *f, const char *s, size_t n, uint64_t *bits, bool *any, struct err *e)
{
	*bits = 0;
	*any = false;
	for (;;) {
		const char *comma = memchr(s, ',', n);
		size_t len = comma ? (size_t)(comma - s) : n;
		int r = part(f, s, len, bits, any, e);
		if (r < 0 || !comma)
			return r;
		s += len + 1;
		n -= len + 1;
	}
}

/* Below a second is rounded up to one. */
static int every(struct cron *c, const char *s, struct err *e)
{
	double sum;

	if (duration_parse(s, &sum) < 0 || sum > 1e9)
		return err_set(e, ERR_INVALID, "failed to parse duration @every %s", s);
	c->every_s = sum < 1 ? 1 : (int64_t)sum;
	return 0;
}

size_t cron_count(const char *text)
{
	size_t n = 0;

	for (text += strspn(text, " \t"); *text; text += strspn(text, " \t"), n++)
		text += strcspn(text, " \t");
	return n;
}

int cron_parse(struct cron *ret, const char *text, struct err *e)
{
	static const char *const words[][2] = {{"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"}, {"@monthly", "0 0 1 * *"}, {"@weekly", "0 0 * * 0"},
					       {"@daily", "0 0 * * *"},	 {"@midnight", "0 0 * * *"}, {"@hourly", "0 * * * *"}};
	struct cron c = {0};
	uint64_t *const bits[] = {&c.minutes, &c.hours, &c.days, &c.months, &c.weekdays};
	bool any[ARRAY_LEN(fields)];
	const char *s = text;

	if (str_has_prefix(text, "@every ")) {
		int r = every(&c, text + 7, e);
		if (r == 0)
			*ret = c;
		return r;
	}
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (streq(text, words[i][0]))
			s = words[i][1];
	if (*s == '@')
		return err_set(e, ERR_INVALID, "unrecognized descriptor: %s", text);
	if (cron_count(s) != ARRAY_LEN(fields))
		return err_set(e, ERR_INVALID, "expected exactly 5 fields, found %zu: [%s]", cron_count(s), text);
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		s += strspn(s, " \t");
		size_t n = strcspn(s, " \t");
		int r = field(&fields[i], s, n, bits[i], &any[i], e);
		if (r < 0)
			return r;
		s += n;
	}
	c.any_day = any[2];
	c.any_weekday = any[4];
	*ret = c;
	return 0;
}

static bool bit(uint64_t bits, int i) { return bits >> i & 1; }

static bool day_fits(const struct cron *c, const struct tm *t)
{
	bool day = bit(c->days, t->tm_mday), weekday = bit(c->weekdays, t->tm_wday);

	return bit(c->months, t->tm_mon + 1) && (c->any_day || c->any_weekday ? day && weekday : day || weekday);
}

time_t cron_next(const struct cron *c, const struct timezone_rules *zone, time_t after)
{
	time_t t = after - ((after % 60) + 60) % 60 + 60, end = after + 5 * 366 * 86400L;
	struct tm tm;

	if (c->every_s > 0)
		return after + c->every_s;
	while (t < end) {
		time_t local = t + timezone_offset(zone, t);
		if (!gmtime_r(&local, &tm))
			return 0;
		if (!day_fits(c, &tm) || !bit(c->hours, tm.tm_hour))
			t += 3600 - local % 3600; /* hour by hour, so that a change of the clock is never jumped over */
		else if (!bit(c->minutes, tm.tm_min))
			t += 60 - local % 60;
		else
			return t;
	}
	return 0;
}
