/* Which kind behaves how. Kinds without a line behave like plain objects. */
#include "apiserver/strategy.h"

static const struct strategy table[] = {
	{"", "pods", ST_RETURNS_DELETED | ST_GENERATION, pod_prepare_create, pod_prepare_update, NULL, NULL, pod_grace, NULL, NULL},
	{"", "services", ST_RETURNS_DELETED | ST_CREATE_ON_UPDATE, service_prepare_create, service_prepare_update, service_transact, NULL, NULL, NULL, NULL},
	{"", "namespaces", 0, namespace_prepare_create, namespace_prepare_update, NULL, NULL, NULL, namespace_held, NULL},
	{"", "nodes", ST_KEEP_STATUS, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"", "secrets", 0, secret_prepare_create, secret_prepare, NULL, NULL, NULL, NULL, NULL},
	{"", "serviceaccounts", ST_RETURNS_DELETED, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"", "podtemplates", ST_RETURNS_DELETED | ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"", "resourcequotas", ST_RETURNS_DELETED, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"", "replicationcontrollers", ST_GENERATION | ST_ORPHAN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"", "persistentvolumes", ST_RETURNS_DELETED, pv_prepare_create, NULL, NULL, NULL, NULL, NULL, NULL},
	{"", "persistentvolumeclaims", ST_RETURNS_DELETED, pvc_prepare_create, NULL, NULL, NULL, NULL, NULL, NULL},
	{"", "events", ST_KEEP_STATUS | ST_CREATE_ON_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"", "endpoints", ST_CREATE_ON_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"", "limitranges", ST_CREATE_ON_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"events.k8s.io", "events", ST_KEEP_STATUS | ST_CREATE_ON_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"coordination.k8s.io", "leases", ST_CREATE_ON_UPDATE | ST_LATE | ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"apps", "deployments", ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"apps", "replicasets", ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"apps", "statefulsets", ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"apps", "daemonsets", ST_GENERATION, daemonset_prepare_create, daemonset_prepare_update, NULL, NULL, NULL, NULL, NULL},
	{"batch", "jobs", ST_GENERATION | ST_ORPHAN_DEFAULT, job_prepare_create, NULL, NULL, NULL, NULL, NULL, NULL},
	{"batch", "cronjobs", ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"networking.k8s.io", "ingresses", ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"networking.k8s.io", "ingressclasses", ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"networking.k8s.io", "networkpolicies", ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"policy", "poddisruptionbudgets", ST_GENERATION | ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"autoscaling", "horizontalpodautoscalers", 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"discovery.k8s.io", "endpointslices", ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"flowcontrol.apiserver.k8s.io", "flowschemas", ST_GENERATION | ST_STATUS_ALONE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations", ST_GENERATION | ST_STATUS_ALONE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"scheduling.k8s.io", "priorityclasses", ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"storage.k8s.io", "storageclasses", ST_RETURNS_DELETED, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"storage.k8s.io", "csidrivers", ST_RETURNS_DELETED | ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"storage.k8s.io", "csinodes", ST_RETURNS_DELETED | ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"storage.k8s.io", "volumeattachments", ST_RETURNS_DELETED | ST_NO_UNCOND_UPDATE | ST_STATUS_ALONE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"admissionregistration.k8s.io", "validatingwebhookconfigurations", ST_GENERATION | ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"admissionregistration.k8s.io", "mutatingwebhookconfigurations", ST_GENERATION | ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"admissionregistration.k8s.io", "validatingadmissionpolicies", ST_GENERATION | ST_NO_UNCOND_UPDATE | ST_STATUS_ALONE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"admissionregistration.k8s.io", "validatingadmissionpolicybindings", ST_GENERATION | ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"resource.k8s.io", "resourceclaims", ST_RETURNS_DELETED | ST_STATUS_ALONE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"certificates.k8s.io", "certificatesigningrequests", 0, csr_prepare_create, csr_prepare_update, NULL, NULL, NULL, NULL, NULL},
	{"rbac.authorization.k8s.io", "roles", ST_CREATE_ON_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"rbac.authorization.k8s.io", "clusterroles", ST_CREATE_ON_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"rbac.authorization.k8s.io", "rolebindings", ST_CREATE_ON_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"rbac.authorization.k8s.io", "clusterrolebindings", ST_CREATE_ON_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"networking.k8s.io", "ipaddresses", ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"apiextensions.k8s.io", "customresourcedefinitions", ST_GENERATION, crd_prepare_create, crd_prepare_update, NULL, crd_committed, NULL, NULL,
	 crd_validate},
	{"node.k8s.io", "runtimeclasses", ST_NO_UNCOND_UPDATE | ST_CREATE_ON_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"storage.k8s.io", "csistoragecapacities", ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"admissionregistration.k8s.io", "mutatingadmissionpolicies", ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"admissionregistration.k8s.io", "mutatingadmissionpolicybindings", ST_NO_UNCOND_UPDATE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"resource.k8s.io", "deviceclasses", ST_RETURNS_DELETED | ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"resource.k8s.io", "resourceclaimtemplates", ST_RETURNS_DELETED, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"resource.k8s.io", "resourceslices", ST_RETURNS_DELETED | ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"storage.k8s.io", "volumeattributesclasses", ST_RETURNS_DELETED, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"networking.k8s.io", "servicecidrs", ST_STATUS_ALONE, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
	{"apiregistration.k8s.io", "apiservices", ST_GENERATION, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

const struct strategy *strategy_find(const struct api_resource *res)
{
	static const struct strategy plain = {.group = "", .plural = ""};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (streq(table[i].plural, res->plural) && streq(table[i].group, res->group))
			return &table[i];
	return &plain;
}
