#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include "api/quantity.h"

#define NANO ((__int128)1000000000)
/* Kubernetes caps what it reads at 2^63-1 units. */
#define CAP ((__int128)INT64_MAX * NANO)

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct suffix {
	const char *text;
	int base, exp;
	enum quantity_format format;
};
static const struct suffix suffixes[] = {
	{"", 10, 0, QUANTITY_DECIMAL_SI},   {"n", 10, -9, QUANTITY_DECIMAL_SI}, {"u", 10, -6, QUANTITY_DECIMAL_SI},
	{"m", 10, -3, QUANTITY_DECIMAL_SI}, {"k", 10, 3, QUANTITY_DECIMAL_SI},	{"M", 10, 6, QUANTITY_DECIMAL_SI},
	{"G", 10, 9, QUANTITY_DECIMAL_SI},  {"T", 10, 12, QUANTITY_DECIMAL_SI}, {"P", 10, 15, QUANTITY_DECIMAL_SI},
	{"E", 10, 18, QUANTITY_DECIMAL_SI}, {"Ki", 2, 10, QUANTITY_BINARY_SI},	{"Mi", 2, 20, QUANTITY_BINARY_SI},
	{"Gi", 2, 30, QUANTITY_BINARY_SI},  {"Ti", 2, 40, QUANTITY_BINARY_SI},	{"Pi", 2, 50, QUANTITY_BINARY_SI},
	{"Ei", 2, 60, QUANTITY_BINARY_SI},
};

static int parse_suffix(const char *s, int *base, int *exp, enum quantity_format *format)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (strcmp(s, suffixes[i].text) == 0) {
			*base = suffixes[i].base;
			*exp = suffixes[i].exp;
			*format = suffixes[i].format;
			return 0;
		}
	}
	if (*s != 'e' && *s != 'E')
		return -EINVAL;
	s++;
	bool neg = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if (!is_digit(*s))
		return -EINVAL;
	int v = 0;
	for (; is_digit(*s); s++) {
		if (v > 100000) /* saturates: far outside either end already */
			continue;
		v = v * 10 + (*s - '0');
	}
	if (*s)
		return -EINVAL;
	*base = 10;
	*exp = neg ? -v : v;
	*format = QUANTITY_DECIMAL_EXPONENT;
	return 0;
}

/*
 * The digits are kept as an integer m with a decimal scale, then scaled to nano units. Digits that 128 bits cannot hold
 * are dropped when they stand behind the point (they only say whether to round up) and saturate before it.
 */
int quantity_parse(const char *s, struct quantity *ret)
{
	const char *p = s;
	unsigned __int128 m = 0;
	const unsigned __int128 m_limit = (unsigned __int128)1 << 118;
	int scale = 0; /* value = m * 10^scale */
	bool neg = false, any = false, point = false, inexact = false, huge = false;

	if (*p == '+' || *p == '-')
		neg = *p++ == '-';
	for (; is_digit(*p) || *p == '.'; p++) {
		if (*p == '.') {
			if (point)
				return -EINVAL;
			point = true;
			continue;
		}
		any = true;
		if (m >= m_limit / 10) {
			if (!point) {
				if (scale < 1000)
					scale++;
				huge = true;
			}
			inexact |= *p != '0';
			continue;
		}
		m = m * 10 + (unsigned)(*p - '0');
		if (point)
			scale--;
	}
	if (!any)
		return -EINVAL;
	int base, exp;
	enum quantity_format format;
	int r = parse_suffix(p, &base, &exp, &format);
	if (r < 0)
		return r;

	int ten = scale + 9 + (base == 10 ? exp : 0); /* value in nano = m * 10^ten * 2^two */
	int two = base == 2 ? exp : 0;
	bool sat = huge && ten >= 0;
	/* Division first would lose digits, multiplication first may overflow: saturation decides which way is safe. */
	while (m && ten > 0 && !sat) {
		if (m > (unsigned __int128)CAP) {
			sat = true;
			break;
		}
		m *= 10;
		ten--;
	}
	if (ten >= 0) {
		for (; m && two > 0 && !sat; two--) {
			if (m > (unsigned __int128)CAP)
				sat = true;
			else
				m *= 2;
		}
	} else {
		/* m * 2^two / 10^-ten with m < 2^118: halve factors of ten against the twos where they meet. */
		while (m && ten < 0) {
			if (two > 0 && m < (unsigned __int128)1 << 120) {
				m *= 2;
				two--;
				continue;
			}
			inexact |= m % 10 != 0;
			m /= 10;
			ten++;
		}
		for (; m && two > 0 && !sat; two--) {
			if (m > (unsigned __int128)CAP)
				sat = true;
			else
				m *= 2;
		}
	}
	if (inexact)
		m++;
	if (sat || m > (unsigned __int128)CAP)
		m = (unsigned __int128)CAP;
	ret->nano = neg ? -(__int128)m : (__int128)m;
	ret->format = format;
	return 0;
}

static void put(char *out, size_t cap, bool neg, unsigned __int128 m, const char *suffix)
{
	char tmp[64];
	size_t at = sizeof(tmp);

	tmp[--at] = 0;
	do {
		tmp[--at] = (char)('0' + (int)(m % 10));
		m /= 10;
	} while (m);
	if (neg)
		tmp[--at] = '-';
	snprintf(out, cap, "%s%s", tmp + at, suffix);
}

void quantity_format(const struct quantity *q, char *out, size_t cap)
{
	static const char *const binary[] = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
	static const char *const decimal[] = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
	bool neg = q->nano < 0;
	unsigned __int128 m = neg ? -(unsigned __int128)q->nano : (unsigned __int128)q->nano;
	enum quantity_format f = q->format;

	if (!m) {
		snprintf(out, cap, "0");
		return;
	}
	/* Binary suffixes are for whole numbers of at least 1024, so that nothing is lost or hard to read. */
	if (f == QUANTITY_BINARY_SI && (m % NANO || m < 1024 * NANO))
		f = QUANTITY_DECIMAL_SI;
	if (f == QUANTITY_BINARY_SI) {
		size_t i = 0;
		for (m /= NANO; i < 6 && m % 1024 == 0; i++)
			m /= 1024;
		put(out, cap, neg, m, binary[i]);
		return;
	}
	int i = 0;
	while (i < 9 && m % 1000 == 0) {
		m /= 1000;
		i++;
	}
	if (f == QUANTITY_DECIMAL_SI) {
		put(out, cap, neg, m, decimal[i]);
		return;
	}
	char exp[16] = "";
	if (i != 3)
		snprintf(exp, sizeof(exp), "e%d", (i - 3) * 3);
	put(out, cap, neg, m, exp);
}

static int64_t scaled(const struct quantity *q, __int128 unit)
{
	__int128 v = q->nano / unit;

	if (q->nano % unit) /* rounds away from zero as Kubernetes does */
		v += q->nano > 0 ? 1 : -1;
	if (v > INT64_MAX)
		return INT64_MAX;
	if (v < INT64_MIN)
		return INT64_MIN;
	return (int64_t)v;
}

int64_t quantity_value(const struct quantity *q) { return scaled(q, NANO); }
int64_t quantity_bytes(const char *s)
{
	struct quantity q;

	return s && quantity_parse(s, &q) == 0 ? quantity_value(&q) : 0;
}

int64_t quantity_milli(const struct quantity *q) { return scaled(q, NANO / 1000); }
