/* Security contexts of pods and containers, and what goes with an operating system. core/validation. */
#include "api/validate.h"

static void check_id(struct validation *v, const json_t *o, const char *key)
{
	v_range(v, o, key, 0, INT32_MAX);
}

static void check_seccomp(struct validation *v, const json_t *sc)
{
	static const char *const types[] = {"Localhost", "RuntimeDefault", "Unconfined", NULL};
	const json_t *p = json_object_get(sc, "seccompProfile");
	if (!json_is_object(p))
		return;
	V_IN (v, "seccompProfile") {
		if (!*v_text(p, "type"))
			v_required(v, "type", "type is required when seccompProfile is set");
		v_enum(v, p, "type", types, false);
		if (!streq(v_text(p, "type"), "Localhost") && v_has(p, "localhostProfile"))
			v_invalid(v, "localhostProfile", p, "can only be set when seccomp type is Localhost");
		else if (streq(v_text(p, "type"), "Localhost") && !v_has(p, "localhostProfile"))
			v_required(v, "localhostProfile", "must be set when seccomp type is Localhost");
		else
			validate_local_path(v, p, "localhostProfile", false);
	}
}

static void check_apparmor(struct validation *v, const json_t *sc)
{
	static const char *const types[] = {"Localhost", "RuntimeDefault", "Unconfined", NULL};
	const json_t *p = json_object_get(sc, "appArmorProfile");
	const char *type = v_text(p, "type"), *name = v_text(p, "localhostProfile");
	size_t n = strlen(name);
	if (!json_is_object(p))
		return;
	V_IN (v, "appArmorProfile") {
		if (!*type) {
			v_required(v, "type", "type is required when appArmorProfile is set");
		} else if (streq(type, "Localhost")) {
			if (!n)
				v_required(v, "localhostProfile", "must be set when AppArmor type is Localhost");
			else if (strchr(" \t\n\r\v\f", name[0]) || strchr(" \t\n\r\v\f", name[n - 1]))
				v_invalid(v, "localhostProfile", json_object_get(p, "localhostProfile"),
					  "must not be padded with whitespace");
			if (n > 4095)
				v_too_long(v, "localhostProfile", 4095);
		} else if (!streq(type, "RuntimeDefault") && !streq(type, "Unconfined")) {
			v_enum(v, p, "type", types, false);
		} else if (v_has(p, "localhostProfile")) {
			v_invalid(v, "localhostProfile", json_object_get(p, "localhostProfile"),
				  "can only be set when AppArmor type is Localhost");
		}
	}
}

static bool only_of(const char *s, const char *chars)
{
	return *s && !s[strspn(s, chars)];
}

/* NetBIOS or DNS */
static bool is_windows_domain(const char *s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
	size_t n = strlen(s);
	bool netbios = n >= 1 && n <= 15 && s[0] != '.' && !s[strcspn(s, "\\/:*?\"<>|")];
	bool dns = only_of(s, letters) && s[0] != '-' && s[0] != '.' && s[n - 1] != '-' && s[n - 1] != '.' &&
		   !strstr(s, "..") && !strstr(s, ".-") && !strstr(s, "-.");
	for (const char *p = s; dns && *p;) {
		size_t label = strcspn(p, ".");
		dns = label <= 63;
		p += label + (p[label] == '.');
	}
	return netbios || dns;
}

static void check_windows_user(struct validation *v, const json_t *w)
{
	const char *name = v_text(w, "runAsUserName"), *slash = strchr(name, '\\'), *user = slash ? slash + 1 : name;
	AUTO_JSON json_t *bad = json_string(name);
	AUTO_FREE char *domain = slash ? str_ndup(name, (size_t)(slash - name)) : NULL;
	bool control = false;
	for (const char *p = name; *p; p++)
		control |= (unsigned char)*p < ' ' || *p == 0x7f;
	const struct {
		bool wrong, last;
		const char *words;
	} rules[] = {
	    {!*name, true, "runAsUserName cannot be an empty string"},
	    {control, true, "runAsUserName cannot contain control characters"},
	    {strchr(user, '\\') != NULL, true, "runAsUserName cannot contain more than one backslash"},
	    {domain && strlen(domain) >= 256, false, "runAsUserName's Domain length must be under 256 characters"},
	    {domain && !is_windows_domain(domain), false,
	     "runAsUserName's Domain doesn't match the NetBios nor the DNS format"},
	    {!*user, false, "runAsUserName's User cannot be empty"},
	    {strlen(user) > 104, false, "runAsUserName's User length must not be longer than 104 characters"},
	    {only_of(user, ". "), false, "runAsUserName's User cannot contain only periods or spaces"},
	    {user[strcspn(user, "\"/\\:;|=,+*?<>@[]")] != '\0', false,
	     "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]"}};
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (rules[i].wrong) {
			v_invalid(v, "runAsUserName", bad, "%s", rules[i].words);
			if (rules[i].last)
				return;
		}
}

static void check_windows(struct validation *v, const json_t *sc)
{
	const json_t *w = json_object_get(sc, "windowsOptions");
	if (!json_is_object(w))
		return;
	V_IN (v, "windowsOptions") {
		if (v_has(w, "gmsaCredentialSpecName"))
			(void)v_words(v, "gmsaCredentialSpecName", v_text(w, "gmsaCredentialSpecName"),
				      api_check_dns1123_subdomain);
		if (v_has(w, "gmsaCredentialSpec") && !*v_text(w, "gmsaCredentialSpec"))
			v_invalid(v, "gmsaCredentialSpec", NULL, "gmsaCredentialSpec cannot be an empty string");
		else if (strlen(v_text(w, "gmsaCredentialSpec")) > 64 * 1024)
			v_invalid(v, "gmsaCredentialSpec", json_object_get(w, "gmsaCredentialSpec"),
				  "gmsaCredentialSpec size must be under 64 KiB");
		if (v_has(w, "runAsUserName"))
			check_windows_user(v, w);
	}
}

void validate_container_security(struct validation *v, const json_t *sc, bool host_users)
{
	static const char *const mounts[] = {"Default", "Unmasked", NULL};
	if (!json_is_object(sc))
		return;
	check_id(v, sc, "runAsUser");
	check_id(v, sc, "runAsGroup");
	if (v_has(sc, "procMount")) {
		v_supported(v, sc, "procMount", mounts);
		if (host_users && streq(v_text(sc, "procMount"), "Unmasked"))
			v_invalid(v, "procMount", json_object_get(sc, "procMount"),
				  "`hostUsers` must be false to use `Unmasked`");
	}
	check_seccomp(v, sc);
	if (json_is_false(json_object_get(sc, "allowPrivilegeEscalation"))) {
		const json_t *add = json_object_get(json_object_get(sc, "capabilities"), "add");
		if (v_true(sc, "privileged"))
			v_invalid(v, "", sc, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
		for (size_t i = 0; i < json_array_size(add); i++)
			if (streq(json_string_value(json_array_get(add, i)), "CAP_SYS_ADMIN"))
				v_invalid(v, "", sc,
					  "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` "
					  "CAP_SYS_ADMIN");
	}
	check_windows(v, sc);
	check_apparmor(v, sc);
}

/* Segments of lower case letters, digits, '-' and '_', with '.' or '/' between them. */
static bool is_sysctl(const char *s)
{
	bool edge = true; /* at the first character of a segment */
	size_t n = strlen(s);
	if (n == 0 || n > 253)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool alnum = (s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9');
		bool ends = i + 1 == n || s[i + 1] == '.' || s[i + 1] == '/';
		if (s[i] == '.' || s[i] == '/') {
			if (edge)
				return false;
			edge = true;
		} else if (alnum || ((s[i] == '-' || s[i] == '_') && !edge && !ends)) {
			edge = false;
		} else {
			return false;
		}
	}
	return !edge;
}

/* The namespace that a sysctl is of: with '/' between its parts, as with '.'. */
static bool sysctl_of(const char *name, const char *const *prefixes)
{
	AUTO_FREE char *s = str_dup(name);
	if (s && strchr(s, '/') && (!strchr(s, '.') || strchr(s, '/') < strchr(s, '.')))
		for (char *p = s; *p; p++)
			*p = *p == '/' ? '.' : *p == '.' ? '/' : *p;
	for (; s && *prefixes; prefixes++)
		if (str_has_prefix(s, *prefixes))
			return true;
	return false;
}

static void check_sysctls(struct validation *v, const json_t *sc, bool host_network, bool host_ipc)
{
	static const char *const net[] = {"net.", NULL}, *const ipc[] = {"kernel.shm", "kernel.msg", "kernel.sem",
									 "fs.mqueue.", NULL};
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "sysctls")
		V_EACH (v, json_object_get(sc, "sysctls"), i, s) {
			const char *name = v_text(s, "name");
			if (!*name)
				v_required(v, "name", "");
			else if (!is_sysctl(name))
				v_invalid(v, "name", json_object_get(s, "name"),
					  "must have at most 253 characters and match regex "
					  "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$");
			else if (json_object_get(seen, name))
				v_duplicate(v, "name", json_object_get(s, "name"));
			if (host_network && sysctl_of(name, net))
				v_invalid(v, "name", json_object_get(s, "name"),
					  "may not be specified when 'hostNetwork' is true");
			else if (host_ipc && sysctl_of(name, ipc))
				v_invalid(v, "name", json_object_get(s, "name"),
					  "may not be specified when 'hostIPC' is true");
			(void)json_object_set_new(seen, name, json_true());
		}
}

void validate_pod_security(struct validation *v, const json_t *spec)
{
	static const char *const changes[] = {"Always", "OnRootMismatch", NULL},
				 *const groups[] = {"Merge", "Strict", NULL},
				 *const linux_changes[] = {"Recursive", NULL}; /* the other is behind a gate */
	const json_t *sc = json_object_get(spec, "securityContext");
	V_IN (v, "securityContext") {
		check_id(v, sc, "fsGroup");
		check_id(v, sc, "runAsUser");
		check_id(v, sc, "runAsGroup");
		V_IN (v, "supplementalGroups")
			V_EACH (v, json_object_get(sc, "supplementalGroups"), i, g)
				if (json_is_integer(g) &&
				    (json_integer_value(g) < 0 || json_integer_value(g) > INT32_MAX))
					v_invalid(v, "", g, "must be between 0 and 2147483647, inclusive");
		if (v_true(spec, "shareProcessNamespace") && v_true(spec, "hostPID"))
			v_invalid(v, "shareProcessNamespace", json_object_get(spec, "shareProcessNamespace"),
				  "ShareProcessNamespace and HostPID cannot both be enabled");
		check_sysctls(v, sc, v_true(spec, "hostNetwork"), v_true(spec, "hostIPC"));
		if (v_has(sc, "fsGroupChangePolicy"))
			v_supported(v, sc, "fsGroupChangePolicy", changes);
		check_seccomp(v, sc);
		check_windows(v, sc);
		check_apparmor(v, sc);
		if (v_has(sc, "supplementalGroupsPolicy"))
			v_supported(v, sc, "supplementalGroupsPolicy", groups);
		if (v_has(sc, "seLinuxChangePolicy"))
			v_supported(v, sc, "seLinuxChangePolicy", linux_changes);
	}
}

struct host_process {
	const json_t *pod; /* its hostProcess, or NULL */
	size_t n, hosts;
};

static void count_host_process(struct validation *v, const json_t *c, void *arg)
{
	struct host_process *h = arg;
	const json_t *own = json_at(c, "securityContext", "windowsOptions", "hostProcess", NULL);
	h->n++;
	if (json_is_boolean(own) && json_is_boolean(h->pod) && !json_equal(own, h->pod))
		v_invalid(v, "securityContext.windowsOptions.hostProcess", own,
			  "pod hostProcess value must be identical if both are specified, was %s",
			  json_is_true(h->pod) ? "true" : "false");
	h->hosts += json_is_boolean(own) ? json_is_true(own) : json_is_true(h->pod);
}

void validate_host_process(struct validation *v, const json_t *spec)
{
	struct host_process h = {.pod = json_at(spec, "securityContext", "windowsOptions", "hostProcess", NULL)};
	AUTO_JSON json_t *no = json_false();
	validate_each_container(v, spec, count_host_process, &h);
	if (h.hosts && h.hosts != h.n)
		v_invalid(
		    v, "", NULL,
		    "If pod contains any hostProcess containers then all containers must be HostProcess containers");
	if (h.hosts && !v_true(spec, "hostNetwork"))
		v_invalid(v, "hostNetwork", no, "hostNetwork must be true if pod contains any hostProcess containers");
}

static void check_linux_container(struct validation *v, const json_t *c, void *arg)
{
	(void)arg;
	if (v_has(json_object_get(c, "securityContext"), "windowsOptions"))
		v_forbidden(v, "securityContext.windowsOptions", "windows options cannot be set for a linux pod");
}

static void check_windows_container(struct validation *v, const json_t *c, void *arg)
{
	static const char *const never[] = {
	    "appArmorProfile", "seLinuxOptions",           "seccompProfile", "capabilities", "readOnlyRootFilesystem",
	    "privileged",      "allowPrivilegeEscalation", "procMount",      "runAsUser",    "runAsGroup"};
	(void)arg;
	V_IN (v, "securityContext")
		for (size_t i = 0; i < ARRAY_LEN(never); i++)
			if (v_has(json_object_get(c, "securityContext"), never[i]))
				v_forbidden(v, never[i], "cannot be set for a windows pod");
}

void validate_pod_os(struct validation *v, const json_t *spec)
{
	static const char *const systems[] = {"linux", "windows", NULL};
	static const struct {
		const char *key;
		bool in_context;
	} never[] = {{"appArmorProfile", true},
		     {"seLinuxOptions", true},
		     {"hostUsers", false},
		     {"hostPID", false},
		     {"hostIPC", false},
		     {"seccompProfile", true},
		     {"fsGroup", true},
		     {"fsGroupChangePolicy", true},
		     {"sysctls", true},
		     {"shareProcessNamespace", false},
		     {"runAsUser", true},
		     {"runAsGroup", true},
		     {"supplementalGroups", true},
		     {"supplementalGroupsPolicy", true},
		     {"seLinuxChangePolicy", true}};
	const json_t *os = json_object_get(spec, "os"), *sc = json_object_get(spec, "securityContext");
	const char *name = v_text(os, "name");
	if (!json_is_object(os))
		return;
	if (!*name) {
		v_required(v, "os.name", "");
	} else if (!streq(name, "linux") && !streq(name, "windows")) {
		V_IN (v, "os")
			api_not_supported(v->c, path_text(&v->path), name, systems);
	} else if (streq(name, "linux")) {
		if (v_has(sc, "windowsOptions"))
			v_forbidden(v, "securityContext.windowsOptions",
				    "windows options cannot be set for a linux pod");
		validate_each_container(v, spec, check_linux_container, NULL);
	} else {
		for (size_t i = 0; i < ARRAY_LEN(never); i++) {
			const json_t *from = never[i].in_context ? sc : spec;
			if (!v_has(from, never[i].key) || json_is_false(json_object_get(from, never[i].key)))
				continue;
			V_IN (v, never[i].in_context ? "securityContext" : "")
				v_forbidden(v, never[i].key, "cannot be set for a windows pod");
		}
		validate_each_container(v, spec, check_windows_container, NULL);
	}
}
