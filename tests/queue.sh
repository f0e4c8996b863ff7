# Sourced by tests/run: the integration and vm scripts, and which of them run at the same time. Each prints 'ok NAME', 'not ok NAME', 'skip NAME: why' lines;
# lines '# WHAT: N s' tell how long a stage of it took.
#
# An integration script mostly waits: it takes a third of a core. An emulated machine takes a whole one for minutes, and so does what compiles. So, in this order:
#   '# ALONE: why' in a script   it measures: nothing else runs
#   '# CALM: why'                it measures too, but mostly waits: as many as there are cores, and machines beside them
#   the other scripts            one more than there are cores (--jobs), and machines beside them
#   the machines that are left   one a core; those marked ALONE at the end, one by one
# Beside scripts there is one machine for two cores, and it gets what they leave (nice): no script waits for a core that emulates.
cores=$(nproc)
jobs=${jobs:-$((cores + 1))}
beside=$(((cores + 1) / 2))

# What takes longest begins first, so that nothing long is left for the end; the others in the order of their names.
long="ingress_auth ingress_changes net_dual etcd_cluster node_server storage_ceph e2e ingress_module ingress_ocsp debug_service controlplane storage_snapshot checker workloads node_exec
	kube_components etcd kubelet kubelet_1_20 store_etcd kube_components_1_20 webhooks net_dns join_errors storage_recycle net_faults node_pods
	debian12 debian13 proxy_nftables proxy_ipvs storage storage_quota powercut overlay"

# queue_of PATTERN KIND: the scripts tests/PATTERN that are to run, without .sh. KIND: ALONE, CALM or OTHER.
queue_of() {
	local t kind
	for t in $(cd "$top/tests" && { for n in $long; do ls $1 | grep -x ".*/$n.sh"; done; ls $1; } 2>/dev/null | awk '!seen[$0]++'); do
		case $t in */lib*) continue ;; esac
		wanted "${t%.sh}" || continue
		kind=$(sed -n 's/^# \(ALONE\|CALM\): .*/\1/p' "$top/tests/$t" | head -1)
		[ "${kind:-OTHER}" != "$2" ] || echo "${t%.sh}"
	done
}

declare -A running=() # pid -> name
running_count() { # sets scripts and heavy: how many of each run
	local r; scripts=0 heavy=0
	for r in "${running[@]}"; do case $r in integration/*) scripts=$((scripts + 1)) ;; *) heavy=$((heavy + 1)) ;; esac; done
}
script_start() { # script_start NAME
	local n=$1 log=$work/scripts/$1 most=$limit polite="nice -n 5" command=("$top/tests/$1.sh")
	case $n in
	integration/*) polite= ;;
	vm/*) most=$((limit * 3 / 2)) ;;
	"asan unit") command=(make -C "$MINIK_ASAN_BUILD" -k -j"$cores" check) ;;
	esac
	mkdir -p "$(dirname "$log")"
	(
		start=$SECONDS
		$polite timeout --kill-after=30 "$most" "${command[@]}" >"$log.out" 2>"$log.err"; r=$?
		times >"$log.times" # of this shell, and of what it has waited for
		echo "$((SECONDS - start)) s ($(awk -F '[ms ]+' 'NR == 2 {printf "%d", $1 * 60 + $2 + $3 * 60 + $4}' "$log.times") s of a core)" >"$log.took"
		exit $r
	) &
	running[$!]=$n
}
script_finish() { # script_finish NAME STATUS
	local n=$1 r=$2 log=$work/scripts/$1 any=1
	case $n in
	integration/* | vm/*) results "$n" "$log.out" || any=0 ;;
	*) [ $r != 0 ] || record 0 "$n" ;; # its status is all it says
	esac
	if [ $r = 77 ] && [ $any = 0 ]; then record 77 "$n" "$(tail -1 "$log.err")"
	elif [ $r != 0 ]; then
		record $r "$n (exit $r)"
		grep -v -E '^(ok|skip) ' "$log.out" | tail -60; tail -60 "$log.err"
	elif [ $any = 0 ]; then record 1 "$n (no check ran)"; fi
	echo "     $n took $(cat "$log.took")"
}
script_any() { # waits for one of those that run
	local pid r
	wait -n -p pid "${!running[@]}"; r=$?
	[ -n "${pid:-}" ] || return
	script_finish "${running[$pid]}" $r
	unset "running[$pid]"
}
queue_alone() { # queue_alone NAME...: one by one
	local s
	for s; do
		while [ ${#running[@]} -gt 0 ]; do script_any; done
		script_start "$s"
	done
	while [ ${#running[@]} -gt 0 ]; do script_any; done
}
# queue_beside N NAME...: when no other script runs, so many of them at a time, and the array machines beside them; ends when the last one has begun.
queue_beside() {
	local most=$1 scripts heavy; shift
	while running_count; [ $scripts -gt 0 ]; do script_any; done
	while [ $# -gt 0 ]; do
		running_count
		if [ $scripts -lt "$most" ]; then script_start "$1"; shift
		else queue_machine "$beside" || script_any; fi
	done
}
queue_machine() { # queue_machine MOST: the next machine, false when there is none or so many run
	[ $heavy -lt "$1" ] && [ ${#machines[@]} -gt 0 ] || return 1
	script_start "${machines[0]}"
	machines=("${machines[@]:1}")
}

# Scripts that run side by side must find the programs that they would ask make for: two makes at once spoil each other's files.
test_programs() { make -C "$MINIK_BUILD" -j"$cores" check TESTS= && make -C "$MINIK_BUILD" -j"$cores" test-programs; }
queue_run() {
	local alone calm others machines scripts heavy
	alone=($(queue_of "integration/*.sh" ALONE)) calm=($(queue_of "integration/*.sh" CALM)) others=($(queue_of "integration/*.sh" OTHER))
	machines=($(queue_of "vm/*.sh" OTHER))
	! wanted check/dist || machines+=(check/dist)
	[ $asan = 0 ] || machines+=("asan unit")
	if [ $((${#alone[@]} + ${#calm[@]} + ${#others[@]})) -gt 1 ]; then
		step "test programs" "$work/programs.log" test_programs
	fi
	queue_alone "${alone[@]}"
	queue_beside $((jobs < cores ? jobs : cores)) "${calm[@]}"
	queue_beside "$jobs" "${others[@]}"
	# The fewer scripts are left, the more machines.
	while :; do
		running_count
		queue_machine $((scripts < cores ? cores - scripts / 2 : beside)) && continue
		[ ${#running[@]} -gt 0 ] || break
		script_any
	done
	queue_alone $(queue_of "vm/*.sh" ALONE)
}
