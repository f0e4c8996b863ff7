#!/bin/bash
# How fast the binder is: N claims against N volumes that are there (from the first request to the last claim Bound, with the clients' own time to write them), N volumes for N
# claims that wait; N pods on ten Nodes written by hand, each with a claim of a class that waits for its first consumer, against N local volumes, there before or after them; and one
# claim by itself from the request to Bound. Root; nothing is asserted. Usage: tests/bench/claims.sh [-n N] [-p PART] [BUILD_DIR]; parts are binder, scheduler and one.
n=1000 part=
while getopts n:p: o; do case $o in n) n=$OPTARG ;; p) part=$OPTARG ;; *) exit 2 ;; esac; done
shift $((OPTIND - 1))
cd "$(dirname "$0")/../.." || exit 1
MINIK_BUILD=$(cd "${1:-${MINIK_BUILD:-build}}" && pwd) || exit 1
export MINIK_BUILD
MINIK=$MINIK_BUILD/minik
. tests/integration/lib.sh
enter_sandbox -n "$n" -p "$part" "$MINIK_BUILD"
node_add n1 192.168.77.1
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent
eventually 20 k get --raw /readyz >/dev/null || exit 1
eventually 10 k get sa default >/dev/null
SERVER=$(minik_main_pid n1) KUBECONFIG=$T/kubeconfig KUBECTL=$KUBECTL in_node n1 python3 "$MINIK_TOP/tests/bench/claims.py" "$n" $part || exit 1
