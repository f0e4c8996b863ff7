#!/bin/bash
# Two nodes on one wire with net, proxy and dns each run alone against minik's API server. Pods are namespaces attached by podnet; Nodes and
# EndpointSlices are written by kubectl. Usage: net_nodes.sh [BUILD_DIR] [BACKEND], or MINIK_BUILD. Exit 77: cannot run here.
# CALM: it measures how long packets and changes take.
set -eu
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
kubectl=${KUBECTL:-kubectl}
for t in "$kubectl" dig jq; do command -v "$t" >/dev/null || { echo "needs $t" >&2; exit 77; }; done
if [ -z "${IN_NETNS:-}" ]; then
	[ -x "$build/minik" ] || make -s -C "$build" minik >&2
	make -s -C "$build" tests/integration/podnet_tool tests/integration/echo_tool >&2
	IN_NETNS=1 exec unshare -n -m "$0" "$build" "${2:-}"
fi
minik=$build/minik
podnet=$build/tests/integration/podnet_tool
echo_=$build/tests/integration/echo_tool
. "$(dirname "$0")/lib_pids.sh"
dir=$(mktemp -d)
pids=
cleanup() {
	local s=$?
	kill_own $pids
	wait 2>/dev/null || :
	if grep -q 'Sanitizer\|runtime error' "$dir"/*.log; then
		echo "not ok sanitizers: $(grep -h -m1 'Sanitizer\|runtime error' "$dir"/*.log | head -1)"; failed=1; s=1
	fi
	if [ $s != 0 ] || [ $failed != 0 ]; then tail -n 30 "$dir"/*.log >&2; fi
	umount "$dir"/ns/* "$dir/ns" 2>/dev/null || :
	rm -rf "$dir"
	exit $s
}
trap cleanup EXIT
failed=0
check() { if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1: expected '$2', got '$3'"; failed=1; fi }
until_ok() { # SECONDS COMMAND...
	local end=$(($(date +%s%N) + $1 * 1000000000)); shift
	while ! "$@" >/dev/null 2>&1; do [ "$(date +%s%N)" -lt $end ] || return 1; sleep 0.02; done
}
mkdir "$dir/ns"; mount -t tmpfs none "$dir/ns"
new() { : > "$dir/ns/$1"; unshare --net="$dir/ns/$1" ip link set lo up; }
at() { local n=$1; shift; nsenter --net="$dir/ns/$n" "$@"; }
bg() { local n=$1; shift; exec nsenter --net="$dir/ns/$n" "$@"; } # with &, so that $! is the program

ip link set lo up
ip link add br0 type bridge; ip link set br0 up; ip addr add 192.0.2.1/24 dev br0
for i in 1 2; do
	new node$i
	ip link add up$i type veth peer name eth0 netns "$dir/ns/node$i"
	ip link set up$i master br0; ip link set up$i up
	at node$i ip addr add 192.0.2.1$i/24 dev eth0; at node$i ip link set eth0 up
	at node$i ip route add default via 192.0.2.1
done
bg node1 "$minik" apiserver --data-dir "$dir/data" --run-dir "$dir/run" --write-kubeconfig "$dir/kubeconfig" --advertise-address 192.0.2.11 \
	> "$dir/apiserver.log" 2>&1 & pids="$pids $!"
until_ok 20 test -s "$dir/kubeconfig" || { echo "not ok the API server does not start"; exit 1; }
sed -i 's#server: .*#server: https://192.0.2.11:6443#' "$dir/kubeconfig"
export KUBECONFIG=$dir/kubeconfig
k() { "$kubectl" "$@"; }
until_ok 20 k get --raw /readyz || { echo "not ok the API server is not ready"; exit 1; }
until_ok 10 k get ns kube-system || k create ns kube-system
until_ok 10 k get ns default || k create ns default

backend=${2:-host-gw}
towards=via; [ "$backend" != udp ] || towards="dev flannel0"
for i in 1 2; do
	echo '{"apiVersion":"v1","kind":"Node","metadata":{"name":"node'$i'"},"spec":{"podCIDR":"10.42.'$i'.0/24","podCIDRs":["10.42.'$i'.0/24"]}}' |
		k create -f - >/dev/null
	k patch node node$i --subresource=status --type=merge -p '{"status":{"addresses":[{"type":"InternalIP","address":"192.0.2.1'$i'"}]}}' >/dev/null
	for c in net proxy dns; do
		bg node$i "$minik" $c --kubeconfig "$KUBECONFIG" --node-name node$i --run-dir "$dir/run$i" --data-dir "$dir/data$i" --flannel-backend "$backend" \
			> "$dir/$c$i.log" 2>&1 & pids="$pids $!"; eval "${c}${i}=$!"
	done
done
for i in 1 2; do
	until_ok 10 at node$i ip link show cni0 || { echo "not ok node$i has no bridge"; exit 1; }
	check "node$i: bridge without any pod" yes "$(at node$i ip -o addr show cni0 | grep -q "10.42.$i.1/24" && echo yes)"
	other=$((3 - i))
	check "node$i: route to the other node" yes "$(until_ok 10 sh -c "nsenter --net='$dir/ns/node$i' ip route | grep -q '10.42.$other.0/24 $towards'" && echo yes)"
done
for p in a b c; do
	n=node1; c=1; [ $p = c ] && { n=node2; c=2; }
	new pod$p
	eval "$p=$(at $n "$podnet" "$dir/run$c" attach uid-$p "$dir/ns/pod$p" 10.42.$c.0/24)"
	bg pod$p "$echo_" server $p 9376 & pids="$pids $!"
done
until_ok 5 at poda "$echo_" tcp "$c" 9376 || : # the servers have just been started
until_ok 5 at podc "$echo_" tcp "$a" 9376 || :
check "pod to pod over the wire" "c $a" "$(at poda "$echo_" tcp "$c" 9376 || :)"
check "and back" "a $c" "$(at podc "$echo_" tcp "$a" 9376 || :)"
"$echo_" server outside 7777 & pids="$pids $!"
until_ok 5 at podc "$echo_" tcp 192.0.2.1 7777 || : # it has just been started
check "pods leave the cluster with their node's address" "outside 192.0.2.12" "$(at podc "$echo_" tcp 192.0.2.1 7777 || :)"

# A Service over pods of both nodes
objects() { # NAME IP
	cat <<-E
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"$1","namespace":"default"},"spec":{"clusterIP":"$2","ports":[{"name":"t","port":80,"protocol":"TCP","targetPort":9376}]}}
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"$1-1","namespace":"default","labels":{"kubernetes.io/service-name":"$1"}},"addressType":"IPv4",
	"ports":[{"name":"t","port":9376,"protocol":"TCP"}],"endpoints":[
	{"addresses":["$a"],"nodeName":"node1","conditions":{"ready":true}},{"addresses":["$b"],"nodeName":"node1","conditions":{"ready":true}},
	{"addresses":["$c"],"nodeName":"node2","conditions":{"ready":true}}]}
	E
}
names() { cut -d' ' -f1 | sort | uniq -c | awk '{printf "%s%s=%s", sep, $2, $1; sep=" "}'; }
objects web 10.43.0.7 | k create -f - >/dev/null
until_ok 5 at podc "$echo_" tcp 10.43.0.7 80 || :
until_ok 5 at node1 "$echo_" tcp 10.43.0.7 80 || :
check "a Service over two nodes, from a pod of node 2" "a=2 b=2 c=2" "$(at podc "$echo_" tcp 10.43.0.7 80 6 | names)"
check "and from node 1" "a=2 b=2 c=2" "$(at node1 "$echo_" tcp 10.43.0.7 80 6 | names)"

# DNS
until_ok 10 sh -c "nsenter --net='$dir/ns/podc' dig +tries=1 +time=1 @10.43.0.10 web.default.svc.cluster.local | grep -q 10.43.0.7" || :
check "Service kube-dns is kept" 10.43.0.10 "$(k -n kube-system get svc kube-dns -o jsonpath='{.spec.clusterIP}')"
check "an EndpointSlice a node" "10.42.1.1 10.42.2.1" "$(k -n kube-system get endpointslices -l kubernetes.io/service-name=kube-dns -o json | jq -r '[.items[].endpoints[].addresses[]]|sort|join(" ")')"
for p in poda podc; do
	check "$p asks the cluster DNS" 10.43.0.7 "$(at $p dig +tries=2 +time=2 +short @10.43.0.10 web.default.svc.cluster.local)"
done
check "by TCP" 10.43.0.7 "$(at podc dig +tcp +tries=2 +time=2 +short @10.43.0.10 web.default.svc.cluster.local)"
check "reverse" kube-dns.kube-system.svc.cluster.local. "$(at podc dig +short +time=2 @10.43.0.10 -x 10.43.0.10)"
check "from the node itself" 10.43.0.7 "$(at node2 dig +tries=2 +time=2 +short @10.43.0.10 web.default.svc.cluster.local)"
check "every node answers itself (policy Local)" yes "$(k -n kube-system get svc kube-dns -o jsonpath='{.spec.internalTrafficPolicy}' | sed 's/Local/yes/')"
k -n kube-system delete svc kube-dns >/dev/null
check "a deleted kube-dns comes back" yes "$(until_ok 10 k -n kube-system get svc kube-dns && echo yes)"

# Kernel state that somebody else removes
at node1 ip route del 10.42.2.0/24
check "a removed route comes back" yes "$(until_ok 5 sh -c "nsenter --net='$dir/ns/node1' ip route | grep -q '10.42.2.0/24 $towards'" && echo yes)"
at node1 nft flush ruleset
check "flushed rules come back" yes "$(until_ok 5 sh -c "nsenter --net='$dir/ns/node1' '$echo_' tcp 10.43.0.7 80" && echo yes)"

# A machine on its own
at node1 ip route del default
check "without a default route the node reaches Services" yes "$(until_ok 5 sh -c "nsenter --net='$dir/ns/node1' '$echo_' tcp 10.43.0.7 80 | grep ." && echo yes)"
at node1 ip route add default via 192.0.2.1
check "with one the route of its own goes again" yes "$(until_ok 5 sh -c "! nsenter --net='$dir/ns/node1' ip route | grep -q 10.43.0.0/16" && echo yes)"

# Restart of the proxy: nothing is interrupted
kill -9 "$proxy2"; wait "$proxy2" 2>/dev/null || :
check "Services go on without the proxy" "a=1 b=1 c=1" "$(at podc "$echo_" tcp 10.43.0.7 80 3 | names)"
( for i in $(seq 1 60); do at podc "$echo_" tcp 10.43.0.7 80 >/dev/null || echo lost; done ) > "$dir/lost" & loop=$!
bg node2 "$minik" proxy --kubeconfig "$KUBECONFIG" --node-name node2 --run-dir "$dir/run2" --data-dir "$dir/data2" > "$dir/proxy2b.log" 2>&1 & pids="$pids $!"
wait $loop
check "and no connection fails while it starts" "" "$(cat "$dir/lost")"
until_ok 5 grep -q 'rules written' "$dir/proxy2b.log" || :

# How long until a new Service answers: from the last answer of the API server
best=999999
for i in 1 2 3 4 5; do
	objects "new$i" "10.43.9.$i" > "$dir/o.json"
	k create -f "$dir/o.json" >/dev/null
	t0=$(date +%s%N)
	until at podc "$echo_" tcp "10.43.9.$i" 80 >/dev/null 2>&1; do :; done
	t=$((($(date +%s%N) - t0) / 1000))
	[ $t -lt $best ] && best=$t
done
echo "new Service answers $best us after kubectl returned (best of 5)"

# A node that is not on the wire
if [ "$backend" != host-gw ]; then
	type=vxlan mtu=1450
	[ "$backend" = vxlan ] || { type= mtu=1472; } # flannel's udp backend leaves the type empty
	check "flannel's annotations" '{"flannel.alpha.coreos.com/backend-type":"'$type'","flannel.alpha.coreos.com/public-ip":"192.0.2.11"}' \
		"$(k get node node1 -o json | jq -c '.metadata.annotations|with_entries(select(.key|test("flannel.*(type|public-ip)")))')"
	check "pods have the smaller MTU" $mtu "$(at poda cat /proc/net/dev >/dev/null; at poda ip -o link show eth0 | sed 's/.* mtu \([0-9]*\).*/\1/')"
else
	echo '{"apiVersion":"v1","kind":"Node","metadata":{"name":"far"},"spec":{"podCIDR":"10.42.9.0/24","podCIDRs":["10.42.9.0/24"]}}' | k create -f - >/dev/null
	k patch node far --subresource=status --type=merge -p '{"status":{"addresses":[{"type":"InternalIP","address":"198.51.100.7"}]}}' >/dev/null
	check "not on the same link: an event says so" yes "$(until_ok 10 sh -c "$kubectl get events -A | grep -q 'not on the same link'" && echo yes)"
	check "and the others go on" "c $a" "$(at poda "$echo_" tcp "$c" 9376 || :)"
fi
k delete node node2 >/dev/null
check "the route goes with its node" yes "$(until_ok 5 sh -c "! nsenter --net='$dir/ns/node1' ip route | grep -q 10.42.2.0/24" && echo yes)"
kill "$net1" "$proxy1" "$dns1"
wait "$net1" "$proxy1" "$dns1" 2>/dev/null || :
at node1 "$podnet" "$dir/run1" cleanup
at node1 nft delete table inet minik-proxy
check "cleanup leaves nothing" "eth0 lo  " "$(at node1 ip -o link | cut -d: -f2 | cut -d@ -f1 | sort | tr -d '\n' | sed 's/^ //') $(at node1 nft list ruleset) $(at node1 ip route show proto 77)"
exit $failed
