#!/bin/bash
# Components at kube-apiserver 1.20, beside its own kube-controller-manager. What stands on kinds that came later (discovery.k8s.io/v1, policy/v1,
# batch/v1 CronJob, autoscaling/v2) says so once and waits; the others work.
export KUBE_VERSION=1.20
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_kube.sh"
KUBECTL=$MINIK_TEST_CACHE/bin/kubectl-1.20
[ -x "$KUBECTL" ] || skip_all "kubectl 1.20 is not to be had here"
kube_need kube-apiserver kube-controller-manager
kube_world "$@"
kube_cert "$T/pki/ca" "$T/pki/kcm" /CN=system:kube-controller-manager && kube_config "$T/pki/ca" "$T/pki/kcm" https://127.0.0.1:6443
kube_controllers kcm 10257 "$T/pki/ca" "$T/pki/sa.key" "$T/pki/kcm.kubeconfig" --controllers='*,-persistentvolume-binder'
# By this CA the node knows who calls it.
mkdir -p "$T/n1/data/server/tls" && cp "$T/pki/ca.crt" "$T/n1/data/server/tls"
for c in scheduler storage net node controllers proxy dns ingress; do minik_start n1 $c --kubeconfig "$T/kubeconfig"; done

says() { grep -qF "does not serve $2: what needs them waits" "$T/n1/$1.log"; }
for c in controllers proxy dns ingress; do
	check "$c: no EndpointSlices here" eventually 20 says $c "discovery.k8s.io/v1 endpointslices"
done
for c in controllers scheduler; do check "$c: no PodDisruptionBudgets" eventually 20 says $c "policy/v1 poddisruptionbudgets"; done
check "controllers: no CronJobs" eventually 20 says controllers "batch/v1 cronjobs"

check "net and node: the node becomes Ready" eventually 40 k wait --for=condition=Ready node/n1 --timeout=1s || exit 1
k apply -f "$walk/hostnames.yaml" >/dev/null
check "scheduler and node: a deployment rolls out" k rollout status deploy/hostnames --timeout=60s
k apply -f "$walk/toolbox.yaml" >/dev/null
check "toolbox is ready" k wait --for=condition=Ready pod/toolbox --timeout=30s
expect "exec" '^hello$' k exec toolbox -- echo hello
expect "logs" 'tick' k logs toolbox
k apply -f "$walk/storageclass.yaml" -f "$walk/claim1.yaml" -f "$walk/writer.yaml" >/dev/null
check "storage: a volume" k wait --for=condition=Ready pod/writer --timeout=60s

for c in controllers proxy dns ingress; do
	out=$(grep -c "does not serve discovery.k8s.io/v1" "$T/n1/$c.log")
	[ "$out" = 1 ] && ok "$c said it once" || not_ok "$c said it once" "$out times"
	p=$(pgrep -f "^$MINIK $c .*$T/n1/")
	used=$(awk '{print $14 + $15}' "/proc/$p/stat") # ticks of 10 ms, since it was started
	[ "$used" -lt 200 ] && ok "$c does not spin" || not_ok "$c does not spin" "$used ticks"
done
for c in ingress node dns proxy net storage scheduler controllers; do
	p=$(pgrep -f "^$MINIK $c .*$T/n1/")
	kill "$p"
	gone() { ! kill -0 "$p" 2>/dev/null; }
	check "$c ends when asked" eventually 15 gone
done
