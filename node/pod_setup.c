/* What a pod needs before its first container, and the way back. */
#include <errno.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "node/etcfiles.h"
#include "node/oci.h"
#include "node/pause.h"
#include "node/sandbox.h"
#include "node/volumes.h"

static int check_sysctls(struct pod *p, char **ret_reason, struct err *e)
{
	bool net = json_bool_or(p->spec, "spec.hostNetwork", false), ipc = json_bool_or(p->spec, "spec.hostIPC", false);
	json_t *s;
	size_t i;

	json_array_foreach(json_at(p->spec, "spec", "securityContext", "sysctls", NULL), i, s)
	{
		const char *name = json_str_or(s, "name", "");
		if (!sandbox_sysctl_safe(name, net, ipc)) {
			*ret_reason = str_dup("SysctlForbidden");
			return err_set(e, ERR_FORBIDDEN, "forbidden sysctl: \"%s\" not allowlisted", name);
		}
	}
	return 0;
}

int pod_admit(struct pod *p, char **ret_reason, struct err *e)
{
	const char *os = json_str(p->spec, "spec.os.name");
	int r;

	if (os && !streq(os, "linux")) {
		*ret_reason = str_dup("PodOSNotSupported");
		return err_set(e, ERR_FORBIDDEN, "Failed to admit pod as the OS field doesn't match node OS");
	}
	if (!json_bool_or(p->spec, "spec.hostUsers", true)) {
		*ret_reason = str_dup("UserNamespacesNotSupported");
		return err_set(e, ERR_FORBIDDEN, "hostUsers: false is not supported: this node runs pods without user namespaces");
	}
	if (json_array_size(json_at(p->spec, "spec", "resourceClaims", NULL)) > 0) {
		*ret_reason = str_dup("UnexpectedAdmissionError");
		return err_set(e, ERR_FORBIDDEN, "resourceClaims (dynamic resource allocation) are not supported on this node");
	}
	r = check_sysctls(p, ret_reason, e);
	return r < 0 ? r : pod_admit_node(p, ret_reason, e);
}

/* The pod's own cgroup holds the sum of its containers' limits, where all of them have one (kubelet's ResourceConfigForPod). */
void pod_limits(const struct pod *p, struct cgroup_limits *ret)
{
	struct cgroup_limits sum = {0}, one;
	bool all_cpu = true, all_memory = true;
	json_t *c;
	size_t i;

	json_array_foreach(json_at(p->spec, "spec", "containers", NULL), i, c)
	{
		oci_limits(c, &one);
		sum.cpu_shares += one.cpu_shares;
		sum.cpu_quota_us += one.cpu_quota_us;
		sum.memory_bytes += one.memory_bytes;
		all_cpu = all_cpu && one.cpu_quota_us > 0;
		all_memory = all_memory && one.memory_bytes > 0;
	}
	json_array_foreach(json_at(p->spec, "spec", "initContainers", NULL), i, c)
	{
		bool sidecar = streq(json_str(c, "restartPolicy"), "Always");
		oci_limits(c, &one);
		if (sidecar) {
			sum.cpu_shares += one.cpu_shares;
			sum.cpu_quota_us += one.cpu_quota_us;
			sum.memory_bytes += one.memory_bytes;
		} else {
			sum.cpu_quota_us = one.cpu_quota_us > sum.cpu_quota_us ? one.cpu_quota_us : sum.cpu_quota_us;
			sum.memory_bytes = one.memory_bytes > sum.memory_bytes ? one.memory_bytes : sum.memory_bytes;
		}
		all_cpu = all_cpu && one.cpu_quota_us > 0;
		all_memory = all_memory && one.memory_bytes > 0;
	}
	*ret = sum;
	if (!all_cpu)
		ret->cpu_quota_us = 0;
	if (!all_memory)
		ret->memory_bytes = 0;
	if (ret->cpu_quota_us > 0)
		ret->cpu_period_us = 100000;
}

static int write_etc(struct pod *p, const char *hostname, const char *domain, struct err *e)
{
	AUTO_FREE char *run = pod_run_dir(p), *dir = str_fmt("%s/etc", run), *hosts = str_fmt("%s/hosts", dir),
		       *resolv = str_fmt("%s/resolv.conf", dir), *name = str_fmt("%s/hostname", dir);
	AUTO_BUF struct buf host_resolv = {0}, host_hosts = {0}, hosts_text = {0}, resolv_text = {0};
	const char *ips[] = {p->ips[0][0] ? p->ips[0] : NULL, p->ips[1][0] ? p->ips[1] : NULL, NULL};
	char line[80];
	bool cut;
	int r;

	if (!run || !dir || !hosts || !resolv || !name)
		return err_nomem(e);
	(void)fs_read(p->node->resolv_conf, 65536, &host_resolv, NULL);
	if (host_resolv.data && !json_bool_or(p->spec, "spec.hostNetwork", false) && etc_resolv_is_local(host_resolv.data)) {
		/* systemd-resolved: the servers it asks itself. */
		AUTO_BUF struct buf real = {0};
		if (fs_read("/run/systemd/resolve/resolv.conf", 65536, &real, NULL) == 0 && real.len > 0) {
			buf_trim(&host_resolv, 0);
			buf_add(&host_resolv, real.data, real.len);
		}
	}
	(void)fs_read("/etc/hosts", 1u << 20, &host_hosts, NULL);
	const struct etc_input in = {.pod = p->spec, .ns = p->ns, .hostname = hostname, .domain = domain, .pod_ips = ips,
				     .cluster_dns = p->node->cluster_dns, .cluster_domain = p->node->cluster_domain,
				     .host_resolv = host_resolv.data ? host_resolv.data : "", .host_hosts = host_hosts.data};
	r = fs_mkdir_p(dir, 0755, e);
	if (r == 0)
		r = etc_hosts(&in, &hosts_text, e);
	if (r == 0)
		r = etc_resolv(&in, &resolv_text, &cut, e);
	if (r < 0)
		return r;
	if (cut)
		pod_event(p, "Warning", "DNSConfigForming", "Nameserver limits were exceeded, some nameservers or search names have been omitted");
	snprintf(line, sizeof(line), "%s\n", hostname);
	/* The containers' own bind mounts hold the inode: it is written once. */
	if (!fs_exists(hosts))
		r = fs_write(hosts, hosts_text.data, hosts_text.len, e);
	if (r == 0 && !fs_exists(resolv))
		r = fs_write(resolv, resolv_text.data ? resolv_text.data : "", resolv_text.len, e);
	if (r == 0 && !fs_exists(name))
		r = fs_write(name, line, strlen(line), e);
	return r;
}

static int attach_network(struct pod *p, const struct sandbox_paths *paths, struct err *e)
{
	AUTO_STRV char **cidrs = node_pod_cidrs(p->node);
	struct node_net_result res = {0};
	int r;

	if (!p->node->d.network)
		return err_set(e, ERR_UNAVAILABLE, "this node has no pod network; only hostNetwork pods can run");
	static const char *const none[] = {NULL};
	const struct node_net_request req = {.pod_uid = p->uid, .pod_ns = p->ns, .pod_name = p->name, .netns_path = paths->net,
					     .pod_cidrs = cidrs ? (const char *const *)cidrs : none, .pod = p->spec};
	r = p->node->d.network->attach(p->node->d.network_impl, &req, &res, e);
	if (r < 0)
		return r;
	str_copy(p->ips[0], sizeof(p->ips[0]), res.ips[0]);
	str_copy(p->ips[1], sizeof(p->ips[1]), res.ips[1]);
	return 0;
}

static int setup_sandbox(struct pod *p, struct err *e)
{
	bool host_net = json_bool_or(p->spec, "spec.hostNetwork", false), created;
	char hostname[64], domain[256];
	struct sandbox_paths paths;
	const char *sysctls[2 * 64 + 1];
	size_t i, n = 0;
	json_t *s;
	int r;

	etc_hostname(p->spec, p->node->cluster_domain, hostname, domain);
	if (host_net && (gethostname(hostname, sizeof(hostname)) < 0 || hostname[0] == '\0'))
		str_copy(hostname, sizeof(hostname), p->node->name);
	hostname[sizeof(hostname) - 1] = '\0';
	json_array_foreach(json_at(p->spec, "spec", "securityContext", "sysctls", NULL), i, s) if (n < 128)
	{
		sysctls[n++] = json_str_or(s, "name", "");
		sysctls[n++] = json_str_or(s, "value", "");
	}
	sysctls[n] = NULL;
	/* setHostnameAsFQDN: the kernel's host name is the whole name */
	AUTO_FREE char *fqdn = json_bool_or(p->spec, "spec.setHostnameAsFQDN", false) && domain[0] ? str_fmt("%s.%s", hostname, domain) : NULL;
	if (fqdn && strlen(fqdn) > 64)
		return err_set(e, ERR_INVALID, "host name %s is longer than the 64 characters the kernel takes", fqdn);
	const struct sandbox_spec spec = {.run_dir = p->node->run_dir, .uid = p->uid, .hostname = fqdn ? fqdn : hostname, .domainname = "",
					  .host_net = host_net, .host_ipc = json_bool_or(p->spec, "spec.hostIPC", false), .sysctls = sysctls};
	r = sandbox_ensure(&spec, &created, e);
	if (r < 0)
		return r;
	sandbox_paths(&spec, &paths);
	if (host_net) {
		str_copy(p->ips[0], sizeof(p->ips[0]), p->node->ips[0]);
		str_copy(p->ips[1], sizeof(p->ips[1]), p->node->ips[1] ? p->node->ips[1] : "");
	} else if (created || p->ips[0][0] == '\0') {
		r = attach_network(p, &paths, e);
		if (r < 0)
			return r;
	}
	p->save = true;
	return write_etc(p, hostname, domain, e);
}

/* Pods of the host's network run before there is one for others: who installs it comes as such a pod. */
static int check_network(struct pod *p, struct err *e)
{
	const struct node_network_ops *net = p->node->d.network;

	if (json_bool_or(p->spec, "spec.hostNetwork", false) || !net || !net->ready || net->ready(p->node->d.network_impl, e))
		return 0;
	pod_event(p, "Warning", "NetworkNotReady", "network is not ready: container runtime network not ready: %s", e->msg);
	return ERR_UNAVAILABLE;
}

int pod_setup(struct pod *p, struct err *e)
{
	AUTO_FREE char *cgroup = str_fmt("%s/pod%s", p->node->cgroup_root, p->uid), *logs = pod_log_dir(p), *run = pod_run_dir(p),
		       *term = str_fmt("%s/term", run);
	struct cgroup_limits limits;
	int r;

	if (!cgroup || !logs || !run || !term)
		return err_nomem(e);
	r = fs_mkdir_p(run, 0755, e);
	if (r == 0)
		r = fs_mkdir_p(term, 0755, e);
	if (r == 0)
		r = fs_mkdir_p(logs, 0755, e);
	if (r == 0)
		r = volumes_setup(p, e);
	if (r < 0)
		return r;
	r = check_network(p, e);
	if (r < 0)
		return err_wrap(e, "network is not ready");
	pod_limits(p, &limits);
	r = cgroup_ensure(runtime_cgroups(p->node->rt), cgroup, &limits, e);
	if (r == 0)
		r = setup_sandbox(p, e);
	if (r < 0) {
		pod_event(p, "Warning", "FailedCreatePodSandBox", "Failed to create pod sandbox: %s", e->msg);
		return err_wrap(e, "sandbox");
	}
	p->sandbox_ready = true;
	p->save = true;
	return 0;
}

int pod_teardown(struct pod *p, struct err *e)
{
	AUTO_FREE char *cgroup = str_fmt("%s/pod%s", p->node->cgroup_root, p->uid);
	const struct sandbox_spec spec = {.run_dir = p->node->run_dir, .uid = p->uid};
	struct sandbox_paths paths;
	int r;

	if (!cgroup)
		return err_nomem(e);
	r = cgroup_remove(runtime_cgroups(p->node->rt), cgroup, e);
	if (r < 0)
		return r;
	pause_forget(p);
	sandbox_paths(&spec, &paths);
	/* Also without its namespace: addresses and rules outside of it are kept for the pod. */
	if (!json_bool_or(p->spec, "spec.hostNetwork", false) && p->node->d.network) {
		r = p->node->d.network->detach(p->node->d.network_impl, p->uid, paths.net, e);
		if (r < 0)
			return err_wrap(e, "cannot detach the pod from the network");
	}
	r = volumes_teardown(p, e);
	if (r == 0)
		r = sandbox_remove(p->node->run_dir, p->uid, e);
	if (r < 0)
		return r;
	p->sandbox_ready = false;
	p->save = true;
	return 0;
}
