"""Sends every part's cases to both servers: PEER_KUBECONFIG is kube-apiserver's, KUBECONFIG minik's. DIFF_PARTS, DIFF_ONLY (a regular expression on names) narrow it."""
import differ_kinds
import differ_warnings
from differ import *

NS = os.environ.get("DIFF_NS", "diff")

KNOWN = [
    # By design.
    (r" list$", r"items\[0\]\.(apiVersion|kind): absent", "LIST hands on stored bytes, which name kind and version; clients take both"),
    (r"", r"authentication\.kubernetes\.io/credential-id|spec\.extra", "a certificate's hash is not made a credential-id of its user"),
    (r"^certificatesigningrequests", r"managedFields|fieldsV1", "there the spec of who asks is filled in before, at minik after fields are noted"),
    (r"^csinodes", r"drivers: absent -> \[\]", "an empty list that is required is [] and not null"),
    (r"^resourcequotas", r"", "minik's API server itself keeps a quota's status; kube-apiserver's controller manager, which does not run, does it there"),
    (r"^(flowschemas|prioritylevelconfigurations)", r"", "what keeps their status in kube-apiserver is not part of this test"),
    (r"^controllerrevisions", r"", "kube-apiserver refuses any change of a ControllerRevision that came as JSON: it compares bytes with an object"),
    (r"(status patch|status put|delete dry run|delete)$", r"f:last(Probe|Transition|Update|Heartbeat)Time: \{\} -> absent", "a time that is null is owned there"),
    (r"^replicationcontrollers.* (status|delete)", r"readyReplicas", "a zero that was written stays written"),
    (r"^services.* table", r"cells\[[24]\]", "addresses and ports are each server's own"),
    (r" table", r"cells\[\d+\]: \"\d+s\"", "a second passed between the two"),
    (r"^endpoints.* (unknown patch type|no such subresource|post on name)", r"warnings", "what no route takes is not warned of there"),
    (r"put other uid", r"Key: /registry/", "the key in etcd shows"),
]


def csr_request():
    with tempfile.TemporaryDirectory() as d:
        key, req = os.path.join(d, "k"), os.path.join(d, "r")
        subprocess.check_call(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-subj", "/CN=diff",
                               "-out", req], stderr=subprocess.DEVNULL)
        with open(req, "rb") as f:
            return base64.b64encode(f.read()).decode()


def parts():
    csr = csr_request()
    out = []
    for kind in differ_kinds.KINDS:
        name = "%s.%s/%s" % (kind[2], kind[0], kind[1])
        out.append(("life of " + name, differ_kinds.life(kind, NS, csr)))
        out.append(("mistakes with " + name, differ_kinds.mistakes(kind, NS, csr)))
    out.append(("warnings", differ_warnings.cases(NS)))
    return out


def run(own):
    peer = Client(os.environ["PEER_KUBECONFIG"])
    for c in (peer, own):
        c.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
        c.create("/api/v1/namespaces/%s/serviceaccounts" % NS, {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}})
    pair = Pair(peer, own, KNOWN)
    want, only = os.environ.get("DIFF_PARTS"), os.environ.get("DIFF_ONLY")
    for name, cases in parts():
        if want and not re.search(want, name):
            continue
        pair.run(name, [c for c in cases if not only or re.search(only, c.name)])
    print("# %d requests to each" % pair.cases)


main(run)
