# For scripts that build images; sourced. $work is a folder for what is between, $out where the archives go.
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
