#!/bin/bash
# Kubernetes' own controllers and scheduler, of version 1.20.
KUBE_VERSION=1.20 exec "$(dirname "$0")/kube_components.sh"
