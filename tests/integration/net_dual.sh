#!/bin/bash
# Two families: a server and an agent with --cluster-cidr of both; pods have two addresses and reach each other by either over vxlan. Bandwidth annotations.
. "$(dirname "$0")/lib.sh"
MINIK=$(realpath "$MINIK")
enter_sandbox "$@"
node_add n1 192.168.77.1
node_add n2 192.168.77.2
for i in 1 2; do in_node n$i ip addr add fd77::$i/64 dev eth0 nodad; done
minik_flags() {
	local i=${1#n}
	echo "--data-dir $T/$1/data --run-dir $T/$1/run --cgroup-root $lib_cgroup-$1 --config $T/$1/config.yaml --node-name $1 --node-ip 192.168.77.$i,fd77::$i" \
		"--registries $T/$1/registries.yaml --cluster-cidr 10.42.0.0/16,fd42::/56"
}
mkdir -p "$T/n1/data/images" "$T/n2/data/images"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/n1/data/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
cp "$T"/n1/data/images/*.tar "$T/n2/data/images/"
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "API server" eventually 20 test -s "$T/kubeconfig" || exit 1
eventually 10 test -s "$T/n1/data/server/token"
minik_start n2 agent --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")"
ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 2 ]; }
check "two nodes" eventually 30 ready || exit 1
cidrs() { k get node "$1" -o jsonpath='{.spec.podCIDRs}'; }
expect "the first node has a network of each family" '^\["10\.42\.[01]\.0/24","fd42(:0:0:1)?::/64"\]$' cidrs n1
expect "the other one too" '^\["10\.42\.[01]\.0/24","fd42(:0:0:1)?::/64"\]$' cidrs n2
check "and they differ" [ "$(cidrs n1)" != "$(cidrs n2)" ]
expect "both addresses of the node" '192.168.77.2 fd77::2' k get node n2 -o 'jsonpath={.status.addresses[?(@.type=="InternalIP")].address}'
expect "... are reported as often as others'" '^0$' sh -c "grep -c 'cannot report this node' '$T/n2/agent.log'; :"
eventually 20 k get sa default >/dev/null
image=$(sed -n 's/.*image: *//p' "$MINIK_TOP/examples/walkthrough/toolbox.yaml" | head -1)
pod() { # NAME NODE ANNOTATIONS
	k apply -f - >/dev/null <<-Y
	{"apiVersion":"v1","kind":"Pod","metadata":{"name":"$1","annotations":{${3:-}}},"spec":{"nodeName":"$2","terminationGracePeriodSeconds":0,
	"containers":[{"name":"c","image":"$image","imagePullPolicy":"IfNotPresent","command":["sleep","3600"]}]}}
	Y
}
pod a n1
pod b n2 '"kubernetes.io/ingress-bandwidth":"20M","kubernetes.io/egress-bandwidth":"10M"'
pod bad n1 '"kubernetes.io/egress-bandwidth":"fast"'
check "pods run" k wait --for=condition=Ready pod/a pod/b --timeout=60s
ips() { k get pod "$1" -o jsonpath='{.status.podIPs[*].ip}'; }
expect "two addresses" '^10\.42\.[0-9.]+ fd42:[0-9a-f:]+$' ips b
set -- $(ips b)
check "pod to pod by IPv4" eventually 5 k exec a -- ping -c1 -W1 "$1"
check "by IPv6" eventually 5 k exec a -- ping -c1 -W1 "$2"
expect "a token bucket for what goes to the pod" 'tbf .* rate 20Mbit' in_node n2 tc qdisc show
expect "and for what comes from it" 'dev ifb[0-9a-f]+ root .* rate 10Mbit' in_node n2 tc qdisc show
expect "none for others" '^0$' sh -c "nsenter -t $node_pid_n1 -n tc qdisc show | grep -c tbf; :"
told() { k get events --field-selector involvedObject.name=bad | grep 'egress-bandwidth: "fast" is not from 1k to 1P'; }
check "a bandwidth that is none is told" eventually 20 told
k delete pod b --timeout=60s >/dev/null
no_ifb() { ! in_node n2 ip -o link | grep ifb; }
check "its device goes with the pod" eventually 10 no_ifb
