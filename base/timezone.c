#include "base/timezone.h"
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/str.h"

#define MAX_FILE 65536
#define HEADER	 44
#define DAY	 86400

/* A date of the footer's rule: "M3.5.0/2" and its other two forms (RFC 9636 section 3.3.1). */
struct rule_date {
	enum { RULE_MONTH, RULE_JULIAN, RULE_DAY } form; /* Mm.w.d; Jn without 29 February; n from 0 */
	int month, week, day;
	int32_t at; /* seconds of the day, local; may be negative or beyond it */
};

struct timezone_rules {
	size_t n;	 /* transitions */
	int64_t *times;	 /* ascending */
	int32_t *after;	 /* offset from each on */
	int32_t first;	 /* before the first */
	bool has_rule, has_summer; /* beyond the last transition */
	int32_t standard, summer;
	struct rule_date begin, end; /* of summer */
};

static uint32_t be32(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }
static int64_t be64(const uint8_t *p) { return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4)); }

/* --- the footer: a POSIX TZ string --- */

static bool skip_name(const char **p)
{
	const char *s = *p;
	size_t n;

	if (*s == '<') {
		const char *end = strchr(s, '>');
		if (!end)
			return false;
		*p = end + 1;
		return true;
	}
	for (n = 0; (s[n] >= 'A' && s[n] <= 'Z') || (s[n] >= 'a' && s[n] <= 'z'); n++)
		;
	*p += n;
	return n >= 3;
}

static bool number(const char **p, int max, int *ret)
{
	int v = 0, n = 0;

	for (; **p >= '0' && **p <= '9' && n < 4; ++*p, n++)
		v = v * 10 + (**p - '0');
	*ret = v;
	return n > 0 && v <= max;
}

/* [+-]hh[:mm[:ss]] in seconds */
static bool clock_time(const char **p, int32_t *ret)
{
	int h, m = 0, s = 0, sign = 1;

	if (**p == '+' || **p == '-')
		sign = *(*p)++ == '-' ? -1 : 1;
	if (!number(p, 167, &h))
		return false;
	if (**p == ':' && (++*p, !number(p, 59, &m)))
		return false;
	if (**p == ':' && (++*p, !number(p, 59, &s)))
		return false;
	*ret = sign * (h * 3600 + m * 60 + s);
	return true;
}

static bool date(const char **p, struct rule_date *d)
{
	if (*(*p)++ != ',')
		return false;
	if (**p == 'M') {
		d->form = RULE_MONTH;
		if (++*p, !number(p, 12, &d->month) || d->month < 1 || *(*p)++ != '.' || !number(p, 5, &d->week) || d->week < 1 || *(*p)++ != '.' ||
			  !number(p, 6, &d->day))
			return false;
	} else {
		d->form = **p == 'J' ? RULE_JULIAN : RULE_DAY;
		*p += **p == 'J';
		if (!number(p, 365, &d->day))
			return false;
	}
	d->at = 7200;
	return **p != '/' || (++*p, clock_time(p, &d->at));
}

static bool read_rule(struct timezone_rules *z, const char *p)
{
	if (!*p)
		return true; /* none: the last transition's holds on */
	if (!skip_name(&p) || !clock_time(&p, &z->standard))
		return false;
	z->standard = -z->standard; /* POSIX counts to the west */
	z->has_rule = true;
	if (!*p)
		return true;
	z->has_summer = true;
	z->summer = z->standard + 3600;
	if (!skip_name(&p))
		return false;
	if (*p && *p != ',') {
		if (!clock_time(&p, &z->summer))
			return false;
		z->summer = -z->summer;
	}
	return date(&p, &z->begin) && date(&p, &z->end) && !*p;
}

static int64_t days_of(int64_t y, int m, int d) /* since 1970-01-01, proleptic Gregorian */
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400, doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static bool leap(int64_t y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); }

/* The moment of a date in a year, in seconds of local time. */
static int64_t moment(const struct rule_date *d, int64_t y)
{
	int64_t day;

	if (d->form == RULE_MONTH) {
		int64_t first = days_of(y, d->month, 1), next = d->month == 12 ? days_of(y + 1, 1, 1) : days_of(y, d->month + 1, 1);
		int64_t weekday = ((first + 4) % 7 + 7) % 7;
		day = first + (d->day - weekday + 7) % 7 + (d->week - 1) * 7;
		while (day >= next)
			day -= 7;
	} else {
		day = days_of(y, 1, 1) + (d->form == RULE_JULIAN ? d->day - 1 + (leap(y) && d->day >= 60) : d->day);
	}
	return day * DAY + d->at;
}

static int32_t by_rule(const struct timezone_rules *z, int64_t t)
{
	struct tm tm;
	time_t local = t + z->standard;

	if (!z->has_summer || !gmtime_r(&local, &tm))
		return z->standard;
	int64_t begin = moment(&z->begin, tm.tm_year + 1900) - z->standard, end = moment(&z->end, tm.tm_year + 1900) - z->summer;
	bool summer = begin < end ? t >= begin && t < end : t >= begin || t < end;
	return summer ? z->summer : z->standard;
}

int32_t timezone_offset(const struct timezone_rules *z, time_t t)
{
	size_t lo = 0, hi = z ? z->n : 0;

	if (!z)
		return 0;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (z->times[mid] <= t)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == z->n && z->has_rule)
		return by_rule(z, t);
	return lo == 0 ? z->first : z->after[lo - 1];
}

/* --- the file --- */

struct counts {
	size_t isut, isstd, leap, time, type, chars;
};

static bool read_header(const uint8_t *p, size_t n, struct counts *c)
{
	if (n < HEADER || memcmp(p, "TZif", 4) != 0)
		return false;
	*c = (struct counts){be32(p + 20), be32(p + 24), be32(p + 28), be32(p + 32), be32(p + 36), be32(p + 40)};
	return c->isut < MAX_FILE && c->isstd < MAX_FILE && c->leap < MAX_FILE && c->time < MAX_FILE && c->type > 0 && c->type <= 256 && c->chars < MAX_FILE;
}

static size_t body_size(const struct counts *c, size_t width)
{
	return c->time * width + c->time + c->type * 6 + c->chars + c->leap * (width + 4) + c->isstd + c->isut;
}

static bool read_body(struct timezone_rules *z, const uint8_t *p, const struct counts *c, size_t width)
{
	const uint8_t *kinds = p + c->time * width, *types = kinds + c->time;

	z->times = calloc(c->time + 1, sizeof(*z->times));
	z->after = calloc(c->time + 1, sizeof(*z->after));
	if (!z->times || !z->after)
		return false;
	z->n = c->time;
	z->first = (int32_t)be32(types);
	for (size_t i = 0; i < c->time; i++) {
		z->times[i] = width == 8 ? be64(p + i * 8) : (int32_t)be32(p + i * 4);
		if (kinds[i] >= c->type || (i && z->times[i] <= z->times[i - 1]))
			return false;
		z->after[i] = (int32_t)be32(types + (size_t)kinds[i] * 6);
	}
	return true;
}

static bool read_zone(struct timezone_rules *z, const uint8_t *p, size_t n)
{
	struct counts c;

	if (!read_header(p, n, &c) || body_size(&c, 4) > n - HEADER)
		return false;
	if (p[4] < '2') /* version 1 has 32-bit times and no footer */
		return read_body(z, p + HEADER, &c, 4);
	p += HEADER + body_size(&c, 4);
	n -= HEADER + body_size(&c, 4);
	if (!read_header(p, n, &c) || body_size(&c, 8) > n - HEADER || !read_body(z, p + HEADER, &c, 8))
		return false;
	p += HEADER + body_size(&c, 8);
	n -= HEADER + body_size(&c, 8);
	const uint8_t *end = n > 1 && *p == '\n' ? memchr(p + 1, '\n', n - 1) : NULL;
	char rule[128];
	if (!end || (size_t)(end - p - 1) >= sizeof(rule))
		return false;
	memcpy(rule, p + 1, (size_t)(end - p - 1));
	rule[end - p - 1] = '\0';
	return read_rule(z, rule);
}

int timezone_parse(struct timezone_rules **ret, const void *data, size_t n, struct err *e)
{
	struct timezone_rules *z = calloc(1, sizeof(*z));

	if (!z)
		return err_nomem(e);
	if (!read_zone(z, data, n)) {
		timezone_free(z);
		return err_set(e, ERR_INVALID, "malformed time zone information");
	}
	*ret = z;
	return 0;
}

static bool plausible(const char *name)
{
	for (const char *p = name; *p; p++)
		if (!((*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || strchr("/_+-.", *p)))
			return false;
	return *name && *name != '/' && *name != '.' && strlen(name) < 128 && !strstr(name, "..");
}

int timezone_load(struct timezone_rules **ret, const char *name, struct err *e)
{
	const char *dir = getenv("ZONEINFO");
	AUTO_FREE char *path = str_fmt("%s/%s", dir && *dir ? dir : "/usr/share/zoneinfo", name);
	uint8_t data[MAX_FILE];
	ssize_t n, got = 0;

	if (!path)
		return err_nomem(e);
	if (streq(name, "UTC")) {
		struct timezone_rules *z = calloc(1, sizeof(*z));
		if (!z)
			return err_nomem(e);
		*ret = z;
		return 0;
	}
	AUTO_CLOSE int fd = plausible(name) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0)
		return err_set(e, ERR_NOT_FOUND, "unknown time zone %s", name);
	while ((n = read(fd, data + got, sizeof(data) - (size_t)got)) > 0)
		got += n;
	if (n < 0) /* a folder, for example */
		return err_set(e, ERR_NOT_FOUND, "unknown time zone %s", name);
	int r = timezone_parse(ret, data, (size_t)got, e);
	return r < 0 ? err_wrap(e, "time zone %s", name) : 0;
}

struct timezone_rules *timezone_free(struct timezone_rules *z)
{
	if (z) {
		free(z->times);
		free(z->after);
		free(z);
	}
	return NULL;
}
