#!/bin/bash
# What a real kube-apiserver 1.36 and minik's API server say of objects with one thing wrong, of every kind: conformance/validation.py sends them to both.
# FAULTS_SAMPLE=N sends every Nth request, the same ones each time (16, half a minute; --soak: all of them, many minutes). DIFF_PARTS, DIFF_ONLY, DIFF_WIDTH as for differential.sh.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_kube.sh"
. "$(dirname "$0")/lib_peer.sh"
export FAULTS_SAMPLE=${FAULTS_SAMPLE:-$([ "${MINIK_SOAK:-0}" = 1 ] && echo 1 || echo 16)}
peer_and_own "$@"
PEER_KUBECONFIG=$K KUBECONFIG=$T/own.kubeconfig in_node n1 python3 "$MINIK_TOP/tests/integration/conformance/validation.py" || lib_failed=1
