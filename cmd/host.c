#include "cmd/host.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "api/schema.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/lock_file.h"
#include "base/netlink.h"
#include "base/str.h"
#include "cmd/address.h"

struct have {
	const char *ip;
	bool found;
	char dev[16];
};

static int has_addr(void *arg, const char *ifname, const char *addr)
{
	struct have *x = arg;
	size_t n = strcspn(addr, "/");

	x->found |= strlen(x->ip) == n && memcmp(x->ip, addr, n) == 0;
	if (x->found)
		(void)str_copy(x->dev, sizeof(x->dev), ifname);
	return x->found;
}

static int addr_find(struct have *x, struct err *e)
{
	struct nl_ctx *nl = NULL;
	int r = nl_open(&nl, e);

	if (r < 0)
		return r;
	r = nl_addr_each(nl, NULL, has_addr, x, e);
	nl_close(nl);
	return r < 0 ? r : 0;
}

int host_identify(struct host *h, const struct options *o, struct err *e)
{
	const char *name = opt_str(o, OPT_NODE_NAME);
	char where[OPT_WHERE_MAX];
	size_t n = 0;

	opt_where(o, OPT_NODE_IP, where);
	memset(h, 0, sizeof(*h));
	h->lock_fd = -1;
	if (name) {
		if (!str_copy(h->node_name, sizeof(h->node_name), name))
			return err_set(e, ERR_INVALID, "--node-name is longer than %zu characters", sizeof(h->node_name) - 1);
	} else {
		if (gethostname(h->node_name, sizeof(h->node_name) - 1) < 0)
			return err_errno(e, errno, "host name");
		for (char *p = h->node_name; *p; p++)
			*p = (char)tolower((unsigned char)*p);
	}
	if (api_check_dns1123_subdomain(h->node_name))
		return err_set(
		    e, ERR_INVALID,
		    "this machine's host name \"%.100s\" does not do as a node's name; choose one with --node-name",
		    h->node_name);
	for (char *const *p = opt_list(o, OPT_NODE_IP); *p; p++) {
		if (n == 2)
			return err_set(e, ERR_INVALID,
				       "%s: more than two addresses; write one IPv4, one IPv6, or one of each", where);
		/* Written as the kernel does, so that they can be compared. */
		unsigned char a[16];
		int family = strchr(*p, ':') ? AF_INET6 : AF_INET;
		if (inet_pton(family, *p, a) != 1 || !inet_ntop(family, a, h->ips[n], sizeof(h->ips[n])))
			return err_set(e, ERR_INVALID, "%s: \"%.60s\" is not an IP address", where, *p);
		if (n && !strchr(h->ips[0], ':') == !strchr(h->ips[1], ':'))
			return err_set(e, ERR_INVALID,
				       "%s: two addresses of one family; write one IPv4, one IPv6, or one of each",
				       where);
		n++;
	}
	if (n == 0) {
		struct have have = {.ip = h->ips[0]};
		int r = address_own(o, h->ips[0], e);
		if (r < 0 || (r = addr_find(&have, e)) < 0)
			return r;
		(void)str_copy(h->dev, sizeof(h->dev), have.dev);
		n = 1;
	}
	for (size_t i = 0; i < n; i++)
		h->ip_list[i] = h->ips[i];
	return 0;
}

int host_moved(const struct host *h, const struct options *o, struct host *ret, struct err *e)
{
	struct have have = {.ip = h->ips[0]};

	if (*opt_list(o, OPT_NODE_IP))
		return 0;
	int r = addr_find(&have, e);
	/* A default route that comes or goes, as with a VPN, is no reason while the address is there. */
	if (r < 0 || have.found)
		return r < 0 ? r : 0;
	r = host_identify(ret, o, e);
	if (r == ERR_NOT_FOUND || (r == 0 && !strchr(h->ips[0], ':') != !strchr(ret->ips[0], ':')))
		return 0; /* none of the family that the cluster's Services have */
	if (r == 0 && h->dev[0] && !streq(h->dev, ret->dev) && if_nametoindex(h->dev) && !address_routed(o))
		return 0;
	return r < 0 ? r : memcmp(h->ips, ret->ips, sizeof(h->ips)) != 0;
}

void host_move(struct host *h, const struct host *fresh)
{
	memcpy(h->ips, fresh->ips, sizeof(h->ips));
	memcpy(h->dev, fresh->dev, sizeof(h->dev));
	for (size_t i = 0; i < 3; i++)
		h->ip_list[i] = i < 2 && h->ips[i][0] ? h->ips[i] : NULL;
}

int host_running_pid(const char *run_dir)
{
	AUTO_FREE char *path = fs_join(run_dir, "minik.lock");

	return path ? lock_file_holder(path) : 0;
}

int host_running_open(const char *run_dir, int *ret_pid)
{
	int pid = host_running_pid(run_dir);
	AUTO_CLOSE int fd = pid > 0 ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;

	/* It held the lock after the descriptor was opened: the number was its own. */
	if (fd < 0 || host_running_pid(run_dir) != pid)
		return -ESRCH;
	*ret_pid = pid;
	return TAKE_FD(fd);
}

static int clear_run_dir(const char *run_dir, struct err *e)
{
	DIR *d = opendir(run_dir);
	int r = 0;

	if (!d)
		return err_errno(e, errno, "cannot read %s", run_dir);
	for (struct dirent *de; r == 0 && (de = readdir(d));) {
		/* Locks that are held just now, and install.sh's own. */
		if (de->d_name[0] == '.' || streq(de->d_name, "minik.lock") || streq(de->d_name, "boot.lock") || streq(de->d_name, "minik.pid"))
			continue;
		AUTO_FREE char *path = fs_join(run_dir, de->d_name);
		r = path ? fs_rm_rf(path, e) : err_nomem(e);
	}
	closedir(d);
	return r < 0 ? err_wrap(e, "cannot clear %s, which is of an earlier boot", run_dir) : 0;
}

static bool of_this_boot(const char *id_path, struct buf *id)
{
	AUTO_BUF struct buf had = {0};

	return fs_read("/proc/sys/kernel/random/boot_id", 64, id, NULL) == 0 && id->len > 0 && fs_read(id_path, 64, &had, NULL) == 0 && had.len == id->len &&
	       memcmp(had.data, id->data, id->len) == 0;
}

bool host_same_boot(const char *run_dir)
{
	AUTO_FREE char *path = fs_join(run_dir, "boot_id");
	AUTO_BUF struct buf id = {0};

	return path && of_this_boot(path, &id);
}

int host_check_boot(const char *run_dir, struct err *e)
{
	AUTO_FREE char *lock_path = fs_join(run_dir, "boot.lock"), *path = fs_join(run_dir, "boot_id");
	AUTO_BUF struct buf id = {0};
	AUTO_CLOSE int lock = -1;
	int r = 0;

	if (!lock_path || !path)
		return err_nomem(e);
	/* Components that run alone share a run-dir: the first one clears it. */
	lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock < 0 || flock(lock, LOCK_EX) < 0)
		return err_errno(e, errno, "cannot lock %s", lock_path);
	if (of_this_boot(path, &id))
		return 0;
	if (fs_exists(path))
		r = clear_run_dir(run_dir, e);
	return r < 0 ? r : fs_write(path, id.data ? id.data : "", id.len, e);
}

int host_lock_dirs(struct host *h, const struct options *o, struct err *e)
{
	const char *data = opt_str(o, OPT_DATA_DIR), *run = opt_str(o, OPT_RUN_DIR);
	AUTO_FREE char *path = fs_join(run, "minik.lock");
	pid_t holder = 0;
	int r;

	if (!path)
		return err_nomem(e);
	if ((r = fs_mkdir_p(data, 0700, e)) < 0 || (r = fs_mkdir_p(run, 0755, e)) < 0)
		return r;
	r = lock_file_take(path, &h->lock_fd, &holder, e);
	if (holder)
		return err_set(e, r, "minik runs already with --run-dir %s (pid %d)", run, (int)holder);
	return r < 0 ? r : host_check_boot(run, e);
}

void host_unlock(struct host *h)
{
	if (h->lock_fd >= 0)
		close(h->lock_fd);
	h->lock_fd = -1;
}

static bool file_has_word(const char *path, const char *word)
{
	AUTO_BUF struct buf text = {0};
	size_t n = strlen(word);

	if (fs_read(path, 1 << 20, &text, NULL) < 0 || !text.data)
		return false;
	for (const char *p = text.data; (p = strstr(p, word)); p += n)
		if ((p == text.data || isspace((unsigned char)p[-1])) && (p[n] == '\0' || isspace((unsigned char)p[n])))
			return true;
	return false;
}

static bool in_path(const char *program)
{
	const char *path = getenv("PATH");

	if (strchr(program, '/'))
		return access(program, X_OK) == 0;
	for (const char *p = path ? path : "/usr/sbin:/usr/bin:/sbin:/bin"; *p;) {
		size_t n = strcspn(p, ":");
		AUTO_FREE char *full = str_fmt("%.*s/%s", (int)n, p, program);
		if (full && access(full, X_OK) == 0)
			return true;
		p += n + (p[n] == ':');
	}
	return false;
}

struct checker {
	void (*report)(void *arg, bool ok, const char *line);
	void *arg;
	struct err *e;
	int r;
};

static void check(struct checker *c, bool ok, const char *good, const char *bad)
{
	if (c->report)
		c->report(c->arg, ok, ok ? good : bad);
	if (!ok && c->r == 0)
		c->r = err_set(c->e, ERR_UNSUPPORTED, "%s", bad);
}

int host_check(const struct options *o, bool for_node, void (*report)(void *arg, bool ok, const char *line), void *arg, struct err *e)
{
	struct checker c = {report, arg, e, 0};
	const char *runtime = opt_str(o, OPT_RUNTIME), *iface = opt_str(o, OPT_FLANNEL_IFACE);
	bool any = streq(runtime, "auto");
	char where[OPT_WHERE_MAX], bad[OPT_WHERE_MAX + 120];

	check(&c, geteuid() == 0, "running as root", "minik must run as root");
	if (for_node) {
		check(&c, file_has_word("/proc/filesystems", "overlay") || access("/sys/module/overlay", F_OK) == 0 ||
				  access("/lib/modules", F_OK) == 0,
		      "kernel has overlayfs", "this kernel has no overlayfs (CONFIG_OVERLAY_FS)");
		check(&c, file_has_word("/proc/filesystems", "cgroup2") || file_has_word("/proc/filesystems", "cgroup"),
		      "kernel has cgroups", "this kernel has no cgroups (CONFIG_CGROUPS)");
		check(&c, access("/proc/self/ns/net", F_OK) == 0, "kernel has network namespaces",
		      "this kernel has no network namespaces (CONFIG_NET_NS)");
		opt_where(o, OPT_RUNTIME, where);
		snprintf(bad, sizeof(bad), "%s: %.80s is not there, or no program; install it or write auto", where,
			 runtime);
		check(&c, any ? in_path("crun") || in_path("runc") : in_path(runtime), "container runtime found",
		      any ? "no container runtime: install the package crun or runc" : bad);
		opt_where(o, OPT_FLANNEL_IFACE, where);
		snprintf(bad, sizeof(bad), "%s: this machine has no interface \"%.20s\"; see ip link", where,
			 iface ? iface : "");
		if (iface)
			check(&c, if_nametoindex(iface) != 0, "interface of the pod network found", bad);
		check(&c, in_path("conmon"), "conmon found", "conmon is missing: install the package conmon");
	}
	return c.r;
}
