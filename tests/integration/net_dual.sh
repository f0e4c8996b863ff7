#!/bin/bash
# Two families: a server with --cluster-cidr and --service-cidr of both, and an agent that has them from the server; pods have two addresses and reach each other by
# either over vxlan; Services of both families, the cluster DNS among them. Bandwidth annotations.
. "$(dirname "$0")/lib.sh"
for t in dig jq curl; do command -v $t >/dev/null || skip_all "needs $t"; done
MINIK=$(realpath "$MINIK")
enter_sandbox "$@"
node_add n1 192.168.77.1
node_add n2 192.168.77.2
ip addr add fd77::fe/64 dev wire nodad
for i in 1 2; do in_node n$i ip addr add fd77::$i/64 dev eth0 nodad; in_node n$i ip route add default via fd77::fe; done
minik_flags() {
	local i=${1#n} cidr=
	[ "$1" != n1 ] || cidr="--cluster-cidr 10.42.0.0/16,fd42::/56 --service-cidr 10.43.0.0/16,fd43::/108" # the agent has them from the server
	echo "--data-dir $T/$1/data --run-dir $T/$1/run --cgroup-root $lib_cgroup-$1 --config $T/$1/config.yaml --node-name $1 --node-ip 192.168.77.$i,fd77::$i" \
		"--registries $T/$1/registries.yaml $cidr"
}
mkdir -p "$T/n1/data/images" "$T/n2/data/images"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/n1/data/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
cp "$T"/n1/data/images/*.tar "$T/n2/data/images/"
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "API server" eventually 20 test -s "$T/kubeconfig" || exit 1
eventually 10 test -s "$T/n1/data/server/token"
agent() { in_node n2 timeout 20 "$MINIK" agent $(minik_flags n2) --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")" "$@" 2>&1; }
: >"$T/n2/config.yaml"
expect "an agent that is told of another network is refused" 'flag --cluster-cidr: 10.50.0.0/16 is not the cluster.s cluster-cidr, which is 10.42.0.0/16,fd42::/56: leave it out' \
	agent --cluster-cidr 10.50.0.0/16
expect "of another domain, too" 'environment variable MINIK_CLUSTER_DOMAIN: other.local is not the cluster.s' env MINIK_CLUSTER_DOMAIN=other.local bash -c "$(declare -f agent in_node minik_flags)
	node_pid_n2=$node_pid_n2 T=$T MINIK=$MINIK lib_cgroup=$lib_cgroup; agent"
minik_start n2 agent --disable ingress --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")"
eventually_nft() { eventually 10 in_node n2 sh -c 'nft list table inet minik-net | grep fd42'; in_node n2 nft list table inet minik-net; }
ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 2 ]; }
check "two nodes" eventually 30 ready || exit 1
cidrs() { k get node "$1" -o jsonpath='{.spec.podCIDRs}'; }
expect "the first node has a network of each family" '^\["10\.42\.[01]\.0/24","fd42(:0:0:1)?::/64"\]$' cidrs n1
expect "the other one too" '^\["10\.42\.[01]\.0/24","fd42(:0:0:1)?::/64"\]$' cidrs n2
check "and they differ" [ "$(cidrs n1)" != "$(cidrs n2)" ]
expect "the agent masquerades by the cluster's networks" 'fd42::/56' eventually_nft
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

# --- Services ---
svc() { # NAME REST-OF-SPEC
	k apply -f - 2>&1 <<-Y
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"$1"},"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":9376}]${2:+,$2}}}
	Y
}
shape() { k get svc "$1" -o json | jq -rc '.spec | "\(.ipFamilyPolicy) \(.ipFamilies | join(",")) \(.clusterIPs | map(if test(":") then "6" else "4" end) | join(","))\(if .clusterIP == .clusterIPs[0] then "" else " differ" end)"'; }
is() { [ "$(shape "$1")" = "$2" ]; }
svc one >/dev/null; check "a Service has the first family" is one "SingleStack IPv4 4"
svc both '"ipFamilyPolicy":"PreferDualStack"' >/dev/null; check "PreferDualStack: both" is both "PreferDualStack IPv4,IPv6 4,6"
svc six '"ipFamilies":["IPv6"]' >/dev/null; check "the second family alone" is six "SingleStack IPv6 6"
svc order '"ipFamilyPolicy":"RequireDualStack","ipFamilies":["IPv6","IPv4"]' >/dev/null; check "the other order" is order "RequireDualStack IPv6,IPv4 6,4"
svc asked '"clusterIPs":["fd43::77","10.43.0.77"],"clusterIP":"fd43::77","ipFamilyPolicy":"PreferDualStack"' >/dev/null
expect "addresses that were asked for" '^\["fd43::77","10.43.0.77"\]$' k get svc asked -o 'jsonpath={.spec.clusterIPs}'
expect "... are nobody else's" 'provided IP is already allocated' svc twice '"clusterIP":"10.43.0.78","clusterIPs":["10.43.0.78","fd43::77"],"ipFamilyPolicy":"RequireDualStack"'
expect "... and of the network" 'is not in the valid range. The range of valid IPs is fd43::/108' svc outside '"clusterIP":"fd44::1"'
check "nothing was kept of what was refused" sh -c "! KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get ipaddress 10.43.0.78"
k patch svc one --type=merge -p '{"spec":{"ipFamilyPolicy":"PreferDualStack"}}' >/dev/null; check "a second family later" is one "PreferDualStack IPv4,IPv6 4,6"
second=$(k get svc one -o 'jsonpath={.spec.clusterIPs[1]}')
check "... with an IPAddress" k get ipaddress "$second"
k patch svc one --type=merge -p '{"spec":{"ipFamilyPolicy":"SingleStack"}}' >/dev/null; check "and back" is one "SingleStack IPv4 4"
check "... its address is free again" sh -c "! KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get ipaddress $second"
k delete svc asked >/dev/null
check "both are free when the Service goes" sh -c "! KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get ipaddress fd43::77 && ! KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get ipaddress 10.43.0.77"
svc bare '"clusterIP":"None"' >/dev/null; check "headless" is bare "SingleStack IPv4 4"
svc open '"clusterIP":"None","selector":null' >/dev/null; check "headless without a selector" is open "RequireDualStack IPv4,IPv6 4"
expect "the network of both is told" '^\["10.43.0.0/16","fd43::/108"\]$' k get servicecidr kubernetes -o 'jsonpath={.spec.cidrs}'
web() { # NAME NODE
	k apply -f - >/dev/null <<-Y
	{"apiVersion":"v1","kind":"Pod","metadata":{"name":"$1","labels":{"app":"web"}},"spec":{"nodeName":"$2","terminationGracePeriodSeconds":0,
	"containers":[{"name":"c","image":"${image%toolbox*}hostnames:1.0","imagePullPolicy":"IfNotPresent"}]}}
	Y
}
web w1 n1; web w2 n2
check "pods for them" k wait --for=condition=Ready pod/w1 pod/w2 --timeout=60s
read -r v4 v6 <<-A
$(k get svc both -o 'jsonpath={.spec.clusterIPs[0]} {.spec.clusterIPs[1]}')
A
four() { k exec a -- timeout 3 wget -qO- "http://$v4/" | grep -q '^w[12]$'; }
six() { k exec a -- timeout 3 wget -qO- "http://[$v6]/" | grep -q '^w[12]$'; }
check "by IPv4" eventually 10 four
check "by IPv6" eventually 10 six
dns() { in_node n1 dig +tries=1 +time=2 +short @10.43.0.10 "$@"; }
check "AAAA of it" [ "$(dns both.default.svc.cluster.local AAAA)" = "$v6" ]
# The cluster DNS itself.
kube_dns() { [ "$(k -n kube-system get svc kube-dns -o 'jsonpath={.spec.clusterIPs}')" = '["10.43.0.10","fd43::a"]' ]; }
check "kube-dns has an address of each" eventually 15 kube_dns
slices() { [ "$(k -n kube-system get endpointslices -l kubernetes.io/service-name=kube-dns -o json | jq -r '[.items[] | .addressType] | sort | join(" ")')" = "IPv4 IPv4 IPv6 IPv6" ]; }
check "... and each node an endpoint of each" eventually 20 slices
by_six() { [ "$(in_node "$1" dig +tries=1 +time=2 +short @fd43::a kubernetes.default.svc.cluster.local)" = 10.43.0.1 ]; }
for n in n1 n2; do check "... which answers on $n" eventually 15 by_six $n; done
check "... over TCP" [ "$(in_node n2 dig +tcp +tries=1 +time=2 +short @fd43::a kubernetes.default.svc.cluster.local)" = 10.43.0.1 ]
check "... with a name" [ "$(dns -x fd43::a)" = kube-dns.kube-system.svc.cluster.local. ]
# A balancer of both families has both addresses of each node.
svc lb '"type":"LoadBalancer","ipFamilyPolicy":"PreferDualStack"' >/dev/null
lb() { [ "$(k get svc lb -o json | jq -r '[.status.loadBalancer.ingress[]?.ip] | join(" ")')" = "$1" ]; }
check "port 80 is Ingress' on the server" eventually 10 lb "192.168.77.2 fd77::2"
answers() { in_node n1 curl -gfsS --max-time 2 "http://$1/" | grep -q '^w[12]$'; }
check "balancer by IPv4" eventually 10 answers 192.168.77.2
check "balancer by IPv6" eventually 10 answers '[fd77::2]'

expect "a token bucket for what goes to the pod" 'tbf .* rate 20Mbit' in_node n2 tc qdisc show
expect "and for what comes from it" 'dev ifb[0-9a-f]+ root .* rate 10Mbit' in_node n2 tc qdisc show
expect "none for others" '^0$' sh -c "nsenter -t $node_pid_n1 -n tc qdisc show | grep -c tbf; :"
told() { k get events --field-selector involvedObject.name=bad | grep 'egress-bandwidth: "fast" is not from 1k to 1P'; }
check "a bandwidth that is none is told" eventually 20 told
k delete pod b --timeout=60s >/dev/null
no_ifb() { ! in_node n2 ip -o link | grep ifb; }
check "its device goes with the pod" eventually 10 no_ifb

# What was learned of the cluster is kept: an agent starts while no server answers.
kill -9 "$(minik_main_pid n1)" "$(minik_main_pid n2)"
for n in n1 n2; do eventually 10 flock -n "$T/$n/run/minik.lock" true; done # they are gone
in_node n2 nft delete table inet minik-net
minik_start n2 agent --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")"
alone() { grep -q "the cluster's networks are those of the last start" "$T/n2/agent.log" && grep -q 'is a node of https://192.168.77.1:6443' "$T/n2/agent.log"; }
: >"$T/n2/agent.log"
check "an agent starts with what it knows while no server answers" eventually 15 alone
changed() { in_node n1 timeout 20 "$MINIK" server $(minik_flags n1 | sed "s@--cluster-cidr.*@@") --write-kubeconfig "$T/kubeconfig" "$@" 2>&1; }
expect "a cluster's Services stay in their networks" 'minik: --service-cidr: 10.43.0.0/16 is not this cluster.s, which is 10.43.0.0/16,fd43::/108 since its first start and can neither change nor get another family: write that, or give a new cluster a --data-dir of its own' \
	changed --cluster-cidr 10.42.0.0/16
expect "... and its pods in theirs" 'minik: --cluster-cidr: 10.42.0.0/16 is not this cluster.s, which is 10.42.0.0/16,fd42::/56' changed --service-cidr 10.43.0.0/16,fd43:0::/108
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "and masquerades by it when there is one again" eventually 20 in_node n2 sh -c 'nft list table inet minik-net | grep fd42'

# --- IPv6 alone, and nobody says which address: the node's is of the family of Services ---
kill -9 "$(minik_main_pid n1)" "$(minik_main_pid n2)"
for n in n1 n2; do eventually 10 flock -n "$T/$n/run/minik.lock" true; done # they are gone
for i in 1 2; do
	in_node n$i "$MINIK" killall --data-dir "$T/n$i/data" --run-dir "$T/n$i/run" >"$T/killall.log" 2>&1 || not_ok "the first cluster ends on n$i" "$(cat "$T/killall.log")"
	mv "$T/n$i/data" "$T/n$i/data-of-both"
	mkdir -p "$T/n$i/data/images"
	cp "$T/n$i/data-of-both/images/"*.tar "$T/n$i/data/images/"
done
minik_flags() {
	local cidr=
	[ "$1" != n1 ] || cidr="--cluster-cidr fd52::/56 --service-cidr fd53::/108"
	echo "--data-dir $T/$1/data --run-dir $T/$1/run --cgroup-root $lib_cgroup-$1 --config $T/$1/config.yaml --node-name $1 --registries $T/$1/registries.yaml $cidr"
}
rm -f "$T/kubeconfig"
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "a server of IPv6 alone" eventually 20 test -s "$T/kubeconfig" || exit 1
eventually 10 test -s "$T/n1/data/server/token"
minik_start n2 agent --server "https://[fd77::1]:6443" --token "$(cat "$T/n1/data/server/token")"
check "two nodes of it" eventually 30 ready || exit 1
internal() { k get node "$1" -o 'jsonpath={.status.addresses[?(@.type=="InternalIP")].address}'; }
expect "the server has its IPv6 address" '^fd77::1$' internal n1
expect "the agent too, though it learned only then" '^fd77::2$' internal n2
expect "Service kubernetes has an endpoint of its family" '^IPv6 fd77::1$' k get endpointslice kubernetes -o 'jsonpath={.addressType} {.endpoints[0].addresses[0]}'
eventually 20 k get sa default >/dev/null
pod a n1
pod b n2
check "pods run" k wait --for=condition=Ready pod/a pod/b --timeout=60s
expect "with one address" '^fd52:[0-9a-f:]+$' ips b
check "logs of a pod, by IPv6" k logs b
check "exec in one on the other node" k exec b -- true
for p in a b; do check "pod $p reaches the API server" eventually 10 k exec $p -- sh -c 'nc -w 2 fd53::1 443 </dev/null'; done
check "pod to pod" eventually 10 k exec a -- ping -c1 -W1 "$(ips b)"
for h in '[::1]' 127.0.0.1 '[fd77::2]'; do
	check "the proxy's health at $h" in_node n2 curl -gfsS --max-time 2 -o "$T/health" "http://$h:10256/livez"
	expect "the node agent at $h" '^401$' in_node n2 curl -gksS --max-time 2 -o "$T/health" -w '%{http_code}' "https://$h:10250/pods"
done
expect "the debugger on an agent asks the cluster's DNS" '^ok +dns .*fd53::a' in_node n2 "$MINIK" debug service default/kubernetes --data-dir "$T/n2/data" --run-dir "$T/n2/run" --config "$T/n2/config.yaml"
