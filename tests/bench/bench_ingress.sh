#!/bin/bash
# Ingress: requests per second beside a hand-written nginx for the same route, change to effect, with few and many Ingresses.
# Usage: bench_ingress.sh [INGRESSES [SECONDS]]. Prints "NAME VALUE".
. "$(dirname "$0")/../integration/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
N=${1:-2000} D=${2:-5}
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
command -v wrk >/dev/null || skip_all "no wrk"
make -s -C "$B" tests/integration/apiserver_main tests/integration/ingress_tool >&2 || skip_all "cannot be built"
enter_sandbox "$@"
export KUBECONFIG=$T/d/admin.kubeconfig HOME=$T
A=192.168.77.254
k() { "$KUBECTL" "$@"; }
"$B/tests/integration/apiserver_main" "$T/d" 16443 secret-token >"$T/out" 2>"$T/api.log" &
lib_pids="$lib_pids $!"
until grep -q ready "$T/out"; do sleep 0.02; done

mkdir -p "$T/b"
cat >"$T/b/backend.conf" <<X
daemon off; worker_processes 1; pid $T/b/backend.pid; error_log stderr crit;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 1000000; client_body_temp_path $T/b/1; proxy_temp_path $T/b/2; fastcgi_temp_path $T/b/3; uwsgi_temp_path $T/b/4; scgi_temp_path $T/b/5;
  server { listen 9001; location / { return 200 "one\n"; } } server { listen 9002; location / { return 200 "two\n"; } } }
X
# What one would write by hand for the same route: same headers, same keep-alive.
{
	cat <<X
daemon off; worker_processes auto; pid $T/b/plain.pid; error_log stderr crit; user www-data;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 10000; client_body_temp_path $T/b/11; proxy_temp_path $T/b/12; fastcgi_temp_path $T/b/13; uwsgi_temp_path $T/b/14; scgi_temp_path $T/b/15;
  map \$http_upgrade \$minik_connection { default upgrade; "" ""; }
  upstream web { server $A:9001; server $A:9002; keepalive 256; keepalive_requests 10000; }
  proxy_http_version 1.1; proxy_buffer_size 8k;
X
	sed -n 's/.*buf_addf.*//; /"Host \$minik_host"/,/Connection \$minik_connection/ s/.*"\([A-Z].*\)".*/  proxy_set_header \1;/p' "$MINIK_TOP/ingress/nginx.c" | sed 's/\\"/"/g; s/minik_host/http_host/'
	echo "server { listen 8080; server_name h0.example; location / { proxy_pass http://web; } } }"
} >"$T/b/plain.conf"
for c in backend plain; do
	nginx -p "$T/b" -c "$T/b/$c.conf" -e stderr >"$T/b/$c.log" 2>&1 &
	lib_pids="$lib_pids $!"
done
X='{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"ports":[{"name":"http","port":80}]}}'
echo "$X" | k apply -f - >/dev/null
slice() { # slice NAME PORT
	echo '{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"'$1'","labels":{"kubernetes.io/service-name":"web"}},"addressType":"IPv4",
	 "ports":[{"name":"http","port":'$2'}],"endpoints":[{"addresses":["'$A'"]}]}' | k apply -f - >/dev/null
}
slice web-1 9001; slice web-2 9002
ing() { echo '{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"'$1'","namespace":"default"},"spec":{"ingressClassName":"nginx","rules":[{"host":"'$2'","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"number":80}}}},{"path":"/api","pathType":"Prefix","backend":{"service":{"name":"web","port":{"name":"http"}}}}]}}]}}'; }
"$B/tests/integration/ingress_tool" "$KUBECONFIG" "$T/run/ingress" "$T/data" 192.0.2.7 80 443 >"$T/tool.log" 2>&1 &
tool=$!; lib_pids="$lib_pids $tool"
trap 'kill $tool 2>/dev/null; wait $tool 2>/dev/null; "$B/tests/integration/ingress_tool" cleanup "$T/run/ingress"; lib_cleanup' EXIT
ing h0 h0.example | k apply -f - >/dev/null
eventually 10 curl -fsS -H 'Host: h0.example' http://127.0.0.1/ >/dev/null || exit 1
eventually 10 curl -fsS -H 'Host: h0.example' http://127.0.0.1:8080/ >/dev/null || { cat "$T"/b/*.log; exit 1; }

# Processor time of a master's workers, in microseconds.
cpu() { local s=0 p; for p in $(pgrep -P "$1"); do s=$((s + $(awk '{print $14 + $15}' "/proc/$p/stat"))); done; echo $((s * 10000)); }
load() { # load MASTER PORT: requests per second, and processor time per request, which a busy machine disturbs less
	local a b
	a=$(cpu "$1")
	wrk -t1 -c64 -d"${D}s" -H 'Host: h0.example' "http://127.0.0.1:$2/api/x" >"$T/wrk"
	b=$(cpu "$1")
	grep -E 'Socket errors|Non-2xx' "$T/wrk" >&2
	awk -v t=$((b - a)) '/requests in/{n = $1} /Requests\/sec/{print $2, t / n}' "$T/wrk"
}
pair() { # pair NAME: alternating, the better of two
	local plain ours
	plain=$(cat "$T/b/plain.pid") ours=$(cat "$T/run/ingress/nginx.pid")
	{ load "$plain" 8080; load "$ours" 80; load "$plain" 8080; load "$ours" 80; } | awk -v name="$1" '
		{ i = NR % 2; if ($1 > r[i]) r[i] = $1; if (!c[i] || $2 < c[i]) c[i] = $2 }
		END { printf "%s by hand %d/s %.1f us each, minik %d/s %.1f us each, ratios %.2f and %.2f\n", name, r[1], c[1], r[0], c[0], r[0] / r[1], c[1] / c[0] }'
}
effect() { # time from the write's return to the first answer, in ms
	local t0 name=$1
	ing "$name" "$name.example" | k create -f - >/dev/null
	t0=$(date +%s%N)
	until curl -fsS -o /dev/null -H "Host: $name.example" http://127.0.0.1/ 2>/dev/null; do :; done
	echo $((($(date +%s%N) - t0) / 1000000))
}
pair "requests/s, 1 Ingress:"
echo "change to effect after kubectl's return, 1 Ingress: $(effect e1) $(effect e2) $(effect e3) ms"
i=1
{ echo '{"apiVersion":"v1","kind":"List","items":['; while [ $i -lt "$N" ]; do ing h$i h$i.example; echo ,; i=$((i + 1)); done; ing h$i h$i.example; echo ']}'; } >"$T/many.json"
k create --validate=false -f "$T/many.json" >/dev/null || exit 1
eventually 60 curl -fsS -o /dev/null -H "Host: h$N.example" http://127.0.0.1/
pair "requests/s, $N Ingresses:"
echo "change to effect after kubectl's return, $N Ingresses: $(effect f1) $(effect f2) $(effect f3) ms"
echo "memory (PSS KiB): controller $(awk '/^Pss:/{print $2}' /proc/$tool/smaps_rollup), nginx $(for p in $(pgrep -P "$(cat "$T/run/ingress/nginx.pid")") $(cat "$T/run/ingress/nginx.pid"); do awk '/^Pss:/{print $2}' /proc/$p/smaps_rollup; done | tr '\n' ' ')"
echo "routes: $(wc -c <"$T/run/ingress/routes") bytes"
grep -iE "error|warn" "$T/tool.log" | head -5
