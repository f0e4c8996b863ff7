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
	"qkFR/SQhcPY=\0"
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
	{0, 1, 40, 58, 74, 90, 110, 0, 114, 134, 166, 3, 0, 0, 1, 0, 0},
	{0, 1, 147, 158, 168, 178, 192, 0, 196, 209, 168, 255, 1, 0, 1, 0, 0},
	{0, 1, 222, 222, 232, 242, 256, 0, 260, 272, 196, 255, 1, 0, 1, 0, 0},
	{0, 1, 285, 292, 298, 304, 314, 0, 318, 327, 203, 255, 1, 0, 1, 0, 0},
	{0, 1, 340, 352, 363, 374, 389, 0, 397, 411, 230, 255, 1, 0, 1, 0, 0},
	{0, 1, 424, 435, 445, 455, 469, 0, 473, 486, 241, 127, 0, 0, 1, 0, 2},
	{0, 1, 515, 521, 526, 531, 540, 0, 544, 552, 246, 255, 0, 0, 1, 2, 2},
	{0, 1, 588, 611, 633, 655, 681, 0, 686, 711, 268, 255, 1, 0, 1, 4, 1},
	{0, 1, 724, 742, 759, 776, 797, 0, 801, 821, 267, 255, 0, 0, 1, 5, 1},
	{0, 1, 834, 839, 843, 847, 855, 859, 864, 871, 279, 255, 1, 0, 1, 6, 10},
	{0, 1, 1034, 1047, 1059, 1071, 0, 0, 1087, 1102, 299, 255, 1, 0, 1, 16, 0},
	{0, 1, 1115, 1138, 1160, 1182, 1208, 859, 1212, 1237, 310, 255, 1, 0, 1, 16, 2},
	{0, 1, 1274, 1289, 1303, 1317, 1335, 0, 1342, 1359, 318, 255, 1, 0, 1, 18, 1},
	{0, 1, 1372, 1380, 1387, 1394, 0, 0, 1405, 1415, 330, 255, 1, 0, 1, 19, 0},
	{0, 1, 1428, 1444, 1459, 1474, 1493, 0, 1497, 1515, 339, 255, 1, 0, 1, 19, 1},
	{0, 1, 1569, 1578, 1586, 1594, 1606, 859, 1611, 1622, 338, 255, 1, 0, 1, 20, 2},
	{1655, 1, 1678, 1690, 1701, 1712, 0, 1727, 1743, 1780, 580, 255, 0, 0, 1, 22, 1},
	{1793, 1, 1798, 1818, 1837, 1856, 0, 0, 1879, 1906, 36, 255, 1, 0, 1, 23, 0},
	{1793, 1, 1919, 1930, 1940, 1950, 1964, 859, 1968, 1986, 38, 255, 1, 0, 1, 23, 1},
	{1793, 1, 1999, 2011, 2022, 2033, 2048, 859, 2056, 2075, 44, 255, 1, 0, 1, 24, 2},
	{1793, 1, 2088, 2100, 2111, 2122, 2137, 859, 2141, 2160, 50, 255, 1, 0, 1, 26, 2},
	{1793, 1, 2173, 2186, 2198, 2210, 2226, 859, 2231, 2251, 58, 255, 1, 0, 1, 28, 2},
	{2264, 1, 285, 292, 298, 304, 314, 0, 318, 327, 378, 255, 1, 0, 0, 30, 0},
	{1534, 1, 2278, 2297, 2315, 0, 0, 0, 2333, 0, 67, 8, 0, 1, 1, 30, 0},
	{1534, 1, 2376, 2389, 2401, 0, 0, 0, 2413, 0, 72, 8, 0, 1, 1, 30, 0},
	{2450, 1, 2471, 2497, 2522, 0, 0, 0, 2547, 0, 78, 8, 1, 1, 1, 30, 0},
	{2450, 1, 2596, 2621, 2645, 0, 0, 0, 2669, 0, 83, 8, 0, 1, 1, 30, 0},
	{2450, 1, 2717, 2741, 2764, 0, 0, 0, 2787, 0, 85, 8, 0, 1, 1, 30, 0},
	{2450, 1, 2834, 2855, 2875, 0, 0, 0, 2895, 0, 87, 8, 0, 1, 1, 30, 0},
	{1256, 2939, 2942, 2967, 2991, 3015, 3043, 859, 3048, 3087, 106, 255, 1, 0, 1, 30, 1},
	{1256, 1, 2942, 2967, 2991, 3015, 3043, 859, 3048, 3087, 92, 255, 1, 0, 0, 31, 1},
	{3100, 1, 3106, 3115, 3123, 3131, 3143, 859, 3147, 3164, 123, 255, 1, 0, 1, 32, 1},
	{3100, 1, 3177, 3182, 3186, 3190, 0, 859, 3198, 3211, 127, 255, 1, 0, 1, 33, 1},
	{3224, 1, 3244, 3271, 3297, 3323, 3353, 0, 3358, 3407, 140, 255, 0, 0, 1, 34, 2},
	{3429, 1, 3447, 3462, 3475, 3488, 0, 0, 3505, 3540, 412, 255, 0, 0, 1, 36, 0},
	{3429, 1, 3553, 3563, 3571, 3579, 3591, 0, 3596, 3626, 410, 255, 1, 0, 1, 36, 1},
	{3429, 1, 3639, 3651, 3661, 3671, 3685, 0, 3689, 3721, 406, 255, 0, 0, 1, 37, 0},
	{3429, 1, 3734, 3750, 3764, 3778, 3796, 0, 3804, 3840, 425, 255, 1, 0, 1, 37, 0},
	{3429, 1, 3853, 3866, 3878, 3890, 0, 0, 3906, 3939, 434, 255, 0, 0, 1, 37, 1},
	{937, 1, 3952, 3973, 3993, 4013, 4037, 0, 4042, 4072, 443, 255, 1, 0, 1, 38, 1},
	{4085, 1, 4111, 4131, 4150, 4169, 0, 0, 4192, 4240, 449, 255, 0, 0, 1, 39, 0},
	{4085, 1, 4253, 4266, 4278, 4290, 0, 0, 4306, 4347, 448, 255, 0, 0, 1, 39, 0},
	{4085, 1, 4360, 4373, 4385, 4397, 0, 0, 4413, 4454, 454, 255, 1, 0, 1, 39, 0},
	{4085, 1, 4467, 4473, 4478, 4483, 0, 0, 4492, 4526, 453, 255, 1, 0, 1, 39, 0},
	{4539, 1, 4554, 4565, 4575, 4585, 0, 0, 4599, 4627, 504, 255, 0, 0, 1, 39, 0},
	{4539, 1, 4640, 4649, 4657, 4665, 0, 0, 4677, 4703, 507, 255, 0, 0, 1, 39, 0},
	{4539, 1, 4716, 4737, 4756, 4775, 0, 0, 4798, 4836, 511, 255, 1, 0, 1, 39, 0},
	{4539, 1, 4849, 4864, 4877, 4890, 4907, 0, 4911, 4943, 513, 255, 0, 0, 1, 39, 0},
	{4539, 1, 4956, 4974, 4991, 5008, 0, 0, 5029, 5064, 516, 255, 0, 0, 1, 39, 1},
	{4539, 1, 5077, 5101, 5123, 5145, 5171, 0, 5176, 5217, 521, 255, 0, 0, 1, 40, 0},
	{5230, 1, 5259, 5285, 5309, 5333, 0, 1727, 5361, 5418, 7, 255, 0, 0, 1, 40, 0},
	{5230, 1, 5431, 5463, 5494, 5525, 0, 1727, 5560, 5623, 8, 255, 0, 0, 1, 40, 0},
	{5230, 1, 5636, 5666, 5695, 5724, 0, 1727, 5757, 5818, 14, 255, 0, 0, 1, 40, 0},
	{5230, 1, 5831, 5859, 5885, 5911, 0, 1727, 5941, 6000, 23, 255, 0, 0, 1, 40, 1},
	{5230, 1, 6013, 6047, 6080, 6113, 0, 1727, 6150, 6215, 24, 255, 0, 0, 1, 41, 0},
	{5230, 1, 6228, 6260, 6291, 6322, 0, 1727, 6357, 6420, 31, 255, 0, 0, 1, 41, 0},
	{6433, 1, 6454, 6480, 6505, 6530, 6559, 1727, 6569, 6618, 527, 255, 0, 0, 1, 41, 1},
	{6631, 1, 6649, 6665, 6679, 6693, 6711, 0, 6715, 6751, 502, 255, 0, 0, 1, 42, 0},
	{6764, 1, 6784, 6791, 6797, 6803, 0, 0, 6813, 6842, 145, 255, 1, 0, 1, 42, 0},
	{6855, 1, 6867, 6882, 6895, 6908, 0, 0, 6925, 6954, 439, 255, 0, 0, 1, 42, 0},
	{6967, 1, 6984, 6999, 7013, 7027, 0, 0, 7045, 7079, 374, 255, 1, 0, 1, 42, 0},
	{7092, 1, 7121, 7133, 7144, 7155, 0, 0, 7170, 7213, 383, 255, 0, 0, 1, 42, 1},
	{7092, 1, 7226, 7254, 7281, 7308, 0, 0, 7339, 7398, 393, 255, 0, 0, 1, 43, 1},
	{7411, 1, 7427, 7441, 7453, 7465, 0, 0, 7481, 7513, 474, 255, 0, 0, 1, 44, 0},
	{7411, 1, 7526, 7541, 7555, 7569, 0, 0, 7587, 7620, 490, 255, 1, 0, 1, 44, 1},
	{7411, 1, 7633, 7656, 7678, 7700, 0, 0, 7726, 7767, 495, 255, 1, 0, 1, 45, 0},
	{7411, 1, 7780, 7795, 7809, 7823, 0, 0, 7841, 7874, 499, 255, 0, 0, 1, 45, 0},
};

const struct api_sub_row api_sub_rows[] = {
	{499, 0, 1, 445, 241, 16},
	{508, 0, 1, 445, 241, 49},
	{565, 0, 1, 571, 0, 121},
	{508, 0, 1, 526, 246, 49},
	{508, 0, 1, 633, 268, 49},
	{508, 0, 1, 759, 267, 49},
	{884, 0, 1, 891, 0, 9},
	{13, 0, 1, 21, 155, 8},
	{908, 0, 1, 843, 279, 49},
	{928, 937, 1, 944, 442, 8},
	{953, 0, 1, 958, 0, 9},
	{973, 0, 1, 843, 0, 1},
	{977, 0, 1, 989, 0, 9},
	{565, 0, 1, 1011, 0, 121},
	{1027, 0, 1, 843, 279, 49},
	{508, 0, 1, 843, 279, 49},
	{1250, 1256, 1, 1268, 96, 49},
	{508, 0, 1, 1160, 310, 49},
	{508, 0, 1, 1303, 318, 49},
	{1528, 1534, 1, 1556, 69, 8},
	{565, 0, 1, 1635, 0, 121},
	{508, 0, 1, 1586, 338, 49},
	{508, 1655, 1, 1701, 580, 49},
	{508, 1793, 1, 1940, 38, 49},
	{1250, 1256, 1, 1268, 96, 49},
	{508, 1793, 1, 2022, 44, 49},
	{1250, 1256, 1, 1268, 96, 49},
	{508, 1793, 1, 2111, 50, 49},
	{1250, 1256, 1, 1268, 96, 49},
	{508, 1793, 1, 2198, 58, 49},
	{508, 1256, 2939, 2991, 106, 49},
	{508, 1256, 1, 2991, 92, 49},
	{508, 3100, 1, 3123, 123, 49},
	{508, 3100, 1, 3186, 127, 49},
	{3420, 3224, 1, 3297, 140, 49},
	{508, 3224, 1, 3297, 140, 49},
	{508, 3429, 1, 3571, 410, 49},
	{508, 3429, 1, 3878, 434, 49},
	{508, 937, 1, 3993, 443, 49},
	{508, 4539, 1, 4991, 516, 49},
	{508, 5230, 1, 5885, 23, 49},
	{508, 6433, 1, 6505, 527, 49},
	{508, 7092, 1, 7144, 383, 49},
	{508, 7092, 1, 7281, 393, 49},
	{508, 7411, 1, 7555, 490, 49},
};
