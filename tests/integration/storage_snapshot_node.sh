#!/bin/bash
# Snapshots and clones of local-path volumes on any node: a server and an agent, who makes what, restores on the right node, kill -9 of the agent at each step,
# a full disk, contents that were there before. SNAPSHOT_PARTS="agent kill" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
IMAGE=localhost:5000/toolbox:1.0
wanted() { case " ${SNAPSHOT_PARTS:-$1} " in *" $1 "*) ;; *) return 1 ;; esac; }
field() { k get "$1" "$2" -o json | jq -r "$3"; } # field KIND NAME FILTER
is() { [ "$(field "$1" "$2" "$3")" = "$4" ]; }
gone() { ! k get "$@" >/dev/null 2>&1; }
says() { k get events -A --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' | grep -E -- "$2"; }
usable() { is volumesnapshot "$1" .status.readyToUse true; }
content() { field volumesnapshot "$1" .status.boundVolumeSnapshotContentName; }
phase() { is pod "$1" .status.phase "$2"; }
claim() { # claim NAME SIZE CLASS [SOURCE]
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: $1}, spec: {accessModes: [ReadWriteOnce], storageClassName: $3, resources: {requests: {storage: $2}}${4:+, dataSource: $4}}}
	Y
}
pod() { # pod NAME CLAIM COMMAND [NODE]
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: Pod, metadata: {name: $1}, spec: {restartPolicy: Never, terminationGracePeriodSeconds: 0, ${4:+nodeSelector: {kubernetes.io/hostname: $4\},}
	  volumes: [{name: v, persistentVolumeClaim: {claimName: $2}}], containers: [{name: c, image: "$IMAGE", command: [sh, -c, '$3'], volumeMounts: [{name: v, mountPath: /v}]}]}}
	Y
}
snapshot() { # snapshot NAME SOURCE [CLASS]: source as flow YAML
	k create -f - >/dev/null <<-Y
	{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name: $1}, spec: {source: {$2}${3:+, volumeSnapshotClassName: $3}}}
	Y
}
of() { echo "persistentVolumeClaimName: $1"; }
from() { echo "{apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: $1}"; }
snapshots_of() { find "$T/$1/data/storage/.minik/snapshots" "$T/$1/data/storage/.minik/snapshot-records" -mindepth 1 -maxdepth 1; } # two for each
has_snapshots() { [ "$(snapshots_of "$1" | wc -l)" = $(($2 * 2)) ] || { snapshots_of "$1"; return 1; }; }
loops() { grep -l "^$T" /sys/block/loop*/loop/backing_file 2>/dev/null; }
clean() {
	local left n
	left=$(for n in n1 n2; do
		find "$T/$n/data/storage" -mindepth 1 -maxdepth 1 -not -name .minik -not -name journal
		find "$T/$n/data/storage/.minik" "$T/$n/data/storage/journal" -mindepth 2
		in_node $n awk -v d="$T/$n/data/" 'index($5, d) == 1 && $5 ~ /storage|kubelet/ {print $5}' /proc/self/mountinfo
	done; loops)
	[ -z "$left" ] || { echo "$left"; return 1; }
}
agent_start() { minik_start n2 agent --server https://192.168.77.1:6443 --token "$token" "$@"; agent=$minik_pid; }
agent_kill() { kill -KILL "$(minik_main_pid n2)"; wait "$agent" 2>/dev/null; }
both_ready() { [ "$(k get nodes | grep -cw Ready)" = 2 ]; }
drop() { # drop PODS CLAIMS SNAPSHOTS: what there is of them
	[ -z "$1" ] || k delete pod $1 --wait=false >/dev/null
	[ -z "$2" ] || k delete pvc $2 --wait=false >/dev/null
	[ -z "$3" ] || k delete volumesnapshot $3 --wait=false >/dev/null
}

node_add n1 192.168.77.1
node_add n2 192.168.77.2
server_with_images n1
token=$(cat "$T/n1/data/server/token")
mkdir -p "$T/n2/data/images" && cp "$T"/n1/data/images/*.tar "$T/n2/data/images/"
agent_start
check "two nodes" eventually 30 both_ready || exit 1
check "the snapshots' kinds are served" eventually 20 k get volumesnapshots,volumesnapshotcontents,volumesnapshotclasses -A || exit 1
class() { is volumesnapshotclass local-path '.metadata.annotations["snapshot.storage.kubernetes.io/is-default-class"] + " " + .driver + " " + .deletionPolicy' "true minik.io/local-path Delete"; }
check "there is a default class of snapshots" eventually 10 class
k create -f - >/dev/null <<Y
{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotClass, metadata: {name: keep}, driver: minik.io/local-path, deletionPolicy: Retain}
---
{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: now}, provisioner: minik.io/local-path, volumeBindingMode: Immediate}
Y
claim data 32Mi local-path
pod writer data 'echo before >/v/file; sync; sleep 1000' n2
check "a pod writes on the agent's node" eventually 40 phase writer Running || { k describe pod writer | tail -8; k describe pvc data | tail -5; }
written() { [ "$(k exec writer -- cat /v/file 2>/dev/null)" = before ]; }
eventually 10 written

if wanted agent; then
	snapshot one "$(of data)"
	check "a snapshot of its volume" eventually 20 usable one || { k get volumesnapshotcontent -o yaml; exit 1; }
	check "by the default class" is volumesnapshot one .spec.volumeSnapshotClassName local-path
	check "its content says which node has it" is volumesnapshotcontent "$(content one)" '.metadata.labels["minik.io/node"]' n2
	check "it is on that node" has_snapshots n2 1
	check "... and not on the other" has_snapshots n1 0
	check "its size is told" is volumesnapshot one .status.restoreSize 32Mi
	expect "columns" 'one +true +data +32Mi +local-path +snapcontent-' k get volumesnapshot one
	expect "columns of its content" 'snapcontent-[^ ]+ +true +33554432 +Delete +minik.io/local-path +local-path +one +default' k get volumesnapshotcontent "$(content one)"
	done_with() { is volumesnapshotcontent "$(content one)" '.metadata.annotations["snapshot.storage.kubernetes.io/volumesnapshot-being-created"]' null; }
	check "no mark of its making is left" eventually 10 done_with
	released() { is pvc data '.metadata.finalizers | join(",")' kubernetes.io/pvc-protection; }
	check "the claim is not held any more" eventually 10 released
	k exec writer -- sh -c 'echo after >/v/file'
	claim copy 32Mi local-path "$(from one)"
	pod reader copy 'cat /v/file; sleep 1000'
	check "a claim of it, with a pod that may go anywhere" eventually 40 phase reader Running || { k describe pod reader | tail -8; k describe pvc copy | tail -8; }
	check "... is made where the snapshot is" is pod reader .spec.nodeName n2
	reads() { [ "$(k logs "$1")" = "$2" ]; }
	check "... with what was there then" eventually 10 reads reader before
	claim twin 32Mi local-path '{kind: PersistentVolumeClaim, name: data}'
	pod twin twin 'cat /v/file; sleep 1000'
	check "a clone of the claim" eventually 40 phase twin Running || { k describe pod twin | tail -8; k describe pvc twin | tail -8; }
	check "... on its node, too" is pod twin .spec.nodeName n2
	check "... with what is there now" eventually 10 reads twin after
	claim at-once 32Mi now "$(from one)"
	bound() { is pvc "$1" .status.phase Bound; }
	check "a claim of it that does not wait for a pod" eventually 20 bound at-once || k describe pvc at-once | tail -8
	at_n2() { k get pv "$(field pvc at-once .spec.volumeName)" -o json | jq -e '[.. | objects | select(.key? == "kubernetes.io/hostname") | .values[]] == ["n2"]'; }
	check "... on that node" at_n2
	claim elsewhere 32Mi local-path "$(from one)"
	pod elsewhere elsewhere 'sleep 1000' n1
	check "a pod that may only go to the other node waits" eventually 20 says elsewhere "FailedScheduling: .*didn't find available persistent volumes to bind, claim elsewhere is made of what lies on node n2"
	claim small 16Mi local-path "$(from one)"
	pod small small 'sleep 1000'
	check "a claim that is too small is told so" eventually 20 says small 'ProvisioningFailed: .*requested volume size 16Mi is less than the size 32Mi for the source snapshot one'
	drop "elsewhere small reader twin" "elsewhere small copy twin at-once" ""
	check "a snapshot outlives the claims made of it" eventually 30 gone pvc copy twin
	check "deleted" k delete volumesnapshot one --timeout=30s
	check "... it is gone on its node" eventually 10 has_snapshots n2 0

	snapshot kept "$(of data)" keep
	check "one by a class that keeps" eventually 20 usable kept
	n=$(content kept) handle=$(field volumesnapshotcontent "$(content kept)" .status.snapshotHandle)
	check "... is deleted" k delete volumesnapshot kept --timeout=20s
	check "... stays on its node" has_snapshots n2 1
	k delete volumesnapshotcontent "$n" --timeout=20s >/dev/null
	check "... also when its content goes" has_snapshots n2 1
	k create -f - >/dev/null <<-Y
	{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotContent, metadata: {name: given, labels: {minik.io/node: n2}}, spec: {deletionPolicy: Delete, driver: minik.io/local-path,
	  source: {snapshotHandle: $handle}, volumeSnapshotRef: {namespace: default, name: given}}}
	---
	{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotContent, metadata: {name: lost}, spec: {deletionPolicy: Delete, driver: minik.io/local-path,
	  source: {snapshotHandle: $handle}, volumeSnapshotRef: {namespace: default, name: lost}}}
	Y
	snapshot given 'volumeSnapshotContentName: given'
	check "a content of a snapshot that is there, with its node" eventually 20 usable given || k get volumesnapshotcontent given -o yaml
	check "... has its size" is volumesnapshot given .status.restoreSize 32Mi
	snapshot lost 'volumeSnapshotContentName: lost'
	check "without the node it is looked for on the server's" eventually 20 says lost "SnapshotContentCheckandUpdateFailed: .*is not on node n1"
	k delete volumesnapshot lost --timeout=20s >/dev/null
	check "... which takes nothing along" has_snapshots n2 1
	k delete volumesnapshot given --timeout=20s >/dev/null
	check "deleted by its policy it is gone" eventually 10 has_snapshots n2 0

	# the server's own node, by the same way
	claim own 16Mi local-path
	pod own own 'echo own >/v/file; sync; sleep 1000' n1
	check "a pod on the server's node" eventually 40 phase own Running
	snapshot own "$(of own)"
	check "... its snapshot" eventually 20 usable own
	check "... is there" has_snapshots n1 1
	claim own-copy 16Mi local-path "$(from own)"
	pod own-copy own-copy 'cat /v/file; sleep 1000'
	check "... and a claim of it, too" eventually 40 phase own-copy Running
	check "... on that node" is pod own-copy .spec.nodeName n1
	check "... reads it" eventually 10 reads own-copy own
	drop "own own-copy" "own own-copy" own
	check "... and goes" eventually 30 has_snapshots n1 0
fi

if wanted away; then
	snapshot away "$(of data)"
	eventually 20 usable away
	n=$(content away)
	agent_kill
	k delete volumesnapshot away --wait=false >/dev/null
	snapshot later "$(of data)"
	marked() { is volumesnapshotcontent "$n" '.metadata.annotations["snapshot.storage.kubernetes.io/volumesnapshot-being-deleted"]' yes; }
	check "while the node is away a deletion waits" eventually 10 marked
	check "... and so does a new one" k get volumesnapshotcontent "$n"
	agent_start
	check "when it is back the one goes" eventually 40 gone volumesnapshotcontent "$n"
	check "... and the other comes" eventually 40 usable later
	check "... there is one" has_snapshots n2 1
	k delete volumesnapshot later --timeout=30s >/dev/null
fi

if wanted full; then
	in_node n2 mount -t tmpfs -o size=256k tmpfs "$T/n2/data/storage/.minik/snapshots"
	k exec writer -- sh -c 'dd if=/dev/urandom of=/v/big bs=64k count=16 2>/dev/null; sync'
	snapshot full "$(of data)"
	why() { field volumesnapshot full .status.error.message | grep "no space left in .* for a copy of"; }
	check "a disk that is full is told in the snapshot" eventually 20 why || k get volumesnapshot,volumesnapshotcontent -o yaml
	check "... and in an event" says "$(content full)" '^SnapshotCreationFailed: Failed to create snapshot: .*no space left'
	empty() { [ -z "$(in_node n2 ls -A "$T/n2/data/storage/.minik/snapshots" "$T/n2/data/storage/.minik/snapshot-records" | grep snapshot-.*[^:]$)" ]; }
	check "... nothing half made is left" eventually 10 empty
	in_node n2 mount -o remount,size=64m "$T/n2/data/storage/.minik/snapshots"
	check "when there is room it is made" eventually 70 usable full
	check "... and its error is gone" is volumesnapshot full .status.error null
	in_node n2 cmp "$T/n2/data/storage/.minik/snapshots/snapshot-$(field volumesnapshot full .metadata.uid)/big" "$(k get pv "$(field pvc data .spec.volumeName)" -o 'jsonpath={.spec.local.path}')/big" && ok "... with all of it" || not_ok "... with all of it"
	k delete volumesnapshot full --timeout=30s >/dev/null
	in_node n2 umount "$T/n2/data/storage/.minik/snapshots"
	k exec writer -- rm /v/big
fi

# Killed at moments that move through the whole of it: whatever is half done is finished, or leaves nothing.
if wanted kill; then
	bad=0 n=0
	for ms in 0 10 20 30 45 60 80 100 130 170 220 300; do
		n=$((n + 1))
		snapshot "k$n" "$(of data)"
		sleep "$(printf '0.%03d' $ms)"
		agent_kill
		agent_start
		eventually 40 usable "k$n" >/dev/null && has_snapshots n2 1 || { bad=$((bad + 1)); k get volumesnapshotcontent; snapshots_of n2; }
		k delete volumesnapshot "k$n" --wait=false >/dev/null
		sleep "$(printf '0.%03d' $ms)"
		agent_kill
		agent_start
		eventually 40 gone volumesnapshot "k$n" && has_snapshots n2 0 || { bad=$((bad + 1)); k get volumesnapshotcontent -o yaml; snapshots_of n2; }
	done
	[ $bad = 0 ] && ok "$n snapshots made and deleted with kill -9 of the agent between" || not_ok "$n snapshots made and deleted with kill -9 of the agent between" "$bad are not as they should be"
	bad=0 n=0
	for ms in 0 30 80 200; do
		n=$((n + 1))
		snapshot "g$n" "$(of data)"
		sleep "$(printf '0.%03d' $ms)"
		k delete volumesnapshot "g$n" --wait=false >/dev/null
		agent_kill
		agent_start
		eventually 40 gone volumesnapshot "g$n" && eventually 10 has_snapshots n2 0 || { bad=$((bad + 1)); k get volumesnapshotcontent -o yaml; snapshots_of n2; }
	done
	[ $bad = 0 ] && ok "$n deleted while they are made, with kill -9" || not_ok "$n deleted while they are made, with kill -9" "$bad are left"
	snapshot base "$(of data)"
	eventually 30 usable base
	bad=0 n=0
	for ms in 50 150 300 500; do
		n=$((n + 1))
		claim "r$n" 32Mi local-path "$(from base)"
		pod "r$n" "r$n" 'cat /v/file; sleep 1000'
		sleep "$(printf '0.%03d' $ms)"
		agent_kill
		agent_start
		eventually 60 phase "r$n" Running || { bad=$((bad + 1)); k describe pod "r$n" | tail -5; k describe pvc "r$n" | tail -5; }
		drop "r$n" "r$n" ""
		eventually 40 gone pvc "r$n"
	done
	[ $bad = 0 ] && ok "$n claims of a snapshot with kill -9 while they are made" || not_ok "$n claims of a snapshot with kill -9 while they are made" "$bad did not come"
	k delete volumesnapshot base --timeout=30s >/dev/null
fi

drop writer data ""
check "nothing is left on either node" eventually 40 clean
exit $lib_failed
