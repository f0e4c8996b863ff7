#!/bin/bash
# The Service proxy as it runs: minik apiserver and minik proxy, Services and EndpointSlices written by HTTP, and somebody who takes
# rules, addresses and servers away. PROXY_MODE as in net_proxy.sh; tests/vm/proxy_*.sh runs both modes. Usage: net_proxy_live.sh
# [BUILD_DIR], or MINIK_BUILD. Exit 77: cannot run here.
set -eu
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
for t in curl nft; do command -v $t >/dev/null || { echo "needs $t" >&2; exit 77; }; done
mode=${PROXY_MODE:-nftables}
if [ -z "${IN_NETNS:-}" ]; then
	[ -n "${IN_GUEST:-}" ] || make -s -C "$build" minik tests/integration/podnet_tool tests/integration/echo_tool >&2
	IN_NETNS=1 exec unshare -n -m "$0" "$build"
fi
minik=$build/minik podnet=$build/tests/integration/podnet_tool echo_=$build/tests/integration/echo_tool
. "$(dirname "$0")/lib_pids.sh"
dir=$(mktemp -d)
pids= failed=0
second=${MINIK_PATIENCE:-1} # which is longer on an emulated machine
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
check() { if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1: expected '$2', got '$3'"; failed=1; fi }
now() { cut -d' ' -f1 /proc/uptime | tr -d .; } # hundredths of a second
until_ok() { # SECONDS COMMAND...
	local end=$(($(now) + $1 * 100)); shift
	while ! "$@" >/dev/null 2>&1; do [ "$(now)" -lt $end ] || return 1; sleep 0.05; done
}
mkdir "$dir/ns" "$dir/net"; mount -t tmpfs none "$dir/ns"
new() { : > "$dir/ns/$1"; unshare --net="$dir/ns/$1" true; }
at() { local n=$1; shift; nsenter --net="$dir/ns/$n" "$@"; }
ask() { "$echo_" "$@" || :; }

ip link set lo up
new ext
ip link add up0 type veth peer name eth0 netns "$dir/ns/ext"
ip addr add 192.0.2.1/24 dev up0; ip link set up0 up
at ext ip addr add 192.0.2.9/24 dev eth0; at ext ip link set eth0 up; at ext ip link set lo up
ip route add default via 192.0.2.9
for p in a b; do
	new $p
	"$podnet" "$dir/net" attach uid-$p "$dir/ns/$p" 10.42.3.0/24 > "$dir/ips"
	eval "$p=$(head -1 "$dir/ips")"
	nsenter --net="$dir/ns/$p" "$echo_" server $p 9376 & pids="$pids $!"
done
: >"$dir/config.yaml"
"$minik" apiserver --data-dir "$dir/data" --run-dir "$dir/run" --config "$dir/config.yaml" --write-kubeconfig "$dir/kubeconfig" --advertise-address 192.0.2.1 \
	--node-name node1 --node-ip 192.0.2.1 --service-node-port-range 1-32767 >"$dir/apiserver.log" 2>&1 & pids="$pids $!"
until_ok $((30 * second)) grep -q client-key "$dir/kubeconfig" || { echo "not ok the API server does not start"; exit 1; }
for f in client-certificate client-key certificate-authority; do sed -n "s/.*$f-data: //p" "$dir/kubeconfig" | head -1 | base64 -d >"$dir/$f"; done
api() { # METHOD PATH [BODY]
	curl -sS --max-time $((20 * second)) --cacert "$dir/certificate-authority" --cert "$dir/client-certificate" --key "$dir/client-key" \
		-X "$1" -H 'Content-Type: application/json' ${3:+-d "$3"} "https://192.0.2.1:6443$2"
}
ready() { [ "$(api GET /readyz)" = ok ]; }
until_ok $((30 * second)) ready || { echo "not ok the API server is not ready"; exit 1; }
namespace() { api GET /api/v1/namespaces/default | grep -q '"phase": *"Active"'; }
until_ok $((20 * second)) namespace
api POST /api/v1/nodes '{"apiVersion":"v1","kind":"Node","metadata":{"name":"node1","labels":{"topology.kubernetes.io/zone":"z1"}}}' >"$dir/answer"
S=/api/v1/namespaces/default/services E=/apis/discovery.k8s.io/v1/namespaces/default/endpointslices
service() { # NAME REST-OF-SPEC
	api POST $S '{"apiVersion":"v1","kind":"Service","metadata":{"name":"'"$1"'"},"spec":{'"$2"'}}'
}
endpoints() { # METHOD NAME ADDRESS[/REST]...
	local method=$1 name=$2 eps= x rest; shift 2
	for x; do
		case $x in */*) rest=,${x#*/} ;; *) rest= ;; esac
		eps="$eps${eps:+,}{\"addresses\":[\"${x%%/*}\"],\"nodeName\":\"node1\",\"conditions\":{\"ready\":true}$rest}"
	done
	api $method $E$([ $method = POST ] || echo "/$name") '{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"'"$name"'","labels":
		{"kubernetes.io/service-name":"'"$name"'"}},"addressType":"IPv4","ports":[{"name":"","port":9376,"protocol":"TCP"}],"endpoints":['"$eps"']}' >"$dir/answer"
}
proxy_start() {
	"$minik" proxy --kubeconfig "$dir/kubeconfig" --node-name node1 --node-ip 192.0.2.1 --data-dir "$dir/data" --run-dir "$dir/run2" --config "$dir/config.yaml" \
		--proxy-mode "$1" --log-level debug >>"$dir/proxy.log" 2>&1 &
	proxy=$! pids="$pids $!"
}
# A try that met no rules goes nowhere for a second: with LIMIT it ends before, and the next one tells.
answers() { [ "$(${LIMIT:+timeout "$LIMIT"} "$echo_" tcp "$1" "$2" | cut -d' ' -f1)" = "$3" ]; }
outside() { [ "$(${LIMIT:+timeout "$LIMIT"} nsenter --net="$dir/ns/ext" "$echo_" tcp "$1" "$2" | cut -d' ' -f1)" = "$3" ]; }

if [ "$mode" != ipvs ] && ! [ -d /proc/sys/net/ipv4/vs ]; then
	proxy_start ipvs
	wait $proxy || :
	check "no IPVS in this kernel: said, with the mend" yes "$(grep -q 'this kernel has no IPVS (module ip_vs); use --proxy-mode nftables' "$dir/proxy.log" && echo yes)"
fi
proxy_start "$mode"
service web '"type":"NodePort","clusterIP":"10.43.0.7","ports":[{"port":80,"nodePort":8080}]' >"$dir/answer"
endpoints POST web "$a"
check "a Service answers" yes "$(until_ok $((30 * second)) answers 10.43.0.7 80 a && echo yes)"
[ $failed = 0 ] || exit 1
check "node port 8080, as the range allows" yes "$(until_ok $((5 * second)) outside 192.0.2.1 8080 a && echo yes)"
service https '"type":"NodePort","clusterIP":"10.43.0.8","ports":[{"port":443,"nodePort":443}]' >"$dir/answer"
endpoints POST https "$a"
check "node port 443" yes "$(until_ok $((5 * second)) outside 192.0.2.1 443 a && echo yes)"
check "the same node port for another Service is refused" yes "$(service twice '"type":"NodePort","ports":[{"port":80,"nodePort":443}]' | grep -q 'provided port is already allocated' && echo yes)"
check "node port 40000 is refused, and why" yes "$(service no '"type":"NodePort","ports":[{"port":80,"nodePort":40000}]' | grep -q 'not in the valid range.*1-32767' && echo yes)"
endpoints PUT web "$b"
check "endpoints change" yes "$(until_ok $((5 * second)) answers 10.43.0.7 80 b && echo yes)"

# What somebody takes away is back within a second.
map=svc4 used=pool4
[ "$mode" != ipvs ] || map=cluster4 used=cluster4
nft flush ruleset
check "rules that somebody flushed are back within a second" yes "$(LIMIT=0.2; [ "$second" = 1 ] || LIMIT=2; until_ok $second answers 10.43.0.7 80 b && until_ok $second outside 192.0.2.1 8080 b && echo yes)"
table() { nft list table inet minik-proxy | grep -q "$1"; }
nft flush table inet minik-proxy
check "and after a flush of the table alone" yes "$(until_ok $second table 'jump services' && answers 10.43.0.7 80 b && echo yes)"
nft flush chain inet minik-proxy services
check "and of one chain" yes "$(until_ok $second table "@$used" && answers 10.43.0.7 80 b && echo yes)"
nft delete element inet minik-proxy $map '{ 10.43.0.7 . tcp . 80 }'
check "and of one element" yes "$(until_ok $second table '10.43.0.7 \. [^ ]* \. 80' && answers 10.43.0.7 80 b && echo yes)"
if [ "$mode" = ipvs ]; then
	has() { ip -o addr show kube-ipvs0 | grep -q " $1/32 "; }
	ip addr del 10.43.0.7/32 dev kube-ipvs0
	check "an address that somebody took away is back within a second" yes "$(until_ok $second has 10.43.0.7 && echo yes)"
	ip link del kube-ipvs0
	check "and the device" yes "$(until_ok $second has 10.43.0.7 && until_ok $second answers 10.43.0.7 80 b && echo yes)"
	ip addr add 192.0.2.55/24 dev up0
	check "an address that the node gets has the node ports at once" yes "$(until_ok $second outside 192.0.2.55 8080 b && echo yes)"
	ip addr del 192.0.2.55/24 dev up0
	gone() { ! ipvsadm -ln | grep -q 192.0.2.55; }
	check "and loses them with it" yes "$(until_ok $second gone && echo yes)"
	ipvsadm -A -t 192.0.2.1:8888 -s wrr
	ipvsadm -D -t 10.43.0.7:80; ipvsadm -D -t 192.0.2.1:8080
	check "virtual servers that somebody deleted are back within 30 s" yes "$(until_ok $((30 * second)) answers 10.43.0.7 80 b && outside 192.0.2.1 8080 b && echo yes)"
	check "and it was said" yes "$(grep -q 'somebody changed virtual servers of Services: 4 things mended' "$dir/proxy.log" && echo yes)"
fi

# A load balancer in front asks the node whether it has endpoints.
service lb '"type":"LoadBalancer","clusterIP":"10.43.0.9","externalTrafficPolicy":"Local","healthCheckNodePort":31999,"ports":[{"port":80,"nodePort":30090}]' >"$dir/answer"
health() { curl -sS --max-time $((5 * second)) -o "$dir/body" -D "$dir/head" -w '%{http_code}' http://192.0.2.1:31999/healthz 2>/dev/null || :; }
health_is() { [ "$(health)" = "$1" ]; }
check "healthCheckNodePort without endpoints" yes "$(until_ok $((5 * second)) health_is 503 && echo yes)"
endpoints POST lb "$a" "$b"
check "healthCheckNodePort with endpoints here" yes "$(until_ok $((5 * second)) health_is 200 && echo yes)"
check "its body" '{"service": {"namespace": "default","name": "lb"},"localEndpoints": 2,"serviceProxyHealthy": true}' "$(tr -d '\n\t' <"$dir/body")"
check "its headers" "application/json 2" "$(tr -d '\r' <"$dir/head" | awk -F': ' 'tolower($1) == "content-type" {t = $2} tolower($1) == "x-load-balancing-endpoint-weight" {w = $2} END {print t, w}')"
api DELETE $S/lb >"$dir/answer"
check "and it goes with the Service" yes "$(until_ok $((5 * second)) health_is 000 && echo yes)"

# Zone of the node, as the API has it.
service near '"clusterIP":"10.43.0.14","trafficDistribution":"PreferSameZone","ports":[{"port":80}]' >"$dir/answer"
endpoints POST near "$a/\"hints\":{\"forZones\":[{\"name\":\"z1\"}]}" "$b/\"hints\":{\"forZones\":[{\"name\":\"z2\"}]}"
twice() { [ "$("$echo_" tcp 10.43.0.14 80 2 | cut -d' ' -f1 | tr '\n' ' ')" = "$1 $1 " ]; }
check "endpoints of the node's zone" yes "$(until_ok $((5 * second)) twice a && echo yes)"
curl -sS --cacert "$dir/certificate-authority" --cert "$dir/client-certificate" --key "$dir/client-key" -X PATCH -H 'Content-Type: application/merge-patch+json' \
	-d '{"metadata":{"labels":{"topology.kubernetes.io/zone":"z2"}}}' https://192.0.2.1:6443/api/v1/nodes/node1 >"$dir/answer"
check "follow its label" yes "$(until_ok $((5 * second)) twice b && echo yes)"

# Another mode at the next start takes over from this one.
kill $proxy; wait $proxy || :
check "Services go on without the proxy" yes "$(answers 10.43.0.7 80 b && echo yes)"
if [ "$mode" = ipvs ]; then
	proxy_start nftables
	check "the other mode takes over" yes "$(until_ok $((20 * second)) table 'map svc4' && until_ok $((5 * second)) answers 10.43.0.7 80 b && echo yes)"
	check "and nothing of this one is left but what is others'" "-A -t 192.0.2.1:8888 -s wrr" "$(ipvsadm -Sn; ip link show kube-ipvs0 2>/dev/null)"
	kill $proxy; wait $proxy || :
	proxy_start ipvs
	check "and this one again" yes "$(until_ok $((20 * second)) has 10.43.0.7 && until_ok $((5 * second)) answers 10.43.0.7 80 b && echo yes)"
	kill $proxy; wait $proxy || :
fi
"$minik" killall --data-dir "$dir/data" --run-dir "$dir/run2" --cgroup-root minik-test-$$ --config "$dir/config.yaml" >"$dir/killall.log" 2>&1 || cat "$dir/killall.log"
check "killall: no table is left" "" "$(nft list tables | grep minik-proxy || :)"
[ "$mode" != ipvs ] || check "killall: no server, no device" "-A -t 192.0.2.1:8888 -s wrr" "$(ipvsadm -Sn; ip link show kube-ipvs0 2>/dev/null)"
exit $failed
