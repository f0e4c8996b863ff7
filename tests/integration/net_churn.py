"""Services that come, change and go, by HTTPS. net_churn.py KUBECONFIG SERVICES ROUNDS THREADS STEADY-JSON

STEADY-JSON: [{"name":..., "live":[[ADDRESS, NODE], ...]}]: Services without a selector whose endpoints change all the time, but all those pods live and at least
one of them is ready at any moment. SERVICES others are made, changed and deleted in each round, over pods of the first of these. Prints
'N changes, N s'; exit status 1 when an answer is not what it should be."""
import http.client, json, random, sys, threading, time
from kubeconfig import read

kubeconfig, services, rounds, n_threads, steady = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), json.loads(sys.argv[5])
host, port, tls = read(kubeconfig)
S, E = '/api/v1/namespaces/default/services', '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices'
changes, wrong = [0] * n_threads, []

class Api:
    def __init__(self): self.c = http.client.HTTPSConnection(host, port, context=tls, timeout=60)
    def __call__(self, who, method, path, body=None, want=(200, 201)):
        self.c.request(method, path, json.dumps(body) if body is not None else None, {'Content-Type': 'application/json'})
        r = self.c.getresponse()
        answer = r.read()
        changes[who] += 1
        if r.status not in want: wrong.append(f'{method} {path}: {r.status} {answer[:200]}')

def slice_of(name, live, ready, terminating=()):
    return {'apiVersion': 'discovery.k8s.io/v1', 'kind': 'EndpointSlice', 'metadata': {'name': name, 'labels': {'kubernetes.io/service-name': name}}, 'addressType': 'IPv4',
            'ports': [{'name': 't', 'port': 9376, 'protocol': 'TCP'}, {'name': 'lines', 'port': 9377, 'protocol': 'TCP'}, {'name': 'u', 'port': 9376, 'protocol': 'UDP'}],
            'endpoints': [{'addresses': [a], 'nodeName': n, 'conditions': {'ready': (a, n) in ready, 'serving': (a, n) in ready or (a, n) in terminating, 'terminating': (a, n) in terminating}}
                          for a, n in live]}

def service(name, **spec):
    return {'apiVersion': 'v1', 'kind': 'Service', 'metadata': {'name': name}, 'spec': dict(spec, ports=[{'name': 't', 'port': 80, 'targetPort': 9376}, {'name': 'lines', 'port': 81, 'targetPort': 9377},
            {'name': 'u', 'port': 80, 'protocol': 'UDP', 'targetPort': 9376}])}

over = threading.Event()
def flap(who, mine):
    """Endpoints that are not ready for a while, terminate, vanish from the slice and come back."""
    api, dice = Api(), random.Random(who)
    while not over.is_set():
        for s in mine:
            live = [tuple(x) for x in s['live']]
            ready = dice.sample(live, dice.randint(1, len(live)))
            rest = [x for x in live if x not in ready]
            shown = ready + [x for x in rest if dice.random() < 0.6]
            dice.shuffle(shown)
            api(who, 'PUT', f'{E}/{s["name"]}', slice_of(s['name'], shown, ready, [x for x in rest if dice.random() < 0.5]))
        over.wait(0.02)
    for s in mine:
        live = [tuple(x) for x in s['live']]
        api(who, 'PUT', f'{E}/{s["name"]}', slice_of(s['name'], live, live))

def churn(who, numbers):
    api, dice = Api(), random.Random(who)
    live = [tuple(x) for x in steady[0]['live']]
    for r in range(rounds):
        for i in numbers:
            name = f'churn-{i}'
            kind = {'type': 'NodePort'} if i % 10 == 0 else {'sessionAffinity': 'ClientIP'} if i % 10 == 1 else {'internalTrafficPolicy': 'Local'} if i % 10 == 2 else {}
            api(who, 'POST', S, service(name, **kind))
            api(who, 'POST', E, slice_of(name, live, live[:1 + i % len(live)]))
        for i in numbers:
            if i % 3: api(who, 'PUT', f'{E}/churn-{i}', slice_of(f'churn-{i}', live, dice.sample(live, dice.randint(0, len(live)))))
        for i in numbers:
            api(who, 'DELETE', f'{S}/churn-{i}')
            api(who, 'DELETE', f'{E}/churn-{i}', want=(200, 404)) # its owner is gone, and garbage collection may have been first

started = time.time()
flappers = max(1, n_threads // 4)
threads = [threading.Thread(target=flap, args=(w, steady[w::flappers])) for w in range(flappers)]
workers = [threading.Thread(target=churn, args=(w, range(w - flappers, services, n_threads - flappers))) for w in range(flappers, n_threads)]
for t in threads + workers: t.start()
for t in workers: t.join()
over.set()
for t in threads: t.join()
print(f'{sum(changes)} changes, {time.time() - started:.1f} s')
for w in wrong[:10]: print(w)
sys.exit(bool(wrong))
