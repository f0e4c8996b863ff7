"""Requests that are of no kind in particular: list options, selectors, subresources, media types, discovery."""
from differ import *
from kinds import TEMPLATE

SELECTABLE = [
    ("pods", ["spec.nodeName=n", "spec.restartPolicy=Always", "spec.schedulerName=s", "spec.serviceAccountName=s", "spec.hostNetwork=true", "status.phase=Running",
              "status.podIP=1.2.3.4", "status.nominatedNodeName=n", "metadata.name=a", "metadata.namespace=a", "spec.containers=x"]),
    ("events", ["involvedObject.kind=Pod", "involvedObject.namespace=n", "involvedObject.name=n", "involvedObject.uid=u", "involvedObject.apiVersion=v1",
                "involvedObject.resourceVersion=1", "involvedObject.fieldPath=f", "reason=r", "reportingComponent=c", "source=s", "type=Normal", "count=1"]),
    ("secrets", ["type=Opaque", "data=x"]), ("services", ["spec.clusterIP=None", "spec.type=ClusterIP", "spec.ports=1"]),
    ("replicationcontrollers", ["status.replicas=7", "spec.replicas=7"]),
]
CLUSTER = [("/apis/apps/v1/replicasets", ["status.replicas=7"]), ("/apis/batch/v1/jobs", ["status.successful=7", "status.failed=1"]), ("/api/v1/nodes", ["spec.unschedulable=true", "metadata.namespace=x", "status.phase=x"]), ("/api/v1/namespaces", ["status.phase=Nothing", "name=diff-x"]),
           ("/apis/certificates.k8s.io/v1/certificatesigningrequests", ["spec.signerName=x.example.com/y", "spec.username=x"])]
LISTS = [
    ("negative limit", {"limit": "-1"}), ("limit of no form", {"limit": "x"}), ("match without revision", {"resourceVersionMatch": "Exact"}),
    ("match of a kind unknown", {"resourceVersionMatch": "Sometimes", "resourceVersion": "1"}), ("exact zero", {"resourceVersionMatch": "Exact", "resourceVersion": "0"}),
    ("revision of no form", {"resourceVersion": "x"}), ("token of no form", {"continue": "x"}), ("token and revision", {"continue": "x", "resourceVersion": "5"}),
    ("label selector of no form", {"labelSelector": "a in ("}), ("label selector with a bad value", {"labelSelector": "a=b c!"}), ("field selector of no form", {"fieldSelector": "a"}),
    ("initial events of a list", {"sendInitialEvents": "true"}), ("deleted selector", {"labelSelector": "a,!b,c in (d,e),f notin (g)"}),
    ("watch of no revision", {"watch": "true", "resourceVersion": "x", "timeoutSeconds": "1"}),
    ("initial events without bookmarks", {"watch": "true", "sendInitialEvents": "true", "resourceVersionMatch": "NotOlderThan", "timeoutSeconds": "1"}),
    ("initial events without match", {"watch": "true", "sendInitialEvents": "true", "allowWatchBookmarks": "true", "timeoutSeconds": "1"}),
    ("watch with match", {"watch": "true", "resourceVersionMatch": "Exact", "resourceVersion": "1", "timeoutSeconds": "1"}),
]
BODIES = [("pod for a config map", {"kind": "Pod", "apiVersion": "v1"}), ("deployment for a config map", {"kind": "Deployment", "apiVersion": "apps/v1"}), ("list", []), ("text", "x"),
          ("number", 5), ("data of a wrong type", {"data": {"a": 1}}), ("binary data that is none", {"binaryData": {"a": "%"}}), ("null", None)]
DISCOVERED = ["apps/v1", "batch/v1", "autoscaling/v2", "policy/v1", "networking.k8s.io/v1", "rbac.authorization.k8s.io/v1", "storage.k8s.io/v1", "events.k8s.io/v1",
              "coordination.k8s.io/v1", "node.k8s.io/v1", "discovery.k8s.io/v1", "scheduling.k8s.io/v1", "certificates.k8s.io/v1", "authentication.k8s.io/v1",
              "authorization.k8s.io/v1", "apiextensions.k8s.io/v1", "flowcontrol.apiserver.k8s.io/v1"]


def empties(root):
    """What is written as empty: absent where Go's types leave it out, and there where they do not."""
    pod = {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "diff-empty", "labels": {}, "annotations": {}, "finalizers": [], "ownerReferences": [], "generateName": ""}, "spec": {
        "hostNetwork": False, "hostPID": False, "tolerations": [], "volumes": [], "initContainers": [], "nodeName": "", "nodeSelector": {}, "schedulerName": "", "restartPolicy": "",
        "automountServiceAccountToken": False, "priority": 0, "securityContext": {}, "affinity": {}, "terminationGracePeriodSeconds": 0, "containers": [{
            "name": "c", "image": "i", "args": [], "command": [], "env": [], "tty": False, "stdin": False, "imagePullPolicy": "", "workingDir": "", "resources": {"limits": {}, "requests": {}},
            "securityContext": {"privileged": False, "runAsUser": 0}, "ports": [{"containerPort": 80, "hostPort": 0, "protocol": "", "name": ""}],
            "livenessProbe": {"tcpSocket": {"port": 80}, "initialDelaySeconds": 0, "periodSeconds": 0, "successThreshold": 0}}]}}
    service = {"kind": "Service", "apiVersion": "v1", "metadata": {"name": "diff-empty"}, "spec": {
        "type": "", "clusterIP": "", "selector": {}, "externalIPs": [], "publishNotReadyAddresses": False, "ports": [{"port": 80, "nodePort": 0, "name": "", "targetPort": 0, "protocol": ""}]}}
    role = {"kind": "Role", "apiVersion": "rbac.authorization.k8s.io/v1", "metadata": {"name": "diff-empty"}, "rules": [{"verbs": ["get"], "apiGroups": [""], "resources": ["pods"], "resourceNames": []}]}
    roles = "/apis/rbac.authorization.k8s.io" + root.replace("/api", "", 1) + "/roles"
    return [post("empty: pod", root + "/pods", pod), get("empty: pod again", root + "/pods/diff-empty"),
            patch("empty: pod patched", root + "/pods/diff-empty", {"metadata": {"labels": {"a": ""}, "annotations": {}}, "spec": {"hostNetwork": False, "tolerations": []}}),
            patch("empty: pod applied", root + "/pods/diff-empty", {**pod, "metadata": {"name": "diff-empty", "labels": {}}}, kind="apply", fieldManager="empty", force="true"),
            delete("empty: pod gone", root + "/pods/diff-empty", {"gracePeriodSeconds": 0}),
            post("empty: service", root + "/services", service), post("empty: role", roles, role), patch("empty: no rules", roles + "/diff-empty", {"rules": []}),
            post("empty: config map", root + "/configmaps", {"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "diff-empty"}, "data": {}, "binaryData": {"a": ""}, "immutable": False})]


def cases(ns):
    root = "/api/v1/namespaces/%s" % ns
    cm = root + "/configmaps"
    scale = "/apis/apps/v1/namespaces/%s/deployments/diff-scaled" % ns
    out = [get("selects %s by %s" % (kind, f), "%s/%s" % (root, kind), fieldSelector=f) for kind, fields in SELECTABLE for f in fields]
    out += [get("selects %s by %s" % (path, f), path, fieldSelector=f) for path, fields in CLUSTER for f in fields]
    out += [get("list: " + name, cm, **dict(q, labelSelector=q.get("labelSelector", "none=such"))) for name, q in LISTS]
    out += [post("body: " + name, cm, json.dumps(body), dryRun="All") for name, body in BODIES]
    out += [
        get("accepts nothing we have", cm, headers={"Accept": "image/png"}),
        get("table of another version", cm, headers={"Accept": "application/json;as=Table;v=v2;g=meta.k8s.io"}),
        post("content type of none", cm, "x", kind="text/plain"),
        get("no such resource", "/api/v1/nonsense"), get("no such version", "/apis/apps/v9/deployments"),
        delete("all without a name", "/api/v1/namespaces"),
        post("deployment to scale", "/apis/apps/v1/namespaces/%s/deployments" % ns, {
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "diff-scaled"}, "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "x"}}, "template": TEMPLATE}}),
        get("scale", scale + "/scale"), patch("scale patch", scale + "/scale", {"spec": {"replicas": 2}}), patch("scale below zero", scale + "/scale", {"spec": {"replicas": -1}}),
        put("scale with other name", scale + "/scale", {"kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": {"name": "x"}, "spec": {"replicas": 1}}),
        put("scale old", scale + "/scale", {"kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": {"name": "diff-scaled", "namespace": ns, "resourceVersion": "1"}, "spec": {}}),
        patch("selector is immutable", scale, {"spec": {"selector": {"matchLabels": {"app": "y"}}}}),
        post("token", root + "/serviceaccounts/default/token", {"kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1", "spec": {"expirationSeconds": 5}}),
        post("token of nobody", root + "/serviceaccounts/nobody/token", {"kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1", "spec": {}}),
        post("binding of nothing", root + "/pods/none/binding", {"kind": "Binding", "apiVersion": "v1", "metadata": {"name": "none"}, "target": {"kind": "Node", "name": "n"}}),
        post("eviction of nothing", root + "/pods/none/eviction", {"kind": "Eviction", "apiVersion": "policy/v1", "metadata": {"name": "none"}}),
        get("log of nothing", root + "/pods/none/log"),
        post("subject review without a subject", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {"kind": "SubjectAccessReview", "apiVersion": "authorization.k8s.io/v1", "spec": {}}),
        post("token review of nothing", "/apis/authentication.k8s.io/v1/tokenreviews", {"kind": "TokenReview", "apiVersion": "authentication.k8s.io/v1", "spec": {}}),
        get("component statuses", "/api/v1/componentstatuses", only=lambda v: sorted(x["metadata"]["name"] for x in v["items"])),
        get("no such component", "/api/v1/componentstatuses/nonsense"),
        get("since when tokens are noted", "/api/v1/namespaces/kube-system/configmaps/kube-apiserver-legacy-service-account-token-tracking", only=lambda v: sorted(v["data"])),
        get("resources of the core", "/api/v1"), get("versions", "/api", only=lambda v: v["versions"]),
    ]
    out += [get("resources of " + gv, "/apis/" + gv) for gv in DISCOVERED]
    out += empties(root)
    return out
