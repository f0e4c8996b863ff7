#!/usr/bin/env python3
"""The Python client, unmodified, against a running server (python_client.sh starts it). Prints 'ok NAME', 'not ok NAME'."""
import os, socket, sys, threading, time, traceback

import yaml
from kubernetes import client, config, dynamic, utils, watch
from kubernetes.client.rest import ApiException
from kubernetes.dynamic.exceptions import ConflictError, NotFoundError
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock.configmaplock import ConfigMapLock
from kubernetes.stream import portforward, stream

config.load_kube_config(os.environ["KUBECONFIG"])
core, apps, ext, custom = client.CoreV1Api(), client.AppsV1Api(), client.ApiextensionsV1Api(), client.CustomObjectsApi()
dyn = dynamic.DynamicClient(client.ApiClient())
NS = "py"
failed = 0


def test(fn):
    global failed
    name = fn.__doc__
    try:
        fn()
        print("ok", name, flush=True)
    except Exception:
        failed += 1
        print("not ok", name, flush=True)
        print("    " + traceback.format_exc().replace("\n", "\n    "), flush=True)


def equal(got, want):
    if got != want:
        raise AssertionError("got %r, wanted %r" % (got, want))


def refused(code, fn):
    try:
        fn()
    except ApiException as e:
        equal(e.status, code)
        return e.body
    raise AssertionError("it succeeded, wanted %d" % code)


def cm(name, data=None, labels=None):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": NS, "labels": labels}, "data": data}


@test
def _():
    "version, groups"
    equal(client.VersionApi().get_code().minor, "36")
    assert "apps" in [g.name for g in client.ApisApi().get_api_versions().groups]


@test
def _():
    "create, read, replace, conflict"
    core.create_namespace({"metadata": {"name": NS}})
    o = core.create_namespaced_config_map(NS, cm("a", {"x": "1"}))
    o.data["x"] = "2"
    core.replace_namespaced_config_map("a", NS, o)
    refused(409, lambda: core.replace_namespaced_config_map("a", NS, o))
    assert '"reason":"AlreadyExists"' in refused(409, lambda: core.create_namespaced_config_map(NS, cm("a")))
    assert 'configmaps \\"none\\" not found' in refused(404, lambda: core.read_namespaced_config_map("none", NS))


@test
def _():
    "patch: strategic by default, JSON for a list"
    equal(core.patch_namespaced_config_map("a", NS, {"data": {"y": "1"}}).data, {"x": "2", "y": "1"})
    equal(core.patch_namespaced_config_map("a", NS, [{"op": "remove", "path": "/data/x"}]).data, {"y": "1"})


@test
def _():
    "list in pages"
    for i in range(5):
        core.create_namespaced_config_map(NS, cm("l%d" % i, labels={"l": "x"}))
    names, token = [], None
    while True:
        page = core.list_namespaced_config_map(NS, label_selector="l=x", limit=2, _continue=token)
        names += [o.metadata.name for o in page.items]
        token = page.metadata._continue
        if not token:
            break
    equal(names, ["l0", "l1", "l2", "l3", "l4"])


@test
def _():
    "watch"
    rv = core.list_namespaced_config_map(NS).metadata.resource_version
    core.create_namespaced_config_map(NS, cm("w"))
    core.patch_namespaced_config_map("w", NS, {"data": {"n": "1"}})
    core.delete_namespaced_config_map("w", NS)
    seen = [(e["type"], e["object"].metadata.name) for e in watch.Watch().stream(core.list_namespaced_config_map, NS, resource_version=rv, timeout_seconds=1)]
    equal(seen, [("ADDED", "w"), ("MODIFIED", "w"), ("DELETED", "w")])


@test
def _():
    "create from YAML"
    utils.create_from_yaml(client.ApiClient(), yaml_objects=list(yaml.safe_load_all("""
apiVersion: v1
kind: Secret
metadata: {name: s}
stringData: {a: b}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x}]}}}
""")), namespace=NS)
    equal(core.read_namespaced_secret("s", NS).data, {"a": "Yg=="})
    equal(apps.read_namespaced_deployment("d", NS).spec.strategy.type, "RollingUpdate")


@test
def _():
    "dynamic client: server-side apply, conflicts"
    maps = dyn.resources.get(api_version="v1", kind="ConfigMap")
    maps.server_side_apply(body=cm("s", {"a": "1", "b": "1"}), namespace=NS, field_manager="one")
    try:
        maps.server_side_apply(body=cm("s", {"a": "2"}), namespace=NS, field_manager="two")
        raise AssertionError("no conflict")
    except ConflictError as e:
        assert 'conflict with \\"one\\": .data.a' in str(e.body) or 'conflict with \\"one\\"' in e.body.decode(), e.body
    equal(dict(maps.server_side_apply(body=cm("s", {"a": "2"}), namespace=NS, field_manager="two", force_conflicts=True).data), {"a": "2", "b": "1"})
    try:
        maps.get(name="none", namespace=NS)
        raise AssertionError("found")
    except NotFoundError:
        pass


@test
def _():
    "dynamic client: watch"
    maps = dyn.resources.get(api_version="v1", kind="ConfigMap")
    for e in maps.watch(namespace=NS, field_selector="metadata.name=s", timeout=5):
        equal((e["type"], e["object"].metadata.name), ("ADDED", "s"))
        break


@test
def _():
    "custom resources"
    schema = {"openAPIV3Schema": {"type": "object", "properties": {"spec": {"type": "object", "properties": {"n": {"type": "integer", "default": 7}}}}}}
    ext.create_custom_resource_definition({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "toys.py.example.com"},
        "spec": {"group": "py.example.com", "scope": "Namespaced", "names": {"plural": "toys", "singular": "toy", "kind": "Toy"},
                 "versions": [{"name": "v1", "served": True, "storage": True, "schema": schema}]}})
    for e in watch.Watch().stream(ext.list_custom_resource_definition, field_selector="metadata.name=toys.py.example.com", timeout_seconds=10):
        if any(c.type == "Established" and c.status == "True" for c in e["object"].status.conditions or []):
            break
    else:
        raise AssertionError("never established")
    o = custom.create_namespaced_custom_object("py.example.com", "v1", NS, "toys", {"apiVersion": "py.example.com/v1", "kind": "Toy", "metadata": {"name": "t"}, "spec": {}})
    equal(o["spec"], {"n": 7})
    toys = dynamic.DynamicClient(client.ApiClient()).resources.get(api_version="py.example.com/v1", kind="Toy")
    equal(toys.patch(name="t", namespace=NS, body={"spec": {"n": 8}}, content_type="application/merge-patch+json").spec.n, 8)
    equal([t.metadata.name for t in toys.get(namespace=NS).items], ["t"])
    assert "spec.n in body must be of type integer" in refused(422, lambda: custom.patch_namespaced_custom_object("py.example.com", "v1", NS, "toys", "t", {"spec": {"n": "x"}}))
    ext.delete_custom_resource_definition("toys.py.example.com")


@test
def _():
    "leader election"
    led = threading.Event()
    lock = ConfigMapLock("lock", NS, "me")
    cfg = electionconfig.Config(lock, lease_duration=4, renew_deadline=3, retry_period=1, onstarted_leading=led.set, onstopped_leading=lambda: None)
    threading.Thread(target=leaderelection.LeaderElection(cfg).run, daemon=True).start()
    assert led.wait(10), "nobody leads"
    assert '"holderIdentity": "me"' in core.read_namespaced_config_map("lock", NS).metadata.annotations["control-plane.alpha.kubernetes.io/leader"]


@test
def _():
    "a pod runs"
    c = {"image": "localhost:5000/toolbox:1.0", "imagePullPolicy": "Never"}
    pod = {"metadata": {"name": "p"}, "spec": {"terminationGracePeriodSeconds": 0, "containers": [
        dict(c, name="c", command=["sh", "-c", "for i in 1 2 3; do echo line $i; sleep 0.2; done; sleep 100000"]),
        dict(c, name="web", image="localhost:5000/hostnames:1.0")]}}
    while True:
        try:
            core.create_namespaced_pod(NS, pod)
            break
        except ApiException as e:
            if e.status != 403:  # its service account is on its way
                raise
            time.sleep(0.05)
    for e in watch.Watch().stream(core.list_namespaced_pod, NS, field_selector="metadata.name=p", timeout_seconds=30):
        if any(x.type == "Ready" and x.status == "True" for x in e["object"].status.conditions or []):
            return
    raise AssertionError("never ready")


@test
def _():
    "exec"
    equal(stream(core.connect_get_namespaced_pod_exec, "p", NS, container="c", command=["echo", "hi"], stderr=True, stdin=False, stdout=True, tty=False), "hi\n")
    s = stream(core.connect_get_namespaced_pod_exec, "p", NS, container="c", command=["sh"], stderr=True, stdin=True, stdout=True, tty=False, _preload_content=False)
    s.write_stdin("echo out; echo err >&2; exit 3\n")
    s.run_forever(timeout=10)
    equal((s.read_stdout(), s.read_stderr(), s.returncode), ("out\n", "err\n", 3))


@test
def _():
    "logs, followed by a watch"
    # This version of the client does not decode what it has read of a log.
    equal(core.read_namespaced_pod_log("p", NS, container="c", limit_bytes=6, _preload_content=False).data, b"line 1")
    lines = []
    for line in watch.Watch().stream(core.read_namespaced_pod_log, "p", NS, container="c"):
        lines.append(line)
        if len(lines) == 3:
            break
    equal(lines, ["line 1", "line 2", "line 3"])


@test
def _():
    "port-forward"
    pf = portforward(core.connect_get_namespaced_pod_portforward, "p", NS, ports="9376")
    s = pf.socket(9376)
    s.setblocking(True)
    s.sendall(b"GET / HTTP/1.0\r\n\r\n")
    got = b""
    while b"\r\n\r\np" not in got:
        b = s.recv(4096)
        if not b:
            break
        got += b
    assert got.startswith(b"HTTP/1.") and b"\r\n\r\np" in got, got
    equal(pf.error(9376), None)


@test
def _():
    "eviction, deletion of the namespace"
    core.create_namespaced_pod_eviction("p", NS, client.V1Eviction(metadata=client.V1ObjectMeta(name="p", namespace=NS)))
    core.delete_namespace(NS)
    for e in watch.Watch().stream(core.list_namespace, field_selector="metadata.name=" + NS, timeout_seconds=30):
        if e["type"] == "DELETED":
            return
    assert NS not in [n.metadata.name for n in core.list_namespace().items]


print("# end", flush=True)
os._exit(1 if failed else 0)
