#!/bin/bash
# Throughput and round trip between two pods on two nodes, each of minik's ways beside its peer in the same run: vxlan beside a vxlan device made by hand,
# host-gw beside a plain route, udp beside vxlan. Nodes are namespaces on one bridge; n1 and n2 are minik's, h1 and h2 are set up with ip alone, with the
# same bridge, veth and MTU. A node with pods masquerades, and whatever does that (NAT for Services, too) has the kernel track connections: so each
# peer is measured once more with one rule that masquerades, which tells what of the difference is that and what is minik's.
# Everybody has a short turn in every round, in an order that changes; given are the middle of the rounds and between which two the middle half
# lies, and ratios are those within a round. Throughput (iperf3, both cores) is what load beside it disturbs most, bench_path's times are hardly
# disturbed: a datagram there and back, and 60 KB by TCP with what is acknowledged, all from one thread.
# Usage: overlay.sh [ROUNDS] (9). OVERLAY_SECONDS (1) for each transfer; BENCH_NICE=-10: they go before other work. Needs root, iperf3.
. "$(dirname "$0")/../integration/lib.sh"
MINIK=$(realpath "$MINIK")
build=$(dirname "$MINIK")
command -v iperf3 >/dev/null || skip_all "needs iperf3"
[ -n "${MINIK_SANDBOX:-}" ] || make -s -C "$build" tests/integration/podnet_tool tests/bench/bench_path >&2
enter_sandbox "$@"
mkdir "$T/ns" && mount -t tmpfs none "$T/ns"
trap 'r=$?; umount -R -l "$T/ns"; (exit $r); lib_cleanup' EXIT
rounds=${1:-9} seconds=${OVERLAY_SECONDS:-1} nice=${BENCH_NICE:-0}
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
tracked() { # on|off: by hand, with a rule that masquerades
	local i
	for i in 1 2; do
		if [ "$1" = off ]; then nsenter -t "$(ns h$i)" -n nft delete table ip hand
		else nsenter -t "$(ns h$i)" -n nft "table ip hand { chain out { type nat hook postrouting priority srcnat; ip saddr 10.50.0.0/16 ip daddr != 10.50.0.0/16 masquerade; }; }"; fi
	done
}
for p in n2 h2; do nsenter --net="$T/ns/$p" nice -n "$nice" iperf3 -s >/dev/null 2>&1 & lib_pids="$lib_pids $!"; done
sleep 0.5
threads_ms() { # processor time of the udp backend's threads
	local p t sum=0
	for p in $nets; do for t in /proc/$p/task/*; do
		[ "$(cat $t/comm)" != net-udp ] || sum=$((sum + $(sed 's/.*) //' $t/stat | awk '{print ($12 + $13) * 10}')))
	done; done
	echo $sum
}
turn() { # SIDE: a line of Gbit/s, microseconds there and back, microseconds of 60 KB; of udp the Gbit/s for each core, too
	local node=n to before gbit path
	to=$(cat "$T/addr2")
	case $1 in hand* | route*) node=h to=10.50.2.2 ;; esac
	case $1 in *-tracked) tracked on ;; esac
	before=$(threads_ms)
	gbit=$(nsenter --net="$T/ns/${node}1" nice -n "$nice" iperf3 -J -t "$seconds" -c "$to" | jq '.end.sum_received.bits_per_second / 1e9')
	core=$(jq -n "$gbit * $seconds * 1000 / ([$(threads_ms) - $before, 1] | max)")
	path=$(nice -n "$nice" "$build/tests/bench/bench_path" "$T/ns/${node}1" "$T/ns/${node}2" "$to") || exit 1
	case $1 in *-tracked) tracked off ;; esac
	echo "$gbit $path $core" >>"$T/result.$1"
}
groups=("vxlan hand hand-tracked vxlan" "host-gw route route-tracked host-gw" "udp udp")
for r in $(seq "$rounds"); do
	for g in 0 1 2; do
		read -r b sides <<<"${groups[(g + r) % 3]}"
		backend "$b"
		case $b in vxlan) by_hand vxlan ;; host-gw) by_hand route ;; esac
		[ $((r / 3 % 2)) = 0 ] || sides=$(printf '%s\n' $sides | tac)
		for s in $sides; do turn "$s"; done
	done
	echo "# round $r, Gbit/s and us: $(for s in hand hand-tracked vxlan route route-tracked host-gw udp; do tail -1 "$T/result.$s" | awk -v s="$s" '{printf "%s %.2f %.1f %.1f  ", s, $1, $2, $3}'; done)"
done
# Of numbers, one a line: the middle, and in brackets the borders of the middle half.
spread() { sort -n | awk -v f="$1" '{v[NR] = $1} END {printf f " (" f "-" f ")", v[int((NR + 1) / 2)], v[int((NR + 3) / 4)], v[NR + 1 - int((NR + 3) / 4)]}'; }
column() { awk -v c="$2" '{print $c}' "$T/result.$1"; }
# A B COLUMN: A over B, round by round
ratios() { paste -d ' ' <(column "$1" "$3") <(column "$2" "$3") | awk '{printf "%.3f\n", $1 / $2}'; }
line() { printf '%-44s %24s %24s %24s   %s\n' "$@"; }
side() { line "$1" "$(column "$2" 1 | spread %.2f)" "$(column "$2" 2 | spread %.2f)" "$(column "$2" 3 | spread %.2f)" "${3:-}"; }
compare() { # TITLE A B [NOTE]: A beside B, more is better in all columns
	line "$1" "$(ratios "$2" "$3" 1 | spread %.3f)" "$(ratios "$3" "$2" 2 | spread %.3f)" "$(ratios "$3" "$2" 3 | spread %.3f)" "${4:-}"
}
line "$rounds rounds" "Gbit/s" "us, there and back" "us, 60 KB by TCP" ""
side "vxlan made by hand" hand
side "vxlan made by hand, masquerade" hand-tracked
side "minik, vxlan" vxlan
side "plain route" route
side "plain route, masquerade" route-tracked
side "minik, host-gw" host-gw
side "minik, udp" udp "$(column udp 4 | spread %.1f) Gbit/s for each core of both ends' threads together (goal 5)"
compare "minik, vxlan / made by hand" vxlan hand "goal 0.95"
compare "made by hand, masquerade / without" hand-tracked hand
compare "minik, vxlan / by hand, masquerade" vxlan hand-tracked
compare "minik, host-gw / plain route" host-gw route "goal 0.98"
compare "plain route, masquerade / without" route-tracked route
compare "minik, host-gw / plain route, masquerade" host-gw route-tracked
compare "minik, udp / vxlan" udp vxlan "goal 0.5"
