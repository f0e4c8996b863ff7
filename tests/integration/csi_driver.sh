#!/bin/bash
# gRPC with others, and the CSI driver for tests: every call by our client, faults, kill -9; gRPC's own implementation (Debian's python3-grpcio) as a
# server for our client and as a client of our driver. CSI_PARTS="calls python" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
build=${MINIK_BUILD:-$MINIK_TOP/build}
driver=$build/tests/integration/csi_driver tool=$build/tests/integration/csi_tool
for p in csi_driver csi_tool; do
	[ -x "$build/tests/integration/$p" ] || make -C "$build" "tests/integration/$p" >/dev/null || skip_all "$p cannot be built"
done
parts=${CSI_PARTS:-calls block faults kill registration python}
S=$T/csi.sock R=$T/reg.sock STATE=$T/state LOG=$T/calls.log FAULTS=$T/faults
: >"$FAULTS"
driver_start() { # driver_start FLAGS...: waits until it listens
	exec 3< <(exec "$driver" --endpoint "$S" --registration "$R" --state "$STATE" --log "$LOG" --faults "$FAULTS" --context vendor.test/x=1 --topology zone=a "$@" 2>"$T/driver.err")
	driver_pid=$!
	lib_pids="$lib_pids $driver_pid"
	read -r line <&3 && [ "$line" = ready ] || skip_all "csi_driver does not start: $(cat "$T/driver.err")"
}
driver_stop() { # driver_stop SIGNAL: one that is asked to ends well
	kill -"${1:-TERM}" "$driver_pid"
	cat <&3 >/dev/null; exec 3<&-
	wait "$driver_pid" || [ "${1:-TERM}" = KILL ] || not_ok "the driver ends well" "$(cat "$T/driver.err")"
}
csi() { "$tool" "$S" "$@"; }
reset() { # also of what a check that failed has left: loop devices are the whole machine's
	local f
	driver_stop "${1:-TERM}"
	for f in "$STATE"/data/*.img; do
		[ ! -e "$f" ] || losetup -n -O NAME -j "$f" | xargs -r -n1 losetup -d
	done
	umount -q "$T/target" "$T/target-ro" "$T/staging" "$T/device" 2>/dev/null
	rm -rf "$STATE"; : >"$LOG"; : >"$FAULTS"
}
# Of the calls of a method that the log has: what jq makes of them.
calls() { jq -c "select(.method == \"$1\") | $2" "$LOG"; }
MOUNT='{"mount": {"fs_type": "ext4"}, "access_mode": {"mode": "SINGLE_NODE_WRITER"}}'
BLOCK='{"block": {}, "access_mode": {"mode": "SINGLE_NODE_WRITER"}}'
RANGE='"capacity_range": {"required_bytes": 33554432}'
volume() { # volume NAME FIELDS: its id
	csi Controller/CreateVolume "{\"name\": \"$1\", $2}" | jq -r .volume.volume_id
}
attach() { csi Controller/ControllerPublishVolume "{\"volume_id\": \"$1\", \"node_id\": \"node-1\", \"volume_capability\": $2}"; }
node() { # node METHOD VOLUME CAPABILITY FIELDS
	csi "Node/$1" "{\"volume_id\": \"$2\", \"staging_target_path\": \"$T/staging\", \"publish_context\": {\"attached-to\": \"node-1\"}, \"volume_capability\": $3 ${4:+, $4}}"
}
wanted() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }

if wanted calls; then
	driver_start --capacity 200000000 --max-size 100000000
	expect "GetPluginInfo" '"name":"csi.test.minik"' csi Identity/GetPluginInfo
	expect "GetPluginCapabilities" 'CONTROLLER_SERVICE.*VOLUME_ACCESSIBILITY_CONSTRAINTS.*"volume_expansion"' csi Identity/GetPluginCapabilities
	expect "Probe" '"ready":\{"value":true\}' csi Identity/Probe
	expect "ControllerGetCapabilities" 'CREATE_DELETE_VOLUME.*PUBLISH_UNPUBLISH_VOLUME.*EXPAND_VOLUME.*MODIFY_VOLUME' csi Controller/ControllerGetCapabilities
	expect "NodeGetCapabilities" 'STAGE_UNSTAGE_VOLUME.*EXPAND_VOLUME' csi Node/NodeGetCapabilities
	expect "NodeGetInfo with topology" '"node_id":"node-1".*"segments":\{"zone":"a"\}' csi Node/NodeGetInfo
	expect "an unknown method is UNIMPLEMENTED" '^UNIMPLEMENTED: .*CreateVolumeGroupSnapshot' csi GroupController/CreateVolumeGroupSnapshot
	make='{"name": "pvc-1", "volume_capabilities": ['$MOUNT'], '$RANGE', "parameters": {"tier": "a"}, "secrets": {"key": "s3cret"}}'
	first=$(csi Controller/CreateVolume "$make")
	id=$(printf '%s' "$first" | jq -r .volume.volume_id)
	expect "CreateVolume" '"capacity_bytes":33554432.*"vendor.test/x":"1".*"zone":"a"' printf '%s' "$first"
	check "CreateVolume again gives the same" test "$(csi Controller/CreateVolume "$make")" = "$first"
	expect "CreateVolume with other parameters does not" '^ALREADY_EXISTS: volume pvc-1' csi Controller/CreateVolume "${make/\"tier\": \"a\"/\"tier\": \"b\"}"
	expect "CreateVolume without a name" '^INVALID_ARGUMENT: name is missing' csi Controller/CreateVolume '{}'
	expect "an unknown parameter" '^INVALID_ARGUMENT: there is no parameter colour' csi Controller/CreateVolume "${make/\"tier\"/\"colour\"}"
	expect "too large a volume" '^OUT_OF_RANGE' csi Controller/CreateVolume '{"name": "x", "volume_capabilities": ['"$MOUNT"'], "capacity_range": {"required_bytes": 100000001}}'
	expect "capacity" '"available_capacity":166445568,"maximum_volume_size":\{"value":100000000\}' csi Controller/GetCapacity
	expect "no capacity in another zone" '^\{"maximum' csi Controller/GetCapacity '{"accessible_topology": {"segments": {"zone": "b"}}}'
	check "capacity is used up" volume big '"volume_capabilities": ['"$MOUNT"'], "capacity_range": {"required_bytes": 100000000}'
	expect "and then exhausted" '^RESOURCE_EXHAUSTED' csi Controller/CreateVolume '{"name": "more", "volume_capabilities": ['"$MOUNT"'], "capacity_range": {"required_bytes": 100000000}}'
	expect "ListVolumes, a page" "\"next_token\":\"1\"" csi Controller/ListVolumes '{"max_entries": 1}'
	expect "and the next" '^1$' sh -c "'$tool' '$S' Controller/ListVolumes '{\"max_entries\": 1, \"starting_token\": \"1\"}' | jq '.entries | length'"
	expect "with a wrong token" '^ABORTED' csi Controller/ListVolumes '{"starting_token": "x"}'
	expect "ValidateVolumeCapabilities" '"confirmed"' csi Controller/ValidateVolumeCapabilities "{\"volume_id\": \"$id\", \"volume_capabilities\": [$MOUNT]}"
	expect "ValidateVolumeCapabilities of what it cannot" '"message":"volumes of kind dir cannot be block' csi Controller/ValidateVolumeCapabilities "{\"volume_id\": \"$id\", \"volume_capabilities\": [$BLOCK]}"

	expect "staging before publishing" '^FAILED_PRECONDITION' node NodeStageVolume "$id" "$MOUNT"
	expect "ControllerPublishVolume" '"publish_context":\{"attached-to":"node-1"\}' attach "$id" "$MOUNT"
	expect "to a node that is none" '^NOT_FOUND: there is no node node-9' csi Controller/ControllerPublishVolume "{\"volume_id\": \"$id\", \"node_id\": \"node-9\", \"volume_capability\": $MOUNT}"
	expect "ListVolumes knows where" '"published_node_ids":\["node-1"\]' csi Controller/ListVolumes
	expect "ControllerGetVolume, too" '"published_node_ids":\["node-1"\]' csi Controller/ControllerGetVolume "{\"volume_id\": \"$id\"}"
	expect "a published volume is not deleted" '^FAILED_PRECONDITION' csi Controller/DeleteVolume "{\"volume_id\": \"$id\"}"
	check "NodeStageVolume" node NodeStageVolume "$id" "$MOUNT"
	check "NodeStageVolume again" node NodeStageVolume "$id" "$MOUNT"
	check "the staging path is a mount" mountpoint -q "$T/staging"
	check "NodePublishVolume" node NodePublishVolume "$id" "$MOUNT" "\"target_path\": \"$T/target\""
	check "NodePublishVolume again" node NodePublishVolume "$id" "$MOUNT" "\"target_path\": \"$T/target\""
	echo data >"$T/target/file"
	check "NodePublishVolume, to read" node NodePublishVolume "$id" "$MOUNT" "\"target_path\": \"$T/target-ro\", \"readonly\": true"
	check "has what was written" grep -q data "$T/target-ro/file"
	expect "cannot be written" 'Read-only' sh -c "echo x >$T/target-ro/file"
	expect "publishing it in another way" '^ALREADY_EXISTS' node NodePublishVolume "$id" "$MOUNT" "\"target_path\": \"$T/target-ro\""
	expect "NodeGetVolumeStats" '"total":[0-9]+,"used":[0-9]+,"unit":"INODES"|"unit":"BYTES".*"unit":"INODES"' csi Node/NodeGetVolumeStats "{\"volume_id\": \"$id\", \"volume_path\": \"$T/target\"}"
	snap=$(csi Controller/CreateSnapshot "{\"name\": \"s1\", \"source_volume_id\": \"$id\"}" | jq -r .snapshot.snapshot_id)
	expect "CreateSnapshot again" "\"snapshot_id\":\"$snap\".*\"ready_to_use\":true" csi Controller/CreateSnapshot "{\"name\": \"s1\", \"source_volume_id\": \"$id\"}"
	expect "ListSnapshots" "^\\[\"$snap\"\\]$" sh -c "'$tool' '$S' Controller/ListSnapshots '{\"source_volume_id\": \"$id\"}' | jq -c '[.entries[].snapshot.snapshot_id]'"
	echo changed >"$T/target/file"
	copy=$(volume copy "\"volume_capabilities\": [$MOUNT], \"volume_content_source\": {\"snapshot\": {\"snapshot_id\": \"$snap\"}}")
	check "a volume of a snapshot has the old data" grep -qx data "$STATE/data/$copy/file"
	expect "a volume of a snapshot that is none" '^NOT_FOUND: there is no snapshot' csi Controller/CreateVolume "{\"name\": \"y\", \"volume_capabilities\": [$MOUNT], \"volume_content_source\": {\"snapshot\": {\"snapshot_id\": \"no\"}}}"
	check "DeleteVolume" csi Controller/DeleteVolume "{\"volume_id\": \"$copy\"}"
	check "DeleteVolume again" csi Controller/DeleteVolume "{\"volume_id\": \"$copy\"}"
	check "DeleteSnapshot" csi Controller/DeleteSnapshot "{\"snapshot_id\": \"$snap\"}"
	check "ControllerModifyVolume" csi Controller/ControllerModifyVolume "{\"volume_id\": \"$id\", \"mutable_parameters\": {\"iops\": \"100\"}}"
	expect "ControllerModifyVolume of what it has not" '^INVALID_ARGUMENT: there is no mutable parameter colour' csi Controller/ControllerModifyVolume "{\"volume_id\": \"$id\", \"mutable_parameters\": {\"colour\": \"x\"}}"
	expect "a mount that is in use" '^FAILED_PRECONDITION: .*in use' sh -c "cd '$T/target' && '$tool' '$S' Node/NodeUnpublishVolume '{\"volume_id\": \"$id\", \"target_path\": \"$T/target\"}'"
	for t in target target-ro; do
		check "NodeUnpublishVolume" csi Node/NodeUnpublishVolume "{\"volume_id\": \"$id\", \"target_path\": \"$T/$t\"}"
		check "NodeUnpublishVolume again" csi Node/NodeUnpublishVolume "{\"volume_id\": \"$id\", \"target_path\": \"$T/$t\"}"
		check "its target is gone" test ! -e "$T/$t"
	done
	check "NodeUnstageVolume" csi Node/NodeUnstageVolume "{\"volume_id\": \"$id\", \"staging_target_path\": \"$T/staging\"}"
	check "ControllerUnpublishVolume" csi Controller/ControllerUnpublishVolume "{\"volume_id\": \"$id\", \"node_id\": \"node-1\"}"
	check "ControllerUnpublishVolume again" csi Controller/ControllerUnpublishVolume "{\"volume_id\": \"$id\", \"node_id\": \"node-1\"}"
	check "and then it is deleted" csi Controller/DeleteVolume "{\"volume_id\": \"$id\"}"
	expect "the log has requests" '"tier":"a".*"secrets":\{"key":"s3cret"\}' calls CreateVolume 'select(.request.parameters.tier) | .request | {parameters, secrets}'
	expect "and answers" '"ALREADY_EXISTS"' calls CreateVolume .code
	reset
	driver_start --without STAGE_UNSTAGE_VOLUME --without PUBLISH_UNPUBLISH_VOLUME --without NODE_EXPAND_VOLUME
	expect "what is left out is not there" '^UNIMPLEMENTED' csi Controller/ControllerPublishVolume '{}'
	expect "nor offered" '^0$' sh -c "'$tool' '$S' Node/NodeGetCapabilities | grep -cE 'STAGE|EXPAND'"
	id=$(volume pvc-1 "\"volume_capabilities\": [$MOUNT]")
	check "a volume without staging and attaching" csi Node/NodePublishVolume "{\"volume_id\": \"$id\", \"volume_capability\": $MOUNT, \"target_path\": \"$T/target\"}"
	check "is a mount" mountpoint -q "$T/target"
	check "and none afterwards" csi Node/NodeUnpublishVolume "{\"volume_id\": \"$id\", \"target_path\": \"$T/target\"}"
	reset
fi

if wanted block; then
	driver_start
	probe=$T/probe.img; truncate -s 1M "$probe"
	if dev=$(losetup --find --show "$probe" 2>"$T/losetup.err"); then
		losetup -d "$dev"
		id=$(volume blk "\"volume_capabilities\": [$MOUNT], \"parameters\": {\"kind\": \"file\"}, $RANGE")
		attach "$id" "$MOUNT" >/dev/null
		check "a file is staged through a loop device" node NodeStageVolume "$id" "$MOUNT"
		expect "as ext4" '^ext4$' findmnt -no FSTYPE "$T/staging"
		check "and published" node NodePublishVolume "$id" "$MOUNT" "\"target_path\": \"$T/target\""
		echo data >"$T/target/file"
		before=$(stat -f -c %b "$T/target")
		expect "ControllerExpandVolume" '"capacity_bytes":67108864,"node_expansion_required":true' csi Controller/ControllerExpandVolume "{\"volume_id\": \"$id\", \"capacity_range\": {\"required_bytes\": 67108864}}"
		grown=$(csi Node/NodeExpandVolume "{\"volume_id\": \"$id\", \"volume_path\": \"$T/target\"}" 2>&1)
		if [[ $grown == *"Permission denied to resize"* ]]; then
			skip "NodeExpandVolume while mounted" "this machine does not let root resize ext4 (CAP_SYS_RESOURCE)"
		else
			expect "NodeExpandVolume" '"capacity_bytes":67108864' printf '%s' "$grown"
			check "while mounted" test "$(stat -f -c %b "$T/target")" -gt "$before"
		fi
		csi Node/NodeUnpublishVolume "{\"volume_id\": \"$id\", \"target_path\": \"$T/target\"}" >/dev/null
		check "unstaging" csi Node/NodeUnstageVolume "{\"volume_id\": \"$id\", \"staging_target_path\": \"$T/staging\"}"
		check "detaches the loop device" test -z "$(losetup -n -O NAME -j "$STATE/data/$id.img")"
		node NodeStageVolume "$id" "$MOUNT" >/dev/null
		check "staged again it has its data" grep -q data "$T/staging/file"
		csi Node/NodeUnstageVolume "{\"volume_id\": \"$id\", \"staging_target_path\": \"$T/staging\"}" >/dev/null
		raw=$(volume raw "\"volume_capabilities\": [$BLOCK], $RANGE")
		attach "$raw" "$BLOCK" >/dev/null
		check "a block volume is staged" node NodeStageVolume "$raw" "$BLOCK"
		check "and published" node NodePublishVolume "$raw" "$BLOCK" "\"target_path\": \"$T/device\""
		check "as a block device" test -b "$T/device"
		check "of its size" test "$(blockdev --getsize64 "$T/device")" = 33554432
		printf 'raw bytes' | dd of="$T/device" conv=fsync status=none
		check "which is the volume" grep -q '^raw bytes' "$STATE/data/$raw.img"
		csi Controller/ControllerExpandVolume "{\"volume_id\": \"$raw\", \"capacity_range\": {\"required_bytes\": 50331648}}" >/dev/null
		check "a block volume is expanded" csi Node/NodeExpandVolume "{\"volume_id\": \"$raw\", \"volume_path\": \"$T/device\"}"
		check "while it is in use" test "$(blockdev --getsize64 "$T/device")" = 50331648
		csi Node/NodeUnpublishVolume "{\"volume_id\": \"$raw\", \"target_path\": \"$T/device\"}" >/dev/null
		csi Node/NodeUnstageVolume "{\"volume_id\": \"$raw\", \"staging_target_path\": \"$T/staging\"}" >/dev/null
		check "and no loop device is left" test -z "$(losetup -n -O NAME -j "$STATE/data/$raw.img")"
	else
		skip "files with loop devices" "losetup: $(cat "$T/losetup.err")"
	fi
	reset
fi

if wanted faults; then
	driver_start
	create() { csi "$@" Controller/CreateVolume "{\"name\": \"f\", \"volume_capabilities\": [$MOUNT]}"; }
	there() { find "$STATE/volumes" -name '*.json' | wc -l; }
	again() { csi Controller/DeleteVolume "{\"volume_id\": \"$(create | jq -r .volume.volume_id)\"}" >/dev/null; }
	echo "CreateVolume error UNAVAILABLE times=2" >"$FAULTS"
	expect "an error" '^UNAVAILABLE: a fault' create
	expect "twice" '^UNAVAILABLE: a fault' create
	check "not done" test ! -e "$STATE/volumes"
	check "and then not" create
	: >"$FAULTS"; again
	echo "* error-after ABORTED times=1" >"$FAULTS"
	expect "an error although it was done" '^ABORTED' create
	check "as it was" test "$(there)" = 1
	: >"$FAULTS"; again
	echo "CreateVolume hang times=1" >"$FAULTS"
	expect "a call that hangs" '^DEADLINE_EXCEEDED: ' "$tool" -t 200 "$S" Controller/CreateVolume "{\"name\": \"f\", \"volume_capabilities\": [$MOUNT]}"
	check "was cancelled at the other end" eventually 5 grep -q '"method":"CreateVolume","cancelled":true' "$LOG"
	check "nothing was done" test "$(there)" = 0
	echo "CreateVolume hang-after times=1" >"$FAULTS"
	expect "one that is done and hangs" '^DEADLINE_EXCEEDED' "$tool" -t 300 "$S" Controller/CreateVolume "{\"name\": \"f\", \"volume_capabilities\": [$MOUNT]}"
	check "was done" eventually 5 test -e "$STATE"/volumes/vol-*.json
	: >"$FAULTS"; again
	echo "CreateVolume delay 300 times=1" >"$FAULTS"
	begin=${EPOCHREALTIME/./}
	check "a call that takes time" create
	check "took it" test $((${EPOCHREALTIME/./} - begin)) -ge 300000
	echo "Probe garbage times=1" >"$FAULTS"
	expect "an answer that is no message" '^INTERNAL: the answer cannot be read: .*\(local\) \(sent\)' csi Identity/Probe
	echo "Probe garbage-wire times=1" >"$FAULTS"
	expect "an answer that is no HTTP/2" '^(INTERNAL|UNAVAILABLE): .*\(local\) \(sent\)' csi Identity/Probe
	check "the driver is still there" csi Identity/Probe
	echo "CreateVolume twice" >"$FAULTS"
	check "done twice" create
	: >"$FAULTS"
	# One connection: the others are not held up.
	printf 'Probe delay 1000 times=1\n' >"$FAULTS"
	expect "faults do not hold up other calls of the connection" '^OK .*OK ' sh -c "printf 'Identity/GetPluginInfo\nIdentity/Probe\n' | '$tool' '$S' - | tr '\n' ' '"
	: >"$FAULTS"
	expect "many calls at once" '^200 of 200$' "$tool" -p 200 "$S" Identity/GetPluginInfo
	# A driver that dies, and one that comes.
	echo "CreateVolume die-after times=1" >"$FAULTS"
	again 2>/dev/null || :
	driver_start
	expect "what was done before it died is there" 1 there
	echo "DeleteVolume die times=1" >"$FAULTS"
	expect "a driver that dies before it does" '^UNAVAILABLE: .*\(local\) \(sent\)' csi Controller/DeleteVolume "{\"volume_id\": \"$(create | jq -r .volume.volume_id)\"}"
	expect "one that is not there" '^UNAVAILABLE: connect to .*\(local\)$' csi Identity/Probe
	"$tool" -w "$S" Identity/Probe >"$T/waited" 2>&1 & waiter=$!
	driver_start
	wait $waiter
	check "a call that waits for it is answered" test $? = 0
	expect "with what it says" 'ready' cat "$T/waited"
	expect "the fault is not used again" 1 there
	again
	expect "and then it is done" 0 there
	reset
fi

if wanted kill; then
	# Killed at any moment, and asked again until it answers: never two volumes, nothing lost.
	driver_start
	rounds=$([ "${MINIK_SOAK:-0}" = 1 ] && echo 100 || echo 8)
	wrong= answered=0 made=0
	for i in $(seq "$rounds"); do
		"$tool" "$S" Controller/CreateVolume "{\"name\": \"k$i\", \"volume_capabilities\": [$MOUNT]}" >/dev/null 2>&1 & c=$!
		# Anywhere from before the call to behind it.
		sleep "0.0$(printf %02d $((RANDOM % 20)))"
		driver_stop KILL
		wait $c && answered=$((answered + 1))
		made=$((made + $(find "$STATE/volumes" -name '*.json' 2>/dev/null | wc -l) - i + 1))
		driver_start
		csi Controller/CreateVolume "{\"name\": \"k$i\", \"volume_capabilities\": [$MOUNT]}" >/dev/null || wrong="$wrong create $i"
	done
	expect "after $rounds kills all volumes are there, each once" "^$rounds$" sh -c "'$tool' '$S' Controller/ListVolumes | jq '[.entries[].volume.volume_id] | unique | length'"
	echo "# killed behind the answer $answered times, behind the effect $made times, of $rounds"
	check "nothing went wrong" test -z "$wrong"
	id=$(volume staged "\"volume_capabilities\": [$MOUNT]")
	attach "$id" "$MOUNT" >/dev/null
	node NodeStageVolume "$id" "$MOUNT" >/dev/null
	driver_stop KILL
	driver_start
	check "what was staged before it was killed is staged" node NodeStageVolume "$id" "$MOUNT"
	check "once" test "$(grep -c " $T/staging " /proc/self/mountinfo)" = 1
	check "and is unstaged" csi Node/NodeUnstageVolume "{\"volume_id\": \"$id\", \"staging_target_path\": \"$T/staging\"}"
	check "wholly" sh -c "! mountpoint -q $T/staging"
	reset
fi

if wanted registration; then
	driver_start
	expect "registration: GetInfo" "\"type\":\"CSIPlugin\",\"name\":\"csi.test.minik\",\"endpoint\":\"$S\",\"supported_versions\":\\[\"1.0.0\"\\]" "$tool" "$R" Registration/GetInfo
	check "registration: NotifyRegistrationStatus" "$tool" "$R" Registration/NotifyRegistrationStatus '{"plugin_registered": false, "error": "no such"}'
	expect "is in the log" '"error":"no such"' calls NotifyRegistrationStatus .request
	expect "CSI is not spoken there" '^UNIMPLEMENTED' "$tool" "$R" Identity/Probe
	expect "sockets are root's alone" '^600 600 $' sh -c "stat -c %a '$S' '$R' | tr '\n' ' '"
	driver_stop
	check "they go with the driver" test ! -e "$S" -a ! -e "$R"
	rm -rf "$STATE"
fi

if wanted python; then
	if ! /usr/bin/python3 -c 'import grpc' 2>/dev/null; then
		skip "gRPC's own implementation" "no python3-grpcio"
	else
		protoc=$(command -v protoc-c || command -v protoc)
		"$protoc" -I"$build" -I"$MINIK_TOP" --include_imports --descriptor_set_out="$T/csi.pb" wire/proto/csi.proto wire/proto/pluginregistration.proto 2>"$T/protoc.err" || not_ok "descriptors" "$(cat "$T/protoc.err")"
		peer() { /usr/bin/python3 "$MINIK_TOP/tests/integration/csi_peer.py" "$@"; }
		driver_start
		peer client "$S" "$T/csi.pb" "$driver_pid" >"$T/python.out" 2>&1 || not_ok "python's client ends well" "$(tail -20 "$T/python.out")"
		grep -E '^(ok|not ok) ' "$T/python.out" | sed 's/^\(ok\|not ok\) /&python'"'"'s client: /'
		! grep -q '^not ok ' "$T/python.out" || { lib_failed=1; cat "$T/python.out" >&2; }
		reset
		exec 4< <(exec /usr/bin/python3 "$MINIK_TOP/tests/integration/csi_peer.py" server "$T/py.sock" "$T/csi.pb" 2>"$T/python.err")
		python_pid=$!
		lib_pids="$lib_pids $python_pid"
		if read -r line <&4 && [ "$line" = ready ]; then
			py() { "$tool" "$@"; }
			P=$T/py.sock
			expect "python's server: an answer" '"name":"python","vendor_version":"1","manifest":\{"(a":"b","ü":"ö|ü":"ö","a":"b)"\}' py "$P" Identity/GetPluginInfo
			expect "python's server: an error with its text" '^FAILED_PRECONDITION: ünïcödé 100%$' py "$P" Controller/DeleteVolume '{"volume_id": "x"}'
			expect "python's server: a method that it lacks" '^UNIMPLEMENTED: ' py "$P" Node/NodeGetInfo
			expect "python's server: an exception" '^UNKNOWN: ' py "$P" Controller/GetCapacity
			expect "python's server: 3 MB there and back" '^3000000$' sh -c "jq -cn '{volume_id: (\"x\" * 3000000)}' >$T/big; printf 'Controller/ControllerGetVolume %s\n' \"\$(cat $T/big)\" | '$tool' '$P' - | sed 's/^OK //' | jq -r '.volume.volume_id | length'"
			expect "python's server: more than we take" '^RESOURCE_EXHAUSTED: .*\(local\)' py "$P" Controller/ListVolumes
			expect "python's server: it knows the deadline" '^INVALID_ARGUMENT: (5[0-9]{4}|60000) ms left$' py -t 60000 "$P" Controller/ValidateVolumeCapabilities
			expect "python's server: a deadline" '^DEADLINE_EXCEEDED' py -t 200 "$P" Controller/CreateSnapshot
			expect "python's server: which it hears of" '^cancelled$' timeout 10 head -1 <&4
			expect "python's server: 100 calls at once, 4 streams at a time" '^100 of 100$' py -p 100 "$P" Identity/Probe
			expect "python's server: who we are" '^INVALID_ARGUMENT: grpc-c-minik/' py "$P" Controller/ListSnapshots
			kill "$python_pid"; cat <&4 >/dev/null
			expect "python's server: gone" '^UNAVAILABLE' py "$P" Identity/Probe
		else
			not_ok "python's server starts" "$(cat "$T/python.err")"
		fi
		exec 4<&-
	fi
fi
exit $lib_failed
