#!/bin/bash
# An API server with very many objects: how soon it answers, what memory it takes, LISTs of everything and of 500.
# Usage: tests/bench/big.sh BUILD_DIR [OBJECTS]. Root; nothing is asserted.
[ -n "${MINIK_SANDBOX:-}" ] || { export MINIK_SANDBOX=1; exec unshare --net --mount --propagation private -- "$0" "$@"; }
B=${1:?usage: tests/bench/big.sh BUILD_DIR [OBJECTS]} n=${2:-1000000}
make -s -C "$B" tests/integration/apiserver_main tests/bench/bench_fill >&2 || exit 1
ip link set lo up
T=$(mktemp -d /tmp/minik-big.XXXXXX)
trap 'kill $pid 2>/dev/null; wait $pid; rm -rf "$T"' EXIT
row() { printf '%-46s %s\n' "$1" "$2"; }
ms() { date +%s%3N; }
mem() { awk '/^Pss:/ {printf "%d MB", $2 / 1024}' /proc/$pid/smaps_rollup; }
peak() { awk '/^VmHWM:/ {printf "%d MB", $2 / 1024}' /proc/$pid/status; }
mkdir "$T/d"
"$B/tests/bench/bench_fill" "$T/d/state.db" "$n" || exit 1
row "$n objects, size on disk" "$(du -sm "$T/d" | cut -f1) MB"
start=$(ms)
"$B/tests/integration/apiserver_main" "$T/d" 0 >"$T/out" 2>"$T/log" &
pid=$!
until grep -q ready "$T/out"; do kill -0 $pid || { cat "$T/log"; exit 1; }; sleep 0.01; done
row "start to ready" "$(($(ms) - start)) ms"
row "memory (PSS) after start" "$(mem)"
for f in certificate-authority client-certificate client-key; do
	sed -n "s/^ *$f-data: //p" "$T/d/admin.kubeconfig" | base64 -d >"$T/$f.pem"
done
url=$(sed -n 's/^ *server: //p' "$T/d/admin.kubeconfig")/api/v1/namespaces/default/configmaps
c() { curl -s --cacert "$T/certificate-authority.pem" --cert "$T/client-certificate.pem" --key "$T/client-key.pem" "$@"; }
row "LIST of 500, five times" "$(for i in 1 2 3 4 5; do c -o "$T/page" -w '%{time_total} s  ' "$url?limit=500"; done)"
row "memory (PSS) before the LIST of everything" "$(mem)"
# Counted as it comes: nothing here holds all of it either.
row "LIST of everything" "$(c -w '\n%{time_total} s, %{size_download} bytes, first byte after %{time_starttransfer} s\n' "$url" |
	awk '/bytes, first byte/ {s = $0; next} {n += gsub(/"name":"c-/, "")} END {print n " objects, " s}' RS='},{|\n')"
row "memory (PSS) after it; at most" "$(mem); $(peak)"
# A client that takes nothing must not make the server hold everything.
c --limit-rate 100k --max-time 3 -o /dev/null "$url"
row "memory (PSS) after a client that hardly reads; at most" "$(mem); $(peak)"
