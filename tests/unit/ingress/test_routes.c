/* Annotations that change who serves what: expressions, canaries, aliases, redirects between hosts, client
 * certificates. */
#include "tests/unit/ingress/model_test.h"

/* "kind path" of a host's n-th path. */
static const char *path_of(const char *host, size_t n)
{
	static char text[8][300];
	static unsigned at;
	char *out = text[at++ % 8];
	const struct ing_host *h = host_of(host);

	if (!h || n >= h->n_paths)
		return "";
	(void)snprintf(out, sizeof(text[0]), "%c %s", "epr*"[h->paths[n].match], h -> paths[n].path);
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
		l += (size_t)snprintf(out + l, 600 - l, "%u %s=%s ", r->conds[i].kind, r->conds[i].name,
				      r->conds[i].value);
	for (size_t i = 0; i < r->n_targets; i++)
		l +=
		    (size_t)snprintf(out + l, 600 - l, "%s%s*%u%s", i ? " " : "", t.backends[r->targets[i].backend].key,
				     r->targets[i].weight, r->targets[i].canary ? "c" : "");
	return out;
}

static void expressions(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     ING_AT("01", ANNS(ANN("rewrite-target", "/$2")),
		    RULE("x.example", PATH("/api(/|$)(.*)", "ImplementationSpecific", "web", NUM(80)) "," PATH(
					  "/exact", "Exact", "web",
					  NUM(80)) "," PATH("/v1/", "Prefix", "web",
							    NUM(80)) "," PATH("/old(.*)", "Prefix", "web", NUM(80)))));
	/* Another's paths of the same host are expressions, too. */
	feed(ing_model_ingress, "b",
	     ING_AT(
		 "02", "",
		 RULE("x.example",
		      PATH("/lit.eral", "Prefix", "api", NUM(8080)) "," PATH("/", "Prefix", "api", NUM(8080)) "," PATH(
			  "/e.x", "Exact", "api",
			  NUM(8080)) "," PATH("/impl/.*", "ImplementationSpecific", "api",
					      NUM(8080)) "," PATH("/im(", "ImplementationSpecific", "api",
								  NUM(8080))) "," RULE("y.example",
										       PATH("/p", "Prefix", "api",
											    NUM(8080)))));
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
	feed(ing_model_ingress, "a",
	     ING_AT("01", ANNS(ANN("use-regex", "true")),
		    RULE("x.example", PATH("/a(b", "ImplementationSpecific", "web", NUM(80)))));
	build();
	CHECK(found("d/a", "InvalidPath", "a ( is not closed"));
	/* An expression alone among defaults. */
	begin();
	feed(ing_model_ingress, "a",
	     "{\"metadata\":{\"annotations\":{" ANN(
		 "use-regex",
		 "true") "}},\"spec\":{\"defaultBackend\":{\"service\":{\"name\":\"api\",\"port\":{\"number\":8080}}},"
			 "\"rules\":[" RULE("x.example",
					    PATH("/a.*", "ImplementationSpecific", "web", NUM(80)) "," PATH(
						"/a.*b", "ImplementationSpecific", "web", NUM(80))) "]}}");
	build();
	CHECK_STR(path_of("x.example", 0), "r ^/a.*b");
	CHECK_STR(path_of("x.example", 1), "r ^/a.*");
	CHECK_STR(path_of("x.example", 2), "* ");
}

static void canaries(void)
{
#define CANARY(more)  ANNS(ANN("canary", "true") more)
#define TO_API(extra) ING_AT("05", extra, RULE("x.example", PATH("/", "Prefix", "api", NUM(8080))))
	begin();
	feed(ing_model_ingress, "main",
	     ING_AT("09", ANNS(ANN("affinity", "cookie")), RULE("x.example", PATH("/", "Prefix", "web", NUM(80)))));
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-weight", "20"))));
	build();
	CHECK(t.n_findings == 0);
	CHECK_STR(rule_of("x.example", 0, 0), "d/web:80*80 d/api:8080*20c");
	CHECK_STR(rule_of("x.example", 0, 1), "");
	CHECK_STR(option("x.example", OPT_COOKIE, 0), "0 INGRESSCOOKIE");
	feed(ing_model_ingress, "canary",
	     TO_API(CANARY("," ANN("canary-by-header", "X-Canary") "," ANN("canary-by-cookie", "canary") "," ANN(
		 "canary-weight", "1") "," ANN("canary-weight-total", "1000"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "1 X-Canary=always d/web:80*0 d/api:8080*1c");
	CHECK_STR(rule_of("x.example", 0, 1), "1 X-Canary=never d/web:80*1 d/api:8080*0c");
	CHECK_STR(rule_of("x.example", 0, 2), "6 canary=always d/web:80*0 d/api:8080*1c");
	CHECK_STR(rule_of("x.example", 0, 3), "6 canary=never d/web:80*1 d/api:8080*0c");
	CHECK_STR(rule_of("x.example", 0, 4), "d/web:80*999 d/api:8080*1c");
	CHECK(t.n_findings == 0);
	feed(ing_model_ingress, "canary",
	     TO_API(CANARY("," ANN("canary-by-header", "X-Canary") "," ANN("canary-by-header-value", "yes"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "1 X-Canary=yes d/web:80*0 d/api:8080*1c");
	CHECK_STR(rule_of("x.example", 0, 1), "d/web:80*100 d/api:8080*0c");
	feed(ing_model_ingress, "canary",
	     TO_API(CANARY("," ANN("canary-by-header", "X-Canary") "," ANN("canary-by-header-pattern", "^beta.*"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "2 X-Canary=^beta.* d/web:80*0 d/api:8080*1c");
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-weight", "100"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "d/web:80*0 d/api:8080*100c");
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-weight", "101"))));
	build();
	CHECK(found("d/canary", "InvalidAnnotation", "canary-weight-total"));
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("whitelist-source-range", "10.0.0.0/8"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "d/web:80*100 d/api:8080*0c");
	CHECK_STR(option("x.example", OPT_COOKIE_CANARY_LEGACY, 0), "");
	CHECK(found("d/canary", "InvalidAnnotation", "whitelist-source-range") &&
	      found("d/canary", "InvalidAnnotation", "gets no requests"));
	/* Of a canary that takes no part in affinity the rules are as without, and the main Ingress' other paths keep theirs. */
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-by-cookie", "c") "," ANN("affinity-canary-behavior", "legacy"))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "6 c=always d/api:8080*1c");
	CHECK_STR(option("x.example", OPT_COOKIE, 0), "0 INGRESSCOOKIE");
	CHECK_STR(option("x.example", OPT_COOKIE_CANARY_LEGACY, 0), "0");
	CHECK(t.n_findings == 0);
	/* One canary for a rule. */
	feed(ing_model_ingress, "canary", TO_API(CANARY("," ANN("canary-weight", "20"))));
	feed(ing_model_ingress, "second",
	     ING_AT("06", CANARY("," ANN("canary-weight", "50")),
		    RULE("x.example", PATH("/", "Prefix", "ext", NUM(80)))));
	build();
	CHECK_STR(rule_of("x.example", 0, 0), "d/web:80*80 d/api:8080*20c");
	CHECK(found("d/second", "Conflict", "canary of the older Ingress d/canary"));
	/* Without a main one it serves nothing. */
	feed(ing_model_ingress, "main", NULL);
	build();
	CHECK_STR(to("x.example", "/"), "");
	CHECK(t.n_hosts == 0 && found("d/canary", "CanaryWithoutMain", "x.example"));
	/* The rest of the main Ingress stays as it is; another namespace's does not join. */
	feed(ing_model_ingress, "main",
	     ING(RULE("x.example", PATH("/", "Prefix", "web", NUM(80)) "," PATH("/b", "Prefix", "web", NUM(80)))));
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
	feed(ing_model_ingress, "main",
	     ING_AT("00", ANNS(ANN("rewrite-target", "/$1")),
		    RULE("x.example", PATH("/a/(.*)", "ImplementationSpecific", "web", NUM(80)))));
	feed(ing_model_ingress, "canary",
	     ING_AT("05", CANARY("," ANN("canary-weight", "20") "," ANN("rewrite-target", "/$1")),
		    RULE("x.example", PATH("/a/(.*)", "ImplementationSpecific", "api", NUM(8080)))));
	build();
	CHECK_STR(path_of("x.example", 0), "r ^/a/(.*)");
	CHECK_STR(rule_of("x.example", 0, 0), "d/web:80*80 d/api:8080*20c");
}

static void aliases(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     ING_AT("01", ANNS(ANN("server-alias", "alias.example, *.alias.example,x.example")),
		    RULE("x.example", PATH("/", "Prefix", "web", NUM(80)))));
	feed(ing_model_ingress, "b", ING_AT("02", "", RULE("x.example", PATH("/b", "Prefix", "api", NUM(8080)))));
	feed(ing_model_ingress, "c", ING_AT("03", "", RULE("alias.example", PATH("/c", "Prefix", "api", NUM(8080)))));
	feed(ing_model_ingress, "d",
	     ING_AT("04", ANNS(ANN("server-alias", "*.alias.example")),
		    RULE("z.example", PATH("/", "Prefix", "api", NUM(8080)))));
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
	     NOTED("x.example", ANN("auth-tls-secret", "d/ca") "," ANN("auth-tls-verify-depth", "3") "," ANN(
				    "auth-tls-match-cn",
				    "CN=(ann|bob)") "," ANN("auth-tls-pass-certificate-to-upstream",
							    "true") "," ANN("auth-tls-error-page", "https://e/")));
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
	AUTO_JSON json_t *o =
	    J(ING_AT("09", "", RULE("x.example", PATH("/longest/of/all", "Prefix", "api", NUM(8080)))));
	CHECK(ing_model_ingress(m, "n", "c", o) == 0);
	build();
	CHECK_STR(option("x.example", OPT_CLIENT_CERT, 0), "");
	CHECK(ing_model_ingress(m, "n", "c", NULL) == 0);
	/* Another authority for the same host. */
	feed(ing_model_secret, "ca2", ca);
	feed(ing_model_ingress, "b",
	     ING_AT("09", ANNS(ANN("auth-tls-secret", "ca2")),
		    RULE("x.example", PATH("/longer", "Prefix", "api", NUM(8080)))));
	build();
	CHECK(is_refused("x.example") && found("d/b", "Conflict", "client certificates of the older Ingress d/a"));
	/* Off. */
	feed(ing_model_ingress, "b", NULL);
	feed(ing_model_ingress, "a",
	     NOTED("x.example", ANN("auth-tls-secret", "ca") "," ANN("auth-tls-verify-client", "off")));
	build();
	CHECK(!server_of("x.example"));
	CHECK_STR(option("x.example", OPT_CLIENT_CERT, 0), "");
	/* By name alone can TLS ask. */
	feed(ing_model_ingress, "a",
	     "{\"metadata\":{\"annotations\":{" ANN(
		 "auth-tls-secret", "ca") "}},\"spec\":{\"rules\":[{\"http\":{\"paths\":[" PATH("/", "Prefix", "web",
												NUM(80)) "]}}]}}");
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
	feed(ing_model_service, "web",
	     "{\"spec\":{\"clusterIP\":\"10.43.0.9\",\"clusterIPs\":[\"10.43.0.9\",\"fd00::9\"],\"ports\":[{\"name\":"
	     "\"http\",\"port\":80}]}}");
	feed(ing_model_service, "none",
	     "{\"spec\":{\"clusterIP\":\"None\",\"clusterIPs\":[\"None\"],\"ports\":[{\"name\":\"http\",\"port\":80}]}"
	     "}");
	feed(ing_model_service, "spare", "{\"spec\":{\"ports\":[{\"name\":\"http\",\"port\":81},{\"port\":82}]}}");
	feed(ing_model_slice, "spare-1",
	     "{\"metadata\":{\"labels\":{\"kubernetes.io/"
	     "service-name\":\"spare\"}},\"ports\":[{\"name\":\"http\",\"port\":99}],\"endpoints\":[{\"addresses\":["
	     "\"10.0.0.77\"]}]}");
	feed(ing_model_ingress, "a", NOTED("x.example", ANN("service-upstream", "true")));
	feed(ing_model_ingress, "b",
	     ING_AT("00", ANNS(ANN("service-upstream", "true")),
		    RULE("y.example", PATH("/", "Prefix", "none", NUM(80)))));
	feed(ing_model_ingress, "c",
	     ING_AT("00", ANNS(ANN("default-backend", "spare")),
		    RULE("z.example", PATH("/", "Prefix", "none", NUM(80)) "," PATH("/w", "Prefix", "web", NUM(80)))));
	feed(ing_model_ingress, "d",
	     ING_AT("00", ANNS(ANN("default-backend", "nope")),
		    RULE("w.example", PATH("/", "Prefix", "none", NUM(80)))));
	build();
	CHECK_STR(to("x.example", "/"), "d/web:80@service");
	const struct ing_backend *b = backend("d/web:80@service");
	CHECK(b && b->n_eps == 2 && streq(b->eps[0].addr, "10.43.0.9") && b->eps[0].port == 80 &&
	      streq(b->eps[1].addr, "fd00::9"));
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
	feed(ing_model_class, "nginx",
	     "{\"spec\":{\"controller\":\"minik.io/"
	     "ingress-nginx\",\"parameters\":{\"kind\":\"ConfigMap\",\"name\":\"c\"}}}");
	feed(ing_model_class, "other",
	     "{\"spec\":{\"controller\":\"x/y\",\"parameters\":{\"kind\":\"ConfigMap\",\"name\":\"c\"}}}");
	build();
	CHECK(t.n_findings == 1 && found("nginx", "UnsupportedParameters", "ConfigMap c"));
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
	end();
	return TEST_END();
}
