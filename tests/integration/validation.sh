#!/bin/bash
# What a real kube-apiserver 1.36 and minik's API server say of objects with one thing wrong, of every kind: conformance/validation.py sends them to both.
# A table of what still differs, for who mends it: it runs only with FAULTS_SAMPLE=N, which sends every Nth request, the same ones each time (40: half a minute; 1: all of
# them, many minutes). DIFF_PARTS, DIFF_ONLY, DIFF_WIDTH as for differential.sh.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_kube.sh"
. "$(dirname "$0")/lib_peer.sh"
[ -n "${FAULTS_SAMPLE:-}" ] || skip_all "shows what differs still: FAULTS_SAMPLE=N runs it"
export FAULTS_SAMPLE
peer_and_own "$@"
PEER_KUBECONFIG=$K KUBECONFIG=$T/own.kubeconfig in_node n1 python3 "$MINIK_TOP/tests/integration/conformance/validation.py" || lib_failed=1
