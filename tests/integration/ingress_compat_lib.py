"""What ingress_compat.py stands on: backends that answer with what they heard, objects, requests and what is expected of them."""
import base64, http.client, http.server, json, os, re, socket, ssl, subprocess, sys, threading, time

T, A, KUBECTL = os.environ["T"], os.environ["A"], os.environ["KUBECTL"]
patience = int(os.environ.get("MINIK_PATIENCE", "2"))
NOTE = "nginx.ingress.kubernetes.io/"
AUTH = "http://%s:9020" % A  # the authentication service
tls = dict(tls=True)
EXACT, PREFIX, IMPL = "Exact", "Prefix", "ImplementationSpecific"
failed = 0


def check(name, why):
    """why: nothing, or what is wrong."""
    global failed
    print(("not ok " if why else "ok ") + name, flush=True)
    if why:
        failed = 1
        print("    " + str(why)[:1500].replace("\n", "\n    "), flush=True)


def pem(name):
    return open("%s/%s" % (T, name)).read()


# --- backends: answer with what they heard ---
gate, held = threading.Event(), threading.Semaphore(0)  # "hold" in the path: when the gate opens
auth_seen = []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def body(self):
        data = b""
        if self.headers.get("Transfer-Encoding") == "chunked":
            while True:
                n = int(self.rfile.readline(), 16)
                data += self.rfile.read(n)
                self.rfile.readline()
                if not n:
                    return data
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self, status, headers, text):
        self.send_response_only(status)
        for k, v in headers:
            self.send_header(k, v)
        if status != 204:
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, *a):
        pass


class Echo(Handler):
    def any(self):
        data = self.body()
        if "hold" in self.path:
            held.release()
            gate.wait(60)
        tls = self.connection if isinstance(self.connection, ssl.SSLSocket) else None
        text = dict(service=self.server.service, port=self.server.server_port, method=self.command, path=self.path, body=len(data),
                    version=self.request_version, headers=[[k.lower(), v] for k, v in self.headers.items()],
                    tls=tls and tls.version(), sni=getattr(self.server, "sni", None), cert=tls and tls.getpeercert(),
                    cipher=tls and tls.cipher()[0])
        code = re.search(r"code=(\d+)", self.path)
        big = re.search(r"big=(\d+)", self.path)
        more = [("Set-Cookie", "own=1")] if "cookie=1" in self.path else []
        more += [tuple(v.split(": ", 1)) for v in self.headers.get_all("X-Say", [])]
        more += [("Strict-Transport-Security", "max-age=1")] if "hsts=1" in self.path else []
        more += [("X-Powered-By", "python"), ("Content-Type", "application/json")]
        self.answer(int(code.group(1)) if code else self.server.status, more, b"x" * int(big.group(1)) if big else json.dumps(text).encode())

    do_GET = do_POST = do_PUT = do_HEAD = do_OPTIONS = do_DELETE = do_PATCH = any


class Auth(Handler):
    """Lets in user:password; the path says what else it does."""

    def any(self):
        self.body()
        heard = {k.lower(): v for k, v in self.headers.items()}
        auth_seen.append((self.command, self.path, heard))
        good = heard.get("authorization") == "Basic " + base64.b64encode(b"user:password").decode()
        if self.path.startswith("/cookies"):
            return self.answer(200, [("Set-Cookie", "alma=armud")], b"")
        if self.path.startswith("/status/"):
            return self.answer(int(self.path[8:11]), [], b"")
        if self.path.startswith("/headers"):
            return self.answer(200, [("X-User", "ann"), ("X-Group", "staff"), ("Authorization", "foo")], b"")
        self.answer(200 if good else 401, [] if good else [("WWW-Authenticate", 'Basic realm="auth"')], b"")

    do_GET = do_POST = do_HEAD = any


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    status = 200

    def handle_error(self, *a):
        pass  # who was waiting has gone


def serve(port, service="", handler=Echo, status=200, tls=None):
    s = Server((A, port), handler)
    s.service, s.status = service, status
    if tls:
        def named(sock, name, context):
            s.sni = name
        tls.sni_callback = named
        s.socket = tls.wrap_socket(s.socket, server_side=True)
    threading.Thread(target=s.serve_forever, daemon=True).start()
    return s


# --- objects ---
objects = []


def kubectl(*args, text=None):
    r = subprocess.run([KUBECTL, *args], input=text, text=True, capture_output=True)
    if r.returncode:
        check("kubectl " + " ".join(args), r.stderr)
    return r.stdout


def service(name, port, targets, **spec):
    objects.append(dict(apiVersion="v1", kind="Service", metadata=dict(name=name), spec=dict(ports=[dict(name="http", port=port, targetPort=(targets or [port])[0])], **spec)))
    for t in targets:
        objects.append(endpoint(name, t))


def endpoint(name, target):
    return dict(apiVersion="discovery.k8s.io/v1", kind="EndpointSlice", metadata=dict(name="%s-%d" % (name, target), labels={"kubernetes.io/service-name": name}),
                addressType="IPv4", ports=[dict(name="http", port=target, protocol="TCP")], endpoints=[dict(addresses=[A], conditions=dict(ready=True))])


def secret(name, type="Opaque", **data):
    data = {k.replace("__", "."): base64.b64encode(v.encode()).decode() for k, v in data.items()}
    objects.append(dict(apiVersion="v1", kind="Secret", metadata=dict(name=name), type=type, data=data))


def configmap(name, data):
    objects.append(dict(apiVersion="v1", kind="ConfigMap", metadata=dict(name=name), data=data))


def ingress(name, host, notes=None, paths=(("/", PREFIX, "echo"),), tls=None, default=None, old_class=None, cls=None, more_hosts=()):
    """paths: (path, type, service[, port])"""
    def backend(b):
        n = b[1] if isinstance(b, tuple) and len(b) > 1 else 80
        b = b[0] if isinstance(b, tuple) else b
        return dict(service=dict(name=b, port=dict(name=n) if isinstance(n, str) else dict(number=n)))

    rules = [dict({} if h is None else dict(host=h),
                  **(dict(http=dict(paths=[dict(path=p[0], pathType=p[1], backend=backend(p[2:])) for p in paths])) if paths else {}))
             for h in (host, *more_hosts)] if host is not False else []
    spec = dict(rules=rules)
    if tls:
        spec["tls"] = [dict(hosts=h, **(dict(secretName=s) if s else {})) for h, s in tls]
    if default:
        spec["defaultBackend"] = backend(default)
    if cls:
        spec["ingressClassName"] = cls
    notes = {NOTE + k: v for k, v in (notes or {}).items()}
    if old_class:
        notes["kubernetes.io/ingress.class"] = old_class
    objects.append(dict(apiVersion="networking.k8s.io/v1", kind="Ingress", metadata=dict(name=name, annotations=notes), spec=spec))


def create(verb="create"):
    """All objects; at last an Ingress, behind which nothing of them is still under way."""
    create.n += 1
    host = "last-%d.example" % create.n
    ingress("last-%d" % create.n, host)
    kubectl(verb, "-f", "-", text=json.dumps(dict(apiVersion="v1", kind="List", items=objects)))
    objects.clear()
    end = time.time() + 20 * patience
    while ask(host).status != 200:
        if time.time() > end:
            sys.exit("the Ingresses are not served")
        time.sleep(0.02)


create.n = 0


# --- requests ---
class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        try:
            self.heard = json.loads(body)
        except ValueError:
            self.heard = {}

    def all(self, name):
        return [v for k, v in self.headers if k.lower() == name.lower()]

    def one(self, name):
        return ", ".join(self.all(name)) if self.all(name) else None

    def sent(self, name):
        v = [v for k, v in self.heard.get("headers", []) if k == name.lower()] if isinstance(self.heard, dict) else []
        return ", ".join(v) if v else None

    def cookie(self, name):
        for v in self.all("Set-Cookie"):
            if v.startswith(name + "="):
                return v.split("=", 1)[1].split(";")[0]

    def __repr__(self):
        return "%s %s %s" % (self.status, self.headers, self.body[:900])


def basic(word):
    return ("Authorization", "Basic " + base64.b64encode(word.encode()).decode())


def context(cert=None):
    c = ssl.create_default_context()
    c.check_hostname, c.verify_mode = False, ssl.CERT_NONE
    if cert:
        c.load_cert_chain("%s/%s.crt" % (T, cert), "%s/%s.key" % (T, cert))
    return c


def ask(host, path="/", method="GET", headers=(), body=None, src=None, port=None, tls=False, cert=None, cookie=None, sni=None, before=b""):
    s = socket.create_connection(("127.0.0.1", port or (443 if tls else 80)), timeout=20 * patience, source_address=(src, 0) if src else None)
    if before:
        s.sendall(before)
    if tls:
        s = context(cert).wrap_socket(s, server_hostname=sni or host.split(":")[0])
    lines = ["%s %s HTTP/1.1" % (method, path), "Host: " + host, "Connection: close"] + ["%s: %s" % h for h in headers]
    if cookie:
        lines.append("Cookie: " + cookie)
    if body is not None:
        lines.append("Content-Length: %d" % len(body))
    try:
        s.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + (body or b""))
    except OSError:
        pass  # answered early
    r = http.client.HTTPResponse(s, method=method)
    r.begin()
    a = Answer(r.status, r.getheaders(), r.read())
    if tls:
        a.peer = s.getpeercert(True)
    s.close()
    return a


def raw(text, port=80):
    s = socket.create_connection(("127.0.0.1", port), timeout=20 * patience)
    s.sendall(text)
    s.shutdown(socket.SHUT_WR)
    data = b""
    for p in iter(lambda: s.recv(65536), b""):
        data += p
    return data.decode("latin-1")


def differs(want, got):
    """want: None: there is none; a pattern in slashes; else the text itself."""
    if want is None or got is None or not isinstance(want, str) or not want.startswith("~"):
        return want != got
    return not re.search(want[1:], str(got))


def wrong(a, status=200, location=0, header=None, sent=None, body=None, **heard):
    """What is not as expected: header: of the answer; sent: to the backend; other names: facts the backend tells."""
    out = [] if a.status == status else ["status %s instead of %s" % (a.status, status)]
    if location != 0 and differs(location, a.one("Location")):
        out.append("Location %r instead of %r" % (a.one("Location"), location))
    for where, get in ((header, a.one), (sent, a.sent)):
        for k, v in (where or {}).items():
            if differs(v, get(k)):
                out.append("%s is %r instead of %r" % (k, get(k), v))
    for k, v in heard.items():
        got = a.heard.get(k) if isinstance(a.heard, dict) else None
        if differs(v, got):
            out.append("%s is %r instead of %r" % (k, got, v))
    if body and not re.search(body, a.body.decode("latin-1")):
        out.append("the body has no %r" % body)
    return out and "; ".join(out) + "\n" + repr(a)


def eventually(test):
    """test() -> nothing, or what is wrong: what has come by another watch may take a moment."""
    end = time.time() + 5 * patience
    while True:
        why = test()
        if not why or time.time() > end:
            return why
        time.sleep(0.05)


def see(name, host, request=None, **want):
    check(name, eventually(lambda: wrong(ask(host, **(request or {})), **want)))


events_read = {}


def events(fresh=False):
    if fresh or not events_read:
        items = json.loads(kubectl("get", "events", "-o", "json"))["items"]
        events_read.clear()
        for e in items:
            events_read.setdefault(e["involvedObject"]["name"], []).append("%s %s" % (e["reason"], e["message"]))
    return events_read


def event(name, ingress, want):
    def look():
        for fresh in (False, True):
            if any(re.search(want, e) for e in events(fresh).get(ingress, [])):
                return None
        return "%s instead of %s" % (events().get(ingress), want)

    check(name, eventually(look))


def silent(name, ingress):
    """No event but that it is served."""
    def look():
        e = events(True).get(ingress, [])
        return None if e and all(x.startswith("Sync ") for x in e) else e or "no event"

    check(name, eventually(look))


def end():
    sys.stdout.flush()
    os._exit(failed)
