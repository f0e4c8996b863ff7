"""Names outside the cluster: ExternalName and auth-url. Whatever DNS says, nothing of the node's own is reached."""
from ingress_auth_lib import *

A1, A2, A3 = "10.99.0.1", "10.99.0.2", "10.99.0.3"
served, ports = {}, set()


def web_at(host):
    def answer(q, h):
        ports.add((host, h.client_address))
        if q.path == "/sleep":
            time.sleep(1)
        return 200, [("X-At", host)], echo(q, h)[2]

    served[host] = serve(9020, answer, host=host)


for host in (A1, A2, A3, "127.0.0.1"):
    web_at(host)
own = served["127.0.0.1"]
asked = serve(9021, lambda q, h: (403 if ".many." in q.headers["Host"] else 200, [("X-User", "alice")], b""), host=A1)
secret = serve(9021, lambda q, h: (200, [("X-User", "root")], b""), host="127.0.0.1")
REFUSED = {
    "lo": ["127.0.0.1"], "lo8": ["127.8.9.1"], "meta": ["169.254.169.254"], "zero": ["0.0.0.0"], "zero8": ["0.1.2.3"], "multi": ["224.0.0.1"], "broad": ["255.255.255.255"],
    "lo6": ["::1"], "any6": ["::"], "link6": ["fe80::1"], "multi6": ["ff02::1"], "mapped": ["::ffff:127.0.0.1"], "mappedmeta": ["::ffff:169.254.169.254"], "compat": ["::127.0.0.1"],
    "nat64": ["64:ff9b::7f00:1"], "6to4": ["2002:7f00:1::1"], "both": ["127.0.0.1", "::1", "169.254.1.1"],
}
names = Names({f"{n}.out.test": a for n, a in REFUSED.items()} | {
    "one.out.test": [A1], "three.out.test": [A1, A2, A3], "half.out.test": [A1, "10.99.0.77"], "mixed.out.test": ["127.0.0.1", A2, "169.254.169.254", "::1"],
    "dead.out.test": ["10.99.0.77", "10.99.0.78"], "silent.out.test": None, "silent2.out.test": None, "tls.out.test": [A1], "stale.out.test": [A1], "moves.out.test": [A1], "late.out.test": [A1],
    "backend.test": [A1]})
LITERAL = ("127.0.0.1", "169.254.169.254", "0.0.0.0")
ext = {n: f"{n}.out.test:9020" for n in [*REFUSED, "one", "three", "half", "mixed", "dead", "silent", "silent2", "stale", "moves", "late", "nothing"]}
backends = {"default/web:80": [f"{A1}:9020"], **{f"default/{n}:80": a for n, a in ext.items()}, **{f"default/l{i}:80": f"{a}:9020" for i, a in enumerate(LITERAL)},
            "default/caps:80": "ONE.out.test:9020", "default/addr:80": f"{A3}:9020", "default/localhost:80": "localhost:9020",
            "default/grpc:80": "one.out.test:9444", "default/tls:443": "backend.test:9443"}


def to(backend, *options):
    return [("", list(options), f"default/{backend}")]


def auth(url, *more):
    return [["AUTH_URL", url], ["AUTH_RESPONSE_HEADER", "X-User"], *more]


hosts = {f"{n}.test": to(f"{n}:80") for n in ext} | {f"l{i}.test": to(f"l{i}:80") for i in range(len(LITERAL))} | {f"a-{n}.test": auth(f"http://{n}.out.test:9021/") for n in [*ext]} | {
    "caps.test": to("caps:80"), "addr.test": to("addr:80"), "localhost.test": to("localhost:80"), "vhost.test": to("one:80", ["UPSTREAM_HOST", "one.out.test"]),
    "sticky.test": to("three:80", ["COOKIE", "c"]), "persistent.test": to("three:80", ["COOKIE", "c"], ["COOKIE_PERSISTENT"]),
    "nobuf.test": to("one:80", ["REQUEST_BUFFERING", 0], ["BODY_MAX", 0]), "http10.test": to("one:80", ["HTTP_VERSION", 10]), "connect.test": to("dead:80", ["CONNECT_TIMEOUT", 200], ["NEXT_TRIES", 2]),
    "retry.test": to("half:80", ["CONNECT_TIMEOUT", 200]), "grpc.test": to("grpc:80", ["PROTOCOL", 2]),
    "tls.test": to("tls:443", ["PROTOCOL", 1], ["TLS_SNI", 1], ["TLS_VERIFY", 1], ["TLS_CA", pem("ca1.crt")]),
    "a-127.test": auth("http://127.0.0.1:9021/"), "a-v6.test": auth("http://[::1]:9021/"), "a-mapped.test": auth("http://[::ffff:127.0.0.1]:9021/"), "a-meta.test": auth("http://169.254.169.254/latest"),
    "a-badport.test": auth(f"http://{A1}:0/"), "a-hugeport.test": auth(f"http://{A1}:99999/"), "a-var.test": auth("http://$http_x_host/ok?$args"),
    "a-wait.test": auth("http://late.out.test:9021/"),
}
table(hosts, backends)


def at(host, n=1, **kw):
    return [(a.get("X-At") or [a.status])[0] for a in (ask(host, **kw) for _ in range(n))]


# --- what a name stands for ---
a = ask("one.test", "/x?y")
check("an external name", a.status == 200 and a.get("X-At") == [A1] and a.heard("host") == ["one.test"] and json.loads(a.body)["path"] == "/x?y", a)
check("with its own name as Host", ask("vhost.test").heard("host") == ["one.out.test"])
check("in capitals", at("caps.test") == [A1])
check("an address", at("addr.test") == [A3])
for n, addrs in REFUSED.items():
    a = ask(f"{n}.test")
    check(f"{addrs}: 502", a.status == 502 and log_has(f"the name {n}.out.test stands for"), a)
for i, addr in enumerate(LITERAL):
    check(f"{addr} itself: 502", ask(f"l{i}.test").status == 502 and log_has(f"default/l{i}:80: the name {addr} cannot be used: of what it stands for nothing may be asked, as it is "))
check("localhost: 502", ask("localhost.test").status == 502)
check("of several addresses the good one alone", at("mixed.test", 12) == [A2] * 12)
check("nothing of the node's own has been asked", own.all == [], own.all)
check("no such name: 502", ask("nothing.test").status == 502 and log_has("the name nothing.out.test cannot be used: Host not found"))
names.known["nothing.out.test"] = [A1]
check("until there is one", eventually(lambda: at("nothing.test") == [A1]))

# --- endpoints like pods' ---
got = at("three.test", 12)
check("by turns", sorted(got) == [A1] * 4 + [A2] * 4 + [A3] * 4, got)
check("the next where one is dead", at("retry.test", 12) == [A1] * 12)
a = ask("connect.test")
check("all dead: 504 in time", a.status == 504 and a.took < 5 and a.get("X-Tried")[0].count(":9020") == 2, a)
ports.clear()
check("connections are kept", at("one.test", 20) == [A1] * 20 and len(ports) == 1, ports)
check("a body that is not buffered", ask("nobuf.test", "/", "POST", body=b"x" * 3000000).get("X-At") == [A1])
a = ask("http10.test")
check("by HTTP/1.0", a.status == 200 and json.loads(a.body)["version"] == "HTTP/1.0", a)
a = h2("grpc.test", "/s/M", "--data-binary", "@-", body=b"\0\0\0\0\0")
check("by gRPC", a.status == 200 and b"http=HTTP/2.0" in a.body, a)
a = ask("tls.test")
check("by TLS, verified by its name", a.status == 200 and b"sni=backend.test" in a.body, a)
for h in ("sticky.test", "persistent.test"):
    a = ask(h)
    cookie = (a.get("Set-Cookie") or [""])[0].split(";")[0]
    check(f"{h}: the client stays", cookie and at(h, 12, headers=[("Cookie", cookie)]) == a.get("X-At") * 12, a)
check("and not all at one", len(set(at("sticky.test", 30))) == 3)

# --- time ---
n = names.count("one.out.test")
at("one.test", 20)
check("a name in use is not asked each time", names.count("one.out.test") - n <= 2, n)
names.ttl = 1
check("another address", at("moves.test") == [A1])
names.known["moves.out.test"] = [A2]
check("is taken when its time is over", eventually(lambda: at("moves.test") == [A2]))
names.known["moves.out.test"] = ["127.0.0.1"]
check("and refused if it is the node's", eventually(lambda: at("moves.test") == [502]) and not own.all)
check("a name that is there", at("stale.test") == [A1])
names.known["stale.out.test"] = None
n = names.count("stale.out.test")
got = []
check("serves on while DNS is silent", eventually(lambda: got.extend(at("stale.test")) or names.count("stale.out.test") > n + 4, 30) and set(got) == {A1}, set(got), n, names.count("stale.out.test"))
names.known["stale.out.test"] = [A3]
check("and is looked up again after it", eventually(lambda: at("stale.test") == [A3], 20))
names.ttl = 5

# --- a name server that says nothing ---
got, threads = [], []
for i in range(20):
    threads.append(threading.Thread(target=lambda: got.append(ask("silent.test"))))
    threads[-1].start()
check("the question is out", eventually(lambda: names.count("silent.out.test") > 0))
quick = [ask("one.test") for _ in range(20)]
check("others do not wait for it", {x.status for x in quick} == {200} and not got, got)
left = socket.create_connection(("127.0.0.1", 80))
left.sendall(b"POST / HTTP/1.1\r\nHost: silent.test\r\nContent-Length: 5\r\n\r\nab")
left.close()
for t in threads:
    t.join()
check("504 after the time that resolver_timeout says", [a.status for a in got] == [504] * 20 and all(a.took < 8 for a in got), got)
a = ask("silent.test")
check("a failure is known for a moment", a.status == 504 and a.took < 8, a)
a = ask("a-silent2.test")
check("auth-url: 500, nobody comes in", a.status == 500 and a.took < 8, a)
names.late = 0.3
got = []
threads = [threading.Thread(target=lambda: got.append(ask("late.test", "/", "POST", body=b"z" * 100000))) for _ in range(20)]
r = subprocess.Popen(["curl", "-sk", "--http2", "-Z", "--resolve", "late.test:443:127.0.0.1", "-w", "%{http_code}\n", *sum([["-o", "/dev/null", f"https://late.test/{i}"] for i in range(30)], [])], stdout=subprocess.PIPE, text=True)
for t in threads:
    t.start()
for t in threads:
    t.join()
check("all who wait for an answer that is late get theirs", {a.status for a in got} == {200}, got)
check("by HTTP/2, too", r.communicate()[0].split() == ["200"] * 30)
s = socket.create_connection(("127.0.0.1", 80))
s.sendall(b"GET /1 HTTP/1.1\r\nHost: a-wait.test\r\n\r\nGET /2 HTTP/1.1\r\nHost: a-wait.test\r\nConnection: close\r\n\r\n")
data = b"".join(iter(lambda: s.recv(65536), b""))
check("pipelined requests that wait", data.count(b"HTTP/1.1 200") == 2 and data.find(b'"/1"') < data.find(b'"/2"'), data)
for i in range(20):
    s = socket.create_connection(("127.0.0.1", 80))
    s.sendall(b"GET / HTTP/1.1\r\nHost: a-var.test\r\nX-Host: w%d.out.test:9021\r\n\r\n" % i)
    eventually(lambda: names.count(f"w{i}.out.test"))
    s.close()
check("clients that leave while a name is looked up", ask("one.test").status == 200)
names.late = 0

# --- auth-url ---
asked.clear()
for n in [*REFUSED, "127", "v6", "mapped", "meta", "badport", "hugeport"]:
    a = ask(f"a-{n}.test")
    check(f"auth-url at {n}: 500", a.status == 500, a)
a = ask("a-var.test", headers=[("X-Host", "lo.out.test:9021")])
check("nor by a variable", a.status == 500, a)
check("nothing of the node's own has been asked", secret.all == [] and asked.all == [] and own.all == [], secret.all)
a = ask("a-one.test")
check("auth-url by a name", a.status == 200 and a.heard("x-user") == ["alice"] and asked.all[0].headers["Host"] == "one.out.test:9021", a)
check("with several addresses, of which one serves", {ask("a-three.test").status for _ in range(9)} == {200})
a = ask("a-var.test", "/?q=1", headers=[("X-Host", "one.out.test:9021")])
check("by a variable", a.status == 200 and asked.all[-1].path == "/ok?q=1", a)
a = h2("a-mixed.test", "/")
check("no retry goes to an address that is refused", a.status == 500 and not secret.all, a)

# --- many names ---
names.default = [A1]
# more than are kept; retried: a busy machine may need longer than /minik.auth waits
bad = [i for i in range(1500) if not eventually(lambda: ask("a-var.test", headers=[("X-Host", f"n{i}.many.test:9021")]).status == 403)]
check("1,500 names are no trouble", not bad and at("one.test") == [A1], bad)
end()
