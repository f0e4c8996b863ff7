#include "cmd/adapt.h"
#include <string.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"

enum podnet_hairpin adapt_hairpin(const struct options *o)
{
	const char *mode = opt_str(o, OPT_HAIRPIN_MODE);

	return streq(mode, "none") ? PODNET_HAIRPIN_NONE
	       : streq(mode, "promiscuous-bridge") ? PODNET_PROMISCUOUS_BRIDGE
						    : PODNET_HAIRPIN_VETH;
}

void adapt_cni_config(struct cni_config *c, const struct options *o)
{
	*c = (struct cni_config){
	    .data_dir = opt_str(o, OPT_DATA_DIR),
	    .run_dir = opt_str(o, OPT_RUN_DIR),
	    .conf_dir = opt_str(o, OPT_CNI_CONF_DIR),
	    .bin_dirs = opt_str(o, OPT_CNI_BIN_DIR),
	    .timeout_s = (unsigned)opt_int(o, OPT_CNI_TIMEOUT),
	    .cluster_dns = opt_str(o, OPT_CLUSTER_DNS),
	    .cluster_domain = opt_str(o, OPT_CLUSTER_DOMAIN),
	};
}

char *adapt_kubelet_dir(const struct options *o)
{
	const char *dir = opt_str(o, OPT_KUBELET_DIR), *data = opt_str(o, OPT_DATA_DIR);

	return dir && *dir ? str_dup(dir) : streq(data, "/var/lib/minik") ? str_dup("/var/lib/kubelet") : fs_join(data, "kubelet");
}

int adapt_init(struct adapt *a, const struct parts_env *env, struct connector *api, struct plugins *plugins, struct err *e)
{
	AUTO_FREE char *kubelet = adapt_kubelet_dir(env->opt);
	struct volumes_config vc = {
		.data_dir = opt_str(env->opt, OPT_DATA_DIR), .run_dir = opt_str(env->opt, OPT_RUN_DIR), .kubelet_dir = kubelet, .node_name = env->node_name};
	struct volumes_deps vd = {.api = api, .plugins = plugins};
	struct podnet_config net = {.run_dir = opt_str(env->opt, OPT_RUN_DIR), .hairpin = adapt_hairpin(env->opt)};

	pthread_mutex_init(&a->lock, NULL);
	a->by_cni = streq(opt_str(env->opt, OPT_FLANNEL_BACKEND), "none");
	adapt_cni_config(&a->cni_config, env->opt);
	int r = podnet_new(&a->podnet, &net, e);
	if (r == 0)
		r = cni_new(&a->cni, &a->cni_config, e);
	if (r == 0)
		r = kubelet ? volumes_new(&a->volumes, &vc, &vd, e) : err_nomem(e);
	return r;
}

void adapt_done(struct adapt *a)
{
	if (a->podnet)
		pthread_mutex_destroy(&a->lock);
	free(a->network);
	a->network = NULL;
	a->watch = cni_watch_free(a->watch);
	a->cni = cni_free(a->cni);
	a->podnet = podnet_free(a->podnet);
	a->volumes = volumes_free(a->volumes);
}

/* Source: Kubernetes, pkg/util/bandwidth: 1k to 1P bits a second. */
static int bandwidth_read(const json_t *pod, const char *which, uint64_t *ret, struct err *e)
{
	AUTO_FREE char *key = str_fmt("kubernetes.io/%s-bandwidth", which);
	const char *text = key ? obj_annotation(pod, key) : NULL;
	struct quantity q;

	*ret = 0;
	if (!text)
		return key ? 0 : err_nomem(e);
	if (quantity_parse(text, &q) < 0 || quantity_value(&q) < 1000 || quantity_value(&q) > 1000000000000000)
		return err_set(e, ERR_INVALID, "annotation %s: \"%.40s\" is not from 1k to 1P bits a second; write one such as 10M", key, text);
	*ret = (uint64_t)quantity_value(&q);
	return 0;
}

static int attach_podnet(struct adapt *a, const struct node_net_request *r, const struct podnet_limits *limits,
			 struct node_net_result *ret, struct err *e)
{
	struct podnet_result res = {0};
	/* Of a time when plug-ins had attached it; its namespace is a new one. */
	int rc = cni_owns(a->cni, r->pod_uid) ? cni_detach(a->cni, r->pod_uid, e) : 0;

	if (rc == 0)
		rc = podnet_attach(a->podnet, r->pod_uid, r->netns_path, r->pod_cidrs, &res, e);
	if (rc == 0 && (limits->ingress_bits || limits->egress_bits))
		rc = podnet_limit(a->podnet, r->pod_uid, limits, e);
	if (rc == 0)
		memcpy(ret->ips, res.ips, sizeof(ret->ips));
	return rc;
}

static int attach_cni(struct adapt *a, const struct node_net_request *r, const struct podnet_limits *limits,
		      struct node_net_result *ret, struct err *e)
{
	const struct cni_pod p = {r->pod_uid, r->pod_ns, r->pod_name, r->netns_path, r->pod_cidrs, r->pod,
				  limits->ingress_bits, limits->egress_bits};
	bool unshaped = false;
	int rc = cni_attach(a->cni, &p, ret->ips, &unshaped, e);

	if (rc == 0 && unshaped)
		log_warning("node", r->pod_name,
			    "its bandwidth is not limited: the CNI configuration in %s has no plug-in with the capability bandwidth",
			    a->cni_config.conf_dir);
	return rc;
}

static int net_attach(void *impl, const struct node_net_request *r, struct node_net_result *ret, struct err *e)
{
	struct adapt *a = impl;
	struct podnet_limits limits;
	int rc;

	if ((rc = bandwidth_read(r->pod, "ingress", &limits.ingress_bits, e)) < 0 ||
	    (rc = bandwidth_read(r->pod, "egress", &limits.egress_bits, e)) < 0)
		return rc;
	return a->by_cni ? attach_cni(a, r, &limits, ret, e) : attach_podnet(a, r, &limits, ret, e);
}

/* Both, whatever the backend is now: it may have been another when the pod came. */
static int net_detach(void *impl, const char *uid, const char *netns_path, struct err *e)
{
	struct adapt *a = impl;
	int r = cni_detach(a->cni, uid, e);

	return r < 0 ? r : podnet_detach(a->podnet, uid, netns_path, e);
}

static bool net_ready(void *impl, struct err *why)
{
	struct adapt *a = impl;
	AUTO_FREE char *network = NULL;
	struct err cause = {0};

	/* Attaching without plug-ins needs the node's pod CIDR alone, which the node agent has from its own Node. */
	if (!a->by_cni)
		return true;
	bool ok = cni_ready(a->cni, &network, &cause);
	pthread_mutex_lock(&a->lock);
	if (ok && !streq(a->network, network)) {
		log_info("node", NULL, "CNI network %s", network);
		free(a->network);
		a->network = TAKE_PTR(network);
	}
	pthread_mutex_unlock(&a->lock);
	/* In the words of containerd, which people look for. */
	if (!ok)
		(void)err_set(why, cause.code,
			      "NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: %.150s",
			      cause.msg);
	return ok;
}

static int net_gc(void *impl, const char *const *live, struct err *e)
{
	struct adapt *a = impl;
	struct err second = {0};
	int r = cni_gc(a->cni, live, e), r2 = podnet_gc(a->podnet, live, &second);

	return r < 0 || r2 == 0 ? r : err_set(e, r2, "%s", second.msg);
}

static void cni_changed(void *arg)
{
	struct adapt *a = arg;

	a->changed(a->changed_arg);
}

static int net_watch(void *impl, struct loop *l, void (*fn)(void *arg), void *arg, struct err *e)
{
	struct adapt *a = impl;

	a->changed = fn;
	a->changed_arg = arg;
	return a->by_cni ? cni_watch_new(&a->watch, l, &a->cni_config, cni_changed, a, e) : 0;
}

static void net_unwatch(void *impl)
{
	struct adapt *a = impl;

	a->watch = cni_watch_free(a->watch);
}

const struct node_network_ops *adapt_network_ops(void)
{
	static const struct node_network_ops ops = {net_attach, net_detach, net_ready, net_gc, net_watch, net_unwatch};
	return &ops;
}

bool adapt_host_ports_by_cni(void *arg, const char *pod_uid)
{
	return cni_maps_ports(arg, pod_uid);
}

static struct volumes_request vol_request(const struct node_volume_request *r)
{
	return (struct volumes_request){.pod_uid = r->pod_uid, .volume_name = r->volume_name, .pod = r->pod, .volume = r->volume, .pv = r->pv, .pvc = r->pvc,
					.read_only = r->read_only, .fs_group = r->fs_group, .fs_group_if_differs = r->fs_group_if_differs};
}

static int vol_publish(void *impl, const struct node_volume_request *r, struct node_volume_result *ret, struct err *e)
{
	struct volumes_request req = vol_request(r);
	struct volumes_result res = {0};
	int c = volumes_publish(((struct adapt *)impl)->volumes, &req, &res, e);

	if (c == 0)
		*ret = (struct node_volume_result){.path = res.path, .block = res.block, .read_only = res.read_only, .chgrp = res.chgrp, .republish = res.republish};
	return c;
}

static int vol_unpublish(void *impl, const char *uid, const char *name, struct err *e)
{
	return volumes_unpublish(((struct adapt *)impl)->volumes, uid, name, e);
}

static int vol_stats(void *impl, const char *uid, const char *name, struct node_volume_stats *ret, struct err *e)
{
	struct volumes_stats st;
	int c = volumes_stats(((struct adapt *)impl)->volumes, uid, name, &st, e);

	if (c == 0)
		*ret = (struct node_volume_stats){st.total, st.used, st.available, st.inodes, st.inodes_used, st.inodes_free};
	return c;
}

static int vol_grow(void *impl, const struct node_volume_request *r, int64_t *ret_bytes, struct err *e)
{
	struct volumes_request req = vol_request(r);

	return volumes_grow(((struct adapt *)impl)->volumes, &req, ret_bytes, e);
}

static int vol_pods(void *impl, char ***ret, struct err *e) { return volumes_pods(((struct adapt *)impl)->volumes, ret, e); }
static void vol_registered(void *impl) { volumes_node_registered(((struct adapt *)impl)->volumes); }

static int vol_watch(void *impl, void (*fn)(void *arg), void *arg, struct err *e)
{
	return volumes_watch(((struct adapt *)impl)->volumes, fn, arg, e);
}

static void vol_unwatch(void *impl) { volumes_unwatch(((struct adapt *)impl)->volumes); }

const struct node_volume_ops *adapt_volume_ops(void)
{
	static const struct node_volume_ops ops = {vol_publish, vol_unpublish, vol_stats, vol_grow, vol_pods, vol_registered, vol_watch, vol_unwatch};
	return &ops;
}

void adapt_node_config(struct node_config *c, const struct parts_env *env)
{
	const struct options *o = env->opt;

	*c = (struct node_config){
		.node_name = env->node_name,
		.node_ips = env->node_ips,
		.labels = (const char *const *)opt_list(o, OPT_NODE_LABEL),
		.taints = (const char *const *)opt_list(o, OPT_NODE_TAINT),
		.data_dir = opt_str(o, OPT_DATA_DIR),
		.run_dir = opt_str(o, OPT_RUN_DIR),
		.runtime = opt_str(o, OPT_RUNTIME),
		.cgroup_root = opt_str(o, OPT_CGROUP_ROOT),
		.resolv_conf = opt_str(o, OPT_RESOLV_CONF),
		.cluster_dns = opt_str(o, OPT_CLUSTER_DNS),
		.cluster_domain = opt_str(o, OPT_CLUSTER_DOMAIN),
		.kubelet_port = (uint16_t)opt_int(o, OPT_KUBELET_PORT),
		.bind_address = opt_str(o, OPT_BIND_ADDRESS),
		.serving_cert_pem = env->serving_cert_pem,
		.serving_key_pem = env->serving_key_pem,
		.client_ca_pem = env->ca_cert_pem,
		.registries_file = opt_str(o, OPT_REGISTRIES),
		.max_pods = (unsigned)opt_int(o, OPT_MAX_PODS),
		.cloud_external = streq(opt_str(o, OPT_CLOUD_PROVIDER), "external"),
		.ips_given = opt_is_set(o, OPT_NODE_IP),
		.provider_id = opt_str(o, OPT_PROVIDER_ID),
	};
}
