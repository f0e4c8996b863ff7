#!/bin/sh
# Builds the images of the walkthrough from source as docker-archive files: build.sh OUT_DIR. Needs gcc, tar, busybox-static.
set -eu
out=${1:?usage: build.sh OUT_DIR}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$here/image.sh"

root=$work/hostnames
mkdir -p "$root/bin" "$root/etc" "$root/tmp"
${CC:-gcc} -static -Os -s -o "$root/bin/hostnames" "$here/hostnames.c"
for v in 1.0 1.1; do
	echo "hostnames $v" >"$root/etc/release"
	image "localhost:5000/hostnames:$v" "$root" '{"Entrypoint":["/bin/hostnames"],"ExposedPorts":{"9376/tcp":{}},"WorkingDir":"/"}'
done

root=$work/toolbox
mkdir -p "$root/bin" "$root/etc" "$root/tmp" "$root/usr/bin" "$root/root"
cp "$(command -v busybox)" "$root/bin/busybox"
for applet in $("$root/bin/busybox" --list); do
	case $applet in busybox | nslookup) continue ;; esac
	ln -sf busybox "$root/bin/$applet"
done
${CC:-gcc} -static -Os -s -o "$root/bin/nslookup" "$here/query.c"
ln -sf nslookup "$root/bin/dig"
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"
image localhost:5000/toolbox:1.0 "$root" '{"Env":["PATH=/bin:/usr/bin"],"Cmd":["/bin/sh"],"WorkingDir":"/"}'
