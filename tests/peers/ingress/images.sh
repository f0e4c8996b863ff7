#!/bin/bash
# The image that Kubernetes' ingress-controller-conformance asks for, as a docker-archive under the name its Deployments have but for the digest, which
# only the image of k8s.gcr.io has: images.sh ECHO SUITE OUT_DIR
# ECHO is the suite's echoserver, built for static use; SUITE is its folder.
set -eu
echo=${1:?usage: images.sh ECHO SUITE OUT_DIR} suite=$2 out=$3
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/../../../examples/walkthrough/images/image.sh"
mkdir "$work/root"
install -m 755 "$echo" "$work/root/echoserver"
name=$(sed -n 's/^const EchoContainer = "\([^@"]*\).*/\1/p' "$suite/test/kubernetes/deployment.go")
[ -n "$name" ] || { echo "images.sh: the suite names no image" >&2; exit 1; }
image "$name" "$work/root" '{"Entrypoint":["/echoserver"]}'
