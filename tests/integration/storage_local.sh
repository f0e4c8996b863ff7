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
# over FILE MB: writes as a container's root, whom quotas bind: without CAP_SYS_RESOURCE.
over() { setpriv --bounding-set -sys_resource dd if=/dev/zero of="${1:?}" bs=1M count="$2" conv=fsync; }

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
	expect "a foreign path is not removed" 'error.*is not below a path of this node' call delete '{"name":"pvc-9","source":{"local":{"path":"/proc/version"}}}'
	mkdir -p "$D/storage/pvc-8_a_b" "$D/storage/pvc-80_a_b"
	expect "nor another volume's" 'error.*is not what was made for' call delete "{\"name\":\"pvc-8\",\"source\":{\"local\":{\"path\":\"$D/storage/pvc-80_a_b\"}}}"
	expect "one of a time before records is" '^[{][}]$' call delete "{\"name\":\"pvc-8\",\"source\":{\"local\":{\"path\":\"$D/storage/pvc-8_a_b\"}}}"
	rmdir "$D/storage/pvc-80_a_b"
	expect "paths by ConfigMap" "\"path\":\"$T/b/pvc-4_ns_pvc-4\"" env LOCAL_PATH_CONFIG="{\"nodePathMap\":[{\"node\":\"n1\",\"paths\":[\"$T/a\",\"$T/b\"]}]}" "$TOOL" "$D" n1 minik.io/local-path create "$(req pvc-4 $MB "{\"enforce\":\"none\",\"path\":\"$T/b\"}")"
	expect "... for nodes that are not listed" "\"path\":\"$T/a/pvc-5_ns_pvc-5\"" env LOCAL_PATH_CONFIG="{\"nodePathMap\":[{\"node\":\"DEFAULT_PATH_FOR_NON_LISTED_NODES\",\"paths\":[\"$T/a\"]}]}" "$TOOL" "$D" n1 minik.io/local-path create "$(req pvc-5 $MB '{"enforce":"none"}')"
	expect "... a shared file system is not supported" 'sharedFileSystemPath is not supported' env LOCAL_PATH_CONFIG='{"sharedFileSystemPath":"/x"}' "$TOOL" "$D" n1 minik.io/local-path create "$(req pvc-6 $MB '{"enforce":"none"}')"
	: >"$D/storage/ns/data/file"
	for p in 1 2 4 5; do expect "delete pvc-$p" '^[{][}]$' call delete "{\"name\":\"pvc-$p\"}"; done
	expect "... once more" '^[{][}]$' call delete '{"name":"pvc-2","source":{"local":{"path":"'"$D"'/storage/ns/data"}}}'
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
	expect "$kind: more does not" 'No space left|Disk quota exceeded' over "${p:?}/b" 40
	expect "$kind: it has not grown beyond" yes sh -c "[ \$(du -sm $p | cut -f1) -le 33 ] && echo yes"
	expect "$kind: usage" '"total":(33554432|2[5-9][0-9]{6}),"used":[23][0-9]{7}' call stats '{"name":"pvc-1"}'
	rm "$p/b"
	expect "$kind: publish" '^[{][}]$' call publish "{\"name\":\"pvc-1\",\"volumeMode\":\"Filesystem\",\"targetPath\":\"$T/target\"}"
	expect "$kind: ... read" '^20971520$' stat -c %s "$T/target/a"
	expect "$kind: ... once more" '^[{][}]$' call publish "{\"name\":\"pvc-1\",\"volumeMode\":\"Filesystem\",\"targetPath\":\"$T/target\"}"
	exec 7<"$p/a"
	[ "$kind" = quota ] || expect "$kind: in use, it is not unmounted" 'error -16 ' call unstage '{"name":"pvc-1"}'
	exec 7<&-
	expect "$kind: unpublish" '^[{][}]$' call unpublish "{\"handle\":\"pvc-1\",\"targetPath\":\"$T/target\"}"
	[ ! -e "$T/target" ] && ok "$kind: ... and it is gone" || not_ok "$kind: ... and it is gone"
	expect "$kind: a read-only publish" '^[{][}]$' call publish "{\"name\":\"pvc-1\",\"readOnly\":true,\"targetPath\":\"$T/target\"}"
	expect "$kind: ... is" 'Read-only file system' touch "$T/target/x"
	call unpublish "{\"handle\":\"pvc-1\",\"targetPath\":\"$T/target\"}" >/dev/null
	# growth: unmounted and mounted
	if [ "$kind" = quota ] || grow_online; then
		expect "$kind: grow to 64 Mi" '"capacityBytes":67108864' call node-expand "{\"name\":\"pvc-1\",\"capacityBytes\":$((64 * MB))}"
		expect "$kind: 20 more fit now" '^20971520$' sh -c "head -c $((20 * MB)) /dev/zero >${p:?}/c && stat -c %s $p/c"
	else
		skip "$kind: growth while it is mounted" "no CAP_SYS_RESOURCE here; in the vm lab"
		expect "$kind: ... is refused" 'error.*without CAP_SYS_RESOURCE' call node-expand "{\"name\":\"pvc-1\",\"capacityBytes\":$((64 * MB))}"
		expect "$kind: ... it is let go of" '^[{][}]$' call unstage '{"name":"pvc-1"}'
		expect "$kind: ... and grows before it is mounted again" '^[{][}]$' call stage '{"name":"pvc-1"}'
		expect "$kind: ... wholly" '"capacityBytes":67108864' call node-expand "{\"name\":\"pvc-1\",\"capacityBytes\":$((64 * MB))}"
		expect "$kind: ... with what was in it" '^20971520$' stat -c %s "${p:?}/a"
	fi
	expect "$kind: more than there is room for" 'error -34 .*no space left' call node-expand "{\"name\":\"pvc-1\",\"capacityBytes\":$((1 << 50))}"
	expect "$kind: never smaller" '"capacityBytes":(67108864|33554432)' call node-expand "{\"name\":\"pvc-1\",\"capacityBytes\":$MB}"
	# snapshots and clones
	mkdir "$p/d" && echo deep >"$p/d/f" && ln "$p/d/f" "$p/hard" && ln -s /etc/passwd "$p/soft" && chmod 2750 "$p/d" && chown 7:8 "$p/d/f"
	expect "$kind: a snapshot" '"ready":true' call snapshot-create '{"name":"snap-1","volume":{"handle":"pvc-1"}}'
	expect "$kind: ... once more" '"ready":true' call snapshot-create '{"name":"snap-1","volume":{"handle":"pvc-1"}}'
	expect "$kind: ... is known" '"handle":"snap-1"' call snapshot-get '{"name":"x","handle":"snap-1"}'
	echo changed >"$p/d/f"
	local size=$((64 * MB))
	v=$(call create "$(req pvc-2 $size "$params" ',"from":{"snapshot":"snap-1"}')")
	local q; q=$(path_of <<<"$v") && [ -n "$q" ] || { not_ok "$kind: restored" "$v"; return; }
	call stage '{"name":"pvc-2"}' >/dev/null
	expect "$kind: restored" '^deep 7 8$' sh -c "echo \$(cat $q/d/f) \$(stat -c '%u %g' $q/d/f)"
	expect "$kind: ... with hard links, links, modes" '^2 /etc/passwd 2750$' sh -c "echo \$(stat -c %h $q/hard) \$(readlink $q/soft) \$(stat -c %a $q/d)"
	v=$(call create "$(req pvc-3 $size "$params" ',"from":{"volume":"pvc-1"}')"); q=$(path_of <<<"$v") && [ -n "$q" ] || { not_ok "$kind: a clone" "$v"; return; }
	call stage '{"name":"pvc-3"}' >/dev/null
	expect "$kind: a clone" '^changed$' cat "$q/d/f"
	expect "$kind: ... is limited, too" 'No space left|Disk quota exceeded' over "${q:?}/b" 80
	expect "$kind: a copy larger than the claim is refused" 'error.*is larger than the claim' call create "$(req pvc-4 $MB "$params" ',"from":{"snapshot":"snap-1"}')"
	expect "$kind: the snapshot outlives its volume" '^[{][}]$' call delete '{"name":"pvc-1"}'
	expect "$kind: ..." '"ready":true' call snapshot-get '{"name":"x","handle":"snap-1"}'
	for v in pvc-2 pvc-3; do expect "$kind: delete $v" '^[{][}]$' call delete "{\"name\":\"$v\"}"; done
	expect "$kind: delete the snapshot" '^[{][}]$' call snapshot-delete '{"name":"snap-1","handle":"snap-1"}'
	check "$kind: nothing is left" clean
	# promises
	expect "$kind: more than there is is refused" 'error.*no space left for 1Pi at .* are free' call create "$(req pvc-5 $((1 << 50)) "$params")"
	check "$kind: ... and leaves nothing" clean
	v=$(call create "$(req pvc-6 $((32 * MB)) "$params")"); p=$(path_of <<<"$v")
	call unstage '{"name":"pvc-6"}' >/dev/null
	rmdir "$p"
	expect "$kind: a volume whose path is gone is deleted" '^[{][}]$' call delete '{"name":"pvc-6"}'
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
	expect "... publish" '^[{][}]$' call publish "{\"name\":\"pvc-1\",\"volumeMode\":\"Block\",\"targetPath\":\"$T/dev\"}"
	expect "... is a device of its size" '^16777216$' blockdev --getsize64 "$T/dev"
	expect "... grows" '"capacityBytes":33554432' call node-expand "{\"name\":\"pvc-1\",\"capacityBytes\":$((32 * MB))}"
	expect "... at once" '^33554432$' blockdev --getsize64 "$T/dev"
	expect "... what is on it is never mounted here" 'error.*has another volumeMode' call create "$(req pvc-2 $((32 * MB)) '{"enforce":"image"}' ',"from":{"volume":"pvc-1"}')"
	call unpublish "{\"handle\":\"pvc-1\",\"targetPath\":\"$T/dev\"}" >/dev/null
	call unstage '{"name":"pvc-1"}' >/dev/null
	expect "... delete" '^[{][}]$' call delete '{"name":"pvc-1"}'
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
	expect "... deletes" '^[{][}]$' call delete '{"name":"pvc-1"}'
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
	[ "${MINIK_SOAK:-0}" != 1 ] || n=500
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
	[ "${MINIK_SOAK:-0}" != 1 ] || n=500
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

# --- in a cluster ---

IMAGE=localhost:5000/toolbox:1.0
get() { k get "$1" "$2" -o "jsonpath=$3"; }
events() { k get events -A --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}'; }
says() { events "$1" | grep -E "$2"; }
claim() { # claim NAME SIZE [CLASS] [MORE OF SPEC]
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: $1}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: $2}}${3:+, storageClassName: $3}${4:-}}}
	Y
}
pod() { # pod NAME CLAIM COMMAND [MORE OF THE CONTAINER] [MORE OF THE SPEC]
	k create -f - >/dev/null <<-Y
	apiVersion: v1
	kind: Pod
	metadata: {name: $1}
	spec: {restartPolicy: Never, terminationGracePeriodSeconds: 0, ${5:-} volumes: [{name: v, persistentVolumeClaim: {claimName: $2}}, {name: tools, hostPath: {path: "$T/tools"}}],
	  containers: [{name: c, image: "$IMAGE", command: [sh, -c, '$3'], volumeMounts: [{name: v, mountPath: /v}, {name: tools, mountPath: /tools}]${4:-}}]}
	Y
}
phase() { [ "$(get pod "$1" '{.status.phase}')" = "$2" ]; }
gone() { ! k get "$@" 2>/dev/null; }
n1_clean() {
	local left
	left=$(find "$T/n1/data/storage" -mindepth 1 -maxdepth 1 -not -name .minik -not -name journal; find "$T/n1/data/storage/.minik" "$T/n1/data/storage/journal" -type f; loops
		in_node n1 awk -v d="$T/n1/data/" 'index($5, d) == 1 && $5 ~ /storage|kubelet/ {print $5}' /proc/self/mountinfo)
	[ -z "$left" ] || { echo "$left"; return 1; }
}
has_limit() { [ -n "$have_loop" ] || [ -n "${LOCAL_DISK:-}" ]; }

part_cluster() {
	claim data 32Mi
	pod writer data 'head -c 20971520 /dev/zero >/v/a && echo fits; dd if=/dev/zero of=/v/b bs=1M count=40; sync; df -m /v; sleep 1000'
	check "a pod runs on a claim of the default class" eventually 30 phase writer Running || { k describe pvc data; k describe pod writer; }
	pv=$(get pvc data '{.spec.volumeName}')
	expect "how it is kept stands in the volume" '^(image|quota|none)$' get pv "$pv" '{.metadata.annotations.minik\.io/enforce}'
	written() { k logs writer | grep -E "$1"; }
	check "it writes what fits" eventually 20 written '^fits$'
	if has_limit; then check "... and no more" eventually 20 written 'No space left on device|quota exceeded'; else skip "... and no more" "neither loop devices nor project quota"; fi
	expect "the class grows volumes" '^true$' get sc local-path '{.allowVolumeExpansion}'
	if has_limit && grow_online; then
		k patch pvc data -p '{"spec":{"resources":{"requests":{"storage":"64Mi"}}}}' >/dev/null
		grown() { [ "$(get pvc data '{.status.capacity.storage}')" = 64Mi ]; }
		check "the claim grows while the pod runs" eventually 30 grown
		expect "... and takes more" '^more$' k exec writer -- sh -c 'rm -f /v/b; head -c 31457280 /dev/zero >/v/c && echo more'
	else
		skip "growth while the pod runs" "no CAP_SYS_RESOURCE here; in the vm lab"
	fi

	# a claim of one's own is never grown by being used
	fresh() { for i in 1 2 3 4 5 6; do claim "fresh$i" "${i}Mi"; pod "fresh$i" "fresh$i" 'sleep 1000'; done; }
	fresh
	check "small claims, all at once" eventually 60 k wait --for=condition=Ready pod/fresh1 pod/fresh2 pod/fresh3 pod/fresh4 pod/fresh5 pod/fresh6 --timeout=50s
	resized() { k get events -o 'jsonpath={range .items[*]}{.reason} {.involvedObject.name}{"\n"}{end}' | grep -c '^FileSystemResize.* fresh'; }
	expect "... are not said to have grown" '^0$' resized
	k delete pod fresh1 fresh2 fresh3 fresh4 fresh5 fresh6 --wait=false >/dev/null; k delete pvc fresh1 fresh2 fresh3 fresh4 fresh5 fresh6 --wait=false >/dev/null

	# killed with the volume mounted; pod and claim go meanwhile
	kill -9 "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"
	check "the server is back after kill -9" eventually 20 k get --raw /readyz
	expect "... the pod has kept its volume" '^20971520$' k exec writer -- stat -c %s /v/a
	k delete pod writer --wait=false >/dev/null; k delete pvc data --wait=false >/dev/null
	check "pod, claim and volume go" eventually 30 gone pv "$pv"
	check "... and nothing is left on the node" eventually 20 n1_clean

	# block
	if [ -n "$have_loop" ]; then
		claim disk 16Mi "" ', volumeMode: Block'
		k create -f - >/dev/null <<-Y
		apiVersion: v1
		kind: Pod
		metadata: {name: disk}
		spec: {restartPolicy: Never, terminationGracePeriodSeconds: 0, volumes: [{name: v, persistentVolumeClaim: {claimName: disk}}],
		  containers: [{name: c, image: "$IMAGE", command: [sh, -c, 'echo block >/dev/xvda; head -c 5 /dev/xvda; echo; sleep 1000'], volumeDevices: [{name: v, devicePath: /dev/xvda}]}]}
		Y
		wrote() { k logs disk | grep -x block; }
		check "a block volume is written" eventually 30 wrote || { k describe pod disk | tail -5; k describe pvc disk | tail -5; }
		k delete pod disk --wait=false >/dev/null; k delete pvc disk --wait=false >/dev/null
		check "... and leaves nothing" eventually 30 n1_clean
	fi

	# mount options: of any mount, of ext4, of nobody
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: noexec}, provisioner: minik.io/local-path, volumeBindingMode: WaitForFirstConsumer, mountOptions: [noexec, "nosuid,noatime"], parameters: {enforce: none}}
	---
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: wrong}, provisioner: minik.io/local-path, volumeBindingMode: WaitForFirstConsumer, mountOptions: [noexec, soft], parameters: {enforce: none}}
	---
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: journal}, provisioner: minik.io/local-path, volumeBindingMode: WaitForFirstConsumer, mountOptions: [ro, data=journal], parameters: {enforce: image}}
	Y
	claim noexec 1Mi noexec; claim wrong 1Mi wrong; claim journal 8Mi journal
	pod noexec noexec 'cp /bin/busybox /v/busybox; /v/busybox true || echo held; grep " /v " /proc/self/mountinfo; sleep 1000'
	pod wrong wrong 'sleep 1000'
	check "mount options: a directory has those of a mount" eventually 30 phase noexec Running
	opts() { k logs "$1" | grep -E "$2"; }
	check "... nothing is run from it" eventually 10 opts noexec '^held$'
	check "... and all of them are there" eventually 10 opts noexec 'nosuid,.*noexec,noatime'
	expect "... the volume carries them" '^\["noexec","nosuid,noatime"\]$' get pv "$(get pvc noexec '{.spec.volumeName}')" '{.spec.mountOptions}'
	check "... what it cannot have is named" eventually 20 says wrong 'ProvisioningFailed: .*mount option "soft" cannot be had'
	k patch pv "$(get pvc noexec '{.spec.volumeName}')" --type=merge -p '{"spec":{"mountOptions":["data=journal"]}}' >/dev/null
	pod later noexec 'sleep 1000'
	check "... also of a volume that has it later" eventually 20 says later 'FailedMount.*mount option "data=journal" cannot be had'
	if [ -n "$have_loop" ]; then
		pod journal journal 'touch /v/x || echo held; grep " /v " /proc/self/mountinfo; sleep 1000'
		check "... an image those of ext4, too" eventually 30 phase journal Running || { k describe pod journal | tail -5; k describe pvc journal | tail -5; }
		check "... read-only" eventually 10 opts journal '^held$'
		check "... with its journal" eventually 10 opts journal ' ro,.* - ext4 .*data=journal'
	fi
	k delete pod noexec wrong journal later --ignore-not-found --wait=false >/dev/null; k delete pvc noexec wrong journal --wait=false >/dev/null
	check "... and leave nothing" eventually 30 n1_clean

	# what it cannot do is said before anything is made
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: VolumeAttributesClass, metadata: {name: fast}, driverName: minik.io/local-path, parameters: {iops: "7"}}
	Y
	claim attributes 1Mi "" ', volumeAttributesClassName: fast'
	pod attributes attributes 'sleep 1000'
	check "a VolumeAttributesClass is refused" eventually 20 says attributes 'ProvisioningFailed: .*built in minik.io/local-path cannot modify'
	expect "... before anything is made" '^0$' sh -c "find $T/n1/data/storage/.minik/volumes -name '*.json' | wc -l"
	k delete pod attributes --wait=false >/dev/null; k delete pvc attributes --wait=false >/dev/null
	large() { echo "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: large}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: \"$1\"}}}}" | k create --dry-run=server -f - 2>&1; }
	expect "a very large size is no fraction" '^persistentvolumeclaim/large created' large 100Pi
	expect "... nor the largest" '^persistentvolumeclaim/large created' large 9223372036854775807
	expect "... a fraction is" 'fractional byte value "1100m"' large 1.1

	# a claim that is deleted before anybody uses it, and one whose annotations are hostile
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: pattern}, provisioner: minik.io/local-path, volumeBindingMode: WaitForFirstConsumer,
	 parameters: {enforce: none, pathPattern: "{{ .PVC.Namespace }}/{{ .PVC.Annotations.dir }}"}}
	Y
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: evil, annotations: {dir: ../../../etc}}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}, storageClassName: pattern}}
	Y
	pod evil evil 'sleep 1000'
	check "a hostile annotation is refused, and the claim says why" eventually 20 says evil 'ProvisioningFailed.*leads out of its place'
	k annotate pvc evil dir=good --overwrite >/dev/null
	check "... mended it is made" eventually 60 phase evil Running
	expect "... where the pattern says" "^$T/n1/data/storage/default/good$" get pv "$(get pvc evil '{.spec.volumeName}')" '{.spec.local.path}'
	k delete pod evil --wait=false >/dev/null; k delete pvc evil --wait=false >/dev/null
	check "... and leaves nothing" eventually 30 n1_clean

	# the ConfigMap
	mkdir -p "$T/n1/fast"
	k create cm -n kube-system local-path-config --from-literal=other=x >/dev/null
	check "a ConfigMap without its key is told of" eventually 20 says local-path-config 'InvalidConfiguration: .*has no key config.json'
	k delete cm -n kube-system local-path-config >/dev/null
	k create cm -n kube-system local-path-config --from-literal=config.json='{"nodePathMap":[{"node":"n1","paths":["relative"]}]}' >/dev/null
	check "a wrong ConfigMap is told of" eventually 20 says local-path-config 'InvalidConfiguration.*not an absolute path'
	claim other 1Mi
	pod other other 'touch /v/x; sleep 1000'
	check "... and nothing is made meanwhile" eventually 20 says other 'ProvisioningFailed.*not an absolute path'
	k create cm -n kube-system local-path-config --from-literal=config.json="{\"nodePathMap\":[{\"node\":\"n1\",\"paths\":[\"$T/n1/fast\"]}]}" --dry-run=client -o yaml | k apply -f - >/dev/null 2>&1
	check "a right one counts at once" eventually 20 phase other Running
	expect "... with its path" "^$T/n1/fast/" get pv "$(get pvc other '{.spec.volumeName}')" '{.spec.local.path}'
	k delete cm -n kube-system local-path-config >/dev/null
	k delete pod other --wait=false >/dev/null; k delete pvc other --wait=false >/dev/null
	check "... and volumes go though their path is not configured any more" eventually 30 n1_clean
	expect "... also there" '^0$' sh -c "find $T/n1/fast -type f -not -path '*/.minik/*' | wc -l"

	# Retain keeps the data though the object goes
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: keep}, provisioner: minik.io/local-path, volumeBindingMode: WaitForFirstConsumer, reclaimPolicy: Retain, parameters: {enforce: none}}
	Y
	claim kept 1Mi keep
	pod kept kept 'echo precious >/v/x; sleep 1000'
	check "a claim of a class that retains" eventually 30 phase kept Running
	pv=$(get pvc kept '{.spec.volumeName}'); local path; path=$(get pv "$pv" '{.spec.local.path}')
	check "... written" eventually 10 test -s "$path/x"
	k delete pod kept --timeout=20s >/dev/null; k delete pvc kept --timeout=20s >/dev/null; k delete pv "$pv" --timeout=20s >/dev/null
	kill -9 "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"
	check "a new start" eventually 20 k get --raw /readyz
	expect "... does not take it for a leftover" '^precious$' cat "$path/x"
	rm -rf "$path" "$T/n1/data/storage/.minik/volumes/$pv.json"
}

# What a container's root may do to its own limit.
part_seccomp() {
	local denied='fssetxattr EPERM fssetxattr-high EPERM setflags EPERM setflags-high EPERM setflags-32 EPERM file_setattr E(PERM|NOSYS) quotactl EPERM io_uring E(PERM|NOSYS)'
	local who said
	claim own 8Mi
	pod none own '/tools/project_tool /v; sleep 1000'
	pod default own '/tools/project_tool /v; sleep 1000' ', securityContext: {seccompProfile: {type: RuntimeDefault}}'
	pod caps own '/tools/project_tool /v; sleep 1000' ', securityContext: {capabilities: {add: [LINUX_IMMUTABLE, SYS_RESOURCE]}, seccompProfile: {type: RuntimeDefault}}'
	pod unconfined own '/tools/project_tool /v; sleep 1000' ', securityContext: {seccompProfile: {type: Unconfined}}'
	pod privileged own '/tools/project_tool /v; sleep 1000' ', securityContext: {privileged: true}'
	for who in none default caps unconfined privileged; do
		check "$who: runs" eventually 30 phase $who Running || { k describe pod $who | tail -5; continue; }
		tries() { k logs $who | grep -q '^musl'; }
		check "$who: has tried" eventually 10 tries
		said=$(k logs $who | grep -vE '^(project|fsgetxattr|getflags|fionread|musl)' | tr '\n' ' ')
		case $who in
		unconfined | privileged) expect "$who: is not held up by the profile" '^fssetxattr (0|E[A-OQ-Z][A-Z]*) .*setflags 0 ' echo "$said" ;;
		none)
			# Only those whose pods name a profile have a list of what is allowed: a call that the installed libseccomp does not know yet gets through.
			[[ $said = *"file_setattr 0"* ]] && skip "none: file_setattr" "libseccomp here does not know it" && said=${said/file_setattr 0/file_setattr EPERM}
			expect "$who: changes neither project nor flags, by no number" "^$denied" echo "$said" ;;
		*) expect "$who: changes neither project nor flags, by no number" "^$denied" echo "$said" ;;
		esac
		expect "$who: other calls go through" '^fionread 0 musl 0 $' sh -c "printf '%s\n' '$(k logs $who | grep -E '^(fionread|musl)' | tr '\n' ' ')'"
	done
	# what killall takes away, and what it leaves
	pv=$(get pvc own '{.spec.volumeName}')
	check "killall" in_node n1 "$MINIK" killall --data-dir "$T/n1/data" --run-dir "$T/n1/run" --cgroup-root "$lib_cgroup-n1" --config "$T/n1/config.yaml"
	check "... lets go of mounts and loop devices" sh -c "! grep -ls '^$T' /sys/block/loop*/loop/backing_file"
	expect "... of mounts" '^0$' in_node n1 sh -c "awk -v d='$T/n1/data/storage' 'index(\$5, d) == 1' /proc/self/mountinfo | wc -l"
	check "... and leaves the volume" test -s "$T/n1/data/storage/.minik/volumes/$pv.json"
}

# 500 claims of a cluster made and deleted, 25 at a time; a pod of each batch has its claim mounted.
part_churn() {
	local n=25 i k names left=0
	[ "${MINIK_SOAK:-0}" != 1 ] || n=500
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: churn}, provisioner: minik.io/local-path, volumeBindingMode: Immediate}
	Y
	bound() { [ "$(k get pvc $names -o 'jsonpath={range .items[*]}{.status.phase}{"\n"}{end}' | grep -c Bound)" = 25 ]; }
	no_volumes() { [ -z "$(k get pv -o name)" ]; }
	for ((i = 0; i < n; i += 25)); do
		names=
		for ((k = i; k < i + 25; k++)); do names="$names churn-$k"; done
		for k in $names; do printf "%s\n" --- "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: $k}, spec: {accessModes: [ReadWriteOnce], storageClassName: churn, resources: {requests: {storage: 8Mi}}}}"; done |
			k create -f - >/dev/null
		pod "user-$i" "churn-$i" 'echo x >/v/f'
		eventually 60 bound && eventually 60 phase "user-$i" Succeeded || { left=$((left + 1)); k get pvc,pod; }
		k delete pod "user-$i" --wait=false >/dev/null
		k delete pvc $names --wait=false >/dev/null
		eventually 60 no_volumes || { left=$((left + 1)); k get pv; }
	done
	[ $left = 0 ] && ok "$n claims of a cluster made and deleted" || not_ok "$n claims of a cluster made and deleted" "$left batches did not come or go"
	check "... without a directory, device, record or mount left" eventually 20 n1_clean
}

for p in paths image quota kill soak; do wanted $p && part_$p; done
if [ -z "${LOCAL_ALONE:-}" ] && { wanted cluster || wanted churn || wanted seccomp; }; then
	mkdir -p "$T/tools" && cp "$B/tests/integration/project_tool" "$T/tools/" && chmod 755 "$T/tools" "$T"
	node_add n1 192.168.77.1
	server_with_images n1
	for p in cluster churn seccomp; do wanted $p && part_$p; done
fi
exit $lib_failed
