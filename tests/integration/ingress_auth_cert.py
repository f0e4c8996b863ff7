"""Certificates of clients: by SNI at the handshake, by policy in the request."""
from ingress_auth_lib import *
import signal, urllib.parse

web = serve(9002, echo)
backends = {"default/web:80": ["127.0.0.1:9002"]}
OFF, ON, OPTIONAL, ANY = 0, 1, 2, 3


def server(name, verify, ca="ca1.crt", crl="", depth=1, cert="server"):
    s = {"name": name, "cert": pem(cert + ".crt"), "key": pem(cert + ".key"), "verify": verify, "depth": depth}
    if verify:
        s["ca"] = ca if ca.startswith("raw:") else pem(ca)
        s["ca"] = s["ca"].removeprefix("raw:")
    if crl:
        s["crl"] = pem(crl)
    return s


hosts = {
    "on.test": [["CLIENT_CERT", ON]],
    "on2.test": [["CLIENT_CERT", ON], ["CLIENT_CERT_PASS"]],
    "other.test": [["CLIENT_CERT", ON]],
    "optional.test": [["CLIENT_CERT", OPTIONAL]],
    "any.test": [["CLIENT_CERT", ANY], ["CLIENT_CERT_PASS"]],
    "cn.test": [["CLIENT_CERT", ON], ["CLIENT_CERT_CN", "alice"]],
    "cn2.test": [["CLIENT_CERT", ON], ["CLIENT_CERT_CN", "CN=alice"], ["CLIENT_CERT_CN", "carol"]],
    "page.test": [["CLIENT_CERT", ON], ["CLIENT_CERT_ERROR", "https://help.test/cert"]],
    "ownpage.test": [["CLIENT_CERT", ON], ["CLIENT_CERT_ERROR", "/why.html"]],
    "crl.test": [["CLIENT_CERT", ON]],
    "deep1.test": [["CLIENT_CERT", ON]],
    "deep0.test": [["CLIENT_CERT", ON]],
    "brokenca.test": [["CLIENT_CERT", ON]],
    "forgotten.test": [["CLIENT_CERT", ON]],
    "x.wild.test": [["CLIENT_CERT", ON]],
    "auth.test": [["CLIENT_CERT", ON], ["AUTH_URL", "http://10.99.0.1:9003/"], ["AUTH_RESPONSE_HEADER", "X-Seen"]],
    "plain.test": [],
    "plain2.test": [],
}
servers = {
    "on.test": server("on.test", ON), "on2.test": server("on2.test", ON), "other.test": server("other.test", ON, "ca2.crt"), "optional.test": server("optional.test", OPTIONAL),
    "any.test": server("any.test", ANY), "cn.test": server("cn.test", ON), "cn2.test": server("cn2.test", ON), "page.test": server("page.test", ON),
    "ownpage.test": server("ownpage.test", ON), "crl.test": server("crl.test", ON, crl="crl"), "deep1.test": server("deep1.test", ON, depth=1), "deep0.test": server("deep0.test", ON, depth=0),
    "brokenca.test": server("brokenca.test", ON, "raw:nonsense"), "wild": server("*.wild.test", ON), "auth.test": server("auth.test", ON), "plain.test": server("plain.test", OFF),
}
serve(9003, lambda q, h: (200, [("X-Seen", q.headers.get("ssl-client-subject-dn", "none"))], b""), host="10.99.0.1")


def publish():
    table(hosts, backends, servers.values())


publish()


def context(cert=None, version=None):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.check_hostname, c.verify_mode = False, ssl.CERT_NONE
    if cert:
        c.load_cert_chain(f"{T}/pki/{cert}.crt", f"{T}/pki/{cert}.key")
    if version:
        c.minimum_version = c.maximum_version = version
    return c


class TLS:
    def __init__(self, sni, cert=None, session=None, ctx=None, version=None):
        self.ctx = ctx or context(cert, version)
        self.c = http.client.HTTPConnection("127.0.0.1", 443, timeout=30)
        self.c.connect()
        self.c.sock = self.ctx.wrap_socket(self.c.sock, server_hostname=sni, session=session)
        self.sock = self.c.sock  # http.client forgets it when the answer ends the connection
        self.resumed = self.sock.session_reused

    def ask(self, host, *args, **kw):
        return ask(host, *args, conn=self.c, **kw)

    @property
    def session(self):
        return self.sock.session


def tls(host, cert=None, **kw):
    return TLS(host, cert).ask(host, **kw)


# --- on ---
a = tls("on.test")
check("no certificate: 400", a.status == 400 and b"No required SSL certificate was sent" in a.body, a)
for cert, why in (("eve", "of another CA"), ("old", "that is over")):
    a = tls("on.test", cert)
    check(f"one {why}: 400", a.status == 400 and b"SSL certificate error" in a.body, a)
check("the backend has not heard of it", web.all == [])
a = tls("on.test", "alice", headers=[("ssl-client-verify", "forged"), ("SSL-Client-Cert", "forged"), ("ssl-client-subject-dn", "CN=root")])
check("a good one: the backend hears whose", a.status == 200 and a.heard("ssl-client-verify") == ["SUCCESS"] and a.heard("ssl-client-subject-dn") == ["CN=alice,O=Wonder\\, Land"] and a.heard("ssl-client-issuer-dn") == ["CN=ca1"], a)
check("it goes on only when that is said, and no forged one", a.heard("ssl-client-cert") == [], a)
a = tls("on2.test", "alice", headers=[("ssl-client-cert", "forged")])
got = a.heard("ssl-client-cert")
check("the certificate, escaped", len(got) == 1 and urllib.parse.unquote(got[0]).strip() == pem("alice.crt").strip(), got)
a = ask("on.test")
check("plain HTTP: 400", a.status == 400, a)
a = tls("x.wild.test")
b = tls("x.wild.test", "alice")
check("by a wildcard", a.status == 400 and b.status == 200, a, b)
a = TLS("ON.Test", "alice").ask("on.test")
check("SNI in capitals", a.status == 200, a)

# --- kinds ---
a = tls("optional.test", headers=[("ssl-client-verify", "SUCCESS"), ("ssl-client-subject-dn", "CN=root")])
check("optional: none", a.status == 200 and a.heard("ssl-client-verify") == ["NONE"] and a.heard("ssl-client-subject-dn") == [], a)
a = ask("optional.test", headers=[("ssl-client-verify", "SUCCESS")])
check("optional: plain HTTP", a.status == 200 and a.heard("ssl-client-verify") == ["NONE"], a)
a = tls("optional.test", "alice")
check("optional: a good one", a.status == 200 and a.heard("ssl-client-verify") == ["SUCCESS"], a)
check("optional: a bad one is 400", tls("optional.test", "eve").status == 400)
a = tls("any.test", "eve")
check("optional_no_ca: any", a.status == 200 and a.heard("ssl-client-verify")[0].startswith("FAILED:") and a.heard("ssl-client-subject-dn") == ["CN=alice"] and a.heard("ssl-client-cert"), a)
check("optional_no_ca: none", tls("any.test").heard("ssl-client-verify") == ["NONE"])
check("optional_no_ca: one that is over is 400", tls("any.test", "old").status == 400)
check("CN", tls("cn.test", "alice").status == 200 and tls("cn2.test", "alice").status == 200)
a = tls("cn.test", "bob")
check("another CN: 403", a.status == 403, a)
a = tls("page.test")
check("a page for who has none", a.status == 302 and a.get("Location") == ["https://help.test/cert"], a)
check("and for who has a bad one", tls("page.test", "eve").status == 302 and ask("page.test").status == 302 and tls("page.test", "alice").status == 200)
a, b = tls("ownpage.test", path="/x"), tls("ownpage.test", path="/why.html?x", headers=[("ssl-client-verify", "SUCCESS")])
check("a page of the host itself", a.status == 302 and a.get("Location")[0].endswith("/why.html") and b.status == 200 and b.heard("ssl-client-verify") == ["NONE"], a, b)
check("and nothing beside it", {tls("ownpage.test", path=p).status for p in ("/", "/why.html/", "//why.html", "/x/../why.html", "/why.htm%6c", "/why.html%3Fx")} == {302})
check("revoked: 400", tls("crl.test", "bob").status == 400 and tls("crl.test", "alice").status == 200 and tls("on.test", "bob").status == 200)
check("depth", tls("deep1.test", "deep").status == 200 and tls("deep0.test", "deep").status == 400)
a = tls("brokenca.test", "alice")
check("a broken CA: 400 and a line in the log", a.status == 400 and log_has("client certificates of brokenca.test cannot be read"), a)
a = tls("forgotten.test", "alice")
check("asked for by the policy and not by the server: 500", a.status == 500, a)
a = tls("plain.test", "alice")
check("hosts without do not ask", a.status == 200 and a.heard("ssl-client-verify") == [], a)
a = tls("auth.test", "alice")
check("auth-url hears of it", a.status == 200 and a.heard("x-seen") == ["CN=alice,O=Wonder\\, Land"], a)

# --- SNI and Host ---
a = TLS("plain.test", "alice").ask("on.test")
check("SNI of a host that does not ask: 421", a.status == 421, a)
a = TLS("other.test", "eve").ask("on.test")
check("SNI of a host with another CA: 421", a.status == 421, a)
a = TLS("on2.test", "alice").ask("on.test")
check("SNI of another host with the same CA: 421", a.status == 421, a)
a = TLS(None, "alice").ask("on.test")
check("no SNI: 421", a.status == 421, a)
a = TLS("on.test", "alice").ask("plain.test")
check("a host that asks for none may be had by any SNI", a.status == 200, a)

# --- sessions ---
for v in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
    n = v.name

    def twice(first, second, cert=None, ctx=None):
        ctx = ctx or context(cert, v)
        a = TLS(first, ctx=ctx)
        st = a.ask(first).status
        b = TLS(second, ctx=ctx, session=a.session)
        return st, b.resumed, b.ask(second)

    st, resumed, a = twice("on.test", "on.test", "alice")
    check(f"{n}: a session is resumed with its certificate", st == 200 and resumed and a.status == 200 and a.heard("ssl-client-verify") == ["SUCCESS"], st, resumed, a)
    for h in ("plain.test", "plain2.test", "PLAIN.test"):
        st, resumed, a = twice(h, h)
        check(f"{n}: without a certificate, too: {h}", resumed and a.status == 200, st, resumed, a)
    st, resumed, a = twice("plain.test", "Plain.TEST")
    check(f"{n}: however the name is written", resumed and a.status == 200, st, resumed, a)
    st, resumed, a = twice("plain.test", "plain2.test")
    check(f"{n}: but not for another name", not resumed and a.status == 200, st, resumed, a)
    st, resumed, a = twice("x.wild.test", "y.wild.test", "alice")
    check(f"{n}: nor under one wildcard", st == 200 and not resumed, st, resumed, a)
    st, resumed, a = twice("plain.test", "on.test")
    check(f"{n}: a session without a certificate is no way in", st == 200 and not resumed and a.status == 400, st, resumed, a)
    st, resumed, a = twice("on.test", "on2.test", "alice")
    check(f"{n}: nor is another host's", st == 200 and not resumed and a.status == 200, st, resumed, a)
    st, resumed, a = twice("other.test", "on.test", "eve")
    check(f"{n}: nor one by another CA", st == 200 and not resumed and a.status == 400, st, resumed, a)
    st, resumed, a = twice("on.test", "on.test")
    check(f"{n}: who was refused is asked again", st == 400 and not resumed and a.status == 400, st, resumed, a)
    c = TLS("on.test", "alice", version=v)
    st = c.ask("on.test").status
    d = TLS("plain.test", ctx=c.ctx, session=c.session)
    check(f"{n}: a session with a certificate is not resumed where none is asked for", st == 200 and not d.resumed and d.ask("on.test").status == 421)

# --- sessions and changes ---
VERSIONS = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)


def sessions():
    got = []
    for v in VERSIONS:
        for h, cert in (("plain.test", None), ("on.test", "alice")):
            t = TLS(h, cert, version=v)
            t.ask(h)
            got.append((h, t.ctx, t.session))
    return got


def resumed(got):
    return [TLS(h, ctx=ctx, session=s).resumed for h, ctx, s in got]


def workers():
    with open(f"{T}/nginx.pid") as f:
        return set(subprocess.run(["pgrep", "-P", f.read().strip()], capture_output=True, text=True).stdout.split())


had = sessions()
publish()
check("a table with the same certificates: sessions are resumed", resumed(had) == [True] * 4, resumed(had))
old = workers()
with open(f"{T}/nginx.pid") as f:
    os.kill(int(f.read()), signal.SIGHUP)
check("nginx is reloaded", eventually(lambda: not workers() & old), workers(), old)
check("so they are by its new workers", resumed(had) == [True] * 4, resumed(had))
servers["plain.test"], servers["on.test"] = server("plain.test", OFF, cert="server2"), server("on.test", ON, cert="server2")
publish()
check("but not once the certificate is another", resumed(had) == [False] * 4, resumed(had))
now = sessions()
check("with which sessions are resumed again", resumed(now) == [True] * 4, resumed(now))
servers["plain.test"], servers["on.test"] = server("plain.test", OFF), server("on.test", ON)
publish()
check("and not with the one before", resumed(now) == [False] * 4, resumed(now))
r = subprocess.run(["openssl", "s_client", "-connect", "127.0.0.1:443", "-servername", "plain.test", "-tls1_2", "-reconnect"], input="", capture_output=True, text=True)
check("openssl s_client -reconnect: five times", r.stdout.count("Reused, TLSv1.2") == 5 and r.stdout.count("New, TLSv1.2") == 1, r.stdout)

# --- changes ---
c = TLS("on.test", "alice")
before = c.ask("on.test").status
servers["on.test"] = server("on.test", ON, cert="server2")
publish()
a = c.ask("on.test")
check("a renewed certificate of the host costs no connection", before == 200 and a.status == 200, a)
servers["on.test"] = server("on.test", ON, "ca2.crt")
publish()
a = c.ask("on.test")
b, d = tls("on.test", "alice"), tls("on.test", "eve")
check("another CA: old connections are sent away, new ones asked anew", a.status == 421 and b.status == 400 and d.status == 200, a, b, d)
servers["on.test"] = server("on.test", ON, crl="crl")
publish()
a, b = tls("on.test", "bob"), tls("on.test", "alice")
check("a revocation list counts from the next connection", a.status == 400 and b.status == 200, a, b)
many = {f"h{i}.test": [["CLIENT_CERT", ON]] for i in range(300)}
table(many, backends, [server(f"h{i}.test", ON, "ca1.crt" if i % 2 else "ca2.crt") for i in range(300)])
st = [tls(f"h{i}.test", "alice").status for i in range(300)]
check("300 hosts, each with its own", st == [200 if i % 2 else 400 for i in range(300)], st)
publish()

# --- HTTP/2 ---
p = f"{T}/pki/"
a = h2("on.test", "/", "--cert", p + "alice.crt", "--key", p + "alice.key")
check("HTTP/2", a.line.startswith("HTTP/2 200") and a.heard("ssl-client-verify") == ["SUCCESS"], a)
check("HTTP/2: none", h2("on.test").status == 400 and h2("page.test").status == 302)
a = curl("https://plain.test/", "--http2", "--resolve", "plain.test:443:127.0.0.1", "-H", "Host: on.test", "--cert", p + "alice.crt", "--key", p + "alice.key")
check("HTTP/2: another host on the connection: 421", a.status == 421, a)
end()
