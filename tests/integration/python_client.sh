#!/bin/bash
# The Python client, unmodified: python_client.py has the tests.
. "$(dirname "$0")/lib.sh"
PYTHON=$MINIK_TEST_CACHE/python/bin/python3
[ -x "$PYTHON" ] && "$PYTHON" -c 'import kubernetes' 2>/dev/null || skip_all "no kubernetes in $PYTHON"
enter_sandbox "$@"
node_add n1 192.168.77.1
mkdir -p "$T/n1/data/images"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/n1/data/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "server answers" eventually 20 k get --raw /readyz || exit 1
export KUBECONFIG=$T/kubeconfig PYTHONDONTWRITEBYTECODE=1
in_node n1 timeout 120 "$PYTHON" "$MINIK_TOP/tests/integration/python_client.py" >"$T/py" 2>"$T/py.err" || { lib_failed=1; cat "$T/py.err"; }
cat "$T/py"
expect "all tests were run" '^# end' cat "$T/py"
exit $lib_failed
