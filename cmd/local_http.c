#include "cmd/local_http.h"
#include <stdlib.h>
#include "base/bytes.h"
#include "base/cleanup.h"
#include "base/inet.h"
#include "base/str.h"
#include "wire/http_client.h"

#define TIMEOUT_MS 2000
#define BODY_MAX   (1 << 20)

int local_http_get(const char *address, const char *path, int *ret_status, char **ret, struct err *e)
{
	AUTO_BYTES struct bytes *body = NULL;
	char host[48];
	uint16_t port;
	if (!inet_addr_port_parse(address, host, &port))
		return err_set(e, ERR_INVALID, "\"%.80s\" is not an address with a port", address);
	if (streq(host, "0.0.0.0") || streq(host, "::"))
		(void)str_copy(host, sizeof(host), "127.0.0.1");
	AUTO_FREE char *url = str_fmt(strchr(host, ':') ? "http://[%s]:%u%s" : "http://%s:%u%s", host, port, path);
	if (!url)
		return err_nomem(e);
	const struct http_client_request r = {.method = "GET",
					      .url = url,
					      .timeout_ms = TIMEOUT_MS,
					      .connect_timeout_ms = TIMEOUT_MS,
					      .max_response = BODY_MAX,
					      .direct = true};
	int code = http_get_blocking(&(struct http_client_config){0}, &r, ret_status, &body, e);
	if (code < 0)
		return code;
	*ret = str_ndup(body ? body->data : "", body ? body->len : 0);
	return *ret ? 0 : err_nomem(e);
}

static const char *value_of(const char *line, size_t n)
{
	const char *end = line + strcspn(line, "\n");
	while (end > line + n && end[-1] != ' ')
		end--;
	return end;
}

int64_t local_metric(const char *text, const char *name, const char *label)
{
	size_t n = strlen(name), l = strlen(label);
	int64_t all = -1;
	for (const char *p = text; p && *p; p = strchr(p, '\n'), p = p ? p + 1 : NULL) {
		if (strncmp(p, name, n) != 0 || (p[n] != ' ' && p[n] != '{') ||
		    (l && !memmem(p + n, strcspn(p + n, "\n"), label, l)))
			continue;
		all = (all < 0 ? 0 : all) + strtoll(value_of(p, n), NULL, 10);
	}
	return all;
}

double local_metric_real(const char *text, const char *name)
{
	size_t n = strlen(name);
	for (const char *p = text; p && *p; p = strchr(p, '\n'), p = p ? p + 1 : NULL)
		if (strncmp(p, name, n) == 0 && p[n] == ' ')
			return strtod(p + n, NULL);
	return -1;
}
