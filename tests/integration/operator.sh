#!/bin/bash
# An operator made with controller-runtime and client-go (tests/peers/operator, built by 'tests/peers/build.sh operator') at minik: definition made by the
# program, leader election, cached client, metadata-only watches, server-side apply, finalizers, status; the server is killed below it, with streaming lists
# and without; and as envtest's users test theirs, with the cluster that is there.
. "$(dirname "$0")/lib.sh"
operator=$MINIK_TEST_CACHE/operator/operator
[ -x "$operator" ] || skip_all "no $operator: tests/peers/build.sh operator makes it"
enter_sandbox "$@"
node_add n1 192.168.77.1
start() { minik_start n1 server --disable-agent --write-kubeconfig "$T/kubeconfig"; server=$minik_pid; }
start
check "the server is ready" eventually 30 k get --raw /readyz || exit 1
eventually 20 k get sa default >/dev/null
op() { # op LOG ARGS...: in the background, pid in op_pid
	local log=$1; shift
	in_node_exec n1 "$operator" "$@" --kubeconfig "$T/kubeconfig" >"$T/n1/$log.log" 2>&1 &
	op_pid=$!
	lib_pids="$lib_pids $op_pid"
}
leads() { grep -q '^LEADS' "$T/n1/$1.log"; }
count() { grep -cE "$2" "$T/n1/$1.log"; } # count LOG REGEX
# What a kill of the server may cost an informer: one list or streaming list each, and a watch or two.
cheap() { # cheap LOG LINES_BEFORE
	local r what n
	for what in boxes configmaps; do
		n=$(tail -n +$(($2 + 1)) "$T/n1/$1.log" | grep -cE "^(LIST|WATCHLIST) $what 200 ")
		[ "$n" -le 1 ] || { echo "$n lists of $what after one kill"; return 1; }
		r=$(tail -n +$(($2 + 1)) "$T/n1/$1.log" | grep -cE "^(WATCH|WATCHLIST) $what ")
		[ "$r" -ge 1 ] && [ "$r" -le 4 ] || { echo "$r watches of $what after one kill"; return 1; }
	done
}

for feature in true false; do
	name="streaming lists $([ $feature = true ] && echo on || echo off)"
	export KUBE_FEATURE_WatchListClient=$feature
	op "op1-$feature" run; op1=$op_pid
	check "$name: the operator leads" eventually 30 leads "op1-$feature" || exit 1
	op "op2-$feature" run; op2=$op_pid
	expect "$name: its informers begin as told" '^[1-9]' count "op1-$feature" "^$([ $feature = true ] && echo WATCHLIST || echo LIST) boxes 200"
	expect "... and not otherwise" '^0$' count "op1-$feature" "^$([ $feature = true ] && echo LIST || echo WATCHLIST) "

	op "drive-$feature" drive --seconds 12; drive=$op_pid
	written() { [ "$(k get boxes.test.minik -o 'jsonpath={.items[?(@.status.text)].metadata.name}' | wc -w)" = 20 ]; }
	check "$name: all boxes are written" eventually 20 written
	before=$(wc -l <"$T/n1/op1-$feature.log")
	kill -9 "$(minik_main_pid n1)"; wait "$server" 2>/dev/null
	start
	check "$name: the server is killed and comes back" eventually 30 k get --raw /readyz || exit 1
	wait "$drive"; r=$?
	[ $r = 0 ] && ok "$name: nothing is lost: $(tail -1 "$T/n1/drive-$feature.log")" || not_ok "$name: nothing is lost" "$(tail -5 "$T/n1/drive-$feature.log")"
	check "$name: the leader has gone on" kill -0 "$op1"
	check "$name: no storm of lists" cheap "op1-$feature" "$before"
	leads "op2-$feature" && not_ok "$name: one leader" || ok "$name: one leader"

	kill "$op1"; wait "$op1"
	check "$name: the other takes over" eventually 20 leads "op2-$feature"
	k delete cm box-00 >/dev/null
	back() { k get cm box-00 -o 'jsonpath={.data.text} {.metadata.managedFields[0].manager}' | grep -qx 'end box-operator'; }
	check "... and works: what it owns comes back" eventually 20 back
	kill "$op2"; wait "$op2"
	# All away for the next round; nobody is there for the finalizers.
	k get boxes.test.minik -o name | while read -r b; do k patch "$b" --type=merge -p '{"metadata":{"finalizers":null}}'; done >/dev/null
	check "$name: the definition goes, with all boxes" k delete crd boxes.test.minik --timeout=30s
	k delete cm -l '!x' >/dev/null
done
unset KUBE_FEATURE_WatchListClient
export USE_EXISTING_CLUSTER=true
check "envtest: definition, webhook and manager in a cluster that is there" in_node n1 timeout 90 "$operator" envtest --kubeconfig "$T/kubeconfig"
exit $lib_failed
