"""Connections that are kept: to auth-url, and to backends that speak TLS. Which request came by which connection, and what of them may share one."""
from ingress_auth_lib import *

AT = "10.99.0.1"


class Counted:
    """A server of TLS and of plain text at one port: `seen` has (connection, SNI or None, method, Host, path, peer's CN)."""

    def __init__(self, port, answer):
        self.answer, self.seen, self.n, self.lock = answer, [], 0, threading.Lock()
        self.s = socket.create_server((AT, port), backlog=64)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            c, _ = self.s.accept()
            with self.lock:
                self.n += 1
                n = self.n
            threading.Thread(target=self.serve, args=(c, n), daemon=True).start()

    def serve(self, c, n):
        sni = []
        try:
            if c.recv(1, socket.MSG_PEEK) == b"\x16":
                ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                ctx.load_cert_chain(f"{T}/pki/backend.crt", f"{T}/pki/backend.key")
                ctx.verify_mode = ssl.CERT_OPTIONAL
                ctx.load_verify_locations(f"{T}/pki/ca1.crt")
                ctx.sni_callback = lambda s, name, _: sni.append(name or "")
                c = ctx.wrap_socket(c, server_side=True)
                sni = sni or [""]
            peer = c.getpeercert() if sni else None
            cn = peer and next(v for rdn in peer["subject"] for k, v in rdn if k == "commonName")
            f, k = c.makefile("rb"), 0
            while line := f.readline():
                method, path, _ = line.decode().split(" ", 2)
                h = {}
                while (l := f.readline().strip()):
                    name, _, v = l.decode().partition(": ")
                    h[name.lower()] = v
                f.read(int(h.get("content-length") or 0))
                k += 1
                with self.lock:
                    self.seen.append((n, sni[0] if sni else None, method, h.get("host"), path, cn))
                a = self.answer(method, path, k, h)
                if a is None:
                    break
                more, end = a if isinstance(a, tuple) else (a, False)
                c.sendall(more)
                if end:
                    break
        except OSError:
            pass
        c.close()

    def take(self):
        with self.lock:
            got, self.seen = self.seen, []
        return got


def say(status, body=b"", head=b"", length=True):
    return b"HTTP/1.1 %d x\r\nX-User: alice\r\n%s%s\r\n" % (status, head, b"Content-Length: %d\r\n" % len(body) if length else b"") + body


def auth(method, path, k, h):
    if path == "/chunked":
        return say(200, head=b"Transfer-Encoding: chunked\r\n", length=False) + b"5\r\nhello\r\n3\r\nyou\r\n0\r\n\r\n"
    if path == "/large":
        return say(200, b"x" * 200000)
    if path == "/endless":
        return say(200, head=b"Transfer-Encoding: chunked\r\n", length=False) + b"1000\r\n" + b"x" * 4096 + b"\r\n" + (b"1000\r\n" + b"x" * 4096 + b"\r\n") * 100
    if path == "/eof":
        return say(200, length=False) + b"until the end", True
    if path == "/broken":
        return say(200, head=b"Content-Length: 100\r\n", length=False) + b"half", True
    if path == "/more":
        return say(200, b"ok") + b"HTTP/1.1 200 OK\r\nX-User: root\r\n\r\n"
    if path == "/204":
        return say(204, length=False)
    if path == "/204more":
        return say(204, length=False) + b"HTTP/1.1 200 OK\r\nX-User: root\r\n\r\n"
    if path == "/close":
        return say(200, b"ok", b"Connection: close\r\n"), True
    if path == "/silent":  # ends kept connections without a word
        return say(200, b"ok"), True
    if path == "/drops":  # the second question of a connection is read, and then there is nobody
        return say(200, b"ok") if k == 1 else None
    if path == "/101":
        return say(101, head=b"Connection: upgrade\r\nUpgrade: x\r\n", length=False)
    m = re.match(r"/status/(\d+)", path)
    return say(int(m[1]) if m else 200, b"" if method == "HEAD" else b"body")


service = Counted(9101, auth)
tls_web = Counted(9102, lambda method, path, k, h: say(200, json.dumps({"host": h.get("host")}).encode()))
web = serve(9002, echo)
names = Names({"one.out.test": [AT], "two.out.test": [AT]}, ttl=600)
backends = {"default/web:80": ["127.0.0.1:9002"], "default/tls:443": [f"{AT}:9102"], "default/grpcs:443": ["127.0.0.1:9445"], "default/dead:80": ["127.0.0.1:9"]}
URL = f"http://{AT}:9101"
USER = ["AUTH_RESPONSE_HEADER", "X-User"]
PATHS = ("ok", "chunked", "large", "endless", "eof", "broken", "more", "204", "204more", "close", "silent", "drops", "101", "status/401", "status/403")
hosts = {p.replace("/", "") + ".test": [["AUTH_URL", f"{URL}/{p}"], USER, ["BODY_MAX", 0]] for p in PATHS}
hosts |= {"head.test": [["AUTH_URL", URL + "/ok"], ["AUTH_METHOD", "HEAD"]], "postdrops.test": [["AUTH_URL", URL + "/drops"], ["AUTH_METHOD", "POST"]],
          "one.test": [["AUTH_URL", "https://one.out.test:9101/ok"]], "two.test": [["AUTH_URL", "https://two.out.test:9101/ok"]], "plainone.test": [["AUTH_URL", "http://one.out.test:9101/ok"]]}


def tls_to(*options):
    return [("", [["PROTOCOL", 1], *options], "default/tls:443")]


hosts |= {"t-default.test": tls_to(), "t-default2.test": tls_to(), "t-one.test": tls_to(["TLS_SNI", 1], ["TLS_NAME", "one.name"]), "t-two.test": tls_to(["TLS_SNI", 1], ["TLS_NAME", "two.name"]),
          "t-host.test": tls_to(["TLS_SNI", 1]), "t-host2.test": tls_to(["TLS_SNI", 1]), "t-10.test": tls_to(["HTTP_VERSION", 10]), "p-10.test": [("", [["HTTP_VERSION", 10]], "default/tls:443")],
          "t-good.test": tls_to(["TLS_VERIFY", 1], ["TLS_CA", pem("ca1.crt")], ["TLS_NAME", "backend.test"]),
          "t-bad.test": tls_to(["TLS_VERIFY", 1], ["TLS_CA", pem("ca1.crt")], ["TLS_NAME", "other.test"]),
          "t-ca2.test": tls_to(["TLS_VERIFY", 1], ["TLS_CA", pem("ca2.crt")], ["TLS_NAME", "backend.test"]),
          "t-alice.test": tls_to(["TLS_CERT", pem("alice.crt"), pem("alice.key")]), "t-bob.test": tls_to(["TLS_CERT", pem("bob.crt"), pem("bob.key")]),
          "g.test": [("", [["PROTOCOL", 3]], "default/grpcs:443")], "t-pass.test": tls_to()}
table(hosts, backends)


def times(host, n, *args):
    """Statuses, and the connections of what the service was asked."""
    service.take()
    a = [ask(host, *args) for _ in range(n)]
    got = service.take()
    return [x.status for x in a], len({g[0] for g in got}), got, a[-1]


# --- auth-url ---
st, n, got, a = times("ok.test", 50)
check("auth-url: 50 questions by one connection", st == [200] * 50 and n == 1 and len(got) == 50 and a.heard("x-user") == ["alice"], st, n, len(got))
for host in ("chunked", "204", "status401", "status403", "head"):
    st, n, got, a = times(host + ".test", 10)
    check(f"one connection: {host}", len(set(st)) == 1 and st[0] in (200, 401, 403) and n == 1 and len(got) == 10, st, n, got)
for host in ("large", "endless", "eof", "close", "broken"):
    st, n, got, a = times(host + ".test", 5)
    check(f"the answer ends with its header, the connection with it: {host}", st == [200] * 5 and n == 5 and a.heard("x-user") == ["alice"], st, n, got)
for host in ("more", "204more"):
    st, n, got, a = times(host + ".test", 10)
    check(f"what comes behind an answer is none: {host}", st == [200] * 10 and n == 10 and a.heard("x-user") == ["alice"], st, n, got, a)
st, n, got, a = times("101.test", 2, "/", "GET", [("Connection", "upgrade"), ("Upgrade", "websocket")])
check("another protocol is no answer", st == [500] * 2, st)
st, n, got, a = times("silent.test", 100)
check("kept connections that it ends: nobody is refused", st == [200] * 100 and len(got) == 100, [s for s in st if s != 200], len(got))
st, n, got, a = times("drops.test", 50)
check("a question that goes down with its connection is asked again", st == [200] * 50 and len(got) >= 50 and n > 1, [s for s in st if s != 200], n, len(got))
web.clear()
st, n, got, a = times("drops.test", 10, "/", "POST", [], b"z" * 100000)
check("before the client's body is sent on, once", st == [200] * 10 and [len(q.body) for q in web.all] == [100000] * 10, st, [len(q.body) for q in web.all])
st, n, got, a = times("postdrops.test", 20)
check("also where it is asked by POST", st == [200] * 20 and n > 1 and {g[2] for g in got} == {"POST"}, st, n)
service.take()
for i in range(10):
    a = [ask(h).status for h in ("one.test", "two.test", "plainone.test")]
    if a != [200] * 3:
        break
got = service.take()
mixed = [g for g in got if g[1] != (None if g[0] in {x[0] for x in got if x[1] is None} else g[3].split(":")[0])]
check("TLS to each name has connections of its own, plain text too, at one address", a == [200] * 3 and not mixed and len(got) == 30 and {g[1] for g in got} == {"one.out.test", "two.out.test", None},
      a, mixed, got)
check("and keeps them", len({g[0] for g in got}) <= 4, got)
service.take()
st = [h2(h).status for h in ("ok.test", "chunked.test", "status401.test", "endless.test") * 3]
got = service.take()
check("by HTTP/2", st == [200, 200, 401, 200] * 3 and len({g[0] for g in got}) == 3, st, got)
c = http.client.HTTPConnection("127.0.0.1", 80, timeout=30)
st = [ask(h, conn=c).status for h in ("ok.test", "chunked.test", "status401.test", "endless.test", "204.test") * 20]
check("by one connection of a client", st == [200, 200, 401, 200, 200] * 20, st)
st, n, got, a = times("ok.test", 3, "/", "HEAD")
check("a client's HEAD is another thing", st == [200] * 3 and {g[2] for g in got} == {"GET"}, st, got)


# --- backends ---
def by(*hosts):
    tls_web.take()
    st = [ask(h).status for h in hosts]
    return st, tls_web.take()


st, got = by(*["t-default.test", "t-default2.test"] * 10)
check("TLS to a backend: kept, and shared by who says nothing else of it", st == [200] * 20 and len({g[0] for g in got}) == 1 and {g[1] for g in got} == {""}, st, got)
st, got = by(*["t-one.test", "t-two.test", "t-host.test", "t-host2.test", "t-default.test"] * 6)
want = {"t-one.test": "one.name", "t-two.test": "two.name", "t-host.test": "t-host.test", "t-host2.test": "t-host2.test", "t-default.test": ""}
check("not with another name", st == [200] * 30 and all(g[1] == want[g[3]] for g in got) and len({g[0] for g in got}) == 5, st, got)
st, got = by(*["t-good.test", "t-bad.test", "t-ca2.test"] * 5)
check("not with who trusts others", st == [200, 502, 502] * 5 and {g[3] for g in got} == {"t-good.test"}, st, got)
st, got = by(*["t-alice.test", "t-bob.test", "t-default.test"] * 5)
check("not with another certificate", st == [200] * 15 and all(g[5] == {"t-alice.test": "alice", "t-bob.test": "bob"}.get(g[3]) for g in got) and len({g[0] for g in got}) == 3, st, got)
st, got = by(*["t-10.test", "p-10.test", "t-default.test"] * 5)
check("connections of HTTP/1.0 are not kept, whatever the backend says: it closes them", st == [200] * 15 and len({g[0] for g in got if g[3] != "t-default.test"}) == 10, st, got)
tls_web.answer = lambda method, path, k, h: say(200, b"ok") if k == 1 else None
st, got = by(*["t-default.test"] * 30)
check("a connection that the backend ends is no lost request", st == [200] * 30, st)
st = [h2("g.test", "/svc/Method", "-H", "content-type: application/grpc", "--data-binary", "@-", body=b"\0\0\0\0\0") for _ in range(5)]
check("gRPC with TLS", {a.status for a in st} == {200} and len({a.get("grpc-status")[0] for a in st}) == 1, st[-1])
end()
