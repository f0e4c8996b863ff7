/* Containers of a pod: names, images, ports, environment, mounts, resources, probes. core/validation
 * ValidateContainers. */
#include "api/quantity.h"
#include "api/validate.h"

static const char *const pull_policies[] = {"Always", "IfNotPresent", "Never", NULL};
static const char *const protocols[] = {"SCTP", "TCP", "UDP", NULL};
static const char *const schemes[] = {"HTTP", "HTTPS", NULL};
static const char *const message_policies[] = {"FallbackToLogsOnError", "File", NULL};

enum container_role { ROLE_MAIN, ROLE_INIT, ROLE_EPHEMERAL };

/* Remembers key in seen; false when it was there. */
static bool first_time(json_t *seen, const char *key)
{
	if (json_object_get(seen, key))
		return false;
	(void)json_object_set_new(seen, key, json_true());
	return true;
}

/* Adds the names of a list's objects to a set, in which each is then looked up: mounts and volumes come by the ten thousand. */
static void add_names(json_t *set, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		(void)first_time(set, v_text(json_array_get(list, i), "name"));
}

static void check_ports(struct validation *v, const json_t *c, bool host_network)
{
	AUTO_JSON json_t *names = json_object();
	V_IN (v, "ports")
		V_EACH (v, json_object_get(c, "ports"), i, p) {
			const char *name = v_text(p, "name");
			v_name(v, p, "name", v_check_port_name, false);
			if (*name && !first_time(names, name))
				v_duplicate(v, "name", json_object_get(p, "name"));
			if (v_int(p, "containerPort", 0) == 0)
				v_required(v, "containerPort", "");
			else
				v_range(v, p, "containerPort", 1, 65535);
			if (v_int(p, "hostPort", 0) != 0) {
				v_range(v, p, "hostPort", 1, 65535);
				if (host_network && v_int(p, "hostPort", 0) != v_int(p, "containerPort", 0))
					v_invalid(v, "containerPort", json_object_get(p, "containerPort"),
						  "must match `hostPort` when `hostNetwork` is true");
			}
			v_enum(v, p, "protocol", protocols, true);
		}
}

static void check_value_from(struct validation *v, const json_t *from, bool has_value)
{
	static const struct {
		const char *key, *must[2];
	} sources[] = {{"fieldRef", {"fieldPath"}},
		       {"resourceFieldRef", {"resource"}},
		       {"configMapKeyRef", {"key", "name"}},
		       {"secretKeyRef", {"key", "name"}},
		       {"fileKeyRef", {"key", "path"}}};
	size_t n = 0;
	if (has_value)
		v_invalid(v, "", NULL, "may not be specified when `value` is not empty");
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		const json_t *s = json_object_get(from, sources[i].key);
		if (!json_is_object(s))
			continue;
		if (n++) {
			v_invalid(v, "", NULL, "may not have more than one field specified at a time");
			return;
		}
		V_IN (v, sources[i].key)
			for (size_t k = 0; k < 2 && sources[i].must[k]; k++)
				if (!*v_text(s, sources[i].must[k]) &&
				    !(streq(sources[i].must[k], "name") && v_has(s, "name")))
					v_required(v, sources[i].must[k], "");
	}
	if (n == 0)
		v_invalid(v, "", NULL,
			  "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or "
			  "`fileKeyRef`");
}

static void check_env(struct validation *v, const json_t *c)
{
	V_IN (v, "env")
		V_EACH (v, json_object_get(c, "env"), i, e) {
			v_name(v, e, "name", v_check_env_name, true);
			const json_t *from = json_object_get(e, "valueFrom");
			if (json_is_object(from))
				V_IN (v, "valueFrom")
					check_value_from(v, from, *v_text(e, "value") != '\0');
		}
	V_IN (v, "envFrom")
		V_EACH (v, json_object_get(c, "envFrom"), i, e) {
			const json_t *cm = json_object_get(e, "configMapRef"), *s = json_object_get(e, "secretRef");
			if (*v_text(e, "prefix"))
				v_name(v, e, "prefix", v_check_env_name, false);
			if (json_is_object(cm) && json_is_object(s))
				v_invalid(v, "", NULL, "may not have more than one field specified at a time");
			else if (!json_is_object(cm) && !json_is_object(s))
				v_invalid(v, "", NULL, "must specify one of: `configMapRef` or `secretRef`");
			V_IN (v, "configMapRef")
				if (json_is_object(cm))
					v_name(v, cm, "name", api_check_dns1123_subdomain, true);
			V_IN (v, "secretRef")
				if (json_is_object(s))
					v_name(v, s, "name", api_check_dns1123_subdomain, true);
		}
}

/* A relative path without "..". */
static void check_sub_path(struct validation *v, const json_t *m, const char *key)
{
	const char *s = v_text(m, key);
	if (*s == '/') {
		v_invalid(v, key, json_object_get(m, key), "must be a relative path");
		return;
	}
	for (const char *p = s; (p = strstr(p, "..")); p += 2)
		if ((p == s || p[-1] == '/') && (p[2] == '\0' || p[2] == '/')) {
			v_invalid(v, key, json_object_get(m, key), "must not contain '..'");
			return;
		}
}

static void check_mounts(struct validation *v, const json_t *c, const json_t *volumes /* set of names */,
			 enum container_role role)
{
	AUTO_JSON json_t *paths = json_object();
	V_IN (v, "volumeMounts")
		V_EACH (v, json_object_get(c, "volumeMounts"), i, m) {
			const char *name = v_text(m, "name"), *path = v_text(m, "mountPath");
			if (!*name)
				v_required(v, "name", "");
			else if (!json_object_get(volumes, name))
				v_not_found(v, "name", name);
			if (!*path)
				v_required(v, "mountPath", "");
			else if (!first_time(paths, path))
				v_invalid(v, "mountPath", json_object_get(m, "mountPath"), "must be unique");
			check_sub_path(v, m, "subPath");
			check_sub_path(v, m, "subPathExpr");
			if (*v_text(m, "subPath") && *v_text(m, "subPathExpr"))
				v_invalid(v, "subPathExpr", json_object_get(m, "subPathExpr"),
					  "subPathExpr and subPath are mutually exclusive");
			if (role == ROLE_EPHEMERAL && *v_text(m, "subPath"))
				v_forbidden(v, "subPath", "cannot be set for an Ephemeral Container");
		}
	V_IN (v, "volumeDevices")
		V_EACH (v, json_object_get(c, "volumeDevices"), i, d) {
			const char *name = v_text(d, "name"), *path = v_text(d, "devicePath");
			if (!*name)
				v_required(v, "name", "");
			else if (!json_object_get(volumes, name))
				v_not_found(v, "name", name);
			if (!*path)
				v_required(v, "devicePath", "");
			else if (!first_time(paths, path))
				v_invalid(v, "devicePath", json_object_get(d, "devicePath"), "must be unique");
		}
}

static const char *check_resource_name(const char *name)
{
	const char *msg = api_check_label_key(name);
	if (msg)
		return msg;
	if (!strchr(name, '/') && !streq(name, "cpu") && !streq(name, "memory") && !streq(name, "ephemeral-storage") &&
	    !str_has_prefix(name, "hugepages-"))
		return "must be a standard resource for containers";
	return NULL;
}

static void check_resources(struct validation *v, const json_t *c)
{
	const json_t *res = json_object_get(c, "resources"), *limits = json_object_get(res, "limits");
	const char *name;
	json_t *x;
	V_IN (v, "resources") {
		V_IN (v, "limits")
			json_object_foreach((json_t *)limits, name, x)
			{
				const char *msg = check_resource_name(name);
				AUTO_JSON json_t *bad = json_string(name);
				if (msg)
					v_invalid(v, "", bad, "%s", msg);
			}
		v_quantities(v, res, "limits");
		v_quantities(v, res, "requests");
		V_IN (v, "requests")
			json_object_foreach(json_object_get(res, "requests"), name, x)
			{
				const char *msg = check_resource_name(name),
					   *lim = json_string_value(json_object_get(limits, name));
				AUTO_JSON json_t *bad = json_string(name);
				struct quantity r, l;
				if (msg)
					v_invalid(v, "", bad, "%s", msg);
				else if (lim && json_is_string(x) && quantity_parse(json_string_value(x), &r) == 0 &&
					 quantity_parse(lim, &l) == 0 && r.nano > l.nano)
					v_invalid(v, "", x, "must be less than or equal to %s limit of %s", name, lim);
			}
	}
}

static void check_port_ref(struct validation *v, const json_t *o, const char *key)
{
	const json_t *p = json_object_get(o, key);
	if (json_is_string(p))
		v_name(v, o, key, v_check_port_name, true);
	else if (v_int(o, key, 0) < 1 || v_int(o, key, 0) > 65535)
		v_invalid(v, key, p, "must be between 1 and 65535, inclusive");
}

static void check_handler(struct validation *v, const json_t *h)
{
	static const char *const kinds[] = {"exec", "httpGet", "tcpSocket", "grpc", "sleep"};
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
			if (streq(kinds[i], "exec")) {
				(void)v_present(v, k, "command");
			} else if (streq(kinds[i], "httpGet")) {
				if (!*v_text(k, "path"))
					v_required(v, "path", "");
				check_port_ref(v, k, "port");
				v_enum(v, k, "scheme", schemes, false);
				V_IN (v, "httpHeaders")
					V_EACH (v, json_object_get(k, "httpHeaders"), j, hd)
						(void)v_present(v, hd, "name");
			} else if (streq(kinds[i], "tcpSocket")) {
				check_port_ref(v, k, "port");
			} else if (streq(kinds[i], "grpc")) {
				v_range(v, k, "port", 1, 65535);
			}
		}
	}
	if (n == 0)
		v_required(v, "", "must specify a handler type");
}

static void check_probe(struct validation *v, const json_t *c, const char *key, bool readiness)
{
	static const char *const numbers[] = {"initialDelaySeconds", "timeoutSeconds", "periodSeconds",
					      "successThreshold", "failureThreshold"};
	const json_t *p = json_object_get(c, key);
	if (!json_is_object(p))
		return;
	V_IN (v, key) {
		check_handler(v, p);
		for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
			v_range(v, p, numbers[i], 0, INT64_MAX);
		if (!readiness && v_int(p, "successThreshold", 1) != 1)
			v_invalid(v, "successThreshold", json_object_get(p, "successThreshold"), "must be 1");
		if (v_has(p, "terminationGracePeriodSeconds")) {
			if (readiness)
				v_invalid(v, "terminationGracePeriodSeconds",
					  json_object_get(p, "terminationGracePeriodSeconds"),
					  "must not be set for readinessProbes");
			else if (v_int(p, "terminationGracePeriodSeconds", 1) < 1)
				v_invalid(v, "terminationGracePeriodSeconds",
					  json_object_get(p, "terminationGracePeriodSeconds"),
					  "must be greater than 0");
		}
	}
}

static void check_probes(struct validation *v, const json_t *c, enum container_role role)
{
	static const char *const keys[] = {"lifecycle", "livenessProbe", "readinessProbe", "startupProbe"};
	bool sidecar = role == ROLE_INIT && streq(v_text(c, "restartPolicy"), "Always");
	if (role != ROLE_MAIN && !sidecar) {
		for (size_t i = 0; i < ARRAY_LEN(keys); i++)
			if (v_has(c, keys[i]))
				v_forbidden(v, keys[i],
					    role == ROLE_INIT
						? "may not be set for init containers without restartPolicy=Always"
						: "cannot be set for an Ephemeral Container");
		return;
	}
	const json_t *life = json_object_get(c, "lifecycle");
	V_IN (v, "lifecycle") {
		static const char *const hooks[] = {"postStart", "preStop"};
		for (size_t i = 0; i < ARRAY_LEN(hooks); i++)
			if (json_is_object(json_object_get(life, hooks[i])))
				V_IN (v, hooks[i])
					check_handler(v, json_object_get(life, hooks[i]));
	}
	check_probe(v, c, "livenessProbe", false);
	check_probe(v, c, "readinessProbe", true);
	check_probe(v, c, "startupProbe", false);
}

static void check_security(struct validation *v, const json_t *c)
{
	const json_t *sc = json_object_get(c, "securityContext");
	if (!json_is_object(sc))
		return;
	V_IN (v, "securityContext") {
		v_range(v, sc, "runAsUser", 0, INT64_MAX);
		v_range(v, sc, "runAsGroup", 0, INT64_MAX);
		if (json_is_false(json_object_get(sc, "allowPrivilegeEscalation")) &&
		    json_is_true(json_object_get(sc, "privileged")))
			v_invalid(v, "", sc, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
	}
}

static void check_one(struct validation *v, const json_t *c, const json_t *spec, enum container_role role,
		      json_t *names, const json_t *volumes)
{
	static const char *const always[] = {"Always", NULL}, *const all[] = {"Always", "Never", "OnFailure", NULL};
	const char *name = v_text(c, "name"), *image = v_text(c, "image");
	v_name(v, c, "name", api_check_dns1123_label, true);
	if (*name && !first_time(names, name))
		v_duplicate(v, "name", json_object_get(c, "name"));
	if (!*image)
		v_required(v, "image", "");
	else if (strchr(" \t\n\r\v\f", image[0]) || strchr(" \t\n\r\v\f", image[strlen(image) - 1]))
		v_invalid(v, "image", json_object_get(c, "image"), "must not have leading or trailing whitespace");
	v_enum(v, c, "imagePullPolicy", pull_policies, true);
	v_enum(v, c, "terminationMessagePolicy", message_policies, true);
	if (role == ROLE_EPHEMERAL && v_has(c, "ports"))
		v_forbidden(v, "ports", "cannot be set for an Ephemeral Container");
	else
		check_ports(v, c, json_is_true(json_object_get(spec, "hostNetwork")));
	check_env(v, c);
	check_mounts(v, c, volumes, role);
	if (role == ROLE_EPHEMERAL && json_object_size(json_object_get(c, "resources")))
		v_forbidden(v, "resources", "cannot be set for an Ephemeral Container");
	else
		check_resources(v, c);
	check_probes(v, c, role);
	check_security(v, c);
	v_enum(v, c, "restartPolicy", role == ROLE_INIT ? always : all, false);
}

/* host ports are one space over all containers */
static void check_host_ports(struct validation *v, const json_t *containers, json_t *taken)
{
	V_IN (v, "containers")
		V_EACH (v, containers, i, c)
			V_IN (v, "ports")
				V_EACH (v, json_object_get(c, "ports"), j, p) {
					if (v_int(p, "hostPort", 0) == 0)
						continue;
					AUTO_FREE char *key =
					    str_fmt("%s/%s/%lld", v_text(p, "protocol"), v_text(p, "hostIP"),
						    (long long)v_int(p, "hostPort", 0));
					AUTO_JSON json_t *bad = json_string(key ? key : "");
					if (key && !first_time(taken, key))
						v_duplicate(v, "hostPort", bad);
				}
}

void validate_containers(struct validation *v, const json_t *spec)
{
	AUTO_JSON json_t *names = json_object(), *taken = json_object(), *volumes = json_object(), *targets = json_object();
	const json_t *main_list = json_object_get(spec, "containers");
	add_names(volumes, json_object_get(spec, "volumes"));
	add_names(targets, main_list);
	add_names(targets, json_object_get(spec, "initContainers"));
	if (json_array_size(main_list) == 0)
		v_required(v, "containers", "");
	V_IN (v, "containers")
		V_EACH (v, main_list, i, c)
			check_one(v, c, spec, ROLE_MAIN, names, volumes);
	V_IN (v, "initContainers")
		V_EACH (v, json_object_get(spec, "initContainers"), i, c)
			check_one(v, c, spec, ROLE_INIT, names, volumes);
	V_IN (v, "ephemeralContainers")
		V_EACH (v, json_object_get(spec, "ephemeralContainers"), i, c) {
			check_one(v, c, spec, ROLE_EPHEMERAL, names, volumes);
			const char *target = v_text(c, "targetContainerName");
			if (*target && !json_object_get(targets, target))
				v_not_found(v, "targetContainerName", target);
		}
	check_host_ports(v, main_list, taken);
}
