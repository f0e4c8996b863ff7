#!/bin/bash
# README's walkthrough, line by line, with one kubectl; then a second machine, kill -9, killall. KUBECTL chooses the client.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
walk=$MINIK_TOP/examples/walkthrough
v=$("$KUBECTL" version --client 2>/dev/null | grep -oE 'v1\.[0-9]+' | head -1)
echo "# kubectl $v"

node_add n1 192.168.77.1
node_add n2 192.168.77.2
node_state n1 >"$T/before"
registry_start n1 || { not_ok "registry with the images"; exit 1; }
registries_write n1 127.0.0.1
registries_write n2 192.168.77.1

kubeflags="--write-kubeconfig $T/kubeconfig"
# shellcheck disable=SC2086
minik_start n1 server $kubeflags
eventually 20 test -s "$T/kubeconfig" || { not_ok "server starts"; exit 1; }
check "node becomes Ready" eventually 20 sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get nodes | grep -w Ready" || exit 1

role() { k get nodes | grep -w control-plane; }
check "its role is shown" eventually 5 role
check "apply hostnames.yaml" k apply -f "$walk/hostnames.yaml"
check "rollout status" k rollout status deploy/hostnames --timeout=60s
expect "three endpoints" '^hostnames +([0-9.]+:9376,){2}[0-9.]+:9376' k get endpoints hostnames
vip=$(k get svc hostnames -o 'jsonpath={.spec.clusterIP}')
three() { # three different names from one address
	local n; n=$(for _ in 1 2 3; do "$@"; done | sort -u | grep -c '^hostnames-')
	[ "$n" = 3 ]
}
check "the VIP answers with three pods from the node" eventually 10 three in_node n1 curl -fsS --max-time 2 "http://$vip:80/"
check "apply toolbox.yaml" k apply -f "$walk/toolbox.yaml"
check "toolbox is ready" k wait --for=condition=Ready pod/toolbox --timeout=30s
check "... and from a pod" three k exec toolbox -- timeout 3 wget -qO- "http://$vip/"
kube_ip=$(k get svc kubernetes -o 'jsonpath={.spec.clusterIP}')
expect "nslookup kubernetes.default" "Address: +$kube_ip" k exec toolbox -- nslookup kubernetes.default
expect "the server has a name" 'kube-dns.kube-system.svc.cluster.local' k exec toolbox -- nslookup kubernetes.default
expect "wget by name, search domains" '^hostnames-' k exec toolbox -- timeout 3 wget -qO- http://hostnames

# a pod dies: it is replaced, endpoints follow, the VIP keeps answering
victim=$(k get pods -l app=hostnames -o 'jsonpath={.items[0].metadata.name}')
in_node_exec n1 sh -c "while :; do curl -fsS --max-time 2 http://$vip/ >/dev/null || echo lost; sleep 0.02; done" >"$T/lost" 2>&1 &
loader=$! lib_pids="$lib_pids $!"
check "delete one pod" k delete pod "$victim" --wait=true --timeout=60s
check "it is replaced" k rollout status deploy/hostnames --timeout=60s
gone() { ! k get pod "$victim"; }
check "the old one is gone" gone
ends() { [ "$(k get endpoints hostnames -o 'jsonpath={.subsets[*].addresses[*].ip}' | wc -w)" = "$1" ]; }
check "endpoints follow" eventually 10 ends 3
kill $loader; wait $loader 2>/dev/null
if grep -q lost "$T/lost"; then not_ok "the VIP kept answering" "$(sort "$T/lost" | uniq -c)"; else ok "the VIP kept answering"; fi

check "scale up" k scale deploy/hostnames --replicas=5
check "five pods" k rollout status deploy/hostnames --timeout=60s
check "five endpoints" eventually 10 ends 5
check "scale down" k scale deploy/hostnames --replicas=3
check "three endpoints again" eventually 20 ends 3
check "set image" k set image deploy/hostnames hostnames=localhost:5000/hostnames:1.1
check "rolling update" k rollout status deploy/hostnames --timeout=90s
expect "the new image runs" '1\.1' k get pods -l app=hostnames -o 'jsonpath={.items[*].spec.containers[*].image}'
check "rollout undo" k rollout undo deploy/hostnames
check "rolled back" k rollout status deploy/hostnames --timeout=90s
expect "the old image runs" '1\.0' k get deploy hostnames -o 'jsonpath={.spec.template.spec.containers[0].image}'
expect "rollout history" '3' k rollout history deploy/hostnames

expect "logs" 'tick 0' k logs toolbox
expect "logs -f" 'tick [0-9]+' timeout 5 "$BASH" -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL logs -f --tail=1 toolbox"
expect "exec -it" 'hello from a tty' script -qec "nsenter -t $node_pid_n1 -n -m env KUBECONFIG=$T/kubeconfig $KUBECTL exec -it toolbox -- sh -c 'test -t 0 && echo hello from a tty'" /dev/null
expect "exec with standard input" '^3$' sh -c "printf 'a\nb\nc\n' | nsenter -t $node_pid_n1 -n -m env KUBECONFIG=$T/kubeconfig $KUBECTL exec -i toolbox -- wc -l"
k exec toolbox -- sh -c 'exit 7' >/dev/null 2>&1
[ $? = 7 ] && ok "exec gives the exit code" || not_ok "exec gives the exit code"
expect "describe" 'Started container toolbox' k describe pod toolbox
expect "get -o wide" 'toolbox.* n1 ' k get pods -o wide
expect "get -o yaml" '^  name: toolbox' k get pod toolbox -o yaml
expect "get -o jsonpath" '^Running$' k get pod toolbox -o 'jsonpath={.status.phase}'
expect "get all" 'deployment.apps/hostnames' k get all

check "apply storageclass and claim" k apply -f "$walk/storageclass.yaml" -f "$walk/claim1.yaml"
expect "the claim waits for a pod" 'Pending' k get pvc claim1
check "apply writer" k apply -f "$walk/writer.yaml"
check "writer runs" k wait --for=condition=Ready pod/writer --timeout=60s
expect "the claim is bound" 'Bound.*30Gi.*RWO' k get pvc claim1
check "the file is written" eventually 10 k exec writer -- cat /data/file
check "delete writer" k delete pod writer --timeout=60s
check "apply reader" k apply -f "$walk/reader.yaml"
check "reader runs" k wait --for=condition=Ready pod/reader --timeout=60s
kept() { k logs reader | grep -qx kept; } # Ready is before its command has said anything
check "a new pod reads the file" eventually 10 kept

check "apply nodeport" k apply -f "$walk/nodeport.yaml"
check "node port on the node's address" eventually 10 in_node n1 curl -fsS --max-time 2 http://192.168.77.1:30080/
check "node port from another machine" in_node n2 curl -fsS --max-time 2 http://192.168.77.1:30080/
check "apply headless" k apply -f "$walk/headless.yaml"
three_addresses() { [ "$(k exec toolbox -- dig hostnames-headless +short | sort -u | wc -l)" = 3 ]; }
check "the headless name gives all pods" eventually 10 three_addresses
check "apply externalname" k apply -f "$walk/externalname.yaml"
expect_cname() { k exec toolbox -- dig elsewhere | grep -E 'CNAME.*kubernetes.default.svc.cluster.local'; }
check "ExternalName is a CNAME" eventually 10 expect_cname
check "apply ingress" k apply -f "$walk/ingress.yaml"
check "api rolls out" k rollout status deploy/api --timeout=60s
shop() { in_node n1 curl -fsS --max-time 2 -H 'Host: shop.example' "http://192.168.77.1$1" | grep -E "$2"; }
check "ingress / goes to hostnames" eventually 15 shop / '^hostnames-'
check "ingress /api goes to the other Service" eventually 5 shop /api '^api api-'
unknown_host() { [ "$(in_node n1 curl -s -o /dev/null -w '%{http_code}' --max-time 2 http://192.168.77.1/)" = 404 ]; }
check "another host is 404" unknown_host

# --- a second machine ---
token=$(in_node n1 "$MINIK" token --data-dir "$T/n1/data")
minik_start n2 agent --server https://192.168.77.1:6443 --token "$token"
check "the second node is Ready" eventually 30 sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get node n2 | grep -w Ready"
k patch deploy hostnames -p '{"spec":{"replicas":6}}' >/dev/null
check "six replicas" k rollout status deploy/hostnames --timeout=90s
on_n2=$(k get pods -l app=hostnames -o 'jsonpath={range .items[?(@.spec.nodeName=="n2")]}{.metadata.name} {.status.podIP}{"\n"}{end}' | head -1)
[ -n "$on_n2" ] && ok "pods run on both nodes" || not_ok "pods run on both nodes" "$(k get pods -o wide)"
set -- $on_n2; pod2=${1:-none} ip2=${2:-0.0.0.0}
check "a pod of n1 reaches a pod of n2" k exec toolbox -- timeout 3 wget -qO- "http://$ip2:9376/"
ip1=$(k get pods -l app=hostnames -o 'jsonpath={range .items[?(@.spec.nodeName=="n1")]}{.status.podIP}{"\n"}{end}' | head -1)
check "n2 reaches a pod of n1" in_node n2 curl -fsS --max-time 2 "http://$ip1:9376/"
both() { for _ in $(seq 12); do in_node n2 curl -fsS --max-time 2 "http://$vip/"; done | grep -q "$pod2" && for _ in $(seq 12); do in_node n2 curl -fsS --max-time 2 "http://$vip/"; done | sort -u | [ "$(wc -l)" -ge 4 ]; }
check "the Service balances over both nodes, from n2" eventually 10 both
expect "logs reach the second node" 'hostnames: .* listens' k logs "$pod2"
k exec "$pod2" -- /bin/hostnames --port 9376 >"$T/exec2" 2>&1
expect "exec reaches the second node" 'bind' cat "$T/exec2"

# --- kill -9 and start again: same containers ---
ids() { k get pods -o 'jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}{"\n"}{end}' | sort; }
ids >"$T/ids1"
pid=$(minik_main_pid n1)
last=$(k logs --tail=1 toolbox | grep -oE '[0-9]+')
kill -9 "$pid"
for _ in $(seq 50); do [ -e /proc/$pid ] || break; sleep 0.1; done
# shellcheck disable=SC2086
minik_start n1 server $kubeflags
check "the server is back" eventually 20 k get --raw /readyz
check "the node is Ready" eventually 20 sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n -m $KUBECTL get node n1 | grep -w Ready"
check "the VIP answers" eventually 10 in_node n1 curl -fsS --max-time 2 "http://$vip/"
sleep 2
ids >"$T/ids2"
check "same pods, same containers, no restart" diff "$T/ids1" "$T/ids2"
gapless() { k logs toolbox | grep -oE '[0-9]+' | awk -v last="$last" 'NR > 1 && $1 != p + 1 {exit 1} {p = $1} END {exit !(p > last)}'; }
check "logs are complete" gapless

# --- everything goes ---
k patch deploy hostnames -p '{"spec":{"replicas":3}}' >/dev/null
check "delete everything" k delete -f "$walk" --ignore-not-found --timeout=90s
no_pods() { [ -z "$(k get pods -o name)" ]; }
check "no pod is left" eventually 30 no_pods
no_pv() { [ -z "$(k get pv -o name)" ]; }
check "no volume is left" eventually 20 no_pv
no_location() { [ "$(in_node n1 curl -s -o /dev/null -w '%{http_code}' --max-time 2 -H 'Host: shop.example' http://192.168.77.1/)" = 404 ]; }
check "no nginx location is left" eventually 10 no_location
no_vip() { ! in_node n1 curl -fsS --max-time 1 "http://$vip/"; }
check "the address is gone" eventually 10 no_vip
no_containers() { ! pgrep -f "conmon.*$T/n1/"; }
check "no container is left" eventually 10 no_containers

pid=$(minik_main_pid n1)
kill "$pid"
ended() { [ ! -e "/proc/$pid" ]; }
check "the server ends when asked" eventually 20 ended
check "killall" in_node n1 "$MINIK" killall --data-dir "$T/n1/data" --run-dir "$T/n1/run" --cgroup-root "$lib_cgroup-n1" --config "$T/n1/config.yaml"
node_state n1 >"$T/after"
check "nothing is left on the node" diff "$T/before" "$T/after"
