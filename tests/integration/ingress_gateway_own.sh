#!/bin/bash
# Gateways with an address of their own (GatewayClass and Gateway parameters: service): a server and an agent with real nginx and the proxy. Equal
# listeners with different routes, ports that clients know, what is written and mended, killed servers, load balancers' addresses, what nodes may read.
. "$(dirname "$0")/lib.sh"
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
for p in curl jq openssl nginx gcc; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
[ -e "${MINIK_BUILD:-$MINIK_TOP/build}/ingress/minik_module.so" ] || skip_all "this build is without nginx's module"
MINIK=$(realpath "$MINIK")
enter_sandbox "$@"
A=192.168.77.254 # backends' address
cat >"$T/echo.py" <<'P'
import http.server, sys, threading
def server(name, port):
    class H(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def do_GET(self):
            body = ("%s port=%s proto=%s\n" % (name, self.headers.get("X-Forwarded-Port"), self.headers.get("X-Forwarded-Proto"))).encode()
            self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
        def log_message(self, *a): pass
    http.server.ThreadingHTTPServer(("0.0.0.0", port), H).serve_forever()
for name, port in zip(sys.argv[1::2], sys.argv[2::2]): threading.Thread(target=server, args=(name, int(port))).start()
P
python3 "$T/echo.py" one 9001 two 9002 & lib_pids="$lib_pids $!"
for i in 1 2; do node_add n$i 192.168.77.$i; done
node_add client 192.168.77.9
in_node client ip route add 10.43.0.0/16 via 192.168.77.1

start() { minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable servicelb; server=$minik_pid; }
start
check "API server" eventually 20 test -s "$T/kubeconfig" || exit 1
eventually 10 test -s "$T/n1/data/server/token"
minik_start n2 agent --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")"
serving() { [ "$(k get nodes -o json | jq '[.items[] | select(.metadata.annotations["minik.io/own-ports"] // "" | contains("=Ingress"))] | length')" = "$1" ]; }
check "two nodes serve" eventually 60 serving 2 || exit 1
accepted() { k get gatewayclass "$1" -o jsonpath='{.status.conditions[?(@.type=="Accepted")].status}' | grep -q True; }
check "GatewayClass minik" eventually 30 accepted minik || exit 1

config() { k create configmap "$1" "--from-literal=service=$2" --dry-run=client -o json | k apply -f - >/dev/null; }
backend() { # backend NAME PORT
	k apply -f - >/dev/null <<-X
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"$1"},"spec":{"ports":[{"port":80}]}}
	---
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"$1-a","labels":{"kubernetes.io/service-name":"$1"}},"addressType":"IPv4",
	 "ports":[{"port":$2,"protocol":"TCP"}],"endpoints":[{"addresses":["$A"],"conditions":{"ready":true}}]}
	X
}
gateway() { # gateway NAME [INFRASTRUCTURE]
	k apply -f - >/dev/null <<-X
	apiVersion: gateway.networking.k8s.io/v1
	kind: Gateway
	metadata: {name: $1}
	spec:
	  gatewayClassName: own
	  infrastructure: {${2:-}}
	  listeners:
	  - {name: http, protocol: HTTP, port: 80}
	  - {name: https, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: cert}]}}
	X
}
route() { # route NAME GATEWAY BACKEND
	k apply -f - >/dev/null <<-X
	apiVersion: gateway.networking.k8s.io/v1
	kind: HTTPRoute
	metadata: {name: $1}
	spec:
	  parentRefs: [{name: $2}]
	  rules:
	  - {matches: [{path: {type: PathPrefix, value: /}}], backendRefs: [{name: $3, port: 80}]}
	  - {matches: [{path: {type: PathPrefix, value: /moved}}], filters: [{type: RequestRedirect, requestRedirect: {hostname: moved.example, statusCode: 301}}]}
	X
}
address() { k get gateway "$1" -o jsonpath='{.status.addresses[*].value}'; }
has_address() { address "$1" | grep -qxE "$2"; }
condition() { k get gateway "$1" -o json | jq -r --arg t "$2" '.status.conditions[] | select(.type == $t) | "\(.status) \(.reason) \(.message)"'; }
cond_is() { condition "$1" "$2" | grep -qE -- "$3"; }
becomes() { if eventually 15 cond_is "$2" "$3" "$4"; then ok "$1"; else not_ok "$1" "$(condition "$2" "$3") instead of $4
$(tail -n 3 "$T/n1/server.log")"; fi; }
get() { in_node client curl -s -m 5 -k "$@" | tr '\n' ' '; }
answers() { get "${@:2}" | grep -qE -- "$1"; }
port() { k get svc "$1-minik" -o jsonpath="{.spec.ports[?(@.port==${2:-80})].targetPort}"; }
slice() { k get endpointslice "$1-minik-ipv4" -o json | jq -r '[([.ports[].port] | map(tostring) | join(",")), ([.endpoints[].addresses[0]] | sort | join(",")), ([.endpoints[].nodeName] | sort | join(","))] | join(" ")'; }
slice_is() { [ "$(slice "$1")" = "$2" ]; }
gone() { ! k get "$@" 2>/dev/null; }
as_node() { curl -s -m 10 -o /dev/null -w '%{http_code}' --cacert "$T/n1/data/server/tls/ca.crt" --cert "$T/n2/data/agent/client.crt" --key "$T/n2/data/agent/client.key" "https://192.168.77.1:6443$1"; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=a.example -addext subjectAltName=DNS:a.example -keyout "$T/k.pem" -out "$T/c.pem" 2>/dev/null
k create secret tls cert --cert "$T/c.pem" --key "$T/k.pem" >/dev/null
backend one 9001; backend two 9002
expect "a node may not read a ConfigMap that no class names" '^403$' as_node /api/v1/namespaces/kube-system/configmaps/gateways
k apply -f - >/dev/null <<'X'
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: own}
spec: {controllerName: minik.io/gateway, parametersRef: {group: "", kind: ConfigMap, namespace: kube-system, name: gateways}}
X
refused() { k get gatewayclass own -o json | jq -r '.status.conditions[] | select(.type == "Accepted") | "\(.reason) \(.message)"' | grep -qF "$1"; }
check "a class whose ConfigMap is missing" eventually 15 refused "InvalidParameters parametersRef: ConfigMap kube-system/gateways does not exist"
k create configmap gateways -n kube-system --from-literal=service=NodePort >/dev/null
check "a value that there is none of" eventually 15 refused "service is NodePort: it must be ClusterIP, LoadBalancer or None"
k create configmap gateways -n kube-system --from-literal=service=ClusterIP --dry-run=client -o json | k apply -f - >/dev/null 2>&1
check "the class is accepted" eventually 15 accepted own
expect "what it can is told" 'GatewayInfrastructurePropagation' k get gatewayclass own -o jsonpath='{.status.supportedFeatures[*].name}'
expect "the node may read what the class names" '^200$' as_node /api/v1/namespaces/kube-system/configmaps/gateways

# --- two of the same listeners ---
gateway a 'labels: {team: a}, annotations: {note: b}'; gateway b
route a a one; route b b two
check "one has an address" eventually 20 has_address a '10\.43\..*'
check "the other, too" eventually 20 has_address b '10\.43\..*'
a=$(address a) b=$(address b)
check "of their own" [ "$a" != "$b" ]
becomes "and are programmed" a Programmed '^True Programmed'
check "one answers by its route" eventually 15 answers '^one ' "http://$a/"
check "the other by its own" eventually 15 answers '^two ' "http://$b/"
expect "the port that clients know is told to backends" 'port=80 proto=http' get "http://$a/"
expect "of TLS, too" 'one port=443 proto=https' get "https://$a/"
expect "a redirect goes to it" '^http://moved.example/moved$' get -o /dev/null -w '%{redirect_url}' "http://$a/moved"
expect "of TLS, too" '^https://moved.example/moved$' get -o /dev/null -w '%{redirect_url}' "https://$a/moved"
check "the nodes' own ports have neither" eventually 5 answers '404' "http://192.168.77.1/"
expect "labels and annotations are the Gateway's" '^a a b$' k get svc a-minik -o jsonpath='{.metadata.labels.team} {.metadata.labels.gateway\.networking\.k8s\.io/gateway-name} {.metadata.annotations.note}'
pa=$(port a) pb=$(port b)
check "their ports at the nodes are two of the range ($pa, $pb)" [ "$pa" -ge 29000 -a "$pa" -le 29999 -a "$pb" -ge 29000 -a "$pb" -le 29999 -a "$pa" != "$pb" ]
both="$pa,$(port a 443) 192.168.77.1,192.168.77.2 n1,n2"
check "both nodes are endpoints" eventually 10 slice_is a "$both" || slice a
expect "the agent serves it" '^one ' get "http://192.168.77.2:$pa/"
check "and the other" eventually 10 answers '^two ' "http://192.168.77.2:$pb/"
shown=$(in_node n1 "$MINIK" ingress show --kubeconfig "$T/kubeconfig")
check "show has the Gateways' addresses" grep -qE "^default/a +http +80 +HTTP +\* +1 +at $a" <<<"$shown" || echo "$shown"
check "and their hosts by the ports that clients know" grep -qE "^\*:80 of default/a .*default/one:80" <<<"$shown" || echo "$shown"
json() { in_node n1 "$MINIK" ingress show --kubeconfig "$T/kubeconfig" -o json | jq -r '"\(.routes[] | select(.gateway == "default/a" and .port == 80 and .path == "/") | .nodePort) \(.gateways[] | select(.gateway == "default/a" and .port == 80) | .addresses[0])"'; }
expect "and in JSON" "^$pa $a\$" json

# --- what is changed by others is mended ---
k delete endpointslice a-minik-ipv4 >/dev/null
check "a slice that was deleted" eventually 10 slice_is a "$both"
k patch svc a-minik --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]' >/dev/null
mended() { local p; p=$(port a) && [ "$p" -ge 29000 ] && answers '^one ' "http://$a/"; }
check "a port that is none of the range" eventually 15 mended
k patch svc a-minik --type=json -p "[{\"op\":\"replace\",\"path\":\"/spec/ports/0/targetPort\",\"value\":$pb}]" >/dev/null
apart() { [ "$(port a)" != "$(port b)" ] && answers '^one ' "http://$a/" && answers '^two ' "http://$b/"; }
check "one that another has" eventually 15 apart
gateway a 'labels: {other: c}'
labels() { [ "$(k get svc a-minik -o jsonpath='{.metadata.labels.team}|{.metadata.labels.other}|{.metadata.annotations.note}')" = "|c|" ]; }
check "labels that the Gateway no longer has go" eventually 10 labels
k patch gateway a --type=json -p '[{"op":"add","path":"/spec/listeners/-","value":{"name":"more","protocol":"HTTP","port":8080}}]' >/dev/null
check "a listener that is added" eventually 15 answers '^one port=8080' "http://$a:8080/"
k patch gateway a --type=json -p '[{"op":"remove","path":"/spec/listeners/2"}]' >/dev/null
check "and one that goes" eventually 15 eval '[ -z "$(port a 8080)" ]'
expect "the address is what it was" "^$a\$" address a
expect "addresses cannot be asked for" 'configured|patched' k patch gateway b --type=merge -p '{"spec":{"addresses":[{"value":"10.43.0.77"}]}}'
becomes "and that is said" b Accepted '^False UnsupportedAddress'
k patch gateway b --type=json -p '[{"op":"remove","path":"/spec/addresses"}]' >/dev/null
check "without it the other has its address again" eventually 15 has_address b "$b"
check "and answers" eventually 10 answers '^two ' "http://$b/"

# --- somebody else's Service ---
k create service clusterip c-minik --tcp=80:1 >/dev/null
uid=$(k get svc c-minik -o jsonpath='{.metadata.uid}')
gateway c
becomes "a Service of that name that is not the Gateway's" c Programmed '^False AddressNotAssigned Service default/c-minik is there and not'
expect "stays as it is" "^$uid 1\$" k get svc c-minik -o jsonpath='{.metadata.uid} {.spec.ports[0].targetPort}'
k delete svc c-minik >/dev/null
check "once it is deleted there is the Gateway's" eventually 15 has_address c '10\.43\..*'
k delete gateway c >/dev/null
check "which goes with its Gateway" eventually 20 gone svc c-minik
check "and its slice" eventually 20 gone endpointslice c-minik-ipv4

# --- killed at any moment ---
for delay in 0 0.02 0.05; do
	main=$(minik_main_pid n1)
	k delete gateway d --ignore-not-found >/dev/null
	eventually 20 gone svc d-minik
	(eventually 20 k get gateway d; sleep $delay; kill -9 "$main") & killer=$!
	gateway d
	wait $killer
	wait "$server" 2>/dev/null
	start
	check "the API server is back" eventually 30 k get --raw /readyz
	check "a server that was killed $delay s after the Gateway came goes on" eventually 30 has_address d '10\.43\..*'
done
route d d one
d=$(address d)
check "with its slice" eventually 30 answers '^one ' "http://$d/"
check "nobody's address has changed" eval 'has_address a "$a" && has_address b "$b"'
check "and all answer" eventually 20 eval 'answers "^one " "http://$a/" && answers "^two " "http://$b/"'

# --- a load balancer's address ---
config balanced LoadBalancer
gateway d 'parametersRef: {group: "", kind: ConfigMap, name: balanced}, annotations: {metallb.io/address-pool: one}'
becomes "without an address yet" d Programmed '^False AddressNotAssigned Service default/d-minik has no address yet'
expect "the Service is one of a load balancer" '^LoadBalancer one$' k get svc d-minik -o jsonpath='{.spec.type} {.metadata.annotations.metallb\.io/address-pool}'
expect "whose controller gives it one" 'patched' k patch svc d-minik --subresource=status --type=merge -p '{"status":{"loadBalancer":{"ingress":[{"ip":"192.168.77.200"},{"hostname":"lb.example"}]}}}'
check "which the Gateway then has" eventually 15 has_address d '192.168.77.200 lb.example'
becomes "and is programmed" d Programmed '^True Programmed'
expect "the agent may read the Gateway's own parameters" '^200$' as_node /api/v1/namespaces/default/configmaps/balanced
in_node client ip route add 192.168.77.200 via 192.168.77.2
check "it answers there" eventually 15 answers '^one port=80' "http://192.168.77.200/"

# --- back to the nodes' addresses ---
config balanced None
check "without a Service" eventually 20 has_address d '192.168.77.1 192.168.77.2'
check "which is deleted" eventually 20 gone svc d-minik
check "the nodes' ports have its routes" eventually 15 answers '^one port=80' "http://192.168.77.2/"
k create configmap balanced --from-literal=service=ClusterIP --from-literal=x=y --dry-run=client -o json | k apply -f - >/dev/null
becomes "a key that is not known" d Accepted '^False InvalidParameters infrastructure.parametersRef: ConfigMap default/balanced: key x is not known'
config balanced ClusterIP
check "and a Service again" eventually 20 has_address d '10\.43\..*'
check "that answers" eventually 20 eval 'answers "^one " "http://$(address d)/"'

k delete gateway a b d >/dev/null
none() { [ -z "$(k get svc,endpointslice -o name | grep minik)" ]; }
check "nothing is left of them" eventually 20 none || k get svc,endpointslice
quiet() { ! in_node n2 ss -Htln | grep -qE ':29[0-9]{3} '; }
check "nobody listens any longer" eventually 20 quiet
exit $lib_failed
