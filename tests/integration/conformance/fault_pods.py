"""Pods that have nearly every field a pod can have, for faults.py to spoil: what runs, what is mounted, where it may run."""
IMAGE = "registry.invalid/none:1"
NOW = "2026-01-02T03:04:05Z"
SELECT = {"matchLabels": {"app": "x"}, "matchExpressions": [{"key": "tier", "operator": "In", "values": ["a", "b"]}, {"key": "old", "operator": "DoesNotExist"}]}
HTTP = {"path": "/ok", "port": "http", "host": "example.com", "scheme": "HTTP", "httpHeaders": [{"name": "X-A", "value": "b"}]}
PROBE = {"initialDelaySeconds": 1, "timeoutSeconds": 2, "periodSeconds": 3, "failureThreshold": 4}

RUNS = {
    "automountServiceAccountToken": False, "restartPolicy": "Always", "terminationGracePeriodSeconds": 5,
    "initContainers": [
        {"name": "i", "image": IMAGE, "resources": {"requests": {"cpu": "10m"}}},
        {"name": "side", "image": IMAGE, "restartPolicy": "Always", "startupProbe": {"exec": {"command": ["a"]}, **PROBE}},
    ],
    "containers": [
        {"name": "c", "image": IMAGE, "imagePullPolicy": "IfNotPresent", "command": ["a"], "args": ["b"], "workingDir": "/w", "stdin": True, "stdinOnce": True, "tty": True,
         "terminationMessagePath": "/dev/log", "terminationMessagePolicy": "FallbackToLogsOnError",
         "ports": [{"name": "http", "containerPort": 80, "protocol": "TCP"}, {"name": "dns", "containerPort": 53, "hostPort": 5353, "hostIP": "10.1.2.3", "protocol": "UDP"}],
         "env": [{"name": "A", "value": "b"}, {"name": "F", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.name"}}},
                 {"name": "R", "valueFrom": {"resourceFieldRef": {"containerName": "c", "resource": "limits.cpu", "divisor": "1m"}}},
                 {"name": "S", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k", "optional": True}}},
                 {"name": "M", "valueFrom": {"configMapKeyRef": {"name": "m", "key": "k"}}}],
         "envFrom": [{"prefix": "P_", "configMapRef": {"name": "m", "optional": True}}, {"secretRef": {"name": "s"}}],
         "resources": {"limits": {"cpu": "1", "memory": "64Mi", "ephemeral-storage": "1Gi", "example.com/gpu": "2"},
                       "requests": {"cpu": "500m", "memory": "32Mi", "example.com/gpu": "2"}},
         "resizePolicy": [{"resourceName": "cpu", "restartPolicy": "NotRequired"}, {"resourceName": "memory", "restartPolicy": "RestartContainer"}],
         "livenessProbe": {"httpGet": HTTP, "terminationGracePeriodSeconds": 3, "successThreshold": 1, **PROBE},
         "readinessProbe": {"tcpSocket": {"port": 80, "host": "example.com"}, "successThreshold": 2, **PROBE},
         "startupProbe": {"grpc": {"port": 81, "service": "s"}, "successThreshold": 1, **PROBE},
         "lifecycle": {"postStart": {"exec": {"command": ["a", "b"]}}, "preStop": {"httpGet": {"port": 80, "path": "/stop"}}},
         "securityContext": {"runAsUser": 1, "runAsGroup": 2, "runAsNonRoot": True, "readOnlyRootFilesystem": True, "allowPrivilegeEscalation": False, "privileged": False,
                             "procMount": "Default", "capabilities": {"add": ["NET_ADMIN"], "drop": ["ALL"]}, "seLinuxOptions": {"level": "s0"},
                             "seccompProfile": {"type": "Localhost", "localhostProfile": "a/b.json"}, "appArmorProfile": {"type": "RuntimeDefault"}}},
        {"name": "two", "image": IMAGE, "lifecycle": {"preStop": {"sleep": {"seconds": 2}}}, "livenessProbe": {"exec": {"command": ["a"]}},
         "ports": [{"containerPort": 81}]},
    ],
    "securityContext": {"runAsUser": 1, "runAsGroup": 2, "runAsNonRoot": True, "fsGroup": 3, "supplementalGroups": [4, 5], "supplementalGroupsPolicy": "Merge",
                        "fsGroupChangePolicy": "OnRootMismatch", "sysctls": [{"name": "net.core.somaxconn", "value": "1"}, {"name": "kernel.sem", "value": "1"}],
                        "seLinuxOptions": {"user": "u", "role": "r", "type": "t", "level": "s0"}, "seccompProfile": {"type": "RuntimeDefault"},
                        "appArmorProfile": {"type": "Localhost", "localhostProfile": "p"}},
}

SOURCES = {
    "hostPath": {"path": "/h", "type": "DirectoryOrCreate"}, "emptyDir": {"medium": "Memory", "sizeLimit": "1Mi"},
    "secret": {"secretName": "s", "defaultMode": 256, "optional": True, "items": [{"key": "k", "path": "p/q", "mode": 292}]},
    "configMap": {"name": "m", "defaultMode": 256, "optional": False, "items": [{"key": "k", "path": "p", "mode": 292}]},
    "downwardAPI": {"defaultMode": 256, "items": [{"path": "l", "fieldRef": {"fieldPath": "metadata.labels", "apiVersion": "v1"}},
                                                  {"path": "c", "mode": 292, "resourceFieldRef": {"containerName": "c", "resource": "requests.memory", "divisor": "1Mi"}}]},
    "projected": {"defaultMode": 256, "sources": [
        {"secret": {"name": "s", "items": [{"key": "k", "path": "one"}]}}, {"configMap": {"name": "m", "optional": True}},
        {"downwardAPI": {"items": [{"path": "two", "fieldRef": {"fieldPath": "metadata.annotations['a']"}}]}},
        {"serviceAccountToken": {"audience": "a", "expirationSeconds": 3600, "path": "token"}}]},
    "nfs": {"server": "n", "path": "/n", "readOnly": True},
    "iscsi": {"targetPortal": "1.2.3.4:3260", "iqn": "iqn.2001-04.com.example:a", "lun": 1, "fsType": "ext4", "portals": ["1.2.3.5"], "initiatorName": "iqn.2001-04.com.example:b",
              "chapAuthSession": True, "secretRef": {"name": "s"}},
    "fc": {"targetWWNs": ["5006"], "lun": 2, "fsType": "ext4"}, "persistentVolumeClaim": {"claimName": "p", "readOnly": True},
    "csi": {"driver": "d.example.com", "fsType": "ext4", "volumeAttributes": {"a": "b"}, "nodePublishSecretRef": {"name": "s"}},
    "ephemeral": {"volumeClaimTemplate": {"metadata": {"labels": {"a": "b"}}, "spec": {
        "accessModes": ["ReadWriteOnce"], "storageClassName": "x", "volumeMode": "Filesystem", "resources": {"requests": {"storage": "1Gi"}}}}},
    "gitRepo": {"repository": "r", "directory": "d", "revision": "v"}, "image": {"reference": "registry.invalid/data:1", "pullPolicy": "Always"},
    "flexVolume": {"driver": "a/b", "fsType": "ext4", "secretRef": {"name": "s"}, "options": {"a": "b"}},
    "rbd": {"monitors": ["m"], "image": "i", "pool": "p", "user": "u", "keyring": "k"}, "cephfs": {"monitors": ["m"], "path": "/c", "user": "u", "secretRef": {"name": "s"}},
    "glusterfs": {"endpoints": "e", "path": "p"}, "cinder": {"volumeID": "v"}, "azureFile": {"secretName": "s", "shareName": "h"}, "quobyte": {"registry": "r:1", "volume": "v"},
    "azureDisk": {"diskName": "d", "diskURI": "/subscriptions/x", "kind": "Managed"}, "vsphereVolume": {"volumePath": "v"}, "portworxVolume": {"volumeID": "v"},
    "awsElasticBlockStore": {"volumeID": "v", "partition": 1}, "gcePersistentDisk": {"pdName": "v", "partition": 1}, "flocker": {"datasetName": "d"},
    "photonPersistentDisk": {"pdID": "p"}, "storageos": {"volumeName": "v"},
    "scaleIO": {"gateway": "https://g/", "system": "s", "volumeName": "v", "secretRef": {"name": "s"}},
}
COMMON = ["hostPath", "emptyDir", "secret", "configMap", "downwardAPI", "projected", "nfs", "persistentVolumeClaim", "csi", "ephemeral", "image"]


def mounts(names):
    return {"automountServiceAccountToken": False, "volumes": [{"name": n.lower(), n: SOURCES[n]} for n in names],
            "containers": [{"name": "c", "image": IMAGE, "volumeMounts": [{"name": n.lower(), "mountPath": "/m/" + n.lower()} for n in names]}]}


MOUNTS = mounts(COMMON)
MOUNTS["volumes"].append({"name": "block", "persistentVolumeClaim": {"claimName": "b"}})
MOUNTS["containers"][0]["volumeDevices"] = [{"name": "block", "devicePath": "/dev/b"}]
MOUNTS["containers"][0]["volumeMounts"][0].update({"readOnly": True, "subPath": "a/b", "mountPropagation": "None", "recursiveReadOnly": "Disabled"})
MOUNTS["containers"][0]["volumeMounts"][1].update({"subPathExpr": "$(A)/b"})
RARE_MOUNTS = mounts([n for n in SOURCES if n not in COMMON])

TERM = {"topologyKey": "kubernetes.io/hostname", "labelSelector": SELECT, "namespaceSelector": SELECT, "namespaces": ["a"], "matchLabelKeys": ["rev"], "mismatchLabelKeys": ["other"]}
NODE_TERM = {"matchExpressions": [{"key": "zone", "operator": "In", "values": ["a", "b"]}, {"key": "n", "operator": "Gt", "values": ["1"]}, {"key": "k", "operator": "Exists"}],
             "matchFields": [{"key": "metadata.name", "operator": "In", "values": ["n1"]}]}
PLACED = {
    "automountServiceAccountToken": False, "containers": [{"name": "c", "image": IMAGE}], "serviceAccountName": "default", "schedulerName": "sched", "enableServiceLinks": False,
    "activeDeadlineSeconds": 100, "hostname": "h", "subdomain": "s", "setHostnameAsFQDN": True, "shareProcessNamespace": True, "nodeSelector": {"example.com/zone": "a"},
    "dnsPolicy": "None", "dnsConfig": {"nameservers": ["10.1.1.1", "10.1.1.2"], "searches": ["example.com", "b.example.com"], "options": [{"name": "ndots", "value": "2"}, {"name": "x"}]},
    "hostAliases": [{"ip": "10.1.1.3", "hostnames": ["a.b", "c"]}], "imagePullSecrets": [{"name": "reg"}], "readinessGates": [{"conditionType": "example.com/ready"}],
    "schedulingGates": [{"name": "example.com/wait"}], "os": {"name": "linux"}, "preemptionPolicy": "PreemptLowerPriority", "priorityClassName": "system-node-critical",
    "tolerations": [{"key": "a", "operator": "Equal", "value": "b", "effect": "NoExecute", "tolerationSeconds": 5}, {"key": "c", "operator": "Exists", "effect": "NoSchedule"}],
    "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule", "labelSelector": SELECT, "minDomains": 2, "nodeAffinityPolicy": "Honor",
                                   "nodeTaintsPolicy": "Ignore", "matchLabelKeys": ["rev"]},
                                  {"maxSkew": 1, "topologyKey": "host", "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": SELECT}],
    "affinity": {
        "nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [NODE_TERM]},
                         "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 5, "preference": NODE_TERM}]},
        "podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [TERM], "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 6, "podAffinityTerm": TERM}]},
        "podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [TERM]}},
}
HOST = {"automountServiceAccountToken": False, "hostNetwork": True, "hostPID": True, "hostIPC": True, "dnsPolicy": "ClusterFirstWithHostNet", "nodeName": "n1", "restartPolicy": "Never",
        "containers": [{"name": "c", "image": IMAGE, "ports": [{"containerPort": 80, "hostPort": 80, "name": "a"}], "securityContext": {"privileged": True}}],
        "tolerations": [{"operator": "Exists"}]}
WINDOWS = {"automountServiceAccountToken": False, "os": {"name": "windows"}, "hostNetwork": True, "securityContext": {"windowsOptions": {
    "hostProcess": True, "runAsUserName": "NT AUTHORITY\\SYSTEM", "gmsaCredentialSpec": "x", "gmsaCredentialSpecName": "y"}},
    "containers": [{"name": "c", "image": IMAGE, "securityContext": {"windowsOptions": {"hostProcess": True}}}]}

STATE = {"running": {"startedAt": NOW}}
POD_STATUS = {
    "phase": "Running", "message": "m", "reason": "R", "hostIP": "10.0.0.1", "hostIPs": [{"ip": "10.0.0.1"}], "podIP": "10.1.0.1", "podIPs": [{"ip": "10.1.0.1"}, {"ip": "fd00::1"}],
    "startTime": NOW, "qosClass": "Burstable", "nominatedNodeName": "n2", "observedGeneration": 1,
    "conditions": [{"type": "Ready", "status": "True", "reason": "R", "message": "m", "lastProbeTime": NOW, "lastTransitionTime": NOW, "observedGeneration": 1},
                   {"type": "example.com/ready", "status": "False"}],
    "containerStatuses": [
        {"name": "c", "image": IMAGE, "imageID": "i", "ready": True, "restartCount": 1, "started": True, "containerID": "minik://1", "state": STATE,
         "lastState": {"terminated": {"exitCode": 1, "reason": "Error", "startedAt": NOW, "finishedAt": NOW}}, "allocatedResources": {"cpu": "1"},
         "resources": {"limits": {"cpu": "1"}}, "volumeMounts": [{"name": "v", "mountPath": "/m", "readOnly": True, "recursiveReadOnly": "Disabled"}],
         "user": {"linux": {"uid": 1, "gid": 2, "supplementalGroups": [3]}}},
        {"name": "two", "image": IMAGE, "imageID": "", "ready": False, "restartCount": 0, "state": {"waiting": {"reason": "Wait"}}}],
    "initContainerStatuses": [{"name": "i", "image": IMAGE, "imageID": "i", "ready": True, "restartCount": 0, "state": {"terminated": {"exitCode": 0}}}],
}

EPHEMERAL = [{"name": "debug", "image": IMAGE, "targetContainerName": "c", "command": ["a"], "env": [{"name": "A", "value": "b"}], "stdin": True, "tty": True,
              "imagePullPolicy": "Always", "terminationMessagePath": "/x", "terminationMessagePolicy": "File", "securityContext": {"runAsUser": 1}}]


def template(**spec):
    """What controllers' templates are made of: small, since a pod has its own table."""
    return {"metadata": {"labels": {"app": "x", "tier": "a"}, "annotations": {"a": "b"}},
            "spec": {"containers": [{"name": "c", "image": IMAGE, "ports": [{"containerPort": 80}]}], "tolerations": [{"key": "a", "operator": "Exists"}], **spec}}
