#!/bin/bash
# API Priority and Fairness against one server: fairness.py drives it over HTTPS as users of several priority levels.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip_all "no python3"
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
enter_sandbox "$@"
node_add n1 192.168.77.1
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent --max-requests-inflight 40 --max-mutating-requests-inflight 20
check "server answers" eventually 20 k get --raw /readyz || exit 1
export KUBECONFIG=$T/kubeconfig KUBECTL PYTHONDONTWRITEBYTECODE=1
in_node n1 env PYTHONPATH="$MINIK_TOP/tests/integration/conformance" python3 "$MINIK_TOP/tests/integration/fairness.py" || lib_failed=1
expect "columns of FlowSchemas" '^NAME +PRIORITYLEVEL +MATCHINGPRECEDENCE +DISTINGUISHERMETHOD +AGE +MISSINGPL' k get flowschemas
expect "columns of priority levels" '^NAME +TYPE +NOMINALCONCURRENCYSHARES +QUEUES +HANDSIZE +QUEUELENGTHLIMIT +AGE' k get prioritylevelconfigurations
