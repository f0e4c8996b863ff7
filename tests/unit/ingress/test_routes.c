/* Annotations that change who serves what: expressions, canaries, aliases, redirects between hosts, client certificates. */
#include "tests/unit/ingress/model_test.h"
#include <dlfcn.h>
#include <time.h>
#include "ingress/grammar.h"

/* "kind path" of a host's n-th path. */
static const char *path_of(const char *host, size_t n)
{
	static char text[8][300];
	static unsigned at;
	char *out = text[at++ % 8];
	const struct ing_host *h = host_of(host);

	if (!h || n >= h->n_paths)
		return "";
	(void)snprintf(out, sizeof(text[0]), "%c %s", "epr*"[h->paths[n].match], h->paths[n].path);
	return out;
}
/* "COND=... backend*weight(c) ..." of a path's n-th rule. */
static const char *rule_of(const char *host, size_t path, size_t n)
{
	static char text[8][600];
	static unsigned at;
	char *out = text[at++ % 8];
	const struct ing_host *h = host_of(host);
	size_t l = 0;

	out[0] = '\0';
	if (!h || path >= h->n_paths || n >= h->paths[path].n_rules)
		return out;
	const struct ing_rule *r = &h->paths[path].rules[n];
	for (size_t i = 0; i < r->n_conds; i++)
		l += (size_t)snprintf(out + l, 600 - l, "%u %s=%s ", r->conds[i].kind, r->conds[i].name, r->conds[i].value);
	for (size_t i = 0; i < r->n_targets; i++)
		l += (size_t)snprintf(out + l, 600 - l, "%s%s*%u%s", i ? " " : "", t.backends[r->targets[i].backend].key, r->targets[i].weight,
				      r->targets[i].canary ? "c" : "");
	return out;
}

static void expressions(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     ING_AT("01", ANNS(ANN("rewrite-target", "/$2")),
		    RULE("x.example", PATH("/api(/|$)(.*)", "ImplementationSpecific", "web", NUM(80)) "," PATH("/exact", "Exact", "web", NUM(80)) "," PATH(
					  "/v1/", "Prefix", "web", NUM(80)) "," PATH("/old(.*)", "Prefix", "web", NUM(80)))));
	/* Another's paths of the same host are expressions, too. */
	feed(ing_model_ingress, "b",
	     ING_AT("02", "",
		    RULE("x.example", PATH("/lit.eral", "Prefix", "api", NUM(8080)) "," PATH("/", "Prefix", "api", NUM(8080)) "," PATH(
					  "/e.x", "Exact", "api", NUM(8080)) "," PATH("/impl/.*", "ImplementationSpecific", "api",
										      NUM(8080)) "," PATH("/im(", "ImplementationSpecific", "api", NUM(8080)))
			"," RULE("y.example", PATH("/p", "Prefix", "api", NUM(8080)))));
	build();
	CHECK(t.n_findings == 0);
	const struct ing_host *h = host_of("x.example");
	CHECK(h && h->regex && h->n_paths == 9);
	CHECK_STR(path_of("x.example", 0), "r ^/api(/|$)(.*)");
	CHECK_STR(path_of("x.example", 1), "r ^/lit\\.eral(?:/|$)");
	CHECK_STR(path_of("x.example", 2), "r ^/impl/.*");
	CHECK_STR(path_of("x.example", 3), "r ^/old(.*)");
	CHECK_STR(path_of("x.example", 4), "r ^/exact$");
	CHECK_STR(path_of("x.example", 5), "r ^/e\\.x$");
	CHECK_STR(path_of("x.example", 6), "r ^/im\\(");
	CHECK_STR(path_of("x.example", 7), "r ^/v1(?:/|$)");
	CHECK_STR(path_of("x.example", 8), "r ^/");
	CHECK_STR(option("x.example", OPT_REWRITE, 0), "0 /$2");
	CHECK(host_of("y.example") && !host_of("y.example")->regex);
	CHECK_STR(path_of("y.example", 0), "p /p");
	/* What does not compile. */
	feed(ing_model_ingress, "a", ING_AT("01", ANNS(ANN("use-regex", "true")), RULE("x.example", PATH("/a(b", "ImplementationSpecific", "web", NUM(80)))));
	build();
	CHECK(found("d/a", "InvalidPath", "a ( is not closed"));
	/* An expression alone among defaults. */
	begin();
	feed(ing_model_ingress, "a",
	     "{\"metadata\":{\"annotations\":{" ANN("use-regex", "true") "}},\"spec\":{\"defaultBackend\":{\"service\":{\"name\":\"api\",\"port\":{\"number\":8080}}},\"rules\":[" RULE(
		 "x.example", PATH("/a.*", "ImplementationSpecific", "web", NUM(80)) "," PATH("/a.*b", "ImplementationSpecific", "web", NUM(80))) "]}}");
	build();
	CHECK_STR(path_of("x.example", 0), "r ^/a.*b");
	CHECK_STR(path_of("x.example", 1), "r ^/a.*");
	CHECK_STR(path_of("x.example", 2), "* ");
}

static void canaries(void)
{
#define CANARY(more) ANNS(ANN("canary", "true") more)
#define TO_API(extra) ING_AT("05", extra, RULE("x.example", PATH("/", "Prefix", "api", NUM(8080))))
	begin();
	feed(ing_model_ingress, "main", ING_AT("09", ANNS(ANN("affinity", "cookie")), RULE("x.example", PATH("/", "Prefix", "web", NUM(80)))));
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-weight", "20"))));
	build();
	CHECK(t.n_findings == 0);
	CHECK_STR(rule_of("x.example", 0, 0), "d/web:80*80 d/api:8080*20c");
	CHECK_STR(rule_of("x.example", 0, 1), "");
	CHECK_STR(option("x.example", OPT_COOKIE, 0), "0 INGRESSCOOKIE");
	feed(ing_model_ingress, "canary",
	     TO_API(CANARY("," ANN("canary-by-header", "X-Canary") "," ANN("canary-by-cookie", "canary") "," ANN("canary-weight", "1") "," ANN(
		 "canary-weight-total", "1000"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "1 X-Canary=always d/api:8080*1c");
	CHECK_STR(rule_of("x.example", 0, 1), "1 X-Canary=never d/web:80*1");
	CHECK_STR(rule_of("x.example", 0, 2), "6 canary=always d/api:8080*1c");
	CHECK_STR(rule_of("x.example", 0, 3), "6 canary=never d/web:80*1");
	CHECK_STR(rule_of("x.example", 0, 4), "d/web:80*999 d/api:8080*1c");
	CHECK(t.n_findings == 0);
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-by-header", "X-Canary") "," ANN("canary-by-header-value", "yes"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "1 X-Canary=yes d/api:8080*1c");
	CHECK_STR(rule_of("x.example", 0, 1), "d/web:80*100");
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-by-header", "X-Canary") "," ANN("canary-by-header-pattern", "^beta.*"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "2 X-Canary=^beta.* d/api:8080*1c");
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-weight", "100"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "d/api:8080*100c");
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-weight", "101"))));
	build();
	CHECK(found("d/canary", "InvalidAnnotation", "canary-weight-total"));
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("whitelist-source-range", "10.0.0.0/8"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "d/web:80*100");
	CHECK(found("d/canary", "InvalidAnnotation", "whitelist-source-range") && found("d/canary", "InvalidAnnotation", "gets no requests"));
	/* One canary for a rule. */
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-weight", "20"))));
	feed(ing_model_ingress, "second", ING_AT("06", CANARY("," ANN("canary-weight", "50")), RULE("x.example", PATH("/", "Prefix", "ext", NUM(80)))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "d/web:80*80 d/api:8080*20c");
	CHECK(found("d/second", "Conflict", "canary of the older Ingress d/canary"));
	/* Without a main one it serves nothing. */
	feed(ing_model_ingress, "main", NULL);
	build();
	CHECK_STR(to("x.example", "/"), "");
	CHECK(t.n_hosts == 0 && found("d/canary", "CanaryWithoutMain", "x.example"));
	/* The rest of the main Ingress stays as it is; another namespace's does not join. */
	feed(ing_model_ingress, "main", ING(RULE("x.example", PATH("/", "Prefix", "web", NUM(80)) "," PATH("/b", "Prefix", "web", NUM(80)))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "d/web:80*1");
	CHECK_STR(rule_of("x.example", 1, 0), "d/web:80*80 d/api:8080*20c");
	AUTO_JSON json_t *other = J(TO_API(CANARY("," ANN("canary-weight", "20"))));
	feed(ing_model_ingress, "canary", NULL);
	feed(ing_model_ingress, "second", NULL);
	CHECK(ing_model_ingress(m, "evil", "canary", other) == 0);
	build();
	CHECK_STR(rule_of("x.example", 1, 0), "d/web:80*1");
	CHECK(found("evil/canary", "CanaryWithoutMain", "another namespace"));
	/* Of a path that is an expression. */
	CHECK(ing_model_ingress(m, "evil", "canary", NULL) == 0);
	feed(ing_model_ingress, "main", ING_AT("00", ANNS(ANN("rewrite-target", "/$1")), RULE("x.example", PATH("/a/(.*)", "ImplementationSpecific", "web", NUM(80)))));
	feed(ing_model_ingress, "canary",
	     ING_AT("05", CANARY("," ANN("canary-weight", "20") "," ANN("rewrite-target", "/$1")), RULE("x.example", PATH("/a/(.*)", "ImplementationSpecific", "api", NUM(8080)))));
	build();
	CHECK_STR(path_of("x.example", 0), "r ^/a/(.*)");
	CHECK_STR(rule_of("x.example", 0, 0), "d/web:80*80 d/api:8080*20c");
}

static void aliases(void)
{
	begin();
	feed(ing_model_ingress, "a", ING_AT("01", ANNS(ANN("server-alias", "alias.example, *.alias.example,x.example")), RULE("x.example", PATH("/", "Prefix", "web", NUM(80)))));
	feed(ing_model_ingress, "b", ING_AT("02", "", RULE("x.example", PATH("/b", "Prefix", "api", NUM(8080)))));
	feed(ing_model_ingress, "c", ING_AT("03", "", RULE("alias.example", PATH("/c", "Prefix", "api", NUM(8080)))));
	feed(ing_model_ingress, "d", ING_AT("04", ANNS(ANN("server-alias", "*.alias.example")), RULE("z.example", PATH("/", "Prefix", "api", NUM(8080)))));
	build();
	CHECK_STR(to("alias.example", "/"), "d/web:80");
	CHECK_STR(to("alias.example", "/b"), "d/api:8080"); /* the host's, whoever's they are */
	CHECK_STR(to("alias.example", "/c"), "d/web:80");
	CHECK_STR(to("q.alias.example", "/b"), "d/api:8080");
	CHECK(found("d/a", "Conflict", "x.example is served for another host of this Ingress"));
	CHECK(found("d/c", "Conflict", "alias of the older Ingress d/a"));
	CHECK(found("d/d", "Conflict", "*.alias.example is served for the older Ingress d/a"));
	feed(ing_model_ingress, "c", ING_AT("00", "", RULE("alias.example", PATH("/c", "Prefix", "api", NUM(8080)))));
	build();
	CHECK_STR(to("alias.example", "/c"), "d/api:8080");
	CHECK_STR(to("alias.example", "/"), "");
	CHECK(found("d/a", "Conflict", "alias.example is served for the older Ingress d/c"));
}

static void www(void)
{
	begin();
	feed(ing_model_ingress, "a", NOTED("x.example", ANN("from-to-www-redirect", "true")));
	feed(ing_model_ingress, "b", NOTED("www.y.example", ANN("from-to-www-redirect", "true")));
	build();
	CHECK_STR(option("www.x.example", OPT_REDIRECT_HOST, 0), "0 x.example");
	CHECK_STR(option("www.x.example", OPT_REDIRECT_PARTS, 0), "308");
	CHECK_STR(option("y.example", OPT_REDIRECT_HOST, 0), "0 www.y.example");
	CHECK_STR(rule_of("y.example", 0, 0), "");
	CHECK(host_of("y.example")->paths[0].n_rules == 1 && t.n_findings == 0);
	feed(ing_model_ingress, "c", ING_AT("50", "", RULE("www.x.example", PATH("/", "Prefix", "api", NUM(8080)))));
	build();
	CHECK_STR(to("www.x.example", "/"), "d/api:8080");
	CHECK(found("d/a", "Conflict", "www.x.example is served for Ingress d/c itself"));
}

static char *ca_secret(void)
{
	struct cert_pair ca = {0};
	CHECK(cert_ca_new(&ca, "ca", 0, 4000000000, NULL) == 0);
	AUTO_FREE char *text = b64(ca.cert_pem);
	cert_pair_done(&ca);
	return str_fmt("{\"type\":\"Opaque\",\"data\":{\"ca.crt\":\"%s\"}}", text);
}

static void client_certificates(void)
{
	AUTO_FREE char *ca = ca_secret();
	begin();
	feed(ing_model_secret, "ca", ca);
	feed(ing_model_ingress, "a",
	     NOTED("x.example", ANN("auth-tls-secret", "d/ca") "," ANN("auth-tls-verify-depth", "3") "," ANN("auth-tls-match-cn", "CN=(ann|bob)") "," ANN(
				    "auth-tls-pass-certificate-to-upstream", "true") "," ANN("auth-tls-error-page", "https://e/")));
	feed(ing_model_ingress, "b", ING_AT("09", "", RULE("x.example", PATH("/longer", "Prefix", "api", NUM(8080)))));
	build();
	const struct ing_server *s = server_of("x.example");
	CHECK(s && s->ca_pem && s->verify == ING_VERIFY_ON && s->depth == 3 && !s->cert_pem);
	/* /longer is first: the other Ingress of the namespace is behind it as well. */
	CHECK_STR(option("x.example", OPT_CLIENT_CERT, 0), "1");
	CHECK_STR(option("x.example", OPT_CLIENT_CERT_CN, 0), "0 ann");
	CHECK_STR(option("x.example", OPT_CLIENT_CERT_CN, 1), "0 bob");
	CHECK_STR(option("x.example", OPT_CLIENT_CERT_PASS, 0), "0");
	CHECK_STR(option("x.example", OPT_CLIENT_CERT_ERROR, 0), "0 https://e/");
	CHECK(t.n_findings == 0);
	/* Not those of others: what is broken there would break them. */
	AUTO_JSON json_t *o = J(ING_AT("09", "", RULE("x.example", PATH("/longest/of/all", "Prefix", "api", NUM(8080)))));
	CHECK(ing_model_ingress(m, "n", "c", o) == 0);
	build();
	CHECK_STR(option("x.example", OPT_CLIENT_CERT, 0), "");
	CHECK(ing_model_ingress(m, "n", "c", NULL) == 0);
	/* Another authority for the same host. */
	feed(ing_model_secret, "ca2", ca);
	feed(ing_model_ingress, "b", ING_AT("09", ANNS(ANN("auth-tls-secret", "ca2")), RULE("x.example", PATH("/longer", "Prefix", "api", NUM(8080)))));
	build();
	CHECK(is_refused("x.example") && found("d/b", "Conflict", "client certificates of the older Ingress d/a"));
	/* Off. */
	feed(ing_model_ingress, "b", NULL);
	feed(ing_model_ingress, "a", NOTED("x.example", ANN("auth-tls-secret", "ca") "," ANN("auth-tls-verify-client", "off")));
	build();
	CHECK(!server_of("x.example"));
	CHECK_STR(option("x.example", OPT_CLIENT_CERT, 0), "");
	/* By name alone can TLS ask. */
	feed(ing_model_ingress, "a", "{\"metadata\":{\"annotations\":{" ANN("auth-tls-secret", "ca") "}},\"spec\":{\"rules\":[{\"http\":{\"paths\":[" PATH("/", "Prefix", "web", NUM(80)) "]}}]}}");
	build();
	CHECK(is_refused("*") && found("d/a", "InvalidAnnotation", "rules without host"));
	feed(ing_model_secret, "ca", "{\"data\":{\"ca.crt\":\"anVuaw==\"}}");
	feed(ing_model_ingress, "a", NOTED("x.example", ANN("auth-tls-secret", "ca")));
	build();
	CHECK(is_refused("x.example") && found("d/a", "InvalidSecret", "ca.crt"));
}

static void backends(void)
{
	begin();
	feed(ing_model_service, "web", "{\"spec\":{\"clusterIP\":\"10.43.0.9\",\"clusterIPs\":[\"10.43.0.9\",\"fd00::9\"],\"ports\":[{\"name\":\"http\",\"port\":80}]}}");
	feed(ing_model_service, "none", "{\"spec\":{\"clusterIP\":\"None\",\"clusterIPs\":[\"None\"],\"ports\":[{\"name\":\"http\",\"port\":80}]}}");
	feed(ing_model_service, "spare", "{\"spec\":{\"ports\":[{\"name\":\"http\",\"port\":81},{\"port\":82}]}}");
	feed(ing_model_slice, "spare-1",
	     "{\"metadata\":{\"labels\":{\"kubernetes.io/service-name\":\"spare\"}},\"ports\":[{\"name\":\"http\",\"port\":99}],\"endpoints\":[{\"addresses\":[\"10.0.0.77\"]}]}");
	feed(ing_model_ingress, "a", NOTED("x.example", ANN("service-upstream", "true")));
	feed(ing_model_ingress, "b", ING_AT("00", ANNS(ANN("service-upstream", "true")), RULE("y.example", PATH("/", "Prefix", "none", NUM(80)))));
	feed(ing_model_ingress, "c", ING_AT("00", ANNS(ANN("default-backend", "spare")), RULE("z.example", PATH("/", "Prefix", "none", NUM(80)) "," PATH("/w", "Prefix", "web", NUM(80)))));
	feed(ing_model_ingress, "d", ING_AT("00", ANNS(ANN("default-backend", "nope")), RULE("w.example", PATH("/", "Prefix", "none", NUM(80)))));
	build();
	CHECK_STR(to("x.example", "/"), "d/web:80@service");
	const struct ing_backend *b = backend("d/web:80@service");
	CHECK(b && b->n_eps == 2 && streq(b->eps[0].addr, "10.43.0.9") && b->eps[0].port == 80 && streq(b->eps[1].addr, "fd00::9"));
	CHECK_STR(to("y.example", "/"), "d/none:80");
	CHECK(found("d/b", "InvalidAnnotation", "service-upstream has no effect"));
	CHECK_STR(to("z.example", "/"), "d/spare:81");
	CHECK_STR(to("z.example", "/w"), "d/web:80");
	CHECK_STR(to("w.example", "/"), "d/none:80");
	CHECK(found("d/d", "MissingService", "default-backend: Service d/nope"));
}

static void parameters(void)
{
	begin();
	feed(ing_model_class, "nginx", "{\"spec\":{\"controller\":\"minik.io/ingress-nginx\",\"parameters\":{\"kind\":\"ConfigMap\",\"name\":\"c\"}}}");
	feed(ing_model_class, "other", "{\"spec\":{\"controller\":\"x/y\",\"parameters\":{\"kind\":\"ConfigMap\",\"name\":\"c\"}}}");
	build();
	CHECK(t.n_findings == 1 && found("nginx", "UnsupportedParameters", "ConfigMap c"));
}

/* --- whatever the annotations are --- */

static unsigned long seed = 1;
static unsigned rnd(unsigned n)
{
	seed = seed * 6364136223846793005ul + 1442695040888963407ul;
	return (unsigned)(seed >> 33) % n;
}

static const char *const names[] = {
	"ssl-redirect", "force-ssl-redirect", "permanent-redirect", "permanent-redirect-code", "temporal-redirect", "app-root",
	    "from-to-www-redirect", "use-regex", "rewrite-target", "server-alias", "allowlist-source-range", "whitelist-source-range",
	    "denylist-source-range", "satisfy", "auth-type", "auth-secret", "auth-secret-type", "auth-realm", "auth-url", "auth-method",
	    "auth-signin", "auth-signin-redirect-param", "auth-response-headers", "auth-request-redirect", "auth-proxy-set-headers",
	    "auth-always-set-cookie", "auth-cache-key", "auth-cache-duration", "auth-tls-secret", "auth-tls-verify-client",
	    "auth-tls-verify-depth", "auth-tls-error-page", "auth-tls-pass-certificate-to-upstream", "auth-tls-match-cn", "limit-rps", "limit-rpm",
	    "limit-connections", "limit-burst-multiplier", "limit-allowlist", "limit-rate", "limit-rate-after", "proxy-body-size",
	    "backend-protocol", "proxy-connect-timeout", "proxy-send-timeout", "proxy-read-timeout", "proxy-buffering", "proxy-request-buffering",
	    "proxy-buffer-size", "proxy-buffers-number", "proxy-max-temp-file-size", "proxy-http-version", "proxy-next-upstream",
	    "proxy-next-upstream-tries", "proxy-next-upstream-timeout", "upstream-vhost", "x-forwarded-prefix", "connection-proxy-header",
	    "service-upstream", "default-backend", "proxy-ssl-secret", "proxy-ssl-verify", "proxy-ssl-verify-depth", "proxy-ssl-name",
	    "proxy-ssl-server-name", "proxy-ssl-protocols", "proxy-ssl-ciphers", "affinity", "affinity-mode", "affinity-canary-behavior",
	    "session-cookie-name", "session-cookie-path", "session-cookie-domain", "session-cookie-max-age", "session-cookie-expires",
	    "session-cookie-samesite", "session-cookie-secure", "session-cookie-change-on-failure", "enable-cors", "cors-allow-origin",
	    "cors-allow-methods", "cors-allow-headers", "cors-expose-headers", "cors-allow-credentials", "cors-max-age", "custom-headers",
	    "enable-access-log", "canary", "canary-by-header", "canary-by-header-value", "canary-by-header-pattern", "canary-by-cookie",
	    "canary-weight", "canary-weight-total", "server-snippet", "mirror-target", "unknown"};
static const char *const values[] = {"true", "false", "1", "0", "-1", "10", "99999999999999999999", "on", "off", "cookie", "basic", "any", "/", "/a/$1", "/a$9$2", "http://a/",
				     "https://b.example:8443/x?y=z", "$scheme://$host/x", "https://$host/s?rd=$escaped_request_uri", "10.0.0.0/8,::/0", "10.0.0.0/8,x", "CN=a", "CN=(a|b)",
				     "x", "d/x", "other/x", "X-A,X-B", "GET", "200 5m", "$cookie_a$http_b", "8m", "8k", "error timeout", "TLSv1.2", "HIGH:!aNULL", "*", "https://*.a.b",
				     "a.example,*.b.example", "^a.*b{2,3}[^x]$", "(((((", "persistent", "legacy", "Lax", "HTTPS", "GRPC", "FCGI", "1.0", "auth-map", "optional", "close", "308"};

static json_t *random_value(void)
{
	char text[60];
	unsigned n;

	switch (rnd(4)) {
	case 0: /* hostile bytes, but JSON has no others than UTF-8 */
		n = rnd(sizeof(text));
		for (unsigned i = 0; i < n; i++)
			text[i] = (char)(1 + rnd(127));
		return json_stringn(text, n);
	case 1: { /* one with something that does not belong there */
		AUTO_FREE char *s = str_fmt("%s%c%s", values[rnd(ARRAY_LEN(values))], "\n\";{}$ \\%'\r\t#"[rnd(13)], values[rnd(ARRAY_LEN(values))]);
		return json_string(s);
	}
	default:
		return json_string(values[rnd(ARRAY_LEN(values))]);
	}
}

static bool plain(const char *s)
{
	for (const unsigned char *p = (const unsigned char *)s; *p; p++)
		if (*p < 0x20 || *p == 0x7f)
			return false;
	return true;
}

/* As the module's policy.c has them: what is beyond makes all requests of the policy fail. */
static bool option_good(const struct ing_option *o)
{
	static const struct {
		enum ing_opt from, to;
		int64_t lo, hi;
	} ranges[] = {{OPT_REFUSED, OPT_REFUSED, 0, 0}, {OPT_HTTPS_REDIRECT, OPT_REDIRECT, 301, 308}, {OPT_APP_ROOT, OPT_APP_ROOT, 0, 0}, {OPT_REDIRECT_PARTS, OPT_REDIRECT_PARTS, 308, 308},
		      {OPT_REDIRECT_HOST, OPT_AUTH_METHOD, 0, 0}, {OPT_AUTH_SIGNIN, OPT_AUTH_ALWAYS_COOKIE, 0, 0},
		      {OPT_AUTH_CACHE, OPT_AUTH_CACHE, 1, 86400000}, {OPT_CLIENT_CERT, OPT_CLIENT_CERT, 1, 3}, {OPT_CLIENT_CERT_ERROR, OPT_CLIENT_CERT_CN, 0, 0},
		      {OPT_LIMIT_RPS, OPT_LIMIT_RPM, 1, 1000000}, {OPT_LIMIT_BURST, OPT_LIMIT_BURST, 1, 1000}, {OPT_LIMIT_CONNECTIONS, OPT_LIMIT_CONNECTIONS, 1, 65535},
		      {OPT_LIMIT_EXEMPT, OPT_LIMIT_EXEMPT, 0, 0}, {OPT_LIMIT_RATE, OPT_LIMIT_RATE, 1, INT32_MAX}, {OPT_LIMIT_RATE_AFTER, OPT_LIMIT_RATE_AFTER, 1, INT64_C(1) << 40},
		      {OPT_BODY_MAX, OPT_BODY_MAX, 0, INT64_C(1) << 40}, {OPT_PROTOCOL, OPT_PROTOCOL, 1, 3}, {OPT_REWRITE, OPT_CONNECTION_HEADER, 0, 0},
		      {OPT_CONNECT_TIMEOUT, OPT_READ_TIMEOUT, 1000, 604800000}, {OPT_BUFFERING, OPT_REQUEST_BUFFERING, 0, 1}, {OPT_BUFFER_SIZE, OPT_BUFFER_SIZE, 1024, 1 << 20},
		      {OPT_BUFFERS, OPT_BUFFERS, 2, 64}, {OPT_TEMP_FILE_MAX, OPT_TEMP_FILE_MAX, 0, INT64_C(1) << 40}, {OPT_HTTP_VERSION, OPT_HTTP_VERSION, 10, 11},
		      {OPT_NEXT_UPSTREAM, OPT_NEXT_UPSTREAM, 1, 4095}, {OPT_NEXT_TRIES, OPT_NEXT_TRIES, 1, 100}, {OPT_NEXT_TIMEOUT, OPT_NEXT_TIMEOUT, 0, 604800000},
		      {OPT_TLS_VERIFY, OPT_TLS_VERIFY, 0, 1}, {OPT_TLS_DEPTH, OPT_TLS_DEPTH, 1, 100}, {OPT_TLS_NAME, OPT_TLS_NAME, 0, 0}, {OPT_TLS_SNI, OPT_TLS_SNI, 0, 1},
		      {OPT_TLS_PROTOCOLS, OPT_TLS_PROTOCOLS, 1, 15}, {OPT_TLS_CIPHERS, OPT_COOKIE_DOMAIN, 0, 0}, {OPT_COOKIE_MAX_AGE, OPT_COOKIE_EXPIRES, 0, 315360000},
		      {OPT_COOKIE_SAMESITE, OPT_COOKIE_SAMESITE_CONDITIONAL, 0, 0}, {OPT_COOKIE_SECURE, OPT_COOKIE_SECURE, 0, 1}, {OPT_COOKIE_ON_FAILURE, OPT_CORS_EXPOSE, 0, 0},
		      {OPT_CORS_CREDENTIALS, OPT_CORS_CREDENTIALS, 0, 1}, {OPT_CORS_MAX_AGE, OPT_CORS_MAX_AGE, -1, 315360000}, {OPT_RESPONSE_SET, OPT_RESPONSE_SET, 0, 0},
		      {OPT_ACCESS_LOG, OPT_ACCESS_LOG, 0, 1}};

	if ((o->a && (!plain(o->a) || (strchr(o->a, '$') && o->opt != OPT_REWRITE && (o->opt < OPT_AUTH_URL || o->opt > OPT_AUTH_CACHE)))) || (o->b && !plain(o->b)))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		if (o->opt >= ranges[i].from && o->opt <= ranges[i].to)
			return o->num >= ranges[i].lo && o->num <= ranges[i].hi;
	return false;
}

static bool explained(const char *name)
{
	for (size_t i = 0; i < t.n_findings; i++)
		if (strstr(t.findings[i].message, name) || strstr(t.findings[i].message, "more faults"))
			return true;
	return false;
}

static void check_policies(void)
{
	for (size_t i = 0; i < t.n_policies; i++)
		for (size_t k = 0; k < t.policies[i].n_options; k++) {
			const struct ing_option *o = &t.policies[i].options[k];
			if (!option_good(o) || (k && o[-1].opt > o->opt)) {
				fprintf(stderr, "option %d %lld %s\n", (int)o->opt, (long long)o->num, o->a ? o->a : "");
				CHECK(!"an option within its range, in order");
			}
		}
	for (size_t i = 0; i < t.n_findings; i++)
		CHECK(plain(t.findings[i].message));
}

static void random_annotations(void)
{
	unsigned steps = getenv("STEPS") ? (unsigned)strtoul(getenv("STEPS"), NULL, 10) : 3000;

	seed = getenv("SEED") ? strtoul(getenv("SEED"), NULL, 10) : 1;
	for (unsigned step = 0; step < steps; step++) {
		if (step % 50 == 0)
			begin();
		AUTO_JSON json_t *o = J(ING(RULE("x.example", PATH("/", "Prefix", "web", NUM(80)) "," PATH("/a(.*)", "ImplementationSpecific", "web", NUM(80)))));
		json_t *notes = json_object();
		for (unsigned i = rnd(8); i > 0; i--) {
			AUTO_FREE char *key = str_fmt(INGRESS_ANNOTATION "%s", names[rnd(ARRAY_LEN(names))]);
			json_object_set_new(notes, key, random_value());
		}
		json_object_set_new(json_object_get(o, "metadata"), "annotations", notes);
		AUTO_FREE char *name = str_fmt("i%u", rnd(3));
		CHECK(ing_model_ingress(m, "d", name, o) == 0);
		build();
		check_policies();
	}
	/* One at a time: it is an option, the default, or explained. */
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (size_t k = 0; k < ARRAY_LEN(values); k++) {
			static const char *const defaults[] = {"true", "false", "1", "0", "HTTPS", "off", NULL};
			begin();
			AUTO_FREE char *ing = str_fmt("{\"metadata\":{\"annotations\":{\"" INGRESS_ANNOTATION "%s\":\"%s\"}},\"spec\":{\"rules\":[" RULE(
							  "x.example", PATH("/", "Prefix", "web", NUM(80))) "]}}",
						      names[i], values[k]);
			feed(ing_model_ingress, "a", ing);
			build();
			check_policies();
			const struct ing_policy *p = policy("x.example");
			bool effect = (p && p->n_options) || t.n_hosts > 1 || (t.n_hosts && t.hosts[0].regex) || (t.n_backends && strstr(t.backends[0].key, "@"));
			bool dflt = false;
			for (size_t d = 0; defaults[d]; d++)
				dflt = dflt || streq(values[k], defaults[d]);
			if (!effect && !dflt && !explained(names[i]) && !streq(names[i], "default-backend")) {
				fprintf(stderr, "%s: %s\n", names[i], values[k]);
				CHECK(!"explained");
			}
		}
}

/* --- expressions compile where they are used --- */

static void expressions_compile(void)
{
	typedef void *(*compile_fn)(const char *, size_t, uint32_t, int *, size_t *, void *);
	typedef void (*free_fn)(void *);
	void *lib = dlopen("libpcre2-8.so.0", RTLD_NOW);
	union {
		void *p;
		compile_fn fn;
	} compile = {lib ? dlsym(lib, "pcre2_compile_8") : NULL};
	union {
		void *p;
		free_fn fn;
	} done = {lib ? dlsym(lib, "pcre2_code_free_8") : NULL};
	static const char *const parts[] = {"a",  "/",   ".",   "*",  "+",  "?",   "(",    ")",  "(?:", "(?=", "(?!", "(?<", "[",   "]",    "[^", "-",  "\\d", "\\",  "\\b", "{2}",
					    "{",  "}",   "{1,}", "{9,3}", "|", "^",  "$",   "\\x41", "[:alpha:]", "a-z", "z-a", "\\Q", "\\1", "(*",  ",",   "9",  "[[:digit:]]", "\\.", "#", "\\pL"};
	unsigned good = 0, both = 0;

	static const char *const takes[] = {"/foo", "/a(/|$)(.*)", "^/x[^/]+/?$", "/v[0-9]{1,3}/.*", "(?:a|b)*?c", "\\.(jpg|png)$", "[\\w.-]+", "/a++b", "[]a]", "[a\\]b-]", NULL};
	static const char *const refuses[] = {"(", ")", "[", "*a", "a**", "(?<=a)b", "(?P<n>a)", "\\1", "(*FAIL)", "a{300}", "\\Qa", "[z-a]", "((a{200}){200}){200}", "\\", "(?R)", "\\C", NULL};
	for (size_t i = 0; takes[i]; i++)
		if (regex_fault(takes[i])) {
			fprintf(stderr, "%s: %s\n", takes[i], regex_fault(takes[i]));
			CHECK(!"taken");
		}
	for (size_t i = 0; refuses[i]; i++)
		CHECK(regex_fault(refuses[i]));
	if (!compile.p || !done.p) {
		fprintf(stderr, "skip: no libpcre2-8.so.0 to compare with\n");
		return;
	}
	seed = 7;
	for (unsigned step = 0; step < 200000; step++) {
		char text[200] = "";
		size_t l = 0;
		for (unsigned i = 1 + rnd(8); i > 0; i--)
			l += (size_t)snprintf(text + l, sizeof(text) - l, "%s", parts[rnd(ARRAY_LEN(parts))]);
		int code;
		size_t at;
		void *re = compile.fn(text, strlen(text), 0, &code, &at, NULL);
		bool ours = !regex_fault(text);
		good += ours;
		both += ours && re;
		if (ours && !re) {
			fprintf(stderr, "taken, but does not compile (%d at %zu): %s\n", code, at, text);
			CHECK(!"it compiles");
		}
		if (re)
			done.fn(re);
	}
	CHECK(good == both && good > 1000);
	(void)dlclose(lib);
}

/* --- many --- */

static double cpu_ms(void)
{
	struct timespec ts;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts); /* the machine has other work */
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static void many(void)
{
	begin();
	for (unsigned i = 0; i < 5000; i++) {
		AUTO_FREE char *svc = str_fmt("s%u", i);
		AUTO_FREE char *slice = str_fmt("{\"metadata\":{\"labels\":{\"kubernetes.io/service-name\":\"s%u\"}},\"ports\":[{\"name\":\"http\",\"port\":80}],\"endpoints\":["
						"{\"addresses\":[\"10.%u.%u.1\"]},{\"addresses\":[\"10.%u.%u.2\"]},{\"addresses\":[\"10.%u.%u.3\"]}]}",
						i, i / 250, i % 250, i / 250, i % 250, i / 250, i % 250);
		AUTO_FREE char *ing = str_fmt("{\"metadata\":{\"creationTimestamp\":\"2026-01-01T00:00:00Z\",\"annotations\":{" ANN("proxy-body-size", "8m") "," ANN(
						  "whitelist-source-range", "10.0.0.0/8") "," ANN("proxy-read-timeout", "100") "," ANN(
						  "affinity", "cookie") "," ANN("enable-cors", "true") "}},\"spec\":{\"rules\":[{\"host\":\"h%u.example.com\",\"http\":{\"paths\":[",
					      i);
		AUTO_BUF struct buf b = {0};
		buf_adds(&b, ing);
		for (int k = 0; k < 5; k++)
			buf_addf(&b, "%s{\"path\":\"/path/number/%d\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"s%u\",\"port\":{\"number\":80}}}}", k ? "," : "", k, i);
		buf_adds(&b, "]}}]}}");
		AUTO_FREE char *text = buf_take(&b, NULL);
		feed(ing_model_service, svc, "{\"spec\":{\"ports\":[{\"name\":\"http\",\"port\":80}]}}");
		feed(ing_model_slice, svc, slice);
		feed(ing_model_ingress, svc, text);
	}
	double best = 1e9;
	for (int i = 0; i < 5; i++) {
		ing_table_done(&t);
		double from = cpu_ms();
		CHECK(ing_model_build(m, &t, NULL) == 0);
		double took = cpu_ms() - from;
		best = took < best ? took : best;
	}
	fprintf(stderr, "# 5,000 Ingresses with 5 paths and 5 annotations: %.1f ms of processor time\n", best);
	CHECK(t.n_hosts == 5000 && t.n_findings == 0 && t.n_policies == 5000 && t.n_backends == 5000);
}

int main(void)
{
	RUN(expressions);
	RUN(canaries);
	RUN(aliases);
	RUN(www);
	RUN(client_certificates);
	RUN(backends);
	RUN(parameters);
	RUN(random_annotations);
	RUN(expressions_compile);
	RUN(many);
	end();
	return TEST_END();
}
