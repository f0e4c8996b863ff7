"""Hostile and greedy clients of the API server on 127.0.0.1:16443; argv: folder with ca.pem, crt.pem, key.pem; the server's pid."""
import http.client
import json
import os
import socket
import ssl
import sys
import threading
import time

folder, pid = sys.argv[1], int(sys.argv[2])
context = ssl.create_default_context(cafile=folder + "/ca.pem")
context.load_cert_chain(folder + "/crt.pem", folder + "/key.pem")
MAPS = "/api/v1/namespaces/default/configmaps"
failed = 0


def verdict(good, name, why=""):
    global failed
    print(f"ok {name}" if good else f"not ok {name}\n    {why}", flush=True)
    failed |= not good


def connect():
    return http.client.HTTPSConnection("127.0.0.1", 16443, context=context, timeout=60)


def ask(method, path, body=None, headers=None, c=None):
    mine = c or connect()
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


def expect(name, status, method, path, body=None, headers=None):
    start = time.monotonic()
    try:
        got, text = ask(method, path, body, headers)
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
expect("100,000 keys in an object", (201, 413, 422), "POST", MAPS, configmap("keys", keys))
expect("100,000 unknown fields", (201, 400), "POST", MAPS, json.dumps({"metadata": {"name": "unknown"}, **keys}))
expect("100,000 times the same key", (201, 400), "POST", MAPS, '{"metadata":{"name":"dups"},"data":{' + ",".join(['"a":"b"'] * 100000) + "}}")
expect("an object to patch", 201, "POST", MAPS, configmap("patched", {"a": "b"}))
patch = {"Content-Type": "application/json-patch+json"}
expect("a JSON patch of 60,000 operations", (413, 422), "PATCH", MAPS + "/patched", json.dumps([{"op": "remove", "path": "/x"}] * 60000), patch)
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

# --- a byte at a time: others are served, and all of them at once end by the server's will (unit test test_http_server) ---
slow = [raw() for _ in range(200)]
for s in slow:
    s.sendall(b"GET /api")
expect("200 clients that send a byte at a time do not, either", 200, "GET", MAPS + "/patched")
for s in promised + slow:
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
