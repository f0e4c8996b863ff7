#!/bin/bash
# minik killall when a monitor writes into its container's folder until after the container's end: it is waited for, and nothing is left.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
node_add n1 192.168.77.1
m1() { in_node n1 "$MINIK" "$@"; }
where="--data-dir $T/n1/data --run-dir $T/n1/run --cgroup-root $lib_cgroup-n1"
ready() { k get nodes | grep -qw Ready; }

# A monitor that is still at work for a second when its container has ended.
mkdir -p "$T/bin"
cat >"$T/bin/conmon" <<-W
	#!/bin/bash
	for a; do [ "\$last" = --bundle ] && bundle=\$a; last=\$a; done
	(
		exec 3>&- </dev/null >/dev/null 2>&1
		until [ -s "\$bundle/pid" ]; do sleep 0.02; done
		pid=\$(cat "\$bundle/pid")
		while [ -d "/proc/\$pid" ]; do sleep 0.02; done
		SECONDS=0
		while [ \$SECONDS -lt 2 ] && [ -d "\$bundle" ]; do : >"\$bundle/busy.\$RANDOM"; done
	) &
	exec $(command -v conmon) "\$@"
W
chmod +x "$T/bin/conmon"
PATH=$T/bin:$PATH minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "a server with a slow monitor" eventually 20 ready || exit 1
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/images" >"$T/images.log" 2>&1 || not_ok "images are built" "$(cat "$T/images.log")"
check "images" m1 image import "$T"/images/*.tar --data-dir "$T/n1/data"
check "a deployment" k apply -f "$MINIK_TOP/examples/walkthrough/hostnames.yaml"
check "six pods" k scale deploy/hostnames --replicas=6
six() { [ "$(k get pods --no-headers | grep -c '1/1 *Running')" = 6 ]; }
check "six pods run" eventually 60 six
check "one goes by itself" k delete pod "$(k get pods -o 'jsonpath={.items[0].metadata.name}')" --wait=true
grep -q 'cannot clean up' "$T/n1/server.log" && not_ok "the agent waits for its monitor too" "$(grep 'cannot clean up' "$T/n1/server.log")" || ok "the agent waits for its monitor too"
m1 killall $where >"$T/out" 2>"$T/err"; r=$?
[ $r = 0 ] && [ ! -s "$T/err" ] && ok "killall waits for monitors" || not_ok "killall waits for monitors" "exit $r: $(cat "$T/err")"
[ ! -e "$T/n1/run" ] && [ -z "$(ls "$T/n1/data/containers")" ] && ok "nothing is left of the containers" || not_ok "nothing is left of the containers" "$(find "$T/n1/run" "$T/n1/data/containers" | head)"
pgrep -f "$T/n1/run" >"$T/out" && not_ok "nor of their monitors" "$(ps -fp $(cat "$T/out"))" || ok "nor of their monitors"
