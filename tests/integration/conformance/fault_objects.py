"""Rich valid objects of every kind: what faults.py spoils. (version, kind, plural, namespaced, name, object without metadata, status or None), most used first."""
from fault_pods import *

NS = "faults"
CONDITION = [{"type": "Odd", "status": "True", "reason": "Because", "message": "m", "lastTransitionTime": NOW, "observedGeneration": 1}]
PLAIN = [{"type": "Odd", "status": "True", "reason": "Because", "message": "m", "lastTransitionTime": NOW}]
REF = {"apiVersion": "v1", "kind": "Pod", "namespace": NS, "name": "p", "uid": "u", "resourceVersion": "1", "fieldPath": "spec.containers{c}"}
LABELS = {"app": "x"}
TOPOLOGY = [{"matchLabelExpressions": [{"key": "zone", "values": ["a", "b"]}]}]
OWNER = "rbac.authorization.k8s.io"


def pods(name, spec, status=None):
    return ("v1", "Pod", "pods", True, name, {"spec": spec}, status)


PODS = [pods("runs", RUNS, POD_STATUS), pods("mounts", MOUNTS), pods("placed", PLACED), pods("host", HOST), pods("windows", WINDOWS), pods("rare-mounts", RARE_MOUNTS)]

PORTS = [{"name": "http", "port": 80, "targetPort": "http", "protocol": "TCP", "appProtocol": "kubernetes.io/h2c"}, {"name": "dns", "port": 53, "targetPort": 5353, "protocol": "UDP"}]
SERVICES = [
    ("v1", "Service", "services", True, "plain", {"spec": {
        "type": "ClusterIP", "selector": LABELS, "ports": PORTS, "sessionAffinity": "ClientIP", "sessionAffinityConfig": {"clientIP": {"timeoutSeconds": 100}},
        "ipFamilyPolicy": "SingleStack", "ipFamilies": ["IPv4"], "publishNotReadyAddresses": True, "internalTrafficPolicy": "Local", "externalIPs": ["203.0.113.9"],
        "trafficDistribution": "PreferSameZone"}}, {"conditions": CONDITION}),
    ("v1", "Service", "services", True, "balanced", {"spec": {
        "type": "LoadBalancer", "selector": LABELS, "ports": [{**PORTS[0], "nodePort": 31001}, {**PORTS[1], "nodePort": 31002}], "loadBalancerIP": "203.0.113.8",
        "loadBalancerClass": "example.com/lb", "loadBalancerSourceRanges": ["10.0.0.0/8", "192.168.0.0/16"], "externalTrafficPolicy": "Local", "healthCheckNodePort": 31003,
        "allocateLoadBalancerNodePorts": True}},
     {"loadBalancer": {"ingress": [{"ip": "203.0.113.1", "ipMode": "VIP", "ports": [{"port": 80, "protocol": "TCP", "error": "Odd"}]}, {"hostname": "lb.example.com"}]}}),
    ("v1", "Service", "services", True, "fixed", {"spec": {"type": "NodePort", "clusterIP": "10.43.7.7", "ports": [{"port": 80, "nodePort": 31004}]}}, None),
    ("v1", "Service", "services", True, "headless", {"spec": {"clusterIP": "None", "selector": LABELS, "ports": [{"port": 80}]}}, None),
    ("v1", "Service", "services", True, "named", {"spec": {"type": "ExternalName", "externalName": "db.example.com"}}, None),
]

WORKLOADS = [
    ("apps/v1", "Deployment", "deployments", True, "rich", {"spec": {
        "replicas": 2, "selector": SELECT, "template": template(), "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 1}},
        "minReadySeconds": 5, "revisionHistoryLimit": 3, "paused": True, "progressDeadlineSeconds": 60}},
     {"replicas": 2, "updatedReplicas": 1, "readyReplicas": 1, "availableReplicas": 1, "unavailableReplicas": 1, "observedGeneration": 1, "collisionCount": 1,
      "conditions": [{**PLAIN[0], "lastUpdateTime": NOW}]}),
    ("apps/v1", "ReplicaSet", "replicasets", True, "rich", {"spec": {"replicas": 2, "minReadySeconds": 5, "selector": SELECT, "template": template()}},
     {"replicas": 2, "fullyLabeledReplicas": 1, "readyReplicas": 1, "availableReplicas": 1, "observedGeneration": 1, "conditions": PLAIN}),
    ("apps/v1", "StatefulSet", "statefulsets", True, "rich", {"spec": {
        "replicas": 2, "serviceName": "s", "selector": SELECT, "template": template(), "podManagementPolicy": "Parallel", "minReadySeconds": 5, "revisionHistoryLimit": 3,
        "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 1, "maxUnavailable": 1}}, "ordinals": {"start": 3},
        "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Delete", "whenScaled": "Retain"},
        "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}]}},
     {"replicas": 2, "readyReplicas": 1, "currentReplicas": 1, "updatedReplicas": 1, "availableReplicas": 1, "observedGeneration": 1, "collisionCount": 1,
      "currentRevision": "a", "updateRevision": "b", "conditions": PLAIN}),
    ("apps/v1", "DaemonSet", "daemonsets", True, "rich", {"spec": {
        "selector": SELECT, "template": template(), "minReadySeconds": 5, "revisionHistoryLimit": 3,
        "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": "10%"}}}},
     {"currentNumberScheduled": 2, "desiredNumberScheduled": 2, "numberReady": 1, "numberMisscheduled": 1, "updatedNumberScheduled": 1, "numberAvailable": 1,
      "numberUnavailable": 1, "observedGeneration": 1, "collisionCount": 1, "conditions": PLAIN}),
    ("v1", "ReplicationController", "replicationcontrollers", True, "rich", {"spec": {"replicas": 2, "minReadySeconds": 5, "selector": LABELS, "template": template()}},
     {"replicas": 2, "fullyLabeledReplicas": 1, "readyReplicas": 1, "availableReplicas": 1, "observedGeneration": 1, "conditions": PLAIN}),
    ("batch/v1", "Job", "jobs", True, "indexed", {"spec": {
        "suspend": True, "parallelism": 2, "completions": 3, "completionMode": "Indexed", "backoffLimitPerIndex": 1, "maxFailedIndexes": 2, "activeDeadlineSeconds": 60,
        "ttlSecondsAfterFinished": 60, "podReplacementPolicy": "Failed", "managedBy": "example.com/mine", "successPolicy": {"rules": [{"succeededIndexes": "0-1,2", "succeededCount": 1}]},
        "podFailurePolicy": {"rules": [{"action": "FailIndex", "onExitCodes": {"containerName": "c", "operator": "In", "values": [1, 2]}},
                                       {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]},
        "template": template(restartPolicy="Never")}},
     {"active": 1, "ready": 1, "failed": 1, "succeeded": 1, "terminating": 0, "startTime": NOW, "completedIndexes": "0", "failedIndexes": "1",
      "uncountedTerminatedPods": {"succeeded": ["a"], "failed": ["b"]}, "conditions": [{"type": "Odd", "status": "True", "lastProbeTime": NOW, "lastTransitionTime": NOW}]}),
    ("batch/v1", "Job", "jobs", True, "plain", {"spec": {
        "parallelism": 2, "completions": 3, "backoffLimit": 4, "manualSelector": True, "selector": {"matchLabels": LABELS}, "template": template(restartPolicy="OnFailure")}},
     {"active": 2, "ready": 1, "terminating": 0, "startTime": NOW, "uncountedTerminatedPods": {}}),
    ("batch/v1", "CronJob", "cronjobs", True, "rich", {"spec": {
        "schedule": "*/5 1-3 * * 1", "timeZone": "Europe/Berlin", "startingDeadlineSeconds": 100, "concurrencyPolicy": "Forbid", "suspend": True, "successfulJobsHistoryLimit": 2,
        "failedJobsHistoryLimit": 1, "jobTemplate": {"metadata": {"labels": {"a": "b"}}, "spec": {"backoffLimit": 4, "completions": 2, "parallelism": 2,
                                                                                                  "template": template(restartPolicy="Never")}}}},
     {"active": [REF], "lastScheduleTime": NOW, "lastSuccessfulTime": NOW}),
    ("v1", "PodTemplate", "podtemplates", True, "rich", {"template": template()}, None),
]

CLAIM = {"accessModes": ["ReadWriteOnce", "ReadOnlyMany"], "storageClassName": "fast", "volumeMode": "Filesystem", "volumeAttributesClassName": "gold",
         "resources": {"requests": {"storage": "1Gi"}, "limits": {"storage": "2Gi"}}}
VOLUME = {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce", "ReadOnlyMany"], "storageClassName": "fast", "persistentVolumeReclaimPolicy": "Retain",
          "volumeMode": "Filesystem", "mountOptions": ["ro", "soft"]}
AFFINE = {"required": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": ["n1"]}]}]}}
SECRET = {"name": "s", "namespace": "n"}


def volume(name, status=None, **source):
    return ("v1", "PersistentVolume", "persistentvolumes", False, "faults-" + name, {"spec": {**VOLUME, **source}}, status)


STORAGE = [
    ("v1", "PersistentVolumeClaim", "persistentvolumeclaims", True, "selects", {"spec": {**CLAIM, "selector": SELECT}},
     {"phase": "Bound", "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}, "allocatedResources": {"storage": "2Gi"},
      "allocatedResourceStatuses": {"storage": "ControllerResizeInProgress"}, "currentVolumeAttributesClassName": "gold",
      "modifyVolumeStatus": {"targetVolumeAttributesClassName": "gold", "status": "Pending"},
      "conditions": [{"type": "Resizing", "status": "True", "reason": "R", "message": "m", "lastProbeTime": NOW, "lastTransitionTime": NOW}]}),
    ("v1", "PersistentVolumeClaim", "persistentvolumeclaims", True, "copies", {"spec": {
        **CLAIM, "volumeName": "faults-v", "dataSource": {"apiGroup": "snapshot.storage.k8s.io", "kind": "VolumeSnapshot", "name": "s"}}}, None),
    volume("path", {"phase": "Available", "message": "m", "reason": "R", "lastPhaseTransitionTime": NOW}, hostPath={"path": "/p", "type": "Directory"},
           claimRef={"kind": "PersistentVolumeClaim", "apiVersion": "v1", "namespace": NS, "name": "c", "uid": "u"}, nodeAffinity=AFFINE),
    volume("local", None, local={"path": "/p", "fsType": "ext4"}, nodeAffinity=AFFINE), volume("nfs", None, nfs={"server": "s", "path": "/p", "readOnly": True}),
    volume("csi", None, volumeAttributesClassName="gold", csi={
        "driver": "d.example.com", "volumeHandle": "h", "readOnly": True, "fsType": "ext4", "volumeAttributes": {"a": "b"}, "controllerPublishSecretRef": SECRET,
        "nodeStageSecretRef": SECRET, "nodePublishSecretRef": SECRET, "controllerExpandSecretRef": SECRET, "nodeExpandSecretRef": SECRET}),
    volume("iscsi", None, iscsi={"targetPortal": "1.2.3.4:3260", "iqn": "iqn.2001-04.com.example:a", "lun": 1, "fsType": "ext4", "secretRef": SECRET}),
    volume("fc", None, fc={"targetWWNs": ["5006"], "lun": 2}), volume("azure", None, azureFile={"secretName": "s", "shareName": "h", "secretNamespace": "n"}),
    volume("rbd", None, rbd={"monitors": ["m"], "image": "i"}), volume("cephfs", None, cephfs={"monitors": ["m"], "path": "/c"}),
    volume("flex", None, flexVolume={"driver": "a/b", "fsType": "ext4"}), volume("cinder", None, cinder={"volumeID": "v"}),
    volume("vsphere", None, vsphereVolume={"volumePath": "v"}), volume("ebs", None, awsElasticBlockStore={"volumeID": "v"}),
    volume("gce", None, gcePersistentDisk={"pdName": "v"}), volume("disk", None, azureDisk={"diskName": "d", "diskURI": "https://a.blob.core.windows.net/c/d.vhd"}),
    volume("gluster", None, glusterfs={"endpoints": "e", "path": "p", "endpointsNamespace": "n"}),
    ("storage.k8s.io/v1", "StorageClass", "storageclasses", False, "faults", {
        "provisioner": "example.com/p", "parameters": {"a": "b"}, "reclaimPolicy": "Retain", "mountOptions": ["ro"], "allowVolumeExpansion": True,
        "volumeBindingMode": "WaitForFirstConsumer", "allowedTopologies": TOPOLOGY}, None),
    ("storage.k8s.io/v1", "CSIDriver", "csidrivers", False, "faults.example.com", {"spec": {
        "attachRequired": True, "podInfoOnMount": True, "volumeLifecycleModes": ["Persistent", "Ephemeral"], "storageCapacity": True, "fsGroupPolicy": "File",
        "tokenRequests": [{"audience": "a", "expirationSeconds": 3600}, {"audience": "b"}], "requiresRepublish": True, "seLinuxMount": True,
        "nodeAllocatableUpdatePeriodSeconds": 20, "serviceAccountTokenInSecrets": True}}, None),
    ("storage.k8s.io/v1", "CSINode", "csinodes", False, "faults", {"spec": {"drivers": [
        {"name": "d.example.com", "nodeID": "n", "topologyKeys": ["example.com/zone", "b"], "allocatable": {"count": 3}}, {"name": "e.example.com", "nodeID": "m"}]}}, None),
    ("storage.k8s.io/v1", "CSIStorageCapacity", "csistoragecapacities", True, "rich", {
        "storageClassName": "fast", "capacity": "1Gi", "maximumVolumeSize": "1Mi", "nodeTopology": SELECT}, None),
    ("storage.k8s.io/v1", "VolumeAttachment", "volumeattachments", False, "faults", {"spec": {
        "attacher": "a.example.com", "nodeName": "n", "source": {"persistentVolumeName": "p"}}},
     {"attached": True, "attachmentMetadata": {"a": "b"}, "attachError": {"message": "m", "time": NOW, "errorCode": 5}, "detachError": {"message": "m"}}),
    ("storage.k8s.io/v1", "VolumeAttributesClass", "volumeattributesclasses", False, "faults", {"driverName": "d.example.com", "parameters": {"a": "b"}}, None),
]

BACKEND = {"service": {"name": "s", "port": {"number": 80}}}
NETWORK = [
    ("networking.k8s.io/v1", "Ingress", "ingresses", True, "rich", {"spec": {
        "ingressClassName": "nginx", "defaultBackend": {"service": {"name": "s", "port": {"name": "http"}}}, "tls": [{"hosts": ["a.example.com", "*.b.example.com"], "secretName": "t"}],
        "rules": [{"host": "a.example.com", "http": {"paths": [{"path": "/a", "pathType": "Prefix", "backend": BACKEND}, {"path": "/b", "pathType": "Exact", "backend": {
            "resource": {"apiGroup": "example.com", "kind": "Bucket", "name": "b"}}}, {"pathType": "ImplementationSpecific", "backend": BACKEND}]}}, {"host": "*.b.example.com"}]}},
     {"loadBalancer": {"ingress": [{"ip": "203.0.113.1", "ports": [{"port": 80, "protocol": "TCP", "error": "Odd"}]}, {"hostname": "lb.example.com"}]}}),
    ("networking.k8s.io/v1", "IngressClass", "ingressclasses", False, "faults", {"spec": {
        "controller": "example.com/c", "parameters": {"apiGroup": "example.com", "kind": "Params", "name": "p", "scope": "Namespace", "namespace": "n"}}}, None),
    ("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", True, "rich", {"spec": {
        "podSelector": SELECT, "policyTypes": ["Ingress", "Egress"],
        "ingress": [{"from": [{"podSelector": SELECT, "namespaceSelector": SELECT}, {"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}],
                     "ports": [{"port": 80, "endPort": 90, "protocol": "TCP"}, {"port": "http"}]}],
        "egress": [{"to": [{"namespaceSelector": {}}], "ports": [{"protocol": "UDP", "port": 53}]}]}}, None),
    ("networking.k8s.io/v1", "ServiceCIDR", "servicecidrs", False, "faults", {"spec": {"cidrs": ["10.253.0.0/28"]}}, {"conditions": CONDITION}),
    ("networking.k8s.io/v1", "IPAddress", "ipaddresses", False, "10.253.0.3", {"spec": {"parentRef": {"group": "apps", "resource": "services", "name": "x", "namespace": "n"}}}, None),
    ("v1", "Endpoints", "endpoints", True, "rich", {"subsets": [{
        "addresses": [{"ip": "10.0.0.24", "hostname": "h", "nodeName": "n", "targetRef": REF}], "notReadyAddresses": [{"ip": "10.0.0.25"}],
        "ports": [{"name": "http", "port": 80, "protocol": "TCP", "appProtocol": "http"}, {"name": "b", "port": 81, "protocol": "UDP"}]}]}, None),
    ("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", True, "rich", {
        "addressType": "IPv4", "ports": [{"name": "http", "port": 80, "protocol": "TCP", "appProtocol": "example.com/x"}, {"name": "", "port": 81, "protocol": "UDP"}],
        "endpoints": [{"addresses": ["10.1.2.3"], "conditions": {"ready": True, "serving": True, "terminating": False}, "hostname": "h", "nodeName": "n", "zone": "z",
                       "targetRef": REF, "hints": {"forZones": [{"name": "z"}], "forNodes": [{"name": "n"}]}, "deprecatedTopology": {"a": "b"}}]}, None),
    ("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", True, "named", {"addressType": "FQDN", "endpoints": [{"addresses": ["a.example.com"]}], "ports": []}, None),
]

SUBJECTS = [{"kind": "User", "apiGroup": OWNER, "name": "u"}, {"kind": "Group", "apiGroup": OWNER, "name": "g"}, {"kind": "ServiceAccount", "name": "default", "namespace": "n"}]
RULES = [{"apiGroups": ["", "apps"], "resources": ["pods", "pods/log"], "verbs": ["get", "list"], "resourceNames": ["a"]}]
ACCESS = [
    (OWNER + "/v1", "Role", "roles", True, "rich", {"rules": RULES}, None),
    (OWNER + "/v1", "ClusterRole", "clusterroles", False, "faults", {"rules": RULES + [{"nonResourceURLs": ["/healthz", "/x/*"], "verbs": ["get"]}]}, None),
    (OWNER + "/v1", "ClusterRole", "clusterroles", False, "faults-sum", {"aggregationRule": {"clusterRoleSelectors": [SELECT]}}, None),
    (OWNER + "/v1", "RoleBinding", "rolebindings", True, "rich", {"roleRef": {"apiGroup": OWNER, "kind": "Role", "name": "r"}, "subjects": SUBJECTS}, None),
    (OWNER + "/v1", "ClusterRoleBinding", "clusterrolebindings", False, "faults", {"roleRef": {"apiGroup": OWNER, "kind": "ClusterRole", "name": "r"}, "subjects": SUBJECTS}, None),
    ("v1", "ServiceAccount", "serviceaccounts", True, "rich", {
        "automountServiceAccountToken": False, "imagePullSecrets": [{"name": "s"}], "secrets": [{"name": "s", "kind": "Secret", "namespace": NS}]}, None),
]

METRIC = {"name": "m", "selector": SELECT}
SCALE_RULES = {"stabilizationWindowSeconds": 60, "selectPolicy": "Max", "policies": [{"type": "Percent", "value": 50, "periodSeconds": 15}, {"type": "Pods", "value": 4, "periodSeconds": 15}]}
CURRENT = {"averageUtilization": 40, "averageValue": "100m"}
POLICY = [
    ("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", True, "rich", {"spec": {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"}, "minReplicas": 2, "maxReplicas": 5, "behavior": {"scaleUp": SCALE_RULES, "scaleDown": SCALE_RULES},
        "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 50}}},
                    {"type": "ContainerResource", "containerResource": {"name": "memory", "container": "c", "target": {"type": "AverageValue", "averageValue": "1Mi"}}},
                    {"type": "Pods", "pods": {"metric": METRIC, "target": {"type": "AverageValue", "averageValue": "1"}}},
                    {"type": "Object", "object": {"metric": METRIC, "describedObject": {"apiVersion": "v1", "kind": "Service", "name": "s"}, "target": {"type": "Value", "value": "1"}}},
                    {"type": "External", "external": {"metric": METRIC, "target": {"type": "Value", "value": "2"}}}]}},
     {"currentReplicas": 2, "desiredReplicas": 3, "lastScaleTime": NOW, "observedGeneration": 1, "conditions": PLAIN,
      "currentMetrics": [{"type": "Resource", "resource": {"name": "cpu", "current": CURRENT}}]}),
    ("autoscaling/v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers", True, "old", {"spec": {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"}, "minReplicas": 2, "maxReplicas": 5, "targetCPUUtilizationPercentage": 60}},
     {"currentReplicas": 2, "desiredReplicas": 3, "lastScaleTime": NOW, "observedGeneration": 1, "currentCPUUtilizationPercentage": 40}),
    ("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", True, "rich", {"spec": {
        "minAvailable": "50%", "selector": SELECT, "unhealthyPodEvictionPolicy": "AlwaysAllow"}},
     {"currentHealthy": 1, "desiredHealthy": 1, "expectedPods": 2, "disruptionsAllowed": 1, "observedGeneration": 1, "disruptedPods": {"p": NOW}, "conditions": CONDITION}),
    ("v1", "LimitRange", "limitranges", True, "rich", {"spec": {"limits": [
        {"type": "Container", "max": {"cpu": "2", "memory": "1Gi"}, "min": {"cpu": "10m"}, "default": {"cpu": "1"}, "defaultRequest": {"cpu": "500m"}, "maxLimitRequestRatio": {"cpu": "4"}},
        {"type": "Pod", "max": {"cpu": "4"}, "min": {"cpu": "20m"}, "maxLimitRequestRatio": {"cpu": "3"}}, {"type": "PersistentVolumeClaim", "max": {"storage": "2Gi"}, "min": {"storage": "1Mi"}}]}}, None),
    ("v1", "ResourceQuota", "resourcequotas", True, "rich", {"spec": {
        "hard": {"pods": "10", "requests.cpu": "4", "count/secrets": "500", "limits.memory": "1Gi"},
        "scopeSelector": {"matchExpressions": [{"scopeName": "PriorityClass", "operator": "In", "values": ["high"]}, {"scopeName": "NotTerminating", "operator": "Exists"}]}}},
     {"hard": {"pods": "10"}, "used": {"pods": "1"}}),
    ("v1", "ResourceQuota", "resourcequotas", True, "scoped", {"spec": {"hard": {"pods": "100"}, "scopes": ["BestEffort", "NotTerminating"]}}, None),
    ("scheduling.k8s.io/v1", "PriorityClass", "priorityclasses", False, "faults", {
        "value": 1000, "globalDefault": False, "description": "d", "preemptionPolicy": "Never"}, None),
    ("node.k8s.io/v1", "RuntimeClass", "runtimeclasses", False, "faults", {
        "handler": "h", "overhead": {"podFixed": {"cpu": "10m", "memory": "1Mi"}},
        "scheduling": {"nodeSelector": {"a": "b"}, "tolerations": [{"key": "a", "operator": "Equal", "value": "b", "effect": "NoExecute", "tolerationSeconds": 5}]}}, None),
    ("coordination.k8s.io/v1", "Lease", "leases", True, "rich", {"spec": {
        "holderIdentity": "me", "leaseDurationSeconds": 30, "acquireTime": "2026-01-02T03:04:05.000000Z", "renewTime": "2026-01-02T03:04:05.000000Z", "leaseTransitions": 1}}, None),
]

CORE = [
    ("v1", "ConfigMap", "configmaps", True, "rich", {"data": {"a": "1", "b.txt": "2"}, "binaryData": {"c": "AAE="}, "immutable": False}, None),
    ("v1", "ConfigMap", "configmaps", True, "frozen", {"data": {"a": "1"}, "binaryData": {"c": "AAE="}, "immutable": True}, None),
    ("v1", "Secret", "secrets", True, "rich", {"data": {"a": "MQ==", "b.txt": "Mg=="}, "type": "Opaque", "stringData": {"c": "d"}}, None),
    ("v1", "Secret", "secrets", True, "frozen", {"data": {"a": "MQ=="}, "type": "example.com/x", "immutable": True}, None),
    ("v1", "Secret", "secrets", True, "tls", {"data": {"tls.crt": "MQ==", "tls.key": "Mg=="}, "type": "kubernetes.io/tls"}, None),
    ("v1", "Secret", "secrets", True, "auth", {"data": {"username": "MQ==", "password": "Mg=="}, "type": "kubernetes.io/basic-auth"}, None),
    ("v1", "Secret", "secrets", True, "ssh", {"data": {"ssh-privatekey": "MQ=="}, "type": "kubernetes.io/ssh-auth"}, None),
    ("v1", "Secret", "secrets", True, "docker", {"data": {".dockerconfigjson": "e30="}, "type": "kubernetes.io/dockerconfigjson"}, None),
    ("v1", "Secret", "secrets", True, "old-docker", {"data": {".dockercfg": "e30="}, "type": "kubernetes.io/dockercfg"}, None),
    ("v1", "Namespace", "namespaces", False, "faults-other", {"spec": {"finalizers": ["kubernetes"]}}, {"phase": "Active", "conditions": PLAIN}),
    ("v1", "Node", "nodes", False, "faults", {"spec": {
        "podCIDR": "10.42.9.0/24", "podCIDRs": ["10.42.9.0/24", "fd00:9::/64"], "providerID": "minik://faults", "unschedulable": False,
        "taints": [{"key": "a", "value": "b", "effect": "NoSchedule", "timeAdded": NOW}, {"key": "a", "effect": "NoExecute"}]}},
     {"capacity": {"cpu": "2", "memory": "1Gi", "pods": "110"}, "allocatable": {"cpu": "1", "memory": "1Gi"}, "phase": "Running",
      "addresses": [{"type": "InternalIP", "address": "10.0.0.1"}, {"type": "Hostname", "address": "h"}], "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}},
      "conditions": [{"type": "Ready", "status": "True", "reason": "R", "message": "m", "lastHeartbeatTime": NOW, "lastTransitionTime": NOW}],
      "nodeInfo": {"machineID": "m", "systemUUID": "s", "bootID": "b", "kernelVersion": "k", "osImage": "o", "containerRuntimeVersion": "r", "kubeletVersion": "v", "kubeProxyVersion": "",
                   "operatingSystem": "linux", "architecture": "amd64"},
      "images": [{"names": [IMAGE], "sizeBytes": 5}], "volumesInUse": ["v"], "volumesAttached": [{"name": "v", "devicePath": "/dev/v"}],
      "runtimeHandlers": [{"name": "h", "features": {"recursiveReadOnlyMounts": True}}], "features": {"supplementalGroupsPolicy": True}}),
    ("v1", "Event", "events", True, "rich", {
        "involvedObject": REF, "reason": "Test", "message": "m", "type": "Normal", "source": {"component": "test", "host": "h"}, "firstTimestamp": NOW, "lastTimestamp": NOW, "count": 1,
        "reportingComponent": "c", "reportingInstance": "i"}, None),
    ("v1", "Event", "events", True, "new", {
        "involvedObject": REF, "reason": "Test", "message": "m", "type": "Normal", "eventTime": "2026-01-02T03:04:05.000000Z", "action": "Do", "reportingComponent": "example.com/c",
        "reportingInstance": "i", "series": {"count": 2, "lastObservedTime": "2026-01-02T03:04:05.000000Z"}, "related": REF}, None),
    ("events.k8s.io/v1", "Event", "events", True, "newest", {
        "regarding": REF, "related": REF, "reason": "Test", "note": "m", "type": "Normal", "eventTime": "2026-01-02T03:04:05.000000Z", "action": "Do",
        "reportingController": "example.com/c", "reportingInstance": "i", "series": {"count": 2, "lastObservedTime": "2026-01-02T03:04:05.000000Z"}}, None),
    ("apps/v1", "ControllerRevision", "controllerrevisions", True, "rich", {"revision": 1, "data": {"spec": {"a": 1}}}, None),
]

HOOK = {"name": "w.example.com", "clientConfig": {"service": {"name": "s", "namespace": "n", "path": "/p", "port": 8443}}, "sideEffects": "None",
        "admissionReviewVersions": ["v1", "v1beta1"], "failurePolicy": "Ignore", "matchPolicy": "Exact", "timeoutSeconds": 5, "namespaceSelector": SELECT, "objectSelector": SELECT,
        "rules": [{"operations": ["CREATE", "UPDATE"], "apiGroups": ["none.example.com"], "apiVersions": ["v1"], "resources": ["nones", "nones/status"], "scope": "Namespaced"}]}
BY_URL = {**HOOK, "name": "u.example.com", "clientConfig": {"url": "https://127.0.0.1:9/x"}}
SCHEMA = {"type": "object", "required": ["spec"], "properties": {
    "spec": {"type": "object", "description": "d", "required": ["n"], "properties": {
        "n": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 9, "default": 2}, "s": {"type": "string", "pattern": "^[a-z]*$", "maxLength": 5, "minLength": 1, "nullable": True},
        "e": {"type": "string", "enum": ["a", "b"]}, "l": {"type": "array", "maxItems": 3, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"], "items": {
            "type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}}},
        "m": {"type": "object", "additionalProperties": {"type": "string"}}, "p": {"x-kubernetes-int-or-string": True},
        "x": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}},
    "status": {"type": "object", "properties": {"replicas": {"type": "integer"}}}}}
EXTENSIONS = [
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", False, "things.faults.example.com", {"spec": {
        "group": "faults.example.com", "scope": "Namespaced", "names": {"plural": "things", "singular": "thing", "kind": "Thing", "listKind": "ThingList", "shortNames": ["th"], "categories": ["all"]},
        "conversion": {"strategy": "None"}, "preserveUnknownFields": False,
        "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": SCHEMA},
                      "subresources": {"status": {}, "scale": {"specReplicasPath": ".spec.n", "statusReplicasPath": ".status.replicas", "labelSelectorPath": ".status.selector"}},
                      "additionalPrinterColumns": [{"name": "N", "type": "integer", "jsonPath": ".spec.n", "description": "d", "format": "int32", "priority": 1}],
                      "selectableFields": [{"jsonPath": ".spec.s"}]},
                     {"name": "v1beta1", "served": True, "storage": False, "deprecated": True, "deprecationWarning": "old", "schema": {"openAPIV3Schema": {
                         "type": "object", "x-kubernetes-preserve-unknown-fields": True}}}]}}, None),
    ("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", False, "faults", {"webhooks": [HOOK, BY_URL]}, None),
    ("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", False, "faults", {
        "webhooks": [{**HOOK, "reinvocationPolicy": "IfNeeded"}, BY_URL]}, None),
    ("certificates.k8s.io/v1", "CertificateSigningRequest", "certificatesigningrequests", False, "faults", {"spec": {
        "request": "CSR", "signerName": "example.com/signer", "usages": ["digital signature", "key encipherment"], "expirationSeconds": 3600}}, {"conditions": [{**PLAIN[0], "lastUpdateTime": NOW}]}),
    ("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", "flowschemas", False, "faults", {"spec": {
        "matchingPrecedence": 9000, "priorityLevelConfiguration": {"name": "global-default"}, "distinguisherMethod": {"type": "ByUser"},
        "rules": [{"subjects": [{"kind": "User", "user": {"name": "nobody"}}, {"kind": "Group", "group": {"name": "none"}},
                                {"kind": "ServiceAccount", "serviceAccount": {"namespace": "n", "name": "a"}}],
                   "resourceRules": [{"verbs": ["list"], "apiGroups": [""], "resources": ["secrets"], "namespaces": ["none"], "clusterScope": True}],
                   "nonResourceRules": [{"verbs": ["get"], "nonResourceURLs": ["/x/*"]}]}]}}, None),
    ("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration", "prioritylevelconfigurations", False, "faults", {"spec": {
        "type": "Limited", "limited": {"nominalConcurrencyShares": 2, "lendablePercent": 10, "borrowingLimitPercent": 20, "limitResponse": {
            "type": "Queue", "queuing": {"queues": 8, "handSize": 3, "queueLengthLimit": 10}}}}}, None),
    ("apiregistration.k8s.io/v1", "APIService", "apiservices", False, "v1.none.example.com", {"spec": {
        "group": "none.example.com", "version": "v1", "groupPriorityMinimum": 100, "versionPriority": 10, "insecureSkipTLSVerify": True,
        "service": {"name": "s", "namespace": "n", "port": 443}}}, None),
]
OBJECTS = PODS + SERVICES + WORKLOADS + STORAGE + NETWORK + ACCESS + POLICY + CORE + EXTENSIONS
