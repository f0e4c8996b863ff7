#!/bin/bash
# The cluster DNS beside NSD with the same 1,000 records and beside a bare echo of packets (recvmmsg, sendmmsg): one thread on one core, dnsperf on the
# other. On a machine that others use too, figures of different moments cannot be compared: so everybody has a short turn in every round, in an order that
# changes, and the ratios are those within a round. Questions per second say what dnsperf and the server can do together; processor time of the server
# for each question says what the server costs, and is what load beside it disturbs least. Given are the figures of each round, their middle, and
# between which two the middle half of the rounds lies. Then the same at half of the load, with latencies: p99 holds the machine's other work, as the echo's shows.
# Usage: tests/bench/dns.sh [-n ROUNDS] [-s SECONDS] [BUILD_DIR]. dnsperf and nsd are Debian's, unpacked into $MINIK_TEST_CACHE/dns when they are not installed.
# BENCH_NICE=-10: servers and dnsperf go before other work, also where the kernel groups processes by session (autogroup), which alone makes nice count for nothing.
set -eu
rounds=9 seconds=1
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
	IN_NETNS=1 exec ${BENCH_NICE:+setsid -w} unshare -n -m "$0" -n "$rounds" -s "$seconds" "$build"
fi
if [ -n "${BENCH_NICE:-}" ] && [ -e /proc/self/autogroup ]; then echo "$BENCH_NICE" > /proc/self/autogroup; fi
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
	nice -n "${BENCH_NICE:-0}" taskset -c 0 "$@" < "$input" > "$dir/ready" 2> "$dir/$name.log" & pids="$pids $!"; eval "pid_$name=$!"
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
nice -n "${BENCH_NICE:-0}" taskset -c 0 nsd -d -c "$dir/nsd.conf" > "$dir/nsd.out" 2>&1 & pid_nsd=$!; pids="$pids $!"
for i in $(seq 1 100); do dig +short +tries=1 +time=1 @127.0.0.1 -p $port_nsd svc-1.ns-1.svc.cluster.local 2>/dev/null | grep -q 10.43 && break; sleep 0.1; done
cpu() { # NAME: nanoseconds of it and its children
	local p t=0 root; eval "root=\$pid_$1"
	for p in $root $(pgrep -P "$root" || :) $(for c in $(pgrep -P "$root" || :); do pgrep -P "$c" || :; done); do t=$((t + $(cat /proc/$p/task/*/schedstat | awk '{t += $1} END {printf "%.0f", t}'))); done
	echo $t
}
load() { # NAME QUESTIONS [OPTIONS]: questions per second, microseconds of processor time per question, lost
	local name=$1 file=$2 p c0; shift 2; eval "p=\$port_$name"
	c0=$(cpu "$name")
	nice -n "${BENCH_NICE:-0}" taskset -c 1 dnsperf -s 127.0.0.1 -p "$p" -d "$file" -l "$seconds" -c 10 -q 200 "$@" > "$dir/out" 2>&1 || { cat "$dir/out" >&2; exit 1; }
	awk -v c="$(($(cpu "$name") - c0))" '/Queries per second/ {q = $4} /Queries completed/ {n = $3} /Queries lost/ {l = $3} END {printf "%d %.2f %d\n", q, c / 1e3 / n, l}' "$dir/out"
}
sides="echo nsd minik1000 minik10 minik10000"
turns() { # ROUND: everybody, in another order each time
	local l=$sides i
	[ $(($1 % 2)) = 1 ] || l="minik10000 minik10 minik1000 nsd echo"
	for i in $(seq 1 $(($1 / 2 % 5))); do l="${l#* } ${l%% *}"; done
	echo "$l"
}
title() { case $1 in echo) echo "bare echo" ;; nsd) echo "NSD, 1,000 records" ;; *) echo "minik, ${1#minik} Services" ;; esac; }
# Of numbers, one a line: the middle, and in brackets the borders of the middle half.
spread() { sort -n | awk '{v[NR] = $1} END {printf "%s (%s-%s)", v[int((NR + 1) / 2)], v[int((NR + 3) / 4)], v[NR + 1 - int((NR + 3) / 4)]}'; }
column() { awk -v c="$2" '{print $c}' "$dir/$1"; }
# A B COLUMN: A over B, round by round
ratios() { paste -d ' ' <(column "$1" "$3") <(column "$2" "$3") | awk '{printf "%.3f\n", $1 / $2}'; }
line() { printf '%-44s %24s %24s\n' "$@"; }
compare() { # PHASE TITLE A B: A beside B, more is better in both columns
	line "$2" "$(ratios "$1.$3" "$1.$4" 1 | spread)" "$(ratios "$1.$4" "$1.$3" 2 | spread)"
}
for r in $(seq 1 "$rounds"); do
	for s in $(turns "$r"); do
		case $s in minik*) q=$dir/questions.${s#minik} ;; *) q=$dir/questions.1000 ;; esac
		load $s "$q" >> "$dir/full.$s"
	done
	echo "# round $r, q/s and us: $(for s in $sides; do tail -1 "$dir/full.$s" | awk -v s="$s" '{printf "%s %d %.2f  ", s, $1, $2}'; done)"
done
line "one thread, $rounds rounds of $seconds s, full load" "questions/s" "CPU us each"
for s in $sides; do line "$(title $s)" "$(column full.$s 1 | spread)" "$(column full.$s 2 | spread)"; done
compare full "minik / echo" minik1000 echo
compare full "minik / NSD" minik1000 nsd
compare full "10,000 Services / 10" minik10000 minik10
half=$(($(column full.minik1000 1 | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}') / 2))
sides="echo nsd minik1000"
for r in $(seq 1 "$rounds"); do
	for s in $([ $((r % 2)) = 1 ] && echo "$sides" || echo "minik1000 nsd echo"); do
		load $s "$dir/questions.1000" -Q $half -v >> "$dir/half.$s"
		awk '/^> / {print $NF * 1000}' "$dir/out" | sort -n | awk '{v[NR] = $1} END {print v[int(NR / 2)], v[int(NR * 0.99)]}' >> "$dir/late.$s"
	done
	echo "# round $r, us, p50 and p99 ms: $(for s in $sides; do echo "$s $(tail -1 "$dir/half.$s" | cut -d ' ' -f 2) $(tail -1 "$dir/late.$s") "; done | tr '\n' ' ')"
done
line "half load, $half questions/s" "questions/s" "CPU us each"
for s in $sides; do line "$(title $s)" "$(column half.$s 1 | spread)" "$(column half.$s 2 | spread)"; done
compare half "minik / echo" minik1000 echo
compare half "minik / NSD" minik1000 nsd
line "half load, latency in ms" "p50" "p99"
for s in $sides; do line "$(title $s)" "$(column late.$s 1 | spread)" "$(column late.$s 2 | spread)"; done
