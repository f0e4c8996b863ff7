"""What the parts of ingress_auth.sh share: tables, servers that answer as their path says, clients."""
import http.client, http.server, json, os, re, socket, ssl, struct, subprocess, sys, threading, time
from ingress_told import check, end

T, B = os.environ["T"], os.environ["B"]


def pem(name):
    with open(f"{T}/pki/{name}") as f:
        return f.read()


def table(hosts, backends, servers=()):
    """hosts: {name: options, or [(path, options, backend)]}"""
    out = []
    for name, paths in hosts.items():
        if paths and not isinstance(paths[0], tuple):
            paths = [("", paths, "default/web:80")]
        elif not paths:
            paths = [("", [], "default/web:80")]
        out.append({"name": name, "paths": [{"path": p, "owner": f"default/{name}{p.replace('/', '-')}", "options": o, "backend": b} for p, o, b in paths]})
    text = json.dumps({"hosts": out, "backends": backends, "servers": list(servers)})
    r = subprocess.run([f"{B}/tests/integration/table_tool", f"{T}/live"], input=text, text=True, capture_output=True)
    if r.returncode:
        print("not ok table_tool\n" + r.stderr)
        os._exit(1)


class Seen:
    """Requests that a server has had."""

    def __init__(self):
        self.all, self.cond = [], threading.Condition()

    def add(self, r):
        with self.cond:
            self.all.append(r)
            self.cond.notify_all()

    def clear(self):
        with self.cond:
            self.all.clear()

    def wait(self, n=1, seconds=10):
        with self.cond:
            self.cond.wait_for(lambda: len(self.all) >= n, seconds)
            return list(self.all)


class Request:
    def __init__(self, method, path, headers, body, version):
        self.method, self.path, self.headers, self.body, self.version = method, path, headers, body, version


def serve(port, answer, host="127.0.0.1", tls=None):
    """answer(request, handler) -> (status, [(name, value)], body), or None when it has said all itself."""
    seen = Seen()

    class H(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def any(self):
            n = int(self.headers.get("Content-Length") or 0)
            body = b"" if getattr(answer, "unread", False) else self.rfile.read(n)
            if self.headers.get("Transfer-Encoding") == "chunked":
                while True:
                    size = int(self.rfile.readline(), 16)
                    body += self.rfile.read(size)
                    self.rfile.readline()
                    if not size:
                        break
            q = Request(self.command, self.path, self.headers, body, self.request_version)
            seen.add(q)
            a = answer(q, self)
            if a is None:
                self.close_connection = True
                return
            status, headers, body = a
            self.send_response_only(status)
            for k, v in headers:
                self.send_header(k, v)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = do_PUT = do_OPTIONS = any

        def log_message(self, *a):
            pass

    class S(http.server.ThreadingHTTPServer):
        request_queue_size = 64
        daemon_threads = True

        def handle_error(self, *a):
            pass

    s = S((host, port), H)
    threading.Thread(target=s.serve_forever, daemon=True).start()
    return seen


class Names:
    """A name server at 127.0.0.1:5353. known: name -> addresses, or None: it does not answer; other names do not exist."""

    def __init__(self, known, ttl=5, default=None):
        self.known, self.ttl, self.default, self.late, self.asked, self.lock = known, ttl, default, 0, [], threading.Lock()
        s = self.s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(("127.0.0.1", 5353))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            q, peer = self.s.recvfrom(512)
            stop = q.index(b"\0", 12) + 1
            labels, at = [], 12
            while q[at]:
                labels.append(q[at + 1 : at + 1 + q[at]].decode())
                at += 1 + q[at]
            name, family = ".".join(labels), socket.AF_INET6 if q[stop + 1] == 28 else socket.AF_INET
            with self.lock:
                self.asked.append(name)
            addrs = self.known.get(name, self.default or [])
            if addrs is None:
                continue
            good = [socket.inet_pton(family, a) for a in addrs if (":" in a) == (family == socket.AF_INET6)]
            head = q[:2] + (b"\x81\x80" if addrs else b"\x81\x83") + struct.pack(">HHHH", 1, len(good), 0, 0)
            rest = b"".join(b"\xc0\x0c" + q[stop : stop + 4] + struct.pack(">IH", self.ttl, len(a)) + a for a in good)
            answer = head + q[12 : stop + 4] + rest
            if self.late:
                threading.Timer(self.late, self.s.sendto, (answer, peer)).start()
            else:
                self.s.sendto(answer, peer)

    def count(self, name):
        with self.lock:
            return self.asked.count(name)


def eventually(test, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if test():
            return True
        time.sleep(0.05)
    return bool(test())


def echo(q, h):
    """What the backend heard."""
    return 200, [("X-Body", str(len(q.body)))], json.dumps({"method": q.method, "path": q.path, "version": q.version, "headers": [[k.lower(), v] for k, v in q.headers.items()]}).encode()


class Answer:
    def __init__(self, status, headers, body, took):
        self.status, self.headers, self.body, self.took = status, headers, body, took

    def get(self, name):
        return [v for k, v in self.headers if k.lower() == name.lower()]

    def heard(self, name):
        """A header as the backend heard it."""
        try:
            return [v for k, v in json.loads(self.body)["headers"] if k == name.lower()]
        except ValueError:
            return ["no answer of the backend: %d %s" % (self.status, self.body[:200])]

    def __repr__(self):
        return f"{self.status} after {self.took:.2f} s {self.headers} {self.body[:600]}"


def ask(host, path="/", method="GET", headers=(), body=None, conn=None, port=80):
    c = conn or http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    start = time.monotonic()
    c.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    c.putheader("Host", host)
    for k, v in headers:
        c.putheader(k, v)
    if body is not None:
        c.putheader("Content-Length", str(len(body)))
    c.endheaders(body)
    r = c.getresponse()
    data = r.read()
    a = Answer(r.status, r.getheaders(), data, time.monotonic() - start)
    if not conn:
        c.close()
    return a


def curl(url, *args, body=None):
    """By curl, as HTTP/2 or whatever args say."""
    start = time.monotonic()
    r = subprocess.run(["curl", "-sk", "-i", "--max-time", "30", "--noproxy", "*", *args, url], input=body, capture_output=True)
    head, _, rest = r.stdout.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    m = re.match(r"HTTP/\S+ (\d+)", lines[0])
    headers = [tuple(x.split(": ", 1)) for x in lines[1:] if ": " in x]
    a = Answer(int(m[1]) if m else 0, headers, rest, time.monotonic() - start)
    a.code, a.line = r.returncode, lines[0]
    return a


def h2(host, path="/", *args, body=None):
    return curl(f"https://{host}{path}", "--http2", "--resolve", f"{host}:443:127.0.0.1", *args, body=body)


def log_has(text):
    with open(f"{T}/error.log", errors="replace") as f:
        return text in f.read()
