/* Which kind behaves how. Kinds without a line behave like plain objects. */
#include "apiserver/strategy.h"

static const struct strategy table[] = {
	{.group = "", .plural = "pods", .flags = ST_GENERATION, .convert = pod_convert, .prepare_create = pod_prepare_create, .prepare_update = pod_prepare_update, .grace = pod_grace},
	{.group = "", .plural = "services", .flags = ST_CREATE_ON_UPDATE, .prepare_create = service_prepare_create, .prepare_update = service_prepare_update, .transact = service_transact},
	{.group = "", .plural = "namespaces", .prepare_create = namespace_prepare_create, .prepare_update = namespace_prepare_update, .held = namespace_held},
	{.group = "", .plural = "nodes", .flags = ST_KEEP_STATUS, .convert = node_convert},
	{.group = "", .plural = "secrets", .convert = secret_convert, .warn = secret_warn, .prepare_create = secret_prepare_create},
	{.group = "", .plural = "serviceaccounts", .prepare_create = account_prepare, .prepare_update = account_prepare},
	{.group = "", .plural = "podtemplates", .flags = ST_GENERATION},
	{.group = "", .plural = "resourcequotas"},
	{.group = "", .plural = "replicationcontrollers", .flags = ST_GENERATION | ST_ORPHAN_DEFAULT},
	{.group = "", .plural = "persistentvolumes", .prepare_create = pv_prepare_create, .prepare_update = pv_prepare_update},
	{.group = "", .plural = "persistentvolumeclaims", .prepare_create = pvc_prepare_create, .prepare_update = pvc_prepare_update},
	{.group = "", .plural = "events", .flags = ST_KEEP_STATUS | ST_CREATE_ON_UPDATE},
	{.group = "", .plural = "endpoints", .flags = ST_CREATE_ON_UPDATE},
	{.group = "", .plural = "limitranges", .flags = ST_CREATE_ON_UPDATE},
	{.group = "events.k8s.io", .plural = "events", .flags = ST_KEEP_STATUS | ST_CREATE_ON_UPDATE},
	{.group = "coordination.k8s.io", .plural = "leases", .flags = ST_CREATE_ON_UPDATE | ST_LATE | ST_NO_UNCOND_UPDATE},
	{.group = "apps", .plural = "deployments", .flags = ST_GENERATION},
	{.group = "apps", .plural = "replicasets", .flags = ST_GENERATION},
	{.group = "apps", .plural = "statefulsets", .flags = ST_GENERATION},
	{.group = "apps", .plural = "daemonsets", .flags = ST_GENERATION, .convert = daemonset_convert, .prepare_create = daemonset_prepare_create, .prepare_update = daemonset_prepare_update},
	{.group = "batch", .plural = "jobs", .flags = ST_GENERATION | ST_ORPHAN_DEFAULT, .prepare_create = job_prepare_create, .transact = job_transact},
	{.group = "batch", .plural = "cronjobs", .flags = ST_GENERATION},
	{.group = "networking.k8s.io", .plural = "ingresses", .flags = ST_GENERATION},
	{.group = "networking.k8s.io", .plural = "ingressclasses", .flags = ST_GENERATION},
	{.group = "networking.k8s.io", .plural = "networkpolicies", .flags = ST_GENERATION},
	{.group = "policy", .plural = "poddisruptionbudgets", .flags = ST_GENERATION | ST_NO_UNCOND_UPDATE},
	{.group = "autoscaling", .plural = "horizontalpodautoscalers", .convert = hpa_convert},
	{.group = "discovery.k8s.io", .plural = "endpointslices", .flags = ST_GENERATION},
	{.group = "flowcontrol.apiserver.k8s.io", .plural = "flowschemas", .flags = ST_GENERATION | ST_STATUS_ALONE},
	{.group = "flowcontrol.apiserver.k8s.io", .plural = "prioritylevelconfigurations", .flags = ST_GENERATION | ST_STATUS_ALONE},
	{.group = "scheduling.k8s.io", .plural = "priorityclasses", .flags = ST_GENERATION_ONE},
	{.group = "storage.k8s.io", .plural = "storageclasses"},
	{.group = "storage.k8s.io", .plural = "csidrivers", .flags = ST_NO_UNCOND_UPDATE | ST_GENERATION_LATER},
	{.group = "storage.k8s.io", .plural = "csinodes", .flags = ST_NO_UNCOND_UPDATE},
	{.group = "storage.k8s.io", .plural = "volumeattachments", .flags = ST_NO_UNCOND_UPDATE | ST_STATUS_RESET},
	{.group = "admissionregistration.k8s.io", .plural = "validatingwebhookconfigurations", .flags = ST_GENERATION | ST_NO_UNCOND_UPDATE},
	{.group = "admissionregistration.k8s.io", .plural = "mutatingwebhookconfigurations", .flags = ST_GENERATION | ST_NO_UNCOND_UPDATE},
	{.group = "admissionregistration.k8s.io", .plural = "validatingadmissionpolicies", .flags = ST_GENERATION | ST_NO_UNCOND_UPDATE | ST_STATUS_ALONE},
	{.group = "admissionregistration.k8s.io", .plural = "validatingadmissionpolicybindings", .flags = ST_GENERATION | ST_NO_UNCOND_UPDATE},
	{.group = "resource.k8s.io", .plural = "resourceclaims", .flags = ST_STATUS_ALONE},
	{.group = "certificates.k8s.io", .plural = "certificatesigningrequests", .prepare_create = csr_prepare_create, .prepare_update = csr_prepare_update},
	{.group = "rbac.authorization.k8s.io", .plural = "roles", .flags = ST_CREATE_ON_UPDATE},
	{.group = "rbac.authorization.k8s.io", .plural = "clusterroles", .flags = ST_CREATE_ON_UPDATE},
	{.group = "rbac.authorization.k8s.io", .plural = "rolebindings", .flags = ST_CREATE_ON_UPDATE},
	{.group = "rbac.authorization.k8s.io", .plural = "clusterrolebindings", .flags = ST_CREATE_ON_UPDATE},
	{.group = "networking.k8s.io", .plural = "ipaddresses", .flags = ST_NO_UNCOND_UPDATE},
	{.group = "apiextensions.k8s.io", .plural = "customresourcedefinitions", .flags = ST_GENERATION | ST_NO_UNCOND_UPDATE, .convert = crd_convert, .warn = crd_warn, .prepare_create = crd_prepare_create, .prepare_update = crd_prepare_update, .prepare_delete = crd_prepare_delete, .committed = crd_committed},
	{.group = "node.k8s.io", .plural = "runtimeclasses", .flags = ST_NO_UNCOND_UPDATE | ST_CREATE_ON_UPDATE},
	{.group = "storage.k8s.io", .plural = "csistoragecapacities", .flags = ST_NO_UNCOND_UPDATE},
	{.group = "admissionregistration.k8s.io", .plural = "mutatingadmissionpolicies", .flags = ST_NO_UNCOND_UPDATE},
	{.group = "admissionregistration.k8s.io", .plural = "mutatingadmissionpolicybindings", .flags = ST_NO_UNCOND_UPDATE},
	{.group = "resource.k8s.io", .plural = "deviceclasses", .flags = ST_GENERATION},
	{.group = "resource.k8s.io", .plural = "resourceclaimtemplates"},
	{.group = "resource.k8s.io", .plural = "resourceslices", .flags = ST_GENERATION},
	{.group = "storage.k8s.io", .plural = "volumeattributesclasses"},
	{.group = "networking.k8s.io", .plural = "servicecidrs", .flags = ST_STATUS_RESET},
	{.group = "apiregistration.k8s.io", .plural = "apiservices", .flags = ST_NO_UNCOND_UPDATE},
};

const struct strategy *strategy_find(const struct api_resource *res)
{
	static const struct strategy plain = {.group = "", .plural = ""};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (streq(table[i].plural, res->plural) && streq(table[i].group, res->group))
			return &table[i];
	return &plain;
}
