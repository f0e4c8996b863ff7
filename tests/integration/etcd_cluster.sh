#!/bin/bash
# Two servers on a cluster of three etcds, over TLS with client certificates: allocations under load; members that are killed, stopped, cut
# off together with a server; no quorum; no space; compaction by others; clocks that jump; backup and restore with a member down; etcd's users.
# What was acknowledged is there in the end.
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
refused() { # refused WORDS FLAGS...: at node $R, which is n1
	local words=$1 n=${R:-n1}; shift
	in_node "$n" timeout 30 "$MINIK" server $(minik_flags "$n") --write-kubeconfig "$T/kubeconfig-$n" --disable-agent "$@" >"$T/refused" 2>&1 && return 1
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

# --- the clock of one server jumps, under the leader's feet ---
cat >"$T/clock.c" <<'C'
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
static const volatile int64_t *shift; /* seconds, in the file that $CLOCK_SHIFT names */
__attribute__((constructor)) static void begin(void)
{
	shift = mmap(NULL, 4096, PROT_READ, MAP_SHARED, open(getenv("CLOCK_SHIFT"), O_RDONLY | O_CLOEXEC), 0);
}
int clock_gettime(clockid_t id, struct timespec *ts)
{
	int r = (int)syscall(SYS_clock_gettime, id, ts);
	if (r == 0 && shift && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
		ts->tv_sec += *shift;
	return r;
}
time_t time(time_t *ret)
{
	struct timespec ts;
	clock_gettime(CLOCK_REALTIME, &ts);
	return ret ? *ret = ts.tv_sec : ts.tv_sec;
}
C
jump() { python3 -c 'import struct, sys; f = open(sys.argv[1], "r+b"); f.write(struct.pack("=q", int(sys.argv[2])))' "$T/shift" "$1"; }
lease() { k1 get lease -n kube-system "$1" -o "jsonpath={.spec.$2}"; }
head -c 4096 /dev/zero >"$T/shift"
if check "a clock that can be moved" gcc -shared -fPIC -o "$T/clock.so" "$T/clock.c"; then
	kill "$(minik_main_pid n1)" "$(minik_main_pid n2)"
	gone() { ! kill -0 "$1" 2>/dev/null; }
	for n in 1 2; do eventually 20 gone "$(minik_main_pid n$n)"; done
	CLOCK_SHIFT=$T/shift LD_PRELOAD=$T/clock.so server 2
	eventually 20 ready 2
	server 1
	check "a server whose clock can jump leads" eventually 20 ready 1
	led_by_2() { lease "$1" holderIdentity | grep -q ^n2_; }
	eventually 40 led_by_2 kube-controller-manager
	was=$(lease kube-controller-manager holderIdentity) moves=$(lease kube-controller-manager leaseTransitions)
	pulse_start clocks
	goes_on clocks 10
	# Within the hour that certificates are valid from before they were made.
	jumps="3000 -7200"
	[ "${MINIK_SOAK:-0}" = 1 ] && jumps="3000 -3000 86400 -7200 40 -40 1 0"
	for by in $jumps; do
		before=$(date +%s)
		jump "$by"
		# Ten renewals take longer than the Lease lasts: whoever believes in its own clock would have taken the lead.
		seen= times=0
		renewed() { # at the time of the other clock, once more
			local at; at=$(lease kube-controller-manager renewTime)
			[ "$at" != "$seen" ] && [ "$(date -d "$at" +%s)" -ge $((before + by)) ] && [ "$(date -d "$at" +%s)" -le $(($(date +%s) + by + 1)) ] || return 1
			seen=$at
		}
		while [ $times -lt 10 ]; do eventually 15 renewed >/dev/null || break; times=$((times + 1)); sleep 1.5; done # it is renewed every two seconds
		[ $times = 10 ] && [ "$(lease kube-controller-manager holderIdentity)" = "$was" ] && [ "$(lease kube-controller-manager leaseTransitions)" = "$moves" ] &&
			ok "a leader whose clock is $by s off keeps the lead" ||
			not_ok "a leader whose clock is $by s off keeps the lead" "$was $moves, $times renewals: $(k1 get lease -n kube-system kube-controller-manager -o yaml)"
		check "... both servers write" goes_on clocks 10
	done
	expect "... Service kubernetes leads to both" '^192.168.77.1 192.168.77.2$' k1 get endpoints kubernetes -o 'jsonpath={.subsets[*].addresses[*].ip}'
	pulse_end
	longest clocks
	check "... every write that was acknowledged is there" present clocks
	k1 create sa clock >/dev/null
	for by in 45 -45; do
		jump $by
		token=$(k2 create token clock)
		sed "s/client-certificate-data:.*/token: $token/; /client-key-data/d" "$T/kubeconfig-n1" >"$T/kubeconfig-token"
		expect "a token of a server whose clock is $by s off is good at the other" 'system:serviceaccount:default:clock' \
			env KUBECONFIG="$T/kubeconfig-token" nsenter --target "$node_pid_n1" --net --mount -- "$KUBECTL" auth whoami
	done
	jump 0
fi

# --- away from three members and back, with one of them down ---
node_add n3 192.168.77.3
: >"$T/n3/config.yaml"
k3() { KUBECONFIG=$T/kubeconfig-n3 in_node n3 "$KUBECTL" --request-timeout=30s "$@"; }
ready3() { k3 get --raw /readyz; }
dirs() { echo "--data-dir $T/$1/data --run-dir $T/$1/run --config $T/$1/config.yaml"; }
pulse_start moves
goes_on moves 10
l=$(leader)
etcd_kill "$l"
cat "$T"/pulse-moves-* | sed -n 's/^acked //p' | sort >"$T/acked"
check "a backup while servers write and the leader of the members is dead" in_node n1 "$MINIK" backup $(dirs n1) --datastore-endpoint $all $tls "$T/three.tgz"
goes_on moves 25
pulse_end
top=$(k1 get cm room -o 'jsonpath={.metadata.resourceVersion}')
check "it moves to SQLite" in_node n3 "$MINIK" restore $(dirs n3) "$T/three.tgz"
server3() { minik_start n3 server --write-kubeconfig "$T/kubeconfig-n3" --disable-agent "$@"; }
server3
eventually 20 ready3 >/dev/null
k3 get cm -o name | sed 's|configmap/||' | sort >"$T/have"
[ -s "$T/acked" ] && [ -z "$(comm -23 "$T/acked" "$T/have")" ] && ok "... with all that had been acknowledged" || not_ok "... with all that had been acknowledged" "$(comm -23 "$T/acked" "$T/have" | head)"
expect "... and every Service" "^$((16 * each + 1))\$" sh -c "KUBECONFIG='$T/kubeconfig-n3' nsenter --target $node_pid_n3 --net --mount -- '$KUBECTL' get svc --no-headers | wc -l"
k3 create cm moved >/dev/null
at=$(k3 get cm moved -o 'jsonpath={.metadata.resourceVersion}')
[ "$at" -gt "$top" ] && ok "... its revisions go on above" || not_ok "... its revisions go on above" "$at $top"
check "a backup of that" in_node n3 "$MINIK" backup $(dirs n3) "$T/one.tgz"
kill "$(minik_main_pid n3)"
gone() { ! kill -0 "$1" 2>/dev/null; }
eventually 20 gone "$(minik_main_pid n3)"
etcd_up "$l"
eventually 20 in_step
# Restores, in the middle of which a member dies: each is whole, or says that it is not.
count() { ctl $all get --prefix "$1" --keys-only | grep -c "^$1"; }
rounds=3 bad= whole=0
[ "${MINIK_SOAK:-0}" = 1 ] && rounds=40
for i in $(seq $rounds); do
	in_node_exec n3 "$MINIK" restore $(dirs n3) --datastore-endpoint $all $tls --datastore-prefix "/r$i" "$T/one.tgz" >"$T/restore.$i" 2>&1 &
	p=$!
	sleep "0.$(printf %03d $((i * 37 % 300)))" # anywhere within it
	n=$((i % 3 + 1))
	etcd_kill $n
	wait $p; r=$?
	etcd_up $n
	eventually 30 in_step >/dev/null || bad="$bad $i: no member $n"
	if [ $r = 0 ]; then
		whole=$((whole + 1))
		[ "$(count "/r$i/sys/meta")" = 1 ] && [ "$(count "/r$i/sys/restore")" = 0 ] || bad="$bad $i: not closed"
		: "${objects:=$(count "/r$i/registry")}"
		[ "$(count "/r$i/registry")" = "$objects" ] || bad="$bad $i: $(count "/r$i/registry") of $objects objects"
	else
		[ "$(count "/r$i/sys/meta")" = 0 ] && grep -q 'etcd' "$T/restore.$i" || bad="$bad $i: $(cat "$T/restore.$i")"
	fi
done
[ -z "$bad" ] && [ $whole -gt 0 ] && ok "a restore into three members of which one dies is whole, or refused ($whole of $rounds whole)" ||
	not_ok "a restore into three members of which one dies is whole, or refused ($whole of $rounds whole)" "$bad
$(tail -1 "$T"/restore.*)"
for i in $(seq $rounds); do [ "$(count "/r$i/sys/meta")" = 1 ] && break; done
server3 --datastore-endpoint $all $tls --datastore-prefix "/r$i" --token secret
check "a server on what was restored" eventually 20 ready3
expect "... has what there was" '^configmap/moved$' k3 get cm moved -o name
k3 create cm back >/dev/null
[ "$(k3 get cm back -o 'jsonpath={.metadata.resourceVersion}')" -gt "$at" ] && ok "... its revisions go on above" || not_ok "... its revisions go on above"
expect "... and the cluster beside it has none of it" 'NotFound' k1 get cm back

# --- users of etcd: its JSON gateway does not take the user from a certificate ---
for c in "user add root:secret" "user grant-role root root" "auth enable"; do ctl $all $c >/dev/null 2>"$T/ctl" || not_ok "etcdctl $c" "$(cat "$T/ctl")"; done
kill "$(minik_main_pid n3)"
eventually 20 gone "$(minik_main_pid n3)"
R=n3 check "an etcd that wants users is refused, and it is said why" refused 'authentication.*etcdctl auth disable' --datastore-endpoint $all --token secret $tls
wants_user() { k1 create cm "user-$RANDOM" 2>&1 | grep 'etcdctl auth disable'; }
check "... by servers that run, too" eventually 20 wants_user
eventually 20 unready 1 >/dev/null && ok "... which are not ready then" || not_ok "... which are not ready then"
ctl $all --user root:secret auth disable >/dev/null
check "without users they go on" eventually 30 ready 1
writes() { k2 create cm "after-users"; }
check "... and write" eventually 30 writes
exit $lib_failed
