#!/bin/bash
# helm, unmodified, with a chart of everything that charts have: install, upgrade, rollback, failure, tests, removal. Waits are kstatus's.
. "$(dirname "$0")/lib.sh"
HELM=$MINIK_TEST_CACHE/bin/helm
[ -x "$HELM" ] || skip_all "no helm"
[ -x "$KUBECTL" ] || skip_all "no kubectl"
enter_sandbox "$@"
chart=$T/chart
cp -r "$MINIK_TOP/tests/integration/chart" "$chart"
node_add n1 192.168.77.1
mkdir -p "$T/n1/data/images"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/n1/data/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "server answers" eventually 20 k get --raw /readyz || exit 1
check "node is ready" k wait --for=condition=Ready node/n1 --timeout=30s
helm() { KUBECONFIG=$T/kubeconfig in_node n1 "$HELM" --namespace shop "$@"; }
refuse() { # refuse NAME PATTERN COMMAND...: it fails, and says this
	local name=$1 want=$2 out; shift 2
	if out=$("$@" 2>&1); then not_ok "$name" "$* succeeded:
$out"; elif printf '%s' "$out" | grep -qE -- "$want"; then ok "$name"; else not_ok "$name" "$* ->
$out
wanted: $want"; fi
}
s() { k -n shop "$@"; }
expect "version" 'v4\.' helm version
check "lint" helm lint "$chart"

# --- what touches nothing ---
expect "template" '^kind: CustomResourceDefinition$' helm template t "$chart" --include-crds
expect "template --api-versions" '^kind: Basket$' helm template t "$chart" --api-versions apps/v1/Deployment
k create ns shop >/dev/null
refuse "against the server, before its definitions are there" 'no matches for kind "Basket" in version "shop.example.com/v1"' helm install a "$chart" --dry-run=server
k create -f "$chart/crds" >/dev/null
k wait --for=condition=Established crd/baskets.shop.example.com --timeout=10s >/dev/null
expect "template against the server" 'kube: "v1\.36' helm template t "$chart" --dry-run=server
expect "install --dry-run=server" 'STATUS: pending-install' helm install a "$chart" --dry-run=server
check "nothing was installed" test -z "$(s get deploy,secret -o name 2>/dev/null)"
refuse "the server refuses what does not fit" 'size.*greater than or equal to 1|failed to create typed patch|field not declared|Invalid' helm install bad "$chart" --set replicas=0 --timeout 10s
helm uninstall bad --ignore-not-found >/dev/null 2>&1

# --- install ---
expect "install --wait" 'STATUS: deployed' helm install a "$chart" --wait --timeout 60s
expect "notes" 'a says hello at http://shop.example/' helm get notes a
expect "all pods are ready when it returns" '^2/2$' s get deploy a -o jsonpath='{.status.readyReplicas}/{.spec.replicas}'
expect "the claim is bound" '^Bound$' s get pvc a -o jsonpath='{.status.phase}'
expect "custom resource" '^2$' s get basket a -o jsonpath='{.spec.size}'
expect "the service answers through the ingress" '^a-' in_node n1 curl -fsS -H 'Host: shop.example' http://127.0.0.1/
expect "the hook ran" '^1$' s get cm a-before -o jsonpath='{.data.revision}'
expect "a hook that succeeded is deleted" 'NotFound' s get pod a-after
expect "helm owns by server-side apply" '"helm Apply"|helm Apply' s get deploy a -o jsonpath='{range .metadata.managedFields[*]}{.manager} {.operation}{"\n"}{end}' --show-managed-fields
expect "release secret" '^helm.sh/release.v1$' s get secret sh.helm.release.v1.a.v1 -o jsonpath='{.type}'
refuse "install again" 'cannot reuse a name that is still in use' helm install a "$chart"
password=$(s get secret a -o jsonpath='{.data.password}')
expect "list" '^a[[:space:]]+shop[[:space:]]+1[[:space:]].*deployed[[:space:]]+shop-0.1.0[[:space:]]+1.0' helm list
expect "status" 'STATUS: deployed' helm status a
expect "get all" 'kind: RoleBinding' helm get all a
expect "get values" 'greeting: hello' helm get values a --all
check "test" helm test a --timeout 30s
expect "... and its logs" 'it answers' helm test a --logs --timeout 30s

# --- upgrade, rollback ---
expect "upgrade" 'REVISION: 2' helm upgrade a "$chart" --set greeting=again,replicas=3 --wait --timeout 60s
expect "it is scaled" '^3$' s get deploy a -o jsonpath='{.status.readyReplicas}'
expect "and configured" '^again$' s get cm a -o jsonpath='{.data.greeting}'
check "lookup found the old password" test "$(s get secret a -o jsonpath='{.data.password}')" = "$password"
expect "the hook ran again" '^2$' s get cm a-before -o jsonpath='{.data.revision}'
s set image deploy/a app=localhost:5000/hostnames:1.1 >/dev/null
refuse "somebody else owns the image now" 'conflict' helm upgrade a "$chart" --reuse-values
expect "upgrade by force" 'STATUS: deployed' helm upgrade a "$chart" --reuse-values --force-conflicts --wait --timeout 60s
expect "the image is the chart's" 'hostnames:1.0' s get deploy a -o jsonpath='{.spec.template.spec.containers[0].image}'
expect "upgrade --install of a new one" 'Release "b" does not exist|STATUS: deployed' helm upgrade --install b "$chart" --set host=b.example,hook=false,replicas=1 --wait --timeout 60s
expect "upgrade --dry-run=server" 'pending-upgrade' helm upgrade a "$chart" --set greeting=never --dry-run=server
expect "rollback" 'success' helm rollback a 1 --wait --timeout 60s
expect "it is as it was" '^hello 2$' sh -c "echo \$(KUBECONFIG=$T/kubeconfig nsenter --target $node_pid_n1 --net --mount -- $KUBECTL -n shop get cm a -o jsonpath='{.data.greeting}') \$(KUBECONFIG=$T/kubeconfig nsenter --target $node_pid_n1 --net --mount -- $KUBECTL -n shop get deploy a -o jsonpath='{.status.readyReplicas}')"
expect "history" 'Rollback to 1' helm history a

# --- failure ---
refuse "an upgrade that does not become ready" 'not ready|timed out|deadline|exceeded|rolled back' helm upgrade a "$chart" --set image=localhost:5000/none:1 --wait --timeout 4s
expect "... is failed" 'STATUS: failed' helm status a
refuse "with --rollback-on-failure" 'rolled back due to rollback-on-failure|rollback' helm upgrade a "$chart" --set image=localhost:5000/none:1,greeting=bad --rollback-on-failure --timeout 6s
expect "... the old one is back" 'STATUS: deployed' helm status a
expect "... with its values" '^hello$' s get cm a -o jsonpath='{.data.greeting}'
expect "... and image" 'hostnames:1.0' s get deploy a -o jsonpath='{.spec.template.spec.containers[0].image}'
refuse "an install with --rollback-on-failure" 'uninstalled|rollback-on-failure' helm install c "$chart" --set image=localhost:5000/none:1,host=c.example,hook=false --rollback-on-failure --timeout 4s
refuse "... leaves nothing" NotFound s get deploy c

# --- removal ---
expect "uninstall --wait" 'uninstalled' helm uninstall a --wait --timeout 60s
check "all of it is gone" test -z "$(s get deploy,svc,cm,secret,pvc,ing,role,rolebinding,basket -o name | grep '/a$')"
expect "uninstall --keep-history" 'uninstalled' helm uninstall b --keep-history --wait --timeout 60s
expect "its history is kept" 'uninstalled' helm history b
expect "list is empty" '^NAME' helm list
s delete pod a-test >/dev/null # no release owns a hook
check "pods are gone too" eventually 20 sh -c "! KUBECONFIG=$T/kubeconfig nsenter --target $node_pid_n1 --net --mount -- $KUBECTL -n shop get pods -o name | grep ."
check "definitions of a chart stay" k get crd baskets.shop.example.com
exit $lib_failed
