"""The same requests at a real kube-apiserver and at minik: what both answer is compared, but for what no two servers have in common.

A Case is one request; a part (differ_*.py) is a list of them, sent in order to both servers. KNOWN names the differences that stay, and why."""
import re

from kube import *

TYPES = {"merge": "application/merge-patch+json", "json": "application/json-patch+json", "strategic": "application/strategic-merge-patch+json",
         "apply": "application/apply-patch+yaml", "yaml": "application/yaml"}
NONCE = re.compile(r"(?<=UPPER-)[a-z0-9]{5}\b|(?<=kube-api-access-)[a-z0-9]{5}\b")
GO_DIFF = re.compile(r"\n@@ -.*", re.S)  # how two Go structs differ, in words of a Go library
AGE = re.compile(r"\d+s")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
VOLATILE = {"resourceVersion": "RV", "uid": "UID", "selfLink": "LINK", "continue": "TOKEN", "clusterIP": "IP", "clusterIPs": ["IP"], "nodePort": "PORT",
            "storageVersionHash": "HASH", "age": "AGE"}


class Case:
    """kind: a key of TYPES for a body that is no JSON object as such. until: asked again until this is true of the answer."""

    def __init__(self, name, method, path, body=None, kind=None, headers=None, only=None, until=None, **query):
        self.name, self.method, self.path, self.body, self.kind, self.only = name, method, path, body, kind, only
        self.headers, self.query, self.until = dict(headers or {}), query, until
        if kind:
            self.headers["Content-Type"] = TYPES.get(kind, kind)


def post(name, path, body, **kw):
    return Case(name, "POST", path, body, **kw)


def put(name, path, body, **kw):
    return Case(name, "PUT", path, body, **kw)


def get(name, path, **kw):
    return Case(name, "GET", path, **kw)


def patch(name, path, body, kind="merge", **kw):
    return Case(name, "PATCH", path, body, kind=kind, **kw)


def delete(name, path, body=None, **kw):
    return Case(name, "DELETE", path, body, **kw)


def plain(v, key=""):
    """v without what differs from server to server and from second to second."""
    if key in VOLATILE and v not in ("", None, "None", ["None"], "0"):
        return VOLATILE[key]
    if isinstance(v, dict):
        if "columnDefinitions" in v:  # what a column means is told in words of our own
            v = {**v, "columnDefinitions": [{**c, "description": ""} for c in v["columnDefinitions"]]}
        if "cells" in v:  # an age may be a second more at one of them
            v = {**v, "cells": ["AGE" if isinstance(x, str) and AGE.fullmatch(x) else x for x in v["cells"]]}
        return {k: plain(x, k) for k, x in v.items() if x is not None}  # null is absence
    if isinstance(v, list):
        return [plain(x) for x in v]
    if isinstance(v, str):
        return NONCE.sub("NAME", TIME.sub("TIME", UUID.sub("UUID", GO_DIFF.sub("", v))))
    return v


def once(status):
    """A Status whose causes are said once: Kubernetes names some twice, and once in the message."""
    causes = status.get("details", {}).get("causes")
    if status.get("kind") == "Status" and causes:
        causes = [c for i, c in enumerate(causes) if c not in causes[:i]]
        if status.get("reason") == "Conflict":  # of several managers, in no order
            causes.sort(key=lambda c: (c.get("message", ""), c.get("field", "")))
        status["details"]["causes"] = causes
    return status


def answer(client, case, seen):
    body = case.body
    if callable(body):
        body = body(seen)
    path = case.path(seen) if callable(case.path) else case.path
    code, headers, data = client.send(case.method, path, body, case.headers, **case.query)
    end = time.monotonic() + 15
    while case.until and not case.until(json.loads(data)) and time.monotonic() < end:
        time.sleep(0.05)
        code, headers, data = client.send(case.method, path, body, case.headers, **case.query)
    text = data.decode(errors="replace")
    try:
        v = json.loads(text)
    except ValueError:
        v = text
    seen[case.name] = v
    if isinstance(v, dict):
        v = once(v)
    if isinstance(v, dict) and case.only:
        v = case.only(v)
    return {"code": code, "warnings": headers.get_all("Warning") or [], "type": headers["Content-Type"], "body": plain(v)}


def differences(want, got, path=""):
    """Lines 'path: kube-apiserver -> minik'."""
    if isinstance(want, dict) and isinstance(got, dict):
        out = []
        if "fieldsV1" in path and list(want) != list(got) and set(want) == set(got):  # clients compare them as bytes
            out.append("%s: in the order %s\n   -> %s" % (path, list(want), list(got)))
        for k in list(want) + [k for k in got if k not in want]:
            if k not in want:
                out.append("%s.%s: absent -> %s" % (path, k, json.dumps(got[k])))
            elif k not in got:
                out.append("%s.%s: %s -> absent" % (path, k, json.dumps(want[k])))
            else:
                out += differences(want[k], got[k], path + "." + k)
        return out
    if isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        return [d for i in range(len(want)) for d in differences(want[i], got[i], "%s[%d]" % (path, i))]
    return [] if want == got and type(want) is type(got) else ["%s: %s\n   -> %s" % (path or ".", json.dumps(want), json.dumps(got))]


class Pair:
    """Both servers, what they answered so far by the name of the case, and the differences that stay."""

    def __init__(self, peer, own, known):
        self.peer, self.own, self.known, self.used = peer, own, known, set()
        self.seen_peer, self.seen_own = {}, {}
        self.cases = 0

    def reason(self, name, line):
        for i, (case, where, why) in enumerate(self.known):
            if re.search(case, name) and re.search(where, line):
                self.used.add(i)
                return why
        return None

    def both(self, case):
        return answer(self.peer, case, self.seen_peer), answer(self.own, case, self.seen_own)

    def run(self, part, cases):
        bad = []
        for case in cases:
            want, got = self.both(case)
            lines = [d for d in differences(want, got) if not self.reason(case.name, d)]
            self.cases += 1
            if lines:
                bad.append("%s\n%s" % (case.name, "\n".join("  " + d for d in lines)))
        name = "as kube-apiserver: %s (%d requests)" % (part, len(cases))
        if bad:
            not_ok_long(name, bad)
        else:
            ok(name)


def not_ok_long(name, blocks):
    import kube
    kube.failed += 1
    print("not ok " + name, flush=True)
    for line in "\n".join(blocks).splitlines():
        print("    " + line[:int(os.environ.get("DIFF_WIDTH", "1500"))], flush=True)
