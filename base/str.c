#include "base/str.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include "base/cleanup.h"

bool str_has_prefix(const char *s, const char *prefix)
{
	return s && prefix && strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_only(const char *s, const char *set)
{
	return s[strspn(s, set)] == '\0';
}

bool str_has_suffix(const char *s, const char *suffix)
{
	size_t n, m;

	if (!s || !suffix)
		return false;
	n = strlen(s);
	m = strlen(suffix);
	return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

char *str_dup(const char *s)
{
	return s ? str_ndup(s, strlen(s)) : NULL;
}

char *str_ndup(const char *s, size_t n)
{
	char *p;

	if (!s)
		return NULL;
	n = strnlen(s, n);
	p = malloc(n + 1);
	if (!p)
		return NULL;
	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *str_fmt(const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&p, fmt, ap);
	va_end(ap);
	return n < 0 ? NULL : p;
}

int str_replace(char **dst, const char *s)
{
	char *p = str_dup(s);

	if (s && !p)
		return -ENOMEM;
	free(*dst);
	*dst = p;
	return 0;
}

static int digits_to_u64(const char *s, uint64_t max, uint64_t *ret)
{
	uint64_t v = 0;

	if (!*s)
		return -EINVAL;
	for (; *s; s++) {
		uint64_t d;

		if (*s < '0' || *s > '9')
			return -EINVAL;
		d = (uint64_t)(*s - '0');
		if (v > (UINT64_MAX - d) / 10)
			return -ERANGE;
		v = v * 10 + d;
	}
	if (v > max)
		return -ERANGE;
	*ret = v;
	return 0;
}

int str_to_u64(const char *s, uint64_t max, uint64_t *ret)
{
	return s ? digits_to_u64(s, max, ret) : -EINVAL;
}

int str_to_i64(const char *s, int64_t min, int64_t max, int64_t *ret)
{
	bool neg = s && s[0] == '-';
	uint64_t u;
	int64_t v;
	int r;

	if (!s)
		return -EINVAL;
	r = digits_to_u64(s + neg, neg ? (uint64_t)INT64_MAX + 1 : INT64_MAX, &u);
	if (r < 0)
		return r;
	v = neg ? (int64_t)(0 - u) : (int64_t)u;
	if (v < min || v > max)
		return -ERANGE;
	*ret = v;
	return 0;
}

uint64_t str_hash(const void *p, size_t n)
{
	const unsigned char *c = p;
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ c[i]) * 0x100000001b3u;
	return h;
}

bool str_copy(char *dst, size_t cap, const char *src)
{
	size_t n = src ? strlen(src) : 0;
	bool fits = n < cap;

	if (cap == 0)
		return false;
	if (!fits)
		n = cap - 1;
	if (n)
		memcpy(dst, src, n);
	dst[n] = '\0';
	return fits;
}

static const char b64_std[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char b64_url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int b64_encode(const void *p, size_t n, bool url, char **ret)
{
	const char *abc = url ? b64_url : b64_std;
	const unsigned char *s = p;
	char *out, *o;

	if (n > SIZE_MAX / 2)
		return -ENOMEM;
	out = o = malloc((n + 2) / 3 * 4 + 1);
	if (!out)
		return -ENOMEM;
	for (; n >= 3; n -= 3, s += 3) {
		*o++ = abc[s[0] >> 2];
		*o++ = abc[(s[0] & 3) << 4 | s[1] >> 4];
		*o++ = abc[(s[1] & 15) << 2 | s[2] >> 6];
		*o++ = abc[s[2] & 63];
	}
	if (n) {
		unsigned b1 = n == 2 ? s[1] : 0;

		*o++ = abc[s[0] >> 2];
		*o++ = abc[(s[0] & 3) << 4 | b1 >> 4];
		if (n == 2)
			*o++ = abc[(b1 & 15) << 2];
		else if (!url)
			*o++ = '=';
		if (!url)
			*o++ = '=';
	}
	*o = '\0';
	*ret = out;
	return 0;
}

static int b64_value(char c, bool url)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == (url ? '-' : '+'))
		return 62;
	if (c == (url ? '_' : '/'))
		return 63;
	return -1;
}

int b64_decode(const char *s, size_t n, bool url, void **ret, size_t *ret_len)
{
	unsigned char *out;
	uint32_t acc = 0;
	size_t len = 0, digits = 0, pad = 0;

	out = malloc(n / 4 * 3 + 4);
	if (!out)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		int v;

		/* Go's decoder, which clients rely on, skips line ends. */
		if (s[i] == '\n' || s[i] == '\r')
			continue;
		if (s[i] == '=') {
			pad++;
			continue;
		}
		v = b64_value(s[i], url);
		if (v < 0 || pad)
			goto bad;
		acc = acc << 6 | (uint32_t)v;
		if (++digits % 4 == 0) {
			out[len++] = (unsigned char)(acc >> 16);
			out[len++] = (unsigned char)(acc >> 8);
			out[len++] = (unsigned char)acc;
			acc = 0;
		}
	}
	if (digits % 4 == 1 || pad > 2 || (pad && (digits + pad) % 4) || (!url && !pad && digits % 4))
		goto bad;
	if (digits % 4 == 2) {
		out[len++] = (unsigned char)(acc >> 4);
	} else if (digits % 4 == 3) {
		out[len++] = (unsigned char)(acc >> 10);
		out[len++] = (unsigned char)(acc >> 2);
	}
	out[len] = '\0';
	*ret = out;
	*ret_len = len;
	return 0;
bad:
	free(out);
	return -EINVAL;
}

static const char hex_digits[] = "0123456789abcdef";

void hex_encode(const void *p, size_t n, char *out)
{
	const unsigned char *s = p;

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = hex_digits[s[i] >> 4];
		out[2 * i + 1] = hex_digits[s[i] & 15];
	}
	out[2 * n] = '\0';
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int url_decode_to(char *out, const char *s, size_t n, bool plus_is_space)
{
	size_t o = 0;

	for (size_t i = 0; i < n; i++) {
		char c = s[i];

		if (c == '%') {
			int hi = i + 2 < n ? hex_value(s[i + 1]) : -1;
			int lo = i + 2 < n ? hex_value(s[i + 2]) : -1;

			if (hi < 0 || lo < 0)
				return -EINVAL;
			c = (char)(hi << 4 | lo);
			i += 2;
			if (c == '\0') /* would hide the rest of a C string */
				return -EINVAL;
		} else if (c == '+' && plus_is_space) {
			c = ' ';
		}
		out[o++] = c;
	}
	out[o] = '\0';
	return 0;
}

char *url_decode(const char *s, size_t n, bool plus_is_space)
{
	char *out = malloc(n + 1);

	if (out && url_decode_to(out, s, n, plus_is_space) < 0) {
		free(out);
		out = NULL;
	}
	return out;
}

char *url_encode(const char *s)
{
	size_t n = strlen(s);
	char *out, *o;

	if (n > SIZE_MAX / 4)
		return NULL;
	out = o = malloc(3 * n + 1);
	if (!out)
		return NULL;
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
		    c == '.' || c == '_' || c == '~') {
			*o++ = (char)c;
		} else {
			*o++ = '%';
			*o++ = "0123456789ABCDEF"[c >> 4];
			*o++ = "0123456789ABCDEF"[c & 15];
		}
	}
	*o = '\0';
	return out;
}

static void time_fields(time_t t, struct tm *tm)
{
	/* Years beyond four digits cannot be written in RFC 3339. */
	if (t < -62135596800 || t > 253402300799)
		t = 0;
	if (!gmtime_r(&t, tm))
		memset(tm, 0, sizeof *tm);
}

static void time_format_frac(time_t t, long frac, int digits, char *out, size_t cap)
{
	struct tm tm;

	time_fields(t, &tm);
	if (digits)
		(void)snprintf(out, cap, "%04d-%02d-%02dT%02d:%02d:%02d.%0*ldZ", tm.tm_year + 1900, tm.tm_mon + 1,
			       tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, digits, frac);
	else
		(void)snprintf(out, cap, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
			       tm.tm_hour, tm.tm_min, tm.tm_sec);
}

void time_format(time_t t, char out[TIME_STR_MAX])
{
	time_format_frac(t, 0, 0, out, TIME_STR_MAX);
}

void time_format_micro(const struct timespec *ts, char out[TIME_STR_MAX])
{
	time_format_frac(ts->tv_sec, ts->tv_nsec / 1000, 6, out, TIME_STR_MAX);
}

void time_format_nano(const struct timespec *ts, char out[40])
{
	time_format_frac(ts->tv_sec, ts->tv_nsec, 9, out, 40);
}

/* Reads exactly n digits. */
static bool take_digits(const char **s, int n, int min, int max, int *ret)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		char c = (*s)[i];

		if (c < '0' || c > '9')
			return false;
		v = v * 10 + (c - '0');
	}
	*s += n;
	*ret = v;
	return v >= min && v <= max;
}

static bool take_char(const char **s, char a, char b)
{
	if (**s != a && **s != b)
		return false;
	(*s)++;
	return true;
}

int time_parse(const char *s, struct timespec *ret)
{
	static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	struct tm tm = {0};
	int year, off_h = 0, off_m = 0, sign = 0;
	long nsec = 0;
	bool leap;

	if (!s || !take_digits(&s, 4, 0, 9999, &year) || !take_char(&s, '-', '-') ||
	    !take_digits(&s, 2, 1, 12, &tm.tm_mon) || !take_char(&s, '-', '-') ||
	    !take_digits(&s, 2, 1, 31, &tm.tm_mday) || !take_char(&s, 'T', 't') ||
	    !take_digits(&s, 2, 0, 23, &tm.tm_hour) || !take_char(&s, ':', ':') ||
	    !take_digits(&s, 2, 0, 59, &tm.tm_min) || !take_char(&s, ':', ':') ||
	    !take_digits(&s, 2, 0, 60, &tm.tm_sec))
		return -EINVAL;
	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	if (tm.tm_mday > month_days[tm.tm_mon - 1] + (tm.tm_mon == 2 && leap))
		return -EINVAL;
	if (*s == '.') {
		int digits = 0;

		for (s++; *s >= '0' && *s <= '9'; s++) {
			if (++digits > 9)
				return -EINVAL;
			nsec = nsec * 10 + (*s - '0');
		}
		if (digits == 0)
			return -EINVAL;
		for (; digits < 9; digits++)
			nsec *= 10;
	}
	if (*s == 'Z' || *s == 'z') {
		s++;
	} else if (*s == '+' || *s == '-') {
		sign = *s++ == '+' ? 1 : -1;
		if (!take_digits(&s, 2, 0, 23, &off_h) || !take_char(&s, ':', ':') ||
		    !take_digits(&s, 2, 0, 59, &off_m))
			return -EINVAL;
	} else {
		return -EINVAL;
	}
	if (*s)
		return -EINVAL;
	tm.tm_year = year - 1900;
	tm.tm_mon--;
	ret->tv_sec = timegm(&tm) - sign * (off_h * 3600 + off_m * 60);
	ret->tv_nsec = nsec;
	return 0;
}

int duration_parse(const char *s, double *ret_s)
{
	static const struct {
		const char *unit;
		double s;
	} units[] = {{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}, {"m", 60}, {"h", 3600}};
	double sum = 0;

	if (!*s)
		return -EINVAL;
	while (*s) {
		char digits[24];
		size_t n = strspn(s, "0123456789."), at = 0;

		if (n == 0 || n >= sizeof(digits) || memchr(s, '.', n) != memrchr(s, '.', n))
			return -EINVAL;
		memcpy(digits, s, n);
		digits[n] = '\0';
		s += n;
		n = strspn(s, "nmuhs");
		while (at < ARRAY_LEN(units) && !(strlen(units[at].unit) == n && strncmp(s, units[at].unit, n) == 0))
			at++;
		if (at == ARRAY_LEN(units))
			return -EINVAL;
		sum += strtod(digits, NULL) * units[at].s;
		s += n;
	}
	*ret_s = sum;
	return 0;
}

void random_bytes(void *p, size_t n)
{
	char *c = p;

	while (n > 0) {
		ssize_t k = getrandom(c, n, 0);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			abort(); /* going on without randomness would make guessable secrets */
		c += k;
		n -= (size_t)k;
	}
}

/* One is made for every answer of a server: the kernel is asked for several at once. What was taken is not kept. */
static void uuid_bytes(unsigned char r[16])
{
	static _Thread_local unsigned char some[32 * 16];
	static _Thread_local size_t left;

	if (left == 0) {
		random_bytes(some, sizeof some);
		left = sizeof some;
	}
	left -= 16;
	memcpy(r, some + left, 16);
	memset(some + left, 0, 16);
}

void uuid_new(char out[37])
{
	static const unsigned char len[] = {8, 4, 4, 4, 12};
	unsigned char r[16];
	char hex[33];
	const char *from = hex;

	uuid_bytes(r);
	r[6] = (unsigned char)((r[6] & 0x0f) | 0x40);
	r[8] = (unsigned char)((r[8] & 0x3f) | 0x80);
	hex_encode(r, sizeof r, hex);
	for (size_t i = 0; i < sizeof len; i++) { /* one is made for every answer */
		memcpy(out, from, len[i]);
		from += len[i];
		out += len[i];
		*out++ = i + 1 < sizeof len ? '-' : '\0';
	}
}

void random_suffix(char *out, size_t n)
{
	static const char abc[] = "bcdfghjklmnpqrstvwxz2456789"; /* 27 */

	for (size_t i = 0; i < n;) {
		unsigned char r[16];

		random_bytes(r, sizeof r);
		for (size_t j = 0; j < sizeof r && i < n; j++)
			if (r[j] < 243) /* 9 * 27: no bias */
				out[i++] = abc[r[j] % 27];
	}
	out[n] = '\0';
}

size_t utf8_sequence(const unsigned char *s, size_t n)
{
	unsigned char c = s[0];
	size_t len, i;
	unsigned char lo = 0x80, hi = 0xbf;

	if (c < 0x80)
		return 1;
	if (c < 0xc2 || c > 0xf4)
		return 0;
	len = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (n < len)
		return 0;
	if (c == 0xe0)
		lo = 0xa0;
	else if (c == 0xed)
		hi = 0x9f;
	else if (c == 0xf0)
		lo = 0x90;
	else if (c == 0xf4)
		hi = 0x8f;
	if (s[1] < lo || s[1] > hi)
		return 0;
	for (i = 2; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

void str_make_utf8(char *s)
{
	for (unsigned char *p = (unsigned char *)s; *p;) {
		size_t n = utf8_sequence(p, 4); /* the NUL at the end is part of no sequence */

		if (n == 0)
			*p = '?';
		p += n ? n : 1;
	}
}
