#!/bin/bash
# --flannel-backend none: pods attached by Debian's CNI plug-ins and by bad ones. CNI_PARTS="bridge bad modern nodes kill macvlan" for some.
. "$(dirname "$0")/lib.sh"
MINIK=$(realpath "$MINIK")
plugins=/usr/lib/cni
[ -x $plugins/bridge ] || skip_all "no CNI plug-ins: apt-get install containernetworking-plugins"
enter_sandbox "$@"
parts=${CNI_PARTS:-bridge bad modern nodes kill macvlan}
wants() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
families=10.42.0.0/16,fd42::/56
cni_node() { # NUMBER
	node_add "n$1" "192.168.77.$1"
	in_node "n$1" ip addr add "fd77::$1/64" dev eth0 nodad
	mkdir -p "$T/n$1/bin" "$T/n$1/ipam" "$T/n$1/data/images"
}
minik_flags() {
	local i=${1#n}
	echo "--data-dir $T/$1/data --run-dir $T/$1/run --cgroup-root $lib_cgroup-$1 --config $T/$1/config.yaml --node-name $1 --node-ip 192.168.77.$i,fd77::$i" \
		"--registries $T/$1/registries.yaml --cluster-cidr $families --flannel-backend none --cni-conf-dir $T/$1/net.d --cni-bin-dir $T/$1/bin:$plugins --cni-timeout 3"
}
cni_node 1; cni_node 2
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/n1/data/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
cp "$T"/n1/data/images/*.tar "$T/n2/data/images/"
image=$(sed -n 's/.*image: *//p' "$MINIK_TOP/examples/walkthrough/toolbox.yaml" | head -1)

pod() { # NAME NODE [SPEC-FIELDS [ANNOTATIONS [CONTAINER-FIELDS]]]
	k apply -f - >/dev/null <<-Y
	{"apiVersion":"v1","kind":"Pod","metadata":{"name":"$1","annotations":{${4:-}}},"spec":{"nodeName":"$2","terminationGracePeriodSeconds":0,
	"tolerations":[{"operator":"Exists"}],${3:+$3,}
	"containers":[{"name":"c","image":"$image","imagePullPolicy":"IfNotPresent","command":["sh","-c","while :; do echo it-is-\$HOSTNAME | nc -l -p 8080; done"]${5:+,$5}}]}}
	Y
}
runs() { k wait --for=condition=Ready "pod/$1" --timeout=30s; }
ips() { k get pod "$1" -o jsonpath='{.status.podIPs[*].ip}'; }
pod_condition() { k get pod "$1" -o jsonpath='{range .status.conditions[?(@.type=="PodReadyToStartContainers")]}{.status} {.reason} {.message}{end}'; }
condition() { k get node "$1" -o jsonpath="{.status.conditions[?(@.type==\"$2\")].status} {.status.conditions[?(@.type==\"$2\")].reason} {.status.conditions[?(@.type==\"$2\")].message}"; }
ready() { condition "$1" Ready | grep '^True'; }
leases() { find "$T/$1/ipam" -type f -name '[0-9a-f]*[.:]*' | sort; }
no_leases() { [ -z "$(leases "$1")" ]; }
veths() { in_node "$1" ip -o link show type veth | grep -vc ' eth0@'; }
no_veths() { [ "$(veths "$1")" = 0 ]; }
records() { ls "$T/$1/data/cni" 2>/dev/null; }
gone() { k delete pod "$@" --now --timeout=30s; }
clean() { # NODE NAME: nothing is left of any pod
	check "$2: no lease is left" eventually 10 no_leases "$1"
	check "$2: no veth is left" eventually 10 no_veths "$1"
	check "$2: no record is left" eventually 10 sh -c "[ -z \"\$(ls $T/$1/data/cni 2>/dev/null)\" ]"
}
network() { # NODE FILE JSON: as one who installs it does
	mkdir -p "$T/$1/net.d"
	printf '%s' "$3" >"$T/$1/.new" && mv "$T/$1/.new" "$T/$1/net.d/$2"
}
told() { k get events -A -o jsonpath='{range .items[*]}{.involvedObject.name}: {.reason}: {.message}{"\n"}{end}' | grep -E "^$1: .*$2"; }
ipam() { # NODE SUBNET...: host-local, with routes to everywhere
	local node=$1 ranges= routes=; shift
	for s; do
		ranges="$ranges${ranges:+,}[{\"subnet\":\"$s\"}]"
		case $s in *:*) routes="$routes${routes:+,}{\"dst\":\"::/0\"}" ;; *) routes="$routes${routes:+,}{\"dst\":\"0.0.0.0/0\"}" ;; esac
	done
	echo "{\"type\":\"host-local\",\"dataDir\":\"$T/$node/ipam\",\"ranges\":[$ranges],\"routes\":[$routes]}"
}

# Without a configuration.
minik_start n1 server --write-kubeconfig "$T/kubeconfig"; server_pid=$minik_pid
check "API server" eventually 20 test -s "$T/kubeconfig" || exit 1
registered() { condition n1 Ready | grep KubeletNotReady; }
check "without a configuration the node is not Ready" eventually 20 registered
expect "and says why" 'False KubeletNotReady container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:.*cni config uninitialized: no \*\.conf' condition n1 Ready
eventually 20 k get sa default >/dev/null
cidr4=$(k get node n1 -o jsonpath='{.spec.podCIDRs[0]}') cidr6=$(k get node n1 -o jsonpath='{.spec.podCIDRs[1]}')
pod host n1 '"hostNetwork":true'
check "a pod of the host's network runs" runs host
pod early n1
check "another waits, and is told why" eventually 10 told early 'NetworkNotReady: network is not ready: container runtime network not ready'
# As networks install themselves: a DaemonSet brings plug-in and configuration. Its toleration is the one that those of flannel and Calico have; the rest is the controller's.
conf="{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"plugins\":[{\"type\":\"brought\",\"bridge\":\"cni0\",\"isGateway\":true,\"ipMasq\":true,\"hairpinMode\":true,\"ipam\":$(ipam n1 "$cidr4" "$cidr6")},
	{\"type\":\"portmap\",\"capabilities\":{\"portMappings\":true}},{\"type\":\"bandwidth\",\"capabilities\":{\"bandwidth\":true}}]}"
jq -n --arg conf "$conf" --arg image "$image" --arg dir "$T/n1" --arg plugins $plugins '{apiVersion:"apps/v1",kind:"DaemonSet",metadata:{name:"installer"},spec:{selector:{matchLabels:{app:"installer"}},
	template:{metadata:{labels:{app:"installer"}},spec:{hostNetwork:true,terminationGracePeriodSeconds:0,tolerations:[{operator:"Exists",effect:"NoSchedule"}],
	volumes:[{name:"conf",hostPath:{path:($dir+"/net.d"),type:"DirectoryOrCreate"}},{name:"bin",hostPath:{path:($dir+"/bin")}},{name:"from",hostPath:{path:$plugins}}],
	containers:[{name:"c",image:$image,imagePullPolicy:"IfNotPresent",env:[{name:"CONF",value:$conf}],
	command:["sh","-c","cp /from/bridge /bin-dir/.new && mv /bin-dir/.new /bin-dir/brought && printf %s \"$CONF\" >/conf/.new && mv /conf/.new /conf/10-bridge.conflist && while :; do sleep 3600; done"],
	volumeMounts:[{name:"conf",mountPath:"/conf"},{name:"bin",mountPath:"/bin-dir"},{name:"from",mountPath:"/from"}]}]}}}}' >"$T/installer.json"
expect "the node is tainted" 'node.kubernetes.io/not-ready' k get node n1 -o jsonpath='{.spec.taints[*].key}'
k create -f "$T/installer.json" >/dev/null
eventually 20 test -e "$T/n1/net.d/10-bridge.conflist"
t0=$(date +%s%N)
check "a DaemonSet that brings plug-in and configuration makes it Ready" eventually 5 ready n1
echo "# Ready after the configuration: $((($(date +%s%N) - t0) / 1000000)) ms"
check "and the pod runs" runs early
expect "with the addresses that the plug-in gave" '^10\.42\.[0-9]+\.[0-9]+ fd42:[0-9a-f:]+$' ips early

answers() { [ "$(in_node "$1" busybox nc -w 2 "$2" "$3" </dev/null)" = "it-is-$4" ]; }
if wants bridge; then
	pod a n1 '' '"kubernetes.io/ingress-bandwidth":"20M","kubernetes.io/egress-bandwidth":"10M"' '"ports":[{"containerPort":8080,"hostPort":8099}]'
	check "a pod with a hostPort and limits" runs a
	set -- $(ips a)
	check "it can be reached" eventually 5 answers n1 "$1" 8080 a
	check "by its IPv6 address" eventually 5 answers n1 "$2" 8080 a
	check "by its hostPort, from another machine" eventually 5 answers n2 192.168.77.1 8099 a
	expect "which the plug-in maps" 'dport 8099' in_node n1 iptables -t nat -S
	expect "and the Service proxy does not" '^0$' sh -c "nsenter -t $node_pid_n1 -n nft list table inet minik-proxy | grep -c 8099; :"
	expect "a token bucket for what goes to the pod" 'tbf .* rate 20Mbit' in_node n1 tc qdisc show
	expect "and for what comes from it" 'tbf .* rate 10Mbit' in_node n1 tc qdisc show
	check "loopback is up in the pod" k exec a -- ping -c1 -W1 127.0.0.1
	check "the cluster DNS answers" eventually 10 k exec a -- nslookup kubernetes.default.svc.cluster.local
	expect "its record has the result" '"result":\{.*"ips"' cat "$T"/n1/data/cni/*.json
	check "what plug-ins are there is told" sh -c "nsenter -t $node_pid_n1 -n -m $MINIK check-config server $(minik_flags n1) 2>&1 | grep 'CNI plug-in $plugins/portmap'"

	# Restarts and other configurations: who is attached stays so, and is let go of by what attached him.
	kill -9 "$(minik_main_pid n1)"; wait "$server_pid" 2>/dev/null
	network n1 10-bridge.conflist "{\"cniVersion\":\"0.4.0\",\"name\":\"other\",\"plugins\":[{\"type\":\"ptp\",\"ipMasq\":true,\"ipam\":$(ipam n1 10.99.1.0/24)}]}"
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"; server_pid=$minik_pid
	eventually 20 k get pods >/dev/null
	check "after a kill the pod is still there" eventually 10 answers n2 192.168.77.1 8099 a
	pod b n1 '' '' '"ports":[{"containerPort":8080,"hostPort":8098}]'
	check "a new pod is of the new network" runs b
	expect "which is version 0.4.0 and ptp" '^10\.99\.1\.[0-9]+$' ips b
	check "its hostPort is the proxy's, since no plug-in maps it" eventually 5 answers n2 192.168.77.1 8098 b
	k delete ds installer --timeout=30s >/dev/null
	gone a early >/dev/null
	no_old() { ! find "$T/n1/ipam/net" -type f -name '[0-9a-f]*[.:]*' | grep .; }
	check "pods of the old one give their addresses back" eventually 10 no_old
	expect "and the plug-in's rules are gone" '^0$' sh -c "nsenter -t $node_pid_n1 -n iptables -t nat -S | grep -c 8099; :"
	rm "$T"/n1/net.d/*
	not_ready() { condition n1 Ready | grep '^False.*uninitialized'; }
	check "a configuration that goes makes the node not Ready" eventually 5 not_ready
	gone b >/dev/null
	clean n1 "without a configuration"
fi

# A plug-in that does what its configuration says; what it was called with goes to $T/NODE/called.
helpful() { # NODE NAME VERSIONS
	cat >"$T/$1/bin/.new" <<-P
	#!/bin/sh
	conf=\$(cat); d=$T/$1
	how=\$(printf %s "\$conf" | sed -n 's/.*"how":"\([a-z]*\)".*/\1/p')
	[ "\$CNI_COMMAND" = VERSION ] && { echo '{"cniVersion":"1.0.0","supportedVersions":[$3]}'; exit; }
	echo "\$CNI_COMMAND \$CNI_CONTAINERID \$CNI_IFNAME \$CNI_ARGS \$(printf %s "\$conf" | tr -d '\\n')" >>\$d/called
	fail() { echo "{\"cniVersion\":\"1.0.0\",\"code\":\$1,\"msg\":\"\$2\",\"details\":\"\$3\"}"; exit 1; }
	case \$CNI_COMMAND in
	STATUS) [ ! -e \$d/down ] || fail 50 'no uplink' 'look at the cable'; exit ;;
	DEL) [ ! -e \$d/no-del ] || fail 11 'not now' 'busy'; exit ;;
	CHECK) [ ! -e \$d/no-check ] || fail 100 'it is broken' ''; exit ;;
	ADD) ;;
	*) exit ;;
	esac
	case \$how in
	hang) sleep 98765 ;;
	garbage) printf 'I am { no \033[31mJSON' ;;
	huge) exec yes '{"cniVersion":' ;;
	empty) ;;
	error) fail 42 'no more cables' 'rack 7 is full' ;;
	silent) exit 3 ;;
	noaddress) echo '{"cniVersion":"1.0.0"}' ;;
	hostile) echo '{"cniVersion":"1.0.0","ips":[{"address":"127.0.0.1/8"}]}' ;;
	slow) sleep 2; echo "\$conf" | jq -c .prevResult ;;
	*) echo "\$conf" | jq -c .prevResult ;;
	esac
	P
	chmod +x "$T/$1/bin/.new" && mv "$T/$1/bin/.new" "$T/$1/bin/$2"
}
with() { # NODE HOW [VERSION]: the bridge, and behind it the plug-in above
	network "$1" 10-net.conflist "{\"cniVersion\":\"${3:-1.0.0}\",\"name\":\"net\",\"plugins\":[{\"type\":\"bridge\",\"bridge\":\"cni0\",\"isGateway\":true,
		\"ipam\":$(ipam "$1" "$(k get node "$1" -o jsonpath='{.spec.podCIDRs[0]}')")},{\"type\":\"helpful\",\"how\":\"$2\"}]}"
}

if wants bad; then
	k delete ds installer --ignore-not-found --timeout=30s >/dev/null; rm -f "$T"/n1/net.d/*; gone early --ignore-not-found >/dev/null
	helpful n1 helpful '"0.4.0","1.0.0"'
	bad() { # HOW WHAT-IS-TOLD
		with n1 "$1"; eventually 5 ready n1 >/dev/null
		pod "bad-$1" n1
		check "a plug-in that is $1: the pod is told" eventually 20 told "bad-$1" "FailedCreatePodSandBox.*plug-in helpful \(ADD\)$2"
		gone "bad-$1" >/dev/null || not_ok "bad-$1 goes"
		clean n1 "$1"
	}
	bad hang ' did not end within 3 s and was killed'
	expect "killed with what it has started" '^0$' sh -c "pgrep -fc '^sleep 98765$' ; :"
	bad garbage ': what it printed is not a JSON object: "I am \{ no .\[31mJSON'
	bad huge ' printed more than 1 MiB and was killed'
	bad empty ': it printed no result'
	bad error ' failed with code 42: no more cables; rack 7 is full'
	bad silent ' failed with exit code 3: it did not say why'
	with n1 noaddress; pod bad-noaddress n1
	check "a result without an address: the pod is told" eventually 20 told bad-noaddress 'FailedCreatePodSandBox.*the result has no address for the pod'
	gone bad-noaddress >/dev/null
	with n1 hostile; pod bad-hostile n1
	check "one that no pod can have, too" eventually 20 told bad-hostile 'FailedCreatePodSandBox.*"127.0.0.1/8" is not an address that a pod can have'
	# Mended while the pod waits.
	with n1 good
	check "when the configuration is mended, a waiting pod comes at once" runs bad-hostile
	touch "$T/n1/no-del"
	k delete pod bad-hostile --now --wait=false >/dev/null
	check "a DEL that fails is told" eventually 20 told bad-hostile 'FailedKillPod.*plug-in helpful \(DEL\) failed with code 11: not now; busy'
	check "and what is needed for it is kept" test -s "$(echo "$T"/n1/data/cni/*.json)"
	rm "$T/n1/no-del"
	check "it is tried again" k wait --for=delete pod/bad-hostile --timeout=20s
	clean n1 "after all of them"
	expect "DEL has the result of ADD" '^DEL .*"prevResult":\{.*"address":"10\.42' grep '^DEL' "$T/n1/called"
	expect "and arguments that name the pod" 'ADD [-0-9a-f]{36} eth0 IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=bad-hostile;K8S_POD_INFRA_CONTAINER_ID=[-0-9a-f]{36};K8S_POD_UID=[-0-9a-f]{36}' \
		grep K8S_POD_NAME=bad-hostile "$T/n1/called"
	with n1 good 1.1.0
	pod newer n1
	check "a version that a plug-in does not speak is told" eventually 10 told newer 'plug-in (bridge|helpful) does not speak CNI 1.1.0.*it speaks .*1.0.0'
	gone newer >/dev/null
	network n1 05-bad.conflist '{"cniVersion":"1.0.0","name":"../../etc","plugins":[{"type":"bridge"}]}'
	with n1 good
	check "a file that is not valid is passed over" eventually 5 ready n1
	expect "... which the server logs, once" '^1$' grep -c "CNI configuration: passed over: $T/n1/net.d/05-bad.conflist: name" "$T/n1/server.log"
	expect "and check-config says which" "^warn CNI configuration is passed over: $T/n1/net.d/05-bad.conflist: name \"../../etc\" has characters" \
		sh -c "nsenter -t $node_pid_n1 -n -m $MINIK check-config server $(minik_flags n1) 2>&1; :"
	rm "$T/n1/net.d/05-bad.conflist" "$T/n1/bin/helpful"
	missing() { condition n1 Ready | grep '^False.*plug-in helpful is not in'; }
	check "a plug-in that is removed makes the node not Ready" eventually 5 missing
fi

if wants modern; then
	# 1.1.0: only a plug-in of ours speaks it here.
	helpful n1 modern '"1.0.0","1.1.0"'
	: >"$T/n1/called"; touch "$T/n1/down"; rm -f "$T"/n1/net.d/*
	network n1 20-modern.conflist '{"cniVersion":"1.0.0","cniVersions":["1.1.0","9.0.0"],"name":"modern","plugins":[{"type":"modern"}]}'
	uplink() { condition n1 Ready | grep '^False.*plug-in modern (STATUS) failed with code 50: no uplink; look at the cable'; }
	check "STATUS of 1.1.0 makes the node not Ready" eventually 15 uplink
	rm "$T/n1/down"; network n1 20-modern.conflist '{"cniVersion":"1.0.0","cniVersions":["1.1.0"],"name":"modern","plugins":[{"type":"modern"}]}'
	check "and Ready again" eventually 15 ready n1
	kill -9 "$(minik_main_pid n1)"; wait "$server_pid" 2>/dev/null
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"; server_pid=$minik_pid
	eventually 20 k get pods >/dev/null
	collected() { grep '^GC .*"cniVersion":"1.1.0".*"cni.dev/valid-attachments":\[' "$T/n1/called"; }
	check "GC is called at the start" eventually 15 collected
	rm -f "$T"/n1/net.d/*
fi

if wants nodes || wants kill || wants macvlan; then
	eventually 10 test -s "$T/n1/data/server/token"
	minik_start n2 agent --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")"
	agent_pid=$minik_pid
	known() { k get node n2 -o jsonpath='{.spec.podCIDRs}' | grep fd42; }
	check "a second node" eventually 20 known
fi

if wants nodes; then
	# The same file on both nodes: ranges by the capability, so that they are the nodes' pod CIDRs. Routes are somebody else's: by hand here.
	both='"capabilities":{"ipRanges":true}'
	for i in 1 2; do
		network n$i 10-net.conflist "{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"plugins\":[{\"type\":\"bridge\",\"bridge\":\"cni0\",\"isGateway\":true,$both,
			\"ipam\":{\"type\":\"host-local\",\"dataDir\":\"$T/n$i/ipam\",\"routes\":[{\"dst\":\"0.0.0.0/0\"},{\"dst\":\"::/0\"}]}}]}"
		check "n$i is Ready" eventually 10 ready n$i
	done
	for i in 1 2; do
		set -- $(k get node n$i -o jsonpath='{.spec.podCIDRs[0]} {.spec.podCIDRs[1]}')
		in_node n$((3 - i)) ip route add "$1" via 192.168.77.$i
		in_node n$((3 - i)) ip route add "$2" via fd77::$i
		in_node n$i sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv4.ip_forward=1
	done
	pod x n1; pod y n2
	check "pods on both nodes" k wait --for=condition=Ready pod/x pod/y --timeout=30s
	range=$(k get node n2 -o jsonpath='{.spec.podCIDRs[0]}')
	expect "of the node's own range" "^${range%.0/24}\." ips y
	set -- $(ips y)
	check "pod to pod by IPv4" eventually 5 k exec x -- ping -c1 -W1 "$1"
	check "by IPv6" eventually 5 k exec x -- ping -c1 -W1 "$2"
	k expose pod y --port 80 --target-port 8080 --name y >/dev/null 2>&1 || { k label pod y app=y >/dev/null; k expose pod y --port 80 --target-port 8080 --name y >/dev/null; }
	service() { [ "$(k exec x -- nc -w 2 y 80 </dev/null)" = it-is-y ]; }
	check "by its Service's name" eventually 10 service
	gone x y >/dev/null
	clean n2 "two nodes"
	rm -f "$T"/n1/net.d/*
fi

if wants kill; then
	# kill -9 of the agent while plug-ins are at work, and in the moments after; the pod is deleted meanwhile, or not.
	helpful n2 helpful '"0.4.0","1.0.0"'
	with n2 slow; check "n2 is Ready" eventually 10 ready n2
	slow() { grep -c '^ADD' "$T/n2/called" 2>/dev/null; }
	for round in 1 2 3 4; do
		: >"$T/n2/called"
		pod "k$round" n2
		begun() { [ "$(slow)" -gt 0 ]; }
		eventually 20 begun || not_ok "round $round: ADD begins"
		case $round in 1 | 3) ;; *) sleep "0.$((RANDOM % 10))" ;; esac # anywhere within ADD
		[ $round != 4 ] || eventually 20 sh -c "grep -q '\"result\"' $T/n2/data/cni/*.json"
		kill -9 "$(minik_main_pid n2)"; wait "$agent_pid" 2>/dev/null
		[ $round -lt 3 ] || k delete pod "k$round" --force --grace-period=0 >/dev/null 2>&1
		minik_start n2 agent --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")"
		agent_pid=$minik_pid
		if [ $round -lt 3 ]; then
			check "round $round: the pod comes after the restart" runs "k$round"
			expect "round $round: with one address" '^1$' sh -c "find $T/n2/ipam -type f -name '10.42.*' | wc -l"
			expect "round $round: and one interface" '^1$' sh -c "nsenter -t $node_pid_n2 -n ip -o link show type veth | grep -vc ' eth0@'"
			gone "k$round" >/dev/null
		fi
		clean n2 "killed in ADD, round $round"
	done
	rm -f "$T"/n2/net.d/*
fi

if wants macvlan; then
	for i in 1 2; do
		network n$i 10-net.conf "{\"cniVersion\":\"0.3.1\",\"name\":\"lan\",\"type\":\"macvlan\",\"master\":\"eth0\",
			\"ipam\":{\"type\":\"host-local\",\"dataDir\":\"$T/n$i/ipam\",\"ranges\":[[{\"subnet\":\"192.168.77.0/24\",\"rangeStart\":\"192.168.77.$((i * 16))\",\"rangeEnd\":\"192.168.77.$((i * 16 + 9))\"}]]}}"
		check "n$i is Ready" eventually 10 ready n$i
	done
	pod m n1; pod o n2
	check "pods that are on the wire themselves (macvlan, 0.3.1, one plug-in)" k wait --for=condition=Ready pod/m pod/o --timeout=30s
	check "reach each other" eventually 5 k exec m -- ping -c1 -W1 "$(ips o)"
	gone m o >/dev/null
	clean n2 macvlan
fi

# killall lets go of all, also of what a plug-in is at work on that a killed minik has left.
helpful n1 helpful '"0.4.0","1.0.0"'
rm -f "$T"/n1/net.d/*
: >"$T/n1/called"; with n1 hang; eventually 10 ready n1 >/dev/null
pod stuck n1
eventually 20 grep -q ^ADD "$T/n1/called"
kill -9 "$(minik_main_pid n1)"; wait "$server_pid" 2>/dev/null
check "killall beside a plug-in that hangs" in_node n1 "$MINIK" killall --data-dir "$T/n1/data" --run-dir "$T/n1/run" --cgroup-root "$lib_cgroup-n1" --config "$T/n1/config.yaml"
expect "which is killed" '^0$' sh -c "pgrep -fc '^sleep 98765$' ; :"
clean n1 "killall"
minik_start n1 server --write-kubeconfig "$T/kubeconfig"; server_pid=$minik_pid
eventually 20 k get pods >/dev/null
gone stuck >/dev/null
network n1 10-net.conflist "{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"plugins\":[{\"type\":\"bridge\",\"bridge\":\"cni0\",\"isGateway\":true,\"ipam\":$(ipam n1 "$cidr4")}]}"
pod last n1
check "a last pod" runs last
check "killall" in_node n1 "$MINIK" killall --data-dir "$T/n1/data" --run-dir "$T/n1/run" --cgroup-root "$lib_cgroup-n1" --config "$T/n1/config.yaml"
clean n1 killall
expect "no address is left on lo" '^0$' sh -c "nsenter -t $node_pid_n1 -n ip addr show lo | grep -c 10.42; :"
