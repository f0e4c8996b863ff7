#!/bin/bash
# The DNS responder with dig: the cluster domain, forwarding with failover, cache, TCP, truncation. A second responder plays the host's resolver.
# Usage: net_dns.sh [BUILD_DIR], or MINIK_BUILD. Exit 77: cannot run here.
set -eu
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
command -v dig >/dev/null || { echo "needs dig" >&2; exit 77; }
if [ -z "${IN_NETNS:-}" ]; then
	make -s -C "$build" tests/integration/dns_tool >&2
	IN_NETNS=1 exec unshare -n -m "$0" "$build"
fi
tool=$build/tests/integration/dns_tool
dir=$(mktemp -d)
pids=
trap 'kill $pids 2>/dev/null || :; rm -rf "$dir"' EXIT
failed=0
check() { if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1: expected '$2', got '$3'"; failed=1; fi }
ip link set lo up
ip addr add 10.42.3.1/24 dev lo
start() { # ADDRESS PORT RESOLV DOMAIN OBJECTS
	mkfifo "$dir/ready"
	"$tool" "$1" "$2" "$3" "$4" < "$5" > "$dir/ready" & last=$!; pids="$pids $last"
	read -r _ < "$dir/ready"; rm "$dir/ready"
}
service() { echo '{"kind":"Service","metadata":{"namespace":"default","name":"'"$1"'"},"spec":{'"$2"'}}'; }
{
	service www '"clusterIP":"192.0.2.80","ports":[{"port":80}]'
	service many '"clusterIP":"None"'
	printf '{"kind":"EndpointSlice","metadata":{"namespace":"default","name":"many","labels":{"kubernetes.io/service-name":"many"}},"endpoints":['
	for i in $(seq 1 200); do printf '%s{"addresses":["192.0.2.%d"]}' "$([ "$i" = 1 ] || echo ,)" "$i"; done
	echo ']}'
} > "$dir/up.json"
{
	service web '"clusterIP":"10.43.0.7","ports":[{"name":"http","port":80}]'
	service ext '"type":"ExternalName","externalName":"www.default.svc.example.com"'
	service many '"clusterIP":"None"'
	sed -n 3p "$dir/up.json"
} > "$dir/our.json"
: > "$dir/none"
start 127.0.0.2 5353 "$dir/none" example.com "$dir/up.json"; up=$last
# One that is silent, one that refuses, one that answers, and ourselves, who must be left out.
printf 'search x\nnameserver 10.42.3.1\nnameserver 127.0.0.9#5399\nnameserver 127.0.0.2#5353\n' > "$dir/resolv.conf"
ip addr del 10.42.3.1/24 dev lo
start 10.42.3.1 53 "$dir/resolv.conf" cluster.local "$dir/our.json"
check "bound before the address is there" "" ""
ip addr add 10.42.3.1/24 dev lo
d() { dig +tries=1 +time=4 @10.42.3.1 "$@" || echo "failed"; }
status() { d "$@" | sed -n 's/.*status: \([A-Z]*\),.*/\1/p'; }
check "a Service" 10.43.0.7 "$(d +short web.default.svc.cluster.local)"
check "no such Service" NXDOMAIN "$(status no.default.svc.cluster.local)"
check "TCP" 10.43.0.7 "$(d +tcp +short web.default.svc.cluster.local)"
check "SRV" "0 100 80 web.default.svc.cluster.local." "$(d +short SRV _http._tcp.web.default.svc.cluster.local)"
check "reverse" web.default.svc.cluster.local. "$(d +short -x 10.43.0.7)"
check "without EDNS" 10.43.0.7 "$(d +noedns +short web.default.svc.cluster.local)"
check "EDNS version 1" BADVERS "$(status +edns=1 +noednsneg web.default.svc.cluster.local)"
check "CHAOS" REFUSED "$(status -c CH -t TXT version.bind)"
check "AXFR" REFUSED "$(d AXFR cluster.local +tcp | grep -q 'Transfer failed' && echo REFUSED)"
check "200 endpoints: dig comes again by TCP" 200 "$(d +short many.default.svc.cluster.local | wc -l)"
check "200 endpoints: truncated over UDP" tc "$(d +ignore many.default.svc.cluster.local | grep -q 'flags:.* tc' && echo tc)"
check "forwarded" 192.0.2.80 "$(d +short www.default.svc.example.com)"
check "forwarded, no such name" NXDOMAIN "$(status no.default.svc.example.com)"
check "forwarded, by TCP" 200 "$(d +short many.default.svc.example.com | wc -l)"
check "ExternalName with the addresses of its target" "www.default.svc.example.com. 192.0.2.80" "$(d +short ext.default.svc.cluster.local | tr '\n' ' ' | sed 's/ $//')"
check "unqualified names are not ours" 0 "$(d web | grep -c '10.43.0.7' || :)"
check "the cache and a resolver that is gone" "192.0.2.80" "$(kill "$up"; wait "$up" 2>/dev/null || :; d +short www.default.svc.example.com)"
check "nobody answers" SERVFAIL "$(status other.default.svc.example.com)"
printf '# none\n' > "$dir/resolv.conf"; sleep 5.1
check "no resolver: refused" REFUSED "$(status other.default.svc.example.com)"
check "still serves the cluster" 10.43.0.7 "$(d +short web.default.svc.cluster.local)"
# Pipelining: many questions on one connection at once.
msg='\000\001\001\000\000\001\000\000\000\000\000\000\003web\007default\003svc\007cluster\005local\000\000\001\000\001'
len=$(printf "$msg" | wc -c)
for i in 1 2 3 4 5 6 7 8 9 10; do printf "\\000\\$(printf %03o "$len")$msg"; done > "$dir/pipe"
got=$(busybox nc 10.42.3.1 53 < "$dir/pipe" | wc -c)
check "ten questions in one go over TCP" $((10 * (len + 2 + 16))) "$got"
exit $failed
