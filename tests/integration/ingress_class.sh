#!/bin/bash
# Parameters of an IngressClass: a ConfigMap with the keys of ingress-nginx' own, at an API server, with a controller whose rights end
# at the objects that it names, a real nginx and real backends; changes without a reload; /healthz for load balancers in front.
. "$(dirname "$0")/lib.sh"
. "$MINIK_TOP/tests/integration/lib_ingress.sh"
ingress_needs openssl
enter_sandbox "$@"
ingress_apiserver

# Backends that say who they are and what they were asked.
cat >"$T/backend.py" <<'P'
import http.server, sys, time
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.path.startswith("/slow"): time.sleep(3)
        self.headers["X-Body"] = str(len(self.rfile.read(int(self.headers.get("Content-Length") or 0))))
        status = int(self.path[6:9]) if self.path.startswith("/code/") else 404 if sys.argv[1] == "errors" else 200
        body = ("%s %s\n%s" % (sys.argv[1], self.requestline, self.headers)).encode()
        self.send_response(status); self.send_header("X-Powered-By", "python"); self.send_header("Content-Length", str(len(body))); self.end_headers()
        if self.command != "HEAD": self.wfile.write(body)
    do_HEAD = do_POST = do_GET
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("0.0.0.0", int(sys.argv[2])), H).serve_forever()
P
python3 "$T/backend.py" main 9001 & lib_pids="$lib_pids $!"
python3 "$T/backend.py" errors 9002 & lib_pids="$lib_pids $!"
k apply -f - <<X >/dev/null
{"apiVersion":"v1","kind":"List","items":[
 {"apiVersion":"v1","kind":"Service","metadata":{"name":"main"},"spec":{"ports":[{"name":"http","port":80,"targetPort":9001}]}},
 {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"main-1","labels":{"kubernetes.io/service-name":"main"}},"addressType":"IPv4",
  "ports":[{"name":"http","port":9001,"protocol":"TCP"}],"endpoints":[{"addresses":["$A"],"conditions":{"ready":true}}]},
 {"apiVersion":"v1","kind":"Service","metadata":{"name":"errors"},"spec":{"ports":[{"name":"http","port":8080,"targetPort":9002}]}}]}
X
errors_ready() { # errors_ready TRUE-OR-FALSE
	k apply -f - <<-X >/dev/null
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"errors-1","labels":{"kubernetes.io/service-name":"errors"}},"addressType":"IPv4",
	 "ports":[{"name":"http","port":9002,"protocol":"TCP"}],"endpoints":[{"addresses":["$A"],"conditions":{"ready":$1}}]}
	X
}
errors_ready true

# Its rights: no Secret or ConfigMap but those of these names.
controller_rights "cert, wild" "settings, added, sent"
TOOL_KUBECONFIG=$T/own.kubeconfig controller
get() { # get HOST PATH [CURL FLAGS]: status, headers and body
	local host=$1 path=$2; shift 2
	curl -s -m 10 --path-as-is -w '%{http_code}' -D - -H "Host: $host" "$@" "http://127.0.0.1$path" | tr -d '\r' | tr '\n' ' '
}
ing() { # ing NAME HOST ANNOTATIONS [MORE OF SPEC]
	k apply -f - <<-X >/dev/null
	{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"$1","annotations":{$3}},"spec":{${4:-}"rules":[{"host":"$2","http":{"paths":[
	 {"path":"/","pathType":"Prefix","backend":{"service":{"name":"main","port":{"number":80}}}}]}}]}}
	X
}
settings() { # settings KEY=VALUE...
	local w args=(); for w; do args+=("--from-literal=$w"); done
	k create configmap settings "${args[@]}" --dry-run=client -o yaml | k apply -f - >/dev/null 2>"$T/apply.err" || cat "$T/apply.err" >&2
}
tls() { # tls HOST PATH: status, headers and body by TLS
	curl -sk -m 10 -w '%{http_code}' -D - --resolve "$1:443:127.0.0.1" "https://$1$2" | tr -d '\r' | tr '\n' ' '
}
subject() { echo | openssl s_client -connect 127.0.0.1:443 -servername "$1" 2>/dev/null | openssl x509 -noout -subject; }
N=nginx.ingress.kubernetes.io
eventually 10 answers x / 404 && ok "nginx answers" || { not_ok "nginx answers" "$(cat "$T/tool.log")"; exit 1; }

# --- a load balancer in front asks for /healthz ---
expect "healthz, by address" 'text/plain.* ok 200$' get 127.0.0.1 /healthz
expect "of a name that nobody has" ' ok 200$' get nobody.example /healthz
expect "HEAD" '^200$' curl -s -o /dev/null -w '%{http_code}' -I http://127.0.0.1/healthz
expect "by TLS" ' ok 200$' tls nobody.example /healthz
expect "not by POST" '404$' get nobody.example /healthz -d x
expect "no other path" '404$' get nobody.example /healthz/
ing plain plain.example ''
becomes "an Ingress" plain.example / ' main GET / HTTP'
expect "a host's own /healthz is its backend's" ' main GET /healthz ' get plain.example /healthz
k apply -f - <<X >/dev/null
{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"narrow"},"spec":{"rules":[{"host":"narrow.example","http":{"paths":[
 {"path":"/api","pathType":"Prefix","backend":{"service":{"name":"main","port":{"number":80}}}}]}}]}}
X
becomes "an Ingress of one path" narrow.example /api ' main GET /api HTTP'
expect "what a host does not have is not answered for it" '404$' get narrow.example /healthz
k patch ingress plain --type=json -p '[{"op":"remove","path":"/spec/rules/0/host"}]' >/dev/null
becomes "a rule without host has it, too" nobody.example /healthz ' main GET /healthz '
k delete ingress plain >/dev/null
becomes "and when that is gone it is as before" nobody.example /healthz ' ok 200$'

# --- the class names a ConfigMap ---
pid=$(cat "$T/run/ingress/own/nginx.pid")
conf() { stat -c '%Y %i' "$T/run/ingress/nginx.conf" "$T/run/ingress/own/nginx.pid"; }
conf_before=$(conf)
expect "nginx.conf is there" "^[0-9]+ [0-9]+ [0-9]+ [0-9]+ $" sh -c "printf '%s' '$conf_before' | tr '\\n' ' '; echo ' '"
ing a a.example ''
ing b b.example "\"$N/proxy-body-size\":\"3k\",\"$N/whitelist-source-range\":\"127.0.0.0/8\""
becomes "without parameters" a.example / ' main GET'
k patch ingressclass nginx --type=merge -p '{"spec":{"parameters":{"kind":"ConfigMap","scope":"Namespace","namespace":"default","name":"settings"}}}' >/dev/null
becomes "a ConfigMap that is not there: it may say who may come in" a.example / '503$'
has_event "event of the class" 'nginx MissingConfigMap spec.parameters: ConfigMap default/settings does not exist'
has_event "event of the Ingress" 'a ClassRefused ConfigMap default/settings, the parameters of its IngressClass, does not exist'
settings proxy-body-size=1k
becomes "when it is there" a.example / ' main GET'
body() { head -c "$1" /dev/zero | tr '\0' x; }
expect "a default: proxy-body-size" '413$' get a.example / -d "$(body 2000)"
expect "an Ingress' own annotation wins" ' main POST .*200$' get b.example / -d "$(body 2000)"
expect "above its own" '413$' get b.example / -d "$(body 4000)"
settings proxy-body-size=10k proxy-read-timeout=1
eventually 10 sh -c "! curl -s -m 10 -o /dev/null -w '%{http_code}' -H 'Host: a.example' -d $(body 2000) http://127.0.0.1/ | grep -q 413" && ok "it changes" || not_ok "it changes"
expect "proxy-read-timeout" '504$' get a.example /slow
settings whitelist-source-range=10.0.0.0/8 denylist-source-range=9.9.9.9
becomes "whitelist-source-range" a.example / '403$'
expect "an Ingress' own list" ' main GET' get b.example /
settings block-cidrs=127.0.0.1
becomes "block-cidrs is of all" b.example / '403$'
settings whitelist-source-range=everybody
becomes "a list that is none keeps all out" b.example / '503$'
has_event "event: key" 'nginx InvalidParameter ConfigMap default/settings: key whitelist-source-range: "everybody" is not taken'
settings proxy-buffering=maybe use-gzip=true use-forwarded-headers=true worker-processes=4 http-snippet='gzip on;' no-such=1
becomes "what keeps nobody out is ignored" a.example / ' main GET'
has_event "event: a value outside of its grammar" 'key proxy-buffering: "maybe" is not taken: it must be "on" or "off"'
has_event "event: what there is not" 'UnsupportedParameter .*key use-gzip has no effect'
has_event "event: a flag" 'key use-forwarded-headers has no effect.* --ingress-trusted-proxies'
has_event "event: a setting of nginx" 'key worker-processes has no effect'
has_event "event: a snippet" 'SnippetRefused .*key http-snippet'
has_event "event: an unknown key" 'key no-such is not known'

# --- limits ---
settings limit-rpm=1 limit-burst-multiplier=1 limit-req-status-code=429
becomes "limits, and their status" a.example / '429$'

# --- headers ---
settings proxy-body-size=1k
becomes "a header of the backend" a.example / 'X-Powered-By: python'
settings add-headers=default/added proxy-set-headers=sent hide-headers=X-Powered-By
has_event "event: headers that are not there" 'MissingConfigMap key add-headers: ConfigMap default/added does not exist'
eventually 10 sh -c "! curl -s -D - -H 'Host: a.example' http://127.0.0.1/ | grep -qi powered" && ok "hide-headers" || not_ok "hide-headers" "$(get a.example /)"
k create configmap added --from-literal=X-All=one >/dev/null
k create configmap sent --from-literal=X-Sent=two >/dev/null
becomes "add-headers" a.example / 'X-All: one'
becomes "proxy-set-headers" a.example / 'X-Sent: two'
k create configmap added --from-literal=X-All=three --dry-run=client -o yaml | k apply -f - >/dev/null 2>&1
becomes "they change" a.example / 'X-All: three'
settings add-headers=kube-system/added
has_event "event: another namespace's" 'key add-headers: kube-system/added is of another namespace'

# --- TLS ---
cert() { openssl req -x509 -newkey rsa:2048 -nodes -keyout "$T/$1.key" -out "$T/$1.crt" -days 30 -subj "/CN=$1" -addext "subjectAltName=DNS:$2" 2>/dev/null && k create secret tls "$1" --cert="$T/$1.crt" --key="$T/$1.key" >/dev/null; }
cert cert t.example
cert wild '*.example'
settings hsts-max-age=600 hsts-include-subdomains=false hsts-preload=true default-ssl-certificate=wild http-redirect-code=301
ing t t.example '' '"tls":[{"hosts":["t.example"],"secretName":"cert"}],'
becomes "http-redirect-code" t.example / '301$'
expect "its own certificate" 'CN ?= ?cert' subject t.example
expect "HSTS" 'trict-[Tt]ransport-[Ss]ecurity: max-age=600; preload ' tls t.example /
wild() { subject "$1" | grep -q 'CN *= *wild'; }
eventually 10 wild nobody.example && ok "default-ssl-certificate" || not_ok "default-ssl-certificate" "$(subject nobody.example)"
expect "also for who says no name" 'CN ?= ?wild' sh -c "echo | openssl s_client -connect 127.0.0.1:443 -noservername 2>/dev/null | openssl x509 -noout -subject"
no_hsts() { ! tls "$1" / | grep -qi strict-transport; }
expect "no HSTS for a name without a certificate of its own" '^yes$' sh -c "curl -sk -D - --resolve a.example:443:127.0.0.1 https://a.example/ | grep -qi strict-transport || echo yes"
settings hsts=false ssl-redirect=false
becomes "ssl-redirect" t.example / ' main GET'
eventually 10 no_hsts t.example && ok "hsts: false" || not_ok "hsts: false" "$(tls t.example /)"
not_wild() { ! wild nobody.example; }
eventually 10 not_wild && ok "without the key minik's own certificate" || not_ok "without the key minik's own certificate" "$(subject nobody.example)"
k patch ingressclass nginx --type=json -p '[{"op":"remove","path":"/spec/parameters"}]' >/dev/null
hsts() { tls t.example / | grep -q 'max-age=31536000; includeSubDomains'; }
eventually 10 hsts && ok "without parameters HSTS is as ingress-nginx has it" || not_ok "without parameters HSTS is as ingress-nginx has it" "$(tls t.example /)"
k patch ingressclass nginx --type=merge -p '{"spec":{"parameters":{"kind":"ConfigMap","scope":"Cluster","name":"settings"}}}' >/dev/null
has_event "scope Cluster is refused" 'nginx UnsupportedParameters .*scope Cluster is of objects without a namespace'
becomes "and its Ingresses are served" a.example / ' main GET'

# --- authentication for all ---
python3 - <<'P' >"$T/auth.out" 2>&1 &
import http.server
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.headers.get("X-Pass") == "sesame" else 401); self.send_header("Content-Length", "0"); self.end_headers()
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("0.0.0.0", 9003), H).serve_forever()
P
lib_pids="$lib_pids $!"
settings global-auth-url="http://$A:9003/"
k patch ingressclass nginx --type=merge -p '{"spec":{"parameters":{"kind":"ConfigMap","scope":"Namespace","namespace":"default","name":"settings"}}}' >/dev/null
ing open open.example "\"$N/enable-global-auth\":\"false\""
becomes "global-auth-url: nobody" a.example / '401$'
becomes "... who may" a.example / ' main GET' -H 'X-Pass: sesame'
becomes "... not asked where an Ingress says so" open.example / ' main GET'

# --- show ---
settings add-headers=added default-ssl-certificate=wild proxy-body-size=1k,
shows() { "${MINIK:-$B/minik}" ingress show --kubeconfig "$KUBECONFIG"; }
expect "show: what is wrong with the class" 'nginx: .*key proxy-body-size: "1k," is not taken' shows
expect "show: what its ConfigMap names has been read, too" '^0$' sh -c "'${MINIK:-$B/minik}' ingress show --kubeconfig '$KUBECONFIG' | grep -c 'does not exist'"
settings add-headers=added

# --- errors of backends ---
settings custom-http-errors=404,503,502 default-backend-service=default/errors proxy-set-headers=sent
becomes "custom-http-errors: another backend's answer, and status" a.example /code/503 '^HTTP/1.1 404 .* errors GET / HTTP/1.1'
answer() { get a.example '/code/503?q=1' -H 'Accept: text/x-wanted' | tr -d '\n'; }
for h in 'X-Code: 503' 'X-Format: text/x-wanted' 'X-Original-URI: /code/503\?q=1' 'X-Namespace: default' 'X-Ingress-Name: a' 'X-Service-Name: main' 'X-Service-Port: 80'; do
	expect "... hears $h" "$h" answer
done
expect "... and what every backend hears" 'Host: a.example .*X-Real-IP: 127.0.0.1' answer
expect "... of a class' headers, too" 'X-Sent: two' answer
expect "method and body go with it" ' errors POST /.*X-Code: 404.*X-Body: 3000' get a.example /code/404 -d "$(body 3000)"
expect "HEAD" '^404$' curl -s -m 10 -o /dev/null -w '%{http_code}' -I -H 'Host: a.example' http://127.0.0.1/code/503
expect "two requests of one connection" '^404 200 404 $' sh -c "curl -s -m 10 -H 'Host: a.example' -w '%{http_code} ' -o /dev/null http://127.0.0.1/code/503 --next -s -m 10 -H 'Host: a.example' -w '%{http_code} ' -o /dev/null http://127.0.0.1/ --next -s -m 10 -H 'Host: a.example' -w '%{http_code} ' -o /dev/null http://127.0.0.1/code/404"
expect "HTTP/2" '^404$' curl -sk -m 10 --http2 -o /dev/null -w '%{http_code}' --resolve a.example:443:127.0.0.1 https://a.example/code/503
expect "another status stays" ' main GET /code/500 ' get a.example /code/500
ing e e.example "\"$N/custom-http-errors\":\"500\",\"$N/default-backend\":\"errors\""
becomes "an Ingress' own" e.example /code/500 ' errors GET / .*X-Code: 500 '
expect "and not the class'" ' main GET /code/503 ' get e.example /code/503
ing limited limited.example "\"$N/limit-rpm\":\"1\",\"$N/limit-burst-multiplier\":\"1\",\"$N/affinity\":\"cookie\""
eventually 10 sh -c "curl -s -m 10 -o /dev/null -w '%{http_code}' -H 'Host: limited.example' http://127.0.0.1/code/503 | grep -q 404" && ok "it counts once for limits" || not_ok "it counts once for limits"
errors_ready false
becomes "when nobody answers in its place the backend's own answer is kept" a.example /code/503 ' main GET /code/503 .*503$'
errors_ready true
becomes "and no longer" a.example /code/503 ' errors GET / '
k delete service errors >/dev/null
has_event "event: no Service" 'MissingService custom-http-errors: Service default/errors does not exist'
becomes "without the Service, too" a.example /code/503 ' main GET /code/503 .*503$'

# --- lint ---
cat >"$T/files.yaml" <<'X'
apiVersion: v1
kind: ConfigMap
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
data: {proxy-body-size: 8m, hsts: "false", use-forwarded-headers: "true", proxy-read-timeout: 60s, http-snippet: "gzip on;", odd: x}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  template:
    spec:
      containers:
      - name: controller
        image: registry.k8s.io/ingress-nginx/controller:v1.12.0
        args: [/nginx-ingress-controller, --configmap=$(POD_NAMESPACE)/ingress-nginx-controller, --tcp-services-configmap=ingress-nginx/tcp-services,
               --default-ssl-certificate=default/wild, --watch-namespace, shop, --election-id=x, --no-such]
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: minik.io/ingress-nginx, parameters: {kind: ConfigMap, scope: Namespace, namespace: web, name: own}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: own, namespace: web}
data: {limit-rps: many, proxy-buffering: "on"}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a}
spec: {ingressClassName: nginx, rules: [{host: a.example}]}
X
lint() { "${MINIK:-$B/minik}" ingress lint "$@"; }
said() { expect "lint: $1" "$2" lint "$T/files.yaml"; }
said "keys that have effect" 'ConfigMap ingress-nginx/ingress-nginx-controller: note: these keys have effect when an IngressClass names .*proxy-body-size'
said "a flag" 'controller: warning: key use-forwarded-headers .*--ingress-trusted-proxies .*UnsupportedParameter'
said "a value outside of its grammar" 'controller: error: key proxy-read-timeout: "60s" is not taken: .*InvalidParameter'
said "a snippet" 'controller: error: key http-snippet: .*SnippetRefused'
said "an unknown key" 'controller: warning: key odd is not known'
said "the ConfigMap's argument" 'DaemonSet .*note: argument --configmap=.*spec.parameters'
said "TCP services" 'note: argument --tcp-services-configmap=ingress-nginx/tcp-services .*minik-ingress-tcp'
said "the default certificate" 'note: argument --default-ssl-certificate=default/wild .*key default-ssl-certificate'
said "an argument with its value behind it" 'note: argument --watch-namespace=shop .*all namespaces'
said "an argument that there is not" 'note: argument --no-such .*no such flag'
expect "lint: nothing of what needs no change" '^0$' sh -c "'${MINIK:-$B/minik}' ingress lint '$T/files.yaml' | grep -c election"
said "a class' own ConfigMap" 'IngressClass nginx: error: ConfigMap web/own: key limit-rps: "many" is not taken'
sed '/name: own, namespace: web/,/^data/d' "$T/files.yaml" >"$T/less.yaml"
expect "lint: a ConfigMap that may be in the cluster" 'IngressClass nginx: note: it must be in the cluster.*ConfigMap web/own' lint "$T/less.yaml"
expect "lint: its Ingresses are not told" '^0$' sh -c "'${MINIK:-$B/minik}' ingress lint '$T/less.yaml' | grep -c 'Ingress default/a'"

# --- the documentation ---
keys() { grep -oE '^    (NOTE|AUTH|OWN|FLAG|SAME|NEVER|GUARD|SNIPPET)\("[a-z0-9-]+"' "$MINIK_TOP/ingress/params_keys.c" | grep -oE '"[^"]+"' | tr -d '"'; }
untold() {
	local k doc
	doc=$(tr -c 'a-z0-9-' '\n' <"$MINIK_TOP/examples/ingress/configmap.md")
	for k in $(keys); do
		grep -qx -- "$k" <<<"$doc" || grep -qx -- "-${k#proxy-next-upstream-}" <<<"$doc" || grep -qx -- "-${k#global-auth-}" <<<"$doc" || echo "$k"
	done
	echo "all others are"
}
expect "there are keys" '^[1-9][0-9]{2}$' sh -c "echo $(keys | wc -l)"
expect "configmap.md has every one" '^yes$' sh -c "[ '$(untold)' = 'all others are' ] && echo yes || echo '$(untold)'"

# --- all of that without a reload ---
expect "nginx' configuration has not been written again" "^yes$" sh -c "[ '$conf_before' = '$(conf)' ] && echo yes"
expect "no worker of nginx has died" "^0$" sh -c "grep -c 'exited on signal' '$T/data/ingress/nginx.log'"
expect "and nginx is the same" "^$pid$" cat "$T/run/ingress/own/nginx.pid"
kill -0 $tool && ok "the controller is there" || not_ok "the controller is there" "$(tail -5 "$T/tool.log")"
[ $lib_failed = 0 ]
