#!/bin/bash
# The Gateway API: CRDs that minik brings, a GatewayClass, Gateways and HTTPRoutes with their conditions, against an API server alone and
# with a real nginx: hosts, paths, headers, methods, weights, filters, certificates, other namespaces, ports, death and restart.
. "$(dirname "$0")/lib.sh"
. "$MINIK_TOP/tests/integration/lib_ingress.sh"
ingress_needs openssl
enter_sandbox "$@"
ingress_apiserver

# Answers "NAME METHOD URI" and the request's head; sleeps for /slow, sends headers of its own.
cat >"$T/echo.py" <<'P'
import http.server, sys, threading, time
def server(name, port):
    class H(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def answer(self):
            n = int(self.headers.get("Content-Length") or 0)
            got = len(self.rfile.read(n))
            with open(sys.argv[1], "a") as log: log.write("%s %s %s %d %s\n" % (name, self.command, self.path, got, self.headers.get("X-Set")))
            if self.path.startswith("/slow"): time.sleep(2)
            if name == "v4": time.sleep(20) # a mirror that does not answer
            body = ("%s %s %s %d\n%s" % (name, self.command, self.path, got, self.headers)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body))); self.send_header("X-Gone", "1"); self.send_header("X-Had", "old")
            self.end_headers()
            try:
                if self.command != "HEAD": self.wfile.write(body)
            except OSError: self.close_connection = True # who asked did not wait
        do_GET = do_POST = do_PUT = do_HEAD = answer
        def log_message(self, *a): pass
    http.server.ThreadingHTTPServer(("0.0.0.0", port), H).serve_forever()
for name, port in zip(sys.argv[2::2], sys.argv[3::2]):
    threading.Thread(target=server, args=(name, int(port))).start()
P
python3 "$T/echo.py" "$T/seen" v1 9001 v2 9002 v3 9003 v4 9004 & lib_pids="$lib_pids $!"

# HTTP/2 without TLS, as a backend of kubernetes.io/h2c speaks it.
mkdir "$T/h2c"
echo "daemon off; pid $T/h2c/pid; error_log $T/h2c/log; events {} http { access_log off; client_body_temp_path $T/h2c/a; proxy_temp_path $T/h2c/b;
fastcgi_temp_path $T/h2c/c; uwsgi_temp_path $T/h2c/d; scgi_temp_path $T/h2c/e; server { listen 9005 http2; location / { return 200 \"v5 \$request_method \$uri \$server_protocol\"; } } }" >"$T/h2c/conf"
$(command -v nginx || echo /usr/sbin/nginx) -c "$T/h2c/conf" 2>/dev/null & lib_pids="$lib_pids $!"

service() { # service NAMESPACE NAME TARGET [APPPROTOCOL]
	k apply -f - <<-X >/dev/null
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"$2","namespace":"$1"},"spec":{"ports":[{"port":8080,"targetPort":$3${4:+,\"appProtocol\":\"$4\"}}]}}
	---
	{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"$2-1","namespace":"$1","labels":{"kubernetes.io/service-name":"$2"}},"addressType":"IPv4",
	 "ports":[{"port":$3,"protocol":"TCP"}],"endpoints":[{"addresses":["$A"],"conditions":{"ready":true}}]}
	X
}
head_of() { local host=$1 path=$2; shift 2; curl -s -m 10 -o /dev/null -D - -H "Host: $host" "$@" "http://127.0.0.1:${PORT:-80}$path" | tr -d '\r'; }
is() { # is NAME WANT KIND OBJECT JSONPATH: becomes so
	if eventually 10 sh -c "'$KUBECTL' get '$3' $4 -o jsonpath='$5' | grep -qE -- '$2'"; then ok "$1"; else not_ok "$1" "$(k get "$3" $4 -o jsonpath="$5") instead of $2
$(tail -n 3 "$T/tool.log")"; fi
}
route() { is "$1" "$2" httproute "$3" '{.status.parents[*].conditions[*].reason}'; }
conf_id() { md5sum <"$T/run/ingress/nginx.conf"; }

# --- CRDs ---
# One that an administrator had, newer than ours, stays as it is; the rest is made.
cat >"$T/theirs.json" <<'X'
{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"referencegrants.gateway.networking.k8s.io",
 "annotations":{"gateway.networking.k8s.io/bundle-version":"v1.99.0","api-approved.kubernetes.io":"https://example.com"}},
 "spec":{"group":"gateway.networking.k8s.io","scope":"Namespaced","names":{"plural":"referencegrants","kind":"ReferenceGrant","listKind":"ReferenceGrantList","singular":"referencegrant"},
 "versions":[{"name":"v1beta1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
X
k apply -f "$T/theirs.json" >/dev/null
service default v1 9001; service default v2 9002; service default v3 9003
service default v4 9004; service default h2c 9005 kubernetes.io/h2c; service default wss 9001 kubernetes.io/wss; service default ws 9001 kubernetes.io/ws
controller metrics=127.0.0.1:10254
for c in gatewayclasses gateways httproutes; do
	if eventually 20 k wait --for=condition=Established --timeout=1s crd/$c.gateway.networking.k8s.io; then ok "CRD of $c"; else not_ok "CRD of $c" "$(tail "$T/tool.log")"; exit 1; fi
done
expect "another's CRD stays" '^v1.99.0$' k get crd referencegrants.gateway.networking.k8s.io -o jsonpath='{.metadata.annotations.gateway\.networking\.k8s\.io/bundle-version}'
is "the API server has nothing against them" 'True' crd httproutes.gateway.networking.k8s.io '{.status.conditions[?(@.type=="NamesAccepted")].status}'
expect "the API server finds no schema wrong" '^all of them: *$' k get crd httproutes.gateway.networking.k8s.io gateways.gateway.networking.k8s.io gatewayclasses.gateway.networking.k8s.io -o jsonpath='all of them: {.items[*].status.conditions[?(@.type=="NonStructuralSchema")].message}'
expect "kubectl explains" 'gatewayClassName' k explain gateway.spec
is "GatewayClass minik, accepted" '^True True minik.io/gateway$' gatewayclass minik '{.status.conditions[?(@.type=="Accepted")].status} {.status.conditions[?(@.type=="SupportedVersion")].status} {.spec.controllerName}'
expect "what it can is told" 'HTTPRouteMethodMatching' k get gc minik -o jsonpath='{.status.supportedFeatures[*].name}'
expect "an unknown protocol's form is refused" 'Invalid value' k create -f - <<<'{"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"bad"},"spec":{"gatewayClassName":"minik","listeners":[{"name":"a","port":0,"protocol":"HTTP"}]}}'

for what in "create crd" "update crd" "watch httproutes.gateway.networking.k8s.io" "create gatewayclasses.gateway.networking.k8s.io" \
	"update gateways.gateway.networking.k8s.io --subresource=status" "list referencegrants.gateway.networking.k8s.io -A" "list namespaces"; do
	expect "the component itself may $what" '^yes' k auth can-i $what --as system:minik:ingress
done
expect "and no more" '^no' k auth can-i update httproutes.gateway.networking.k8s.io --as system:minik:ingress

# --- a Gateway and a route ---
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: web}
spec:
  gatewayClassName: minik
  listeners:
  - {name: http, protocol: HTTP, port: 80}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: simple}
spec:
  parentRefs: [{name: web}]
  hostnames: [simple.example]
  rules: [{backendRefs: [{name: v1, port: 8080}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: nopath}
spec:
  parentRefs: [{name: web}]
  hostnames: [nopath.example]
  rules: [{matches: [{path: {value: /only}}], backendRefs: [{name: v1, port: 8080}]}]
X
becomes "a route's host" simple.example / '^v1 GET / .*200$' || exit 1
is "Gateway accepted and programmed" '^True True 192.0.2.7 2$' gateway web '{.status.conditions[?(@.type=="Accepted")].status} {.status.conditions[?(@.type=="Programmed")].status} {.status.addresses[*].value} {.status.listeners[0].attachedRoutes}'
is "defaults of the CRD" '^Same$' gateway web '{.spec.listeners[0].allowedRoutes.namespaces.from}'
route "HTTPRoute accepted" '^Accepted ResolvedRefs$' simple
expect "columns" 'web +minik +192.0.2.7 +True' k get gateways
expect "unknown host is 404" '404$' get nowhere.example /

# --- HTTP/2 without TLS ---
expect "HTTP/2 by prior knowledge" '^v1 GET /two .*2 200$' get simple.example /two --http2-prior-knowledge -w '%{http_version} %{http_code}'
expect "and HTTP/1.1 of everybody else" '1.1 200$' get simple.example / -w '%{http_version} %{http_code}'
expect "no upgrade to it" '1.1 200$' get simple.example / --http2 -w '%{http_version} %{http_code}'
# What nginx says to bytes that come one piece at a time: type of its first frame, the status line, or nothing.
cat >"$T/pieces.py" <<'P'
import socket, sys, time
s = socket.create_connection(("127.0.0.1", 80), 20)
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
for piece in sys.argv[2:]:
    s.sendall(piece.encode().decode("unicode_escape").encode())
    time.sleep(0.05) # so that they are segments of their own; no answer depends on it
if sys.argv[1] == "end": s.shutdown(socket.SHUT_WR)
got = s.recv(100)
print("frame %d" % got[3] if got[:1] == b"\0" else got[:12].decode() or "nothing")
P
expect "a preface in pieces" '^frame 4$' python3 "$T/pieces.py" open P 'RI * HT' 'TP/2.0\r\n\r\nSM\r' '\n\r\n'
expect "a request in pieces that begins like it" '^HTTP/1.1 [45]|^nothing' python3 "$T/pieces.py" open P 'RI * HTTP/1.1\r\nHost: simple.example\r\n\r\n'
expect "POST, which begins like it" '^HTTP/1.1 200' python3 "$T/pieces.py" open P 'OST / HTTP/1.1\r\nHost: simple.example\r\nContent-Length: 0\r\n\r\n'
expect "a preface that ends before its end" '^HTTP/1.1 400|^nothing' python3 "$T/pieces.py" end 'PRI * HTT'
id=$(conf_id) pid=$(nginx_pid)

# --- beside Ingress ---
k apply -f - <<'X' >/dev/null
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: beside}
spec:
  rules: [{host: ingress.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: v2, port: {number: 8080}}}}]}}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: default}
spec: {defaultBackend: {service: {name: v3, port: {number: 8080}}}}
X
becomes "Ingress on the same port" ingress.example / '^v2 '
becomes "its default backend" nowhere.example / '^v3 '
expect "which is not for hosts of Gateways" '404$' sh -c "curl -s -o /dev/null -w '%{http_code}' -H 'Host: nopath.example' http://127.0.0.1/x"
k delete ingress beside default >/dev/null

# --- matches ---
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: match}
spec:
  parentRefs: [{name: web}]
  hostnames: [match.example, "*.wild.example"]
  rules:
  - {matches: [{path: {value: /}}], backendRefs: [{name: v1, port: 8080}]}
  - {matches: [{path: {value: /v2}}, {headers: [{name: version, value: two}]}], backendRefs: [{name: v2, port: 8080}]}
  - {matches: [{path: {type: Exact, value: /v2/exact}}], backendRefs: [{name: v3, port: 8080}]}
  - {matches: [{path: {value: /v2}, method: PUT}], backendRefs: [{name: v3, port: 8080}]}
  - {matches: [{headers: [{name: version, value: two}, {name: color, type: RegularExpression, value: "(red|blue)[0-9]*"}]}], backendRefs: [{name: v3, port: 8080}]}
  - {matches: [{path: {value: /query}, queryParams: [{name: animal, value: whale}]}], backendRefs: [{name: v2, port: 8080}]}
X
becomes "longest prefix" match.example /v2 '^v2 '
expect "shorter prefix" '^v1 ' get match.example /v2example
expect "in whole elements" '^v2 ' get match.example /v2/x
expect "exact first" '^v3 ' get match.example /v2/exact
expect "exact is exact" '^v2 ' get match.example /v2/exact/
expect "method" '^v3 PUT ' get match.example /v2 -X PUT
expect "header" '^v2 ' get match.example / -H 'Version: two'
expect "header's value counts" '^v1 ' get match.example / -H 'Version: three'
expect "more headers before fewer" '^v3 ' get match.example / -H 'Version: two' -H 'Color: red7'
expect "a regular expression holds for the whole value" '^v2 ' get match.example / -H 'Version: two' -H 'Color: redder'
expect "query parameter" '^v2 ' get match.example '/query?animal=whale'
expect "where no rule of a path holds, the next shorter one's" '^v1 ' get match.example '/query?animal=dolphin'
expect "a wildcard is any number of labels" '^v1 ' get a.b.wild.example /
expect "and not none" '404$' get wild.example /

# --- filters ---
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: filter}
spec:
  parentRefs: [{name: web}]
  hostnames: [filter.example]
  rules:
  - matches: [{path: {value: /headers}}]
    filters:
    - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Set, value: new}], add: [{name: X-Add, value: more}], remove: [X-Remove]}}
    - {type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: X-Had, value: new}], add: [{name: X-Added, value: a}], remove: [X-Gone]}}
    backendRefs: [{name: v1, port: 8080}]
  - {matches: [{path: {value: /to-host}}], filters: [{type: RequestRedirect, requestRedirect: {hostname: example.org, statusCode: 301}}]}
  - {matches: [{path: {value: /to-https}}], filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}
  - {matches: [{path: {value: /to-port}}], filters: [{type: RequestRedirect, requestRedirect: {port: 8083, path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}, statusCode: 308}}]}
  - {matches: [{path: {value: /strip}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}], backendRefs: [{name: v1, port: 8080}]}
  - {matches: [{path: {value: /prefix/one}}], filters: [{type: URLRewrite, urlRewrite: {hostname: one.example.org, path: {type: ReplacePrefixMatch, replacePrefixMatch: /one}}}], backendRefs: [{name: v1, port: 8080}]}
  - {matches: [{path: {value: /full}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /whole}}}], backendRefs: [{name: v1, port: 8080}]}
  - matches: [{path: {value: /weights}}]
    backendRefs:
    - {name: v1, port: 8080, weight: 70}
    - {name: v2, port: 8080, weight: 30, filters: [{type: RequestHeaderModifier, requestHeaderModifier: {add: [{name: X-Canary, value: "1"}]}}]}
    - {name: v3, port: 8080, weight: 0}
  - {matches: [{path: {value: /slow}}], timeouts: {backendRequest: 200ms}, backendRefs: [{name: v1, port: 8080}]}
  - {matches: [{path: {value: /slow/whole}}], timeouts: {request: 300ms}, backendRefs: [{name: v1, port: 8080}]}
  - {matches: [{path: {value: /zero}}], backendRefs: [{name: v1, port: 8080, weight: 0}]}
  - {matches: [{path: {value: /none}}]}
  - {matches: [{path: {value: /lost}}], backendRefs: [{name: nosuch, port: 8080}]}
X
becomes "request headers" filter.example /headers 'X-Set: new.*X-Add: more|X-Add: more.*X-Set: new'
expect "in the place of the client's, added, removed" '^1 2 0$' sh -c "curl -s -H 'Host: filter.example' -H 'X-Set: old' -H 'X-Add: mine' -H 'X-Remove: 1' http://127.0.0.1/headers | tr -d '\r' |
	awk '/^X-Set: new/{s++} /^X-Set: old/{s+=10} /^X-Add/{n += gsub(/mine|more/, \"\")} /^X-Remove/{r++} END{print s+0, n+0, r+0}'"
expect "response headers" '^1 1 0$' sh -c "curl -s -o /dev/null -D - -H 'Host: filter.example' http://127.0.0.1/headers | tr -d '\r' | awk 'tolower(\$0)==\"x-had: new\"{h++} tolower(\$0)==\"x-had: old\"{h+=10} tolower(\$1)==\"x-added:\"{a++} tolower(\$1)==\"x-gone:\"{g++} END{print h+0, a+0, g+0}'"
expect "redirect to a host" '^HTTP/1.1 301 .*Location: http://example.org/to-host\?q=1' sh -c "curl -s -o /dev/null -D - -H 'Host: filter.example' 'http://127.0.0.1/to-host?q=1' | tr '\r\n' '  '"
expect "redirect to https" ' 302 .*Location: https://filter.example/to-https ' sh -c "curl -s -o /dev/null -D - -H 'Host: filter.example' 'http://127.0.0.1/to-https' | tr '\r\n' '  '"
expect "redirect to a port and another prefix" ' 308 .*Location: http://filter.example:8083/new/x ' sh -c "curl -s -o /dev/null -D - -H 'Host: filter.example' 'http://127.0.0.1/to-port/x' | tr '\r\n' '  '"
expect "prefix taken away" '^v1 GET /a/b\?q ' get filter.example '/strip/a/b?q'
expect "all of the prefix" '^v1 GET / ' get filter.example /strip
expect "prefix and host exchanged" '^v1 GET /one/two .*Host: one.example.org' get filter.example /prefix/one/two
expect "whole path" '^v1 GET /whole ' get filter.example /full/path/x
for i in $(seq 200); do get filter.example /weights; echo; done >"$T/weights"
n=$(grep -c '^v2' "$T/weights")
[ "$n" -ge 30 ] && [ "$n" -le 95 ] && ok "weights" || not_ok "weights" "$n of 200 instead of 60"
expect "weight 0 gets nothing" '^0$' grep -c '^v3' "$T/weights"
expect "one backend's own header" "^$n$" sh -c "grep -c 'X-Canary: 1' '$T/weights'"
expect "time limit of the backend" '504$' get filter.example /slow
expect "time limit of the request" '504$' get filter.example /slow/whole
expect "weights that are all 0" '500$' get filter.example /zero
expect "no backend" '500$' get filter.example /none
expect "a Service that is not there" '500$' get filter.example /lost
route "is said" 'Accepted BackendNotFound' filter
head -c 3000000 /dev/zero >"$T/body"
expect "bodies of any size" '^v1 POST /headers 3000000 .*200$' get filter.example /headers --data-binary "@$T/body"
[ "$id $pid" = "$(conf_id) $(nginx_pid)" ] && ok "no reload for any of it" || not_ok "no reload for any of it"

# --- a host's requests that none of its rules takes ---
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: exact}
spec:
  parentRefs: [{name: web}]
  hostnames: [one.fall.example]
  rules: [{matches: [{path: {value: /one}}], backendRefs: [{name: v1, port: 8080}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: wild}
spec:
  parentRefs: [{name: web}]
  hostnames: ["*.fall.example"]
  rules:
  - {matches: [{path: {value: /one/longer}}, {path: {value: /wild}}], backendRefs: [{name: v2, port: 8080}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: every}
spec:
  parentRefs: [{name: web}]
  rules: [{matches: [{path: {value: /every}}], backendRefs: [{name: v3, port: 8080}]}]
X
becomes "the exact hostname's rules first" one.fall.example /one/longer '^v1 '
becomes "then the wildcard's" one.fall.example /wild '^v2 '
becomes "then those of every host" one.fall.example /every '^v3 '
becomes "also from the wildcard" two.fall.example /every '^v3 '
expect "and no others" '404$' get one.fall.example /nothing
k delete httproute every >/dev/null

# --- expressions of paths, protocols of backends ---
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: regex}
spec:
  parentRefs: [{name: web}]
  hostnames: [regex.example]
  rules:
  - {matches: [{path: {value: /}}], backendRefs: [{name: v1, port: 8080}]}
  - {matches: [{path: {value: /users/longer/prefix}}], backendRefs: [{name: v1, port: 8080}]}
  - {matches: [{path: {type: RegularExpression, value: "/users/[^/]+/(prefix|posts)"}}], backendRefs: [{name: v2, port: 8080}]}
  - {matches: [{path: {type: Exact, value: /users/me/posts}}], backendRefs: [{name: v3, port: 8080}]}
  - {matches: [{path: {type: RegularExpression, value: "/bad["}}], backendRefs: [{name: v3, port: 8080}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: protocol}
spec:
  parentRefs: [{name: web}]
  hostnames: [protocol.example]
  rules:
  - {matches: [{path: {value: /h2c}}], backendRefs: [{name: h2c, port: 8080}]}
  - {matches: [{path: {value: /ws}}], backendRefs: [{name: ws, port: 8080}]}
  - {matches: [{path: {value: /wss}}], backendRefs: [{name: wss, port: 8080}]}
X
becomes "a path's expression" regex.example /users/7/posts '^v2 '
expect "before prefixes, whatever their length" '^v2 ' get regex.example /users/longer/prefix
expect "behind exact paths" '^v3 ' get regex.example /users/me/posts
expect "it holds for the whole path" '^v1 ' get regex.example /users/7/posts/x
expect "letters are what they are" '^v1 ' get regex.example /Users/7/posts
route "one that is none is said" 'Accepted UnsupportedValue' regex
becomes "HTTP/2 for kubernetes.io/h2c" protocol.example /h2c '^v5 GET /h2c HTTP/2.0200$'
expect "with a body, too" '^v5 POST /h2c HTTP/2.0200$' get protocol.example /h2c -d x=1
expect "kubernetes.io/ws is HTTP" '^v1 GET /ws ' get protocol.example /ws
expect "what would need TLS is not asked" '500$' get protocol.example /wss
route "but said" 'UnsupportedProtocol' protocol

# --- headers of nginx' own, mirrors ---
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: own}
spec:
  parentRefs: [{name: web}]
  hostnames: [own.example]
  rules:
  - matches: [{path: {value: /headers}}]
    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Forwarded-Proto, value: https}, {name: host, value: "other.example:81"}],
      add: [{name: X-Forwarded-For, value: 192.0.2.1}], remove: [x-real-ip, X-Request-ID]}}]
    backendRefs: [{name: v1, port: 8080}]
  - matches: [{path: {value: /mirror}}, {path: {value: /slow}}]
    filters:
    - {type: RequestMirror, requestMirror: {backendRef: {name: v2, port: 8080}}}
    - {type: RequestMirror, requestMirror: {backendRef: {name: v3, port: 8080}, percent: 0}}
    - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Set, value: new}]}}
    backendRefs: [{name: v1, port: 8080}]
  - {matches: [{path: {value: /share}}], filters: [{type: RequestMirror, requestMirror: {backendRef: {name: v2, port: 8080}, fraction: {numerator: 1, denominator: 4}}}], backendRefs: [{name: v1, port: 8080}]}
  - {matches: [{path: {value: /hang}}], filters: [{type: RequestMirror, requestMirror: {backendRef: {name: v4, port: 8080}}}], backendRefs: [{name: v1, port: 8080}]}
  - {matches: [{path: {value: /gone}}], filters: [{type: RequestMirror, requestMirror: {backendRef: {name: nosuch, port: 8080}}}], backendRefs: [{name: v1, port: 8080}]}
X
becomes "X-Forwarded-Proto as the route has it" own.example /headers 'X-Forwarded-Proto: https'
get own.example /headers >"$T/own"
expect "X-Forwarded-For with more" 'X-Forwarded-For: 127.0.0.1,192.0.2.1' cat "$T/own"
expect "Host" 'Host: other.example:81' cat "$T/own"
expect "X-Real-IP and X-Request-ID taken away" '^0$' grep -ciE 'X-Real-IP|X-Request-ID' "$T/own"
expect "and others as ever" 'X-Real-IP: 127.0.0.1' get own.example /mirror/other
seen() { # seen COUNT PATTERN
	[ "$(grep -cE -- "$2" "$T/seen")" = "$1" ]
}
: >"$T/seen"
expect "a mirrored request is answered by its backend" '^v1 GET /mirror/a\?b=c ' get own.example '/mirror/a?b=c'
eventually 5 seen 1 '^v2 GET /mirror/a\?b=c 0 new$' && ok "and another has it, too" || not_ok "and another has it, too" "$(cat "$T/seen")"
expect "small bodies" '^v1 POST /mirror/small 5 ' get own.example /mirror/small -d 12345
eventually 5 seen 1 '^v2 POST /mirror/small 5 new$' && ok "are mirrored" || not_ok "are mirrored" "$(cat "$T/seen")"
expect "large ones" '^v1 POST /mirror/large 3000000 ' get own.example /mirror/large --data-binary "@$T/body"
eventually 5 seen 1 '^v2 POST /mirror/large 3000000 new$' && ok "are mirrored, too" || not_ok "are mirrored, too" "$(cat "$T/seen")"
expect "chunked ones" '^v1 PUT /mirror/chunked 0 |^v1 PUT /mirror/chunked 3000000 ' get own.example /mirror/chunked -X PUT -H 'Transfer-Encoding: chunked' --data-binary "@$T/body"
eventually 5 seen 1 '^v2 PUT /mirror/chunked 3000000 new$' && ok "are mirrored with their length" || not_ok "are mirrored with their length" "$(cat "$T/seen")"
seen 0 '^v3 ' && ok "no percent is none" || not_ok "no percent is none"
for i in $(seq 100); do get own.example /share; echo; done >"$T/share"
n() { grep -c '^v2 GET /share' "$T/seen"; }
eventually 5 sh -c "[ \$(grep -c '^v2 GET /share' '$T/seen') -ge 8 ]" && [ "$(n)" -le 50 ] && ok "a fraction" || not_ok "a fraction" "$(n) of 100 instead of 25"
expect "a mirror that does not answer keeps nobody waiting" '^3 ' sh -c "timeout 5 curl -s -H 'Host: own.example' http://127.0.0.1/hang http://127.0.0.1/hang http://127.0.0.1/hang | grep -c '^v1 GET /hang' | tr '\n' ' '"
for i in $(seq 200); do echo 'url = "http://127.0.0.1/hang"'; echo 'output = /dev/null'; done >"$T/hang.urls"
curl -s -m 60 -Z --parallel-max 20 -H 'Host: own.example' -w '%{http_code}\n' -K "$T/hang.urls" >"$T/hang"
[ "$(grep -c '^200$' "$T/hang")" = 200 ] && ok "nor many of them" || not_ok "nor many of them" "$(grep -c '^200$' "$T/hang") of 200"
expect "what is too much is said" '[1-9]' grep -c 'the mirror of httproute/default/own is too slow' "$T/data/ingress/nginx.log"
expect "a mirror that is not there" '^v1 GET /gone ' get own.example /gone
route "is said, too" 'BackendNotFound' own

# --- minik ingress show ---
"$MINIK" ingress show --kubeconfig "$KUBECONFIG" >"$T/show" 2>&1
expect "show: routes of Gateways" '^one.fall.example:80 +/one +Prefix +default/v1:8080 +1 +- +httproute/default/exact +-$' cat "$T/show"
expect "show: conditions, mirrors" '^own.example:80 +/mirror .*default/v1:8080.*mirrored' cat "$T/show"
expect "show: what is wrong with routes" '^httproute/default/own: BackendNotFound: Service default/nosuch does not exist$' cat "$T/show"

# --- what cannot be had ---
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: part}
spec:
  parentRefs: [{name: web}]
  hostnames: [part.example]
  rules:
  - {matches: [{path: {value: /good}}], backendRefs: [{name: v1, port: 8080}]}
  - {matches: [{path: {value: /ext}}], filters: [{type: ExtensionRef, extensionRef: {group: example.com, kind: X, name: x}}], backendRefs: [{name: v1, port: 8080}]}
X
route "a part that is not supported is said" 'Accepted UnsupportedValue ResolvedRefs' part
becomes "the rest is served" part.example /good '^v1 '
expect "the part is an error" '500$' get part.example /ext

# --- other namespaces ---
k create namespace other >/dev/null
service other far 9003
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: far}
spec:
  parentRefs: [{name: web}]
  hostnames: [far.example]
  rules: [{backendRefs: [{name: far, namespace: other, port: 8080}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: guest, namespace: other}
spec:
  parentRefs: [{name: web, namespace: default}]
  hostnames: [guest.example]
  rules: [{backendRefs: [{name: far, port: 8080}]}]
X
route "no grant, no backend" 'Accepted RefNotPermitted' far
expect "and no answer" '500$' get far.example /
is "other namespaces' routes are not allowed" 'NotAllowedByListeners' httproute '-n other guest' '{.status.parents[*].conditions[*].reason}'
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: astray, namespace: other}
spec:
  parentRefs: [{name: web, namespace: default}, {name: web}]
  rules: [{backendRefs: [{name: far, port: 8080}]}]
X
astray() { k get events -n other -o json | jq -e '[.items[] | select(.involvedObject.name == "astray" and .reason == "MissingGateway") | .message] == ["parentRef: Gateway other/web does not exist (there is default/web: name its namespace)"]' >/dev/null; }
check "a parent that does not exist is told by an event" eventually 10 astray
k delete httproute -n other astray >/dev/null
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: default, namespace: other}
spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default}], to: [{group: "", kind: Service}]}
X
becomes "with a grant" far.example / '^v3 '
route "is said, too" '^Accepted ResolvedRefs$' far
k delete referencegrant -n other default >/dev/null
becomes "a grant that is taken away" far.example / '500$'

# --- TLS, hosts of listeners, ports ---
for h in secure.example any.example; do
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$h" -keyout "$T/$h.key" -out "$T/$h.crt" 2>/dev/null
	k create secret tls "$h" --cert="$T/$h.crt" --key="$T/$h.key" >/dev/null
done
k apply -f - <<'X' >/dev/null
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: more}
spec:
  gatewayClassName: minik
  listeners:
  - {name: secure, protocol: HTTPS, port: 443, hostname: secure.example, tls: {certificateRefs: [{name: secure.example}]}}
  - {name: any, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: any.example}]}}
  - {name: lost, protocol: HTTPS, port: 443, hostname: lost.example, tls: {certificateRefs: [{name: nosuch}]}}
  - {name: alt, protocol: HTTP, port: 8088, hostname: "*.alt.example", allowedRoutes: {namespaces: {from: All}}}
  - {name: alt-tls, protocol: HTTPS, port: 8443, tls: {certificateRefs: [{name: any.example}]}}
  - {name: tcp, protocol: TCP, port: 9999}
  - {name: taken, protocol: HTTP, port: 9001}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: more}
spec:
  parentRefs: [{name: more}]
  rules: [{backendRefs: [{name: v2, port: 8080}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: alt, namespace: other}
spec:
  parentRefs: [{name: more, namespace: default, sectionName: alt}]
  hostnames: [x.alt.example, elsewhere.example]
  rules: [{backendRefs: [{name: far, port: 8080}]}]
X
listeners='{range .status.listeners[*]}{.name}={.conditions[?(@.type=="Accepted")].reason},{.conditions[?(@.type=="ResolvedRefs")].reason},{.conditions[?(@.type=="Programmed")].status},{.attachedRoutes} {end}'
is "listeners" '^secure=Accepted,ResolvedRefs,True,1 any=Accepted,ResolvedRefs,True,1 lost=Accepted,InvalidCertificateRef,False,1 alt=Accepted,ResolvedRefs,True,2 alt-tls=Accepted,ResolvedRefs,True,1 tcp=UnsupportedProtocol,ResolvedRefs,False,0 taken=PortUnavailable,ResolvedRefs,False,1' gateway more "$listeners"
PORT=8088
becomes "a port of its own" y.alt.example / '^v2 '
expect "another namespace's route there" '^v3 ' get x.alt.example /
expect "hosts that the listener has not" '404$' get elsewhere.example /
unset PORT
tls() { # tls HOST [PORT]: subject of the certificate, body and status
	echo "$(openssl s_client -connect "127.0.0.1:${2:-443}" -servername "$1" </dev/null 2>/dev/null | openssl x509 -noout -subject 2>/dev/null)" \
		"$(curl -sk -m 10 -w '%{http_code}' --resolve "$1:${2:-443}:127.0.0.1" "https://$1:${2:-443}/" | tr '\n' ' ')"
}
expect "certificate by the listener's hostname" 'CN *= *secure.example v2 ' tls secure.example
expect "certificate for every other name" 'CN *= *any.example v2 ' tls x.example
expect "and without a name" 'CN *= *any.example' sh -c "openssl s_client -connect 127.0.0.1:443 -noservername </dev/null 2>/dev/null | openssl x509 -noout -subject"
expect "a host of another listener is misdirected" '^421$' sh -c "curl -sk -o /dev/null -w '%{http_code}' --resolve x.example:443:127.0.0.1 -H 'Host: secure.example' https://x.example/"
expect "one of the same is not" '^200$' sh -c "curl -sk -o /dev/null -w '%{http_code}' --resolve x.example:443:127.0.0.1 -H 'Host: y.example' https://x.example/"
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=rsa.any.example" -addext subjectAltName=DNS:any.example -keyout "$T/rsa.key" -out "$T/rsa.crt" 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=other.any.example" -addext subjectAltName=DNS:other.example -keyout "$T/other.key" -out "$T/other.crt" 2>/dev/null
for h in rsa other; do k create secret tls "$h" --cert="$T/$h.crt" --key="$T/$h.key" >/dev/null; done
k get gateway more -o json | jq '.spec.listeners[4].tls.certificateRefs = [{name: "any.example"}, {name: "rsa"}, {name: "other"}]' | k replace -f - >/dev/null
shown() { openssl s_client -connect 127.0.0.1:8443 -servername "$@" </dev/null 2>/dev/null | openssl x509 -noout -subject; }
eventually 10 sh -c "openssl s_client -connect 127.0.0.1:8443 -servername other.example </dev/null 2>/dev/null | openssl x509 -noout -subject | grep -q other.any" &&
	ok "of several certificates the one for the name" || not_ok "of several certificates the one for the name" "$(shown other.example)"
expect "for a client of RSA alone" 'rsa.any.example' shown any.example -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256
expect "for every other name one of them" 'CN *= *any.example' shown nobody.example
expect "TLS on a port of its own" 'CN *= *any.example v2 ' tls z.example 8443
expect "nobody listens for what was refused" '^000$' sh -c "curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:9999/"

# --- two Gateways, one after the other ---
k patch httproute simple --type=merge -p '{"spec":{"parentRefs":[{"name":"web"},{"name":"more","sectionName":"nosuch"},{"name":"gone"}]}}' >/dev/null
is "a parent each" '^web=Accepted more=NoMatchingParent $' httproute simple '{range .status.parents[*]}{.parentRef.name}={.conditions[?(@.type=="Accepted")].reason} {end}'
is "of the newest generation" '^2$' httproute simple '{.status.parents[0].conditions[0].observedGeneration}'
t1=$(k get httproute simple -o jsonpath='{.status.parents[0].conditions[0].lastTransitionTime}')
k patch httproute simple --subresource=status --type=merge -p '{"status":{"parents":[{"controllerName":"example.com/other","parentRef":{"name":"web"},"conditions":[{"type":"Accepted","status":"True","reason":"Fine","message":"","lastTransitionTime":"2026-01-01T00:00:00Z"}]}]}}' >/dev/null
is "others' entries stay, ours come back" '^example.com/other minik.io/gateway minik.io/gateway$' httproute simple '{.status.parents[*].controllerName}'
builds() { curl -s -m 5 http://127.0.0.1:10254/metrics | sed -n 's/^minik_ingress_table_builds_total //p'; }
said() { [ "$(k get httproute simple -o jsonpath='{.status.parents[*].controllerName} {.status.parents[0].conditions[0].message}')" = "example.com/other minik.io/gateway minik.io/gateway $1" ]; }
before=$(builds) back=0
for i in 1 2 3 4 5; do
	k patch httproute simple --subresource=status --type=merge -p '{"status":{"parents":[{"controllerName":"example.com/other","parentRef":{"name":"web"},"conditions":[{"type":"Accepted","status":"True","reason":"Fine","message":"'$i'","lastTransitionTime":"2026-01-01T00:00:00Z"}]}]}}' >/dev/null
	eventually 10 said $i && back=$((back + 1))
done
[ $back = 5 ] && [ "${before:-0}" -gt 0 ] && [ $(($(builds) - before)) -lt 5 ] && ok "statuses that are written cost no table" || not_ok "statuses that are written cost no table" "$before, then $(builds); back $back times"

# --- one host, an Ingress and routes ---
ing() { # ing NAME HOST ANNOTATIONS PATH... : an Ingress of v1, all paths of type Prefix but those with signs of expressions
	local name=$1 host=$2 notes=$3 paths= p type; shift 3
	for p; do
		case $p in *'('*) type=ImplementationSpecific ;; *) type=Prefix ;; esac
		paths="$paths${paths:+, }{path: \"$p\", pathType: $type, backend: {service: {name: v1, port: {number: 8080}}}}"
	done
	k apply -f - >/dev/null <<-X
	{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: $name, annotations: {$notes}},
	 spec: {ingressClassName: nginx, rules: [{host: "$host", http: {paths: [$paths]}}]}}
	X
}
beside() { # beside NAME HOST PATH...: a route to v2
	local name=$1 host=$2 matches= p; shift 2
	for p; do matches="$matches${matches:+, }{path: {value: $p}}"; done
	k apply -f - >/dev/null <<-X
	{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: $name},
	 spec: {parentRefs: [{name: web}], hostnames: ["$host"], rules: [{matches: [$matches], backendRefs: [{name: v2, port: 8080}]}]}}
	X
}
lost() { is "$1" "$2" httproute "$3" '{.status.parents[*].conditions[?(@.type=="minik.io/Conflict")].message}'; }
told() { is "$1" "$2" events "${5:+-n $5} --field-selector=involvedObject.kind=$3,involvedObject.name=$4,reason=Conflict" '{.items[*].message}'; }
k create secret generic users --from-literal=auth="me:$(openssl passwd -apr1 secret)" >/dev/null
N=nginx.ingress.kubernetes.io
# Objects of one second go by their names.
ing a-both both.example "$N/auth-type: basic, $N/auth-secret: users" /private
becomes "an Ingress' password" both.example /private '401$'
ing b-both both.example "$N/whitelist-source-range: 192.0.2.0/24" /inner
becomes "an Ingress' allow list" both.example /inner '403$'
beside c-both both.example / /private /inner/deeper
becomes "a route beside them has the rest of the host" both.example /else '^v2 '
expect "the password is still asked for" '401$' get both.example /private
expect "and lets in" '^v1 GET /private/x ' get both.example /private/x -u me:secret
expect "the allow list is still kept" '403$' get both.example /inner
expect "a longer path is the route's" '^v2 ' get both.example /inner/deeper
lost "the route's condition names what the older Ingress has" '^host both.example, path /private \(PathPrefix\) belongs at port 80 to the older Ingress default/a-both$' c-both
is "it is accepted all the same" '^True$' httproute c-both '{.status.parents[*].conditions[?(@.type=="Accepted")].status}'
told "so does an event" 'belongs at port 80 to the older Ingress default/a-both' HTTPRoute c-both
"$MINIK" ingress show --kubeconfig "$KUBECONFIG" >"$T/show" 2>&1
expect "show: both in one host" '^both.example:80 +/private +Prefix +default/v1:8080 .* default/a-both +password$' cat "$T/show"
expect "show: what the route lost" '^httproute/default/c-both: Conflict: host both.example, path /private' cat "$T/show"
k delete ingress a-both >/dev/null
becomes "without the older object the younger has the path" both.example /private '^v2 '
is "and nothing is said of it any more" '^:$' httproute c-both ':{.status.parents[*].conditions[?(@.type=="minik.io/Conflict")].message}'
expect "the other Ingress keeps its part" '403$' get both.example /inner

beside a-late late.example /here
becomes "a route that is first" late.example /here '^v2 '
ing b-late late.example "" /here /there
becomes "an Ingress beside it" late.example /there '^v1 '
expect "the route keeps its path" '^v2 ' get late.example /here
told "the Ingress hears of it" 'host late.example, path /here \(Prefix\) belongs at port 80 to the older HTTPRoute default/a-late' Ingress b-late
k delete httproute a-late >/dev/null
becomes "without the older route the Ingress has it" late.example /here '^v1 '

ing a-regex regex-both.example "$N/rewrite-target: '/\$2'" '/api(/|$)(.*)'
beside b-regex regex-both.example / /api-but-longer-than-that
becomes "expressions beside prefixes" regex-both.example /else '^v2 '
expect "and rewritten as ever" '^v1 GET /x ' get regex-both.example /api/x
expect "the longest first" '^v2 GET /api-but-longer-than-that ' get regex-both.example /api-but-longer-than-that

ing a-star '*.star.example' "" /w
beside b-star '*.star.example' /r
beside c-star one.star.example /one
becomes "a wildcard of both" x.star.example /r '^v2 '
expect "the Ingress' part of it" '^v1 ' get x.star.example /w
expect "is of one label" '404$' get y.x.star.example /w
expect "the route's of any" '^v2 ' get y.x.star.example /r
becomes "an exact host beside it" one.star.example /one '^v2 '
expect "falls to routes" '^v2 ' get one.star.example /r
expect "and not to the Ingress" '404$' get one.star.example /w

ing a-mine mine.example "" /a
becomes "a host of this namespace" mine.example /a '^v1 '
k apply -f - >/dev/null <<'X'
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: thief, namespace: other}
spec: {gatewayClassName: minik, listeners: [{name: http, protocol: HTTP, port: 80, hostname: mine.example}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: thief, namespace: other}
spec:
  parentRefs: [{name: thief}, {name: door, namespace: default}]
  hostnames: [mine.example]
  rules: [{matches: [{path: {value: /}}, {path: {value: /a/b}}], backendRefs: [{name: far, port: 8080}]}]
X
is "a route of another namespace gets nothing of it" 'host mine.example at port 80 belongs to namespace default, whose Ingress a-mine is older' httproute '-n other thief' '{.status.parents[*].conditions[?(@.type=="minik.io/Conflict")].message}'
told "and an event" 'belongs to namespace default' HTTPRoute thief other
expect "not even what the Ingress has not" '404$' get mine.example /else
expect "nor a part of it" '^v1 ' get mine.example /a/b
k apply -f - >/dev/null <<'X'
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: door}
spec: {gatewayClassName: minik, listeners: [{name: http, protocol: HTTP, port: 80, hostname: mine.example, allowedRoutes: {namespaces: {from: All}}}]}
X
becomes "but for a listener that the namespace made for the host" mine.example /else '^v3 '
expect "beside what the Ingress has" '^v1 ' get mine.example /a/c
k delete gateway door >/dev/null
becomes "and only as long as there is one" mine.example /else '404$'

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=ingress.both" -addext subjectAltName=DNS:tls.example -keyout "$T/both.key" -out "$T/both.crt" 2>/dev/null
k create secret tls both --cert="$T/both.crt" --key="$T/both.key" >/dev/null
ing a-tls tls.example "" /a
k patch ingress a-tls --type=merge -p '{"spec":{"tls":[{"hosts":["tls.example"],"secretName":"both"}]}}' >/dev/null
k apply -f - >/dev/null <<'X'
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: tls}
spec: {gatewayClassName: minik, listeners: [{name: tls, protocol: HTTPS, port: 443, hostname: tls.example, tls: {certificateRefs: [{name: any.example}]}}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: b-tls}
spec: {parentRefs: [{name: tls}], hostnames: [tls.example], rules: [{backendRefs: [{name: v2, port: 8080}]}]}
X
eventually 10 sh -c "curl -sk --resolve tls.example:443:127.0.0.1 https://tls.example/ | grep -q '^v2 '" && ok "a route beside an Ingress by HTTPS" || not_ok "a route beside an Ingress by HTTPS"
expect "the Ingress' certificate" 'CN *= *ingress.both v2' tls tls.example
told "the Gateway hears that its own is not used" 'the certificate of Secret default/both is shown' Gateway tls
k delete ingress a-tls >/dev/null
eventually 10 sh -c "openssl s_client -connect 127.0.0.1:443 -servername tls.example </dev/null 2>/dev/null | openssl x509 -noout -subject | grep -q any.example" &&
	ok "without the Ingress the Gateway's" || not_ok "without the Ingress the Gateway's" "$(tls tls.example)"
k delete gateway tls >/dev/null; k delete gateway -n other thief >/dev/null
k delete ingress --all >/dev/null

# --- restart and death ---
pid=$(nginx_pid)
kill -9 "$tool"; wait "$tool" 2>/dev/null
expect "nginx goes on without the controller" '^v1 ' get simple.example /
k delete httproute match >/dev/null
( end=$((SECONDS + 60)); while [ ! -e "$T/stop" ] && [ $SECONDS -lt $end ]; do
	curl -s -m 10 -o /dev/null -w '%{http_code}\n' -H 'Host: y.alt.example' http://127.0.0.1:8088/; curl -s -m 10 -o /dev/null -w '%{http_code}\n' -H 'Host: simple.example' http://127.0.0.1/
	done >"$T/during" ) & during=$!
controller
becomes "a change while it was dead" match.example / '404$'
touch "$T/stop"; wait $during
expect "no request is lost over a restart" '^0 [1-9]' sh -c "echo \$(grep -vc '^200' '$T/during') \$(grep -c '^200' '$T/during')"
[ "$pid" = "$(nginx_pid)" ] && ok "nginx is taken over" || not_ok "nginx is taken over"
k delete gateway more >/dev/null
eventually 10 sh -c "! curl -s -o /dev/null http://127.0.0.1:8088/" && ok "a Gateway's ports go with it" || not_ok "a Gateway's ports go with it"
expect "the others stay" '^v1 ' get simple.example /
is "entries of its routes go" '^example.com/other minik.io/gateway web web$' httproute simple '{.status.parents[*].controllerName} {.status.parents[*].parentRef.name}'

# --- a tenant who changes ports to and fro ---
reloads() { grep -c 'reloading nginx: its settings have changed' "$T/tool.log"; }
throttled() { grep -q 'nginx was reloaded 20 times in short' "$T/tool.log"; }
listens_or_waits() { throttled || grep -q "listen $1 " "$T/run/ingress/nginx.conf"; }
before=$(reloads)
for i in $(seq 60); do
	k apply -f - >/dev/null <<-X
	{"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"storm"},"spec":{"gatewayClassName":"minik","listeners":[{"name":"l","protocol":"HTTP","port":$((9100 + i))}]}}
	X
	eventually 10 listens_or_waits $((9100 + i))
	throttled && break
done
check "reloads come to an end (after $i ports)" throttled
n=$(($(reloads) - before))
check "no more than there are for free ($n)" [ "$n" -le 22 ]
expect "routes change meanwhile" '^v1 ' get simple.example /
check "the last port is there when its time comes" eventually 30 curl -s -o /dev/null "http://127.0.0.1:$((9100 + i))/"
k delete gateway storm >/dev/null
k delete gatewayclass minik >/dev/null
becomes "no class, no routes" simple.example / '404$'
is "and nothing said" '^by: $' httproute filter 'by: {.status.parents[*].controllerName}'
exit $lib_failed
