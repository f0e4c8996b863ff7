"""The life of the smallest object of every kind, and the mistakes that can be made with any kind's metadata, at both servers."""
from differ import *
from kinds import *

GROUPLESS = {"CSR": "request"}


def place(kind, ns):
    group, version, plural, namespaced = kind[:4]
    return api(group, version) + ("/namespaces/%s/" % ns if namespaced else "/") + plural


def smallest(kind, ns, csr, name):
    """The smallest object of a kind, named."""
    group, ver, plural, namespaced, k, body, status = kind
    text = json.dumps(body).replace("NAMESPACE", ns).replace('"CSR"', json.dumps(csr))
    return {"apiVersion": "%s/%s" % (group, ver) if group else ver, "kind": k, "metadata": {"name": name}, **json.loads(text)}


def with_meta(o, **meta):
    o = copy_of(o)
    o["metadata"].update(meta)
    return o


TABLE = {"Accept": "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"}
PARTIAL = {"Accept": "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json"}


def life(kind, ns, csr):
    """One kind: create, read, change, delete."""
    group, ver, plural, namespaced, k, body, status = kind
    root, n = place(kind, ns), "%s.%s/%s " % (plural, group, ver)
    o = smallest(kind, ns, csr, ns + "-a")
    at = root + "/" + ns + "-a"
    out = [
        post(n + "dry run", root, o, dryRun="All"),
        post(n + "create", root, o, fieldManager="diff"),
        post(n + "create again", root, o),
        get(n + "get", at),
        get(n + "table", at, headers=TABLE),
        get(n + "table without objects", root, headers=TABLE, includeObject="None", fieldSelector="metadata.name=" + ns + "-a"),
        get(n + "metadata", at, headers=PARTIAL),
        get(n + "get none", root + "/diff-none"),
        get(n + "list", root, fieldSelector="metadata.name=" + ns + "-a"),
        get(n + "unknown field selector", root, fieldSelector="spec.nonsense=1"),
        put(n + "put none", root + "/diff-none", with_meta(o, name="diff-none"), dryRun="All"),
        put(n + "put other name", root + "/diff-b", o),
        put(n + "put old", at, with_meta(o, resourceVersion="1")),
        put(n + "put other uid", at, with_meta(o, uid="11111111-2222-3333-4444-555555555555")),
        put(n + "put same", at, lambda seen: seen[n + "get"]),
        put(n + "put unconditional", at, o, dryRun="All"),
        patch(n + "merge patch", at, {"metadata": {"labels": {"diff": "x"}}}),
        patch(n + "strategic patch", at, {"metadata": {"annotations": {"diff": "x"}}}, kind="strategic"),
        patch(n + "json patch", at, [{"op": "add", "path": "/metadata/labels/two", "value": "y"}], kind="json"),
        patch(n + "json patch that fails", at, [{"op": "test", "path": "/metadata/name", "value": "y"}], kind="json"),
        patch(n + "json patch to nowhere", at, [{"op": "remove", "path": "/metadata/labels/none"}], kind="json"),
        patch(n + "unknown patch type", at, "x", kind="text/plain"),
        patch(n + "patch none", root + "/diff-none", {"metadata": {"labels": {"a": "b"}}}),
        patch(n + "apply", at, with_meta(o, labels={"diff": "applied"}), kind="apply", fieldManager="other"),
        patch(n + "apply with force", at, with_meta(o, labels={"diff": "applied"}), kind="apply", fieldManager="other", force="true"),
        patch(n + "apply without manager", at, o, kind="apply"),
        patch(n + "apply anew", root + "/diff-c", with_meta(o, name="diff-c"), kind="apply", fieldManager="other", dryRun="All"),
        patch(n + "change of name", at, {"metadata": {"name": "diff-b"}}),
        patch(n + "change of uid", at, {"metadata": {"uid": "11111111-2222-3333-4444-555555555555"}}),
        get(n + "no such subresource", at + "/nonsense"),
        post(n + "post on name", at, o),
    ]
    if status is not None:
        out += [get(n + "status", at + "/status"),
                patch(n + "status patch", at + "/status", {"metadata": {"annotations": {"s": "1"}}, "status": status}),
                put(n + "status put", at + "/status", lambda seen: seen[n + "status patch"])]
    out += [
        delete(n + "delete with other uid", at, {"preconditions": {"uid": "11111111-2222-3333-4444-555555555555"}}),
        delete(n + "delete dry run", at, dryRun="All"),
        delete(n + "delete none", root + "/diff-none"),
        delete(n + "delete with odd policy", at, {"kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": "Sideways"}),
        delete(n + "delete", at, {"gracePeriodSeconds": 0}),
        get(n + "get after", at),
    ]
    return out


def mistakes(kind, ns, csr):
    """What is wrong with any kind in the same way."""
    group, ver, plural, namespaced, k, body, status = kind
    root, n = place(kind, ns), "%s.%s/%s " % (plural, group, ver)
    o = smallest(kind, ns, csr, "diff-m")
    bare = {"apiVersion": o["apiVersion"], "kind": k}
    dry = {"dryRun": "All"}
    out = [
        post(n + "only a name", root, {**bare, "metadata": {"name": "diff-m"}}, **dry),
        post(n + "nothing", root, bare, **dry),
        post(n + "empty body", root, "", **dry),
        post(n + "other kind", root, {**o, "kind": "Nonsense"}, **dry),
        post(n + "other group", root, {**o, "apiVersion": "none.example.com/v1"}, **dry),
        post(n + "other version", root, {**o, "apiVersion": (group + "/" if group else "") + "v9"}, **dry),
        post(n + "no kind", root, {k: v for k, v in o.items() if k not in ("kind", "apiVersion")}, **dry),
        post(n + "unknown field, strict", root, {**o, "nonsense": 1, "metadata": {"name": "diff-m", "odd": 1}}, fieldValidation="Strict", **dry),
        post(n + "unknown field, warned", root, {**o, "nonsense": 1}, fieldValidation="Warn", **dry),
        post(n + "unknown validation", root, o, fieldValidation="Maybe", **dry),
        post(n + "unknown dry run", root, o, dryRun="Some"),
        post(n + "metadata of a wrong type", root, {**bare, "metadata": "x"}, **dry),
        post(n + "resource version", root, with_meta(o, resourceVersion="5")),
        post(n + "name of a wrong type", root, with_meta(o, name=5), **dry),
    ]
    metas = {
        "upper case name": {"name": "Diff-M"}, "long name": {"name": "a" * 260}, "name of 70": {"name": "a" * 70}, "slash in name": {"name": "a/b"},
        "name starts with digit": {"name": "1a"}, "dotted name": {"name": "a.b"}, "generated name": {"name": "", "generateName": "UPPER-"},
        "bad label key": {"labels": {"a b": "c"}}, "bad label value": {"labels": {"a": "b c"}}, "long label value": {"labels": {"d": "x" * 64}},
        "bad annotation": {"annotations": {"a b": "c"}}, "annotation without domain": {"annotations": {"/x": ""}}, "bad finalizer": {"finalizers": ["a b"]}, "finalizer without domain": {"finalizers": ["x"]},
        "owner without all": {"ownerReferences": [{}]}, "two controllers": {"ownerReferences": [
            {"apiVersion": "v1", "kind": "A", "name": "a", "uid": "u", "controller": True}, {"apiVersion": "v1", "kind": "A", "name": "b", "uid": "v", "controller": True}]},
        "bad manager": {"managedFields": [{"operation": "Odd"}]},
        "other namespace": {"namespace": "diff-elsewhere"},
    }
    out += [post(n + name, root, with_meta(o, **meta), **dry) for name, meta in metas.items()]
    return out
