/* From "should run" to "runs": image, configuration, mounts, create, start. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "node/caps.h"
#include "node/ctr_env.h"
#include "node/oci.h"
#include "node/pause.h"
#include "node/pull.h"
#include "node/seccomp.h"
#include "node/volumes.h"

/* Everything of one start that needs freeing. */
struct start {
	struct pod *p;
	struct ctr *c;
	const json_t *spec;
	struct image img;
	bool have_image;
	struct env env;
	char **args, **env_strings;
	struct user user;
	struct oci_mount *mounts;
	char **sources;
	size_t n_mounts;
	struct oci_device *devices;
	size_t n_devices;
	json_t *seccomp;
	char *cwd;
	bool shared_mounts;
};

static void start_done(struct start *s)
{
	if (s->have_image)
		image_done(&s->img);
	env_done(&s->env);
	strv_free(s->args);
	strv_free(s->env_strings);
	for (size_t i = 0; i < s->n_mounts; i++)
		free(s->sources[i]);
	free(s->sources);
	free(s->mounts);
	free(s->devices);
	json_decref(s->seccomp);
	free(s->cwd);
}

/* 0: the image is here; 1: not yet, a message or a timer brings us back. */
static int ensure_image(struct start *s)
{
	struct pod *p = s->p;
	struct ctr *c = s->c;
	const char *image = json_str_or(s->spec, "image", "");
	const char *policy = json_str_or(s->spec, "imagePullPolicy", image_is_latest(image) ? "Always" : "IfNotPresent");
	int64_t now = node_now_ms(p->node), left;
	struct err err = {0};
	int r;

	if (c->pulling)
		return 1;
	if (c->pull_code < 0) {
		ctr_wait(p, c, c->pull_code == ERR_INVALID ? "InvalidImageName" : "ErrImagePull", "%s", c->pull_error ? c->pull_error : "");
		c->pull_code = 0;
		pod_wake_in(p, 1000);
		return 1;
	}
	r = image_lookup(p->node->images, image, &s->img, &err);
	s->have_image = r == 0;
	if (r == 0 && (c->pull_checked || !streq(policy, "Always"))) {
		if (!c->pull_checked)
			ctr_event(p, c, "Normal", "Pulled", "Container image \"%s\" already present on machine", image);
		c->pull_checked = true;
		return 0;
	}
	c->pull_checked = false;
	if (s->have_image) {
		image_done(&s->img);
		s->have_image = false;
	}
	if (r < 0 && r != ERR_NOT_FOUND) {
		if (!streq(c->wait_reason, "InvalidImageName"))
			ctr_event(p, c, "Warning", "InspectFailed", "Failed to apply default image tag \"%s\": %s", image, err.msg);
		ctr_wait(p, c, r == ERR_INVALID ? "InvalidImageName" : "ImageInspectError", "Failed to inspect image \"%s\": %s", image, err.msg);
		pod_wake_in(p, 30000);
		return 1;
	}
	if (r == ERR_NOT_FOUND && __atomic_load_n(&p->node->importing, __ATOMIC_ACQUIRE))
		return 1; /* kicked when all archives are read */
	if (streq(policy, "Never")) {
		if (!streq(c->wait_reason, "ErrImageNeverPull")) {
			ctr_event(p, c, "Warning", "ErrImageNeverPull", "Container image \"%s\" is not present with pull policy of Never", image);
			ctr_event(p, c, "Warning", "Failed", "Error: ErrImageNeverPull");
		}
		ctr_wait(p, c, "ErrImageNeverPull", "Container image \"%s\" is not present with pull policy of Never", image);
		pod_wake_in(p, 10000);
		return 1;
	}
	left = backoff_remaining(&c->pull_backoff, c->pull_failed_ms, now);
	if (left > 0) {
		if (!streq(c->wait_reason, "ImagePullBackOff")) {
			ctr_event(p, c, "Normal", "BackOff", "Back-off pulling image \"%s\"", image);
			ctr_event(p, c, "Warning", "Failed", "Error: ImagePullBackOff");
		}
		ctr_wait(p, c, "ImagePullBackOff", "Back-off pulling image \"%s\": ErrImagePull: %s", image, c->pull_error ? c->pull_error : "");
		pod_wake_in(p, left);
		return 1;
	}
	ctr_event(p, c, "Normal", "Pulling", "Pulling image \"%s\"", image);
	c->pulling = pull_start(p, c, image, streq(policy, "Always")) == 0;
	if (!c->pulling)
		pod_wake_in(p, 1000);
	return 1;
}

static int add_string(char ***v, size_t *n, char *s)
{
	char **w = s ? reallocarray(*v, *n + 2, sizeof(char *)) : NULL;

	if (!w) {
		free(s);
		return -ENOMEM;
	}
	*v = w;
	w[(*n)++] = s;
	w[*n] = NULL;
	return 0;
}

/* command and args of the pod override entrypoint and cmd of the image. */
static int make_args(struct start *s, struct err *e)
{
	const json_t *cfg = json_object_get(s->img.config, "config");
	const json_t *command = json_object_get(s->spec, "command"), *args = json_object_get(s->spec, "args");
	const json_t *lists[2], *v;
	bool own[2] = {true, true};
	size_t n = 0, i;

	lists[0] = command;
	lists[1] = args;
	if (json_array_size(command) == 0) {
		lists[0] = json_object_get(cfg, "Entrypoint");
		own[0] = false;
		if (json_array_size(args) == 0) {
			lists[1] = json_object_get(cfg, "Cmd");
			own[1] = false;
		}
	}
	for (size_t k = 0; k < 2; k++)
		json_array_foreach(lists[k], i, v)
		{
			const char *t = json_string_value(v);
			if (t && add_string(&s->args, &n, own[k] ? expand(t, &s->env) : str_dup(t)) < 0)
				return err_nomem(e);
		}
	if (n == 0)
		return err_set(e, ERR_INVALID, "no command specified");
	return 0;
}

static int make_env_strings(struct start *s, const char *hostname, struct err *e)
{
	const json_t *cfg = json_object_get(s->img.config, "config"), *v;
	struct env all = {0};
	size_t n = 0, i;
	int r = 0;

	json_array_foreach(json_object_get(cfg, "Env"), i, v)
	{
		const char *t = json_string_value(v), *eq = t ? strchr(t, '=') : NULL;
		AUTO_FREE char *name = eq ? str_ndup(t, (size_t)(eq - t)) : NULL;
		if (name && env_set(&all, name, eq + 1) < 0)
			r = -ENOMEM;
	}
	if (r == 0 && !env_get(&all, "PATH"))
		r = env_set(&all, "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
	if (r == 0)
		r = env_set(&all, "HOSTNAME", hostname);
	if (r == 0 && json_bool_or(s->spec, "tty", false) && !env_get(&all, "TERM"))
		r = env_set(&all, "TERM", "xterm");
	if (r == 0 && !env_get(&all, "HOME") && s->user.home[0])
		r = env_set(&all, "HOME", s->user.home);
	for (i = 0; r == 0 && i < s->env.n; i++)
		r = env_set(&all, s->env.v[i].name, s->env.v[i].value);
	for (i = 0; r == 0 && i < all.n; i++)
		r = add_string(&s->env_strings, &n, str_fmt("%s=%s", all.v[i].name, all.v[i].value));
	env_done(&all);
	return r < 0 ? err_nomem(e) : 0;
}

static int64_t security_int(const struct start *s, const char *key)
{
	const json_t *v = json_object_get(json_object_get(s->spec, "securityContext"), key);

	if (!v)
		v = json_object_get(json_at(s->p->spec, "spec", "securityContext", NULL), key);
	return json_is_integer(v) ? json_integer_value(v) : -1;
}

static int make_user(struct start *s, struct err *e)
{
	const char *image_user = json_str_or(s->img.config, "config.User", "");
	int64_t uid = security_int(s, "runAsUser"), gid = security_int(s, "runAsGroup");
	const json_t *non_root = json_object_get(json_object_get(s->spec, "securityContext"), "runAsNonRoot");
	char spec[64];
	int r;

	if (!non_root)
		non_root = json_at(s->p->spec, "spec", "securityContext", "runAsNonRoot", NULL);
	if (uid >= 0) {
		snprintf(spec, sizeof(spec), "%lld", (long long)uid);
		image_user = spec;
	}
	r = user_lookup(s->img.layer_dirs, image_user, &s->user, e);
	if (r < 0)
		return r;
	if (gid >= 0)
		s->user.gid = (uint32_t)gid;
	if (json_is_true(non_root)) {
		const char *w = s->spec ? json_str_or(s->spec, "name", "") : "";
		if (uid == 0)
			return err_set(e, ERR_INVALID, "container's runAsUser breaks non-root policy (pod: \"%s_%s(%s)\", container: %s)", s->p->name, s->p->ns, s->p->uid, w);
		if (uid < 0 && image_user[0] && (image_user[0] < '0' || image_user[0] > '9'))
			return err_set(e, ERR_INVALID, "container has runAsNonRoot and image has non-numeric user (%s), cannot verify user is non-root", image_user);
		if (uid < 0 && s->user.uid == 0)
			return err_set(e, ERR_INVALID, "container has runAsNonRoot and image will run as root (pod: \"%s_%s(%s)\", container: %s)", s->p->name, s->p->ns, s->p->uid, w);
	}
	return 0;
}

/* Takes source. */
static int add_mount(struct start *s, char *source, struct oci_mount what)
{
	struct oci_mount *m = reallocarray(s->mounts, s->n_mounts + 1, sizeof(*m));
	if (m)
		s->mounts = m;
	char **src = reallocarray(s->sources, s->n_mounts + 1, sizeof(*src));
	if (src)
		s->sources = src;
	if (!m || !src || !source) {
		free(source);
		return -ENOMEM;
	}
	/* Parents before what is mounted below them. */
	size_t at = s->n_mounts, depth = 0;
	for (const char *q = what.destination; *q; q++)
		depth += *q == '/' && q[1] != '\0' && q[1] != '/';
	while (at > 0) {
		size_t d = 0;
		for (const char *q = s->mounts[at - 1].destination; *q; q++)
			d += *q == '/' && q[1] != '\0' && q[1] != '/';
		if (d <= depth)
			break;
		at--;
	}
	memmove(m + at + 1, m + at, (s->n_mounts - at) * sizeof(*m));
	what.source = source;
	m[at] = what;
	src[s->n_mounts++] = source;
	return 0;
}

static bool mounts_at(const struct start *s, const char *dest)
{
	for (size_t i = 0; i < s->n_mounts; i++)
		if (streq(s->mounts[i].destination, dest))
			return true;
	return false;
}

static int make_mounts(struct start *s, struct err *e)
{
	struct pod *p = s->p;
	const json_t *m;
	size_t i;
	bool ro_root = json_bool_or(s->spec, "securityContext.readOnlyRootFilesystem", false);
	static const char *const etc[] = {"hosts", "resolv.conf", "hostname"};
	int r;

	json_array_foreach(json_object_get(s->spec, "volumeMounts"), i, m)
	{
		const char *prop = json_str_or(m, "mountPropagation", "None"), *dest = json_str_or(m, "mountPath", "");
		struct volume_source v = {0};
		r = volumes_source(p, s->c->name, i, m, &s->env, &v, e);
		if (r < 0)
			return r;
		s->shared_mounts = s->shared_mounts || streq(prop, "Bidirectional");
		/* IfPossible: this node gives no promise. Enabled: a runtime or kernel that cannot refuses. */
		const struct oci_mount what = {.destination = dest, .read_only = v.read_only, .no_exec = v.no_exec, .no_suid = v.no_suid, .no_dev = v.no_dev, .file = v.file,
					       .recursively = streq(json_str(m, "recursiveReadOnly"), "Enabled"),
					       .propagation = streq(prop, "Bidirectional") ? "rshared" : streq(prop, "HostToContainer") ? "rslave" : "rprivate"};
		if (add_mount(s, v.path, what) < 0)
			return err_nomem(e);
	}
	static const char *const dests[] = {"/etc/hosts", "/etc/resolv.conf", "/etc/hostname"};
	for (i = 0; i < ARRAY_LEN(etc); i++)
		if (!mounts_at(s, dests[i]) && !mounts_at(s, "/etc") &&
		    add_mount(s, str_fmt("%s/pods/%s/etc/%s", p->node->run_dir, p->uid, etc[i]),
			      (struct oci_mount){.destination = dests[i], .read_only = ro_root, .file = true, .propagation = "rprivate"}) < 0)
			return err_nomem(e);
	const char *path = json_str_or(s->spec, "terminationMessagePath", "/dev/termination-log");
	AUTO_FREE char *term = str_fmt("%s/pods/%s/term/%s", p->node->run_dir, p->uid, s->c->run.id);
	if (!term)
		return err_nomem(e);
	if (path[0] == '/' && !mounts_at(s, path)) {
		AUTO_CLOSE int fd = open(term, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
		if (fd < 0 || fchmod(fd, 0666) < 0)
			return err_errno(e, errno, "cannot make %s", term);
		if (add_mount(s, TAKE_PTR(term), (struct oci_mount){.destination = path, .file = true, .propagation = "rprivate"}) < 0)
			return err_nomem(e);
	}
	return 0;
}

static int add_device(struct start *s, const struct oci_device *d)
{
	struct oci_device *v = reallocarray(s->devices, s->n_devices + 1, sizeof(*v));

	if (!v)
		return -ENOMEM;
	s->devices = v;
	v[s->n_devices++] = *d;
	return 0;
}

/* Raw block volumes: devices of the container's own /dev. */
static int make_devices(struct start *s, struct err *e)
{
	const json_t *d;
	size_t i;

	json_array_foreach (json_object_get(s->spec, "volumeDevices"), i, d) {
		const char *name = json_str_or(d, "name", "");
		struct oci_device dev = {.type = 'b'};
		AUTO_FREE char *path = NULL;
		struct stat st;
		int r = volume_claim_path(s->p, name, true, &path, &dev.read_only, e);
		if (r < 0)
			return r;
		if (stat(path, &st) < 0 || !S_ISBLK(st.st_mode))
			return err_set(e, ERR_UNAVAILABLE, "volume \"%s\": %s is not a block device", name, path);
		if (!str_copy(dev.path, sizeof(dev.path), json_str_or(d, "devicePath", "")))
			return err_set(e, ERR_INVALID, "volume \"%s\": devicePath is too long", name);
		dev.major = major(st.st_rdev);
		dev.minor = minor(st.st_rdev);
		dev.mode = st.st_mode & 0777;
		if (add_device(s, &dev) < 0)
			return err_nomem(e);
	}
	return 0;
}

static bool has_device(const struct start *s, const char *path)
{
	for (size_t i = 0; i < s->n_devices; i++)
		if (streq(s->devices[i].path, path))
			return true;
	return false;
}

/* A privileged container sees the host's devices. */
static int host_devices(struct start *s, const char *dir, unsigned depth)
{
	static const char *const skip[] = {"pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev", "console", "hugepages"};
	DIR *d = opendir(dir);

	if (!d)
		return 0;
	for (struct dirent *de; (de = readdir(d));) {
		bool skipped = de->d_name[0] == '.';
		struct stat st;
		for (size_t i = 0; depth == 0 && i < ARRAY_LEN(skip); i++)
			skipped = skipped || streq(de->d_name, skip[i]);
		AUTO_FREE char *path = fs_join(dir, de->d_name);
		if (skipped || !path || lstat(path, &st) < 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth < 8) {
			host_devices(s, path, depth + 1);
		} else if ((S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode)) && s->n_devices < 4096) {
			struct oci_device dev = {.type = S_ISCHR(st.st_mode) ? 'c' : 'b', .major = major(st.st_rdev), .minor = minor(st.st_rdev),
						 .mode = st.st_mode & 0777};
			/* A volume's device at that path wins. */
			if (str_copy(dev.path, sizeof(dev.path), path) && !has_device(s, path) && add_device(s, &dev) < 0)
				break;
		}
	}
	closedir(d);
	return 0;
}

static int make_seccomp(struct start *s, bool privileged, struct err *e)
{
	const json_t *prof = json_object_get(json_object_get(s->spec, "securityContext"), "seccompProfile");
	const char *type;
	AUTO_BUF struct buf b = {0};
	uint64_t caps;
	int r;

	if (!prof)
		prof = json_at(s->p->spec, "spec", "securityContext", "seccompProfile", NULL);
	type = json_str_or(prof, "type", "");
	if (privileged || streq(type, "Unconfined"))
		return 0;
	if (!*type || streq(type, "RuntimeDefault")) {
		/* What a container's capabilities are for, the profile lets through. */
		r = caps_compute(json_dot(s->spec, "securityContext.capabilities"), false, s->p->node->allowed_caps, &caps, e);
		if (r < 0)
			return r;
		if (!*type) {
			s->seccomp = seccomp_keep_limits(caps);
			return 0;
		}
		s->seccomp = seccomp_default(caps);
		return s->seccomp ? 0 : err_nomem(e);
	}
	const char *rel = json_str_or(prof, "localhostProfile", "");
	AUTO_FREE char *path = str_fmt("%s/seccomp/%s", s->p->node->data_dir, rel);
	if (!streq(type, "Localhost") || !path_is_local(rel))
		return err_set(e, ERR_INVALID, "seccomp profile type %s with profile \"%s\"", type, rel);
	r = path ? fs_read(path, 1u << 20, &b, e) : err_nomem(e);
	if (r == 0)
		r = json_parse(b.data, b.len, &s->seccomp, e);
	return r < 0 ? err_wrap(e, "cannot load seccomp profile %s", rel) : 0;
}

static int pid_namespace(struct start *s, char **ret, struct err *e)
{
	struct pod *p = s->p;
	const char *target = json_str(s->spec, "targetContainerName");

	*ret = NULL;
	if (json_bool_or(p->spec, "spec.hostPID", false)) {
		*ret = str_dup("");
		return *ret ? 0 : err_nomem(e);
	}
	if (target && target[0]) {
		const struct ctr *t = pod_ctr(p, target);
		if (!t || t->state != CTR_RUNNING)
			return err_set(e, ERR_NOT_FOUND, "unable to find target container %s", target);
		*ret = str_fmt("/proc/%d/ns/pid", (int)t->run.pid);
		return *ret ? 0 : err_nomem(e);
	}
	if (json_bool_or(p->spec, "spec.shareProcessNamespace", false))
		return pause_ensure(p, ret, e);
	return 0;
}

static int make_config(struct start *s, const char *hostname, json_t **ret, struct err *e)
{
	struct pod *p = s->p;
	bool privileged = json_bool_or(s->spec, "securityContext.privileged", false);
	AUTO_FREE char *rootfs = runtime_rootfs(p->node->rt, s->c->run.id), *cgroup = str_fmt("%s/pod%s/%s", p->node->cgroup_root, p->uid, s->c->run.id),
		       *pid_ns = NULL;
	const struct sandbox_spec sb = {.run_dir = p->node->run_dir, .uid = p->uid, .host_net = json_bool_or(p->spec, "spec.hostNetwork", false),
					.host_ipc = json_bool_or(p->spec, "spec.hostIPC", false)};
	struct oci_input in = {.pod = p->spec, .container = s->spec, .rootfs = rootfs, .hostname = hostname, .cgroup = cgroup, .user = &s->user,
			       .cgroup_v2 = runtime_cgroups(p->node->rt)->mode == CGROUP_V2, .allowed_caps = p->node->allowed_caps};
	int r;

	if (!rootfs || !cgroup)
		return err_nomem(e);
	r = pid_namespace(s, &pid_ns, e);
	if (r == 0)
		r = make_seccomp(s, privileged, e);
	if (r < 0)
		return r;
	if ((r = make_devices(s, e)) < 0)
		return r;
	if (privileged)
		host_devices(s, "/dev", 0);
	sandbox_paths(&sb, &in.ns);
	in.args = (const char *const *)s->args;
	in.env = (const char *const *)s->env_strings;
	s->cwd = str_dup(json_str_or(s->spec, "workingDir", json_str_or(s->img.config, "config.WorkingDir", "/")));
	in.cwd = s->cwd;
	in.pid_ns = pid_ns;
	in.mounts = s->mounts;
	in.n_mounts = s->n_mounts;
	in.devices = s->devices;
	in.n_devices = s->n_devices;
	in.seccomp = s->seccomp;
	in.oom_score_adj = oci_oom_score_adj(p->spec, s->spec, pod_qos(p->spec), p->node->memory_bytes);
	in.set_oom_score_adj = true;
	if (!p->node->may_lower_oom && in.oom_score_adj < p->node->own_oom_score_adj)
		in.oom_score_adj = p->node->own_oom_score_adj; /* without CAP_SYS_RESOURCE it can only be raised */
	return oci_config(&in, ret, e);
}

static void new_run(struct pod *p, struct ctr *c)
{
	uint8_t raw[32];

	ctr_run_done(&c->run);
	random_bytes(raw, sizeof(raw));
	hex_encode(raw, sizeof(raw), c->run.id);
	c->run.attempt = c->restarts;
	c->run.created = clock_wall(p->node->d.clock);
	c->hook_done = c->started = c->ready = false;
	c->prestop_done = c->prestop_running = c->term_sent = false;
	c->kill_at_ms = 0;
}

/* The runtime would not make or start it: an exit like any other, so that back-off applies. */
static void start_failed(struct pod *p, struct ctr *c, const char *message)
{
	int64_t now = clock_wall(p->node->d.clock);

	ctr_event(p, c, "Warning", "Failed", "Error: %s", message);
	c->run.exit_code = 128;
	c->run.started = 0;
	c->run.finished = now;
	(void)str_replace(&c->run.reason, "StartError");
	(void)str_replace(&c->run.message, message);
	c->finished_ms = node_now_ms(p->node);
	ctr_set_state(p, c, CTR_EXITED);
}

static int signal_of_image(const json_t *config)
{
	const char *s = json_str(config, "config.StopSignal");
	int64_t n;

	if (!s)
		return 0;
	if (str_to_i64(s, 1, 64, &n) == 0)
		return (int)n;
	static const struct {
		const char *name;
		int no;
	} t[] = {{"SIGTERM", 15}, {"SIGQUIT", 3}, {"SIGINT", 2}, {"SIGHUP", 1}, {"SIGKILL", 9}, {"SIGUSR1", 10}, {"SIGUSR2", 12}, {"SIGWINCH", 28}, {"SIGRTMIN+3", 37}};
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (streq(t[i].name, s))
			return t[i].no;
	return 0;
}

static int launch(struct start *s, const char *hostname, struct err *e)
{
	struct pod *p = s->p;
	struct ctr *c = s->c;
	AUTO_JSON json_t *config = NULL;
	AUTO_FREE char *log = ctr_log_path(p, c->name, c->run.attempt), *log_dir = str_fmt("%s/logs/pods/%s_%s_%s/%s", p->node->data_dir, p->ns, p->name, p->uid, c->name);
	pid_t pid;
	int r;

	if (!log || !log_dir)
		return err_nomem(e);
	r = make_config(s, hostname, &config, e);
	if (r == 0)
		r = fs_mkdir_p(log_dir, 0755, e);
	if (r < 0)
		return r;
	c->run.image = str_dup(s->img.name);
	c->run.image_id = str_dup(s->img.id);
	c->run.image_ref = str_dup(s->img.repo_digest ? s->img.repo_digest : s->img.id);
	c->run.resources = ctr_resources_text(s->spec);
	c->stop_signal = signal_of_image(s->img.config);
	ctr_set_state(p, c, CTR_CREATED);
	/* Known on disk before it exists: a crash from here on leaves nothing that the next agent would not find. */
	r = pod_save(p, e);
	if (r < 0)
		return r;
	const struct runtime_create rc = {.cid = c->run.id, .config = config, .layers = s->img.layer_dirs, .log_path = log,
					  .terminal = json_bool_or(s->spec, "tty", false), .stdin_open = json_bool_or(s->spec, "stdin", false),
					  .stdin_once = json_bool_or(s->spec, "stdinOnce", false), .shared_mounts = s->shared_mounts};
	r = runtime_create(p->node->rt, &rc, &pid, e);
	if (r < 0)
		return r;
	c->run.pid = pid;
	c->run.pid_start = process_start_time(pid);
	ctr_event(p, c, "Normal", "Created", "Created container: %s", c->name);
	p->save = true;
	r = pod_save(p, e);
	if (r == 0)
		r = runtime_start(p->node->rt, c->run.id, e);
	if (r < 0) {
		(void)runtime_delete(p->node->rt, c->run.id, NULL);
		return r;
	}
	c->run.started = clock_wall(p->node->d.clock);
	ctr_set_state(p, c, CTR_RUNNING);
	free(TAKE_PTR(c->wait_reason));
	free(TAKE_PTR(c->wait_message));
	ctr_event(p, c, "Normal", "Started", "Started container %s", c->name);
	log_info("node", p->key, "container %s started: %.12s", c->name, c->run.id);
	return 0;
}

static void start_one(struct start *s)
{
	struct pod *p = s->p;
	struct ctr *c = s->c;
	AUTO_FREE char *hostname_file = str_fmt("%s/pods/%s/etc/hostname", p->node->run_dir, p->uid);
	AUTO_BUF struct buf hb = {0};
	struct err err = {0};
	char hostname[80] = "";
	int r;

	if (hostname_file && fs_read(hostname_file, sizeof(hostname) - 1, &hb, NULL) == 0 && hb.data) {
		hb.data[strcspn(hb.data, "\n")] = '\0';
		str_copy(hostname, sizeof(hostname), hb.data);
	}
	new_run(p, c);
	r = make_user(s, &err);
	if (r == 0)
		r = ctr_env(p, s->spec, &s->env, &err);
	if (r == 0)
		r = make_env_strings(s, hostname, &err);
	if (r == 0)
		r = make_args(s, &err);
	if (r == 0)
		r = make_mounts(s, &err);
	if (r < 0) {
		/* The configuration, not the container, is at fault: tried again when something it refers to changes, or in a while. */
		if (r != ERR_UNAVAILABLE && (!streq(c->wait_reason, "CreateContainerConfigError") || !streq(c->wait_message, err.msg)))
			ctr_event(p, c, "Warning", "Failed", "Error: %s", err.msg);
		ctr_wait(p, c, "CreateContainerConfigError", "%s", err.msg);
		ctr_run_done(&c->run);
		pod_wake_in(p, 10000);
		return;
	}
	r = launch(s, hostname, &err);
	if (r < 0) {
		log_warning("node", p->key, "container %s: %s", c->name, err.msg);
		start_failed(p, c, err.msg);
		return;
	}
	const json_t *hook = json_dot(s->spec, "lifecycle.postStart");
	c->started = !json_object_get(s->spec, "startupProbe");
	c->ready = c->started && !json_object_get(s->spec, "readinessProbe");
	c->hook_done = !hook;
	if (hook)
		hook_run(p, c, hook, MSG_POST_START, 300000);
}

void ctr_start(struct pod *p, struct ctr *c)
{
	struct start s = {.p = p, .c = c, .spec = ctr_spec(p, c)};

	if (s.spec && ensure_image(&s) == 0)
		start_one(&s);
	start_done(&s);
}
