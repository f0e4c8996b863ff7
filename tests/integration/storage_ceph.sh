#!/bin/bash
# minik.io/ceph-rbd and minik.io/cephfs at a real Ceph cluster of this machine's own: a monitor, a manager, an OSD in a file and an MDS, in namespaces of the script. Images are mapped
# where the kernel has rbd or nbd; file systems are mounted by ceph-fuse.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
for t in rbd ceph ceph-mon ceph-osd ceph-authtool monmaptool jq; do command -v $t >/dev/null || skip_all "$t is not installed (ceph-mon, ceph-osd, ceph-common)"; done
build=${MINIK_BUILD:-$MINIK_TOP/build} tool=${MINIK_BUILD:-$MINIK_TOP/build}/tests/integration/plugin_tool
[ -x "$tool" ] || make -s -C "$build" tests/integration/plugin_tool >&2 || skip_all "plugin_tool cannot be built"

# --- the cluster ---
C=$T/ceph mon=192.168.77.254:6789
mkdir -p "$C" "$C/osd"
fsid=$(cat /proc/sys/kernel/random/uuid)
cat >"$C/ceph.conf" <<E
[global]
fsid = $fsid
mon host = $mon
public network = 192.168.77.0/24
ms bind ipv6 = false
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
osd pool default size = 1
osd pool default min size = 1
osd crush chooseleaf type = 0
mon allow pool size one = true
mon data avail warn = 1
mon data avail crit = 1
run dir = $C
admin socket = $C/\$name.asok
log file = $C/\$name.log
pid file = $C/\$name.pid
keyring = $C/keyring
osd objectstore = bluestore
bluestore block size = 2147483648
mon data = $C/mon
osd data = $C/osd
E
export CEPH_CONF=$C/ceph.conf
ceph_start() {
	ceph-authtool --create-keyring "$C/keyring" --gen-key -n mon. --cap mon 'allow *' &&
		ceph-authtool "$C/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' &&
		ceph-authtool "$C/keyring" --gen-key -n client.minik --cap mon 'profile rbd' --cap osd 'profile rbd' &&
		ceph-authtool "$C/keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' &&
		monmaptool --create --add a 192.168.77.254 --fsid "$fsid" "$C/monmap" && ceph-mon --mkfs -i a --monmap "$C/monmap" --keyring "$C/keyring" || return 1
	setpriv --pdeathsig KILL -- ceph-mon -i a -f >"$C/mon.out" 2>&1 &
	lib_pids="$lib_pids $!" mon_pid=$!
	local uuid; uuid=$(cat /proc/sys/kernel/random/uuid)
	ceph --connect-timeout 60 auth import -i "$C/keyring" && ceph osd new "$uuid" && ceph-osd -i 0 --mkfs --osd-uuid "$uuid" || return 1
	setpriv --pdeathsig KILL -- ceph-osd -i 0 -f >"$C/osd.out" 2>&1 &
	lib_pids="$lib_pids $!"
	ceph osd pool create rbd 4 && eventually 30 sh -c 'ceph osd stat -f json | grep -q "\"num_up_osds\":1"' && timeout 60 rbd pool init rbd
}
ceph_start >"$T/ceph.log" 2>&1 || skip_all "Ceph does not start: $(tail -n 3 "$T/ceph.log")"
key=$(ceph-authtool -p -n client.minik "$C/keyring")
secrets="\"secrets\":{\"userID\":\"minik\",\"userKey\":\"$key\"}"
# What the plug-in knows it knows by the request: this machine has no configuration of Ceph for it.
rbd_call() { # rbd_call OP NAME FIELDS
	env -u CEPH_CONF "$tool" "$T/data" node minik.io/ceph-rbd "$1" "{\"name\":\"$2\",$secrets${3:+,$3}}"
}
class() { echo "\"parameters\":{\"pool\":\"rbd\",\"monitors\":\"$mon\"${1:+,$1}}"; }
size() { rbd info "rbd/$1" --format json | jq -r .size; }

M=1048576
expect "create" "\"handle\":\"$mon#rbd/minik-pvc-1\",\"capacityBytes\":33554432" rbd_call create pvc-1 "\"capacityBytes\":$((32 * M)),$(class)"
expect "... an image of that size" '^33554432$' size minik-pvc-1
expect "... asked for again" '"capacityBytes":33554432' rbd_call create pvc-1 "\"capacityBytes\":$((32 * M)),$(class)"
expect "... with another size it is refused" 'error -1002 .*is there with 32Mi' rbd_call create pvc-1 "\"capacityBytes\":$((64 * M)),$(class)"
expect "whole MiB" '"capacityBytes":2097152' rbd_call create pvc-2 "\"capacityBytes\":$((M + 1)),$(class '"imageFeatures":"layering,exclusive-lock"')"
expect "... within limits" 'error -34 .*whole MiB' rbd_call create pvc-3 "\"capacityBytes\":$((M + 1)),\"limitBytes\":$((M + 2)),$(class)"
expect "features of the class" '"exclusive-lock"' rbd info rbd/minik-pvc-2 --format json
expect "... unknown ones are refused" 'imageFeatures has "--all"' rbd_call create pvc-3 "$(class '"imageFeatures":"--all"')"
expect "a file system is not for several nodes" 'ReadWriteMany is possible with volumeMode Block' rbd_call create pvc-3 "\"accessModes\":[\"ReadWriteMany\"],$(class)"
expect "an unknown parameter is named" 'parameter "Pool" is not known' rbd_call create pvc-3 "$(class '"Pool":"x"')"
expect "a pool that is not there" 'error -1001 .*none' rbd_call create pvc-3 "\"parameters\":{\"pool\":\"none\",\"monitors\":\"$mon\"}"
expect "an option is no pool" 'the name of a pool' rbd_call create pvc-3 "\"parameters\":{\"pool\":\"--help\",\"monitors\":\"$mon\"}"
right=$secrets secrets="\"secrets\":{\"userID\":\"minik\",\"userKey\":\"$(ceph-authtool --gen-print-key)\"}"
expect "a wrong key" 'error -(1007|1015) ' rbd_call create pvc-3 "$(class)"
secrets=$right

expect "expand" '"capacityBytes":50331648,"nodeExpansion":true' rbd_call expand pvc-1 "\"handle\":\"$mon#rbd/minik-pvc-1\",\"capacityBytes\":$((48 * M))"
expect "... the image has grown" '^50331648$' size minik-pvc-1
expect "... never shrinks" '"capacityBytes":50331648' rbd_call expand pvc-1 "\"handle\":\"$mon#rbd/minik-pvc-1\",\"capacityBytes\":$((16 * M))"

head -c 1048576 /dev/urandom >"$T/content"
rbd rm rbd/minik-pvc-1 --no-progress && rbd import "$T/content" rbd/minik-pvc-1 --no-progress || not_ok "an image with something in it"
snap="$mon#rbd/minik-pvc-1@snap-1"
expect "a snapshot" "\"handle\":\"$snap\".*\"ready\":true.*\"createdAt\":\"20" rbd_call snapshot-create snap-1 "\"volume\":{\"handle\":\"$mon#rbd/minik-pvc-1\"}"
expect "... asked for again" '"ready":true' rbd_call snapshot-create snap-1 "\"volume\":{\"handle\":\"$mon#rbd/minik-pvc-1\"}"
expect "... looked at" '"ready":true' rbd_call snapshot-get snap-1 "\"handle\":\"$snap\""
expect "... one that is not there" 'error -1001 .*no snapshot' rbd_call snapshot-get snap-2 "\"handle\":\"$mon#rbd/minik-pvc-1@snap-2\""
expect "a volume of the snapshot, larger" '"capacityBytes":8388608' rbd_call create pvc-4 "\"capacityBytes\":$((8 * M)),$(class),\"from\":{\"snapshot\":\"$snap\"}"
same() { rbd export "rbd/$1" - --no-progress 2>/dev/null | head -c 1048576 | cmp - "$T/content"; }
check "... has what was in it" same minik-pvc-4
expect "a copy of a volume" '"handle"' rbd_call create pvc-5 "\"capacityBytes\":$M,$(class),\"from\":{\"volume\":\"$mon#rbd/minik-pvc-1\"}"
check "... has what was in it" same minik-pvc-5
snaps() { rbd snap ls rbd/minik-pvc-1 --format json | jq -c '[.[].name]'; }
expect "... and no snapshot is left of the copying" '^\["snap-1"\]$' snaps
expect "a volume with snapshots is not deleted" 'error -16 .*in use, or has snapshots' rbd_call delete pvc-1 "\"handle\":\"$mon#rbd/minik-pvc-1\""
expect "the snapshot goes" '^\{\}$' rbd_call snapshot-delete snap-1 "\"handle\":\"$snap\""
expect "... again" '^\{\}$' rbd_call snapshot-delete snap-1 "\"handle\":\"$snap\""
rbd create rbd/minik-pvc-6.copy --size 1 # as one that was killed leaves it
expect "what a killed copy has left is no hindrance" '"handle"' rbd_call create pvc-6 "\"capacityBytes\":$M,$(class),\"from\":{\"volume\":\"$mon#rbd/minik-pvc-1\"}"
check "... the copy is whole" same minik-pvc-6
for i in 1 2 4 5 6; do expect "delete pvc-$i" '^\{\}$' rbd_call delete pvc-$i "\"handle\":\"$mon#rbd/minik-pvc-$i\""; done
expect "... again" '^\{\}$' rbd_call delete pvc-1 "\"handle\":\"$mon#rbd/minik-pvc-1\""
expect "nothing is left in the pool" '^\[\]$' rbd ls rbd --format json

# The class of the example names another's provisioner: a link says who serves it.
mkdir -p "$T/data/provisioners/ceph.rook.io" && ln -s minik.io/ceph-rbd "$T/data/provisioners/ceph.rook.io/block"
alias_call() { env -u CEPH_CONF PLUGIN_WAIT_MS=20000 "$tool" "$T/data" node ceph.rook.io/block "$1" "{\"name\":\"$2\",$secrets${3:+,$3}}"; }
expect "a class of another name, by a link" "\"driver\":\"ceph.rook.io/block\".*\"volumeHandle\":\"$mon#rbd/minik-pvc-7\"" alias_call create pvc-7 "\"capacityBytes\":$M,\"parameters\":{\"pool\":\"rbd\",\"clusterNamespace\":\"rook\",\"monitors\":\"$mon\"}"
expect "... and away with it" '^\{\}$' alias_call delete pvc-7 "\"handle\":\"$mon#rbd/minik-pvc-7\""

# --- the node's side of images ---
at="\"handle\":\"$mon#rbd/minik-pvc-9\",\"stagingPath\":\"$T/stage\""
expect "an image for a node" '"handle"' rbd_call create pvc-9 "\"capacityBytes\":$((16 * M)),$(class)"
if [ -e /sys/bus/rbd ] || { [ -e /sys/module/nbd ] && command -v rbd-nbd >/dev/null; }; then
	skip "mapping an image" "this kernel has rbd or nbd: devices of the whole machine"
else
	expect "a kernel with neither rbd nor nbd is named" 'error -10.* kernel has neither rbd nor nbd' rbd_call stage pvc-9 "$at,\"volumeMode\":\"Filesystem\""
	record() { cat "$T"/data/storage/ceph/*.json; }
	expect "... the record of it was there first" "\"fsid\":\"$fsid\"" record
	skip "mapping an image" "this kernel has neither rbd nor nbd"
fi
expect "unstage" '^\{\}$' rbd_call unstage pvc-9 "$at"
expect "... again" '^\{\}$' rbd_call unstage pvc-9 "$at"
no_records() { ! ls "$T"/data/storage/ceph/*.json 2>/dev/null; }
check "... no record is left" no_records
expect "a hostile handle" 'error -1002 |error -10.*not the handle' rbd_call stage pvc-9 "\"handle\":\"#--all/x\",\"stagingPath\":\"$T/stage\""
expect "delete pvc-9" '^\{\}$' rbd_call delete pvc-9 "\"handle\":\"$mon#rbd/minik-pvc-9\""

# --- file systems ---
fs_start() {
	for t in ceph-mds ceph-mgr ceph-fuse; do command -v $t >/dev/null || { echo "$t is not installed"; return 1; }; done
	mkdir -p "$C/mgr" "$C/mds"
	ceph auth get-or-create mgr.x mon 'allow profile mgr' osd 'allow *' mds 'allow *' >"$C/mgr/keyring" &&
		ceph auth get-or-create mds.x mon 'allow profile mds' mgr 'allow profile mds' osd 'allow rwx' mds 'allow *' >"$C/mds/keyring" &&
		ceph auth caps client.admin mon 'allow *' osd 'allow *' mgr 'allow *' mds 'allow *' || return 1
	setpriv --pdeathsig KILL -- ceph-mgr -i x -f --mgr-data="$C/mgr" --keyring="$C/mgr/keyring" >"$C/mgr.out" 2>&1 &
	lib_pids="$lib_pids $!" fs_pids=$!
	setpriv --pdeathsig KILL -- ceph-mds -i x -f --mds-data="$C/mds" --keyring="$C/mds/keyring" >"$C/mds.out" 2>&1 &
	lib_pids="$lib_pids $!" fs_pids="$fs_pids $!"
	ceph osd pool create meta 4 && ceph osd pool create data 4 && ceph fs new fs meta data && eventually 30 sh -c 'ceph fs status fs 2>/dev/null | grep -q active' &&
		eventually 20 ceph fs subvolumegroup create fs csi
}
fs_call() { # fs_call OP NAME FIELDS
	env -u CEPH_CONF "$tool" "$T/data" node minik.io/cephfs "$1" "{\"name\":\"$2\",\"secrets\":{\"userID\":\"admin\",\"userKey\":\"$admin\"}${3:+,$3}}"
}
fs_class="\"parameters\":{\"fsName\":\"fs\",\"monitors\":\"$mon\"}" fs_handle="$mon#fs/csi/minik-pvc"
fs_tests() {
	admin=$(ceph-authtool -p -n client.admin "$C/keyring")
	local path stage target at
	expect "cephfs: create" "\"handle\":\"$fs_handle-1\",\"capacityBytes\":33554432.*\"subvolumePath\":\"/volumes/csi/" fs_call create pvc-1 "\"capacityBytes\":$((32 * M)),\"accessModes\":[\"ReadWriteMany\"],$fs_class" || return
	expect "... asked for again" '"capacityBytes":33554432' fs_call create pvc-1 "\"capacityBytes\":$((32 * M)),$fs_class"
	expect "... an unknown parameter is named" 'parameter "FS" is not known' fs_call create pvc-2 '"parameters":{"FS":"x"}'
	expect "... no block volumes" 'volumeMode Block is not possible' fs_call create pvc-2 "\"volumeMode\":\"Block\",$fs_class"
	expect "... expand" '"capacityBytes":50331648,"nodeExpansion":false' fs_call expand pvc-1 "\"handle\":\"$fs_handle-1\",\"capacityBytes\":$((48 * M))"
	path=$(ceph fs subvolume getpath fs minik-pvc-1 --group_name csi)
	stage=$T/fs-stage target=$T/fs-target at="\"handle\":\"$fs_handle-1\",\"stagingPath\":\"$T/fs-stage\""
	mounted() { grep -q " $1 " /proc/self/mountinfo; }
	if [ -e /dev/fuse ]; then
		local full="$at,\"context\":{\"fsName\":\"fs\",\"subvolumePath\":\"$path\",\"mounter\":\"fuse\"}"
		expect "... stage, by ceph-fuse" '^\{\}$' fs_call stage pvc-1 "$full" || return
		check "... it is mounted" mounted "$stage"
		expect "... again" '^\{\}$' fs_call stage pvc-1 "$full"
		no_key() { ! tr '\0' ' ' <"/proc/$(pgrep -f "ceph-fuse $stage" | head -1)/cmdline" | grep -qF "$admin"; }
		check "... the key is not among the arguments" no_key
		expect "... publish" '^\{\}$' fs_call publish pvc-1 "$full,\"targetPath\":\"$target\""
		check "... it can be written" sh -c "echo hello >$target/f && cat $stage/f"
		expect "... publish read-only" '^\{\}$' fs_call publish pvc-1 "$full,\"targetPath\":\"$target-ro\",\"readOnly\":true"
		expect "... cannot be written" 'Read-only' sh -c "echo x >$target-ro/f"
		expect "... unpublish" '^\{\}$' fs_call unpublish pvc-1 "$at,\"targetPath\":\"$target-ro\""
		kill -9 "$(pgrep -f "ceph-fuse $stage" | head -1)"
		dead() { ! stat "$stage" >/dev/null 2>&1; } # what is killed ends when it likes
		check "... ceph-fuse is killed" eventually 10 dead
		expect "... when ceph-fuse was killed, stage mounts anew" '^\{\}$' fs_call stage pvc-1 "$full"
		expect "... and publish" '^\{\}$' fs_call publish pvc-1 "$full,\"targetPath\":\"$target\""
		expect "... what was written is there" '^hello$' cat "$target/f"
		expect "... unpublish" '^\{\}$' fs_call unpublish pvc-1 "$at,\"targetPath\":\"$target\""
		expect "... unstage" '^\{\}$' fs_call unstage pvc-1 "$at"
		expect "... again" '^\{\}$' fs_call unstage pvc-1 "$at"
		no_fuse() { ! mounted "$stage" && ! pgrep -f "ceph-fuse $stage"; }
		check "... nothing is left of it" eventually 10 no_fuse
		expect "... a place outside" 'which is no place' fs_call stage pvc-1 "$at,\"context\":{\"fsName\":\"fs\",\"subvolumePath\":\"/volumes/../x\"}"
	else
		skip "cephfs by ceph-fuse" "there is no /dev/fuse"
	fi
	expect "cephfs: a snapshot" '"ready":true.*"createdAt":"20' fs_call snapshot-create snap-1 "\"volume\":{\"handle\":\"$fs_handle-1\"}"
	expect "... a volume with snapshots is not deleted" 'error -16 .*has snapshots' fs_call delete pvc-1 "\"handle\":\"$fs_handle-1\""
	copied() { fs_call create pvc-2 "\"capacityBytes\":$((64 * M)),$fs_class,\"from\":{\"snapshot\":\"$fs_handle-1@snap-1\"}" | tee "$T/copied" | grep -q '"handle"'; }
	check "... a volume of it" eventually 60 copied
	expect "... is as large as was asked for" '"capacityBytes":67108864' cat "$T/copied"
	expect "... the snapshot goes" '^\{\}$' fs_call snapshot-delete snap-1 "\"handle\":\"$fs_handle-1@snap-1\""
	expect "... again" '^\{\}$' fs_call snapshot-delete snap-1 "\"handle\":\"$fs_handle-1@snap-1\""
	for i in 1 2; do expect "cephfs: delete pvc-$i" '^\{\}$' fs_call delete pvc-$i "\"handle\":\"$fs_handle-$i\""; done
	expect "... again" '^\{\}$' fs_call delete pvc-1 "\"handle\":\"$fs_handle-1\""
}
if fs_start >"$T/fs.log" 2>&1; then fs_tests; else skip "minik.io/cephfs" "no file system starts: $(tail -n 3 "$T/fs.log")"; fi

kill -STOP "$mon_pid"
export PLUGIN_TIMEOUT_MS=2000
expect "a monitor that hangs" 'error -1011 .*Ceph did not answer within 2000 ms' rbd_call create pvc-8 "$(class)"
kill -CONT "$mon_pid"
# Asked to end, they wait for a monitor that ends as well.
[ -z "${fs_pids:-}" ] || kill -9 $fs_pids
exit $lib_failed
