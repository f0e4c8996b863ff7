#!/bin/bash
# The node agent with real pods against the API server alone: what containers see, volumes, probes, hooks, restarts, a kill of the agent.
# CALM: grace periods, probes and backoff are in seconds.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
build=${MINIK_BUILD:-$MINIK_TOP/build}
node_tool=${NODE_TOOL:-$build/tests/integration/node_tool}
[ -x "$node_tool" ] && [ -x "$build/tests/integration/apiserver_main" ] || make -s -C "$build" tests/integration/node_tool tests/integration/apiserver_main >&2 || skip_all "node_tool cannot be built"
command -v conmon >/dev/null || skip_all "no conmon"
[ -x "$KUBECTL" ] || KUBECTL=kubectl
node_add n1 192.168.77.1
mkdir -p "$T/n1/data/images" "$T/n1/run" "$T/api" "$T/images"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/images" >"$T/images.log" 2>&1 || skip_all "cannot build images"
cp "$T"/images/toolbox*.tar "$T/n1/data/images/"
in_node_exec n1 "$build/tests/integration/apiserver_main" "$T/api" 6443 >"$T/n1/api.log" 2>&1 &
lib_pids="$lib_pids $!"
eventually 10 grep -q ready "$T/n1/api.log"
export KUBECONFIG=$T/api/admin.kubeconfig
k() { in_node n1 "$KUBECTL" "$@"; }
args="$KUBECONFIG n1 192.168.77.1 $T/n1/data $T/n1/run $lib_cgroup-n1"
start_node() {
	: >"$T/n1/node.pid"
	in_node n1 sh -c 'echo $$ >"$1"; shift; exec "$@"' - "$T/n1/node.pid" "$node_tool" $args >>"$T/n1/node.log" 2>&1 &
	node_job=$!
	until node_pid=$(cat "$T/n1/node.pid") && [ -n "$node_pid" ]; do :; done
	lib_pids="$lib_pids $node_pid"
}
ctr_log() { cut -d' ' -f4- "$T"/n1/data/logs/pods/default_"$1"_*/"${2:-c}"/"${3:-0}".log; }
status() { k get pod "$1" -o "jsonpath={.status.$2}"; }
node_state n1 >"$T/before"
start_node
check "the node becomes Ready" eventually 10 k wait --for=condition=Ready node/n1 --timeout=5s
expect "it describes itself" '^192.168.77.1 n1 linux (amd64|arm64) 110 crun|runc' k get node n1 \
	-o 'jsonpath={.status.addresses[0].address} {.status.addresses[1].address} {.metadata.labels.kubernetes\.io/os} {.status.nodeInfo.architecture} {.status.capacity.pods} {.status.nodeInfo.containerRuntimeVersion}'
check "it renews a Lease" eventually 5 k get lease -n kube-node-lease n1
k patch node n1 --type merge -p '{"spec":{"podCIDR":"10.42.0.0/24","podCIDRs":["10.42.0.0/24"]}}' >/dev/null
k create sa default >/dev/null 2>&1
k create configmap kube-root-ca.crt --from-literal=ca.crt=CA >/dev/null 2>&1
k create configmap cm --from-literal=a=1 --from-literal=b.txt=two >/dev/null
k create secret generic sec --from-literal=pw=s3cret >/dev/null
cat >"$T/pods.yaml" <<'Y'
apiVersion: v1
kind: Pod
metadata: {name: full, labels: {app: full}}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 5
  hostname: hh
  subdomain: sub
  securityContext: {fsGroup: 2000, runAsUser: 1000, supplementalGroups: [3000]}
  initContainers:
  - {name: i1, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "echo init1 > /e/i1"], volumeMounts: [{name: e, mountPath: /e}]}
  - {name: side, image: "localhost:5000/toolbox:1.0", restartPolicy: Always, command: [sh, -c, "trap 'exit 0' TERM; while :; do sleep 0.1; done"]}
  containers:
  - name: c
    image: localhost:5000/toolbox:1.0
    command: [sh, -c]
    args:
    - |
      id; echo 'expanded $(A) $$(A) $(NOPE)'; echo "env $POD $PODIP $CPU $MEMLIM $CM_a $PW"; cat /e/i1
      echo "files $(cat /cm/a /cm/b.txt /sec/pw /proj/lab /proj/d/x /sub | tr '\n' ' ')"
      touch /subdir/x && echo subdir; touch /host/x || echo host read-only; cat /etc/hosts /etc/resolv.conf; hostname
      ls /token; cut -c1-2 /token/token
      echo "seccomp $(grep Seccomp: /proc/self/status | tr -d '\t') caps $(grep CapBnd /proc/self/status | tr -d '\t')"
      echo ended well > /dev/termination-log
      trap 'exit 3' TERM; while :; do sleep 0.1; done
    env:
    - {name: A, value: aa}
    - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    - {name: PODIP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
    - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}
    - {name: MEMLIM, valueFrom: {resourceFieldRef: {resource: limits.memory}}}
    - {name: PW, valueFrom: {secretKeyRef: {name: sec, key: pw}}}
    envFrom: [{prefix: CM_, configMapRef: {name: cm}}]
    resources: {limits: {cpu: 500m, memory: 64Mi}, requests: {cpu: 100m}}
    securityContext: {seccompProfile: {type: RuntimeDefault}, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}, allowPrivilegeEscalation: false}
    startupProbe: {exec: {command: [sh, -c, "true"]}, periodSeconds: 1}
    readinessProbe: {exec: {command: [sh, -c, "test ! -e /e/unready"]}, periodSeconds: 1, failureThreshold: 1}
    livenessProbe: {exec: {command: [sh, -c, "test ! -e /e/die || { rm /e/die; false; }"]}, periodSeconds: 1, failureThreshold: 1}
    volumeMounts:
    - {name: e, mountPath: /e}
    - {name: cm, mountPath: /cm}
    - {name: sec, mountPath: /sec}
    - {name: proj, mountPath: /proj}
    - {name: mem, mountPath: /mem}
    - {name: host, mountPath: /host, readOnly: true}
    - {name: tok, mountPath: /token}
    - {name: cm, mountPath: /sub, subPath: a}
    - {name: e, mountPath: /subdir, subPath: x/y}
  volumes:
  - {name: e, emptyDir: {}}
  - {name: tok, projected: {sources: [{serviceAccountToken: {path: token, expirationSeconds: 3600}}, {configMap: {name: kube-root-ca.crt}}]}}
  - {name: mem, emptyDir: {medium: Memory, sizeLimit: 10Mi}}
  - {name: cm, configMap: {name: cm}}
  - {name: sec, secret: {secretName: sec}}
  - {name: host, hostPath: {path: HOSTPATH, type: DirectoryOrCreate}}
  - name: proj
    projected:
      sources:
      - {downwardAPI: {items: [{path: lab, fieldRef: {fieldPath: metadata.labels}}]}}
      - {configMap: {name: cm, items: [{key: a, path: d/x}]}}
---
apiVersion: v1
kind: Pod
metadata: {name: crash}
spec:
  nodeName: n1
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "printf bye; exit 4"], terminationMessagePolicy: FallbackToLogsOnError}
---
apiVersion: v1
kind: Pod
metadata: {name: job}
spec:
  nodeName: n1
  restartPolicy: Never
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "echo out"]}
---
apiVersion: v1
kind: Pod
metadata: {name: nocm}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 0
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [sleep, "1000"], volumeMounts: [{name: v, mountPath: /v}]}
  volumes: [{name: v, configMap: {name: later}}]
---
apiVersion: v1
kind: Pod
metadata: {name: badcmd}
spec:
  nodeName: n1
  restartPolicy: Never
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [/nonexistent]}
---
apiVersion: v1
kind: Pod
metadata: {name: late}
spec:
  nodeName: n1
  activeDeadlineSeconds: 2
  terminationGracePeriodSeconds: 1
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [sleep, "1000"]}
---
apiVersion: v1
kind: Pod
metadata: {name: oom}
spec:
  nodeName: n1
  restartPolicy: Never
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done"], resources: {limits: {memory: 16Mi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 5
  containers:
  - name: c
    image: localhost:5000/toolbox:1.0
    command: [sh, -c, "mkdir -p /www; echo fine > /www/ok; sleep 0.3; trap 'echo stopped >> /h/log; exit 0' TERM; httpd -f -p 8080 -h /www & while :; do sleep 0.1; done"]
    ports: [{name: http, containerPort: 8080}]
    readinessProbe: {httpGet: {path: /ok, port: http}, periodSeconds: 5}
    livenessProbe: {tcpSocket: {port: 8080}, initialDelaySeconds: 1, periodSeconds: 1}
    lifecycle:
      postStart: {exec: {command: [sh, -c, "echo started >> /h/log"]}}
      preStop: {exec: {command: [sh, -c, "echo stopping >> /h/log; sleep 0.2"]}}
    volumeMounts: [{name: h, mountPath: /h}]
  volumes: [{name: h, hostPath: {path: HOSTPATH-web, type: DirectoryOrCreate}}]
---
apiVersion: v1
kind: Pod
metadata: {name: hostnet}
spec:
  nodeName: n1
  hostNetwork: true
  hostPID: true
  terminationGracePeriodSeconds: 1
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "ip -o addr; sleep 1000 & sleep 1000"], securityContext: {privileged: true}}
---
apiVersion: v1
kind: Pod
metadata: {name: shared}
spec:
  nodeName: n1
  shareProcessNamespace: true
  terminationGracePeriodSeconds: 1
  containers:
  - {name: a, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "trap 'exit 0' USR1; sleep 1111 & while :; do sleep 0.1; done"]}
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "until ps | grep -v grep | grep -q 'sleep 1111'; do sleep 0.1; done; echo sees the other and $(cat /proc/1/comm); while :; do sleep 0.1; done"]}
---
apiVersion: v1
kind: Pod
metadata: {name: unsupported}
spec:
  nodeName: n1
  containers: [{name: c, image: "localhost:5000/toolbox:1.0", volumeMounts: [{name: v, mountPath: /v}]}]
  volumes: [{name: v, fc: {targetWWNs: ["50060e801049cfd1"], lun: 0}}]
---
apiVersion: v1
kind: Pod
metadata: {name: stubborn}
spec:
  nodeName: n1
  activeDeadlineSeconds: 2
  terminationGracePeriodSeconds: 4
  containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "trap : TERM; while :; do sleep 0.1; done"]}]
---
apiVersion: v1
kind: Pod
metadata: {name: leaving}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 20
  containers:
  - name: c
    image: localhost:5000/toolbox:1.0
    command: [sh, -c, "while :; do sleep 0.1; done"]
    readinessProbe: {exec: {command: [sh, -c, "test ! -e /host/unready"]}, periodSeconds: 1, failureThreshold: 1}
    lifecycle: {preStop: {exec: {command: [sh, -c, "while [ ! -e /host/unready ]; do sleep 0.1; done; sleep 4"]}}}
    volumeMounts: [{name: h, mountPath: /host}]
  volumes: [{name: h, hostPath: {path: HOSTPATH-leaving, type: DirectoryOrCreate}}]
---
apiVersion: v1
kind: Pod
metadata: {name: rules}
spec:
  nodeName: n1
  restartPolicy: Never
  containers:
  - name: c
    image: localhost:5000/toolbox:1.0
    command: [sh, -c, "yes | head -c 6000 >/dev/termination-log; echo the end >>/dev/termination-log; test -e /e/x && exit 43; touch /e/x; exit 42"]
    restartPolicy: Never
    restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]
    volumeMounts: [{name: e, mountPath: /e}]
  volumes: [{name: e, emptyDir: {}}]
---
apiVersion: v1
kind: Pod
metadata: {name: noise}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 0
  containers:
  - name: c
    image: localhost:5000/toolbox:1.0
    command: [sleep, "1000"]
    readinessProbe: {exec: {command: [sh, -c, "printf 'not \\377 text'; exit 1"]}, periodSeconds: 1}
---
apiVersion: v1
kind: Pod
metadata: {name: slowstart}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 60
  containers:
  - name: c
    image: localhost:5000/toolbox:1.0
    command: [sh, -c, "trap : TERM; while :; do sleep 0.1; done"]
    startupProbe: {exec: {command: ["false"]}, periodSeconds: 1, failureThreshold: 1, terminationGracePeriodSeconds: 1}
---
apiVersion: v1
kind: Pod
metadata: {name: grpc}
spec:
  nodeName: n1
  hostNetwork: true
  terminationGracePeriodSeconds: 0
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [sleep, "1000"], readinessProbe: {grpc: {port: 5051, service: a.service}, periodSeconds: 1, failureThreshold: 1}}
Y
if command -v python3 >/dev/null; then
	echo 1 >"$T/grpc.say"
	in_node_exec n1 "$MINIK_TOP/tests/integration/grpc_health.py" 192.168.77.1 5051 "$T/grpc.say" >"$T/grpc.out" 2>&1 &
	lib_pids="$lib_pids $!"
fi
sed -i "s#HOSTPATH#$T/n1/host#" "$T/pods.yaml"
token_wants="^token\$ ^ey"
if ! k create token default >/dev/null 2>&1; then
	skip "service account tokens" "this API server issues none"
	sed -i '/name: tok,/d' "$T/pods.yaml"; token_wants=
fi
check "pods are taken" k apply -f "$T/pods.yaml"
check "a pod with everything becomes Ready" k wait --for=condition=Ready pod/full --timeout=20s
check "it has said all" eventually 5 sh -c "cat $T/n1/data/logs/pods/default_full_*/c/0.log | grep -q seccomp"
ctr_log full >"$T/full.log"
ip=$(status full podIP)
for want in '^uid=1000 gid=0.*groups=.*2000.*3000' "^env full $ip 500 67108864 1 s3cret" '^expanded aa .\(A\) .\(NOPE\)$' '^init1' '^files 1 ?two ?s3cret ?app="full" ?1 ?1' '^subdir$' '^host read-only$' \
	"^$ip.hh.sub.default.svc.cluster.local.hh" '^search default.svc.cluster.local svc.cluster.local cluster.local' '^options ndots:5' '^hh$' $token_wants '^seccomp Seccomp:2 caps CapBnd:0000000000000400'; do
	expect "container sees: $want" "$want" cat "$T/full.log"
done
expect "cpu limit holds" '^(50000|50000 100000)$' sh -c "cat \$(find /sys/fs/cgroup -path '*$lib_cgroup-n1/*/*/cpu.cfs_quota_us' -o -path '*$lib_cgroup-n1/*/*/cpu.max') | grep -v -E '^(-1|max)'"
expect "memory limit holds" '^67108864$' sh -c "cat \$(find /sys/fs/cgroup -path '*$lib_cgroup-n1/*/*/memory.limit_in_bytes' -o -path '*$lib_cgroup-n1/*/*/memory.max')"
expect "QoS class" '^Burstable$' status full qosClass
check "HTTP and TCP probes" k wait --for=condition=Ready pod/web --timeout=10s
expect "postStart ran" '^started$' cat "$T/n1/host-web/log"
check "a crashing container backs off" eventually 10 sh -c "$(declare -f in_node k status); node_pid_n1=$node_pid_n1 KUBECTL=$KUBECTL; status crash 'containerStatuses[0].state.waiting.reason' | grep -qx CrashLoopBackOff"
expect "its last state" '^1 4 Error bye' status crash "containerStatuses[0]['restartCount','lastState.terminated.exitCode','lastState.terminated.reason','lastState.terminated.message']"
check "a job ends" k wait --for=jsonpath='{.status.phase}'=Succeeded pod/job --timeout=10s
check "a bad command fails" k wait --for=jsonpath='{.status.phase}'=Failed pod/badcmd --timeout=10s
expect "and says why" 'StartError.*128.*/nonexistent|128.*/nonexistent.*StartError' k get pod badcmd -o 'jsonpath={.status.containerStatuses[0].state.terminated}'
check "out of memory is told" eventually 10 sh -c "$(declare -f in_node k status); node_pid_n1=$node_pid_n1 KUBECTL=$KUBECTL; status oom 'containerStatuses[0].state.terminated.reason' | grep -qx OOMKilled"
check "a deadline ends a pod" k wait --for=jsonpath='{.status.reason}'=DeadlineExceeded pod/late --timeout=10s
expect "host network" "$(status hostnet hostIP)" ctr_log hostnet
check "a shared PID namespace" eventually 5 sh -c "grep -q 'sees the other and pause' $T/n1/data/logs/pods/default_shared_*/c/0.log"
expect "a missing ConfigMap is told" 'MountVolume.SetUp failed for volume "v" : configmap "later" not found' k get events
expect "an unsupported volume is told" 'MountVolume.SetUp failed for volume "v" : volumes of plug-ins are disabled on this node' k get events
k create configmap later --from-literal=k=v >/dev/null
check "the pod starts once it is there" k wait --for=condition=Ready pod/nocm --timeout=5s
k patch configmap cm --type merge -p '{"data":{"a":"changed"}}' >/dev/null
k label pod full new=label >/dev/null
check "a changed ConfigMap reaches the volume" eventually 5 in_node n1 sh -c "grep -q changed $T/n1/run/pods/*/volumes/proj/d/x"
check "and so do labels" eventually 5 in_node n1 sh -c "grep -q new= $T/n1/run/pods/*/volumes/proj/lab"
E=$(echo "$T"/n1/data/pods/*/volumes/e)
touch "$E/unready"; check "a failing readiness probe" k wait --for=condition=Ready=false pod/full --timeout=5s
rm "$E/unready"; check "readiness comes back" k wait --for=condition=Ready pod/full --timeout=5s
touch "$E/die"; check "a failing liveness probe restarts" k wait --for=jsonpath='{.status.containerStatuses[0].restartCount}'=1 pod/full --timeout=15s
expect "exit code and termination message of the run before" '^3 ended well' status full "containerStatuses[0].lastState.terminated['exitCode','message']"
check "Ready again" k wait --for=condition=Ready pod/full --timeout=10s
check "a pod past its deadline is not called failed while it runs" test "$(status stubborn phase)" != Failed -o -z "$(status stubborn 'containerStatuses[0].state.running')"
check "but is in the end" k wait --for=jsonpath='{.status.phase}'=Failed pod/stubborn --timeout=15s
check "restart rules: the exit code in the list restarts, the other does not" k wait --for=jsonpath='{.status.phase}'=Failed pod/rules --timeout=15s
expect "with both exit codes" '^1 42 43$' status rules "containerStatuses[0]['restartCount','lastState.terminated.exitCode','state.terminated.exitCode']"
expect "the end of a long termination message" 'the end$' status rules 'containerStatuses[0].state.terminated.message'
expect "output that is no text is in the event" 'Readiness probe failed: not . text' k get events
check "a startup probe's own grace period" eventually 15 sh -c "$(declare -f in_node k status); node_pid_n1=$node_pid_n1 KUBECTL=$KUBECTL; status slowstart 'containerStatuses[0].restartCount' | grep -q '[1-9]'"
# It waits for none of its 60 s when it is caught in its back-off only.
check "a pod that ignores TERM, with a short grace" k delete pod slowstart --grace-period=1 --timeout=15s
check "a pod that leaves" k delete pod leaving --wait=false
sleep 1.5 # more than a probe's period
expect "is ready as long as it says so" '^True$' status leaving "conditions[?(@.type=='Ready')].status"
: >"$T/n1/host-leaving/unready"
check "and no longer" k wait --for=condition=Ready=false pod/leaving --timeout=6s
if command -v python3 >/dev/null; then
	check "a gRPC probe" k wait --for=condition=Ready pod/grpc --timeout=10s
	expect "asks for its service" '^asked for a.service$' cat "$T/grpc.out"
	echo 2 >"$T/grpc.say"
	check "not serving" k wait --for=condition=Ready=false pod/grpc --timeout=5s
	expect "is told" 'Readiness probe failed: service unhealthy .responded with "NOT_SERVING"' k get events
	echo code 12 >"$T/grpc.say"
	check "no health service" eventually 5 sh -c "$(declare -f in_node k); node_pid_n1=$node_pid_n1 KUBECTL=$KUBECTL; k get events | grep -q 'does not implement the grpc health protocol'"
fi
k apply -f - <<'Y' >/dev/null
apiVersion: v1
kind: Pod
metadata: {name: resize}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 0
  containers:
  - name: c
    image: localhost:5000/toolbox:1.0
    command: [sleep, "1000"]
    resources: {requests: {cpu: 100m, memory: 16Mi}, limits: {cpu: 200m, memory: 32Mi}}
    resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}, {resourceName: memory, restartPolicy: RestartContainer}]
Y
k wait --for=condition=Ready pod/resize --timeout=10s >/dev/null
resize() { k patch pod resize --subresource resize --type strategic -p "{\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":$1}]}}"; }
uid=$(k get pod resize -o 'jsonpath={.metadata.uid}')
check "a resize" resize '{"requests":{"cpu":"150m"},"limits":{"cpu":"300m"}}'
check "reaches the cgroup" eventually 5 sh -c "cat /sys/fs/cgroup/cpu*/$lib_cgroup-n1/pod$uid/*/cpu.cfs_quota_us /sys/fs/cgroup/$lib_cgroup-n1/pod$uid/*/cpu.max 2>/dev/null | grep -q ^30000"
check "and the status" k wait --for=jsonpath='{.status.containerStatuses[0].resources.limits.cpu}'=300m pod/resize --timeout=5s
expect "without a restart" '^0 150m$' status resize "containerStatuses[0]['restartCount','allocatedResources.cpu']"
check "what no node has" resize '{"requests":{"cpu":"5000"},"limits":{"cpu":"5000"}}'
check "is told" eventually 5 sh -c "$(declare -f in_node k); node_pid_n1=$node_pid_n1 KUBECTL=$KUBECTL; k get events | grep -q 'enough capacity: cpu, requested: 5'"
expect "and is not what it has" '^300m$' status resize 'containerStatuses[0].resources.limits.cpu'
k apply -f - <<'Y' >/dev/null
apiVersion: v1
kind: Pod
metadata: {name: huge}
spec: {nodeName: n1, containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sleep, "1000"], resources: {requests: {cpu: "900"}}}]}
Y
check "a pod the node has no room for" k wait --for=jsonpath='{.status.reason}'=OutOfcpu pod/huge --timeout=5s
expect "is told how much there is" '^Failed Pod was rejected: Node didn.t have enough resource: cpu, requested: 900000, used: [1-9][0-9]*, capacity: [0-9]+$' k get pod huge -o 'jsonpath={.status.phase} {.status.message}'
# A volume that is an image: here already, not here at all, and what a prune leaves alone.
cat <<'Y' | k create -f - >/dev/null
apiVersion: v1
kind: Pod
metadata: {name: imagevol}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 0
  containers:
  - name: c
    image: localhost:5000/toolbox:1.0
    command: [sh, -c, "ls /vol/bin/sh; ls /sub/sh; touch /vol/x 2>/dev/null || echo read-only; grep -q ' /vol .*noexec' /proc/mounts && echo noexec; sleep 1000"]
    volumeMounts: [{name: img, mountPath: /vol}, {name: img, mountPath: /sub, subPath: bin}]
  volumes: [{name: img, image: {reference: "localhost:5000/toolbox:1.0"}}]
---
apiVersion: v1
kind: Pod
metadata: {name: noimagevol}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 0
  containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sleep, "1000"], volumeMounts: [{name: img, mountPath: /vol}]}]
  volumes: [{name: img, image: {reference: "127.0.0.1:1/nothing:1"}}]
---
apiVersion: v1
kind: Pod
metadata: {name: neverimagevol}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 0
  containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sleep, "1000"], volumeMounts: [{name: img, mountPath: /vol}]}]
  volumes: [{name: img, image: {reference: "127.0.0.1:1/nothing:1", pullPolicy: Never}}]
Y
check "an image as a volume" k wait --for=condition=Ready pod/imagevol --timeout=10s
check "has its files, read-only and not to be run" eventually 5 sh -c "grep -c . $T/n1/data/logs/pods/default_imagevol_*/c/0.log | grep -qx 4"
expect "in full and by subPath" '^/vol/bin/sh /sub/sh read-only noexec $' sh -c "cut -d' ' -f4- $T/n1/data/logs/pods/default_imagevol_*/c/0.log | tr '\n' ' '"
events_of() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}'; }
tells() { events_of "$1" | grep -qE "$2"; }
check "one that cannot be pulled is told" eventually 10 tells noimagevol 'Failed: Failed to pull image "127.0.0.1:1/nothing:1": '
check "as what keeps the volume from being mounted" eventually 10 tells noimagevol 'FailedMount: MountVolume.SetUp failed for volume "img" : '
pulls() { [ "$(k get events --field-selector involvedObject.name=noimagevol,reason=Pulling -o 'jsonpath={.items[0].count}')" -gt 1 ]; }
check "and is tried again" eventually 10 pulls
check "one that shall not be pulled is told, too" eventually 10 tells neverimagevol 'image "127.0.0.1:1/nothing:1" is not present with pull policy of Never'
expect "its image is remembered as in use" '"imageID":"sha256:' sh -c "cat $T/n1/run/pods/$(k get pod imagevol -o 'jsonpath={.metadata.uid}')/state.json | tr -d ' ' | grep -o '\"volumeImages\".*'"
k delete pod imagevol noimagevol neverimagevol --wait --timeout=10s >/dev/null
check "nothing of it stays mounted" eventually 5 in_node n1 sh -c "! grep -q '/images/img' /proc/self/mountinfo"
# What is bound past the scheduler and does not go with the node, or with what is there already.
k label node n1 disk=ssd >/dev/null
bound() { # bound NAME SPEC [CONTAINER]
	printf '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s"},"spec":{"nodeName":"n1","terminationGracePeriodSeconds":0%s,"containers":[{"name":"c","image":"localhost:5000/toolbox:1.0","command":["sleep","1000"]%s}]}}' "$1" "$2" "${3:-}" | k create -f - >/dev/null
}
bound labelled ',"nodeSelector":{"disk":"ssd"}' ',"ports":[{"containerPort":80,"hostPort":8099,"hostIP":"127.0.0.1"}]'
check "a label of this moment is known" k wait --for=condition=Ready pod/labelled --timeout=10s
refused() { # refused NAME REASON MESSAGE
	check "refused: $1" k wait --for=jsonpath='{.status.reason}'="$2" "pod/$1" --timeout=5s
	expect "in kubelet's words" "^Failed Pod was rejected: $3\$" k get pod "$1" -o 'jsonpath={.status.phase} {.status.message}'
}
bound elsewhere ',"nodeSelector":{"disk":"hdd"}'
refused elsewhere NodeAffinity "Predicate NodeAffinity failed: node.s. didn't match Pod's node affinity/selector"
bound port '' ',"ports":[{"containerPort":81,"hostPort":8099}]'
refused port NodePorts "Predicate NodePorts failed: node.s. didn't have free ports for the requested pod ports"
bound other-port '' ',"ports":[{"containerPort":81,"hostPort":8099,"protocol":"UDP"}]'
check "another protocol's port is another port" k wait --for=condition=Ready pod/other-port --timeout=10s
k patch node n1 --subresource=status --type=merge -p '{"status":{"capacity":{"example.com/thing":"1"},"allocatable":{"example.com/thing":"1"}}}' >/dev/null
bound things '' ',"resources":{"limits":{"example.com/thing":"2"}}'
refused things OutOfexample.com/thing "Node didn't have enough resource: example.com/thing, requested: 2, used: 0, capacity: 1"
# Critical pods: where there is no room others are put out for them, those whose end does the least harm.
k patch node n1 --subresource=status --type=merge -p '{"status":{"capacity":{"example.com/thing":"4"},"allocatable":{"example.com/thing":"4"}}}' >/dev/null
things() { # things NAME NUMBER [CLASS] [RESOURCES] [COMMAND]
	k create -f - <<-Y >/dev/null
	{apiVersion: v1, kind: Pod, metadata: {name: $1}, spec: {nodeName: n1, terminationGracePeriodSeconds: 10${3:+, priorityClassName: $3}, containers: [
	 {name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "${5:-trap exit TERM; while :; do sleep 0.1; done}"], resources: {limits: {example.com/thing: "$2"${4:+, $4}}}}]}}
	Y
}
things idle 1 '' '' "trap 'until [ -e /tmp/end ]; do sleep 0.1; done; exit' TERM; mkdir -p /tmp; while :; do sleep 0.1; done"
things busy 2 '' 'memory: 10Mi'
things sure 1 '' 'memory: 10Mi, cpu: 10m'
for p in idle busy sure; do check "$p runs" k wait --for=condition=Ready pod/$p --timeout=20s; done
expect "they are of three classes" '^BestEffort Burstable Guaranteed$' k get pod idle busy sure -o 'jsonpath={.items[*].status.qosClass}'
things tardy 1
refused tardy OutOfexample.com/thing "Node didn't have enough resource: example.com/thing, requested: 1, used: 4, capacity: 4"
things first 1 system-cluster-critical
put_out() { k get pod "$1" -o 'jsonpath={.status.conditions[?(@.type=="DisruptionTarget")].status}' | grep -qx True; }
check "a critical pod puts out the one that was promised the least" eventually 5 put_out idle
expect "... and waits for it" '^Pending $' k get pod first -o 'jsonpath={.status.phase} {.status.containerStatuses[*].containerID}'
things between 1
refused between OutOfexample.com/thing "Node didn't have enough resource: example.com/thing, requested: 1, used: 5, capacity: 4"
k exec idle -- touch /tmp/end
check "... until it has ended" k wait --for=condition=Ready pod/first --timeout=20s
expect "... in kubelet's words" '^Failed Preempting Preempted in order to admit critical pod TerminationByKubelet Pod was preempted by Kubelet to accommodate a critical pod.$' \
	k get pod idle -o 'jsonpath={.status.phase} {.status.reason} {.status.message} {.status.conditions[?(@.type=="DisruptionTarget")].reason} {.status.conditions[?(@.type=="DisruptionTarget")].message}'
told() { k get events --field-selector "involvedObject.name=$1,reason=Preempting" -o 'jsonpath={.items[*].type} {.items[*].message}' | grep -qx 'Warning Preempted in order to admit critical pod'; }
check "... and event" eventually 5 told idle
things second 2 system-cluster-critical
check "another one puts out the burstable one" k wait --for=jsonpath='{.status.reason}'=Preempting pod/busy --timeout=20s
check "... and runs" k wait --for=condition=Ready pod/second --timeout=20s
things third 2 system-cluster-critical
refused third UnexpectedAdmissionError 'Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: no set of running pods found to reclaim resources: \[\(res: example.com/thing, q: 1\), \]'
things top 2 system-node-critical
check "one of higher priority puts out a critical one" k wait --for=jsonpath='{.status.reason}'=Preempting pod/second --timeout=20s
check "... and runs" k wait --for=condition=Ready pod/top --timeout=20s
expect "who was not needed goes on" '^Running Running $' k get pod first sure -o 'jsonpath={range .items[*]}{.status.phase} {end}'
k delete pod idle busy sure tardy first between second third top --grace-period=0 --force >/dev/null 2>&1
k delete pod other-port --grace-period=0 --force >/dev/null 2>&1
bound other-port2 '' ',"ports":[{"containerPort":81,"hostPort":8099,"protocol":"UDP"}]'
check "of a pod that is gone from the API at once, too" k wait --for=condition=Ready pod/other-port2 --timeout=10s
k taint node n1 key=value:NoExecute >/dev/null
bound tainted ''
refused tainted TaintToleration "Predicate TaintToleration failed: node.s. had taints that the pod didn't tolerate"
bound tolerant ',"tolerations":[{"key":"key","operator":"Exists"}]'
check "a pod that tolerates the taint runs" k wait --for=condition=Ready pod/tolerant --timeout=10s
k taint node n1 key- >/dev/null
k delete pod port labelled --wait --timeout=10s >/dev/null
bound port '' ',"ports":[{"containerPort":81,"hostPort":8099}]'
check "a port that came free is had" k wait --for=condition=Ready pod/port --timeout=10s
k delete pod port other-port2 elsewhere things tainted tolerant --wait=false >/dev/null
check "memory back and forth" resize '{"requests":{"cpu":"150m","memory":"20Mi"},"limits":{"cpu":"300m","memory":"40Mi"}}'
check "restarts, as the policy has it" k wait --for=jsonpath='{.status.containerStatuses[0].restartCount}'=1 pod/resize --timeout=10s
check "with the new limit" k wait --for=jsonpath='{.status.containerStatuses[0].resources.limits.memory}'=40Mi pod/resize --timeout=10s
hash=$(python3 -W ignore -c 'import crypt; print(crypt.crypt("secret", "$2b$05$" + "abcdefghijklmnopqrstuu"))' 2>/dev/null)
case $(command -v docker-registry skopeo | wc -l)$hash in
2\$2*)
	echo "user:$hash" >"$T/htpasswd"
	printf '%s\n' "version: 0.1" "storage: {filesystem: {rootdirectory: $T/registry}}" 'http: {addr: ":5002"}' "auth: {htpasswd: {realm: test, path: $T/htpasswd}}" "log: {level: error}" >"$T/registry.yml"
	in_node_exec n1 docker-registry serve "$T/registry.yml" >"$T/registry.log" 2>&1 &
	lib_pids="$lib_pids $!"
	eventually 10 in_node n1 curl -s -o /dev/null http://127.0.0.1:5002/v2/
	check "an image behind a password" in_node n1 skopeo --insecure-policy copy -q --dest-tls-verify=false --dest-creds user:secret "docker-archive:$(echo "$T"/images/toolbox*.tar)" docker://127.0.0.1:5002/private/toolbox:1.0
	k create secret docker-registry wrong --docker-server=127.0.0.1:5002 --docker-username=user --docker-password=nope >/dev/null
	k create secret docker-registry right --docker-server=127.0.0.1:5002 --docker-username=user --docker-password=secret >/dev/null
	for p in "denied []" "private [{name: missing}, {name: wrong}, {name: right}]"; do
		printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: %s}\nspec:\n  nodeName: n1\n  terminationGracePeriodSeconds: 0\n  imagePullSecrets: %s\n  containers: [{name: c, image: "127.0.0.1:5002/private/toolbox:1.0", command: [sleep, "1000"], imagePullPolicy: Always}]\n' "${p%% *}" "${p#* }" | k apply -f - >/dev/null
	done
	check "the pull secret that fits is found behind one that does not" k wait --for=condition=Ready pod/private --timeout=15s
	expect "one that is missing is told" 'Unable to retrieve some image pull secrets .missing.' k get events
	expect "without any there is no image" 'ErrImagePull|ImagePullBackOff' status denied 'containerStatuses[0].state.waiting.reason'
	;;
*) skip "pull secrets" "no registry or no bcrypt here" ;;
esac
last_two() { # of three runs or more
	(cd "$T"/n1/data/logs/pods/default_crash_*/c && n=$(ls | sed -n 's/^\([0-9]*\)\.log$/\1/p' | sort -n | tail -1) && [ "$n" -ge 2 ] && [ -e $((n - 1)).log ] && [ ! -e $((n - 2)).log ])
}
check "logs of a crashing container: of this run and the one before" eventually 20 last_two
expect "events" 'Container c failed liveness probe, will be restarted' k get events

# The agent is killed; one container ends, one pod goes meanwhile.
k get pods -o 'jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[*].containerID} {.status.containerStatuses[*].restartCount} {.status.podIP}{"\n"}{end}' | grep -E '^(full|web|hostnet|shared)' >"$T/ids"
kill -9 "$node_pid"; wait "$node_job" 2>/dev/null
nocm=$(status nocm 'containerStatuses[0].containerID'); nocm=${nocm#*://}
kill -9 "$(cat "$T/n1/run/containers/$nocm/pid")"
k delete pod crash --force --grace-period=0 >/dev/null 2>&1
start_node
check "an exit that nobody saw is noticed" k wait --for=jsonpath='{.status.containerStatuses[0].restartCount}'=1 pod/nocm --timeout=10s
expect "with its exit code" '^137$' status nocm 'containerStatuses[0].lastState.terminated.exitCode'
k get pods -o 'jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[*].containerID} {.status.containerStatuses[*].restartCount} {.status.podIP}{"\n"}{end}' | grep -E '^(full|web|hostnet|shared)' >"$T/ids2"
check "all others are the same containers" diff "$T/ids" "$T/ids2"
check "the deleted pod's files are gone" eventually 5 sh -c "! ls -d $T/n1/data/logs/pods/default_crash_* 2>/dev/null"

# A container whose monitor was killed before it.
nocm=$(status nocm 'containerStatuses[0].containerID'); nocm=${nocm#*://}
n_before=$(status nocm 'containerStatuses[0].restartCount')
kill -9 "$(cat "$T/n1/run/containers/$nocm/conmon.pid")" && kill -9 "$(cat "$T/n1/run/containers/$nocm/pid")"
check "an exit without a monitor is noticed" k wait --for=jsonpath='{.status.containerStatuses[0].restartCount}'=$((n_before + 1)) pod/nocm --timeout=15s
expect "and called unknown" ContainerStatusUnknown status nocm 'containerStatuses[0].lastState.terminated.reason'

# The agent is killed while a container comes to be: it runs in the end, once, though its pod is never to be restarted. All with MINIK_SOAK=1.
mkdir -p "$T/n1/born"
times="0 10 20 30 40 50 60 80 100 140"
[ "${MINIK_SOAK:-0}" != 1 ] || times="$(seq 0 2 120) $(seq 0 3 180) $(seq 0 1 100)"
n=0 bad=0
for ms in $times; do
	n=$((n + 1))
	k create -f - >/dev/null <<-Y
	{apiVersion: v1, kind: Pod, metadata: {name: born$n}, spec: {nodeName: n1, restartPolicy: Never, terminationGracePeriodSeconds: 0, volumes: [{name: h, hostPath: {path: $T/n1/born}}],
	 containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "echo $n >>/h/log; sleep 1000"], volumeMounts: [{name: h, mountPath: /h}]}]}}
	Y
	sleep "$(printf '0.%03d' $ms)"
	kill -9 "$node_pid"; wait "$node_job" 2>/dev/null
	start_node
	runs() { [ "$(status born$n phase)" = Running ] && [ "$(grep -cx $n "$T/n1/born/log")" = 1 ]; }
	eventually 20 runs || { bad=$((bad + 1)); echo "# killed after $ms ms: $(status born$n phase), ran $(grep -cx $n "$T/n1/born/log") times"; }
	k delete pod born$n --wait=false >/dev/null
done
[ $bad = 0 ] && ok "$n containers come to be, once each, with kill -9 of the agent between" || not_ok "$n containers come to be, once each, with kill -9 of the agent between" "$bad do not"

check "graceful deletion" k delete pod web --timeout=10s
expect "preStop, then SIGTERM" 'started stopping stopped' sh -c "tr '\n' ' ' <$T/n1/host-web/log"
check "all pods go" k delete pods --all --timeout=30s
check "nothing is left of them" eventually 5 sh -c "! ls $T/n1/run/pods $T/n1/run/netns $T/n1/run/containers $T/n1/data/pods $T/n1/data/containers $T/n1/data/logs/pods | grep -v -E ':$|^$'"

# Pods running, agent stopped: killall leaves nothing.
sed '/^---/,$d' "$T/pods.yaml" >"$T/full.yaml"
check "a pod again" k apply -f "$T/full.yaml"
k wait --for=condition=Ready pod/full --timeout=20s >/dev/null
k apply -f - <<'Y' >/dev/null
apiVersion: v1
kind: Pod
metadata: {name: dozing}
spec:
  nodeName: n1
  terminationGracePeriodSeconds: 100
  containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sleep, "1000"], lifecycle: {preStop: {sleep: {seconds: 90}}}}]
Y
k wait --for=condition=Ready pod/dozing --timeout=10s >/dev/null
check "an agent ends while a hook sleeps" k delete pod dozing --wait=false
expect "a second agent is refused" 'already' in_node n1 timeout 5 "$node_tool" $args
kill "$node_pid"; wait "$node_job"
check "killall" in_node n1 "$node_tool" $args killall
node_state n1 | grep -v -E 'apiserver_main|cni0|nft |route ' >"$T/after"
check "nothing is left after killall" diff <(grep -v -E 'apiserver_main|route ' "$T/before") "$T/after"
[ $lib_failed = 0 ]
