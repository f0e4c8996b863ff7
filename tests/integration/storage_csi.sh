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
parts=${CSI_PARTS:-registration capacity pods inuse faults kill pod readme}
IMAGE=localhost:5000/toolbox:1.0
wanted() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
KUBELET=$T/n1/data/kubelet

# driver_start ID FLAGS...: a process in node n1 at plugins/ID/csi.sock, in its mount namespace; it has begun when this returns. Its pid in driver_ID.
driver_start() {
	local id=$1 fd; shift
	mkdir -p "$KUBELET/plugins/$id"
	[ -e "$T/$id.faults" ] || : >"$T/$id.faults" # one that was used up stays so: its time must not change
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

is() { # is KIND NAME PATH VALUE
	local got; got=$(k get "$1" "$2" -o "jsonpath=$3") && [ "$got" = "$4" ] || { echo "it is '$got'"; return 1; }
}
says() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' | grep -E -- "$2"; }
asked() { jq -c "select(.method == \"$2\" and .request) | .request" "$T/$1.calls"; } # asked DRIVER METHOD
class() { # class NAME PROVISIONER [MORE]
	k apply -f - >/dev/null <<-Y
	apiVersion: storage.k8s.io/v1
	kind: StorageClass
	metadata: {name: $1}
	provisioner: $2
	allowVolumeExpansion: true
	${3:-}
	Y
}
csidriver() { # csidriver NAME SPEC
	k apply -f - >/dev/null <<-Y
	apiVersion: storage.k8s.io/v1
	kind: CSIDriver
	metadata: {name: $1}
	spec: {$2}
	Y
}
claim() { # claim NAME CLASS SIZE [MORE]
	k apply -f - >/dev/null <<-Y
	apiVersion: v1
	kind: PersistentVolumeClaim
	metadata: {name: $1}
	spec: {storageClassName: $2, accessModes: [ReadWriteOnce], resources: {requests: {storage: $3}}${4:+, $4}}
	Y
}
pod() { # pod NAME COMMAND VOLUME [SPEC [CONTAINER]]: VOLUME is what a volume named v is, in flow YAML
	k apply -f - >/dev/null <<-Y
	apiVersion: v1
	kind: Pod
	metadata: {name: $1}
	spec:
	  terminationGracePeriodSeconds: 0
	  restartPolicy: Never
	  containers: [{name: c, image: "$IMAGE", command: [sh, -c, '$2'], ${5:-"volumeMounts: [{name: v, mountPath: /data}]"}}]
	  volumes: [{name: v, $3}]
	  ${4:-}
	Y
}
of_claim() { echo "persistentVolumeClaim: {claimName: $1}"; }
running() { is pod "$1" '{.status.phase}' Running; }
gone() { ! k get "$1" "$2" >/dev/null 2>&1; }
mounts() { in_node n1 grep -c "$KUBELET/.*csi" /proc/self/mountinfo; }
unmounted() { [ "$(mounts)" = 0 ]; }

node_add n1 192.168.77.1
server_with_images n1
server=$minik_pid

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
	kill "$server"; wait "$server" 2>/dev/null
	check "a server that asks one that hangs ends soon" test $((SECONDS - begin)) -le 4
	driver_stop wait; driver_stop stuck
	driver_start one --node-id id-one --registration "$KUBELET/plugins_registry/one-reg.sock"
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"; server=$minik_pid
	eventually 30 ready
	check "what registered while no server ran is found" eventually 20 has '"one"'
	k delete node n1 >/dev/null 2>&1
	again() { [ "$(k get csinode n1 -o 'jsonpath={.metadata.ownerReferences[0].uid}')" = "$(k get node n1 -o 'jsonpath={.metadata.uid}')" ]; }
	check "a Node that is deleted and comes back has a CSINode" eventually 20 again
	check "with its drivers" eventually 10 has '"one"'
	driver_stop one
fi

if wanted capacity; then
	caps() { k get csistoragecapacities -A -l csi.storage.k8s.io/drivername=room -o json | jq -c '[.items[] | [.storageClassName, .nodeTopology.matchLabels, .capacity, .maximumVolumeSize]] | sort'; }
	are() { [ "$(caps)" = "$1" ] || { caps; return 1; }; }
	driver_start room --node-id n1 --topology zone.room=a --capacity $((8 << 30)) --max-size $((4 << 30))
	csidriver room 'storageCapacity: true, attachRequired: false'
	class room-a room
	class other not.here
	check "a class has its capacity at each place" eventually 10 are '[["room-a",{"zone.room":"a"},"8Gi","4Gi"]]'
	class room-b room 'parameters: {tier: a, csi.storage.k8s.io/fstype: ext4}'
	check "another class, too" eventually 10 are '[["room-a",{"zone.room":"a"},"8Gi","4Gi"],["room-b",{"zone.room":"a"},"8Gi","4Gi"]]'
	expect "its parameters are asked for" '^\{"parameters":\{"tier":"a"\},"accessible_topology":\{"segments":\{"zone.room":"a"\}\}\}$' sh -c "jq -c 'select(.method == \"GetCapacity\" and .request.parameters) | .request' '$T/room.calls' | tail -1"
	k delete sc room-b >/dev/null
	check "and goes with it" eventually 10 are '[["room-a",{"zone.room":"a"},"8Gi","4Gi"]]'
	claim room-1 room-a 1Gi
	check "a volume is made" eventually 20 is pvc room-1 '{.status.phase}' Bound
	check "there is less room then" eventually 10 are '[["room-a",{"zone.room":"a"},"7Gi","4Gi"]]'
	k delete pvc room-1 >/dev/null
	check "and more when it is gone" eventually 20 are '[["room-a",{"zone.room":"a"},"8Gi","4Gi"]]'
	csidriver room 'storageCapacity: false, attachRequired: false'
	check "a driver that does not want them has none" eventually 10 are '[]'
	driver_stop room
	k delete csidriver room >/dev/null; k delete sc room-a other >/dev/null
fi

if wanted pods; then
	driver_start vol --node-id n1
	class vol vol 'parameters: {csi.storage.k8s.io/fstype: ext4, kind: dir}'
	csidriver vol 'podInfoOnMount: true, fsGroupPolicy: File, tokenRequests: [{audience: vault}], volumeLifecycleModes: [Persistent, Ephemeral]'
	eventually 10 has '"vol"'
	claim one vol 32Mi
	check "a claim is bound" eventually 20 is pvc one '{.status.phase}' Bound
	pv=$(k get pvc one -o 'jsonpath={.spec.volumeName}')
	expect "its volume is the driver's" "^vol vol-[0-9a-f]+ ext4$" k get pv "$pv" -o 'jsonpath={.spec.csi.driver} {.spec.csi.volumeHandle} {.spec.csi.fsType}'
	handle=$(k get pv "$pv" -o 'jsonpath={.spec.csi.volumeHandle}')
	pod writer 'echo hello >/data/file; sleep 1000' "$(of_claim one)" 'securityContext: {fsGroup: 4711}'
	check "a pod runs with it" eventually 30 running writer
	check "it writes to it" eventually 5 grep -qx hello "$T/vol.state/data/$handle/file"
	check "which has its group" test "$(stat -c %g "$T/vol.state/data/$handle")" = 4711
	va=csi-$(printf '%s%s%s' "$handle" vol n1 | sha256sum | cut -d' ' -f1)
	expect "it is attached" '^true$' k get volumeattachment "$va" -o 'jsonpath={.status.attached}'
	expect "the driver hears of the pod" '"csi.storage.k8s.io/pod.name":"writer".*"csi.storage.k8s.io/ephemeral":"false"' asked vol NodePublishVolume
	expect "and gets its token" '^Pod writer vault$' sh -c "jq -r 'select(.method == \"NodePublishVolume\" and .request) | .request.volume_context[\"csi.storage.k8s.io/serviceAccount.tokens\"] | fromjson | .vault.token | split(\".\")[1] | @base64d | fromjson | \"Pod \" + .[\"kubernetes.io\"].pod.name + \" \" + .aud[0]' '$T/vol.calls' | tail -1"
	expect "paths are kubelet's" "\"staging_target_path\":\"$KUBELET/plugins/kubernetes.io/csi/vol/[0-9a-f]{64}/globalmount\".*\"target_path\":\"$KUBELET/pods/[0-9a-f-]+/volumes/kubernetes.io~csi/$pv/mount\"" asked vol NodePublishVolume
	k patch pvc one -p '{"spec": {"resources": {"requests": {"storage": "64Mi"}}}}' >/dev/null
	check "it grows" eventually 20 is pvc one '{.status.capacity.storage}' 64Mi
	pod reader 'cat /data/file; sleep 1000' "$(of_claim one)"
	check "another pod shares it" eventually 20 running reader
	expect "and reads" '^hello$' k logs reader
	check "staged at one place" test "$(asked vol NodeStageVolume | jq -r .staging_target_path | sort -u | wc -l)" = 1
	pod inline 'sleep 1000' 'csi: {driver: vol, volumeAttributes: {kind: dir}}'
	check "a pod runs with an inline volume" eventually 20 running inline
	expect "the driver is asked for it by kubelet's name" "^csi-$(printf '%s%s' "$(k get pod inline -o 'jsonpath={.metadata.uid}')" v | sha256sum | cut -d' ' -f1) true\$" sh -c "jq -r 'select(.method == \"NodePublishVolume\" and .request.volume_context[\"csi.storage.k8s.io/ephemeral\"] == \"true\") | .request | .volume_id + \" \" + .volume_context[\"csi.storage.k8s.io/ephemeral\"]' '$T/vol.calls' | tail -1"
	k delete pod inline writer reader >/dev/null
	check "pods go" eventually 20 gone pod writer
	check "nothing is mounted any more" eventually 20 unmounted
	detached() { ! k get volumeattachments "$va" >/dev/null 2>&1; }
	check "nothing is attached" eventually 20 detached
	check "the inline volume is gone" sh -c "! ls '$T/vol.state/data' | grep -q ^csi-"
	k delete pvc one >/dev/null
	check "the volume is deleted" eventually 20 gone pv "$pv"
	check "and its data" test ! -e "$T/vol.state/data/$handle"
	csidriver vol 'attachRequired: false' 2>/dev/null || { k delete csidriver vol >/dev/null; csidriver vol 'attachRequired: false'; }
	pod persistent 'sleep 1000' 'csi: {driver: vol}'
	check "an inline volume of a driver that serves none" eventually 20 says persistent 'FailedMount.*driver vol does not serve volumes of mode Ephemeral'
	k delete pod persistent >/dev/null
	driver_stop vol
	k delete csidriver vol >/dev/null; k delete sc vol >/dev/null
fi

if wanted inuse; then
	# A webhook decides when the API server takes what a Node has in use: nothing is asked of the driver before, and nothing is detached before it is out of use.
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$T/hook.key" -out "$T/hook.crt" -days 2 -subj /CN=hook -addext subjectAltName=IP:127.0.0.1 2>"$T/openssl.log" ||
		not_ok "a certificate" "$(cat "$T/openssl.log")"
	mkfifo "$T/hook.ready"
	in_node_exec n1 python3 "$MINIK_TOP/tests/integration/webhook_server.py" "$T/hook.crt" "$T/hook.key" 9443 "$T/reviews" >"$T/hook.ready" 2>"$T/hook.log" &
	lib_pids="$lib_pids $!"
	read -r _ <"$T/hook.ready" || not_ok "the webhook starts" "$(cat "$T/hook.log")"
	hold() {
		k apply -f - >/dev/null <<-Y
		apiVersion: admissionregistration.k8s.io/v1
		kind: ValidatingWebhookConfiguration
		metadata: {name: in-use}
		webhooks:
		- name: in-use.test.minik
		  rules: [{apiGroups: [""], apiVersions: [v1], resources: [nodes/status], operations: [UPDATE]}]
		  clientConfig: {url: "https://127.0.0.1:9443/in-use", caBundle: $(base64 -w0 "$T/hook.crt")}
		  sideEffects: None
		  admissionReviewVersions: [v1]
		  timeoutSeconds: 10
		Y
	}
	let_go() { k delete validatingwebhookconfiguration in-use >/dev/null; }
	denied() { jq -se --arg s "$1" '[.[].request | select(.object.status.volumesInUse != .oldObject.status.volumesInUse) | .object.status.volumesInUse // [] | join(" ")] | any(if $s == "" then . == "" else contains($s) end)' "$T/reviews" >/dev/null; }
	in_use() { k get node n1 -o json | jq -c '.status.volumesInUse // []'; }
	in_use_is() { [ "$(in_use)" = "$1" ] || { in_use; return 1; }; }
	restart() {
		kill -KILL "$server"; wait "$server" 2>/dev/null
		minik_start n1 server --write-kubeconfig "$T/kubeconfig"; server=$minik_pid
		eventually 30 ready
	}
	driver_start use --node-id n1
	class use use
	claim u1 use 16Mi
	eventually 20 is pvc u1 '{.status.phase}' Bound
	handle=$(k get pv "$(k get pvc u1 -o 'jsonpath={.spec.volumeName}')" -o 'jsonpath={.spec.csi.volumeHandle}')
	va=csi-$(printf '%s%s%s' "$handle" use n1 | sha256sum | cut -d' ' -f1)
	check "nothing is in use" in_use_is '[]'
	hold
	pod u1 'sleep 1000' "$(of_claim u1)"
	check "the node wants to say that a volume is in use" eventually 20 denied "use^$handle"
	check "the volume is attached meanwhile" eventually 10 is volumeattachment "$va" '{.status.attached}' true
	check "the pod says what hinders it" eventually 10 says u1 'FailedMount.*volumesInUse may not change now'
	n=$(grep -c . "$T/reviews"); more() { [ "$(grep -c . "$T/reviews")" -gt "$n" ]; }
	check "it is tried again" eventually 10 more
	check "nothing was asked of the driver on the node" test -z "$(asked use NodeStageVolume)$(asked use NodePublishVolume)"
	restart
	check "kill -9: nor afterwards" test -z "$(asked use NodeStageVolume)$(asked use NodePublishVolume)"
	k delete pod u1 --grace-period=0 --force >/dev/null 2>&1
	check "a pod that goes before anything was done leaves nothing to undo" eventually 20 sh -c "! find '$T/n1/data/volumes' -name '*.json' | grep -q ."
	check "the driver never heard of it on the node" test -z "$(asked use NodeUnpublishVolume)$(asked use NodeUnstageVolume)"
	pod u2 'sleep 1000' "$(of_claim u1)"
	printf 'NodeStageVolume hang times=1\n' >"$T/use.faults"
	let_go
	hung() { grep -q "\"method\":\"$1\",\"fault\":\"$2\"" "$T/use.calls"; }
	check "it is staged when the API server has taken it" eventually 40 hung NodeStageVolume hang
	check "at that time it is in the list" in_use_is "[\"kubernetes.io/csi/use^$handle\"]"
	restart
	check "kill -9 while it is staged: it stays in the list" in_use_is "[\"kubernetes.io/csi/use^$handle\"]"
	check "and the pod runs" eventually 40 running u2
	printf 'NodeUnstageVolume error-after INTERNAL times=2\n' >"$T/use.faults"
	: >"$T/reviews"
	k delete pod u2 --wait=false >/dev/null
	check "what cannot be unstaged" eventually 20 hung NodeUnstageVolume error-after
	check "stays in use" in_use_is "[\"kubernetes.io/csi/use^$handle\"]"
	check "and attached" is volumeattachment "$va" '{.status.attached}' true
	restart
	check "kill -9 then: it is out of use once it is unstaged" eventually 60 in_use_is '[]'
	check "and unmounted" unmounted
	check "and detached" eventually 20 gone volumeattachment "$va"
	order() { jq -r 'select(.request) | .method' "$T/use.calls" | grep -E 'Stage|Publish|Unpublish|Unstage' | uniq | tr '\n' ' '; }
	expect "in that order" 'ControllerPublishVolume (.* )?NodeStageVolume NodePublishVolume NodeUnpublishVolume NodeUnstageVolume ControllerUnpublishVolume $' order
	k delete pvc u1 --wait=false >/dev/null
	check "the volume is deleted" eventually 30 sh -c "! find '$T/use.state/volumes' -name '*.json' | grep -q ."
	driver_stop use
	k delete sc use >/dev/null
fi

if wanted faults; then
	driver_start bad --node-id n1 --without PUBLISH_UNPUBLISH_VOLUME
	class bad bad
	csidriver bad 'attachRequired: false'
	printf 'CreateVolume error INTERNAL times=2\n' >"$T/bad.faults"
	claim f1 bad 16Mi
	check "a driver that fails is asked again" eventually 30 is pvc f1 '{.status.phase}' Bound
	expect "the claim says so" 'ProvisioningFailed: .*INTERNAL: a fault' says f1 ProvisioningFailed
	printf 'NodeStageVolume error UNAVAILABLE times=1\nNodePublishVolume garbage times=1\n' >"$T/bad.faults"
	pod p1 'sleep 1000' "$(of_claim f1)"
	check "staging and publishing, too" eventually 40 running p1
	expect "the pod says so" 'FailedMount' says p1 FailedMount
	printf 'NodePublishVolume hang times=1\n' >"$T/bad.faults"
	claim f2 bad 16Mi; claim f3 bad 16Mi
	eventually 20 is pvc f3 '{.status.phase}' Bound
	pod stuck 'sleep 1000' "$(of_claim f2)"
	hung() { grep -q '"method":"NodePublishVolume","fault":"hang"' "$T/bad.calls"; }
	check "a call hangs" eventually 20 hung
	pod free 'sleep 1000' "$(of_claim f3)"
	check "others go on" eventually 20 running free
	driver_stop bad KILL
	driver_start bad --node-id n1 --without PUBLISH_UNPUBLISH_VOLUME
	check "the one that hung goes on when the driver is another" eventually 40 running stuck
	printf 'NodeUnpublishVolume error-after INTERNAL times=1\nNodeUnstageVolume twice\n' >"$T/bad.faults"
	k delete pod p1 stuck free --wait=false >/dev/null
	check "undone in spite of errors" eventually 40 unmounted
	k delete pvc f1 f2 f3 --wait=false >/dev/null
	check "all are deleted" eventually 30 sh -c "! find '$T/bad.state/volumes' -name '*.json' | grep -q ."
	driver_stop bad
	k delete csidriver bad >/dev/null; k delete sc bad >/dev/null
fi

if wanted kill; then
	driver_start kil --node-id n1
	class kil kil
	claim k1 kil 16Mi; claim k2 kil 16Mi
	pod stays 'echo here >/data/f; sleep 1000' "$(of_claim k1)"
	pod goes 'sleep 1000' "$(of_claim k2)"
	check "pods run" eventually 30 running stays
	check "both" eventually 30 running goes
	before=$(mounts)
	kill -KILL "$server"; wait "$server" 2>/dev/null
	check "volumes outlive the server" test "$(mounts)" = "$before"
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"; server=$minik_pid
	eventually 30 ready
	check "its pods go on" eventually 20 running stays
	expect "with their data" '^here$' k exec stays -- cat /data/f
	check "nothing was mounted twice" test "$(mounts)" = "$before"
	k delete pod stays goes --wait=false >/dev/null
	check "and are cleaned up after" eventually 30 unmounted
	k delete pvc k1 k2 --wait=false >/dev/null
	check "to the end" eventually 30 sh -c "! find '$T/kil.state/volumes' -name '*.json' | grep -q ."
	driver_stop kil
	k delete sc kil >/dev/null
fi

if wanted pod; then
	# As drivers are deployed: in a privileged pod, with the folders of the node; what it mounts must be seen outside.
	mkdir -p "$T/pd.state" "$KUBELET/plugins/pd"
	k apply -f - >/dev/null <<-Y
	apiVersion: v1
	kind: Pod
	metadata: {name: driver}
	spec:
	  terminationGracePeriodSeconds: 1
	  hostNetwork: true
	  containers:
	  - name: driver
	    image: "$IMAGE"
	    securityContext: {privileged: true}
	    command: ["$driver", --endpoint, "$KUBELET/plugins/pd/csi.sock", --registration, "$KUBELET/plugins_registry/pd-reg.sock", --state, "$T/pd.state", --name, pd, --node-id, n1, --without, PUBLISH_UNPUBLISH_VOLUME, --log, "$T/pd.state/calls"]
	    volumeMounts:
	    - {name: usr, mountPath: /usr}
	    - {name: lib, mountPath: /lib}
	    - {name: lib64, mountPath: /lib64}
	    - {name: build, mountPath: "$(dirname "$driver")"}
	    - {name: state, mountPath: "$T/pd.state"}
	    - {name: kubelet, mountPath: "$KUBELET", mountPropagation: Bidirectional}
	  volumes:
	  - {name: usr, hostPath: {path: /usr}}
	  - {name: lib, hostPath: {path: /usr/lib}}
	  - {name: lib64, hostPath: {path: /usr/lib64}}
	  - {name: build, hostPath: {path: "$(dirname "$driver")"}}
	  - {name: state, hostPath: {path: "$T/pd.state"}}
	  - {name: kubelet, hostPath: {path: "$KUBELET"}}
	Y
	check "a driver in a pod runs" eventually 30 running driver
	check "and registers" eventually 20 has '"pd"'
	class pd pd
	csidriver pd 'attachRequired: false'
	claim pd1 pd 16Mi
	pod user 'echo out >/data/f; sleep 1000' "$(of_claim pd1)"
	check "a pod runs with its volume" eventually 30 running user
	written() { grep -rqx out "$T/pd.state/data"; }
	check "what it writes comes to the driver" eventually 10 written
	k delete pod user >/dev/null
	check "and is let go of" eventually 30 unmounted
	k delete pvc pd1 --wait=false >/dev/null
	check "its volume is deleted" eventually 30 sh -c "! find '$T/pd.state/volumes' -name '*.json' | grep -q ."
	k delete pod driver >/dev/null
	check "with its pod it is no longer registered" eventually 20 lacks '"pd"'
	k delete csidriver pd >/dev/null; k delete sc pd >/dev/null
fi

if wanted readme; then
	# The manifest that README shows, but for its folder and for the image: the driver for tests, with the machine's libraries.
	mkdir -p "$T/readme.state"
	sed -n '/^### CSI drivers$/,/^`kubectl get csinode`/s/^    //p' "$MINIK_TOP/README.md" | sed "s|/var/lib/kubelet|$KUBELET|g" >"$T/readme.yaml"
	k create --dry-run=client -f "$T/readme.yaml" -o json | jq -s --arg image "$IMAGE" --arg driver "$driver" --arg build "$(dirname "$driver")" --arg state "$T/readme.state" '
		{apiVersion: "v1", kind: "List", items: [.[] | if .kind == "List" then .items[] else . end | if .kind == "DaemonSet" then .spec.template.spec |= (
			.containers[0] |= (.image = $image | .env = [{name: "PATH", value: "/usr/sbin:/usr/bin:/bin"}] | .command = [$driver, "--name", "csi.example.org", "--node-id", "n1", "--state", $state, "--without", "PUBLISH_UNPUBLISH_VOLUME"] |
				.volumeMounts += [{name: "usr", mountPath: "/usr"}, {name: "lib", mountPath: "/lib"}, {name: "lib64", mountPath: "/lib64"}, {name: "build", mountPath: $build}, {name: "state", mountPath: $state}]) |
			.volumes += [{name: "usr", hostPath: {path: "/usr"}}, {name: "lib", hostPath: {path: "/usr/lib"}}, {name: "lib64", hostPath: {path: "/usr/lib64"}}, {name: "build", hostPath: {path: $build}},
				{name: "state", hostPath: {path: $state}}]) else . end]}' >"$T/readme.json"
	check "README's driver has four objects" test "$(jq -r '[.items[].kind] | join(" ")' "$T/readme.json")" = "DaemonSet CSIDriver StorageClass VolumeSnapshotClass"
	check "... that are taken" k create -f "$T/readme.json"
	check "... it is known" eventually 40 has '"csi.example.org"'
	claim rm1 example 16Mi
	check "... a claim is bound" eventually 20 is pvc rm1 '{.status.phase}' Bound
	pod rm1 'echo out >/data/f; sleep 1000' "$(of_claim rm1)"
	check "... a pod runs with its volume" eventually 30 running rm1 || says rm1 .
	echo '{"apiVersion": "snapshot.storage.k8s.io/v1", "kind": "VolumeSnapshot", "metadata": {"name": "rm1"}, "spec": {"volumeSnapshotClassName": "example", "source": {"persistentVolumeClaimName": "rm1"}}}' |
		k create -f - >/dev/null
	check "... a snapshot is made" eventually 20 is volumesnapshot rm1 '{.status.readyToUse}' true
	k delete volumesnapshot rm1 --timeout=30s >/dev/null
	k delete pod rm1 >/dev/null
	check "... and let go of" eventually 30 unmounted
	k delete pvc rm1 --wait=false >/dev/null
	check "... its volume is deleted" eventually 30 sh -c "! find '$T/readme.state/volumes' -name '*.json' | grep -q ."
	k delete -f "$T/readme.json" --timeout=30s >/dev/null
	check "... it goes with its DaemonSet" eventually 30 lacks csi.example.org
fi
exit $lib_failed
