#include "cmd/adapt.h"
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"

enum podnet_hairpin adapt_hairpin(const struct options *o)
{
	const char *mode = opt_str(o, OPT_HAIRPIN_MODE);

	return streq(mode, "none") ? PODNET_HAIRPIN_NONE
	       : streq(mode, "promiscuous-bridge") ? PODNET_PROMISCUOUS_BRIDGE
						    : PODNET_HAIRPIN_VETH;
}

int adapt_init(struct adapt *a, const struct parts_env *env, struct err *e)
{
	struct podnet_config net = {.run_dir = opt_str(env->opt, OPT_RUN_DIR), .hairpin = adapt_hairpin(env->opt)};

	int r = podnet_new(&a->podnet, &net, e);
	if (r == 0)
		r = volumes_new(&a->volumes, opt_str(env->opt, OPT_DATA_DIR), opt_str(env->opt, OPT_RUN_DIR), e);
	return r;
}

void adapt_done(struct adapt *a)
{
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

static int net_attach(void *impl, const struct node_net_request *r, struct node_net_result *ret, struct err *e)
{
	struct adapt *a = impl;
	struct podnet_result res = {0};
	struct podnet_limits limits;
	int rc;

	if ((rc = bandwidth_read(r->pod, "ingress", &limits.ingress_bits, e)) < 0 ||
	    (rc = bandwidth_read(r->pod, "egress", &limits.egress_bits, e)) < 0)
		return rc;
	rc = podnet_attach(a->podnet, r->pod_uid, r->netns_path, r->pod_cidrs, &res, e);
	if (rc == 0 && (limits.ingress_bits || limits.egress_bits))
		rc = podnet_limit(a->podnet, r->pod_uid, &limits, e);
	if (rc < 0)
		return rc;
	memcpy(ret->ips, res.ips, sizeof(ret->ips));
	return 0;
}

static int net_detach(void *impl, const char *uid, const char *netns_path, struct err *e)
{
	return podnet_detach(((struct adapt *)impl)->podnet, uid, netns_path, e);
}

static bool net_ready(void *impl, struct err *why)
{
	(void)impl;
	(void)why;
	/* Attaching needs the node's pod CIDR alone, which the node agent has from its own Node. */
	return true;
}

static int net_gc(void *impl, const char *const *live, struct err *e)
{
	return podnet_gc(((struct adapt *)impl)->podnet, live, e);
}

const struct node_network_ops *adapt_network_ops(void)
{
	static const struct node_network_ops ops = {net_attach, net_detach, net_ready, net_gc};
	return &ops;
}

static int vol_publish(void *impl, const json_t *pv, const json_t *pvc, const char *uid, const char *name, bool ro, char **ret,
		       struct err *e)
{
	return volumes_publish(((struct adapt *)impl)->volumes, pv, pvc, uid, name, ro, ret, e);
}

static int vol_unpublish(void *impl, const char *pv, const char *uid, const char *name, struct err *e)
{
	return volumes_unpublish(((struct adapt *)impl)->volumes, pv, uid, name, e);
}

const struct node_volume_ops *adapt_volume_ops(void)
{
	static const struct node_volume_ops ops = {vol_publish, vol_unpublish};
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
