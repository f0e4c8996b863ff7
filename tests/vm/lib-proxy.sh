# Sourced by proxy_ipvs.sh and proxy_nftables.sh, which set PROXY_MODE: Services on Debian's kernel, which has IPVS, dummy devices, SCTP and br_netfilter, by tests/integration/
# net_proxy.sh, net_proxy_live.sh, net_proxy_random.sh and debug_service.sh, the same scripts as on the build machine. The guest is that kernel with the tools in an initramfs.
# SCRIPTS=net_proxy for some; TIMES=1 says when each line came.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
[ "$(id -u)" = 0 ] || skip_all "must run as root"
for tool in qemu-system-x86_64 busybox dpkg-deb depmod modprobe bash ip nft nsenter unshare curl; do command -v $tool >/dev/null || skip_all "$tool is not installed"; done
[ "$(dpkg --print-architecture)" = amd64 ] || skip_all "the lab boots amd64 only"
[ -d "$B" ] && flock "$B" make -s -C "$B" minik tests/integration/podnet_tool tests/integration/proxy_tool tests/integration/proxy_random tests/integration/echo_tool tests/bench/bench_proxy tests/bench/bench_rps >&2 || skip_all "the tools cannot be built"
T=$(mktemp -d /tmp/minik-vm.XXXXXX)
trap 'vm_cleanup' EXIT
trap 'exit 130' INT TERM
vm_kernel
vm_time begin

# ipvsadm is needed in the guest alone.
tools=$MINIK_TEST_CACHE/vm/ipvsadm
if [ ! -e "$tools/sbin/ipvsadm" ]; then
	mkdir -p "$T/deb"
	(cd "$T/deb" && apt-get download ipvsadm libpopt0) >"$T/apt.log" 2>&1 || skip_all "cannot download ipvsadm: $(tail -1 "$T/apt.log")"
	rm -rf "$tools.new"
	for f in "$T"/deb/*.deb; do dpkg-deb -x "$f" "$tools.new" || exit 1; done
	rm -rf "$tools" && mv "$tools.new" "$tools"
fi

root=$T/root
vm_modules "$root" crc32c_generic libcrc32c nf_defrag_ipv4 nf_defrag_ipv6 nf_conntrack nf_conntrack_netlink nf_nat nf_tables nft_chain_nat nft_nat nft_masq nft_ct \
	nft_reject nft_reject_inet nft_fib_inet nft_numgen nft_hash dummy veth bridge br_netfilter sctp \
	ip_vs ip_vs_rr ip_vs_wrr ip_vs_lc ip_vs_wlc ip_vs_fo ip_vs_ovf ip_vs_lblc ip_vs_lblcr ip_vs_dh ip_vs_sh ip_vs_mh ip_vs_sed ip_vs_nq
VM_LIBRARIES=$(dirname "$(find "$tools" -name 'libpopt.so.0')") vm_programs "$root" "$tools/sbin/ipvsadm"
vm_programs "$root" "$(command -v busybox)" "$B/minik" "$B/tests/integration/podnet_tool" "$B/tests/integration/proxy_tool" "$B/tests/integration/proxy_random" "$B/tests/integration/echo_tool" "$B/tests/bench/bench_proxy" "$B/tests/bench/bench_rps" \
	"$(command -v bash)" "$(command -v ip)" "$(command -v nft)" "$(command -v nsenter)" "$(command -v unshare)" "$(command -v curl)"
mkdir -p "$root/build/tests/integration" "$root/build/tests/bench"
for f in podnet_tool proxy_tool proxy_random echo_tool; do ln -s /bin/$f "$root/build/tests/integration/$f"; done
ln -s /bin/minik "$root/build/minik"
ln -s /bin/bench_rps "$root/build/tests/bench/bench_rps"
cp "$MINIK_TOP/tests/integration/net_proxy.sh" "$MINIK_TOP/tests/integration/net_proxy_live.sh" "$MINIK_TOP/tests/integration/net_proxy_random.sh" "$MINIK_TOP/tests/integration/debug_service.sh" "$MINIK_TOP/tests/integration/lib_pids.sh" "$MINIK_TOP/tests/vm/guest/bench.sh" "$MINIK_TOP/tests/bench/proxy_rps.sh" "$root/"
install -m 755 "$MINIK_TOP/tests/vm/guest/proxy" "$root/init"
vm_initrd "$root" "$T/initrd" || exit 1

: >"$T/results"
qemu-system-x86_64 -accel tcg,thread=single -icount shift=1,sleep=off -rtc clock=vm -cpu max -smp 1 -m 1024 -nodefaults -no-user-config -display none -monitor none -no-reboot \
	-kernel "$kernel/vmlinuz" -initrd "$T/initrd" -append "console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off no_timer_check mode=$PROXY_MODE bulk=${BULK:-300} times=${TIMES:-} patience=${MINIK_PATIENCE:-15} scripts=${SCRIPTS:-net_proxy,net_proxy_live,net_proxy_random,debug_service} steps=${STEPS:-60}" \
	-device virtio-rng-pci -serial "file:$T/console" -serial "file:$T/results" >"$T/qemu.log" 2>&1 &
vm_pid=$!
vm_follow "${MINIK_VM_TIMEOUT:-1140}"
vm_time "the guest"
