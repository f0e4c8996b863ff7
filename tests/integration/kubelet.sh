#!/bin/bash
# A real kubelet, on containerd and runc, as a node of minik's: it joins by a bootstrap token and does everything a kubelet does at the API server, and
# the API server is the kubelet's client for logs, exec and the like.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_kube.sh"
. "$(dirname "$0")/lib_kubelet.sh"
kubelet_need
enter_sandbox "$@"
node_add n1 192.168.77.1
server() { minik_start n1 server --disable-agent --disable dns,ingress --write-kubeconfig "$T/kubeconfig" "$@"; minik_server=$minik_pid; }
server
kubelet_node k1 192.168.77.2 || { not_ok "a node with namespaces of its own"; exit 1; }
kubelet_runtime k1 >"$T/runtime.log" 2>&1 || { not_ok "containerd" "$(cat "$T/runtime.log" "$T/k1/containerd.log")"; exit 1; }
check "minik server" eventually 20 k get --raw /readyz || exit 1

# --- it joins ---
ca=$T/n1/data/server/tls/ca.crt
token=$(in_node n1 "$MINIK" token create --data-dir "$T/n1/data" --run-dir "$T/n1/run" --config "$T/n1/config.yaml") || { not_ok "a bootstrap token" "$token"; exit 1; }
token=${token##*::}
kubelet_start k1 https://192.168.77.1:6443 "$token" "$ca"
check "the node registers" eventually 30 k get node k1 || exit 1
check "... and becomes Ready" k wait --for=condition=Ready node/k1 --timeout=30s || exit 1
csr() { k get csr -o json | jq -r --arg s "kubernetes.io/$1" '.items[] | select(.spec.signerName == $s) | [.spec.username, (.status.conditions | map(.type) | join("+")), (.status.certificate != null)] | join(" ")'; }
expect "its client certificate, asked for with the token" "^system:bootstrap:${token%.*} Approved true\$" csr kube-apiserver-client-kubelet
issued() { csr kubelet-serving | grep -qx "system:node:k1 Approved true"; }
check "its serving certificate, asked for as the node" eventually 10 issued
serving() { in_node n1 openssl s_client -connect 192.168.77.2:10250 -CAfile "$ca" -verify_return_error </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName | tr '\n' ' '; }
shown() { serving | grep -E 'subject=O = system:nodes, CN = system:node:k1 .*DNS:k1, IP Address:192\.168\.77\.2'; }
check "... and shown" eventually 20 shown
cidr=$(k get node k1 -o 'jsonpath={.spec.podCIDR}')
in_node n1 ip route add "$cidr" via 192.168.77.2
expect "the node's status: version, runtime, port, labels" "^v$KUBE_VERSION\.[0-9]+ containerd://.* 10250 k1\$" \
	k get node k1 -o 'jsonpath={.status.nodeInfo.kubeletVersion} {.status.nodeInfo.containerRuntimeVersion} {.status.daemonEndpoints.kubeletEndpoint.Port} {.metadata.labels.kubernetes\.io/hostname}'
untainted() { ! k get node k1 -o 'jsonpath={.spec.taints}' | grep -q .; }
check "no taint is left" eventually 10 untainted
lease() { k get lease -n kube-node-lease k1 -o 'jsonpath={.spec.holderIdentity}' | grep -qx k1; }
check "the node's Lease" eventually 10 lease
renewed=$(k get lease -n kube-node-lease k1 -o 'jsonpath={.spec.renewTime}')
sed 's/127\.0\.0\.1/192.168.77.1/' "$T/kubeconfig" >"$T/k1/kubeconfig.admin"
minik_start k1 proxy --kubeconfig "$T/k1/kubeconfig.admin"

# --- pods ---
cat >"$T/k1/fixed.yaml" <<-Y
	{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "fixed"}, "spec": {"hostNetwork": true, "terminationGracePeriodSeconds": 1,
	 "containers": [{"name": "c", "image": "localhost:5000/toolbox:1.0", "command": ["sleep", "1000"]}]}}
Y
mv "$T/k1/fixed.yaml" "$T/k1/manifests/"
k create configmap conf --from-literal=greeting=hello >/dev/null
k create secret generic hidden --from-literal=word=mellon >/dev/null
k create secret generic other --from-literal=word=no >/dev/null
k create role reader --verb=get --resource=configmaps >/dev/null
k create rolebinding reader --role=reader --serviceaccount=default:default >/dev/null
cat <<-Y | k create -f - >/dev/null
	{apiVersion: v1, kind: List, items: [
	 {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},
	  spec: {terminationGracePeriodSeconds: 1, containers: [{name: c, image: "localhost:5000/hostnames:1.0", ports: [{containerPort: 9376}],
	   readinessProbe: {httpGet: {path: /, port: 9376}, periodSeconds: 1}}]}}}},
	 {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 9376}]}},
	 {apiVersion: v1, kind: PersistentVolume, metadata: {name: v0}, spec: {capacity: {storage: 1Mi}, accessModes: [ReadWriteOnce], hostPath: {path: $T/v0, type: DirectoryOrCreate}}},
	 {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {storageClassName: "", accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}},
	 {apiVersion: v1, kind: Pod, metadata: {name: box, labels: {app: box}}, spec: {terminationGracePeriodSeconds: 20,
	  initContainers: [{name: before, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "echo first; echo written >/data/file"], volumeMounts: [{name: data, mountPath: /data}]}],
	  containers: [{name: main, image: "localhost:5000/toolbox:1.0", command: [sh, -c, "trap 'echo farewell; sleep 1; exit 0' TERM; for i in 1 2 3 4 5; do echo line \$i; done; sleep 0.3; echo oops >&2; while :; do sleep 0.2; done"],
	   env: [{name: GREETING, valueFrom: {configMapKeyRef: {name: conf, key: greeting}}}, {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}],
	   volumeMounts: [{name: data, mountPath: /data}, {name: conf, mountPath: /conf}, {name: hidden, mountPath: /hidden}, {name: extra, mountPath: /extra}]},
	   {name: reader, image: "localhost:5000/toolbox:1.0", stdin: true, command: [cat]}],
	  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}, {name: conf, configMap: {name: conf}}, {name: hidden, secret: {secretName: hidden}},
	   {name: extra, projected: {sources: [{serviceAccountToken: {audience: vault, expirationSeconds: 600, path: token}}, {downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}]}}]}},
	 {apiVersion: v1, kind: Pod, metadata: {name: ill}, spec: {terminationGracePeriodSeconds: 0, containers: [{name: c, image: "localhost:5000/toolbox:1.0",
	  command: [sh, -c, "echo start; sleep 1000"], livenessProbe: {exec: {command: ["false"]}, periodSeconds: 1, failureThreshold: 1}}]}},
	 {apiVersion: batch/v1, kind: Job, metadata: {name: once}, spec: {backoffLimit: 0, template: {spec: {restartPolicy: Never,
	  containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [echo, done]}]}}}}]}
Y
check "a Deployment rolls out" k rollout status deploy/web --timeout=60s
check "a pod with volumes of every kind becomes Ready" k wait --for=condition=Ready pod/box --timeout=60s
check "a Job completes" k wait --for=condition=Complete job/once --timeout=30s
vip=$(k get svc web -o 'jsonpath={.spec.clusterIP}')
expect "a Service leads to the pods" '^web-' k exec box -c main -- timeout 5 wget -qO- "http://$vip/"
says() { k get events --field-selector "involvedObject.name=$1,source=kubelet" -o 'jsonpath={.items[*].reason}' | tr ' ' '\n' | grep -qx "$2"; }
check "the kubelet's events" says box Started

# --- volumes, and how they follow ---
expect "ConfigMap, Secret, claim, downward API" '^hello mellon written app="box" hello k1$' k exec box -c main -- sh -c 'for f in /conf/greeting /hidden/word /data/file /extra/labels; do printf "%s " "$(cat $f)"; done; echo $GREETING $NODE'
k create configmap conf --from-literal=greeting=goodbye --dry-run=client -o yaml | k replace -f - >/dev/null
k create secret generic hidden --from-literal=word=friend --dry-run=client -o yaml | k replace -f - >/dev/null
follows() { [ "$(k exec box -c main -- cat "$1")" = "$2" ]; }
check "an update of the ConfigMap reaches the pod" eventually 20 follows /conf/greeting goodbye
check "... of the Secret" eventually 20 follows /hidden/word friend
# --- tokens, which the kubelet asks for ---
api='wget -qO- --header "Authorization: Bearer $(cat /var/run/secrets/kubernetes.io/serviceaccount/token)" https://10.43.0.1'
expect "the pod's token opens what its account may read" '"greeting":"goodbye"' k exec box -c main -- timeout 5 sh -c "$api/api/v1/namespaces/default/configmaps/conf"
expect "... and nothing else" '403 Forbidden' k exec box -c main -- timeout 5 sh -c "$api/api/v1/namespaces/default/secrets/hidden"
review() { jq -n --arg t "$(k exec box -c main -- cat /extra/token)" --arg a "$1" '{apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: {token: $t, audiences: [$a]}}' | k create -o json -f - | jq -r '[.status.authenticated // false, .status.user.username, (.status.user.extra // {})["authentication.kubernetes.io/pod-name"][0]] | map(tostring) | join(" ")'; }
expect "a token for an audience is good there" '^true system:serviceaccount:default:default box$' review vault
expect "... and nowhere else" '^false ' review https://kubernetes.default.svc.cluster.local

# --- the API server as the kubelet's client ---
status_of() { "$@" 2>/dev/null; echo $?; }
from() { local c=$1; shift; sh -c "$c" | "$@"; }
flat() { "$@" | tr '\n' ' '; }
expect "logs" 'line 1.*line 5.*oops' flat k logs box -c main
expect "logs --tail" '^line 5 oops $' flat k logs box -c main --tail=2
expect "logs --limit-bytes" '^line 1 line$' flat k logs box -c main --limit-bytes=11
expect "logs --timestamps" '^20[0-9-]+T[0-9:.]+Z line 1 20' flat k logs box -c main --timestamps
expect "logs of an init container" '^first$' k logs box -c before
expect "logs of a container that is not there" 'container nobody is not valid for pod box' k logs box -c nobody
expect "logs of a pod that has ended" '^done$' k logs job/once
expect "exec: what it prints, and its status" '^out 7$' status_of k exec box -c main -- sh -c 'printf "out "; exit 7'
expect "exec: what it reads" '^ *600000$' from 'head -c 600000 /dev/zero' k exec -i box -c main -- wc -c
expect "exec: a terminal" '^/dev/pts/[0-9]+' in_node n1 script -qec "env KUBECONFIG=$T/kubeconfig $KUBECTL exec -it box -c main -- tty" /dev/null
expect "exec: a program that is not there" 'no such file|not found' k exec box -c main -- nobody
expect "attach" '^echoed' from 'echo echoed; sleep 2' timeout 20 env KUBECONFIG="$T/kubeconfig" nsenter -t "$node_pid_n1" -n -m "$KUBECTL" attach -i box -c reader
k_exec port-forward deploy/web 18080:9376 >"$T/forward.log" 2>&1 &
forward=$!
forwarded() { in_node n1 curl -fsS --max-time 5 http://127.0.0.1:18080/ | grep -q '^web-'; }
check "port-forward" eventually 10 forwarded
forwarded && forwarded && ok "... again" || not_ok "... again" "$(cat "$T/forward.log")"
kill $forward
# Clients that speak v5.channel.k8s.io and nothing else, which the container runtime of this node does not.
awk '/client-certificate-data/ {print $2}' "$T/kubeconfig" | base64 -d >"$T/admin.crt"
awk '/client-key-data/ {print $2}' "$T/kubeconfig" | base64 -d >"$T/admin.key"
in_node n1 timeout 90 "$MINIK_TOP/tests/integration/node_ws.py" "$T/admin.crt" "$T/admin.key" v5 >"$T/v5.out" 2>&1
for want in "exec 101 b'hi.n' b'oh.n' Failure \[{'reason': 'ExitCode', 'message': '3'}\] 1000" "close-stdin 101 b'2000000' Success 1000" 'slow 101 6000000 Success 1000' \
	"terminal 101 \[b'31', b'97', b'/dev/pts/[0-9]+'\]" 'no-program 101 Failure' 'garbage 101 1002' 'both 101 Success' 'v4 101' 'nonsense True' \
	"attach 101 \(2, b'.x01attached.n'\)" 'goodbye 1000' "tunnel 101 \(2, b'.x80.x03.x00.x06.x00.x00.x00.x04.x00.x00.x00.x07'\)"; do
	expect "WebSocket v5: ${want%% *}" "^$want\$" cat "$T/v5.out"
done
# kubectl speaks SPDY when it is not understood otherwise; it says so.
expect "WebSocket v5: kubectl 1.36 need not fall back" '^out 7 0$' sh -c "env KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $MINIK_TEST_CACHE/bin/kubectl-1.36 exec box -c main -v=4 -- sh -c 'printf \"out \"; exit 7' 2>$T/fallback; printf '%s ' \$?; grep -ci fallback $T/fallback; :"
head -c 3000000 /dev/urandom >"$T/there"
check "cp to the pod" k cp "$T/there" box:/tmp/there -c main
check "... and back" k cp box:/tmp/there "$T/back" -c main
check "... the same" cmp "$T/there" "$T/back"
expect "proxy to a pod" '^web-' k get --raw "/api/v1/namespaces/default/pods/$(k get pods -l app=web -o 'jsonpath={.items[0].metadata.name}'):9376/proxy/"
stats() { k get --raw /api/v1/nodes/k1/proxy/stats/summary | jq -e '.node.nodeName == "k1" and ([.pods[].podRef.name] | index("box")) and .node.memory.workingSetBytes > 0'; }
check "proxy to the node: stats" eventually 15 stats
expect "... pods" '"name":"box"' k get --raw /api/v1/nodes/k1/proxy/pods
expect "... healthz" '^ok$' k get --raw /api/v1/nodes/k1/proxy/healthz
expect "... metrics" 'node_cpu_usage_seconds_total' k get --raw /api/v1/nodes/k1/proxy/metrics/resource
expect "the kubelet asks who may" 'Forbidden|forbidden' in_node n1 curl -sS --cacert "$ca" -H "Authorization: Bearer $(k create token default)" https://192.168.77.2:10250/pods
restarted() { [ "$(k get pod ill -o 'jsonpath={.status.containerStatuses[0].restartCount}')" -ge 1 ]; }
check "liveness: a container is restarted" eventually 20 restarted
expect "... and the former one's log is there" '^start$' k logs ill -p
k delete pod ill --wait=false >/dev/null
if [ "$KUBE_VERSION" = 1.20 ]; then
	skip "an ephemeral container" "an alpha of Kubernetes 1.20, which its kubelet leaves alone"
else
	check "an ephemeral container" k debug box --image=localhost:5000/toolbox:1.0 -c look --profile=general -- sh -c 'echo looked; sleep 1000'
	looked() { [ "$(k logs box -c look)" = looked ]; }
	check "... runs" eventually 20 looked
fi

# --- static pods ---
mirror() { k get pod fixed-k1 -o 'jsonpath={.status.phase} {.metadata.annotations.kubernetes\.io/config\.source} {.metadata.ownerReferences[0].kind}' | grep -qx 'Running file Node'; }
check "a static pod has its mirror" eventually 20 mirror
uid=$(k get pod fixed-k1 -o 'jsonpath={.metadata.uid}')
k delete pod fixed-k1 --wait=false --grace-period=0 >/dev/null
anew() { mirror && [ "$(k get pod fixed-k1 -o 'jsonpath={.metadata.uid}')" != "$uid" ]; }
check "... which comes back when it is deleted" eventually 20 anew
rm "$T/k1/manifests/fixed.yaml"
gone() { k get pod "$1" 2>&1 | grep -q NotFound; }
check "... and goes with its file" eventually 40 gone fixed-k1

# --- who the kubelet is, and what it may not ---
as_node() { KUBECONFIG=$T/k1/kubeconfig in_node n1 "$KUBECTL" "$@"; }
echo '{apiVersion: v1, kind: Node, metadata: {name: other}, spec: {unschedulable: true}}' | k create -f - >/dev/null
echo '{apiVersion: v1, kind: Pod, metadata: {name: elsewhere}, spec: {nodeName: other, containers: [{name: c, image: x}], tolerations: [{operator: Exists}], volumes: [{name: s, secret: {secretName: other}}]}}' | k create -f - >/dev/null
expect "it reads the Secrets of its pods" '^secret/hidden$' as_node get secret hidden -o name
no() { local name=$1 why=$2; shift 2; expect "$name" "Forbidden.*$why|forbidden: .*$why" "$@"; }
link='no relationship found between node .k1. and this object'
no "... no others" "$link" as_node get secret other
no "... no list" "$link" as_node get secrets
no "... ConfigMaps likewise" "$link" as_node get cm -n kube-system extension-apiserver-authentication
no "it makes no pods" 'node "k1" can only create mirror pods' as_node run own --image=x
mirror_of() { # mirror_of SPEC [OWNERS]: a mirror pod of the node's own making
	jq -nc --argjson s "$1" --argjson o "${2:-$me}" '{apiVersion: "v1", kind: "Pod", metadata: {name: "own", namespace: "default", annotations: {"kubernetes.io/config.mirror": "x"},
		ownerReferences: $o}, spec: ({nodeName: "k1", containers: [{name: "c", image: "x", args: ["other"]}]} + $s)}' | as_node create -f -
}
me=$(k get node k1 -o json | jq -c '[{apiVersion: "v1", kind: "Node", name: "k1", uid: .metadata.uid, controller: true}]')
no "... no mirror pod that names a Secret" 'can not create pods that reference secrets' mirror_of '{"volumes": [{"name": "s", "secret": {"secretName": "other"}}]}'
no "... in a variable" 'can not create pods that reference secrets' mirror_of '{"containers": [{"name": "c", "image": "x", "env": [{"name": "E", "valueFrom": {"secretKeyRef": {"name": "other", "key": "word"}}}]}]}'
no "... a ConfigMap" 'can not create pods that reference configmaps' mirror_of '{"volumes": [{"name": "s", "projected": {"sources": [{"configMap": {"name": "conf"}}]}}]}'
no "... an account" 'can not create pods that reference a service account' mirror_of '{"serviceAccountName": "default"}'
no "... or belongs to another" 'can only create pods with an owner reference set to itself' mirror_of '{}' '[]'
no "... or to a node of that name before" 'UID mismatch' mirror_of '{}' "$(jq -c '.[0].uid = "x"' <<<"$me")"
check "it makes mirror pods" mirror_of '{}'
no "... which open nothing" "$link" as_node get secret other
unmirror() { in_node n1 curl -sS --cacert "$ca" --cert "$T/k1/pki/kubelet-client-current.pem" -X PATCH -H 'Content-Type: application/merge-patch+json' \
	-d '{"metadata": {"annotations": {"kubernetes.io/config.mirror": null}}}' https://192.168.77.1:6443/api/v1/namespaces/default/pods/own/status; }
# The kubelet removes what it has no static pod for.
stays() { mirror_of '{}' >/dev/null 2>&1; unmirror | grep -q 'may not remove or update mirror pod annotation'; }
check "... and stay mirrors" eventually 10 stays
as_node delete pod own --grace-period=0 --force >/dev/null 2>&1
no "it leaves other nodes' pods alone" 'node "k1" can only delete pods with spec.nodeName set to itself' as_node delete pod elsewhere
evict() { echo '{"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "elsewhere", "namespace": "default"}}' | as_node create --raw /api/v1/namespaces/default/pods/elsewhere/eviction -f -; }
no "... and evicts none" 'can only evict pods with spec.nodeName set to itself' evict
no "... and other nodes" 'node "k1" is not allowed to modify node "other"' as_node label node other a=b
no "... and labels that others trust" 'is not allowed to modify labels: node-restriction.kubernetes.io/a' as_node label node k1 node-restriction.kubernetes.io/a=b
no "... roles" 'is not allowed to modify labels: node-role.kubernetes.io/control-plane' as_node label node k1 node-role.kubernetes.io/control-plane=
no "... taints" 'is not allowed to modify taints' as_node taint node k1 a=b:NoSchedule
no "... and owners" 'is not allowed to modify ownerReferences' as_node patch node k1 -p '{"metadata": {"ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "x", "uid": "x"}]}}'
no "no token but for its pods" 'node requested token not bound to a pod' as_node create token default
bound="--bound-object-kind Pod --bound-object-name box --bound-object-uid $(k get pod box -o 'jsonpath={.metadata.uid}')"
# shellcheck disable=SC2086
no "... and only those that they ask for" 'audience .other. not found in pod spec volume' as_node create token default $bound --audience other
# shellcheck disable=SC2086
check "... which it gets" as_node create token default $bound --audience vault
request() { # request NAME SUBJECT SIGNER USAGE [SAN]: a CertificateSigningRequest as the node
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$T/csr.key" -subj "$2" -addext "subjectAltName=${5:-DNS:web.example}" -out "$T/csr.pem" 2>/dev/null
	jq -nc --arg n "$1" --arg r "$(base64 -w0 "$T/csr.pem")" --arg s "kubernetes.io/$3" --arg u "$4" \
		'{apiVersion: "certificates.k8s.io/v1", kind: "CertificateSigningRequest", metadata: {name: $n}, spec: {request: $r, signerName: $s, usages: ["digital signature", $u]}}' | as_node create -f -
}
no "no certificate of another node" 'can only create a node CSR with CN=system:node:k1' request theirs /O=system:nodes/CN=system:node:other kubelet-serving "server auth"
check "a request for names that are not the node's" request names /O=system:nodes/CN=system:node:k1 kubelet-serving "server auth"
issues() { k get csr names -o json | jq -r '[(.status.conditions // [])[].type, (.status.certificate != null | tostring)] | join(" ")'; }
expect "... waits for an administrator" '^false$' issues
check "kubectl certificate approve" k certificate approve names
named() { issues | grep -qx 'Approved true'; }
check "... and it is issued" eventually 10 named
# The API server's: no Node has these, since its machine is none.
for san in IP:192.168.77.1 IP:10.43.0.1 IP:127.0.0.1 DNS:k1,IP:192.168.77.2,IP:192.168.77.1; do
	asked=server-$(tr -c 'a-z0-9\n' - <<<"${san,,}")
	check "a request for an address of the API server: $san" request "$asked" /O=system:nodes/CN=system:node:k1 kubelet-serving "server auth" "$san"
	warned() { grep -q "object=\"$asked\" msg=\"system:node:k1 asks for a serving certificate with a name or an address of the API server" "$T/n1/server.log"; }
	check "... is refused" eventually 10 warned
	expect "... and not signed" '^ false$' k get csr "$asked" -o go-template='{{range .status.conditions}}{{.type}}{{end}} {{if .status.certificate}}true{{else}}false{{end}}'
done
check "its own address is its own" request own /O=system:nodes/CN=system:node:k1 kubelet-serving "server auth" DNS:k1,IP:192.168.77.2
own() { k get csr own -o 'jsonpath={.status.conditions[*].type} {.status.certificate}' | grep -q '^Approved .'; }
check "... and signed" eventually 10 own
# --- what it may read and write beside its own ---
no "all pods" "$link" as_node get pods -A
no "a namespace's pods" "$link" as_node get pods
no "another node's pods" "$link" as_node get pods -A --field-selector spec.nodeName=other
no "another node's pod" "$link" as_node get pod elsewhere
expect "its own pods, by the node's name" 'box' as_node get pods -A --field-selector spec.nodeName=k1
expect "one of its pods" '^pod/box$' as_node get pod box -o name
k delete node/other pod/elsewhere --grace-period=0 --force >/dev/null 2>&1

# --- certificates of another CA, and the server is killed while the kubelet lives ---
mkdir -p "$T/pki" && kube_ca "$T/pki/other" && kube_cert "$T/pki/other" "$T/pki/k1" /O=system:nodes/CN=system:node:k1 DNS:k1,IP:192.168.77.2 || not_ok "certificates by openssl"
ids() { k get pods -l 'app in (web, box)' -o 'jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[*].containerID} {.status.containerStatuses[*].restartCount}{"\n"}{end}' | sort; }
before=$(ids)
kubelet_stop k1
sed -i "s#^serverTLSBootstrap:.*#tlsCertFile: $T/pki/k1.crt\ntlsPrivateKeyFile: $T/pki/k1.key#" "$T/k1/kubelet.yaml"
kubelet_run k1
registered() { [ "$(grep -c 'Successfully registered node' "$T/k1/kubelet.log")" = 2 ]; }
check "the kubelet starts again, with a certificate of another CA" eventually 20 registered
unknown() { k exec box -c main -- true 2>&1 | grep -qE 'error dialing backend: .*(certificate|issuer)'; }
check "... which is not believed" eventually 20 unknown
kill -9 "$minik_server"
wait "$minik_server" 2>/dev/null
server --kubelet-certificate-authority "$T/pki/other.crt"
check "the server is killed and starts again, with that CA" eventually 20 k get --raw /readyz
believed() { [ "$(k exec box -c main -- echo yes)" = yes ]; }
check "... which makes it believe" eventually 10 believed
echo '{apiVersion: v1, kind: Pod, metadata: {name: late, labels: {app: late}}, spec: {terminationGracePeriodSeconds: 0, containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sleep, "1000"]}]}}' | k create -f - >/dev/null
check "... the kubelet goes on: a new pod runs" k wait --for=condition=Ready pod/late --timeout=60s
expect "... the node is Ready" '^True$' k get node k1 -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'
[ "$(ids)" = "$before" ] && ok "... no container was touched" || not_ok "... no container was touched" "$before
$(ids)"

# --- ends ---
k logs -f box -c main >"$T/box.log" 2>&1 &
follow=$!
check "graceful deletion" k delete pod box --timeout=40s
wait $follow
expect "... the container had its time" '^farewell$' tail -1 "$T/box.log"
echo '{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 3, selector: {matchLabels: {app: web}}}}' | k create -f - >/dev/null
budget() { [ "$(k get pdb web -o 'jsonpath={.status.currentHealthy}')" = 3 ]; }
check "a disruption budget" eventually 10 budget
expect "drain is held up by it" "would violate the pod's disruption budget" k drain k1 --force --ignore-daemonsets --delete-emptydir-data --timeout=2s
k delete pdb web >/dev/null
check "drain" k drain k1 --force --ignore-daemonsets --delete-emptydir-data --timeout=40s
empty() { [ -z "$(k get pods --field-selector spec.nodeName=k1 -o name)" ]; }
check "... leaves nothing on the node" empty
check "uncordon" k uncordon k1
check "... and all is back" k rollout status deploy/web --timeout=60s
beats() { [ "$(k get lease -n kube-node-lease k1 -o 'jsonpath={.spec.renewTime}')" != "$renewed" ]; }
check "the node's Lease is renewed" eventually 20 beats
expect "... and is the node's" '^k1 Node k1$' k get lease -n kube-node-lease k1 -o 'jsonpath={.spec.holderIdentity} {.metadata.ownerReferences[0].kind} {.metadata.ownerReferences[0].name}'
# What has nothing to do with the API server: a container or cgroup that has just been removed is looked for once more; its start; the pod that is ill on purpose; a
# stream that the kubelet itself has closed (at a kube-apiserver as well); the time when the server was away.
kube_normal="$kube_normal|code = NotFound desc = an error occurred when try to find (container|sandbox)|/kubepods/.*no such file or directory|restarting failed container=c pod=ill_"
kube_normal="$kube_normal|runtime status check may not have completed yet|Error on socket receive.*use of closed network connection|connect: connection refused"
# Until it is registered: without a certificate a kubelet is nobody, and tries all the same; it asks for its node before it has read it. Whose list of nodes was refused
# as nobody's tries again after up to 30 s, however long it has been registered by then.
awk '{split($2, t, ":"); now = t[1] * 3600 + t[2] * 60 + t[3]} / (Kubelet v|V)ersion/ {joined = 0} /Successfully registered node/ {joined = now}
	joined && !(/node .*k1.* not found/ && now < joined + 40) || !/system:anonymous|node .*k1.* not found/' "$T/k1/kubelet.log" >"$T/kubelet.errors"
kube_errors_check "no error that repeats: kubelet" "$T/kubelet.errors"
check "the kubelet still runs" in_kubelet k1 kill -0 "$(cat "$T/k1/kubelet.pid")"
