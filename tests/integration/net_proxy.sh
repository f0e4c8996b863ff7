#!/bin/bash
# Services with real packets: pods attached by podnet, a client machine beside the node. The model is fed directly.
# Usage: net_proxy.sh [BUILD_DIR], or MINIK_BUILD. PROXY_MODE=ipvs needs a kernel with IPVS: tests/vm/proxy.sh runs this script in both
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
dir=$(mktemp -d)
servers=
trap 'kill $servers 2>/dev/null || :; exec {COPROC[1]}>&- || :; umount "$dir"/ns/* "$dir/ns" 2>/dev/null || :; rm -rf "$dir"' EXIT
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

coproc "$build/tests/integration/proxy_tool" node1 10.42.0.0/16,fd42::/32 "$mode"
tell() { printf '%s\n' "$(echo "$*" | tr -d '\n')" >&"${COPROC[1]}"; }
sync() { tell sync; read -r answer <&"${COPROC[0]}"; case $answer in ok*) ;; *) echo "not ok sync: $answer"; exit 1 ;; esac; }
svc() { # NAME REST-OF-SPEC [STATUS]
	tell '{"kind":"Service","metadata":{"namespace":"default","name":"'"$1"'"},"spec":{'"$2"'},"status":{'"${3:-}"'}}'
}
slice() { # NAME FAMILY ADDRESS[/CONDITIONS]...
	local n=$1 f=$2 eps= a c; shift 2
	for a; do
		case $a in */*) c=${a#*/} ;; *) c='"ready":true' ;; esac
		eps="$eps${eps:+,}"'{"addresses":["'"${a%%/*}"'"],"nodeName":"'"${NODE:-node1}"'","conditions":{'"$c"'}}'
	done
	tell '{"kind":"EndpointSlice","metadata":{"namespace":"default","name":"'"$n-$f"'","labels":{"kubernetes.io/service-name":"'"$n"'"}},
		"addressType":"'"$f"'","ports":[{"name":"t","port":9376,"protocol":"TCP"},{"name":"u","port":9376,"protocol":"UDP"}],"endpoints":['"$eps"']}'
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

# Somebody meddles with the table: what is missing comes back, however the next change finds it.
nft delete element inet minik-proxy svc4 '{ 10.43.0.8 . tcp . 80 }'
nft delete element inet minik-proxy svc4 '{ 10.43.0.9 . tcp . 80 }'
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
coproc "$build/tests/integration/proxy_tool" node1 10.42.0.0/16,fd42::/32 "$mode"
svc web '"type":"ClusterIP","clusterIP":"10.43.0.7",'"$ports"; slice web IPv4 "$a" "$b" "$c"
sync
check "restart removes what is unwanted" timeout "$(ask tcp 10.43.0.8 80)"
handle() { grep -o 'comment "[0-9a-f]* default/web:t" # handle [0-9]*' "$1"; }
ruleset > "$dir/r2"
check "restart leaves the rules that hold" "$(handle "$dir/r1")" "$(handle "$dir/r2")"

# Cost
tell 'bulk 5000'; sync
echo "5000 Services at once: ${answer#ok } us"
for i in 1 2 3 4 5; do
	svc new$i '"type":"ClusterIP","clusterIP":"10.43.50.'$i'",'"$ports"; slice new$i IPv4 "$a" "$b" "$c"
	sync; echo "one more Service of 3 pods at 5000: ${answer#ok } us"
done
check "and it answers" "a=1 b=1 c=1" "$(ask tcp 10.43.50.5 80 3 | names)"
check "round robin among many" "a=2 b=2 c=2" "$(ask tcp 10.43.0.7 80 6 | names)"
tell cleanup; read -r answer <&"${COPROC[0]}"
check "cleanup" "" "$(nft list ruleset)"
exit $failed
