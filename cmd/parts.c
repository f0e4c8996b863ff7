#include "api/own_ports.h"
#include "cmd/parts.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "controllers/controllers.h"
#include "dns/dns.h"
#include "ingress/ingress.h"
#include "net/net.h"
#include "node/node.h"
#include "proxy/proxy.h"
#include "scheduler/scheduler.h"
#include "storage/plugin.h"
#include "storage/storage.h"
#include "cmd/adapt.h"
#include "cmd/elect.h"
#include "cmd/options_check.h"

struct parts {
	const struct parts_env *env;
	unsigned started, mask; /* bits */
	struct connector *conn[PART_COUNT];
	struct adapt adapt;
	struct elect *elect[PART_COUNT];
	struct controllers *controllers;
	struct scheduler *scheduler;
	struct plugins *plugins; /* of both, and of the node's volumes */
	struct storage *storage, *binder;
	struct net *net;
	struct proxy *proxy;
	struct dns *dns;
	struct node *node;
	struct ingress *ingress;
	bool ingress_serves; /* nginx runs here, or will soon */
};

struct part {
	const char *name;
	const char *user; /* "%s" is the node's name */
	const char *group;
	int (*start)(struct parts *p, struct connector *c, struct err *e);
	void (*stop)(struct parts *p);
	void (*join)(struct parts *p); /* joins and frees */
	const char *lease;	       /* must run once in the cluster: who does is decided by this Lease */
};

/* Three functions of the same shape for every room: new + start with what the room's own configuration asks for. */
#define PART_STOP(room)                                                                                                 \
	static void room##_part_stop(struct parts *p)                                                                  \
	{                                                                                                              \
		if (p->room)                                                                                           \
			room##_stop(p->room);                                                                          \
	}                                                                                                              \
	static void room##_part_join(struct parts *p)                                                                  \
	{                                                                                                              \
		if (p->room)                                                                                           \
			room##_join(p->room);                                                                          \
		p->room = room##_free(p->room);                                                                        \
	}
PART_STOP(controllers)
PART_STOP(scheduler)
PART_STOP(storage)
PART_STOP(net)
PART_STOP(proxy)
PART_STOP(dns)
PART_STOP(node)
PART_STOP(ingress)

/* What the API server's certificate is made for beside what the API tells: see plane_pki. One a line, malloc'ed. */
static char *server_names(const struct parts_env *env)
{
	AUTO_BUF struct buf b = {0};

	buf_adds(&b, env->node_name);
	for (const char *const *ip = env->node_ips; ip && *ip; ip++)
		buf_addf(&b, "\n%s", *ip);
	for (char *const *s = opt_list(env->opt, OPT_TLS_SAN); *s; s++)
		buf_addf(&b, "\n%s", *s);
	return buf_take(&b, NULL);
}

static int controllers_part_start(struct parts *p, struct connector *c, struct err *e)
{
	const struct options *o = p->env->opt;
	AUTO_FREE char *names = p->env->control_plane ? server_names(p->env) : NULL;
	const char *off[] = {opt_list_has(o, OPT_DISABLE, "servicelb") ? "servicelb" : NULL, NULL};
	struct controllers_config cfg = {
	    .disable = off,
	    .cluster_cidr = opt_str(o, OPT_CLUSTER_CIDR),
	    .node_cidr_bits = 24,
	    .ca_cert_pem = p->env->ca_cert_pem,
	    .ca_key_pem = p->env->ca_key_pem,
	    .node_grace_s = 40,
	    .server_names = names,
	    .server_node = p->env->control_plane && !opt_bool(o, OPT_DISABLE_AGENT) ? p->env->node_name : NULL,
	};
	struct controllers_deps deps = {.api = c, .clock = clock_real()};

	if (p->env->control_plane && !names)
		return err_nomem(e);
	int r = controllers_new(&p->controllers, &cfg, &deps, e);
	return r < 0 ? r : controllers_start(p->controllers, e);
}

static int scheduler_part_start(struct parts *p, struct connector *c, struct err *e)
{
	struct scheduler_config cfg = {.name = "default-scheduler"};
	struct scheduler_deps deps = {.api = c, .clock = clock_real()};
	int r = scheduler_new(&p->scheduler, &cfg, &deps, e);
	return r < 0 ? r : scheduler_start(p->scheduler, e);
}

static int storage_part_start(struct parts *p, struct connector *c, struct err *e)
{
	const struct options *o = p->env->opt;
	struct storage_config cfg = {
		.node_name = opt_bool(o, OPT_DISABLE_AGENT) ? NULL : p->env->node_name,
		.data_dir = opt_str(o, OPT_DATA_DIR),
		.controller = p->env->control_plane && !p->env->elect,
		.local_path = !opt_list_has(o, OPT_DISABLE, "local-path"),
	};
	struct storage_deps deps = {.api = c, .clock = clock_real(), .plugins = p->plugins};
	int r = storage_new(&p->storage, &cfg, &deps, e);
	return r < 0 ? r : storage_start(p->storage, e);
}

static int binder_part_start(struct parts *p, struct connector *c, struct err *e)
{
	const struct options *o = p->env->opt;
	struct storage_config cfg = {
		.data_dir = opt_str(o, OPT_DATA_DIR),
		.controller = true,
		.local_path = !opt_list_has(o, OPT_DISABLE, "local-path"),
	};
	struct storage_deps deps = {.api = c, .clock = clock_real(), .plugins = p->plugins};
	int r = storage_new(&p->binder, &cfg, &deps, e);
	return r < 0 ? r : storage_start(p->binder, e);
}

static void binder_part_stop(struct parts *p)
{
	if (p->binder)
		storage_stop(p->binder);
}

static void binder_part_join(struct parts *p)
{
	if (p->binder)
		storage_join(p->binder);
	p->binder = storage_free(p->binder);
}

static int net_part_start(struct parts *p, struct connector *c, struct err *e)
{
	const struct options *o = p->env->opt;
	struct net_config cfg = {
		.node_name = p->env->node_name,
		.run_dir = opt_str(o, OPT_RUN_DIR),
		.backend = opt_str(o, OPT_FLANNEL_BACKEND),
		.cluster_cidr = opt_str(o, OPT_CLUSTER_CIDR),
		.service_cidr = opt_str(o, OPT_SERVICE_CIDR),
		.iface = opt_str(o, OPT_FLANNEL_IFACE),
		.vni = (uint32_t)opt_int(o, OPT_FLANNEL_VNI),
		.port = (uint16_t)opt_int(o, OPT_FLANNEL_PORT),
		.hairpin = adapt_hairpin(o),
	};
	struct net_deps deps = {.api = c, .clock = clock_real()};
	int r = net_new(&p->net, &cfg, &deps, e);
	return r < 0 ? r : net_start(p->net, e);
}

static int proxy_part_start(struct parts *p, struct connector *c, struct err *e)
{
	const struct options *o = p->env->opt;
	struct proxy_config cfg = {
	    .node_name = p->env->node_name,
	    .mode = opt_str(o, OPT_PROXY_MODE),
	    .ipvs_scheduler = opt_str(o, OPT_IPVS_SCHEDULER),
	    .cluster_cidr = opt_str(o, OPT_CLUSTER_CIDR),
	    .service_cidr = p->env->service_cidr,
	    .metrics_address = opt_str(o, OPT_METRICS_ADDRESS),
	    .healthz_address = opt_str(o, OPT_HEALTHZ_ADDRESS),
	};
	struct proxy_deps deps = {.api = c,
				  .clock = clock_real(),
				  .host_ports_elsewhere = adapt_host_ports_by_cni,
				  .arg = (void *)(uintptr_t)opt_str(o, OPT_DATA_DIR)};
	int r = proxy_new(&p->proxy, &cfg, &deps, e);
	return r < 0 ? r : proxy_start(p->proxy, e);
}

static int dns_part_start(struct parts *p, struct connector *c, struct err *e)
{
	const struct options *o = p->env->opt;
	const char *second = opt_second_cidr(opt_str(o, OPT_SERVICE_CIDR));
	char other[48] = "";
	bool both = second && opt_cidr_address(second, 10, other);
	struct dns_config cfg = {
		.node_name = p->env->control_plane && opt_bool(o, OPT_DISABLE_AGENT) ? NULL : p->env->node_name,
		.cluster_domain = opt_str(o, OPT_CLUSTER_DOMAIN),
		.port = 53,
		.metrics_port = 9153,
		.resolv_conf = opt_str(o, OPT_RESOLV_CONF),
		.cluster_cidr = opt_str(o, OPT_CLUSTER_CIDR),
		.service_cidr = opt_str(o, OPT_SERVICE_CIDR),
		.autopath = opt_bool(o, OPT_DNS_AUTOPATH),
		.service_ip = opt_str(o, OPT_CLUSTER_DNS),
		.service_ip2 = both ? other : NULL,
	};
	struct dns_deps deps = {.api = c, .clock = clock_real()};
	int r = dns_new(&p->dns, &cfg, &deps, e);
	return r < 0 ? r : dns_start(p->dns, e);
}

/* Ports that the service load balancer must leave alone on this node; kubelet's it knows. malloc'ed, NULL: no memory.
 */
static char *own_ports(const struct parts *p)
{
	const struct options *o = p->env->opt;
	const char *backend = opt_str(o, OPT_FLANNEL_BACKEND);
	bool udp = streq(backend, "udp");
	long long overlay = opt_int(o, OPT_FLANNEL_PORT);
	AUTO_BUF struct buf b = {0};

	if (p->env->control_plane)
		buf_addf(&b, ",%lld/TCP=API server", (long long)opt_int(o, OPT_HTTPS_LISTEN_PORT));
	if (p->ingress_serves)
		buf_addf(&b, ",%lld/TCP=Ingress,%lld/TCP=Ingress", (long long)opt_int(o, OPT_INGRESS_HTTP_PORT),
			 (long long)opt_int(o, OPT_INGRESS_HTTPS_PORT));
	if (p->mask & (1u << PART_NET) && (udp || streq(backend, "vxlan")))
		buf_addf(&b, ",%lld/UDP=" OWN_PORTS_POD_NETWORK, overlay ? overlay : udp ? 8285 : 8472);
	return buf_failed(&b) ? NULL : str_dup(b.len ? b.data + 1 : "");
}

/* Before it is known: what ran goes on, and what all nodes do this one does, too, where there is an nginx for it. */
static bool ingress_expected(const struct parts *p)
{
	const struct options *o = p->env->opt;
	const char *selector = opt_str(o, OPT_INGRESS_NODES);
	AUTO_FREE char *dir = fs_join(opt_str(o, OPT_RUN_DIR), "ingress");

	if (!(p->mask & (1u << PART_INGRESS)))
		return false;
	return (dir && ingress_runs(dir)) || ((!selector || !*selector) && ingress_can_run());
}

/* On a worker of Ingress, which ends before the node agent. */
static void ingress_serves(void *arg, bool now, const char *why)
{
	struct parts *p = arg;

	p->ingress_serves = now;
	AUTO_FREE char *ports = own_ports(p);
	if (p->node && (!ports || node_use_own_ports(p->node, ports, why) < 0))
		log_warning("ingress", NULL, "whether nginx runs here is not told by this Node: out of memory");
}

static int node_part_start(struct parts *p, struct connector *c, struct err *e)
{
	struct node_config cfg = {0};
	struct node_deps deps = {.api = c, .clock = clock_real()};

	int r = adapt_init(&p->adapt, p->env, c, p->plugins, e);
	if (r < 0)
		return r;
	p->ingress_serves = ingress_expected(p);
	AUTO_FREE char *ports = own_ports(p);
	if (!ports)
		return err_nomem(e);
	adapt_node_config(&cfg, p->env);
	cfg.own_ports = *ports ? ports : NULL;
	if (!(p->mask & (1u << PART_INGRESS)) && p->mask != 1u << PART_NODE) /* alone it does not know of others */
		cfg.no_ingress = "Ingress is disabled there (--disable ingress)";
	deps.network = adapt_network_ops();
	deps.network_impl = &p->adapt;
	deps.volumes = adapt_volume_ops();
	deps.volumes_impl = &p->adapt;
	r = node_new(&p->node, &cfg, &deps, e);
	return r < 0 ? r : node_start(p->node, e);
}

static int ingress_part_start(struct parts *p, struct connector *c, struct err *e)
{
	const struct options *o = p->env->opt;
	AUTO_FREE char *dir = fs_join(opt_str(o, OPT_RUN_DIR), "ingress");
	AUTO_FREE char *kubelet = adapt_kubelet_dir(o);
	AUTO_FREE char *others = own_ports(p);
	/* Of names of the cluster it alone knows the addresses. Alone, only who says so means this cluster's. */
	bool alone = p->mask == 1u << PART_INGRESS;
	/* A server that is no node makes what its agents need. */
	bool absent = p->env->control_plane && opt_bool(o, OPT_DISABLE_AGENT);
	bool dns_there = alone ? opt_is_set(o, OPT_CLUSTER_DNS) : !opt_list_has(o, OPT_DISABLE, "dns");
	const char *dns[] = {dns_there ? opt_str(o, OPT_CLUSTER_DNS) : NULL, NULL};
	/* Keys, tokens of service accounts, volumes of pods. */
	const char *hidden[] = {opt_str(o, OPT_DATA_DIR), opt_str(o, OPT_RUN_DIR), "/etc/minik", kubelet, NULL};
	AUTO_FREE char *ports = others ? str_fmt("%s%s%lld/TCP=node agent", others, *others ? "," : "", (long long)opt_int(o, OPT_KUBELET_PORT)) : NULL;
	struct ingress_config cfg = {
		.run_dir = dir,
		.data_dir = opt_str(o, OPT_DATA_DIR),
		.addresses = p->env->node_ips,
		.ingress_class = "nginx",
		.http_port = (uint16_t)opt_int(o, OPT_INGRESS_HTTP_PORT),
		.https_port = (uint16_t)opt_int(o, OPT_INGRESS_HTTPS_PORT),
		.node_name = absent ? NULL : p->env->node_name,
		.node_selector = absent ? NULL : opt_str(o, OPT_INGRESS_NODES),
		.own_ports = ports,
		.access_log = opt_bool(o, OPT_INGRESS_ACCESS_LOG),
		.proxy_protocol = opt_bool(o, OPT_INGRESS_PROXY_PROTOCOL),
		.trusted = (const char *const *)opt_list(o, OPT_INGRESS_TRUSTED_PROXIES),
		.dns = dns,
		.hidden = hidden,
		.metrics_address = absent ? NULL : opt_str(o, OPT_INGRESS_METRICS_ADDRESS),
		.absent = absent,
		.cluster = !alone,
		.makes = alone || p->env->control_plane,
		.several = !alone && p->env->control_plane && p->env->elect,
		.optional = !alone && !p->env->control_plane,
		.serves = alone ? NULL : ingress_serves,
		.arg = p,
	};
	struct ingress_deps deps = {.api = c, .clock = clock_real()};
	if (!dir || !kubelet || !ports)
		return err_nomem(e);
	int r = ingress_new(&p->ingress, &cfg, &deps, e);
	return r < 0 ? r : ingress_start(p->ingress, e);
}

#define PART(id, room, user_, group_, lease_)                                                                          \
	[id] = {#room, user_, group_, room##_part_start, room##_part_stop, room##_part_join, lease_}
static const struct part table[PART_COUNT] = {
	PART(PART_CONTROLLERS, controllers, "system:kube-controller-manager", NULL, "kube-controller-manager"),
	PART(PART_SCHEDULER, scheduler, "system:kube-scheduler", NULL, "kube-scheduler"),
	PART(PART_STORAGE, storage, "system:minik:storage", NULL, NULL),
	PART(PART_BINDER, binder, "system:minik:storage", NULL, "minik-storage"),
	PART(PART_NET, net, "system:node:%s", "system:nodes", NULL),
	PART(PART_PROXY, proxy, "system:kube-proxy", "system:node-proxier", NULL),
	PART(PART_DNS, dns, "system:minik:dns", NULL, NULL),
	PART(PART_NODE, node, "system:node:%s", "system:nodes", NULL),
	PART(PART_INGRESS, ingress, "system:minik:ingress", NULL, NULL),
};

const char *part_name(enum part_id id) { return table[id].name; }

int part_find(const char *name)
{
	for (int i = 0; i < PART_COUNT; i++)
		if (streq(table[i].name, name))
			return i;
	return -1;
}

bool parts_shutdown(struct parts *p, const struct options *o, void (*done)(void *arg), void *arg)
{
	if (!p->node)
		return false;
	return node_shutdown(p->node, (unsigned)opt_int(o, OPT_SHUTDOWN_GRACE), (unsigned)opt_int(o, OPT_SHUTDOWN_GRACE_CRITICAL), done, arg) == 0;
}

int parts_use_certificate(struct parts *p, const char *cert_pem, const char *key_pem, struct err *e)
{
	return p->node ? node_use_certificate(p->node, cert_pem, key_pem, e) : 0;
}

void parts_stop(struct parts *p)
{
	if (!p)
		return;
	for (int i = PART_COUNT - 1; i >= 0; i--) {
		if (p->elect[i])
			elect_stop(p->elect[i]);
		else if (p->started & (1u << i))
			table[i].stop(p);
	}
	if (p->plugins)
		plugins_stop(p->plugins);
	for (int i = PART_COUNT - 1; i >= 0; i--) {
		if (p->elect[i])
			p->elect[i] = elect_free(p->elect[i]);
		else if (p->started & (1u << i))
			table[i].join(p);
	}
	p->started = 0;
}

struct parts *parts_free(struct parts *p)
{
	if (!p)
		return NULL;
	parts_stop(p);
	adapt_done(&p->adapt);
	p->plugins = plugins_free(p->plugins);
	for (int i = 0; i < PART_COUNT; i++)
		connector_free(p->conn[i]);
	free(p);
	return NULL;
}
DEFINE_CLEANUP(struct parts *, parts_free, parts_free_p)

/* On the election's worker. */
static int elected_start(void *arg, unsigned id, struct err *e)
{
	struct parts *p = arg;
	return table[id].start(p, p->conn[id], e);
}

static void elected_end(void *arg, unsigned id)
{
	struct parts *p = arg;
	table[id].stop(p);
	table[id].join(p);
}

static int part_elect(struct parts *p, unsigned id, struct err *e)
{
	struct elect_config c = {
		.lease = table[id].lease,
		.candidate = p->env->node_name,
		.api = p->conn[id],
		.start = elected_start,
		.end = elected_end,
		.arg = p,
		.id = id,
	};
	return elect_new(&p->elect[id], &c, e);
}

static int plugins_begin(struct parts *p, struct err *e)
{
	const struct options *o = p->env->opt;
	AUTO_FREE char *kubelet = adapt_kubelet_dir(o);
	struct plugins_config c = {
		.data_dir = opt_str(o, OPT_DATA_DIR),
		.kubelet_dir = kubelet,
		.node_name = opt_bool(o, OPT_DISABLE_AGENT) ? NULL : p->env->node_name,
		.local_path = !opt_list_has(o, OPT_DISABLE, "local-path"),
	};

	if (!kubelet)
		return err_nomem(e);
	int r = plugins_new(&p->plugins, &c, e);
	return r < 0 ? r : plugins_start(p->plugins, e);
}

int parts_start(struct parts **ret, const struct parts_env *env, unsigned mask, struct err *e)
{
	CLEANUP(parts_free_p) struct parts *p = calloc(1, sizeof(*p));

	if (!p)
		return err_nomem(e);
	p->env = env;
	mask &= ~(1u << PART_BINDER);
	if (env->elect && env->control_plane && mask & (1u << PART_STORAGE))
		mask |= 1u << PART_BINDER;
	p->mask = mask;
	if (mask & (1u << PART_STORAGE | 1u << PART_BINDER | 1u << PART_NODE)) {
		int r = plugins_begin(p, e);
		if (r < 0)
			return err_wrap(e, "volume plug-ins");
	}
	for (unsigned i = 0; i < PART_COUNT; i++) {
		if (!(mask & (1u << i)))
			continue;
		AUTO_FREE char *user = str_fmt("%.*s%s", (int)strcspn(table[i].user, "%"), table[i].user,
					       strchr(table[i].user, '%') ? env->node_name : "");
		const char *groups[] = {table[i].group, NULL};
		if (!user)
			return err_nomem(e);
		int r = env->connect(env->connect_arg, &p->conn[i], user, groups, e);
		if (r < 0)
			return err_wrap(e, "%s", table[i].name);
		/* A start that fails leaves a half-built room behind: join frees it as well. */
		p->started |= 1u << i;
		r = env->elect && table[i].lease ? part_elect(p, i, e) : table[i].start(p, p->conn[i], e);
		if (r < 0)
			return err_wrap(e, "%s", table[i].name);
	}
	*ret = TAKE_PTR(p);
	return 0;
}
