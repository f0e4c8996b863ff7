#!/bin/bash
# Services with real packets: pods attached by podnet, a client machine beside the node. The model is fed directly.
# Usage: net_proxy.sh [BUILD_DIR], or MINIK_BUILD. PROXY_MODE=ipvs needs a kernel with IPVS: tests/vm/proxy_*.sh runs this script in both
# modes on Debian's. Exit 77: cannot run here.
set -eu
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
mode=${PROXY_MODE:-nftables}
if [ -z "${IN_NETNS:-}" ]; then
	[ -n "${IN_GUEST:-}" ] || make -s -C "$build" tests/integration/podnet_tool tests/integration/proxy_tool tests/integration/echo_tool >&2
	IN_NETNS=1 exec unshare -n -m "$0" "$build"
fi
podnet=$build/tests/integration/podnet_tool
echo_=$build/tests/integration/echo_tool
. "$(dirname "$0")/lib_pids.sh"
dir=$(mktemp -d)
servers=
trap 'kill_own $servers; exec {COPROC[1]}>&- || :; umount "$dir"/ns/* "$dir/ns" 2>/dev/null || :; rm -rf "$dir"' EXIT
failed=0
check() { # NAME EXPECTED GOT
	if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1: expected '$2', got '$3'"; failed=1; fi
}
mkdir "$dir/ns" "$dir/run"
mount -t tmpfs none "$dir/ns"
new() { : > "$dir/ns/$1"; unshare --net="$dir/ns/$1" true; }
inside() { local n=$1; shift; nsenter --net="$dir/ns/$n" "$@"; }
ask() { "$echo_" "$@" || :; }
names() { cut -d' ' -f1 | sort | uniq -c | awk '{printf "%s%s=%s", sep, $2, $1; sep=" "}'; }

ip link set lo up
new ext
ip link add up0 type veth peer name eth0 netns "$dir/ns/ext"
ip addr add 192.0.2.1/24 dev up0; ip link set up0 up
inside ext ip addr add 192.0.2.9/24 dev eth0; inside ext ip link set eth0 up; inside ext ip link set lo up
inside ext ip route add 10.43.0.0/16 via 192.0.2.1
inside ext ip route add 203.0.113.0/24 via 192.0.2.1
ip route add default via 192.0.2.9
ip6=$([ -e /proc/sys/net/ipv6 ] && echo yes || echo no)
for p in a b c; do
	new $p
	"$podnet" "$dir/run" attach uid-$p "$dir/ns/$p" 10.42.3.0/24 fd42:3::/64 > "$dir/ips"
	eval "$p=$(head -1 "$dir/ips") ${p}6=$(tail -1 "$dir/ips")"
	nsenter --net="$dir/ns/$p" "$echo_" server $p 9376 & servers="$servers $!"
done
"$echo_" server host 7777 & servers="$servers $!"

export SERVICE_CIDR="${SERVICE_CIDR-10.43.0.0/16,fd43::/112}"
coproc "$build/tests/integration/proxy_tool" node1 10.42.0.0/16,fd42::/32 "$mode"
tell() { printf '%s\n' "$(echo "$*" | tr -d '\n')" >&"${to:-${COPROC[1]}}"; }
sync() { tell sync; read -r answer <&"${COPROC[0]}"; case $answer in ok*) ;; *) echo "not ok sync: $answer"; exit 1 ;; esac; }
svc() { # NAME REST-OF-SPEC [STATUS]
	tell '{"kind":"Service","metadata":{"namespace":"default","name":"'"$1"'"},"spec":{'"$2"'},"status":{'"${3:-}"'}}'
}
slice() { # NAME FAMILY ADDRESS[/CONDITIONS]...
	local n=$1 f=$2 eps= a c; shift 2
	for a; do
		case $a in */*) c=${a#*/} ;; *) c='"ready":true' ;; esac
		eps="$eps${eps:+,}"'{"addresses":["'"${a%%/*}"'"],"nodeName":"'"${NODE:-node1}"'","conditions":{'"$c"'}'"${HINTS:+,\"hints\":{$HINTS\}}"'}'
	done
	tell '{"kind":"EndpointSlice","metadata":{"namespace":"default","name":"'"$n-$f"'","labels":{"kubernetes.io/service-name":"'"$n"'"}},
		"addressType":"'"$f"'","ports":[{"name":"t","port":9376,"protocol":"TCP"},{"name":"u","port":9376,"protocol":"UDP"},
		{"name":"s","port":9376,"protocol":"SCTP"},{"name":"h","port":9377,"protocol":"TCP"}],"endpoints":['"$eps"']}'
}
ports='"ports":[{"name":"t","port":80,"protocol":"TCP","nodePort":30080},{"name":"u","port":80,"protocol":"UDP","nodePort":30080}]'

svc web '"type":"NodePort","clusterIP":"10.43.0.7","clusterIPs":["10.43.0.7","fd43::7"],"externalIPs":["203.0.113.5"],'"$ports"
sync
check "no endpoints, TCP: refused at once" refused "$(ask tcp 10.43.0.7 80)"
check "no endpoints, UDP, from a pod: refused at once" refused "$(inside a "$echo_" udp 10.43.0.7 80 || :)"
check "no endpoints, UDP, from the node: an error at once" "error: Operation not permitted" "$(ask udp 10.43.0.7 80)"
check "no endpoints, from a pod" refused "$(inside a "$echo_" tcp 10.43.0.7 80 || :)"
check "no endpoints, node port from outside" refused "$(inside ext "$echo_" tcp 192.0.2.1 30080 || :)"
check "no endpoints, IPv6" refused "$(inside a "$echo_" tcp fd43::7 80 || :)"

slice web IPv4 "$a" "$b" "$c"; slice web IPv6 "$a6" "$b6" "$c6"
sync
echo "first sync of a Service's endpoints: ${answer#ok } us"
check "round robin from the node" "a=3 b=3 c=3" "$(ask tcp 10.43.0.7 80 9 | names)"
check "round robin from a pod" "a=3 b=3 c=3" "$(inside a "$echo_" tcp 10.43.0.7 80 9 | names)"
check "round robin, UDP" "a=2 b=2 c=2" "$(ask udp 10.43.0.7 80 6 | names)"
check "round robin, IPv6, from a pod" "a=2 b=2 c=2" "$(inside a "$echo_" tcp fd43::7 80 6 | names)"
check "a port the Service does not have" refused "$(ask tcp 10.43.0.7 81)"
inside ext nft 'table ip leak { chain in { type filter hook prerouting priority -300; ip daddr 10.43.0.99 counter; }; }'
check "an address of the Services' network that no Service has: nothing comes back" timeout "$(ask tcp 10.43.0.99 80)"
check "... from a pod" timeout "$(inside a "$echo_" tcp 10.43.0.99 80 || :)"
check "... UDP, IPv6, from a pod" timeout "$(inside a "$echo_" udp fd43::99 80 || :)"
check "... and the machine that the default route leads to hears nothing of it" "packets 0" "$(inside ext nft list table ip leak | grep -o 'packets [0-9]*')"
check "node port on the node's address" "a=1 b=1 c=1" "$(ask tcp 192.0.2.1 30080 3 | names)"
check "node port from outside" "a=1 b=1 c=1" "$(inside ext "$echo_" tcp 192.0.2.1 30080 3 | names)"
check "node port on the bridge's address, from a pod" "a=1 b=1 c=1" "$(inside b "$echo_" tcp 10.42.3.1 30080 3 | names)"
check "node port is not on loopback" refused "$(ask tcp 127.0.0.1 30080)"
check "external address from outside" "a=1 b=1 c=1" "$(inside ext "$echo_" tcp 203.0.113.5 80 3 | names)"
check "cluster address from outside" "a=1 b=1 c=1" "$(inside ext "$echo_" tcp 10.43.0.7 80 3 | names)"
check "policy Cluster hides the client" "10.42.3.1" "$(inside ext "$echo_" tcp 192.0.2.1 30080 | cut -d' ' -f2)"
check "a pod's address is kept" "$a" "$(slice x IPv4; inside a "$echo_" tcp 10.43.0.7 80 3 | grep -v '^a' | cut -d' ' -f2 | sort -u)"
for nf in 0 1; do
	[ -e /proc/sys/net/bridge/bridge-nf-call-iptables ] || { echo "skip pods of one bridge with br_netfilter: this kernel has none"; break; }
	echo $nf > /proc/sys/net/bridge/bridge-nf-call-iptables
	check "pods of one bridge, bridge-nf-call-iptables=$nf" "a=2 b=2 c=2" "$(inside b "$echo_" tcp 10.43.0.7 80 6 | names)"
done

svc self '"type":"ClusterIP","clusterIP":"10.43.0.8",'"$ports"; slice self IPv4 "$a"; sync
for nf in 0 1; do
	echo $nf > /proc/sys/net/bridge/bridge-nf-call-iptables 2>/dev/null || break
	check "hairpin TCP, bridge-nf-call-iptables=$nf" a "$(inside a "$echo_" tcp 10.43.0.8 80 | cut -d' ' -f1)"
	check "hairpin UDP, bridge-nf-call-iptables=$nf" a "$(inside a "$echo_" udp 10.43.0.8 80 | cut -d' ' -f1)"
done

# Conditions and policies
slice web IPv4 "$a"/'"ready":false' "$b" "$c"/'"ready":false,"serving":true,"terminating":true'; sync
check "only ready endpoints" "b=3" "$(ask tcp 10.43.0.7 80 3 | names)"
slice web IPv4 "$a"/'"ready":false' "$c"/'"ready":false,"serving":true,"terminating":true'; sync
check "none ready: serving and terminating ones" "c=3" "$(ask tcp 10.43.0.7 80 3 | names)"
svc lb '"type":"LoadBalancer","clusterIP":"10.43.0.9","externalTrafficPolicy":"Local","loadBalancerSourceRanges":["192.0.2.8/30"],
	"ports":[{"name":"t","port":80,"protocol":"TCP","nodePort":30090}]' '"loadBalancer":{"ingress":[{"ip":"203.0.113.9"}]}'
slice lb IPv4 "$a"; NODE=node2 slice lb IPv6 "$b6"; sync
check "policy Local keeps the client's address" "192.0.2.9" "$(inside ext "$echo_" tcp 192.0.2.1 30090 | cut -d' ' -f2)"
check "load balancer address, source allowed" a "$(inside ext "$echo_" tcp 203.0.113.9 80 | cut -d' ' -f1)"
svc lb '"type":"LoadBalancer","clusterIP":"10.43.0.9","externalTrafficPolicy":"Local","loadBalancerSourceRanges":["198.51.100.0/24"],
	"ports":[{"name":"t","port":80,"protocol":"TCP","nodePort":30090}]' '"loadBalancer":{"ingress":[{"ip":"203.0.113.9"}]}'
sync
check "load balancer address, source not allowed" timeout "$(inside ext "$echo_" tcp 203.0.113.9 80 || :)"
NODE=node2 slice lb IPv4 "$a"; sync
check "policy Local without an endpoint here drops" timeout "$(inside ext "$echo_" tcp 192.0.2.1 30090 || :)"
check "policy Local, the cluster itself reaches all" a "$(inside b "$echo_" tcp 192.0.2.1 30090 | cut -d' ' -f1)"
check "policy Local, the node itself reaches all" a "$(ask tcp 192.0.2.1 30090 | cut -d' ' -f1)"
svc lb '"type":"ClusterIP","clusterIP":"10.43.0.9","internalTrafficPolicy":"Local","ports":[{"name":"t","port":80,"protocol":"TCP"}]'; sync
check "internal policy Local without an endpoint here drops" timeout "$(inside b "$echo_" tcp 10.43.0.9 80 || :)"
slice lb IPv4 "$a"; sync
check "internal policy Local with one here" a "$(inside b "$echo_" tcp 10.43.0.9 80 | cut -d' ' -f1)"

# A load balancer's addresses that are nodes': this one's, and the machine beside as another one. Their other ports are their own.
tell '{"kind":"Node","metadata":{"name":"node1"},"status":{"addresses":[{"type":"InternalIP","address":"192.0.2.1"},{"type":"ExternalIP","address":"203.0.113.200"}]}}'
tell '{"kind":"Node","metadata":{"name":"node2"},"status":{"addresses":[{"type":"InternalIP","address":"192.0.2.9"}]}}'
nsenter --net="$dir/ns/ext" "$echo_" server far 7790 & servers="$servers $!"
nodes='"loadBalancer":{"ingress":[{"ip":"192.0.2.1","ipMode":"VIP"},{"ip":"192.0.2.9","ipMode":"VIP"}]}'
svc onnode '"type":"LoadBalancer","clusterIP":"10.43.0.17","clusterIPs":["10.43.0.17"],"allocateLoadBalancerNodePorts":false,
	"ports":[{"name":"t","port":8200,"protocol":"TCP"},{"name":"u","port":8200,"protocol":"UDP"}]' "$nodes"
slice onnode IPv4 "$a" "$b"; sync
check "balancer at the node's address, from outside" "a=2 b=2" "$(inside ext "$echo_" tcp 192.0.2.1 8200 4 | names)"
check "... UDP" "a=1 b=1" "$(inside ext "$echo_" udp 192.0.2.1 8200 2 | names)"
check "... from a pod" "a=2 b=2" "$(inside c "$echo_" tcp 192.0.2.1 8200 4 | names)"
check "... from the node" "a=2 b=2" "$(ask tcp 192.0.2.1 8200 4 | names)"
check "... its other ports are the node's" host "$(inside ext "$echo_" tcp 192.0.2.1 7777 | cut -d' ' -f1)"
check "... also from a pod" host "$(inside c "$echo_" tcp 192.0.2.1 7777 | cut -d' ' -f1)"
check "... and refused as the node refuses" refused "$(inside ext "$echo_" tcp 192.0.2.1 8201 || :)"
check "another node's ports are that one's, from the node" far "$(ask tcp 192.0.2.9 7790 | cut -d' ' -f1)"
inside ext ip route add "$c" via 192.0.2.1
check "... from a pod" far "$(inside c "$echo_" tcp 192.0.2.9 7790 | cut -d' ' -f1)"
inside ext ip route del "$c"
if [ "$mode" = ipvs ]; then
	check "... and none of the addresses is on kube-ipvs0" "" "$(ip -o addr show kube-ipvs0 | grep -E ' 192\.0\.2\.(1|9)/')"
	check "... a virtual server at the node's own alone" "192.0.2.1:8200 192.0.2.1:8200" "$(ipvsadm -ln | awk '/:8200 / && !/10.43/ {print $2}' | tr '\n' ' ' | sed 's/ $//')"
fi
svc onnode '"type":"LoadBalancer","clusterIP":"10.43.0.17","clusterIPs":["10.43.0.17"],"externalTrafficPolicy":"Local","loadBalancerSourceRanges":["192.0.2.9/32"],
	"ports":[{"name":"t","port":8200,"protocol":"TCP","nodePort":8200}]' "$nodes"; sync
check "... policy Local keeps the client's address there" "192.0.2.9" "$(inside ext "$echo_" tcp 192.0.2.1 8200 | cut -d' ' -f2)"
svc onnode '"type":"LoadBalancer","clusterIP":"10.43.0.17","clusterIPs":["10.43.0.17"],"loadBalancerSourceRanges":["198.51.100.0/24"],
	"ports":[{"name":"t","port":8200,"protocol":"TCP","nodePort":8200}]' "$nodes"; sync
check "... source ranges hold, with a node port of the same number too" timeout "$(inside ext "$echo_" tcp 192.0.2.1 8200 || :)"
check "... which has none at another address" "a=1 b=1" "$(inside c "$echo_" tcp 10.42.3.1 8200 2 | names)"
svc onnode '"type":"LoadBalancer","clusterIP":"10.43.0.17","clusterIPs":["10.43.0.17"],"ports":[{"name":"t","port":8200,"protocol":"TCP"}]' \
	'"loadBalancer":{"ingress":[{"ip":"203.0.113.200","ipMode":"VIP"}]}'; sync
check "an ExternalIP of the node, translated on the way: it is served where it arrives" "a=1 b=1" "$(inside ext "$echo_" tcp 192.0.2.1 8200 2 | names)"
svc onnode '"type":"LoadBalancer","clusterIP":"10.43.0.17","clusterIPs":["10.43.0.17"],"ports":[{"name":"t","port":8200,"protocol":"TCP"}]' \
	'"loadBalancer":{"ingress":[{"ip":"192.0.2.1","ipMode":"Proxy"}]}'; sync
check "ipMode Proxy: the address is somebody else's" refused "$(inside c "$echo_" tcp 192.0.2.1 8200 || :)"
tell 'delete Service default onnode'; tell 'delete Node default node1'; tell 'delete Node default node2'; sync
check "... and gone with the Service" refused "$(inside ext "$echo_" tcp 192.0.2.1 8200 || :)"

# Affinity
svc sticky '"type":"ClusterIP","clusterIP":"10.43.0.10","sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":60}},'"$ports"
slice sticky IPv4 "$a" "$b" "$c"; sync
first=$(inside b "$echo_" tcp 10.43.0.10 80 | cut -d' ' -f1)
check "a client stays with its endpoint" "$first=6" "$(inside b "$echo_" tcp 10.43.0.10 80 6 | names)"
others=$(for p in a b c; do [ $p = "$first" ] || eval echo \$$p; done)
# shellcheck disable=SC2086
slice sticky IPv4 $others; sync
second=$(inside b "$echo_" tcp 10.43.0.10 80 | cut -d' ' -f1)
check "until that is gone" yes "$([ -n "$second" ] && [ "$second" != "$first" ] && [ "$second" != timeout ] && echo yes || echo "$second")"

second_after=$(inside b "$echo_" tcp 10.43.0.10 80 3 | names)
check "and with the next one from then on" "$second=3" "$second_after"

# Which comes to an end: a client that was away for longer than the timeout is as good as a new one.
svc brief '"type":"ClusterIP","clusterIP":"10.43.0.11","sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":2}},'"$ports"
slice brief IPv4 "$a" "$b" "$c"; sync
[ "$mode" != ipvs ] || ipvsadm --set 1 1 1 # or the connections that are over would keep the client's place for two minutes
first=$(inside b "$echo_" udp 10.43.0.11 80 | cut -d' ' -f1)
check "affinity of UDP" "$first=4" "$(inside b "$echo_" udp 10.43.0.11 80 4 | names)"
until [ "$(inside b "$echo_" udp 10.43.0.11 80 | cut -d' ' -f1)" != "$first" ]; do
	sleep 3
	[ $((tries = ${tries:-0} + 1)) -lt 30 ] || break
done
check "affinity ends with its timeout" yes "$([ ${tries:-0} -lt 30 ] && echo yes)"
[ "$mode" != ipvs ] || ipvsadm --set 900 120 300

# Where the client is in the cluster, policy Local is not about it: it reaches endpoints of other nodes too. From outside only those here.
mixed() { # NAME PORTS: endpoint a of this node, b of another
	tell '{"kind":"EndpointSlice","metadata":{"namespace":"default","name":"'"$1"'","labels":{"kubernetes.io/service-name":"'"$1"'"}},"addressType":"IPv4",
		"ports":[{"name":"t","port":9376,"protocol":"TCP"}],"endpoints":[{"addresses":["'"$a"'"],"nodeName":"node1"},{"addresses":["'"$b"'"],"nodeName":"node2"}]}'
}
svc mix '"type":"LoadBalancer","clusterIP":"10.43.0.12","externalTrafficPolicy":"Local","ports":[{"name":"t","port":80,"protocol":"TCP","nodePort":30095}]' \
	'"loadBalancer":{"ingress":[{"ip":"203.0.113.12"}]}'
mixed mix; sync
check "policy Local, from outside: this node's endpoint" "a=4" "$(inside ext "$echo_" tcp 192.0.2.1 30095 4 | names)"
check "policy Local, from outside, by the balancer's address" "a=4" "$(inside ext "$echo_" tcp 203.0.113.12 80 4 | names)"
check "policy Local, from a pod: all endpoints" "a=2 b=2" "$(inside c "$echo_" tcp 192.0.2.1 30095 4 | names)"
check "policy Local, from a pod, by the balancer's address" "a=2 b=2" "$(inside c "$echo_" tcp 203.0.113.12 80 4 | names)"
check "policy Local, from the node: all endpoints" "a=2 b=2" "$(ask tcp 192.0.2.1 30095 4 | names)"
svc mix '"type":"ClusterIP","clusterIP":"10.43.0.12","internalTrafficPolicy":"Local","ports":[{"name":"t","port":80,"protocol":"TCP"}]'; sync
check "internal policy Local: this node's endpoint" "a=4" "$(inside c "$echo_" tcp 10.43.0.12 80 4 | names)"
check "internal policy Local, from the node" "a=4" "$(ask tcp 10.43.0.12 80 4 | names)"

# Several source ranges, one within another.
svc ranges '"type":"LoadBalancer","clusterIP":"10.43.0.13","loadBalancerSourceRanges":["198.51.100.0/24","192.0.2.0/24","192.0.2.8/30","192.0.2.9/32"],
	"ports":[{"name":"t","port":80,"protocol":"TCP","nodePort":30096}]' '"loadBalancer":{"ingress":[{"ip":"203.0.113.13"}]}'
slice ranges IPv4 "$a" "$b"; sync
check "one of several source ranges" "a=1 b=1" "$(inside ext "$echo_" tcp 203.0.113.13 80 2 | names)"
check "source ranges are the balancer's: a pod is not in them" timeout "$(inside c "$echo_" tcp 203.0.113.13 80 || :)"
check "source ranges are not for the node port" "a=1 b=1" "$(inside c "$echo_" tcp 192.0.2.1 30096 2 | names)"

# Hints: this node's endpoint, else this zone's, when all endpoints have such hints and one is for us; else all.
spread() { # HINTS-OF-a HINTS-OF-b
	tell '{"kind":"EndpointSlice","metadata":{"namespace":"default","name":"near","labels":{"kubernetes.io/service-name":"near"}},"addressType":"IPv4",
		"ports":[{"name":"t","port":9376,"protocol":"TCP"}],"endpoints":[{"addresses":["'"$a"'"],"hints":{'"$1"'}},{"addresses":["'"$b"'"],"hints":{'"$2"'}}]}'
	sync
}
svc near '"type":"ClusterIP","clusterIP":"10.43.0.14","trafficDistribution":"PreferSameNode",'"$ports"; tell 'zone z1'
spread '"forNodes":[{"name":"node2"}]' '"forNodes":[{"name":"node1"}]'
check "hints for nodes" "b=4" "$(ask tcp 10.43.0.14 80 4 | names)"
spread '"forNodes":[{"name":"node2"}],"forZones":[{"name":"z1"}]' '"forNodes":[{"name":"node3"}],"forZones":[{"name":"z2"}]'
check "hints for nodes, none here: the zone's" "a=4" "$(ask tcp 10.43.0.14 80 4 | names)"
spread '"forZones":[{"name":"z1"}]' ''
check "hints that not all endpoints have do not count" "a=2 b=2" "$(ask tcp 10.43.0.14 80 4 | names)"
spread '"forZones":[{"name":"z3"}]' '"forZones":[{"name":"z2"}]'
check "hints, nothing near: all" "a=2 b=2" "$(ask tcp 10.43.0.14 80 4 | names)"
spread '"forZones":[{"name":"z1"}]' '"forZones":[{"name":"z2"}]'; tell 'zone z2'; sync
check "the node's zone changes" "b=4" "$(ask tcp 10.43.0.14 80 4 | names)"

# SCTP
svc sctp '"type":"NodePort","clusterIP":"10.43.0.15","ports":[{"name":"s","port":80,"protocol":"SCTP","nodePort":30080}]'; sync
case $(ask sctp 10.42.3.1 1) in
error*) echo "skip SCTP: this kernel has none" ;;
*)
	# Linux's SCTP does not give up because of this ICMP, but it is told.
	told() { inside a awk '$1 == "Icmp:" && $2 ~ /[0-9]/ {print $5}' /proc/net/snmp; }
	before=$(told)
	inside a "$echo_" sctp 10.43.0.15 80 >"$dir/out" || :
	check "SCTP, no endpoints: told that the port is unreachable" yes "$([ "$(told)" -gt "$before" ] && echo yes)"
	slice sctp IPv4 "$a" "$b" "$c"; sync
	check "SCTP from a pod" "a=2 b=2 c=2" "$(inside a "$echo_" sctp 10.43.0.15 80 6 | names)"
	check "SCTP from the node" "a=1 b=1 c=1" "$(ask sctp 10.43.0.15 80 3 | names)"
	check "SCTP node port from outside, beside TCP and UDP of the same number" "a=1 b=1 c=1" "$(inside ext "$echo_" sctp 192.0.2.1 30080 3 | names)"
	;;
esac

# An endpoint that leaves keeps the connections it has and gets no new ones.
svc hold '"type":"ClusterIP","clusterIP":"10.43.0.16","ports":[{"name":"h","port":80,"protocol":"TCP"}]'; slice hold IPv4 "$a"; sync
mkfifo "$dir/say" "$dir/hear"
nsenter --net="$dir/ns/c" "$echo_" hold 10.43.0.16 80 <"$dir/say" >"$dir/hear" & servers="$servers $!"
exec 5>"$dir/say" 6<"$dir/hear"
talk() { echo "$1" >&5; read -r -t 10 answer <&6 || answer=nothing; echo "$answer"; }
check "a connection" "a one" "$(talk one)"
slice hold IPv4 "$b"; sync
check "it lives on when its endpoint leaves" "a two" "$(talk two)"
check "new ones go elsewhere" "b x" "$(echo x | inside c "$echo_" hold 10.43.0.16 80)"
slice hold IPv4; sync
check "it lives on when none is left" "a three" "$(talk three)"
check "and new ones are refused" refused "$(echo x | inside c "$echo_" hold 10.43.0.16 80 || :)"
if [ "$mode" = ipvs ]; then
	check "what left has weight 0 while it has a connection" "a 0 1" "$(tell tidy; sync; ipvsadm -ln -t 10.43.0.16:80 | awk -v a="$a" '$2 == a ":9377" {print "a", $4, $5}')"
	slice hold IPv4 "$a"; sync
	check "what comes back has its weight again" "a 1 1" "$(ipvsadm -ln -t 10.43.0.16:80 | awk -v a="$a" '$2 == a ":9377" {print "a", $4, $5}')"
	slice hold IPv4 "$b"; sync
fi
exec 5>&- 6<&-

# An endpoint leaves while its answer to a new connection is on the way: nobody forgets that connection. The answer is lost once, so that it is on the way for a second.
svc late '"type":"ClusterIP","clusterIP":"10.43.0.19","ports":[{"name":"h","port":80,"protocol":"TCP"}]'; slice late IPv4 "$b"; sync
deaf() { inside b nft 'table ip deaf { chain out { type filter hook output priority 0; tcp sport 9377 tcp flags & (syn | ack) == syn | ack counter drop; }; }'; }
asked() { local tries=0; until inside b nft list table ip deaf | grep -q 'packets [1-9]'; do [ $((tries += 1)) -lt 200 ] || return 1; sleep 0.02; done; }
late() { # connects
	rm -f "$dir/say" "$dir/hear"; mkfifo "$dir/say" "$dir/hear"
	nsenter --net="$dir/ns/c" "$echo_" hold 10.43.0.19 80 <"$dir/say" >"$dir/hear" & servers="$servers $!"
	exec 5>"$dir/say" 6<"$dir/hear"
}
deaf; late
check "a connection that its endpoint has heard of" yes "$(asked && echo yes)"
slice late IPv4 "$a"; sync
inside b nft delete table ip deaf
check "... is not lost when the endpoint leaves before the answer is there" "b one" "$(talk one)"
sync
check "... nor later" "b two" "$(talk two)"
exec 5>&- 6<&-
if [ "$mode" = nftables ]; then # IPVS has a table of its own
	slice late IPv4 "$b"; sync
	deaf; late
	asked
	slice late IPv4 "$a"; sync
	echo one >&5
	tries=0
	until read -r -t 0.1 answer <&6; do [ $((tries += 1)) -lt 90 ] || { answer=nothing; break; }; sync; done
	check "one that is not answered by who has left is by another" "a one" "$answer"
	exec 5>&- 6<&-
	inside b nft delete table ip deaf
fi
if [ "$mode" = ipvs ]; then
	left() { tell check; read -r answer <&"${COPROC[0]}"; ipvsadm -ln -t 10.43.0.16:80 | awk '/Masq/ {print $2}' | sort | tr '\n' ' '; }
	tries=0
	until [ "$(left)" = "$b:9377 " ] || [ $((tries += 1)) -gt 60 ]; do sleep 1; done
	check "and is gone once it has none" "$b:9377 " "$(left)"
fi

# UDP: a client that keeps its port is not left with an endpoint that is gone.
slice self IPv4 "$a"; sync
check "UDP client with a fixed port" a "$(inside c "$echo_" udp 10.43.0.8 80 1 5555 | cut -d' ' -f1)"
slice self IPv4 "$b"; sync
check "UDP follows the endpoints" b "$(inside c "$echo_" udp 10.43.0.8 80 1 5555 | cut -d' ' -f1)"

# hostPort
tell '{"kind":"Pod","metadata":{"namespace":"default","name":"p"},"spec":{"containers":[{"ports":[{"containerPort":9376,"hostPort":8088}]}]},
	"status":{"phase":"Running","podIPs":[{"ip":"'"$a"'"}]}}'
sync
check "hostPort from outside keeps the client's address" "a 192.0.2.9" "$(inside ext "$echo_" tcp 192.0.2.1 8088)"
check "hostPort from the pod itself" a "$(inside a "$echo_" tcp 192.0.2.1 8088 | cut -d' ' -f1)"
check "hostPort from the node" a "$(ask tcp 192.0.2.1 8088 | cut -d' ' -f1)"
tell 'delete Pod default p'; sync
check "hostPort gone with the pod" refused "$(inside ext "$echo_" tcp 192.0.2.1 8088 || :)"

# An endpoint on the node itself, as the API server's
svc api '"type":"ClusterIP","clusterIP":"10.43.0.1","ports":[{"name":"t","port":443,"protocol":"TCP"}]'
tell '{"kind":"EndpointSlice","metadata":{"namespace":"default","name":"api","labels":{"kubernetes.io/service-name":"api"}},"addressType":"IPv4",
	"ports":[{"name":"t","port":7777,"protocol":"TCP"}],"endpoints":[{"addresses":["192.0.2.1"]}]}'
sync
check "the node's own address as endpoint, from a pod" host "$(inside a "$echo_" tcp 10.43.0.1 443 | cut -d' ' -f1)"
check "the node's own address as endpoint, from the node" host "$(ask tcp 10.43.0.1 443 | cut -d' ' -f1)"

# Two Services cannot have one external address and port: the first keeps it, the second gets it afterwards.
svc one '"type":"ClusterIP","clusterIP":"10.43.0.21","externalIPs":["203.0.113.77"],'"$ports"; slice one IPv4 "$a"; sync
svc two '"type":"ClusterIP","clusterIP":"10.43.0.22","externalIPs":["203.0.113.77"],'"$ports"; slice two IPv4 "$b"; sync
check "a conflict: the first keeps the address" "a=2" "$(inside ext "$echo_" tcp 203.0.113.77 80 2 | names)"
tell 'delete Service default one'; sync
check "a conflict: the second gets it afterwards" "b=2" "$(inside ext "$echo_" tcp 203.0.113.77 80 2 | names)"

if [ "$mode" = ipvs ]; then
	# As kube-proxy's users know it.
	svc look '"type":"NodePort","clusterIP":"10.43.0.30","sessionAffinity":"ClientIP","ports":[{"name":"t","port":80,"protocol":"TCP","nodePort":30097}]'; slice look IPv4 "$a" "$b"; sync
	shape() { ipvsadm -ln "$@" | grep -e '^TCP' -e '-> [0-9]'; }
	check "ipvsadm -ln of a cluster address" "TCP 10.43.0.30:80 rr persistent 10800
-> $a:9376 Masq 1 0 0
-> $b:9376 Masq 1 0 0" "$(shape -t 10.43.0.30:80 | awk '{$1 = $1; print}')"
	check "ipvsadm -ln of node ports: all addresses of the node" "10.42.3.1:30097 192.0.2.1:30097" "$(ipvsadm -ln | awk '/:30097 / {print $2}' | sort | tr '\n' ' ' | sed 's/ $//')"
	check "ip addr show kube-ipvs0" "inet 10.43.0.30/32 scope global kube-ipvs0" "$(ip addr show kube-ipvs0 | grep -o 'inet 10.43.0.30/32 scope global.*kube-ipvs0' | sed 's/ proto [^ ]*//')"
	check "kube-ipvs0 is a dummy device without ARP, and down" "dummy BROADCAST,NOARP" "$(ip -d link show kube-ipvs0 | grep -ow dummy | head -1) $(ip -o link show kube-ipvs0 | sed 's/.*<\(.*\)>.*/\1/')"
	check "sysctls" "1 1 1" "$(cat /proc/sys/net/ipv4/vs/{conntrack,expire_nodest_conn,expire_quiescent_template} | tr '\n' ' ' | sed 's/ $//')"
	before=$(nft list table inet minik-proxy | grep -c '	')
	rules() { nft -a list table inet minik-proxy | grep -v 'elements\|^	set\|^	map\|chain' | grep -c '# handle'; }
	many=$(rules); tell 'bulk 50'; sync
	check "the number of rules does not grow with Services" "$many" "$(rules)"
	tell 'unbulk 50'; sync

	# Only what is minik's is touched.
	ipvsadm -A -t 192.0.2.1:8888 -s wrr; ipvsadm -a -t 192.0.2.1:8888 -r "$c:9376" -m -w 7
	ip link add other0 type dummy; ip addr add 198.51.100.1/32 dev other0; ip addr add 198.51.100.2/32 dev kube-ipvs0
	ipvsadm -A -u 198.51.100.1:53 -s sh
	others() { ipvsadm -Sn | grep -e ' 192.0.2.1:8888' -e ' 198.51.100.1:53' | sort; }
	others > "$dir/others"
	tell check; read -r answer <&"${COPROC[0]}"
	check "nothing to mend" "ok 0" "$answer"
	ipvsadm -D -t 10.43.0.30:80; ipvsadm -e -t 10.43.0.8:80 -r "$b:9376" -m -w 0
	ipvsadm -a -t 10.43.0.1:443 -r "$c:9376" -m; ipvsadm -E -t 10.43.0.9:80 -s wlc
	tell check; read -r answer <&"${COPROC[0]}"
	check "servers that somebody deleted or changed are mended" "ok 6" "$answer"
	check "a deleted one answers again" yes "$(case $(inside c "$echo_" tcp 10.43.0.30 80 | cut -d' ' -f1) in a | b) echo yes ;; esac)"
	check "a weight is as before" "b 1" "$(ipvsadm -ln -t 10.43.0.8:80 | awk -v b="$b" '$2 == b ":9376" {print "b", $4}')"
	check "a scheduler is as before" "rr" "$(ipvsadm -ln -t 10.43.0.9:80 | awk '$1 == "TCP" {print $3}')"
	check "a foreign destination is removed again" "" "$(ipvsadm -ln -t 10.43.0.1:443 | awk -v c="$c" '$2 == c ":9376" {print $4}')"
	svc clash '"type":"NodePort","clusterIP":"10.43.0.31","ports":[{"name":"t","port":80,"protocol":"TCP","nodePort":8888}]'; slice clash IPv4 "$a"; sync
	check "a node port where somebody else has a server: it is left alone" "c" "$(inside ext "$echo_" tcp 192.0.2.1 8888 | cut -d' ' -f1)"
	check "and the Service has the other addresses" "a" "$(inside c "$echo_" tcp 10.42.3.1 8888 | cut -d' ' -f1)"
	tell 'delete Service default clash'; tell reload; sync
	check "foreign servers stay" "$(cat "$dir/others")" "$(others)"
	check "foreign addresses stay" "198.51.100.1 198.51.100.2" "$(ip -4 -o addr | grep -o '198.51.100.[12]' | sort | tr '\n' ' ' | sed 's/ $//')"

	# Addresses that somebody takes away, and a node's address that comes and goes.
	ip addr del 10.43.0.30/32 dev kube-ipvs0; tell reload; sync
	check "a lost address comes back" yes "$(ip -o addr show kube-ipvs0 | grep -q ' 10.43.0.30/32 ' && echo yes)"
	ip addr add 192.0.2.77/24 dev up0; tell reload; sync
	check "node ports follow the node's addresses" "b" "$(slice look IPv4 "$b"; sync; inside ext "$echo_" tcp 192.0.2.77 30097 | cut -d' ' -f1)"
	ip addr del 192.0.2.77/24 dev up0; tell reload; sync
	check "and leave with them" "" "$(ipvsadm -ln | grep 192.0.2.77 || :)"
	ip link del kube-ipvs0; tell reload; sync
	check "the device comes back with its addresses" b "$(inside c "$echo_" tcp 10.43.0.30 80 | cut -d' ' -f1)"
	ip addr add 198.51.100.2/32 dev kube-ipvs0

	tell 'delete Service default look'; sync
fi

# A Service of a hostile tenant, made after the others: it names what they have, the node's address and the API server's, and too much of everything.
slice kubernetes IPv4; tell '{"kind":"EndpointSlice","metadata":{"namespace":"default","name":"kubernetes","labels":{"kubernetes.io/service-name":"kubernetes"}},
	"addressType":"IPv4","ports":[{"name":"https","port":7777,"protocol":"TCP"}],"endpoints":[{"addresses":["192.0.2.1"]}]}'
evil() { # NAME CREATED CLUSTER-IP EXTERNAL-IPS PORTS
	tell '{"kind":"Service","metadata":{"namespace":"default","name":"'"$1"'","creationTimestamp":"'"$2"'"},"spec":{"type":"NodePort","clusterIP":"'"$3"'",
		"externalIPs":['"$4"'],"ports":['"$5"']}}'
}
web='"type":"NodePort","clusterIP":"10.43.0.7","clusterIPs":["10.43.0.7","fd43::7"],"externalIPs":["203.0.113.5"],'$ports
svc web "$web"; slice web IPv4 "$a" "$b"; slice aaa IPv4 "$c"
evil aaa 2026-01-02T00:00:00Z 10.43.0.66 '"10.43.0.7","203.0.113.5","192.0.2.1","203.0.113.66"' \
	'{"name":"t","port":80,"protocol":"TCP","nodePort":30080},{"name":"h","port":7777,"protocol":"TCP","nodePort":7777}'
sync
check "hostile: another's cluster address stays that one's" "a=2 b=2" "$(ask tcp 10.43.0.7 80 4 | names)"
check "hostile: and so its external address" "a=1 b=1" "$(inside ext "$echo_" tcp 203.0.113.5 80 2 | names)"
check "hostile: and its node port" "a=1 b=1" "$(inside ext "$echo_" tcp 192.0.2.1 30080 2 | names)"
check "hostile: the API server's address and port, from outside" host "$(inside ext "$echo_" tcp 192.0.2.1 7777 | cut -d' ' -f1)"
check "hostile: and from a pod" host "$(inside b "$echo_" tcp 192.0.2.1 7777 | cut -d' ' -f1)"
check "hostile: and from the node" host "$(ask tcp 192.0.2.1 7777 | cut -d' ' -f1)"
check "hostile: what nobody else wants it has" c "$(inside ext "$echo_" tcp 203.0.113.66 80 | cut -d' ' -f1)"
check "hostile: its own cluster address, too" c "$(ask tcp 10.43.0.66 80 | cut -d' ' -f1)"
svc web '"type":"ClusterIP","clusterIP":"10.43.0.7",'"$ports"; sync
check "hostile: what its owner gives up goes to the next" c "$(inside ext "$echo_" tcp 203.0.113.5 80 | cut -d' ' -f1)"
check "hostile: cluster addresses never do" "a=1 b=1" "$(ask tcp 10.43.0.7 80 2 | names)"
svc web "$web"; sync
check "hostile: and comes back to who was there first" "a=1 b=1" "$(inside ext "$echo_" tcp 203.0.113.5 80 2 | names)"
if [ "$mode" = nftables ]; then
	many=$(for i in $(seq 1 250); do printf '%s"203.0.113.%s"' "$([ "$i" = 1 ] || echo ,)" "$i"; done)
	evil aaa 2026-01-02T00:00:00Z 10.43.0.66 "$many" "$(for i in $(seq 1 10000); do printf '%s{"name":"p%s","port":%s,"protocol":"TCP"}' "$([ "$i" = 1 ] || echo ,)" "$i" "$i"; done)"
	sync
	echo "10,000 ports and 250 external addresses: ${answer#ok } us"
	check "hostile, 10,000 ports: the others go on" "a=1 b=1" "$(ask tcp 10.43.0.7 80 2 | names)"
	check "hostile, 10,000 ports: what fits has it" yes "$(nft list map inet minik-proxy svc4 | grep -q '203\.0\.113\.9 ' && echo yes)"
	long=$(printf 'x%.0s' $(seq 1 3000))
	evil "$long" 2026-01-02T00:00:00Z 10.43.0.67 '"a","::ffff:10.43.0.7","0.0.0.0","255.255.255.255","127.0.0.1"' \
		'{"name":"'"$long"'","port":80,"protocol":"TCP","nodePort":99999},{"name":"b","port":-1},{"name":"c","port":80,"protocol":"ICMP"},{"port":"80"},7'
	sync
	check "hostile, absurd names and values: the others go on" "a=1 b=1" "$(ask tcp 10.43.0.7 80 2 | names)"
	check "hostile, 0.0.0.0 is not every address of the node" refused "$(ask tcp 192.0.2.1 80)"
	check "hostile, loopback is the machine's own" refused "$(ask tcp 127.0.0.1 80)"
	tell "delete Service default $long"
fi
tell 'delete Service default aaa'; tell 'delete EndpointSlice default aaa-IPv4'; sync
svc web '"type":"ClusterIP","clusterIP":"10.43.0.7",'"$ports"; slice web IPv4 "$a" "$b" "$c"; sync

# Somebody meddles with the table: what is missing comes back, however the next change finds it.
map=svc4
[ "$mode" != ipvs ] || map=cluster4
nft delete element inet minik-proxy $map '{ 10.43.0.8 . tcp . 80 }'
nft delete element inet minik-proxy $map '{ 10.43.0.9 . tcp . 80 }'
tell 'delete Service default lb'; tell sync; read -r answer <&"${COPROC[0]}"
check "meddling: the transaction fails as a whole" yes "$(case $answer in error*) echo yes ;; esac)"
tell reload; sync
check "meddling: mended after looking" b "$(inside c "$echo_" tcp 10.43.0.8 80 | cut -d' ' -f1)"

# A restart: nothing is lost while nobody looks after the rules, and what vanished meanwhile is removed.
nft list table inet minik-proxy > "$dir/before"
tell 'delete Service default web'; sync
check "deleted" timeout "$(ask tcp 10.43.0.7 80)"
tell '{"kind":"Service","metadata":{"namespace":"default","name":"web"},"spec":{"type":"ClusterIP","clusterIP":"10.43.0.7",'"$ports"'}}'; slice web IPv4 "$a" "$b" "$c"; sync
exec {COPROC[1]}>&-; wait "$COPROC_PID" || :
check "rules stay when the proxy ends" "a=1 b=1 c=1" "$(ask tcp 10.43.0.7 80 3 | names)"
ruleset() { nft -s -a list table inet minik-proxy | grep -v ' ct count\|expires'; }
ruleset > "$dir/r1"
if [ "$mode" = ipvs ]; then
	for p in "$a" "$b"; do
		exec 7>"$dir/told"; to=7
		svc web '"type":"NodePort","clusterIP":"10.43.0.7",'"$ports"; slice web IPv4 "$p"; tell sync
		exec 7>&-; to=
		"$build/tests/integration/proxy_tool" node1 10.42.0.0/16,fd42::/32 ipvs <"$dir/told" >/dev/null
		[ "$p" = "$b" ] || nft flush ruleset
	done
	check "a table that was flushed while nobody looked: servers of node ports are known by their looks" "b=2" "$(inside ext "$echo_" tcp 192.0.2.1 30080 2 | names)"
	check "and those of cluster addresses" "b=2" "$(inside c "$echo_" tcp 10.43.0.7 80 2 | names)"
	for sched in $(ls /sys/module | sed -n 's/^ip_vs_//p'); do
		exec 7>"$dir/told"; to=7
		svc web '"type":"ClusterIP","clusterIP":"10.43.0.7",'"$ports"; slice web IPv4 "$b"; tell sync
		exec 7>&-; to=
		"$build/tests/integration/proxy_tool" node1 10.42.0.0/16,fd42::/32 ipvs "$sched" <"$dir/told" >/dev/null
		check "scheduler $sched" "$sched b=3" "$(ipvsadm -ln -t 10.43.0.7:80 | awk '$1 == "TCP" {print $3}') $(inside c "$echo_" tcp 10.43.0.7 80 3 | names)"
	done
	check "a wrong scheduler" 'IPVS: this kernel has no scheduler "best" (module ip_vs_best); rr, wrr, lc, wlc, sh and mh are others' \
		"$("$build/tests/integration/proxy_tool" node1 10.42.0.0/16 ipvs best 2>&1 </dev/null || :)"
fi
coproc "$build/tests/integration/proxy_tool" node1 10.42.0.0/16,fd42::/32 "$mode"
svc web '"type":"ClusterIP","clusterIP":"10.43.0.7",'"$ports"; slice web IPv4 "$a" "$b" "$c"
sync
check "restart removes what is unwanted" timeout "$(ask tcp 10.43.0.8 80)"
# In nftables mode: where the address leads to, and the handles of the chains that this is.
handle() {
	local to n
	grep -o 'comment "[0-9a-f]* default/web:t" # handle [0-9]*' "$1" || :
	[ "$mode" = nftables ] || return 0
	grep -o '10\.43\.0\.7 \. [a-z0-9]* \. [a-z0-9]* : 0x[0-9a-f]* \. 0x[0-9a-f]*' "$1" | sort | while read -r to; do
		n=$((${to##* }))
		echo "$to: $(grep -o "chain c-4-3-$n .*handle.*" "$1")"
	done
}
[ "$mode" != nftables ] || [ "$(handle "$dir/r1" | grep -c handle)" = 2 ] || { echo "not ok restart: two ports to compare: $(handle "$dir/r1")"; failed=1; }
ruleset > "$dir/r2"
check "restart leaves the rules that hold" "$(handle "$dir/r1")" "$(handle "$dir/r2")"

# Cost
many=${BULK:-5000}
tell "bulk $many"; sync
echo "$many Services at once: ${answer#ok } us"
for i in 1 2 3 4 5; do
	svc new$i '"type":"ClusterIP","clusterIP":"10.43.50.'$i'",'"$ports"; slice new$i IPv4 "$a" "$b" "$c"
	sync; echo "one more Service of 3 pods at $many: ${answer#ok } us"
done
check "and it answers" "a=1 b=1 c=1" "$(ask tcp 10.43.50.5 80 3 | names)"
check "round robin among many" "a=2 b=2 c=2" "$(ask tcp 10.43.0.7 80 6 | names)"
if [ "$mode" = nftables ]; then
	# The table of a former version, whose maps were others, is replaced at the start in one transaction; what is established goes on.
	svc hold '"type":"ClusterIP","clusterIP":"10.43.0.16","ports":[{"name":"h","port":80,"protocol":"TCP"}]'; slice hold IPv4 "$a"; sync
	rm -f "$dir/say" "$dir/hear"; mkfifo "$dir/say" "$dir/hear"
	nsenter --net="$dir/ns/c" "$echo_" hold 10.43.0.16 80 <"$dir/say" >"$dir/hear" & servers="$servers $!"
	exec 5>"$dir/say" 6<"$dir/hear"
	check "a connection before another version" "a one" "$(talk one)"
	exec {COPROC[1]}>&-; wait "$COPROC_PID" || :
	nft -f - <<-'RULES'
		delete table inet minik-proxy
		table inet minik-proxy {
			map svc4 { type ipv4_addr . inet_proto . inet_service : verdict; }
			chain refuse { meta l4proto tcp reject with tcp reset; }
			chain i-0123456789abcdef { meta l4proto tcp dnat ip to 10.42.3.250:9376 comment "0123456789abcdef default/hold:h"; }
			chain services { ip daddr . meta l4proto . th dport vmap @svc4; }
			chain prerouting { type nat hook prerouting priority dstnat; jump services comment "minik-proxy skeleton 3 0123456789abcdef"; }
		}
		add element inet minik-proxy svc4 { 10.43.0.16 . tcp . 80 : goto i-0123456789abcdef }
	RULES
	coproc "$build/tests/integration/proxy_tool" node1 10.42.0.0/16,fd42::/32 "$mode"
	svc hold '"type":"ClusterIP","clusterIP":"10.43.0.16","ports":[{"name":"h","port":80,"protocol":"TCP"}]'; slice hold IPv4 "$a"; sync
	check "the table of another version is replaced" "" "$(nft list chain inet minik-proxy i-0123456789abcdef 2>/dev/null)"
	check "and the connection lives on" "a two" "$(talk two)"
	svc look '"type":"ClusterIP","clusterIP":"10.43.0.18",'"$ports"; slice look IPv4 "$a"; sync
	check "and new ones come" a "$(inside c "$echo_" tcp 10.43.0.18 80 | cut -d' ' -f1)"
	exec 5>&- 6<&-
	# What nft wrote down and loaded again need not be what it was.
	nft list ruleset >"$dir/saved"
	exec {COPROC[1]}>&-; wait "$COPROC_PID" || :
	sed -i '/dnat ip to\|dnat ip6 to/d' "$dir/saved" # nft cannot read what it writes of these
	nft flush ruleset; nft -f "$dir/saved"
	coproc "$build/tests/integration/proxy_tool" node1 10.42.0.0/16,fd42::/32 "$mode"
	svc look '"type":"ClusterIP","clusterIP":"10.43.0.18",'"$ports"; slice look IPv4 "$a"; sync
	check "rules that nft saved and loaded are written again" a "$(inside c "$echo_" tcp 10.43.0.18 80 | cut -d' ' -f1)"
fi
tell cleanup; read -r answer <&"${COPROC[0]}"
check "cleanup" "" "$(nft list ruleset)"
if [ "$mode" = ipvs ]; then
	check "cleanup: foreign servers stay" "$(cat "$dir/others")" "$(others)"
	check "cleanup: and no other" "2" "$(ipvsadm -Sn | grep -c '^-A')"
	check "cleanup: the device has what is not ours" "198.51.100.2/32" "$(ip -4 -o addr show kube-ipvs0 | awk '{print $4}')"
	check "cleanup: sysctls as before" "0 0 0" "$(cat /proc/sys/net/ipv4/vs/{conntrack,expire_nodest_conn,expire_quiescent_template} | tr '\n' ' ' | sed 's/ $//')"
	ip addr del 198.51.100.2/32 dev kube-ipvs0
	tell cleanup; read -r answer <&"${COPROC[0]}"
	check "cleanup: nothing is left" "" "$(ip link show kube-ipvs0 2>/dev/null)"
fi
exit $failed
