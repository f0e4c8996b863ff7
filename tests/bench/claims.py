"""What claims.sh measures: claims.py N [PART...]. Environment: KUBECONFIG, KUBECTL, SERVER (its process)."""
import multiprocessing
import os
import statistics
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../integration/conformance"))
from kube import Client, Watch  # noqa: E402

PVC, PV = "/api/v1/namespaces/default/persistentvolumeclaims", "/api/v1/persistentvolumes"
POD, NODE, CLASS = "/api/v1/namespaces/default/pods", "/api/v1/nodes", "/apis/storage.k8s.io/v1/storageclasses"
WRITERS, NODES = 3, 10


def volume(name, sc):
    return {"metadata": {"name": name}, "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": sc,
                                                 "hostPath": {"path": "/tmp/minik-none"}}}


def claim(name, sc):
    return {"metadata": {"name": name}, "spec": {"resources": {"requests": {"storage": "1Gi"}}, "accessModes": ["ReadWriteOnce"], "storageClassName": sc}}


def local_volume(name, sc):
    v = volume(name, sc)
    del v["spec"]["hostPath"]
    node = "node-%d" % (int(name.split("-")[1]) % NODES)
    v["spec"]["local"] = {"path": "/tmp/minik-none"}
    v["spec"]["nodeAffinity"] = {"required": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": [node]}]}]}}
    return v


def pod(name, _):
    return {"metadata": {"name": name}, "spec": {"containers": [{"name": "c", "image": "none", "volumeMounts": [{"name": "v", "mountPath": "/v"}]}],
                                                 "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": name}}]}}


def ready():
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return {"status": {"allocatable": {"cpu": "64", "memory": "256Gi", "pods": "10000"},
                       "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "", "lastHeartbeatTime": now, "lastTransitionTime": now}]}}


def write_nodes(c):
    """By hand: no agent, who would start the pods."""
    for i in range(NODES):
        name = "node-%d" % i
        c.create(NODE, {"metadata": {"name": name, "labels": {"kubernetes.io/hostname": name}}})
        c.patch("%s/%s/status" % (NODE, name), ready())

    def beat():
        mine = Client(os.environ["KUBECONFIG"])
        while True:
            time.sleep(15)
            for i in range(NODES):
                mine.patch("%s/node-%d/status" % (NODE, i), {"status": {"conditions": ready()["status"]["conditions"]}}, kind="strategic")
    threading.Thread(target=beat, daemon=True).start()
    while any(o["spec"].get("taints") for o in c.get(NODE)["items"]):
        time.sleep(0.1)


def cpu():
    """Milliseconds of the server so far."""
    with open("/proc/%s/stat" % os.environ["SERVER"]) as f:
        v = f.read().rsplit(")", 1)[1].split()
    return (int(v[11]) + int(v[12])) * 1000 // os.sysconf("SC_CLK_TCK")


def write(path, make, prefix, sc, n):
    """By processes of their own, so that the client does not wait for itself."""
    def work(k):
        c = Client(os.environ["KUBECONFIG"])
        start.wait()
        for i in range(k, n, WRITERS):
            c.create(path, make("%s-%d" % (prefix, i), sc))
    start = multiprocessing.Event()
    w = [multiprocessing.Process(target=work, args=(k,)) for k in range(WRITERS)]
    for x in w:
        x.start()
    time.sleep(0.5)  # they have read the kubeconfig
    begun = time.monotonic()
    start.set()
    return w, begun


def join(w):
    for x in w:
        x.join()
        assert x.exitcode == 0


def bound(o):
    return o.get("status", {}).get("phase") == "Bound"


def available(o):
    return o.get("status", {}).get("phase") == "Available"


def placed(o):
    return o["spec"].get("nodeName")


def follow(c, path, is_so, n):
    """What waits until N are so and says when that was. It is read by a thread: a watch that nobody reads is ended."""
    w, seen, out = Watch(c, path), set(), []

    def read():
        try:
            while len(seen) < n:
                _, o = w.next(60)
                if is_so(o):
                    seen.add(o["metadata"]["name"])
            out.append(time.monotonic())
        finally:
            w.close()
    t = threading.Thread(target=read)
    t.start()

    def wait():
        t.join()
        assert out, "%s: only %d of %d" % (path, len(seen), n)
        return out[0]
    return wait


def measure(c, what, path, make, prefix, sc, n, wait_for):
    """wait_for: (path, is_so, how many) of which the last ends it."""
    done, before = [follow(c, *x) for x in wait_for], cpu()
    w, begun = write(path, make, prefix, sc, n)
    end = max(wait() for wait in done)
    join(w)
    print("%s after %.2f s, %d ms of the server's processors" % (what, end - begun, cpu() - before), flush=True)


def prepare(c, path, make, prefix, sc, n, is_so=None, total=0):
    done = follow(c, path, is_so, total) if is_so else None
    join(write(path, make, prefix, sc, n)[0])
    if done:
        done()


def part_binder(c, n):
    prepare(c, PV, volume, "a", "first", n, available, n)
    measure(c, "%d claims against %d volumes: all Bound" % (n, n), PVC, claim, "a", "first", n, [(PVC, bound, n)])
    prepare(c, PVC, claim, "b", "second", n)
    measure(c, "%d volumes for %d claims that wait: all Bound" % (n, n), PV, volume, "b", "second", n, [(PVC, bound, 2 * n)])


def part_scheduler(c, n):
    write_nodes(c)
    have = sum(bound(o) for o in c.get(PVC)["items"])
    for sc in "third", "fourth":
        c.create(CLASS, {"metadata": {"name": sc}, "provisioner": "kubernetes.io/no-provisioner", "volumeBindingMode": "WaitForFirstConsumer"})
    prepare(c, PV, local_volume, "d", "third", n, lambda o: o["metadata"]["name"].startswith("d-") and available(o), n)
    prepare(c, PVC, claim, "d", "third", n)
    measure(c, "%d pods with a claim each that waits for them, %d volumes on %d nodes: all Bound" % (n, n, NODES), POD, pod, "d", "", n,
            [(PVC, bound, have + n), (POD, placed, n)])
    prepare(c, PVC, claim, "e", "fourth", n)
    prepare(c, POD, pod, "e", "", n, lambda o: o["metadata"]["name"].startswith("e-") and o.get("status", {}).get("conditions"), n)
    measure(c, "%d volumes for %d such pods that wait: all Bound" % (n, n), PV, local_volume, "e", "fourth", n,
            [(PVC, bound, have + 2 * n), (POD, placed, 2 * n)])


def part_one(c, _):
    for i in range(100):
        c.create(PV, volume("c-%d" % i, "fifth"))
    time.sleep(1)  # they are Available
    took = []
    for i in range(100):
        with Watch(c, PVC, fieldSelector="metadata.name=c-%d" % i) as w:
            begun = time.monotonic()
            c.create(PVC, claim("c-%d" % i, "fifth"))
            while not bound(w.next()[1]):  # the first that it says may be all of it
                pass
            took.append((time.monotonic() - begun) * 1000)
    took.sort()
    print("one claim to Bound: median %.1f ms, p95 %.1f ms" % (statistics.median(took), took[94]), flush=True)


def main():
    for part in sys.argv[2:] or ["binder", "scheduler", "one"]:
        globals()["part_" + part](Client(os.environ["KUBECONFIG"]), int(sys.argv[1]))


main()
