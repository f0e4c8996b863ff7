#!/bin/bash
# minik debug service with real pods, on a server and on an agent: everything right gives ok lines alone; each thing that is broken on purpose gives the one
# line that points at it. What is broken in the kernel is in debug_service.sh, in both proxy modes.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
for t in jq nft; do command -v $t >/dev/null || skip_all "$t is not installed"; done

# dbg WHAT FLAGS...: the faults as "step: message", and whether the exit status fits; all lines in $T/dbg.json.
dbg() {
	local what=$1 status; shift
	in_node "${K_NODE:-n1}" "$MINIK" debug service "$what" --run-dir "$T/${K_NODE:-n1}/run" -o json "$@" >"$T/dbg.json" 2>"$T/dbg.err"
	status=$?
	cat "$T/dbg.err" >>"$T/dbg.log" # for what sanitizers report
	[ -s "$T/dbg.json" ] || { echo "status $status: $(cat "$T/dbg.err")"; return; }
	jq -r '.steps[] | select(.result == "fault") | "\(.step): \(.message); mend: \(.mend)"' "$T/dbg.json"
	[ "$(jq -r .ok "$T/dbg.json")" = "$([ $status = 0 ] && echo true || echo false)" ] || echo "exit status $status does not fit"
}
# faults NAME SERVICE STEPS PATTERN: exactly these steps, sorted, have faults, and what is said matches.
faults() {
	local out; out=$(dbg "$2")
	if [ "$(printf '%s\n' "$out" | sed -n 's/^\([a-z.]*\): .*/\1/p' | sort -u | xargs)" = "$3" ] && printf '%s' "$out" | grep -qE -- "$4"; then ok "$1"
	else not_ok "$1" "$out
wanted: $3: $4
$(jq -c '.steps[]' "$T/dbg.json" 2>/dev/null)"; fi
}
healthy() { [ -z "$(dbg "$1")" ]; }

node_add n1 192.168.77.1
node_add n2 192.168.77.2
MINIK_SERVICE_CIDR=10.53.0.0/16 server_with_images n1 # which the agent has from the server
token=$("$MINIK" token --data-dir "$T/n1/data" --run-dir "$T/n1/run" 2>/dev/null || in_node n1 "$MINIK" token --data-dir "$T/n1/data" --run-dir "$T/n1/run")
mkdir -p "$T/n2/data/images" && ln "$T"/n1/data/images/*.tar "$T/n2/data/images/" 2>/dev/null
minik_start n2 agent --server https://192.168.77.1:6443 --token "$token"
two() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 2 ]; }
check "two nodes are ready" eventually 60 two || exit 1

svc() { # NAME REST-OF-SPEC
	printf '{"apiVersion":"v1","kind":"Service","metadata":{"name":"%s"},"spec":{%s}}' "$1" "$2" | k apply -f - >/dev/null
}
pod() { # NAME LABEL NODE REST-OF-CONTAINER
	printf '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"%s"}},"spec":{"terminationGracePeriodSeconds":0,"nodeSelector":{"kubernetes.io/hostname":"%s"},"containers":[{"name":"c",%s}]}}' \
		"$1" "$2" "$3" "$4" | k apply -f - >/dev/null
}
hostnames='"image":"localhost:5000/hostnames:1.0","ports":[{"name":"http","containerPort":9376}]'
pod web-1 web n1 "$hostnames"
pod web-2 web n2 "$hostnames"
pod look look n1 '"image":"localhost:5000/toolbox:1.0","command":["sleep","100000"]'
svc web '"type":"NodePort","selector":{"app":"web"},"ports":[{"port":80,"targetPort":"http"}]'
k wait --for=condition=Ready --timeout=60s pod/web-1 pod/web-2 pod/look >/dev/null || { k get pods -o wide; exit 1; }

# Nothing is wrong.
check "a healthy Service has no fault" eventually 10 healthy default/web || { cat "$T/dbg.json"; dbg default/web; }
expect "every step said ok" '^dns endpoints entries hairpin listen masquerade node nodeport pod proxy resolv.conf service slices sysctl$' \
	sh -c "jq -r '.steps[] | select(.result == \"ok\") | .step' $T/dbg.json | sort -u | xargs"
expect "as lines for people" '^ok     endpoints     2 ready: .*web-[12]\), .*web-[12]\)' in_node n1 "$MINIK" debug service default/web --run-dir "$T/n1/run"
expect "exit status 0" '^0$' sh -c "nsenter --target $node_pid_n1 --net --mount -- $MINIK debug service web --run-dir $T/n1/run >/dev/null; echo \$?"
K_NODE=n2
check "nor on the agent, by its node's rights" healthy default/web || dbg default/web
expect "which cannot see pods of other nodes, and says so" 'those of others are not shown to a node' jq -r '.steps[] | select(.step == "slices") | .message' "$T/dbg.json"
expect "and asks the cluster DNS that its cluster told it of" '^web.default.svc.cluster.local is 10.53.[0-9.]* at 10.53.0.10$' jq -r '.steps[] | select(.step == "dns") | .message' "$T/dbg.json"
K_NODE=n1
check "kube-dns itself" healthy kube-system/kube-dns || dbg kube-system/kube-dns
check "kubernetes.default, whose slices are written by hand" healthy default/kubernetes || dbg default/kubernetes

# Arguments, and what is not there.
expect "a Service that is not there" "status 1: minik: there is no Service default/nothing: kubectl get services -n default" dbg default/nothing
expect "one of another namespace" "status 1: minik: there is no Service default/kube-dns; there is one in namespace kube-system" dbg default/kube-dns
expect "no Service named: usage, status 2" '^2 minik: usage: minik debug service NAMESPACE/NAME' sh -c "o=\$($MINIK debug service 2>&1); echo \$? \$o"
expect "something else named: usage, status 2" '^2 minik: usage' sh -c "o=\$($MINIK debug pod a/b 2>&1); echo \$? \$o"

# Endpoints.
svc web '"type":"NodePort","selector":{"app":"wbe"},"ports":[{"port":80,"targetPort":"http"}]'
faults "wrong selector: and what the pods have instead" default/web endpoints 'selector app=wbe matches no pod.*pod (look has app=look|web-. has app=web)'
svc web '"type":"NodePort","selector":{"app":"web"},"ports":[{"port":80,"targetPort":"htpt"}]'
faults "targetPort by a name that no container has" default/web endpoints 'targetPort "htpt" of port 80: no container.*has: http 9376/TCP'
svc web '"type":"NodePort","selector":{"app":"web"},"ports":[{"port":80,"targetPort":"http"}]'
pod lazy lazy n1 "$hostnames"',"readinessProbe":{"httpGet":{"path":"/","port":81},"periodSeconds":1}'
svc lazy '"selector":{"app":"lazy"},"ports":[{"port":80,"targetPort":9376}]'
unhealthy() { k get events --field-selector reason=Unhealthy | grep -q lazy; }
check "a probe fails" eventually 20 unhealthy
faults "readinessProbe that fails, with its last event" default/lazy endpoints 'pod lazy is Running and not ready: the readinessProbe of its container c fails: Readiness probe failed.*81'
expect "and the address refuses at once, which is as it should be" 'refuses at once' jq -r '.steps[] | select(.step == "pod") | .message' "$T/dbg.json"
pod huge huge n1 "$hostnames"',"resources":{"requests":{"cpu":"1000"}}'
svc huge '"selector":{"app":"huge"},"ports":[{"port":80,"targetPort":9376}]'
pending() { k get pod huge -o jsonpath='{.status.conditions[*].reason}' | grep -q Unschedulable; }
eventually 20 pending
faults "a pod that no node takes" default/huge endpoints 'pod huge is Pending: no node takes it: .*cpu'
pod crash crash n1 '"image":"localhost:5000/toolbox:1.0","command":["sh","-c","exit 7"]'
svc crash '"selector":{"app":"crash"},"ports":[{"port":80,"targetPort":9376}]'
crashing() { k get pod crash -o jsonpath='{.status.containerStatuses[0].state.waiting.reason}' | grep -q CrashLoopBackOff; }
eventually 30 crashing
faults "CrashLoopBackOff, with its exit code and where to look" default/crash endpoints 'ends again and again \(CrashLoopBackOff, [0-9]+ restarts, exit code 7\); mend: kubectl logs -n default crash -c c --previous'
pod image image n1 '"image":"localhost:5000/nothing:1.0"'
svc image '"selector":{"app":"image"},"ports":[{"port":80,"targetPort":9376}]'
pulling() { k get pod image -o jsonpath='{.status.containerStatuses[0].state.waiting.reason}' | grep -qE 'ErrImagePull|ImagePullBackOff'; }
eventually 30 pulling
faults "an image that cannot be had" default/image endpoints 'its image localhost:5000/nothing:1.0 cannot be had \((ErrImagePull|ImagePullBackOff)'
k delete pod lazy huge crash image --wait=false >/dev/null
svc none '"ports":[{"port":80}]'
faults "no selector and no EndpointSlice" default/none endpoints 'no selector and no EndpointSlice'

# Nobody listens on the pods' port.
svc deaf '"selector":{"app":"web"},"ports":[{"port":80,"targetPort":9377}]'
faults "nobody listens in the pod" default/deaf listen 'nobody listens on port 9377 in pod web-1: .*refuses connections'

# Policies.
k apply -f - >/dev/null <<-Y
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: friend}}}]}]}
Y
applied() { in_node n1 nft list table inet minik-policy; }
eventually 10 applied
faults "a NetworkPolicy that stands between is named" default/web policy 'NetworkPolicy default/closed \(Ingress\): pod default/look may not reach pod web-'
k label pod look app=friend --overwrite >/dev/null
friend() { healthy default/web; }
check "whom it lets is chosen, and there is no fault" eventually 10 friend || dbg default/web
k delete networkpolicy closed >/dev/null

# Headless, ExternalName.
svc head '"clusterIP":"None","selector":{"app":"web"},"ports":[{"port":80,"targetPort":9376}]'
headless() { [ "$(k get endpointslices -l kubernetes.io/service-name=head -o jsonpath='{.items[*].endpoints[*].addresses[0]}' | wc -w)" = 2 ]; }
eventually 10 headless
check "a headless Service" eventually 10 healthy default/head || dbg default/head
svc far '"type":"ExternalName","externalName":"far.example"'
check "an ExternalName" eventually 10 healthy default/far || dbg default/far

# Local.
svc near '"type":"NodePort","externalTrafficPolicy":"Local","selector":{"app":"far"},"ports":[{"port":80,"targetPort":9376}]'
pod far-1 far n2 "$hostnames"
k wait --for=condition=Ready --timeout=60s pod/far-1 >/dev/null
faults "externalTrafficPolicy Local and no pod here" default/near local 'externalTrafficPolicy is Local and this node has no ready endpoint.*nodes that have one: n2'

# A policy around a pod of the other node: this node is not let either, which is no fault of its own.
svc remote '"type":"NodePort","selector":{"app":"far"},"ports":[{"port":80,"targetPort":9376}]'
remote() { healthy default/remote; }
check "a pod of the other node" eventually 10 remote || dbg default/remote
k apply -f - >/dev/null <<-Y
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: alone}
spec: {podSelector: {matchLabels: {app: far}}, policyTypes: [Ingress]}
Y
applied() { in_node n2 nft list table inet minik-policy; }
eventually 10 applied
cut() { dbg default/remote; jq -e '[.steps[] | select(.result == "skip") | select(.message | contains("default/alone (Ingress) may be meant to do")) | .step] | sort == ["listen", "node", "nodeport"]' "$T/dbg.json"; }
check "steps listen, node and nodeport name the policy" eventually 10 cut || cat "$T/dbg.json"
faults "and only step policy has a fault" default/remote policy 'NetworkPolicy default/alone \(Ingress\): pod default/look may not reach pod far-1 port 9376, nor may any other pod'
expect "as from a pod that is named" '^policy: NetworkPolicy default/alone \(Ingress\): pod default/web-1 may not reach pod far-1 port 9376; mend' dbg default/remote --from default/web-1
expect "one of another node" '^status 1: minik: --from: pod default/far-1 is on node n2, not on node n1: run this there' dbg default/remote --from default/far-1
K_NODE=n2
expect "which its node says of those it may not see" '^status 1: minik: --from: there is no pod default/web-1 on node n2' dbg default/remote --from default/web-1
K_NODE=n1
k delete networkpolicy alone >/dev/null

# Somebody's packet filter between the nodes drops the pod network: seen by no rule and no object of the cluster.
said() { jq -r ".steps[] | select(.step == \"$1\") | \"\(.result): \(.message)\"" "$T/dbg.json"; }
in_node n2 nft 'add table inet somebody; add chain inet somebody in { type filter hook input priority -300; }; add rule inet somebody in udp dport 8472 drop'
silent='node n2 \(192.168.77.2\) does not answer through the pod network \(vxlan\): its endpoints, such as 10\.42\.[0-9.]+ of pod'
faults "the pod network to another node is dropped: which node, and what to let through" default/remote listen "$silent far-1, are out of reach from here; mend: let UDP port 8472 through between the nodes"
expect "step node names it" '^skip: 10\.53\.[0-9.]+:80 does not answer within 2 s from this node: node n2 does not answer through the pod network \(as the fault of step listen has it\)$' said node
expect "step pod names it" '^skip: .* from pod default/[a-z0-9-]+: node n2 does not answer through the pod network \(as the fault of step listen has it\)$' said pod
faults "... also where an endpoint of this node answers" default/web listen "$silent web-2,"
expect "... and step node, whichever of the two it got" 'node n2 does not answer through the pod network' said node
svc remote-udp '"selector":{"app":"far"},"ports":[{"port":80,"protocol":"UDP","targetPort":9376}]'
faults "... by UDP, where silence alone tells nothing" default/remote-udp listen "$silent far-1,"
K_NODE=n2
faults "... seen from the other side" default/web listen 'node n1 \(192.168.77.1\) does not answer through the pod network'
K_NODE=n1
expect "minik status has it as well" '^peer: +n2, 192.168.77.2: no answer$' in_node n1 "$MINIK" status --run-dir "$T/n1/run"
in_node n2 nft add rule inet somebody in icmp type echo-request drop
faults "a machine that answers to nothing is told from one whose pod network is dropped" default/remote listen 'mend: that machine does not answer a ping at its own address either'
in_node n2 nft delete table inet somebody
check "without the filter all is well" eventually 10 remote || dbg default/remote

# What minik status says of all that.
expect "minik status counts Services and rules" 'Services: +[0-9]+, [0-9]+ endpoints; nftables: [0-9]+ chains, [0-9]+ rules, [0-9]+ elements' in_node n1 "$MINIK" status --run-dir "$T/n1/run"
