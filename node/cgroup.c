#include "node/cgroup.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include "base/fs.h"
#include "base/str.h"

#define MOUNTINFO_MAX (4u << 20)

uint64_t cgroup_weight(uint64_t shares)
{
	if (shares == 0)
		return 0;
	if (shares < 2)
		shares = 2;
	if (shares > 262144)
		shares = 262144;
	return 1 + ((shares - 2) * 9999) / 262142;
}

uint64_t cgroup_milli_to_shares(int64_t milli)
{
	uint64_t shares;

	if (milli <= 0)
		return 2;
	shares = (uint64_t)milli * 1024 / 1000;
	return shares < 2 ? 2 : shares > 262144 ? 262144 : shares;
}

static bool known_controller(const char *name, size_t n)
{
	static const char *const names[] = {"cpu",     "cpuacct", "cpuset",  "memory",	"devices", "freezer",
					    "blkio",   "pids",	  "hugetlb", "net_cls", "net_prio", "perf_event",
					    "rdma",    "misc"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0)
			return true;
	return false;
}

/* The nth blank-separated field of a line, NUL-terminated into out. */
static bool field(const char *line, const char *end, unsigned n, char *out, size_t cap)
{
	const char *p = line;

	for (; n > 0; n--) {
		while (p < end && *p != ' ')
			p++;
		if (p >= end)
			return false;
		p++;
	}
	const char *q = p;
	while (q < end && *q != ' ')
		q++;
	if ((size_t)(q - p) >= cap)
		return false;
	memcpy(out, p, (size_t)(q - p));
	out[q - p] = '\0';
	return true;
}

static void mount_line(struct cgroup_host *h, const char *line, const char *end)
{
	char path[sizeof(h->mounts[0].path)], type[32], opts[512];
	const char *sep = memmem(line, (size_t)(end - line), " - ", 3);

	if (!sep || !field(line, end, 4, path, sizeof(path)) || !field(sep + 3, end, 0, type, sizeof(type)))
		return;
	if (streq(type, "cgroup2")) {
		if (h->unified[0] == '\0')
			str_copy(h->unified, sizeof(h->unified), path);
		return;
	}
	if (!streq(type, "cgroup") || !field(sep + 3, end, 2, opts, sizeof(opts)) || h->n_mounts == CGROUP_MAX_HIERARCHIES)
		return;
	char list[sizeof(h->mounts[0].controllers)] = ",";
	size_t len = 1;
	for (const char *p = opts; *p;) {
		size_t n = strcspn(p, ",");
		bool named = n > 5 && memcmp(p, "name=", 5) == 0;
		if ((known_controller(p, n) || named) && len + n + 2 < sizeof(list)) {
			memcpy(list + len, p, n);
			len += n;
			list[len++] = ',';
			list[len] = '\0';
		}
		p += n;
		if (*p == ',')
			p++;
	}
	if (len == 1)
		return;
	for (unsigned i = 0; i < h->n_mounts; i++)
		if (streq(h->mounts[i].controllers, list))
			return; /* mounted twice */
	str_copy(h->mounts[h->n_mounts].path, sizeof(path), path);
	str_copy(h->mounts[h->n_mounts].controllers, sizeof(list), list);
	h->n_mounts++;
}

static const char *find(const struct cgroup_host *h, const char *controller)
{
	char want[40];

	if (h->mode == CGROUP_V2)
		return h->mounts[0].path;
	snprintf(want, sizeof(want), ",%s,", controller);
	for (unsigned i = 0; i < h->n_mounts; i++)
		if (strstr(h->mounts[i].controllers, want))
			return h->mounts[i].path;
	return NULL;
}

int cgroup_host_probe(struct cgroup_host *ret, const char *text, struct err *e)
{
	struct cgroup_host h = {0};
	AUTO_BUF struct buf b = {0};
	int r;

	if (!text) {
		r = fs_read("/proc/self/mountinfo", MOUNTINFO_MAX, &b, e);
		if (r < 0)
			return err_wrap(e, "cannot look for cgroups");
		text = b.data ? b.data : "";
	}
	for (const char *p = text; *p;) {
		const char *end = strchrnul(p, '\n');
		mount_line(&h, p, end);
		p = *end ? end + 1 : end;
	}
	if (h.n_mounts == 0 && h.unified[0] != '\0') {
		h.mode = CGROUP_V2;
		h.n_mounts = 1;
		str_copy(h.mounts[0].path, sizeof(h.mounts[0].path), h.unified);
		h.unified[0] = '\0';
	} else if (h.n_mounts > 0) {
		h.mode = h.unified[0] ? CGROUP_HYBRID : CGROUP_V1;
		if (!find(&h, "memory") && !find(&h, "cpu"))
			return err_set(e, ERR_UNSUPPORTED,
				       "neither the memory nor the cpu cgroup controller is mounted under /sys/fs/cgroup; mount them (cgroupfs-mount) or boot with cgroup v2");
	} else {
		return err_set(e, ERR_UNSUPPORTED, "no cgroup file system is mounted; mount cgroup2 at /sys/fs/cgroup");
	}
	*ret = h;
	return 0;
}

static int write_file(const char *dir, const char *name, const char *value, struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, name);

	if (!path)
		return err_nomem(e);
	return fs_write(path, value, strlen(value), e);
}

static int write_i64(const char *dir, const char *name, int64_t v, struct err *e)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", (long long)v);
	return write_file(dir, name, text, e);
}

/* v2: children get a controller only when every ancestor passes it on. One write each: an absent controller must not spoil the rest. */
static void enable_controllers(const char *dir)
{
	static const char *const names[] = {"+cpu", "+memory", "+pids", "+io", "+cpuset", "+hugetlb"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		(void)write_file(dir, "cgroup.subtree_control", names[i], NULL);
}

static int cpuset_inherit(const char *parent, const char *dir)
{
	static const char *const files[] = {"cpuset.cpus", "cpuset.mems"};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		AUTO_FREE char *from = fs_join(parent, files[i]), *to = fs_join(dir, files[i]);
		AUTO_BUF struct buf have = {0}, want = {0};

		if (!from || !to || fs_read(to, 4096, &have, NULL) < 0 || fs_read(from, 4096, &want, NULL) < 0)
			continue;
		if (have.len <= 1 && want.len > 0)
			(void)fs_write(to, want.data, want.len, NULL);
	}
	return 0;
}

static int ensure_in(const struct cgroup_host *h, const char *mount, const char *rel, bool cpuset, struct err *e)
{
	AUTO_FREE char *path = str_dup(mount);

	if (!path)
		return err_nomem(e);
	for (const char *p = rel; *p;) {
		size_t n = strcspn(p, "/");
		AUTO_FREE char *name = str_ndup(p, n);
		AUTO_FREE char *child = name ? fs_join(path, name) : NULL;

		if (!child)
			return err_nomem(e);
		if (h->mode == CGROUP_V2)
			enable_controllers(path);
		if (mkdir(child, 0755) < 0 && errno != EEXIST)
			return err_errno(e, errno, "cannot make cgroup %s", child);
		if (cpuset)
			cpuset_inherit(path, child);
		free(path);
		path = TAKE_PTR(child);
		p += n;
		while (*p == '/')
			p++;
	}
	return 0;
}

static char *dir_of(const struct cgroup_host *h, const char *controller, const char *rel)
{
	const char *m = find(h, controller);

	return m ? fs_join(m, rel) : NULL;
}

static int set_limits(const struct cgroup_host *h, const char *rel, const struct cgroup_limits *l, struct err *e)
{
	AUTO_FREE char *cpu = dir_of(h, "cpu", rel), *mem = dir_of(h, "memory", rel), *pids = dir_of(h, "pids", rel);
	bool v2 = h->mode == CGROUP_V2;
	char text[64];
	int r = 0;

	if (cpu && l->cpu_shares > 0)
		r = write_i64(cpu, v2 ? "cpu.weight" : "cpu.shares",
			      (int64_t)(v2 ? cgroup_weight(l->cpu_shares) : l->cpu_shares), e);
	if (r == 0 && cpu && l->cpu_quota_us > 0) {
		int64_t period = l->cpu_period_us > 0 ? l->cpu_period_us : 100000;
		if (v2) {
			snprintf(text, sizeof(text), "%lld %lld", (long long)l->cpu_quota_us, (long long)period);
			r = write_file(cpu, "cpu.max", text, e);
		} else {
			r = write_i64(cpu, "cpu.cfs_period_us", period, e);
			if (r == 0)
				r = write_i64(cpu, "cpu.cfs_quota_us", l->cpu_quota_us, e);
		}
	}
	if (r == 0 && mem && l->memory_bytes > 0)
		r = write_i64(mem, v2 ? "memory.max" : "memory.limit_in_bytes", l->memory_bytes, e);
	if (r == 0 && pids && l->pids > 0)
		r = write_i64(pids, "pids.max", l->pids, e);
	return r < 0 ? err_wrap(e, "cannot limit cgroup %s", rel) : 0;
}

int cgroup_ensure(const struct cgroup_host *h, const char *rel, const struct cgroup_limits *l, struct err *e)
{
	for (unsigned i = 0; i < h->n_mounts; i++) {
		int r = ensure_in(h, h->mounts[i].path, rel, strstr(h->mounts[i].controllers, ",cpuset,") != NULL, e);
		if (r < 0)
			return r;
	}
	return l ? set_limits(h, rel, l, e) : 0;
}

int cgroup_join(const struct cgroup_host *h, const char *rel, int pid, struct err *e)
{
	for (unsigned i = 0; i < h->n_mounts; i++) {
		AUTO_FREE char *dir = fs_join(h->mounts[i].path, rel);
		int r = dir ? write_i64(dir, "cgroup.procs", pid, e) : err_nomem(e);
		if (r < 0)
			return r;
	}
	return 0;
}

static int signal_procs(const char *dir, int sig)
{
	AUTO_FREE char *path = fs_join(dir, "cgroup.procs");
	AUTO_BUF struct buf b = {0};
	int n = 0;

	if (!path || fs_read(path, 1u << 20, &b, NULL) < 0 || !b.data)
		return 0;
	for (const char *p = b.data; *p;) {
		char *end;
		long pid = strtol(p, &end, 10);
		if (end == p)
			break;
		if (pid > 1) {
			n++;
			if (sig > 0)
				(void)kill((pid_t)pid, sig);
		}
		p = *end ? end + 1 : end;
	}
	return n;
}

int cgroup_signal(const struct cgroup_host *h, const char *rel, int sig)
{
	AUTO_FREE char *dir = dir_of(h, "memory", rel);

	if (!dir)
		dir = fs_join(h->mounts[0].path, rel);
	return dir ? signal_procs(dir, sig) : 0;
}

/* Depth first: kills, and removes unless told otherwise; returns the first error of rmdir, 0 when all is gone. */
static int end_tree(const char *dir, bool keep, unsigned depth)
{
	DIR *d = opendir(dir);
	int result = 0;

	if (!d)
		return errno == ENOENT ? 0 : -errno;
	for (struct dirent *de; depth < 32 && (de = readdir(d));) {
		if (de->d_type != DT_DIR || de->d_name[0] == '.')
			continue;
		AUTO_FREE char *child = fs_join(dir, de->d_name);
		int r = child ? end_tree(child, keep, depth + 1) : -ENOMEM;
		if (r < 0 && result == 0)
			result = r;
	}
	closedir(d);
	(void)signal_procs(dir, SIGKILL);
	if (!keep && rmdir(dir) < 0 && errno != ENOENT && result == 0)
		result = -errno;
	return result;
}

void cgroup_kill(const struct cgroup_host *h, const char *rel)
{
	for (unsigned i = 0; i < h->n_mounts; i++) {
		AUTO_FREE char *dir = fs_join(h->mounts[i].path, rel);
		if (dir)
			(void)end_tree(dir, true, 0);
	}
}

int cgroup_remove(const struct cgroup_host *h, const char *rel, struct err *e)
{
	/* A killed process leaves its cgroup when it is reaped, for which there is no event on v1: look again, ever more rarely. */
	for (int wait_ms = 1, waited = 0;; wait_ms = wait_ms < 200 ? wait_ms * 2 : 200) {
		int result = 0;
		for (unsigned i = 0; i <= h->n_mounts; i++) {
			const char *m = i < h->n_mounts ? h->mounts[i].path : h->unified;
			AUTO_FREE char *dir = m[0] ? fs_join(m, rel) : NULL;
			int r = dir ? end_tree(dir, false, 0) : 0;
			if (r < 0 && result == 0)
				result = r;
		}
		if (result == 0)
			return 0;
		if (result != -EBUSY || waited > 10000)
			return err_errno(e, -result, "cannot remove cgroup %s", rel);
		struct timespec ts = {.tv_nsec = wait_ms * 1000000L};
		nanosleep(&ts, NULL);
		waited += wait_ms;
	}
}

static uint64_t read_u64(const char *dir, const char *name)
{
	AUTO_FREE char *path = fs_join(dir, name);
	AUTO_BUF struct buf b = {0};

	if (!path || fs_read(path, 64, &b, NULL) < 0 || !b.data)
		return 0;
	return strtoull(b.data, NULL, 10);
}

static uint64_t read_stat(const char *dir, const char *name, const char *key)
{
	AUTO_FREE char *path = fs_join(dir, name);
	AUTO_BUF struct buf b = {0};
	size_t n = strlen(key);

	if (!path || fs_read(path, 65536, &b, NULL) < 0 || !b.data)
		return 0;
	for (const char *p = b.data; *p;) {
		if (strncmp(p, key, n) == 0 && p[n] == ' ')
			return strtoull(p + n + 1, NULL, 10);
		p = strchrnul(p, '\n');
		p += *p != '\0';
	}
	return 0;
}

int cgroup_usage(const struct cgroup_host *h, const char *rel, struct cgroup_usage *ret, struct err *e)
{
	AUTO_FREE char *cpu = dir_of(h, h->mode == CGROUP_V2 ? "cpu" : "cpuacct", rel), *mem = dir_of(h, "memory", rel),
		       *pids = dir_of(h, "pids", rel);
	bool v2 = h->mode == CGROUP_V2;
	struct cgroup_usage u = {0};
	uint64_t inactive = 0;

	if ((!cpu || !fs_exists(cpu)) && (!mem || !fs_exists(mem)))
		return err_set(e, ERR_NOT_FOUND, "cgroup %s does not exist", rel);
	if (cpu)
		u.cpu_ns = v2 ? read_stat(cpu, "cpu.stat", "usage_usec") * 1000 : read_u64(cpu, "cpuacct.usage");
	if (mem) {
		u.memory_bytes = read_u64(mem, v2 ? "memory.current" : "memory.usage_in_bytes");
		inactive = read_stat(mem, "memory.stat", v2 ? "inactive_file" : "total_inactive_file");
		u.rss_bytes = read_stat(mem, "memory.stat", v2 ? "anon" : "total_rss");
	}
	u.working_set_bytes = u.memory_bytes > inactive ? u.memory_bytes - inactive : 0;
	if (pids)
		u.pids = read_u64(pids, "pids.current");
	*ret = u;
	return 0;
}
