"""A small cloud controller manager, by the documents of Kubernetes alone: ccm.py KUBECONFIG CLOUD

CLOUD is a JSON file, read anew at every pass:
  {"instances": {NODE: {"id": "fake://...", "zone": "a", "addresses": [{"type": "InternalIP", "address": "..."}]}},
   "balancers": [{"ip": "...", "ipMode": "VIP"}, ...]}

Nodes that wait for it (taint node.cloudprovider.kubernetes.io/uninitialized) get providerID, addresses and labels, then lose the taint; of others the
addresses and the zone are kept as the file has them. A Node that is not Ready and has no instance is deleted. Services of type LoadBalancer without a class
get the finalizer and the balancers' addresses, and are let go when they are deleted. Two watches say when to look.
"""
import json, sys, threading
from kubeconfig import Api

TAINT = "node.cloudprovider.kubernetes.io/uninitialized"
PROVIDED = "alpha.kubernetes.io/provided-node-ip"
FINALIZER = "service.kubernetes.io/load-balancer-cleanup"
ZONE = "topology.kubernetes.io/zone"


def ready(node):
    return any(c["type"] == "Ready" and c["status"] == "True" for c in node.get("status", {}).get("conditions", []))


def node_pass(api, node, cloud):
    name, path = node["metadata"]["name"], "/api/v1/nodes/" + node["metadata"]["name"]
    instance = cloud["instances"].get(name)
    taints = node["spec"].get("taints", [])
    waits = any(t["key"] == TAINT for t in taints)
    if not instance:
        if not ready(node):
            print(f"{name}: no instance", flush=True)
            api.call("DELETE", path)
        return
    have = [a["address"] for a in instance["addresses"]]
    for ip in filter(None, node["metadata"].get("annotations", {}).get(PROVIDED, "").split(",")):
        if ip not in have:
            print(f"{name}: {ip} is not an address of its instance", flush=True)
            return
    wanted = instance["addresses"] + [{"type": "Hostname", "address": name}]
    if node.get("status", {}).get("addresses") != wanted:
        api.merge(path + "/status", {"status": {"addresses": wanted}})
    labels = {ZONE: instance["zone"], "topology.kubernetes.io/region": "r1", "node.kubernetes.io/instance-type": "small"}
    spec = {}
    if not node["spec"].get("providerID"):
        spec["providerID"] = instance["id"]
    if waits:
        spec["taints"] = [t for t in taints if t["key"] != TAINT] or None
    if spec or any(node["metadata"].get("labels", {}).get(k) != v for k, v in labels.items()):
        print(f"{name}: {spec} {labels}", flush=True)
        api.merge(path, {"metadata": {"labels": labels, "resourceVersion": node["metadata"]["resourceVersion"]}, "spec": spec})


def service_pass(api, svc, cloud):
    m = svc["metadata"]
    path = f"/api/v1/namespaces/{m['namespace']}/services/{m['name']}"
    finalizers = m.get("finalizers", [])
    lb = svc["spec"].get("type") == "LoadBalancer" and not svc["spec"].get("loadBalancerClass")
    if lb and not m.get("deletionTimestamp"):
        if FINALIZER not in finalizers:
            api.merge(path, {"metadata": {"finalizers": finalizers + [FINALIZER], "resourceVersion": m["resourceVersion"]}})
        elif svc.get("status", {}).get("loadBalancer", {}).get("ingress") != cloud["balancers"]:
            api.merge(path + "/status", {"status": {"loadBalancer": {"ingress": cloud["balancers"]}}})
    elif FINALIZER in finalizers:
        api.merge(path, {"metadata": {"finalizers": [f for f in finalizers if f != FINALIZER], "resourceVersion": m["resourceVersion"]}})


def follow(api, path, one, lock):
    """All there is, then every change; from the start again when the watch ends, which is also how a new file is seen."""
    while True:
        with lock:
            cloud = json.load(open(sys.argv[2]))
            listed = api.call("GET", path)[1]
            for o in listed["items"]:
                one(api, o, cloud)
        r = api.open("GET", f"{path}?watch=true&timeoutSeconds=1&resourceVersion={listed['metadata']['resourceVersion']}")
        for line in r:
            event = json.loads(line)
            if event["type"] in ("ADDED", "MODIFIED"):
                with lock:
                    one(api, event["object"], json.load(open(sys.argv[2])))


def main():
    api, lock = Api(sys.argv[1]), threading.Lock()
    t = threading.Thread(target=follow, args=(api, "/api/v1/services", service_pass, lock), daemon=True)
    t.start()
    follow(api, "/api/v1/nodes", node_pass, lock)


main()
