#!/bin/bash
# Builds real Kubernetes components for the tests that put them beside minik: kube-apiserver, kube-controller-manager, kube-scheduler and
# kubelet into $MINIK_TEST_CACHE/kubernetes-VERSION. Takes minutes and about 6 GB of disk while it runs; what is there already is kept.
#   1.20  Debian 12's source package with Debian 12's Go; both are unpacked in a temporary folder, not installed
#   1.36  the Go modules named in go.mod beside this script, with the Go that is installed
# and, of Go modules as well, only when named:
#   e2e       Kubernetes' own end-to-end tests (e2e.test and ginkgo, into kubernetes-1.36) and the images they ask for (images.sh)
#   operator  an operator with the current controller-runtime (operator/)
#   ccm       Kubernetes' cloud controller manager with a cloud that is a file (ccm/), for cloud_real.sh
#   flannel   flanneld, for nodes beside minik's in one pod network (net_overlay.sh)
#   gateway   the Gateway API's conformance suite and the images it asks for, for gateway_conformance.sh, which builds it itself where it can
#   ingress   Kubernetes' ingress-controller-conformance and its image, for ingress_conformance.sh. It has no version and no module proxy need have it:
#             it is cloned from $INGRESS_SUITE, which is its repository at GitHub or a copy of it
# Usage: tests/peers/build.sh [1.20] [1.36] [e2e] [operator] [ccm] [flannel] [gateway] [ingress]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${MINIK_TEST_CACHE:-/var/cache/minik-tests}
parts="kube-apiserver kube-controller-manager kube-scheduler kubelet"
suite_commit=f91a7996369a1b76e5e058f78da2285026178b59
# What a build is made of, and where in the cache it lies.
parts_of() {
	case $1 in
	1.*) echo "$parts" ;;
	e2e) echo "e2e.test ginkgo images" ;;
	operator) echo operator ;;
	ccm) echo cloud-controller-manager ;;
	flannel) echo flanneld ;;
	gateway) echo "gateway.test images" ;;
	ingress) echo "ingress.test features images" ;;
	esac
}
place_of() {
	case $1 in
	1.*) echo "$cache/kubernetes-$1" ;;
	e2e) echo "$cache/kubernetes-1.36" ;;
	operator) echo "$cache/operator" ;;
	ccm) echo "$cache/ccm" ;;
	flannel) echo "$cache/flannel" ;;
	gateway) echo "$cache/gateway-1.6" ;;
	ingress) echo "$cache/ingress-suite" ;;
	esac
}
mkdir -p "$cache"
tmp=$(mktemp -d "$cache/build.XXXXXX")
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
say() { echo "tests/peers/build.sh: $1" >&2; }
have() {
	local p
	for p in $(parts_of "$1"); do [ -x "$(place_of "$1")/$p" ] || return 1; done
	[ "$1" != e2e ] || sha256sum <"$here/images.sh" | cmp -s - "$(place_of e2e)/images/made-by"
	[ "$1" != gateway ] || cat "$here/gateway/go.sum" "$here/gateway/images.sh" | sha256sum | cmp -s - "$(place_of gateway)/images/made-by"
	[ "$1" != ingress ] || { echo $suite_commit; cat "$here/ingress/images.sh"; } | sha256sum | cmp -s - "$(place_of ingress)/images/made-by"
}
keep() { # keep BUILD: what lies in bin goes into the cache when it is whole
	local p place; place=$(place_of "$1")
	for p in $(parts_of "$1"); do [ -x "$tmp/bin/$p" ] || { say "no $p was built"; return 1; }; done
	mkdir -p "$place"
	for p in $(parts_of "$1"); do rm -rf "${place:?}/$p" && mv "$tmp/bin/$p" "$place/"; done
	rm -rf "$tmp/bin"
}

# Debian 12's archive by an apt of its own: its sources and lists, none of the system's.
bookworm() {
	mkdir -p "$tmp/apt/lists/partial" "$tmp/apt/archives/partial"
	: >"$tmp/apt/status"
	printf '%s [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main\n' deb deb-src >"$tmp/apt/sources.list"
	cat >"$tmp/apt/conf" <<-A
	Dir::Etc::SourceList "$tmp/apt/sources.list";
	Dir::Etc::SourceParts "-";
	Dir::State::Lists "$tmp/apt/lists";
	Dir::State::status "$tmp/apt/status";
	Dir::Cache "$tmp/apt";
	APT::Sandbox::User "root";
	Acquire::Languages "none";
	A
	export APT_CONFIG=$tmp/apt/conf
	apt-get update -qq
}

build_1_20() (
	bookworm
	cd "$tmp"
	apt-get download -qq golang-1.19-go golang-1.19-src golang-github-modern-go-reflect2-dev
	for d in golang-*.deb; do dpkg -x "$d" go; done
	mkdir -p path/src/k8s.io && cd path/src/k8s.io
	apt-get source -qq --download-only kubernetes
	dpkg-source --no-check -x kubernetes_*.dsc kubernetes >/dev/null
	cd kubernetes
	# The copy of reflect2 in the source package knows the maps of Go before 1.18: built with a later Go, a server under load writes over its own
	# memory and crashes. Debian's package of it is the corrected 1.0.2.
	rm -f vendor/github.com/modern-go/reflect2/*.go vendor/github.com/modern-go/reflect2/*.s
	cp "$tmp"/go/usr/share/gocode/src/github.com/modern-go/reflect2/*.go "$tmp"/go/usr/share/gocode/src/github.com/modern-go/reflect2/*.s vendor/github.com/modern-go/reflect2/
	rm -f vendor/github.com/modern-go/reflect2/*_test.go
	export GOROOT=$tmp/go/usr/lib/go-1.19 GOPATH=$tmp/path GOCACHE=$tmp/gocache GO111MODULE=off GOTOOLCHAIN=local GOFLAGS= CGO_ENABLED=0
	ld="-s -w"
	for v in component-base/version client-go/pkg/version; do
		ld="$ld -X k8s.io/kubernetes/vendor/k8s.io/$v.gitVersion=v1.20.2 -X k8s.io/kubernetes/vendor/k8s.io/$v.gitMajor=1 -X k8s.io/kubernetes/vendor/k8s.io/$v.gitMinor=20"
	done
	mkdir "$tmp/bin"
	# The one generated file that the source package lacks: the OpenAPI definitions, by the generator in the package, of every type marked for it.
	"$GOROOT/bin/go" build -o "$tmp/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
	marked=$(grep -rl --include='*.go' -e '+k8s:openapi-gen=' pkg vendor/k8s.io staging/src/k8s.io | sed 's#^staging/src/#vendor/#' | xargs -n1 dirname |
		sort -u | grep -v -e code-generator -e sample-apiserver | sed 's#^#k8s.io/kubernetes/#' | paste -sd,)
	PATH=$GOROOT/bin:$PATH "$tmp/openapi-gen" -i "$marked" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
		-h hack/boilerplate/boilerplate.generatego.txt -o "$GOPATH/src" -r "$tmp/violations"
	nice -n 10 "$GOROOT/bin/go" build -trimpath -ldflags "$ld" -o "$tmp/bin/" $(printf 'k8s.io/kubernetes/cmd/%s ' $parts)
)

# Go modules as FOLDER's go.mod and go.sum pin them; what is built for one serves the next.
modules() { # modules FOLDER
	command -v go >/dev/null || { say "needs Go"; return 1; }
	mkdir -p "$tmp/mod/$(basename "$1")" "$tmp/bin"
	cp "$1"/go.mod "$1"/go.sum "$tmp/mod/$(basename "$1")" && cd "$tmp/mod/$(basename "$1")"
	export GOMODCACHE=${GOMODCACHE:-$tmp/modcache} GOCACHE=${GOCACHE:-$tmp/gocache} GOFLAGS=-mod=readonly CGO_ENABLED=0
}
flags_1_36() {
	local v; v=$(go list -m -f '{{.Version}}' k8s.io/kubernetes)
	echo "-s -w -X k8s.io/component-base/version.gitVersion=$v -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36"
}

build_1_36() (
	modules "$here"
	nice -n 10 go build -trimpath -ldflags "$(flags_1_36)" -o "$tmp/bin/" $(printf 'k8s.io/kubernetes/cmd/%s ' $parts)
)

# Busybox as its authors configure it, linked statically. Debian's own prefers its applets to what lies in PATH, and its shell drops variables whose names
# it does not like.
busybox() (
	bookworm
	mkdir "$tmp/busybox-src"
	cd "$tmp/busybox-src"
	apt-get source -qq --download-only busybox
	tar xf busybox_*.orig.tar.* --strip-components 1
	make -s defconfig >/dev/null
	# tc wants kernel headers that are gone
	sed -i 's/# CONFIG_STATIC is not set/CONFIG_STATIC=y/; s/CONFIG_TC=y/# CONFIG_TC is not set/' .config
	nice -n 10 make -s -j"$(nproc)" busybox >"$tmp/busybox.log" 2>&1 || { tail -30 "$tmp/busybox.log" >&2; exit 1; }
	mv busybox "$tmp/busybox"
)

build_e2e() (
	modules "$here"
	nice -n 10 go build -trimpath -ldflags "-s -w" -o "$tmp/" k8s.io/kubernetes/test/images/agnhost k8s.io/kubernetes/test/images/nonewprivs
	busybox
	"$here/images.sh" "$tmp/agnhost" "$tmp/nonewprivs" "$tmp/busybox" "$(go list -m -f '{{.Dir}}' k8s.io/kubernetes)/test/images" "$tmp/bin/images"
	nice -n 10 go build -trimpath -ldflags "-s -w" -o "$tmp/bin/" github.com/onsi/ginkgo/v2/ginkgo
	nice -n 10 go test -c -vet=off -trimpath -ldflags "$(flags_1_36)" -o "$tmp/bin/e2e.test" k8s.io/kubernetes/test/e2e
)

build_operator() (
	modules "$here/operator"
	cp "$here"/operator/*.go .
	nice -n 10 go build -trimpath -ldflags "-s -w" -o "$tmp/bin/operator" .
)

build_ccm() (
	modules "$here/ccm"
	cp "$here"/ccm/*.go .
	nice -n 10 go build -trimpath -ldflags "-s -w" -o "$tmp/bin/cloud-controller-manager" .
)

# Its main package with the backends that minik has too: what the others need is not all to be had. The udp backend's proxy is C.
build_flannel() (
	local at
	command -v go >/dev/null || { say "needs Go"; exit 1; }
	mkdir -p "$tmp/mod/flannel" "$tmp/bin" && cd "$tmp/mod/flannel"
	export GOMODCACHE=${GOMODCACHE:-$(go env GOMODCACHE)} GOCACHE=${GOCACHE:-$tmp/gocache} GOFLAGS=-mod=mod CGO_ENABLED=1
	at=$(go mod download -json github.com/flannel-io/flannel@v0.28.10 | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
	[ -n "$at" ] || { say "flannel v0.28.10 is not to be had"; exit 1; }
	sed 's/^module .*/module flanneld/' "$at/go.mod" >go.mod
	cat "$at/go.sum" >go.sum
	sed '/backend\/\(alloc\|extension\|ipip\|ipsec\|tencentvpc\|wireguard\)"/d' "$at/main.go" >main.go
	go mod edit -require github.com/flannel-io/flannel@v0.28.10
	nice -n 10 go build -trimpath -ldflags "-s -w" -o "$tmp/bin/flanneld" .
)

build_gateway() (
	modules "$here/gateway"
	local suite=sigs.k8s.io/gateway-api/conformance
	nice -n 10 go build -trimpath -ldflags "-s -w" -o "$tmp/echo-basic" $suite/echo-basic
	nice -n 10 go test -c -vet=off -trimpath -ldflags "-s -w" -o "$tmp/bin/gateway.test" $suite
	"$here/gateway/images.sh" "$tmp/echo-basic" "$(go list -m -f '{{.Dir}}' $suite)" "$tmp/bin/images"
	cat "$here/gateway/go.sum" "$here/gateway/images.sh" | sha256sum >"$tmp/bin/images/made-by"
)

# Its go.mod names versions of 2020; go.sum has not all that a Go of today asks for.
build_ingress() (
	local suite=$tmp/ingress-suite
	command -v go >/dev/null || { say "needs Go"; exit 1; }
	git clone -q "${INGRESS_SUITE:-https://github.com/kubernetes-sigs/ingress-controller-conformance}" "$suite"
	git -C "$suite" checkout -q $suite_commit
	mkdir -p "$tmp/bin" && cd "$suite"
	export GOMODCACHE=${GOMODCACHE:-$(go env GOMODCACHE)} GOCACHE=${GOCACHE:-$tmp/gocache} GOFLAGS="-mod=mod -buildvcs=false" CGO_ENABLED=0
	nice -n 10 go test -c -vet=off -trimpath -ldflags "-s -w" -o "$tmp/bin/ingress.test" .
	nice -n 10 go build -trimpath -ldflags "-s -w" -o "$tmp/echoserver" ./images/echoserver
	git checkout -q features && mv features "$tmp/bin/features"
	"$here/ingress/images.sh" "$tmp/echoserver" "$suite" "$tmp/bin/images"
	{ echo $suite_commit; cat "$here/ingress/images.sh"; } | sha256sum >"$tmp/bin/images/made-by"
)

for v in ${*:-1.20 1.36}; do
	case $v in 1.20 | 1.36 | e2e | operator | ccm | flannel | gateway | ingress) ;; *) say "unknown build $v"; exit 2 ;; esac
	have "$v" && continue
	t=$SECONDS
	"build_${v/./_}"
	keep "$v"
	[ "$v" != 1.20 ] || rm -rf "$tmp/gocache"
	say "$v in $((SECONDS - t)) s"
done
