#!/bin/bash
# The overlay between machines: three guests with Debian's own kernel on one virtual wire, each a node with a pod; the API server is on the host's side of the wire.
# Every pod fetches a file from every other's by vxlan, udp and host-gw; then the power of one goes, and the others go on. OVERLAY_BACKENDS=vxlan for some.
. "$(dirname "$0")/lib.sh"
if [ -z "${IN_NETNS:-}" ] && [ "$(id -u)" = 0 ]; then vm_kernel; IN_NETNS=1 exec unshare --net "$0" "$@"; fi
B=${MINIK_BUILD:-$MINIK_TOP/build}
KUBECTL=${KUBECTL:-$MINIK_TEST_CACHE/bin/kubectl-1.35}
[ "$(id -u)" = 0 ] || skip_all "must run as root"
for tool in qemu-system-x86_64 busybox dpkg-deb depmod modprobe "$KUBECTL"; do command -v "$tool" >/dev/null || skip_all "$tool is not installed"; done
[ "$(dpkg --print-architecture)" = amd64 ] || skip_all "the lab boots amd64 only"
[ -e /dev/net/tun ] || skip_all "no /dev/net/tun for the wire"
[ -d "$B" ] && flock "$B" make -s -C "$B" minik tests/integration/podnet_tool >&2 || skip_all "its tools do not build"
MINIK=$B/minik
backends=${OVERLAY_BACKENDS:-host-gw,udp,vxlan}
patience=${MINIK_VM_TIMEOUT:-240}
T=$(mktemp -d /tmp/minik-vm.XXXXXX)
pids=
cleanup() {
	local r=$?
	[ -z "$pids" ] || { kill -9 $pids; wait $pids; } 2>/dev/null
	if [ $r != 0 ] || [ $vm_failed != 0 ]; then for f in "$T"/console-* "$T"/results-* "$T"/api.log; do echo "--- $f" >&2; tr -d '\r' <"$f" | tail -15 >&2; done; fi
	vm_pid=
	(exit $r)
	vm_cleanup
}
trap cleanup EXIT
trap 'exit 130' INT TERM

vm_kernel

# --- the wire, and the API server on it ---
ip link set lo up
ip link add wire type bridge && ip link set wire up && ip addr add 192.168.77.254/24 dev wire
"$MINIK" apiserver --data-dir "$T/data" --run-dir "$T/run" --write-kubeconfig "$T/kubeconfig" --advertise-address 192.168.77.254 >"$T/api.log" 2>&1 &
pids="$pids $!"
for _ in $(seq 200); do [ ! -s "$T/kubeconfig" ] || break; sleep 0.1; done
sed -i 's#server: .*#server: https://192.168.77.254:6443#' "$T/kubeconfig"
export KUBECONFIG=$T/kubeconfig HOME=$T
for _ in $(seq 100); do "$KUBECTL" get --raw /readyz >/dev/null 2>&1 && break; sleep 0.1; done
mkdir "$T/go"
busybox httpd -f -p 192.168.77.254:8000 -h "$T/go" & pids="$pids $!"

# --- the initramfs ---
root=$T/root
mkdir -p "$root/bin" "$root/lib/modules"
version=$(ls "$kernel/lib/modules")
for m in virtio_pci virtio_net virtio_rng bridge veth tun vxlan nf_tables nf_conntrack nft_chain_nat nft_masq; do
	modprobe -d "$kernel" -S "$version" --show-depends $m | awk '$1 == "insmod" {print $2}'
done | awk '!seen[$0]++' >"$T/modules"
while read -r f; do
	m=$(basename "$f" .xz)
	case $f in
	*.xz) xz -dc "$f" >"$root/lib/modules/$m" ;;
	*) cp "$f" "$root/lib/modules/$m" ;;
	esac
	echo "$m" >>"$root/modules"
done <"$T/modules"
cp "$(command -v busybox)" "$root/bin/busybox"
strip -o "$root/bin/minik" "$MINIK" && strip -o "$root/bin/podnet_tool" "$B/tests/integration/podnet_tool" || exit 1
for lib in $(ldd "$MINIK" | grep -oE '/[^ :]+' | grep -v "$B" | sort -u); do install -D "$lib" "$root$lib"; done
: >"$root/config.yaml"
cp "$T/kubeconfig" "$root/kubeconfig"
install -m 755 "$MINIK_TOP/tests/vm/guest/overlay" "$root/init"
(cd "$root" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$T/initrd" || exit 1

# --- the machines ---
for i in 1 2 3; do
	echo "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n$i\"},\"spec\":{\"podCIDR\":\"10.42.$i.0/24\",\"podCIDRs\":[\"10.42.$i.0/24\"]}}" | "$KUBECTL" create -f - >/dev/null &&
		"$KUBECTL" patch node n$i --subresource=status --type=merge -p "{\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"192.168.77.$i\"}]}}" >/dev/null || exit 1
	: >"$T/results-$i"
	ip tuntap add tap$i mode tap && ip link set tap$i master wire up || exit 1
	qemu-system-x86_64 $vm_machine -m 384 -monitor none -no-reboot \
		-kernel "$kernel/vmlinuz" -initrd "$T/initrd" -append "console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off no_timer_check net.ifnames=0 node=$i nodes=1,2,3 backends=$backends " \
		-netdev tap,id=w,ifname=tap$i,script=no,downscript=no -device virtio-net-pci,netdev=w,mac=52:54:00:00:00:0$i -device virtio-rng-pci \
		-serial "file:$T/console-$i" -serial "file:$T/results-$i" >"$T/qemu-$i.log" 2>&1 &
	eval "vm_$i=$!"
	pids="$pids $!"
done
all_say() { # LINE: each of the three has said it, or a failure
	local end=$((SECONDS + patience)) i n
	while :; do
		n=0
		for i in 1 2 3; do tr -d '\r' <"$T/results-$i" 2>/dev/null | grep -qxF "$1" && n=$((n + 1)); done
		[ $n -lt 3 ] || return 0
		grep -q '^failed' "$T"/results-* 2>/dev/null && return 1
		[ $SECONDS -lt $end ] || return 1
		sleep 0.2
	done
}
for b in ${backends//,/ }; do
	started=$SECONDS
	all_say "done $b"
	for i in 1 2 3; do for n in 1 2 3; do
		[ $i = $n ] || tr -d '\r' <"$T/results-$i" | grep -qxF "ok $b n$n" || { not_ok "$b: n$i fetches from n$n" "$(cat "$T/results-$i")"; exit 1; }
	done; done
	ok "$b: every pod fetches from every other ($((SECONDS - started)) s)"
	echo go >"$T/go/go-$b"
done
alive() { tr -d '\r' <"$T/results-1" | grep -c '^alive n2'; }
eventually() { local end=$((SECONDS + $1)); shift; until "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 0.2; done; }
more() { [ "$(alive)" -gt "$before" ]; }
before=$(alive)
eventually 60 more || not_ok "pods go on"
kill -9 "$vm_3"; wait "$vm_3" 2>/dev/null
before=$(($(alive) + 1))
if eventually 90 more; then ok "one machine's power goes, the others' pods go on"; else not_ok "the others go on"; fi
