#!/bin/bash
# The binder of volumes and claims: each of its rules (storage_binder.py), the user's example with an external provisioner (ext_provisioner.py), two binders at once, kill -9 at any moment.
# Needs no node agent: Node objects are written by hand. BINDER_PARTS="matching kills" for some.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip_all "no python3"
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
enter_sandbox "$@"
here=$MINIK_TOP/tests/integration
wanted() { [ -z "${BINDER_PARTS:-}" ] || case " $BINDER_PARTS " in *" $1 "*) ;; *) false ;; esac; }
node_add n1 192.168.77.1
server() { minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent; }
server
check "server answers" eventually 20 k get --raw /readyz || exit 1
export KUBECONFIG=$T/kubeconfig KUBECTL MINIK_PATIENCE
eventually 10 k get sa default >/dev/null
k create -f - >/dev/null <<N
{"apiVersion":"v1","kind":"Node","metadata":{"name":"a","labels":{"kubernetes.io/hostname":"a"}}}
N
alive() {
	k patch node a --subresource=status --type=merge -p "{\"status\":{\"allocatable\":{\"cpu\":\"4\",\"memory\":\"4Gi\",\"pods\":\"110\"},\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\",
		\"reason\":\"KubeletReady\",\"message\":\"\",\"lastHeartbeatTime\":\"$(date -u +%FT%TZ)\",\"lastTransitionTime\":\"$(date -u +%FT%TZ)\"}]}}" >/dev/null
}
alive
(while sleep 5; do alive; done >/dev/null 2>&1) & lib_pids="$lib_pids $!"
part() { in_node n1 python3 "$here/storage_binder.py" "$@" || lib_failed=1; }
for p in matching modes_and_selectors classes prebinding losing reclaiming recycling protection consumers node_choice crowd; do
	! wanted $p || part $p
done

if wanted example; then
	part example_before
	in_node_exec n1 python3 "$here/ext_provisioner.py" "$T/kubeconfig" ceph.rook.io/block >"$T/n1/provisioner.log" 2>&1 &
	provisioner=$!
	lib_pids="$lib_pids $provisioner"
	part example_after
	kill_own $provisioner
	wait $provisioner 2>/dev/null
	expect "the external provisioner saw no error" '^0$' grep -cE ': [45][0-9][0-9] |Traceback' "$T/n1/provisioner.log"
fi

# A second binder, as by accident: by itself, at the same API server.
if wanted rivals; then
	mkdir -p "$T/n1/other"
	in_node_exec n1 "$MINIK" storage --kubeconfig "$T/kubeconfig" --data-dir "$T/n1/other/data" --run-dir "$T/n1/other/run" --node-name other \
		--config "$T/n1/config.yaml" >"$T/n1/rival.log" 2>&1 &
	rival=$!
	lib_pids="$lib_pids $rival"
	check "a second binder runs" eventually 10 grep -q 'component=storage .*msg="running"' "$T/n1/rival.log"
	part rivals
	kill_own $rival
	wait $rival 2>/dev/null
fi

# Killed at random moments while claims are bound. A twentieth, and all with MINIK_SOAK=1.
if wanted kills; then
	n=6; [ "${MINIK_SOAK:-0}" != 1 ] || n=120
	export MARK=$T/enough
	in_node n1 python3 "$here/storage_binder.py" kills >"$T/kills.out" 2>&1 &
	work=$!
	lib_pids="$lib_pids $work"
	for i in $(seq $n); do
		sleep "0.$((RANDOM % 900 + 100))"
		kill_own -KILL $minik_pid
		wait $minik_pid 2>/dev/null
		server
		eventually 20 in_node n1 curl -ksf https://127.0.0.1:6443/readyz >/dev/null || not_ok "the server is back after kill $i"
	done
	touch "$MARK"
	wait $work || lib_failed=1
	cat "$T/kills.out"
	echo "# $n kills"
fi
