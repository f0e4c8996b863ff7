#!/bin/bash
# The behaviours of the Kubernetes conformance programme that the API server and its controllers show by themselves, driven over HTTPS.
# Needs no node: Node objects are written by hand.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip_all "no python3"
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
enter_sandbox "$@"
node_add n1 192.168.77.1
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent
check "server answers" eventually 20 k get --raw /readyz || exit 1
export KUBECONFIG=$T/kubeconfig KUBECTL PYTHONDONTWRITEBYTECODE=1
for part in ${CONFORMANCE_PARTS:-lifecycle machinery definitions objects roles contract suite}; do
	in_node n1 python3 "$MINIK_TOP/tests/integration/conformance/$part.py" || lib_failed=1
done
