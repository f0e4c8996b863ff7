"""sig-api-machinery: watches, chunks, discovery, garbage collection, namespaces, quota, field validation, definitions and their documents."""
import re

from kube import *

NS = "conf-machinery"
CM = "/api/v1/namespaces/%s/configmaps" % NS
PODS = "/api/v1/namespaces/%s/pods" % NS


def name_of(o):
    return o["metadata"]["name"]


# --- watches ---

def watches(c):
    with Behaviour("Watchers should observe add, update, and delete watch notifications on configmaps"):
        with Watch(c, CM, labelSelector="watch=A") as a, Watch(c, CM, labelSelector="watch=B") as b, Watch(c, CM, labelSelector="watch in (A,B)") as both:
            c.create(CM, configmap("wa", labels={"watch": "A"}))
            for w in (a, both):
                w.until("ADDED", lambda o: name_of(o) == "wa")
            for i in ("1", "2"):
                c.patch(CM + "/wa", {"data": {"mutation": i}})
                for w in (a, both):
                    w.until("MODIFIED", lambda o: o["data"].get("mutation") == i)
            c.delete(CM + "/wa")
            for w in (a, both):
                w.until("DELETED", lambda o: name_of(o) == "wa" and o["data"]["mutation"] == "2")
            c.create(CM, configmap("wb", labels={"watch": "B"}))
            same(name_of(b.next()[1]), "wb", "the first event of B")
            c.delete(CM + "/wb")
            b.until("DELETED")
    with Behaviour("Watchers should be able to start watching from a specific resource version"):
        c.create(CM, configmap("from"))
        first = c.patch(CM + "/from", {"data": {"m": "1"}})["metadata"]["resourceVersion"]
        c.patch(CM + "/from", {"data": {"m": "2"}})
        c.delete(CM + "/from")
        with Watch(c, CM, fieldSelector="metadata.name=from", resourceVersion=first) as w:
            t, o = w.next()
            same((t, o["data"]["m"]), ("MODIFIED", "2"), "first event")
            same(w.next()[0], "DELETED", "second event")
    with Behaviour("Watchers should be able to restart watching from the last resource version observed by the previous watch"):
        with Watch(c, CM, fieldSelector="metadata.name=again") as w:
            c.create(CM, configmap("again"))
            c.patch(CM + "/again", {"data": {"m": "1"}})
            w.until("ADDED")
            last = w.until("MODIFIED")["metadata"]["resourceVersion"]
        c.patch(CM + "/again", {"data": {"m": "2"}})
        c.delete(CM + "/again")
        with Watch(c, CM, fieldSelector="metadata.name=again", resourceVersion=last) as w:
            same(w.next()[1]["data"]["m"], "2", "what was missed")
            same(w.next()[0], "DELETED", "deletion")
    with Behaviour("Watchers should observe an object deletion if it stops meeting the requirements of the selector"):
        with Watch(c, CM, labelSelector="sel=yes") as w:
            c.create(CM, configmap("sel", labels={"sel": "yes"}))
            w.until("ADDED")
            c.patch(CM + "/sel", {"data": {"m": "1"}})
            w.until("MODIFIED")
            c.patch(CM + "/sel", {"metadata": {"labels": {"sel": "no"}}})
            same(w.next()[0], "DELETED", "event of leaving")
            c.patch(CM + "/sel", {"data": {"m": "2"}})
            c.patch(CM + "/sel", {"metadata": {"labels": {"sel": "yes"}}})
            t, o = w.next()
            same((t, o["data"]["m"]), ("ADDED", "2"), "event of coming back")
            c.patch(CM + "/sel", {"data": {"m": "3"}})
            same(w.next()[0], "MODIFIED", "event of a change")
            c.delete(CM + "/sel")
            same(w.next()[0], "DELETED", "event of the deletion")
    with Behaviour("Watchers should receive events on concurrent watches in same order"):
        rv = c.get(CM)["metadata"]["resourceVersion"]
        done = threading.Event()

        def produce():
            mine, n = Client(os.environ["KUBECONFIG"]), 0
            while not done.is_set() and n < 400:
                n += 1
                mine.create(CM, configmap("order-%d" % n))
                mine.patch(CM + "/order-%d" % n, {"data": {"n": str(n)}})
                if n % 3 == 0:
                    mine.delete(CM + "/order-%d" % n)

        producer = threading.Thread(target=produce)
        producer.start()
        try:
            first = []
            with Watch(c, CM, resourceVersion=rv) as w:
                while len(first) < 60:
                    t, o = w.next()
                    if t != "BOOKMARK":
                        first.append(o["metadata"]["resourceVersion"])
            same([int(x) for x in first], sorted(int(x) for x in first), "order")
            for i, start in enumerate(first[:40:4]):
                with Watch(c, CM, resourceVersion=start) as w:
                    same([w.next()[1]["metadata"]["resourceVersion"] for _ in range(15)], first[i * 4 + 1:i * 4 + 16], "events after the %dth" % (i * 4))
        finally:
            done.set()
            producer.join()
        c.delete(CM)
    with Behaviour("a watch from a revision of the future or of no form is refused"):
        refused(500, Watch, c, CM, resourceVersion="nonsense")  # as kube-apiserver does, whose cache finds it
    with Behaviour("WatchList: initial events end with an annotated bookmark"):
        c.create(CM, configmap("wl"))
        with Watch(c, CM, sendInitialEvents="true", resourceVersionMatch="NotOlderThan", allowWatchBookmarks="true") as w:
            w.until("ADDED", lambda o: name_of(o) == "wl")
            b = w.until("BOOKMARK")
            same(b["metadata"]["annotations"]["k8s.io/initial-events-end"], "true", "annotation")
            same(b["kind"], "ConfigMap", "kind of the bookmark")
            c.delete(CM + "/wl")
            w.until("DELETED", lambda o: name_of(o) == "wl")
        refused(422, Watch, c, CM, sendInitialEvents="true", reason="Invalid")
    with Behaviour("CustomResourceDefinition Watch: custom resource definition objects"):
        d = crd("noxus", "mygroup.example.com", "WishIHadChosenNoxu", [version("v1")], scope="Cluster")
        make_crd(c, d)
        at = "/apis/mygroup.example.com/v1/noxus"
        with Watch(c, at) as w:
            for n in ("a", "b"):
                c.create(at, {"apiVersion": "mygroup.example.com/v1", "kind": "WishIHadChosenNoxu", "metadata": {"name": n}, "x": {"y": 1}})
                w.until("ADDED", lambda o: name_of(o) == n)
            c.patch(at + "/a", {"x": {"y": 2}})
            w.until("MODIFIED", lambda o: o["x"]["y"] == 2)
            c.delete(at + "/a")
            w.until("DELETED", lambda o: name_of(o) == "a")
        c.delete(CRDS + "/noxus.mygroup.example.com")
        eventually(lambda: refused(404, c.get, at), what="the end of the resource")


# --- lists ---

def chunks(c):
    with Behaviour("Servers with support for API chunking should return chunks of results for list calls"):
        at = "/api/v1/namespaces/%s/podtemplates" % NS
        for i in range(40):
            c.create(at, {"apiVersion": "v1", "kind": "PodTemplate", "metadata": {"name": "t-%04d" % i}, "template": {"spec": pod_spec()}})
        seen, token, rv, left = [], None, None, None
        while True:
            page = c.get(at, limit=7, **({"continue": token} if token else {}))
            seen += [name_of(x) for x in page["items"]]
            m = page["metadata"]
            rv = rv or m["resourceVersion"]
            same(m["resourceVersion"], rv, "one revision for all pages")
            token = m.get("continue")
            if not token:
                assert m.get("remainingItemCount") is None, "nothing remains"
                break
            same(m["remainingItemCount"], 40 - len(seen), "remaining")
            if len(seen) == 14:  # what comes between the pages is not seen
                c.delete(at + "/t-0030")
                c.create(at, {"apiVersion": "v1", "kind": "PodTemplate", "metadata": {"name": "t-0030b"}, "template": {"spec": pod_spec()}})
        same(seen, ["t-%04d" % i for i in range(40)], "all pages")
        same(len(c.get(at, limit=0)["items"]), 40, "no limit")
        page = c.get(at, limit=5, labelSelector="!none")
        assert page["metadata"].get("remainingItemCount") is None, "no count under a selector"
        refused(400, c.get, at, limit=5, **{"continue": "nonsense"})
        same(len(c.get(at, resourceVersion=rv, resourceVersionMatch="Exact")["items"]), 40, "list at an exact revision")
        same([x for x in c.get(at, resourceVersion=rv, resourceVersionMatch="Exact")["items"] if name_of(x) == "t-0030b"], [], "what came later")
        refused(422, c.get, at, resourceVersionMatch="Exact", reason="Invalid")
        e = refused(504, c.get, at, resourceVersion="9999999", resourceVersionMatch="NotOlderThan", reason="Timeout", contains="Too large resource version")
        same(e.status["details"]["causes"][0]["reason"], "ResourceVersionTooLarge", "cause")
        c.delete(at)
    with Behaviour("Servers with support for Table transformation should return a 406 for a backend which does not implement metadata"):
        refused(406, c.call, "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "spec": {"resourceAttributes": {"namespace": NS, "verb": "get", "resource": "pods"}}},
                headers={"Accept": "application/json;as=Table;v=v1;g=meta.k8s.io"}, reason="NotAcceptable")


# --- discovery ---

def discovery(c):
    with Behaviour("Discovery should validate PreferredVersion for each APIGroup"):
        groups = c.get("/apis")["groups"]
        assert len(groups) >= 15, "only %d groups" % len(groups)
        for g in groups:
            one = c.get("/apis/" + g["name"])
            assert one["preferredVersion"] in one["versions"], g["name"]
            same(one["preferredVersion"], g["preferredVersion"], g["name"])
    with Behaviour("Discovery should locate the groupVersion and a resource within each APIGroup"):
        for group, ver, resource in (("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations"), ("apiextensions.k8s.io", "v1", "customresourcedefinitions"),
                                     ("apps", "v1", "deployments"), ("authentication.k8s.io", "v1", "tokenreviews"), ("authorization.k8s.io", "v1", "selfsubjectaccessreviews"),
                                     ("autoscaling", "v1", "horizontalpodautoscalers"), ("autoscaling", "v2", "horizontalpodautoscalers"), ("batch", "v1", "jobs"),
                                     ("certificates.k8s.io", "v1", "certificatesigningrequests"), ("coordination.k8s.io", "v1", "leases"), ("discovery.k8s.io", "v1", "endpointslices"),
                                     ("events.k8s.io", "v1", "events"), ("networking.k8s.io", "v1", "ingresses"), ("node.k8s.io", "v1", "runtimeclasses"),
                                     ("policy", "v1", "poddisruptionbudgets"), ("scheduling.k8s.io", "v1", "priorityclasses"), ("storage.k8s.io", "v1", "csinodes")):
            g = next(x for x in c.get("/apis")["groups"] if x["name"] == group)
            assert ver in [v["version"] for v in g["versions"]], group
            assert resource in [r["name"] for r in c.get("/apis/%s/%s" % (group, ver))["resources"]], resource
    with Behaviour("server version should find the server version"):
        v = c.get("/version")
        assert re.fullmatch(r"\d+", v["major"]) and re.fullmatch(r"\d+", v["minor"]), v
    aggregated = "application/json;g=apidiscovery.k8s.io;v=%s;as=APIGroupDiscoveryList"
    with Behaviour("AggregatedDiscovery should support raw aggregated discovery endpoint Accept headers"):
        for path in ("/api", "/apis"):
            for ver in ("v2", "v2beta1"):
                code, headers, data = c.send("GET", path, headers={"Accept": aggregated % ver})
                same(code, 200, path)
                assert "g=apidiscovery.k8s.io" in headers["Content-Type"] and "v=" + ver in headers["Content-Type"], headers["Content-Type"]
                o = json.loads(data)
                same((o["kind"], o["apiVersion"]), ("APIGroupDiscoveryList", "apidiscovery.k8s.io/" + ver), path)
                code, headers2, data = c.send("GET", path, headers={"Accept": aggregated % ver, "If-None-Match": headers["ETag"]})
                same((code, data), (304, b""), "not modified")
            same(c.get(path)["kind"], {"/api": "APIVersions", "/apis": "APIGroupList"}[path], path)
    with Behaviour("AggregatedDiscovery should support aggregated discovery interface"):
        o = c.call("GET", "/apis", headers={"Accept": aggregated % "v2"})
        apps = next(g for g in o["items"] if name_of(g) == "apps")
        deploy = next(r for r in apps["versions"][0]["resources"] if r["resource"] == "deployments")
        subset({"responseKind": {"group": "", "version": "", "kind": "Deployment"}, "scope": "Namespaced", "singularResource": "deployment", "shortNames": ["deploy"]}, deploy)
        same(sorted(s["subresource"] for s in deploy["subresources"]), ["scale", "status"], "subresources")
    with Behaviour("AggregatedDiscovery should support raw aggregated discovery request for CRDs"):
        make_crd(c, crd("aggs", "agg.example.com", "Agg", [version("v1"), version("v2", storage=False)], scope="Cluster"))
        o = c.call("GET", "/apis", headers={"Accept": aggregated % "v2"})
        g = next(g for g in o["items"] if name_of(g) == "agg.example.com")
        same([v["version"] for v in g["versions"]], ["v2", "v1"], "versions by priority")
        same(g["versions"][0]["resources"][0]["responseKind"]["kind"], "Agg", "kind")
        c.delete(CRDS + "/aggs.agg.example.com")


# --- garbage and namespaces ---

def owner(o, block=False):
    return {"apiVersion": o["apiVersion"], "kind": o["kind"], "name": name_of(o), "uid": o["metadata"]["uid"], **({"blockOwnerDeletion": True} if block else {})}


def rc(name, replicas):
    labels = {"gc": name}
    return {"apiVersion": "v1", "kind": "ReplicationController", "metadata": {"name": name},
            "spec": {"replicas": replicas, "selector": labels, "template": {"metadata": {"labels": labels}, "spec": pod_spec(nodeSelector={"no": "where"}, terminationGracePeriodSeconds=0)}}}


def deployment(name, replicas):
    labels = {"gc": name}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name},
            "spec": {"replicas": replicas, "selector": {"matchLabels": labels},
                     "template": {"metadata": {"labels": labels}, "spec": pod_spec(nodeSelector={"no": "where"}, terminationGracePeriodSeconds=0)}}}


def options(policy):
    return {"kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": policy}


def garbage(c):
    rcs, rss, deps = "/api/v1/namespaces/%s/replicationcontrollers" % NS, "/apis/apps/v1/namespaces/%s/replicasets" % NS, "/apis/apps/v1/namespaces/%s/deployments" % NS

    def pods(n):
        return c.get(PODS, labelSelector="gc=" + n)["items"]

    with Behaviour("Garbage collector should delete pods created by rc when not orphaning"):
        c.create(rcs, rc("bg", 2))
        eventually(lambda: len(pods("bg")) == 2, what="two pods")
        c.delete(rcs + "/bg", options("Background"))
        eventually(lambda: not pods("bg"), what="deletion of the pods")
    with Behaviour("Garbage collector should orphan pods created by rc if delete options say so"):
        c.create(rcs, rc("orphan", 5))
        eventually(lambda: len(pods("orphan")) == 5, what="five pods")
        eventually(lambda: c.get(rcs + "/orphan")["status"]["replicas"] == 5, what="status")
        c.delete(rcs + "/orphan", options("Orphan"))
        eventually(lambda: refused(404, c.get, rcs + "/orphan"), what="end of the controller")
        eventually(lambda: all(not p["metadata"].get("ownerReferences") for p in pods("orphan")), what="orphans")
        same(len(pods("orphan")), 5, "pods")
        c.delete(PODS, labelSelector="gc=orphan")
    with Behaviour("Garbage collector should delete RS created by deployment when not orphaning"):
        c.create(deps, deployment("dbg", 2))
        eventually(lambda: c.get(rss, labelSelector="gc=dbg")["items"], what="replica set")
        c.delete(deps + "/dbg", options("Background"))
        eventually(lambda: not c.get(rss, labelSelector="gc=dbg")["items"] and not pods("dbg"), what="deletion")
    with Behaviour("Garbage collector should orphan RS created by deployment when deleteOptions.PropagationPolicy is Orphan"):
        c.create(deps, deployment("dor", 2))
        eventually(lambda: len(pods("dor")) == 2, what="pods")
        c.delete(deps + "/dor", options("Orphan"))
        eventually(lambda: refused(404, c.get, deps + "/dor"), what="end of the deployment")
        sets = eventually(lambda: [x for x in c.get(rss, labelSelector="gc=dor")["items"] if not x["metadata"].get("ownerReferences")], what="orphaned set")
        same(len(sets), 1, "sets")
        c.delete(rss + "/" + name_of(sets[0]), options("Background"))
    with Behaviour("Garbage collector should keep the rc around until all its pods are deleted if the deleteOptions says so"):
        c.create(rcs, rc("fg", 3))
        eventually(lambda: len(pods("fg")) == 3, what="pods")
        held = pods("fg")[0]
        c.patch(PODS + "/" + name_of(held), {"metadata": {"finalizers": ["example.com/hold"]}})
        c.delete(rcs + "/fg", options("Foreground"))
        eventually(lambda: len(pods("fg")) == 1, what="deletion of the other pods")
        o = c.get(rcs + "/fg")
        assert o["metadata"]["deletionTimestamp"] and "foregroundDeletion" in o["metadata"]["finalizers"], o["metadata"]
        c.patch(PODS + "/" + name_of(held), {"metadata": {"finalizers": None}})
        eventually(lambda: refused(404, c.get, rcs + "/fg"), what="end of the controller")
    with Behaviour("Garbage collector should not delete dependents that have both valid owner and owner that's waiting for dependents to be deleted"):
        a, b = c.create(rcs, rc("two-a", 0)), c.create(rcs, rc("two-b", 0))
        p = pod("two", nodeSelector={"no": "where"})
        p["metadata"]["ownerReferences"] = [owner(a, True), owner(b)]
        c.create(PODS, p)
        c.delete(rcs + "/two-a", options("Foreground"))
        eventually(lambda: refused(404, c.get, rcs + "/two-a"), what="end of the first owner")
        eventually(lambda: [x["name"] for x in c.get(PODS + "/two")["metadata"]["ownerReferences"]] == ["two-b"], what="one owner left")
        c.delete(rcs + "/two-b", options("Background"))
        eventually(lambda: refused(404, c.get, PODS + "/two"), what="end of the pod")
    with Behaviour("Garbage collector should not be blocked by dependency circle"):
        made = [c.create(PODS, pod("circle-%d" % i, nodeSelector={"no": "where"}, terminationGracePeriodSeconds=0)) for i in range(3)]
        for i in range(3):
            c.patch(PODS + "/circle-%d" % i, {"metadata": {"ownerReferences": [owner(made[i - 1], True)]}})
        c.delete(PODS + "/circle-0", options("Foreground"))
        eventually(lambda: not [x for x in c.get(PODS)["items"] if name_of(x).startswith("circle")], what="deletion of the circle")


def namespaces(c):
    nss = "/api/v1/namespaces"

    def make(n):
        o = c.create(nss, {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": n}})
        eventually(lambda: c.get("%s/%s/serviceaccounts/default" % (nss, n)))
        return o

    with Behaviour("Namespaces should ensure that all pods are removed when a namespace is deleted"):
        make("conf-ns1")
        c.create(nss + "/conf-ns1/pods", pod("p", nodeSelector={"no": "where"}))
        c.delete(nss + "/conf-ns1")
        eventually(lambda: refused(404, c.get, nss + "/conf-ns1"), what="end of the namespace")
        make("conf-ns1")
        same(c.get(nss + "/conf-ns1/pods")["items"], [], "pods of the new namespace")
        c.delete(nss + "/conf-ns1")
    with Behaviour("Namespaces should ensure that all services are removed when a namespace is deleted"):
        make("conf-ns2")
        c.create(nss + "/conf-ns2/services", {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": {"ports": [{"port": 80}]}})
        c.delete(nss + "/conf-ns2")
        eventually(lambda: refused(404, c.get, nss + "/conf-ns2"), what="end of the namespace")
    with Behaviour("Namespaces should apply a finalizer to a Namespace"):
        make("conf-ns3")
        o = c.get(nss + "/conf-ns3")
        o["spec"]["finalizers"].append("example.com/f")
        o = c.update(nss + "/conf-ns3/finalize", o)
        assert "example.com/f" in o["spec"]["finalizers"]
        c.delete(nss + "/conf-ns3")
        o = eventually(lambda: (lambda x: x if x["spec"]["finalizers"] == ["example.com/f"] else None)(c.get(nss + "/conf-ns3")), what="the controller's own finalizer goes")
        same(o["status"]["phase"], "Terminating", "phase")
        refused(403, c.create, nss + "/conf-ns3/configmaps", configmap("x"), reason="Forbidden", contains="because it is being terminated")
        o["spec"]["finalizers"] = []
        c.update(nss + "/conf-ns3/finalize", o)
        eventually(lambda: refused(404, c.get, nss + "/conf-ns3"), what="end of the namespace")
    with Behaviour("Namespaces should apply changes to a namespace status"):
        make("conf-ns4")
        o = c.patch(nss + "/conf-ns4/status", {"metadata": {"annotations": {"s": "p"}}, "status": {"conditions": [{"type": "StatusPatch", "status": "True", "reason": "E", "message": "m"}]}})
        same(o["status"]["conditions"][0]["type"], "StatusPatch", "condition")
        o = c.retry_update(nss + "/conf-ns4/status", lambda x: x["status"]["conditions"].append({"type": "StatusUpdate", "status": "True", "reason": "E", "message": "m"}))
        same(len(o["status"]["conditions"]), 2, "conditions")
        c.delete(nss + "/conf-ns4")
    with Behaviour("Namespaces should patch a Namespace"):
        make("conf-ns5")
        same(c.patch(nss + "/conf-ns5", {"metadata": {"labels": {"l": "v"}}}, kind="strategic")["metadata"]["labels"]["l"], "v", "label")
        same(c.get(nss + "/conf-ns5")["metadata"]["labels"]["kubernetes.io/metadata.name"], "conf-ns5", "the name's label")
        c.delete(nss + "/conf-ns5")
    with Behaviour("OrderedNamespaceDeletion namespace deletion should delete pod first"):
        make("conf-ns6")
        p = pod("p", nodeSelector={"no": "where"}, terminationGracePeriodSeconds=0)
        p["metadata"]["finalizers"] = ["example.com/hold"]
        c.create(nss + "/conf-ns6/pods", p)
        c.create(nss + "/conf-ns6/configmaps", configmap("later"))
        c.delete(nss + "/conf-ns6")
        eventually(lambda: c.get(nss + "/conf-ns6/pods/p")["metadata"].get("deletionTimestamp"), what="deletion of the pod")
        o = eventually(lambda: (lambda x: x if any(d["type"] == "NamespaceContentRemaining" and d["status"] == "True" for d in x["status"].get("conditions", [])) else None)(c.get(nss + "/conf-ns6")),
                       what="condition")
        assert not c.get(nss + "/conf-ns6/configmaps/later")["metadata"].get("deletionTimestamp"), "the ConfigMap goes after the pod"
        c.patch(nss + "/conf-ns6/pods/p", {"metadata": {"finalizers": None}})
        eventually(lambda: refused(404, c.get, nss + "/conf-ns6"), what="end of the namespace")


def run(c):
    c.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
    eventually(lambda: c.get("/api/v1/namespaces/%s/serviceaccounts/default" % NS))
    watches(c)
    chunks(c)
    discovery(c)
    garbage(c)
    namespaces(c)
    c.delete("/api/v1/namespaces/" + NS)


if __name__ == "__main__":
    main(run)
