#!/bin/sh
# Pods attached by podnet in network namespaces of the test's own: addresses, reachability, idempotence, crash leftovers, cleanup.
# Usage: net_podnet.sh [BUILD_DIR], or MINIK_BUILD. Exit 77: cannot run here.
# ALONE: it measures how long an attachment takes.
set -eu
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
if [ -z "${IN_NETNS:-}" ]; then
	make -s -C "$build" tests/integration/podnet_tool >&2
	IN_NETNS=1 exec unshare -n -m "$0" "$build"
fi
tool=$build/tests/integration/podnet_tool
dir=$(mktemp -d)
trap 'umount "$dir"/ns/* 2>/dev/null || :; rm -rf "$dir"' EXIT
fail() { echo "not ok $*"; exit 1; }
ip link set lo up
mkdir "$dir/ns" "$dir/run"
redirects_before=$(cat /proc/sys/net/ipv4/conf/all/send_redirects)
new() { : > "$dir/ns/$1"; unshare --net="$dir/ns/$1" true; }
inside() { n=$1; shift; nsenter --net="$dir/ns/$n" "$@"; }

new a; new b
a=$($tool "$dir/run" attach uid-a "$dir/ns/a" 10.42.3.0/24)
b=$($tool "$dir/run" attach uid-b "$dir/ns/b" 10.42.3.0/24 fd42:3::/64 | head -1)
[ "$a" = 10.42.3.2 ] && [ "$b" = 10.42.3.3 ] || fail "addresses $a $b"
[ "$($tool "$dir/run" attach uid-a "$dir/ns/a" 10.42.3.0/24)" = "$a" ] || fail "attach is not idempotent"
inside a busybox ping -c1 -W2 10.42.3.1 >/dev/null || fail "pod to gateway"
inside a busybox ping -c1 -W2 "$b" >/dev/null || fail "pod to pod"
busybox ping -c1 -W2 "$a" >/dev/null || fail "node to pod"
inside b busybox ping -c1 -W2 fd42:3::1 >/dev/null || fail "pod to gateway, IPv6"
# Pods of one node talk through the node's IP layer.
inside a ip neigh | grep -q "^$b " && fail "pod a reaches pod b past the node"
ip -d link show dev "$(ip -o link show master cni0 | head -1 | cut -d: -f2 | cut -d@ -f1 | tr -d ' ')" | grep -q 'hairpin on' || fail "no hairpin"
redirects=$(awk '/^Icmp:/ {if (!n++) {for (i = 1; i <= NF; i++) at[$i] = i} else print $at["OutRedirects"]}' /proc/net/snmp)
[ "$redirects" = 0 ] || fail "pods were told $redirects times of the way past the node"
[ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || fail "ip_forward"

# Bandwidth: 8 Mbit/s to the pod, 16 from it; 2 MB take 2 s (less what the bucket holds) and 1 s.
cat >"$dir/rate.py" <<'P'
import socket, sys, time
if sys.argv[1] == 'serve':
    l = socket.create_server(('', 7000))
    while True:
        c = l.accept()[0]
        while c.recv(1 << 16): pass
        c.send(b'x'); c.close()
s = socket.create_connection((sys.argv[1], 7000), 20)
t = time.monotonic(); s.sendall(bytes(2000000)); s.shutdown(socket.SHUT_WR); s.recv(1)
print(int(16000 / (time.monotonic() - t))) # kbit/s
P
for n in a b; do nsenter --net="$dir/ns/$n" python3 "$dir/rate.py" serve & servers="${servers:-} $!"; done
for n in a b; do until inside $n grep -q :1B58 /proc/net/tcp; do sleep 0.05; done; done
$tool "$dir/run" limit uid-a 8000000 16000000
$tool "$dir/run" limit uid-a 8000000 16000000 # again is the same
to=$(inside b python3 "$dir/rate.py" "$a") from=$(inside a python3 "$dir/rate.py" "$b")
[ "$to" -lt 9500 ] && [ "$to" -gt 3000 ] || fail "8 Mbit/s to the pod are $to kbit/s"
[ "$from" -lt 19000 ] && [ "$from" -gt 6000 ] || fail "16 Mbit/s from the pod are $from kbit/s"
$tool "$dir/run" limit uid-a 0 0
[ "$(inside a python3 "$dir/rate.py" "$b")" -gt 50000 ] || fail "a limit that was taken back"
ip link | grep -q ifb && fail "an ifb is left"
$tool "$dir/run" limit uid-a 8000000 16000000
kill $servers
echo "bandwidth: $to kbit/s of 8000, $from of 16000"

# The bridge keeps its hardware address while pods come and go; a used address works at once for another pod.
mac=$(cat /sys/class/net/cni0/address 2>/dev/null || ip -o link show cni0 | sed 's/.*ether \([^ ]*\).*/\1/')
$tool "$dir/run" detach uid-b "$dir/ns/b"
ip -o link show master cni0 | grep -c . | grep -qx 1 || fail "detach left an interface"
$tool "$dir/run" detach uid-b "$dir/ns/b"
new c
c=$($tool "$dir/run" attach uid-c "$dir/ns/c" 10.42.3.0/24)
busybox ping -c1 -W1 "$c" >/dev/null || fail "node to pod c"
[ "$(ip -o link show cni0 | sed 's/.*ether \([^ ]*\).*/\1/')" = "$mac" ] || fail "the bridge's address changed"

# A process that died half-way leaves a host end only: the next attach mends it.
new d
$tool "$dir/run" attach uid-d "$dir/ns/d" 10.42.3.0/24 >/dev/null
inside d ip addr flush dev eth0
d=$($tool "$dir/run" attach uid-d "$dir/ns/d" 10.42.3.0/24)
busybox ping -c1 -W1 "$d" >/dev/null || fail "attach did not mend pod d"

$tool "$dir/run" gc uid-a uid-d
ip -o link show master cni0 | grep -c . | grep -qx 2 || fail "gc"
[ "$(ls "$dir/run/net/leases" | wc -l)" = 2 ] || fail "gc left leases"

i=0; start=$(date +%s%N)
while [ $i -lt 20 ]; do
	new "p$i"
	$tool "$dir/run" attach "uid-p$i" "$dir/ns/p$i" 10.42.3.0/24 >/dev/null
	i=$((i + 1))
done
end=$(date +%s%N)
echo "20 pods attached, $(( (end - start) / 20000000 )) ms each with starting the tool"

$tool "$dir/run" cleanup
ip link show cni0 >/dev/null 2>&1 && fail "cleanup left cni0"
[ "$(ip -o link | wc -l)" = 1 ] || fail "cleanup left $(ip -o link)"
[ "$(cat /proc/sys/net/ipv4/ip_forward)" = 0 ] || fail "cleanup did not put ip_forward back"
[ "$(cat /proc/sys/net/ipv4/conf/all/send_redirects)" = "$redirects_before" ] || fail "cleanup did not put send_redirects back"
[ ! -e "$dir/run/net" ] || fail "cleanup left $dir/run/net"
$tool "$dir/run" cleanup
echo "ok net_podnet"
