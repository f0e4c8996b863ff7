"""Time limits, buffers, retries, protocols and locations of backends."""
from ingress_auth_lib import *

BIG = 8 << 20
done = threading.Event()


def answer(q, h):
    path = q.path.split("?")[0]
    if path == "/sleep":
        time.sleep(3)
    if path == "/big":  # tells when the whole answer has been taken
        h.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % BIG)
        for _ in range(BIG >> 16):
            h.wfile.write(b"x" * 65536)
        done.set()
        return None
    if path == "/drip":
        h.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(30):
            h.wfile.write(b"4\r\ndrip\r\n")
            h.wfile.flush()
            time.sleep(0.1)
        h.wfile.write(b"0\r\n\r\n")
        return None
    if path == "/header":
        return 200, [("X-Long", "a" * 12000)], b""
    if path == "/pause":  # a gap in the middle of the body
        h.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nfour")
        time.sleep(3)
        return None
    m = re.match(r"/status/(\d+)", path)
    s, hs, b = echo(q, h)
    return (int(m[1]) if m else s), hs, b


web = serve(9002, answer)
bad = serve(9003, lambda q, h: (503, [], b"bad"))
h404 = serve(9005, lambda q, h: (404, [], b"bad"))
serve(9006, lambda q, h: (h.wfile.write(b"HTTP/1.1 200 OK\r\nA\0b: c\r\n\r\n"), None)[1])


def no_reader():
    """Takes connections and reads nothing."""
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    s.bind(("127.0.0.1", 9004))
    s.listen(64)
    kept = []
    while True:
        kept.append(s.accept())


threading.Thread(target=no_reader, daemon=True).start()
heads = []


def raw():
    """Notes when a request's head is there and when its body."""
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", 9007))
    s.listen(64)
    while True:
        c, _ = s.accept()
        data = b""
        while b"\r\n\r\n" not in data:
            more = c.recv(65536)
            if not more:
                break
            data += more
        heads.append((time.monotonic(), data))
        n = int(re.search(rb"Content-Length: (\d+)", data)[1])
        body = data.split(b"\r\n\r\n", 1)[1]
        while len(body) < n:
            body += c.recv(65536)
        c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        c.close()


threading.Thread(target=raw, daemon=True).start()
W, VOID = "127.0.0.1:9002", ["10.99.0.7:80", "10.99.0.8:80", "10.99.0.9:80"]
backends = {"default/web:80": [W], "default/void:80": VOID, "default/noread:80": ["127.0.0.1:9004"], "default/half:80": [W, "127.0.0.1:9003"],
            "default/half404:80": [W, "127.0.0.1:9005"], "default/bad:80": ["127.0.0.1:9003"], "default/dead:80": ["127.0.0.1:9", "127.0.0.1:10"], "default/nonsense:80": ["127.0.0.1:9006", W],
            "default/raw:80": ["127.0.0.1:9007"], "default/tls:443": ["127.0.0.1:9443"], "default/grpc:80": ["127.0.0.1:9444"], "default/grpcs:443": ["127.0.0.1:9445"]}


def to(backend, *options):
    return [("", list(options), f"default/{backend}")]


E, TO, S503, S404, INV, OFF, NONIDEM = 1, 2, 1 << 5, 1 << 8, 4, 1 << 11, 1 << 10
hosts = {
    "plain.test": to("web:80"),
    "connect.test": to("void:80", ["CONNECT_TIMEOUT", 300], ["NEXT_UPSTREAM", OFF]),
    "read.test": to("web:80", ["READ_TIMEOUT", 300]),
    "readpause.test": to("web:80", ["READ_TIMEOUT", 300], ["BUFFERING", 1]),
    "send.test": to("noread:80", ["SEND_TIMEOUT", 300], ["BODY_MAX", 0]),
    "whole.test": to("web:80", ["REQUEST_TIMEOUT", 400]),
    "wholebuf.test": to("web:80", ["REQUEST_TIMEOUT", 400], ["BUFFERING", 1]),
    "wholeconnect.test": to("void:80", ["REQUEST_TIMEOUT", 400]),
    "wholegrpc.test": to("void:80", ["REQUEST_TIMEOUT", 400], ["PROTOCOL", 2]),
    "file.test": to("web:80", ["BUFFERING", 1], ["TEMP_FILE_MAX", 1 << 30]),
    "nofile.test": to("web:80", ["BUFFERING", 1], ["TEMP_FILE_MAX", 0]),
    "smallfile.test": to("web:80", ["BUFFERING", 1], ["TEMP_FILE_MAX", 1 << 20]),
    "buffers.test": to("web:80", ["BUFFERING", 1], ["BUFFER_SIZE", 65536], ["BUFFERS", 256]),
    "onebuffer.test": to("web:80", ["BUFFERING", 1], ["BUFFERS", 1]),
    "tiny.test": to("web:80", ["BUFFERING", 1], ["BUFFER_SIZE", 1024], ["BUFFERS", 2], ["TEMP_FILE_MAX", 100]),
    "header16.test": to("web:80", ["BUFFER_SIZE", 16384]),
    "next503.test": to("half:80", ["NEXT_UPSTREAM", S503]),
    "next404.test": to("half404:80", ["NEXT_UPSTREAM", S404 | E]),
    "nonext.test": to("half:80"),
    "nextpost.test": to("half:80", ["NEXT_UPSTREAM", S503 | NONIDEM]),
    "nextoff.test": to("nonsense:80", ["NEXT_UPSTREAM", OFF | INV]),
    "nextinvalid.test": to("nonsense:80", ["NEXT_UPSTREAM", INV]),
    "tries1.test": to("void:80", ["CONNECT_TIMEOUT", 200], ["NEXT_TRIES", 1]),
    "tries3.test": to("void:80", ["CONNECT_TIMEOUT", 200], ["NEXT_TRIES", 3]),
    "tries.test": to("void:80", ["CONNECT_TIMEOUT", 200], ["NEXT_TRIES", 0]),
    "nexttime.test": to("void:80", ["CONNECT_TIMEOUT", 300], ["NEXT_TIMEOUT", 200]),
    "http10.test": to("web:80", ["HTTP_VERSION", 10]),
    "http10s.test": to("tls:443", ["HTTP_VERSION", 10], ["PROTOCOL", 1]),
    "stream.test": to("raw:80", ["REQUEST_BUFFERING", 0]),
    "nostream.test": to("raw:80", ["REQUEST_BUFFERING", 1]),
    "streams.test": to("tls:443", ["REQUEST_BUFFERING", 0], ["PROTOCOL", 1]),
    "https.test": to("tls:443", ["PROTOCOL", 1]),
    "grpc.test": to("grpc:80", ["PROTOCOL", 2]),
    "grpcs.test": to("grpcs:443", ["PROTOCOL", 3]),
    "grpcread.test": to("noread:80", ["PROTOCOL", 2], ["READ_TIMEOUT", 300], ["BUFFERING", 1], ["BUFFER_SIZE", 4096], ["BUFFERS", 4]),
}
table(hosts, backends)


def within(a, low, high):
    return low <= a.took <= high


# --- time limits ---
a = ask("connect.test")
check("connect timeout", a.status == 504 and within(a, 0.25, 2), a)
a = ask("read.test", "/sleep")
check("read timeout", a.status == 504 and within(a, 0.25, 2), a)
a = ask("plain.test", "/sleep")
check("without: the general one", a.status == 200 and within(a, 2.9, 9), a)
start = time.monotonic()
try:
    a = ask("readpause.test", "/pause")
    check("read timeout inside a body cuts it", False, a)
except http.client.IncompleteRead as e:
    check("read timeout inside a body cuts it", 0.25 <= time.monotonic() - start < 2, e)
a = ask("send.test", "/", "POST", body=b"x" * (8 << 20))
check("send timeout", a.status == 504 and within(a, 0.25, 9), a)
a = ask("whole.test", "/sleep")
check("the whole request's: 504", a.status == 504 and within(a, 0.35, 2), a)
a = ask("wholeconnect.test")
check("while connecting", a.status == 504 and within(a, 0.35, 2), a)
a = h2("wholegrpc.test", "/x")
check("gRPC over HTTP/2", a.status == 504 and within(a, 0.35, 2), a)
a = h2("whole.test", "/sleep")
check("HTTP/2", a.status == 504 and within(a, 0.35, 2), a)
for host in ("whole.test", "wholebuf.test"):
    start = time.monotonic()
    try:
        a = ask(host, "/drip")
        check("an answer that has begun is cut, " + host, False, a)
    except http.client.IncompleteRead:
        check("an answer that has begun is cut, " + host, 0.35 <= time.monotonic() - start < 2)
a = h2("whole.test", "/drip")
check("by HTTP/2 too", a.code == 92 and a.status == 200 and within(a, 0.35, 2), a.code, a)
c = http.client.HTTPConnection("127.0.0.1", 80, timeout=30)
st = []
end_at = time.monotonic() + 1.5
while time.monotonic() < end_at:
    st.append(ask("whole.test", conn=c).status)
check("a limit does not outlive its request", set(st) == {200}, set(st), len(st))
a = ask("whole.test", "/sleep", conn=c)
b = ask("whole.test", conn=http.client.HTTPConnection("127.0.0.1", 80))
check("and 504 ends that alone", a.status == 504 and b.status == 200, a, b)
for _ in range(10):
    s = socket.create_connection(("127.0.0.1", 80))
    s.sendall(b"GET /sleep HTTP/1.1\r\nHost: whole.test\r\n\r\n")
    web.wait(1)
    s.close()
check("clients that leave before it", ask("whole.test").status == 200)
a = ask("grpcread.test")
check("gRPC: read timeout; buffers do not hurt", a.status == 504 and within(a, 0.25, 2), a)


# --- buffers: a client that does not read, and whether the backend is rid of its answer ---
def is_rid(host, path="/big", seconds=2.0):
    done.clear()
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    s.connect(("127.0.0.1", 80))
    s.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    rid = done.wait(seconds)
    n = 0
    while True:
        d = s.recv(65536)
        if not d:
            break
        n += len(d)
    return rid, n > BIG


check("without buffering the backend waits for the client", is_rid("plain.test") == (False, True))
check("buffering with a file: it does not", is_rid("file.test", seconds=20) == (True, True))
check("no file: it waits", is_rid("nofile.test") == (False, True))
check("a file that is too small: it waits", is_rid("smallfile.test") == (False, True))
check("many large buffers: it does not", is_rid("buffers.test", seconds=20) == (True, True))
for h in ("onebuffer.test", "tiny.test"):
    check(f"whole answers with odd sizes, {h}", is_rid(h, seconds=0.1)[1])
check("a header larger than the buffer: 502", ask("plain.test", "/header").status == 502)
check("a larger buffer takes it", ask("header16.test", "/header").status == 200)

# --- retries ---
check("next on 503", {ask("next503.test").status for _ in range(12)} == {200})
a = [ask("next404.test") for _ in range(12)]
check("next on 404", {x.status for x in a} == {200}, a)
check("not unless it is said", {ask("nonext.test").status for _ in range(12)} == {200, 503})
check("POST is not repeated", {ask("next503.test", "/", "POST", body=b"x").status for _ in range(12)} == {200, 503})
check("unless that is said", {ask("nextpost.test", "/", "POST", body=b"x").status for _ in range(12)} == {200})
check("invalid header", {ask("nextinvalid.test").status for _ in range(6)} == {200})
a = ask("tries1.test")
check("one try", a.status == 504 and len(a.get("X-Tried")[0].split(",")) == 1, a)
a = ask("tries3.test")
check("three tries", a.status == 504 and len(set(a.get("X-Tried")[0].split(", "))) == 3, a)
a = ask("nexttime.test")
check("time for tries", a.status == 504 and len(a.get("X-Tried")[0].split(",")) == 1 and a.took < 2, a)

# --- protocol, HTTP version, buffering, auth-url, mirror: together ---
auth = serve(9008, lambda q, h: (200 if q.headers.get("X-Key") == "good" else 401, [("X-User", "alice")], b""), host="10.99.0.1")
copies = serve(9010, echo)
backends |= {"default/copy:80": ["127.0.0.1:9010"], "default/echotls:443": ["127.0.0.1:9446"]}
MIRROR = sorted(backends).index("default/copy:80")
mixed, names = {}, []
for version in (10, 11):
    for tls in (0, 1):
        for buffering in (None, 0, 1):
            for request_buffering in (None, 0, 1):
                for more in ("", "auth", "mirror", "auth-mirror"):
                    options = [["PROTOCOL", tls], ["BODY_MAX", 0], ["AUTH_RESPONSE_HEADER", "X-User"]] + ([["HTTP_VERSION", 10]] if version == 10 else [])
                    options += [] if buffering is None else [["BUFFERING", buffering]]
                    options += [] if request_buffering is None else [["REQUEST_BUFFERING", request_buffering]]
                    options += [["AUTH_URL", "http://10.99.0.1:9008/"]] if "auth" in more else []
                    options += [["MIRROR", MIRROR]] if "mirror" in more else []
                    name = f"v{version}-t{tls}-b{buffering}-r{request_buffering}-{more or 'none'}.test".lower()
                    names.append((name, version, tls, more))
                    mixed[name] = to("echotls:443" if tls else "web:80", *options)
table(mixed, backends)
wrong, n_mirrored = [], 0
for name, version, tls, more in names:
    for body, chunked in ((None, False), (b"x" * 100000, False), (b"y" * 100000, True)):
        headers = [("X-Key", "good")]
        web.clear()
        copies.clear()
        if chunked:
            c = http.client.HTTPConnection("127.0.0.1", 80, timeout=30)
            c.request("POST", "/p?q=1", iter([body[:50000], body[50000:]]), {"Host": name, "X-Key": "good"}, encode_chunked=True)
            r = c.getresponse()
            a = Answer(r.status, r.getheaders(), r.read(), 0)
            c.close()
        else:
            a = ask(name, "/p?q=1", "POST" if body else "GET", headers, body)
        n = len(body or b"")
        said = json.loads(a.body)["version"] if a.status == 200 else None
        # behind TLS there is an nginx, which asks by its own version
        good = a.status == 200 and a.get("X-Body") == [str(n)] and said == ("HTTP/1.0" if tls or version == 10 else "HTTP/1.1")
        good = good and a.heard("x-user") == (["alice"] if "auth" in more else [])
        if "mirror" in more:
            got = copies.wait()
            good = good and [(len(q.body), q.path, q.version) for q in got] == [(n, "/p?q=1", f"HTTP/{version // 10}.{version % 10}")]
            n_mirrored += 1
        if not good:
            wrong.append((name, n, chunked, a, [(len(q.body), q.path, q.version) for q in copies.all]))
    if "auth" in more and ask(name, "/").status != 401:
        wrong.append((name, "came in"))
check(f"HTTP version, TLS, buffering of answers and of requests, auth-url, mirror: all {len(names)} combinations, {n_mirrored} copies", not wrong, len(wrong), *wrong[:4])
table(hosts, backends)

# --- locations ---
a = ask("http10.test")
check("HTTP/1.0", a.status == 200 and json.loads(a.body)["version"] == "HTTP/1.0", a)
a = ask("http10s.test")
check("HTTP/1.0 with TLS", a.status == 200 and b"http=HTTP/1.0" in a.body, a)


def head_first(host):
    heads.clear()
    s = socket.create_connection(("127.0.0.1", 80))
    s.sendall(f"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n".encode() + b"x" * 50000)
    until = time.monotonic() + 1
    while time.monotonic() < until and not heads:
        time.sleep(0.02)
    early = bool(heads)
    s.sendall(b"x" * 50000)
    return early, b"200 OK" in s.recv(65536)


check("request buffering off: the backend has the head before the body is whole", head_first("stream.test") == (True, True))
check("request buffering on: not", head_first("nostream.test") == (False, True))
a = ask("streams.test", "/", "POST", body=b"x" * 100)
check("off, with TLS", a.status == 200, a)
a = ask("https.test")
check("HTTPS", a.status == 200 and b"proto=TLSv1.3" in a.body and b"sni= " in a.body and b"http=HTTP/1.1" in a.body, a)
a = h2("grpc.test", "/svc/Method", "-H", "content-type: application/grpc", "-H", "te: trailers", "--data-binary", "@-", body=b"\0\0\0\0\0")
check("gRPC", a.status == 200 and a.get("grpc-status") == ["0"] and b"proto= " in a.body and b"http=HTTP/2.0 host=grpc.test uri=/svc/Method" in a.body, a)
a = h2("grpcs.test", "/svc/Method", "-H", "content-type: application/grpc", "--data-binary", "@-", body=b"\0\0\0\0\0")
check("gRPC with TLS", a.status == 200 and b"proto=TLSv1.3" in a.body and b"http=HTTP/2.0" in a.body, a)
end()
