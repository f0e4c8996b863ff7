#!/bin/bash
# What clients notice while 1,000 Services come, change and go, and while a Deployment behind a Service is rolled: nothing. Two nodes with real pods; clients in a pod of
# either node and outside hold connections, open new ones and send packets through Services whose endpoints change all the time. Five rounds, 100 with --soak.
# ALONE: it measures how clients fare while much happens.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_lab.sh"
command -v python3 >/dev/null || skip_all "needs python3"
MINIK=$(realpath "$MINIK")
build=$(dirname "$MINIK")
[ -n "${MINIK_SANDBOX:-}" ] || make -s -C "$build" tests/integration/load_tool tests/integration/echo_tool >&2 || skip_all "its tools do not build"
rounds=${CHURN_ROUNDS:-$([ "${MINIK_SOAK:-0}" = 1 ] && echo 100 || echo 5)}
services=${CHURN_SERVICES:-1000}
enter_sandbox "$@"
load=$build/tests/integration/load_tool
. "$(dirname "$0")/lib_load.sh"

lab_cluster n1 n2 || exit 1
for p in a b; do lab_pod $p n1; done >"$T/pods.json"; for p in c d; do lab_pod $p n2; done >>"$T/pods.json"
k apply -f "$T/pods.json" >/dev/null
check "four pods" k wait --for=condition=Ready pod/a pod/b pod/c pod/d --timeout=60s || exit 1
for p in a b c d; do eval "ip_$p=$(pod_ip $p)"; done
live="[[\"$ip_a\",\"n1\"],[\"$ip_b\",\"n1\"],[\"$ip_c\",\"n2\"]]"
steady=
for i in $(seq 8); do
	kind=; [ $i -gt 2 ] || kind='"type":"NodePort",'
	echo "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"steady-$i\"},\"spec\":{$kind\"clusterIP\":\"10.43.200.$i\",\"ports\":$(node_ports $i)}}" | k create -f - >/dev/null || exit 1
	cat <<-J | k create -f - >/dev/null || exit 1
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"steady-$i","labels":{"kubernetes.io/service-name":"steady-$i"}},"addressType":"IPv4",
	"ports":[{"name":"t","port":9376,"protocol":"TCP"},{"name":"lines","port":9377,"protocol":"TCP"},{"name":"u","port":9376,"protocol":"UDP"}],
	"endpoints":[{"addresses":["$ip_a"],"nodeName":"n1","conditions":{"ready":true}},{"addresses":["$ip_b"],"nodeName":"n1","conditions":{"ready":true}},{"addresses":["$ip_c"],"nodeName":"n2","conditions":{"ready":true}}]}
	J
	steady="$steady${steady:+,}{\"name\":\"steady-$i\",\"live\":$live}"
done
answers() { at_pod d "$build/tests/integration/echo_tool" tcp 10.43.200.8 80; }
check "the last of the Services answers" eventually 10 answers

# --- Services that churn ---
entries() { in_node "$1" nft -n list map inet minik-proxy svc4 | grep -oE '(10\.43|0\.0)\.[0-9.]+ \. [0-9]+ \. [0-9]+' | sort; }
for n in n1 n2; do entries $n >"$T/entries-$n"; done
expect "entries of Services" '10\.43\.200\.8 \. 6 \. 80' cat "$T/entries-n1" "$T/entries-n2"
targets() { for i in 1 2 3 4 5 6 7 8; do echo "10.43.200.$i $1"; done; }
load_start hold-a pod:a hold 4 $(targets 81)
load_start hold-d pod:d hold 4 $(targets 81)
load_start hold-out out hold 4 192.168.77.1 31811 192.168.77.2 31812
load_start fresh-a pod:a fresh 2 $(targets 80)
load_start fresh-d pod:d fresh 2 $(targets 80)
load_start fresh-out out fresh 2 192.168.77.1 31801 192.168.77.2 31802
load_start udp-d pod:d fresh-udp 1 $(targets 80)
check "clients: 72 connections are held, others come and go" loads_ready || exit 1
if out=$(in_node n1 python3 "$MINIK_TOP/tests/integration/net_churn.py" "$T/kubeconfig" "$services" "$rounds" 8 "[$steady]" 2>&1); then
	ok "$services Services come, change and go, $rounds times"; echo "# churn: $(tail -1 <<<"$out" | sed 's/ s$//; s/, / in /') s"
else not_ok "$services Services come, change and go" "$out"; fi
loads_end "while Services churn"
no_rules() { diff "$T/entries-$1" <(entries "$1"); }
for n in n1 n2; do check "$n: nothing is left of them" eventually 10 no_rules $n; done

# --- a Deployment behind a Service is rolled ---
roll() { # VERSION: an apply that changes what runs
	k apply -f - >/dev/null <<-J
	{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":1}},
	"template":{"metadata":{"labels":{"app":"web"}},"spec":{"terminationGracePeriodSeconds":3,"containers":[{"name":"c","image":"localhost:5000/lab:1.0","imagePullPolicy":"IfNotPresent","command":["echo_tool","server","v$1","9376"],
	"readinessProbe":{"tcpSocket":{"port":9376},"periodSeconds":1,"timeoutSeconds":5}}]}}}}
	J
}
roll 1
lab_service web '"app":"web"' '"type":"NodePort","clusterIP":"10.43.200.99",' | sed 's/"port":80,"targetPort":9376}/"port":80,"nodePort":31800,"targetPort":9376}/' | k create -f - >/dev/null
check "a Deployment of three" k rollout status deploy/web --timeout=60s
web() { at_pod d "$build/tests/integration/echo_tool" tcp 10.43.200.99 80; }
check "its Service answers" eventually 10 web
load_start roll-a pod:a fresh 2 10.43.200.99 80
load_start roll-d pod:d fresh 2 10.43.200.99 80
load_start roll-out out fresh 2 192.168.77.1 31800 192.168.77.2 31800
load_start roll-udp pod:d fresh-udp 1 10.43.200.99 80
loads_ready
for v in $(seq 2 $((rounds > 5 ? 11 : 4))); do
	roll "$v"
	check "version $v is rolled out" k rollout status deploy/web --timeout=90s
done
new_only() { ! at_pod d "$build/tests/integration/echo_tool" tcp 10.43.200.99 80 6 | grep -v "^v$v "; }
check "the old ones are gone" eventually 10 new_only
loads_end "while a Deployment is rolled"
