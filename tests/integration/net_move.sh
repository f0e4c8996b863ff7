#!/bin/bash
# A server and agents whose machines get other addresses while they run: Node, certificates, pod network and Service kubernetes follow; an agent
# that knows the server by a name finds it at its new address. A machine that comes back under another name.
# CALM: it measures how long changes take.
. "$(dirname "$0")/lib.sh"
MINIK=$(realpath "$MINIK")
enter_sandbox "$@"
node_add n1 192.168.77.1
node_add n2 192.168.77.2
node_add n3 192.168.77.3
in_node n1 ip addr add 192.168.77.100/24 dev eth0 # where the agent and kubectl find the server whatever its own address is
: >"$T/n1/config.yaml"; : >"$T/n2/config.yaml"
minik_flags() { echo "--data-dir $T/$1/data --run-dir $T/$1/run --cgroup-root $lib_cgroup-$1 --config $T/$1/config.yaml --node-name $1"; } # without --node-ip
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --tls-san 192.168.77.100 --tls-san server.lab
check "API server" eventually 20 test -s "$T/kubeconfig" || exit 1
# Through its own address on the wire, which does not move.
sed -i 's#server: .*#server: https://192.168.77.100:6443#' "$T/kubeconfig"
eventually 10 test -s "$T/n1/data/server/token"
minik_start n2 agent --server https://192.168.77.100:6443 --token "$(cat "$T/n1/data/server/token")"
: >"$T/n3/config.yaml"
known_as() { echo "$1 server.lab" >"$T/n3/hosts"; }
known_as 192.168.77.1
in_node n3 mount --bind "$T/n3/hosts" /etc/hosts
minik_start n3 agent --server https://server.lab:6443 --token "$(cat "$T/n1/data/server/token")"
ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 3 ]; }
check "three nodes" eventually 20 ready || exit 1
address() { [ "$(k get node "$1" -o jsonpath='{.status.addresses[?(@.type=="InternalIP")].address}')" = "$2" ]; }
public() { [ "$(k get node "$1" -o jsonpath='{.metadata.annotations.flannel\.alpha\.coreos\.com/public-ip}')" = "$2" ]; }
forwards() { in_node "$1" bridge fdb show dev flannel.1 | grep -q "dst $2 "; }
names() { echo | in_node "$1" timeout 5 openssl s_client -connect "$2:10250" 2>/dev/null | openssl x509 -noout -ext subjectAltName | grep -qF "IP Address:$2"; }
within() { # MILLISECONDS NAME COMMAND...
	local most=$1 name=$2 t; shift 2
	until "$@" >/dev/null 2>&1; do
		t=$((($(date +%s%N) - t0) / 1000000))
		[ $t -lt 20000 ] || { not_ok "$name" "not even in $t ms"; return 1; }
		sleep 0.01
	done
	t=$((($(date +%s%N) - t0) / 1000000))
	if [ $t -le $((most * MINIK_PATIENCE)) ]; then ok "$name ($t ms)"; else not_ok "$name" "$t ms, more than $most"; fi
}
check "the overlay is up" eventually 10 forwards n1 192.168.77.2
check "the agent's certificate" eventually 10 names n1 192.168.77.2

status() { in_node "$1" "$MINIK" status --run-dir "$T/$1/run" --config "$T/$1/config.yaml"; }
expect "minik status: the overlay" '^overlay: +vxlan, MTU 1450' status n1
expect "its peer and the round trip" '^peer: +n2, 192.168.77.2, [0-9.]+ ms$' status n1
expect "from the other side" '^peer: +n1, 192.168.77.1, [0-9.]+ ms$' status n2
ip link set w-n2 down
expect "cut off: no answer" '^peer: +n2, 192.168.77.2: no answer$' status n1
ip link set w-n2 up

move() { # NODE OLD NEW
	t0=$(date +%s%N)
	in_node "$1" sh -c "ip addr del $2/24 dev eth0; ip addr add $3/24 dev eth0; ip route replace default via 192.168.77.254 src $3"
}
move n2 192.168.77.2 192.168.77.52
within 1000 "the agent's peers follow" forwards n1 192.168.77.52
within 2000 "its public-ip" public n2 192.168.77.52
within 2000 "its Node" address n2 192.168.77.52
within 3000 "its serving certificate" names n1 192.168.77.52
check "it is Ready" eventually 10 ready
expect "its log says so" 'address 192.168.77.52 instead of 192.168.77.2' cat "$T/n2/agent.log"

t0=$(date +%s%N)
in_node n1 sh -c 'ip addr flush dev eth0 scope global; ip addr add 192.168.77.51/24 dev eth0; ip addr add 192.168.77.100/24 dev eth0; ip route replace default via 192.168.77.254 src 192.168.77.51'
within 1000 "the server's peers follow" forwards n2 192.168.77.51
within 3000 "its Node" address n1 192.168.77.51
within 3000 "its node agent's certificate" names n2 192.168.77.51
kubernetes() { [ "$(k get endpointslice kubernetes -o jsonpath='{.endpoints[*].addresses[*]}')" = 192.168.77.51 ]; }
within 3000 "Service kubernetes" kubernetes
api_names() { echo | in_node n2 timeout 5 openssl s_client -connect 192.168.77.51:6443 2>/dev/null | openssl x509 -noout -ext subjectAltName | grep -qF "IP Address:192.168.77.51"; }
within 3000 "the API server's certificate" api_names
check "all are Ready" eventually 20 ready
# Nothing tells this one: its connections are into the void until its probes find out.
k apply -f - >/dev/null <<Y
{apiVersion: v1, kind: List, items: [
 {apiVersion: v1, kind: Service, metadata: {name: moved}, spec: {clusterIP: 10.43.100.1, ports: [{port: 80}]}},
 {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: moved, labels: {kubernetes.io/service-name: moved}}, addressType: IPv4,
  endpoints: [{addresses: [192.168.77.254]}], ports: [{name: "", port: 80, protocol: TCP}]}]}
Y
t0=$(date +%s%N)
known_as 192.168.77.51
seen() { in_node n3 nft list ruleset | grep -q '10\.43\.100\.1[^0-9]'; }
within 18000 "an agent that knows the server by a name finds it again" seen
forwards3() { forwards n3 192.168.77.51; }
check "... and sends to its new address" eventually 20 forwards3

# --- another name for the same machine, with all that lies on its disk ---
range() { k get node "$1" -o jsonpath='{.spec.podCIDR}'; }
had=$(range n2)
p=$(minik_main_pid n2); kill "$p"; wait "$p" 2>/dev/null
renamed() { in_node n2 timeout 60 "$MINIK" agent $(minik_flags n2 | sed 's/--node-name n2/--node-name n2b/') "$@"; }
expect "under another name it needs a token" '--token or --token-file is needed' renamed --server https://192.168.77.100:6443
expect "while its former Node is there its address is that one's" \
	'this machine was system:node:n2 before.*' renamed --server https://192.168.77.100:6443 --token "$(cat "$T/n1/data/server/token")"
expect "... and it is told" 'minik: joining as this node was refused: address 192.168.77.52 is that of node n2; if that one is gone: kubectl delete node n2' \
	renamed --server https://192.168.77.100:6443 --token "$(cat "$T/n1/data/server/token")"
k delete node n2 >/dev/null
minik_flags() { echo "--data-dir $T/$1/data --run-dir $T/$1/run --cgroup-root $lib_cgroup-$1 --config $T/$1/config.yaml --node-name $1$2"; }
in_node_exec n2 "$MINIK" agent $(minik_flags n2 b) --server https://192.168.77.100:6443 --token "$(cat "$T/n1/data/server/token")" >>"$T/n2/agent.log" 2>&1 &
lib_pids="$lib_pids $!"
minik_flags() { echo "--data-dir $T/$1/data --run-dir $T/$1/run --cgroup-root $lib_cgroup-$1 --config $T/$1/config.yaml --node-name $1"; }
ready_as() { k get node n2b --no-headers | grep -qw Ready; }
check "without its former Node it joins" eventually 30 ready_as
now=$(range n2b)
[ -n "$now" ] && ok "with a range of its own ($now, $had before)" || not_ok "with a range" "none"
routes() { in_node n1 ip route | grep -q "^$now .*flannel.1" && in_node n3 ip route | grep -q "^$now .*flannel.1"; }
check "its peers know that one" eventually 5 routes
bridge() { in_node n2 ip -o addr show | grep -qF " ${now%0/24}" || in_node n2 ip route | grep -q "^$now\|flannel.1"; }
check "and so does itself" eventually 5 bridge
alone() { [ "$(in_node n1 ip route | grep -c "via .* dev flannel.1")" = 2 ]; }
check "nobody sends to the former one" alone
