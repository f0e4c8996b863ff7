#!/bin/sh
# Builds and installs minik on Debian 12 or 13 and starts it: ./install.sh [OPTIONS] [-- FLAGS OF minik server]
#   --demo       then run the hostnames example, offline, and show three answers from one Service address
#   --no-start   install only
#   --prefix DIR (default /usr/local)
#   --dry-run    say what would be done
# Run again, it upgrades in place; containers keep running. Uninstall: minik uninstall.
set -u

prefix=/usr/local demo=0 start=1 dry=0
src=$(cd "$(dirname "$0")" && pwd)
build= log=/var/log/minik-install.log stage=

say() { printf '%s\n' "$*"; }
die() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }
usage() { sed -n '2,8s/^# \{0,1\}//p' "$0"; }

while [ $# -gt 0 ]; do
	case $1 in
	--demo) demo=1 ;;
	--no-start) start=0 ;;
	--prefix) [ $# -gt 1 ] || die "--prefix needs a directory"; prefix=$2; shift ;;
	--prefix=*) prefix=${1#--prefix=} ;;
	--dry-run) dry=1 ;;
	-h | --help) usage; exit 0 ;;
	--) shift; break ;;
	*) die "unknown option $1 (see --help; flags of minik server come after --)" ;;
	esac
	shift
done
# What is left in "$@" are the server's flags.
case $prefix in /*) ;; *) die "--prefix must be an absolute path" ;; esac
[ $demo = 0 ] || [ $start = 1 ] || die "--demo needs a running server: leave --no-start out"

if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null 2>&1 || die "must run as root (and there is no sudo)"
	[ $demo = 1 ] && set -- --demo -- "$@" || set -- -- "$@"
	[ $start = 1 ] || set -- --no-start "$@"
	[ $dry = 0 ] || set -- --dry-run "$@"
	exec sudo "$0" --prefix "$prefix" "$@"
fi

# flag_value NAME DEFAULT FLAGS...: what a server flag will be.
flag_value() {
	name=$1 value=$2; shift 2
	while [ $# -gt 0 ]; do
		case $1 in
		"--$name") [ $# -gt 1 ] && value=$2 ;;
		"--$name="*) value=${1#*=} ;;
		esac
		shift
	done
	printf '%s' "$value"
}
port=$(flag_value https-listen-port 6443 "$@")
http_port=$(flag_value ingress-http-port 80 "$@")
https_port=$(flag_value ingress-https-port 443 "$@")
kubelet_port=$(flag_value kubelet-port 10250 "$@")
disabled=,$(flag_value disable "" "$@"),
data_dir=$(flag_value data-dir /var/lib/minik "$@")
run_dir=$(flag_value run-dir /run/minik "$@")
kubeconfig=$(flag_value write-kubeconfig /etc/minik/minik.yaml "$@")

build_packages="gcc make autoconf automake libtool pkg-config libsqlite3-dev libnl-3-dev libnl-route-3-dev libnl-genl-3-dev
	libnftnl-dev libmnl-dev libcurl4-gnutls-dev libmicrohttpd-dev libgnutls28-dev libyaml-dev libjansson-dev libarchive-dev zlib1g-dev"
run_packages="conmon nginx-light libnginx-mod-http-lua libnginx-mod-stream iproute2 ca-certificates"
command -v crun >/dev/null 2>&1 || command -v runc >/dev/null 2>&1 || run_packages="crun $run_packages"
command -v kubectl >/dev/null 2>&1 || run_packages="$run_packages kubernetes-client"
[ $demo = 0 ] || run_packages="$run_packages busybox-static curl"

# --- look before anything is changed ---
[ -r /etc/debian_version ] && command -v apt-get >/dev/null 2>&1 || die "this machine is not Debian: apt-get is missing"
running=0
if [ -r "$run_dir/minik.lock" ] && kill -0 "$(head -1 "$run_dir/minik.lock" 2>/dev/null)" 2>/dev/null; then running=1; fi
grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null || grep -qw overlay /proc/filesystems ||
	die "this kernel has no overlayfs (CONFIG_OVERLAY_FS): containers cannot run here"
port_busy() { # by /proc/net/tcp and tcp6, state LISTEN
	hex=$(printf '%04X' "$1")
	awk -v p=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == p {found = 1} END {exit !found}' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}
if [ $running = 0 ] && [ $start = 1 ]; then
	for p in $port:https-listen-port $kubelet_port:kubelet-port $http_port:ingress-http-port $https_port:ingress-https-port; do
		case $disabled$p in *,ingress,*:ingress-*) continue ;; esac
		port_busy "${p%%:*}" && die "port ${p%%:*} is in use; free it or choose another with -- --${p#*:} PORT"
	done
fi
want=
for p in $build_packages $run_packages; do
	dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || want="$want $p"
done
systemd=0
[ -d /run/systemd/system ] && systemd=1

if [ $dry = 1 ]; then
	say "would install packages:${want:- none}"
	say "would build $src and install to $prefix"
	[ $start = 0 ] || say "would start minik server $* $([ $systemd = 1 ] && echo 'under systemd' || echo 'as a daemon')"
	exit 0
fi

cleanup() {
	[ -z "$build" ] || rm -rf "$build"
	[ -z "$stage" ] || rm -rf "$stage"
	[ "${guard:-0}" = 0 ] || rm -f /usr/sbin/policy-rc.d
}
trap cleanup EXIT
trap 'exit 130' INT TERM
: >"$log" || die "cannot write $log"

# --- packages; none of them may start a service ---
if [ -n "$want" ]; then
	say "installing packages:$want"
	guard=0
	if [ ! -e /usr/sbin/policy-rc.d ]; then
		printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d && guard=1
	fi
	nginx_was=$(systemctl is-enabled nginx 2>/dev/null || true)
	apt-get update >>"$log" 2>&1 || true
	# shellcheck disable=SC2086
	DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $want >>"$log" 2>&1 || {
		missing=$(sed -n 's/^E: Unable to locate package //p; s/^E: Package .\([^ ]*\). has no installation candidate/\1/p' "$log" | tail -1)
		die "packages cannot be installed${missing:+: $missing is missing}; see $log"
	}
	[ $guard = 0 ] || { rm -f /usr/sbin/policy-rc.d; guard=0; }
	# nginx is ours to run; its own service stays off unless it was there before.
	if [ $systemd = 1 ] && [ -z "$nginx_was" ] || [ "$nginx_was" = not-found ]; then
		systemctl disable nginx >>"$log" 2>&1 || true
	fi
fi

# --- build beside, install at the end ---
say "building (a minute or two)"
build=$(mktemp -d /tmp/minik-build.XXXXXX)
stage=$(mktemp -d /tmp/minik-stage.XXXXXX)
cp -a "$src/." "$build/src" 2>>"$log" || die "cannot copy the sources; see $log"
(
	set -e
	cd "$build/src"
	[ -x configure ] || ./autogen.sh
	mkdir -p "$build/obj" && cd "$build/obj"
	"$build/src/configure" --prefix="$prefix"
	make -j"$(nproc)" minik
	make install-strip DESTDIR="$stage"
) >>"$log" 2>&1 || die "the build failed; see $log"
"$stage$prefix/bin/minik" version >>"$log" 2>&1 || die "the new program does not run; see $log"

say "installing to $prefix"
mkdir -p "$prefix/bin" /etc/minik
install -m 755 "$stage$prefix/bin/minik" "$prefix/bin/.minik.new" && mv "$prefix/bin/.minik.new" "$prefix/bin/minik" ||
	die "cannot write $prefix/bin/minik"
{
	printf '%s\n' "$prefix/bin/minik"
	[ $systemd = 0 ] || printf '%s\n' /etc/systemd/system/minik.service
	printf '%s\n' /etc/minik/server.flags "$log"
} >/etc/minik/install.manifest

# Flags of a first install are kept for upgrades that name none.
if [ $# -gt 0 ] || [ ! -e /etc/minik/server.flags ]; then
	printf '%s\n' "$@" | sed '/^$/d' >/etc/minik/server.flags
fi
flags=$(tr '\n' ' ' </etc/minik/server.flags)

if [ $systemd = 1 ]; then
	cat >/etc/systemd/system/minik.service <<-U
	[Unit]
	Description=minik: a Kubernetes cluster in one small program
	After=network-online.target
	Wants=network-online.target

	[Service]
	Type=notify
	NotifyAccess=main
	ExecStart=$prefix/bin/minik server $flags
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
	systemctl daemon-reload >>"$log" 2>&1
fi
[ $start = 1 ] || { say "installed; start it with: $([ $systemd = 1 ] && echo 'systemctl enable --now minik' || echo "$prefix/bin/minik server")"; exit 0; }

say "starting"
if [ $systemd = 1 ]; then
	systemctl enable minik >>"$log" 2>&1
	systemctl restart minik >>"$log" 2>&1 || {
		die "minik does not start: $(journalctl -u minik -n 1 --no-pager -o cat 2>/dev/null || echo "see journalctl -u minik")"
	}
else
	if [ $running = 1 ]; then
		pid=$(head -1 "$run_dir/minik.lock")
		kill "$pid" 2>/dev/null
		i=0
		while kill -0 "$pid" 2>/dev/null && [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done
	fi
	mkdir -p "$run_dir"
	# shellcheck disable=SC2086
	setsid "$prefix/bin/minik" server $flags >>/var/log/minik.log 2>&1 </dev/null &
	echo $! >"$run_dir/minik.pid"
	printf '%s\n' /var/log/minik.log >>/etc/minik/install.manifest
fi

ready() { KUBECONFIG=$kubeconfig kubectl get nodes 2>/dev/null | grep -qw Ready; }
i=0
until ready; do
	i=$((i + 1))
	if [ $systemd = 0 ] && ! kill -0 "$(cat "$run_dir/minik.pid")" 2>/dev/null; then
		die "minik ended: $(tail -1 /var/log/minik.log)"
	fi
	[ $i -lt 300 ] || die "the node is not Ready after a minute; see $([ $systemd = 1 ] && echo 'journalctl -u minik' || echo /var/log/minik.log)"
	sleep 0.2
done
say "the node is Ready"

if [ $demo = 1 ]; then
	say "demo: three pods behind one address"
	walk=$src/examples/walkthrough
	"$walk/images/build.sh" "$build/images" >>"$log" 2>&1 || die "the demo's images cannot be built; see $log"
	"$prefix/bin/minik" image import "$build"/images/*.tar --data-dir "$data_dir" >>"$log" 2>&1 || die "the demo's images cannot be imported; see $log"
	export KUBECONFIG="$kubeconfig"
	kubectl apply -f "$walk/hostnames.yaml" || die "the demo cannot be applied"
	kubectl rollout status deploy/hostnames --timeout=60s || die "the demo does not start; see kubectl describe pods"
	vip=$(kubectl get service hostnames -o 'jsonpath={.spec.clusterIP}')
	for n in 1 2 3; do
		printf 'curl http://%s/  ->  ' "$vip"
		curl -fsS --max-time 5 --retry 5 --retry-connrefused "http://$vip/" || die "the Service does not answer"
	done
fi

say ""
say "minik runs. Next:"
say "  export KUBECONFIG=$kubeconfig"
say "  kubectl get nodes"
say "  kubectl apply -f $src/examples/walkthrough/hostnames.yaml"
say "  minik token                    # to join more machines: minik agent --server https://ADDRESS:$port --token ..."
say "Uninstall: minik uninstall"
