#!/usr/bin/env python3
"""An HTTPS admission webhook: webhook_server.py CERT KEY PORT LOG. What it does is in the path; every review goes to LOG, one a line."""
import base64
import http.server
import json
import ssl
import sys
import threading
import time

log = open(sys.argv[4], "a", buffering=1)
lock = threading.Lock()


def allow(**more):
    return dict({"allowed": True}, **more)


def deny(message=None, **status):
    if message is not None:
        status["message"] = message
    return {"allowed": False, "status": status} if status else {"allowed": False}


def patch(*ops):
    return allow(patchType="JSONPatch", patch=base64.b64encode(json.dumps(ops).encode()).decode())


def configmaps(q):
    o = q.get("object") or q.get("oldObject")
    bad = any(k == "webhook-e2e-test" and v == "webhook-disallow" for k, v in (o.get("data") or {}).items())
    return deny("the configmap contains unwanted key and value", reason="the configmap contains unwanted key and value") if bad else allow()


def pods(q):
    if any("webhook-disallow" in c["name"] for c in q["object"]["spec"]["containers"]):
        return deny("the pod contains unwanted container name; ")
    return allow()


def attach(q):
    if q["name"] == "to-be-attached-pod":
        return deny("attaching to pod 'to-be-attached-pod' is not allowed")
    return allow()


def custom(q):
    o = q.get("object") or q.get("oldObject")
    if (o.get("data") or {}).get("webhook-e2e-test") == "webhook-disallow":
        return deny("the custom resource contains unwanted data")
    return allow()


def stages(q):
    d = (q.get("object") or {}).get("data") or {}
    ops = []
    if d.get("mutation-start") == "yes":
        ops.append({"op": "add", "path": "/data/mutation-stage-1", "value": "yes"})
    if d.get("mutation-stage-1") == "yes":
        ops.append({"op": "add", "path": "/data/mutation-stage-2", "value": "yes"})
    return patch(*ops) if ops else allow()


def annotate(name, value):
    def f(q):
        notes = (q["object"]["metadata"]).get("annotations")
        if notes is None:
            return patch({"op": "add", "path": "/metadata/annotations", "value": {name: value}})
        if notes.get(name) == value:
            return allow()
        return patch({"op": "add", "path": "/metadata/annotations/" + name, "value": value})
    return f


def count(q):
    """How often it was called: a webhook that wants to be called again."""
    n = int(((q["object"]["metadata"]).get("annotations") or {}).get("count", "0"))
    return annotate("count", str(n + 1))(q)


def in_use(q):
    """A Node's status may change, but for what it has in use."""
    was, now = (o["status"].get("volumesInUse") or [] for o in (q["oldObject"], q["object"]))
    return allow() if was == now else deny("volumesInUse may not change now")


answers = {
    "/always-allow": lambda q: allow(),
    "/always-deny": lambda q: deny("this webhook denies all requests"),
    "/deny-silently": lambda q: deny(),
    "/deny-code": lambda q: deny("no cats", code=403, reason="Forbidden"),
    "/deny-reason": lambda q: deny(reason="NoCats", code=200),
    "/warn": lambda q: allow(warnings=["first", "second \"quoted\"", "bad\nheader"]),
    "/configmaps": configmaps,
    "/pods": pods,
    "/attach": attach,
    "/custom-resource": custom,
    "/mutating-configmaps": stages,
    "/mutating-custom-resource": stages,
    "/mutating-pods": lambda q: patch({"op": "add", "path": "/spec/initContainers", "value": [{"image": "webhook-added-image", "name": "webhook-added-init-container", "resources": {}}]}),
    "/crd": lambda q: deny("the crd contains unwanted label") if q["object"]["metadata"].get("labels", {}).get("webhook-e2e-test") == "webhook-disallow" else allow(),
    "/annotate-a": annotate("a", "1"),
    "/count": count,
    "/in-use": in_use,
    "/status": lambda q: patch({"op": "add", "path": "/status", "value": {"phase": "Running"}}, {"op": "replace", "path": "/metadata/labels", "value": {"run": "changed"}}),
    "/privileged": lambda q: patch({"op": "add", "path": "/spec/containers/0/securityContext", "value": {"privileged": True}}),
    "/unknown-field": lambda q: patch({"op": "add", "path": "/data/x", "value": "y"}, {"op": "add", "path": "/nonsense", "value": 1}),
    "/wrong-type": lambda q: patch({"op": "add", "path": "/data", "value": 5}),
    "/invalid": lambda q: patch({"op": "add", "path": "/data", "value": {"not a key": "x"}}),
    "/bad-op": lambda q: patch({"op": "remove", "path": "/data/there-is-none"}),
    "/scale": lambda q: patch({"op": "replace", "path": "/spec/replicas", "value": 3}),
    "/move": lambda q: patch({"op": "add", "path": "/metadata/namespace", "value": "kube-system"}),
    "/no-patch-type": lambda q: allow(patch=base64.b64encode(b"[]").decode()),
    "/merge-patch": lambda q: allow(patchType="MergePatch", patch=base64.b64encode(b"{}").decode()),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def send(self, status, body, kind="application/json", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for k, v in headers.items():
            self.send_header(k, v)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        path, _, query = self.path.partition("?")
        review = json.loads(body)
        q = review["request"]
        with lock:
            log.write(json.dumps({"path": path, "query": query, "peer": self.client_address[1], "host": self.headers["Host"], "version": review["apiVersion"], "request": q}) + "\n")
        if path.startswith("/delay-"):
            time.sleep(float(path[7:]))
            path = "/always-allow"
        if path == "/garbage":
            return self.send(200, b"<html>no</html>")
        if path == "/huge":
            return self.send(200, b'{"response":{"x":"' + b"x" * (4 << 20) + b'"}}')
        if path == "/deep":
            return self.send(200, b"[" * 100000)
        if path == "/redirect":
            return self.send(307, b"", Location="/always-allow")
        if path == "/error":
            return self.send(500, b"out of order\n", "text/plain")
        if path == "/nothing":
            return self.send(200, b"")
        if path == "/close":
            self.close_connection = True
            return None
        r = answers[path](q)
        r["uid"] = q["uid"]
        out = {"apiVersion": review["apiVersion"], "kind": "AdmissionReview", "response": r}
        return self.send(200, json.dumps(out).encode())


answers["/wrong-uid"] = lambda q: (q.update(uid="wrong"), allow())[1]
server = http.server.ThreadingHTTPServer(("0.0.0.0", int(sys.argv[3])), Handler)
server.daemon_threads = True
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
# The handshake is the connection's own thread's work: one that does not speak TLS holds up nobody.
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print("ready", flush=True)
server.serve_forever()
