#!/bin/bash
# minik ingress show and minik ingress lint: manifests checked without a cluster and beside one, the routing table of a real API server as
# text and JSON. Metrics by Ingress of a real nginx, over changes and a restart.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
[ -x "$B/tests/integration/apiserver_main" ] || make -s -C "$B" tests/integration/apiserver_main >&2 || skip_all "apiserver_main cannot be built"
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
for p in jq openssl; do command -v $p >/dev/null || skip_all "no $p"; done
enter_sandbox "$@"
k() { "$KUBECTL" "$@"; }
lint() { "$MINIK" ingress lint "$@"; }
status() { # status NAME WANT COMMAND...: its exit status
	local name=$1 want=$2 rc; shift 2
	"$@" >"$T/out" 2>&1; rc=$?
	if [ $rc = "$want" ]; then ok "$name"; else not_ok "$name" "$rc instead of $want: $(cat "$T/out")"; fi
}
has() { # has NAME WANT...: each is in the last output
	local name=$1 w; shift
	for w in "$@"; do grep -qE -- "$w" "$T/out" || { not_ok "$name" "no $w in $(cat "$T/out")"; return 1; }; done
	ok "$name"
}
has_not() { if grep -qE -- "$2" "$T/out"; then not_ok "$1" "$(cat "$T/out")"; else ok "$1"; fi; }

# --- lint, alone ---
cat >"$T/good.yaml" <<'X'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules:
  - host: web.example
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
X
cat >"$T/moved.yaml" <<'X'
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: public}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: snip
  annotations: {nginx.ingress.kubernetes.io/configuration-snippet: "return 200;", nginx.org/x: "1"}
spec:
  ingressClassName: public
  rulez: []
  tls: [{hosts: [a.example], secretName: a-tls}]
  rules:
  - host: a.example
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 81}}}}
      - {path: /gone, pathType: Prefix, backend: {service: {name: gone, port: {number: 81}}}}
---
apiVersion: v1
kind: List
items:
- apiVersion: extensions/v1beta1
  kind: Ingress
  metadata: {name: old, namespace: shop, annotations: {nginx.ingress.kubernetes.io/server-snippet: "x"}}
  spec: {backend: {serviceName: web, servicePort: 80}}
- apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata: {name: other}
  spec: {ingressClassName: traefik, defaultBackend: {service: {name: a, port: {number: 1}}}}
- apiVersion: admissionregistration.k8s.io/v1
  kind: ValidatingWebhookConfiguration
  metadata: {name: ingress-nginx-admission}
  webhooks: [{name: validate.nginx.ingress.kubernetes.io}]
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: ingress-nginx-controller, namespace: ingress-nginx, labels: {app.kubernetes.io/name: ingress-nginx}}
  data: {use-forwarded-headers: "true"}
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
  spec: {template: {spec: {containers: [{name: c, image: "registry.k8s.io/ingress-nginx/controller:v1.12.0"}]}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: bad}
spec: {rules: [{host: "UPPER.example", http: {paths: [{path: x, backend: {serviceName: a}}]}}]}
X
status "lint: nothing to say is 0" 0 lint "$T/good.yaml"
has "lint: what it looked at" '^2 objects: 0 errors, 0 warnings, 0 notes$'
status "lint: something found is 1" 1 lint "$T/good.yaml" "$T/moved.yaml"
has "lint: a snippet" 'moved.yaml: Ingress default/snip: error: .*configuration-snippet.*\(SnippetRefused\)'
has "lint: another controller's annotation" 'Ingress default/snip: warning: annotation nginx.org/x is another'
has "lint: an unknown field" 'Ingress default/snip: warning: field spec.rulez does not exist'
has "lint: a port that a Service of the files has not" 'Ingress default/snip: error: Service default/web has no TCP port 81'
has "lint: what the files do not have may be in the cluster" 'default/snip: note: .*Service default/gone' 'default/snip: note: .*Secret default/a-tls'
has "lint: ingress-nginx' class" 'IngressClass public: error: spec.controller .*minik.io/ingress-nginx'
has "lint: an old version, and the rest of it" 'Ingress shop/old: error: apiVersion extensions/v1beta1 .*networking.k8s.io/v1' 'Ingress shop/old: error: .*server-snippet'
has "lint: another class" 'Ingress default/other: note: there is no IngressClass traefik in these files'
has "lint: ingress-nginx itself" 'ValidatingWebhookConfiguration ingress-nginx-admission: error:' 'ConfigMap ingress-nginx/ingress-nginx-controller: warning: .*use-forwarded-headers' \
	'Deployment ingress-nginx/ingress-nginx-controller: warning:'
cat >"$T/streams.yaml" <<'X'
{apiVersion: v1, kind: ConfigMap, metadata: {name: minik-ingress-tcp, namespace: kube-system}, data: {
  "5432": default/web:80, "80": default/web:80, "443": "default/web:80", "70000": default/web:80, "25": web:80, "26": default/web:99, "27": "default/web:80:PROXIED",
  "28": "default/web:80:PROXY:PROXY", "29": default/gone:80, "05432": default/web:80, "8080": default/web:80}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: udp-services, namespace: ingress-nginx}, data: {"53": "default/dns:53:PROXY", "443": default/dns:53}}
---
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: dns}, spec: {ports: [{port: 53, protocol: UDP}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw}, spec: {gatewayClassName: minik, listeners: [{name: http, protocol: HTTP, port: 8080}]}}
X
M='ConfigMap kube-system/minik-ingress-tcp'
status "lint: TCP and UDP services" 1 lint "$T/streams.yaml"
has "lint: bad ports" "$M: error: .*70000.* is not a port" "$M: error: TCP port 80 .*Ingress' own" "$M: error: TCP port 443 .*Ingress' own" "$M: error: TCP port 8080 .*a Gateway listens" "$M: error: port 05432 is named twice"
has "lint: bad targets" "$M: error: port 25: .*web:80.* is not NAMESPACE/SERVICE:PORT" "$M: error: port 26: Service default/web has no TCP port 99" "$M: error: port 27: .*PROXIED" \
	"$M: note: it must be in the cluster.*Service default/gone does not exist"
has "lint: UDP and the PROXY protocol" 'ConfigMap ingress-nginx/udp-services: error: port 53: the PROXY protocol is for TCP alone'
has "lint: the name of ingress-nginx' documentation" 'ConfigMap ingress-nginx/udp-services: warning: UDP services are read from ConfigMap kube-system/minik-ingress-udp'
has_not "lint: what is right there" 'port (5432|28|443):'
status "lint: a namespace for what has none" 1 lint -n shop "$T/streams.yaml" "$T/moved.yaml"
has "lint: only its findings" 'Ingress shop/snip: error: .*configuration-snippet' 'Ingress shop/old: error:' 'IngressClass public: error:'
has_not "lint: not those of others" 'default/|kube-system|ingress-nginx/'
lint "$T/good.yaml" "$T/moved.yaml" >"$T/out" 2>&1
has "lint: what the API server refuses" 'Ingress default/bad: error: .*pathType' 'Ingress default/bad: error: .*UPPER.example'
cat >"$T/gateway.yaml" <<'X'
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: web}
spec:
  gatewayClassName: minik
  listeners:
  - {name: http, protocol: HTTP, port: 80}
  - {name: tls, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: cert}]}}
  - {name: tcp, protocol: TCP, port: 99}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route}
spec:
  parentRefs: [{name: web}]
  rulez: []
  rules:
  - {matches: [{path: {type: RegularExpression, value: "/a("}}], backendRefs: [{name: web, port: 81}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: gone}
spec: {parentRefs: [{name: web}], rules: [{backendRefs: [{name: gone, port: 80}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: bad}
spec: {parentRefs: [{name: web}], rules: [{backendRefs: [{name: web, port: 70000}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: foreign}
spec: {parentRefs: [{name: elsewhere}]}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: own}, spec: {controllerName: minik.io/gateway}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: own}, spec: {gatewayClassName: own, listeners: [{name: http, protocol: HTTP, port: 80}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: GRPCRoute, metadata: {name: grpc}, spec: {parentRefs: [{name: web}]}}
X
status "lint: Gateways and routes" 1 lint "$T/good.yaml" "$T/gateway.yaml"
has "lint: a listener" 'Gateway default/web: error: listener tcp: protocol TCP' 'Gateway default/web: note: .*listener tls: Secret default/cert'
has "lint: a route" 'HTTPRoute default/route: error: Service default/web has no TCP port 81' 'HTTPRoute default/route: error: rule 0: path /a\(' 'HTTPRoute default/route: warning: field spec.rulez'
has "lint: its backend may be in the cluster" 'HTTPRoute default/gone: note: .*Service default/gone does not exist'
has "lint: what the CRDs refuse" 'HTTPRoute default/bad: error: .*70000'
has "lint: a route of others" 'HTTPRoute default/foreign: note: none of its parents'
has "lint: kinds that are not served" 'GRPCRoute grpc: warning: .*has no effect'
has_not "lint: classes of the files" 'default/own'
cat >"$T/routes.yaml" <<'X'
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: web}
spec:
  gatewayClassName: minik
  listeners:
  - {name: http, protocol: HTTP, port: 80}
  - {name: tls, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: cert}, {kind: ConfigMap, name: map}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: alone}
spec:
  parentRefs: [{name: elsewhere}]
  rules:
  - {filters: [{type: ExtensionRef, extensionRef: {group: example.com, kind: X, name: x}}], backendRefs: [{name: gone, port: 80}, {name: web, port: 81}]}
  - {matches: [{path: {type: RegularExpression, value: "/a("}}], filters: [{type: RequestMirror, requestMirror: {backendRef: {name: web, port: 82}}}]}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: far, namespace: far}, spec: {parentRefs: [{name: web, namespace: default}], rules: [{timeouts: {request: 1s, backendRequest: 2s}}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: same}, spec: {parentRefs: [{name: web}], hostnames: [same.example], rules: [{matches: [{path: {value: /a}}], backendRefs: [{name: web, port: 80}]}]}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: same}, spec: {ingressClassName: nginx, rules: [{host: same.example, http: {paths: [{path: /a, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}}
X
status "lint: routes" 1 lint "$T/good.yaml" "$T/routes.yaml"
has "lint: rules of a route whose Gateway is elsewhere" 'default/alone: error: rule 0: filter ExtensionRef' 'default/alone: error: rule 1: path /a\('
has "lint: all of its backends" 'default/alone: error: Service default/web has no TCP port 81' 'default/alone: error: Service default/web has no TCP port 82' 'default/alone: note: .*Service default/gone'
has "lint: all certificates of a listener" 'default/web: note: .*listener tls: Secret default/cert' 'default/web: error: listener tls: certificates are in Secrets'
has "lint: another namespace's route" 'HTTPRoute far/far: error: no listener of Gateway default/web allows HTTPRoutes of namespace far' 'HTTPRoute far/far: error: rule 0: backendRequest'
has "lint: an Ingress and a route of one path" 'HTTPRoute default/same: error: host same.example, path /a \(PathPrefix\) belongs at port 80 to the older Ingress default/same'

cat >"$T/habits.yaml" <<'X'
{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: theirs}, spec: {controller: example.com/x}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: unquoted, annotations: {nginx.ingress.kubernetes.io/ssl-redirect: true, nginx.ingress.kubernetes.io/proxy-read-timeout: 8, nginx.ingress.kubernetes.io/proxy-body-size: 8 m}}
spec: {ingressClassName: nginx, rules: [{host: a.example, http: {paths: [{path: "/api/*", pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {generateName: made-, annotations: {nginx.ingress.kubernetes.io/proxy-buffering: "yes"}}
spec: {ingressClassName: nginx, tls: [{hosts: [c.example]}], rules: [{host: b.example, http: {paths: [{path: "/Users(1)", pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: typo}, spec: {ingressClassName: ngnix, defaultBackend: {service: {name: web, port: {number: 80}}}}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: theirs}, spec: {ingressClassName: theirs, defaultBackend: {service: {name: web, port: {number: 80}}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: regex, annotations: {nginx.ingress.kubernetes.io/use-regex: "true"}}
spec: {ingressClassName: nginx, rules: [{host: r.example, http: {paths: [{path: "/r/.*", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]}}]}
X
status "lint: what people often get wrong" 1 lint "$T/good.yaml" "$T/habits.yaml"
has "lint: annotations that are no strings, and the rest of the object" 'Ingress default/unquoted: error: annotation nginx.ingress.kubernetes.io/ssl-redirect must be a string: quote it, "true" \(NoString\)' \
	'default/unquoted: error: annotation .*/proxy-read-timeout must be a string: quote it, "8"' 'default/unquoted: error: annotation proxy-body-size: "8 m" is not taken'
has "lint: a path with a pattern" 'default/unquoted: warning: host a.example, path /api/\*: .*use-regex'
has_not "lint: expressions and other paths are no patterns" 'path /r/|path /Users'
has "lint: generateName" 'Ingress default/made-[0-9]+: error: annotation proxy-buffering'
has "lint: a host of tls without a rule" 'Ingress default/made-[0-9]+: warning: tls names host c.example'
has "lint: a class with a typing error" 'default/typo: warning: there is no IngressClass ngnix .*nginx, which may be meant'
has "lint: a class that there is" 'default/theirs: note: its class theirs is not served'
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$T/k.pem" -out "$T/c.pem" -days 30 -subj /CN=b.example 2>/dev/null
cat >"$T/cert.yaml" <<X
apiVersion: v1
kind: Secret
type: kubernetes.io/tls
metadata: {name: b}
data: {tls.crt: $(base64 -w0 <"$T/c.pem"), tls.key: $(base64 -w0 <"$T/k.pem")}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: cert}
spec:
  tls: [{hosts: [a.example], secretName: b}]
  rules: [{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
X
status "lint: a certificate for another host" 1 lint "$T/good.yaml" "$T/cert.yaml"
has "lint: which" 'default/cert: error: Secret default/b: its certificate is not for host a.example but for b.example.*\(CertificateMismatch\)'

status "lint: JSON" 1 sh -c "'$MINIK' ingress lint -o json '$T/moved.yaml' 2>/dev/null | jq -e '
	(map(.level) | unique) == [\"error\",\"note\",\"warning\"] and any(.object == \"Ingress default/snip\" and .reason == \"SnippetRefused\" and .file == \"$T/moved.yaml\")' >'$T/json' && exit 1"
status "lint: standard input, JSON manifests" 0 sh -c "'$MINIK' ingress lint - <<X
{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"IngressList\",\"items\":[{\"metadata\":{\"name\":\"a\"},\"spec\":{\"defaultBackend\":{\"service\":{\"name\":\"a\",\"port\":{\"number\":1}}}}}]}
X"
has "lint: a Service that may be there" 'standard input: Ingress default/a: note: .*Service default/a' '^1 object: 0 errors, 0 warnings, 1 note$'
printf 'a: [' >"$T/broken.yaml"
status "lint: no YAML" 1 lint "$T/broken.yaml"
has "lint: why" 'broken.yaml: error: .*YAML.*\(Malformed\)'
status "lint: no such file" 1 lint "$T/nowhere.yaml"
has "lint: which" 'nowhere.yaml'
mkdir -p "$T/dir/below" "$T/empty" && cp "$T/moved.yaml" "$T/dir/b.yml" && cp "$T/good.yaml" "$T/dir/a.yaml" && cp "$T/moved.yaml" "$T/dir/below/c.yaml" && echo '{' >"$T/dir/notes.txt"
status "lint: a directory, as kubectl apply -f has it" 1 lint "$T/dir"
has "lint: its files" 'dir/b.yml: Ingress default/snip: error: '
has_not "lint: not those below, nor others" 'below/|notes.txt'
status "lint: -R" 1 lint -R "$T/dir"
has "lint: those below, too" 'dir/below/c.yaml: Ingress default/snip: error: '
status "lint: --recursive" 1 lint --recursive "$T/dir"
has "lint: the same" 'dir/below/c.yaml: Ingress default/snip: error: '
status "lint: a directory without manifests" 1 lint "$T/empty"
has "lint: which extensions it looks for" 'empty has no \*.yaml, \*.yml or \*.json \(-R: look below, too\)'
cat >"$T/traefik.yaml" <<'X'
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: {name: strip}
spec: {stripPrefix: {prefixes: [/a]}}
---
apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: {name: ingress-nginx, namespace: kube-system}
spec: {chart: ingress-nginx}
X
status "lint: other controllers' objects are warnings" 1 lint "$T/traefik.yaml"
has "lint: and what does the same" 'Middleware strip: warning: .*rewrite-target.* for stripPrefix \(OtherController\)' 'HelmChart kube-system/ingress-nginx: warning: .*spec.parameters'
status "lint: wrong usage is 2" 2 lint
status "lint: an unknown flag is 2" 2 lint --nope "$T/good.yaml"
status "show: lint's flag is none of its" 2 "$MINIK" ingress show -R
status "show: wrong usage is 2" 2 "$MINIK" ingress show web.example shop.example
status "--help" 0 "$MINIK" ingress --help
has "--help names both" 'show \| lint'
printf 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: "a\\x1b[31m\\u009b"}\nspec: {}\n' >"$T/esc.yaml"
lint "$T/esc.yaml" >"$T/out" 2>&1
if LC_ALL=C grep -q "$(printf '\033\\|\302\233')" "$T/out"; then not_ok "lint: nothing reaches the terminal's controls" "$(cat -v "$T/out")"; else ok "lint: nothing reaches the terminal's controls"; fi

# --- beside a cluster ---
show_around() { # what is not in the routing table
	k apply -f - >/dev/null <<-'X'
	{"apiVersion":"v1","kind":"List","items":[
	 {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team"}},
	 {"apiVersion":"v1","kind":"Service","metadata":{"name":"db","namespace":"team"},"spec":{"ports":[{"name":"sql","port":5432},{"name":"ask","port":53,"protocol":"UDP"}]}},
	 {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"db-1","namespace":"team","labels":{"kubernetes.io/service-name":"db"}},"addressType":"IPv4",
	  "ports":[{"name":"sql","port":15432,"protocol":"TCP"}],"endpoints":[{"addresses":["192.168.77.8"]},{"addresses":["192.168.77.9"],"conditions":{"ready":false}}]},
	 {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"minik-ingress-tcp","namespace":"kube-system"},"data":{"5432":"team/db:sql:PROXY","81":"team/db:5433","10080":"default/web:80"}},
	 {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"minik-ingress-udp","namespace":"kube-system"},"data":{"53":"team/db:ask"}},
	 {"apiVersion":"v1","kind":"Node","metadata":{"name":"edge","annotations":{"minik.io/own-ports":"6443/TCP=API server,10080/TCP=Ingress,10443/TCP=Ingress"}}},
	 {"apiVersion":"v1","kind":"Node","metadata":{"name":"plain","annotations":{"minik.io/no-ingress":"its labels do not match --ingress-nodes edge=true"}}},
	 {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"wrong","namespace":"team"},"spec":{"ingressClassName":"nginx","tls":[{"hosts":["wrong.example"],"secretName":"wrong-tls"}],
	  "rules":[{"host":"wrong.example","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"gone","port":{"number":80}}}}]}}]}},
	 {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"other","namespace":"team"},"spec":{"ingressClassName":"traefik","rules":[{"host":"other.example"}]}}]}
	X
	k -n team create secret tls wrong-tls --cert="$T/c.pem" --key="$T/k.pem" >/dev/null
	k patch node edge --subresource=status --type=merge -p '{"status":{"addresses":[{"type":"InternalIP","address":"192.0.2.1"}]}}' >/dev/null
	status "show: all there is" 0 show
	has "show: a TCP service" '^PORT +PROTOCOL +SERVICE +READY +NOTES$' '^5432 +TCP +team/db:sql +1 +PROXY protocol from the client$'
	has "show: those that are not served, and why" '^81 +TCP +team/db:5433 +0 +port 81: Service team/db has no TCP port 5433$' "^10080 +TCP +default/web:80 +2 +TCP port 10080 of this node is taken: it is Ingress' own"
	has "show: a UDP service without endpoints" '^53 +UDP +team/db:ask +0 +no endpoint of the Service is ready$'
	has "show: nodes that serve, and why others do not" '^edge +serves +10080, 10443 +192.0.2.1 +-$' '^plain +NOT SERVING +- +- +its labels do not match --ingress-nodes edge=true$'
	has "show: a certificate for other hosts" 'wrong.example' # which one is shown, the model says: see ingress_notes.sh
	has "show: an Ingress of another class" '^Ingress team/other is not served: its class traefik is not one of minik'
	status "show: of a namespace" 0 show -n team
	has "show: what is its own" '^wrong.example ' '^5432 ' '^Ingress team/other is not served'
	has_not "show: and nothing else" 'shop-tls|10080 +TCP'
	status "show: for a host" 0 show pay.shop.example
	has "show: the wildcard that stands for it" '^\*.shop.example +/x ' '^default/shop: MissingService'
	has_not "show: no other host" '^shop.example +/|wrong.example|5432'
	status "show: a host that nobody has" 0 show nobody.example
	has "show: says that, too" '^there are no routes for host nobody.example$'
	status "show: a host of another class" 0 show other.example
	has "show: says who asks for it" '^Ingress team/other is not served'
	status "show: JSON of a namespace" 0 sh -c "'$MINIK' ingress show -n team -o json | jq -e '
		([.routes[].host] | unique) == [\"wrong.example\"] and .ingresses == [\"team/wrong\"] and
		.services[1] == {port: 5432, protocol: \"TCP\", service: \"team/db:sql\", ready: 1, endpoints: [\"192.168.77.8:15432\"], proxyFromClient: true, proxyToService: false, problem: null} and
		(.services | length) == 3 and .nodes[0].serves and .nodes[0].ports == [10080, 10443] and (.nodes[1].why | test(\"ingress-nodes\")) and .unserved[0].object == \"Ingress team/other\"'"
	k delete node edge plain >/dev/null
	k -n team delete ingress --all >/dev/null
	k -n kube-system delete configmap minik-ingress-tcp minik-ingress-udp >/dev/null
}
export KUBECONFIG=$T/d/admin.kubeconfig
"$B/tests/integration/apiserver_main" "$T/d" 16443 secret-token >"$T/api.out" 2>"$T/api.log" &
lib_pids="$lib_pids $!"
until grep -q ready "$T/api.out"; do kill -0 $! 2>/dev/null || { not_ok "API server" "$(cat "$T/api.log")"; exit 1; }; sleep 0.02; done
show() { "$MINIK" ingress show --kubeconfig "$KUBECONFIG" "$@"; }
status "show: nothing there" 0 show
has "show: says so" '^there are no routes$'
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$T/k.pem" -out "$T/c.pem" -days 30 -subj /CN=shop.example -addext "subjectAltName=DNS:shop.example,DNS:*.shop.example" 2>/dev/null
k create secret tls shop-tls --cert="$T/c.pem" --key="$T/k.pem" >/dev/null
k apply -f - >/dev/null <<'X'
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: minik.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  tls: [{hosts: [shop.example, "*.shop.example"], secretName: shop-tls}]
  rules:
  - host: shop.example
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
      - {path: /pay, pathType: Exact, backend: {service: {name: far, port: {number: 443}}}}
  - host: "*.shop.example"
    http: {paths: [{path: /x, pathType: Prefix, backend: {service: {name: nowhere, port: {number: 80}}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: far}
spec: {type: ExternalName, externalName: pay.example.com}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080, protocol: TCP}]
endpoints: [{addresses: [192.168.77.5], conditions: {ready: true}}, {addresses: [192.168.77.6], conditions: {ready: true}}, {addresses: [192.168.77.7], conditions: {ready: false}}]
X
status "show" 0 show
has "show: host, path, backend, ready endpoints, certificate, owner" '^HOST +PATH +TYPE +BACKEND +READY +CERTIFICATE +INGRESS +NOTES$' \
	'^shop.example +/ +Prefix +default/web:80 +2 +default/shop-tls \(20[0-9-]+, (29|30) d\) +default/shop +http to https$'
has "show: ExternalName" '^shop.example +/pay +Exact +default/far:443 = pay.example.com:443 +DNS '
has "show: no endpoints" '^\*\.shop\.example +/x +Prefix +default/nowhere:80 +0 +default/shop-tls'
has "show: findings" '^default/shop: MissingService: Service default/nowhere does not exist$'
has "show: certificates" '^CERTIFICATE +NAMES +EXPIRES +HOSTS +NOTES$' '^default/shop-tls +shop.example, \*.shop.example +20[0-9-]+, (29|30) d +\*.shop.example, shop.example +-$'
status "show: JSON" 0 sh -c "'$MINIK' ingress show -o json | jq -e '
	(.routes[] | select(.host == \"shop.example\" and .path == \"/\")) as \$r | \$r.type == \"Prefix\" and \$r.ingress == \"default/shop\" and
	\$r.backends[0].backend == \"default/web:80\" and \$r.backends[0].ready == 2 and \$r.backends[0].endpoints == [\"192.168.77.5:8080\", \"192.168.77.6:8080\"] and
	\$r.certificate.secret == \"default/shop-tls\" and \$r.certificate.daysLeft >= 29 and .ingresses == [\"default/shop\"] and
	.findings[0].reason == \"MissingService\" and \$r.certificate.names == [\"shop.example\", \"*.shop.example\"] and \$r.certificate.namesHost'"
show_around
cat >"$T/late.yaml" <<'X'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a-late}
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
      - {path: /new, pathType: Prefix, backend: {service: {name: gone, port: {number: 80}}}}
X
status "lint beside a cluster" 1 lint --kubeconfig "$KUBECONFIG" "$T/late.yaml"
has "lint: the cluster's Ingress is older" 'Ingress default/a-late: error: host shop.example, path / \(Prefix\) belongs to the older Ingress default/shop \(Conflict\)'
has "lint: a Service that the cluster has not" 'Ingress default/a-late: error: Service default/gone does not exist \(MissingService\)'
has_not "lint: the cluster's own faults are not the files'" nowhere
k get ingress shop -o yaml >"$T/shop.yaml"
status "lint: what is there already is no conflict with itself" 1 lint --kubeconfig "$KUBECONFIG" "$T/shop.yaml"
has_not "lint: no conflict" Conflict
k create serviceaccount reader >/dev/null
k create clusterrole reader --verb=list --resource=ingresses.networking.k8s.io,ingressclasses.networking.k8s.io,services,endpointslices.discovery.k8s.io >/dev/null
k create clusterrolebinding reader --clusterrole=reader --serviceaccount=default:reader >/dev/null
token=$(k create token reader 2>/dev/null)
if [ -n "$token" ]; then
	k config view --raw --minify -o json | jq --arg t "$token" '.users[0].user = {token: $t}' >"$T/reader.kubeconfig"
	status "show: without a right to Secrets" 0 "$MINIK" ingress show --kubeconfig "$T/reader.kubeconfig"
	has "show: says what is missing" 'secrets.*forbidden|forbidden.*secrets|cannot list.*secrets' '^shop.example +/ +Prefix +default/web:80 +2 +default '
else
	skip "show: without a right to Secrets" "this API server gives no token"
fi
status "show: no API server" 1 "$MINIK" ingress show --kubeconfig "$T/nowhere.kubeconfig"

# --- metrics ---
for p in nginx curl python3; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || { skip "metrics" "no $p"; exit $lib_failed; }; done
chmod 711 "$T" # nginx's workers go through it
python3 - <<'P' & lib_pids="$lib_pids $!"
import http.server
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        body = b"x" * 1000
        self.send_response(500 if self.path == "/bad" else 200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("192.168.77.254", 8080), H).serve_forever()
P
k delete ingress shop >/dev/null
k apply -f - >/dev/null <<'X'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  rules: [{host: m.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: local, port: {number: 80}}}}]}}]
---
apiVersion: v1
kind: Service
metadata: {name: local}
spec: {ports: [{name: http, port: 80}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: local-1, labels: {kubernetes.io/service-name: local}}
addressType: IPv4
ports: [{name: http, port: 8080, protocol: TCP}]
endpoints: [{addresses: [192.168.77.254], conditions: {ready: true}}]
X
component() {
	"$MINIK" ingress --kubeconfig "$KUBECONFIG" --data-dir "$T/data" --run-dir "$T/run" --node-name n1 --node-ip 192.168.77.254 \
		--ingress-metrics-address 127.0.0.1:10254 "$@" >>"$T/ingress.log" 2>&1 &
	component=$!
	lib_pids="$lib_pids $component"
}
end_nginx() { kill_own $component; wait "$component" 2>/dev/null; [ ! -s "$T/run/ingress/own/nginx.pid" ] || kill "$(cat "$T/run/ingress/own/nginx.pid")" 2>/dev/null; }
trap 'end_nginx; lib_cleanup' EXIT
get() { curl -s -m 5 -o "$T/body" -w '%{http_code}' -H "Host: $1" "http://127.0.0.1$2"; }
answers() { [ "$(get "$1" "$2")" = "$3" ]; }
metric() { curl -s -m 5 http://127.0.0.1:10254/metrics | grep -F -- "$1" | awk '{print $NF}'; }
metric_is() { [ "$(metric "$1")" = "$2" ]; }
has_metric() { # has_metric NAME SERIES WANT
	if eventually 5 metric_is "$2" "$3"; then ok "$1"; else not_ok "$1" "$2 is $(metric "$2") instead of $3"; fi
}
component
if ! eventually 20 answers m.example / 200; then
	not_ok "nginx answers" "$(tail -n 20 "$T/ingress.log" "$T"/data/ingress/*.log)"
	exit 1
fi
S='minik_ingress_requests_total{ingress="default/shop",status="2xx"}'
F='minik_ingress_requests_total{ingress="default/shop",status="5xx"}' C='minik_ingress_request_duration_seconds_count{ingress="default/shop"}'
n=$(metric "$S") f=$(metric "$F") c=$(metric "$C") # the backend may have begun later than nginx
for i in 1 2 3 4 5 6 7 8 9 10; do get m.example / >/dev/null; done
get m.example /bad >/dev/null
get unknown.example / >/dev/null
has_metric "metrics: requests of an Ingress" "$S" $((n + 10))
has_metric "metrics: by status" "$F" $((${f:-0} + 1))
has_metric "metrics: latency" 'minik_ingress_request_duration_seconds_bucket{ingress="default/shop",le="+Inf"}' $((c + 11))
has_metric "metrics: latency, how many" "$C" $((c + 11))
bytes=$(metric 'minik_ingress_response_bytes_total{ingress="default/shop"}')
if [ "${bytes:-0}" -gt $(((n + 11) * 1000)) ]; then ok "metrics: bytes"; else not_ok "metrics: bytes" "$bytes"; fi
if [ "$(metric 'minik_ingress_requests_total{ingress="",status="4xx"}')" -ge 1 ]; then ok "metrics: requests that no route is for"; else not_ok "metrics: requests that no route is for"; fi
expect "metrics: connections" '^[0-9]+$' metric 'minik_ingress_connections '
expect "metrics: healthz" '^ok$' curl -s -m 5 http://127.0.0.1:10254/healthz
if command -v promtool >/dev/null; then check "metrics: promtool" sh -c 'curl -s http://127.0.0.1:10254/metrics | promtool check metrics'; fi

kill "$component"; wait "$component" 2>/dev/null
component
eventually 20 curl -s -f -o /dev/null -m 5 http://127.0.0.1:10254/metrics
has_metric "metrics: a restart of minik loses nothing" "$S" $((n + 10))
kill -9 "$component"; wait "$component" 2>/dev/null
get m.example / >/dev/null
component
has_metric "metrics: nor does kill -9, nor what was asked meanwhile" "$S" $((n + 11))
k get ingress shop -o json | jq '.metadata = {name: "another"} | .spec.rules[0].host = "n.example"' | k apply -f - >/dev/null
eventually 10 answers n.example / 200
k delete ingress shop >/dev/null
eventually 10 answers m.example / 404
has_metric "metrics: an Ingress that is gone has no series" "$S" ""
has_metric "metrics: another is counted by itself" 'minik_ingress_requests_total{ingress="default/another",status="2xx"}' 1
# --- README's first examples, as they stand there but for NODE ---
k annotate ingressclass nginx ingressclass.kubernetes.io/is-default-class=true >/dev/null # as the one that minik makes
k get service local -o json | jq '{apiVersion, kind, metadata: {name: "hostnames"}, spec: {ports: .spec.ports | map(del(.nodePort))}}' | k apply -f - >/dev/null
k get endpointslice local-1 -o json | jq '.metadata = {name: "hostnames-1", labels: {"kubernetes.io/service-name": "hostnames"}}' | k apply -f - >/dev/null
mkdir "$T/bin" "$T/example" && ln -s "$(realpath "$KUBECTL")" "$T/bin/kubectl" && ln -s "$(realpath "$MINIK")" "$T/bin/minik"
in_example() { (cd "$T/example" && PATH=$T/bin:$PATH sh -e "$1"); }
says() { in_example "$T/line" 2>"$T/said.err" >"$T/said"; grep -qE -- "$1" "$T/said"; }
example() { # example FIRST LINE, LINE BEHIND IT, WHAT EACH LINE THAT LOOKS WANTS...: what looks has time until it sees, the rest is run once
	# As the reader of the raw text copies it: heredocs end only where their ends stand at the begin of a line.
	sed -n "/$1/,/$2/p" "$MINIK_TOP/README.md" | sed -n '/^```sh$/,/^```$/{/^```/d;s/NODE/127.0.0.1/g;p}' >"$T/readme"
	shift 2
	: >"$T/part"
	while IFS= read -r line; do
		printf '%s\n' "$line" >"$T/line"
		case $line in curl*|minik*) ;; *) cat "$T/line" >>"$T/part"; continue ;; esac
		in_example "$T/part" >"$T/done" 2>&1 || not_ok "README: commands before $line" "$(cat "$T/done")"
		: >"$T/part"
		if eventually 10 says "${1:-nothing is expected of it}"; then ok "README: ${line%%  *}"; else not_ok "README: ${line%%  *}" "$(cat "$T/said" "$T/said.err")"; fi
		shift
	done <"$T/readme"
	expect "README: all of the example" '^0 0$' echo "$# $(wc -l <"$T/part" | tr -d ' ')"
}
example '^## Ingress$' '^Annotations ' 'x{1000}' 'x{1000}' '^first.example +/ +Prefix +default/hostnames:80 +1 +default/first-tls \(.* d\) +default/first +http to https'
ends() { [ "$(curl -s -m 5 http://127.0.0.1:10254/metrics | sed -n 's/^minik_ingress_certificate_expire_seconds{secret="default\/first-tls",host="first.example"} //p')" = "$(date -d "$(openssl x509 -noout -enddate -in "$T/example/tls.crt" | cut -d= -f2)" +%s)" ]; }
check "metrics: when a certificate ends" eventually 10 ends
example '^### Gateway API$' '^Core of HTTPRoute' 'x{1000}' '^default/web +http +80 +HTTP +\* +1 +-$'

# --- README's table of answers: what they mean, and what shows why ---
to_port() { k patch endpointslice local-1 --type=json -p "[{\"op\":\"replace\",\"path\":\"/ports/0/port\",\"value\":$1}]" >/dev/null; }
is_ready() { k patch endpointslice local-1 --type=json -p "[{\"op\":\"replace\",\"path\":\"/endpoints/0/conditions/ready\",\"value\":$1}]" >/dev/null; }
check "no rule: 404" eval 'answers nobody.example / 404 && grep -q "^default backend - 404" "$T/body"'
is_ready false
check "no ready endpoint: 503" eventually 10 answers n.example / 503
show n.example >"$T/out"; has "and READY is 0" '^n.example +/ +Prefix +default/local:80 +0 '
is_ready true
to_port 8098
check "nobody listens: 502" eventually 10 answers n.example / 502
check "and nginx.log says so" grep -q 'connect() failed .*192.168.77.254:8098' "$T/data/ingress/nginx.log"
python3 -c 'import socket,time; s = socket.socket(); s.bind(("192.168.77.254", 8099)); s.listen(); time.sleep(600)' & silent=$!
lib_pids="$lib_pids $silent"
k annotate ingress another nginx.ingress.kubernetes.io/proxy-read-timeout=1 >/dev/null
to_port 8099
check "no answer: 504" eventually 10 answers n.example / 504
check "and nginx.log says that, too" grep -q 'upstream timed out .*while reading response header' "$T/data/ingress/nginx.log"
kill "$silent"
to_port 8080
check "all is well again" eventually 20 answers n.example / 200

# Somebody else has the port: said, and taken when it is free.
kill "$component"; wait "$component" 2>/dev/null
python3 -m http.server -b 127.0.0.1 10254 >/dev/null 2>&1 & holder=$!
lib_pids="$lib_pids $holder"
eventually 5 curl -s -o /dev/null http://127.0.0.1:10254/
component
if eventually 10 grep -q 'metrics (--ingress-metrics-address): TCP port 10254 .* python3' "$T/ingress.log"; then ok "metrics: who has the port"; else not_ok "metrics: who has the port" "$(tail -n 5 "$T/ingress.log")"; fi
answers n.example / 200 && ok "metrics: requests are served all the same" || not_ok "metrics: requests are served all the same"
kill "$holder"; wait "$holder" 2>/dev/null
if eventually 30 curl -s -f -o /dev/null -m 5 http://127.0.0.1:10254/metrics; then ok "metrics: taken when it is free"; else not_ok "metrics: taken when it is free"; fi
kill "$component"; wait "$component" 2>/dev/null
exit $lib_failed
