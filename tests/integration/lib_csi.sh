# The CSI driver for tests (csi_driver.c) in node n1 of a whole server, known there by its socket. After lib.sh and enter_sandbox.
build=${MINIK_BUILD:-$(dirname "$MINIK")}
driver=$build/tests/integration/csi_driver tool=$build/tests/integration/csi_tool
for p in csi_driver csi_tool; do
	[ -x "$build/tests/integration/$p" ] || make -C "$build" "tests/integration/$p" >/dev/null || skip_all "$p cannot be built"
done
D=csi.test.minik
KUBELET=$T/n1/data/kubelet S=$T/n1/data/kubelet/plugins/d/csi.sock LOG=$T/calls FAULTS=$T/faults
driver_start() { # driver_start FLAGS...: it has begun when this returns
	mkdir -p "$KUBELET/plugins/d"
	[ -p "$T/driver.ready" ] || mkfifo "$T/driver.ready"
	in_node_exec n1 "$driver" --endpoint "$S" --state "$T/state" --log "$LOG" --faults "$FAULTS" --name $D --node-id id-n1 "$@" >"$T/driver.ready" 2>"$T/driver.err" &
	driver_pid=$!
	lib_pids="$lib_pids $!"
	read -r _ <"$T/driver.ready" || { not_ok "the driver starts" "$(cat "$T/driver.err")"; exit 1; }
}
driver_stop() { kill "-${1:-TERM}" "$driver_pid"; wait "$driver_pid" 2>/dev/null; }
csi_cluster() { # a server with that driver, which is registered
	node_add n1 192.168.77.1
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"
	: >"$FAULTS"
	check "node is ready" eventually 30 csi_node_ready || exit 1
	eventually 20 k get sa default >/dev/null
	driver_start
	check "the driver is known" eventually 20 csi_registered || exit 1
}
csi_node_ready() { k get nodes | grep -w Ready; }
csi_registered() { k get csinode n1 -o jsonpath='{.spec.drivers[*].name}' | grep -q $D; }
csi_volume() { # csi_volume NAME MODE SIZE: its handle, of a volume that the driver has, bound to claim NAME
	local id
	id=$("$tool" "$S" Controller/CreateVolume "{\"name\": \"$1\", \"capacity_range\": {\"required_bytes\": $(numfmt --from=iec-i "$3")}, \"volume_capabilities\": [{\"mount\": {}, \"access_mode\": {\"mode\": \"SINGLE_NODE_WRITER\"}}]}" | jq -r .volume.volume_id)
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: PersistentVolume, metadata: {name: pv-$1}, spec: {capacity: {storage: $3}, accessModes: [$2], storageClassName: "", persistentVolumeReclaimPolicy: Retain,
	  claimRef: {namespace: default, name: $1}, csi: {driver: $D, volumeHandle: $id}}}
	Y
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: $1}, spec: {accessModes: [$2], storageClassName: "", volumeName: pv-$1, resources: {requests: {storage: $3}}}}
	Y
	echo "$id"
}
says() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' >"$T/says"; grep -E -- "$2" "$T/says"; }
gone() { ! k get "$@" >/dev/null 2>&1; }
