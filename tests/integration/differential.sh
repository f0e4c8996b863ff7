#!/bin/bash
# The same few thousand requests at a real kube-apiserver 1.36 with etcd and at minik's API server, no controllers at either: what they answer is compared.
# DIFF_PARTS and DIFF_ONLY (regular expressions on parts and on requests) narrow it; DIFF_WIDTH shows longer lines.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_kube.sh"
. "$(dirname "$0")/lib_peer.sh"
peer_and_own "$@"
PEER_KUBECONFIG=$K KUBECONFIG=$T/own.kubeconfig in_node n1 python3 "$MINIK_TOP/tests/integration/conformance/differential.py" || lib_failed=1
