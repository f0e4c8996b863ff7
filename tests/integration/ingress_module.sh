#!/bin/bash
# minik's module of nginx alone: a real nginx with the configuration that ingress/module/module.h shows, tables by table_tool. Routes, conditions,
# weights, endpoints that are dead or go, expressions that are hostile, certificates by SNI, copies of requests, tables that are bad, 500 tables under load,
# reloads and kills of workers, statistics. MODULE_ASAN=1: with the module built with sanitizers. MODULE_PARTS="routes tls" for some.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
so=ingress/minik_module.so preload=
if [ "${MODULE_ASAN:-}" = 1 ]; then
	so=ingress/minik_module_asan.so
	preload="$(gcc -print-file-name=libasan.so) $(gcc -print-file-name=libubsan.so)"
fi
for p in tests/integration/table_tool $so; do
	[ -x "$B/$p" ] && [ -n "${MINIK_SANDBOX:-}" ] || make -s -C "$B" $p >&2 || skip_all "$p cannot be built"
done
for p in curl openssl nginx wrk python3; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
enter_sandbox "$@"
A=192.168.77.254 L=$T/live
mkdir -p "$L" "$T/front" "$T/back"
part() { case " ${MODULE_PARTS:-$1} " in *" $1 "*) return 0 ;; esac; return 1; }
table() { "$B/tests/integration/table_tool" "$L"; }
temps() { for p in client_body proxy fastcgi uwsgi scgi; do printf '%s_temp_path %s/%s; ' $p "$T/$1" $p; done; }
cat >"$T/back.conf" <<C
daemon off; worker_processes 1; pid $T/back/pid; user root;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000; client_max_body_size 0; $(temps back)
map \$server_port \$name { 9001 one; 9002 two; 9003 three; 9004 api; default other; }
server { listen $A:9001; listen $A:9002; listen $A:9003; listen $A:9004; listen $A:9010; listen [::1]:9005;
 location / { return 200 "\$name \$request_method \$request_uri host=\$http_host conn=\$http_connection up=\$http_upgrade\n"; }
 location /fail { return 503; } } }
C
cat >"$T/front.conf" <<C
load_module $B/$so;
daemon off; worker_processes 2; pid $T/front/pid; user root; error_log $T/front/log info; worker_shutdown_timeout 20s;
events { worker_connections 4096; }
http { access_log off; server_tokens off; keepalive_requests 1000000; proxy_http_version 1.1; proxy_next_upstream_tries 3; $(temps front)
proxy_set_header Host \$minik_host; proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection \$minik_connection;
proxy_connect_timeout 2s; client_max_body_size 0; resolver $A ipv6=off; lingering_close off;
minik_live $L; minik_https_port 443; minik_limits 4m;
upstream minik { server 0.0.0.1; minik_balance; keepalive 64; keepalive_requests 1000000; }
upstream minik_own { server 0.0.0.1; minik_balance; }
server { listen 80 reuseport; listen 443 ssl http2 reuseport; ssl_certificate $T/default.crt; ssl_certificate_key $T/default.key;
 location / { minik_route; proxy_pass http://minik; } }
server { listen 8080; listen 8443 ssl; ssl_certificate $T/default.crt; ssl_certificate_key $T/default.key; minik_scope 8080;
 location / { minik_route; proxy_pass http://minik; } }
}
C
cert() { # cert FILE NAME [ARGS]: self-signed
	local f=$1 n=$2; shift 2
	openssl req -x509 "$@" -nodes -keyout "$T/$f.key" -out "$T/$f.crt" -days 2 -subj "/CN=$n" 2>>"$T/openssl.log"
}
cert default default.invalid -newkey rsa:2048
nginx -e "$T/back/log" -p "$T/back" -c "$T/back.conf" 2>"$T/back.log" & lib_pids="$lib_pids $!"
front_start() {
	LD_PRELOAD=$preload ASAN_OPTIONS=detect_leaks=0:log_path="$T/front/asan" UBSAN_OPTIONS=print_stacktrace=1 nginx -e "$T/front/log" -p "$T/front" -c "$T/front.conf" 2>>"$T/front.log" &
	front=$!; lib_pids="$lib_pids $front"
}
front_start
up() { curl -s -o /dev/null "http://127.0.0.1$1/"; }
get() { # get HOST PATH [CURL ARGUMENTS]
	local h=$1 p=$2; shift 2
	curl -s --path-as-is -m 10 -H "Host: $h" "$@" "http://127.0.0.1:${PORT:-80}$p"
}
status() { get "$@" -o /dev/null -w '%{http_code}'; }
stat() { "$B/tests/integration/table_tool" "$L" stats; }
workers() { pgrep -P "$front"; }
check "nginx starts with the module" eventually 10 up :80 || { cat "$T/front.log" "$T/front/log"; exit 1; }
check "the backends are there" eventually 10 curl -s -o /dev/null "http://$A:9001/"

expect "503 before there is a page" '^503$' status a.example /
# A page that says nothing yet.
truncate -s 100 "$L/page"
# Both workers answer so: connections are spread over them.
sees_all() { local i; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sees "$@" || return 1; done; }
sees() { [ "$(status "$@")" = "$want" ]; }
want=503 check "503 with a page that is cut off" sees a.example /
rm -f "$L/page"

backends='"backends": {"d/one:80": ["'$A':9001"], "d/two:80": ["'$A':9002"], "d/three:80": ["'$A':9003"], "d/api:80": ["'$A':9004"], "d/v6:80": ["[::1]:9005"],
 "d/pair:80": ["'$A':9001", "'$A':9002"], "d/half:80": ["'$A':9001", "'$A':9099"], "d/dead:80": ["'$A':9098", "'$A':9099"], "d/none:80": [], "d/ext:80": "backend.example:9010"}'
hosts='
 {"name": "a.example", "paths": [
  {"path": "", "backend": "d/one:80", "owner": "d/a"}, {"match": "exact", "path": "/exact", "backend": "d/two:80", "owner": "d/a"},
  {"path": "/exact", "backend": "d/three:80", "owner": "d/a"}, {"path": "/api", "backend": "d/api:80", "owner": "d/a"}, {"path": "/api/v2", "backend": "d/two:80", "owner": "d/a"},
  {"path": "/sp ace", "backend": "d/three:80", "owner": "d/a"}]},
 {"name": "b.example", "paths": [{"path": "/only", "backend": "d/one:80", "owner": "d/b"}]},
 {"name": "c.example", "paths": [{"path": "/only", "backend": "d/one:80", "owner": "d/c"}, {"match": "default", "backend": "d/two:80", "owner": "d/c"}]},
 {"name": "*.wild.example", "paths": [{"path": "", "backend": "d/two:80", "owner": "d/w"}]}, {"name": "in.wild.example", "paths": [{"path": "", "backend": "d/three:80", "owner": "d/w"}]},
 {"name": "*.deep.example", "deep": true, "paths": [{"path": "", "backend": "d/three:80", "owner": "d/w"}]},
 {"name": "v6.example", "paths": [{"path": "", "backend": "d/v6:80"}]}, {"name": "none.example", "paths": [{"path": "", "backend": "d/none:80"}]},
 {"name": "nobackend.example", "paths": [{"path": "", "rules": [{"targets": [{"backend": ""}]}]}]}, {"name": "ext.example", "paths": [{"path": "", "backend": "d/ext:80"}]},
 {"name": "pair.example", "paths": [{"path": "", "backend": "d/pair:80", "owner": "d/pair"}]}, {"name": "half.example", "paths": [{"path": "", "backend": "d/half:80", "owner": "d/half"}]},
 {"name": "dead.example", "paths": [{"path": "", "backend": "d/dead:80", "owner": "d/dead"}]}'

if part routes; then
# Retried: the page is looked for once a second.
echo "{$backends, \"hosts\": [$hosts]}" | table
want=200 check "a table that comes later is taken" eventually 3 sees_all a.example /
expect "prefix /" '^one GET / ' get a.example /
expect "the URI goes on as it is" '^one GET /x//y/%2e[?]a=%20b ' get a.example '/x//y/%2e?a=%20b'
expect "Exact before Prefix" '^two ' get a.example /exact
expect "Prefix where Exact is not" '^three ' get a.example /exact/x
expect "Prefix with a trailing slash" '^api ' get a.example /api/
expect "whole elements alone" '^one ' get a.example /apix
expect "the longest prefix" '^two ' get a.example /api/v2/x
expect "paths are matched decoded" '^three GET /sp%20ace/x ' get a.example /sp%20ace/x
expect "and after their dots" '^api GET /x/../api ' get a.example /x/../api
expect "a host is its paths alone: 404" '^404$' status b.example /
expect "404's text" '^default backend - 404$' get b.example /
expect "a host's own default" '^two ' get c.example /other
expect "no host: 404" '^404$' status z.example /
expect "a wildcard is one label" '^two ' get x.wild.example /
expect "an exact name before it" '^three ' get in.wild.example /
expect "not two labels" '^404$' status y.x.wild.example /
expect "not its bare name" '^404$' status wild.example /
expect "a deep wildcard is any number of labels" '^three ' get z.y.x.deep.example /
expect "names in capitals, with a port and a dot" '^one GET / host=A.Example.:80 ' get A.Example.:80 /
expect "an IPv6 endpoint" '^other ' get v6.example /
expect "no endpoints: 503" '^503$' status none.example /
expect "no backend: 503" '^503$' status nobackend.example /
raw() { (exec 3<>/dev/tcp/127.0.0.1/80; printf "$1" >&3; tail -1 <&3); }
expect "the absolute form's host is the one" '^three GET /x host=in.wild.example ' raw 'GET http://in.wild.example/x HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n'
expect "with a Host that says the same" '^three GET /x host=in.wild.example:80 ' raw 'GET http://in.wild.example/x HTTP/1.1\r\nHost: in.wild.example:80\r\nConnection: close\r\n\r\n'
expect "HTTP/1.0 without a host" '^default backend' raw 'GET / HTTP/1.0\r\n\r\n'
expect "Upgrade goes through" 'conn=upgrade up=websocket$' get a.example / -H 'Connection: upgrade' -H 'Upgrade: websocket'
expect "Connection is the module's else" 'conn= up=$' get a.example / -H 'Connection: x-secret'
python3 - "$A" <<'P' & lib_pids="$lib_pids $!"
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind((sys.argv[1], 53))
while True:
    q, peer = s.recvfrom(512)
    s.sendto(q[:2] + b"\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00" + q[12:] + b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x05\x00\x04" + socket.inet_aton(sys.argv[1]), peer)
P
ext() { get ext.example /x | grep '^other GET /x host=ext.example '; }
check "ExternalName" eventually 5 ext
echo "{$backends, \"hosts\": [$hosts, {\"name\": \"*\", \"paths\": [{\"path\": \"/any\", \"backend\": \"d/two:80\"}, {\"match\": \"default\", \"backend\": \"d/three:80\"}]},
 {\"name\": \"s.example\", \"scope\": 8080, \"paths\": [{\"path\": \"\", \"backend\": \"d/two:80\"}]},
 {\"name\": \"zero.example\", \"scope\": 8080, \"paths\": [{\"path\": \"\", \"rules\": [{\"targets\": [{\"backend\": \"d/two:80\", \"weight\": 0}]}]}]},
 {\"name\": \"none.example\", \"scope\": 8080, \"paths\": [{\"path\": \"\", \"rules\": [{}]}]}]}" | table
expect "every host" '^two ' get z.example /any/x
expect "a host's paths are all there is" '^three ' get b.example /any
expect "the default of all at last" '^three ' get b.example /
expect "but not before a host's own" '^two ' get c.example /any
expect "a listener's host" '^two ' eval 'PORT=8080 get s.example /'
expect "is not there for the others" '^three ' get s.example /
expect "a listener serves what has none" '^one ' eval 'PORT=8080 get a.example /'
expect "weights of 0, of a listener: 500" '^500$' eval 'PORT=8080 status zero.example /'
expect "no targets, of a listener: 500" '^500$' eval 'PORT=8080 status none.example /'
fi

if part expressions; then
evil=$(printf 'a%.0s' $(seq 200))
echo "{$backends, \"hosts\": [
 {\"name\": \"r.example\", \"regex\": true, \"paths\": [{\"match\": \"regex\", \"path\": \"/items/([0-9]+)/detail\", \"backend\": \"d/two:80\"}, {\"match\": \"regex\", \"path\": \"/items/.*\", \"backend\": \"d/three:80\"},
  {\"match\": \"regex\", \"path\": \"/s\$\", \"backend\": \"d/api:80\"}, {\"match\": \"default\", \"backend\": \"d/one:80\"}]},
 {\"name\": \"bad.example\", \"regex\": true, \"paths\": [{\"match\": \"regex\", \"path\": \"/good/and/longer\", \"backend\": \"d/one:80\"}, {\"match\": \"regex\", \"path\": \"/(unclosed\", \"backend\": \"d/two:80\"}, {\"match\": \"regex\", \"path\": \"/.*\", \"backend\": \"d/two:80\"}]},
 {\"name\": \"evil.example\", \"regex\": true, \"paths\": [{\"match\": \"regex\", \"path\": \"/(a+)+(a+)+(a+)+[bc]\", \"backend\": \"d/one:80\"}, {\"match\": \"regex\", \"path\": \"/.*\", \"backend\": \"d/two:80\"}]},
 {\"name\": \"deep.example\", \"regex\": true, \"paths\": [{\"match\": \"regex\", \"path\": \"/(?:(x(?1)?x)|(?1)|y)*z\", \"backend\": \"d/one:80\"}, {\"match\": \"regex\", \"path\": \"/.*\", \"backend\": \"d/two:80\"}]}]}" | table
expect "expressions in their order" '^two ' get r.example /items/17/detail
expect "the next" '^three ' get r.example /items/x/detail
expect "without case" '^two ' get r.example /ITEMS/17/Detail
expect "from the begin of the path" '^one ' get r.example /x/items/17/detail
expect "an end that is said" '^one ' get r.example /sx
expect "one that does not compile: 500, not what comes after it" '^500$' status bad.example /x
expect "what comes before it is served" '^one ' get bad.example /good/and/longer
check "the log says why" grep -q 'expression "/(unclosed" does not compile' "$T/front/log"
t0=$(date +%s%N)
expect "one that takes for ever is cut off: 500" '^500$' status evil.example "/$evil"
t=$((($(date +%s%N) - t0) / 1000000))
check "within a moment ($t ms)" [ $t -lt 1000 ]
check "the log says so" grep -q 'comes to its limits' "$T/front/log"
expect "one that recurs is bounded" '^(500|200)$' status deep.example "/$(printf 'x%.0s' $(seq 3000))"
fi

if part conditions; then
echo "{$backends, \"hosts\": [{\"name\": \"k.example\", \"paths\": [{\"path\": \"/c\", \"rules\": [
 {\"conds\": [[\"method\", \"DELETE\"]], \"targets\": [{\"backend\": \"d/two:80\"}]},
 {\"conds\": [[\"header\", \"x-canary\", \"always\"], [\"method\", \"GET\"]], \"targets\": [{\"backend\": \"d/three:80\"}]},
 {\"conds\": [[\"header_regex\", \"x-user\", \"^a[0-9]+\$\"]], \"targets\": [{\"backend\": \"d/api:80\"}]},
 {\"conds\": [[\"header_any\", \"x-any\"]], \"targets\": [{\"backend\": \"d/two:80\"}]},
 {\"conds\": [[\"query\", \"v\", \"2 &\"]], \"targets\": [{\"backend\": \"d/three:80\"}]},
 {\"conds\": [[\"query_regex\", \"w\", \"^x+\$\"]], \"targets\": [{\"backend\": \"d/api:80\"}]},
 {\"conds\": [[\"cookie\", \"c\", \"always\"]], \"targets\": [{\"backend\": \"d/two:80\"}]},
 {\"conds\": [[\"header_regex\", \"x-broken\", \"(\"]], \"targets\": [{\"backend\": \"d/two:80\"}]},
 {\"targets\": [{\"backend\": \"d/one:80\"}]}]},
 {\"path\": \"/strict\", \"rules\": [{\"conds\": [[\"method\", \"GET\"]], \"targets\": [{\"backend\": \"d/two:80\"}]}]},
 {\"match\": \"exact\", \"path\": \"/strict/x\", \"rules\": [{\"conds\": [[\"method\", \"DELETE\"]], \"targets\": [{\"backend\": \"d/three:80\"}]}]},
 {\"match\": \"default\", \"backend\": \"d/one:80\"}]},
 {\"name\": \"w.example\", \"paths\": [{\"path\": \"\", \"rules\": [{\"targets\": [{\"backend\": \"d/one:80\", \"weight\": 1}, {\"backend\": \"d/two:80\", \"weight\": 0}, {\"backend\": \"d/three:80\", \"weight\": 3}]}]},
  {\"path\": \"/zero\", \"rules\": [{\"targets\": [{\"backend\": \"d/one:80\", \"weight\": 0}, {\"backend\": \"d/two:80\", \"weight\": 0}]}]}]}]}" | table
expect "no condition" '^one ' get k.example /c
expect "method" '^two ' get k.example /c -X DELETE
expect "header" '^three ' get k.example /c -H 'X-Canary: always'
expect "every condition" '^one POST ' get k.example /c -H 'X-Canary: always' -d x
expect "header: exactly" '^one ' get k.example /c -H 'X-Canary: always2'
expect "header by expression" '^api ' get k.example /c -H 'X-User: a17'
expect "header by expression: not" '^one ' get k.example /c -H 'X-User: a17b'
expect "any header of that name" '^two ' get k.example /c -H 'X-ANY: z'
expect "argument, decoded" '^three ' get k.example '/c?x=1&v=2+%26'
expect "argument: the first counts" '^one ' get k.example '/c?v=1&v=2+%26'
expect "argument by expression" '^api ' get k.example '/c?w=xxx'
expect "cookie" '^two ' get k.example /c -H 'Cookie: a=b; c=always; d'
expect "cookie: not" '^one ' get k.example /c -H 'Cookie: a=b; xc=always; c=alwaysx'
expect "an expression that is broken: 500" '^500$' status k.example /c -H 'X-Broken: 1'
expect "no rule holds: the next shorter path" '^two ' get k.example /strict/x
expect "no rule of those either" '^one ' get k.example /strict/x -X PUT
seq 400 | sed 's|.*|url = "http://127.0.0.1/"\noutput = /dev/stdout|' >"$T/many"
n=$(curl -s -H 'Host: w.example' -K "$T/many" | awk '{n[$1]++} END {print n["one"] + 0, n["two"] + 0, n["three"] + 0}')
set -- $n
check "weights 1, 0 and 3 of 400: $n" [ "$1" -gt 60 -a "$1" -lt 140 -a "$2" = 0 -a "$(($1 + $3))" = 400 ]
expect "weights that are all 0: 503" '^503$' status w.example /zero
fi

if part endpoints; then
echo "{$backends, \"hosts\": [$hosts]}" | table
want=200 check "the table is taken" eventually 3 sees_all a.example /
seq 400 | sed 's|.*|url = "http://127.0.0.1/"\noutput = /dev/stdout|' >"$T/many"
n=$(curl -s -H 'Host: pair.example' -K "$T/many" | awk '{n[$1]++} END {print n["one"] + 0, n["two"] + 0}')
check "endpoints take turns: $n of 400" [ "$n" = "200 200" ]
wrk -t1 -c8 -d2s -H 'Host: half.example' "http://127.0.0.1/" >"$T/wrk"
expect "a dead endpoint costs no request" 'requests in' cat "$T/wrk"
check "not one" sh -c "! grep -E 'Non-2xx|Socket errors' '$T/wrk'"
n=$(grep -c 'connect() failed' "$T/front/log")
check "and is asked now and then alone ($n times)" [ "$n" -lt 60 ]
expect "all dead: 502" '^502$' status dead.example /
# Stale connections: the backend closes all that it kept, none of which is an endpoint's death.
get one.example / >/dev/null
kill -HUP "$(cat "$T/back/pid")"
sleep 0.5
for i in $(seq 20); do status pair.example /; done | grep -v '^\(200\)*$' >"$T/stale"
check "connections that were kept and are gone" [ ! -s "$T/stale" ]
# An endpoint that goes while its request waits to be retried: the newest table's is taken.
cat >"$T/hold.py" <<'P'
import os, socket, sys, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind((sys.argv[1], 9050)); s.listen(5)
c, _ = s.accept()
c.recv(4096)
open(sys.argv[2] + "/asked", "w").close()
s.close()
fd = os.open(sys.argv[2] + "/go", os.O_RDONLY) # a pipe: somebody opens it to write
c.close()
P
mkfifo "$T/go"
python3 "$T/hold.py" "$A" "$T" & lib_pids="$lib_pids $!"
echo "{\"backends\": {\"d/move:80\": [\"$A:9050\"]}, \"hosts\": [{\"name\": \"move.example\", \"paths\": [{\"path\": \"\", \"backend\": \"d/move:80\"}]}]}" | table
listens() { ss -ltn | grep -q ':9050 '; }
eventually 5 listens
get move.example / >"$T/moved" & c=$!
eventually 5 test -e "$T/asked"
echo "{\"backends\": {\"d/move:80\": [\"$A:9003\"]}, \"hosts\": [{\"name\": \"move.example\", \"paths\": [{\"path\": \"\", \"backend\": \"d/move:80\"}]}]}" | table
echo >"$T/go"
wait $c
expect "a retry takes the newest table's endpoints" '^three ' cat "$T/moved"
fi

if part bad; then
echo "{$backends, \"hosts\": [$hosts]}" | table
want=200 check "the table is taken" eventually 3 sees_all a.example /
errors() { stat | sed -n 's/.*table_errors=//p'; }
cp "$L/table" "$T/good"
head -c 300 "$T/good" >"$T/cut"
head -c 5000 /dev/urandom >"$T/noise"
: >"$T/empty"
{ head -c 1000 "$T/good"; head -c 20 /dev/zero | tr '\0' '\377'; tail -c +1021 "$T/good"; } >"$T/scratched"
for f in cut noise empty scratched; do
	before=$(errors)
	"$B/tests/integration/table_tool" "$L" raw "$T/$f"
	expect "a file that is $f: the old one stays" '^one ' get a.example /
	for i in 1 2 3 4 5 6 7 8; do get a.example / >/dev/null; done
	check "and is counted, once by a worker" [ "$(($(errors) - before))" -ge 1 -a "$(($(errors) - before))" -le 2 ]
done
check "the log says why" grep -q 'table [0-9]* of .* is not used: ' "$T/front/log"
rm -f "$L/table"; ln -s "$T/good" "$L/table"
echo "{$backends, \"hosts\": [{\"name\": \"a.example\", \"paths\": [{\"path\": \"\", \"backend\": \"d/two:80\"}]}]}" | table
expect "the next good one is taken" '^two ' get a.example /
fi

if part stats; then
echo "{$backends, \"hosts\": [$hosts, {\"name\": \"f.example\", \"paths\": [{\"path\": \"\", \"backend\": \"d/one:80\", \"owner\": \"d/zz\"}]}]}" | table
want=200 check "the table is taken" eventually 3 sees_all a.example /
# Owners in their order: d/a 1, d/b 2, d/c 3, d/dead 4 ...
line() { stat | grep "^slot=$1 "; }
field() { line "$1" | sed -n "s/.* $2=\([0-9]*\).*/\1/p"; }
# Counted when the answer is out.
more() { [ "$(($(field $1 $2) - ${before:-0}))" = $3 ]; }
before=$(field 2 2xx) none=$(field 0 4xx)
for i in $(seq 20); do get b.example /only >/dev/null; get z.example / >/dev/null; done
check "requests are counted by owner" eventually 3 more 2 2xx 20
before=$none
check "those without one in slot 0" eventually 3 more 0 4xx 20
before=$(field 4 5xx)
status dead.example / >/dev/null
check "by the first digit of their status" eventually 3 more 4 5xx 1
check "bytes and times" [ "$(field 2 in)" -gt 500 -a "$(field 2 out)" -gt 500 ]
check "the histogram has them all" sh -c "[ $(line 2 | sed 's/.*buckets=//; s/,/+/g' | bc) = $(field 2 requests) ]"
before=$(field 4 retries)
status dead.example / >/dev/null
check "retries" eventually 3 more 4 retries 1
fi

if part tls; then
cert one one.example -newkey rsa:2048
cert wild '*.wild.example' -newkey ec -pkeyopt ec_paramgen_curve:P-256
cert two one.example -newkey ec -pkeyopt ec_paramgen_curve:P-256
cert scoped one.example -newkey ec -pkeyopt ec_paramgen_curve:P-256
servers() { # servers CERT-OF-one.example
	python3 - "$T" "$1" <<'P'
import json, sys
T, one = sys.argv[1:]
def pem(n): return {"cert": open(f"{T}/{n}.crt").read(), "key": open(f"{T}/{n}.key").read()}
chain = pem(one); chain["cert"] += open(f"{T}/default.crt").read()
s = [dict(name="one.example", **chain), dict(name="*.wild.example", **pem("wild")), dict(name="broken.example", cert="-----BEGIN CERTIFICATE-----\nx\n", key="x"),
     dict(name="other.example", cert=pem("one")["cert"], key=pem("wild")["key"]), dict(name="nocert.example"), dict(name="one.example", scope=8080, **pem("scoped")),
     dict(name="locked.example", cert=pem("one")["cert"], key=open(f"{T}/locked.key").read())]
print(json.dumps({"backends": {"d/one:80": ["192.168.77.254:9001"]}, "hosts": [{"name": "one.example", "paths": [{"path": "", "backend": "d/one:80"}]}], "servers": s}))
P
}
openssl rsa -aes128 -passout pass:x -in "$T/one.key" -out "$T/locked.key" 2>>"$T/openssl.log"
shown() { # shown NAME [PORT]: fingerprint of the certificate
	if [ -n "$1" ]; then set -- "${2:-443}" -servername "$1"; else set -- "${2:-443}" -noservername; fi
	local port=$1; shift
	openssl s_client -connect "127.0.0.1:$port" "$@" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256
}
print() { openssl x509 -in "$T/$1.crt" -noout -fingerprint -sha256; }
servers one | table
is() { [ "$(shown "$1" "${3:-}")" = "$(print "$2")" ]; }
check "the certificate of a name" eventually 3 is one.example one
check "names in capitals" is ONE.Example one
check "a wildcard's" is x.wild.example wild
check "not for two labels" is y.x.wild.example default
check "no such name: the default one" is z.example default
check "no name: the default one" is "" default
check "a listener's own" is one.example scoped 8443
check "and that of all" is x.wild.example wild 8443
check "a broken one: the default one" is broken.example default
check "a key of another certificate: the default one" is other.example default
check "a key with a password: the default one, and nobody is asked for it" is locked.example default
check "none: the default one" is nocert.example default
check "the log says which" grep -q 'certificate or key of broken.example cannot be used' "$T/front/log"
n=$(openssl s_client -connect 127.0.0.1:443 -servername one.example -showcerts </dev/null 2>/dev/null | grep -c 'BEGIN CERT')
check "the chain is shown" [ "$n" = 2 ]
n=$(openssl s_client -connect 127.0.0.1:443 -servername x.wild.example -showcerts </dev/null 2>/dev/null | grep -c 'BEGIN CERT')
check "of this certificate alone" [ "$n" = 1 ]
tls() { curl -sk --resolve one.example:443:127.0.0.1 "$@" https://one.example/; }
expect "HTTP/2 over TLS" '^one GET / host=one.example ' tls --http2 -w '%{http_version}'
expect "in fact" '2$' tls --http2 -w '%{http_version}'
( while :; do tls -o /dev/null -w '%{http_code}\n' || echo failed; [ -e "$T/tls-end" ] && break; done ) >"$T/tls-out" & c=$!
for i in $(seq 25); do servers two | table; servers one | table; done
servers two | table
touch "$T/tls-end"; wait $c
check "51 swaps under handshakes ($(wc -l <"$T/tls-out")): none failed" sh -c "! grep -v '^200$' '$T/tls-out'"
check "the newest is shown" is one.example two
fi

if part mirror; then
cat >"$T/copies.py" <<'P'
import socket, socketserver, sys
class H(socketserver.StreamRequestHandler):
    def handle(self):
        head, length = self.rfile.readline().decode().strip(), 0
        close = False
        while (line := self.rfile.readline().decode().strip().lower()):
            if line.startswith("content-length:"): length = int(line[15:])
            close = close or line == "connection: close"
        with open(sys.argv[1], "a") as log: log.write("%s %d %s\n" % (head, len(self.rfile.read(length)), close))
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100000)
class S(socketserver.ThreadingTCPServer): allow_reuse_address = True; request_queue_size = 1000
mute = socket.create_server((sys.argv[2], 9008), backlog=1000) # accepts by its queue, never answers
S((sys.argv[2], 9007), H).serve_forever()
P
python3 "$T/copies.py" "$T/copies" "$A" & lib_pids="$lib_pids $!"
check "who gets copies is there" eventually 10 bash -c "exec 3<>/dev/tcp/$A/9007" 2>/dev/null
# Backends by their keys: a 0, copy 1, dead 2, ext 3, mute 4.
echo '{"backends": {"d/a:80": ["'$A':9001"], "d/copy:80": ["'$A':9007"], "d/dead:80": ["'$A':9099"], "d/ext:80": "'$A':9001", "d/mute:80": ["'$A':9008"]}, "hosts": [
 {"name": "m.example", "paths": [{"path": "", "backend": "d/a:80", "owner": "d/m", "options": [["MIRROR", 1], ["MIRROR", 2], ["BODY_MAX", 0], ["REQUEST_BUFFERING", 0]]}]},
 {"name": "e.example", "paths": [{"path": "", "backend": "d/ext:80", "owner": "d/e", "options": [["MIRROR", 1]]}]},
 {"name": "mute.example", "paths": [{"path": "", "backend": "d/a:80", "owner": "d/mute", "options": [["MIRROR", 4]]}]},
 {"name": "some.example", "paths": [{"path": "", "backend": "d/a:80", "owner": "d/some", "options": [["MIRROR", 1, "250000"], ["MIRROR", 1, "0"]]}]}]}' | table
want=200 check "its table" eventually 5 sees_all m.example /
copied() { [ "$(grep -cxF "$2" "$T/copies")" = "$1" ]; }
head -c 3000000 /dev/zero >"$T/body"
expect "a request with copies" '^one GET /a[?]b ' get m.example '/a?b'
check "the copy" eventually 5 copied 1 'GET /a?b HTTP/1.1 0 True'
expect "with a body" '^one POST /small ' get m.example /small -d 12345
check "in the copy, too" eventually 5 copied 1 'POST /small HTTP/1.1 5 True'
expect "with a large body" '^one POST /large ' get m.example /large --data-binary "@$T/body"
check "from its file" eventually 5 copied 1 'POST /large HTTP/1.1 3000000 True'
expect "with a chunked body" '^one POST /chunked ' get m.example /chunked --data-binary "@$T/body" -H 'Transfer-Encoding: chunked'
check "whose length is known by then" eventually 5 copied 1 'POST /chunked HTTP/1.1 3000000 True'
expect "413 above the limit" '^413$' status e.example /big --data-binary "@$T/body"
head -c 900000 /dev/zero >"$T/body"
expect "below it" '^one POST /ext2 ' get e.example /ext2 --data-binary "@$T/body"
check "the copy of what an ExternalName gets" eventually 5 copied 1 'POST /ext2 HTTP/1.1 900000 True'
check "and none of what was refused" copied 0 'POST /big HTTP/1.1 3000000 True'
for i in $(seq 200); do status some.example /some; echo; done >"$T/some"
few() { local n; n=$(grep -c 'GET /some ' "$T/copies"); [ "$n" -ge 20 ] && [ "$n" -le 90 ]; }
check "a share" eventually 5 few
for h in m mute; do
	wrk -t1 -c16 -d3 -H "Host: $h.example" http://127.0.0.1/load >"$T/wrk"
	check "under load nobody waits for copies ($h)" sh -c "grep -q 'requests in' '$T/wrk' && ! grep -E 'Non-2xx|Socket errors' '$T/wrk'" || cat "$T/wrk"
done
check "copies are bounded" grep -qE 'the mirror of d/(m|mute) is too slow' "$T/front/log"
check "a mirror that is down is said" grep -q "mirror $A:9099 of d/m does not take requests" "$T/front/log"
kill -HUP "$front"
want=200 check "a reload with copies under way" eventually 10 sees_all mute.example /
fi

if part load; then
routes() { echo "{\"backends\": {\"d/w:80\": [\"$A:9001\", \"$A:900$1\"]}, \"hosts\": [{\"name\": \"h.example\", \"paths\": [{\"path\": \"\", \"backend\": \"d/w:80\"}, {\"path\": \"/p$2\", \"backend\": \"d/w:80\"}]}, {\"name\": \"n$2.example\", \"paths\": [{\"path\": \"\", \"backend\": \"d/w:80\"}]}]}"; }
routes 2 0 | table
want=200 check "the table is taken" eventually 3 sees_all h.example /
rounds=500; [ -z "$preload" ] || rounds=100
wrk -t1 -c32 -d600s -H 'Host: h.example' http://127.0.0.1/ >"$T/wrk" & w=$!
seen=0
for i in $(seq $rounds); do
	routes $((2 + i % 2)) "$i" | table
	[ $((i % 50)) != 0 ] || [ "$(status "n$i.example" /)" != 200 ] || seen=$((seen + 1))
done
kill -INT $w; wait $w
check "$rounds tables under load, no request lost: $(awk '/requests in/{print $1, $2}' "$T/wrk")" sh -c "grep -q 'requests in' '$T/wrk' && ! grep -E 'Non-2xx|Socket errors' '$T/wrk'"
check "each is there at once" [ $seen = $((rounds / 50)) ]
maps() { for p in $(workers); do grep -c "$L/table" "/proc/$p/maps"; done | sort -n | tail -1; }
for i in 1 2 3 4 5 6 7 8; do get h.example / >/dev/null; done
check "old tables are let go" [ "$(maps)" -le 1 ]

# A reload: old workers end what they have, new ones begin with the table; requests with a connection of their own lose nothing.
( for i in $(seq 300); do status h.example /; echo; done ) >"$T/reload-out" & c=$!
old=$(workers | sort)
kill -HUP "$front"
changed() { local now; now=$(workers | sort); [ "$(echo "$now" | wc -l)" = 2 ] && [ -z "$(comm -12 <(echo "$old") <(echo "$now"))" ]; }
check "a reload: new workers, the old ones end" eventually 30 changed
wait $c
check "no request lost" sh -c "[ $(wc -l <"$T/reload-out") = 300 ] && ! grep -v '^200$' '$T/reload-out'"
clients() { [ "$(stat | sed -n 's/.* connections=\([0-9]*\) .*/\1/p')" = "$1" ]; }
check "no connections are left" eventually 5 clients 0
exec 4<>/dev/tcp/127.0.0.1/80 5<>/dev/tcp/127.0.0.1/80 6<>/dev/tcp/127.0.0.1/80
for f in 4 5 6; do printf 'GET / HTTP/1.1\r\nHost: h.example\r\n\r\nGET / HTTP/1.1\r\nHost: h.example\r\n\r\n' >&$f; done
check "connections are counted" eventually 5 clients 3
exec 4>&-
check "and their end" eventually 5 clients 2
# kill -9 of a worker: its connections are lost, the table and the counts are not.
old=$(workers | sort)
kill -9 $old
check "kill -9 of all workers: there are new ones" eventually 10 changed
want=200 check "which have the table" eventually 5 sees_all h.example /
check "what the dead had is taken off" eventually 5 clients 0
exec 5>&- 6>&-
routes 3 last | table
want=200 check "and take the next" sees nlast.example /
fi

check "no worker died of itself" sh -c "! grep -E 'exited on signal (11|6|7|8)' '$T/front/log'"
check "nginx reports no alert" sh -c "! grep -E '\[(alert|emerg|crit)\]' '$T/front/log' | grep -v 'exited on signal 9' | grep ."
if [ -n "$preload" ]; then
	check "no report of a sanitizer" sh -c "! ls '$T'/front/asan* 2>/dev/null && ! grep 'runtime error' '$T/front.log' '$T/front/log'" || head -60 "$T"/front/asan*
fi
