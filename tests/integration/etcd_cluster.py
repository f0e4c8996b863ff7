"""Clients of servers that share a datastore: etcd_cluster.py SUBCOMMAND...

  services CLIENTS EACH KUBECONFIG...   as many clients, in turn at the servers, create so many Services each, all at once; every tenth
                                        wants a node port. Says how long it took; fails unless all were created.
  write STOP NAME KUBECONFIG            creates ConfigMaps NAME-1, NAME-2... until the file STOP is there. Prints 'acked NAME' for each that
                                        was answered 201, 'error MESSAGE' for each answer that was not, at last 'longest N' (ms without one).
"""
import http.client, json, os, sys, threading, time
from kubeconfig import read


class Api:
    def __init__(self, kubeconfig):
        self.host, self.port, self.tls = read(kubeconfig)
        self.conn = None

    def call(self, method, path, body=None):
        try:
            if not self.conn:
                self.conn = http.client.HTTPSConnection(self.host, self.port, context=self.tls, timeout=30)
            self.conn.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
            r = self.conn.getresponse()
            return r.status, json.loads(r.read())
        except (OSError, http.client.HTTPException) as e:
            self.conn = None
            return 0, {"message": str(e)}


def services(clients, each, *configs):
    bad = []

    def one(n):
        api = Api(configs[n % len(configs)])
        for i in range(int(each)):
            spec = {"selector": {"a": "b"}, "ports": [{"port": 80}], "type": "ClusterIP" if i % 10 else "NodePort"}
            status, o = api.call("POST", "/api/v1/namespaces/default/services", {"metadata": {"name": f"s-{n}-{i}"}, "spec": spec})
            if status != 201:
                bad.append(f"{status} {o.get('message')}")

    threads = [threading.Thread(target=one, args=(n,)) for n in range(int(clients))]
    start = time.monotonic()
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(f"{int(clients) * int(each)} Services in {time.monotonic() - start:.1f} s, {len(bad)} refused {bad[:2]}")
    return 1 if bad else 0


def write(stop, name, config):
    api, i, last, longest = Api(config), 0, time.monotonic(), 0
    while not os.path.exists(stop):
        i += 1
        status, o = api.call("POST", "/api/v1/namespaces/default/configmaps", {"metadata": {"name": f"{name}-{i}"}})
        if status == 201:
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
            print(f"acked {name}-{i}", flush=True)
        else:
            print(f"error {status} {o.get('message')}", flush=True)
        time.sleep(0.05)  # not a load, a pulse
    print(f"longest {max(longest, time.monotonic() - last) * 1000:.0f}", flush=True)
    return 0


sys.exit({"services": services, "write": write}[sys.argv[1]](*sys.argv[2:]))
