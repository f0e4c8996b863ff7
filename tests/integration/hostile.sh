#!/bin/bash
# Clients that mean no good, or are merely greedy: hostile.py against the API server alone.
# ALONE: it measures the memory of a server and how long answers take under attack.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
make -s -C "$B" tests/integration/apiserver_main tests/bench/bench_fill >&2 || skip_all "apiserver_main cannot be built"
command -v python3 >/dev/null || skip_all "python3 is not installed"
enter_sandbox "$@"
mkdir "$T/d"
ip addr add 192.0.2.1/32 dev lo # of the sandbox: a backend's, since loopback addresses are nobody's endpoints
"$B/tests/bench/bench_fill" "$T/d/state.db" 40000 || { not_ok "40,000 objects"; exit 1; }
"$B/tests/integration/apiserver_main" "$T/d" 16443 >"$T/out" 2>"$T/log" &
lib_pids="$lib_pids $!"
pid=$!
until grep -q ready "$T/out"; do kill -0 $pid || { cat "$T/log"; exit 1; }; sleep 0.02; done
for f in certificate-authority:ca client-certificate:crt client-key:key; do
	sed -n "s/^ *${f%:*}-data: //p" "$T/d/admin.kubeconfig" | base64 -d >"$T/${f#*:}.pem"
done
python3 "$MINIK_TOP/tests/integration/hostile.py" "$T" $pid || lib_failed=1
