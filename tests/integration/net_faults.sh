#!/bin/bash
# What the network of a cluster does when something else is broken: a hostile tenant's Services and Nodes, an API server that hangs, dies and comes back, nodes that are cut off from
# the others in both directions and in one. A server and two agents with real pods; clients hold connections and open new ones meanwhile. FAULTS_PARTS="hostile api cut oneway" for some.
# CALM: it measures how long changes take.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_lab.sh"
MINIK=$(realpath "$MINIK")
build=$(dirname "$MINIK")
[ -n "${MINIK_SANDBOX:-}" ] || make -s -C "$build" tests/integration/load_tool tests/integration/echo_tool >&2 || skip_all "its tools do not build"
parts=${FAULTS_PARTS:-hostile api cut oneway}
wants() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
enter_sandbox "$@"
export LOAD_PAUSE=${LOAD_PAUSE:-10000} # a hundred requests a second of each thread show as well what breaks, and leave the cores to what is tested
load=$build/tests/integration/load_tool
echo_=$build/tests/integration/echo_tool
. "$(dirname "$0")/lib_load.sh"

lab_cluster n1 n2 n3 || exit 1
within() { # MILLISECONDS NAME COMMAND...: from t0 on
	local most=$1 name=$2 t; shift 2
	until "$@" >/dev/null 2>&1; do
		t=$((($(date +%s%N) - t0) / 1000000))
		[ $t -lt $((most * MINIK_PATIENCE + 5000)) ] || { not_ok "$name" "not even in $t ms"; return 1; }
		sleep 0.02
	done
	t=$((($(date +%s%N) - t0) / 1000000))
	if [ $t -le $((most * MINIK_PATIENCE)) ]; then ok "$name ($t ms)"; else not_ok "$name" "$t ms, more than $most"; fi
}
names() { cut -d' ' -f1 | sort | uniq -c | awk '{printf "%s%s=%s", sep, $2, $1; sep=" "}'; }
{ lab_pod a n1; lab_pod b n2; lab_pod c n3; } | k apply -f - >/dev/null
lab_service web '"app":"lab"' '"clusterIP":"10.43.200.1",' | k create -f - >/dev/null
check "three pods" k wait --for=condition=Ready pod/a pod/b pod/c --timeout=60s || exit 1
for p in a b c; do eval "ip_$p=$(pod_ip $p)"; done
web() { [ "$(at_pod "$1" "$echo_" tcp 10.43.200.1 80 "$2" | names)" = "$3" ]; }
check "their Service" eventually 10 web b 3 "a=1 b=1 c=1" || exit 1

# --- a hostile tenant ---
if wants hostile; then
	k create ns evil >/dev/null
	whole() { # everything that the tenant has nothing to do with, from both nodes
		local p
		for p in a b c; do
			web $p 3 "a=1 b=1 c=1" && at_pod $p curl -fsSk --max-time 5 https://10.43.0.1/version && at_pod $p curl -fsSk --max-time 5 https://192.168.77.1:6443/version &&
				[ "$(at_pod $p dig +tries=1 +time=2 +short @10.43.0.10 web.default.svc.cluster.local)" = 10.43.200.1 ] || return 1
		done
	}
	check "before: the API server by both addresses, DNS and Services from every node" eventually 10 whole
	entries() { in_node n2 nft -n list map inet minik-proxy svc4 | grep -oE '10\.43\.200\.1 \. [^,}]*[0-9a-f]' | sort; }
	entries >"$T/web-before"
	expect "... its entries" . cat "$T/web-before"
	evil() { k -n evil create -f - >>"$T/evil.log" 2>&1; }
	thief() { # NAME ADDRESS PORT [PROTOCOL]: whoever asks that address shall come to a pod of the tenant's
		evil <<-J
		{"apiVersion":"v1","kind":"Service","metadata":{"name":"$1"},"spec":{"externalIPs":["$2"],"ports":[{"port":$3,"protocol":"${4:-TCP}","targetPort":9376}]}}
		{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"$1","labels":{"kubernetes.io/service-name":"$1"}},"addressType":"IPv4","ports":[{"name":"","port":9376,"protocol":"${4:-TCP}"}],"endpoints":[{"addresses":["$ip_a"]}]}
		J
	}
	thief t1 10.43.0.1 443       # the API server's Service
	thief t2 10.43.0.10 53 UDP   # the cluster DNS
	thief t3 10.43.0.10 53
	thief t4 10.43.200.1 80      # another tenant's Service
	if k get node n1 -o jsonpath='{.metadata.annotations}' | grep -q minik.io/own-ports; then
		thief t5 192.168.77.1 6443   # the API server itself
		thief t6 192.168.77.2 10250  # a node agent
	else
		skip "a Service at an address and port that a node listens on itself" "nodes do not say what they listen on"
	fi
	thief t7 127.0.0.1 80
	thief t8 0.0.0.0 80
	thief t9 255.255.255.255 80
	evil <<-J
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"clusterIP":"None","ports":[{"port":80,"targetPort":9376}]}}
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"web-x","labels":{"kubernetes.io/service-name":"web"}},"addressType":"IPv4","ports":[{"name":"t","port":1,"protocol":"TCP"}],"endpoints":[{"addresses":["198.51.100.1"]}]}
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"kubernetes","labels":{"kubernetes.io/service-name":"kubernetes"}},"addressType":"IPv4","ports":[{"name":"https","port":1,"protocol":"TCP"}],"endpoints":[{"addresses":["198.51.100.1"]}]}
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"loop","labels":{"kubernetes.io/service-name":"t1"}},"addressType":"IPv4","ports":[{"name":"","port":443,"protocol":"TCP"}],"endpoints":[{"addresses":["10.43.0.1"]},{"addresses":["10.43.200.1"]}]}
	J
	# A Service of as many ports as there may be, slices of as many endpoints.
	jq -nc '{apiVersion:"v1",kind:"Service",metadata:{name:"many"},spec:{ports:[range(1;1001)|{name:"p\(.)",port:.}]}}' | evil
	for i in 1 2 3; do
		jq -nc --arg i $i '{apiVersion:"discovery.k8s.io/v1",kind:"EndpointSlice",metadata:{name:"many-\($i)",labels:{"kubernetes.io/service-name":"many"}},addressType:"IPv4",
			ports:[range(1;101)|{name:"p\(.)",port:.,protocol:"TCP"}],endpoints:[range(1;251)|{addresses:["203.0.113.\(.)"]}]}' | evil
	done
	jq -nc '{apiVersion:"discovery.k8s.io/v1",kind:"EndpointSlice",metadata:{name:"other",labels:{"kubernetes.io/service-name":"last"}},addressType:"IPv4",ports:[{name:"t",port:9376,protocol:"TCP"}],endpoints:[{addresses:["127.0.0.1"]}]}' | evil
	expect "an endpoint on the loopback is refused" '127.0.0.1.*may not be in the loopback range' cat "$T/evil.log"
	lab_service last '"app":"lab"' '"clusterIP":"10.43.200.66",' | sed "s/\"app\":\"lab\"/\"none\":\"none\"/" | evil
	last() { in_node "$1" nft -n list map inet minik-proxy svc4 | grep -qF '10.43.200.66 . 6 . 80 '; }
	for n in n1 n2 n3; do check "$n has come to the last of the tenant's Services" eventually 20 last $n; done
	check "hostile Services change nothing beyond themselves" whole
	check "... no entry of others'" diff "$T/web-before" <(entries)
	check "... node agents answer" k logs b
	check "... and the others too" k logs c

	# Nodes: what net_overlay.sh does not have.
	routes() { in_node n1 sh -c 'ip route; bridge fdb show dev flannel.1; ip neigh show dev flannel.1' | grep -E '10\.42|dst|PERMANENT' | sort; }
	routes >"$T/routes"
	P=flannel.alpha.coreos.com
	node() { # NAME CIDR PUBLIC-IP [BACKEND-DATA [OWN-PORTS]]
		jq -nc --arg n "$1" --arg c "$2" --arg ip "$3" --arg d "${4:-{\"VNI\":1,\"VtepMAC\":\"0e:00:00:00:00:77\"\}}" --arg p "$P" --arg own "${5:-}" '{apiVersion:"v1",kind:"Node",metadata:{name:$n,annotations:{"minik.io/own-ports":$own,"\($p)/kube-subnet-manager":"true","\($p)/backend-type":"vxlan",
			"\($p)/public-ip":$ip,"\($p)/backend-data":$d}},spec:{podCIDR:$c,podCIDRs:[$c]}}' | k create -f - 2>&1
	}
	node h1 10.42.101.0/24 0.0.0.0 >/dev/null
	node h2 10.42.102.0/24 127.0.0.1 >/dev/null
	node h3 10.42.103.0/24 255.255.255.255 >/dev/null
	node h4 10.42.104.0/24 ::1 >/dev/null
	node h5 10.42.105.0/24 192.168.77.70 '{"VNI":1,"VtepMAC":"01:00:5e:00:00:01"}' >/dev/null
	node h6 10.42.106.0/24 192.168.77.70 '{"VNI":1,"VtepMAC":"00:00:00:00:00:00"}' >/dev/null
	node h7 10.42.107.0/24 192.168.77.70 '{"VNI":1,"VtepMAC":["x"]' >/dev/null
	node h9 10.42.109.0/24 192.168.77.71 '{"VNI":1,"VtepMAC":"0e:00:00:00:00:71"}' '80/TCP=Ingress,4789/UDP=pod network' >/dev/null
	port() { grep -q 'object="h9".*it uses UDP port 4789, this node 8472; give every node the same --flannel-port' "$T/n1/server.log" && ! in_node n1 ip route | grep -q 10.42.109; }
	check "a node that says another UDP port is refused, and the log says why" eventually 10 port
	head -c 1100000 /dev/zero | tr '\0' x >"$T/mega"
	k annotate node n2 --overwrite "$P/public-ip-overwrite=$(head -c 100000 "$T/mega")" >/dev/null
	jq -nc --rawfile m "$T/mega" '{apiVersion:"v1",kind:"Node",metadata:{name:"h8",annotations:{x:$m}}}' | k create -f - >"$T/mega.out" 2>&1
	expect "a megabyte of annotations is refused" 'Too long: may not be more than 262144 bytes|Request entity too large' cat "$T/mega.out"
	node good 10.42.110.0/24 192.168.77.70 '{"VNI":1,"VtepMAC":"0e:00:00:00:00:70"}' >/dev/null
	check "a good Node after all of them is taken" eventually 10 sh -c "nsenter -t $node_pid_n1 -n ip route | grep -q 10.42.110.0/24"
	check "hostile Nodes change nothing beyond themselves" diff "$T/routes" <(routes | grep -v -e 10.42.110. -e 192.168.77.70)
	k annotate node n2 "$P/public-ip-overwrite-" >/dev/null
	k delete node h1 h2 h3 h4 h5 h6 h7 h9 good >/dev/null
	k delete ns evil --timeout=60s >/dev/null
	check "and Services go on" eventually 5 whole
fi

# --- an API server that does not answer ---
if wants api; then
	load_start hold-b pod:b hold 4 10.43.200.1 81
	load_start hold-c pod:c hold 4 10.43.200.1 81
	load_start fresh-a pod:a fresh 2 10.43.200.1 80
	load_start fresh-b pod:b fresh 2 10.43.200.1 80
	load_start fresh-c pod:c fresh 2 10.43.200.1 80
	load_start fresh-node node:n2 fresh 2 10.43.200.1 80
	check "clients" loads_ready
	server=$(minik_main_pid n1)
	kill -STOP "$server"
	asked=$(date +%s)
	check "the API server hangs" sh -c "! nsenter -t $node_pid_n2 -n curl -sk --max-time 3 https://192.168.77.1:6443/version"
	expect "the agents' DNS answers" '^10.43.200.1$' at_pod b dig +tries=1 +time=2 +short @10.43.0.10 web.default.svc.cluster.local
	agent=$(minik_main_pid n2)
	kill -9 "$agent"; wait "$agent" 2>/dev/null # its lock goes with it
	minik_start n2 agent --server https://192.168.77.1:6443 --token none
	check "Services of a node go on whose agent is killed meanwhile" at_pod b "$echo_" tcp 10.43.200.1 80 6
	expect "10 s and more go by" '^[1-9]' sh -c "until [ \$((\$(date +%s) - $asked)) -ge 10 ]; do sleep 0.2; done; echo 10"
	kill -CONT "$server"
	check "it answers again: nodes are Ready" eventually 20 lab_ready n1 n2 n3
	kill -9 "$server"; wait "$server" 2>/dev/null
	check "the API server dies: connections go on" at_pod c "$echo_" tcp 10.43.200.1 80 6
	minik_start n1 server --write-kubeconfig "$T/kubeconfig2"
	version() { k get --raw /version; }
	check "it is back" eventually 20 version
	check "nodes are Ready" eventually 20 lab_ready n1 n2 n3
	loads_end "while the API server hangs, dies and comes back"
	lab_pod d n2 '"app":"lab"' | k apply -f - >/dev/null
	check "a pod that comes afterwards" k wait --for=condition=Ready pod/d --timeout=60s
	check "... is in its Service on every node" eventually 10 web c 4 "a=1 b=1 c=1 d=1"
	k delete pod d --timeout=30s >/dev/null
	check "... and out of it" eventually 10 web c 3 "a=1 b=1 c=1"
fi

# --- a node that is cut off ---
cut_off() { # in|out|both: nothing from, to, or either way of n3
	nft add table bridge cut
	nft add chain bridge cut f '{ type filter hook forward priority 0; }'
	nft add chain bridge cut i '{ type filter hook input priority 0; }'
	nft add chain bridge cut o '{ type filter hook output priority 0; }'
	[ "$1" = in ] || { nft add rule bridge cut f iifname w-n3 drop; nft add rule bridge cut i iifname w-n3 drop; }
	[ "$1" = out ] || { nft add rule bridge cut f oifname w-n3 drop; nft add rule bridge cut o oifname w-n3 drop; }
}
heal() { nft delete table bridge cut; t0=$(date +%s%N); }
partition() { # out|both WHAT
	local what=$2 e n t t_cut
	k apply -f - >/dev/null <<-J
	{"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"keep"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"keep"}},"template":{"metadata":{"labels":{"app":"keep"}},"spec":{"nodeSelector":{"kubernetes.io/hostname":"n3"},"terminationGracePeriodSeconds":1,
	"containers":[{"name":"c","image":"localhost:5000/lab:1.0","imagePullPolicy":"IfNotPresent","command":["echo_tool","server","keep","9376"]}]}}}}
	J
	lab_pod e n3 '"app":"e"' '"tolerations":[{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":8},{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":8}],' | k apply -f - >/dev/null
	kept() { k get pods -l app=keep -o jsonpath='{range .items[*]}{.metadata.uid} {.status.podIP} {.status.containerStatuses[0].restartCount}{"\n"}{end}' | sort; }
	two_kept() { [ "$(kept | grep -c ' 10\.42\..* 0$')" = 2 ]; }
	check "$what: pods on n3" k wait --for=condition=Ready pod/e --timeout=60s
	eventually 20 two_kept
	kept >"$T/kept"
	load_start hold-b pod:b hold 6 10.43.200.1 81
	LOAD_PATIENCE=2 load_start fresh-b pod:b fresh 2 10.43.200.1 80
	load_start direct pod:b hold 2 "$ip_a" 9377
	loads_ready
	back() { in_node "$1" nft -n list table inet minik-proxy | grep -qE "${ip_c//./\\.}( \. |:)9376"; }
	left() { ! back "$1"; }
	for n in n1 n2; do check "$what: the endpoint is in the rules of $n" eventually 10 back $n; done
	cut_off "$1"; t_cut=$(date +%s)
	not_ready() { k get nodes --no-headers | grep -w n3 | grep -qw NotReady; }
	check "$what: n3 is NotReady after its grace period" eventually 60 not_ready
	t=$(date +%s)
	echo "# $what, NotReady after: $((t - t_cut)) s"
	check "$what: not before 40 s without a sign of life, of which there is one in 10 s" [ $((t - t_cut)) -ge 29 ]
	for n in n1 n2; do check "$what: its endpoint leaves the Service on $n" eventually 10 left $n; done
	e=$(date +%s)
	echo "# $what, the endpoint has left after: $((e - t_cut)) s"
	evicted() { k get pod e -o jsonpath='{.metadata.deletionTimestamp}' | grep -q . || ! k get pod e; }
	check "$what: a pod is put out" eventually 30 evicted
	check "$what: ... when its toleration has ended, not sooner" [ $(($(date +%s) - t)) -ge 7 ]
	expect "$what: pods with the usual toleration stay" '^2$' sh -c "KUBECONFIG=$T/kubeconfig nsenter -t $node_pid_n1 -n $KUBECTL get pods -l app=keep -o jsonpath='{range .items[?(@.metadata.deletionTimestamp==\"\")]}x{end}{range .items[*]}{.metadata.name}:{.metadata.deletionTimestamp}{\"\n\"}{end}' | grep -c ':\$'"
	echo "# endpoint left at $e, healed at $(date +%s)"
	heal
	reaches() { at_pod b "$echo_" tcp "$ip_c" 9376 && at_pod c "$echo_" tcp "$ip_a" 9376; }
	within 1000 "$what, healed: pods reach each other both ways" reaches
	within 45000 "$what: the node is Ready" lab_ready n1 n2 n3
	# The agent hears of it by a watch whose connection was cut: when TCP tries again, or the agent gives it up.
	for n in n1 n2 n3; do check "$what: the Service has its endpoint again on $n" eventually 40 back $n; done
	echo "# $what, the endpoint is back after: $((($(date +%s%N) - t0) / 1000000000)) s"
	gone() { ! k get pod e 2>/dev/null; }
	check "$what: the pod that was put out is gone" eventually 20 gone
	check "$what: no other was lost, made anew or restarted" diff "$T/kept" <(kept)
	ips_once() { ! k get pods -A -o jsonpath='{range .items[*]}{.status.podIP}{"\n"}{end}' | grep . | sort | uniq -d | grep .; }
	check "$what: no address twice" ips_once
	running() { in_node n3 sh -c "ls $T/n3/run/netns | wc -l"; }
	expect "$what: n3 runs what it should" '^3$' running
	# What the clients saw: connections to pods on this side go on; new ones fail only while the endpoint is there.
	local l name
	for l in $loads; do kill_own "${l#*:}"; done
	for l in $loads; do wait "${l#*:}" 2>/dev/null; done
	expect "$what: connections to pods on this side go on" '^0$' sh -c "grep '^failed' '$T/load-hold-b' '$T/load-direct' | grep -vc ' c '; :"
	expect "$what: ... they were held" '^[1-9]' sh -c "grep -h '^held' '$T/load-hold-b' | grep -c -e ' a ' -e ' b '"
	expect "$what: no connection fails that began when the endpoint had left ($(grep -c ^failed "$T/load-fresh-b") of $(sed -n 's/ requests.*//p' "$T/load-fresh-b") before)" '^none$' \
		awk -v from=$((e + 1)) '/^failed/ && $2 > from {print; n++} END {if (!n) print "none"}' "$T/load-fresh-b"
	loads=
	k delete rs keep --timeout=30s >/dev/null
	eventually 20 sh -c "[ \$(ls $T/n3/run/netns | wc -l) = 1 ]" >/dev/null
}
wants cut && partition both "cut off"
wants oneway && partition out "cut off one way"
if wants oneway && [ "${MINIK_SOAK:-0}" = 1 ]; then partition in "cut off the other way"; fi
:
