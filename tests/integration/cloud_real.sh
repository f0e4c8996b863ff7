#!/bin/bash
# cloud.sh with Kubernetes' own cloud controller manager.
export CLOUD_CCM=${MINIK_TEST_CACHE:-/var/cache/minik-tests}/ccm/cloud-controller-manager
[ -x "$CLOUD_CCM" ] || { echo "no $CLOUD_CCM: tests/peers/build.sh ccm makes it" >&2; exit 77; }
exec "$(dirname "$0")/cloud.sh" "$@"
