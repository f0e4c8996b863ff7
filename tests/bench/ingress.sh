#!/bin/bash
# nginx with minik's own nginx.conf and module beside a hand-written configuration of the same routes, headers, buffers and kept connections, with 1
# and with 2,000 hosts, and beside haproxy, and nginx with the routes in Lua's memory (libnginx-mod-http-lua), where they are installed: one worker on the first core, wrk and the backends on the other. Everybody has a short turn in every round, in an order that changes, and the ratios
# are those within a round: figures of different moments cannot be compared on a machine that others use, too. Processor time of the worker
# for a request is what load beside it disturbs least. Given are the medians, and between which two the middle half of the rounds lies.
# Usage: tests/bench/ingress.sh [-n ROUNDS] [-s SECONDS] [-i|-r|-t] [BUILD_DIR]. -t: instead, TLS (with -i, too): kept connections by HTTP/1.1 (wrk) and HTTP/2 (h2load), and a new
# connection for each request, with a whole handshake and with a resumed session (bench_tls), by minik and by hand. -r: instead, two workers on all cores with one listening socket and with
# one each (reuseport), by kinds of connections: requests/s, p99, the busier worker's part of the processor time of both. -i: instead, the worker's instructions for a request outside the kernel
# (valgrind's callgrind), which no load disturbs. BENCH_NICE=-10: all of it goes before other work, also where the kernel groups
# processes by session (autogroup). BENCH_PERF=FILE: perf's record of the worker with 2,000 hosts, for as long as it has its turns.
set -eu
rounds=9 seconds=1 count= reuse= tls=
while getopts n:s:irt o; do case $o in n) rounds=$OPTARG ;; s) seconds=$OPTARG ;; i) count=-i ;; r) reuse=-r ;; t) tls=-t ;; *) exit 2 ;; esac; done
shift $((OPTIND - 1))
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
if [ -z "${IN_NETNS:-}" ]; then
	[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
	for p in wrk nginx openssl ${count:+valgrind} ${tls:+h2load}; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || { echo "no $p" >&2; exit 77; }; done
	make -s -C "$build" tests/integration/table_tool ingress/minik_module.so ${tls:+tests/bench/bench_tls} >&2
	IN_NETNS=1 exec ${BENCH_NICE:+setsid -w nice -n "$BENCH_NICE"} unshare -n -m "$0" -n "$rounds" -s "$seconds" $count $reuse $tls "$build"
fi
if [ -n "${BENCH_NICE:-}" ] && [ -e /proc/self/autogroup ]; then echo "$BENCH_NICE" >/proc/self/autogroup; fi
dir=$(mktemp -d /tmp/minik-bench.XXXXXX)
pids=
trap 'kill $pids 2>/dev/null || :; wait 2>/dev/null || :; rm -rf "$dir"' EXIT
A=192.168.77.254 hosts=2000
[ -z "$tls" ] || [ -z "$count" ] || hosts=200 # each reads its certificate, slowly there
ip link set lo up
ip addr add $A/32 dev lo
nginx_run() { # NAME CORES: $dir/NAME.conf; the worker's pid in worker_NAME
	mkdir -p "$dir/$1"
	taskset -c "$2" nginx -e "$dir/$1/log" -p "$dir/$1" -c "$dir/$1.conf" & pids="$pids $!"
	until [ -s "$dir/$1/pid" ] && pgrep -P $! >/dev/null; do kill -0 $! || { cat "$dir/$1/log" >&2; exit 1; }; sleep 0.01; done
	eval "worker_$1=$(pgrep -P $! | head -1)"
}
head_of() { echo "user root; daemon off; worker_processes 1; pid $dir/$1/pid; error_log $dir/$1/log; events { worker_connections 4096; }"; }
paths() { for p in client_body proxy fastcgi uwsgi scgi; do echo "${p}_temp_path $dir/$1/$p;"; done; }
headers() { # what minik's nginx.conf says to the backend, with nginx's own variables; and its settings
	cat <<-'H'
	access_log off; server_tokens off; keepalive_requests 10000000; proxy_http_version 1.1; proxy_buffering off; proxy_buffer_size 8k; proxy_buffers 4 8k;
	proxy_redirect off; proxy_headers_hash_max_size 1024; proxy_headers_hash_bucket_size 128; server_names_hash_max_size 8192; server_names_hash_bucket_size 128;
	map $http_upgrade $by_hand { default upgrade; "" ""; }
	map $http_x_request_id $id { default $http_x_request_id; "" $request_id; }
	proxy_set_header Host $http_host; proxy_set_header X-Request-ID $id; proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-Forwarded-For $remote_addr;
	proxy_set_header X-Forwarded-Host $http_host; proxy_set_header X-Forwarded-Port $server_port; proxy_set_header X-Forwarded-Proto $scheme;
	proxy_set_header X-Forwarded-Scheme $scheme; proxy_set_header X-Scheme $scheme; proxy_set_header X-Forwarded-Prefix "";
	proxy_set_header X-Original-Forwarded-For $http_x_forwarded_for; proxy_set_header Proxy "";
	proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $by_hand;
	H
}
{ head_of back; echo "http { access_log off; keepalive_requests 10000000; $(paths back) server { listen $A:9001; listen $A:9002; listen $A:9003; location / { return 200 'hello world\n'; } } }"; } >"$dir/back.conf"
by_hand() { # NAME PORT HOSTS
	head_of "$1"
	echo "http { $(paths "$1") $(headers)"
	[ -z "$tls" ] || grep -E '^[[:space:]]+ssl_(protocols|ciphers|prefer|session)' "$dir/minik1.conf" | sed 's/minik_tls/by_hand/'
	echo "upstream u { server $A:9001; server $A:9002; server $A:9003; keepalive 256; keepalive_requests 10000000; }"
	for i in $(seq 0 $(($3 - 1))); do echo "server { listen $2; ${tls:+listen $(($2 + 440)) ssl http2; ssl_certificate $dir/cert.pem; ssl_certificate_key $dir/key.pem;} server_name h$i.example; location / { proxy_pass http://u; } location /api { proxy_pass http://u; } }"; done
	echo "}"
}
module() { # NAME PORT [WORKERS]: minik's own, but for who it is and how long a connection lasts
	local d=$dir/$1
	mkdir -p "$d/live" "$d/own" "$d/data/tmp"
	cp "$dir/cert.pem" "$dir/key.pem" "$d/"
	"$build/tests/integration/table_tool" "$d" conf "$build/ingress/minik_module.so" "$2" "$(($2 + 440))" "${3:-1}" >"$dir/$1.all"
	sed "s|^daemon off;|daemon off; user root;|; s|^pid .*|pid $d/pid;|; s|keepalive_requests 10000;|keepalive_requests 10000000;|" "$dir/$1.all" >"$dir/$1.conf"
}
table() { # HOSTS
	printf '{"backends":{"default/web:80":["%s:9001","%s:9002","%s:9003"]},"hosts":[' $A $A $A
	for i in $(seq 0 $(($1 - 1))); do
		[ "$i" = 0 ] || printf ,
		printf '{"name":"h%s.example","paths":[{"path":"","owner":"default/i%s","backend":"default/web:80"},{"path":"/api","owner":"default/i%s","backend":"default/web:80"}]}' "$i" "$i" "$i"
	done
	printf ']'
	if [ -n "$tls" ]; then # each host has a server; one certificate is all of theirs, as by hand
		printf ',"servers":['
		for i in $(seq 0 $(($1 - 1))); do [ "$i" = 0 ] || printf ,; printf '{"name":"h%s.example","cert":"%s","key":"%s"}' "$i" "$pem_cert" "$pem_key"; done
		printf ']'
	fi
	printf '}'
}
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/key.pem" -out "$dir/cert.pem" -days 2 -subj /CN=bench 2>/dev/null
pem_cert=$(sed ':a;N;$!ba;s/\n/\\n/g' "$dir/cert.pem") pem_key=$(sed ':a;N;$!ba;s/\n/\\n/g' "$dir/key.pem")
for n in 1 2000; do
	module minik$n $((n == 1 ? 8002 : 8004))
	table $((n == 1 ? 1 : hosts)) | "$build/tests/integration/table_tool" "$dir/minik$n/live"
done
by_hand hand1 8001 1 >"$dir/hand1.conf"
by_hand hand2000 8003 $hosts >"$dir/hand2000.conf"
nginx_run back 1
# The scheduler's own count of nanoseconds, on the processor, of a process' only thread.
cpu() { awk '{print $1}' "/proc/$1/schedstat"; }
answers() { [ "$(curl -s -H 'Host: h0.example' "http://127.0.0.1:$1/api/x")" = "hello world" ]; }
ask() { # PORT NUMBER: so many requests by one connection
	python3 - "$1" "$2" <<-'P'
	import http.client, sys
	c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
	for i in range(int(sys.argv[2])):
	    c.request("GET", "/api/x", headers={"Host": "h0.example"})
	    if c.getresponse().read() != b"hello world\n": sys.exit("another answer")
	P
}
one_process() { # NAME COMMAND...: under callgrind, until the command says that it answers; its instructions count from then on
	local i=0
	mkdir -p "$dir/$1"
	sed 's|^daemon off;|daemon off; master_process off;|; s|^user root; daemon off;|user root; daemon off; master_process off;|' "$dir/$1.conf" >"$dir/$1.one.conf"
	valgrind --tool=callgrind --instr-atstart=no --callgrind-out-file="$dir/$1.callgrind" nginx -e "$dir/$1/log" -p "$dir/$1" -c "$dir/$1.one.conf" 2>"$dir/$1.valgrind" & valgrind=$!
	until "${@:2}"; do kill -0 $valgrind && i=$((i + 1)) && [ $i -lt 600 ] || { cat "$dir/$1.valgrind" "$dir/$1/log" >&2; exit 1; }; sleep 0.1; done
	[ -n "$tls" ] || ask "$3" 50
	callgrind_control -i on $valgrind >/dev/null 2>&1
}
one_process_end() { # NAME REQUESTS: $each
	callgrind_control -i off $valgrind >/dev/null 2>&1
	kill -QUIT $valgrind
	wait $valgrind || exit 1
	[ -z "${BENCH_KEEP:-}" ] || cp "$dir/$1.callgrind" "$BENCH_KEEP/"
	each=$(awk -v n="$2" '/^totals:/{print int($2 / n)}' "$dir/$1.callgrind")
}
instructions() { # NAME PORT: $each
	one_process "$1" answers "$2"
	ask "$2" 2000
	one_process_end "$1" 2000
}
if [ -n "$reuse" ]; then
	module each 8005 2
	module one 8006 2
	sed -i 's/ reuseport//' "$dir/one.conf"
	echo 'wrk.headers["Connection"] = "close"' >"$dir/close.lua"
	for n in one each; do table 1 | "$build/tests/integration/table_tool" "$dir/$n/live"; nginx_run $n "0-$(($(nproc) - 1))"; done
	sockets_turn() { # ROUND NAME PORT CONNECTIONS [WRK'S ARGUMENTS]
		local r=$1 name=$2 port=$3 c=$4 w a b
		shift 4
		w=$(pgrep -P "$(cat "$dir/$name/pid")")
		a=$(for p in $w; do cpu "$p"; done)
		wrk -t1 -c"$c" -d"${seconds}s" --latency "$@" -H 'Host: h0.example' "http://127.0.0.1:$port/api/x" >"$dir/wrk"
		b=$(for p in $w; do cpu "$p"; done)
		if grep -E 'Socket errors|Non-2xx' "$dir/wrk" >&2; then exit 1; fi
		echo "$a" $b | tr '\n' ' ' | awk -v k="$c${1:+, one a request}:$name" '{x = $3 - $1; y = $4 - $2; printf "%s\t%.3f\t", k, (x > y ? x : y) / (x + y)}'
		awk '$1 == "99%" {v = $2 + 0; p = $2 ~ /us$/ ? v / 1000 : $2 ~ /ms$/ ? v : v * 1000} /Requests\/sec/ {printf "%s\t%s\n", $2, p}' "$dir/wrk"
	}
	for r in $(seq "$rounds"); do
		for n in $([ $((r % 2)) = 1 ] && echo one each || echo each one); do
			port=$([ $n = one ] && echo 8006 || echo 8005)
			sockets_turn "$r" $n "$port" 16
			sockets_turn "$r" $n "$port" 256
			sockets_turn "$r" $n "$port" 32 -s "$dir/close.lua"
		done
	done >"$dir/results"
	python3 - "$dir/results" <<-'P'
	import statistics, sys
	seen = {}
	for line in open(sys.argv[1]):
	    k, *v = line.rstrip("\n").split("\t")
	    seen.setdefault(k, []).append(list(map(float, v)))
	for k in sorted(seen):
	    busy, rps, p99 = (statistics.median(c) for c in zip(*seen[k]))
	    print(f"connections {k.split(':')[0]}, sockets {k.split(':')[1]}: {rps:.0f} requests/s, p99 {p99:.1f} ms, the busier worker has {busy:.2f}")
	P
	exit 0
fi
if [ -n "$tls" ]; then
	echo "127.0.0.1 h0.example localhost" >"$dir/hosts" # the client's SNI is the URL's
	mount --bind "$dir/hosts" /etc/hosts
	tls_answers() { [ "$(curl -sk "https://h0.example:$1/api/x")" = "hello world" ]; }
	tls_some() { # KIND PORT: $some requests
		case $1 in
		*kept) h2load -t1 -c1 -n$some $([ "${1%,*}" = HTTP/2 ] || echo --h1) "https://h0.example:$2/api/x" >"$dir/h2" 2>&1
			grep -q "$some succeeded" "$dir/h2" || { cat "$dir/h2" >&2; exit 1; } ;;
		*) "$build/tests/bench/bench_tls" 1 "${some}x" "${1:4:3}" "${1##* }" h0.example "$2" /api/x >"$dir/tls" ;;
		esac
	}
	tls_load() { # KIND PORT: "requests requests/s" into $dir/turn
		case $1 in
		"HTTP/1.1, kept") taskset -c 1 wrk -t1 -c16 -d"${seconds}s" "https://h0.example:$2/api/x" >"$dir/wrk"
			if grep -E 'Socket errors|Non-2xx' "$dir/wrk" >&2; then exit 1; fi
			awk '/requests in/{n = $1} /Requests\/sec/{print n, $2}' "$dir/wrk" >"$dir/turn" ;;
		"HTTP/2, kept") taskset -c 1 h2load -t1 -c16 -m4 -D"$seconds" "https://h0.example:$2/api/x" >"$dir/h2" 2>&1
			awk '/^finished in/{r = $4} /^requests:/{n = $8; bad = $10 + $12} END {if (bad || !n) exit 1; print n, r}' "$dir/h2" >"$dir/turn" || { cat "$dir/h2" >&2; exit 1; } ;;
		*) taskset -c 1 "$build/tests/bench/bench_tls" 4 "${seconds}000" "${1:4:3}" "${1##* }" h0.example "$2" /api/x >"$dir/tls"
			awk -v k="${1##* }" '{if (k == "full" ? $5 : $5 + 4 < $1) exit 1; print $1, $3}' "$dir/tls" >"$dir/turn" || { cat "$dir/tls" >&2; exit 1; } ;;
		esac
	}
	kinds=$(printf '%s\n' "HTTP/1.1, kept" "HTTP/2, kept" "TLS 1.3, full" "TLS 1.3, resumed" "TLS 1.2, full" "TLS 1.2, resumed")
fi
if [ -n "$tls" ] && [ -n "$count" ]; then
	while read -r k; do
		for n in 1 2000; do
			for p in hand$n:$((n == 1 ? 8441 : 8443)) minik$n:$((n == 1 ? 8442 : 8444)); do
				one_process "${p%:*}" tls_answers "${p#*:}"
				some=$([ "${k##* }" = kept ] && echo 500 || echo 20)
				tls_some "$k" "${p#*:}"
				one_process_end "${p%:*}" $some
				eval "i_${p%%[0-9]*}=$each"
			done
			echo "$k, $([ $n = 1 ] && echo '1 host' || echo "$hosts hosts"): instructions of a request outside the kernel: by hand $i_hand, minik $i_minik: $(awk "BEGIN{printf \"%.3f\", $i_hand / $i_minik}") of the work for each"
		done
	done <<<"$kinds"
	exit 0
fi
if [ -n "$tls" ]; then
	for n in hand1 minik1 hand2000 minik2000; do nginx_run $n 0; done
	for p in 8441 8442 8443 8444; do
		i=0
		until tls_answers $p; do i=$((i + 1)); [ $i -lt 200 ] || { echo "port $p does not answer" >&2; tail -n 3 "$dir"/*/log >&2; exit 1; }; sleep 0.02; done
	done
	tls_turn() { # KIND NAME PORT: a line "KIND<TAB>NAME<TAB>requests/s<TAB>ns/request"
		local a b w
		eval "w=\$worker_$2"
		a=$(cpu "$w")
		tls_load "$1" "$3"
		b=$(cpu "$w")
		awk -v k="$1" -v name="$2" -v t=$((b - a)) '{printf "%s\t%s\t%s\t%s\n", k, name, $2, t / $1}' "$dir/turn"
	}
	for r in $(seq "$rounds"); do
		while read -r k; do
			for p in $(echo hand1:8441 minik1:8442 hand2000:8443 minik2000:8444 | tr ' ' '\n' | if [ $((r % 2)) = 1 ]; then cat; else tac; fi); do tls_turn "$k" "${p%:*}" "${p#*:}"; done
		done <<<"$kinds"
	done >"$dir/results"
	python3 - "$dir/results" <<-'P'
	import statistics, sys
	rows = {}
	for line in open(sys.argv[1]):
	    k, name, rps, ns = line.rstrip("\n").split("\t")
	    rows.setdefault(k, {}).setdefault(name, []).append((float(rps), float(ns)))
	for k, by in rows.items():
	    for n in ("1", "2000"):
	        pairs = list(zip(by["hand" + n], by["minik" + n]))
	        rps, work = statistics.median(m[0] / h[0] for h, m in pairs), statistics.median(h[1] / m[1] for h, m in pairs)
	        print(f"{k}, {n} host{'' if n == '1' else 's'}: minik {statistics.median(m[0] for _, m in pairs):.0f} requests/s, {statistics.median(m[1] for _, m in pairs):.0f} ns of processor each; "
	              f"of by hand: requests/s {rps:.3f}, work per processor time {work:.3f}")
	P
	exit 0
fi
if [ -n "$count" ]; then
	for n in 1 2000; do
		instructions hand$n $((n == 1 ? 8001 : 8003)); h=$each
		instructions minik$n $((n == 1 ? 8002 : 8004)); m=$each
		echo "$n host$([ $n = 1 ] || echo s): instructions of a request outside the kernel: by hand $h, minik $m: $(awk "BEGIN{printf \"%.3f\", $h / $m}") of the work for each"
	done
	exit 0
fi
for n in hand1 minik1 hand2000 minik2000; do nginx_run $n 0; done
peers="hand1:8001 minik1:8002 hand2000:8003 minik2000:8004"
if command -v haproxy >/dev/null || [ -x /usr/sbin/haproxy ]; then
	{
		echo "global
 nbthread 1
 maxconn 8192
defaults
 mode http
 timeout connect 5s
 timeout client 60s
 timeout server 60s
 http-reuse always
frontend f
 bind :8005
 http-request set-header X-Request-ID %[uuid()] unless { req.hdr(X-Request-ID) -m found }
 http-request set-header X-Real-IP %[src]
 http-request set-header X-Forwarded-For %[src]
 http-request set-header X-Forwarded-Host %[req.hdr(host)]
 http-request set-header X-Forwarded-Port %[dst_port]
 http-request set-header X-Forwarded-Proto http
 http-request set-header X-Forwarded-Scheme http
 http-request set-header X-Scheme http
 http-request del-header X-Forwarded-Prefix
 http-request del-header Proxy
 use_backend %[req.hdr(host),lower,map($dir/haproxy.map)]
backend web"
		for i in 1 2 3; do echo " server s$i $A:900$i"; done
	} >"$dir/haproxy.cfg"
	for i in $(seq 0 $((hosts - 1))); do echo "h$i.example web"; done >"$dir/haproxy.map"
	taskset -c 0 haproxy -db -f "$dir/haproxy.cfg" 2>"$dir/haproxy.log" & pids="$pids $!"
	worker_haproxy=$!
	peers="$peers haproxy:8005"
fi
lua=/usr/lib/nginx/modules/ngx_http_lua_module.so
if [ -e $lua ]; then # the other way to look up routes at run time: libnginx-mod-http-lua, with the same routes in a table of LuaJIT
	mkdir -p "$dir/lua"
	{
		echo "load_module ${lua%/*}/ndk_http_module.so; load_module $lua;"
		head_of lua
		echo "http { $(paths lua) $(headers)
	lua_package_path '/usr/share/lua/5.1/?.lua;;';
	init_by_lua_block {
		balancer = require 'ngx.balancer'
		backends = {web = {n = 0, '$A:9001', '$A:9002', '$A:9003'}}
		for name, b in pairs(backends) do
			for i, e in ipairs(b) do local addr, port = e:match('(.*):(.*)'); b[i] = {addr, tonumber(port)} end
		end
		hosts = {}
		for i = 0, $((hosts - 1)) do hosts['h' .. i .. '.example'] = {{'/api', backends.web}, {'', backends.web}} end
	}
	upstream u { server 0.0.0.1; balancer_by_lua_block {
			local b = ngx.ctx.backend
			b.n = b.n % #b + 1
			balancer.set_current_peer(b[b.n][1], b[b.n][2])
		} keepalive 256; keepalive_requests 10000000; }
	server { listen 8006; location / {
			rewrite_by_lua_block {
				local uri = ngx.var.uri
				for _, p in ipairs(hosts[ngx.var.host] or {}) do
					local n = #p[1]
					if uri:sub(1, n) == p[1] and (#uri == n or uri:byte(n + 1) == 47) then ngx.ctx.backend = p[2]; return end
				end
				ngx.exit(404)
			}
			proxy_pass http://u; } } }"
	} >"$dir/lua.conf"
	nginx_run lua 0
	peers="$peers lua:8006"
fi
for p in $peers; do
	i=0
	until answers "${p#*:}"; do
		i=$((i + 1)); [ $i -lt 200 ] || { echo "${p%:*} does not answer" >&2; tail -n 3 "$dir/${p%:*}/log" "$dir"/haproxy.log >&2; exit 1; }
		sleep 0.02
	done
done
turn() { # ROUND NAME PORT: a line "ROUND NAME requests/s ns/request"
	local a b w
	eval "w=\$worker_$2"
	a=$(cpu "$w")
	taskset -c 1 wrk -t1 -c16 -d"${seconds}s" -H 'Host: h0.example' "http://127.0.0.1:$3/api/x" >"$dir/wrk"
	b=$(cpu "$w")
	if grep -E 'Socket errors|Non-2xx' "$dir/wrk" >&2; then exit 1; fi
	awk -v round="$1" -v name="$2" -v t=$((b - a)) '/requests in/{n = $1} /Requests\/sec/{print round, name, $2, t / n}' "$dir/wrk"
}
if [ -n "${BENCH_PERF:-}" ]; then perf record -q -e cpu-clock -F 2000 -g -o "$BENCH_PERF" -p "$worker_minik2000" & pids="$pids $!"; fi
for r in $(seq "$rounds"); do
	for p in $(echo "$peers" | tr ' ' '\n' | if [ $((r % 2)) = 1 ]; then cat; else tac; fi); do turn "$r" "${p%:*}" "${p#*:}"; done
done >"$dir/results"
sort -n "$dir/results" | awk '
	function sorted(a, n,   i, j, t) { for (i = 2; i <= n; i++) { t = a[i]; for (j = i - 1; j && a[j] > t; j--) a[j + 1] = a[j]; a[j + 1] = t } }
	function figure(name, what, other,   i, n, a) { # median, and the middle half; other: as a ratio
		n = 0
		for (i = 1; i <= rounds; i++) if ((i, name) in rps) a[++n] = what == "rps" ? rps[i, name] / (other ? rps[i, other] : 1) : (other ? ns[i, other] / ns[i, name] : ns[i, name])
		sorted(a, n)
		return sprintf(other ? "%.3f (%.3f to %.3f)" : "%.0f (%.0f to %.0f)", a[int((n + 1) / 2)], a[int((n + 3) / 4)], a[int((3 * n + 3) / 4)])
	}
	{ rounds = $1; rps[$1, $2] = $3; ns[$1, $2] = $4; names[$2] = 1 }
	END {
		n = split("hand1 minik1 hand2000 minik2000 haproxy lua", order, " ")
		for (i = 1; i <= n; i++) if (order[i] in names) printf "%-10s requests/s %-28s ns of processor each %s\n", order[i], figure(order[i], "rps"), figure(order[i], "ns")
		for (i = 1; i <= 2000; i += 1999) printf "%d host%s: minik of by hand: requests/s %s, work per processor time %s\n", i, (i == 1 ? "" : "s"), figure("minik" i, "rps", "hand" i), figure("minik" i, "ns", "hand" i)
		if ("haproxy" in names) printf "2000 hosts: minik of haproxy: requests/s %s, work per processor time %s\n", figure("minik2000", "rps", "haproxy"), figure("minik2000", "ns", "haproxy")
		if ("lua" in names) printf "2000 hosts: minik of nginx with Lua: requests/s %s, work per processor time %s\n", figure("minik2000", "rps", "lua"), figure("minik2000", "ns", "lua")
	}'
