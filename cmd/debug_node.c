/* What this node's kernel must be set to: sysctls, and that a pod may reach itself. */
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/inet.h"
#include "base/netlink.h"
#include "base/str.h"
#include "cmd/debug.h"
#include "cmd/probe.h"
#include "net/podnet_internal.h"

#define SELF_TRIES_MAX 32

/* -1: the kernel has no such thing. */
static int64_t sysctl(const char *key)
{
	AUTO_FREE char *path = str_fmt("/proc/sys/net/%s", key);
	AUTO_BUF struct buf b = {0};
	int64_t v;
	if (!path || fs_read(path, 64, &b, NULL) < 0 || !b.data)
		return -1;
	b.data[strcspn(b.data, "\n")] = 0;
	return str_to_i64(b.data, INT64_MIN, INT64_MAX, &v) < 0 ? -1 : v;
}

static bool family_used(const struct debug *d, bool v6)
{
	for (size_t i = 0; i < d->n_eps; i++)
		if (!strchr(d->eps[i].addr, ':') != v6)
			return true;
	const char *ip = debug_cluster_ip(d);
	return ip && !strchr(ip, ':') != v6;
}

static bool bridge_exists(void)
{
	return if_nametoindex(PODNET_BRIDGE) != 0;
}

static bool by_plugins(const struct debug *d)
{
	return streq(opt_str(d->opt, OPT_FLANNEL_BACKEND), "none");
}

/* ---- a bridge of pods ---- */

struct bridges {
	const struct debug *d;
	json_t *names;        /* object: those there are */
	char found[IFNAMSIZ]; /* one whose network pods of this node are in */
};

static int link_seen(void *arg, unsigned index UNUSED, const char *name, const char *kind)
{
	struct bridges *b = arg;
	return streq(kind, "bridge") && json_object_set_new(b->names, name, json_true()) < 0 ? -ENOMEM : 0;
}

static int address_seen(void *arg, const char *ifname, const char *addr)
{
	struct bridges *b = arg;
	struct inet_cidr c;
	struct inet_addr a;
	json_t *pod, *ip;
	size_t i, k;
	if (!json_object_get(b->names, ifname) || !inet_cidr_parse(addr, &c))
		return 0;
	json_array_foreach (b->d->local_pods, i, pod)
		json_array_foreach (json_dot(pod, "status.podIPs"), k, ip)
			if (!json_bool_or(pod, "spec.hostNetwork", false) && inet_addr_parse(json_str(ip, "ip"), &a) &&
			    inet_cidr_has(&c, &a))
				(void)str_copy(b->found, sizeof(b->found), ifname);
	return 0;
}

/* Pods of minik have their gateway alone as neighbour, so all they send goes through the node's IP layer. CNI's bridge
 * plug-in, whose bridge may have any name, lets pods of a node talk past it, and then the answers of a Service must be
 * caught on the bridge. "": no such bridge. */
static int pods_bridge(const struct debug *d, char out[IFNAMSIZ], struct err *e)
{
	struct bridges b = {.d = d, .names = json_object()};
	struct nl_ctx *nl = NULL;
	int r = b.names ? nl_open(&nl, e) : err_nomem(e);
	if (r == 0)
		r = nl_link_each(nl, link_seen, &b, e);
	if (r == 0)
		r = nl_addr_each(nl, NULL, address_seen, &b, e);
	(void)str_copy(out, IFNAMSIZ, b.found);
	nl_close(nl);
	json_decref(b.names);
	return r;
}

static void bridge_sysctl(struct debug *d, const char *key, const char *bridge, struct buf *fine)
{
	AUTO_FREE char *path = str_fmt("bridge/%s", key), *mend = NULL;
	int64_t on = path ? sysctl(path) : -1;
	if (on == 1) {
		buf_addf(fine, ", %s 1", key);
		return;
	}
	mend = str_fmt("%ssysctl -w net.bridge.%s=1, and both at boot (/etc/modules-load.d, /etc/sysctl.d)",
		       on < 0 ? "modprobe br_netfilter; " : "", key);
	debug_fault(d, DEBUG_SYSCTL, mend,
		    "net.bridge.%s is %s: the pods of this node are on one bridge, %s, and a Service's answers go past "
		    "their translation",
		    key, on < 0 ? "not there (br_netfilter is not loaded)" : "0", bridge);
}

static void bridge_sysctls(struct debug *d, struct buf *fine)
{
	char bridge[IFNAMSIZ] = "";
	struct err e = {0};
	if (!by_plugins(d)) {
		buf_addf(fine, ", bridge-nf-call-iptables does not matter (pods have no neighbours but the node)");
	} else if (pods_bridge(d, bridge, &e) < 0) {
		debug_skip(d, DEBUG_SYSCTL, "whether pods are on one bridge cannot be seen: %s", e.msg);
	} else if (!bridge[0]) {
		buf_addf(fine, ", bridge-nf-call-iptables does not matter (no pod of this node is on a bridge)");
	} else {
		if (family_used(d, false))
			bridge_sysctl(d, "bridge-nf-call-iptables", bridge, fine);
		if (family_used(d, true))
			bridge_sysctl(d, "bridge-nf-call-ip6tables", bridge, fine);
	}
}

void debug_sysctls(struct debug *d)
{
	AUTO_BUF struct buf fine = {0};
	if (!d->node[0] || debug_external_name(d))
		return;
	if (family_used(d, false) && sysctl("ipv4/ip_forward") != 1)
		debug_fault(d, DEBUG_SYSCTL,
			    "sysctl -w net.ipv4.ip_forward=1, and see who turned it off (/etc/sysctl.d)",
			    "net.ipv4.ip_forward is not 1: the node passes nothing on between pods and Services");
	else
		buf_adds(&fine, "ip_forward 1");
	if (family_used(d, true) && sysctl("ipv6/conf/all/forwarding") != 1)
		debug_fault(
		    d, DEBUG_SYSCTL,
		    "sysctl -w net.ipv6.conf.all.forwarding=1, and see who turned it off (/etc/sysctl.d)",
		    "net.ipv6.conf.all.forwarding is not 1: the node passes no IPv6 on between pods and Services");
	else if (family_used(d, true))
		buf_adds(&fine, ", IPv6 forwarding 1");
	if (streq(d->proxy_mode, "ipvs") && sysctl("ipv4/vs/conntrack") != 1)
		debug_fault(d, DEBUG_SYSCTL,
			    "sysctl -w net.ipv4.vs.conntrack=1, or start the Service proxy again, which sets it",
			    "net.ipv4.vs.conntrack is not 1: connections through IPVS are not masqueraded");
	else if (streq(d->proxy_mode, "ipvs"))
		buf_adds(&fine, ", vs.conntrack 1");
	bridge_sysctls(d, &fine);
	/* Strict: a packet must come from where its answer would go. With the bridge that is so, unless routes say
	 * otherwise. */
	if (sysctl("ipv4/conf/all/rp_filter") == 1 || sysctl("ipv4/conf/" PODNET_BRIDGE "/rp_filter") == 1)
		buf_adds(&fine, ", rp_filter 1 (fine as long as pods are reached by one way)");
	if (!d->faults[DEBUG_SYSCTL] && fine.data)
		debug_ok(d, DEBUG_SYSCTL, "%s", fine.data);
}

/* ---- hairpin ---- */

struct veths {
	const struct debug *d;
	size_t on, off;
	char names[160]; /* of those where it is off, with their pods */
};

static int port_seen(void *arg, const struct nl_bridge_port *p)
{
	struct veths *v = arg;
	json_t *pod;
	size_t i;
	json_array_foreach (v->d->local_pods, i, pod) {
		char veth[16];
		podnet_veth_name(obj_uid(pod), veth);
		if (!streq(veth, p->name))
			continue;
		size_t n = strlen(v->names);
		if (p->hairpin)
			v->on++;
		else if (v->off++ < 3)
			(void)snprintf(v->names + n, sizeof(v->names) - n, "%s%s (pod %s)", n ? ", " : "", veth,
				       obj_name(pod));
	}
	return 0;
}

static bool promiscuous(void)
{
	AUTO_CLOSE int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq r = {.ifr_name = PODNET_BRIDGE};
	return fd >= 0 && ioctl(fd, SIOCGIFFLAGS, &r) == 0 && r.ifr_flags & IFF_PROMISC;
}

/* So often that the pod is among those that are chosen. */
static void reach_itself(struct debug *d, const struct debug_endpoint *ep, const char *how)
{
	const char *ip = debug_cluster_ip(d);
	const struct px_port *port = NULL;
	const struct debug_endpoint *other;
	struct err e = {0};
	char policies[300];
	for (size_t i = 0; d->wanted && i < d->wanted->n_ports && !port; i++)
		if (d->wanted->ports[i].protocol == IPPROTO_TCP && d->wanted->ports[i].n_eps > 0)
			port = &d->wanted->ports[i];
	size_t n = port ? 2 * port->n_eps : 0, good = 0;
	/* Not where it cannot tell: clients that are kept with one endpoint, and policies between the endpoints. */
	if (!ip || !port || port->affinity_s || n > SELF_TRIES_MAX || d->faults[DEBUG_LISTEN] ||
	    !debug_policy_allows_all(d, ep->object, &other, policies, sizeof(policies))) {
		debug_ok(d, DEBUG_HAIRPIN, "%s", how);
		return;
	}
	AUTO_CLOSE int ns = debug_pod_netns(d, ep->object, &e);
	struct probe v[SELF_TRIES_MAX];
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct probe){.protocol = IPPROTO_TCP, .port = port->fronts[0].port};
		(void)str_copy(v[i].addr, sizeof(v[i].addr), ip);
	}
	if (ns < 0 || probe_all(v, n, ns, &e) < 0) {
		debug_ok(d, DEBUG_HAIRPIN, "%s; whether pod %s reaches itself cannot be tried: %s", how, ep->pod,
			 e.msg);
		return;
	}
	for (size_t i = 0; i < n; i++)
		good += v[i].result == PROBE_ANSWERS;
	if (good == n || good == 0) /* none at all is another step's fault */
		debug_ok(d, DEBUG_HAIRPIN,
			 good ? "%s, and pod %s reaches the Service whichever endpoint it is given, itself too" : "%s",
			 how, ep->pod);
	else
		debug_consequence(d, DEBUG_HAIRPIN,
				  DEBUG_BIT(DEBUG_ENTRIES) | DEBUG_BIT(DEBUG_MASQUERADE) | DEBUG_BIT(DEBUG_SYSCTL) |
				      DEBUG_BIT(DEBUG_LISTEN),
				  by_plugins(d)
				      ? "the network's plug-in must let a pod's packets back to it (hairpinMode of "
					"the bridge plug-in)"
				      : "tcpdump -ni " PODNET_BRIDGE " shows what becomes of those",
				  "of %zu connections of pod %s to its own Service %zu fail", n, ep->pod, n - good);
}

void debug_hairpin(struct debug *d)
{
	const char *mode = opt_str(d->opt, OPT_HAIRPIN_MODE);
	const struct debug_endpoint *ep = NULL;
	struct veths v = {.d = d};
	char how[160];
	struct err e = {0};
	if (!d->node[0] || debug_external_name(d))
		return;
	for (size_t i = 0; i < d->n_eps && !ep; i++)
		if (d->eps[i].object && debug_is_local(d, d->eps[i].object) &&
		    !json_bool_or(d->eps[i].object, "spec.hostNetwork", false))
			ep = &d->eps[i];
	if (by_plugins(d)) {
		if (ep)
			reach_itself(d, ep, "the CNI plug-ins' business");
		else
			debug_skip(d, DEBUG_HAIRPIN, "the CNI plug-ins' business, and no endpoint is on this node");
		return;
	}
	if (streq(mode, "none")) {
		debug_skip(d, DEBUG_HAIRPIN, "--hairpin-mode none: a pod does not reach itself by its Service");
		return;
	}
	if (!bridge_exists()) {
		debug_skip(d, DEBUG_HAIRPIN,
			   "this node has no bridge " PODNET_BRIDGE
			   ": pods are attached by somebody else, or there are none");
		return;
	}
	if (nl_bridge_ports(port_seen, &v, &e) < 0) {
		debug_fault(d, DEBUG_HAIRPIN, NULL, "%s", e.msg);
		return;
	}
	if (streq(mode, "promiscuous-bridge")) {
		if (!promiscuous()) {
			debug_fault(d, DEBUG_HAIRPIN, "ip link set " PODNET_BRIDGE " promisc on, or start minik again",
				    PODNET_BRIDGE " is not promiscuous, as --hairpin-mode wants it: a pod does not "
						  "reach itself by its Service");
			return;
		}
		(void)snprintf(how, sizeof(how), PODNET_BRIDGE " is promiscuous");
	} else if (v.off) {
		debug_fault(
		    d, DEBUG_HAIRPIN, "bridge link set dev VETH hairpin on, or start minik again",
		    "hairpin is off on %zu of %zu pod interfaces: %s: such a pod does not reach itself by its Service",
		    v.off, v.on + v.off, v.names);
		return;
	} else {
		(void)snprintf(how, sizeof(how), "on for all %zu pod interfaces of this node", v.on);
	}
	if (ep)
		reach_itself(d, ep, how);
	else
		debug_ok(d, DEBUG_HAIRPIN, "%s; no endpoint is on this node", how);
}
