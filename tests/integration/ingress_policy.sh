#!/bin/bash
# What policies do to requests in nginx' module: every option of ingress/options.h that is not external authentication's, client
# certificates' or the upstream's, and what each of all options refuses. Real nginx, tables by table_tool; then once more with
# AddressSanitizer in the module.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
for p in tests/integration/table_tool ingress/minik_module.so; do
	[ -x "$B/$p" ] || make -s -C "$B" "$p" >&2 || skip_all "$p cannot be built"
done
for p in curl openssl nginx python3; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
enter_sandbox "$@"
chmod 711 "$T" # nginx's workers go through it
ip -6 addr add fd00:77::1/64 dev lo nodad
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=test -keyout "$T/key.pem" -out "$T/cert.pem" 2>/dev/null || skip_all "no certificate"

run() { # run MODULE [PRELOADED LIBRARY]
	rm -rf "$T/n"; mkdir -p "$T/n/live" "$T/n/tmp"; chmod 711 "$T/n"
	python3 "$MINIK_TOP/tests/integration/ingress_policy.py" "$T" "$B/tests/integration/table_tool" "$MINIK_TOP/ingress/options.h" "$@"
}
if run "$B/ingress/minik_module.so"; then :; else lib_failed=1; fi
asan=$(gcc -print-file-name=libasan.so)
if make -s -C "$B" ingress/minik_module_asan.so >&2 && [ -e "$(readlink -f "$asan")" ]; then
	if run "$B/ingress/minik_module_asan.so" "$(readlink -f "$asan")" >"$T/asan.out"; then ok "the same with AddressSanitizer: $(grep -c ^ok "$T/asan.out")"
	else not_ok "the same with AddressSanitizer" "$(grep -A3 '^not ok' "$T/asan.out")"; fi
else skip "the same with AddressSanitizer" "cannot be built"; fi
exit $lib_failed
