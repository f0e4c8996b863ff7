#!/bin/bash
# The Service proxy's budgets: 10,000 Services of three endpoints, first sync, one more, one changed endpoint, memory, and requests a second through a
# Service beside straight to the pod (proxy_rps.sh), by nftables here and by both modes on Debian's kernel under emulation, where only the
# ratios, to the kernel's own time or to the pod, say something. Root; nothing is asserted. Usage: tests/bench/proxy.sh [MINIK_BUILD_DIR];
# SERVICES=10000 VM_SERVICES=2000
cd "$(dirname "$0")/../.." || exit 1
MINIK_BUILD=$(cd "${1:-build}" && pwd) || exit 1
export MINIK_BUILD
make -s -C "$MINIK_BUILD" tests/bench/bench_proxy tests/bench/bench_rps tests/integration/proxy_tool >/dev/null || exit 1
unshare -n sh -c 'ip link set lo up; exec "$0" "$@"' "$MINIK_BUILD/tests/bench/bench_proxy" nftables "${SERVICES:-10000}"
RPS_SERVICES=${SERVICES:-10000} tests/bench/proxy_rps.sh "$MINIK_BUILD" nftables
for mode in ipvs nftables; do
	SCRIPTS=bench BULK=${VM_SERVICES:-2000} MINIK_VM_TIMEOUT=${MINIK_VM_TIMEOUT:-1200} tests/vm/proxy_$mode.sh | sed -n 's/^    \([a-z]*,.*\)/emulated: \1/p'
done
