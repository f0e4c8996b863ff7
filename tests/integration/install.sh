#!/bin/bash
# install.sh on a machine without systemd: refusals that change nothing, a failed start that is taken back, install with --demo, upgrade
# with running pods, uninstall. In namespaces of its own (network, mounts, processes); what install.sh writes to lies on overlays.
. "$(dirname "$0")/lib.sh"
[ "$(id -u)" = 0 ] || skip_all "must run as root"
[ -x "$MINIK" ] || skip_all "$MINIK is not built"
if [ -z "${MINIK_SANDBOX:-}" ]; then
	MINIK=$(realpath "$MINIK")
	export MINIK KUBECTL MINIK_SANDBOX=$$
	exec unshare --net --mount --pid --fork --kill-child=SIGKILL --mount-proc -- "$0" "$@"
fi
T=$(mktemp -d /tmp/minik-it.XXXXXX)
cg=minik-install-$MINIK_SANDBOX
# shellcheck disable=SC2329
install_cleanup() {
	local r=$?
	trap - EXIT
	[ $r = 0 ] && r=$lib_failed
	[ "${LIB_PAUSE:-}" = 1 ] && [ $r != 0 ] && { echo "paused: $T (pid $$)" >&2; sleep 3600; }
	if [ $r != 0 ]; then tail -30 /var/log/minik-install.log /var/log/minik.log 2>/dev/null >&2; fi
	"$MINIK" killall --data-dir /srv/data --run-dir /run/minik --cgroup-root "$cg" >/dev/null 2>&1
	mount --make-rprivate / && umount -l "$T/files"
	rm -rf "$T"
	exit $r
}
mkdir "$T/files" && mount -t tmpfs -o mode=755 files "$T/files"
trap install_cleanup EXIT
trap 'exit 130' INT TERM
for d in /etc /usr/local /var/lib; do
	mkdir -p "$T/files$d/upper" "$T/files$d/work"
	mount -t overlay -o "lowerdir=$d,upperdir=$T/files$d/upper,workdir=$T/files$d/work" overlay $d || skip_all "no overlay can be mounted on $d"
done
for d in /run /var/log /srv /opt; do mount -t tmpfs -o mode=755 tmp $d; done
mount --make-rshared /
rm -rf /etc/minik /var/lib/minik /usr/local/bin/minik
mkdir -p /usr/local/bin && ln -sf "$(command -v "$KUBECTL")" /usr/local/bin/kubectl
ip link set lo up
ip link add wire type bridge && ip link set wire up && ip addr add 192.168.78.1/24 dev wire && ip route add default via 192.168.78.254
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin KUBECONFIG=/etc/minik/minik.yaml
sh=$MINIK_TOP/install.sh
flags="--data-dir /srv/data --cgroup-root $cg --node-name box"

state() {
	ip -o link | awk '{print "link", $2}'
	ip route show table all | grep -v -E 'dev (lo|wire)' | sed 's/^/route /'
	nft list tables | sed 's/^/nft /'
	awk '{print "mount", $5}' /proc/self/mountinfo
	find /sys/fs/cgroup -maxdepth 2 -name "$cg*" | sed 's/^/cgroup /'
	ps -eo comm= | grep -E '^(minik|conmon|nginx|crun|hostnames)' | sed 's/^/process /'
	# packages may be looked for: apt's lists are no one's business
	find /etc /usr/local /var/lib /run /srv /opt /var/log -xdev -path /var/lib/apt -prune -o -print | grep -v -x /var/log/minik-install.log | sort
}
unchanged() { state >"$T/now"; check "$1" diff "$T/before" "$T/now"; }
# refused NAME STATUS REGEX COMMAND...: says why in one line, and nothing is different afterwards
refused() {
	local name=$1 status=$2 want=$3 out r; shift 3
	out=$("$@" 2>&1); r=$?
	if [ $r = "$status" ] && [ "$(printf '%s\n' "$out" | grep -c '^install.sh: ')" = 1 ] && printf '%s\n' "$out" | grep '^install.sh: ' | grep -qE -- "$want"; then
		ok "$name"
	else
		not_ok "$name" "exit $r, wanted $status and $want
$out"
	fi
	unchanged "$name: nothing changed"
}
hold_port() {
	rm -f "$T/held"
	perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 1, LocalPort => $ARGV[0], ReuseAddr => 1) or die; open F, ">", $ARGV[1]; sleep 600' "$1" "$T/held" &
	holder=$!
	until [ -e "$T/held" ]; do sleep 0.05; done
}
release_port() { kill $holder; wait $holder 2>/dev/null; }

out=$("$sh" --dry-run --binary "$MINIK" 2>&1)
case $out in *'packages: none'*) ;; *) skip_all "packages are missing here: $out" ;; esac
state >"$T/before"

expect "--help" '--binary FILE' "$sh" --help
expect "--dry-run" "take $MINIK and install to /usr/local/bin/minik" "$sh" --dry-run --binary "$MINIK"
expect "--dry-run shows the server's flags" 'start minik server --log-level debug as a daemon' "$sh" --dry-run -- --log-level debug
unchanged "--dry-run changes nothing"
refused "unknown option" 2 'unknown option --frob' "$sh" --frob
refused "relative prefix" 2 'absolute path' "$sh" --prefix opt
refused "demo without a server" 2 'leave --no-start out' "$sh" --demo --no-start
refused "a line break in a flag" 2 'line break' "$sh" -- "--node-label=a
b"
refused "no such program" 1 'no such program' "$sh" --binary "$T/none"
refused "a program that does not run" 1 'does not run' "$sh" --binary /bin/false
refused "unknown flag of the server" 1 'unknown flag "--frob"' "$sh" --binary "$MINIK" -- --frob
refused "a port that is none" 2 'not a port' "$sh" --binary "$MINIK" -- --https-listen-port 64k
for p in 6443:https-listen-port 80:ingress-http-port; do
	hold_port "${p%:*}"
	refused "port ${p%:*} is busy" 1 "port ${p%:*} is in use; .*--${p#*:} PORT" "$sh" --binary "$MINIK"
	release_port
done
hold_port 80
expect "a busy port that is not needed" 'would start' "$sh" --dry-run --binary "$MINIK" -- --disable ingress
release_port
mkdir -p /etc/minik && printf 'disable:\n- dns\n- ingress # nginx of our own\nhttps-listen-port: 7000\n' >/etc/minik/config.yaml
hold_port 7000
expect "the config file is read" 'port 7000 is in use' "$sh" --dry-run --binary "$MINIK"
release_port
rm -rf /etc/minik
(cd "$T" && echo 'int nowhere(void) { return 1; }' >nowhere.c && gcc -shared -fPIC -Wl,-soname,libnowhere.so.9 -o libnowhere.so nowhere.c &&
	echo 'int nowhere(void); int main(void) { return nowhere(); }' >lost.c && gcc -o lost lost.c -L. -lnowhere) || not_ok "compile" ""
refused "a program for another system" 1 'library libnowhere.so.9' "$sh" --binary "$T/lost"

# what is missing: commands stand in front of the real ones and give the answers of a machine that lacks it
mkdir "$T/shim"
shim() { # shim PROGRAM CASES: answers some calls and hands on the others
	printf '#!/bin/sh\ncase "$*" in\n%s\nesac\nexec %s "$@"\n' "$2" "$(command -v "$1")" >"$T/shim/$1" && chmod +x "$T/shim/$1"
}
with_shim() { PATH=$T/shim:$PATH "$@"; }
shim dpkg-query '*conmon) exit 1 ;;'
shim apt-cache '*conmon) exit 100 ;;'
shim apt-get '*update) echo "E: The repository does not have a Release file."; exit 100 ;;'
refused "a package that no source has" 1 'package conmon is missing: no package source .*Release file' with_shim "$sh" --binary "$MINIK"
expect "--dry-run names it" 'would install packages: conmon$' with_shim "$sh" --dry-run --binary "$MINIK"
rm "$T/shim/apt-cache"
shim apt-get '*update) exit 0 ;;
*install*) echo "E: Failed to fetch http://deb.example/conmon.deb  404  Not Found"; exit 100 ;;'
refused "a package that cannot be fetched" 1 'packages cannot be fetched: Failed to fetch .*conmon.deb' with_shim "$sh" --binary "$MINIK"
shim apt-get '*update | *--download-only*) exit 0 ;;
*install*) echo "E: Sub-process /usr/bin/dpkg returned an error code (1)"; exit 100 ;;'
refused "a package that cannot be installed" 1 'packages cannot be installed: Sub-process .*dpkg' with_shim "$sh" --binary "$MINIK"
rm "$T/shim"/*
grep -vw overlay /proc/filesystems >"$T/filesystems"
shim modprobe '*overlay) exit 1 ;;'
mount --bind "$T/filesystems" /proc/filesystems && state >"$T/before"
refused "a kernel without overlayfs" 1 'this kernel has no overlayfs' with_shim "$sh" --binary "$MINIK"
umount /proc/filesystems
rm -r "$T/shim"
mkdir -p /etc/minik && echo 'cluster-cidr: 10.42.0.0' >/etc/minik/config.yaml && state >"$T/before"
refused "a configuration that the server refuses" 1 'config.yaml: key "cluster-cidr": "10.42.0.0" is not a network in CIDR notation' "$sh" --binary "$MINIK"
rm -r /etc/minik
touch /srv/file && state >"$T/before"
# shellcheck disable=SC2086
refused "a server that cannot start" 1 'minik ended: .*/srv/file' "$sh" --binary "$MINIK" -- $flags --data-dir /srv/file
rm /srv/file && state >"$T/before"

# install only, elsewhere
check "--no-start --prefix" "$sh" --no-start --prefix /opt/minik --binary "$MINIK"
expect "the program is there" 'minik [0-9.]+' /opt/minik/bin/minik version
[ -z "$(pgrep -x minik)" ] && ok "nothing was started" || not_ok "nothing was started" "$(pgrep -a minik)"
check "uninstall" /opt/minik/bin/minik uninstall
unchanged "nothing is left of it"

# the whole way
"$sh" --demo --binary "$MINIK" -- $flags >"$T/demo" 2>&1
r=$?
[ $r = 0 ] && ok "install --demo" || { not_ok "install --demo" "$(cat "$T/demo")"; exit 1; }
[ "$(sed -n 's/^curl .* ->  //p' "$T/demo" | sort -u | grep -c '^hostnames-')" = 3 ] && ok "three answers from one address" || not_ok "three answers from one address" "$(cat "$T/demo")"
expect "node is Ready" '^box +Ready' kubectl get nodes
pid=$(cat /run/minik/minik.pid)
[ "$(cat /proc/"$pid"/comm)" = minik ] && ok "the pid file names it" || not_ok "the pid file names it" "$pid"
[ "$(awk '{print $6}' /proc/"$pid"/stat)" = "$pid" ] && ok "it has a session of its own" || not_ok "it has a session of its own" "$(cat /proc/"$pid"/stat)"
[ "$(stat -c %a /etc/minik/minik.yaml)" = 600 ] && ok "the kubeconfig is the administrator's" || not_ok "the kubeconfig is the administrator's" "$(ls -l /etc/minik)"
pods() { kubectl get pods -o 'jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}{"\n"}{end}' | sort; }
pods >"$T/pods1"

check "upgrade" "$sh" --binary "$MINIK"
new=$(cat /run/minik/minik.pid)
[ "$new" != "$pid" ] && [ ! -e "/proc/$pid" ] && ok "another server runs" || not_ok "another server runs" "$pid $new"
expect "the flags are kept" '^box +Ready' kubectl get nodes
pods >"$T/pods2"
check "same containers, no restart" diff "$T/pods1" "$T/pods2"
vip=$(kubectl get svc hostnames -o 'jsonpath={.spec.clusterIP}')
expect "the Service answers" '^hostnames-' curl -fsS --max-time 3 "http://$vip/"

hold_port 7443
# shellcheck disable=SC2086
expect "an upgrade that cannot start" 'the minik from before runs again' "$sh" --binary "$MINIK" -- $flags --https-listen-port 7443
release_port
check "the server from before is back" eventually 20 sh -c 'kubectl get nodes | grep -w Ready'
pods >"$T/pods2"
check "with the same containers" diff "$T/pods1" "$T/pods2"

# as after a power cut: processes, /run, mounts, interfaces and rules are gone, only the disk is left
kill -9 "$(head -1 /run/minik/minik.lock)" $(ps -eo pid=,comm= | awk '$2 ~ /^(conmon|hostnames|nginx)$/ {print $1}')
eventually 10 sh -c '! ps -eo comm= | grep -E "^(minik|conmon|hostnames|nginx)$"' || not_ok "everything is killed" "$(ps -eo pid,comm)"
awk '$5 ~ "^/(run|srv)/." {print $5}' /proc/self/mountinfo | sort -r | while read -r m; do umount -l "$m"; done
for l in $(ip -o link | sed -n 's/^[0-9]*: \(veth[^@:]*\|cni0\)[@:].*/\1/p'); do ip link del "$l"; done
nft flush ruleset
find /run -mindepth 1 -maxdepth 1 ! -name mount -exec rm -rf {} +
find /sys/fs/cgroup -depth -path "*/$cg*" -type d -exec rmdir {} + 2>/dev/null
mkdir /run/minik
xargs -d '\n' setsid minik server </etc/minik/server.flags >>/var/log/minik.log 2>&1 &
echo $! >/run/minik/minik.pid
check "after a power cut the server is back" eventually 20 kubectl get --raw /readyz
back() { [ "$(kubectl get pods --no-headers | awk '$2 == "1/1" && $3 == "Running"' | wc -l)" = 3 ] && [ "$(pgrep -cx hostnames)" = 3 ]; }
check "the pods are back" eventually 60 back
check "in other containers" sh -c "! kubectl get pods -o 'jsonpath={.items[*].status.containerStatuses[*].containerID}' | grep -F '$(head -1 "$T/pods1" | cut -d' ' -f2)'"
check "the Service answers again" eventually 20 curl -fsS --max-time 3 "http://$vip/"

expect "uninstall --dry-run" 'would remove /usr/local/bin/minik' minik uninstall --dry-run
expect "uninstall of another minik keeps what is installed" 'what is installed has --data-dir [^ ]*: its programs, service and /etc/minik are kept' minik uninstall --dry-run --data-dir "$T/another" --run-dir "$T/another-run"
check "it runs on" kubectl get nodes
check "uninstall" minik uninstall
unchanged "nothing is left"
[ ! -e /var/log/minik-install.log ] && ok "nor a log" || not_ok "nor a log" "$(ls /var/log)"
