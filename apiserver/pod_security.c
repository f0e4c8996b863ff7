/* See pod_security.h. Rules in the order in which Kubernetes names them. */
#include "apiserver/pod_security.h"
#include "base/str.h"

struct check {
	const json_t *meta, *spec;
	struct buf *out;
	size_t n;
};

static const char *const container_lists[] = {"containers", "initContainers", "ephemeralContainers"};

/* Runs the statement for each container c, with its securityContext sc (may be NULL). */
#define EACH_CONTAINER(k, c, sc)                                                                                               \
	for (size_t l_ = 0, i_ = 0; l_ < ARRAY_LEN(container_lists); l_++, i_ = 0)                                             \
		for (const json_t *c, *sc; (c = json_array_get(json_object_get((k)->spec, container_lists[l_]), i_)) != NULL &&        \
					   (sc = json_object_get(c, "securityContext"), true);                                 \
		     i_++)

static bool in(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (streq(s, *list))
			return true;
	return false;
}

static void quote(struct buf *b, const char *s) { buf_addf(b, "%s\"%s\"", b->len ? ", " : "", s); }

static void broken(struct check *k, const char *reason, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void broken(struct check *k, const char *reason, const char *fmt, ...)
{
	va_list ap;

	buf_addf(k->out, "%s%s (", k->n++ ? ", " : "", reason);
	va_start(ap, fmt);
	buf_addv(k->out, fmt, ap);
	va_end(ap);
	buf_addc(k->out, ')');
}

/* `container "a" REST`, `containers "a", "b" REST` */
static void broken_containers(struct check *k, const char *reason, const struct buf *names, size_t n, const char *rest)
{
	if (n)
		broken(k, reason, "container%s %s %s", n > 1 ? "s" : "", names->data, rest);
}

static const char *name_of(const json_t *o) { return json_str_or(o, "name", ""); }

/* --- baseline --- */

static void apparmor(struct check *k)
{
	AUTO_BUF struct buf bad = {0};
	const char *pod = json_str_or(k->spec, "securityContext.appArmorProfile.type", ""), *key;
	json_t *v;

	if (streq(pod, "Unconfined"))
		quote(&bad, pod);
	EACH_CONTAINER(k, c, sc)
	{
		const char *t = json_str_or(sc, "appArmorProfile.type", "");

		(void)c;
		if (streq(t, "Unconfined"))
			quote(&bad, t);
	}
	json_object_foreach(json_object_get(k->meta, "annotations"), key, v) {
		const char *p = json_string_value(v);

		if (str_has_prefix(key, "container.apparmor.security.beta.kubernetes.io/") && p && *p && !streq(p, "runtime/default") &&
		    !str_has_prefix(p, "localhost/"))
			quote(&bad, p);
	}
	if (bad.len)
		broken(k, "forbidden AppArmor profile", "%s", bad.data);
}

static void capabilities(struct check *k, bool restricted)
{
	static const char *const usual[] = {"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
					    "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT", NULL};
	static const char *const one[] = {"NET_BIND_SERVICE", NULL};
	AUTO_BUF struct buf adding = {0};
	AUTO_BUF struct buf caps = {0};
	AUTO_BUF struct buf keeping = {0};
	AUTO_JSON json_t *seen = json_object();
	size_t n_adding = 0, n_keeping = 0;

	EACH_CONTAINER(k, c, sc)
	{
		const json_t *add = json_dot(sc, "capabilities.add"), *drop = json_dot(sc, "capabilities.drop"), *v;
		bool bad = false, all = false;
		size_t i;

		json_array_foreach((json_t *)(uintptr_t)drop, i, v)
			all |= streq(json_string_value(v), "ALL");
		json_array_foreach((json_t *)(uintptr_t)add, i, v) {
			const char *s = json_string_value(v);

			if (!s || in(s, restricted ? one : usual))
				continue;
			bad = true;
			if (!json_object_get(seen, s)) {
				(void)json_object_set_new(seen, s, json_true());
				quote(&caps, s);
			}
		}
		if (bad && ++n_adding)
			quote(&adding, name_of(c));
		if (restricted && !all && ++n_keeping)
			quote(&keeping, name_of(c));
	}
	if (!n_adding && !n_keeping)
		return;
	if (!restricted) {
		broken(k, "non-default capabilities", "container%s %s must not include %s in securityContext.capabilities.add", n_adding > 1 ? "s" : "",
		       adding.data, caps.data);
		return;
	}
	if (n_keeping && n_adding)
		broken(k, "unrestricted capabilities",
		       "container%s %s must set securityContext.capabilities.drop=[\"ALL\"]; container%s %s must not include %s in "
		       "securityContext.capabilities.add",
		       n_keeping > 1 ? "s" : "", keeping.data, n_adding > 1 ? "s" : "", adding.data, caps.data);
	else if (n_keeping)
		broken(k, "unrestricted capabilities", "container%s %s must set securityContext.capabilities.drop=[\"ALL\"]", n_keeping > 1 ? "s" : "",
		       keeping.data);
	else
		broken(k, "unrestricted capabilities", "container%s %s must not include %s in securityContext.capabilities.add", n_adding > 1 ? "s" : "",
		       adding.data, caps.data);
}

static void host_namespaces(struct check *k)
{
	static const char *const keys[] = {"hostNetwork", "hostPID", "hostIPC"};
	AUTO_BUF struct buf b = {0};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (json_is_true(json_object_get(k->spec, keys[i])))
			buf_addf(&b, "%s%s=true", b.len ? ", " : "", keys[i]);
	if (b.len)
		broken(k, "host namespaces", "%s", b.data);
}

static void host_paths(struct check *k)
{
	AUTO_BUF struct buf b = {0};
	const json_t *v;
	size_t i, n = 0;

	json_array_foreach(json_object_get(k->spec, "volumes"), i, v)
		if (json_object_get(v, "hostPath") && ++n)
			quote(&b, name_of(v));
	if (n)
		broken(k, "hostPath volumes", "volume%s %s", n > 1 ? "s" : "", b.data);
}

static void host_ports(struct check *k)
{
	AUTO_BUF struct buf names = {0};
	AUTO_BUF struct buf ports = {0};
	size_t n = 0, n_ports = 0;

	EACH_CONTAINER(k, c, sc)
	{
		const json_t *p;
		size_t i;
		bool bad = false;

		(void)sc;
		json_array_foreach(json_object_get(c, "ports"), i, p) {
			int64_t port = json_int_or(p, "hostPort", 0);

			if (port) {
				bad = true;
				buf_addf(&ports, "%s%lld", n_ports++ ? ", " : "", (long long)port);
			}
		}
		if (bad && ++n)
			quote(&names, name_of(c));
	}
	if (n)
		broken(k, "hostPort", "container%s %s use%s hostPort%s %s", n > 1 ? "s" : "", names.data, n > 1 ? "" : "s", n_ports > 1 ? "s" : "", ports.data);
}

static void privileged(struct check *k)
{
	AUTO_BUF struct buf names = {0};
	size_t n = 0;

	EACH_CONTAINER(k, c, sc)
		if (json_is_true(json_object_get(sc, "privileged")) && ++n)
			quote(&names, name_of(c));
	broken_containers(k, "privileged", &names, n, "must not set securityContext.privileged=true");
}

static void host_process(struct check *k)
{
	AUTO_BUF struct buf names = {0};
	size_t n = 0;

	EACH_CONTAINER(k, c, sc)
		if (json_is_true(json_dot(sc, "windowsOptions.hostProcess")) && ++n)
			quote(&names, name_of(c));
	if (json_is_true(json_dot(k->spec, "securityContext.windowsOptions.hostProcess")))
		broken(k, "hostProcess", "pod must not set securityContext.windowsOptions.hostProcess=true");
	else
		broken_containers(k, "hostProcess", &names, n, "must not set securityContext.windowsOptions.hostProcess=true");
}

static void proc_mount(struct check *k)
{
	AUTO_BUF struct buf names = {0};
	AUTO_BUF struct buf rest = {0};
	const char *kind = "";
	size_t n = 0;

	EACH_CONTAINER(k, c, sc)
	{
		const char *p = json_str_or(sc, "procMount", "Default");

		if (!streq(p, "Default") && ++n) {
			kind = p;
			quote(&names, name_of(c));
		}
	}
	buf_addf(&rest, "must not set securityContext.procMount to \"%s\"", kind);
	broken_containers(k, "procMount", &names, n, rest.data ? rest.data : "");
}

static void selinux_one(struct buf *b, const json_t *sc)
{
	static const char *const types[] = {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t", NULL};
	const json_t *o = json_object_get(sc, "seLinuxOptions");
	const char *type = json_str_or(o, "type", "");

	if (!in(type, types))
		buf_addf(b, "%stype \"%s\"", b->len ? "; " : "", type);
	if (*json_str_or(o, "user", ""))
		buf_addf(b, "%suser may not be set", b->len ? "; " : "");
	if (*json_str_or(o, "role", ""))
		buf_addf(b, "%srole may not be set", b->len ? "; " : "");
}

static void selinux(struct check *k)
{
	AUTO_BUF struct buf names = {0};
	AUTO_BUF struct buf what = {0};
	size_t n = 0;

	selinux_one(&what, json_object_get(k->spec, "securityContext"));
	if (what.len)
		buf_adds(&names, "pod");
	EACH_CONTAINER(k, c, sc)
	{
		size_t was = what.len;

		selinux_one(&what, sc);
		if (what.len > was) {
			buf_addf(&names, "%s%s\"%s\"", names.len ? (n ? ", " : " and ") : "", n ? "" : "container ", name_of(c));
			n++;
		}
	}
	if (what.len)
		broken(k, "seLinuxOptions", "%s set forbidden securityContext.seLinuxOptions: %s", names.data, what.data);
}

static void seccomp_baseline(struct check *k)
{
	AUTO_BUF struct buf names = {0};
	size_t n = 0;

	EACH_CONTAINER(k, c, sc)
		if (streq(json_str(sc, "seccompProfile.type"), "Unconfined") && ++n)
			quote(&names, name_of(c));
	if (streq(json_str(k->spec, "securityContext.seccompProfile.type"), "Unconfined"))
		broken(k, "seccompProfile", "pod must not set securityContext.seccompProfile.type to \"Unconfined\"");
	else
		broken_containers(k, "seccompProfile", &names, n, "must not set securityContext.seccompProfile.type to \"Unconfined\"");
}

static void sysctls(struct check *k)
{
	static const char *const safe[] = {"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
					   "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time",
					   "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
					   "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem", NULL};
	AUTO_BUF struct buf b = {0};
	const json_t *s;
	size_t i;

	json_array_foreach(json_dot(k->spec, "securityContext.sysctls"), i, s)
		if (!in(name_of(s), safe))
			buf_addf(&b, "%s%s", b.len ? ", " : "", name_of(s));
	if (b.len)
		broken(k, "forbidden sysctls", "%s", b.data);
}

/* --- restricted --- */

static void escalation(struct check *k)
{
	AUTO_BUF struct buf names = {0};
	size_t n = 0;

	EACH_CONTAINER(k, c, sc)
		if (!json_is_false(json_object_get(sc, "allowPrivilegeEscalation")) && ++n)
			quote(&names, name_of(c));
	broken_containers(k, "allowPrivilegeEscalation != false", &names, n, "must set securityContext.allowPrivilegeEscalation=false");
}

static void volume_types(struct check *k)
{
	static const char *const fine[] = {"name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected",
					   "secret", NULL};
	AUTO_BUF struct buf names = {0};
	AUTO_BUF struct buf types = {0};
	const json_t *v;
	size_t i, n = 0;

	json_array_foreach(json_object_get(k->spec, "volumes"), i, v) {
		const char *key;
		json_t *x;

		json_object_foreach((json_t *)(uintptr_t)v, key, x) {
			if (in(key, fine))
				continue;
			n++;
			quote(&names, name_of(v));
			quote(&types, key);
		}
	}
	if (n)
		broken(k, "restricted volume types", "volume%s %s use%s restricted volume type%s %s", n > 1 ? "s" : "", names.data, n > 1 ? "" : "s",
		       n > 1 ? "s" : "", types.data);
}

static void non_root(struct check *k)
{
	const json_t *pod = json_dot(k->spec, "securityContext.runAsNonRoot");
	AUTO_BUF struct buf bad = {0};
	AUTO_BUF struct buf unset = {0};
	size_t n_bad = 0, n_unset = 0;

	EACH_CONTAINER(k, c, sc)
	{
		const json_t *v = json_object_get(sc, "runAsNonRoot");

		if (json_is_false(v) && ++n_bad)
			quote(&bad, name_of(c));
		else if (!json_is_boolean(v) && !json_is_true(pod) && ++n_unset)
			quote(&unset, name_of(c));
	}
	if (n_bad)
		broken(k, "runAsNonRoot != true", "container%s %s must not set securityContext.runAsNonRoot=false", n_bad > 1 ? "s" : "", bad.data);
	else if (json_is_false(pod))
		broken(k, "runAsNonRoot != true", "pod must not set securityContext.runAsNonRoot=false");
	else if (n_unset)
		broken(k, "runAsNonRoot != true", "pod or container%s %s must set securityContext.runAsNonRoot=true", n_unset > 1 ? "s" : "", unset.data);
}

static void user_root(struct check *k)
{
	AUTO_BUF struct buf names = {0};
	size_t n = 0;

	EACH_CONTAINER(k, c, sc)
		if (json_int_or(sc, "runAsUser", 1) == 0 && ++n)
			quote(&names, name_of(c));
	if (json_int_or(k->spec, "securityContext.runAsUser", 1) == 0)
		broken(k, "runAsUser=0", "pod must not set runAsUser=0");
	else
		broken_containers(k, "runAsUser=0", &names, n, "must not set runAsUser=0");
}

static bool seccomp_fine(const char *type) { return streq(type, "RuntimeDefault") || streq(type, "Localhost"); }

static void seccomp_restricted(struct check *k)
{
	const char *pod = json_str(k->spec, "securityContext.seccompProfile.type");
	AUTO_BUF struct buf names = {0};
	size_t n = 0;

	EACH_CONTAINER(k, c, sc)
	{
		const char *t = json_str(sc, "seccompProfile.type");

		if ((t ? !seccomp_fine(t) : !seccomp_fine(pod)) && ++n)
			quote(&names, name_of(c));
	}
	if (n)
		broken(k, "seccompProfile", "pod or container%s %s must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"",
		       n > 1 ? "s" : "", names.data);
}

int pod_security_level(const char *text, enum pod_security_level *ret)
{
	static const char *const names[] = {"privileged", "baseline", "restricted"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (streq(text, names[i])) {
			*ret = (enum pod_security_level)i;
			return 0;
		}
	return ERR_INVALID;
}

size_t pod_security_check(enum pod_security_level level, const json_t *metadata, const json_t *spec, struct buf *out)
{
	struct check k = {.meta = metadata, .spec = spec, .out = out};
	bool restricted = level == POD_RESTRICTED;

	if (level == POD_PRIVILEGED)
		return 0;
	if (restricted)
		escalation(&k);
	apparmor(&k);
	capabilities(&k, restricted);
	host_namespaces(&k);
	if (!restricted)
		host_paths(&k);
	host_ports(&k);
	host_process(&k);
	privileged(&k);
	proc_mount(&k);
	if (restricted) {
		volume_types(&k);
		non_root(&k);
		user_root(&k);
	}
	selinux(&k);
	if (restricted)
		seccomp_restricted(&k);
	else
		seccomp_baseline(&k);
	sysctls(&k);
	return k.n;
}
