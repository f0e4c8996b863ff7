"""Requests of ingress_errors.sh: nginx' own answers, exchanged for those of backend "page"."""
import base64, hashlib, json, subprocess
from ingress_hostile_lib import *

patience = int(os.environ.get("MINIK_PATIENCE", "2"))
back = Backends()
back.add("web", 9001)
back.add("page", 9002)
gate, arrived = threading.Event(), threading.Semaphore(0)


def page(c, h):
    if b"hold" in h.line:
        arrived.release()
        gate.wait(60)
    code = re.search(rb"status=(\d+)", h.line)
    c.sendall(b"HTTP/1.1 %s X\r\nX-Backend: page\r\nContent-Length: 5\r\n\r\n%s" % (code[1] if code else b"200", b"" if h.line.startswith(b"HEAD ") else b"page\n"))
    return True


def web(c, h):
    c.sendall(b"HTTP/1.1 %s X\r\nX-Backend: web\r\nContent-Length: 4\r\n\r\nweb\n" % (b"500" if b"fail" in h.line else b"200"))
    return True


def auth(c, h):
    code = re.search(rb"/(\d+)", h.line)[1]
    c.sendall(b"HTTP/1.1 %s X\r\nWWW-Authenticate: Bearer realm=\"a\"\r\nContent-Length: 0\r\n\r\n" % code)
    return True


back.answers.update(page=page, web=web, auth=auth)
OPT, number = {}, 0
for name, said in re.findall(r"^\s*OPT_(\w+)(?: = (\d+))?,", open(os.environ["MINIK_TOP"] + "/ingress/options.h").read(), re.M):
    OPT[name] = number = int(said) if said else number + 1
LIST = (300, 301, 302, 307, 308, 400, 401, 403, 404, 413, 414, 421, 429, 495, 496, 500, 502, 503)
E = [["ERROR_CODE", n] for n in LIST] + [["ERROR_BACKEND", "t/page:80"]]
USER = [["BASIC", "r"], ["BASIC_USER", "ann", "{SHA}" + base64.b64encode(hashlib.sha1(b"sesame").digest()).decode()]]
hosts = []


def host(name, *options, e=E, backend="web"):
    hosts.append({"name": name, "paths": [{"match": "prefix", "path": "", "rules": [{"owner": "t/" + name, "options": [[OPT[o[0]], *o[1:]] for o in (*e, *options)], "targets": [{"backend": "t/%s:80" % backend, "weight": 1}] if backend else []}]}]})


DENY = ["DENY", "127.0.0.0/8"]
host("plain")
host("deny", DENY)
host("denybig", DENY, ["BODY_MAX", 0])
host("allow", ["ALLOW", "192.0.2.0/24"])
host("user", *USER)
host("auth401", ["AUTH_URL", "http://10.99.0.1:9003/401"])
host("auth403", ["AUTH_URL", "http://10.99.0.1:9003/403"])
host("auth500", ["AUTH_URL", "http://10.99.0.1:9003/500"])
host("signin", ["AUTH_URL", "http://10.99.0.1:9003/401"], ["AUTH_SIGNIN", "https://login/"])
host("body", ["BODY_MAX", 1000])
host("bodystream", ["BODY_MAX", 1000], ["REQUEST_BUFFERING", 0])
host("rate", ["LIMIT_RPM", 1], ["LIMIT_BURST", 1], ["LIMIT_REQ_STATUS", 429])
host("flood", ["LIMIT_RPM", 1], ["LIMIT_BURST", 1], ["LIMIT_REQ_STATUS", 429])
host("empty", backend="none")
host("nowhere", backend=None)
host("denygone", DENY, e=[["ERROR_CODE", 403], ["ERROR_BACKEND", "t/none:80"]])
host("denydead", DENY, e=[["ERROR_CODE", n] for n in (403, 502)] + [["ERROR_BACKEND", "t/dead:80"]])
host("denyother", DENY, e=[["ERROR_CODE", 404], ["ERROR_BACKEND", "t/page:80"]])
host("keep", e=[*E, ["ERROR_KEEP"]])
host("keepdeny", DENY, e=[*E, ["ERROR_KEEP"]])
host("keepdead", e=[*E, ["ERROR_KEEP"]], backend="dead")
host("https", ["HTTPS_REDIRECT", 308])
host("moved", ["REDIRECT", 301, "https://there/"])
host("app", ["APP_ROOT", "/app"])
host("cert", ["CLIENT_CERT", 1])
host("certdeny", ["CLIENT_CERT", 1], DENY)
host("certpage", ["CLIENT_CERT", 1], ["CLIENT_CERT_ERROR", "https://help/"])
host("certname", ["CLIENT_CERT", 1], ["CLIENT_CERT_CN", "other"])


def publish():
    pem = {"cert": open(T + "/front/cert.pem").read(), "key": open(T + "/front/key.pem").read(), "ca": open(T + "/front/client.crt").read(), "verify": 1, "depth": 1}
    at = {"web": 9001, "page": 9002, "dead": 9999}
    out = {"hosts": hosts, "servers": [{"name": n, **pem} for n in ("cert", "certdeny", "certpage", "certname")],
           "backends": {"t/none:80": [], **{"t/%s:80" % n: ["127.0.0.1:%d" % p] for n, p in at.items()}}}
    subprocess.run([B + "/tests/integration/table_tool", T + "/front/live"], input=json.dumps(out), text=True, check=True)


def eventually(test):
    limit = time.time() + 10 * patience
    while time.time() < limit:
        try:
            if test():
                return True
        except OSError:
            pass
        time.sleep(0.02)
    return False


def heard(name="page"):
    return [h for h in back.take() if h.name == name]


def told(h):
    return h and h[0].get(b"x-code")


def exchanged(name, code, host, path="/", *lines, **kw):
    """The answer; and what the other backend has heard."""
    back.take()
    r = get(host, path, *lines, **kw)
    h = heard()
    check(name, (r.status, r.backend, told(h), len(h)) == (200, "page", [b"%d" % code], 1), r, h)
    return r, h[0] if h else Heard("none", b"", b"")


def stays(name, code, host, path="/", *lines, backend=None, **kw):
    back.take()
    r = get(host, path, *lines, **kw)
    h = heard()
    check(name, (r.status, r.backend, len(h)) == (code, backend, 0), r, h)
    return r


subprocess.run("ip addr add 10.99.0.1/32 dev lo", shell=True, check=True)
back.add("auth", 9003, "10.99.0.1")
publish()
if not eventually(lambda: get("plain").status == 200):
    check("nginx serves", False, open(T + "/front/log").read()[-3000:])
    end()

# --- which ---
r, h = exchanged("denylist: 403", 403, "deny", "/x?q=%20", "Accept: text/html", "X-Request-ID: mine")
want = dict(zip((b"x-format", b"x-original-uri", b"x-namespace", b"x-ingress-name", b"x-service-name", b"x-service-port", b"x-request-id", b"host"),
                (b"text/html", b"/x?q=%20", b"t", b"deny", b"web", b"80", b"mine", b"deny")))
check("it hears what it is of", {k: h.get(k) for k in want} == {k: [v] for k, v in want.items()} and h.line == b"GET /?q=%20 HTTP/1.1", h)
exchanged("allowlist: 403", 403, "allow")
exchanged("no endpoints: 503", 503, "empty")
_, h = exchanged("no backend: 503", 503, "nowhere")
check("which has no name", h.get(b"x-service-name") == [] and h.get(b"x-ingress-name") == [b"nowhere"], h)
r, h = exchanged("basic authentication: 401", 401, "user", "/", "Authorization: Basic eDp5")
check("the client is asked for a password", r.get("WWW-Authenticate") == [b'Basic realm="r"'], r)
check("which is not for the other backend", h.get(b"authorization") == [], h)
r, _ = exchanged("auth-url: 401", 401, "auth401")
check("and its challenge comes to the client", r.get("WWW-Authenticate") == [b'Bearer realm="a"'], r)
exchanged("auth-url: 403", 403, "auth403")
exchanged("auth-url: 500", 500, "auth500")
r = stays("auth-signin is a redirect", 302, "signin")
check("to where it was", r.get("Location")[0].startswith(b"https://login/"), r)
exchanged("body: 413", 413, "body", "/", "Content-Length: 1001", method="POST", body=b"x" * 1001)
get("rate")
get("rate")
exchanged("rate: 429", 429, "rate")
exchanged("HEAD", 403, "deny", method="HEAD")
_, h = exchanged("other methods", 403, "deny", method="PATCH")
check("stay what they are", h.line == b"PATCH / HTTP/1.1", h)
r = get("deny", "/?status=418")
check("the client gets the other backend's status", (r.status, r.backend) == (418, "page"), r)

# --- which not ---
stays("a status that is not listed", 403, "denyother")
stays("what is not to be refused", 200, "plain", backend="web")
stays("a redirect to https", 308, "https")
stays("permanent-redirect", 301, "moved")
stays("app-root", 302, "app")
stays("unknown hosts", 404, "nobody.test")
stays("/healthz of no host", 200, "127.0.0.1", "/healthz")
r = send(b"GET / HTTP/1.1\r\nHost: deny\r\nHost: deny\r\nConnection: close\r\n\r\n")
check("what is no request", r.status == 400 and r.backend is None, r)
r = send(b"GET /%s HTTP/1.1\r\nHost: deny\r\nConnection: close\r\n\r\n" % (b"x" * 70000))
check("a line that is too long", r.status == 414 and r.backend is None, r)
stays("where the other backend has no endpoint", 403, "denygone")
stays("where it does not answer: once, and no more", 502, "denydead")
back.take()
r = get("deny", "/?status=403")
h = heard()
check("its own errors", (r.status, r.backend, len(h)) == (403, "page", 1), r, h)


def curl(host, *args):
    """Status and Location by TLS, and what the other backend has heard of it."""
    out = subprocess.run(["curl", "-sk", "-m", str(20 * patience), "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "--resolve", "%s:443:127.0.0.1" % host, *args, "https://%s/" % host], capture_output=True, text=True)
    return out.stdout.strip(), told(heard())


back.take()
PAIR = ("--cert", T + "/front/client.crt", "--key", T + "/front/client.key")
for name, got, want in (("no client certificate", curl("cert"), ("400", [])), ("a client certificate's page", curl("certpage"), ("302 https://help/", [])),
                        ("a client certificate of another name", curl("certname", *PAIR), ("403", [])), ("behind a client certificate: exchanged", curl("certdeny", *PAIR), ("200", [b"403"]))):
    check(name, got == want, got)

# --- disable-proxy-intercept-errors ---
stays("a backend's own answer is kept where that is wanted", 500, "keep", "/fail", backend="web")
exchanged("and exchanged where not", 500, "plain", "/fail")
exchanged("nginx' own is exchanged all the same", 403, "keepdeny")
exchanged("also where a backend gives none", 502, "keepdead")

# --- bodies and connections ---
BIG = b"x" * 300000


def bare(h):
    return not h.get(b"content-length") and not h.get(b"transfer-encoding") and h.body == b""


for host_, code, lasts in (("deny", 403, True), ("body", 413, False), ("bodystream", 413, False), ("user", 401, True)):
    for what, head, body in (("a length", b"Content-Length: %d" % len(BIG), BIG), ("chunks", b"Transfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(BIG), BIG))):
        back.take()
        second = b"GET /second HTTP/1.1\r\nHost: plain\r\nConnection: close\r\n\r\n"
        r = send(b"POST /first HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n" % (host_.encode(), head), parts=[b"POST /first HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n" % (host_.encode(), head), body, second], to_end=True)
        got = [h for h in back.take() if h.name == "page" or b"/second" in h.line]  # of a stream the backend has heard the beginning
        check("%s, a body with %s: it is not sent on" % (host_, what), r.backend == "page" and told(got) == [b"%d" % code] and bare(got[0]), r, got)
        n = r.data.count(b"HTTP/1.1 200")
        check("%s, a body with %s: the connection %s" % (host_, what, "stays" if lasts else "ends"), (n, [g.name for g in got]) == ((2, ["page", "web"]) if lasts else (1, ["page"])), r, got)
for host_ in ("deny", "body"):
    c = connect()
    c.sendall(b"POST / HTTP/1.1\r\nHost: %s\r\nContent-Length: 1000000\r\n\r\n" % host_.encode())
    check("%s: nobody waits for a body" % host_, whole(read_all(c, 10.0 * patience, whole)))
    c.close()
    r = get(host_, "/", "Content-Length: 1001", "Expect: 100-continue", method="POST")
    check("%s: nobody asks for a body" % host_, r.status == 200 and r.backend == "page" and b"100 Continue" not in r.data, r)
gate.clear()
c = connect()
c.settimeout(20 * patience)
c.sendall(b"POST /?hold HTTP/1.1\r\nHost: denybig\r\nContent-Length: 80000000\r\n\r\n")
arrived.acquire()
try:
    for _ in range(80):  # more than sockets have room for
        c.sendall(b"x" * 1000000)
    sent = True
except OSError as e:
    sent = e
check("what comes of a body is taken while the other backend is asked", sent is True, sent)
c.sendall(b"GET / HTTP/1.1\r\nHost: plain\r\nConnection: close\r\n\r\n")
gate.set()
data = read_all(c, 10.0 * patience)
check("and the connection goes on", re.findall(rb"X-Backend: (\w+)", data) == [b"page", b"web"], data)
c.close()
r = send(b"".join(b"GET / HTTP/1.1\r\nHost: %s\r\n%s\r\n" % x for x in ((b"deny", b""), (b"plain", b""), (b"deny", b""), (b"plain", b"Connection: close\r\n"))), to_end=True)
check("requests of one connection", re.findall(rb"X-Backend: (\w+)", r.data) == [b"page", b"web", b"page", b"web"], r)
back.take()
for what, head, body in (("a length", b"Content-Length: %d", b"%s"), ("chunks", b"Transfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n\r\n")):
    inner = b"GET /inner HTTP/1.1\r\nHost: plain\r\n\r\n"
    head, body = (head % len(inner), body % inner) if what == "a length" else (head, body % (len(inner), inner))
    for at in (0, 10, len(body)):  # what comes with the head, and what later
        back.take()
        gate.clear()
        c = connect()
        c.sendall(b"POST /?hold HTTP/1.1\r\nHost: deny\r\n" + head + b"\r\n\r\n" + body[:at])
        arrived.acquire()
        c.sendall(body[at:] + b"GET /outer HTTP/1.1\r\nHost: plain\r\nConnection: close\r\n\r\n")
        gate.set()
        data = read_all(c, 10.0 * patience)
        c.close()
        got = [h.line.split()[1] for h in back.take()]
        check("a body with %s is no request, %d of it later" % (what, len(body) - at), got == [b"/?hold", b"/outer"] and data.count(b"HTTP/1.1 200") == 2, got, data)
back.take()
r = send(b"POST / HTTP/1.1\r\nHost: body\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", to_end=True)
check("chunks that are none", r.backend == "page" and told(heard()) == [b"400"] and b"Connection: close" in r.data, r)

# --- HTTP/2 ---
back.take()
more = lambda n: [("content-length", str(n))]
frames = (request(1, h2_fields("deny", method="POST", more=more(len(BIG))), BIG[:16000], False) + request(3, h2_fields("body", method="POST", more=more(5000)), b"x" * 5000)
          + request(5, h2_fields("body", method="POST"), b"x" * 5000) + request(7, h2_fields("plain")) + request(9, h2_fields("user")) + request(11, h2_fields("body", method="POST"), b"x" * 5000, False)
          + request(13, h2_fields("empty")))
got = h2(frames, (1, 3, 5, 7, 9, 11, 13))
h = heard()
check("HTTP/2", {s: (v[0], v[1]) for s, v in got.streams.items()} == {s: (200, b"web\n" if s == 7 else b"page\n") for s in (1, 3, 5, 7, 9, 11, 13)} and got.gone is None, got)
check("HTTP/2: what it was", sorted(x for y in h for x in y.get(b"x-code")) == [b"401", b"403", b"413", b"413", b"413", b"503"] and all(bare(x) for x in h), h)

# --- how many ---
gate.clear()
held = [connect() for _ in range(64)]
get("flood")
get("flood")
back.take()
for c in held:
    c.sendall(b"GET /?hold HTTP/1.1\r\nHost: flood\r\nConnection: close\r\n\r\n")
for _ in held:
    arrived.acquire()
heard()
r = stays("64 at a time: the next gets nginx' own", 429, "flood")
stays("also with a body", 429, "flood", "/", "Content-Length: 300000", method="POST", body=BIG)
exchanged("another's are not less for that", 403, "deny")
gate.set()
check("the others get theirs", all(Raw(read_all(c, 10.0 * patience)).backend == "page" for c in held))
for c in held:
    c.close()
exchanged("and then again", 429, "flood")
gate.clear()
gone = [connect() for _ in range(64)]
for c in gone:
    c.sendall(b"GET /?hold HTTP/1.1\r\nHost: flood\r\n\r\n")
for _ in gone:
    arrived.acquire()
for c in gone:
    c.close()
gate.set()
check("clients that go away count no longer", eventually(lambda: get("flood").backend == "page"))

slow = [connect() for _ in range(64)]
for c in slow:
    c.sendall(b"POST / HTTP/1.1\r\nHost: deny\r\nContent-Length: 1000000\r\n\r\n")
check("who is sending yet has its answer", all(Raw(read_all(c, 10.0 * patience, whole)).backend == "page" for c in slow))
exchanged("and counts no longer", 403, "deny")
for c in slow:
    c.close()

# --- what is told of it ---
lines = lambda: open(T + "/front/access").read().splitlines()
want = ["deny 200 denylist t/deny t/page:80", "allow 200 allowlist t/allow t/page:80", "user 200 auth t/user t/page:80", "auth401 200 auth-url t/auth401 t/page:80", "body 200 body-size t/body t/page:80",
        "empty 200 no-endpoints t/empty t/page:80", "rate 200 limit-rpm t/rate t/page:80", "flood 429 limit-rpm t/flood t/web:80", "deny 418 denylist t/deny t/page:80", "denydead 502 denylist t/denydead t/dead:80"]
check("the access log has the client's status and why it was refused", eventually(lambda: not set(want) - set(lines())), set(want) - set(lines()), lines()[-10:])
owners = sorted(h["paths"][0]["rules"][0]["owner"] for h in hosts)


def counts(owner):
    out = subprocess.run([B + "/tests/integration/table_tool", T + "/front/live", "stats"], capture_output=True, text=True, check=True).stdout
    m = re.search(r"slot=%d requests=(\d+) .*2xx=(\d+) 3xx=(\d+) 4xx=(\d+) 5xx=(\d+)" % (owners.index(owner) + 1), out)
    return [int(x) for x in m.groups()] if m else [0] * 5


get("allow", "/?status=403")
get("plain")  # what was before it has been counted when this one is
check("each is counted once, by what the client gets", eventually(lambda: counts("t/allow") == [2, 1, 0, 1, 0]), counts("t/allow"))
check("no backend has heard what it should not", not back.faults, *back.faults[:3])
end()
