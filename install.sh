#!/bin/sh
# Builds and installs minik on Debian 12 or 13 and starts it: ./install.sh [OPTIONS] [-- FLAGS OF minik server]
#   --demo         then run the hostnames example, offline, and show three answers from one Service address
#   --no-start     install only
#   --prefix DIR   the program goes to DIR/bin/minik (default /usr/local)
#   --binary FILE  install this program instead of building one here
#   --dry-run      say what would be done; needs no root
# Run again, it upgrades in place; containers keep running. Uninstall: minik uninstall.
set -u

prefix=/usr/local demo=0 start=1 dry=0 binary=
src=$(cd "$(dirname "$0")" && pwd)
etc=/etc/minik
log=/var/log/minik-install.log
unit=/etc/systemd/system/minik.service
down_unit=/etc/systemd/system/minik-shutdown.service
daemon_log=/var/log/minik.log
work= guard= undo=

say() { printf '%s\n' "$*"; }
die() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }
wrong() { printf 'install.sh: %s\n' "$*" >&2; exit 2; }

while [ $# -gt 0 ]; do
	case $1 in
	--demo) demo=1 ;;
	--no-start) start=0 ;;
	--prefix) [ $# -gt 1 ] || wrong "--prefix needs a directory"; prefix=$2; shift ;;
	--prefix=*) prefix=${1#*=} ;;
	--binary) [ $# -gt 1 ] || wrong "--binary needs a file"; binary=$2; shift ;;
	--binary=*) binary=${1#*=} ;;
	--dry-run) dry=1 ;;
	-h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
	--) shift; break ;;
	*) wrong "unknown option $1 (see --help; flags of minik server come after --)" ;;
	esac
	shift
done
# What is left in "$@" are the server's flags.
prefix=${prefix%/}
case $prefix in
/*) ;; *) wrong "--prefix must be an absolute path, not the root directory" ;; esac
case $prefix in *[!A-Za-z0-9/._+-]*) wrong "--prefix may hold letters, digits and / . _ + - only" ;; esac
[ $demo = 0 ] || [ $start = 1 ] || wrong "--demo needs a running server: leave --no-start out"
case $* in *'
'*) wrong "a flag of the server holds a line break" ;; esac
if [ -n "$binary" ]; then
	[ -f "$binary" ] && [ -x "$binary" ] || die "--binary $binary: there is no such program"
	binary=$(cd "$(dirname "$binary")" && pwd)/$(basename "$binary")
fi

if [ "$(id -u)" != 0 ] && [ $dry = 0 ]; then
	command -v sudo >/dev/null 2>&1 || die "must run as root, and there is no sudo"
	set -- -- "$@"
	[ $demo = 0 ] || set -- --demo "$@"
	[ $start = 1 ] || set -- --no-start "$@"
	[ -z "$binary" ] || set -- --binary "$binary" "$@"
	exec sudo -- "$src/$(basename "$0")" --prefix "$prefix" "$@"
fi

# --- what the server will be: flags, or those of the last install, and the config file ---
[ $# -gt 0 ] || [ ! -r $etc/server.flags ] || while IFS= read -r line; do set -- "$@" "$line"; done <$etc/server.flags

flag() { # flag NAME FLAGS...: its last value, or nothing
	name=$1 value=; shift
	while [ $# -gt 0 ]; do
		case $1 in
		"--$name") case ${2-true} in --*) value=true ;; *) value=${2-true} ;; esac ;;
		"--$name="*) value=${1#*=} ;;
		esac
		shift
	done
	printf '%s' "$value"
}
config=$(flag config "$@")
config=${config:-$etc/config.yaml}
option() { # option NAME DEFAULT FLAGS...
	key=$1 default=$2; shift 2
	text=$(flag "$key" "$@")
	[ -n "$text" ] || [ ! -r "$config" ] || text=$(awk -v k="$key:" '
		index($0, k) == 1 { on = 1; print substr($0, length(k) + 1); next }
		on && /^[ \t]*-/ { sub(/^[ \t]*-/, ","); print; next }
		{ on = 0 }' "$config" | sed 's/[[:space:]]#.*//' | tr -d "[]\"' \t\n")
	printf '%s' "${text:-$default}"
}
port=$(option https-listen-port 6443 "$@")
http_port=$(option ingress-http-port 80 "$@")
https_port=$(option ingress-https-port 443 "$@")
kubelet_port=$(option kubelet-port 10250 "$@")
disabled=,$(option disable "" "$@"),
no_agent=$(option disable-agent false "$@")
data_dir=$(option data-dir /var/lib/minik "$@")
run_dir=$(option run-dir /run/minik "$@")
cgroup_root=$(option cgroup-root minik "$@")
grace=$(option shutdown-grace-period 30 "$@")
kubeconfig=$(option write-kubeconfig $etc/minik.yaml "$@")
node=$(option node-name "$(uname -n)" "$@" | tr '[:upper:]' '[:lower:]')

# --- look before anything is changed ---
command -v apt-get >/dev/null 2>&1 && [ -r /etc/debian_version ] || die "this machine is not a Debian: there is no apt-get"
grep -qw overlay /proc/filesystems || modprobe $([ $dry = 0 ] || echo --dry-run) overlay 2>/dev/null ||
	die "this kernel has no overlayfs (CONFIG_OVERLAY_FS): containers cannot run on it"
systemd=0
[ ! -d /run/systemd/system ] || systemd=1
# A running minik holds a lock on this file; a pid in it alone says nothing.
is_running() { [ -r "$run_dir/minik.lock" ] && ! flock -n -s "$run_dir/minik.lock" true 2>/dev/null; }
running=0
! is_running || running=1
port_busy() { # by /proc/net/tcp and tcp6, state LISTEN
	awk -v p=":$(printf '%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 4) == p {found = 1} END {exit !found}' \
		/proc/net/tcp /proc/net/tcp6 2>/dev/null
}
# nginx and containers of a minik that was stopped may go on; its ports are then no one else's.
if [ $running = 0 ] && [ $start = 1 ] && [ ! -d "$run_dir/ingress" ]; then
	for p in "$port:https-listen-port" "$kubelet_port:kubelet-port" "$http_port:ingress-http-port" "$https_port:ingress-https-port"; do
		case ${p%%:*} in '' | *[!0-9]*) wrong "--${p#*:}: \"${p%%:*}\" is not a port" ;; esac
		case $disabled$p in *,ingress,*:ingress-*) continue ;; esac
		[ "$no_agent" != true ] || [ "${p#*:}" = https-listen-port ] || continue
		! port_busy "${p%%:*}" || die "port ${p%%:*} is in use; free it or choose another one: -- --${p#*:} PORT"
	done
fi

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q ' ok installed'; }
known() { apt-cache show "$1" >/dev/null 2>&1; }
pick() { # pick A B...: names that one package has in different releases
	for p in "$@"; do installed "$p" && { say "$p"; return; }; done
	for p in "$@"; do known "$p" && { say "$p"; return; }; done
	for p in "$@"; do :; done # nothing is known yet: the last one is Debian 12's
	say "$p"
}
build_packages="gcc make autoconf automake libtool pkg-config libsqlite3-dev libnl-3-dev libnl-route-3-dev libnl-genl-3-dev
	libnftnl-dev libmnl-dev libcurl4-gnutls-dev libmicrohttpd-dev libgnutls28-dev libyaml-dev libjansson-dev libarchive-dev zlib1g-dev
	libnghttp2-dev libprotobuf-c-dev protobuf-c-compiler nginx-dev"
library_packages() { # what a program built elsewhere lacks here
	for so in $(ldd "$binary" 2>/dev/null | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p'); do
		case $so in
		libsqlite3.so.0) pick libsqlite3-0 ;;
		libnl-3.so.200) pick libnl-3-200 libnl-3-200t64 ;;
		libnl-route-3.so.200) pick libnl-route-3-200 libnl-route-3-200t64 ;;
		libnl-genl-3.so.200) pick libnl-genl-3-200 libnl-genl-3-200t64 ;;
		libnftnl.so.11) pick libnftnl11 ;;
		libmnl.so.0) pick libmnl0 ;;
		libcurl-gnutls.so.4) pick libcurl3t64-gnutls libcurl3-gnutls ;;
		libmicrohttpd.so.12) pick libmicrohttpd12t64 libmicrohttpd12 ;;
		libgnutls.so.30) pick libgnutls30t64 libgnutls30 ;;
		libyaml-0.so.2) pick libyaml-0-2 ;;
		libjansson.so.4) pick libjansson4 ;;
		libarchive.so.13) pick libarchive13t64 libarchive13 ;;
		libz.so.1) pick zlib1g ;;
		libnghttp2.so.14) pick libnghttp2-14 ;;
		libprotobuf-c.so.1) pick libprotobuf-c1 ;;
		*) say "?$so" ;;
		esac
	done
}
find_wanted() { # sets want: what is to be installed
	packages="conmon nginx-light libnginx-mod-stream iproute2 ca-certificates tzdata"
	command -v crun >/dev/null 2>&1 || command -v runc >/dev/null 2>&1 || packages="$packages crun"
	command -v kubectl >/dev/null 2>&1 || packages="$packages kubernetes-client"
	[ $demo = 0 ] || packages="$packages curl"
	if [ -n "$binary" ]; then packages="$packages $(library_packages)"; else packages="$packages $build_packages"; fi
	if [ $demo = 1 ] && ! ls "$src"/examples/walkthrough/images/*.tar >/dev/null 2>&1; then packages="$packages gcc libc6-dev busybox-static"; fi
	want=
	for p in $packages; do
		case $p in \?*) die "$binary needs the library ${p#?}: it was built for another system" ;; esac
		installed "$p" || want="$want $p"
	done
}
find_wanted

if [ $dry = 1 ]; then
	say "would install packages:${want:- none}"
	say "would $([ -n "$binary" ] && echo "take $binary" || echo "build $src") and install to $prefix/bin/minik"
	if [ $start = 0 ]; then
		say "would not start anything"
	else
		say "would $([ $running = 1 ] && echo restart || echo start) minik server${*:+ $*} $([ $systemd = 1 ] && echo 'under systemd' || echo 'as a daemon')"
	fi
	exit 0
fi

finish() {
	r=$?
	trap - EXIT INT TERM
	[ -z "$undo" ] || $undo
	[ -z "$work" ] || rm -rf "$work"
	restore_policy
	exit $r
}
restore_policy() {
	case $guard in
	new) rm -f /usr/sbin/policy-rc.d ;;
	moved) mv /usr/sbin/policy-rc.d.minik-install /usr/sbin/policy-rc.d ;;
	esac
	guard=
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
: >"$log" || die "cannot write $log"
work=$(mktemp -d /tmp/minik-install.XXXXXX) || die "cannot make a folder in /tmp"
apt() { DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" >>"$log" 2>&1; }
complaint() { sed -n 's/^E: //p' "$log" | head -1; }

# --- packages: found, downloaded, and only then installed; none of them may start a service ---
if [ -n "$want" ]; then
	say "looking for packages"
	apt update || true # without a network, what is known already may do
	find_wanted
	say "installing packages:$want"
	for p in $want; do
		known "$p" || die "package $p is missing: no package source of this machine has it (apt-get update: $(complaint))"
	done
	# shellcheck disable=SC2086
	{
		apt install --no-install-recommends --download-only $want || die "packages cannot be fetched: $(complaint); see $log"
		if [ ! -e /usr/sbin/policy-rc.d ]; then
			guard=new
		elif /usr/sbin/policy-rc.d nginx start >/dev/null 2>&1; [ $? != 101 ]; then
			mv /usr/sbin/policy-rc.d /usr/sbin/policy-rc.d.minik-install && guard=moved
		fi
		[ -z "$guard" ] || { printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d; } || die "cannot write /usr/sbin/policy-rc.d"
		apt install --no-install-recommends $want || die "packages cannot be installed: $(complaint); see $log"
	}
	restore_policy
	# minik runs an nginx of its own; the package's service would take its ports at the next boot.
	case " $want " in *' nginx-light '*) update-rc.d nginx disable >>"$log" 2>&1 || systemctl disable nginx >>"$log" 2>&1 || true ;; esac
fi

# --- the program ---
if [ -n "$binary" ]; then
	cp "$binary" "$work/minik" || die "cannot copy $binary"
else
	say "building (a minute or two)"
	mkdir "$work/src" "$work/obj"
	(
		set -e
		cd "$src"
		tar -cf - --exclude=./.git --exclude='./build*' --exclude=./autom4te.cache --exclude='*.o' --exclude='*.a' --exclude=./Makefile --exclude=./config.status . |
			tar -C "$work/src" -xf -
		"$work/src/autogen.sh"
		cd "$work/obj"
		"$work/src/configure" --prefix="$prefix"
		make -j"$(nproc)" minik
		strip -o "$work/minik" minik
	) >>"$log" 2>&1 || die "the build failed; see $log"
fi
version=$("$work/minik" version 2>>"$log") || die "the new program does not run on this machine; see $log"
# It knows best which flags and which kernels it can work with.
if ! "$work/minik" check-config "$@" >"$work/check" 2>&1; then
	cat "$work/check" >>"$log"
	die "minik cannot run here: $(grep -v '^ok ' "$work/check" | sed 's/^FAIL *//; s/^minik: *//' | head -1)"
fi

# --- install: from here on a failure takes back what was done ---
mkdir "$work/before"
files="$prefix/bin/minik $unit $etc/server.flags $etc/uninstall.flags $etc/install.manifest $down_unit"
upgrade=0 new_user=0
[ ! -e "$prefix/bin/minik" ] || upgrade=1
had_etc=0 had_data=0
[ ! -d $etc ] || had_etc=1
[ ! -e "$data_dir" ] || had_data=1
n=0
for f in $files; do
	n=$((n + 1))
	[ ! -e "$f" ] || cp -p "$f" "$work/before/$n" || die "cannot copy $f"
done
stop_minik() { # the server, not its containers
	if [ $systemd = 1 ] && [ -e $unit ]; then systemctl stop minik >>"$log" 2>&1; fi
	is_running || return 0
	pid=$(head -1 "$run_dir/minik.lock")
	kill "$pid" 2>/dev/null
	i=0
	while is_running && [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done
	! is_running
}
start_daemon() {
	mkdir -p "$run_dir"
	setsid "$prefix/bin/minik" server "$@" >>$daemon_log 2>&1 </dev/null &
	echo $! >"$run_dir/minik.pid"
}
take_back() {
	undo=
	if [ $upgrade = 0 ]; then
		[ $systemd = 0 ] || systemctl disable --now minik minik-shutdown >>"$log" 2>&1
		"$work/minik" killall $([ ! -e "$config" ] || printf '%s' "--config=$config") "--data-dir=$data_dir" "--run-dir=$run_dir" "--cgroup-root=$cgroup_root" >>"$log" 2>&1
		[ $had_data = 1 ] || rm -rf "$data_dir"
	else
		stop_minik
		[ $systemd = 0 ] || [ -e "$work/before/6" ] || systemctl disable minik-shutdown >>"$log" 2>&1
	fi
	[ $new_user = 0 ] || userdel minik-ingress >>"$log" 2>&1
	n=0
	for f in $files; do
		n=$((n + 1))
		if [ -e "$work/before/$n" ]; then cp -p "$work/before/$n" "$f.minik-back" && mv "$f.minik-back" "$f"; else rm -f "$f"; fi
	done
	if [ $upgrade = 0 ]; then
		[ ! -d "$run_dir" ] || rm -rf "$run_dir"
		rm -f "$kubeconfig" $daemon_log
		[ $had_etc = 1 ] || rm -rf $etc
	fi
	[ $systemd = 0 ] || systemctl daemon-reload >>"$log" 2>&1
	[ $running = 1 ] || return 0
	if [ $systemd = 1 ]; then
		systemctl start minik >>"$log" 2>&1
	else
		set --
		while IFS= read -r line; do set -- "$@" "$line"; done <$etc/server.flags
		start_daemon "$@"
	fi
	say "the minik from before runs again" >&2
}
undo=take_back

say "installing $version to $prefix/bin/minik"
mkdir -p "$prefix/bin" $etc || die "cannot make $prefix/bin and $etc"
install -m 755 "$work/minik" "$prefix/bin/.minik.new" && mv "$prefix/bin/.minik.new" "$prefix/bin/minik" || die "cannot write $prefix/bin/minik"
# nginx's own user; a user of that name that was there before is the administrator's.
case $disabled in *,ingress,*) ;; *)
	if [ "$no_agent" != true ] && ! getent passwd minik-ingress >/dev/null; then
		useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin minik-ingress >>"$log" 2>&1 || die "cannot make user minik-ingress; see $log"
		new_user=1
	fi
	;;
esac
{
	printf '%s\n' "$prefix/bin/minik" "$log" "$kubeconfig"
	[ $new_user = 0 ] || echo "user minik-ingress"
	if [ $systemd = 1 ]; then printf '%s\n' "$unit" "$down_unit"; else printf '%s\n' $daemon_log; fi
	[ ! -r "$work/before/5" ] || cat "$work/before/5" # an upgrade may choose other places
	case $prefix in /usr | /usr/local) ;; *) printf '%s/\n' "$prefix/bin" "$prefix" ;; esac
} | awk '!seen[$0]++' >$etc/install.manifest || die "cannot write $etc/install.manifest"
{ [ $# = 0 ] || printf '%s\n' "$@"; } >$etc/server.flags || die "cannot write $etc/server.flags"
# What minik uninstall must know about this server.
printf '%s\n' "--config=$config" "--data-dir=$data_dir" "--run-dir=$run_dir" "--cgroup-root=$cgroup_root" >$etc/uninstall.flags ||
	die "cannot write $etc/uninstall.flags"
[ -e "$config" ] || sed -i 1d $etc/uninstall.flags

quoted() { # a command line in systemd's own quoting
	for f in "$@"; do printf ' "%s"' "$(printf '%s' "$f" | sed 's/[\\"]/\\&/g; s/%/%%/g; s/\$/$$/g')"; done
}
if [ $systemd = 1 ]; then
	cat >$unit <<-U || die "cannot write $unit"
	[Unit]
	Description=minik: a Kubernetes cluster in one small program
	After=network-online.target
	Wants=network-online.target
	StartLimitIntervalSec=0

	[Service]
	Type=notify
	NotifyAccess=main
	ExecStart=$prefix/bin/minik server$(quoted "$@")
	# Containers belong to the cluster, not to this process: they go on when it is restarted.
	KillMode=process
	Delegate=yes
	Restart=always
	RestartSec=1
	LimitNOFILE=1048576
	TasksMax=infinity
	TimeoutStartSec=90

	[Install]
	WantedBy=multi-user.target
	U
	# Its stop comes before that of minik, and only when the machine goes down: pods end in order then, while all that serves them runs.
	cat >$down_unit <<-U || die "cannot write $down_unit"
	[Unit]
	Description=minik: pods end in order when the machine goes down
	After=minik.service

	[Service]
	Type=oneshot
	RemainAfterExit=yes
	ExecStop=$prefix/bin/minik killall --shutdown$(set --; [ ! -e "$config" ] || set -- "--config=$config"
		quoted "$@" "--data-dir=$data_dir" "--run-dir=$run_dir" "--cgroup-root=$cgroup_root" "--shutdown-grace-period=$grace")
	TimeoutStopSec=$((grace + 45))

	[Install]
	WantedBy=multi-user.target
	U
	systemctl daemon-reload >>"$log" 2>&1 || die "systemd does not take $unit; see $log"
fi
if [ $start = 0 ]; then
	undo=
	say "installed; start it with: $([ $systemd = 1 ] && echo 'systemctl enable --now minik minik-shutdown' || echo "$prefix/bin/minik server")"
	exit 0
fi

# --- start, and wait until it works ---
say "starting"
last_words() {
	if [ $systemd = 1 ]; then journalctl -u minik -n 40 --no-pager -o cat 2>/dev/null; else tail -40 $daemon_log; fi >"$work/words"
	cat "$work/words" >>"$log"
	grep -E '^minik|error' "$work/words" | tail -1
}
if [ $systemd = 1 ]; then
	systemctl enable minik minik-shutdown >>"$log" 2>&1
	systemctl restart minik >>"$log" 2>&1 && systemctl start minik-shutdown >>"$log" 2>&1 || die "minik does not start: $(last_words)"
else
	stop_minik || die "the running minik does not end (pid $(head -1 "$run_dir/minik.lock"))"
	start_daemon "$@"
fi
up() { # the new server, not an answer that the old one left behind
	if [ $systemd = 0 ]; then kill -0 "$(cat "$run_dir/minik.pid")" 2>/dev/null || die "minik ended: $(last_words)"; fi
	[ "$(KUBECONFIG=$kubeconfig kubectl get --raw /readyz 2>/dev/null)" = ok ] || return 1
	[ "$no_agent" = true ] ||
		[ "$(KUBECONFIG=$kubeconfig kubectl get node "$node" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>/dev/null)" = True ]
}
end=$(($(date +%s) + 120))
until up; do
	[ "$(date +%s)" -lt $end ] || die "$([ "$no_agent" = true ] && echo 'the API server' || echo "node $node") is not ready after two minutes: $(last_words); see $log"
	sleep 0.2
done
undo=
[ "$no_agent" = true ] && say "the API server is ready" || say "node $node is Ready"

if [ $demo = 1 ]; then
	say "demo: three pods behind one address"
	walk=$src/examples/walkthrough
	images=$walk/images
	if ! ls "$images"/*.tar >/dev/null 2>&1; then
		images=$work/images
		"$walk/images/build.sh" "$images" >>"$log" 2>&1 || die "the demo's images cannot be built; see $log"
	fi
	"$prefix/bin/minik" image import "$images"/*.tar "--data-dir=$data_dir" "--run-dir=$run_dir" >>"$log" 2>&1 || die "the demo's images cannot be imported; see $log"
	export KUBECONFIG="$kubeconfig"
	kubectl apply -f "$walk/hostnames.yaml" || die "the demo cannot be applied"
	kubectl rollout status deploy/hostnames --timeout=120s || die "the demo does not start; see kubectl describe pods"
	vip=$(kubectl get service hostnames -o 'jsonpath={.spec.clusterIP}')
	for n in 1 2 3; do
		answer=$(curl -fsS --max-time 2 --retry 10 --retry-delay 1 --retry-all-errors "http://$vip/") || die "the Service does not answer"
		say "curl http://$vip/  ->  $answer"
	done
fi

say ""
say "minik runs. Next:"
say "  export KUBECONFIG=$kubeconfig"
say "  kubectl get nodes"
say "  kubectl apply -f $src/examples/walkthrough/hostnames.yaml"
say "  minik token                    # to join more machines: minik agent --server https://ADDRESS:$port --token ..."
say "Uninstall: $prefix/bin/minik uninstall"
