#!/bin/bash
# The verbs with kubectl 1.20.
export KUBECTL=${MINIK_TEST_CACHE:-/var/cache/minik-tests}/bin/kubectl-1.20
[ -x "$KUBECTL" ] || { echo "kubectl 1.20 is not to be had here" >&2; exit 77; }
exec "$(dirname "$0")/kubectl_verbs.sh"
