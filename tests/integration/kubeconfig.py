"""Where a kubeconfig of minik's leads to, for clients in plain Python: it is read as text, without a YAML parser."""
import base64, http.client, json, ssl, tempfile


def read(path):
    """(host, port, TLS context with the client's certificate)"""
    text = open(path).read()

    def field(name):
        return next(l.split(":", 1)[1].strip() for l in text.splitlines() if l.strip(" -").startswith(name + ":")).strip('"')

    host, port = field("server").split("//")[1].rsplit(":", 1)
    tls = ssl.create_default_context(cadata=base64.b64decode(field("certificate-authority-data")).decode())
    with tempfile.NamedTemporaryFile() as f:
        f.write(base64.b64decode(field("client-certificate-data")) + b"\n" + base64.b64decode(field("client-key-data")))
        f.flush()
        tls.load_cert_chain(f.name)
    return host, int(port), tls


class Api:
    def __init__(self, kubeconfig):
        self.host, self.port, self.tls = read(kubeconfig)

    def open(self, method, path, body=None, kind="application/json"):
        c = http.client.HTTPSConnection(self.host, self.port, context=self.tls, timeout=None if "watch=" in path else 30)
        c.request(method, path, json.dumps(body) if body is not None else None, {"Content-Type": kind})
        return c.getresponse()

    def call(self, method, path, body=None, kind="application/json"):
        r = self.open(method, path, body, kind)
        o = json.loads(r.read())
        if r.status >= 300 and r.status not in (404, 409):
            print(f"{method} {path}: {r.status} {o.get('message')}", flush=True)
        return r.status, o

    def merge(self, path, patch):
        return self.call("PATCH", path, patch, "application/merge-patch+json")
