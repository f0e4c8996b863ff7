# Shared by integration scripts. Each script runs in network and mount namespaces of its own and leaves nothing behind.
# Prints 'ok NAME', 'not ok NAME', 'skip NAME: why'.
set -u
export PYTHONDONTWRITEBYTECODE=1 # the tree stays as it is
MINIK_TOP=${MINIK_TOP:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
MINIK_TEST_CACHE=${MINIK_TEST_CACHE:-/var/cache/minik-tests}
MINIK=${MINIK:-${MINIK_BUILD:-$MINIK_TOP/build}/minik}
KUBECTL=${KUBECTL:-$MINIK_TEST_CACHE/bin/kubectl-1.35}
lib_failed=0 lib_pids= lib_parts=
. "$MINIK_TOP/tests/integration/lib_pids.sh"

ok() { printf 'ok %s\n' "$1"; }
not_ok() { printf 'not ok %s\n' "$1"; lib_failed=1; [ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/    /' | head -40; }
skip() { printf 'skip %s: %s\n' "$1" "$2"; }
skip_all() { echo "$1" >&2; exit 77; }
# check NAME COMMAND...: the command must succeed; its output is shown when it does not.
check() {
	local name=$1 out; shift
	if out=$("$@" 2>&1); then ok "$name"; else not_ok "$name" "$* ->
$out"; return 1; fi
}
# expect NAME WANT COMMAND...: output must match the extended regular expression.
expect() {
	local name=$1 want=$2 out; shift 2
	out=$("$@" 2>&1)
	if printf '%s' "$out" | grep -qE -- "$want"; then ok "$name"; else not_ok "$name" "$* ->
$out
wanted: $want"; return 1; fi
}
# Limits are for what hangs, not for what is slow while others run beside it: `eventually` and kubectl's --timeout wait this many times as long.
MINIK_PATIENCE=${MINIK_PATIENCE:-2}
# eventually SECONDS COMMAND...: retried until it succeeds; for states of the outside world that nothing announces. What has not come for a while is asked for less often, up to
# twice a second: each question of kubectl costs a tenth of a second of a core, which those beside it could have.
eventually() {
	local end=$((SECONDS + $1 * ${MINIK_PATIENCE:-1})) pause=100; shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || { "$@"; return 1; }
		sleep "0.$pause"
		[ $pause -ge 500 ] || pause=$((pause + pause / 10))
	done
}

# Re-executes the script in new namespaces: a network of its own ("the wire") and mounts that do not propagate.
enter_sandbox() {
	[ "$(id -u)" = 0 ] || skip_all "must run as root"
	if [ -z "${MINIK_SANDBOX:-}" ]; then
		export MINIK_SANDBOX=$$
		exec unshare --net --mount --propagation private --fork --kill-child=SIGTERM -- "$0" "$@"
	fi
	T=$(mktemp -d /tmp/minik-it.XXXXXX)
	chmod 711 "$T" # nginx is a user of its own and goes through it
	export HOME=$T # kubectl keeps there what it once learned of a server, by its address, which every script's has
	trap 'lib_cleanup' EXIT
	trap 'exit 130' INT TERM
	ip link set lo up
	ip link add wire type bridge && ip link set wire up && ip addr add 192.168.77.254/24 dev wire
	lib_cgroup=minik-test-$$
}

# A node: a holder process in its own network and mount namespaces, on the wire with address $2. in_node NAME COMMAND...
# With LIB_APART=1 processes and /tmp are the node's own, too: a pod that enters the mounts of process 1 is still on that node, and what it makes there goes with it.
LIB_APART=${LIB_APART:-} lib_apart=
node_add() {
	local name=$1 addr=$2 pid holder
	if [ -z "$LIB_APART" ]; then
		setpriv --pdeathsig KILL -- unshare --net --mount --propagation slave -- sleep infinity &
		holder=$! pid=$!
	else # the shell takes in orphans
		setpriv --pdeathsig KILL -- unshare --net --mount --pid --fork --kill-child=KILL --mount-proc --propagation slave -- bash -c 'sleep infinity & wait' &
		holder=$! lib_apart="$lib_apart $!" # it lets SIGTERM wait
		until pid=$(pgrep -P $holder); do :; done
	fi
	lib_pids="$lib_pids $holder"
	until [ "$(readlink /proc/$pid/ns/net 2>/dev/null)" != "$(readlink /proc/self/ns/net)" ] && case $(cat /proc/$pid/comm) in sleep | bash) ;; *) false ;; esac; do :; done
	eval "node_pid_$name=$pid"
	ip link add "w-$name" type veth peer name eth0 netns "/proc/$pid/ns/net"
	ip link set "w-$name" master wire up
	in_node "$name" ip link set lo up
	in_node "$name" ip link set eth0 up
	in_node "$name" ip addr add "$addr/24" dev eth0
	in_node "$name" ip route add default via 192.168.77.254
	mkdir -p "$T/$name"
	echo "nameserver 192.168.77.254" >"$T/$name/resolv.conf"
	in_node "$name" sh -c "mount --make-rshared / && mount --bind $T/$name/resolv.conf /etc/resolv.conf"
	[ -z "$LIB_APART" ] || apart_tmp "$name"
	eval "node_addr_$name=$addr"
}
# A /tmp of the node's own, which has what is tested and its tools in it, too.
apart_tmp() { # apart_tmp NAME
	local d
	for d in "$T" "$(realpath "$MINIK")" "$MINIK_TOP" "${MINIK_BUILD:-}" "$MINIK_TEST_CACHE"; do
		case $d in /tmp/*) d=${d#/tmp/} d=${d%%/*} ;; *) continue ;; esac
		[ ! -d "$T/$1/tmp/$d" ] || continue
		in_node "$1" sh -ec "mkdir -p $T/$1/tmp/$d; mount --bind /tmp/$d $T/$1/tmp/$d"
	done
	in_node "$1" sh -ec "chmod 1777 $T/$1/tmp; mount --rbind $T/$1/tmp /tmp"
}
in_node() {
	local name=$1 pid; shift
	eval "pid=\$node_pid_$name"
	nsenter --target "$pid" --net --mount ${LIB_APART:+--pid} -- "$@"
}
# The same for the background: $! is the command itself then, not a shell that waits for it.
in_node_exec() {
	local name=$1 pid; shift
	eval "pid=\$node_pid_$name"
	exec nsenter --target "$pid" --net --mount ${LIB_APART:+--pid} -- "$@"
}
# minik_flags NAME: what every minik of this node is started with.
minik_flags() {
	local addr; eval "addr=\$node_addr_$1"
	echo "--data-dir $T/$1/data --run-dir $T/$1/run --cgroup-root $lib_cgroup-$1 --config $T/$1/config.yaml --node-name $1 --node-ip $addr --registries $T/$1/registries.yaml"
}
# minik_start NAME SUBCOMMAND FLAGS...: in the background; log in $T/NAME/SUBCOMMAND.log; pid in minik_pid.
minik_start() {
	local name=$1 sub=$2; shift 2
	[ -e "$T/$name/config.yaml" ] || : >"$T/$name/config.yaml"
	# shellcheck disable=SC2046
	in_node_exec "$name" "$MINIK" "$sub" $(minik_flags "$name") "$@" >>"$T/$name/$sub.log" 2>&1 &
	minik_pid=$!
	lib_pids="$lib_pids $minik_pid"
	case " $lib_parts " in *" $name "*) ;; *) lib_parts="$lib_parts $name" ;; esac
}
# The pid of minik itself, as its lock file has it; nothing when that one has ended, whose number another process may have by now.
minik_main_pid() {
	local p
	p=$(head -1 "$T/$1/run/minik.lock") || return 1
	case $(tr '\0' ' ' <"/proc/$p/cmdline") in *"$T/$1/"*) echo "$p" ;; *) return 1 ;; esac 2>/dev/null
}
k() { # in plain sh, too: scripts hand it on
	local a n=$# t
	for a; do
		case $a in
		--timeout=*[!0-9]*[!0-9]* | --timeout=) ;;
		--timeout=*s) t=${a#*=}; a=--timeout=$((${t%s} * ${MINIK_PATIENCE:-1}))s ;;
		esac
		set -- "$@" "$a"
	done
	shift $n
	KUBECONFIG=$T/kubeconfig in_node "${K_NODE:-n1}" "$KUBECTL" "$@"
}
# The same for the background: $! is kubectl itself, and is what a kill ends.
k_exec() { KUBECONFIG=$T/kubeconfig in_node_exec "${K_NODE:-n1}" "$KUBECTL" "$@"; }

# What of minik's could be left on a node: interfaces, rules, routes, mounts, namespaces, cgroups, processes. Sorted, comparable.
node_state() {
	local name=$1
	in_node "$name" ip -o link | awk '{print "link", $2}'
	in_node "$name" ip route show table all | grep -v -E 'eth0|dev lo' | sed 's/^/route /'
	in_node "$name" nft list tables 2>/dev/null | sed 's/^/nft /'
	in_node "$name" sh -c "grep -E 'minik-it|/minik' /proc/self/mountinfo | grep -v resolv.conf" | awk '{print "mount", $5}'
	find /sys/fs/cgroup -maxdepth 2 -name "$lib_cgroup-$name" 2>/dev/null | sed 's/^/cgroup /'
	pgrep -af "$T/$name/" | grep -v -E 'pgrep|sleep infinity|docker-registry' | sed 's/^[0-9]* /process /'
}

lib_cleanup() {
	local r=$? name p
	trap - EXIT
	[ "${LIB_PAUSE:-}" = 1 ] && [ $r != 0 -o $lib_failed != 0 ] && { echo "paused: $T (pid $$)" >&2; sleep 3600; }
	# A node is gone with the process that holds its namespaces: nothing of ours ends it before this.
	for name in ${!node_pid_*}; do
		[ -d "/proc/${!name}" ] || { wait "${!name}" 2>/dev/null; echo "the namespaces of ${name#node_pid_} are lost: process ${!name} ended with status $?" >&2; }
	done
	for name in $lib_parts; do
		in_node "$name" timeout 60 "$MINIK" killall --data-dir "$T/$name/data" --run-dir "$T/$name/run" --cgroup-root "$lib_cgroup-$name" \
			--config "$T/$name/config.yaml" >"$T/killall.log" 2>&1 || { cat "$T/killall.log"; lib_failed=1; }
	done
	kill_own -KILL $lib_apart
	kill_own $lib_pids
	for p in $lib_pids; do wait "$p" 2>/dev/null; done
	# A report of a sanitizer fails the test whatever else went well.
	if grep -lE 'ERROR: (Address|Leak)Sanitizer|[a-z]:[0-9]+:[0-9]+: runtime error:' "$T"/*/*.log "$T"/*.log >"$T/reports" 2>/dev/null && [ -s "$T/reports" ]; then
		not_ok "no report of a sanitizer" "$(grep -hE -A12 'ERROR: (Address|Leak)Sanitizer|[a-z]:[0-9]+:[0-9]+: runtime error:' $(cat "$T/reports"))"
	fi
	if [ $r != 0 ] || [ $lib_failed != 0 ]; then
		for name in "$T"/*/*.log; do [ -e "$name" ] && { echo "--- $name" >&2; tail -40 "$name" >&2; }; done
	fi
	[ -n "${T:-}" ] && { umount -R -l "$T" 2>/dev/null; [ "${LIB_KEEP:-}" = 1 ] || rm -rf "$T"; }
	[ $r = 0 ] && r=$lib_failed
	exit $r
}

# A server in node $1, which is n1, with the walkthrough's images imported; its node is Ready and pods may come.
server_with_images() {
	mkdir -p "$T/$1/data/images"
	"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/$1/data/images" >"$T/images.log" 2>&1 || skip_all "cannot build the images: $(tail -1 "$T/images.log")"
	minik_start "$1" server --write-kubeconfig "$T/kubeconfig"
	ready() { k get nodes | grep -w Ready; }
	check "node is ready" eventually 30 ready || exit 1
	eventually 20 k get sa default >/dev/null
	eventually 20 k get cm kube-root-ca.crt >/dev/null
}

# A registry (Debian's docker-registry) in node $1 on port 5000 with the walkthrough's images pushed to it.
registry_start() {
	local name=$1 f
	command -v docker-registry >/dev/null && command -v skopeo >/dev/null || return 1
	mkdir -p "$T/registry" "$T/images"
	"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/images" >"$T/images.log" 2>&1 || { cat "$T/images.log"; return 1; }
	cat >"$T/registry.yml" <<-R
	version: 0.1
	storage: {filesystem: {rootdirectory: $T/registry}}
	http: {addr: ":5000"}
	log: {level: error}
	R
	in_node_exec "$name" docker-registry serve "$T/registry.yml" >"$T/registry.log" 2>&1 &
	lib_pids="$lib_pids $!"
	eventually 10 in_node "$name" curl -fsS http://localhost:5000/v2/ || return 1
	for f in "$T"/images/*.tar; do
		local tag; tag=$(tar -xOf "$f" manifest.json | jq -r '.[0].RepoTags[0]')
		in_node "$name" skopeo --insecure-policy copy -q --dest-tls-verify=false "docker-archive:$f" "docker://$tag" || return 1
	done
}
# registries_write NAME ADDR: where node NAME finds localhost:5000.
registries_write() {
	cat >"$T/$1/registries.yaml" <<-R
	mirrors:
	  localhost:5000:
	    endpoint:
	    - http://$2:5000
	R
}
