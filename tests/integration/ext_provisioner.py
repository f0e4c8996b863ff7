"""A small external provisioner, by the contract of Kubernetes' library for them (sig-storage-lib-external-provisioner): ext_provisioner.py KUBECONFIG NAME [OPTION...]

Claims that carry NAME in volume.kubernetes.io/storage-provisioner (or the beta annotation) and no volume get one: a hostPath PersistentVolume pvc-UID with the class's parameters
as annotations, provisioned-by, and a claimRef. Of a class with WaitForFirstConsumer only when selected-node is there, and then with that node's affinity. Released volumes of policy Delete
that it has made are deleted. Two watches say when to look; every pass looks at everything.

  root=DIR     where the directories would lie (default /tmp/NAME)
  refuse=TEXT  provisions nothing, says TEXT as ProvisioningFailed, and takes selected-node away as who cannot use the node does
"""
import http.client, json, sys, threading, time
from kubeconfig import Api

PROVISIONER = ("volume.kubernetes.io/storage-provisioner", "volume.beta.kubernetes.io/storage-provisioner")
SELECTED = "volume.kubernetes.io/selected-node"
BY = "pv.kubernetes.io/provisioned-by"


def event(api, name, claim, kind, reason, message):
    m = claim["metadata"]
    api.call("POST", f"/api/v1/namespaces/{m['namespace']}/events", {
        "metadata": {"generateName": m["name"] + ".", "namespace": m["namespace"]}, "type": kind, "reason": reason, "message": message,
        "source": {"component": name}, "involvedObject": {"kind": "PersistentVolumeClaim", "apiVersion": "v1", "name": m["name"],
                                                          "namespace": m["namespace"], "uid": m["uid"]}})


def provision(api, name, options, claim):
    m, spec = claim["metadata"], claim["spec"]
    notes = m.get("annotations", {})
    if spec.get("volumeName") or m.get("deletionTimestamp") or name not in [notes.get(a) for a in PROVISIONER]:
        return
    code, sc = api.call("GET", "/apis/storage.k8s.io/v1/storageclasses/" + spec["storageClassName"])
    if code != 200 or sc["provisioner"] != name:
        return
    node = notes.get(SELECTED)
    if sc.get("volumeBindingMode") == "WaitForFirstConsumer" and not node:
        return
    path = f"/api/v1/namespaces/{m['namespace']}/persistentvolumeclaims/{m['name']}"
    if "refuse" in options:
        event(api, name, claim, "Warning", "ProvisioningFailed", options["refuse"])
        if node:
            api.call("PATCH", path, {"metadata": {"annotations": {SELECTED: None}}}, "application/merge-patch+json")
        return
    pv = {"metadata": {"name": "pvc-" + m["uid"], "annotations": {BY: name, **{"parameters/" + k: v for k, v in sc.get("parameters", {}).items()}}},
          "spec": {"capacity": {"storage": spec["resources"]["requests"]["storage"]}, "accessModes": spec["accessModes"],
                   "volumeMode": spec.get("volumeMode", "Filesystem"), "persistentVolumeReclaimPolicy": sc["reclaimPolicy"],
                   "storageClassName": sc["metadata"]["name"], "mountOptions": sc.get("mountOptions", []),
                   "hostPath": {"path": f"{options.get('root', '/tmp/' + name)}/{m['uid']}", "type": "DirectoryOrCreate"},
                   "claimRef": {"kind": "PersistentVolumeClaim", "apiVersion": "v1", "namespace": m["namespace"], "name": m["name"], "uid": m["uid"]}}}
    if node:
        here = {"key": "kubernetes.io/hostname", "operator": "In", "values": [node]}
        pv["spec"]["nodeAffinity"] = {"required": {"nodeSelectorTerms": [{"matchExpressions": [here]}]}}
    code, _ = api.call("POST", "/api/v1/persistentvolumes", pv)
    if code == 201:
        print("made pvc-" + m["uid"], flush=True)
        event(api, name, claim, "Normal", "ProvisioningSucceeded", "Successfully provisioned volume pvc-" + m["uid"])


def delete(api, name, pv):
    if pv["metadata"].get("annotations", {}).get(BY) != name or pv["metadata"].get("deletionTimestamp"):
        return
    if pv.get("status", {}).get("phase") != "Released" or pv["spec"]["persistentVolumeReclaimPolicy"] != "Delete":
        return
    code, _ = api.call("DELETE", "/api/v1/persistentvolumes/" + pv["metadata"]["name"])
    if code == 200:
        print("deleted " + pv["metadata"]["name"], flush=True)


def follow(api, path, wake):
    """A watch that only says that something has changed; begun anew when it ends, with a pass in between."""
    while True:
        try:
            r = api.open("GET", path + "?watch=true&allowWatchBookmarks=false")
            while r.readline():
                wake.set()
        except OSError:
            time.sleep(0.2)
        wake.set()


def main():
    api, name = Api(sys.argv[1]), sys.argv[2]
    options = dict(a.split("=", 1) for a in sys.argv[3:])
    wake = threading.Event()
    for what in ("persistentvolumeclaims", "persistentvolumes"):
        threading.Thread(target=follow, args=(api, "/api/v1/" + what, wake), daemon=True).start()
    print("ready", flush=True)
    while True:
        wake.wait()
        wake.clear()
        try:
            for claim in api.call("GET", "/api/v1/persistentvolumeclaims")[1].get("items", []):
                provision(api, name, options, claim)
            for pv in api.call("GET", "/api/v1/persistentvolumes")[1].get("items", []):
                delete(api, name, pv)
        except (OSError, http.client.HTTPException) as e:
            print(f"the server is away: {e}", flush=True)
            time.sleep(0.2)
            wake.set()


main()
