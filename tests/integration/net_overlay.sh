#!/bin/bash
# The pod network between nodes of several kinds: minik's beside flannel's own flanneld (tests/peers/build.sh flannel) and beside a node that is set up
# with ip alone; both families; addresses and MTU that change at run time; partition; what hostile Nodes say. net runs alone against minik's API server,
# pods are namespaces attached by podnet. OVERLAY_PARTS="vxlan move hostile hostgw udp hairpin" for some.
# ALONE: it measures how long changes take.
. "$(dirname "$0")/lib.sh"
MINIK=$(realpath "$MINIK")
build=$(dirname "$MINIK")
[ -n "${MINIK_SANDBOX:-}" ] || make -s -C "$build" tests/integration/podnet_tool tests/integration/badnic_tool >&2 || skip_all "its tools do not build"
enter_sandbox "$@"
mkdir "$T/ns" && mount -t tmpfs none "$T/ns"
trap 'r=$?; umount -R -l "$T/ns"; (exit $r); lib_cleanup' EXIT
podnet=$build/tests/integration/podnet_tool
flanneld=${FLANNELD:-$MINIK_TEST_CACHE/flannel/flanneld}
parts=${OVERLAY_PARTS:-vxlan move hostile hostgw udp hairpin offload}
wants() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
prefix=flannel.alpha.coreos.com

# Nodes 192.168.77.N and fd77::N, pods 10.42.N.0/24 and fd42:0:0:N::/64.
overlay_node() {
	node_add "n$1" "192.168.77.$1"
	in_node "n$1" ip addr add "fd77::$1/64" dev eth0 nodad
	in_node "n$1" ip route add default via fd77::fe
	in_node "n$1" sysctl -qw net.ipv6.conf.eth0.accept_ra=0
	mkdir -p "$T/n$1/data" "$T/n$1/run"
}
ip addr add fd77::fe/64 dev wire nodad
node_json() { # NUMBER [ANNOTATIONS]
	cat <<-J
	{"apiVersion":"v1","kind":"Node","metadata":{"name":"n$1","annotations":{${2:-}}},"spec":{"podCIDR":"10.42.$1.0/24","podCIDRs":["10.42.$1.0/24","fd42:0:0:$1::/64"]}}
	J
}
node_status() { k patch node "$1" --subresource=status --type=merge -p "{\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"$2\"},{\"type\":\"InternalIP\",\"address\":\"$3\"}]}}" >/dev/null; }
node_make() { node_json "$@" | k create -f - >/dev/null && node_status "n$1" "192.168.77.$1" "fd77::$1"; }
net_start() { # NUMBER FLAGS...: in the node's network alone, since the pods' namespaces are mounted outside
	local n=n$1 pid; shift
	eval "pid=\$node_pid_$n"
	nsenter -t "$pid" -n "$MINIK" net --kubeconfig "$T/kubeconfig" --node-name "$n" --run-dir "$T/$n/run" --data-dir "$T/$n/data" \
		--cluster-cidr 10.42.0.0/16,fd42::/56 "$@" >>"$T/$n/net.log" 2>&1 &
	lib_pids="$lib_pids $!"
	eval "net_pid_$n=$!"
}
net_stop() { eval "local p=\$net_pid_n$1"; kill "$p"; wait "$p" 2>/dev/null; }
pod() { # NODE-NUMBER NAME: a pod with both addresses; pod4_NAME, pod6_NAME
	: >"$T/ns/$2"; unshare --net="$T/ns/$2" ip link set lo up
	# shellcheck disable=SC2046
	set -- "$1" "$2" $(eval "nsenter -t \$node_pid_n$1 -n" "$podnet" "$T/n$1/run" attach "uid-$2" "$T/ns/$2" "10.42.$1.0/24" "fd42:0:0:$1::/64")
	eval "pod4_$2=$3 pod6_$2=$4"
}
in_pod() { local p=$1; shift; nsenter --net="$T/ns/$p" "$@"; }
pings() { local from=$1 to=$2; in_pod "$from" busybox ping -c1 -W1 "$to"; }
mtu_in() { in_node "$1" ip -o link show "$2" | grep -q " mtu $3 "; }
annotation() { k get node "$1" -o jsonpath="{.metadata.annotations.${prefix//./\\.}/$2}"; }
within() { # MILLISECONDS NAME COMMAND...: how long it takes is said
	local most=$1 name=$2 t0 t; shift 2
	t0=$(date +%s%N)
	until "$@" >/dev/null 2>&1; do
		t=$((($(date +%s%N) - t0) / 1000000))
		[ $t -lt $((most * 3 + 3000)) ] || { not_ok "$name" "not even in $t ms"; return 1; }
		sleep 0.01
	done
	t=$((($(date +%s%N) - t0) / 1000000))
	if [ $t -le $((most * MINIK_PATIENCE)) ]; then ok "$name ($t ms)"; else not_ok "$name" "$t ms, more than $most"; fi
}

for i in 1 2 3 4; do overlay_node $i; done
node_add api 192.168.77.100
in_node_exec api "$MINIK" apiserver --data-dir "$T/api/data" --run-dir "$T/api/run" --write-kubeconfig "$T/kubeconfig" --advertise-address 192.168.77.100 \
	>"$T/apiserver.log" 2>&1 &
lib_pids="$lib_pids $!"
check "API server" eventually 20 test -s "$T/kubeconfig" || exit 1
sed -i 's#server: .*#server: https://192.168.77.100:6443#' "$T/kubeconfig"
K_NODE=api
kk="nsenter -t $node_pid_api -n $KUBECTL --kubeconfig $T/kubeconfig" # for sh -c
eventually 20 k get --raw /readyz >/dev/null


if wants vxlan; then
	for i in 1 2; do node_make $i; net_start $i; done
	within 2000 "a neighbour node is known" in_node n1 ip route show 10.42.2.0/24 via 10.42.2.0 dev flannel.1
	eventually 5 in_node n2 sh -c 'ip route | grep 10.42.1.0/24 && ip -6 route | grep fd42:0:0:1::/64'
	eventually 5 in_node n1 sh -c 'ip -6 route | grep fd42:0:0:2::/64'
	pod 1 a; pod 2 b
	check "pod to pod, IPv4" eventually 3 pings a "$pod4_b"
	check "pod to pod, IPv6" eventually 3 pings a "$pod6_b"
	expect "one forwarding entry" '^1$' sh -c "nsenter -t $node_pid_n1 -n bridge fdb show dev flannel.1 | grep -c 'dst 192.168.77.2'"
	expect "and one neighbour" '^1$' sh -c "nsenter -t $node_pid_n1 -n ip neigh show dev flannel.1 | grep -c PERMANENT"
	expect "of IPv6 too" 'fd42:0:0:2:: lladdr .* PERMANENT' in_node n1 ip -6 neigh show dev flannel-v6.1
	expect "nothing is learned" ' nolearning' in_node n1 ip -d link show flannel.1
	expect "the device belongs to minik" 'alias minik' in_node n1 ip link show flannel.1
	mac=$(in_node n1 cat /proc/net/dev >/dev/null; in_node n1 ip -o link show flannel.1 | sed 's/.*ether \([^ ]*\).*/\1/')
	expect "backend-data, as flannel writes it" "^\\{\"VNI\":1,\"VtepMAC\":\"$mac\"\\}\$" annotation n1 backend-data
	expect "backend-type" '^vxlan$' annotation n1 backend-type
	expect "public-ip" '^192.168.77.1$' annotation n1 public-ip
	expect "public-ipv6" '^fd77::1$' annotation n1 public-ipv6
	expect "kube-subnet-manager" '^true$' annotation n1 kube-subnet-manager
	expect "backend-v6-data" '^\{"VNI":1,"VtepMAC":"([0-9a-f]{2}:){5}[0-9a-f]{2}"\}$' annotation n1 backend-v6-data
	check "the pods' MTU: that of the wire less 70, since IPv6 goes along" mtu_in n1 cni0 1430
	check "the device's" mtu_in n1 flannel.1 1450
	check "the IPv6 device's" mtu_in n1 flannel-v6.1 1430

	if [ -x "$flanneld" ]; then
		node_make 3 '"who":"flanneld"' # it does not start at a Node without any annotation
		printf '{"Network":"10.42.0.0/16","EnableIPv6":true,"IPv6Network":"fd42::/56","Backend":{"Type":"vxlan"}}' >"$T/net-conf.json"
		NODE_NAME=n3 in_node_exec n3 "$flanneld" --kube-subnet-mgr --kubeconfig-file "$T/kubeconfig" --net-config-path "$T/net-conf.json" --iface eth0 \
			--subnet-file "$T/n3/subnet.env" >"$T/n3/flanneld.log" 2>&1 &
		lib_pids="$lib_pids $!"; flannel_pid=$!
		check "flanneld is up" eventually 20 test -s "$T/n3/subnet.env"
		pod 3 f; in_node n3 ip link set dev cni0 mtu 1430
		check "a pod of minik reaches one of flanneld" eventually 5 pings a "$pod4_f"
		check "and back" eventually 5 pings f "$pod4_a"
		check "IPv6" eventually 5 pings a "$pod6_f"
		check "and back" eventually 5 pings f "$pod6_a"
		expect "the whole MTU passes" '0% packet loss' in_pod a busybox ping -c2 -W1 -s 1402 "$pod4_f"
		net_stop 1; in_node n1 ip link del flannel.1; in_node n1 ip link del flannel-v6.1; net_start 1
		check "after a new device with the old hardware address, still" eventually 10 pings f "$pod4_a"
		expect "which is the one announced before" "$mac" in_node n1 ip -o link show flannel.1
		kill $flannel_pid; wait $flannel_pid 2>/dev/null
		k delete node n3 >/dev/null
		within 1000 "a node that leaves is forgotten" sh -c "! nsenter -t $node_pid_n1 -n ip route | grep 10.42.3.0/24"
		expect "with its forwarding entry" '^0$' sh -c "nsenter -t $node_pid_n1 -n bridge fdb show dev flannel.1 | grep -c 'dst 192.168.77.3'; :"
	else
		skip "a node with flanneld" "no $flanneld: tests/peers/build.sh flannel"
	fi

	# A node by hand, with what flannel documents.
	in_node n4 ip link add flannel.1 type vxlan id 1 dev eth0 local 192.168.77.4 dstport 8472 nolearning
	in_node n4 ip addr add 10.42.4.0/32 dev flannel.1; in_node n4 ip link set flannel.1 up mtu 1450
	hand=$(in_node n4 ip -o link show flannel.1 | sed 's/.*ether \([^ ]*\).*/\1/')
	node_make 4 "\"$prefix/backend-data\":\"{\\\"VNI\\\":1,\\\"VtepMAC\\\":\\\"$hand\\\"}\",\"$prefix/backend-type\":\"vxlan\",\"$prefix/public-ip\":\"192.168.77.4\",\"$prefix/kube-subnet-manager\":\"true\""
	in_node n4 bridge fdb append "$mac" dev flannel.1 dst 192.168.77.1
	in_node n4 ip neigh add 10.42.1.0 lladdr "$mac" dev flannel.1 nud permanent
	in_node n4 ip route add 10.42.1.0/24 via 10.42.1.0 dev flannel.1 onlink
	pod 4 h
	check "a node set up by hand: to it" eventually 5 pings a "$pod4_h"
	check "and back" pings h "$pod4_a"
	expect "its missing IPv6 end is told" 'no VXLAN end for IPv6|no IPv6 address' k get events -A

	in_node n1 ip link del flannel.1
	within 1000 "a device that somebody removes comes back" pings a "$pod4_b"
	expect "with its hardware address" "$mac" in_node n1 ip -o link show flannel.1
	in_node n1 bridge fdb del "$(in_node n2 ip -o link show flannel.1 | sed 's/.*ether \([^ ]*\).*/\1/')" dev flannel.1 dst 192.168.77.2
	in_node n1 ip route del 10.42.2.0/24
	within 1000 "so do its entries" pings a "$pod4_b"
	# One by one: each is noticed by itself, without any other change.
	peer=$(in_node n2 ip -o link show flannel.1 | sed 's/.*ether \([^ ]*\).*/\1/')
	in_node n1 bridge fdb del "$peer" dev flannel.1 dst 192.168.77.2
	within 1000 "a forwarding entry that somebody removes" sh -c "nsenter -t $node_pid_n1 -n bridge fdb show dev flannel.1 | grep 'dst 192.168.77.2'"
	in_node n1 ip neigh del 10.42.2.0 dev flannel.1
	within 1000 "a neighbour" sh -c "nsenter -t $node_pid_n1 -n ip neigh show dev flannel.1 | grep '10.42.2.0 lladdr $peer PERMANENT'"
	in_node n1 ip -6 neigh del fd42:0:0:2:: dev flannel-v6.1
	within 1000 "one of IPv6" sh -c "nsenter -t $node_pid_n1 -n ip -6 neigh show dev flannel-v6.1 | grep 'fd42:0:0:2:: lladdr .* PERMANENT'"
	in_node n1 ip -6 route del fd42:0:0:2::/64
	within 1000 "a route of IPv6" sh -c "nsenter -t $node_pid_n1 -n ip -6 route | grep fd42:0:0:2::/64"
	condition() { k get node "$1" -o jsonpath='{range .status.conditions[?(@.type=="NetworkUnavailable")]}{.status} {.reason} {.message}{end}'; }
	expect "the condition NetworkUnavailable, as flannel has it" '^False FlannelIsUp Flannel is running on this node(; pods of node n4 .* IPv6)?$' condition n1

	# public-ip-overwrite: what peers shall send to.
	k annotate node n2 "$prefix/public-ip-overwrite=203.0.113.9" >/dev/null
	within 1000 "public-ip-overwrite is announced" sh -c "$kk get node n2 -o json | grep -q '\"$prefix/public-ip\": \"203.0.113.9\"'"
	within 1000 "and followed" sh -c "nsenter -t $node_pid_n1 -n bridge fdb show dev flannel.1 | grep 'dst 203.0.113.9'"
	k annotate node n2 "$prefix/public-ip-overwrite-" >/dev/null
	check "and taken back" eventually 3 pings a "$pod4_b"
fi

if wants move; then
	wants vxlan || { for i in 1 2; do node_make $i; net_start $i; done; pod 1 a; pod 2 b; check "pod to pod" eventually 5 pings a "$pod4_b"; }
	ip link set w-n1 mtu 1400; in_node n1 ip link set eth0 mtu 1400
	within 1000 "a smaller MTU of the interface is followed by the pods" sh -c "nsenter --net=$T/ns/a ip -o link show eth0 | grep ' mtu 1330 '"
	check "by their other ends" sh -c "nsenter -t $node_pid_n1 -n ip -o link show master cni0 | grep ' mtu 1330 '"
	check "by the bridge" mtu_in n1 cni0 1330
	check "and by the device" mtu_in n1 flannel.1 1350
	ip link set w-n1 mtu 1500; in_node n1 ip link set eth0 mtu 1500
	within 1000 "a larger one too" sh -c "nsenter --net=$T/ns/a ip -o link show eth0 | grep ' mtu 1430 '"

	in_node n2 ip addr del 192.168.77.2/24 dev eth0 # its default route goes with it
	in_node n2 ip addr add 192.168.77.52/24 dev eth0
	in_node n2 ip route add default via 192.168.77.254
	within 1000 "another address of a node: its peers follow" sh -c "nsenter -t $node_pid_n1 -n bridge fdb show dev flannel.1 | grep 'dst 192.168.77.52'"
	within 1000 "and pods reach each other" pings a "$pod4_b"
	expect "public-ip" '^192.168.77.52$' annotation n2 public-ip
	ip link set w-n2 down
	check "cut off" sh -c "! nsenter --net=$T/ns/a busybox ping -c1 -W1 $pod4_b"
	ip link set w-n2 up
	within 3000 "healed" pings a "$pod4_b"
	k delete node n2 >/dev/null
	within 1000 "a node that goes" sh -c "! nsenter -t $node_pid_n1 -n ip route | grep 10.42.2.0/24"
	node_make 2; node_status n2 192.168.77.52 fd77::2
	within 2000 "and comes back" pings a "$pod4_b"
fi

if wants hostile; then
	wants vxlan || wants move || { for i in 1 2; do node_make $i; net_start $i; done; pod 1 a; pod 2 b; check "pod to pod" eventually 5 pings a "$pod4_b"; }
	state() { in_node n1 sh -c 'ip route; ip -6 route; bridge fdb show; ip neigh show dev flannel.1; ip -6 neigh show dev flannel-v6.1' | grep -E 'flannel|10.42|fd42' | grep -v -E 'cni0|expires|fe80' | sort; }
	state >"$T/before"
	victim=$(annotation n2 backend-data)
	# Who is older is a matter of whole seconds: the hostile ones come in a later one.
	born=$(date -d "$(k get node n2 -o jsonpath='{.metadata.creationTimestamp}')" +%s)
	eventually 5 sh -c "[ \$(date +%s) -gt $born ]"
	evil() { # NAME CIDR ANNOTATIONS
		echo "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"$1\",\"annotations\":{\"$prefix/kube-subnet-manager\":\"true\",$3}},\"spec\":{\"podCIDR\":\"$2\",\"podCIDRs\":[\"$2\"]}}" | k create -f - >/dev/null
	}
	good="\"$prefix/backend-type\":\"vxlan\",\"$prefix/backend-data\":\"{\\\"VNI\\\":1,\\\"VtepMAC\\\":\\\"0e:00:00:00:00:66\\\"}\""
	ip="\"$prefix/public-ip\":\"192.168.77.66\""
	type="\"$prefix/backend-type\":\"vxlan\""
	evil e1 10.42.2.0/24 "$good,$ip"                    # another's pods
	evil e2 10.42.2.128/25 "$good,$ip"                  # some of them
	evil e3 192.168.77.0/24 "$good,$ip"                 # the nodes' own network
	evil e4 0.0.0.0/1 "$good,$ip"
	evil e5 10.42.66.0/24 "$ip,$type,\"$prefix/backend-data\":\"${victim//\"/\\\"}\""  # another's hardware address
	evil e6 10.42.67.0/24 "$good,\"$prefix/public-ip\":\"192.168.77.1\""     # this node's address
	evil e7 10.42.68.0/24 "$good,\"$prefix/public-ip\":\"224.0.0.1\""
	evil e8 10.42.69.0/24 "$ip,$type,\"$prefix/backend-data\":\"{\\\"VNI\\\":1,\\\"VtepMAC\\\":\\\"ff:ff:ff:ff:ff:ff\\\"}\""
	evil e9 10.42.70.0/24 "$ip,$type,\"$prefix/backend-data\":\"$(printf '[%.0s' $(seq 200))\""
	evil e10 10.42.71.0/24 "$ip,$type,\"$prefix/backend-data\":\"{\\\"VNI\\\":7,\\\"VtepMAC\\\":\\\"0e:00:00:00:00:67\\\"}\""
	evil e11 10.42.72.0/24 "$ip,$good,\"$prefix/backend-v6-data\":\"$(head -c 100000 /dev/zero | tr '\0' x)\",\"$prefix/public-ip\":\"10.42.1.1\""
	evil e12 10.42.73.0/24 "$ip,\"$prefix/backend-type\":\"host-gw\",\"$prefix/backend-data\":\"null\""
	evil e13 10.42.74.0/24 "$type,\"$prefix/public-ip\":\"192.168.77.52 ; reboot\",\"$prefix/backend-data\":\"null\""
	evil last 10.42.99.0/24 "${good/:66/:99},\"$prefix/public-ip\":\"192.168.77.99\""
	check "a good node after all of them is reached" eventually 5 sh -c "nsenter -t $node_pid_n1 -n ip route | grep 10.42.99.0/24"
	state | grep -v -E '10\.42\.99\.|192.168.77.99' >"$T/after"
	check "hostile Nodes change nothing beyond themselves" diff "$T/before" "$T/after"
	check "and pods go on" pings a "$pod4_b"
	k get events -A >"$T/events"
	for w in 'pods of node e1 .*overlaps' 'pods of node e2 .*overlaps' 'e3 .*outside of --cluster-cidr' 'e5 .*hardware address is that of node n2' "e6 .*address 192.168.77.1 is this node's" \
		'e7 .*public-ip .*malformed' 'e8 .*backend-data .*malformed' 'e9 .*malformed' 'e10 .*VNI 7' 'e12 .*backend host-gw, this node vxlan' 'e13 .*malformed'; do
		expect "told of: $w" "$w" cat "$T/events"
	done
	k delete node e1 e2 e3 e4 e5 e6 e7 e8 e9 e10 e11 e12 e13 last >/dev/null
	check "state file for minik status" sh -c "jq -e '.backend == \"vxlan\" and (.peers[] | select(.name == \"n2\").probe[0] == \"10.42.2.1\")' $T/n1/run/net/state.json"
fi

backend_swap() { # BACKEND: the nodes 1 and 2 run with it instead
	for i in 1 2; do
		eval "[ -z \"\${net_pid_n$i:-}\" ]" || net_stop $i
		k get node n$i >/dev/null 2>&1 || node_make $i
		net_start $i --flannel-backend "$1"
		[ -e "$T/ns/a" ] || [ $i != 1 ] || pod 1 a
		[ -e "$T/ns/b" ] || [ $i != 2 ] || pod 2 b
	done
}

if wants hostgw; then
	backend_swap host-gw
	check "host-gw: pod to pod" eventually 5 pings a "$pod4_b"
	check "IPv6" eventually 5 pings a "$pod6_b"
	expect "backend-type" '^host-gw$' annotation n1 backend-type
	expect "backend-data" '^null$' annotation n1 backend-data
	check "the devices of vxlan are gone" sh -c "! nsenter -t $node_pid_n1 -n ip -o link | grep flannel"
	check "pods have the wire's MTU" eventually 3 sh -c "nsenter --net=$T/ns/a ip -o link show eth0 | grep ' mtu 1500 '"
	node_json 8 | k create -f - >/dev/null; node_status n8 198.51.100.8 2001:db8::8
	check "not on the same link: an Event says so" eventually 5 sh -c "$kk get events -A | grep 'n8 (198.51.100.8) is not on the same link'"
	check "the log too" grep -q 'n8 (198.51.100.8) is not on the same link' "$T/n1/net.log"
	check "and the state" eventually 3 sh -c "jq -e '.peers[] | select(.name == \"n8\") | .problem | test(\"same link\")' $T/n1/run/net/state.json"
	check "others go on" pings a "$pod4_b"
	condition() { k get node "$1" -o jsonpath='{range .status.conditions[?(@.type=="NetworkUnavailable")]}{.status} {.reason} {.message}{end}'; }
	named() { condition n1 | grep -E "^$1"; }
	check "the Node's condition names it, and new pods may come: it was there before" eventually 3 named 'False FlannelIsUp Flannel is running on this node; .*pods of node n8 cannot be reached: .*same link'
	k delete node n1 n2 >/dev/null
	second=$(date +%s); until [ "$(date +%s)" != "$second" ]; do sleep 0.05; done # of two the older is told by seconds
	node_make 1
	check "who reaches none of the nodes before it is out of place" eventually 5 named 'True NoRouteCreated .*pods of node n8 cannot be reached: .*same link'
	k delete node n8 n4 --ignore-not-found >/dev/null
	check "until it does" eventually 5 named 'False FlannelIsUp Flannel is running on this node$'
	node_make 2
	check "and all goes on" eventually 5 pings a "$pod4_b"
	if [ -x "$flanneld" ]; then
		k get node n3 >/dev/null 2>&1 || node_make 3 '"who":"flanneld"'
		in_node n3 sh -c 'for l in flannel.1 flannel-v6.1 cni0; do ip link del $l 2>/dev/null; done; :'
		printf '{"Network":"10.42.0.0/16","EnableIPv6":true,"IPv6Network":"fd42::/56","Backend":{"Type":"host-gw"}}' >"$T/net-conf.json"
		rm -f "$T/n3/subnet.env"
		NODE_NAME=n3 in_node_exec n3 "$flanneld" --kube-subnet-mgr --kubeconfig-file "$T/kubeconfig" --net-config-path "$T/net-conf.json" --iface eth0 \
			--subnet-file "$T/n3/subnet.env" >"$T/n3/flanneld.log" 2>&1 &
		lib_pids="$lib_pids $!"; flannel_pid=$!
		check "flanneld is up, host-gw" eventually 20 test -s "$T/n3/subnet.env"
		pod 3 g
		check "a pod of minik reaches one of flanneld" eventually 5 pings a "$pod4_g"
		check "IPv6, and back" eventually 5 pings g "$pod6_a"
		kill $flannel_pid; wait $flannel_pid 2>/dev/null
	fi
fi

if wants udp; then
	backend_swap udp
	check "udp: pod to pod" eventually 5 pings a "$pod4_b"
	check "IPv6, over IPv4" eventually 5 pings a "$pod6_b"
	expect "no device of vxlan, one of TUN" '^flannel0$' sh -c "nsenter -t $node_pid_n1 -n ip -o link | grep -o 'flannel[-.0-9a-z]*'"
	check "backend-type is empty, as flannel has it" sh -c "$kk get node n1 -o json | jq -e '.metadata.annotations[\"$prefix/backend-type\"] == \"\"'"
	expect "backend-data" '^null$' annotation n1 backend-data
	check "the pods' MTU" eventually 3 sh -c "nsenter --net=$T/ns/a ip -o link show eth0 | grep ' mtu 1472 '"
	cat >"$T/stream.py" <<-'P'
		import hashlib, socket, sys
		if sys.argv[1] == 'serve':
		    l = socket.create_server(('::', 7001), family=socket.AF_INET6, dualstack_ipv6=True)
		    print('ready', flush=True)
		    c, h = l.accept()[0], hashlib.sha256()
		    while (d := c.recv(1 << 20)): h.update(d)
		    print(h.hexdigest())
		else:
		    d = open(sys.argv[2], 'rb').read(int(sys.argv[3]))
		    s = socket.create_connection((sys.argv[1], 7001), 20)
		    s.sendall(d)
		    print(hashlib.sha256(d).hexdigest())
	P
	head -c 40000000 /dev/urandom >"$T/random"
	stream() { # FROM TO ADDRESS BYTES
		: >"$T/sum2"
		in_pod "$2" timeout 60 python3 "$T/stream.py" serve >"$T/sum2" & local server=$!
		eventually 10 grep -q ready "$T/sum2"
		in_pod "$1" timeout 60 python3 "$T/stream.py" "$3" "$T/random" "$4" >"$T/sum1" || { kill $server; return 1; }
		wait $server && [ "$(cat "$T/sum1")" = "$(sed 1d "$T/sum2")" ]
	}
	check "40 MB arrive as they were sent" stream a b "$pod4_b" 40000000
	check "by IPv6" stream a b "$pod6_b" 40000000
	in_node n1 ip link del flannel0
	within 1000 "a device that somebody removes comes back" pings a "$pod4_b"
	if [ -x "$flanneld" ]; then
		k delete node n3 >/dev/null 2>&1
		node_make 3 '"who":"flanneld"'
		in_node n3 sh -c 'for l in flannel.1 flannel-v6.1 cni0; do ip link del $l 2>/dev/null; done; :'
		printf '{"Network":"10.42.0.0/16","Backend":{"Type":"udp"}}' >"$T/net-conf.json"
		rm -f "$T/n3/subnet.env"
		NODE_NAME=n3 in_node_exec n3 "$flanneld" --kube-subnet-mgr --kubeconfig-file "$T/kubeconfig" --net-config-path "$T/net-conf.json" --iface eth0 \
			--subnet-file "$T/n3/subnet.env" >"$T/n3/flanneld.log" 2>&1 &
		lib_pids="$lib_pids $!"; flannel_pid=$!
		check "flanneld is up, udp" eventually 20 test -s "$T/n3/subnet.env"
		pod 3 u; in_node n3 ip link set cni0 mtu 1472; in_pod u ip link set eth0 mtu 1472
		check "a pod of minik reaches one of flanneld" eventually 5 pings a "$pod4_u"
		check "and back" eventually 5 pings u "$pod4_a"
		check "10 MB to it arrive as they were sent" stream a u "$pod4_u" 10000000
		check "and from it" stream u a "$pod4_a" 10000000
		kill $flannel_pid; wait $flannel_pid 2>/dev/null
	fi
	# n3 as a hostile peer: packets from its port, from pods that are its own and that are not. The pod counts what it is asked.
	k get node n3 >/dev/null 2>&1 || node_make 3 "\"$prefix/kube-subnet-manager\":\"true\",\"$prefix/backend-type\":\"\",\"$prefix/public-ip\":\"192.168.77.3\""
	eventually 5 in_node n1 sh -c 'ip route | grep 10.42.3.0/24'
	asked() { in_pod a awk '/^Icmp:/ && $2 ~ /^[0-9]/ {print $10}' /proc/net/snmp; }
	throw() { in_node n3 python3 - "$1" "$pod4_a" "${2:-8285}" <<-'P'
		import socket, struct, sys
		def s(b):
		    n = sum(struct.unpack('>%dH' % (len(b) // 2), b))
		    while n >> 16: n = (n & 0xffff) + (n >> 16)
		    return ~n & 0xffff
		icmp = struct.pack('>BBHHH', 8, 0, 0, 1, 1)
		icmp = icmp[:2] + struct.pack('>H', s(icmp)) + icmp[4:]
		ip = struct.pack('>BBHHHBBH4s4s', 0x45, 0, 28, 1, 0, 9, 1, 0, socket.inet_aton(sys.argv[1]), socket.inet_aton(sys.argv[2]))
		ip = ip[:10] + struct.pack('>H', s(ip)) + ip[12:]
		u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
		u.bind(('192.168.77.3', int(sys.argv[3])))
		for d in (ip + icmp, ip, ip[:10], b'', b'x' * 1400): u.sendto(d, ('192.168.77.1', 8285))
	P
	}
	n0=$(asked)
	throw 10.42.2.5; throw 10.42.1.9; throw 192.168.77.254; throw 10.42.3.5 9999
	throw 10.42.3.5
	more() { [ "$(asked)" -gt "$n0" ]; }
	check "a packet of a peer's own pods passes" eventually 5 more
	expect "and none that it sends in the name of others, or from another port" "^$((n0 + 1))\$" asked
fi

if wants hairpin; then
	wants hostgw || backend_swap host-gw
	port() { in_node n1 ip -d -o link show master cni0 | head -1; }
	expect "hairpin-veth" 'hairpin on' port
	net_stop 1; net_start 1 --flannel-backend host-gw --hairpin-mode promiscuous-bridge
	check "promiscuous-bridge" eventually 5 in_node n1 sh -c 'ip -d link show cni0 | grep -q promiscuity\ 1 && ip link show cni0 | grep PROMISC'
	check "no hairpin then, for pods that are there too" eventually 5 sh -c "nsenter -t $node_pid_n1 -n ip -d -o link show master cni0 | head -1 | grep 'hairpin off'"
	net_stop 1; net_start 1 --flannel-backend host-gw --hairpin-mode none
	check "none" eventually 5 in_node n1 sh -c '! ip link show cni0 | grep PROMISC'
	net_stop 1; net_start 1 --flannel-backend host-gw
	check "and again" eventually 5 sh -c "nsenter -t $node_pid_n1 -n ip -d -o link show master cni0 | head -1 | grep 'hairpin on'"
fi

if wants offload; then
	backend_swap vxlan
	check "vxlan: pod to pod" eventually 5 pings a "$pod4_b"
	check "the self-test finds checksum offload in order" eventually 10 sh -c "jq -e '.offload == \"works\"' $T/n1/run/net/state.json"
	# n1 gets a network card that does not fill in checksums within VXLAN.
	net_stop 1
	ip link set w-n1 nomaster
	ip link add y1 type veth peer name y2; ip link set y2 master wire up; ip link set y1 up
	"$build/tests/integration/badnic_tool" w-n1 y1 8472 >"$T/badnic" 2>&1 &
	lib_pids="$lib_pids $!"; badnic=$!
	eventually 5 grep -q ready "$T/badnic"
	check "pings pass all the same" eventually 5 pings a "$pod4_b"
	in_pod b python3 -c 'import socket
l = socket.create_server(("", 7003))
while True: l.accept()' & lib_pids="$lib_pids $!"
	eventually 5 in_pod b grep -q :1B5B /proc/net/tcp
	tcp() { in_pod a python3 -c 'import socket, sys; socket.create_connection((sys.argv[1], 7003), 2)' "$pod4_b"; }
	no_tcp() { ! tcp; }
	check "and TCP does not" no_tcp
	net_start 1 --flannel-backend vxlan
	check "the self-test finds it" eventually 15 grep -q 'checksum offload of VXLAN is broken' "$T/n1/net.log"
	check "and turns it off" eventually 5 sh -c "nsenter -t $node_pid_n1 -n ethtool -k flannel.1 | grep 'tx-checksum-ip-generic: off'"
	check "TCP passes" tcp
	check "the other node keeps its own" sh -c "nsenter -t $node_pid_n2 -n ethtool -k flannel.1 | grep 'tx-checksum-ip-generic: on'"
	kill $badnic; wait $badnic 2>/dev/null
	ip link del y1; ip link set w-n1 master wire
fi

backend_swap none
check "none: devices and routes of the others go" eventually 5 sh -c "! nsenter -t $node_pid_n1 -n ip -o link | grep flannel && ! nsenter -t $node_pid_n1 -n ip route show proto 77 | grep ."
check "and pods of the node go on" eventually 5 in_node n1 busybox ping -c1 -W1 "$pod4_a"

for i in 1 2; do net_stop $i; in_node n$i "$podnet" "$T/n$i/run" cleanup; done
expect "cleaning up leaves nothing" '^eth0 lo $' sh -c "nsenter -t $node_pid_n1 -n ip -o link | cut -d: -f2 | cut -d@ -f1 | tr -d ' ' | sort | tr '\n' ' '; nsenter -t $node_pid_n1 -n ip route show proto 77"
