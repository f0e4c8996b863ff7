#!/bin/bash
# No request is lost while things change: under wrk with keep-alive connections, HTTP and TLS, rules, pods and certificates are exchanged and the controller
# is killed and started again; p99 beside its quiet value, as a figure. Then many tables beside long requests: memory does not grow.
# A twentieth of 500 rules, 500 pods, 50 certificates, 5,000 tables; all of them with MINIK_SOAK=1.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
for p in apiserver_main ingress_tool; do
	[ -x "$B/tests/integration/$p" ] || make -s -C "$B" "tests/integration/$p" >&2 || skip_all "$p cannot be built"
done
for p in wrk openssl nginx python3 gcc; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
[ -e "$B/ingress/minik_module.so" ] || skip_all "this build is without nginx's module"
enter_sandbox "$@"
if [ "${MINIK_SOAK:-0}" = 1 ]; then part=1 rounds=15; else part=20 rounds=5; fi
export PYTHONPATH=$MINIK_TOP/tests/integration PYTHONDONTWRITEBYTECODE=1 MINIK_PATIENCE
"$B/tests/integration/apiserver_main" "$T/d" 16443 secret-token >"$T/out" 2>"$T/api.log" & lib_pids="$lib_pids $!"
eventually 10 grep -q ready "$T/out" || { not_ok "API server" "$(cat "$T/api.log")"; exit 1; }
gcc -O1 -o "$T/hostnames" "$MINIK_TOP/examples/walkthrough/images/hostnames.c" 2>"$T/cc.log" || { cat "$T/cc.log"; skip_all "no compiler"; }
for i in 0 1 2 3; do openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=tls.example -keyout "$T/c$i.key" -out "$T/c$i.crt" 2>"$T/openssl.log"; done
backend() { "$T/hostnames" --port "$2" --prefix "$1 " >/dev/null 2>&1 & lib_pids="$lib_pids $!"; }
for p in 9001 9002 9003; do backend web $p; echo "$! $p"; done >"$T/pods"
backend other 9004; backend canary 9005
cat >"$T/echo.py" <<'P'
import base64, hashlib, socketserver
class H(socketserver.StreamRequestHandler):
    def handle(self):
        key = ""
        while (line := self.rfile.readline().decode().strip()):
            if line.lower().startswith("sec-websocket-key:"): key = line.split(":", 1)[1].strip()
        accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
        self.wfile.write(f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode())
        while (b := self.rfile.read(6)): self.wfile.write(b[::-1])
socketserver.ThreadingTCPServer.daemon_threads = True
socketserver.ThreadingTCPServer(("0.0.0.0", 9006), H).serve_forever()
P
python3 "$T/echo.py" & lib_pids="$lib_pids $!"
controller() {
	"$B/tests/integration/ingress_tool" "$T/d/admin.kubeconfig" "$T/run/ingress" "$T/data" 192.0.2.7 80 443 "hide=$T/run" "hide=$T/data" >>"$T/tool.out" 2>>"$T/tool.log" &
	tool=$!
	echo $tool >"$T/tool.pid"
	lib_pids="$lib_pids $tool"
}
# Pods that others have started are nobody's children any more.
end_pods() { local p; for p in $(cut -d" " -f1 "$T/pods"); do ! grep -qs "$T/hostnames" "/proc/$p/cmdline" || kill -KILL "$p"; done; }
trap 'kill_own $tool $loads; wait $tool $loads 2>/dev/null; end_pods; "$B/tests/integration/ingress_tool" cleanup "$T/run/ingress" >>"$T/tool.log" 2>&1; lib_cleanup' EXIT
change() { python3 "$MINIK_TOP/tests/integration/ingress_changes.py" "$T/d/admin.kubeconfig" "$T" "$@"; }
controller
eventually 10 curl -s -o /dev/null http://127.0.0.1/ || { not_ok "nginx answers" "$(cat "$T/tool.log")"; exit 1; }
check "objects are there" change setup 0 || exit 1

# --- nothing is lost ---
# wrk names the server by its URL, and each of its connections waits a little between two requests: what is measured is nginx and not a full machine.
printf '127.0.0.1 localhost load.example tls.example\n' >"$T/hosts" && mount --bind "$T/hosts" /etc/hosts
echo 'function delay() return 8 end' >"$T/slow.lua"
load() { exec wrk -t1 -c16 -d"${1}s" -s "$T/slow.lua" --latency "$2" >"$T/wrk.$3" 2>&1; }
p99() { awk '$1 == "99%" {n = $2 + 0; print $2 ~ /us$/ ? n / 1000 : $2 ~ /ms$/ ? n : n * 1000}' "$T/wrk.$1"; }
both() { load "$1" http://load.example/ "http$2" & loads=$!; load "$1" https://tls.example/ "https$2" & loads="$loads $!"; }
lossless() { for f in "$T/wrk.http$1" "$T/wrk.https$1"; do cat "$f"; grep -q 'requests in' "$f" || return 1; ! grep -E 'Socket errors|Non-2xx' "$f" || return 1; done; }
both 3600 ""
before=$(pgrep -P "$(cat "$T/run/ingress/own/nginx.pid")" | sort | tr '\n' ' ')
for what in "rules $((500 / part))" "pods $((500 / part))" "certs $((50 / part + 1))"; do
	out=$(change $what 2>&1) && ok "$out" || not_ok "$what" "$out"
done
kill -9 $tool; wait $tool 2>/dev/null
controller
out=$(change rules 4 2>&1) && ok "the controller killed and started again: $out" || not_ok "changes after the controller's restart" "$out"
kill -TERM $tool; wait $tool 2>/dev/null
controller
out=$(change certs 1 2>&1) && ok "and ended and started again: $out" || not_ok "changes after the controller's end" "$out"
kill -INT $loads; wait $loads; loads=
check "no request is lost: $(awk '/requests in/{printf "%s ", $1}' "$T/wrk.http" "$T/wrk.https")requests" lossless ""
check "nginx was not reloaded" [ "$before" = "$(pgrep -P "$(cat "$T/run/ingress/own/nginx.pid")" | sort | tr '\n' ' ')" ]

# --- p99: quiet and changing seconds in turns, because others use the machine now more, now less; medians ---
for r in $(seq $rounds); do
	both 3 quiet; wait $loads; loads=
	lossless quiet >"$T/lost" || { not_ok "no request is lost" "$(cat "$T/lost")"; break; }
	echo "quiet $(p99 httpquiet) $(p99 httpsquiet)"
	case $((r % 3)) in 0) what="certs 25" ;; 1) what="rules 25" ;; *) what="pods 25" ;; esac
	both 3 change
	CHANGES_A_SECOND=10 change $what >"$T/changed" 2>&1 || not_ok "$what" "$(cat "$T/changed")"
	wait $loads; loads=
	lossless change >"$T/lost" || { not_ok "no request is lost: $what" "$(cat "$T/lost")"; break; }
	echo "change $(p99 httpchange) $(p99 httpschange)"
done >"$T/p99"
if grep '^not ok' "$T/p99"; then lib_failed=1; cat "$T/p99"; else ok "no request is lost in $rounds turns of changes"; fi
# A figure, for it is the machine's load as much as nginx'.
sort -n -k2 "$T/p99" | awk '{v = $2 > $3 ? $2 : $3; a[$1, ++n[$1]] = v}
	function median(k,   i, j, t) { for (i = 2; i <= n[k]; i++) for (j = i; j > 1 && a[k, j] < a[k, j - 1]; j--) { t = a[k, j]; a[k, j] = a[k, j - 1]; a[k, j - 1] = t } return a[k, int((n[k] + 1) / 2)] }
	END {printf "# p99: quiet %s ms, while things change %s ms (medians of %d)\n", median("quiet"), median("change"), n["quiet"]}'

# --- many at once, many after another ---
out=$(change burst 500 2>&1) && ok "$out" || not_ok "500 changes at once" "$out"
out=$(change tables $((5000 / part)) 2>&1) && ok "$out" || not_ok "many tables" "$out"
check "nginx reports nothing bad" sh -c "! grep -E 'alert|emerg|crit|signal' '$T/data/ingress/nginx.log'"
exit $lib_failed
