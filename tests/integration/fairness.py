"""Priority and fairness as users see it. A slow request is a list of everything, larger than what sockets hold, that its client does not read."""
import re
import socket
import ssl

from kube import *

GROUP = "/apis/flowcontrol.apiserver.k8s.io/v1"
FS, PL = GROUP + "/flowschemas", GROUP + "/prioritylevelconfigurations"
BIG = "/api/v1/namespaces/big/configmaps"
UIDS = ("X-Kubernetes-PF-FlowSchema-UID", "X-Kubernetes-PF-PriorityLevel-UID")
admin = Client(os.environ["KUBECONFIG"])


def as_user(name):
    return Client(os.environ["KUBECONFIG"], name)


def uids(o):
    return o["metadata"]["uid"]


def level(name, shares=1, queuing=None, **more):
    response = {"type": "Queue", "queuing": queuing} if queuing else {"type": "Reject"}
    return {"metadata": {"name": name}, "spec": {"type": "Limited", "limited": {"nominalConcurrencyShares": shares, "limitResponse": response, **more}}}


def schema(name, pl, users, precedence=1000, method="ByUser"):
    every = {"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "namespaces": ["*"], "clusterScope": True}
    return {"metadata": {"name": name}, "spec": {
        "priorityLevelConfiguration": {"name": pl}, "matchingPrecedence": precedence, "distinguisherMethod": {"type": method},
        "rules": [{"subjects": [{"kind": "User", "user": {"name": u}} for u in users], "resourceRules": [every],
                   "nonResourceRules": [{"verbs": ["*"], "nonResourceURLs": ["*"]}]}]}}


def condition(name):
    c = [x for x in admin.get(FS + "/" + name).get("status", {}).get("conditions", []) if x["type"] == "Dangling"]
    return c and (c[0]["status"], c[0]["reason"], c[0]["message"])


def metrics():
    """{(name, schema or None, level): value}, reasons and buckets summed."""
    out = {}
    for line in admin.send("GET", "/metrics")[2].decode().splitlines():
        m = re.match(r"apiserver_flowcontrol_(\w+)\{(.*)\} (\d+)$", line)
        if m:
            labels = dict(re.findall(r'(\w+)="([^"]*)"', m.group(2)))
            key = (m.group(1), labels.get("flow_schema"), labels["priority_level"])
            out[key] = out.get(key, 0) + int(m.group(3))
    return out


def executing(fs, pl):
    return metrics().get(("current_executing_requests", fs, pl), 0)


def waiting(fs, pl):
    return metrics().get(("current_inqueue_requests", fs, pl), 0)


class Slow:
    """A request that is under way and stays so: its answer is not read."""

    def __init__(self, user, path=BIG):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.connect((admin.host, admin.port))
        self.s = admin.context.wrap_socket(s, server_hostname=admin.host)
        self.s.settimeout(60)
        self.s.sendall(("GET %s HTTP/1.1\r\nHost: x\r\nImpersonate-User: %s\r\n\r\n" % (path, user)).encode())

    def head(self):
        return self.s.recv(2000).decode(errors="replace")

    def close(self):
        self.s.close()


def quick(user):
    return as_user(user).send("GET", "/api/v1/namespaces/default")


def setup():
    admin.create("/api/v1/namespaces", {"metadata": {"name": "big"}})
    data = {"x": "x" * 10000}
    for i in range(1500):  # more than a page: the list has its seat until the last one has left
        admin.create(BIG, {"metadata": {"name": "m%d" % i}, "data": data})
    admin.create("/apis/rbac.authorization.k8s.io/v1/clusterroles", {"metadata": {"name": "reader"}, "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]})
    admin.create("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", {
        "metadata": {"name": "readers"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "reader"},
        "subjects": [{"kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": "system:authenticated"}]})
    eventually(lambda: quick("somebody")[0] == 200)


def defaults():
    with Behaviour("what every cluster has is there, with its levels found"):
        same({n["metadata"]["name"]: (n["spec"]["matchingPrecedence"], n["spec"]["priorityLevelConfiguration"]["name"]) for n in admin.get(FS)["items"]},
             {"exempt": (1, "exempt"), "probes": (2, "exempt"), "system-leader-election": (100, "leader-election"), "system-node-high": (400, "node-high"),
              "system-nodes": (500, "system"), "kube-controller-manager": (800, "workload-high"), "kube-scheduler": (800, "workload-high"),
              "kube-system-service-accounts": (900, "workload-high"), "service-accounts": (9000, "workload-low"), "global-default": (9900, "global-default"),
              "catch-all": (10000, "catch-all")})
        same({n["metadata"]["name"]: n["spec"].get("limited", {}).get("nominalConcurrencyShares") for n in admin.get(PL)["items"]},
             {"exempt": None, "catch-all": 5, "system": 30, "node-high": 40, "leader-election": 10, "workload-high": 40, "workload-low": 100, "global-default": 20})
        for n in admin.get(FS)["items"]:
            eventually(lambda: condition(n["metadata"]["name"])[:2] == ("False", "Found"))
    with Behaviour("mandatory ones cannot be changed, nor deleted for good"):
        for path, names in ((FS, ("exempt", "catch-all")), (PL, ("exempt", "catch-all"))):
            for name in names:
                was = uids(admin.get(path + "/" + name))
                admin.delete(path + "/" + name)
                eventually(lambda: uids(admin.get(path + "/" + name)) != was)
        refused(422, admin.patch, FS + "/catch-all", {"spec": {"matchingPrecedence": 9999}}, contains="spec of 'catch-all' must equal the fixed value")
        refused(422, admin.patch, PL + "/catch-all", {"spec": {"limited": {"nominalConcurrencyShares": 6}}}, contains="spec of 'catch-all' must equal the fixed value")
        refused(422, admin.patch, PL + "/exempt", {"spec": {"exempt": None, "type": "Limited", "limited": {"limitResponse": {"type": "Reject"}}}}, contains="must equal the fixed value")
        admin.patch(PL + "/exempt", {"spec": {"exempt": {"nominalConcurrencyShares": 1}}})
        admin.patch(PL + "/exempt", {"spec": {"exempt": {"nominalConcurrencyShares": 0}}})
    with Behaviour("suggested ones are kept while their annotation says so"):
        note = "apf.kubernetes.io/autoupdate-spec"
        admin.patch(PL + "/workload-low", {"spec": {"limited": {"nominalConcurrencyShares": 7}}})
        eventually(lambda: admin.get(PL + "/workload-low")["spec"]["limited"]["nominalConcurrencyShares"] == 100)
        admin.patch(PL + "/workload-low", {"metadata": {"annotations": {note: "false"}}, "spec": {"limited": {"nominalConcurrencyShares": 7}}})
        admin.delete(FS + "/probes")  # what comes behind it shows that the change has been seen
        eventually(lambda: admin.get(FS + "/probes"))
        same(admin.get(PL + "/workload-low")["spec"]["limited"]["nominalConcurrencyShares"], 7)
        admin.patch(PL + "/workload-low", {"metadata": {"annotations": {note: "true"}}})
        eventually(lambda: admin.get(PL + "/workload-low")["spec"]["limited"]["nominalConcurrencyShares"] == 100)
    with Behaviour("what has the annotation and is not the server's goes"):
        admin.create(PL, {**level("stray"), "metadata": {"name": "stray", "annotations": {note: "true"}}})
        eventually(lambda: admin.send("GET", PL + "/stray")[0] == 404)


def classification():
    with Behaviour("API priority and fairness should ensure that requests can be classified by adding FlowSchema and PriorityLevelConfiguration"):
        pl = admin.create(PL, level("e2e-level"))
        fs = admin.create(FS, schema("e2e-schema", "e2e-level", ["noxu"]))
        eventually(lambda: condition("e2e-schema") == ("False", "Found", 'This FlowSchema references the PriorityLevelConfiguration object named "e2e-level" and it exists'))
        assert ("nominal_limit_seats", None, "e2e-level") in metrics(), "no metric of the level"
        for path in ("/version", "/api/v1/namespaces/default", "/api/v1/namespaces/default/pods/none", "/nonsense"):
            h = as_user("noxu").send("GET", path)[1]
            same((h[UIDS[0]], h[UIDS[1]]), (uids(fs), uids(pl)), path)
        h = as_user("foo").send("GET", "/version")[1]
        same((h[UIDS[0]], h[UIDS[1]]), (uids(admin.get(FS + "/global-default")), uids(admin.get(PL + "/global-default"))))
    with Behaviour("a refusal by authorization is classified, one by authentication is not"):
        admin.create(FS, schema("anonymous", "e2e-level", ["system:anonymous"]))
        c = http.client.HTTPSConnection(admin.host, admin.port, context=anonymous, timeout=30)
        eventually(lambda: ask(c, "/api/v1/secrets")[1][UIDS[1]] == uids(pl))
        same(ask(c, "/api/v1/secrets")[0], 403)
        code, h = ask(c, "/api", {"Authorization": "Bearer nonsense"})
        same((code, h[UIDS[0]]), (401, None))
    with Behaviour("a FlowSchema without its level says so and has no effect"):
        admin.create(FS, schema("dangling", "no-such-level", ["noxu"], precedence=3))
        eventually(lambda: condition("dangling") == ("True", "NotFound", 'This FlowSchema references the PriorityLevelConfiguration object named "no-such-level" but there is no such object'))
        same(as_user("noxu").send("GET", "/version")[1][UIDS[0]], uids(fs))
        made = admin.create(PL, level("no-such-level"))
        eventually(lambda: condition("dangling")[0] == "False")
        same(as_user("noxu").send("GET", "/version")[1][UIDS[1]], uids(made))
        admin.delete(PL + "/no-such-level")
        eventually(lambda: condition("dangling")[0] == "True")
        same(as_user("noxu").send("GET", "/version")[1][UIDS[1]], uids(pl))
    for name in ("dangling", "anonymous", "e2e-schema"):
        admin.delete(FS + "/" + name)
    admin.delete(PL + "/e2e-level")


def ask(c, path, headers=None):
    c.request("GET", path, headers=headers or {})
    r = c.getresponse()
    r.read()
    return r.status, r.headers


def rejecting():
    pl = admin.create(PL, level("small", borrowingLimitPercent=0))
    fs = admin.create(FS, schema("small", "small", ["greedy"]))
    eventually(lambda: quick("greedy")[1][UIDS[0]] == uids(fs))
    seats = metrics()[("nominal_limit_seats", None, "small")]
    slow = []
    with Behaviour("a level without queues refuses who is too many, with 429, Retry-After and the headers"):
        slow = [Slow("greedy") for _ in range(seats)]
        for s in slow:
            assert " 200 " in s.head().split("\r\n")[0]
        same(executing("small", "small"), seats)
        code, h, text = quick("greedy")
        same((code, text), (429, b"Too many requests, please try again later.\n"))
        assert int(h["Retry-After"]) >= 1, h["Retry-After"]
        same((h[UIDS[0]], h[UIDS[1]]), (uids(fs), uids(pl)))
        assert metrics()[("rejected_requests_total", "small", "small")] >= 1
    with Behaviour("others do not notice"):
        for who in ("modest", "system:kube-scheduler"):
            same(quick(who)[0], 200, who)
        same(admin.send("GET", "/api/v1/namespaces/default")[0], 200)
    with Behaviour("requests that run long are past it: a log, a proxy; watches are not"):
        same(as_user("greedy").send("GET", "/api/v1/namespaces/default/pods/none/log")[0], 404)
        same(as_user("greedy").send("GET", "/api/v1/namespaces/default/services/none/proxy/")[0], 404)
        same(as_user("greedy").send("GET", "/api/v1/pods?watch=1&timeoutSeconds=1")[0], 429)
    with Behaviour("a client that goes gives its place back"):
        slow.pop().close()
        eventually(lambda: quick("greedy")[0] == 200)
    with Behaviour("a watch takes no seat once it is initialized"):
        watches = []
        for _ in range(20):
            w = eventually(lambda: Watch(as_user("greedy"), "/api/v1/namespaces/default/configmaps"))
            watches.append(w)
        eventually(lambda: executing("small", "small") == seats - 1)
        for w in watches:
            w.close()
    with Behaviour("a level that grows or shrinks does so at once"):
        slow.append(Slow("greedy"))
        slow[-1].head()
        same(quick("greedy")[0], 429)
        admin.patch(PL + "/small", {"spec": {"limited": {"nominalConcurrencyShares": 100}}})
        eventually(lambda: quick("greedy")[0] == 200, 2)
        admin.patch(PL + "/small", {"spec": {"limited": {"nominalConcurrencyShares": 1}}})
        eventually(lambda: quick("greedy")[0] == 429, 2)
    with Behaviour("a level that may borrow uses idle seats"):
        admin.patch(PL + "/small", {"spec": {"limited": {"borrowingLimitPercent": None}}})
        eventually(lambda: quick("greedy")[0] == 200, 2)
        same(quick("modest")[0], 200)
    for s in slow:
        s.close()
    eventually(lambda: executing("small", "small") == 0)
    admin.delete(FS + "/small")
    admin.delete(PL + "/small")


def inner():
    with Behaviour("deleting a collection needs one seat, however many it deletes"):
        pl = admin.create(PL, level("one-seat", shares=0, borrowingLimitPercent=0))
        fs = admin.create(FS, schema("one-seat", "one-seat", ["deleter"]))
        eventually(lambda: quick("deleter")[1][UIDS[0]] == uids(fs))
        same(quick("deleter")[0], 429)  # none, without shares
        admin.patch(PL + "/one-seat", {"spec": {"limited": {"nominalConcurrencyShares": 1}}})
        eventually(lambda: quick("deleter")[0] == 200)
        same(metrics()[("nominal_limit_seats", None, pl["metadata"]["name"])], 1)
        for i in range(20):
            admin.create("/api/v1/namespaces/default/configmaps", {"metadata": {"name": "del-%d" % i, "labels": {"del": "yes"}}})
        eventually(lambda: as_user("deleter").send("DELETE", "/api/v1/namespaces/default/configmaps?labelSelector=del%3Dyes")[0] == 200)
        same(admin.get("/api/v1/namespaces/default/configmaps?labelSelector=del%3Dyes")["items"], [])
        admin.delete(FS + "/one-seat")
        admin.delete(PL + "/one-seat")


def queueing():
    queues = {"queues": 1000000, "handSize": 1, "queueLengthLimit": 5}  # so many that two users do not share one
    admin.create(PL, level("queued", queuing=queues, borrowingLimitPercent=0))
    fs = admin.create(FS, schema("queued", "queued", ["greedy", "modest"]))
    eventually(lambda: quick("greedy")[1][UIDS[0]] == uids(fs))
    seats = metrics()[("nominal_limit_seats", None, "queued")]
    slow, lined = [], []
    with Behaviour("who finds no seat waits; whose queue is full is refused"):
        slow = [Slow("greedy") for _ in range(seats)]
        for s in slow:
            s.head()
        lined = [Slow("greedy", "/api/v1/namespaces/default?timeout=200s") for _ in range(5)]
        eventually(lambda: waiting("queued", "queued") == 5)
        same(quick("greedy")[0], 429)
    with Behaviour("exempt requests never wait"):
        same(admin.send("GET", "/api/v1/namespaces/default")[0], 200)
        same(quick("somebody")[0], 200)
    with Behaviour("a client that goes while it waits leaves its place"):
        lined.pop().close()
        eventually(lambda: waiting("queued", "queued") == 4)
        lined.append(Slow("greedy", "/api/v1/namespaces/default?timeout=200s"))
        eventually(lambda: waiting("queued", "queued") == 5)
    with Behaviour("waiting has an end: a quarter of the request's time"):
        start = time.monotonic()
        s = Slow("modest", "/api/v1/namespaces/default?timeout=4s")
        head = s.head()
        s.close()
        took = time.monotonic() - start
        assert " 429 " in head.split("\r\n")[0] and "Retry-After" in head, head[:200]
        assert 0.9 <= took < 10, took
    with Behaviour("when a seat is free, who asks for little does not wait for all of who asks for much"):
        mine = Slow("modest", "/api/v1/namespaces/default?timeout=200s")
        eventually(lambda: waiting("queued", "queued") == 6)
        slow.pop().close()
        assert " 200 " in mine.head().split("\r\n")[0]
        for s in lined:
            assert " 200 " in s.head().split("\r\n")[0], "who waited"
            s.close()
        mine.close()
        same(waiting("queued", "queued"), 0)
    with Behaviour("who waits is served when the level grows, and when its objects are deleted"):
        slow.append(Slow("greedy"))
        slow[-1].head()
        a, b = Slow("greedy", "/version?timeout=200s"), Slow("modest", "/version?timeout=200s")
        eventually(lambda: waiting("queued", "queued") == 2)
        admin.patch(PL + "/queued", {"spec": {"limited": {"nominalConcurrencyShares": 100}}})
        for s in (a, b):
            assert " 200 " in s.head().split("\r\n")[0]
            s.close()
        admin.patch(PL + "/queued", {"spec": {"limited": {"nominalConcurrencyShares": 1}}})
        eventually(lambda: metrics()[("nominal_limit_seats", None, "queued")] == seats)
        a = Slow("greedy", "/version?timeout=200s")
        eventually(lambda: waiting("queued", "queued") == 1)
        admin.delete(FS + "/queued")
        admin.delete(PL + "/queued")
        same(quick("greedy")[0], 200)
        slow.pop().close()
        assert " 200 " in a.head().split("\r\n")[0]
        a.close()
    for s in slow:
        s.close()
    eventually(lambda: ("nominal_limit_seats", None, "queued") not in metrics())


def work():
    """How many seats a request takes, as kube-apiserver's work estimators have it."""
    admin.create(PL, level("wide", shares=100, borrowingLimitPercent=0))
    fs = admin.create(FS, schema("wide", "wide", ["wide"]))
    eventually(lambda: quick("wide")[1][UIDS[0]] == uids(fs))
    nominal = metrics()[("nominal_limit_seats", None, "wide")]
    same(nominal, 18)
    user = as_user("wide")

    def seats(method, path, body=None):
        before = metrics()[("work_estimated_seats_sum", "wide", "wide")]
        code = user.send(method, path, body, {"Content-Type": "application/merge-patch+json"} if method == "PATCH" else None)[0]
        assert code in (200, 201), code
        return metrics()[("work_estimated_seats_sum", "wide", "wide")] - before

    def watch_seats(**query):
        eventually(lambda: executing("wide", "wide") == 0)  # the one before, which was left in its beginning
        before = metrics()[("work_estimated_seats_sum", "wide", "wide")]
        w = Watch(user, BIG, **query)
        w.close()
        return metrics()[("work_estimated_seats_sum", "wide", "wide")] - before

    with Behaviour("a list takes a seat for 100 KB of what it has in memory at once, ten at most"):
        same(seats("GET", BIG + "?limit=5"), 1)
        same(seats("GET", BIG + "?limit=25"), 3)
        same(seats("GET", BIG + "?limit=45"), 5)
        same(seats("GET", BIG + "?limit=500"), 10)
        same(seats("GET", BIG + "?labelSelector=a%3Db"), 10)
    with Behaviour("what is one object's takes one"):
        same(seats("GET", BIG + "?fieldSelector=metadata.name%3Dm1"), 1)
        same(seats("GET", BIG + "/m1"), 1)
        same(seats("GET", "/api/v1/namespaces/default"), 1)
        same(seats("GET", "/version"), 1)
    with Behaviour("a watch takes as many when it begins with all there is"):
        rv = admin.get(BIG + "?limit=1")["metadata"]["resourceVersion"]
        same(watch_seats(resourceVersion=rv), 1)
        same(watch_seats(resourceVersion=rv, sendInitialEvents="true", resourceVersionMatch="NotOlderThan", allowWatchBookmarks="true"), 10)
        same(watch_seats(resourceVersion="0"), 10)
        same(watch_seats(), 10)
    with Behaviour("of a level of %d seats a list has ten: no other one, but small requests" % nominal):
        slow = Slow("wide")
        assert " 200 " in slow.head().split("\r\n")[0]
        same((executing("wide", "wide"), metrics()[("current_executing_seats", None, "wide")]), (1, 10))
        same(user.send("GET", BIG)[0], 429)
        same(quick("wide")[0], 200)
        slow.close()
        eventually(lambda: metrics()[("current_executing_seats", None, "wide")] == 0)
        same(user.send("GET", BIG + "?limit=500")[0], 200)
    with Behaviour("a write takes a seat for ten watches that hear of it"):
        here = "/api/v1/namespaces/default/configmaps"
        name = iter(range(1000))

        def write(path=here):
            return seats("POST", path, {"metadata": {"name": "heard-%d" % next(name)}})

        same(write(), 1)
        watches = [Watch(admin, here) for _ in range(25)]
        same(write(), 3)
        same(seats("PUT", here + "/heard-0", {"metadata": {"name": "heard-0"}, "data": {"a": "b"}}), 3)
        same(seats("DELETE", here + "/heard-0"), 3)
        same(write(BIG), 1)  # elsewhere
        one = [Watch(admin, here, fieldSelector="metadata.name=heard-1") for _ in range(20)]
        same(write(), 3)  # which these do not hear
        same(seats("PATCH", here + "/heard-1", {"data": {"a": "b"}}), 5)
        more = [Watch(admin, here) for _ in range(120)]
        same(write(), 10)
        eventually(lambda: metrics()[("current_executing_seats", None, "wide")] == 0)  # also those that were kept for the events
        for w in watches + one + more:
            w.close()
        eventually(lambda: write() == 1)
    admin.delete(FS + "/wide")
    admin.delete(PL + "/wide")
    with Behaviour("who waits for seats that are kept for events gets them"):
        pl = admin.create(PL, level("kept", shares=30, queuing={"queues": 1, "handSize": 1, "queueLengthLimit": 100}, borrowingLimitPercent=0))
        fs = admin.create(FS, schema("kept", "kept", ["kept"]))
        eventually(lambda: quick("kept")[1][UIDS[0]] == uids(fs))
        watches = [Watch(admin, here) for _ in range(60)]
        codes, threads = [], []

        def writer(k):
            mine = as_user("kept")
            for i in range(20):
                codes.append(mine.send("POST", here, {"metadata": {"name": "kept-%d-%d" % (k, i)}})[0])
        threads = [threading.Thread(target=writer, args=(k,)) for k in range(30)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        same(set(codes), {201})
        eventually(lambda: metrics()[("current_executing_seats", None, "kept")] == 0)
        for w in watches:
            w.close()
        admin.delete(FS + "/kept")
        admin.delete(PL + "/kept")


def drown(c):
    """test/e2e/apimachinery/flowcontrol.go: two clients at different rates; the greedy one has twice as many connections as there are seats."""
    def load(user, connections, qps, seconds, out):
        def one():
            mine, end, n = as_user(user), time.monotonic() + seconds, 0
            step = time.monotonic()
            while time.monotonic() < end:
                code = mine.send("GET", "/api/v1/namespaces/default")[0]
                out.append(code)
                step += 1 / qps
                time.sleep(max(0, step - time.monotonic()))
        return [threading.Thread(target=one) for _ in range(connections)]

    for name, users in (("priority", (["highqps"], ["lowqps"])), ("fairness", (["highqps", "lowqps"],))):
        with Behaviour("API priority and fairness should ensure that requests can't be drowned out (%s)" % name):
            for i, u in enumerate(users):
                admin.create(PL, level("drown-%s-%d" % (name, i), queuing={"queues": 64, "handSize": 6, "queueLengthLimit": 50}))
                admin.create(FS, schema("drown-%s-%d" % (name, i), "drown-%s-%d" % (name, i), u, precedence=999 + i))
            eventually(lambda: all(condition("drown-%s-%d" % (name, i)) for i in range(len(users))))
            high, low = [], []
            threads = load("highqps", 4, 90, 4, high) + load("lowqps", 1, 4, 4, low)
            for t in threads:
                t.start()
            for t in threads:
                t.join()
            assert len(low) >= 0.75 * 4 * 4 and low.count(200) == len(low), "%d of lowqps: %s" % (len(low), set(low))
            assert high.count(200) >= 0.9 * len(high), set(high)
            for i in range(len(users)):
                admin.delete(FS + "/drown-%s-%d" % (name, i))
                admin.delete(PL + "/drown-%s-%d" % (name, i))


def validation():
    def bad(path, body, *words):
        with Behaviour("refused: " + words[0]):
            refused(422, admin.create, path, body, contains=list(words))

    def fs(**spec):
        o = schema("bad", "exempt", ["x"])
        o["spec"].update(spec)
        return o

    def rule(**r):
        return fs(rules=[{**schema("bad", "x", ["x"])["spec"]["rules"][0], **r}])

    def res(**r):
        return rule(resourceRules=[{"verbs": ["get"], "apiGroups": [""], "resources": ["pods"], "namespaces": ["a"], **r}])

    def url(u):
        return rule(nonResourceRules=[{"verbs": ["get"], "nonResourceURLs": [u]}])

    bad(FS, fs(matchingPrecedence=1), "only the schema named 'exempt' may have matchingPrecedence 1")
    bad(FS, fs(matchingPrecedence=10001), "must not be greater than 10000")
    bad(FS, fs(distinguisherMethod={"type": "ByMoon"}), 'Unsupported value: {\\"Type\\":\\"ByMoon\\"}: supported values: \\"ByNamespace\\", \\"ByUser\\"')
    bad(FS, rule(subjects=[]), "subjects must contain at least one value")
    bad(FS, rule(subjects=[{"kind": "User", "group": {"name": "x"}}]), "user is required when subject kind is 'User'", "group is forbidden when subject kind is not 'Group'")
    bad(FS, rule(subjects=[{"kind": "ServiceAccount", "serviceAccount": {"name": "x", "namespace": ""}}]), "must specify namespace for service account")
    bad(FS, rule(resourceRules=[], nonResourceRules=[]), "at least one of resourceRules and nonResourceRules has to be non-empty")
    bad(FS, res(verbs=["get", "*"]), "if '*' is present, must not specify other verbs")
    bad(FS, res(verbs=["push"]), 'spec.rules[0].resourceRules[0].verbs: Unsupported value: [\\"push\\"]')
    bad(FS, res(namespaces=[]), "resource rules that are not cluster scoped must supply at least one namespace")
    bad(FS, res(namespaces=["A_b"]), "each member of this list must be '*' or a DNS-1123 label")
    bad(FS, url("x"), "must start with slash")
    bad(FS, url("/a*"), "wildcard can only do suffix matching")
    bad(PL, {"metadata": {"name": "bad"}, "spec": {"type": "Exempt"}}, "must be 'Exempt' if and only if `name` is 'exempt'")
    bad(PL, level("bad", -1), "must be a non-negative integer")
    bad(PL, level("bad", lendablePercent=101), "must be between 0 and 100, inclusive")
    bad(PL, level("bad", borrowingLimitPercent=-1), "if specified, must be a non-negative integer")
    bad(PL, level("bad", queuing={"queues": 4, "handSize": 5}), "should not be greater than queues (4)")
    bad(PL, level("bad", queuing={"queues": 1024, "handSize": 7}), "required entropy bits of deckSize 1024 and handSize 7 should not be greater than 60")
    bad(PL, level("bad", queuing={"queues": 10000001}), "must not be greater than 10000000")
    with Behaviour("defaults of a level"):
        o = admin.create(PL, {"metadata": {"name": "plain"}, "spec": {"type": "Limited", "limited": {"limitResponse": {"type": "Queue", "queuing": {}}}}})
        same(o["spec"]["limited"], {"nominalConcurrencyShares": 30, "lendablePercent": 0,
                                    "limitResponse": {"type": "Queue", "queuing": {"queues": 64, "handSize": 8, "queueLengthLimit": 50}}})
        admin.delete(PL + "/plain")


anonymous = ssl.create_default_context(cadata=admin.ca)
anonymous.check_hostname = False
setup()
defaults()
classification()
rejecting()
inner()
queueing()
work()
drown(admin)
validation()
sys.exit(failed)
