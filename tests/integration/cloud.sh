#!/bin/bash
# An external cloud controller manager (ccm.py; CLOUD_CCM=FILE: Kubernetes' own, of tests/peers/build.sh ccm) beside a server and two agents with --cloud-provider external: who waits for it, what is its and stays
# its, its load balancers, its zones in EndpointSlices, and a machine that the cloud has not any more.
. "$(dirname "$0")/lib.sh"
for t in jq python3; do command -v $t >/dev/null || skip_all "needs $t"; done
MINIK=$(realpath "$MINIK")
enter_sandbox "$@"
for i in 1 2 3; do node_add n$i 192.168.77.$i; done
node_add ext 192.168.77.9
# n3 is not told its address.
eval "$(declare -f minik_flags | sed 's/^minik_flags/all_flags/')"
minik_flags() { if [ "$1" = n3 ]; then all_flags "$1" | sed 's/--node-ip [^ ]*//'; else all_flags "$1"; fi; }
mkdir -p "$T/n1/data/images"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/n1/data/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
for n in n2 n3; do mkdir -p "$T/$n/data/images"; cp "$T"/n1/data/images/*.tar "$T/$n/data/images/"; done
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --cloud-provider external --disable servicelb
check "API server" eventually 20 test -s "$T/kubeconfig" || exit 1
eventually 10 test -s "$T/n1/data/server/token"
agent() { local n=$1; shift; minik_start "$n" agent --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")" --cloud-provider external "$@"; }
agent n2 --provider-id custom://zone/i-2
agent_n2=$minik_pid
agent n3
ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = "$1" ]; }
check "three nodes" eventually 40 ready 3 || exit 1
node() { k get node "$1" -o json | jq -rc "$2"; }
is() { [ "$(node "$1" "$2")" = "$3" ]; }
TAINT='[.spec.taints[]? | select(.key | startswith("node.cloudprovider")) | "\(.key)=\(.value):\(.effect)"] | join(" ")'
ADDR='[.status.addresses[]? | "\(.type)=\(.address)"] | join(" ")'
NODE_IP='.metadata.annotations["alpha.kubernetes.io/provided-node-ip"]'

# --- before there is one ---
for n in n1 n2 n3; do check "$n waits for the cloud" is $n "$TAINT" node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule; done
check "an address that was given is a first guess" is n1 "$ADDR" "InternalIP=192.168.77.1 Hostname=n1"
check "... and is said in the annotation" is n1 "$NODE_IP" 192.168.77.1
check "one that was not given is left to the cloud" is n3 "$ADDR" ""
check "... and not said" is n3 "$NODE_IP" null
check "--provider-id" is n2 .spec.providerID custom://zone/i-2
check "none is made up" is n1 .spec.providerID null
k apply -f "$MINIK_TOP/examples/walkthrough/hostnames.yaml" >/dev/null
pending() { k get events -o json | jq -r '.items[] | select(.reason == "FailedScheduling").message' | grep -F '3 node(s) had untolerated taint'; }
check "pods wait, and why is said" eventually 15 pending

# --- it comes ---
instance() { # NODE ID ZONE NUMBER
	printf '"%s":{"id":"%s","zone":"%s","addresses":[{"type":"InternalIP","address":"192.168.77.%s"},{"type":"ExternalIP","address":"203.0.113.%s"}]}' "$1" "$2" "$3" "$4" "$4"
}
cloud() { # INSTANCES
	printf '{"instances":{%s},"balancers":[{"ip":"203.0.113.50","ipMode":"VIP"},{"ip":"203.0.113.51","ipMode":"Proxy"}]}' "$1" >"$T/cloud.new"
	mv "$T/cloud.new" "$T/cloud"
}
three="$(instance n1 fake://n1 a 1),$(instance n2 fake://n2 a 2),$(instance n3 fake://n3 b 3)"
cloud "$three"
if [ -n "${CLOUD_CCM:-}" ]; then
	in_node_exec n1 "$CLOUD_CCM" --cloud-provider file --cloud-config "$T/cloud" --kubeconfig "$T/kubeconfig" --leader-elect=false --secure-port 0 \
		--controllers cloud-node-controller,cloud-node-lifecycle-controller,service-lb-controller --node-monitor-period 1s --node-status-update-frequency 1s >"$T/ccm.log" 2>&1 &
else
	in_node_exec n1 python3 "$MINIK_TOP/tests/integration/ccm.py" "$T/kubeconfig" "$T/cloud" >"$T/ccm.log" 2>&1 &
fi
ccm=$! lib_pids="$lib_pids $!"
for n in n1 n2 n3; do check "$n waits no more" eventually 15 is $n "$TAINT" ""; done
check "addresses are the cloud's" is n1 "$ADDR" "InternalIP=192.168.77.1 ExternalIP=203.0.113.1 Hostname=n1"
check "... of the node that has said none" is n3 "$ADDR" "InternalIP=192.168.77.3 ExternalIP=203.0.113.3 Hostname=n3"
check "providerID" is n1 .spec.providerID fake://n1
check "... which the node had given is kept" is n2 .spec.providerID custom://zone/i-2
check "its zone" is n3 '.metadata.labels["topology.kubernetes.io/zone"]' b
check "pods run" k rollout status deploy/hostnames --timeout=60s
expect "the server reaches a node by the cloud's address" . k logs -l app=hostnames --tail=1 --prefix

# --- what is the cloud's stays so ---
READY='.status.conditions[] | select(.type == "Ready").message'
kill -9 "$agent_n2"; wait "$agent_n2" 2>/dev/null
k patch node n2 --subresource=status -p '{"status":{"conditions":[{"type":"Ready","status":"True","message":"not the agent'"'"'s word"}]}}' >/dev/null # a heartbeat's second may be the one before's
agent n2 --provider-id other://id
agent_n2=$minik_pid
warned() { grep -q 'has the provider id \\"custom://zone/i-2\\" for good' "$T/n2/agent.log"; }
check "an agent that comes back with another provider id says that it cannot be" eventually 15 warned
reported() { is n2 "$READY" "kubelet is posting ready status"; }
check "... it reports" eventually 15 reported
check "... its addresses are the cloud's" is n2 "$ADDR" "InternalIP=192.168.77.2 ExternalIP=203.0.113.2 Hostname=n2"
check "... its taint does not come back" is n2 "$TAINT" ""
check "... nor goes its zone" is n2 '.metadata.labels["topology.kubernetes.io/zone"]' a

# --- zones in EndpointSlices ---
k patch svc hostnames --type=merge -p '{"spec":{"trafficDistribution":"PreferSameZone"}}' >/dev/null
k scale deploy/hostnames --replicas=0 >/dev/null
pod() { # NAME NODE
	k apply -f - >/dev/null <<-Y
	{"apiVersion":"v1","kind":"Pod","metadata":{"name":"$1","labels":{"app":"hostnames"}},"spec":{"nodeName":"$2","terminationGracePeriodSeconds":0,
	"containers":[{"name":"c","image":"localhost:5000/hostnames:1.0","imagePullPolicy":"IfNotPresent"}]}}
	Y
}
for i in 1 2 3; do pod h$i n$i; done
check "a pod on each node" k wait --for=condition=Ready pod/h1 pod/h2 pod/h3 --timeout=60s
hints() {
	[ "$(k get endpointslices -l kubernetes.io/service-name=hostnames -o json |
		jq -r '[.items[].endpoints[]? | "\(.targetRef.name)=\(.zone)/\(.hints.forZones[0].name)"] | sort | join(" ")')" = "$1" ]
}
check "endpoints have zones and hints" eventually 20 hints "h1=a/a h2=a/a h3=b/b"
vip=$(k get svc hostnames -o 'jsonpath={.spec.clusterIP}')
asked() { for _ in 1 2 3 4 5 6; do in_node "$1" curl -fsS --max-time 2 "http://$vip/"; done | sort -u | tr '\n' ' '; }
near() { [ "$(asked "$1")" = "$2 " ]; }
check "a node asks those of its zone" eventually 10 near n3 h3
check "... all of them" eventually 10 near n1 'h1 h2'
cloud "$(instance n1 fake://n1 a 1),$(instance n2 fake://n2 b 2),$(instance n3 fake://n3 b 3)"
[ -z "${CLOUD_CCM:-}" ] || k label node n2 failure-domain.beta.kubernetes.io/zone=b topology.kubernetes.io/zone=b --overwrite >/dev/null # Kubernetes' own asks for a zone once, and then goes by the first
check "a node's zone changes: so do zones and hints" eventually 15 hints "h1=a/a h2=b/b h3=b/b"
check "... and whom others ask" eventually 10 near n3 'h2 h3'
check "... and whom it asks itself" eventually 10 near n2 'h2 h3'
check "... and who was its neighbour" eventually 10 near n1 h1

# --- its load balancers ---
k expose deploy hostnames --name lb --type=LoadBalancer --port=80 --target-port=9376 >/dev/null
status() { [ "$(k get svc lb -o json | jq -rc '[.status.loadBalancer.ingress[]? | "\(.ip)=\(.ipMode)"] | join(" ")')" = "203.0.113.50=VIP 203.0.113.51=Proxy" ]; }
check "a Service has the cloud's balancer in its status" eventually 15 status
in_node ext ip route add 203.0.113.0/24 via 192.168.77.1
answer() { in_node "$1" curl -sS --max-time 2 "http://203.0.113.$2/" | grep -q '^h[123]$'; }
check "ipMode VIP: nodes take what comes to the address" eventually 10 answer ext 50
check "... and keep what they send there" eventually 10 answer n2 50
not_kept() { ! answer "$1" 51; }
check "ipMode Proxy: that is for the balancer" not_kept n2
k delete svc lb --timeout=30s >/dev/null
check "the balancer's finalizer is its own to take away" [ -z "$(k get svc lb --ignore-not-found)" ]

# --- a machine that the cloud has not any more ---
kill -9 "$agent_n2"; wait "$agent_n2" 2>/dev/null
cloud "$(instance n1 fake://n1 a 1),$(instance n3 fake://n3 b 3)"
gone() { [ "$(k get nodes -o name | sort | tr '\n' ' ')" = "node/n1 node/n3 " ]; }
check "its Node is the cloud's to delete" eventually 60 gone
no_pod() { ! k get pod h2; }
check "... its pods follow" eventually 60 no_pod
check "the others are as they were" is n3 "$ADDR" "InternalIP=192.168.77.3 ExternalIP=203.0.113.3 Hostname=n3"
check "the cloud controller manager lives" kill -0 "$ccm"
