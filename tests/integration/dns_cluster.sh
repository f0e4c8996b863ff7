#!/bin/bash
# The cluster DNS in a cluster: a server and an agent, each asked at the cluster DNS address by its own node; ConfigMap minik-dns on both, with an
# Event about what is malformed; search lists of real pods in one round trip; what status and Prometheus are told.
. "$(dirname "$0")/lib.sh"
for t in dig jq curl; do command -v $t >/dev/null || skip_all "needs $t"; done
enter_sandbox
node_add n1 192.168.77.1
node_add n2 192.168.77.2
for n in n1 n2; do echo "dns-autopath: true" >"$T/$n/config.yaml"; done
server_with_images n1
token=$(in_node n1 "$MINIK" token --run-dir "$T/n1/run")
minik_start n2 agent --server https://192.168.77.1:6443 --token "$token"
both_ready() { [ "$(k get nodes | grep -cw Ready)" = 2 ]; }
check "two nodes" eventually 30 both_ready || exit 1
at() { local n=$1; shift; in_node "$n" dig +tries=1 +time=2 @10.43.0.10 "$@"; }
answers() { [ "$(at "$1" +short kubernetes.default.svc.cluster.local)" = 10.43.0.1 ]; }
for n in n1 n2; do check "$n: the cluster DNS address answers" eventually 20 answers $n; done
two() { [ "$(k -n kube-system get endpointslices -l kubernetes.io/service-name=kube-dns -o json | jq '[.items[].endpoints[]] | length')" = 2 ]; }
check "each node has its endpoint" eventually 20 two
where() { k -n kube-system get endpointslice kube-dns-$1 -o jsonpath='{.endpoints[0].addresses[0]}'; }
metric() { in_node "$1" curl -fsS "http://$(where "$1"):9153/metrics" | awk -v m="$2" -v l="${3:-}" '(index($0, m" ") == 1 || index($0, m"{") == 1) && (l == "" || index($0, l)) {n += $NF} END {print n + 0}'; }
for n in n1 n2; do
	o=n1; [ $n = n1 ] && o=n2
	a=$(metric $n coredns_dns_requests_total 'zone="cluster.local."') b=$(metric $o coredns_dns_requests_total 'zone="cluster.local."')
	for i in $(seq 1 20); do at $n +short kubernetes.default.svc.cluster.local; at $n +tcp +short kubernetes.default.svc.cluster.local; done >"$T/answers"
	expect "$n: 40 questions, all answered here, none on the other node" '^40 40 0$' \
		echo "$(grep -c '^10.43.0.1$' "$T/answers") $(($(metric $n coredns_dns_requests_total 'zone="cluster.local."') - a)) $(($(metric $o coredns_dns_requests_total 'zone="cluster.local."') - b))"
done
expect "Service kube-dns has the ports that CoreDNS' has" '^53/UDP,53/TCP,9153/TCP$' sh -c "KUBECONFIG=$T/kubeconfig nsenter --target $node_pid_n1 --net --mount -- $KUBECTL -n kube-system get svc kube-dns --no-headers | awk '{print \$5}'"
expect "an address of the Service network without a name is nobody else's" NXDOMAIN at n1 -x 10.43.200.200

# --- what an administrator adds ---
cm() { k -n kube-system create configmap minik-dns "$@" --dry-run=client -o yaml | k apply -f - 2>&1; }
check "a ConfigMap" cm --from-literal=hosts='198.51.100.9 printer.lan' --from-literal='stubDomains={"x.example":["nobody"],"corp.example":["192.168.77.254"]}'
printer() { [ "$(at "$1" +short printer.lan)" = 198.51.100.9 ]; }
for n in n1 n2; do check "$n: takes it up" eventually 10 printer $n; done
event() { k -n kube-system get events -o json | jq -e '[.items[] | select(.reason == "InvalidDNSConfig" and .involvedObject.name == "minik-dns" and (.message | contains("x.example")))] | map(.source.host) | unique | length == 2'; }
check "what is malformed is in an Event, of each node" eventually 15 event
# Said again it is counted: by who said it before, and by the same node's minik after a restart.
told() { # told NODE: how many Events there are of it about that fault, and how often the last has been told
	k -n kube-system get events -o json | jq -r --arg n "$1" '[.items[] | select(.reason == "InvalidDNSConfig" and .source.host == $n and (.message | contains("x.example")))] | "\(length) \(last.count)"'
}
told_more() { local t; t=$(told "$1"); [ "${t% *}" = 1 ] && [ "${t#* }" -ge "$2" ]; }
had=$(told n1) had=${had#* }
for i in 1 2 3; do cm --from-literal=hosts="198.51.100.9 printer.lan printer$i.lan" --from-literal='stubDomains={"x.example":["nobody"]}' >/dev/null; done
check "said again it is counted, in one Event" eventually 10 told_more n1 $((had + 1))
check "... on the agent" eventually 10 told_more n2 $((had + 1))
had=$(told n2) had=${had#* }
p=$(minik_main_pid n2)
kill "$p"; while kill -0 "$p" 2>/dev/null; do sleep 0.05; done
minik_start n2 agent --server https://192.168.77.1:6443 --token "$token"
check "... and when the agent has started anew" eventually 20 told_more n2 $((had + 1))
check "another one" cm --from-literal=hosts='198.51.100.10 printer.lan'
other() { [ "$(at "$1" +short printer.lan)" = 198.51.100.10 ]; }
for n in n1 n2; do check "$n: follows" eventually 10 other $n; done
k -n kube-system delete configmap minik-dns >/dev/null
none() { ! at "$1" +short printer.lan | grep -q 198.51.100; }
for n in n1 n2; do check "$n: it is gone" eventually 10 none $n; done
# The agent may read this one, and no other, with its own certificate.
k -n kube-system create configmap private --from-literal=a=b >/dev/null
expect "an agent reads no other ConfigMap" '403' in_node n2 curl -s -o /dev/null -w '%{http_code}' --cacert "$T/n1/data/server/tls/ca.crt" --cert "$T/n2/data/agent/client.crt" \
	--key "$T/n2/data/agent/client.key" https://192.168.77.1:6443/api/v1/namespaces/kube-system/configmaps/private

# --- search lists ---
k create ns shop >/dev/null
k -n shop create service clusterip web --clusterip=10.43.77.77 --tcp=80:80 >/dev/null
for n in n1; do
	sed "s/name: toolbox/name: toolbox-$n/" "$MINIK_TOP/examples/walkthrough/toolbox.yaml" | k apply -f - >/dev/null
	k wait --for=condition=Ready "pod/toolbox-$n" --timeout=60s >/dev/null
	a=$(metric $n coredns_autopath_success_total)
	expect "a pod finds a Service of another namespace" 10.43.77.77 k exec "toolbox-$n" -- nslookup web.shop
	is_more() { [ "$(metric "$1" coredns_autopath_success_total)" -gt "$2" ]; }
	check "... in one round trip" is_more $n "$a"
done

# --- Services without an address ---
k apply -f - >/dev/null <<'Y'
apiVersion: v1
kind: Pod
metadata: {name: slow, namespace: shop, labels: {app: slow}}
spec:
  terminationGracePeriodSeconds: 1
  hostname: my-pet
  subdomain: early
  nodeSelector: {kubernetes.io/hostname: n1} # where the images are
  containers:
  - name: c
    image: localhost:5000/toolbox:1.0
    command: ["sh", "-c", "while true; do sleep 1; done"]
    readinessProbe: {exec: {command: ["test", "-e", "/tmp/ready"]}, periodSeconds: 1}
---
apiVersion: v1
kind: Service
metadata: {name: early, namespace: shop}
spec: {clusterIP: None, selector: {app: slow}, publishNotReadyAddresses: true, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: strict, namespace: shop}
spec: {clusterIP: None, selector: {app: slow}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: byhand, namespace: shop}
spec: {clusterIP: None, ports: [{name: sql, port: 5432}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: byhand-1, namespace: shop, labels: {kubernetes.io/service-name: byhand}}
addressType: IPv4
ports: [{name: sql, port: 5432}]
endpoints: [{addresses: [192.0.2.7], hostname: primary}, {addresses: [192.0.2.8]}]
Y
slow_ip() { k -n shop get pod slow -o jsonpath='{.status.podIP}' | grep .; }
check "a pod that is not ready has an address" eventually 30 slow_ip
finds() { [ "$(at "$1" +short "$2.svc.cluster.local" | sort | paste -sd ' ')" = "$3" ]; }
no_such() { at "$1" "$2.svc.cluster.local" | grep -q 'status: NXDOMAIN'; }
for n in n1 n2; do
	check "$n: publishNotReadyAddresses: it is there" eventually 10 finds $n early.shop "$(slow_ip)"
	check "$n: ... and has its host name" finds $n my-pet.early.shop "$(slow_ip)"
	check "$n: otherwise it is not" no_such $n strict.shop
	check "$n: without a selector: endpoints made by hand" eventually 10 finds $n byhand.shop "192.0.2.7 192.0.2.8"
	check "$n: ... by host name" finds $n primary.byhand.shop 192.0.2.7
	check "$n: ... and by address" finds $n 192-0-2-8.byhand.shop 192.0.2.8
done
k -n shop exec slow -- touch /tmp/ready
for n in n1 n2; do check "$n: when it becomes ready it is" eventually 10 finds $n strict.shop "$(slow_ip)"; done

# --- alone, by somebody who may not read the ConfigMap ---
node_add n3 192.168.77.3
k -n shop create serviceaccount dns >/dev/null
k create clusterrolebinding shop-dns --clusterrole=minik:dns --serviceaccount=shop:dns >/dev/null
sed "s#server: .*#server: https://192.168.77.1:6443#; /client-certificate-data/d; s#client-key-data: .*#token: $(k -n shop create token dns)#" "$T/kubeconfig" >"$T/n3/kubeconfig"
in_node_exec n3 "$MINIK" dns --kubeconfig "$T/n3/kubeconfig" --node-name n1 --data-dir "$T/n3/data" --run-dir "$T/n3/run" >"$T/n3/dns.log" 2>&1 & lib_pids="$lib_pids $!"
in_node n3 ip addr add "$(where n1)/24" dev lo
alone() { [ "$(in_node n3 dig +tries=1 +time=1 +short "@$(where n1)" kubernetes.default.svc.cluster.local)" = 10.43.0.1 ]; }
check "names of the cluster do not wait for a ConfigMap that may not be read" eventually 20 alone
expect "... and it says so" 'ConfigMap kube-system/minik-dns cannot be read within' cat "$T/n3/dns.log"

# --- status ---
expect "status tells of it" '^DNS: +10\.42\.[0-9]+\.1, [0-9]+ questions, [0-9]+ of them about the cluster' in_node n1 "$MINIK" status --run-dir "$T/n1/run"
expect "... on the agent" '^DNS: +10\.42\.[0-9]+\.1, [0-9]+ questions' in_node n2 "$MINIK" status --run-dir "$T/n2/run"
check "... as JSON" sh -c "nsenter --target $node_pid_n1 --net --mount -- '$MINIK' status --run-dir '$T/n1/run' -o json | jq -e '.dns.questions > 40 and .dns.clusterQuestions <= .dns.questions'"

# --- no hop: a node is served by itself, whoever else is dead ---
served() { # NODE N: so many questions in a row, UDP and TCP in turn, that are answered by their first packet
	local i n=0 how
	for i in $(seq 1 "$2"); do
		how=; [ $((i % 2)) = 0 ] || how=+tcp
		[ "$(in_node "$1" dig $how +tries=1 +time=2 +short @10.43.0.10 web.shop.svc.cluster.local)" != 10.43.77.77 ] || n=$((n + 1))
	done
	[ $n = "$2" ] || { echo "$n of $2"; return 1; }
}
check "the agent: before" served n2 20
server_pid=$(minik_main_pid n1)
kill -9 "$server_pid"
while kill -0 "$server_pid" 2>/dev/null; do sleep 0.05; done
check "the server's machine has no minik any more" sh -c "! nsenter --target $node_pid_n1 --net --mount -- dig +tries=1 +time=1 @10.43.0.10 web.shop.svc.cluster.local | grep -q 10.43.77.77"
check "the agent goes on answering at the cluster DNS address: 40 of 40" served n2 40
expect "... as the one who knows" 'flags: qr aa' in_node n2 dig +tries=1 +time=2 @10.43.0.10 web.shop.svc.cluster.local
expect "... and that there is no such name" NXDOMAIN in_node n2 dig +tries=1 +time=2 @10.43.0.10 nobody.shop.svc.cluster.local
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "the server is back" eventually 30 both_ready
check "... and serves its own node" eventually 20 served n1 2
k -n shop create service clusterip late --clusterip=10.43.77.78 --tcp=80:80 >/dev/null
late() { [ "$(at "$1" +short late.shop.svc.cluster.local)" = 10.43.77.78 ]; }
for n in n1 n2; do check "$n: a Service made since" eventually 20 late $n; done
agent_pid=$(minik_main_pid n2)
kill -9 "$agent_pid"
while kill -0 "$agent_pid" 2>/dev/null; do sleep 0.05; done
check "the agent dead: the server's node loses no question to it, 40 of 40" served n1 40
