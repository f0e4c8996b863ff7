#!/bin/bash
# Certificates that come to the third third of their life are renewed while server and agent run: without a restart, without an end of a container.
. "$(dirname "$0")/lib.sh"
[ -n "${MINIK_BUILD:-}" ] || skip_all "MINIK_BUILD is not set"
command -v openssl >/dev/null || skip_all "no openssl"
make -C "$MINIK_BUILD" tests/integration/cert_tool >/dev/null || skip_all "cert_tool is not built"
enter_sandbox "$@"
node_add n1 192.168.77.1
node_add n2 192.168.77.2
tool=$MINIK_BUILD/tests/integration/cert_tool
serial() { in_node n1 openssl s_client -connect "$1" </dev/null 2>/dev/null | openssl x509 -noout -serial; }
file() { openssl x509 -noout -serial -in "$1"; }
tls=$T/n1/data/server/tls
ready() { k get node "$1" | grep -qw Ready; }
stop() { local p; p=$(minik_main_pid "$1"); kill "$p"; eventually 10 test ! -e "/proc/$p"; }

minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable ingress
check "a server" eventually 20 ready n1 || exit 1
token=$(in_node n1 "$MINIK" token --run-dir "$T/n1/run")
minik_start n2 agent --server https://192.168.77.1:6443 --token "$token"
check "an agent" eventually 20 ready n2 || exit 1
stop n2; stop n1
# They end in 35 s and are to be renewed in ten.
for n in apiserver apiserver-kubelet-client kubelet; do "$tool" "$tls" "$tls" $n 40 35 || not_ok "cert_tool $n" ""; done
for n in client serving; do "$tool" "$tls" "$T/n2/data/agent" $n 40 35 || not_ok "cert_tool $n" ""; done
cp "$tls/apiserver.crt" "$T/former.crt"
api=$(file "$tls/apiserver.crt") node=$(file "$tls/kubelet.crt") towards=$(file "$tls/apiserver-kubelet-client.crt")
client=$(file "$T/n2/data/agent/client.crt") serving=$(file "$T/n2/data/agent/serving.crt")
says_soon() { "$MINIK" certificate check --data-dir "$T/n1/data" --run-dir "$T/n1/none"; [ $? = 1 ]; }
check "certificate check warns of them" says_soon
minik_start n1 server --write-kubeconfig "$T/kubeconfig" --disable ingress
minik_start n2 agent --server https://192.168.77.1:6443
check "both start with them" eventually 9 sh -c "[ -s $T/n1/run/minik.json ] && [ -s $T/n2/run/minik.json ]"
[ "$(serial 192.168.77.1:6443)" = "$api" ] && [ "$(serial 192.168.77.1:10250)" = "$node" ] && [ "$(serial 192.168.77.2:10250)" = "$serving" ] && ok "and show them" || not_ok "and show them" "$(serial 192.168.77.1:6443)"
pid1=$(minik_main_pid n1) pid2=$(minik_main_pid n2)
changed() { [ "$(serial "$1")" != "$2" ] && [ -n "$(serial "$1")" ]; }
check "the API server shows another" eventually 15 changed 192.168.77.1:6443 "$api"
check "the server's node agent too" eventually 5 changed 192.168.77.1:10250 "$node"
check "the agent too" eventually 15 changed 192.168.77.2:10250 "$serving"
[ "$(file "$tls/apiserver-kubelet-client.crt")" != "$towards" ] && ok "the client certificate towards nodes" || not_ok "the client certificate towards nodes"
[ "$(file "$T/n2/data/agent/client.crt")" != "$client" ] && ok "the node's client certificate" || not_ok "the node's client certificate"
[ "$(serial 192.168.77.1:6443)" = "$(file "$tls/apiserver.crt")" ] && ok "what is shown is what is stored" || not_ok "what is shown is what is stored"
# The former ones have ended by then.
past_end() { ! openssl x509 -noout -checkend 0 -in "$T/former.crt"; }
check "the former one ends" eventually 40 past_end
check "the server is the same process" test "$(minik_main_pid n1)" = "$pid1" -a -e "/proc/$pid1"
check "the agent too" test "$(minik_main_pid n2)" = "$pid2" -a -e "/proc/$pid2"
both() { ready n1 && ready n2; }
check "both nodes are Ready" both
for n in n1 n2; do check "the API server reaches the agent of $n" k get --raw "/api/v1/nodes/$n/proxy/pods"; done
check "nothing is near its end" "$MINIK" certificate check --data-dir "$T/n1/data" --run-dir "$T/n1/run"
expect "the server said so" 'component=certificates msg="renewed' cat "$T/n1/server.log"
expect "the agent said so" 'component=certificates object="n2" msg="renewed' cat "$T/n2/agent.log"
