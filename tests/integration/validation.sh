#!/bin/bash
# What a real kube-apiserver 1.36 and minik's API server say of objects with one thing wrong, of every kind: conformance/validation.py sends them to both.
# MINIK_SOAK=1: all of them (many minutes); else a sample that is the same each time. DIFF_PARTS, DIFF_ONLY, DIFF_WIDTH as for differential.sh.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_kube.sh"
. "$(dirname "$0")/lib_peer.sh"
peer_and_own "$@"
[ "${MINIK_SOAK:-}" = 1 ] || export FAULTS_SAMPLE=${FAULTS_SAMPLE:-8}
PEER_KUBECONFIG=$K KUBECONFIG=$T/own.kubeconfig in_node n1 python3 "$MINIK_TOP/tests/integration/conformance/validation.py" || lib_failed=1
