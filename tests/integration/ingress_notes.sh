#!/bin/bash
# From objects to answers: annotations of Ingresses at an API server, the controller with rights that end at the Secrets and
# ConfigMaps that Ingresses refer to, a real nginx, real backends; what is watched begins and ends with who refers to it.
. "$(dirname "$0")/lib.sh"
. "$MINIK_TOP/tests/integration/lib_ingress.sh"
ingress_needs openssl
enter_sandbox "$@"
ingress_apiserver

# Backends that say who they are and what they were asked.
cat >"$T/backend.py" <<'P'
import http.server, sys
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        body = ("%s %s\n%s" % (sys.argv[1], self.requestline, self.headers)).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("0.0.0.0", int(sys.argv[2])), H).serve_forever()
P
for b in "main 9001" "canary 9002"; do python3 "$T/backend.py" $b & lib_pids="$lib_pids $!"; done
for b in "main 9001" "canary 9002"; do
	set -- $b
	k apply -f - <<-X >/dev/null
	{"apiVersion":"v1","kind":"List","items":[
	 {"apiVersion":"v1","kind":"Service","metadata":{"name":"$1"},"spec":{"ports":[{"name":"http","port":80,"targetPort":$2}]}},
	 {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"$1-1","labels":{"kubernetes.io/service-name":"$1"}},"addressType":"IPv4",
	  "ports":[{"name":"http","port":$2,"protocol":"TCP"}],"endpoints":[{"addresses":["$A"],"conditions":{"ready":true}}]}]}
	X
done

# Its rights: no Secret or ConfigMap but those of these names.
controller_rights "cert, users" headers
TOOL_KUBECONFIG=$T/own.kubeconfig controller
get() { # get HOST PATH [CURL FLAGS]: status, headers and body
	local host=$1 path=$2; shift 2
	curl -s -m 10 --path-as-is -w '%{http_code}' -D - -H "Host: $host" "$@" "http://127.0.0.1$path" | tr -d '\r' | tr '\n' ' '
}
ing() { # ing NAME HOST PATH SERVICE ANNOTATIONS [TYPE] [MORE OF SPEC]
	k apply -f - <<-X >/dev/null
	{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"$1","annotations":{$5}},"spec":{${7:-}"rules":[{"host":"$2","http":{"paths":[
	 {"path":"$3","pathType":"${6:-Prefix}","backend":{"service":{"name":"$4","port":{"number":80}}}}]}}]}}
	X
}
N=nginx.ingress.kubernetes.io
eventually 10 answers x / 404 && ok "nginx answers" || { not_ok "nginx answers" "$(cat "$T/tool.log")"; exit 1; }

# --- what Ingresses refer to ---
ing plain plain.example / main ''
becomes "an Ingress that refers to nothing" plain.example / ' main GET / HTTP'
before=$(watches)
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$T/key" -out "$T/crt" -days 30 -subj /CN=ours -addext subjectAltName=DNS:tls.example 2>/dev/null
k create secret tls cert --cert="$T/crt" --key="$T/key" >/dev/null
k create secret generic users --from-literal=auth="ann:$(openssl passwd -apr1 sesame)" >/dev/null
k create configmap headers --from-literal=X-Own=one >/dev/null
ing tls tls.example / main '' Prefix '"tls":[{"hosts":["tls.example"],"secretName":"cert"}],'
subject() { openssl s_client -connect 127.0.0.1:443 -servername tls.example </dev/null 2>/dev/null | openssl x509 -noout -subject; }
eventually 10 sh -c "echo | openssl s_client -connect 127.0.0.1:443 -servername tls.example 2>/dev/null | openssl x509 -noout -subject | grep -q ours" && ok "the Secret of an Ingress' tls" || not_ok "the Secret of an Ingress' tls" "$(subject)"
becomes "redirected to https" tls.example /x 'ocation: https://tls.example/x .*308$'
ing users users.example / main "\"$N/auth-type\":\"basic\",\"$N/auth-secret\":\"users\",\"$N/custom-headers\":\"headers\""
becomes "users: nobody" users.example / ' 401 .*401$'
becomes "users: one of them" users.example / ' main GET' -u ann:sesame
becomes "headers" users.example / 'X-Own: one' -u ann:sesame
expect "three watches more" "^$((before + 3))$" watches
k create configmap headers --from-literal=X-Own=two --dry-run=client -o yaml | k apply -f - >/dev/null 2>&1
becomes "headers change" users.example / 'X-Own: two' -u ann:sesame
k delete secret users >/dev/null
becomes "without its Secret nobody comes in" users.example / ' 503 .*503$' -u ann:sesame
has_event "event: Secret" 'users MissingSecret annotation auth-secret: Secret default/users does not exist'
k create secret generic users --from-literal=auth="bob:$(openssl passwd -apr1 sesame)" >/dev/null
becomes "and with it again" users.example / ' main GET' -u bob:sesame
ing users users.example / main "\"$N/auth-type\":\"basic\",\"$N/auth-secret\":\"kube-system/users\""
becomes "another namespace's: refused" users.example / '503$' -u bob:sesame
has_event "event: namespace" 'users InvalidAnnotation annotation auth-secret: kube-system/users is of another namespace'
k delete ingress users >/dev/null
fewer() { [ "$(watches)" = $((before + 1)) ]; }
eventually 10 fewer && ok "watches end with who refers" || not_ok "watches end with who refers" "$(watches) instead of $((before + 1))"
# One that it may not read is told as missing, and holds up nobody for long.
ing forbidden forbidden.example / main "\"$N/auth-type\":\"basic\",\"$N/auth-secret\":\"other\""
becomes "a Secret that cannot be read" forbidden.example / '503$'
ing after after.example / main ''
becomes "others are served meanwhile" after.example / ' main GET'
k delete ingress forbidden >/dev/null

# --- hosts and paths ---
ing re re.example '/api(/|$)(.*)' main "\"$N/rewrite-target\":\"/\$2\"" ImplementationSpecific
becomes "rewrite-target" re.example '/API/v1/x?q=1' ' main GET /v1/x\?q=1 HTTP'
expect "of no path" '404$' get re.example /apix
ing alias al.example / main "\"$N/server-alias\":\"other.example,*.more.example\",\"$N/from-to-www-redirect\":\"true\""
becomes "server-alias" other.example / ' main GET'
becomes "server-alias, wildcard" q.more.example / ' main GET'
becomes "from-to-www-redirect" www.al.example '/a?b' 'ocation: http://al.example/a\?b .*308$'

becomes "permanent-redirect with variables" go.example '/a%0d%0ab?c=d' '404$'
ing go go.example / main "\"$N/permanent-redirect\":\"https://new.example/to\$uri?\$args\""
becomes "permanent-redirect with variables: encoded" go.example '/a%0d%0ab?c=d' 'ocation: https://new.example/to/a%0D%0Ab\?c=d .*301$'

# --- https by host ---
ing more tls.example /more main ''
becomes "another Ingress' path of a host with TLS" tls.example /more/x 'ocation: https://tls.example/more/x .*308$'
ing more tls.example /more main "\"$N/ssl-redirect\":\"false\""
becomes "not with ssl-redirect: false" tls.example /more ' main GET'
expect "others of the host still" '308$' get tls.example /x
sni() { echo | openssl s_client -connect 127.0.0.1:443 -servername "$1" 2>/dev/null | openssl x509 -noout -subject; }
shows() { sni "$1" | grep -q -- "$2"; }
ing mismatch wrong.example / main '' Prefix '"tls":[{"hosts":["wrong.example"],"secretName":"cert"}],'
becomes "a certificate for another host: redirected all the same" wrong.example / 'ocation: https://wrong.example/ .*308$'
has_event "event: a certificate for another host" 'mismatch CertificateMismatch Secret default/cert: its certificate is not for host wrong.example but for tls.example'
if shows tls.example ours && ! shows wrong.example ours && sni wrong.example | grep -q subject; then ok "and the default certificate is shown"; else not_ok "and the default certificate is shown" "$(sni wrong.example)"; fi
k delete secret cert >/dev/null
is_default() { ! shows tls.example ours && sni tls.example | grep -q subject; }
eventually 10 is_default && ok "without its Secret: the default certificate" || not_ok "without its Secret: the default certificate" "$(sni tls.example)"
expect "without its Secret: redirected all the same" '308$' get tls.example /x
has_event "event: no Secret" 'tls MissingSecret Secret default/cert does not exist; the default certificate is used'

# --- what has no backend ---
k apply -f - <<'X' >/dev/null
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: bucket}
spec: {rules: [{host: plain.example, http: {paths: [{path: /files, pathType: Prefix, backend: {resource: {apiGroup: k8s.example.com, kind: Bucket, name: b}}}]}}]}
X
becomes "a resource backend: 503" plain.example /files/a '503$'
expect "and not beside it" ' main GET' get plain.example /filesx

# --- snippets ---
ing snip snip.example / main "\"$N/configuration-snippet\":\"more_set_headers \\\"X-Frame-Options: DENY\\\"; # deny all;\""
becomes "a snippet with words in strings" snip.example / ' main GET'
has_event "event: what to use instead" 'snip SnippetRefused .*custom-headers .a ConfigMap. for more_set_headers'
ing snip snip.example / main "\"$N/configuration-snippet\":\"location ~ x { deny all; }\""
becomes "a snippet that keeps somebody out" snip.example / '503$'
ing empty empty.example / main "\"$N/auth-url\":\"\",\"$N/proxy-body-size\":\"\""
becomes "empty annotations" empty.example / ' main GET'
ing nobody nobody.example / main "\"$N/whitelist-source-range\":\"\""
becomes "an empty list of addresses lets nobody in" nobody.example / '503$'
has_event "event: an empty list" 'nobody InvalidAnnotation .*whitelist-source-range'
ing asks asks.example / main "\"$N/auth-url\":\"http://gone.default.svc.cluster.local/\""
becomes "auth-url of a Service that is not there: nobody comes in" asks.example / '50[0-9]$'
has_event "event: auth-url" 'asks MissingService annotation auth-url: Service default/gone does not exist'

# --- canary ---
ing stable can.example / main ''
ing trial can.example / canary "\"$N/canary\":\"true\",\"$N/canary-by-header\":\"X-Try\",\"$N/canary-by-cookie\":\"try\",\"$N/canary-weight\":\"0\""
becomes "canary by header" can.example / ' canary GET' -H 'X-Try: always'
expect "not without" ' main GET' get can.example /
expect "never" ' main GET' get can.example / -H 'X-Try: never' -b try=always
expect "canary by cookie" ' canary GET' get can.example / -b try=always
ing trial can.example / canary "\"$N/canary\":\"true\",\"$N/canary-weight\":\"50\""
both() { local i got=; for i in $(seq 60); do got="$got$(get can.example / | grep -oE ' (main|canary) GET')"; done; echo "$got" | grep -q main && echo "$got" | grep -q canary; }
eventually 10 both && ok "canary by weight" || not_ok "canary by weight"
k delete ingress stable >/dev/null
becomes "without its main Ingress it serves nothing" can.example / '404$'
has_event "event: canary" 'trial CanaryWithoutMain host can.example'

# --- the backend ---
ing auto auto.example / main "\"$N/backend-protocol\":\"AUTO_HTTP\",\"$N/ssl-redirect\":\"false\""
becomes "AUTO_HTTP by http" auto.example / ' main GET'
tls_status() { curl -sk -m 10 -o /dev/null -w '%{http_code}' --resolve auto.example:443:127.0.0.1 https://auto.example/; }
expect "AUTO_HTTP by https: the backend is spoken to by TLS, which it has not" '^502$' tls_status

# --- access and limits ---
ing allow allow.example / main "\"$N/whitelist-source-range\":\"10.0.0.0/8\""
becomes "whitelist" allow.example / '403$'
ing allow allow.example / main "\"$N/whitelist-source-range\":\"127.0.0.0/8\",\"$N/denylist-source-range\":\"10.0.0.0/8\",\"$N/proxy-body-size\":\"1k\",\"$N/enable-cors\":\"true\",\"$N/upstream-vhost\":\"inner.example\""
becomes "whitelist, inside" allow.example / ' main GET'
expect "body" '413$' get allow.example / -d "$(head -c 2000 /dev/zero | tr '\0' x)"
expect "CORS" 'ccess-[Cc]ontrol-[Aa]llow-[Oo]rigin: ' get allow.example / -H 'Origin: https://a.example'
expect "vhost" 'Host: inner.example' get allow.example /
ing allow allow.example / main "\"$N/whitelist-source-range\":\"127.0.0.1; return 200\""
becomes "outside of the grammar: refused" allow.example / '503$'
has_event "event: grammar" 'allow InvalidAnnotation annotation whitelist-source-range: "127.0.0.1; return 200" is not taken'
kill -0 $tool && ok "the controller is there" || not_ok "the controller is there" "$(tail -5 "$T/tool.log")"
[ $lib_failed = 0 ]
