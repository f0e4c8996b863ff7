/* What plug-ins print: programs of others, so nothing of it is taken on trust. Source: the CNI specification, section
 * 5; before 0.3.0: ip4 and ip6 instead of ips. */
#include <arpa/inet.h>
#include <stdlib.h>
#include "base/str.h"
#include "net/cni_internal.h"

#define IPS_MAX 64

/* One line for people: no control characters, no half letters. */
static void tidy(char *dst, size_t cap, const char *s, size_t n)
{
	size_t k = 0;
	while (n && strchr(" \t\r\n", s[n - 1]))
		n--;
	for (; n && k + 1 < cap; s++, n--)
		dst[k++] = (unsigned char)*s < 0x20 || *s == 0x7f ? ' ' : *s;
	dst[k] = 0;
	str_make_utf8(dst);
}

static int object_parse(const char *text, size_t n, json_t **ret, struct err *e)
{
	struct err why = {0};
	char shown[80];
	if (n == 0)
		return err_set(e, ERR_PROTO, "it printed no result");
	if (n > CNI_TEXT_MAX)
		return err_set(e, ERR_PROTO, "it printed more than 1 MiB");
	if (json_parse(text, n, ret, &why) == 0 && json_is_object(*ret))
		return 0;
	json_decref(*ret);
	*ret = NULL;
	tidy(shown, sizeof(shown), text, n);
	return err_set(e, ERR_PROTO, "what it printed is not a JSON object: \"%s\"", shown);
}

/* Until 0.4.0 each address says its family. */
static void ips_shape(json_t *ips, int version)
{
	json_t *v;
	size_t i;
	json_array_foreach (ips, i, v) {
		const char *a = json_string_value(json_object_get(v, "address"));
		if (version >= CNI_1_0_0)
			json_object_del(v, "version");
		else if (a && !json_object_get(v, "version"))
			json_object_set_new(v, "version", json_string(strchr(a, ':') ? "6" : "4"));
	}
}

static int arrays_check(const json_t *o, struct err *e)
{
	static const char *const keys[] = {"interfaces", "ips", "routes"};
	json_t *v;
	size_t j;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		const json_t *a = json_object_get(o, keys[i]);
		if (a && !json_is_null(a) && !json_is_array(a))
			return err_set(e, ERR_PROTO, "its result's %s is not a list", keys[i]);
		json_array_foreach ((json_t *)a, j, v)
			if (!json_is_object(v))
				return err_set(e, ERR_PROTO, "its result's %s[%zu] is not an object", keys[i], j);
	}
	if (json_array_size(json_object_get(o, "ips")) > IPS_MAX)
		return err_set(e, ERR_PROTO, "its result has more than %d addresses", IPS_MAX);
	return 0;
}

int cni_result_parse(const char *text, size_t n, int version, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	int code = object_parse(text, n, &o, e);
	if (code < 0)
		return code;
	const json_t *said = json_object_get(o, "cniVersion");
	const char *text_v = json_string_value(said);
	int v = text_v && *text_v ? cni_version_find(text_v) : version;
	if ((said && !text_v) || v < 0)
		return err_set(e, ERR_PROTO, "its result is of a version that is not known: \"%.20s\"",
			       text_v ? text_v : "?");
	/* Of the same shape but for ips[].version; between 0.2.0 and 0.3.0 nothing is. */
	if ((v < CNI_0_3_0) != (version < CNI_0_3_0))
		return err_set(e, ERR_PROTO, "its result is of version %s instead of %s", cni_version_text(v),
			       cni_version_text(version));
	if ((code = arrays_check(o, e)) < 0)
		return code;
	ips_shape(json_object_get(o, "ips"), version);
	if (json_object_set_new(o, "cniVersion", json_string(cni_version_text(version))) < 0)
		return err_nomem(e);
	*ret = TAKE_PTR(o);
	return 0;
}

/* "10.1.2.3/24" -> "10.1.2.3" in inet_ntop's spelling, if a pod can have it. */
static bool address_read(const char *text, char out[48], bool *ret_v6)
{
	unsigned char a[16];
	char host[64];
	size_t n = text ? strcspn(text, "/") : 0;
	int64_t bits;
	if (!n || n >= sizeof(host))
		return false;
	memcpy(host, text, n);
	host[n] = 0;
	int family = strchr(host, ':') ? AF_INET6 : AF_INET;
	if (inet_pton(family, host, a) != 1 ||
	    (text[n] && str_to_i64(text + n + 1, 0, family == AF_INET ? 32 : 128, &bits) < 0))
		return false;
	static const unsigned char zero[16], loopback[16] = {[15] = 1}, mapped[12] = {[10] = 0xff, [11] = 0xff};
	if (family == AF_INET && (a[0] == 0 || a[0] == 127 || a[0] >= 224))
		return false;
	if (family == AF_INET6 &&
	    (!memcmp(a, zero, 16) || !memcmp(a, loopback, 16) || !memcmp(a, mapped, 12) || a[0] == 0xff))
		return false;
	*ret_v6 = family == AF_INET6;
	return inet_ntop(family, a, out, 48) != NULL;
}

/* An address of an interface on the host's side is not the pod's. */
static bool in_pod(const json_t *result, const json_t *ip)
{
	const json_t *index = json_object_get(ip, "interface"), *all = json_object_get(result, "interfaces"), *i;
	if (!json_is_integer(index))
		return true;
	if (json_integer_value(index) < 0)
		return false;
	i = json_array_get(all, (size_t)json_integer_value(index));
	const char *sandbox = json_string_value(json_object_get(i, "sandbox"));
	return sandbox && *sandbox;
}

static int ip_take(const char *text, char ret[2][48], bool *first_v6, struct err *e)
{
	char addr[48], shown[60];
	bool v6;
	if (!address_read(text, addr, &v6)) {
		tidy(shown, sizeof(shown), text ? text : "", text ? strlen(text) : 0);
		return err_set(e, ERR_PROTO, "\"%s\" is not an address that a pod can have", shown);
	}
	if (!ret[0][0]) {
		(void)str_copy(ret[0], 48, addr);
		*first_v6 = v6;
	} else if (!ret[1][0] && v6 != *first_v6) {
		(void)str_copy(ret[1], 48, addr);
	}
	return 0;
}

int cni_result_ips(const json_t *result, char ret[2][48], struct err *e)
{
	static const char *const old[] = {"ip4", "ip6"};
	char ips[2][48] = {{0}};
	bool v6 = false;
	json_t *v;
	size_t i;
	int code = 0;
	json_array_foreach (json_object_get(result, "ips"), i, v)
		if (code == 0 && in_pod(result, v))
			code = ip_take(json_string_value(json_object_get(v, "address")), ips, &v6, e);
	for (i = 0; i < ARRAY_LEN(old) && code == 0; i++)
		if ((v = json_object_get(result, old[i])) && !json_is_null(v))
			code = ip_take(json_string_value(json_object_get(v, "ip")), ips, &v6, e);
	if (code == 0 && !ips[0][0])
		code = err_set(e, ERR_PROTO, "the result has no address for the pod");
	if (code == 0)
		memcpy(ret, ips, sizeof(ips));
	return code;
}

int cni_supported_parse(const char *text, size_t n, unsigned *ret, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	unsigned mask = 0;
	json_t *v;
	size_t i;
	int code = object_parse(text, n, &o, e);
	if (code < 0)
		return code;
	json_array_foreach (json_object_get(o, "supportedVersions"), i, v) {
		int k = cni_version_find(json_string_value(v));
		if (k >= 0)
			mask |= 1u << k;
	}
	if (!mask)
		return err_set(e, ERR_PROTO, "its supportedVersions has none of 0.1.0 to 1.1.0");
	*ret = mask;
	return 0;
}

long cni_error_parse(const char *out, size_t n_out, const char *errout, size_t n_errout, char *ret, size_t cap)
{
	AUTO_JSON json_t *o = NULL;
	char msg[160], details[120];
	/* The specification says both: errors are printed to standard output, and to standard error. */
	if ((n_out == 0 || object_parse(out, n_out, &o, NULL) < 0) &&
	    (n_errout == 0 || object_parse(errout, n_errout, &o, NULL) < 0))
		o = NULL;
	const char *m = json_string_value(json_object_get(o, "msg")),
		   *d = json_string_value(json_object_get(o, "details"));
	long code = (long)json_integer_value(json_object_get(o, "code"));
	if (!m && !d) {
		tidy(ret, cap, n_errout ? errout : out ? out : "", n_errout ? n_errout : n_out);
		return 0;
	}
	tidy(msg, sizeof(msg), m ? m : "", m ? strlen(m) : 0);
	tidy(details, sizeof(details), d ? d : "", d ? strlen(d) : 0);
	(void)snprintf(ret, cap, "%s%s%s", msg, msg[0] && details[0] ? "; " : "", details);
	str_make_utf8(ret);
	return code;
}
