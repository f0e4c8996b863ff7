/* Made by gen/gen.py from facts/resources.txt. Do not edit. */
#include "api/tables_gen.h"

const char api_resource_strings[] =
	"\0"
	"v1\0"
	"bindings\0"
	"binding\0"
	"Binding\0"
	"/bindings/\0"
	"componentstatuses\0"
	"componentstatus\0"
	"ComponentStatus\0"
	"ComponentStatusList\0"
	"cs\0"
	"\0"
	"/componentstatuses/\0"
	"configmaps\0"
	"configmap\0"
	"ConfigMap\0"
	"ConfigMapList\0"
	"cm\0"
	"\0"
	"/configmaps/\0"
	"qFsyl6wFWjQ=\0"
	"endpoints\0"
	"Endpoints\0"
	"EndpointsList\0"
	"ep\0"
	"\0"
	"/endpoints/\0"
	"fWeeMqaN/OA=\0"
	"events\0"
	"event\0"
	"Event\0"
	"EventList\0"
	"ev\0"
	"\0"
	"/events/\0"
	"r2yiGXH7wu8=\0"
	"limitranges\0"
	"limitrange\0"
	"LimitRange\0"
	"LimitRangeList\0"
	"limits\0"
	"\0"
	"/limitranges/\0"
	"EBKMFVe6cwo=\0"
	"namespaces\0"
	"namespace\0"
	"Namespace\0"
	"NamespaceList\0"
	"ns\0"
	"\0"
	"/namespaces/\0"
	"Q3oi5N2YM8M=\0"
	"finalize\0"
	"status\0"
	"nodes\0"
	"node\0"
	"Node\0"
	"NodeList\0"
	"no\0"
	"\0"
	"/nodes/\0"
	"XwShjMxG9Fs=\0"
	"proxy\0"
	"NodeProxyOptions\0"
	"persistentvolumeclaims\0"
	"persistentvolumeclaim\0"
	"PersistentVolumeClaim\0"
	"PersistentVolumeClaimList\0"
	"pvc\0"
	"\0"
	"/persistentvolumeclaims/\0"
	"QWTyNDq0dC4=\0"
	"persistentvolumes\0"
	"persistentvolume\0"
	"PersistentVolume\0"
	"PersistentVolumeList\0"
	"pv\0"
	"\0"
	"/persistentvolumes/\0"
	"HN/zwEC+JgM=\0"
	"pods\0"
	"pod\0"
	"Pod\0"
	"PodList\0"
	"po\0"
	"\0"
	"all\0"
	"\0"
	"/pods/\0"
	"xPOwRZ+Yhw8=\0"
	"attach\0"
	"PodAttachOptions\0"
	"ephemeralcontainers\0"
	"eviction\0"
	"policy\0"
	"Eviction\0"
	"exec\0"
	"PodExecOptions\0"
	"log\0"
	"portforward\0"
	"PodPortForwardOptions\0"
	"PodProxyOptions\0"
	"resize\0"
	"podtemplates\0"
	"podtemplate\0"
	"PodTemplate\0"
	"PodTemplateList\0"
	"/podtemplates/\0"
	"LIXB2x4IFpk=\0"
	"replicationcontrollers\0"
	"replicationcontroller\0"
	"ReplicationController\0"
	"ReplicationControllerList\0"
	"rc\0"
	"\0"
	"/replicationcontrollers/\0"
	"Jond2If31h0=\0"
	"scale\0"
	"autoscaling\0"
	"Scale\0"
	"resourcequotas\0"
	"resourcequota\0"
	"ResourceQuota\0"
	"ResourceQuotaList\0"
	"quota\0"
	"\0"
	"/resourcequotas/\0"
	"8uhSgffRX6w=\0"
	"secrets\0"
	"secret\0"
	"Secret\0"
	"SecretList\0"
	"/secrets/\0"
	"S6u1pOWzb84=\0"
	"serviceaccounts\0"
	"serviceaccount\0"
	"ServiceAccount\0"
	"ServiceAccountList\0"
	"sa\0"
	"\0"
	"/serviceaccounts/\0"
	"pbx9ZvyFpBE=\0"
	"token\0"
	"authentication.k8s.io\0"
	"TokenRequest\0"
	"services\0"
	"service\0"
	"Service\0"
	"ServiceList\0"
	"svc\0"
	"\0"
	"/services/\0"
	"0/CO1lhkEBI=\0"
	"ServiceProxyOptions\0"
	"apiregistration.k8s.io\0"
	"apiservices\0"
	"apiservice\0"
	"APIService\0"
	"APIServiceList\0"
	"api-extensions\0"
	"\0"
	"/apiregistration.k8s.io/apiservices/\0"
	"InPBPD7+PqM=\0"
	"apps\0"
	"controllerrevisions\0"
	"controllerrevision\0"
	"ControllerRevision\0"
	"ControllerRevisionList\0"
	"/apps/controllerrevisions/\0"
	"85nkx63pcBU=\0"
	"daemonsets\0"
	"daemonset\0"
	"DaemonSet\0"
	"DaemonSetList\0"
	"ds\0"
	"\0"
	"/apps/daemonsets/\0"
	"dd7pWHUlMKQ=\0"
	"deployments\0"
	"deployment\0"
	"Deployment\0"
	"DeploymentList\0"
	"deploy\0"
	"\0"
	"/apps/deployments/\0"
	"8aSe+NMegvE=\0"
	"replicasets\0"
	"replicaset\0"
	"ReplicaSet\0"
	"ReplicaSetList\0"
	"rs\0"
	"\0"
	"/apps/replicasets/\0"
	"P1RzHs8/mWQ=\0"
	"statefulsets\0"
	"statefulset\0"
	"StatefulSet\0"
	"StatefulSetList\0"
	"sts\0"
	"\0"
	"/apps/statefulsets/\0"
	"H+vl74LkKdo=\0"
	"events.k8s.io\0"
	"selfsubjectreviews\0"
	"selfsubjectreview\0"
	"SelfSubjectReview\0"
	"/authentication.k8s.io/selfsubjectreviews/\0"
	"tokenreviews\0"
	"tokenreview\0"
	"TokenReview\0"
	"/authentication.k8s.io/tokenreviews/\0"
	"authorization.k8s.io\0"
	"localsubjectaccessreviews\0"
	"localsubjectaccessreview\0"
	"LocalSubjectAccessReview\0"
	"/authorization.k8s.io/localsubjectaccessreviews/\0"
	"selfsubjectaccessreviews\0"
	"selfsubjectaccessreview\0"
	"SelfSubjectAccessReview\0"
	"/authorization.k8s.io/selfsubjectaccessreviews/\0"
	"selfsubjectrulesreviews\0"
	"selfsubjectrulesreview\0"
	"SelfSubjectRulesReview\0"
	"/authorization.k8s.io/selfsubjectrulesreviews/\0"
	"subjectaccessreviews\0"
	"subjectaccessreview\0"
	"SubjectAccessReview\0"
	"/authorization.k8s.io/subjectaccessreviews/\0"
	"v2\0"
	"horizontalpodautoscalers\0"
	"horizontalpodautoscaler\0"
	"HorizontalPodAutoscaler\0"
	"HorizontalPodAutoscalerList\0"
	"hpa\0"
	"\0"
	"/autoscaling/horizontalpodautoscalers/\0"
	"qwQve8ut294=\0"
	"batch\0"
	"cronjobs\0"
	"cronjob\0"
	"CronJob\0"
	"CronJobList\0"
	"cj\0"
	"\0"
	"/batch/cronjobs/\0"
	"sd5LIXh4Fjs=\0"
	"jobs\0"
	"job\0"
	"Job\0"
	"JobList\0"
	"/batch/jobs/\0"
	"mudhfqk/qZY=\0"
	"certificates.k8s.io\0"
	"certificatesigningrequests\0"
	"certificatesigningrequest\0"
	"CertificateSigningRequest\0"
	"CertificateSigningRequestList\0"
	"csr\0"
	"\0"
	"/certificates.k8s.io/certificatesigningrequests/\0"
	"95fRKMXA+00=\0"
	"approval\0"
	"networking.k8s.io\0"
	"ingressclasses\0"
	"ingressclass\0"
	"IngressClass\0"
	"IngressClassList\0"
	"/networking.k8s.io/ingressclasses/\0"
	"l/iqIbDgFyQ=\0"
	"ingresses\0"
	"ingress\0"
	"Ingress\0"
	"IngressList\0"
	"ing\0"
	"\0"
	"/networking.k8s.io/ingresses/\0"
	"39NQlfNR+bo=\0"
	"ipaddresses\0"
	"ipaddress\0"
	"IPAddress\0"
	"IPAddressList\0"
	"ip\0"
	"\0"
	"/networking.k8s.io/ipaddresses/\0"
	"3f/plJFChNE=\0"
	"networkpolicies\0"
	"networkpolicy\0"
	"NetworkPolicy\0"
	"NetworkPolicyList\0"
	"netpol\0"
	"\0"
	"/networking.k8s.io/networkpolicies/\0"
	"YpfwF18m1G8=\0"
	"servicecidrs\0"
	"servicecidr\0"
	"ServiceCIDR\0"
	"ServiceCIDRList\0"
	"/networking.k8s.io/servicecidrs/\0"
	"gNLvruQhW2g=\0"
	"poddisruptionbudgets\0"
	"poddisruptionbudget\0"
	"PodDisruptionBudget\0"
	"PodDisruptionBudgetList\0"
	"pdb\0"
	"\0"
	"/policy/poddisruptionbudgets/\0"
	"EVWiDmWqyJw=\0"
	"rbac.authorization.k8s.io\0"
	"clusterrolebindings\0"
	"clusterrolebinding\0"
	"ClusterRoleBinding\0"
	"ClusterRoleBindingList\0"
	"/rbac.authorization.k8s.io/clusterrolebindings/\0"
	"48tpQ8gZHFc=\0"
	"clusterroles\0"
	"clusterrole\0"
	"ClusterRole\0"
	"ClusterRoleList\0"
	"/rbac.authorization.k8s.io/clusterroles/\0"
	"bYE5ZWDrJ44=\0"
	"rolebindings\0"
	"rolebinding\0"
	"RoleBinding\0"
	"RoleBindingList\0"
	"/rbac.authorization.k8s.io/rolebindings/\0"
	"eGsCzGH6b1g=\0"
	"roles\0"
	"role\0"
	"Role\0"
	"RoleList\0"
	"/rbac.authorization.k8s.io/roles/\0"
	"7FuwZcIIItM=\0"
	"storage.k8s.io\0"
	"csidrivers\0"
	"csidriver\0"
	"CSIDriver\0"
	"CSIDriverList\0"
	"/storage.k8s.io/csidrivers/\0"
	"hL6j/rwBV5w=\0"
	"csinodes\0"
	"csinode\0"
	"CSINode\0"
	"CSINodeList\0"
	"/storage.k8s.io/csinodes/\0"
	"Pe62DkZtjuo=\0"
	"csistoragecapacities\0"
	"csistoragecapacity\0"
	"CSIStorageCapacity\0"
	"CSIStorageCapacityList\0"
	"/storage.k8s.io/csistoragecapacities/\0"
	"xeVl+2Ly1kE=\0"
	"storageclasses\0"
	"storageclass\0"
	"StorageClass\0"
	"StorageClassList\0"
	"sc\0"
	"\0"
	"/storage.k8s.io/storageclasses/\0"
	"K+m6uJwbjGY=\0"
	"volumeattachments\0"
	"volumeattachment\0"
	"VolumeAttachment\0"
	"VolumeAttachmentList\0"
	"/storage.k8s.io/volumeattachments/\0"
	"tJx/ezt6UDU=\0"
	"volumeattributesclasses\0"
	"volumeattributesclass\0"
	"VolumeAttributesClass\0"
	"VolumeAttributesClassList\0"
	"vac\0"
	"\0"
	"/storage.k8s.io/volumeattributesclasses/\0"
	"tIjydgKBC5w=\0"
	"admissionregistration.k8s.io\0"
	"mutatingadmissionpolicies\0"
	"mutatingadmissionpolicy\0"
	"MutatingAdmissionPolicy\0"
	"MutatingAdmissionPolicyList\0"
	"/admissionregistration.k8s.io/mutatingadmissionpolicies/\0"
	"mHCkTKpUTrE=\0"
	"mutatingadmissionpolicybindings\0"
	"mutatingadmissionpolicybinding\0"
	"MutatingAdmissionPolicyBinding\0"
	"MutatingAdmissionPolicyBindingList\0"
	"/admissionregistration.k8s.io/mutatingadmissionpolicybindings/\0"
	"ZKgZT1uTmZ0=\0"
	"mutatingwebhookconfigurations\0"
	"mutatingwebhookconfiguration\0"
	"MutatingWebhookConfiguration\0"
	"MutatingWebhookConfigurationList\0"
	"/admissionregistration.k8s.io/mutatingwebhookconfigurations/\0"
	"Sqi0GUgDaX0=\0"
	"validatingadmissionpolicies\0"
	"validatingadmissionpolicy\0"
	"ValidatingAdmissionPolicy\0"
	"ValidatingAdmissionPolicyList\0"
	"/admissionregistration.k8s.io/validatingadmissionpolicies/\0"
	"6OxvlMmQ6is=\0"
	"validatingadmissionpolicybindings\0"
	"validatingadmissionpolicybinding\0"
	"ValidatingAdmissionPolicyBinding\0"
	"ValidatingAdmissionPolicyBindingList\0"
	"/admissionregistration.k8s.io/validatingadmissionpolicybindings/\0"
	"v9715VZqakg=\0"
	"validatingwebhookconfigurations\0"
	"validatingwebhookconfiguration\0"
	"ValidatingWebhookConfiguration\0"
	"ValidatingWebhookConfigurationList\0"
	"/admissionregistration.k8s.io/validatingwebhookconfigurations/\0"
	"B0wHjQmsGNk=\0"
	"apiextensions.k8s.io\0"
	"customresourcedefinitions\0"
	"customresourcedefinition\0"
	"CustomResourceDefinition\0"
	"CustomResourceDefinitionList\0"
	"crd\0"
	"crds\0"
	"\0"
	"/apiextensions.k8s.io/customresourcedefinitions/\0"
	"M5uH+AlWATY=\0"
	"scheduling.k8s.io\0"
	"priorityclasses\0"
	"priorityclass\0"
	"PriorityClass\0"
	"PriorityClassList\0"
	"pc\0"
	"\0"
	"/scheduling.k8s.io/priorityclasses/\0"
	"1QwjyaZjj3Y=\0"
	"coordination.k8s.io\0"
	"leases\0"
	"lease\0"
	"Lease\0"
	"LeaseList\0"
	"/coordination.k8s.io/leases/\0"
	"gqkMMb/YqFM=\0"
	"node.k8s.io\0"
	"runtimeclasses\0"
	"runtimeclass\0"
	"RuntimeClass\0"
	"RuntimeClassList\0"
	"/node.k8s.io/runtimeclasses/\0"
	"WQTu1GL3T2Q=\0"
	"discovery.k8s.io\0"
	"endpointslices\0"
	"endpointslice\0"
	"EndpointSlice\0"
	"EndpointSliceList\0"
	"/discovery.k8s.io/endpointslices/\0"
	"qgS0xkrxYAI=\0"
	"resource.k8s.io\0"
	"deviceclasses\0"
	"deviceclass\0"
	"DeviceClass\0"
	"DeviceClassList\0"
	"/resource.k8s.io/deviceclasses/\0"
	"Yk2PTc1Ybxk=\0"
	"resourceclaims\0"
	"resourceclaim\0"
	"ResourceClaim\0"
	"ResourceClaimList\0"
	"/resource.k8s.io/resourceclaims/\0"
	"wgAZaHcZxUg=\0"
	"resourceclaimtemplates\0"
	"resourceclaimtemplate\0"
	"ResourceClaimTemplate\0"
	"ResourceClaimTemplateList\0"
	"/resource.k8s.io/resourceclaimtemplates/\0"
	"TuzjC49aUfM=\0"
	"resourceslices\0"
	"resourceslice\0"
	"ResourceSlice\0"
	"ResourceSliceList\0"
	"/resource.k8s.io/resourceslices/\0"
	"KsC072WgaEY=\0"
	"flowcontrol.apiserver.k8s.io\0"
	"flowschemas\0"
	"flowschema\0"
	"FlowSchema\0"
	"FlowSchemaList\0"
	"/flowcontrol.apiserver.k8s.io/flowschemas/\0"
	"GJVAJZSZBIw=\0"
	"prioritylevelconfigurations\0"
	"prioritylevelconfiguration\0"
	"PriorityLevelConfiguration\0"
	"PriorityLevelConfigurationList\0"
	"/flowcontrol.apiserver.k8s.io/prioritylevelconfigurations/\0"
	"Kir5PVfvNeI=\0"
	;

const struct api_resource_row api_resource_rows[] = {
	{0, 1, 4, 13, 21, 0, 0, 0, 29, 0, 155, 8, 1, 1, 1, 0, 0},
	{0, 1, 40, 58, 74, 90, 110, 0, 114, 0, 166, 3, 0, 0, 1, 0, 0},
	{0, 1, 134, 145, 155, 165, 179, 0, 183, 196, 168, 255, 1, 0, 1, 0, 0},
	{0, 1, 209, 209, 219, 229, 243, 0, 247, 259, 196, 255, 1, 0, 1, 0, 0},
	{0, 1, 272, 279, 285, 291, 301, 0, 305, 314, 203, 255, 1, 0, 1, 0, 0},
	{0, 1, 327, 339, 350, 361, 376, 0, 384, 398, 230, 255, 1, 0, 1, 0, 0},
	{0, 1, 411, 422, 432, 442, 456, 0, 460, 473, 241, 127, 0, 0, 1, 0, 2},
	{0, 1, 502, 508, 513, 518, 527, 0, 531, 539, 246, 255, 0, 0, 1, 2, 2},
	{0, 1, 575, 598, 620, 642, 668, 0, 673, 698, 268, 255, 1, 0, 1, 4, 1},
	{0, 1, 711, 729, 746, 763, 784, 0, 788, 808, 267, 255, 0, 0, 1, 5, 1},
	{0, 1, 821, 826, 830, 834, 842, 846, 851, 858, 279, 255, 1, 0, 1, 6, 10},
	{0, 1, 1021, 1034, 1046, 1058, 0, 0, 1074, 1089, 299, 255, 1, 0, 1, 16, 0},
	{0, 1, 1102, 1125, 1147, 1169, 1195, 846, 1199, 1224, 310, 255, 1, 0, 1, 16, 2},
	{0, 1, 1261, 1276, 1290, 1304, 1322, 0, 1329, 1346, 318, 255, 1, 0, 1, 18, 1},
	{0, 1, 1359, 1367, 1374, 1381, 0, 0, 1392, 1402, 330, 255, 1, 0, 1, 19, 0},
	{0, 1, 1415, 1431, 1446, 1461, 1480, 0, 1484, 1502, 339, 255, 1, 0, 1, 19, 1},
	{0, 1, 1556, 1565, 1573, 1581, 1593, 846, 1598, 1609, 338, 255, 1, 0, 1, 20, 2},
	{1642, 1, 1665, 1677, 1688, 1699, 0, 1714, 1730, 1767, 579, 255, 0, 0, 1, 22, 1},
	{1780, 1, 1785, 1805, 1824, 1843, 0, 0, 1866, 1893, 36, 255, 1, 0, 1, 23, 0},
	{1780, 1, 1906, 1917, 1927, 1937, 1951, 846, 1955, 1973, 38, 255, 1, 0, 1, 23, 1},
	{1780, 1, 1986, 1998, 2009, 2020, 2035, 846, 2043, 2062, 44, 255, 1, 0, 1, 24, 2},
	{1780, 1, 2075, 2087, 2098, 2109, 2124, 846, 2128, 2147, 50, 255, 1, 0, 1, 26, 2},
	{1780, 1, 2160, 2173, 2185, 2197, 2213, 846, 2218, 2238, 58, 255, 1, 0, 1, 28, 2},
	{2251, 1, 272, 279, 285, 291, 301, 0, 305, 314, 378, 255, 1, 0, 0, 30, 0},
	{1521, 1, 2265, 2284, 2302, 0, 0, 0, 2320, 0, 67, 8, 0, 1, 1, 30, 0},
	{1521, 1, 2363, 2376, 2388, 0, 0, 0, 2400, 0, 72, 8, 0, 1, 1, 30, 0},
	{2437, 1, 2458, 2484, 2509, 0, 0, 0, 2534, 0, 78, 8, 1, 1, 1, 30, 0},
	{2437, 1, 2583, 2608, 2632, 0, 0, 0, 2656, 0, 83, 8, 0, 1, 1, 30, 0},
	{2437, 1, 2704, 2728, 2751, 0, 0, 0, 2774, 0, 85, 8, 0, 1, 1, 30, 0},
	{2437, 1, 2821, 2842, 2862, 0, 0, 0, 2882, 0, 87, 8, 0, 1, 1, 30, 0},
	{1243, 2926, 2929, 2954, 2978, 3002, 3030, 846, 3035, 3074, 106, 255, 1, 0, 1, 30, 1},
	{1243, 1, 2929, 2954, 2978, 3002, 3030, 846, 3035, 3074, 92, 255, 1, 0, 0, 31, 1},
	{3087, 1, 3093, 3102, 3110, 3118, 3130, 846, 3134, 3151, 123, 255, 1, 0, 1, 32, 1},
	{3087, 1, 3164, 3169, 3173, 3177, 0, 846, 3185, 3198, 127, 255, 1, 0, 1, 33, 1},
	{3211, 1, 3231, 3258, 3284, 3310, 3340, 0, 3345, 3394, 140, 255, 0, 0, 1, 34, 2},
	{3416, 1, 3434, 3449, 3462, 3475, 0, 0, 3492, 3527, 412, 255, 0, 0, 1, 36, 0},
	{3416, 1, 3540, 3550, 3558, 3566, 3578, 0, 3583, 3613, 410, 255, 1, 0, 1, 36, 1},
	{3416, 1, 3626, 3638, 3648, 3658, 3672, 0, 3676, 3708, 406, 255, 0, 0, 1, 37, 0},
	{3416, 1, 3721, 3737, 3751, 3765, 3783, 0, 3791, 3827, 425, 255, 1, 0, 1, 37, 0},
	{3416, 1, 3840, 3853, 3865, 3877, 0, 0, 3893, 3926, 434, 255, 0, 0, 1, 37, 1},
	{924, 1, 3939, 3960, 3980, 4000, 4024, 0, 4029, 4059, 443, 255, 1, 0, 1, 38, 1},
	{4072, 1, 4098, 4118, 4137, 4156, 0, 0, 4179, 4227, 449, 255, 0, 0, 1, 39, 0},
	{4072, 1, 4240, 4253, 4265, 4277, 0, 0, 4293, 4334, 448, 255, 0, 0, 1, 39, 0},
	{4072, 1, 4347, 4360, 4372, 4384, 0, 0, 4400, 4441, 454, 255, 1, 0, 1, 39, 0},
	{4072, 1, 4454, 4460, 4465, 4470, 0, 0, 4479, 4513, 453, 255, 1, 0, 1, 39, 0},
	{4526, 1, 4541, 4552, 4562, 4572, 0, 0, 4586, 4614, 504, 255, 0, 0, 1, 39, 0},
	{4526, 1, 4627, 4636, 4644, 4652, 0, 0, 4664, 4690, 507, 255, 0, 0, 1, 39, 0},
	{4526, 1, 4703, 4724, 4743, 4762, 0, 0, 4785, 4823, 511, 255, 1, 0, 1, 39, 0},
	{4526, 1, 4836, 4851, 4864, 4877, 4894, 0, 4898, 4930, 513, 255, 0, 0, 1, 39, 0},
	{4526, 1, 4943, 4961, 4978, 4995, 0, 0, 5016, 5051, 516, 255, 0, 0, 1, 39, 1},
	{4526, 1, 5064, 5088, 5110, 5132, 5158, 0, 5163, 5204, 521, 255, 0, 0, 1, 40, 0},
	{5217, 1, 5246, 5272, 5296, 5320, 0, 1714, 5348, 5405, 7, 255, 0, 0, 1, 40, 0},
	{5217, 1, 5418, 5450, 5481, 5512, 0, 1714, 5547, 5610, 8, 255, 0, 0, 1, 40, 0},
	{5217, 1, 5623, 5653, 5682, 5711, 0, 1714, 5744, 5805, 14, 255, 0, 0, 1, 40, 0},
	{5217, 1, 5818, 5846, 5872, 5898, 0, 1714, 5928, 5987, 23, 255, 0, 0, 1, 40, 1},
	{5217, 1, 6000, 6034, 6067, 6100, 0, 1714, 6137, 6202, 24, 255, 0, 0, 1, 41, 0},
	{5217, 1, 6215, 6247, 6278, 6309, 0, 1714, 6344, 6407, 31, 255, 0, 0, 1, 41, 0},
	{6420, 1, 6441, 6467, 6492, 6517, 6546, 1714, 6556, 6605, 527, 255, 0, 0, 1, 41, 1},
	{6618, 1, 6636, 6652, 6666, 6680, 6698, 0, 6702, 6738, 502, 255, 0, 0, 1, 42, 0},
	{6751, 1, 6771, 6778, 6784, 6790, 0, 0, 6800, 6829, 145, 255, 1, 0, 1, 42, 0},
	{6842, 1, 6854, 6869, 6882, 6895, 0, 0, 6912, 6941, 439, 255, 0, 0, 1, 42, 0},
	{6954, 1, 6971, 6986, 7000, 7014, 0, 0, 7032, 7066, 374, 255, 1, 0, 1, 42, 0},
	{7079, 1, 7095, 7109, 7121, 7133, 0, 0, 7149, 7181, 474, 255, 0, 0, 1, 42, 0},
	{7079, 1, 7194, 7209, 7223, 7237, 0, 0, 7255, 7288, 490, 255, 1, 0, 1, 42, 1},
	{7079, 1, 7301, 7324, 7346, 7368, 0, 0, 7394, 7435, 495, 255, 1, 0, 1, 43, 0},
	{7079, 1, 7448, 7463, 7477, 7491, 0, 0, 7509, 7542, 499, 255, 0, 0, 1, 43, 0},
	{7555, 1, 7584, 7596, 7607, 7618, 0, 0, 7633, 7676, 383, 255, 0, 0, 1, 43, 1},
	{7555, 1, 7689, 7717, 7744, 7771, 0, 0, 7802, 7861, 393, 255, 0, 0, 1, 44, 1},
};

const struct api_sub_row api_sub_rows[] = {
	{486, 0, 1, 432, 241, 16},
	{495, 0, 1, 432, 241, 49},
	{552, 0, 1, 558, 0, 121},
	{495, 0, 1, 513, 246, 49},
	{495, 0, 1, 620, 268, 49},
	{495, 0, 1, 746, 267, 49},
	{871, 0, 1, 878, 0, 9},
	{13, 0, 1, 21, 155, 8},
	{895, 0, 1, 830, 279, 49},
	{915, 924, 1, 931, 442, 8},
	{940, 0, 1, 945, 0, 9},
	{960, 0, 1, 830, 0, 1},
	{964, 0, 1, 976, 0, 9},
	{552, 0, 1, 998, 0, 121},
	{1014, 0, 1, 830, 279, 49},
	{495, 0, 1, 830, 279, 49},
	{1237, 1243, 1, 1255, 96, 49},
	{495, 0, 1, 1147, 310, 49},
	{495, 0, 1, 1290, 318, 49},
	{1515, 1521, 1, 1543, 69, 8},
	{552, 0, 1, 1622, 0, 121},
	{495, 0, 1, 1573, 338, 49},
	{495, 1642, 1, 1688, 579, 49},
	{495, 1780, 1, 1927, 38, 49},
	{1237, 1243, 1, 1255, 96, 49},
	{495, 1780, 1, 2009, 44, 49},
	{1237, 1243, 1, 1255, 96, 49},
	{495, 1780, 1, 2098, 50, 49},
	{1237, 1243, 1, 1255, 96, 49},
	{495, 1780, 1, 2185, 58, 49},
	{495, 1243, 2926, 2978, 106, 49},
	{495, 1243, 1, 2978, 92, 49},
	{495, 3087, 1, 3110, 123, 49},
	{495, 3087, 1, 3173, 127, 49},
	{3407, 3211, 1, 3284, 140, 49},
	{495, 3211, 1, 3284, 140, 49},
	{495, 3416, 1, 3558, 410, 49},
	{495, 3416, 1, 3865, 434, 49},
	{495, 924, 1, 3980, 443, 49},
	{495, 4526, 1, 4978, 516, 49},
	{495, 5217, 1, 5872, 23, 49},
	{495, 6420, 1, 6492, 527, 49},
	{495, 7079, 1, 7223, 490, 49},
	{495, 7555, 1, 7607, 383, 49},
	{495, 7555, 1, 7744, 393, 49},
};
