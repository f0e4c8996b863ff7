#!/bin/bash
# Linearizability of two API servers on three etcds (tests/fault/checker_shared.c) while members are killed and stopped, and servers killed;
# and the same with a bug planted on purpose, which must be found.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
command -v etcd >/dev/null || skip_all "no etcd (Debian's package etcd-server)"
make -s -C "$B" tests/fault/checker_shared tests/integration/apiserver_main tests/integration/faulty_main >&2 || skip_all "the checker cannot be built"
enter_sandbox "$@"
rounds=8
[ "${MINIK_SOAK:-0}" = 1 ] && rounds=100
members=e1=http://127.0.0.1:2381,e2=http://127.0.0.1:2382,e3=http://127.0.0.1:2383
export MINIK_TEST_ETCD=http://127.0.0.1:2371,http://127.0.0.1:2372,http://127.0.0.1:2373
member() {
	etcd --name "e$1" --data-dir "$T/e$1" --listen-client-urls "http://127.0.0.1:237$1" --advertise-client-urls "http://127.0.0.1:237$1" \
		--listen-peer-urls "http://127.0.0.1:238$1" --initial-advertise-peer-urls "http://127.0.0.1:238$1" --initial-cluster $members \
		--log-level error >>"$T/etcd.log" 2>&1 &
	pid[$1]=$!
	lib_pids="$lib_pids $!"
}
server() { # server N PROGRAM: N is 1 or 2
	"$2" "$T/s$1" 1644"$1" >"$T/s$1.out" 2>>"$T/s$1.log" &
	server_pid[$1]=$!
	lib_pids="$lib_pids $!"
}
answers() { grep -q ready "$T/s$1.out"; }
healthy() { curl -sf "http://127.0.0.1:237$1/health" | grep -q true; }
declare -a pid server_pid
for n in 1 2 3; do member $n; done
check "three members" eventually 20 healthy 1 || exit 1
both() {
	server 1 "$1"; eventually 20 answers 1 || return 1
	server 2 "$1"; eventually 20 answers 2
}
back() { # back N: server N begins again
	server "$1" "$B/tests/integration/apiserver_main"
	eventually 30 answers "$1" || not_ok "server $1 is back" "$(grep -v level=info "$T/s$1.log" | tail -5)"
}
down() { kill -9 "$1"; wait "$1" 2>/dev/null; }

both "$B/tests/integration/apiserver_main" || { not_ok "two servers" "$(cat "$T"/s*.log)"; exit 1; }
"$B/tests/fault/checker_shared" "$T/stop" "$T/s1/admin.kubeconfig" "$T/s2/admin.kubeconfig" >"$T/out" 2>"$T/err" &
checker=$!
lib_pids="$lib_pids $checker"
sleep 1 # of peace
for i in $(seq $rounds); do
	n=$((i % 3 + 1)) s=$((i % 2 + 1))
	case $((i % 4)) in
	1) down "${pid[$n]}"; sleep 1.5; member $n; eventually 20 healthy $n ;;
	2) down "${server_pid[$s]}"; back $s ;;
	3) kill -STOP "${pid[$n]}"; sleep 3; kill -CONT "${pid[$n]}"; eventually 20 healthy $n ;;
	0) down "${pid[$n]}"; down "${server_pid[$s]}"; back $s; member $n; eventually 20 healthy $n ;;
	esac
done
: >"$T/stop"
if wait $checker; then ok "two servers are one while members and servers are killed: $(cat "$T/out")"
else not_ok "two servers are one while members and servers are killed" "$(cat "$T/err")"; fi

for s in 1 2; do down "${server_pid[$s]}"; done
for bug in unsynced stale; do
	rm -f "$T/stop"
	export MINIK_PLANT=$bug
	both "$B/tests/integration/faulty_main" || { not_ok "faulty servers" "$(cat "$T"/s*.log)"; exit 1; }
	"$B/tests/fault/checker_shared" "$T/stop" "$T/s1/admin.kubeconfig" "$T/s2/admin.kubeconfig" >"$T/out" 2>"$T/err" &
	checker=$!
	sleep 4; : >"$T/stop"
	if wait $checker; then not_ok "a planted bug is found: $bug" "$(cat "$T/out")"
	elif grep -q '^violation:' "$T/err"; then ok "a planted bug is found: $bug"
	else not_ok "a planted bug is found: $bug" "$(cat "$T/err")"; fi
	for s in 1 2; do down "${server_pid[$s]}"; done
done
exit $lib_failed
