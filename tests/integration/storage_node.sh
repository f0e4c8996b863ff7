#!/bin/bash
# The node's side of volumes with real pods: static volumes of every kind that needs no server, a program as a plug-in, agents that are killed, what is busy, what is
# gone, growth, statistics. NODEVOL_PARTS="static block" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
parts=${NODEVOL_PARTS:-static block plugin busy killed killall}
wanted() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
IMAGE=localhost:5000/toolbox:1.0
node_add n1 192.168.77.1
PROVISIONERS=$T/n1/data/provisioners KUBELET=$T/n1/data/kubelet RECORDS=$T/n1/data/volumes
loops= # devices of ours: the whole machine's
nodevol_cleanup() {
	local d
	in_node n1 umount -q -R -l "$KUBELET" 2>/dev/null
	for d in $loops; do losetup -d "$d" 2>/dev/null; done
	lib_cleanup
}
trap nodevol_cleanup EXIT
server_with_images n1
says() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' >"$T/says"; grep -E -- "$2" "$T/says"; }
# volume NAME SOURCE [FIELDS]: a PersistentVolume of this node and its claim; flow YAML
volume() {
	cat <<-Y | k create -f - >/dev/null
	apiVersion: v1
	kind: List
	items:
	- {apiVersion: v1, kind: PersistentVolume, metadata: {name: pv-$1}, spec: {capacity: {storage: 10Mi}, accessModes: [${4:-ReadWriteOnce}], storageClassName: "", persistentVolumeReclaimPolicy: Retain,
	   claimRef: {namespace: default, name: $1}, $2 ${3:+, $3},
	   nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n1]}]}]}}}}
	- {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: $1}, spec: {accessModes: [${4:-ReadWriteOnce}], storageClassName: "", volumeName: pv-$1, ${5:+$5,} resources: {requests: {storage: 10Mi}}}}
	Y
}
# pod NAME CLAIM COMMAND [MOUNT [POD [CLAIMFIELDS [CONTAINER]]]]: flow YAML
pod() {
	local mounts=${7:-}
	[ -n "$mounts" ] || mounts="volumeMounts: [{name: v, mountPath: /v${4:+, $4}}]"
	cat <<-Y | k create -f - >/dev/null
	apiVersion: v1
	kind: Pod
	metadata: {name: $1}
	spec: {terminationGracePeriodSeconds: 1, restartPolicy: Never, ${5:+$5,}
	  containers: [{name: c, image: "$IMAGE", command: [sh, -c, '$3'], $mounts}],
	  volumes: [{name: v, persistentVolumeClaim: {claimName: $2 ${6:+, $6}}}]}
	Y
}
phase() { [ "$(k get pod "$1" -o 'jsonpath={.status.phase}')" = "$2" ]; }
done_well() { eventually 30 phase "$1" Succeeded || { k describe pod "$1" | tail -15; k logs "$1"; return 1; }; }
drop() { k delete pod "$@" --timeout=30s >/dev/null; }
uid_of() { k get pod "$1" -o 'jsonpath={.metadata.uid}'; }
mounts() { in_node n1 grep -cF "$1" /proc/self/mountinfo; } # mounts WHERE
none_at() { [ "$(mounts "$1")" = 0 ]; }
no_records() { [ -z "$(find "$RECORDS" -name '*.json')" ] || { find "$RECORDS" -name '*.json' -exec cat {} +; return 1; }; }
clean() { eventually 20 none_at "$KUBELET/" && eventually 10 no_records; }
restart() { # restart: the whole server, killed at once
	kill -9 "$(minik_main_pid n1)"
	wait "$minik_pid" 2>/dev/null
	[ -z "${1:-}" ] || "$1"
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"
	eventually 30 k get --raw /readyz >/dev/null
}

if wanted static; then
	mkdir -p "$T/host" "$T/dir"
	echo outside >"$T/secret"
	volume host "hostPath: {path: $T/host}"
	pod h1 host 'echo hello >/v/file'
	check "a hostPath volume is written" done_well h1
	check "the file is the host's" grep -q hello "$T/host/file"
	volume typed "hostPath: {path: $T/host/none, type: Directory}"
	pod h2 typed true
	check "a hostPath of the wrong type is told" eventually 10 says h2 'FailedMount.*path .*none'
	volume dir "local: {path: $T/dir}"
	pod l1 dir 'id; touch /v/a; mkdir /v/sub; stat -c "%g %a" /v; sleep 1000' "" "securityContext: {fsGroup: 4321, runAsUser: 1000}"
	check "a local volume runs" eventually 30 phase l1 Running
	owned() { k logs l1 | grep -E '^4321 277[05]$'; }
	check "fsGroup owns it" eventually 10 owned
	uid=$(uid_of l1)
	expect "it is mounted where kubelet does" "$KUBELET/pods/$uid/volumes/kubernetes.io~local-volume/pv-dir " in_node n1 cat /proc/self/mountinfo
	expect "the record is on disk" '"member":"local"' cat "$RECORDS/pods/$uid/v.json"
	ln -s "$T" "$T/dir/evil"
	pod l2 dir 'cat /v/secret' 'subPath: evil'
	check "a subPath that leads out of the volume is refused" eventually 20 says l2 'Failed.*subPath'
	pod l3 dir 'touch /v/b && exit 1; grep -q " /v .*ro" /proc/self/mountinfo' "" "" 'readOnly: true'
	check "readOnly claims are mounted read-only" done_well l3
	pod l4 dir 'touch /v/inside' 'subPath: sub'
	check "a subPath" done_well l4
	check "is in the volume" test -e "$T/dir/sub/inside"
	mkdir "$T/once"
	volume once "local: {path: $T/once}" "" ReadWriteOncePod
	pod o1 once 'sleep 1000' "" "nodeName: n1"
	check "a volume for one pod" eventually 30 phase o1 Running
	pod o2 once true "" "nodeName: n1"
	check "is not for a second one" eventually 20 says o2 'ReadWriteOncePod access mode and is already in use by another pod'
	drop o1
	check "until the first is gone" done_well o2
	volume other 'fc: {targetWWNs: ["500a0982991b8dc5"], lun: 2}'
	pod u1 other true "" "nodeName: n1"
	check "what is not supported is named" eventually 20 says u1 'volume plug-in fc is not supported'
	volume iscsi 'iscsi: {targetPortal: "127.0.0.1:9", iqn: "iqn.2026-01.test:none", lun: 0}'
	pod i1 iscsi true "" "nodeName: n1"
	check "an iSCSI volume that cannot be had is told" eventually 20 says i1 'install open-iscsi|iscsiadm: '
	check "... and its pod goes" eventually 20 drop i1
	volume nfs 'nfs: {server: 192.0.2.1, path: /x}' 'mountOptions: ["soft,retry=0"]'
	if ! in_node n1 sh -c 'command -v mount.nfs' >/dev/null; then
		pod n1 nfs true "" "nodeName: n1"
		check "what NFS needs is named" eventually 20 says n1 'install nfs-common'
		drop n1
	fi
	drop h1 h2 l1 l2 l3 l4 o2 u1
	check "nothing stays mounted or on record" clean
fi

if wanted block; then
	truncate -s 24M "$T/disk.img"
	if dev=$(losetup --find --show "$T/disk.img" 2>"$T/losetup.err"); then
		loops="$loops $dev"
		volume disk "local: {path: $dev, fsType: ext4}"
		pod b1 disk 'df -k /v | tail -1; echo data >/v/file; sync; sleep 1000'
		check "an empty device is formatted and mounted" eventually 40 phase b1 Running || k describe pod b1
		uid=$(uid_of b1)
		expect "as ext4, once for the node" "kubernetes.io/minik/local/[0-9a-f]+/globalmount .* ext4 $dev" in_node n1 cat /proc/self/mountinfo
		pod b2 disk 'cat /v/file'
		check "a second pod shares the device" done_well b2
		expect "and its data" '^data$' k logs b2
		check "one staging" test "$(mounts globalmount)" = 1
		summary() { k get --raw /api/v1/nodes/n1/proxy/stats/summary | jq -c '.pods[].volume[]? | select(.pvcRef.name == "disk")' | head -1; }
		expect "statistics" '"capacityBytes":[0-9]{8}.*"pvcRef":\{"name":"disk","namespace":"default"\}' summary
		expect "metrics" '^kubelet_volume_stats_capacity_bytes\{namespace="default",persistentvolumeclaim="disk"\} [0-9]{8}' k get --raw /api/v1/nodes/n1/proxy/metrics
		# Growth: what an external controller would have done.
		truncate -s 64M "$T/disk.img"; losetup -c "$dev"
		k patch pv pv-disk --type=merge -p '{"spec": {"capacity": {"storage": "60Mi"}}}' >/dev/null
		k patch pvc disk --subresource=status --type=merge -p '{"status": {"conditions": [{"type": "FileSystemResizePending", "status": "True"}]}}' >/dev/null
		grown() { [ "$(k get pvc disk -o 'jsonpath={.status.capacity.storage}')" = 60Mi ]; }
		if [ $((0x$(awk '/^CapEff/ {print $2}' /proc/self/status) >> 24 & 1)) = 1 ]; then
			check "the claim grows" eventually 20 grown || k get pvc disk -o yaml
			check "an event says so" eventually 20 says b1 'FileSystemResizeSuccessful: MountVolume.NodeExpandVolume succeeded for volume "pv-disk"'
			expect "no condition stays" '^(\[\])?$' k get pvc disk -o 'jsonpath={.status.conditions}'
			expect "the file system is larger, and was not unmounted" '^5[0-9]{4}|^6[0-9]{4}' k exec b1 -- sh -c "df -k /v | awk 'END {print \$2}'"
		else
			skip "a file system that grows while it is mounted" "this sandbox has no CAP_SYS_RESOURCE, which ext4 asks for"
			check "what cannot grow is told" eventually 20 says b1 'VolumeResizeFailed.*cannot grow the file system'
		fi
		drop b1 b2
		check "nothing stays mounted or on record" clean
		k delete pvc disk >/dev/null; k delete pv pv-disk >/dev/null
		volume raw "local: {path: $dev}" "volumeMode: Block" ReadWriteOnce "volumeMode: Block"
		pod r1 raw 'stat -c %F /dev/xvda; dd if=/dev/xvda bs=1024 skip=1 count=1 2>/dev/null | wc -c; echo new | dd of=/dev/xvda bs=512 seek=2000 conv=fsync 2>/dev/null && dd if=/dev/xvda bs=512 skip=2000 count=1 2>/dev/null | head -c 3; echo; mknod /dev/none b '"$(mountpoint -d / | tr : " ")"' 2>/dev/null; head -c1 /dev/none >/dev/null 2>&1 && echo leak; true' "" "" "" 'volumeDevices: [{name: v, devicePath: /dev/xvda}]'
		check "a block volume in a container" done_well r1
		expect "is a device" '^block special file$' k logs r1
		expect "can be read" '^1024$' k logs r1
		expect "and written" '^new$' k logs r1
		leaks() { k logs r1 | grep -c leak; }
		expect "no other device" '^0$' leaks
		pod r2 raw true
		check "a block volume is no file system" eventually 20 says r2 'volumeMode Block and cannot be used in volumeMounts'
		drop r1 r2
		dd if=/dev/urandom of="$dev" bs=1M count=1 2>/dev/null; wipefs -aq "$dev"; mkfs.ext2 -q -F "$dev"
		volume wrong "local: {path: $dev, fsType: xfs}"
		pod w1 wrong true
		check "a device with another file system is not formatted over" eventually 20 says w1 'holds ext2, not xfs: it is not formatted over'
		drop w1
		check "nothing stays mounted or on record" clean
	else
		skip "block volumes" "no loop device can be had: $(head -1 "$T/losetup.err")"
	fi
fi

# A program that stages a tmpfs and binds it.
program() {
	mkdir -p "$PROVISIONERS/test.minik"
	cat >"$T/program" <<-'P'
	#!/bin/bash
	PATH=/usr/sbin:/usr/bin:/sbin:/bin
	req=$(cat); f() { printf '%s' "$req" | jq -r "$1 // empty"; }
	echo "$1 $(f .handle) $(f .targetPath) $(f .stagingPath) $(f .readOnly) $(f .secrets.key)" >>LOG
	case $1 in
	capabilities) echo '{"operations": ["stage", "unstage", "publish", "unpublish", "stats", "node-expand"]}' ;;
	stage) mountpoint -q "$(f .stagingPath)" || mount -t tmpfs -o size=8m tmpfs "$(f .stagingPath)"; echo '{}' ;;
	unstage) umount -q "$(f .stagingPath)"; echo '{}' ;;
	publish) mkdir -p "$(f .targetPath)"; mountpoint -q "$(f .targetPath)" || mount --bind "$(f .stagingPath)" "$(f .targetPath)"; echo '{}' ;;
	unpublish)
		if mountpoint -q "$(f .targetPath)" && ! why=$(umount "$(f .targetPath)" 2>&1); then
			printf '{"error": {"code": "FAILED_PRECONDITION", "message": "device is busy"}}'; exit 1
		fi
		rmdir "$(f .targetPath)" 2>/dev/null; echo '{}' ;;
	stats) echo '{"bytes": {"total": 8388608, "used": 4096, "available": 8384512}, "inodes": {"total": 10, "used": 1, "available": 9}}' ;;
	node-expand) mount -o remount,size="$(f .capacityBytes)" "$(f .stagingPath)"; echo "{\"capacityBytes\": $(f .capacityBytes)}" ;;
	*) exit 3 ;;
	esac
	P
	sed -i "s,LOG,$T/program.log," "$T/program"; chmod 755 "$T/program"
	: >"$T/program.log"
	cp "$T/program" "$PROVISIONERS/test.minik/.new" && mv "$PROVISIONERS/test.minik/.new" "$PROVISIONERS/test.minik/dir"
	eventually 10 grep -q capabilities "$T/program.log"
}
flex='flexVolume: {driver: test.minik/dir, secretRef: {name: key, namespace: default}, options: {volumeHandle: h-'
calls() { grep -c "^$1 " "$T/program.log"; }

if wanted plugin || wanted busy || wanted killed; then
	check "the program is asked" program
	k create secret generic key --from-literal=key=s3cret >/dev/null
fi

if wanted plugin; then
	volume p "${flex}p}}"
	pod p1 p 'echo data >/v/file; sleep 1000'
	check "a program's volume" eventually 30 phase p1 Running || k describe pod p1
	expect "staged with its Secret" '^stage h-p .*globalmount.* s3cret' cat "$T/program.log"
	pod p2 p 'cat /v/file'
	check "is shared by pods of the node" done_well p2
	expect "with its data" '^data$' k logs p2
	check "and staged once" test "$(mounts globalmount)" = 1
	stats() { k get --raw /api/v1/nodes/n1/proxy/stats/summary | jq -c '.pods[].volume[]? | select(.pvcRef.name == "p")' | head -1; }
	expect "its own statistics" '"availableBytes":8384512,"capacityBytes":8388608,"usedBytes":4096' stats
	n=$(calls stats); stats >/dev/null
	check "are not asked for again at once" test "$(calls stats)" = "$n"
	k patch pv pv-p --type=merge -p '{"spec": {"capacity": {"storage": "16Mi"}}}' >/dev/null
	k patch pvc p --subresource=status --type=merge -p '{"status": {"conditions": [{"type": "FileSystemResizePending", "status": "True"}]}}' >/dev/null
	grown() { [ "$(k get pvc p -o 'jsonpath={.status.capacity.storage}')" = 16Mi ]; }
	check "it grows by the program" eventually 20 grown
	expect "in the pod" '^16384$' k exec p1 -- sh -c "df -k /v | awk 'END {print \$2}'"
	drop p2
	check "one pod's end does not unstage it" test "$(mounts globalmount)" = 1
	# Gone when it is needed.
	mv "$PROVISIONERS/test.minik/dir" "$T/aside"
	k delete pod p1 --wait=false >/dev/null
	check "a pod whose plug-in is gone says what it waits for" eventually 20 says p1 'plug-in test.minik/dir is not on this node'
	check "and keeps what is mounted" test "$(mounts globalmount)" = 1
	mv "$T/aside" "$PROVISIONERS/test.minik/dir"
	check "it goes on when the plug-in comes back" eventually 10 none_at globalmount
	check "the pod goes" k wait --for=delete pod/p1 --timeout=20s
	check "nothing stays mounted or on record" clean
	volume late 'flexVolume: {driver: test.minik/late, options: {volumeHandle: x}}'
	pod q1 late true
	check "a pod waits for a plug-in that is not there" eventually 20 says q1 'waits for plug-in test.minik/late'
	cp "$T/program" "$PROVISIONERS/test.minik/late"
	check "and runs when it comes" done_well q1
	drop q1
	rm "$PROVISIONERS/test.minik/late"
fi

if wanted busy; then
	mkdir "$T/busy"
	volume busy "local: {path: $T/busy}"
	pod y1 busy 'sleep 1000'
	eventually 30 phase y1 Running
	at=$KUBELET/pods/$(uid_of y1)/volumes/kubernetes.io~local-volume/pv-busy
	in_node_exec n1 sh -c "cd '$at' && exec sleep 1000" &
	holder=$!; lib_pids="$lib_pids $holder"
	held() { [ "$(readlink "/proc/$holder/cwd")" = "$at" ]; }
	eventually 5 held
	k delete pod y1 --wait=false >/dev/null
	check "who holds a volume is named" eventually 20 says y1 "is in use by pid $holder \\(sleep\\)"
	kill "$holder"
	check "and it goes when he does" k wait --for=delete pod/y1 --timeout=30s
	check "nothing stays mounted or on record" clean
fi

if wanted killed; then
	mkdir "$T/k"
	volume k1 "local: {path: $T/k}"
	volume k2 "${flex}k2}}"
	pod k1 k1 'sleep 1000'
	pod k2 k2 'sleep 1000'
	pod k3 k2 'sleep 1000'
	for p in k1 k2 k3; do eventually 30 phase $p Running || k describe pod $p; done
	uid=$(uid_of k2)
	restart
	check "volumes are there after a kill" test "$(mounts globalmount)" = 1
	check "pods go on" phase k2 Running
	drop k2
	check "a pod's volume is let go of by the new agent" none_at "$KUBELET/pods/$uid/"
	check "another's is not" test "$(mounts globalmount)" = 1
	# Deleted while no agent runs: what the new one finds is records alone.
	forgets() { rm -rf "$T/n1/run/pods"; }
	k delete pod k1 k3 --force --grace-period=0 >/dev/null 2>&1
	restart forgets
	check "what is left of pods that are gone is found by records" clean
	# A reboot: nothing is mounted, and the run-dir is empty.
	pod k4 k2 'sleep 1000'
	eventually 30 phase k4 Running
	lost() { in_node n1 umount -R -l "$KUBELET" 2>/dev/null; in_node n1 sh -c "grep -F '$KUBELET/' /proc/self/mountinfo | cut -d' ' -f5 | sort -r | xargs -r -n1 umount -l"; }
	restart lost
	drop k4
	check "records of what is not mounted any more go, too" clean
fi

if wanted killall; then
	[ -n "$(calls x 2>/dev/null)" ] || program
	k get secret key >/dev/null 2>&1 || k create secret generic key --from-literal=key=s3cret >/dev/null
	mkdir -p "$T/ka"
	volume ka "local: {path: $T/ka}"
	volume kb "${flex}kb}}"
	pod ka ka 'sleep 1000'; pod kb kb 'sleep 1000'
	for p in ka kb; do eventually 30 phase $p Running || k describe pod $p; done
	k get pvc iscsi >/dev/null 2>&1 || volume iscsi 'iscsi: {targetPortal: "127.0.0.1:9", iqn: "iqn.2026-01.test:none", lun: 0}'
	pod i2 iscsi true "" "nodeName: n1"
	eventually 20 says i2 'install open-iscsi|iscsiadm: ' >/dev/null
	# shellcheck disable=SC2046
	check "killall" in_node n1 "$MINIK" killall $(minik_flags n1 | sed 's/--config .*//' ) --config "$T/n1/config.yaml"
	check "leaves no mount" none_at "$KUBELET/"
	check "and no record" no_records
fi
