#!/bin/bash
# The workload controllers with real containers: Job, DaemonSet, StatefulSet, CronJob, disruption budgets. WORKLOADS_PARTS="job cron" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
IMAGE=localhost:5000/toolbox:1.0
node_add n1 192.168.77.1
node_add n2 192.168.77.2
server_with_images n1
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

	# kill -9 in the middle: every completion counts, each once
	job twenty "completions: 20, parallelism: 4," "echo run; sleep 0.3"
	some() { [ "$(k get job twenty -o 'jsonpath={.status.succeeded}')" -ge "$1" ]; }
	for at in 3 8 14; do
		eventually 60 some $at >/dev/null
		kill -9 "$(minik_main_pid n1)"
		wait "$minik_pid" 2>/dev/null
		minik_start n1 server --write-kubeconfig "$T/kubeconfig"
		check "server is back after kill -9 at $at completions" eventually 20 k get --raw /readyz
	done
	check "twenty completions" k wait --for=condition=Complete job/twenty --timeout=90s
	check "exactly" is job twenty '{.status.succeeded} {.status.failed} {.status.uncountedTerminatedPods}' "20  {}"
	check "by exactly as many pods" sh -c "[ $(k get pods -l job-name=twenty --no-headers | grep -c Completed) = 20 ]"
	check "none of which holds a finalizer" is pods "-ljob-name=twenty" '{.items[*].metadata.finalizers}' ""
	k delete job twenty >/dev/null
}

for part in job daemon stateful cron pdb volumes; do
	wanted $part && type part_$part >/dev/null 2>&1 && part_$part
done
quiet() { [ -z "$(grep -E 'level=(warning|error) component=(job|daemonset|statefulset|cronjob|disruption)' "$T/n1/server.log" | sed 's/^time=[^ ]* //' | sort | uniq -c | awk '$1 > 5' | tee /dev/stderr)" ]; }
check "no controller complains over and over" quiet
