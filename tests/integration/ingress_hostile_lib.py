"""For ingress_hostile.py: backends that note every byte, clients of bytes, HTTP/2 by hand, and a matcher that knows nothing of minik's."""
import os, re, socket, ssl, struct, sys, threading, time
from ingress_told import check, end

T, B = os.environ["T"], os.environ["B"]


# --- backends ---


class Heard:
    def __init__(self, name, head, body):
        self.name, self.head, self.body = name, head, body
        lines = head.split(b"\r\n")
        self.line = lines[0]
        self.headers = [tuple(x.strip() for x in (l.split(b":", 1) + [b""])[:2]) for l in lines[1:]]

    def get(self, name):
        return [v for k, v in self.headers if k.lower() == name]

    def __repr__(self):
        return "%s: %r" % (self.name, self.head)


class Backends:
    """Reads strictly by RFC 9112; what is no request is a fault. answers[name]: bytes, or a function(connection, heard)."""

    def __init__(self):
        self.heard, self.faults, self.lock, self.answers = [], [], threading.Lock(), {}

    def add(self, name, port, host="127.0.0.1"):
        s = socket.create_server((host, port), backlog=256)
        threading.Thread(target=self.accept, args=(s, name), daemon=True).start()

    def accept(self, s, name):
        while True:
            c, _ = s.accept()
            c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(c, name), daemon=True).start()

    def fault(self, *what):
        with self.lock:
            self.faults.append(what)

    def serve(self, c, name):
        data = b""
        try:
            while True:
                while b"\r\n\r\n" not in data:
                    more = c.recv(65536)
                    if not more:
                        if data:
                            self.fault(name, "ended in a head", data)
                        return
                    data += more
                head, data = data.split(b"\r\n\r\n", 1)
                h = Heard(name, head, b"")
                if not re.fullmatch(rb"[A-Z_-]{1,9000} /[^ \x00-\x20\x7f]* HTTP/1\.[01]", h.line):
                    self.fault(name, "no request line", head)
                    return
                if len(h.get(b"host")) != 1 or any(not re.fullmatch(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+", k) for k, _ in h.headers) or b"\0" in head or b"\n" in head.replace(b"\r\n", b""):
                    self.fault(name, "headers", head)
                n, te = h.get(b"content-length"), h.get(b"transfer-encoding")
                if len(n) > 1 or len(te) > 1 or (n and te) or (n and not n[0].isdigit()) or (te and te[0] != b"chunked"):
                    self.fault(name, "framing", head)
                    return
                left = int(n[0]) if n else 0
                if te:
                    while True:
                        while b"\r\n" not in data:
                            data += c.recv(65536) or b"0\r\n\r\n"
                        size, data = data.split(b"\r\n", 1)
                        size = int(size, 16)
                        while len(data) < size + 2:
                            data += c.recv(65536) or b"x" * (size + 2)
                        h.body += data[:size]
                        data = data[size + 2 :]
                        if not size:
                            break
                while len(data) < left:
                    more = c.recv(65536)
                    if not more:
                        break  # the client has gone, and nginx with it
                    data += more
                h.body += data[:left]
                data = data[left:]
                with self.lock:
                    self.heard.append(h)
                a = self.answers.get(name)
                if callable(a):
                    if a(c, h):
                        continue
                    return
                body = name.encode() + b"\n" + h.line + b"\n"
                c.sendall(a or b"HTTP/1.1 200 OK\r\nX-Backend: %s\r\nContent-Length: %d\r\n\r\n%s" % (name.encode(), len(body), b"" if h.line.startswith(b"HEAD ") else body))
                if a:
                    return
        except (OSError, ValueError):
            pass
        finally:
            c.close()

    def take(self):
        with self.lock:
            got, self.heard = self.heard, []
        return got


# --- clients ---


class Raw:
    def __init__(self, data):
        self.data = data
        m = re.match(rb"HTTP/1\.[01] (\d{3})", data)
        self.status = int(m[1]) if m else 0
        self.head, _, self.body = data.partition(b"\r\n\r\n")
        m = re.search(rb"\r\nX-Backend: (\w+)", self.head, re.I)
        self.backend = m[1].decode() if m else None

    def get(self, name):
        return re.findall(rb"(?im)^%s: *([^\r\n]*)" % name.encode(), self.head)

    def __repr__(self):
        return repr(self.data[:700])


def read_all(c, idle, enough=None):
    data = b""
    c.settimeout(idle)
    try:
        while not (enough and enough(data)):
            more = c.recv(65536)
            if not more:
                break
            data += more
    except (OSError, ssl.SSLError):
        pass
    return data


def whole(data):
    """At least one answer is there in full."""
    while True:
        head, sep, body = data.partition(b"\r\n\r\n")
        if not sep:
            return False
        m = re.match(rb"HTTP/1\.[01] (\d{3})", head)
        if m and m[1][:1] == b"1" and m[1] != b"101":
            data = body
            continue
        break
    m = re.search(rb"\r\ncontent-length: *(\d+)", head, re.I)
    if m:
        return len(body) >= int(m[1])
    return b"chunked" in head.lower() and body.endswith(b"0\r\n\r\n")


def connect(port=80, host="127.0.0.1"):
    c = socket.create_connection((host, port), timeout=10)
    c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return c


def send(data, idle=10.0, port=80, parts=None, to_end=False):
    """What comes back of one connection: the first whole answer, or to_end all."""
    with connect(port) as c:
        try:
            for p in parts or [data]:
                c.sendall(p)
        except OSError:
            pass
        return Raw(read_all(c, idle, None if to_end else whole))


def get(host, path="/", *lines, method="GET", body=b"", **kw):
    b = lambda s: s if isinstance(s, bytes) else s.encode("latin-1")
    head = b"%s %s HTTP/1.1\r\nHost: %s\r\n" % (b(method), b(path), b(host))
    return send(head + b"".join(b(l) + b"\r\n" for l in lines) + b"Connection: close\r\n\r\n" + b(body), **kw)


# --- HTTP/2: literals without index, as little as will do ---

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def frame(kind, flags, stream, data=b""):
    return struct.pack(">I", len(data))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + data


def number(n, bits, first=0):
    top = (1 << bits) - 1
    if n < top:
        return bytes([first | n])
    out, n = bytes([first | top]), n - top
    while n >= 128:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])


def field(k, v):
    k, v = (s if isinstance(s, bytes) else s.encode("latin-1") for s in (k, v))
    return b"\x00" + number(len(k), 7) + k + number(len(v), 7) + v


def request(stream, fields, body=None, end=True):
    block = b"".join(field(k, v) for k, v in fields)
    first, rest = block[:16000], block[16000:]
    out = frame(1, (0x1 if body is None and end else 0) | (0 if rest else 0x4), stream, first)
    while rest:
        part, rest = rest[:16000], rest[16000:]
        out += frame(9, 0 if rest else 0x4, stream, part)
    if body is not None:
        out += frame(0, 0x1 if end else 0, stream, body)
    return out


def h2_fields(host, path="/", method="GET", scheme="http", more=()):
    return [(":method", method), (":scheme", scheme), (":authority", host), (":path", path), *more]


class H2:
    """What came back: {stream: [status, data, ended]}, and how the connection ended."""

    def __init__(self, data):
        self.streams, self.gone, self.junk = {}, None, b""
        while len(data) >= 9:
            n, kind, flags, stream = int.from_bytes(data[:3], "big"), data[3], data[4], int.from_bytes(data[5:9], "big") & 0x7FFFFFFF
            if n > 1 << 20 or kind > 9:
                self.junk = data
                return
            payload, data = data[9 : 9 + n], data[9 + n :]
            s = self.streams.setdefault(stream, [0, b"", False]) if stream else None
            if kind == 7:
                self.gone = int.from_bytes(payload[4:8], "big")
            elif kind == 1 and s:
                s[0] = self.status(payload)
                s[2] = s[2] or bool(flags & 1)
            elif kind == 0 and s:
                s[1] += payload
                s[2] = s[2] or bool(flags & 1)
            elif kind == 3 and s:
                s[0], s[2] = s[0] or -int.from_bytes(payload[:4], "big") or -1, True

    @staticmethod
    def status(block):
        known = {0x88: 200, 0x89: 204, 0x8A: 206, 0x8B: 304, 0x8C: 400, 0x8D: 404, 0x8E: 500}
        at = 0
        while at < len(block) and block[at] & 0xE0 == 0x20:
            at += 1
        if at < len(block) and block[at] in known:
            return known[block[at]]
        m = re.match(rb"[\x08\x48]\x03(\d{3})", block[at:])
        return int(m[1]) if m else 999

    def backend(self, stream=1):
        m = re.match(rb"(\w+)\n", self.streams.get(stream, [0, b"", 0])[1])
        return m[1].decode() if m else None

    def __repr__(self):
        return f"{self.streams} gone {self.gone} junk {self.junk[:200]}"


def h2(frames, streams=(1,), idle=10.0, conn=None):
    c = conn or connect()
    try:
        c.sendall(PREFACE + frame(4, 0, 0) + frames)
    except OSError:
        pass

    def enough(data):
        got = H2(data)
        return got.gone is not None or all(got.streams.get(s, [0, 0, False])[2] for s in streams)

    data = read_all(c, idle, enough)
    if not conn:
        c.close()
    return H2(data)


# --- what a request means, by the RFCs and as nginx reads paths ---


def normal(target):
    """The decoded path without dots and double slashes; None: no good path."""
    path = re.split(rb"[?#]", target, 1)[0]
    out, i = bytearray(), 0
    while i < len(path):
        if path[i] == 0x25:
            h = path[i + 1 : i + 3]
            if not re.fullmatch(rb"[0-9A-Fa-f]{2}", h):
                return None
            out.append(int(h, 16))
            i += 3
        else:
            out.append(path[i])
            i += 1
    if b"\0" in out or not out.startswith(b"/"):
        return None
    parts = []
    elements = bytes(out).split(b"/")
    for e in elements[1:]:
        if e == b"..":
            if not parts:
                return None
            parts.pop()
        elif e not in (b"", b"."):
            parts.append(e)
    end = b"/" if elements[-1] in (b"", b".", b"..") and parts else b""
    return b"/" + b"/".join(parts) + end


def host_of(text):
    """In small letters, without port and last dot; None: no host."""
    h = text.lower()
    if h.startswith(b"["):
        m = re.match(rb"\[[^\]]*\]", h)
        h = m[0] if m else None
    else:
        h = h.split(b":")[0]
    if h is None or b".." in h or b"/" in h or re.search(rb"[\x00-\x20\x7f]", h):
        return None
    return h[:-1] if h.endswith(b".") else h


class Oracle:
    """hosts: {name: [(match, path, backend, guard)]}; guard: None, "deny", "user", "cert". A rule for "*" is all that is left."""

    def __init__(self, hosts):
        self.hosts = hosts

    def find(self, host, path):
        """(backend, guard), or None."""
        rules = self.hosts.get(host)
        if rules is None:
            rules = self.hosts.get("*." + host.partition(".")[2]) if host.partition(".")[0] and "." in host else None
        best = None
        for match, p, backend, guard in rules or []:
            b = p.encode()
            if match == "regex":
                if re.match(b, path, re.I | re.S):
                    return backend, guard
                continue
            if path == b or (match == "prefix" and path.startswith(b + b"/")):
                rank = (len(b), match == "exact")
                if best is None or rank > best[0]:
                    best = (rank, backend, guard)
        if best:
            return best[1:]
        return self.hosts["*"][0][2:] if "*" in self.hosts else None
