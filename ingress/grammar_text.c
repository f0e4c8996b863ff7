#include "ingress/grammar_text.h"
#include <arpa/inet.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/grammar.h"

#define MAX_URL 2048

static bool port_valid(const char *s)
{
	int64_t port;
	return str_to_i64(s, 1, 65535, &port) == 0;
}

/* "name", "name:port", "1.2.3.4", "[::1]:80". */
bool text_authority(const char *s, size_t n, bool variable)
{
	char text[300], *colon;
	unsigned char raw[16];

	if (!n || n >= sizeof(text))
		return false;
	memcpy(text, s, n);
	text[n] = '\0';
	if (text[0] == '[') {
		char *end = strchr(text, ']');
		if (!end || (end[1] && (end[1] != ':' || !port_valid(end + 2))))
			return false;
		*end = '\0';
		return inet_pton(AF_INET6, text + 1, raw) == 1;
	}
	if ((colon = strchr(text, ':')) != NULL) {
		if (!port_valid(colon + 1))
			return false;
		*colon = '\0';
	}
	if (variable && (streq(text, "$host") || streq(text, "$http_host") || streq(text, "$best_http_host")))
		return true;
	for (char *p = text; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p | 0x20);
	return grammar_hostname(text, false);
}

#define URL_CHARS ALNUM "-._~:/?#[]@!&()*+,;=%"

static bool is_among(const char *const *names, size_t count, const char *s, size_t n)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == n && strncmp(names[i], s, n) == 0)
			return true;
	return false;
}

/* Variables of a request that may stand in the path and query of a URL, as the module has them. */
static bool variables_valid(const char *s)
{
	static const char *const names[] = {
	    "host",        "http_host",           "best_http_host", "scheme",      "pass_access_scheme",
	    "request_uri", "escaped_request_uri", "request_method", "remote_addr", "request_id",
	    "args"};

	while ((s = strchr(s, '$')) != NULL) {
		size_t n = strspn(++s, LOWER DIGITS "_");
		if (!is_among(names, ARRAY_LEN(names), s, n))
			return false;
		s += n;
	}
	return true;
}

bool text_url(const char *s, bool variable)
{
	const char *p = s;

	if (strlen(s) > MAX_URL)
		return false;
	if (str_has_prefix(p, "http://"))
		p += 7;
	else if (str_has_prefix(p, "https://"))
		p += 8;
	else if (variable && str_has_prefix(p, "$scheme://"))
		p += 10;
	else
		return false;
	size_t n = strcspn(p, "/?#");
	return text_authority(p, n, variable) &&
	       (variable ? str_only(p + n, URL_CHARS "$") && variables_valid(p + n) : str_only(p + n, URL_CHARS));
}

static const char *const targets[] = {"request_uri", "scheme", "host", "uri", "args", "is_args"};

/* The variable at s, of those that a redirect may have; *ret_n: with its "$" and braces. NULL: none of them. */
static const char *target_at(const char *s, size_t *ret_n)
{
	bool brace = s[1] == '{';
	size_t n = strspn(s + 1 + brace, LOWER "_");

	if (brace && s[2 + n] != '}')
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(targets); i++)
		if (strlen(targets[i]) == n && strncmp(targets[i], s + 1 + brace, n) == 0) {
			*ret_n = 1 + n + (brace ? 2 : 0);
			return targets[i];
		}
	return NULL;
}

/* A variable in the host's place may only be the host, so that nobody else chooses where clients are led. */
static bool target_authority(const char *s, const char **ret_end)
{
	char text[300];
	size_t n = 0, skip;

	while (*s && !strchr("/?#", *s)) {
		const char *name = *s == '$' ? target_at(s, &skip) : NULL;
		if (n + 1 >= sizeof(text) || (*s == '$' && !name))
			return false;
		if (name && !streq(name, "host")) {
			/* these begin with "/" or "?" */
			if (!streq(name, "request_uri") && !streq(name, "uri") && !streq(name, "is_args"))
				return false;
			break;
		}
		text[n++] = name ? 'h' : *s;
		s += name ? skip : 1;
	}
	*ret_end = s;
	return text_authority(text, n, false);
}

bool text_redirect(const char *s)
{
	static const char *const schemes[] = {"http://", "https://", "$scheme://"};
	const char *p = NULL;
	size_t n;

	for (size_t i = 0; !p && strlen(s) <= MAX_URL && i < ARRAY_LEN(schemes); i++)
		p = str_has_prefix(s, schemes[i]) ? s + strlen(schemes[i]) : NULL;
	if (!p && s[0] == '/' && s[1] != '/' && strlen(s) <= MAX_URL) /* of the host that is asked */
		p = s;
	else if (!p || !target_authority(p, &p))
		return false;
	for (; *p; p += n) {
		n = 1;
		if (*p == '$' ? !target_at(p, &n) : !strchr(URL_CHARS, *p))
			return false;
	}
	return true;
}

#define PATH_CHARS ALNUM "-._~:/@!&()*+,;=%"

bool text_path(const char *s, bool query)
{
	return s[0] == '/' && s[1] != '/' && strlen(s) <= MAX_URL && str_only(s, query ? PATH_CHARS "?#" : PATH_CHARS);
}

bool text_rewrite(const char *s)
{
	if (s[0] != '/' || strlen(s) > MAX_URL || !str_only(s, PATH_CHARS "?$"))
		return false;
	for (const char *p = s; (p = strchr(p, '$')); p++)
		if (p[1] < '1' || p[1] > '9')
			return false;
	return true;
}

bool text_ref(const char *s)
{
	const char *slash = strchr(s, '/');
	const char *name = slash ? slash + 1 : s;

	if (slash && (slash == s || slash - s > 63 || strspn(s, LOWER DIGITS "-") != (size_t)(slash - s)))
		return false;
	return *name && strlen(name) <= 253 && str_only(name, LOWER DIGITS ".-");
}

/* Of a variable that is a fact of the request, in small letters. */
static bool hash_variable(const char *name)
{
	static const char *const names[] = {"request_uri",
					    "uri",
					    "document_uri",
					    "args",
					    "query_string",
					    "is_args",
					    "host",
					    "http_host",
					    "best_http_host",
					    "remote_addr",
					    "the_real_ip",
					    "remote_port",
					    "remote_user",
					    "scheme",
					    "pass_access_scheme",
					    "request_method",
					    "server_port",
					    "pass_server_port",
					    "server_protocol",
					    "content_type",
					    "ssl_client_s_dn",
					    "ssl_client_i_dn",
					    "ssl_client_serial",
					    "ssl_client_fingerprint",
					    "request_id",
					    "req_id"};
	static const char *const families[] = {"arg_", "http_", "cookie_"};

	if (is_among(names, ARRAY_LEN(names), name, strlen(name)))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(families); i++)
		if (str_has_prefix(name, families[i]) && name[strlen(families[i])])
			return true;
	return false;
}

bool text_hash_key(const char *s, struct buf *out)
{
	char name[65];

	while (*s) {
		if (*s != '$') {
			if (!strchr(ALNUM "-_.:/|,;=@#", *s))
				return false;
			buf_addc(out, *s++);
			continue;
		}
		bool brace = *++s == '{';
		s += brace;
		size_t n = strspn(s, ALNUM "_");
		if (n >= sizeof(name) || (brace && s[n] != '}'))
			return false;
		for (size_t i = 0; i < n; i++)
			name[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] | 0x20) : s[i];
		name[n] = '\0';
		/* the same for this purpose, whatever its bytes are */
		bool binary = streq(name, "binary_remote_addr");
		if (!binary && !hash_variable(name))
			return false;
		s += n + brace;
		bool goes_on = *s && strchr(ALNUM "_", *s);
		buf_addf(out, goes_on ? "${%s}" : "$%s", binary ? "remote_addr" : name);
	}
	return out->len <= 1024;
}

bool text_location(const char *s)
{
	static const char *const names[] = {"$host", "$http_host", "$best_http_host", "$scheme"};

	if (!*s || *s == '~' || strlen(s) > MAX_URL) /* "~" is what expressions of nginx begin with */
		return false;
	while (*s) {
		size_t n = *s == '$' ? 1 + strspn(s + 1, ALNUM "_") : 1;
		if (*s == '$' ? !is_among(names, ARRAY_LEN(names), s, n) : !strchr(URL_CHARS, *s))
			return false;
		s += n;
	}
	return true;
}

bool text_cookie_domain(const char *s)
{
	return *s && strlen(s) <= 253 && str_only(s, ALNUM "-._");
}

bool text_cookie_path(const char *s)
{
	return text_path(s, false) && !strpbrk(s, ";,");
}

bool text_cipher(const char *s)
{
	return *s && strlen(s) <= 1024 && str_only(s, ALNUM "+:_-!@=");
}
