#!/bin/bash
# The components at kube-apiserver 1.20.
export KUBE_VERSION=1.20 KUBECTL=${MINIK_TEST_CACHE:-/var/cache/minik-tests}/bin/kubectl-1.20
exec "$(dirname "$0")/alone_real.sh"
