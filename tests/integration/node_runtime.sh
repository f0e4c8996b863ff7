#!/bin/sh
# Real containers by crun (or runc) and conmon, without an API server: output, exit codes, limits, exec, out of memory; nothing stays.
# Usage: node_runtime.sh [BUILD_DIR], or MINIK_BUILD. Exit 77: cannot run here.
set -eu
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
command -v conmon >/dev/null || { echo "needs conmon" >&2; exit 77; }
if [ -z "${IN_NS:-}" ]; then
	make -s -C "$build" tests/integration/runtime_tool >&2
	IN_NS=1 exec unshare -n -m "$0" "$build"
fi
dir=$(mktemp -d /tmp/minik-rt.XXXXXX)
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/layer/bin" "$dir/layer/etc" "$dir/data" "$dir/run"
cp "$(command -v busybox)" "$dir/layer/bin/busybox"
for a in sh sleep echo cat hostname touch; do ln -s busybox "$dir/layer/bin/$a"; done
grep -c . /proc/self/mountinfo >"$dir/before"
if "$build/tests/integration/runtime_tool" "$dir/layer" "$dir/data" "$dir/run" "minik-test-$$" 2>"$dir/err"; then echo "ok containers"; else
	echo "not ok containers"; cat "$dir/err"; exit 1; fi
[ "$(grep -c . /proc/self/mountinfo)" = "$(cat "$dir/before")" ] && echo "ok no mount is left" || { echo "not ok no mount is left"; exit 1; }
[ -z "$(find /sys/fs/cgroup -maxdepth 3 -name "minik-test-$$" 2>/dev/null)" ] && echo "ok no cgroup is left" || { echo "not ok no cgroup is left"; exit 1; }
[ -z "$(ls "$dir/run/containers" "$dir/run/exits" "$dir/run/attach" "$dir/run/runtime" | grep -v : | tr -d '\n')" ] && echo "ok no file is left" || { echo "not ok no file is left"; exit 1; }
