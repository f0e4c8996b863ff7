#!/bin/bash
# The walkthrough with kubectl 1.32.
export KUBECTL=${MINIK_TEST_CACHE:-/var/cache/minik-tests}/bin/kubectl-1.32
[ -x "$KUBECTL" ] || { echo "kubectl 1.32 is not to be had here" >&2; exit 77; }
exec "$(dirname "$0")/walkthrough.sh"
