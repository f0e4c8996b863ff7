# The requests of ingress_policy.sh. ingress_policy.py DIRECTORY TOOL OPTIONS.H MODULE [PRELOAD]
import base64, ctypes, hashlib, http.client, http.server, json, os, re, signal, socket, socketserver, ssl, subprocess, sys, threading, time

T, tool, options_h, module = sys.argv[1:5]
preload = sys.argv[5] if len(sys.argv) > 5 else ""
N = T + "/n"
patience = int(os.environ.get("MINIK_PATIENCE", "2"))
failed = 0


def ok(name): print("ok", name, flush=True)


def check(name, good, *why):
    global failed
    if good:
        return ok(name)
    failed = 1
    print("not ok", name, flush=True)
    for w in why:
        print("    " + str(w)[:1500], flush=True)


libcrypt = ctypes.CDLL("libcrypt.so.1")
libcrypt.crypt.restype = ctypes.c_char_p
def crypt(word, salt): return libcrypt.crypt(word.encode(), salt.encode()).decode()


def is_equal(name, got, want): check(name, got == want, "got: %r" % (got,), "want: %r" % (want,))


# --- options.h ---
OPT = {}
value = 0
body = re.search(r"enum ing_opt \{(.*?)\n\};", open(options_h).read(), re.S).group(1)
for name, number in re.findall(r"^\s*(OPT_\w+)(?: = (\d+))?,", body, re.M):
    value = int(number) if number else value + 1
    OPT[name] = value


def o(name, num=0, a=None, b=None):
    if isinstance(num, str):
        num, a, b = 0, num, a
    return [OPT["OPT_" + name], num, a, b]


# --- tables ---
EXACT, PREFIX, REGEX, DEFAULT = "exact", "prefix", "regex", "default"
hosts = {}  # name -> dict(scope, regex, paths: [(match, path, options, [(backend, weight, options or None, canary)])])


def host(name, *options, path="", match=PREFIX, targets=None, scope=0, more=()):
    paths = [(match, path, list(options), targets if targets is not None else [("web", 1, None, False)])] + list(more)
    hosts[name] = dict(scope=scope, paths=paths)


backends = {"four": [("127.0.0.1", p) for p in (9001, 9002, 9003, 9999)], "web": [("127.0.0.1", 9001)], "mute": [("127.0.0.1", 9004)], "two": [("127.0.0.1", 9001), ("127.0.0.1", 9002)],
            "three": [("127.0.0.1", p) for p in (9001, 9002, 9003)], "canary": [("127.0.0.1", 9003)],
            "dead": [("127.0.0.1", 9999)], "half": [("127.0.0.1", 9001), ("127.0.0.1", 9999)], "none": []}


def publish():
    def option(x): return [x[0], x[1]] + [v for v in x[2:] if v is not None]

    out = dict(hosts=[], backends={"t/%s:80" % k: ["%s:%d" % e for e in v] for k, v in backends.items()})
    for name, h in hosts.items():
        paths = [dict(match=match, path=path, rules=[dict(owner="t/" + name, options=[option(x) for x in options], targets=[
            dict(backend="t/%s:80" % b, weight=w, canary=c, **({} if x is None else dict(options=[option(y) for y in x]))) for b, w, x, c in targets])])
            for match, path, options, targets in h["paths"]]
        out["hosts"].append(dict(name=name, scope=h["scope"], regex=any(p["match"] == REGEX for p in paths), paths=paths))
    subprocess.run([tool, N + "/live"], input=json.dumps(out).encode(), check=True)


# --- backends: answer with what they heard ---
gate, arrived = threading.Event(), threading.Semaphore(0) # "hold" in the path: when the gate opens


class Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1 # head and body in one segment

    def answer(self):
        data = b""
        if self.headers.get("Transfer-Encoding") == "chunked":
            while True:
                n = int(self.rfile.readline(), 16)
                data += self.rfile.read(n)
                self.rfile.readline()
                if not n: break
        elif self.headers.get("Content-Length"):
            data = self.rfile.read(int(self.headers["Content-Length"]))
        if "hold" in self.path:
            arrived.release()
            gate.wait(60)
        text = json.dumps(dict(port=self.server.server_port, method=self.command, path=self.path, body=len(data),
                               headers=[[k, v] for k, v in self.headers.items()])).encode()
        if "big=" in self.path: text = b"x" * int(self.path.split("big=")[1])
        self.send_response(500 if "fail500" in self.path else 200)
        self.send_header("Content-Length", str(len(text)))
        self.send_header("Content-Type", "application/json")
        self.send_header("ETag", '"e"')
        self.send_header("X-Old", "1")
        self.send_header("X-Old", "2")
        self.send_header("Last-Modified", "Mon, 28 Sep 1970 06:00:00 GMT")
        self.send_header("Access-Control-Allow-Origin", "backend")
        self.send_header("Set-Cookie", "own=1")
        for v in self.headers.get_all("X-Say", []): self.send_header(*v.split(": ", 1))
        self.end_headers()
        if self.command != "HEAD": self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = answer

    def log_message(self, *a): pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *a): pass # who was waiting has gone


for port in (9001, 9002, 9003):
    threading.Thread(target=Server(("127.0.0.1", port), Echo).serve_forever, daemon=True).start()

class Words(socketserver.BaseRequestHandler): # answers with said[0]
    def handle(self):
        self.request.recv(65536)
        self.request.sendall(said[0])
class WordsServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
said = [b""]
threading.Thread(target=WordsServer(("127.0.0.1", 9004), Words).serve_forever, daemon=True).start()

# --- nginx ---
CONF = """
load_module "%(module)s";
user nobody nogroup;
daemon off;
worker_processes 1;
pid %(N)s/pid;
error_log %(N)s/error.log info;
events { worker_connections 1024; }
http {
    minik_live %(N)s/live;
    minik_https_port 8443;
    minik_limits 64k;
    access_log off;
    client_body_temp_path %(N)s/tmp/b; proxy_temp_path %(N)s/tmp/p; fastcgi_temp_path %(N)s/tmp/f; uwsgi_temp_path %(N)s/tmp/u; scgi_temp_path %(N)s/tmp/s;
    client_max_body_size 0;
    proxy_http_version 1.1; proxy_redirect off;
    proxy_set_header Host $minik_host;
    proxy_set_header Connection $minik_connection;
    proxy_set_header X-Forwarded-Prefix $minik_prefix;
    set_real_ip_from 127.0.0.1;
    real_ip_header proxy_protocol;
    ssl_certificate %(T)s/cert.pem; ssl_certificate_key %(T)s/key.pem;
    upstream minik { server 0.0.0.1; minik_balance; keepalive 16; }
    upstream minik_own { server 0.0.0.1; minik_balance; }
    upstream minik_once { server 0.0.0.1; minik_balance; }
    server {
        listen 80; listen [::]:82 ipv6only=off; listen 81 proxy_protocol; listen 8443 ssl http2; listen 84 http2;
        location / { minik_route; proxy_pass http://minik; }
        location @minik_stream { proxy_request_buffering off; proxy_pass http://minik; }
        location @minik_error { minik_error; proxy_set_header Host $minik_host; proxy_set_header X-Request-ID $minik_request_id; proxy_set_header Connection ""; proxy_pass http://minik; }
        location @minik_refused { proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_set_header Transfer-Encoding ""; proxy_set_header Host $minik_host; proxy_set_header Connection ""; proxy_pass http://minik; }
        location @minik_http10 { proxy_http_version 1.0; proxy_pass http://minik_once; }
        location = /minik.auth { internal; return 204; }
    }
    server { # what nginx itself makes of a backend's answer
        listen 86;
        location / {
            proxy_cookie_domain localhost example.org;
            proxy_cookie_path /one/ /;
            proxy_redirect http://inner:8080/ $scheme://$http_host/app/;
            proxy_pass http://127.0.0.1:9001;
        }
    }
    server {
        listen 85; listen 8485 ssl;
        minik_scope 85;
        location / { minik_route; proxy_pass http://minik; }
    }
}
"""


def start():
    open(N + "/nginx.conf", "w").write(CONF % globals())
    os.chmod(N + "/tmp", 0o777)
    os.chmod(N + "/live", 0o777)
    env = dict(os.environ)
    if preload:
        env.update(LD_PRELOAD=preload, ASAN_OPTIONS="detect_leaks=0,log_path=%s/asan,abort_on_error=0" % N, UBSAN_OPTIONS="log_path=%s/asan" % N)
    nginx = subprocess.Popen(["nginx", "-c", N + "/nginx.conf", "-e", N + "/error.log"], env=env)
    end = time.time() + 10 * patience
    while time.time() < end and nginx.poll() is None:
        try: return socket.create_connection(("127.0.0.1", 80)).close() or nginx
        except OSError: time.sleep(0.02)
    print(open(N + "/error.log").read())
    sys.exit("nginx did not start")


def log(): return open(N + "/error.log").read()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        try: self.heard = json.loads(body)
        except ValueError: self.heard = {}

    def get(self, name): return [v for k, v in self.headers if k.lower() == name.lower()]
    def one(self, name): return ",".join(self.get(name))
    def sent(self, name): return [v for k, v in self.heard.get("headers", []) if k.lower() == name.lower()]
    def __repr__(self): return "%s %s %s" % (self.status, self.headers, self.body[:600])


context = ssl._create_unverified_context()


def ask(host, path="/", method="GET", headers=(), body=None, src=None, port=80, addr="127.0.0.1", tls=False, chunked=False):
    s = socket.create_connection((addr, port), timeout=20 * patience, source_address=(src, 0) if src else None)
    if tls: s = context.wrap_socket(s, server_hostname=host.split(":")[0])
    lines = ["%s %s HTTP/1.1" % (method, path), "Host: " + host, "Connection: close"] + ["%s: %s" % h for h in headers]
    if chunked: lines.append("Transfer-Encoding: chunked")
    elif body is not None: lines.append("Content-Length: %d" % len(body))
    data = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    if body is not None: data += b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if chunked else body
    try: s.sendall(data)
    except OSError: pass # answered early
    r = http.client.HTTPResponse(s, method=method)
    r.begin()
    a = Answer(r.status, r.getheaders(), r.read())
    s.close()
    return a


def raw(text, port=80):
    s = socket.create_connection(("127.0.0.1", port), timeout=20 * patience)
    s.sendall(text)
    data = b""
    while True:
        p = s.recv(65536)
        if not p: return data.decode("latin-1")
        data += p


def status(*a, **k): return ask(*a, **k).status
def location(*a, **k):
    r = ask(*a, **k)
    return r.status, r.one("Location")


# --- answers ---
def answers():
    host("refused", o("REFUSED"), o("HTTPS_REDIRECT", 308), o("CORS"))
    host("https", o("HTTPS_REDIRECT", 308))
    host("to", o("REDIRECT", 301, "https://there.example/x?y=$1"))
    host("to302", o("REDIRECT", 307, "/rel"))
    host("tovar", o("REDIRECT_TO", 301, "https://www.$host:8443$request_uri"))
    host("toplace", o("REDIRECT_TO", 308, "$scheme://new.example/x${uri}$is_args$args"))
    host("tounknown", o("REDIRECT_TO", 301, "https://a/$cookie"))
    host("tolong", o("REDIRECT_TO", 302, "https://a/" + "$request_uri" * 100))
    host("toown", o("REDIRECT_TO", 302, "/x$request_uri"))
    host("root", o("APP_ROOT", "/app/"))
    host("parts", o("REDIRECT_PARTS", 302), o("REDIRECT_HOST", "other.example"))
    host("scheme", o("REDIRECT_PARTS", 301), o("REDIRECT_SCHEME", "https"))
    host("port", o("REDIRECT_PARTS", 303), o("REDIRECT_SCHEME", "https"), o("REDIRECT_PORT", 8443))
    host("path", o("REDIRECT_PARTS", 308), o("REDIRECT_PATH", "/new%20path%0d%0a"))
    host("prefix", o("REDIRECT_PARTS", 307), o("REDIRECT_PREFIX", "/new/"), path="/old")
    host("noprefix", o("REDIRECT_PARTS", 307), o("REDIRECT_PREFIX", ""), path="/old")
    host("scoped", o("REDIRECT_PARTS", 302), o("REDIRECT_HOST", "other.example"), scope=85)
    host("scopedtls", o("REDIRECT_PARTS", 302), o("REDIRECT_SCHEME", "http"), scope=85)
    publish()
    is_equal("refused: 503", status("refused"), 503)
    is_equal("refused before preflight", status("refused", method="OPTIONS", headers=[("Origin", "http://a")]), 503)
    is_equal("https redirect", location("https", "/a%20b?q=1"), (308, "https://https:8443/a%20b?q=1"))
    is_equal("https redirect: other port in Host", location("HTTPS:80", "/"), (308, "https://https:8443/"))
    is_equal("https stays", status("https", port=8443, tls=True), 200)
    r = raw(b"GET http://https?x=1 HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n")
    check("https redirect of a URL without path", "Location: https://https:8443/?x=1\r\n" in r, r)
    is_equal("permanent redirect as it stands", location("to"), (301, "https://there.example/x?y=$1"))
    is_equal("relative redirect", location("to302"), (307, "http://to302/rel"))
    is_equal("a path with variables: of the host that is asked, by its scheme", [location("toown:8443", "/a%20b?c", port=8443, tls=True), location("toown", "/")],
             [(302, "https://toown:8443/x/a%20b?c"), (302, "http://toown/x/")])
    is_equal("redirect with variables", location("TOVAR:80", "/a%20b?c=d"), (301, "https://www.tovar:8443/a%20b?c=d"))
    is_equal("redirect with variables: a path is encoded again", location("toplace", "/a%20b%0d%0aSet-Cookie:%20x=y/%3f?c=d"),
             (308, "http://new.example/x/a%20b%0D%0ASet-Cookie:%20x=y/%3F?c=d"))
    is_equal("redirect with variables: without arguments, over TLS", location("toplace", "/", port=8443, tls=True), (308, "https://new.example/x/"))
    is_equal("redirect with variables: one that there is not", status("tounknown"), 500)
    is_equal("redirect with variables: too long", status("tolong", "/" + "x" * 400), 500)
    check("and the log says it", "minik: the redirect of t/tolong gets too long" in log(), log()[-500:])
    is_equal("app root", location("root:81", "/?x=1", port=80), (302, "http://root:81/app/"))
    is_equal("app root over TLS", location("root", port=8443, tls=True), (302, "https://root/app/"))
    is_equal("app root: other paths", status("root", "/other"), 200)
    is_equal("redirect: host", location("parts", "/a%2Fb?c=d"), (302, "http://other.example/a%2Fb?c=d"))
    is_equal("redirect: scheme has its port", location("scheme:80", "/x"), (301, "https://scheme/x"))
    is_equal("redirect: port", location("port", "/x"), (303, "https://port:8443/x"))
    is_equal("redirect: the listener's port", location("scoped", "/x", port=85), (302, "http://other.example:85/x"))
    is_equal("redirect: the scheme's port, not the listener's", location("scopedtls", "/x", port=8485, tls=True), (302, "http://scopedtls/x"))
    is_equal("redirect: the connection's port", location("parts", "/x", port=82), (302, "http://other.example:82/x"))
    is_equal("redirect: path", location("path", "/x?y=z"), (308, "http://path/new%20path%0D%0A?y=z"))
    is_equal("redirect: prefix", location("prefix", "/old/a%20b?c"), (307, "http://prefix/new/a%20b?c"))
    is_equal("redirect: whole prefix", location("prefix", "/old"), (307, "http://prefix/new/"))
    is_equal("redirect: prefix to nothing", location("noprefix", "/old"), (307, "http://noprefix/"))
    is_equal("redirect: prefix to nothing, rest", location("noprefix", "/old/x"), (307, "http://noprefix/x"))
    is_equal("no line break gets into Location", location("prefix", "/old/%0d%0aSet-Cookie:%20a=b"), (307, "http://prefix/new/%0D%0ASet-Cookie:%20a=b"))
    is_equal("nor by https redirect", location("https", "/%0d%0ax"), (308, "https://https:8443/%0d%0ax"))
    r = raw(b"GET / HTTP/1.0\r\n\r\n")
    check("HTTP/1.0 without Host", r.startswith("HTTP/1.1 404"), r)


# --- rewriting ---
def rewriting():
    def regex(name, path, *options): host(name, *options, path=path, match=REGEX)
    regex("rw", "^/app(/|$)(.*)", o("REWRITE", "/$2"))
    regex("rwargs", "^/q/([^/]*)/(.*)", o("REWRITE", "/s?a=$1&b=$2"))
    regex("rwdrop", "^/d/(.*)", o("REWRITE", "/$1?"))
    regex("rwslash", "^/e/(.*)", o("REWRITE", "$1"))
    regex("rwmuch", "^/m/(.*)", o("REWRITE", "/" + "$1" * 40))
    host("rwconst", o("REWRITE", "/const/$1"))
    host("wpath", o("REWRITE_PATH", "/all of it"))
    host("wprefix", o("REWRITE_PREFIX", "/v2"), path="/v1")
    host("wempty", o("REWRITE_PREFIX", ""), path="/v1")
    host("plain")
    host("vhost", o("UPSTREAM_HOST", "inner.example:99"))
    host("sethost", o("REQUEST_SET", "Host", "set.example"))
    host("fprefix", o("FORWARDED_PREFIX", "/app"))
    host("conn", o("CONNECTION_HEADER", "close"))
    host("mute", targets=[("mute", 1, None, False)])
    host("heads", o("REQUEST_SET", "X-Set", "s1"), o("REQUEST_SET", "user-agent", "agent"), o("REQUEST_SET", "Cookie", "c=1"),
         o("REQUEST_ADD", "X-Add", "a2"), o("REQUEST_ADD", "X-New", "n"), o("REQUEST_ADD", "Cookie", "d=2"), o("REQUEST_ADD", "X-Forwarded-For", "9.9.9.9"),
         o("REQUEST_REMOVE", "X-Gone"), o("REQUEST_REMOVE", "authorization"), o("REQUEST_REMOVE", "Accept-Encoding"),
         targets=[("web", 1, [o("REQUEST_SET", "X-Target", "t"), o("REQUEST_ADD", "X-Add", "a3"), o("UPSTREAM_HOST", "target.example")], False)])
    publish()

    def path(h, p, **k): return ask(h, p, **k).heard.get("path")
    is_equal("rewrite by group", path("rw", "/app/x/y?z=1"), "/x/y?z=1")
    is_equal("rewrite: empty group", path("rw", "/app"), "/")
    is_equal("rewrite ignores case", path("rw", "/APP/x"), "/x")
    is_equal("rewrite escapes what is decoded", path("rw", "/app/a%20b%3fc%25"), "/a%20b%3Fc%25")
    is_equal("rewrite into arguments, the client's follow", path("rwargs", "/q/x%26y/z?c=d"), "/s?a=x%26y&b=z&c=d")
    is_equal("rewrite that drops arguments", path("rwdrop", "/d/x?y=z"), "/x")
    is_equal("a group without slash", path("rwslash", "/e/x?y=z"), "/x?y=z")
    is_equal("a rewrite that grows too long", status("rwmuch", "/m/" + "x" * 4000), 414)
    is_equal("rewrite without groups", path("rwconst", "/x"), "/const/")
    is_equal("whole path", path("wpath", "/x?y=z"), "/all%20of%20it?y=z")
    is_equal("prefix", path("wprefix", "/v1/a%20b?c=d"), "/v2/a%20b?c=d")
    is_equal("no line break gets into the request", path("wprefix", "/v1/a%0d%0aX:%20y"), "/v2/a%0D%0AX:%20y")
    is_equal("nor by a group", path("rw", "/app/a%0d%0aX:%20y"), "/a%0D%0AX:%20y")
    is_equal("prefix, nothing behind", path("wprefix", "/v1"), "/v2")
    is_equal("prefix to nothing", path("wempty", "/v1/x"), "/x")
    is_equal("prefix to nothing at all", path("wempty", "/v1"), "/")
    is_equal("as it came without rewriting", path("plain", "/a%2Fb/%7Ex?y"), "/a%2Fb/%7Ex?y")
    is_equal("upstream host", ask("vhost").sent("Host"), ["inner.example:99"])
    is_equal("Host that is set", ask("sethost").sent("Host"), ["set.example"])
    is_equal("X-Forwarded-Prefix", ask("fprefix").sent("X-Forwarded-Prefix"), ["/app"])
    is_equal("Connection", ask("conn").sent("Connection"), ["close"])
    r = ask("heads", headers=[("X-Set", "old"), ("X-Set", "old2"), ("X-Add", "a1"), ("X-Gone", "g"), ("Authorization", "Basic YTpi"), ("Cookie", "old=1"),
                              ("User-Agent", "curl"), ("Accept-Encoding", "gzip"), ("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "2.2.2.2"), ("X-Kept", "k")])
    is_equal("request headers", [r.sent(n) for n in ("X-Set", "X-Add", "X-New", "X-Gone", "Authorization", "Accept-Encoding", "User-Agent", "Cookie", "X-Kept", "X-Target")],
             [["s1"], ["a1,a2,a3"], ["n"], [], [], [], ["agent"], ["c=1; d=2"], ["k"], ["t"]])
    is_equal("a header of several lines gets one more value", ",".join(r.sent("X-Forwarded-For")), "1.1.1.1,9.9.9.9,2.2.2.2")
    is_equal("the target's host", r.sent("Host"), ["target.example"])
    for name, data in (("HTTP/2 alone", b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64"), ("no words", b"hello, world\n"), ("half a line", b"HTTP/1.1 2xx\r\n\r\n")):
        said[0] = data
        is_equal("a backend that speaks %s: 502, also by HTTP/1.0" % name, (status("mute"), raw(b"GET / HTTP/1.0\r\nHost: mute\r\n\r\n")[:12]), (502, "HTTP/1.1 502"))
    is_equal("headers: a body still arrives", ask("heads", method="POST", body=b"x" * 1000).heard.get("body"), 1000)


# --- who may come in ---
def access():
    salt = b"salt"
    users = [("apr1", subprocess.check_output(["openssl", "passwd", "-apr1", "pw"]).decode().strip()),
             ("sha", "{SHA}" + base64.b64encode(hashlib.sha1(b"pw").digest()).decode()),
             ("ssha", "{SSHA}" + base64.b64encode(hashlib.sha1(b"pw" + salt).digest() + salt).decode()),
             ("md5", crypt("pw", "$1$abcdefgh$")), ("sha256", crypt("pw", "$5$abcdefgh$")),
             ("sha512", crypt("pw", "$6$abcdefgh$")), ("bcrypt", crypt("pw", "$2y$12$abcdefghijklmnopqrstuu")),
             ("yescrypt", crypt("pw", "$y$j9T$abcdefgh$")), ("des", crypt("pw", "ab")),
             ("rounds", crypt("pw", "$6$rounds=10000$abcdefgh$"))]
    host("allow", o("ALLOW", "127.0.0.5"), o("ALLOW", "10.1.0.0/16"), o("ALLOW", "fd00:77::/64"))
    host("mapped", o("ALLOW", "::ffff:127.0.0.5/128"))
    host("deny", o("DENY", "127.0.0.5/32"), o("DENY", "fd00:77::1"))
    host("both", o("ALLOW", "127.0.0.0/8"), o("DENY", "127.0.0.5"))
    host("basic", o("BASIC", 'the "realm"'), *[o("BASIC_USER", n, h) for n, h in users])
    host("nobody", o("BASIC", "r"))
    host("own", o("BASIC", "r"), o("BASIC_USER", *users[1]), o("REQUEST_SET", "Authorization", "Basic Zm9v"))
    host("any", o("SATISFY_ANY"), o("ALLOW", "127.0.0.5"), o("BASIC", "r"), o("BASIC_USER", *users[1]))
    host("anyip", o("SATISFY_ANY"), o("ALLOW", "127.0.0.5"))
    host("anydeny", o("SATISFY_ANY"), o("DENY", "127.0.0.5"), o("BASIC", "r"), o("BASIC_USER", *users[1]))
    host("all", o("ALLOW", "127.0.0.5"), o("BASIC", "r"), o("BASIC_USER", *users[1]))
    publish()

    def auth(text): return [("Authorization", "Basic " + base64.b64encode(text.encode()).decode())]
    is_equal("allowed", status("allow", src="127.0.0.5"), 200)
    is_equal("not allowed", status("allow", src="127.0.0.6"), 403)
    is_equal("IPv6 allowed", status("allow", addr="fd00:77::1", port=82), 200)
    is_equal("IPv6 not allowed", status("allow", addr="::1", port=82), 403)
    is_equal("mapped address is IPv4", status("allow", src="127.0.0.5", port=82), 200)
    is_equal("a network of mapped addresses", [status("mapped", src=s, port=p) for s in ("127.0.0.5", "127.0.0.6") for p in (80, 82)], [200, 200, 403, 403])
    p = lambda a: raw(b"PROXY TCP4 %s 127.0.0.1 999 81\r\nGET / HTTP/1.1\r\nHost: allow\r\nConnection: close\r\n\r\n" % a, 81).split(" ")[1]
    is_equal("by the PROXY protocol's address", [p(b"10.1.2.3"), p(b"10.2.0.1")], ["200", "403"])
    is_equal("denied", [status("deny", src="127.0.0.5"), status("deny", src="127.0.0.6")], [403, 200])
    is_equal("IPv6 denied", [status("deny", addr="fd00:77::1", port=82), status("deny", addr="::1", port=82)], [403, 200])
    is_equal("denied before allowed", [status("both", src="127.0.0.5"), status("both", src="127.0.0.6")], [403, 200])
    r = ask("basic")
    is_equal("no user: 401 with the realm", (r.status, r.get("WWW-Authenticate")), (401, ['Basic realm="the \\"realm\\""']))
    for n, h in users:
        is_equal("password as " + n, [status("basic", headers=auth(n + ":" + w)) for w in ("pw", "pw", "pW", "pW", "")], [200, 200, 401, 401, 401])
    is_equal("unknown user", status("basic", headers=auth("nope:pw")), 401)
    is_equal("bad Authorization", [status("basic", headers=[("Authorization", v)]) for v in ("Basic", "Basic !!", "Basic YQ==", "Bearer x")], [401] * 4)
    is_equal("the password is not for the backend", [ask(h, headers=auth("sha:pw"), src=s).sent("Authorization") for h, s in (("basic", None), ("any", None), ("any", "127.0.0.5"), ("all", "127.0.0.5"))], [[]] * 4)
    is_equal("what the policy sets is", ask("own", headers=auth("sha:pw")).sent("Authorization"), ["Basic Zm9v"])
    is_equal("and lets nobody in", [status("own"), status("own", headers=auth("sha:no"))], [401, 401])
    is_equal("without a password of ours it passes", ask("allow", src="127.0.0.5", headers=auth("a:b")).sent("Authorization"), [auth("a:b")[0][1]])
    is_equal("no users: nobody", status("nobody", headers=auth(":")), 401)
    begin = time.time()
    good = all(status("basic", headers=auth("bcrypt:pw")) == 200 for _ in range(30))
    check("30 requests with a costly hash: it is computed once", good and time.time() - begin < 3, time.time() - begin)
    hosts["basic"]["paths"][0][2][:] = [o("BASIC", "r"), o("BASIC_USER", "bcrypt", crypt("other", "$1$abcdefgh$"))]
    publish()
    is_equal("a changed password counts at once", [status("basic", headers=auth("bcrypt:" + w)) for w in ("pw", "other")], [401, 200])
    is_equal("any: address", status("any", src="127.0.0.5"), 200)
    is_equal("any: user", status("any", headers=auth("sha:pw")), 200)
    is_equal("any: neither", status("any", headers=auth("sha:no")), 401)
    is_equal("any: address alone", [status("anyip", src="127.0.0.5"), status("anyip")], [200, 403])
    is_equal("any: a denied address may log in", [status("anydeny", src="127.0.0.5"), status("anydeny", src="127.0.0.5", headers=auth("sha:pw")), status("anydeny")], [401, 200, 401])
    is_equal("all: both", [status("all", src=s, headers=h) for s in ("127.0.0.5", "127.0.0.6") for h in (auth("sha:pw"), [])], [200, 401, 403, 403])


# --- how much ---
def many(n, *a, **k): return [status(*a, **k) for _ in range(n)].count(200)


def limits(nginx):
    host("rps", o("LIMIT_RPS", 1), o("LIMIT_BURST", 3), o("LIMIT_EXEMPT", "127.0.1.0/24"))
    host("rpsdef", o("LIMIT_RPS", 1))
    host("rpsoff", o("LIMIT_RPS", 0), o("LIMIT_CONNECTIONS", 0))
    host("shared", o("LIMIT_RPM", 1), o("LIMIT_BURST", 3), more=[(PREFIX, "/x", [o("LIMIT_RPM", 1), o("LIMIT_BURST", 3), o("UPSTREAM_HOST", "x")], [("web", 1, None, False)])])
    host("rpm", o("LIMIT_RPM", 2), o("LIMIT_BURST", 2))
    host("rprpm", o("LIMIT_RPS", 1000), o("LIMIT_RPM", 1), o("LIMIT_BURST", 1))
    host("rpsten", o("LIMIT_RPS", 10), o("LIMIT_BURST", 1))
    host("conns", o("LIMIT_CONNECTIONS", 2))
    host("rate", o("LIMIT_RATE", 50000), o("LIMIT_RATE_AFTER", 50000))
    host("body", o("BODY_MAX", 1000))
    host("bodystream", o("BODY_MAX", 1000))
    host("nobodymax", o("BODY_MAX", 0))
    publish()
    is_equal("requests a second: rate and burst", many(12, "rps") in (4, 5), True)
    is_equal("another address has its own", many(12, "rps", src="127.0.0.9") in (4, 5), True)
    is_equal("exempt", many(12, "rps", src="127.0.1.7"), 12)
    is_equal("IPv6 and mapped addresses count", [many(12, "rps", addr="fd00:77::1", port=82) in (4, 5), many(3, "rps", port=82) <= 1], [True, True])
    is_equal("the burst is five times the rate", many(15, "rpsdef") in (6, 7), True)
    is_equal("a limit of 0 is none", many(8, "rpsoff"), 8)
    is_equal("policies of one Ingress count together", many(8, "shared") + many(8, "shared", "/x"), 4)
    is_equal("requests a minute", many(12, "rpm"), 5)
    is_equal("both: the smaller counts", many(12, "rprpm"), 2)
    many(30, "rpsten")
    time.sleep(0.6)
    is_equal("the bucket runs out with time", many(3, "rpsten"), 3)

    slow = []
    def hold(): slow.append(status("conns", "/?hold"))
    ts = [threading.Thread(target=hold) for _ in range(2)]
    for t in ts: t.start()
    for t in ts: arrived.acquire()
    is_equal("too many connections", status("conns"), 503)
    is_equal("another address's connections", status("conns", src="127.0.0.9"), 200)
    gate.set()
    for t in ts: t.join()
    gate.clear()
    is_equal("those in time went through", slow, [200, 200])
    is_equal("and are free again", many(5, "conns"), 5)

    socks = [socket.create_connection(("127.0.0.1", 80)) for _ in range(2)]
    for s in socks: s.sendall(b"GET /?hold HTTP/1.1\r\nHost: conns\r\n\r\n")
    for s in socks: arrived.acquire()
    is_equal("connections before a worker dies", status("conns"), 503)
    worker = int(subprocess.check_output(["pgrep", "-P", str(nginx.pid)]).split()[0])
    os.kill(worker, signal.SIGKILL)
    good, end = False, time.time() + 5 * patience
    while not good and time.time() < end:
        try: good = status("conns") == 200
        except OSError: time.sleep(0.05)
    check("a killed worker's connections are forgotten", good)
    for s in socks: s.close()
    gate.set()

    bad = [status("rps", src="127.1.%d.%d" % (i // 200, i % 200 + 1)) for i in range(1500)].count(503)
    is_equal("1500 addresses in memory for 250: none is refused", bad, 0)
    is_equal("limits still hold then", many(12, "rps", src="127.0.0.77") in (4, 5), True)

    begin = time.time()
    r = ask("rate", "/?big=150000")
    took = time.time() - begin
    check("rate of an answer", len(r.body) == 150000 and 1.5 < took < 10 * patience, took, len(r.body))
    big = b"x" * 1001
    is_equal("body: small enough", ask("body", method="POST", body=big[:1000]).heard.get("body"), 1000)
    is_equal("body: too large", status("body", method="POST", body=big), 413)
    is_equal("body: too large, said at once", raw(b"POST / HTTP/1.1\r\nHost: body\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n").split(" ")[1], "413")
    is_equal("body in chunks: small enough", ask("body", method="POST", body=big[:1000], chunked=True).heard.get("body"), 1000)
    is_equal("body in chunks: too large", status("body", method="POST", body=big, chunked=True), 413)
    meg = b"x" * (1 << 20)
    is_equal("body without option: 1 MiB", [status("conns", method="POST", body=b) for b in (meg, meg + b"x")], [200, 413])
    is_equal("body without limit", ask("nobodymax", method="POST", body=meg * 3).heard.get("body"), 3 << 20)
    is_equal("body without limit, in chunks", ask("nobodymax", method="POST", body=meg * 3, chunked=True).heard.get("body"), 3 << 20)
    is_equal("HTTP/2 without length", [h2("body", b"x" * n) for n in (1000, 1001)], ["200", "413"])
    is_equal("HTTP/2 with length", [h2("body", b"x" * n, True) for n in (1000, 1001)], ["200", "413"])


def h2(name, data, length=False):
    def text(s): return bytes([len(s)]) + s.encode()
    def field(k, v): return b"\0" + text(k) + text(v)
    def frame(kind, flags, stream, payload): return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload
    head = field(":method", "POST") + field(":scheme", "http") + field(":path", "/") + field(":authority", name)
    if length: head += field("content-length", str(len(data)))
    s = socket.create_connection(("127.0.0.1", 84), timeout=20 * patience)
    f = s.makefile("rb")
    s.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, b"") + frame(1, 4, 1, head) + frame(0, 1, 1, data))
    while True:
        h = f.read(9)
        if len(h) < 9: return "closed"
        p = f.read(int.from_bytes(h[:3], "big"))
        if h[3] == 1: return "200" if p[:1] == b"\x88" or b"\x88" in p[:4] else (re.search(rb"\d\d\d", p) or [b"?"])[0].decode()


# --- affinity ---
def cookie_of(r, name="route"):
    for v in r.get("Set-Cookie"):
        if v.startswith(name + "="): return v.split(";")[0], v
    return None, ""


def affinity():
    three = [("three", 1, None, False)]
    host("sticky", o("COOKIE", "route"), targets=three, path="/shop")
    host("persist", o("COOKIE", "route"), o("COOKIE_PERSISTENT"), targets=[("two", 1, None, False)])
    host("balanced", o("COOKIE", "route"), targets=[("two", 1, None, False)])
    host("attrs", o("COOKIE", "sid"), o("COOKIE_PATH", "/p"), o("COOKIE_DOMAIN", "d.example"), o("COOKIE_MAX_AGE", 60), o("COOKIE_EXPIRES", 60),
         o("COOKIE_SAMESITE", "None"), o("COOKIE_SAMESITE_CONDITIONAL"), o("COOKIE_SECURE", 1), targets=three)
    host("lax", o("COOKIE", "sid"), o("COOKIE_SAMESITE", "Lax"), o("COOKIE_SECURE", 0), targets=three)
    host("regexck", o("COOKIE", "sid"), path="^/a(.*)", match=REGEX, targets=three)
    for p, more in (("keep", []), ("change", [o("COOKIE_ON_FAILURE")])):
        host("half" + p, o("COOKIE", "route"), o("NEXT_UPSTREAM", 3), *more, targets=[("half", 1, None, False)])
        host("phalf" + p, o("COOKIE", "route"), o("COOKIE_PERSISTENT"), *more, targets=[("half", 1, None, False)])
    canary = [("two", 1, None, False), ("canary", 1, None, True)]
    host("canary", o("COOKIE", "route"), targets=canary)
    host("legacy", o("COOKIE", "route"), o("COOKIE_CANARY_LEGACY"), targets=list(canary))
    publish()
    r = ask("sticky", "/shop/x")
    c, whole = cookie_of(r)
    check("a cookie: the matched path, HttpOnly, not Secure", re.fullmatch(r"route=[0-9a-f]{8}\.[0-9a-f]{8}; Path=/shop; HttpOnly", whole), r)
    check("the backend's own cookies stay", "own=1" in r.get("Set-Cookie"), r)
    rs = [ask("sticky", "/shop/x", headers=[("Cookie", "a=b; " + c + "; x=y")]) for _ in range(9)]
    is_equal("the same endpoint", {x.heard["port"] for x in rs}, {r.heard["port"]})
    is_equal("and no further cookie", [cookie_of(x)[0] for x in rs], [None] * 9)
    check("clients are spread", len({ask("sticky", "/shop").heard["port"] for _ in range(40)}) == 3)
    for bad in ("route=", "route=x", "route=zzzzzzzz.zzzzzzzz", "route=00000000.00000000", "route=" + "1" * 3000):
        r = ask("sticky", "/shop", headers=[("Cookie", bad)])
        check("a cookie that is none: " + bad[:30], r.status == 200 and cookie_of(r)[0], r)
    r = ask("sticky", "/shop", port=8443, tls=True)
    check("Secure over TLS", "; Secure; HttpOnly" in cookie_of(r)[1], r)
    _, whole = cookie_of(ask("attrs", headers=[("User-Agent", "Mozilla/5.0 Chrome/90")]), "sid")
    check("attributes", re.fullmatch(r"sid=\S+; Expires=\w{3}, \d\d-\w{3}-\d+ [\d:]+ GMT; Max-Age=60; Domain=d.example; Path=/p; Secure; HttpOnly; SameSite=None", whole), whole)
    olds = ("Mozilla Chrome/55", "Mozilla (CPU iPhone OS 12_0)", "Mozilla (Macintosh; Intel Mac OS X 10_14_6) Safari/1")
    is_equal("SameSite=None is left out for old browsers", ["SameSite" in cookie_of(ask("attrs", headers=[("User-Agent", a)]), "sid")[1] for a in olds], [False] * 3)
    _, whole = cookie_of(ask("lax", port=8443, tls=True), "sid")
    check("SameSite, never Secure", whole.endswith("; Path=/; HttpOnly; SameSite=Lax"), whole)
    check("path of a regular expression", "; Path=/;" in cookie_of(ask("regexck", "/abc"), "sid")[1])

    def clients(h, n):
        out = []
        for _ in range(n):
            r = ask(h)
            out.append((cookie_of(r)[0], r.heard["port"]))
        return out
    def moved(h, cs):
        rs = [(ask(h, headers=[("Cookie", c)]), p) for c, p in cs]
        return [r.heard["port"] for r, p in rs if r.heard["port"] != p], [cookie_of(r)[0] for r, p in rs if cookie_of(r)[0]]
    ps, bs = clients("persist", 40), clients("balanced", 40)
    backends["two"] = backends["two"] + [("127.0.0.1", 9003)]
    publish()
    m, _ = moved("persist", ps)
    is_equal("persistent: a new endpoint takes over nobody", m, [])
    m, _ = moved("balanced", bs)
    check("balanced: it takes over its share, from nobody else", set(m) == {9003} and 4 <= len(m) <= 25, m)
    backends["two"] = [e for e in backends["two"] if e[1] != 9003]
    publish()
    is_equal("balanced: and gives it back", moved("balanced", bs)[0], [])
    backends["two"] = [("127.0.0.1", 9002)]
    publish()
    m, cs = moved("persist", ps)
    check("persistent: who was at one that has gone gets another and a new cookie", m and len(m) == len(cs) and set(m) == {9002}, m, cs)
    backends["two"] = [("127.0.0.1", 9001), ("127.0.0.1", 9002)]
    publish()

    # one of two endpoints is dead: 9999
    for h in ("halfkeep", "phalfkeep"):
        rs = [ask(h) for _ in range(30)]
        check(h + ": a dead endpoint fails nobody", all(r.status == 200 for r in rs), rs[0])
    for h in ("halfchange", "phalfchange"):
        rs = [ask(h) for _ in range(20)]
        again = [ask(h, headers=[("Cookie", cookie_of(r)[0])]) for r in rs]
        is_equal(h + ": on failure cookies name the living one", [(r.status, cookie_of(r)[0]) for r in again], [(200, None)] * 20)
    c = next(c for c in ("%08x" % i for i in range(1000)) if cookie_of(ask("halfchange", headers=[("Cookie", "route=" + c + "." + cookie_of(rs[0])[0][-8:])]))[0])
    r = ask("halfkeep", headers=[("Cookie", "route=" + c + "." + cookie_of(rs[0])[0][-8:])])
    is_equal("without, the client's stays", (r.status, cookie_of(r)[0]), (200, None))

    who = {}
    for _ in range(60):
        r = ask("canary")
        who.setdefault(r.heard["port"] == 9003, cookie_of(r)[0])
    check("canary and main both serve", set(who) == {True, False}, who)
    is_equal("who was served by the canary stays", {ask("canary", headers=[("Cookie", who[True])]).heard["port"] for _ in range(30)}, {9003})
    is_equal("who was not stays away", 9003 in {ask("canary", headers=[("Cookie", who[False])]).heard["port"] for _ in range(30)}, False)
    hosts["canary"]["paths"][0][3][:] = [("two", 1, None, False)]
    publish()
    r = ask("canary", headers=[("Cookie", who[True])])
    check("the canary is gone: a new cookie", r.heard["port"] != 9003 and cookie_of(r)[0], r)
    c = cookie_of(next(r for r in iter(lambda: ask("legacy"), None) if r.heard["port"] != 9003))[0]
    ports = [ask("legacy", headers=[("Cookie", c)]).heard["port"] for _ in range(40)]
    check("legacy: weights decide anew", 9003 in ports and len(set(ports) - {9003}) == 1, ports)
    is_equal("legacy: the canary gives no cookie", [cookie_of(r)[0] for r in (ask("legacy") for _ in range(30)) if r.heard["port"] == 9003 and cookie_of(r)[0]], [])


# --- hashes ---
def hashes():
    three = lambda b="three": [(b, 1, None, False)]
    host("hash", o("HASH", 1, "$arg_k-$http_x_k"), targets=three())
    host("dead4", o("HASH", 1, "$arg_k-$http_x_k"), o("NEXT_UPSTREAM", 3), targets=three("four"))
    host("all", o("HASH", 1, "all"), targets=three())
    host("empty", o("HASH", 1, "$http_x_none$cookie_none"), targets=three())
    host("unknown", o("HASH", 1, "x$connection"), targets=three())
    host("addr", o("HASH", 1, "$remote_addr"), targets=three())
    host("rewritten", o("HASH", 1, "$uri"), o("REWRITE_PATH", "/same"), targets=three())
    host("subset", o("HASH", 2, "$arg_k"), targets=three())
    host("subset64", o("HASH", 64, "$arg_k"), targets=three())
    host("hashcookie", o("HASH", 1, "$arg_k"), o("COOKIE", "route"), targets=three())
    host("hashcanary", o("HASH", 1, "$arg_k"), targets=[("two", 1, None, False), ("canary", 1, None, True)])
    host("hasherror", o("HASH", 1, "$arg_k"), o("ERROR_CODE", 500), o("ERROR_BACKEND", "t/three:80"), targets=three("two"))
    host("hashbody", o("HASH", 1, "$request_method$scheme$host$content_type"), targets=three())
    for h in ("attached", "nothing"): host(h, *([] if h == "nothing" else [o("HASH", 1, "$arg_k-$http_x_k")]), targets=three("none"))
    publish()
    keys = ["%d" % i for i in range(90)]
    def where(h, ks=keys, **k):
        rs = [ask(h, "/p?k=" + x, **k) for x in ks]
        bad = [r for r in rs if r.status != 200]
        return bad or [r.heard["port"] for r in rs]
    spread = lambda ports: all(ports.count(p) >= 15 for p in (9001, 9002, 9003))
    end = time.time() + 20
    while not spread(first := where("hash")) and time.time() < end: pass # who has failed in a part before is left out for 5 s
    is_equal("a key's requests go to one endpoint", [where("hash"), where("hash")], [first, first])
    check("keys are spread", spread(first), first)
    check("all of the text counts", where("hash", headers=[("X-K", "other")]) != first)
    # by rank: who is gone, and who does not answer, leaves all keys but his where they are
    is_equal("an endpoint that fails: its keys go to who is next for them, the others nowhere", where("dead4"), first)
    backends["three"] = [e for e in backends["three"] if e[1] != 9002]
    publish()
    less = where("hash")
    is_equal("an endpoint leaves: other keys stay", [(a, b) for a, b in zip(first, less) if a != b and a != 9002], [])
    moved = [b for a, b in zip(first, less) if a == 9002]
    check("its keys go to all others", set(moved) == {9001, 9003}, moved)
    backends["three"] = [("127.0.0.1", p) for p in (9003, 9002, 9001)]
    publish()
    is_equal("it comes back: so do its keys", where("hash"), first)
    is_equal("text alone: one endpoint", len(set(where("all"))), 1)
    got = where("empty")
    is_equal("what comes to nothing goes by turns", [got.count(p) for p in (9001, 9002, 9003)], [30] * 3)
    is_equal("a variable that there is not: by turns", len(set(where("unknown"))), 3)
    by = [[ask("addr", src="127.0.0.%d" % i).heard["port"] for i in range(1, 40)] for _ in range(2)]
    check("by address", by[0] == by[1] and len(set(by[0])) == 3, by)
    is_equal("by the URI that the backend gets", len({ask("rewritten", "/" + x).heard["port"] for x in keys}), 1)
    sets = [{ask("subset", "/?k=" + x).heard["port"] for _ in range(40)} for x in keys[:12]]
    check("a subset: two endpoints for a key, not the same for all", {len(s) for s in sets} == {2} and len({tuple(sorted(s)) for s in sets}) > 1, sets)
    is_equal("a subset of more than there are: all", len({ask("subset64", "/?k=1").heard["port"] for _ in range(60)}), 3)
    check("a cookie is stronger", len({ask("hashcookie", "/?k=1").heard["port"] for _ in range(40)}) == 3)
    got = [ask("hashcanary", "/?k=1").heard["port"] for _ in range(60)]
    check("within the backend that weights choose", len(set(got)) == 2 and 10 <= got.count(9003) <= 50, got)
    got = [ask("hasherror", "/fail500?k=1").heard["port"] for _ in range(30)]
    is_equal("who answers for another: by turns", len(set(got)), 3)
    is_equal("a long key", len({ask("hash", "/?k=" + "x" * 7000).heard["port"] for _ in range(5)}), 1)
    is_equal("some more variables", len({ask("hashbody", method="POST", body=b"x").heard["port"] for _ in range(9)}), 1)
    is_equal("no endpoints are no endpoints", [status("attached"), status("nothing")], [status("nothing")] * 2)


# --- what backends call themselves ---
def given():
    cookies = (o("SET_COOKIE_DOMAIN", "localhost", "example.org"), o("SET_COOKIE_PATH", "/one/", "/"))
    place = (o("LOCATION", "http://inner:8080/", "$scheme://$http_host/app/"),)
    host("given", *cookies, *place)
    host("domain", cookies[0])
    host("path", cookies[1])
    host("place", *place)
    host("relative", o("LOCATION", "http://$host/", "/app/"))
    host("slashes", o("LOCATION", "http://inner", "/"))
    host("unknown2", o("LOCATION", "http://inner/", "https://$hostname/"))
    host("own2", *cookies, o("COOKIE", "route"), o("COOKIE_DOMAIN", "localhost"), o("COOKIE_PATH", "/one/x"), o("RESPONSE_ADD", "Set-Cookie", "more=1; Domain=localhost"))
    host("away", o("REDIRECT", 301, "http://inner:8080/x"), *place)
    host("err", *cookies, *place, o("ERROR_CODE", 500), o("ERROR_BACKEND", "t/canary:80"))
    publish()
    say = lambda *lines: dict(headers=[("X-Say", x) for x in lines])
    def cookie(h, v, **k): return ask(h, **k, **say("Set-Cookie: " + v)).get("Set-Cookie")[1:]
    for was, want in (("a=1; Domain=localhost; Path=/one/x", "a=1; Domain=example.org; Path=/x"), ("a=1; domain=.LOCALHOST;path=/one/", "a=1; domain=.example.org;path=/"),
                      ("a=1; Domain=localhost.evil; Path=/onetwo; Secure", None), ("Domain=localhost; Path=/one", None), ("a=localhost", None), ("a=1;;Domain;Path=;Domain=", None),
                      ("a=1; Domain = localhost ; Path= /one/b/one/", "a=1; Domain = example.org ; Path= /b/one/"), ("a=1; Domain=localhost; Domain=LocalHost", "a=1; Domain=example.org; Domain=example.org"),
                      ("a=1; XDomain=localhost; Path=/One/", None), ("a; Domain=localhost", None), ("a=/one/; Path=/one/", "a=/one/; Path=/"), ("a=1" + "; Path=/one/x" * 64, "a=1" + "; Path=/x" * 64), ("a=1" + "; Path=/one/x" * 65, None)):
        is_equal("Set-Cookie: " + was[:60], cookie("given", was), [want or was])
    is_equal("the domain alone", cookie("domain", "a=1; Domain=localhost; Path=/one/"), ["a=1; Domain=example.org; Path=/one/"])
    is_equal("the path alone", cookie("path", "a=1; Domain=localhost; Path=/one/"), ["a=1; Domain=localhost; Path=/"])
    is_equal("all cookies", ask("given", **say("Set-Cookie: a=1; Path=/one/a", "Set-Cookie: b=1; Path=/one/b")).get("Set-Cookie"), ["own=1", "a=1; Path=/a", "b=1; Path=/b"])
    r = ask("own2", **say("Set-Cookie: a=1; Domain=localhost"))
    check("cookies that are not the backend's stay", [re.sub("^route=[^;]*", "route", c) for c in r.get("Set-Cookie")] ==
          ["own=1", "a=1; Domain=example.org", "route; Domain=localhost; Path=/one/x; HttpOnly", "more=1; Domain=localhost"], r)
    def to(h, v, name="Location", at="", **k): return ask(h + at, **k, **say(name + ": " + v)).one(name)
    for was, want in (("http://inner:8080/x?y=1#z", "http://given/app/x?y=1#z"), ("http://inner:8080/", "http://given/app/"), ("http://inner:8080", None), ("HTTP://inner:8080/x", None), ("/x", None), ("https://inner:8080/", None)):
        is_equal("Location: " + was, to("given", was), want or was)
    is_equal("Location: with the client's port", to("given", "http://inner:8080/x", at=":1234"), "http://given:1234/app/x")
    is_equal("Location: with the client's scheme", to("given", "http://inner:8080/x", port=8443, tls=True), "https://given/app/x")
    is_equal("Location: a path in its place is one of the host that was asked", to("relative", "http://relative/x", at=":81"), "http://relative:81/app/x")
    is_equal("Location: what begins with two slashes is no path", to("slashes", "http://inner/x"), "//x")
    is_equal("Location: a variable that there is not: as it is", to("unknown2", "http://inner/x"), "http://inner/x")
    for was, want in (("5; url=http://inner:8080/x", "5; url=http://given/app/x"), ("0;URL=http://inner:8080/", "0;URL=http://given/app/"), ("5", None), ("5; url='http://inner:8080/'", None), ("url", None)):
        is_equal("Refresh: " + was, to("given", was, "Refresh"), want or was)
    is_equal("answers that are not the backend's stay", location("away"), (301, "http://inner:8080/x"))
    h2 = subprocess.run(["curl", "-si", "-m", "20", "--http2-prior-knowledge", "-H", "Host: given", "-H", "X-Say: Location: http://inner:8080/x", "-H", "X-Say: Set-Cookie: a=1; Path=/one/x", "http://127.0.0.1:84/"],
                        stdout=subprocess.PIPE).stdout.decode()
    check("the same with HTTP/2", "location: http://given/app/x\r" in h2 and "set-cookie: a=1; Path=/x\r" in h2, h2)
    r = ask("err", "/fail500", **say("Set-Cookie: a=1; Path=/one/a", "Location: http://inner:8080/x"))
    is_equal("who answers for another is not meant", (r.get("Set-Cookie")[1:], r.one("Location")), (["a=1; Path=/one/a"], "http://inner:8080/x"))
    # beside nginx, which writes a cookie anew when it changes it
    words, state = ["a", "=", ";", "; ", " ", "Domain", "path", "=localhost", "=.LocalHost", "=/one/", "=/one", "localhost", "a=1; ", "; Domain=localhost", "; PATH=/one/x", "Secure"], 7
    def parts(c): return [[w.strip(" ") for w in p.split("=", 1)] for p in c.split(";")]
    wrong = []
    for _ in range(400):
        text = ""
        for _ in range(1 + state % 9):
            state = (state * 1103515245 + 12345) % (1 << 31)
            text += words[(state >> 8) % len(words)]
        text = text.strip(" ") or "x"
        both = [[parts(c) for c in ask("given", port=p, **say("Set-Cookie: " + text)).get("Set-Cookie")[1:]] for p in (80, 86)]
        if both[0] != both[1]: wrong.append((text, both))
    is_equal("400 cookies as nginx has them", wrong[:5], [])
    wrong = []
    for head in ("http://inner:8080", "http://inner:8080/", "/", "", "0; url=", "url=URL=", "5;Url=http://inner:8080/"):
        for tail in ("x", "http://inner:8080/", "/a?url=http://inner:8080/b"):
            for name in ("Location", "Refresh"):
                both = [ask("given", port=p, **say("%s: %s" % (name, head + tail))).get(name) for p in (80, 86)]
                if both[0] != both[1]: wrong.append((name, head + tail, both))
    is_equal("places as nginx has them", wrong, [])


# --- what the client hears ---
def answers_headers():
    host("resp", o("RESPONSE_SET", "X-Old", "new"), o("RESPONSE_SET", "content-type", "text/x"), o("RESPONSE_SET", "Server", "mine"),
         o("RESPONSE_ADD", "X-Add", "1"), o("RESPONSE_ADD", "Set-Cookie", "more=1"), o("RESPONSE_REMOVE", "etag"), o("RESPONSE_REMOVE", "Date"),
         o("RESPONSE_REMOVE", "Last-Modified"), targets=[("web", 1, [o("RESPONSE_ADD", "X-Add", "2")], False)])
    host("noserver", o("RESPONSE_REMOVE", "Server"), o("RESPONSE_REMOVE", "Content-Type"), o("RESPONSE_SET", "Last-Modified", "never"), o("RESPONSE_SET", "ETag", '"mine"'))
    host("resp503", o("REFUSED"), o("RESPONSE_SET", "X-Set", "1"))
    host("respto", o("REDIRECT", 301, "https://x/"), o("RESPONSE_SET", "X-Set", "1"))
    host("cors", o("CORS"))
    host("corslist", o("CORS"), o("CORS_ORIGIN", "https://a.example"), o("CORS_ORIGIN", "http://*.w.example:8080"), o("CORS_ORIGIN", "null"), o("CORS_METHODS", "GET, PUT"),
         o("CORS_HEADERS", "X-H"), o("CORS_EXPOSE", "X-E"), o("CORS_CREDENTIALS", 0), o("CORS_MAX_AGE", 10))
    host("corsall", o("CORS"), o("CORS_ORIGIN", "https://a.example"), o("CORS_ORIGIN", "*"))
    host("corshttps", o("CORS"), o("HTTPS_REDIRECT", 308), o("BASIC", "r"))
    host("corsgw", o("CORS", 1), o("CORS_ORIGIN", "https://*.gw.example"), o("CORS_METHODS", "GET"), o("CORS_HEADERS", ""), o("CORS_CREDENTIALS", 0), o("CORS_MAX_AGE", 5))
    host("corsgwall", o("CORS", 1), o("CORS_ORIGIN", "*"), o("CORS_METHODS", "*"), o("CORS_HEADERS", "*"), o("CORS_CREDENTIALS", 1), o("CORS_MAX_AGE", 5))
    host("corsgwnone", o("CORS", 1))
    host("nocors")
    publish()
    r = ask("resp")
    is_equal("response headers", [r.get(n) for n in ("X-Old", "Content-Type", "Server", "X-Add", "Set-Cookie", "ETag", "Date", "Last-Modified")],
             [["new"], ["text/x"], ["mine"], ["1,2"], ["own=1", "more=1"], [], [], []])
    h2 = subprocess.run(["curl", "-si", "-m", "20", "--http2-prior-knowledge", "-H", "Host: resp", "http://127.0.0.1:84/"], stdout=subprocess.PIPE).stdout.decode().lower()
    check("the same with HTTP/2", all(x in h2 for x in ("x-old: new\r", "content-type: text/x\r", "server: mine\r", "x-add: 1,2\r")) and "\ndate:" not in h2 and "etag" not in h2, h2)
    r = ask("noserver")
    is_equal("without Server and Content-Type", [r.get(n) for n in ("Server", "Content-Type", "Last-Modified", "ETag")], [[], [], ["never"], ['"mine"']])
    is_equal("on answers of nginx' own", [(r.status, r.get("X-Set")) for r in (ask("resp503"), ask("respto"))], [(503, ["1"]), (301, ["1"])])
    AC = "Access-Control-"
    def cors(r): return [r.get(AC + n) for n in ("Allow-Origin", "Allow-Credentials", "Allow-Methods", "Allow-Headers", "Expose-Headers", "Max-Age")]
    default = [["*"], ["true"], ["GET, PUT, POST, DELETE, PATCH, OPTIONS"],
               ["DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization"], [], ["1728000"]]
    is_equal("CORS without options", cors(ask("cors")), default)
    a = [("Origin", "https://a.example")]
    r = ask("cors", method="OPTIONS", headers=a)
    is_equal("preflight", (r.status, cors(r), r.body), (204, default, b""))
    is_equal("a star in a list is all", cors(ask("corsall", headers=[("Origin", "http://x")]))[0], ["*"])
    mine = lambda origin: [[origin], [], ["GET, PUT"], ["X-H"], ["X-E"], ["10"]]
    r = ask("corslist", headers=a)
    is_equal("origin of a list is echoed", (cors(r), r.get("Vary")), (mine("https://a.example"), ["Origin"]))
    w = "HTTP://X-1.w.Example:8080"
    is_equal("wildcard label", cors(ask("corslist", headers=[("Origin", w)])), mine(w))
    bad = ["https://b.example", "http://w.example:8080", "http://a.b.w.example:8080", "http://.w.example:8080", "http://a/.w.example:8080", "http://x.w.example", "https://a.example.evil",
           "xhttps://a.example", "https://a.exampl", ""]
    for origin in bad:
        r = ask("corslist", headers=[("Origin", origin)])
        check("origin %r is not let in" % origin, r.get(AC + "Allow-Origin") == ["backend"] and r.get("Vary") == ["Origin"], r)
    is_equal("origin null", cors(ask("corslist", headers=[("Origin", "null")]))[0], ["null"])
    r = ask("corslist", method="OPTIONS", headers=[("Origin", "https://b.example")])
    is_equal("OPTIONS of another origin is the backend's", (r.status, r.heard.get("method")), (200, "OPTIONS"))
    is_equal("preflight before redirect and user", status("corshttps", method="OPTIONS", headers=a), 204)
    r = ask("corshttps", headers=a, port=8443, tls=True)
    is_equal("CORS on a refusal", (r.status, cors(r)[0]), (401, ["*"]))
    is_equal("OPTIONS without CORS is the backend's", ask("nocors", method="OPTIONS").heard.get("method"), "OPTIONS")
    r = ask("corslist", "/fail500", headers=a)
    is_equal("CORS on a failure", (r.status, cors(r)[0]), (500, ["https://a.example"]))
    # as the Gateway API has it
    deep, asks = [("Origin", "https://a.b.gw.example")], [("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "x-1, x-2")]
    r = ask("corsgw", method="OPTIONS", headers=deep + asks)
    is_equal("strict: preflight of any number of labels", (r.status, cors(r), r.body), (204, [["https://a.b.gw.example"], [], ["GET"], [], [], ["5"]], b""))
    for origin in ("https://gw.example", "https://.gw.example/.gw.example", "http://a.gw.example", "https://a.gw.example:1"):
        r = ask("corsgw", method="OPTIONS", headers=[("Origin", origin)] + asks)
        check("strict: preflight of %r is answered, and lets nobody in" % origin, (r.status, cors(r), r.body) == (204, [[]] * 6, b""), r)
    is_equal("strict: OPTIONS that is no preflight is the backend's", ask("corsgw", method="OPTIONS", headers=deep).heard.get("method"), "OPTIONS")
    r = ask("corsgwall", method="OPTIONS", headers=a + asks)
    is_equal("strict: stars with credentials are what is asked for", (r.status, cors(r)), (204, [["https://a.example"], ["true"], ["PUT"], ["x-1, x-2"], [], ["5"]]))
    r = ask("corsgwall", headers=a)
    is_equal("strict: a star is not told to who comes with credentials", (cors(r)[:4], r.get("Vary")), ([["https://a.example"], ["true"], [], []], ["Origin"]))
    is_equal("strict: without origins nobody", cors(ask("corsgwnone", method="OPTIONS", headers=a + asks)), [[]] * 6)


# --- what is given for all of a class; other answers ---
def classes():
    host("hsts", o("HSTS", "max-age=60"))
    host("own", o("HSTS", "max-age=60"), o("RESPONSE_SET", "Strict-Transport-Security", "max-age=1"))
    host("req", o("LIMIT_RPM", 1), o("LIMIT_BURST", 1), o("LIMIT_REQ_STATUS", 429))
    host("conn", o("LIMIT_CONNECTIONS", 1), o("LIMIT_CONN_STATUS", 420))
    error = (o("ERROR_CODE", 500), o("ERROR_CODE", 502), o("ERROR_BACKEND", "t/canary:80"))
    host("error", *error)
    host("dead", *error, targets=[("dead", 1, None, False)])
    host("behind", *error, o("ALLOW", "127.0.0.0/8"), o("LIMIT_RPM", 100), o("COOKIE", "route"), o("REWRITE_PATH", "/fail500"), o("BODY_MAX", 0), o("UPSTREAM_HOST", "inner"), o("REQUEST_BUFFERING", 0))
    host("nobody", o("ERROR_CODE", 500))
    host("gone", o("ERROR_CODE", 500), o("ERROR_BACKEND", "t/nope:80"))
    host("empty", o("ERROR_CODE", 500), o("ERROR_BACKEND", "t/none:80"))
    host("itself", o("ERROR_CODE", 500), o("ERROR_BACKEND", "t/web:80"))
    publish()
    is_equal("HSTS by TLS", ask("hsts", port=8443, tls=True).get("Strict-Transport-Security"), ["max-age=60"])
    is_equal("HSTS not without", ask("hsts").get("Strict-Transport-Security"), [])
    is_equal("HSTS: the owner's own", ask("own", port=8443, tls=True).get("Strict-Transport-Security"), ["max-age=1"])
    is_equal("status above the rate", sorted({status("req") for _ in range(4)}), [200, 429])
    gate.clear()
    first = threading.Thread(target=ask, args=("conn", "/hold"))
    first.start()
    arrived.acquire()
    is_equal("status above the number of connections", status("conn"), 420)
    gate.set()
    first.join()
    r = ask("error", "/x/fail500?q=%20", headers=[("Accept", "text/a")])
    is_equal("errors: another backend's answer", (r.status, r.heard.get("port"), r.heard.get("method"), r.heard.get("path")), (200, 9003, "GET", "/?q=%20"))
    is_equal("errors: what it hears", [r.sent("X-" + n) for n in ("Code", "Format", "Original-URI", "Namespace", "Ingress-Name", "Service-Name", "Service-Port")],
             [["500"], ["text/a"], ["/x/fail500?q=%20"], ["t"], ["error"], ["web"], ["80"]])
    is_equal("errors: others stay", ask("error", "/x").heard.get("port"), 9001)
    r = ask("error", "/fail500", headers=[("X-Code", "1"), ("X-Namespace", "kube-system")])
    is_equal("errors: a client does not say what it was", (r.sent("X-Code"), r.sent("X-Namespace")), (["500"], ["t"]))
    r = ask("dead")
    is_equal("errors: no answer is one, too", (r.status, r.heard.get("port"), r.sent("X-Code")), (200, 9003, ["502"]))
    is_equal("errors: it hears the request's id", len(r.sent("X-Request-ID")[0]), 32)
    is_equal("errors: no Accept is no X-Format", r.sent("X-Format"), [])
    for kind in (dict(body=b"x" * 300000), dict(body=b"x" * 300000, chunked=True), dict()):
        method, what = "POST" if kind else "GET", "%d bytes%s" % (len(kind.get("body", b"")), " in chunks" if "chunked" in kind else "")
        r = ask("error", "/fail500", method=method, **kind)
        is_equal("errors: with the request's method and body, " + what, (r.status, r.heard.get("port"), r.heard.get("method"), r.heard.get("body")), (200, 9003, method, len(kind.get("body", b""))))
        r = ask("dead", method=method, **kind)
        is_equal("errors: where no backend takes it, " + what, (r.status, r.heard.get("port"), r.heard.get("method"), r.heard.get("body")), (200, 9003, method, len(kind.get("body", b""))))
        r = ask("behind", method=method, **kind)
        is_equal("errors: behind other options; a body that is not kept is gone, " + what,
                 (r.status, r.heard.get("port"), r.heard.get("method"), r.heard.get("body"), r.heard.get("path"), r.sent("Host")), (200, 9003, method, 0, "/", ["behind"]))
    c = http.client.HTTPConnection("127.0.0.1", 80, timeout=20 * patience)
    heard = []
    for h in ("behind", "error", "behind", "error"):
        c.request("POST", "/fail500", b"y" * 1000, {"Host": h})
        heard.append(json.loads(c.getresponse().read())["body"])
    # What comes with the head is there in any case.
    check("errors: requests of one connection do not mix", heard[1::2] == [1000, 1000] and set(heard[::2]) <= {0, 1000}, heard)
    is_equal("errors: no cookie of another endpoint", [c for c in ask("behind").get("Set-Cookie") if c.startswith("route")], [])
    is_equal("errors: DELETE", ask("error", "/fail500", method="DELETE").heard.get("method"), "DELETE")
    is_equal("errors: HEAD", (lambda r: (r.status, r.body))(ask("error", "/fail500", method="HEAD")), (200, b""))
    is_equal("errors: nobody to ask", [(lambda r: (r.status, r.heard.get("port")))(ask(h, "/fail500")) for h in ("nobody", "gone", "empty")], [(500, 9001)] * 3)
    r = ask("itself", "/fail500")
    is_equal("errors: the backend itself", (r.status, r.heard.get("path")), (200, "/"))
    text = raw(b"".join(b"GET / HTTP/1.1\r\nHost: dead\r\n%s\r\n" % c for c in (b"", b"", b"Connection: close\r\n")))
    is_equal("errors: three requests of one connection", text.count("HTTP/1.1 200"), 3)


# --- refusals: the policy's requests are answered 500, others are not touched ---
def refusals():
    nl = "a\r\nb"
    bad = [[999], [34], o("HTTPS_REDIRECT", 200), o("REDIRECT", 304, "/x"), o("REDIRECT", 301, nl), o("REDIRECT", 301), o("REDIRECT_TO", 301, nl), o("REDIRECT_TO", 301), o("REDIRECT_TO", 200, "/x"), o("APP_ROOT", "x"), o("APP_ROOT", "/a b"), o("APP_ROOT", nl),
           o("REDIRECT_PARTS", 404), o("REDIRECT_SCHEME", "ftp"), o("REDIRECT_HOST", "a/b"), o("REDIRECT_PORT", 0), o("REDIRECT_PORT", 65536), o("REDIRECT_PATH", "x"), o("REDIRECT_PREFIX", nl),
           o("REDIRECT_HOST", "x.example"), o("ALLOW", "all"), o("ALLOW", "1.2.3.4/33"), o("ALLOW", ""), o("DENY", "fd00::/129"), o("BASIC", nl), 
           o("CLIENT_CERT", 4), o("CLIENT_CERT_ERROR", nl), o("CLIENT_CERT_CN", nl), o("CLIENT_CERT_CN", ""),
           o("AUTH_URL", "ftp://x"), o("AUTH_URL", "http://"), o("AUTH_URL", "http://a b"), o("AUTH_METHOD", "G T"), o("AUTH_SIGNIN", nl), o("AUTH_SIGNIN_PARAM", "a=b"),
           o("AUTH_RESPONSE_HEADER", "a b"), o("AUTH_REQUEST_HEADER", "X", nl), o("AUTH_REQUEST_REDIRECT", nl), o("AUTH_CACHE", -1, "x"),
           o("LIMIT_RPS", 1000001), o("LIMIT_RPM", -1), o("LIMIT_BURST", 0), o("LIMIT_CONNECTIONS", 65536), o("LIMIT_EXEMPT", "x"), o("LIMIT_RATE", -1), o("LIMIT_RATE_AFTER", -1),
           o("BODY_MAX", -1), o("PROTOCOL", 5), o("REWRITE", "x"), o("REWRITE", "/$x"), o("REWRITE", "/$"), o("REWRITE", "/$0"), o("REWRITE", nl), o("REWRITE", "/" + "x" * 5000), o("REWRITE_PATH", "x"),
           o("REWRITE_PREFIX", "/" + nl), o("UPSTREAM_HOST", "a b"), o("UPSTREAM_HOST", ""), o("FORWARDED_PREFIX", nl), o("REQUEST_SET", "X", nl), o("REQUEST_SET", "X Y", "a"), o("REQUEST_SET", "", "a"),
           o("REQUEST_SET", "Host", "a b"), o("REQUEST_ADD", "Host", "a/b"), o("REQUEST_REMOVE", "Host"), o("CONNECTION_HEADER", nl),
           o("CONNECT_TIMEOUT", 0), o("SEND_TIMEOUT", -1), o("READ_TIMEOUT", 1 << 60), o("REQUEST_TIMEOUT", -1), o("BUFFERING", 2), o("REQUEST_BUFFERING", -1), o("BUFFER_SIZE", 1), o("BUFFER_SIZE", 1 << 40),
           o("BUFFERS", 0), o("BUFFERS", 65536), o("TEMP_FILE_MAX", -1), o("HTTP_VERSION", 20), o("NEXT_UPSTREAM", 0), o("NEXT_UPSTREAM", 1 << 12), o("NEXT_TRIES", -1), o("NEXT_TIMEOUT", -1),
           o("TLS_CERT", ""), o("TLS_CA", ""), o("TLS_VERIFY", 2), o("TLS_DEPTH", -1), o("TLS_NAME", nl), o("TLS_SNI", 2), o("TLS_PROTOCOLS", 16), o("TLS_PROTOCOLS", 0), o("TLS_CIPHERS", nl),
           o("COOKIE", "a b"), o("COOKIE", ""), o("COOKIE_PATH", "/a;b"), o("COOKIE_DOMAIN", nl), o("COOKIE_MAX_AGE", -1), o("COOKIE_EXPIRES", 1 << 60), o("COOKIE_SAMESITE", "none"), o("COOKIE_SECURE", 2),
           o("HASH", 0, "x"), o("HASH", 65, "x"), o("HASH", 1, ""), o("HASH", 1, nl), o("SET_COOKIE_DOMAIN", "a b", "c"), o("SET_COOKIE_DOMAIN", "a", ""), o("SET_COOKIE_DOMAIN", "a", "b;c"),
           o("SET_COOKIE_PATH", "/a", "/;b"), o("SET_COOKIE_PATH", "", "/"), o("SET_COOKIE_PATH", "/", nl), o("LOCATION", "", "x"), o("LOCATION", "x", nl), o("LOCATION", "x", "a b"),
           o("CORS", 2), o("CORS_ORIGIN", nl), o("CORS_ORIGIN", ""), o("CORS_METHODS", nl), o("CORS_HEADERS", nl), o("CORS_EXPOSE", nl), o("CORS_CREDENTIALS", 2), o("CORS_MAX_AGE", -2),
           o("RESPONSE_SET", "X", nl), o("RESPONSE_ADD", "X:", "a"), o("RESPONSE_REMOVE", ""), o("ACCESS_LOG", 2),
           o("HSTS", nl), o("LIMIT_REQ_STATUS", 200), o("LIMIT_REQ_STATUS", 600), o("LIMIT_CONN_STATUS", 0), o("ERROR_CODE", 299), o("ERROR_CODE", 600), o("ERROR_BACKEND", "")]
    for n in ("Connection", "Keep-Alive", "TE", "Transfer-Encoding", "Upgrade", "Content-Length", "Trailer", "Proxy-Connection"):
        bad += [o("REQUEST_SET", n, "1"), o("REQUEST_REMOVE", n.upper()), o("RESPONSE_SET", n, "1"), o("RESPONSE_REMOVE", n.lower())]
    dear = ["$2y$13$" + "x" * 53, "$2y$31$" + "x" * 53, "$2y$05$x", "$6$rounds=999999999$abcdefgh$x", "$6$rounds=1$a$b", "$y$jzT$abc$x", "$y$j9TT$abc$x", "$7$CU..../....abc$x", "$md5$x", "_J9..abc",
            "", "x", "{MD5}x", "$sha1$40000$x$y"]
    bad += [[*o("BASIC_USER", "u", h)] for h in dear]
    bad += [o("BASIC_USER", "", "{SHA}x"), o("BASIC_USER", "a\n", "{SHA}x"), o("BASIC_USER", "a", "{SHA}x\ny")]
    needs = {OPT["OPT_BASIC_USER"]: o("BASIC", "r")}
    for i, x in enumerate(bad):
        x = x + [0, None, None][len(x) - 1:] if len(x) < 4 else x
        bad[i] = x
        host("bad%d" % i, x, *([needs[x[0]]] if x[0] in needs else []))
    host("badextra", targets=[("web", 1, [o("REQUEST_SET", "X", nl)], False)])
    host("baduser", o("BASIC_USER", "u", "{SHA}x"))
    host("good")
    publish()
    names = {v: k for k, v in OPT.items()}
    wrong = [(names.get(x[0], x[0]), x[1:], s) for i, x in enumerate(bad) for s in [status("bad%d" % i)] if s != 500]
    is_equal("%d options out of range: 500" % len(bad), wrong, [])
    said = set(re.findall(r"minik: options? .*?t/(bad\d+)", log()))
    missing = [(names.get(x[0], x[0]), x[1:]) for i, x in enumerate(bad) if "bad%d" % i not in said]
    is_equal("and the log says which", missing, [])
    is_equal("a target's own", status("badextra"), 500)
    is_equal("users without OPT_BASIC", status("baduser"), 500)
    is_equal("others are not touched", status("good"), 200)
    host("full", o("CLIENT_CERT_ERROR", "https://e/"), o("CLIENT_CERT_PASS"), o("LIMIT_RPS", 1000), o("LIMIT_RPM", 1000),
         o("LIMIT_CONNECTIONS", 100), o("CONNECT_TIMEOUT", 5000), o("SEND_TIMEOUT", 60000), o("READ_TIMEOUT", 60000), o("REQUEST_TIMEOUT", 60000), o("BUFFERING", 1), o("REQUEST_BUFFERING", 1),
         o("BUFFER_SIZE", 16384), o("BUFFERS", 8), o("TEMP_FILE_MAX", 0), o("HTTP_VERSION", 11), o("NEXT_UPSTREAM", 0xfff & ~(1 << 11)), o("NEXT_TRIES", 3), o("NEXT_TIMEOUT", 0),
         o("TLS_VERIFY", 0), o("TLS_DEPTH", 1), o("TLS_NAME", "x.example"), o("TLS_SNI", 1), o("TLS_PROTOCOLS", 12), o("TLS_CIPHERS", "HIGH:!aNULL"), o("ACCESS_LOG", 0),
         o("AUTH_METHOD", "GET"), o("AUTH_SIGNIN", "https://$host/x?rd=$escaped_request_uri"), o("AUTH_SIGNIN_PARAM", "rd"), o("AUTH_RESPONSE_HEADER", "X-User"), o("AUTH_REQUEST_HEADER", "X-A", "b"),
         o("AUTH_REQUEST_REDIRECT", "x"), o("AUTH_ALWAYS_COOKIE"), o("AUTH_CACHE", 1000, "$cookie_x"))
    publish()
    is_equal("options of other parts are taken", status("full"), 200)


nginx = start()
try:
    parts = dict(answers=answers, rewriting=rewriting, access=access, limits=lambda: limits(nginx), affinity=affinity, hashes=hashes, given=given, headers=answers_headers, classes=classes, refusals=refusals)
    for p in os.environ.get("POLICY_PARTS", " ".join(parts)).split(): parts[p]()
    nginx.send_signal(signal.SIGQUIT)
    is_equal("nginx ends", nginx.wait(20 * patience), 0)
    alarms = [l for l in log().splitlines() if re.search(r"\[(alert|crit|emerg)\]", l) and "exited on signal 9" not in l and "crypt_r" not in l]
    is_equal("no alarm in nginx' log", alarms, [])
    found = [f for f in os.listdir(N) if f.startswith("asan")]
    check("no report of a sanitizer", not found, *[open(N + "/" + f).read()[:3000] for f in found])
finally:
    if nginx.poll() is None:
        nginx.terminate()
        nginx.wait()
sys.exit(failed)
