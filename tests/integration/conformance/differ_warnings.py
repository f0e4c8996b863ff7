"""Objects that are valid and yet warned of."""
from differ import *
from kinds import SELECTOR, TEMPLATE


def container(**kw):
    return {"name": "c", "image": "registry.invalid/none:1", **kw}


def made(kind, name, body, version="v1", **meta):
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name, **meta}, **body}


# What of a pod is warned of: (what, annotations, spec beside the container, the container's own fields)
PODS = [
    ("node selector", {}, {"nodeSelector": {"beta.kubernetes.io/os": "linux"}}, {}),
    ("node affinity", {}, {"affinity": {"nodeAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "beta.kubernetes.io/arch", "operator": "Exists"}]}]},
        "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "preference": {"matchExpressions": [
            {"key": "node-role.kubernetes.io/master", "operator": "In", "values": ["a b"]}]}}]}}}, {}),
    ("pod affinity", {}, {"affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "k"}]}, "podAntiAffinity": {
        "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "podAffinityTerm": {"topologyKey": "k"}}]}}}, {}),
    ("spread", {}, {"topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "failure-domain.beta.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule"}]}, {}),
    ("critical pod", {"scheduler.alpha.kubernetes.io/critical-pod": ""}, {}, {}),
    ("sysctls", {"security.alpha.kubernetes.io/sysctls": "a=b"}, {}, {}),
    ("seccomp", {"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}, {}, {}),
    ("glusterfs", {}, {"volumes": [{"name": "v", "glusterfs": {"endpoints": "e", "path": "p"}}]}, {}),
    ("rbd", {}, {"volumes": [{"name": "v", "rbd": {"monitors": ["m"], "image": "i"}}]}, {}),
    ("git repo", {}, {"volumes": [{"name": "v", "gitRepo": {"repository": "r"}}]}, {}),
    ("host aliases", {}, {"hostAliases": [{"ip": "1.2.3.4", "hostnames": ["a"]}, {"ip": "1.2.3.4", "hostnames": ["b"]}]}, {}),
    ("IPv6 alias", {}, {"hostAliases": [{"ip": "2001:DB8::1", "hostnames": ["a"]}]}, {}),
    ("pull secrets", {}, {"imagePullSecrets": [{"name": "a"}, {"name": "a"}]}, {}),
    ("negative grace", {}, {"terminationGracePeriodSeconds": -5}, {}),
    ("fractional bytes", {}, {}, {"resources": {"limits": {"memory": "1500m"}, "requests": {"memory": "1100m", "ephemeral-storage": "100m"}}}),
    ("environment", {}, {}, {"env": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}, {"name": "A", "value": "$(A)"}, {"name": "A", "value": "x$(A)"}]}),
    ("ports", {}, {}, {"ports": [{"containerPort": 80}, {"containerPort": 80, "hostPort": 8080}, {"containerPort": 80}]}),
    ("host ports", {}, {}, {"ports": [{"containerPort": 80, "hostPort": 80, "hostIP": "1.2.3.4"}, {"containerPort": 80, "hostPort": 80}]}),
]
SERVICE = {"ports": [{"port": 80}]}
OTHERS = [
    ("headless with externalIPs", "services", made("Service", "s", {"spec": {**SERVICE, "clusterIP": "None", "externalIPs": ["1.2.3.4"], "sessionAffinity": "ClientIP"}})),
    ("externalIPs", "services", made("Service", "s", {"spec": {**SERVICE, "externalIPs": ["1.2.3.4"]}})),
    ("externalName with IPs", "services", made("Service", "s", {"spec": {"type": "ExternalName", "externalName": "a.b", "externalIPs": ["1.2.3.4"]}})),
    ("externalName of a ClusterIP", "services", made("Service", "s", {"spec": {**SERVICE, "externalName": "a.b"}})),
    ("topology hints", "services", made("Service", "s", {"spec": SERVICE}, annotations={"service.kubernetes.io/topology-aware-hints": "auto"})),
    ("PreferClose", "services", made("Service", "s", {"spec": {**SERVICE, "trafficDistribution": "PreferClose"}})),
    ("source ranges", "services", made("Service", "s", {"spec": {**SERVICE, "type": "LoadBalancer", "loadBalancerSourceRanges": ["10.0.0.1/8"]}})),
    ("claim of fractions", "persistentvolumeclaims", made("PersistentVolumeClaim", "c", {"spec": {
        "accessModes": ["ReadWriteOnce"], "storageClassName": "x", "resources": {"requests": {"storage": "1500m"}}}})),
    ("claim annotation", "persistentvolumeclaims", made("PersistentVolumeClaim", "c", {"spec": {
        "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}, annotations={"volume.beta.kubernetes.io/storage-class": "x"})),
    ("recycled volume", "/persistentvolumes", made("PersistentVolume", "diff-v", {"spec": {
        "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "hostPath": {"path": "/x"}, "persistentVolumeReclaimPolicy": "Recycle"}},
        annotations={"volume.beta.kubernetes.io/storage-class": "x"})),
    ("quota", "resourcequotas", made("ResourceQuota", "q", {"spec": {"hard": {"requests.cpu": "2", "limits.cpu": "1", "memory": "2Gi", "limits.memory": "1Gi"}}})),
    ("node", "/nodes", made("Node", "diff-n", {"spec": {"externalID": "x", "podCIDR": "10.1.2.3/24", "podCIDRs": ["10.1.2.3/24"]}})),
]
GROUPS = [
    ("storage class", "/apis/storage.k8s.io/v1/storageclasses", made("StorageClass", "diff-s", {
        "provisioner": "p.example.com", "allowedTopologies": [{"matchLabelExpressions": [{"key": "beta.kubernetes.io/os", "values": ["a"]}]}]}, "storage.k8s.io/v1")),
    ("runtime class", "/apis/node.k8s.io/v1/runtimeclasses", made("RuntimeClass", "diff-r", {
        "handler": "h", "scheduling": {"nodeSelector": {"beta.kubernetes.io/os": "linux"}}}, "node.k8s.io/v1")),
    ("ingress class annotation", "/apis/networking.k8s.io/v1/namespaces/%s/ingresses", made("Ingress", "i", {
        "spec": {"defaultBackend": {"service": {"name": "s", "port": {"number": 80}}}}}, "networking.k8s.io/v1", annotations={"kubernetes.io/ingress.class": "nginx"})),
    ("policy with a host", "/apis/networking.k8s.io/v1/namespaces/%s/networkpolicies", made("NetworkPolicy", "p", {
        "spec": {"podSelector": {}, "ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.1/8", "except": ["10.1.1.1/16"]}}]}]}}, "networking.k8s.io/v1")),
    ("deployment's template", "/apis/apps/v1/namespaces/%s/deployments", made("Deployment", "d.x", {"spec": {"selector": SELECTOR, "template": {
        **TEMPLATE, "spec": {**TEMPLATE["spec"], "nodeSelector": {"beta.kubernetes.io/os": "linux"}, "terminationGracePeriodSeconds": -1}}}}, "apps/v1")),
    ("cron job's template", "/apis/batch/v1/namespaces/%s/cronjobs", made("CronJob", "c", {"spec": {"schedule": "* * * * *", "jobTemplate": {"spec": {"template": {
        "metadata": {"annotations": {"scheduler.alpha.kubernetes.io/critical-pod": ""}}, "spec": {**TEMPLATE["spec"], "restartPolicy": "Never"}}}}}}, "batch/v1")),
]


def cases(ns):
    root = "/api/v1/namespaces/%s" % ns
    out = [post("warned pod: " + what, root + "/pods", made("Pod", "w", {"spec": {"containers": [container(**own)], **spec}}, annotations=annotations), dryRun="All")
           for what, annotations, spec, own in PODS]
    out += [post("warned: " + what, "/api/v1" + plural if plural[0] == "/" else root + "/" + plural, o, dryRun="All") for what, plural, o in OTHERS]
    out += [post("warned: " + what, path % ns if "%s" in path else path, o, dryRun="All") for what, path, o in GROUPS]
    return out
