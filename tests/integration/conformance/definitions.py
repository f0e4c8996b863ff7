"""Custom resources: definitions, defaults, pruning, documents; field validation of built-in and custom kinds."""
from kube import *

NS = "conf-definitions"
SPEC = {"type": "object", "properties": {
    "spec": {"type": "object", "properties": {"foo": {"type": "string"}, "cronSpec": {"type": "string", "pattern": r"^(\d+|\*)(/\d+)?(\s+(\d+|\*)(/\d+)?){4}$"},
                                              "ports": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["containerPort", "protocol"],
                                                        "items": {"type": "object", "required": ["containerPort", "protocol"],
                                                                  "properties": {"containerPort": {"type": "integer"}, "protocol": {"type": "string"},
                                                                                 "hostPort": {"type": "integer"}}}},
                                              "knownField1": {"type": "string"}}},
    "embedded": {"type": "object", "x-kubernetes-embedded-resource": True,
                 "properties": {"spec": {"type": "object", "properties": {"a": {"type": "string"}}}}}}}


def openapi(c):
    return c.get("/openapi/v2")


def definition(doc, group, ver, kind):
    rev = ".".join(reversed(group.split(".")))
    return doc["definitions"].get("%s.%s.%s" % (rev, ver, kind))


def wait_definition(c, group, ver, kind, test=lambda d: d is not None):
    return eventually(lambda: test(definition(openapi(c), group, ver, kind)), what="%s in /openapi/v2" % kind)


def publishing(c):
    with Behaviour("CustomResourcePublishOpenAPI works for CRD with validation schema"):
        bars = {"type": "object", "description": "Foo CRD for Testing", "properties": {
            "spec": {"type": "object", "properties": {"bars": {"type": "array", "items": {"type": "object", "required": ["name"], "properties": {
                "name": {"type": "string"}, "age": {"type": "string"}, "bazs": {"type": "array", "items": {"type": "string"}}}}}}},
            "status": {"type": "object", "properties": {"n": {"type": "integer"}}}}}
        make_crd(c, crd("foos", "pub.example.com", "Foo", [version("v1", bars)]))
        wait_definition(c, "pub.example.com", "v1", "Foo")
        d = definition(openapi(c), "pub.example.com", "v1", "Foo")
        same(d["description"], "Foo CRD for Testing", "description")
        assert "metadata" in d["properties"] and d["x-kubernetes-group-version-kind"][0]["kind"] == "Foo", d
        same(d["properties"]["spec"]["properties"]["bars"]["items"]["required"], ["name"], "required")
        v3 = c.get("/openapi/v3")["paths"]["apis/pub.example.com/v1"]["serverRelativeURL"]
        doc = c.get(v3)
        assert any(k.endswith(".Foo") for k in doc["components"]["schemas"]), list(doc["components"]["schemas"])
        at = "/apis/pub.example.com/v1/namespaces/%s/foos" % NS
        c.create(at, {"apiVersion": "pub.example.com/v1", "kind": "Foo", "metadata": {"name": "a"}, "spec": {"bars": [{"name": "x"}]}})
        refused(422, c.create, at, {"apiVersion": "pub.example.com/v1", "kind": "Foo", "metadata": {"name": "b"}, "spec": {"bars": [{"age": "1"}]}}, reason="Invalid",
                contains="spec.bars[0].name: Required value")
        refused(400, c.create, at, {"apiVersion": "pub.example.com/v1", "kind": "Foo", "metadata": {"name": "b"}, "spec": {"unknown": 1}}, fieldValidation="Strict",
                contains='unknown field \\"spec.unknown\\"')
    with Behaviour("CustomResourcePublishOpenAPI works for CRD without validation schema"):
        make_crd(c, crd("empties", "pub.example.com", "Empty", [version("v1")]))
        wait_definition(c, "pub.example.com", "v1", "Empty")
        c.create("/apis/pub.example.com/v1/namespaces/%s/empties" % NS, {"apiVersion": "pub.example.com/v1", "kind": "Empty", "metadata": {"name": "a"}, "any": {"thing": [1]}})
        same(c.get("/apis/pub.example.com/v1/namespaces/%s/empties/a" % NS)["any"], {"thing": [1]}, "unknown fields")
    with Behaviour("CustomResourcePublishOpenAPI works for CRD preserving unknown fields in an embedded object"):
        emb = {"type": "object", "properties": {"spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {"a": {"type": "string"}}}}}
        make_crd(c, crd("embeds", "pub.example.com", "Embed", [version("v1", emb)]))
        wait_definition(c, "pub.example.com", "v1", "Embed")
        o = c.create("/apis/pub.example.com/v1/namespaces/%s/embeds" % NS,
                     {"apiVersion": "pub.example.com/v1", "kind": "Embed", "metadata": {"name": "a"}, "spec": {"b": {"c": 1}}, "gone": 1})
        same((o["spec"], "gone" in o), ({"b": {"c": 1}}, False), "what is kept")
    with Behaviour("CustomResourcePublishOpenAPI works for multiple CRDs of different groups, and of the same group and version but different kinds"):
        make_crd(c, crd("foos", "other.example.com", "Foo", [version("v1", SPEC)]))
        make_crd(c, crd("bars", "other.example.com", "Bar", [version("v1", SPEC)]))
        for g, k in (("other.example.com", "Foo"), ("other.example.com", "Bar"), ("pub.example.com", "Foo")):
            wait_definition(c, g, "v1", k)
    with Behaviour("CustomResourcePublishOpenAPI works for multiple CRDs of same group but different versions"):
        make_crd(c, crd("multis", "multi.example.com", "Multi", [version("v2", SPEC), version("v3", SPEC, storage=False)]))
        for v in ("v2", "v3"):
            wait_definition(c, "multi.example.com", v, "Multi")
    with Behaviour("CustomResourcePublishOpenAPI updates the published spec when one version gets renamed"):
        at = CRDS + "/multis.multi.example.com"
        o = c.get(at)
        o["spec"]["versions"][1]["name"] = "v4"
        c.update(at, o)
        wait_definition(c, "multi.example.com", "v4", "Multi")
        wait_definition(c, "multi.example.com", "v3", "Multi", lambda d: d is None)
        assert definition(openapi(c), "multi.example.com", "v2", "Multi"), "the other version stays"
    with Behaviour("CustomResourcePublishOpenAPI removes definition from spec when one version gets changed to not be served"):
        c.patch(CRDS + "/multis.multi.example.com", [{"op": "test", "path": "/spec/versions/1/name", "value": "v4"}, {"op": "replace", "path": "/spec/versions/1/served", "value": False}], kind="json")
        wait_definition(c, "multi.example.com", "v4", "Multi", lambda d: d is None)
        assert definition(openapi(c), "multi.example.com", "v2", "Multi"), "the other version stays"
        refused(404, c.get, "/apis/multi.example.com/v4/namespaces/%s/multis" % NS)
    for n in ("foos.pub", "empties.pub", "embeds.pub", "foos.other", "bars.other", "multis.multi"):
        c.delete(CRDS + "/" + n + ".example.com")
    with Behaviour("CustomResourcePublishOpenAPI forgets what is deleted"):
        wait_definition(c, "pub.example.com", "v1", "Foo", lambda d: d is None)


def simple(c):
    with Behaviour("CustomResourceDefinition resources Simple CustomResourceDefinition creating/deleting custom resource definition objects works"):
        d = make_crd(c, crd("things", "simple.example.com", "Thing", [version("v1")], scope="Cluster"))
        same([x["type"] for x in d["status"]["conditions"] if x["status"] == "True"], ["NamesAccepted", "Established"], "conditions")
        same(d["status"]["storedVersions"], ["v1"], "stored versions")
        same(d["spec"]["names"]["listKind"], "ThingList", "list kind")
        same(d["spec"]["conversion"]["strategy"], "None", "conversion")
        c.delete(CRDS + "/things.simple.example.com")
        eventually(lambda: refused(404, c.get, CRDS + "/things.simple.example.com"), what="end of the definition")
    with Behaviour("CustomResourceDefinition resources Simple CustomResourceDefinition listing custom resource definition objects works"):
        for i in range(4):
            d = crd("many%ds" % i, "simple.example.com", "Many%d" % i, [version("v1")])
            d["metadata"]["labels"] = {"batch": "yes"}
            make_crd(c, d)
        same(len(c.get(CRDS, labelSelector="batch=yes")["items"]), 4, "definitions")
        c.delete(CRDS, labelSelector="batch=yes")
        eventually(lambda: not c.get(CRDS, labelSelector="batch=yes")["items"], what="deletion of all")
    with Behaviour("CustomResourceDefinition resources Simple CustomResourceDefinition getting/updating/patching custom resource definition status sub-resource works"):
        make_crd(c, crd("stats", "simple.example.com", "Stat", [version("v1")]))
        at = CRDS + "/stats.simple.example.com/status"
        c.get(at)
        cond = {"type": "StatusUpdate", "status": "True", "reason": "E2E", "message": "Set from e2e test"}
        o = c.retry_update(at, lambda x: x["status"]["conditions"].append(cond))
        assert any(x["type"] == "StatusUpdate" for x in o["status"]["conditions"]), o["status"]
        o = c.patch(at, {"metadata": {"annotations": {"patched": "yes"}}, "spec": {"names": {"plural": "others"}}})
        same(o["spec"]["names"]["plural"], "stats", "spec")
        c.delete(CRDS + "/stats.simple.example.com")
    with Behaviour("CustomResourceDefinition resources should include custom resource definition resources in discovery documents"):
        assert "apiextensions.k8s.io" in [g["name"] for g in c.get("/apis")["groups"]]
        assert "customresourcedefinitions" in [r["name"] for r in c.get("/apis/apiextensions.k8s.io/v1")["resources"]]
    with Behaviour("CustomResourceDefinition resources custom resource defaulting for requests and from storage works"):
        d = crd("defs", "simple.example.com", "Def", [version("v1", {"type": "object", "properties": {"a": {"type": "string", "default": "A"}, "b": {"type": "string"}}})], scope="Cluster")
        make_crd(c, d)
        at = "/apis/simple.example.com/v1/defs"
        o = c.create(at, {"apiVersion": "simple.example.com/v1", "kind": "Def", "metadata": {"name": "x"}})
        same((o["a"], "b" in o), ("A", False), "defaults of a request")
        c.patch(CRDS + "/defs.simple.example.com", [{"op": "add", "path": "/spec/versions/0/schema/openAPIV3Schema/properties/b/default", "value": "B"}], kind="json")
        eventually(lambda: c.get(at + "/x").get("b") == "B", what="a default from storage")
        same(c.get(at)["items"][0].get("b"), "B", "a default in a list")
        c.patch(CRDS + "/defs.simple.example.com", [{"op": "remove", "path": "/spec/versions/0/schema/openAPIV3Schema/properties/a/default"},
                                                     {"op": "add", "path": "/spec/versions/0/schema/openAPIV3Schema/properties/a/nullable", "value": True}], kind="json")
        eventually(lambda: "a" not in c.create(at + "?dryRun=All", {"apiVersion": "simple.example.com/v1", "kind": "Def", "metadata": {"name": "y"}}), what="no default any more")
        same(c.get(at + "/x")["a"], "A", "what was stored stays")
        c.delete(CRDS + "/defs.simple.example.com")
    with Behaviour("definitions: names that are taken, schemas that are not structural, and bad names are refused"):
        make_crd(c, crd("takens", "simple.example.com", "Taken", [version("v1")]))
        d = crd("takens2", "simple.example.com", "Taken", [version("v1")])
        c.create(CRDS, d)
        o = eventually(lambda: (lambda x: x if x.get("status", {}).get("conditions") else None)(c.get(CRDS + "/takens2.simple.example.com")), what="conditions")
        same([(x["type"], x["status"], x["reason"]) for x in o["status"]["conditions"]],
             [("NamesAccepted", "False", "ListKindConflict"), ("Established", "False", "NotAccepted")], "conditions of a taken kind")
        for n in ("takens", "takens2"):
            c.delete(CRDS + "/" + n + ".simple.example.com")
        bad = crd("bads", "simple.example.com", "Bad", [version("v1", {"type": "object", "properties": {"a": {"properties": {"b": {"type": "string"}}}}})])
        refused(422, c.create, CRDS, bad, reason="Invalid", contains="Required value: must not be empty for specified object fields")
        bad = crd("bads", "simple.example.com", "Bad", [version("v1")])
        bad["metadata"]["name"] = "others.simple.example.com"
        refused(422, c.create, CRDS, bad, reason="Invalid", contains='must be spec.names.plural+\\".\\"+spec.group')
        bad = crd("bads", "simple.example.com", "Bad", [version("v1", storage=False)])
        refused(422, c.create, CRDS, bad, reason="Invalid", contains="must have exactly one version marked as storage version")
    with Behaviour("custom resources: status, scale, printer columns, selectable fields"):
        schema = {"type": "object", "properties": {"spec": {"type": "object", "properties": {"replicas": {"type": "integer"}, "color": {"type": "string"}}},
                                                   "status": {"type": "object", "properties": {"replicas": {"type": "integer"}, "selector": {"type": "string"}}}}}
        v = version("v1", schema, subresources={"status": {}, "scale": {"specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas",
                                                                     "labelSelectorPath": ".status.selector"}},
                    additionalPrinterColumns=[{"name": "Color", "type": "string", "jsonPath": ".spec.color"}], selectableFields=[{"jsonPath": ".spec.color"}])
        make_crd(c, crd("shirts", "simple.example.com", "Shirt", [v]))
        at = "/apis/simple.example.com/v1/namespaces/%s/shirts" % NS
        o = c.create(at, {"apiVersion": "simple.example.com/v1", "kind": "Shirt", "metadata": {"name": "a"}, "spec": {"replicas": 2, "color": "blue"}, "status": {"replicas": 9}})
        assert "status" not in o, "a create does not set the status"
        same(o["metadata"]["generation"], 1, "generation")
        o = c.patch(at + "/a/status", {"status": {"replicas": 1, "selector": "x=y"}, "spec": {"color": "red"}})
        same((o["spec"]["color"], o["metadata"]["generation"]), ("blue", 1), "a write of status")
        s = c.get(at + "/a/scale")
        same((s["kind"], s["apiVersion"], s["spec"]["replicas"], s["status"]), ("Scale", "autoscaling/v1", 2, {"replicas": 1, "selector": "x=y"}), "scale")
        c.patch(at + "/a/scale", {"spec": {"replicas": 5}})
        o = c.get(at + "/a")
        same((o["spec"]["replicas"], o["metadata"]["generation"]), (5, 2), "after a scale")
        c.create(at, {"apiVersion": "simple.example.com/v1", "kind": "Shirt", "metadata": {"name": "b"}, "spec": {"color": "green"}})
        same([x["metadata"]["name"] for x in c.get(at, fieldSelector="spec.color=green")["items"]], ["b"], "selectable field")
        refused(400, c.get, at, fieldSelector="spec.replicas=1", reason="BadRequest", contains="field label not supported")
        t = c.call("GET", at, headers={"Accept": "application/json;as=Table;v=v1;g=meta.k8s.io"})
        same([x["name"] for x in t["columnDefinitions"]], ["Name", "Color"], "columns")
        same([r["cells"] for r in t["rows"]], [["a", "blue"], ["b", "green"]], "rows")
        refused(415, c.patch, at + "/a", {"spec": {}}, kind="strategic", reason="UnsupportedMediaType")
        c.delete(CRDS + "/shirts.simple.example.com")
        eventually(lambda: refused(404, c.get, at), what="end of the resource")


def yaml_doc(kind, gv, name, extra):
    return "apiVersion: %s\nkind: %s\nmetadata:\n  name: %s\n%s" % (gv, kind, name, extra)


def validation(c):
    deployments = "/apis/apps/v1/namespaces/%s/deployments" % NS
    bad = ('{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"n","labels":{"app":"nginx"}},"spec":{"unknown1":"val","unknownDupe":"valDupe","unknownDupe":"valDupe2",'
           '"paused":true,"paused":false,"selector":{"matchLabels":{"app":"nginx"}},"template":{"metadata":{"labels":{"app":"nginx"}},"spec":{"containers":[{"name":"nginx",'
           '"image":"nginx:latest","unknownNested":"val1","imagePullPolicy":"Always","imagePullPolicy":"Never"}]}}}}')
    with Behaviour("FieldValidation should detect unknown and duplicate fields of a typed object"):
        e = refused(400, c.call, "POST", deployments, bad, fieldValidation="Strict", reason="BadRequest")
        for want in ('unknown field \\"spec.unknown1\\"', 'unknown field \\"spec.unknownDupe\\"', 'duplicate field \\"spec.paused\\"',
                     'unknown field \\"spec.template.spec.containers[0].unknownNested\\"', 'duplicate field \\"spec.template.spec.containers[0].imagePullPolicy\\"', "strict decoding error"):
            assert want in e.text, want + " is not in " + e.text
        code, headers, data = c.send("POST", deployments, bad, fieldValidation="Warn", dryRun="All")
        same(code, 201, "Warn")
        warnings = " ".join(headers.get_all("Warning") or [])
        assert warnings.startswith("299 - ") and 'unknown field \\"spec.unknown1\\"' in warnings, warnings
        code, headers, data = c.send("POST", deployments, bad, fieldValidation="Ignore", dryRun="All")
        same((code, headers.get_all("Warning")), (201, None), "Ignore")
        refused(422, c.call, "POST", deployments, bad, fieldValidation="Nonsense")
    with Behaviour("FieldValidation should detect unknown fields in strategic, merge and apply patches"):
        good = json.loads(bad)
        c.create(deployments, good)
        for kind in ("merge", "strategic", "apply"):
            p = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "n"}, "spec": {"unknown1": "v"}}
            refused(500 if kind == "apply" else 422, c.patch, deployments + "/n", p, kind=kind, fieldValidation="Strict", contains="spec.unknown1",
                    **({"fieldManager": "m"} if kind == "apply" else {}))
        refused(422, c.call, "PATCH", deployments + "/n", '{"spec":{"paused":true,"paused":false}}', headers={"Content-Type": "application/merge-patch+json"},
                fieldValidation="Strict", contains='duplicate field')
        c.delete(deployments + "/n")
    make_crd(c, crd("anys", "fv.example.com", "Any", [version("v1")]))
    make_crd(c, crd("crons", "fv.example.com", "Cron", [version("v1", SPEC)]))
    any_at, cron_at = ("/apis/fv.example.com/v1/namespaces/%s/%s" % (NS, p) for p in ("anys", "crons"))
    with Behaviour("FieldValidation should create/apply a CR with unknown fields for CRD with no validation schema"):
        c.create(any_at, {"apiVersion": "fv.example.com/v1", "kind": "Any", "metadata": {"name": "a"}, "unknown": 1}, fieldValidation="Strict")
        c.call("PATCH", any_at + "/b", yaml_doc("Any", "fv.example.com/v1", "b", "spec:\n  unknown: x\n"), headers={"Content-Type": "application/apply-patch+yaml"},
               fieldManager="m", fieldValidation="Strict")
    with Behaviour("FieldValidation should create/apply a valid CR for CRD with validation schema"):
        spec = {"knownField1": "val1", "ports": [{"containerPort": 8080, "protocol": "TCP", "hostPort": 8081}]}
        c.create(cron_at, {"apiVersion": "fv.example.com/v1", "kind": "Cron", "metadata": {"name": "a"}, "spec": spec}, fieldValidation="Strict")
        c.patch(cron_at + "/b", {"apiVersion": "fv.example.com/v1", "kind": "Cron", "metadata": {"name": "b"}, "spec": spec}, kind="apply", fieldManager="m", fieldValidation="Strict")
    with Behaviour("FieldValidation should create/apply an invalid CR with extra properties for CRD with validation schema"):
        o = {"apiVersion": "fv.example.com/v1", "kind": "Cron", "metadata": {"name": "x"}, "spec": {"foo": "f", "extra": 1}}
        refused(400, c.create, cron_at, o, fieldValidation="Strict", contains='unknown field \\"spec.extra\\"')
        for mode in ("Strict", "Ignore"):
            refused(500, c.patch, cron_at + "/x", o, kind="apply", fieldManager="m", fieldValidation=mode, contains=".spec.extra: field not declared in schema")
        assert "extra" not in c.create(cron_at, o, fieldValidation="Ignore", dryRun="All")["spec"], "pruned"
    with Behaviour("FieldValidation should detect duplicates in a CR when preserving unknown fields"):
        refused(400, c.call, "POST", any_at, '{"apiVersion":"fv.example.com/v1","kind":"Any","metadata":{"name":"d"},"spec":{"a":1,"a":2}}', fieldValidation="Strict",
                contains='duplicate field \\"spec.a\\"')
        refused(400, c.call, "POST", any_at, yaml_doc("Any", "fv.example.com/v1", "d", "spec:\n  a: 1\n  a: 2\n"), headers={"Content-Type": "application/yaml"}, fieldValidation="Strict",
                contains="already set in map")
    with Behaviour("FieldValidation should detect unknown metadata fields in both the root and embedded object of a CR"):
        o = {"apiVersion": "fv.example.com/v1", "kind": "Cron", "metadata": {"name": "m", "unknownMeta": 1},
             "embedded": {"apiVersion": "v1", "kind": "X", "metadata": {"name": "in", "unknownEmbedded": 1}}}
        e = refused(400, c.create, cron_at, o, fieldValidation="Strict")
        for want in ('unknown field \\"metadata.unknownMeta\\"', 'unknown field \\"embedded.metadata.unknownEmbedded\\"'):
            assert want in e.text, want + " is not in " + e.text
    with Behaviour("a definition with CEL rules is accepted with a warning that says that they are not evaluated"):
        d = crd("cels", "fv.example.com", "Cel", [version("v1", {"type": "object", "properties": {"a": {"type": "integer"}},
                                                                 "x-kubernetes-validations": [{"rule": "self.a > 1", "message": "m"}]})])
        code, headers, _ = c.send("POST", CRDS, d)
        same(code, 201, "created")
        assert "x-kubernetes-validations" in " ".join(headers.get_all("Warning") or []), headers
        c.delete(CRDS + "/cels.fv.example.com")
    for n in ("anys", "crons"):
        c.delete(CRDS + "/" + n + ".fv.example.com")


def run(c):
    c.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
    simple(c)
    publishing(c)
    validation(c)
    c.delete("/api/v1/namespaces/" + NS)


if __name__ == "__main__":
    main(run)
