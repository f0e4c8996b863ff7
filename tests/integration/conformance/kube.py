"""A small client of the Kubernetes API on Python's own library: what the conformance checks are written with."""
import base64
import copy
import http.client
import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.parse

failed = 0


def ok(name):
    print("ok " + name, flush=True)


def not_ok(name, why):
    global failed
    failed += 1
    print("not ok " + name, flush=True)
    for line in str(why).splitlines()[:30]:
        print("    " + line[:400], flush=True)


class Behaviour:
    """One behaviour of the conformance list: `with Behaviour(name):`; an exception inside fails it, and the next goes on."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            ok(self.name)
            return True
        if issubclass(kind, (KeyboardInterrupt, SystemExit)):
            return False
        not_ok(self.name, "".join(traceback.format_exception(kind, value, trace)[-3:]))
        return True


class ApiError(Exception):
    def __init__(self, code, status, text):
        super().__init__("%d %s" % (code, text[:1500]))
        self.code, self.status, self.text = code, status, text

    @property
    def reason(self):
        return self.status.get("reason", "") if isinstance(self.status, dict) else ""


class Client:
    def __init__(self, kubeconfig, as_user=None):
        raw = subprocess.check_output([os.environ["KUBECTL"], "--kubeconfig", kubeconfig, "config", "view", "--raw", "--flatten", "-o", "json"])
        config = json.loads(raw)
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        url = urllib.parse.urlparse(cluster["server"])
        self.host, self.port = url.hostname, url.port
        self.ca = base64.b64decode(cluster["certificate-authority-data"]).decode()
        self.context = ssl.create_default_context(cadata=self.ca)
        self.context.check_hostname = False
        with tempfile.TemporaryDirectory() as d:
            for name, key in (("crt", "client-certificate-data"), ("key", "client-key-data")):
                with open(os.path.join(d, name), "wb") as f:
                    f.write(base64.b64decode(user[key]))
            self.context.load_cert_chain(os.path.join(d, "crt"), os.path.join(d, "key"))
        self.headers = {"Impersonate-User": as_user} if as_user else {}
        self.local = threading.local()

    def connection(self):
        if not getattr(self.local, "c", None):
            self.local.c = self.new_connection()
        return self.local.c

    def new_connection(self):
        return http.client.HTTPSConnection(self.host, self.port, context=self.context, timeout=30)

    def send(self, method, path, body=None, headers=None, **query):
        """One exchange: (status, headers, bytes)."""
        q = {k: v for k, v in query.items() if v is not None}
        if q:
            path += ("&" if "?" in path else "?") + urllib.parse.urlencode(q)
        h = {"Accept": "application/json", **self.headers, **(headers or {})}
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body, separators=(",", ":"))  # as Go writes it: some of what kube-apiserver keeps it keeps byte by byte
        if body is not None:
            h.setdefault("Content-Type", "application/json")
        c = self.connection()
        try:
            c.request(method, path, body, h)
            r = c.getresponse()
            return r.status, r.headers, r.read()
        except Exception:
            c.close()
            self.local.c = None
            raise

    def call(self, method, path, body=None, headers=None, **query):
        code, _, data = self.send(method, path, body, headers, **query)
        text = data.decode()
        try:
            v = json.loads(text)
        except ValueError:
            v = text
        if code >= 400:
            raise ApiError(code, v, text)
        return v

    def get(self, path, **q):
        return self.call("GET", path, **q)

    def create(self, path, body, **q):
        return self.call("POST", path, body, **q)

    def update(self, path, body, **q):
        return self.call("PUT", path, body, **q)

    def delete(self, path, body=None, **q):
        return self.call("DELETE", path, body, **q)

    def patch(self, path, body, kind="merge", **q):
        types = {"merge": "application/merge-patch+json", "json": "application/json-patch+json",
                 "strategic": "application/strategic-merge-patch+json", "apply": "application/apply-patch+yaml"}
        return self.call("PATCH", path, body, headers={"Content-Type": types[kind]}, **q)

    def retry_update(self, path, change):
        """Reads, changes and writes until nobody came between."""
        while True:
            o = self.get(path)
            change(o)
            try:
                return self.update(path, o)
            except ApiError as e:
                if e.code != 409:
                    raise


class Watch:
    """A watch on a connection of its own. next() gives (type, object)."""

    def __init__(self, client, path, **query):
        self.c = client.new_connection()
        query["watch"] = "true"
        self.c.request("GET", path + "?" + urllib.parse.urlencode(query), headers={"Accept": "application/json", **client.headers})
        self.r = self.c.getresponse()
        if self.r.status != 200:
            text = self.r.read().decode()
            raise ApiError(self.r.status, json.loads(text) if text.startswith("{") else text, text)

    def next(self, seconds=10):
        self.c.sock.settimeout(seconds)
        line = self.r.readline()
        if not line:
            raise EOFError("the watch ended")
        e = json.loads(line)
        return e["type"], e["object"]

    def until(self, kind, test=lambda o: True, seconds=10):
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError("no %s event" % kind)
            t, o = self.next(left)
            if t == kind and test(o):
                return o

    def close(self):
        self.c.close()

    def __enter__(self):
        return self

    def __exit__(self, *a):
        self.close()


def eventually(test, seconds=15, what="condition"):
    """For what the API shows but no event announces to this test. Returns what test returned."""
    end = time.monotonic() + seconds
    while True:
        last = None
        try:
            v = test()
            if v:
                return v
        except (ApiError, KeyError, AssertionError) as e:
            last = e
        if time.monotonic() > end:
            raise TimeoutError("%s did not come true within %d s%s" % (what, seconds, ": %s" % last if last else ""))
        time.sleep(0.05)


def refused(code, fn, *a, reason=None, contains=None, **kw):
    """fn must be refused with this code; returns the error."""
    try:
        r = fn(*a, **kw)
    except ApiError as e:
        assert e.code == code, "wanted %d, got %s" % (code, e)
        assert reason is None or e.reason == reason, "wanted reason %s, got %s" % (reason, e)
        for c in [contains] if isinstance(contains, str) else contains or []:
            assert c in e.text, "wanted %r in %s" % (c, e.text)
        return e
    raise AssertionError("wanted a refusal with %d, got %s" % (code, str(r)[:500]))


def same(got, want, what=""):
    assert got == want, "%s: wanted %r, got %r" % (what, want, got)


def copy_of(o):
    return copy.deepcopy(o)


def subset(want, got, path=""):
    """Everything of want is in got (defaults may have been added)."""
    if isinstance(want, dict):
        assert isinstance(got, dict), "%s: %r is no object" % (path, got)
        for k, v in want.items():
            assert k in got, "%s.%s is missing" % (path, k)
            subset(v, got[k], path + "." + k)
    elif isinstance(want, list):
        assert isinstance(got, list) and len(got) == len(want), "%s: wanted %r, got %r" % (path, want, got)
        for i, v in enumerate(want):
            subset(v, got[i], "%s[%d]" % (path, i))
    else:
        assert want == got, "%s: wanted %r, got %r" % (path, want, got)


def api(group, version):
    return "/apis/%s/%s" % (group, version) if group else "/api/" + version


def pod_spec(image="registry.invalid/none:1", **kw):
    return {"containers": [{"name": "c", "image": image}], **kw}


def pod(name, labels=None, **spec):
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, **({"labels": labels} if labels else {})}, "spec": pod_spec(**spec)}


def configmap(name, data=None, labels=None):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, **({"labels": labels} if labels else {})}, "data": data or {}}


def crd(plural, group, kind, versions, scope="Namespaced", **spec):
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": plural + "." + group},
            "spec": {"group": group, "scope": scope, "names": {"plural": plural, "singular": kind.lower(), "kind": kind, "listKind": kind + "List"},
                     "versions": versions, **spec}}


def version(name, schema=None, served=True, storage=True, **kw):
    return {"name": name, "served": served, "storage": storage,
            "schema": {"openAPIV3Schema": schema or {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}, **kw}


CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"


def make_crd(c, d):
    """Creates a definition and waits until it is served."""
    with Watch(c, CRDS, fieldSelector="metadata.name=" + d["metadata"]["name"]) as w:
        c.create(CRDS, d)
        while True:
            t, o = w.next()
            if t in ("ADDED", "MODIFIED") and established(o):
                return o


def established(o):
    return any(x["type"] == "Established" and x["status"] == "True" for x in o.get("status", {}).get("conditions", []))


def main(run):
    run(Client(os.environ["KUBECONFIG"]))
    sys.exit(1 if failed else 0)
