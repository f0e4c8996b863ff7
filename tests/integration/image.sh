#!/bin/bash
# The image store against a real registry: pulls, mirrors, credentials, many at once, kills in the middle.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
tool=${IMAGE_TOOL:-${MINIK_BUILD:-$MINIK_TOP/build}/tests/integration/image_tool}
[ -x "$tool" ] || make -C "${MINIK_BUILD:-$MINIK_TOP/build}" tests/integration/image_tool >/dev/null || skip_all "image_tool cannot be built"
node_add n1 192.168.77.1
node_add n2 192.168.77.2
registry_start n1 || skip_all "no docker-registry or skopeo"
registries_write n2 192.168.77.1
R=$T/n2/registries.yaml
img() { local d=$1; shift; in_node n2 "$tool" "$T/n2/$d" "$R" "$@"; }
layers_of() { img "$1" show "$2" | tail -n +2; }

check "pull through a mirror on plain HTTP" img a pull localhost:5000/toolbox:1.0
expect "what was pulled has its repo digest" 'localhost:5000/toolbox:1.0 sha256:[0-9a-f]{64} localhost:5000/toolbox@sha256:' img a show localhost:5000/toolbox:1.0
check "its layers are directories" test -x "$(layers_of a localhost:5000/toolbox:1.0)/bin/busybox"
check "pull again" img a pull localhost:5000/toolbox:1.0
digest=$(img a show localhost:5000/toolbox:1.0 | awk 'NR==1 {print $3}')
check "pull by digest" img b pull "$digest"
check "and look it up by that" img b show "$digest"
expect "an unknown tag is not found" 'localhost:5000/toolbox:9.9: .*not found' img a pull localhost:5000/toolbox:9.9
expect "an unknown repository is not found" 'not found|NAME_UNKNOWN' img a pull localhost:5000/nothing:1
expect "a registry that nobody runs" 'nowhere.test.*(resolve|connect)' img a pull nowhere.test/x

check "export" img a export localhost:5000/toolbox:1.0 "$T/toolbox-oci.tar"
expect "skopeo reads the export" '"os": *"linux"' skopeo inspect --config "oci-archive:$T/toolbox-oci.tar"
expect "import of the export" '^localhost:5000/toolbox:1.0$' img c import "$T/toolbox-oci.tar"
check "the import has the same layers" test "$(layers_of c localhost:5000/toolbox:1.0 | xargs -n1 basename)" = "$(layers_of a localhost:5000/toolbox:1.0 | xargs -n1 basename)"
expect "import of a docker-archive" '^localhost:5000/hostnames:1.0$' img c import "$T/images/hostnames-1.0.tar"
skopeo --insecure-policy copy -q "docker-archive:$T/images/hostnames-1.1.tar" "oci-archive:$T/h.tar:localhost:5000/hostnames:1.1" || true
expect "import of skopeo's oci-archive" '^localhost:5000/hostnames:1.1$' img c import "$T/h.tar"

# --- many at once ---
pids=
for i in 1 2 3 4 5 6; do
	for v in toolbox:1.0 hostnames:1.0 hostnames:1.1; do img many pull localhost:5000/$v >"$T/many.$i.$v" 2>&1 & pids="$pids $!"; done
done
bad=0; for p in $pids; do wait "$p" || bad=1; done
if [ $bad = 0 ]; then ok "18 pulls of the same images at once"; else not_ok "18 pulls of the same images at once" "$(cat "$T"/many.*)"; fi
for v in toolbox:1.0 hostnames:1.0 hostnames:1.1; do check "after that $v is here" img many show localhost:5000/$v; done
check "nothing is left in tmp and leases" test -z "$(ls -A "$T/n2/many/images/tmp" "$T/n2/many/images/leases" | grep -v ':$' | grep .)"

# --- an image of eight layers, fetched several at once, the last one opaque over the first ---
mkdir -p "$T/ml"; diffs= names=
for i in 1 2 3 4 5 6 7 8; do
	mkdir -p "$T/ml/$i/d" && head -c 300000 /dev/urandom >"$T/ml/$i/d/f$i"
	[ $i = 8 ] && : >"$T/ml/$i/d/.wh.f1"
	tar -C "$T/ml/$i" -czf "$T/ml/l$i.tar" . && diffs="$diffs\"sha256:$(zcat "$T/ml/l$i.tar" | sha256sum | cut -d' ' -f1)\"," names="$names\"l$i.tar\","
done
printf '{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[%s]}}' "${diffs%,}" >"$T/ml/c.json"
printf '[{"Config":"c.json","RepoTags":["localhost:5000/ml:1"],"Layers":[%s]}]' "${names%,}" >"$T/ml/manifest.json"
tar -C "$T/ml" -cf "$T/ml.tar" c.json manifest.json l1.tar l2.tar l3.tar l4.tar l5.tar l6.tar l7.tar l8.tar
expect "import of a docker-archive with compressed layers" '^localhost:5000/ml:1$' img d import "$T/ml.tar"
img d export localhost:5000/ml:1 "$T/ml-oci.tar" && in_node n1 skopeo --insecure-policy copy -q --dest-tls-verify=false "oci-archive:$T/ml-oci.tar" docker://localhost:5000/ml:1
check "pull of eight layers" img e pull localhost:5000/ml:1
merged() { # what overlayfs shows of them
	local o=
	for l in $(layers_of e localhost:5000/ml:1); do o=$l${o:+:$o}; done
	mkdir -p "$T/merged" && mount -t overlay overlay -o "lowerdir=$o" "$T/merged" && ls "$T/merged/d" | tr '\n' ' '
	umount "$T/merged" 2>/dev/null
}
expect "their union without what the last one removes" '^f2 f3 f4 f5 f6 f7 f8 $' merged

# --- kill -9 in the middle; the registry's largest image has one layer of 40 MB so that there is a middle ---
mkdir -p "$T/big/root" && head -c 40000000 /dev/urandom >"$T/big/root/noise" && for i in $(seq 500); do echo $i >"$T/big/root/f$i"; done
tar -C "$T/big/root" -cf "$T/big/layer.tar" .
diff=$(sha256sum "$T/big/layer.tar" | cut -d' ' -f1)
printf '{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' "$diff" >"$T/big/c.json"
printf '[{"Config":"c.json","RepoTags":["localhost:5000/big:1"],"Layers":["layer.tar"]}]' >"$T/big/manifest.json"
tar -C "$T/big" -cf "$T/big.tar" c.json manifest.json layer.tar
in_node n1 skopeo --insecure-policy copy -q --dest-tls-verify=false "docker-archive:$T/big.tar" docker://localhost:5000/big:1 || not_ok "push of a big image"
rounds=12; [ "${MINIK_SOAK:-0}" = 1 ] && rounds=200
bad=
for i in $(seq $rounds); do
	in_node_exec n2 "$tool" "$T/n2/kill" "$R" pull localhost:5000/big:1 >/dev/null 2>&1 &
	p=$!
	# The point of time differs from round to round, from the first file to the last.
	sleep "0.$(printf %03d $((i * 37 % 600)))"
	kill_own -9 $p; wait $p 2>/dev/null
	if img kill show localhost:5000/big:1 >"$T/kill.out" 2>/dev/null; then
		d=$(tail -1 "$T/kill.out")
		[ "$(ls "$d" | wc -l)" = 501 ] && cmp -s "$d/noise" "$T/big/root/noise" || bad="$bad $i"
		img kill rm localhost:5000/big:1 && img kill prune || bad="$bad prune-$i"
	fi
	[ $((i % 5)) = 0 ] && { img kill prune || bad="$bad prune-$i"; }
done
if [ -z "$bad" ]; then ok "$rounds kills in the middle of a pull"; else not_ok "$rounds kills in the middle of a pull" "rounds $bad"; fi
check "the pull after the kills" img kill pull localhost:5000/big:1
check "brings all of it" cmp "$(layers_of kill localhost:5000/big:1)/noise" "$T/big/root/noise"
check "prune" img kill prune
check "leaves the image" img kill show localhost:5000/big:1
check "and no rubbish" test -z "$(ls -A "$T/n2/kill/images/tmp" "$T/n2/kill/images/leases" | grep -v ':$' | grep .)"
img kill rm localhost:5000/big:1 && img kill prune
check "after rm and prune the disk is free" test "$(du -sk "$T/n2/kill/images" | cut -f1)" -lt 200

command -v python3 >/dev/null || { skip "tokens, redirects, TLS" "no python3"; exit $lib_failed; }
# --- tokens, redirects, connections that break ---
in_node_exec n1 python3 "$MINIK_TOP/tests/integration/registry_faults.py" http://127.0.0.1:5000 5001 "$T/faults.log" &
lib_pids="$lib_pids $!"
eventually 10 in_node n1 curl -s -o /dev/null http://127.0.0.1:5001/v2/
faulty() { in_node n1 "$tool" "$T/n1/f" "$T/n1/registries.yaml" "$@"; }
expect "without a password no token" 'refuses a token' faulty pull 127.0.0.1:5001/toolbox:1.0
check "with a pull secret: token, redirect, resume" env REGISTRY_USER=user REGISTRY_PASSWORD=secret nsenter --target "$node_pid_n1" --net --mount -- "$tool" "$T/n1/f" "$T/n1/none" pull 127.0.0.1:5001/big:1
check "the connection broke" grep -q break "$T/faults.log"
check "and the download was resumed" grep -q 'resume [1-9]' "$T/faults.log"
check "the redirect got no credentials" sh -c "! grep LEAK '$T/faults.log'"
cat >"$T/n1/registries.yaml" <<-E
configs:
  127.0.0.1:5001:
    auth: {username: user, password: secret}
E
check "with credentials of registries.yaml" faulty pull 127.0.0.1:5001/hostnames:1.0

# --- TLS with a CA of its own, and basic authentication ---
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=registry -addext 'subjectAltName=IP:192.168.77.1' \
	-keyout "$T/tls.key" -out "$T/tls.crt" 2>/dev/null
hash=$(python3 -W ignore -c 'import crypt; print(crypt.crypt("secret", "$2b$05$" + "abcdefghijklmnopqrstuu"))' 2>/dev/null)
case $hash in
\$2*)
	echo "user:$hash" >"$T/htpasswd"
	cat >"$T/registry-tls.yml" <<-E
	version: 0.1
	storage: {filesystem: {rootdirectory: $T/registry}}
	http: {addr: ":5443", tls: {certificate: $T/tls.crt, key: $T/tls.key}}
	auth: {htpasswd: {realm: test, path: $T/htpasswd}}
	log: {level: error}
	E
	in_node_exec n1 docker-registry serve "$T/registry-tls.yml" >"$T/registry-tls.log" 2>&1 &
	lib_pids="$lib_pids $!"
	eventually 10 in_node n1 curl -ks -o /dev/null https://192.168.77.1:5443/v2/
	expect "an unknown CA is refused" '192.168.77.1:5443.*([Cc]ertificate|verif|SSL)' img tls pull 192.168.77.1:5443/hostnames:1.0
	printf 'configs:\n  192.168.77.1:5443:\n    tls: {ca_file: %s}\n' "$T/tls.crt" >"$R"
	expect "without a password" 'wants user and password' img tls pull 192.168.77.1:5443/hostnames:1.0
	printf 'configs:\n  192.168.77.1:5443:\n    auth: {username: user, password: secret}\n    tls: {ca_file: %s}\n' "$T/tls.crt" >"$R"
	check "with its CA and a password" img tls pull 192.168.77.1:5443/hostnames:1.0
	printf 'configs:\n  192.168.77.1:5443:\n    auth: {username: user, password: wrong}\n    tls: {insecure_skip_verify: true}\n' >"$R"
	expect "a wrong password" 'denied' img tls pull 192.168.77.1:5443/hostnames:1.1
	;;
*) skip "TLS and basic authentication" "no bcrypt here" ;;
esac
exit $lib_failed
