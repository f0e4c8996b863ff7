/* Helpers of the validators, and which validator serves which kind. */
#include "api/validate.h"
#include <arpa/inet.h>
#include "api/quantity.h"

/* The nth of what is wrong with a name, for the checks here and those of schema.h. */
static const char *v_check_nth(api_name_check check, const char *s, size_t nth);

size_t v_push(struct validation *v, const char *key)
{
	if (!*key)
		return v->path.len;
	if (*key == '[') {
		size_t was = v->path.len;
		buf_adds(&v->path, key);
		return was;
	}
	return path_key(&v->path, key);
}

void v_invalid(struct validation *v, const char *key, const json_t *bad, const char *fmt, ...)
{
	struct buf b AUTO_BUF = {0};
	va_list ap;
	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	AUTO_JSON json_t *empty = bad ? NULL : json_string("");
	V_IN (v, key)
		api_invalid(v->c, path_text(&v->path), bad ? bad : empty, b.len ? b.data : "");
}

void v_invalid_int(struct validation *v, const json_t *o, const char *key, const char *detail)
{
	AUTO_JSON json_t *bad = json_integer(v_int(o, key, 0));
	v_invalid(v, key, bad, "%s", detail);
}

void v_required(struct validation *v, const char *key, const char *detail)
{
	V_IN (v, key)
		api_required(v->c, path_text(&v->path), detail);
}

void v_forbidden(struct validation *v, const char *key, const char *detail)
{
	V_IN (v, key)
		api_forbidden(v->c, path_text(&v->path), detail);
}

void v_duplicate(struct validation *v, const char *key, const json_t *bad)
{
	V_IN (v, key)
		api_duplicate(v->c, path_text(&v->path), bad);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

json_t *v_sorted(const json_t *map)
{
	size_t n = json_object_size(map), i = 0;
	const char **keys = calloc(n ? n : 1, sizeof *keys), *key;
	json_t *x, *sorted = json_is_object(map) && keys ? json_object() : json_null();
	json_object_foreach ((json_t *)(uintptr_t)map, key, x)
		if (keys)
			keys[i++] = key;
	if (keys && n)
		qsort(keys, n, sizeof *keys, by_text);
	for (i = 0; keys && i < n; i++)
		(void)json_object_set(sorted, keys[i], json_object_get(map, keys[i]));
	free(keys);
	return sorted;
}

void v_not_found(struct validation *v, const char *key, const char *bad)
{
	V_IN (v, key)
		api_cause_add(v->c, "FieldValueNotFound", path_text(&v->path), "Not found: \"%s\"", bad);
}

void v_too_long(struct validation *v, const char *key, long long max)
{
	V_IN (v, key)
		api_cause_add(v->c, "FieldValueTooLong", path_text(&v->path),
			      "Too long: may not be more than %lld bytes", max);
}

void v_enum(struct validation *v, const json_t *o, const char *key, const char *const *allowed, bool must)
{
	const char *s = v_text(o, key);
	if (!*s) {
		if (must)
			v_required(v, key, "");
		return;
	}
	for (size_t i = 0; allowed[i]; i++)
		if (streq(allowed[i], s))
			return;
	V_IN (v, key)
		api_not_supported(v->c, path_text(&v->path), s, allowed);
}

void v_range(struct validation *v, const json_t *o, const char *key, int64_t min, int64_t max)
{
	const json_t *x = json_object_get(o, key);
	if (!json_is_integer(x) || (json_integer_value(x) >= min && json_integer_value(x) <= max))
		return;
	if (max == INT64_MAX)
		v_invalid(v, key, x, min == 1 ? "must be greater than 0" : "must be greater than or equal to %lld",
			  (long long)min);
	else
		v_invalid(v, key, x, "must be between %lld and %lld, inclusive", (long long)min, (long long)max);
}

bool v_words(struct validation *v, const char *key, const char *s, api_name_check check)
{
	AUTO_JSON json_t *bad = NULL;
	const char *msg;
	for (size_t nth = 0; (msg = v_check_nth(check, s, nth)); nth++) {
		if (!bad)
			bad = json_string(s);
		v_invalid(v, key, bad, "%s", msg);
	}
	return bad == NULL;
}

void v_name(struct validation *v, const json_t *o, const char *key, api_name_check check, bool must)
{
	const char *s = v_text(o, key);
	if (*s)
		(void)v_words(v, key, s, check);
	else if (must)
		v_required(v, key, "");
}

void v_each_name(struct validation *v, const json_t *list, const char *key, api_name_check check)
{
	V_IN (v, key)
		V_EACH (v, list, i, x)
			(void)v_words(v, "", json_string_value(x) ? json_string_value(x) : "", check);
}

void v_port(struct validation *v, const json_t *o, const char *key, const char *prefix)
{
	AUTO_FREE char *words = str_fmt("%smust be between 1 and 65535, inclusive", prefix);
	if (words && (v_int(o, key, 1) < 1 || v_int(o, key, 1) > 65535))
		v_invalid_int(v, o, key, words);
}

void v_name_is(struct validation *v, const char *want, const char *fmt)
{
	static const char *const keys[] = {"generateName", "name"};
	const json_t *meta = json_object_get(v->obj, "metadata");
	struct buf words AUTO_BUF = {0};
	const char *at = strstr(fmt, "%s");
	buf_add(&words, fmt, at ? (size_t)(at - fmt) : strlen(fmt));
	if (at)
		buf_addf(&words, "%s%s", want, at + 2);
	V_IN (v, "metadata")
		for (size_t i = 0; i < ARRAY_LEN(keys); i++)
			if (*v_text(meta, keys[i]) && !streq(v_text(meta, keys[i]), want))
				v_invalid(v, keys[i], json_object_get(meta, keys[i]), "%s", words.len ? words.data : "");
}

bool v_present(struct validation *v, const json_t *o, const char *key)
{
	const json_t *x = json_object_get(o, key);
	bool ok = json_is_string(x)  ? json_string_length(x) > 0
		  : json_is_array(x) ? json_array_size(x) > 0
				     : json_object_size(x) > 0;
	if (!ok)
		v_required(v, key, "");
	return ok;
}

void v_immutable_pointer(struct validation *v, const json_t *o, const json_t *old, const char *key)
{
	const json_t *a = json_object_get(o, key);
	AUTO_JSON json_t *none = json_null();
	if (!v_same(o, old, key))
		v_invalid(v, key, a ? a : none, "field is immutable");
}

void v_immutable(struct validation *v, const json_t *o, const json_t *old, const char *key)
{
	AUTO_JSON json_t *none = json_string("");
	if (json_object_get(o, key) || !json_is_string(json_object_get(old, key)))
		v_immutable_pointer(v, o, old, key);
	else if (!v_same(o, old, key))
		v_invalid(v, key, none, "field is immutable");
}

void v_immutable_text(struct validation *v, const json_t *o, const json_t *old, const char *key)
{
	AUTO_JSON json_t *bad = json_string(v_text(o, key));
	if (!streq(v_text(o, key), v_text(old, key)))
		v_invalid(v, key, bad, "field is immutable");
}

void v_labels(struct validation *v, const json_t *o, const char *key)
{
	const char *name;
	json_t *x;
	json_object_foreach (json_object_get(o, key), name, x) {
		(void)v_words(v, key, name, api_check_label_key);
		(void)v_words(v, key, json_string_value(x) ? json_string_value(x) : "", api_check_label_value);
	}
}

static void selector_requirement(struct validation *v, const json_t *r)
{
	const char *op = v_text(r, "operator");
	size_t n = json_array_size(json_object_get(r, "values"));
	bool in = streq(op, "In") || streq(op, "NotIn"), exists = streq(op, "Exists") || streq(op, "DoesNotExist");
	if (in && n == 0)
		v_required(v, "values", "must be specified when `operator` is 'In' or 'NotIn'");
	else if (exists && n > 0)
		v_forbidden(v, "values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
	else if (!in && !exists)
		v_invalid(v, "operator", json_object_get(r, "operator"), "not a valid selector operator");
	(void)v_words(v, "key", v_text(r, "key"), api_check_label_key);
	v_each_name(v, json_object_get(r, "values"), "values", api_check_label_value);
}

void v_label_selector(struct validation *v, const json_t *o, const char *key)
{
	const json_t *sel = json_object_get(o, key);
	if (!json_is_object(sel))
		return;
	V_IN (v, key) {
		v_labels(v, sel, "matchLabels");
		V_IN (v, "matchExpressions")
			V_EACH (v, json_object_get(sel, "matchExpressions"), i, r)
				selector_requirement(v, r);
	}
}

static bool percent(const char *s, int64_t *ret)
{
	size_t n = strlen(s);
	AUTO_FREE char *num = n > 1 && s[n - 1] == '%' ? str_ndup(s, n - 1) : NULL;
	return num && str_to_i64(num, 0, 1000000, ret) == 0;
}

void v_int_or_percent(struct validation *v, const json_t *o, const char *key)
{
	const json_t *x = json_object_get(o, key);
	int64_t p;
	if (json_is_integer(x) && json_integer_value(x) < 0)
		v_invalid(v, key, x, "must be greater than or equal to 0");
	else if (json_is_string(x) && !percent(json_string_value(x), &p))
		v_invalid(v, key, x,
			  "a valid percent string must be a numeric string followed by an ending '%%' (e.g. '1%%',  or "
			  "'93%%', regex used for "
			  "validation is '[0-9]+%%')");
}

void v_percent_limit(struct validation *v, const json_t *o, const char *key)
{
	const json_t *x = json_object_get(o, key);
	if (json_is_string(x) && v_int_or_percent_value(o, key) > 100)
		v_invalid(v, key, x, "must not be greater than 100%%");
}

bool v_int_or_percent_is_zero(const json_t *o, const char *key)
{
	const json_t *x = json_object_get(o, key);
	return json_is_string(x) ? v_int_or_percent_value(o, key) <= 0 : json_integer_value(x) == 0;
}

int64_t v_int_or_percent_value(const json_t *o, const char *key)
{
	const json_t *x = json_object_get(o, key);
	int64_t p = -1;
	if (json_is_integer(x))
		return json_integer_value(x);
	if (json_is_string(x))
		(void)percent(json_string_value(x), &p);
	return p;
}

bool v_is_ip(const char *s, bool *ret_v6)
{
	unsigned char a[16];
	if (inet_pton(AF_INET, s, a) == 1) {
		if (ret_v6)
			*ret_v6 = false;
		return true;
	}
	if (inet_pton(AF_INET6, s, a) != 1)
		return false;
	if (ret_v6)
		*ret_v6 = true;
	return true;
}

/* Octets with zeros before them, which were once read as decimal. */
static bool leading_zeros(const char *s, size_t n)
{
	size_t groups = 1, digits = 0;
	bool zero = false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '.') {
			groups++;
			digits = 0;
			continue;
		}
		if (s[i] < '0' || s[i] > '9')
			return false;
		digits++;
		zero |= digits == 1 && s[i] == '0' && i + 1 < n && s[i + 1] != '.';
	}
	return zero && groups == 4 && n <= 15;
}

static bool v4_mapped(const char *s)
{
	static const unsigned char prefix[12] = {[10] = 0xff, [11] = 0xff};
	unsigned char a[16];
	return inet_pton(AF_INET6, s, a) == 1 && memcmp(a, prefix, sizeof prefix) == 0;
}

char *v_plain_ip(const char *s)
{
	char *copy = str_dup(s), *to = copy;
	bool zeros = leading_zeros(s, strlen(s));
	for (const char *p = s; copy && *p; p++)
		if (!zeros || *p != '0' || (to > copy && to[-1] != '.') || !p[1] || p[1] == '.')
			*to++ = *p;
	if (copy)
		*to = '\0';
	return copy;
}

const char *v_check_ip(const char *s)
{
	if (leading_zeros(s, strlen(s)))
		return "must not have leading 0s";
	if (!v_is_ip(s, NULL))
		return "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
	return v4_mapped(s) ? "must not be an IPv4-mapped IPv6 address" : NULL;
}

const char *v_check_cidr(const char *s)
{
	const char *slash = strchr(s, '/');
	AUTO_FREE char *ip = slash ? str_ndup(s, (size_t)(slash - s)) : NULL;
	unsigned char a[16] = {0};
	int64_t bits = 0;
	bool v6 = false, zeros = ip && leading_zeros(ip, strlen(ip));

	if (!ip || (!zeros && !v_is_ip(ip, &v6)) || str_to_i64(slash + 1, 0, v6 ? 128 : 32, &bits))
		return "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
	if (zeros || (slash[1] == '0' && slash[2]))
		return "must not have leading 0s in IP or prefix length";
	if (v4_mapped(ip))
		return "must not have an IPv4-mapped IPv6 address";
	if (inet_pton(v6 ? AF_INET6 : AF_INET, ip, a) != 1)
		return "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
	for (int64_t i = bits; i < (v6 ? 128 : 32); i++)
		if (a[i / 8] & (0x80u >> (i % 8)))
			return "must not have bits set beyond the prefix length";
	return NULL;
}

void v_ip(struct validation *v, const json_t *o, const char *key)
{
	(void)v_words(v, key, v_text(o, key), v_check_ip);
}

void v_supported(struct validation *v, const json_t *o, const char *key, const char *const *allowed)
{
	if (*v_text(o, key))
		v_enum(v, o, key, allowed, false);
	else
		V_IN (v, key)
			api_not_supported(v->c, path_text(&v->path), "", allowed);
}

bool v_one_of(struct validation *v, const char *key, const char *s, const char *const *allowed)
{
	for (size_t i = 0; allowed[i]; i++)
		if (streq(allowed[i], s))
			return true;
	V_IN (v, key)
		api_not_supported(v->c, path_text(&v->path), s, allowed);
	return false;
}

void v_quantity_words(struct validation *v, const json_t *o, const char *key, bool positive, const char *words)
{
	const json_t *x = json_object_get(o, key);
	struct quantity q;
	if (!json_is_string(x) || quantity_parse(json_string_value(x), &q) < 0)
		return;
	if (positive ? q.nano <= 0 : q.nano < 0)
		v_invalid(v, key, x, "%s", words);
}

void v_quantity(struct validation *v, const json_t *o, const char *key, bool positive)
{
	v_quantity_words(v, o, key, positive,
			 positive ? "must be greater than zero" : "must be greater than or equal to 0");
}

/* [A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])? */
static bool is_reason(const char *s)
{
	static const char chars[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_,:";
	size_t n = strlen(s);
	return n && strspn(s, chars) == n && ((s[0] | 0x20) >= 'a' && (s[0] | 0x20) <= 'z') && s[n - 1] != ',' &&
	       s[n - 1] != ':';
}

void v_conditions(struct validation *v, const json_t *status)
{
	static const char *const states[] = {"False", "True", "Unknown", NULL};
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "conditions")
		V_EACH (v, json_object_get(status, "conditions"), i, c) {
			const char *type = v_text(c, "type"), *reason = v_text(c, "reason");
			AUTO_JSON json_t *bad = json_string(type);
			if (json_object_get(seen, type))
				v_duplicate(v, "type", bad);
			(void)json_object_set_new(seen, type, json_true());
			(void)v_words(v, "type", type, api_check_label_key);
			v_supported(v, c, "status", states);
			if (v_int(c, "observedGeneration", 0) < 0)
				v_invalid(v, "observedGeneration", json_object_get(c, "observedGeneration"),
					  "must be greater than or equal to zero");
			if (!v_has(c, "lastTransitionTime"))
				v_required(v, "lastTransitionTime", "");
			if (!*reason)
				v_required(v, "reason", "");
			else if (!is_reason(reason))
				v_invalid(v, "reason", json_object_get(c, "reason"),
					  "a condition reason must start with alphabetic character, optionally "
					  "followed by a string of alphanumeric characters or "
					  "'_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  "
					  "or 'MY_NAME',  or 'MyName',  or "
					  "'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is "
					  "'[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')");
			if (strlen(reason) > 1024)
				v_too_long(v, "reason", 1024);
			if (strlen(v_text(c, "message")) > 32 * 1024)
				v_too_long(v, "message", 32 * 1024);
		}
}

bool v_same(const json_t *o, const json_t *old, const char *key)
{
	const json_t *a = json_object_get(o, key), *b = json_object_get(old, key);
	return (!v_has(o, key) && !v_has(old, key)) || (a && b && json_equal(a, b));
}

void v_must(struct validation *v, const json_t *o, const char *const *keys)
{
	for (; *keys; keys++)
		(void)v_present(v, o, *keys);
}

void v_too_many(struct validation *v, const char *key, size_t n, long long max)
{
	V_IN (v, key)
		api_cause_add(v->c, "FieldValueTooMany", path_text(&v->path),
			      "Too many: %zu: must have at most %lld items", n, max);
}

static const char *port_name(const char *s, size_t nth)
{
	size_t n = strlen(s);
	bool letter = false, odd = n == 0;
	for (size_t i = 0; i < n; i++) {
		bool l = s[i] >= 'a' && s[i] <= 'z', d = s[i] >= '0' && s[i] <= '9';
		letter |= l;
		odd |= !l && !d && s[i] != '-';
	}
	const struct {
		bool wrong;
		const char *words;
	} rules[] = {{n > 15, "must be no more than 15 characters"},
		     {odd, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"},
		     {!letter, "must contain at least one letter (a-z)"},
		     {strstr(s, "--") != NULL, "must not contain consecutive hyphens"},
		     {n && (s[0] == '-' || s[n - 1] == '-'), "must not begin or end with a hyphen"}};
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (rules[i].wrong && nth-- == 0)
			return rules[i].words;
	return NULL;
}

const char *v_check_port_name(const char *s)
{
	return port_name(s, 0);
}

static const char *config_key(const char *s, size_t nth)
{
	static const char chars[] = "-._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	const struct {
		bool wrong;
		const char *words;
	} rules[] = {
	    {strlen(s) > 253, "must be no more than 253 characters"},
	    {!*s || s[strspn(s, chars)],
	     "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
	     "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"},
	    {streq(s, "."), "must not be '.'"},
	    {streq(s, ".."), "must not be '..'"},
	    {s[0] == '.' && s[1] == '.' && s[2], "must not start with '..'"}};
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (rules[i].wrong && nth-- == 0)
			return rules[i].words;
	return NULL;
}

const char *v_check_config_key(const char *s)
{
	return config_key(s, 0);
}

static const char *v_check_nth(api_name_check check, const char *s, size_t nth)
{
	return check == v_check_port_name    ? port_name(s, nth)
	       : check == v_check_config_key ? config_key(s, nth)
					     : api_check_nth(check, s, nth);
}

const char *v_check_path_segment(const char *s)
{
	if (streq(s, "."))
		return "may not be '.'";
	if (streq(s, ".."))
		return "may not be '..'";
	if (strchr(s, '/'))
		return "may not contain '/'";
	return strchr(s, '%') ? "may not contain '%'" : NULL;
}

const char *v_check_env_name(const char *s)
{
	if (!*s)
		return "environment variable name must be non-empty";
	for (; *s; s++)
		if (*s < ' ' || *s > '~' || *s == '=')
			return "a valid environment variable name must consist only of printable ASCII characters "
			       "other than '='";
	return NULL;
}

const char *v_check_wildcard_subdomain(const char *s)
{
	if (s[0] != '*' || s[1] != '.' || api_check_dns1123_subdomain(s + 2))
		return "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which "
		       "must consist of lower "
		       "case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. "
		       "'*.example.com', regex used "
		       "for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
	return NULL;
}

bool api_validate_kind(const struct api_resource *res, const json_t *obj, const json_t *old, const char *subresource,
		       struct api_causes *c)
{
	static const struct kind_validator *const tables[] = {
	    core_validators,    apps_validators,    net_validators,   storage_validators,
	    rbac_validators,    misc_validators,    more_validators,  crd_validators,
	    webhook_validators, flow_validators,    csi_validators,   batch_validators,
	    scaling_validators, service_validators, quota_validators, event_validators, csr_validators};
	bool known = false;
	struct validation v = {.res = res, .obj = obj, .old = old, .sub = subresource, .c = c};
	bool event = streq(res->kind, "Event") && !res->crd; /* in an order of its own */
	if ((!subresource || streq(subresource, "status")) && !res->virtual_ && !event)
		validate_metadata(&v);
	if (streq(subresource, "scale")) { /* of any kind: a Scale, or the object it was laid into */
		V_IN (&v, "spec")
			v_range(&v, json_object_get(obj, "spec"), "replicas", 0, INT64_MAX);
	}
	for (size_t i = 0; i < ARRAY_LEN(tables) && !res->crd; i++)
		for (const struct kind_validator *k = tables[i]; k->kind; k++)
			if (streq(k->group, res->group) && streq(k->kind, res->kind)) {
				known = true;
				k->fn(&v);
			}
	c->oom |= v.path.failed;
	buf_done(&v.path);
	return known;
}
