#!/bin/bash
# Admission webhooks: the API server alone, a real HTTPS webhook (webhook_server.py) and a real kubectl. What sig-api-machinery's conformance
# tests of AdmissionWebhook ask for, and what hostile or absent webhooks do.
. "$(dirname "$0")/lib.sh"
HERE=$(cd "$(dirname "$0")" && pwd)
MAIN=${MINIK_BUILD:-$MINIK_TOP/build}/tests/integration/apiserver_main
[ -x "$MAIN" ] || make -s -C "${MINIK_BUILD:-$MINIK_TOP/build}" tests/integration/apiserver_main >&2 || skip_all "$MAIN cannot be built"
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
for c in jq openssl python3 curl; do command -v $c >/dev/null || skip_all "no $c"; done
enter_sandbox "$@"
export KUBECONFIG=$T/d/admin.kubeconfig

start() {
	: >"$T/out"
	"$MAIN" "$T/d" 16443 >"$T/out" 2>>"$T/log" &
	server=$!
	lib_pids="$lib_pids $server"
	until grep -q ready "$T/out"; do kill -0 $server 2>/dev/null || { cat "$T/log"; not_ok start; exit 1; }; sleep 0.02; done
}
k() { timeout 60 "$KUBECTL" "$@"; }
start
for f in ca:'{.clusters[0].cluster.certificate-authority-data}' crt:'{.users[0].user.client-certificate-data}' key:'{.users[0].user.client-key-data}'; do
	k config view --raw -o jsonpath="${f#*:}" | base64 -d >"$T/${f%%:*}"
done
api() { curl -s --cacert "$T/ca" --cert "$T/crt" --key "$T/key" "${@:2}" "https://127.0.0.1:16443$1"; }

# --- the webhook ---
(
	cd "$T" || exit 1
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout hca.key -out hca.crt -days 2 -subj /CN=hooks-ca
	for n in good:DNS:webhook.hooks.svc,IP:127.0.0.1 other:DNS:elsewhere; do
		openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ${n%%:*}.key -out ${n%%:*}.csr -subj /CN=hook
		openssl x509 -req -in ${n%%:*}.csr -CA hca.crt -CAkey hca.key -CAcreateserial -days 2 -out ${n%%:*}.crt -extfile <(echo "subjectAltName=${n#*:}")
	done
) >"$T/openssl.log" 2>&1 || { cat "$T/openssl.log"; not_ok certificates; exit 1; }
serve() { # serve CERT PORT
	: >"$T/ready-$2"
	python3 "$HERE/webhook_server.py" "$T/$1.crt" "$T/$1.key" $2 "$T/reviews" >"$T/ready-$2" 2>"$T/hook-$2.log" &
	lib_pids="$lib_pids $!"
	hook_pid=$!
	until grep -q ready "$T/ready-$2"; do kill -0 $hook_pid || { cat "$T/hook-$2.log"; not_ok webhook; exit 1; }; sleep 0.02; done
}
: >"$T/reviews"
serve good 9443
serve other 9444
CA=$(base64 -w0 "$T/hca.crt")
# hook Validating|Mutating NAME PATH RULES [JQ]: one configuration with one webhook; JQ changes the webhook.
hook() {
	jq -n --arg kind "$1WebhookConfiguration" --arg name "$2" --arg url "https://127.0.0.1:9443$3" --arg ca "$CA" --argjson rules "$4" '
		{apiVersion: "admissionregistration.k8s.io/v1", kind: $kind, metadata: {name: $name, labels: {test: "hooks"}}, webhooks: [
		{name: ($name + ".k8s.io"), rules: $rules, clientConfig: {url: $url, caBundle: $ca}, sideEffects: "None", admissionReviewVersions: ["v1", "v1beta1"],
		 timeoutSeconds: 10} | '"${5:-.}"']}' | k apply -f - >"$T/applied" 2>&1 || { cat "$T/applied"; return 1; }
}
rule() { # rule RESOURCES [OPERATIONS [GROUP [VERSION]]]
	jq -cn --arg r "$1" --arg o "${2:-CREATE}" --arg g "${3-}" --arg v "${4:-v1}" '[{apiGroups: [$g], apiVersions: [$v], resources: ($r | split(",")), operations: ($o | split(","))}]'
}
unhook() { k delete validatingwebhookconfigurations,mutatingwebhookconfigurations --all >/dev/null; }
last() { tail -1 "$T/reviews" | jq -cS "$1"; }
cm() { k create cm "$@"; }
refused() { ! "$@"; }
# Configurations take effect a moment after they were written: retried until they have.
now_refused() { eventually 5 refused k create --dry-run=server "$@"; }
now_allowed() { eventually 5 k create --dry-run=server "$@"; }

k create ns hooks >/dev/null
for n in hooks default; do k create sa default -n $n >/dev/null; done

# --- configurations ---
expect "discovery of the group" '"name":"admissionregistration.k8s.io"' api /apis
expect "and of its resources" 'mutatingwebhookconfigurations.*validatingwebhookconfigurations' sh -c "'$KUBECTL' get --raw /apis/admissionregistration.k8s.io/v1 | jq -r '[.resources[].name] | join(\" \")'"
check "a configuration" hook Validating v /always-allow "$(rule configmaps)"
expect "its defaults" '^Fail Equivalent \* 10$' k get validatingwebhookconfiguration v -o jsonpath='{.webhooks[0].failurePolicy} {.webhooks[0].matchPolicy} {.webhooks[0].rules[0].scope} {.webhooks[0].timeoutSeconds}'
expect "name" 'webhooks\[0\].name: Invalid value: "x": should be a domain with at least three segments separated by dots' hook Validating bad / "$(rule pods)" '.name = "x"'
expect "both url and service" 'webhooks\[0\].clientConfig: Required value: exactly one of url or service is required' hook Validating bad / "$(rule pods)" '.clientConfig.service = {name: "a", namespace: "b"}'
expect "scheme" "clientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired format: https://host\[/path\]" hook Validating bad / "$(rule pods)" '.clientConfig.url = "http://h/"'
for w in 'user information is' 'fragments are' 'query parameters are'; do
	expect "$w not allowed in a url" "$w not permitted in the URL" hook Validating bad / "$(rule pods)" '.clientConfig.url = "https://u:p@h/?a=b#c"'
done
expect "service path" 'clientConfig.service.path: Invalid value: "/a//b": segment\[1\] may not be empty' hook Validating bad / "$(rule pods)" '.clientConfig = {service: {name: "a", namespace: "b", path: "/a//b"}}'
expect "timeout" 'webhooks\[0\].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds' hook Validating bad / "$(rule pods)" '.timeoutSeconds = 31'
expect "side effects" 'webhooks\[0\].sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"' hook Validating bad / "$(rule pods)" '.sideEffects = "Some"'
expect "no side effects said" 'webhooks\[0\].sideEffects: Required value: must specify one of None, NoneOnDryRun' hook Validating bad / "$(rule pods)" 'del(.sideEffects)'
expect "review versions" 'webhooks\[0\].admissionReviewVersions: Invalid value: .*must include at least one of v1, v1beta1' hook Validating bad / "$(rule pods)" '.admissionReviewVersions = ["v2"]'
expect "wildcard resources" "if '\*/\*' is present, must not specify other resources" hook Validating bad / "$(rule pods,*/*)"
expect "match conditions are refused by name" 'webhooks\[0\].matchConditions: Forbidden: match conditions are CEL expressions, which this server does not evaluate' hook Mutating bad / "$(rule pods)" '.matchConditions = [{name: "a.b", expression: "true"}]'
k delete validatingwebhookconfiguration v >/dev/null

# --- deny pod and configmap creation ---
check "webhook for configmaps" hook Validating cms /configmaps "$(rule configmaps CREATE,UPDATE)" '.namespaceSelector = {matchExpressions: [{key: "skip", operator: "NotIn", values: ["yes"]}]}'
check "webhook for pods" hook Validating pods /pods "$(rule pods)"
check "in effect" now_refused cm bad --from-literal=webhook-e2e-test=webhook-disallow
expect "a configmap is denied" 'error: failed to create configmap: admission webhook "cms.k8s.io" denied the request: the configmap contains unwanted key and value$' cm bad --from-literal=webhook-e2e-test=webhook-disallow
expect "and is not there" 'NotFound' k get cm bad
check "a good one passes" cm good --from-literal=a=b
expect "patching it is denied" 'denied the request: the configmap contains unwanted key and value' k patch cm good -p '{"data":{"webhook-e2e-test":"webhook-disallow"}}'
expect "updating it is denied" 'denied the request' sh -c "'$KUBECTL' get cm good -o json | jq '.data[\"webhook-e2e-test\"]=\"webhook-disallow\"' | '$KUBECTL' replace -f -"
expect "applying it is denied" 'denied the request' sh -c "echo '{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"good\"},\"data\":{\"webhook-e2e-test\":\"webhook-disallow\"}}' | '$KUBECTL' apply --server-side --force-conflicts -f -"
expect "a pod is denied" 'admission webhook "pods.k8s.io" denied the request: the pod contains unwanted container name; ' k run webhook-disallow --image=x
k create ns skipped >/dev/null; k label ns skipped skip=yes >/dev/null; k create sa default -n skipped >/dev/null
check "a namespace that the selector leaves out" cm bad --from-literal=webhook-e2e-test=webhook-disallow -n skipped
check "a pod webhook that hangs" hook Validating pods /delay-30 "$(rule pods)" '.timeoutSeconds = 1'
hanging() { k run slow --image=x --dry-run=server 2>&1 | grep -q deadline; }
check "in effect" eventually 10 hanging
expect "is a timeout" 'Internal error occurred: failed calling webhook "pods.k8s.io": failed to call webhook: Post "https://127.0.0.1:9443/delay-30\?timeout=1s": context deadline exceeded' k run slow --image=x
expect "and no pod" 'NotFound' k get pod slow
unhook

# --- the review itself ---
check "a webhook for everything of configmaps" hook Validating all /always-allow "$(rule configmaps CREATE,UPDATE,DELETE)" '.sideEffects = "NoneOnDryRun"'
seen() { k create --dry-run=server cm probe >/dev/null && last .request.name | grep -q probe; }
check "in effect" eventually 5 seen
k create cm r1 --from-literal=a=b --as=jane --as-group=system:masters --as-uid=u1 --as-user-extra=k=v >/dev/null
expect "who asks" '^\{"extra":\{"k":\["v"\]\},"groups":\["system:masters","system:authenticated"\],"uid":"u1","username":"jane"\}$' last .request.userInfo
expect "what is asked" '^\["CREATE","r1","default",false,null,"ConfigMap","configmaps","v1","ConfigMap"\]$' last '[.request.operation, .request.name, .request.namespace, .request.dryRun, .request.oldObject, .request.kind.kind, .request.resource.resource, .request.requestResource.version, .request.requestKind.kind]'
expect "its options" '^\{"apiVersion":"meta.k8s.io/v1","fieldManager":"kubectl-create","fieldValidation":"Strict","kind":"CreateOptions"\}$' last .request.options
expect "the object" '^\["b","r1",true\]$' last '[.request.object.data.a, .request.object.metadata.name, (.request.object.metadata.uid | length > 0)]'
k patch cm r1 -p '{"data":{"a":"c"}}' >/dev/null
expect "an update has both" '^\["UPDATE","c","b","UpdateOptions"\]$' last '[.request.operation, .request.object.data.a, .request.oldObject.data.a, .request.options.kind]'
k delete cm r1 --dry-run=server >/dev/null
expect "dry run" '^\["DELETE",true,\["All"\]\]$' last '[.request.operation, .request.dryRun, .request.options.dryRun]'
k delete cm r1 >/dev/null
expect "a deletion has the old object" '^\["DELETE",null,"c","DeleteOptions","Background"\]$' last '[.request.operation, .request.object, .request.oldObject.data.a, .request.options.kind, .request.options.propagationPolicy]'
for i in 1 2 3; do cm c$i >/dev/null; k label cm c$i of=collection >/dev/null; done
: >"$T/reviews"
k delete cm -l of=collection >/dev/null; cm c1 >/dev/null; k label cm c1 of=collection >/dev/null; cm c2 >/dev/null; k label cm c2 of=collection >/dev/null
: >"$T/reviews"
api '/api/v1/namespaces/default/configmaps?labelSelector=of%3Dcollection' -X DELETE >/dev/null
expect "deletecollection asks for each object" '^c1 c2$' sh -c "jq -r 'select(.request.operation==\"DELETE\") | .request.name' '$T/reviews' | sort | xargs"
peers() { [ "$(jq -r .peer "$T/reviews" | sort -u | wc -l)" = 1 ]; }
check "over one connection" peers
check "review version v1beta1" hook Validating all /always-allow "$(rule configmaps)" '.admissionReviewVersions = ["v9", "v1beta1"]'
beta() { cm x --dry-run=server >/dev/null; last .version | grep -q v1beta1; }
check "is what it is asked in" eventually 5 beta
check "no side effects said on dry run" hook Validating all /always-allow "$(rule configmaps)"
unhook

# --- refusals ---
for t in 'deny-silently|Error from server: admission webhook "d.k8s.io" denied the request without explanation|failed to create configmap: admission webhook "d.k8s.io" denied the request without explanation' \
	'deny-code||failed to create configmap: admission webhook "d.k8s.io" denied the request: no cats' 'deny-reason||failed to create configmap: admission webhook "d.k8s.io" denied the request: NoCats'; do
	hook Validating d "/${t%%|*}" "$(rule configmaps)"
	said() { cm x --dry-run=server 2>&1 | grep -q "${t##*|}"; }
	check "words: ${t%%|*}" eventually 5 said
done
hook Validating d /deny-code "$(rule configmaps)"
coded() { api /api/v1/namespaces/default/configmaps -X POST -H 'Content-Type: application/json' -d '{"metadata":{"name":"x"}}' | jq -c '[.code,.reason,.status]' | grep -q '^\[403,"Forbidden","Failure"\]'; }
check "the code is the webhook's" eventually 5 coded
hook Validating d /always-deny "$(rule configmaps)"
coded() { api /api/v1/namespaces/default/configmaps -X POST -H 'Content-Type: application/json' -d '{"metadata":{"name":"x"}}' | jq -c '[.code,.reason,.status]' | grep -q '^\[400,null,"Failure"\]'; }
check "or 400" eventually 5 coded
hook Validating d /warn "$(rule configmaps)"
warned() { cm x --dry-run=server 2>&1 | grep -q 'Warning: first'; }
check "warnings" eventually 5 warned
expect "of any text, but for what no header can hold" '^Warning: first Warning: second "quoted" configmap/x created' sh -c "'$KUBECTL' create cm x --dry-run=server 2>&1 | xargs -0 echo -n | sed 's/ (server dry run)//' | tr '\n' ' '"
unhook

# --- fail closed, fail open, TLS ---
failing() { # failing NAME WANT JQ
	hook Validating f /always-allow "$(rule configmaps)" "$3"
	said() { cm x --dry-run=server 2>&1 | grep -qE "$2"; }
	said_all() { said "" "$2"; }
	check "$1" eventually 10 said "" "$2" || cm x --dry-run=server
}
W='Internal error occurred: failed calling webhook "f.k8s.io": failed to call webhook: Post "https://'
failing "nobody listens" "${W}127.0.0.1:1/\?timeout=10s\": dial tcp 127.0.0.1:1: connect: connection refused" '.clientConfig.url = "https://127.0.0.1:1"'
failing "slashes in front of the path are one" "${W}127.0.0.1:1/x\?timeout=10s" '.clientConfig.url = "https://127.0.0.1:1//x"'
failing "without the CA" "${W}.*x509: certificate signed by unknown authority" 'del(.clientConfig.caBundle)'
failing "with a CA that is none" 'failed calling webhook "f.k8s.io": could not get REST client: unable to load root certificates: unable to parse bytes as PEM block' '.clientConfig.caBundle = "Cg=="'
failing "another host's certificate" "${W}.*x509: certificate is not valid for 127.0.0.1" '.clientConfig.url = "https://127.0.0.1:9444/always-allow"'
failing "no such service" "${W}nope.hooks.svc:443/x\?timeout=10s\": service \"nope\" not found" '.clientConfig = {service: {name: "nope", namespace: "hooks", path: "/x"}}'
failing "a redirect" 'the server responded with the status code 307' '.clientConfig.url = "https://127.0.0.1:9443/redirect"'
failing "an error" 'failed to call webhook: an error on the server \("out of order"\) has prevented the request from succeeding' '.clientConfig.url = "https://127.0.0.1:9443/error"'
failing "not JSON" "couldn't get version/kind; json parse error" '.clientConfig.url = "https://127.0.0.1:9443/garbage"'
failing "too deep" "couldn't get version/kind; json parse error" '.clientConfig.url = "https://127.0.0.1:9443/deep"'
failing "nothing" "couldn't get version/kind; json parse error" '.clientConfig.url = "https://127.0.0.1:9443/nothing"'
failing "too much" 'the answer is longer than 3145728 bytes' '.clientConfig.url = "https://127.0.0.1:9443/huge"'
failing "hangs up" "${W}127.0.0.1:9443/close\?timeout=10s\": " '.clientConfig.url = "https://127.0.0.1:9443/close"'
failing "another's uid" 'failed calling webhook "f.k8s.io": received invalid webhook response: expected response.uid="[0-9a-f-]*", got "wrong"' '.clientConfig.url = "https://127.0.0.1:9443/wrong-uid"'
failing "a patch from a validating one" 'received invalid webhook response: validating webhook may not return response.patch' '.clientConfig.url = "https://127.0.0.1:9443/annotate-a"'
failing "side effects on dry run are refused for old configurations only" 'configmap/x created' '.'
failing "failure policy Ignore lets it pass" 'configmap/x created' '.clientConfig.url = "https://127.0.0.1:1" | .failurePolicy = "Ignore"'
unhook

# --- timeouts ---
for t in '1 Fail refused' '1 Ignore k' '10 Fail k'; do
	set -- $t
	hook Validating slow /delay-3 "$(rule configmaps)" ".timeoutSeconds = $1 | .failurePolicy = \"$2\" | .namespaceSelector = {matchLabels: {\"kubernetes.io/metadata.name\": \"hooks\"}}"
	in_effect() { cm probe -n hooks --dry-run=server >/dev/null 2>&1; last '[.path, .query]' | grep -q "delay-3\",\"timeout=${1}s"; }
	check "a webhook of 3 s with $1 s and $2" eventually 30 in_effect "$1"
	[ $3 = refused ] && { expect "is a timeout" 'Post "https://127.0.0.1:9443/delay-3\?timeout=1s": context deadline exceeded' cm t$1${2,,} -n hooks; } || check "passes" cm t$1${2,,} -n hooks
done
expect "the request's own time bounds it too" 'timeout=1s' sh -c "'$KUBECTL' create cm b -n hooks --request-timeout=900ms; tail -1 '$T/reviews' | jq -r .query"
hook Validating slow /delay-6 "$(rule configmaps)" '.namespaceSelector = {matchLabels: {"kubernetes.io/metadata.name": "hooks"}}'
in_effect() { api /api/v1/namespaces/hooks/configmaps -m 1 -X POST -H 'Content-Type: application/json' -d '{"metadata":{"name":"probe"}}' >/dev/null; last .path | grep -q delay-6; }
check "a webhook of 6 s" eventually 10 in_effect
quick() { # forty slow writes under way: others are served
	local i r=0 pids=
	for i in $(seq 40); do
		api /api/v1/namespaces/hooks/configmaps -X POST -H 'Content-Type: application/json' -d "{\"metadata\":{\"name\":\"slow$i\"}}" >/dev/null &
		pids="$pids $!"
	done
	for i in 1 2 3; do cm quick$i >/dev/null || r=1; done
	k get cm -n hooks -o name | grep slow && r=1 # none of them is done yet
	wait $pids
	[ "$(k get cm -n hooks -o name | grep -c slow)" = 40 ] || r=1
	return $r
}
check "slow webhooks hold up nobody else" quick
unhook

# --- mutation ---
check "two webhooks in order of their names" hook Mutating stage-1 /mutating-configmaps "$(rule configmaps)"
check "the second sees what the first did" hook Mutating stage-2 /mutating-configmaps "$(rule configmaps)"
staged() { cm s --from-literal=mutation-start=yes --dry-run=server -o json | jq -c .data | grep -q 'stage-2'; }
check "in effect" eventually 5 staged
expect "a configmap is mutated" '^\{"mutation-stage-1":"yes","mutation-stage-2":"yes","mutation-start":"yes"\}$' sh -c "'$KUBECTL' create cm staged --from-literal=mutation-start=yes -o json | jq -cS .data"
expect "and stored so" '^yes$' k get cm staged -o jsonpath='{.data.mutation-stage-2}'
expect "whose fields nobody owns" '^\["f:mutation-start"\]$' sh -c "'$KUBECTL' get cm staged --show-managed-fields -o json | jq -c '.metadata.managedFields[0].fieldsV1[\"f:data\"] | del(.[\".\"]) | keys'"
unhook
check "a webhook for pods" hook Mutating inject /mutating-pods "$(rule pods)"
injected() { k run p --image=x --dry-run=server -o json | jq -e .spec.initContainers; }
check "in effect" eventually 5 injected
expect "an init container with defaults" '^webhook-added-init-container File /dev/termination-log Always$' k run p --image=x -o jsonpath='{.spec.initContainers[0].name} {.spec.initContainers[0].terminationMessagePolicy} {.spec.initContainers[0].terminationMessagePath} {.spec.initContainers[0].imagePullPolicy}'
expect "built-in plug-ins have seen it: a token" '/var/run/secrets/kubernetes.io/serviceaccount' k get pod p -o jsonpath='{.spec.initContainers[0].volumeMounts[0].mountPath}'
unhook
k label ns hooks pod-security.kubernetes.io/enforce=baseline >/dev/null
check "a webhook that makes pods privileged" hook Mutating evil /privileged "$(rule pods)"
stopped() { k run evil --image=x -n hooks --dry-run=server 2>&1 | grep -q 'violates PodSecurity "baseline:latest": privileged'; }
check "is stopped by pod security" eventually 5 stopped
unhook
k label ns hooks pod-security.kubernetes.io/enforce- >/dev/null
check "status and labels by a webhook" hook Mutating st /status "$(rule pods)"
labeled() { k run q --image=x --dry-run=server -o json | jq -e '.metadata.labels.run == "changed"'; }
check "labels change" eventually 5 labeled
expect "status does not" '^Pending changed$' k run q --image=x -o jsonpath='{.status.phase} {.metadata.labels.run}'
unhook
mut() { # mut NAME PATH WANT: creating a configmap says WANT
	hook Mutating m "$2" "$(rule configmaps)"
	said() { cm x --from-literal=a=b --dry-run=server -o yaml 2>&1 | grep -qE "$1"; }
	check "$1" eventually 5 said "$3" || cm x --from-literal=a=b --dry-run=server -o yaml
}
mut "unknown fields are pruned" /unknown-field '^  x: "y"$'
expect "all of them" '^0$' sh -c "'$KUBECTL' create cm x --from-literal=a=b --dry-run=server -o json | grep -c nonsense"
mut "a field of the wrong type" /wrong-type 'Internal error occurred: json: cannot unmarshal number into Go struct field ConfigMap.data of type map\[string\]string'
mut "validation comes after mutation" /invalid 'data\[not a key\]: Invalid value: "not a key"'
mut "a patch that cannot be applied" /bad-op 'Internal error occurred: '
mut "no other namespace" /move 'the namespace of the provided object does not match the namespace sent on the request'
mut "a patch without a type" /no-patch-type 'received invalid webhook response: webhook returned response.patch but not response.patchType'
mut "another type of patch" /merge-patch 'failed calling webhook "m.k8s.io": unsupported patch type "MergePatch"'
unhook
check "a mutating webhook on deletion" hook Mutating del /annotate-a "$(rule configmaps DELETE)" '.clientConfig.url |= sub("annotate-a"; "mutating-pods")'
cm todelete >/dev/null
nodel() { k delete cm todelete --dry-run=server 2>&1 | grep -q 'Internal error occurred: admission webhook "del.k8s.io" attempted to modify the object, which is not supported for this operation'; }
check "may not change it" eventually 5 nodel
unhook

# --- reinvocation ---
check "a webhook to be called again" hook Mutating a-count /count "$(rule configmaps)" '.reinvocationPolicy = "IfNeeded"'
check "a later one that changes something" hook Mutating b-annotate /annotate-a "$(rule configmaps)"
again() { cm n --dry-run=server -o json | jq -c '[.metadata.annotations.a, .metadata.annotations.count]' | grep -q '^\["1","2"\]'; }
check "is called twice" eventually 5 again
check "not after one that changes nothing" hook Mutating b-annotate /always-allow "$(rule configmaps)"
once() { cm n --dry-run=server -o json | jq -c .metadata.annotations.count | grep -q '"1"'; }
check "then once" eventually 5 once
unhook

# --- custom resources ---
crd() { # crd GROUP PLURAL KIND SCHEMA-OF-DATA STORED: versions v1 and v2
	jq -n --arg g "$1" --arg p "$2" --arg k "$3" --argjson d "$4" --arg s "$5" '{apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: {name: ($p + "." + $g)},
		spec: {group: $g, scope: "Namespaced", names: {plural: $p, singular: ($k | ascii_downcase), kind: $k}, versions: [("v1", "v2") | {name: ., served: true, storage: (. == $s),
		schema: {openAPIV3Schema: {type: "object", properties: {data: $d}}}}]}}'
}
FREE='{"type":"object","x-kubernetes-preserve-unknown-fields":true}'
crd w.example.com things Thing "$FREE" v1 | k create -f - >/dev/null
crd w.example.com narrows Narrow '{"type":"object","properties":{"mutation-start":{"type":"string"},"mutation-stage-1":{"type":"string"}}}' v1 | k create -f - >/dev/null
for n in things narrows; do eventually 5 k get $n; done
thing() { echo "{\"apiVersion\":\"w.example.com/v1\",\"kind\":\"${3:-Thing}\",\"metadata\":{\"name\":\"$1\"},\"data\":$2}"; }
make() { thing "$@" | k create -f - -o json; }
check "a webhook for custom resources" hook Validating cr /custom-resource "$(rule things CREATE,UPDATE,DELETE w.example.com '*')"
crno() { make no '{"webhook-e2e-test":"webhook-disallow"}' 2>&1 | grep -q 'admission webhook "cr.k8s.io" denied the request: the custom resource contains unwanted data'; }
check "creation is denied" eventually 5 crno
make yes '{"webhook-e2e-test":"ok"}' >/dev/null
expect "update is denied" 'denied the request: the custom resource contains unwanted data' k patch thing yes --type=merge -p '{"data":{"webhook-e2e-test":"webhook-disallow"}}'
hook Validating cr /custom-resource "$(rule things DELETE w.example.com '*')"
crset() { k patch thing yes --type=merge -p '{"data":{"webhook-e2e-test":"webhook-disallow"}}'; }
check "without update in its rules it is not asked" eventually 5 crset
expect "deletion is denied" 'denied the request: the custom resource contains unwanted data' k delete thing yes
k patch thing yes --type=merge -p '{"data":{"webhook-e2e-test":"ok"}}' >/dev/null
check "and allowed" k delete thing yes
unhook
hook Mutating cr-1 /mutating-custom-resource "$(rule things,narrows CREATE,UPDATE w.example.com '*')"
hook Mutating cr-2 /mutating-custom-resource "$(rule things,narrows CREATE,UPDATE w.example.com '*')"
crmut() { thing m '{"mutation-start":"yes"}' | k create -f - --dry-run=server -o json | jq -e '.data["mutation-stage-2"] == "yes"'; }
check "a custom resource is mutated" eventually 5 crmut
expect "one with a schema: known fields alone" '^\{"mutation-stage-1":"yes","mutation-start":"yes"\}$' sh -c "echo '$(thing n '{"mutation-start":"yes"}' Narrow)' | '$KUBECTL' create -f - -o json | jq -cS .data"
make stored '{"mutation-start":"yes"}' >/dev/null
crd w.example.com things Thing "$FREE" v2 | k replace -f - >/dev/null 2>&1 || crd w.example.com things Thing "$FREE" v2 | k apply --server-side --force-conflicts -f - >/dev/null
expect "another version is stored now" '^v2$' k get crd things.w.example.com -o jsonpath='{.spec.versions[?(@.storage==true)].name}'
expect "a patch of an object of the old one" '^\{"dummy":"x","mutation-stage-1":"yes","mutation-stage-2":"yes","mutation-start":"yes"\}$' sh -c "'$KUBECTL' patch thing stored --type=merge -p '{\"data\":{\"dummy\":\"x\"}}' -o json | jq -cS .data"
unhook
check "a webhook for version v1 alone" hook Mutating eq /mutating-custom-resource "$(rule things CREATE,UPDATE w.example.com v1)"
v2thing() { thing "$1" '{"mutation-start":"yes"}' | sed 's,/v1",/v2",' | k create -f - --dry-run=server -o json; }
equiv() { v2thing e1 | jq -e '.apiVersion == "w.example.com/v2" and .data["mutation-stage-1"] == "yes"'; }
check "gets v2 by Equivalent" eventually 5 equiv
expect "as v1" '^\["v1","v2","w.example.com/v1"\]$' last '[.request.kind.version, .request.requestKind.version, .request.object.apiVersion]'
hook Mutating eq /mutating-custom-resource "$(rule things CREATE,UPDATE w.example.com v1)" '.matchPolicy = "Exact"'
exact() { v2thing e2 | jq -e '.data["mutation-stage-1"] == null'; }
check "and not by Exact" eventually 5 exact
unhook
check "a webhook for definitions" hook Validating crds /crd "$(rule customresourcedefinitions CREATE apiextensions.k8s.io '*')"
crdno() { crd denied.example.com foos Foo "$FREE" v1 | jq '.metadata.labels = {"webhook-e2e-test": "webhook-disallow"}' | k create -f - 2>&1 | grep -q 'admission webhook "crds.k8s.io" denied the request: the crd contains unwanted label'; }
check "creation of one is denied" eventually 5 crdno
unhook

# --- connections, scale, evictions, tokens ---
k run to-be-attached-pod --image=x >/dev/null
check "a webhook for attach" hook Validating at /attach "$(rule pods/attach CONNECT)"
noattach() { k attach to-be-attached-pod -i 2>&1 </dev/null | grep -q "admission webhook \"at.k8s.io\" denied the request: attaching to pod 'to-be-attached-pod' is not allowed"; }
A='/api/v1/namespaces/default/pods/to-be-attached-pod'
denied() { api "$A/attach?container=c&stdin=true" -X POST -H 'Connection: Upgrade' -H 'Upgrade: SPDY/3.1' | grep -q "attaching to pod 'to-be-attached-pod' is not allowed"; }
check "attaching is denied" eventually 5 denied
expect "what it was asked" '^\["CONNECT","attach",\{"apiVersion":"v1","container":"c","kind":"PodAttachOptions","stderr":true,"stdin":true,"stdout":true\},null,null,"PodAttachOptions"\]$' last '[.request.operation, .request.subResource, .request.object, .request.oldObject, .request.options, .request.kind.kind]'
expect "exec is not" 'does not have a host assigned' k exec to-be-attached-pod -- true
hook Validating at /always-deny "$(rule 'pods/exec,services/proxy' CONNECT)"
noexec() { k exec to-be-attached-pod -- ls -l 2>&1 | grep -q 'denied the request'; }
check "until it is asked about exec" eventually 5 noexec
expect "with the command" '^\["ls","-l"\]$' last .request.object.command
expect "and the proxy" 'denied the request: this webhook denies all requests' api /api/v1/namespaces/default/services/kubernetes:https/proxy/api
expect "of that path" '"/api"' last .request.object.path
unhook
k create deployment web --image=x --replicas=1 >/dev/null
check "a webhook for scale" hook Mutating sc /scale "$(rule deployments/scale UPDATE apps)"
scaled() { k scale deployment web --replicas=2 && [ "$(k get deployment web -o jsonpath='{.spec.replicas}')" = 3 ]; }
check "changes a Scale" eventually 5 scaled
expect "which is one" '^\["autoscaling","Scale","scale",2\]$' last '[.request.kind.group, .request.kind.kind, .request.subResource, .request.object.spec.replicas]'
hook Validating ev /always-deny "$(rule 'pods/eviction,pods/binding,serviceaccounts/token')"
evict() { api "$A/eviction" -X POST -H 'Content-Type: application/json' -d "{\"apiVersion\":\"policy/$1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"to-be-attached-pod\",\"namespace\":\"default\"}}"; }
noevict() { evict v1 | grep -q 'denied the request'; }
check "evictions are denied" eventually 5 noevict
expect "of the old version too" 'denied the request' evict v1beta1
expect "as what they are" '^\["policy","Eviction","CREATE","pods","eviction"\]$' last '[.request.kind.group, .request.kind.kind, .request.operation, .request.resource.resource, .request.subResource]'
expect "bindings" 'denied the request' api "$A/binding" -X POST -H 'Content-Type: application/json' -d '{"apiVersion":"v1","kind":"Binding","metadata":{"name":"to-be-attached-pod"},"target":{"kind":"Node","name":"n"}}'
expect "tokens" 'denied the request' k create token default
unhook
check "a webhook against deletions" hook Validating nodel /always-deny "$(rule pods DELETE)"
pdel() { k delete pod to-be-attached-pod --dry-run=server 2>&1 | grep -q denied; }
check "stops them" eventually 5 pdel
expect "but not an eviction" '"status":"Success"' evict v1
unhook

# --- configurations themselves ---
check "a webhook against all configurations" hook Validating z /always-deny '[{"apiGroups":["admissionregistration.k8s.io"],"apiVersions":["*"],"resources":["*"],"operations":["*"]}]'
check "is not asked about them" hook Mutating y /always-deny '[{"apiGroups":["admissionregistration.k8s.io"],"apiVersions":["*"],"resources":["*"],"operations":["*"]}]'
check "and they can be deleted" unhook
check "a validating webhook" hook Validating u /configmaps "$(rule configmaps)"
check "denies" now_refused cm u --from-literal=webhook-e2e-test=webhook-disallow
hook Validating u /configmaps "$(rule configmaps UPDATE)"
check "an updated one does not" now_allowed cm u --from-literal=webhook-e2e-test=webhook-disallow
k patch validatingwebhookconfiguration u --type=json -p '[{"op":"replace","path":"/webhooks/0/rules/0/operations","value":["CREATE"]}]' >/dev/null
check "a patched one does again" now_refused cm u --from-literal=webhook-e2e-test=webhook-disallow
unhook
check "a deleted one does not" now_allowed cm u --from-literal=webhook-e2e-test=webhook-disallow
hook Mutating u /mutating-configmaps "$(rule configmaps UPDATE)"
check "an updated mutating webhook does nothing" sh -c "sleep 0 && '$KUBECTL' create cm u --from-literal=mutation-start=yes --dry-run=server -o json | jq -e '.data | length == 1'"
k patch mutatingwebhookconfiguration u --type=json -p '[{"op":"replace","path":"/webhooks/0/rules/0/operations","value":["CREATE"]}]' >/dev/null
umut() { cm u --from-literal=mutation-start=yes --dry-run=server -o json | jq -e '.data | length == 2'; }
check "a patched one does" eventually 5 umut
unhook
for K in Validating Mutating; do
	P=/configmaps; [ $K = Mutating ] && P=/always-deny
	for i in $(seq 10); do hook $K list-$i $P "$(rule configmaps)" ".name = \"l$i.k8s.io\""; done
	expect "ten of $K listed" '^10$' sh -c "'$KUBECTL' get ${K,,}webhookconfigurations -l test=hooks -o name | wc -l"
	check "they deny" now_refused cm l --from-literal=webhook-e2e-test=webhook-disallow
	api "/apis/admissionregistration.k8s.io/v1/${K,,}webhookconfigurations?labelSelector=test%3Dhooks" -X DELETE >/dev/null
	expect "deletecollection" '^0$' sh -c "'$KUBECTL' get ${K,,}webhookconfigurations -o name 2>/dev/null | wc -l"
	check "they no longer deny" now_allowed cm l --from-literal=webhook-e2e-test=webhook-disallow
done

# --- a webhook behind a Service ---
cat <<Y | k create -f - >/dev/null
apiVersion: v1
kind: Service
metadata: {name: webhook, namespace: hooks}
spec: {ports: [{name: https, port: 8443, targetPort: 9443}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: webhook, namespace: hooks}
subsets: [{addresses: [{ip: 192.168.77.254}], ports: [{name: https, port: 9443}]}]
Y
check "by Service" hook Validating svc / "$(rule configmaps)" '.clientConfig = {service: {name: "webhook", namespace: "hooks", path: "/always-deny", port: 8443}, caBundle: .clientConfig.caBundle}'
bysvc() { cm x --dry-run=server 2>&1 | grep -q 'admission webhook "svc.k8s.io" denied the request: this webhook denies all requests'; }
check "its Endpoints are asked" eventually 5 bysvc
expect "under its name" 'webhook.hooks.svc:8443' last .host
cat <<Y | k create -f - >/dev/null
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: webhook-1, namespace: hooks, labels: {kubernetes.io/service-name: webhook}}
addressType: IPv4
ports: [{name: https, port: 9443, protocol: TCP}]
endpoints: [{addresses: [192.168.77.254], conditions: {ready: true}}]
Y
k delete endpoints webhook -n hooks >/dev/null 2>&1
expect "or its EndpointSlices" 'denied the request: this webhook denies all requests' cm x --dry-run=server
k patch endpointslice webhook-1 -n hooks --type=json -p '[{"op":"replace","path":"/endpoints/0/conditions/ready","value":false}]' >/dev/null
expect "that are ready" 'Post "https://webhook.hooks.svc:8443/always-deny\?timeout=10s": no endpoints available for service "webhook"' cm x --dry-run=server
k patch endpointslice webhook-1 -n hooks --type=json -p '[{"op":"replace","path":"/endpoints/0/conditions/ready","value":true}]' >/dev/null
expect "a port that it has not" 'no service port 443 found for service "webhook"' sh -c "'$KUBECTL' patch validatingwebhookconfiguration svc --type=json -p '[{\"op\":\"remove\",\"path\":\"/webhooks/0/clientConfig/service/port\"}]' >/dev/null; sleep 0.2; '$KUBECTL' create cm x --dry-run=server"

# --- quota is not used up by what is refused; a restart ---
k create quota q -n skipped --hard=count/configmaps=2 >/dev/null
used() { [ "$(k get quota q -n skipped -o jsonpath='{.status.used.count/configmaps}')" = "$1" ]; }
check "a quota" eventually 5 used 1
expect "a refused configmap" 'failed calling webhook|denied the request' cm q1 -n skipped
check "has used nothing" used 1
unhook
hook Validating boot / '[{"apiGroups":["*"],"apiVersions":["*"],"resources":["*/*"],"operations":["*"]}]' '.clientConfig.url = "https://127.0.0.1:1"'
nothing_goes() { cm x --dry-run=server 2>&1 | grep -q 'connection refused'; }
check "a webhook for everything that nobody answers" eventually 5 nothing_goes
kill $server; wait $server 2>/dev/null
start
expect "does not keep the server from starting, and is in force" 'connection refused' cm x
check "and can be removed" unhook
check "then all is well" now_allowed cm x
kill $server; wait $server
expect "ends cleanly" '^0$' echo $?
grep -E 'Sanitizer|runtime error' "$T/log" && not_ok "no report of a sanitizer" "$(cat "$T/log")"
exit $lib_failed
