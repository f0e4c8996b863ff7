#!/bin/bash
# The Gateway API's own conformance suite (profile GATEWAY-HTTP, of the version that minik's CRDs have), unmodified, against a server with real pods
# and nginx, twice: with GatewayClass minik, and with one whose Gateways have an address of their own each (service: ClusterIP), whose lines say so.
# What is tested besides the core is what the class says it supports: the suite reads that itself.
#   GATEWAY_FOCUS=REGEX   the tests of such names alone, known to fail or not
#   GATEWAY_CLASSES=...   "minik own" if not set
#   GATEWAY_FEATURES=...  features the class is taken to support, comma-separated, instead of those it tells
#   GATEWAY_KEEP=DIR      the suite's report and output and minik's log go there
# All that is claimed takes a minute for each class. With MINIK_SOAK=1 tests of features that are not claimed are told as skipped.
# The suite and its images come from $MINIK_TEST_CACHE, where tests/peers/build.sh puts them: needs Go and its modules once.
. "$(dirname "$0")/lib.sh"
LIB_APART=1
[ "$(id -u)" = 0 ] || skip_all "must run as root"
[ -e "${MINIK_BUILD:-$MINIK_TOP/build}/ingress/minik_module.so" ] || skip_all "this build is without nginx's module"
for p in jq nginx; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
suite=$MINIK_TEST_CACHE/gateway-1.6
# Before the sandbox, which has no way out to the modules. What is there and current is left as it is.
if [ -z "${MINIK_SANDBOX:-}" ]; then
	log=$(timeout 600 "$MINIK_TOP/tests/peers/build.sh" gateway 2>&1) || skip_all "the suite cannot be built: $(echo "$log" | grep -v '^go: downloading' | tail -1)"
fi
enter_sandbox "$@"
# Of the core, and known not to pass: by the class, too.
declare -A out=(
	[minik/HTTPRouteMultipleGateways]="all Gateways have the nodes' addresses, and listeners of one port and hostname there are one with the routes of all"
)

node_add n1 192.168.77.1
node_add client 192.168.77.9
mkdir -p "$T/n1/data/images"
cp "$suite"/images/*.tar "$T/n1/data/images/"
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "the server is ready" eventually 30 k get --raw /readyz || exit 1
images() { k get nodes -o json | jq -e '[.items[].status.images[]?.names[]?] | any(contains("echo-basic")) and any(contains("coredns"))'; }
check "the images are there" eventually 120 images || exit 1
accepted() { k get gatewayclass "$1" -o jsonpath='{.status.conditions[?(@.type=="Accepted")].status}' | grep -q True; }
check "GatewayClass minik is accepted" eventually 30 accepted minik || exit 1
k create configmap gateways -n kube-system --from-literal=service=ClusterIP >/dev/null
k apply -f - >/dev/null <<'X'
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: own}
spec: {controllerName: minik.io/gateway, parametersRef: {group: "", kind: ConfigMap, namespace: kube-system, name: gateways}}
X
check "GatewayClass own is accepted" eventually 30 accepted own || exit 1
in_node client ip route add 10.43.0.0/16 via 192.168.77.1

sed 's#https://127.0.0.1:#https://192.168.77.1:#' "$T/kubeconfig" >"$T/client/kubeconfig"
limit=15 # minutes, for what hangs
# The cluster goes with the sandbox: nothing has to be cleaned up before.
run() { # run CLASS
	local flags=() known
	known=$(printf '%s\n' "${!out[@]}" | sed -n "s#^$1/##p" | paste -sd,)
	[ "$1" != minik ] || flags+=(-usable-address=192.168.77.1 -unusable-address=192.168.77.200)
	[ -z "${GATEWAY_FEATURES:-}" ] || flags+=("-supported-features=$GATEWAY_FEATURES")
	flags+=("-test.run=^TestConformance\$${GATEWAY_FOCUS:+/$GATEWAY_FOCUS}")
	[ -n "${GATEWAY_FOCUS:-}" ] || [ -z "$known" ] || flags+=("-skip-tests=$known")
	(cd "$T" && TMPDIR=$T KUBECONFIG=$T/client/kubeconfig in_node client timeout -k 10 $((60 * limit + 60)) "$suite/gateway.test" -test.v "-test.timeout=${limit}m" "-gateway-class=$1" \
		-conformance-profiles=GATEWAY-HTTP -cleanup-base-resources=false -report-output="$T/$1.yaml" -organization=minik -project=minik -url=https://minik.invalid \
		-version="$("$MINIK" --version | head -1)" -contact=minik "${flags[@]}")
}
# What the tests of one name printed, without what is told for every request.
told() { awk -v n="$1" '/^ *=== (RUN|CONT|NAME) / { mine = $3 == "TestConformance/" n || index($3, "TestConformance/" n "/") == 1; next } mine' "$T/suite.out"; }
results() { # results CLASS
	local class=$1 before=$lib_failed of="" state name time
	[ "$class" = minik ] || of=" with an address for each Gateway"
	sed -nE 's/^ {4}--- (PASS|FAIL|SKIP): TestConformance\/([^ /]+) \((.*)\)$/\1 \2 \3/p' "$T/suite.out" >"$T/results"
	while read -r state name time; do
		case $state in
		PASS) ok "$name$of (${time%s} s)" ;;
		SKIP)
			if [ -n "${out[$class/$name]:-}" ]; then skip "$name$of" "${out[$class/$name]}"
			elif [ "${MINIK_SOAK:-0}" = 1 ]; then skip "$name$of" "$(told "$name" | sed -n 's/.*Skipping [A-Za-z0-9]*: suite does not support/not claimed:/p' | head -1)"
			fi ;;
		FAIL) not_ok "$name$of" "$(grep -E "^ +--- FAIL: TestConformance/$name/" "$T/suite.out" | head -5
			told "$name" | grep -A3 -E 'Error:|not ready yet|expected Status' | sed 's/.*not ready yet: //' | tail -8 | cut -c1-300)" ;;
		esac
	done <"$T/results"
	# The suite itself, what it sets up and that it came to its end.
	if ! grep -q '^--- PASS: TestConformance' "$T/suite.out" && { [ "$lib_failed" = "$before" ] || [ ! -s "$T/results" ]; }; then
		not_ok "the suite comes to its end$of" "$(tail -30 "$T/suite.out" | cut -c1-300)"
	fi
	if [ -n "${GATEWAY_KEEP:-}" ]; then mkdir -p "$GATEWAY_KEEP" && cp "$T/$class.yaml" "$T"/n1/*.log "$GATEWAY_KEEP"/ 2>/dev/null; cp "$T/suite.out" "$GATEWAY_KEEP/$class.out"; fi
}
for class in ${GATEWAY_CLASSES:-minik own}; do
	run "$class" >"$T/suite.out" 2>&1
	results "$class"
	# The next one makes all of it anew.
	k delete namespace -l gateway-conformance --ignore-not-found >/dev/null 2>&1
done
exit $lib_failed
