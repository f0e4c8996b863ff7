#include "node/sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/str.h"
#include "node/nsthread.h"

#define NSFS_MAGIC_ 0x6e736673
#define TMPFS_MAGIC_ 0x01021994

void sandbox_paths(const struct sandbox_spec *s, struct sandbox_paths *ret)
{
	*ret = (struct sandbox_paths){0};
	if (!s->host_net)
		snprintf(ret->net, sizeof(ret->net), "%s/netns/%s", s->run_dir, s->uid);
	if (!s->host_ipc) {
		snprintf(ret->ipc, sizeof(ret->ipc), "%s/pods/%s/ipc", s->run_dir, s->uid);
		snprintf(ret->shm, sizeof(ret->shm), "%s/pods/%s/shm", s->run_dir, s->uid);
	}
	if (!s->host_net)
		snprintf(ret->uts, sizeof(ret->uts), "%s/pods/%s/uts", s->run_dir, s->uid);
}

bool sandbox_sysctl_safe(const char *name, bool host_net, bool host_ipc)
{
	static const char *const net[] = {"net.ipv4.ip_local_port_range",	  "net.ipv4.tcp_syncookies",
					  "net.ipv4.ping_group_range",		  "net.ipv4.ip_unprivileged_port_start",
					  "net.ipv4.ip_local_reserved_ports",	  "net.ipv4.tcp_keepalive_time",
					  "net.ipv4.tcp_fin_timeout",		  "net.ipv4.tcp_keepalive_intvl",
					  "net.ipv4.tcp_keepalive_probes",	  "net.ipv4.tcp_rmem",
					  "net.ipv4.tcp_wmem"};

	if (streq(name, "kernel.shm_rmid_forced"))
		return !host_ipc;
	for (size_t i = 0; !host_net && i < ARRAY_LEN(net); i++)
		if (streq(name, net[i]))
			return true;
	return false;
}

static bool is_fs(const char *path, long magic)
{
	struct statfs st;

	return path[0] && statfs(path, &st) == 0 && (long)st.f_type == magic;
}

static int loopback_up(struct err *e)
{
	struct ifreq ifr = {.ifr_name = "lo"};
	AUTO_CLOSE int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	ifr.ifr_flags = IFF_UP | IFF_RUNNING;
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &ifr) < 0)
		return err_errno(e, errno, "cannot set lo up");
	return 0;
}

static int write_sysctl(const char *name, const char *value, struct err *e)
{
	char path[256];

	/* Dots separate, except that net.* names may hold interface names with slashes. */
	if (snprintf(path, sizeof(path), "/proc/sys/%s", name) >= (int)sizeof(path) || strstr(name, ".."))
		return err_set(e, ERR_INVALID, "sysctl name %s", name);
	for (char *p = path + 10; *p; p++)
		*p = (char)(*p == '.' ? '/' : *p == '/' ? '.' : *p);
	int r = fs_write(path, value, strlen(value), e);
	return r < 0 ? err_wrap(e, "sysctl %s=%s", name, value) : 0;
}

static int pin(const char *kind, const char *path, struct err *e)
{
	char ns[64];
	int fd = open(path, O_CREAT | O_RDONLY | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_errno(e, errno, "cannot make %s", path);
	close(fd);
	snprintf(ns, sizeof(ns), "/proc/thread-self/ns/%s", kind);
	if (mount(ns, path, NULL, MS_BIND, NULL) < 0)
		return err_errno(e, errno, "cannot pin a namespace at %s", path);
	return 0;
}

struct make {
	const struct sandbox_spec *s;
	const struct sandbox_paths *p;
	bool net, ipc, uts;
};

static int make_namespaces(void *arg, struct err *e)
{
	struct make *m = arg;
	int flags = (m->net ? CLONE_NEWNET : 0) | (m->ipc ? CLONE_NEWIPC : 0) | (m->uts ? CLONE_NEWUTS : 0);
	int r = 0;

	if (unshare(flags) < 0)
		return err_errno(e, errno, "cannot make namespaces");
	if (m->uts) {
		if (sethostname(m->s->hostname, strlen(m->s->hostname)) < 0)
			return err_errno(e, errno, "cannot set the host name %s", m->s->hostname);
		if (m->s->domainname[0] && setdomainname(m->s->domainname, strlen(m->s->domainname)) < 0)
			return err_errno(e, errno, "cannot set the domain name %s", m->s->domainname);
	}
	if (m->net) {
		r = loopback_up(e);
		/* As containerd: pods need no capability for ping and low ports. Old kernels lack them. */
		(void)write_sysctl("net.ipv4.ping_group_range", "0 2147483647", NULL);
		(void)write_sysctl("net.ipv4.ip_unprivileged_port_start", "0", NULL);
	}
	for (const char *const *v = m->s->sysctls; r == 0 && v && v[0]; v += 2) {
		bool is_net = str_has_prefix(v[0], "net.");
		if (is_net ? m->net : m->ipc)
			r = write_sysctl(v[0], v[1], e);
	}
	/* Pinned last: what is pinned is complete. The network last of all, for it is what tells "created". */
	if (r == 0 && m->ipc)
		r = pin("ipc", m->p->ipc, e);
	if (r == 0 && m->uts)
		r = pin("uts", m->p->uts, e);
	if (r == 0 && m->net)
		r = pin("net", m->p->net, e);
	return r;
}

int sandbox_ensure(const struct sandbox_spec *s, bool *ret_created, struct err *e)
{
	struct sandbox_paths p;
	AUTO_FREE char *netns_dir = fs_join(s->run_dir, "netns"), *pod_dir = str_fmt("%s/pods/%s", s->run_dir, s->uid);
	int r;

	sandbox_paths(s, &p);
	if (!netns_dir || !pod_dir)
		return err_nomem(e);
	r = fs_mkdir_p(netns_dir, 0755, e);
	if (r == 0)
		r = fs_mkdir_p(pod_dir, 0755, e);
	if (r < 0)
		return r;
	struct make m = {.s = s, .p = &p, .net = p.net[0] && !is_fs(p.net, NSFS_MAGIC_), .ipc = p.ipc[0] && !is_fs(p.ipc, NSFS_MAGIC_),
			 .uts = p.uts[0] && !is_fs(p.uts, NSFS_MAGIC_)};
	if (m.net || m.ipc || m.uts) {
		r = ns_thread_run(make_namespaces, &m, e);
		if (r < 0)
			return err_wrap(e, "cannot make the pod's sandbox");
	}
	if (p.shm[0] && !is_fs(p.shm, TMPFS_MAGIC_)) {
		if (mkdir(p.shm, 0755) < 0 && errno != EEXIST)
			return err_errno(e, errno, "cannot make %s", p.shm);
		if (mount("shm", p.shm, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=1777,size=64m") < 0)
			return err_errno(e, errno, "cannot mount %s", p.shm);
	} else if (p.shm[0]) {
		/* RUN_DIR itself may be a tmpfs: only a mount of its own will do. */
		struct stat a, b;
		if (stat(p.shm, &a) == 0 && stat(pod_dir, &b) == 0 && a.st_dev == b.st_dev &&
		    mount("shm", p.shm, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=1777,size=64m") < 0)
			return err_errno(e, errno, "cannot mount %s", p.shm);
	}
	*ret_created = m.net;
	return 0;
}

bool sandbox_intact(const struct sandbox_spec *s)
{
	struct sandbox_paths p;

	sandbox_paths(s, &p);
	return (!p.net[0] || is_fs(p.net, NSFS_MAGIC_)) && (!p.ipc[0] || is_fs(p.ipc, NSFS_MAGIC_)) && (!p.uts[0] || is_fs(p.uts, NSFS_MAGIC_)) &&
	       (!p.shm[0] || is_fs(p.shm, TMPFS_MAGIC_));
}

static int unpin(const char *path, struct err *e)
{
	while (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) == 0)
		;
	if (errno != EINVAL && errno != ENOENT)
		return err_errno(e, errno, "cannot unmount %s", path);
	if (unlink(path) < 0 && errno != ENOENT && errno != EISDIR)
		return err_errno(e, errno, "cannot remove %s", path);
	return 0;
}

int sandbox_remove(const char *run_dir, const char *uid, struct err *e)
{
	const struct sandbox_spec s = {.run_dir = run_dir, .uid = uid};
	struct sandbox_paths p;
	int r;

	sandbox_paths(&s, &p);
	r = unpin(p.shm, e);
	if (r == 0 && rmdir(p.shm) < 0 && errno != ENOENT)
		r = err_errno(e, errno, "cannot remove %s", p.shm);
	if (r == 0)
		r = unpin(p.ipc, e);
	if (r == 0)
		r = unpin(p.uts, e);
	if (r == 0)
		r = unpin(p.net, e);
	return r;
}
