#!/bin/bash
# minik debug service against what somebody breaks in the kernel and around the Service proxy: minik apiserver, proxy and dns, pods that are network namespaces, objects
# written by HTTP. Everything right gives no fault; each thing that is broken gives the line of its own step and no other. PROXY_MODE: nftables or ipvs;
# tests/vm/proxy_*.sh runs both on Debian's kernel. Real pods: debug_server.sh. Usage: debug_service.sh [BUILD_DIR], or MINIK_BUILD. Exit 77: cannot run here.
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
	kill -CONT ${proxy:-} 2>/dev/null || :
	kill_own $pids
	wait 2>/dev/null || :
	if grep -q 'Sanitizer\|runtime error' "$dir"/*.log; then
		echo "not ok sanitizers: $(grep -h -m1 'Sanitizer\|runtime error' "$dir"/*.log | head -1)"; failed=1; s=1
	fi
	if [ $s != 0 ] || [ $failed != 0 ]; then tail -n 20 "$dir"/*.log >&2; [ $s != 0 ] || s=1; fi
	umount "$dir"/run/netns/* "$dir/sys" "$dir/run" 2>/dev/null || :
	rm -rf "$dir"
	exit $s
}
trap cleanup EXIT
now() { cut -d' ' -f1 /proc/uptime | tr -d .; } # hundredths of a second
until_ok() { # SECONDS COMMAND...
	local end=$(($(now) + $1 * 100)); shift
	while ! "$@" >/dev/null 2>&1; do [ "$(now)" -lt $end ] || return 1; sleep 0.05; done
}
mkdir "$dir/run" "$dir/sys"; mount -t tmpfs none "$dir/run"; mkdir "$dir/run/netns"
mount -t sysfs none "$dir/sys" # of this network namespace

ip link set lo up
ip link add up0 type veth peer name up1; ip link set up1 up
ip addr add 192.0.2.1/24 dev up0; ip link set up0 up
ip route add default via 192.0.2.9 dev up0
: >"$dir/config.yaml"
"$minik" apiserver --data-dir "$dir/data" --run-dir "$dir/run0" --config "$dir/config.yaml" --write-kubeconfig "$dir/kubeconfig" --advertise-address 192.0.2.1 \
	--node-name node1 --node-ip 192.0.2.1 >"$dir/apiserver.log" 2>&1 & pids="$pids $!"
until_ok $((30 * second)) grep -q client-key "$dir/kubeconfig" || { echo "not ok the API server does not start"; exit 1; }
for f in client-certificate client-key certificate-authority; do sed -n "s/.*$f-data: //p" "$dir/kubeconfig" | head -1 | base64 -d >"$dir/$f"; done
api() { # METHOD PATH [BODY [TYPE]]
	curl -sS --max-time $((20 * second)) --cacert "$dir/certificate-authority" --cert "$dir/client-certificate" --key "$dir/client-key" \
		-X "$1" -H "Content-Type: application/${4:-json}" ${3:+-d "$3"} "https://192.0.2.1:6443$2"
}
ready() { [ "$(api GET /readyz)" = ok ]; }
until_ok $((30 * second)) ready || { echo "not ok the API server is not ready"; exit 1; }
namespace() { api GET /api/v1/namespaces/default | grep -q '"phase": *"Active"'; }
until_ok $((20 * second)) namespace
N=/api/v1/namespaces/default S=$N/services E=/apis/discovery.k8s.io/v1/namespaces/default/endpointslices
api POST $N/serviceaccounts '{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}' >"$dir/answer"
api POST /api/v1/nodes '{"apiVersion":"v1","kind":"Node","metadata":{"name":"node1"},"spec":{"podCIDR":"10.42.3.0/24","podCIDRs":["10.42.3.0/24"]}}' >"$dir/answer"
merge() { api PATCH "$1" "$2" merge-patch+json >"$dir/answer"; }
merge /api/v1/nodes/node1/status '{"status":{"addresses":[{"type":"InternalIP","address":"192.0.2.1"}]}}'
component() { # NAME FLAGS...
	local name=$1; shift
	"$minik" "$name" --kubeconfig "$dir/kubeconfig" --node-name node1 --node-ip 192.0.2.1 --data-dir "$dir/data" --run-dir "$dir/run" --config "$dir/config.yaml" "$@" >>"$dir/$name.log" 2>&1 &
	eval "$name=$!"; pids="$pids $!"
}
proxy_start() { component proxy --proxy-mode "$mode"; }

# A pod: an object that is Running and Ready, its network, and a server on port 9376.
pod() { # NAME LABEL
	local uid veth
	api POST $N/pods '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"'$1'","labels":{"app":"'$2'"}},"spec":{"nodeName":"node1","containers":[{"name":"c","image":"none","ports":[{"name":"http","containerPort":9376}]}]}}' >"$dir/pod"
	uid=$(grep -o '"uid": *"[^"]*"' "$dir/pod" | head -1 | cut -d'"' -f4)
	: >"$dir/run/netns/$uid"; unshare --net="$dir/run/netns/$uid" true
	ip -o link show type veth | cut -d: -f2 | cut -d@ -f1 | sort >"$dir/before"
	"$podnet" "$dir/run" attach "$uid" "$dir/run/netns/$uid" 10.42.3.0/24 >"$dir/ips"
	veth=$(ip -o link show type veth | cut -d: -f2 | cut -d@ -f1 | sort | grep -vxFf "$dir/before" | tr -d ' ')
	eval "$1=$(head -1 "$dir/ips") veth_$1=$veth"
	nsenter --net="$dir/run/netns/$uid" "$echo_" server $1 9376 & eval "server_$1=$!"; pids="$pids $!"
	merge $N/pods/$1/status '{"status":{"phase":"Running","podIP":"'"$(head -1 "$dir/ips")"'","podIPs":[{"ip":"'"$(head -1 "$dir/ips")"'"}],"conditions":[{"type":"Ready","status":"True"},{"type":"ContainersReady","status":"True"}]}}'
}
pod a web; pod b web; pod look look
component dns
proxy_start
service() { api POST $S '{"apiVersion":"v1","kind":"Service","metadata":{"name":"'"$1"'"},"spec":{'"$2"'}}' >"$dir/answer"; } # NAME REST-OF-SPEC
endpoints() { # METHOD NAME NODE POD...
	local method=$1 name=$2 node=$3 eps= x; shift 3
	for x; do eps="$eps${eps:+,}{\"addresses\":[\"$(eval "echo \$$x")\"],\"nodeName\":\"$node\",\"targetRef\":{\"kind\":\"Pod\",\"namespace\":\"default\",\"name\":\"$x\"},\"conditions\":{\"ready\":true}}"; done
	api $method $E$([ $method = POST ] || echo "/$name") '{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"'"$name"'","labels":
		{"kubernetes.io/service-name":"'"$name"'"}},"addressType":"IPv4","ports":[{"name":"","port":9376,"protocol":"TCP"}],"endpoints":['"$eps"']}' >"$dir/answer"
}
flags= # further ones
dbg() { # SERVICE: its lines in $dir/debug
	local s=0
	"$minik" debug service "$1" --kubeconfig "$dir/kubeconfig" --node-name node1 --node-ip 192.0.2.1 --run-dir "$dir/run" --config "$dir/config.yaml" --proxy-mode "$mode" $flags >"$dir/debug" 2>"$dir/debug.err" || s=$?
	cat "$dir/debug.err" >>"$dir/debug.log" # for what sanitizers report
	[ -s "$dir/debug" ] || cat "$dir/debug.err" >"$dir/debug"
	steps=$(sed -n 's/^FAULT  \([a-z.]*\) .*/\1/p' "$dir/debug" | sort -u | tr '\n' ' ')
	if [ $s != 0 ] && [ -z "$steps" ]; then steps="status $s"; elif [ $s = 0 ] && [ -n "$steps" ]; then steps="status 0 with $steps"; fi
}
# faults NAME SERVICE STEPS [PATTERN]: exactly these steps have faults (each with a space behind), and what is said matches.
faults() {
	dbg "$2"
	if [ "$steps" = "$3" ] && { [ -z "${4:-}" ] || grep '^FAULT' "$dir/debug" | grep -qE -- "$4"; }; then echo "ok $1"
	else echo "not ok $1: wanted '$3' and '${4:-}', got '$steps'"; sed 's/^/    /' "$dir/debug"; failed=1; fi
}
right() { dbg "$1"; [ -z "$steps" ]; }
healthy() { # NAME SERVICE
	if until_ok $((20 * second)) right "$2"; then echo "ok $1"; else dbg "$2"; echo "not ok $1: $steps"; sed 's/^/    /' "$dir/debug"; failed=1; fi
}
said() { if grep -qE -- "$2" "$dir/debug"; then echo "ok $1"; else echo "not ok $1"; sed 's/^/    /' "$dir/debug"; failed=1; fi }
answering() { curl -s --max-time 1 http://127.0.0.1:10249/healthz; }
proxy_again() { # what it was stopped for is mended at its start
	kill -KILL $proxy 2>/dev/null || :; wait $proxy 2>/dev/null || :
	proxy_start
}

service web '"type":"NodePort","clusterIP":"10.43.0.7","selector":{"app":"web"},"ports":[{"port":80,"targetPort":"http","nodePort":30080}]'
endpoints POST web node1 a b
healthy "a healthy Service has no fault" default/web
said "and all its entries were compared" '^ok     entries       all [0-9]+ .* entries are as they should be, and there are no others'
said "and the pods reach themselves" '^ok     hairpin       .*itself too'
said "and it was reached from a pod that is no endpoint" '^ok     pod           from pod default/look: 10.43.0.7:80 answers'
[ $failed = 0 ] || exit 1

# Objects.
merge $S/web '{"spec":{"selector":{"app":"wbe"}}}'
faults "wrong selector" default/web "slices " 'no pod that the selector matches has that address'
endpoints PUT web node1
faults "wrong selector, and slices that follow it" default/web "endpoints " 'selector app=wbe matches no pod .*pod a has app=web'
merge $S/web '{"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":"htpt","nodePort":30080}]}}'
faults "targetPort by a name that no container has" default/web "endpoints " 'targetPort "htpt" of port 80: no container .*has: http 9376/TCP'
merge $S/web '{"spec":{"ports":[{"port":80,"targetPort":"http","nodePort":30080}]}}'
faults "ready pods that no slice has" default/web "slices " '2 pods are ready, and no EndpointSlice has them'
for p in a b; do merge $N/pods/$p/status '{"status":{"conditions":[{"type":"Ready","status":"False"}]}}'; done
faults "pods that are not ready" default/web "endpoints " 'pod a is Running and not ready'
for p in a b; do merge $N/pods/$p/status '{"status":{"conditions":[{"type":"Ready","status":"True"}]}}'; done
endpoints PUT web node1 a b
api POST $N/pods '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"late","labels":{"app":"late"}},"spec":{"containers":[{"name":"c","image":"none"}]}}' >"$dir/answer"
service late '"selector":{"app":"late"},"ports":[{"port":80}]'
faults "a pod that is Pending" default/late "endpoints " 'pod late is Pending: no node takes it'
healthy "and right again" default/web
api POST $E '{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"other","labels":{"kubernetes.io/service-name":"other"}},"addressType":"IPv4","ports":[{"name":"wrong","port":9376,"protocol":"TCP"}],
	"endpoints":[{"addresses":["'$a'"],"conditions":{"ready":true}}]}' >"$dir/answer"
service other '"clusterIP":"10.43.0.15","ports":[{"port":80}]'
faults "a slice's port that has another name than the Service's" default/other "slices " 'port 80 is named "" \(the Service.s has no name\), and no IPv4 EndpointSlice has a port of that name and protocol \(those that are there: "wrong"/TCP\)'
merge $E/other '{"ports":[{"name":"","port":9376,"protocol":"UDP"}]}'
faults "or another protocol" default/other "slices " 'no IPv4 EndpointSlice has a port of that name and protocol \(those that are there: ""/UDP\)'
merge $E/other '{"ports":[{"name":"","port":9376,"protocol":"TCP"}]}'
healthy "and with what the Service has" default/other
api DELETE $E/other >"$dir/answer"
api POST $E '{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"other","labels":{"kubernetes.io/service-name":"other"}},"addressType":"IPv6","ports":[{"name":"","port":9376,"protocol":"TCP"}],
	"endpoints":[{"addresses":["fd00::7"],"conditions":{"ready":true}}]}' >"$dir/answer"
dbg default/other
said "endpoints of another family than the Service's" '^FAULT  slices        the Service has an IPv4 address, and no EndpointSlice is of that addressType: port 80 refuses there'
api DELETE $E/other >"$dir/answer"; api DELETE $S/other >"$dir/answer"

# NetworkPolicies, by their objects (nobody enforces them here).
P=/apis/networking.k8s.io/v1/namespaces/default/networkpolicies
api POST $P '{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"shut"},"spec":{"podSelector":{"matchLabels":{"app":"look"}},"policyTypes":["Egress"]}}' >"$dir/answer"
healthy "an egress policy on one pod: another is chosen" default/web
said "and the one that is cut off is named" '^ok     policy        no NetworkPolicy stands between pod default/[ab] and the endpoints; 1 other pod of this node may not \(default/look by default/shut \(Egress\)\)'
flags="--from default/look"
faults "--from looks from that pod" default/web "policy " 'NetworkPolicy default/shut \(Egress\): pod default/look may not reach pod a port 9376;'
flags="--from default/look --flannel-backend none --hairpin-mode none"
dbg default/web
said "minik's own policies are off with CNI plug-ins: what was seen decides" '^skip   policy        NetworkPolicy default/shut \(Egress\) does not let pod default/look to pod a port 9376, and does not hold'
if grep -q '^FAULT  p' "$dir/debug"; then echo "not ok so that is no fault"; failed=1; else echo "ok so that is no fault"; fi
flags="--from b"
healthy "--from with a pod of namespace default" default/web
said "which is the one" '^ok     pod           from pod default/b: 10.43.0.7:80 answers'
refused() { # NAME FLAGS PATTERN
	flags=$2; dbg default/web
	if [ "$steps" != "" ] && grep -qE -- "$3" "$dir/debug.err"; then echo "ok $1"; else echo "not ok $1: $steps: $(cat "$dir/debug.err")"; failed=1; fi
}
refused "--from with a pod that is not there" "--from default/nobody" '^minik: --from: there is no pod default/nobody on node node1'
refused "--from with one of no node" "--from late" '^minik: --from: pod default/late is on no node yet, not on node node1: run this there'
refused "--from with half a name" "--from default/" 'is not NAMESPACE/NAME; usage: minik debug service NAMESPACE/NAME \[--from NAMESPACE/POD\]'
flags=
api DELETE $P/shut >"$dir/answer"
# A pod of another node that does not answer this one, with a policy that does not let it.
api POST $N/pods '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"away","labels":{"app":"away"}},"spec":{"nodeName":"node2","containers":[{"name":"c","image":"none"}]}}' >"$dir/answer"
away=10.42.3.99
merge $N/pods/away/status '{"status":{"phase":"Running","podIP":"'$away'","podIPs":[{"ip":"'$away'"}],"conditions":[{"type":"Ready","status":"True"}]}}'
service away '"type":"NodePort","clusterIP":"10.43.0.16","selector":{"app":"away"},"ports":[{"port":80,"targetPort":9376,"nodePort":30082}]'
endpoints POST away node2 away
faults "a pod of another node that does not answer" default/away "listen " "$away:9376 \(pod away on node node2\)"
api POST $P '{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"gate"},"spec":{"podSelector":{"matchLabels":{"app":"away"}},"policyTypes":["Ingress"],"ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"friend"}}}]}]}}' >"$dir/answer"
faults "with a policy that keeps it from this node, that alone is told" default/away "policy " 'NetworkPolicy default/gate \(Ingress\): pod default/(a|b|look) may not reach pod away port 9376, nor may any other'
said "and the node's own try says so" '^skip   node          10.43.0.16:80 .* from this node, which default/gate \(Ingress\) may be meant to do'
said "and that of the node port" '^skip   nodeport      node port: 192.0.2.1 port 30082 .* from this node, which default/gate \(Ingress\) may be meant to do'
api DELETE $P/gate >"$dir/answer"; api DELETE $S/away >"$dir/answer"; api DELETE $E/away >"$dir/answer"; api DELETE $N/pods/away >"$dir/answer"

# Nobody runs here, whatever the machine's own kubeconfig says, if it has one.
nobody() { # NAME SHELL-COMMAND
	local out
	out=$(env -u KUBECONFIG unshare -n -m sh -ec "mount -t tmpfs none /run; mount -t tmpfs none /etc; $2; exec '$minik' debug service default/web" 2>&1) && { echo "not ok $1: $out"; failed=1; return; }
	if echo "$out" | grep -qE '^minik: no minik runs on this machine with --run-dir /run/minik; start it, or give --kubeconfig FILE'; then echo "ok $1"
	else echo "not ok $1: $out"; failed=1; fi
}
nobody "no minik runs" :
nobody "no minik runs any more, and its kubeconfig is there" "mkdir /etc/minik; cp '$dir/kubeconfig' /etc/minik/minik.yaml"

# The node.
echo 0 >"$dir/sys/class/net/$veth_a/brport/hairpin_mode"
faults "hairpin off" default/web "hairpin " "hairpin is off on 1 of 3 pod interfaces: $veth_a \(pod a\)"
echo 1 >"$dir/sys/class/net/$veth_a/brport/hairpin_mode"
echo 0 >/proc/sys/net/ipv4/ip_forward
faults "ip_forward off" default/web "sysctl " 'net.ipv4.ip_forward is not 1.*mend: sysctl -w net.ipv4.ip_forward=1'
echo 1 >/proc/sys/net/ipv4/ip_forward
if [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]; then
	nf=$(cat /proc/sys/net/bridge/bridge-nf-call-iptables)
	echo 0 >/proc/sys/net/bridge/bridge-nf-call-iptables
	healthy "bridge-nf-call-iptables off, which minik's own network does not need" default/web
	flags="--flannel-backend none"
	faults "but the bridge of CNI plug-ins does, whatever its name" default/web "sysctl " 'net.bridge.bridge-nf-call-iptables is 0: the pods of this node are on one bridge, cni0,.*mend: sysctl -w net.bridge.bridge-nf-call-iptables=1'
	echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
	healthy "and on" default/web
	said "which is said" '^ok     sysctl        .*, bridge-nf-call-iptables 1'
	flags=
	echo "$nf" >/proc/sys/net/bridge/bridge-nf-call-iptables
else
	flags="--flannel-backend none"
	faults "the bridge of CNI plug-ins needs br_netfilter" default/web "sysctl " 'bridge-nf-call-iptables is not there.*mend: modprobe br_netfilter'
	flags=
fi
if [ "$mode" = ipvs ]; then
	echo 0 >/proc/sys/net/ipv4/vs/conntrack
	faults "vs.conntrack off" default/web "sysctl " 'net.ipv4.vs.conntrack is not 1'
	echo 1 >/proc/sys/net/ipv4/vs/conntrack
fi
kill $server_b; wait $server_b 2>/dev/null || :
faults "nobody listens in a pod" default/web "listen " "nobody listens on port 9376 in pod b: $b:9376 refuses"
endpoints PUT web node1 a
merge $N/pods/b/status '{"status":{"conditions":[{"type":"Ready","status":"False"}]}}'
healthy "without it all is right" default/web
kill $dns; wait $dns 2>/dev/null || :
faults "DNS off" default/web "dns " 'the cluster DNS: 10.43.0.10 .*mend: does the component dns run'
component dns
healthy "and on again" default/web

# Ways from outside.
service near '"type":"NodePort","clusterIP":"10.43.0.8","externalTrafficPolicy":"Local","ports":[{"port":80,"nodePort":30081}]'
endpoints POST near node2 a
faults "externalTrafficPolicy Local and no pod here" default/near "local " 'externalTrafficPolicy is Local and this node has no ready endpoint.*nodes that have one: node2'
endpoints PUT near node1 a
healthy "and with one" default/near
merge $S/near '{"spec":{"internalTrafficPolicy":"Local"}}'
endpoints PUT near node2 a
faults "internalTrafficPolicy Local and no pod here" default/near "local " 'internalTrafficPolicy is Local and this node has no ready endpoint'
service lb '"type":"LoadBalancer","clusterIP":"10.43.0.9","externalTrafficPolicy":"Local","healthCheckNodePort":31999,"ports":[{"port":80,"nodePort":30090}]'
endpoints POST lb node1 a
faults "a load balancer without an address" default/lb "loadbalancer " 'no address yet'
said "with where Events are" 'kubectl describe service -n default lb'
event() { # NAME MESSAGE
	api POST $N/events '{"apiVersion":"v1","kind":"Event","metadata":{"name":"'$1'"},"involvedObject":{"kind":"Service","namespace":"default","name":"lb","uid":"'$(api GET $S/lb | grep -o '"uid": *"[^"]*"' | head -1 | cut -d'"' -f4)'"},
		"type":"Warning","reason":"SyncLoadBalancerFailed","lastTimestamp":"'$(date -u +%FT%TZ)'","message":"'"$2"'"}' >"$dir/answer"
}
event lb.1 'loadBalancerIP \"192.0.2.77\" is the address of no node that may be used'
faults "and with the cause that its last Event has" default/lb "loadbalancer " 'no address yet: status.loadBalancer is empty; its last Event: loadBalancerIP "192.0.2.77" is the address of no node'
said "whose healthCheckNodePort answers" '^ok     health        healthCheckNodePort 31999 answers 200: 1 ready endpoints here'
merge $S/lb/status '{"status":{"loadBalancer":{"ingress":[{"ip":"198.51.100.9"}]}}}'
healthy "and with one" default/lb
said "this node's is not among them" "^skip   loadbalancer  this node's address is not among them"
event lb.2 'port 80/TCP of node node1 is taken by pod default/x'
api DELETE $N/events/lb.1 >"$dir/answer"
faults "and its last Event tells of this node" default/lb "loadbalancer " "this node's address is not among them; its last Event: port 80/TCP of node node1 is taken by pod default/x"
api DELETE $N/events/lb.2 >"$dir/answer"
service aff '"clusterIP":"10.43.0.12","sessionAffinity":"ClientIP","ports":[{"port":80}]'
endpoints POST aff node1 a look
healthy "session affinity" default/aff
service mixed '"clusterIP":"10.43.0.14","ports":[{"name":"t","port":80},{"name":"u","port":81,"protocol":"UDP"},{"name":"v","port":82,"protocol":"UDP"}]'
api POST $E '{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"mixed","labels":{"kubernetes.io/service-name":"mixed"}},"addressType":"IPv4","ports":[{"name":"t","port":9376,"protocol":"TCP"},
	{"name":"u","port":9376,"protocol":"UDP"},{"name":"v","port":9399,"protocol":"UDP"}],"endpoints":[{"addresses":["'$a'"],"nodeName":"node1","conditions":{"ready":true}}]}' >"$dir/answer"
faults "UDP: one port answers, on the other nobody listens" default/mixed "listen " "$a:9399/UDP .* refuses datagrams"
said "and the one that does" '^ok     pod           .*10.43.0.14:81/UDP answers'
service ghost '"clusterIP":"10.43.0.13","ports":[{"port":80}]'
faults "no selector and no EndpointSlice" default/ghost "endpoints " 'no selector and no EndpointSlice'

# The proxy stops; what is changed meanwhile stays as it is. It stands still in every line from here on.
kill -STOP $proxy
faults "the Service proxy is stopped" default/web "proxy " "the Service proxy, minik \(pid $proxy\), does not answer on 127.0.0.1:10249"
if [ "$mode" = ipvs ]; then
	ipvsadm -D -t 10.43.0.7:80
	faults "a virtual server is deleted" default/web "entries proxy " 'virtual server TCP 10.43.0.7:80 is missing'
	proxy_again; healthy "its next start writes it" default/web; kill -STOP $proxy
	ipvsadm -a -t 10.43.0.7:80 -r 10.42.3.99:9376 -m -w 2
	faults "a real server too many" default/web "entries proxy " 'virtual server TCP 10.43.0.7:80: the real server 10.42.3.99:9376 \(weight 2\) should not be there'
	ipvsadm -d -t 10.43.0.7:80 -r 10.42.3.99:9376
	ipvsadm -e -t 10.43.0.7:80 -r "$a:9376" -m -w 3
	faults "another weight" default/web "entries proxy " "the real server $a:9376 has weight 3 instead of 1"
	ipvsadm -e -t 10.43.0.7:80 -r "$a:9376" -m -w 1
	ipvsadm -E -t 10.43.0.7:80 -s wrr
	faults "another scheduler" default/web "entries proxy " 'has the scheduler wrr instead of rr'
	ip addr del 10.43.0.7/32 dev kube-ipvs0
	faults "an address is gone" default/web "entries proxy " 'address 10.43.0.7 is missing on kube-ipvs0'
	proxy_again; healthy "its next start mends both" default/web; kill -STOP $proxy
	nft delete element inet minik-proxy cluster4 '{ 10.43.0.7 . tcp . 80 }'
	faults "an element is deleted" default/web "entries proxy " 'set cluster4: 10.43.0.7 TCP 80 is missing'
else
	nft delete element inet minik-proxy svc4 '{ 10.43.0.7 . tcp . 80 }'
	faults "an element is deleted" default/web "entries proxy " 'map svc4: 10.43.0.7 TCP 80 is missing: it should lead to list [0-9]+ of 1 endpoints'
	nft add element inet minik-proxy svc4 '{ 10.43.0.7 . tcp . 80 : 0 . 1 }'
	faults "it leads to another chain" default/web "entries proxy " 'map svc4: 10.43.0.7 TCP 80 leads to a refusal instead of list [0-9]+ of 1 endpoints'
	proxy_again; healthy "its next start writes it" default/web; kill -STOP $proxy
	nft add element inet minik-proxy svc4 '{ 10.43.0.7 . tcp . 81 : 0 . 1 }'
	faults "an element too many" default/web "entries proxy " 'map svc4: 10.43.0.7 TCP 81 should not be there'
	nft delete element inet minik-proxy svc4 '{ 10.43.0.7 . tcp . 81 }'
	nft insert rule inet minik-proxy services tcp dport 80 drop
	faults "a rule too many" default/web "entries proxy " 'chain services has a rule that drops that should not be there'
	nft delete rule inet minik-proxy services handle "$(nft -a list chain inet minik-proxy services | sed -n 's/.*tcp dport 80 drop # handle //p')"
	chain=c-4-1-$(($(nft list map inet minik-proxy svc4 | sed -n 's/.*10\.43\.0\.7 \. [^ ]* \. 80 : [^ ]* \. \([^ ,]*\).*/\1/p')))
	nft flush chain inet minik-proxy "$chain"
	faults "the rules of its chain are gone" default/web "entries proxy " "chain $chain: the rule that translates \(number 1 of 2\) is missing"
fi
proxy_again; healthy "its next start mends all" default/web; kill -STOP $proxy
handle=$(nft -a list chain inet minik-proxy postrouting | sed -n 's/.*masquerade.*# handle //p' | head -1)
nft delete rule inet minik-proxy postrouting handle $handle
faults "masquerade is gone" default/web "masquerade proxy " 'chain postrouting: the rule that masquerades .* is missing'
said "with what to do about it" 'mend: nft delete table inet minik-proxy'
proxy_again; until_ok $((5 * second)) answering # its first sync may be still to come
nft delete table inet minik-proxy
healthy "which mends it" default/web; kill -STOP $proxy
endpoints PUT web node1 look
merge $N/pods/a/status '{"status":{"conditions":[{"type":"Ready","status":"False"}]}}'
merge $N/pods/look '{"metadata":{"labels":{"app":"web"}}}'
case $mode in
ipvs) faults "another endpoint than the slices have" default/web "entries proxy " "the real server $look:9376 is missing|the real server $a:9376 .* should not be there" ;;
*) faults "another endpoint than the slices have" default/web "entries proxy " "leads to $a:9376 instead of $look:9376" ;;
esac
nft delete table inet minik-proxy
faults "the whole table is gone" default/web "entries proxy " 'there is no nftables table minik-proxy'
kill -CONT $proxy
healthy "the proxy goes on and mends all" default/web
kill $proxy; wait $proxy 2>/dev/null || :
faults "no Service proxy runs" default/web "proxy " 'no Service proxy runs on this node: nobody listens on 127.0.0.1:10249'

# What the proxy tells of itself, and its ports.
"$echo_" server other 10249 & other=$!; pids="$pids $other"
listens() { "$echo_" tcp 127.0.0.1 10249; }
until_ok $((5 * second)) listens
proxy_start
named() { grep -q "metrics (--metrics-bind-address): TCP port 10249 of 127.0.0.1 is taken by echo_tool (pid $other)" "$dir/proxy.log"; }
if until_ok $((10 * second)) named; then echo "ok a port that is taken: who has it is said"; else echo "not ok a port that is taken: who has it is said"; failed=1; fi
fit() { [ "$(curl -s --max-time $((5 * second)) -o "$dir/body" -w '%{http_code}' http://127.0.0.1:10256/healthz)" = "$1" ]; }
check() { if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1: expected '$2', got '$3'"; failed=1; fi }
check "and the proxy goes on: healthz is 200" yes "$(until_ok $((10 * second)) fit 200 && echo yes)"
check "with kube-proxy's body" yes "$(grep -qE '^\{"lastUpdated": "[^"]*","currentTime": "[^"]*", "nodeEligible": true\}$' "$dir/body" && echo yes)"
merge /api/v1/nodes/node1 '{"spec":{"taints":[{"key":"ToBeDeletedByClusterAutoscaler","effect":"NoSchedule"}]}}'
check "a node that is to go: 503" yes "$(until_ok $((10 * second)) fit 503 && grep -q '"nodeEligible": false' "$dir/body" && echo yes)"
check "but livez is 200" 200 "$(curl -s -o "$dir/body" -w '%{http_code}' http://127.0.0.1:10256/livez)"
merge /api/v1/nodes/node1 '{"spec":{"taints":null}}'
check "and it may stay" yes "$(until_ok $((10 * second)) fit 200 && echo yes)"
kill $other; wait $other 2>/dev/null || :
proxy_again
metrics() { curl -s --max-time $((5 * second)) http://127.0.0.1:10249/metrics >"$dir/metrics" && grep -q '^minik_proxy_services 9$' "$dir/metrics"; }
check "metrics count Services" yes "$(until_ok $((10 * second)) metrics && echo yes)"
check "endpoints" "minik_proxy_endpoints 12" "$(grep '^minik_proxy_endpoints ' "$dir/metrics")"
check "and have kube-proxy's names" "3" "$(grep -cE '^kubeproxy_(sync_proxy_rules_last_timestamp_seconds [1-9]|sync_proxy_rules_duration_seconds_count [1-9]|sync_full_proxy_rules_duration_seconds_count 1$)' "$dir/metrics")"
chains() { [ "$(curl -s http://127.0.0.1:10249/metrics | sed -n 's/^minik_proxy_kernel_entries{kind="chain"} //p')" = "$(nft list table inet minik-proxy | grep -cE '^	chain')" ]; }
check "chains as nft has them" yes "$(until_ok $((5 * second)) chains && echo yes)"
check "/proxyMode" "$mode" "$(curl -s http://127.0.0.1:10249/proxyMode)"
[ $failed = 0 ]
