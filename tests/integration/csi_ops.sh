#!/bin/bash
# CSI drivers as plug-ins, without a node (csi_ops_tool): every operation of storage/plugin.h against csi_driver, what each status of gRPC comes to, drivers that hang,
# die, answer garbage, are half a driver; secrets that stay secret. CSI_OPS_PARTS="codes" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
build=${MINIK_BUILD:-$(dirname "$MINIK")}
driver=$build/tests/integration/csi_driver tool=$build/tests/integration/csi_ops_tool
for p in csi_driver csi_ops_tool; do
	[ -x "$build/tests/integration/$p" ] || make -C "$build" "tests/integration/$p" >/dev/null || skip_all "$p cannot be built"
done
parts=${CSI_OPS_PARTS:-ops codes faults half}
wanted() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
S=$T/csi.sock STATE=$T/state LOG=$T/calls.log FAULTS=$T/faults
driver_start() { # driver_start FLAGS...: has begun when this returns
	: >"$FAULTS"; : >"$LOG"
	exec 3< <(exec "$driver" --endpoint "$S" --state "$STATE" --log "$LOG" --faults "$FAULTS" --context vendor.test/x=1 "$@" 2>"$T/driver.err")
	driver_pid=$!
	lib_pids="$lib_pids $driver_pid"
	read -r line <&3 && [ "$line" = ready ] || skip_all "csi_driver does not start: $(cat "$T/driver.err")"
}
driver_stop() { kill_own "$driver_pid"; cat <&3 >/dev/null; exec 3<&-; wait "$driver_pid" 2>/dev/null; rm -rf "$STATE"; }
# op OP JSON: one operation, what it was answered
op() { printf '%s %s\n' "$1" "$2" | "$tool" -t "${OP_MS:-10000}" "$S" | tail -n +2; }
who() { "$tool" "$S" </dev/null; }
request() { jq -c "select(.method == \"$1\" and .request) | .request" "$LOG" | tail -1; }
MOUNT='"volumeMode": "Filesystem", "fsType": "ext4", "mountOptions": ["noatime"], "accessModes": ["ReadWriteOnce"]'
NEW='"name": "pvc-1", "capacityBytes": 33554432, '$MOUNT', "parameters": {"tier": "a"}, "secrets": {"key": "s3cret"}, "claim": {"namespace": "d", "name": "c", "uid": "u"}'

if wanted ops; then
	driver_start --node-id node-1 --topology zone=a --max-volumes 5
	expect "who it is" '^driver csi.test.minik name csi.test.minik node node-1 attach 1 topology 1 \{"zone":"a"\} volumes 5 can create,delete,expand,modify,attach,detach,snapshot-create,snapshot-delete,snapshot-get,capacity,stage,unstage,publish,unpublish,node-expand,stats$' who
	out=$(op create "{$NEW, \"topology\": {\"requisite\": [{\"zone\": \"a\"}, {\"zone\": \"b\"}], \"preferred\": [{\"zone\": \"b\"}]}}")
	expect "create" '^ok \{"handle":"vol-[0-9a-f]{16}","capacityBytes":33554432,"context":\{.*"vendor.test/x":"1".*\},"source":\{"csi":\{"driver":"csi.test.minik","volumeHandle":"vol-.*"fsType":"ext4"\}\},"topology":\[\{"zone":"b"\}\]\}$' printf '%s' "$out"
	expect "what the driver was asked" '^\{"name":"pvc-1","capacity_range":\{"required_bytes":33554432\},"volume_capabilities":\[\{"mount":\{"fs_type":"ext4","mount_flags":\["noatime"\]\},"access_mode":\{"mode":"SINGLE_NODE_MULTI_WRITER"\}\}\],"parameters":\{"tier":"a"\},"secrets":\{"key":"s3cret"\},"accessibility_requirements":\{"requisite":\[\{"segments":\{"zone":"a"\}\},\{"segments":\{"zone":"b"\}\}\],"preferred":\[\{"segments":\{"zone":"b"\}\}\]\}\}$' request CreateVolume
	check "create again gives the same" test "$(op create "{$NEW}")" = "$out"
	expect "one with that name and other properties is there" '^already exists: CSI driver csi.test.minik: create: CreateVolume: ALREADY_EXISTS: volume pvc-1' op create "{${NEW/\"a\"/\"b\"}}"
	h=$(printf '%s' "${out#ok }" | jq -r .handle)
	V="\"handle\": \"$h\", \"context\": $(printf '%s' "${out#ok }" | jq -c .context)"
	op create '{"name": "m", "accessModes": ["ReadWriteMany", "ReadOnlyMany", "ReadWriteOncePod"]}' >/dev/null
	expect "access modes" '^\["MULTI_NODE_MULTI_WRITER","MULTI_NODE_READER_ONLY","SINGLE_NODE_SINGLE_WRITER"\]$' sh -c "jq -c 'select(.method == \"CreateVolume\" and .request) | [.request.volume_capabilities[].access_mode.mode]' '$LOG' | tail -1"
	expect "an access mode that is none" '^.*accessModes: CSI has no mode for Sometimes' op create '{"name": "x", "accessModes": ["Sometimes"]}'
	expect "parameters that are no strings" '^.*parameters: the value of a is no string' op create '{"name": "x", "parameters": {"a": 1}}'
	expect "block" '"source"' op create '{"name": "blk", "volumeMode": "Block", "accessModes": ["ReadWriteOnce"]}'
	expect "as block" '"block":\{\}' request CreateVolume
	expect "expand" '^ok \{"capacityBytes":67108864,"nodeExpansion":false\}$' op expand "{$V, \"capacityBytes\": 67108864, $MOUNT}"
	expect "modify" '^ok \{\}$' op modify "{$V, \"mutableParameters\": {\"iops\": \"5\"}}"
	expect "modify what it has not" '^.*INVALID_ARGUMENT: there is no mutable parameter colour$' op modify "{$V, \"mutableParameters\": {\"colour\": \"x\"}}"
	expect "attach" '^ok \{"publishContext":\{"attached-to":"node-1"\}\}$' op attach "{$V, \"nodeId\": \"node-1\", \"readOnly\": false, $MOUNT}"
	expect "attach to a node that is none" 'NOT_FOUND' op attach "{$V, \"nodeId\": \"node-9\", $MOUNT}"
	expect "modes that CSI has not together" 'CSI has no mode for these together' op attach "{$V, \"nodeId\": \"node-1\", \"accessModes\": [\"ReadWriteOnce\", \"ReadOnlyMany\"]}"
	P='"publishContext": {"attached-to": "node-1"}'
	mkdir -p "$T/staging"
	expect "stage" '^ok \{\}$' op stage "{$V, $MOUNT, $P, \"stagingPath\": \"$T/staging\"}"
	check "is a mount" mountpoint -q "$T/staging"
	expect "publish" '^ok \{\}$' op publish "{$V, $MOUNT, $P, \"stagingPath\": \"$T/staging\", \"targetPath\": \"$T/target\", \"readOnly\": false, \"ephemeral\": false, \"pod\": {\"name\": \"p\", \"namespace\": \"d\", \"uid\": \"u\", \"serviceAccount\": \"sa\", \"tokens\": {\"aud\": {\"token\": \"t\"}}}}"
	check "is a mount, too" mountpoint -q "$T/target"
	expect "the pod is in the volume's context" '"csi.storage.k8s.io/pod.name":"p","csi.storage.k8s.io/pod.namespace":"d","csi.storage.k8s.io/pod.uid":"u","csi.storage.k8s.io/serviceAccount.name":"sa","csi.storage.k8s.io/ephemeral":"false","csi.storage.k8s.io/serviceAccount.tokens":"\{\\"aud\\":\{\\"token\\":\\"t\\"\}\}"' request NodePublishVolume
	expect "stats" '^ok \{"bytes":\{"total":[0-9]+,"used":[0-9]+,"available":[0-9]+\},"inodes":\{' op stats "{$V, \"volumePath\": \"$T/target\", \"stagingPath\": \"$T/staging\"}"
	expect "node-expand" '^ok \{"capacityBytes":67108864\}$' op node-expand "{$V, $MOUNT, \"volumePath\": \"$T/target\", \"stagingPath\": \"$T/staging\", \"capacityBytes\": 67108864}"
	expect "snapshot-create" '^ok \{"handle":"snap-[0-9a-f]+","sizeBytes":67108864,"ready":true,"createdAt":"20[0-9-]+T[0-9:.]+Z"\}$' op snapshot-create "{\"name\": \"s\", \"volume\": {$V}}"
	s=$(op snapshot-create "{\"name\": \"s\", \"volume\": {$V}}" | sed 's/^ok //' | jq -r .handle)
	expect "snapshot-get" "^ok .*\"handle\":\"$s\".*\"ready\":true" op snapshot-get "{\"handle\": \"$s\"}"
	expect "snapshot-get of none" 'there is no snapshot nix' op snapshot-get '{"handle": "nix"}'
	expect "a volume of a snapshot" '^ok \{"handle"' op create "{\"name\": \"copy\", \"accessModes\": [\"ReadWriteOnce\"], \"from\": {\"snapshot\": \"$s\"}, \"capacityBytes\": 67108864}"
	expect "which asks for it" "\"volume_content_source\":\{\"snapshot\":\{\"snapshot_id\":\"$s\"\}\}" request CreateVolume
	expect "a volume of a volume" '^ok \{"handle"' op create "{\"name\": \"clone\", \"accessModes\": [\"ReadWriteOnce\"], \"from\": {\"volume\": \"$h\"}, \"capacityBytes\": 67108864}"
	expect "capacity" '^ok \{"availableBytes":[0-9]+,"maximumBytes":68719476736\}$' op capacity '{"parameters": {"tier": "a"}, "topology": {"zone": "a"}}'
	expect "capacity elsewhere" '^ok \{"availableBytes":0,' op capacity '{"topology": {"zone": "b"}}'
	for i in 1 2; do
		expect "unpublish, $i" '^ok \{\}$' op unpublish "{\"handle\": \"$h\", \"targetPath\": \"$T/target\"}"
		expect "unstage, $i" '^ok \{\}$' op unstage "{\"handle\": \"$h\", \"stagingPath\": \"$T/staging\"}"
		expect "detach, $i" '^ok \{\}$' op detach "{$V, \"nodeId\": \"node-1\"}"
		expect "snapshot-delete, $i" '^ok \{\}$' op snapshot-delete "{\"handle\": \"$s\"}"
		expect "delete, $i" '^ok \{\}$' op delete "{$V, \"secrets\": {\"key\": \"s3cret\"}}"
	done
	expect "its secret went along" '"secrets":\{"key":"s3cret"\}' request DeleteVolume
	driver_stop
fi

if wanted codes; then
	# What plugin.h says of each: surely not done, or unsure. NOT_FOUND is success for delete.
	driver_start --node-id node-1
	while read -r code want; do
		echo "CreateVolume error $code times=1" >"$FAULTS"
		expect "$code" "^$want" op create "{$NEW}"
	done <<-C
	CANCELLED canceled: .*CANCELLED: .*\(unsure\)
	UNKNOWN internal error: .*UNKNOWN: [^(]*$
	INVALID_ARGUMENT invalid: .*INVALID_ARGUMENT: [^(]*$
	DEADLINE_EXCEEDED timed out: .*DEADLINE_EXCEEDED: .*\(unsure\)
	NOT_FOUND not found: .*NOT_FOUND: [^(]*$
	ALREADY_EXISTS already exists: .*ALREADY_EXISTS: [^(]*$
	PERMISSION_DENIED forbidden: .*PERMISSION_DENIED: [^(]*$
	RESOURCE_EXHAUSTED too many: .*RESOURCE_EXHAUSTED: [^(]*$
	FAILED_PRECONDITION Device or resource busy: .*FAILED_PRECONDITION: [^(]*$
	ABORTED .*ABORTED: .*\(unsure\)
	OUT_OF_RANGE Numerical result out of range: .*OUT_OF_RANGE: [^(]*$
	UNIMPLEMENTED .*support.*UNIMPLEMENTED: [^(]*$
	INTERNAL internal error: .*INTERNAL: [^(]*$
	UNAVAILABLE unavailable: .*UNAVAILABLE: .*\(unsure\)
	DATA_LOSS internal error: .*DATA_LOSS: [^(]*$
	UNAUTHENTICATED forbidden: .*UNAUTHENTICATED: [^(]*$
	C
	echo "DeleteVolume error NOT_FOUND times=1" >"$FAULTS"
	expect "what is not there is deleted" '^ok \{\}$' op delete '{"handle": "gone"}'
	: >"$FAULTS"
	expect "secrets are not in messages" 'there is no parameter \*\*\*\*\*\*' op create '{"name": "x", "parameters": {"s3cret": "x"}, "secrets": {"k": "s3cret"}}'
	driver_stop
fi

if wanted faults; then
	driver_start --node-id node-1
	printf 'CreateVolume hang times=1\n' >"$FAULTS"
	OP_MS=300 expect "a call that hangs has its time" 'DEADLINE_EXCEEDED: .*\(unsure\)' op create "{$NEW}"
	printf 'CreateVolume hang-after times=1\n' >"$FAULTS"
	OP_MS=300 expect "one that is done and hangs" 'DEADLINE_EXCEEDED: .*\(unsure\)' op create "{$NEW}"
	expect "and then is there once" '^ok ' op create "{$NEW}"
	check "once" test "$(find "$STATE/volumes" -name '*.json' | wc -l)" = 1
	printf 'CreateVolume garbage times=1\n' >"$FAULTS"
	expect "an answer that is none" 'cannot be read.*\(unsure\)' op create "{$NEW}"
	printf 'CreateVolume garbage-wire times=1\n' >"$FAULTS"
	expect "what is no HTTP/2" '\(unsure\)' op create "{$NEW}"
	printf 'CreateVolume twice\n' >"$FAULTS"
	expect "done twice" '^ok ' op create "{$NEW}"
	printf 'CreateVolume die times=1\n' >"$FAULTS"
	expect "a driver that dies" 'UNAVAILABLE: .*\(unsure\)' op create "{$NEW}"
	expect "one that is not there" '^unavailable: GetPluginInfo: UNAVAILABLE: .*\(unsure\)' who
	driver_stop
	# Another call goes on meanwhile, and a driver that was started anew is found by the same plug-in.
	driver_start --node-id node-1
	mkfifo "$T/in"
	"$tool" -t 20000 "$S" <"$T/in" >"$T/out" & asker=$!
	lib_pids="$lib_pids $asker"
	exec 4>"$T/in"
	printf 'capacity {}\n' >&4
	check "a plug-in" eventually 5 grep -q '^ok {"availableBytes"' "$T/out"
	kill -KILL "$driver_pid"; wait "$driver_pid" 2>/dev/null
	exec 3<&-
	driver_start --node-id node-1
	printf 'create {%s}\n' "$NEW" >&4
	check "finds a driver that was started anew" eventually 5 grep -q '^ok {"handle"' "$T/out"
	exec 4>&-
	wait "$asker"
	driver_stop
fi

if wanted half; then
	driver_start --services identity,controller
	expect "a controller alone" '^driver csi.test.minik name csi.test.minik node - .* can create,delete,expand,modify,attach,detach,snapshot-create,snapshot-delete,snapshot-get,capacity$' who
	expect "does not publish" 'CSI driver csi.test.minik cannot publish' op publish '{}'
	driver_stop
	driver_start --node-id n --services identity,node --without CONTROLLER_SERVICE
	expect "a node alone" ' node n attach 0 topology 0 - volumes 0 can stage,unstage,publish,unpublish,node-expand,stats$' who
	driver_stop
	driver_start --node-id n --without CREATE_DELETE_SNAPSHOT --without CLONE_VOLUME --without MODIFY_VOLUME --without EXPAND_VOLUME --without SINGLE_NODE_MULTI_WRITER --without PUBLISH_UNPUBLISH_VOLUME --without STAGE_UNSTAGE_VOLUME
	expect "a driver that can less" 'attach 0 .* can create,delete,expand,capacity,publish,unpublish,node-expand,stats$' who
	expect "expansion is the node's then" '^ok \{"capacityBytes":5,"nodeExpansion":true\}$' op expand '{"handle": "x", "capacityBytes": 5}'
	expect "no copies" 'does not copy volumes \(CLONE_VOLUME\)' op create '{"name": "x", "from": {"volume": "y"}}'
	expect "no snapshots" 'has no snapshots \(CREATE_DELETE_SNAPSHOT\)' op create '{"name": "x", "from": {"snapshot": "y"}}'
	expect "nothing to modify" 'no parameters that can be changed \(MODIFY_VOLUME\)' op create '{"name": "x", "mutableParameters": {"iops": "1"}}'
	op create '{"name": "x", "accessModes": ["ReadWriteOncePod"]}' >/dev/null
	expect "one writer is one node" 'SINGLE_NODE_WRITER' request CreateVolume
	driver_stop
	driver_start --not-ready
	expect "not ready" '^unavailable: driver csi.test.minik is not ready yet' who
	driver_stop
	driver_start --name '-wrong'
	expect "no name" 'is no name of a driver' who
	driver_stop
fi
exit $lib_failed
