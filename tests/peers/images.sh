#!/bin/bash
# The images that Kubernetes' conformance tests ask for, as docker-archive files under the names the tests know: images.sh AGNHOST NNP BUSYBOX TEST_IMAGES OUT_DIR
# AGNHOST, NNP and BUSYBOX are those programs, built for static use; TEST_IMAGES is k8s.io/kubernetes/test/images. Where the originals stand on Alpine with
# bind-tools, curl and netcat, these stand on busybox with Debian's dig, curl, ip and nc and their libraries. What the tests call nginx is agnhost's
# web server on port 80: they only want something that listens there.
# Needs bind9-dnsutils, curl, iproute2, and apt for netcat-openbsd, which is unpacked, not installed.
set -eu
agnhost=${1:?usage: images.sh AGNHOST NNP BUSYBOX TEST_IMAGES OUT_DIR} nnp=$2 applets=$3 data=$4 out=$5
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/../../examples/walkthrough/images/image.sh"
k8s=registry.k8s.io e2e=registry.k8s.io/e2e-test-images

# What a program is linked with, at the places where it will be looked for.
program() { # program FILE PLACE ROOT
	install -D -m 755 "$1" "$3/$2"
	ldd "$1" | sed -n -e 's/.*=> \(\/[^ ]*\) (.*/\1/p' -e 's/^[[:space:]]*\(\/lib[^ ]*\) (.*/\1/p' | while read -r lib; do install -D -m 755 "$lib" "$3$lib"; done
}

# Busybox under all its names, and users as Alpine has them.
busybox=$work/busybox
mkdir -p "$busybox"/{bin,etc,root,home,usr/bin,usr/local/bin,usr/sbin,sbin,var}
mkdir -m 1777 "$busybox/tmp"
install -m 755 "$applets" "$busybox/bin/busybox"
"$busybox/bin/busybox" --list | while read -r applet; do [ "$applet" = busybox ] || ln -sf busybox "$busybox/bin/$applet"; done
cat >"$busybox/etc/passwd" <<-P
root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/:/sbin/nologin
P
echo 'PRETTY_NAME="busybox, in place of Alpine Linux"' >"$busybox/etc/os-release" # a test looks for that name
cat >"$busybox/etc/group" <<-G
root:x:0:root
nobody:x:65534:
G
path='"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]'
image $e2e/busybox:1.37.0-1 "$busybox" "{$path,\"Cmd\":[\"sh\"]}"
image $e2e/ipc-utils:1.4 "$busybox" "{$path,\"Cmd\":[\"sh\"]}"
image $e2e/nonroot:1.5 "$busybox" "{$path,\"User\":\"1234\",\"Cmd\":[\"sh\"]}"
cp -a "$busybox" "$work/nnp"
install -m 6755 "$nnp" "$work/nnp/usr/local/bin/nnp"
image $e2e/nonewprivs:1.4 "$work/nnp" "{$path,\"Cmd\":[\"nnp\"]}"

root=$work/agnhost
cp -a "$busybox" "$root"
mkdir "$root/uploads"
(cd "$work" && apt-get download -qq -o APT::Sandbox::User=root netcat-openbsd && dpkg -x netcat-openbsd_*.deb nc)
rm -f "$root/bin/nc" "$root/bin/nslookup" "$root/bin/ip"
program "$work/nc/bin/nc.openbsd" bin/nc "$root"
program "$(command -v dig)" usr/bin/dig "$root"
program "$(command -v nslookup)" usr/bin/nslookup "$root"
program "$(command -v curl)" usr/bin/curl "$root"
program "$(command -v getent)" usr/bin/getent "$root"
program "$(command -v ip)" sbin/ip "$root"
program "$(command -v ss)" sbin/ss "$root"
cp "$data"/agnhost/porter/localhost.{crt,key} "$root/"
install -m 755 "$agnhost" "$root/agnhost"
ln -s agnhost "$root/agnhost-2"
echo 'user-defined-in-image:x:1000:1000::/home/user-defined-in-image:/bin/sh' >>"$root/etc/passwd"
printf 'user-defined-in-image:x:1000:\ngroup-defined-in-image:x:50000:user-defined-in-image\n' >>"$root/etc/group"
run='"Entrypoint":["/agnhost"],"ExposedPorts":{"80/tcp":{},"8080/tcp":{},"8081/tcp":{},"9376/tcp":{},"5000/tcp":{}}'
for tag in "$(cat "$data/agnhost/VERSION")" 2.55; do image "$e2e/agnhost:$tag" "$root" "{$path,$run,\"Cmd\":[\"pause\"]}"; done

# For the tests of names: the same tools, and what asks by way of libc.
cp -a "$busybox" "$work/names"
for t in dig nslookup getent curl; do program "$(command -v $t)" usr/bin/$t "$work/names"; done
rm -f "$work/names/bin/nslookup"
image $e2e/glibc-dns-testing:2.0.0 "$work/names" "{$path,\"Cmd\":[\"sh\"]}"

# What stands on agnhost needs no more of it than the program itself.
small=$work/small
cp -a "$busybox" "$small"
install -m 755 "$agnhost" "$small/agnhost"
image $k8s/pause:3.10.2 "$small" "{$path,\"Entrypoint\":[\"/agnhost\",\"pause\"]}"
for tag in 1.15-4 1.27-0; do image "$e2e/nginx:$tag" "$small" "{$path,\"Entrypoint\":[\"/agnhost\"],\"Cmd\":[\"test-webserver\"]}"; done
for name in kitten nautilus; do
	cp -a "$small" "$work/$name"
	cp "$data/$name"/html/* "$work/$name/"
	image "$e2e/$name:1.8" "$work/$name" "{$path,$run,\"Cmd\":[\"test-webserver\"]}"
done
# By this it is told whether they are what this script makes.
sha256sum <"$0" >"$out/made-by"
