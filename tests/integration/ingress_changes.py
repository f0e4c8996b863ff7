"""What ingress_changes.sh does to the objects: ingress_changes.py KUBECONFIG DIR COMMAND COUNT. Every change is waited for in nginx' answers."""
import base64, http.client, json, os, signal, socket, ssl, subprocess, sys, time
import kubeconfig

config, tmp, command, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
ADDRESS = "192.168.77.254"
PATIENCE = 20 * float(os.environ.get("MINIK_PATIENCE", "2"))
host, port, tls = kubeconfig.read(config)
api = http.client.HTTPSConnection(host, port, context=tls)


pace = float(os.environ.get("CHANGES_A_SECOND", "0"))
begun = []


def turn():
    """At most so many a second, where that is said."""
    if pace and begun:
        time.sleep(max(0, begun[0] + len(begun) / pace - time.monotonic()))
    begun.append(time.monotonic())


def call(method, path, o=None, may=()):
    api.request(method, path, json.dumps(o) if o is not None else None, {"Content-Type": "application/json"})
    r = api.getresponse()
    b = r.read()
    if r.getheader("Connection") == "close":
        api.close()
    if r.status >= 300 and r.status not in may:
        sys.exit(f"{method} {path}: {r.status} {b[:300]}")
    return json.loads(b)


def at(kind, name=""):
    base = {"ingresses": "/apis/networking.k8s.io/v1", "endpointslices": "/apis/discovery.k8s.io/v1"}.get(kind, "/api/v1")
    return f"{base}/namespaces/default/{kind}" + (f"/{name}" if name else "")


def put(kind, o):
    """Made or replaced; the controller may write the status between."""
    name, got = o["metadata"]["name"], {"code": 409}
    while got.get("code") == 409:
        had = call("GET", at(kind, name), may=(404,))
        if had.get("kind") == "Status":
            return call("POST", at(kind), o)
        o["metadata"]["resourceVersion"] = had["metadata"]["resourceVersion"]
        got = call("PUT", at(kind, name), o, may=(409,))
    return got


web = http.client.HTTPConnection("127.0.0.1", 80, timeout=30)


def get(name, path="/"):
    web.request("GET", path, headers={"Host": name})
    r = web.getresponse()
    return r.status, r.read().decode().split(" ")[0].strip(), r.getheader("Location")


def until(what, name, path, good):
    end = time.monotonic() + PATIENCE
    while not good(got := get(name, path)):
        if time.monotonic() > end:
            sys.exit(f"{what}: {name}{path} still answers {got}")


def ingress(name, rules, annotations=None, tls=None, default=None):
    spec = {"rules": [{"host": h, "http": {"paths": [{"path": p, "pathType": "Prefix", "backend": {"service": {"name": s, "port": {"number": 80}}}}
                                                    for p, s in paths]}} for h, paths in rules]}
    if tls:
        spec["tls"] = tls
    return {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
            "metadata": {"name": name, "annotations": {"nginx.ingress.kubernetes.io/" + k: v for k, v in (annotations or {}).items()}}, "spec": spec}


def service(name):
    put("services", {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}, "spec": {"ports": [{"name": "http", "port": 80}]}}) \
        if call("GET", at("services", name), may=(404,)).get("kind") == "Status" else None


def slice_of(svc, pod_port):
    return {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
            "metadata": {"name": f"{svc}-{pod_port}", "labels": {"kubernetes.io/service-name": svc}}, "addressType": "IPv4",
            "ports": [{"name": "http", "port": pod_port, "protocol": "TCP"}],
            "endpoints": [{"addresses": [ADDRESS], "conditions": {"ready": True}}]}


def pod_start(prefix, pod_port):
    p = subprocess.Popen([f"{tmp}/hostnames", "--port", str(pod_port), "--prefix", prefix + " "], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection((ADDRESS, pod_port), 5).close()
            return p
        except ConnectionRefusedError:
            if time.monotonic() > end:
                sys.exit("a backend does not start")
            time.sleep(0.01)


def load_ingress():
    return ingress("load", [("load.example", [("/", "web")])])


def secret(i):
    text = lambda n: base64.b64encode(open(f"{tmp}/{n}", "rb").read()).decode()
    put("secrets", {"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls", "metadata": {"name": "cert"},
                    "data": {"tls.crt": text(f"c{i}.crt"), "tls.key": text(f"c{i}.key")}})


def serial():
    c = ssl.create_default_context()
    c.check_hostname, c.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", 443), 30) as s, c.wrap_socket(s, server_hostname="tls.example") as t:
        return ssl.DER_cert_to_PEM_cert(t.getpeercert(True)).strip()


def setup():
    for s in ("web", "other", "canary", "echo"):
        service(s)
    for s, p in (("web", 9001), ("web", 9002), ("web", 9003), ("other", 9004), ("canary", 9005), ("echo", 9006)):
        put("endpointslices", slice_of(s, p))
    secret(0)
    put("ingresses", load_ingress())
    put("ingresses", ingress("tls", [("tls.example", [("/", "web")])], {"ssl-redirect": "false"}, [{"secretName": "cert", "hosts": ["tls.example"]}]))
    put("ingresses", ingress("ws", [("ws.example", [("/", "echo")])]))
    for i in range(100):
        put("ingresses", ingress(f"beside{i}", [(f"b{i}.example", [("/", "web"), ("/api", "other")])]))
    until("setup", "b99.example", "/api", lambda g: g[1] == "other")
    until("setup", "load.example", "/", lambda g: g[1] == "web")


def rules():
    for i in range(count):
        turn()
        kind = i % 4
        if kind == 0:  # a host comes, and the one before goes
            if i:
                call("DELETE", at("ingresses", f"host{i - 4}"))
                until("a host goes", f"n{i - 4}.example", "/", lambda g: g[0] == 404)
            put("ingresses", ingress(f"host{i}", [(f"n{i}.example", [("/", "other")])]))
            until("a host comes", f"n{i}.example", "/", lambda g: g[1] == "other")
        elif kind == 1:  # a path comes beside the one under load
            put("ingresses", ingress("load", [("load.example", [("/", "web"), (f"/p{i}", "other")])]))
            until("a path comes", "load.example", f"/p{i}", lambda g: g[1] == "other")
        elif kind == 2:  # the path's backend is another
            put("ingresses", ingress("load", [("load.example", [("/", "web"), (f"/p{i - 1}", "canary")])]))
            until("a backend is another", "load.example", f"/p{i - 1}", lambda g: g[1] == "canary")
        else:  # a canary has all of tls.example, then half of it
            weight = "100" if i % 8 == 3 else "0"
            put("ingresses", ingress("canary", [("tls.example", [("/", "canary")])], {"canary": "true", "canary-weight": weight}))
            until("a canary's weight", "tls.example", "/", lambda g: (g[1] == "canary") == (weight == "100") and g[0] == 200)
    print(f"{count} rules changed")


def remember(pods_now):
    """For ingress_changes.sh, which ends them at last."""
    with open(f"{tmp}/pods", "w") as f:
        f.writelines(f"{pid} {pod_port}\n" for pid, pod_port in pods_now)


def pods():
    old, running, ended = [], {}, []  # a pod's port is never another's later
    for line in open(f"{tmp}/pods"):
        pid, pod_port = map(int, line.split())
        old.append((pid, pod_port))
    next_port = max(9099, *(pod_port for _, pod_port in old)) + 1
    for i in range(count):
        turn()
        pid, gone = old.pop(0)
        fresh, next_port = next_port, next_port + 1
        p = pod_start(f"pod{fresh}", fresh)
        running[p.pid] = p
        remember([*old, (pid, gone), (p.pid, fresh)])
        make = lambda: put("endpointslices", slice_of("web", fresh))
        drop = lambda: call("DELETE", at("endpointslices", f"web-{gone}"))
        for step in (make, drop) if i % 2 else (drop, make):
            step()
        until("a pod comes", "load.example", "/", lambda g: g[1] == f"pod{fresh}")
        # It was chosen after both changes or between them: one more table that is known to be the last says that the old one is out.
        put("ingresses", ingress("mark", [("mark.example", [(f"/m{i}", "other")])]))
        until("the mark", "mark.example", f"/m{i}", lambda g: g[1] == "other")
        os.kill(pid, signal.SIGTERM)
        if pid in running:  # it ends a second later
            ended.append(running.pop(pid))
        old.append((p.pid, fresh))
        remember(old)
    for p in ended:
        p.wait()
    print(f"{count} pods replaced")


def certs():
    n = len([f for f in os.listdir(tmp) if f.startswith("c") and f.endswith(".crt") and f[1:-4].isdigit()])
    for i in range(1, count + 1):
        turn()
        secret(i % n)
        want = open(f"{tmp}/c{i % n}.crt").read().strip()
        end = time.monotonic() + PATIENCE
        while serial() != want:
            if time.monotonic() > end:
                sys.exit(f"certificate {i} is not shown")
    print(f"{count} certificates swapped")


def burst():
    """All at once: the last has effect, and not as many tables are made as there are changes."""
    begin = time.monotonic()
    for i in range(count):
        put("ingresses", ingress(f"beside{i % 100}", [(f"b{i % 100}.example", [("/", "web"), (f"/u{i}", "other")])]))
    sent = time.monotonic()
    until("a burst", f"b{(count - 1) % 100}.example", f"/u{count - 1}", lambda g: g[1] == "other")
    end = time.monotonic()
    print(f"{count} changes in {sent - begin:.2f} s, the last has effect {(end - sent) * 1000:.0f} ms after its answer")
    if end - sent > 1:
        sys.exit("a burst starves its last change")


def websocket():
    s = socket.create_connection(("127.0.0.1", 80), 30)
    s.sendall(b"GET / HTTP/1.1\r\nHost: ws.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
    head = b""
    while b"\r\n\r\n" not in head:
        got = s.recv(4096)
        if not got:
            sys.exit(f"no WebSocket: {head}")
        head += got
    if b" 101 " not in head:
        sys.exit(f"no WebSocket: {head}")
    return s


def one_table(i):
    put("ingresses", ingress("mem", [("mem.example", [("/", "web")])], {"permanent-redirect": f"http://t{i}.example/"}))
    until("a table", "mem.example", "/", lambda g: g[2] == f"http://t{i}.example/")


def anon(pid):
    return int(next(l for l in open(f"/proc/{pid}/status") if l.startswith("RssAnon")).split()[1])


def rss(pid):
    return int(next(l for l in open(f"/proc/{pid}/status") if l.startswith("VmRSS")).split()[1])


def tables():
    """Many tables beside long requests: these keep none, and nobody grows."""
    tool = int(open(f"{tmp}/tool.pid").read())
    master = open(f"{tmp}/run/ingress/own/nginx.pid").read().strip()
    workers = list(map(int, subprocess.check_output(["pgrep", "-P", master]).split()))
    sockets = []
    for i in range(100):
        one_table(f"w{i}")
        if i % 5 == 0:
            sockets.append(websocket())
    before = {p: anon(p) for p in (tool, *workers)}
    seen = {p: [rss(p)] for p in before}
    for i in range(count):
        one_table(i)
        if (i + 1) % max(1, count // 5) == 0:
            for p in seen:
                seen[p].append(rss(p))
    for k, s in enumerate(sockets):
        s.sendall(b"abcdef")
        if s.recv(6) != b"fedcba":
            sys.exit(f"WebSocket {k} is broken")
    for _ in range(50):  # every worker takes the newest
        with socket.create_connection(("127.0.0.1", 80), 30) as c:
            c.sendall(b"GET / HTTP/1.1\r\nHost: mem.example\r\nConnection: close\r\n\r\n")
            while c.recv(4096):
                pass
    held = max(sum("live/table" in l for l in open(f"/proc/{p}/maps")) for p in workers)
    grown = {p: anon(p) - before[p] for p in before}
    print(f"{count} tables beside {len(sockets)} WebSockets: nginx' workers have {held} of them mapped at most; memory of its own, in KiB: minik "
          f"{before[tool]} {grown[tool]:+d}, workers " + ", ".join(f"{before[p]} {grown[p]:+d}" for p in workers))
    print(f"# resident KiB after every fifth of them: minik {seen[tool]}, workers " + ", ".join(str(seen[p]) for p in workers))
    if held > 1 or grown[tool] > 8192 or max(grown[p] for p in workers) > 4096:
        sys.exit("old tables are kept, or memory grows")


globals()[command]()
