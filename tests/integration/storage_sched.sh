#!/bin/bash
# How the scheduler chooses nodes for pods with claims: volumes that are there and such that are to be made, topologies, capacities, limits, one-pod claims, and
# kill -9 between a volume's promise and the pod's binding. Nodes are written by hand; the test itself is the provisioner. SCHED_KILLS=N kills (default 6).
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
node_add n1 192.168.77.1
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent --disable scheduler
check "server answers" eventually 20 k get --raw /readyz || exit 1
sched_start() { minik_start n1 scheduler --kubeconfig "$T/kubeconfig"; sched_pid=$minik_pid; }
sched_start
check "a service account to run with" eventually 10 k get sa default || exit 1

apply() { k apply -f - >/dev/null; }
node() { # node NAME ZONE
	printf '{"apiVersion":"v1","kind":"Node","metadata":{"name":"%s","labels":{"kubernetes.io/hostname":"%s","topology.kubernetes.io/zone":"%s"}}}' "$1" "$1" "$2" | apply
	k patch node "$1" --subresource=status --type=merge -p '{"status":{"allocatable":{"cpu":"8","memory":"8Gi","pods":"200"},
		"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady","message":"","lastHeartbeatTime":"'"$(date -u +%FT%TZ)"'","lastTransitionTime":"'"$(date -u +%FT%TZ)"'"}]}}' >/dev/null
}
node a z1; node b z2; node c z3
(while sleep 5; do for n in a b c; do
	k patch node $n --subresource=status -p '{"status":{"conditions":[{"type":"Ready","status":"True","lastHeartbeatTime":"'"$(date -u +%FT%TZ)"'"}]}}'; done; done >/dev/null 2>&1) &
lib_pids="$lib_pids $!"
untainted() { [ -z "$(k get nodes -o 'jsonpath={.items[*].spec.taints}')" ] && [ "$(k get nodes --no-headers | wc -l)" = 3 ]; }
check "three nodes are ready" eventually 10 untainted

class() { # class NAME PROVISIONER MODE [MORE]
	printf '{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"%s"},"provisioner":"%s","volumeBindingMode":"%s"%s}' "$1" "$2" "$3" "${4:-}" | apply
}
pv() { # pv NAME CLASS SIZE NODE [SPEC] [METADATA] [SOURCE]: NODE "" for everywhere
	local affinity=
	[ -z "$4" ] || affinity=',"nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/hostname","operator":"In","values":["'$4'"]}]}]}}'
	local source='"local":{"path":"/mnt/'$1'"}'
	[ -n "$4" ] || source='"hostPath":{"path":"/mnt/'$1'"}'
	printf '{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"%s"%s},"spec":{"capacity":{"storage":"%s"},"accessModes":["%s"],
		"persistentVolumeReclaimPolicy":"Retain","storageClassName":"%s",%s%s%s}}' "$1" "${6:-}" "$3" "${MODE:-ReadWriteOnce}" "$2" "${7:-$source}" "$affinity" "${5:-}" | apply
}
claim() { # claim NAME CLASS SIZE [MODE] [SPEC]
	printf '{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"%s"},"spec":{"accessModes":["%s"],"storageClassName":"%s","resources":{"requests":{"storage":"%s"}}%s}}' \
		"$1" "${4:-ReadWriteOnce}" "$2" "$3" "${5:-}" | apply
}
pod() { # pod NAME "CLAIM ..." [SPEC]
	local v= c
	for c in $2; do v="$v${v:+,}{\"name\":\"v-$c\",\"persistentVolumeClaim\":{\"claimName\":\"$c\"}}"; done
	printf '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"%s"}},"spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"c","image":"x"}],"volumes":[%s]%s}}' "$1" "$1" "$v" "${3:-}" | apply
}
on() { k get pod "$1" -o 'jsonpath={.spec.nodeName}' | grep -qxE "$2"; }
says() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.message}{"\n"}{end}' | grep -qE "$2"; }
bound_to() { [ "$(k get pvc "$1" -o 'jsonpath={.status.phase} {.spec.volumeName}')" = "Bound $2" ]; }
selected() { k get pvc "$1" -o 'jsonpath={.metadata.annotations.volume\.kubernetes\.io/selected-node}' | grep -qxE "$2"; }
unselected() { [ -z "$(k get pvc "$1" -o 'jsonpath={.metadata.annotations.volume\.kubernetes\.io/selected-node}')" ]; }
nowhere() { [ -z "$(k get pod "$1" -o 'jsonpath={.spec.nodeName}')" ]; }
gone() { [ -z "$(k get pod "$1" --ignore-not-found -o name)" ]; }
rm_pod() { k delete pod "$@" --grace-period=0 --force --wait=false >/dev/null 2>&1; check "... and $1 goes" eventually 5 gone "$1"; }

# Volumes that are there
class local kubernetes.io/no-provisioner WaitForFirstConsumer
claim one local 1Gi
pod first one
check "no volume: an event says so" eventually 10 says first '^0/3 nodes are available: 3 node\(s\) didn.t find available persistent volumes to bind\. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling\.$'
pv big local 20Gi b
check "a volume wakes the pod, on the volume's node" eventually 10 on first b
check "the claim is bound to it" bound_to one big
pv small local 5Gi c; pv middle local 9Gi c; pv lone local 3Gi a
claim two local 4Gi; claim three local 2Gi
pod pair "two three"
check "all claims of a pod find volumes of one node" eventually 10 on pair c
sorted() { [ "$(k get pvc two three -o 'jsonpath={range .items[*]}{.spec.volumeName} {end}' | tr ' ' '\n' | sort | tr '\n' ' ')" = "middle small " ]; }
check "each another one" eventually 5 sorted
check "the smaller claim has the smaller volume" bound_to three small
check "who bound them is told" eventually 5 sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get pv small -o 'jsonpath={.metadata.annotations.pv\.kubernetes\.io/bound-by-controller}' | grep -q yes"
rm_pod pair
pod back "two" ',"nodeSelector":{"kubernetes.io/hostname":"a"}'
check "a bound claim keeps its pods on the volume's node" eventually 10 says back "didn't match PersistentVolume's node affinity"
claim r1 local 1Gi; claim r2 local 1Gi
pod race1 r1; pod race2 r2
raced() { [ "$(k get pods race1 race2 -o 'jsonpath={.items[*].spec.nodeName}')" = a ]; }
check "two pods for one volume: one gets it" eventually 10 raced
loser=$(k get pods race1 race2 -o 'jsonpath={range .items[*]}{.metadata.name}={.spec.nodeName}{"\n"}{end}' | sed -n 's/=$//p')
check "the other one waits" eventually 10 says "$loser" "find available persistent volumes"
pv other local 1Gi b
check "for the next" eventually 10 on "$loser" b
pv kept local 1Gi c ',"claimRef":{"name":"keeps","namespace":"default"}'
claim keeps local 1Gi
pod keeper keeps
check "a volume that is kept for a claim" eventually 10 on keeper c
check "... is its" bound_to keeps kept

# What is said of claims
pod lost nothere
check "a claim that is not there" eventually 10 says lost '^0/3 nodes are available: persistentvolumeclaim "nothere" not found\. preemption: 0/3 nodes are available: 3 Preemption is not helpful'
class now test.minik/ext Immediate
claim nothere now 1Gi
check "a claim that is not bound yet, of a class that does not wait" eventually 10 says lost 'pod has unbound immediate PersistentVolumeClaims'
pv made now 1Gi b ',"claimRef":{"name":"nothere","namespace":"default"}'
check "once it is bound" eventually 10 on lost b
k delete pvc nothere --wait=false >/dev/null
pod late nothere
check "a claim that goes" eventually 10 says late 'persistentvolumeclaim "nothere" is being deleted'
printf '{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"eph-v"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"local","resources":{"requests":{"storage":"1Gi"}}}}' | apply
printf '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"eph"},"spec":{"containers":[{"name":"c","image":"x"}],"volumes":[{"name":"v","ephemeral":{"volumeClaimTemplate":{"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"local","resources":{"requests":{"storage":"1Gi"}}}}}}]}}' | apply
check "another's claim of an ephemeral volume's name" eventually 10 says eph 'PVC default/eph-v was not created for pod default/eph \(pod is not owner\)'
k delete pvc eph-v --wait=false >/dev/null # kubectl 1.35 may see only the next claim of this name, and wait for that one
pv forit local 1Gi a
check "its own one" eventually 10 on eph a
pv zoned now 1Gi "" ',"claimRef":{"name":"zoned","namespace":"default"}' ',"labels":{"topology.kubernetes.io/zone":"z2__z3"}'
claim zoned now 1Gi
pod zone zoned ',"nodeSelector":{"kubernetes.io/hostname":"a"}'
check "a volume of other zones" eventually 10 says zone 'node\(s\) had no available volume zone'
rm_pod zone
pod zone zoned
check "... goes with a node of them" eventually 10 on zone 'b|c'

# Volumes that are to be made
class ext test.minik/ext WaitForFirstConsumer ',"allowedTopologies":[{"matchLabelExpressions":[{"key":"topology.kubernetes.io/zone","values":["z1","z2"]}]}]'
claim dyn ext 1Gi
pod maker dyn ',"nodeSelector":{"kubernetes.io/hostname":"c"}'
check "a node that the class does not allow" eventually 10 says maker "find available persistent volumes"
rm_pod maker
check "no node is chosen for the claim" unselected dyn
pod maker dyn
check "one that it allows is" eventually 10 selected dyn 'a|b'
was=$(k get pvc dyn -o 'jsonpath={.metadata.annotations.volume\.kubernetes\.io/selected-node}')
check "the pod waits for the volume" nowhere maker
pod beside dyn
k cordon "$was" >/dev/null
k annotate pvc dyn volume.kubernetes.io/selected-node- >/dev/null
next=$(echo ab | tr -d "$was")
check "the provisioner gives the node back: another one is chosen" eventually 20 selected dyn "$next"
check "... and an event tells" eventually 10 says maker 'running PreBind plugin "VolumeBinding": binding volumes: provisioning failed for PVC "dyn"'
k uncordon "$was" >/dev/null
uid=$(k get pvc dyn -o 'jsonpath={.metadata.uid}')
pv dynpv ext 1Gi "$next" ',"claimRef":{"apiVersion":"v1","kind":"PersistentVolumeClaim","name":"dyn","namespace":"default","uid":"'$uid'"}' ',"annotations":{"pv.kubernetes.io/provisioned-by":"test.minik/ext"}'
check "the volume is made: the pod is bound" eventually 10 on maker "$next"
check "so is the other one of the claim" eventually 10 on beside "$next"
claim never ext 1Gi
pod waits never
check "a pod that is deleted while its volume is made" eventually 10 selected never 'a|b'
rm_pod waits

# Capacity
printf '{"apiVersion":"storage.k8s.io/v1","kind":"CSIDriver","metadata":{"name":"cap.test.minik"},"spec":{"storageCapacity":true}}' | apply
class cap cap.test.minik WaitForFirstConsumer
claim room cap 5Gi
pod roomy room
check "no driver says that it has room" eventually 10 says roomy '3 node\(s\) did not have enough free storage'
capacity() { printf '{"apiVersion":"storage.k8s.io/v1","kind":"CSIStorageCapacity","metadata":{"name":"%s","namespace":"default"},"storageClassName":"cap","capacity":"%s"%s,"nodeTopology":{"matchLabels":{"topology.kubernetes.io/zone":"%s"}}}' "$1" "$2" "$4" "$3" | apply; }
capacity c1 4Gi z1 ''
capacity c2 100Gi z2 ',"maximumVolumeSize":"1Gi"'
capacity c3 5Gi z3 ''
check "where there is enough" eventually 10 selected room c

# Claims for one pod
MODE=ReadWriteOncePod pv rw local 1Gi b
claim rwop local 1Gi ReadWriteOncePod
pod alone rwop
check "a claim for one pod" eventually 10 on alone b
pod crowd rwop
check "... is not for a second" eventually 10 says crowd 'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode'
rm_pod alone
check "until the first has gone" eventually 10 on crowd b
k create priorityclass high --value=1000 --description=x >/dev/null
pod boss rwop ',"priorityClassName":"high"'
check "one of higher priority puts it out" eventually 10 gone crowd
check "and takes its place" eventually 10 on boss b
pod share1 one; pod share2 one
check "ReadWriteOnce is no matter of the scheduler" eventually 10 on share1 b
check "... for the second, too" eventually 10 on share2 b

# Limits
printf '{"apiVersion":"storage.k8s.io/v1","kind":"CSINode","metadata":{"name":"a"},"spec":{"drivers":[{"name":"lim.test.minik","nodeID":"a","allocatable":{"count":2}}]}}' | apply
class lim lim.test.minik Immediate
for i in 1 2 3; do
	pv lim$i lim 1Gi "" ',"claimRef":{"name":"lim'$i'","namespace":"default"}' "" '"csi":{"driver":"lim.test.minik","volumeHandle":"h'$i'"}'
	claim lim$i lim 1Gi
	check "claim lim$i is bound" eventually 10 bound_to lim$i lim$i
done
here=',"nodeSelector":{"kubernetes.io/hostname":"a"}'
pod l1 lim1 "$here"; check "the first volume of a driver" eventually 10 on l1 a
pod l2 lim2 "$here"; check "the second" eventually 10 on l2 a
pod l3 lim3 "$here"; check "the third is too many" eventually 10 says l3 'node\(s\) exceed max volume count'
pod l4 lim1 "$here"; check "one that is there already is not" eventually 10 on l4 a
k patch csinode a --type=json -p '[{"op":"replace","path":"/spec/drivers/0/allocatable/count","value":3}]' >/dev/null 2>&1 ||
	{ k delete csinode a >/dev/null; printf '{"apiVersion":"storage.k8s.io/v1","kind":"CSINode","metadata":{"name":"a"},"spec":{"drivers":[{"name":"lim.test.minik","nodeID":"a","allocatable":{"count":3}}]}}' | apply; }
check "the node takes more now" eventually 10 on l3 a
rm_pod l3
printf '{"apiVersion":"storage.k8s.io/v1","kind":"VolumeAttachment","metadata":{"name":"va"},"spec":{"attacher":"lim.test.minik","nodeName":"a","source":{"persistentVolumeName":"lim3"}}}' | apply
pv lim5 lim 1Gi "" ',"claimRef":{"name":"lim5","namespace":"default"}' "" '"csi":{"driver":"lim.test.minik","volumeHandle":"h5"}'
claim lim5 lim 1Gi
pod l5 lim5 "$here"; check "what is still attached counts" eventually 10 says l5 'exceed max volume count'
k delete volumeattachment va --wait=false >/dev/null
check "until it is detached" eventually 10 on l5 a

# A stateful set
for n in a b c; do pv set-$n setc 1Gi $n; done
class setc kubernetes.io/no-provisioner WaitForFirstConsumer
printf '{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"s"},"spec":{"serviceName":"s","podManagementPolicy":"Parallel","replicas":3,"selector":{"matchLabels":{"app":"s"}},
	"template":{"metadata":{"labels":{"app":"s"}},"spec":{"containers":[{"name":"c","image":"x"}]}},
	"volumeClaimTemplates":[{"metadata":{"name":"d"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"setc","resources":{"requests":{"storage":"1Gi"}}}}]}}' | apply
set_on() { [ "$(k get pods -l app=s -o 'jsonpath={.items[*].spec.nodeName}' | tr ' ' '\n' | sort | tr '\n' ' ')" = "a b c " ]; }
check "a stateful set: each pod has a volume, on three nodes" eventually 15 set_on

# kill -9 between a promise and a binding: no volume twice, no pod left
kills=${SCHED_KILLS:-6} n_pods=24
class killc kubernetes.io/no-provisioner WaitForFirstConsumer
for i in $(seq $n_pods); do
	n=$(echo abc | cut -c$((i % 3 + 1)))
	printf '{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"k%s"},"spec":{"capacity":{"storage":"%sMi"},"accessModes":["ReadWriteOnce"],"persistentVolumeReclaimPolicy":"Retain","storageClassName":"killc","local":{"path":"/mnt/k%s"},"nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/hostname","operator":"In","values":["%s"]}]}]}}}}\n---\n' $i $((10 + i % 4)) $i $n
done | apply
round=0 per=$(((n_pods + kills - 1) / kills)) made=0
while [ $made -lt $n_pods ]; do
	round=$((round + 1))
	for i in $(seq $((made + 1)) $((made + per < n_pods ? made + per : n_pods))); do
		printf '{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"k%s"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"killc","resources":{"requests":{"storage":"10Mi"}}}}\n---\n' $i
		printf '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"k%s","labels":{"app":"kill"}},"spec":{"containers":[{"name":"c","image":"x"}],"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"k%s"}}]}}\n---\n' $i $i
		made=$((made + 1))
	done | apply &
	apply_pid=$!
	# The kill falls at another moment of the round each time.
	python3 -c "import time; time.sleep(0.05 * $((round % 9)) + 0.1)"
	kill -9 "$sched_pid"; wait "$sched_pid" 2>/dev/null
	wait $apply_pid
	made=$((round * per < n_pods ? round * per : n_pods))
	sched_start
done
all_on() { [ "$(k get pods -l app=kill -o 'jsonpath={range .items[*]}{.spec.nodeName}{"\n"}{end}' | grep -c .)" = $n_pods ]; }
check "$round times kill -9: every pod has a node" eventually 60 all_on
k get pvc -o json >"$T/pvcs"; k get pv -o json >"$T/pvs"; k get pods -l app=kill -o json >"$T/pods"
expect "no volume is bound twice, and each pod is where its volume is" '^24 claims, 24 volumes, 24 in place$' python3 - "$T" <<'P'
import json, sys
t = sys.argv[1]
pvcs, pvs, pods = (json.load(open(f"{t}/{x}"))["items"] for x in ("pvcs", "pvs", "pods"))
claims = {c["metadata"]["name"]: c for c in pvcs if c["spec"].get("storageClassName") == "killc"}
vols = {v["metadata"]["name"]: v for v in pvs}
used = [c["spec"].get("volumeName") for c in claims.values() if c["status"]["phase"] == "Bound"]
good = 0
for p in pods:
    c = claims[p["spec"]["volumes"][0]["persistentVolumeClaim"]["claimName"]]
    v = vols[c["spec"]["volumeName"]]
    node = v["spec"]["nodeAffinity"]["required"]["nodeSelectorTerms"][0]["matchExpressions"][0]["values"][0]
    good += node == p["spec"]["nodeName"] and v["spec"]["claimRef"]["uid"] == c["metadata"]["uid"]
print(f"{len(used)} claims, {len(set(used))} volumes, {good} in place")
P
check "the scheduler ends when asked" kill "$sched_pid"
exit $lib_failed
