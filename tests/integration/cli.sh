#!/bin/bash
# The command line as a user meets it: help, wrong usage, check-config, status, tokens, joining and its refusals, images, certificates.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
node_add n1 192.168.77.1
node_add n2 192.168.77.2
node_add n3 192.168.77.3

# says NAME STATUS STREAM REGEX COMMAND...: exit status, and what is said on which stream; on the other one nothing matches it
says() {
	local name=$1 status=$2 stream=$3 want=$4 r other=err; shift 4
	[ "$stream" = out ] || other=out
	"$@" >"$T/out" 2>"$T/err"; r=$?
	if [ $r = "$status" ] && grep -qE -- "$want" "$T/$stream" && ! grep -qE -- "$want" "$T/$other"; then ok "$name"; else
		not_ok "$name" "$* -> exit $r, wanted $status and, on std$stream: $want
$(head -c 1500 "$T/out")
--- stderr
$(head -c 1500 "$T/err")"
	fi
}
# refuses NAME STATUS REGEX COMMAND...: one line on standard error says it, and nothing else is said
refuses() {
	local name=$1 status=$2 want=$3; shift 3
	says "$name" "$status" err "$want" "$@"
	[ "$(wc -l <"$T/err")" = 1 ] && [ ! -s "$T/out" ] || not_ok "$name: in one line" "$(cat "$T/out" "$T/err")"
}
m1() { in_node n1 "$MINIK" "$@"; }
where="--data-dir $T/n1/data --run-dir $T/n1/run"

# --- help and wrong usage ---
for c in "--help" "help" "-h"; do says "minik $c" 0 out '^  check-config +look' "$MINIK" "$c"; done
says "no command" 2 err '^usage: minik COMMAND' "$MINIK"
refuses "an unknown command" 2 'unknown command "nonsense"' "$MINIK" nonsense
refuses "help for an unknown command" 2 'unknown command "nonsense"' "$MINIK" help nonsense
refuses "help for a hidden command" 2 'unknown command "node-helper"' "$MINIK" help node-helper
for c in server agent apiserver controllers scheduler node net proxy dns ingress storage kubectl token image certificate secrets-encrypt backup restore \
	check-config status debug killall uninstall version; do
	"$MINIK" help $c >"$T/help" 2>"$T/err" && [ ! -s "$T/err" ] && grep -qE "^usage: minik $c" "$T/help" && [ "$("$MINIK" $c --help)" = "$(cat "$T/help")" ] ||
		not_ok "help of $c" "$(cat "$T/help" "$T/err")"
done
ok "every command has help"
"$MINIK" help server >"$T/help"
for f in config data-dir run-dir token token-file bind-address https-listen-port advertise-address tls-san write-kubeconfig write-kubeconfig-mode \
	cluster-cidr service-cidr cluster-dns cluster-domain service-node-port-range flannel-backend flannel-iface flannel-vni flannel-port cni-conf-dir cni-bin-dir cni-timeout hairpin-mode proxy-mode ipvs-scheduler metrics-bind-address healthz-bind-address node-name node-ip \
	node-label node-taint cloud-provider provider-id kubelet-port runtime cgroup-root disable ingress-http-port ingress-https-port ingress-nodes ingress-access-log ingress-proxy-protocol ingress-trusted-proxies ingress-metrics-address datastore-endpoint secrets-encryption \
	log-level log-format; do
	grep -qE "^  --$f .*\[.+\]" "$T/help" || not_ok "flag --$f with its default" "$(cat "$T/help")"
done
ok "every flag of the server is in its help, with its default"
refuses "an unknown flag" 2 'unknown flag "--clustr-cidr"; did you mean --cluster-cidr' "$MINIK" server --clustr-cidr x
refuses "a flag of another command" 2 'flag --server is not one of this command' "$MINIK" server --server https://x
refuses "a flag without its value" 2 'flag --node-name needs a value' "$MINIK" server --node-name
refuses "an argument too many" 2 'unexpected argument "now"' "$MINIK" server now
refuses "a database of another kind is named as unsupported" 1 'flag --datastore-endpoint: "mysql://db" is not supported; write sqlite:, sqlite:/absolute/path or etcd' "$MINIK" server --datastore-endpoint mysql://db
refuses "a prefix in etcd without a slash" 2 'flag --datastore-prefix: "minik" is no prefix of keys; write /NAME' "$MINIK" server --datastore-prefix minik
refuses "an interval that is no time" 2 'flag --backup-schedule-interval: "often" is not a time; write one such as 30m' "$MINIK" server --backup-schedule-interval often
says "version" 0 out '^minik [0-9.]+ \(Kubernetes v1\.36\)$' "$MINIK" version
says "version as JSON" 0 out '^\{"version":"[0-9.]+","kubernetes":"v1\.36"' "$MINIK" version -o json
refuses "another format" 2 'flag --output: "yaml" is unknown; write text or json' "$MINIK" version -o yaml
for c in server agent node status image token certificate killall uninstall backup check-config; do
	case $c in image) set -- image ls ;; token) set -- token list ;; certificate) set -- certificate check ;; backup) set -- backup "$T/b" ;; *) set -- $c ;; esac
	"$MINIK" "$@" --config "$T/none.yaml" >"$T/out" 2>&1; r=$?
	[ $r = 1 ] && grep -qE "flag --config: $T/none.yaml does not exist" "$T/out" || not_ok "$c: a file that is named must be there" "exit $r: $(cat "$T/out")"
done
ok "a configuration file that is named must be there"
refuses "also when a variable names it" 1 'environment variable MINIK_CONFIG: /nowhere does not exist' env MINIK_CONFIG=/nowhere "$MINIK" status

# --- check-config finds what the server refuses, and all of it ---
bad() { # bad KEY VALUE REGEX
	echo "$1: $2" >"$T/bad.yaml"
	m1 check-config --config "$T/bad.yaml" >"$T/out" 2>&1; local r1=$?
	in_node n1 timeout 10 "$MINIK" server --config "$T/bad.yaml" --data-dir "$T/x" --run-dir "$T/x" >"$T/out2" 2>&1; local r2=$?
	if [ $r1 = 1 ] && [ $r2 != 0 ] && grep -qE "^FAIL $T/bad.yaml: (unknown )?key \"$1\".* $3" "$T/out" && grep -qF "$(sed -n 's/^FAIL //p' "$T/out" | head -1)" "$T/out2" &&
		[ ! -e "$T/x" ]; then :; else not_ok "check-config and server on $1: $2" "exit $r1 $r2
$(cat "$T/out" "$T/out2")"; fi
}
bad cluster-cidr 10.42.0.0 'write one such as 10.42.0.0/16'
bad cluster-cidr 10.42.1.0/16 'write 10.42.0.0/16'
bad cluster-cidr 10.42.0.0/28 'from /8 to /24'
bad cluster-cidr fd00::/32 'from /48 to /64'
bad cluster-cidr 10.42.0.0/16,10.44.0.0/16 'one of each'
bad cluster-cidr 10.0.0.0/8 'do not overlap'
bad service-cidr 10.43.0.0/16,10.44.0.0/16 'two networks of one family'
bad service-cidr 10.43.0.0/16,fd43::/127 'does not do for Services'
bad service-cidr 10.43.0.0/33 'write one such'
bad service-cidr 10.43.0.0/30 'write a network'
bad cluster-dns 10.44.0.10 'such as 10.43.0.10'
bad cluster-dns 10.43.0.1 'own Service'
bad cluster-dns dns 'not an IP address'
bad cluster-domain Cluster_Local 'write one such as cluster.local'
bad service-node-port-range 30000 'write two'
bad service-node-port-range 32767-30000 'lower one first'
bad https-listen-port 64k 'a number from 1 to 65535'
bad https-listen-port 10250 'is also kubelet-port'
bad ingress-metrics-address 127.0.0.1:443 'port 443 is also ingress-https-port'
bad metrics-bind-address 127.0.0.1:10256 'port 10256 is also healthz-bind-address'
bad healthz-bind-address 127.0.0.1:31000 'lies in the range of node ports'
bad https-listen-port 30001 'range of node ports'
bad kubelet-port 0 'a number from 1'
bad bind-address localhost 'not an IP address'
bad metrics-bind-address 127.0.0.1 'address with a port'
bad healthz-bind-address localhost:10256 'address with a port'
bad advertise-address 0.0.0.0 'others can reach'
bad node-ip '[192.168.77.300]' 'not an IP address'
bad node-name Box_1 'lower-case letters'
bad node-label '[a b]' 'write KEY=VALUE'
bad node-label node-role.kubernetes.io/worker=true 'nodes may not give themselves; set it by kubectl label node'
bad node-taint '[a=b]' 'KEY=VALUE:EFFECT'
bad tls-san '[a b]' 'neither a DNS name nor'
bad write-kubeconfig-mode 888 'three octal digits'
bad write-kubeconfig-mode 0644 'write it in quotes: "644"'
bad flannel-backend wireguard 'write vxlan, host-gw, udp or none'
bad hairpin-mode veth 'write hairpin-veth, promiscuous-bridge or none'
bad flannel-vni 16777216 'a number from 1 to 16777215'
bad flannel-iface a/b 'ip link'
bad proxy-mode iptables 'write auto, nftables or ipvs'
bad ipvs-scheduler best 'write rr, wrr, lc'
bad runtime docker 'write auto, crun, runc'
bad cgroup-root ../x 'write letters'
bad cloud-provider aws 'write external, or leave it out'
bad provider-id '"a b"' 'write one such as aws:///'
bad disable '[traefik]' 'write scheduler, controllers'
bad datastore-endpoint sqlite:db 'sqlite:/absolute/path'
bad token K10bad 'malformed'
bad log-level loud 'write error, warning, info or debug'
bad max-pods '[1, 2]' 'takes one value'
bad kubelet-certificate-authority /dev/null 'holds no certificate in PEM'
bad disable-agent maybe 'neither true nor false'
bad nod-name box 'did you mean "node-name"'
bad cluster-cidr 192.168.64.0/18 'holds 192.168.77.1, an address of this machine \(eth0\); write a network that nothing else uses'
bad service-cidr 192.168.77.0/24 'holds 192.168.77.1, an address of this machine'
bad service-cidr fd43::/108 'pods \(10.42.0.0/16\) have no IPv6, which Services \(fd43::/108\) are'
bad node-ip 192.168.77.9 'no interface of this machine has 192.168.77.9'
bad advertise-address fd77::1 'is not IPv4, as the first network of Services \(10.43.0.0/16\) is'
ok "check-config and the server refuse the same, with file, key and the mend"
echo "data-dir: var" >"$T/bad.yaml"
says "a relative data-dir" 1 out 'key "data-dir": "var" is not an absolute path' in_node n1 "$MINIK" check-config --config "$T/bad.yaml"
printf 'node-name: A_\ncluster-cidr: x\nfrob: 1\n' >"$T/bad.yaml"
m1 check-config --config "$T/bad.yaml" >"$T/out" 2>&1
[ "$(grep -c "^FAIL $T/bad.yaml" "$T/out")" = 3 ] && ok "all faults are told at once" || not_ok "all faults are told at once" "$(cat "$T/out")"
echo abcdefabcdefabcdef >"$T/token1"
says "an agent does not know the networks before it joins, but its own addresses" 1 out '^FAIL flag --node-ip: no interface of this machine has fd77::9' \
	in_node n1 "$MINIK" check-config agent --node-name n1 --node-ip 192.168.77.1,fd77::9 --cluster-cidr 192.168.0.0/16 --server https://192.168.77.1:6443 --token-file "$T/token1"
[ "$(grep -c FAIL "$T/out")" = 1 ] || not_ok "... and nothing else is wrong" "$(cat "$T/out")"
says "two addresses of one family" 1 out '^FAIL flag --node-ip: two addresses of one family' in_node n1 "$MINIK" check-config --node-ip 192.168.77.1,192.168.77.2
says "networks of IPv6 on a machine without it" 1 out '^FAIL this machine has no lasting IPv6 address, and the first network of Services \(fd43::/108\) is IPv6; give it one' in_node n1 "$MINIK" check-config --cluster-cidr fd42::/56 --service-cidr fd43::/108
says "a missing token file" 1 out '^FAIL flag --token-file: .*/nowhere' in_node n1 "$MINIK" check-config --token-file /nowhere
says "an interface that is not there" 1 out '^FAIL flag --flannel-iface: this machine has no interface "nix0"' in_node n1 "$MINIK" check-config --flannel-iface nix0
says "wrong usage of check-config" 2 out 'unknown flag "--frob"' "$MINIK" check-config --frob
says "an agent's configuration" 1 out '^FAIL --server https' in_node n1 "$MINIK" check-config agent
: >"$T/empty.yaml"
says "nothing to say against it" 0 out '^ok   node n1, address 192.168.77.1' in_node n1 "$MINIK" check-config --config "$T/empty.yaml" --node-name n1 --service-cidr 10.96.0.0/12
grep -q FAIL "$T/out" && not_ok "no fault" "$(cat "$T/out")"

m1 check-config --config "$T/empty.yaml" --node-name n1 --proxy-mode ipvs >"$T/out" 2>&1; r=$?
if grep -q '^ok   kernel has IPVS' "$T/out" && [ $r = 0 ]; then ok "IPVS, which this kernel has"
elif grep -q '^FAIL this kernel has no IPVS' "$T/out" && [ $r = 1 ]; then
	in_node n1 timeout 30 "$MINIK" server --config "$T/empty.yaml" --node-name n1 --data-dir "$T/ipvs" --run-dir "$T/ipvs-run" --write-kubeconfig "$T/ipvs.yaml" --proxy-mode ipvs >"$T/out2" 2>&1; r=$?
	[ $r = 1 ] && grep -q '^minik: proxy: this kernel has no IPVS' "$T/out2" && ok "IPVS, which this kernel does not have: the server says the same" || not_ok "IPVS, which this kernel does not have: the server says the same" "exit $r: $(cat "$T/out2")"
else not_ok "IPVS" "exit $r: $(cat "$T/out")"; fi
mkdir -p "$T/net.d"
says "no CNI configuration is no fault" 0 out "^warn no CNI configuration yet .*in $T/net.d" in_node n1 "$MINIK" check-config --config "$T/empty.yaml" --node-name n1 --flannel-backend none --cni-conf-dir "$T/net.d"
echo '{}' >"$T/net.d/01-broken.conf"
says "nor is a file that is passed over" 0 out "^warn CNI configuration is passed over: $T/net.d/01-broken.conf: has no name" in_node n1 "$MINIK" check-config --config "$T/empty.yaml" --node-name n1 --flannel-backend none --cni-conf-dir "$T/net.d"
refuses "kubectl without the server's file" 1 "^minik: $T/nowhere.yaml does not exist: minik server writes it; on an agent copy the server's" env -u KUBECONFIG MINIK_WRITE_KUBECONFIG="$T/nowhere.yaml" "$MINIK" kubectl get nodes

# --- status, without and with a server ---
refuses "status without minik" 1 "no minik runs on this machine with --run-dir $T/n1/run" in_node n1 "$MINIK" status $where
refuses "status without minik, as JSON" 1 "no minik runs" in_node n1 "$MINIK" status $where -o json
refuses "a tool that was told a run-dir goes to no other cluster" 1 "no minik runs on this machine with --run-dir $T/n1/run" env -u KUBECONFIG nsenter -t $node_pid_n1 -n -m "$MINIK" token list $where
for c in "image import /nowhere" "image ls" token; do
	refuses "minik $c of a run-dir that nobody runs with" 1 "no minik runs on this machine with --run-dir $T/n1/run: start it first, or say where its data is with --data-dir" \
		in_node n1 "$MINIK" $c --run-dir "$T/n1/run"
done
# A start that cannot listen decides nothing: the networks may be others at the next one.
in_node_exec n1 python3 -c 'import socket, time; s = socket.create_server(("", 6443)); print("listens", flush=True); time.sleep(600)' >"$T/squat" &
squat=$!
eventually 10 grep -q listens "$T/squat"
refuses "the port of the API is taken: by whom" 1 "listen on .* port 6443: it is taken by python3 \(pid [0-9]+\)" \
	in_node n1 timeout 30 "$MINIK" server $where --config "$T/empty.yaml" --node-name n1 --write-kubeconfig "$T/kubeconfig" --service-cidr 10.44.0.0/16
says "check-config says so, too" 1 out '^FAIL listen on .* port 6443: it is taken by python3' in_node n1 "$MINIK" check-config --config "$T/empty.yaml" --node-name n1
kill $squat; wait $squat 2>/dev/null
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable ingress,servicelb
begun() { [ -n "$(minik_main_pid n1)" ]; }
eventually 10 begun
check "a tool waits for a server that is still starting" m1 token list $where
check "the server is up" eventually 20 m1 status $where || exit 1
ready() { m1 status $where | grep -q 'n1, Ready'; }
check "its node is Ready" eventually 20 ready
m1 status $where >"$T/status"
for want in "^minik [0-9.]+ server, pid $(minik_main_pid n1), up [0-9]+" "^data: +$T/n1/data$" "^run: +$T/n1/run$" "^kubeconfig: +$T/kubeconfig$" \
	'^API server: +https://192.168.77.1:6443, ready$' '^store: +revision [0-9]+, [0-9]+ objects, [0-9.]+ MB' '^certificates: +the next .* in 36[0-9] days' \
	'^running: +apiserver controllers scheduler storage net proxy dns node$' '^disabled: +ingress$' '^node: +n1, Ready, 192.168.77.1$' '^pods: +0, 0 of' \
	'^images: +0, ' '^memory: +[0-9.]+ MB \(PSS\), [0-9.]+ MB \(RSS\)'; do
	grep -qE "$want" "$T/status" || not_ok "status says $want" "$(cat "$T/status")"
done
ok "status tells of everything"
m1 status $where -o json >"$T/status.json"
check "status as JSON" jq -e --arg d "$T/n1/data" '.kind == "server" and .api.ready and .store.objects > 0 and .store.revision > 0 and .dataDir == $d and .nodes[0].ready
	and .nodes[0].addresses == ["192.168.77.1"] and .components.ingress == "disabled" and .components.node == "running" and .memory.pssBytes > 0 and
	.memory.rssBytes >= .memory.pssBytes and .certificate.daysLeft > 300 and .uptimeSeconds >= 0 and .pods.total == 0 and .images.count == 0' "$T/status.json"

# --- tokens ---
static=$(m1 token $where)
[[ $static =~ ^K10[0-9a-f]{64}::.+$ ]] && ok "the static token" || not_ok "the static token" "$static"
[ "$(m1 token $where -o json | jq -r .token)" = "$static" ] && ok "... as JSON" || not_ok "... as JSON"
join=$(m1 token create $where --ttl 1h --description 'for n2' --print-join-command)
[[ $join =~ ^minik\ agent\ --server\ https://192.168.77.1:6443\ --token\ K10[0-9a-f]{64}::[a-z0-9]{6}\.[a-z0-9]{16}$ ]] && ok "token create" || not_ok "token create" "$join"
token=${join##* } id=${join##*::} id=${id%%.*}
expect "token list" "^$id +(59m|60m|1h) .*for n2\$" m1 token list $where
expect "... has the static one" '^static +for ever' m1 token list $where
check "token list as JSON" sh -c "nsenter -t $node_pid_n1 -n -m $MINIK token list $where -o json | jq -e '.[1].id == \"$id\" and .[1].description == \"for n2\"'"
refuses "a life that is none" 2 'flag --ttl: "soon" is not a duration; write one such as 24h' in_node n1 "$MINIK" token create --ttl soon $where
refuses "an unknown token" 1 'there is no token zzzzzz' in_node n1 "$MINIK" token delete zzzzzz $where
refuses "no token" 2 'a token or its id is needed' in_node n1 "$MINIK" token delete $where
refuses "an unknown verb" 2 'minik token frob: unknown' in_node n1 "$MINIK" token frob $where
refuses "the static token" 1 "the server's static token cannot be deleted; give the server another one with --token" in_node n1 "$MINIK" token delete "$static" $where
gone=$(m1 token create $where)
expect "token delete" '^token .* deleted$' m1 token delete "$gone" $where
old=$(m1 token create $where --ttl 1s) old_id=${old##*::}
until_old=$(m1 token list $where -o json | jq -r --arg id "${old_id%%.*}" '.[] | select(.id == $id).expires')

# --- joining, and why not ---
join() { # join NODE TOKEN FLAGS...
	local n=$1 t=$2; shift 2
	# shellcheck disable=SC2046
	in_node "$n" timeout 40 "$MINIK" agent $(minik_flags "$n") --token "$t" "$@"
}
: >"$T/n2/config.yaml"; : >"$T/n3/config.yaml"
up="--server https://192.168.77.1:6443"
# shellcheck disable=SC2086
{
	refuses "a malformed token, before any network" 2 'flag --token: "K10bad" is malformed; a token is K10, the 64 hex digits' join n2 K10bad --server https://192.0.2.1:6443
	refuses "a token without its secret" 2 'malformed' join n2 "${static%%::*}::" $up
	refuses "a server that is no URL" 2 'flag --server: "192.168.77.1" is not the URL of an API server; write https://HOST:6443' join n2 "$static" --server 192.168.77.1
	refuses "no server" 2 '--server https://HOST:6443 is needed' join n2 "$static"
	refuses "another cluster's hash" 1 'is not the server the token is for' join n2 "K10$(printf '%064d' 0)::${static##*::}" $up
	refuses "a wrong secret" 1 'does not accept this token: its secret is wrong' join n2 "${static%%::*}::wrong" $up
	refuses "a deleted token" 1 'does not accept this token' join n2 "$gone" $up
	has_expired() { [ "$(date +%s)" -gt "$(date -d "$until_old" +%s)" ]; }
	check "the token's time is over" eventually 5 has_expired
	refuses "an expired token" 1 'does not accept this token' join n2 "$old" $up
	refuses "a name that is taken" 1 'a node n1 is in the cluster and Ready; choose another --node-name' join n2 "$token" $up --node-name n1
}
[ ! -e "$T/n2/data/agent/client.key" ] && ok "a refused machine keeps no key" || not_ok "a refused machine keeps no key" "$(ls "$T/n2/data/agent")"
minik_start n2 agent --server https://192.168.77.1:6443 --token "$token"
n2() { in_node n2 "$MINIK" status --data-dir "$T/n2/data" --run-dir "$T/n2/run" "$@"; }
joined() { n2 | grep -q '^node: .*n2, Ready, 192.168.77.2$'; }
check "a machine joins by a token that was made" eventually 20 joined
n2 >"$T/status"
for want in '^minik [0-9.]+ agent, pid' '^API server: +https://192.168.77.1:6443, ready' '^running: +storage net proxy dns node ingress$' '^pods: +0, ' '^certificates: +the next' '^memory:'; do
	grep -qE "$want" "$T/status" || not_ok "an agent's status says $want" "$(cat "$T/status")"
done
grep -q '^store:\|^kubeconfig:' "$T/status" && not_ok "an agent has no store" "$(cat "$T/status")" || ok "an agent's status"
check "... as JSON" sh -c "nsenter -t $node_pid_n2 -n -m $MINIK status --run-dir $T/n2/run -o json | jq -e '.kind == \"agent\" and .nodes[0].name == \"n2\" and (has(\"store\") | not)'"
expect "the server sees both" 'n2, Ready' m1 status $where
refuses "tokens are the server's" 2 'this machine is an agent' in_node n2 "$MINIK" token list --data-dir "$T/n2/data" --run-dir "$T/n2/run"
refuses "... the static one too" 2 'this machine is an agent: minik token on the server prints the token' in_node n2 "$MINIK" token --data-dir "$T/n2/data" --run-dir "$T/n2/run"
p=$(minik_main_pid n2); kill "$p"; eventually 10 test ! -e "/proc/$p"
[ ! -e "$T/n2/run/minik.json" ] && ok "a stopped minik leaves no record" || not_ok "a stopped minik leaves no record" "$(cat "$T/n2/run/minik.json")"
# shellcheck disable=SC2086
refuses "a token of another cluster for a machine that joined" 1 'joined another cluster before' join n2 "K10$(printf '%064d' 0)::x" $up

k delete node n2 >/dev/null

# --- images ---
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/images" >"$T/images.log" 2>&1 || not_ok "images are built" "$(cat "$T/images.log")"
check "import" m1 image import "$T"/images/*.tar $where
expect "image ls" '^IMAGE +TAG +ID +SIZE$' m1 image ls $where
expect "... in columns" '^localhost:5000/hostnames +1\.0 +[0-9a-f]{12} +[0-9.]+ MB$' m1 image ls $where
check "... as JSON" sh -c "nsenter -t $node_pid_n1 -n -m $MINIK image ls $where -o json | jq -e 'map(.names[]) | index(\"localhost:5000/hostnames:1.0\")'"
expect "image rm names it" '^removed localhost:5000/hostnames:1\.1$' m1 image rm localhost:5000/hostnames:1.1 $where
check "import it again" m1 image import "$T"/images/*.tar $where
m1 image rm localhost:5000/hostnames:1.1 $where | grep -qE '^freed [0-9.]+ MB \([1-9][0-9]* bytes\)$' && ok "... and says what is freed" || not_ok "... and says what is freed" "$(m1 image ls $where)"
refuses "an image that is not there" 1 'localhost:5000/none:1' in_node n1 "$MINIK" image rm localhost:5000/none:1 $where
refuses "an unknown verb of image" 2 'minik image frob: unknown' in_node n1 "$MINIK" image frob $where
check "a pod" k apply -f "$MINIK_TOP/examples/walkthrough/hostnames.yaml"
check "its container runs" k rollout status deploy/hostnames --timeout=30s
m1 image prune $where >"$T/out"
grep -q '^removed .*toolbox' "$T/out" && grep -q '^freed ' "$T/out" && ! grep -q 'hostnames:1.0' "$T/out" && ok "prune names what it removes, and not what is used" ||
	not_ok "prune names what it removes" "$(cat "$T/out")"
m1 image rm localhost:5000/hostnames:1.0 $where >"$T/out"
grep -q '^removed localhost:5000/hostnames:1.0' "$T/out" && grep -q '^freed 0.0 MB (0 bytes)' "$T/out" && ok "rm frees nothing that a container stands on" || not_ok "rm of a used image" "$(cat "$T/out")"
answers() { in_node n1 curl -fsS --max-time 2 "http://$(k get pods -l app=hostnames -o 'jsonpath={.items[0].status.podIP}'):9376/"; }
expect "the container goes on" '^hostnames-' answers

# --- certificates ---
m1 certificate check $where >"$T/out" && ok "certificate check" || not_ok "certificate check" "$(cat "$T/out")"
for want in "$T/n1/data/server/tls/ca.crt +minik-ca .* ok" "tls/apiserver.crt +kube-apiserver .* 36[0-9] +ok" "tls/kubelet.crt +system:node:n1 .*ok" "apiserver-kubelet-client.crt" "^$T/kubeconfig +system:admin .*ok"; do
	grep -qE "$want" "$T/out" || not_ok "certificate check shows $want" "$(cat "$T/out")"
done
refuses "no rotation beside a running server" 1 'minik is running' in_node n1 "$MINIK" certificate rotate $where
refuses "certificate without a verb" 2 'usage: minik certificate' in_node n1 "$MINIK" certificate $where
if command -v openssl >/dev/null; then
	mkdir -p "$T/soon/server/tls"
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -out "$T/soon/server/tls/a.crt" -days 29 -subj /CN=soon 2>/dev/null
	says "less than 30 days are a fault" 1 out 'soon .* EXPIRES SOON' "$MINIK" certificate check --data-dir "$T/soon" --run-dir "$T/soon"
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -out "$T/soon/server/tls/a.crt" -days 32 -subj /CN=later 2>/dev/null
	says "more are none" 0 out 'later .* ok' "$MINIK" certificate check --data-dir "$T/soon" --run-dir "$T/soon" -o text
else skip "less than 30 days are a fault" "no openssl"; fi
serial() { in_node n1 openssl s_client -connect "192.168.77.1:$1" </dev/null 2>/dev/null | openssl x509 -noout -serial; }
before=$(serial 6443) node_before=$(serial 10250)
p=$(minik_main_pid n1); kill "$p"; eventually 10 test ! -e "/proc/$p"
expect "certificate rotate" 'tls/apiserver.crt: will be issued anew' m1 certificate rotate $where
# Of a minik that was killed a child that has not begun its own program may hold the lock for a moment.
(exec 9<>"$T/n1/run/minik.lock" && flock 9 && echo "$p" >"$T/n1/run/minik.lock" && exec sleep 2) &
lib_pids="$lib_pids $!"
held() { ! flock -n "$T/n1/run/minik.lock" true; }
eventually 5 held
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable ingress,servicelb
check "it starts again, when what is left of the last one has let go" eventually 20 ready
refuses "a second one is refused" 1 'minik runs already with --run-dir .* \(pid [0-9]+\)' \
	in_node n1 timeout 30 "$MINIK" server $where --config "$T/empty.yaml" --node-name n1 --write-kubeconfig "$T/kubeconfig-2"
[ "$(serial 6443)" != "$before" ] && [ "$(serial 10250)" != "$node_before" ] && ok "with new certificates" || not_ok "with new certificates" "$before $node_before"

# --- backup and restore ---
check "backup" m1 backup "$T/backup.tgz" $where
refuses "a backup with keys where there are none" 1 'secrets-keys.json does not exist: Secrets are not encrypted here' in_node n1 "$MINIK" backup --with-keys "$T/keys.tgz" $where
refuses "secrets-encrypt without a verb" 2 'usage: minik secrets-encrypt' in_node n1 "$MINIK" secrets-encrypt $where
refuses "a flag that is neither true nor false" 2 'environment variable MINIK_SECRETS_ENCRYPTION: "maybe" is neither true nor false' env MINIK_SECRETS_ENCRYPTION=maybe "$MINIK" server
refuses "no restore beside a running server" 1 'minik is running' in_node n1 "$MINIK" restore "$T/backup.tgz" $where
refuses "backup to nowhere" 2 'one FILE is needed' in_node n1 "$MINIK" backup $where

# --- killall ---
refuses "killall with other data than the running minik's" 2 "has --data-dir $T/n1/data: give the same" in_node n1 "$MINIK" killall --data-dir "$T/other" --run-dir "$T/n1/run"
