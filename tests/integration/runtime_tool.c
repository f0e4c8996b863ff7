/* Runs real containers by crun/runc and conmon from a layer directory: see node_runtime.sh. argv: LAYER DATA RUN CGROUP_ROOT */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/oci.h"
#include "node/runtime.h"
#include "tests/unit/test.h"

static const char *layer, *data_dir, *run_dir, *root;
static struct runtime *rt;
static struct err err;
#define OK(x)                                                                                                          \
	do {                                                                                                           \
		int ok_r = (x);                                                                                        \
		test_checks_++;                                                                                        \
		if (ok_r < 0) {                                                                                        \
			test_failures_++;                                                                              \
			fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #x, err.msg);                           \
		}                                                                                                      \
	} while (0)

static void new_cid(char cid[65])
{
	uint8_t raw[32];

	random_bytes(raw, sizeof(raw));
	hex_encode(raw, sizeof(raw), cid);
}

static int make(const char *cid, const char *script, const char *extra, bool seccomp, char *ret_log, pid_t *ret_pid)
{
	AUTO_JSON json_t *pod = json_pack("{s:{s:s,s:s,s:s},s:{}}", "metadata", "name", "t", "namespace", "default", "uid", "u1", "spec");
	AUTO_JSON json_t *ctr = NULL, *config = NULL, *sec = seccomp ? json_object() : NULL;
	AUTO_FREE char *rootfs = runtime_rootfs(rt, cid), *cgroup = str_fmt("%s/podu1/%s", root, cid);
	const char *args[] = {"/bin/busybox", "sh", "-c", script, NULL}, *env[] = {"PATH=/bin", "X=1", NULL};
	const struct user user = {0};
	const struct sandbox_spec sb = {.run_dir = run_dir, .uid = "u1"};
	char *layers[] = {(char *)layer, NULL};
	struct oci_input in = {.pod = pod, .args = args, .env = env, .rootfs = rootfs, .hostname = "t", .cgroup = cgroup, .user = &user,
			       .cgroup_v2 = runtime_cgroups(rt)->mode == CGROUP_V2, .allowed_caps = ~0ull >> 23 & 0xa80425fb};
	int r;

	json_parse(extra, strlen(extra), &ctr, NULL);
	in.container = ctr;
	sandbox_paths(&sb, &in.ns);
	r = oci_config(&in, &config, &err);
	if (r < 0)
		return r;
	snprintf(ret_log, 300, "%s/%s.log", data_dir, cid);
	const struct runtime_create c = {.cid = cid, .config = config, .layers = layers, .log_path = ret_log};
	return runtime_create(rt, &c, ret_pid, &err);
}

static int wait_exit(const char *cid, int *code)
{
	int64_t when;
	bool oom;

	for (int i = 0; i < 1000; i++) {
		int r = runtime_exit_code(rt, cid, code, &when, &oom, &err);
		if (r <= 0)
			return r;
		poll(NULL, 0, 10);
	}
	return -ETIMEDOUT;
}

static char *slurp(const char *path)
{
	struct buf b = {0};

	(void)fs_read(path, 1u << 20, &b, NULL);
	return buf_take(&b, NULL);
}

static void run_to_end(void)
{
	char cid[65], log[300];
	pid_t pid = 0;
	int code = -1;

	new_cid(cid);
	OK(make(cid, "echo hello; echo oops >&2; hostname; touch /x && echo writable; exit 3", "{\"name\":\"c\"}", false, log, &pid));
	CHECK(process_alive(pid, process_start_time(pid)));
	OK(runtime_start(rt, cid, &err));
	OK(wait_exit(cid, &code));
	CHECK(code == 3);
	AUTO_FREE char *text = slurp(log);
	CHECK(text && strstr(text, " stdout F hello\n"));
	CHECK(text && strstr(text, " stderr F oops\n"));
	CHECK(text && strstr(text, " stdout F podname\n"));
	CHECK(text && strstr(text, " stdout F writable\n"));
	OK(runtime_delete(rt, cid, &err));
	OK(runtime_delete(rt, cid, &err));
	AUTO_FREE char *x = str_fmt("%s/x", layer);
	CHECK(!fs_exists(x));
}

static void limits(void)
{
	char cid[65], log[300];
	pid_t pid = 0;
	int code = -1;
	struct cgroup_usage u = {0};

	new_cid(cid);
	OK(make(cid, "while :; do sleep 100; done",
		"{\"name\":\"c\",\"resources\":{\"limits\":{\"cpu\":\"500m\",\"memory\":\"32Mi\"},\"requests\":{\"cpu\":\"250m\"}}}", false, log, &pid));
	OK(runtime_start(rt, cid, &err));
	const struct cgroup_host *h = runtime_cgroups(rt);
	AUTO_FREE char *rel = str_fmt("%s/podu1/%s", root, cid);
	OK(cgroup_usage(h, rel, &u, &err));
	CHECK(u.memory_bytes > 0);
	for (unsigned i = 0; i < h->n_mounts; i++) {
		AUTO_FREE char *mem = str_fmt("%s/%s/%s", h->mounts[i].path, rel, h->mode == CGROUP_V2 ? "memory.max" : "memory.limit_in_bytes");
		AUTO_FREE char *cpu = str_fmt("%s/%s/%s", h->mounts[i].path, rel, h->mode == CGROUP_V2 ? "cpu.max" : "cpu.cfs_quota_us");
		AUTO_FREE char *m = slurp(mem), *c = slurp(cpu);
		if (fs_exists(mem))
			CHECK_STR(m, "33554432\n");
		if (fs_exists(cpu))
			CHECK_STR(c, h->mode == CGROUP_V2 ? "50000 100000\n" : "50000\n");
	}
	/* exec: output, exit code, environment, timeout */
	const char *cmd[] = {"/bin/busybox", "sh", "-c", "echo $X; echo e >&2; exit 7", NULL}, *slow[] = {"/bin/busybox", "sleep", "100", NULL};
	AUTO_BUF struct buf out = {0};
	OK(runtime_exec(rt, cid, cmd, 5000, &out, 1000, &code, &err));
	CHECK(code == 7);
	CHECK_STR(out.data, "1\ne\n");
	CHECK(runtime_exec(rt, cid, slow, 200, NULL, 0, &code, &err) == ERR_TIMEOUT);
	OK(runtime_reopen_log(rt, cid, &err));
	/* killed: 137 */
	uint64_t started = process_start_time(pid);
	OK(process_signal(pid, started, SIGKILL));
	OK(wait_exit(cid, &code));
	CHECK(code == 137);
	CHECK(process_signal(pid, started, SIGKILL) == -ESRCH);
	OK(runtime_delete(rt, cid, &err));
	OK(cgroup_remove(h, rel, &err));
}

static void oom(void)
{
	char cid[65], log[300];
	pid_t pid = 0;
	int code = -1;
	int64_t when;
	bool was_oom = false;

	new_cid(cid);
	OK(make(cid, "x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done", "{\"name\":\"c\",\"resources\":{\"limits\":{\"memory\":\"16Mi\"}}}", false, log, &pid));
	OK(runtime_start(rt, cid, &err));
	OK(wait_exit(cid, &code));
	OK(runtime_exit_code(rt, cid, &code, &when, &was_oom, &err));
	CHECK(was_oom);
	CHECK(code == 137);
	OK(runtime_delete(rt, cid, &err));
}

static void bad_command(void)
{
	char cid[65], log[300];
	pid_t pid = 0;
	AUTO_FREE char *left = NULL;

	new_cid(cid);
	AUTO_JSON json_t *config = NULL;
	const char *args[] = {"/no/such", NULL};
	const struct user user = {0};
	AUTO_FREE char *rootfs = runtime_rootfs(rt, cid), *cgroup = str_fmt("%s/podu1/%s", root, cid);
	AUTO_JSON json_t *pod = json_pack("{s:{},s:{}}", "metadata", "spec"), *ctr = json_object();
	struct oci_input in = {.pod = pod, .container = ctr, .args = args, .rootfs = rootfs, .cgroup = cgroup, .user = &user};
	char *layers[] = {(char *)layer, NULL};
	OK(oci_config(&in, &config, &err));
	snprintf(log, sizeof(log), "%s/bad.log", data_dir);
	const struct runtime_create c = {.cid = cid, .config = config, .layers = layers, .log_path = log};
	CHECK(runtime_create(rt, &c, &pid, &err) < 0);
	CHECK(strstr(err.msg, "/no/such") != NULL);
	left = runtime_bundle(rt, cid);
	CHECK(!fs_exists(left));
}

int main(int argc, char **argv)
{
	if (argc != 5)
		return 2;
	layer = argv[1];
	data_dir = argv[2];
	run_dir = argv[3];
	root = argv[4];
	const struct runtime_config c = {.program = getenv("RUNTIME") ? getenv("RUNTIME") : "auto", .data_dir = data_dir, .run_dir = run_dir};
	OK(runtime_new(&rt, &c, &err));
	if (!rt)
		return 1;
	fprintf(stderr, "runtime %s, cgroups %s\n", runtime_version(rt),
		((const char *[]){"v2", "v1", "hybrid"})[runtime_cgroups(rt)->mode]);
	const struct sandbox_spec sb = {.run_dir = run_dir, .uid = "u1", .hostname = "podname", .domainname = ""};
	bool created = false;
	OK(sandbox_ensure(&sb, &created, &err));
	CHECK(created);
	OK(sandbox_ensure(&sb, &created, &err));
	CHECK(!created);
	AUTO_FREE char *pod = str_fmt("%s/podu1", root);
	const struct cgroup_limits l = {.cpu_shares = 512, .memory_bytes = 256 << 20};
	OK(cgroup_ensure(runtime_cgroups(rt), pod, &l, &err));
	RUN(run_to_end);
	RUN(limits);
	RUN(oom);
	RUN(bad_command);
	OK(cgroup_remove(runtime_cgroups(rt), root, &err));
	OK(sandbox_remove(run_dir, "u1", &err));
	OK(sandbox_remove(run_dir, "u1", &err));
	runtime_free(rt);
	return TEST_END();
}
