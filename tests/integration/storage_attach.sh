#!/bin/bash
# The attach/detach controller and the attacher, with the CSI driver for tests at a whole server's control plane. The nodes are objects that this script writes
# (volumesInUse, Ready), so that each moment is decided here; ATTACH_PARTS="attach faults" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
. "$(dirname "$0")/lib_csi.sh"
parts=${ATTACH_PARTS:-attach multi nodes faults restart trivial}
wanted() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
calls() { jq -c "select(.method == \"$1\" and .request) | [.request.volume_id, .request.node_id]" "$LOG" | grep -cF -- "$2"; }
name_of() { echo "csi-$(printf '%s%s%s' "$1" $D "$2" | sha256sum | cut -d' ' -f1)"; } # name_of HANDLE NODE
va() { k get volumeattachment "$1" -o json | jq -r "$2"; }
va_is() { [ "$(va "$1" "$2")" = "$3" ]; }
attached() { va_is "$(name_of "$1" "$2")" .status.attached true; }
node() { # node NAME ID: a Node and what its kubelet says of the driver
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: Node, metadata: {name: $1}}
	Y
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: CSINode, metadata: {name: $1}, spec: {drivers: [{name: $D, nodeID: $2, topologyKeys: []}]}}
	Y
	status "$1" '{"conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z", "lastHeartbeatTime": "2026-01-01T00:00:00Z"}]}'
}
status() { k patch node "$1" --subresource=status --type=merge -p "{\"status\": $2}" >/dev/null; }
uses() { # uses NODE HANDLE...: what its volumesInUse says
	local n=$1 h list=; shift
	for h; do list="$list${list:+, }\"kubernetes.io/csi/$D^$h\""; done
	status "$n" "{\"volumesInUse\": [$list]}"
}
volume() { csi_volume "$1" "$2" 1Gi; } # volume NAME MODE: its handle
pod() { # pod NAME NODE CLAIM
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: Pod, metadata: {name: $1}, spec: {nodeName: $2, containers: [{name: c, image: none}], volumes: [{name: v, persistentVolumeClaim: {claimName: $3}}],
	  tolerations: [{operator: Exists}]}}
	Y
}
drop() { k delete pod "$@" --force --grace-period=0 >/dev/null 2>&1; }
on_node() { k get node "$1" -o json | jq -c '[.status.volumesAttached[]?.name] | sort'; }
on_node_is() { [ "$(on_node "$1")" = "$2" ]; }

csi_cluster
# More nodes need drivers that call themselves so.
for n in 2 3; do
	in_node_exec n1 "$driver" --endpoint "$T/d$n.sock" --state "$T/state" --services identity,node --name $D --node-id id-n$n >/dev/null 2>&1 &
	lib_pids="$lib_pids $!"
	node m$n id-n$n
done
eventually 10 test -S "$T/d3.sock"

if wanted attach; then
	h=$(volume one ReadWriteOnce)
	n=$(name_of "$h" m2)
	pod p1 m2 one
	check "a volume is attached to the node of its pod" eventually 15 attached "$h" m2 || { k get volumeattachment -o yaml; k get pv,pvc,pod -o wide; }
	expect "the VolumeAttachment names driver, node and volume" "^$D m2 pv-one\$" va "$n" '"\(.spec.attacher) \(.spec.nodeName) \(.spec.source.persistentVolumeName)"'
	check "with what the driver said of it" va_is "$n" '.status.attachmentMetadata["attached-to"]' id-n2
	check "and its finalizer" va_is "$n" '.metadata.finalizers | join(",")' external-attacher/csi-test-minik
	expect "which the volume has, too" 'external-attacher/csi-test-minik' k get pv pv-one -o 'jsonpath={.metadata.finalizers}'
	check "the node is told" eventually 5 on_node_is m2 "[\"kubernetes.io/csi/$D^$h\"]"
	check "the pod hears of it" eventually 5 says p1 '^SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume "pv-one" '
	check "the driver was asked once" test "$(calls ControllerPublishVolume "[\"$h\",\"id-n2\"]")" = 1
	uses m2 "$h"
	drop p1
	sleep 1
	check "it stays while the node has it in use" attached "$h" m2
	uses m2
	check "it is detached when the node has let go" eventually 10 gone volumeattachment "$n"
	check "the driver was asked" test "$(calls ControllerUnpublishVolume "[\"$h\",\"id-n2\"]")" = 1
	check "the node is told" on_node_is m2 '[]'
	pod p2 m2 one
	check "a later pod attaches it again" eventually 15 attached "$h" m2
	drop p2
	k delete pvc one --wait=false >/dev/null
	k delete pv pv-one --wait=false >/dev/null
	check "a volume that is deleted goes once it is detached" eventually 15 gone pv pv-one
	check "with its attachment" gone volumeattachment "$n"
fi

if wanted multi; then
	h=$(volume two ReadWriteOnce)
	pod q1 m2 two
	check "attached to the first" eventually 15 attached "$h" m2
	pod q2 m3 two
	check "not to a second: it is ReadWriteOnce" eventually 10 says q2 '^FailedAttachVolume: Multi-Attach error for volume "pv-two" Volume is already used by pod\(s\) q1$'
	check "there is no attachment to it" gone volumeattachment "$(name_of "$h" m3)"
	uses m2 "$h"
	drop q1
	sleep 0.5
	check "nor while the first has it in use" gone volumeattachment "$(name_of "$h" m3)"
	uses m2
	check "it moves when the first has let go" eventually 15 attached "$h" m3
	check "and is at one place" gone volumeattachment "$(name_of "$h" m2)"
	drop q2
	h=$(volume many ReadWriteMany)
	pod r1 m2 many; pod r2 m3 many
	check "ReadWriteMany is attached to both" eventually 15 attached "$h" m2
	check "..." eventually 15 attached "$h" m3
	drop r1 r2
	check "and detached from both" eventually 15 gone volumeattachment "$(name_of "$h" m2)"
	check "..." eventually 15 gone volumeattachment "$(name_of "$h" m3)"
fi

if wanted nodes; then
	h=$(volume out ReadWriteOnce)
	pod o1 m2 out
	check "attached" eventually 15 attached "$h" m2
	uses m2 "$h"
	status m2 "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"Unknown\", \"lastTransitionTime\": \"$(date -u +%FT%TZ)\", \"lastHeartbeatTime\": \"$(date -u +%FT%TZ)\"}]}"
	drop o1
	sleep 1
	check "a node that is not heard of keeps its volumes for a while" attached "$h" m2
	k taint node m2 node.kubernetes.io/out-of-service=x:NoExecute >/dev/null
	check "one that is out of service does not" eventually 15 gone volumeattachment "$(name_of "$h" m2)"
	k taint node m2 node.kubernetes.io/out-of-service- >/dev/null
	pod o2 m2 out
	check "attached again" eventually 15 attached "$h" m2
	status m2 '{"conditions": [{"type": "Ready", "status": "Unknown", "lastTransitionTime": "2026-01-01T00:00:00Z", "lastHeartbeatTime": "2026-01-01T00:00:00Z"}]}'
	drop o2
	check "six minutes of silence are enough" eventually 15 gone volumeattachment "$(name_of "$h" m2)"
	uses m2
	status m2 '{"conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z", "lastHeartbeatTime": "2026-01-01T00:00:00Z"}]}'
	node m4 id-n3
	pod o3 m4 out
	check "attached to a node" eventually 15 attached "$h" m4
	uses m4 "$h"
	drop o3
	k delete node m4 >/dev/null
	check "that is then gone: detached" eventually 15 gone volumeattachment "$(name_of "$h" m4)"
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: VolumeAttachment, metadata: {name: by-hand}, spec: {attacher: other.test, nodeName: m2, source: {persistentVolumeName: pv-out}}}
	Y
	sleep 0.5
	check "an attachment that somebody else made is left alone" k get volumeattachment by-hand
	k delete volumeattachment by-hand >/dev/null
fi

if wanted faults; then
	h=$(volume bad ReadWriteOnce)
	echo "ControllerPublishVolume error INTERNAL" >"$FAULTS"
	pod b1 m2 bad
	why() { va "$(name_of "$h" m2)" .status.attachError.message | grep -q 'INTERNAL\|fault'; }
	check "a driver's error is in the VolumeAttachment" eventually 15 why
	check "and in the pod's events" eventually 10 says b1 '^FailedAttachVolume: AttachVolume.Attach failed for volume "pv-bad" : '
	: >"$FAULTS"
	check "it is tried again" eventually 70 attached "$h" m2
	check "and the error is gone" va_is "$(name_of "$h" m2)" .status.attachError null
	drop b1
	check "detached" eventually 15 gone volumeattachment "$(name_of "$h" m2)"
	echo "ControllerPublishVolume hang times=4" >"$FAULTS"
	for i in 1 2 3 4; do volume "hang$i" ReadWriteOnce >/dev/null; pod "h$i" m2 "hang$i"; done
	hanging() { [ "$(grep -c '"fault":"hang"' "$LOG")" -ge 4 ]; }
	check "four calls hang" eventually 15 hanging
	h=$(volume late ReadWriteOnce)
	pod h5 m3 late
	check "they end at their time, and others go on" eventually 60 attached "$h" m3
	: >"$FAULTS"
	drop h1 h2 h3 h4 h5
	none() { [ -z "$(k get volumeattachment -o name)" ]; }
	check "none is left" eventually 90 none
fi

if wanted restart; then
	h=$(volume again ReadWriteOnce)
	echo "ControllerPublishVolume hang-after times=1" >"$FAULTS"
	pod s1 m2 again
	asked() { [ "$(calls ControllerPublishVolume "[\"$h\",")" -ge 1 ]; }
	check "the driver has done it, and does not answer" eventually 15 asked
	kill -KILL "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"
	check "after kill -9 it is asked again" eventually 40 attached "$h" m2
	expect "the volume is at one node" "^\[\"id-n2\"\]$" sh -c "'$tool' '$S' Controller/ControllerGetVolume '{\"volume_id\": \"$h\"}' | jq -c .status.published_node_ids"
	echo "ControllerUnpublishVolume die-after times=1" >"$FAULTS"
	drop s1
	wait "$driver_pid" 2>/dev/null
	: >"$FAULTS"
	check "a driver that died leaves it open whether it is detached" va_is "$(name_of "$h" m2)" '.metadata.finalizers | length' 1
	driver_start
	check "and is asked again when it is back" eventually 70 gone volumeattachment "$(name_of "$h" m2)"
fi

if wanted trivial; then
	driver_stop
	driver_start --without PUBLISH_UNPUBLISH_VOLUME
	h=$(volume easy ReadWriteOnce)
	pod e1 m2 easy
	check "a driver that has no such call: attached at once" eventually 20 attached "$h" m2
	check "without a finalizer" va_is "$(name_of "$h" m2)" .metadata.finalizers null
	drop e1
	check "and detached" eventually 15 gone volumeattachment "$(name_of "$h" m2)"
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: $D}, spec: {attachRequired: false}}
	Y
	pod e2 m2 easy; sleep 1
	check "attachRequired false: there is no attachment" gone volumeattachment "$(name_of "$h" m2)"
	drop e2
	k delete csidriver $D >/dev/null
fi
exit $lib_failed
