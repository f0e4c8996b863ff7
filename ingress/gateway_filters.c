/* Filters of an HTTPRoute to options of a policy. */
#include <errno.h>
#include <string.h>
#include <strings.h>
#include "base/buf.h"
#include "base/str.h"
#include "ingress/gateway_records.h"
#include "ingress/grammar.h"

#define MIRRORS_MAX 8 /* of one rule: each is a further request */

struct filters {
	struct gw_rule *r; /* or NULL: a backend's */
	struct gw_options *o;
	struct gw_fault *fault;
	const char *where;
	unsigned seen; /* bits of kinds[] */
};

static int refuse(struct filters *f, const char *reason, const char *what)
{
	return gw_fault_set(f->fault, reason, "%s: %s", f->where, what);
}

/* RFC 9110: a token; a value without control characters. */
static bool name_good(const char *s)
{
	return *s && strlen(s) <= 256 &&
	       !s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~")];
}
static bool value_good(const char *s)
{
	for (const unsigned char *p = (const unsigned char *)s; *p; p++)
		if ((*p < 0x20 && *p != '\t') || *p == 0x7f)
			return false;
	return strlen(s) <= 4096;
}
/* What frames messages is the proxy's alone. */
static bool framing(const char *name)
{
	static const char *const words[] = {"connection", "content-length",    "keep-alive", "proxy-connection", "te",
					    "trailer",    "transfer-encoding", "upgrade"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcasecmp(words[i], name) == 0)
			return true;
	return false;
}

/* A name or an address, maybe with a port. */
static bool authority_good(const char *s)
{
	size_t n = strlen(s);

	return n && n <= 260 && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:[]") == n;
}

static int header(struct filters *f, enum ing_opt opt, const char *name, const char *value)
{
	char text[400];

	/* The Host of a request may be another one, not none and not two; in an answer it has no meaning. */
	bool host = strcasecmp(name, "host") == 0, own = framing(name) || (host && opt != OPT_REQUEST_SET);
	if (host && !own && authority_good(value))
		return gw_option_add(f->o, OPT_UPSTREAM_HOST, 0, value, NULL);
	own = own || host;
	if (name_good(name) && !own && (!value || value_good(value)))
		return gw_option_add(f->o, opt, 0, name, value);
	(void)snprintf(text, sizeof(text), "header \"%.100s\" %s", name,
		       own ? "is the proxy's own and cannot be changed" : "has no valid name or value");
	return refuse(f, "UnsupportedValue", text);
}

static int headers(struct filters *f, const json_t *o, enum ing_opt set)
{
	static const char *const keys[] = {"set", "add"}; /* the options' order */
	const json_t *h;
	size_t i;
	int code = 0;

	for (size_t k = 0; k < ARRAY_LEN(keys); k++)
		json_array_foreach (json_object_get(o, keys[k]), i, h)
			code = code ? code
				    : header(f, (enum ing_opt)(set + k), json_str_or(h, "name", ""),
					     json_str_or(h, "value", ""));
	json_array_foreach (json_object_get(o, "remove"), i, h)
		code = code
			   ? code
			   : header(f, (enum ing_opt)(set + 2), json_string_value(h) ? json_string_value(h) : "", NULL);
	return code;
}

static int request_headers(struct filters *f, const json_t *o)
{
	return headers(f, o, OPT_REQUEST_SET);
}
static int response_headers(struct filters *f, const json_t *o)
{
	return headers(f, o, OPT_RESPONSE_SET);
}

/* A path as it stands in a URL: nothing that ends it or is not ASCII. */
static bool url_path_good(const char *s)
{
	for (const unsigned char *p = (const unsigned char *)s; *p; p++)
		if (*p <= 0x20 || *p >= 0x7f || strchr("?#\"<>\\^`{|}", *p))
			return false;
	return *s == '/' && strlen(s) <= 1024 && !strstr(s, "/../") && !str_has_suffix(s, "/..");
}

static int path_modifier(struct filters *f, const json_t *o, enum ing_opt full, enum ing_opt prefix)
{
	const json_t *p = json_object_get(o, "path");
	bool whole = streq(json_str(p, "type"), "ReplaceFullPath");
	const char *value = json_str(p, whole ? "replaceFullPath" : "replacePrefixMatch");

	if (!json_is_object(p))
		return 0;
	if (!whole && !streq(json_str(p, "type"), "ReplacePrefixMatch"))
		return refuse(f, "UnsupportedValue", "this way to change the path is not known");
	if (!value || !url_path_good(*value ? value : "/"))
		return refuse(f, "UnsupportedValue", "the new path must begin with a slash and be written as in a URL");
	if (whole)
		return gw_option_add(f->o, full, 0, value, NULL);
	for (size_t i = 0; i < f->r->n_matches; i++)
		if (f->r->matches[i].match != ING_PREFIX)
			return refuse(f, "UnsupportedValue", "replacePrefixMatch needs matches of type PathPrefix");
	return gw_option_add(f->o, prefix, 0, *value ? value : "/", NULL);
}

static int redirect(struct filters *f, const json_t *o)
{
	const char *scheme = json_str_or(o, "scheme", ""), *host = json_str_or(o, "hostname", "");
	int64_t status = json_int_or(o, "statusCode", 302), port = json_int_or(o, "port", 0);
	int code = 0;

	if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308)
		return refuse(f, "UnsupportedValue", "the status of a redirect must be 301, 302, 303, 307 or 308");
	if ((*scheme && !streq(scheme, "http") && !streq(scheme, "https")) ||
	    (*host && !grammar_hostname(host, false)) || port < 0 || port > 65535)
		return refuse(f, "UnsupportedValue", "the redirect has no valid scheme, hostname or port");
	f->r->redirect = true;
	code = gw_option_add(f->o, OPT_REDIRECT_PARTS, status, NULL, NULL);
	if (!code && *scheme)
		code = gw_option_add(f->o, OPT_REDIRECT_SCHEME, 0, scheme, NULL);
	if (!code && *host)
		code = gw_option_add(f->o, OPT_REDIRECT_HOST, 0, host, NULL);
	if (!code && (port || *scheme))
		code = gw_option_add(f->o, OPT_REDIRECT_PORT,
				     port                    ? port
				     : streq(scheme, "http") ? 80
							     : 443,
				     NULL, NULL);
	return code ? code : path_modifier(f, o, OPT_REDIRECT_PATH, OPT_REDIRECT_PREFIX);
}

static int rewrite(struct filters *f, const json_t *o)
{
	const char *host = json_str_or(o, "hostname", "");
	int code = 0;

	if (*host && !grammar_hostname(host, false))
		return refuse(f, "UnsupportedValue", "the rewrite has no valid hostname");
	if (*host)
		code = gw_option_add(f->o, OPT_UPSTREAM_HOST, 0, host, NULL);
	return code ? code : path_modifier(f, o, OPT_REWRITE_PATH, OPT_REWRITE_PREFIX);
}

static int mirror(struct filters *f, const json_t *o)
{
	const json_t *percent = json_object_get(o, "percent"), *fraction = json_object_get(o, "fraction");
	int64_t n = json_int_or(fraction, "numerator", 0), of = json_int_or(fraction, "denominator", 100);

	if (percent && fraction)
		return refuse(f, "UnsupportedValue", "RequestMirror has percent or fraction, not both");
	if (percent) {
		n = json_int_or(o, "percent", -1);
		of = 100;
	}
	if ((percent || fraction) && (n < 0 || of < 1 || n > of || of > INT32_MAX))
		return refuse(f, "UnsupportedValue", "RequestMirror has no valid percent or fraction");
	if (f->r->n_mirrors == MIRRORS_MAX)
		return refuse(f, "UnsupportedValue", "more than 8 filters RequestMirror");
	struct gw_mirror *slot = REC_GROW(f->r->mirrors, f->r->n_mirrors);
	if (!slot || gw_ref_parse(&slot->ref, json_object_get(o, "backendRef"), "", "Service") < 0)
		return -ENOMEM;
	if (percent || fraction)
		slot->share = str_fmt("%lld", (long long)(n * 1000000 / of));
	return slot->share || !(percent || fraction) ? 0 : -ENOMEM;
}

/* The grammar of the CRD, which may be somebody else's: at most one star, in the host. */
static bool origin_good(const char *s)
{
	const char *star = strchr(s, '*');

	return *s && strlen(s) <= 253 && (!star || !strchr(star + 1, '*')) &&
	       !s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:/*-")];
}

static int cors_list(struct filters *f, const json_t *list, enum ing_opt opt)
{
	AUTO_BUF struct buf all = {0};
	const json_t *v;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, v) {
		const char *name = json_string_value(v) ? json_string_value(v) : "";
		if (!name_good(name))
			return refuse(f, "UnsupportedValue", "CORS: a method or header has no valid name");
		buf_addf(&all, "%s%s", i ? ", " : "", name);
	}
	if (buf_failed(&all))
		return -ENOMEM;
	return gw_option_add(f->o, opt, 0, all.data ? all.data : "", NULL);
}

static int cors(struct filters *f, const json_t *o)
{
	int64_t age = json_int_or(o, "maxAge", 5);
	int code = gw_option_add(f->o, OPT_CORS, 1, NULL, NULL);
	const json_t *v;
	size_t i;

	if (age < 1 || age > INT32_MAX)
		return refuse(f, "UnsupportedValue", "CORS: maxAge must be 1 or more");
	json_array_foreach (json_object_get(o, "allowOrigins"), i, v) {
		const char *origin = json_string_value(v) ? json_string_value(v) : "";
		if (!origin_good(origin))
			return refuse(f, "UnsupportedValue",
				      "CORS: an origin is \"*\" or like https://*.example.com:8443");
		code = code ? code : gw_option_add(f->o, OPT_CORS_ORIGIN, 0, origin, NULL);
	}
	code = code ? code : cors_list(f, json_object_get(o, "allowMethods"), OPT_CORS_METHODS);
	code = code ? code : cors_list(f, json_object_get(o, "allowHeaders"), OPT_CORS_HEADERS);
	code = code ? code : cors_list(f, json_object_get(o, "exposeHeaders"), OPT_CORS_EXPOSE);
	if (!code)
		code = gw_option_add(f->o, OPT_CORS_CREDENTIALS, json_is_true(json_object_get(o, "allowCredentials")),
				     NULL, NULL);
	return code ? code : gw_option_add(f->o, OPT_CORS_MAX_AGE, age, NULL, NULL);
}

static const struct {
	const char *type, *key;
	int (*parse)(struct filters *f, const json_t *o);
	bool often, backends; /* may stand several times; may be a backend's */
} kinds[] = {{"RequestHeaderModifier", "requestHeaderModifier", request_headers, false, true},
	     {"ResponseHeaderModifier", "responseHeaderModifier", response_headers, false, true},
	     {"RequestRedirect", "requestRedirect", redirect, false, false},
	     {"URLRewrite", "urlRewrite", rewrite, false, false},
	     {"RequestMirror", "requestMirror", mirror, true, false},
	     {"CORS", "cors", cors, false, false}};
enum { REDIRECT = 1 << 2, REWRITE = 1 << 3 };

static int filter(struct filters *f, const json_t *o)
{
	const char *type = json_str_or(o, "type", "");
	char text[200];
	size_t k;

	for (k = 0; k < ARRAY_LEN(kinds) && !streq(kinds[k].type, type); k++)
		;
	if (k == ARRAY_LEN(kinds) || (!f->r && !kinds[k].backends)) {
		(void)snprintf(text, sizeof(text), "filter %.60s is not supported%s", type,
			       f->r ? "" : " for a single backend");
		return refuse(f, "UnsupportedValue", text);
	}
	if (f->seen & (1u << k) && !kinds[k].often) {
		(void)snprintf(text, sizeof(text), "filter %s stands twice", type);
		return refuse(f, "IncompatibleFilters", text);
	}
	f->seen |= 1u << k;
	if (!json_is_object(json_object_get(o, kinds[k].key))) {
		(void)snprintf(text, sizeof(text), "filter %s has no field %s", type, kinds[k].key);
		return refuse(f, "UnsupportedValue", text);
	}
	return kinds[k].parse(f, json_object_get(o, kinds[k].key));
}

int gw_filters_parse(const json_t *filters, struct gw_rule *r, struct gw_backend *b, const char *where,
		     struct gw_fault *fault)
{
	struct filters f = {.r = r, .o = r ? &r->options : &b->options, .fault = fault, .where = where};
	const json_t *o;
	size_t i;
	int code = 0;

	json_array_foreach ((json_t *)(uintptr_t)filters, i, o)
		code = code ? code : filter(&f, o);
	if (!code && (f.seen & REDIRECT) && (f.seen & REWRITE))
		code = refuse(&f, "IncompatibleFilters", "RequestRedirect and URLRewrite exclude each other");
	return code;
}
