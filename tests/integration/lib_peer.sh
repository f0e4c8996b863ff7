# A real kube-apiserver with etcd (node n1) beside minik's API server (node n2), no controllers at either. Sourced after lib_kube.sh.
# peer_and_own "$@": enters the sandbox and starts both. $K is kube-apiserver's kubeconfig, $T/own.kubeconfig minik's, both for n1.
peer_and_own() {
	command -v python3 >/dev/null || skip_all "no python3"
	command -v etcd >/dev/null || skip_all "no etcd (Debian's etcd-server)"
	kube_need kube-apiserver
	enter_sandbox "$@"
	node_add n1 192.168.77.1
	node_add n2 192.168.77.2
	kube_pki "$T/pki" || { not_ok "certificates by openssl"; exit 1; }
	# Under the name that minik's administrator has: it shows in certificate requests.
	kube_cert "$T/pki/ca" "$T/pki/peer" /O=system:masters/CN=system:admin && kube_config "$T/pki/ca" "$T/pki/peer" https://127.0.0.1:6443
	kube_apiserver "$T/pki" --allow-privileged=true
	minik_start n2 apiserver --write-kubeconfig "$T/minik.kubeconfig"
	export KUBECTL PYTHONDONTWRITEBYTECODE=1
	K=$T/pki/peer.kubeconfig
	check "kube-apiserver answers" eventually 60 peer_ready || exit 1
	check "minik answers" eventually 20 own_ready || exit 1
	# From the peer's node it is at another address.
	sed 's,https://127.0.0.1:6443,https://192.168.77.2:6443,' "$T/minik.kubeconfig" >"$T/own.kubeconfig"
}
peer_ready() { in_node n1 "$KUBECTL" --kubeconfig "$K" get --raw /readyz; }
own_ready() { in_node n2 "$KUBECTL" --kubeconfig "$T/minik.kubeconfig" get --raw /readyz; }
