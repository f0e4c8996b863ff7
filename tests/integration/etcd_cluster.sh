#!/bin/bash
# Two servers on a cluster of three etcds, over TLS with client certificates: allocations under load; members that are killed, stopped, cut
# off together with a server; no quorum; no space; compaction by others. What was acknowledged is there in the end.
. "$(dirname "$0")/lib.sh"
command -v etcd >/dev/null || skip_all "no etcd (Debian's package etcd-server)"
command -v jq >/dev/null || skip_all "no jq"
enter_sandbox "$@"
PY="python3 $MINIK_TOP/tests/integration/etcd_cluster.py"
for n in 1 2 3; do node_add e$n 192.168.77.1$n; done
for n in 1 2; do node_add n$n 192.168.77.$n; done
ip link add wire2 type bridge && ip link set wire2 up # where the cut off are

cd "$T" || exit 1
cert() { # cert NAME SAN
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null &&
		openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -set_serial "0x$(openssl rand -hex 8)" -days 2 -out "$1.crt" \
			-extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$2") 2>/dev/null
}
for ca in ca other; do
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=etcd-$ca -keyout $ca.key -out $ca.crt 2>/dev/null
done
cert member IP:192.168.77.11,IP:192.168.77.12,IP:192.168.77.13,IP:127.0.0.1 && cert client DNS:minik || exit 1
members=e1=https://192.168.77.11:2380,e2=https://192.168.77.12:2380,e3=https://192.168.77.13:2380
etcd_up() { # etcd_up N FLAGS...: its pid in etcd_pid_N
	local n=$1 url=https://192.168.77.1$1; shift
	in_node_exec "e$n" etcd --name "e$n" --data-dir "$T/e$n/data" --listen-client-urls $url:2379 --advertise-client-urls $url:2379 \
		--listen-peer-urls $url:2380 --initial-advertise-peer-urls $url:2380 --initial-cluster $members --log-level error \
		--cert-file "$T"/member.crt --key-file "$T"/member.key --client-cert-auth --trusted-ca-file "$T/ca.crt" \
		--peer-cert-file "$T"/member.crt --peer-key-file "$T"/member.key --peer-client-cert-auth --peer-trusted-ca-file "$T/ca.crt" "$@" >>"$T/e$n/etcd.log" 2>&1 &
	eval "etcd_pid_$n=$!"
	lib_pids="$lib_pids $!"
}
all=https://192.168.77.11:2379,https://192.168.77.12:2379,https://192.168.77.13:2379
ctl() { # ctl ENDPOINTS ARGS...
	local at=$1; shift
	ETCDCTL_API=3 etcdctl --endpoints "$at" --cacert ca.crt --cert client.crt --key client.key --command-timeout 5s "$@"
}
etcd_pid() { eval "echo \$etcd_pid_$1"; }
etcd_kill() { local n p; for n; do p=$(etcd_pid "$n"); kill -9 "$p"; wait "$p" 2>/dev/null; done; }
leader() { ctl $all endpoint status -w json 2>/dev/null | jq -r '.[] | select(.Status.leader == .Status.header.member_id) | .Endpoint' | sed 's/.*77.1\([0-9]\):.*/\1/' | head -1; }
led() { [ -n "$(leader)" ]; }
for n in 1 2 3; do etcd_up $n; done
check "three members" eventually 20 led || exit 1

k1() { KUBECONFIG=$T/kubeconfig-n1 in_node n1 "$KUBECTL" --request-timeout=30s "$@"; }
k2() { KUBECONFIG=$T/kubeconfig-n2 in_node n2 "$KUBECTL" --request-timeout=30s "$@"; }
raw() { KUBECONFIG=$T/kubeconfig-n$1 in_node "n$1" "$KUBECTL" --request-timeout=30s get --raw "$2"; }
tls="--datastore-cafile $T/ca.crt --datastore-certfile $T/client.crt --datastore-keyfile $T/client.key"
refused() { # refused WORDS FLAGS...
	local words=$1; shift
	in_node n1 timeout 30 "$MINIK" server $(minik_flags n1) --write-kubeconfig "$T/kubeconfig-n1" --disable-agent "$@" >"$T/refused" 2>&1 && return 1
	grep -qiE -- "$words" "$T/refused" || { cat "$T/refused"; return 1; }
}
: >"$T/n1/config.yaml"
check "another CA than etcd's is refused, and it is said why" refused 'certificate' --datastore-endpoint $all --token secret ${tls/ca.crt/other.crt}
# Who comes first, etcd's alert or its end of the connection, is not for us to say.
check "... no client certificate too" refused 'certificate|alert|TLS|not connected|reset by peer|closed' --datastore-endpoint $all --token secret --datastore-cafile "$T/ca.crt"
server() { # server N: each asks another member first
	local rest
	[ "$1" = 1 ] && rest=$all || rest=https://192.168.77.13:2379,https://192.168.77.12:2379,https://192.168.77.11:2379
	minik_start "n$1" server --write-kubeconfig "$T/kubeconfig-n$1" --disable-agent --datastore-endpoint $rest $tls --token secret
}
ready() { raw "$1" /readyz; }
server 1
check "a server on three members" eventually 20 ready 1 || exit 1
server 2
check "another one" eventually 20 ready 2 || exit 1
for n in 1 2; do sed "s/127.0.0.1/192.168.77.$n/" "$T/kubeconfig-n$n" >"$T/kubeconfig-out$n"; done

# --- allocations ---
each=25
[ "${MINIK_SOAK:-0}" = 1 ] && each=200
check "16 clients create $each Services each at both servers" $PY services 16 $each "$T/kubeconfig-out1" "$T/kubeconfig-out2"
k2 get svc -o json >"$T/svc.json"
expect "no cluster IP was given twice" "^$((16 * each + 1)) $((16 * each + 1))\$" jq -r '[.items[].spec.clusterIP] | "\(length) \(unique | length)"' "$T/svc.json"
ports=$((16 * ((each + 9) / 10)))
expect "no node port was given twice" "^$ports $ports\$" jq -r '[.items[].spec.ports[].nodePort | select(.)] | "\(length) \(unique | length)"' "$T/svc.json"

# --- members die, one at a time ---
pulse_start() { # at both servers, until pulse_end
	rm -f "$T/stop"
	pulses=
	for n in 1 2; do
		$PY write "$T/stop" "$1-$n" "$T/kubeconfig-out$n" >"$T/pulse-$1-$n" 2>&1 &
		pulses="$pulses $!"
	done
	lib_pids="$lib_pids $pulses"
}
pulse_end() { : >"$T/stop"; wait $pulses; }
# Both go on: an acknowledgement that was not there a moment ago.
acked() { [ "$(grep -c ^acked "$T/pulse-$1-$2")" -gt "$3" ]; }
goes_on() { # goes_on WHAT SECONDS
	local n have
	for n in 1 2; do
		have=$(grep -c ^acked "$T/pulse-$1-$n")
		eventually "$2" acked "$1" $n $((have + 3)) || { tail -3 "$T/pulse-$1-$n"; return 1; }
	done
}
longest() { printf '    %s: longest pause %s ms and %s ms; errors: %s\n' "$1" "$(sed -n 's/^longest //p' "$T/pulse-$1-1")" "$(sed -n 's/^longest //p' "$T/pulse-$1-2")" \
	"$(grep -h ^error "$T/pulse-$1"-* | sed 's/^error //' | sort | uniq -c | sort -rn | head -3 | tr '\n' ';')" >&2; }
pulse_start members
check "writes at both" goes_on members 10
l=$(leader)
f=$((l % 3 + 1))
etcd_kill $f
check "kill -9 of a follower: both servers go on" goes_on members 15
etcd_up $f
in_step() { [ "$(ctl $all endpoint health 2>&1 | grep -c 'is healthy')" = 3 ]; }
check "... it is back" eventually 20 in_step
etcd_kill "$l"
check "kill -9 of the leader: both servers go on" goes_on members 25
etcd_up "$l"
check "... it is back" eventually 20 in_step
kill -STOP "$(etcd_pid 1)"
check "a member that hangs: both servers go on" goes_on members 25
kill -CONT "$(etcd_pid 1)"
pulse_end
longest members
present() { # present WHAT: whatever was acknowledged
	cat "$T/pulse-$1"-* | sed -n 's/^acked //p' | sort >"$T/acked"
	k1 get cm -o name | sed 's|configmap/||' | sort >"$T/have"
	[ -s "$T/acked" ] && [ -z "$(comm -23 "$T/acked" "$T/have")" ]
}
check "every write that was acknowledged is there" present members

# --- no leader for a moment ---
eventually 20 in_step
kill -9 "$(minik_main_pid n2)"
l=$(leader)
etcd_kill "$l"
server 2
check "a server that starts while members elect a leader waits for it" eventually 20 ready 2 || tail -3 "$T/n2/server.log"
etcd_up "$l"
check "... the third member is back" eventually 20 in_step

# --- a server and a member cut off together ---
k2 get cm -w --output-watch-events -o 'jsonpath={.type} {.object.metadata.name}{"\n"}' --request-timeout=0 >"$T/watched" 2>&1 &
lib_pids="$lib_pids $!"
eventually 10 grep -q kube-root-ca.crt "$T/watched"
for w in w-e3 w-n2; do ip link set $w master wire2; done
unready() { raw "$1" /readyz 2>&1 | grep -q '\[-\]etcd'; }
check "cut off with one member, a server says that it is not ready" eventually 30 unready 2
expect "... refuses a write, and says why" 'datastore|etcd' k2 create cm cut
expect "... and a read of the newest state" 'datastore|etcd' k2 get cm kube-root-ca.crt
check "... answers a read of any state" raw 2 '/api/v1/namespaces/default/configmaps?resourceVersion=0'
check "... is alive" raw 2 /livez
check "the other one goes on" k1 create cm seen-1
k1 create cm seen-2 >/dev/null; k1 delete cm seen-1 >/dev/null
for w in w-e3 w-n2; do ip link set $w master wire; done
check "joined again it is ready" eventually 20 ready 2
expect "... shows what was written meanwhile" 'seen-2' k2 get cm seen-2 -o name
want=$(printf 'ADDED seen-1\nADDED seen-2\nDELETED seen-1')
watched() { [ "$(grep ' seen-' "$T/watched")" = "$want" ]; }
check "... and its watch tells it once and in order" eventually 10 watched || grep ' seen-' "$T/watched"

# --- no quorum ---
etcd_kill 2 3
check "without a quorum no server is ready" eventually 30 unready 1
check "... neither the other" eventually 30 unready 2
expect "... a write is refused, and it is said why" 'datastore|etcd' k1 create cm nobody
expect "... the component statuses name it" '^etcd-0 .*Unhealthy.*the store does not answer' k1 get componentstatuses
check "... a read of any state is answered" raw 1 '/api/v1/namespaces/default/configmaps?resourceVersion=0'
etcd_up 2; etcd_up 3
check "with one again both are ready" eventually 30 ready 1
eventually 30 ready 2
well() { k1 get componentstatuses etcd-0 --no-headers 2>/dev/null | grep -qE '^etcd-0 +Healthy +ok'; }
check "... the component statuses too" eventually 30 well
check "... and write" k2 create cm again

# --- no space ---
etcd_kill 1 2 3
for n in 1 2 3; do etcd_up $n --quota-backend-bytes 20000; done
check "etcd with a quota that is used up" eventually 30 led
eventually 30 ready 1
full() { k1 create cm "full-$RANDOM" 2>&1 | grep -q 'space exceeded'; }
check "a write is refused for want of space, and it is said how to mend it" eventually 15 full
expect "... reads go on" 'again' k2 get cm again -o name
check "... and deletions, which make room" k2 delete cm again
etcd_kill 1 2 3
for n in 1 2 3; do etcd_up $n; done
eventually 30 led
ctl $all alarm disarm >/dev/null
room() { k1 create cm room; }
check "with space again writes go on" eventually 30 room
eventually 20 ready 2

# --- compaction by others ---
old=$(k1 get cm room -o 'jsonpath={.metadata.resourceVersion}')
for n in 1 2 3; do k1 create cm "more-$n" >/dev/null; done
rev=$(ctl $all endpoint status -w json | jq '[.[].Status.header.revision] | max')
check "somebody else compacts etcd" ctl $all compact "$rev"
check "... both servers go on" k1 create cm compacted
expect "... both of them" compacted k2 get cm compacted -o name
check "... a watch within what is in memory too" raw 2 "/api/v1/namespaces/default/configmaps?watch=1&resourceVersion=$old&timeoutSeconds=1"
exit $lib_failed
