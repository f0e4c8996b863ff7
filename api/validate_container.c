/* Containers of a pod: names, images, ports, environment, mounts. core/validation ValidateContainers. */
#include "api/validate.h"

static const char *const pull_policies[] = {"Always", "IfNotPresent", "Never", NULL};
static const char *const protocols[] = {"SCTP", "TCP", "UDP", NULL};
static const char *const message_policies[] = {"File", "FallbackToLogsOnError", NULL};

enum container_role { ROLE_MAIN, ROLE_INIT, ROLE_EPHEMERAL };

/* Remembers key in seen; false when it was there. */
static bool first_time(json_t *seen, const char *key)
{
	if (json_object_get(seen, key))
		return false;
	(void)json_object_set_new(seen, key, json_true());
	return true;
}

/* Adds the names of a list's objects to a set, in which each is then looked up: mounts and volumes come by the ten
 * thousand. */
static void add_names(json_t *set, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		(void)first_time(set, v_text(json_array_get(list, i), "name"));
}

static void check_ports(struct validation *v, const json_t *c)
{
	AUTO_JSON json_t *names = json_object();
	V_IN (v, "ports")
		V_EACH (v, json_object_get(c, "ports"), i, p) {
			const char *name = v_text(p, "name");
			if (*name && v_words(v, "name", name, v_check_port_name) && !first_time(names, name))
				v_duplicate(v, "name", json_object_get(p, "name"));
			if (v_int(p, "containerPort", 0) == 0)
				v_required(v, "containerPort", "");
			else
				v_range(v, p, "containerPort", 1, 65535);
			if (v_int(p, "hostPort", 0) != 0)
				v_range(v, p, "hostPort", 1, 65535);
			v_enum(v, p, "protocol", protocols, true);
		}
}

static void check_key_ref(struct validation *v, const json_t *s)
{
	(void)v_words(v, "name", v_text(s, "name"), api_check_dns1123_subdomain);
	v_name(v, s, "key", v_check_config_key, true);
}

static void check_file_ref(struct validation *v, const json_t *s)
{
	v_name(v, s, "key", v_check_env_name, true);
	v_name(v, s, "volumeName", api_check_dns1123_label, true);
	if (v_present(v, s, "path"))
		(void)validate_no_backsteps(v, "path", v_text(s, "path"));
}

static void check_value_from(struct validation *v, const json_t *from, bool has_value)
{
	static const char *const sources[] = {"fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef",
					      "fileKeyRef"};
	size_t n = 0;
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		const json_t *s = json_object_get(from, sources[i]);
		if (!json_is_object(s))
			continue;
		n++;
		V_IN (v, sources[i]) {
			if (i == 0)
				validate_field_ref(v, s, false);
			else if (i == 1)
				validate_resource_field_ref(v, s, false);
			else if (i < 4)
				check_key_ref(v, s);
			else
				check_file_ref(v, s);
		}
	}
	if (n == 0)
		v_invalid(v, "", NULL,
			  "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or "
			  "`fileKeyRef`");
	else if (has_value)
		v_invalid(v, "", NULL, "may not be specified when `value` is not empty");
	else if (n > 1)
		v_invalid(v, "", NULL, "may not have more than one field specified at a time");
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
		for (size_t i = 0; i < json_array_size(json_object_get(c, "envFrom")); i++) {
			const json_t *e = json_array_get(json_object_get(c, "envFrom"), i),
				     *cm = json_object_get(e, "configMapRef"), *s = json_object_get(e, "secretRef");
			size_t was = path_index(&v->path, i);
			v_name(v, e, "prefix", v_check_env_name, false);
			V_IN (v, "configMapRef")
				if (json_is_object(cm))
					v_name(v, cm, "name", api_check_dns1123_subdomain, true);
			V_IN (v, "secretRef")
				if (json_is_object(s))
					v_name(v, s, "name", api_check_dns1123_subdomain, true);
			path_pop(&v->path, was); /* what follows names the list */
			if (!json_is_object(cm) && !json_is_object(s))
				v_invalid(v, "", NULL, "must specify one of: `configMapRef` or `secretRef`");
			else if (json_is_object(cm) && json_is_object(s))
				v_invalid(v, "", NULL, "may not have more than one field specified at a time");
		}
}

/* name or path -> true, of mounts or devices */
static void add_values(json_t *set, const json_t *list, const char *key)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		(void)first_time(set, v_text(json_array_get(list, i), key));
}

static void check_propagation(struct validation *v, const json_t *m, const json_t *c)
{
	static const char *const modes[] = {"Bidirectional", "HostToContainer", "None", NULL}, *const recursive[] = {
												   "Disabled",
												   "Enabled",
												   "IfPossible", NULL};
	const char *rro = v_text(m, "recursiveReadOnly");
	if (v_has(m, "mountPropagation")) {
		v_supported(v, m, "mountPropagation", modes);
		if (streq(v_text(m, "mountPropagation"), "Bidirectional") &&
		    !v_true(json_object_get(c, "securityContext"), "privileged"))
			v_forbidden(v, "mountPropagation",
				    "Bidirectional mount propagation is available only to privileged containers");
	}
	if (streq(rro, "Enabled") || streq(rro, "IfPossible")) {
		if (!v_true(m, "readOnly"))
			v_forbidden(v, "recursiveReadOnly", "may only be specified when readOnly is true");
		if (v_has(m, "mountPropagation") && !streq(v_text(m, "mountPropagation"), "None"))
			v_forbidden(v, "recursiveReadOnly",
				    "may only be specified when mountPropagation is None or not specified");
	} else if (v_has(m, "recursiveReadOnly")) {
		v_supported(v, m, "recursiveReadOnly", recursive);
	}
}

static void check_mounts(struct validation *v, const json_t *c, const json_t *volumes)
{
	AUTO_JSON json_t *paths = json_object(), *devices = json_object(), *device_paths = json_object();
	const json_t *list = json_object_get(c, "volumeMounts");
	add_values(devices, json_object_get(c, "volumeDevices"), "name");
	add_values(device_paths, json_object_get(c, "volumeDevices"), "devicePath");
	V_IN (v, "volumeMounts")
		for (size_t i = 0; i < json_array_size(list); i++) {
			const json_t *m = json_array_get(list, i);
			const char *name = v_text(m, "name"), *path = v_text(m, "mountPath");
			AUTO_JSON json_t *bad_path = json_string(path);
			size_t was = path_index(&v->path, i);
			(void)v_present(v, m, "name");
			if (!json_object_get(volumes, name))
				v_not_found(v, "name", name);
			(void)v_present(v, m, "mountPath");
			if (!first_time(paths, path))
				v_invalid(v, "mountPath", bad_path, "must be unique");
			if (json_object_get(devices, name))
				v_invalid(v, "name", json_object_get(m, "name"),
					  "must not already exist in volumeDevices");
			if (json_object_get(device_paths, path))
				v_invalid(v, "mountPath", bad_path,
					  "must not already exist as a path in volumeDevices");
			if (*v_text(m, "subPathExpr") && *v_text(m, "subPath"))
				v_invalid(v, "subPathExpr", json_object_get(m, "subPathExpr"),
					  "subPathExpr and subPath are mutually exclusive");
			path_pop(&v->path, was); /* what follows names the list */
			validate_local_path(v, m, "subPath", false);
			validate_local_path(v, m, "subPathExpr", false);
			check_propagation(v, m, c);
		}
}

static void check_devices(struct validation *v, const json_t *c, const json_t *volumes)
{
	AUTO_JSON json_t *names = json_object(), *paths = json_object(), *mounts = json_object(),
			 *mount_paths = json_object();
	add_values(mounts, json_object_get(c, "volumeMounts"), "name");
	add_values(mount_paths, json_object_get(c, "volumeMounts"), "mountPath");
	V_IN (v, "volumeDevices")
		V_EACH (v, json_object_get(c, "volumeDevices"), i, d) {
			const char *name = v_text(d, "name"), *path = v_text(d, "devicePath");
			const json_t *vol = json_object_get(volumes, name);
			AUTO_JSON json_t *bad_name = json_string(name), *bad_path = json_string(path);
			(void)v_present(v, d, "name");
			if (*name && json_object_get(names, name))
				v_invalid(v, "name", bad_name, "must be unique");
			if (vol && !v_has(vol, "persistentVolumeClaim") && !v_has(vol, "ephemeral"))
				v_invalid(v, "name", bad_name,
					  "can only use volume source type of PersistentVolumeClaim or Ephemeral for "
					  "block mode");
			if (!vol)
				v_not_found(v, "name", name);
			(void)v_present(v, d, "devicePath");
			if (json_object_get(paths, path))
				v_invalid(v, "devicePath", bad_path, "must be unique");
			if (streq(path, "..") || str_has_prefix(path, "../") || strstr(path, "/../") ||
			    (strlen(path) > 2 && streq(path + strlen(path) - 3, "/..")))
				v_invalid(v, "devicePath", bad_path, "can not contain backsteps ('..')");
			else
				(void)first_time(paths, path);
			if (json_object_get(mounts, name))
				v_invalid(v, "name", bad_name, "must not already exist in volumeMounts");
			if (json_object_get(mount_paths, path))
				v_invalid(v, "devicePath", bad_path,
					  "must not already exist as a path in volumeMounts");
			(void)first_time(names, name);
		}
}

/* Kubernetes names the list in all but one of these findings. */
static void check_resize_policy(struct validation *v, const json_t *c, const json_t *spec)
{
	static const char *const resources[] = {"cpu", "memory", NULL}, *const policies[] = {"NotRequired",
											     "RestartContainer", NULL};
	const json_t *list = json_object_get(c, "resizePolicy");
	AUTO_JSON json_t *seen = json_object();
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *p = json_array_get(list, i);
		const char *resource = v_text(p, "resourceName"), *policy = v_text(p, "restartPolicy");
		AUTO_JSON json_t *bad = json_string(resource), *bad_policy = json_string(policy);
		V_IN (v, "resizePolicy") {
			if (!first_time(seen, resource)) {
				size_t was = path_index(&v->path, i);
				v_duplicate(v, "", bad);
				path_pop(&v->path, was);
			}
			if (!*resource)
				v_required(v, "", "");
			else if (!streq(resource, "cpu") && !streq(resource, "memory"))
				api_not_supported(v->c, path_text(&v->path), resource, resources);
			if (!*policy)
				v_required(v, "", "");
			else if (!streq(policy, "NotRequired") && !streq(policy, "RestartContainer"))
				api_not_supported(v->c, path_text(&v->path), policy, policies);
			if (streq(v_text(spec, "restartPolicy"), "Never") && !streq(policy, "NotRequired"))
				v_invalid(v, "", bad_policy,
					  "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
		}
	}
}

static void check_restart_rules(struct validation *v, const json_t *c)
{
	static const char *const policies[] = {"Always", "Never", "OnFailure", NULL},
				 *const actions[] = {"Restart", "RestartAllContainers", NULL},
				 *const ops[] = {"In", "NotIn", NULL};
	const json_t *rules = json_object_get(c, "restartPolicyRules");
	if (!v_has(c, "restartPolicy")) {
		if (json_array_size(rules) == 0)
			return;
		v_required(v, "restartPolicy", "must specify restartPolicy when restart rules are used");
	} else {
		v_supported(v, c, "restartPolicy", policies);
	}
	if (json_array_size(rules) > 20)
		v_too_many(v, "restartPolicyRules", json_array_size(rules), 20);
	V_IN (v, "restartPolicyRules")
		V_EACH (v, rules, i, r) {
			const json_t *codes = json_object_get(r, "exitCodes");
			v_supported(v, r, "action", actions);
			if (!json_is_object(codes))
				v_required(v, "exitCodes", "must be specified");
			else
				V_IN (v, "exitCodes") {
					v_supported(v, codes, "operator", ops);
					if (json_array_size(json_object_get(codes, "values")) > 255)
						v_too_many(v, "values",
							   json_array_size(json_object_get(codes, "values")), 255);
				}
		}
}

static void check_common(struct validation *v, const json_t *c, const json_t *spec, const json_t *volumes)
{
	v_name(v, c, "name", api_check_dns1123_label, true);
	(void)v_present(v, c, "image");
	v_enum(v, c, "terminationMessagePolicy", message_policies, true);
	check_ports(v, c);
	check_env(v, c);
	check_mounts(v, c, volumes);
	check_devices(v, c, volumes);
	v_enum(v, c, "imagePullPolicy", pull_policies, true);
	V_IN (v, "resources")
		validate_resources(v, json_object_get(c, "resources"), json_object_get(spec, "resourceClaims"), false);
	check_resize_policy(v, c, spec);
	V_IN (v, "securityContext")
		validate_container_security(v, json_object_get(c, "securityContext"),
					    !json_is_false(json_object_get(spec, "hostUsers")));
}

/* host ports are one space over these containers */
static void check_host_ports(struct validation *v, const json_t *containers)
{
	AUTO_JSON json_t *taken = json_object();
	V_EACH (v, containers, i, c)
		V_IN (v, "ports")
			V_EACH (v, json_object_get(c, "ports"), j, p) {
				AUTO_FREE char *key =
				    v_int(p, "hostPort", 0) == 0
					? NULL
					: str_fmt("%s/%s/%lld", v_text(p, "protocol"), v_text(p, "hostIP"),
						  (long long)v_int(p, "hostPort", 0));
				AUTO_JSON json_t *bad = json_string(key ? key : "");
				if (key && !first_time(taken, key))
					v_duplicate(v, "hostPort", bad);
			}
}

static void check_main(struct validation *v, const json_t *spec, const json_t *volumes)
{
	AUTO_JSON json_t *names = json_object();
	const json_t *list = json_object_get(spec, "containers");
	if (json_array_size(list) == 0) {
		v_required(v, "containers", "");
		return;
	}
	V_IN (v, "containers") {
		V_EACH (v, list, i, c) {
			check_common(v, c, spec, volumes);
			if (!first_time(names, v_text(c, "name")))
				v_duplicate(v, "name", json_object_get(c, "name"));
			validate_handlers(v, c, spec);
			check_restart_rules(v, c);
		}
		check_host_ports(v, list);
	}
}

static void check_init(struct validation *v, const json_t *spec, const json_t *volumes)
{
	static const char *const handlers[] = {"lifecycle", "livenessProbe", "readinessProbe", "startupProbe"};
	AUTO_JSON json_t *names = json_object();
	add_names(names, json_object_get(spec, "containers"));
	V_IN (v, "initContainers")
		V_EACH (v, json_object_get(spec, "initContainers"), i, c) {
			bool sidecar = streq(v_text(c, "restartPolicy"), "Always");
			check_common(v, c, spec, volumes);
			if (v_has(c, "restartPolicy"))
				check_restart_rules(v, c);
			else if (json_array_size(json_object_get(c, "restartPolicyRules")))
				v_required(v, "restartPolicy",
					   "must specify restartPolicy when restart rules are used");
			if (*v_text(c, "name") && !first_time(names, v_text(c, "name")))
				v_duplicate(v, "name", json_object_get(c, "name"));
			if (sidecar)
				validate_handlers(v, c, spec);
			for (size_t k = 0; k < ARRAY_LEN(handlers) && !sidecar; k++)
				if (v_has(c, handlers[k]))
					v_forbidden(v, handlers[k],
						    "may not be set for init containers without restartPolicy=Always");
			V_IN (v, "resizePolicy")
				V_EACH (v, json_object_get(c, "resizePolicy"), k, p)
					if (!sidecar && streq(v_text(p, "restartPolicy"), "RestartContainer"))
						v_invalid(v, "restartPolicy", json_object_get(p, "restartPolicy"),
							  "must not be set to 'RestartContainer' for non-sidecar "
							  "initContainers");
		}
}

static void check_ephemeral(struct validation *v, const json_t *spec, const json_t *volumes)
{
	static const char *const never[] = {"ports",          "resources",          "resizePolicy",
					    "restartPolicy",  "restartPolicyRules", "livenessProbe",
					    "readinessProbe", "startupProbe",       "lifecycle"};
	AUTO_JSON json_t *names = json_object(), *targets = json_object();
	add_names(targets, json_object_get(spec, "containers"));
	add_names(targets, json_object_get(spec, "initContainers"));
	(void)json_object_update(names, targets);
	V_IN (v, "ephemeralContainers")
		V_EACH (v, json_object_get(spec, "ephemeralContainers"), i, c) {
			const char *target = v_text(c, "targetContainerName");
			check_common(v, c, spec, volumes);
			if (!first_time(names, v_text(c, "name")))
				v_duplicate(v, "name", json_object_get(c, "name"));
			if (*target && !json_object_get(targets, target))
				v_not_found(v, "targetContainerName", target);
			for (size_t k = 0; k < ARRAY_LEN(never); k++) {
				const json_t *x = json_object_get(c, never[k]);
				if (json_is_string(x)  ? json_string_length(x)
				    : json_is_array(x) ? json_array_size(x)
						       : json_object_size(x))
					v_forbidden(v, never[k], "cannot be set for an Ephemeral Container");
			}
			V_IN (v, "volumeMounts")
				V_EACH (v, json_object_get(c, "volumeMounts"), k, m) {
					if (*v_text(m, "subPath"))
						v_forbidden(v, "subPath", "cannot be set for an Ephemeral Container");
					if (*v_text(m, "subPathExpr"))
						v_forbidden(v, "subPathExpr",
							    "cannot be set for an Ephemeral Container");
				}
		}
}

void validate_each_container(struct validation *v, const json_t *spec,
			     void (*fn)(struct validation *v, const json_t *c, void *arg), void *arg)
{
	static const char *const lists[] = {"initContainers", "containers", "ephemeralContainers"};
	for (size_t k = 0; k < ARRAY_LEN(lists); k++)
		V_IN (v, lists[k])
			V_EACH (v, json_object_get(spec, lists[k]), i, c)
				fn(v, c, arg);
}

void validate_containers(struct validation *v, const json_t *spec, const json_t *volumes)
{
	check_main(v, spec, volumes);
	check_init(v, spec, volumes);
	check_ephemeral(v, spec, volumes);
}
