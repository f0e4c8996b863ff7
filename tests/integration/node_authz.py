#!/usr/bin/env python3
"""What a node may do: one table, asked at minik's API server and, when there is one, at a kube-apiserver with the node authorizer and
NodeRestriction. Usage: node_authz.py OWN [PEER] (kubeconfigs as JSON). Prints 'ok', 'not ok' lines; exit status 1 when one is not."""
import base64, json, ssl, sys, tempfile, time, urllib.error, urllib.request


class Server:
    def __init__(self, path):
        config = json.load(open(path))
        self.url = config["clusters"][0]["cluster"]["server"]
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]

        def pem(where, name):
            if name in where:
                return open(where[name]).read()
            return base64.b64decode(where[name + "-data"]).decode()

        self.tls = ssl.create_default_context(cadata=pem(cluster, "certificate-authority"))
        with tempfile.NamedTemporaryFile("w") as f:
            f.write(pem(user, "client-certificate") + pem(user, "client-key"))
            f.flush()
            self.tls.load_cert_chain(f.name)
        self.uids = {}

    def call(self, method, path, body=None, node=None, timeout=20):
        kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
        r = urllib.request.Request(self.url + path, method=method, data=json.dumps(body).encode() if body is not None else None)
        r.add_header("Content-Type", kind)
        if node:
            r.add_header("Impersonate-User", "system:node:" + node)
            r.add_header("Impersonate-Group", "system:nodes")
        try:
            with urllib.request.urlopen(r, context=self.tls, timeout=timeout) as a:
                # The head of a watch is its answer.
                return a.status, {} if "watch=1" in path else json.load(a)
        except urllib.error.HTTPError as e:
            text = e.read()
            try:
                return e.code, json.loads(text)
            except ValueError:
                return e.code, {"message": text.decode(errors="replace")}


NS = "/api/v1/namespaces/a"
DRIVERS = "/api/v1/namespaces/drivers"
LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases"
CSI = "/apis/storage.k8s.io/v1/csinodes"
CLAIMS = "/apis/resource.k8s.io/v1/namespaces/a/resourceclaims"
GW_GROUP = "gateway.networking.k8s.io"
GATEWAYS = "/apis/" + GW_GROUP + "/v1/namespaces/a/gateways"
NAMED = "?fieldSelector=minik.io/named-by%3Dingress"
SNAP_GROUP = "snapshot.storage.k8s.io"
SNAPS = "/apis/" + SNAP_GROUP + "/v1/namespaces/a/volumesnapshots"
CONTENTS = "/apis/" + SNAP_GROUP + "/v1/volumesnapshotcontents"
KINDS = (("VolumeSnapshotClass", "volumesnapshotclasses", "Cluster"), ("VolumeSnapshotContent", "volumesnapshotcontents", "Cluster"), ("VolumeSnapshot", "volumesnapshots", "Namespaced"))


def meta(name, **more):
    return {"name": name, **more}


def pod(name, node, spec=None, **more):
    return {"metadata": meta(name, **more), "spec": {"nodeName": node, "containers": [{"name": "c", "image": "x"}], **(spec or {})}}


def setup(s):
    def make(path, body):
        code, o = s.call("POST", path, body)
        if code not in (200, 201, 409):
            sys.exit("not ok %s: POST %s: %d %s" % (s.url, path, code, o.get("message")))
        s.uids.setdefault(body["metadata"]["name"], o.get("metadata", {}).get("uid"))  # Nodes and pods come first
        return o

    make("/api/v1/namespaces", {"metadata": meta("a")})
    make("/api/v1/namespaces", {"metadata": meta("kube-node-lease")})
    for name in "default", "web", "other":
        make(NS + "/serviceaccounts", {"metadata": meta(name)})
    for name in "n1", "n2":
        make("/api/v1/nodes", {"metadata": meta(name)})
        make(LEASES, {"metadata": meta(name), "spec": {"holderIdentity": name}})
        make(CSI, {"metadata": meta(name), "spec": {"drivers": []}})
        make("/apis/storage.k8s.io/v1/volumeattachments",
             {"metadata": meta("va-" + name), "spec": {"attacher": "d", "nodeName": name, "source": {"persistentVolumeName": "v"}}})
    make("/api/v1/namespaces", {"metadata": meta("drivers")})
    make("/api/v1/namespaces", {"metadata": meta("kube-system")})
    for name in "stage", "publish", "control":
        make(DRIVERS + "/secrets", {"metadata": meta(name, namespace="drivers")})
    make("/api/v1/namespaces/kube-system/configmaps", {"metadata": meta("local-path-config")})
    for name in "mine", "others", "of-csi":
        make(NS + "/secrets", {"metadata": meta(name)})
        make(NS + "/configmaps", {"metadata": meta(name)})
    for name in "ing-tls", "ing-users", "ing-headers":
        make(NS + "/secrets", {"metadata": meta(name)})
        make(NS + "/configmaps", {"metadata": meta(name)})
    make("/apis/networking.k8s.io/v1/namespaces/a/ingresses",
         {"metadata": meta("i", annotations={"nginx.ingress.kubernetes.io/" + k: v for k, v in
                                             {"auth-secret": "a/ing-users", "custom-headers": "ing-headers", "proxy-ssl-secret": "drivers/publish"}.items()}),
          "spec": {"ingressClassName": "c", "tls": [{"secretName": "ing-tls"}], "defaultBackend": {"service": {"name": "others", "port": {"number": 80}}}}})
    make(DRIVERS + "/secrets", {"metadata": meta("granted", namespace="drivers")})
    make(NS + "/secrets", {"metadata": meta("gw-tls")})
    for kind, plural, version in (("Gateway", "gateways", "v1"), ("ReferenceGrant", "referencegrants", "v1beta1")):
        make("/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
             {"metadata": meta(plural + "." + GW_GROUP, annotations={"api-approved.kubernetes.io": "unapproved, for a test"}),
              "spec": {"group": GW_GROUP, "scope": "Namespaced", "names": {"plural": plural, "kind": kind, "singular": kind.lower(), "listKind": kind + "List"},
                       "versions": [{"name": version, "served": True, "storage": True, "subresources": {"status": {}},
                                     "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}}]}})
        end = time.monotonic() + 30
        while s.call("GET", "/apis/%s/%s/%s" % (GW_GROUP, version, plural))[0] != 200 and time.monotonic() < end:
            time.sleep(0.1)
    make("/apis/" + GW_GROUP + "/v1beta1/namespaces/drivers/referencegrants",
         {"apiVersion": GW_GROUP + "/v1beta1", "kind": "ReferenceGrant", "metadata": meta("g", namespace="drivers"),
          "spec": {"from": [{"group": GW_GROUP, "kind": "Gateway", "namespace": "a"}], "to": [{"group": "", "kind": "Secret", "name": "granted"}]}})
    make(GATEWAYS, {"apiVersion": GW_GROUP + "/v1", "kind": "Gateway", "metadata": meta("g"),
                    "spec": {"gatewayClassName": "minik", "listeners": [{"name": "l", "port": 443, "protocol": "HTTPS", "tls": {"certificateRefs": [
                        {"name": "gw-tls"}, {"name": "granted", "namespace": "drivers"}, {"name": "control", "namespace": "drivers"}]}}]}})
    for name in "c1", "c2":
        claim = make(NS + "/persistentvolumeclaims",
                     {"metadata": meta(name), "spec": {"storageClassName": "", "volumeName": "v-" + name, "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}})
        make("/api/v1/persistentvolumes",
             {"metadata": meta("v-" + name),
              "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "persistentVolumeReclaimPolicy": "Retain",
                       "claimRef": {"namespace": "a", "name": name, "uid": claim["metadata"]["uid"]},
                       "csi": {"driver": "d", "volumeHandle": "others", "nodeStageSecretRef": {"namespace": "drivers", "name": "stage" if name == "c1" else "publish"},
                               "controllerPublishSecretRef": {"namespace": "drivers", "name": "control"}, "nodePublishSecretRef": {"namespace": "a", "name": "of-csi" if name == "c1" else "others"}}}})
        make(CLAIMS, {"metadata": meta("r" + name), "spec": {"devices": {"requests": [{"name": "q", "exactly": {"deviceClassName": "k"}}]}}})
    make(NS + "/pods", pod("p1", "n1", {
        "serviceAccountName": "web", "resourceClaims": [{"name": "d", "resourceClaimName": "rc1"}],
        "volumes": [{"name": "s", "secret": {"secretName": "mine"}}, {"name": "m", "configMap": {"name": "mine"}},
                    {"name": "v", "persistentVolumeClaim": {"claimName": "c1"}}]}))
    make(NS + "/pods", pod("q2", "n2", {"serviceAccountName": "other"}))
    make(NS + "/pods", pod("evicted", "n1"))
    for kind, plural, scope in KINDS:
        make("/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
             {"metadata": meta(plural + "." + SNAP_GROUP, annotations={"api-approved.kubernetes.io": "https://github.com/kubernetes-csi/external-snapshotter/pull/814"}),
              "spec": {"group": SNAP_GROUP, "scope": scope, "names": {"plural": plural, "kind": kind, "singular": kind.lower(), "listKind": kind + "List"},
                       "versions": [{"name": "v1", "served": True, "storage": True, "subresources": {"status": {}},
                                     "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}}]}})
        end = time.monotonic() + 30
        while s.call("GET", "/apis/%s/v1/%s" % (SNAP_GROUP, plural))[0] != 200 and time.monotonic() < end:
            time.sleep(0.1)
    for node, labels in ("n1", {"minik.io/node": "n1"}), ("n2", {"minik.io/node": "n2"}), ("none", {}):
        ref = {"apiVersion": SNAP_GROUP + "/v1", "kind": "VolumeSnapshot", "metadata": meta("s-" + node), "spec": {"source": {}}}
        uid = make(SNAPS, ref).get("metadata", {}).get("uid")
        s.call("PATCH", SNAPS + "/s-" + node + "/status", {"status": {"boundVolumeSnapshotContentName": "sc-" + node}})
        make(CONTENTS, {"apiVersion": SNAP_GROUP + "/v1", "kind": "VolumeSnapshotContent", "metadata": meta("sc-" + node, labels=labels, finalizers=["a/b"]),
                        "spec": {"driver": "minik.io/local-path", "volumeSnapshotRef": {"namespace": "a", "name": "s-" + node, "uid": uid}}})
    # Of a snapshot that says that it is bound to a content which is another's.
    make(SNAPS, {"apiVersion": SNAP_GROUP + "/v1", "kind": "VolumeSnapshot", "metadata": meta("s-thief"), "spec": {"source": {}}})
    s.call("PATCH", SNAPS + "/s-thief/status", {"status": {"boundVolumeSnapshotContentName": "sc-n1"}})
    # What the node authorizer knows it knows a moment later.
    end = time.monotonic() + 30
    while any(s.call("GET", p, node="n1")[0] != 200 for p in (NS + "/secrets/mine", NS + "/secrets/of-csi", CLAIMS + "/rc1", NS + "/pods/p1")):
        if time.monotonic() > end:
            break
        time.sleep(0.1)


def status(**what):
    return {"status": what}


CSR_PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
YES, NO = True, False
# name, may it, method, path, body, and why a kube-apiserver says otherwise, if it does.
MORE = "the pod network and local volumes are made of it, and nothing in it is secret"
ING_MORE = "every node may run the Ingress controller"
SNAP_MORE = "agents make the snapshots of their node's own volumes"
TABLE = [
    ("read a Secret that a pod of its own names", YES, "GET", NS + "/secrets/mine", None),
    ("read one that a volume of its pod names", YES, "GET", NS + "/secrets/of-csi", None),
    ("read one of its driver's namespace", YES, "GET", DRIVERS + "/secrets/stage", None),
    ("read another of that namespace", NO, "GET", DRIVERS + "/secrets/publish", None),
    ("read one that is for the driver's controller", NO, "GET", DRIVERS + "/secrets/control", None),
    ("read how local volumes are set up", YES, "GET", "/api/v1/namespaces/kube-system/configmaps/local-path-config", None, MORE),
    ("read a Secret with an Ingress' certificate", YES, "GET", NS + "/secrets/ing-tls", None, ING_MORE),
    ("watch it by its name", YES, "GET", NS + "/secrets?fieldSelector=metadata.name%3Ding-tls", None, ING_MORE),
    ("read one with users that an Ingress names", YES, "GET", NS + "/secrets/ing-users", None, ING_MORE),
    ("read a ConfigMap with headers that an Ingress names", YES, "GET", NS + "/configmaps/ing-headers", None, ING_MORE),
    ("read a Secret of the name of such a ConfigMap", NO, "GET", NS + "/secrets/ing-headers", None),
    ("read a ConfigMap of the name of such a Secret", NO, "GET", NS + "/configmaps/ing-tls", None),
    ("read Ingresses", YES, "GET", "/apis/networking.k8s.io/v1/ingresses", None, ING_MORE),
    ("change an Ingress", NO, "PATCH", "/apis/networking.k8s.io/v1/namespaces/a/ingresses/i", {"metadata": {"labels": {"a": "b"}}}),
    ("say an Ingress' status", YES, "PATCH", "/apis/networking.k8s.io/v1/namespaces/a/ingresses/i/status", status(loadBalancer={"ingress": [{"ip": "192.0.2.1"}]}), ING_MORE),
    ("make an IngressClass", NO, "POST", "/apis/networking.k8s.io/v1/ingressclasses", {"metadata": meta("mine"), "spec": {"controller": "a/b"}}),
    ("read a Secret that a Gateway refers to", YES, "GET", NS + "/secrets/gw-tls", None, ING_MORE),
    ("read one of another namespace where a ReferenceGrant lets it", YES, "GET", DRIVERS + "/secrets/granted", None, ING_MORE),
    ("list all that Ingresses and Gateways refer to", YES, "GET", "/api/v1/secrets" + NAMED, None, ING_MORE),
    ("watch them", YES, "GET", "/api/v1/secrets" + NAMED + "&watch=1", None, ING_MORE),
    ("the same of ConfigMaps", YES, "GET", "/api/v1/configmaps" + NAMED + "&watch=1", None, ING_MORE),
    ("with another selector beside it", NO, "GET", "/api/v1/secrets" + NAMED + ",metadata.name%3Dothers", None),
    ("the same of ServiceAccounts", NO, "GET", "/api/v1/serviceaccounts" + NAMED, None),
    ("delete them", NO, "DELETE", NS + "/secrets" + NAMED, None),
    ("read Gateways", YES, "GET", GATEWAYS, None, ING_MORE),
    ("say a Gateway's status", YES, "PATCH", GATEWAYS + "/g/status", status(addresses=[]), ING_MORE),
    ("change a Gateway", NO, "PATCH", GATEWAYS + "/g", {"metadata": {"labels": {"a": "b"}}}),
    ("make a GatewayClass", NO, "POST", "/apis/" + GW_GROUP + "/v1/gatewayclasses", {"metadata": meta("mine"), "spec": {"controllerName": "a/b"}}),
    ("make a CRD", NO, "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {"metadata": meta("x.example.com")}),
    ("read another", NO, "GET", NS + "/secrets/others", None),
    ("list Secrets", NO, "GET", NS + "/secrets", None),
    ("list them by the name of its own", YES, "GET", NS + "/secrets?fieldSelector=metadata.name%3Dmine", None),
    ("watch all Secrets", NO, "GET", "/api/v1/secrets?watch=1", None),
    ("change its pod's Secret", NO, "PATCH", NS + "/secrets/mine", {"stringData": {"a": "b"}}),
    ("delete it", NO, "DELETE", NS + "/secrets/mine", None),
    ("read a ConfigMap that a pod of its own names", YES, "GET", NS + "/configmaps/mine", None),
    ("read another", NO, "GET", NS + "/configmaps/others", None),
    ("read its pod's ServiceAccount", YES, "GET", NS + "/serviceaccounts/web", None),
    ("read another", NO, "GET", NS + "/serviceaccounts/other", None),
    ("list ServiceAccounts", NO, "GET", NS + "/serviceaccounts", None),
    ("a token that is bound to no pod", NO, "POST", NS + "/serviceaccounts/web/token", {"spec": {}}),
    ("a token of its pod's account", YES, "POST", NS + "/serviceaccounts/web/token", lambda s: {"spec": {"boundObjectRef": {"kind": "Pod", "apiVersion": "v1", "name": "p1", "uid": s.uids["p1"]}}}),
    ("a token of another node's pod", NO, "POST", NS + "/serviceaccounts/other/token", lambda s: {"spec": {"boundObjectRef": {"kind": "Pod", "apiVersion": "v1", "name": "q2", "uid": s.uids["q2"]}}}),
    ("another account's token, by its own pod", NO, "POST", NS + "/serviceaccounts/other/token", lambda s: {"spec": {"boundObjectRef": {"kind": "Pod", "apiVersion": "v1", "name": "p1", "uid": s.uids["p1"]}}}),
    ("read the claim of its pod", YES, "GET", NS + "/persistentvolumeclaims/c1", None),
    ("read another claim", YES, "GET", NS + "/persistentvolumeclaims/c2", None, MORE),
    ("read the volume of its pod", YES, "GET", "/api/v1/persistentvolumes/v-c1", None),
    ("read another volume", YES, "GET", "/api/v1/persistentvolumes/v-c2", None, MORE),
    ("change a claim", NO, "PATCH", NS + "/persistentvolumeclaims/c1", {"metadata": {"labels": {"a": "b"}}}),
    ("say the size of its pod's claim", YES, "PATCH", NS + "/persistentvolumeclaims/c1/status", status(capacity={"storage": "1Gi"})),
    ("say its phase", NO, "PATCH", NS + "/persistentvolumeclaims/c1/status", status(phase="Lost")),
    ("make a volume that is not local", NO, "POST", "/api/v1/persistentvolumes", {"metadata": meta("x"), "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "hostPath": {"path": "/"}}}),
    ("list contents of snapshots that it has", YES, "GET", CONTENTS + "?labelSelector=minik.io/node%3Dn1", None, SNAP_MORE),
    ("list all of them", NO, "GET", CONTENTS, None),
    ("watch another node's", NO, "GET", CONTENTS + "?watch=1&labelSelector=minik.io/node%3Dn2", None),
    ("watch those of both", NO, "GET", CONTENTS + "?watch=1&labelSelector=minik.io/node%20in%20(n1,n2)", None),
    ("read one that it has", YES, "GET", CONTENTS + "/sc-n1", None, SNAP_MORE),
    ("read another node's", NO, "GET", CONTENTS + "/sc-n2", None),
    ("read one of no node", NO, "GET", CONTENTS + "/sc-none", None),
    ("say what it made", YES, "PATCH", CONTENTS + "/sc-n1/status", status(snapshotHandle="h", readyToUse=True, restoreSize=1), SNAP_MORE),
    ("say what another has made", NO, "PATCH", CONTENTS + "/sc-n2/status", status(snapshotHandle="h")),
    ("say it of one of no node", NO, "PATCH", CONTENTS + "/sc-none/status", status(snapshotHandle="h")),
    ("say something else", NO, "PATCH", CONTENTS + "/sc-n1/status", status(volumeGroupSnapshotHandle="h")),
    ("a handle without end", NO, "PATCH", CONTENTS + "/sc-n1/status", status(snapshotHandle="h" * 5000)),
    ("a message without end", NO, "PATCH", CONTENTS + "/sc-n1/status", status(error={"message": "h" * 5000})),
    ("change its content", NO, "PATCH", CONTENTS + "/sc-n1", {"spec": {"deletionPolicy": "Delete"}}),
    ("make another's its own", NO, "PATCH", CONTENTS + "/sc-n2", {"metadata": {"labels": {"minik.io/node": "n1"}}}),
    ("let its content go", NO, "PATCH", CONTENTS + "/sc-n1", {"metadata": {"finalizers": []}}),
    ("replace a status", NO, "PUT", CONTENTS + "/sc-n1/status", {"apiVersion": SNAP_GROUP + "/v1", "kind": "VolumeSnapshotContent", "metadata": meta("sc-n1"), "spec": {}, "status": {}}),
    ("make a content", NO, "POST", CONTENTS, {"apiVersion": SNAP_GROUP + "/v1", "kind": "VolumeSnapshotContent", "metadata": meta("x", labels={"minik.io/node": "n1"}), "spec": {}}),
    ("delete its content", NO, "DELETE", CONTENTS + "/sc-n1", None),
    ("delete all contents that it has", NO, "DELETE", CONTENTS + "?labelSelector=minik.io/node%3Dn1", None),
    ("read a snapshot that it has", YES, "GET", SNAPS + "/s-n1", None, SNAP_MORE),
    ("read another node's", NO, "GET", SNAPS + "/s-n2", None),
    ("read one that names a content which is another's", NO, "GET", SNAPS + "/s-thief", None),
    ("read one that is not there", NO, "GET", SNAPS + "/none", None),
    ("list snapshots", NO, "GET", SNAPS, None),
    ("write a snapshot's status", NO, "PATCH", SNAPS + "/s-n1/status", status(readyToUse=False)),
    ("make a snapshot", NO, "POST", SNAPS, {"apiVersion": SNAP_GROUP + "/v1", "kind": "VolumeSnapshot", "metadata": meta("x"), "spec": {"source": {"persistentVolumeClaimName": "c1"}}}),
    ("make a class of snapshots", NO, "POST", "/apis/" + SNAP_GROUP + "/v1/volumesnapshotclasses", {"apiVersion": SNAP_GROUP + "/v1", "kind": "VolumeSnapshotClass", "metadata": meta("x")}),
    ("read a VolumeAttachment to it", YES, "GET", "/apis/storage.k8s.io/v1/volumeattachments/va-n1", None),
    ("read one to another node", NO, "GET", "/apis/storage.k8s.io/v1/volumeattachments/va-n2", None),
    ("list them", NO, "GET", "/apis/storage.k8s.io/v1/volumeattachments", None),
    ("read the ResourceClaim of its pod", YES, "GET", CLAIMS + "/rc1", None),
    ("read another", NO, "GET", CLAIMS + "/rc2", None),
    ("list ResourceClaims", NO, "GET", CLAIMS, None),
    ("name a ResourceClaim as its pod's", NO, "PATCH", NS + "/pods/p1/status", status(resourceClaimStatuses=[{"name": "d", "resourceClaimName": "rc2"}])),
    ("read its Lease", YES, "GET", LEASES + "/n1", None),
    ("renew it", YES, "PATCH", LEASES + "/n1", {"spec": {"leaseDurationSeconds": 40}}),
    ("read another's", NO, "GET", LEASES + "/n2", None),
    ("renew another's", NO, "PATCH", LEASES + "/n2", {"spec": {"leaseDurationSeconds": 40}}),
    ("delete another's", NO, "DELETE", LEASES + "/n2", None),
    ("list Leases", NO, "GET", LEASES, None),
    ("make a Lease of another name", NO, "POST", LEASES, {"metadata": meta("n3"), "spec": {}}),
    ("make a Lease elsewhere", NO, "POST", LEASES.replace("kube-node-lease", "kube-system"), {"metadata": meta("n1"), "spec": {}}),
    ("read its CSINode", YES, "GET", CSI + "/n1", None),
    ("read another's", NO, "GET", CSI + "/n2", None),
    ("list CSINodes", NO, "GET", CSI, None),
    ("write another's CSINode", NO, "PATCH", CSI + "/n2", {"metadata": {"labels": {"a": "b"}}}),
    ("read its Node", YES, "GET", "/api/v1/nodes/n1", None),
    ("read another Node", YES, "GET", "/api/v1/nodes/n2", None, MORE),
    ("list Nodes", YES, "GET", "/api/v1/nodes", None, MORE),
    ("write its status", YES, "PATCH", "/api/v1/nodes/n1/status", status(nodeInfo={"machineID": "1"})),
    ("write another's status", NO, "PATCH", "/api/v1/nodes/n2/status", status(nodeInfo={"machineID": "1"})),
    ("make a Node of another name", NO, "POST", "/api/v1/nodes", {"metadata": meta("n3")}),
    ("delete another Node", NO, "DELETE", "/api/v1/nodes/n2", None),
    ("delete itself", NO, "DELETE", "/api/v1/nodes/n1", None),
    ("its taints", NO, "PATCH", "/api/v1/nodes/n1", {"spec": {"taints": [{"key": "a", "effect": "NoSchedule"}]}}),
    ("its owners", NO, "PATCH", "/api/v1/nodes/n1", {"metadata": {"ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "x", "uid": "y"}]}}),
    ("a label that is its own", YES, "PATCH", "/api/v1/nodes/n1", {"metadata": {"labels": {"example.com/a": "b", "kubernetes.io/os": "linux", "node.kubernetes.io/instance-type": "k", "kubelet.kubernetes.io/x": "y"}}}),
    ("a label of node-restriction.kubernetes.io", NO, "PATCH", "/api/v1/nodes/n1", {"metadata": {"labels": {"node-restriction.kubernetes.io/a": "b"}}}),
    ("... of a name below", NO, "PATCH", "/api/v1/nodes/n1", {"metadata": {"labels": {"x.node-restriction.kubernetes.io/a": "b"}}}),
    ("a role", NO, "PATCH", "/api/v1/nodes/n1", {"metadata": {"labels": {"node-role.kubernetes.io/control-plane": ""}}}),
    ("an unknown label of kubernetes.io", NO, "PATCH", "/api/v1/nodes/n1", {"metadata": {"labels": {"kubernetes.io/a": "b"}}}),
    ("its annotations", YES, "PATCH", "/api/v1/nodes/n1", {"metadata": {"annotations": {"flannel.alpha.coreos.com/public-ip": "10.0.0.1"}}}),
    ("its pod range", NO, "PATCH", "/api/v1/nodes/n1", {"spec": {"podCIDR": "10.42.9.0/24", "podCIDRs": ["10.42.9.0/24"]}}, "with one of its choice a node would draw others' traffic"),
    ("cordon itself", YES, "PATCH", "/api/v1/nodes/n1", {"spec": {"unschedulable": True}}),
    ("read its pod", YES, "GET", NS + "/pods/p1", None),
    ("read another node's pod", NO, "GET", NS + "/pods/q2", None),
    ("list all pods", NO, "GET", "/api/v1/pods", None),
    ("list its own", YES, "GET", "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1", None),
    ("watch another node's", NO, "GET", "/api/v1/pods?watch=1&fieldSelector=spec.nodeName%3Dn2", None),
    ("write its pod's status", YES, "PATCH", NS + "/pods/p1/status", status(message="x")),
    ("write another's", NO, "PATCH", NS + "/pods/q2/status", status(message="x")),
    ("labels by way of a status", NO, "PATCH", NS + "/pods/p1/status", {"metadata": {"labels": {"a": "b"}}}),
    ("change its pod", NO, "PATCH", NS + "/pods/p1", {"metadata": {"labels": {"a": "b"}}}),
    ("make a pod", NO, "POST", NS + "/pods", pod("x", "n1")),
    ("a mirror pod without an owner", NO, "POST", NS + "/pods", pod("x", "n1", annotations={"kubernetes.io/config.mirror": "x"})),
    ("a mirror pod of its own", YES, "POST", NS + "/pods", lambda s: pod("static-n1", "n1", annotations={"kubernetes.io/config.mirror": "x"}, ownerReferences=[{"apiVersion": "v1", "kind": "Node", "name": "n1", "uid": s.uids["n1"], "controller": True}])),
    ("a mirror pod on another node", NO, "POST", NS + "/pods", lambda s: pod("static-n2", "n2", annotations={"kubernetes.io/config.mirror": "x"}, ownerReferences=[{"apiVersion": "v1", "kind": "Node", "name": "n1", "uid": s.uids["n1"], "controller": True}])),
    ("a mirror pod that names a Secret", NO, "POST", NS + "/pods", lambda s: pod("static2-n1", "n1", {"volumes": [{"name": "s", "secret": {"secretName": "others"}}]}, annotations={"kubernetes.io/config.mirror": "x"}, ownerReferences=[{"apiVersion": "v1", "kind": "Node", "name": "n1", "uid": s.uids["n1"], "controller": True}])),
    ("bind a pod", NO, "POST", NS + "/pods/p1/binding", {"metadata": meta("p1"), "target": {"kind": "Node", "name": "n1"}}),
    ("evict its pod", YES, "POST", NS + "/pods/evicted/eviction", {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": meta("evicted")}),
    ("evict another node's", NO, "POST", NS + "/pods/q2/eviction", {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": meta("q2")}),
    ("delete its pod", YES, "DELETE", NS + "/pods/static-n1?gracePeriodSeconds=0", None),
    ("delete another node's", NO, "DELETE", NS + "/pods/q2", None),
    ("exec in a pod", NO, "POST", NS + "/pods/p1/exec?command=id", None),
    ("an Event", YES, "POST", NS + "/events", {"metadata": meta("e"), "involvedObject": {"kind": "Pod", "namespace": "a", "name": "q2"}, "reason": "x", "message": "y", "type": "Normal"}),
    ("write a Service", NO, "PATCH", "/api/v1/namespaces/default/services/kubernetes", {"metadata": {"labels": {"a": "b"}}}),
    ("write the endpoints of the API server", NO, "PATCH", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes", {"metadata": {"labels": {"a": "b"}}}),
    ("make a role", NO, "POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", {"metadata": meta("x"), "rules": []}),
    ("approve a certificate", NO, "PATCH", CSR_PATH + "/none/approval", {"status": {"conditions": []}}),
    ("read RuntimeClasses", YES, "GET", "/apis/node.k8s.io/v1/runtimeclasses", None),
    ("read CSIDrivers", YES, "GET", "/apis/storage.k8s.io/v1/csidrivers", None),
    ("review a token", YES, "POST", "/apis/authentication.k8s.io/v1/tokenreviews", {"spec": {"token": "x"}}),
]


def ask(s, row):
    body = row[4](s) if callable(row[4]) else row[4]
    code, o = s.call(row[2], row[3], body, node="n1")
    return code, o.get("message", "")


def main():
    servers = [Server(p) for p in sys.argv[1:]]
    failed = 0
    for s in servers:
        setup(s)
    for row in TABLE:
        name, may, differs = row[0], row[1], row[5] if len(row) > 5 else None
        got = [ask(s, row) for s in servers]
        allowed = [code < 300 for code, _ in got]
        wrong = []
        if allowed[0] != may or (not may and got[0][0] not in (400, 403)):
            wrong.append("minik: %d %s" % got[0])
        if len(got) > 1 and (allowed[1] == allowed[0]) == bool(differs):
            wrong.append("kube-apiserver: %d %s%s" % (*got[1], " (and a difference is noted)" if differs else ""))
        print("%s %s %s%s" % ("not ok" if wrong else "ok", "may:" if may else "may not:", name, "".join("\n    " + w for w in wrong)))
        failed |= bool(wrong)
    return failed


if __name__ == "__main__":
    sys.exit(main())
