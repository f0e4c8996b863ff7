#!/bin/bash
# Ceph with a kernel that has rbd and ceph: two machines that are nodes, and on the host, on the same wire, the server and Ceph's daemons. The example of a Pool and class block-service,
# volumes that move, grow, are copied and shared, a node whose power goes while it has images mapped, and what says why when something is wrong. (The plug-ins' calls by themselves:
# tests/integration/storage_ceph.sh.)
# ALONE: two machines and a Ceph cluster on two cores.
. "$(dirname "$0")/lib.sh"
if [ -z "${IN_NETNS:-}" ] && [ "$(id -u)" = 0 ]; then vm_kernel; IN_NETNS=1 exec unshare --net --mount --propagation private "$0" "$@"; fi
. "$(dirname "$0")/lib-cluster.sh"
for t in rbd ceph ceph-mon ceph-osd ceph-mgr ceph-mds ceph-authtool monmaptool jq mkfs.ext4 resize2fs blkid findmnt /usr/bin/python3 mount.ceph; do command -v $t >/dev/null || skip_all "$t is not installed"; done
lab_begin
vm_time begin

# --- Ceph on the host, whose configuration is for this script alone ---
C=$T/ceph mon=192.168.77.254:6789
mkdir -p "$C/mgr" "$C/mds" "$C/osd" "$T/etc-ceph" && mount --bind "$T/etc-ceph" /etc/ceph || skip_all "no folder /etc/ceph to put a configuration in"
fsid=$(cat /proc/sys/kernel/random/uuid)
printf '%s\n' '[global]' "fsid = $fsid" "mon host = $mon" >/etc/ceph/ceph.conf
{ cat /etc/ceph/ceph.conf; cat <<E; } >"$C/ceph.conf"
public network = 192.168.77.0/24
ms bind ipv6 = false
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
osd pool default size = 1
osd pool default min size = 1
osd crush chooseleaf type = 0
osd client watch timeout = 12
mon allow pool size one = true
mon data avail warn = 1
mon data avail crit = 1
run dir = $C
admin socket = $C/\$name.asok
log file = $C/\$name.log
pid file = $C/\$name.pid
keyring = $C/keyring
bluestore block size = 4294967296
mon data = $C/mon
osd data = $C/osd
E
daemon() { # NAME COMMAND...
	local name=$1; shift
	CEPH_CONF=$C/ceph.conf setpriv --pdeathsig KILL -- "$@" -f >"$C/$name.out" 2>&1 &
	lab_pids="$lab_pids $!"
}
ceph_start() {
	local uuid; uuid=$(cat /proc/sys/kernel/random/uuid)
	ceph-authtool --create-keyring "$C/keyring" --gen-key -n mon. --cap mon 'allow *' &&
		ceph-authtool "$C/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' --cap mds 'allow *' &&
		ceph-authtool "$C/keyring" --gen-key -n client.minik --cap mon 'profile rbd' --cap osd 'profile rbd' &&
		ceph-authtool "$C/keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' &&
		monmaptool --create --add a 192.168.77.254 --fsid "$fsid" "$C/monmap" && CEPH_CONF=$C/ceph.conf ceph-mon --mkfs -i a --monmap "$C/monmap" --keyring "$C/keyring" || return 1
	{ echo '[client.admin]'; echo "key = $(ceph-authtool -p -n client.admin "$C/keyring")"; } >/etc/ceph/ceph.client.admin.keyring
	daemon mon ceph-mon -i a
	ceph --connect-timeout 60 auth import -i "$C/keyring" && ceph osd new "$uuid" && CEPH_CONF=$C/ceph.conf ceph-osd -i 0 --mkfs --osd-uuid "$uuid" || return 1
	daemon osd ceph-osd -i 0
	ceph auth get-or-create mgr.x mon 'allow profile mgr' osd 'allow *' mds 'allow *' >"$C/mgr/keyring" &&
		ceph auth get-or-create mds.x mon 'allow profile mds' mgr 'allow profile mds' osd 'allow rwx' mds 'allow *' >"$C/mds/keyring" || return 1
	daemon mgr ceph-mgr -i x --mgr-data="$C/mgr" --keyring="$C/mgr/keyring"
	daemon mds ceph-mds -i x --mds-data="$C/mds" --keyring="$C/mds/keyring"
	ceph osd pool create replicapool 4 && ceph osd pool create meta 4 && ceph osd pool create data 4 && ceph fs new fs meta data &&
		eventually 30 sh -c 'ceph osd stat -f json | grep -q "\"num_up_osds\":1"' && timeout 60 rbd pool init replicapool && eventually 30 sh -c 'ceph fs status fs 2>/dev/null | grep -q active'
}
ceph_start >"$T/ceph.log" 2>&1 || skip_all "Ceph does not start: $(tail -n 3 "$T/ceph.log")"
key=$(ceph-authtool -p -n client.minik "$C/keyring") admin=$(ceph-authtool -p -n client.admin "$C/keyring")
vm_time "Ceph"

# --- the machines: Debian's ceph-common, which is a Python program in part, and the tools of file systems ---
lab_more() {
	local root=$1 more=$T/more version f m programs=
	version=$(ls "$kernel/lib/modules")
	for f in rbd mount.ceph /usr/bin/python3 mkfs.ext4 resize2fs blkid findmnt mount umount modprobe stat; do programs="$programs $(command -v $f)"; done
	f=$(/usr/bin/python3 -c 'import rados; print(rados.__file__)') || return 1
	# shellcheck disable=SC2086
	vm_programs "$more" $programs "$f" || return 1
	mkdir -p "$root/usr" && mv "$more/bin" "$root/usr/bin" && cp -a "$more/." "$root/" || return 1
	cp -L /usr/bin/ceph "$root/usr/bin/ceph"
	m=$(/usr/bin/python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
	mkdir -p "$root$m" "$root/usr/lib/python3/dist-packages" "$root/etc/ceph"
	tar -C "$m" --exclude=test --exclude=idlelib --exclude=tkinter --exclude=lib2to3 --exclude='config-*' --exclude=ensurepip -cf - . | tar -C "$root$m" -xf -
	cp -a /usr/lib/python3/dist-packages/{ceph_argparse.py,ceph_daemon.py,prettytable*,wcwidth*} "$root/usr/lib/python3/dist-packages/" || return 1
	mv "$root/usr/bin/$(basename "$f")" "$root/usr/lib/python3/dist-packages/"
	cp /etc/ceph/ceph.conf /etc/ceph/ceph.client.admin.keyring "$root/etc/ceph/"
	[ ! -e /etc/mke2fs.conf ] || cp /etc/mke2fs.conf "$root/etc/"
	# Nobody loads these at boot: who needs them asks for them.
	for m in rbd ceph; do modprobe -d "$kernel" -S "$version" --show-depends $m; done | awk '$1 == "insmod" {print $2}' | sort -u | while read -r f; do
		install -D -m 644 "$f" "$root/lib/modules/$version/${f#*/lib/modules/"$version"/}" || exit 1
	done
	cp "$kernel/lib/modules/$version"/modules.{order,builtin}* "$root/lib/modules/$version/"
	depmod -b "$root" "$version"
	mkdir -p "$root/sbin" && ln -s /usr/bin/modprobe "$root/sbin/modprobe" # as mount.ceph has it
	mkdir -p "$root/var/lib/minik/provisioners/ceph.rook.io" && ln -s minik.io/ceph-rbd "$root/var/lib/minik/provisioners/ceph.rook.io/block"
}
lab_root 900M
for i in 1 2; do lab_power_on $i 512; done
vm_time "the machines' disks"

# --- the cluster: the server is no node ---
mkdir -p "$T/server"
"$MINIK" server --disable-agent --data-dir "$T/server/data" --run-dir "$T/server/run" --config /dev/null --node-name host --node-ip 192.168.77.254 --disable ingress,local-path --write-kubeconfig "$T/kubeconfig" >"$T/server/log" 2>&1 &
lab_pids="$lab_pids $!"
check "the server starts" eventually 30 k get ns default || { cat "$T/server/log"; exit 1; }
token=$("$MINIK" token create --ttl 1h --data-dir "$T/server/data" --config /dev/null) || { not_ok "a token"; exit 1; }
for i in 1 2; do check "n$i boots" eventually 90 lab_up $i || exit 1; done
for i in 1 2; do lab_start $i "env PATH=/usr/bin:/bin:/sbin minik agent --server https://192.168.77.254:6443 --token $token --node-name n$i --node-ip 192.168.77.$i"; done
all_ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 2 ]; }
check "two nodes" eventually 60 all_ready || { k get nodes; exit 1; }
eventually 30 k get sa default >/dev/null
vm_time "the cluster"

# --- words ---
says() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' >"$T/says"; grep -E -- "$2" "$T/says" || { cat "$T/says"; return 1; }; }
class() { # NAME PROVISIONER PARAMETERS PROVISIONER-SECRET NODE-SECRET
	echo "{\"apiVersion\":\"storage.k8s.io/v1\",\"kind\":\"StorageClass\",\"metadata\":{\"name\":\"$1\"},\"provisioner\":\"$2\",\"allowVolumeExpansion\":true,\"parameters\":{$3,
	\"csi.storage.k8s.io/provisioner-secret-name\":\"$4\",\"csi.storage.k8s.io/provisioner-secret-namespace\":\"default\",
	\"csi.storage.k8s.io/controller-expand-secret-name\":\"$4\",\"csi.storage.k8s.io/controller-expand-secret-namespace\":\"default\",
	\"csi.storage.k8s.io/node-stage-secret-name\":\"$5\",\"csi.storage.k8s.io/node-stage-secret-namespace\":\"default\"}}"
}
claim() { # NAME CLASS SIZE [MODE] [FIELDS]
	echo "{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"$1\"},\"spec\":{\"storageClassName\":\"$2\",\"accessModes\":[\"${4:-ReadWriteOnce}\"],${5:-}\"resources\":{\"requests\":{\"storage\":\"$3\"}}}}"
}
pod() { # NAME NODE CLAIM [COMMAND]: it has the claim at /data; of a block volume, as /disk
	local where='"volumeMounts":[{"name":"v","mountPath":"/data"}]'
	[ "$(k get pvc "$3" -o 'jsonpath={.spec.volumeMode}')" != Block ] || where='"volumeDevices":[{"name":"v","devicePath":"/disk"}]'
	echo "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"$1\"},\"spec\":{\"nodeSelector\":{\"kubernetes.io/hostname\":\"n$2\"},\"terminationGracePeriodSeconds\":0,\"containers\":[{\"name\":\"c\",\"image\":\"localhost:5000/lab:1.0\",
	\"imagePullPolicy\":\"IfNotPresent\",\"command\":[\"sh\",\"-c\",\"${4:-:}; exec sleep 100000\"],$where}],\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{\"claimName\":\"$3\"}}]}}"
}
make() { printf '%s\n' "$@" | k create -f - >/dev/null; }
runs() { k wait --for=condition=Ready "pod/$1" --timeout=$((${2:-60} * patience))s; }
away() { k delete pod "$1" --timeout=$((30 * patience))s; }
bound() { k wait "--for=jsonpath={.status.phase}=Bound" "pvc/$1" --timeout=$((${2:-30} * patience))s; }
capacity() { k wait "--for=jsonpath={.status.capacity.storage}=$2" "pvc/$1" --timeout=$((40 * patience))s; }
in_pod() { local p=$1; shift; k exec "$p" -- sh -c "$*"; }
volume() { k get pvc "$1" -o 'jsonpath={.spec.volumeName}'; }
image() { k get pv "$(volume "$1")" -o 'jsonpath={.spec.flexVolume.options.volumeHandle}' | sed 's/.*#//'; }
size() { rbd info "$1" --format json | jq -r .size; }
free_of_ceph() { # NODE: no device, no mount, no record
	[ -z "$(on $1 'ls /sys/bus/rbd/devices 2>/dev/null; grep -E " - ceph | /dev/rbd" /proc/self/mountinfo; ls /var/lib/minik/storage/ceph /var/lib/minik/volumes/staged 2>/dev/null' | grep -v '^/.*:$' | grep .)" ] || {
		on $1 'ls -R /sys/bus/rbd/devices /var/lib/minik/storage /var/lib/minik/volumes; grep -E "ceph|rbd" /proc/self/mountinfo'; return 1; }
}

# --- what takes long to fail begins now ---
for s in "minik minik $key" "admin admin $admin" "wrong minik $(ceph-authtool --gen-print-key)"; do read -r name id value <<<"$s"; k create secret generic "$name" --from-literal=userID=$id --from-literal=userKey="$value" >/dev/null; done
rbd_of="\"pool\":\"replicapool\",\"monitors\":\"$mon\""
make "$(class rbd minik.io/ceph-rbd "$rbd_of" minik minik)" "$(class cephfs minik.io/cephfs "\"fsName\":\"fs\",\"monitors\":\"$mon\"" admin admin)" \
	"$(class wrong minik.io/ceph-rbd "$rbd_of" wrong wrong)" "$(class wrong-node minik.io/ceph-rbd "$rbd_of" minik wrong)" "$(class wrong-fs minik.io/cephfs "\"fsName\":\"fs\",\"monitors\":\"$mon\"" admin wrong)" \
	"$(class no-pool minik.io/ceph-rbd "\"pool\":\"nowhere\",\"monitors\":\"$mon\"" minik minik)" "$(class no-monitor minik.io/ceph-rbd '"pool":"replicapool","monitors":"192.168.77.250:6789"' minik minik)"
make "$(claim no-monitor no-monitor 1Gi)" "$(claim lost lost 16Mi)" '{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"lost"},"spec":{"storageClassName":"lost","capacity":{"storage":"16Mi"},"accessModes":["ReadWriteOnce"],
	"flexVolume":{"driver":"minik.io/ceph-rbd","options":{"volumeHandle":"192.168.77.250:6789#replicapool/minik-lost"},"secretRef":{"name":"minik","namespace":"default"}}}}'
make "$(pod lost 2 lost)"

# --- the example, as its user writes it ---
k create -f - >/dev/null <<Y
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: pools.ceph.rook.io}
spec:
  group: ceph.rook.io
  scope: Namespaced
  names: {kind: Pool, plural: pools, singular: pool}
  versions:
  - {name: v1beta1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
Y
k wait --for=condition=Established crd/pools.ceph.rook.io --timeout=20s >/dev/null
cat >"$T/example.yaml" <<Y
apiVersion: ceph.rook.io/v1beta1
kind: Pool
metadata:
  name: replicapool
spec:
  replicated:
    size: 3
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: block-service
provisioner: ceph.rook.io/block
parameters:
  pool: replicapool
  clusterNamespace: rook-ceph
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: claim1
spec:
  storageClassName: block-service
  accessModes:
  - ReadWriteOnce
  resources:
    requests:
      storage: 30Gi
Y
check "Pool, class and claim are taken" k create -f "$T/example.yaml"
check "without a provisioner the claim says what it waits for" eventually 10 says claim1 "ExternalProvisioning: .*external provisioner 'ceph.rook.io/block'"
mkdir -p "$T/server/data/provisioners/ceph.rook.io" && ln -s minik.io/ceph-rbd "$T/server/data/provisioners/ceph.rook.io/block"
check "with a link to minik.io/ceph-rbd it is bound" bound claim1 20 || exit 1
image1=$(image claim1)
expect "... to an image of that size" '^32212254720$' size "$image1"
make "$(pod w1 1 claim1 'echo from n1 >/data/f; sync')"
t0=$(now_ms)
check "a pod writes to it" runs w1 || { says w1 .; on 1 'tail -5 /var/log/minik.log'; exit 1; }
echo "# mapped, formatted and mounted after $(($(now_ms) - t0)) ms"
expect "... on a device of the kernel's" '^/dev/rbd[0-9]+ .*/data' in_pod w1 'busybox df | grep /data'
on_device() { on 1 "cat /sys/bus/rbd/devices/*/cluster_fsid /sys/bus/rbd/devices/*/name"; }
expect "... which is that image" "^$fsid ${image1#*/} *$" echo "$(on_device | tr '\n' ' ')"
k patch sc block-service -p '{"allowVolumeExpansion":true}' >/dev/null
k patch pvc claim1 -p '{"spec":{"resources":{"requests":{"storage":"31Gi"}}}}' >/dev/null
check "it grows while the pod has it" capacity claim1 31Gi || { says claim1 .; says w1 .; }
expect "... and so does what the pod sees" '^3[01]\.[0-9]G ' in_pod w1 "busybox df -h /data | tail -1 | sed 's/^[^ ]* *//'"
vm_time "the example"

# --- another node: never both at once ---
make "$(pod w2 2 claim1 'cat /data/f >/data/g; sync')"
check "a pod on another node hears who has it" eventually 60 says w2 "image $image1 is in use by 192\.168\.77\.1:0/[0-9]+, and only one node may have it"
check "the first pod goes" away w1
check "... and the other one runs" runs w2 90 || says w2 .
expect "... with what was written" '^from n1$' in_pod w2 'cat /data/g'
check "n1 has let go of it" eventually 20 free_of_ceph 1
check "the pod goes" away w2
check "... and the claim" k delete pvc claim1 --timeout=$((30 * patience))s
no_image() { ! rbd info "$1" 2>/dev/null; }
check "... and the image" eventually 30 no_image "$image1"
vm_time "another node"

# --- snapshot, raw block, a file system for all ---
make "$(claim data rbd 64Mi)" "$(claim disk rbd 16Mi ReadWriteMany '"volumeMode":"Block",')" "$(claim all cephfs 32Mi ReadWriteMany)"
for c in data disk all; do check "claim $c is bound" bound $c 30 || { says $c .; exit 1; }; done
make "$(pod d1 1 data 'echo kept >/data/f; sync')" "$(pod b1 1 disk 'echo on the disk | dd of=/disk conv=fsync bs=512')" "$(pod b2 2 disk)" "$(pod a1 1 all 'echo of n1 >/data/n1')" "$(pod a2 2 all 'echo of n2 >/data/n2')"
for p in d1 b1 b2 a1 a2; do check "pod $p runs" runs $p 90 || says $p .; done
expect "raw block: what one node's pod writes" '^on the disk$' in_pod b2 'dd if=/disk bs=11 count=1 2>/dev/null'
expect "... its size" '^16777216$' in_pod b2 'dd if=/disk bs=65536 2>/dev/null | busybox wc -c'
expect "CephFS by the kernel" ' - ceph ' on 1 'cat /proc/self/mountinfo'
expect "... both pods see both files" '^of n1 of n2$' in_pod a1 'echo $(cat /data/n1 /data/n2)'
expect "... the other one, too" '^of n1 of n2$' in_pod a2 'echo $(cat /data/n1 /data/n2)'
expect "... the claim's size is its limit" 'Disk quota exceeded|No space left' in_pod a1 'dd if=/dev/zero of=/data/big bs=1M count=48 conv=fsync; rm /data/big'
no_key() { ! on 1 'cat /proc/*/cmdline /proc/self/mountinfo /var/log/minik.log' | tr '\0' ' ' | grep -F -e "$admin" -e "$key"; }
check "... no key is to be seen on the node" no_key
k patch pvc all -p '{"spec":{"resources":{"requests":{"storage":"64Mi"}}}}' >/dev/null
check "... it grows" capacity all 64Mi || says all .
make '{"apiVersion":"snapshot.storage.k8s.io/v1","kind":"VolumeSnapshotClass","metadata":{"name":"rbd"},"driver":"minik.io/ceph-rbd","deletionPolicy":"Delete","parameters":{"csi.storage.k8s.io/snapshotter-secret-name":"minik","csi.storage.k8s.io/snapshotter-secret-namespace":"default"}}' \
	'{"apiVersion":"snapshot.storage.k8s.io/v1","kind":"VolumeSnapshot","metadata":{"name":"s1"},"spec":{"volumeSnapshotClassName":"rbd","source":{"persistentVolumeClaimName":"data"}}}'
check "a snapshot while a pod writes" k wait --for=jsonpath='{.status.readyToUse}'=true volumesnapshot/s1 --timeout=$((30 * patience))s || { says s1 .; k get volumesnapshot s1 -o jsonpath='{.status}'; }
make "$(claim restored rbd 128Mi ReadWriteOnce '"dataSource":{"apiGroup":"snapshot.storage.k8s.io","kind":"VolumeSnapshot","name":"s1"},')"
check "a larger claim of it is bound" bound restored 30 || says restored .
make "$(pod r2 2 restored)"
check "... its pod runs on the other node" runs r2 || says r2 .
expect "... and has what was there" '^kept$' in_pod r2 'cat /data/f'
expect "... in a file system of the claim's size" '^1[12][0-9]\.' in_pod r2 "busybox df -h /data | tail -1 | sed 's/^[^ ]* *//'"
check "the snapshot goes" k delete volumesnapshot s1 --timeout=$((30 * patience))s
vm_time "volumes of each kind"

# --- what is wrong is said ---
make "$(claim wrong wrong 16Mi)" "$(claim no-pool no-pool 16Mi)" "$(claim wrong-node wrong-node 16Mi)" "$(claim wrong-fs wrong-fs 16Mi ReadWriteMany)"
check "a wrong secret: the claim says so" eventually 30 says wrong 'ProvisioningFailed: .*(denied|not permitted|[Pp]ermission)'
check "no such pool: the claim says so" eventually 30 says no-pool "ProvisioningFailed: .*pool.* nowhere|ProvisioningFailed: .*'nowhere'"
for c in wrong-node wrong-fs; do check "claim $c is bound" bound $c 30 || says $c .; make "$(pod $c 2 $c)"; done
check "a wrong secret of the node's: the pod says so" eventually 40 says wrong-node 'FailedMount: .*(denied|not permitted|[Pp]ermission)'
check "... of CephFS" eventually 40 says wrong-fs 'FailedMount: .*mount.ceph: .*([Pp]ermission|not permitted)'
check "monitors that nobody reaches: the claim says so" eventually 70 says no-monitor 'ProvisioningFailed: .*Ceph did not answer within [0-9]+ ms \(monitors 192\.168\.77\.250:6789\)'
check "... and a pod" eventually 130 says lost 'FailedMount: .*Ceph did not answer within [0-9]+ ms \(monitors 192\.168\.77\.250:6789\)'
for p in wrong-node wrong-fs lost; do check "pod $p goes" away $p; done
check "their claims go" k delete pvc wrong no-pool no-monitor wrong-node wrong-fs lost --timeout=$((30 * patience))s
k delete pv lost --timeout=20s >/dev/null
vm_time "faults"

# --- the power goes ---
in_pod d1 'echo last >>/data/f; sync' || not_ok "a last write"
lab_power_cut 1
k delete pod d1 b1 --force --grace-period=0 >/dev/null 2>&1
make "$(pod d2 2 data)"
check "a node's power goes: its image is another's when Ceph has forgotten it" runs d2 90 || says d2 .
expect "... with all that was written" '^kept last$' in_pod d2 'echo $(cat /data/f)'
expect "... a volume of all goes on" '^of n1 of n2$' in_pod a2 'echo $(cat /data/n1 /data/n2)'
expect "... and a raw one" '^on the disk$' in_pod b2 'dd if=/disk bs=11 count=1 2>/dev/null'
lab_power_on 1 512
check "n1 boots" eventually 90 lab_up 1
again() { [ "$(k get pod a1 -o 'jsonpath={.status.containerStatuses[0].restartCount}{.status.containerStatuses[0].ready}')" = 1true ]; }
check "... the pod that it still has runs again" eventually 90 again || { k get pod a1 -o wide; says a1 .; on 1 'tail -5 /var/log/minik.log'; }
expect "... with its files" '^of n1 of n2$' in_pod a1 'echo $(cat /data/n1 /data/n2)'
only_fs() { [ "$(on 1 'ls /sys/bus/rbd/devices /var/lib/minik/storage/ceph 2>/dev/null; ls /var/lib/minik/volumes/staged' | grep -v ':$' | grep -c .)" = 1 ]; }
check "... and nothing is left of the others" eventually 30 only_fs || on 1 'ls -R /sys/bus/rbd/devices /var/lib/minik/storage /var/lib/minik/volumes'
vm_time "power"

# --- all of it goes ---
k delete pod --all --timeout=$((60 * patience))s >/dev/null || not_ok "the pods go"
check "the claims go" k delete pvc --all --timeout=$((60 * patience))s
nothing() { [ -z "$(k get pv -o name)$(rbd ls replicapool)" ] && [ "$(ceph fs subvolume ls fs --group_name csi -f json | jq length)" = 0 ] || { k get pv; rbd ls replicapool; ceph fs subvolume ls fs --group_name csi; return 1; }; }
check "nothing is left in Ceph" eventually 60 nothing
for i in 1 2; do check "nothing is left on n$i" eventually 30 free_of_ceph $i; done
vm_time "the end"
exit $vm_failed
