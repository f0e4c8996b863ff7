#!/bin/bash
# The edges of Ingress: classes that are others' or change hands, headless Services, certificates that are broken or over, PROXY protocol in version 2
# and with TLS, WebSocket with TLS, gRPC as a stream, bytes in the access log that are no text, ports other than 80 and 443, names of hosts that fill no
# metrics, workers that are killed. The controller alone (ingress_tool, at the end minik itself) against an API server alone.
. "$(dirname "$0")/lib.sh"
. "$MINIK_TOP/tests/integration/lib_ingress.sh"
ingress_needs openssl
enter_sandbox "$@"
ingress_apiserver
N=nginx.ingress.kubernetes.io

# HTTP on 9001 that answers with the request's head and speaks WebSocket, echoing until the client ends.
cat >"$T/backend.py" <<'P'
import base64, hashlib, http.server, time
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket":
            key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            self.send_response(101); self.send_header("Upgrade", "websocket"); self.send_header("Connection", "Upgrade")
            self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()); self.end_headers()
            while True:
                d = self.connection.recv(65536)
                if not d: break
                self.connection.sendall(d[::-1])
            self.close_connection = True
            return
        if self.path == "/late": time.sleep(0.7)
        body = (self.requestline + "\n" + str(self.headers)).encode("latin-1")
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("192.168.77.254", 9001), H).serve_forever()
P
python3 "$T/backend.py" & lib_pids="$lib_pids $!"
# HTTP/2 on 9002: answers each message of a gRPC stream with itself as it comes, and ends when the client does.
cat >"$T/grpc.py" <<'P'
import socket, struct, threading
def frame(kind, flags, stream, payload=b''): return struct.pack('>I', len(payload))[1:] + bytes([kind, flags]) + struct.pack('>I', stream) + payload
def literal(name, value): return b'\0' + bytes([len(name)]) + name + bytes([len(value)]) + value
def serve(c):
    f = c.makefile('rb')
    if f.read(24) != b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n': return
    c.sendall(frame(4, 0, 0))
    begun = set()
    while True:
        h = f.read(9)
        if len(h) < 9: return
        n, kind, flags, stream = int.from_bytes(h[:3], 'big'), h[3], h[4], int.from_bytes(h[5:], 'big') & 0x7fffffff
        p = f.read(n)
        if kind == 4 and not flags & 1: c.sendall(frame(4, 1, 0))
        elif kind == 6 and not flags & 1: c.sendall(frame(6, 1, 0, p))
        elif kind == 1: c.sendall(frame(1, 4, stream, b'\x88' + literal(b'content-type', b'application/grpc')))
        elif kind == 0 and p:
            c.sendall(frame(0, 0, stream, p) + frame(8, 0, stream, struct.pack('>I', len(p))) + frame(8, 0, 0, struct.pack('>I', len(p))))
        if kind in (0, 1) and flags & 1: c.sendall(frame(1, 5, stream, literal(b'grpc-status', b'0')))
s = socket.create_server(("192.168.77.254", 9002))
while True: threading.Thread(target=serve, args=(s.accept()[0],), daemon=True).start()
P
python3 "$T/grpc.py" & lib_pids="$lib_pids $!"
service() { # service NAME PORT MORE-OF-SPEC
	k apply -f - <<-X >/dev/null
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"$1"},"spec":{${3:-}"ports":[{"name":"http","port":80,"targetPort":$2}]}}
	X
	slice "$1" "$2"
}
service web 9001; service grpc 9002; service bare 9001 '"clusterIP":"None",'
ing() { # ing NAME HOST SERVICE ANNOTATIONS [MORE OF SPEC] [OF THE PORT]
	local port=${6:-'"number":80'}
	k apply -f - <<-X >/dev/null
	{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"$1","annotations":{$4}},"spec":{${5:-}"rules":[{"host":"$2","http":{"paths":[
	 {"path":"/","pathType":"Prefix","backend":{"service":{"name":"$3","port":{$port}}}}]}}]}}
	X
}
controller node=n1 log=1 metrics=127.0.0.1:10254
eventually 10 answers x / 404 && ok "nginx answers" || { not_ok "nginx answers" "$(cat "$T/tool.log" "$T/data/ingress/nginx.log")"; exit 1; }
eventually 10 k get ingressclass nginx >/dev/null
first=$(nginx_pid)

# --- classes ---
k apply -f - <<'X' >/dev/null
{"apiVersion":"v1","kind":"List","items":[
 {"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"public"},"spec":{"controller":"minik.io/ingress-nginx"}},
 {"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"theirs"},"spec":{"controller":"example.com/other"}}]}
X
address() { k get ing "$1" -o jsonpath='{.status.loadBalancer.ingress[*].ip}'; }
has_address() { [ "$(address "$1")" = "${2:-}" ]; }
ing other other.example web '' '"ingressClassName":"theirs",'
ing nowhere nowhere.example web '' '"ingressClassName":"no-such-class",'
ing second second.example web '' '"ingressClassName":"public",'
becomes "a second class of the same controller" second.example / '^GET / .*200$'
ing old old.example web '"kubernetes.io/ingress.class":"nginx"'
becomes "the annotation of before ingressClassName" old.example / '^GET / .*200$'
ing oldother oldother.example web '"kubernetes.io/ingress.class":"traefik"'
ing mine mine.example web ''
becomes "no class: the default one" mine.example / '^GET / .*200$'
expect "which the API server writes into it" '^nginx$' k get ing mine -o jsonpath='{.spec.ingressClassName}'
check "its address" eventually 10 has_address mine 192.0.2.7
for h in other nowhere oldother; do expect "another's class is not served: $h" '404$' get $h.example /; done
expect "and has no address" '^-$' sh -c "for i in other nowhere oldother; do '$KUBECTL' get ing \$i -o jsonpath='{.status.loadBalancer.ingress}'; done; echo -"
expect "nor an event" '^0$' sh -c "'$KUBECTL' get events -o json | jq '[.items[] | select(.involvedObject.name | test(\"^(other|nowhere|oldother)\$\"))] | length'"
k patch ing mine -p '{"spec":{"ingressClassName":"theirs"}}' >/dev/null
becomes "an Ingress that goes to another class is served no more" mine.example / '404$'
check "and its address goes" eventually 10 has_address mine ''
k patch ing mine --subresource=status --type=merge -p '{"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.7"},{"ip":"203.0.113.1"}]}}}' >/dev/null
k patch ing mine -p '{"metadata":{"labels":{"a":"b"}}}' >/dev/null
ing behind behind.example web ''
becomes "what comes behind it" behind.example / '200$'
check "what its new controller writes stays, whatever it is" has_address mine "192.0.2.7 203.0.113.1"
k patch ing mine -p '{"spec":{"ingressClassName":"nginx"}}' >/dev/null
becomes "and it comes back" mine.example / '200$'
k delete ingressclass public >/dev/null
becomes "a class is deleted" second.example / '404$'
check "and the address goes from its Ingresses" eventually 10 has_address second ''

# --- backends ---
ing bare bare.example bare '' '' '"name":"http"'
becomes "a headless Service, its port by name" bare.example / '^GET / .*200$'

# --- certificates ---
cert() { # cert NAME HOST: files
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$2" -addext "subjectAltName=DNS:$2" -keyout "$T/$1.key" -out "$T/$1.crt" 2>/dev/null
}
secret() { # secret NAME CERT KEY: any two files
	jq -n --arg n "$1" --rawfile c "$2" --rawfile k "$3" '{apiVersion: "v1", kind: "Secret", type: "kubernetes.io/tls", metadata: {name: $n}, stringData: {"tls.crt": $c, "tls.key": $k}}' | k apply -f - >/dev/null 2>&1
}
cert tls tls.example; cert other tls.example
# of years ago, for a day
openssl ecparam -name prime256v1 -genkey -noout -out "$T/over.key" 2>/dev/null
openssl req -new -key "$T/over.key" -subj /CN=tls.example -addext subjectAltName=DNS:tls.example -out "$T/over.csr" 2>/dev/null
mkdir "$T/ca" && : >"$T/ca/index" && echo 01 >"$T/ca/serial"
printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s/ca/index\nserial=%s/ca/serial\nnew_certs_dir=%s/ca\ndefault_md=sha256\npolicy=p\ncopy_extensions=copy\n[p]\ncommonName=supplied\n' "$T" "$T" "$T" >"$T/ca.conf"
openssl ca -batch -config "$T/ca.conf" -selfsign -keyfile "$T/over.key" -in "$T/over.csr" -startdate 20200101000000Z -enddate 20200102000000Z -notext -out "$T/over.crt" >"$T/ca.log" 2>&1
echo junk >"$T/junk"
secret tls "$T/tls.crt" "$T/tls.key"
ing tls tls.example web "\"$N/ssl-redirect\":\"false\"" '"tls":[{"hosts":["tls.example"],"secretName":"tls"}],'
shown() { echo | openssl s_client -connect 127.0.0.1:443 -servername tls.example 2>/dev/null | openssl x509 -noout -fingerprint; }
shows() { [ "$(shown)" = "$(openssl x509 -noout -fingerprint -in "$1")" ]; }
shows_default() { echo | openssl s_client -connect 127.0.0.1:443 -servername tls.example 2>/dev/null | openssl x509 -noout -subject | grep -q 'minik ingress default'; }
check "a certificate" eventually 10 shows "$T/tls.crt"
secret tls "$T/tls.crt" "$T/other.key"
has_event "a key that is another's is told" 'tls InvalidSecret Secret default/tls: .*not the key'
check "and the default certificate is shown" eventually 10 shows_default
secret tls "$T/other.crt" "$T/other.key"
check "a good one is taken at once" eventually 10 shows "$T/other.crt"
secret tls "$T/junk" "$T/junk"
has_event "what is no certificate is told" 'tls InvalidSecret Secret default/tls: .*tls.crt'
expect "others do not mind" '200$' get mine.example /
secret tls "$T/over.crt" "$T/over.key"
has_event "one that is over is told" 'tls CertificateExpired Secret default/tls: .*2020'
check "and shown all the same: clients say best what is wrong with it" eventually 10 shows "$T/over.crt"
expect "show says so" '^default/tls: CertificateExpired: Secret default/tls: its certificate expired at 2020-01-02' "$MINIK" ingress show --kubeconfig "$KUBECONFIG"
{ k get ing tls -o yaml; echo ---; k get secret tls -o yaml; } >"$T/tls.yaml"
expect "and lint" 'Ingress default/tls: warning: Secret default/tls: its certificate expired at 2020-01-02.*CertificateExpired' "$MINIK" ingress lint "$T/tls.yaml"
secret tls "$T/tls.crt" "$T/tls.key"
check "and a new one" eventually 10 shows "$T/tls.crt"

# --- WebSocket and gRPC, as long as they last ---
cat >"$T/ws.py" <<'P'
import socket, ssl, sys
c = ssl._create_unverified_context()
s = c.wrap_socket(socket.create_connection(("127.0.0.1", 443)), server_hostname="tls.example"); s.settimeout(20)
s.sendall(b"GET /chat HTTP/1.1\r\nHost: tls.example\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
d = b""
while b"\r\n\r\n" not in d: d += s.recv(4096)
assert d.startswith(b"HTTP/1.1 101 "), d
for i in range(100):
    said = b"message %d" % i; s.sendall(said); heard = b""
    while len(heard) < len(said):
        p = s.recv(4096)
        assert p, heard
        heard += p
    assert heard == said[::-1], heard
print("100 of 100")
P
expect "WebSocket with TLS, message by message" '^100 of 100$' python3 "$T/ws.py"
ing grpc grpc.example grpc "\"$N/backend-protocol\":\"GRPC\""
cat >"$T/stream.py" <<'P'
import socket, ssl, struct, sys
def frame(kind, flags, stream, payload=b''): return struct.pack('>I', len(payload))[1:] + bytes([kind, flags]) + struct.pack('>I', stream) + payload
def literal(name, value): return b'\0' + bytes([len(name)]) + name + bytes([len(value)]) + value
c = ssl._create_unverified_context(); c.set_alpn_protocols(["h2"])
s = c.wrap_socket(socket.create_connection(("127.0.0.1", 443)), server_hostname="grpc.example"); s.settimeout(20)
assert s.selected_alpn_protocol() == "h2"
f = s.makefile("rb")
s.sendall(b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' + frame(4, 0, 0) + frame(1, 4, 1, b'\x83\x87' + literal(b':path', b'/x.Y/Both') + literal(b':authority', b'grpc.example') +
    literal(b'content-type', b'application/grpc') + literal(b'te', b'trailers')))
data, ended = b"", False
def step():
    global data, ended
    h = f.read(9)
    if len(h) < 9: sys.exit("the connection was closed")
    n, kind, flags = int.from_bytes(h[:3], 'big'), h[3], h[4]; p = f.read(n)
    if kind == 4 and not flags & 1: s.sendall(frame(4, 1, 0))
    if kind == 0:
        data += p
        if n: s.sendall(frame(8, 0, 0, struct.pack('>I', n)) + frame(8, 0, 1, struct.pack('>I', n)))
    if kind in (0, 1) and flags & 1: ended = True
    if kind in (3, 7): sys.exit("the stream was reset")
for i in range(20):
    s.sendall(frame(0, 0, 1, b"\0" + struct.pack(">I", 4) + b"%04d" % i))
    while len(data) < 9 * (i + 1) and not ended: step() # the next is sent when this one has been answered
    if ended: sys.exit("%d, and the end" % i)
s.sendall(frame(0, 1, 1))
while not ended: step()
print("20 of 20")
P
streams() { python3 "$T/stream.py" 2>&1 | grep '^20 of 20$'; }
check "gRPC in both directions at once, message by message" eventually 10 streams || python3 "$T/stream.py"

# --- access log: what clients send is hostile ---
python3 - <<'P'
import socket
def ask(text):
    s = socket.create_connection(("127.0.0.1", 80)); s.settimeout(10); s.sendall(text)
    while s.recv(65536): pass
def odd(path, more): ask(b"GET /odd-" + path + b" HTTP/1.1\r\nHost: mine.example\r\nConnection: close\r\n" + more + b"\r\n")
bad = [b"\xff\xfe", b"\xc3\x28", b"\xe2\x82", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\x01\x02\x1b[31m\x7f", b'"}\\u0000{"', b"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"]
for i, b in enumerate(bad): odd(b"%d" % i, b"User-Agent: a" + b + b"z\r\nReferer: r" + b + b"\r\nX-Request-ID: i" + b + b"\r\n")
for i, b in enumerate(bad[:6]): odd(b"%d/p" % (100 + i) + b.replace(b" ", b"") + b"?q=" + b, b"")
ask(b"GET /odd-200 HTTP/1.1\r\nHost: a\xff\xfe.example\r\nConnection: close\r\n\r\n")
odd(b"201", b"")
P
cat >"$T/read.py" <<'P'
import json, sys
lines = [json.loads(l.decode("utf-8")) for l in open(sys.argv[1], "rb").read().split(b"\n") if l]
by = {l["uri"]: l for l in lines if l["uri"].startswith("/odd-")}
assert by["/odd-8"]["userAgent"] == "aé€😀z", by["/odd-8"]
assert by["/odd-0"]["userAgent"] == "a\ufffd\ufffdz" and by["/odd-0"]["requestId"] == "i\ufffd\ufffd", by["/odd-0"]
assert by["/odd-2"]["referer"] == "r\ufffd\ufffd" or by["/odd-2"]["referer"] == "r\ufffd", by["/odd-2"]
assert by["/odd-7"]["referer"] == 'r"}\\u0000{"', by["/odd-7"]
assert by["/odd-201"]["userAgent"] == "" and len(by["/odd-201"]["requestId"]) == 32, by["/odd-201"]
assert len(by) == 17, sorted(by)
P
# Each worker writes its lines within a second.
check "every line of the access log is JSON in UTF-8, whatever bytes came" eventually 10 python3 "$T/read.py" "$T/data/ingress/access.log"

# --- metrics: what clients send makes no series ---
metrics() { curl -s -m 5 http://127.0.0.1:10254/metrics; }
series() { metrics | grep -vc '^#'; }
get mine.example / >/dev/null; get nobody0.example / >/dev/null
before=$(series)
for i in $(seq 30); do get "nobody$i.example" "/x$i" >/dev/null; get mine.example "/path-$i" -H "X-A: $i" >/dev/null; done
expect "hosts and paths that clients make up make no series" "^$before\$" series
bucket() { metrics | sed -n "s/^minik_ingress_request_duration_seconds_bucket{ingress=\"default\\/mine\",le=\"$1\"} //p"; }
low=$(bucket 0.5) high=$(bucket 10)
get mine.example /late >/dev/null
late() { [ "$(bucket 10)" = $((high + 1)) ] && [ "$(bucket 0.5)" = "$low" ]; }
check "a request of 0.7 s is in its bucket, and in none below" eventually 5 late

# --- workers that are killed ---
for p in $(pgrep -P "$first"); do kill -9 "$p"; done
becomes "workers killed: others take their place" mine.example / '200$'
[ "$(nginx_pid)" = "$first" ] && ok "with the same master" || not_ok "with the same master"
kill -STOP "$first"; kill -KILL "$first"
again() { answers mine.example / '200$' && [ "$(nginx_pid)" != "$first" ]; }
check "a master that hangs and is killed: another" eventually 15 again

# --- the PROXY protocol ---
kill -TERM $tool; wait $tool 2>/dev/null
controller node=n1 trusted=127.0.0.1/32 proxy=1
cat >"$T/proxy.py" <<'P'
import socket, ssl, struct, sys
def answer(port, first, tls=False):
    s = socket.create_connection(("127.0.0.1", port)); s.settimeout(5); s.sendall(first)
    if tls: s = ssl._create_unverified_context().wrap_socket(s, server_hostname="tls.example")
    s.sendall(b"GET / HTTP/1.1\r\nHost: tls.example\r\nConnection: close\r\n\r\n")
    try: return b"".join(iter(lambda: s.recv(4096), b"")).decode().replace("\r\n", " ").replace("\n", " ")
    except OSError as e: return str(e)
v2 = b"\r\n\r\n\0\r\nQUIT\n" + bytes([0x21, 0x11]) + struct.pack(">H", 12) + socket.inet_aton("203.0.113.8") + socket.inet_aton("198.51.100.1") + struct.pack(">HH", 4711, 443)
v6 = b"\r\n\r\n\0\r\nQUIT\n" + bytes([0x21, 0x21]) + struct.pack(">H", 36) + socket.inet_pton(10, "2001:db8::8") + socket.inet_pton(10, "2001:db8::1") + struct.pack(">HH", 4711, 443)
v1 = b"PROXY TCP4 203.0.113.7 198.51.100.1 4711 443\r\n"
print({"v2": lambda: answer(80, v2), "v2tls": lambda: answer(443, v2, True), "v1tls": lambda: answer(443, v1, True), "v6": lambda: answer(80, v6)}[sys.argv[1]]())
P
proxied() { python3 "$T/proxy.py" "$1" | grep -qE "X-Real-IP: $2 .*X-Forwarded-For: $2 "; }
check "PROXY protocol, version 2" eventually 10 proxied v2 203.0.113.8
check "with TLS behind it" proxied v2tls 203.0.113.8
check "version 1 with TLS behind it" proxied v1tls 203.0.113.7
check "of IPv6" proxied v6 2001:db8::8
kill -TERM $tool; wait $tool 2>/dev/null; tool=
end_nginx

# --- minik itself, on other ports ---
k delete ing --all >/dev/null
"$MINIK" ingress --kubeconfig "$KUBECONFIG" --data-dir "$T/data" --run-dir "$T/run" --node-name n1 --node-ip 192.168.77.254 --ingress-http-port 8080 --ingress-https-port 8443 \
	--config /dev/null >"$T/minik.log" 2>&1 & tool=$!; lib_pids="$lib_pids $tool"
ing tls tls.example web '' '"tls":[{"hosts":["tls.example"],"secretName":"tls"}],'
PORT=8080
becomes "--ingress-http-port: a redirect to --ingress-https-port" tls.example '/a?b' '308 https://tls.example:8443/a\?b ?$' -o /dev/null -w '%{http_code} %{redirect_url}'
PORT=80
tls() { curl -s -m 10 --cacert "$T/tls.crt" --resolve tls.example:8443:127.0.0.1 https://tls.example:8443/; }
expect "--ingress-https-port: verified, and the backend hears the port" 'X-Forwarded-Port: 8443' tls
expect "nothing is on 80 and 443" '^0$' sh -c "ss -Htln | grep -cE ':(80|443) '"
kill -TERM $tool; wait $tool 2>/dev/null; tool=
end_nginx
grep -E 'level=error' "$T/tool.log" "$T/minik.log" >"$T/errors"; [ -s "$T/errors" ] && not_ok "log has no errors" "$(cat "$T/errors")" || ok "log has no errors"
[ $lib_failed = 0 ]
