"""auth-url and its companions."""
from ingress_auth_lib import *

AUTH = "http://127.0.0.1:9001"


def auth(q, h):
    path = q.path.split("?")[0]
    if path == "/ok":
        return 200, [("X-User", "alice"), ("X-Groups", "a"), ("X-Groups", "b"), ("X-Other", "no")], b"body of the service"
    if path == "/plain":
        return 202, [], b"x" * 100000
    if path == "/cookie":
        return 200, [("Set-Cookie", "s=1; Path=/"), ("Set-Cookie", "t=2")], b""
    if path == "/cookie401":
        return 401, [("Set-Cookie", "s=1")], b""
    if path == "/401":
        return 401, [("WWW-Authenticate", 'Basic realm="there"'), ("WWW-Authenticate", "Bearer"), ("X-Secret", "x")], b"secret page"
    if path == "/bearer":
        good = q.headers.get("Authorization") == "Bearer good"
        return (200, [("X-User", "by-" + q.headers["Authorization"])], b"") if good else (401, [], b"")
    if path == "/nostore":
        return 200, [("Cache-Control", "no-store")], b""
    if path == "/slow":
        time.sleep(3)
        return 200, [], b""
    if path == "/wait":
        time.sleep(0.3)
        return 200, [], b""
    if path == "/close":
        return None
    if path == "/garbage":
        h.wfile.write(b"\0\1\2 nonsense\r\n\r\n")
        return None
    if path == "/half":
        h.wfile.write(b"HTTP/1.1 200 OK\r\nX-Us")
        return None
    if path == "/huge":
        h.wfile.write(b"HTTP/1.1 200 OK\r\nX-User: " + b"a" * 100000 + b"\r\n\r\n")
        return None
    if path == "/header":
        return 200, [("X-User", q.headers.get("X-Custom", "none"))], b""
    m = re.match(r"/status/(\d+)$", path)
    return (int(m[1]), [], b"") if m else (404, [], b"")


asked = serve(9001, auth)


def web_answer(q, h):
    m = re.search(r"[?&]status=(\d+)", q.path)
    s, hs, b = echo(q, h)
    return (int(m[1]) if m else s), hs, b


web = serve(9002, web_answer)
backends = {"default/web:80": ["127.0.0.1:9002"], "default/tls:443": ["127.0.0.1:9446"]}


def url(path, *more):
    return [["AUTH_URL", AUTH + path], *more]


hosts = {
    "ok.test": url("/ok?a=b", ["AUTH_RESPONSE_HEADER", "X-User"], ["AUTH_RESPONSE_HEADER", "X-Groups"], ["AUTH_RESPONSE_HEADER", "X-Never"]),
    "plain.test": url("/plain", ["AUTH_RESPONSE_HEADER", "Authorization"], ["BODY_MAX", 0]),
    "https.test": [("", url("/ok", ["AUTH_RESPONSE_HEADER", "X-User"], ["PROTOCOL", 1]), "default/tls:443")],
    "bare.test": [["AUTH_URL", AUTH]],
    "401.test": url("/401"),
    "signin.test": url("/401", ["AUTH_SIGNIN", "https://login.test/start"]),
    "signin2.test": url("/401", ["AUTH_SIGNIN", "https://login.test/start?x=1"], ["AUTH_SIGNIN_PARAM", "back"]),
    "signin3.test": url("/401", ["AUTH_SIGNIN", "https://$host/oauth2/start?rd=$escaped_request_uri"]),
    "cookie401.test": url("/cookie401", ["AUTH_SIGNIN", "https://login.test/"]),
    "cookie401b.test": url("/cookie401"),
    "cookie401c.test": url("/cookie401", ["AUTH_ALWAYS_COOKIE"]),
    "cookie.test": url("/cookie"),
    "always.test": url("/cookie", ["AUTH_ALWAYS_COOKIE"]),
    "slow.test": url("/slow"),
    "wait.test": url("/wait"),
    "down.test": [["AUTH_URL", "http://127.0.0.1:9/"]],
    "void.test": [["AUTH_URL", "http://10.99.0.7/"]],
    "noname.test": [["AUTH_URL", "http://nowhere.invalid/"]],
    "post.test": url("/plain", ["AUTH_METHOD", "POST"]),
    "head.test": url("/ok", ["AUTH_METHOD", "HEAD"], ["AUTH_RESPONSE_HEADER", "X-User"]),
    "headers.test": url("/header", ["AUTH_REQUEST_HEADER", "X-Custom", "v-$http_x_in-${host}"], ["AUTH_REQUEST_HEADER", "Cookie", "fixed=1"],
                        ["AUTH_REQUEST_REDIRECT", "https://$host/back"], ["AUTH_RESPONSE_HEADER", "X-User"]),
    "own.test": [["AUTH_URL", "http://minik/"]],
    "var.test": [["AUTH_URL", "http://127.0.0.1:9001/$http_x_path"]],
    "varhost.test": [["AUTH_URL", "http://$http_x_host/ok"]],
    "novar.test": [["AUTH_URL", AUTH + "/ok?$nginx_version"]],
    "cache.test": url("/bearer", ["AUTH_CACHE", 60000, "$http_authorization"], ["AUTH_RESPONSE_HEADER", "X-User"]),
    "cachenames.test": url("/bearer", ["AUTH_CACHE", 60000, "Authorization, session"]),
    "cacheshort.test": url("/bearer", ["AUTH_CACHE", 300, "$http_authorization"]),
    "cachecookie.test": url("/cookie", ["AUTH_CACHE", 60000, "$http_authorization"]),
    "cachenostore.test": url("/nostore", ["AUTH_CACHE", 60000, "$http_authorization"]),
    "cache500.test": url("/status/500", ["AUTH_CACHE", 60000, "$http_authorization"]),
    "cachepaths.test": [("/a", url("/ok", ["AUTH_CACHE", 60000, "$http_authorization"]), "default/web:80"),
                        ("/b", url("/401", ["AUTH_CACHE", 60000, "$http_authorization"]), "default/web:80")],
    "any.test": url("/ok", ["SATISFY_ANY"], ["ALLOW", "192.0.2.0/24"]),
    "anyno.test": url("/status/403", ["SATISFY_ANY"], ["ALLOW", "192.0.2.0/24"]),
    "deny.test": url("/ok", ["DENY", "127.0.0.0/8"]),
    "open.test": [],
}
for s in (200, 204, 299, 301, 302, 304, 400, 403, 404, 407, 429, 500, 502, 503):
    hosts[f"s{s}.test"] = url(f"/status/{s}")
for s in ("close", "garbage", "half", "huge"):
    hosts[f"{s}.test"] = url("/" + s)
table(hosts, backends)


def both():
    asked.clear()
    web.clear()


# --- what is asked, and what the backend gets ---
both()
a = ask("ok.test", "/p%20x/?q=1&r=%2F", "POST", [("Cookie", "c=1"), ("Authorization", "Bearer z"), ("X-Original-URL", "http://evil/"), ("X-Real-IP", "6.6.6.6"),
        ("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Host", "evil"), ("X-Sent-From", "evil"), ("X-Auth-Request-Redirect", "/evil"), ("X-User", "root"), ("x-nEVER", "root"),
        ("X-Scheme", "evil"), ("If-None-Match", "e"), ("Range", "bytes=0-1"), ("Expect", "x") if False else ("X-Mine", "kept")], b"b" * 50000)
q = asked.all[0] if asked.all else None
check("2xx lets in", a.status == 200 and a.get("X-Body") == ["50000"], a)
check("the URL is asked as it stands, by GET and without the body", q and q.path == "/ok?a=b" and q.method == "GET" and q.body == b"" and not q.headers.get_all("Content-Length"), q and vars(q))
want = {"X-Original-URL": "http://ok.test/p%20x/?q=1&r=%2F", "X-Original-Method": "POST", "X-Sent-From": "nginx-ingress-controller", "X-Real-IP": "127.0.0.1",
        "X-Forwarded-For": "127.0.0.1", "X-Auth-Request-Redirect": "/p%20x/?q=1&r=%2F", "X-Original-URI": "/p%20x/?q=1&r=%2F", "X-Scheme": "http", "Host": "127.0.0.1:9001", "Cookie": "c=1",
        "Authorization": "Bearer z", "X-Mine": "kept"}
got = {k: q.headers.get_all(k) for k in want}
check("it hears what the request is", all(got[k] == [v] for k, v in want.items()), got)
check("it does not hear what a client may not claim", not any(q.headers.get(k) for k in ("X-Forwarded-Host", "If-None-Match", "Range")), str(q.headers))
check("it hears an id of the request", len(q.headers.get("X-Request-ID", "")) == 32, str(q.headers))
check("headers of the answer go to the backend, and all values of one", a.heard("x-user") == ["alice"] and a.heard("x-groups") == ["a", "b"], a)
check("a client cannot say them itself", a.heard("x-never") == [] and a.heard("x-other") == [], a)
a = ask("plain.test", headers=[("Authorization", "Bearer forged")])
check("nor a well-known one that the answer lacks", a.status == 200 and a.heard("authorization") == [], a)
a = ask("plain.test", "/", "POST", body=b"x" * 3000000)
ask("plain.test", headers=[("X-Request-ID", "mine-1")])
check("the client's id of a request is asked with, when there is one", asked.all[-1].headers.get_all("X-Request-ID") == ["mine-1"], str(asked.all[-1].headers))
check("a long body reaches the backend afterwards", a.get("X-Body") == ["3000000"], a)
c = http.client.HTTPConnection("127.0.0.1", 80, timeout=30)
c.request("POST", "/", iter([b"abc"] * 1000), {"Host": "plain.test"}, encode_chunked=True)
r = c.getresponse()
check("so does a chunked one", r.getheader("X-Body") == "3000" and r.read() is not None, r.headers)
both()
rs = [ask("ok.test", f"/{i}", conn=c) for i in range(20)]
check("requests of one connection are asked for one by one", [x.status for x in rs] == [200] * 20 and len(asked.all) == 20, rs[-1])
s = socket.create_connection(("127.0.0.1", 80))
s.sendall(b"GET /1 HTTP/1.1\r\nHost: wait.test\r\n\r\nGET /2 HTTP/1.1\r\nHost: wait.test\r\nConnection: close\r\n\r\n")
data = b"".join(iter(lambda: s.recv(65536), b""))
check("pipelined requests", data.count(b"HTTP/1.1 200") == 2 and data.find(b'"/1"') < data.find(b'"/2"'), data)
both()
a = ask("bare.test", "/secret/path?x=1")
check("a URL without a path is asked for /", asked.all and asked.all[0].path == "/" and a.status == 500, asked.all and vars(asked.all[0]), a)
a = ask("https.test", headers=[("X-User", "root")])
check("with a backend in another location", a.status == 200 and a.heard("x-user") == ["alice"], a)
a = ask("ok.test", "/minik.auth")
check("/minik.auth is nobody's path", a.status in (200, 404), a)
a = ask("open.test", "/minik.auth")
check("and asks nothing", a.status == 404, a)

# --- refusals ---
both()
a = ask("401.test")
check("401, with its challenges", a.status == 401 and a.get("WWW-Authenticate") == ['Basic realm="there"', "Bearer"] and b"secret" not in a.body and not a.get("X-Secret"), a)
for s, want in ((200, 200), (204, 200), (299, 200), (403, 403), (301, 500), (302, 500), (304, 500), (400, 500), (404, 500), (407, 500), (429, 500), (500, 500), (502, 500), (503, 500)):
    web.clear()
    a = ask(f"s{s}.test")
    check(f"{s} of the service is {want}", a.status == want and (len(web.all) == 1) == (want == 200), a)
web.clear()
for name in ("close", "garbage", "half", "huge", "down", "void", "noname", "slow"):
    a = ask(f"{name}.test")
    check(f"{name}: 500 and nobody comes in", a.status == 500 and a.took < 10, a)
check("the backend has not heard of them", web.all == [], web.all)

# --- methods and headers ---
both()
ask("post.test")
a = ask("head.test")
q = asked.wait(2)
check("methods", [x.method for x in q] == ["POST", "HEAD"] and q[0].body == b"" and a.heard("x-user") == ["alice"], [vars(x) for x in q], a)
both()
a = ask("headers.test", "/", headers=[("X-In", "7"), ("X-Custom", "mine"), ("Cookie", "c=1")])
q = asked.wait()[0]
check("headers of its own, with variables", a.heard("x-user") == ["v-7-headers.test"] and q.headers.get_all("X-Custom") == ["v-7-headers.test"] and q.headers.get_all("Cookie") == ["fixed=1"], a, str(q.headers))
check("X-Auth-Request-Redirect as it is set", q.headers.get_all("X-Auth-Request-Redirect") == ["https://headers.test/back"], str(q.headers))
both()
a = ask("var.test", headers=[("X-Path", "ok?x=1")])
check("variables in the URL", a.status == 200 and asked.all[0].path == "/ok?x=1", a)
both()
a = ask("var.test", headers=[("X-Path", "ok HTTP/1.1")])
check("a variable with a blank: 500", a.status == 500 and not asked.all and not web.all, a)
a = ask("own.test")
check("nginx' own upstreams are no hosts", a.status == 500 and not web.all, a)
for h in ("127.0.0.1:9001@10.99.0.7", "127.0.0.1:9001#", "", "127.0.0.1:9001\\", "a b"):
    a = ask("varhost.test", headers=[("X-Host", h)])
    check(f"a host {h!r}: 500", a.status == 500 and not web.all, a)
a = ask("varhost.test", headers=[("X-Host", "127.0.0.1:9001")])
check("a good one", a.status == 200, a)
a = ask("novar.test")
check("a variable that is not of the list: 500", a.status == 500, a)

# --- sign-in ---
a = ask("signin.test", "/a b"[:2] + "/?x=1&y=%26")
check("sign-in", a.status == 302 and a.get("Location") == ["https://login.test/start?rd=http://signin.test%2Fa%2F%3Fx%3D1%26y%3D%2526"] and not a.get("WWW-Authenticate"), a)
a = ask("signin2.test:80", "/a")
check("sign-in with a query and another parameter", a.get("Location") == ["https://login.test/start?x=1&back=http://signin2.test%3A80%2Fa"], a)
a = ask("signin3.test", "/a?b=c")
check("sign-in that names it itself", a.get("Location") == ["https://signin3.test/oauth2/start?rd=%2Fa%3Fb%3Dc"], a)
a = ask("cookie401.test")
check("sign-in hands the cookie on", a.status == 302 and a.get("Set-Cookie") == ["s=1"], a)

# --- cookies ---
a = ask("cookie.test")
check("cookies of the service", a.status == 200 and a.get("Set-Cookie") == ["s=1; Path=/", "t=2"], a)
check("not with an error of the backend", ask("cookie.test", "/?status=404").get("Set-Cookie") == [])
check("but with all when they always go", ask("always.test", "/?status=404").get("Set-Cookie") == ["s=1; Path=/", "t=2"])
check("not with 401", ask("cookie401b.test").get("Set-Cookie") == [])
check("with 401 when they always go", ask("cookie401c.test").get("Set-Cookie") == ["s=1"])


# --- kept answers ---
def times(host, n, *headers, path="/"):
    both()
    rs = [ask(host, path, headers=list(headers)) for _ in range(n)]
    return len(asked.all), [r.status for r in rs], rs[-1]


n, st, a = times("cache.test", 5, ("Authorization", "Bearer good"))
check("an answer is kept, with its headers", n == 1 and st == [200] * 5 and a.heard("x-user") == ["by-Bearer good"], n, st, a)
n, st, a = times("cache.test", 3, ("Authorization", "Bearer bad"))
check("401 too, and of each key its own", n == 1 and st == [401] * 3, n, st, a)
n, st, a = times("cache.test", 3)
check("of whom nothing is known none is kept", n == 3 and st == [401] * 3, n, st)
n, st, a = times("cachenames.test", 3, ("Authorization", "Bearer good"))
check("keys as names of headers", n == 1 and st == [200] * 3, n, st)
n, st, a = times("cachenames.test", 2, ("Authorization", "Bearer good"), ("Cookie", "session=2"))
check("and of cookies", n == 1 and st == [200] * 2, n, st)
n, st, a = times("cacheshort.test", 2, ("Authorization", "Bearer good"))
end_of_it = time.monotonic() + 0.3
while n == 1 and time.monotonic() < end_of_it + 5:
    n2, st, a = times("cacheshort.test", 1, ("Authorization", "Bearer good"))
    if n2:
        break
check("not longer than it may", n == 1 and n2 == 1 and time.monotonic() >= end_of_it - 0.1, n, n2)
for h, why in (("cachecookie", "with a cookie"), ("cachenostore", "with no-store"), ("cache500", "that is an error")):
    n, st, a = times(h + ".test", 3, ("Authorization", "Bearer good"))
    check(f"none {why}", n == 3, n, st)
check("paths apart", times("cachepaths.test", 2, ("Authorization", "x"), path="/a")[:2] == (1, [200, 200]) and times("cachepaths.test", 2, ("Authorization", "x"), path="/b")[:2] == (1, [401, 401]))
rs = {ask("cache.test", headers=[("Authorization", f"Bearer {i}")]).status for i in range(5000)}
check("5,000 keys are no trouble", rs == {401} and ask("cache.test", headers=[("Authorization", "Bearer good")]).status == 200, rs)

# --- with others ---
check("satisfy any: the service is enough", ask("any.test").status == 200)
check("satisfy any: it says no", ask("anyno.test").status == 403)
both()
check("a forbidden address is not asked for", ask("deny.test").status == 403 and not asked.all)

# --- HTTP/2 ---
both()
a = h2("ok.test", "/h2?x", "-H", "X-User: root", "--data-binary", "@-", body=b"z" * 400000)
check("HTTP/2 with a body", a.line.startswith("HTTP/2 200") and a.heard("x-user") == ["alice"] and a.get("x-body") == ["400000"] and asked.all[0].headers["X-Original-URL"] == "https://ok.test/h2?x", a)
check("HTTP/2: refused", h2("401.test").status == 401 and h2("s403.test").status == 403 and h2("close.test").status == 500)
a = h2("signin.test", "/a")
check("HTTP/2: sign-in", a.get("location") == ["https://login.test/start?rd=https://signin.test%2Fa"], a)
r = subprocess.run(["curl", "-sk", "--http2", "-Z", "--resolve", "wait.test:443:127.0.0.1", "-w", "%{http_code}\n", *sum([["-o", "/dev/null", f"https://wait.test/{i}"] for i in range(30)], [])], capture_output=True, text=True)
check("HTTP/2: 30 at a time", r.stdout.split() == ["200"] * 30, r.stdout)

# --- clients that leave ---
for i in range(20):
    s = socket.create_connection(("127.0.0.1", 80))
    s.sendall(b"GET / HTTP/1.1\r\nHost: wait.test\r\n\r\n")
    asked.wait()
    s.close()
check("clients that leave while it is asked", ask("ok.test").status == 200)
end()
