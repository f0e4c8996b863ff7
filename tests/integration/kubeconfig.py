"""Where a kubeconfig of minik's leads to, for clients in plain Python: it is read as text, without a YAML parser."""
import base64, ssl, tempfile


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
