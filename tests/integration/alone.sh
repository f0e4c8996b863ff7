#!/bin/bash
# Every component as a process of its own against the API server of another process, by --kubeconfig.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
walk=$MINIK_TOP/examples/walkthrough
node_add n1 192.168.77.1
node_state n1 >"$T/before"
registry_start n1 || { not_ok "registry with the images"; exit 1; }
registries_write n1 127.0.0.1
minik_start n1 apiserver --write-kubeconfig "$T/kubeconfig"
check "minik apiserver" eventually 20 k get --raw /readyz || exit 1
for c in controllers scheduler storage net proxy dns node ingress; do
	minik_start n1 $c --kubeconfig "$T/kubeconfig"
	eval "pid_$c=$minik_pid"
done
check "node becomes Ready" eventually 20 sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get nodes | grep -w Ready" || exit 1
check "controllers, scheduler, node: a deployment" k apply -f "$walk/hostnames.yaml"
check "... rolls out" k rollout status deploy/hostnames --timeout=60s
vip=$(k get svc hostnames -o 'jsonpath={.spec.clusterIP}')
three() { [ "$(for _ in 1 2 3; do "$@"; done | sort -u | grep -c '^hostnames-')" = 3 ]; }
check "proxy: three names from one address" eventually 10 three in_node n1 curl -fsS --max-time 2 "http://$vip/"
k apply -f "$walk/toolbox.yaml" >/dev/null
check "toolbox is ready" k wait --for=condition=Ready pod/toolbox --timeout=30s
expect "dns and exec: nslookup" 'Address: +10\.43\.0\.1$' k exec toolbox -- nslookup kubernetes.default
expect "net: from a pod, by name" '^hostnames-' k exec toolbox -- timeout 3 wget -qO- http://hostnames
k apply -f "$walk/storageclass.yaml" -f "$walk/claim1.yaml" -f "$walk/writer.yaml" >/dev/null
check "storage: a volume" k wait --for=condition=Ready pod/writer --timeout=60s
k apply -f "$walk/ingress.yaml" >/dev/null
shop() { in_node n1 curl -fsS --max-time 2 -H 'Host: shop.example' http://192.168.77.1/ | grep -E '^hostnames-'; }
check "ingress" eventually 20 shop
for c in ingress node dns proxy net storage scheduler controllers apiserver; do
	p=$(pgrep -f "^$MINIK $c .*$T/n1/")
	kill "$p"
	gone() { ! kill -0 "$p" 2>/dev/null; }
	check "$c ends when asked" eventually 15 gone
done
