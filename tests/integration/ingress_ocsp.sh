#!/bin/bash
# OCSP stapling (enable-ocsp of a class' parameters): a real responder, a real nginx, and clients that ask; responders that are dead, lie, or
# are where no request may go.
. "$(dirname "$0")/lib.sh"
. "$MINIK_TOP/tests/integration/lib_ingress.sh"
ingress_needs openssl
enter_sandbox "$@"
ingress_apiserver

# --- an authority of our own ---
mkdir "$T/ca"
cd "$T/ca" || exit 1
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.crt -days 30 -subj "/CN=test CA" \
	-addext "keyUsage=critical,keyCertSign,cRLSign,digitalSignature" 2>/dev/null
: >index.txt
serial=4096
cert() { # cert NAME HOST URL [STATUS [CHAIN]]: NAME.crt and NAME.key, and what the responder knows of it
	serial=$((serial + 1))
	local hex status=${4:-V} gone=
	hex=$(printf '%04X' $serial)
	[ "$status" = V ] || gone=240101000000Z
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" 2>/dev/null
	{ echo "subjectAltName=DNS:$2"; [ -z "$3" ] || echo "authorityInfoAccess=OCSP;URI:$3"; } >"$1.ext"
	openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -days 20 -set_serial "0x$hex" -extfile "$1.ext" -out "$1.leaf" 2>/dev/null
	cat "$1.leaf" ${5-ca.crt} >"$1.crt"
	printf '%s\t21250101000000Z\t%s\t%s\tunknown\t/CN=%s-%s\n' "$status" "$gone" "$hex" "$1" "$hex" >>index.txt
	k create secret tls "$1" --cert="$1.crt" --key="$1.key" --dry-run=client -o yaml | k apply -f - >/dev/null 2>&1
}
responder() { # responder PORT FLAGS...: $! is its process
	openssl ocsp -port "$1" -index index.txt -CA ca.crt -rsigner ca.crt -rkey ca.key "${@:2}" >>responder.log 2>&1 &
	lib_pids="$lib_pids $!"
}
# One that is none: by path. It says whom it was asked for.
cat >liar.py <<'P'
import http.server, sys, time
class H(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        with open("asked", "a") as f: f.write(self.path + "\n")
        if self.path == "/silent": time.sleep(3600)
        if self.path == "/away":
            self.send_response(302); self.send_header("Location", "http://%s:2560/" % sys.argv[1]); self.send_header("Content-Length", "0"); self.end_headers(); return
        body = open("old.der", "rb").read() if self.path == "/old" else b"x" * 200000 if self.path == "/large" else b"<html>"
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("0.0.0.0", 2562), H).serve_forever()
P
: >asked
python3 liar.py $A & lib_pids="$lib_pids $!"

cert a a.example "http://$A:2560"
cert soon soon.example "http://$A:2561"
cert kept kept.example "http://$A:2563"
cert loop loop.example "http://127.0.0.1:2560"
cert name name.example "http://localhost:2560/"
cert dead dead.example "http://$A:2599/"
cert plain plain.example ''
cert alone alone.example "http://$A:2560" V ''
cert garbage garbage.example "http://$A:2562/garbage"
cert large large.example "http://$A:2562/large"
cert away away.example "http://$A:2562/away"
cert silent silent.example "http://$A:2562/silent"
cert secure secure.example "https://$A:2560/"
cert dflt '*.example' "http://$A:2560"
responder 2560 -nmin 60
responder 2561 -nmin 1
short=$!
responder 2563 -nmin 60
kept=$!
eventually 10 sh -c "openssl ocsp -issuer ca.crt -cert a.leaf -url http://$A:2560 -noverify 2>/dev/null | grep -q good" || { not_ok "the responder" "$(cat responder.log)"; exit 1; }
eventually 10 sh -c "openssl ocsp -issuer ca.crt -cert soon.leaf -url http://$A:2561 -noverify -respout old.der 2>/dev/null | grep -q good" || { not_ok "the other responder" "$(cat responder.log)"; exit 1; }

# --- nginx, Ingresses ---
controller
ing() { # ing NAME: of NAME.example with the Secret NAME
	k apply -f - <<-X >/dev/null
	{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"$1"},"spec":{"tls":[{"hosts":["$1.example"],"secretName":"$1"}],"rules":[{"host":"$1.example","http":{"paths":[
	 {"path":"/","pathType":"Prefix","backend":{"service":{"name":"main","port":{"number":80}}}}]}}]}}
	X
}
settings() { # settings KEY=VALUE...
	local w args=(); for w; do args+=("--from-literal=$w"); done
	k create configmap settings "${args[@]}" --dry-run=client -o yaml | k apply -f - >/dev/null 2>&1
}
status() { echo | timeout 10 openssl s_client -connect 127.0.0.1:443 -servername "$1" -status -CAfile ca.crt "${@:2}" 2>&1; }
shown() { status "$@" | grep -q 'Cert Status: good'; }
not_shown() { status "$@" | grep -q 'OCSP response: no response sent'; }
served() { status "$1" | grep -q "subject=CN = $1"; }
check() { # check NAME TRY COMMAND...: within that many seconds
	if eventually "$2" "${@:3}"; then ok "$1"; else not_ok "$1" "$(status "${@:4}" | head -40)
$(tail -5 "$T/tool.log")"; fi
}
has_event() { if eventually 15 sh -c "'$KUBECTL' get events -o json | jq -r '.items[] | .type + \" \" + .involvedObject.name + \" \" + .reason + \" \" + .message' | grep -qE -- '$2'"; then ok "$1"; else not_ok "$1" "$(k get events)"; fi; }
no_event() { expect "$1" '^0$' sh -c "'$KUBECTL' get events -o json | jq -r '.items[] | .involvedObject.name + \" \" + .reason' | grep -cE -- '$2'"; }
for n in a soon kept loop name dead plain alone garbage large away silent secure; do ing $n; done
eventually 15 sh -c "echo | openssl s_client -connect 127.0.0.1:443 -servername secure.example 2>/dev/null | grep -q 'CN = secure'" || { not_ok "nginx" "$(tail -20 "$T/tool.log")"; exit 1; }
conf() { stat -c '%Y %i' "$T/run/ingress/nginx.conf" "$T/run/ingress/own/nginx.pid"; }
conf_before=$(conf)

# --- unless asked ---
check "off unless asked" 1 not_shown a.example
k patch ingressclass nginx --type=merge -p '{"spec":{"parameters":{"kind":"ConfigMap","scope":"Namespace","namespace":"default","name":"settings"}}}' >/dev/null
settings enable-ocsp=false default-ssl-certificate=dflt
check "the class has parameters" 10 sh -c "echo | openssl s_client -connect 127.0.0.1:443 -servername nobody.example 2>/dev/null | grep -q 'CN = dflt'"
check "enable-ocsp: false" 1 not_shown a.example
expect "nobody was asked" '^0$' sh -c 'wc -l <asked'
settings enable-ocsp=perhaps default-ssl-certificate=dflt
has_event "a value that is neither" 'Warning nginx InvalidParameter .*key enable-ocsp: "perhaps"'
check "is not taken" 1 not_shown a.example

# --- asked ---
settings enable-ocsp=true default-ssl-certificate=dflt
check "a good answer is shown" 15 shown a.example
check "by TLS 1.2" 1 shown a.example -tls1_2
strict() { curl -s -o /dev/null -m 10 -w '%{http_code}' --cacert ca.crt --cert-status --resolve "$1:443:127.0.0.1" "https://$1/"; echo " $?"; }
expect "a client that insists on one is content" '^503 0$' strict a.example
expect "who does not ask gets none" '^0$' sh -c "echo | openssl s_client -connect 127.0.0.1:443 -servername a.example -CAfile ca.crt 2>&1 | grep -c 'OCSP Response Data'"
check "the default certificate, too" 10 shown nobody.example
check "one that holds for a minute" 10 shown soon.example
check "one whose responder then dies" 10 shown kept.example
kill_own $short $kept

# --- nginx goes on without the controller, which then begins anew ---
kill "$tool"
wait "$tool"
check "what has expired is not shown" 90 not_shown soon.example
check "others are" 1 shown a.example
controller
has_event "a restart: what was known is shown while nobody can be asked" 'Warning kept OCSPFailed Secret default/kept: .*; the OCSP answer of before is shown until 20'
check "it is" 1 shown kept.example

# --- who cannot be asked; the sites go on ---
has_event "a responder at the node itself" 'Warning loop OCSPFailed Secret default/loop: .*127.0.0.1 is a loopback address, where nobody is asked'
has_event "... by its name" 'Warning name OCSPFailed Secret default/name: .* is a loopback address'
has_event "a dead responder" 'Warning dead OCSPFailed Secret default/dead: .*http://192.168.77.254:2599/.*shown without an OCSP answer'
has_event "a chain without issuer" 'Warning alone OCSPFailed Secret default/alone: .*issuer is not in its chain'
has_event "garbage" 'Warning garbage OCSPFailed .*is no OCSP answer'
has_event "too large" 'Warning large OCSPFailed .*longer than 65536 bytes'
has_event "a redirect is not followed" 'Warning away OCSPFailed .*status 302'
has_event "one that says nothing" 'Warning silent OCSPFailed '
has_event "no http" 'Warning secure OCSPFailed .*http://'
for n in loop name dead plain alone garbage large away silent secure; do
	check "$n.example is served without one" 1 not_shown $n.example
	expect "... with its certificate" "CN ?= ?$n" sh -c "echo | openssl s_client -connect 127.0.0.1:443 -servername $n.example 2>/dev/null | openssl x509 -noout -subject"
done
expect "such a client goes away from a site without" '^000 91$' strict plain.example
no_event "a certificate that names no responder is no fault" '^plain OCSPFailed'
no_event "nor one with a good answer" '^a OCSPFailed'
responder 2599 -nmin 60
check "the dead one has come back" 120 shown dead.example

# --- another certificate in the Secret ---
cert a a.example "http://$A:2560" R
has_event "revoked" 'Warning a OCSPFailed Secret default/a: .*is revoked'
check "is shown without" 10 not_shown a.example
cert a a.example "http://$A:2560"
check "a good one again" 15 shown a.example
expect "about the new one" "Serial Number: $(printf '%04X' $serial)" status a.example
has_event "no answer any more" 'Warning soon OCSPFailed .*shown without an OCSP answer'
openssl x509 -req -in soon.csr -CA ca.crt -CAkey ca.key -days 20 -set_serial "$(openssl x509 -in soon.leaf -noout -serial | sed 's/.*=/0x/')" \
	-extfile <(echo "subjectAltName=DNS:soon.example"; echo "authorityInfoAccess=OCSP;URI:http://$A:2562/old") -out soon.leaf 2>/dev/null
k create secret tls soon --cert=<(cat soon.leaf ca.crt) --key=soon.key --dry-run=client -o yaml | k apply -f - >/dev/null 2>&1
has_event "an answer that has expired" 'Warning soon OCSPFailed .*the OCSP answer has expired'
check "is not shown" 1 not_shown soon.example

# --- no longer ---
settings enable-ocsp=false default-ssl-certificate=dflt
check "switched off again" 10 not_shown a.example
expect "nginx' configuration has not been written again" "^yes$" sh -c "[ '$conf_before' = '$(conf)' ] && echo yes"
settings enable-ocsp=true default-ssl-certificate=dflt
n=$(grep -c silent asked)
eventually 20 sh -c "[ \$(grep -c silent asked) -gt $n ]" || not_ok "the silent one is asked again"
kill "$tool"
wait "$tool"
expect "the controller ends while it waits for a responder" "^0$" echo $?
[ $lib_failed = 0 ]
