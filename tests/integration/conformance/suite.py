"""What Kubernetes' own end-to-end tests asked for and minik once answered otherwise. Bodies in protobuf are client-go's."""
import base64
import json
import subprocess
import time

from kube import *

NS = "conf-suite"

# A definition whose schema has `items` and an enum, and one whose schema has `additionalProperties` with a schema.
LIST = """azhzAAozChdhcGlleHRlbnNpb25zLms4cy5pby92MRIYQ3VzdG9tUmVzb3VyY2VEZWZpbml0aW9uEvoCCh0KDWZvb3MuZTJlLnRlc3QSABoAIgAqADIAOABCABLKAgoIZTJlLnRlc3QaGQoEZm9vcxIDZm9v
IgNGb28qB0Zvb0xpc3QiCk5hbWVzcGFjZWQ6lAIKAnYxEAEYASKHAgqEAgoAEgAiACoGb2JqZWN0MgA6AFAAYAB6AJABAOoBawoEbGlzdBJjCgASACIAKgVhcnJheTIAOgBQAGAAegCQAQDCAT0KOwoAEgAiACoG
c3RyaW5nMgA6AFAAYAB6AJABAKIBCQoHIkdyZWF0IqIBCAoGIkRvd24iqAIAuAIAwAIAqAIAuAIAwAIA6gFvCgRzcGVjEmcKABIAIgAqBm9iamVjdDIAOgBQAGAAegCQAQDqAUAKAWESOwoAEgAiACoGc3RyaW5n
MgA6AFAAYAB6AJABAKIBCQoHIkdyZWF0IqIBCAoGIkRvd24iqAIAuAIAwAIAqAIAuAIAwAIAqAIAuAIAwAIAOABQABoMEggKABIAIgAqACAAGgAiAA=="""
MAP = """azhzAAozChdhcGlleHRlbnNpb25zLms4cy5pby92MRIYQ3VzdG9tUmVzb3VyY2VEZWZpbml0aW9uEqMDCh0KDWZvb3MuZTJlLnRlc3QSABoAIgAqADIAOABCABLzAgoIZTJlLnRlc3QaGQoEZm9vcxIDZm9v
IgNGb28qB0Zvb0xpc3QiCk5hbWVzcGFjZWQ6vQIKAnYxEAEYASKwAgqtAgoAEgAiACoGb2JqZWN0MgA6AFAAYAB6AJABAOoBVAoEbGlzdBJMCgASACIAKgVhcnJheTIAOgBQAGAAegCQAQDCASYKJAoAEgAiACoG
c3RyaW5nMgA6AFAAYAB6AJABAKgCALgCAMACAKgCALgCAMACAOoBVAoBbRJPCgASACIAKgZvYmplY3QyADoAUABgAHoAkAEA8gEoCAESJAoAEgAiACoGc3RyaW5nMgA6AFAAYAB6AJABAKgCALgCAMACAKgCALgC
AMACAOoBWAoEc3BlYxJQCgASACIAKgZvYmplY3QyADoAUABgAHoAkAEA6gEpCgFhEiQKABIAIgAqBnN0cmluZzIAOgBQAGAAegCQAQCoAgC4AgDAAgCoAgC4AgDAAgCoAgC4AgDAAgA4AFAAGgwSCAoAEgAiACoA
IAAaACIA"""


def protobuf(c):
    at = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"

    def create(text):
        o = c.call("POST", at, base64.b64decode(text), headers={"Content-Type": "application/vnd.kubernetes.protobuf"})
        c.delete(at + "/foos.e2e.test")
        eventually(lambda: c.send("GET", at + "/foos.e2e.test")[0] == 404, what="the definition's end")
        return o["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]

    with Behaviour("a definition in protobuf: items, enum, additionalProperties"):
        enum = {"type": "string", "enum": ["Great", "Down"]}
        same(create(LIST), {"list": {"type": "array", "items": enum}, "spec": {"type": "object", "properties": {"a": enum}}}, "items and enum")
        string = {"type": "string"}
        same(create(MAP), {"list": {"type": "array", "items": string}, "m": {"type": "object", "additionalProperties": string},
                           "spec": {"type": "object", "properties": {"a": string}}}, "additionalProperties")


def published(c):
    at = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    with Behaviour("what is published of definitions: any object where anything may be, and what apiVersion is"):
        c.create(at, crd("opens", "suite.test", "Open", [version("v1", {"type": "object", "x-kubernetes-preserve-unknown-fields": True})]))
        c.create(at, crd("closeds", "suite.test", "Closed", [version("v1", {"type": "object", "properties": {"spec": {"type": "string"}}})]))
        get = lambda name: eventually(lambda: c.get("/openapi/v2")["definitions"].get("test.suite.v1." + name), what="the definition of " + name)
        same({k: v for k, v in get("Open").items() if k != "x-kubernetes-group-version-kind"}, {"type": "object"}, "open")
        assert get("Closed")["properties"]["apiVersion"]["description"].startswith("APIVersion defines"), get("Closed")
        meta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
        for doc, types, ref in (("/openapi/v2", lambda d: d["definitions"], lambda f: f["$ref"]),
                                (c.get("/openapi/v3")["paths"]["apis/suite.test/v1"]["serverRelativeURL"], lambda d: d["components"]["schemas"], lambda f: f["allOf"][0]["$ref"])):
            types = types(c.get(doc))
            field = types["test.suite.v1.Closed"]["properties"]["metadata"]
            assert field["description"].startswith("Standard object's metadata") and ref(field).endswith("/" + meta), field
            field = types[meta]["properties"]["creationTimestamp"]
            assert field["description"].startswith("CreationTimestamp is a timestamp") and ref(field).endswith(".v1.Time"), field
            missing = [k for k, v in types[meta]["properties"].items() if not v.get("description")]
            same(missing, [], "fields of metadata without words")
        for name in ("opens", "closeds"):
            c.delete(at + "/%s.suite.test" % name)


def expiry(c):
    at = "/api/v1/namespaces/%s/configmaps" % NS
    token = lambda t: base64.urlsafe_b64encode(json.dumps(t).encode()).decode().rstrip("=")
    with Behaviour("a continue token ends after five minutes, with one that goes on from there"):
        for i in range(4):
            c.create(at, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "expiry-%d" % i, "labels": {"suite": "expiry"}}})
        first = c.get(at, limit=1, labelSelector="suite=expiry")
        t = first["metadata"]["continue"]
        t = json.loads(base64.urlsafe_b64decode(t + "=" * (-len(t) % 4)))
        assert abs(t["since"] - time.time()) < 60, t
        t["since"] -= 240
        page = c.get(at, limit=1, labelSelector="suite=expiry", **{"continue": token(t)})
        same((page["items"][0]["metadata"]["name"], page["metadata"]["resourceVersion"]), ("expiry-1", first["metadata"]["resourceVersion"]), "young enough")
        again = page["metadata"]["continue"]
        same(json.loads(base64.urlsafe_b64decode(again + "=" * (-len(again) % 4)))["since"], t["since"], "the list's beginning")
        c.create(at, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "expiry-0b", "labels": {"suite": "expiry"}}})
        t["since"] -= 120
        e = refused(410, c.get, at, limit=1, labelSelector="suite=expiry", reason="Expired", **{"continue": token(t)})
        page = c.get(at, limit=1, labelSelector="suite=expiry", **{"continue": e.status["metadata"]["continue"]})
        same(page["items"][0]["metadata"]["name"], "expiry-0b", "what came meanwhile is seen")
        assert int(page["metadata"]["resourceVersion"]) > int(first["metadata"]["resourceVersion"]), page["metadata"]
        c.delete(at, labelSelector="suite=expiry")


def subresources(c):
    with Behaviour("approval and finalize take metadata along"):
        req = base64.b64encode(subprocess.check_output("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /dev/null -subj /O=g/CN=u 2>/dev/null", shell=True)).decode()
        at = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
        c.create(at, {"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": {"name": "suite"},
                      "spec": {"request": req, "signerName": "example.com/suite", "usages": ["client auth"]}})
        o = c.patch(at + "/suite/approval", {"metadata": {"annotations": {"patchedapproval": "true"}},
                                             "status": {"conditions": [{"type": "ApprovalPatch", "status": "True", "reason": "suite"}]}})
        same(o["metadata"].get("annotations"), {"patchedapproval": "true"}, "annotations after approval")
        same(c.get(at + "/suite")["metadata"].get("annotations"), {"patchedapproval": "true"}, "... as they are kept")
        c.delete(at + "/suite")


def generation(c):
    with Behaviour("binding a pod to a node is no new generation, and ends its nomination"):
        pods = "/api/v1/namespaces/%s/pods" % NS
        c.create("/api/v1/nodes", {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "conf-suite"}})
        c.create(pods, pod("bound", schedulerName="none"))
        c.patch(pods + "/bound/status", {"status": {"nominatedNodeName": "conf-suite"}})
        same(c.get(pods + "/bound")["status"].get("nominatedNodeName"), "conf-suite", "nominated")
        c.create(pods + "/bound/binding", {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "bound"}, "target": {"kind": "Node", "name": "conf-suite"}})
        o = c.get(pods + "/bound")
        same((o["spec"]["nodeName"], o["metadata"]["generation"]), ("conf-suite", 1))
        same(o["status"].get("nominatedNodeName"), None, "the nomination, once it is bound")
        c.delete(pods + "/bound", gracePeriodSeconds=0)
        c.delete("/api/v1/nodes/conf-suite")


def tolerations(c):
    with Behaviour("an update that leaves the default tolerations out has them again"):
        pods = "/api/v1/namespaces/%s/pods" % NS
        had = c.create(pods, pod("tolerant", schedulerName="none"))["spec"]["tolerations"]
        mine = {"key": "foo", "operator": "Equal", "value": "bar", "effect": "NoSchedule"}
        o = c.retry_update(pods + "/tolerant", lambda x: x["spec"].update(tolerations=[mine]))
        same((o["spec"]["tolerations"], o["metadata"]["generation"]), ([mine] + had, 2))
        c.delete(pods + "/tolerant", gracePeriodSeconds=0)


def proxy(c):
    with Behaviour("OPTIONS goes to what is behind a proxy, and nowhere else"):
        at = "/api/v1/namespaces/%s/pods/none" % NS
        same((c.send("OPTIONS", at + "/proxy")[0], c.send("OPTIONS", at + "/proxy/x")[0], c.send("OPTIONS", at)[0]), (404, 404, 405))


def slices(c):
    with Behaviour("a Service whose selector matches no pod has one empty EndpointSlice, and keeps it"):
        at, services = "/apis/discovery.k8s.io/v1/namespaces/%s/endpointslices" % NS, "/api/v1/namespaces/%s/services" % NS
        c.create(services, {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "nobody"}, "spec": {"selector": {"none": "here"}, "ports": [{"port": 80}]}})
        get = lambda: c.get(at, labelSelector="kubernetes.io/service-name=nobody")["items"]
        first = eventually(get, what="a slice")
        same((len(first), first[0].get("endpoints") or [], first[0]["addressType"]), (1, [], "IPv4"))
        c.patch(services + "/nobody", {"metadata": {"labels": {"looked": "at-again"}}})
        again = eventually(lambda: [s for s in get() if s["metadata"]["labels"].get("looked")], what="the label on the slice")
        same([s["metadata"]["uid"] for s in again], [first[0]["metadata"]["uid"]], "the slice")
        c.delete(services + "/nobody")


def strict(c):
    with Behaviour("strict decoding of a typed object tells unknown fields, then duplicates"):
        body = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}, "unknown": 1, "immutable": true, "immutable": false}'
        refused(400, c.create, "/api/v1/namespaces/%s/configmaps" % NS, body, fieldValidation="Strict", contains='unknown field \\"unknown\\", duplicate field \\"immutable\\"')


def agents(c):
    with Behaviour("a client's name is its manager, cut where a manager's name ends"):
        at = "/api/v1/namespaces/%s/configmaps" % NS
        for name, agent, want in (("a", "suite::" + "x" * 200 + "/1.0", "suite::" + "x" * 121), ("b", "short/2", "short")):
            o = c.call("POST", at, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"a": "b"}}, headers={"User-Agent": agent})
            same(o["metadata"]["managedFields"][0].get("manager", ""), want)


def run(c):
    c.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
    for part in (protobuf, published, expiry, subresources, generation, tolerations, proxy, slices, strict, agents):
        part(c)
    c.delete("/api/v1/namespaces/" + NS)


if __name__ == "__main__":
    main(run)
