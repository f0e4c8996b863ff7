#!/bin/bash
# local-path by project quota on Debian's kernel, which has it (the build machine's has not): tests/integration/storage_local.sh without a cluster, on ext4 and on xfs where mkfs.xfs is
# installed (PARTS=quota,kill for some); images that grow while they are mounted; and a container's root, by crun with minik's own profiles, at its own limit. The guest is that kernel with the tools in an initramfs.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
[ "$(id -u)" = 0 ] || skip_all "must run as root"
for tool in qemu-system-x86_64 busybox dpkg-deb depmod modprobe bash jq losetup mkfs.ext4 unshare ip crun; do command -v $tool >/dev/null || skip_all "$tool is not installed"; done
[ "$(dpkg --print-architecture)" = amd64 ] || skip_all "the lab boots amd64 only"
[ -d "$B" ] && flock "$B" make -s -C "$B" minik tests/integration/plugin_tool tests/integration/project_tool tests/integration/seccomp_tool >&2 || skip_all "the tools cannot be built"
T=$(mktemp -d /tmp/minik-vm.XXXXXX)
trap 'vm_cleanup' EXIT
trap 'exit 130' INT TERM
vm_kernel
vm_time begin
root=$T/root
vm_modules "$root" virtio_pci virtio_blk crc32c_generic ext4 quota_v2 loop xfs bridge veth
programs="$(command -v busybox) $B/minik $B/tests/integration/plugin_tool $B/tests/integration/project_tool $B/tests/integration/seccomp_tool"
for tool in bash jq losetup mkfs.ext4 mkfs.xfs unshare ip crun blockdev mount setpriv; do programs="$programs $(command -v $tool)"; done
# shellcheck disable=SC2086
vm_programs "$root" $programs
[ ! -e /etc/mke2fs.conf ] || install -D /etc/mke2fs.conf "$root/etc/mke2fs.conf"
mkdir -p "$root/tests/integration" "$root/build/tests/integration" "$root/usr/sbin" "$root/sbin"
ln -s /bin/mkfs.ext4 "$root/sbin/mkfs.ext4"
for f in plugin_tool project_tool seccomp_tool; do ln -s /bin/$f "$root/build/tests/integration/$f"; done
ln -s /bin/minik "$root/build/minik"
cp "$MINIK_TOP/tests/integration/storage_local.sh" "$MINIK_TOP/tests/integration/lib.sh" "$MINIK_TOP/tests/integration/lib_pids.sh" "$root/tests/integration/"
install -m 755 "$MINIK_TOP/tests/vm/guest/storage-quota" "$root/init"
vm_initrd "$root" "$T/initrd" || exit 1
truncate -s 400M "$T/ext4" && mkfs.ext4 -q -F -O quota,project -E quotatype=prjquota "$T/ext4" || exit 1
truncate -s 400M "$T/xfs"
! command -v mkfs.xfs >/dev/null || mkfs.xfs -q -f "$T/xfs" || exit 1

: >"$T/results"
qemu-system-x86_64 $vm_machine -m 1024 -monitor none -no-reboot \
	-kernel "$kernel/vmlinuz" -initrd "$T/initrd" -append "console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off no_timer_check kills=${KILLS:-6} parts=${PARTS:-}" \
	-drive "file=$T/ext4,if=virtio,format=raw,cache=unsafe" -drive "file=$T/xfs,if=virtio,format=raw,cache=unsafe" \
	-device virtio-rng-pci -serial "file:$T/console" -serial "file:$T/results" >"$T/qemu.log" 2>&1 &
vm_pid=$!
vm_follow "${MINIK_VM_TIMEOUT:-900}"
vm_time "the guest"
