#!/bin/bash
# What a node may do by its certificate: the table in node_authz.py at minik's API server and, line by line, at a kube-apiserver 1.36 with its
# node authorizer and NodeRestriction (tests/peers/build.sh 1.36); without that one at minik's alone.
. "$(dirname "$0")/lib.sh"
KUBE_VERSION=1.36
MINIK=$(realpath "$MINIK")
. "$(dirname "$0")/lib_kube.sh"
. "$(dirname "$0")/lib_peer.sh"
py=$MINIK_TOP/tests/integration/node_authz.py
config() { in_node n1 "$KUBECTL" --kubeconfig "$1" config view --raw -o json >"$2"; }
table() {
	local out r
	out=$(in_node n1 python3 "$py" "$@" 2>&1); r=$?
	printf '%s\n' "$out"
	[ $r = 0 ] || lib_failed=1
}
if [ -x "$MINIK_TEST_CACHE/kubernetes-1.36/kube-apiserver" ] && command -v etcd >/dev/null; then
	peer_and_own "$@"
	config "$K" "$T/peer.json"
	config "$T/own.kubeconfig" "$T/own.json"
	table "$T/own.json" "$T/peer.json"
else
	enter_sandbox "$@"
	node_add n1 192.168.77.1
	minik_start n1 apiserver --write-kubeconfig "$T/minik.kubeconfig"
	check "minik answers" eventually 20 in_node n1 "$KUBECTL" --kubeconfig "$T/minik.kubeconfig" get --raw /readyz || exit 1
	config "$T/minik.kubeconfig" "$T/own.json"
	table "$T/own.json"
	skip "the same at a kube-apiserver" "none (tests/peers/build.sh 1.36)"
fi
