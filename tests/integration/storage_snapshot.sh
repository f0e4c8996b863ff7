#!/bin/bash
# VolumeSnapshots with the CSI driver for tests at a whole server: their CRDs, dynamic and pre-provisioned ones, classes, deletion, faults of the driver, kill -9.
# SNAPSHOT_PARTS="dynamic given" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
. "$(dirname "$0")/lib_csi.sh"
parts=${SNAPSHOT_PARTS:-crds dynamic given errors faults kill restore}
wanted() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
asked() { jq -c "select(.method == \"$1\" and .request) | .request" "$LOG"; }
in_driver() { "$tool" "$S" Controller/ListSnapshots '{}' | jq -r '[.entries[]?.snapshot.snapshot_id] | length'; }
in_driver_is() { [ "$(in_driver)" = "$1" ]; }
field() { k get "$1" "$2" -o json | jq -r "$3"; } # field KIND NAME FILTER
is() { [ "$(field "$1" "$2" "$3")" = "$4" ]; }
ready() { is volumesnapshot "$1" .status.readyToUse true; }
content() { field volumesnapshot "$1" .status.boundVolumeSnapshotContentName; }
volume() { csi_volume "$1" ReadWriteOnce 32Mi; } # volume NAME: its handle
snapshot() { # snapshot NAME SOURCE [CLASS]: source as flow YAML
	k create -f - <<-Y
	{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name: $1}, spec: {source: {$2}${3:+, volumeSnapshotClassName: $3}}}
	Y
}
class() { # class NAME DRIVER POLICY [DEFAULT] [PARAMETERS]
	k create -f - >/dev/null <<-Y
	{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotClass, metadata: {name: $1, annotations: {snapshot.storage.kubernetes.io/is-default-class: "${4:-false}"}},
	  driver: $2, deletionPolicy: $3, parameters: {${5:-}}}
	Y
}
of() { echo "persistentVolumeClaimName: $1"; }

csi_cluster
check "the snapshots' kinds are served" eventually 20 k get volumesnapshots,volumesnapshotcontents,volumesnapshotclasses -A || exit 1
class c $D Delete true 'csi.storage.k8s.io/snapshotter-secret-name: "s-${volumesnapshot.name}", csi.storage.k8s.io/snapshotter-secret-namespace: "${volumesnapshot.namespace}"'
class keep $D Retain
for s in one two three bad hang again wait; do k create secret generic "s-$s" --from-literal=key=s3cret >/dev/null; done
h=$(volume data)
bound() { is pvc data .status.phase Bound; }
check "a claim is bound" eventually 15 bound

if wanted crds; then
	for c in volumesnapshots volumesnapshotcontents volumesnapshotclasses; do
		expect "$c has a structural schema" '^True$' k get crd $c.snapshot.storage.k8s.io -o 'jsonpath={.status.conditions[?(@.type=="Established")].status}'
		check "... and no fault" test -z "$(k get crd $c.snapshot.storage.k8s.io -o json | jq -r '.status.conditions[] | select(.status == "False" or .type == "NonStructuralSchema") | .type')"
	done
	expect "two sources are refused" 'source' snapshot x 'persistentVolumeClaimName: a, volumeSnapshotContentName: b'
	expect "none is refused" 'source' snapshot x ''
	expect "an empty class is refused" 'spec.volumeSnapshotClassName in body should be at least 1 chars long' snapshot x 'persistentVolumeClaimName: a' '""'
	expect "a content of no snapshot is refused" 'volumeSnapshotRef.namespace: Required value' k create -f - <<-Y
	{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotContent, metadata: {name: x}, spec: {deletionPolicy: Delete, driver: $D, source: {snapshotHandle: x}, volumeSnapshotRef: {name: x}}}
	Y
	snapshot yy "$(of nothing)" >/dev/null
	check "a claim that is not there" eventually 10 says yy '^SnapshotContentCreationFailed: .*persistentvolumeclaim "nothing" not found'
	check "a snapshot of it goes" k delete volumesnapshot yy --timeout=20s
fi

if wanted dynamic; then
	snapshot one "$(of data)" >/dev/null
	check "a snapshot is made" eventually 15 ready one || k get volumesnapshot,volumesnapshotcontent -o yaml
	check "by the default class of the driver" is volumesnapshot one .spec.volumeSnapshotClassName c
	uid=$(field volumesnapshot one .metadata.uid)
	check "its content has the name that others expect" test "$(content one)" = "snapcontent-$uid"
	check "the driver was asked by the snapshot's uid" test "$(asked CreateSnapshot | jq -r .name | sort -u)" = "snapshot-$uid"
	check "... for the claim's volume" test "$(asked CreateSnapshot | jq -r .source_volume_id | sort -u)" = "$h"
	expect "... with the class's Secret" '^s3cret$' sh -c "jq -r 'select(.method == \"CreateSnapshot\" and .request) | .request.secrets.key' '$LOG' | sort -u"
	expect "... and without parameters that are not for it" '^null$' sh -c "jq -c 'select(.method == \"CreateSnapshot\" and .request) | .request.parameters' '$LOG' | sort -u"
	check "its size is told" is volumesnapshot one .status.restoreSize 32Mi
	check "... and in bytes" is volumesnapshotcontent "$(content one)" .status.restoreSize 33554432
	expect "and its time" '^20[0-9]{2}-' field volumesnapshot one .status.creationTime
	check "events say so" eventually 5 says one '^SnapshotReady: Snapshot default/one is ready to use.'
	check "..." says one '^CreatingSnapshot: Waiting for a snapshot default/one to be created by the CSI driver.'
	released() { is pvc data '.metadata.finalizers | join(",")' kubernetes.io/pvc-protection; }
	check "the claim is not held any more" eventually 10 released
	expect "columns" 'one +true +data +32Mi +c +snapcontent-' k get volumesnapshot one
	n=$(content one)
	k delete volumesnapshotcontent "$n" --wait=false >/dev/null
	sleep 0.5
	check "a content that is in use stays" k get volumesnapshotcontent "$n"
	check "a snapshot that is deleted" k delete volumesnapshot one --timeout=20s
	check "... takes its content along" gone volumesnapshotcontent "$n"
	check "... and the driver's" in_driver_is 0
	expect "... with the Secret" '^s3cret$' sh -c "jq -r 'select(.method == \"DeleteSnapshot\" and .request) | .request.secrets.key' '$LOG'"
	snapshot kept "$(of data)" keep >/dev/null
	check "one by a class that keeps" eventually 15 ready kept
	n=$(content kept)
	check "is deleted" k delete volumesnapshot kept --timeout=20s
	check "its content stays" k get volumesnapshotcontent "$n"
	check "and the driver's" in_driver_is 1
	k patch volumesnapshotcontent "$n" --type=merge -p '{"spec": {"deletionPolicy": "Delete"}}' >/dev/null
	check "until the policy says otherwise" eventually 15 gone volumesnapshotcontent "$n"
	check "..." in_driver_is 0
	snapshot two "$(of data)" c >/dev/null
	check "a snapshot" eventually 15 ready two
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: restore}, spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 32Mi}},
	  dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: two}}}
	Y
	k delete volumesnapshot two --wait=false >/dev/null
	check "that a claim is being made of stays" eventually 10 says two '^SnapshotDeletePending: Snapshot is being used to restore a PVC: restore$'
	check "..." is volumesnapshot two '.metadata.finalizers | length' 2
	k delete pvc restore >/dev/null
	check "and goes when the claim has gone" eventually 15 gone volumesnapshot two
	check "..." in_driver_is 0
fi

if wanted given; then
	id=$("$tool" "$S" Controller/CreateSnapshot "{\"name\": \"old\", \"source_volume_id\": \"$h\"}" | jq -r .snapshot.snapshot_id)
	snapshot old 'volumeSnapshotContentName: old-content' >/dev/null
	check "a content that is not there" eventually 10 says old '^SnapshotContentMissing: '
	k create -f - >/dev/null <<-Y
	{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotContent, metadata: {name: old-content}, spec: {deletionPolicy: Delete, driver: $D, source: {snapshotHandle: $id},
	  volumeSnapshotRef: {namespace: default, name: old}}}
	Y
	check "one of a snapshot that is there before" eventually 15 ready old
	check "the two are bound" is volumesnapshotcontent old-content .spec.volumeSnapshotRef.uid "$(field volumesnapshot old .metadata.uid)"
	check "its error is gone" is volumesnapshot old .status.error null
	check "its size is the driver's" is volumesnapshot old .status.restoreSize 32Mi
	snapshot thief 'volumeSnapshotContentName: old-content' >/dev/null
	check "another cannot have it" eventually 10 says thief '^SnapshotContentMisbound: VolumeSnapshotContent \[old-content\] is bound to a different snapshot'
	k delete volumesnapshot thief --timeout=20s >/dev/null
	check "which takes nothing along" k get volumesnapshotcontent old-content
	check "deleted, it is gone" k delete volumesnapshot old --timeout=20s
	check "..." gone volumesnapshotcontent old-content
	check "..." in_driver_is 0
fi

if wanted errors; then
	class other other.test Delete
	snapshot wrong "$(of data)" other >/dev/null
	check "a class of another driver" eventually 10 says wrong "class other is of driver other.test, and the volume of $D"
	snapshot noclass "$(of data)" missing >/dev/null
	check "a class that is not there" eventually 10 says noclass '^GetSnapshotClassFailed: .*"missing" not found'
	class missing $D Delete
	check "and then is" eventually 15 ready noclass
	class c2 $D Delete true
	snapshot many "$(of data)" >/dev/null
	check "two default classes" eventually 10 says many '^SetDefaultSnapshotClassFailed: .*2 default snapshot classes were found'
	k delete volumesnapshotclass c2 >/dev/null
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: later}, spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 1Mi}}}}
	Y
	snapshot early "$(of later)" keep >/dev/null
	check "a claim that is not bound" eventually 10 says early 'the PVC later is not yet bound to a PV'
	k delete volumesnapshot wrong noclass many early --timeout=20s >/dev/null
	check "nothing is left" eventually 10 in_driver_is 0
fi

if wanted faults; then
	echo "CreateSnapshot error INTERNAL" >"$FAULTS"
	snapshot bad "$(of data)" c >/dev/null
	check "a driver's error is in the content's events" eventually 15 says "snapcontent-$(field volumesnapshot bad .metadata.uid)" '^SnapshotCreationFailed: Failed to create snapshot: '
	why() { field volumesnapshot bad .status.error.message | grep -q 'Failed to create snapshot'; }
	check "... and in the snapshot" eventually 10 why
	held() { field pvc data '.metadata.finalizers | join(",")' | grep -q pvc-as-source-protection; }
	check "the claim is held meanwhile" held
	n=$(asked CreateSnapshot | wc -l)
	sleep 4
	check "the driver is not asked again and again" [ $(($(asked CreateSnapshot | wc -l) - n)) -le 4 ]
	: >"$FAULTS"
	check "it is tried again" eventually 70 ready bad
	check "and the error is gone" is volumesnapshot bad .status.error null
	echo "DeleteSnapshot error-after INTERNAL times=1" >"$FAULTS"
	check "a deletion that fails is done again" k delete volumesnapshot bad --timeout=60s
	check "..." in_driver_is 0
	echo "CreateSnapshot twice times=1" >"$FAULTS"
	snapshot three "$(of data)" c >/dev/null
	check "success twice" eventually 15 ready three
	check "is one snapshot" in_driver_is 1
	k delete volumesnapshot three --timeout=20s >/dev/null
	echo "CreateSnapshot hang-after times=1" >"$FAULTS"
	snapshot hang "$(of data)" c >/dev/null
	made() { in_driver_is 1; }
	check "a call that is done and not answered" eventually 15 made
	k delete volumesnapshot hang --wait=false >/dev/null
	check "of a snapshot that is deleted meanwhile" eventually 120 gone volumesnapshot hang
	check "leaves nothing" in_driver_is 0
	: >"$FAULTS"
fi

if wanted kill; then
	echo "CreateSnapshot hang-after times=1" >"$FAULTS"
	snapshot again "$(of data)" c >/dev/null
	made() { in_driver_is 1; }
	check "the driver has made it, and does not answer" eventually 15 made
	kill -KILL "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"
	check "after kill -9 it is asked again" eventually 40 ready again
	check "there is one" in_driver_is 1
	k delete volumesnapshot again --wait=false >/dev/null
	kill -KILL "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"
	eventually 30 k get ns >/dev/null
	check "deletion goes on after kill -9" eventually 40 gone volumesnapshot again
	check "there is none" in_driver_is 0
fi
if wanted restore; then
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: csi}, provisioner: $D}
	Y
	claim() { # claim NAME [SOURCE]
		k create -f - >/dev/null <<-Y
		{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: $1}, spec: {accessModes: [ReadWriteOnce], storageClassName: csi, resources: {requests: {storage: 32Mi}}${2:+, dataSource: $2}}}
		Y
	}
	handle() { k get pv "$(field pvc "$1" .spec.volumeName)" -o 'jsonpath={.spec.csi.volumeHandle}'; }
	is_bound() { is pvc "$1" .status.phase Bound; }
	claim origin
	check "a claim of the driver's class is bound" eventually 20 is_bound origin
	echo before >"$T/state/data/$(handle origin)/file"
	snapshot keepsake "$(of origin)" keep >/dev/null
	check "its snapshot" eventually 15 ready keepsake
	echo after >"$T/state/data/$(handle origin)/file"
	claim copy '{apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: keepsake}'
	check "a claim of the snapshot is bound" eventually 20 is_bound copy || k describe pvc copy
	expect "and has what was there then" '^before$' cat "$T/state/data/$(handle copy)/file"
	check "the snapshot goes" k delete volumesnapshot keepsake --timeout=20s
fi
exit $lib_failed
