#!/bin/bash
# The API server alone (apiserver_main) driven by a real kubectl: verbs, patches, apply, watch, lists, deletion, CRDs, discovery.
. "$(dirname "$0")/lib.sh"
MAIN=${MINIK_BUILD:-$MINIK_TOP/build}/tests/integration/apiserver_main
[ -x "$MAIN" ] || make -s -C "${MINIK_BUILD:-$MINIK_TOP/build}" tests/integration/apiserver_main >&2 || skip_all "$MAIN cannot be built"
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
command -v jq >/dev/null || skip_all "no jq"
enter_sandbox "$@"
export KUBECONFIG=$T/d/admin.kubeconfig

start() {
	"$MAIN" "$T/d" 16443 secret-token >"$T/out" 2>"$T/log" &
	server=$!
	lib_pids="$lib_pids $server"
	until grep -q ready "$T/out"; do kill -0 $server 2>/dev/null || { cat "$T/log"; not_ok start; exit 1; }; sleep 0.02; done
}
nothing() { # nothing NAME COMMAND...: the command prints nothing
	local name=$1 out; shift
	out=$("$@" 2>&1)
	[ -z "$out" ] && ok "$name" || not_ok "$name" "$* ->
$out"
}
k() { "$KUBECTL" "$@"; }
raw() { k get --raw "$1"; }
curl_admin() { # as the administrator, past kubectl
	curl -s --cacert "$T/ca" --cert "$T/crt" --key "$T/key" "$@"
}
start
for f in ca:'{.clusters[0].cluster.certificate-authority-data}' crt:'{.users[0].user.client-certificate-data}' key:'{.users[0].user.client-key-data}'; do
	k config view --raw -o jsonpath="${f#*:}" | base64 -d >"$T/${f%%:*}"
done
U=https://127.0.0.1:16443

# --- bootstrap and health ---
expect "namespaces are there" '^default Active kube-node-lease Active kube-public Active kube-system Active' k get ns -o jsonpath='{range .items[*]}{.metadata.name} {.status.phase} {end}'
expect "service kubernetes has the first address" '^10\.43\.0\.1$' k get svc kubernetes -o jsonpath='{.spec.clusterIP}'
expect "readyz verbose" 'readyz check passed' raw '/readyz?verbose'
expect "version" '"minor": *"36"' raw /version
expect "metrics" 'minik_store_revision' raw /metrics
expect "anonymous is refused" 'system:anonymous.*"reason":"Forbidden"' curl -sk $U/api/v1/namespaces
expect "a wrong token is refused" '"code":401' curl -sk -H 'Authorization: Bearer nope' $U/api/v1/namespaces

# --- discovery ---
expect "api-resources" 'deployments +deploy +apps/v1 +true +Deployment' k api-resources
expect "aggregated discovery" '"kind":"APIGroupDiscoveryList"' curl_admin -H 'Accept: application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' $U/apis
expect "eviction is policy/v1" 'policy/v1 Eviction' sh -c "'$KUBECTL' get --raw /api/v1 | jq -r '.resources[] | select(.name==\"pods/eviction\") | .group + \"/\" + .version + \" \" + .kind'"
expect "explain" 'FIELD: strategy <DeploymentStrategy>' k explain deployment.spec.strategy
expect "openapi v2 protobuf only when asked" '^406$' curl_admin -o /dev/null -w '%{http_code}' -H 'Accept: text/html' $U/openapi/v2

# --- create, get, update ---
check "create namespace (protobuf body)" k create ns t1
for n in t1 default; do check "create service account (no controllers here)" k create sa default -n $n; done
check "create deployment" k create deployment web --image=nginx --replicas=2 -n t1
expect "defaults" '^RollingUpdate 25% 600 Always$' k get deploy web -n t1 -o jsonpath='{.spec.strategy.type} {.spec.strategy.rollingUpdate.maxSurge} {.spec.progressDeadlineSeconds} {.spec.template.spec.restartPolicy}'
expect "create again" 'deployments.apps "web" already exists' k create deployment web --image=nginx -n t1
expect "not found" 'Error from server \(NotFound\): deployments.apps "nope" not found' k get deploy nope -n t1
expect "in a missing namespace" 'namespaces "nowhere" not found' k create cm x -n nowhere
check "scale" k scale deploy web -n t1 --replicas=5
expect "generation" '^5 2$' k get deploy web -n t1 -o jsonpath='{.spec.replicas} {.metadata.generation}'
expect "scale with a wrong precondition" 'Expected replicas to be 3, was 5' k scale deploy web -n t1 --current-replicas=3 --replicas=1
check "label" k label deploy web -n t1 a=b
check "annotate" k annotate deploy web -n t1 x=y
expect "selector" '^deployment.apps/web$' k get deploy -n t1 -l 'a in (b,c),app=web' -o name
nothing "selector that selects nothing" k get deploy -n t1 -l 'a notin (b)' -o name
expect "field selector" '^deployment.apps/web$' k get deploy -n t1 --field-selector metadata.name=web -o name
expect "unsupported field selector" 'field label not supported|not a known field selector|BadRequest' k get deploy -n t1 --field-selector spec.replicas=5
expect "table" '^NAME +READY +UP-TO-DATE +AVAILABLE +AGE' k get deploy -n t1
expect "yaml from the server" '^kind: Deployment$' curl_admin -H 'Accept: application/yaml' $U/apis/apps/v1/namespaces/t1/deployments/web
expect "metadata only" '"kind":"PartialObjectMetadata"' curl_admin -H 'Accept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' $U/apis/apps/v1/namespaces/t1/deployments/web
expect "not acceptable" '"code":406' curl_admin -H 'Accept: image/png' $U/apis/apps/v1/namespaces/t1/deployments/web
expect "unsupported media" '"code":415' curl_admin -X POST -H 'Content-Type: image/png' -d x $U/api/v1/namespaces/t1/configmaps
expect "stale update" 'Conflict.*the object has been modified' sh -c "'$KUBECTL' get deploy web -n t1 -o json | jq '.metadata.resourceVersion=\"1\"' | '$KUBECTL' replace -f -"
expect "invalid object" 'is invalid' k create -f - <<'X'
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"Bad_Name"},"spec":{"containers":[]}}
X
expect "strict validation" 'unknown field "spec.foo"' k create --validate=strict -f - <<'X'
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"foo":1,"containers":[{"name":"a","image":"b"}]}}
X
expect "warn validation" 'Warning: unknown field "spec.foo"' k create --validate=warn --dry-run=server -f - <<'X'
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"foo":1,"containers":[{"name":"a","image":"b"}]}}
X
expect "dry run writes nothing" 'NotFound' k get pod p
expect "generateName" '^configmap/gen-[bcdfghjklmnpqrstvwxz2456789]{5}$' k create -o name -f - <<'X'
{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"gen-"}}
X

# --- patches ---
check "strategic merge patch" k patch deploy web -n t1 -p '{"spec":{"template":{"spec":{"containers":[{"name":"nginx","env":[{"name":"X","value":"1"}]}]}}}}'
expect "merged by key" '^nginx nginx X$' k get deploy web -n t1 -o jsonpath='{.spec.template.spec.containers[0].name} {.spec.template.spec.containers[0].image} {.spec.template.spec.containers[0].env[0].name}'
check "merge patch" k patch deploy web -n t1 --type=merge -p '{"metadata":{"annotations":{"x":null}}}'
nothing "removed by null" k get deploy web -n t1 -o jsonpath='{.metadata.annotations.x}'
check "json patch" k patch deploy web -n t1 --type=json -p '[{"op":"test","path":"/spec/replicas","value":5},{"op":"replace","path":"/spec/replicas","value":3}]'
expect "json patch whose test fails" 'Invalid|invalid' k patch deploy web -n t1 --type=json -p '[{"op":"test","path":"/spec/replicas","value":5}]'
check "status subresource" k patch deploy web -n t1 --subresource=status --type=merge -p '{"status":{"replicas":3,"observedGeneration":4},"spec":{"replicas":9}}'
expect "status changed, spec did not" '^3 3$' k get deploy web -n t1 -o jsonpath='{.status.replicas} {.spec.replicas}'
check "status does not change by the main resource" k patch deploy web -n t1 --type=merge -p '{"status":{"replicas":7}}'
expect "status kept" '^3$' k get deploy web -n t1 -o jsonpath='{.status.replicas}'

# --- apply ---
cat >"$T/cm.yaml" <<'X'
apiVersion: v1
kind: ConfigMap
metadata: {name: c2, namespace: t1}
data: {k: v, gone: "1"}
X
expect "apply creates" 'configmap/c2 created' k apply -f "$T/cm.yaml"
expect "apply again changes nothing" 'configmap/c2 unchanged' k apply -f "$T/cm.yaml"
sed -i 's/, gone: "1"//; s/k: v/k: w/' "$T/cm.yaml"
expect "apply changes" 'configmap/c2 configured' k apply -f "$T/cm.yaml"
expect "and removes" '^\{"k":"w"\}$' k get cm c2 -n t1 -o jsonpath='{.data}'
expect "server-side apply creates" 'configmap/s1 serverside-applied' k apply --server-side --field-manager=one -f - <<'X'
{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"s1","namespace":"t1"},"data":{"a":"1"}}
X
expect "server-side apply conflicts" 'conflict with "one": .data.a' k apply --server-side --field-manager=two -f - <<'X'
{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"s1","namespace":"t1"},"data":{"a":"2"}}
X
check "server-side apply by force" k apply --server-side --force-conflicts --field-manager=two -f - <<'X'
{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"s1","namespace":"t1"},"data":{"a":"2"}}
X
expect "managed fields" '^two$' k get cm s1 -n t1 -o jsonpath='{.metadata.managedFields[?(@.operation=="Apply")].manager}' --show-managed-fields
k diff -f "$T/cm.yaml" >"$T/diff" 2>&1 && ok "diff says nothing" || not_ok "diff says nothing" "$(cat "$T/diff")"

# --- services ---
check "expose" k expose deploy web -n t1 --port 80 --type NodePort
expect "node port and address" '^3[0-2][0-9]{3} 10\.43\.' k get svc web -n t1 -o jsonpath='{.spec.ports[0].nodePort} {.spec.clusterIP}'
port=$(k get svc web -n t1 -o jsonpath='{.spec.ports[0].nodePort}') ip=$(k get svc web -n t1 -o jsonpath='{.spec.clusterIP}')
svc() { printf '{"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","namespace":"t1"},"spec":{"type":"%s","clusterIP":"%s","ports":[{"port":80,"nodePort":%s}]}}' "$@"; }
expect "the same node port again" 'provided port is already allocated' sh -c "printf '%s' '$(svc w2 NodePort "" $port)' | '$KUBECTL' create -f -"
expect "the same address again" 'provided IP is already allocated' sh -c "printf '%s' '$(svc w2 ClusterIP $ip 0)' | '$KUBECTL' create -f -"
check "delete service" k delete svc web -n t1
check "its port and address are free again" sh -c "printf '%s' '$(svc w2 NodePort $ip $port)' | '$KUBECTL' create -f -"
dual() { printf '{"apiVersion":"v1","kind":"Service","metadata":{"name":"dual","namespace":"t1"},"spec":{"ipFamilyPolicy":"%s","ports":[{"port":80}],"selector":{"a":"b"}}}' "$1" | k create -f - 2>&1; }
expect "two families where there is one" '^The Service "dual" is invalid: spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services$' dual RequireDualStack
expect "... preferred is fine" 'service/dual created' dual PreferDualStack
expect "... and cannot be demanded later" 'this cluster is not configured for dual-stack services' sh -c "'$KUBECTL' patch svc dual -n t1 -p '{\"spec\":{\"ipFamilyPolicy\":\"RequireDualStack\"}}' 2>&1 | cat"
expect "headless" '^None$' k create svc clusterip hl --clusterip=None -n t1 -o jsonpath='{.spec.clusterIP}'

# --- watch and lists ---
rv=$(raw /api/v1/namespaces/t1/configmaps?limit=1 | jq -r .metadata.resourceVersion)
k create cm w1 -n t1 >/dev/null; k label cm w1 -n t1 x=1 >/dev/null; k label cm w1 -n t1 x=2 --overwrite >/dev/null; k delete cm w1 -n t1 >/dev/null
expect "watch from a revision" '^ADDED MODIFIED MODIFIED DELETED $' sh -c "'$KUBECTL' get --raw '/api/v1/namespaces/t1/configmaps?watch=1&timeoutSeconds=1&resourceVersion=$rv' | jq -j '.type + \" \"'"
expect "a selector makes ADDED and DELETED of changes" '^ADDED DELETED $' sh -c "'$KUBECTL' get --raw '/api/v1/namespaces/t1/configmaps?watch=1&timeoutSeconds=1&resourceVersion=$rv&labelSelector=x%3D1' | jq -j '.type + \" \"'"
expect "initial events end with a bookmark" 'ADDED BOOKMARK:true $' sh -c "'$KUBECTL' get --raw '/api/v1/namespaces/t1/configmaps?watch=1&timeoutSeconds=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true' | jq -j '.type + (if .type==\"BOOKMARK\" then \":\" + .object.metadata.annotations[\"k8s.io/initial-events-end\"] else \"\" end) + \" \"'"
expect "sendInitialEvents needs a match" '"code":422|Invalid|invalid' curl_admin "$U/api/v1/configmaps?watch=1&sendInitialEvents=true"
for i in 1 2 3 4 5 6 7; do printf '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"l%d","namespace":"t1","labels":{"l":"1"}}}\n' $i; done | k create -f - >/dev/null
expect "list in chunks" '^l1 l2 l3 l4 l5 l6 l7 $' sh -c "'$KUBECTL' get cm -n t1 -l l=1 --chunk-size=2 -o jsonpath='{range .items[*]}{.metadata.name} {end}'"
c=$(raw '/api/v1/namespaces/t1/configmaps?limit=2' | jq -r .metadata.continue)
n=$(raw '/api/v1/namespaces/t1/configmaps?limit=2' | jq -r '.metadata.remainingItemCount + 2')
k delete cm l7 -n t1 >/dev/null
expect "a continued list is of its own revision" "^$((n - 2))\$" sh -c "'$KUBECTL' get --raw '/api/v1/namespaces/t1/configmaps?limit=500&continue=$c' | jq '.items | length'"
expect "exact revision" "^$n\$" sh -c "'$KUBECTL' get --raw '/api/v1/namespaces/t1/configmaps?resourceVersionMatch=Exact&resourceVersion='$(raw '/api/v1/namespaces/t1/configmaps?limit=1' | jq -r '.metadata.resourceVersion|tonumber-1') | jq '.items | length'"
expect "a revision of the future" '"code":504.*ResourceVersionTooLarge|Too large resource version' curl_admin "$U/api/v1/configmaps?resourceVersion=99999999999"
expect "match without a revision" '"code":422' curl_admin "$U/api/v1/configmaps?resourceVersionMatch=Exact"

# --- deletion ---
check "delete collection" k delete cm -n t1 -l l=1
nothing "collection is gone" k get cm -n t1 -l l=1 -o name
expect "pod phase and class" '^Pending BestEffort$' sh -c "'$KUBECTL' run p1 --image=busybox -n t1 >/dev/null; '$KUBECTL' get pod p1 -n t1 -o jsonpath='{.status.phase} {.status.qosClass}'"
bind() { curl_admin -X POST -H 'Content-Type: application/json' -d '{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p1"},"target":{"kind":"Node","name":"n1"}}' $U/api/v1/namespaces/t1/pods/p1/binding; }
expect "bind" '"status":"Success"' bind
expect "bind again" '"code":409' bind
check "delete a bound pod" k delete pod p1 -n t1 --wait=false
expect "it waits for its node" '^30 [0-9-]+T' k get pod p1 -n t1 -o jsonpath='{.metadata.deletionGracePeriodSeconds} {.metadata.deletionTimestamp}'
check "at once" k delete pod p1 -n t1 --grace-period=0 --force
expect "gone" NotFound k get pod p1 -n t1
k create -f - >/dev/null <<'X'
{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"fin","namespace":"t1","finalizers":["example.com/x"]}}
X
check "delete with a finalizer" k delete cm fin -n t1 --wait=false
expect "stays" '^[0-9-]+T' k get cm fin -n t1 -o jsonpath='{.metadata.deletionTimestamp}'
check "last finalizer taken away" k patch cm fin -n t1 --type=merge -p '{"metadata":{"finalizers":null}}'
expect "then it goes" NotFound k get cm fin -n t1
check "foreground" k delete deploy web -n t1 --cascade=foreground --wait=false
expect "foreground finalizer" '^\["foregroundDeletion"\]$' k get deploy web -n t1 -o jsonpath='{.metadata.finalizers}'
check "namespace deletion starts" k delete ns t1 --wait=false
expect "terminating" '^Terminating$' k get ns t1 -o jsonpath='{.status.phase}'
expect "nothing new in it" 'is being terminated' k create cm late -n t1
k get ns t1 -o json | jq '.spec.finalizers=[]' | k replace --raw /api/v1/namespaces/t1/finalize -f - >/dev/null && ok "finalize" || not_ok "finalize"
expect "namespace is gone" NotFound k get ns t1

# --- custom resources ---
check "crd" k create -f - <<'X'
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: crontabs.stable.example.com}
spec:
  group: stable.example.com
  scope: Namespaced
  names: {plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct]}
  versions:
  - name: v1
    served: true
    storage: true
    subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
    additionalPrinterColumns: [{name: Spec, type: string, jsonPath: .spec.cronSpec}]
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties: {cronSpec: {type: string, pattern: '^[0-9 *]+$'}, replicas: {type: integer, default: 1, maximum: 10}}
          status: {type: object, properties: {replicas: {type: integer}}}
X
check "established" k wait --for=condition=Established crd/crontabs.stable.example.com --timeout=5s
expect "custom resource" 'created' k create -f - <<'X'
{"apiVersion":"stable.example.com/v1","kind":"CronTab","metadata":{"name":"my"},"spec":{"cronSpec":"* * 5"}}
X
expect "its columns" 'my +\* \* 5' k get ct
expect "its default" '^1$' k get ct my -o jsonpath='{.spec.replicas}'
check "its scale" k scale ct my --replicas=3
expect "scaled" '^3 2$' k get ct my -o jsonpath='{.spec.replicas} {.metadata.generation}'
expect "its schema" 'Invalid value|should be less than or equal to 10' k patch ct my --type=merge -p '{"spec":{"replicas":11}}'
expect "strategic patch is not for it" 'UnsupportedMediaType|415' curl_admin -X PATCH -H 'Content-Type: application/strategic-merge-patch+json' -d '{}' $U/apis/stable.example.com/v1/namespaces/default/crontabs/my
expect "explain knows it" 'cronSpec' k explain ct.spec

# --- restart: everything is still there ---
kill $server; wait $server 2>/dev/null
start
expect "after a restart" '^3$' k get ct my -o jsonpath='{.spec.replicas}'
check "crd goes" k delete crd crontabs.stable.example.com --timeout=10s
expect "its objects with it" "the server doesn't have a resource type|the server could not find" k get ct
expect "and its group" '^0$' sh -c "'$KUBECTL' get --raw /apis | jq '[.groups[]|select(.name==\"stable.example.com\")]|length'"
kill $server; wait $server
expect "a clean end" '^0$' echo $?
exit $lib_failed
