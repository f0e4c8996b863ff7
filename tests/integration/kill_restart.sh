#!/bin/bash
# kill -9 of minik and a start at once, again and again: the locks of the one that was killed do not keep the next from starting.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
node_add n1 192.168.77.1
node_add n2 192.168.77.2
registries_write n1 127.0.0.1
registries_write n2 192.168.77.1

# again NAME SUBCOMMAND FLAGS...: what was started last in $minik_pid is killed and started again, KILLS times, each time as soon as it runs.
KILLS=${KILLS:-20}
begun() { [ "$(grep -c "$2" "$T/$1.log" 2>/dev/null)" -gt "$3" ] || ! kill -0 "$minik_pid" 2>/dev/null; }
again() {
	local name=$1 sub=$2 line=$3 i n=0; shift 3
	for ((i = 0; i <= KILLS; i++)); do
		minik_start "$name" "$sub" "$@"
		eventually 20 begun "$name/$sub" "$line" "$n" || break
		kill -0 "$minik_pid" 2>/dev/null || break
		n=$((n + 1))
		[ $i = "$KILLS" ] || kill_own -KILL "$minik_pid"
	done
	[ $n = $((KILLS + 1)) ] && ok "$sub: $KILLS times killed and started at once" ||
		not_ok "$sub: $KILLS times killed and started at once" "begun $n times; $(tail -3 "$T/$name/$sub.log")"
}
again n1 apiserver 'listening on port' --write-kubeconfig "$T/kubeconfig"
apiserver=$minik_pid
again n1 node 'msg="running"' --kubeconfig "$T/kubeconfig"
(in_node n1 timeout 20 "$MINIK" node $(minik_flags n1) --kubeconfig "$T/kubeconfig") >"$T/second" 2>&1
grep -q "another node agent is already running on .* (pid $minik_pid)" "$T/second" && ok "a second node agent is told of the first" || not_ok "a second node agent is told of the first" "$(tail -3 "$T/second")"
kill_own "$minik_pid"
ended() { ! kill -0 "$minik_pid" 2>/dev/null; }
check "it ends when asked" eventually 15 ended
minik_pid=$apiserver
kill_own "$minik_pid"
check "the API server, too" eventually 15 ended
again n1 server 'serves https' --write-kubeconfig "$T/kubeconfig"
server=$minik_pid
check "the server is ready" eventually 20 k get --raw /readyz
in_node n1 "$MINIK" token create --data-dir "$T/n1/data" --run-dir "$T/n1/run" >"$T/token" || not_ok "a token"
again n2 agent 'pod network' --server https://192.168.77.1:6443 --token "$(cat "$T/token")"
kill -0 "$server" && ok "the server lives on" || not_ok "the server lives on"
