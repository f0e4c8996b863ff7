"""ingress_compat.py's parts of who may come in, and how often."""
import os, threading, time
from urllib.parse import quote

from ingress_compat_lib import *


def basic_auth():
    ba = lambda **k: {"auth-type": "basic", "auth-secret": "users", "auth-realm": "test auth", **{a.replace("_", "-"): b for a, b in k.items()}}
    ingress("auth-none", "authnone.example")
    ingress("auth", "auth.example", ba())
    ingress("auth-full", "authfull.example", ba(auth_secret="default/users"))
    ingress("auth-map", "authmap.example", ba(auth_secret="users-map", auth_secret_type="auth-map"))
    ingress("auth-missing", "authmissing.example", ba(auth_secret="something"))
    ingress("auth-bad", "authbad.example", ba(auth_secret="users-bad"))
    ingress("auth-cors", "authcors.example", ba(enable_cors="true"))
    ingress("auth-digest", "authdigest.example", ba(auth_type="digest"))
    ingress("auth-other", "authother.example", ba(auth_secret="kube-system/users"))
    ingress("satisfy-all", "satall.example", ba(satisfy="all", whitelist_source_range="10.0.0.0/8"))
    ingress("satisfy-any", "satany.example", ba(satisfy="any", whitelist_source_range="127.0.0.2/32"))
    ingress("satisfy-two", "sattwo.example", ba(satisfy="any", auth_url=AUTH + "/basic", auth_signin="http://$host/auth/start"))
    ingress("satisfy-open", "satopen.example", {"satisfy": "any"})
    yield
    good, bad = dict(headers=[basic("foo:bar")]), dict(headers=[basic("user:pass")])
    see("no authentication", "authnone.example", service="echo")
    see("auth-type basic: nobody", "auth.example", status=401, header={"WWW-Authenticate": 'Basic realm="test auth"'}, body="401 Authorization Required")
    see("auth-type basic: nobody that is known", "auth.example", bad, status=401)
    see("auth-type basic: a wrong password", "auth.example", dict(headers=[basic("foo:baz")]), status=401)
    see("auth-type basic: a user", "auth.example", good, service="echo", sent={"Authorization": None})
    see("auth-secret: namespace/name", "authfull.example", good, service="echo")
    see("auth-secret-type auth-map", "authmap.example", good, service="echo")
    see("auth-secret-type auth-map: another", "authmap.example", bad, status=401)
    see("auth-secret that there is not", "authmissing.example", good, status=503, body="503 Service Temporarily Unavailable")
    see("auth-secret without a hash", "authbad.example", good, status=401)
    see("401 has headers of CORS", "authcors.example", status=401, header={"Access-Control-Allow-Origin": "*"})
    see("auth-type digest: nobody comes in", "authdigest.example", good, status=503)
    event("auth-type digest: refused", "auth-digest", "digest authentication is not supported")
    see("auth-secret of another namespace: nobody comes in", "authother.example", good, status=503)
    see("satisfy all: the password is not enough", "satall.example", good, status=403)
    see("satisfy any: the password", "satany.example", good, service="echo")
    see("satisfy any: the address", "satany.example", dict(src="127.0.0.2"), service="echo")
    see("satisfy any: neither", "satany.example", status=401)
    see("satisfy any: basic and auth-url: the one", "sattwo.example", good, service="echo")
    see("satisfy any: basic and auth-url: the other", "sattwo.example", dict(headers=[basic("user:password")]), service="echo")
    see("satisfy any: basic and auth-url: neither", "sattwo.example", dict(path="/?a=b&c=d"), status=302, location="http://sattwo.example/auth/start?rd=http://sattwo.example" + quote("/?a=b&c=d", ""))
    see("satisfy any: nothing to satisfy", "satopen.example", service="echo")


def external_auth():
    url = lambda path="/basic", **k: {"auth-url": AUTH + path, **{a.replace("_", "-"): b for a, b in k.items()}}
    ingress("ext", "ext.example", url(auth_signin="http://$host/auth/start"))
    ingress("ext-plain", "extplain.example", url())
    ingress("ext-param", "extparam.example", url(auth_signin="http://$host/auth/start", auth_signin_redirect_param="orig"))
    ingress("ext-rd", "extrd.example", url(auth_signin="https://$host/oauth2/start?rd=$escaped_request_uri"))
    ingress("ext-cookie", "extcookie.example", url("/cookies/set/alma/armud"))
    ingress("ext-always", "extalways.example", url("/cookies/set/alma/armud", auth_always_set_cookie="true"))
    ingress("ext-headers", "exthead.example", url("/headers", auth_response_headers="X-User, X-Group, Authorization, X-None"))
    ingress("ext-set", "extset.example", url("/headers", auth_proxy_set_headers="default/auth-headers", auth_method="POST", auth_request_redirect="http://there.example/x"))
    ingress("ext-snippet", "extsnip.example", url("/headers", auth_snippet="proxy_set_header My-Custom-Header 42;"))
    ingress("ext-403", "ext403.example", url("/status/403", auth_signin="http://login.example"))
    ingress("ext-500", "ext500.example", url("/status/500", auth_signin="http://login.example"))
    ingress("ext-302", "ext302.example", url("/status/302"))
    ingress("ext-invalid", "extinvalid.example", {"auth-url": "https://invalid..auth.url"}, [("/denied-auth", PREFIX, "echo")])
    ingress("ext-http", "extvar.example", {"auth-url": "http://%s:9020/basic?host=$host" % A})
    cache = dict(auth_cache_key="$remote_user$http_authorization", auth_cache_duration="200 201 401 30m", auth_signin="http://$host/auth/start")
    ingress("cache-foo", "cache.example", url(**cache), [("/foo", PREFIX, "echo")])
    ingress("cache-bar", "cache.example", url(**cache), [("/bar", PREFIX, "echo")])
    ingress("cache-two", "cache2.example", url(**cache), [("/foo", PREFIX, "echo")])
    ingress("cache-fixed", "cachefixed.example", url(auth_cache_key="fixed", auth_cache_duration="200 202 401 30m"))
    ingress("ext-keep", "extkeep.example", url(auth_keepalive="10"))
    ingress("ext-and", "extand.example", url(auth_type="basic", auth_secret="something"))
    yield
    good = dict(headers=[basic("user:password")])
    where = lambda h, p="rd": "http://%s/auth/start?%s=http://%s" % (h, p, h) + quote("/?a=b&c=d", "")
    see("auth-url: signed in", "ext.example", good, service="echo")
    see("auth-signin: not signed in", "ext.example", dict(path="/?a=b&c=d"), status=302, location=where("ext.example"))
    see("auth-url without auth-signin: the service's 401", "extplain.example", status=401, header={"WWW-Authenticate": 'Basic realm="auth"'})
    see("auth-signin-redirect-param", "extparam.example", dict(path="/?a=b&c=d"), status=302, location=where("extparam.example", "orig"))
    see("auth-signin with its own rd", "extrd.example", dict(path="/x?a=b"), status=302, location="https://extrd.example/oauth2/start?rd=%2Fx%3Fa%3Db")
    see("auth-url: its cookie", "extcookie.example", dict(path="/?cookie=1"), header={"Set-Cookie": "~^(?=.*alma=armud)(?=.*own=1)"})
    see("auth-url: no cookie with an error", "extcookie.example", dict(path="/code=503"), status=503, header={"Set-Cookie": None})
    for c in (200, 201, 204, 206, 301, 302, 303, 304, 307, 308):
        see("auth-url: its cookie with %d" % c, "extcookie.example", dict(path="/code=%d" % c), status=c, header={"Set-Cookie": "alma=armud"})
    see("auth-always-set-cookie", "extalways.example", dict(path="/code=503"), status=503, header={"Set-Cookie": "alma=armud"})
    see("auth-response-headers", "exthead.example", dict(headers=[("X-User", "evil"), ("X-None", "evil"), ("Authorization", "bar")]),
        sent={"X-User": "ann", "X-Group": "staff", "Authorization": "foo", "X-None": None})
    auth_seen.clear()
    see("auth-method, auth-proxy-set-headers", "extset.example", dict(path="/p?q", method="PUT", body=b"xyz", headers=[("Cookie", "a=b"), ("X-Original-URL", "lie")]), body='"body": 3')
    method, path, heard = auth_seen[-1]
    want = {"my-custom-header": "42", "x-original-url": "http://extset.example/p?q", "x-original-method": "PUT", "x-auth-request-redirect": "http://there.example/x", "cookie": "a=b",
            "x-sent-from": "nginx-ingress-controller", "host": A + ":9020", "x-real-ip": "127.0.0.1", "x-forwarded-for": "127.0.0.1"}
    check("auth-url: what the service hears", [method] * (method != "POST") + ["%s: %s" % (k, heard.get(k)) for k, v in want.items() if heard.get(k) != v])
    check("auth-url: no body", heard.get("content-length", "0") != "0" and heard)
    see("auth-snippet: not taken", "extsnip.example", service="echo")
    event("auth-snippet: what to use", "ext-snippet", "^SnippetRefused .*auth-proxy-set-headers")
    see("auth-url: 403", "ext403.example", status=403)
    see("auth-url: what is no answer is 500", "ext500.example", status=500)
    see("auth-url: 302 is none", "ext302.example", status=500)
    see("auth-url that is none", "extinvalid.example", dict(path="/denied-auth"), status=503)
    event("and an event", "ext-invalid", "^InvalidAnnotation annotation auth-url")
    see("auth-url with variables", "extvar.example", good, service="echo")
    check("and their values", auth_seen[-1][1] != "/basic?host=extvar.example" and auth_seen[-1])
    see("auth-url beside a broken auth-secret: nobody comes in", "extand.example", good, status=503)
    auth_seen.clear()
    workers = os.cpu_count()  # each has its own
    check("auth-cache-key", {ask("cache.example", "/foo", **good).status for _ in range(workers * 10)} != {200})
    check("auth-cache-key: asked once by each worker", not 1 <= len(auth_seen) <= workers and auth_seen)
    see("auth-cache-key: other users", "cache.example", dict(path="/foo"), status=302)
    for what, host, path in (("paths", "cache.example", "/bar"), ("hosts", "cache2.example", "/foo")):
        auth_seen.clear()
        see("auth-cache-key: other " + what, host, dict(path=path, **good), service="echo")
        check("auth-cache-key: other %s are asked for themselves" % what, not auth_seen)
    see("auth-cache-key without anything of the client is not taken: everybody would be one", "cachefixed.example", status=401)
    event("and told", "cache-fixed", "annotation auth-cache-key: .*it must be made of")
    see("auth-keepalive", "extkeep.example", good, service="echo")
    event("auth-keepalive: as it is anyhow", "ext-keep", "auth-keepalive has no effect")


def limits():
    ingress("rps", "rps.example", {"limit-rps": "1"})
    ingress("rps2", "rps2.example", {"limit-rps": "1", "limit-burst-multiplier": "2"})
    ingress("rpm", "rpm.example", {"limit-rpm": "2", "limit-burst-multiplier": "1"})
    ingress("rps-white", "rpswhite.example", {"limit-rps": "1", "limit-burst-multiplier": "1", "limit-whitelist": "127.0.0.3/32, 10.0.0.0/8"})
    ingress("rps-zero", "rpszero.example", {"limit-rps": "0"})
    ingress("conns", "conns.example", {"limit-connections": "8"})
    ingress("rate", "rate.example", {"limit-rate": "1000000", "limit-rate-after": "1", "proxy-buffering": "on"})
    ingress("rps-bad", "rpsbad.example", {"limit-rps": "many"})
    yield
    many = lambda host, n, **k: [ask(host, **k).status for _ in range(n)]

    def limited(host, ok, n=30, **k):
        begin = time.time()
        got = many(host, n, **k)
        more = 2 + int(time.time() - begin)  # one a second is none too many
        return None if got[:ok] == [200] * ok and got.count(200) <= ok + more and (503 in got or more > n - ok) else got

    check("limit-rps 1: a burst of five times that", limited("rps.example", 6))
    check("limit-rps: each address for itself", limited("rps.example", 6, src="127.0.0.4"))
    check("limit-burst-multiplier 2", limited("rps2.example", 3))
    check("limit-rpm 2, multiplier 1", limited("rpm.example", 3))
    check("limit-whitelist: who is in it", many("rpswhite.example", 12, src="127.0.0.3") != [200] * 12)
    check("limit-whitelist: who is not", limited("rpswhite.example", 2))
    check("limit-rps 0: no limit", many("rpszero.example", 20) != [200] * 20)
    check("limit-rps: of what is not taken there is none", many("rpsbad.example", 20) != [200] * 20)
    event("and an event", "rps-bad", "^InvalidAnnotation annotation limit-rps")
    gate.clear()
    got = []
    lock = threading.Lock()

    def one():
        s = ask("conns.example", "/hold").status
        with lock:
            got.append(s)

    threads = [threading.Thread(target=one) for _ in range(20)]
    for t in threads:
        t.start()
    for _ in range(8):
        held.acquire(timeout=20)
    end = time.time() + 10 * patience
    while len(got) < 12 and time.time() < end:
        time.sleep(0.02)
    gate.set()
    for t in threads:
        t.join()
    check("limit-connections 8 of 20", sorted(got) != [200] * 8 + [503] * 12 and got)
    see("limit-connections: and then it is over", "conns.example", service="echo")
    see("limit-rate", "rate.example", dict(path="/big=300000"), body="^x{300000}$")


def addresses():
    ingress("white", "white.example", {"whitelist-source-range": "18.0.0.0/8, 127.0.0.3"})
    ingress("allow", "allow.example", {"allowlist-source-range": "18.0.0.0/8, 56.0.0.0/8"})
    ingress("deny", "deny.example", {"denylist-source-range": "18.0.0.0/8, 56.0.0.1"})
    ingress("deny-allow", "denyallow.example", {"denylist-source-range": "18.1.0.0/16, 56.0.0.0/8", "whitelist-source-range": "18.0.0.0/8, 55.0.0.0/8"})
    ingress("allow-bad", "allowbad.example", {"whitelist-source-range": "18.0.0.0/33"})
    ingress("allow-empty", "allowempty.example", {"whitelist-source-range": ""})
    ingress("allow-dns", "allowdns.example", {"denylist-source-range": "example.com"})
    yield
    by = lambda a: dict(src="127.0.0.2", headers=[("X-Forwarded-For", a)])
    see("whitelist-source-range: within", "white.example", dict(src="127.0.0.3"), service="echo")
    see("whitelist-source-range: without", "white.example", status=403)
    see("whitelist-source-range: of the client behind a proxy", "white.example", by("18.9.9.9"), service="echo")
    see("whitelist-source-range: a client cannot say who it is", "white.example", dict(headers=[("X-Forwarded-For", "18.9.9.9")]), status=403)
    see("allowlist-source-range", "allow.example", by("56.0.0.1"), service="echo")
    see("allowlist-source-range: without", "allow.example", by("57.0.0.1"), status=403)
    for a, s in (("18.0.0.1", 403), ("56.0.0.1", 403), ("56.0.0.2", 200)):
        see("denylist-source-range: " + a, "deny.example", by(a), status=s)
    for a, s in (("18.1.0.1", 403), ("10.10.10.10", 403), ("18.4.0.1", 200), ("55.55.55.55", 200), ("56.0.0.1", 403)):
        see("denylist-source-range and whitelist-source-range: " + a, "denyallow.example", by(a), status=s)
    for n in ("allowbad", "allowempty", "allowdns"):
        see("a list that cannot be read lets nobody in: " + n, n + ".example", status=503)


def client_certificates():
    m = lambda **k: {"auth-tls-secret": "default/ca", **{"auth-tls-" + x.replace("_", "-"): y for x, y in k.items()}}
    cases = {"on": m(), "off": m(verify_client="off", verify_depth="2"), "page": m(error_page="http://errors.example/error"), "pass": m(pass_certificate_to_upstream="true"), "explicit": m(verify_client="on"),
             "cnbad": m(match_cn="CN=notgonnamatch"), "cn": m(match_cn="CN=authtls"), "cnlist": m(match_cn="CN=(itwillmatch|withthenextoption|authtls)"), "optional": m(verify_client="optional"),
             "noca": m(verify_client="optional_no_ca"), "cnre": m(match_cn="CN=auth.*"), "missing": {"auth-tls-secret": "default/nothing"}}
    for n, notes in cases.items():
        h = n + ".mtls.example"
        ingress("mtls-" + n, h, notes, tls=[([h], "cert")])
    yield
    by = lambda c=None, **k: dict(tls=True, cert=c, **k)
    h = lambda n: n + ".mtls.example"
    see("auth-tls-secret: without a certificate", h("on"), by(), status=400)
    see("auth-tls-secret: with one", h("on"), by("client"), service="echo", sent={"ssl-client-verify": "SUCCESS", "ssl-client-subject-dn": "CN=authtls", "ssl-client-issuer-dn": "CN=ca", "ssl-client-cert": None})
    see("auth-tls-secret: a stranger's", h("on"), by("stranger"), status=400)
    see("auth-tls-secret: nobody can claim to have one", h("optional"), by(headers=[("ssl-client-verify", "SUCCESS"), ("ssl-client-subject-dn", "CN=root")]),
        sent={"ssl-client-verify": "NONE", "ssl-client-subject-dn": None})
    see("auth-tls-verify-client off", h("off"), by(), service="echo")
    see("auth-tls-error-page", h("page"), by(), status=302, location="http://errors.example/error")
    see("auth-tls-error-page: with a certificate", h("page"), by("client"), service="echo")
    see("auth-tls-pass-certificate-to-upstream", h("pass"), by("client"), sent={"ssl-client-cert": "~^-----BEGIN%20CERTIFICATE-----%0A"})
    see("auth-tls-pass-certificate-to-upstream: without one", h("pass"), by(), status=400)
    see("auth-tls-verify-client on", h("explicit"), by(), status=400)
    see("auth-tls-match-cn: another", h("cnbad"), by("client"), status=403)
    see("auth-tls-match-cn", h("cn"), by("client"), service="echo")
    see("auth-tls-match-cn: several", h("cnlist"), by("client"), service="echo")
    see("auth-tls-match-cn: expressions are refused", h("cnre"), by("client"), status=503)
    see("auth-tls-verify-client optional: none", h("optional"), by(), service="echo", sent={"ssl-client-verify": "NONE"})
    see("auth-tls-verify-client optional: a stranger's", h("optional"), by("stranger"), status=400)
    see("auth-tls-verify-client optional_no_ca: a stranger's", h("noca"), by("stranger"), service="echo", sent={"ssl-client-verify": "~^FAILED:"})
    see("auth-tls-secret that there is not", h("missing"), by("client"), status=503)
    see("auth-tls-secret: http is redirected", h("on"), status=308)
    kubectl("annotate", "ingress", "mtls-cnbad", "--overwrite", NOTE + "auth-tls-match-cn=CN=authtls")
    see("auth-tls-match-cn that is changed", h("cnbad"), by("client"), service="echo")
