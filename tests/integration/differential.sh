#!/bin/bash
# The same few thousand requests at a real kube-apiserver 1.36 with etcd and at minik's API server, no controllers at either: what they answer is compared.
# DIFF_PARTS and DIFF_ONLY (regular expressions on parts and on requests) narrow it; DIFF_WIDTH shows longer lines.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_kube.sh"
command -v python3 >/dev/null || skip_all "no python3"
command -v etcd >/dev/null || skip_all "no etcd (Debian's etcd-server)"
kube_need kube-apiserver
enter_sandbox "$@"
node_add n1 192.168.77.1
node_add n2 192.168.77.2
kube_pki "$T/pki" || { not_ok "certificates by openssl"; exit 1; }
# Under the name that minik's administrator has: it shows in certificate requests.
kube_cert "$T/pki/ca" "$T/pki/peer" /O=system:masters/CN=system:admin && kube_config "$T/pki/ca" "$T/pki/peer" https://127.0.0.1:6443
kube_apiserver "$T/pki"
minik_start n2 apiserver --write-kubeconfig "$T/minik.kubeconfig"
export KUBECTL PYTHONDONTWRITEBYTECODE=1
K=$T/pki/peer.kubeconfig
peer() { in_node n1 "$KUBECTL" --kubeconfig "$K" get --raw /readyz; }
own() { in_node n2 "$KUBECTL" --kubeconfig "$T/minik.kubeconfig" get --raw /readyz; }
check "kube-apiserver answers" eventually 60 peer || exit 1
check "minik answers" eventually 20 own || exit 1
# From the peer's node it is at another address.
sed 's,https://127.0.0.1:6443,https://192.168.77.2:6443,' "$T/minik.kubeconfig" >"$T/own.kubeconfig"
PEER_KUBECONFIG=$K KUBECONFIG=$T/own.kubeconfig in_node n1 python3 "$MINIK_TOP/tests/integration/conformance/differential.py" || lib_failed=1
