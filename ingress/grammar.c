#include "ingress/grammar.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/address.h"
#include "ingress/grammar_text.h"

#define MAX_TEXT  4096 /* of a value; Kubernetes has 256 KiB for all annotations of an object */
#define MAX_ITEMS 1000 /* of a list */

void note_done(struct note *n)
{
	if (n->text)
		free(n->text);
	*n = (struct note){0};
}

static bool printable(const char *s)
{
	for (const unsigned char *p = (const unsigned char *)s; *p; p++)
		if (*p < 0x20 || *p == 0x7f)
			return false;
	return true;
}

bool grammar_hostname(const char *h, bool wildcard)
{
	size_t n = strlen(h);

	if (wildcard && str_has_prefix(h, "*.")) {
		h += 2;
		n -= 2;
	}
	if (!n || n > 253 || !str_only(h, LOWER DIGITS ".-"))
		return false;
	for (const char *p = h; *p;) {
		size_t l = strcspn(p, ".");
		if (!l || l > 63 || p[0] == '-' || p[l - 1] == '-')
			return false;
		p += l;
		if (*p == '.' && !*++p)
			return false;
	}
	return true;
}

const char *grammar_refused_host(const char *host, bool *ret_literal)
{
	static const char *const own[] = {"localhost.localdomain", "localhost6", "ip6-localhost", "ip6-loopback"};
	unsigned char bin[16];
	size_t n = strlen(host);

	*ret_literal = true;
	if (inet_pton(AF_INET, host, bin) == 1)
		return address_refused(bin, 4);
	if (inet_pton(AF_INET6, host, bin) == 1)
		return address_refused(bin, 16);
	*ret_literal = false;
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (strcasecmp(host, own[i]) == 0)
			return "a name of the node itself";
	/* RFC 6761 section 6.3 */
	if (n >= 9 && strcasecmp(host + n - 9, "localhost") == 0 && (n == 9 || host[n - 10] == '.'))
		return "a name of the node itself";
	return NULL;
}

bool grammar_header(const char *name)
{
	return *name && strlen(name) <= 128 && str_only(name, ALNUM "-_");
}

/* Framing and connections are nginx' own. */
bool grammar_header_settable(const char *name)
{
	static const char *const never[] = {"connection", "keep-alive",     "proxy-connection", "transfer-encoding",
					    "te",         "trailer",        "upgrade",          "content-length",
					    "host",       "http2-settings", "expect",           "date"};

	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		if (strcasecmp(name, never[i]) == 0)
			return false;
	return grammar_header(name);
}

bool grammar_header_value(const char *value)
{
	return strlen(value) <= MAX_TEXT && printable(value);
}

/* --- numbers and words --- */

static bool parse_bool(const char *s, int64_t *ret)
{
	static const char *const yes[] = {"true", "True", "TRUE", "t", "T", "1"}, *const no[] = {"false", "False",
												 "FALSE", "f",
												 "F",     "0"};

	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		if (streq(s, yes[i]) || streq(s, no[i])) {
			*ret = streq(s, yes[i]);
			return true;
		}
	return false;
}

static bool parse_size(const char *s, int64_t *ret)
{
	static const char units[] = "bkmg";
	size_t n = strspn(s, DIGITS);
	char digits[20];
	int shift = 0;

	if (!n || n >= sizeof(digits))
		return false;
	if (s[n]) {
		const char *unit = strchr(units, s[n] | 0x20);
		if (!unit || s[n + 1])
			return false;
		shift = 10 * (int)(unit - units);
	}
	memcpy(digits, s, n);
	digits[n] = '\0';
	if (str_to_i64(digits, 0, INT64_MAX >> 30, ret) < 0)
		return false;
	*ret <<= shift;
	return true;
}

/* Which of the words between '|'; -1: none. */
static int word_index(const char *words, const char *s, size_t n, const char **ret, size_t *ret_n)
{
	for (int i = 0; *words; i++) {
		size_t l = strcspn(words, "|");
		if (l == n && strncasecmp(words, s, n) == 0) {
			*ret = words;
			*ret_n = l;
			return i;
		}
		words += l + (words[l] == '|');
	}
	return -1;
}

static bool parse_words(const char *words, const char *s, int64_t *ret)
{
	const char *at;
	size_t l;

	*ret = 0;
	while (*(s += strspn(s, " "))) {
		size_t n = strcspn(s, " ");
		int i = word_index(words, s, n, &at, &l);
		if (i < 0)
			return false;
		*ret |= INT64_C(1) << i;
		s += n;
	}
	return *ret != 0;
}

static void list_words(const char *words, char *out, size_t cap)
{
	size_t n = 0;

	for (; *words && n + 2 < cap; words++)
		if (*words == '|') {
			out[n++] = ',';
			out[n++] = ' ';
		} else
			out[n++] = *words;
	out[n] = '\0';
}

/* --- lists --- */

/* One element, without blanks around it, appended to out with its NUL. 0, 1: wrong, -ENOMEM by out. */
typedef bool (*item_fn)(const char *item, struct buf *out);

static bool item_header(const char *item, struct buf *out)
{
	buf_addf(out, "%s", item);
	return grammar_header(item);
}

static bool item_host(const char *item, struct buf *out)
{
	buf_addf(out, "%s", item);
	return grammar_hostname(item, true);
}

static bool item_code(const char *item, struct buf *out)
{
	int64_t code;

	buf_addf(out, "%s", item);
	return strlen(item) == 3 && str_to_i64(item, 300, 599, &code) == 0;
}

static bool item_network(const char *item, struct buf *out)
{
	char text[64], addr[INET6_ADDRSTRLEN];
	unsigned char raw[16];
	int64_t bits = -1;

	if (!str_copy(text, sizeof(text), item))
		return false;
	char *slash = strchr(text, '/');
	int family = strchr(text, ':') ? AF_INET6 : AF_INET, max = family == AF_INET ? 32 : 128;
	if (slash) {
		*slash = '\0';
		if (str_to_i64(slash + 1, 0, max, &bits) < 0)
			return false;
	}
	if (inet_pton(family, text, raw) != 1)
		return false;
	/* What is beyond the mask counts for nothing: so that equal networks are equal texts. */
	for (int i = 0; bits >= 0 && i < max; i++)
		if (i >= bits)
			raw[i / 8] = (unsigned char)(raw[i / 8] & ~(0x80 >> (i % 8)));
	(void)inet_ntop(family, raw, addr, sizeof(addr));
	if (bits < 0 || bits == max)
		buf_addf(out, "%s", addr);
	else
		buf_addf(out, "%s/%d", addr, (int)bits);
	return true;
}

static bool item_origin(const char *item, struct buf *out)
{
	buf_addf(out, "%s", item);
	if (streq(item, "*") || streq(item, "null"))
		return true;
	size_t n = strspn(item, LOWER DIGITS "+-.");
	if (!n || strncmp(item + n, "://", 3) != 0 || strlen(item) > 300)
		return false;
	const char *host = item + n + 3;
	if (str_has_prefix(host, "*."))
		host += 2;
	return *host && text_authority(host, strlen(host), false);
}

static bool item_cn(const char *item, struct buf *out)
{
	buf_addf(out, "%s", item);
	return strlen(item) <= 64 && printable(item) && !strpbrk(item, "\\^$*+?[]{}()|\",");
}

/* "CN=name" or "CN=(a|b)": names as they stand; what could be more of an expression than that is refused. */
static int parse_cn(const char *s, struct note *ret)
{
	AUTO_BUF struct buf out = {0};
	AUTO_FREE char *copy = str_dup(s);

	if (!copy)
		return -ENOMEM;
	size_t n = strlen(copy);
	if (!str_has_prefix(copy, "CN=") || n < 4)
		return 1;
	char *p = copy + 3;
	bool several = *p == '(';
	if (several) {
		if (copy[n - 1] != ')')
			return 1;
		copy[n - 1] = '\0';
		p++;
	}
	for (char *next; p; p = next) {
		n = several ? strcspn(p, "|") : strlen(p);
		next = p[n] ? p + n + 1 : NULL;
		p[n] = '\0';
		if (!n || !item_cn(p, &out) || ++ret->n > 100)
			return 1;
		buf_add(&out, "", 1);
	}
	ret->text = buf_take(&out, NULL);
	return ret->text ? 0 : -ENOMEM;
}

/* 0, 1 or -ENOMEM. some: the good ones are kept though others are wrong. */
static int parse_list(const char *s, item_fn fn, bool some, struct note *ret)
{
	AUTO_BUF struct buf out = {0};
	AUTO_FREE char *copy = str_dup(s);

	if (!copy)
		return -ENOMEM;
	for (char *p = copy, *next; p; p = next) {
		size_t n = strcspn(p, ",");
		next = p[n] ? p + n + 1 : NULL;
		p[n] = '\0';
		p += strspn(p, " \t\n");
		for (n = strlen(p); n && strchr(" \t\n", p[n - 1]); n--)
			p[n - 1] = '\0';
		if (!*p)
			continue;
		size_t before = out.len;
		if (ret->n >= MAX_ITEMS || !fn(p, &out)) {
			if (!some)
				return 1;
			if (!*ret->bad)
				(void)str_copy(ret->bad, sizeof(ret->bad), p);
			buf_trim(&out, before);
			continue;
		}
		buf_add(&out, "", 1);
		ret->n++;
	}
	if (buf_failed(&out))
		return -ENOMEM;
	if (!ret->n)
		return 1;
	ret->text = buf_take(&out, NULL);
	return ret->text ? *ret->bad != 0 : -ENOMEM;
}

/* "GET,PUT , POST" -> "GET, PUT, POST". */
static int parse_joined(const char *s, const char *set, bool star, struct note *ret)
{
	AUTO_BUF struct buf out = {0};

	while (*(s += strspn(s, ", "))) {
		size_t n = strcspn(s, ", ");
		if (n > 128 || (strspn(s, set) < n && !(star && n == 1 && *s == '*')))
			return 1;
		buf_addf(&out, "%s%.*s", out.len ? ", " : "", (int)n, s);
		s += n;
	}
	if (buf_failed(&out))
		return -ENOMEM;
	if (!out.len)
		return 1;
	ret->text = buf_take(&out, NULL);
	return ret->text ? 0 : -ENOMEM;
}

/* A name of a user without his password is no key: who claims to be one would be let in. */
static int parse_cache_key(const char *s, struct note *ret)
{
	AUTO_BUF struct buf out = {0};

	while (*s) {
		if (*s++ != '$')
			return 1;
		bool brace = *s == '{';
		s += brace;
		size_t n = strspn(s, LOWER DIGITS "_");
		if (n == strlen("remote_user") && strncmp(s, "remote_user", n) == 0)
			buf_adds(&out, "$http_authorization");
		else if ((n > 5 && strncmp(s, "http_", 5) == 0) || (n > 7 && strncmp(s, "cookie_", 7) == 0))
			buf_addf(&out, "$%.*s", (int)n, s);
		else
			return 1;
		s += n;
		if (brace && *s++ != '}')
			return 1;
	}
	if (buf_failed(&out))
		return -ENOMEM;
	if (!out.len || out.len > 512)
		return 1;
	ret->text = buf_take(&out, NULL);
	return ret->text ? 0 : -ENOMEM;
}

static int parse_hash_key(const char *s, struct note *ret)
{
	AUTO_BUF struct buf out = {0};

	if (!text_hash_key(s, &out))
		return 1;
	ret->text = buf_take(&out, NULL);
	return ret->text ? 0 : -ENOMEM;
}

/* "off" is a pair of nothing. A domain's first dot says nothing. */
static int parse_pair(const char *s, bool domain, struct note *ret)
{
	size_t n = strcspn(s, " \t"), gap = strspn(s + n, " \t");
	AUTO_BUF struct buf out = {0};
	AUTO_FREE char *from = str_ndup(s, n), *to = str_dup(s + n + gap);

	if (!from || !to)
		return -ENOMEM;
	if (!gap && streq(s, "off"))
		return 0;
	const char *a = from + (domain && *from == '.'), *b = to + (domain && *to == '.');
	if (domain ? !text_cookie_domain(a) || !text_cookie_domain(b) : !text_cookie_path(a) || !text_cookie_path(b))
		return 1;
	buf_add(&out, a, strlen(a) + 1);
	buf_add(&out, b, strlen(b) + 1);
	ret->text = buf_take(&out, NULL);
	ret->n = 2;
	return ret->text ? 0 : -ENOMEM;
}

static bool parse_time(const char *s, size_t n, int64_t *ret)
{
	static const struct {
		const char *unit;
		int64_t ms;
	} units[] = {{"ms", 1},
		     {"s", 1000},
		     {"m", 60000},
		     {"h", 3600000},
		     {"d", 86400000},
		     {"w", 604800000},
		     {"M", INT64_C(2592000000)},
		     {"y", INT64_C(31536000000)}};
	size_t d = strspn(s, DIGITS);

	if (!d || d > 6 || d >= n)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (strlen(units[i].unit) == n - d && strncmp(s + d, units[i].unit, n - d) == 0) {
			*ret = strtoll(s, NULL, 10) * units[i].ms;
			return *ret > 0;
		}
	return false;
}

static bool parse_cache_time(const char *s, int64_t *ret)
{
	int64_t least = 0, one;
	bool timed = false, any = false;

	for (; *(s += strspn(s, " ")); any = true) {
		if (*s == ',') {
			if (!timed)
				return false;
			timed = false;
			s++;
			continue;
		}
		size_t n = strcspn(s, " ,");
		if (n == 3 && strspn(s, DIGITS) == 3 && !timed) {
			s += n;
			continue;
		}
		if (timed || !parse_time(s, n, &one))
			return false;
		least = !least || one < least ? one : least;
		timed = true;
		s += n;
	}
	*ret = least < 86400000 ? least : 86400000;
	return any && timed;
}

/* --- all --- */

static bool text_of(const struct grammar *g, const char *s)
{
	switch (g->kind) {
	case G_URL:
		return text_url(s, false);
	case G_URL_VAR:
		return text_url(s, true);
	case G_URL_TO:
		return text_redirect(s);
	case G_PAGE:
		return text_url(s, false) || text_path(s, true);
	case G_PATH:
		return text_path(s, false);
	case G_COOKIE_PATH:
		return text_cookie_path(s);
	case G_LOCATION:
		return text_location(s);
	case G_REWRITE:
		return text_rewrite(s);
	case G_HOST:
		return text_authority(s, strlen(s), false);
	case G_DOMAIN:
		return grammar_hostname(*s == '.' ? s + 1 : s, false);
	case G_TOKEN:
		return *s && strlen(s) <= 128 && str_only(s, TOKEN);
	case G_ARGUMENT:
		return *s && strlen(s) <= 64 && str_only(s, ALNUM "-_.");
	case G_TEXT:
		return strlen(s) <= 256 && printable(s) && !strpbrk(s, "\"\\");
	case G_VALUE:
		return *s && grammar_header_value(s);
	case G_REF:
		return text_ref(s);
	case G_SERVICE:
		return *s && strlen(s) <= 63 && str_only(s, LOWER DIGITS "-");
	case G_CIPHERS:
		return text_cipher(s);
	default:
		return false;
	}
}

static const char *allowed(const struct grammar *g, char out[200])
{
	char words[160];

	switch (g->kind) {
	case G_BOOL:
		return "it must be \"true\" or \"false\"";
	case G_ONOFF:
		return "it must be \"on\" or \"off\"";
	case G_INT:
	case G_KILOBYTES:
		(void)snprintf(out, 200, "it must be a whole number%s from %lld to %lld",
			       g->kind == G_INT ? "" : " of kilobytes", (long long)g->lo, (long long)g->hi);
		return out;
	case G_SECONDS:
		(void)snprintf(out, 200, "it must be a whole number of seconds, without a unit, from %lld to %lld",
			       (long long)g->lo, (long long)g->hi);
		return out;
	case G_SIZE:
		(void)snprintf(out, 200, "it must be a size such as \"8m\" (b, k, m, g) from %lld to %lld bytes",
			       (long long)g->lo, (long long)g->hi);
		return out;
	case G_WORD:
	case G_WORDS:
		list_words(g->words, words, sizeof(words));
		(void)snprintf(out, 200, g->kind == G_WORD ? "it must be one of %s" : "its words must be of %s", words);
		return out;
	case G_URL:
		return "it must be a URL that begins with http:// or https://, without variables";
	case G_URL_VAR:
		return "it must be a URL that begins with http:// or https://; of variables it may have $host, "
		       "$scheme, $request_uri, $escaped_request_uri and a few";
	case G_URL_TO:
		return "it must be a URL that begins with http://, https:// or $scheme://, or a path; of variables it may have $host, "
		       "$request_uri, $uri, $args, $is_args and $scheme";
	case G_PAGE:
		return "it must be a URL that begins with http:// or https://, or a path that begins with /";
	case G_PATH:
		return "it must be a path that begins with /, of letters, digits and -._~:/@!&()*+,;=%";
	case G_COOKIE_PATH:
		return "it must be a path that begins with /, of letters, digits and -._~:/@!&()*+=%";
	case G_REWRITE:
		return "it must begin with / and may have $1 to $9 for the groups of the path; other variables are not "
		       "taken";
	case G_HOST:
		return "it must be a host name or address, with a port or without";
	case G_DOMAIN:
		return "it must be a domain name in small letters";
	case G_HOSTS:
		return "it must be a list of host names in small letters, by commas; regular expressions are not taken";
	case G_TOKEN:
		return "it must be a name of letters, digits and -_.";
	case G_ARGUMENT:
		return "it must be the name of an argument, of letters, digits and -_.";
	case G_HEADER_LIST:
	case G_HEADERS:
		return "it must be a list of names of headers, by commas";
	case G_METHODS:
		return "it must be a list of methods, by commas";
	case G_TEXT:
		return "it must be printable text without quotes and backslashes, of up to 256 bytes";
	case G_VALUE:
		return "it must be text without control characters";
	case G_NETWORKS:
		return "it must be a list of addresses and networks such as \"10.0.0.0/8,2001:db8::/32\", by commas";
	case G_ORIGINS:
		return "its elements must be origins such as https://example.com, https://*.example.com:8443, or *";
	case G_REF:
		return "it must be \"name\" or \"namespace/name\"";
	case G_SERVICE:
		return "it must be the name of a Service of this namespace";
	case G_CN:
		return "it must be \"CN=\" and a name, or several as \"CN=(a|b)\"; other regular expressions are not "
		       "taken";
	case G_CODES:
		return "it must be a list of statuses from 300 to 599, by commas";
	case G_CIPHERS:
		return "it must be a list of ciphers as OpenSSL has it";
	case G_CACHE_KEY:
		return "it must be made of $http_NAME, $cookie_NAME and $remote_user";
	case G_HASH_KEY:
		return "it must be text and variables such as $request_uri, $remote_addr, $host, $arg_NAME, $http_NAME and $cookie_NAME; "
		       "others, and expressions, are not taken";
	case G_DOMAIN_PAIR:
		return "it must be \"off\", or two domains with a blank between; variables and regular expressions are not taken";
	case G_PATH_PAIR:
		return "it must be \"off\", or two paths that begin with /, with a blank between; variables, regular expressions and further attributes are not taken";
	case G_LOCATION:
		return "it must be \"off\", \"default\", or the beginning of a URL, with $scheme, $host and $http_host; other variables and regular expressions are not taken";
	case G_CACHE_TIME:
		return "it must be statuses and a time, such as \"200 202 5m\", several of them by commas";
	default:
		return "it is not taken";
	}
}

static int parse(const struct grammar *g, const char *s, struct note *ret, const char **why)
{
	const char *at = "";
	size_t n = 0;

	switch (g->kind) {
	case G_BOOL:
		return !parse_bool(s, &ret->num);
	case G_ONOFF:
		ret->num = streq(s, "on");
		return !ret->num && !streq(s, "off");
	case G_INT:
		return str_to_i64(s, g->lo, g->hi, &ret->num) < 0;
	case G_SECONDS:
		if (str_to_i64(s, g->lo, g->hi, &ret->num) < 0)
			return 1;
		ret->num *= 1000;
		return 0;
	case G_KILOBYTES:
		if (str_to_i64(s, g->lo, g->hi, &ret->num) < 0)
			return 1;
		ret->num *= 1024;
		return 0;
	case G_SIZE:
		return !parse_size(s, &ret->num) || ret->num < g->lo || ret->num > g->hi;
	case G_WORD: {
		int i = word_index(g->words, s, strlen(s), &at, &n);
		ret->num = i;
		ret->text = i < 0 ? NULL : str_ndup(at, n);
		return i < 0 ? 1 : ret->text ? 0 : -ENOMEM;
	}
	case G_WORDS:
		return !parse_words(g->words, s, &ret->num);
	case G_HEADER_LIST:
		return parse_list(s, item_header, false, ret);
	case G_CODES:
		return parse_list(s, item_code, false, ret);
	case G_HOSTS:
		return parse_list(s, item_host, true, ret);
	case G_NETWORKS:
		return parse_list(s, item_network, false, ret);
	case G_ORIGINS:
		return parse_list(s, item_origin, true, ret);
	case G_HEADERS:
		return parse_joined(s, ALNUM "-_", true, ret);
	case G_METHODS:
		return parse_joined(s, ALNUM, false, ret);
	case G_CACHE_KEY:
		return parse_cache_key(s, ret);
	case G_CACHE_TIME:
		return !parse_cache_time(s, &ret->num);
	case G_HASH_KEY:
		return parse_hash_key(s, ret);
	case G_DOMAIN_PAIR:
	case G_PATH_PAIR:
		return parse_pair(s, g->kind == G_DOMAIN_PAIR, ret);
	case G_CN:
		return parse_cn(s, ret);
	case G_REGEX:
		*why = *s ? regex_fault(s) : "it is empty";
		ret->text = *why ? NULL : str_dup(s);
		return *why ? 1 : ret->text ? 0 : -ENOMEM;
	default:
		if (!text_of(g, s))
			return 1;
		ret->text = str_dup(s);
		return ret->text ? 0 : -ENOMEM;
	}
}

static void safe(char *s)
{
	str_make_utf8(s);
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s = ' ';
}

int grammar_parse(const struct grammar *g, const char *text, struct note *ret, char why[200])
{
	struct note n = {0};
	AUTO_FREE char *copy = NULL;
	const char *fault = NULL;
	size_t l;

	/* Blanks around it are what YAML's blocks leave. */
	text += strspn(text, " \t\n");
	l = strlen(text);
	while (l && strchr(" \t\n", text[l - 1]))
		l--;
	if (l > MAX_TEXT * (g->kind == G_NETWORKS || g->kind == G_ORIGINS || g->kind == G_HOSTS ? 16 : 1)) {
		(void)snprintf(why, 200, "it is too long");
		return 1;
	}
	if (!(copy = str_ndup(text, l)))
		return -ENOMEM;
	int code = parse(g, copy, &n, &fault);
	if (code == 1) {
		char room[200];
		safe(n.bad);
		(void)snprintf(why, 200, "%s%s%s%s", *n.bad ? "\"" : "", n.bad, *n.bad ? "\": " : "",
			       fault ? fault : allowed(g, room));
	}
	bool some = g->kind == G_ORIGINS || (g->kind == G_HOSTS && n.n);
	if (code < 0 || (code == 1 && !some)) {
		note_done(&n);
		return code;
	}
	n.set = true;
	*ret = n;
	return code;
}
