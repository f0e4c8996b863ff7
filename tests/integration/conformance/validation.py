"""The table of faults at both servers: every rich object of fault_objects.py with one thing wrong, created, updated, patched, and its status; whole answers are compared.

PEER_KUBECONFIG is kube-apiserver's, KUBECONFIG minik's. Only every FAULTS_SAMPLE-th request is sent, the same ones each time (1: all of them); DIFF_PARTS and
DIFF_ONLY (regular expressions on parts and requests) narrow it."""
import concurrent.futures
import http.client
import zlib

import fault_objects
from differ import *
from differential import csr_request
from faults import *

NS = fault_objects.NS
SAMPLE = int(os.environ.get("FAULTS_SAMPLE", "1"))

# (what request, what line of the difference, why it stays): both regular expressions.
KNOWN = [
    (r" spec\.(template\.spec\.|jobTemplate\.spec\.template\.spec\.)?resources=", r"(?s)example\.com/gpu.*ephemeral-storage|ephemeral-storage.*example\.com/gpu", "a Go map has no order"),
    (r"^statefulsets\S* \S+ update spec\.volumeClaimTemplates\[1\]=\{\}", r"spec\.template\.spec\.volumes\[[01]\]", "a Go map has no order"),
    (r"^pods\S* \S+ update spec\.schedulingGates=\[\{\"name\": \"example.com/wait0", r"found new scheduling gate|causes\[\d+\]\.(field|message): \"(spec\.schedulingGates|Forbidden: only deletion)", "a Go map has no order"),
    (r"^pods\S* \S+ update spec\.nodeSelector", r"only additions to spec\.nodeSelector", "{} is told from nothing until it is stored"),
    (r"^servicecidrs\S* \S+ update spec\.cidrs=\[\]", r"field is immutable", "[] is told from nothing until it is stored"),
    (r"^jobs\S* \S+ create spec\.podFailurePolicy\.rules=\[\]", r"spec\.podFailurePolicy\.rules: absent -> \[\]", "an empty list that is required is null and not []"),
    (r"^nodes\S* \S+ status status\.allocatable=\{\}", r"f:allocatable: absent", "{} is told from nothing until it is stored, so its default is nobody's"),
    (r"^endpointslices\S* \S+ update endpoints\[0\]\.deprecatedTopology", r"metadata\.generation", "a field that is taken away is counted"),
    (r"^persistentvolume(claim)?s\S* \S+ (update|patch) ", r"(?s)\.body\.message: .*is immutable after creation", "the difference of two Go structures follows, and what is behind it is not compared"),
    (r" patch \S+=2147483648$", r"", "in a strategic merge patch a number beyond 32 bits becomes another; here it is refused"),
    (r"^csinodes", r"topologyKeys|spec\.drivers: absent -> \[\]", "an empty list that is required is [] and not null"),
    (r"^limitranges", r"spec\.limits: absent -> \[\]", "likewise"),
    (r"^resourcequotas\S* \S+ (status|get with status|free|delete)", r"metadata\.managedFields", "likewise whose it is"),
    (r"^resourcequotas", r"\.status\.(used|hard)", "kept by minik's API server itself, in Kubernetes by a controller, which does not run here"),
    (r"^certificatesigningrequests", r'\.spec\.extra: \{"authentication\.kubernetes\.io/credential-id": [^}]*\} -> absent', "a certificate's hash is not made a credential-id of its user"),
    (r"^customresourcedefinitions", r'are not evaluated"', "and minik says so"),
    (r"^apiservices", r"\.status\.conditions: \[.*\"Available\"", "nothing is aggregated here"),
    (r"^customresourcedefinitions\S* \S+ (create|delete)$", r"\.metadata\.finalizers|\.status\.(acceptedNames|conditions)", "what Kubernetes' controllers do in a moment is done at once"),
    (r"webhookconfigurations\S* \S+ \w+ webhooks\[\d\]\.matchConditions=", r"match conditions are CEL expressions", "CEL is refused"),
    (r"^statefulsets\.apps rich update spec\.updateStrategy\.rollingUpdate=gone", r"f:rollingUpdate: \{\"f:maxUnavailable\": \{\}\} -> absent", "who takes away a field whose gate is off owns it there"),
]


def settled(s):
    """What a server does of itself to an object of a kind before it lets it be, as a test of the object; None: nothing."""
    if s.kind == "APIService":  # kube-apiserver soon says that there is no such service; minik never does
        start = []
        return lambda o: start.append(time.monotonic()) or o.get("status", {}).get("conditions") or start[-1] - start[0] > 3
    wanted = {"CustomResourceDefinition": "Established", "FlowSchema": "Dangling"}.get(s.kind)
    return wanted and (lambda o: any(c["type"] == wanted and c["status"] == ("True" if wanted == "Established" else "False") for c in o.get("status", {}).get("conditions") or []))


def without_servers(v):
    """An object without what servers note of themselves: minik and kube-apiserver keep the status of some kinds."""
    managers = v.get("metadata", {}).get("managedFields") if isinstance(v, dict) else None
    if managers:
        kept = [m for m in managers if m["manager"] not in ("kube-apiserver", "kube-controller-manager") or m.get("subresource") != "status"]
        v["metadata"] = {**v["metadata"], "managedFields": kept or None}
    return v


# What a patch made of an object that cannot be decoded is repeated whole, in quotes, in the order of Go's fields.
PATCHED = re.compile(r'(?<=Invalid value: )"\{(?:[^"\\]|\\.)*"')


def in_order(m):
    """The same object with its keys in order, and without what KNOWN is about; left alone where it is none."""
    try:
        o = plain(json.loads(json.loads(m.group())))
        if o.get("kind") == "CertificateSigningRequest":
            o.get("spec", {}).pop("extra", None)
        if o.get("kind") in ("APIService", "ResourceQuota"):
            o["status"] = {}
        return json.dumps(without_servers(o), sort_keys=True)
    except ValueError:
        return m.group()


def shown(text):
    """A message without what Kubernetes prints of its own structures in memory: values that are objects or lists, and the difference of two pods."""
    for words in GO_DIFFERENCES:
        cut = re.sub(words + r"(?s:.*)", r"\1", text)
        if cut != text:
            text = cut + "]" * cut.count(" is invalid: [")
    text = re.sub(r"(?<=value: )(null|\{\}|\[\])(?=[:,\]]|$)", "VALUE", text)  # an empty one may be none in Go
    text = PATCHED.sub(in_order, text)
    out, at = "", 0
    for m in re.finditer(r"(?:Invalid|Duplicate|Unsupported) value: (?=[{\[])", text):
        if m.start() < at:
            continue
        try:
            end = json.JSONDecoder().raw_decode(text, m.end())[1]
        except ValueError:  # cut off by minik, which repeats two kilobytes of a value at most
            end = text.find("...", m.end()) + 3
        if end >= m.end():
            out, at = out + text[at:m.end()] + "VALUE", end
    return out + text[at:]


# Behind these words, the difference of two Go structures, and what is told after it.
GO_DIFFERENCES = [r"(pod updates may not change fields other than [^\n]*\(allow it to be set to 1 if it was previously negative\))", r"(is immutable after creation[^\n]*)\n"]


def by_key(causes):
    """Causes in their order, but for what is said of the keys of one map: Go goes through it in no order."""
    out = []
    for c in causes:
        place = re.sub(r"\[[^\]]*\D[^\]]*\]", "[]", c.get("field", ""))
        if not out or out[-1][0] != place:
            out.append((place, []))
        out[-1][1].append(c)
    return [c for _, run in out for c in sorted(run, key=lambda c: c.get("field", ""))]


def in_one(causes):
    text = ", ".join("%s: %s" % (c.get("field"), c["message"]) for c in causes)
    return text if len(causes) == 1 else "[%s]" % text


def told(v):
    """An answer to be compared: of a Status its messages as shown() has them."""
    v = without_servers(v)
    if isinstance(v, dict) and v.get("kind") == "Status" and "message" in v:
        v["message"] = shown(v["message"])
        for c in v.get("details", {}).get("causes") or []:
            c["message"] = shown(c["message"])
        causes = v.get("details", {}).get("causes")
        if causes:  # said once, as the message does
            causes = [c for i, c in enumerate(causes) if c not in causes[:i]]
            v["details"]["causes"] = by_key(causes)
            v["message"] = v["message"].replace(in_one(causes), in_one(v["details"]["causes"]))
    return v


def chosen(name, parts=1):
    """Whether a request is in this run's sample. Of those of which there are few, more."""
    return zlib.crc32(name.encode()) % max(1, SAMPLE // parts) == 0


class Subject:
    """One rich object, and where it lives."""

    def __init__(self, entry, table, csr):
        self.version, self.kind, self.plural, self.namespaced, self.name, body, status = entry
        text = json.dumps(body).replace('"CSR"', json.dumps(csr))
        self.object = {"apiVersion": self.version, "kind": self.kind, "metadata": {"name": self.name}, **json.loads(text)}
        self.status = status
        self.type = table.kinds[self.version, self.kind]
        group, _, version = self.version.rpartition("/")
        self.root = api(group, version) + ("/namespaces/%s/" % NS if self.namespaced else "/") + self.plural
        self.at = self.root + "/" + self.name
        self.label = "%s.%s %s" % (self.plural, group, self.name)


METADATA = [Edit(["metadata"] + list(path), value) for path, value in [
    (["generation"], 77), (["generation"], -1), (["deletionTimestamp"], "2026-01-02T03:04:05Z"), (["deletionGracePeriodSeconds"], 5),
    (["creationTimestamp"], "2020-01-02T03:04:05Z"), (["creationTimestamp"], GONE), (["uid"], "11111111-2222-3333-4444-555555555555"), (["uid"], ""),
    (["namespace"], "elsewhere"), (["generateName"], "Bad-"), (["generateName"], "good-"), (["name"], ""), (["name"], "Bad_Name"), (["resourceVersion"], "x"), (["resourceVersion"], "1"),
    (["finalizers"], ["example.com/a"]), (["finalizers"], ["bad"]), (["finalizers"], ["Bad One/x"]), (["finalizers"], ["orphan", "foregroundDeletion"]), (["finalizers"], ["example.com/a"] * 2),
    (["ownerReferences"], [{"apiVersion": "v1", "kind": "ConfigMap", "name": "a", "uid": "u"}]),
    (["ownerReferences"], [{"apiVersion": "v1", "kind": "ConfigMap", "name": "a", "uid": "u"}] * 2),
    (["ownerReferences"], [{"apiVersion": "", "kind": "", "name": "", "uid": ""}]), (["ownerReferences"], [{"apiVersion": "a/b/c", "kind": "Event", "name": "x/y", "uid": "u"}]),
    (["ownerReferences"], [{"apiVersion": "v1", "kind": "Event", "name": "a", "uid": "u", "controller": True, "blockOwnerDeletion": True}]),
    (["labels"], {"a b": "c"}), (["labels"], {"": "c"}), (["labels"], {"a": "-"}), (["labels"], {"Example.com/a": "b"}), (["labels"], {"a": "x" * 64, "b": "y"}), (["labels"], {"good": "one"}),
    (["annotations"], {"a": "x" * 262144}), (["annotations"], {"a": "x" * 262143}), (["annotations"], {"Example.COM/A": "ok"}), (["annotations"], {"a/b/c": ""}),
    (["managedFields"], []), (["managedFields"], [{}]), (["managedFields"], [{"manager": "m" * 129, "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": {}}]),
    (["managedFields"], [{"manager": "m", "operation": "Odd", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": {}}]),
    (["managedFields"], [{"manager": "m", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV9", "fieldsV1": {}}]),
    (["managedFields"], [{"manager": "m", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": {}, "time": "2026-01-02T03:04:05Z", "subresource": "x" * 300}]),
    (["managedFields"], [{"manager": "m\u0007", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {"x": 1}}}]),
]]


def spoiled(o, e):
    o = copy_of(o)
    return o if e.apply(o) else None


def merge_of(e):
    """The merge patch that does what e does, or None where it cannot."""
    if any(isinstance(k, int) for k in e.path):
        return None
    out = None if e.value is GONE else e.value
    for k in reversed(e.path):
        out = {k: out}
    return out


def live(seen, key, e):
    """What is stored now, with one thing changed."""
    o = copy_of(seen.get(key) or {})
    if o.get("kind") == "ResourceQuota":  # its status is written meanwhile
        o["metadata"].pop("resourceVersion", None)
    e.apply(o)
    return o


def cases(s, table):
    """All that is sent for one subject, in order; one that is sent in any case has no fault."""
    n = s.label + " "
    edits = table.edits(s.type, s.object)
    dry = {"dryRun": "All"}
    out = [post(n + "create dry run", s.root, s.object, **dry)]
    few = 8 if len(edits) < 60 else 3 if len(edits) < 300 else 1
    out += [post(n + "create " + str(e), s.root, spoiled(s.object, e), **dry) for e in edits if chosen(n + "create " + str(e), few)]
    out += [post(n + "create " + str(e), s.root, spoiled(s.object, e), **dry) for e in METADATA if e.value is not GONE and e.path[-1] != "resourceVersion" and chosen(n + "create " + str(e))]
    out += [post(n + "create", s.root, s.object), Case(n + "get", "GET", s.at, until=settled(s))]
    key = n + "get"
    out += [put(n + "update " + str(e), s.at, lambda seen, e=e: live(seen, key, e), **dry) for e in edits + METADATA if chosen(n + "update " + str(e), few)]
    for e in edits + METADATA:
        if merge_of(e) is not None and zlib.crc32(str(e).encode()) % 7 == 0 and chosen(n + "patch " + str(e), few):
            out.append(patch(n + "patch " + str(e), s.at, merge_of(e), kind="strategic" if len(str(e)) % 2 else "merge", **dry))
    if s.status is not None:
        full = {**s.object, "status": s.status}
        skey = n + "get with status"
        out += [put(n + "first status " + str(e), s.at + "/status", lambda seen, e=e: live(seen, key, e), **dry) for e in [Edit(["spec"], GONE), Edit(["status"], GONE), Edit(["status"], {})]]
        out += [put(n + "status", s.at + "/status", lambda seen: live(seen, key, Edit(["status"], s.status))), get(skey, s.at)]
        stat = table.edits(s.type, full, ["status"])
        out += [put(n + "status " + str(e), s.at + "/status", lambda seen, e=e: live(seen, skey, e), **dry) for e in stat + METADATA if chosen(n + "status " + str(e), few)]
    out += [patch(n + "free", s.at, {"metadata": {"finalizers": None}}), delete(n + "delete", s.at, {"gracePeriodSeconds": 0})]
    for c in out:
        c.only = told
    return out


class Both(Pair):
    """A Pair that asks both servers at once. Where kube-apiserver's own handler breaks off there is nothing to compare with."""

    def __init__(self, *a):
        super().__init__(*a)
        self.broken = []
        self.pool = concurrent.futures.ThreadPoolExecutor(2)

    def both(self, case):
        peer = self.pool.submit(answer, self.peer, case, self.seen_peer)
        own = self.pool.submit(answer, self.own, case, self.seen_own).result()
        try:
            return peer.result(), own
        except http.client.RemoteDisconnected:
            self.broken.append(case.name)
            return own, own


def run(own):
    peer = Client(os.environ["PEER_KUBECONFIG"])
    for c in (peer, own):
        c.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
        c.create("/api/v1/namespaces/%s/serviceaccounts" % NS, {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}})
    pair = Both(peer, own, KNOWN)
    table, csr = Table(), csr_request()
    want, only = os.environ.get("DIFF_PARTS"), os.environ.get("DIFF_ONLY")
    for o in fault_objects.OBJECTS:
        table.learn(table.kinds[o[0], o[1]], {**o[5], **({"status": o[6]} if o[6] else {})})
    for o in fault_objects.OBJECTS:
        s = Subject(o, table, csr)
        if not want or re.search(want, s.label):
            pair.run(s.label, [c for c in cases(s, table) if not only or c.name.count(" ") < 3 or re.search(only, c.name)])
    print("# %d requests to each, %d kinds of differences known; kube-apiserver broke off %d" % (pair.cases, len(KNOWN), len(pair.broken)))


if __name__ == "__main__":
    main(run)
