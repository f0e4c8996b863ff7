#!/bin/bash
# What minik writes lies under data-dir and run-dir, and where --write-kubeconfig says; nowhere else. It runs on an overlay of the whole root:
# everything that is written, by it or by what it starts, appears in the upper directory.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
flags="--data-dir /state/data --run-dir /state/run --cgroup-root $lib_cgroup-n1"
root() { in_node n1 "$@"; }
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/images" >"$T/images.log" 2>&1 || skip_all "images cannot be built: $(tail -1 "$T/images.log")"
mkdir "$T/files" && mount -t tmpfs -o mode=755 files "$T/files" && mkdir "$T/files/upper" "$T/files/work" "$T/root" "$T/state"
node_add n1 192.168.77.1
# shellcheck disable=SC2154
trap 'r=$?; root /mnt/minik killall $flags >/dev/null 2>&1; umount -l "$T/files"; (exit $r); lib_cleanup' EXIT
# Not on disks, or not minik's alone: proc, sys, dev. The state and what the test brings along are mounts too.
mkdir -p "$T/files/upper/state" "$T/files/upper/images" "$T/files/upper/old"
# shellcheck disable=SC2016
in_node n1 sh -c 'umount -l /etc/resolv.conf; mount --make-rprivate / && mount -t overlay -o "lowerdir=/,upperdir=$1/files/upper,workdir=$1/files/work" overlay "$1/root" &&
	cd "$1/root" && for d in proc sys dev; do mount --rbind /$d $d || exit 1; done && mount --bind "$1/state" state && mount --bind "$1/images" images &&
	mount --bind "$2" mnt && pivot_root . old && umount -l /old && mount --make-rshared /' sh "$T" "$(dirname "$(realpath "$MINIK")")" || skip_all "no overlay can be mounted of /"
# The program lies on /mnt there.
written() { find "$T/files/upper" -mindepth 1 \( -type d -empty -o ! -type d \) -printf '/%P\n' | grep -v -x -e /state -e /images -e /old | sort; }
written >"$T/before"
# clean NAME: what has been done up to now has written nothing elsewhere
clean() { written >"$T/after"; check "$1: nothing is written elsewhere" diff "$T/before" "$T/after"; }
# shellcheck disable=SC2086
root /mnt/minik server $flags --node-name n1 --write-kubeconfig /state/kubeconfig >"$T/server.log" 2>&1 &
lib_pids="$lib_pids $!"
export KUBECONFIG=$T/state/kubeconfig
# kubectl, with a cache of its own, stays outside.
kk() { nsenter --target "$node_pid_n1" --net -- "$KUBECTL" --kubeconfig "$T/state/kubeconfig" --cache-dir "$T/cache" "$@"; }
ready() { kk get nodes | grep -qw Ready; }
check "a server" eventually 20 ready || { cat "$T/server.log"; exit 1; }
clean "start"
# shellcheck disable=SC2046
check "images" root /mnt/minik image import $(cd "$T" && ls images/*.tar | sed 's,^,/,') --run-dir /state/run
w=$MINIK_TOP/examples/walkthrough
clean "images"
check "apply" kk apply -f "$w/hostnames.yaml" -f "$w/toolbox.yaml" -f "$w/storageclass.yaml" -f "$w/claim1.yaml" -f "$w/writer.yaml" -f "$w/ingress.yaml"
check "pods, a volume and an Ingress" kk wait --for=condition=Ready pod/toolbox pod/writer --timeout=60s
check "a deployment" kk rollout status deploy/hostnames --timeout=60s
check "exec" kk exec toolbox -- true
clean "pods"
check "status" root /mnt/minik status --run-dir /state/run
check "backup" root /mnt/minik backup /state/backup.tgz --data-dir /state/data
check "a token" root /mnt/minik token create --run-dir /state/run
clean "tools"
# shellcheck disable=SC2086
check "killall" root /mnt/minik killall $flags
clean "killall"
[ ! -e "$T/state/run" ] && ok "the run-dir is gone" || not_ok "the run-dir is gone" "$(find "$T/state/run" | head)"
