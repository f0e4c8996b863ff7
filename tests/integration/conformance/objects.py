"""Behaviours of single kinds that need no node: quota, limits, services, endpoints, events, accounts, reviews, classes, disruption budgets, nodes and pods as objects."""
import datetime

from kube import *

NS = "conf-objects"
ROOT = "/api/v1/namespaces/" + NS
PODS, SVCS = ROOT + "/pods", ROOT + "/services"


def quota(c):
    at = ROOT + "/resourcequotas"

    def used(name, **want):
        def test():
            s = c.get(at + "/" + name).get("status", {})
            return all(s.get("used", {}).get(k.replace("_", ".").replace("count.", "count/")) == v for k, v in want.items())
        try:
            eventually(test, what="usage %s" % want)
        except TimeoutError as e:
            raise AssertionError("%s; it is %s" % (e, c.get(at + "/" + name).get("status"))) from None

    def make(name, scopes=None, **hard):
        c.create(at, {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": name},
                      "spec": {"hard": {k.replace("_", "."): v for k, v in hard.items()}, **({"scopes": scopes} if scopes else {})}})

    with Behaviour("ResourceQuota should create a ResourceQuota and ensure its status is promptly calculated."):
        make("q", services="10", pods="5", configmaps="20", secrets="20", replicationcontrollers="10", cpu="1", memory="500Mi", **{"requests_storage": "10Gi"})
        used("q", services="0", pods="0", secrets="0")
    with Behaviour("ResourceQuota should create a ResourceQuota and capture the life of a service."):
        c.create(SVCS, {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": {"ports": [{"port": 80}]}})
        used("q", services="1")
        c.delete(SVCS + "/s")
        used("q", services="0")
    with Behaviour("ResourceQuota should create a ResourceQuota and capture the life of a secret."):
        c.create(ROOT + "/secrets", {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}})
        used("q", secrets="1")
        c.delete(ROOT + "/secrets/s")
        used("q", secrets="0")
    with Behaviour("ResourceQuota should create a ResourceQuota and capture the life of a configMap."):
        before = int(c.get(at + "/q")["status"]["used"]["configmaps"])
        c.create(ROOT + "/configmaps", configmap("q"))
        used("q", configmaps=str(before + 1))
        c.delete(ROOT + "/configmaps/q")
        used("q", configmaps=str(before))
    with Behaviour("ResourceQuota should create a ResourceQuota and capture the life of a replication controller."):
        c.create(ROOT + "/replicationcontrollers", {"apiVersion": "v1", "kind": "ReplicationController", "metadata": {"name": "r"},
                                                    "spec": {"replicas": 0, "selector": {"a": "b"}, "template": {"metadata": {"labels": {"a": "b"}}, "spec": pod_spec()}}})
        used("q", replicationcontrollers="1")
        c.delete(ROOT + "/replicationcontrollers/r")
        used("q", replicationcontrollers="0")

    def sized(name, cpu, memory):
        p = pod(name, nodeSelector={"no": "where"}, terminationGracePeriodSeconds=0)
        p["spec"]["containers"][0]["resources"] = {"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": cpu, "memory": memory}}
        return p

    with Behaviour("ResourceQuota should create a ResourceQuota and capture the life of a pod."):
        c.create(PODS, sized("fits", "500m", "252Mi"))
        used("q", pods="1", cpu="500m", memory="252Mi")
        refused(403, c.create, PODS, sized("not", "600m", "100Mi"), reason="Forbidden", contains="exceeded quota: q, requested: cpu=600m, used: cpu=500m, limited: cpu=1")
        refused(403, c.create, PODS, pod("bare"), reason="Forbidden", contains="failed quota: q: must specify cpu for: c; memory for: c")
        refused(422, c.patch, PODS + "/fits", {"spec": {"containers": [{"name": "c", "image": "registry.invalid/none:1", "resources": {"requests": {"cpu": "100m", "memory": "252Mi"}}}]}})
        used("q", pods="1", cpu="500m", memory="252Mi")
        c.delete(PODS + "/fits", gracePeriodSeconds=0)
        used("q", pods="0", cpu="0", memory="0")
    with Behaviour("ResourceQuota should be able to update and delete ResourceQuota."):
        c.retry_update(at + "/q", lambda q: q["spec"]["hard"].update(pods="1"))
        eventually(lambda: c.get(at + "/q")["status"]["hard"]["pods"] == "1", what="the new bound in the status")
        c.delete(at + "/q")
        refused(404, c.get, at + "/q")
    with Behaviour("ResourceQuota should verify ResourceQuota with best effort scope."):
        make("be", ["BestEffort"], pods="5")
        make("nbe", ["NotBestEffort"], pods="5")
        used("be", pods="0")
        used("nbe", pods="0")
        c.create(PODS, pod("be", nodeSelector={"no": "where"}))
        used("be", pods="1")
        used("nbe", pods="0")
        c.delete(PODS + "/be", gracePeriodSeconds=0)
        c.create(PODS, sized("nbe", "1m", "1Mi"))
        used("be", pods="0")
        used("nbe", pods="1")
        c.delete(PODS + "/nbe", gracePeriodSeconds=0)
        for n in ("be", "nbe"):
            c.delete(at + "/" + n)
    with Behaviour("ResourceQuota should verify ResourceQuota with terminating scopes."):
        make("t", ["Terminating"], pods="5")
        make("nt", ["NotTerminating"], pods="5")
        c.create(PODS, pod("nt", nodeSelector={"no": "where"}))
        used("t", pods="0")
        used("nt", pods="1")
        c.create(PODS, pod("t", nodeSelector={"no": "where"}, activeDeadlineSeconds=3600))
        used("t", pods="1")
        used("nt", pods="1")
        c.delete(PODS, gracePeriodSeconds=0)
        for n in ("t", "nt"):
            c.delete(at + "/" + n)
    with Behaviour("ResourceQuota should apply changes to a resourcequota status"):
        make("st", configmaps="20")
        used("st", configmaps=str(len(c.get(ROOT + "/configmaps")["items"])))
        o = c.retry_update(at + "/st/status", lambda q: q["status"]["hard"].update(memory="1Gi"))
        assert "memory" in o["status"]["hard"]
        o = c.patch(at + "/st/status", {"metadata": {"annotations": {"p": "y"}}, "status": {"hard": {"cpu": "7"}}})
        same(o["metadata"]["annotations"]["p"], "y", "patch of status")
        c.delete(at + "/st")
    with Behaviour("ResourceQuota: object counts of custom kinds"):
        make_crd(c, crd("counted", "quota.example.com", "Counted", [version("v1")]))
        make("cc", **{"count/counted_quota_example_com": "1"})
        items = "/apis/quota.example.com/v1/namespaces/%s/counted" % NS
        eventually(lambda: c.get(at + "/cc")["status"]["used"] == {"count/counted.quota.example.com": "0"}, what="usage")
        o = {"apiVersion": "quota.example.com/v1", "kind": "Counted", "metadata": {"name": "a"}}
        c.create(items, o)
        o["metadata"]["name"] = "b"
        refused(403, c.create, items, o, reason="Forbidden", contains="exceeded quota: cc, requested: count/counted.quota.example.com=1")
        c.delete(at + "/cc")
        c.delete(CRDS + "/counted.quota.example.com")


def limits(c):
    with Behaviour("LimitRange should create a LimitRange with defaults and ensure pod has those defaults applied."):
        at = ROOT + "/limitranges"
        c.create(at, {"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "l"}, "spec": {"limits": [
            {"type": "Container", "min": {"cpu": "50m", "memory": "100Mi"}, "max": {"cpu": "500m", "memory": "500Mi"},
             "default": {"cpu": "500m", "memory": "500Mi"}, "defaultRequest": {"cpu": "100m", "memory": "200Mi"}}]}})
        p = c.create(PODS, pod("d", nodeSelector={"no": "where"}))
        same(p["spec"]["containers"][0]["resources"], {"requests": {"cpu": "100m", "memory": "200Mi"}, "limits": {"cpu": "500m", "memory": "500Mi"}}, "defaults")
        q = pod("e", nodeSelector={"no": "where"})
        q["spec"]["containers"][0]["resources"] = {"requests": {"cpu": "10m"}}
        refused(403, c.create, PODS, q, reason="Forbidden", contains="minimum cpu usage per Container is 50m, but request is 10m")
        q["spec"]["containers"][0]["resources"] = {"requests": {"cpu": "600m"}, "limits": {"cpu": "600m"}}
        refused(403, c.create, PODS, q, reason="Forbidden", contains="maximum cpu usage per Container is 500m, but limit is 600m")
        c.retry_update(at + "/l", lambda l: l["spec"]["limits"][0]["min"].update(cpu="9m"))
        q["spec"]["containers"][0]["resources"] = {"requests": {"cpu": "10m"}}
        c.create(PODS, q)
        c.delete(at + "/l")
        c.delete(PODS, gracePeriodSeconds=0)


def services(c):
    def make(name, **spec):
        return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}, "spec": {"ports": [{"port": 80, "protocol": "TCP"}], **spec}}

    def put(name, change):
        return c.retry_update(SVCS + "/" + name, change)

    with Behaviour("API Server should provide secure master service"):
        s = c.get("/api/v1/namespaces/default/services/kubernetes")
        assert any(p["port"] == 443 for p in s["spec"]["ports"]), s["spec"]
    with Behaviour("API Server should have Endpoints and EndpointSlices pointing to API Server"):
        e = c.get("/api/v1/namespaces/default/endpoints/kubernetes")
        sl = c.get("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes")
        same(e["subsets"][0]["addresses"][0]["ip"], sl["endpoints"][0]["addresses"][0], "address")
        same(sl["metadata"]["labels"]["kubernetes.io/service-name"], "kubernetes", "label")
        same(e["metadata"]["labels"]["endpointslice.kubernetes.io/skip-mirror"], "true", "no mirror")
    with Behaviour("Services should be able to change the type from ExternalName to ClusterIP and NodePort, and back"):
        s = c.create(SVCS, {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": {"type": "ExternalName", "externalName": "foo.example.com"}})
        assert not s["spec"].get("clusterIP"), s["spec"]
        s = put("x", lambda o: (o["spec"].pop("externalName"), o["spec"].update(type="ClusterIP", ports=[{"port": 80}])))
        assert s["spec"]["clusterIP"].startswith("10.43."), s["spec"]
        ip = s["spec"]["clusterIP"]
        s = put("x", lambda o: o["spec"].update(type="NodePort"))
        node_port = s["spec"]["ports"][0]["nodePort"]
        assert 30000 <= node_port <= 32767 and s["spec"]["clusterIP"] == ip, s["spec"]
        refused(422, c.create, SVCS, make("y", type="NodePort", ports=[{"port": 80, "nodePort": node_port}]), reason="Invalid", contains="provided port is already allocated")
        refused(422, c.create, SVCS, make("y", clusterIP=ip), reason="Invalid", contains="provided IP is already allocated")
        s = put("x", lambda o: (o["spec"].update(type="ExternalName", externalName="bar.example.com"), o["spec"].pop("clusterIP"), o["spec"].pop("clusterIPs"),
                                o["spec"]["ports"][0].pop("nodePort", None)))
        assert not s["spec"].get("clusterIP"), s["spec"]
        o = c.create(SVCS, make("y", type="NodePort", clusterIP=ip, ports=[{"port": 80, "nodePort": node_port}]))
        same((o["spec"]["clusterIP"], o["spec"]["ports"][0]["nodePort"]), (ip, node_port), "what was given back")
        for n in ("x", "y"):
            c.delete(SVCS + "/" + n)
    with Behaviour("Services: immutable addresses, two protocols on one port, headless, validation"):
        o = c.create(SVCS, make("im", ports=[{"name": "t", "port": 53, "protocol": "TCP"}, {"name": "u", "port": 53, "protocol": "UDP"}]))
        refused(422, put, "im", lambda x: x["spec"].update(clusterIP="10.43.7.7", clusterIPs=["10.43.7.7"]), reason="Invalid", contains="may not change once set")
        refused(422, c.create, SVCS, make("bad", ports=[{"port": 80}, {"port": 81}]), reason="Invalid", contains="spec.ports[0].name: Required value")
        refused(422, c.create, SVCS, make("bad.name"), reason="Invalid", contains="metadata.name: Invalid value")
        h = c.create(SVCS, make("hl", clusterIP="None"))
        same((h["spec"]["clusterIP"], h["spec"]["clusterIPs"]), ("None", ["None"]), "headless")
        same((o["spec"]["ipFamilies"], o["spec"]["ipFamilyPolicy"], o["spec"]["internalTrafficPolicy"], o["spec"]["sessionAffinity"]),
             (["IPv4"], "SingleStack", "Cluster", "None"), "defaults")
        for n in ("im", "hl"):
            c.delete(SVCS + "/" + n)
    with Behaviour("Services should complete a service status lifecycle"):
        c.create(SVCS, make("st", type="LoadBalancer", loadBalancerClass="example.com/none"))  # of no controller, which would write the status too
        o = c.patch(SVCS + "/st/status", {"status": {"loadBalancer": {"ingress": [{"ip": "203.0.113.1"}]}}}, kind="strategic")
        same(o["status"]["loadBalancer"]["ingress"][0]["ip"], "203.0.113.1", "ingress")
        o = put("st", lambda x: x.update(status={}))
        same(o["status"]["loadBalancer"]["ingress"][0]["ip"], "203.0.113.1", "an update of the object keeps the status")
        c.delete(SVCS + "/st")
    with Behaviour("Services should find a service from listing all namespaces; should delete a collection of services"):
        for n in ("a", "b", "k"):
            s = make(n)
            s["metadata"]["labels"] = {"del": "no" if n == "k" else "yes"}
            c.create(SVCS, s)
        assert any(x["metadata"]["name"] == "a" for x in c.get("/api/v1/services")["items"])
        c.delete(SVCS, labelSelector="del=yes")
        eventually(lambda: [x["metadata"]["name"] for x in c.get(SVCS)["items"]] == ["k"], what="deletion of two")
        c.delete(SVCS + "/k")


def endpoints(c):
    eps, slices = ROOT + "/endpoints", "/apis/discovery.k8s.io/v1/namespaces/%s/endpointslices" % NS

    def running(name, ip, ready=True):
        now = datetime.datetime.utcnow().strftime("%Y-%m-%dT%H:%M:%SZ")
        return c.patch(PODS + "/%s/status" % name, {"status": {"phase": "Running", "podIP": ip, "podIPs": [{"ip": ip}], "conditions": [
            {"type": "Ready", "status": "True" if ready else "False", "lastTransitionTime": now}]}}, kind="strategic")

    with Behaviour("EndpointSlice should create Endpoints and EndpointSlices for Pods matching a Service"):
        c.create(SVCS, {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "m"}, "spec": {"selector": {"e": "p"}, "ports": [{"name": "n", "port": 80, "targetPort": "web"}]}})
        for i in (1, 2):
            p = pod("ep%d" % i, {"e": "p"}, nodeName="nowhere")
            p["spec"]["containers"][0]["ports"] = [{"name": "web", "containerPort": 8080 + i}]
            c.create(PODS, p)
            running("ep%d" % i, "10.42.99.%d" % i, i == 1)
        def both():
            subs = c.get(eps + "/m").get("subsets", [])
            return sorted((a["ip"], s["ports"][0]["port"]) for s in subs for a in s.get("addresses", [])) == [("10.42.99.1", 8081)] and \
                sorted(a["ip"] for s in subs for a in s.get("notReadyAddresses", [])) == ["10.42.99.2"]
        eventually(both, what="the Endpoints")
        def in_slices():
            items = c.get(slices, labelSelector="kubernetes.io/service-name=m")["items"]
            return sorted((e["addresses"][0], e["conditions"]["ready"], s["ports"][0]["port"]) for s in items for e in s.get("endpoints") or []) == \
                [("10.42.99.1", True, 8081), ("10.42.99.2", False, 8082)]
        eventually(in_slices, what="the EndpointSlices")
        c.delete(PODS, labelSelector="e=p", gracePeriodSeconds=0)
        eventually(lambda: not c.get(eps + "/m").get("subsets"), what="empty Endpoints")
    with Behaviour("EndpointSlice should create and delete Endpoints and EndpointSlices for a Service with a selector specified"):
        c.delete(SVCS + "/m")
        eventually(lambda: refused(404, c.get, eps + "/m"), what="end of the Endpoints")
        eventually(lambda: not c.get(slices, labelSelector="kubernetes.io/service-name=m")["items"], what="end of the slices")
    with Behaviour("EndpointSliceMirroring should mirror a custom Endpoints resource through create update and delete"):
        c.create(SVCS, {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "custom"}, "spec": {"ports": [{"name": "p", "port": 80}]}})
        c.create(eps, {"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "custom"}, "subsets": [{"ports": [{"name": "p", "port": 80}], "addresses": [{"ip": "10.1.2.3"}]}]})
        find = lambda: c.get(slices, labelSelector="kubernetes.io/service-name=custom")["items"]
        s = eventually(find, what="a mirror")[0]
        same((s["endpoints"][0]["addresses"], s["metadata"]["labels"]["endpointslice.kubernetes.io/managed-by"]), (["10.1.2.3"], "endpointslicemirroring-controller.k8s.io"), "mirror")
        c.retry_update(eps + "/custom", lambda e: e["subsets"][0]["addresses"][0].update(ip="10.1.2.4"))
        eventually(lambda: find()[0]["endpoints"][0]["addresses"] == ["10.1.2.4"], what="the change")
        c.delete(eps + "/custom")
        eventually(lambda: not find(), what="end of the mirror")
        c.delete(SVCS + "/custom")


def accounts(c):
    sas = ROOT + "/serviceaccounts"
    with Behaviour("ServiceAccounts should guarantee kube-root-ca.crt exist in any namespace"):
        at = ROOT + "/configmaps/kube-root-ca.crt"
        eventually(lambda: c.get(at)["data"]["ca.crt"].strip() == c.ca.strip(), what="the bundle")
        c.delete(at)
        eventually(lambda: c.get(at)["data"]["ca.crt"], what="the bundle again")
        c.retry_update(at, lambda o: o.update(data={"ca.crt": ""}))
        eventually(lambda: "BEGIN" in c.get(at)["data"]["ca.crt"], what="the right bundle again")
    with Behaviour("ServiceAccounts should create a serviceAccountToken and ensure a successful TokenReview"):
        c.create(sas, {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "tok"}})
        t = c.create(sas + "/tok/token", {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 600}})
        assert t["status"]["token"] and t["status"]["expirationTimestamp"], t
        r = c.create("/apis/authentication.k8s.io/v1/tokenreviews", {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": {"token": t["status"]["token"]}})
        same((r["status"]["authenticated"], r["status"]["user"]["username"]), (True, "system:serviceaccount:%s:tok" % NS), "review")
        assert "system:serviceaccounts:" + NS in r["status"]["user"]["groups"], r["status"]
        c.delete(sas + "/tok")
        r = c.create("/apis/authentication.k8s.io/v1/tokenreviews", {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": {"token": t["status"]["token"]}})
        assert not r["status"].get("authenticated"), "a token outlived its account"
    with Behaviour("ServiceAccounts ServiceAccountIssuerDiscovery should support OIDC discovery of service account issuer"):
        d = c.get("/.well-known/openid-configuration")
        assert d["jwks_uri"].endswith("/openid/v1/jwks") and d["id_token_signing_alg_values_supported"], d
        assert c.get("/openid/v1/jwks")["keys"][0]["kid"]
    with Behaviour("ServiceAccounts should allow opting out of API token automount"):
        for sa in (True, False, None):
            c.create(sas, {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "m-%s" % str(sa).lower()}, **({} if sa is None else {"automountServiceAccountToken": sa})})
            for own in (True, False, None):
                p = pod("x", serviceAccountName="m-%s" % str(sa).lower(), **({} if own is None else {"automountServiceAccountToken": own}))
                o = c.create(PODS, p, dryRun="All")
                want = own if own is not None else sa if sa is not None else True
                has = any(m["mountPath"] == "/var/run/secrets/kubernetes.io/serviceaccount" for m in o["spec"]["containers"][0].get("volumeMounts", []))
                same(has, want, "account %s, pod %s" % (sa, own))
    with Behaviour("ServiceAccounts should update a ServiceAccount"):
        o = c.retry_update(sas + "/m-none", lambda x: x.update(automountServiceAccountToken=False))
        same(o["automountServiceAccountToken"], False, "update")
    with Behaviour("SubjectReview should support SubjectReview API operations"):
        who = "system:serviceaccount:%s:m-true" % NS
        attrs = {"namespace": NS, "verb": "list", "resource": "configmaps"}
        sar = lambda: c.create("/apis/authorization.k8s.io/v1/subjectaccessreviews", {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
                                                                                      "spec": {"user": who, "resourceAttributes": attrs}})["status"]
        same(sar()["allowed"], False, "before the binding")
        c.create("/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings" % NS,
                 {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "view"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
                  "subjects": [{"kind": "ServiceAccount", "name": "m-true", "namespace": NS}]})
        eventually(lambda: sar()["allowed"], what="the right")
        local = c.create("/apis/authorization.k8s.io/v1/namespaces/%s/localsubjectaccessreviews" % NS, {"apiVersion": "authorization.k8s.io/v1", "kind": "LocalSubjectAccessReview",
                         "metadata": {"namespace": NS}, "spec": {"user": who, "resourceAttributes": attrs}})
        same(local["status"]["allowed"], True, "local review")
        sa = Client(os.environ["KUBECONFIG"], as_user=who)
        self_review = {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "spec": {"resourceAttributes": {**attrs, "verb": "delete"}}}
        same(sa.create("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", self_review)["status"]["allowed"], False, "what view does not give")
        me = sa.create("/apis/authentication.k8s.io/v1/selfsubjectreviews", {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"})
        same(me["status"]["userInfo"]["username"], who, "who am I")
        refused(403, sa.delete, ROOT + "/configmaps/none", reason="Forbidden",
                contains='configmaps \\"none\\" is forbidden: User \\"%s\\" cannot delete resource \\"configmaps\\" in API group \\"\\" in the namespace \\"%s\\"' % (who, NS))


def events(c):
    core, new = ROOT + "/events", "/apis/events.k8s.io/v1/namespaces/%s/events" % NS
    with Behaviour("Events should manage the lifecycle of an event; both groups are one storage"):
        c.create(core, {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "old"}, "involvedObject": {"kind": "Pod", "name": "p", "namespace": NS}, "reason": "Because",
                        "message": "hello", "type": "Warning", "source": {"component": "t"}, "count": 3})
        o = c.get(new + "/old")
        same((o["kind"], o["apiVersion"], o["note"], o["regarding"]["name"], o["deprecatedCount"]), ("Event", "events.k8s.io/v1", "hello", "p", 3), "as events.k8s.io")
        c.create(new, {"apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": {"name": "new"}, "eventTime": "2026-01-02T03:04:05.000001Z", "reportingController": "r.c", "reportingInstance": "i",
                       "action": "Do", "reason": "R", "type": "Normal", "note": "n", "regarding": {"kind": "Pod", "name": "q", "namespace": NS}})
        o = c.get(core + "/new")
        same((o["message"], o["involvedObject"]["name"], o["reportingComponent"]), ("n", "q", "r.c"), "as core")
        same([x["metadata"]["name"] for x in c.get(core, fieldSelector="involvedObject.name=q,type=Normal")["items"]], ["new"], "field selector")
        same([x["metadata"]["name"] for x in c.get(new, fieldSelector="reportingController=r.c")["items"]], ["new"], "field selector of the new group")
        o = c.patch(core + "/old", {"series": {"count": 100, "lastObservedTime": "2026-01-02T03:04:06.000001Z"}})
        same(o["series"]["count"], 100, "series")
        c.delete(core, fieldSelector="involvedObject.name=p")
        refused(404, c.get, new + "/old")
        c.delete(new + "/new")
    with Behaviour("Events should delete a collection of events"):
        for i in range(3):
            c.create(core, {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "e%d" % i, "labels": {"c": "y"}}, "involvedObject": {"kind": "Pod", "name": "p", "namespace": NS}})
        c.delete(core, labelSelector="c=y")
        same(c.get(core, labelSelector="c=y")["items"], [], "left")


def pods(c):
    with Behaviour("Pods should run through the lifecycle of Pods and PodStatus"):
        with Watch(c, PODS, labelSelector="life=yes") as w:
            c.create(PODS, pod("life", {"life": "yes"}, nodeName="nowhere"))
            w.until("ADDED")
            c.patch(PODS + "/life", {"spec": {"containers": [{"name": "c", "image": "registry.invalid/none:2"}]}}, kind="strategic")
            o = w.until("MODIFIED")
            same((o["spec"]["containers"][0]["image"], o["metadata"]["generation"]), ("registry.invalid/none:2", 2), "image and generation")
            c.patch(PODS + "/life/status", {"status": {"conditions": [{"type": "Ready", "status": "False"}]}}, kind="strategic")
            same(w.until("MODIFIED")["metadata"]["generation"], 2, "a write of status leaves the generation")
            o = c.delete(PODS + "/life", gracePeriodSeconds=1)
            same((o["metadata"]["deletionGracePeriodSeconds"], o["metadata"]["generation"]), (1, 3), "a graceful deletion")
            c.delete(PODS + "/life", gracePeriodSeconds=0)
            w.until("DELETED")
    with Behaviour("Pods: what may be changed, activeDeadlineSeconds included"):
        c.create(PODS, pod("ch", nodeName="nowhere"))
        refused(422, c.patch, PODS + "/ch", {"spec": {"nodeName": "other"}}, reason="Invalid",
                contains="pod updates may not change fields other than")
        same(c.patch(PODS + "/ch", {"spec": {"activeDeadlineSeconds": 30}})["spec"]["activeDeadlineSeconds"], 30, "deadline")
        refused(422, c.patch, PODS + "/ch", {"spec": {"activeDeadlineSeconds": 60}}, reason="Invalid", contains="must be less than or equal to previous value")
        o = c.patch(PODS + "/ch", {"spec": {"tolerations": [{"key": "k", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 5}] +
                                                           c.get(PODS + "/ch")["spec"]["tolerations"]}})
        assert any(t["key"] == "k" for t in o["spec"]["tolerations"])
        e = c.patch(PODS + "/ch/ephemeralcontainers", {"spec": {"ephemeralContainers": [{"name": "dbg", "image": "x"}]}}, kind="strategic")
        same(e["spec"]["ephemeralContainers"][0]["terminationMessagePath"], "/dev/termination-log", "ephemeral container")
        refused(422, c.patch, PODS + "/ch", {"spec": {"ephemeralContainers": []}}, reason="Invalid")
        c.delete(PODS + "/ch", gracePeriodSeconds=0)
    with Behaviour("Pods Extended should delete a collection of pods; QoS classes are set"):
        for n, res, qos in (("g", {"limits": {"cpu": "1", "memory": "1Gi"}}, "Guaranteed"), ("b", {"requests": {"cpu": "1"}}, "Burstable"), ("e", {}, "BestEffort")):
            p = pod("qos-" + n, {"qos": "y"}, nodeName="nowhere")
            p["spec"]["containers"][0]["resources"] = res
            same(c.create(PODS, p)["status"]["qosClass"], qos, n)
        c.delete(PODS, labelSelector="qos=y", gracePeriodSeconds=0)
        eventually(lambda: not c.get(PODS, labelSelector="qos=y")["items"], what="deletion")
    with Behaviour("ConfigMap and Secret: empty keys are refused, immutable ones stay"):
        for kind, plural in (("ConfigMap", "configmaps"), ("Secret", "secrets")):
            refused(422, c.create, ROOT + "/" + plural, {"apiVersion": "v1", "kind": kind, "metadata": {"name": "bad"}, "data": {"": "MQ=="}}, reason="Invalid", contains="a valid config key must")
            c.create(ROOT + "/" + plural, {"apiVersion": "v1", "kind": kind, "metadata": {"name": "imm"}, "data": {"a": "MQ=="}})
            c.patch(ROOT + "/" + plural + "/imm", {"immutable": True})
            refused(422, c.patch, ROOT + "/" + plural + "/imm", {"data": {"a": "Mg=="}}, reason="Invalid", contains="field is immutable when `immutable` is set")
            refused(422, c.patch, ROOT + "/" + plural + "/imm", {"immutable": False}, reason="Invalid")
            c.patch(ROOT + "/" + plural + "/imm", {"metadata": {"labels": {"l": "x"}}})
            c.delete(ROOT + "/" + plural + "/imm")
    with Behaviour("RuntimeClass should reject a Pod requesting a non-existent RuntimeClass, and initialize its Overhead"):
        refused(403, c.create, PODS, pod("rc", runtimeClassName="nope"), reason="Forbidden", contains='RuntimeClass \\"nope\\" not found')
        c.create("/apis/node.k8s.io/v1/runtimeclasses", {"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": "conf"}, "handler": "h",
                                                         "overhead": {"podFixed": {"cpu": "10m", "memory": "1Mi"}}, "scheduling": {"nodeSelector": {"a": "b"}}})
        o = c.create(PODS, pod("rc", runtimeClassName="conf"), dryRun="All")
        same((o["spec"]["overhead"], o["spec"]["nodeSelector"]), ({"cpu": "10m", "memory": "1Mi"}, {"a": "b"}), "overhead")
        c.delete("/apis/node.k8s.io/v1/runtimeclasses/conf")
    with Behaviour("Secrets should be consumable: stringData becomes data; patch a secret"):
        o = c.create(ROOT + "/secrets", {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "sd", "labels": {"s": "y"}}, "stringData": {"k": "value"}})
        same((o["data"], "stringData" in o, o["type"]), ({"k": "dmFsdWU="}, False, "Opaque"), "data")
        o = c.patch(ROOT + "/secrets/sd", {"data": {"k": "dmFsdWUx"}, "metadata": {"labels": {"p": "true"}}}, kind="strategic")
        same(o["data"]["k"], "dmFsdWUx", "patched")
        c.delete(ROOT + "/secrets", labelSelector="p=true")


def workloads(c):
    deps, rss = "/apis/apps/v1/namespaces/%s/deployments" % NS, "/apis/apps/v1/namespaces/%s/replicasets" % NS
    template = {"metadata": {"labels": {"w": "d"}}, "spec": pod_spec(nodeSelector={"no": "where"}, terminationGracePeriodSeconds=0)}
    for kind, at, gv in (("Deployment", deps, "apps/v1"), ("ReplicaSet", rss, "apps/v1"), ("StatefulSet", "/apis/apps/v1/namespaces/%s/statefulsets" % NS, "apps/v1"),
                         ("ReplicationController", ROOT + "/replicationcontrollers", "v1")):
        with Behaviour("%s should have a working scale subresource" % kind):
            selector = {"w": "d"} if gv == "v1" else {"matchLabels": {"w": "d"}}
            c.create(at, {"apiVersion": gv, "kind": kind, "metadata": {"name": "sc"}, "spec": {"replicas": 1, "selector": selector, "template": template,
                                                                                             **({"serviceName": "x"} if kind == "StatefulSet" else {})}})
            s = c.get(at + "/sc/scale")
            same((s["spec"]["replicas"], s["status"]["selector"]), (1, "w=d"), "scale")
            c.retry_update(at + "/sc/scale", lambda x: x["spec"].update(replicas=2))
            same(c.get(at + "/sc")["spec"]["replicas"], 2, "after an update of the scale")
            c.patch(at + "/sc/scale", {"spec": {"replicas": 4}})
            o = c.get(at + "/sc")
            same((o["spec"]["replicas"], o["metadata"]["generation"]), (4, 3), "after a patch of the scale")
            c.delete(at + "/sc", propagationPolicy="Background")
            eventually(lambda: not c.get(PODS, labelSelector="w=d")["items"], what="end of the pods")
    with Behaviour("ReplicationController should surface a failure condition on a common issue like exceeded quota"):
        c.create(ROOT + "/resourcequotas", {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "cond"}, "spec": {"hard": {"pods": "2"}}})
        eventually(lambda: c.get(ROOT + "/resourcequotas/cond")["status"]["used"]["pods"] == "0", what="usage")
        at = ROOT + "/replicationcontrollers"
        c.create(at, {"apiVersion": "v1", "kind": "ReplicationController", "metadata": {"name": "cond"}, "spec": {"replicas": 3, "selector": {"w": "d"}, "template": template}})
        has = lambda: any(x["type"] == "ReplicaFailure" for x in c.get(at + "/cond")["status"].get("conditions", []))
        eventually(has, what="the condition")
        c.patch(at + "/cond/scale", {"spec": {"replicas": 2}})
        eventually(lambda: not has(), what="the end of the condition")
        c.delete(at + "/cond", propagationPolicy="Background")
        c.delete(ROOT + "/resourcequotas/cond")
    with Behaviour("ReplicaSet and ReplicationController should adopt matching pods on creation and release no longer matching pods"):
        for kind, at, gv in (("ReplicaSet", rss, "apps/v1"), ("ReplicationController", ROOT + "/replicationcontrollers", "v1")):
            name = "ad-" + kind.lower()
            c.create(PODS, pod("orphan-" + name, {"name": name}, nodeSelector={"no": "where"}, terminationGracePeriodSeconds=0))
            labels = {"name": name}
            c.create(at, {"apiVersion": gv, "kind": kind, "metadata": {"name": name}, "spec": {"replicas": 1, "selector": labels if gv == "v1" else {"matchLabels": labels},
                          "template": {"metadata": {"labels": labels}, "spec": template["spec"]}}})
            owner = lambda: [r["name"] for r in c.get(PODS + "/orphan-" + name)["metadata"].get("ownerReferences", [])]
            eventually(lambda: owner() == [name], what="adoption")
            c.patch(PODS + "/orphan-" + name, {"metadata": {"labels": {"name": "other"}}})
            eventually(lambda: owner() == [], what="release")
            c.delete(at + "/" + name, propagationPolicy="Background")
            c.delete(PODS + "/orphan-" + name)


def run(c):
    c.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
    eventually(lambda: c.get(ROOT + "/serviceaccounts/default"))
    c.create("/api/v1/nodes", {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "nowhere"}, "spec": {"unschedulable": True}})  # pods of no node are removed
    for part in (quota, limits, services, endpoints, accounts, events, pods, workloads):
        part(c)
    c.delete("/api/v1/namespaces/" + NS)
    c.delete("/api/v1/nodes/nowhere")


if __name__ == "__main__":
    main(run)
