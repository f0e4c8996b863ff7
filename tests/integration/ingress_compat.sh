#!/bin/bash
# What a user of ingress-nginx relies on, annotation by annotation: the behaviours that its own tests and its documentation show, asked of the
# controller, a real nginx and real backends by ingress_compat.py. Where minik has it otherwise on purpose, what examples/ingress says is shown.
# COMPAT_PARTS="canary cors" for some.
. "$(dirname "$0")/lib.sh"
. "$MINIK_TOP/tests/integration/lib_ingress.sh"
ingress_needs openssl
enter_sandbox "$@"
ingress_apiserver
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=ca -keyout "$T/ca.key" -out "$T/ca.crt" 2>/dev/null || skip_all "openssl makes no certificate"
cert() { # cert NAME SUBJECT EXTENSIONS [CA]
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" -keyout "$T/$1.key" -out "$T/$1.csr" 2>/dev/null
	openssl x509 -req -in "$T/$1.csr" -CA "$T/${4:-ca}.crt" -CAkey "$T/${4:-ca}.key" -CAcreateserial -days 2 -extfile <(echo "$3") -out "$T/$1.crt" 2>/dev/null
}
cert server /CN=server "subjectAltName=DNS:*.tls.example,DNS:tls.example,DNS:www.tls.example,DNS:*.mtls.example"
cert backend /CN=backend "subjectAltName=DNS:backend.example"
cert client /CN=authtls extendedKeyUsage=clientAuth
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=stranger -keyout "$T/stranger.key" -out "$T/stranger.crt" 2>/dev/null
openssl passwd -apr1 bar | sed 's/^/foo:/' >"$T/users"
controller trusted=127.0.0.2/32 log=1
eventually 10 answers x / 404 && ok "nginx answers" || { not_ok "nginx answers" "$(cat "$T/tool.log")"; exit 1; }
T=$T A=$A KUBECTL=$KUBECTL python3 "$MINIK_TOP/tests/integration/ingress_compat.py" || lib_failed=1
kill -0 $tool && ok "the controller is there" || not_ok "the controller is there" "$(tail -5 "$T/tool.log")"
expect "no alarm in nginx' log" '^0$' grep -cE '\[(alert|crit|emerg)\]' "$T/data/ingress/nginx.log"
[ $lib_failed = 0 ]
