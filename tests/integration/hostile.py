"""Hostile and greedy clients of the API server on 127.0.0.1:16443; argv: folder with ca.pem, crt.pem, key.pem; the server's pid."""
import http.client
import json
import os
import socket
import socketserver
import ssl
import sys
import threading
import time
import zlib

folder, pid = sys.argv[1], int(sys.argv[2])
context = ssl.create_default_context(cafile=folder + "/ca.pem")
context.load_cert_chain(folder + "/crt.pem", folder + "/key.pem")
stranger = ssl.create_default_context(cafile=folder + "/ca.pem")
MAPS = "/api/v1/namespaces/default/configmaps"
failed = 0


def verdict(good, name, why=""):
    global failed
    print(f"ok {name}" if good else f"not ok {name}\n    {why}", flush=True)
    failed |= not good


def connect(anonymous=False):
    return http.client.HTTPSConnection("127.0.0.1", 16443, context=stranger if anonymous else context, timeout=60)


def ask(method, path, body=None, headers=None, c=None, anonymous=False):
    mine = c or connect(anonymous)
    h = {"Content-Type": "application/json"}
    h.update(headers or {})
    mine.request(method, path, body, h)
    r = mine.getresponse()
    text = r.read()
    if not c:
        mine.close()
    return r.status, text


def raw():
    s = context.wrap_socket(socket.create_connection(("127.0.0.1", 16443)), server_hostname="127.0.0.1")
    s.settimeout(60)
    return s


def memory():
    with open(f"/proc/{pid}/status") as f:
        return next(int(line.split()[1]) // 1024 for line in f if line.startswith("VmRSS"))


def status_line(s, data):
    try:
        s.sendall(data)
        return s.recv(4096).split(b"\r\n")[0].decode()
    except OSError:
        return "closed"


def expect(name, status, method, path, body=None, headers=None, anonymous=False):
    start = time.monotonic()
    try:
        got, text = ask(method, path, body, headers, anonymous=anonymous)
    except (OSError, http.client.HTTPException) as e:
        got, text = 0, repr(e).encode()
    took = time.monotonic() - start
    wanted = status if isinstance(status, tuple) else (status,)
    verdict(got in wanted and took < 15, f"{name}: {got} after {took:.2f} s", f"wanted {wanted}: {text[:300]}")
    return text


def configmap(name, data):
    return json.dumps({"metadata": {"name": name}, "data": data})


# --- sizes ---
expect("a body of 3 MB and more", 413, "POST", MAPS, b"x" * (3 * 1024 * 1024 + 1))
expect("a body that is nested 100,000 deep", 400, "POST", MAPS, b'{"a":' * 100000 + b"1" + b"}" * 100000)
expect("arrays nested 100,000 deep", 400, "POST", MAPS, b"[" * 100000)
expect("YAML nested 10,000 deep", 400, "POST", MAPS, b"[" * 10000 + b"]" * 10000, {"Content-Type": "application/yaml"})
bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(20))
expect("a YAML bomb", 400, "POST", MAPS, bomb, {"Content-Type": "application/yaml"})
keys = {f"k{i}": "" for i in range(100000)}
expect("100,000 keys in an object", 201, "POST", MAPS, configmap("keys", keys))
merge, strategic, apply = ({"Content-Type": t} for t in ("application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml"))
expect("a merge patch of 100,000 keys", 200, "PATCH", MAPS + "/keys", json.dumps({"data": {k: "1" for k in keys}}), merge)
expect("100,000 keys applied over another's", (200, 413, 422), "PATCH", MAPS + "/keys?fieldManager=m&force=true",
       json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "keys"}, "data": keys}), apply)


# What is compared with each other, or found by a key, must not take the square of its number.
def deployment(n, extra=None):
    spec = {"containers": [{"name": f"c{i}", "image": "i"} for i in range(n)], **(extra or {})}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": f"d{n}"},
            "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}}, "spec": spec}}}


APPS, PODS = "/apis/apps/v1/namespaces/default/deployments", "/api/v1/namespaces/default/pods"
many, sets = 20000, 5000
ask("POST", "/api/v1/namespaces/default/serviceaccounts", json.dumps({"metadata": {"name": "default"}}))
expect(f"a Deployment of {sets} containers", (201, 413, 422), "POST", APPS, json.dumps(deployment(sets)))
expect(f"a strategic merge patch of {sets} more", (200, 404, 413, 422), "PATCH", APPS + f"/d{sets}", json.dumps(
    {"spec": {"template": {"spec": {"containers": [{"name": f"x{i}", "image": "i"} for i in range(sets)]}}}}), strategic)
expect(f"{sets} containers applied", (200, 404, 409, 413, 422), "PATCH", APPS + f"/d{sets}?fieldManager=m&force=true", json.dumps(deployment(sets)), apply)
expect(f"a pod of {many} containers that are called the same", (413, 422), "POST", PODS, json.dumps(
    {"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "i"}] * many}}))
expect(f"a pod of {many} environment variables that name each other", (201, 413, 422), "POST", PODS, json.dumps(
    {"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "i", "env": [{"name": f"E{i}", "value": f"$(E{i - 1})$(E{i - 1})"} for i in range(many)]}]}}))
expect(f"a pod of {many} volumes and mounts", (413, 422, 201), "POST", PODS, json.dumps({"metadata": {"name": "v"}, "spec": {
    "volumes": [{"name": f"v{i}", "emptyDir": {}} for i in range(many)],
    "containers": [{"name": "c", "image": "i", "volumeMounts": [{"name": f"v{i}", "mountPath": f"/{i}"} for i in range(many)]}]}}))
expect(f"a pod of {many} tolerations", (413, 422, 201), "POST", PODS, json.dumps(
    {"metadata": {"name": "t"}, "spec": {"containers": [{"name": "c", "image": "i"}], "tolerations": [{"key": f"k{i}", "operator": "Exists"} for i in range(many)]}}))
expect(f"a Service of {many} ports", (413, 422, 201), "POST", "/api/v1/namespaces/default/services", json.dumps(
    {"metadata": {"name": "s"}, "spec": {"ports": [{"name": f"p{i}", "port": i % 65535 + 1} for i in range(many)]}}))
expect(f"{many} owners", (413, 422, 201), "POST", MAPS, json.dumps({"metadata": {"name": "owned", "ownerReferences": [
    {"apiVersion": "v1", "kind": "ConfigMap", "name": f"o{i}", "uid": f"u{i}"} for i in range(many)]}}))
expect(f"{many} finalizers and 100,000 labels", (413, 422, 201), "POST", MAPS, json.dumps({"metadata": {
    "name": "final", "finalizers": [f"a.example.com/f{i}" for i in range(many)], "labels": keys}}))
expect(f"a definition of {many} properties", (413, 422, 201), "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", json.dumps({
    "metadata": {"name": "bigs.example.com"}, "spec": {"group": "example.com", "scope": "Namespaced", "names": {"plural": "bigs", "kind": "Big"},
     "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {
         "type": "object", "properties": {f"p{i}": {"type": "string"} for i in range(many)}}}}]}}))
expect("a token of 12 KB", 401, "GET", MAPS + "/keys", None, {"Authorization": "Bearer " + "a." * 6000}, anonymous=True)
expect("a token of 30 KB", (401, 431), "GET", MAPS + "/keys", None, {"Authorization": "Bearer " + "a." * 15000}, anonymous=True)
expect("100,000 unknown fields", (201, 400), "POST", MAPS, json.dumps({"metadata": {"name": "unknown"}, **keys}))
expect("100,000 times the same key", (201, 400), "POST", MAPS, '{"metadata":{"name":"dups"},"data":{' + ",".join(['"a":"b"'] * 100000) + "}}")
expect("an object to patch", 201, "POST", MAPS, configmap("patched", {"a": "b"}))
patch = {"Content-Type": "application/json-patch+json"}
same = {"op": "test", "path": "/data/a", "value": "b"}
expect("a JSON patch of 10,000 operations", 200, "PATCH", MAPS + "/patched", json.dumps([same] * 10000), patch)
expect("and of one more", 413, "PATCH", MAPS + "/patched", json.dumps([same] * 10001), patch)
expect("a JSON patch of 60,000 operations", 413, "PATCH", MAPS + "/patched", json.dumps([{"op": "remove", "path": "/x"}] * 60000), patch)
grow = [{"op": "add", "path": "/data", "value": {"a": "x" * 1000}}] + [{"op": "copy", "from": "/data", "path": f"/data/c{i}"} for i in range(40)]
expect("a JSON patch that doubles with every step", (400, 413, 422), "PATCH", MAPS + "/patched", json.dumps(grow), patch)
expect("a header of 64 KB", (400, 413, 414, 431, 0), "GET", MAPS + "/patched", None, {"X-Long": "x" * 65536})
expect("300 headers", (400, 431, 0), "GET", MAPS + "/patched", None, {f"X-{i}": "x" for i in range(300)})
expect("a path of 64 KB", (400, 404, 414, 431, 0), "GET", "/" + "x" * 65536)
expect("a selector of 15 KB", (200, 400, 414, 431), "GET", MAPS + "?limit=1&labelSelector=" + "a,!a," * 2500 + "a")
expect("a negative limit and a huge one", 200, "GET", MAPS + "?limit=-1&resourceVersion=0&labelSelector=none%3Dnone")
expect("a limit beyond all bounds", (200, 400), "GET", MAPS + "?limit=99999999999999999999&labelSelector=none%3Dnone")
expect("a continue token of nonsense", 400, "GET", MAPS + "?limit=1&continue=AAAA")

# --- requests that two parsers would read differently ---
for name, text in {
    "two lengths": "Content-Length: 2\r\nContent-Length: 5\r\n",
    "length and chunks": "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
    "a negative length": "Content-Length: -1\r\n",
}.items():
    s = raw()
    line = status_line(s, f"POST {MAPS} HTTP/1.1\r\nHost: x\r\n{text}\r\n{{}}".encode())
    verdict(" 400 " in line or line in ("closed", ""), f"{name}: {line or 'closed'}", line)
    s.close()

# --- a length that is only a promise takes no memory ---
before = memory()
promised = [raw() for _ in range(200)]
for s in promised:
    s.sendall(f"POST {MAPS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3000000\r\n\r\n{{".encode())
expect("200 clients that only promise a body do not keep others from being served", 200, "GET", MAPS + "/patched")
grown = memory() - before
verdict(grown < 60, f"and take {grown} MB", f"{grown} MB more")

# --- handshakes that do not go on, silence, a byte at a time: others are served; that the server ends them, the unit test test_http_server shows ---
half = [socket.create_connection(("127.0.0.1", 16443)) for _ in range(500)]
for s in half[::2]:
    s.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
expect("500 clients that begin no handshake or half of one do not, either", 200, "GET", MAPS + "/patched")
slow = [raw() for _ in range(200)]
for s in slow:
    s.sendall(b"GET /api")
expect("200 clients that send a byte at a time do not, either", 200, "GET", MAPS + "/patched")
for s in promised + slow + half:
    s.close()

# --- a client that does not read what it asks for ---
before = memory()
deaf = [raw() for _ in range(30)]
for s in deaf:
    s.sendall(f"GET {MAPS} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
time.sleep(2)
expect("30 clients that ask for everything (40 MB each) and read nothing", 200, "GET", MAPS + "/patched")
grown = memory() - before
verdict(grown < 200, f"take {grown} MB", f"{grown} MB more")
for s in deaf:
    s.close()

# --- a list that is read to its end is whole ---
text = ask("GET", MAPS)[1]
o = json.loads(text)
names = [i["metadata"]["name"] for i in o["items"] if i["metadata"]["name"].startswith("c-")]
verdict(len(names) == 40000 and names == sorted(set(names)), f"a list of everything has each of {len(names)} once and in order")
verdict("continue" not in o["metadata"], "and says that it is whole")
even = json.loads(ask("GET", MAPS + "?labelSelector=app%3Deven")[1])
verdict(len(even["items"]) == 20000 and all(i["metadata"]["labels"]["app"] == "even" for i in even["items"]), "and so has one with a selector")


# --- a watch that begins with everything, more than a client's queue holds ---
def watch_list():
    c = connect()
    c.request("GET", MAPS + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=60")
    r = c.getresponse()
    n = 0
    while True:
        line = r.readline()
        if not line:
            return n, False
        e = json.loads(line)
        if e["type"] == "BOOKMARK":
            c.close()
            return n, e["object"]["metadata"].get("annotations", {}).get("k8s.io/initial-events-end") == "true"
        n += 1


n, end = watch_list()
verdict(end and n >= 40000, f"a WatchList of 40 MB comes to its end ({n} events)", f"end: {end}")


# --- a slow reader of what a pod or a Service says slows the pod down ---
BACKEND, PORT, LONG = "192.0.2.1", 18080, 150 << 20
told = {}  # path: bytes that the backend has got rid of


def packed_page():
    """HTML of LONG bytes that is small when it is compressed."""
    z = zlib.compressobj(9, zlib.DEFLATED, 31)
    line = b"<p>" + b"x" * 1020 + b"\n"
    for _ in range(LONG // len(line)):
        yield z.compress(line)
    yield z.flush()


class Backend(socketserver.StreamRequestHandler):
    def handle(self):
        path = self.rfile.readline().split()[1].decode()
        while self.rfile.readline().strip():
            pass
        told[path] = 0
        if path.startswith("/page"):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n")
            pieces = packed_page()
        else:
            self.wfile.write(f"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {LONG}\r\n\r\n".encode())
            pieces = (i.to_bytes(8, "big") * 8192 for i in range(LONG >> 16))
        try:
            for piece in pieces:
                self.wfile.write(piece)
                told[path] += len(piece)
        except OSError:
            pass


class Backends(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True


def settled(path):
    """What the backend has told when it tells no more."""
    deadline, last, since = time.monotonic() + 60, -1, time.monotonic()
    while time.monotonic() < deadline and time.monotonic() - since < 1:
        if told.get(path, 0) != last or last < 0:
            last, since = told.get(path, -1), time.monotonic()
        time.sleep(0.05)
    return last


def read_slowly(s, check):
    """Reads a chunked answer or one with a length, with a pause at the beginning; its bytes."""
    r = http.client.HTTPResponse(s)
    r.begin()
    n = 0
    while piece := r.read(1 << 20):
        check(n, piece)
        n += len(piece)
    return n if r.status == 200 else 0


def in_order(at, piece):
    # Bytes 0-7 are 0, 65536-65543 are 1...
    first = at & ~7
    if piece[(-at) % 8:][:8] != (((at + 7) & ~7) >> 16).to_bytes(8, "big"):
        raise ValueError(f"another byte than the backend's after {first}")


with Backends((BACKEND, PORT), Backend) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    expect("a pod", 201, "POST", PODS, json.dumps({"metadata": {"name": "slow"}, "spec": {"containers": [{"name": "c", "image": "i", "ports": [{"containerPort": PORT}]}]}}))
    expect("... its address", 200, "PATCH", PODS + "/slow/status", json.dumps({"status": {"podIP": BACKEND, "podIPs": [{"ip": BACKEND}]}}), merge)
    expect("a Service", 201, "POST", "/api/v1/namespaces/default/services", json.dumps({"metadata": {"name": "slow"}, "spec": {"ports": [{"port": 80}]}}))
    expect("... its endpoint", 201, "POST", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", json.dumps({
        "metadata": {"name": "slow", "labels": {"kubernetes.io/service-name": "slow"}}, "addressType": "IPv4", "ports": [{"name": "", "port": PORT}],
        "endpoints": [{"addresses": [BACKEND], "conditions": {"ready": True}}]}))
    before = memory()
    ways = {f"{path}{i}": base for i in range(8) for path, base in (("/pod", "pods/slow/proxy"), ("/svc", "services/slow/proxy"))}
    readers = {}
    for path, base in ways.items():
        readers[path] = raw()
        readers[path].sendall(f"GET /api/v1/namespaces/default/{base}{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    at = {path: settled(path) for path in ways}
    grown = memory() - before
    verdict(all(0 < n < 40 << 20 for n in at.values()), f"{len(at)} clients that do not read hold their backends up after {max(at.values()) >> 20} MB at most", at)
    verdict(grown < 30, f"and take {grown} MB", f"{grown} MB more")
    expect("others are proxied meanwhile", 200, "GET", "/api/v1/namespaces/default/pods/slow/proxy/other")
    for path in ("/pod0", "/svc0"):
        try:
            n = read_slowly(readers[path], in_order)
        except (OSError, ValueError, http.client.HTTPException) as e:
            n = repr(e)
        verdict(n == LONG, f"who reads at last has all of it ({path})", f"{n} of {LONG} bytes")
    for s in readers.values():
        s.close()
    before = memory()
    page = raw()
    page.sendall(b"GET /api/v1/namespaces/default/services/slow/proxy/page HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
    settled("/page")
    grown = memory() - before
    verdict(grown < 20, f"a page that is unpacked for one who does not read takes {grown} MB", f"{grown} MB more")
    n = read_slowly(page, lambda at, piece: None)
    verdict(n == LONG // 1024 * 1024, "and is whole", f"{n} of {LONG // 1024 * 1024} bytes")
    page.close()
    server.shutdown()


# --- one greedy client, and another who wants little ---
def measure(n):
    c = connect()
    c.request("GET", "/api/v1/namespaces/default/configmaps?limit=20", None, {"Impersonate-User": "modest", "Impersonate-Group": "system:masters", "Accept": TABLE})
    c.getresponse().read()
    took = []
    for _ in range(n):
        start = time.monotonic()
        c.request("GET", MAPS + "?limit=20", None, {"Impersonate-User": "modest", "Impersonate-Group": "system:masters", "Accept": TABLE})
        r = c.getresponse()
        r.read()
        if r.status != 200:
            return 1e9
        took.append(time.monotonic() - start)
    return sorted(took)[len(took) // 2]


TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"
enough = threading.Event()
answered = [0]


def greedy():
    while not enough.is_set():
        try:
            ask("GET", MAPS + "?limit=5000", None, {"Impersonate-User": "greedy", "Impersonate-Group": "system:masters", "Accept": TABLE})
            answered[0] += 1
        except (OSError, http.client.HTTPException):
            if not enough.is_set():
                raise


alone = measure(20)
threads = [threading.Thread(target=greedy) for _ in range(24)]
for t in threads:
    t.start()
time.sleep(1)
beside = measure(10)
enough.set()
for t in threads:
    t.join()
# That his turn comes after one of theirs and not after all is shown without a clock by the unit test test_fair.
print(f"    a modest user's table: {alone * 1e3:.0f} ms alone, {beside * 1e3:.0f} ms beside 24 greedy connections ({answered[0]} large tables answered)", file=sys.stderr)
verdict(beside < 1e9, "a modest user is served beside a greedy one")

os.kill(pid, 0)
verdict(True, "the server is still there")
sys.exit(failed)
