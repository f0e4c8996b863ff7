#!/bin/bash
# The images that the Gateway API's conformance suite asks for, as docker-archive files under the names its manifests have: images.sh ECHO SUITE OUT_DIR
# ECHO is the suite's echo-basic, built for static use; SUITE is the folder of sigs.k8s.io/gateway-api/conformance. All versions of echo-basic that the
# manifests name are that one. CoreDNS, which has to be ready though only tests of UDPRoutes speak to it, is not built: echo-basic lies under its name.
set -eu
echo=${1:?usage: images.sh ECHO SUITE OUT_DIR} suite=$2 out=$3
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/../../../examples/walkthrough/images/image.sh"
mkdir "$work/root"
install -m 755 "$echo" "$work/root/echo-basic"
grep -rhoE 'image: registry\.k8s\.io/(gateway-api/echo-basic|coredns/coredns):[^ ]+' "$suite/base" "$suite/tests" | sort -u | while read -r _ name; do
	image "$name" "$work/root" '{"Entrypoint":["/echo-basic"]}'
done
