/*
 * The roles and bindings every cluster starts with, as a table to read. Those of Kubernetes keep its names and rights (RBAC
 * documentation, "Default roles and role bindings"); minik's own stand at the end of each part.
 *
 * A rule is one line: VERBS GROUPS RESOURCES [NAMES], each a list with commas. VERBS: "r" is get,list,watch, "w" create,update,
 * patch,delete,deletecollection. The core group is written "core". VERBS url PATHS speaks of paths that are no resources.
 */
#include "apiserver/rbac.h"

#define EVENTS "create,patch,update core,events.k8s.io events\n"
#define CONTROLLER(name, rules) {"", "system:controller:" name, NULL, NULL, rules EVENTS}

static const struct rbac_default_role roles[] = {
	{"", "cluster-admin", NULL, NULL, "* * *\n* url *\n"},
	{"", "admin", NULL, "admin", NULL},
	{"", "edit", "admin", "edit", NULL},
	{"", "view", "edit", "view", NULL},
	{"", "system:aggregate-to-admin", "admin", NULL,
	 "create authorization.k8s.io localsubjectaccessreviews\n"
	 "r,w rbac.authorization.k8s.io rolebindings,roles\n"},
	{"", "system:aggregate-to-edit", "edit", NULL,
	 "r core pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy\n"
	 "impersonate core serviceaccounts\n"
	 "w core pods,pods/attach,pods/exec,pods/portforward,pods/proxy\n"
	 "create core pods/eviction\n"
	 "w events.k8s.io events\n"
	 "w core configmaps,events,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy\n"
	 "create core serviceaccounts/token\n"
	 "w apps daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale\n"
	 "w autoscaling horizontalpodautoscalers\n"
	 "w batch cronjobs,jobs\n"
	 "w extensions daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale\n"
	 "w policy poddisruptionbudgets\n"
	 "w networking.k8s.io ingresses,networkpolicies\n"
	 "r,w coordination.k8s.io leases\n"
	 "w resource.k8s.io resourceclaims,resourceclaimtemplates\n"},
	{"", "system:aggregate-to-view", "view", NULL,
	 "r core configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status\n"
	 "r core bindings,events,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status\n"
	 "r core namespaces\n"
	 "r events.k8s.io events\n"
	 "r discovery.k8s.io endpointslices\n"
	 "r apps controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status\n"
	 "r autoscaling horizontalpodautoscalers,horizontalpodautoscalers/status\n"
	 "r batch cronjobs,cronjobs/status,jobs,jobs/status\n"
	 "r extensions daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale\n"
	 "r policy poddisruptionbudgets,poddisruptionbudgets/status\n"
	 "r networking.k8s.io ingresses,ingresses/status,networkpolicies\n"
	 "r resource.k8s.io resourceclaims,resourceclaims/status,resourceclaimtemplates\n"},
	{"", "system:auth-delegator", NULL, NULL,
	 "create authentication.k8s.io tokenreviews\n"
	 "create authorization.k8s.io subjectaccessreviews\n"},
	{"", "system:basic-user", NULL, NULL,
	 "create authorization.k8s.io selfsubjectaccessreviews,selfsubjectrulesreviews\n"
	 "create authentication.k8s.io selfsubjectreviews\n"},
	{"", "system:certificates.k8s.io:certificatesigningrequests:nodeclient", NULL, NULL,
	 "create certificates.k8s.io certificatesigningrequests/nodeclient\n"},
	{"", "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient", NULL, NULL,
	 "create certificates.k8s.io certificatesigningrequests/selfnodeclient\n"},
	{"", "system:certificates.k8s.io:kube-apiserver-client-approver", NULL, NULL,
	 "approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client\n"},
	{"", "system:certificates.k8s.io:kube-apiserver-client-kubelet-approver", NULL, NULL,
	 "approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client-kubelet\n"},
	{"", "system:certificates.k8s.io:kubelet-serving-approver", NULL, NULL,
	 "approve certificates.k8s.io signers kubernetes.io/kubelet-serving\n"},
	{"", "system:certificates.k8s.io:legacy-unknown-approver", NULL, NULL,
	 "approve certificates.k8s.io signers kubernetes.io/legacy-unknown\n"},
	{"", "system:discovery", NULL, NULL, "get url /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/\n"},
	{"", "system:heapster", NULL, NULL, "r core events,namespaces,nodes,pods\nr extensions deployments\n"},
	{"", "system:kube-aggregator", NULL, NULL, "r core endpoints,services\n"},
	{"", "system:kube-controller-manager", NULL, NULL,
	 EVENTS "create coordination.k8s.io leases\n"
		"get,update coordination.k8s.io leases kube-controller-manager\n"
		"create core secrets,serviceaccounts\n"
		"delete core secrets\n"
		"get core configmaps,namespaces,secrets,serviceaccounts\n"
		"update core secrets,serviceaccounts\n"
		"create authentication.k8s.io tokenreviews\n"
		"create authorization.k8s.io subjectaccessreviews\n"
		"list,watch * *\n"
		"create core serviceaccounts/token\n"},
	{"", "system:kube-dns", NULL, NULL, "list,watch core endpoints,services\n"},
	{"", "system:kube-scheduler", NULL, NULL,
	 EVENTS "create coordination.k8s.io leases\n"
		"get,list,update,watch coordination.k8s.io leases kube-scheduler\n"
		"r,w coordination.k8s.io leasecandidates\n"
		"r core nodes\n"
		"delete,get,list,watch core pods\n"
		"create core bindings,pods/binding\n"
		"patch,update core pods/status\n"
		"r core replicationcontrollers,services\n"
		"r apps,extensions replicasets\n"
		"r apps statefulsets\n"
		"r policy poddisruptionbudgets\n"
		"r core persistentvolumeclaims,persistentvolumes\n"
		"create authentication.k8s.io tokenreviews\n"
		"create authorization.k8s.io subjectaccessreviews\n"
		"r storage.k8s.io csinodes\n"
		"r core namespaces\n"
		"r storage.k8s.io csidrivers\n"
		"r storage.k8s.io csistoragecapacities\n"
		"r storage.k8s.io volumeattachments\n"
		"r resource.k8s.io deviceclasses,resourceslices\n"
		"create,delete,get,list,patch,update,watch resource.k8s.io resourceclaims\n"
		"get,list,patch,update,watch resource.k8s.io resourceclaims/status\n"
		"patch,update resource.k8s.io resourceclaims/binding\n"
		"update core pods/finalizers\n"},
	{"", "system:kubelet-api-admin", NULL, NULL,
	 "r core nodes\nproxy core nodes\n* core nodes/configz,nodes/healthz,nodes/log,nodes/metrics,nodes/pods,nodes/proxy,nodes/stats\n"},
	{"", "system:monitoring", NULL, NULL,
	 "get core nodes/metrics\n"
	 "get url /flagz,/healthz,/healthz/*,/livez,/livez/*,/metrics,/metrics/slis,/readyz,/readyz/*,/statusz\n"},
	{"", "system:node", NULL, NULL,
	 "create authentication.k8s.io tokenreviews\n"
	 "create authorization.k8s.io localsubjectaccessreviews,subjectaccessreviews\n"
	 "r core services\n"
	 "create,get,list,watch core nodes\n"
	 "patch,update core nodes/status\n"
	 "patch,update core nodes\n"
	 EVENTS "r core pods\n"
		"create,delete core pods\n"
	 "patch,update core pods/status\n"
	 "create core pods/eviction\n"
	 "r core configmaps,secrets\n"
	 "get core persistentvolumeclaims,persistentvolumes\n"
	 "get core endpoints\n"
	 "create,get,list,watch certificates.k8s.io certificatesigningrequests\n"
	 "create,delete,get,patch,update coordination.k8s.io leases\n"
	 "get storage.k8s.io volumeattachments\n"
	 "create core serviceaccounts/token\n"
	 "get core serviceaccounts\n"
	 "get,patch,update core persistentvolumeclaims/status\n"
	 "r storage.k8s.io csidrivers\n"
	 "create,delete,get,patch,update storage.k8s.io csinodes\n"
	 "r node.k8s.io runtimeclasses\n"
	 "get resource.k8s.io resourceclaims\n"
	 "deletecollection resource.k8s.io resourceslices\n"},
	{"", "system:node-bootstrapper", NULL, NULL, "create,get,list,watch certificates.k8s.io certificatesigningrequests\n"},
	{"", "system:node-problem-detector", NULL, NULL, "get core nodes\npatch core nodes/status\n" EVENTS},
	{"", "system:node-proxier", NULL, NULL,
	 "list,watch core endpoints,services\nr core nodes\n" EVENTS "list,watch discovery.k8s.io endpointslices\nlist,watch networking.k8s.io servicecidrs\n"},
	{"", "system:persistent-volume-provisioner", NULL, NULL,
	 "create,delete,get,list,watch core persistentvolumes\n"
	 "get,list,update,watch core persistentvolumeclaims\n"
	 "r storage.k8s.io storageclasses\n"
	 "watch core events\n" EVENTS},
	{"", "system:public-info-viewer", NULL, NULL, "get url /healthz,/livez,/readyz,/version,/version/\n"},
	{"", "system:service-account-issuer-discovery", NULL, NULL,
	 "get url /.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,/openid/v1/jwks/\n"},
	{"", "system:volume-scheduler", NULL, NULL,
	 "get,list,patch,update,watch core persistentvolumes\n"
	 "r storage.k8s.io storageclasses\n"
	 "get,list,patch,update,watch core persistentvolumeclaims\n"},

	/* One per controller: for controllers that run with --use-service-account-credentials. */
	CONTROLLER("attachdetach-controller", "list,watch core persistentvolumeclaims,persistentvolumes\nr core nodes\npatch,update core nodes/status\n"
					      "list,watch core pods\ncreate,delete,get,list,watch storage.k8s.io volumeattachments\n"
					      "r storage.k8s.io csidrivers,csinodes\n"),
	CONTROLLER("certificate-controller",
		   "delete,get,list,watch certificates.k8s.io certificatesigningrequests\n"
		   "update certificates.k8s.io certificatesigningrequests/approval,certificatesigningrequests/status\n"
		   "approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client-kubelet\n"
		   "sign certificates.k8s.io signers "
		   "kubernetes.io/kube-apiserver-client,kubernetes.io/kube-apiserver-client-kubelet,kubernetes.io/kubelet-serving,kubernetes.io/legacy-unknown\n"
		   "create authorization.k8s.io subjectaccessreviews\n"),
	{"", "system:controller:clusterrole-aggregation-controller", NULL, NULL,
	 "escalate,get,list,patch,update,watch rbac.authorization.k8s.io clusterroles\n"},
	CONTROLLER("cronjob-controller", "get,list,update,watch batch cronjobs\ncreate,delete,get,list,patch,update,watch batch jobs\n"
					 "update batch cronjobs/finalizers,cronjobs/status\ndelete,list,watch core pods\n"),
	CONTROLLER("daemon-set-controller", "r apps,extensions daemonsets\nupdate apps,extensions daemonsets/finalizers,daemonsets/status\n"
					    "list,watch core nodes\ncreate,delete,list,patch,watch core pods\ncreate core pods/binding\n"
					    "create,delete,get,list,patch,update,watch apps controllerrevisions\n"),
	CONTROLLER("deployment-controller", "get,list,update,watch apps,extensions deployments\nupdate apps,extensions deployments/finalizers,deployments/status\n"
					    "create,delete,get,list,patch,update,watch apps,extensions replicasets\nget,list,update,watch core pods\n"),
	CONTROLLER("device-taint-eviction-controller", "delete,get,list,watch core pods\npatch,update core pods/status\n"
						       "r resource.k8s.io deviceclasses,resourceclaims,resourceslices\n"),
	CONTROLLER("disruption-controller", "r apps,extensions deployments,replicasets\nr core replicationcontrollers\nr policy poddisruptionbudgets\n"
					    "r apps statefulsets\nupdate policy poddisruptionbudgets/status\npatch,update core pods/status\nget * */scale\n"),
	CONTROLLER("endpoint-controller", "r core pods,services\ncreate,delete,get,list,update,watch core endpoints\ncreate core endpoints/restricted\n"),
	CONTROLLER("endpointslice-controller", "r core nodes,pods,services\nupdate core services/finalizers\n"
					       "create,delete,get,list,update,watch discovery.k8s.io endpointslices\n"),
	CONTROLLER("endpointslicemirroring-controller", "r core endpoints,services\nupdate core endpoints/finalizers,services/finalizers\n"
							"create,delete,get,list,update,watch discovery.k8s.io endpointslices\n"),
	CONTROLLER("ephemeral-volume-controller", "r core pods\nupdate core pods/finalizers\ncreate,get,list,watch core persistentvolumeclaims\n"),
	CONTROLLER("expand-controller", "get,list,patch,update,watch core persistentvolumes\npatch,update core persistentvolumeclaims/status\n"
					"r core persistentvolumeclaims\n"),
	CONTROLLER("generic-garbage-collector", "delete,get,list,patch,update,watch * *\n"),
	CONTROLLER("horizontal-pod-autoscaler", "r autoscaling horizontalpodautoscalers\nupdate autoscaling horizontalpodautoscalers/status\n"
						"get,update * */scale\nlist,watch core pods\nlist,watch metrics.k8s.io pods\n"
						"r custom.metrics.k8s.io,external.metrics.k8s.io *\n"),
	CONTROLLER("job-controller", "get,list,patch,update,watch batch jobs\nupdate batch jobs/finalizers,jobs/status\n"
				     "create,delete,list,patch,watch core pods\n"),
	{"", "system:controller:legacy-service-account-token-cleaner", NULL, NULL,
	 "get core configmaps kube-apiserver-legacy-service-account-token-tracking\ndelete,patch core secrets\n"},
	{"", "system:controller:namespace-controller", NULL, NULL,
	 "delete,get,list,watch core namespaces\nupdate core namespaces/finalize,namespaces/status\ndelete,deletecollection,get,list,watch * *\n"},
	CONTROLLER("node-controller", "delete,get,list,patch,update,watch core nodes\npatch,update core nodes/status,pods/status\n"
				      "delete,get,list,watch core pods\n"),
	CONTROLLER("persistent-volume-binder",
		   "create,delete,get,list,update,watch core persistentvolumes\nupdate core persistentvolumes/status\n"
		   "get,list,update,watch core persistentvolumeclaims\nupdate core persistentvolumeclaims/status\ncreate,delete,get,list,watch core pods\n"
		   "r storage.k8s.io storageclasses\nlist,watch core nodes\nwatch core events\n"),
	{"", "system:controller:pod-garbage-collector", NULL, NULL, "delete,list,watch core pods\nr core nodes\npatch core pods/status\n"},
	CONTROLLER("pv-protection-controller", "get,list,update,watch core persistentvolumes\n"),
	CONTROLLER("pvc-protection-controller", "get,list,update,watch core persistentvolumeclaims\nupdate core persistentvolumeclaims/status\n"
						"r core pods\n"),
	CONTROLLER("replicaset-controller", "get,list,update,watch apps,extensions replicasets\nupdate apps,extensions replicasets/finalizers,replicasets/status\n"
					    "create,delete,list,patch,watch core pods\n"),
	CONTROLLER("replication-controller", "get,list,update,watch core replicationcontrollers\n"
					     "update core replicationcontrollers/finalizers,replicationcontrollers/status\n"
					     "create,delete,list,patch,watch core pods\n"),
	CONTROLLER("resource-claim-controller", "r core pods\nupdate core pods/finalizers\npatch,update core pods/status\n"
						"create,delete,get,list,patch,update,watch resource.k8s.io resourceclaims\n"
						"patch,update resource.k8s.io resourceclaims/binding,resourceclaims/status\n"),
	CONTROLLER("resourcequota-controller", "list,watch * *\nupdate core resourcequotas/status\n"),
	CONTROLLER("root-ca-cert-publisher", "create,update core configmaps\n"),
	CONTROLLER("route-controller", "list,watch core nodes\npatch core nodes/status\n"),
	CONTROLLER("selinux-warning-controller", "r core persistentvolumeclaims,persistentvolumes,pods\nr storage.k8s.io csidrivers\n"),
	CONTROLLER("service-account-controller", "create core serviceaccounts\n"),
	CONTROLLER("service-cidrs-controller", "get,list,patch,update,watch networking.k8s.io servicecidrs\n"
					       "patch,update networking.k8s.io servicecidrs/finalizers,servicecidrs/status\n"
					       "r networking.k8s.io ipaddresses\n"),
	CONTROLLER("service-controller", "r core services\npatch,update core services/status\nlist,watch core nodes\n"),
	CONTROLLER("statefulset-controller", "create,delete,get,list,patch,update,watch core pods\nr apps statefulsets\n"
					     "update apps statefulsets/finalizers,statefulsets/status\nupdate core pods/finalizers\n"
					     "create,delete,get,list,patch,update,watch apps controllerrevisions\n"
					     "create,delete,get,list,update,watch core persistentvolumeclaims\n"),
	CONTROLLER("ttl-after-finished-controller", "delete,get,list,watch batch jobs\n"),
	CONTROLLER("ttl-controller", "list,patch,update,watch core nodes\n"),
	CONTROLLER("validatingadmissionpolicy-status-controller", "r admissionregistration.k8s.io validatingadmissionpolicies\n"
								  "get,patch,update admissionregistration.k8s.io validatingadmissionpolicies/status\n"),
	CONTROLLER("volumeattributesclass-protection-controller", "r core persistentvolumeclaims,persistentvolumes\n"
								  "get,list,update,watch storage.k8s.io volumeattributesclasses\n"),

	{"kube-public", "system:controller:bootstrap-signer", NULL, NULL,
	 "r core configmaps\nupdate core configmaps cluster-info\n" EVENTS},
	{"kube-public", "kubeadm:bootstrap-signer-clusterinfo", NULL, NULL, "get core configmaps cluster-info\n"},
	{"kube-system", "extension-apiserver-authentication-reader", NULL, NULL, "r core configmaps extension-apiserver-authentication\n"},
	{"kube-system", "system:controller:bootstrap-signer", NULL, NULL, "r core secrets\n"},
	{"kube-system", "system:controller:cloud-provider", NULL, NULL, "create,get,list,watch core configmaps\n"},
	{"kube-system", "system:controller:token-cleaner", NULL, NULL, "delete,get,list,watch core secrets\n" EVENTS},
	{"kube-system", "system::leader-locking-kube-controller-manager", NULL, NULL,
	 "create,get,list,update,watch coordination.k8s.io leasecandidates,leases\n"},
	{"kube-system", "system::leader-locking-kube-scheduler", NULL, NULL,
	 "create,get,list,update,watch coordination.k8s.io leasecandidates,leases\n"},

	/*
	 * minik's own. All controllers are one component with one user: it follows and cleans up everything (garbage collection,
	 * namespaces), and makes what controllers make.
	 */
	{"", "minik:controllers", NULL, NULL,
	 "delete,deletecollection,get,list,patch,update,watch * *\n"
	 "create core configmaps,endpoints,endpoints/restricted,events,persistentvolumeclaims,persistentvolumes,pods,pods/binding,pods/eviction,secrets,serviceaccounts,serviceaccounts/token\n"
	 "create events.k8s.io events\n"
	 "create apps controllerrevisions,replicasets\n"
	 "create batch jobs\n"
	 "create coordination.k8s.io leases\n"
	 "create discovery.k8s.io endpointslices\n"
	 "create networking.k8s.io ipaddresses\n"
	 "create storage.k8s.io volumeattachments\n"
	 "create authorization.k8s.io subjectaccessreviews\n"
	 "create authentication.k8s.io tokenreviews\n"
	 "approve,sign certificates.k8s.io signers "
	 "kubernetes.io/kube-apiserver-client,kubernetes.io/kube-apiserver-client-kubelet,kubernetes.io/kubelet-serving,kubernetes.io/legacy-unknown\n"
	 "escalate rbac.authorization.k8s.io clusterroles\n"},
	{"", "minik:storage", NULL, NULL,
	 "create,delete,get,list,patch,update,watch core persistentvolumes\n"
	 "get,patch,update core persistentvolumes/status\n"
	 "get,list,patch,update,watch core persistentvolumeclaims\n"
	 "get,patch,update core persistentvolumeclaims/status\n"
	 "r core nodes,pods\n"
	 "patch core nodes,nodes/status\n" /* labels of drivers' topology; volumesAttached */
	 "create,delete,get,list,patch,update,watch storage.k8s.io storageclasses\n"
	 "create,delete,get,list,patch,update,watch storage.k8s.io csinodes,csistoragecapacities,volumeattachments\n"
	 "get,patch,update storage.k8s.io volumeattachments/status\n"
	 "get,list,patch,update,watch storage.k8s.io volumeattributesclasses\n"
	 "r storage.k8s.io csidrivers\n"
	 "create,delete,get,list,patch,update,watch snapshot.storage.k8s.io volumesnapshotcontents\n"
	 "get,list,patch,update,watch snapshot.storage.k8s.io volumesnapshots\n"
	 "get,patch,update snapshot.storage.k8s.io volumesnapshotcontents/status,volumesnapshots/status\n"
	 "create,get,list,watch snapshot.storage.k8s.io volumesnapshotclasses\n"
	 "create,get,list,watch apiextensions.k8s.io customresourcedefinitions\n" /* of snapshots */
	 "create coordination.k8s.io leases\n"
	 "get,update coordination.k8s.io leases minik-storage\n"
	 "get core secrets\n" EVENTS},
	{"kube-system", "minik:storage", NULL, NULL, "r core configmaps local-path-config\nget core configmaps minik-recycler\ncreate,delete core pods\n"},
	/* The proxy tells pods of its node apart from those of others. */
	{"", "minik:proxy", NULL, NULL, "r core pods\n"},
	{"", "minik:dns", NULL, NULL,
	 "r core endpoints,namespaces,nodes,pods,services\n"
	 "r discovery.k8s.io endpointslices\n" EVENTS},
	{"kube-system", "minik:dns", NULL, NULL,
	 "r core configmaps minik-dns\n"
	 "create,get,list,patch,update,watch core services\n"
	 "create,delete,get,list,patch,update,watch discovery.k8s.io endpointslices\n"},
	{"", "minik:ingress", NULL, NULL,
	 "r core configmaps,endpoints,namespaces,nodes,secrets,services\n"
	 "r discovery.k8s.io endpointslices\n"
	 "create,delete,update core services\n" /* of Gateways */
	 "create,delete,update discovery.k8s.io endpointslices\n"
	 "create,get,list,patch,update,watch networking.k8s.io ingressclasses\n"
	 "r networking.k8s.io ingresses\n"
	 "get,patch,update networking.k8s.io ingresses/status\n"
	 "create,get,list,watch gateway.networking.k8s.io gatewayclasses\n"
	 "r gateway.networking.k8s.io gateways,httproutes,referencegrants\n"
	 "get,patch,update gateway.networking.k8s.io gatewayclasses/status,gateways/status,httproutes/status\n"
	 "create,get,list,update,watch apiextensions.k8s.io customresourcedefinitions\n" /* of the Gateway API */
	 "create,get,list,patch,update,watch coordination.k8s.io leases\n" EVENTS},
	/* What the pod network, the proxy, DNS, Ingress and volumes need where they speak as their node (minik agent). */
	{"", "minik:node", NULL, NULL,
	 "list,watch core namespaces\n"
	 "r core services\n"
	 "r discovery.k8s.io endpointslices\n"
	 "create,delete,get,list,watch core persistentvolumes\n"
	 "r core persistentvolumeclaims\n"
	 "r networking.k8s.io networkpolicies\n"
	 "r networking.k8s.io ingressclasses,ingresses\n"
	 "get,patch,update networking.k8s.io ingresses/status\n"
	 "r gateway.networking.k8s.io gatewayclasses,gateways,httproutes,referencegrants\n"
	 "get,patch,update gateway.networking.k8s.io gatewayclasses/status,gateways/status,httproutes/status\n"
	 "r snapshot.storage.k8s.io volumesnapshotclasses,volumesnapshotcontents\n"
	 "get snapshot.storage.k8s.io volumesnapshots\n"
	 "patch snapshot.storage.k8s.io volumesnapshotcontents/status\n"
	 "r apiextensions.k8s.io customresourcedefinitions\n" /* whether there are those of snapshots and Gateways */
	 "r storage.k8s.io storageclasses\n"},
	{"kube-system", "minik:node", NULL, NULL, "create,patch,update discovery.k8s.io endpointslices\n"},
};

#define CONTROLLER_BINDING(name) {"", "system:controller:" name, "ClusterRole", "system:controller:" name, "S:kube-system/" name}

static const struct rbac_default_binding bindings[] = {
	{"", "cluster-admin", "ClusterRole", "cluster-admin", "G:system:masters"},
	{"", "system:monitoring", "ClusterRole", "system:monitoring", "G:system:monitoring"},
	{"", "system:discovery", "ClusterRole", "system:discovery", "G:system:authenticated"},
	{"", "system:basic-user", "ClusterRole", "system:basic-user", "G:system:authenticated"},
	{"", "system:public-info-viewer", "ClusterRole", "system:public-info-viewer", "G:system:authenticated G:system:unauthenticated"},
	{"", "system:node-proxier", "ClusterRole", "system:node-proxier", "U:system:kube-proxy"},
	{"", "system:kube-controller-manager", "ClusterRole", "system:kube-controller-manager", "U:system:kube-controller-manager"},
	{"", "system:kube-dns", "ClusterRole", "system:kube-dns", "S:kube-system/kube-dns"},
	{"", "system:kube-scheduler", "ClusterRole", "system:kube-scheduler", "U:system:kube-scheduler"},
	{"", "system:volume-scheduler", "ClusterRole", "system:volume-scheduler", "U:system:kube-scheduler"},
	/* Nodes have the role; admit_node.c keeps each to its own objects. */
	{"", "system:node", "ClusterRole", "system:node", "G:system:nodes"},
	{"", "system:service-account-issuer-discovery", "ClusterRole", "system:service-account-issuer-discovery", "G:system:serviceaccounts"},
	CONTROLLER_BINDING("attachdetach-controller"),
	CONTROLLER_BINDING("certificate-controller"),
	CONTROLLER_BINDING("clusterrole-aggregation-controller"),
	CONTROLLER_BINDING("cronjob-controller"),
	CONTROLLER_BINDING("daemon-set-controller"),
	CONTROLLER_BINDING("deployment-controller"),
	CONTROLLER_BINDING("device-taint-eviction-controller"),
	CONTROLLER_BINDING("disruption-controller"),
	CONTROLLER_BINDING("endpoint-controller"),
	CONTROLLER_BINDING("endpointslice-controller"),
	CONTROLLER_BINDING("endpointslicemirroring-controller"),
	CONTROLLER_BINDING("ephemeral-volume-controller"),
	CONTROLLER_BINDING("expand-controller"),
	CONTROLLER_BINDING("generic-garbage-collector"),
	CONTROLLER_BINDING("horizontal-pod-autoscaler"),
	CONTROLLER_BINDING("job-controller"),
	CONTROLLER_BINDING("legacy-service-account-token-cleaner"),
	CONTROLLER_BINDING("namespace-controller"),
	CONTROLLER_BINDING("node-controller"),
	CONTROLLER_BINDING("persistent-volume-binder"),
	CONTROLLER_BINDING("pod-garbage-collector"),
	CONTROLLER_BINDING("pv-protection-controller"),
	CONTROLLER_BINDING("pvc-protection-controller"),
	CONTROLLER_BINDING("replicaset-controller"),
	CONTROLLER_BINDING("replication-controller"),
	CONTROLLER_BINDING("resource-claim-controller"),
	CONTROLLER_BINDING("resourcequota-controller"),
	CONTROLLER_BINDING("root-ca-cert-publisher"),
	CONTROLLER_BINDING("route-controller"),
	CONTROLLER_BINDING("selinux-warning-controller"),
	CONTROLLER_BINDING("service-account-controller"),
	CONTROLLER_BINDING("service-cidrs-controller"),
	CONTROLLER_BINDING("service-controller"),
	CONTROLLER_BINDING("statefulset-controller"),
	CONTROLLER_BINDING("ttl-after-finished-controller"),
	CONTROLLER_BINDING("ttl-controller"),
	CONTROLLER_BINDING("validatingadmissionpolicy-status-controller"),
	CONTROLLER_BINDING("volumeattributesclass-protection-controller"),
	{"kube-public", "system:controller:bootstrap-signer", "Role", "system:controller:bootstrap-signer", "S:kube-system/bootstrap-signer"},
	{"kube-public", "kubeadm:bootstrap-signer-clusterinfo", "Role", "kubeadm:bootstrap-signer-clusterinfo", "U:system:anonymous"},
	{"kube-system", "system::extension-apiserver-authentication-reader", "Role", "extension-apiserver-authentication-reader",
	 "U:system:kube-controller-manager U:system:kube-scheduler"},
	{"kube-system", "system::leader-locking-kube-controller-manager", "Role", "system::leader-locking-kube-controller-manager",
	 "U:system:kube-controller-manager S:kube-system/kube-controller-manager S:kube-system/leader-election-controller"},
	{"kube-system", "system::leader-locking-kube-scheduler", "Role", "system::leader-locking-kube-scheduler",
	 "U:system:kube-scheduler S:kube-system/kube-scheduler"},
	{"kube-system", "system:controller:bootstrap-signer", "Role", "system:controller:bootstrap-signer", "S:kube-system/bootstrap-signer"},
	{"kube-system", "system:controller:cloud-provider", "Role", "system:controller:cloud-provider", "S:kube-system/cloud-provider"},
	{"kube-system", "system:controller:token-cleaner", "Role", "system:controller:token-cleaner", "S:kube-system/token-cleaner"},
	/* Joining nodes, as kubeadm has it. */
	{"", "kubeadm:kubelet-bootstrap", "ClusterRole", "system:node-bootstrapper", "G:system:bootstrappers"},
	{"", "kubeadm:node-autoapprove-bootstrap", "ClusterRole", "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
	 "G:system:bootstrappers"},
	{"", "kubeadm:node-autoapprove-certificate-rotation", "ClusterRole", "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
	 "G:system:nodes"},
	/* minik's own */
	{"", "minik:controllers", "ClusterRole", "minik:controllers", "U:system:kube-controller-manager"},
	{"", "minik:storage", "ClusterRole", "minik:storage", "U:system:minik:storage"},
	{"kube-system", "minik:storage", "Role", "minik:storage", "U:system:minik:storage"},
	{"", "minik:dns", "ClusterRole", "minik:dns", "U:system:minik:dns"},
	{"kube-system", "minik:dns", "Role", "minik:dns", "U:system:minik:dns"},
	{"", "minik:proxy", "ClusterRole", "minik:proxy", "U:system:kube-proxy"},
	{"", "minik:ingress", "ClusterRole", "minik:ingress", "U:system:minik:ingress"},
	{"", "minik:node", "ClusterRole", "minik:node", "G:system:nodes"},
	{"kube-system", "minik:node", "Role", "minik:node", "G:system:nodes"},
};

const struct rbac_default_role *rbac_default_roles(size_t *n)
{
	*n = sizeof(roles) / sizeof(roles[0]);
	return roles;
}

const struct rbac_default_binding *rbac_default_bindings(size_t *n)
{
	*n = sizeof(bindings) / sizeof(bindings[0]);
	return bindings;
}
