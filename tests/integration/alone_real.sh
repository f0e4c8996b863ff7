#!/bin/bash
# Every component of minik as a process of its own at a real kube-apiserver with etcd, by --kubeconfig.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_kube.sh"
kube_need kube-apiserver
kube_world "$@"
# The controllers publish the cluster's CA and sign node certificates with it.
mkdir -p "$T/n1/data/server/tls" && cp "$T/pki/ca.crt" "$T/pki/ca.key" "$T/n1/data/server/tls"
for c in controllers scheduler storage net proxy dns node ingress; do
	minik_start n1 $c --kubeconfig "$T/kubeconfig"
	eval "pid_$c=$minik_pid"
done
check "node becomes Ready" eventually 30 sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get nodes | grep -w Ready" || exit 1
k apply -f "$walk/hostnames.yaml" >/dev/null
check "controllers, scheduler, node: a deployment rolls out" k rollout status deploy/hostnames --timeout=60s || exit 1
vip=$(k get svc hostnames -o 'jsonpath={.spec.clusterIP}')
three() { [ "$(for _ in 1 2 3; do "$@"; done | sort -u | grep -c '^hostnames-')" = 3 ]; }
check "proxy: three names from one address" eventually 20 three in_node n1 curl -fsS --max-time 2 "http://$vip/"
k apply -f "$walk/toolbox.yaml" >/dev/null
check "toolbox is ready" k wait --for=condition=Ready pod/toolbox --timeout=30s
expect "dns and exec: nslookup" 'Address: +10\.43\.0\.1$' k exec toolbox -- nslookup kubernetes.default
expect "net: from a pod, by name" '^hostnames-' k exec toolbox -- timeout 3 wget -qO- http://hostnames
expect "logs" 'tick' k logs toolbox
k apply -f "$walk/storageclass.yaml" -f "$walk/claim1.yaml" -f "$walk/writer.yaml" >/dev/null
check "storage: a volume" k wait --for=condition=Ready pod/writer --timeout=60s
k apply -f "$walk/ingress.yaml" >/dev/null
shop() { in_node n1 curl -fsS --max-time 2 -H 'Host: shop.example' http://192.168.77.1/ | grep -E '^hostnames-'; }
check "ingress" eventually 20 shop
check "garbage: a deployment goes" k delete deploy hostnames
none() { [ -z "$(k get rs,pods -l app=hostnames -o name)" ]; }
check "... with all that it owned" eventually 40 none
k create ns brief >/dev/null
check "namespaces get their account" eventually 20 k get sa default -n brief
check "... and go" k delete ns brief --timeout=30s
# What they log: each warning and error once or twice, not in a loop.
for c in controllers scheduler storage net proxy dns node ingress; do
	out=$(grep -E 'level=(warning|error)' "$T/n1/$c.log" | sed 's/^time=[^ ]* //' | sort | uniq -c | sort -rn | awk '$1 > 2')
	[ -z "$out" ] && ok "$c repeats no complaint" || not_ok "$c repeats no complaint" "$out"
	[ -z "${KUBE_SHOW:-}" ] || grep -E 'level=(warning|error)' "$T/n1/$c.log" >&2
done
for c in ingress node dns proxy net storage scheduler controllers; do
	p=$(pgrep -f "^$MINIK $c .*$T/n1/")
	kill "$p"
	gone() { ! kill -0 "$p" 2>/dev/null; }
	check "$c ends when asked" eventually 15 gone
done
