#include "node/oci.h"
#include <stdarg.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"
#include "node/caps.h"

static int64_t quantity_of(const json_t *container, const char *kind, const char *name, bool milli)
{
	const char *s = json_string_value(json_object_get(json_object_get(json_object_get(container, "resources"), kind), name));
	struct quantity q;

	if (!s || quantity_parse(s, &q) < 0)
		return 0;
	return milli ? quantity_milli(&q) : quantity_value(&q);
}

void oci_limits(const json_t *c, struct cgroup_limits *ret)
{
	int64_t request = quantity_of(c, "requests", "cpu", true), limit = quantity_of(c, "limits", "cpu", true);

	*ret = (struct cgroup_limits){0};
	if (request == 0 && limit > 0 && !json_object_get(json_object_get(json_object_get(c, "resources"), "requests"), "cpu"))
		request = limit;
	ret->cpu_shares = cgroup_milli_to_shares(request);
	if (limit > 0) {
		ret->cpu_period_us = 100000;
		ret->cpu_quota_us = limit * 100000 / 1000;
		if (ret->cpu_quota_us < 1000)
			ret->cpu_quota_us = 1000;
	}
	ret->memory_bytes = quantity_of(c, "limits", "memory", false);
}

int oci_oom_score_adj(const json_t *pod, const json_t *container, const char *qos, int64_t node_memory)
{
	int64_t request = quantity_of(container, "requests", "memory", false), adj;

	if (json_int_or(pod, "spec.priority", 0) >= 2000000000 || streq(qos, "Guaranteed"))
		return -997;
	if (streq(qos, "BestEffort"))
		return 1000;
	if (request == 0)
		request = quantity_of(container, "limits", "memory", false);
	adj = node_memory > 0 ? 1000 - (int64_t)((__int128)1000 * request / node_memory) : 1000;
	return (int)(adj < 3 ? 3 : adj > 999 ? 999 : adj);
}

static json_t *strings(const char *const *v)
{
	json_t *a = json_array();

	for (; a && v && *v; v++)
		json_array_append_new(a, json_string(*v));
	return a;
}

static json_t *process(const struct oci_input *in, bool privileged, uint64_t caps, struct err *e)
{
	const json_t *sc = json_object_get(in->container, "securityContext"), *v;
	json_t *groups = json_array(), *user = json_pack("{s:I,s:I}", "uid", (json_int_t)in->user->uid, "gid", (json_int_t)in->user->gid);
	json_t *p = json_object(), *c = json_object();
	size_t i;

	json_array_append_new(groups, json_integer(in->user->gid));
	/* Strict: none that only the image's /etc/group knows of. */
	for (i = 0; i < in->user->n_groups && !streq(json_str(in->pod, "spec.securityContext.supplementalGroupsPolicy"), "Strict"); i++)
		json_array_append_new(groups, json_integer(in->user->groups[i]));
	json_array_foreach(json_dot(in->pod, "spec.securityContext.supplementalGroups"), i, v) json_array_append(groups, (json_t *)v);
	if ((v = json_dot(in->pod, "spec.securityContext.fsGroup")))
		json_array_append(groups, (json_t *)v);
	json_object_set_new(user, "additionalGids", groups);
	json_object_set_new(p, "terminal", json_boolean(json_bool_or(in->container, "tty", false)));
	json_object_set_new(p, "user", user);
	json_object_set_new(p, "args", strings(in->args));
	json_object_set_new(p, "env", strings(in->env));
	json_object_set_new(p, "cwd", json_string(in->cwd && in->cwd[0] ? in->cwd : "/"));
	json_object_set_new(c, "bounding", caps_names(caps));
	json_object_set_new(c, "effective", caps_names(caps));
	json_object_set_new(c, "permitted", caps_names(caps));
	json_object_set_new(p, "capabilities", c);
	json_object_set_new(p, "noNewPrivileges", json_boolean(!privileged && !json_bool_or(sc, "allowPrivilegeEscalation", true)));
	if (in->set_oom_score_adj)
		json_object_set_new(p, "oomScoreAdj", json_integer(in->oom_score_adj));
	if (!json_object_get(p, "args") || !json_object_get(p, "env")) {
		json_decref(p);
		err_nomem(e);
		return NULL;
	}
	return p;
}

static void add_mount(json_t *a, const char *dest, const char *type, const char *source, ...) __attribute__((sentinel));
static void add_mount(json_t *a, const char *dest, const char *type, const char *source, ...)
{
	json_t *o = json_array();
	va_list ap;

	va_start(ap, source);
	for (const char *s; (s = va_arg(ap, const char *));)
		json_array_append_new(o, json_string(s));
	va_end(ap);
	json_array_append_new(a, json_pack("{s:s,s:s,s:s,s:o}", "destination", dest, "type", type, "source", source, "options", o));
}

static bool has_mount(const struct oci_input *in, const char *dest)
{
	for (size_t i = 0; i < in->n_mounts; i++)
		if (streq(in->mounts[i].destination, dest))
			return true;
	return false;
}

static json_t *mounts(const struct oci_input *in, bool privileged)
{
	json_t *a = json_array();
	const char *rw = privileged ? "rw" : "ro";

	if (!a)
		return NULL;
	/* What the pod mounts itself wins over what a container gets by default. */
	if (!has_mount(in, "/proc"))
		add_mount(a, "/proc", "proc", "proc", "nosuid", "noexec", "nodev", NULL);
	if (!has_mount(in, "/dev")) {
		add_mount(a, "/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k", NULL);
		add_mount(a, "/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5", NULL);
	}
	if (!has_mount(in, "/dev/mqueue"))
		add_mount(a, "/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev", NULL);
	if (!has_mount(in, "/dev/shm"))
		add_mount(a, "/dev/shm", "bind", in->ns.shm[0] ? in->ns.shm : "/dev/shm", "rbind", "rprivate", "nosuid", "noexec", "nodev", NULL);
	if (!has_mount(in, "/sys")) {
		add_mount(a, "/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", rw, NULL);
		if (!has_mount(in, "/sys/fs/cgroup"))
			add_mount(a, "/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", "relatime", rw, NULL);
	}
	for (size_t i = 0; i < in->n_mounts; i++) {
		const struct oci_mount *m = &in->mounts[i];
		const char *flags[3] = {NULL}; /* up to the first NULL */
		size_t n = 0;
		if (m->no_exec)
			flags[n++] = "noexec";
		if (m->no_suid)
			flags[n++] = "nosuid";
		if (m->no_dev)
			flags[n++] = "nodev";
		add_mount(a, m->destination, "bind", m->source, m->file ? "bind" : "rbind", m->propagation ? m->propagation : "rprivate",
			  !m->read_only ? "rw" : m->recursively ? "rro" : "ro", flags[0], flags[1], flags[2], NULL);
	}
	return a;
}

static json_t *namespaces(const struct oci_input *in)
{
	json_t *a = json_array();
	static const char *const shared[] = {"network", "ipc", "uts"};
	const char *paths[] = {in->ns.net, in->ns.ipc, in->ns.uts};

	if (!a)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(shared); i++)
		if (paths[i][0])
			json_array_append_new(a, json_pack("{s:s,s:s}", "type", shared[i], "path", paths[i]));
	if (!in->pid_ns)
		json_array_append_new(a, json_pack("{s:s}", "type", "pid"));
	else if (in->pid_ns[0])
		json_array_append_new(a, json_pack("{s:s,s:s}", "type", "pid", "path", in->pid_ns));
	json_array_append_new(a, json_pack("{s:s}", "type", "mount"));
	if (in->cgroup_v2)
		json_array_append_new(a, json_pack("{s:s}", "type", "cgroup"));
	return a;
}

static json_t *resources(const struct oci_input *in, bool privileged)
{
	struct cgroup_limits l;
	json_t *r = json_object(), *cpu, *devices = json_array();

	oci_limits(in->container, &l);
	json_array_append_new(devices, json_pack("{s:b,s:s}", "allow", privileged, "access", "rwm"));
	for (size_t i = 0; i < in->n_devices && !privileged; i++) {
		const char type[2] = {in->devices[i].type, '\0'};
		json_array_append_new(devices, json_pack("{s:b,s:s,s:i,s:i,s:s}", "allow", 1, "type", type, "major", (int)in->devices[i].major, "minor",
							 (int)in->devices[i].minor, "access", in->devices[i].read_only ? "rm" : "rwm"));
	}
	json_object_set_new(r, "devices", devices);
	cpu = json_pack("{s:I}", "shares", (json_int_t)l.cpu_shares);
	if (l.cpu_quota_us > 0) {
		json_object_set_new(cpu, "quota", json_integer(l.cpu_quota_us));
		json_object_set_new(cpu, "period", json_integer(l.cpu_period_us));
	}
	json_object_set_new(r, "cpu", cpu);
	if (l.memory_bytes > 0)
		json_object_set_new(r, "memory", json_pack("{s:I}", "limit", (json_int_t)l.memory_bytes));
	if (in->pids_limit > 0)
		json_object_set_new(r, "pids", json_pack("{s:I}", "limit", (json_int_t)in->pids_limit));
	return r;
}

static json_t *linux_part(const struct oci_input *in, bool privileged)
{
	static const char *const masked[] = {"/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
					     "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
					     "/sys/devices/virtual/powercap", "/proc/interrupts", NULL};
	static const char *const read_only[] = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger", NULL};
	bool unmasked = streq(json_str(in->container, "securityContext.procMount"), "Unmasked");
	json_t *l = json_object(), *devices;
	AUTO_FREE char *cgroup = str_fmt("/%s", in->cgroup);

	json_object_set_new(l, "cgroupsPath", json_string(cgroup));
	json_object_set_new(l, "namespaces", namespaces(in));
	json_object_set_new(l, "resources", resources(in, privileged));
	if (!privileged && !unmasked) {
		json_object_set_new(l, "maskedPaths", strings(masked));
		json_object_set_new(l, "readonlyPaths", strings(read_only));
	}
	if (in->n_devices > 0) {
		devices = json_array();
		for (size_t i = 0; i < in->n_devices; i++) {
			const struct oci_device *d = &in->devices[i];
			char type[2] = {d->type, '\0'};
			json_array_append_new(devices, json_pack("{s:s,s:s,s:i,s:i,s:i}", "path", d->path, "type", type, "major",
								 (int)d->major, "minor", (int)d->minor, "fileMode", (int)d->mode));
		}
		json_object_set_new(l, "devices", devices);
	}
	if (in->seccomp)
		json_object_set(l, "seccomp", (json_t *)in->seccomp);
	/* The rootfs is a mount of its own; slave lets HostToContainer mounts through. */
	bool shared = false;
	for (size_t i = 0; i < in->n_mounts; i++)
		shared = shared || streq(in->mounts[i].propagation, "rshared");
	json_object_set_new(l, "rootfsPropagation", json_string(shared ? "rshared" : "rslave"));
	return l;
}

int oci_config(const struct oci_input *in, json_t **ret, struct err *e)
{
	const json_t *sc = json_object_get(in->container, "securityContext");
	bool privileged = json_bool_or(sc, "privileged", false);
	AUTO_JSON json_t *o = json_object();
	json_t *p, *m;
	uint64_t caps;
	int r;

	r = caps_compute(json_object_get(sc, "capabilities"), privileged, in->allowed_caps, &caps, e);
	if (r < 0)
		return r;
	if (!in->args || !in->args[0])
		return err_set(e, ERR_INVALID, "no command specified");
	p = process(in, privileged, caps, e);
	m = mounts(in, privileged);
	if (!o || !p || !m) {
		json_decref(p);
		json_decref(m);
		return err_nomem(e);
	}
	json_object_set_new(o, "ociVersion", json_string("1.0.2"));
	json_object_set_new(o, "process", p);
	json_object_set_new(o, "root", json_pack("{s:s,s:b}", "path", in->rootfs, "readonly",
						 json_bool_or(sc, "readOnlyRootFilesystem", false)));
	json_object_set_new(o, "mounts", m);
	json_object_set_new(o, "linux", linux_part(in, privileged));
	json_object_set_new(o, "annotations",
			    json_pack("{s:s,s:s,s:s,s:s}", "io.kubernetes.pod.namespace", obj_namespace(in->pod), "io.kubernetes.pod.name",
				      obj_name(in->pod), "io.kubernetes.pod.uid", obj_uid(in->pod), "io.kubernetes.container.name",
				      json_str_or(in->container, "name", "")));
	if (!json_object_get(o, "linux") || !json_object_get(o, "root"))
		return err_nomem(e);
	*ret = TAKE_PTR(o);
	return 0;
}
