#!/bin/bash
# Clients and backends that mean no good, against minik's nginx module built with sanitizers and the nginx.conf that minik writes: ingress_hostile.py
# sends what breaks other proxies (smuggling, paths around a guard, upgrades, names of TLS, answers of backends), then random mutations of it against
# a table that a small matcher of its own judges. SEED=N for the same again; N of mutations: 600, under MINIK_SOAK=1 a minute of them.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
so=ingress/minik_module_asan.so
asan=$(gcc -print-file-name=libasan.so)
[ -e "$(readlink -f "$asan")" ] || skip_all "no address sanitizer"
for p in tests/integration/table_tool $so; do
	[ -x "$B/$p" ] && [ -n "${MINIK_SANDBOX:-}" ] || make -s -C "$B" $p >&2 || skip_all "$p cannot be built"
done
for p in curl openssl nginx python3; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
enter_sandbox "$@"
PATH=$PATH:/usr/sbin
D=$T/front
mkdir -p "$D/live" "$D/own" "$D/data/tmp" "$T/pki"
ca() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" -keyout "$T/pki/$1.key" -out "$T/pki/$1.crt" 2>/dev/null; }
cert() { # cert NAME CA EXTENSIONS
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$T/pki/$1.key" -out "$T/pki/$1.csr" 2>/dev/null
	openssl x509 -req -in "$T/pki/$1.csr" -CA "$T/pki/$2.crt" -CAkey "$T/pki/$2.key" -CAcreateserial -days 30 -extfile <(echo "$3") -out "$T/pki/$1.crt" 2>/dev/null
}
ca good; ca evil
cert server good 'subjectAltName=DNS:*.test'
cert alice good 'extendedKeyUsage=clientAuth'
cert mallory evil 'extendedKeyUsage=clientAuth'
cp "$T/pki/server.crt" "$D/cert.pem"; cp "$T/pki/server.key" "$D/key.pem"
"$B/tests/integration/table_tool" "$D" conf "$B/$so" 80 443 2 >"$D/all" || { not_ok "nginx.conf"; exit 1; }
# The password is not for backends: what the client has said comes to them beside the request, for ingress_hostile.py to judge.
sed 's|^daemon off;|daemon off; user root;|; s|^\tserver {|& set $said $http_authorization;|; s|^\tproxy_set_header Proxy |\tproxy_set_header X-Said $said; &|' "$D/all" >"$D/nginx.conf"
LD_PRELOAD="$asan $(gcc -print-file-name=libubsan.so)" ASAN_OPTIONS=detect_leaks=0:log_path=$D/asan UBSAN_OPTIONS=print_stacktrace=1:log_path=$D/asan \
	nginx -p "$D" -c "$D/nginx.conf" 2>"$D/out" & nginx=$!
lib_pids="$lib_pids $nginx"
export T B
export PYTHONPATH=$MINIK_TOP/tests/integration
python3 "$MINIK_TOP/tests/integration/ingress_hostile.py" "$nginx" || lib_failed=1
check "nginx is there yet" kill -0 "$nginx"
kill -QUIT "$nginx"; wait "$nginx"
check "no worker has died" sh -c "! grep -E 'exited on signal|exited with|open socket' '$D/log'"
check "no alert" sh -c "! grep -E '\[(alert|emerg|crit)\]' '$D/log'"
said=$(cat "$D"/asan* "$D/out" "$D/log" 2>/dev/null | grep -A30 -E 'runtime error|ERROR: ')
check "no report of a sanitizer" test -z "$said" || printf '%s\n' "$said"
exit $lib_failed
