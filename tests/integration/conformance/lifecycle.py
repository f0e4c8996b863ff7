"""CRUD, patch, status and collection of every kind: the 'API operations' and 'lifecycle' behaviours of all areas, by one rule for all."""
import subprocess

from kinds import KINDS
from kube import *

NS = "conf-lifecycle"
NAMES = {  # kinds whose names have a form of their own
    "ipaddresses": ["10.43.200.%d" % i for i in range(1, 9)],
    "nodes": ["fake-%d" % i for i in range(1, 9)],
}


def csr():
    out = subprocess.check_output("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /dev/null -subj /CN=t 2>/dev/null", shell=True)
    return base64.b64encode(out).decode()


def fill(o, values):
    if isinstance(o, dict):
        return {k: fill(v, values) for k, v in o.items() if v is not None}
    if isinstance(o, list):
        return [fill(v, values) for v in o]
    return values.get(o, o) if isinstance(o, str) else o


def observed(o):
    generation = o["metadata"].get("generation")
    return o.get("status", {}).get("observedGeneration", generation) == generation


def lifecycle(c, request, group, ver, plural, namespaced, kind, body, status):
    gv = (group + "/" if group else "") + ver
    root = api(group, ver)
    at = root + ("/namespaces/" + NS if namespaced else "") + "/" + plural
    names = NAMES.get(plural) or ["c-%d" % i for i in range(1, 9)]
    full = plural + ("." + group if group else "")
    label = "conformance=%s-%s" % (plural, ver)

    def make(name, **labels):
        o = {"apiVersion": gv, "kind": kind, "metadata": {"name": name, "labels": {"conformance": "%s-%s" % (plural, ver), **labels}}}
        o.update(fill(body, {"NAMESPACE": NS, "CSR": request}))
        return o

    # discovery
    r = next((x for x in c.get(root)["resources"] if x["name"] == plural), None)
    assert r, "%s is not in discovery" % full
    same(r["namespaced"], namespaced, "namespaced")
    same(r["kind"], kind, "kind")
    for verb in ("create", "delete", "get", "list", "patch", "update", "watch"):
        assert verb in r["verbs"], "verb %s is not in discovery" % verb
    assert r["singularName"], "no singularName"
    collection = "deletecollection" in r["verbs"]

    name = names[0]
    # dry run keeps nothing
    dry = c.create(at, make(name), dryRun="All")
    assert dry["metadata"]["uid"], "a dry run answers like a real one"
    refused(404, c.get, at + "/" + name, reason="NotFound", contains='"message":"%s \\"%s\\" not found"' % (full, name))
    with Watch(c, at, labelSelector=label, resourceVersion=c.get(at)["metadata"]["resourceVersion"]) as w:
        o = c.create(at, make(name), fieldManager="conf")
        m = o["metadata"]
        same(o["kind"], kind, "kind")
        same(o["apiVersion"], gv, "apiVersion")
        for k in ("uid", "resourceVersion", "creationTimestamp", "managedFields"):
            assert m.get(k), "no metadata." + k
        same(m["managedFields"][0]["manager"], "conf", "manager")
        subset(fill(body, {"NAMESPACE": NS, "CSR": request}), o)
        refused(409, c.create, at, make(name), reason="AlreadyExists", contains='%s \\"%s\\" already exists' % (full, name))
        added = w.until("ADDED", lambda x: x["metadata"]["name"] == name)
        same(added["metadata"]["uid"], m["uid"], "uid of the event")

        # get, list, table
        same(c.get(at + "/" + name)["metadata"]["uid"], m["uid"], "uid")
        listed = c.get(at, labelSelector=label)
        same([x["metadata"]["name"] for x in listed["items"]], [name], "list by label")
        same(listed["kind"], kind + "List", "kind of the list")
        assert int(listed["metadata"]["resourceVersion"]) >= int(m["resourceVersion"]), "the list is older than its item"
        if namespaced:
            same([x["metadata"]["namespace"] for x in c.get(root + "/" + plural, labelSelector=label)["items"]], [NS], "list of all namespaces")
        same(len(c.get(at, fieldSelector="metadata.name=" + name)["items"]), 1, "list by field metadata.name")
        table = c.call("GET", at + "?labelSelector=" + label, headers={"Accept": "application/json;as=Table;v=v1;g=meta.k8s.io"})
        same(table["kind"], "Table", "table")
        same(table["columnDefinitions"][0]["name"].lower(), "last seen" if plural == "events" else "name", "first column")
        same(len(table["rows"]), 1, "rows")
        same(len(table["rows"][0]["cells"]), len(table["columnDefinitions"]), "cells of a row")
        meta = c.call("GET", at + "/" + name, headers={"Accept": "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"})
        same(meta["kind"], "PartialObjectMetadata", "metadata only")
        assert "spec" not in meta

        # patch of four kinds
        p = c.patch(at + "/" + name, {"metadata": {"annotations": {"patched": "merge"}}})
        same(p["metadata"]["annotations"]["patched"], "merge", "merge patch")
        assert int(p["metadata"]["resourceVersion"]) > int(m["resourceVersion"]), "no new resourceVersion"
        w.until("MODIFIED", lambda x: x["metadata"].get("annotations", {}).get("patched") == "merge")
        p = c.patch(at + "/" + name, [{"op": "test", "path": "/metadata/annotations/patched", "value": "merge"},
                                       {"op": "replace", "path": "/metadata/annotations/patched", "value": "json"}], kind="json")
        same(p["metadata"]["annotations"]["patched"], "json", "JSON patch")
        p = c.patch(at + "/" + name, {"metadata": {"annotations": {"patched": "strategic"}, "labels": {"more": "1"}}}, kind="strategic")
        same((p["metadata"]["annotations"]["patched"], p["metadata"]["labels"]["more"]), ("strategic", "1"), "strategic merge patch")
        p = c.patch(at + "/" + name, {"apiVersion": gv, "kind": kind, "metadata": {"name": name, "annotations": {"applied": "yes"}}}, kind="apply", fieldManager="applier")
        same(p["metadata"]["annotations"]["applied"], "yes", "apply")
        assert any(f["manager"] == "applier" and f["operation"] == "Apply" for f in p["metadata"]["managedFields"]), "apply leaves no managed fields"
        refused(409, c.patch, at + "/" + name, {"apiVersion": gv, "kind": kind, "metadata": {"name": name, "annotations": {"patched": "mine"}}}, kind="apply",
                fieldManager="applier", reason="Conflict", contains="FieldManagerConflict")
        before = c.get(at + "/" + name)
        same(c.patch(at + "/" + name, {"metadata": {"annotations": {"patched": "dry"}}}, dryRun="All")["metadata"]["annotations"]["patched"], "dry", "dry-run patch")
        same(c.get(at + "/" + name)["metadata"]["annotations"]["patched"], "strategic", "a dry run changes nothing")
        # what changes nothing writes nothing, once controllers have done with what was written before
        eventually(lambda: observed(c.get(at + "/" + name)), what="observation of the last generation")
        eventually(lambda: c.get(at + "/" + name)["metadata"]["resourceVersion"] ==
                   c.patch(at + "/" + name, {"metadata": {"annotations": {"patched": "strategic"}}})["metadata"]["resourceVersion"],
                   what="a patch without a change, and the same resourceVersion")

        # update: with the newest revision, with an old one
        u = c.retry_update(at + "/" + name, lambda x: x["metadata"]["annotations"].update(updated="yes"))
        same(u["metadata"]["annotations"]["updated"], "yes", "update")
        w.until("MODIFIED", lambda x: x["metadata"].get("annotations", {}).get("updated") == "yes")
        stale = copy_of(before)
        stale["metadata"]["annotations"]["patched"] = "stale"
        refused(409, c.update, at + "/" + name, stale, reason="Conflict", contains="the object has been modified; please apply your changes to the latest version and try again")
        wrong = copy_of(u)
        wrong["metadata"]["name"] = "other"
        refused(400, c.update, at + "/" + name, wrong, reason="BadRequest")
        wrong = copy_of(u)
        wrong["metadata"]["uid"] = "00000000-0000-0000-0000-000000000000"
        refused(409, c.update, at + "/" + name, wrong, reason="Conflict")
        refused(400, c.create, at, {**make(names[1]), "kind": "Nonsense"}, reason="BadRequest")
        refused(415, c.call, "POST", at, "x", headers={"Content-Type": "text/plain"}, reason="UnsupportedMediaType")
        refused(406, c.call, "GET", at, headers={"Accept": "image/png"}, reason="NotAcceptable")

        # status
        has_status = any(x["name"] == plural + "/status" for x in c.get(root)["resources"])
        same(has_status, status is not None, "a status subresource")
        if has_status:
            want = fill(status, {})
            same(c.get(at + "/" + name + "/status")["metadata"]["uid"], m["uid"], "get of status")
            s = c.patch(at + "/" + name + "/status", {"metadata": {"annotations": {"statuspatched": "yes"}}, "status": want})
            subset({k: v for k, v in want.items() if v not in ([], 0)}, s.get("status", {}))  # what is empty is left out
            s = c.retry_update(at + "/" + name + "/status", lambda x: x["metadata"].setdefault("annotations", {}).update(statusupdated="yes"))
            k = next(iter(want))
            for _ in range(10):  # a controller may write the status between the two
                before = c.get(at + "/" + name).get("status", {}).get(k)
                kept = c.retry_update(at + "/" + name, lambda x: x.update(status={})).get("status", {}).get(k)
                if kept == before:
                    break
            assert kept == before or kind in ("Namespace", "Node", "Pod"), "an update of the object changed its status"
            if "spec" in s and plural not in ("nodes", "namespaces", "ingresses", "services"):
                spec = copy_of(s["spec"])
                t = c.patch(at + "/" + name + "/status", {"spec": {"conformanceUnknown": None}, "status": want})
                same(t["spec"], spec, "spec after a write of status")

        # deletion
        dry = c.delete(at + "/" + name, dryRun="All")
        assert c.get(at + "/" + name)["metadata"].get("deletionTimestamp") is None, "a dry-run deletion deletes nothing"
        refused(409, c.delete, at + "/" + name, {"kind": "DeleteOptions", "apiVersion": "v1", "preconditions": {"uid": "00000000-0000-0000-0000-000000000000"}}, reason="Conflict")
        d = c.delete(at + "/" + name, {"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 0})
        assert d["kind"] in ("Status", kind), d["kind"]
        if d["kind"] == "Status":
            same((d["status"], d["details"]["name"]), ("Success", name), "status of the deletion")
        last = w.until("DELETED", lambda x: x["metadata"]["name"] == name, seconds=20)
        assert int(last["metadata"]["resourceVersion"]) > int(m["resourceVersion"]), "the last event has an old revision"
    refused(404, c.get, at + "/" + name, reason="NotFound")

    # a collection
    for n in names[2:5]:
        c.create(at, make(n, batch="yes"))
    c.create(at, make(names[5], batch="no"))
    if collection:
        c.delete(at, labelSelector=label + ",batch=yes")
    else:
        refused(405, c.delete, at, labelSelector=label + ",batch=yes", reason="MethodNotAllowed")
        for n in names[2:5]:
            c.delete(at + "/" + n)
    eventually(lambda: [x["metadata"]["name"] for x in c.get(at, labelSelector=label)["items"]] == [names[5]], what="deletion of a collection")
    c.delete(at + "/" + names[5])
    eventually(lambda: not c.get(at, labelSelector=label)["items"], what="deletion")


def run(c):
    c.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
    eventually(lambda: c.get("/api/v1/namespaces/%s/serviceaccounts/default" % NS))
    request = csr()
    for k in KINDS:
        with Behaviour("lifecycle of %s %s" % ((k[0] + "/" if k[0] else "") + k[1], k[4])):
            try:
                lifecycle(c, request, *k)
            finally:  # nothing of a failed one stays in the way of the next
                for o in c.get(api(*k[:2]) + "/" + k[2], labelSelector="conformance=%s-%s" % (k[2], k[1]))["items"]:
                    c.delete(api(*k[:2]) + ("/namespaces/" + NS if k[3] else "") + "/" + k[2] + "/" + o["metadata"]["name"], gracePeriodSeconds=0)
    c.delete("/api/v1/namespaces/" + NS)


if __name__ == "__main__":
    main(run)
