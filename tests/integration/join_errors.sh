#!/bin/bash
# Why a machine does not join: one line for each reason, with what mends it, and exit status 1; what may be otherwise in a while is waited for.
# Whose a node's name is. Clocks that are wrong, by libfaketime.
. "$(dirname "$0")/lib.sh"
command -v jq >/dev/null || skip_all "no jq"
MINIK=$(realpath "$MINIK")
tool=${MINIK_BUILD:-$MINIK_TOP/build}/tests/integration/cert_tool
[ -x "$tool" ] || make -s -C "${MINIK_BUILD:-$MINIK_TOP/build}" tests/integration/cert_tool >&2 || skip_all "$tool cannot be built"
enter_sandbox "$@"
for n in 1 2 3 4 5 6 7; do node_add n$n 192.168.77.$n; : >"$T/n$n/config.yaml"; done
up=https://192.168.77.1:6443

# --- a server that comes later is waited for ---
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent
eventually 20 test -s "$T/n1/data/server/token"
token=$(cat "$T/n1/data/server/token")
end() { local p; p=$(minik_main_pid "$1"); kill "$p"; wait "$p" 2>/dev/null; }
api() { k get --raw /readyz; }
check "a server" eventually 20 api || exit 1
end n1
minik_start n2 agent --server $up --token "$token"
early=$minik_pid
waits() { grep -q "$up cannot be reached: is minik server running there.*; trying for 20 seconds" "$T/n2/agent.log"; }
check "an agent that is early says what it waits for" eventually 10 waits
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable-agent
ready() { k get node "$1" --no-headers | grep -qw Ready; }
check "... and joins" eventually 30 ready n2 || exit 1
expect "with one line about it" '^1$' grep -c 'cannot be reached' "$T/n2/agent.log"
expect "... and how long it took" 'joined after [0-9]+ seconds' cat "$T/n2/agent.log"
check "it is the same process" test -d "/proc/$early"

# --- in the background, since it takes its time: nobody there, nobody who signs ---
agent() { # agent NODE FLAGS...
	local n=$1; shift
	# shellcheck disable=SC2046
	in_node "$n" timeout 100 "$MINIK" agent $(minik_flags "$n") "$@"
}
later() { # later NAME NODE FLAGS...: with directories of its own
	local name=$1 n=$2; shift 2
	(in_node "$n" timeout 100 "$MINIK" agent --data-dir "$T/later/$name/data" --run-dir "$T/later/$name/run" --config "$T/$n/config.yaml" --node-name "$name" \
		--cgroup-root "$lib_cgroup-$n" --token "$token" "$@" >"$T/later/$name.out" 2>&1; echo "status $?" >>"$T/later/$name.out") &
	later_pids="${later_pids:-} $!"
}
mkdir -p "$T/later"
in_node n1 nft -f - <<N
table inet test { chain in { type filter hook input priority 0; tcp dport 6444 drop; }; }
N
in_node n3 ip route add unreachable 192.0.2.0/24
later refused n3 --server https://192.168.77.1:7443
later noroute n3 --server https://192.0.2.1:6443
later dropped n3 --server https://192.168.77.1:6444
later noname n3 --server https://nowhere.invalid:6443
minik_start n4 server --write-kubeconfig "$T/kubeconfig-n4" --disable-agent --disable controllers
eventually 20 test -s "$T/n4/data/server/token"
later unsigned n5 --server https://192.168.77.4:6443 --token "$(cat "$T/n4/data/server/token")"

refused() { # refused NAME WORDS NODE FLAGS...: in its last line, and status 1
	local name=$1 words=$2 out r; shift 2
	out=$(agent "$@" 2>&1); r=$?
	if [ $r != 1 ]; then not_ok "$name" "status $r: $out"
	elif ! tail -1 <<<"$out" | grep -qE -- "^minik: $words"; then not_ok "$name" "$out"
	else ok "$name"; fi
}

# --- what else listens on a port ---
in_node_exec n1 python3 -m http.server 8000 --directory "$T/later" >/dev/null 2>&1 &
lib_pids="$lib_pids $!"
in_node_exec n1 python3 -c '
import socket
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("", 2222)); s.listen()
while True:
    c, _ = s.accept(); c.sendall(b"SSH-2.0-OpenSSH_9.2\r\n"); c.recv(100); c.close()' &
lib_pids="$lib_pids $!"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=web -keyout "$T/web.key" -out "$T/web.crt" 2>/dev/null
in_node_exec n1 openssl s_server -quiet -accept 8443 -key "$T/web.key" -cert "$T/web.crt" -www >/dev/null 2>&1 &
lib_pids="$lib_pids $!"
listens() { in_node n1 ss -ltn | grep -q ":$1 "; }
for p in 8000 2222 8443; do eventually 10 listens $p; done
refused "plain HTTP" 'https://192.168.77.1:8000: what listens there speaks plain HTTP, not HTTPS; --server takes the port of minik server' n3 --server https://192.168.77.1:8000 --token "$token"
refused "no TLS" 'https://192.168.77.1:2222: what listens there does not speak TLS: ' n3 --server https://192.168.77.1:2222 --token "$token"
refused "another web server" 'https://192.168.77.1:8443: what listens there is a web server, and no API server' n3 --server https://192.168.77.1:8443 --token "$token"

# --- tokens ---
m1() { in_node n1 "$MINIK" "$@" --data-dir "$T/n1/data" --run-dir "$T/n1/run" --config "$T/n1/config.yaml"; }
refused "a token of another cluster" "$up is not the server the token is for: the hash of its CA is [0-9a-f]{12}\.\.\., the token's 000000000000" n3 --server $up --token "K10$(printf '%064d' 0)::x"
refused "a wrong secret" "$up does not accept this token: its secret is wrong; minik token" n3 --server $up --token "${token%%::*}::wrong"
refused "a wrong secret without a hash" "$up does not accept this token: its secret is wrong" n3 --server $up --token wrong
check "... and that server's CA is not kept, nor anything else" sh -c "! ls '$T'/n3/data/agent/* 2>/dev/null"
good=$(m1 token create --ttl 1h --description ours) id=${good##*::} id=${id%%.*}
signed() { k get cm cluster-info -n kube-public -o json | jq -e --arg k "jws-kubeconfig-$1" '.data[$k]'; }
check "cluster-info is signed with a token" eventually 5 signed "$id"
refused "the secret of another token" "$up does not accept this token: there is one of the id $id, and its secret is another" n3 --server $up --token "${token%%::*}::$id.0123456789abcdef"
gone=$(m1 token create) gone_id=${gone##*::}
m1 token delete "$gone" >/dev/null
refused "a deleted token" "$up does not accept this token: there is none of the id ${gone_id%%.*}" n3 --server $up --token "$gone"
short=$(m1 token create --ttl 1s) short_id=${short##*::} short_id=${short_id%%.*}
cleaned() { ! k get secret -n kube-system "bootstrap-token-$short_id"; }
check "a token whose time is over is deleted" eventually 10 cleaned
unsigned() { ! signed "$short_id"; }
check "... and signs no more" eventually 5 unsigned
refused "an expired token, and since when" "$up does not accept this token: $short_id expired at 20[0-9-]+T[0-9:]+Z; on the server: minik token create" n3 --server $up --token "$short"
no_auth=$(m1 token create) no_auth_id=${no_auth##*::} no_auth_id=${no_auth_id%%.*}
k patch secret -n kube-system "bootstrap-token-$no_auth_id" -p '{"stringData":{"usage-bootstrap-signing":"false","auth-extra-groups":"system:masters"}}' >/dev/null
check "a token that may not sign signs nothing" eventually 5 eval '! signed "$no_auth_id"'
bearer() { in_node n3 curl -s -o /dev/null -w '%{http_code}' --cacert "$T/n1/data/server/tls/ca.crt" -H "Authorization: Bearer ${1##*::}" "$up/apis/certificates.k8s.io/v1/certificatesigningrequests"; }
expect "a token that names a group that is not of bootstrappers is none" '^401$' bearer "$no_auth"
k patch secret -n kube-system "bootstrap-token-$no_auth_id" -p '{"stringData":{"auth-extra-groups":"system:bootstrappers:a:b-c"}}' >/dev/null
expect "one of them is fine" '^200$' bearer "$no_auth"
k patch secret -n kube-system "bootstrap-token-$no_auth_id" -p '{"stringData":{"usage-bootstrap-authentication":"false"}}' >/dev/null
expect "a token that is not for authentication is none" '^401$' bearer "$no_auth"
# As kubeadm does: RFC 7515 with detached content, HS256 by the token's secret, over the kubeconfig as it stands there.
cat >"$T/jws.py" <<'P'
import base64, hashlib, hmac, json, sys
data, token = json.load(sys.stdin)["data"], sys.argv[1]
kid, secret = token.split(".")
head, empty, mac = data["jws-kubeconfig-" + kid].split(".")
b64 = lambda b: base64.urlsafe_b64encode(b).rstrip(b"=").decode()
assert empty == "" and json.loads(base64.urlsafe_b64decode(head + "==")) == {"alg": "HS256", "kid": kid}
want = hmac.new(secret.encode(), (head + "." + b64(data["kubeconfig"].encode())).encode(), hashlib.sha256).digest()
assert mac == b64(want), (mac, b64(want))
P
check "kubeadm's way of believing it" sh -c "nsenter -t $node_pid_n1 -n -m env KUBECONFIG='$T/kubeconfig' '$KUBECTL' get cm cluster-info -n kube-public -o json | python3 '$T/jws.py' '${good##*::}'"
minik_start n6 agent --server $up --token "${good##*::}"
check "a token without a hash joins" eventually 30 ready n6
hash=${token#K10} hash=${hash%%::*}
expect "... and says what to compare" "carries no CA hash: this server is believed unseen; compare $hash with" cat "$T/n6/agent.log"

# --- whose a name is ---
uid() { k get node "$1" -o jsonpath='{.metadata.uid}'; }
had=$(uid n2)
refused "the name of a node that answers" 'joining as this node was refused: a node n2 is in the cluster and Ready; choose another --node-name, or if it was this machine: kubectl delete node n2' \
	n3 --server $up --token "$token" --node-name n2
check "a refused machine keeps no key" sh -c "! ls '$T'/n3/data/agent/*key*"
end n2
cp -a "$T/n2/data/agent" "$T/n2-agent"
rm -rf "$T/n2/data/agent"
refused "a machine that lost its certificate is a stranger" 'joining as this node was refused: a node n2 is in the cluster' n2 --server $up --token "$token"
rm -rf "$T/n2/data/agent"; cp -a "$T/n2-agent" "$T/n2/data/agent"
for c in client serving; do "$tool" "$T/n1/data/server/tls" "$T/n2/data/agent" $c 40 1 || not_ok "cert_tool $c" ""; done
cp "$T/n2/data/agent/client.key" "$T/n2.key"
expired() { ! openssl x509 -in "$T/n2/data/agent/client.crt" -noout -checkend 0; }
check "a certificate expires" eventually 5 expired
refused "an expired certificate alone does not do" 'the certificate of this node has expired: --token' n2 --server $up
minik_start n2 agent --server $up --token "$token"
renewed() { openssl x509 -in "$T/n2/data/agent/client.crt" -noout -checkend 86400; }
check "with a token the one who had the name has it again" eventually 30 renewed
check "... by the key that it had" cmp "$T/n2.key" "$T/n2/data/agent/client.key"
check "it is the same Node" eventually 20 sh -c "[ '$had' = \"\$(nsenter -t $node_pid_n1 -n -m env KUBECONFIG='$T/kubeconfig' '$KUBECTL' get node n2 -o jsonpath='{.metadata.uid}')\" ]"
request() { # request NAME NODE KEY FORMER: by a token, as any program may
	openssl req -new -key "$T/$3" -subj "/O=system:nodes/CN=system:node:$2" -out "$T/$1.csr" 2>/dev/null
	jq -n --arg n "$1" --arg r "$(base64 -w0 "$T/$1.csr")" --arg f "$(base64 -w0 "${4:-/dev/null}")" '{apiVersion: "certificates.k8s.io/v1", kind: "CertificateSigningRequest",
		metadata: {name: $n, annotations: {"minik.io/former-certificate": $f}}, spec: {request: $r, signerName: "kubernetes.io/kube-apiserver-client-kubelet",
		usages: ["digital signature", "client auth"]}}' |
		in_node n3 curl -s --cacert "$T/n1/data/server/tls/ca.crt" -H "Authorization: Bearer ${good##*::}" -H 'Content-Type: application/json' -d @- \
			"$up/apis/certificates.k8s.io/v1/certificatesigningrequests" | jq -r .kind
}
decided() { k get csr "$1" -o jsonpath='{.status.conditions[*].type} {.status.conditions[*].message}' | grep -E "$2"; }
for n in 1 2; do openssl ecparam -name prime256v1 -genkey -noout -out "$T/key$n"; done
request thief n2 key1 "$T/n2/data/agent/client.crt" >/dev/null
check "a certificate that was read, without its key, is no proof" eventually 10 decided thief '^Denied a node n2 is in the cluster'
request first n9 key1 >/dev/null; request second n9 key2 >/dev/null; request again n9 key1 >/dev/null
check "of two that come at the same time one has the name" eventually 10 decided first '^Approved'
check "... the other has not" eventually 10 decided second '^Denied another machine joins as n9 just now'
check "... and who tries again has it" eventually 10 decided again '^Approved'
end n2; rm -rf "$T/n2/data/agent"
k delete node n2 >/dev/null
minik_start n2 agent --server $up --token "$token"
check "a Node that was deleted gives its name free" eventually 30 ready n2

# --- disks ---
mkdir -p "$T/n3/full" "$T/n3/ro"
in_node n3 mount -t tmpfs -o size=64k tmpfs "$T/n3/full"
in_node n3 sh -c "mkdir -p '$T/n3/full/agent'; dd if=/dev/zero of='$T/n3/full/filler' bs=4k 2>/dev/null"
refused "a full disk" "this node's identity cannot be kept: .*No space left on device" n3 --server $up --token "$token" --data-dir "$T/n3/full" --node-name full
in_node n3 sh -c "mkdir -p '$T/n3/ro/agent'; mount --bind '$T/n3/ro' '$T/n3/ro'; mount -o remount,ro,bind '$T/n3/ro'"
refused "a disk that is read-only" "this node's identity cannot be kept: .*Read-only file system" n3 --server $up --token "$token" --data-dir "$T/n3/ro" --node-name ro
expect "neither asked for a certificate first" '^0$' sh -c "nsenter -t $node_pid_n1 -n -m env KUBECONFIG='$T/kubeconfig' '$KUBECTL' get csr -o name | grep -c -E 'node-csr-(full|ro)'"

# --- clocks ---
faked() { # faked DAYS COMMAND...
	local by=$1; shift
	LD_PRELOAD=/usr/lib/$(gcc -print-multiarch 2>/dev/null || echo x86_64-linux-gnu)/faketime/libfaketimeMT.so.1 FAKETIME="$by" FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1 "$@"
}
if [ -e "/usr/lib/$(gcc -print-multiarch 2>/dev/null)/faketime/libfaketimeMT.so.1" ] && ! grep -q asan "$MINIK" 2>/dev/null; then
	agent() { local n=$1; shift; faked "$by" in_node "$n" timeout 60 "$MINIK" agent $(minik_flags "$n") "$@"; }
	by=-4000d
	refused "this machine's clock is far behind" "$up: its certificate is valid from 20[0-9TZ:-]+: this machine's clock is 3456[0-9]{5} seconds behind the server's; set this machine's clock .*before the day minik was installed" \
		n3 --server $up --token "$token" --data-dir "$T/n3/behind" --node-name behind
	by=+400d
	refused "it is ahead" "$up: its certificate was valid until 20[0-9TZ:-]+: this machine's clock is 345[56][0-9]{4} seconds ahead of the server's; set " \
		n3 --server $up --token "$token" --data-dir "$T/n3/ahead" --node-name ahead
	agent() { local n=$1; shift; in_node "$n" timeout 60 "$MINIK" agent $(minik_flags "$n") "$@"; }
	: >"$T/n7/config.yaml"
	minik_start() { faked +500d in_node_exec n7 "$MINIK" server $(minik_flags n7) --write-kubeconfig "$T/kubeconfig-n7" --disable-agent >"$T/n7/server.log" 2>&1 & lib_pids="$lib_pids $!"; }
	minik_start
	eventually 20 test -s "$T/kubeconfig-n7"
	refused "the server's clock is ahead" "https://192.168.77.7:6443: its certificate is valid from 20[0-9TZ:-]+: this machine's clock is 43[12][0-9]{5} seconds behind the server's; set " \
		n3 --server https://192.168.77.7:6443 --token "$(cat "$T/n7/data/server/token")" --data-dir "$T/n3/server" --node-name other
	kill "$(minik_main_pid n7)"
else
	skip "clocks that are wrong" "no libfaketime (Debian's package), or it does not go with a sanitizer"
fi

# --- what took its time ---
for p in $later_pids; do wait "$p"; done
told() { # told NAME WORDS: by its last line but the status, which is 1
	tail -1 "$T/later/$1.out" | grep -qx 'status 1' && tail -2 "$T/later/$1.out" | head -1 | grep -qE -- "^minik: $2" || { cat "$T/later/$1.out"; return 1; }
}
check "nobody listens" told refused 'https://192.168.77.1:7443 cannot be reached: is minik server running there, and is this its port\? \(Connection refused\)'
check "no way to it" told noroute 'https://192.0.2.1:6443 cannot be reached: this machine finds no way to it; .*\(No route to host\)'
check "a firewall drops it" told dropped 'https://192.168.77.1:6444 cannot be reached: no answer; is that machine up, .*\(Connection timed out\)'
check "a name that has no address" told noname 'https://nowhere.invalid:6443: its name has no address here; see --server'
check "they were waited for" sh -c "grep -q 'trying for 20 seconds' '$T/later/refused.out' && grep -q 'still no answer after' '$T/later/refused.out'"
check "nobody signs" told unsigned 'the certificate request node-csr-unsigned-[a-z0-9]+ was not signed within 60 seconds: is the controller manager running\? By hand: kubectl certificate approve'
expect "... and it was said what it waits for" 'waits to be approved and signed: kubectl certificate approve node-csr-unsigned-' cat "$T/later/unsigned.out"
