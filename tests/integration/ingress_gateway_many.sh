#!/bin/bash
# Gateways with an address of their own on three servers that share an etcd, and an agent: one server writes their Services, slices and statuses (Lease
# minik-ingress). It is killed, or frozen and continued, while Gateways come, change and go; servers start together; users edit and delete; a node leaves.
. "$(dirname "$0")/lib.sh"
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
for p in curl jq nginx gcc etcd; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
[ -e "${MINIK_BUILD:-$MINIK_TOP/build}/ingress/minik_module.so" ] || skip_all "this build is without nginx's module"
MINIK=$(realpath "$MINIK")
enter_sandbox "$@"
A=192.168.77.254 # backends' address
gcc -O1 -o "$T/hostnames" "$MINIK_TOP/examples/walkthrough/images/hostnames.c" 2>"$T/cc.log" || { cat "$T/cc.log"; skip_all "no compiler"; }
for b in one:9001 two:9002; do
	"$T/hostnames" --port "${b#*:}" --prefix "${b%:*} " >/dev/null 2>&1 & lib_pids="$lib_pids $!"
done
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/images" >"$T/images.log" 2>&1 || { cat "$T/images.log"; skip_all "images cannot be built"; }
node_add e1 192.168.77.11
for i in 1 2 3; do node_add n$i 192.168.77.$i; done
node_add a1 192.168.77.4 # before all others by its name
node_add client 192.168.77.9
in_node client ip route add 10.43.0.0/16 via 192.168.77.4
in_node_exec e1 etcd --data-dir "$T/e1/data" --listen-client-urls http://192.168.77.11:2379 --advertise-client-urls http://192.168.77.11:2379 \
	--listen-peer-urls http://127.0.0.1:2380 --log-level error >>"$T/e1/etcd.log" 2>&1 &
lib_pids="$lib_pids $!"
healthy() { in_node e1 curl -fsS http://192.168.77.11:2379/health; }
check "etcd" eventually 20 healthy || exit 1

server() { # server NAME: another one of the control plane
	minik_start "$1" server --write-kubeconfig "$T/kubeconfig-$1" --datastore-endpoint http://192.168.77.11:2379 --token secret --disable servicelb
	eval "pid_$1=$minik_pid"
}
ask() { K_NODE=$1; ln -sfn "kubeconfig-$1" "$T/kubeconfig"; } # whom kubectl asks from now on
up() { KUBECONFIG=$T/kubeconfig-$1 in_node "$1" "$KUBECTL" --request-timeout=5s get --raw /readyz; }
end() { # end NAME SIGNAL
	local p; p=$(minik_main_pid "$1")
	kill "-$2" "$p"
	eval "wait \$pid_$1" 2>/dev/null
}
writer() { k get lease minik-ingress -n kube-system -o jsonpath='{.spec.holderIdentity}' | sed 's/_.*//'; }
wrote_by() { case " $2 " in *" $(writer) "*) [ "$(writer)" != "$1" ] ;; *) return 1 ;; esac; } # wrote_by NOT AMONG
serving() { [ "$(k get nodes -o json | jq '[.items[] | select(.metadata.annotations["minik.io/own-ports"] // "" | contains("=Ingress"))] | length')" = "$1" ]; }
backend() { # backend NAME PORT
	k apply -f - >/dev/null <<-X
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"$1"},"spec":{"ports":[{"port":80}]}}
	---
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"$1-a","labels":{"kubernetes.io/service-name":"$1"}},"addressType":"IPv4",
	 "ports":[{"port":$2,"protocol":"TCP"}],"endpoints":[{"addresses":["$A"],"conditions":{"ready":true}}]}
	X
}
gateways() { # gateways REVISION NAME...: revision is a label of the Service, too, and one more port
	local rev=$1 g; shift
	for g; do
		cat <<-X
		{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: $g}, spec: {gatewayClassName: own, infrastructure: {labels: {rev: "$rev"}},
		  listeners: [{name: http, protocol: HTTP, port: 80}, {name: more, protocol: HTTP, port: $((8000 + rev))}]}}
		---
		X
	done | k apply -f - >/dev/null
}
route() { # route GATEWAY BACKEND
	k apply -f - >/dev/null <<-X
	{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: $1}, spec: {parentRefs: [{name: $1}], rules: [{backendRefs: [{name: $2, port: 80}]}]}}
	X
}
address() { k get gateway "$1" -o jsonpath='{.status.addresses[*].value}'; }
port() { k get svc "$1-minik" -o jsonpath="{.spec.ports[?(@.port==${2:-80})].targetPort}"; }
ports() { k get svc -l gateway.networking.k8s.io/gateway-name -o json | jq -r '[.items[] | .metadata.name as $n | .spec.ports[] | "\($n):\(.port)=\(.targetPort)"] | sort | join(" ")'; }
answers() { in_node "$1" curl -s -m 5 "$3" | grep -qE -- "^$2"; } # answers NODE WHAT URL
gone() { ! k get "$@" 2>/dev/null; }
# settled REVISION NAME...: these Gateways there are and no others of that beginning; each has one Service, whose address it has, with its ports and those of nobody else.
settled() {
	local rev=$1; shift
	k get gateways,svc,endpointslices -o json | jq -e --arg rev "$rev" --arg names "$(printf '%s\n' "$@" | sort | tr '\n' ' ')" '
		.items as $all | ([$all[] | select(.kind == "Gateway" and (.metadata.name | startswith("g")))] | sort_by(.metadata.name)) as $g
		| ([$all[] | select(.kind == "Service" and (.metadata.labels["gateway.networking.k8s.io/gateway-name"] // "" | startswith("g")))]) as $s
		| ([$all[] | select(.kind == "Service") | .metadata.labels["gateway.networking.k8s.io/gateway-name"] // empty] | length) as $n
		| ([$all[] | select(.kind == "EndpointSlice" and .metadata.labels["endpointslice.kubernetes.io/managed-by"] == "gateway.minik.io")] | length) as $slices
		| ($names == ([$g[].metadata.name + " "] | add // "")) and ($s | length) == ($g | length) and $slices == $n
		and ([$g[] | .metadata.name as $x | [$s[] | select(.metadata.name == $x + "-minik")][0] as $y
			| $y != null and ([.status.addresses[]?.value] == [$y.spec.clusterIP]) and $y.metadata.labels.rev == $rev
			and ([$y.spec.ports[].port] == [80, 8000 + ($rev | tonumber)]) and .status.conditions[0].observedGeneration == .metadata.generation] | all)
		and ([$s[].spec.ports[].targetPort] | (length == (unique | length)) and all(. >= 29000 and . <= 29999))'
}
shown() { k get gateways,svc,endpointslices -o wide; tail -n 5 "$T"/n?/server.log; }

# --- one server, then two that start together, and an agent ---
server n1; ask n1
check "the first server" eventually 20 up n1 || exit 1
k create configmap gateways -n kube-system --from-literal=service=ClusterIP >/dev/null
classes() { k apply -f - <<'X'
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: own}
spec: {controllerName: minik.io/gateway, parametersRef: {group: "", kind: ConfigMap, namespace: kube-system, name: gateways}}
X
}
check "a class" eventually 20 classes
backend one 9001; backend two 9002
check "it writes" eventually 20 wrote_by - n1
gateways 0 k1 k2; route k1 one; route k2 two
server n2; server n3
minik_start a1 agent --server https://192.168.77.1:6443,https://192.168.77.2:6443,https://192.168.77.3:6443 --token secret; pid_a1=$minik_pid
check "the second" eventually 20 up n2 || exit 1
check "the third" eventually 20 up n3 || exit 1
check "image" eventually 20 in_node a1 "$MINIK" image import "$T"/images/toolbox*.tar --data-dir "$T/a1/data" --run-dir "$T/a1/run"
k apply -f - >/dev/null <<'X'
{apiVersion: v1, kind: Pod, metadata: {name: pod}, spec: {nodeName: a1, terminationGracePeriodSeconds: 0, tolerations: [{operator: Exists}],
  containers: [{name: c, image: "localhost:5000/toolbox:1.0", imagePullPolicy: Never, command: [sleep, "31536007"]}]}}
X
check "four nodes serve" eventually 60 serving 4 || exit 1
everywhere() { local n p q; p=$(port k1) && q=$(port k2) || return 1; for n in 1 2 3 4; do answers client one "http://192.168.77.$n:$p/" && answers client two "http://192.168.77.$n:$q/" || return 1; done; }
check "all of them by the same ports" eventually 20 everywhere
k1=$(address k1) k2=$(address k2) before=$(ports)
check "the first still writes" wrote_by - n1
endpoints() { [ "$(k get endpointslice k1-minik-ipv4 -o json | jq -r '[.endpoints[].nodeName] | sort | join(" ")')" = "$1" ]; }
check "all are endpoints" eventually 20 endpoints "a1 n1 n2 n3"
check "an agent that somebody calls a control plane" k label node a1 node-role.kubernetes.io/control-plane=
gateways 1 g1
check "writes nothing, and keeps nobody from it" eventually 20 settled 1 g1 || shown

# --- all at once ---
for n in n1 n2 n3; do end $n TERM; done
for n in n1 n2 n3; do server $n; done
check "three servers start together" eventually 30 eval 'up n1 && up n2 && up n3'
k delete gateway g1 >/dev/null
gateways 1 g1 g2 g3
check "one of them writes" eventually 30 settled 1 g1 g2 g3 || shown
kept() { [ "$(ports | tr ' ' '\n' | grep '^k')" = "$(tr ' ' '\n' <<<"$before")" ]; }
check "ports are what they were" kept
check "and every node has them" eventually 20 everywhere
expect "addresses, too" "^$k1 $k2\$" eval 'echo "$(address k1) $(address k2)"'

# --- loops of requests to what stays, from here on ---
check "a pod" k wait --for=condition=Ready pod/pod --timeout=40s
in_pod() { nsenter --target "$pod_pid" --net -- "$@"; }
pod_pid=$(pgrep -f "^sleep 31536007" | while read -r p; do ! grep -q "$lib_cgroup-a1" "/proc/$p/cgroup" || echo "$p"; done | head -1)
expect "whose network is its own" '^10\.42\.' in_pod sh -c "ip -4 -o addr show eth0 | sed 's/.*inet //'"
loop() { # loop NODE WHAT ADDRESS
	"${4:-in_node_exec}" "$1" sh -c "while [ ! -e $T/stop ]; do r=\$(curl -sS -m 20 http://$3/ 2>&1); case \$r in $2*) echo good ;; *) echo \"bad: \$r\" ;; esac; sleep 0.05; done" >"$T/loop-$1-$2" 2>&1 &
	loops="${loops:-} $!"; lib_pids="$lib_pids $!"
}
loop a1 one "$k1"; loop client two "$k2"
in_pod_exec() { shift; exec nsenter --target "$pod_pid" --net -- "$@"; }
loop pod one "$k1" in_pod_exec

# --- killed ---
victim=$(writer)
others=$(tr ' ' '\n' <<<"n1 n2 n3" | grep -v "$victim" | tr '\n' ' ')
ask "${others%% *}"
gateways 2 g1 g2 g3 g4 g5 & come=$!
eventually 10 k get gateway g4
end "$victim" KILL
wait $come
k delete gateway g1 g5 >/dev/null
gateways 2 g6
route g2 one # while nobody writes
check "one of the others takes over from one that is killed" eventually 60 wrote_by "$victim" "$others"
check "Gateways that came, changed and went meanwhile" eventually 30 settled 2 g2 g3 g4 g6 || shown
told() { k get httproute g2 -o json | jq -e '[.status.parents[]?.conditions[] | select(.type == "Accepted" and .status == "True")] | length == 1'; }
check "a route that came meanwhile has its status" eventually 20 told
check "and answers" eventually 20 eval 'answers client one "http://$(address g2)/"'
check "ports of the rest are what they were" kept
server "$victim"
check "it comes back" eventually 30 up "$victim"

# --- frozen and continued ---
frozen=$(writer)
others=$(tr ' ' '\n' <<<"n1 n2 n3" | grep -v "$frozen" | tr '\n' ' ')
ask "${others%% *}"
many=$(seq -f 'g%g' 2 9)
gateways 3 $many
check "eight" eventually 30 settled 3 $many || shown
k_exec get svc -w --output-watch-events -o json >"$T/services" 2>&1 & watchers=$!
k_exec get gateways -w --output-watch-events -o json >"$T/statuses" 2>&1 & watchers="$watchers $!"
lib_pids="$lib_pids $watchers"
eventually 10 test -s "$T/services" -a -s "$T/statuses"
gateways 4 $many & come=$!
half() { k get gateway g5 -o jsonpath='{.spec.infrastructure.labels.rev}' | grep -qx 4; }
eventually 10 half
kill -STOP "$(minik_main_pid "$frozen")"
wait $come
check "another takes over from one that is frozen" eventually 60 wrote_by "$frozen" "$others"
check "what it had begun is brought to its end" eventually 30 settled 4 $many || shown
gateways 5 $many
k delete gateway g9 >/dev/null
many=$(seq -f 'g%g' 2 8)
check "and goes on" eventually 30 settled 5 $many || shown
kill -CONT "$(minik_main_pid "$frozen")"
up_again() { KUBECONFIG=$T/kubeconfig-$frozen in_node "$frozen" "$KUBECTL" --request-timeout=5s get lease minik-ingress -n kube-system -o jsonpath='{.spec.holderIdentity}' | grep -q .; }
check "it is continued" eventually 20 up_again
serves_again() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 4 ]; }
check "all are Ready" eventually 60 serves_again
gateways 6 $many
check "and follows" eventually 30 settled 6 $many || shown
# What was newer never becomes older again.
never_back() { # never_back FILE WHAT
	jq -r --slurp '[.[] | select(.type == "MODIFIED") | .object] | group_by(.metadata.uid)[] | .[0].metadata.name as $n
		| [.[] | '"$2"'] as $v | range(1; $v | length) | select($v[.] < $v[. - 1]) | "\($n): \($v[. - 1]) then \($v[.])"' "$T/$1" >"$T/back" 2>&1 && [ ! -s "$T/back" ] && return
	sort "$T/back" | uniq -c; return 1
}
seen() { [ "$(jq -r --slurp '[.[] | .object | select(.metadata.name == "'"$2"'")] | last | '"$3"'' "$T/$1" 2>/dev/null)" = 6 ]; }
check "the watches have seen it all" eventually 20 seen services g8-minik .metadata.labels.rev
kill $watchers; wait $watchers 2>/dev/null
check "no Service is what it was before" never_back services '(.metadata.labels.rev // "0" | tonumber)'
check "no status either" never_back statuses '([.status.conditions[]?.observedGeneration // 0, (.status.listeners[]?.conditions[]?.observedGeneration // 0)] | max)'
check "who was frozen writes no more" wrote_by "$frozen" "$others"
check "ports of the rest are what they were" kept

# --- what users do ---
k delete svc g2-minik >/dev/null
check "a Service that is deleted comes back" eventually 20 settled 6 $many || shown
k patch svc g3-minik --type=merge -p '{"metadata":{"labels":{"rev":"x"}},"spec":{"type":"NodePort","selector":{"app":"x"},"ports":[{"name":"x","port":99,"targetPort":1}]}}' >/dev/null
mended() { k get svc g3-minik -o json | jq -e '.spec.type == "ClusterIP" and (.spec.selector // {}) == {}' && settled 6 $many; }
check "one that is edited is mended" eventually 20 mended || shown
for i in 1 2 3; do k delete gateway g4 --wait=false >/dev/null; gateways 6 g4; done
check "a Gateway that is deleted and made anew at once" eventually 30 settled 6 $many || shown
k delete gateway g5 --wait=false >/dev/null; gateways 6 g5; k delete svc g5-minik --wait=false --ignore-not-found >/dev/null
check "with its Service deleted, too" eventually 30 settled 6 $many || shown

# --- a node leaves ---
: >"$T/stop"
wait $loops 2>/dev/null
for l in a1-one client-two pod-one; do
	expect "requests all the while ($l: $(grep -c good "$T/loop-$l"))" '^0$' grep -c bad "$T/loop-$l" || grep bad "$T/loop-$l" | sort | uniq -c | head -5
done
end a1 KILL
k delete node a1 >/dev/null
check "a node that is taken out of the cluster is no endpoint" eventually 20 endpoints "n1 n2 n3"
slices() { [ -z "$(k get endpointslice -o json | jq -r '.items[].endpoints[]? | select(.nodeName == "a1") | .addresses[0]')" ]; }
check "of any Gateway" eventually 20 slices
in_node client ip route replace 10.43.0.0/16 via 192.168.77.3
check "the others go on" eventually 20 answers client two "http://$k2/"

k delete gateway --all >/dev/null
none() { [ -z "$(k get svc,endpointslice -o name | grep minik)" ]; }
check "nothing is left of Gateways that are deleted" eventually 30 none || k get svc,endpointslice
exit $lib_failed
