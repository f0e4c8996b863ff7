#include "ingress/address.h"
#include "tests/unit/ingress/model_test.h"
#include "wire/cert.h"

static void precedence(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     ING(RULE("x.example",
		      PATH("/", "Prefix", "web", NUM(80)) "," PATH("/foo", "Prefix", "api", NUM(8080)) "," PATH(
			  "/foo", "Exact", "web",
			  NUM(81)) "," PATH("/foo/bar/", "Prefix", "web",
					    NAMED("alt")) "," PATH("/impl", "ImplementationSpecific", "ext",
								   NUM(443))) "," RULE("*.x.example",
										       PATH("/w", "Prefix", "api",
											    NUM(8080)))));
	build();
	CHECK(t.n_findings == 0);
	CHECK_STR(to("x.example", "/"), "d/web:80");
	CHECK_STR(to("x.example", "/fo"), "d/web:80");
	CHECK_STR(to("x.example", "/foobar"), "d/web:80");
	CHECK_STR(to("x.example", "/foo"), "d/web:81"); /* Exact before Prefix */
	CHECK_STR(to("x.example", "/foo/"), "d/api:8080");
	CHECK_STR(to("x.example", "/foo/x"), "d/api:8080");
	CHECK_STR(to("x.example", "/foo/bar"), "d/web:81"); /* trailing slash of the rule means nothing */
	CHECK_STR(to("x.example", "/foo/bar/baz"), "d/web:81");
	CHECK_STR(to("x.example", "/foo/barbaz"), "d/api:8080");
	CHECK_STR(to("x.example", "/impl/x"), "d/ext:443");
	CHECK_STR(to("x.example", "/FOO"), "d/web:80");
	CHECK_STR(to("a.x.example", "/w/1"), "d/api:8080");
	CHECK_STR(to("a.x.example", "/"), "");
	CHECK_STR(to("b.a.x.example", "/w"), "");
	CHECK_STR(to("*.x.example", "/w"), "d/api:8080");
	CHECK_STR(to("example", "/"), "");
	CHECK_STR(to("", "/"), "");
}

static void conflicts(void)
{
	begin();
	feed(ing_model_ingress, "young",
	     ING_AT(
		 "09", "",
		 RULE("x.example", PATH("/a", "Prefix", "api", NUM(8080)) "," PATH("/b", "Prefix", "api", NUM(8080)))));
	feed(ing_model_ingress, "old",
	     ING_AT(
		 "01", "",
		 RULE("x.example", PATH("/a/", "Prefix", "web", NUM(80)) "," PATH("/a", "Prefix", "api", NUM(8080)))));
	build();
	CHECK_STR(to("x.example", "/a"), "d/web:80");
	CHECK_STR(to("x.example", "/b"), "d/api:8080");
	CHECK(found("d/young", "Conflict", "/a (Prefix) belongs to the older Ingress d/old"));
	CHECK(found("d/old", "Conflict", "an earlier rule of this Ingress"));
	feed(ing_model_ingress, "old", NULL);
	build();
	CHECK_STR(to("x.example", "/a"), "d/api:8080");
	CHECK(t.n_findings == 0);
	/* Of the same age: by name. */
	feed(ing_model_ingress, "aaa", ING_AT("09", "", RULE("x.example", PATH("/a", "Prefix", "web", NUM(80)))));
	build();
	CHECK_STR(to("x.example", "/a"), "d/web:80");
}

static void defaults(void)
{
	begin();
	feed(ing_model_ingress, "all",
	     "{\"spec\":{\"defaultBackend\":{\"service\":{\"name\":\"api\",\"port\":{\"number\":8080}}}}}");
	feed(ing_model_ingress, "x",
	     "{\"spec\":{\"defaultBackend\":{\"service\":{\"name\":\"ext\",\"port\":{\"number\":80}}},\"rules\":[" RULE(
		 "x.example", PATH("/a", "Exact", "web", NUM(80))) "]}}");
	feed(ing_model_ingress, "y", ING(RULE("y.example", PATH("/a", "Exact", "web", NUM(80)))));
	feed(ing_model_ingress, "nohost", ING("{\"http\":{\"paths\":[" PATH("/n", "Prefix", "web", NUM(81)) "]}}"));
	build();
	CHECK_STR(to("x.example", "/a"), "d/web:80");
	CHECK_STR(to("x.example", "/"), "d/ext:80");
	CHECK_STR(to("y.example", "/"), "d/api:8080");
	CHECK_STR(to("y.example", "/n"), "d/api:8080"); /* a host of its own: rules without host are not for it */
	CHECK_STR(to("z.example", "/"), "d/api:8080");
	CHECK_STR(to("z.example", "/n/x"), "d/web:81");
	feed(ing_model_ingress, "second",
	     "{\"metadata\":{\"creationTimestamp\":\"2030-01-01T00:00:00Z\"},\"spec\":{\"defaultBackend\":{\"service\":"
	     "{\"name\":\"web\",\"port\":{\"number\":80}}}}}");
	build();
	CHECK_STR(to("z.example", "/"), "d/api:8080");
	CHECK(found("d/second", "Conflict", "the default backend of all hosts is that of the older Ingress d/all"));
}

static void backends(void)
{
	begin();
	feed(
	    ing_model_ingress, "a",
	    ING(RULE(
		"x.example",
		PATH("/1", "Prefix", "web", NUM(80)) "," PATH("/2", "Prefix", "web", NAMED("http")) "," PATH(
		    "/3", "Prefix", "gone",
		    NUM(80)) "," PATH("/4", "Prefix", "web",
				      NUM(82)) "," PATH("/5", "Prefix", "web",
							NAMED(
							    "nope")) "," PATH("/6", "Prefix", "web",
									      NAMED(
										  "dns")) "," PATH("/7", "Prefix",
												   "ext",
												   NUM(443)) "," PATH("/8",
														      "Prefix",
														      "ext",
														      NAMED(
															  "http")))));
	build();
	const struct ing_backend *b = backend("d/web:80");
	CHECK(b && b->n_eps == 2 && streq(b->eps[0].addr, "10.0.0.1") && b->eps[0].port == 9376 &&
	      streq(b->eps[1].addr, "10.0.0.2"));
	CHECK_STR(to("x.example", "/2"), "d/web:80"); /* one backend by either way to say it */
	CHECK(found("d/a", "MissingService", "d/gone does not exist"));
	CHECK(found("d/a", "MissingPort", "no TCP port 82"));
	CHECK(found("d/a", "MissingPort", "no TCP port named nope"));
	CHECK(found("d/a", "MissingPort", "no TCP port named dns"));
	CHECK(found("d/a", "MissingPort", "d/ext has no TCP port named http"));
	b = backend("d/ext:443");
	CHECK(b && streq(b->external, "example.com") && b->external_port == 443);
	CHECK_STR(to("x.example", "/3"), "d/gone:80"); /* known, answered 503 */
	/* When no endpoint is ready, those that end but still serve. */
	feed(ing_model_slice, "web-1",
	     "{\"metadata\":{\"labels\":{\"kubernetes.io/"
	     "service-name\":\"web\"}},\"addressType\":\"IPv6\",\"ports\":[{\"name\":\"http\",\"port\":9376}],"
	     "\"endpoints\":[{\"addresses\":[\"fd00:0::3\"],\"conditions\":{\"ready\":false,\"serving\":true,"
	     "\"terminating\":true}},"
	     "{\"addresses\":[\"fd00::4\"],\"conditions\":{\"ready\":false}}]}");
	build();
	b = backend("d/web:80");
	CHECK(b && b->n_eps == 1 && streq(b->eps[0].addr, "fd00::3"));
	feed(ing_model_slice, "web-1", NULL);
	build();
	b = backend("d/web:80");
	CHECK(b && b->n_eps == 0);
}

/* An object must not lead a request to what trusts the node. */
static void externals(void)
{
	static const struct {
		const char *name, *refused, *external; /* refused: what is said; external: a name, or NULL: an address */
	} cases[] = {
	    {"127.0.0.1", "a loopback address", NULL},
	    {"127.255.0.9", "a loopback address", NULL},
	    {"0.0.0.0", "an unspecified address", NULL},
	    {"169.254.169.254", "a link-local address", NULL},
	    {"168.63.129.16", "a cloud's address for its machines alone", NULL},
	    {"192.0.0.192", "a cloud's address for its machines alone", NULL},
	    {"192.0.0.193", NULL, NULL},
	    {"224.0.0.251", "a multicast address", NULL},
	    {"255.255.255.255", "the broadcast address", NULL},
	    {"localhost", "a name of the node itself", NULL},
	    {"api.localhost.", "a name of the node itself", NULL},
	    {"localhost.localdomain", "a name of the node itself", NULL},
	    {"10.1.2.3", NULL, NULL},
	    {"notlocalhost", NULL, "notlocalhost"},
	    {"127.0.0.1.example", NULL, "127.0.0.1.example"},
	    {"www.example.com", NULL, "www.example.com"},
	};
	static const unsigned char refused[][16] = {
	    {[15] = 1},
	    {0},
	    {[10] = 0xff, 0xff, 127, 0, 0, 1},
	    {[10] = 0xff, 0xff, 169, 254, 169, 254},
	    {[12] = 127, 0, 0, 1},
	    {0xfe, 0x80, [15] = 1},
	    {0xfe, 0xbf, [15] = 1},
	    {0xff, 2, [15] = 1},
	    {0, 0x64, 0xff, 0x9b, [12] = 127, 0, 0, 1},
	    {0x20, 2, 127, 0, 0, 1},
	    {0xfd, 0, 0x0e, 0xc2, [14] = 2, 0x54},
	    {0xfd, 0x20, 0, 0xce, [14] = 2, 0x54},
	};
	static const unsigned char good[][16] = {{0xfd, [15] = 1}, {0x20, 1, 0xd, 0xb8, [15] = 1}, {[10] = 0xff, 0xff, 10, 0, 0, 1}, {0xfe, 0xc0, [15] = 1}};

	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		CHECK(address_refused(refused[i], 16) != NULL);
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		CHECK(address_refused(good[i], 16) == NULL);
	/* nor a slice, whatever API server has taken it */
	begin();
	feed(ing_model_slice, "web-1",
	     "{\"metadata\":{\"labels\":{\"kubernetes.io/service-name\":\"web\"}},\"addressType\":\"IPv4\","
	     "\"ports\":[{\"name\":\"http\",\"port\":9376}],\"endpoints\":[{\"addresses\":[\"127.0.0.1\"]},"
	     "{\"addresses\":[\"10.0.0.1\"]},{\"addresses\":[\"169.254.169.254\"]}]}");
	feed(ing_model_ingress, "a", ING(RULE("x.example", PATH("/", "Prefix", "web", NUM(80)))));
	build();
	const struct ing_backend *web = backend("d/web:80");
	CHECK(web && web->n_eps == 1 && streq(web->eps[0].addr, "10.0.0.1"));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_FREE char *o = str_fmt("{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"%s\"}}", cases[i].name);
		begin();
		feed(ing_model_service, "ext", o);
		feed(ing_model_ingress, "a", ING(RULE("x.example", PATH("/", "Prefix", "ext", NUM(443)))));
		build();
		const struct ing_backend *b = backend("d/ext:443");
		CHECK(b && found("d/a", "InvalidBackend", cases[i].refused ? cases[i].refused : "") == !!cases[i].refused);
		if (!b)
			continue;
		CHECK_STR(b->external ? b->external : "", cases[i].external ? cases[i].external : "");
		CHECK(b->n_eps == (cases[i].refused || cases[i].external ? 0 : 1));
		if (b->n_eps)
			CHECK(streq(b->eps[0].addr, cases[i].name) && b->eps[0].port == 443);
	}
}

static void classes(void)
{
	begin();
	feed(ing_model_class, "nginx", "{\"spec\":{\"controller\":\"minik.io/ingress-nginx\"}}");
	feed(ing_model_class, "other", "{\"spec\":{\"controller\":\"example.com/other\"}}");
#define CLASSED(host, class)                                                                                           \
	"{\"spec\":{\"ingressClassName\":\"" class "\",\"rules\":[" RULE(host,                                         \
									 PATH("/", "Prefix", "web", NUM(80))) "]}}"
	feed(ing_model_ingress, "ours", CLASSED("ours", "nginx"));
	feed(ing_model_ingress, "theirs", CLASSED("theirs", "other"));
	feed(ing_model_ingress, "nobodys", CLASSED("nobodys", "unknown"));
	feed(ing_model_ingress, "old",
	     ING_AT("00", ",\"annotations\":{\"kubernetes.io/ingress.class\":\"nginx\"}",
		    RULE("old", PATH("/", "Prefix", "web", NUM(80)))));
	feed(ing_model_ingress, "haproxy",
	     ING_AT("00", ",\"annotations\":{\"kubernetes.io/ingress.class\":\"haproxy\"}",
		    RULE("haproxy", PATH("/", "Prefix", "web", NUM(80)))));
	feed(ing_model_ingress, "none", ING(RULE("none", PATH("/", "Prefix", "web", NUM(80)))));
	build();
	CHECK_STR(to("ours", "/"), "d/web:80");
	CHECK_STR(to("theirs", "/"), "");
	CHECK_STR(to("nobodys", "/"), "");
	CHECK_STR(to("old", "/"), "d/web:80");
	CHECK_STR(to("haproxy", "/"), "");
	CHECK_STR(to("none", "/"), "d/web:80");
	CHECK(t.n_served == 3);
	feed(ing_model_class, "other",
	     "{\"metadata\":{\"annotations\":{\"ingressclass.kubernetes.io/"
	     "is-default-class\":\"true\"}},\"spec\":{\"controller\":\"example.com/other\"}}");
	build();
	CHECK_STR(to("none", "/"), "");
	feed(ing_model_class, "nginx",
	     "{\"metadata\":{\"annotations\":{\"ingressclass.kubernetes.io/"
	     "is-default-class\":\"true\"}},\"spec\":{\"controller\":\"minik.io/ingress-nginx\"}}");
	build();
	CHECK_STR(to("none", "/"), "d/web:80");
}

static void faults(void)
{
	begin();
	feed(
	    ing_model_ingress, "a",
	    ING(RULE("Bad_Host", PATH("/", "Prefix", "web", NUM(80))) "," RULE(
		"x.example",
		PATH("nope", "Prefix", "web", NUM(80)) "," PATH("/a//b", "Prefix", "web", NUM(80)) "," PATH("/%zz", "Prefix", "web", NUM(80)) "," PATH(
		    "/a%00", "Exact",
		    "web",
		    NUM(80)) "," PATH("/a%0ab", "Exact", "web",
				      NUM(80)) "," PATH("/p", "Regex", "web",
							NUM(80)) "," PATH("/n", "Prefix", "We b",
									  NUM(80)) "," PATH("/m", "Prefix", "web",
											    NUM(0)) ",{\"path\":\"/"
												    "r\",\"pathType\":"
												    "\"Prefix\","
												    "\"backend\":{"
												    "\"resource\":{"
												    "\"kind\":"
												    "\"Bucket\","
												    "\"name\":\"b\"}}}"
												    "," PATH("/good",
													     "Prefix",
													     "web",
													     NUM(80)))));
	build();
	CHECK_STR(to("x.example", "/good"), "d/web:80");
	CHECK_STR(to("x.example", "/p"), "");
	/* What has no backend is there, and answered 503: it does not fall to a shorter path. */
	CHECK_STR(to("x.example", "/r"), "refused");
	CHECK_STR(to("x.example", "/n/x"), "refused");
	CHECK_STR(to("x.example", "/m"), "refused");
	CHECK(backend("refused") && !backend("refused")->n_eps);
	CHECK(t.n_hosts == 1 && t.hosts[0].n_paths == 4);
	CHECK(found("d/a", "InvalidHost", "Bad_Host"));
	CHECK(found("d/a", "InvalidPath", "begin with a slash"));
	CHECK(found("d/a", "InvalidPath", "double slashes"));
	CHECK(found("d/a", "InvalidPath", "percent-encoding"));
	CHECK(found("d/a", "InvalidPath", "control characters"));
	CHECK(found("d/a", "InvalidPath", "unknown pathType"));
	CHECK(found("d/a", "InvalidBackend", "no valid Service name"));
	CHECK(found("d/a", "InvalidBackend", "no valid port"));
	CHECK(found("d/a", "UnsupportedBackend", "resource backends"));
	/* The default backend, too; and a canary of none leaves everything to its main Ingress. */
	feed(ing_model_ingress, "b",
	     "{\"spec\":{\"defaultBackend\":{\"resource\":{\"kind\":\"Bucket\",\"name\":\"b\"}},\"rules\":[" RULE(
		 "y.example", PATH("/a", "Prefix", "web", NUM(80))) "]}}");
	feed(ing_model_ingress, "c",
	     ING_AT("00", ANNS(ANN("canary", "true") "," ANN("canary-weight", "100")),
		    RULE("y.example", PATH("/a", "Prefix", "We b", NUM(80)))));
	build();
	CHECK_STR(to("y.example", "/"), "refused");
	CHECK_STR(to("y.example", "/a"), "d/web:80");
}

static char *secret_json(const char *cert, const char *key)
{
	AUTO_FREE char *c = NULL;
	AUTO_FREE char *k = NULL;
	CHECK(b64_encode(cert, strlen(cert), false, &c) == 0 && b64_encode(key, strlen(key), false, &k) == 0);
	return str_fmt("{\"type\":\"kubernetes.io/tls\",\"data\":{\"tls.crt\":\"%s\",\"tls.key\":\"%s\"}}", c, k);
}

/* A certificate for these names. */
static void issue(struct cert_pair *ret, const char *const *names)
{
	struct cert_pair ca = {0};
	const struct cert_request want = {.cn = "x", .dns_names = names, .server = true, .not_after = 4000000000};
	CHECK(cert_ca_new(&ca, "ca", 0, 4000000000, NULL) == 0 && cert_issue(ret, &ca, &want, NULL) == 0);
	cert_pair_done(&ca);
}
#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* One text, whoever has it, and it outlives its Secret as long as a table has it. */
static void shared(void)
{
	struct cert_pair a = {0};
	begin();
	issue(&a, NAMES("x.example", "y.example"));
	AUTO_FREE char *good = secret_json(a.cert_pem, a.key_pem);
	feed(ing_model_secret, "s", good);
	feed(ing_model_ingress, "a",
	     "{\"metadata\":{\"annotations\":{\"" INGRESS_ANNOTATION "proxy-ssl-secret\":\"d/s\"}},\"spec\":{\"tls\":[{\"hosts\":[\"x.example\",\"y.example\"],"
	     "\"secretName\":\"s\"}],\"rules\":[" RULE("x.example", PATH("/", "Prefix", "web", NUM(80))) "]}}");
	build();
	CHECK(t.n_findings == 1 && found("d/a", "UnusedHost", "y.example"));
	const struct ing_option *o = ing_policy_find(&t.policies[0], OPT_TLS_CERT);
	CHECK(t.n_servers == 2 && o);
	if (t.n_servers == 2 && o) {
		CHECK(t.servers[0].cert_pem == t.servers[1].cert_pem && t.servers[0].key_pem == t.servers[1].key_pem);
		CHECK(o->a == t.servers[0].cert_pem->text && o->b == t.servers[0].key_pem->text);
	}
	feed(ing_model_secret, "s", NULL);
	if (t.n_servers == 2)
		CHECK_STR(t.servers[0].cert_pem->text, a.cert_pem);
	/* More than anybody's chain has. */
	AUTO_BUF struct buf large = {0};
	while (large.len < 70000)
		buf_adds(&large, a.cert_pem);
	AUTO_FREE char *too_large = secret_json(large.data, a.key_pem);
	feed(ing_model_secret, "s", too_large);
	build();
	CHECK(t.n_servers == 0 && found("d/a", "InvalidSecret", "larger than 64 KiB"));
	cert_pair_done(&a);
}

/* What certificates there are is bounded, and the older Ingress keeps its own. */
static void too_many(void)
{
	struct cert_pair a = {0};
	char name[20], object[20];
	begin();
	CHECK(cert_ca_new(&a, "*.example", 0, 4000000000, NULL) == 0);
	AUTO_BUF struct buf large = {0};
	while (large.len + strlen(a.cert_pem) < 65000)
		buf_adds(&large, a.cert_pem);
	AUTO_FREE char *text = secret_json(large.data, a.key_pem);
	AUTO_JSON json_t *secret = J(text);
	for (int i = 0; i < 4300; i++) {
		AUTO_FREE char *ing = str_fmt("{\"metadata\":{\"creationTimestamp\":\"2026-01-%02dT00:00:00Z\"},\"spec\":{\"tls\":[{\"hosts\":[\"h%d.example\"],"
					      "\"secretName\":\"s%d\"}]}}", i < 4200 ? 1 : 2, i, i);
		snprintf(name, sizeof(name), "s%d", i);
		snprintf(object, sizeof(object), "i%d", i);
		CHECK(ing_model_secret(m, "d", name, secret) == 0);
		feed(ing_model_ingress, object, ing);
	}
	build();
	CHECK(t.n_servers > 4000 && t.n_servers < 4200);
	CHECK(found("d/i4299", "TooManyCertificates", "256 MiB"));
	CHECK(t.n_findings == 4300 - t.n_servers);
	cert_pair_done(&a);
}

static void certificates(void)
{
	struct cert_pair a = {0}, b = {0};
	begin();
	issue(&a, NAMES("X.example", "*.x.example"));
	issue(&b, NAMES("x.example"));
	AUTO_FREE char *good = secret_json(a.cert_pem, a.key_pem);
	AUTO_FREE char *other = secret_json(b.cert_pem, b.key_pem);
	AUTO_FREE char *mixed = secret_json(a.cert_pem, b.key_pem);
	AUTO_FREE char *junk = secret_json("junk", "junk");
#define TLS(hosts, secret)                                                                                             \
	"{\"spec\":{\"tls\":[{\"hosts\":[" hosts "],\"secretName\":\"" secret                                          \
	"\"}],\"rules\":[" RULE("x.example", PATH("/", "Prefix", "web", NUM(80))) "]}}"
	feed(ing_model_ingress, "a", TLS("\"x.example\",\"*.x.example\"", "s"));
	build();
	CHECK(t.n_servers == 0 && found("d/a", "MissingSecret", "d/s"));
	CHECK(to_https(ing_table_match(&t, "x.example", "/"))); /* to the default certificate, as ingress-nginx does */
	feed(ing_model_secret, "s", good);
	build();
	CHECK(t.n_servers == 2 && t.n_findings == 0);
	if (t.n_servers == 2)
		CHECK_STR(t.servers[0].name, "*.x.example");
	CHECK(to_https(ing_table_match(&t, "x.example", "/")));
	feed(ing_model_secret, "s", mixed);
	build();
	CHECK(t.n_servers == 0 && found("d/a", "InvalidSecret", "not the key"));
	CHECK(to_https(ing_table_match(&t, "x.example", "/")));
	feed(ing_model_secret, "s", junk);
	build();
	CHECK(t.n_servers == 0 && found("d/a", "InvalidSecret", "tls.crt"));
	feed(ing_model_secret, "s", good);
	feed(ing_model_secret, "o", other);
	feed(ing_model_ingress, "b", TLS("\"x.example\"", "o"));
	feed(ing_model_ingress, "c", TLS("", "s")); /* hosts of its rules */
	build();
	CHECK(found("d/b", "Conflict", "Secret d/s"));
	CHECK(t.n_servers == 2);
	cert_pair_done(&a);
	cert_pair_done(&b);
}

/* What names a certificate is for decides where it is shown. */
static void names(void)
{
	struct cert_pair a = {0}, cn = {0};
	begin();
	issue(&a, NAMES("a.example", "*.w.example"));
	CHECK(cert_ca_new(&cn, "Cn.example", 0, 4000000000, NULL) == 0);
	AUTO_FREE char *secret = secret_json(a.cert_pem, a.key_pem);
	AUTO_FREE char *plain = secret_json(cn.cert_pem, cn.key_pem);
	feed(ing_model_secret, "s", secret);
	feed(ing_model_secret, "cn", plain);
#define SECTION(hosts, secret) "{\"hosts\":[" hosts "],\"secretName\":\"" secret "\"}"
#define SITE(host)             RULE(host, PATH("/", "Prefix", "web", NUM(80)))
	feed(ing_model_ingress, "a",
	     "{\"spec\":{\"tls\":[" SECTION("\"a.example\",\"b.example\",\"c.example\"", "s") "," SECTION(
		 "\"cn.example\"", "cn") "],\"rules\":[" SITE("a.example") "," SITE("b.example") "," SITE("c.example") ","
	     SITE("cn.example") "," SITE("in.w.example") "," SITE("deep.in.w.example") "," SITE("d.example") "]}}");
	build();
	CHECK(server_of("a.example") && server_of("cn.example"));
	CHECK(!server_of("b.example") && !server_of("c.example"));
	CHECK(found("d/a", "CertificateMismatch", "not for host b.example (nor for 1 more) but for a.example,*.w.example;"));
	/* Not in the list, but the certificate is for it. */
	CHECK(server_of("in.w.example") && !server_of("deep.in.w.example") && !server_of("d.example"));
	CHECK(t.n_findings == 1);
	/* All hosts of an Ingress that has a tls section lead to https. */
	static const char *const all[] = {"a.example", "b.example", "cn.example", "in.w.example", "d.example"};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		CHECK(to_https(ing_table_match(&t, all[i], "/")));
	/* Sections without a list: each host by the one that is for it. */
	feed(ing_model_ingress, "a",
	     "{\"spec\":{\"tls\":[{\"secretName\":\"cn\"},{\"secretName\":\"s\"}],\"rules\":[" SITE("a.example") "," SITE("cn.example") "]}}");
	build();
	CHECK(t.n_servers == 2 && t.n_findings == 0);
	CHECK(server_of("a.example") && streq(server_of("a.example")->secret, "d/s"));
	CHECK(server_of("cn.example") && streq(server_of("cn.example")->secret, "d/cn"));
	cert_pair_done(&a);
	cert_pair_done(&cn);
}

/* ssl-redirect goes by host, whichever Ingress has its tls section. */
static void redirects(void)
{
	begin();
	feed(ing_model_ingress, "tls",
	     "{\"metadata\":{\"creationTimestamp\":\"2030-01-01T00:00:00Z\"},\"spec\":{\"tls\":[{\"hosts\":[\"x.example\",\"*.w.example\",\"u.example\"]}],\"rules\":["
	     RULE("x.example", PATH("/a", "Prefix", "web", NUM(80))) ","
	     RULE("*.w.example", PATH("/", "Prefix", "web", NUM(80))) ",{\"http\":{\"paths\":[" PATH("/", "Prefix", "web", NUM(80)) "]}}]}}");
	feed(ing_model_ingress, "other", ING(RULE("x.example", PATH("/b", "Prefix", "web", NUM(80))) "," SITE("in.w.example") "," SITE("no.example") "," SITE("u.example")));
	feed(ing_model_ingress, "off",
	     ING_AT("00", ANNS(ANN("ssl-redirect", "false")), RULE("x.example", PATH("/c", "Prefix", "web", NUM(80)))));
	build();
	CHECK(to_https(ing_table_match(&t, "x.example", "/a")));
	CHECK(to_https(ing_table_match(&t, "x.example", "/b")));
	CHECK(!to_https(ing_table_match(&t, "x.example", "/c")));
	CHECK(to_https(ing_table_match(&t, "in.w.example", "/")));
	CHECK(!to_https(ing_table_match(&t, "no.example", "/")));
	CHECK(!to_https(ing_table_match(&t, "u.example", "/"))); /* in a list alone */
	CHECK(!to_https(ing_table_match(&t, "*", "/")));
	CHECK(t.n_servers == 0 && t.n_findings == 0);
}

/* A list of tls says nothing of another namespace's host. */
static void foreign(void)
{
	struct cert_pair a = {0};
	begin();
	issue(&a, NAMES("x.example", "free.example"));
	AUTO_FREE char *secret = secret_json(a.cert_pem, a.key_pem);
	AUTO_JSON json_t *s = J(secret);
	AUTO_JSON json_t *o = J("{\"metadata\":{\"creationTimestamp\":\"2020-01-01T00:00:00Z\"},\"spec\":{\"tls\":[" SECTION(
	    "\"x.example\",\"free.example\"", "s") "],\"rules\":[" SITE("mine.example") "]}}");
	CHECK(ing_model_secret(m, "e", "s", s) == 0 && ing_model_ingress(m, "e", "thief", o) == 0);
	feed(ing_model_ingress, "a", ING(SITE("x.example")));
	build();
	CHECK(!server_of("x.example") && server_of("free.example"));
	CHECK(found("e/thief", "UnusedHost", "host x.example, for which this Ingress has no rule: it is Ingress d/a's"));
	CHECK(found("e/thief", "UnusedHost", "free.example"));
	CHECK(!to_https(ing_table_match(&t, "x.example", "/")));
	cert_pair_done(&a);
}

int main(void)
{
	RUN(precedence);
	RUN(conflicts);
	RUN(defaults);
	RUN(backends);
	RUN(externals);
	RUN(classes);
	RUN(faults);
	RUN(certificates);
	RUN(names);
	RUN(redirects);
	RUN(foreign);
	RUN(shared);
	RUN(too_many);
	end();
	return TEST_END();
}
