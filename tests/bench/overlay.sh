#!/bin/bash
# Throughput and round trip between two pods on two nodes, each of minik's ways beside its peer in the same run: vxlan beside a vxlan device made by hand,
# host-gw beside a plain route, udp beside vxlan. Nodes are namespaces on one bridge; n1 and n2 are minik's, h1 and h2 are set up with ip alone, with the
# same bridge, veth and MTU. Runs take turns, the best of each counts: other load on the machine only ever makes one slower.
# Usage: overlay.sh [ROUNDS] (3). OVERLAY_SECONDS (2) for each run. Needs root, iperf3.
. "$(dirname "$0")/../integration/lib.sh"
MINIK=$(realpath "$MINIK")
build=$(dirname "$MINIK")
command -v iperf3 >/dev/null || skip_all "needs iperf3"
[ -n "${MINIK_SANDBOX:-}" ] || make -s -C "$build" tests/integration/podnet_tool >&2
enter_sandbox "$@"
mkdir "$T/ns" && mount -t tmpfs none "$T/ns"
trap 'r=$?; umount -R -l "$T/ns"; (exit $r); lib_cleanup' EXIT
rounds=${1:-3} seconds=${OVERLAY_SECONDS:-2}
i=0
for n in api n1 n2 h1 h2; do i=$((i + 1)); node_add $n 192.168.77.$i; done
in_node_exec api "$MINIK" apiserver --data-dir "$T/api/data" --run-dir "$T/api/run" --write-kubeconfig "$T/kubeconfig" --advertise-address 192.168.77.1 \
	>"$T/apiserver.log" 2>&1 &
lib_pids="$lib_pids $!"
eventually 20 test -s "$T/kubeconfig" || exit 1
sed -i 's#server: .*#server: https://192.168.77.1:6443#' "$T/kubeconfig"
K_NODE=api
eventually 20 k get --raw /readyz >/dev/null
ns() { eval "echo \$node_pid_$1"; }
for i in 1 2; do
	echo "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n$i\"},\"spec\":{\"podCIDR\":\"10.42.$i.0/24\",\"podCIDRs\":[\"10.42.$i.0/24\"]}}" | k create -f - >/dev/null
	k patch node n$i --subresource=status --type=merge -p "{\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"192.168.77.$((i + 1))\"}]}}" >/dev/null
done
for p in n1 n2 h1 h2; do : >"$T/ns/$p"; unshare --net="$T/ns/$p" ip link set lo up; done
nets=
backend() { # BACKEND: both nodes run with it; pods are attached anew
	local i p
	for p in $nets; do kill "$p"; wait "$p" 2>/dev/null; done
	nets=
	for i in 1 2; do
		nsenter -t "$(ns n$i)" -n "$MINIK" net --kubeconfig "$T/kubeconfig" --node-name n$i --run-dir "$T/n$i/run" --data-dir "$T/n$i/data" --flannel-backend "$1" \
			>>"$T/n$i/net.log" 2>&1 &
		nets="$nets $!"; lib_pids="$lib_pids $!"
	done
	for i in 1 2; do
		nsenter -t "$(ns n$i)" -n "$build/tests/integration/podnet_tool" "$T/n$i/run" attach "pod$i" "$T/ns/n$i" 10.42.$i.0/24 >"$T/addr$i" || exit 1
	done
	eventually 10 nsenter --net="$T/ns/n1" busybox ping -c1 -W1 "$(cat "$T/addr2")" >/dev/null || { echo "no way between pods by $1"; exit 1; }
	sleep 0.5 # MTU of pods that were there already
}
for i in 1 2; do # by hand
	nsenter -t "$(ns h$i)" -n sh -ec "
		ip link add cni0 type bridge; ip link set cni0 up; ip addr add 10.50.$i.1/24 dev cni0
		ip link add v0 type veth peer name eth0 netns $T/ns/h$i; ip link set v0 master cni0 up
		echo 1 >/proc/sys/net/ipv4/ip_forward
		ip link add vxlan0 type vxlan id 7 dev eth0 local 192.168.77.$((i + 3)) dstport 8472 nolearning
		ip addr add 10.50.$i.0/32 dev vxlan0; ip link set vxlan0 up mtu 1450"
	nsenter --net="$T/ns/h$i" sh -ec "ip addr add 10.50.$i.2/24 dev eth0; ip link set eth0 up; ip route add default via 10.50.$i.1"
done
for i in 1 2; do
	o=$((3 - i))
	mac=$(nsenter -t "$(ns h$o)" -n ip -o link show vxlan0 | sed 's/.*ether \([^ ]*\).*/\1/')
	nsenter -t "$(ns h$i)" -n sh -ec "bridge fdb append $mac dev vxlan0 dst 192.168.77.$((o + 3)); ip neigh add 10.50.$o.0 lladdr $mac dev vxlan0 nud permanent"
done
by_hand() { # vxlan|route
	local i o mtu=1500
	[ "$1" = route ] || mtu=1450
	for i in 1 2; do
		o=$((3 - i))
		if [ "$1" = vxlan ]; then nsenter -t "$(ns h$i)" -n ip route replace 10.50.$o.0/24 via 10.50.$o.0 dev vxlan0 onlink
		else nsenter -t "$(ns h$i)" -n ip route replace 10.50.$o.0/24 via 192.168.77.$((o + 3)); fi
		nsenter --net="$T/ns/h$i" ip link set eth0 mtu $mtu; nsenter -t "$(ns h$i)" -n ip link set v0 mtu $mtu
	done
}
for p in n2 h2; do nsenter --net="$T/ns/$p" iperf3 -s >/dev/null 2>&1 & lib_pids="$lib_pids $!"; done
sleep 0.5
gbit() { nsenter --net="$T/ns/$1" iperf3 -J -t "$seconds" -c "$2" | jq '.end.sum_received.bits_per_second / 1e9'; }
rtt() { nsenter --net="$T/ns/$1" busybox ping -q -i 0.005 -c 200 "$2" | sed -n 's#.*= [0-9.]*/\([0-9.]*\)/.*#\1#p'; } # ms, the mean
threads_ms() { # processor time of the udp backend's threads
	local p t sum=0
	for p in $nets; do for t in /proc/$p/task/*; do
		[ "$(cat $t/comm)" != net-udp ] || sum=$((sum + $(sed 's/.*) //' $t/stat | awk '{print ($12 + $13) * 10}')))
	done; done
	echo $sum
}
declare -A best ping core
keep() { best[$1]=$(jq -n "[${best[$1]:-0}, $2] | max"); ping[$1]=$(jq -n "[${ping[$1]:-1e9}, $3] | min"); }
for r in $(seq "$rounds"); do
	for b in vxlan host-gw udp; do
		backend $b
		before=$(threads_ms)
		g=$(gbit n1 "$(cat "$T/addr2")")
		after=$(threads_ms)
		keep $b "$g" "$(rtt n1 "$(cat "$T/addr2")")"
		[ "$b" != udp ] || core[$r]=$(jq -n "$g * $seconds * 1000 / ([$after - $before, 1] | max)")
		case $b in
		vxlan) by_hand vxlan; keep hand "$(gbit h1 10.50.2.2)" "$(rtt h1 10.50.2.2)" ;;
		host-gw) by_hand route; keep route "$(gbit h1 10.50.2.2)" "$(rtt h1 10.50.2.2)" ;;
		esac
	done
done
line() { printf '%-28s %7.2f Gbit/s %8.3f ms   %s\n' "$1" "${best[$2]}" "${ping[$2]}" "$3"; }
ratio() { jq -nr "\"\\(${best[$1]} / ${best[$2]} * 100 | round / 100) of it (goal $3)\""; }
line "vxlan made by hand" hand ""
line "minik, vxlan" vxlan "$(ratio vxlan hand 0.95)"
line "plain route" route ""
line "minik, host-gw" host-gw "$(ratio host-gw route 0.98)"
line "minik, udp" udp "$(ratio udp vxlan 0.5 | sed 's/it/vxlan/'); $(printf '%s\n' "${core[@]}" | sort -n | tail -1 | cut -c1-5) Gbit/s for each core of both ends' threads together (goal 5)"
