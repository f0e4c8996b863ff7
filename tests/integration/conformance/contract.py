"""What clients rely on beyond single kinds: media types, headers, selectors, options of every verb, limits, subresources."""
import gzip
import socket

from kube import *

NS = "conf-contract"
ROOT = "/api/v1/namespaces/" + NS
CM, PODS = ROOT + "/configmaps", ROOT + "/pods"


def discovery(c):
    with Behaviour("subresources in discovery carry their own group, version and kind"):
        core = {r["name"]: r for r in c.get("/api/v1")["resources"]}
        for name, want in {"pods/eviction": ("policy", "v1", "Eviction"), "replicationcontrollers/scale": ("autoscaling", "v1", "Scale"),
                           "serviceaccounts/token": ("authentication.k8s.io", "v1", "TokenRequest")}.items():
            same((core[name].get("group"), core[name].get("version"), core[name]["kind"]), want, name)
        same(core["pods/binding"]["kind"], "Binding", "pods/binding")
        for name in ("pods/attach", "pods/ephemeralcontainers", "pods/exec", "pods/log", "pods/portforward", "pods/proxy", "pods/resize", "pods/status", "services/proxy",
                     "nodes/proxy", "namespaces/finalize", "namespaces/status", "bindings"):
            assert name in core, name
        assert core["pods"]["storageVersionHash"] and core["pods"]["shortNames"] == ["po"] and core["pods"]["categories"] == ["all"], core["pods"]
    with Behaviour("OpenAPI v3: an index with hashes, documents that may be cached for ever, fieldValidation on PATCH"):
        index = c.get("/openapi/v3")["paths"]
        url = index["apis/apps/v1"]["serverRelativeURL"]
        assert "?hash=" in url, url
        code, headers, data = c.send("GET", url)
        assert "immutable" in headers["Cache-Control"], headers["Cache-Control"]
        doc = json.loads(data)
        patch = doc["paths"]["/apis/apps/v1/namespaces/{namespace}/deployments/{name}"]["patch"]
        assert any(p.get("name") == "fieldValidation" for p in patch["parameters"]), patch["parameters"]
        schema = doc["components"]["schemas"]["io.k8s.api.apps.v1.Deployment"]
        same(schema["x-kubernetes-group-version-kind"], [{"group": "apps", "kind": "Deployment", "version": "v1"}], "kind mark")
        same(doc["components"]["schemas"]["io.k8s.api.core.v1.PodSpec"]["properties"]["containers"]["x-kubernetes-patch-merge-key"], "name", "merge key")
        code, headers2, data = c.send("GET", url, headers={"If-None-Match": headers["ETag"]})
        same(code, 304, "the same again")
    with Behaviour("OpenAPI v2: JSON, protobuf, nothing else"):
        code, headers, data = c.send("GET", "/openapi/v2", headers={"Accept": "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"})
        assert code == 200 and "proto-openapi" in headers["Content-Type"] and len(data) > 100000, (code, headers["Content-Type"], len(data))
        same(c.send("GET", "/openapi/v2", headers={"Accept": "text/html"})[0], 406, "another type")


def media(c):
    with Behaviour("YAML in and out, gzip where it pays, unknown types refused"):
        c.call("POST", CM, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: yaml}\ndata: {a: '1'}\n", headers={"Content-Type": "application/yaml"})
        code, headers, data = c.send("GET", CM + "/yaml", headers={"Accept": "application/yaml"})
        assert headers["Content-Type"] == "application/yaml" and "kind: ConfigMap" in data.decode(), (headers["Content-Type"], data)
        c.create(CM, configmap("big", {"a": "x" * 300000}))
        code, headers, data = c.send("GET", CM + "/big", headers={"Accept-Encoding": "gzip"})
        same(headers["Content-Encoding"], "gzip", "encoding of a large answer")
        assert len(data) < 30000 and json.loads(gzip.decompress(data))["data"]["a"] == "x" * 300000, len(data)
        assert c.send("GET", CM + "/yaml", headers={"Accept-Encoding": "gzip"})[1]["Content-Encoding"] is None, "a small answer is not compressed"
        code, headers, data = c.send("GET", CM, headers={"Accept-Encoding": "gzip"})
        assert json.loads(gzip.decompress(data) if headers["Content-Encoding"] == "gzip" else data)["kind"] == "ConfigMapList"
        c.delete(CM + "/big")
    with Behaviour("every answer has Audit-Id and Cache-Control"):
        code, headers, _ = c.send("GET", CM)
        assert headers["Audit-Id"] and headers["Cache-Control"] == "no-cache, private", headers
        same(c.send("GET", CM, headers={"Audit-ID": "given-by-me"})[1]["Audit-Id"], "given-by-me", "an id that was given")
    with Behaviour("deprecated kinds come with a warning"):
        code, headers, _ = c.send("GET", ROOT + "/endpoints")
        same(headers.get_all("Warning"), ['299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"'], "warnings")


def limits(c):
    with Behaviour("bodies over 3 MiB are refused with 413"):
        refused(413, c.create, CM, configmap("huge", {"a": "x" * (3 << 20)}), reason="RequestEntityTooLarge")
        refused(422, c.create, CM, configmap("huge", {"a": "x" * (1100 << 10)}), reason="Invalid", contains="Too long")
    with Behaviour("JSON without a bottom, too many patch operations, bodies that are none"):
        refused(400, c.call, "POST", CM, '{"a":' * 5000 + "1" + "}" * 5000)
        refused(400, c.call, "POST", CM, '{"kind":"ConfigMap"')
        refused(400, c.call, "POST", CM, "[]")
        ops = [{"op": "add", "path": "/data/k", "value": "v"}] * 10001
        e = refused(413, c.patch, CM + "/yaml", ops, kind="json", reason="RequestEntityTooLarge")
        assert "The allowed maximum operations in a JSON patch is 10000, got 10001" in e.text, e.text
    with Behaviour("paths: trailing slashes, percent signs, dots and unknown places"):
        refused(404, c.get, "/api/v1/nonsense")
        refused(404, c.get, "/apis/none.example.com/v1")
        refused(404, c.get, "/nonsense")
        same(c.get("/api/v1/")["kind"], "APIResourceList", "trailing slash")
        for p in ("/api/v1/namespaces/%2e%2e/pods", "/api/v1/namespaces/a%2Fb/pods", CM + "/..%2f..%2fsecrets%2fx", CM + "/%00"):
            code = c.send("GET", p)[0]
            assert code in (200, 400, 404), (p, code)
            if code == 200:
                same(c.get(p)["items"], [], p)
        refused(405, c.call, "PUT", CM, configmap("x"), reason="MethodNotAllowed")
        refused(405, c.create, CM + "/yaml", configmap("x"))
    with Behaviour("health, version, metrics"):
        for p in ("/healthz", "/livez", "/readyz", "/readyz/ping", "/livez/ping"):
            same(c.send("GET", p)[2], b"ok", p)
        assert b"[+]ping ok" in c.send("GET", "/readyz?verbose")[2]
        assert b"# TYPE" in c.send("GET", "/metrics")[2]


def lists(c):
    with Behaviour("label selectors: the whole grammar"):
        for i, labels in enumerate(({"a": "1", "b": "x"}, {"a": "2", "b": "y"}, {"b": "z"}, {"a": "1"})):
            c.create(CM, configmap("l%d" % i, labels={"sel": "t", **labels}))
        for sel, want in {"a=1": "03", "a==1": "03", "a!=1": "12", "a in (1,2)": "013", "a notin (1)": "12", "a": "013", "!a": "2", "a,b": "01", "a=1,b notin (x)": "3",
                          "a in (1), b": "0", "b in (x,z),a!=1": "2"}.items():
            got = "".join(x["metadata"]["name"][1:] for x in c.get(CM, labelSelector="sel=t," + sel)["items"])
            same(got, want, sel)
        for bad in ("a=", "a in ()", "a in 1", "=1", "a=b=c", "!", "a in (x", "a!b"):
            code = c.send("GET", CM, labelSelector=bad)[0]
            assert code == 400 or bad in ("a=", "a in ()"), (bad, code)
        c.delete(CM, labelSelector="sel=t")
    with Behaviour("field selectors: supported ones, and 400 for others"):
        c.create(PODS, pod("f1", nodeName="conf-node", restartPolicy="Never", schedulerName="s1"))
        c.create(PODS, pod("f2", nodeSelector={"no": "where"}))
        for sel, want in {"spec.nodeName=conf-node": ["f1"], "spec.nodeName=": ["f2"], "spec.restartPolicy=Never": ["f1"], "spec.schedulerName=s1": ["f1"], "status.phase=Pending": ["f1", "f2"],
                          "status.phase!=Pending": [], "spec.serviceAccountName=default": ["f1", "f2"], "spec.hostNetwork=false": ["f1", "f2"], "status.podIP=": ["f1", "f2"],
                          "metadata.name=f1,metadata.namespace=" + NS: ["f1"], "metadata.name!=f1": ["f2"], "status.nominatedNodeName=": ["f1", "f2"]}.items():
            same([x["metadata"]["name"] for x in c.get(PODS, fieldSelector=sel)["items"]], want, sel)
        refused(400, c.get, PODS, fieldSelector="spec.containers=x", reason="BadRequest", contains='field label not supported: spec.containers')
        refused(400, c.get, CM, fieldSelector="data=x", reason="BadRequest")
        for at, sel in ((ROOT + "/secrets", "type=Opaque"), ("/api/v1/nodes", "spec.unschedulable=true"), ("/api/v1/namespaces", "status.phase=Active"),
                        (ROOT + "/replicationcontrollers", "status.replicas=0"),
                        ("/apis/batch/v1/namespaces/%s/jobs" % NS, "status.successful=1"), ("/apis/certificates.k8s.io/v1/certificatesigningrequests", "spec.signerName=x"),
                        (ROOT + "/services", "spec.clusterIP=None"), (ROOT + "/services", "spec.type=NodePort"), (ROOT + "/events", "involvedObject.kind=Pod,reason=x,type=Normal,source=y")):
            c.get(at, fieldSelector=sel)
        c.delete(PODS, gracePeriodSeconds=0)
    with Behaviour("watch by WebSocket, by path and with a time limit"):
        w = socket.create_connection((c.host, c.port))
        w = c.context.wrap_socket(w, server_hostname=c.host)
        w.sendall(("GET %s?watch=1&timeoutSeconds=2 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n" % CM).encode())
        f = w.makefile("rb")
        assert b"101" in f.readline()
        while f.readline().strip():
            pass
        head = f.read(2)
        same(head[0] & 0x80, 0x80, "a whole frame")
        n = head[1] if head[1] < 126 else int.from_bytes(f.read(2), "big") if head[1] == 126 else int.from_bytes(f.read(8), "big")
        same(json.loads(f.read(n))["type"], "ADDED", "first event")
        w.close()
        with Watch(c, "/api/v1/watch/namespaces/%s/configmaps/yaml" % NS) as w:
            same(w.next()[1]["metadata"]["name"], "yaml", "watch of one by its path")
        start = time.monotonic()
        with Watch(c, CM, timeoutSeconds="1", resourceVersion=c.get(CM)["metadata"]["resourceVersion"]) as w:
            try:
                w.next(5)
                raise AssertionError("the watch goes on")
            except EOFError:
                pass
        assert 0.5 < time.monotonic() - start < 4, "timeoutSeconds"
    with Behaviour("watch with Table and with metadata only"):
        for accept, kind in (("Table", "Table"), ("PartialObjectMetadata", "PartialObjectMetadata")):
            h = dict(c.headers)
            c.headers["Accept"] = "application/json;as=%s;v=v1;g=meta.k8s.io" % accept
            try:
                conn = c.new_connection()
                conn.request("GET", CM + "?watch=1&timeoutSeconds=1", headers=c.headers)
                e = json.loads(conn.getresponse().readline())
                same((e["type"], e["object"]["kind"]), ("ADDED", kind), accept)
                conn.close()
            finally:
                c.headers = h


def verbs(c):
    with Behaviour("generateName, owners, uid and creationTimestamp of a request are handled"):
        o = configmap("")
        del o["metadata"]["name"]
        o["metadata"].update(generateName="gen-", uid="mine", creationTimestamp="2000-01-01T00:00:00Z", resourceVersion="")
        a = c.create(CM, o)
        assert a["metadata"]["name"].startswith("gen-") and len(a["metadata"]["name"]) == 9 and a["metadata"]["uid"] != "mine" and a["metadata"]["creationTimestamp"] > "2020", a
        o["metadata"]["resourceVersion"] = "5"
        refused(500, c.create, CM, o, contains="resourceVersion should not be set on objects to be created")
        refused(422, c.create, CM, configmap("Bad_Name"), reason="Invalid", contains="a lowercase RFC 1123 subdomain must consist of")
        refused(422, c.create, CM, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {}}, reason="Invalid", contains="name or generateName is required")
        refused(400, c.create, CM, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "namespace": "other"}}, contains="the namespace of the provided object does not match the namespace sent on the request")
        refused(404, c.create, "/api/v1/namespaces/nowhere/configmaps", configmap("x"), contains='namespaces \\"nowhere\\" not found')
        c.delete(CM + "/" + a["metadata"]["name"])
    with Behaviour("deletion: finalizers, preconditions, options in body and query, grace"):
        o = configmap("fin")
        o["metadata"]["finalizers"] = ["example.com/hold"]
        c.create(CM, o)
        d = c.delete(CM + "/fin")
        same(d["kind"], "ConfigMap", "an answer with the object")
        assert d["metadata"]["deletionTimestamp"] and d["metadata"]["deletionGracePeriodSeconds"] == 0, d["metadata"]
        refused(422, c.patch, CM + "/fin", {"metadata": {"finalizers": ["example.com/hold", "example.com/more"]}}, reason="Invalid",
                contains="no new finalizers can be added if the object is being deleted")
        c.patch(CM + "/fin", {"metadata": {"finalizers": []}})
        refused(404, c.get, CM + "/fin")
        c.create(CM, configmap("pre"))
        refused(409, c.delete, CM + "/pre", {"preconditions": {"resourceVersion": "1"}}, reason="Conflict", contains="the ResourceVersion in the precondition")
        refused(422, c.delete, CM + "/pre", {"propagationPolicy": "Nonsense"}, reason="Invalid")
        c.delete(CM + "/pre", {"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 5})
        refused(404, c.get, CM + "/pre")
        c.create(PODS, pod("grace", nodeName="conf-node", terminationGracePeriodSeconds=45))
        d = c.delete(PODS + "/grace")
        same(d["metadata"]["deletionGracePeriodSeconds"], 45, "the pod's own grace")
        d = c.delete(PODS + "/grace", gracePeriodSeconds=10)
        same(d["metadata"]["deletionGracePeriodSeconds"], 10, "a shorter grace")
        d = c.delete(PODS + "/grace", gracePeriodSeconds=60)
        same(d["metadata"]["deletionGracePeriodSeconds"], 10, "not a longer one")
        refused(409, c.delete, PODS + "/grace", {"gracePeriodSeconds": 0, "preconditions": {"uid": "other"}}, reason="Conflict")
        c.delete(PODS + "/grace", {"gracePeriodSeconds": 0, "preconditions": {"uid": d["metadata"]["uid"]}})
        refused(404, c.get, PODS + "/grace")
    with Behaviour("dry run on scale, binding, eviction, deletion of a collection"):
        deps = "/apis/apps/v1/namespaces/%s/deployments" % NS
        c.create(deps, {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d"}, "spec": {"replicas": 0, "selector": {"matchLabels": {"a": "b"}},
                        "template": {"metadata": {"labels": {"a": "b"}}, "spec": pod_spec()}}})
        same(c.patch(deps + "/d/scale", {"spec": {"replicas": 3}}, dryRun="All")["spec"]["replicas"], 3, "answer of the scale")
        same(c.get(deps + "/d")["spec"]["replicas"], 0, "replicas")
        c.create(PODS, pod("dry", nodeSelector={"no": "where"}))
        c.create(PODS + "/dry/binding", {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "dry"}, "target": {"kind": "Node", "name": "conf-node"}}, dryRun="All")
        assert not c.get(PODS + "/dry")["spec"].get("nodeName"), "a dry run bound the pod"
        c.create(PODS + "/dry/eviction", {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "dry"}}, dryRun="All")
        c.delete(PODS, dryRun="All")
        assert not c.get(PODS + "/dry")["metadata"].get("deletionTimestamp"), "a dry run deleted the pod"
        refused(422, c.delete, PODS + "/dry", dryRun="Some")
        c.delete(PODS + "/dry", gracePeriodSeconds=0)
        c.delete(deps + "/d")
    with Behaviour("a Scale without a revision never conflicts, however busy its object is"):
        at = ROOT + "/replicationcontrollers"
        c.create(at, {"apiVersion": "v1", "kind": "ReplicationController", "metadata": {"name": "busy"}, "spec": {"replicas": 0, "selector": {"a": "busy"},
                 "template": {"metadata": {"labels": {"a": "busy"}}, "spec": pod_spec(nodeSelector={"no": "where"}, terminationGracePeriodSeconds=0)}}})
        stop = threading.Event()

        def write():
            mine, n = Client(os.environ["KUBECONFIG"]), 0
            while not stop.is_set() and n < 2000:
                n += 1
                mine.patch(at + "/busy", {"metadata": {"annotations": {"n": str(n)}}})

        writers = [threading.Thread(target=write) for _ in range(3)]
        for t in writers:
            t.start()
        try:
            for i in range(60):
                s = c.get(at + "/busy/scale")
                del s["metadata"]["resourceVersion"]
                s["spec"]["replicas"] = i % 2
                same(c.update(at + "/busy/scale", s)["spec"].get("replicas", 0), i % 2, "replicas")
        finally:
            stop.set()
            for t in writers:
                t.join()
        c.delete(at + "/busy", propagationPolicy="Background")
    with Behaviour("eviction is held up by a disruption budget: 429 with its cause"):
        c.create(PODS, pod("ev", {"ev": "y"}, nodeName="conf-node"))
        c.patch(PODS + "/ev/status", {"status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}}, kind="strategic")
        pdbs = "/apis/policy/v1/namespaces/%s/poddisruptionbudgets" % NS
        c.create(pdbs, {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "b"}, "spec": {"minAvailable": 1, "selector": {"matchLabels": {"ev": "y"}}}})
        counted = lambda generation: c.get(pdbs + "/b").get("status", {}).get("observedGeneration", 0) >= generation
        eventually(lambda: counted(1), what="the budget to be counted")
        e = refused(429, c.create, PODS + "/ev/eviction", {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "ev"}}, reason="TooManyRequests",
                    contains="Cannot evict pod as it would violate the pod's disruption budget.")
        same(e.status["details"]["causes"][0]["reason"], "DisruptionBudget", "cause")
        c.patch(pdbs + "/b", {"spec": {"minAvailable": 0}}, kind="merge")
        eventually(lambda: counted(2), what="the budget to be counted anew")
        same(c.get(pdbs + "/b")["status"]["disruptionsAllowed"], 1, "allowed disruptions")
        c.create(PODS + "/ev/eviction", {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "ev"}, "deleteOptions": {"gracePeriodSeconds": 0}})
        eventually(lambda: c.get(pdbs + "/b")["status"]["disruptionsAllowed"] == 0, what="no disruption to be allowed")
        c.delete(pdbs + "/b")
        c.delete(PODS, gracePeriodSeconds=0)
    with Behaviour("pods/resize changes resources alone"):
        p = pod("rs", nodeName="conf-node")
        p["spec"]["containers"][0]["resources"] = {"requests": {"cpu": "100m"}, "limits": {"cpu": "200m"}}
        c.create(PODS, p)
        change = {"spec": {"containers": [{"name": "c", "resources": {"requests": {"cpu": "150m"}}}]}}
        refused(422, c.patch, PODS + "/rs", change, kind="strategic", reason="Invalid")
        o = c.patch(PODS + "/rs/resize", change, kind="strategic")
        same(o["spec"]["containers"][0]["resources"]["requests"]["cpu"], "150m", "request")
        o = c.patch(PODS + "/rs/resize", {"spec": {"containers": [{"name": "c", "image": "other"}], "activeDeadlineSeconds": 5}}, kind="strategic")
        same((o["spec"]["containers"][0]["image"], "activeDeadlineSeconds" in o["spec"]), ("registry.invalid/none:1", False), "what a resize does not change")
        c.delete(PODS + "/rs", gracePeriodSeconds=0)
    with Behaviour("certificate requests: approval, conditions that do not change back, status"):
        import subprocess
        req = base64.b64encode(subprocess.check_output("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /dev/null -subj /O=g/CN=u 2>/dev/null", shell=True)).decode()
        at = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
        o = c.create(at, {"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": {"name": "conf"},
                          "spec": {"request": req, "signerName": "kubernetes.io/kube-apiserver-client", "usages": ["client auth"], "expirationSeconds": 3600}})
        assert o["spec"]["username"], o["spec"]
        o = c.retry_update(at + "/conf/approval", lambda x: x.setdefault("status", {}).update(conditions=[{"type": "Approved", "status": "True", "reason": "R", "message": "m"}]))
        assert o["status"]["conditions"][0]["lastTransitionTime"]
        cert = eventually(lambda: c.get(at + "/conf")["status"].get("certificate"), what="a certificate")
        assert b"BEGIN CERTIFICATE" in base64.b64decode(cert)
        refused(422, c.retry_update, at + "/conf/approval", lambda x: x["status"].update(conditions=[]), reason="Invalid")
        c.delete(at + "/conf")
    with Behaviour("server-side apply: conflicts, force, take-over from client-side apply, removal of what is no longer applied"):
        deps = "/apis/apps/v1/namespaces/%s/deployments" % NS
        base = lambda **s: {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "ssa"}, "spec": s}
        full = dict(selector={"matchLabels": {"a": "b"}}, template={"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i:1", "env": [{"name": "A", "value": "1"}]}]}})
        code, _, _ = c.send("PATCH", deps + "/ssa?fieldManager=one", json.dumps(base(replicas=0, **full)), headers={"Content-Type": "application/apply-patch+yaml"})
        same(code, 201, "created by apply")
        e = refused(409, c.patch, deps + "/ssa", base(replicas=2), kind="apply", fieldManager="two", reason="Conflict")
        same([(x["reason"], x["field"]) for x in e.status["details"]["causes"]], [("FieldManagerConflict", ".spec.replicas")], "causes")
        assert 'Apply failed with 1 conflict: conflict with \\"one\\": .spec.replicas' in e.text, e.text
        o = c.patch(deps + "/ssa", base(replicas=0, template={"spec": {"containers": [{"name": "c", "env": [{"name": "B", "value": "2"}]}]}}), kind="apply", fieldManager="two")
        same([x["name"] for x in o["spec"]["template"]["spec"]["containers"][0]["env"]], ["A", "B"], "both managers' entries")
        o = c.patch(deps + "/ssa", base(replicas=1, template={"spec": {"containers": [{"name": "c", "env": [{"name": "B", "value": "2"}]}]}}), kind="apply", fieldManager="two", force="true")
        same(o["spec"]["replicas"], 1, "forced")
        o = c.patch(deps + "/ssa", base(replicas=1), kind="apply", fieldManager="two")
        same([x["name"] for x in o["spec"]["template"]["spec"]["containers"][0]["env"]], ["A"], "what two no longer applies is gone")
        refused(422, c.patch, deps + "/ssa", base(replicas=1), kind="apply", contains="fieldManager: Required value")
        c.delete(deps + "/ssa")
    with Behaviour("a Status says what, which and why"):
        e = refused(404, c.get, "/apis/apps/v1/namespaces/%s/deployments/abc" % NS)
        same(e.status, {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": 'deployments.apps "abc" not found', "reason": "NotFound",
                        "details": {"name": "abc", "group": "apps", "kind": "deployments"}, "code": 404}, "status")
        refused(401, Client.call, Anonymous(c), "GET", CM, reason="Unauthorized", headers={"Authorization": "Bearer nonsense"})
        refused(403, Client.call, Anonymous(c), "GET", CM, reason="Forbidden", contains='User \\"system:anonymous\\" cannot list resource \\"configmaps\\"')


class Anonymous(Client):
    def __init__(self, c):
        self.host, self.port, self.headers, self.local = c.host, c.port, {}, threading.local()
        self.context = ssl.create_default_context(cadata=c.ca)
        self.context.check_hostname = False


def run(c):
    c.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
    c.create("/api/v1/nodes", {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "conf-node"}, "spec": {"unschedulable": True}})
    eventually(lambda: c.get(ROOT + "/serviceaccounts/default"))
    for part in (discovery, media, limits, lists, verbs):
        part(c)
    c.delete("/api/v1/namespaces/" + NS)
    c.delete("/api/v1/nodes/conf-node")


if __name__ == "__main__":
    main(run)
