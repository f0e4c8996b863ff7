#!/bin/bash
# The workload controllers with real containers: Job, DaemonSet, StatefulSet, CronJob, disruption budgets. WORKLOADS_PARTS="job cron" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
IMAGE=localhost:5000/toolbox:1.0
node_add n1 192.168.77.1
node_add n2 192.168.77.2
server_with_images n1
server=$minik_pid
for f in ca:certificate-authority-data crt:client-certificate-data key:client-key-data; do
	sed -n "s/^ *${f#*:}: //p" "$T/kubeconfig" | base64 -d >"$T/${f%%:*}"
done
get() { k get "$1" "$2" -o "jsonpath=$3"; }           # get KIND NAME PATH
is() { # is KIND NAME PATH VALUE
	local got; got=$(k get "$1" "$2" -o "jsonpath=$3") && [ "$got" = "$4" ] || { echo "it is '$got'"; return 1; }
}
cond() { k get "$1" "$2" -o "jsonpath={.status.conditions[?(@.type==\"$3\")].status} {.status.conditions[?(@.type==\"$3\")].reason}"; }
conds() { [ "$(cond "$1" "$2" "$3")" = "$4" ]; }
says() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' | grep -E "$2"; }
pods() { k get pods -l "$1" --no-headers 2>/dev/null | grep -v Terminating | wc -l; }
count() { [ "$(pods "$1")" = "$2" ]; }
wanted() { case " ${WORKLOADS_PARTS:-$1} " in *" $1 "*) ;; *) return 1 ;; esac; }
# job NAME SPEC COMMAND [RESTART]: flow YAML of spec's fields, a shell command
job() {
	cat <<-Y | k create -f - >/dev/null
	apiVersion: batch/v1
	kind: Job
	metadata: {name: $1}
	spec: {$2 template: {spec: {restartPolicy: ${4:-Never}, terminationGracePeriodSeconds: 1, containers: [{name: c, image: "$IMAGE", command: [sh, -c, '$3']}]}}}
	Y
}

part_job() {
	job plain "" "echo done"
	check "a Job completes" k wait --for=condition=Complete job/plain --timeout=30s
	check "... with Kubernetes' reason" conds job plain Complete "True CompletionsReached"
	check "... after the interim condition" conds job plain SuccessCriteriaMet "True CompletionsReached"
	check "... one success, nothing active, nothing uncounted" is job plain '{.status.succeeded} {.status.active} {.status.ready} {.status.terminating} {.status.uncountedTerminatedPods}' "1  0 0 {}"
	check "its pod is free of the finalizer" is pods "-ljob-name=plain" '{.items[*].metadata.finalizers}' ""
	expect "its logs" done k logs job/plain
	check "events" eventually 5 says plain 'SuccessfulCreate: Created pod: plain-.*'
	check "..." eventually 5 says plain 'Completed: Job completed'
	expect "columns" '^plain +Complete +1/1 +[0-9]+s' k get job plain
	expect "describe" 'Pods Statuses: +0 Active \(0 Ready\) / 1 Succeeded / 0 Failed' k describe job plain
	check "delete it" k delete job plain --timeout=20s
	check "... with its pods" eventually 10 count job-name=plain 0

	job indexed "completions: 5, parallelism: 3, completionMode: Indexed," 'echo "$JOB_COMPLETION_INDEX $(hostname)"'
	check "an Indexed Job completes" k wait --for=condition=Complete job/indexed --timeout=40s
	check "all indexes" is job indexed '{.status.completedIndexes} {.status.succeeded}' "0-4 5"
	p=$(k get pods -l job-name=indexed,batch.kubernetes.io/job-completion-index=3 -o name)
	expect "its environment, its hostname" '^3 indexed-3$' k logs "$p"
	expect "its name" '^pod/indexed-3-' echo "$p"
	expect "its annotation" '^3$' k get "$p" -o 'jsonpath={.metadata.annotations.batch\.kubernetes\.io/job-completion-index}'

	job fails "backoffLimit: 0," "exit 3"
	check "a failing Job fails" k wait --for=condition=Failed job/fails --timeout=30s
	check "... by its limit" conds job fails Failed "True BackoffLimitExceeded"
	check "... says so" eventually 5 says fails 'BackoffLimitExceeded: Job has reached the specified backoff limit'
	check "one failure" is job fails '{.status.failed} {.status.succeeded}' "1 "
	job again "backoffLimit: 1," "exit 3"
	job restarts "backoffLimit: 2," "exit 3" OnFailure
	job policy "backoffLimit: 6, podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {containerName: c, operator: In, values: [42]}}]}," "exit 42"
	check "podFailurePolicy ends it at once" k wait --for=condition=Failed job/policy --timeout=30s
	check "... for its reason" conds job policy Failed "True PodFailurePolicy"
	expect "... in Kubernetes' words" '^Container c for pod default/policy-[a-z0-9]+ failed with exit code 42 matching FailJob rule at index 0$' k get job policy -o 'jsonpath={.status.conditions[?(@.type=="Failed")].message}'
	job ignore "backoffLimit: 0, podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}," "sleep 1000"
	check "a pod runs" eventually 20 is job ignore '{.status.ready}' 1
	p=$(k get pods -l job-name=ignore -o 'jsonpath={.items[0].metadata.name}')
	k patch pod "$p" --subresource=status --type=strategic -p '{"status":{"conditions":[{"type":"DisruptionTarget","status":"True","reason":"EvictionByEvictionAPI","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}' >/dev/null
	k delete pod "$p" --wait=false >/dev/null
	renewed() { [ "$(k get pods -l job-name=ignore --field-selector "metadata.name!=$p" -o 'jsonpath={.items[*].status.phase}')" = Running ]; }
	check "an ignored failure is replaced and not counted" eventually 20 renewed
	check "..." is job ignore '{.status.failed}{.status.conditions}' ""
	k delete job ignore --wait=false >/dev/null

	job perindex "completions: 4, parallelism: 4, completionMode: Indexed, backoffLimitPerIndex: 0," 'test $((JOB_COMPLETION_INDEX % 2)) = 0'
	check "backoffLimitPerIndex: other indexes go on" k wait --for=condition=Failed job/perindex --timeout=40s
	check "... reason" conds job perindex Failed "True FailedIndexes"
	check "... both lists" is job perindex '{.status.completedIndexes} {.status.failedIndexes}' "0,2 1,3"
	job maxfailed "completions: 4, parallelism: 2, completionMode: Indexed, backoffLimitPerIndex: 0, maxFailedIndexes: 1," 'exit 1'
	check "maxFailedIndexes" eventually 30 conds job maxfailed Failed "True MaxFailedIndexesExceeded"
	job failindex "completions: 2, parallelism: 2, completionMode: Indexed, backoffLimitPerIndex: 3, podFailurePolicy: {rules: [{action: FailIndex, onExitCodes: {operator: In, values: [7]}}]}," 'test $JOB_COMPLETION_INDEX = 0 || exit 7'
	check "FailIndex" eventually 30 conds job failindex Failed "True FailedIndexes"
	check "... at its first failure" is job failindex '{.status.failedIndexes} {.status.failed}' "1 1"
	job success "completions: 3, parallelism: 3, completionMode: Indexed, successPolicy: {rules: [{succeededIndexes: \"0,2\", succeededCount: 1}]}," 'test $JOB_COMPLETION_INDEX = 2 || sleep 1000'
	check "successPolicy ends it early" k wait --for=condition=Complete job/success --timeout=40s
	check "... reason" conds job success Complete "True SuccessPolicy"
	check "... what ran is gone" eventually 20 count job-name=success 1

	job deadline "activeDeadlineSeconds: 1," "sleep 1000"
	check "activeDeadlineSeconds" eventually 20 conds job deadline Failed "True DeadlineExceeded"
	job asleep "suspend: true," "echo hi"
	check "suspended" eventually 5 conds job asleep Suspended "True JobSuspended"
	check "... has no pods and has not started" is job asleep '{.status.active}{.status.startTime}' ""
	k patch job asleep --type=merge -p '{"spec":{"suspend":false}}' >/dev/null
	check "resumed, it completes" k wait --for=condition=Complete job/asleep --timeout=30s
	check "..." conds job asleep Suspended "False JobResumed"
	job pause "" "sleep 1000"
	check "one that runs" eventually 20 is job pause '{.status.ready}' 1
	k patch job pause --type=merge -p '{"spec":{"suspend":true}}' >/dev/null
	check "... loses its pods when it is suspended" eventually 20 count job-name=pause 0
	job other "managedBy: example.com/else," "echo hi"
	job ttl "ttlSecondsAfterFinished: 1," "echo hi"
	gone() { ! k get "$1" "$2"; }
	check "ttlSecondsAfterFinished: gone" eventually 30 gone job ttl
	check "... with its pod" eventually 10 count job-name=ttl 0
	check "managedBy somebody else: left alone" is job other '{.status}' "{}"

	job orphan "parallelism: 2, completions: 2," "sleep 1000"
	check "two pods" eventually 20 is job orphan '{.status.ready}' 2
	p=$(k get pods -l job-name=orphan -o 'jsonpath={.items[0].metadata.name}')
	k patch pod "$p" --type=merge -p '{"metadata":{"ownerReferences":null}}' >/dev/null
	check "a matching orphan is adopted again" eventually 10 is pod "$p" '{.metadata.ownerReferences[0].name} {.metadata.finalizers[0]}' "orphan batch.kubernetes.io/job-tracking"
	k label pod "$p" job-name- controller-uid- batch.kubernetes.io/controller-uid- batch.kubernetes.io/job-name- >/dev/null
	check "one that does not match is released" eventually 10 is pod "$p" '{.metadata.ownerReferences}{.metadata.finalizers}' ""
	check "... and replaced" eventually 20 count job-name=orphan 2
	k delete pod "$p" --wait=false >/dev/null
	check "delete with orphaned pods" k delete job orphan --cascade=orphan
	free() { is pods "-ljob-name=orphan" '{.items[*].metadata.finalizers}' ""; }
	check "... which lose their finalizers" eventually 10 free
	check "restarts of containers count with OnFailure" eventually 60 conds job restarts Failed "True BackoffLimitExceeded"
	check "a second pod follows after ten seconds" eventually 40 is job again '{.status.failed}' 2
	check "... which was one too many" eventually 10 conds job again Failed "True BackoffLimitExceeded"
	k delete jobs --all --wait=false >/dev/null
	k delete pods --all --wait=false >/dev/null
}

part_kill() {
	# kill -9 in the middle: every completion counts, each once
	job twenty "completions: 20, parallelism: 4, backoffLimit: 100," "echo run; sleep 0.3"
	some() { [ "$(k get job twenty -o 'jsonpath={.status.succeeded}')" -ge "$1" ]; }
	for at in 3 8 14; do
		eventually 60 some $at >/dev/null
		kill -9 "$(minik_main_pid n1)"
		wait "$server" 2>/dev/null
		minik_start n1 server --write-kubeconfig "$T/kubeconfig"
		server=$minik_pid
		check "server is back after kill -9 at $at completions" eventually 20 k get --raw /readyz
	done
	check "twenty completions" k wait --for=condition=Complete job/twenty --timeout=90s
	check "exactly" is job twenty '{.status.succeeded} {.status.uncountedTerminatedPods}' "20 {}"
	phase() { k get pods -l job-name=twenty -o json | jq "[.items[]|select(.status.phase==\"$1\")]|length"; }
	check "by exactly as many pods" test "$(phase Succeeded)" = 20
	# A container that was being made when minik died has failed: each such pod is counted once, too.
	local failed; failed=$(get job twenty '{.status.failed}') # nothing stands there when there was none
	check "failures, too" test "${failed:-0}" = "$(phase Failed)"
	check "none of which holds a finalizer" is pods "-ljob-name=twenty" '{.items[*].metadata.finalizers}' ""
	k delete job twenty >/dev/null
}

second_node() { # joins n2, once
	[ -z "${agent:-}" ] || return 0
	token=$(in_node n1 "$MINIK" token --run-dir "$T/n1/run")
	mkdir -p "$T/n2/data/images" && cp "$T"/n1/data/images/*.tar "$T/n2/data/images/"
	minik_start n2 agent --server https://192.168.77.1:6443 --token "$token"
	agent=$minik_pid
	minik_pid=$server
	check "a second node" eventually 30 conds node n2 Ready "True KubeletReady"
}
part_daemon() {
	second_node || return
	cat <<-Y >"$T/ds.yaml"
	apiVersion: apps/v1
	kind: DaemonSet
	metadata: {name: ds, annotations: {kubernetes.io/change-cause: first}}
	spec:
	  selector: {matchLabels: {app: ds}}
	  template:
	    metadata: {labels: {app: ds}}
	    spec: {terminationGracePeriodSeconds: 0, containers: [{name: c, image: "$IMAGE", command: [sleep, "1000"], env: [{name: V, value: "1"}]}]}
	Y
	check "a DaemonSet" k apply -f "$T/ds.yaml"
	check "rollout status" k rollout status ds/ds --timeout=30s
	on() { k get pods -l app=ds -o 'jsonpath={range .items[*]}{.spec.nodeName}{"\n"}{end}' | sort | tr '\n' ' '; }
	check "a pod on each node" test "$(on)" = "n1 n2 "
	expect "columns" '^ds +2 +2 +2 +2 +2 +<none>' k get ds ds
	check "its pods are bound by name" is pods -lapp=ds '{.items[0].spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key}' metadata.name
	expect "and tolerate what nodes go through" '^disk-pressure|memory-pressure|not-ready|pid-pressure|unreachable|unschedulable' k get pods -lapp=ds -o 'jsonpath={.items[0].spec.tolerations[*].key}'
	p=$(k get pods -l app=ds -o 'jsonpath={.items[0].metadata.name}')
	k delete pod "$p" --wait=true >/dev/null
	both() { [ "$(k get ds ds -o 'jsonpath={.status.numberReady}')" = 2 ] && [ "$(on)" = "n1 n2 " ]; }
	check "a deleted pod is replaced" eventually 20 both
	p=$(k get pods -l app=ds -o 'jsonpath={.items[0].metadata.name}')
	k patch pod "$p" --subresource=status --type=merge -p '{"status":{"phase":"Failed"}}' >/dev/null
	gone() { ! k get "$1" "$2"; }
	check "a failed one too" eventually 20 gone pod "$p"
	check "..." eventually 20 both
	k set env ds/ds V=2 >/dev/null
	k annotate ds ds kubernetes.io/change-cause=second --overwrite >/dev/null
	check "rolling update" k rollout status ds/ds --timeout=40s
	check "the old one is history" eventually 5 sh -c "[ $(k get controllerrevisions -l app=ds --no-headers | wc -l) = 2 ]"
	expect "rollout history" '1 +first' k rollout history ds/ds
	expect "... of one revision" 'V:\s+1' k rollout history ds/ds --revision=1
	check "undo" k rollout undo ds/ds
	check "... rolls back" k rollout status ds/ds --timeout=40s
	check "... to what was" is ds ds '{.spec.template.spec.containers[0].env[0].value}' 1
	check "... as a newer revision of the same" test "$(k get controllerrevisions -l app=ds -o 'jsonpath={.items[*].revision}' | tr ' ' '\n' | sort | tr '\n' ' ')" = "2 3 "
	before=$(k get pods -l app=ds -o 'jsonpath={.items[*].metadata.uid}')
	k patch ds ds --type=merge -p '{"spec":{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}}' >/dev/null
	k set env ds/ds V=3 >/dev/null
	check "OnDelete: the new template is known" eventually 10 is ds ds '{.status.observedGeneration}' "$(get ds ds '{.metadata.generation}')"
	check "... and no pod is touched" test "$(k get pods -l app=ds -o 'jsonpath={.items[*].metadata.uid}')" = "$before"
	p=$(k get pods -l app=ds -o 'jsonpath={.items[0].metadata.name}')
	k delete pod "$p" --wait=true >/dev/null
	check "... but the one that is deleted is made anew" eventually 20 is ds ds '{.status.updatedNumberScheduled} {.status.numberReady}' "1 2"
	k patch ds ds --type=merge -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}}}' >/dev/null
	check "maxSurge" k rollout status ds/ds --timeout=40s
	check "... ends with one pod a node" eventually 20 both
	k label node n2 role=edge >/dev/null
	k patch ds ds --type=merge -p '{"spec":{"template":{"spec":{"nodeSelector":{"role":"edge"}}}}}' >/dev/null
	one() { [ "$(on)" = "$1" ] && [ "$(k get ds ds -o 'jsonpath={.status.desiredNumberScheduled} {.status.numberReady}')" = "$2" ]; }
	check "a selector leaves one node" eventually 30 one "n2 " "1 1"
	k label node n1 role=edge >/dev/null
	check "a label brings the other" eventually 30 one "n1 n2 " "2 2"
	k taint node n2 own=1:NoExecute >/dev/null
	check "a taint takes it away" eventually 30 one "n1 " "1 1"
	k taint node n2 own- >/dev/null
	check "and without it it is back" eventually 30 one "n1 n2 " "2 2"
	check "describe" k describe ds ds
	"$MINIK_TEST_CACHE/bin/kubectl-1.20" version --client >/dev/null 2>&1 && {
		KUBECTL=$MINIK_TEST_CACHE/bin/kubectl-1.20
		check "kubectl 1.20: get" k get ds ds
		check "kubectl 1.20: rollout status" k rollout status ds/ds --timeout=20s
		check "kubectl 1.20: undo" k rollout undo ds/ds --to-revision=2
		KUBECTL=$MINIK_TEST_CACHE/bin/kubectl-1.35
	}
	check "delete" k delete ds ds --timeout=30s
	check "... with its pods" eventually 30 count app=ds 0
	check "... and revisions" eventually 10 sh -c "! KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get controllerrevisions -l app=ds -o name | grep ."
}

part_stateful() {
	k get storageclass walkthrough >/dev/null 2>&1 || k apply -f "$MINIK_TOP/examples/walkthrough/storageclass.yaml" >/dev/null
	cat <<-Y >"$T/sts.yaml"
	apiVersion: v1
	kind: Service
	metadata: {name: db}
	spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80}]}
	---
	apiVersion: apps/v1
	kind: StatefulSet
	metadata: {name: db}
	spec:
	  serviceName: db
	  replicas: 3
	  selector: {matchLabels: {app: db}}
	  template:
	    metadata: {labels: {app: db}}
	    spec:
	      terminationGracePeriodSeconds: 0
	      containers:
	      - {name: c, image: "$IMAGE", command: [sleep, "1000"], env: [{name: V, value: "1"}], volumeMounts: [{name: data, mountPath: /data}]}
	  volumeClaimTemplates:
	  - {metadata: {name: data}, spec: {storageClassName: walkthrough, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
	Y
	check "a StatefulSet" k apply -f "$T/sts.yaml"
	check "rollout status" k rollout status sts/db --timeout=60s
	names() { k get pods -l app=db -o 'jsonpath={range .items[*]}{.metadata.name}{" "}{end}'; }
	check "stable names" test "$(names)" = "db-0 db-1 db-2 "
	created() { k get events --field-selector reason=SuccessfulCreate,involvedObject.kind=StatefulSet -o 'jsonpath={range .items[*]}{.metadata.creationTimestamp} {.message}{"\n"}{end}' | grep -E 'create Pod db-[0-2] in StatefulSet db successful' | wc -l; }
	check "events" eventually 5 test "$(created)" = 3
	ordered() { k get pods -l app=db -o json | jq -e '[.items|sort_by(.metadata.name)|.[]|(.metadata.creationTimestamp,(.status.conditions[]|select(.type=="Ready").lastTransitionTime))] as $t | $t==($t|sort)'; }
	check "in order: each after the one before was ready" ordered
	expect "labels" '^db-1 1 db-[a-z0-9]+$' k get pod db-1 -o 'jsonpath={.metadata.labels.statefulset\.kubernetes\.io/pod-name} {.metadata.labels.apps\.kubernetes\.io/pod-index} {.metadata.labels.controller-revision-hash}'
	expect "hostname" '^db-1$' k exec db-1 -- hostname
	expect "its name in the DNS" 'Address.*10\.42\.' k exec db-1 -- nslookup db-0.db
	expect "columns" '^db +3/3' k get sts db
	check "a claim each" test "$(k get pvc -l app=db -o name | tr '\n' ' ')" = "persistentvolumeclaim/data-db-0 persistentvolumeclaim/data-db-1 persistentvolumeclaim/data-db-2 "
	for i in 0 1 2; do k exec db-$i -- sh -c "echo mine-$i >/data/f"; done
	check "scale down" k scale sts/db --replicas=1
	check "... from the end" eventually 30 test_names "db-0 "
	check "claims stay" test "$(k get pvc -l app=db -o name | wc -l)" = 3
	check "scale up" k scale sts/db --replicas=3
	check "..." k rollout status sts/db --timeout=60s
	expect "the data are there" '^mine-2$' k exec db-2 -- cat /data/f
	k delete pod db-1 --wait=true >/dev/null
	ready() { is pod "$1" '{.status.conditions[?(@.type=="Ready")].status}' True; }
	check "a deleted pod comes back" eventually 30 ready db-1
	expect "with its data" '^mine-1$' k exec db-1 -- cat /data/f
	uid() { get pod "$1" '{.metadata.uid}'; }
	old=$(uid db-0)
	k patch pod db-0 --subresource=status --type=merge -p '{"status":{"phase":"Failed"}}' >/dev/null
	again() { [ "$(uid db-0)" != "$old" ] && is sts db '{.status.readyReplicas}' 3; }
	check "a failed pod is made anew" eventually 30 again
	u0=$(uid db-0) u2=$(uid db-2)
	k patch sts db --type=merge -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":2}}}}' >/dev/null
	k set env sts/db V=2 >/dev/null
	check "partition: a canary" k rollout status sts/db --timeout=40s
	check "... only from there on" sh -c "[ '$(uid db-0)' = $u0 ] && [ '$(uid db-2)' != $u2 ]"
	check "... both revisions in status" is sts db '{.status.currentReplicas} {.status.updatedReplicas}' "2 1"
	k delete pod db-1 --wait=true >/dev/null
	check "below it a pod comes back" eventually 30 ready db-1
	check "... as it was" is pod db-1 '{.spec.containers[0].env[0].value}' 1
	k patch sts db --type=merge -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}' >/dev/null
	check "the whole update" k rollout status sts/db --timeout=60s
	down() { k get pods -l app=db -o json | jq -e '[.items|sort_by(.metadata.name)|reverse|.[].metadata.creationTimestamp] as $t | $t==($t|sort)'; }
	check "in reverse order" down
	check "one revision is current" is sts db '{.status.currentRevision}' "$(get sts db '{.status.updateRevision}')"
	expect "rollout history" '^2 ' k rollout history sts/db
	check "undo" k rollout undo sts/db
	check "..." k rollout status sts/db --timeout=60s
	check "... as it was" is pod db-2 '{.spec.containers[0].env[0].value}' 1
	expect "... with its data" '^mine-2$' k exec db-2 -- cat /data/f
	check "describe" k describe sts db
	k patch sts db --type=merge -p '{"spec":{"persistentVolumeClaimRetentionPolicy":{"whenScaled":"Delete","whenDeleted":"Delete"}}}' >/dev/null
	check "retention policy: claims belong to the set" eventually 10 is pvc data-db-2 '{.metadata.ownerReferences[0].kind}' StatefulSet
	k scale sts/db --replicas=2 >/dev/null
	gone() { ! k get "$1" "$2"; }
	check "whenScaled: the claim goes with its pod" eventually 40 gone pvc data-db-2
	k scale sts/db --replicas=3 >/dev/null
	check "... and is a new one afterwards" k rollout status sts/db --timeout=60s
	expect "... without data" 'No such file' k exec db-2 -- cat /data/f
	KUBECTL=$MINIK_TEST_CACHE/bin/kubectl-1.20
	check "kubectl 1.20: get" k get sts db
	check "kubectl 1.20: rollout status" k rollout status sts/db --timeout=20s
	KUBECTL=$MINIK_TEST_CACHE/bin/kubectl-1.35
	check "delete" k delete sts db --timeout=30s
	check "... with its pods" eventually 30 count app=db 0
	claims() { [ -z "$(k get pvc -l app=db -o name)" ]; }
	check "whenDeleted: ... and claims" eventually 40 claims
	cat <<-Y | k create -f - >/dev/null
	apiVersion: apps/v1
	kind: StatefulSet
	metadata: {name: par}
	spec:
	  podManagementPolicy: Parallel
	  replicas: 3
	  ordinals: {start: 5}
	  selector: {matchLabels: {app: par}}
	  template: {metadata: {labels: {app: par}}, spec: {terminationGracePeriodSeconds: 0, containers: [{name: c, image: "$IMAGE", command: [sh, -c, "test \$(hostname) = par-7 && exec sleep 1000; sleep 1; exit 1"]}]}}
	Y
	check "Parallel: the last does not wait for the first; ordinals.start" eventually 20 is pod par-7 '{.status.phase}' Running
	k delete sts par --wait=false >/dev/null
	k delete svc db >/dev/null
}
test_names() { [ "$(names)" = "$1" ]; }

cronjob() { # cronjob NAME SCHEDULE SPEC COMMAND
	cat <<-Y | k create -f -
	apiVersion: batch/v1
	kind: CronJob
	metadata: {name: $1}
	spec: {schedule: "$2", $3 jobTemplate: {metadata: {labels: {cron: "$1"}}, spec: {template: {spec: {restartPolicy: Never, terminationGracePeriodSeconds: 0, containers: [{name: c, image: "$IMAGE", command: [sh, -c, '$4']}]}}}}}
	Y
}
deployment() { # deployment NAME REPLICAS
	k create deployment "$1" --image="$IMAGE" --replicas="$2" --dry-run=client -o json -- sleep 1000 |
		jq '.spec.template.spec.terminationGracePeriodSeconds=0' | k create -f - >/dev/null
}
part_pdb() {
	second_node || return
	budget() { is pdb "$1" '{.status.expectedPods} {.status.currentHealthy} {.status.desiredHealthy} {.status.disruptionsAllowed}' "$2"; }
	deployment web 3
	check "a Deployment of three" k rollout status deploy/web --timeout=40s
	k create pdb web --selector=app=web --min-available=2 >/dev/null
	check "minAvailable: one may go" eventually 5 budget web "3 3 2 1"
	check "condition" conds pdb web DisruptionAllowed "True SufficientPods"
	expect "columns" '^web +2 +N/A +1 ' k get pdb web
	expect "describe" 'Allowed disruptions: +1' k describe pdb web
	k create pdb half --selector=app=web --max-unavailable=50% >/dev/null
	check "a percentage of the Deployment's size, rounded up" eventually 5 budget half "3 3 1 2"
	k scale deploy/web --replicas=5 >/dev/null
	check "... follows its scale" eventually 20 budget half "5 5 2 3"
	k scale deploy/web --replicas=3 >/dev/null
	check "..." eventually 20 budget half "3 3 1 2"
	evict() { # evict POD: by the API itself
		printf '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"default"}}' "$1" | k create --raw "/api/v1/namespaces/default/pods/$1/eviction" -f -
	}
	p=$(k get pods -l app=web -o 'jsonpath={.items[0].metadata.name}')
	expect "two budgets on one pod are refused" 'more than one PodDisruptionBudget' evict "$p"
	k delete pdb half >/dev/null
	k create pdb none --selector=app=none --max-unavailable=0 >/dev/null
	check "no pods: nothing is allowed" eventually 5 conds pdb none DisruptionAllowed "False InsufficientPods"
	check "... and an event says so" eventually 5 says none 'NoPods: No matching pods found'
	k patch pdb web --type=merge -p '{"spec":{"minAvailable":3}}' >/dev/null
	check "all are needed" eventually 5 budget web "3 3 3 0"
	expect "an eviction is refused" "Cannot evict pod as it would violate the pod's disruption budget" evict "$p"
	expect "... 429 and its cause" '"reason":"DisruptionBudget","message":"The disruption budget web needs 3 healthy pods and has 3 currently".*"code":429' in_node n1 curl -sS -X POST --cacert "$T/ca" --cert "$T/crt" --key "$T/key" -H 'Content-Type: application/json' \
		-d "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"$p\"}}" "https://192.168.77.1:6443/api/v1/namespaces/default/pods/$p/eviction"
	k cordon n1 >/dev/null; k cordon n2 >/dev/null
	k patch pdb web --type=merge -p '{"spec":{"minAvailable":2}}' >/dev/null
	eventually 5 budget web "3 3 2 1" >/dev/null
	check "one is evicted" evict "$p"
	check "... and none is left to be, with no node to take it" eventually 10 budget web "3 2 2 0"
	q=$(k get pods -l app=web --field-selector status.phase=Running -o 'jsonpath={.items[0].metadata.name}')
	expect "... so the next is refused" 'violate' evict "$q"
	check "one that is not ready may go while the budget is met" evict "$(k get pods -l app=web --field-selector status.phase=Pending -o 'jsonpath={.items[0].metadata.name}')"
	k uncordon n1 >/dev/null; k uncordon n2 >/dev/null
	check "three again" eventually 30 budget web "3 3 2 1"
	# One that is never ready counts as disrupted already: IfHealthyBudget keeps it while the budget is not met, AlwaysAllow does not.
	cat <<-Y | k create -f - >/dev/null
	{apiVersion: apps/v1, kind: Deployment, metadata: {name: sick}, spec: {replicas: 2, selector: {matchLabels: {app: sick}}, template: {metadata: {labels: {app: sick}},
	 spec: {terminationGracePeriodSeconds: 0, containers: [{name: c, image: "$IMAGE", command: [sleep, "1000"], readinessProbe: {periodSeconds: 1, exec: {command: ["false"]}}}]}}}}
	Y
	k create pdb sick --selector=app=sick --min-available=1 >/dev/null
	running() { [ "$(k get pods -l app=sick --field-selector status.phase=Running -o name | wc -l)" = 2 ]; }
	eventually 20 running >/dev/null
	q=$(k get pods -l app=sick -o 'jsonpath={.items[0].metadata.name}')
	expect "an unhealthy pod of a budget that is not met stays" 'violate' evict "$q"
	k patch pdb sick --type=merge -p '{"spec":{"unhealthyPodEvictionPolicy":"AlwaysAllow"}}' >/dev/null
	check "... unless unhealthyPodEvictionPolicy is AlwaysAllow" evict "$q"
	k delete deploy sick >/dev/null
	# Real drain: pods move one at a time.
	least=9
	k drain n1 --ignore-daemonsets --force --delete-emptydir-data --timeout=60s >"$T/drain.log" 2>&1 &
	drain=$!
	while kill -0 $drain 2>/dev/null; do
		now=$(k get deploy web -o 'jsonpath={.status.readyReplicas}'); [ "${now:-0}" -ge $least ] || least=${now:-0}
	done
	wait $drain && ok "drain" || not_ok "drain" "$(cat "$T/drain.log")"
	check "... never fewer than the budget says" test "$least" -ge 2
	moved() { [ "$(k get pods -l app=web -o 'jsonpath={range .items[?(@.status.phase=="Running")]}{.spec.nodeName} {end}')" = "n2 n2 n2 " ]; }
	check "... all on the other node" eventually 30 moved
	k patch pdb web --type=merge -p '{"spec":{"minAvailable":null,"maxUnavailable":0}}' >/dev/null
	eventually 5 budget web "3 3 3 0" >/dev/null
	expect "a budget of nothing holds a drain up" 'violate the pod.s disruption budget' k drain n2 --ignore-daemonsets --force --delete-emptydir-data --timeout=6s
	k uncordon n1 >/dev/null; k uncordon n2 >/dev/null
	# The scale of a custom resource
	cat <<-Y | k create -f - >/dev/null
	apiVersion: apiextensions.k8s.io/v1
	kind: CustomResourceDefinition
	metadata: {name: herds.example.com}
	spec:
	  group: example.com
	  names: {plural: herds, kind: Herd}
	  scope: Namespaced
	  versions: [{name: v1, served: true, storage: true, subresources: {scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}}, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
	Y
	herd() { printf '{"apiVersion":"example.com/v1","kind":"Herd","metadata":{"name":"h"},"spec":{"size":4}}' | k create -f -; }
	check "a custom resource with a scale" eventually 10 herd
	uid=$(get herd h '{.metadata.uid}')
	printf '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"sheep","labels":{"app":"herd"},"ownerReferences":[{"apiVersion":"example.com/v1","kind":"Herd","name":"h","uid":"%s","controller":true}]},"spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"c","image":"%s","command":["sleep","1000"]}]}}' "$uid" "$IMAGE" | k create -f - >/dev/null
	k create pdb herd --selector=app=herd --max-unavailable=1 >/dev/null
	check "its size is what is expected" eventually 20 budget herd "4 1 3 0"
	job plough "" "sleep 1000"
	k create pdb plough --selector=job-name=plough --max-unavailable=1 >/dev/null
	check "pods of what has no scale: it cannot be counted" eventually 20 conds pdb plough DisruptionAllowed "False SyncFailed"
	check "... says so" eventually 5 says plough 'CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: jobs.batch does not implement the scale subresource'
	k delete pdb --all >/dev/null
	# An eviction is written down at the pod, so that a Job may ignore it.
	job spared "backoffLimit: 0, podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}," "sleep 1000"
	eventually 20 is job spared '{.status.ready}' 1 >/dev/null
	q=$(k get pods -l job-name=spared -o 'jsonpath={.items[0].metadata.name}')
	check "a Job's pod is evicted" evict "$q"
	renewed() { [ "$(k get pods -l job-name=spared --field-selector "metadata.name!=$q" -o 'jsonpath={.items[*].status.phase}')" = Running ]; }
	check "... replaced, and the Job has not failed" eventually 20 renewed
	check "..." is job spared '{.status.failed}' ""
	k delete jobs --all --wait=false >/dev/null
	k delete deploy web >/dev/null
	k delete crd herds.example.com >/dev/null
}
part_volumes() {
	k get storageclass walkthrough >/dev/null 2>&1 || k apply -f "$MINIK_TOP/examples/walkthrough/storageclass.yaml" >/dev/null
	cat <<-Y | k create -f - >/dev/null
	apiVersion: v1
	kind: Pod
	metadata: {name: eph}
	spec:
	  terminationGracePeriodSeconds: 0
	  containers: [{name: c, image: "$IMAGE", command: [sh, -c, "echo x >/s/f && exec sleep 1000"], volumeMounts: [{name: scratch, mountPath: /s}]}]
	  volumes: [{name: scratch, ephemeral: {volumeClaimTemplate: {metadata: {labels: {l: v}}, spec: {storageClassName: walkthrough, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}]
	Y
	check "an ephemeral volume has a claim, and the pod runs" k wait --for=condition=Ready pod/eph --timeout=40s
	check "... owned by the pod" is pvc eph-scratch '{.metadata.ownerReferences[0].kind} {.metadata.ownerReferences[0].name} {.metadata.labels.l}' "Pod eph v"
	k delete pod eph >/dev/null
	gone() { ! k get "$1" "$2"; }
	check "... and goes with it" eventually 30 gone pvc eph-scratch
	printf '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"lost","finalizers":["example.com/hold"]},"spec":{"nodeName":"nowhere","containers":[{"name":"c","image":"x"}]}}' | k create -f - >/dev/null
	check "a pod of a node that is not there is marked Failed" eventually 20 is pod lost '{.status.phase} {.status.conditions[?(@.type=="DisruptionTarget")].reason}' "Failed DeletionByPodGC"
	k patch pod lost --type=merge -p '{"metadata":{"finalizers":null}}' >/dev/null
	check "... and removed" eventually 20 gone pod lost
}

# What a minute's wait is for begins here, before all else; part_cron looks at it.
cron_begin() {
	cronjob each "* * * * *" "" "echo fired; sleep 8" >/dev/null
	cronjob dormant "* * * * *" "suspend: true," "echo fired" >/dev/null
	# Since an hour ago as far as it knows: the latest of what was missed is started at once.
	cronjob forbid "* * * * *" "concurrencyPolicy: Forbid," "sleep 1000" >/dev/null
	cronjob replace "* * * * *" "concurrencyPolicy: Replace," "sleep 1000" >/dev/null
}
part_cron() {
	expect "a time zone in the schedule is refused" 'cannot use TZ or CRON_TZ in schedule' cronjob tz "TZ=UTC * * * * *" "" true
	expect "a bad schedule is refused" 'spec.schedule: Invalid value: \\?"61 \* \* \* \*' cronjob bad "61 * * * *" "" true
	expect "an unknown time zone is refused" 'unknown time zone Mars/Olympus' cronjob mars "0 0 * * *" "timeZone: Mars/Olympus," true
	check "a CronJob in a time zone" cronjob berlin "0 3 * * 0" "timeZone: Europe/Berlin, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 0," "echo by hand"
	expect "columns" '^berlin +0 3 \* \* 0 +Europe/Berlin +False +0 +<none>' k get cronjob berlin
	check "a Job by hand" k create job --from=cronjob/berlin one
	check "... completes" k wait --for=condition=Complete job/one --timeout=30s
	check "... and is known as the CronJob's" eventually 10 sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get cronjob berlin -o 'jsonpath={.status.lastSuccessfulTime}' | grep ."
	k create job --from=cronjob/berlin two >/dev/null
	gone() { ! k get "$1" "$2"; }
	check "the history has its limit" eventually 30 gone job one
	is job two '{.status.succeeded}' 1 >/dev/null && ok "... the newer stays" || check "... the newer stays" is job two '{.status.succeeded}' 1
	# The other parts may have taken minutes: the one that is looked at is one that runs now.
	fired() { read -r j t <<<"$(get cronjob each '{.status.active[0].name} {.status.lastScheduleTime}')"; [ -n "${t:-}" ]; }
	eventually 75 fired && ok "the schedule fires: a Job is active" || not_ok "the schedule fires: a Job is active"
	check "... named after its time" test "$j" = "each-$(($(date -d "$t" +%s) / 60))"
	expect "... on the minute" ':00Z$' echo "$t"
	check "... events" eventually 5 says each "SuccessfulCreate: Created job $j"
	check "... and completes" k wait --for=condition=Complete job/"$j" --timeout=30s
	check "... is active no more" eventually 5 is cronjob each '{.status.active}' ""
	check "... which is told" eventually 5 says each "SawCompletedJob: Saw completed job: $j, condition: Complete"
	check "a suspended one does not" is jobs -lcron=dormant '{.items}' "[]"
	first=$(k get jobs -l cron=replace -o 'jsonpath={.items[0].metadata.name}')
	check "Forbid: the next is left out while one runs" eventually 75 says forbid 'JobAlreadyActive'
	check "... one Job" test "$(k get jobs -l cron=forbid -o name | wc -l)" = 1
	replaced() { [ -n "$(get cronjob replace '{.status.active[0].name}')" ] && [ "$(get cronjob replace '{.status.active[0].name}')" != "$first" ] && gone job "$first"; }
	check "Replace: it takes the place of the one that runs" eventually 75 replaced
	check "describe" k describe cronjob each
	check "delete" k delete cronjobs --all --timeout=30s
	none() { [ -z "$(k get jobs -l cron -o name)" ]; }
	check "... with the Jobs" eventually 30 none
}

wanted cron && cron_begin
for part in job kill daemon stateful cron pdb volumes; do
	wanted $part && type part_$part >/dev/null 2>&1 && part_$part
done
quiet() { [ -z "$(grep -E 'level=(warning|error) component=(job|daemonset|statefulset|cronjob|disruption)' "$T/n1/server.log" | sed 's/^time=[^ ]* //' | sort | uniq -c | awk '$1 > 5' | tee /dev/stderr)" ]; }
check "no controller complains over and over" quiet
