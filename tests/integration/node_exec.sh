#!/bin/bash
# Short commands by the hundred on a busy machine: no exec ends before all of its output, its status and its exit code have been heard. By WebSocket from
# the node's server and through the API server, by SPDY with an old kubectl.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
count=${MINIK_EXECS:-60}
[ "${MINIK_SOAK:-0}" = 0 ] || count=1200
command -v python3 >/dev/null || skip_all "no python3"
node_add n1 192.168.77.1
server_with_images n1
k apply -f - <<'P' >/dev/null
apiVersion: v1
kind: Pod
metadata: {name: t}
spec:
  terminationGracePeriodSeconds: 0
  containers: [{name: a, image: "localhost:5000/toolbox:1.0", command: [sleep, "100000"], imagePullPolicy: Never}]
P
check "the pod runs" k wait --for=condition=Ready pod/t --timeout=30s || exit 1
for i in 1 2 3; do
	sh -c 'while :; do :; done' &
	lib_pids="$lib_pids $!"
done
tls=$T/n1/data/server/tls
awk '/client-certificate-data/ {print $2}' "$T/kubeconfig" | base64 -d >"$T/admin.crt"
awk '/client-key-data/ {print $2}' "$T/kubeconfig" | base64 -d >"$T/admin.key"
rss() { awk '/VmRSS/ {print $2}' "/proc/$(minik_main_pid n1)/status"; }
for who in node apiserver; do
	case $who in
	node) set -- "$tls/apiserver-kubelet-client.crt" "$tls/apiserver-kubelet-client.key" https://127.0.0.1:10250/exec/default/t/a ;;
	apiserver) set -- "$T/admin.crt" "$T/admin.key" https://127.0.0.1:6443/api/v1/namespaces/default/pods/t/exec ;;
	esac
	in_node n1 "$MINIK_TOP/tests/integration/node_exec.py" "$@" "$count" 8 >"$T/$who.out" 2>&1
	for kind in plain terminal lines paused; do
		expect "$who: $kind" "^$kind [1-9][0-9]* 0 " grep "^$kind " "$T/$who.out"
	done
done
# Logs for readers that are slow: what they have not read waits on the node.
k apply -f - <<'P' >/dev/null
apiVersion: v1
kind: Pod
metadata: {name: noisy}
spec:
  restartPolicy: Never
  containers: [{name: a, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "head -c 6000000 /dev/zero | tr '\\0' x | fold -w 999"], imagePullPolicy: Never}]
P
check "a pod that says much" k wait --for=jsonpath='{.status.phase}'=Succeeded pod/noisy --timeout=60s
slow=
whole=$(k logs noisy | wc -c)
before=$(rss)
for i in 1 2 3 4 5 6; do
	(k logs noisy | (sleep 8; wc -c) >"$T/slow.$i") & slow="$slow $!"
done
sleep 6
after=$(rss)
check "six slow readers of its log cost little ($before -> $after KB)" test $((after - before)) -lt 20000
wait $slow
check "and have all of it" test "$(cat "$T"/slow.? | sort -u)" = "$whole" -a "$whole" -gt 6000000
old=$MINIK_TEST_CACHE/bin/kubectl-1.20
if [ -x "$old" ]; then
	bad=0
	for i in $(seq $((count / 6))); do
		[ "$(KUBECTL=$old k exec t -- sh -c 'echo out; echo err >&2; exit 3' 2>"$T/spdy.err")" = out ] && grep -qx err "$T/spdy.err" && grep -q 'exit code 3' "$T/spdy.err" || bad=$((bad + 1))
	done
	check "SPDY: $((count / 6)) commands" test $bad = 0
	check "SPDY: output that a reader is slow to take" test "$(KUBECTL=$old k exec t -- head -c 3000000 /dev/zero | (sleep 12; wc -c))" = 3000000
	# A client that keeps sending to a command that does not read is held back.
	before=$(rss)
	head -c 100000000 /dev/zero | KUBECONFIG=$T/kubeconfig in_node_exec n1 "$old" exec -i t -- sleep 30 & p=$!
	lib_pids="$lib_pids $p"
	sleep 4
	after=$(rss)
	check "SPDY: standard input that nobody reads waits at the client ($before -> $after KB)" test $((after - before)) -lt 50000 # of 100 MB; a build with sanitizers keeps what was freed
	kill $p 2>/dev/null
fi
exit $lib_failed
