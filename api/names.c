/* Names, label keys and values: rules and words of Kubernetes' apimachinery util/validation. */
#include <string.h>
#include "api/schema.h"
#include "base/str.h"

static bool lower_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool alnum(char c)
{
	return lower_alnum(c) || (c >= 'A' && c <= 'Z');
}

/* [a-z0-9]([-a-z0-9]*[a-z0-9])? over s[0..n) */
static bool is_label(const char *s, size_t n)
{
	if (n == 0 || !lower_alnum(s[0]) || !lower_alnum(s[n - 1]))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!lower_alnum(s[i]) && s[i] != '-')
			return false;
	return true;
}

static bool is_subdomain(const char *s, size_t n)
{
	size_t start = 0;
	for (size_t i = 0; i <= n; i++)
		if (i == n || s[i] == '.') {
			if (!is_label(s + start, i - start))
				return false;
			start = i + 1;
		}
	return true;
}

/* ([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9] over s[0..n) */
static bool is_qualified(const char *s, size_t n)
{
	if (n == 0 || !alnum(s[0]) || !alnum(s[n - 1]))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!alnum(s[i]) && s[i] != '-' && s[i] != '_' && s[i] != '.')
			return false;
	return true;
}

/*
 * Each check tells the nth of what is wrong with a name: Kubernetes' findings of one name come one after another. SAY
 * returns its words when n others were said before.
 */
#define SAY(words)                                                                                                     \
	do {                                                                                                           \
		if (nth-- == 0)                                                                                        \
			return words;                                                                                  \
	} while (0)
#define SUBDOMAIN                                                                                                      \
	"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "     \
	"start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "              \
	"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
#define LABEL_KEY                                                                                                      \
	"must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "       \
	"character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "                        \
	"'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

static const char *dns1123_label(const char *s, size_t nth)
{
	size_t n = strlen(s);
	if (n > 63)
		SAY("must be no more than 63 characters");
	if (!is_label(s, n) && is_subdomain(s, n))
		SAY("must not contain dots");
	else if (!is_label(s, n))
		SAY("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must "
		    "start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for "
		    "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
	return NULL;
}

static const char *dns1123_subdomain(const char *s, size_t nth)
{
	size_t n = strlen(s);
	if (n > 253)
		SAY("must be no more than 253 characters");
	if (!is_subdomain(s, n))
		SAY(SUBDOMAIN);
	return NULL;
}

static const char *dns1035_label(const char *s, size_t nth)
{
	size_t n = strlen(s);
	if (n > 63)
		SAY("must be no more than 63 characters");
	if (!is_label(s, n) || (s[0] >= '0' && s[0] <= '9'))
		SAY("a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an "
		    "alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', "
		    "regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
	return NULL;
}

static const char *label_key(const char *s, size_t nth)
{
	const char *slash = strchr(s, '/'), *name = slash ? slash + 1 : s;
	size_t n = slash ? (size_t)(slash - s) : 0;
	if (slash && strchr(name, '/')) {
		SAY("a valid label key " LABEL_KEY
		    " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
		return NULL;
	}
	if (slash && n == 0)
		SAY("prefix part must be non-empty");
	if (n > 253)
		SAY("prefix part must be no more than 253 characters");
	if (n && !is_subdomain(s, n))
		SAY("prefix part " SUBDOMAIN);
	n = strlen(name);
	if (n == 0)
		SAY("name part must be non-empty");
	else if (n > 63)
		SAY("name part must be no more than 63 bytes");
	if (!is_qualified(name, n))
		SAY("name part " LABEL_KEY);
	return NULL;
}

static const char *label_value(const char *s, size_t nth)
{
	size_t n = strlen(s);
	if (n > 63)
		SAY("must be no more than 63 bytes");
	if (n && !is_qualified(s, n))
		SAY("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
		    "and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or "
		    "'12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
	return NULL;
}

const char *api_check_dns1123_label(const char *s)
{
	return dns1123_label(s, 0);
}

const char *api_check_dns1123_subdomain(const char *s)
{
	return dns1123_subdomain(s, 0);
}

const char *api_check_dns1035_label(const char *s)
{
	return dns1035_label(s, 0);
}

const char *api_check_label_key(const char *s)
{
	return label_key(s, 0);
}

/* Is the part of key before its slash this domain or below it? */
static bool label_in(const char *key, const char *domain)
{
	const char *slash = strchr(key, '/');
	size_t n = slash ? (size_t)(slash - key) : 0, d = strlen(domain);

	return n >= d && !strncmp(key + n - d, domain, d) && (n == d || key[n - d - 1] == '.');
}

bool api_node_may_label(const char *key)
{
	static const char *const own[] = {"kubernetes.io/hostname",
					  "kubernetes.io/os",
					  "kubernetes.io/arch",
					  "topology.kubernetes.io/zone",
					  "topology.kubernetes.io/region",
					  "beta.kubernetes.io/os",
					  "beta.kubernetes.io/arch",
					  "beta.kubernetes.io/instance-type",
					  "failure-domain.beta.kubernetes.io/zone",
					  "failure-domain.beta.kubernetes.io/region"};

	if (label_in(key, "node-restriction.kubernetes.io"))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (streq(key, own[i]))
			return true;
	return (!label_in(key, "kubernetes.io") && !label_in(key, "k8s.io")) || label_in(key, "kubelet.kubernetes.io") ||
	       label_in(key, "node.kubernetes.io");
}

const char *api_check_label_value(const char *s)
{
	return label_value(s, 0);
}

const char *api_check_nth(api_name_check check, const char *s, size_t nth)
{
	static const struct {
		api_name_check first;
		const char *(*all)(const char *, size_t);
	} checks[] = {{api_check_dns1123_label, dns1123_label},
		      {api_check_dns1123_subdomain, dns1123_subdomain},
		      {api_check_dns1035_label, dns1035_label},
		      {api_check_label_key, label_key},
		      {api_check_label_value, label_value}};
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (checks[i].first == check)
			return checks[i].all(s, nth);
	return nth == 0 ? check(s) : NULL;
}
