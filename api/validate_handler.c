/* Probes and hooks of containers, and references to fields. core/validation validateHandler,
 * validateObjectFieldSelector. */
#include "api/quantity.h"
#include "api/validate.h"

static void check_port_ref(struct validation *v, const json_t *o, const char *key)
{
	const json_t *p = json_object_get(o, key);
	if (json_is_string(p))
		(void)v_words(v, key, json_string_value(p), v_check_port_name);
	else if (v_int(o, key, 0) < 1 || v_int(o, key, 0) > 65535)
		v_invalid_int(v, o, key, "must be between 1 and 65535, inclusive");
}

static const char *check_header(const char *s)
{
	static const char chars[] = "-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	return *s && !s[strspn(s, chars)] ? NULL
					  : "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. "
					    "'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";
}

static void check_http(struct validation *v, const json_t *h)
{
	static const char *const schemes[] = {"HTTP", "HTTPS", NULL};
	const json_t *headers = json_object_get(h, "httpHeaders");
	(void)v_present(v, h, "path");
	check_port_ref(v, h, "port");
	v_supported(v, h, "scheme", schemes);
	for (size_t i = 0; i < json_array_size(headers); i++)
		(void)v_words(v, "httpHeaders", v_text(json_array_get(headers, i), "name"), check_header);
}

static void check_handler(struct validation *v, const json_t *h, const json_t *spec)
{
	static const char *const kinds[] = {"exec", "httpGet", "tcpSocket", "grpc", "sleep"};
	long long grace = v_int(spec, "terminationGracePeriodSeconds", 0);
	size_t n = 0;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const json_t *k = json_object_get(h, kinds[i]);
		if (!json_is_object(k))
			continue;
		if (n++) {
			v_forbidden(v, kinds[i], "may not specify more than 1 handler type");
			continue;
		}
		V_IN (v, kinds[i]) {
			AUTO_JSON json_t *seconds = json_integer(v_int(k, "seconds", 0));
			if (i == 0)
				(void)v_present(v, k, "command");
			else if (i == 1)
				check_http(v, k);
			else if (i < 4)
				check_port_ref(v, k, "port");
			else if (v_int(k, "seconds", 0) < 0 || v_int(k, "seconds", 0) > grace)
				v_invalid(v, "", seconds,
					  "must be non-negative and less than terminationGracePeriodSeconds (%lld)",
					  grace);
		}
	}
	if (n == 0)
		v_required(v, "", "must specify a handler type");
}

static void check_probe(struct validation *v, const json_t *c, const char *key, const json_t *spec)
{
	static const char *const numbers[] = {"initialDelaySeconds", "timeoutSeconds", "periodSeconds",
					      "successThreshold", "failureThreshold"};
	const json_t *p = json_object_get(c, key), *grace = json_object_get(p, "terminationGracePeriodSeconds");
	bool readiness = streq(key, "readinessProbe");
	if (!json_is_object(p))
		return;
	V_IN (v, key) {
		check_handler(v, p, spec);
		for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
			v_range(v, p, numbers[i], 0, INT64_MAX);
		if (json_is_integer(grace) && json_integer_value(grace) <= 0)
			v_invalid(v, "terminationGracePeriodSeconds", grace, "must be greater than 0");
		if (!readiness && v_int(p, "successThreshold", 1) != 1)
			v_invalid(v, "successThreshold", json_object_get(p, "successThreshold"), "must be 1");
		if (readiness && json_is_integer(grace))
			v_invalid(v, "terminationGracePeriodSeconds", grace, "must not be set for readinessProbes");
	}
}

void validate_handlers(struct validation *v, const json_t *c, const json_t *spec)
{
	static const char *const hooks[] = {"postStart", "preStop"};
	const json_t *life = json_object_get(c, "lifecycle");
	V_IN (v, "lifecycle")
		for (size_t i = 0; i < ARRAY_LEN(hooks); i++)
			if (json_is_object(json_object_get(life, hooks[i])))
				V_IN (v, hooks[i])
					check_handler(v, json_object_get(life, hooks[i]), spec);
	check_probe(v, c, "livenessProbe", spec);
	check_probe(v, c, "readinessProbe", spec);
	check_probe(v, c, "startupProbe", spec);
}

/* "metadata.labels['a']" -> true, its parts */
static bool subscripted(const char *path, char **ret_path, char **ret_key)
{
	const char *open = strstr(path, "['"), *end = path + strlen(path);
	if (!open || end - open < 4 || !streq(end - 2, "']"))
		return false;
	*ret_path = str_ndup(path, (size_t)(open - path));
	*ret_key = str_ndup(open + 2, (size_t)(end - 2 - open - 2));
	return *ret_path && *ret_key;
}

static bool in_list(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (streq(s, *list))
			return true;
	return false;
}

void validate_field_ref(struct validation *v, const json_t *ref, bool volume)
{
	static const char *const of_volume[] = {"metadata.annotations", "metadata.labels", "metadata.name",
						"metadata.namespace",   "metadata.uid",    NULL},
				 *const of_env[] = {"metadata.name",
						    "metadata.namespace",
						    "metadata.uid",
						    "spec.nodeName",
						    "spec.serviceAccountName",
						    "status.hostIP",
						    "status.hostIPs",
						    "status.podIP",
						    "status.podIPs",
						    NULL},
				 *const known[] = {"metadata.annotations",
						   "metadata.labels",
						   "metadata.name",
						   "metadata.namespace",
						   "metadata.uid",
						   "spec.nodeName",
						   "spec.restartPolicy",
						   "spec.serviceAccountName",
						   "spec.schedulerName",
						   "status.phase",
						   "status.hostIP",
						   "status.hostIPs",
						   "status.podIP",
						   "status.podIPs",
						   NULL};
	const char *path = v_text(ref, "fieldPath");
	AUTO_FREE char *base = NULL, *key = NULL;
	if (!v_present(v, ref, "apiVersion") || !v_present(v, ref, "fieldPath"))
		return;
	if (!streq(v_text(ref, "apiVersion"), "v1")) {
		v_invalid(v, "fieldPath", json_object_get(ref, "fieldPath"),
			  "error converting fieldPath: unsupported pod version: %s", v_text(ref, "apiVersion"));
		return;
	}
	bool sub = subscripted(path, &base, &key);
	if (sub && streq(base, "metadata.annotations")) {
		for (char *p = key; *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p + ('a' - 'A'));
		(void)v_words(v, "", key, api_check_label_key);
	} else if (sub && streq(base, "metadata.labels")) {
		(void)v_words(v, "", key, api_check_label_key);
	} else if (sub) {
		v_invalid(v, "fieldPath", json_object_get(ref, "fieldPath"),
			  "error converting fieldPath: field label does not support subscript: %s", path);
	} else if (!in_list(path, known) && !streq(path, "spec.host")) {
		v_invalid(v, "fieldPath", json_object_get(ref, "fieldPath"),
			  "error converting fieldPath: field label not supported: %s", path);
	} else if (!in_list(path, volume ? of_volume : of_env) && !(streq(path, "spec.host") && !volume)) {
		V_IN (v, "fieldPath")
			api_not_supported(v->c, path_text(&v->path), path, volume ? of_volume : of_env);
	}
}

void validate_resource_field_ref(struct validation *v, const json_t *ref, bool volume)
{
	static const char *const resources[] = {"limits.cpu",
						"limits.ephemeral-storage",
						"limits.memory",
						"requests.cpu",
						"requests.ephemeral-storage",
						"requests.memory",
						NULL},
				 *const units[] = {"1",   "1k",  "1M",  "1G",  "1T",  "1P",  "1E",
						   "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei", NULL};
	const char *resource = v_text(ref, "resource"), *divisor = v_text(ref, "divisor");
	bool pages = str_has_prefix(resource, "requests.hugepages-") || str_has_prefix(resource, "limits.hugepages-");
	struct quantity q;
	if (volume && !*v_text(ref, "containerName"))
		v_required(v, "containerName", "");
	else if (!*resource)
		v_required(v, "resource", "");
	else if (!in_list(resource, resources) && !pages)
		V_IN (v, "resource")
			api_not_supported(v->c, path_text(&v->path), resource, resources);
	if (!*divisor || quantity_parse(divisor, &q) < 0 || q.nano == 0)
		return;
	AUTO_JSON json_t *bad = json_string(resource);
	const char *what = strstr(resource, ".cpu")         ? "cpu"
			   : strstr(resource, ".memory")    ? "memory"
			   : strstr(resource, ".ephemeral") ? "local ephemeral storage"
							    : "hugepages";
	if (!in_list(resource, resources) && !pages)
		return;
	if (streq(what, "cpu") && !streq(divisor, "1") && !streq(divisor, "1m"))
		v_invalid(v, "divisor", bad, "only divisor's values 1m and 1 are supported with the cpu resource");
	else if (!streq(what, "cpu") && !in_list(divisor, units))
		v_invalid(v, "divisor", bad,
			  "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported "
			  "with the %s resource",
			  what);
}
