# The behaviours of ingress_compat.sh. A part declares its objects, and goes on when all of them are served.
import os, re, ssl, subprocess

from ingress_compat_access import *
from ingress_compat_lib import *


def tls_backend():
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    c.load_cert_chain(T + "/backend.crt", T + "/backend.key")
    c.load_verify_locations(T + "/ca.crt")
    c.verify_mode = ssl.CERT_OPTIONAL
    return c


for p in (9001, 9002, 9003):
    serve(p, "echo")
serve(9010, "canary")
serve(9011, "other")
serve(9012, "errors")
serve(9013, "errors404", status=404)
serve(9014, "tls", tls=tls_backend())
serve(9020, "auth", Auth)
service("echo", 80, [9001, 9002, 9003])
service("canary", 80, [9010])
service("other", 80, [9011])
service("errors", 80, [9012])
service("errors404", 80, [9013])
service("tls", 443, [9014])
service("half", 80, [9001, 9999])
service("dead", 80, [9999])
service("empty", 80, [])
secret("users", auth=pem("users"))
secret("users-map", foo=pem("users").strip().split(":", 1)[1])
secret("users-bad", auth="foo:")
secret("cert", "kubernetes.io/tls", tls__crt=pem("server.crt"), tls__key=pem("server.key"))
secret("no-cert", x="y")
secret("ca", ca__crt=pem("ca.crt"))
secret("backend-ca", tls__crt=pem("client.crt"), tls__key=pem("client.key"), ca__crt=pem("ca.crt"))
secret("stranger-ca", tls__crt=pem("client.crt"), tls__key=pem("client.key"), ca__crt=pem("stranger.crt"))
configmap("answer-headers", {"My-Custom-Header": "42", "My-Custom-Header-Dollar": "$remote_addr", "Content-Type": "text/x-own"})
configmap("auth-headers", {"My-Custom-Header": "42"})


def paths_of_ingress():
    ingress("rules", "first.example", paths=[("/", PREFIX, "echo")])
    ingress("rules2", "second.example", paths=[("/", PREFIX, "other")], more_hosts=["third.example"])
    ingress("exact", "exact.example", paths=[("/exact", EXACT, "other")])
    ingress("exact-suffix", "exact.example", paths=[("/exact", PREFIX, "echo")])
    ingress("exact-twice", "exact.example", paths=[("/exact", PREFIX, "canary")])
    ingress("mixed", "mixed.example", paths=[("/", EXACT, "other")])
    ingress("mixed2", "mixed.example", paths=[("/", PREFIX, "echo"), ("/foo", EXACT, "canary"), ("/foo", PREFIX, "errors")])
    ingress("prefix", "prefix.example", paths=[("/aaa", PREFIX, "echo")])
    ingress("slash", "slash.example", paths=[("/foo/", PREFIX, "other"), ("/foo", EXACT, "echo")])
    ingress("impl", "impl.example", paths=[("/foo", IMPL, "echo")])
    ingress("bad-path", "inspect.example", paths=[("/bla{alias /var/run/secrets/;}location ~* ^/abcd", IMPL, "echo")])
    ingress("good-path", "inspect.example", paths=[("/xpto", PREFIX, "echo")])
    ingress("default", False, default="errors404")
    ingress("only-default", "only-default.example", paths=(), default="other")
    ingress("named", "named.example", paths=[("/", PREFIX, "echo", "http")])
    ingress("none", "none.example", paths=[("/", PREFIX, "gone")])
    ingress("empty", "empty.example", paths=[("/", PREFIX, "empty")])
    ingress("wild", "*.wild.example", paths=[("/", PREFIX, "echo")])
    yield
    see("several hosts: the first", "first.example", service="echo")
    see("several hosts: the second", "second.example", service="other")
    see("several hosts: of one Ingress", "third.example", service="other")
    see("exact path", "exact.example", dict(path="/exact"), service="other")
    see("below it: the prefix, of the oldest Ingress", "exact.example", dict(path="/exact/suffix"), service="echo")
    event("the same prefix twice: the younger hears of it", "exact-twice", "^Conflict host exact.example, path /exact")
    for path, name in (("/", "other"), ("/bar", "echo"), ("/foo", "canary"), ("/foo/bar", "errors"), ("/foobar", "echo"), ("/?x=/foo", "other")):
        see("Exact and Prefix mixed: " + path, "mixed.example", dict(path=path), service=name)
    for path, status in (("/aaa", 200), ("/aaacccc", 404), ("/aaa/cccc", 200), ("/aaa/", 200), ("/AAA", 404), ("/", 404)):
        # the default backend of this cluster answers 404, too
        see("Prefix /aaa: " + path, "prefix.example", dict(path=path), status=status)
    see("Prefix with a slash: /foo/", "slash.example", dict(path="/foo/"), service="other")
    see("Exact beside it: /foo", "slash.example", dict(path="/foo"), service="echo")
    see("ImplementationSpecific is a prefix", "impl.example", dict(path="/foo/bar"), service="echo")
    see("a path that breaks out of nginx' configuration: others of the host", "inspect.example", dict(path="/xpto"), service="echo")
    see("and itself is nowhere", "inspect.example", dict(path="/bla"), status=404)
    see("nor what is in it", "inspect.example", dict(path="/abcd/"), status=404)
    see("default backend: any host", "nobody.example", dict(path="/x"), status=404, service="errors404")
    see("default backend: POST", "nobody.example", dict(path="/demo", method="POST", body=b"x"), status=404, service="errors404", method="POST")
    see("default backend: by TLS", "nobody.example", tls, status=404, service="errors404")
    see("default backend of a host without paths", "only-default.example", dict(path="/x"), service="other")
    see("a port by its name", "named.example", service="echo")
    see("no such Service", "none.example", status=503)
    event("and an event", "none", "^MissingService")
    see("no endpoints", "empty.example", status=503)
    see("wildcard", "a.wild.example", service="echo")
    see("a wildcard is one label", "b.a.wild.example", status=404, service="errors404")
    see("a host of capitals, with a port", "FIRST.example:8080", service="echo", sent={"Host": "FIRST.example:8080"})
    got = sorted(ask("first.example").heard["port"] for _ in range(60))
    check("round robin: the same number for each", [n for n in (9001, 9002, 9003) if not 10 <= got.count(n) <= 30])
    out = raw(b"GET /echo HTTP/1.1\r\nHost: first.example\r\nContent-Length: 56\r\n\r\nGET /_hidden/index.html HTTP/1.1\r\nHost: notlocalhost\r\n\r\n")
    check("a request within a body is no request", None if out.count("HTTP/1.1 200") == 1 and '"body": 56' in out else out)


def forwarded():
    ingress("fwd", "fwd.example")
    ingress("fwd-ssl", "fwdssl.example", {"force-ssl-redirect": "true", "app-root": "/app"})
    ingress("fwd-tls", "fwd.tls.example", {"affinity": "cookie", "from-to-www-redirect": "true"}, tls=[(["fwd.tls.example"], "cert")])
    ingress("fwd-auth", "fwdauth.example", {"auth-url": AUTH + "/basic", "auth-signin": "https://login.example/start"})
    yield
    lies = [("X-Forwarded-Port", "1234"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Scheme", "https"), ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Host", "myhost.example")]
    see("X-Forwarded-*: of who is not trusted", "fwd.example", dict(headers=lies),
        sent={"Host": "fwd.example", "X-Forwarded-Port": "80", "X-Forwarded-Proto": "http", "X-Forwarded-Scheme": "http", "X-Scheme": "http", "X-Forwarded-Host": "fwd.example",
              "X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "X-Original-Forwarded-For": "1.2.3.4"})
    see("X-Forwarded-*: of a trusted proxy", "fwd.example", dict(headers=lies, src="127.0.0.2"),
        sent={"X-Forwarded-Port": "1234", "X-Forwarded-Proto": "https", "X-Forwarded-Scheme": "https", "X-Scheme": "https", "X-Forwarded-Host": "myhost.example",
              "Host": "myhost.example", "X-Forwarded-For": "1.2.3.4", "X-Real-IP": "1.2.3.4"})
    see("X-Forwarded-Host: the first of several", "fwd.example", dict(headers=[("X-Forwarded-Host", "myhost.example, another.host,example.net")], src="127.0.0.2"),
        sent={"X-Forwarded-Host": "myhost.example", "Host": "myhost.example"})
    see("X-Forwarded-Host: it does not route", "nobody.example", dict(headers=[("X-Forwarded-Host", "fwd.example")], src="127.0.0.2"), status=404)
    see("X-Forwarded-Host: what is none", "fwd.example", dict(headers=[("X-Forwarded-Host", "a/b@c")], src="127.0.0.2"), sent={"X-Forwarded-Host": "fwd.example", "Host": "fwd.example"})
    see("X-Request-ID: the client's", "fwd.example", dict(headers=[("X-Request-ID", "something-unique")]), sent={"X-Request-ID": "something-unique"})
    see("X-Request-ID: a new one", "fwd.example", sent={"X-Request-ID": "~^[0-9a-f]{32}$"})
    see("Proxy never reaches the backend", "fwd.example", dict(headers=[("Proxy", "evil:80")]), sent={"Proxy": None})
    proto = lambda p: dict(headers=[("X-Forwarded-Proto", p)], src="127.0.0.2")
    see("force-ssl-redirect behind a balancer: http", "fwdssl.example", dict(path="/x", **proto("http")), status=308, location="https://fwdssl.example/x")
    see("force-ssl-redirect behind a balancer: https", "fwdssl.example", dict(path="/x", **proto("https")), sent={"X-Forwarded-Proto": "https"})
    see("force-ssl-redirect: who is not trusted cannot say https", "fwdssl.example", dict(headers=[("X-Forwarded-Proto", "https")]), status=308)
    see("app-root behind a balancer", "fwdssl.example", proto("https"), status=302, location="https://fwdssl.example/app")
    see("ssl-redirect behind a balancer: https", "fwd.tls.example", proto("https"), header={"Set-Cookie": "~; Secure"})
    see("ssl-redirect behind a balancer: http", "fwd.tls.example", proto("http"), status=308, location="https://fwd.tls.example/")
    see("ssl-redirect: to the host that the client has asked for", "fwd.tls.example", dict(headers=[("X-Forwarded-Host", "example.com:80")], src="127.0.0.2"), status=308, location="https://example.com/")
    see("from-to-www-redirect behind a balancer", "www.fwd.tls.example", dict(path="/x", **proto("https")), status=308, location="https://fwd.tls.example/x")
    see("auth-signin behind a balancer", "fwdauth.example", dict(path="/x", **proto("https")), status=302, location="https://login.example/start?rd=https://fwdauth.example%2Fx")


def rewrite():
    ingress("rw", "rewrite.example", {"use-regex": "true", "rewrite-target": "/$2"}, [("/something(/|$)(.*)", IMPL, "echo")])
    ingress("rw-acme", "rw.example", paths=[("/.well-known/acme/challenge", PREFIX, "echo")])
    ingress("rw-all", "rw.example", {"rewrite-target": "/new/backend"}, [("/", PREFIX, "echo")])
    ingress("re-foo", "re.example", paths=[("/foo", PREFIX, "echo")])
    ingress("re-regex", "re.example", {"use-regex": "true", "rewrite-target": "/new/backend"}, [("/foo.+", IMPL, "echo")])
    ingress("rl-plain", "rl.example", paths=[("/foo/bar/bar", PREFIX, "other")])
    ingress("rl-regex", "rl.example", {"use-regex": "true", "rewrite-target": "/new/backend"}, [("/foo/bar/[a-z]{3}", IMPL, "echo")])
    ingress("rc", "rc.example", {"use-regex": "true", "rewrite-target": "/new/backend/$1"}, [("/foo/bar/(.+)", IMPL, "echo")])
    ingress("pm1", "pm.example", paths=[("/foo/bar", PREFIX, "echo"), ("/foo/bar/", PREFIX, "other")])
    ingress("pm2", "pm.example", {"rewrite-target": "/$1"}, [("/foo/bar/(.+)", IMPL, "canary")])
    ingress("rq", "rq.example", {"rewrite-target": "/app?static=1"}, [("/", PREFIX, "echo")])
    ingress("rx", "rx.example", {"rewrite-target": "/$1", "x-forwarded-prefix": "/test/value"}, [("/api/?(.*)", IMPL, "echo")])
    ingress("rn", "rn.example", {"rewrite-target": "/foo", "x-forwarded-prefix": ""})
    ingress("bad-rw", "badrw.example", {"rewrite-target": "/$1;return 200"})
    for name, path in (("id", "/id/[0-9]+"), ("idend", "/id/[0-9]+$"), ("idsize", "/id/[0-9]{3}$"), ("idpost", "/id/[0-9]+/post/[a-zA-Z]+$")):
        ingress("use-" + name, name + ".example", {"use-regex": "true"}, [(path, IMPL if name != "id" else PREFIX, "echo")])
    ingress("case", "case.example", {"use-regex": "true"}, [("/Foo/.*", IMPL, "echo")])
    ingress("noregex", "noregex.example", {"use-regex": "false"}, [("/a.c", PREFIX, "echo")])
    yield
    for path, to in (("/something", "/"), ("/something/", "/"), ("/something/new", "/new"), ("/something/a%20b?x=1", "/a%20b?x=1"), ("/SOMETHING/New", "/New")):
        see("rewrite-target: " + path, "rewrite.example", dict(path=path), path=to)
    see("rewrite-target: another path", "rewrite.example", dict(path="/somethings"), status=404)
    see("rewrite-target: the longest path of a host", "rw.example", dict(path="/.well-known/acme/challenge"), path="/.well-known/acme/challenge")
    see("rewrite-target: the whole path", "rw.example", dict(path="/x"), path="/new/backend")
    see("use-regex: another Ingress' plain path", "re.example", dict(path="/foo"), path="/foo")
    see("use-regex: the expression", "re.example", dict(path="/foo/bar"), path="/new/backend")
    see("use-regex: an expression that is longer wins", "rl.example", dict(path="/foo/bar/bar"), path="/new/backend", service="echo")
    see("rewrite-target: $1", "rc.example", dict(path="/foo/bar/bar"), path="/new/backend/bar")
    # By Kubernetes' rules the two Prefix paths are one.
    for path, name in (("/foo/bar/1", "canary"), ("/foo/bar/", "echo"), ("/foo/bar", "echo")):
        see("path priority: " + path, "pm.example", dict(path=path), service=name)
    event("Prefix with a slash and without are the same", "pm1", "^Conflict host pm.example, path /foo/bar")
    see("rewrite-target with arguments of its own", "rq.example", dict(path="/x?y=2"), path="/app?static=1&y=2")
    see("x-forwarded-prefix", "rx.example", dict(path="/api/v1"), path="/v1", sent={"X-Forwarded-Prefix": "/test/value"})
    see("x-forwarded-prefix: empty", "rn.example", path="/foo", sent={"X-Forwarded-Prefix": None})
    see("rewrite-target: what is no path is not taken", "badrw.example", dict(path="/y"), path="/y")
    event("and told", "bad-rw", "^InvalidAnnotation annotation rewrite-target")
    for host, good, bad in (("id", ("/id/1", "/id/12", "/id/123a"), ("/id/aaa",)), ("idend", ("/id/1",), ("/id/aaa", "/id/123a")),
                            ("idsize", ("/id/123",), ("/id/99", "/id/9999", "/id/123a")), ("idpost", ("/id/123/post/abc",), ("/id/123/post/abc123", "/id/abc/post/abc"))):
        for p in good:
            see("use-regex %s: %s" % (host, p), host + ".example", dict(path=p), service="echo")
        for p in bad:
            see("use-regex %s: not %s" % (host, p), host + ".example", dict(path=p), status=404)
    see("use-regex: without case", "case.example", dict(path="/fOO/x"), service="echo")
    see("use-regex false: a path is literal", "noregex.example", dict(path="/a.c"), service="echo")
    see("and no expression", "noregex.example", dict(path="/abc"), status=404)


def redirects():
    t = [(["one.tls.example", "off.tls.example", "no-redirect.tls.example", "www.tls.example", "tls.example"], "cert")]
    ingress("tls", "one.tls.example", tls=t[:1])
    ingress("tls-off", "off.tls.example", {"ssl-redirect": "false"}, tls=t)
    ingress("tls-keep", "keep.tls.example", {"ssl-redirect": "true", "preserve-trailing-slash": "true"}, tls=[(["keep.tls.example"], "cert")])
    ingress("tls-missing", "missing.tls.example", tls=[(["missing.tls.example"], "not-there")])
    ingress("tls-none", "none.tls.example", tls=[(["none.tls.example"], None)])
    ingress("tls-invalid", "invalid.tls.example", {"ssl-redirect": "false"}, tls=[(["invalid.tls.example"], "no-cert")])
    ingress("tls-two", "one.tls.example", paths=[("/two", PREFIX, "other")])
    ingress("plain-ssl", "plainssl.example", {"ssl-redirect": "true"})
    ingress("force", "force.example", {"force-ssl-redirect": "true"})
    ingress("www", "fromtowww.example", {"from-to-www-redirect": "true"})
    ingress("to-www", "www.towww.example", {"from-to-www-redirect": "true"})
    ingress("www-tls", "tls.example", {"from-to-www-redirect": "true"}, tls=[(["tls.example", "www.tls.example"], "cert")])
    ingress("www-taken", "wwwtaken.example", {"from-to-www-redirect": "true"})
    ingress("www-taken2", "www.wwwtaken.example", paths=[("/", PREFIX, "other")])
    ingress("root", "root.example", {"app-root": "/foo"})
    ingress("root-bad", "rootbad.example", {"app-root": "http://evil.example"})
    ingress("perm", "perm.example", {"permanent-redirect": "http://redirect.example.com"}, [("/something", PREFIX, "echo")])
    for c in (301, 302, 307, 308):
        ingress("perm%d" % c, "perm%d.example" % c, {"permanent-redirect": "https://redirect.example.com/a?b=c", "permanent-redirect-code": str(c)})
    ingress("perm-bad", "permbad.example", {"permanent-redirect": "https://redirect.example.com", "permanent-redirect-code": "200"})
    ingress("temp", "temp.example", {"temporal-redirect": "https://www.google.com"})
    ingress("temp-code", "temp307.example", {"temporal-redirect": "https://www.google.com", "temporal-redirect-code": "307"})
    ingress("both", "both.example", {"temporal-redirect": "https://temporal.example", "permanent-redirect": "https://permanent.example"})
    ingress("relative", "rel.example", {"permanent-redirect": "/new-location"})
    ingress("place", "place.example", {"permanent-redirect": "https://new.example$request_uri"})
    yield
    see("ssl-redirect: by default, where there is TLS", "one.tls.example", dict(path="/a/?b=c"), status=308, location="https://one.tls.example/a/?b=c")
    see("ssl-redirect: the port is not kept", "one.tls.example:80", status=308, location="https://one.tls.example/")
    see("ssl-redirect: https", "one.tls.example", tls, service="echo")
    see("ssl-redirect: another Ingress of the host", "one.tls.example", dict(path="/two"), status=308)
    see("ssl-redirect: false", "off.tls.example", service="echo")
    see("ssl-redirect: POST keeps its method by 308", "one.tls.example", dict(method="POST", body=b"x"), status=308)
    see("preserve-trailing-slash", "keep.tls.example", status=308, location="https://keep.tls.example/")
    event("preserve-trailing-slash: as it is anyhow", "tls-keep", "preserve-trailing-slash has no effect.*: redirects to https:// keep the URI")
    see("ssl-redirect: also without the Secret", "missing.tls.example", status=308, location="https://missing.tls.example/")
    see("ssl-redirect: and without its name", "none.tls.example", status=308)
    see("tls: without a good Secret there is the default certificate", "invalid.tls.example", tls, service="echo")
    der = lambda host: ask(host, tls=True).peer
    check("tls: that is the one of unknown names", der("invalid.tls.example") != der("nobody.example"))
    check("tls: and not the Secret's", der("one.tls.example") == der("nobody.example"))
    check("tls: the Secret's certificate", der("one.tls.example") != ssl.PEM_cert_to_DER_cert(pem("server.crt")))
    event("tls: an event", "tls-invalid", "Secret default/no-cert")
    see("ssl-redirect: true without TLS is no reason", "plainssl.example", service="echo")
    see("force-ssl-redirect", "force.example", status=308, location="https://force.example/")
    see("force-ssl-redirect: https", "force.example", tls, service="echo")
    see("from-to-www-redirect: from www", "www.fromtowww.example", dict(path="/foo?a=b"), status=308, location="http://fromtowww.example/foo?a=b")
    see("from-to-www-redirect: the host itself", "fromtowww.example", service="echo")
    see("from-to-www-redirect: to www", "towww.example", dict(path="/foo"), status=308, location="http://www.towww.example/foo")
    see("from-to-www-redirect: by TLS", "www.tls.example", tls, status=308, location="https://tls.example/")
    check("from-to-www-redirect: with the certificate", der("www.tls.example") != ssl.PEM_cert_to_DER_cert(pem("server.crt")))
    see("from-to-www-redirect: a host of an Ingress stays one", "www.wwwtaken.example", service="other")
    see("app-root", "root.example", status=302, location="http://root.example/foo")
    see("app-root: with the port that the client says", "root.example:8080", status=302, location="http://root.example:8080/foo")
    see("app-root: other paths", "root.example", dict(path="/foo"), service="echo")
    see("app-root: a URL is not taken", "rootbad.example", service="echo")
    see("permanent-redirect", "perm.example", dict(path="/something"), status=301, location="http://redirect.example.com")
    for c in (301, 302, 307, 308):
        see("permanent-redirect-code %d" % c, "perm%d.example" % c, status=c, location="https://redirect.example.com/a?b=c")
    see("permanent-redirect-code: what is none", "permbad.example", status=301)
    see("temporal-redirect", "temp.example", status=302, location="https://www.google.com")
    see("temporal-redirect-code", "temp307.example", status=307, location="https://www.google.com")
    see("temporal-redirect before permanent-redirect", "both.example", status=302, location="https://temporal.example")
    see("permanent-redirect: a path", "rel.example", status=301, location="http://rel.example/new-location")
    see("permanent-redirect: $request_uri", "place.example", dict(path="/a?b=c"), status=301, location="https://new.example/a?b=c")


def aliases():
    ingress("alias", "foo.example", {"server-alias": "bar.example, *.star.example", "affinity": "cookie", "session-cookie-name": "SERVERID"})
    ingress("alias-a", "foo2.example", {"server-alias": "bar2.example"}, [("/app-a", PREFIX, "echo")])
    ingress("alias-b", "foo2.example", {"server-alias": "bar2.example"}, [("/app-b", PREFIX, "other")])
    ingress("alias-c", "foo3.example", {"server-alias": "foo.example"}, [("/", PREFIX, "other")])
    ingress("alias-re", "foo4.example", {"server-alias": "~^www\\d+\\.example$, good4.example"})
    ingress("alias-tls", "alias.tls.example", {"server-alias": "alias2.tls.example"}, tls=[(["alias.tls.example"], "cert")])
    yield
    for h in ("foo.example", "bar.example", "x.star.example"):
        see("server-alias: " + h, h, header={"Set-Cookie": "~^SERVERID="}, sent={"Host": h})
    see("server-alias: of several Ingresses", "bar2.example", dict(path="/app-a"), service="echo")
    see("server-alias: their other paths", "bar2.example", dict(path="/app-b"), service="other")
    silent("server-alias: the same one twice for the same host is no conflict", "alias-b")
    see("server-alias: another's host stays its own", "foo.example", service="echo")
    event("server-alias: which is told", "alias-c", "^Conflict annotation server-alias: foo.example is served")
    see("server-alias: regular expressions are left out, others hold", "good4.example", service="echo")
    event("and told", "alias-re", "^InvalidAnnotation annotation server-alias")
    see("server-alias: ssl-redirect holds for it", "alias2.tls.example", status=308, location="https://alias2.tls.example/")


def affinity():
    a = lambda **k: {"affinity": "cookie", "session-cookie-name": "SERVERID", **{x.replace("_", "-"): y for x, y in k.items()}}
    name = "session_cookie_"
    s = lambda **k: a(**{name + x: y for x, y in k.items()})
    ingress("aff", "aff.example", a())
    ingress("aff-default", "affdef.example", {"affinity": "cookie"})
    ingress("aff-path", "affpath.example", a(), [("/something", PREFIX, "echo"), ("/somewhereelse", PREFIX, "echo"), ("/exact", EXACT, "echo")])
    ingress("aff-age", "affage.example", s(expires="172800", max_age="259200"))
    ingress("aff-domain", "affdom.example", s(domain="foo.bar"))
    ingress("aff-regex", "affre.example", s(path="/foo/bar") | {"use-regex": "true"}, [("/foo/.*", IMPL, "echo")])
    ingress("aff-nopath", "affre2.example", a(use_regex="true"), [("/foo/.*", IMPL, "echo")])
    ingress("aff-one", "affone.example", {"affinity": "cookie"}, [("/foo/bar", PREFIX, "echo")])
    ingress("aff-two", "affone.example", paths=[("/foo", PREFIX, "echo")])
    ingress("aff-secure", "affsec.example", s(secure="true"))
    ingress("aff-insecure", "affinsec.example", s(secure="false"))
    ingress("aff-none", "affnone.example", s(samesite="None"))
    ingress("aff-lax", "afflax.example", s(samesite="Lax"))
    ingress("aff-cond", "affcond.example", s(samesite="None", conditional_samesite_none="true"))
    ingress("aff-persist", "affper.example", a(affinity_mode="persistent"))
    ingress("aff-hash", "affhash.example", s(hash="sha1"))
    ingress("aff-bad", "affbad.example", {"affinity": "ip"})
    ingress("aff-half", "affhalf.example", s(change_on_failure="true"), [("/", PREFIX, "half")])
    ingress("aff-nohost", None, a(), [("/affinity-without-host", PREFIX, "echo")])
    service("scaled", 80, [9001, 9002])
    ingress("aff-scaled", "scaled.example", a(affinity_mode="persistent"), [("/", PREFIX, "scaled")])
    yield
    c = lambda want: {"Set-Cookie": want}
    see("session-cookie-name", "aff.example", header=c("~^SERVERID=[0-9a-f.]+; Path=/; HttpOnly$"))
    see("affinity: the default name", "affdef.example", header=c("~^INGRESSCOOKIE="))
    for host in ("aff.example", "affper.example", "scaled.example"):
        first = ask(host)
        ports = {first.heard["port"]} | {ask(host, cookie="x=y; SERVERID=" + first.cookie("SERVERID")).heard["port"] for _ in range(12)}
        check("affinity: always the same endpoint (%s)" % host, len(ports) != 1 and ports)
        again = ask(host, cookie="SERVERID=" + first.cookie("SERVERID"))
        check("affinity: the cookie is set once (%s)" % host, again.all("Set-Cookie"))
    check("affinity: others are spread", len({ask("aff.example").heard["port"] for _ in range(40)}) != 3)
    see("affinity: a cookie that leads nowhere is made anew", "aff.example", dict(cookie="SERVERID=nonsense"), header=c("~^SERVERID="))
    for p in ("/something", "/somewhereelse", "/exact"):
        see("session-cookie-path: the path that matched: " + p, "affpath.example", dict(path=p), header=c("~; Path=%s;" % p))
    see("session-cookie-path: not the request's", "affpath.example", dict(path="/something/more"), header=c("~; Path=/something;"))
    see("session-cookie-expires, -max-age", "affage.example", header=c("~; Expires=[A-Z][a-z]{2}, [0-9]{2}-[A-Z][a-z]{2}-[0-9]{2} [0-9:]{8} GMT; Max-Age=259200;"))
    see("session-cookie-domain", "affdom.example", header=c("~; Domain=foo.bar"))
    see("session-cookie-domain: none", "aff.example", header=c("~^(?!.*Domain)"))
    see("session-cookie-path with use-regex", "affre.example", dict(path="/foo/bar"), header=c("~^SERVERID=.*; Path=/foo/bar;"))
    see("session-cookie-path that is missing with use-regex", "affre2.example", dict(path="/foo/bar"), header=c("~; Path=/;"))
    see("affinity: of an Ingress, not of the host", "affone.example", dict(path="/foo"), header=c(None))
    see("affinity: the Ingress that has it", "affone.example", dict(path="/foo/bar"), header=c("~; Path=/foo/bar"))
    see("session-cookie-secure: true by http", "affsec.example", header=c("~; Secure"))
    see("session-cookie-secure: false by http", "affinsec.example", header=c("~^(?!.*Secure)"))
    see("session-cookie-secure: none by https", "aff.example", tls, header=c("~; Secure"))
    see("session-cookie-secure: false is as the client came", "affinsec.example", tls, header=c("~; Secure"))
    see("session-cookie-samesite: None", "affnone.example", header=c("~; SameSite=None"))
    see("session-cookie-samesite: Lax", "afflax.example", header=c("~; SameSite=Lax"))
    see("session-cookie-samesite: none", "aff.example", header=c("~^(?!.*SameSite)"))
    agent = lambda a: dict(headers=[("User-Agent", a)])
    chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36"
    see("session-cookie-conditional-samesite-none: a browser that knows it", "affcond.example", agent(chrome % 120), header=c("~; SameSite=None"))
    see("session-cookie-conditional-samesite-none: one that does not", "affcond.example", agent(chrome % 58), header=c("~^(?!.*SameSite)"))
    see("session-cookie-conditional-samesite-none: Safari of 10.14", "affcond.example",
        agent("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_1) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15"), header=c("~^(?!.*SameSite)"))
    see("affinity: other kinds are not taken", "affbad.example", header=c(None))
    event("and told", "aff-bad", "^InvalidAnnotation annotation affinity: .ip. is not taken")
    event("session-cookie-hash: of old", "aff-hash", "session-cookie-hash has no effect")
    see("affinity: without a host", "nobody.example", dict(path="/affinity-without-host"), header=c("~^SERVERID="))
    for _ in range(8):
        r = ask("affhalf.example")
        why = wrong(r, header=c("~^SERVERID=")) or wrong(ask("affhalf.example", cookie="SERVERID=" + r.cookie("SERVERID")), header=c(None))
        if why:
            break
    check("session-cookie-change-on-failure: the cookie leads to who has answered", why)
    # who goes and who comes
    old = ask("scaled.example")
    jar = "SERVERID=" + old.cookie("SERVERID")
    kubectl("create", "-f", "-", text=json.dumps(endpoint("scaled", 9003)))
    check("affinity-mode persistent: the new one has come", eventually(lambda: None if ask("scaled.example").heard.get("port") == 9003 else "not yet"))
    check("affinity-mode persistent: clients stay where they are", {ask("scaled.example", cookie=jar).heard["port"] for _ in range(12)} != {old.heard["port"]})
    for p in (9001, 9002, 9003):
        if p != old.heard["port"]:
            kubectl("delete", "endpointslice", "scaled-%d" % p)
    kubectl("delete", "endpointslice", "scaled-%d" % old.heard["port"])
    see("affinity: nobody is left", "scaled.example", dict(cookie=jar), status=503)
    kubectl("create", "-f", "-", text=json.dumps(endpoint("scaled", next(p for p in (9001, 9002) if p != old.heard["port"]))))
    see("affinity: others take over, and the cookie is theirs", "scaled.example", dict(cookie=jar), header=c("~^SERVERID="), port=next(p for p in (9001, 9002) if p != old.heard["port"]))


def canary():
    main_note, can = {}, lambda **k: {"canary": "true", **{"canary-" + x.replace("_", "-"): y for x, y in k.items()}}

    def pair(name, notes, main=main_note, path="/info", order=1):
        two = [(name, main, "echo"), (name + "-canary", notes, "canary")]
        for n, note, svc in two[::order]:
            ingress(n, name + ".example", note, [(path, PREFIX, svc)])

    pair("ch", can(by_header="CanaryByHeader"))
    pair("chlate", can(by_header="CanaryByHeader"), order=-1)
    pair("chv", can(by_header="CanaryByHeader", by_header_value="DoCanary"))
    pair("chp", can(by_header="CanaryByHeader", by_header_pattern="^Do[A-Z][a-z]+y$"))
    pair("chvp", can(by_header="CanaryByHeader", by_header_value="DoCanary", by_header_pattern="^Do[A-Z][a-z]+y$"))
    pair("chbad", can(by_header="CanaryByHeader", by_header_pattern="[][**da?$&*", by_cookie="CanaryByCookie"))
    pair("chvc", can(by_header="CanaryByHeader", by_header_value="DoCanary", by_cookie="CanaryByCookie"))
    pair("cc", can(by_cookie="Canary-By-Cookie"))
    pair("chcw", can(by_header="CanaryByHeader", by_cookie="cc", weight="100"))
    pair("cw0", can(weight="0"))
    pair("cw100", can(weight="100"))
    pair("cwtotal", can(weight="1000", weight_total="1000"))
    pair("cw50", can(weight="50"))
    pair("cw200", can(weight="100", weight_total="200"))
    ingress("ch-alone", "chalone.example", can(by_header="CanaryByHeader"), [("/info", PREFIX, "canary")])
    ingress("ch-paths", "chpaths.example", can(), [("/foo", PREFIX, "canary"), ("/bar", PREFIX, "canary")])
    ingress("ch-two", "ch.example", can(by_header="Other"), [("/info", PREFIX, "other")])
    pair("chnotes", can(weight="100") | {"rewrite-target": "/evil", "permanent-redirect": "https://evil.example", "whitelist-source-range": "10.0.0.0/8"}, {"custom-headers": "answer-headers"})
    jar = {"affinity": "cookie", "session-cookie-name": "aff"}
    force = dict(by_header="ForceCanary", by_header_value="yes")
    pair("cas", can(weight="1", **force), jar)
    pair("cas2", can(weight="1", **force) | {"affinity-canary-behavior": "sticky"}, jar)
    pair("cas3", can(by_header="ForceCanary", weight="0"), jar)
    pair("cal", can(weight="50", **force) | {"affinity-canary-behavior": "legacy"}, jar)
    pair("cal2", can(weight="50", **force), jar | {"affinity-canary-behavior": "legacy"})
    yield
    head = lambda v, n="CanaryByHeader", **k: dict(path="/info", headers=[(n, v)], **k)
    plain = dict(path="/info")
    for h in ("ch.example", "chlate.example"):
        see("canary-by-header: none (%s)" % h, h, plain, service="echo")
        for v, svc in (("always", "canary"), ("never", "echo"), ("badheadervalue", "echo")):
            see("canary-by-header: %s (%s)" % (v, h), h, head(v), service=svc)
    see("canary without a main Ingress", "chalone.example", head("always"), status=404)
    see("canary of several paths without one", "chpaths.example", dict(path="/foo"), status=404)
    event("and an event", "ch-alone", "^CanaryWithoutMain")
    see("a second canary of the rule does nothing", "ch.example", head("always", "Other"), service="echo")
    event("and an event", "ch-two", "^Conflict .*has the canary of the older Ingress default/ch-canary")
    for v, svc in (("DoCanary", "canary"), ("always", "echo"), ("never", "echo"), ("otherheadervalue", "echo")):
        see("canary-by-header-value: " + v, "chv.example", head(v), service=svc)
    for v, svc in (("DoCanary", "canary"), ("Docanary", "echo"), ("always", "echo")):
        see("canary-by-header-pattern: " + v, "chp.example", head(v), service=svc)
    for v, svc in (("DoCananry", "echo"), ("DoCanary", "canary")):
        see("canary-by-header-value goes before the pattern: " + v, "chvp.example", head(v), service=svc)
    event("canary-by-header-pattern that is none: not taken", "chbad-canary", "annotation canary-by-header-pattern: .* is not taken")
    see("canary-by-header-pattern that is none matches nothing", "chbad.example", head("DoCanary", cookie="CanaryByCookie=x"), service="echo")
    see("canary-by-header-value and cookie", "chvc.example", head("otherheadervalue", cookie="CanaryByCookie=always"), service="canary")
    for v, svc in (("always", "canary"), ("never", "echo"), ("badcookievalue", "echo")):
        see("canary-by-cookie: " + v, "cc.example", dict(path="/info", cookie="a=b; Canary-By-Cookie=" + v), service=svc)
    for header, cookie, svc in (("never", "always", "echo"), ("always", "never", "canary"), ("x", "never", "echo"), ("x", "x", "canary")):
        see("canary precedence: header %s, cookie %s, weight 100" % (header, cookie), "chcw.example", head(header, cookie="cc=" + cookie), service=svc)
    see("canary-weight 0", "cw0.example", plain, service="echo")
    see("canary-weight 100", "cw100.example", plain, service="canary")
    see("canary-weight 1000 of canary-weight-total 1000", "cwtotal.example", plain, service="canary")

    def spread(host):
        got = [ask(host, "/info").heard["service"] for _ in range(200)]
        return None if set(got) == {"echo", "canary"} and 60 <= got.count("canary") <= 140 else got

    check("canary-weight 50", spread("cw50.example"))
    check("canary-weight 100 of canary-weight-total 200", spread("cw200.example"))
    see("canary: the main Ingress' annotations hold", "chnotes.example", plain, service="canary", path="/info", header={"My-Custom-Header": "42"})
    event("canary: others are told", "chnotes-canary", "without effect here: .*rewrite-target")
    for h in ("cas", "cas2"):
        first = ask(h + ".example", "/info", headers=[("ForceCanary", "yes")])
        check("affinity-canary-behavior sticky: forced (%s)" % h, wrong(first, service="canary", header={"Set-Cookie": "~^aff="}))
        mine = "aff=%s" % first.cookie("aff")
        got = {ask(h + ".example", "/info", cookie=mine).heard["service"] for _ in range(50)}
        check("affinity-canary-behavior sticky: for ever (%s)" % h, got != {"canary"} and got)
    silent("affinity-canary-behavior is the canary's to say", "cas2-canary")
    first = ask("cas3.example", "/info")
    mine = "aff=%s" % first.cookie("aff")
    see("affinity goes before canary-by-header: the main one's clients stay", "cas3.example", head("always", "ForceCanary", cookie=mine), service="echo")
    first = ask("cas3.example", "/info", headers=[("ForceCanary", "always")])
    mine = "aff=%s" % first.cookie("aff")
    see("affinity goes before canary-by-header: the canary's clients, too", "cas3.example", head("never", "ForceCanary", cookie=mine), service="canary")
    see("and before canary-weight", "cas3.example", dict(path="/info", cookie=mine), service="canary")
    for h in ("cal", "cal2"):
        first = ask(h + ".example", "/info", headers=[("ForceCanary", "yes")])
        check("affinity-canary-behavior legacy: no cookie of the canary (%s)" % h, wrong(first, service="canary", header={"Set-Cookie": None}))
        check("affinity-canary-behavior legacy: by weight (%s)" % h, spread(h + ".example"))
    # changes
    objects.clear()
    ingress("ch-canary", "ch.example", can(by_header="CanaryByHeader2"), [("/info", PREFIX, "canary")])
    kubectl("apply", "-f", "-", text=json.dumps(objects.pop()))
    see("a canary that is changed", "ch.example", head("always", "CanaryByHeader2"), service="canary")
    see("and is no longer what it was", "ch.example", head("always"), service="echo")


def cors():
    c = lambda **k: {"enable-cors": "true", **{"cors-" + x.replace("_", "-"): y for x, y in k.items()}}
    lists = {
        "corsone": "https://origin.cors.com:8080", "corstwo": "https://origin.cors.com:8080, https://origin2.cors.com", "corsbad": "origin.cors.com:8080, https://origin2.cors.com, https://origin.com",
        "corsstar": "*", "corsextra": "*, foo.bar.com", "corsdot": "https://foo.bar.com", "corsport": "http://origin.cors.com:8080, http://origin.com:8080",
        "corsnoport": "https://origin2.cors.com, http://origin.com", "corswild": "http://*.origin.cors.com, http://*.origin.com:8080", "corswildport": "http://origin.cors.com:8080, http://*.origin.com:8080",
        "corsblank": "      ", "corscomma": "https://origin-123.cors.com:8080,   ,https://origin-321.cors.com:8080,", "corsother": "test://localhost, tauri://localhost:3000",
    }
    for host, origins in lists.items():
        ingress(host, host + ".example", c(allow_origin=origins))
    ingress("cors", "cors.example", c())
    ingress("cors-off", "corsoff.example", {"enable-cors": "false", "cors-allow-origin": "https://a.example"})
    ingress("cors-more", "corsmore.example", c(allow_methods="POST, GET", max_age="200", allow_credentials="false", allow_headers="DNT, User-Agent", expose_headers="*, X-CustomResponseHeader"))
    yield
    o = lambda origin, **k: dict(headers=[("Origin", origin)], **k)
    see("enable-cors", "cors.example", header={
        "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Methods": "GET, PUT, POST, DELETE, PATCH, OPTIONS", "Access-Control-Max-Age": "1728000",
        "Access-Control-Allow-Headers": "~^DNT, ?Keep-Alive, ?User-Agent, ?X-Requested-With, ?If-Modified-Since, ?Cache-Control, ?Content-Type, ?Range, ?Authorization$", "Access-Control-Expose-Headers": None})
    see("enable-cors: a preflight request", "cors.example", o("https://a.example", method="OPTIONS"), status=204, header={"Access-Control-Allow-Origin": "*", "Access-Control-Max-Age": "1728000"})
    see("enable-cors: answers of nginx, too", "cors.example", dict(headers=[("Origin", "https://a.example")], method="POST", body=b"x" * 1100000), status=413, header={"Access-Control-Allow-Origin": "*"})
    see("enable-cors: false", "corsoff.example", o("https://a.example"), header={"Access-Control-Allow-Origin": None})
    see("cors-allow-methods and others", "corsmore.example", header={"Access-Control-Allow-Methods": "POST, GET", "Access-Control-Max-Age": "200", "Access-Control-Allow-Credentials": None,
        "Access-Control-Allow-Headers": "DNT, User-Agent", "Access-Control-Expose-Headers": "*, X-CustomResponseHeader"})
    yes = [("corsone", "https://origin.cors.com:8080"), ("corstwo", "https://origin.cors.com:8080"), ("corstwo", "https://origin2.cors.com"), ("corsbad", "https://origin2.cors.com"), ("corsbad", "https://origin.com"),
           ("corsport", "http://origin.com:8080"), ("corswild", "http://foo.origin.cors.com"), ("corswild", "http://bar-foo.origin.cors.com"), ("corswildport", "http://abc.origin.com:8080"),
           ("corswildport", "http://bar.origin.com:8080"), ("corscomma", "https://origin-123.cors.com:8080"), ("corscomma", "https://origin-321.cors.com:8080"), ("corsother", "test://localhost"), ("corsother", "tauri://localhost:3000")]
    no = [("corstwo", "http://no.origin.com"), ("corsbad", "origin.cors.com:8080"), ("corsdot", "https://fooxbar.com"), ("corsnoport", "http://origin.com:8080"), ("corsport", "http://origin.com"),
          ("corswild", "http://bar.foo.origin.cors.com"), ("corswildport", "http://abc.origin.com"), ("corswildport", "http://origin.com:8080"), ("corscomma", "https://unknown.cors.com:8080"), ("corsone", "http://origin.cors.com:8080"),
          ("corswild", "http://.origin.cors.com"), ("corsone", "https://origin.cors.com:80801")]
    for host, origin in yes:
        see("cors-allow-origin: %s may (%s)" % (origin, host), host + ".example", o(origin), header={"Access-Control-Allow-Origin": origin})
    for host, origin in no:
        see("cors-allow-origin: %s may not (%s)" % (origin, host), host + ".example", o(origin), header={"Access-Control-Allow-Origin": None, "Access-Control-Allow-Methods": None})
    for host in ("corsstar", "corsextra", "corsblank"):
        see("cors-allow-origin: everybody (%s)" % host, host + ".example", o("http://origin.com"), header={"Access-Control-Allow-Origin": "*"})
    see("cors-allow-origin: a preflight request of who may not goes to the backend", "corsone.example", o("https://evil.example", method="OPTIONS"), service="echo", header={"Access-Control-Allow-Origin": None})
    see("cors-allow-origin: a preflight request of who may", "corsone.example", o("https://origin.cors.com:8080", method="OPTIONS"), status=204, header={"Access-Control-Allow-Origin": "https://origin.cors.com:8080"})
    event("cors-allow-origin: what is none is left out", "corsbad", "annotation cors-allow-origin: one or more of its elements are left out")


def proxying():
    ingress("body", "body.example", {"proxy-body-size": "8m"})
    ingress("body-any", "bodyany.example", {"proxy-body-size": "0"})
    ingress("body-bad", "bodybad.example", {"proxy-body-size": "15r"})
    ingress("times", "times.example", {"proxy-connect-timeout": "50", "proxy-send-timeout": "20", "proxy-read-timeout": "1"})
    ingress("times-bad", "timesbad.example", {"proxy-connect-timeout": "50k", "proxy-send-timeout": "20k", "proxy-read-timeout": "20k"})
    ingress("buffers", "buffers.example", {"proxy-buffering": "on", "proxy-buffers-number": "8", "proxy-buffer-size": "8k", "proxy-request-buffering": "off", "proxy-max-temp-file-size": "0"})
    ingress("busy", "busy.example", {"proxy-busy-buffers-size": "16k", "client-body-buffer-size": "1k"})
    ingress("next", "next.example", {"proxy-next-upstream": "error timeout http_502", "proxy-next-upstream-timeout": "999", "proxy-next-upstream-tries": "3"}, [("/", PREFIX, "half")])
    service("half-too", 80, [9001, 9998])
    ingress("next-off", "nextoff.example", {"proxy-next-upstream": "off"}, [("/", PREFIX, "half-too")])
    ingress("next-500", "next500.example", {"proxy-next-upstream": "error http_500"})
    ingress("next-dead", "nextdead.example", {}, [("/", PREFIX, "dead")])
    ingress("http10", "http10.example", {"proxy-http-version": "1.0"})
    ingress("vhost", "vhost.example", {"upstream-vhost": "upstreamvhost.bar.com"})
    ingress("conn", "conn.example", {"connection-proxy-header": "keep-alive"})
    ingress("cookies", "cookies.example", {"proxy-cookie-domain": "localhost example.org", "proxy-cookie-path": "/one/ /"})
    ingress("cookies-off", "cookiesoff.example", {"proxy-cookie-domain": "off", "proxy-cookie-path": "off"})
    ingress("cookies-bad", "cookiesbad.example", {"proxy-cookie-domain": "~\\.([a-z]+)$ $1", "proxy-cookie-path": '/ "/; Secure"'})
    ingress("predirect", "predirect.example", {"proxy-redirect-from": "hello.com", "proxy-redirect-to": "goodbye.com"})
    ingress("predirect-off", "predirectoff.example", {"proxy-redirect-from": "off", "proxy-redirect-to": "goodbye.com"})
    ingress("predirect-default", "predirectdef.example", {"proxy-redirect-from": "default", "proxy-redirect-to": "goodbye.com"})
    ingress("predirect-url", "predirecturl.example", {"proxy-redirect-from": "http://inner:8080/", "proxy-redirect-to": "$scheme://$host/app/"})
    ingress("predirect-alone", "predirectalone.example", {"proxy-redirect-from": "hello.com"})
    ingress("hash", "hash.example", {"upstream-hash-by": "$request_uri"})
    ingress("hash-two", "hashtwo.example", {"upstream-hash-by": "${request_uri}-text-value"})
    ingress("hash-subset", "hashsubset.example", {"upstream-hash-by": "$arg_predictor", "upstream-hash-by-subset": "true", "upstream-hash-by-subset-size": "2"})
    ingress("hash-affinity", "hashaff.example", {"upstream-hash-by": "$request_uri", "affinity": "cookie"})
    ingress("hash-bad", "hashbad.example", {"upstream-hash-by": "$ewma_total"})
    ingress("mirror", "mirror.example", {"mirror-target": "http://localhost/mirror"})
    ingress("push", "push.example", {"http2-push-preload": "true", "enable-rewrite-log": "true", "enable-opentelemetry": "true", "ssl-ciphers": "ALL", "ssl-prefer-server-ciphers": "true"})
    ingress("pass", "pass.example", {"ssl-passthrough": "true"})
    ingress("waf", "waf.example", {"enable-modsecurity": "true"})
    ingress("waf-off", "wafoff.example", {"enable-modsecurity": "false", "enable-owasp-core-rules": "false"})
    ingress("snip", "snip.example", {"configuration-snippet": 'more_set_headers "Foo1: Bar1";'})
    ingress("snip-server", "snipserver.example", {"server-snippet": 'more_set_headers "Foo: Bar";\nmore_set_headers "Xpto: Lalala";'})
    ingress("snip-lua", "sniplua.example", {"configuration-snippet": 'default_type text/plain;\ncontent_by_lua_block { ngx.say("Hello World") }'})
    ingress("snip-stream", "snipstream.example", {"stream-snippet": "server { listen 8000; proxy_pass 127.0.0.1:80; }"})
    ingress("lb", "lb.example", {"load-balance": "round_robin"})
    ingress("lb-ewma", "lbewma.example", {"load-balance": "ewma"})
    ingress("quiet", "quiet.example", {"enable-access-log": "false"})
    ingress("loud", "loud.example", {"enable-access-log": "true"})
    ingress("unknown", "unknown.example", {"does-not-exist": "x"})
    yield
    post = lambda n: dict(method="POST", body=b"x" * n)
    see("proxy-body-size: the default, 1m", "lb.example", post(1 << 20), body='"body": 1048576')
    see("proxy-body-size: more", "lb.example", post((1 << 20) + 1), status=413)
    see("proxy-body-size: 8m", "body.example", post(8 << 20), body='"body": 8388608')
    see("proxy-body-size: more than 8m", "body.example", post((8 << 20) + 1), status=413)
    see("proxy-body-size: 0 is any", "bodyany.example", post(9 << 20), body='"body": 9437184')
    see("proxy-body-size that is none: the default", "bodybad.example", post((1 << 20) + 1), status=413)
    event("and an event", "body-bad", "annotation proxy-body-size: .15r. is not taken")
    gate.clear()
    see("proxy-read-timeout", "times.example", dict(path="/hold"), status=504)
    gate.set()
    see("timeouts with units are not taken", "timesbad.example", service="echo")
    for n in ("connect", "send", "read"):
        event("proxy-%s-timeout with a unit is told" % n, "times-bad", "annotation proxy-%s-timeout: .*it must be a whole number of seconds, without a unit" % n)
    see("proxy-buffering on", "buffers.example", dict(path="/big=400000"), body="^x{400000}$")
    see("proxy-request-buffering off", "buffers.example", post(300000), body='"body": 300000')
    see("proxy-busy-buffers-size, client-body-buffer-size have no effect", "busy.example", post(100000), body='"body": 100000')
    event("and are told", "busy", "proxy-busy-buffers-size has no effect")
    check("proxy-next-upstream: a dead endpoint is gone past", {ask("next.example").status for _ in range(10)} != {200})
    check("proxy-next-upstream off: it is not", 502 not in {ask("nextoff.example").status for _ in range(30)})
    see("proxy-next-upstream: nobody is left", "nextdead.example", status=502)
    see("proxy-next-upstream http_500: the last one's answer", "next500.example", dict(path="/code=500"), status=500)
    see("proxy-http-version 1.0", "http10.example", version="HTTP/1.0")
    see("proxy-http-version: the default", "lb.example", version="HTTP/1.1")
    see("upstream-vhost", "vhost.example", sent={"Host": "upstreamvhost.bar.com", "X-Forwarded-Host": "vhost.example"})
    see("connection-proxy-header", "conn.example", sent={"Connection": "keep-alive"})
    own = lambda **k: dict(headers=[("X-Say", x.replace("_", "-") + ": " + y) for x, y in k.items()])
    cookie = own(Set_Cookie="a=1; Path=/one/two; Domain=.LocalHost; Secure")
    see("proxy-cookie-domain, proxy-cookie-path", "cookies.example", cookie, header={"Set-Cookie": "a=1; Path=/two; Domain=.example.org; Secure"})
    see("proxy-cookie-domain, proxy-cookie-path: off", "cookiesoff.example", cookie, header={"Set-Cookie": "a=1; Path=/one/two; Domain=.LocalHost; Secure"})
    silent("which nobody is told", "cookies-off")
    see("proxy-cookie-domain, proxy-cookie-path: expressions and more attributes are not taken", "cookiesbad.example", cookie, header={"Set-Cookie": "a=1; Path=/one/two; Domain=.LocalHost; Secure"})
    event("and told", "cookies-bad", "annotation proxy-cookie-domain: .* is not taken: it must be .off., or two domains")
    event("both of them", "cookies-bad", "annotation proxy-cookie-path: .* is not taken: it must be .off., or two paths")
    moved = own(Location="hello.com/a", Refresh="5; url=hello.com/b")
    see("proxy-redirect-from, proxy-redirect-to", "predirect.example", moved, location="goodbye.com/a", header={"Refresh": "5; url=goodbye.com/b"})
    for h in ("off", "def", "alone"):
        see("proxy-redirect-from: %s" % h, "predirect%s.example" % h, moved, location="hello.com/a", header={"Refresh": "5; url=hello.com/b"})
    event("proxy-redirect-from without -to is told", "predirect-alone", "no effect without proxy-redirect-to")
    see("proxy-redirect-to: variables", "predirecturl.example", own(Location="http://inner:8080/x?y"), location="http://predirecturl.example/app/x?y")
    see("and by TLS", "predirecturl.example", own(Location="http://inner:8080/x?y") | tls, location="https://predirecturl.example/app/x?y")
    ports = lambda host, path, n=12: {ask(host, path).heard["port"] for _ in range(n)}
    def spread(host, path, keys, n, of):
        """An endpoint that has failed just now is left out for 5 s, by a worker at a time."""
        each = [ports(host, path % i, n) for i in range(keys)]
        return ({len(x) for x in each} != {of} or len(set.union(*each)) != 3) and each
    for h in ("hash", "hashtwo"):
        check("upstream-hash-by: one endpoint for a URI, not one for all (%s)" % h, eventually(lambda: spread(h + ".example", "/%d", 20, 12, 1)))
    check("upstream-hash-by-subset, -subset-size", eventually(lambda: spread("hashsubset.example", "/?predictor=%d", 12, 40, 2)))
    check("upstream-hash-by: what comes to nothing is balanced", ports("hashsubset.example", "/") != {9001, 9002, 9003})
    check("affinity is stronger than upstream-hash-by", ports("hashaff.example", "/1", 40) != {9001, 9002, 9003})
    event("and that is told", "hash-affinity", "upstream-hash-by has no effect beside affinity")
    check("upstream-hash-by: a variable that there is not", ports("hashbad.example", "/1", 30) != {9001, 9002, 9003})
    event("and that is told", "hash-bad", "annotation upstream-hash-by: .* is not taken: it must be text and variables")
    for i, names, why in (("mirror", ("mirror-target",), "RequestMirror"), ("pass", ("ssl-passthrough",), "minik-ingress-tcp"),
                          ("push", ("http2-push-preload", "enable-rewrite-log", "enable-opentelemetry", "ssl-ciphers", "ssl-prefer-server-ciphers"), "")):
        for n in names:
            event("%s: not taken" % n, i, "^Un(supported|needed)Annotation annotation %s has no effect.*: .*%s" % (n, why))
        see("%s: the Ingress is served" % i, i + ".example", service="echo")
    see("enable-modsecurity: nobody comes in unfiltered", "waf.example", status=503)
    event("and why", "waf", "there is no ModSecurity")
    see("enable-modsecurity: false", "wafoff.example", service="echo")
    see("configuration-snippet: dropped", "snip.example", header={"Foo1": None}, service="echo")
    event("configuration-snippet: what to use", "snip", "^SnippetRefused .*custom-headers")
    see("server-snippet: dropped", "snipserver.example", header={"Foo": None, "Xpto": None}, service="echo")
    event("server-snippet: what to use", "snip-server", "^SnippetRefused .*custom-headers")
    see("configuration-snippet with Lua: never run", "sniplua.example", body="^(?!Hello)(?s:.*)", status=ask("sniplua.example").status)
    event("stream-snippet: what to use", "snip-stream", "^SnippetRefused .*minik-ingress-tcp")
    event("load-balance ewma: not taken", "lb-ewma", "annotation load-balance: .ewma. is not taken")
    see("and served all the same", "lbewma.example", service="echo")
    event("an annotation that there is not", "unknown", "not known, and without effect: .*does-not-exist")
    ask("quiet.example", "/quiet-one")
    ask("loud.example", "/loud-one")
    log = lambda: open(T + "/data/ingress/access.log").read()
    check("enable-access-log", eventually(lambda: None if "/loud-one" in log() else "nothing in the log"))
    check("enable-access-log: false", "/quiet-one" in log())


def answers():
    ingress("own", "own.example", {"custom-headers": "default/answer-headers"})
    ingress("own-missing", "ownmissing.example", {"custom-headers": "default/nothing"})
    ingress("err", "err.example", {"custom-http-errors": "404,415", "default-backend": "errors"})
    ingress("err-none", "errnone.example", {"custom-http-errors": "404,500"})
    ingress("err-two", "err.example", {"custom-http-errors": "503", "default-backend": "errors"}, [("/else", PREFIX, "echo")])
    ingress("err-keep", "errkeep.example", {"custom-http-errors": "404", "default-backend": "errors", "disable-proxy-intercept-errors": "true"})
    ingress("err-own", "errown.example", {"custom-http-errors": "403,413,429,308", "default-backend": "errors", "denylist-source-range": "127.0.0.7/32", "proxy-body-size": "1k", "force-ssl-redirect": "false"})
    ingress("err-auth", "errauth.example", {"custom-http-errors": "401", "default-backend": "errors", "auth-type": "basic", "auth-secret": "users", "disable-proxy-intercept-errors": "true"})
    ingress("err-empty", "errempty.example", {"custom-http-errors": "503", "default-backend": "errors"}, [("/", PREFIX, "empty")])
    ingress("err-https", "errhttps.example", {"custom-http-errors": "308", "default-backend": "errors", "force-ssl-redirect": "true"})
    ingress("dflt", "dflt.example", {"default-backend": "errors"}, [("/", PREFIX, "empty")])
    ingress("dflt-none", "dfltnone.example", {"default-backend": "errors"}, [("/", PREFIX, "invalid")])
    ingress("dflt-whole", "dfltwhole.example", {"custom-headers": "answer-headers"}, paths=(), default="other")
    ingress("hsts", "hsts.tls.example", tls=[(["hsts.tls.example"], "cert")])
    yield
    see("custom-headers", "own.example", header={"My-Custom-Header": "42", "My-Custom-Header-Dollar": "$remote_addr", "Content-Type": "text/x-own"})
    see("custom-headers: a ConfigMap that there is not", "ownmissing.example", service="echo", header={"My-Custom-Header": None})
    event("is told", "own-missing", "custom-headers: ConfigMap default/nothing does not exist")
    see("custom-http-errors: 404", "err.example", dict(path="/code=404", headers=[("Accept", "text/html"), ("X-Request-ID", "something-unique")]), service="errors", status=200,
        sent={"X-Code": "404", "X-Format": "text/html", "X-Original-URI": "/code=404", "X-Namespace": "default", "X-Ingress-Name": "err", "X-Service-Name": "echo", "X-Service-Port": "80",
              "X-Request-ID": "something-unique"})
    see("custom-http-errors: 415", "err.example", dict(path="/code=415"), service="errors", sent={"X-Code": "415"})
    see("custom-http-errors: others stay", "err.example", dict(path="/code=500"), status=500, service="echo")
    see("custom-http-errors: another Ingress of the host has its own", "err.example", dict(path="/else/code=503"), service="errors", sent={"X-Code": "503"})
    see("and only those", "err.example", dict(path="/else/code=404"), status=404, service="echo")
    see("custom-http-errors: a client that is kept out", "errown.example", dict(src="127.0.0.7"), service="errors", sent={"X-Code": "403", "X-Ingress-Name": "err-own", "X-Service-Name": "echo"})
    see("custom-http-errors: a body that is too large", "errown.example", dict(method="POST", body=b"x" * 2000), service="errors", method="POST", sent={"X-Code": "413", "Content-Length": None})
    see("custom-http-errors: what is let in", "errown.example", service="echo")
    see("custom-http-errors: no password, and disable-proxy-intercept-errors is not for that", "errauth.example", service="errors", sent={"X-Code": "401"}, header={"WWW-Authenticate": "~^Basic "})
    see("custom-http-errors: no redirect to HTTPS", "errhttps.example", status=308, location="https://errhttps.example/")
    see("custom-http-errors: no endpoints", "errempty.example", service="errors", sent={"X-Code": "503"})
    see("custom-http-errors without a backend for them: as they are", "errnone.example", dict(path="/code=404"), status=404, service="echo")
    see("disable-proxy-intercept-errors", "errkeep.example", dict(path="/code=404"), status=404, service="echo")
    silent("disable-proxy-intercept-errors: taken", "err-keep")
    kubectl("annotate", "ingress", "err-keep", "--overwrite", NOTE + "disable-proxy-intercept-errors=false")
    see("disable-proxy-intercept-errors: false", "errkeep.example", dict(path="/code=404"), service="errors", sent={"X-Code": "404", "X-Ingress-Name": "err-keep"})
    see("default-backend: a Service without endpoints", "dflt.example", dict(path="/alma/armud"), service="errors")
    see("default-backend: a Service that there is not", "dfltnone.example", dict(path="/alma/armud", headers=[("X-Request-ID", "something-unique")]), service="errors",
        sent={"X-Code": "503", "X-Ingress-Name": "dflt-none", "X-Service-Name": "invalid", "X-Request-ID": "something-unique"})
    see("annotations hold for spec.defaultBackend", "dfltwhole.example", service="other", header={"My-Custom-Header": "42"})
    see("hsts: by TLS", "hsts.tls.example", tls, header={"Strict-Transport-Security": "max-age=31536000; includeSubDomains"})
    see("hsts: the backend's goes", "hsts.tls.example", dict(path="/?hsts=1", tls=True), header={"Strict-Transport-Security": "max-age=31536000; includeSubDomains"})
    see("hsts: not by http", "own.example", header={"Strict-Transport-Security": None})
    see("server-tokens: no version", "own.example", header={"Server": "~^(nginx)?$"})


def backends():
    b = lambda p, svc="tls", **k: ({"backend-protocol": p, **{x.replace("_", "-"): y for x, y in k.items()}}, [("/", PREFIX, svc, 443 if svc == "tls" else 80)])
    ingress("https", "https.example", *b("HTTPS"))
    ingress("https-low", "httpslow.example", *b("https"))
    ingress("auto", "auto.example", *b("AUTO_HTTP"))
    ingress("fcgi", "fcgi.example", *b("FCGI", "echo"))
    ingress("proto-bad", "protobad.example", *b("SPDY", "echo"))
    ingress("secure", "secure.example", {"secure-backends": "true"})
    ingress("ps", "ps.example", *b("HTTPS", proxy_ssl_secret="default/backend-ca"))
    ingress("ps-verify", "psverify.example", *b("HTTPS", proxy_ssl_secret="default/backend-ca", proxy_ssl_verify="on", proxy_ssl_verify_depth="2", proxy_ssl_server_name="on", proxy_ssl_name="backend.example"))
    ingress("ps-name", "psname.example", *b("HTTPS", proxy_ssl_secret="default/backend-ca", proxy_ssl_verify="on", proxy_ssl_name="other.example"))
    ingress("ps-wrong", "pswrong.example", *b("HTTPS", proxy_ssl_secret="default/stranger-ca", proxy_ssl_verify="on", proxy_ssl_name="backend.example"))
    ingress("ps-proto", "psproto.example", *b("HTTPS", proxy_ssl_secret="default/backend-ca", proxy_ssl_protocols="TLSv1.2", proxy_ssl_ciphers="ECDHE-ECDSA-AES256-GCM-SHA384"))
    ingress("ps-missing", "psmissing.example", *b("HTTPS", proxy_ssl_secret="default/nothing"))
    objects.append(dict(apiVersion="v1", kind="Service", metadata=dict(name="cluster"), spec=dict(ports=[dict(name="http", port=9001, targetPort=9001)])))
    objects.append(endpoint("cluster", 9002))
    ingress("svc-up", "svcup.example", {"service-upstream": "true"}, [("/", PREFIX, "cluster", 9001)])
    ingress("svc-down", "svcdown.example", {"service-upstream": "false"}, [("/", PREFIX, "cluster", 9001)])
    long = "long-name-foobar-foobar-foobar-foobar-foobar-bar-foo-bar-foobuz"
    service(long, 80, [9011])
    ingress("long", "long.example", {}, [("/", PREFIX, long)])
    yield
    see("backend-protocol HTTPS", "https.example", service="tls")
    see("backend-protocol https", "httpslow.example", service="tls")
    see("backend-protocol AUTO_HTTP by https", "auto.example", tls, service="tls")
    see("backend-protocol AUTO_HTTP by http: so is the backend asked", "auto.example", status=502)
    see("backend-protocol FCGI: refused", "fcgi.example", service="echo")
    event("and told", "fcgi", "FastCGI is not supported")
    event("backend-protocol: what there is not", "proto-bad", "annotation backend-protocol: .SPDY. is not taken: it must be one of HTTP, HTTPS, GRPC")
    event("secure-backends: of old", "secure", "it is backend-protocol: HTTPS")
    r = ask("ps.example")
    check("proxy-ssl-secret: its certificate is shown", wrong(r, service="tls") or (r.heard.get("cert") or {}).get("subject") != [[["commonName", "authtls"]]] and r)
    see("backend-protocol HTTPS without it: none is", "https.example", cert=None, service="tls")
    see("proxy-ssl-verify on, proxy-ssl-name, proxy-ssl-server-name", "psverify.example", service="tls", sni="backend.example")
    see("proxy-ssl-verify: another name", "psname.example", status=502)
    see("proxy-ssl-verify: another CA", "pswrong.example", status=502)
    see("proxy-ssl-protocols, proxy-ssl-ciphers", "psproto.example", service="tls", tls="TLSv1.2", cipher="ECDHE-ECDSA-AES256-GCM-SHA384")
    see("proxy-ssl-protocols: the default", "https.example", tls="TLSv1.3")
    see("proxy-ssl-secret that there is not", "psmissing.example", status=503)
    ip = json.loads(kubectl("get", "service", "cluster", "-o", "json"))["spec"]["clusterIP"]
    subprocess.run(["ip", "addr", "add", ip + "/32", "dev", "lo"], check=True)
    s = Server((ip, 9001), Echo)
    s.service = "cluster"
    threading.Thread(target=s.serve_forever, daemon=True).start()
    see("service-upstream: the Service's own address and port", "svcup.example", service="cluster")
    see("service-upstream: false", "svcdown.example", service="echo", port=9002)
    see("a Service of 63 letters", "long.example", service="other")


def classes():
    objects.append(dict(apiVersion="networking.k8s.io/v1", kind="IngressClass", metadata=dict(name="test-new-ingress-class"), spec=dict(controller="k8s.io/other-class")))
    ingress("cls-old-other", "clsoldother.example", old_class="testclass")
    ingress("cls-old", "clsold.example", old_class="nginx")
    ingress("cls-other", "clsother.example", cls="test-new-ingress-class")
    ingress("cls", "cls.example", cls="nginx")
    ingress("cls-none", "clsnone.example")
    yield
    see("kubernetes.io/ingress.class: another", "clsoldother.example", status=404)
    see("kubernetes.io/ingress.class: nginx", "clsold.example", service="echo")
    see("ingressClassName: another controller's", "clsother.example", status=404)
    see("ingressClassName: nginx", "cls.example", service="echo")
    see("no class: the default one", "clsnone.example", service="echo")
    kubectl("annotate", "ingress", "cls-old", "--overwrite", "kubernetes.io/ingress.class=testclass")
    see("a class that is taken away", "clsold.example", status=404)
    kubectl("annotate", "ingress", "cls-old-other", "--overwrite", "kubernetes.io/ingress.class=nginx")
    see("a class that is given", "clsoldother.example", service="echo")


parts = (paths_of_ingress, forwarded, rewrite, redirects, aliases, basic_auth, external_auth, affinity, canary, cors, limits, addresses, proxying, answers, backends, client_certificates, classes)
wanted = os.environ.get("COMPAT_PARTS", "").split()
running = [p() for p in parts if not wanted or p.__name__ in wanted]
for r in running:
    next(r)
create()
for r in running:
    next(r, None)
end()
