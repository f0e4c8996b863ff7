#!/bin/bash
# custom-http-errors for what nginx itself answers: which answers are exchanged and which are not, what becomes of bodies and connections, how many at
# a time, what the log and the counters say. minik's own nginx.conf with one worker, its module with sanitizers where they can be had, tables by table_tool.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
so=ingress/minik_module_asan.so
asan=$(gcc -print-file-name=libasan.so)
[ -e "$(readlink -f "$asan")" ] || so=ingress/minik_module.so
for p in tests/integration/table_tool $so; do
	[ -x "$B/$p" ] && [ -n "${MINIK_SANDBOX:-}" ] || make -s -C "$B" $p >&2 || skip_all "$p cannot be built"
done
for p in curl openssl nginx python3; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
enter_sandbox "$@"
PATH=$PATH:/usr/sbin
D=$T/front
mkdir -p "$D/live" "$D/own" "$D/data/tmp"
for n in good client; do
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=$n -keyout "$D/$n.key" -out "$D/$n.crt" 2>/dev/null || skip_all "no certificate"
done
cp "$D/good.crt" "$D/cert.pem"; cp "$D/good.key" "$D/key.pem"
"$B/tests/integration/table_tool" "$D" conf "$B/$so" 80 443 1 >"$D/all" || { not_ok "nginx.conf"; exit 1; }
sed "s|^daemon off;|daemon off; user root;|; s|^\taccess_log off;|\tlog_format errors '\$host \$status \$minik_reason \$minik_owner \$minik_service';\n\taccess_log $D/access errors;|" \
	"$D/all" >"$D/nginx.conf"
preload=; [ $so = ingress/minik_module.so ] || preload="$asan $(gcc -print-file-name=libubsan.so)"
LD_PRELOAD=$preload ASAN_OPTIONS=detect_leaks=0:log_path=$D/asan UBSAN_OPTIONS=print_stacktrace=1:log_path=$D/asan nginx -p "$D" -c "$D/nginx.conf" 2>"$D/out" & nginx=$!
lib_pids="$lib_pids $nginx"
export T B MINIK_TOP
export PYTHONPATH=$MINIK_TOP/tests/integration
python3 "$MINIK_TOP/tests/integration/ingress_errors.py" || lib_failed=1
check "nginx is there yet" kill -0 "$nginx"
kill -QUIT "$nginx"; wait "$nginx"
check "no worker has died" sh -c "! grep -E 'exited on signal|exited with|open socket' '$D/log'"
check "no alert" sh -c "! grep -E '\[(alert|emerg|crit)\]' '$D/log'"
said=$(cat "$D"/asan* "$D/out" "$D/log" 2>/dev/null | grep -A30 -E 'runtime error|ERROR: ')
check "no report of a sanitizer" test -z "$said" || printf '%s\n' "$said"
exit $lib_failed
