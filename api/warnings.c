/* Warnings about every other kind, and which kind has which. */
#include <errno.h>
#include <stdarg.h>
#include "api/quantity.h"
#include "api/object.h"
#include "api/validate.h"
#include "api/warnings.h"

#define WARNINGS_MAX 64 /* a header each */

void warn_add(struct warner *w, const char *fmt, ...)
{
	AUTO_BUF struct buf b = {0};
	va_list ap;

	if (json_array_size(w->list) >= WARNINGS_MAX)
		return;
	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	w->oom |= buf_failed(&b) || json_array_append_new(w->list, json_stringn(b.data, b.len)) < 0;
}

struct warned {
	struct warner *w;
	const json_t *obj, *old, *spec;
};

static bool generation_grew(const struct warned *x)
{
	return !x->old || obj_generation(x->obj) != obj_generation(x->old);
}

static void name_in_pods(const struct warned *x, const char *where)
{
	const char *msg = api_check_dns1123_label(obj_name(x->obj));

	if (!x->old && msg)
		warn_add(x->w,
			 "metadata.name: this is used in %s, which can result in surprising behavior; a DNS label is "
			 "recommended: [%s]",
			 where, msg);
}

static void warn_template(const struct warned *x, const json_t *template, const char *prefix)
{
	if (!generation_grew(x))
		return;
	x->w->prefix = prefix;
	warn_pod(x->w, json_object_get(template, "metadata"), json_object_get(template, "spec"));
	x->w->prefix = "";
}

static void pod(const struct warned *x)
{
	if (x->old)
		return;
	name_in_pods(x, "the Pod's hostname");
	warn_pod(x->w, json_object_get(x->obj, "metadata"), x->spec);
}

static void named_workload(const struct warned *x)
{
	name_in_pods(x, "Pod names and hostnames");
	warn_template(x, json_object_get(x->spec, "template"), "spec.template.");
}

/* Of an update what was there before is looked at, as Kubernetes does. */
static void replication_controller(const struct warned *x)
{
	const json_t *spec = x->old ? json_object_get(x->old, "spec") : x->spec;

	name_in_pods(x, "Pod names and hostnames");
	warn_template(x, json_object_get(spec, "template"), "spec.template.");
}

static void csi_driver(const struct warned *x)
{
	const json_t *was = json_at(x->old, "spec", "tokenRequests", NULL), *now = json_object_get(x->spec, "tokenRequests");

	if (json_array_size(now) && !v_has(x->spec, "serviceAccountTokenInSecrets") && !(x->old && was && json_equal(was, now)))
		warn_add(x->w, "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible "
			       "logging of tokens in volume attributes");
}

static void stateful_set(const struct warned *x)
{
	const json_t *claim;
	size_t i;

	warn_template(x, json_object_get(x->spec, "template"), "spec.template.");
	json_array_foreach(json_object_get(x->spec, "volumeClaimTemplates"), i, claim)
	{
		AUTO_FREE char *at = str_fmt("spec.volumeClaimTemplates[%zu]", i);

		if (at && generation_grew(x))
			warn_claim(x->w, json_object_get(claim, "spec"), at);
	}
	if (v_int(x->spec, "revisionHistoryLimit", 0) < 0)
		warn_add(x->w, "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value "
			       ">= 0 is recommended");
}

static void daemon_set(const struct warned *x)
{
	warn_template(x, json_object_get(x->spec, "template"), "spec.template.");
}
static void pod_template(const struct warned *x)
{
	warn_template(x, json_object_get(x->obj, "template"), "template.");
}

static void warn_job(const struct warned *x, const json_t *spec, const char *path, const char *prefix)
{
	if (generation_grew(x) && streq(v_text(spec, "completionMode"), "Indexed") &&
	    v_int(spec, "completions", 0) > 100000 && v_int(spec, "parallelism", 0) > 10000)
		warn_add(x->w,
			 "%s: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher "
			 "than 10^4, Kubernetes might not be able to track "
			 "completedIndexes when a big number of indexes fail",
			 path);
	warn_template(x, json_object_get(spec, "template"), prefix);
}

static void job(const struct warned *x)
{
	name_in_pods(x, "Pod names and hostnames");
	warn_job(x, x->spec, "spec", "spec.template.");
}

static void cron_job(const struct warned *x)
{
	name_in_pods(x, "Pod names and hostnames");
	warn_job(x, json_dot(x->spec, "jobTemplate.spec"), "spec.jobTemplate.spec", "spec.jobTemplate.spec.template.");
}

static void ip_list(const struct warned *x, const char *key, void (*fn)(struct warner *, const json_t *, const char *))
{
	const json_t *v;
	size_t i;

	json_array_foreach(json_object_get(x->spec, key), i, v)
	{
		AUTO_FREE char *at = str_fmt("spec.%s[%zu]", key, i);

		if (at)
			fn(x->w, v, at);
	}
}

static void service(const struct warned *x)
{
	const char *type = v_text(x->spec, "type");
	bool external_name = streq(type, "ExternalName"),
	     external = json_array_size(json_object_get(x->spec, "externalIPs")) > 0;
	bool headless = streq(type, "ClusterIP") && streq(v_text(x->spec, "clusterIP"), "None");

	if (obj_annotation(x->obj, "service.kubernetes.io/topology-aware-hints"))
		warn_add(x->w, "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use "
			       "service.kubernetes.io/topology-mode instead");
	if (!headless)
		ip_list(x, "clusterIPs", warn_ip);
	if (headless && *v_text(x->spec, "loadBalancerIP"))
		warn_add(x->w, "spec.loadBalancerIP is ignored for headless services");
	if (headless && external)
		warn_add(x->w, "spec.externalIPs is ignored for headless services");
	if (headless && !streq(v_text(x->spec, "sessionAffinity"), "None"))
		warn_add(x->w, "spec.SessionAffinity is ignored for headless services");
	ip_list(x, "externalIPs", warn_ip);
	if (external && !headless && !external_name)
		warn_add(x->w, "spec.externalIPs is deprecated and may no longer be implemented in some clusters");
	warn_ip(x->w, json_object_get(x->spec, "loadBalancerIP"), "spec.loadBalancerIP");
	ip_list(x, "loadBalancerSourceRanges", warn_cidr);
	if (external_name && external)
		warn_add(x->w, "spec.externalIPs is ignored when spec.type is \"ExternalName\"");
	if (!external_name && *v_text(x->spec, "externalName"))
		warn_add(x->w, "spec.externalName is ignored when spec.type is not \"ExternalName\"");
	if (streq(v_text(x->spec, "trafficDistribution"), "PreferClose"))
		warn_add(x->w, "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
}

static void volume(const struct warned *x)
{
	static const struct {
		const char *key, *text;
	} old[] = {
	    {"cephfs", "deprecated in v1.28, non-functional in v1.31+"},
	    {"photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"},
	    {"scaleIO", "deprecated in v1.16, non-functional in v1.22+"},
	    {"storageos", "deprecated in v1.22, non-functional in v1.25+"},
	    {"glusterfs", "deprecated in v1.25, non-functional in v1.26+"},
	    {"rbd", "deprecated in v1.28, non-functional in v1.31+"},
	};
	const json_t *t;
	size_t i;

	if (obj_annotation(x->obj, "volume.beta.kubernetes.io/storage-class"))
		warn_add(x->w, "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; "
			       "use \"storageClassName\" attribute instead");
	if (obj_annotation(x->obj, "volume.beta.kubernetes.io/mount-options"))
		warn_add(x->w, "metadata.annotations[volume.beta.kubernetes.io/mount-options]: deprecated since v1.31; "
			       "use \"mountOptions\" attribute instead");
	if (streq(v_text(x->spec, "persistentVolumeReclaimPolicy"), "Recycle"))
		warn_add(x->w, "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, "
			       "the recommended approach is to use dynamic "
			       "provisioning.");
	json_array_foreach(json_dot(x->spec, "nodeAffinity.required.nodeSelectorTerms"), i, t)
	{
		AUTO_FREE char *at = str_fmt("spec.nodeAffinity.required.nodeSelectorTerms[%zu]", i);

		if (at)
			warn_node_term(x->w, t, false, at);
	}
	for (i = 0; i < ARRAY_LEN(old); i++)
		if (v_has(x->spec, old[i].key))
			warn_add(x->w, "spec.%s: %s", streq(old[i].key, "storageos") ? "storageOS" : old[i].key,
				 old[i].text);
}

static void claim(const struct warned *x)
{
	if (obj_annotation(x->obj, "volume.beta.kubernetes.io/storage-class"))
		warn_add(x->w, "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; "
			       "use \"storageClassName\" attribute instead");
	warn_claim(x->w, x->spec, "spec");
}

static void storage_class(const struct warned *x)
{
	const json_t *topology, *e;
	const char *text;
	size_t i, j;

	json_array_foreach(json_object_get(x->obj, "allowedTopologies"), i, topology) json_array_foreach(
	    json_object_get(topology, "matchLabelExpressions"), j, e) if ((text = warn_node_label(v_text(e, "key"))))
	    warn_add(x->w, "allowedTopologies[%zu].matchLabelExpressions[%zu].key: %s", i, j, text);
}

static void storage_capacity(const struct warned *x)
{
	const json_t *selector = json_object_get(x->obj, "nodeTopology");
	const char *key, *text;
	json_t *value;

	warn_node_term(x->w, selector, false, "nodeTopology");
	json_object_foreach(json_object_get(selector, "matchLabels"), key, value) if ((text = warn_node_label(key)))
	    warn_add(x->w, "nodeTopology.matchLabels.%s: %s", key, text);
}

static void runtime_class(const struct warned *x)
{
	const char *key, *text;
	json_t *value;

	json_object_foreach(json_dot(x->obj, "scheduling.nodeSelector"), key, value) if ((text = warn_node_label(key)))
	    warn_add(x->w, "scheduling.nodeSelector: %s", text);
}

static void node(const struct warned *x)
{
	if (v_has(x->spec, "configSource"))
		warn_add(x->w, "spec.configSource: the feature is removed");
	if (*v_text(x->spec, "externalID"))
		warn_add(x->w, "spec.externalID: this field is deprecated, and is unused by Kubernetes");
	ip_list(x, "podCIDRs", warn_cidr);
}

static void ingress(const struct warned *x)
{
	if (!x->old && obj_annotation(x->obj, "kubernetes.io/ingress.class"))
		warn_add(x->w, "annotation \"kubernetes.io/ingress.class\" is deprecated, please use "
			       "'spec.ingressClassName' instead");
}

static void peers(const struct warned *x, const char *rules, const char *side)
{
	const json_t *rule, *peer, *except;
	size_t i, j, k;

	json_array_foreach(json_object_get(x->spec, rules), i, rule)
	    json_array_foreach(json_object_get(rule, side), j, peer)
	{
		const json_t *block = json_object_get(peer, "ipBlock");
		AUTO_FREE char *at = str_fmt("spec.%s[%zu].%s[%zu].ipBlock.cidr", rules, i, side, j);

		if (block && at)
			warn_cidr(x->w, json_object_get(block, "cidr"), at);
		json_array_foreach(json_object_get(block, "except"), k, except)
		{
			AUTO_FREE char *here =
			    str_fmt("spec.%s[%zu].%s[%zu].ipBlock.except[%zu]", rules, i, side, j, k);

			if (here)
				warn_cidr(x->w, except, here);
		}
	}
}

static void network_policy(const struct warned *x)
{
	peers(x, "ingress", "from");
	peers(x, "egress", "to");
}

static void quota(const struct warned *x)
{
	static const char *const resources[] = {"cpu", "memory", "storage", "ephemeral-storage"};
	const json_t *hard = json_object_get(x->spec, "hard");

	for (size_t i = 0; i < ARRAY_LEN(resources) && !x->old; i++) {
		AUTO_FREE char *request = str_fmt("requests.%s", resources[i]);
		AUTO_FREE char *limit = str_fmt("limits.%s", resources[i]);
		const char *name = request ? request : "", *a = v_text(hard, name),
			   *b = limit ? v_text(hard, limit) : "";
		struct quantity qa, qb;
		char ta[64], tb[64];

		if (!*a && i < 2)
			a = v_text(hard, name = resources[i]);
		if (!*a || !*b || quantity_parse(a, &qa) || quantity_parse(b, &qb) || qa.nano <= qb.nano)
			continue;
		quantity_format(&qa, ta, sizeof(ta));
		quantity_format(&qb, tb, sizeof(tb));
		warn_add(x->w, "ResourceQuota %s (%s) should be less than %s (%s)", name, ta, limit, tb);
	}
}

static void addresses_at(const struct warned *x, const json_t *list, const char *path, const char *tail)
{
	const json_t *a;
	size_t i;

	json_array_foreach(list, i, a)
	{
		AUTO_FREE char *at = str_fmt("%s[%zu]%s", path, i, tail);

		if (at)
			warn_ip(x->w, json_object_get(a, "ip"), at);
	}
}

static void balancer_status(const struct warned *x)
{
	addresses_at(x, json_dot(x->obj, "status.loadBalancer.ingress"), "status.loadBalancer.ingress", "");
}

static void pod_status(const struct warned *x)
{
	addresses_at(x, json_dot(x->obj, "status.podIPs"), "status.podIPs", ".ip");
	addresses_at(x, json_dot(x->obj, "status.hostIPs"), "status.hostIPs", ".ip");
}

static void endpoints(const struct warned *x)
{
	static const char *const lists[] = {"addresses", "notReadyAddresses"};
	const json_t *s;
	size_t i, k;

	json_array_foreach(json_object_get(x->obj, "subsets"), i, s)
	{
		for (k = 0; k < ARRAY_LEN(lists); k++) {
			AUTO_FREE char *at = str_fmt("subsets[%zu].%s", i, lists[k]);

			if (at)
				addresses_at(x, json_object_get(s, lists[k]), at, ".ip");
		}
	}
}

static void endpoint_slice(const struct warned *x)
{
	const json_t *e, *a;
	size_t i, k;

	if (!x->old && streq(v_text(x->obj, "addressType"), "FQDN"))
		warn_add(x->w, "spec.addressType: FQDN endpoints are deprecated");
	json_array_foreach(json_object_get(x->obj, "endpoints"), i, e)
	    json_array_foreach(json_object_get(e, "addresses"), k, a)
	{
		AUTO_FREE char *at = str_fmt("endpoints[%zu].addresses[%zu]", i, k);

		if (at)
			warn_ip(x->w, a, at);
	}
}

int api_warn_kind(const struct api_resource *res, const json_t *obj, const json_t *old, const char *subresource,
		  json_t *list)
{
	static const struct {
		const char *group, *kind;
		void (*fn)(const struct warned *x);
		void (*status)(const struct warned *x); /* by way of /status, or NULL */
	} kinds[] = {
	    {"", "Pod", pod, pod_status},
	    {"", "PodTemplate", pod_template, NULL},
	    {"", "ReplicationController", replication_controller, NULL},
	    {"apps", "Deployment", named_workload, NULL},
	    {"apps", "ReplicaSet", named_workload, NULL},
	    {"apps", "StatefulSet", stateful_set, NULL},
	    {"apps", "DaemonSet", daemon_set, NULL},
	    {"batch", "Job", job, NULL},
	    {"batch", "CronJob", cron_job, NULL},
	    {"", "Service", service, balancer_status},
	    {"", "Endpoints", endpoints, NULL},
	    {"discovery.k8s.io", "EndpointSlice", endpoint_slice, NULL},
	    {"", "PersistentVolume", volume, NULL},
	    {"", "PersistentVolumeClaim", claim, NULL},
	    {"", "Node", node, NULL},
	    {"", "ResourceQuota", quota, NULL},
	    {"storage.k8s.io", "StorageClass", storage_class, NULL},
	    {"storage.k8s.io", "CSIDriver", csi_driver, NULL},
	    {"storage.k8s.io", "CSIStorageCapacity", storage_capacity, NULL},
	    {"node.k8s.io", "RuntimeClass", runtime_class, NULL},
	    {"networking.k8s.io", "Ingress", ingress, balancer_status},
	    {"networking.k8s.io", "NetworkPolicy", network_policy, NULL},
	};
	struct warner w = {.list = list, .prefix = ""};
	struct warned x = {&w, obj, old, json_object_get(obj, "spec")};

	bool status = streq(subresource, "status");

	if (subresource && *subresource && !status)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (streq(kinds[i].kind, res->kind) && streq(kinds[i].group, res->group) &&
		    (!status || kinds[i].status))
			(status ? kinds[i].status : kinds[i].fn)(&x);
	return w.oom ? -ENOMEM : 0;
}
