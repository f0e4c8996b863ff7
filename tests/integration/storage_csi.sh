#!/bin/bash
# CSI drivers at a whole minik server: registration with and without a registrar, CSINode, and what a driver that misbehaves comes to; pods that use its volumes.
# CSI_PARTS="registration" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
build=${MINIK_BUILD:-$(dirname "$MINIK")}
driver=$build/tests/integration/csi_driver tool=$build/tests/integration/csi_tool
for p in csi_driver csi_tool; do
	[ -x "$build/tests/integration/$p" ] || make -C "$build" "tests/integration/$p" >/dev/null || skip_all "$p cannot be built"
done
parts=${CSI_PARTS:-registration}
wanted() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
KUBELET=$T/n1/data/kubelet

# driver_start ID FLAGS...: a process in node n1 at plugins/ID/csi.sock, in its mount namespace; it has begun when this returns. Its pid in driver_ID.
driver_start() {
	local id=$1 fd; shift
	mkdir -p "$KUBELET/plugins/$id"
	touch "$T/$id.faults"
	mkfifo "$T/$id.ready" 2>/dev/null
	in_node_exec n1 "$driver" --endpoint "$KUBELET/plugins/$id/csi.sock" --state "$T/$id.state" --log "$T/$id.calls" --faults "$T/$id.faults" --name "$id" "$@" \
		>"$T/$id.ready" 2>"$T/$id.err" &
	eval "driver_$id=$!"
	lib_pids="$lib_pids $!"
	read -r _ <"$T/$id.ready" || not_ok "driver $id starts" "$(cat "$T/$id.err")"
}
driver_stop() { # driver_stop ID [SIGNAL]
	local pid; eval "pid=\$driver_$1"
	kill -"${2:-TERM}" "$pid"; wait "$pid" 2>/dev/null
}
drivers() { k get csinode n1 -o json | jq -c '[.spec.drivers[] | [.name, .nodeID, .allocatable.count, (.topologyKeys // [])]] | sort'; }
has() { drivers | grep -qF -- "$1"; }
lacks() { drivers >"$T/drivers" && ! grep -qF -- "$1" "$T/drivers"; }
node_ids() { k get node n1 -o json | jq -r '.metadata.annotations["csi.volume.kubernetes.io/nodeid"]'; }
said() { grep -cF -- "$1" "$T/n1/server.log"; }

node_add n1 192.168.77.1
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
ready() { k get nodes | grep -w Ready; }
check "node is ready" eventually 30 ready || exit 1

if wanted registration; then
	check "a CSINode without drivers is there" eventually 10 has '[]'
	expect "which the Node owns" '^Node n1$' k get csinode n1 -o 'jsonpath={.metadata.ownerReferences[0].kind} {.metadata.ownerReferences[0].name}'
	driver_start one --node-id id-one --topology zone.test=a --max-volumes 7 --registration "$KUBELET/plugins_registry/one-reg.sock"
	check "a driver that registers is in the CSINode" eventually 10 has '["one","id-one",7,["zone.test"]]'
	check "once" test "$(drivers | jq length)" = 1
	expect "its topology labels the Node" '^a$' k get node n1 -o 'jsonpath={.metadata.labels.zone\.test}'
	expect "the Node is annotated with its id" '^\{"one":"id-one"\}$' node_ids
	check "the registrar hears of it" grep -q '"method":"NotifyRegistrationStatus","request":{"plugin_registered":true}' "$T/one.calls"
	driver_start bare --node-id id-bare
	check "a socket alone is a driver, too" eventually 10 has '["bare","id-bare",null,[]]'
	driver_stop one KILL
	check "a driver that is killed stays" has '"one"'
	driver_start one --node-id id-two --max-volumes 9 --registration "$KUBELET/plugins_registry/one-reg.sock"
	check "another at its socket takes its place" eventually 10 has '["one","id-two",9,[]]'
	driver_stop one
	check "a driver that ends is no longer registered" eventually 10 lacks '"one"'
	expect "nor in the annotation" '^\{"bare":"id-bare"\}$' node_ids
	driver_stop bare KILL
	driver_start bare --node-id id-3
	check "a driver at a socket alone is found again" eventually 10 has '["bare","id-3",null,[]]'
	rm "$KUBELET/plugins/bare/csi.sock"
	check "and gone with its socket" eventually 10 lacks bare
	driver_stop bare
	expect "the annotation is gone with the last one" '^null$' node_ids
	# Those that are none.
	mkdir -p "$KUBELET/plugins/alien"
	in_node_exec n1 "$driver" --endpoint "$KUBELET/plugins/alien/csi.sock" --state "$T/alien.state" --name 'no/name' >/dev/null 2>&1 & alien=$!
	lib_pids="$lib_pids $alien"
	check "a driver whose name is none is refused" eventually 10 grep -q 'is no name of a driver' "$T/n1/server.log"
	kill_own "$alien"; wait "$alien" 2>/dev/null
	driver_start later --node-id x --not-ready
	check "a driver that is not ready waits" eventually 10 grep -q 'driver later is not ready yet' "$T/n1/server.log"
	check "and is not there" lacks later
	driver_stop later
	printf 'NodeGetInfo garbage times=2\nGetPluginInfo error UNAVAILABLE times=1\n' >"$T/messy.faults"
	driver_start messy --node-id m
	check "a driver that answers garbage is asked again until it does not" eventually 20 has '["messy","m",null,[]]'
	check "garbage was said once" test "$(said 'NodeGetInfo: INTERNAL: the answer cannot be read')" = 1
	driver_stop messy
	printf '* hang\n' >"$T/stuck.faults"
	driver_start stuck --node-id s
	driver_start quick --node-id q
	check "one that hangs does not hold up others" eventually 4 has '["quick","q",null,[]]'
	driver_stop quick
	check "its time is limited" eventually 20 grep -q 'stuck/csi.sock.*GetPluginInfo: DEADLINE_EXCEEDED' "$T/n1/server.log"
	printf '* hang\n' >"$T/wait.faults"
	driver_start wait --node-id s
	begin=$SECONDS
	kill "$minik_pid"; wait "$minik_pid" 2>/dev/null
	check "a server that asks one that hangs ends soon" test $((SECONDS - begin)) -le 4
	driver_stop wait; driver_stop stuck
	driver_start one --node-id id-one --registration "$KUBELET/plugins_registry/one-reg.sock"
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"
	check "what registered while no server ran is found" eventually 20 has '"one"'
	k delete node n1 >/dev/null 2>&1
	again() { [ "$(k get csinode n1 -o 'jsonpath={.metadata.ownerReferences[0].uid}')" = "$(k get node n1 -o 'jsonpath={.metadata.uid}')" ]; }
	check "a Node that is deleted and comes back has a CSINode" eventually 20 again
	check "with its drivers" eventually 10 has '"one"'
	driver_stop one
fi
exit $lib_failed
