"""Sends every part's cases to both servers: PEER_KUBECONFIG is kube-apiserver's, KUBECONFIG minik's. DIFF_PARTS, DIFF_ONLY (a regular expression on names) narrow it."""
import differ_documents
import differ_kinds
import differ_requests
import differ_warnings
from differ import *

NS = os.environ.get("DIFF_NS", "diff")

# (what request, what line of the difference, why it stays): both regular expressions.
KNOWN = [
    # As it is meant.
    (r" list$", r"items\[0\]\.(apiVersion|kind): absent", "LIST hands on stored bytes, which name kind and version; clients take both"),
    (r"", r"authentication\.kubernetes\.io/credential-id|spec\.extra", "a certificate's hash is not made a credential-id of its user"),
    (r"^csinodes", r"drivers|managedFields|2 conflicts", "an empty list that is required is [] and not null"),
    (r"^resourcequotas", r"managedFields|status\.(used|hard)|cells\[1\]", "minik's API server itself keeps a quota's status; in Kubernetes a controller does, which does not run here"),
    (r"^resourcequotas.* (put same|status put)$", r"", "at times: and so the object has moved on meanwhile"),
    (r"^(flowschemas|prioritylevelconfigurations)", r"managedFields|status\.conditions", "at times: what keeps their status in both servers comes between two requests when it likes"),
    (r"^(flowschemas|prioritylevelconfigurations).* status put$", r"", "at times: and so the object may have moved on when its status is written"),
    (r"^services.* table", r"cells\[[24]\]", "at times: addresses and ports are each server's own"),
    (r"put other uid", r"Key: /registry/", "the key in etcd shows"),
    (r"^daemonsets", r"template.generation|managedFields", "the annotation's owner"),
    (r"^list: initial events without bookmarks$", r"Too large resource version", "at times: kube-apiserver's cache waits for a revision that other kinds have moved on to"),
    (r"^accepts nothing we have$|^table of another version$", r"message|details", "answers in protobuf are for later, so they are not offered"),
    (r"^OpenAPI v2$", r"definitions\.io\.k8s\.apimachinery\.pkg\.apis\.meta\.v1\.(DeleteOptions|WatchEvent)\.x-kubernetes-group-version-kind", "those of versions that are not served are not named"),
]


def csr_request():
    with tempfile.TemporaryDirectory() as d:
        key, req = os.path.join(d, "k"), os.path.join(d, "r")
        subprocess.check_call(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-subj", "/CN=diff",
                               "-out", req], stderr=subprocess.DEVNULL)
        with open(req, "rb") as f:
            return base64.b64encode(f.read()).decode()


def parts(own):
    csr = csr_request()
    out = []
    for kind in differ_kinds.KINDS:
        name = "%s.%s/%s" % (kind[2], kind[0], kind[1])
        if kind[2] != "ipaddresses":  # whose names are addresses
            out.append(("life of " + name, differ_kinds.life(kind, NS, csr)))
        out.append(("mistakes with " + name, differ_kinds.mistakes(kind, NS, csr)))
    out.append(("requests of no kind in particular", differ_requests.cases(NS)))
    out.append(("warnings", differ_warnings.cases(NS)))
    out.append(("documents", differ_documents.cases(own.get("/openapi/v3")["paths"])))
    return out


def run(own):
    peer = Client(os.environ["PEER_KUBECONFIG"])
    for c in (peer, own):
        c.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
        c.create("/api/v1/namespaces/%s/serviceaccounts" % NS, {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}})
    pair = Pair(peer, own, KNOWN)
    want, only = os.environ.get("DIFF_PARTS"), os.environ.get("DIFF_ONLY")
    for name, cases in parts(own):
        if want and not re.search(want, name):
            continue
        pair.run(name, [c for c in cases if not only or re.search(only, c.name)])
    if not want and not only:
        with Behaviour("every difference that is known is still there"):
            same([k for i, k in enumerate(KNOWN) if i not in pair.used and not k[2].startswith("at times: ")], [], "no longer seen")
    print("# %d requests to each, %d kinds of differences known" % (pair.cases, len(KNOWN)))


if __name__ == "__main__":
    main(run)
