#!/bin/bash
# nginx.conf whatever the objects are: hostile Ingresses, Gateways, routes, Services and ConfigMaps through the models and the generator
# (conf_tool); each configuration is one that `nginx -t` takes, and has no line but those of the golden files with other numbers and addresses.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
for p in nginx openssl python3; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
[ -e "$B/ingress/minik_module.so" ] || skip_all "this build is without nginx's module"
stream=/usr/lib/nginx/modules/ngx_stream_module.so
[ -e $stream ] || skip_all "no libnginx-mod-stream"
make -s -C "$B" tests/integration/conf_tool tests/integration/table_tool >&2 || skip_all "conf_tool cannot be built"
enter_sandbox "$@"
PATH=$PATH:/usr/sbin
chmod 711 "$T"
D=$T/conf
mkdir -p "$D/data/tmp" "$D/own" "$D/live"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=default -keyout "$D/key.pem" -out "$D/cert.pem" 2>/dev/null
printf '{"metadata":{"namespace":"default","name":"cert"},"type":"kubernetes.io/tls","data":{"tls.crt":"%s","tls.key":"%s"}}' "$(base64 -w0 "$D/cert.pem")" "$(base64 -w0 "$D/key.pem")" >"$D/secret.json"
echo '{}' | "$B/tests/integration/table_tool" "$D/live" || { not_ok "a table"; exit 1; }
[ "${MINIK_SOAK:-0}" = 1 ] && steps=10000 || steps=500
seed=${SEED:-$(date +%s)}
echo "# seed $seed"
check "every world has a configuration" "$B/tests/integration/conf_tool" "$D" "$B/ingress/minik_module.so" $stream $steps "$seed" || exit 1

cat >"$T/grammar.py" <<'P'
import glob, re, sys
def shape(line):
    line = re.sub(r'"[^"]*"', '"PATH"', line.strip())
    line = re.sub(r'\b[0-9a-f]{16}\b', 'ID', line)
    line = re.sub(r'\[[0-9a-f:]+\]', 'ADDR', line)
    line = re.sub(r'\b\d+\.\d+\.\d+\.\d+\b', 'ADDR', line)
    line = re.sub(r'(?<=[ ,])[0-9a-f]*::?[0-9a-f:]+(?=[/; ])', 'ADDR', line)
    return re.sub(r'\d+', 'N', line)
known = {shape(l) for f in glob.glob(sys.argv[1] + "/nginx*.conf") for l in open(f)}
# What no golden file has: fewer resolvers, ports with the PROXY protocol or without.
known |= set(sys.argv[3].split("|"))
bad, said = 0, set()
for f in sorted(glob.glob(sys.argv[2] + "/*.conf")):
    for l in open(f):
        if shape(l) not in known:
            bad += 1
            if shape(l) not in said: print(f, repr(l), repr(shape(l)))
            said.add(shape(l))
sys.exit(bad != 0)
P
check "no line but the grammar's" python3 "$T/grammar.py" "$MINIK_TOP/tests/unit/ingress/golden" "$D" \
	"resolver ADDR;|resolver ADDR ipvN=off;|listen N so_keepalive=on;|listen ADDR:N ipvNonly=on so_keepalive=on;"
bad=0 n=0
for f in "$D"/*.conf; do
	n=$((n + 1))
	nginx -t -p "$D" -c "$f" >"$T/out" 2>&1 && continue
	bad=$((bad + 1))
	[ $bad -gt 5 ] || { cp "$f" "$T/bad.conf"; cat "$T/out"; }
done
[ $bad = 0 ] && [ $n -gt 50 ] && ok "nginx takes each of them" || not_ok "nginx takes each of them" "$bad of $n are refused (SEED=$seed)"
