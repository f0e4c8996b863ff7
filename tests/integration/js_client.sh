#!/bin/bash
# The JavaScript client, unmodified: js_client.mjs has the tests; here are the server, its crash and its restart.
. "$(dirname "$0")/lib.sh"
export JS_MODULES=$MINIK_TEST_CACHE/js/node_modules
command -v node >/dev/null || skip_all "no node"
[ -d "$JS_MODULES/@kubernetes/client-node" ] || skip_all "no @kubernetes/client-node in $JS_MODULES"
enter_sandbox "$@"
node_add n1 192.168.77.1
mkdir -p "$T/n1/data/images" "$T/scratch"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/n1/data/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "server answers" eventually 20 k get --raw /readyz || exit 1
mkfifo "$T/answers"
KUBECONFIG=$T/kubeconfig SCRATCH=$T/scratch in_node_exec n1 node "$MINIK_TOP/tests/integration/js_client.mjs" <"$T/answers" >"$T/js" 2>"$T/js.err" & js=$!
lib_pids="$lib_pids $js"
exec 3>"$T/answers"
restarts() { # crashes the server as often as the client asks for it
	local line
	while IFS= read -r line; do
		[ "$line" = RESTART ] || { printf '%s\n' "$line"; case $line in 'not ok'*) lib_failed=1 ;; esac; continue; }
		kill -9 "$(minik_main_pid n1)"
		wait "$minik_pid" 2>/dev/null
		minik_start n1 server --write-kubeconfig "$T/kubeconfig"
		eventually 20 k get --raw /readyz >/dev/null
		echo go >&3
	done < <(tail -n +1 -f --pid=$js "$T/js")
}
restarts
wait $js || { lib_failed=1; cat "$T/js.err"; }
expect "all tests were run" 'delete namespace' cat "$T/js"
exit $lib_failed
