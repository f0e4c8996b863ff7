#!/bin/bash
# Every verb and printer of an unmodified kubectl against minik: 1.36, and by kubectl_verbs_1_20.sh the oldest that Debian has. One node runs
# what needs containers. What a version does not know is left out with `since`.
cache=${MINIK_TEST_CACHE:-/var/cache/minik-tests}
[ -n "${KUBECTL:-}" ] || [ ! -x "$cache/bin/kubectl-1.36" ] || export KUBECTL=$cache/bin/kubectl-1.36
. "$(dirname "$0")/lib.sh"
[ -x "$KUBECTL" ] || skip_all "no $KUBECTL"
command -v jq >/dev/null || skip_all "no jq"
enter_sandbox "$@"
node_add n1 192.168.77.1
mkdir -p "$T/n1/data/images" "$T/f"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/n1/data/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "server answers" eventually 20 k get --raw /readyz || exit 1
V=$(k version --client -o json | jq -r .clientVersion.minor | tr -dc 0-9)
echo "# kubectl 1.$V"
since() { [ "$V" -ge "$1" ]; }
# columns NAME... of KIND: the header that `get -o wide` prints.
columns() {
	local kind=$1 got; shift
	got=$(k get "$kind" -o wide 2>/dev/null | head -1 | sed 's/  */ /g; s/ $//')
	[ "$got" = "$*" ] && ok "columns of $kind" || not_ok "columns of $kind" "got:    $got
wanted: $*"
}
file() { cat >"$T/f/$1"; echo "$T/f/$1"; }
# refuse NAME PATTERN COMMAND...: the command must fail, and say this.
refuse() {
	local name=$1 want=$2 out; shift 2
	if out=$("$@" 2>&1); then not_ok "$name" "$* succeeded:
$out"; elif printf '%s' "$out" | grep -qE -- "$want"; then ok "$name"; else not_ok "$name" "$* ->
$out
wanted: $want"; fi
}
editor() { printf '#!/bin/sh\n%s\n' "$1" >"$T/editor"; chmod +x "$T/editor"; export EDITOR=$T/editor KUBE_EDITOR=$T/editor; }

# --- config, discovery, server ---
check "config set-context" k config set-context --current --namespace=t
expect "config view" 'namespace: t' k config view --minify
expect "config get-contexts" '^\*' k config get-contexts
expect "config current-context" '^[a-z]' k config current-context
check "create namespace" k create ns t
expect "version" 'v1\.36' k version -o yaml
expect "cluster-info" 'control plane.* is running at .*https://' k cluster-info
expect "api-versions" '^rbac.authorization.k8s.io/v1$' k api-versions
expect "api-resources" '^persistentvolumeclaims +pvc +v1 +true +PersistentVolumeClaim' k api-resources
expect "api-resources by verb and group" '^poddisruptionbudgets.policy$' k api-resources --api-group=policy --verbs=list,get -o name
expect "api-resources -o wide" 'deployments.*create.*deletecollection.*watch' k api-resources -o wide
expect "get --raw" '"gitVersion": ?"v1.36' k get --raw /version
expect "explain" '(FIELD|RESOURCE): containers <\[\]' k explain pod.spec.containers
expect "explain --recursive" 'matchLabels	<map\[string\]string>' k explain deployment --recursive
expect "explain --api-version" 'targetCPUUtilizationPercentage' k explain hpa.spec --api-version=autoscaling/v1
refuse "explain of what is not there" 'field "nosuch" does not exist' k explain pods.spec.nosuch
since 27 && expect "explain -o plaintext-openapiv2" 'KIND: +Pod' k explain pod --output=plaintext-openapiv2
expect "plugin list" 'unable to find any kubectl plugins|No plugins|compatible plugins' k plugin list

# --- create: every generator ---
eventually 10 k get sa default >/dev/null
expect "create deployment" '^deployment.apps/d1 created$' k create deployment d1 --image=localhost:5000/hostnames:1.0 --replicas=2
expect "create job" 'created' k create job j1 --image=x -- echo hi
since 21 && expect "create cronjob" 'created' k create cronjob cj1 --image=x --schedule='*/5 * * * *' -- echo hi
since 21 && expect "create job --from" 'created' k create job j2 --from=cronjob/cj1
expect "create configmap" 'created' k create cm cm1 --from-literal=a=b --from-file=h=/etc/hostname
expect "create configmap from env file" 'configmap/cm2-[a-z0-9]{10} created' k create cm cm2 --from-env-file="$(printf 'A=1\n' | file env)" --append-hash
expect "create secret generic" 'created' k create secret generic s1 --from-literal=a=b
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$T/f/key" -out "$T/f/crt" -subj /CN=x -days 10 2>/dev/null
expect "create secret tls" 'created' k create secret tls s2 --cert="$T/f/crt" --key="$T/f/key"
expect "create secret docker-registry" 'created' k create secret docker-registry s3 --docker-server=x --docker-username=u --docker-password=p
expect "create service clusterip" 'created' k create service clusterip d1 --tcp=80:9376
expect "create service nodeport" 'created' k create service nodeport sv2 --tcp=80:8080 --node-port=30123
expect "create service loadbalancer" 'created' k create service loadbalancer sv3 --tcp=80
expect "create service externalname" 'created' k create service externalname sv4 --external-name=example.com
expect "create ingress" 'created' k create ingress i1 --rule='a.example/path*=d1:80,tls=s2' --class=nginx
expect "create quota" 'created' k create quota q1 --hard=configmaps=50,services=20
expect "create role" 'created' k create role r1 --verb=get,list --resource=pods,pods/log
expect "create clusterrole" 'created' k create clusterrole cr1 --verb=get --resource=nodes
expect "create clusterrole of paths" 'created' k create clusterrole cr2 --verb=get --non-resource-url='/logs/*'
expect "create clusterrole of others" 'created' k create clusterrole cr3 --aggregation-rule=agg=yes
expect "create rolebinding" 'created' k create rolebinding rb1 --role=r1 --user=u --group=g --serviceaccount=t:default
expect "create clusterrolebinding" 'created' k create clusterrolebinding crb1 --clusterrole=cr1 --user=u
expect "create priorityclass" 'created' k create priorityclass pc1 --value=1000 --description=x
since 21 && expect "create pdb" 'created' k create pdb p1 --selector=a=b --min-available=1
expect "create serviceaccount" 'created' k create sa sa1
since 24 && expect "create token" '^ey[A-Za-z0-9_-]+\.ey' k create token sa1 --duration=10m --audience=x
expect "create limitrange" 'created' k create -f "$(file lr.yaml <<'Y'
apiVersion: v1
kind: LimitRange
metadata: {name: lr}
spec: {limits: [{type: Container, default: {cpu: 100m, memory: 64Mi}, defaultRequest: {cpu: 10m, memory: 32Mi}, max: {cpu: "1"}, min: {cpu: 5m}}]}
Y
)"
expect "run" '^pod/p1 created$' k run p1 --image=localhost:5000/toolbox:1.0 --image-pull-policy=Never --labels=a=b --env=X=1 --port=80 --restart=Never --command -- sleep 100000
expect "expose a pod" 'service/ex1 exposed' k expose pod p1 --port=80 --name=ex1
expect "expose a deployment" 'service/ex2 exposed' k expose deployment d1 --name=ex2 --port=80
expect "autoscale" 'autoscaled' k autoscale deployment d1 --min=1 --max=3
file more.yaml >/dev/null <<'Y'
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: PersistentVolume, metadata: {name: pv1}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /tmp/none}, storageClassName: none}}
- {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: pvc1, namespace: t}, spec: {resources: {requests: {storage: 5Gi}}, accessModes: [ReadWriteOnce], storageClassName: none}}
- {apiVersion: v1, kind: ReplicationController, metadata: {name: rc1, namespace: t}, spec: {replicas: 0, selector: {app: rc}, template: {metadata: {labels: {app: rc}}, spec: {containers: [{name: c, image: x}]}}}}
- {apiVersion: v1, kind: PodTemplate, metadata: {name: pt1, namespace: t}, template: {metadata: {labels: {app: rc}}, spec: {containers: [{name: c, image: x}]}}}
- {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: ss1, namespace: t}, spec: {serviceName: d1, selector: {matchLabels: {app: ss}}, template: {metadata: {labels: {app: ss}}, spec: {containers: [{name: c, image: x}]}}}}
- {apiVersion: apps/v1, kind: DaemonSet, metadata: {name: ds1, namespace: t}, spec: {selector: {matchLabels: {app: ds}}, template: {metadata: {labels: {app: ds}}, spec: {nodeSelector: {absent: "1"}, containers: [{name: c, image: x}]}}}}
- {apiVersion: apps/v1, kind: ControllerRevision, metadata: {name: crev1, namespace: t}, revision: 3, data: {a: b}}
- {apiVersion: batch/v1, kind: CronJob, metadata: {name: cj2, namespace: t}, spec: {schedule: "1 1 * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: x}]}}}}}}
- {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: p2, namespace: t}, spec: {maxUnavailable: 50%, selector: {matchLabels: {absent: "1"}}}}
- {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: np1, namespace: t}, spec: {podSelector: {matchLabels: {absent: "1"}}, policyTypes: [Ingress]}}
- {apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: rc1}, handler: crun}
- {apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: l1, namespace: t}, spec: {holderIdentity: me}}
- {apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: csi.example.com}, spec: {attachRequired: false}}
- {apiVersion: storage.k8s.io/v1, kind: CSINode, metadata: {name: cn1}, spec: {drivers: []}}
- {apiVersion: storage.k8s.io/v1, kind: VolumeAttachment, metadata: {name: va1}, spec: {attacher: csi.example.com, nodeName: n1, source: {persistentVolumeName: pv1}}}
- {apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: vw1}, webhooks: []}
- {apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1.}, spec: {version: v1, groupPriorityMinimum: 18000, versionPriority: 1}}
- {apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {name: pl1}, spec: {type: Limited, limited: {nominalConcurrencyShares: 1, limitResponse: {type: Reject}}}}
- {apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: fs1}, spec: {priorityLevelConfiguration: {name: pl1}, matchingPrecedence: 9000, rules: []}}
Y
check "create a List" k create -f "$T/f/more.yaml"

# --- get: printers ---
W="CONTAINERS IMAGES"
columns pods NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES
columns services NAME TYPE CLUSTER-IP EXTERNAL-IP 'PORT(S)' AGE SELECTOR
columns deployments NAME READY UP-TO-DATE AVAILABLE AGE $W SELECTOR
columns replicasets NAME DESIRED CURRENT READY AGE $W SELECTOR
columns statefulsets NAME READY AGE $W
columns daemonsets NAME DESIRED CURRENT READY UP-TO-DATE AVAILABLE NODE SELECTOR AGE $W SELECTOR
columns replicationcontrollers NAME DESIRED CURRENT READY AGE $W SELECTOR
columns podtemplates NAME $W POD LABELS
columns controllerrevisions NAME CONTROLLER REVISION AGE
columns jobs NAME STATUS COMPLETIONS DURATION AGE $W SELECTOR
columns cronjobs NAME SCHEDULE TIMEZONE SUSPEND ACTIVE LAST SCHEDULE AGE $W SELECTOR
columns hpa NAME REFERENCE TARGETS MINPODS MAXPODS REPLICAS AGE
columns pdb NAME MIN AVAILABLE MAX UNAVAILABLE ALLOWED DISRUPTIONS AGE
columns configmaps NAME DATA AGE
columns secrets NAME TYPE DATA AGE
columns serviceaccounts NAME AGE
columns namespaces NAME STATUS AGE
columns nodes NAME STATUS ROLES AGE VERSION INTERNAL-IP EXTERNAL-IP OS-IMAGE KERNEL-VERSION CONTAINER-RUNTIME
columns events LAST SEEN TYPE REASON OBJECT SUBOBJECT SOURCE MESSAGE FIRST SEEN COUNT NAME
columns endpoints NAME ENDPOINTS AGE
columns endpointslices NAME ADDRESSTYPE PORTS ENDPOINTS AGE
columns ingresses NAME CLASS HOSTS ADDRESS PORTS AGE
columns ingressclasses NAME CONTROLLER PARAMETERS AGE
columns networkpolicies NAME POD-SELECTOR AGE
columns resourcequotas NAME REQUEST LIMIT AGE
columns limitranges NAME CREATED AT
columns roles NAME CREATED AT
columns rolebindings NAME ROLE AGE USERS GROUPS SERVICEACCOUNTS
columns clusterrolebindings NAME ROLE AGE USERS GROUPS SERVICEACCOUNTS
columns pv NAME CAPACITY ACCESS MODES RECLAIM POLICY STATUS CLAIM STORAGECLASS VOLUMEATTRIBUTESCLASS REASON AGE VOLUMEMODE
columns pvc NAME STATUS VOLUME CAPACITY ACCESS MODES STORAGECLASS VOLUMEATTRIBUTESCLASS AGE VOLUMEMODE
columns storageclasses NAME PROVISIONER RECLAIMPOLICY VOLUMEBINDINGMODE ALLOWVOLUMEEXPANSION AGE
columns volumeattachments NAME ATTACHER PV NODE ATTACHED AGE
columns csidrivers NAME ATTACHREQUIRED PODINFOONMOUNT STORAGECAPACITY TOKENREQUESTS REQUIRESREPUBLISH MODES AGE
columns csinodes NAME DRIVERS AGE
columns priorityclasses NAME VALUE GLOBAL-DEFAULT AGE PREEMPTIONPOLICY
columns runtimeclasses NAME HANDLER AGE
columns leases NAME HOLDER AGE
columns flowschemas NAME PRIORITYLEVEL MATCHINGPRECEDENCE DISTINGUISHERMETHOD AGE MISSINGPL
columns prioritylevelconfigurations NAME TYPE NOMINALCONCURRENCYSHARES QUEUES HANDSIZE QUEUELENGTHLIMIT AGE
columns validatingwebhookconfigurations NAME WEBHOOKS AGE
columns servicecidrs NAME CIDRS AGE
columns ipaddresses NAME PARENTREF
columns apiservices NAME SERVICE AVAILABLE AGE
expect "row of a Deployment" '^d1 +[0-2]/2 +2 +[0-2] +[0-9]+s +hostnames +localhost:5000/hostnames:1.0 +app=d1' k get deploy d1 -o wide
expect "row of a Service" '^sv2 +NodePort +10\.43\.[0-9.]+ +<none> +80:30123/TCP +[0-9]+s$' k get svc sv2 --no-headers
expect "row of an external name" '^sv4 +ExternalName +<none> +example.com +<none>' k get svc sv4
expect "row of an Ingress" '^i1 +nginx +a.example .* 80, 443 ' k get ing i1
expect "row of a RoleBinding" '^rb1 +Role/r1 +[0-9]+s +u +g +t/default' k get rolebinding rb1 -o wide
expect "row of a volume" '^pv1 +1Gi +RWO +Retain +Available .* none +<unset>' k get pv pv1
expect "row of a claim" '^pvc1 +Pending +none +<unset>' k get pvc pvc1
expect "row of a quota" 'configmaps: [34]/50, services: [0-9]+/20' k get quota q1
expect "get -o yaml" '^kind: ConfigMap$' k get cm cm1 -o yaml
expect "get -o json" '"kind": "ConfigMap"' k get cm cm1 -o json
expect "get -o name" '^configmap/cm1$' k get cm cm1 -o name
expect "get -o jsonpath" '^b$' k get cm cm1 -o jsonpath='{.data.a}'
expect "get -o custom-columns" '^d1 +2$' k get deploy -o custom-columns=N:.metadata.name,R:.spec.replicas
expect "get -o go-template" '<d1>' k get deploy -o go-template='{{range .items}}<{{.metadata.name}}>{{end}}'
expect "get --show-labels" 'app=d1$' k get deploy --show-labels
expect "get -L" ' d1$' k get deploy -L app
expect "get of several kinds" '^configmap/cm1 ' k get deploy,cm --show-kind
expect "get --sort-by" '^cm1 cm2-[a-z0-9]+ kube-root-ca.crt $' k get cm --sort-by=.metadata.name -o jsonpath='{range .items[*]}{.metadata.name} {end}'
expect "get --chunk-size" 'cm1.*' k get cm --chunk-size=1 --no-headers
expect "get -A with a field selector" '^t +p1 ' k get pods -A --field-selector=metadata.namespace=t,metadata.name=p1
expect "get -l" '^pod/p1$' k get pods -l 'a in (b,c),a!=x' -o name
expect "get all" '^replicaset.apps/d1-' k get all
expect "get -f" 'lease.coordination.k8s.io/l1 +me ' k get -f "$T/f/more.yaml"
refuse "get of an unknown kind" "the server doesn't have a resource type \"nosuch\"" k get nosuch
refuse "get of what is not there" '^Error from server \(NotFound\): configmaps "nosuch" not found$' k get cm nosuch
check "get --ignore-not-found" test -z "$(k get cm nosuch --ignore-not-found 2>&1)"
expect "get of nothing" '^No resources found in nosuch namespace.$' k get cm -n nosuch
refuse "a field selector nobody has" 'field label not supported|is not a known field selector' k get cm --field-selector=data.a=b
if since 24; then
	expect "get --subresource=status" '^d1 +[0-9]/2 ' k get deploy d1 --subresource=status
	expect "get --subresource=scale" '^NAME +DESIRED +AVAILABLE +AGE' k get deploy d1 --subresource=scale
	expect "Endpoints are deprecated" 'Warning: v1 Endpoints is deprecated in v1.33\+; use discovery.k8s.io/v1 EndpointSlice' k get endpoints
fi
expect "get --show-managed-fields" "$(since 21 && echo 'manager: kubectl' || echo kind)" k get cm cm1 -o yaml $(since 21 && echo --show-managed-fields)
watched() { # what -w prints while an object changes
	k_exec get cm -w "$@" -o name --request-timeout=20s >"$T/watch" 2>&1 & local w=$!
	eventually 10 test -s "$T/watch" || :
	k create cm w1 >/dev/null; k delete cm w1 >/dev/null
	eventually 10 sh -c "[ \$(grep -c w1 $T/watch) = 2 ]"; local r=$?
	kill_own $w; wait $w 2>/dev/null
	return $r
}
check "get -w" watched
k_exec get cm --watch-only -o name >"$T/wo" 2>&1 & p=$!
seen() { k annotate cm cm1 seen="$SECONDS$RANDOM" --overwrite >/dev/null; grep -q cm1 "$T/wo"; }
check "get --watch-only" eventually 10 seen
kill_own $p; wait $p 2>/dev/null
check "... prints nothing else" test -z "$(grep -v cm1 "$T/wo")"
. "$(dirname "$0")/lib_kubectl_verbs.sh"
exit $lib_failed
