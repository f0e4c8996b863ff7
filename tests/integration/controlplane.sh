#!/bin/bash
# The control plane without a node agent: controllers, scheduler and binder over the API server, with a Node written by hand.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
walk=$MINIK_TOP/examples/walkthrough
node_add n1 192.168.77.1
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent
check "server answers" eventually 20 k get --raw /readyz || exit 1
check "namespaces get their service account" eventually 5 k get sa default -n kube-public
check "... and the root CA" eventually 5 k get cm kube-root-ca.crt

node() { # node NAME CPU
	printf '{"apiVersion":"v1","kind":"Node","metadata":{"name":"%s","labels":{"kubernetes.io/hostname":"%s","disk":"%s"}}}' "$1" "$1" "$3" | k create -f - >/dev/null
	k patch node "$1" --subresource=status --type=merge -p "{\"status\":{\"allocatable\":{\"cpu\":\"$2\",\"memory\":\"4Gi\",\"pods\":\"110\"},
		\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\",\"reason\":\"KubeletReady\",\"message\":\"\",\"lastHeartbeatTime\":\"$(date -u +%FT%TZ)\",\"lastTransitionTime\":\"$(date -u +%FT%TZ)\"}]}}" >/dev/null
}
node a 1 ssd
node b 4 hdd
# Both live as long as this script runs, though their clocks are an hour off.
beat() { k patch node "$1" --subresource=status -p '{"status":{"conditions":[{"type":"Ready","status":"True","lastHeartbeatTime":"'"$(date -u -d "$2 hour" +%FT%TZ)"'"}]}}'; }
(while sleep 5; do beat a -1; beat b +1; done >/dev/null 2>&1) & beats=$!
lib_pids="$lib_pids $beats"
cidrs() { [ "$(k get nodes -o 'jsonpath={.items[*].spec.podCIDR}' | tr ' ' '\n' | sort -u | grep -c '^10\.42\.[0-9]*\.0/24$')" = 2 ]; }
check "each node has a pod CIDR of its own" eventually 5 cidrs
ready_again() { ! k get nodes -o 'jsonpath={.items[*].spec.taints}' | grep -q .; }
check "ready nodes carry no taint" eventually 5 ready_again

pod() { # pod NAME EXTRA_SPEC
	printf '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"%s"}},"spec":{"containers":[{"name":"c","image":"x"%s}]%s}}' "$1" "$1" "${3:-}" "${2:-}" | k create -f - >/dev/null
}
on() { k get pod "$1" -o 'jsonpath={.spec.nodeName}' | grep -qx "$2"; }
pod sel ',"nodeSelector":{"disk":"ssd"}'
check "nodeSelector chooses the node" eventually 5 on sel a
pod big '' ',"resources":{"requests":{"cpu":"3"}}'
check "requests choose the node with room" eventually 5 on big b
pod huge '' ',"resources":{"requests":{"cpu":"30"}}'
says() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={.items[*].message}' | grep -qE "$2"; }
check "nothing fits: an event says why" eventually 5 says huge '0/2 nodes are available: .*2 Insufficient cpu'
expect "... and the condition" 'Unschedulable' k get pod huge -o 'jsonpath={.status.conditions[?(@.type=="PodScheduled")].reason}'
check "cordon" k cordon b
pod late '' ',"resources":{"requests":{"cpu":"1500m"}}'
check "an unschedulable node takes nothing" eventually 5 says late 'unschedulable'
check "uncordon" k uncordon b
k delete pod big --grace-period=0 --force >/dev/null 2>&1
check "room made wakes a waiting pod" eventually 5 on late b
check "taint" k taint nodes a key=value:NoSchedule
pod nogo ',"nodeSelector":{"disk":"ssd"}'
check "a taint keeps pods away" eventually 5 says nogo 'untolerated taint'
pod tol ',"nodeSelector":{"disk":"ssd"},"tolerations":[{"key":"key","operator":"Exists"}]'
check "a toleration lets them in" eventually 5 on tol a
check "untaint" k taint nodes a key-
k delete pods --all --grace-period=0 --force >/dev/null 2>&1

# Preemption
for c in "low 10" "mid 20" "high 30"; do k create priorityclass "${c% *}" --value="${c#* }" --description=x >/dev/null; done
k create priorityclass meek --value=25 --preemption-policy=Never --description=x >/dev/null
needs() { pod "$1" ",\"priorityClassName\":\"$2\",\"nodeSelector\":{\"disk\":\"hdd\"}" ",\"resources\":{\"requests\":{\"cpu\":\"$3\"}}"; }
for p in "guarded low" "first low" "middle mid" "more mid"; do needs $p 1; check "${p% *} fits" eventually 5 on "${p% *}" b; done
k create poddisruptionbudget guard --selector=app=guarded --min-available=1 >/dev/null
check "the budget is counted" eventually 5 sh -c "$(declare -f in_node k); T=$T node_pid_n1=$node_pid_n1 KUBECTL=$KUBECTL; k get pdb guard -o 'jsonpath={.status.observedGeneration}' | grep -q 1"
needs patient meek 1
check "who puts out nobody says so" eventually 5 says patient 'preemption: not eligible due to preemptionPolicy=Never'
needs modest low 1
check "who finds nobody below him says so" eventually 5 says modest '1 Insufficient cpu.* preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling\.$'
needs strong high 1
nominated() { [ "$(k get pod "$1" -o 'jsonpath={.status.nominatedNodeName}')" = "$2" ]; }
check "a pod of higher priority is nominated" eventually 5 nominated strong b
expect "the least important one goes, for a reason" '^first PreemptionByScheduler$' k get pods -o \
	'jsonpath={range .items[?(@.metadata.deletionTimestamp)]}{.metadata.name} {.status.conditions[?(@.type=="DisruptionTarget")].reason}{"\n"}{end}'
check "an event tells" eventually 5 says first 'Preempted by pod .* on node b'
k delete pod first --grace-period=0 --force >/dev/null 2>&1
check "it gets the room, though others wait longer" eventually 5 on strong b
check "and is nominated no more" nominated strong ""
needs stronger high 2
check "more room" eventually 5 nominated stronger b
expect "the budget's pod stays while others can go" '^middle more $' k get pods -o 'jsonpath={range .items[?(@.metadata.deletionTimestamp)]}{.metadata.name} {end}'
k delete pods --all --grace-period=0 --force >/dev/null 2>&1
k delete pdb guard >/dev/null

# Deployment: spread, rolling update with pods made ready by hand, rollback
check "apply hostnames" k apply -f "$walk/hostnames.yaml"
count() { [ "$(k get pods -l app=hostnames --no-headers 2>/dev/null | grep -vc Terminating)" = "$1" ]; }
check "three pods" eventually 5 count 3
both() { [ "$(k get pods -l app=hostnames -o 'jsonpath={.items[*].spec.nodeName}' | tr ' ' '\n' | sort -u | wc -l)" = 2 ]; }
check "spread over both nodes" eventually 5 both
n=0
make_ready() { # every pod that is not, as a node would report it
	local p
	for p in $(k get pods -l app=hostnames -o 'jsonpath={range .items[?(@.status.phase=="Pending")]}{.metadata.name} {end}'); do
		n=$((n + 1))
		k patch pod "$p" --subresource=status --type=merge -p "{\"status\":{\"phase\":\"Running\",\"podIP\":\"10.42.0.$n\",\"podIPs\":[{\"ip\":\"10.42.0.$n\"}],
			\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\",\"lastTransitionTime\":\"$(date -u +%FT%TZ)\"}]}}" >/dev/null
	done
	# and the ones that were told to go have gone
	for p in $(k get pods -l app=hostnames -o 'jsonpath={range .items[?(@.metadata.deletionTimestamp)]}{.metadata.name} {end}'); do
		k delete pod "$p" --grace-period=0 --force >/dev/null 2>&1
	done
}
make_ready
check "rolled out" k rollout status deploy/hostnames --timeout=10s
ends() { [ "$(k get endpoints hostnames -o 'jsonpath={.subsets[*].addresses[*].ip}' | wc -w)" = "$1" ]; }
check "endpoints" eventually 5 ends 3
slices() { [ "$(k get endpointslices -l kubernetes.io/service-name=hostnames -o 'jsonpath={.items[*].endpoints[?(@.conditions.ready)].addresses[0]}' | wc -w)" = "$1" ]; }
check "endpoint slices" eventually 5 slices 3
one=$(k get pods -l app=hostnames -o 'jsonpath={.items[0].metadata.name}')
set_ready() { k patch pod "$one" --subresource=status -p '{"status":{"conditions":[{"type":"Ready","status":"'"$1"'"}]}}' >/dev/null; }
publish() { k patch svc hostnames --type=merge -p '{"spec":{"publishNotReadyAddresses":'"$1"'}}' >/dev/null; }
are_ready() { [ "$(k get endpointslices -l kubernetes.io/service-name=hostnames -o 'jsonpath={.items[*].endpoints[*].conditions.ready}' | tr ' ' '\n' | grep -c true)" = "$1" ]; }
set_ready False
check "a pod that is not ready is no ready endpoint" eventually 5 are_ready 2
publish true
check "publishNotReadyAddresses: it is one" eventually 5 are_ready 3
publish false
check "and without again not" eventually 5 are_ready 2
set_ready True
check "until the pod is ready" eventually 5 are_ready 3
k label nodes a b topology.kubernetes.io/zone=z1 >/dev/null
k patch svc hostnames --type=merge -p '{"spec":{"trafficDistribution":"PreferSameNode"}}' >/dev/null
hints() { [ "$(k get endpointslices -l kubernetes.io/service-name=hostnames -o 'jsonpath={range .items[*].endpoints[*]}{.nodeName}={.hints.forNodes[*].name}/{.hints.forZones[*].name}{"\n"}{end}' | sort -u |
	awk -F'[=/]' -v z="$1" 'NF == 3 && $1 == $2 && $3 == z {n++} END {print (n == NR && n > 0)}')" = 1 ]; }
check "trafficDistribution PreferSameNode: hints for nodes and zones" eventually 5 hints z1
k patch svc hostnames --type=merge -p '{"spec":{"trafficDistribution":"PreferSameZone"}}' >/dev/null
zones() { [ "$(k get endpointslices -l kubernetes.io/service-name=hostnames -o 'jsonpath={range .items[*].endpoints[*]}{.hints.forNodes[*].name}/{.hints.forZones[*].name}{"\n"}{end}' | sort -u)" = "/z1" ]; }
check "PreferSameZone: hints for zones" eventually 5 zones
check "set image" k set image deploy/hostnames hostnames=other:2
never_below=3
rolled() { make_ready; k rollout status deploy/hostnames --watch=false | grep -q 'successfully rolled out'; }
check "a rolling update ends" eventually 60 rolled
check "one old replica set, scaled to nothing" eventually 5 sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get rs -o 'jsonpath={.items[*].spec.replicas}' | tr ' ' '\n' | sort | tr '\n' ' ' | grep -qx '0 3 '"
check "undo" k rollout undo deploy/hostnames
check "the rollback ends" eventually 60 rolled
expect "it has the old image" 'hostnames:1.0' k get deploy hostnames -o 'jsonpath={.spec.template.spec.containers[0].image}'
expect "revision 3" '^3$' k get deploy hostnames -o 'jsonpath={.metadata.annotations.deployment\.kubernetes\.io/revision}'

# garbage: background, orphan, foreground
check "delete, orphaning" k delete deploy hostnames --cascade=orphan
check "the replica set stays" sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get rs -o name | grep -q hostnames"
k delete rs --all --cascade=foreground --wait=false >/dev/null
left() { make_ready; [ -z "$(k get rs,pods -o name)" ]; }
check "foreground deletion takes the pods first" eventually 20 left

# a namespace goes with everything in it
check "create a namespace" k create namespace doomed
check "with something in it" eventually 5 k -n doomed create configmap c
k -n doomed create deployment d --image=x --replicas=2 >/dev/null
check "delete it" k delete namespace doomed --wait=false
doomed() { for p in $(k -n doomed get pods -o name 2>/dev/null); do k -n doomed delete "$p" --grace-period=0 --force >/dev/null 2>&1; done; k get namespace doomed -o jsonpath="{.status.conditions[*].message}" 2>/dev/null; ! k get namespace doomed; }
check "it goes" eventually 20 doomed

# the node goes silent
k delete node a >/dev/null
pod stray ',"nodeName":"a"'
strays() { ! k get pod stray; }
check "pods of a node that is gone are removed" eventually 10 strays

# static volumes
cat <<-Y | k apply -f - >/dev/null
	{apiVersion: v1, kind: List, items: [
	 {apiVersion: v1, kind: PersistentVolume, metadata: {name: small}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /tmp/x}, storageClassName: ""}},
	 {apiVersion: v1, kind: PersistentVolume, metadata: {name: large}, spec: {capacity: {storage: 5Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /tmp/y}, storageClassName: ""}},
	 {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c}, spec: {resources: {requests: {storage: 500Mi}}, accessModes: [ReadWriteOnce], storageClassName: ""}}]}
Y
bound() { k get pvc c -o 'jsonpath={.status.phase} {.spec.volumeName}' | grep -qx "Bound small"; }
check "a claim takes the smallest volume that fits" eventually 5 bound
k delete pvc c >/dev/null
released() { k get pv small -o 'jsonpath={.status.phase}' | grep -qx Released; }
check "a retained volume is Released, not reused" eventually 5 released

# On a slow machine the node has said nothing for too long by now.
k patch node b --subresource=status -p "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\",\"reason\":\"KubeletReady\",\"lastHeartbeatTime\":\"$(date -u +%FT%TZ)\"}]}}" >/dev/null
untainted() { [ -z "$(k get node b -o jsonpath={.spec.taints})" ]; }
check "the node is ready" eventually 10 untainted

# an ephemeral volume's claim is its pod's, by name and owner
pod e ',"volumes":[{"name":"scratch","ephemeral":{"volumeClaimTemplate":{"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"","resources":{"requests":{"storage":"2Gi"}}}}}}]'
large() { k get pvc e-scratch -o 'jsonpath={.status.phase} {.spec.volumeName}' | grep -qx "Bound large"; }
check "the claim of an ephemeral volume is bound" eventually 5 large
check "its pod is scheduled" eventually 5 on e b
k delete pvc e-scratch --wait=false >/dev/null
k annotate pvc e-scratch touched=1 >/dev/null # a change that the binder has to look at
expect "a claim in use outlives its deletion" '^20' k get pvc e-scratch -o 'jsonpath={.metadata.deletionTimestamp}'
k delete pod e --grace-period=0 --force >/dev/null 2>&1
unclaimed() { ! k get pvc e-scratch; }
check "... and goes with its pod" eventually 5 unclaimed

# the other one goes silent; it has been there for longer than a node may be silent
been() { [ $(($(date +%s) - $(date -d "$(k get node b -o 'jsonpath={.metadata.creationTimestamp}')" +%s))) -gt 45 ]; }
eventually 60 been
check "nodes that live stay ready whatever their clocks say" eventually 5 ready_again
kill $beats
unknown() { k get node b -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status} {.spec.taints[*].key}' | grep -q '^Unknown .*node.kubernetes.io/unreachable'; }
check "one that is silent is marked and tainted" eventually 60 unknown

# what nobody acts on says so
scaler() { # scaler NAME
	printf '{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"%s"},"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"}}}' "$1" |
		k create -f - >/dev/null
}
scaler db
check "a kind without a controller says so" eventually 5 says db 'HorizontalPodAutoscaler objects are kept but not acted on'
# ... once, also when minik starts again
times() { [ "$(k get events --field-selector "involvedObject.name=$1,reason=NotSupported" -o 'jsonpath={range .items[*]}{.count} {end}')" = "$2" ]; }
check "... in one event" times db "1 "
kill "$(minik_main_pid n1)"
wait "$minik_pid"
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent
check "server answers again" eventually 20 k get --raw /readyz

# A taint of before it was off: what tolerates it for a while has that while from now on, since the node had no chance to say that it is ready.
tolerant() { pod "$1" ",\"nodeName\":\"b\",\"tolerations\":[{\"key\":\"node.kubernetes.io/unreachable\",\"operator\":\"Exists\",\"effect\":\"NoExecute\",\"tolerationSeconds\":$2}]"; }
tolerant patient 3000
tolerant hasty 1
k patch node b -p '{"spec":{"taints":[{"key":"node.kubernetes.io/unreachable","effect":"NoExecute","timeAdded":"2020-01-01T00:00:00Z"}]}}' >/dev/null
going() { [ -n "$(k get pod "$1" -o 'jsonpath={.metadata.deletionTimestamp}')" ] || ! k get pod "$1" 2>/dev/null; }
check "the pods of a node that was tainted before a start go when their time since the start is up" eventually 20 going hasty
expect "... not before" '^stays ?$' k get pod patient -o 'jsonpath=stays {.metadata.deletionTimestamp}'
scaler db2
check "what comes later has its own event" eventually 5 times db2 "1 "
check "... and nothing was said again" times db "1 "
k delete hpa db >/dev/null
scaler db
check "a new object of the same name has one of its own" eventually 5 times db "1 1 "

# An owner of a custom kind that goes while no controllers run: they know of the kind a moment after they know of its dependents.
k apply -f - >/dev/null <<'Y'
{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: owners.example.com}, spec: {group: example.com, scope: Namespaced, names: {plural: owners, kind: Owner},
 versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}
Y
check "a kind of its own" k wait --for=condition=Established crd/owners.example.com --timeout=10s
again() {
	kill "$(minik_main_pid n1)"
	wait "$minik_pid"
	minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent "$@"
}
again --disable controllers
check "without controllers" eventually 20 k get --raw /readyz
owner() { echo '{"apiVersion":"example.com/v1","kind":"Owner","metadata":{"name":"'"$1"'"}}' | k create -f - -o 'jsonpath={.metadata.uid}'; }
check "the kind is served" eventually 10 k get owners
uid=$(owner goes) stays=$(owner stays)
dependent() { # dependent NAME OWNER UID
	printf '{"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","ownerReferences":[{"apiVersion":"example.com/v1","kind":"Owner","name":"%s","uid":"%s"}]},"spec":{"clusterIP":"None","ports":[{"port":80}]}}\n' "$@"
}
(for i in $(seq 20); do dependent "owned-$i" goes "$uid"; done; dependent kept stays "$stays") | k create -f - >/dev/null
k delete owner goes >/dev/null
check "its dependents are there" k get svc owned-1 owned-20 kept
again
check "with controllers" eventually 20 k get --raw /readyz
owned() { ! k get svc -o name | grep -q owned; }
check "they go" eventually 20 owned
check "another's stays" k get svc kept
exit $lib_failed
