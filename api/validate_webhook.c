/* Webhook configurations: rules and words of pkg/apis/admissionregistration/validation and k8s.io/apiserver
 * pkg/util/webhook. */
#include "api/validate.h"

#define GROUP    "admissionregistration.k8s.io"
#define URL_FORM "; desired format: https://host[/path]"

static bool has_star(const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (streq(json_string_value(json_array_get(list, i)), "*"))
			return true;
	return false;
}

/* --- where it is --- */

static void check_url(struct validation *v, const json_t *url)
{
	const char *s = json_string_value(url), *scheme_end = strstr(s, "://"), *host = scheme_end ? scheme_end + 3 : s;
	size_t n = strcspn(host, "/?#");
	const char *at = memrchr(host, '@', n), *query = strchr(s, '?'), *fragment = strchr(s, '#');
	AUTO_JSON json_t *scheme = json_stringn(s, scheme_end ? (size_t)(scheme_end - s) : 0);
	AUTO_JSON json_t *none = json_string("");

	for (const char *c = s; *c; c++) {
		if ((unsigned char)*c <= 0x20 || *c == 0x7f ||
		    (*c == '%' && (strspn(c + 1, "0123456789abcdefABCDEF") < 2))) {
			v_required(v, "", "url must be a valid URL: it has characters that no URL has" URL_FORM);
			return;
		}
	}
	if (!streq(json_string_value(scheme), "https"))
		v_invalid(v, "", scheme, "%s", "'https' is the only allowed URL scheme" URL_FORM);
	if (!scheme_end || !n || (at && at + 1 == host + n))
		v_invalid(v, "", none, "%s", "host must be specified" URL_FORM);
	if (at) {
		AUTO_JSON json_t *user = json_stringn(host, (size_t)(at - host));

		v_invalid(v, "", user, "user information is not permitted in the URL");
	}
	if (fragment && fragment[1]) {
		AUTO_JSON json_t *bad = json_string(fragment + 1);

		v_invalid(v, "", bad, "fragments are not permitted in the URL");
	}
	if (query && query[1] && (!fragment || query < fragment)) {
		AUTO_JSON json_t *bad =
		    json_stringn(query + 1, fragment ? (size_t)(fragment - query - 1) : strlen(query + 1));

		v_invalid(v, "", bad, "query parameters are not permitted in the URL");
	}
}

static void check_path(struct validation *v, const json_t *path)
{
	const char *s = json_string_value(path);
	size_t len, seg = 0;

	if (!s || !*s || streq(s, "/"))
		return;
	if (streq(s, "//")) {
		v_invalid(v, "path", path, "segment[0] may not be empty");
		return;
	}
	if (*s != '/')
		v_invalid(v, "path", path, "must start with a '/'");
	s++;
	len = strlen(s);
	if (len && s[len - 1] == '/')
		len--;
	for (size_t i = 0; i <= len; seg++) {
		size_t n = 0;
		AUTO_FREE char *part = NULL;
		const char *msg;

		while (i + n < len && s[i + n] != '/')
			n++;
		part = str_ndup(s + i, n);
		msg = part && n ? api_check_dns1123_subdomain(part) : NULL;
		if (!n)
			v_invalid(v, "path", path, "segment[%zu] may not be empty", seg);
		else if (msg)
			v_invalid(v, "path", path, "segment[%zu]: %s", seg, msg);
		i += n + 1;
	}
}

void validate_webhook_client(struct validation *v, const json_t *cc)
{
	const json_t *url = json_object_get(cc, "url"), *svc = json_object_get(cc, "service");

	if (json_is_string(url) == json_is_object(svc)) {
		v_required(v, "", "exactly one of url or service is required");
		return;
	}
	if (json_is_string(url)) {
		V_IN (v, "url")
			check_url(v, url);
		return;
	}
	V_IN (v, "service") {
		if (!*v_text(svc, "namespace")) /* Kubernetes takes the one for the other */
			v_required(v, "name", "");
		if (!*v_text(svc, "name"))
			v_required(v, "namespace", "");
		v_port(v, svc, "port", "port is not valid: ");
		check_path(v, json_object_get(svc, "path"));
	}
}

/* --- what it is asked about --- */

static void check_resources(struct validation *v, const json_t *list)
{
	AUTO_JSON json_t *any_sub = json_object(); /* x/. */
	AUTO_JSON json_t *any_res = json_object(); /* ./x */
	bool all = false, star = false, plain = false;

	if (!json_array_size(list))
		v_required(v, "resources", "");
	V_IN (v, "resources")
		V_EACH (v, list, i, x) {
			const char *s = json_string_value(x) ? json_string_value(x) : "", *slash = strchr(s, '/');

			all |= streq(s, "*/*");
			star |= streq(s, "*");
			if (!*s) {
				v_required(v, "", "");
			} else if (!slash) {
				plain = !streq(s, "*");
			} else {
				AUTO_FREE char *res = str_ndup(s, (size_t)(slash - s));
				const char *sub = slash + 1;

				if (res && json_object_get(any_sub, res))
					v_invalid(v, "", x, "if '%s/*' is present, must not specify %s", res, s);
				if (json_object_get(any_res, sub))
					v_invalid(v, "", x, "if '*/%s' is present, must not specify %s", sub, s);
				if (res && streq(sub, "*"))
					(void)json_object_set_new(any_sub, res, json_true());
				if (streq(res, "*"))
					(void)json_object_set_new(any_res, sub, json_true());
			}
		}
	if (json_array_size(list) > 1 && all)
		v_invalid(v, "resources", list, "if '*/*' is present, must not specify other resources");
	if (star && plain)
		v_invalid(v, "resources", list,
			  "if '*' is present, must not specify other resources without subresources");
}

static void check_rule(struct validation *v, const json_t *r)
{
	static const char *const scopes[] = {"*", "Cluster", "Namespaced", NULL}, *const ops[] = {"*",      "CONNECT",
												  "CREATE", "DELETE",
												  "UPDATE", NULL};
	const json_t *list = json_object_get(r, "operations"), *groups = json_object_get(r, "apiGroups"),
		     *versions = json_object_get(r, "apiVersions");

	if (!json_array_size(list))
		v_required(v, "operations", "");
	if (json_array_size(list) > 1 && has_star(list))
		v_invalid(v, "operations", list, "if '*' is present, must not specify other operations");
	V_IN (v, "operations")
		V_EACH (v, list, i, o) {
			const char *s = json_string_value(o);
			bool known = false;

			for (size_t k = 0; ops[k]; k++)
				known |= streq(ops[k], s);
			if (!known)
				api_not_supported(v->c, path_text(&v->path), s ? s : "", ops);
		}
	if (!json_array_size(groups))
		v_required(v, "apiGroups", "");
	if (json_array_size(groups) > 1 && has_star(groups))
		v_invalid(v, "apiGroups", groups, "if '*' is present, must not specify other API groups");
	if (!json_array_size(versions))
		v_required(v, "apiVersions", "");
	if (json_array_size(versions) > 1 && has_star(versions))
		v_invalid(v, "apiVersions", versions, "if '*' is present, must not specify other API versions");
	V_IN (v, "apiVersions")
		V_EACH (v, versions, i, x) {
			if (!json_string_length(x))
				v_required(v, "", "");
		}
	check_resources(v, json_object_get(r, "resources"));
	v_supported_if(v, r, "scope", scopes);
}

/* --- one webhook --- */

static bool accepted(const json_t *version)
{
	return streq(json_string_value(version), "v1") || streq(json_string_value(version), "v1beta1");
}

static bool all_accepted(const json_t *hooks)
{
	for (size_t i = 0; i < json_array_size(hooks); i++) {
		const json_t *versions = json_object_get(json_array_get(hooks, i), "admissionReviewVersions");
		bool any = !json_array_size(versions);

		for (size_t k = 0; k < json_array_size(versions); k++)
			any |= accepted(json_array_get(versions, k));
		if (!any)
			return false;
	}
	return true;
}

static void check_versions(struct validation *v, const json_t *w, bool must_know_one)
{
	const json_t *list = json_object_get(w, "admissionReviewVersions");
	AUTO_JSON json_t *seen = json_object();
	bool any = false;

	if (!json_array_size(list)) {
		v_required(v, "admissionReviewVersions", "must specify one of v1, v1beta1");
		return;
	}
	V_IN (v, "admissionReviewVersions")
		V_EACH (v, list, i, x) {
			const char *s = json_string_value(x) ? json_string_value(x) : "",
				   *msg = api_check_dns1035_label(s);

			if (json_object_get(seen, s))
				v_invalid(v, "", x, "duplicate version");
			else if (msg)
				v_invalid(v, "", x, "%s", msg);
			(void)json_object_set_new(seen, s, json_true());
			any |= accepted(x);
		}
	if (!any && must_know_one)
		v_invalid(v, "admissionReviewVersions", list, "must include at least one of v1, v1beta1");
}

static void check_name(struct validation *v, const json_t *w)
{
	const char *name = v_text(w, "name"), *msg = *name ? api_check_dns1123_subdomain(name) : NULL,
		   *dot = strchr(name, '.');

	if (!*name)
		v_required(v, "name", "");
	else if (msg)
		v_invalid(v, "name", json_object_get(w, "name"), "%s", msg);
	else if (!dot || !strchr(dot + 1, '.'))
		v_invalid(v, "name", json_object_get(w, "name"),
			  "should be a domain with at least three segments separated by dots");
}

static void check_hook(struct validation *v, const json_t *w)
{
	static const char *const effects[] = {"None", "NoneOnDryRun", NULL},
				 *const failure[] = {"Fail", "Ignore", NULL},
				 *const match[] = {"Equivalent", "Exact", NULL},
				 *const again[] = {"IfNeeded", "Never", NULL};

	check_name(v, w);
	V_IN (v, "rules")
		V_EACH (v, json_object_get(w, "rules"), j, r)
			check_rule(v, r);
	v_supported_if(v, w, "failurePolicy", failure);
	v_supported_if(v, w, "matchPolicy", match);
	if (!v_has(w, "sideEffects"))
		v_required(v, "sideEffects", "must specify one of None, NoneOnDryRun");
	v_supported_if(v, w, "sideEffects", effects);
	if (v_has(w, "timeoutSeconds") && (v_int(w, "timeoutSeconds", 10) < 1 || v_int(w, "timeoutSeconds", 10) > 30))
		v_invalid(v, "timeoutSeconds", json_object_get(w, "timeoutSeconds"),
			  "the timeout value must be between 1 and 30 seconds");
	v_label_selector(v, w, "namespaceSelector");
	v_label_selector(v, w, "objectSelector");
	v_supported_if(v, w, "reinvocationPolicy", again);
	V_IN (v, "clientConfig")
		validate_webhook_client(v, json_object_get(w, "clientConfig"));
}

static bool same_conditions(const json_t *w, const json_t *old)
{
	const json_t *a = json_object_get(w, "matchConditions"), *b = json_object_get(old, "matchConditions");

	return a && b && json_equal(a, b);
}

static void validate_webhooks(struct validation *v)
{
	const json_t *old = json_object_get(v->old, "webhooks");
	bool known = !v->old || all_accepted(old);
	AUTO_JSON json_t *names = json_object();

	V_IN (v, "webhooks")
		V_EACH (v, json_object_get(v->obj, "webhooks"), i, w) {
			const char *name = v_text(w, "name");

			check_hook(v, w);
			/* Admitted without being evaluated they would let everything or nothing through. */
			if (json_array_size(json_object_get(w, "matchConditions")) &&
			    !same_conditions(w, json_array_get(old, i)))
				v_forbidden(
				    v, "matchConditions",
				    "match conditions are CEL expressions, which this server does not evaluate");
			check_versions(v, w, known);
			if (*name && json_object_get(names, name))
				v_duplicate(v, "name", json_object_get(w, "name"));
			(void)json_object_set_new(names, name, json_true());
		}
}

const struct kind_validator webhook_validators[] = {{GROUP, "MutatingWebhookConfiguration", validate_webhooks},
						    {GROUP, "ValidatingWebhookConfiguration", validate_webhooks},
						    {NULL, NULL, NULL}};
