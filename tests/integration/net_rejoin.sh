#!/bin/bash
# Somebody deletes the Nodes of living agents, and of the server: each registers again and is whole within ten seconds, with the pod network that it had; and when it
# is given another one, everything on it follows. By vxlan; net_rejoin_udp.sh: by udp with both families.
# CALM: it measures how long changes take.
. "$(dirname "$0")/lib.sh"
for t in dig jq curl; do command -v $t >/dev/null || skip_all "needs $t"; done
MINIK=$(realpath "$MINIK")
enter_sandbox "$@"
ip addr add fd77::fe/64 dev wire nodad
mkdir "$T/images"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
image=$(sed -n 's/.*image: *//p' "$MINIK_TOP/examples/walkthrough/toolbox.yaml" | head -1)

uid() { k get node "$1" -o jsonpath='{.metadata.uid}'; }
range() { k get node "$1" -o jsonpath='{.spec.podCIDRs[*]}'; }
ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 3 ]; }
annotation() { k get node "$1" -o jsonpath="{.metadata.annotations.flannel\.alpha\.coreos\.com/$2}"; }
on_wire() { # FROM URL: asked from pod/NAME, or by a process of a node
	local from=$1 url=$2
	case $from in pod/*) k exec "${from#pod/}" -c box -- timeout 2 wget -qO- "$url" ;; *) in_node "$from" curl -gfsS --max-time 2 "$url" ;; esac
}
of() { k get pod -l app=web --field-selector "spec.nodeName=$1,status.phase=Running" -o json | jq -r "[.items[] | select(.metadata.deletionTimestamp == null) | select(.status.conditions | any(.type == \"Ready\" and .status == \"True\"))][0] | $2"; }
reach() { # FROM TO: the pod there, asked from the pod here, by each family; a pod may be made anew meanwhile
	local pod ip name
	pod=$(of "$1" .metadata.name); name=$(of "$2" .metadata.name)
	[ "$pod" != null ] && [ "$name" != null ] || return 1
	for ip in $(of "$2" '.status.podIPs[].ip'); do
		case $ip in *:*) ip="[$ip]" ;; esac
		[ "$(on_wire "pod/$pod" "http://$ip:9376/")" = "$name" ] || return 1
	done
}
service() { on_wire "$1" "http://$(k get svc web -o 'jsonpath={.spec.clusterIP}')/" | grep -q '^web-'; }
resolves() { [ "$(in_node "$1" dig +tries=1 +time=1 +short @10.43.0.10 kubernetes.default.svc.cluster.local)" = 10.43.0.1 ]; }
resolves6() { [ -z "$six" ] || [ "$(in_node "$1" dig +tries=1 +time=1 +short @fd43::a kubernetes.default.svc.cluster.local)" = 10.43.0.1 ]; }
slice() { # NAME NODE: with an address of this Node's network, and this Node's
	local want
	want=$(range "$2" | tr ' ' '\n' | if [ "$1" = kube-dns ]; then head -1; else tail -1; fi)
	k -n kube-system get endpointslice "$1-$2" -o json | jq -e --arg u "$(uid "$2")" --arg a "$(echo "$want" | sed 's#0/24$#1#; s#::/64$#::1#')" \
		'.metadata.ownerReferences[0].uid == $u and .endpoints[0].addresses == [$a]' >/dev/null
}
slices() { slice kube-dns "$1" && { [ -z "$six" ] || slice kube-dns6 "$1"; }; }
# Everything that the bridge and the device have is of the network that the Node has.
addresses() {
	local want have
	want=$(for r in $(range "$1"); do
		case $r in *:*) echo "cni0 ${r%/64}1/64"; dev=$device6 own=128 ;; *) echo "cni0 ${r%0/24}1/24"; dev=$device own=32 ;; esac
		echo "$dev ${r%/*}/$own"
	done | sort)
	have=$(in_node "$1" ip -o addr show scope global | awk '$2 == "cni0" || $2 ~ /^flannel/ {print $2, $4}' | sort)
	[ "$want" = "$have" ] || { printf 'wanted:\n%s\nhas:\n%s\n' "$want" "$have"; return 1; }
}
peers() { local n; n=$(in_node "$1" "$MINIK" status --run-dir "$T/$1/run" --config "$T/$1/config.yaml" | grep -cE '^peer: .* ms$'); [ "$n" = 2 ]; }
announced() { [ "$(annotation "$1" kube-subnet-manager)" = true ] && [ -n "$(annotation "$1" public-ip)" ] && [ -n "$(annotation "$1" backend-data)" ]; }
condition() { k get node "$1" -o 'jsonpath={.status.conditions[?(@.type=="NetworkUnavailable")].reason}' | grep -q FlannelIsUp; }
whole() { # NODE: everything at once
	local other=n1
	[ "$1" != n1 ] || other=n2
	ready && announced "$1" && condition "$1" && addresses "$1" && slices "$1" && resolves "$1" && resolves6 "$1" && reach "$1" "$other" && reach "$other" "$1" &&
		service "$1" && peers "$1"
}
within() { # MILLISECONDS NAME COMMAND...
	local most=$1 name=$2 t; shift 2
	until "$@" >"$T/last" 2>&1; do
		t=$((($(date +%s%N) - t0) / 1000000))
		[ $t -lt $((most * MINIK_PATIENCE * 2)) ] || { not_ok "$name" "not even in $t ms: $(tail -5 "$T/last")"; return 1; }
		sleep 0.1
	done
	t=$((($(date +%s%N) - t0) / 1000000))
	if [ $t -le $((most * MINIK_PATIENCE)) ]; then ok "$name ($t ms)"; else not_ok "$name" "$t ms, more than $most"; fi
}
# The order of what the API saw of a Node: of the Node with this uid nothing may call the network available before its end is announced.
watch_node() { k_exec get node "$1" -w --output-watch-events -o json >"$T/watch-$1" & watcher=$!; lib_pids="$lib_pids $watcher"; }
in_order() { # NODE UID
	jq -s -e --arg u "$2" '[.[].object | select(.metadata.uid == $u)] | length > 0 and all(.[];
		any(.status.conditions[]?; .type == "NetworkUnavailable" and .status == "False") as $up
		| ($up | not) or .metadata.annotations["flannel.alpha.coreos.com/kube-subnet-manager"] == "true")' "$T/watch-$1"
}
rejoin() { # NODE
	local had old=$(uid "$1")
	had=$(range "$1")
	watch_node "$1"
	eventually 10 test -s "$T/watch-$1"
	t0=$(date +%s%N)
	k delete node "$1" >/dev/null
	renewed() { local u; u=$(uid "$1"); [ -n "$u" ] && [ "$u" != "$old" ]; }
	within 10000 "$how: $1 is registered again" renewed "$1"
	within 10000 "... and whole" whole "$1" || for c in ready announced condition addresses slices resolves resolves6 peers service; do check "    $c" $c "$1"; done
	check "... with the pod network that it had ($had)" [ "$(range "$1")" = "$had" ]
	check "... never called available before it was announced" in_order "$1" "$(uid "$1")"
	kill $watcher; wait $watcher 2>/dev/null
}

run() { # HOW FLAGS...: a cluster of three by one backend
	how=$1; local i n; shift
	for i in 1 2 3; do
		n=n$i
		node_add $n "192.168.77.$i"
		in_node $n ip addr add fd77::$i/64 dev eth0 nodad
		in_node $n ip route add default via fd77::fe
		mkdir -p "$T/$n/data/images"; cp "$T"/images/*.tar "$T/$n/data/images/"
	done
	minik_flags() {
		echo "--data-dir $T/$1/data --run-dir $T/$1/run --cgroup-root $lib_cgroup-$1 --config $T/$1/config.yaml --node-name $1 --node-ip 192.168.77.${1#n}${six:+,fd77::${1#n}}" \
			"--flannel-backend $how --registries $T/$1/registries.yaml"
	}
	minik_start n1 server --write-kubeconfig "$T/kubeconfig" "$@"
	check "$how: API server" eventually 20 test -s "$T/kubeconfig" || exit 1
	eventually 10 test -s "$T/n1/data/server/token"
	for n in n2 n3; do minik_start $n agent --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")"; done
	check "$how: three nodes" eventually 30 ready || exit 1
	eventually 20 k get sa default >/dev/null
	k apply -f - >/dev/null <<-Y
	{"apiVersion":"v1","kind":"List","items":[
	 {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
	  "spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"c","image":"${image%toolbox*}hostnames:1.0","imagePullPolicy":"IfNotPresent",
	   "readinessProbe":{"httpGet":{"path":"/","port":9376},"periodSeconds":1}},
	   {"name":"box","image":"$image","imagePullPolicy":"IfNotPresent","command":["sleep","3600"]}]}}}},
	 {"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":9376}]}}]}
	Y
	for n in n1 n2 n3; do check "$how: $n is whole" eventually 60 whole $n || exit 1; done
	rejoin n3
	rejoin n1
	# Another Node has its network meanwhile: it gets a new one, and all follows; what its pods had goes with the last of them.
	local had; had=$(range n3)
	k create -f - >/dev/null <<-Y
	{"apiVersion":"v1","kind":"Node","metadata":{"name":"squatter"},"spec":{"podCIDR":"${had%% *}","podCIDRs":["${had%% *}"${six:+,"${had#* }"}]}}
	Y
	t0=$(date +%s%N)
	k delete node n3 >/dev/null
	changed() { [ -n "$(range n3)" ] && [ "$(range n3)" != "$had" ]; }
	within 10000 "$how: a node gets another network" changed
	k delete pod -l app=web --field-selector spec.nodeName=n3 --wait=false >/dev/null
	k delete node squatter >/dev/null
	within 15000 "... and is whole" whole n3 || for c in ready announced condition addresses slices resolves resolves6 peers service; do check "    $c" $c n3; done
}

case ${REJOIN:-vxlan} in
vxlan) six='' device=flannel.1 device6=''; run vxlan ;;
udp) six=yes device=flannel0 device6=flannel0; run udp --cluster-cidr 10.42.0.0/16,fd42::/56 --service-cidr 10.43.0.0/16,fd43::/108 ;;
esac
