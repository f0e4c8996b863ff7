#!/bin/bash
# The store on a real etcd: what the store promises on SQLite it promises here too, over HTTP and over TLS with client certificates;
# kill -9 of the store and of etcd, several stores on one etcd, cut connections, moving to SQLite and back.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
command -v etcd >/dev/null || skip_all "no etcd (Debian's package etcd-server)"
make -s -C "$B" tests/unit/store/test_store tests/unit/store/test_kill tests/unit/store/test_seal tests/unit/store/test_etcd >&2 || skip_all "the tests cannot be built"
enter_sandbox "$@"

etcd_up() { # etcd_up NAME PORT SCHEME FLAGS...
	local name=$1 port=$2 scheme=$3 url=$3://127.0.0.1:$2; shift 3
	etcd --name "$name" --data-dir "$T/$name" --listen-client-urls "$url" --advertise-client-urls "$url" \
		--listen-peer-urls "http://127.0.0.1:$((port + 1))" --initial-advertise-peer-urls "http://127.0.0.1:$((port + 1))" \
		--initial-cluster "$name=http://127.0.0.1:$((port + 1))" --log-level error "$@" >"$T/$name.log" 2>&1 &
	lib_pids="$lib_pids $!"
}
etcd_up plain 2379 http
eventually 20 curl -sf http://127.0.0.1:2379/health || { not_ok "etcd starts" "$(cat "$T/plain.log")"; exit 1; }
# They wait most of the time, for etcd or for time to pass: each etcd has its own, all at once.
later() { # later NAME COMMAND...: what it printed is in $T/NAME.out, its pid in pid_NAME
	local name=$1; shift
	"$@" >"$T/$name.out" 2>&1 &
	eval "pid_$name=$!"
	lib_pids="$lib_pids $!"
}
ended() { local p; eval "p=\$pid_$1"; wait "$p" || { cat "$T/$1.out"; return 1; }; }
ended_well() { if ended "$2" >"$T/ended"; then ok "$1"; else not_ok "$1" "$(cat "$T/ended")"; fi; }
later plain_store env MINIK_TEST_ETCD=http://127.0.0.1:2379 "$B/tests/unit/store/test_store"
later etcd "$B/tests/unit/store/test_etcd"

cd "$T" || exit 1
exec 3>"$T/openssl.log"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=etcd-ca -keyout ca.key -out ca.crt 2>&3
for who in server client; do
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=$who -keyout $who.key -out $who.csr 2>&3
	openssl x509 -req -in $who.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out $who.crt \
		-extfile <(printf 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n') 2>&3
done
etcd_up tls 2479 https --cert-file server.crt --key-file server.key --client-cert-auth --trusted-ca-file ca.crt
tls() { curl -sf --cacert ca.crt --cert client.crt --key client.key https://127.0.0.1:2479/health; }
eventually 20 tls || not_ok "etcd with TLS starts" "$(cat "$T/tls.log")"
later tls env MINIK_TEST_ETCD=https://127.0.0.1:2479 \
	MINIK_TEST_ETCD_CA="$T/ca.crt" MINIK_TEST_ETCD_CERT="$T/client.crt" MINIK_TEST_ETCD_KEY="$T/client.key" "$B/tests/unit/store/test_store"
ended_well "what the store promises, on etcd" plain_store
# In the same etcd as the first, so after it.
check "values are sealed in etcd" env MINIK_TEST_ETCD=http://127.0.0.1:2379 STORE_KILLS=4 "$B/tests/unit/store/test_seal"
check "kill -9 of a store that writes to etcd" env MINIK_TEST_ETCD=http://127.0.0.1:2379 STORE_KILLS=6 "$B/tests/unit/store/test_kill"
ended_well "what the store promises, over TLS with a client certificate" tls
ended_well "several stores, lost answers, hanging, cut off and killed etcds, migration" etcd
exit $lib_failed
