"""Sends every part's cases to both servers: PEER_KUBECONFIG is kube-apiserver's, KUBECONFIG minik's. DIFF_PARTS, DIFF_ONLY (a regular expression on names) narrow it."""
import differ_kinds
import differ_warnings
from differ import *

NS = os.environ.get("DIFF_NS", "diff")

KNOWN = [
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
