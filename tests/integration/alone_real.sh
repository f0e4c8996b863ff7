#!/bin/bash
# Every component of minik as a process of its own at a real kube-apiserver with etcd, by --kubeconfig.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_kube.sh"
kube_need kube-apiserver
kube_world "$@"
# The controllers publish the cluster's CA and sign node certificates with it.
mkdir -p "$T/n1/data/server/tls" && cp "$T/pki/ca.crt" "$T/pki/ca.key" "$T/n1/data/server/tls"
for c in controllers scheduler storage net proxy dns node ingress; do
	minik_start n1 $c --kubeconfig "$T/kubeconfig"
	eval "pid_$c=$minik_pid"
done
check "node becomes Ready" eventually 30 sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get nodes | grep -w Ready" || exit 1
k apply -f "$walk/hostnames.yaml" >/dev/null
check "controllers, scheduler, node: a deployment rolls out" k rollout status deploy/hostnames --timeout=60s || exit 1
vip=$(k get svc hostnames -o 'jsonpath={.spec.clusterIP}')
three() { [ "$(for _ in 1 2 3; do "$@"; done | sort -u | grep -c '^hostnames-')" = 3 ]; }
check "proxy: three names from one address" eventually 20 three in_node n1 curl -fsS --max-time 2 "http://$vip/"
k apply -f "$walk/toolbox.yaml" >/dev/null
check "toolbox is ready" k wait --for=condition=Ready pod/toolbox --timeout=30s
expect "dns and exec: nslookup" 'Address: +10\.43\.0\.1$' k exec toolbox -- nslookup kubernetes.default
expect "net: from a pod, by name" '^hostnames-' k exec toolbox -- timeout 3 wget -qO- http://hostnames
expect "logs" 'tick' k logs toolbox
k apply -f "$walk/storageclass.yaml" -f "$walk/claim1.yaml" -f "$walk/writer.yaml" >/dev/null
check "storage: a volume" k wait --for=condition=Ready pod/writer --timeout=60s
k apply -f "$walk/ingress.yaml" >/dev/null
shop() { in_node n1 curl -fsS --max-time 2 -H 'Host: shop.example' http://192.168.77.1/ | grep -E '^hostnames-'; }
check "ingress" eventually 20 shop
# The workload controllers, whose every status a real API server validates.
cat <<-Y | k apply -f - >/dev/null
	apiVersion: batch/v1
	kind: Job
	metadata: {name: job}
	spec: {completions: 3, parallelism: 2, completionMode: Indexed, backoffLimitPerIndex: 1, template: {spec: {restartPolicy: Never, containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, 'echo \$JOB_COMPLETION_INDEX']}]}}}
	---
	apiVersion: batch/v1
	kind: Job
	metadata: {name: fails}
	spec: {backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: ["false"]}]}}}
	---
	apiVersion: batch/v1
	kind: CronJob
	metadata: {name: cron}
	spec: {schedule: "* * * * *", timeZone: Europe/Berlin, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: ["true"]}]}}}}}
	---
	apiVersion: apps/v1
	kind: DaemonSet
	metadata: {name: ds}
	spec: {selector: {matchLabels: {app: ds}}, template: {metadata: {labels: {app: ds}}, spec: {terminationGracePeriodSeconds: 0, containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sleep, "1000"]}]}}}
	---
	apiVersion: apps/v1
	kind: StatefulSet
	metadata: {name: sts}
	spec:
	  replicas: 2
	  selector: {matchLabels: {app: sts}}
	  template: {metadata: {labels: {app: sts}}, spec: {terminationGracePeriodSeconds: 0, containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sleep, "1000"], volumeMounts: [{name: d, mountPath: /d}]}]}}
	  volumeClaimTemplates: [{metadata: {name: d}, spec: {storageClassName: walkthrough, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
	---
	apiVersion: policy/v1
	kind: PodDisruptionBudget
	metadata: {name: pdb}
	spec: {minAvailable: 1, selector: {matchLabels: {app: sts}}}
Y
check "Job" k wait --for=condition=Complete job/job --timeout=60s
expect "... every index" '^3 0-2  \{\}$' k get job job -o 'jsonpath={.status.succeeded} {.status.completedIndexes} {.status.failedIndexes} {.status.uncountedTerminatedPods}'
check "a Job that fails" k wait --for=condition=Failed job/fails --timeout=60s
for x in ds/ds sts/sts; do
	check "$x" k rollout status $x --timeout=60s
	k set env $x V=2 >/dev/null
	check "... a rolling update" k rollout status $x --timeout=60s
	check "... undone" k rollout undo $x
	check "..." k rollout status $x --timeout=60s
done
pdb() { k get pdb pdb -o 'jsonpath={.status.expectedPods} {.status.currentHealthy} {.status.disruptionsAllowed}' | grep -qx '2 2 1'; }
check "a disruption budget" eventually 20 pdb
fired() { [ -n "$(k get cronjob cron -o 'jsonpath={.status.lastSuccessfulTime}')" ]; }
check "CronJob" eventually 90 fired
check "they go" k delete cronjob/cron job/job job/fails ds/ds sts/sts pdb/pdb --timeout=30s
check "garbage: a deployment goes" k delete deploy hostnames
none() { [ -z "$(k get rs,pods -l app=hostnames -o name)" ]; }
check "... with all that it owned" eventually 40 none
k create ns brief >/dev/null
check "namespaces get their account" eventually 20 k get sa default -n brief
check "... and go" k delete ns brief --timeout=30s
# What they log: each warning and error once or twice, not in a loop.
for c in controllers scheduler storage net proxy dns node ingress; do
	out=$(grep -E 'level=(warning|error)' "$T/n1/$c.log" | sed 's/^time=[^ ]* //' | sort | uniq -c | sort -rn | awk '$1 > 2')
	[ -z "$out" ] && ok "$c repeats no complaint" || not_ok "$c repeats no complaint" "$out"
	[ -z "${KUBE_SHOW:-}" ] || grep -E 'level=(warning|error)' "$T/n1/$c.log" >&2
done
for c in ingress node dns proxy net storage scheduler controllers; do
	p=$(pgrep -f "^$MINIK $c .*$T/n1/")
	kill "$p"
	gone() { ! kill -0 "$p" 2>/dev/null; }
	check "$c ends when asked" eventually 15 gone
done
