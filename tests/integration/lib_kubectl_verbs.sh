# The second half of kubectl_verbs.sh: what changes objects, what needs a node, what needs rights. Sourced by it.

# --- describe ---
describe() { # describe KIND/NAME PATTERN
	expect "describe $1" "$2" k describe "$1"
}
describe ns/t 'Status: +Active'
describe node/n1 'Ready +True .*KubeletReady'
describe pod/p1 'Environment:|X: +1'
describe svc/d1 'TargetPort: +9376/TCP'
describe deploy/d1 'RollingUpdateStrategy: +25% max unavailable, 25% max surge'
describe rs 'Controlled By: +Deployment/d1'
describe job/j1 'Parallelism: +1'
describe cm/cm1 '^b$'
describe secret/s2 'tls.crt: +[0-9]+ bytes'
describe ing/i1 's2 terminates a.example'
describe ingressclass/nginx 'Controller: +minik.io/ingress-nginx'
describe role/r1 'pods/log +\[\] +\[\] +\[get list\]'
describe rolebinding/rb1 'ServiceAccount +default +t'
describe clusterrole/cr1 'nodes +\[\] +\[\] +\[get\]'
describe clusterrolebinding/crb1 'User +u'
describe sa/sa1 'Name: +sa1'
describe endpoints/d1 'Subsets:'
describe limits/lr 'Container +cpu +5m +1 +10m +100m'
describe quota/q1 'services +[0-9]+ +20'
describe pv/pv1 'Capacity: +1Gi'
describe pvc/pvc1 'StorageClass: +none'
describe sc/local-path 'Provisioner: +minik.io/local-path'
describe pc/pc1 'Value: +1000'
describe networkpolicy/np1 'PodSelector: +absent=1'
describe sts/ss1 'Pods Status: +0 Running'
describe ds/ds1 'Desired Number of Nodes Scheduled: 0'
describe rc/rc1 'Replicas: +0 current / 0 desired'
describe lease/l1 'Holder Identity: +me'
describe csidriver/csi.example.com 'Attach Required: +false|Attach Required: +False'
describe flowschema/fs1 'Matching Precedence: +9000'
describe event 'Reason: +Scheduled'
since 25 && describe hpa/d1 'Max replicas: +3'
since 21 && describe cronjob/cj1 'Schedule: +\*/5'
since 21 && describe pdb/p1 'Min available: +1'
since 21 && describe endpointslice 'AddressType: +IPv4'
expect "an event of a pod is in its description" 'Successfully assigned t/p1 to n1' k describe pod p1

# --- label, annotate, patch, edit, set ---
expect "label" 'labeled' k label cm cm1 x=1
refuse "label again" "already has a value" k label cm cm1 x=2
expect "label --overwrite" 'labeled' k label cm cm1 x=2 --overwrite
expect "label --all" 'configmap/cm2-' k label cm --all q=1
expect "label --list" '^x=2$' k label cm cm1 --list
expect "unlabel" '(un)?labeled' k label cm cm1 x-
expect "annotate" 'annotated' k annotate cm cm1 n=1
refuse "annotate of a revision gone by" 'the object has been modified' k annotate cm cm1 n=2 --overwrite --resource-version=1
expect "json patch" 'patched$' k patch cm cm1 --type=json -p '[{"op":"add","path":"/data/z","value":"1"}]'
refuse "json patch that does not apply" 'The request is invalid' k patch cm cm1 --type=json -p '[{"op":"remove","path":"/data/nosuch"}]'
expect "merge patch" 'patched$' k patch cm cm1 --type=merge -p '{"data":{"z":null}}'
refuse "merge patch of a wrong type" 'patch: Invalid value: .*json: cannot unmarshal object into Go struct field ConfigMap.data of type string' k patch cm cm1 --type=merge -p '{"data":{"z":{"a":1}}}'
expect "strategic patch" 'patched$' k patch deploy d1 -p '{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"hostnames","imagePullPolicy":"Never"}]}}}}'
expect "patch that changes nothing" '\(no change\)' k patch cm cm1 -p '{"data":{"a":"b"}}'
if since 24; then
	expect "patch --subresource=scale" 'scale.autoscaling/d1 patched' k patch deploy d1 --subresource=scale --type=merge -p '{"spec":{"replicas":1}}'
	expect "patch --subresource=status" '^7$' k patch sts ss1 --subresource=status --type=merge -p '{"status":{"replicas":7}}' -o jsonpath='{.status.replicas}'
	expect "patch --subresource=resize" 'patched' k patch pod p1 --subresource=resize --type=strategic -p '{"spec":{"containers":[{"name":"p1","resources":{"limits":{"cpu":"200m"}}}]}}'
fi
editor "sed -i 's/replicas: [0-9]*/replicas: 3/' \"\$1\""
expect "edit" 'deployment.apps/d1 edited' k edit deploy d1
editor "sed -i 's/replicas: 3/replicas: -3/' \"\$1\""
expect "edit of nonsense" 'is invalid' k edit deploy d1
editor true
expect "edit of nothing" 'no changes made' k edit deploy d1
expect "rollout status" 'successfully rolled out' k rollout status deploy/d1 --timeout=30s
expect "set image" 'image updated' k set image deploy/d1 hostnames=localhost:5000/hostnames:1.1
expect "set image --dry-run=server" '^localhost:5000/none$' k set image deploy/d1 '*=localhost:5000/none' --dry-run=server -o jsonpath='{.spec.template.spec.containers[0].image}'
expect "set env" 'env updated' k set env deploy/d1 A=1 B=2
expect "set env --from" 'env updated' k set env deploy/d1 --from=configmap/cm1 --prefix=CM_
expect "set env --list" '^B=2$' k set env deploy/d1 --list
expect "set env away" 'env updated' k set env deploy/d1 A-
expect "set resources" 'resource requirements updated' k set resources deploy/d1 --limits=cpu=200m,memory=64Mi --requests=cpu=10m
expect "set selector" 'selector updated' k set selector svc/d1 app=other
expect "set selector back" 'selector updated' k set selector svc/d1 app=d1
expect "set serviceaccount" 'serviceaccount updated' k set sa deploy/d1 sa1
expect "set subject" 'subjects updated' k set subject rolebinding/rb1 --user=z

# --- rollout, scale ---
expect "rollout status after set" 'successfully rolled out' k rollout status deploy/d1 --timeout=40s
expect "rollout history" '^2 ' k rollout history deploy/d1
expect "rollout history --revision" 'Image:.*hostnames:1.0' k rollout history deploy/d1 --revision=1
expect "rollout undo" 'rolled back' k rollout undo deploy/d1
expect "rollout undo --to-revision" 'rolled back' k rollout undo deploy/d1 --to-revision=1
expect "rollout pause" 'paused' k rollout pause deploy/d1
refuse "undo of a paused one" 'cannot rollback a paused deployment' k rollout undo deploy/d1
expect "rollout resume" 'resumed' k rollout resume deploy/d1
expect "rollout restart" 'restarted' k rollout restart deploy/d1
expect "rollout status after restart" 'successfully rolled out' k rollout status deploy/d1 --timeout=40s
expect "scale" 'scaled' k scale deploy d1 --replicas=2
refuse "scale with a wrong precondition" 'Expected replicas to be 9, was 2' k scale deploy d1 --replicas=1 --current-replicas=9
expect "scale with a right one" 'scaled' k scale deploy d1 --replicas=1 --current-replicas=2

# --- apply, diff, replace, create ---
file a.yaml >/dev/null <<'Y'
apiVersion: v1
kind: ConfigMap
metadata: {name: a1, labels: {prune: "1"}}
data: {a: "1"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a2, labels: {prune: "1"}}
data: {a: "1"}
Y
A=$T/f/a.yaml
expect "apply --dry-run=server" 'configmap/a1 created \(server dry run\)' k apply -f "$A" --dry-run=server
expect "apply" 'configmap/a1 created' k apply -f "$A"
expect "apply again" 'configmap/a1 unchanged' k apply -f "$A"
expect "apply view-last-applied" 'a: "1"' k apply view-last-applied -f "$A"
k diff -f "$A" >"$T/diff" 2>&1; [ $? = 0 ] && ok "diff of what is the same" || not_ok "diff of what is the same" "$(cat "$T/diff")"
sed -i 's/a: "1"/a: "2"/' "$A"
k diff -f "$A" >"$T/diff" 2>&1; [ $? = 1 ] && grep -q '^+  a: "2"' "$T/diff" && ok "diff" || not_ok "diff" "$(cat "$T/diff")"
k diff --server-side -f "$A" >"$T/diff" 2>&1; [ $? = 1 ] && grep -q '^+  a: "2"' "$T/diff" && ok "diff --server-side" || not_ok "diff --server-side" "$(cat "$T/diff")"
expect "apply set-last-applied" 'configmap/a1 configured' k apply set-last-applied -f "$A"
editor "sed -i 's/a: .*/a: \"3\"/' \"\$1\""
expect "apply edit-last-applied" 'configmap/a1 edited' k apply edit-last-applied cm/a1
sed -i '/---/,$d' "$A"
prune=--prune-allowlist; since 26 || prune=--prune-whitelist
expect "apply --prune" 'configmap/a2 pruned' k apply -f "$A" --prune -l prune=1 $prune=core/v1/ConfigMap
expect "server-side apply over client-side" 'configmap/a1 serverside-applied' k apply --server-side -f "$A"
sed -i 's/a: "2"/a: "4"/' "$A"
refuse "server-side apply conflicts" 'conflicts? with "kubectl"' k apply --server-side -f "$A" --field-manager=other
expect "server-side apply by force" 'serverside-applied' k apply --server-side -f "$A" --field-manager=other --force-conflicts
echo '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"bad"},"spec":{"foo":1,"containers":[{"name":"c","image":"i","bar":2}]}}' | file bad.yaml >/dev/null
if since 25; then
	refuse "server-side apply of unknown fields" 'failed to create typed patch object \(t/bad; /v1, Kind=Pod\): errors:' k apply --server-side -f "$T/f/bad.yaml"
	refuse "create --validate=strict" 'strict decoding error: unknown field "spec.containers\[0\].bar", unknown field "spec.foo"' k create -f "$T/f/bad.yaml" --validate=strict
	expect "create --validate=warn" 'Warning: unknown field "spec.foo"' k create -f "$T/f/bad.yaml" --validate=warn --dry-run=server
	expect "create --validate=ignore" '^pod/bad created' k create -f "$T/f/bad.yaml" --validate=ignore --dry-run=server
else
	refuse "create of unknown fields" 'unknown field "foo" in io.k8s.api.core.v1.PodSpec' k create -f "$T/f/bad.yaml"
	expect "create --validate=false" '^pod/bad created' k create -f "$T/f/bad.yaml" --validate=false --dry-run=server
fi
refuse "the dry run wrote nothing" NotFound k get pod bad
expect "replace" 'configmap/a1 replaced' k replace -f "$A"
expect "replace --dry-run=server" 'replaced \(server dry run\)' k replace -f "$A" --dry-run=server
expect "replace --force" 'configmap/a1 replaced' k replace --force -f "$A"
refuse "create of what is there" 'configmaps "a1" already exists' k create -f "$A"
expect "create -o yaml --dry-run=server" '^  uid: ' k create cm dr --dry-run=server -o yaml
since 21 && expect "scale --dry-run=server" 'scaled \(server dry run\)' k scale deploy d1 --replicas=9 --dry-run=server
mkdir -p "$T/f/kz"
printf 'namePrefix: kz-\nresources: [cm.yaml]\n' >"$T/f/kz/kustomization.yaml"
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n' >"$T/f/kz/cm.yaml"
expect "kustomize" 'name: kz-c' k kustomize "$T/f/kz"
expect "apply -k" 'configmap/kz-c created' k apply -k "$T/f/kz"
expect "get -k" '^kz-c ' k get -k "$T/f/kz"
expect "delete -k" '"kz-c" deleted' k delete -k "$T/f/kz"

# --- the node: logs, exec, attach, cp, port-forward, debug, proxy ---
check "wait for a condition" k wait --for=condition=Ready pod/p1 --timeout=20s
expect "exec" '^1$' k exec p1 -- sh -c 'echo $X'
k exec p1 -- sh -c 'exit 7' >/dev/null 2>&1; [ $? = 7 ] && ok "exec's exit code" || not_ok "exec's exit code"
expect "logs of a deployment" '.' sh -c "timeout 20 nsenter --target $node_pid_n1 --net --mount -- env KUBECONFIG=$T/kubeconfig $KUBECTL logs deploy/d1 --tail=1; echo ."
k exec p1 -- sh -c 'echo to the log >/proc/1/fd/1' >/dev/null
expect "logs" '^to the log$' k logs p1
expect "logs -l" 'to the log' k logs -l a=b --prefix
head -c 200000 /dev/urandom >"$T/f/blob"
check "cp to a pod" k cp "$T/f/blob" p1:/tmp/blob
check "cp from a pod" k cp p1:/tmp/blob "$T/f/blob2"
check "... the same" cmp "$T/f/blob" "$T/f/blob2"
k_exec port-forward svc/d1 18080:80 >"$T/pf" 2>&1 & p=$!; lib_pids="$lib_pids $p"
check "port-forward of a service" eventually 15 in_node n1 curl -fsS http://127.0.0.1:18080/
kill_own $p; wait $p 2>/dev/null
k_exec proxy --port=18081 >"$T/proxy" 2>&1 & p=$!; lib_pids="$lib_pids $p"
check "proxy" eventually 10 in_node n1 curl -fsS http://127.0.0.1:18081/api/v1/namespaces/t/configmaps/cm1
expect "proxy to a service" '^d1-' in_node n1 curl -fsS http://127.0.0.1:18081/api/v1/namespaces/t/services/d1:80-9376/proxy/
kill_own $p; wait $p 2>/dev/null
if since 25; then
	expect "debug: an ephemeral container" 'from debug' k debug pod/p1 --image=localhost:5000/toolbox:1.0 --image-pull-policy=Never --attach=true --quiet -c dbg -- sh -c 'sleep 1; echo from debug'
	expect "... is in the pod" '^dbg$' k get pod p1 -o jsonpath='{.spec.ephemeralContainers[*].name}'
	check "debug: a copy" k debug p1 --copy-to=p1-copy --image=localhost:5000/toolbox:1.0 --image-pull-policy=Never --attach=false -- sleep 100
	check "... is deleted" k delete pod p1-copy --now
fi
since 27 && expect "events" 'Normal +Scheduled +Pod/p1' k events --for pod/p1
refuse "top without metrics" '[Mm]etrics API not available' k top nodes

# --- wait, delete ---
waits() { # in the background, and it has looked once
	k_exec wait "$@" --timeout=60s -v=6 >"$T/waits" 2>&1 &
	lib_pids="$lib_pids $!"
	eventually 15 grep -qE 'GET.*https://.*configmaps' "$T/waits"
}
expect "wait for a deployment" 'condition met' k wait --for=condition=Available deploy/d1 --timeout=20s
since 23 && expect "wait for a field" 'condition met' k wait --for=jsonpath='{.status.phase}'=Running pod/p1 --timeout=10s
if since 31; then
	waits --for=create cm/born
	k create cm born >/dev/null
	check "wait for a creation" eventually 15 grep 'condition met' "$T/waits"
fi
waits --for=delete cm/a1
k delete cm a1 >/dev/null
check "wait for a deletion" eventually 15 grep 'condition met' "$T/waits"
refuse "wait in vain" 'timed out waiting for the condition' k wait --for=condition=Never pod/p1 --timeout=1s
expect "delete --dry-run=server" 'deleted.*\(server dry run\)' k delete cm cm1 --dry-run=server
check "... deleted nothing" k get cm cm1
expect "delete by label" '"cm1" deleted' k delete cm -l q=1
expect "delete --all" '"s3" deleted' k delete secret --all
expect "delete --cascade=orphan" '"d1" deleted' k delete deploy d1 --cascade=orphan
expect "orphans stay" 'd1-' k get rs -l app=d1 -o name
expect "delete --cascade=background" 'deleted' k delete rs -l app=d1 --cascade=background
expect "delete --cascade=foreground" '"d2" deleted' sh -c "export KUBECONFIG=$T/kubeconfig; nsenter --target $node_pid_n1 --net --mount -- $KUBECTL create deployment d2 --image=x >/dev/null; nsenter --target $node_pid_n1 --net --mount -- $KUBECTL delete deploy d2 --cascade=foreground --timeout=20s"
expect "delete of several kinds" 'service "sv2" deleted' k delete svc/sv2 ing/i1
expect "delete pod at once" '"p1" (force )?deleted' k delete pod p1 --now
refuse "delete of what is not there" '^Error from server \(NotFound\): pods "p1" not found' k delete pod p1
check "delete --ignore-not-found" k delete pod p1 --ignore-not-found
expect "delete -f" 'deleted' k delete -f "$T/f/more.yaml"

# --- nodes ---
k create -f - >/dev/null <<'Y'
{"apiVersion":"v1","kind":"Node","metadata":{"name":"fake"}}
Y
expect "cordon" 'node/fake cordoned' k cordon fake
expect "... is shown" '^fake +[A-Za-z]+,SchedulingDisabled ' k get node fake
expect "uncordon" 'node/fake uncordoned' k uncordon fake
expect "taint" 'node/fake tainted' k taint nodes fake key=v:NoSchedule
expect "... is there" '^key=v:NoSchedule' k get node fake -o jsonpath='{range .spec.taints[?(@.key=="key")]}{.key}={.value}:{.effect}{end}'
expect "untaint" 'node/fake untainted' k taint nodes fake key:NoSchedule-
k run victim --image=x --restart=Never --overrides='{"spec":{"nodeName":"n1","containers":[{"name":"c","image":"localhost:5000/toolbox:1.0","imagePullPolicy":"Never","command":["sleep","1000"]}],"terminationGracePeriodSeconds":0}}' >/dev/null
k wait --for=condition=Ready pod/victim --timeout=20s >/dev/null
emptydir=--delete-emptydir-data; since 21 || emptydir=--delete-local-data
refuse "drain minds pods without a controller" 'declare no controller|not managed by ReplicationController' k drain n1 --ignore-daemonsets $emptydir
expect "drain" 'pod/victim evicted' k drain n1 --ignore-daemonsets $emptydir --force --timeout=30s
expect "uncordon after drain" 'uncordoned' k uncordon n1

# --- rights ---
expect "auth can-i" '^yes$' k auth can-i create pods
expect "auth can-i as another" '^no$' k auth can-i create pods --as=nobody
expect "auth can-i as one who may" '^yes$' k auth can-i list pods --as=z
expect "auth can-i --list" 'pods/log +\[\] +\[\] +\[get list\]' k auth can-i --list --as=z
since 28 && expect "auth whoami" 'Groups +\[system:masters system:authenticated\]' k auth whoami
file rbac.yaml >/dev/null <<'Y'
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: r2, namespace: t}
rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
Y
expect "auth reconcile" 'role.rbac.authorization.k8s.io/r2 reconciled' k auth reconcile -f "$T/f/rbac.yaml"
refuse "what another may not" 'Error from server \(Forbidden\): pods is forbidden: User "nobody" cannot list resource "pods" in API group "" in the namespace "t"' k get pods --as=nobody
csr() {
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$T/f/csr.key" -subj "/CN=$1/O=g" -out "$T/f/csr" 2>/dev/null
	printf '{"apiVersion":"certificates.k8s.io/v1","kind":"CertificateSigningRequest","metadata":{"name":"%s"},"spec":{"request":"%s","signerName":"kubernetes.io/kube-apiserver-client","usages":["client auth"]}}' "$1" "$(base64 -w0 <"$T/f/csr")" | k create -f - >/dev/null
}
csr good; csr evil
columns csr NAME AGE SIGNERNAME REQUESTOR REQUESTEDDURATION CONDITION
expect "certificate approve" 'good approved' k certificate approve good
expect "certificate deny" 'evil denied' k certificate deny evil
check "the certificate is there" eventually 10 sh -c "KUBECONFIG=$T/kubeconfig nsenter --target $node_pid_n1 --net --mount -- $KUBECTL get csr good -o jsonpath='{.status.certificate}' | base64 -d | openssl x509 -noout -subject | grep good"
expect "conditions of requests" '^evil .* Denied$' k get csr

# --- custom resources ---
check "crd" k create -f "$(file crd.yaml <<'Y'
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, singular: thing, kind: Thing, shortNames: [th], categories: [all]}
  versions:
  - name: v1
    served: true
    storage: true
    subresources: {status: {}, scale: {specReplicasPath: .spec.count, statusReplicasPath: .status.count}}
    additionalPrinterColumns: [{name: Size, type: string, jsonPath: .spec.size}, {name: Hidden, type: integer, priority: 1, jsonPath: .spec.count}]
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: string, enum: [big, small]}, count: {type: integer, default: 1}}}, status: {type: object, properties: {count: {type: integer}}}}}}
  - name: v1beta1
    served: true
    storage: false
    deprecated: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
Y
)"
expect "wait for a definition" 'condition met' k wait --for=condition=Established crd/things.example.com --timeout=10s
echo '{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"x"},"spec":{"size":"big"}}' | file thing.yaml >/dev/null
expect "apply a custom resource" 'thing.example.com/x created' k apply -f "$T/f/thing.yaml"
columns things NAME SIZE HIDDEN
expect "its row" '^x +big +1$' k get th -o wide
expect "it is in its category" 'thing.example.com/x' k get all
expect "explain it" 'size	<string>' k explain thing.spec
expect "scale it" 'scaled' k scale thing x --replicas=4
expect "describe it" 'Size: +big' k describe thing x
refuse "its schema is enforced" 'spec.size: Unsupported value: "huge"' k patch thing x --type=merge -p '{"spec":{"size":"huge"}}'
refuse "strategic patches are not for it" 'the body of the request was in an unknown format|strategic merge patch.* not supported|not supported' k patch thing x --type=strategic -p '{"spec":{"size":"small"}}'
since 20 && expect "its old version is deprecated" 'Warning: example.com/v1beta1 Thing is deprecated; use example.com/v1 Thing' k get things.v1beta1.example.com
expect "delete the definition" 'deleted' k delete crd things.example.com
refuse "... and with it its resources" "the server (doesn't have a resource type|could not find the requested resource)" k get things
expect "cluster-info dump" '"kind": "EventList"' k cluster-info dump --namespaces=t
check "delete namespace" k delete ns t --timeout=60s
