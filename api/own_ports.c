#include "api/own_ports.h"
#include <stdio.h>
#include <string.h>
#include "base/str.h"

static bool one_read(const char *p, size_t n, struct own_port *ret)
{
	const char *end = p + n, *slash = memchr(p, '/', n), *eq = memchr(p, '=', n);
	const char *protocol_end = eq ? eq : end;
	char number[8];
	int64_t port;

	if (!slash || slash > protocol_end || (size_t)(slash - p) >= sizeof(number) ||
	    (size_t)(protocol_end - slash) > sizeof(ret->protocol))
		return false;
	(void)snprintf(number, sizeof(number), "%.*s", (int)(slash - p), p);
	if (str_to_i64(number, 1, 65535, &port) < 0)
		return false;
	ret->port = (uint16_t)port;
	(void)snprintf(ret->protocol, sizeof(ret->protocol), "%.*s", (int)(protocol_end - slash - 1), slash + 1);
	(void)snprintf(ret->whose, sizeof(ret->whose), "%.*s", eq ? (int)(end - eq - 1) : 0, eq ? eq + 1 : "");
	return true;
}

bool own_ports_next(const char **text, struct own_port *ret)
{
	while (*text && **text) {
		const char *p = *text;
		size_t n = strcspn(p, ",");

		*text = p + n + (p[n] == ',');
		if (one_read(p, n, ret))
			return true;
	}
	return false;
}
