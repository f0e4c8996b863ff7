#!/bin/bash
# Two servers on one etcd, two agents: an agent that was told of one server learns of the other and keeps it; a server that is killed, cut off
# from its etcd or swallowed by the network is left within seconds, and nothing that happened meanwhile is missed; a server of another CA is refused.
# CALM: it measures how long changes take.
. "$(dirname "$0")/lib.sh"
command -v etcd >/dev/null || skip_all "no etcd (Debian's package etcd-server)"
command -v jq >/dev/null || skip_all "no jq"
MINIK=$(realpath "$MINIK")
enter_sandbox "$@"
node_add e1 192.168.77.11
for n in 1 2 3; do node_add n$n 192.168.77.$n; done
node_add a1 192.168.77.21
node_add a2 192.168.77.22
node_add a3 192.168.77.23
etcd_up() {
	in_node_exec e1 etcd --data-dir "$T/e1/data" --listen-client-urls http://192.168.77.11:2379 --advertise-client-urls http://192.168.77.11:2379 \
		--listen-peer-urls http://127.0.0.1:2380 --log-level error >>"$T/e1/etcd.log" 2>&1 &
	lib_pids="$lib_pids $!"
}
etcd_up
healthy() { in_node e1 curl -fsS http://192.168.77.11:2379/health; }
check "etcd" eventually 20 healthy || exit 1
server() { # server N FLAGS...: a control plane
	local n=$1; shift
	minik_start "n$n" server --write-kubeconfig "$T/kubeconfig-n$n" --disable-agent --datastore-endpoint http://192.168.77.11:2379 --token secret "$@"
	eval "server_pid_$n=$minik_pid"
}
kn() { local n=$1; shift; KUBECONFIG=$T/kubeconfig-n$n in_node "n$n" "$KUBECTL" --request-timeout=20s "$@"; }
up() { kn "$1" get --raw /readyz; }
server 1
check "the first server" eventually 20 up 1 || exit 1
server 2
check "the second" eventually 20 up 2 || exit 1
token=$(cat "$T/n1/data/server/token")
s1=https://192.168.77.1:6443 s2=https://192.168.77.2:6443
both() { [ "$(kn 2 get endpointslice kubernetes -o jsonpath='{.endpoints[*].addresses[*]}')" = "192.168.77.1 192.168.77.2" ]; }
check "Service kubernetes has both" eventually 30 both || exit 1

minik_start a1 agent --server $s1 --token "$token"
minik_start a2 agent --server $s1 --server $s2 --token "$token"
ready() { [ "$(kn "$1" get nodes --no-headers | grep -cw Ready)" = "$2" ]; }
check "two agents" eventually 40 ready 2 2 || exit 1
kept() { [ "$(sort "$T/$1/data/agent/servers" | tr '\n' ' ')" = "$2" ]; }
check "the one that was told of one server has learned of both" eventually 10 kept a1 "$s1 $s2 "
asks() { jq -re .server "$T/$1/run/minik.json" | grep -qx "$2"; }
check "it asks the one that it was told of" asks a1 $s1

# --- what agents see: a Service comes to the rules of each node; made at whichever server is there ---
made=0
service() { # service SERVER: another one; its address in $ip
	made=$((made + 1))
	ip=10.43.100.$made
	kn "$1" apply -f - >/dev/null <<Y
{apiVersion: v1, kind: List, items: [
 {apiVersion: v1, kind: Service, metadata: {name: s$made}, spec: {clusterIP: $ip, ports: [{port: 80, protocol: TCP}]}},
 {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s$made, labels: {kubernetes.io/service-name: s$made}}, addressType: IPv4,
  endpoints: [{addresses: [192.168.77.254]}], ports: [{name: "", port: 80, protocol: TCP}]}]}
Y
}
sees() { in_node "$1" nft list ruleset | grep -qE "(^|[^0-9.])${2//./\\.}([^0-9]|\$)"; }
both_see() { sees a1 "$1" && sees a2 "$1"; }
within() { # MILLISECONDS NAME COMMAND...: since $t0
	local most=$1 name=$2 t; shift 2
	until "$@" >/dev/null 2>&1; do
		t=$((($(date +%s%N) - t0) / 1000000))
		[ $t -lt 40000 ] || { not_ok "$name" "not even in $t ms"; return 1; }
		sleep 0.02
	done
	t=$((($(date +%s%N) - t0) / 1000000))
	if [ $t -le $((most * MINIK_PATIENCE)) ]; then ok "$name ($t ms)"; else not_ok "$name" "$t ms, more than $most"; fi
}
service 2
check "both nodes have a Service" eventually 10 both_see "$ip"

# --- a server is killed ---
for i in 1 2 3 4 5; do service 2; done
kill -9 "$server_pid_1"
wait "$server_pid_1" 2>/dev/null
t0=$(date +%s%N)
service 2
within 2000 "kill -9 of the server that both ask: a Service that comes then is there" both_see "$ip"
for i in 1 2 3 4 5; do service 2; done
for i in 2 4 6; do kn 2 delete service s$i >/dev/null; done
all_there() { local i; for i in $(seq $made); do case " $gone " in *" $i "*) ! both_see_any 10.43.100.$i || return 1 ;; *) both_see 10.43.100.$i || return 1 ;; esac; done; }
both_see_any() { sees a1 "$1" || sees a2 "$1"; }
gone="2 4 6"
check "nothing that happened meanwhile was missed" eventually 5 all_there
check "its record says whom it asks" eventually 5 asks a1 $s2
expect "its log, too" "server $s2 is asked now instead of $s1: " cat "$T/a1/agent.log"
expect "minik status" "^API server: +$s2, ready" in_node a1 "$MINIK" status --run-dir "$T/a1/run" --config "$T/a1/config.yaml"
check "both nodes stay Ready" ready 2 2

# --- an agent that starts while the server that it was told of is dead ---
end() { local p; p=$(minik_main_pid "$1"); kill -9 "$p"; wait "$p" 2>/dev/null; }
end a1
t0=$(date +%s%N)
minik_start a1 agent --server $s1
service 2
within 4000 "it starts by what it kept, and follows" both_see "$ip"

# --- the network swallows a server ---
server 1
check "the first server is back" eventually 20 up 1
check "... among the endpoints" eventually 30 both
check "both are kept again" eventually 10 kept a1 "$s1 $s2 "
ip link set w-n2 down
t0=$(date +%s%N)
service 1
within 6000 "a server whose packets vanish is left" both_see "$ip"
service 1
kn 1 delete service s8 >/dev/null
gone="2 4 6 8"
check "nothing was missed then" eventually 5 all_there
last=$(kn 1 get lease a2 -n kube-node-lease -o jsonpath='{.spec.renewTime}')
renewed() { [ "$(kn 1 get lease a2 -n kube-node-lease -o jsonpath='{.spec.renewTime}')" != "$last" ]; }
check "Leases are renewed" eventually 15 renewed
ip link set w-n2 up
check "the second server is back" eventually 30 up 2

# --- a server that lives and has lost its etcd answers 503 ---
check "both again" eventually 40 both
in_node n1 ip route add blackhole 192.168.77.11/32
t0=$(date +%s%N)
service 2
within 20000 "a server without its datastore is left" both_see "$ip"
in_node n1 ip route del blackhole 192.168.77.11/32

# --- another cluster's server ---
minik_start n3 server --write-kubeconfig "$T/kubeconfig-n3" --disable-agent
check "a server of another cluster" eventually 20 up 3
refused() { # refused WORDS NODE FLAGS...
	local words=$1 n=$2 r; shift 2
	: >"$T/$n/config.yaml"
	in_node "$n" timeout 60 "$MINIK" agent $(minik_flags "$n") "$@" >"$T/refused" 2>&1
	r=$?
	[ $r = 1 ] && grep -qE -- "$words" "$T/refused" && return 0
	echo "status $r"; cat "$T/refused"; return 1
}
check "a new machine does not join it by our token" refused 'is not the server the token is for: the hash of its CA is' a3 --server https://192.168.77.3:6443 --token "$token"
rm -rf "$T/a3/data"
minik_start a3 agent --server https://192.168.77.3:6443,$s2 --token "$token"
three() { ready 2 3; }
check "it joins by the server that is ours" eventually 40 three
end a3
: >"$T/a3/agent.log"
minik_start a3 agent --server https://192.168.77.3:6443 --token "$token"
expect "agents are refused nothing that they ask for" '^0$' sh -c "cat '$T'/a?/agent.log | grep -c 'is forbidden'"
check "it knows the others of our cluster" eventually 20 grep -qE "is asked now instead of https://192.168.77.3:6443|object=\"https://192.168.77.3:6443\" msg=" "$T/a3/agent.log"

# --- a server that is a node as well: the leader's node is not the only one of the control plane ---
end n2
minik_start n2 server --write-kubeconfig "$T/kubeconfig-n2" --disable ingress --datastore-endpoint http://192.168.77.11:2379 --token secret
role() { kn 1 get node n2 -o 'jsonpath={.metadata.labels}' | grep -q 'node-role.kubernetes.io/control-plane'; }
check "its Node has the role" eventually 30 role
