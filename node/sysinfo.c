#include <dirent.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/internal.h"

/* Eviction thresholds that kubelet has by default. */
#define MEMORY_LOW_BYTES (100ll << 20)
#define EVICTION_DISK_PERCENT 5

static int64_t meminfo(const char *key)
{
	AUTO_BUF struct buf b = {0};
	const char *p;

	if (fs_read("/proc/meminfo", 65536, &b, NULL) < 0 || !b.data || !(p = strstr(b.data, key)))
		return 0;
	return (int64_t)strtoll(p + strlen(key), NULL, 10) * 1024;
}

int64_t sysinfo_memory_total(void) { return meminfo("MemTotal:"); }

int sysinfo_capacity(const struct node *n, json_t **ret, struct err *e)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	struct statvfs vfs;
	char memory[32], disk[32], pods[16], cpu[24];

	snprintf(cpu, sizeof(cpu), "%ld", cpus > 0 ? cpus : 1);
	snprintf(memory, sizeof(memory), "%lldKi", (long long)(sysinfo_memory_total() / 1024));
	snprintf(disk, sizeof(disk), "%lldKi",
		 statvfs(n->data_dir, &vfs) == 0 ? (long long)((int64_t)vfs.f_blocks * (int64_t)vfs.f_frsize / 1024) : 0ll);
	snprintf(pods, sizeof(pods), "%u", n->max_pods);
	*ret = json_pack("{s:s,s:s,s:s,s:s}", "cpu", cpu, "ephemeral-storage", disk, "memory", memory, "pods", pods);
	return *ret ? 0 : err_nomem(e);
}

static char *first_line(const char *path)
{
	AUTO_BUF struct buf b = {0};

	if (fs_read(path, 4096, &b, NULL) < 0 || !b.data)
		return str_dup("");
	b.data[strcspn(b.data, "\n")] = '\0';
	return str_dup(b.data);
}

static char *os_name(void)
{
	AUTO_BUF struct buf b = {0};
	const char *p;

	if (fs_read("/etc/os-release", 65536, &b, NULL) < 0 || !b.data || !(p = strstr(b.data, "PRETTY_NAME=")))
		return str_dup("Linux");
	p += 12;
	if (*p == '"')
		p++;
	return str_ndup(p, strcspn(p, "\"\n"));
}

static const char *go_arch(const char *machine)
{
	static const struct {
		const char *uname, *go;
	} t[] = {{"x86_64", "amd64"}, {"aarch64", "arm64"}, {"armv7l", "arm"}, {"armv6l", "arm"}, {"i686", "386"}, {"riscv64", "riscv64"},
		 {"ppc64le", "ppc64le"}, {"s390x", "s390x"}};

	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (streq(t[i].uname, machine))
			return t[i].go;
	return machine;
}

int sysinfo_node_info(const struct node *n, json_t **ret, struct err *e)
{
	AUTO_FREE char *machine_id = first_line("/etc/machine-id"), *boot = first_line("/proc/sys/kernel/random/boot_id"),
		       *uuid = first_line("/sys/class/dmi/id/product_uuid"), *os = os_name();
	struct utsname u;

	if (uname(&u) < 0 || !machine_id || !boot || !uuid || !os)
		return err_nomem(e);
	*ret = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "machineID", machine_id, "systemUUID", uuid[0] ? uuid : machine_id, "bootID",
			 boot, "kernelVersion", u.release, "osImage", os, "containerRuntimeVersion", runtime_version(n->rt), "kubeletVersion",
			 "v1.36.0+minik-" MINIK_VERSION, "kubeProxyVersion", "", "operatingSystem", "linux", "architecture", go_arch(u.machine));
	return *ret ? 0 : err_nomem(e);
}

void sysinfo_pressure(const struct node *n, struct sysinfo_pressure *ret)
{
	struct statvfs vfs;
	AUTO_BUF struct buf load = {0}, max = {0};

	*ret = (struct sysinfo_pressure){0};
	ret->memory = meminfo("MemAvailable:") < MEMORY_LOW_BYTES;
	if (statvfs(n->data_dir, &vfs) == 0 && vfs.f_blocks > 0) {
		ret->disk = vfs.f_bavail * 100 / vfs.f_blocks < EVICTION_DISK_PERCENT;
		if (vfs.f_files > 0)
			ret->disk = ret->disk || vfs.f_favail * 100 / vfs.f_files < EVICTION_DISK_PERCENT;
	}
	/* /proc/loadavg: "0.1 0.2 0.3 running/total last" */
	if (fs_read("/proc/loadavg", 128, &load, NULL) == 0 && load.data && fs_read("/proc/sys/kernel/pid_max", 32, &max, NULL) == 0 && max.data) {
		const char *slash = strchr(load.data, '/');
		long total = slash ? strtol(slash + 1, NULL, 10) : 0, limit = strtol(max.data, NULL, 10);
		ret->pid = limit > 0 && total > limit - limit / 10;
	}
}
