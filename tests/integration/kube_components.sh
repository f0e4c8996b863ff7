#!/bin/bash
# Kubernetes' own kube-controller-manager and kube-scheduler at minik's API server: first with the API server alone, then with minik's node agent,
# so that what they decide runs.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_kube.sh"
kube_need kube-controller-manager kube-scheduler
enter_sandbox "$@"
node_add n1 192.168.77.1
registry_start n1 || { not_ok "registry with the images"; exit 1; }
registries_write n1 127.0.0.1
minik_start n1 apiserver --write-kubeconfig "$T/kubeconfig"
check "minik apiserver" eventually 20 k get --raw /readyz || exit 1

# Their users, by minik's CA; the accounts of the controllers get tokens of minik's.
tls=$T/n1/data/server/tls
mkdir -p "$T/pki" && cp "$tls/ca.crt" "$tls/ca.key" "$T/pki"
for u in kube-controller-manager kube-scheduler; do
	kube_cert "$T/pki/ca" "$T/pki/$u" "/CN=system:$u" && kube_config "$T/pki/ca" "$T/pki/$u" https://127.0.0.1:6443
done
controllers() { kube_controllers "$1" "$2" "$T/pki/ca" "$tls/service-account.key" "$T/pki/kube-controller-manager.kubeconfig" --controllers='*,bootstrapsigner,tokencleaner'; }
scheduler() { kube_scheduler "$1" "$2" "$T/pki/kube-scheduler.kubeconfig"; }
controllers kcm-1 10257; kcm=$kube_pid
scheduler sched-1 10259; sched=$kube_pid
holder() { k get lease -n kube-system "$1" -o 'jsonpath={.spec.holderIdentity}' | grep -qF "${2:-_}"; }
check "kube-controller-manager leads" eventually 30 holder kube-controller-manager || exit 1
check "kube-scheduler leads" eventually 30 holder kube-scheduler || exit 1

# --- objects alone ---
check "a namespace" k create namespace work
k config --kubeconfig="$T/kubeconfig" set-context --current --namespace=work >/dev/null
check "service accounts controller" eventually 20 k get sa default
check "root CA publisher" eventually 20 k get cm kube-root-ca.crt
[ "$KUBE_VERSION" = 1.20 ] || cat <<-Y | k create -f - >/dev/null
	{apiVersion: batch/v1, kind: CronJob, metadata: {name: minutely}, spec: {schedule: "* * * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never,
	 terminationGracePeriodSeconds: 1, containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [echo, minute]}]}}}}}}
Y
says() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={.items[*].message}' | grep -qE "$2"; }
echo '{apiVersion: v1, kind: Pod, metadata: {name: early}, spec: {containers: [{name: c, image: "localhost:5000/hostnames:1.0"}]}}' | k create -f - >/dev/null
check "no node: the scheduler says so" eventually 20 says early 'no nodes available to schedule pods'
expect "... and the condition" '^Unschedulable$' k get pod early -o 'jsonpath={.status.conditions[?(@.type=="PodScheduled")].reason}'
echo '{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {pods: "50", count/configmaps: "20"}}}' | k create -f - >/dev/null
quota() { k get quota q -o 'jsonpath={.status.used.pods} {.status.used.count/configmaps}' | grep -qx "$1"; }
check "resource quota controller" eventually 20 quota "1 1"

# --- minik's node: what they decide runs ---
for c in net node; do minik_start n1 $c --kubeconfig "$T/kubeconfig"; done
cidr() { k get node n1 -o 'jsonpath={.spec.podCIDR}' | grep -qE '^10\.42\.[0-9]+\.0/24$'; }
check "node IPAM gives a pod CIDR" eventually 30 cidr
check "the node becomes Ready" k wait --for=condition=Ready node/n1 --timeout=30s
untainted() { ! k get node n1 -o 'jsonpath={.spec.taints}' | grep -q .; }
check "node lifecycle: no taint left" eventually 20 untainted
check "the waiting pod runs" k wait --for=condition=Ready pod/early --timeout=30s

cat <<-Y | k apply -f - >/dev/null
	{apiVersion: v1, kind: List, items: [
	 {apiVersion: v1, kind: PersistentVolume, metadata: {name: v0}, spec: {capacity: {storage: 1Mi}, accessModes: [ReadWriteOnce], hostPath: {path: $T/v0, type: DirectoryOrCreate}}},
	 {apiVersion: v1, kind: PersistentVolume, metadata: {name: v1}, spec: {capacity: {storage: 1Mi}, accessModes: [ReadWriteOnce], hostPath: {path: $T/v1, type: DirectoryOrCreate}}},
	 {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},
	  spec: {terminationGracePeriodSeconds: 1, containers: [{name: c, image: "localhost:5000/hostnames:1.0"}]}}}},
	 {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 9376}]}},
	 {apiVersion: v1, kind: Service, metadata: {name: db}, spec: {clusterIP: None, selector: {app: db}, ports: [{port: 9376}]}},
	 {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {serviceName: db, replicas: 2, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}},
	  spec: {terminationGracePeriodSeconds: 1, containers: [{name: c, image: "localhost:5000/hostnames:1.0", volumeMounts: [{name: data, mountPath: /data}]}]}},
	  volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: "", accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}}]}},
	 {apiVersion: apps/v1, kind: DaemonSet, metadata: {name: each}, spec: {selector: {matchLabels: {app: each}}, template: {metadata: {labels: {app: each}},
	  spec: {terminationGracePeriodSeconds: 1, containers: [{name: c, image: "localhost:5000/hostnames:1.0"}]}}}},
	 {apiVersion: batch/v1, kind: Job, metadata: {name: once}, spec: {completions: 2, parallelism: 2, template: {spec: {restartPolicy: Never,
	  containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "ls /var/run/secrets/kubernetes.io/serviceaccount"]}]}}}},
	 {apiVersion: v1, kind: ReplicationController, metadata: {name: old}, spec: {replicas: 1, selector: {app: old}, template: {metadata: {labels: {app: old}},
	  spec: {terminationGracePeriodSeconds: 1, containers: [{name: c, image: "localhost:5000/hostnames:1.0"}]}}}},
	 {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}}]}
Y
check "Deployment" k rollout status deploy/web --timeout=60s
check "StatefulSet" k rollout status sts/db --timeout=60s
expect "... on volumes the binder found" '^Bound Bound$' k get pvc data-db-0 data-db-1 -o 'jsonpath={.items[*].status.phase}'
check "DaemonSet" k rollout status ds/each --timeout=60s
if [ "$KUBE_VERSION" = 1.20 ]; then
	# Its Job controller does not know the condition SuccessCriteriaMet, without which Kubernetes' API server lets no Job be complete.
	refused() { grep -q 'cannot set Complete=True condition without the SuccessCriteriaMet=true condition' "$T/kcm-1.log"; }
	check "a Job of 1.20 is not complete in the eyes of a server of today" eventually 60 refused
	kube_normal="$kube_normal|Error syncing job: Job.batch"
	job_pods() { [ "$(k get pods -l job-name=once -o 'jsonpath={.items[*].status.phase}')" = "Succeeded Succeeded" ]; }
	check "... its pods are" eventually 60 job_pods
else
	check "Job" k wait --for=condition=Complete job/once --timeout=60s
fi
expect "... with an account's files" 'ca.crt' k logs -l job-name=once
rc() { [ "$(k get rc old -o 'jsonpath={.status.readyReplicas}')" = 1 ]; }
check "ReplicationController" eventually 30 rc
ends() { [ "$(k get endpoints web -o 'jsonpath={.subsets[*].addresses[*].ip}' | wc -w)" = "$1" ]; }
check "Endpoints" eventually 20 ends 3
if [ "$KUBE_VERSION" = 1.20 ]; then
	# At an API server of today these two of 1.20 do not start: discovery.k8s.io/v1beta1, policy/v1beta1 and batch/v1beta1 have been gone since 1.25.
	skip "EndpointSlice, PodDisruptionBudget, CronJob" "Kubernetes 1.20 knows their beta versions alone"
else
	slices() { [ "$(k get endpointslices -l kubernetes.io/service-name=web -o 'jsonpath={.items[*].endpoints[?(@.conditions.ready)].addresses[0]}' | wc -w)" = "$1" ]; }
	check "EndpointSlice" eventually 20 slices 3
	pdb() { k get pdb web -o 'jsonpath={.status.disruptionsAllowed} {.status.currentHealthy}' | grep -qx "1 3"; }
	check "PodDisruptionBudget" eventually 20 pdb
fi
check "rolling update" k set image deploy/web c=localhost:5000/hostnames:1.1
check "... ends" k rollout status deploy/web --timeout=60s
check "undo" k rollout undo deploy/web
check "... ends" k rollout status deploy/web --timeout=60s
check "scale a StatefulSet" k scale sts/db --replicas=1
one() { [ "$(k get pods -l app=db -o name)" = pod/db-0 ]; }
check "... down" eventually 30 one

# --- garbage ---
uid=$(k get deploy web -o 'jsonpath={.metadata.uid}')
echo "{apiVersion: v1, kind: ConfigMap, metadata: {name: owned, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: $uid}]}}" | k create -f - >/dev/null
check "orphan" k delete deploy web --cascade=orphan
expect "... its ReplicaSets and ConfigMap stay" 'replicaset.apps/web.*configmap/owned' sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get rs,cm -o name | tr '\n' ' '"
expect "... without owners" '^x(\[\])?$' k get cm owned -o 'jsonpath=x{.metadata.ownerReferences}'
check "foreground" k delete rs -l app=web --cascade=foreground --timeout=40s
none() { [ -z "$(k get pods -l "$1" -o name)" ]; }
check "... took the pods with it" none app=web
k delete ds each >/dev/null
check "background" eventually 30 none app=each
echo '{apiVersion: batch/v1, kind: Job, metadata: {name: brief}, spec: {ttlSecondsAfterFinished: 1, template: {spec: {restartPolicy: Never, containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: ["true"]}]}}}}' | k create -f - >/dev/null
brief() { k get job brief 2>&1 | grep -q NotFound && none job-name=brief; }
[ "$KUBE_VERSION" = 1.20 ] || check "TTL after finished" eventually 30 brief

# --- one leader, and another when it dies ---
before=$(k get lease -n kube-system kube-scheduler -o 'jsonpath={.spec.holderIdentity}')
scheduler sched-2 10260
kill -9 "$sched"
another() { local now; now=$(k get lease -n kube-system kube-scheduler -o 'jsonpath={.spec.holderIdentity}'); [ -n "$now" ] && [ "$now" != "$before" ]; }
check "another scheduler takes the lease over" eventually 30 another
k run late --image=localhost:5000/hostnames:1.0 >/dev/null
check "... and schedules" k wait --for=condition=Ready pod/late --timeout=30s

if [ "$KUBE_VERSION" != 1.20 ]; then
	cron() { k get jobs -o 'jsonpath={range .items[*]}{.metadata.ownerReferences[0].name} {.status.succeeded}{"\n"}{end}' | grep -qx 'minutely 1'; }
	check "CronJob" eventually 70 cron
fi
# --- a namespace goes ---
k create configmap -n work last >/dev/null
check "delete the namespace" k delete namespace work --timeout=60s
kill "$kcm"
released() { holder kube-controller-manager ""; ! kill -0 "$kcm" 2>/dev/null; }
check "kube-controller-manager ends when asked" eventually 15 released
kube_errors_check "no error that repeats: kube-controller-manager" "$T"/kcm-1.log
kube_errors_check "no error that repeats: kube-scheduler" "$T"/sched-*.log
