"""The smallest valid object of every kind: (group, version, plural, namespaced, kind, object without metadata, a status patch or None)."""
TEMPLATE = {"metadata": {"labels": {"app": "x"}}, "spec": {"containers": [{"name": "c", "image": "registry.invalid/none:1"}]}}
SELECTOR = {"matchLabels": {"app": "x"}}
NOW = "2026-01-02T03:04:05Z"


def condition(kind):
    return [{"type": kind, "status": "True", "reason": "Conformance", "message": "set by a test", "lastTransitionTime": NOW}]


CSR = None  # filled in by lifecycle.py: needs a request made by openssl

KINDS = [
    ("", "v1", "configmaps", True, "ConfigMap", {"data": {"a": "1"}}, None),
    ("", "v1", "endpoints", True, "Endpoints", {"subsets": [{"addresses": [{"ip": "10.0.0.24"}], "ports": [{"name": "http", "port": 80, "protocol": "TCP"}]}]}, None),
    ("", "v1", "events", True, "Event", {"involvedObject": {"kind": "Pod", "namespace": "NAMESPACE", "name": "x"}, "reason": "Test", "message": "m",
                                         "type": "Normal", "source": {"component": "test"}}, None),
    ("", "v1", "limitranges", True, "LimitRange", {"spec": {"limits": [{"type": "Pod", "max": {"memory": "1Ti"}}]}}, None),
    ("", "v1", "persistentvolumeclaims", True, "PersistentVolumeClaim",
     {"spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "none", "resources": {"requests": {"storage": "1Mi"}}}},
     {"conditions": [{"type": "StatusPatched", "status": "True", "reason": "E2E", "message": "m"}]}),
    ("", "v1", "pods", True, "Pod", {"spec": {"nodeSelector": {"no": "where"}, "terminationGracePeriodSeconds": 0,
                                              "containers": [{"name": "c", "image": "registry.invalid/none:1"}]}},
     {"conditions": [{"type": "TestCondition", "status": "True"}], "message": "patched"}),
    ("", "v1", "podtemplates", True, "PodTemplate", {"template": TEMPLATE}, None),
    ("", "v1", "replicationcontrollers", True, "ReplicationController", {"spec": {"replicas": 0, "selector": {"app": "x"}, "template": TEMPLATE}},
     {"readyReplicas": 0, "conditions": condition("StatusUpdate")}),
    ("", "v1", "resourcequotas", True, "ResourceQuota", {"spec": {"hard": {"count/foos.example.com": "5"}}}, {"hard": {"count/foos.example.com": "6"}}),
    ("", "v1", "secrets", True, "Secret", {"data": {"a": "MQ=="}}, None),
    ("", "v1", "serviceaccounts", True, "ServiceAccount", {"automountServiceAccountToken": False}, None),
    ("", "v1", "services", True, "Service", {"spec": {"ports": [{"name": "http", "port": 80, "targetPort": 80}]}},
     {"loadBalancer": {"ingress": [{"ip": "203.0.113.1", "ipMode": "VIP"}]}, "conditions": condition("StatusPatched")}),
    ("", "v1", "namespaces", False, "Namespace", {}, {"conditions": condition("StatusPatch")}),
    ("", "v1", "nodes", False, "Node", {"spec": {"unschedulable": True}}, {"conditions": condition("TestReady")}),
    ("", "v1", "persistentvolumes", False, "PersistentVolume",
     {"spec": {"capacity": {"storage": "1Mi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "none-of-these", "hostPath": {"path": "/tmp/none"},
               "persistentVolumeReclaimPolicy": "Retain"}}, {"message": "StatusPatched", "reason": "E2E"}),
    ("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", False, "MutatingWebhookConfiguration", {"webhooks": [{
        "name": "w.example.com", "clientConfig": {"url": "https://127.0.0.1:9/"}, "sideEffects": "None", "admissionReviewVersions": ["v1"], "failurePolicy": "Ignore",
        "rules": [{"operations": ["CREATE"], "apiGroups": ["none.example.com"], "apiVersions": ["v1"], "resources": ["nones"]}]}]}, None),
    ("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", False, "ValidatingWebhookConfiguration", {"webhooks": [{
        "name": "w.example.com", "clientConfig": {"url": "https://127.0.0.1:9/"}, "sideEffects": "None", "admissionReviewVersions": ["v1"], "failurePolicy": "Ignore",
        "rules": [{"operations": ["CREATE"], "apiGroups": ["none.example.com"], "apiVersions": ["v1"], "resources": ["nones"]}]}]}, None),
    ("apps", "v1", "controllerrevisions", True, "ControllerRevision", {"revision": 1, "data": {"spec": {"a": 1}}}, None),
    ("apps", "v1", "daemonsets", True, "DaemonSet", {"spec": {"selector": SELECTOR, "template": {
        "metadata": TEMPLATE["metadata"], "spec": {**TEMPLATE["spec"], "nodeSelector": {"no": "where"}}}}}, {"conditions": condition("StatusPatched")}),
    ("apps", "v1", "deployments", True, "Deployment", {"spec": {"replicas": 0, "selector": SELECTOR, "template": TEMPLATE}}, {"conditions": condition("StatusUpdate")}),
    ("apps", "v1", "replicasets", True, "ReplicaSet", {"spec": {"replicas": 0, "selector": SELECTOR, "template": TEMPLATE}}, {"conditions": condition("StatusUpdate")}),
    ("apps", "v1", "statefulsets", True, "StatefulSet", {"spec": {"replicas": 0, "serviceName": "x", "selector": SELECTOR, "template": TEMPLATE}},
     {"replicas": 0, "conditions": condition("StatusUpdate")}),
    ("autoscaling", "v1", "horizontalpodautoscalers", True, "HorizontalPodAutoscaler",
     {"spec": {"maxReplicas": 3, "scaleTargetRef": {"kind": "Deployment", "name": "none", "apiVersion": "apps/v1"}}}, {"currentReplicas": 1, "desiredReplicas": 1}),
    ("autoscaling", "v2", "horizontalpodautoscalers", True, "HorizontalPodAutoscaler",
     {"spec": {"maxReplicas": 3, "scaleTargetRef": {"kind": "Deployment", "name": "none", "apiVersion": "apps/v1"}}},
     {"currentReplicas": 1, "desiredReplicas": 1, "conditions": condition("ScalingActive")}),
    ("batch", "v1", "cronjobs", True, "CronJob", {"spec": {"schedule": "0 0 31 2 *", "suspend": True, "jobTemplate": {"spec": {"template": {
        "spec": {**TEMPLATE["spec"], "restartPolicy": "Never"}}}}}}, {"lastScheduleTime": NOW}),
    ("batch", "v1", "jobs", True, "Job", {"spec": {"suspend": True, "template": {"spec": {**TEMPLATE["spec"], "restartPolicy": "Never"}}}},
     {"conditions": condition("CustomConditionType"), "startTime": None}),
    ("certificates.k8s.io", "v1", "certificatesigningrequests", False, "CertificateSigningRequest",
     {"spec": {"request": "CSR", "signerName": "example.com/signer", "usages": ["digital signature", "key encipherment"]}}, {"conditions": condition("StatusUpdate")}),
    ("coordination.k8s.io", "v1", "leases", True, "Lease", {"spec": {"holderIdentity": "me", "leaseDurationSeconds": 30, "acquireTime": "2026-01-02T03:04:05.000000Z"}}, None),
    ("discovery.k8s.io", "v1", "endpointslices", True, "EndpointSlice", {"addressType": "IPv4", "endpoints": [{"addresses": ["1.2.3.4"], "conditions": {"ready": True}}],
                                                                          "ports": [{"name": "p", "port": 80, "protocol": "TCP"}]}, None),
    ("events.k8s.io", "v1", "events", True, "Event", {"eventTime": "2026-01-02T03:04:05.000000Z", "reportingController": "test", "reportingInstance": "i", "action": "Do",
                                                      "reason": "Test", "type": "Normal", "note": "n", "regarding": {"kind": "Pod", "namespace": "NAMESPACE", "name": "x"}}, None),
    ("flowcontrol.apiserver.k8s.io", "v1", "flowschemas", False, "FlowSchema",
     {"spec": {"matchingPrecedence": 10000, "priorityLevelConfiguration": {"name": "global-default"}, "distinguisherMethod": {"type": "ByUser"},
               "rules": [{"subjects": [{"kind": "User", "user": {"name": "nobody-at-all"}}],
                          "resourceRules": [{"verbs": ["list"], "apiGroups": [""], "resources": ["secrets"], "namespaces": ["none"]}]}]}},
     {"conditions": condition("Dangling")}),
    ("flowcontrol.apiserver.k8s.io", "v1", "prioritylevelconfigurations", False, "PriorityLevelConfiguration",
     {"spec": {"type": "Limited", "limited": {"nominalConcurrencyShares": 2, "limitResponse": {"type": "Reject"}}}}, {"conditions": condition("Conformance")}),
    ("networking.k8s.io", "v1", "ingressclasses", False, "IngressClass", {"spec": {"controller": "example.com/controller"}}, None),
    ("networking.k8s.io", "v1", "ingresses", True, "Ingress", {"spec": {"defaultBackend": {"service": {"name": "none", "port": {"number": 80}}}}},
     {"loadBalancer": {"ingress": [{"ip": "169.1.1.1"}]}}),
    ("networking.k8s.io", "v1", "ipaddresses", False, "IPAddress", {"spec": {"parentRef": {"group": "", "resource": "services", "name": "x", "namespace": "default"}}}, None),
    ("networking.k8s.io", "v1", "networkpolicies", True, "NetworkPolicy", {"spec": {"podSelector": {}, "policyTypes": ["Ingress"]}}, None),
    ("networking.k8s.io", "v1", "servicecidrs", False, "ServiceCIDR", {"spec": {"cidrs": ["10.253.0.0/28"]}}, {"conditions": condition("Ready")}),
    ("node.k8s.io", "v1", "runtimeclasses", False, "RuntimeClass", {"handler": "none"}, None),
    ("policy", "v1", "poddisruptionbudgets", True, "PodDisruptionBudget", {"spec": {"minAvailable": 1, "selector": SELECTOR}},
     {"disruptedPods": {"pod-0": NOW}}),
    ("rbac.authorization.k8s.io", "v1", "clusterrolebindings", False, "ClusterRoleBinding",
     {"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "none"}, "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "u"}]}, None),
    ("rbac.authorization.k8s.io", "v1", "clusterroles", False, "ClusterRole", {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}, None),
    ("rbac.authorization.k8s.io", "v1", "rolebindings", True, "RoleBinding",
     {"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "none"}, "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "u"}]}, None),
    ("rbac.authorization.k8s.io", "v1", "roles", True, "Role", {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}, None),
    ("resource.k8s.io", "v1", "deviceclasses", False, "DeviceClass", {"spec": {}}, None),
    ("resource.k8s.io", "v1", "resourceclaims", True, "ResourceClaim", {"spec": {"devices": {"requests": [{"name": "r", "exactly": {"deviceClassName": "none"}}]}}},
     {"devices": []}),
    ("resource.k8s.io", "v1", "resourceclaimtemplates", True, "ResourceClaimTemplate",
     {"spec": {"spec": {"devices": {"requests": [{"name": "r", "exactly": {"deviceClassName": "none"}}]}}}}, None),
    ("resource.k8s.io", "v1", "resourceslices", False, "ResourceSlice",
     {"spec": {"driver": "d.example.com", "nodeName": "n", "pool": {"name": "p", "generation": 1, "resourceSliceCount": 1}, "devices": [{"name": "d"}]}}, None),
    ("scheduling.k8s.io", "v1", "priorityclasses", False, "PriorityClass", {"value": 1000}, None),
    ("storage.k8s.io", "v1", "csidrivers", False, "CSIDriver", {"spec": {"attachRequired": False}}, None),
    ("storage.k8s.io", "v1", "csinodes", False, "CSINode", {"spec": {"drivers": []}}, None),
    ("storage.k8s.io", "v1", "csistoragecapacities", True, "CSIStorageCapacity", {"storageClassName": "none", "capacity": "1Gi"}, None),
    ("storage.k8s.io", "v1", "storageclasses", False, "StorageClass", {"provisioner": "example.com/p"}, None),
    ("storage.k8s.io", "v1", "volumeattachments", False, "VolumeAttachment", {"spec": {"attacher": "example.com/a", "nodeName": "n", "source": {"persistentVolumeName": "p"}}},
     {"attached": True}),
    ("storage.k8s.io", "v1", "volumeattributesclasses", False, "VolumeAttributesClass", {"driverName": "example.com/d", "parameters": {"a": "b"}}, None),
]
# Kinds of the tables that minik serves only as a refusal or not at all yet; each says so when asked.
LATER = {
    "validatingadmissionpolicies", "validatingadmissionpolicybindings", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings", "apiservices",
}
