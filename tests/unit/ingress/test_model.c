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
	CHECK(found("d/second", "Conflict", "everything has the default backend of the older Ingress d/all"));
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
	CHECK(t.n_hosts == 1 && t.hosts[0].n_paths == 1);
	CHECK(found("d/a", "InvalidHost", "Bad_Host"));
	CHECK(found("d/a", "InvalidPath", "begin with a slash"));
	CHECK(found("d/a", "InvalidPath", "double slashes"));
	CHECK(found("d/a", "InvalidPath", "percent-encoding"));
	CHECK(found("d/a", "InvalidPath", "control characters"));
	CHECK(found("d/a", "InvalidPath", "unknown pathType"));
	CHECK(found("d/a", "InvalidBackend", "no valid Service name"));
	CHECK(found("d/a", "InvalidBackend", "no valid port"));
	CHECK(found("d/a", "UnsupportedBackend", "resource backends"));
}

static char *secret_json(const char *cert, const char *key)
{
	AUTO_FREE char *c = NULL;
	AUTO_FREE char *k = NULL;
	CHECK(b64_encode(cert, strlen(cert), false, &c) == 0 && b64_encode(key, strlen(key), false, &k) == 0);
	return str_fmt("{\"type\":\"kubernetes.io/tls\",\"data\":{\"tls.crt\":\"%s\",\"tls.key\":\"%s\"}}", c, k);
}

/* One text, whoever has it, and it outlives its Secret as long as a table has it. */
static void shared(void)
{
	struct cert_pair a = {0};
	begin();
	CHECK(cert_ca_new(&a, "a", 0, 4000000000, NULL) == 0);
	AUTO_FREE char *good = secret_json(a.cert_pem, a.key_pem);
	feed(ing_model_secret, "s", good);
	feed(ing_model_ingress, "a",
	     "{\"metadata\":{\"annotations\":{\"" INGRESS_ANNOTATION "proxy-ssl-secret\":\"d/s\"}},\"spec\":{\"tls\":[{\"hosts\":[\"x.example\",\"y.example\"],"
	     "\"secretName\":\"s\"}],\"rules\":[" RULE("x.example", PATH("/", "Prefix", "web", NUM(80))) "]}}");
	build();
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
	CHECK(cert_ca_new(&a, "a", 0, 4000000000, NULL) == 0);
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
	CHECK(cert_ca_new(&a, "a", 0, 4000000000, NULL) == 0 && cert_ca_new(&b, "b", 0, 4000000000, NULL) == 0);
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
	CHECK(!to_https(ing_table_match(&t, "x.example", "/"))); /* nothing to redirect to that clients trust */
	feed(ing_model_secret, "s", good);
	build();
	CHECK(t.n_servers == 2 && t.n_findings == 0);
	if (t.n_servers == 2)
		CHECK_STR(t.servers[0].name, "*.x.example");
	CHECK(to_https(ing_table_match(&t, "x.example", "/")));
	feed(ing_model_secret, "s", mixed);
	build();
	CHECK(t.n_servers == 0 && found("d/a", "InvalidSecret", "not the key"));
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
	RUN(shared);
	RUN(too_many);
	end();
	return TEST_END();
}
