#!/bin/bash
# The Ingress controller alone (ingress_tool) against an API server alone, with a real nginx and real backends: routes, precedence,
# TLS, redirects, WebSocket, faults, events, status, changes without a reload, death and restart of nginx and of the controller.
. "$(dirname "$0")/lib.sh"
. "$MINIK_TOP/tests/integration/lib_ingress.sh"
ingress_needs openssl gcc
enter_sandbox "$@"
ingress_apiserver
gcc -O1 -o "$T/hostnames" "$MINIK_TOP/examples/walkthrough/images/hostnames.c" 2>"$T/cc.log" || { cat "$T/cc.log"; skip_all "no compiler"; }

backend() { # backend NAME PORT: a server that answers "NAME "
	"$T/hostnames" --port "$2" --prefix "$1 " >/dev/null 2>&1 &
	lib_pids="$lib_pids $!"
}
backend one 9001; backend two 9002; backend api 9003
# Answers with the request's own head and speaks the WebSocket handshake.
cat >"$T/echo.py" <<'P'
import base64, hashlib, http.server
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket":
            key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
            self.end_headers()
            self.wfile.write(self.rfile.read(6)[::-1]); self.wfile.flush()
            self.close_connection = True
            return
        body = (self.requestline + "\n" + str(self.headers)).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def do_POST(self):
        n = int(self.headers["Content-Length"]); self.rfile.read(n)
        body = str(n).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("0.0.0.0", 9004), H).serve_forever()
P
python3 "$T/echo.py" & lib_pids="$lib_pids $!"

# A name server that knows every name, for ExternalName.
cat >"$T/dns.py" <<'P'
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("192.168.77.254", 53))
while True:
    q, a = s.recvfrom(512)
    end = q.index(b"\0", 12) + 5
    aaaa = q[end - 3] == 28
    s.sendto(q[:2] + b"\x81\x80\0\1" + (b"\0\0" if aaaa else b"\0\1") + b"\0\0\0\0" + q[12:end]
             + (b"" if aaaa else b"\xc0\x0c\0\1\0\1\0\0\0\5\0\4" + socket.inet_aton("192.168.77.254")), a)
P
python3 "$T/dns.py" & lib_pids="$lib_pids $!"
echo "nameserver $A" >"$T/resolv.conf" && mount --bind "$T/resolv.conf" /etc/resolv.conf

service() { # service NAME PORT TARGET...: without selector, one slice for each target
	local name=$1 port=$2 t; shift 2
	k apply -f - <<-X >/dev/null
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"$name"},"spec":{"ports":[{"name":"http","port":$port,"targetPort":$port}]}}
	X
	for t in "$@"; do slice "$name" "$t"; done
}
workers() { pgrep -P "$(nginx_pid)" | sort | tr '\n' ' '; }

service web 80 9001 9002
service api 8080 9003
service echo 80 9004
controller
eventually 10 answers x / 404 && ok "nginx answers" || { not_ok "nginx answers" "$(cat "$T/tool.log" "$T/data/ingress/nginx.log")"; exit 1; }
expect "unknown host is 404" '^default backend - 404 404$' get nowhere.example /
eventually 10 k get ingressclass nginx >/dev/null
expect "IngressClass, the default one" '^minik.io/ingress-nginx true$' k get ingressclass nginx -o jsonpath='{.spec.controller} {.metadata.annotations.ingressclass\.kubernetes\.io/is-default-class}'

# --- routes ---
k apply -f - <<'X' >/dev/null
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  rules:
  - host: shop.example
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
      - {path: /api, pathType: Prefix, backend: {service: {name: api, port: {number: 8080}}}}
      - {path: /api/only, pathType: Exact, backend: {service: {name: echo, port: {number: 80}}}}
      - {path: "/a%20b", pathType: Prefix, backend: {service: {name: api, port: {number: 8080}}}}
  - host: "*.wild.example"
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: api, port: {number: 8080}}}}]}
X
becomes "host and prefix" shop.example / '^(one|two) .*200'
expect "element-wise" '^api ' get shop.example /api/v1
expect "not within an element" '^(one|two) ' get shop.example /apiary
expect "trailing slash" '^api ' get shop.example /api/
expect "Exact before Prefix" '^GET /api/only\?q=1 HTTP' get shop.example '/api/only?q=1'
expect "Exact is exact" '^api ' get shop.example /api/only/
expect "percent-encoded path" '^api ' get shop.example /a%20b/c
expect "dots do not get around the prefix" '^api ' get shop.example /x/../api
expect "host in any case and with a port" '^(one|two) ' get SHOP.example:80 /
expect "wildcard host" '^api ' get a.wild.example /
expect "a wildcard is one label" '404$' get b.a.wild.example /
expect "and not none" '404$' get wild.example /
for i in 1 2 3 4 5 6 7 8; do get shop.example /; done >"$T/rr"
expect "requests go round" '^2$' sh -c "grep -oE 'one|two' '$T/rr' | sort -u | wc -l"
expect "status has the address" '^192.0.2.7$' sh -c "for i in 1 2 3 4 5 6 7 8 9 10; do '$KUBECTL' get ing shop -o jsonpath='{.status.loadBalancer.ingress[*].ip}' | grep . && break; sleep 0.2; done"
expect "address column" '192.0.2.7 +80' k get ing shop
has_event "event Sync" 'shop Sync Served by nginx'

# --- what the backend sees ---
expect "X-Forwarded headers" 'X-Forwarded-For: 127.0.0.1' get shop.example /api/only -H 'X-Forwarded-For: 6.6.6.6'
expect "forwarded proto and host" 'X-Forwarded-Host: shop.example' get shop.example /api/only
expect "original forwarded-for is kept apart" 'X-Original-Forwarded-For: 6.6.6.6' get shop.example /api/only -H 'X-Forwarded-For: 6.6.6.6'
expect "Host is kept" ' Host: shop.example' get shop.example /api/only
expect "Host keeps its port" ' Host: shop.example:8080 ' get shop.example:8080 /api/only
raw() { python3 -c 'import socket,sys; s=socket.create_connection(("127.0.0.1",80)); s.sendall(sys.argv[1].encode().decode("unicode_escape").encode()); s.settimeout(5); print(b"".join(iter(lambda: s.recv(4096), b"")).decode().replace("\r\n", " "))' "$1"; }
expect "absolute request line: the backend hears that host" '(^| )Host: shop.example( |$)' raw 'GET http://shop.example/api/only HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n'
cat >"$T/ws.py" <<'P'
import socket
s = socket.create_connection(("127.0.0.1", 80)); s.settimeout(5)
s.sendall(b"GET /api/only HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
d = b""
while b"\r\n\r\n" not in d: d += s.recv(4096)
print(d.decode()); s.sendall(b"abcdef"); r = d.split(b"\r\n\r\n", 1)[1]
while len(r) < 6:
    p = s.recv(16)
    if not p: break
    r += p
print("got", r.decode())
P
expect "WebSocket upgrade" 'got fedcba' python3 "$T/ws.py"

head -c 900000 /dev/zero >"$T/body"
expect "upload" '^900000200 *$' get shop.example /api/only --data-binary @"$T/body" -H Expect:
head -c 1100000 /dev/zero >"$T/body"
expect "too large an upload" '413 *$' get shop.example /api/only --data-binary @"$T/body" -H Expect:

# --- changes need no reload ---
before=$(workers)
k delete endpointslice web-9002 >/dev/null
gone_two() { for _ in 1 2 3 4 5 6; do get shop.example /; done | grep -q two && return 1; return 0; }
eventually 10 gone_two && ok "endpoint removed" || not_ok "endpoint removed"
k delete endpointslice web-9001 >/dev/null
becomes "no endpoints: 503" shop.example / '503$'
slice web 9001
becomes "endpoint added" shop.example / '^one '
slice web 9009 # nobody listens there
sleep 0.3
for i in 1 2 3 4 5 6; do get shop.example /; done >"$T/rr"
expect "a dead endpoint is tried past" '^6$' sh -c "grep -o 200 '$T/rr' | wc -l"
k delete endpointslice web-9009 >/dev/null

# --- default backend, other Ingresses, conflicts ---
k apply -f - <<'X' >/dev/null
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: late}
spec:
  rules:
  - host: shop.example
    http:
      paths:
      - {path: /api, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
      - {path: /late, pathType: Prefix, backend: {service: {name: echo, port: {number: 80}}}}
X
becomes "a second Ingress adds to a host" shop.example /late '^GET /late'
expect "the older keeps its path" '^api ' get shop.example /api
has_event "conflict is told" 'late Conflict host shop.example, path /api \(Prefix\) belongs to the older Ingress default/shop'
k create ingress all --default-backend=echo:80 >/dev/null
becomes "default backend" unknown.example /x '^GET /x'
expect "and for unmatched paths of the wildcard host's sibling" '^GET / ' get b.a.wild.example /
k delete ingress all >/dev/null
becomes "default backend gone" unknown.example /x '404$'

echo '{"apiVersion":"v1","kind":"Service","metadata":{"name":"outside"},"spec":{"type":"ExternalName","externalName":"backend.outside.test"}}' | k apply -f - >/dev/null
k create ingress ext --rule="ext.example/*=outside:9003" >/dev/null
becomes "ExternalName" ext.example /x '^api .*200$'
k delete ingress ext >/dev/null

# --- faults ---
k apply -f - <<'X' >/dev/null
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: faulty
  annotations:
    nginx.ingress.kubernetes.io/configuration-snippet: "return 200 owned;"
    nginx.ingress.kubernetes.io/proxy-body-size: 8 megabytes
    nginx.ingress.kubernetes.io/ssl-redirect: "false"
spec:
  tls: [{hosts: [faulty.example], secretName: nope}]
  rules:
  - host: faulty.example
    http:
      paths:
      - {path: /gone, pathType: Prefix, backend: {service: {name: gone, port: {number: 80}}}}
      - {path: /port, pathType: Prefix, backend: {service: {name: web, port: {number: 81}}}}
      - {path: /good, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
X
becomes "a fault touches only itself" faulty.example /good '^one '
expect "missing Service: 503" '503$' get faulty.example /gone
has_event "event: Service" 'faulty MissingService Service default/gone does not exist'
has_event "event: port" 'faulty MissingPort Service default/web has no TCP port 81'
has_event "event: Secret" 'faulty MissingSecret Secret default/nope'
has_event "event: snippet" 'faulty SnippetRefused annotation configuration-snippet'
has_event "event: annotation" 'faulty InvalidAnnotation annotation proxy-body-size: "8 megabytes" is not taken: it must be a size'
k annotate ing faulty nginx.ingress.kubernetes.io/whitelist-source-range=10.0.0.0/33 >/dev/null
becomes "not served to everybody when access is restricted" faulty.example /good '503$'
k delete ing faulty >/dev/null
becomes "deleted: 404" faulty.example /good '404$'
k apply -f - <<'X' >/dev/null
{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"foreign"},"spec":{"ingressClassName":"other","rules":[{"host":"foreign.example","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"number":80}}}}]}}]}}
X

# --- TLS ---
cert() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" -addext "subjectAltName=DNS:$1" -keyout "$T/$2.key" -out "$T/$2.crt" >/dev/null 2>&1; }
cert shop.example s1; cert shop.example s2; cert '*.wild.example' w
k create secret tls shop-tls --cert="$T/s1.crt" --key="$T/s1.key" >/dev/null 2>"$T/warned"
[ ! -s "$T/warned" ] && ok "a pair that fits is no matter for a warning" || not_ok "a pair that fits is no matter for a warning" "$(cat "$T/warned")"
jq -n --rawfile c "$T/s1.crt" --rawfile k "$T/s2.key" '{apiVersion: "v1", kind: "Secret", type: "kubernetes.io/tls", metadata: {name: "unfit"}, stringData: {"tls.crt": $c, "tls.key": $k}}' >"$T/unfit.json"
expect "one that does not is" 'Warning: tls: private key does not match public key' sh -c "'$KUBECTL' create -f '$T/unfit.json' 2>&1"
k delete secret unfit >/dev/null
k create secret tls wild-tls --cert="$T/w.crt" --key="$T/w.key" >/dev/null
tls() { curl -s -m 10 -w '%{http_code}' --resolve "$1:443:127.0.0.1" "${@:3}" "https://$1$2"; }
shown() { echo | openssl s_client -connect 127.0.0.1:443 ${1:+-servername $1} 2>/dev/null | openssl x509 -noout -fingerprint -sha256; }
file() { openssl x509 -noout -fingerprint -sha256 -in "$1"; }
expect "HTTPS with the default certificate" '^one ' tls shop.example / -k
expect "default certificate" 'minik ingress default' sh -c "echo | openssl s_client -connect 127.0.0.1:443 2>/dev/null | openssl x509 -noout -subject"
k patch ing shop --type=merge -p '{"spec":{"tls":[{"hosts":["shop.example"],"secretName":"shop-tls"},{"hosts":["*.wild.example"],"secretName":"wild-tls"}]}}' >/dev/null
shows() { [ "$(shown "$1")" = "$(file "$2")" ]; }
eventually 10 shows shop.example "$T/s1.crt" && ok "certificate by SNI" || not_ok "certificate by SNI" "$(shown shop.example)"
check "verifies" tls shop.example / --cacert "$T/s1.crt"
check "wildcard certificate" shows x.wild.example "$T/w.crt"
expect "HTTP/2" '^2$' curl -sk -o /dev/null -w '%{http_version}' --resolve shop.example:443:127.0.0.1 https://shop.example/
expect "HTTP/2 keeps the host" '^Host: shop.example' tls shop.example /api/only -k
expect "proto https is forwarded" 'X-Forwarded-Proto: https' tls shop.example /api/only -k --http1.1
expect "HTTP is redirected" '308 https://shop.example/x\?y=1$' get shop.example '/x?y=1' -w ' %{http_code} %{redirect_url}'
k create secret tls shop-tls --cert="$T/s2.crt" --key="$T/s2.key" --dry-run=client -o yaml | k replace -f - >/dev/null
eventually 10 shows shop.example "$T/s2.crt" && ok "certificate swapped" || not_ok "certificate swapped"
expect "key material is nginx's to read and nobody else's" '^640 640 $' stat --printf='%a ' "$T/run/ingress/live/table" "$T/data/ingress/default.key"
k annotate ing shop nginx.ingress.kubernetes.io/ssl-redirect=false >/dev/null
becomes "redirect switched off" shop.example / '^one '

# --- nothing is dropped while all of that changes (a few; --soak 500) ---
if command -v wrk >/dev/null; then
	rounds=12; [ "${MINIK_SOAK:-0}" = 1 ] && rounds=500
	wrk -t1 -c4 -d1200s --timeout 10s -H 'Host: shop.example' http://127.0.0.1/ >"$T/wrk" 2>&1 & w=$!
	lib_pids="$lib_pids $w"
	for i in $(seq $rounds); do
		k create ingress "r$i" --rule="r$i.example/*=api:8080" --rule="shop.example/r$i=api:8080" >/dev/null
		backend "n$i" $((10000 + i)); pod=$!
		slice web $((10000 + i))
		eventually 10 answers "r$i.example" / '^api ' || not_ok "rule $i"
		[ "$i" -gt 1 ] && { # the one before is replaced
			k delete endpointslice "web-$((10000 + i - 1))" >/dev/null
			k delete ingress "r$((i - 1))" >/dev/null
			eventually 10 answers "r$((i - 1)).example" / '404$' || not_ok "rule $((i - 1)) is gone"
			kill "$last"
		}
		last=$pod
		[ $((i % 10)) = 5 ] && k create secret tls shop-tls --cert="$T/s1.crt" --key="$T/s1.key" --dry-run=client -o yaml | k replace -f - >/dev/null
		[ $((i % 10)) = 0 ] && k create secret tls shop-tls --cert="$T/s2.crt" --key="$T/s2.key" --dry-run=client -o yaml | k replace -f - >/dev/null
		[ "$i" = $((rounds / 2)) ] && { kill -9 $tool; wait $tool 2>/dev/null; controller; }
	done
	kill -INT $w; wait $w
	k delete ingress "r$rounds" >/dev/null; k delete endpointslice "web-$((10000 + rounds))" >/dev/null
	n=$(awk '/requests in/{print $1}' "$T/wrk")
	if [ "${n:-0}" -gt 1000 ] && ! grep -qE 'Socket errors|Non-2xx' "$T/wrk"; then ok "$rounds rules and endpoints replaced under load, $n requests, none failed"
	else not_ok "no request fails while rules and endpoints change" "$(cat "$T/wrk"; tail -5 "$T/data/ingress/nginx.log")"; fi
else skip "no request fails while rules and endpoints change" "no wrk"; fi
[ "$(workers)" = "$before" ] && ok "all that without a reload" || not_ok "all that without a reload" "$before / $(workers)"

# --- a log that clients fill ---
head -c 9000000 /dev/zero | tr '\0' x >>"$T/data/ingress/nginx.log"
small() { [ "$(stat -c %s "$T/data/ingress/nginx.log")" -lt 1000000 ] && [ "$(stat -c %s "$T/data/ingress/nginx.log.1")" -gt 8000000 ]; }
eventually 5 small && ok "log is cut" || not_ok "log is cut" "$(ls -l "$T/data/ingress")"

# --- life and death ---
old=$(nginx_pid)
kill -9 "$old"
back() { answers shop.example / '^one ' && [ "$(nginx_pid)" != "$old" ] && [ -d "/proc/$(nginx_pid)" ]; }
eventually 15 back && ok "nginx killed: back with its routes" || not_ok "nginx killed: back with its routes" "$(tail -5 "$T/tool.log" "$T/data/ingress/nginx.log")"
only_one() { [ "$(pgrep -fc "^nginx: master process.*$T/run/ingress")" = 1 ] && [ "$(for p in $(pgrep -f '^nginx: worker process'); do [ "$(readlink /proc/$p/cwd)" = "$T/run/ingress" ] && ps -o ppid= $p; done | sort -u | wc -l)" = 1 ]; }
eventually 10 only_one && ok "no worker of the dead one is left" || not_ok "no worker of the dead one is left" "$(pgrep -af nginx)"
pid=$(nginx_pid); before=$(workers)
kill -9 $tool; wait $tool 2>/dev/null
expect "nginx goes on without the controller" '^one ' get shop.example /
k delete ing late >/dev/null
controller
becomes "a new controller takes over: what changed meanwhile" shop.example /late '^one '
[ "$(nginx_pid) $(workers)" = "$pid $before" ] && ok "the same nginx, not reloaded" || not_ok "the same nginx, not reloaded" "$(tail -5 "$T/tool.log")"
kill -TERM $tool; wait $tool; expect "ends cleanly" '^0$' echo $?
kill -9 "$(nginx_pid)"
controller
eventually 15 answers shop.example / '^one ' && ok "both died: back" || not_ok "both died: back" "$(tail -5 "$T/tool.log")"
k delete ing shop foreign >/dev/null
becomes "all deleted: 404" shop.example / '404$'
kill -TERM $tool; wait $tool
end_nginx
grep -E 'level=error' "$T/tool.log" >"$T/errors"; [ -s "$T/errors" ] && not_ok "log has no errors" "$(cat "$T/errors")" || ok "log has no errors"
python3 -c 'import socket,time; s=socket.socket(); s.setsockopt(1,2,1); s.bind(("",80)); s.listen(); time.sleep(600)' & busy=$!
lib_pids="$lib_pids $busy"
eventually 10 sh -c 'ss -ltn | grep -q "0.0.0.0:80 "'
controller
eventually 15 grep -q 'nginx cannot start: bind() to 0.0.0.0:80 failed' "$T/tool.log" && ok "a busy port is said" || not_ok "a busy port is said" "$(tail -5 "$T/tool.log")"
kill $busy
becomes "and nginx starts when it is free" x / '404$'
user=$(stat -c %u "/proc/$(nginx_pid)")
kill -TERM $tool; wait $tool
end_nginx
# The kernel would let both have it.
python3 -c 'import os, socket, sys, time; os.seteuid(int(sys.argv[1])); s = socket.socket(); os.seteuid(0); s.setsockopt(1, 15, 1); s.bind(("", 80)); s.listen(); time.sleep(600)' "$user" & busy=$!
lib_pids="$lib_pids $busy"
eventually 10 sh -c 'ss -ltn | grep -q "0.0.0.0:80 "'
controller
eventually 15 grep -q 'nginx cannot start: port 80 is in use by another process of its user' "$T/tool.log" && ok "a port is not shared with a process of the same user" || not_ok "a port is not shared with a process of the same user" "$(tail -5 "$T/tool.log")"
kill $busy
becomes "and nginx starts when that has gone" x / '404$'
kill -TERM $tool; wait $tool
end_nginx
left() { ls -d "$T/run/ingress" 2>/dev/null; pgrep -af "$T/run/ingress"; }
[ -z "$(left)" ] && ok "cleanup leaves nothing" || not_ok "cleanup leaves nothing" "$(left)"
