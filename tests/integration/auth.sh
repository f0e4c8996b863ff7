#!/bin/bash
# Who may do what, with a real kubectl and curl against the API server alone: tokens, RBAC, impersonation, reviews, admission.
. "$(dirname "$0")/lib.sh"
MAIN=${MINIK_BUILD:-$MINIK_TOP/build}/tests/integration/apiserver_main
[ -x "$MAIN" ] || make -s -C "${MINIK_BUILD:-$MINIK_TOP/build}" tests/integration/apiserver_main >&2 || skip_all "$MAIN cannot be built"
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
command -v jq >/dev/null || skip_all "no jq"
enter_sandbox "$@"
export KUBECONFIG=$T/d/admin.kubeconfig
"$MAIN" "$T/d" 16443 join-secret >"$T/out" 2>"$T/log" &
server=$!
lib_pids="$lib_pids $server"
until grep -q ready "$T/out"; do kill -0 $server 2>/dev/null || { cat "$T/log"; not_ok start; exit 1; }; sleep 0.02; done
k() { "$KUBECTL" "$@"; }
U=https://127.0.0.1:16443
k config view --raw -o jsonpath='{.clusters[0].cluster.certificate-authority-data}' | base64 -d >"$T/ca"
as() { curl -s --cacert "$T/ca" -H "Authorization: Bearer $1" "${@:3}" "$U$2"; } # as TOKEN PATH [CURL FLAGS]
anon() { curl -s --cacert "$T/ca" "${@:2}" "$U$1"; }
claims() { cut -d. -f2 <<<"$1" | tr _- /+ | base64 -d 2>/dev/null; }
create() { k create -f - >/dev/null; }

# --- who ---
expect "an administrator by certificate" 'system:masters.*system:authenticated' sh -c "'$KUBECTL' auth whoami -o jsonpath='{.status.userInfo.groups}'"
expect "anonymous may read the version" '"gitVersion"' anon /version
expect "anonymous may not list pods" 'pods is forbidden: User \\"system:anonymous\\" cannot list resource \\"pods\\" in API group \\"\\" at the cluster scope' anon /api/v1/pods
expect "nor see paths" 'forbidden: User \\"system:anonymous\\" cannot get path \\"/metrics\\"' anon /metrics
expect "a wrong token is 401" '"code":401' as nonsense /api
expect "a forged token is 401" '"code":401' as eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9. /api
expect "cluster-info is public" 'certificate-authority-data' anon /api/v1/namespaces/kube-public/configmaps/cluster-info
expect "its neighbours are not" '"code":403' anon /api/v1/namespaces/kube-public/configmaps
expect "the join token may ask for a certificate" yes k auth can-i create certificatesigningrequests --as=system:bootstrap:minik --as-group=system:bootstrappers
expect "and authenticates" '"kind":"CertificateSigningRequestList"' as join-secret /apis/certificates.k8s.io/v1/certificatesigningrequests
expect "for nothing else" 'User \\"system:bootstrap:minik\\" cannot list' as join-secret /api/v1/secrets

# --- service account tokens ---
k create namespace a >/dev/null; k create namespace b >/dev/null
for n in a b default; do k create sa default -n $n >/dev/null; done
k create sa web -n a >/dev/null
W=$(k create token web -n a)
expect "token: subject and audience" '"aud":\["https://kubernetes.default.svc.cluster.local"\].*"sub":"system:serviceaccount:a:web"' claims "$W"
expect "no rights yet" 'User \\"system:serviceaccount:a:web\\" cannot list resource \\"pods\\" in API group \\"\\" in the namespace \\"a\\"' as "$W" /api/v1/namespaces/a/pods
check "bind view" k create rolebinding web-view --clusterrole=view --serviceaccount=a:web -n a
expect "now it may" '"kind":"PodList"' as "$W" /api/v1/namespaces/a/pods
expect "but not elsewhere" '"code":403' as "$W" /api/v1/namespaces/b/pods
expect "nor write" 'cannot create resource \\"configmaps\\"' as "$W" /api/v1/namespaces/a/configmaps -X POST -H 'Content-Type: application/json' -d '{}'
expect "nor read secrets" '"code":403' as "$W" /api/v1/namespaces/a/secrets
X=$(k create token web -n a --audience=vault --duration=20m)
expect "audience as asked" '"aud":\["vault"\]' claims "$X"
expect "which is not the API server" '"code":401' as "$X" /api
expect "too short a life" 'may not specify a duration less than 10 minutes' k create token web -n a --duration=1m
expect "discovery names the keys" '"jwks_uri"' as "$W" /.well-known/openid-configuration
expect "and they are there" '"alg":"ES256"' as "$W" /openid/v1/jwks
P=$(k create token default -n a --bound-object-kind Pod --bound-object-name gone 2>&1)
expect "bound to a pod that is not there" 'pods "gone" not found' echo "$P"
k run p --image=x -n a --overrides='{"spec":{"serviceAccountName":"web"}}' >/dev/null
P=$(k create token web -n a --bound-object-kind Pod --bound-object-name p)
expect "bound to a pod" '"pod":{"name":"p"' claims "$P"
expect "it works" '"kind":"PodList"' as "$P" /api/v1/namespaces/a/pods
k delete pod p -n a --grace-period=0 --force >/dev/null 2>&1
expect "until the pod is gone" '"code":401' as "$P" /api/v1/namespaces/a/pods
cat <<Y | create
{apiVersion: v1, kind: Secret, metadata: {name: old, namespace: a, annotations: {kubernetes.io/service-account.name: web}}, type: kubernetes.io/service-account-token}
Y
filled() { [ "$(k get secret old -n a -o json | jq -r '.data | keys | join(",")')" = ca.crt,namespace,token ]; }
check "a token secret is filled in" eventually 5 filled
L=$(k get secret old -n a -o jsonpath='{.data.token}' | base64 -d)
expect "its token works" '"kind":"PodList"' as "$L" /api/v1/namespaces/a/pods
k delete secret old -n a >/dev/null
expect "until the secret is gone" '"code":401' as "$L" /api/v1/namespaces/a/pods
cat <<Y | create
{apiVersion: v1, kind: Secret, metadata: {name: orphan, namespace: a, annotations: {kubernetes.io/service-account.name: nobody}}, type: kubernetes.io/service-account-token}
Y
orphan() { ! k get secret orphan -n a; }
check "without an account the secret goes" eventually 5 orphan

# --- reviews ---
review() { jq -n --arg t "$1" "{apiVersion:\"authentication.k8s.io/v1\",kind:\"TokenReview\",spec:{token:\$t,audiences:$2}}" | k create -f - -o json | jq -c .status; }
expect "TokenReview" '"authenticated":true.*"username":"system:serviceaccount:a:web"' review "$W" '[]'
expect "TokenReview for an audience" '"audiences":\["vault"\]' review "$X" '["vault","x"]'
expect "TokenReview of nonsense" '"error"' review nonsense '[]'
expect "can-i as an account" '^yes' k auth can-i list pods -n a --as=system:serviceaccount:a:web
expect "can-i not" '^no' k auth can-i delete pods -n a --as=system:serviceaccount:a:web
expect "can-i on paths" '^yes' k auth can-i get /version --as=bob
expect "can-i --list" 'pods/log .*\[get list watch\]' k auth can-i --list -n a --as=system:serviceaccount:a:web
sar() { echo "$1" | k create -f - -o jsonpath='{.status.allowed} {.status.reason}'; }
expect "SubjectAccessReview says why" '^true RBAC: allowed by RoleBinding "a/web-view" of ClusterRole "view" to ServiceAccount "web/a"$' sar '{"apiVersion":"authorization.k8s.io/v1","kind":"SubjectAccessReview","spec":{"user":"system:serviceaccount:a:web","groups":["system:serviceaccounts"],"resourceAttributes":{"namespace":"a","verb":"get","resource":"pods"}}}'
expect "LocalSubjectAccessReview" '^false' sar '{"apiVersion":"authorization.k8s.io/v1","kind":"LocalSubjectAccessReview","metadata":{"namespace":"a"},"spec":{"user":"bob","resourceAttributes":{"namespace":"a","verb":"get","resource":"pods"}}}'

# --- impersonation ---
expect "whoami as somebody" '^bob dev' k auth whoami --as=bob --as-group=dev -o jsonpath='{.status.userInfo.username} {.status.userInfo.groups[0]}'
expect "somebody may not" 'users "alice" is forbidden: User "bob" cannot impersonate resource "users" in API group "" at the cluster scope' \
	sh -c "'$KUBECTL' create clusterrolebinding bob-view --clusterrole=view --user=bob >/dev/null; curl -s --cacert '$T/ca' -H 'Authorization: Bearer $W' -H 'Impersonate-User: alice' $U/api/v1/namespaces/a/pods | jq -r .message | sed 's/system:serviceaccount:a:web/bob/'"

# --- RBAC ---
k create clusterrole cm-one --verb=get --resource=configmaps --resource-name=one >/dev/null
k create rolebinding cm-one --clusterrole=cm-one --user=carol -n a >/dev/null
expect "a name is allowed" '^yes' k auth can-i get configmaps/one -n a --as=carol
expect "another is not" '^no' k auth can-i get configmaps/two -n a --as=carol
expect "nor all" '^no' k auth can-i list configmaps -n a --as=carol
k create role namer --verb=create,update,get --resource=roles,rolebindings -n a >/dev/null
k create rolebinding namer --role=namer --user=dave -n a >/dev/null
expect "nobody gives what he has not" 'attempting to grant RBAC permissions not currently held:' k create role more --verb=get --resource=pods -n a --as=dave
expect "... and is told what" '{APIGroups:\[""\], Resources:\["pods"\], Verbs:\["get"\]}' k create role more --verb=get --resource=pods -n a --as=dave
check "what he has he may give" k create role less --verb=get --resource=roles -n a --as=dave
expect "nor bind it" 'not currently held' k create rolebinding more --clusterrole=view --user=eve -n a --as=dave
k create role binder --verb=bind --resource=clusterroles --resource-name=view -n a >/dev/null
k create rolebinding binder --role=binder --user=dave -n a >/dev/null
check "unless he may bind" k create rolebinding more --clusterrole=view --user=eve -n a --as=dave
cat <<Y | create
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: widgets, labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}}, rules: [{apiGroups: [example.com], resources: [widgets], verbs: [get]}]}
Y
viewed() { sar '{"apiVersion":"authorization.k8s.io/v1","kind":"SubjectAccessReview","spec":{"user":"system:serviceaccount:a:web","resourceAttributes":{"namespace":"a","verb":"get","group":"example.com","resource":"widgets"}}}' | grep -q ^true; }
check "view takes in what is labelled so" eventually 5 viewed
admined() { k get clusterrole admin -o json | jq -e '.rules[] | select(.resources == ["widgets"])' >/dev/null; }
check "and so does admin, by way of edit" eventually 5 admined

# --- admission ---
expect "default namespaces stay" 'namespaces "kube-system" is forbidden: this namespace may not be deleted' k delete ns kube-system
k run q --image=x -n a >/dev/null
field() { k get pod "$1" -n a -o jsonpath="$2"; }
expect "account and token volume" '^default kube-api-access-[a-z0-9]*$' field q '{.spec.serviceAccountName} {.spec.containers[0].volumeMounts[0].name}'
expect "tolerations for five minutes" '300 300' field q '{.spec.tolerations[*].tolerationSeconds}'
expect "priority" '^0 PreemptLowerPriority$' field q '{.spec.priority} {.spec.preemptionPolicy}'
expect "no account, no pod" 'error looking up service account a/none: serviceaccount "none" not found' k run r --image=x -n a --overrides='{"spec":{"serviceAccountName":"none"}}'
expect "no class, no pod" 'no PriorityClass with name none was found' k run r --image=x -n a --overrides='{"spec":{"priorityClassName":"none"}}'
k run r --image=x -n a --overrides='{"spec":{"priorityClassName":"system-node-critical","automountServiceAccountToken":false}}' >/dev/null
expect "priority by class, no token" '^2000001000 $' field r '{.spec.priority} {.spec.volumes}'
expect "runtime class is looked up" 'RuntimeClass "none" not found' k run s --image=x -n a --overrides='{"spec":{"runtimeClassName":"none"}}'
expect "new nodes take nothing" 'node.kubernetes.io/not-ready:NoSchedule' sh -c "echo '{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n1\"}}' | '$KUBECTL' create -f - -o jsonpath='{.spec.taints[0].key}:{.spec.taints[0].effect}'"
cat <<Y | create
{apiVersion: v1, kind: List, items: [
 {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}, provisioner: x},
 {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c, namespace: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}},
 {apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}, spec: {controller: x/y}},
 {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i, namespace: a}, spec: {defaultBackend: {service: {name: s, port: {number: 80}}}}}]}
Y
expect "default storage class and finalizer" '^fast kubernetes.io/pvc-protection$' k get pvc c -n a -o 'jsonpath={.spec.storageClassName} {.metadata.finalizers[0]}'
expect "default ingress class" '^nginx$' k get ingress i -n a -o 'jsonpath={.spec.ingressClassName}'
cat <<Y | create
{apiVersion: v1, kind: LimitRange, metadata: {name: l, namespace: b}, spec: {limits: [{type: Container, default: {cpu: 200m}, defaultRequest: {cpu: 100m}, max: {cpu: "1"}}]}}
Y
k run q --image=x -n b >/dev/null
expect "limits by default" '^100m 200m Burstable LimitRanger plugin set: cpu request for container q; cpu limit for container q$' \
	k get pod q -n b -o 'jsonpath={.spec.containers[0].resources.requests.cpu} {.spec.containers[0].resources.limits.cpu} {.status.qosClass} {.metadata.annotations.kubernetes\.io/limit-ranger}'
expect "and bounds" 'maximum cpu usage per Container is 1, but limit is 2' k run r --image=x -n b --overrides='{"spec":{"containers":[{"name":"r","image":"x","resources":{"limits":{"cpu":"2"}}}]}}'

# --- pod security ---
k create ns safe >/dev/null; k create sa default -n safe >/dev/null
expect "only levels that there are" 'must be one of privileged, baseline, restricted' k label ns safe pod-security.kubernetes.io/enforce=strict
k label ns safe pod-security.kubernetes.io/enforce=baseline pod-security.kubernetes.io/warn=restricted >/dev/null
expect "baseline" 'pods "x" is forbidden: violates PodSecurity "baseline:latest": host namespaces \(hostNetwork=true\), privileged \(container "x" must not set securityContext.privileged=true\)' \
	k run x --image=x -n safe --overrides='{"spec":{"hostNetwork":true,"containers":[{"name":"x","image":"x","securityContext":{"privileged":true}}]}}'
expect "a warning" 'Warning: would violate PodSecurity "restricted:latest": allowPrivilegeEscalation != false \(container "x" must set securityContext.allowPrivilegeEscalation=false\), unrestricted capabilities \(container "x" must set securityContext.capabilities.drop=\["ALL"\]\), runAsNonRoot != true \(pod or container "x" must set securityContext.runAsNonRoot=true\), seccompProfile \(pod or container "x" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"\)' k run x --image=x -n safe
expect "deployments are warned" 'Warning: would violate PodSecurity "restricted:latest"' k create deployment x --image=x -n safe
k label ns safe pod-security.kubernetes.io/enforce=restricted --overwrite >/dev/null
check "a careful pod" k run y --image=x -n safe --overrides='{"spec":{"securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},"containers":[{"name":"y","image":"x","securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}]}}'
expect "a careless one" 'violates PodSecurity "restricted:latest"' k run z --image=x -n safe

# --- quota ---
k create quota q --hard=pods=2,requests.cpu=1,count/configmaps=1 -n b >/dev/null
used() { k get quota q -n b -o json | jq -cS .status.used; }
counted() { [ "$(used)" = '{"count/configmaps":"0","pods":"1","requests.cpu":"100m"}' ]; }
check "what is there is counted" eventually 5 counted
check "room for one" k run q2 --image=x -n b
expect "charged" '"pods":"2","requests.cpu":"200m"' used
expect "no room for another" 'pods "q3" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2' k run q3 --image=x -n b
check "a ConfigMap" k create cm one -n b
expect "no second one" 'exceeded quota: q, requested: count/configmaps=1, used: count/configmaps=1, limited: count/configmaps=1' k create cm two -n b
k delete pod q2 -n b --grace-period=0 --force >/dev/null 2>&1
freed() { [ "$(used)" = '{"count/configmaps":"1","pods":"1","requests.cpu":"100m"}' ]; }
check "deletion gives back" eventually 5 freed
races=
for i in 1 2 3 4 5 6; do k run "race$i" --image=x -n b >/dev/null 2>&1 & races="$races $!"; done
wait $races
expect "a race has one winner" '^2$' sh -c "'$KUBECTL' get pods -n b -o name | wc -l"
k create quota lim --hard=limits.memory=1Gi -n b >/dev/null
expect "what is bounded must be stated" 'failed quota: lim: must specify limits.memory for: m' k run m --image=x -n b
k delete quota q lim -n b >/dev/null
check "no quota, no bound" k run m --image=x -n b

# --- a pod right behind its namespace ---
# By curl: a moment is a second, and starting kubectl takes longer than that on a busy machine.
for f in crt:client-certificate-data key:client-key-data; do k config view --raw -o jsonpath="{.users[0].user.${f#*:}}" | base64 -d >"$T/${f%%:*}"; done
post() { curl -s --cacert "$T/ca" --cert "$T/crt" --key "$T/key" -H 'Content-Type: application/json' -d "$2" "$U$1"; }
post /api/v1/namespaces '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"late"}}' >/dev/null
post /api/v1/namespaces/late/pods '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"early"},"spec":{"containers":[{"name":"c","image":"x"}]}}' >"$T/early" 2>&1 & early=$!
sleep 0.2
post /api/v1/namespaces/late/serviceaccounts '{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}' >/dev/null
wait $early
expect "the account that comes a moment later counts" '"kind":"Pod"' cat "$T/early"

# --- certificate requests ---
csr() { # csr NAME SUBJECT SIGNER
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj "$2" 2>/dev/null | base64 -w0 |
		jq -R --arg n "$1" --arg s "$3" '{apiVersion:"certificates.k8s.io/v1",kind:"CertificateSigningRequest",metadata:{name:$n},spec:{request:.,signerName:$s,usages:["client auth"]}}' | k create -f - "${@:4}"
}
if command -v openssl >/dev/null; then
	expect "nobody becomes a master by certificate" 'signer with system:masters group is not allowed' csr m /O=system:masters/CN=x kubernetes.io/kube-apiserver-client
	check "a plain request" csr p /O=dev/CN=x kubernetes.io/kube-apiserver-client
	k create clusterrole approver --verb=get,list,update --resource=certificatesigningrequests,certificatesigningrequests/approval >/dev/null
	k create clusterrolebinding approver --clusterrole=approver --user=frank >/dev/null
	expect "approval is a right of its own" 'user not permitted to approve requests with signerName "kubernetes.io/kube-apiserver-client"' k certificate approve p --as=frank
	echo '{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"signers"},"rules":[{"apiGroups":["certificates.k8s.io"],"resources":["signers"],"resourceNames":["kubernetes.io/*"],"verbs":["approve"]}]}' | create
	k create clusterrolebinding signers --clusterrole=signers --user=frank >/dev/null
	check "with it he may" k certificate approve p --as=frank
else
	skip "certificate requests" "no openssl"
fi

# --- nodes ---
for f in crt:'{.users[0].user.client-certificate-data}' key:'{.users[0].user.client-key-data}'; do
	k config view --raw -o jsonpath="${f#*:}" | base64 -d >"$T/${f%%:*}"
done
node() { # node METHOD PATH BODY: as the agent of n1
	curl -s --cacert "$T/ca" --cert "$T/crt" --key "$T/key" -H 'Impersonate-User: system:node:n1' -H 'Impersonate-Group: system:nodes' -X "$1" \
		-H "Content-Type: application/$([ "$1" = PATCH ] && echo merge-patch+)json" -d "$3" "$U$2"
}
expect "a node patches itself" '"machineID":"1"' node PATCH /api/v1/nodes/n1/status '{"status":{"nodeInfo":{"machineID":"1"}}}'
echo '{"apiVersion":"v1","kind":"Node","metadata":{"name":"n2"}}' | create
expect "not another" 'node \\"n1\\" is not allowed to modify node \\"n2\\"' node PATCH /api/v1/nodes/n2/status '{"status":{"nodeInfo":{"machineID":"1"}}}'
expect "nor other nodes' pods" 'can only update pod status for pods with spec.nodeName set to itself' node PATCH /api/v1/namespaces/a/pods/q/status '{"status":{"message":"x"}}'
echo '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"bare","namespace":"a"},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"x"}]}}' | create
expect "but its own, without labels" '"message":"x"' node PATCH /api/v1/namespaces/a/pods/bare/status '{"status":{"message":"x"}}'
k create secret generic mine -n a --from-literal=x=y >/dev/null; k create secret generic others -n a --from-literal=x=y >/dev/null
echo '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"vol","namespace":"a"},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"x"}],"volumes":[{"name":"s","secret":{"secretName":"mine"}}]}}' | create
expect "it reads its pods' secrets" '"kind":"Secret"' node GET /api/v1/namespaces/a/secrets/mine ''
expect "and watches them by name" '"kind":"SecretList"' node GET '/api/v1/namespaces/a/secrets?fieldSelector=metadata.name%3Dmine' ''
expect "not those of others" "no relationship found between node 'n1' and this object" node GET /api/v1/namespaces/a/secrets/others ''
expect "nor all" '"code":403' node GET /api/v1/namespaces/a/secrets ''
expect "nor takes their tokens" 'not bound to a pod' node POST /api/v1/namespaces/a/serviceaccounts/web/token '{"spec":{}}'
expect "nor makes pods" 'can only create mirror pods' node POST /api/v1/namespaces/a/pods '{"metadata":{"name":"m"},"spec":{"containers":[{"name":"m","image":"x"}]}}'
expect "it reads its own pods" '"kind":"PodList"' node GET '/api/v1/pods?fieldSelector=spec.nodeName%3Dn1' ''
expect "and one of them" '"kind":"Pod"' node GET /api/v1/namespaces/a/pods/bare ''
for path in /api/v1/pods /api/v1/namespaces/a/pods '/api/v1/pods?fieldSelector=spec.nodeName%3Dn2' '/api/v1/pods?fieldSelector=spec.nodeName%21%3Dn1' \
	'/api/v1/pods?fieldSelector=spec.nodeName%3Dn11' '/api/v1/pods?watch=1&fieldSelector=metadata.name%3Dq' /api/v1/namespaces/a/pods/q; do
	expect "no others: $path" "no relationship found between node 'n1' and this object" node GET "$path" ''
done
echo '{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"np","namespace":"a"},"spec":{"podSelector":{}}}' | create
expect "while there are network policies it lists all pods" '"kind":"PodList"' node GET /api/v1/pods ''
expect "... and gets none of the others'" 'no relationship found' node GET /api/v1/namespaces/a/pods/q ''
k delete -n a networkpolicy np >/dev/null
expect "... no longer without" 'no relationship found' node GET /api/v1/pods ''
expect "one that is not there any more is not found" '"code":404' node GET /api/v1/namespaces/a/pods/none ''
# --- what minik's agents keep: volumes that they make for claims, and an endpoint of the cluster's DNS ---
cat <<Y | create
{apiVersion: v1, kind: List, items: [
 {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: local-path}, provisioner: minik.io/local-path, volumeBindingMode: WaitForFirstConsumer},
 {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: here, namespace: a, annotations: {volume.kubernetes.io/selected-node: n1, volume.kubernetes.io/storage-provisioner: minik.io/local-path}},
  spec: {storageClassName: local-path, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}},
 {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: there, namespace: a, annotations: {volume.kubernetes.io/selected-node: n2, volume.kubernetes.io/storage-provisioner: minik.io/local-path}},
  spec: {storageClassName: local-path, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}
Y
volume() { # volume CLAIM JQ: the volume that an agent makes for it, changed
	jq -nc --arg u "$(k get pvc "$1" -n a -o jsonpath='{.metadata.uid}')" --arg c "$1" '{metadata: {name: "pvc-\($u)", annotations: {"pv.kubernetes.io/provisioned-by": "minik.io/local-path"}},
		spec: {capacity: {storage: "1Gi"}, accessModes: ["ReadWriteOnce"], persistentVolumeReclaimPolicy: "Delete", storageClassName: "local-path", volumeMode: "Filesystem", local: {path: "/x"},
		nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: "kubernetes.io/hostname", operator: "In", values: ["n1"]}]}]}},
		claimRef: {kind: "PersistentVolumeClaim", apiVersion: "v1", namespace: "a", name: $c, uid: $u}}} | '"$2" >"$T/volume"
	node POST /api/v1/persistentvolumes "$(cat "$T/volume")"
}
ours='can only create volumes that it makes itself, with node affinity to itself'
expect "no volume on another node" "$ours" volume here '.spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values = ["n2"]'
expect "... on one of two" "$ours" volume here '.spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values = ["n1", "n2"]'
expect "... on any" "$ours" volume here '.spec.nodeAffinity.required.nodeSelectorTerms += [{matchExpressions: [{key: "a", operator: "Exists"}]}]'
expect "... without a node" "$ours" volume here 'del(.spec.nodeAffinity)'
expect "... of another provisioner" "$ours" volume here '.metadata.annotations = {"pv.kubernetes.io/provisioned-by": "other"}'
expect "... that is not local" 'can only create local volumes: hostPath' volume here 'del(.spec.local) | .spec.hostPath = {path: "/x"}'
expect "... with more than an agent says" 'can only create local volumes: volumeAttributesClassName' volume here '.spec.volumeAttributesClassName = "fast"'
program='.metadata.annotations["pv.kubernetes.io/provisioned-by"] = "v/p" | del(.spec.local) | .spec.flexVolume = {driver: "v/p", options: {volumeHandle: "of-another"}}'
expect "... of a program, that the control plane would take for its own" "$ours" volume here "$program"
expect "... marked as another node's" "$ours" volume here "$program"' | .metadata.annotations["minik.io/made-by-node"] = "n2"'
expect "... with a Secret that the control plane would read" 'can only create local volumes: a Secret for its deletion' volume here '.metadata.annotations["volume.kubernetes.io/provisioner-deletion-secret-name"] = "s"'
expect "... marked as its own, for a claim that waits for another program" 'can only create volumes for claims that wait for it' volume here "$program"' | .metadata.annotations["minik.io/made-by-node"] = "n1"'
expect "... for no claim" 'can only create volumes for claims that there are' volume here '.spec.claimRef.name = "none"'
expect "... for a claim of another node" 'can only create volumes for claims that wait for it' volume there .
expect "... for a claim that was there before" 'can only create volumes for claims that wait for it' volume here '.spec.claimRef.uid = "x"'
expect "... of another name" 'can only create a volume of the name' volume here '.metadata.name = "mine"'
expect "... larger than was asked for" 'of the class, modes and size that the claim asks for' volume here '.spec.capacity.storage = "2Gi"'
expect "one for the claim that waits for it" '"kind":"PersistentVolume"' volume here .
pv=pvc-$(k get pvc here -n a -o jsonpath='{.metadata.uid}')
volume there '.spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values = ["n2"]' >/dev/null # as an administrator, since nodes may not
k create -f "$T/volume" --dry-run=client -o json >/dev/null 2>&1; jq '. + {apiVersion: "v1", kind: "PersistentVolume"}' "$T/volume" | create
other=pvc-$(k get pvc there -n a -o jsonpath='{.metadata.uid}')
expect "which it does not change" '"code":403' node PATCH "/api/v1/persistentvolumes/$pv" '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'
expect "nor delete before it is released" 'can only delete volumes that are released' node DELETE "/api/v1/persistentvolumes/$pv" ''
expect "nor another's" 'can only delete volumes that it makes itself, with node affinity to itself' node DELETE "/api/v1/persistentvolumes/$other" ''
k patch pv "$pv" --subresource=status --type=merge -p '{"status":{"phase":"Released"}}' >/dev/null
expect "but then" '"kind":"PersistentVolume"|"status":"Success"' node DELETE "/api/v1/persistentvolumes/$pv" ''
expect "claims it does not change" '"code":403' node PATCH /api/v1/namespaces/a/persistentvolumeclaims/here '{"metadata":{"annotations":{"a":"b"}}}'
expect "nor make" '"code":403' node POST /api/v1/namespaces/a/persistentvolumeclaims '{"metadata":{"name":"x"},"spec":{}}'
expect "nor bind" 'not allowed to update fields other than' node PATCH /api/v1/namespaces/a/persistentvolumeclaims/here/status '{"status":{"phase":"Bound"}}'
expect "nor say the size of those of others" 'can only update claims that its pods use' node PATCH /api/v1/namespaces/a/persistentvolumeclaims/here/status '{"status":{"capacity":{"storage":"1Gi"}}}'
echo '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"uses","namespace":"a"},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"x"}],"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"here"}}]}}' | create
expect "but of those of its pods" '"capacity":{"storage":"1Gi"}' node PATCH /api/v1/namespaces/a/persistentvolumeclaims/here/status '{"status":{"capacity":{"storage":"1Gi"}}}'
k patch node n1 -p '{"spec":{"podCIDR":"10.42.1.0/24","podCIDRs":["10.42.1.0/24"]}}' >/dev/null
slice() { # slice NAMESPACE NAME JQ
	jq -nc --arg n "$2" '{metadata: {name: $n, labels: {"kubernetes.io/service-name": "kube-dns"}}, addressType: "IPv4", ports: [{name: "dns", port: 53, protocol: "UDP"}],
		endpoints: [{addresses: ["10.42.1.1"], nodeName: "n1", conditions: {ready: true}}]} | '"$3" >"$T/slice"
	node POST "/apis/discovery.k8s.io/v1/namespaces/$1/endpointslices" "$(cat "$T/slice")"
}
expect "no EndpointSlice in another namespace" '"code":403' slice a kube-dns-n1 .
expect "... of another name" 'can only write EndpointSlice kube-system/kube-dns-n1' slice kube-system kube-dns-n2 .
expect "... of another Service" 'can only write EndpointSlices of Service kube-dns' slice kube-system kube-dns-n1 '.metadata.labels = {"kubernetes.io/service-name": "other"}'
expect "... for another node" 'with nodeName set to itself' slice kube-system kube-dns-n1 '.endpoints[0].nodeName = "n2"'
expect "... for every node" 'with nodeName set to itself' slice kube-system kube-dns-n1 'del(.endpoints[0].nodeName)'
expect "... with an address elsewhere" 'can only name addresses of its own pod network, not 10.42.2.1' slice kube-system kube-dns-n1 '.endpoints[0].addresses = ["10.42.2.1"]'
expect "its own" '"kind":"EndpointSlice"' slice kube-system kube-dns-n1 .
expect "... which it changes likewise" 'with nodeName set to itself' node PATCH /apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices/kube-dns-n1 '{"endpoints":[{"addresses":["10.42.1.1"],"nodeName":"n2"}]}'
expect "no Service" '"code":403' node POST /api/v1/namespaces/kube-system/services '{"metadata":{"name":"kube-dns"},"spec":{"ports":[{"port":53}]}}'
# Whatever more a role should give, as that of an older minik does.
k create clusterrole wide --verb='*' --resource=persistentvolumes,persistentvolumeclaims,services,endpoints,endpointslices.discovery.k8s.io,pods >/dev/null
k create clusterrolebinding wide --clusterrole=wide --group=system:nodes >/dev/null
expect "a wider role opens no claim" 'may only update PVC status' node PATCH /api/v1/namespaces/a/persistentvolumeclaims/here '{"metadata":{"annotations":{"a":"b"}}}'
expect "... no volume" 'is not allowed to modify volumes' node PATCH "/api/v1/persistentvolumes/$other" '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'
expect "... no Service" 'is not allowed to modify services' node POST /api/v1/namespaces/kube-system/services '{"metadata":{"name":"kube-dns"},"spec":{"ports":[{"port":53}]}}'
expect "... no EndpointSlice" 'can only write EndpointSlice kube-system/kube-dns-n1' slice a other .
expect "... no pods" "no relationship found" node GET /api/v1/pods ''
k delete clusterrolebinding wide >/dev/null; k delete clusterrole wide >/dev/null
# What it makes itself, mirror pods, names nothing else and opens nothing.
me=$(k get node n1 -o jsonpath='{.metadata.uid}')
mirror() { # mirror NAME SPEC [OWNER]
	jq -nc --arg n "$1" --argjson s "$2" --argjson o "${3:-{\}}" --arg u "$me" '{metadata: {name: $n, annotations: {"kubernetes.io/config.mirror": "x"},
		ownerReferences: [{apiVersion: "v1", kind: "Node", name: "n1", uid: $u, controller: true} + $o]},
		spec: ({nodeName: "n1", containers: [{name: "c", image: "x", args: ["others"]}]} + $s)}' >"$T/mirror"
	node POST /api/v1/namespaces/a/pods "$(cat "$T/mirror")"
}
expect "but mirror pods" '"kind":"Pod"' mirror m1 '{}'
expect "by which it gets at nothing" "no relationship found between node 'n1' and this object" node GET /api/v1/namespaces/a/secrets/others ''
expect "that stay mirrors" 'may not remove or update mirror pod annotation' node PATCH /api/v1/namespaces/a/pods/m1/status '{"metadata":{"annotations":{"kubernetes.io/config.mirror":null}}}'
expect "others become none" 'may not add mirror pod annotation' node PATCH /api/v1/namespaces/a/pods/bare/status '{"metadata":{"annotations":{"kubernetes.io/config.mirror":"x"}}}'
names() { expect "none that names $1" "can not create pods that reference $1" mirror m2 "$2"; }
names secrets '{"volumes":[{"name":"v","secret":{"secretName":"others"}}]}'
names secrets '{"volumes":[{"name":"v","projected":{"sources":[{"secret":{"name":"others"}}]}}]}'
names secrets '{"containers":[{"name":"c","image":"x","envFrom":[{"secretRef":{"name":"others"}}]}]}'
names secrets '{"initContainers":[{"name":"c","image":"x","env":[{"name":"E","valueFrom":{"secretKeyRef":{"name":"others","key":"x"}}}]}]}'
names secrets '{"imagePullSecrets":[{"name":"others"}]}'
names secrets '{"volumes":[{"name":"v","azureFile":{"secretName":"others","shareName":"x"}}]}'
names configmaps '{"containers":[{"name":"c","image":"x","env":[{"name":"E","valueFrom":{"configMapKeyRef":{"name":"others","key":"x"}}}]}]}'
names persistentvolumeclaims '{"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"x"}}]}'
names "a service account" '{"serviceAccountName":"web"}'
names "a service account" '{"volumes":[{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}]}'
expect "none of another's" 'can only create pods with an owner reference set to itself' mirror m2 '{}' '{"name":"n2"}'
expect "none of a node that was" "UID mismatch: expected $me got x" mirror m2 '{}' '{"uid":"x"}'
echo '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"far","namespace":"a"},"spec":{"nodeName":"n2","containers":[{"name":"c","image":"x"}]}}' | create
evict() { node POST "/api/v1/namespaces/a/pods/$1/eviction" "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"$1\"}}"; }
expect "it evicts nobody elsewhere" 'can only evict pods with spec.nodeName set to itself' evict far
expect "but at home" '"status":"Success"' evict bare
for l in node-restriction.kubernetes.io/a a.node-restriction.kubernetes.io/b node-role.kubernetes.io/control-plane x.k8s.io/y; do
	expect "no label $l" "is not allowed to modify labels: $l" node PATCH /api/v1/nodes/n1 "{\"metadata\":{\"labels\":{\"$l\":\"\"}}}"
done
expect "its own kind of labels" '"kind":"Node"' node PATCH /api/v1/nodes/n1 '{"metadata":{"labels":{"kubernetes.io/hostname":"n1","kubelet.kubernetes.io/a":"b","a.node.kubernetes.io/b":"c","disk":"ssd"}}}'
expect "no owner" 'is not allowed to modify ownerReferences' node PATCH /api/v1/nodes/n1 '{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"x","uid":"x"}]}}'
# Tokens: for the audiences that the pod's volumes ask for, and those that somebody allowed it.
echo '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"asks","namespace":"a"},"spec":{"nodeName":"n1","serviceAccountName":"web","containers":[{"name":"c","image":"x"}],
	"volumes":[{"name":"t","projected":{"sources":[{"serviceAccountToken":{"path":"t","audience":"vault"}}]}},{"name":"d","csi":{"driver":"d.example"}}]}}' | create
echo '{"apiVersion":"storage.k8s.io/v1","kind":"CSIDriver","metadata":{"name":"d.example"},"spec":{"tokenRequests":[{"audience":"drives"}]}}' | create
uid=$(k get pod asks -n a -o jsonpath='{.metadata.uid}')
token() { node POST /api/v1/namespaces/a/serviceaccounts/web/token "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{\"audiences\":[$1],\"boundObjectRef\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"name\":\"asks\",\"uid\":\"$uid\"}}}"; }
expect "a token for the volume's audience" '"token":"ey' token '"vault"'
expect "for its driver's" '"token":"ey' token '"drives"'
expect "for no other" 'audience .{1,2}other.{1,2} not found in pod spec volume' token '"other"'
expect "for the API server, when the account's own volume asks" '"token":"ey' token ''
expect "not for two" 'node may only request 0 or 1 audiences' token '"vault","drives"'
k create clusterrole pulls --verb=request-serviceaccounts-token-audience --resource=other >/dev/null 2>&1 ||
	echo '{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"pulls"},"rules":[{"apiGroups":[""],"resources":["other"],"verbs":["request-serviceaccounts-token-audience"]}]}' | create
k create clusterrolebinding pulls --clusterrole=pulls --group=system:nodes >/dev/null
expect "that it was allowed" '"token":"ey' token '"other"'
if command -v openssl >/dev/null; then
	as_node() { csr "$1" "$2" "kubernetes.io/$3" --as=system:node:n1 --as-group=system:nodes; }
	expect "no certificate of another node" 'can only create a node CSR with CN=system:node:n1' as_node c2 /O=system:nodes/CN=system:node:n2 kube-apiserver-client-kubelet
	check "its own" as_node c1 /O=system:nodes/CN=system:node:n1 kube-apiserver-client-kubelet
fi
kill $server; wait $server
expect "a clean end" "^0$" echo $?
exit $lib_failed
