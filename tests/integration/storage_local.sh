#!/bin/bash
# local-path and the capacity of its volumes: the plug-in alone (plugin_tool) with hostile input, full disks, kills at any moment; then in a cluster, with pods that write more than they may.
# STORAGE_PARTS="paths image" for some. In the vm lab (tests/vm/storage_quota.sh) LOCAL_DISK is a file system with project quota.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
B=${MINIK_BUILD:-$(dirname "$MINIK")}
TOOL=$B/tests/integration/plugin_tool
[ -x "$TOOL" ] && [ -x "$B/tests/integration/project_tool" ] || make -s -C "$B" tests/integration/plugin_tool tests/integration/project_tool >&2 || skip_all "plugin_tool cannot be built"
wanted() { case " ${STORAGE_PARTS:-$1} " in *" $1 "*) ;; *) return 1 ;; esac; }
# What is there of loop devices: those of others are others'.
loops() { grep -l "^$T" /sys/block/loop*/loop/backing_file 2>/dev/null; }
mounts() { awk -v d="$D/" 'index($5, d) == 1 {print $5}' /proc/self/mountinfo; }
have_loop=1
probe() {
	local dev
	dev=$(losetup -f 2>&1) && [ -b "$dev" ] && command -v mkfs.ext4 >/dev/null
}
probe || have_loop=
D=$T/alone
# call OP JSON: its answer. req NAME BYTES [PARAMETERS] [MORE]: the JSON of a create.
call() { "$TOOL" "${CALL_DIR:-$D}" n1 minik.io/local-path "$@"; }
req() { echo "{\"name\":\"$1\",\"capacityBytes\":$2,\"accessModes\":[\"ReadWriteOnce\"],\"volumeMode\":\"Filesystem\",\"claim\":{\"namespace\":\"ns\",\"name\":\"$1\",\"uid\":\"$1\",\"annotations\":${ANN:-{\}}},\"parameters\":${3:-{\}}${4:-}}"; }
path_of() { jq -r .source.local.path; }
# Nothing is left of volumes: no directory, image, record, device, mount.
clean() {
	local left
	left=$(find "$D/storage" -mindepth 1 -not -path "$D/storage/.minik" -not -path "$D/storage/.minik/volumes" -not -path "$D/storage/.minik/images" \
		-not -path "$D/storage/.minik/trash" -not -path "$D/storage/.minik/snapshots" -not -path "$D/storage/.minik/snapshot-records"; loops; mounts)
	[ -z "$left" ] || { echo "$left"; return 1; }
}
MB=1048576

part_paths() {
	local p
	p='{"enforce":"none"}'
	expect "a volume without a limit" "\"path\":\"$D/storage/pvc-1_ns_pvc-1\"" call create "$(req pvc-1 $MB "$p")"
	expect "... for everybody" '^777$' stat -c %a "$D/storage/pvc-1_ns_pvc-1"
	expect "... once more: the same" "pvc-1_ns_pvc-1" call create "$(req pvc-1 $MB "$p")"
	expect "by a pattern" "\"path\":\"$D/storage/ns/data\"" call create "$(req pvc-2 $MB '{"enforce":"none","pathPattern":"{{ .PVC.Namespace }}/data"}')"
	expect "another claim never shares it" 'error.*is that of volume pvc-2' call create "$(req pvc-3 $MB '{"enforce":"none","pathPattern":"ns/data"}')"
	expect "... nor what is in it" 'error.*is that of volume pvc-2' call create "$(req pvc-3 $MB '{"enforce":"none","pathPattern":"ns/data/x"}')"
	expect "... nor what is around it" 'error.*is that of volume pvc-2' call create "$(req pvc-3 $MB '{"enforce":"none","pathPattern":"ns"}')"
	mkdir -p "$D/storage/foreign"
	expect "a directory that was there is not taken" 'error.*exists already' call create "$(req pvc-3 $MB '{"enforce":"none","pathPattern":"foreign"}')"
	ln -s /etc "$D/storage/link"
	expect "no link is followed" 'error.*not a directory' call create "$(req pvc-3 $MB '{"enforce":"none","pathPattern":"link/evil"}')"
	[ ! -e /etc/evil ] && ok "... nothing is made behind it" || not_ok "... nothing is made behind it"
	rm -r "$D/storage/link" "$D/storage/foreign"
	for p in ../evil /etc/evil a/../../evil a//b . .. .minik/images/x "a/" "" '{{ .PVC.Annotations.evil }}' '{{ .PVC.Annotations.none }}' '{{ env }}' 'x{{' 'journal/x'; do
		ANN='{"evil":"../../evil"}' expect "refused: pathPattern '$p'" '^error|/pvc-3_ns_pvc-3"' call create "$(ANN='{"evil":"../../evil"}' req pvc-3 $MB "{\"enforce\":\"none\",\"pathPattern\":\"$p\"}")"
		call delete '{"name":"pvc-3"}' >/dev/null
	done
	expect "refused: a path that is not the node's" 'error.*is not a path of node n1' call create "$(req pvc-3 $MB '{"enforce":"none","path":"/etc"}')"
	expect "refused: a parameter nobody knows" 'error.*class parameter enforc ' call create "$(req pvc-3 $MB '{"enforc":"none"}')"
	expect "refused: ReadWriteMany" 'error.*not ReadWriteMany' call create "$(req pvc-3 $MB | sed s/ReadWriteOnce/ReadWriteMany/)"
	expect "refused: a hostile name" 'error.*not a name of a volume' call create "$(req ../../x $MB)"
	expect "a foreign path is not removed" 'error.*is not below a path of this node' call delete '{"name":"pvc-9","source":{"local":{"path":"/etc/hostname"}}}'
	mkdir -p "$D/storage/pvc-8_a_b" "$D/storage/pvc-80_a_b"
	expect "nor another volume's" 'error.*is not what was made for' call delete "{\"name\":\"pvc-8\",\"source\":{\"local\":{\"path\":\"$D/storage/pvc-80_a_b\"}}}"
	expect "one of a time before records is" '^{}$' call delete "{\"name\":\"pvc-8\",\"source\":{\"local\":{\"path\":\"$D/storage/pvc-8_a_b\"}}}"
	rmdir "$D/storage/pvc-80_a_b"
	expect "paths by ConfigMap" "\"path\":\"$T/b/pvc-4_ns_pvc-4\"" env LOCAL_PATH_CONFIG="{\"nodePathMap\":[{\"node\":\"n1\",\"paths\":[\"$T/a\",\"$T/b\"]}]}" "$TOOL" "$D" n1 minik.io/local-path create "$(req pvc-4 $MB "{\"enforce\":\"none\",\"path\":\"$T/b\"}")"
	expect "... for nodes that are not listed" "\"path\":\"$T/a/pvc-5_ns_pvc-5\"" env LOCAL_PATH_CONFIG="{\"nodePathMap\":[{\"node\":\"DEFAULT_PATH_FOR_NON_LISTED_NODES\",\"paths\":[\"$T/a\"]}]}" "$TOOL" "$D" n1 minik.io/local-path create "$(req pvc-5 $MB '{"enforce":"none"}')"
	expect "... a shared file system is not supported" 'sharedFileSystemPath is not supported' env LOCAL_PATH_CONFIG='{"sharedFileSystemPath":"/x"}' "$TOOL" "$D" n1 minik.io/local-path create "$(req pvc-6 $MB '{"enforce":"none"}')"
	: >"$D/storage/ns/data/file"
	for p in 1 2 4 5; do expect "delete pvc-$p" '^{}$' call delete "{\"name\":\"pvc-$p\"}"; done
	expect "... once more" '^{}$' call delete '{"name":"pvc-2","source":{"local":{"path":"'"$D"'/storage/ns/data"}}}'
	check "nothing is left" clean
}

# What both ways of keeping a capacity must do: limits KIND
limits() {
	local kind=$1 p v params="{\"enforce\":\"$1\"}"
	v=$(call create "$(req pvc-1 $((32 * MB)) "$params")") || { not_ok "$kind: a volume of 32 Mi" "$v"; return; }
	p=$(path_of <<<"$v") && [ -n "$p" ] || { not_ok "$kind: a volume of 32 Mi" "$v"; return; }
	expect "$kind: a volume of 32 Mi" "\"minik.io/enforce\":\"$kind\"" echo "$v"
	check "$kind: stage" call stage '{"name":"pvc-1"}'
	[ -z "$(ls -A "$p")" ] && ok "$kind: it is empty" || not_ok "$kind: it is empty" "$(ls -la "$p")"
	expect "$kind: 20 Mi fit" '^20971520$' sh -c "head -c $((20 * MB)) /dev/zero >${p:?}/a && stat -c %s $p/a"
	expect "$kind: more does not" 'No space left|Disk quota exceeded' sh -c "head -c $((40 * MB)) /dev/zero >${p:?}/b; sync $p/b"
	expect "$kind: it has not grown beyond" yes sh -c "[ \$(du -sm $p | cut -f1) -le 32 ] && echo yes"
	expect "$kind: usage" '"total":(33554432|2[5-9][0-9]{6}),"used":[23][0-9]{7}' call stats '{"name":"pvc-1"}'
	rm "$p/b"
	expect "$kind: publish" '^{}$' call publish "{\"name\":\"pvc-1\",\"volumeMode\":\"Filesystem\",\"targetPath\":\"$T/target\"}"
	expect "$kind: ... read" '^20971520$' stat -c %s "$T/target/a"
	expect "$kind: ... once more" '^{}$' call publish "{\"name\":\"pvc-1\",\"volumeMode\":\"Filesystem\",\"targetPath\":\"$T/target\"}"
	exec 7<"$p/a"
	[ "$kind" = quota ] || expect "$kind: in use, it is not unmounted" 'error -16 ' call unstage '{"name":"pvc-1"}'
	exec 7<&-
	expect "$kind: unpublish" '^{}$' call unpublish "{\"handle\":\"pvc-1\",\"targetPath\":\"$T/target\"}"
	[ ! -e "$T/target" ] && ok "$kind: ... and it is gone" || not_ok "$kind: ... and it is gone"
	expect "$kind: a read-only publish" '^{}$' call publish "{\"name\":\"pvc-1\",\"readOnly\":true,\"targetPath\":\"$T/target\"}"
	expect "$kind: ... is" 'Read-only file system' touch "$T/target/x"
	call unpublish "{\"handle\":\"pvc-1\",\"targetPath\":\"$T/target\"}" >/dev/null
	# growth: unmounted and mounted
	if [ "$kind" = quota ] || grow_online; then
		expect "$kind: grow to 64 Mi" '"capacityBytes":67108864' call node-expand "{\"name\":\"pvc-1\",\"capacityBytes\":$((64 * MB))}"
		expect "$kind: 20 more fit now" '^20971520$' sh -c "head -c $((20 * MB)) /dev/zero >${p:?}/c && stat -c %s $p/c"
	else
		skip "$kind: growth while it is mounted" "no CAP_SYS_RESOURCE here; in the vm lab"
	fi
	expect "$kind: never smaller" '"capacityBytes":(67108864|33554432)' call node-expand "{\"name\":\"pvc-1\",\"capacityBytes\":$MB}"
	# snapshots and clones
	mkdir "$p/d" && echo deep >"$p/d/f" && ln "$p/d/f" "$p/hard" && ln -s /etc/passwd "$p/soft" && chmod 2750 "$p/d" && chown 7:8 "$p/d/f"
	expect "$kind: a snapshot" '"ready":true' call snapshot-create '{"name":"snap-1","volume":{"handle":"pvc-1"}}'
	expect "$kind: ... once more" '"ready":true' call snapshot-create '{"name":"snap-1","volume":{"handle":"pvc-1"}}'
	expect "$kind: ... is known" '"handle":"snap-1"' call snapshot-get '{"name":"x","handle":"snap-1"}'
	echo changed >"$p/d/f"
	local size=$((64 * MB))
	[ "$kind" = quota ] || grow_online || size=$((32 * MB))
	v=$(call create "$(req pvc-2 $size "$params" ',"from":{"snapshot":"snap-1"}')")
	local q; q=$(path_of <<<"$v") && [ -n "$q" ] || { not_ok "$kind: restored" "$v"; return; }
	call stage '{"name":"pvc-2"}' >/dev/null
	expect "$kind: restored" '^deep 7 8$' sh -c "echo \$(cat $q/d/f) \$(stat -c '%u %g' $q/d/f)"
	expect "$kind: ... with hard links, links, modes" '^2 /etc/passwd 2750$' sh -c "echo \$(stat -c %h $q/hard) \$(readlink $q/soft) \$(stat -c %a $q/d)"
	v=$(call create "$(req pvc-3 $size "$params" ',"from":{"volume":"pvc-1"}')"); q=$(path_of <<<"$v") && [ -n "$q" ] || { not_ok "$kind: a clone" "$v"; return; }
	call stage '{"name":"pvc-3"}' >/dev/null
	expect "$kind: a clone" '^changed$' cat "$q/d/f"
	expect "$kind: ... is limited, too" 'No space left|Disk quota exceeded' sh -c "head -c $((80 * MB)) /dev/zero >${q:?}/b; sync ${q:?}/b"
	expect "$kind: a copy larger than the claim is refused" 'error.*is larger than the claim' call create "$(req pvc-4 $MB "$params" ',"from":{"snapshot":"snap-1"}')"
	expect "$kind: the snapshot outlives its volume" '^{}$' call delete '{"name":"pvc-1"}'
	expect "$kind: ..." '"ready":true' call snapshot-get '{"name":"x","handle":"snap-1"}'
	for v in pvc-2 pvc-3; do expect "$kind: delete $v" '^{}$' call delete "{\"name\":\"$v\"}"; done
	expect "$kind: delete the snapshot" '^{}$' call snapshot-delete '{"name":"snap-1","handle":"snap-1"}'
	check "$kind: nothing is left" clean
	# promises
	expect "$kind: more than there is is refused" 'error.*no space left for' call create "$(req pvc-5 $((1 << 50)) "$params")"
	check "$kind: ... and leaves nothing" clean
	v=$(call create "$(req pvc-6 $((32 * MB)) "$params")"); p=$(path_of <<<"$v")
	call unstage '{"name":"pvc-6"}' >/dev/null
	rmdir "$p"
	expect "$kind: a volume whose path is gone is deleted" '^{}$' call delete '{"name":"pvc-6"}'
	check "$kind: ... wholly" clean
}
grow_online() { [ $((0x$(awk '/^CapEff/{print $2}' /proc/self/status) >> 24 & 1)) = 1 ]; }

part_image() {
	[ -n "$have_loop" ] || { skip "capacity by image" "no loop devices or no mkfs.ext4"; return; }
	limits image
	local v dev
	v=$(call create "$(req pvc-1 $((16 * MB)) '{"enforce":"image"}' | sed 's/"Filesystem"/"Block"/')")
	expect "a block volume" '"path":.*/.minik/images/pvc-1"' echo "$v"
	check "... stage" call stage '{"name":"pvc-1","volumeMode":"Block"}'
	expect "... publish" '^{}$' call publish "{\"name\":\"pvc-1\",\"volumeMode\":\"Block\",\"targetPath\":\"$T/dev\"}"
	expect "... is a device of its size" '^16777216$' blockdev --getsize64 "$T/dev"
	expect "... grows" '"capacityBytes":33554432' call node-expand "{\"name\":\"pvc-1\",\"capacityBytes\":$((32 * MB))}"
	expect "... at once" '^33554432$' blockdev --getsize64 "$T/dev"
	expect "... what is on it is never mounted here" 'error.*has another volumeMode' call create "$(req pvc-2 $((32 * MB)) '{"enforce":"image"}' ',"from":{"volume":"pvc-1"}')"
	call unpublish "{\"handle\":\"pvc-1\",\"targetPath\":\"$T/dev\"}" >/dev/null
	call unstage '{"name":"pvc-1"}' >/dev/null
	expect "... delete" '^{}$' call delete '{"name":"pvc-1"}'
	check "... nothing is left" clean
	expect "enforce: quota says what is missing" 'error.*(does not enforce project quota.*prjquota|"quota")' call create "$(req pvc-1 $MB '{"enforce":"quota"}')"
	call delete '{"name":"pvc-1"}' >/dev/null
	# no loop devices: auto goes on, and says so
	mkdir -p "$T/none"
	expect "without loop devices auto warns" '"warnings":\["the capacity of this volume is not enforced: .*no loop devices' unshare -m sh -c "mount --bind $T/none /dev && $TOOL $D n1 minik.io/local-path create '$(req pvc-2 $MB)'"
	expect "... and image is refused" 'error.*no loop devices.*modprobe loop' unshare -m sh -c "mount --bind $T/none /dev && $TOOL $D n1 minik.io/local-path create '$(req pvc-3 $MB '{"enforce":"image"}')'"
	call delete '{"name":"pvc-2"}' >/dev/null
	check "... nothing is left" clean
	# a full disk
	mkdir -p "$T/small" && mount -t tmpfs -o size=64m small "$T/small"
	local D=$T/small
	expect "a disk that is too small" 'error -1010 .*no space left' call create "$(req pvc-1 $((256 * MB)) '{"enforce":"image"}')"
	expect "... with promises beyond it" '"minik.io/enforce":"image"' call create "$(req pvc-1 $((256 * MB)) '{"enforce":"image","overcommit":"true"}')"
	head -c $((100 * MB)) /dev/zero >"$D/fill" 2>/dev/null
	expect "a full disk" 'error.*No space left|error -1010' call create "$(req pvc-2 $((16 * MB)) '{"enforce":"image","overcommit":"true"}')"
	expect "... deletes" '^{}$' call delete '{"name":"pvc-1"}'
	rm "$D/fill"
	check "... and nothing is left" clean
	umount "$D"
}

part_quota() {
	if [ -z "${LOCAL_DISK:-}" ]; then skip "capacity by project quota" "no file system with project quota (vm lab: tests/vm/storage_quota.sh)"; return; fi
	local D=$LOCAL_DISK/data v
	limits quota
	expect "auto takes quota where it is" '"minik.io/enforce":"quota"' call create "$(req pvc-1 $((8 * MB)))"
	call delete '{"name":"pvc-1"}' >/dev/null
	check "no project has a limit left" sh -c "! $TOOL $D n1 minik.io/local-path capacity | grep -q error"
}

# kill -9 at any moment of making and removing: the next start finds it, and once the claim is gone nothing is left.
part_kill() {
	local kind kinds="none" n=${KILLS:-25} i pid bad=0 all=0
	[ -z "${MINIK_SOAK:-}" ] || n=500
	[ -z "$have_loop" ] || kinds="none image"
	[ -z "${LOCAL_DISK:-}" ] || kinds="$kinds quota"
	for kind in $kinds; do
		local D=$D; [ $kind != quota ] || D=$LOCAL_DISK/data
		for ((i = 0; i < n; i++)); do
			{ req pvc-k $((16 * MB)) "{\"enforce\":\"$kind\"}" ',"node":"n1"' | sed 's/^/create /'; echo 'stage {"name":"pvc-k"}'; echo 'snapshot-create {"name":"snap-k","volume":{"handle":"pvc-k"}}'
				echo 'delete {"name":"pvc-k"}'; } >"$T/kill"
			"$TOOL" "$D" n1 minik.io/local-path - <"$T/kill" >/dev/null 2>&1 &
			pid=$!
			# The moment is what the test is about: nothing to wait for.
			sleep "0.$(printf %03d $((RANDOM % 60)))"
			kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null
			all=$((all + 1))
			call delete '{"name":"pvc-k"}' >/dev/null && call snapshot-delete '{"name":"snap-k","handle":"snap-k"}' >/dev/null && clean >"$T/left" || { bad=$((bad + 1)); cat "$T/left"; }
		done
	done
	[ $bad = 0 ] && ok "kill -9 at $all moments ($kinds) leaves nothing" || not_ok "kill -9 at $all moments ($kinds) leaves nothing" "$bad left something: $(cat "$T/left")"
}

# 500 claims made and removed.
part_soak() {
	local n=25 i kind=none
	[ -z "${MINIK_SOAK:-}" ] || n=500
	[ -z "$have_loop" ] || kind=image
	[ -z "${LOCAL_DISK:-}" ] || kind=auto
	for ((i = 0; i < n; i++)); do
		req "pvc-s$i" $((8 * MB)) "{\"enforce\":\"$kind\"}" ',"node":"n1"' | sed 's/^/create /'
		echo "stage {\"name\":\"pvc-s$i\"}"
		[ $((i % 5)) != 4 ] || for ((k = i - 4; k <= i; k++)); do echo "delete {\"name\":\"pvc-s$k\"}"; done
	done >"$T/soak"
	call - <"$T/soak" >"$T/soak.out"
	grep -q '^error' "$T/soak.out" && not_ok "$n volumes ($kind)" "$(grep -m3 '^error' "$T/soak.out")" || ok "$n volumes ($kind) made, mounted, deleted"
	check "... without a directory, device, record or mount left" clean
}

for p in paths image quota kill soak; do wanted $p && part_$p; done
[ -z "${LOCAL_ALONE:-}" ] && { wanted cluster || wanted seccomp; } || exit $lib_failed
. "$MINIK_TOP/tests/integration/storage_local_cluster.sh"
exit $lib_failed
