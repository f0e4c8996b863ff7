#!/bin/bash
# Ingress on every node: a server and two agents with real nginx. Traffic and TLS at each, changes reach all, one node writes the status, what nodes may
# read, how many connections that takes, agents that are restarted, killed, cut off, chosen by label and without an nginx.
. "$(dirname "$0")/lib.sh"
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
for p in curl jq openssl nginx python3 gcc ss; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
[ -e "${MINIK_BUILD:-$MINIK_TOP/build}/ingress/minik_module.so" ] || skip_all "this build is without nginx's module"
MINIK=$(realpath "$MINIK")
enter_sandbox "$@"
A=192.168.77.254 # backends' address
gcc -O1 -o "$T/hostnames" "$MINIK_TOP/examples/walkthrough/images/hostnames.c" 2>"$T/cc.log" || { cat "$T/cc.log"; skip_all "no compiler"; }
for b in one:9001 two:9002; do
	"$T/hostnames" --port "${b#*:}" --prefix "${b%:*} " >/dev/null 2>&1 & lib_pids="$lib_pids $!"
done
for i in 1 2 3; do node_add n$i 192.168.77.$i; done
in_node n2 ip addr add 192.168.78.2/32 dev lo # what is not the node's address is not told

agent() { # agent NAME FLAGS...
	local n=$1; shift
	minik_start "$n" agent --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")" "$@"
	eval "agent_$n=$minik_pid"
}
minik_start n1 server --write-kubeconfig "$T/kubeconfig"; server=$minik_pid
check "API server" eventually 20 test -s "$T/kubeconfig" || exit 1
eventually 10 test -s "$T/n1/data/server/token"
agent n2
agent n3 --ingress-nodes 'edge!=no'
ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 3 ]; }
check "three nodes" eventually 60 ready || exit 1

get() { # get NODE HOST PATH [FLAGS]: body and status
	local n=$1 host=$2 path=$3; shift 3
	curl -s -m 5 -w '%{http_code}' -H "Host: $host" "$@" "http://192.168.77.${n#n}$path" | tr '\n' ' '
}
answers() { get "$1" "$2" / | grep -qE -- "$3"; }
everywhere() { local n; for n in n1 n2 n3; do answers $n "$1" "$2" || return 1; done; }
service() { echo '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"ports":[{"name":"http","port":80,"targetPort":80}]}}' | k apply -f - >/dev/null; }
slice() { # slice SERVICE PORT
	k apply -f - >/dev/null <<-X
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"$1-a","labels":{"kubernetes.io/service-name":"$1"}},"addressType":"IPv4",
	 "ports":[{"name":"http","port":$2,"protocol":"TCP"}],"endpoints":[{"addresses":["$A"],"conditions":{"ready":true}}]}
	X
}
tls_secret() { # tls_secret NAME HOST
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$2" -addext "subjectAltName=DNS:$2,DNS:*.example" -keyout "$T/k.pem" -out "$T/c.pem" 2>/dev/null
	k create secret tls "$1" --cert "$T/c.pem" --key "$T/k.pem" --dry-run=client -o json 2>/dev/null | k apply -f - >/dev/null
}
subject() { # subject NODE HOST
	openssl s_client -connect "192.168.77.${1#n}:443" -servername "$2" </dev/null 2>/dev/null | openssl x509 -noout -subject -serial | tr '\n' ' '
}
addresses() { k get ing "${1:-shop}" -o json | jq -r '[.status.loadBalancer.ingress[]?.ip] | join(" ")'; }
told() { [ "$(addresses "${2:-shop}")" = "$1" ]; }
own_ports() { k get node "$1" -o 'jsonpath={.metadata.annotations.minik\.io/own-ports}'; }
has_ports() { own_ports "$1" | grep -q '80/TCP=Ingress,443/TCP=Ingress'; }
has_no_ports() { ! own_ports "$1" | grep -q Ingress; }
shown() { in_node n1 "$MINIK" ingress show --kubeconfig "$T/kubeconfig" | grep -qE -- "^$1"; }
# As the node itself.
as_node() { local n=$1; shift; curl -s -m 10 --cacert "$T/n1/data/server/tls/ca.crt" --cert "$T/$n/data/agent/client.crt" --key "$T/$n/data/agent/client.key" "https://192.168.77.1:6443$1"; }
code() { as_node "$1" "$2" | jq -r '.code // 200'; }
connections() { in_node "$1" ss -Htn state established dport = :6443 | wc -l; }

service
slice web 9001
tls_secret shop shop.example
tls_secret private private.example
k create configmap private --from-literal=a=b >/dev/null
k apply -f - >/dev/null <<'X'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "false"}}
spec:
  tls: [{hosts: [shop.example], secretName: shop}]
  rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}}]
X
check "every node serves" eventually 20 everywhere shop.example '^one .*200$' || exit 1
check "and says so by its ports" eventually 10 eval 'has_ports n1 && has_ports n2 && has_ports n3'
check "status lists the three nodes" eventually 10 told "192.168.77.1 192.168.77.2 192.168.77.3" || addresses
for n in n1 n2 n3; do expect "TLS at $n" 'shop.example' subject $n shop.example; done
k create ingress leaves --rule='leaves.example/*=web:80' >/dev/null
check "one that will go has the three nodes" eventually 10 told "192.168.77.1 192.168.77.2 192.168.77.3" leaves
echo '{"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"theirs"},"spec":{"controller":"example.com/other"}}' | k apply -f - >/dev/null
k patch ing leaves -p '{"spec":{"ingressClassName":"theirs"}}' >/dev/null
check "and none when it has gone to another class" eventually 10 told "" leaves
k delete ing leaves >/dev/null
k delete ingressclass theirs >/dev/null
k_exec get ing -w --output-watch-events -o json >"$T/watched" & watcher=$!; lib_pids="$lib_pids $watcher"
eventually 10 test -s "$T/watched"
k create ingress plain --rule='plain.example/*=web:80' >/dev/null
check "another Ingress has the three nodes" eventually 10 told "192.168.77.1 192.168.77.2 192.168.77.3" plain
everywhere plain.example 200
seen() { jq -r 'select(.object.metadata.name == "'"$1"'") | .type' "$T/watched" | tr '\n' ' '; }
k delete ingress plain >/dev/null
check "the watch has seen its end" eventually 10 eval 'seen plain | grep -q DELETED'
expect "its status was written once in all" '^ADDED MODIFIED DELETED $' seen plain
k annotate ing shop a=b >/dev/null
check "and not again for a change" eventually 10 eval 'seen shop | grep -q MODIFIED'
kill $watcher; wait $watcher 2>/dev/null
expect "nobody wrote after it" '^ADDED MODIFIED $' seen shop
events() { k get events -o json | jq -r '[.items[] | select(.involvedObject.name == "shop") | .count // 1] | add // 0'; }
check "it was told once that it is served" [ "$(events)" = 1 ]

# --- changes ---
since=$(date +%s%N)
slice web 9002
check "endpoints change" eventually 5 everywhere shop.example '^two '
took=$((($(date +%s%N) - since) / 1000000))
check "at every node within a second ($took ms)" [ $took -lt $((1000 * MINIK_PATIENCE)) ]
old=$(subject n3 shop.example)
tls_secret shop shop.example
other() { local n; for n in n1 n2 n3; do [ "$(subject $n shop.example)" != "$old" ] && subject $n shop.example | grep -q shop.example || return 1; done; }
check "a new certificate is served at every node" eventually 10 other
k apply -f - >/dev/null <<'X'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: late, annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "false"}}
spec:
  tls: [{hosts: [late.example], secretName: late}]
  rules: [{host: late.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}}]
X
eventually 10 everywhere late.example 200
tls_secret late late.example
late() { local n; for n in n1 n2 n3; do subject $n late.example | grep -q "$1" || return 1; done; }
check "a Secret that comes after its Ingress" eventually 10 late late.example
k delete secret late >/dev/null
check "and one that goes" eventually 10 late 'ingress default'
tls_secret late late.example
check "and comes again" eventually 10 late late.example
k delete ing late >/dev/null; tls_secret late late2.example
k apply -f - >/dev/null <<'X'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: late}
spec:
  tls: [{hosts: [late2.example], secretName: late}]
  rules: [{host: late2.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}}]
X
late2() { local n; for n in n1 n2 n3; do subject $n late2.example | grep -q late2.example || return 1; done; }
check "what changed while nobody referred to it is known" eventually 10 late2

# --- what a node may read ---
expect "a Secret that an Ingress refers to" '^200$' code n2 /api/v1/namespaces/default/secrets/shop
expect "no other" '^403$' code n2 /api/v1/namespaces/default/secrets/private
expect "nor a ConfigMap" '^403$' code n2 /api/v1/namespaces/default/configmaps/private
expect "nor all of them" '^403$' code n2 /api/v1/namespaces/default/secrets
expect "nor by another selector beside it" '^403$' code n2 '/api/v1/secrets?fieldSelector=minik.io/named-by%3Dingress,metadata.name%3Dprivate'
expect "a list of those that are referred to, and of no other" '^late shop$' sh -c "$(declare -f as_node); T=$T; as_node n2 '/api/v1/secrets?fieldSelector=minik.io/named-by%3Dingress' | jq -r '[.items[].metadata.name] | join(\" \")'"

# --- a class' parameters ---
k create configmap added --from-literal=X-All=one >/dev/null
k create configmap settings --from-literal=add-headers=added --from-literal=default-ssl-certificate=default/private --from-literal=proxy-set-headers=kube-system/sent >/dev/null
expect "a ConfigMap that no class names" '^403$' code n2 /api/v1/namespaces/default/configmaps/settings
k patch ingressclass nginx --type=merge -p '{"spec":{"parameters":{"kind":"ConfigMap","scope":"Namespace","namespace":"default","name":"settings"}}}' >/dev/null
added() { local n; for n in n1 n2 n3; do get $n shop.example / -k -L -D - --resolve "shop.example:443:192.168.77.${n#n}" | grep -q "X-All: $1" || return 1; done; }
check "parameters have effect at every node" eventually 10 added one
all_named() { local n; for n in n1 n2 n3; do subject $n nobody.example | grep -q private.example || return 1; done; }
check "and the default certificate that they name" eventually 10 all_named
expect "a node may read what the class names" '^200$' code n2 /api/v1/namespaces/default/configmaps/settings
expect "what that names" '^200$' code n2 /api/v1/namespaces/default/configmaps/added
expect "and its Secret" '^200$' code n2 /api/v1/namespaces/default/secrets/private
expect "nothing of another namespace" '^403$' code n2 /api/v1/namespaces/kube-system/configmaps/sent
k create configmap added --from-literal=X-All=two --dry-run=client -o yaml | k apply -f - >/dev/null 2>&1
check "a change reaches every node" eventually 10 added two
k patch ingressclass nginx --type=json -p '[{"op":"remove","path":"/spec/parameters"}]' >/dev/null
unshown() { local n; for n in n1 n2 n3; do subject $n nobody.example | grep -q 'ingress default' || return 1; done; }
check "without parameters it is as before" eventually 10 unshown
expect "and nodes may read none of it" '^403 403 403$' sh -c "$(declare -f as_node code); T=$T; echo \$(for p in configmaps/settings configmaps/added secrets/private; do code n2 /api/v1/namespaces/default/\$p; done)"

# --- many Secrets ---
few=$(connections n2)
for i in $(seq 60); do
	cat <<-X
	{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/tls","metadata":{"name":"m$i"},"data":{"tls.crt":"$(base64 -w0 <"$T/c.pem")","tls.key":"$(base64 -w0 <"$T/k.pem")"}}
	{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"m$i","annotations":{"nginx.ingress.kubernetes.io/ssl-redirect":"false"}},"spec":{"tls":[{"hosts":["m$i.example"],"secretName":"m$i"}],
	 "rules":[{"host":"m$i.example","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"name":"http"}}}}]}}]}}
	X
done >"$T/many.json"
k apply -f "$T/many.json" >/dev/null
check "60 more Ingresses with a Secret each" eventually 20 everywhere m60.example '^two '
check "their certificates are served" eventually 20 eval 'subject n2 m37.example | grep -q late2.example && subject n3 m59.example | grep -q late2.example'
many=$(connections n2)
check "by no more than a few connections ($few, now $many)" [ "$many" -le $((few + 6)) ]
k delete -f "$T/many.json" >/dev/null

# --- Gateways ---
crds() { k get gatewayclass minik -o 'jsonpath={.status.conditions[0].status}' | grep -q True; }
check "the server makes the GatewayClass" eventually 20 crds
tls_secret gate gate.example
k_exec get gateway -w --output-watch-events -o json >"$T/gateways" 2>/dev/null & watcher=$!; lib_pids="$lib_pids $watcher"
k apply -f - >/dev/null <<'X'
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gate}
spec:
  gatewayClassName: minik
  listeners:
  - {name: http, protocol: HTTP, port: 8081}
  - {name: https, protocol: HTTPS, port: 443, hostname: gate.example, tls: {certificateRefs: [{name: gate}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: gate}
spec:
  parentRefs: [{name: gate}]
  hostnames: [gate.example]
  rules: [{backendRefs: [{name: web, port: 80}]}]
X
gate() { local n; for n in n1 n2 n3; do curl -s -m 5 -H 'Host: gate.example' "http://192.168.77.${n#n}:8081/" | grep -q '^two ' || return 1; done; }
check "a Gateway's own port is every node's" eventually 20 gate
gate_tls() { local n; for n in n1 n2 n3; do subject $n gate.example | grep -q gate.example || return 1; done; }
check "and its certificate" eventually 10 gate_tls
gate_told() { [ "$(k get gateway gate -o json | jq -r '[.status.addresses[]?.value] | join(" ")')" = "192.168.77.1 192.168.77.2 192.168.77.3" ]; }
check "its status lists the three nodes" eventually 10 gate_told
writes=$(jq -r 'select(.object.metadata.name == "gate") | .type' "$T/gateways" | wc -l)
k annotate gateway gate a=b >/dev/null; gate; sleep 1
kill $watcher; wait $watcher 2>/dev/null
check "nobody writes it again" [ "$(jq -r 'select(.object.metadata.name == "gate") | .type' "$T/gateways" | wc -l)" = $((writes + 1)) ]
expect "the node may read what a Gateway refers to" '^200$' code n3 /api/v1/namespaces/default/secrets/gate
k delete gateway gate >/dev/null
closed() { local n; for n in n1 n2 n3; do ! curl -s -m 2 -o /dev/null "http://192.168.77.${n#n}:8081/" || return 1; done; }
check "and no more once it is gone" eventually 10 closed
expect "the Secret, too" '^403$' code n3 /api/v1/namespaces/default/secrets/gate
k delete httproute gate >/dev/null

# --- restarts under load ---
cat >"$T/load.py" <<'P'
import http.client, os, sys, threading
bad, good, lock = {}, {}, threading.Lock()
def run(n):
    c = None
    while not os.path.exists(sys.argv[1]):
        try:
            c = c or http.client.HTTPConnection("192.168.77." + n, timeout=5)
            c.request("GET", "/", headers={"Host": "shop.example"})
            r = c.getresponse(); r.read()
            why = None if r.status == 200 else str(r.status)
        except Exception as e:
            c, why = None, repr(e)
        with lock:
            if why: bad.setdefault(n, []).append(why)
            else: good[n] = good.get(n, 0) + 1
t = [threading.Thread(target=run, args=(n,)) for n in "123" for _ in range(2)]
[x.start() for x in t]; [x.join() for x in t]
for n in "123": print("n" + n, good.get(n, 0), "good", len(bad.get(n, [])), "bad", bad.get(n, [])[:3])
P
python3 "$T/load.py" "$T/stop" >"$T/load" 2>&1 & load=$!; lib_pids="$lib_pids $load"
sleep 1
nginx3=$(cat "$T/n3/run/ingress/own/nginx.pid")
kill "$agent_n3"; wait "$agent_n3" 2>/dev/null
agent n3 --ingress-nodes 'edge!=no'
eventually 20 eval "[ \$(grep -c 'taking over the nginx' '$T/n3/agent.log') -ge 1 ]"
pid=$(minik_main_pid n3); kill -9 "$pid"; wait "$agent_n3" 2>/dev/null
slice web 9001
check "changes reach the others while an agent is dead" eventually 5 eval 'answers n1 shop.example "^one" && answers n2 shop.example "^one"'
check "the dead one's nginx serves what it knew" answers n3 shop.example '^two'
agent n3 --ingress-nodes 'edge!=no'
check "which follows when the agent is back" eventually 20 answers n3 shop.example '^one'
check "nginx was not started anew" [ "$(cat "$T/n3/run/ingress/own/nginx.pid")" = "$nginx3" ]
: >"$T/stop"; wait $load 2>/dev/null
for n in n1 n2 n3; do expect "no request to $n failed" "^$n [0-9]{3,} good 0 bad" cat "$T/load"; done
check "the status stayed as it was" told "192.168.77.1 192.168.77.2 192.168.77.3"

# --- by label ---
k label node n3 edge=no >/dev/null
check "a node that is not chosen any more leaves the status" eventually 10 told "192.168.77.1 192.168.77.2"
check "and its ports" eventually 10 has_no_ports n3
check "show says why it does not serve" eventually 10 shown 'n3 +NOT SERVING +- +192.168.77.3 +its labels do not match --ingress-nodes edge!=no'
check "and serves no more" eventually 10 eval '! curl -s -m 2 -o /dev/null http://192.168.77.3/'
k label node n3 edge- >/dev/null
check "and comes back" eventually 20 answers n3 shop.example '^one'
check "show says that, too" eventually 10 shown 'n3 +serves +80, 443 +192.168.77.3 +-'
expect "show on an agent knows which one it is" '^n2 \(here\) +serves ' in_node n2 "$MINIK" ingress show --run-dir "$T/n2/run" --config "$T/n2/config.yaml"
check "to the status, too" eventually 10 told "192.168.77.1 192.168.77.2 192.168.77.3"

# --- cut off ---
tls=$(subject n2 shop.example)
kill -9 "$(minik_main_pid n1)"; wait "$server" 2>/dev/null
kill "$agent_n2"; wait "$agent_n2" 2>/dev/null
check "without its servers and its agent a node serves on" answers n2 shop.example '^one'
default=$(subject n2 nobody.example)
kill -9 "$(cat "$T/n2/run/ingress/own/nginx.pid")" $(pgrep -P "$(cat "$T/n2/run/ingress/own/nginx.pid")")
agent n2
check "an agent that is started without servers has nginx serve what it knew" eventually 20 answers n2 shop.example '^one' || tail -5 "$T/n2/agent.log"
check "with its certificate" [ "$(subject n2 shop.example)" = "$tls" ]
check "and the default one of before" [ "$(subject n2 nobody.example)" = "$default" ]
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
eventually 20 k get ns default >/dev/null
slice web 9002
check "servers that are back are followed again" eventually 40 everywhere shop.example '^two'

# --- a node that goes ---
kill "$agent_n3"; wait "$agent_n3" 2>/dev/null
in_node n3 "$MINIK" killall $(minik_flags n3 | sed 's/--node-name.*//') >"$T/killall3" 2>&1
check "killall of an agent ends its nginx" eval '! in_node n3 ss -Htln sport = :80 | grep -q .'
k delete node n3 >/dev/null
check "the status loses a node that goes" eventually 10 told "192.168.77.1 192.168.77.2"

# --- without nginx ---
in_node n3 mount --bind /dev/null "$(command -v nginx || echo /usr/sbin/nginx)"
agent n3
check "an agent without an nginx is a node" eventually 30 ready
expect "and says in one line what it lacks" '^1$' sh -c "grep -c 'apt-get install nginx-light' '$T/n3/agent.log'"
check "its ports are not Ingress'" has_no_ports n3
check "show says what it lacks" eventually 10 shown 'n3 +NOT SERVING .*apt-get install nginx-light'
check "the status does not have it" told "192.168.77.1 192.168.77.2"
in_node n3 umount "$(command -v nginx || echo /usr/sbin/nginx)"
check "once there is one it serves" eventually 30 answers n3 shop.example '^two'
check "and the status has it" eventually 10 told "192.168.77.1 192.168.77.2 192.168.77.3"
kill "$agent_n3"; wait "$agent_n3" 2>/dev/null
agent n3 --disable ingress
check "an agent with --disable ingress" eventually 30 eval "'$MINIK' status --run-dir $T/n3/run --config $T/n3/config.yaml | grep -E '^running: ' | grep -qv ingress"
check "show says so" eventually 20 shown 'n3 +NOT SERVING .*--disable ingress'
kill "$agent_n3"; wait "$agent_n3" 2>/dev/null

# --- a server that is no node ---
kill -9 "$(minik_main_pid n1)"; wait 2>/dev/null $!
kill "$agent_n2"; wait "$agent_n2" 2>/dev/null
for n in n1 n2 n3; do in_node $n "$MINIK" killall $(minik_flags $n | sed 's/--node-name.*//') >>"$T/killall3" 2>&1; rm -rf "$T/$n/data"; done
rm -f "$T/kubeconfig"
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent
check "a server with --disable-agent" eventually 20 test -s "$T/kubeconfig"
eventually 10 test -s "$T/n1/data/server/token"
agent n2
one() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 1 ]; }
check "and its agent" eventually 60 one
check "it makes the classes" eventually 20 k get ingressclass nginx
eventually 20 k get ns default >/dev/null
service; slice web 9001
k create ingress shop --rule='shop.example/*=web:80' >/dev/null
check "the agent serves" eventually 20 answers n2 shop.example '^one'
check "and writes the status" eventually 10 told 192.168.77.2
check "the server has no nginx" eval '! in_node n1 ss -Htln sport = :80 | grep -q .'
