"""TLS towards backends: what each policy shows and wants, and that policies share nothing."""
from ingress_auth_lib import *

backends = {"default/tls:443": ["127.0.0.1:9443"], "default/grpcs:443": ["127.0.0.1:9445"], "default/ext:443": "backend.test:9443", "default/extweb:80": "web.test:9002",
            "default/extdead:80": "web.test:9", "default/extgrpc:80": "web.test:9444", "default/extgrpcs:443": "backend.test:9445", "default/extvoid:80": "void.test:80"}


def slow(q, h):
    if q.path == "/sleep":
        time.sleep(3)
    return echo(q, h)


web = serve(9002, slow, host="10.99.0.1")


Names({"void.test": ["10.99.0.7"]}, default=["10.99.0.1"])
ALICE, BOB = ["TLS_CERT", pem("alice.crt"), pem("alice.key")], ["TLS_CERT", pem("bob.crt"), pem("bob.key")]
CA1, CA2 = ["TLS_CA", pem("ca1.crt")], ["TLS_CA", pem("ca2.crt")]


def to(*options, backend="tls:443", protocol=1):
    return [("", [["PROTOCOL", protocol], *options], f"default/{backend}")]


hosts = {
    "default.test": to(),
    "alice.test": to(ALICE),
    "bob.test": to(BOB),
    "sni.test": to(["TLS_SNI", 1], ["TLS_NAME", "backend.test"]),
    "nosni.test": to(["TLS_SNI", 0], ["TLS_NAME", "backend.test"]),
    "snihost.test": to(["TLS_SNI", 1]),
    "sniheard.test": to(["TLS_SNI", 1], ["UPSTREAM_HOST", "heard.test"]),
    "verify.test": to(["TLS_VERIFY", 1], CA1, ["TLS_NAME", "backend.test"]),
    "noverify.test": to(["TLS_VERIFY", 0], CA2, ["TLS_NAME", "other.test"]),
    "wrongca.test": to(["TLS_VERIFY", 1], CA2, ["TLS_NAME", "backend.test"]),
    "wrongname.test": to(["TLS_VERIFY", 1], CA1, ["TLS_NAME", "other.test"]),
    "system.test": to(["TLS_VERIFY", 1], ["TLS_NAME", "backend.test"]),
    "depth0.test": to(["TLS_VERIFY", 1], CA1, ["TLS_NAME", "backend.test"], ["TLS_DEPTH", 1]),
    "tls12.test": to(["TLS_PROTOCOLS", 4]),
    "tls13.test": to(["TLS_PROTOCOLS", 8]),
    "tls10.test": to(["TLS_PROTOCOLS", 1]),
    "ciphers.test": to(["TLS_PROTOCOLS", 4], ["TLS_CIPHERS", "ECDHE-ECDSA-CHACHA20-POLY1305"]),
    "badciphers.test": to(["TLS_CIPHERS", "NO-SUCH-THING"]),
    "badcert.test": to(["TLS_CERT", "not PEM", pem("alice.key")]),
    "badkey.test": to(["TLS_CERT", pem("alice.crt"), pem("bob.key")]),
    "badca.test": to(["TLS_CA", pem("ca1.crt") + "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n"], ["TLS_VERIFY", 1]),
    "grpcs.test": to(ALICE, CA1, ["TLS_VERIFY", 1], ["TLS_NAME", "backend.test"], ["TLS_SNI", 1], backend="grpcs:443", protocol=3),
    "ext.test": to(ALICE, CA1, ["TLS_VERIFY", 1], ["TLS_SNI", 1], backend="ext:443"),
    "extbad.test": to(CA2, ["TLS_VERIFY", 1], backend="ext:443"),
    "extplain.test": to(backend="ext:443"),
    "extweb.test": to(["READ_TIMEOUT", 300], backend="extweb:80", protocol=0),
    "extwhole.test": to(["REQUEST_TIMEOUT", 300], backend="extweb:80", protocol=0),
    "extconnect.test": to(["CONNECT_TIMEOUT", 300], backend="extvoid:80", protocol=0),
    "extgrpc.test": to(backend="extgrpc:80", protocol=2),
    "extgrpcs.test": to(ALICE, backend="extgrpcs:443", protocol=3),
}
table(hosts, backends)


def saw(host, **kw):
    a = ask(host, **kw)
    return a, dict(x.split("=", 1) for x in a.body.decode("latin-1").split(" ") if "=" in x) if a.status == 200 else {}


a, s = saw("default.test")
check("by default no certificate, no SNI, nothing verified", s.get("dn") == "" and s.get("sni") == "" and s.get("proto") == "TLSv1.3", a)
for _ in range(2):
    a, s = saw("alice.test")
    check("a certificate of its own", s.get("dn") == "CN=alice,O=Wonder\\," and s.get("verify") == "SUCCESS", a)
    a, s = saw("bob.test")
    check("and the next policy its own", s.get("dn") == "CN=bob", a)
    a, s = saw("default.test")
    check("and the next none", s.get("dn") == "" and s.get("verify") == "NONE", a)
check("SNI", saw("sni.test")[1].get("sni") == "backend.test")
check("no SNI", saw("nosni.test")[1].get("sni") == "")
check("SNI without a name: the host", saw("snihost.test")[1].get("sni") == "snihost.test")
check("or what the backend hears", saw("sniheard.test")[1].get("sni") == "heard.test")
check("a verified backend", ask("verify.test").status == 200 and ask("depth0.test").status == 200)
check("not verified: whatever it is", ask("noverify.test").status == 200)
check("of another CA: 502", ask("wrongca.test").status == 502 and log_has("upstream SSL certificate verify error"))
check("of another name: 502", ask("wrongname.test").status == 502 and log_has('does not match "other.test"'))
check("without a CA: the machine's, which do not know it", ask("system.test").status == 502)
check("TLS 1.2", saw("tls12.test")[1].get("proto") == "TLSv1.2")
check("TLS 1.3", saw("tls13.test")[1].get("proto") == "TLSv1.3")
check("TLS 1.0 alone: 502", ask("tls10.test").status == 502)
check("ciphers", saw("ciphers.test")[1].get("cipher") == "ECDHE-ECDSA-CHACHA20-POLY1305")
for h, why in (("badciphers", "the list of ciphers"), ("badcert", "the certificate or its key"), ("badkey", "the certificate or its key"), ("badca", "the CA")):
    a = ask(f"{h}.test")
    check(f"{h}: 500, and the log says why", a.status == 500 and log_has(f"TLS to backends of default/{h}.test: {why} cannot be used"), a)
check("the others do not mind", ask("alice.test").status == 200)
a = h2("grpcs.test", "/s/M", "-H", "content-type: application/grpc", "--data-binary", "@-", body=b"\0\0\0\0\0")
check("gRPC with all of it", a.status == 200 and b"sni=backend.test dn=CN=alice" in a.body and b"http=HTTP/2.0" in a.body, a)

# --- ExternalName ---
a, s = saw("ext.test")
check("an external name: certificate, SNI and verification by its name", s.get("sni") == "backend.test" and s.get("dn", "").startswith("CN=alice"), a)
check("of another CA: 502", ask("extbad.test").status == 502)
a, s = saw("extplain.test")
check("without settings", s.get("dn") == "" and s.get("sni") == "", a)
a = ask("extweb.test", "/sleep")
check("its read timeout", a.status == 504 and a.took < 2, a)
a = ask("extwhole.test", "/sleep")
check("its limit of the whole request", a.status == 504 and a.took < 2, a)
a = ask("extconnect.test")
check("its connect timeout", a.status == 504 and a.took < 2, a)
a = h2("extgrpc.test", "/s/M", "--data-binary", "@-", body=b"\0\0\0\0\0")
check("gRPC to an external name", a.status == 200 and b"http=HTTP/2.0" in a.body, a)
a = h2("extgrpcs.test", "/s/M", "--data-binary", "@-", body=b"\0\0\0\0\0")
check("with TLS of its own", a.status == 200 and b"http=HTTP/2.0" in a.body and b"dn=CN=alice" in a.body, a)

# --- many, and renewal ---
many = {f"m{i}.test": to(ALICE if i % 2 else BOB, ["TLS_CA", f"# {i}\n" + pem("ca1.crt")]) for i in range(600)}
table(many, backends)
st = [saw(f"m{i}.test")[1].get("dn", "")[:5] for i in range(600)]
check("600 policies, each with its own", st == ["CN=al" if i % 2 else "CN=bo" for i in range(600)], st)
c = http.client.HTTPConnection("127.0.0.1", 80, timeout=30)
st = []
for i in range(50):
    table({"swap.test": to(ALICE if i % 2 else BOB)}, backends)
    st.append(saw("swap.test", conn=c)[1].get("dn", "")[:5])
check("50 renewals, each at once", st == ["CN=al" if i % 2 else "CN=bo" for i in range(50)], st)
end()
