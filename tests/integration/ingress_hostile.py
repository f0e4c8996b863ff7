"""Attacks of clients and backends on nginx with minik's module; ingress_hostile.sh starts it. Argument: nginx' pid."""
import base64, hashlib, json, random, subprocess
from ingress_hostile_lib import *

nginx = int(sys.argv[1])
back = Backends()
NAMES = ["open", "free", "secret", "denied", "wild", "exact", "re", "resec", "def", "cert", "certfree", "up", "bad", "two", "rw", "pre", "err"]
PORT = {n: 9001 + i for i, n in enumerate(NAMES)}
for n, p in PORT.items():
    back.add(n, p)
WORD = base64.b64encode(b"ann:sesame")
USER = [["BASIC", "r"], ["BASIC_USER", "ann", "{SHA}" + base64.b64encode(hashlib.sha1(b"sesame").digest()).decode()]]
DENY = [["DENY", "0.0.0.0/0"], ["DENY", "::/0"]]
CERT = [["CLIENT_CERT", 1]]
GUARDS = {None: [], "deny": DENY, "user": USER, "cert": CERT}
SMUGGLED = ("prefix", "/smuggled", "denied", "deny")


def pem(n):
    return open(f"{T}/pki/{n}").read()


# What the matcher below knows, too: no conditions, one target each.
plain = {
    "a.test": [("prefix", "", "open", None), ("prefix", "/admin", "secret", "user"), ("exact", "/admin/open", "free", None), ("exact", "/admin/a b", "denied", "deny"), ("prefix", "/deny", "denied", "deny"), SMUGGLED],
    "*.wild.test": [("prefix", "/w", "wild", None), ("prefix", "/admin", "secret", "user"), SMUGGLED],
    "x.wild.test": [("exact", "/only", "exact", None), SMUGGLED],
    "re.test": [("regex", "/smuggled", "denied", "deny"), ("regex", "/sec(.*)", "resec", "user"), ("regex", "/dot/.+", "resec", "user"), ("regex", "/dot", "re", None), ("regex", "/api/v[0-9]+/(.*)", "re", None)],
    "cert.test": [("prefix", "", "cert", "cert"), SMUGGLED],
    "other.test": [("prefix", "", "open", None), SMUGGLED],
    "[::1]": [("prefix", "", "open", None), SMUGGLED],
    "*": [("prefix", "", "def", None)],
}
OPTIONS = {"/api/v[0-9]+/(.*)": [["REWRITE", "/$1"]], "/sec(.*)": [["REWRITE", "/x$1"]]}
# And what is only to live through it.
cors = [["CORS", 0], ["CORS_ORIGIN", "https://*.good.test"], ["CORS_CREDENTIALS", 1]]
special = {
    "up.test": [("prefix", "", "up", []), ("prefix", "/admin", "secret", USER)],
    "bad.test": [("prefix", "", "bad", []), ("prefix", "/buffered", "bad", [["BUFFERING", 1]]), ("prefix", "/pages", "bad", [[200, 500], [201, "default/err:80"]])],
    # nobody comes in, and another backend has the answers
    "page.test": [("prefix", "", "denied", DENY + [[200, n] for n in (400, 403, 413)] + [[201, "default/err:80"]])],
    "cookie.test": [("prefix", "", "two", [["COOKIE", "route"]]), ("prefix", "/stay", "two", [["COOKIE", "route"], ["COOKIE_PERSISTENT"], ["COOKIE_ON_FAILURE"]])],
    "cors.test": [("prefix", "", "open", cors)],
    "to.test": [("prefix", "", "open", [[11, 301, "https://new.test$request_uri"]]), ("prefix", "/uri", "open", [[11, 301, "https://new.test$uri?u=$http_user_agent"]])],
    "app.test": [("prefix", "", "open", [["APP_ROOT", "/app"]])],
    "https.test": [("prefix", "", "open", [["HTTPS_REDIRECT", 308]])],
    "pre.test": [("prefix", "/p", "pre", [["REWRITE_PREFIX", "/"]]), ("prefix", "/set", "pre", [["REQUEST_SET", "X-Set", "v"], ["REQUEST_REMOVE", "X-Gone"], ["REQUEST_ADD", "Cookie", "c=d"]])],
    "limit.test": [("prefix", "", "open", [["LIMIT_RPM", 1], ["LIMIT_BURST", 1]])],
    "signin.test": [("prefix", "", "secret", [["AUTH_URL", "http://10.99.0.9:9/x"], ["AUTH_SIGNIN", "https://login.test/start"]])],
    "v2.test": [("prefix", "", "rw", [["PROTOCOL", 2]])],
}


def rule(match, path, backend, options, owner):
    return {"match": match, "path": path, "backend": f"default/{backend}:80", "owner": owner, "options": options}


def table():
    hosts = []
    for h, rules in plain.items():
        hosts.append({"name": h, "regex": rules[0][0] == "regex", "paths": [rule("default" if h == "*" else m, p, b, GUARDS[g] + OPTIONS.get(p, []), f"default/{h}-{i}") for i, (m, p, b, g) in enumerate(rules)]})
    for h, rules in special.items():
        hosts.append({"name": h, "paths": [rule(m, p, b, o, f"default/{h}-{i}") for i, (m, p, b, o) in enumerate(rules)]})
    conds = [{"owner": "default/c1", "conds": [["header", "x-a", "1"]], "targets": [{"backend": "default/free:80", "weight": 1}]}, {"owner": "default/c2", "conds": [["cookie", "c", "1"]], "targets": [{"backend": "default/free:80", "weight": 1}]},
             {"owner": "default/c3", "conds": [["query_regex", "q", "^(a+)+$"]], "targets": [{"backend": "default/free:80", "weight": 1}]}, {"owner": "default/c4", "conds": [], "targets": [{"backend": "default/open:80", "weight": 1}]}]
    hosts.append({"name": "cond.test", "paths": [{"match": "prefix", "path": "", "rules": conds}]})
    # Each of them within its limit of steps, and together, at their first use, seconds of a worker.
    hosts.append({"name": "slow.test", "regex": True, "paths": [rule("regex", "/(a?){%d}(a|b|ab)*c%d$" % (9 + i % 3, i), "open", [], "default/slow") for i in range(9000)]})
    backends = {f"default/{n}:80": [f"127.0.0.1:{p}"] for n, p in PORT.items()}
    backends["default/two:80"] = [f"127.0.0.1:{PORT['two']}", f"127.0.0.1:{PORT['open']}"]
    own = {"cert": pem("server.crt"), "key": pem("server.key")}
    servers = [{"name": "cert.test", **own, "ca": pem("good.crt"), "verify": 1, "depth": 1}, {"name": "other.test", **own},
               # A host without a name that asks for whatever a stranger's CA has signed.
               {"name": "*", **own, "ca": pem("evil.crt"), "verify": 1, "depth": 1}]
    r = subprocess.run([f"{B}/tests/integration/table_tool", f"{T}/front/live"], input=json.dumps({"hosts": hosts, "backends": backends, "servers": servers}), text=True, capture_output=True)
    if r.returncode:
        check("table_tool", False, r.stderr)
        end()


table()
for _ in range(500):
    try:
        if get("a.test", "/first").backend == "open":
            break
    except OSError:
        pass
    time.sleep(0.02)
else:
    check("nginx serves", False, open(f"{T}/front/log").read()[-3000:], open(f"{T}/front/out").read())
    end()
back.take()
AUTH = b"Authorization: Basic " + WORD
judge = Oracle(plain)


def quiet(name, *more):
    """Nothing has come to a backend that should not have."""
    def wrong(h):
        if h.name in ("secret", "resec"):
            return not any(re.fullmatch(rb"(?i:basic) +" + re.escape(WORD), v) for v in h.get(b"x-said"))
        if h.name == "cert":
            return h.get(b"ssl-client-verify") != [b"SUCCESS"]
        return h.name == "denied" or (re.match(rb"\S+ /smuggled[? ]", h.line) and host_of((h.get(b"host") + [b""])[0]) == b"a.test")

    bad = [h for h in back.take() if wrong(h)]
    faults, back.faults = [f for f in back.faults if f[0] != "rw"], []  # which is spoken to in HTTP/2
    check(name, not bad and not faults, *bad[:3], *faults[:3], *more)


# --- one connection, two meanings ---
INNER = b"GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n"
for why, lines, body in [
    ("CL and TE", [b"Content-Length: %d" % (len(INNER) + 5), b"Transfer-Encoding: chunked"], b"0\r\n\r\n" + INNER),
    ("TE and CL", [b"Transfer-Encoding: chunked", b"Content-Length: 4"], b"%x\r\n%s\r\n0\r\n\r\n" % (len(INNER), INNER)),
    ("two lengths", [b"Content-Length: 0", b"Content-Length: %d" % len(INNER)], INNER),
    ("two equal lengths", [b"Content-Length: 5", b"Content-Length: 5"], b"12345"),
    ("a list of lengths", [b"Content-Length: 0, %d" % len(INNER)], INNER),
    ("a length with a sign", [b"Content-Length: +%d" % len(INNER)], INNER),
    ("a negative length", [b"Content-Length: -1"], INNER),
    ("a length with a space", [b"Content-Length : %d" % len(INNER)], INNER),
    ("a length in hexadecimal", [b"Content-Length: 0x2a"], INNER),
    ("a length beyond 64 bits", [b"Content-Length: 18446744073709551617"], INNER),
    ("a length of an underscore's name", [b"Content_Length: %d" % len(INNER)], INNER),
    ("TE in capitals", [b"Transfer-Encoding: CHUNKED", b"Content-Length: 4"], b"0\r\n\r\n" + INNER),
    ("TE with a tab", [b"Transfer-Encoding:\tchunked", b"Content-Length: 4"], b"0\r\n\r\n" + INNER),
    ("TE with a vertical tab", [b"Transfer-Encoding: \x0bchunked", b"Content-Length: %d" % len(INNER)], INNER),
    ("TE identity and chunked", [b"Transfer-Encoding: identity, chunked"], b"0\r\n\r\n" + INNER),
    ("TE twice", [b"Transfer-Encoding: chunked", b"Transfer-Encoding: x"], b"0\r\n\r\n" + INNER),
    ("TE x", [b"Transfer-Encoding: xchunked", b"Content-Length: %d" % len(INNER)], INNER),
    ("TE with a space", [b"Transfer-Encoding : chunked", b"Content-Length: %d" % (len(INNER) + 5)], b"0\r\n\r\n" + INNER),
    ("TE folded", [b"Transfer-Encoding:\r\n chunked", b"Content-Length: %d" % len(INNER)], INNER),
    ("TE behind a bare LF", [b"X: y\nTransfer-Encoding: chunked", b"Content-Length: %d" % (len(INNER) + 5)], b"0\r\n\r\n" + INNER),
    ("TE behind a bare CR", [b"X: y\rTransfer-Encoding: chunked", b"Content-Length: %d" % (len(INNER) + 5)], b"0\r\n\r\n" + INNER),
    ("a chunk with an extension", [b"Transfer-Encoding: chunked"], b"5;a=\"\n" + INNER + b"\"\r\n12345\r\n0\r\n\r\n"),
    ("a chunk of a huge size", [b"Transfer-Encoding: chunked"], b"fffffffffffffffff\r\n" + INNER),
    ("a chunk with a sign", [b"Transfer-Encoding: chunked"], b"-1\r\n" + INNER),
    ("a trailer", [b"Transfer-Encoding: chunked"], b"0\r\nContent-Length: 5\r\nHost: b\r\n\r\n" + INNER),
    ("a body of GET", [b"Content-Length: %d" % len(INNER)], INNER),
    ("Connection names the length", [b"Connection: content-length", b"Content-Length: %d" % len(INNER)], INNER),
    ("Expect", [b"Expect: 100-continue", b"Content-Length: %d" % len(INNER)], INNER),
]:
    for method, host in ((b"GET", b"page.test"), (b"POST", b"a.test"), (b"GET", b"a.test")):
        got = send(b"%s /s HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n%s" % (method, host, b"\r\n".join(lines), body), idle=0.5, to_end=True)
    quiet("smuggling, %s: %s" % (why, got.status), got)

# --- which host ---
for why, data, want in [
    ("two Hosts", b"GET / HTTP/1.1\r\nHost: a.test\r\nHost: cert.test\r\n\r\n", {400, "open"}),
    ("two equal Hosts", b"GET / HTTP/1.1\r\nHost: a.test\r\nHost: a.test\r\n\r\n", {400, "open"}),
    ("no Host", b"GET / HTTP/1.1\r\n\r\n", {400}),
    ("an empty Host", b"GET / HTTP/1.1\r\nHost: \r\n\r\n", {400, "def"}),
    ("a Host of spaces", b"GET / HTTP/1.1\r\nHost: a.test b.test\r\n\r\n", {400}),
    ("a slash", b"GET / HTTP/1.1\r\nHost: a.test/x\r\n\r\n", {400}),
    ("capitals, a dot and a port", b"GET / HTTP/1.1\r\nHost: A.TEST.:81\r\n\r\n", {"open"}),
    ("a port that is none", b"GET /admin HTTP/1.1\r\nHost: a.test:x\r\n\r\n", {400, 401}),
    ("a port and more", b"GET /admin HTTP/1.1\r\nHost: a.test:80:b.test\r\n\r\n", {400, 401}),
    ("%-encoded", b"GET / HTTP/1.1\r\nHost: %61.test\r\n\r\n", {400, "def"}),
    ("two dots", b"GET / HTTP/1.1\r\nHost: a.test..\r\n\r\n", {400}),
    ("an underscore", b"GET / HTTP/1.1\r\nHost: a_.test\r\n\r\n", {"def"}),
    ("IPv6", b"GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", {"open"}),
    ("IPv6 without an end", b"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", {400, "def"}),
    ("a zero byte", b"GET / HTTP/1.1\r\nHost: a.test\0x\r\n\r\n", {400}),
    ("a wildcard itself", b"GET /w HTTP/1.1\r\nHost: *.wild.test\r\n\r\n", {"wild", 400, "def"}),
    ("an empty label of a wildcard", b"GET /w HTTP/1.1\r\nHost: .wild.test\r\n\r\n", {400, "def"}),
    ("absolute, another Host", b"GET http://a.test/admin HTTP/1.1\r\nHost: other.test\r\n\r\n", {401}),
    ("absolute, another Host, open", b"GET http://a.test/x HTTP/1.1\r\nHost: cert.test\r\n\r\n", {"open"}),
    ("absolute with a user", b"GET http://a.test@cert.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n", {400}),
    ("absolute of another scheme", b"GET https://cert.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n", {400}),
    ("CONNECT", b"CONNECT a.test:443 HTTP/1.1\r\nHost: a.test\r\n\r\n", {400, 405}),
    ("OPTIONS *", b"OPTIONS * HTTP/1.1\r\nHost: a.test\r\n\r\n", {400}),
    ("HTTP/0.9", b"GET /\r\n", {0, 400, 404, "def"}),
    ("HTTP/1.0 without Host", b"GET / HTTP/1.0\r\n\r\n", {"def"}),
    ("HTTP/9.9", b"GET / HTTP/9.9\r\nHost: a.test\r\n\r\n", {505, 400}),
    ("64 KB of name", b"GET / HTTP/1.1\r\nHost: " + b"a" * 65000 + b"\r\n\r\n", {400}),
    ("10,000 headers", b"GET / HTTP/1.1\r\nHost: a.test\r\n" + b"A: b\r\n" * 10000 + b"\r\n", {400, "open"}),
]:
    got = send(data, idle=1.0)
    check("host: " + why, got.status in want or got.backend in want, got, want)
got = send(b"GET http://a.test/x HTTP/1.1\r\nHost: other.test:99\r\nConnection: close\r\n\r\n")
heard = [h for h in back.take() if h.name == "open"]
check("the backend hears the host that was decided on", heard and heard[-1].get(b"host") == [b"a.test"], heard[-1:])
quiet("no backend has heard two hosts, or what is not its own")

# --- paths around a guard ---
for p in ["/admin", "/admin/", "//admin", "/x/../admin", "/./admin", "/%61dmin", "/x/%2e%2e/admin", "/x%2f..%2fadmin", "/admin%2f", "/admin/%2e", "/admin?x", "/admin#x", "/admin/..%2fadmin", "/x/..//admin", "/%2fadmin", "/x/../../admin", "/admin/.",
          "/admin/x", "/admin/open/", "/admin/open/x", "/admin//open/..", "/admin%3f", "/admin/%2e%2e/admin", "/admin%00", "/admin/open%00", "/admin\\..\\open", "/admin/open/..", "/admin/open;x/..", "/admin/a%20b", "/%2e/admin", "/.%2fadmin", "/x/.%2e/admin"]:
    got, want = get("a.test", p), normal(p.encode())
    rule_ = judge.find(b"a.test".decode(), want) if want else None
    fine = got.status in (400, 401, 403) if not rule_ or rule_[1] else got.backend == rule_[0]
    check("path %s: %s" % (p, got.backend or got.status), fine, got, rule_)
for p in ["/admin/open", "/x/../admin/open", "/admin/%6fpen", "/adminx", "/admin;x", "/Admin", "/admin%252f", "/administrator/..;/admin"]:
    got = get("a.test", p)
    check("path %s is no other: %s" % (p, got.backend), got.backend == ("free" if b"open" in normal(p.encode()) else "open"), got)
for p in ["/sec", "/SEC", "/secret", "/x/../sec", "/%73ec", "//sec", "/sec%0ax", "/sec/%0a", "/sec%00", "/%53EC/..%2fsec", "/dot/x", "/dot/%0a", "/dot/%0ax"]:
    got = get("re.test", p)
    check("expression %r" % p, got.status in (400, 401), got)
for p, want in [("/api/v1/x%3fy%23z", b"/x%3Fy%23z"), ("/api/v1/%0d%0aX: y", None), ("/api/v1/%0d%0aHost:%20b%0d%0a", b"/%0D%0AHost:%20b%0D%0A"), ("/api/v1//..%2f..%2fsec", None), ("/api/v12/a%20b?c d", None), ("/api/v1/%25%32%65", b"/%252e"), ("/api/v1/%252e%252e/x", b"/%252e%252e/x")]:
    got = get("re.test", p)
    heard = [h for h in back.take() if h.name == "re"]
    check("rewritten %r" % p, (heard and heard[0].line == b"GET %s HTTP/1.1" % want) if want else not heard and got.status in (400, 401, 404), got, heard)
quiet("no guard was passed")

# --- credentials ---
for why, line in [("none", b"X: y"), ("another's", b"Authorization: Basic " + base64.b64encode(b"bob:sesame")), ("a wrong word", b"Authorization: Basic " + base64.b64encode(b"ann:Sesame")), ("no colon", b"Authorization: Basic " + base64.b64encode(b"annsesame")),
                  ("no base64", b"Authorization: Basic %%%%"), ("empty", b"Authorization:"), ("Basic alone", b"Authorization: Basic"), ("Bearer", b"Authorization: Bearer " + WORD), ("a zero byte before", b"Authorization: Basic " + base64.b64encode(b"ann\0:sesame")),
                  ("a long word", b"Authorization: Basic " + base64.b64encode(b"ann:" + b"s" * 12000)), ("twice, the bad first", b"Authorization: Basic eDp5\r\n" + AUTH), ("an underscore", b"Author_ization: x")]:
    got = get("a.test", "/admin", line)
    check("user: %s: %s" % (why, got.status), got.status in (400, 401) and not got.backend, got)
quiet("nobody has come in")
check("user: the right one", get("a.test", "/admin", AUTH).backend == "secret")
heard = [h for h in back.take() if h.name == "secret"]
check("and the password ends here", len(heard) == 1 and heard[0].get(b"x-said") and not heard[0].get(b"authorization"), *heard)

# --- redirects ---
for host, p, more in [("to.test", "/a%0d%0aSet-Cookie:%20x=y", []), ("to.test", "/uri/%0d%0aSet-Cookie:x=y", [b"User-Agent: a\tb"]), ("to.test", "/uri/%E2%80%A8%0a", []), ("to.test", "//evil.test/..", []), ("app.test", "/", []), ("https.test", "//evil.test", []), ("https.test", "/%0d%0aX:y", []),
                      ("https.test:99@evil.test", "/", []), ("signin.test", "/a%0d%0ab", [])]:
    got = get(host, p, *more)
    where = got.get("location")
    check("redirect of %s%s: %s" % (host, p, where or got.status), not got.get("set-cookie") and not got.get("x") and (got.status in (400, 404, 500, 502, 504) or got.backend == "def" or (len(where) == 1 and re.match(rb"https?://(new|app|https|login)\.test(:\d+)?/", where[0]))), got)

# --- CORS ---
for o in ["https://x.good.test", "https://x.good.test.evil.test", "https://evil.test/.good.test", "null", "https://x.good.test\0", "https://.good.test", "https://a.b.good.test", "http://x.good.test", "https://x.good.test:1", "https://xgood.test", "https://x.good.test, https://evil.test"]:
    got = get("cors.test", "/", "Origin: " + o)
    check("origin %r" % o, got.get("access-control-allow-origin") == ([o.encode()] if o == "https://x.good.test" else []), got)
got = get("cors.test", "/", "Origin: https://evil.test", "Origin: https://x.good.test")
check("two origins: the first counts", got.status == 400 or not got.get("access-control-allow-origin"), got)

# --- cookies ---
for v in ["x", "0" * 17, "00000000.00000000", "ffffffff.ffffffff", "-1234567.-1234567", "7fffffff.x", "0000000g.00000000", "00000000.00000000x", '"00000000.00000000"', "a" * 14000]:
    for p in ("/", "/stay"):
        got = get("cookie.test", p, "Cookie: a=b; route=%s; =; ;route=y" % v)
        check("cookie %s%s" % (v[:20], p), got.status in (200, 400) and (got.status == 400 or got.backend in ("two", "open")), got)
check("1,000 cookies", get("cookie.test", "/", *["Cookie: c%d=%s" % (i, "x" * 40) for i in range(300)]).status in (200, 400))
got = get("cond.test", "/?q=" + "a" * 60 + "b")
check("an expression without end comes to its limit", got.status == 500 or got.backend == "open", got)
got = [get("slow.test", "/" + "a" * 28 + "ab" * 8).status for i in range(4)]  # what is compiled is kept: the next request comes farther
check("thousands of expressions come to theirs together", got[0] == 500 and "the expressions of host slow.test take more than 50 ms" in open(f"{T}/front/log", errors="replace").read(), got)
check("conditions of the first header alone", get("cond.test", "/", "X-A: 2", "X-A: 1").backend == "open" and get("cond.test", "/", "X-A: 1").backend == "free")

# --- limits ---
n = [get("limit.test", "/", "X-Forwarded-For: 10.0.0.%d" % i, "X-Real-IP: 10.1.0.%d" % i, "Forwarded: for=10.2.0.%d" % i).status for i in range(6)]
check("a limit is not evaded by what a client says of itself", n.count(503) >= 3, n)
check("nor by HTTP/2's many streams", (lambda g: sum(s[0] == 503 or s[0] == 999 for s in g.streams.values()) >= 8)(h2(b"".join(request(1 + 2 * i, h2_fields("limit.test", "/%d" % i)) for i in range(10)), [1 + 2 * i for i in range(10)])))
back.take()

# --- upgrades: nobody gets a tunnel past the guard ---
def upgraded(c, h):
    """Takes any upgrade; what comes by the tunnel is noted as a fault unless it is a WebSocket's."""
    if not h.get(b"upgrade"):
        body = b"plain"
        c.sendall(b"HTTP/1.1 200 OK\r\nX-Backend: up\r\nContent-Length: 5\r\n\r\n" + body)
        return True
    what = h.get(b"upgrade")[0]
    c.sendall(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: %s\r\n\r\n" % what)
    c.settimeout(5)
    data = c.recv(65536)
    if what.lower() != b"websocket":
        back.fault("up", "a tunnel of", what, data)
    c.sendall(data)
    return False


back.answers["up"] = upgraded
tunnel = PREFACE + frame(4, 0, 0) + request(1, h2_fields("up.test", "/admin"))
for lines in [[b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", b"Connection: Upgrade, HTTP2-Settings"], [b"Upgrade: H2C", b"Connection: upgrade"], [b"Upgrade: h2c"], [b"Upgrade: websocket, h2c", b"Connection: Upgrade"], [b"Upgrade: h2c , websocket", b"Connection: Upgrade"],
              [b"Upgrade: websocket", b"Upgrade: h2c", b"Connection: Upgrade"], [b"Upgrade:\th2c/2", b"Connection: Upgrade"], [b"Upgrade: HTTP/2.0", b"Connection: Upgrade"], [b"Upgrade: h2", b"Connection: Upgrade"], [b"Upgrade: HTTP/1.1", b"Connection: Upgrade"]]:
    with connect() as c:
        c.sendall(b"GET / HTTP/1.1\r\nHost: up.test\r\n" + b"\r\n".join(lines) + b"\r\n\r\n")
        got = read_all(c, 3, lambda d: b" 101 " in d or whole(d))
        if b" 101 " in got:
            c.sendall(tunnel)
            read_all(c, 1)
    heard = [h for h in back.take() if h.name == "up"]
    check("no tunnel by %r" % lines[0], b" 101 " not in got and heard and not heard[0].get(b"http2-settings"), got, *heard)
with connect() as c:
    c.sendall(b"GET / HTTP/1.1\r\nHost: up.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
    got = read_all(c, 5, lambda d: b"\r\n\r\n" in d)
    c.sendall(b"hello")
    check("a WebSocket is one", b" 101 " in got and read_all(c, 5, lambda d: len(d) >= 5) == b"hello", got)
back.take()
got = h2(request(1, h2_fields("up.test", "/", more=[("upgrade", "websocket"), ("connection", "upgrade")])) + request(3, h2_fields("a.test", "/after")), [1, 3], idle=3)
check("HTTP/2 has no Upgrade", not got.junk and (got.gone or got.streams.get(1, [101])[0] in (200, 400, -1)) and all(not h.get(b"upgrade") for h in back.take()), got)
quiet("no tunnel was made")

# --- TLS: what one name was asked for is no other's ---
def tls(sni, client=None, version=None):
    x = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    x.check_hostname, x.verify_mode = False, ssl.CERT_NONE
    if version:
        x.maximum_version = version
    if client:
        x.load_cert_chain(f"{T}/pki/{client}.crt", f"{T}/pki/{client}.key")
    return x.wrap_socket(connect(443), server_hostname=sni)


def by_openssl(sni, host, client, version):
    """Names that Python does not send."""
    own = ["-cert", f"{T}/pki/{client}.crt", "-key", f"{T}/pki/{client}.key"] if client else []
    r = subprocess.run(["openssl", "s_client", "-quiet", "-connect", "127.0.0.1:443", "-servername", sni, "-tls1_" + version.name[-1], *own], input=b"GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % host.encode(), capture_output=True, timeout=30)
    return Raw(r.stdout)


def by_tls(sni, host, client=None, path="/", **kw):
    if sni and "." in (sni[0], sni[-1]):
        return by_openssl(sni, host, client, kw["version"])
    try:
        with tls(sni, client, **kw) as c:
            c.sendall(b"GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % (path.encode(), host.encode()))
            return Raw(read_all(c, 10, whole))
    except (OSError, ValueError):
        return Raw(b"")


check("a client's certificate", by_tls("cert.test", "cert.test", "alice").backend == "cert")
for v in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
    for sni in ["cert.test", "cert.test.", "cert.test..", "CERT.test...", ".cert.test", "other.test", "x.test", "nobody.test", None]:
        for client in ("mallory", None) if sni in ("cert.test", "cert.test.", "CERT.test...", "cert.test..") else ("mallory", "alice", None):
            got = by_tls(sni, "cert.test", client, version=v)
            check("%s: SNI %s with the certificate of %s: %s" % (v.name, sni, client, got.status), not got.backend and got.status in (400, 421), got)
for host in ["cert.test:443", "CERT.TEST", "cert.test."]:
    check("by a host that is written %s" % host, not by_tls("other.test", host, "alice").backend)
quiet("no certificate was another's")

# --- HTTP/2 ---
for why, fields, want in [
    ("authority and another host", h2_fields("a.test", "/admin", more=[("host", "other.test")]), {401, 400, -1, 999}),
    ("a second authority", h2_fields("other.test", "/admin", more=[(":authority", "a.test")]), {400, -1}),
    ("a second path", h2_fields("a.test", "/x", more=[(":path", "/admin")]), {400, -1}),
    ("a pseudo-header behind", [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("x", "y"), (":authority", "a.test")], {400, -1, 200}),
    ("no path", [(":method", "GET"), (":scheme", "http"), (":authority", "a.test")], {400, -1}),
    ("an empty path", h2_fields("a.test", ""), {400, -1}),
    ("a path without a slash", h2_fields("a.test", "admin"), {400, -1}),
    ("a path with a space", h2_fields("a.test", "/x HTTP/1.1\r\nHost: a.test\r\n\r\nGET /smuggled"), {400, -1}),
    ("a header with CRLF", h2_fields("a.test", "/x", more=[("x", "y\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n")]), {400, -1}),
    ("a name with CRLF", h2_fields("a.test", "/x", more=[("x: y\r\nz", "1")]), {400, -1, 200}),
    ("a name in capitals", h2_fields("a.test", "/x", more=[("Transfer-Encoding", "chunked")]), {400, -1, 200}),
    ("a zero byte", h2_fields("a.test", "/x", more=[("x", "a\0b")]), {400, -1}),
    ("a method with a space", h2_fields("a.test", "/x", "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\nGET"), {400, -1}),
    ("TE", h2_fields("a.test", "/x", "POST", more=[("transfer-encoding", "chunked")]), {400, -1, 200, 501, 999}),
    ("Connection", h2_fields("a.test", "/x", more=[("connection", "close, x-real-ip")]), {400, -1, 200}),
    ("CONNECT", [(":method", "CONNECT"), (":authority", "a.test")], {400, 405, -1, 999}),
    ("dots", h2_fields("a.test", "/x/../admin"), {401, 999}),
    ("absolute", h2_fields("a.test", "http://other.test/admin"), {400, 401, -1, 999}),
    ("two lengths", h2_fields("a.test", "/x", "POST", more=[("content-length", "1"), ("content-length", "2")]), {400, -1}),
    ("12 KB of path", h2_fields("a.test", "/" + "x" * 12000), {200}),
    ("100 KB of headers", h2_fields("a.test", "/x", more=[("x%d" % i, "y" * 1000) for i in range(100)]), {400, 431, -1, None, 999}),
]:
    got = h2(request(1, fields), idle=2)
    s = got.streams.get(1, [None])[0]
    check("HTTP/2, %s: %s" % (why, s), got.gone is not None or s in want or (s is not None and s < 0), got)
for why, n, body in [("a short body", 10, b"12345"), ("a long body", 2, INNER)]:
    got = h2(request(1, h2_fields("a.test", "/x", "POST", more=[("content-length", str(n))]), body), idle=2)
    check("HTTP/2, %s: %s" % (why, got.streams.get(1)), got.gone is not None or got.streams.get(1, [0])[0] != 200, got)
for why, data in [("2,000 resets", b"".join(request(1 + 2 * i, h2_fields("a.test", "/r")) + frame(3, 0, 1 + 2 * i, b"\0\0\0\x08") for i in range(2000))), ("1,000 pings", frame(6, 0, 0, b"12345678") * 1000), ("5,000 settings", frame(4, 0, 0, b"\0\x04\0\0\xff\xff") * 5000),
                  ("continuations without end", frame(1, 0, 1, b"".join(field(k, v) for k, v in h2_fields("a.test"))) + frame(9, 0, 1, field("a", "b" * 100) * 100) * 200), ("a window of nothing", frame(4, 0, 0, b"\0\x04\0\0\0\0") + request(1, h2_fields("a.test", "/w"))),
                  ("a table of nothing", frame(4, 0, 0, b"\0\x01\0\0\0\0") + request(1, h2_fields("a.test", "/w"))), ("an index that is none", frame(1, 5, 1, b"\xff\xff\xff\xff\x7f")), ("a stream of 0", request(0, h2_fields("a.test"))), ("an even stream", request(2, h2_fields("a.test"))),
                  ("a priority of itself", frame(2, 0, 1, b"\0\0\0\x01\x10") + request(1, h2_fields("a.test"))), ("data before headers", frame(0, 1, 1, b"x")), ("a window that overflows", frame(8, 0, 0, b"\x7f\xff\xff\xff") * 2), ("a frame too large", frame(1, 4, 1, b"\0" * 20000))]:
    got = h2(data, [], idle=1)
    check("HTTP/2, %s: served on" % why, get("a.test", "/on").backend == "open", got)
quiet("HTTP/2 makes no HTTP/1.1 of its own")

# --- answers ---
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
for why, answer in [
    ("X-Accel-Redirect", b"HTTP/1.1 200 OK\r\nX-Accel-Redirect: /minik.auth\r\nX-Accel-Limit-Rate: 1\r\nX-Accel-Charset: x\r\nContent-Length: 2\r\n\r\nok"),
    ("X-Accel-Redirect to a location", b"HTTP/1.1 200 OK\r\nX-Accel-Redirect: @minik_error\r\nContent-Length: 2\r\n\r\nok"),
    ("X-Accel-Buffering and -Expires", b"HTTP/1.1 200 OK\r\nX-Accel-Buffering: yes\r\nX-Accel-Expires: -1\r\nContent-Length: 2\r\n\r\nok"),
    ("100 cookies of 60 bytes", b"HTTP/1.1 200 OK\r\n" + b"".join(b"Set-Cookie: c%d=%s\r\n" % (i, b"x" * 50) for i in range(100)) + b"Content-Length: 2\r\n\r\nok"),
    ("headers beyond the buffer", b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100000 + b"\r\n\r\n"),
    ("a thousand times 100", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000 + OK), ("103", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK), ("101 that nobody asked for", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
    ("a body too long", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nX-Evil: 1\r\n\r\n"), ("a body too short", b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nok"), ("two lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!"),
    ("a negative length", b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nok"), ("length and chunks", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"), ("a bad chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok"),
    ("a huge chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\nok"), ("a bare LF", b"HTTP/1.1 200 OK\nX: y\n\nok"), ("a bare CR in a value", b"HTTP/1.1 200 OK\r\nX: y\rSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok"), ("a zero byte", b"HTTP/1.1 200 OK\r\nX: y\0z\r\nContent-Length: 2\r\n\r\nok"),
    ("a status of 0", b"HTTP/1.1 000 OK\r\n\r\n"), ("a status of 999", b"HTTP/1.1 999 OK\r\nContent-Length: 2\r\n\r\nok"), ("a status of text", b"HTTP/1.1 abc\r\n\r\n"), ("HTTP/0.9", b"hello"), ("nothing", b" "), ("500", b"HTTP/1.1 500 X\r\nContent-Length: 2\r\n\r\nok"),
    ("a body of 204", b"HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\nok"), ("a body of 304", b"HTTP/1.1 304 No\r\nContent-Length: 2\r\n\r\nok"), ("a Date that is none", b"HTTP/1.1 200 OK\r\nDate: \r\nLast-Modified: x\r\nContent-Type: \r\nETag: \"\r\nContent-Length: 2\r\n\r\nok"),
]:
    back.answers["bad"] = answer
    back.answers["err"] = answer
    for path in ("/", "/buffered", "/pages"):
        one, two = get("bad.test", path, idle=3), h2(request(1, h2_fields("bad.test", path)), idle=3)
        evil = b"X-Evil" in one.head or one.head.count(b"HTTP/1.") > 1 and not one.head.startswith(b"HTTP/1.1 1")
        check("a backend's %s%s: %s %s" % (why, path, one.status, two.streams.get(1, [None])[0]), not evil and b"\0" not in one.head and not two.junk, one, two)
quiet("backends reach nobody else")
back.answers["rw"] = b"\0\0\x04\x07" * 300
check("a gRPC backend that is none", get("v2.test", "/x", idle=3).status in (502, 504, 200))
back.answers["rw"] = frame(4, 0, 0) + frame(1, 4, 1, b"\x88" + field("x", "y\r\nSet-Cookie: a=b") + field("content-length", "5")) + frame(0, 1, 1, b"ok")
check("a gRPC backend with CRLF", not get("v2.test", "/x", idle=3).get("set-cookie"))

# --- slow ones: what a worker keeps for each of them is bounded ---
def memory():
    total = 0
    for p in subprocess.run(["pgrep", "-P", str(nginx)], text=True, capture_output=True).stdout.split():
        total += int(re.search(r"VmRSS:\s*(\d+)", open(f"/proc/{p}/status").read())[1])
    return total


before, slow = memory(), [connect() for _ in range(500)]
for i, c in enumerate(slow):
    c.sendall([b"GET / HTTP/1.1\r\nHost: a.test\r\nX: " + b"y" * 15000, PREFACE + frame(4, 0, 0), b"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 900000\r\n\r\n" + b"x" * 20000, b"P", b"GET /slow"][i % 5])
check("500 slow clients: others are served", all(get("a.test", "/%d" % i).backend == "open" for i in range(20)))
grown = memory() - before
check("and they cost less than 200 KB each (%d KB in all)" % grown, grown < 100000)
for c in slow:
    c.close()

# --- mutations ---
seed = int(os.environ.get("SEED") or random.randrange(1 << 30))
print("# SEED=%d" % seed, flush=True)  # of the requests; when what comes is the machine's
rnd = random.Random(seed)
back.answers.clear()
back.take()
HOSTS = [b"a.test", b"A.TEST:80", b"a.test.", b"x.wild.test", b"y.wild.test", b"z.y.wild.test", b"re.test", b"cert.test", b"other.test", b"[::1]", b"nobody.test", b"cond.test", b"cookie.test", b"pre.test", b"to.test", b"bad.test", b"v2.test", b"cors.test"]
PATHS = [b"/", b"/admin", b"/admin/open", b"/admin/x", b"/deny", b"/deny/x", b"/smuggled", b"/w", b"/w/x", b"/wx", b"/only", b"/only/", b"/sec", b"/sec/x", b"/api/v1/x", b"/api/v2/", b"/p/x", b"/set", b"/admin/a b", b"/minik.auth", b"/healthz"]
PIECES = [b"/", b"//", b"/./", b"/../", b"..", b".", b"%2e", b"%2E%2e", b"%2f", b"%2F", b"%00", b"%", b"%2", b"%zz", b"?", b"#", b";", b"+", b"%20", b"%25", b"%252e", b"\\", b"%5c", b":", b"@", b"&", b"=", b"%0d%0a", b"\xff", b"%ff", b"\t", b"*", b"admin", b"open", b"smuggled", b"http://a.test"]
LINES = [AUTH, b"Authorization: Basic eDp5", b"X-A: 1", b"Cookie: route=0a0b0c0d.01020304; c=1", b"Upgrade: h2c", b"Upgrade: websocket", b"Connection: keep-alive, upgrade", b"Expect: 100-continue", b"Transfer-Encoding: chunked", b"Content-Length: 5", b"Content-Length: 0", b"Range: bytes=0-1,2-3,0-", b"If-Match: *",
         b"X-Forwarded-For: 10.0.0.1", b"X-Forwarded-Host: cert.test", b"X-Original-URL: /smuggled", b"X-Rewrite-URL: /smuggled", b"ssl-client-verify: SUCCESS", b"Host: other.test", b"Accept-Encoding: gzip;q=x", b"Origin: https://x.good.test", b"Access-Control-Request-Method: PUT", b"TE: trailers", b" folded: x", b"X: " + b"y" * 9000, b":bad", b"Content-Type: a\tb", b"Accept: text/html;q=0.1,*/*;;;,", b"User-Agent: ${jndi:x}$host"]
METHODS = [b"GET", b"GET", b"GET", b"POST", b"HEAD", b"OPTIONS", b"PUT", b"TRACE", b"PRI", b"get", b"G\0T", b"CONNECT", b"X" * 50]


def path():
    p = rnd.choice(PATHS).replace(b" ", b"%20")
    for _ in range(rnd.choice((0, 0, 1, 1, 2, 4))):
        at = rnd.randrange(len(p) + 1)
        p = p[:at] + rnd.choice(PIECES) + p[at:]
    if rnd.random() < 0.2 and len(p) > 1:  # a byte in its other form
        at = rnd.randrange(1, len(p))
        p = p[:at] + b"%%%02x" % p[at] + p[at + 1 :]
    return p


def outcome(host, target, lines):
    """Backends that may answer, by the matcher; None: it does not say."""
    m = re.match(rb"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)(.*)", target, re.S)
    if m:
        host, target = m[1], m[2] if m[2].startswith(b"/") else b"/" + m[2]
    h, p = host_of(host), normal(target)
    if h is None or p is None:
        return set()
    name = h.decode("latin-1")
    if name in special or name == "cond.test":
        return None
    found = judge.find(name, p)
    if not found:
        return set()
    return {found[0]} if found[1] is None or (found[1] == "user" and AUTH in lines) else set()


def one_text(i):
    host, target, lines = rnd.choice(HOSTS), path(), rnd.sample(LINES, rnd.choice((0, 0, 1, 2, 3, 6)))
    body = rnd.choice((b"", b"", b"12345", b"5\r\n12345\r\n0\r\n\r\n", b"0\r\n\r\n", INNER))
    if rnd.random() < 0.15:
        target = b"http://" + rnd.choice(HOSTS) + target
    data = b"%s %s HTTP/1.1\r\nHost: %s\r\n%s\r\n" % (rnd.choice(METHODS), target, host, b"".join(l + b"\r\n" for l in lines)) + body
    want = outcome(host, target, lines)
    if b"Host: other.test" in lines and want is not None:
        want = want | outcome(b"other.test", target, lines)
    broken = rnd.random() < 0.25
    if broken:  # of what is broken only the backends' own eyes say whether it was judged well
        data = bytearray(data)
        for _ in range(rnd.choice((1, 1, 3, 10))):
            at = rnd.randrange(len(data))
            k = rnd.randrange(4)
            if k == 0:
                data[at] = rnd.randrange(256)
            elif k == 1:
                del data[at : at + rnd.choice((1, 2, 5))]
            elif k == 2:
                data[at:at] = rnd.choice((b"\r", b"\n", b"\r\n", b"\0", b" ", b":", b"\x80\xff", b"A" * 300))
            else:
                data[at:at] = data[at : at + rnd.choice((1, 4, 20))]
        data, want = bytes(data) or b"x", None
    cut = rnd.randrange(len(data) + 1) if rnd.random() < 0.2 else len(data)
    got = send(None, idle=0.3, parts=[data[:cut], data[cut:]])
    if want is not None and got.backend and got.backend not in want:
        return (data, got, want)
    return None


def one_h2(i):
    frames, wants = b"", {}
    for s in range(1, 2 * rnd.choice((1, 1, 2, 5)), 2):
        host, target, more = rnd.choice(HOSTS), path(), []
        lines = [l for l in rnd.sample(LINES, rnd.choice((0, 1, 2))) if b": " in l]
        for l in lines:
            k, v = l.split(b": ", 1)
            more.append((k.lower().strip(), v))
        fields = h2_fields(host, target, rnd.choice(METHODS), more=more)
        if rnd.random() < 0.2:
            fields.insert(rnd.randrange(len(fields)), rnd.choice(((b":authority", b"cert.test"), (b"host", b"other.test"), (b":path", b"/smuggled"), (b"", b""), (b"x\r\ny", b"z"), (b":x", b"y"), (b"transfer-encoding", b"chunked"))))
        else:
            wants[s] = outcome(host, target, lines)
        if b"Host: other.test" in lines:
            wants.pop(s, 0)
        frames += request(s, fields, rnd.choice((None, None, b"12345", INNER)))
    if rnd.random() < 0.3:
        frames, wants = bytearray(frames), {}
        for _ in range(rnd.choice((1, 3, 10))):
            at = rnd.randrange(len(frames))
            if rnd.random() < 0.5:
                frames[at] = rnd.randrange(256)
            else:
                frames[at:at] = frame(rnd.randrange(12), rnd.randrange(256), rnd.randrange(6), os.urandom(rnd.choice((0, 1, 4, 5, 8, 40))))
    got = h2(bytes(frames), list(wants) or [1], idle=0.3)
    for s, want in wants.items():
        if want is not None and got.backend(s) and got.backend(s) not in want:
            return (bytes(frames), got, s, want)
    return None


n, wrong, begin = 0, [], time.monotonic()
soak = os.environ.get("MINIK_SOAK") == "1"
while (time.monotonic() - begin < 60 if soak else n < 600) and len(wrong) < 3:
    w = (one_h2 if n % 3 == 2 else one_text)(n)
    if w:
        wrong.append(w)
    n += 1
check("%d mutations: no answer that the matcher does not allow" % n, not wrong, *wrong)
quiet("and nothing came to who is guarded")
check("what is good is served", get("a.test", "/end").backend == "open" and get("a.test", "/admin", AUTH).backend == "secret" and by_tls("cert.test", "cert.test", "alice").backend == "cert" and h2(request(1, h2_fields("a.test", "/end"))).backend() == "open")
end()
