#!/bin/bash
# A cluster of machines: three guests with Debian's kernel, a server and two agents that join by token, on one virtual wire. n2 has its Services by IPVS, n1 and n3 by nftables, so
# every question is asked in both modes at once. First all of it over vxlan, then what differs over host-gw and udp; a node's address changes while it runs; Services
# churn; a node's power goes under load and comes back. CLUSTER_PARTS="services policy move churn host-gw udp power" for some.
# ALONE: three machines are emulated on two cores, and it measures how long changes take.
. "$(dirname "$0")/lib.sh"
if [ -z "${IN_NETNS:-}" ] && [ "$(id -u)" = 0 ]; then vm_kernel; IN_NETNS=1 exec unshare --net "$0" "$@"; fi
. "$(dirname "$0")/lib-cluster.sh"
parts=${CLUSTER_PARTS:-services policy move churn host-gw udp power}
wants() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
lab_begin
vm_time begin
lab_root
for i in 1 2 3; do lab_power_on $i; done
vm_time "the machines' disks"
for i in 1 2 3; do check "n$i boots" eventually 60 lab_up $i || exit 1; done
vm_time "boot"

cidrs="--cluster-cidr 10.42.0.0/16,fd42::/56"
common() { # NODE PROXY-MODE; n3 finds its addresses by itself, since one of them changes
	local ip="--node-ip 192.168.77.$1,fd77::$1"
	[ $1 != 3 ] || ip=
	echo "--node-name n$1 $ip $cidrs --flannel-backend vxlan --proxy-mode $2 --disable ingress,local-path"
}
lab_start 1 "minik server $(common 1 auto) --service-node-port-range 1-32767"
got_config() { on 1 'cat /etc/minik/minik.yaml' >"$T/kubeconfig.new" && grep -q client-key "$T/kubeconfig.new" && sed 's#server: .*#server: https://192.168.77.1:6443#' "$T/kubeconfig.new" >"$T/kubeconfig"; }
check "the server starts" eventually 60 got_config || exit 1
token=$(on 1 minik token create --ttl 1h)
for i in 2 3; do
	mode=ipvs; [ $i = 2 ] || mode=nftables
	lab_start $i "minik agent --server https://192.168.77.1:6443 --token $token $(common $i $mode)"
done
all_ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 3 ]; }
check "three nodes, two of which joined by token" eventually 90 all_ready || { k get nodes; exit 1; }
vm_time "minik on three machines"

# --- pods: one a node that serves, one a node to ask from ---
eventually 30 k get sa default >/dev/null
for i in 1 2 3; do lab_pod p$i n$i "\"app\":\"lab\",\"name\":\"p$i\""; done >"$T/pods.json"
sed 's/name: toolbox/name: tools/; s/app: toolbox/app: tools/; s/^spec:/spec:\n  nodeName: n2/; s/image: .*/&\n    imagePullPolicy: IfNotPresent/' "$MINIK_TOP/examples/walkthrough/toolbox.yaml" >"$T/tools.yaml"
k apply -f "$T/pods.json" -f "$T/tools.yaml" >/dev/null
check "pods run on all of them" k wait --for=condition=Ready pod/p1 pod/p2 pod/p3 pod/tools --timeout=$((90 * patience))s || exit 1
for i in 1 2 3; do
	read -r "uid_$i" "ip_$i" "ip6_$i" <<<"$(k get pod p$i -o jsonpath='{.metadata.uid} {.status.podIPs[0].ip} {.status.podIPs[1].ip}')"
	eval "[ -n \"\$ip6_$i\" ]" || not_ok "p$i has two addresses"
done
in_pod() { # I COMMAND: of the node, in the pod's network
	local i=$1 uid; shift
	eval "uid=\$uid_$i"
	on "$i" "nsenter --net=/run/minik/netns/$uid $*"
}
names() { cut -d' ' -f1 | sort | uniq -c | awk '{printf "%s%s=%s", sep, $2, $1; sep=" "}'; }
said() { # COMMAND...: what it printed, whatever its status
	"$@"; :
}
vm_time "pods"

expect "room for connections on a small machine" '^(131072|[1-9][0-9]{5,})$' on 2 cat /proc/sys/net/netfilter/nf_conntrack_max
# every_way WHAT: each pod gets a file as it was sent from each other one, by both families.
on_all() { local i; for i in 1 2 3; do on $i "$@" || return 1; done; }
on_all 'mkdir -p /tmp/www; cd /tmp/www && dd if=/dev/urandom of=file bs=1k count=700 2>/dev/null; md5sum <file >sum'
httpds() { local i uid; for i in 1 2 3; do eval "uid=\$uid_$i"; on $i "nsenter --net=/run/minik/netns/$uid httpd -p 8000 -h /tmp/www"; done; }
httpds
every_way() {
	local i j to
	for i in 1 2 3; do for j in 1 2 3; do
		[ $i != $j ] || continue
		for to in ip_$j ip6_$j; do
			case $to in ip6*) to="[${!to}]" ;; *) to=${!to} ;; esac
			in_pod $i "sh -c '[ \"\$(timeout 20 wget -q -O - http://$to:8000/file | md5sum)\" = \"\$(timeout 20 wget -q -O - http://$to:8000/sum)\" ]'" || { echo "p$i does not get what p$j ($to) has"; return 1; }
		done
	done; done
}
check "vxlan: each pod gets a file from each other, by IPv4 and IPv6" eventually 20 every_way || exit 1
expect "vxlan: the kernel's device, VNI and port, nothing learned" 'vxlan id 1 .*dstport 8472 .*nolearning' on 2 /bin/ip -d link show flannel.1
expect "one forwarding entry for each other node" '^2$' on 2 'bridge fdb show dev flannel.1 | grep -c "dst 192.168.77"'
expect "the self-test finds the card's offloads in order" '"offload": *"works"' on 2 'cat /run/minik/net/state.json'
expect "checksums are left to the device" 'tx-checksum-ip-generic: on' on 2 'ethtool -k flannel.1'
expect "the pods' MTU" ' mtu 1430 ' in_pod 2 /bin/ip -o link show eth0
vm_time "overlay"

within() { # MILLISECONDS NAME COMMAND...: from t0 on
	local most=$1 name=$2 t; shift 2
	until "$@" >/dev/null 2>&1; do
		t=$(($(now_ms) - t0))
		[ $t -lt 30000 ] || { not_ok "$name" "not even in $t ms"; return 1; }
	done
	t=$(($(now_ms) - t0))
	if [ $t -le $((most * patience)) ]; then ok "$name ($t ms)"; else not_ok "$name" "$t ms, more than $most"; fi
}

# --- Services, asked from a pod and a node with IPVS (2), a pod and a node with nftables (3), and from outside ---
ask() { # WHERE PROTOCOL ADDRESS PORT [N]: WHERE is pod2, node2, out ...
	local where=$1; shift
	case $where in
	pod*) said in_pod "${where#pod}" echo_tool "$@" ;;
	node*) said on "${where#node}" echo_tool "$@" ;;
	out) said "$T/lab/lab/bin/echo_tool" "$@" ;;
	esac
}
each() { # NAME WANT WHERES PROTOCOL ADDRESS PORT [N]: the names that answer
	local name=$1 want=$2 w got; shift 2
	local wheres=$1; shift
	for w in $wheres; do
		got=$(ask "$w" "$@" | names)
		[ "$got" = "$want" ] || { not_ok "$name, from $w" "wanted $want, got $got"; return 1; }
	done
	ok "$name ($wheres)"
}
# bulk NAME: two megabytes by SCTP to each pod, from a pod with IPVS and one with nftables. Nodes have several addresses, which SCTP tells its peer, and no address translation knows of.
bulk() {
	local w i got all=
	for w in 2 3; do for i in 1 2 3; do
		got=$(said in_pod $w echo_tool bulk 10.43.100.1 81 2000000)
		case $got in "p"[123]" 2000000 in "*) all="$all, pod$w to $got" ;; *) not_ok "$1, from pod$w" "$got"; return 1 ;; esac
	done; done
	ok "$1 (${all#, })"
}
if wants services; then
	echo "$(lab_service web '"app":"lab"' '"type":"NodePort","clusterIP":"10.43.100.1","externalIPs":["203.0.113.5"],')" | sed 's/"port":80,"targetPort":9376}/"port":80,"nodePort":8080,"targetPort":9376}/; s/"ports":\[/&{"name":"s","protocol":"SCTP","port":80,"nodePort":8080,"targetPort":9376},{"name":"same","protocol":"SCTP","port":9376,"targetPort":9376},{"name":"bulk","protocol":"SCTP","port":81,"targetPort":9377},/' >"$T/services.json"
	lab_service aff '"app":"lab"' '"clusterIP":"10.43.100.2","sessionAffinity":"ClientIP",' >>"$T/services.json"
	lab_service here '"app":"lab"' '"clusterIP":"10.43.100.3","internalTrafficPolicy":"Local",' >>"$T/services.json"
	lab_service lb '"name":"p3"' '"type":"LoadBalancer","clusterIP":"10.43.100.4","externalTrafficPolicy":"Local",' | sed 's/"port":80,"targetPort":9376}/"port":8888,"nodePort":8081,"targetPort":9376}/' >>"$T/services.json"
	lab_service none '"app":"nobody"' '"clusterIP":"10.43.100.5",' >>"$T/services.json"
	lab_service self '"name":"p2"' '"clusterIP":"10.43.100.6",' >>"$T/services.json"
	lab_service self3 '"name":"p3"' '"clusterIP":"10.43.100.7",' >>"$T/services.json"
	check "Services" k create -f "$T/services.json" || exit 1
	ip route add 203.0.113.5 via 192.168.77.2
	answers() { local w; for w in node1 node2 node3; do [ "$(ask $w tcp 10.43.100.7 80 | names)" = p3=1 ] || return 1; done; }
	eventually 30 answers
	all=p1=2\ p2=2\ p3=2 one=p1=1\ p2=1\ p3=1
	each "ClusterIP, round robin" "$all" "pod2 pod3 node2 node3 node1" tcp 10.43.100.1 80 6
	each "UDP" "$one" "pod2 pod3 node2 node3" udp 10.43.100.1 80 3
	# What the kernel's IPVS and vxlan do to each other's SCTP, and what mends it, is in net/sctp_crc.h.
	each "SCTP between nodes, IPVS and nftables over vxlan" "$one" "pod2 node2 pod3 node3" sctp 10.43.100.1 80 3
	each "... port and targetPort the same" "$one" "pod2 node2 pod3 node3" sctp 10.43.100.1 9376 3
	expect "... from pod to pod" '^p3 ' ask pod2 sctp "$ip_3" 9376
	each "... node port 8080 of n2, IPVS" "$one" "pod2 node2 pod3 node3" sctp 192.168.77.2 8080 3
	each "... of n3, nftables" "$one" "pod2 node2 pod3 node3" sctp 192.168.77.3 8080 3
	bulk "... two megabytes in one connection"
	expect "the CRC of what leaves by vxlan is filled in where there is IPVS" 'match 00840000/00ff0000 at 8.*csum \(sctp\)' on 2 "/bin/tc filter show dev flannel.1 egress | xargs"
	expect "... also by IPv6" 'match 00008400/0000ff00 at 4.*csum \(sctp\)' on 2 "/bin/tc filter show dev flannel-v6.1 egress | xargs"
	expect "... and there alone" '^0$' on 3 '/bin/tc qdisc show dev flannel.1 | grep -c clsact; :'
	crc_on_3() { [ "$(on 3 '/bin/tc qdisc show dev flannel.1 | grep -c clsact; :')" = "$1" ]; }
	on 3 'ip link add kube-ipvs0 type dummy'
	check "... it comes with IPVS' device" eventually 5 crc_on_3 1
	on 3 'ip link del kube-ipvs0'
	check "... and goes with it" eventually 5 crc_on_3 0
	each "node port 8080 of n1" "$one" "out pod2 pod3" tcp 192.168.77.1 8080 3
	each "of n2" "$one" "out node2 pod3" tcp 192.168.77.2 8080 3
	each "of n3" "$one" "out node3 pod2" tcp 192.168.77.3 8080 3
	each "external address, by n2" "$one" "out pod3" tcp 203.0.113.5 80 3
	ip route replace 203.0.113.5 via 192.168.77.3
	each "by n3" "$one" "out pod2" tcp 203.0.113.5 80 3
	sticks() { [ "$(ask "$1" tcp 10.43.100.2 80 5 | names | grep -c '^p[123]=5$')" = 1 ]; }
	for w in pod2 pod3; do check "affinity ClientIP ($w)" sticks $w; done
	each "internalTrafficPolicy Local: the node's own" p2=4 "pod2 node2" tcp 10.43.100.3 80 4
	each "... on the other" p3=4 "pod3 node3" tcp 10.43.100.3 80 4
	expect "externalTrafficPolicy Local keeps the client's address" '^p3 192.168.77.254$' ask out tcp 192.168.77.3 8081
	expect "... a node without an endpoint does not answer" 'timeout' ask out tcp 192.168.77.2 8081
	lb_status() { k get svc lb -o jsonpath='{.status.loadBalancer.ingress[*].ip}'; }
	lb_there() { lb_status | grep -qw 192.168.77.3; }
	if eventually 3 lb_there >/dev/null; then lb=192.168.77.3; else
		lb=203.0.113.6
		ip route add $lb via 192.168.77.3
		k patch svc lb --subresource=status --type=merge -p '{"status":{"loadBalancer":{"ingress":[{"ip":"203.0.113.6"}]}}}' >/dev/null
	fi
	balanced() { [ "$(ask out tcp $lb 8888)" = "p3 192.168.77.254" ]; }
	check "the load balancer's address, the client's address kept" eventually 10 balanced
	each "a pod reaches itself by its Service, IPVS" p2=2 pod2 tcp 10.43.100.6 80 2
	each "... nftables" p3=2 pod3 tcp 10.43.100.7 80 2
	each "without endpoints: refused at once" refused=1 "pod2 pod3 node2 node3" tcp 10.43.100.5 80
	on 2 'ipvsadm -ln' >"$T/ipvsadm"
	expect "ipvsadm -ln: the virtual server" '^TCP  10.43.100.1:80 rr' cat "$T/ipvsadm"
	expect "... of the node port" '^TCP  192.168.77.2:8080 rr' cat "$T/ipvsadm"
	expect "... SCTP's" '^SCTP 10.43.100.1:80 rr' cat "$T/ipvsadm"
	expect "... with its three real servers" '^3$' sh -c "sed -n '/^TCP  10.43.100.1:80 /,/^[A-Z]/p' '$T/ipvsadm' | grep -c -- '-> 10.42.[0-9.]*:9376 *Masq *1 '"
	expect "... affinity" '^TCP  10.43.100.2:80 rr persistent 10800' cat "$T/ipvsadm"
	expect "kube-ipvs0 holds the Services' addresses" 'inet 10.43.100.1/32 scope global kube-ipvs0' on 2 /bin/ip addr show kube-ipvs0
	expect "... and is a dummy that is not up" 'NOARP.* state DOWN' on 2 /bin/ip addr show kube-ipvs0
	expect "no IPVS on n3" '^0$' on 3 'ipvsadm -ln | grep -c 10.43; :'
	expect "nftables' table on n3" '10\.43\.100\.1 \. 6 \. 80' on 3 'nft -n list table inet minik-proxy'
	vm_time "Services"

	k exec tools -- nslookup kubernetes.default >"$T/nslookup" 2>&1
	expect "nslookup kubernetes.default: the server is kube-dns, by its name" '^Server: +10\.43\.0\.10 kube-dns\.kube-system\.svc\.cluster\.local$' cat "$T/nslookup"
	expect "... and the API server's address" '^Address: +10\.43\.0\.1$' cat "$T/nslookup"
	expect "a Service's name" '10\.43\.100\.1' k exec tools -- nslookup web
	expect "by HTTP through a name" '^p[123] ' sh -c "'$KUBECTL' exec tools -- sh -c 'nc web 80 </dev/null'"
	expect "from n3's pod, by the cluster DNS address of its own node" '10\.43\.100\.1' in_pod 3 nslookup web.default.svc.cluster.local 10.43.0.10
	vm_time "DNS"
fi

# --- NetworkPolicy between nodes, by agents that speak as themselves ---
tcp_ok() { [ "$(ask "$1" tcp "$2" 9376 | names | cut -d= -f1)" = "$3" ]; }
no_tcp() { [ "$(ask "$1" tcp "$2" 9376 | names)" != "$3=1" ]; }
if wants policy; then
	k create -f - >/dev/null <<-J
	{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"only-p2"},"spec":{"podSelector":{"matchLabels":{"name":"p3"}},"ingress":[{"from":[{"podSelector":{"matchLabels":{"name":"p2"}}}],"ports":[{"port":9376}]}]}}
	J
	check "a policy closes p3 on n3 to p1 on n1" eventually 20 no_tcp pod1 "$ip_3" p3
	check "... by IPv6" eventually 10 no_tcp pod1 "$ip6_3" p3
	check "p2 on n2 may" eventually 10 tcp_ok pod2 "$ip_3" p3
	check "... by IPv6" eventually 10 tcp_ok pod2 "$ip6_3" p3
	check "... through a Service, by IPVS" eventually 10 [ "$(ask pod2 tcp 10.43.100.7 80 | names)" = p3=1 ]
	k label pod p1 name=p2 --overwrite >/dev/null
	check "a label opens it to p1" eventually 20 tcp_ok pod1 "$ip_3" p3
	k label pod p1 name=p1 --overwrite >/dev/null
	k delete networkpolicy only-p2 >/dev/null
	check "without it, all again" eventually 10 tcp_ok pod1 "$ip_3" p3
	vm_time "NetworkPolicy"
fi

# --- a node's address changes while it runs ---
if wants move; then
	move() { # OLD NEW
		t0=$(now_ms)
		# For a moment there is neither address nor default route: the second card's address must not count.
		on 3 "ip addr del $1/24 dev eth0; sleep 0.3; ip addr add $2/24 dev eth0; ip route replace default via 192.168.77.254 src $2"
	}
	forwards() { on $1 "bridge fdb show dev flannel.1 | grep -q 'dst $2 '"; }
	address() { [ "$(k get node n3 -o 'jsonpath={.status.addresses[?(@.type=="InternalIP")].address}' | cut -d' ' -f1)" = "$1" ]; }
	# net_move.sh has it within a second; here the agent's new TLS connections alone take that long, since the machines are emulated.
	move 192.168.77.3 192.168.77.53
	within 4000 "n3 gets another address: n1 follows" forwards 1 192.168.77.53
	within 4000 "... n2 follows" forwards 2 192.168.77.53
	within 4000 "... pods reach each other" tcp_ok pod2 "$ip_3" p3
	within 4000 "... its Node has it" address 192.168.77.53
	check "... it is Ready, and logs come from there" eventually 10 sh -c "'$KUBECTL' logs p3 >/dev/null"
	move 192.168.77.53 192.168.77.3
	within 4000 "and the old one again" forwards 1 192.168.77.3
	within 4000 "... pods reach each other" tcp_ok pod2 "$ip_3" p3
	check "all are Ready" eventually 10 all_ready
	vm_time "another address"
fi

# --- load: clients in pods of the nodes ---
loads=
load_start() { # NAME I ARGUMENTS OF load_tool: in pod I
	local name=$1 i=$2 uid; shift 2
	eval "uid=\$uid_$i"
	on $i "LOAD_PAUSE=${LOAD_PAUSE:-20000} LOAD_PATIENCE=${LOAD_PATIENCE:-$((5 * patience))} setsid nsenter --net=/run/minik/netns/$uid load_tool $* >/tmp/load-$name 2>&1 </dev/null & echo \$! >/tmp/load-$name.pid"
	loads="$loads $i:$name"
}
loads_ready() { local l; for l in $loads; do on ${l%%:*} "grep -q ready /tmp/load-${l#*:}" || return 1; done; }
load_end() { on $1 "p=\$(cat /tmp/load-$2.pid); kill \$p; while [ -d /proc/\$p ]; do usleep 20000; done; cat /tmp/load-$2"; }
loads_end() { # WHILE: ends all; none may have seen a failure
	local l
	for l in $loads; do
		load_end ${l%%:*} ${l#*:} >"$T/load"
		if grep -q ' requests, .*, 0 failed$' "$T/load"; then ok "${l#*:}: nothing fails $1"; echo "# ${l#*:}: $(grep ' requests, ' "$T/load")"; else not_ok "${l#*:}: nothing fails $1" "$(grep -v ^held "$T/load" | tail -20)"; fi
	done
	loads=
}

# --- Services come, change and go under clients ---
if wants churn && command -v python3 >/dev/null; then
	steady=
	live="[[\"$ip_1\",\"n1\"],[\"$ip_2\",\"n2\"],[\"$ip_3\",\"n3\"]]"
	for i in 1 2 3 4; do
		k create -f - >/dev/null <<-J
		{"apiVersion":"v1","kind":"Service","metadata":{"name":"steady-$i"},"spec":{"clusterIP":"10.43.200.$i","ports":$lab_ports}}
		{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"steady-$i","labels":{"kubernetes.io/service-name":"steady-$i"}},"addressType":"IPv4",
		"ports":[{"name":"t","port":9376,"protocol":"TCP"},{"name":"lines","port":9377,"protocol":"TCP"},{"name":"u","port":9376,"protocol":"UDP"}],
		"endpoints":[{"addresses":["$ip_1"],"nodeName":"n1"},{"addresses":["$ip_2"],"nodeName":"n2"},{"addresses":["$ip_3"],"nodeName":"n3"}]}
		J
		steady="$steady${steady:+,}{\"name\":\"steady-$i\",\"live\":$live}"
	done
	eventually 10 [ "$(ask pod2 tcp 10.43.200.4 80 | grep -c p)" = 1 ]
	eventually 10 [ "$(ask pod3 tcp 10.43.200.4 80 | grep -c p)" = 1 ]
	targets="10.43.200.1 PORT 10.43.200.2 PORT 10.43.200.3 PORT 10.43.200.4 PORT"
	for i in 2 3; do
		mode=IPVS; [ $i = 2 ] || mode=nftables
		load_start "hold-$mode" $i hold 3 ${targets//PORT/81}
		load_start "new-$mode" $i fresh 1 ${targets//PORT/80}
		load_start "udp-$mode" $i fresh-udp 1 ${targets//PORT/80}
	done
	check "clients: connections are held, others come and go" eventually 20 loads_ready
	n=$([ "${MINIK_SOAK:-0}" = 1 ] && echo 1000 || echo 100)
	if out=$(python3 "$MINIK_TOP/tests/integration/net_churn.py" "$T/kubeconfig" $n 1 4 "[$steady]" 2>&1); then ok "$n Services come, change and go"; echo "# churn: $out"; else not_ok "$n Services come, change and go" "$out"; fi
	loads_end "while Services churn"
	k delete service,endpointslice steady-1 steady-2 steady-3 steady-4 >/dev/null
	vm_time "churn"
fi

# --- the other backends ---
use_backend() {
	on_all "sed -i 's/--flannel-backend [a-z-]*/--flannel-backend $1/' /lab/command" && for i in 1 2 3; do lab_restart $i; done
	backend_is() { local i; for i in 1 2 3; do on $i "grep -q '\"backend\": *\"$1\"' /run/minik/net/state.json" || return 1; done; }
	check "$1: minik is restarted with it everywhere" eventually 30 backend_is $1
	check "$1: each pod gets a file from each other, by IPv4 and IPv6" eventually 30 every_way
}
if wants host-gw; then
	use_backend host-gw
	expect "host-gw: a route through the node" '^10\.42\.[0-9.]*/24 via 192\.168\.77\.3 dev eth0' on 2 ip route
	expect "no device of vxlan" '^0$' on 2 'ls /sys/class/net | grep -c flannel; :'
	mtu() { in_pod 2 /bin/ip -o link show eth0 | grep -q ' mtu 1500 '; }
	check "the pods have the wire's MTU" eventually 5 mtu
	if wants services; then
		each "host-gw: Services" "$all" "pod2 pod3 node2 node3" tcp 10.43.100.1 80 6
		each "host-gw: SCTP between nodes, IPVS and nftables" "$one" "pod2 pod3 node2 node3" sctp 10.43.100.1 80 3
		bulk "... two megabytes in one connection"
	fi
	vm_time "host-gw"
fi
if wants udp; then
	use_backend udp
	expect "udp: a route by the TUN device" '^10\.42\.[0-9.]*/24 dev flannel0|^10\.42\.0\.0/16 dev flannel0' on 2 ip route
	if wants services; then
		each "udp: Services" "$all" "pod2 pod3 node2 node3" tcp 10.43.100.1 80 6
		each "udp: SCTP between nodes, IPVS and nftables" "$one" "pod2 pod3 node2 node3" sctp 10.43.100.1 80 3
	fi
	vm_time "udp"
fi

# --- a node's power goes under load, and it comes back from its disk ---
if wants power; then
	backend=$(on 1 "sed -n 's/.*--flannel-backend \([a-z-]*\).*/\1/p' /lab/command")
	[ "$backend" = vxlan ] || use_backend vxlan
	wants services || { lab_service web '"app":"lab"' '"clusterIP":"10.43.100.1",' | k create -f - >/dev/null; }
	three() { [ "$(ask pod2 tcp 10.43.100.1 80 3 | names)" = "p1=1 p2=1 p3=1" ]; }
	check "the Service of three pods" eventually 20 three
	identity() { k get node n3 -o jsonpath='{.metadata.uid} {.spec.podCIDRs}'; }
	before=$(identity) cert=$(on 3 'md5sum /var/lib/minik/agent/client.crt')
	on 3 sync
	export LOAD_PATIENCE=2
	load_start held-IPVS 2 hold 6 10.43.100.1 81
	load_start held-nftables 1 hold 6 10.43.100.1 81
	load_start fresh-IPVS 2 fresh 3 10.43.100.1 80
	load_start fresh-nftables 1 fresh 3 10.43.100.1 80
	check "clients on n1 and n2" eventually 20 loads_ready
	lab_power_cut 3
	t0=$(now_ms)
	not_ready() { k get nodes --no-headers | grep -w n3 | grep -qw NotReady; }
	check "n3's power goes: it is NotReady" eventually 60 not_ready
	echo "# NotReady after $((($(now_ms) - t0) / 1000)) s"
	two() { ! k get endpointslices -l kubernetes.io/service-name=web -o jsonpath='{range .items[*].endpoints[?(@.conditions.ready==true)]}{.nodeName}{" "}{end}' | grep -q n3; }
	check "... and its endpoint leaves the Service" eventually 5 two
	without() { on 1 "! nft -n list table inet minik-proxy | grep -qE '${ip_3//./\\.}( \. |:)9376'" && on 2 "! ipvsadm -ln -t 10.43.100.1:80 | grep -F $ip_3: | grep -v 'Masq  *0 '"; }
	check "... on the other nodes" eventually 5 without
	gone_1=$(($(on 1 'date +%s') + 1)) gone_2=$(($(on 2 'date +%s') + 1)) # each machine has a clock of its own
	# A client that retries gets through all the time, and once the endpoint is gone nobody has to.
	t1=$SECONDS
	until [ $((SECONDS - t1)) -ge 5 ]; do ask pod2 tcp 10.43.100.1 80 4 >>"$T/after"; done
	expect "afterwards no request fails" '^p1=[0-9]* p2=[0-9]*$' sh -c "cut -d' ' -f1 '$T/after' | sort | uniq -c | awk '{printf \"%s%s=%s\", sep, \$2, \$1; sep=\" \"}'"
	lab_power_on 3
	for l in $loads; do
		load_end ${l%%:*} ${l#*:} >"$T/load-${l#*:}"
		case $l in
		*:held*) expect "${l#*:}: connections to the other pods go on" '^held ' cat "$T/load-${l#*:}"
			expect "... and only those to the dead pod broke" '^0$' sh -c "grep '^failed' '$T/load-${l#*:}' | grep -vc ' p3 '; :" ;;
		*:fresh*) expect "${l#*:}: who tries again gets through: $(grep -c ^failed "$T/load-${l#*:}") of $(sed -n 's/ requests.*//p' "$T/load-${l#*:}") timed out, none that began when the endpoint had left" '^0$' \
			awk -v t="$(eval "echo \$gone_${l%%:*}")" '/^failed/ && $2 > t {n++} END {print n + 0}' "$T/load-${l#*:}" ;;
		esac
	done
	loads=
	check "n3 boots from its disk" eventually 60 lab_up 3
	check "it is Ready again" eventually 60 all_ready
	expect "the same node: uid, networks" "^${before//[\[\]]/.}$" identity
	expect "... certificate" "${cert%% *}" on 3 'md5sum /var/lib/minik/agent/client.crt'
	check "its pod runs again, none was made anew or lost" k wait --for=condition=Ready pod/p3 --timeout=$((60 * patience))s
	expect "all pods" '^4$' sh -c "'$KUBECTL' get pods --no-headers | grep -c Running"
	ip_3=$(k get pod p3 -o jsonpath='{.status.podIP}')
	expect "no address twice" '^4$' sh -c "'$KUBECTL' get pods -o jsonpath='{range .items[*]}{.status.podIP}{\"\\n\"}{end}' | sort -u | grep -c ."
	check "the Service has three again" eventually 20 three
	vm_time "power cut"
fi
