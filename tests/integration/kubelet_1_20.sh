#!/bin/bash
# As kubelet.sh, with the kubelet of Kubernetes 1.20.
KUBE_VERSION=1.20 exec "$(dirname "$0")/kubelet.sh" "$@"
