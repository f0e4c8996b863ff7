#!/bin/bash
# NetworkPolicy with real packets: two nodes on one wire, net alone on each against minik's API server. Pods are namespaces attached by podnet under the uid of their
# Pod; Nodes, Pods and policies are written by kubectl. Usage: net_policy.sh [BUILD_DIR], or MINIK_BUILD. Exit 77: cannot run here.
set -eu
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
kubectl=${KUBECTL:-kubectl}
for t in "$kubectl" jq nft; do command -v "$t" >/dev/null || { echo "needs $t" >&2; exit 77; }; done
if [ -z "${IN_NETNS:-}" ]; then
	[ -x "$build/minik" ] || make -s -C "$build" minik >&2
	make -s -C "$build" tests/integration/podnet_tool tests/integration/echo_tool >&2
	IN_NETNS=1 exec unshare -n -m "$0" "$build"
fi
minik=$build/minik
podnet=$build/tests/integration/podnet_tool
echo_=$build/tests/integration/echo_tool
. "$(dirname "$0")/lib_pids.sh"
dir=$(mktemp -d)
pids=
failed=0
cleanup() {
	local s=$?
	kill_own $pids
	wait 2>/dev/null || :
	if grep -q 'Sanitizer\|runtime error' "$dir"/*.log; then
		echo "not ok sanitizers: $(grep -h -m1 'Sanitizer\|runtime error' "$dir"/*.log | head -1)"; failed=1; s=1
	fi
	if [ $s != 0 ] || [ $failed != 0 ]; then tail -n 30 "$dir"/*.log >&2; s=1; fi
	umount "$dir"/ns/* "$dir/ns" 2>/dev/null || :
	rm -rf "$dir"
	exit $s
}
trap cleanup EXIT
check() { if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1: expected '$2', got '$3'"; failed=1; fi }
until_ok() { # SECONDS COMMAND...
	local end=$((SECONDS + $1 * ${MINIK_PATIENCE:-1})); shift
	while ! "$@" >/dev/null 2>&1; do [ $SECONDS -lt $end ] || return 1; sleep 0.02; done
}
mkdir "$dir/ns"; mount -t tmpfs none "$dir/ns"
new() { : > "$dir/ns/$1"; unshare --net="$dir/ns/$1" ip link set lo up; }
at() { local n=$1; shift; nsenter --net="$dir/ns/$n" "$@"; }
bg() { local n=$1; shift; exec nsenter --net="$dir/ns/$n" "$@"; } # with &, so that $! is the program

ip link set lo up
ip link add br0 type bridge; ip link set br0 up
ip addr add 192.0.2.1/24 dev br0; ip addr add 192.0.2.129/24 dev br0
ip -6 addr add 2001:db8::1/64 dev br0 nodad
for i in 1 2; do
	new node$i
	ip link add up$i type veth peer name eth0 netns "$dir/ns/node$i"
	ip link set up$i master br0; ip link set up$i up
	at node$i ip addr add 192.0.2.1$i/24 dev eth0; at node$i ip -6 addr add 2001:db8::1$i/64 dev eth0 nodad; at node$i ip link set eth0 up
	at node$i ip route add default via 192.0.2.1
	ip route add 10.42.$i.0/24 via 192.0.2.1$i; ip -6 route add fd42:$i::/64 via 2001:db8::1$i
done
bg node1 "$minik" apiserver --data-dir "$dir/data" --run-dir "$dir/run" --write-kubeconfig "$dir/kubeconfig" --advertise-address 192.0.2.11 \
	> "$dir/apiserver.log" 2>&1 & pids="$pids $!"
until_ok 20 test -s "$dir/kubeconfig" || { echo "not ok the API server does not start"; exit 1; }
sed -i 's#server: .*#server: https://192.0.2.11:6443#' "$dir/kubeconfig"
export KUBECONFIG=$dir/kubeconfig
k() { "$kubectl" "$@"; }
until_ok 20 k get --raw /readyz || { echo "not ok the API server is not ready"; exit 1; }
for ns in default x y; do k create ns $ns >/dev/null 2>&1 || k get ns $ns >/dev/null; k -n $ns create serviceaccount default >/dev/null 2>&1 || :; done
k label ns y team=blue >/dev/null

net_start() { # I
	bg node$1 "$minik" net --kubeconfig "$KUBECONFIG" --node-name node$1 --run-dir "$dir/run$1" --data-dir "$dir/data$1" --cluster-cidr 10.42.0.0/16,fd42::/16 \
		--flannel-backend host-gw >> "$dir/net$1.log" 2>&1 & eval "net$1=$!"; pids="$pids $!"
}
for i in 1 2; do
	echo '{"apiVersion":"v1","kind":"Node","metadata":{"name":"node'$i'"},"spec":{"podCIDR":"10.42.'$i'.0/24","podCIDRs":["10.42.'$i'.0/24","fd42:'$i'::/64"]}}' |
		k create -f - >/dev/null
	k patch node node$i --subresource=status --type=merge -p '{"status":{"addresses":[{"type":"InternalIP","address":"192.0.2.1'$i'"},{"type":"InternalIP","address":"2001:db8::1'$i'"}]}}' >/dev/null
	net_start $i
done
for i in 1 2; do until_ok 10 at node$i ip link show cni0 || { echo "not ok node$i has no bridge"; exit 1; }; done

# pod NS NAME NODE LABELS: a Pod with ports 80 (web) and 82, and its network; its addresses are in $ip_NAME and $ip6_NAME
pod_object() {
	cat <<-E
	{"apiVersion":"v1","kind":"Pod","metadata":{"name":"$2","namespace":"$1","labels":$4},"spec":{"nodeName":"node$3","containers":[{"name":"c","image":"none",
	"ports":[{"name":"web","containerPort":80},{"name":"dns","containerPort":53,"protocol":"UDP"}]}]}}
	E
}
attach() { # NS NAME NODE
	local uid
	uid=$(k -n $1 get pod $2 -o jsonpath='{.metadata.uid}')
	new $2
	at node$3 "$podnet" "$dir/run$3" attach "$uid" "$dir/ns/$2" 10.42.$3.0/24 fd42:$3::/64 >"$dir/ips"
	read -r "ip_$2" "ip6_$2" <<< "$(tr '\n' ' ' <"$dir/ips")"
}
tell() { # NS NAME
	local v4=ip_$2 v6=ip6_$2
	k -n $1 patch pod $2 --subresource=status --type=merge -p '{"status":{"phase":"Running","podIP":"'${!v4}'","podIPs":[{"ip":"'${!v4}'"},{"ip":"'${!v6}'"}]}}' >/dev/null
}
serve() { # NAME
	local p
	for p in 80 82 8080; do bg $1 "$echo_" server $1 $p & pids="$pids $!"; done
}
pod() { pod_object "$@" | k create -f - >/dev/null; attach $1 $2 $3; tell $1 $2; serve $2; }
pod x web 1 '{"app":"web"}'
pod x client 1 '{"app":"client"}'
pod x far 2 '{"app":"client"}'
pod y other 2 '{"app":"client"}'
pod y blank 1 '{}'
"$echo_" server outside 7777 & pids="$pids $!"
bg node1 "$echo_" server node1 7070 & pids="$pids $!"

tcp() { at $1 timeout 5 "$echo_" tcp "$2" "$3" >/dev/null 2>&1; } # FROM ADDRESS PORT
can() { check "$1" yes "$(until_ok 5 tcp $2 $3 $4 && echo yes || echo no)"; }
no_tcp() { ! tcp "$@"; }
cannot() { check "$1" no "$(until_ok 5 no_tcp $2 $3 $4 && echo no || echo yes)"; }
apply() { k apply -f - >/dev/null; }
policy() { # NS NAME SPEC
	echo '{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"namespace":"'$1'","name":"'$2'"},"spec":'$3'}' | apply
}
for p in client far other blank; do can "without policies $p reaches web" $p $ip_web 80; done
can "by IPv6" far $ip6_web 80
check "no table without a policy" no "$(at node1 nft list table inet minik-policy >/dev/null 2>&1 && echo yes || echo no)"

policy x deny '{"podSelector":{"matchLabels":{"app":"web"}},"policyTypes":["Ingress"]}'
for p in client far other blank; do cannot "deny all: $p" $p $ip_web 80; done
cannot "deny all by IPv6" far $ip6_web 80
can "pods that no policy selects are as before" far $ip_client 80
can "the pod itself still sends" web $ip_far 80
can "its node reaches it" node1 $ip_web 80
can "it reaches itself" web $ip_web 80
cannot "from outside the cluster" node2 $ip_web 80
check "refused at once, not after a timeout" refused "$(at client timeout 5 "$echo_" tcp $ip_web 80 2>&1 || :)"

policy x allow '{"podSelector":{"matchLabels":{"app":"web"}},"ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"client"}}}],"ports":[{"port":80}]}]}'
can "a second policy allows its client" client $ip_web 80
can "... on the other node" far $ip_web 80
can "... by IPv6" far $ip6_web 80
cannot "... not on another port" client $ip_web 82
cannot "... not from another namespace with the same labels" other $ip_web 80
k -n x label pod client app=stranger --overwrite >/dev/null
cannot "a client that loses its label" client $ip_web 80
k -n x label pod client app=client --overwrite >/dev/null
can "... and has it again" client $ip_web 80

policy x allow '{"podSelector":{"matchLabels":{"app":"web"}},"ingress":[{"from":[{"namespaceSelector":{"matchLabels":{"team":"blue"}}}],"ports":[{"port":"web"}]}]}'
can "a namespace by its labels, a port by its name" other $ip_web 80
can "... any pod of it" blank $ip_web 80
cannot "... other ports" other $ip_web 82
cannot "... other namespaces" far $ip_web 80
k label ns y team- >/dev/null
cannot "a namespace that loses its label" other $ip_web 80
k label ns x team=blue >/dev/null
can "another that gets it" far $ip_web 80
k label ns x team- >/dev/null; k label ns y team=blue >/dev/null
policy x allow '{"podSelector":{"matchLabels":{"app":"web"}},"ingress":[{"from":[{"namespaceSelector":{"matchLabels":{"team":"blue"}},"podSelector":{"matchLabels":{"app":"client"}}}]}]}'
can "namespace and pod together: both hold" other $ip_web 80
cannot "... one does" blank $ip_web 80
cannot "... the other does" far $ip_web 80
policy x allow '{"podSelector":{"matchLabels":{"app":"web"}},"ingress":[{"ports":[{"port":80,"endPort":90}]},{"from":[{"ipBlock":{"cidr":"192.0.2.0/24","except":["192.0.2.12/32","192.0.2.100/30"]}}],"ports":[{"port":8080}]}]}'
can "a range of ports from everybody" blank $ip_web 82
cannot "... above it" blank $ip_web 8080
check "a network" yes "$(until_ok 5 timeout 5 "$echo_" tcp $ip_web 8080 && echo yes || echo no)"
cannot "... but for its exceptions" node2 $ip_web 8080

policy x out '{"podSelector":{"matchLabels":{"app":"client"}},"policyTypes":["Egress"],"egress":[{"to":[{"podSelector":{"matchLabels":{"app":"web"}}}],"ports":[{"port":"web"},{"port":82}]}]}'
can "egress: to the pods named, port by its name" far $ip_web 80
can "... by its number" client $ip_web 82
cannot "... to others" far $ip_other 80
cannot "... out of the cluster" client 192.0.2.1 7777
can "a node is always reached by its own pods" client 192.0.2.11 7070
can "pods of another namespace are not meant" other 192.0.2.1 7777
policy x out '{"podSelector":{"matchLabels":{"app":"client"}},"policyTypes":["Egress"],"egress":[{"to":[{"ipBlock":{"cidr":"192.0.2.0/25"}}]}]}'
can "egress to a network" client 192.0.2.1 7777
cannot "... beside it" client 192.0.2.129 7777
cannot "... pods are not in it" client $ip_web 80
k -n x delete networkpolicy out >/dev/null
can "without it, all again" client 192.0.2.129 7777

# Connections that live through a change
policy x allow '{"podSelector":{"matchLabels":{"app":"web"}},"ingress":[{}]}'
can "everything is allowed" far $ip_web 80
rules() { at node1 nft -a list chains inet | grep -c .; at node1 nft -n list table inet minik-policy | grep -cE '^\s+(meta|ct|ip|jump|goto|counter|reject|drop)' ; }
before=$(rules | tail -1)
policy x allow '{"podSelector":{"matchLabels":{"app":"web"}},"ingress":[{"from":[{"podSelector":{}}]}]}'
can "a selector of all pods of the namespace" far $ip_web 80
one=$(rules | tail -1)
for i in 1 2 3; do pod x more$i 2 '{"app":"client"}'; done
can "pods that come later are in its set" more3 $ip_web 80
check "... and rules do not grow with pods" "$one" "$(rules | tail -1)"
check "a policy is a few rules" yes "$([ $((one - before)) -le 4 ] && echo yes || echo "$before then $one")"
k -n x delete pod more1 --grace-period=0 --force >/dev/null 2>&1
gone() { ! at node1 nft list table inet minik-policy | grep -q "$ip_more1"; }
check "a pod that is gone leaves the set" yes "$(until_ok 5 gone && echo yes || echo no)"

# A pod from its birth: its policies are there before the API server knows its address
policy x born '{"podSelector":{"matchLabels":{"app":"born"}},"policyTypes":["Ingress","Egress"]}'
pod_object x born 1 '{"app":"born"}' | k create -f - >/dev/null
attach x born 1
serve born
cannot "a new pod is not open before its status is written" client $ip_born 80
cannot "... nor does it send" born $ip_far 80
tell x born
cannot "... nor afterwards" client $ip_born 80

# The net component restarts, or somebody removes the table
handles() { at node1 nft -a list table inet minik-policy | grep -o 'chain i-.*handle [0-9]*' | sort; }
had=$(handles)
kill -9 $net1; wait $net1 2>/dev/null || :
cannot "rules stay without minik" other $ip_web 80
k -n x delete networkpolicy born >/dev/null
net_start 1
can "a restart brings what has changed meanwhile" client $ip_born 80
check "... and leaves the rest alone" "$(($(echo "$had" | wc -l) - 1))" "$( (echo "$had"; handles) | sort | uniq -d | wc -l)"
at node1 nft flush ruleset
cannot "flushed rules come back" other $ip_web 80

# A hostile tenant
policy y evil '{"podSelector":{},"ingress":[{"from":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["10.0.0.0/8","10.42.0.0/16","0.0.0.0/32","255.255.255.255/32"]}},{"ipBlock":{"cidr":"::/0"}}],"ports":[{"port":1,"endPort":65535},{"protocol":"UDP"},{"protocol":"SCTP","port":7}]}]}'
cannot "a policy of everything with exceptions" far $ip_blank 80
check "... from outside" yes "$(until_ok 5 timeout 5 "$echo_" tcp $ip_blank 80 && echo yes || echo no)"
cannot "others' rules are as before" other $ip_web 80
jq -n '{apiVersion:"networking.k8s.io/v1",kind:"NetworkPolicy",metadata:{namespace:"y",name:"huge"},spec:{podSelector:{},ingress:[{ports:[range(1;1500)|{port:.}]}]}}' | apply
event() { k -n y get events -o jsonpath='{.items[*].reason}' | grep -q TooLarge; }
check "one that is too large: an Event says so" yes "$(until_ok 10 event && echo yes || echo no)"
can "... what is kept holds" far $ip_blank 80
k -n y delete networkpolicy --all >/dev/null
can "without policies of its namespace all is open" far $ip_blank 82

k delete networkpolicy -A --all >/dev/null
can "the last policy goes" other $ip_web 8080
no_table() { ! at node1 nft list table inet minik-policy && ! at node2 nft list table inet minik-policy; }
check "... and the tables" yes "$(until_ok 5 no_table && echo yes || echo no)"
