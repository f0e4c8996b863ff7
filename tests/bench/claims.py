"""What claims.sh measures: claims.py N. Environment: KUBECONFIG, KUBECTL."""
import multiprocessing
import os
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../integration/conformance"))
from kube import Client, Watch  # noqa: E402

PVC, PV = "/api/v1/namespaces/default/persistentvolumeclaims", "/api/v1/persistentvolumes"
WRITERS = 3


def volume(name, sc):
    return {"metadata": {"name": name}, "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": sc,
                                                 "hostPath": {"path": "/tmp/minik-none"}}}


def claim(name, sc):
    return {"metadata": {"name": name}, "spec": {"resources": {"requests": {"storage": "1Gi"}}, "accessModes": ["ReadWriteOnce"], "storageClassName": sc}}


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


def follow(c, path, phase, n):
    w, seen = Watch(c, path), set()
    def wait():
        while len(seen) < n:
            t, o = w.next(60)
            if o.get("status", {}).get("phase") == phase:
                seen.add(o["metadata"]["name"])
        end = time.monotonic()
        w.close()
        return end
    return wait


def main():
    n, c = int(sys.argv[1]), Client(os.environ["KUBECONFIG"])
    done = follow(c, PV, "Available", n)
    join(write(PV, volume, "a", "first", n)[0])
    done()
    done = follow(c, PVC, "Bound", n)
    w, begun = write(PVC, claim, "a", "first", n)
    end = done()
    join(w)
    print("%d claims against %d volumes: all Bound after %.2f s" % (n, n, end - begun))
    join(write(PVC, claim, "b", "second", n)[0])
    done = follow(c, PVC, "Bound", 2 * n)
    w, begun = write(PV, volume, "b", "second", n)
    end = done()
    join(w)
    print("%d volumes for %d claims that wait: all Bound after %.2f s" % (n, n, end - begun))
    for i in range(100):
        c.create(PV, volume("c-%d" % i, "third"))
    time.sleep(1)  # they are Available
    took = []
    for i in range(100):
        with Watch(c, PVC, fieldSelector="metadata.name=c-%d" % i) as w:
            begun = time.monotonic()
            c.create(PVC, claim("c-%d" % i, "third"))
            w.until("MODIFIED", lambda o: o.get("status", {}).get("phase") == "Bound")
            took.append((time.monotonic() - begun) * 1000)
    took.sort()
    print("one claim to Bound: median %.1f ms, p95 %.1f ms" % (statistics.median(took), took[94]))


main()
