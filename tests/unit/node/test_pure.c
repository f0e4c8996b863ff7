/* The pure parts of the node agent. */
#include "tests/unit/json.h"
#include "tests/unit/test.h"
#include <errno.h>
#include <sys/stat.h>
#include "base/fs.h"
#include "base/str.h"
#include "api/pod_resources.h"
#include "node/caps.h"
#include "node/cgroup.h"
#include "node/etcfiles.h"
#include "node/expand.h"
#include "node/oci.h"
#include "node/pod.h"
#include "node/pod_state.h"
#include "node/pull.h"
#include "node/seccomp.h"
#include "node/userdb.h"
#include "node/volumes.h"
#include "api/object.h"

static void expansion(void)
{
	struct env env = {0};
	static const struct {
		const char *in, *out;
	} t[] = {{"$(A)", "1"}, {"$$(A)", "$(A)"}, {"$(NO)", "$(NO)"}, {"x$(A)y$(B)", "x1y2 $(A)"}, {"$A", "$A"}, {"$", "$"}, {"$(A", "$(A"}, {"$$$(A)", "$1"},
		 {"", ""}, {"a$$", "a$"}, {"$()", "$()"}};

	env_set(&env, "A", "0");
	env_set(&env, "B", "2 $(A)");
	env_set(&env, "A", "1");
	CHECK(env.n == 2);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_FREE char *r = expand(t[i].in, &env);
		CHECK_STR(r, t[i].out);
	}
	env_done(&env);
}

static void fields(void)
{
	AUTO_JSON json_t *pod = parse("{\"metadata\":{\"name\":\"p\",\"namespace\":\"n\",\"uid\":\"u\",\"labels\":{\"b\":\"2\",\"a/x\":\"q\\\"q\"},"
				      "\"annotations\":{\"k\":\"v\"}},\"spec\":{\"serviceAccountName\":\"sa\",\"containers\":[{\"name\":\"c\",\"resources\":"
				      "{\"limits\":{\"cpu\":\"1500m\"},\"requests\":{\"memory\":\"100Mi\"}}}]}}");
	AUTO_JSON json_t *alloc = parse("{\"cpu\":\"4\",\"memory\":\"8Gi\"}");
	const struct field_context c = {.pod = pod, .pod_ip = "1.2.3.4", .pod_ips = "1.2.3.4", .host_ip = "5.6.7.8", .host_ips = "5.6.7.8", .node_name = "n1"};
	static const struct {
		const char *path, *want;
	} t[] = {{"metadata.name", "p"}, {"metadata.uid", "u"}, {"metadata.labels['b']", "2"}, {"metadata.annotations['k']", "v"}, {"metadata.labels['none']", ""},
		 {"spec.nodeName", "n1"}, {"spec.serviceAccountName", "sa"}, {"status.podIP", "1.2.3.4"}, {"status.hostIP", "5.6.7.8"},
		 {"metadata.labels", "a/x=\"q\\\"q\"\nb=\"2\""}};
	struct err e = {0};

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_FREE char *v = NULL;
		CHECK(field_value(&c, t[i].path, &v, &e) == 0);
		CHECK_STR(v, t[i].want);
	}
	char *v = NULL;
	CHECK(field_value(&c, "spec.bogus", &v, &e) == ERR_INVALID);
	static const struct {
		const char *ref, *want;
	} res[] = {{"{\"resource\":\"limits.cpu\"}", "2"}, {"{\"resource\":\"limits.cpu\",\"divisor\":\"1m\"}", "1500"},
		   {"{\"resource\":\"requests.memory\",\"divisor\":\"1Mi\"}", "100"}, {"{\"resource\":\"limits.memory\",\"divisor\":\"1Gi\"}", "8"},
		   {"{\"resource\":\"requests.cpu\"}", "0"}};
	for (size_t i = 0; i < ARRAY_LEN(res); i++) {
		AUTO_JSON json_t *ref = parse(res[i].ref);
		AUTO_FREE char *r = NULL;
		CHECK(resource_value(pod, pod_container_spec(pod, "c"), ref, alloc, &r, &e) == 0);
		CHECK_STR(r, res[i].want);
	}
}

static void resolv_of(const char *pod_text, const char *host, const char *want, bool want_cut)
{
	AUTO_JSON json_t *pod = parse(pod_text);
	const char *ips[] = {"10.42.0.5", NULL};
	const struct etc_input in = {.pod = pod, .ns = "ns", .hostname = "h", .domain = "", .pod_ips = ips, .cluster_dns = "10.43.0.10",
				     .cluster_domain = "cluster.local", .host_resolv = host};
	AUTO_BUF struct buf b = {0};
	struct err e = {0};
	bool cut = false;

	CHECK(etc_resolv(&in, &b, &cut, &e) == 0);
	CHECK_STR(b.data ? b.data : "", want);
	CHECK(cut == want_cut);
}

static void resolv(void)
{
	static const char host[] = "# comment\nnameserver 9.9.9.9\nsearch old\nsearch lab.example  corp.example\noptions timeout:1\n";

	resolv_of("{\"spec\":{}}", host,
		  "search ns.svc.cluster.local svc.cluster.local cluster.local lab.example corp.example\nnameserver 10.43.0.10\noptions ndots:5\n", false);
	resolv_of("{\"spec\":{\"dnsPolicy\":\"Default\"}}", host, "search lab.example corp.example\nnameserver 9.9.9.9\noptions timeout:1\n", false);
	resolv_of("{\"spec\":{\"dnsPolicy\":\"ClusterFirst\",\"hostNetwork\":true}}", host, "search lab.example corp.example\nnameserver 9.9.9.9\noptions timeout:1\n", false);
	resolv_of("{\"spec\":{\"dnsPolicy\":\"ClusterFirstWithHostNet\",\"hostNetwork\":true}}", "",
		  "search ns.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.43.0.10\noptions ndots:5\n", false);
	resolv_of("{\"spec\":{\"dnsPolicy\":\"None\",\"dnsConfig\":{\"nameservers\":[\"1.1.1.1\"],\"searches\":[\"a.b\"],\"options\":[{\"name\":\"ndots\",\"value\":\"2\"},"
		  "{\"name\":\"edns0\"}]}}}", host, "search a.b\nnameserver 1.1.1.1\noptions ndots:2 edns0\n", false);
	resolv_of("{\"spec\":{\"dnsConfig\":{\"nameservers\":[\"1.1.1.1\",\"2.2.2.2\",\"3.3.3.3\"],\"options\":[{\"name\":\"ndots\",\"value\":\"2\"}]}}}", "",
		  "search ns.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.43.0.10\nnameserver 1.1.1.1\nnameserver 2.2.2.2\noptions ndots:2\n", true);
	CHECK(etc_resolv_is_local("nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch lan\n") && etc_resolv_is_local("nameserver ::1\n"));
	CHECK(!etc_resolv_is_local("nameserver 127.0.0.1\nnameserver 9.9.9.9\n") && !etc_resolv_is_local("search lan\n") && !etc_resolv_is_local(""));
}

static void hosts(void)
{
	AUTO_JSON json_t *pod = parse("{\"metadata\":{\"name\":\"p\",\"namespace\":\"ns\"},\"spec\":{\"subdomain\":\"sub\",\"hostAliases\":[{\"ip\":\"1.2.3.4\",\"hostnames\":[\"x\",\"y\"]}]}}");
	const char *ips[] = {"10.42.0.5", NULL};
	char name[64], domain[256];
	AUTO_BUF struct buf b = {0};
	struct err e = {0};

	etc_hostname(pod, "cluster.local", name, domain);
	CHECK_STR(name, "p");
	CHECK_STR(domain, "sub.ns.svc.cluster.local");
	const struct etc_input in = {.pod = pod, .ns = "ns", .hostname = name, .domain = domain, .pod_ips = ips, .cluster_dns = "", .cluster_domain = "cluster.local"};
	CHECK(etc_hosts(&in, &b, &e) == 0);
	CHECK(strstr(b.data, "10.42.0.5\tp.sub.ns.svc.cluster.local\tp\n") != NULL);
	CHECK(strstr(b.data, "1.2.3.4\tx\ty\n") != NULL);
}

static void users(void)
{
	static const char passwd[] = "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001::/home/app:/bin/sh\nbad\n:x:5\n", group[] = "root:x:0:\napp:x:1001:\nextra:x:2000:other,app\nwheel:x:10:application\n";
	struct user u;
	struct err e = {0};

	CHECK(user_parse(passwd, group, "", &u, &e) == 0 && u.uid == 0 && u.gid == 0);
	CHECK_STR(u.home, "/root");
	CHECK(user_parse(passwd, group, "app", &u, &e) == 0 && u.uid == 1000 && u.gid == 1001 && u.n_groups == 1 && u.groups[0] == 2000);
	CHECK_STR(u.home, "/home/app");
	CHECK(user_parse(passwd, group, "app:extra", &u, &e) == 0 && u.gid == 2000 && u.n_groups == 0);
	CHECK(user_parse(passwd, group, "1000", &u, &e) == 0 && u.gid == 1001);
	CHECK(user_parse(passwd, group, "77:88", &u, &e) == 0 && u.uid == 77 && u.gid == 88);
	CHECK(user_parse(NULL, NULL, "77", &u, &e) == 0 && u.uid == 77 && u.gid == 0);
	CHECK(user_parse(passwd, group, "nobody", &u, &e) == ERR_INVALID);
	CHECK(user_parse(passwd, group, "app:nobody", &u, &e) == ERR_INVALID);
	CHECK(user_parse(NULL, NULL, "99999999999", &u, &e) == ERR_INVALID);
}

static void capabilities(void)
{
	uint64_t set;
	struct err e = {0};
	AUTO_JSON json_t *drop = parse("{\"drop\":[\"ALL\"],\"add\":[\"NET_BIND_SERVICE\",\"CAP_CHOWN\"]}"), *all = parse("{\"add\":[\"ALL\"],\"drop\":[\"SYS_ADMIN\"]}"),
			*bad = parse("{\"add\":[\"NOPE\"]}");

	CHECK(caps_compute(NULL, false, ~0ull, &set, &e) == 0 && set == 0xa80425fb);
	CHECK(caps_compute(drop, false, ~0ull, &set, &e) == 0 && set == (1u << 10 | 1u));
	CHECK(caps_compute(all, false, ~0ull, &set, &e) == 0 && !(set >> 21 & 1) && (set >> 40 & 1));
	CHECK(caps_compute(NULL, true, ~(1ull << 24), &set, &e) == 0 && !(set >> 24 & 1) && (set >> 21 & 1));
	CHECK(caps_compute(bad, false, ~0ull, &set, &e) == ERR_INVALID);
}

static void cgroups(void)
{
	struct cgroup_host h;
	struct err e = {0};
	static const char v2[] = "30 1 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n",
			  v1[] = "1 0 0:1 / / rw - ext4 x rw\n2 1 0:2 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
				 "3 1 0:3 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n4 1 0:4 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd\n",
			  hybrid[] = "2 1 0:2 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n3 1 0:3 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

	CHECK(cgroup_host_probe(&h, v2, &e) == 0 && h.mode == CGROUP_V2 && h.n_mounts == 1 && !h.unified[0]);
	CHECK(cgroup_host_probe(&h, v1, &e) == 0 && h.mode == CGROUP_V1 && h.n_mounts == 3);
	CHECK_STR(h.mounts[0].controllers, ",cpu,cpuacct,");
	CHECK(cgroup_host_probe(&h, hybrid, &e) == 0 && h.mode == CGROUP_HYBRID);
	CHECK_STR(h.unified, "/sys/fs/cgroup/unified");
	CHECK(cgroup_host_probe(&h, "1 0 0:1 / / rw - ext4 x rw\n", &e) == ERR_UNSUPPORTED);
	CHECK(cgroup_weight(2) == 1 && cgroup_weight(1024) == 39 && cgroup_weight(262144) == 10000);
	CHECK(cgroup_milli_to_shares(0) == 2 && cgroup_milli_to_shares(250) == 256 && cgroup_milli_to_shares(1000) == 1024);
}

static void states(void)
{
	for (unsigned s = 0; s < POD_STATES; s++) {
		enum pod_state back;
		CHECK(pod_state_parse(pod_state_name((enum pod_state)s), &back) == 0 && back == s);
		CHECK(!pod_state_allowed(POD_FINISHED, (enum pod_state)s));
		CHECK(s <= POD_TERMINATING || !pod_state_allowed(POD_RUNNING, (enum pod_state)s));
	}
	CHECK(!pod_state_allowed(POD_TERMINATING, POD_RUNNING));
	CHECK(!pod_state_allowed(POD_STOPPED, POD_SETUP));
	CHECK(!ctr_state_allowed(CTR_EXITED, CTR_RUNNING));
	CHECK(!ctr_state_allowed(CTR_STOPPING, CTR_RUNNING));
	CHECK(ctr_state_allowed(CTR_EXITED, CTR_WAITING));
	enum ctr_state c;
	CHECK(ctr_state_parse("Nope", &c) < 0);
}

static void backoffs(void)
{
	struct backoff b = {0};

	CHECK(backoff_remaining(&b, 1000, 1000) == 0);
	backoff_next(&b, 1000, 1000);
	CHECK(b.delay_ms == 10000);
	CHECK(backoff_remaining(&b, 2000, 3000) == 9000);
	CHECK(backoff_remaining(&b, 2000, 12000) == 0);
	for (int i = 0; i < 10; i++)
		backoff_next(&b, 12000, 12000);
	CHECK(b.delay_ms == BACKOFF_MAX_MS);
	CHECK(backoff_remaining(&b, 12000 + 2 * BACKOFF_MAX_MS + 1, 12000 + 2 * BACKOFF_MAX_MS + 2) == 0); /* ran long enough */
	backoff_next(&b, 12000 + 2 * BACKOFF_MAX_MS + 1, 12000 + 2 * BACKOFF_MAX_MS + 2);
	CHECK(b.delay_ms == BACKOFF_FIRST_MS);
}

static bool ioctl_allowed(const json_t *profile, uint64_t number)
{
	const json_t *rule, *name;
	size_t i, k;

	json_array_foreach (json_object_get(profile, "syscalls"), i, rule)
		json_array_foreach (json_object_get(rule, "names"), k, name) {
			if (!streq(json_string_value(name), "ioctl"))
				continue;
			if (!json_object_get(rule, "args") ||
			    (number & (uint64_t)json_int_or(rule, "args[0].value", 0)) == (uint64_t)json_int_or(rule, "args[0].valueTwo", 0))
				return true;
		}
	return false;
}

static void oci(void)
{
	AUTO_JSON json_t *pod = parse("{\"metadata\":{\"name\":\"p\",\"namespace\":\"n\",\"uid\":\"u\"},\"spec\":{\"securityContext\":{\"fsGroup\":9}}}");
	AUTO_JSON json_t *ctr = parse("{\"name\":\"c\",\"tty\":true,\"resources\":{\"limits\":{\"cpu\":\"250m\",\"memory\":\"64Mi\"}},\"securityContext\":"
				      "{\"readOnlyRootFilesystem\":true,\"allowPrivilegeEscalation\":false}}");
	const char *args[] = {"a", "b", NULL}, *env[] = {"X=1", NULL};
	const struct user user = {.uid = 5, .gid = 6, .groups = {7}, .n_groups = 1};
	const struct oci_mount m[] = {{.source = "/h", .destination = "/dev/shm", .propagation = "rslave"},
				      {.source = "/f", .destination = "/etc/f", .read_only = true, .file = true},
				      {.source = "/d", .destination = "/d", .read_only = true, .recursively = true}};
	struct oci_input in = {.pod = pod, .container = ctr, .args = args, .env = env, .cwd = "", .rootfs = "/r", .hostname = "p", .cgroup = "minik/podu/c", .user = &user,
			       .mounts = m, .n_mounts = 3, .allowed_caps = ~0ull, .oom_score_adj = 5, .set_oom_score_adj = true};
	AUTO_JSON json_t *o = NULL;
	struct err e = {0};

	str_copy(in.ns.net, sizeof(in.ns.net), "/run/net");
	CHECK(oci_config(&in, &o, &e) == 0);
	CHECK_STR(json_str(o, "process.args[1]"), "b");
	CHECK_STR(json_str(o, "process.cwd"), "/");
	CHECK(json_int_or(o, "process.user.uid", 0) == 5 && json_array_size(json_dot(o, "process.user.additionalGids")) == 3);
	CHECK(json_bool_or(o, "process.noNewPrivileges", false) && json_bool_or(o, "root.readonly", false) && json_bool_or(o, "process.terminal", false));
	CHECK(json_int_or(o, "linux.resources.memory.limit", 0) == 67108864 && json_int_or(o, "linux.resources.cpu.quota", 0) == 25000);
	CHECK(json_int_or(o, "linux.resources.cpu.shares", 0) == 256);
	CHECK_STR(json_str(o, "linux.cgroupsPath"), "/minik/podu/c");
	CHECK_STR(json_str(o, "linux.namespaces[0].path"), "/run/net");
	CHECK(json_array_size(json_dot(o, "linux.namespaces")) == 3); /* network, pid, mount: the others are the host's */
	CHECK(json_int_or(o, "process.oomScoreAdj", 0) == 5);
	size_t shm = 0, i;
	json_t *v;
	json_array_foreach(json_dot(o, "mounts"), i, v) shm += streq(json_str(v, "destination"), "/dev/shm");
	CHECK(shm == 1); /* the pod's own wins */
	json_array_foreach(json_dot(o, "mounts"), i, v)
	{
		if (streq(json_str(v, "destination"), "/etc/f"))
			CHECK_STR(json_str(v, "options[2]"), "ro");
		if (streq(json_str(v, "destination"), "/d"))
			CHECK_STR(json_str(v, "options[2]"), "rro");
	}
	CHECK(json_dot(o, "linux.maskedPaths") != NULL);
	/* With the strict policy only what the pod names. */
	AUTO_JSON json_t *strict = NULL;
	json_dot_set(pod, "spec.securityContext.supplementalGroupsPolicy", json_string("Strict"));
	CHECK(oci_config(&in, &strict, &e) == 0);
	CHECK(json_array_size(json_dot(strict, "process.user.additionalGids")) == 2);
	in.args = (const char *[]){NULL};
	json_t *none = NULL;
	CHECK(oci_config(&in, &none, &e) == ERR_INVALID);
	AUTO_JSON json_t *sec = seccomp_default(0xa80425fb);
	CHECK_STR(json_str(sec, "defaultAction"), "SCMP_ACT_ERRNO");
	/* ioctl by all rules of the profile, as libseccomp reads them: those that change projects and their inheritance by no number, all others by any. */
	static const uint64_t denied[] = {0x401c5820, 0x5401c5820, 0x40086602, 0xffffffff40086602, 0x40046602}, let[] = {0, 0x5401, 0x541b, 0x80086601, 0x801c581f, 0xffffffff80045430, 0x40086601, 0x40086603, 0x40046600, 0x401c5821, 0x401c5822, 0xc0086602};
	for (i = 0; i < ARRAY_LEN(denied); i++)
		CHECK(!ioctl_allowed(sec, denied[i]));
	for (i = 0; i < ARRAY_LEN(let); i++)
		CHECK(ioctl_allowed(sec, let[i]));
	AUTO_JSON json_t *admin = seccomp_default(0xa80425fb | 1 << 21), *keep = seccomp_keep_limits(0xa80425fb), *none_to_deny = seccomp_keep_limits(1 << 21);
	CHECK(ioctl_allowed(admin, 0x401c5820));
	CHECK_STR(json_str(keep, "defaultAction"), "SCMP_ACT_ALLOW");
	CHECK(none_to_deny == NULL);
	AUTO_JSON json_t *g = parse("{\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"memory\":\"1Gi\"},\"requests\":{\"memory\":\"1Gi\"}}}]}}");
	CHECK(oci_oom_score_adj(g, json_dot(g, "spec.containers[0]"), "Burstable", 4ll << 30) == 750);
	CHECK(oci_oom_score_adj(g, json_dot(g, "spec.containers[0]"), "BestEffort", 4ll << 30) == 1000);
	CHECK(oci_oom_score_adj(g, json_dot(g, "spec.containers[0]"), "Guaranteed", 4ll << 30) == -997);
}

static void files(void)
{
	char dir[] = "/tmp/minik-test-XXXXXX", *data;
	struct payload pl = {0}, two = {0};
	struct err e = {0};
	AUTO_BUF struct buf b = {0}, c = {0};
	int fd = -1;

	CHECK(mkdtemp(dir) != NULL);
	CHECK(!path_is_local("/a") && !path_is_local("a/../b") && !path_is_local("..") && !path_is_local("") && path_is_local("a/..b/c") && path_is_local("a"));
	CHECK(payload_add(&pl, "../x", "1", 1, 0644, &e) == ERR_INVALID);
	CHECK(payload_add(&pl, "..data", "1", 1, 0644, &e) == ERR_INVALID);
	CHECK(payload_add(&pl, "a", "one", 3, 0644, &e) == 0 && payload_add(&pl, "d/b", "two", 3, 0400, &e) == 0 && payload_add(&pl, "a", "new", 3, 0600, &e) == 0);
	CHECK(pl.n == 2);
	AUTO_FREE char *vol = fs_join(dir, "v"), *a = fs_join(vol, "a"), *db = fs_join(vol, "d/b"), *dd = fs_join(vol, "..data");
	CHECK(payload_write(vol, &pl, -1, &e) == 0);
	CHECK(fs_read(a, 100, &b, &e) == 0);
	CHECK_STR(b.data, "new");
	CHECK(fs_read(db, 100, &c, &e) == 0);
	char before[256] = "", after[256] = "";
	CHECK(readlink(dd, before, sizeof(before) - 1) > 0);
	CHECK(payload_write(vol, &pl, -1, &e) == 0);
	CHECK(readlink(dd, after, sizeof(after) - 1) > 0);
	CHECK_STR(before, after); /* unchanged content is left alone */
	if (geteuid() == 0) { /* with a group of its own, too */
		CHECK(payload_write(vol, &pl, 12, &e) == 0 && readlink(dd, before, sizeof(before) - 1) > 0 && !streq(before, after));
		CHECK(payload_write(vol, &pl, 12, &e) == 0 && readlink(dd, after, sizeof(after) - 1) > 0);
		CHECK_STR(before, after);
	}
	CHECK(payload_add(&two, "a", "xyz", 3, 0600, &e) == 0);
	CHECK(payload_write(vol, &two, -1, &e) == 0);
	CHECK(!fs_exists(db));
	data = fs_join(vol, before);
	CHECK(!fs_exists(data));
	free(data);
	/* subPath: links may not lead out */
	AUTO_FREE char *out = fs_join(vol, "out"), *in = fs_join(vol, "in"), *dir2 = fs_join(vol, "x/y");
	CHECK(symlink("/etc", out) == 0 && symlink("..data", in) == 0);
	CHECK(subpath_open(vol, "out/passwd", &fd, &e) < 0);
	CHECK(subpath_open(vol, "../v", &fd, &e) < 0);
	CHECK(subpath_open(vol, "in/a", &fd, &e) == 0);
	close(fd);
	CHECK(subpath_open(vol, "x/y", &fd, &e) == 0 && fs_exists(dir2));
	close(fd);
	if (geteuid() == 0) { /* fsGroup follows no links */
		AUTO_FREE char *victim = fs_join(dir, "victim"), *trap = fs_join(dir2, "trap"), *own = fs_join(dir2, "own");
		struct stat st;
		CHECK(fs_write(victim, "x", 1, &e) == 0 && chmod(victim, 0600) == 0 && symlink(victim, trap) == 0 && fs_write(own, "x", 1, &e) == 0 && chmod(own, 0600) == 0);
		CHECK(volume_chgrp(vol, 77, false, &e) == 0);
		CHECK(stat(victim, &st) == 0 && st.st_gid != 77 && (st.st_mode & 0777) == 0600);
		CHECK(stat(own, &st) == 0 && st.st_gid == 77 && (st.st_mode & 0777) == 0660);
		CHECK(lstat(trap, &st) == 0 && st.st_gid == 77);
		CHECK(stat(dir2, &st) == 0 && st.st_gid == 77 && (st.st_mode & S_ISGID));
	}
	/* hostPath types */
	CHECK(hostpath_prepare(vol, "Directory", &e) == 0 && hostpath_prepare(vol, "File", &e) == ERR_INVALID && hostpath_prepare(vol, "Bogus", &e) == ERR_INVALID);
	AUTO_FREE char *f = fs_join(dir, "f");
	CHECK(hostpath_prepare(f, "FileOrCreate", &e) == 0 && hostpath_prepare(f, "File", &e) == 0 && hostpath_prepare("/dev/null", "CharDevice", &e) == 0);
	payload_done(&pl);
	payload_done(&two);
	CHECK(fs_rm_rf(dir, &e) == 0);
}

static void qos(void)
{
	static const struct {
		const char *pod, *want;
	} t[] = {{"{\"spec\":{\"containers\":[{}]}}", "BestEffort"},
		 {"{\"spec\":{\"containers\":[{\"resources\":{\"requests\":{\"cpu\":\"1\"}}}]}}", "Burstable"},
		 {"{\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"1\"},\"requests\":{\"cpu\":\"1\",\"memory\":\"1\"}}}]}}", "Guaranteed"}};

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_JSON json_t *pod = parse(t[i].pod);
		CHECK_STR(pod_qos(pod), t[i].want);
	}
}

static struct resources asked(const json_t *pod)
{
	struct resources r;

	resources_of_pod(&r, pod);
	json_decref(TAKE_PTR(r.extended));
	return r;
}

static void requests(void)
{
	AUTO_JSON json_t *p = parse("{\"spec\":{\"overhead\":{\"cpu\":\"10m\"},\"containers\":[{\"resources\":{\"requests\":{\"cpu\":\"100m\",\"memory\":\"1Mi\"}}},"
				    "{\"resources\":{\"requests\":{\"cpu\":\"1\"}}},{}],\"initContainers\":[{\"resources\":{\"requests\":{\"cpu\":\"500m\"}},"
				    "\"restartPolicy\":\"Always\"},{\"resources\":{\"requests\":{\"cpu\":\"200m\",\"memory\":\"3Mi\"}}}]}}");

	CHECK(asked(p).milli_cpu == 1610);		 /* the containers and the sidecar */
	CHECK(asked(p).memory == 3 * 1048576); /* the init container's is more */
	CHECK(asked(NULL).milli_cpu == 0);
	json_dot_set(p, "spec.initContainers[1].resources.requests.cpu", json_string("2"));
	CHECK(asked(p).milli_cpu == 2510); /* beside the sidecar that is there already */
	AUTO_FREE char *text = ctr_resources_text(json_dot(p, "spec.containers[0]")), *none = ctr_resources_text(json_dot(p, "spec.containers[2]"));
	CHECK_STR(text, "{\"requests\":{\"cpu\":\"100m\",\"memory\":\"1Mi\"}}");
	CHECK_STR(none, "{}");
}

static void latest(void)
{
	CHECK(image_is_latest("a") && image_is_latest("host:5000/a") && image_is_latest("a:latest") && image_is_latest("host/b/a:latest"));
	CHECK(!image_is_latest("a:1") && !image_is_latest("host:5000/a:1") && !image_is_latest("a@sha256:0") && !image_is_latest("a:latest@sha256:0"));
}

int main(void)
{
	RUN(latest);
	RUN(expansion);
	RUN(fields);
	RUN(resolv);
	RUN(hosts);
	RUN(users);
	RUN(capabilities);
	RUN(cgroups);
	RUN(states);
	RUN(backoffs);
	RUN(oci);
	RUN(files);
	RUN(qos);
	RUN(requests);
	return TEST_END();
}
