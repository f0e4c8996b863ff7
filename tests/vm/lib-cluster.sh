# Shared by the vm lab's clusters: three machines with Debian's kernel on one virtual wire, each with a disk of its own that outlives its power. The wire is a bridge
# with tap devices in a network namespace of this script; a second bridge, 'desk', is only for commands to the machines. Sourced after lib.sh.
. "$MINIK_TOP/tests/integration/lib_lab.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
KUBECTL=${KUBECTL:-$MINIK_TEST_CACHE/bin/kubectl-1.35}
patience=${MINIK_PATIENCE:-1}
lab_pids=

lab_begin() {
	local tool
	[ "$(id -u)" = 0 ] || skip_all "must run as root"
	for tool in qemu-system-x86_64 busybox dpkg-deb depmod modprobe mke2fs crun conmon curl ip nft gcc "$KUBECTL"; do command -v "$tool" >/dev/null || skip_all "$tool is not installed"; done
	[ "$(dpkg --print-architecture)" = amd64 ] || skip_all "the lab boots amd64 only"
	[ -e /dev/net/tun ] || skip_all "no /dev/net/tun for the wire"
	[ -d "$B" ] && flock "$B" make -s -C "$B" minik tests/integration/load_tool >&2 || skip_all "its tools do not build"
	T=$(mktemp -d /tmp/minik-vm.XXXXXX)
	export HOME=$T KUBECONFIG=$T/kubeconfig
	trap 'lab_cleanup' EXIT
	trap 'exit 130' INT TERM
	vm_kernel
	ip link set lo up
	ip link add wire type bridge && ip link set wire up && ip addr add 192.168.77.254/24 dev wire && ip addr add fd77::fe/64 dev wire nodad
	ip link add desk type bridge && ip link set desk up && ip addr add 192.168.78.254/24 dev desk
}
lab_cleanup() {
	local r=$? i p
	if [ $r != 0 ] && [ $r != 77 ] || [ $vm_failed != 0 ]; then
		for i in 1 2 3; do
			echo "--- n$i" >&2
			timeout 20 bash -c "exec 3<>/dev/tcp/192.168.78.$i/7000; echo 'tail -25 /var/log/minik.log' >&3; cat <&3" 2>/dev/null >&2
			tr -d '\r' <"$T/console-$i" 2>/dev/null | tail -5 >&2
		done
	fi
	[ "${LIB_PAUSE:-}" = 1 ] && [ $r != 0 -o $vm_failed != 0 ] && { echo "paused: $T (pid $$)" >&2; sleep 3600; }
	for p in $lab_pids; do [ "$(ps -o ppid= -p "$p" 2>/dev/null | tr -d ' ')" = $$ ] && kill -9 "$p"; done 2>/dev/null
	wait 2>/dev/null
	vm_pid=
	(exit $r)
	vm_cleanup
}
skip() { printf 'skip %s: %s\n' "$1" "$2"; }
check() { # NAME COMMAND...
	local name=$1 out; shift
	if out=$("$@" 2>&1); then ok "$name"; else not_ok "$name" "$* ->
$out"; return 1; fi
}
expect() { # NAME REGEX COMMAND...
	local name=$1 want=$2 out; shift 2
	out=$("$@" 2>&1)
	if printf '%s' "$out" | grep -qE -- "$want"; then ok "$name"; else not_ok "$name" "$* ->
$out
wanted: $want"; return 1; fi
}
eventually() { # SECONDS COMMAND...
	local end=$((SECONDS + $1 * patience)); shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || { "$@"; return 1; }
		sleep 0.1
	done
}
now_ms() { echo $(($(date +%s%N) / 1000000)); }

# lab_root [SIZE]: the machines' system as a folder, $T/root: Debian's busybox, crun and conmon, minik, images, kernel modules; what lab_more ROOT adds, where a script has it.
lab_root() {
	local root=$T/root tools=$MINIK_TEST_CACHE/vm/ipvsadm f
	if [ ! -e "$tools/sbin/ipvsadm" ]; then # as lib-proxy.sh has it: needed in the guest alone
		mkdir -p "$T/deb"
		(cd "$T/deb" && apt-get download ipvsadm libpopt0) >"$T/apt.log" 2>&1 || skip_all "cannot download ipvsadm: $(tail -1 "$T/apt.log")"
		rm -rf "$tools.new"
		for f in "$T"/deb/*.deb; do dpkg-deb -x "$f" "$tools.new" || exit 1; done
		rm -rf "$tools" && mv "$tools.new" "$tools"
	fi
	mkdir -p "$root"/{proc,sys,dev,tmp,run,etc/minik,lab,var/log,var/lib/minik/images,root}
	vm_modules "$root" overlay bridge br_netfilter veth tun vxlan dummy nf_conntrack nf_conntrack_netlink nf_nat nf_tables nft_chain_nat nft_nat nft_masq nft_ct nft_reject nft_reject_inet \
		nft_fib_inet nft_numgen nft_hash sctp ip_vs ip_vs_rr crc32c_generic libcrc32c sch_fq_codel sch_ingress cls_u32 act_csum
	VM_LIBRARIES=$(dirname "$(find "$tools" -name 'libpopt.so.0')") vm_programs "$root" "$tools/sbin/ipvsadm"
	vm_programs "$root" "$(command -v busybox)" "$B/minik" "$B/tests/integration/load_tool" "$(command -v crun)" "$(command -v conmon)" "$(command -v ip)" "$(command -v nft)" "$(command -v bridge)" "$(command -v nsenter)" "$(command -v ethtool)" "$(command -v tc)"
	lab_image "$T/lab" "$root/var/lib/minik/images" >"$T/image.log" 2>&1 || { not_ok "the image of the pods" "$(cat "$T/image.log")"; exit 1; }
	cp "$T/lab/lab/bin/echo_tool" "$root/bin/"
	"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
	cp "$T/images/toolbox-1.0.tar" "$root/var/lib/minik/images/"
	echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"; echo 'root:x:0:' >"$root/etc/group"
	echo 'nameserver 192.168.77.254' >"$root/etc/resolv.conf"
	printf '127.0.0.1 localhost\n' >"$root/etc/hosts"
	# The kernel loads what it needs, as under Debian: all of it is loaded at boot.
	printf '%s\n' '#!/bin/busybox sh' 'IFS= read -r command' 'export PATH=/bin:/sbin HOME=/root' 'eval "$command" 2>&1' 'echo "status $?"' >"$root/bin/lab-shell"
	chmod 755 "$root/bin/lab-shell"
	install -m 755 "$MINIK_TOP/tests/vm/guest/cluster" "$root/init"
	! declare -F lab_more >/dev/null || lab_more "$root" || exit 1
	mke2fs -q -t ext4 -d "$root" "$T/disk.img" "${1:-400M}" >"$T/mke2fs.log" 2>&1 || { not_ok "the machines' disk" "$(cat "$T/mke2fs.log")"; exit 1; }
	mkdir -p "$T/boot/bin"
	cp "$(command -v busybox)" "$T/boot/bin/"
	vm_modules "$T/boot" virtio_pci virtio_blk virtio_net virtio_rng ext4 crc32c_generic
	install -m 755 "$MINIK_TOP/tests/vm/guest/cluster" "$T/boot/init"
	vm_initrd "$T/boot" "$T/initrd" || exit 1
}

# lab_power_on I [MEMORY_MB]: with the disk that it has.
lab_power_on() {
	local i=$1 memory=${2:-320}
	[ -e "$T/disk-$i.img" ] || cp --sparse=always "$T/disk.img" "$T/disk-$i.img"
	for bridge in wire desk; do
		ip link show $bridge$i >/dev/null 2>&1 || { ip tuntap add $bridge$i mode tap && ip link set $bridge$i master $bridge up; }
	done
	qemu-system-x86_64 ${vm_machine/multi/multi,tb-size=256} -m "$memory" -monitor none -no-reboot \
		-kernel "$kernel/vmlinuz" -initrd "$T/initrd" -append "console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off no_timer_check net.ifnames=0 node=$i " \
		-drive "file=$T/disk-$i.img,if=virtio,format=raw,cache=writeback" \
		-netdev tap,id=w,ifname=wire$i,script=no,downscript=no -device virtio-net-pci,netdev=w,mac=52:54:00:00:00:0$i,romfile= \
		-netdev tap,id=d,ifname=desk$i,script=no,downscript=no -device virtio-net-pci,netdev=d,mac=52:54:00:00:01:0$i,romfile= \
		-device virtio-rng-pci -serial "file:$T/console-$i" >"$T/qemu-$i.log" 2>&1 &
	eval "vm_pid_$i=$!"
	lab_pids="$lab_pids $!"
}
lab_power_cut() { eval "local p=\$vm_pid_$1"; kill -9 "$p"; wait "$p" 2>/dev/null; }

# on I COMMAND: in the machine, by the desk; output and status are the command's.
on() {
	local i=$1 out; shift
	out=$(timeout $((60 * patience)) bash -c 'exec 3<>/dev/tcp/192.168.78.'"$i"'/7000; printf "%s\n" "$1" >&3; cat <&3' on "$*" 2>&1) || { echo "n$i does not answer: $out"; return 1; }
	case $out in *$'\nstatus '*) printf '%s\n' "${out%$'\n'status *}" ;; status\ *) ;; *) printf '%s\n' "$out"; return 1 ;; esac
	return "${out##*status }"
}
lab_up() { on "$1" true; }
# lab_start I COMMAND...: minik from now on, and at every boot; started again when it ends, as its unit would have it.
lab_start() {
	local i=$1; shift
	on "$i" "echo 'exec $*' >/lab/command; printf '%s\n' '#!/bin/sh' 'export PATH=/bin:/sbin' 'while :; do sh /lab/command >>/var/log/minik.log 2>&1; usleep 200000; done' >/lab/start; chmod 755 /lab/start; sync; setsid /lab/start </dev/null >/dev/null 2>&1 & :"
}
lab_restart() { on "$1" 'p=$(head -1 /run/minik/minik.lock); kill $p; while [ -d /proc/$p ]; do usleep 50000; done'; }
k() { "$KUBECTL" "$@"; }
