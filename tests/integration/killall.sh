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

# --- components that run by themselves, told of their run-dir in every way, and containers that no record tells of ---
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent
check "a server without an agent" eventually 20 k get --raw /readyz
sed 's/127\.0\.0\.1/192.168.77.1/' "$T/kubeconfig" >"$T/n1/kubeconfig"
alone() { # alone NAME DIRECTORY ENVIRONMENT ARGUMENT...: a component, its pid in alone_NAME
	local name=$1 dir=$2 env=$3; shift 3
	(cd "$dir" && exec env $env nsenter -t "$node_pid_n1" -n -m --wd="$dir" "$MINIK" "$name" --kubeconfig "$T/n1/kubeconfig" --config "$T/none.yaml" --node-name n1 --node-ip 192.168.77.1 "$@") >"$T/n1/$name.alone.log" 2>&1 &
	lib_pids="$lib_pids $!"
	eval "alone_$name=$!"
}
: >"$T/none.yaml"
printf 'run-dir: %s\ndata-dir: %s\n' "$T/n1/run" "$T/n1/storage-data" >"$T/n1/run.yaml"
alone net / "" --run-dir "$T/n1/run" --data-dir "$T/n1/data"
alone proxy / "" "--run-dir=$T/n1/run" --data-dir "$T/n1/proxy-data"
alone dns / "MINIK_RUN_DIR=$T/n1/run MINIK_DATA_DIR=$T/n1/data"
alone storage / "" --config "$T/n1/run.yaml"
printf 'run-dir: %s\ndata-dir: %s\n' "$T/n1/run" "$T/n1/data" >"$T/n1/node.yaml"
alone node "$T/n1" "" --config node.yaml --cgroup-root "$lib_cgroup-n1"
# Two strangers: with directories of their own, and, in a mount namespace of its own, with what is called like ours.
alone scheduler / "" --run-dir "$T/n1/other" --data-dir "$T/n1/other-data"
mkdir -p "$T/n1/elsewhere/run" "$T/n1/elsewhere/data"
nsenter -t "$node_pid_n1" -n -m unshare -m sh -c "mount --bind $T/n1/elsewhere $T/n1/elsewhere && mount --bind $T/n1/elsewhere/run $T/n1/run && mount --bind $T/n1/elsewhere/data $T/n1/data && exec $MINIK controllers --kubeconfig $T/kubeconfig --config $T/none.yaml --run-dir $T/n1/run --data-dir $T/n1/data" >"$T/n1/controllers.alone.log" 2>&1 &
stranger=$!
lib_pids="$lib_pids $stranger"
check "an agent by itself" eventually 20 ready
six_again() { [ "$(k get pods --no-headers 2>/dev/null | grep -c '1/1 *Running')" = 6 ]; }
check "its pods run" eventually 60 six_again
monitors() { pgrep -f "conmon.*$T/n1/run"; }
monitored() { [ "$(monitors | wc -l)" -ge 6 ]; } # what the API has of them may be of the life before
check "with monitors" eventually 20 monitored
find "$T/n1/run/containers" -mindepth 1 -maxdepth 1 | head -3 | xargs rm -rf # three that nothing tells of any more
for c in net proxy dns storage node scheduler; do eval "pid=\$alone_$c"; kill -0 "$pid" 2>/dev/null || not_ok "$c runs" "$(cat "$T/n1/$c.alone.log")"; done
# Another minik with the network of its pods here: what would be removed is its own, too.
nsenter -t "$node_pid_n1" -n -m "$MINIK" proxy --kubeconfig "$T/n1/kubeconfig" --config "$T/none.yaml" --node-name n9 --node-ip 192.168.77.1 --run-dir "$T/n1/second" --data-dir "$T/n1/second-data" >"$T/n1/second.log" 2>&1 &
second=$!
lib_pids="$lib_pids $second"
refused() { ! m1 killall $where >"$T/out" 2>&1 && grep -qF "another minik runs here (pid $second, --run-dir $T/n1/second)" "$T/out"; }
check "killall refuses while another minik has its network here" eventually 10 refused
kill -0 "$alone_node" && monitors >/dev/null && ok "and has ended nothing" || not_ok "and has ended nothing" "$(cat "$T/out")"
kill "$second"; wait "$second" 2>/dev/null
m1 killall $where >"$T/out" 2>"$T/err"; r=$?
[ $r = 0 ] && ok "killall ends them all" || not_ok "killall ends them all" "exit $r: $(cat "$T/out" "$T/err")"
for c in net proxy dns storage node; do
	eval "pid=\$alone_$c"
	kill -0 "$pid" 2>/dev/null && not_ok "$c has ended" "$(tr '\0' ' ' <"/proc/$pid/cmdline")" || ok "$c has ended"
	expect "... as killall said" "^stopped minik $c \(pid [0-9]+\)\$" cat "$T/out"
done
kill -0 "$alone_scheduler" 2>/dev/null && ok "one of another run-dir goes on" || not_ok "one of another run-dir goes on" "$(cat "$T/n1/scheduler.alone.log")"
kill -0 "$stranger" 2>/dev/null && ok "one whose run-dir is only called like ours goes on" || not_ok "one whose run-dir is only called like ours goes on" "$(cat "$T/n1/controllers.alone.log")"
kill "$alone_scheduler" "$stranger" 2>/dev/null
monitors >"$T/left" && not_ok "no monitor is left" "$(ps -fp $(cat "$T/left"))" || ok "no monitor is left"
[ ! -e "$T/n1/run" ] && ok "nor the run-dir" || not_ok "nor the run-dir" "$(find "$T/n1/run" | head)"
exit $lib_failed
