# The peer of the API server's rows: kube-apiserver with etcd, where tests/peers/build.sh has built it. Sourced after lib.sh, lib_kube.sh and api.sh.

# bench_peer_version: which of those built is measured; nothing where none is. BENCH_PEER chooses; the budgets are those of 1.20.
bench_peer_version() {
	local v
	command -v etcd >/dev/null || return 0
	for v in ${BENCH_PEER:-1.20 1.36}; do
		if [ -x "$MINIK_TEST_CACHE/kubernetes-$v/kube-apiserver" ]; then echo "$v"; return; fi
	done
}
# bench_peer_start NODE VERSION: in a node of its own, which must be there. Sets bench_start_NODE: milliseconds to /readyz on an empty data folder.
bench_peer_start() {
	local node=$1 start; KUBE_NODE=$1 KUBE_VERSION=$2 kube_dir=$MINIK_TEST_CACHE/kubernetes-$2
	kube_pki "$T/$node/pki" || return 1
	start=$(date +%s%3N)
	kube_apiserver "$T/$node/pki"
	eval "bench_pids_$node='$etcd_pid $kube_pid'"
	until in_node "$node" curl -ksf https://127.0.0.1:6443/readyz >/dev/null; do
		kill -0 "$kube_pid" 2>/dev/null || { tail -5 "$T/kube-apiserver.log" >&2; return 1; }
		sleep 0.05
	done
	eval "bench_start_$node=$(($(date +%s%3N) - start))"
	# Its controllers, which would make the account, do not run.
	# The server makes the namespace a little after it is ready.
	eventually 10 in_node "$node" env KUBECONFIG="$T/$node/pki/admin.kubeconfig" "$KUBECTL" -n default create serviceaccount default
}
