#!/bin/bash
# The service load balancer: a server and two agents on one wire, a client machine beside them, pods that say who asks them.
. "$(dirname "$0")/lib.sh"
for t in jq gcc; do command -v $t >/dev/null || skip_all "needs $t"; done
MINIK=$(realpath "$MINIK")
build=$(realpath "${MINIK_BUILD:-$(dirname "$MINIK")}")
enter_sandbox "$@"
make -s -C "$build" tests/integration/echo_tool >&2 || skip_all "the tools cannot be built"
echo_=$build/tests/integration/echo_tool

# An image of the server.
. "$MINIK_TOP/examples/walkthrough/images/image.sh"
work=$T/work root=$T/root
mkdir -p "$work" "$root/bin" "$root/etc"
gcc -static -Os -s -w -pthread -o "$root/bin/echo" "$MINIK_TOP/tests/integration/echo_tool.c" || skip_all "no static program can be built"
out=$T/images
mkdir -p "$out"
image localhost:5000/echo:1.0 "$root" '{"Entrypoint":["/bin/echo"],"WorkingDir":"/"}'
for n in n1 n2 n3; do mkdir -p "$T/$n/data/images"; cp "$out"/*.tar "$T/$n/data/images/"; done

for i in 1 2 3; do node_add n$i 192.168.77.$i; done
node_add ext 192.168.77.9
server() { minik_start n1 server --write-kubeconfig "$T/kubeconfig" "$@"; }
server
check "API server" eventually 20 test -s "$T/kubeconfig" || exit 1
eventually 10 test -s "$T/n1/data/server/token"
for n in n2 n3; do minik_start $n agent --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")"; eval "agent_$n=$minik_pid"; done
ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = "$1" ]; }
check "three nodes" eventually 40 ready 3 || exit 1
eventually 20 k get sa default >/dev/null

pod() { # NAME NODE [MORE-OF-THE-CONTAINER]
	k apply -f - >/dev/null <<-Y
	{"apiVersion":"v1","kind":"Pod","metadata":{"name":"$1","labels":{"app":"${1%%-*}"}},"spec":{"nodeName":"$2","terminationGracePeriodSeconds":0,
	"containers":[{"name":"c","image":"localhost:5000/echo:1.0","imagePullPolicy":"IfNotPresent","args":["server","$1","9376"]${3:+,$3}}]}}
	Y
}
svc() { # NAME PORT [MORE-OF-THE-SPEC]
	k apply -f - 2>&1 <<-Y
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"$1"},"spec":{"type":"LoadBalancer","selector":{"app":"web"},
	"ports":[{"name":"t","port":$2,"targetPort":9376,"protocol":"TCP"}]${3:+,$3}}}
	Y
}
has() { # NAME [LAST-NUMBERS-OF-ADDRESSES...]
	local name=$1 i want=; shift
	for i; do want="$want 192.168.77.$i:VIP"; done
	[ "$(k get svc "$name" -o json | jq -r '[.status.loadBalancer.ingress[]? | " \(.ip):\(.ipMode)"] | add // ""')" = "$want" ]
}
ask() { in_node "$1" "$echo_" tcp "192.168.77.$2" "$3"; } # FROM AT PORT
from() { [ "$(ask "$1" "$2" "$3" | cut -d' ' -f1)" = "$4" ]; }
told() { k get events --field-selector "involvedObject.kind=Service,involvedObject.name=$1" -o json | jq -r '.items[] | "\(.type) \(.reason) \(.message)"' | grep -F -- "$2"; }
clean() { ! k get svc "$1" -o json | jq -e '.metadata.finalizers | index("service.kubernetes.io/load-balancer-cleanup")'; }

pod web-a n2
check "a pod runs" k wait --for=condition=Ready pod/web-a --timeout=60s || exit 1

# --- Cluster ---
svc web 9000 >/dev/null
check "the addresses of all nodes are in its status" eventually 10 has web 1 2 3
expect "kubectl shows them" 'LoadBalancer.* 192\.168\.77\.1,192\.168\.77\.2,192\.168\.77\.3 ' k get svc web --no-headers
expect "the finalizer" 'service.kubernetes.io/load-balancer-cleanup' k get svc web -o 'jsonpath={.metadata.finalizers}'
check "an Event says so" eventually 10 told web 'Normal EnsuredLoadBalancer Ensured load balancer'
for i in 1 2 3; do check "from outside at node $i" eventually 10 from ext $i 9000 web-a; done
for i in 1 2 3; do check "from node 1 at node $i" eventually 10 from n1 $i 9000 web-a; done
check "a node's other ports are the node's" in_node ext curl -ksf --max-time 5 -o /dev/null https://192.168.77.1:6443/readyz
check "... from another node" in_node n3 curl -ksf --max-time 5 -o /dev/null https://192.168.77.1:6443/readyz
check "... and agents are reached" k logs web-a
svc bare 9001 '"allocateLoadBalancerNodePorts":false' >/dev/null
check "without node ports" eventually 10 has bare 1 2 3
check "... it has none" [ -z "$(k get svc bare -o 'jsonpath={.spec.ports[*].nodePort}')" ]
check "... and answers" eventually 10 from ext 3 9001 web-a
svc mine 9002 '"loadBalancerClass":"minik.io/servicelb"' >/dev/null
check "of class minik.io/servicelb" eventually 10 has mine 1 2 3
svc other 9003 '"loadBalancerClass":"example.com/lb"' >/dev/null

# --- Local ---
svc local 9010 '"externalTrafficPolicy":"Local"' >/dev/null
check "policy Local: the node with an endpoint alone" eventually 10 has local 2
keeps() { [ "$(ask ext "$1" 9010)" = "$2 192.168.77.9" ]; }
check "... and the client's address is kept" eventually 10 keeps 2 web-a
pod web-b n3
check "another pod" k wait --for=condition=Ready pod/web-b --timeout=60s
check "its node follows" eventually 10 has local 2 3
check "... and answers with its own" eventually 10 keeps 3 web-b
k delete pod web-a --wait=true --timeout=60s >/dev/null
check "a node whose endpoint went goes" eventually 20 has local 3
check "... policy Cluster keeps it" has web 1 2 3
check "... and answers with what there is" eventually 10 from ext 2 9000 web-b

# A port by its name, which has another number in each pod.
named() { # NAME NODE PORT
	k apply -f - >/dev/null <<-Y
	{"apiVersion":"v1","kind":"Pod","metadata":{"name":"$1","labels":{"app":"named"}},"spec":{"nodeName":"$2","terminationGracePeriodSeconds":0,
	"containers":[{"name":"c","image":"localhost:5000/echo:1.0","imagePullPolicy":"IfNotPresent","args":["server","$1","$3"],"ports":[{"name":"door","containerPort":$3}]}]}}
	Y
}
named d1 n1 7001; named d2 n2 7002
k wait --for=condition=Ready pod/d1 pod/d2 --timeout=60s >/dev/null
svc named 9011 >/dev/null
k patch svc named --type=merge -p '{"spec":{"selector":{"app":"named"},"ports":[{"name":"t","port":9011,"targetPort":"door","protocol":"TCP"}]}}' >/dev/null
each() { [ "$(for _ in 1 2 3 4; do ask ext 3 9011; done | cut -d' ' -f1 | sort -u | tr '\n' ' ')" = "d1 d2 " ]; }
check "a targetPort by its name" eventually 15 each
k delete svc named --timeout=20s >/dev/null

# --- who may ask ---
svc web 9000 '"loadBalancerSourceRanges":["192.168.77.99/32"]' >/dev/null
refused() { in_node ext "$echo_" tcp "192.168.77.$1" 9000; [ $? = 4 ]; }
for i in 1 2; do check "a source that is not in the ranges gets no answer at node $i" eventually 10 refused $i; done
svc web 9000 '"loadBalancerSourceRanges":["192.168.77.99/32","192.168.77.9/32"]' >/dev/null
check "one that is does" eventually 10 from ext 1 9000 web-b
svc web 9000 '"loadBalancerSourceRanges":["0.0.0.0/0"]' >/dev/null
check "0.0.0.0/0 is everybody" eventually 10 from ext 2 9000 web-b

# --- ports that are taken ---
svc young 9000 >/dev/null
check "a port that another Service has: pending, and whose it is" eventually 10 told young 'Warning SyncLoadBalancerFailed port 9000/TCP of node n1 is taken by Service default/web'
check "... it has no address" has young
expect "... kubectl shows <pending>" '<pending>' k get svc young --no-headers
check "... the older one keeps them" has web 1 2 3
svc api 6443 >/dev/null
check "the API server's port" eventually 10 told api 'port 6443/TCP of node n1 is taken by the node itself (API server)'
check "... is free on agents" eventually 10 has api 2 3
check "... kubectl goes on" k get nodes
svc ingress 80 >/dev/null
check "Ingress' port" eventually 10 told ingress 'port 80/TCP of node n1 is taken by the node itself (Ingress)'
svc kubelet 10250 >/dev/null
check "the node agent's port" eventually 10 told kubelet 'port 10250/TCP of node n2 is taken by the node itself (node agent)'
check "... is free nowhere" has kubelet
pod host-a n2 '"ports":[{"containerPort":9376,"hostPort":9100}]'
check "a pod with a hostPort" k wait --for=condition=Ready pod/host-a --timeout=60s
pod host-b n2 '"ports":[{"containerPort":9376,"hostPort":9100}]'
svc hosted 9100 >/dev/null
check "its port" eventually 10 told hosted 'port 9100/TCP of node n2 is taken by pod default/host-a'
check "... is free on the others" eventually 10 has hosted 1 3
check "... a pod that is refused for it is never the one that has it" sh -c '[ "$1" = Failed ] && [ -z "$2" ]' - \
	"$(k get pod host-b -o 'jsonpath={.status.phase}')" "$(told hosted 'taken by pod default/host-b')"
# The first of two of one second keeps it, whichever of them has the lower uid.
for i in 1 2 3 4 5 6; do
	{ printf '{"apiVersion":"v1","kind":"List","items":['
	for n in first second; do printf '%s{"apiVersion":"v1","kind":"Service","metadata":{"name":"%s-%s"},"spec":{"type":"LoadBalancer","selector":{"app":"web"},"ports":[{"port":910%s}]}}' \
		"$([ $n = first ] || echo ,)" $n $i $i; done; echo ']}'; } | k apply -f - >/dev/null
done
decided() { [ "$(k get svc -o json | jq '[.items[] | select(.metadata.name | test("^(first|second)-")) | select(.status.loadBalancer.ingress)] | length')" = 6 ]; }
check "of two Services one has the port" eventually 10 decided
twice() { # those that were given addresses and have none
	k get events --field-selector reason=EnsuredLoadBalancer -o json | jq -r '.items[].involvedObject.name' | grep -E '^(first|second)-' | sort >"$T/given"
	k get svc -o json | jq -r '.items[] | select(.status.loadBalancer.ingress) | .metadata.name' | grep -E '^(first|second)-' | sort >"$T/having"
	diff "$T/given" "$T/having"
}
check "... and keeps it" eventually 5 twice
for i in 1 2 3 4 5 6; do k delete svc first-$i second-$i --wait=false >/dev/null; done
check "... the pod has it" eventually 10 from ext 2 9100 host-a
k delete pod host-a --wait=true --timeout=60s >/dev/null
check "... and everywhere when it has gone" eventually 20 has hosted 1 2 3
k delete svc web --timeout=20s >/dev/null
check "when the older Service goes, the younger one gets its port" eventually 10 has young 1 2 3
check "... and answers" eventually 10 from ext 1 9000 web-b

# --- which nodes ---
k label node n3 node.kubernetes.io/exclude-from-external-load-balancers= >/dev/null
check "a node that is excluded by its label" eventually 10 has young 1 2
k label node n3 node.kubernetes.io/exclude-from-external-load-balancers- >/dev/null
check "... comes back" eventually 10 has young 1 2 3
k label node n2 svccontroller.k3s.cattle.io/enablelb=true svccontroller.k3s.cattle.io/lbpool=a >/dev/null
check "nodes that are labelled as k3s has it, alone" eventually 10 has young 2
k label node n3 minik.io/enablelb=true minik.io/lbpool=b >/dev/null
check "... or with minik's label" eventually 10 has young 2 3
k label svc young svccontroller.k3s.cattle.io/lbpool=b >/dev/null
check "a pool" eventually 10 has young 3
k label node n2 n3 svccontroller.k3s.cattle.io/enablelb- svccontroller.k3s.cattle.io/lbpool- minik.io/enablelb- minik.io/lbpool- >/dev/null 2>&1
check "without labels all again" eventually 10 has young 1 2 3
svc chosen 9020 '"loadBalancerIP":"192.168.77.2"' >/dev/null
check "loadBalancerIP" eventually 10 has chosen 2
svc nobodys 9021 '"loadBalancerIP":"203.0.113.1"' >/dev/null
check "... that no node has" eventually 10 told nobodys 'loadBalancerIP "203.0.113.1" is the address of no node that may be used'

# --- the end of it ---
k patch svc mine --type=merge -p '{"spec":{"type":"ClusterIP","loadBalancerClass":null}}' >/dev/null
check "another type: addresses are taken back" eventually 10 has mine
check "... and the finalizer" eventually 10 clean mine
nobody() { ! ask ext 1 9002 | grep web; }
check "... nobody answers there" eventually 10 nobody
expect "a class of others was never touched" '^null [{]"loadBalancer":[{][}][}]$' sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get svc other -o json | jq -rc '\"\(.metadata.finalizers) \(.status)\"'"
k delete svc other chosen nobodys hosted bare --timeout=20s >/dev/null
expect "deleted ones are gone" '^api ingress kubelet kubernetes local mine young $' sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get svc -o name | sed 's#.*/##' | tr '\n' ' '"

# --- kill -9 in the midst ---
main() { kill -9 "$(minik_main_pid n1)"; wait "$minik_server" 2>/dev/null; }
minik_server=$(minik_main_pid n1)
for i in $(seq 1 12); do svc "many-$i" $((9200 + i)) >/dev/null; done
main
server
check "the server is back" eventually 30 ready 3
many() { local i; for i in $(seq 1 12); do has "many-$i" "$@" || return 1; done; }
check "killed and restarted: all have their addresses" eventually 20 many 1 2 3
k delete svc $(seq -f 'many-%g' 1 12) --wait=false >/dev/null
minik_server=$(minik_main_pid n1)
main
server
check "the server is back again" eventually 30 ready 3
none() { ! k get svc -o name | grep many; }
check "... those that were deleted go" eventually 20 none

# --- a node that is gone ---
kill -9 "$agent_n3"
check "a node that is not Ready any more" eventually 60 has young 1 2

# --- somebody else's ---
kill "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
server --disable servicelb
check "--disable servicelb" eventually 30 ready 2
svc left 9030 >/dev/null
k label node n2 node.kubernetes.io/exclude-from-external-load-balancers= >/dev/null
k patch svc left --subresource=status --type=merge -p '{"status":{"loadBalancer":{"ingress":[{"ip":"203.0.113.30","ipMode":"VIP"},{"ip":"203.0.113.31","ipMode":"Proxy"}]}}}' >/dev/null
in_node ext ip route add 203.0.113.0/24 via 192.168.77.1
vip() { [ "$(in_node ext "$echo_" tcp "203.0.113.$1" 9030 | cut -d' ' -f1)" = "$2" ]; }
pod web-c n2
k wait --for=condition=Ready pod/web-c --timeout=60s >/dev/null
check "what another controller writes holds: ipMode VIP is served by nodes" eventually 15 vip 30 web-c
no_proxy() { ! vip 31 web-c; }
check "... ipMode Proxy is not" no_proxy
expect "... and nothing was added" '^null 203.0.113.30 203.0.113.31$' sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get svc left -o json | jq -r '\"\(.metadata.finalizers) \([.status.loadBalancer.ingress[].ip] | join(\" \"))\"'"
check "... former ones are left as they are" has young 1 2
