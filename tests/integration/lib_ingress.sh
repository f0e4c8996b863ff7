# The beginning that scripts of the Ingress controller share, for bash, behind lib.sh: the controller alone (ingress_tool) against an API server
# alone, nginx' module, kubectl as its administrator, and how a change is waited for. A script may have a get, an answers or a becomes of its own.

ingress_needs() { # ingress_needs PROGRAM...: skips the script without them
	B=${MINIK_BUILD:-$MINIK_TOP/build}
	for p in apiserver_main ingress_tool; do
		[ -x "$B/tests/integration/$p" ] || make -s -C "$B" "tests/integration/$p" >&2 || skip_all "$p cannot be built"
	done
	[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
	for p in curl jq nginx python3 "$@"; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
	[ -e "$B/ingress/minik_module.so" ] || skip_all "this build is without nginx's module"
}
A=192.168.77.254 # backends' address; the API refuses loopback
k() { "$KUBECTL" "$@"; }
ingress_apiserver() { # within the sandbox
	export KUBECONFIG=$T/d/admin.kubeconfig
	chmod 711 "$T" # nginx's user goes through it
	"$B/tests/integration/apiserver_main" "$T/d" 16443 secret-token >"$T/out" 2>"$T/api.log" &
	lib_pids="$lib_pids $!"
	until grep -q ready "$T/out"; do kill -0 $! 2>/dev/null || { cat "$T/api.log"; not_ok "API server"; exit 1; }; sleep 0.02; done
	tool=
	trap 'end_controller; lib_cleanup' EXIT
}
controller() { # controller KEY=VALUE...: $tool
	"$B/tests/integration/ingress_tool" "${TOOL_KUBECONFIG:-$KUBECONFIG}" "$T/run/ingress" "$T/data" 192.0.2.7 80 443 "hide=$T/run" "hide=$T/data" "$@" >>"$T/tool.out" 2>>"$T/tool.log" &
	tool=$!
	lib_pids="$lib_pids $tool"
}
end_nginx() { "$B/tests/integration/ingress_tool" cleanup "$T/run/ingress" >>"$T/tool.log" 2>&1; }
end_controller() { [ -z "$tool" ] || { kill_own $tool; wait $tool 2>/dev/null; end_nginx; }; }
nginx_pid() { cat "$T/run/ingress/own/nginx.pid"; }
slice() { # slice SERVICE PORT
	k apply -f - <<-X >/dev/null
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"$1-$2","labels":{"kubernetes.io/service-name":"$1"}},"addressType":"IPv4",
	 "ports":[{"name":"http","port":$2,"protocol":"TCP"}],"endpoints":[{"addresses":["$A"],"conditions":{"ready":true}}]}
	X
}
get() { # get HOST PATH [CURL FLAGS]: body and status
	local host=$1 path=$2; shift 2
	curl -s -m 10 --path-as-is -w '%{http_code}' -H "Host: $host" "$@" "http://127.0.0.1:${PORT:-80}$path" | tr '\n' ' '
}
answers() { get "$1" "$2" "${@:4}" | grep -qE -- "$3"; } # answers HOST PATH WANT [CURL FLAGS]
becomes() { # becomes NAME HOST PATH WANT [CURL FLAGS]
	if eventually 10 answers "$2" "$3" "$4" "${@:5}"; then ok "$1"; else not_ok "$1" "$(get "$2" "$3" "${@:5}") instead of $4
$(tail -n 5 "$T/tool.log")"; return 1; fi
}
events() { k get events -A -o json | jq -r '.items[] | .involvedObject.kind + " " + .involvedObject.name + " " + .reason + " " + .message'; }
event_is_there() { events | grep -qE -- "$1"; }
has_event() { if eventually 10 event_is_there "$2"; then ok "$1"; else not_ok "$1" "$(events)"; fi; } # has_event NAME WANT
# A controller whose rights end at some objects: the kubeconfig is $T/own.kubeconfig.
controller_rights() { # controller_rights SECRETS CONFIGMAPS: names, with commas
	k create serviceaccount ingress >/dev/null
	k apply -f - <<-X >/dev/null
	apiVersion: rbac.authorization.k8s.io/v1
	kind: ClusterRole
	metadata: {name: ingress}
	rules:
	- {apiGroups: [""], resources: [services, nodes], verbs: [get, list, watch]}
	- {apiGroups: [""], resources: [secrets], resourceNames: [$1], verbs: [get, list, watch]}
	- {apiGroups: [""], resources: [configmaps], resourceNames: [$2, minik-ingress-tcp, minik-ingress-udp], verbs: [get, list, watch]}
	- {apiGroups: [discovery.k8s.io], resources: [endpointslices], verbs: [get, list, watch]}
	- {apiGroups: [networking.k8s.io], resources: [ingresses, ingressclasses], verbs: [get, list, watch, create]}
	- {apiGroups: [networking.k8s.io], resources: [ingresses/status], verbs: [get, patch, update]}
	- {apiGroups: ["", events.k8s.io], resources: [events], verbs: [create, patch, update]}
	X
	k create clusterrolebinding ingress --clusterrole=ingress --serviceaccount=default:ingress >/dev/null
	k config view --raw -o json | jq --arg t "$(k create token ingress)" '.users[].user = {token: $t}' >"$T/own.kubeconfig"
	expect "rights: not all Secrets" '^no' k --kubeconfig "$T/own.kubeconfig" auth can-i list secrets
}
watches() { k get --raw /metrics | sed -n 's/^apiserver_longrunning_requests{verb="WATCH"} //p'; }
