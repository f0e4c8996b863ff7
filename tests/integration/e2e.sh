#!/bin/bash
# Kubernetes' own end-to-end tests (e2e.test of 1.36, built by 'tests/peers/build.sh e2e') against a cluster of minik's: a server and an agent.
# Which: e2e.list, one a line: KIND <tab> NAME [<tab> WHY]. KIND is core (always), soak (with MINIK_SOAK=1) or out (known not to pass: WHY says why; not run).
#   E2E_FOCUS=REGEX   those of the list whose names match instead, whatever it says of them
#   E2E_NAMES=FILE    those of that file, one a line, that need not be in the list
#   E2E_PROCS=n       so many at a time (default 2, with MINIK_SOAK=1 4); those that want the cluster for themselves run one by one afterwards
#   E2E_MINUTES=n     what does not finish in that time has failed (default 12, with MINIK_SOAK=1 120): a limit for what hangs, not for what is slow
#   E2E_KEEP=DIR      full reports (JSON), output and the logs of minik go there
# The suites for storage drivers ("External Storage") run on class local-path, as e2e_local_path.yaml describes it.
. "$(dirname "$0")/lib.sh"
LIB_APART=1
e2e=$MINIK_TEST_CACHE/kubernetes-1.36
for f in e2e.test ginkgo images; do [ -e "$e2e/$f" ] || skip_all "no $e2e/$f: tests/peers/build.sh e2e makes it"; done
sha256sum <"$MINIK_TOP/tests/peers/images.sh" | cmp -s - "$e2e/images/made-by" || skip_all "$e2e/images is not what tests/peers/images.sh makes: tests/peers/build.sh e2e makes it anew"
KUBECTL=$MINIK_TEST_CACHE/bin/kubectl-1.36
for t in "$KUBECTL" jq; do command -v "$t" >/dev/null || skip_all "needs $t"; done
enter_sandbox "$@"
list=$(dirname "$0")/e2e.list
soak=${MINIK_SOAK:-0}
procs=${E2E_PROCS:-$([ "$soak" = 1 ] && echo 4 || echo 2)}
minutes=${E2E_MINUTES:-$([ "$soak" = 1 ] && echo 120 || echo 12)}

if [ -n "${E2E_NAMES:-}" ]; then names=$(cat "$E2E_NAMES")
elif [ -n "${E2E_FOCUS:-}" ]; then names=$(grep -v '^#' "$list" | cut -f2 | grep -E -- "$E2E_FOCUS")
else names=$(awk -F'\t' -v soak="$soak" '$1 == "core" || ($1 == "soak" && soak == 1) { print $2 }' "$list")
fi
[ -n "${E2E_FOCUS:-}${E2E_NAMES:-}" ] || [ "$soak" != 1 ] || awk -F'\t' '$1 == "out" { print "skip " $2 ": " $3 }' "$list"
[ -n "$names" ] || [ "$soak" = 1 ] || [ -n "${E2E_FOCUS:-}" ] || skip_all "$list has nothing for a short run; tests/run --soak runs it, or E2E_FOCUS='regular expression' a part"
[ -n "$names" ] || { not_ok "tests are chosen"; exit 1; }

# Tests of local volumes make loop devices of files in /tmp, and one that fails leaves them.
loops_end() {
	local f d
	for f in "$T"/n?/tmp/local-*/file; do
		[ ! -e "$f" ] || losetup -j "$f" | while IFS=: read -r d _; do losetup -d "$d"; done
	done
}
trap 'r=$?; loops_end; (exit $r); lib_cleanup' EXIT
# A mounted ext4 grows for who has CAP_SYS_RESOURCE.
grows='volume-expand (Verify|should resize)|expansion of pvcs created for ephemeral'
if [ $((0x$(awk '/^CapEff/ {print $2}' /proc/self/status) >> 24 & 1)) = 0 ]; then
	echo "$names" | grep -E "$grows" | while read -r t; do skip "$t" "no CAP_SYS_RESOURCE here"; done
	names=$(echo "$names" | grep -vE "$grows")
fi
sed "s#TOP/#$MINIK_TOP/#" "$MINIK_TOP/tests/integration/e2e_local_path.yaml" >"$T/driver.yaml"
node_add n1 192.168.77.1
node_add n2 192.168.77.2
for n in n1 n2; do mkdir -p "$T/$n/data/images" && ln "$e2e"/images/*.tar "$T/$n/data/images/" 2>/dev/null || cp "$e2e"/images/*.tar "$T/$n/data/images/"; done
# What shall be pulled whatever is there comes from a registry on the wire.
always='pull policy of Always'
registry() {
	printf '%s\n' "version: 0.1" "storage: {filesystem: {rootdirectory: $T/registry}}" 'http: {addr: "192.168.77.254:5000"}' "log: {level: error}" >"$T/registry.yml"
	docker-registry serve "$T/registry.yml" >"$T/registry.log" 2>&1 &
	lib_pids="$lib_pids $!"
	eventually 10 curl -fsS http://192.168.77.254:5000/v2/ || return 1
	skopeo --insecure-policy copy -q --dest-tls-verify=false "docker-archive:$e2e/images/kitten-1.8.tar" docker://192.168.77.254:5000/e2e-test-images/kitten:1.8
	for n in n1 n2; do printf 'mirrors:\n  registry.k8s.io:\n    endpoint: ["http://192.168.77.254:5000"]\n' >"$T/$n/registries.yaml"; done
}
if ! echo "$names" | grep -q "$always"; then :
elif command -v docker-registry >/dev/null && command -v skopeo >/dev/null; then
	# Not by check, whose shell of its own would not tell which process is to be ended.
	if registry >/dev/null; then ok "a registry"; else not_ok "a registry" "$(cat "$T/registry.log")"; fi
else
	echo "$names" | grep "$always" | while read -r t; do skip "$t" "no docker-registry or skopeo"; done
	names=$(echo "$names" | grep -v "$always")
fi
minik_start n1 server --write-kubeconfig "$T/kubeconfig" ${E2E_SERVER:-}
check "the server is ready" eventually 30 k get --raw /readyz || exit 1
minik_start n2 agent --server https://192.168.77.1:6443 --token "$(cat "$T/n1/data/server/token")"
ready() { [ "$(k get nodes 2>/dev/null | grep -cw Ready)" = 2 ]; }
check "two nodes are ready" eventually 60 ready || exit 1
images() { [ "$(k get nodes -o json | jq '[.items[] | [.status.images[]?.names[]?] | any(contains("agnhost:2.63.0"))] | all')" = true ]; }
eventually 60 images >/dev/null || not_ok "the images are there"

# run NAME PROCS: the tests of $T/NAME.names, their results as lines.
run() {
	local name=$1 n=$2 left=$((end - SECONDS)) report=$T/$1.json
	[ -s "$T/$name.names" ] || return 0
	[ $left -gt 5 ] || { while read -r t; do not_ok "$t" "no time left"; done <"$T/$name.names"; return; }
	# What has its name in the list runs, and nothing else: the names are the ends of what ginkgo matches.
	local focus; focus="($(sed 's/[][\.^$*+?(){}|/]/\\&/g' "$T/$name.names" | paste -sd'|'))\$"
	local cmd=("$e2e/e2e.test") prefix=-ginkgo.
	[ "$n" = 1 ] || cmd=("$e2e/ginkgo" --procs="$n") prefix=--
	cmd+=("${prefix}focus=$focus" "${prefix}timeout=${left}s" "${prefix}json-report=$report" "${prefix}grace-period=20s" "${prefix}silence-skips" "${prefix}no-color")
	[ "$n" = 1 ] || cmd+=("--output-dir=/" "$e2e/e2e.test" --)
	(cd "$T" && TMPDIR=$T KUBECONFIG=$T/kubeconfig in_node n1 timeout -k 10 $((left + 60)) "${cmd[@]}" --provider=skeleton --kubeconfig="$T/kubeconfig" --kubectl-path="$KUBECTL" \
		--num-nodes=2 --storage.testdriver="$T/driver.yaml" --disable-log-dump --minStartupPods=0 --report-dir= --dump-logs-on-failure=false) >"$T/$name.out" 2>&1
	[ -s "$report" ] || { not_ok "e2e.test reports ($name)" "$(tail -30 "$T/$name.out")"; return; }
	jq -r '.[].SpecReports[]? | select(.LeafNodeType == "It" and .State != "skipped" and .State != "pending") |
		[(if .State == "passed" then "ok" else "not" end), (((.ContainerHierarchyTexts // []) + [.LeafNodeText]) | join(" ")), ((.RunTime // 0) / 1e9 | floor | tostring),
		 (.State + ": " + ((.Failure.Message // "") | gsub("[\\n\\t]+"; " ") | .[:600]) + " " + (.Failure.Location.FileName // "") + ":" + ((.Failure.Location.LineNumber // 0) | tostring))] | @tsv' \
		"$report" >"$T/$name.results"
	while IFS=$'\t' read -r state t seconds why; do
		if [ "$state" = ok ]; then ok "$t ($seconds s)"; else not_ok "$t" "$why"; fi
	done <"$T/$name.results"
	# Every name must have come out: one that is spelled wrong would never fail. A failed suite node is told, too.
	cut -f2 "$T/$name.results" | sort >"$T/ran"
	sort -u "$T/$name.names" | comm -23 - "$T/ran" >"$T/missing"
	while read -r t; do not_ok "$t" "did not run: $(jq -r '[.[].SpecialSuiteFailureReasons // [] | .[]] | join("; ")' "$report")
$(jq -r '.[].SpecReports[]? | select(.LeafNodeType != "It" and .State != "passed") | .LeafNodeType + ": " + (.Failure.Message // "" | .[:400])' "$report" | head -5)"; done <"$T/missing"
}
end=$((SECONDS + minutes * 60))
echo "$names" | grep -vF '[Serial]' >"$T/together.names"
echo "$names" | grep -F '[Serial]' >"$T/alone.names"
run together "$procs"
run alone 1
if [ -n "${E2E_KEEP:-}" ]; then mkdir -p "$E2E_KEEP" && cp "$T"/*.json "$T"/*.out "$T"/*/*.log "$E2E_KEEP"/ 2>/dev/null; fi
exit $lib_failed
