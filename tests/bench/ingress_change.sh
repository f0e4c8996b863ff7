#!/bin/bash
# How long a change of an Ingress takes to have effect in nginx, with 100 and with 5,000 Ingresses beside: from the API server's answer to the
# first request that is routed by it. The controller alone (ingress_tool) against an API server alone; medians and worst of 20 changes.
# Budgets: 100 ms and 1 s. Usage: tests/bench/ingress_change.sh [BUILD_DIR]
MINIK_BUILD=${1:-${MINIK_BUILD:-build}}
. "$(dirname "$0")/../integration/lib.sh"
B=$(realpath "$MINIK_BUILD")
make -s -C "$B" tests/integration/apiserver_main tests/integration/ingress_tool >&2 || exit 1
set -- "$B"
enter_sandbox "$@"
chmod 711 "$T"
"$B/tests/integration/apiserver_main" "$T/d" 16443 secret-token >"$T/out" 2>"$T/api.log" & lib_pids="$lib_pids $!"
eventually 10 grep -q ready "$T/out"
"$B/tests/integration/ingress_tool" "$T/d/admin.kubeconfig" "$T/run/ingress" "$T/data" 192.0.2.7 80 443 "hide=$T/run" "hide=$T/data" >"$T/tool.out" 2>"$T/tool.log" & tool=$!
lib_pids="$lib_pids $tool"
trap 'kill_own $tool; wait $tool 2>/dev/null; "$B/tests/integration/ingress_tool" cleanup "$T/run/ingress"; lib_cleanup' EXIT
eventually 10 curl -s -o /dev/null http://127.0.0.1/
PYTHONPATH=$MINIK_TOP/tests/integration timeout 900 python3 - "$T/d/admin.kubeconfig" <<'P'
import http.client, json, statistics, sys, time
import kubeconfig
host, port, tls = kubeconfig.read(sys.argv[1])
c = http.client.HTTPSConnection(host, port, context=tls)
def call(method, path, o=None):
    c.request(method, path, json.dumps(o) if o is not None else None, {"Content-Type": "application/json"})
    r = c.getresponse(); b = r.read()
    if r.getheader("Connection") == "close": c.close()
    if r.status >= 300: sys.exit(f"{method} {path}: {r.status} {b[:300]}")
    return json.loads(b)
base = "/apis/networking.k8s.io/v1/namespaces/default/ingresses"
def ingress(name, target):
    return {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": name, "annotations": {"nginx.ingress.kubernetes.io/permanent-redirect": target}},
            "spec": {"ingressClassName": "nginx", "rules": [{"host": name + ".example", "http": {"paths": [
                {"path": p, "pathType": "Prefix", "backend": {"service": {"name": "web", "port": {"number": 80}}}} for p in ("/", "/api", "/static", "/admin", "/x")]}}]}}
call("POST", "/api/v1/namespaces/default/services", {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"ports": [{"port": 80}]}})
n = http.client.HTTPConnection("127.0.0.1", 80)
def location(name):
    n.request("GET", "/", headers={"Host": name + ".example"})
    r = n.getresponse(); r.read()
    return r.getheader("Location")
def wait(name, target):
    begin = time.monotonic()
    while location(name) != target:
        if time.monotonic() - begin > 60: sys.exit(f"{name}: {location(name)} instead of {target}")
        time.sleep(0.0005)
    return (time.monotonic() - begin) * 1000
made = 0
for count, budget in ((100, 100), (5000, 1000)):
    while made < count:
        call("POST", base, ingress(f"i{made}", "http://old.example/")); made += 1
    wait(f"i{made - 1}", "http://old.example/")
    time.sleep(3)  # statuses are written
    c.close()      # the server may have ended it meanwhile
    times = []
    for k in range(20):
        o = call("GET", f"{base}/i{k}")
        o["metadata"]["annotations"]["nginx.ingress.kubernetes.io/permanent-redirect"] = f"http://new.example/{count}"
        call("PUT", f"{base}/i{k}", o)
        times.append(wait(f"i{k}", f"http://new.example/{count}"))
    print(f"{count} Ingresses: a change has effect after {statistics.median(times):.1f} ms, at worst {max(times):.1f} ms (budget {budget} ms)", flush=True)
P
