#!/bin/bash
# What is around nginx: its user, capabilities and mounts, its logs, whom it believes (proxies, PROXY protocol), gRPC, TCP and UDP services,
# which nodes have one, and an nginx of another version. The controller alone (ingress_tool) against an API server alone.
. "$(dirname "$0")/lib.sh"
. "$MINIK_TOP/tests/integration/lib_ingress.sh"
ingress_needs
enter_sandbox "$@"
mkdir "$T/run" && mount -t tmpfs -o noexec,nosuid,mode=755 tmpfs "$T/run" # as Debian's /run
mkdir -m 700 "$T/data" "$T/data/agent" && echo secret >"$T/data/agent/token"

ingress_apiserver

# HTTP that answers with the request's own head, on 9004; TCP and UDP that answer with what they get, on the address given.
cat >"$T/backend.py" <<'P'
import http.server, socket, sys, threading
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.path == "/accel":
            self.send_response(200); self.send_header("X-Accel-Redirect", "/elsewhere"); self.send_header("Content-Length", "3"); self.end_headers()
            self.wfile.write(b"own"); return
        if self.path == "/slow":
            self.send_response(200); self.send_header("Transfer-Encoding", "chunked"); self.end_headers()
            self.wfile.write(b"5\r\nfirst\r\n"); self.wfile.flush()
            open(sys.argv[2]).read() # a FIFO
            self.wfile.write(b"4\r\nlast\r\n0\r\n\r\n"); return
        body = (self.requestline + "\n" + str(self.headers)).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def log_message(self, *a): pass
def tcp(c):
    d = c.recv(4096)
    while d: c.sendall(b"got " + d); d = c.recv(4096)
    c.close()
def tcps():
    s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind((sys.argv[1], 5432)); s.listen()
    while True: threading.Thread(target=tcp, args=(s.accept()[0],), daemon=True).start()
def udps():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind((sys.argv[1], 5353))
    while True:
        d, a = s.recvfrom(4096); s.sendto(b"got " + d, a)
threading.Thread(target=tcps, daemon=True).start(); threading.Thread(target=udps, daemon=True).start()
print("ready", flush=True)
http.server.ThreadingHTTPServer(("192.168.77.254", 9004), H).serve_forever()
P
for s in echo:9004 grpc:9005; do
	k apply -f - <<-X >/dev/null
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"${s%:*}"},"spec":{"ports":[{"name":"http","port":80,"targetPort":${s#*:}}]}}
	X
	slice ${s%:*} ${s#*:}
done
k apply -f - <<X >/dev/null
{"apiVersion":"v1","kind":"Service","metadata":{"name":"db"},"spec":{"ports":[{"name":"db","port":5432},{"name":"dns","port":5353,"protocol":"UDP"}]}}
X
k apply -f - <<X >/dev/null
{"apiVersion":"v1","kind":"Service","metadata":{"name":"headless"},"spec":{"clusterIP":"None","ports":[{"name":"db","port":5432}]}}
X
C=$(k get svc db -o jsonpath='{.spec.clusterIP}')
ip addr add "$C/32" dev lo # there is no Service proxy here
mkfifo "$T/go"
python3 "$T/backend.py" "$C" "$T/go" >"$T/backend.out" 2>"$T/backend.log" & lib_pids="$lib_pids $!"
eventually 10 grep -q ready "$T/backend.out"
echo 1 >"$T/grpc.says"
python3 "$MINIK_TOP/tests/integration/grpc_health.py" $A 9005 "$T/grpc.says" >"$T/grpc.out" 2>&1 & lib_pids="$lib_pids $!"

controller() { # controller KEY=VALUE...
	"$B/tests/integration/ingress_tool" "$KUBECONFIG" "$T/run/ingress" "$T/data" 192.0.2.7 80 443 "hide=$T/run" "hide=$T/data" node=n1 \
		ports="16443/TCP=API server" "$@" >>"$T/tool.out" 2>>"$T/tool.log" &
	tool=$!
	lib_pids="$lib_pids $tool"
}
again() { kill -TERM $tool; wait $tool 2>/dev/null; controller "$@"; }
trap 'end_controller; umount -l "$T/run"; lib_cleanup' EXIT
get() { curl -s -m 10 -w '%{http_code}' -H "Host: echo.example" "${@:2}" "http://${FROM:-127.0.0.1}$1" | tr '\n' ' '; }
answers() { get "$1" | grep -qE -- "$2"; }
becomes() { if eventually 10 answers "$2" "$3"; then ok "$1"; else not_ok "$1" "$(get "$2") instead of $3; $(tail -5 "$T/tool.log" "$T/data/ingress/nginx.log")"; fi; }
no_nginx() { [ -z "$(pgrep -f "^nginx: master process.*$T/run/ingress")" ]; }

# --- nodes by label ---
k apply -f - <<X >/dev/null
{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"},"status":{"addresses":[{"type":"InternalIP","address":"192.0.2.7"}]}}
X
controller nodes=edge=true log=1 metrics=127.0.0.1:10254
eventually 10 k get ingressclass nginx >/dev/null
k create ingress echo --rule="echo.example/*=echo:80" >/dev/null
no_nginx && ok "no nginx on a node without the label" || not_ok "no nginx on a node without the label" "$(pgrep -af nginx)"
k label node n1 edge=true >/dev/null
becomes "the label comes: nginx serves" / '^GET / HTTP/1.1 .*200$'
address() { k get ing echo -o jsonpath='{.status.loadBalancer.ingress[*].ip}'; }
has_address() { [ "$(address)" = 192.0.2.7 ]; }
has_no_address() { [ -z "$(address)" ]; }
check "and its address is in the status" eventually 10 has_address

# --- user, capabilities, mounts ---
uid=$(id -u minik-ingress 2>/dev/null || echo 64911)
for p in "$(nginx_pid)" $(pgrep -P "$(nginx_pid)"); do cat "/proc/$p/status"; done >"$T/status"
expect "nginx is a user of its own" "^$uid\$" sh -c "awk '/^Uid:/{print \$2; print \$3; print \$4; print \$5}' '$T/status' | sort -u"
expect "in no other group" "^Groups: *\$" sh -c "grep ^Groups '$T/status' | sed 's/[[:space:]]*\$//; s/\t/ /' | sort -u"
expect "with the capability of low ports alone" '^0000000000000400$' sh -c "awk '/^Cap(Eff|Prm|Inh|Bnd|Amb):/{print \$2}' '$T/status' | sort -u"
expect "and no new privileges" '^1$' sh -c "awk '/^NoNewPrivs:/{print \$2}' '$T/status' | sort -u"
inside() { nsenter -t "$(nginx_pid)" -m -- "$@"; }
expect "minik's data is hidden from it" '^ingress$' inside ls "$T/data"
expect "and what runs" '^ingress$' inside ls "$T/run"
as_nginx() { nsenter -t "$(nginx_pid)" -m -- setpriv --reuid "$uid" --regid "$uid" --clear-groups "$@"; }
check "it reads its table" as_nginx test -r "$T/run/ingress/live/table"
as_nginx find "$T/run/ingress" "$T/data/ingress" -writable ! -path '*/own*' ! -path '*/tmp*' ! -name page ! -name '*.log' ! -type l >"$T/writable" 2>&1
[ -s "$T/writable" ] && not_ok "and writes beside it nowhere" "$(cat "$T/writable")" || ok "and writes beside it nowhere"
expect "/run is noexec, the module is not there" "^$T/data/ingress/minik-[0-9a-f]{16}.so\$" sh -c "sed -n 's/^load_module \"\(.*\)\";/\1/p' '$T/run/ingress/nginx.conf'"
expect "others read neither keys nor table" '^640 640 $' stat --printf='%a ' "$T/run/ingress/live/table" "$T/data/ingress/default.key"

# --- requests ---
expect "IPv6" '^GET / .*200$' env FROM='[::1]' bash -c "$(declare -f get); get / -g"
expect "a request id is made" 'X-Request-ID: [0-9a-f]{32} ' get /
made() { for _ in $(seq 20); do curl -s -m 10 -H "Host: $1" "http://127.0.0.1/[1-10]"; done | grep -o 'X-Request-ID: [0-9a-f]*' | sort -u | wc -l; }
expect "200 requests have 200 of them" '^200$' made echo.example
expect "or kept" 'X-Request-ID: mine-1 ' get / -H 'X-Request-ID: mine-1'
expect "a backend cannot redirect inside" '^own200$' get /accel
curl -sN -m 20 -H 'Host: echo.example' http://127.0.0.1/slow >"$T/slow" & c=$!
check "streaming: the first part is there before the last" eventually 10 grep -q first "$T/slow"
echo >"$T/go"; wait $c
expect "and the last comes" '^firstlast$' cat "$T/slow"

# --- access log ---
get '/log?a=%22b%22' -A 'say "hi" \ there' -H 'X-Request-ID: id-7' >/dev/null
logged() { jq -c --arg u "$1" 'select(.uri == $u)' "$T/data/ingress/access.log" | tail -1; }
is_logged() { [ -n "$(logged "$1")" ]; }
eventually 10 is_logged '/log?a=%22b%22'
expect "access log" '^GET echo.example 200 127.0.0.1 default/echo default/echo:80 192.168.77.254:9004 id-7 say "hi" \\ there number$' \
	jq -r '[.method, .host, (.status | tostring), .client, .ingress, .service, .endpoint, .requestId, .userAgent, (.seconds | type)] | join(" ")' <(logged '/log?a=%22b%22')
# Why minik itself refused: an Ingress for each reason, asked until it does.
refuser() { # refuser NAME ANNOTATIONS
	k apply -f - <<X >/dev/null
{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"$1","annotations":{$2}},"spec":{"ingressClassName":"nginx",
"rules":[{"host":"$1.example","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"${3:-echo}","port":{"number":80}}}}]}}]}}
X
}
N=nginx.ingress.kubernetes.io
k create secret generic users --from-literal=auth='u:{SHA}x' >/dev/null
refuser rps "\"$N/limit-rps\":\"1\",\"$N/limit-burst-multiplier\":\"1\""
refuser rpm "\"$N/limit-rpm\":\"1\",\"$N/limit-burst-multiplier\":\"1\""
refuser body "\"$N/proxy-body-size\":\"1k\""
refuser deny "\"$N/denylist-source-range\":\"127.0.0.1\""
refuser allow "\"$N/allowlist-source-range\":\"10.0.0.0/8\""
refuser auth "\"$N/auth-type\":\"basic\",\"$N/auth-secret\":\"users\""
refuser closed "\"$N/denylist-source-range\":\"x\""
refuser gone "" nothing
reason() { jq -r --arg h "$1.example" 'select(.host == $h and .reason != "") | .reason' "$T/data/ingress/access.log" | tail -1; }
asked() { curl -s -m 5 -o /dev/null -H "Host: $1.example" "${@:3}" http://127.0.0.1/ -w ''; [ "$(reason "$1")" = "$2" ]; }
refused() { check "access log: $2" eventually 10 asked "$@"; }
refused rps limit-rps
refused rpm limit-rpm
head -c 3000 /dev/zero >"$T/large"
refused body body-size --data-binary "@$T/large"
refuser chunks "\"$N/proxy-body-size\":\"1k\""
refused chunks body-size --data-binary "@$T/large" -H 'Transfer-Encoding: chunked' -H 'Content-Length:'
refused deny denylist
refused allow allowlist
refused auth auth
refused closed refused
refused gone no-endpoints
expect "access log: no reason where the backend answers" '^""$' jq -c .reason <(logged '/log?a=%22b%22')
# annotations.md's example in the place of a location with "deny all".
refuser cloud ""
sed -n '/^```yaml$/,/^```$/{/^```/d;s/name: nextcloud, port/name: echo, port/;p}' "$MINIK_TOP/examples/ingress/annotations.md" | k apply -f - >/dev/null
cloud() { for p in "$@"; do curl -s -m 5 -o /dev/null -w '%{http_code} ' -H 'Host: cloud.example' "http://127.0.0.1$p"; done; }
is_closed() { [ "$(cloud /build/x /tests /.git /occ / /building)" = "403 403 403 403 200 200 " ]; }
check "paths that are closed, as annotations.md has them" eventually 10 is_closed
k delete ingress cloud nextcloud-closed >/dev/null
k delete ingress rps rpm body chunks deny allow auth closed gone >/dev/null
printf 'nonsense\r\n\r\n' | timeout 5 bash -c 'exec 3<>/dev/tcp/127.0.0.1/80; cat >&3; cat <&3' >/dev/null
check "every line is JSON" eventually 10 jq -e . "$T/data/ingress/access.log"
head -c 9000000 /dev/zero | tr '\0' '\n' >>"$T/data/ingress/access.log"
small() { [ "$(stat -c %s "$T/data/ingress/access.log")" -lt 1000000 ] && [ "$(stat -c %s "$T/data/ingress/access.log.1")" -gt 8000000 ]; }
check "access log is cut" eventually 5 small

metrics() { curl -s -m 5 http://127.0.0.1:10254/metrics; }
expect "metrics of the Ingress" '^minik_ingress_requests_total\{.*ingress="default/echo".*\} [1-9]' metrics

# --- whom nginx believes ---
before=$(nginx_pid)
told='-H X-Forwarded-For:203.0.113.9 -H X-Forwarded-Proto:https -H X-Forwarded-Host:public.example -H X-Forwarded-Port:8443'
expect "nobody is believed" 'X-Real-IP: 127.0.0.1 .*X-Forwarded-Host: echo.example .*X-Forwarded-Proto: http ' get / $told
again nodes=edge=true trusted=127.0.0.1/32
believed() { get / $told | grep -q 'X-Real-IP: 203.0.113.9 '; }
check "a proxy that is trusted is believed" eventually 10 believed
as_told() { get / $told | grep -q 'X-Forwarded-Host: public.example .*X-Forwarded-Port: 8443 .*X-Forwarded-Proto: https '; }
check "with host, port and scheme" eventually 10 as_told # a worker of before may take one more
expect "but not with a host that is none" 'X-Forwarded-Host: echo.example ' get / -H 'X-Forwarded-Host: a"b;c'
expect "nor with a scheme that is none" 'X-Forwarded-Proto: http ' get / -H 'X-Forwarded-Proto: gopher'
k annotate ing echo nginx.ingress.kubernetes.io/force-ssl-redirect=true >/dev/null
redirects() { get / | grep -q '308$'; }
check "a redirect to HTTPS" eventually 10 redirects
expect "not of who came by HTTPS to the proxy" '200$' get / $told
k annotate ing echo nginx.ingress.kubernetes.io/force-ssl-redirect- >/dev/null
eventually 10 answers / '200$'
FROM=$A expect "another is not" "X-Real-IP: $A .*X-Forwarded-Host: echo.example .*X-Forwarded-Proto: http " get / $told
[ "$(nginx_pid)" = "$before" ] && ok "settings are taken by a reload" || not_ok "settings are taken by a reload"
cat >"$T/proxy.py" <<'P'
import socket, sys
s = socket.create_connection((sys.argv[1], 80)); s.settimeout(5)
s.sendall(sys.argv[2].encode().decode("unicode_escape").encode() + b"GET / HTTP/1.1\r\nHost: echo.example\r\nConnection: close\r\n\r\n")
try: print(b"".join(iter(lambda: s.recv(4096), b"")).decode().replace("\r\n", " ").replace("\n", " "))
except ConnectionResetError: print("reset")
P
again nodes=edge=true trusted=127.0.0.1/32 proxy=1
line='PROXY TCP4 203.0.113.7 198.51.100.1 4711 80\r\n'
by_proxy() { python3 "$T/proxy.py" 127.0.0.1 "$line" | grep -q 'X-Real-IP: 203.0.113.7 '; }
check "PROXY protocol of a trusted balancer" eventually 10 by_proxy
expect "of another: its own address" "X-Real-IP: $A " python3 "$T/proxy.py" $A "$line"
expect "X-Forwarded-For is not believed then" 'X-Forwarded-For: 203.0.113.7 ' python3 "$T/proxy.py" 127.0.0.1 "$line"
expect "the port that the client came to" 'X-Forwarded-Port: 1234 .*X-Forwarded-Proto: http ' python3 "$T/proxy.py" 127.0.0.1 'PROXY TCP4 203.0.113.7 198.51.100.1 4711 1234\r\n'
tls_line='PROXY TCP4 203.0.113.7 198.51.100.1 4711 443\r\n'
expect "443: the balancer has ended TLS" 'X-Forwarded-Port: 443 .*X-Forwarded-Proto: https ' python3 "$T/proxy.py" 127.0.0.1 "$tls_line"
expect "of another: not" 'X-Forwarded-Port: 80 .*X-Forwarded-Proto: http ' python3 "$T/proxy.py" $A "$tls_line"
python3 "$T/proxy.py" 127.0.0.1 '' | grep -q '200 OK' && not_ok "who does not speak it is not served" || ok "who does not speak it is not served"
again nodes=edge=true
eventually 10 answers / '200$'

# --- gRPC ---
k create ingress grpc --rule="grpc.example/*=grpc:80" --annotation=nginx.ingress.kubernetes.io/backend-protocol=GRPC >/dev/null
printf '\0\0\0\0\0' >"$T/ask"
grpc() { curl -sk -m 10 --http2 --resolve grpc.example:443:127.0.0.1 -H 'Content-Type: application/grpc' -H 'TE: trailers' --data-binary @"$T/ask" -D - -o "$T/answer" https://grpc.example/grpc.health.v1.Health/Check | tr -d '\r' | tr '\n' ' '; }
grpc_good() { grpc | grep -q 'HTTP/2 200 .*grpc-status: 0'; }
if eventually 10 grpc_good; then ok "gRPC passes through, with its trailers"; else not_ok "gRPC passes through, with its trailers" "$(grpc; tail -3 "$T/data/ingress/nginx.log")"; fi
echo 'code 5' >"$T/grpc.says"
expect "gRPC's errors, too" 'grpc-status: 5' grpc

# --- TCP and UDP services ---
if [ -e /usr/lib/nginx/modules/ngx_stream_module.so ]; then
	python3 -c 'import socket,time; s=socket.socket(); s.bind(("",7001)); s.listen(); time.sleep(600)' & lib_pids="$lib_pids $!"
	eventually 10 sh -c 'ss -ltn | grep -q ":7001 "'
	k -n kube-system create configmap minik-ingress-tcp --from-literal=5000=default/db:db --from-literal=5001=default/db:5432::PROXY --from-literal=5002=default/db:5432:PROXY \
		--from-literal=80=default/db:5432 --from-literal=16443=default/db:5432 --from-literal=7001=default/db:5432 --from-literal=5003=default/headless:5432 \
		--from-literal=5004=default/none:5432 --from-literal='5005=default/db:5432;}' --from-literal=5006=default/db:dns \
		--from-literal=5007=default/db:5432:PROXY:PROXY >/dev/null
	k -n kube-system create configmap minik-ingress-udp --from-literal=5000=default/db:dns >/dev/null
	cat >"$T/tcp.py" <<-'P'
	import socket, sys
	s = socket.create_connection((sys.argv[1], int(sys.argv[2])), 5); s.settimeout(5)
	said = sys.argv[3].encode().decode("unicode_escape").encode(); s.sendall(said); heard = b""
	while not heard.endswith(said.split(b"\r\n")[-1]):
	    part = s.recv(4096)
	    if not part: break
	    heard += part
	print(heard.decode().replace("\r\n", "|"))
	P
	cat >"$T/udp.py" <<-'P'
	import socket
	s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(2); s.sendto(b"hello", ("127.0.0.1", 5000)); print(s.recv(100).decode())
	P
	tcp() { python3 "$T/tcp.py" "$@"; }
	tcp_good() { [ "$(tcp 127.0.0.1 5000 hello)" = "got hello" ]; }
	check "TCP to a Service" eventually 10 tcp_good
	expect "with IPv6" '^got hello$' tcp ::1 5000 hello
	expect "that hears the PROXY protocol" '^got PROXY TCP4 127.0.0.1 127.0.0.1 [0-9]+ 5001\|(got )?x$' tcp 127.0.0.1 5001 ''x
	expect "whose clients speak it" '^got hello$' tcp 127.0.0.1 5002 "${line}hello"
	expect "who is not trusted is not believed" '^got PROXY TCP4 127.0.0.1 127.0.0.1 [0-9]+ 5007\|(got )?x$' tcp 127.0.0.1 5007 "${line}x"
	udp_good() { [ "$(python3 "$T/udp.py")" = "got hello" ]; }
	check "UDP to a Service" eventually 10 udp_good
	has_event "Ingress' own port" 'ConfigMap minik-ingress-tcp PortTaken TCP port 80 of node n1 is taken: it is Ingress. own'
	has_event "minik's other ports" 'ConfigMap minik-ingress-tcp PortTaken TCP port 16443 .*API server'
	has_event "another program's port" 'ConfigMap minik-ingress-tcp PortTaken TCP port 7001 .*another program'
	has_event "a headless Service" 'ConfigMap minik-ingress-tcp NoClusterAddress port 5003'
	has_event "no Service" 'ConfigMap minik-ingress-tcp MissingService port 5004: Service default/none'
	has_event "nonsense" 'ConfigMap minik-ingress-tcp MissingPort port 5005: '
	has_event "a port of the other protocol" 'ConfigMap minik-ingress-tcp MissingPort port 5006: .*no TCP port dns'
	again nodes=edge=true trusted=127.0.0.1/32
	tcp_believed() { tcp 127.0.0.1 5007 "${line}x" | grep -qE '^got PROXY TCP4 203.0.113.7 '; }
	check "a trusted balancer of TCP is" eventually 10 tcp_believed
	expect "another is not" "^got PROXY TCP4 $A $A [0-9]+ 5007\\|" tcp $A 5007 "${line}x"
	again nodes=edge=true
	k -n kube-system delete configmap minik-ingress-tcp minik-ingress-udp >/dev/null
	closed() { ! ss -ltnu | grep -qE ':500[0-9] '; }
	check "the ConfigMaps go: the ports are closed" eventually 10 closed
	expect "HTTP was served on" '200$' get /
else skip "TCP and UDP services" "no libnginx-mod-stream"; fi

# --- the label goes ---
k label node n1 edge- >/dev/null
check "the label goes: nginx ends" eventually 10 no_nginx
check "and its address goes from the status" eventually 10 has_no_address
k label node n1 edge=true >/dev/null
becomes "and comes back" / '200$'
kill -TERM $tool; wait $tool
end_nginx

# --- another nginx than the module's ---
mkdir "$T/fake" && cat >"$T/fake/nginx" <<'F'
#!/bin/sh
[ "$*" != -v ] || { echo "nginx version: nginx/9.8.7" >&2; exit 0; }
exec /usr/sbin/nginx "$@"
F
chmod 755 "$T/fake/nginx"
PATH=$T/fake:$PATH controller; wait $tool; r=$?
tail -1 "$T/tool.log" >"$T/said"
[ $r = 1 ] && grep -qE "nginx is 9.8.7, but minik's module is for [0-9.]+: build minik again" "$T/said" && ok "nginx of another version is refused" || not_ok "nginx of another version is refused" "$r $(cat "$T/said")"
no_nginx && ok "and not started" || not_ok "and not started"
expect "check-config says so" "^FAIL nginx is 9.8.7" env PATH="$T/fake:$PATH" "$MINIK" check-config server --config /dev/null --data-dir "$T/cc" --run-dir "$T/cr"
expect "or that it fits" "^ok   nginx and minik's module" "$MINIK" check-config server --config /dev/null --data-dir "$T/cc" --run-dir "$T/cr"
grep -E 'level=error' "$T/tool.log" >"$T/errors"; [ -s "$T/errors" ] && not_ok "log has no errors" "$(cat "$T/errors")" || ok "log has no errors"
left() { ls -d "$T/run/ingress" 2>/dev/null; pgrep -af "$T/run/ingress"; }
[ -z "$(left)" ] && ok "cleanup leaves nothing" || not_ok "cleanup leaves nothing" "$(left)"
