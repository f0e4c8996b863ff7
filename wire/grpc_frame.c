#include "wire/grpc_frame.h"
#include <errno.h>
#include <strings.h>
#include "base/str.h"

#define TIMEOUT_MAX_MS (366LL * 86400 * 1000)

void grpc_prefix(uint8_t out[GRPC_PREFIX], size_t len)
{
	out[0] = 0;
	for (int i = 0; i < 4; i++)
		out[1 + i] = (uint8_t)(len >> (24 - 8 * i));
}

int grpc_reader_add(struct grpc_reader *r, const uint8_t *p, size_t n, struct err *e)
{
	while (n > 0 && r->prefix_n < GRPC_PREFIX) {
		r->prefix[r->prefix_n++] = *p++;
		n--;
		if (r->prefix_n == 1 && r->prefix[0] > 1)
			return err_set(e, ERR_PROTO, "a message begins with flag %u", r->prefix[0]);
		if (r->prefix_n == 1 && r->prefix[0])
			return err_set(e, ERR_UNSUPPORTED, "a message is compressed, which was not offered");
		if (r->prefix_n < GRPC_PREFIX)
			continue;
		for (int i = 1; i < GRPC_PREFIX; i++)
			r->want = r->want << 8 | r->prefix[i];
		if (r->want > r->max)
			return err_set(e, ERR_TOO_LARGE, "a message of %zu bytes, no more than %zu are taken", r->want,
				       r->max);
	}
	if (n > r->want - r->body.len)
		return err_set(e, ERR_PROTO, "more than one message where one is due");
	buf_add(&r->body, p, n);
	return buf_failed(&r->body) ? err_nomem(e) : 0;
}

bool grpc_reader_empty(const struct grpc_reader *r)
{
	return r->prefix_n == 0;
}

bool grpc_reader_whole(const struct grpc_reader *r)
{
	return r->prefix_n == GRPC_PREFIX && r->body.len == r->want;
}

void grpc_reader_done(struct grpc_reader *r)
{
	buf_done(&r->body);
	r->prefix_n = r->want = 0;
}

void grpc_percent_encode(struct buf *out, const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c >= 0x20 && c <= 0x7e && c != '%')
			buf_addc(out, (char)c);
		else
			buf_addf(out, "%%%02X", c);
	}
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void grpc_percent_decode(char *out, size_t cap, const char *s, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n && k + 1 < cap; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '%' && n - i > 2 && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0) {
			c = (unsigned char)(hex(s[i + 1]) << 4 | hex(s[i + 2]));
			i += 2;
		}
		out[k++] = c < 0x20 && c != '\n' && c != '\t' ? '?' : (char)c;
	}
	out[k] = '\0';
	str_make_utf8(out);
}

void grpc_timeout_format(char out[GRPC_TIMEOUT_TEXT], int64_t ms)
{
	if (ms < 0)
		ms = 0;
	if (ms <= 99999999)
		(void)snprintf(out, GRPC_TIMEOUT_TEXT, "%dm", (int)ms);
	else
		(void)snprintf(out, GRPC_TIMEOUT_TEXT, "%dS", (int)(ms / 1000 < 99999999 ? ms / 1000 : 99999999));
}

int grpc_timeout_parse(const char *s, size_t n, int64_t *ret_ms, struct err *e)
{
	static const struct {
		char unit;
		int64_t ns;
	} units[] = {{'H', 3600000000000}, {'M', 60000000000}, {'S', 1000000000},
		     {'m', 1000000},       {'u', 1000},        {'n', 1}};
	int64_t v = 0;

	if (n < 2 || n > 9)
		return err_set(e, ERR_BAD_REQUEST, "grpc-timeout is not one to eight digits and a unit");
	for (size_t i = 0; i < n - 1; i++) {
		if (s[i] < '0' || s[i] > '9')
			return err_set(e, ERR_BAD_REQUEST, "grpc-timeout is not a number");
		v = v * 10 + (s[i] - '0');
	}
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		if (units[i].unit != s[n - 1])
			continue;
		if (units[i].ns >= 1000000)
			v *= units[i].ns / 1000000;
		else
			v = (v + 1000000 / units[i].ns - 1) / (1000000 / units[i].ns);
		*ret_ms = v < TIMEOUT_MAX_MS ? v : TIMEOUT_MAX_MS;
		return 0;
	}
	return err_set(e, ERR_BAD_REQUEST, "grpc-timeout has an unknown unit");
}

bool grpc_is(const uint8_t *p, size_t n, const char *s)
{
	return strlen(s) == n && memcmp(p, s, n) == 0;
}

bool grpc_content_type(const char *s, size_t n)
{
	static const char base[] = "application/grpc";
	const size_t k = sizeof base - 1;

	if (n < k || strncasecmp(s, base, k) != 0)
		return false;
	if (n - k >= 6 && strncasecmp(s + k, "+proto", 6) == 0)
		return n == k + 6 || s[k + 6] == ';';
	return n == k || s[k] == ';';
}
