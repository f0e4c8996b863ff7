# Clusters with clients that must not notice anything (load_tool), in namespaces. Sourced after lib.sh and lib_lab.sh, when the sandbox is entered; $load is the tool.
loads=

# lab_cluster SERVER AGENT...: Ready, with the image of the pods and the toolbox on each. Flags of all in lab_flags.
lab_cluster() {
	local n i=1
	lab_image "$T/lab" "$T" >"$T/image.log" 2>&1 || { not_ok "the image of the pods" "$(cat "$T/image.log")"; return 1; }
	for n; do
		node_add "$n" "192.168.77.$i"
		i=$((i + 1))
		mkdir -p "$T/$n/data/images"
		ln "$T/lab-1.0.tar" "$T/$n/data/images/"
	done
	minik_start "$1" server --write-kubeconfig "$T/kubeconfig" ${lab_flags:-}
	check "API server" eventually 20 test -s "$T/kubeconfig" || return 1
	sed -i 's#server: .*#server: https://192.168.77.1:6443#' "$T/kubeconfig"
	eventually 10 test -s "$T/$1/data/server/token"
	for n in "${@:2}"; do minik_start "$n" agent --server https://192.168.77.1:6443 --token "$(cat "$T/$1/data/server/token")" ${lab_flags:-}; done
	lab_ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = $# ]; }
	check "$# nodes" eventually 30 lab_ready "$@" || return 1
	eventually 20 k get sa default >/dev/null
}
pod_ip() { k get pod "$1" -o jsonpath='{.status.podIP}'; }
# at_pod POD COMMAND: a program of this machine in the network of that pod.
at_pod() {
	local p=$1 node uid; shift
	eval "node=\${pod_node_$p:-} uid=\${pod_uid_$p:-}"
	[ -n "$uid" ] || { read -r node uid <<<"$(k get pod "$p" -o jsonpath='{.spec.nodeName} {.metadata.uid}')"; eval "pod_node_$p=$node pod_uid_$p=$uid"; }
	in_node "$node" nsenter --net="$T/$node/run/netns/$uid" -- "$@"
}
# node_ports I: the ports of a Service, and with I of 1 or 2 fixed node ports 3180I and 3181I.
node_ports() {
	if [ "$1" -le 2 ]; then echo "$lab_ports" | sed "s/\"t\",\"port\"/\"t\",\"nodePort\":3180$1,\"port\"/; s/\"lines\",\"port\"/\"lines\",\"nodePort\":3181$1,\"port\"/"; else echo "$lab_ports"; fi
}
# load_start NAME pod:POD|node:NODE|out ARGUMENTS OF load_tool...
load_start() {
	local name=$1 where=$2; shift 2
	case $where in
	pod:*) at_pod "${where#pod:}" true
		eval "local node=\$pod_node_${where#pod:} uid=\$pod_uid_${where#pod:}"
		in_node_exec "$node" nsenter --net="$T/$node/run/netns/$uid" -- "$load" "$@" >"$T/load-$name" & ;;
	node:*) in_node_exec "${where#node:}" "$load" "$@" >"$T/load-$name" & ;;
	out) "$load" "$@" >"$T/load-$name" & ;;
	esac
	lib_pids="$lib_pids $!"
	loads="$loads $name:$!"
}
loads_ready() {
	local l
	for l in $loads; do eventually 15 grep -q ready "$T/load-${l%:*}" || { echo "load-${l%:*} is not ready"; head -5 "$T/load-${l%:*}"; return 1; }; done
}
load_failures() { grep -h '^failed' "$T/load-$1"; }
# loads_end WHILE: ends all and shows what each saw.
loads_end() {
	local l name
	for l in $loads; do kill_own "${l#*:}"; done
	for l in $loads; do
		name=${l%:*}
		wait "${l#*:}" 2>/dev/null
		if grep -q ', 0 failed$' "$T/load-$name"; then ok "$name: nothing fails $1"; echo "# $name: $(tail -1 "$T/load-$name" | cut -d, -f1,2)"
		else not_ok "$name: nothing fails $1" "$(grep -v ^held "$T/load-$name" | sort | uniq -c | sort -rn | head -20; tail -1 "$T/load-$name")"; fi
	done
	loads=
}
