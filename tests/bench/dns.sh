#!/bin/bash
# The cluster DNS beside NSD with the same 1,000 records and beside a bare echo of packets (recvmmsg, sendmmsg), in turn, in one run: one thread on one core,
# dnsperf on the other. Questions per second and processor time per question, the middle of N rounds; p99 at half load; 10 Services and 10,000.
# Usage: tests/bench/dns.sh [-n ROUNDS] [-s SECONDS] [BUILD_DIR]. dnsperf and nsd are Debian's, unpacked into $MINIK_TEST_CACHE/dns when they are not installed.
set -eu
rounds=3 seconds=4
while getopts n:s: o; do case $o in n) rounds=$OPTARG ;; s) seconds=$OPTARG ;; *) exit 2 ;; esac; done
shift $((OPTIND - 1))
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
cache=${MINIK_TEST_CACHE:-/var/cache/minik-tests}/dns
export PATH=$PATH:$cache/usr/bin:$cache/usr/sbin LD_LIBRARY_PATH=${LD_LIBRARY_PATH:-}:$cache/usr/lib/$(uname -m)-linux-gnu
if [ -z "${IN_NETNS:-}" ]; then
	[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
	if ! command -v dnsperf >/dev/null || ! command -v nsd >/dev/null; then
		mkdir -p "$cache"
		(cd "$cache" && apt-get download -qq dnsperf nsd libldns3 libevent-2.1-7 libfstrm0 libprotobuf-c1 && for f in *.deb; do dpkg -x "$f" .; done) >&2
	fi
	make -s -C "$build" tests/integration/dns_tool tests/bench/bench_dns_echo >&2
	IN_NETNS=1 exec unshare -n -m "$0" -n "$rounds" -s "$seconds" "$build"
fi
dir=$(mktemp -d)
pids=
trap 'kill $pids 2>/dev/null || :; wait 2>/dev/null || :; rm -rf "$dir"' EXIT
ip link set lo up
services() { # N
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "{\"kind\":\"Service\",\"metadata\":{\"namespace\":\"ns-%d\",\"name\":\"svc-%d\"},\"spec\":{\"clusterIP\":\"10.43.%d.%d\",\"ports\":[{\"name\":\"http\",\"port\":80}]}}\n", i % 20, i, i / 250 + 1, i % 250 + 1
		print "" }'
}
questions() { awk -v n="$1" 'BEGIN {srand(7); for (i = 0; i < 20000; i++) {k = int(rand() * n); printf "svc-%d.ns-%d.svc.cluster.local A\n", k, k % 20}}'; }
for n in 10 1000 10000; do services $n > "$dir/objects.$n"; questions $n > "$dir/questions.$n"; done
serve() { # NAME INPUT COMMAND...: on the first core; prints "ready", pid in pid_NAME
	local name=$1 input=$2; shift 2
	mkfifo "$dir/ready"
	taskset -c 0 "$@" < "$input" > "$dir/ready" 2> "$dir/$name.log" & pids="$pids $!"; eval "pid_$name=$!"
	read -r _ < "$dir/ready"; rm "$dir/ready"
}
: > "$dir/none"
port=5300
for n in 10 1000 10000; do port=$((port + 1)); serve minik$n "$dir/objects.$n" "$build/tests/integration/dns_tool" 127.0.0.1 $port "$dir/none" cluster.local; eval "port_minik$n=$port"; done
port_echo=$((port + 1)) port_nsd=$((port + 2))
serve echo /dev/null "$build/tests/bench/bench_dns_echo" 127.0.0.1 $port_echo
{
	echo '$ORIGIN cluster.local.'; echo '$TTL 5'
	echo '@ IN SOA ns.dns hostmaster 1 7200 1800 86400 5'; echo '@ IN NS ns.dns'; echo 'ns.dns IN A 10.43.0.10'
	awk 'BEGIN {for (i = 0; i < 1000; i++) printf "svc-%d.ns-%d.svc IN A 10.43.%d.%d\n", i, i % 20, i / 250 + 1, i % 250 + 1}'
} > "$dir/cluster.local.zone"
cat > "$dir/nsd.conf" <<-C
	server:
	  ip-address: 127.0.0.1@$port_nsd
	  server-count: 1
	  username: ""
	  chroot: ""
	  zonesdir: "$dir"
	  database: ""
	  pidfile: "$dir/nsd.pid"
	  logfile: "$dir/nsd.log"
	  xfrdfile: "$dir/xfrd"
	  zonelistfile: "$dir/zones"
	  xfrdir: "$dir"
	  rrl-ratelimit: 0
	remote-control:
	  control-enable: no
	zone:
	  name: cluster.local
	  zonefile: cluster.local.zone
C
taskset -c 0 nsd -d -c "$dir/nsd.conf" > "$dir/nsd.out" 2>&1 & pid_nsd=$!; pids="$pids $!"
for i in $(seq 1 100); do dig +short +tries=1 +time=1 @127.0.0.1 -p $port_nsd svc-1.ns-1.svc.cluster.local 2>/dev/null | grep -q 10.43 && break; sleep 0.1; done
cpu() { # NAME: nanoseconds of it and its children
	local p t=0 root; eval "root=\$pid_$1"
	for p in $root $(pgrep -P "$root" || :) $(for c in $(pgrep -P "$root" || :); do pgrep -P "$c" || :; done); do t=$((t + $(cat /proc/$p/task/*/schedstat | awk '{t += $1} END {printf "%d", t}'))); done
	echo $t
}
load() { # NAME QUESTIONS [OPTIONS]: questions per second, microseconds of processor time per question
	local name=$1 file=$2 p c0; shift 2; eval "p=\$port_$name"
	c0=$(cpu "$name")
	taskset -c 1 dnsperf -s 127.0.0.1 -p "$p" -d "$file" -l "$seconds" -c 10 -q 200 "$@" > "$dir/out" 2>&1 || { cat "$dir/out" >&2; exit 1; }
	awk -v c="$(($(cpu "$name") - c0))" '/Queries per second/ {q = $4} /Queries completed/ {n = $3} /Queries lost/ {l = $3} END {printf "%d %.2f %d\n", q, c / 1e3 / n, l}' "$dir/out"
}
middle() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
for r in $(seq 1 "$rounds"); do
	for s in echo nsd minik1000 minik10 minik10000; do
		case $s in minik*) q=$dir/questions.${s#minik} ;; *) q=$dir/questions.1000 ;; esac
		load $s "$q" >> "$dir/result.$s"
	done
done
q() { awk '{print $1}' "$dir/result.$1" | middle; }
c() { awk '{print $2}' "$dir/result.$1" | middle; }
printf '%-44s %12s %14s\n' "one thread, $rounds rounds of $seconds s" "questions/s" "CPU us each"
for s in echo nsd minik1000 minik10 minik10000; do
	case $s in echo) t="bare echo" ;; nsd) t="NSD, 1,000 records" ;; *) t="minik, ${s#minik} Services" ;; esac
	printf '%-44s %12s %14s\n' "$t" "$(q $s)" "$(c $s)"
done
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'; }
printf '%-44s %12s %14s\n' "minik / echo" "$(ratio "$(q minik1000)" "$(q echo)")" "$(ratio "$(c echo)" "$(c minik1000)")"
printf '%-44s %12s %14s\n' "minik / NSD" "$(ratio "$(q minik1000)" "$(q nsd)")" "$(ratio "$(c nsd)" "$(c minik1000)")"
printf '%-44s %12s %14s\n' "10,000 Services / 10" "$(ratio "$(q minik10000)" "$(q minik10)")" "$(ratio "$(c minik10)" "$(c minik10000)")"
half=$(($(q minik1000) / 2))
for r in $(seq 1 "$rounds"); do
	for s in echo nsd minik1000; do
		load $s "$dir/questions.1000" -Q $half -v >/dev/null
		awk '/^> / {print $NF * 1000}' "$dir/out" | sort -n | awk '{v[NR] = $1} END {print v[int(NR / 2)], v[int(NR * 0.99)]}' >> "$dir/late.$s"
	done
done
for s in echo nsd minik1000; do
	printf '%-44s %12s %14s\n' "p50, p99 at $half /s, ms: ${s%1000}" "$(awk '{print $1}' "$dir/late.$s" | middle)" "$(awk '{print $2}' "$dir/late.$s" | middle)"
done
