/* Made by gen/gen.py from facts/resources.txt. Do not edit. */
#include "api/tables_gen.h"

const char api_resource_strings[] =
	"\0"
	"v1\0"
	"bindings\0"
	"binding\0"
	"Binding\0"
	"/bindings/\0"
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
	;

const struct api_resource_row api_resource_rows[] = {
	{0, 1, 4, 13, 21, 0, 0, 0, 29, 0, 155, 8, 1, 1, 1, 0, 0},
	{0, 1, 40, 51, 61, 71, 85, 0, 89, 102, 168, 255, 1, 0, 1, 0, 0},
	{0, 1, 115, 115, 125, 135, 149, 0, 153, 165, 196, 255, 1, 0, 1, 0, 0},
	{0, 1, 178, 185, 191, 197, 207, 0, 211, 220, 203, 255, 1, 0, 1, 0, 0},
	{0, 1, 233, 245, 256, 267, 282, 0, 290, 304, 230, 255, 1, 0, 1, 0, 0},
	{0, 1, 317, 328, 338, 348, 362, 0, 366, 379, 241, 127, 0, 0, 1, 0, 2},
	{0, 1, 408, 414, 419, 424, 433, 0, 437, 445, 246, 255, 0, 0, 1, 2, 2},
	{0, 1, 481, 504, 526, 548, 574, 0, 579, 604, 268, 255, 1, 0, 1, 4, 1},
	{0, 1, 617, 635, 652, 669, 690, 0, 694, 714, 267, 255, 0, 0, 1, 5, 1},
	{0, 1, 727, 732, 736, 740, 748, 752, 757, 764, 279, 255, 1, 0, 1, 6, 10},
	{0, 1, 927, 940, 952, 964, 0, 0, 980, 995, 299, 255, 1, 0, 1, 16, 0},
	{0, 1, 1008, 1031, 1053, 1075, 1101, 752, 1105, 1130, 310, 255, 1, 0, 1, 16, 2},
	{0, 1, 1167, 1182, 1196, 1210, 1228, 0, 1235, 1252, 318, 255, 1, 0, 1, 18, 1},
	{0, 1, 1265, 1273, 1280, 1287, 0, 0, 1298, 1308, 330, 255, 1, 0, 1, 19, 0},
	{0, 1, 1321, 1337, 1352, 1367, 1386, 0, 1390, 1408, 339, 255, 1, 0, 1, 19, 1},
	{0, 1, 1462, 1471, 1479, 1487, 1499, 752, 1504, 1515, 338, 255, 1, 0, 1, 20, 2},
	{1548, 1, 1571, 1583, 1594, 1605, 0, 1620, 1636, 1673, 580, 255, 0, 0, 1, 22, 1},
	{1686, 1, 1691, 1711, 1730, 1749, 0, 0, 1772, 1799, 36, 255, 1, 0, 1, 23, 0},
	{1686, 1, 1812, 1823, 1833, 1843, 1857, 752, 1861, 1879, 38, 255, 1, 0, 1, 23, 1},
	{1686, 1, 1892, 1904, 1915, 1926, 1941, 752, 1949, 1968, 44, 255, 1, 0, 1, 24, 2},
	{1686, 1, 1981, 1993, 2004, 2015, 2030, 752, 2034, 2053, 50, 255, 1, 0, 1, 26, 2},
	{1686, 1, 2066, 2079, 2091, 2103, 2119, 752, 2124, 2144, 58, 255, 1, 0, 1, 28, 2},
	{2157, 1, 178, 185, 191, 197, 207, 0, 211, 220, 378, 255, 1, 0, 0, 30, 0},
	{1427, 1, 2171, 2190, 2208, 0, 0, 0, 2226, 0, 67, 8, 0, 1, 1, 30, 0},
	{1427, 1, 2269, 2282, 2294, 0, 0, 0, 2306, 0, 72, 8, 0, 1, 1, 30, 0},
	{2343, 1, 2364, 2390, 2415, 0, 0, 0, 2440, 0, 78, 8, 1, 1, 1, 30, 0},
	{2343, 1, 2489, 2514, 2538, 0, 0, 0, 2562, 0, 83, 8, 0, 1, 1, 30, 0},
	{2343, 1, 2610, 2634, 2657, 0, 0, 0, 2680, 0, 85, 8, 0, 1, 1, 30, 0},
	{2343, 1, 2727, 2748, 2768, 0, 0, 0, 2788, 0, 87, 8, 0, 1, 1, 30, 0},
	{1149, 2832, 2835, 2860, 2884, 2908, 2936, 752, 2941, 2980, 106, 255, 1, 0, 1, 30, 1},
	{1149, 1, 2835, 2860, 2884, 2908, 2936, 752, 2941, 2980, 92, 255, 1, 0, 0, 31, 1},
	{2993, 1, 2999, 3008, 3016, 3024, 3036, 752, 3040, 3057, 123, 255, 1, 0, 1, 32, 1},
	{2993, 1, 3070, 3075, 3079, 3083, 0, 752, 3091, 3104, 127, 255, 1, 0, 1, 33, 1},
	{3117, 1, 3137, 3164, 3190, 3216, 3246, 0, 3251, 3300, 140, 255, 0, 0, 1, 34, 2},
	{3322, 1, 3340, 3355, 3368, 3381, 0, 0, 3398, 3433, 412, 255, 0, 0, 1, 36, 0},
	{3322, 1, 3446, 3456, 3464, 3472, 3484, 0, 3489, 3519, 410, 255, 1, 0, 1, 36, 1},
	{3322, 1, 3532, 3544, 3554, 3564, 3578, 0, 3582, 3614, 406, 255, 0, 0, 1, 37, 0},
	{3322, 1, 3627, 3643, 3657, 3671, 3689, 0, 3697, 3733, 425, 255, 1, 0, 1, 37, 0},
	{3322, 1, 3746, 3759, 3771, 3783, 0, 0, 3799, 3832, 434, 255, 0, 0, 1, 37, 1},
	{830, 1, 3845, 3866, 3886, 3906, 3930, 0, 3935, 3965, 443, 255, 1, 0, 1, 38, 1},
	{3978, 1, 4004, 4024, 4043, 4062, 0, 0, 4085, 4133, 449, 255, 0, 0, 1, 39, 0},
	{3978, 1, 4146, 4159, 4171, 4183, 0, 0, 4199, 4240, 448, 255, 0, 0, 1, 39, 0},
	{3978, 1, 4253, 4266, 4278, 4290, 0, 0, 4306, 4347, 454, 255, 1, 0, 1, 39, 0},
	{3978, 1, 4360, 4366, 4371, 4376, 0, 0, 4385, 4419, 453, 255, 1, 0, 1, 39, 0},
	{4432, 1, 4447, 4458, 4468, 4478, 0, 0, 4492, 4520, 504, 255, 0, 0, 1, 39, 0},
	{4432, 1, 4533, 4542, 4550, 4558, 0, 0, 4570, 4596, 507, 255, 0, 0, 1, 39, 0},
	{4432, 1, 4609, 4630, 4649, 4668, 0, 0, 4691, 4729, 511, 255, 1, 0, 1, 39, 0},
	{4432, 1, 4742, 4757, 4770, 4783, 4800, 0, 4804, 4836, 513, 255, 0, 0, 1, 39, 0},
	{4432, 1, 4849, 4867, 4884, 4901, 0, 0, 4922, 4957, 516, 255, 0, 0, 1, 39, 1},
	{4432, 1, 4970, 4994, 5016, 5038, 5064, 0, 5069, 5110, 521, 255, 0, 0, 1, 40, 0},
	{5123, 1, 5152, 5178, 5202, 5226, 0, 1620, 5254, 5311, 7, 255, 0, 0, 1, 40, 0},
	{5123, 1, 5324, 5356, 5387, 5418, 0, 1620, 5453, 5516, 8, 255, 0, 0, 1, 40, 0},
	{5123, 1, 5529, 5559, 5588, 5617, 0, 1620, 5650, 5711, 14, 255, 0, 0, 1, 40, 0},
	{5123, 1, 5724, 5752, 5778, 5804, 0, 1620, 5834, 5893, 23, 255, 0, 0, 1, 40, 1},
	{5123, 1, 5906, 5940, 5973, 6006, 0, 1620, 6043, 6108, 24, 255, 0, 0, 1, 41, 0},
	{5123, 1, 6121, 6153, 6184, 6215, 0, 1620, 6250, 6313, 31, 255, 0, 0, 1, 41, 0},
	{6326, 1, 6347, 6373, 6398, 6423, 6452, 1620, 6462, 6511, 527, 255, 0, 0, 1, 41, 1},
	{6524, 1, 6542, 6558, 6572, 6586, 6604, 0, 6608, 6644, 502, 255, 0, 0, 1, 42, 0},
	{6657, 1, 6677, 6684, 6690, 6696, 0, 0, 6706, 6735, 145, 255, 1, 0, 1, 42, 0},
	{6748, 1, 6760, 6775, 6788, 6801, 0, 0, 6818, 6847, 439, 255, 0, 0, 1, 42, 0},
	{6860, 1, 6877, 6892, 6906, 6920, 0, 0, 6938, 6972, 374, 255, 1, 0, 1, 42, 0},
	{6985, 1, 7014, 7026, 7037, 7048, 0, 0, 7063, 7106, 383, 255, 0, 0, 1, 42, 1},
	{6985, 1, 7119, 7147, 7174, 7201, 0, 0, 7232, 7291, 393, 255, 0, 0, 1, 43, 1},
	{7304, 1, 7320, 7334, 7346, 7358, 0, 0, 7374, 7406, 474, 255, 0, 0, 1, 44, 0},
	{7304, 1, 7419, 7434, 7448, 7462, 0, 0, 7480, 7513, 490, 255, 1, 0, 1, 44, 1},
	{7304, 1, 7526, 7549, 7571, 7593, 0, 0, 7619, 7660, 495, 255, 1, 0, 1, 45, 0},
	{7304, 1, 7673, 7688, 7702, 7716, 0, 0, 7734, 7767, 499, 255, 0, 0, 1, 45, 0},
};

const struct api_sub_row api_sub_rows[] = {
	{392, 0, 1, 338, 241, 16},
	{401, 0, 1, 338, 241, 49},
	{458, 0, 1, 464, 0, 121},
	{401, 0, 1, 419, 246, 49},
	{401, 0, 1, 526, 268, 49},
	{401, 0, 1, 652, 267, 49},
	{777, 0, 1, 784, 0, 9},
	{13, 0, 1, 21, 155, 8},
	{801, 0, 1, 736, 279, 49},
	{821, 830, 1, 837, 442, 8},
	{846, 0, 1, 851, 0, 9},
	{866, 0, 1, 736, 0, 1},
	{870, 0, 1, 882, 0, 9},
	{458, 0, 1, 904, 0, 121},
	{920, 0, 1, 736, 279, 49},
	{401, 0, 1, 736, 279, 49},
	{1143, 1149, 1, 1161, 96, 49},
	{401, 0, 1, 1053, 310, 49},
	{401, 0, 1, 1196, 318, 49},
	{1421, 1427, 1, 1449, 69, 8},
	{458, 0, 1, 1528, 0, 121},
	{401, 0, 1, 1479, 338, 49},
	{401, 1548, 1, 1594, 580, 49},
	{401, 1686, 1, 1833, 38, 49},
	{1143, 1149, 1, 1161, 96, 49},
	{401, 1686, 1, 1915, 44, 49},
	{1143, 1149, 1, 1161, 96, 49},
	{401, 1686, 1, 2004, 50, 49},
	{1143, 1149, 1, 1161, 96, 49},
	{401, 1686, 1, 2091, 58, 49},
	{401, 1149, 2832, 2884, 106, 49},
	{401, 1149, 1, 2884, 92, 49},
	{401, 2993, 1, 3016, 123, 49},
	{401, 2993, 1, 3079, 127, 49},
	{3313, 3117, 1, 3190, 140, 49},
	{401, 3117, 1, 3190, 140, 49},
	{401, 3322, 1, 3464, 410, 49},
	{401, 3322, 1, 3771, 434, 49},
	{401, 830, 1, 3886, 443, 49},
	{401, 4432, 1, 4884, 516, 49},
	{401, 5123, 1, 5778, 23, 49},
	{401, 6326, 1, 6398, 527, 49},
	{401, 6985, 1, 7037, 383, 49},
	{401, 6985, 1, 7174, 393, 49},
	{401, 7304, 1, 7448, 490, 49},
};
