#!/bin/bash
# The Service proxy under random changes of Services, EndpointSlices and pods (proxy_random.c): after every one the kernel has what a fresh proxy
# writes, also after a new start, and after others took something away. STEPS, SEED; --soak does 5000. PROXY_MODE=ipvs needs a kernel with IPVS:
# tests/vm/proxy_*.sh runs this script in both modes on Debian's. Exit 77: cannot run here.
set -eu
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
mode=${PROXY_MODE:-nftables}
steps=${STEPS:-$([ "${MINIK_SOAK:-0}" = 1 ] && echo 5000 || echo 500)} seed=${SEED:-$(date +%s)}
if [ -z "${IN_NETNS:-}" ]; then
	[ -n "${IN_GUEST:-}" ] || make -s -C "$build" tests/integration/proxy_random >&2
	IN_NETNS=1 exec unshare -n "$0" "$build"
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
if answer=$("$build/tests/integration/proxy_random" "$mode" "$steps" "$seed" "$dir" 2>&1); then
	echo "ok random changes, seed $seed: ${answer#ok }"
else
	echo "not ok random changes, SEED=$seed STEPS=$steps: $answer"
	diff "$dir/have" "$dir/want" 2>/dev/null | head -20 || :
	exit 1
fi
