#!/bin/bash
# The machine goes down: minik killall --shutdown ends pods within their grace periods, in parallel; the next start brings them back.
# CALM: it measures how long pods are given to end.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
node_add n1 192.168.77.1
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/images" >"$T/images.log" 2>&1 || { not_ok "images" "$(cat "$T/images.log")"; exit 1; }
mkdir -p "$T/said"

start() { minik_start n1 server --write-kubeconfig "$T/kubeconfig" "$@"; }
ready() { k get nodes | grep -w Ready; }
start
check "node becomes Ready" eventually 20 ready || exit 1
check "image import" in_node n1 "$MINIK" image import "$T"/images/toolbox*.tar --data-dir "$T/n1/data" --run-dir "$T/n1/run"

pod() { # pod NAME GRACE 'LIFECYCLE' 'MORE OF SPEC' SCRIPT
	cat <<-Y
	---
	apiVersion: v1
	kind: Pod
	metadata: {name: $1}
	spec:
	  terminationGracePeriodSeconds: $2
	$(printf '%b' "$4" | sed 's/^/  /')
	  containers:
	  - name: main
	    image: localhost:5000/toolbox:1.0
	    imagePullPolicy: Never
	    command: ["sh", "-c", '$5']
	$(printf '%b' "$3" | sed 's/^/    /')
	    volumeMounts: [{name: said, mountPath: /said}]
	  volumes: [{name: said, hostPath: {path: $T/said}}]
	Y
}
wait_forever='while :; do sleep 1; done'
{
	pod deaf 60 "" "" "trap \"\" TERM; $wait_forever"
	pod short 2 "" "" "trap \"\" TERM; $wait_forever"
	pod polite 60 "" "" "trap \"sleep 1; echo bye >/said/polite; exit 0\" TERM; $wait_forever"
	pod hooked 60 'lifecycle: {preStop: {exec: {command: ["sh", "-c", "echo asked >/said/hooked"]}}}' "" "trap \"exit 0\" TERM; $wait_forever"
	pod once 60 "" "restartPolicy: Never" "trap \"exit 0\" TERM; $wait_forever"
	pod onfailure 60 "" "restartPolicy: OnFailure" "trap \"exit 0\" TERM; $wait_forever"
	pod shared 60 "" "shareProcessNamespace: true" "trap \"exit 0\" TERM; $wait_forever"
	pod critical 60 "" "priorityClassName: system-node-critical" "trap \"date +%s >/said/critical; exit 0\" TERM; $wait_forever"
	pod last 60 "" "" "trap \"date +%s >/said/ordinary; exit 0\" TERM; $wait_forever"
} >"$T/pods.yaml"
names="deaf short polite hooked once onfailure shared critical last"
check "apply" k apply -f "$T/pods.yaml"
# shellcheck disable=SC2086
check "all run" k wait --for=condition=Ready --timeout=60s $(printf 'pod/%s ' $names) || exit 1
restarts() { k get pod "$1" -o 'jsonpath={.status.containerStatuses[0].restartCount}/{.status.phase}'; }
procs() { cat $(find /sys/fs/cgroup -path "*$lib_cgroup-n1*" -name cgroup.procs) 2>/dev/null | sort -u | grep -c .; }

# --- with the agent
down() { in_node n1 "$MINIK" killall --shutdown --config "$T/n1/config.yaml" --data-dir "$T/n1/data" --run-dir "$T/n1/run" --cgroup-root "$lib_cgroup-n1" "$@"; }
printf 'shutdown-grace-period: 7\nshutdown-grace-period-critical-pods: 3\n' >"$T/n1/config.yaml"
in_node n1 kill "$(minik_main_pid n1)"; wait "$minik_pid"
start # with these settings; the pods run on
check "Ready again" eventually 20 ready
began=$(date +%s%N)
check "killall --shutdown" down
took=$((($(date +%s%N) - began) / 1000000))
wait "$minik_pid" && ok "minik ended by itself" || not_ok "minik ended by itself" "$(tail -20 "$T/n1/server.log")"
# 4 s on a quiet machine; far from the 60 s that the pod itself gives.
[ $took -ge 3900 ] && [ $took -lt 30000 ] && ok "the deaf pod was waited for, as long as pods may take" || not_ok "as long as pods may take" "$took ms"
[ "$(procs)" = 0 ] && ok "nothing of the pods runs" || not_ok "nothing of the pods runs" "$(ps -ef | grep -E 'conmon|toolbox')"
expect "a pod said goodbye" '^bye$' cat "$T/said/polite"
expect "a preStop hook ran" '^asked$' cat "$T/said/hooked"
[ "$(cat "$T/said/ordinary")" -lt "$(cat "$T/said/critical")" ] && ok "the critical pod went last" || not_ok "the critical pod went last" "$(head "$T"/said/*)"
in_node n1 grep -q "ending 9 pods within 7 s" "$T/n1/server.log" && ok "the log says so" || not_ok "the log says so" "$(tail "$T/n1/server.log")"

# as after the reboot: what lay in run-dir is of another boot
rm -f "$T"/said/*
for p in /proc/[0-9]*; do [ "$(readlink "$p/cwd")" != "$T/n1/run/ingress" ] || kill -9 "${p#/proc/}"; done
awk -v t="$T/n1/run" 'index($5, t "/") == 1 {print $5}' "/proc/$node_pid_n1/mountinfo" | sort -r | while read -r m; do in_node n1 umount -l "$m"; done
sed -i 's/^./x/' "$T/n1/run/boot_id"
start
check "after the boot the node is Ready" eventually 20 ready
back() { for p in $(echo $names | sed 's/once//'); do [ "$(k get pod $p -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ] || return 1; done; }
check "the pods are back" eventually 30 back || not_ok "pods" "$(k get pods)"
for p in deaf polite onfailure critical shared; do expect "$p was started again" '^1/Running$' restarts $p; done
expect "a pod that is never restarted has failed" '^Failed Terminated$' k get pod once -o 'jsonpath={.status.phase} {.status.reason}'
expect "the end of the former run is told" '^(0|143|137|255)$' k get pod polite -o 'jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}'

# --- without a reboot: what was ended goes on where it was
check "killall --shutdown" down
wait "$minik_pid"
start
check "without a reboot the pods are back as well" eventually 30 back || not_ok "pods" "$(k get pods)"
for p in deaf polite onfailure critical shared; do expect "$p was started again" '^2/Running$' restarts $p; done

# --- without an agent
rm -f "$T"/said/*
in_node n1 kill -9 "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
t=$SECONDS
check "killall --shutdown without a running minik" down
[ $((SECONDS - t)) -lt 30 ] && ok "... within the grace period" || not_ok "... within the grace period" "$((SECONDS - t)) s"
[ "$(procs)" = 0 ] && ok "... nothing of the pods runs" || not_ok "... nothing of the pods runs" "$(ps -ef | grep -E 'conmon|toolbox')"
expect "... a pod said goodbye" '^bye$' cat "$T/said/polite"

# --- pids in files of an earlier boot are somebody else's now
start
check "the pods are back" eventually 30 back || not_ok "pods" "$(k get pods)"
for p in deaf polite onfailure; do expect "... at once" '^3/Running$' restarts $p; done
in_node n1 kill -9 "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
sleep 300 & victim=$!
lib_pids="$lib_pids $victim"
for f in $(find "$T/n1/run/containers" -name conmon.pid -o -path "$T/n1/run/containers/*" -name pid) "$T/n1/run/minik.lock"; do echo $victim >"$f"; done
find "$T/n1/run/pods" -name state.json -exec sed -i -E "s/\"pid\": ?[1-9][0-9]*/\"pid\":$victim/g" {} +
find "$T/n1/run/pods" -name pause.json -exec sed -i -E "s/\"pid\": ?[0-9]+/\"pid\":$victim/" {} +
grep -rlq "\"pid\":$victim" "$T/n1/run/pods" || not_ok "pids are replaced" "$(cat "$T"/n1/run/pods/*/state.json)"
check "killall --shutdown with stale pids" down
start
check "the node is Ready over stale pids" eventually 20 ready
check "deleting a pod" k delete pod deaf --grace-period=1 --timeout=60s
in_node n1 kill "$(minik_main_pid n1)"; wait "$minik_pid"
check "killall" in_node n1 "$MINIK" killall --config "$T/n1/config.yaml" --data-dir "$T/n1/data" --run-dir "$T/n1/run" --cgroup-root "$lib_cgroup-n1"
kill -0 $victim 2>/dev/null && ok "the process that has the number now lives on" || not_ok "the process that has the number now lives on" ""
kill $victim
