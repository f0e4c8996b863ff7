#!/bin/bash
# Two servers on one etcd, driven by real kubectl: joining by token, one state seen by both at once, allocations under load, leader
# election, faults of etcd and of servers, backups, moving to SQLite and back.
. "$(dirname "$0")/lib.sh"
command -v etcd >/dev/null || skip_all "no etcd (Debian's package etcd-server)"
command -v jq >/dev/null || skip_all "no jq"
enter_sandbox "$@"
E=http://192.168.77.254:2379
etcd_start() {
	etcd --data-dir "$T/etcd" --listen-client-urls $E --advertise-client-urls $E --listen-peer-urls http://127.0.0.1:2380 \
		--initial-advertise-peer-urls http://127.0.0.1:2380 --initial-cluster default=http://127.0.0.1:2380 --log-level error >>"$T/etcd.log" 2>&1 &
	etcd_pid=$!
	lib_pids="$lib_pids $etcd_pid"
	eventually 20 curl -sf $E/health
}
etcd_start || { not_ok "etcd starts" "$(cat "$T/etcd.log")"; exit 1; }
for n in 1 2 3; do node_add n$n 192.168.77.$n; done
server() { # server NAME FLAGS...
	local name=$1; shift
	minik_start "$name" server --write-kubeconfig "$T/kubeconfig-$name" --disable-agent "$@"
}
k1() { KUBECONFIG=$T/kubeconfig-n1 in_node n1 "$KUBECTL" "$@"; }
k2() { KUBECONFIG=$T/kubeconfig-n2 in_node n2 "$KUBECTL" "$@"; }
k3() { KUBECONFIG=$T/kubeconfig-n3 in_node n3 "$KUBECTL" "$@"; }
at() { # at N kubectl-args...
	local n=$1; shift; k$n "$@"
}
DS="--datastore-endpoint $E"

# --- joining ---
server n1 $DS --token first-secret
check "the first server answers" eventually 20 k1 get --raw /readyz || exit 1
refused() { # refused WORDS FLAGS...
	local words=$1; shift
	in_node n2 timeout 20 "$MINIK" server $(minik_flags n2) --write-kubeconfig "$T/kubeconfig-n2" --disable-agent "$@" >"$T/refused" 2>&1 && return 1
	grep -q -- "$words" "$T/refused" || { cat "$T/refused"; return 1; }
}
mkdir -p "$T/n2"; : >"$T/n2/config.yaml"
check "without the token a second one is told what it needs" refused '--token' $DS
check "... and with a wrong one" refused 'not that of the cluster' $DS --token wrong
check "an endpoint that nobody answers" refused 'http://192.168.77.254:1' --datastore-endpoint http://192.168.77.254:1
server n2 $DS --token first-secret
n2_pid=$minik_pid
check "the second server answers" eventually 20 k2 get --raw /readyz || exit 1
check "both have one CA and one key for service accounts" sh -c "cmp '$T/n1/data/server/tls/ca.crt' '$T/n2/data/server/tls/ca.crt' && cmp '$T/n1/data/server/tls/service-account.key' '$T/n2/data/server/tls/service-account.key'"
expect "the keys in etcd are sealed" '^0$' sh -c "ETCDCTL_API=3 etcdctl --endpoints $E get --prefix /minik/sys/data/ | grep -ac PRIVATE"
sed 's/127.0.0.1/192.168.77.2/' "$T/kubeconfig-n1" >"$T/kubeconfig-cross"
expect "the first one's kubeconfig works at the second" 'kube-system' in_node n1 env KUBECONFIG="$T/kubeconfig-cross" "$KUBECTL" get ns
addresses() { # addresses WANT: of Service kubernetes
	[ "$(k1 get endpoints kubernetes -o 'jsonpath={.subsets[*].addresses[*].ip}' 2>/dev/null)" = "$1" ] &&
		[ "$(k1 get endpointslice kubernetes -o 'jsonpath={.endpoints[*].addresses[*]}')" = "$1" ]
}
check "Service kubernetes leads to both" eventually 15 addresses "192.168.77.1 192.168.77.2"

# --- one state ---
both_at_once() { # what one has answered, the other has
	local i
	for i in $(seq 1 15); do
		k1 create cm "once-$i" --from-literal=n="$i" >/dev/null && k2 get cm "once-$i" >/dev/null || return 1
		k2 patch cm "once-$i" -p "{\"data\":{\"n\":\"x$i\"}}" >/dev/null && [ "$(k1 get cm "once-$i" -o 'jsonpath={.data.n}')" = "x$i" ] || return 1
		k1 delete cm "once-$i" >/dev/null && ! k2 get cm "once-$i" >/dev/null 2>&1 || return 1
	done
}
check "what one server has answered the other one shows" both_at_once
k2 get cm -w --output-watch-events -o 'jsonpath={.type} {.object.metadata.name}{"\n"}' >"$T/watched" 2>&1 &
watcher=$!
lib_pids="$lib_pids $watcher"
eventually 5 grep -q kube-root-ca.crt "$T/watched"
for i in 1 2 3 4 5; do k1 create cm w$i >/dev/null; k1 delete cm w$i >/dev/null; done
want=$(for i in 1 2 3 4 5; do echo "ADDED w$i"; echo "DELETED w$i"; done)
watched() { [ "$(grep ' w[1-5]$' "$T/watched")" = "$want" ]; }
check "a watch at one sees what the other writes, once and in order" eventually 5 watched || cat "$T/watched"
kill $watcher

# --- allocations under load ---
services() { # services SERVER FROM TO
	local i
	for i in $(seq "$2" "$3"); do
		printf -- '---\napiVersion: v1\nkind: Service\nmetadata: {name: s%s}\nspec: {type: NodePort, selector: {a: b}, ports: [{port: 80}, {name: b, port: 81}]}\n' "$i"
	done | sed 's/{port: 80}/{name: a, port: 80}/' | at "$1" create -f - >/dev/null
}
services 1 1 60 & a=$!; services 2 61 120 & b=$!; services 1 121 180 & c=$!; services 2 181 240 & d=$!
wait $a && wait $b && wait $c && wait $d && ok "240 Services by two servers at once" || not_ok "240 Services by two servers at once"
k2 get svc -o json >"$T/svc.json"
expect "no cluster IP was given twice" '^241 241$' jq -r '[.items[].spec.clusterIP] | "\(length) \(unique | length)"' "$T/svc.json"
expect "no node port was given twice" '^480 480$' jq -r '[.items[].spec.ports[].nodePort | select(.)] | "\(length) \(unique | length)"' "$T/svc.json"
k1 create ns q >/dev/null
k1 create quota -n q q --hard=count/configmaps=31 >/dev/null # one is kube-root-ca.crt
settled() { [ "$(k1 get quota -n q q -o 'jsonpath={.status.used.count/configmaps}')" = 1 ]; }
check "the quota is counted" eventually 10 settled
configmaps() { # configmaps SERVER FROM TO
	local i
	for i in $(seq "$2" "$3"); do printf -- '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c%s, namespace: q}\n' "$i"; done | at "$1" create -f - 2>"$T/q$1.$2"
}
configmaps 1 1 20 >/dev/null & a=$!; configmaps 2 21 40 >/dev/null & b=$!; configmaps 1 41 60 >/dev/null & c=$!; configmaps 2 61 80 >/dev/null & d=$!
wait $a; wait $b; wait $c; wait $d
expect "a quota holds for both together" '^31$' sh -c "KUBECONFIG='$T/kubeconfig-n1' nsenter --target $node_pid_n1 --net -- '$KUBECTL' get cm -n q --no-headers | wc -l"
expect "... and whoever is refused is told why" 'exceeded quota: q' cat "$T/q1.1" "$T/q2.21" "$T/q1.41" "$T/q2.61"
k1 delete ns q >/dev/null

# --- who leads ---
left() { # left SERVER WANT
	[ "$(at "$1" get endpoints kubernetes -o 'jsonpath={.subsets[*].addresses[*].ip}' 2>/dev/null)" = "$2" ]
}
holder() { at "$1" get lease -n kube-system "$2" -o 'jsonpath={.spec.holderIdentity}'; }
for l in kube-controller-manager kube-scheduler minik-storage; do
	expect "$l has one leader" '^n[12]_' holder 1 $l
done
leader=$(holder 1 kube-controller-manager); leader=${leader%%_*}
other=$([ "$leader" = n1 ] && echo n2 || echo n1)
kill -9 "$(minik_main_pid "$leader")"
taken() { [ "$(holder "${other#n}" "$1" | sed 's/_.*//')" = "$other" ]; }
start=$SECONDS
check "a server that is killed loses the lead to the other" eventually 40 taken kube-controller-manager
[ $((SECONDS - start)) -le 25 ] && ok "... within the lease and a little" || not_ok "... within the lease and a little" "$((SECONDS - start)) s"
at "${other#n}" create deployment d --image=x >/dev/null
made() { at "${other#n}" get rs -l app=d --no-headers 2>/dev/null | grep -q .; }
check "... and its controllers work" eventually 15 made
check "... the killed one leaves the endpoints of Service kubernetes" eventually 50 left "${other#n}" "192.168.77.${other#n}"
server "$leader" $DS --token first-secret
check "the killed one comes back" eventually 20 at "${leader#n}" get --raw /readyz
kill "$(minik_main_pid "$other")"
taken_back() { [ "$(holder "${leader#n}" kube-scheduler | sed 's/_.*//')" = "$leader" ]; }
start=$SECONDS
check "a server that is stopped gives the lead up" eventually 20 taken_back
[ $((SECONDS - start)) -le 9 ] && ok "... without waiting for the lease to end" || not_ok "... without waiting for the lease to end" "$((SECONDS - start)) s"
check "... and leaves the endpoints of Service kubernetes" eventually 5 left "${leader#n}" "192.168.77.${leader#n}"
# Whoever stays looks every ten seconds who is there, at any moment of the other's leaving.
come_and_go() { # come_and_go NAME: of $leader's machine; in how many milliseconds it was gone
	local t0 pid
	server "$1" $DS --token first-secret
	pid=$minik_pid
	eventually 20 left "${leader#n}" "192.168.77.1 192.168.77.2" || return 1
	t0=$(date +%s%N)
	kill $pid
	eventually 5 left "${leader#n}" "192.168.77.${leader#n}" || return 1
	wait $pid
	echo "gone after $((($(date +%s%N) - t0) / 1000000)) ms"
}
for i in 1 2 3 4 5; do check "... each time: $i" come_and_go "$other"; done
stays_away() { # for more than one look of the other's
	local end=$((SECONDS + 12))
	while [ $SECONDS -lt $end ]; do left "${leader#n}" "192.168.77.${leader#n}" || return 1; sleep 0.2; done
}
check "... and nobody puts it back" stays_away
server "$other" $DS --token first-secret
check "both run again" eventually 20 at "${other#n}" get --raw /readyz

# --- etcd dies ---
kill -9 $etcd_pid
expect "without etcd a read of the newest state is refused, not answered from memory" 'Unavailable|unavailable|[Tt]imeout|does not answer' timeout 60 sh -c "KUBECONFIG='$T/kubeconfig-n1' nsenter --target $node_pid_n1 --net -- '$KUBECTL' get cm --request-timeout=20s"
check "... but a read of any state is answered" k1 get --raw '/api/v1/namespaces/default/configmaps?resourceVersion=0'
etcd_start
check "after its restart writes work at both" sh -c "$(declare -f eventually); $(declare -f in_node); node_pid_n1=$node_pid_n1 node_pid_n2=$node_pid_n2
	eventually 20 env KUBECONFIG='$T/kubeconfig-n1' nsenter --target $node_pid_n1 --net -- '$KUBECTL' create cm after1 &&
	eventually 20 env KUBECONFIG='$T/kubeconfig-n2' nsenter --target $node_pid_n2 --net -- '$KUBECTL' create cm after2"
check "... and are seen by both" sh -c "KUBECONFIG='$T/kubeconfig-n1' nsenter --target $node_pid_n1 --net -- '$KUBECTL' get cm after1 after2 &&
	KUBECONFIG='$T/kubeconfig-n2' nsenter --target $node_pid_n2 --net -- '$KUBECTL' get cm after1 after2"

# --- away from etcd, and back ---
k1 create cm kept --from-literal=from=etcd >/dev/null
rv() { at "$1" get cm kept -o 'jsonpath={.metadata.resourceVersion}'; }
check "backup of a cluster in etcd, while it runs" in_node n1 "$MINIK" backup $(minik_flags n1 | sed 's/--cgroup-root [^ ]*//; s/--node-name [^ ]*//; s/--node-ip [^ ]*//; s/--registries [^ ]*//') $DS "$T/from-etcd.tar.gz"
k1 create cm later >/dev/null
top=$(k1 get cm later -o 'jsonpath={.metadata.resourceVersion}')
dirs() { echo "--data-dir $T/$1/data --run-dir $T/$1/run --config $T/$1/config.yaml"; }
mkdir -p "$T/n3"; : >"$T/n3/config.yaml"
check "restore into SQLite" in_node n3 "$MINIK" restore $(dirs n3) "$T/from-etcd.tar.gz"
server n3
check "... it runs" eventually 20 k3 get --raw /readyz
expect "... has what there was" 'etcd' k3 get cm kept -o 'jsonpath={.data.from}'
k3 create cm newer >/dev/null
[ "$(k3 get cm newer -o 'jsonpath={.metadata.resourceVersion}')" -gt "$top" ] && ok "... and its revisions go on above" || not_ok "... and its revisions go on above"
expect "... a watch from one of the old ones is told so" 'Expired|too old resource version' k3 get --raw "/api/v1/configmaps?watch=1&resourceVersion=$top&timeoutSeconds=2"
k3 create cm from-sqlite --from-literal=from=sqlite >/dev/null
check "backup of SQLite through a pipe" sh -c "nsenter --target $node_pid_n3 --net --mount -- '$MINIK' backup $(dirs n3) - >'$T/from-sqlite.tar.gz'"
top=$(k3 get cm from-sqlite -o 'jsonpath={.metadata.resourceVersion}')
kill "$(minik_main_pid n3)"
gone() { ! kill -0 "$1" 2>/dev/null; }
eventually 10 gone "$minik_pid"
expect "restore into etcd wants an empty prefix" 'empty prefix' in_node n3 "$MINIK" restore $(dirs n3) $DS "$T/from-sqlite.tar.gz"
check "restore into etcd" in_node n3 "$MINIK" restore $(dirs n3) $DS --datastore-prefix /second "$T/from-sqlite.tar.gz"
server n3 $DS --datastore-prefix /second --backup-schedule-interval 1s --backup-retention 3
check "... it runs" eventually 20 k3 get --raw /readyz
expect "... has what there was" 'sqlite' k3 get cm from-sqlite -o 'jsonpath={.data.from}'
k3 create cm newest >/dev/null
[ "$(k3 get cm newest -o 'jsonpath={.metadata.resourceVersion}')" -gt "$top" ] && ok "... and its revisions go on above" || not_ok "... and its revisions go on above"
expect "the other cluster in this etcd has none of it" 'NotFound|not found' k1 get cm from-sqlite

# --- scheduled backups ---
three() { [ "$(find "$T/n3/data/server/backups" -name 'minik-*.tar.gz' | wc -l)" = 3 ]; }
check "scheduled backups are written" eventually 15 three
oldest=$(ls "$T/n3/data/server/backups" | head -1)
replaced() { [ ! -e "$T/n3/data/server/backups/$oldest" ] && three; }
check "... and old ones removed" eventually 15 replaced
expect "... each is whole" 'server/db/minik.db' tar tzf "$T/n3/data/server/backups/$(ls "$T/n3/data/server/backups" | sed -n 2p)"

# --- components alone, elected ---
k1 get lease -n kube-system >/dev/null
in_node_exec n1 "$MINIK" scheduler --kubeconfig "$T/kubeconfig-n1" --data-dir "$T/n1/alone" --run-dir "$T/n1/alone-run" --config "$T/n1/config.yaml" \
	--node-name lone --node-ip 192.168.77.1 --leader-elect >"$T/n1/alone.log" 2>&1 &
lone=$!
lib_pids="$lib_pids $lone"
eventually 10 grep -q running "$T/n1/alone.log"
sleep 3 # nothing announces that it does not lead
expect "a component alone with --leader-elect waits while another leads" '^n[12]_' holder 1 kube-scheduler
for n in n1 n2; do kill "$(minik_main_pid $n)"; done
kill $lone
exit $lib_failed
