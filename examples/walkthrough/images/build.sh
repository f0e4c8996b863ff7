#!/bin/sh
# Builds the images of the walkthrough from source as docker-archive files: build.sh OUT_DIR. Needs gcc, tar, busybox-static.
set -eu
out=${1:?usage: build.sh OUT_DIR}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

arch=$(dpkg --print-architecture 2>/dev/null || echo amd64)

# image NAME:TAG ROOT JSON_CONFIG: one layer made of ROOT, written as docker-archive.
image() {
	name=$1 root=$2 config=$3
	dir=$work/image
	rm -rf "$dir" && mkdir -p "$dir"
	tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$root" -cf "$dir/layer.tar" .
	diff=$(sha256sum "$dir/layer.tar" | cut -d' ' -f1)
	printf '{"architecture":"%s","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
		"$arch" "$config" "$diff" >"$dir/config"
	id=$(sha256sum "$dir/config" | cut -d' ' -f1)
	mv "$dir/config" "$dir/$id.json"
	printf '[{"Config":"%s.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$id" "$name" >"$dir/manifest.json"
	file=$(basename "$name" | tr ':' '-').tar
	tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$dir" -cf "$out/$file.tmp" manifest.json "$id.json" layer.tar
	mv "$out/$file.tmp" "$out/$file"
	echo "$out/$file  $name"
}

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
