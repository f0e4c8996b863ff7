#!/bin/bash
# Kubernetes' own ingress-controller-conformance, unmodified, against a server with real pods and nginx: default backend, hosts, paths, class, load
# balancing. Its 30 scenarios take a quarter of an hour, most of it in its own polls of 5 s, so that it runs with MINIK_SOAK=1 alone, or by SUITE=1.
#   SUITE_KEEP=DIR   the suite's output and minik's log go there
# It comes from $MINIK_TEST_CACHE, where tests/peers/build.sh ingress puts it, which needs Go, its modules and the suite's repository once.
. "$(dirname "$0")/lib.sh"
LIB_APART=1
[ "${SUITE:-${MINIK_SOAK:-0}}" = 1 ] || skip_all "takes a quarter of an hour: SUITE=1 or --soak runs it"
[ "$(id -u)" = 0 ] || skip_all "must run as root"
[ -e "${MINIK_BUILD:-$MINIK_TOP/build}/ingress/minik_module.so" ] || skip_all "this build is without nginx's module"
for p in jq nginx openssl python3; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
suite=$MINIK_TEST_CACHE/ingress-suite
# Before the sandbox, which has no way out to the modules. What is there and current is left as it is.
if [ -z "${MINIK_SANDBOX:-}" ]; then
	log=$(timeout 600 "$MINIK_TOP/tests/peers/build.sh" ingress 2>&1) || skip_all "the suite cannot be built: $(echo "$log" | grep -v '^go: downloading' | tail -1)"
fi
enter_sandbox "$@"
node_add n1 192.168.77.1
node_add client 192.168.77.9
mkdir -p "$T/n1/data/images"
cp "$suite"/images/*.tar "$T/n1/data/images/"

# The suite names its image by tag and digest. Whoever mirrors images has such a webhook: here it leaves the tag.
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=hook -addext "subjectAltName=IP:192.168.77.254" -keyout "$T/hook.key" -out "$T/hook.crt" 2>/dev/null
cat >"$T/hook.py" <<'P'
import base64, http.server, json, ssl, sys
class H(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        q = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["request"]
        ops = [{"op": "replace", "path": "/spec/containers/%d/image" % i, "value": c["image"].split("@")[0]}
               for i, c in enumerate(q["object"]["spec"]["containers"]) if "@" in c["image"]]
        body = json.dumps({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": {
            "uid": q["uid"], "allowed": True, "patchType": "JSONPatch", "patch": base64.b64encode(json.dumps(ops).encode()).decode()}}).encode()
        self.send_response(200); self.send_header("Content-Type", "application/json"); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("192.168.77.254", 8443), H)
c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); c.load_cert_chain(sys.argv[1], sys.argv[2])
s.socket = c.wrap_socket(s.socket, server_side=True)
s.serve_forever()
P
python3 "$T/hook.py" "$T/hook.crt" "$T/hook.key" >"$T/hook.log" 2>&1 & lib_pids="$lib_pids $!"

minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "the server is ready" eventually 30 k get --raw /readyz || exit 1
jq -n --arg ca "$(base64 -w0 <"$T/hook.crt")" '{apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration", metadata: {name: "tags"},
	webhooks: [{name: "tags.minik.test", rules: [{apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"]}], failurePolicy: "Fail",
	clientConfig: {url: "https://192.168.77.254:8443/", caBundle: $ca}, sideEffects: "None", admissionReviewVersions: ["v1"],
	namespaceSelector: {matchLabels: {"app.kubernetes.io/name": "ingress-conformance"}}}]}' | k apply -f - >/dev/null
images() { k get nodes -o json | jq -e '[.items[].status.images[]?.names[]?] | any(contains("ingressconformance/echoserver"))'; }
check "the image is there" eventually 120 images || exit 1
check "IngressClass nginx is there" eventually 30 k get ingressclass nginx || exit 1

sed 's#https://127.0.0.1:#https://192.168.77.1:#' "$T/kubeconfig" >"$T/client/kubeconfig"
# What waits for an address that must not come waits as long as for one that must: 20 s.
TMPDIR=$T KUBECONFIG=$T/client/kubeconfig in_node client sh -c 'cd "$0" && exec "$@"' "$suite" timeout -k 10 2400 ./ingress.test -test.timeout=38m -no-colors -ingress-class=nginx \
	-format=cucumber -output-directory="$T" -wait-time-for-ingress-status=20s -wait-time-for-ready=3m >"$T/suite.out" 2>&1
r=$?
# A step that fails is told with what it says.
for f in default_backend host_rules ingress_class load_balancing path_rules; do
	[ -s "$T/$f.feature-report.json" ] || { not_ok "$f has been run" "$(tail -20 "$T/suite.out" | cut -c1-300)"; continue; }
	jq -r '.[] | .name as $f | .elements[] | [.steps[]? | select(.result.status != "passed")] as $bad |
		if $bad | length > 0 then "not ok \($f): \(.name) (line \(.line))\t\($bad[0].name): \($bad[0].result.error_message // $bad[0].result.status)" else "ok \($f): \(.name) (line \(.line))" end' "$T/$f.feature-report.json" |
		tr -s '\n ' >"$T/results"
	while IFS=$'\t' read -r line why; do
		case $line in
		'ok '*) ok "${line#ok }" ;;
		'not ok '*) not_ok "${line#not ok }" "$why" ;;
		esac
	done <"$T/results"
done
[ $r = 0 ] && ok "the suite says it has passed" || not_ok "the suite says it has passed" "$(tail -5 "$T/suite.out" | cut -c1-300)"
if [ -n "${SUITE_KEEP:-}" ]; then mkdir -p "$SUITE_KEEP" && cp "$T"/*-report.json "$T/suite.out" "$T"/n1/*.log "$SUITE_KEEP"/ 2>/dev/null; fi
exit $lib_failed
