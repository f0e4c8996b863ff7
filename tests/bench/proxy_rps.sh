#!/bin/bash
# Requests a second through a Service address beside straight to the pod, and beside a hand-made rule that translates one address to one pod (in IPVS
# mode a hand-made virtual server, too), with
# 1 Service and with many: a client and a pod behind a node, each in a network namespace. Nothing is asserted. Usage: proxy_rps.sh BUILD
# [nftables|ipvs]; RPS_SERVICES, RPS_THREADS, RPS_ROUNDS, RPS_MS. Root. tests/bench/proxy.sh runs it here and in the vm lab.
set -eu
build=$(realpath "$1") mode=${2:-nftables} many=${RPS_SERVICES:-10000}
[ -n "${IN_NETNS:-}" ] || IN_NETNS=1 exec unshare -n -m bash "$0" "$@"
rps=$build/tests/bench/bench_rps
dir=$(mktemp -d)
pids=
trap 'kill $pids 2>/dev/null || :; umount "$dir"/ns/* "$dir/ns" 2>/dev/null || :; rm -rf "$dir"' EXIT
mkdir "$dir/ns" && mount -t tmpfs none "$dir/ns"
ip link set lo up
for n in client pod; do
	: >"$dir/ns/$n"
	unshare --net="$dir/ns/$n" true
	ip link add $n type veth peer name eth0 netns "$dir/ns/$n"
	ip link set $n up
	nsenter --net="$dir/ns/$n" ip link set lo up
	nsenter --net="$dir/ns/$n" ip link set eth0 up
done
ip addr add 192.0.2.1/24 dev client; ip addr add 10.42.3.1/24 dev pod
for i in 7 8 9 10; do nsenter --net="$dir/ns/client" ip addr add 192.0.2.$i/24 dev eth0; done
nsenter --net="$dir/ns/client" ip route add default via 192.0.2.1
for i in 7 8 9; do nsenter --net="$dir/ns/pod" ip addr add 10.42.3.$i/24 dev eth0; done
nsenter --net="$dir/ns/pod" ip route add default via 10.42.3.1
echo 1 >/proc/sys/net/ipv4/ip_forward
# Connections are reset when they are done: they need not be remembered.
echo 1 >/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_close 2>/dev/null || :
mkfifo "$dir/tell" "$dir/hear"
# The client is one of the cluster, so that nothing is masqueraded: what is compared is the way to the pod.
"$build/tests/integration/proxy_tool" node1 10.42.0.0/16,192.0.2.0/24 "$mode" <"$dir/tell" >"$dir/hear" 2>&1 & pids="$pids $!"
exec 6>"$dir/tell" 7<"$dir/hear"
sync() { echo sync >&6; read -r answer <&7; case $answer in ok*) ;; *) echo "proxy: $answer" >&2; exit 1 ;; esac; }
echo '{"kind":"Service","metadata":{"namespace":"default","name":"web"},"spec":{"type":"ClusterIP","clusterIP":"10.43.0.7","ports":[{"port":80}]}}' >&6
echo '{"kind":"EndpointSlice","metadata":{"namespace":"default","name":"web-1","labels":{"kubernetes.io/service-name":"web"}},"addressType":"IPv4","ports":[{"port":9376}],"endpoints":[{"addresses":["10.42.3.7"]},{"addresses":["10.42.3.8"]},{"addresses":["10.42.3.9"]}]}' >&6
sync
nft -f - <<'RULES'
table ip peer {
	chain prerouting {
		type nat hook prerouting priority dstnat - 1;
		ip daddr 10.44.0.7 tcp dport 80 dnat to 10.42.3.7:9376
	}
}
RULES
server=
if [ "$mode" = ipvs ] && command -v ipvsadm >/dev/null; then # the kernel's own, without minik's rules
	ip addr add 10.44.0.8/32 dev lo
	ipvsadm -A -t 10.44.0.8:80 -s rr
	for i in 7 8 9; do ipvsadm -a -t 10.44.0.8:80 -r 10.42.3.$i:9376 -m; done
	server=server=10.44.0.8:80/192.0.2.10
fi
# shellcheck disable=SC2086
run() {
	nsenter --net="$dir/ns/client" "$rps" "${RPS_THREADS:-6}" "${RPS_ROUNDS:-61}" "${RPS_MS:-60}" "$dir/ns/pod" 9376 pod=10.42.3.7:9376/192.0.2.7 service=10.43.0.7:80/192.0.2.8 rule=10.44.0.7:80/192.0.2.9 $server |
		sed "s/^/$mode, $1 Services, /"
}
run 1
echo "bulk $((many - 1))" >&6
sync
run "$many"
