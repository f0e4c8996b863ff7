/* The features of Kubernetes' ingress-controller-conformance, as far as the model decides them; what nginx does is
 * ingress.sh's. */
#include "ingress/expiry.h"
#include "tests/unit/ingress/model_test.h"

struct want {
	const char *host, *path, *to; /* "": 404 */
};
static void check_all(const struct want *w)
{
	for (; w->host; w++)
		if (!streq(to(w->host, w->path), w->to)) {
			fprintf(stderr, "%s%s leads to \"%s\" and not to \"%s\"\n", w->host, w->path,
				to(w->host, w->path), w->to);
			CHECK(!"where it leads");
		} else
			CHECK(true);
}

/* default_backend: no rules, every host and path. */
static void default_backend(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     "{\"spec\":{\"defaultBackend\":{\"service\":{\"name\":\"web\",\"port\":{\"name\":\"http\"}}}}}");
	build();
	check_all((const struct want[]){{"my-host", "/", "d/web:80"},
					{"my-host", "/sub", "d/web:80"},
					{"", "/", "d/web:80"},
					{"some-host.other", "/a/b?c", "d/web:80"},
					{NULL, NULL, NULL}});
	CHECK(t.n_findings == 0 && t.n_served == 1);
}

/* host_rules: exact ones, wildcards of one label, others nowhere; rules of one host in two Ingresses. */
static void host_rules(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     ING(RULE("*.foo.com", PATH("/", "Prefix", "web", NUM(80))) "," RULE(
		 "foo.bar.com", PATH("/", "Prefix", "api", NUM(8080)))));
	feed(ing_model_ingress, "b", ING(RULE("foo.bar.com", PATH("/more", "Prefix", "web", NUM(81)))));
	build();
	check_all((const struct want[]){{"bar.foo.com", "/", "d/web:80"},
					{"baz.bar.foo.com", "/", ""},
					{"foo.com", "/", ""},
					{".foo.com", "/", ""},
					{"foo.bar.com", "/x", "d/api:8080"},
					{"foo.bar.com", "/more", "d/web:81"},
					{"wrong.bar.com", "/", ""},
					{NULL, NULL, NULL}});
}

/* path_rules */
static void exact_paths(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     ING(RULE("exact.path.rules",
		      PATH("/foo", "Exact", "web", NUM(80)) "," PATH("/foo/bar/", "Exact", "web", NUM(81)))));
	build();
	check_all((const struct want[]){{"exact.path.rules", "/foo", "d/web:80"},
					{"exact.path.rules", "/foo/", ""},
					{"exact.path.rules", "/foobar", ""},
					{"exact.path.rules", "/FOO", ""},
					{"exact.path.rules", "/", ""},
					{"exact.path.rules", "/foo/bar/", "d/web:81"},
					{"exact.path.rules", "/foo/bar", ""},
					{NULL, NULL, NULL}});
}

static void prefix_paths(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     ING(RULE("prefix.path.rules",
		      PATH("/foo", "Prefix", "web", NUM(80)) "," PATH("/aaa/bbb", "Prefix", "web", NUM(81)) "," PATH(
			  "/aaa", "Prefix", "api", NUM(8080))) "," RULE("slash.path.rules",
									PATH("/foo/", "Prefix", "web", NUM(80)))));
	build();
	check_all((const struct want[]){
	    {"prefix.path.rules", "/foo", "d/web:80"},
	    {"prefix.path.rules", "/foo/", "d/web:80"},
	    {"prefix.path.rules", "/foo/bar", "d/web:80"},
	    {"prefix.path.rules", "/foobar", ""},
	    {"prefix.path.rules", "/FOO", ""},
	    {"prefix.path.rules", "/aaa/bbb", "d/web:81"},
	    {"prefix.path.rules", "/aaa/bbb/ccc", "d/web:81"},
	    {"prefix.path.rules", "/aaa/bbbccc", "d/api:8080"}, /* the longest that matches */
	    {"prefix.path.rules", "/aaa", "d/api:8080"},
	    {"prefix.path.rules", "/aaaccc", ""},
	    {"slash.path.rules", "/foo", "d/web:80"}, /* the rule's trailing slash means nothing */
	    {"slash.path.rules", "/foo/bar", "d/web:80"},
	    {NULL, NULL, NULL}});
}

static void mixed_paths(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     ING(RULE("mixed.path.rules",
		      PATH("/foo", "Prefix", "web", NUM(80)) "," PATH("/foo", "Exact", "web", NUM(81)))));
	build();
	check_all((const struct want[]){{"mixed.path.rules", "/foo", "d/web:81"},
					{"mixed.path.rules", "/foo/", "d/web:80"},
					{"mixed.path.rules", "/foo/bar", "d/web:80"},
					{NULL, NULL, NULL}});
	CHECK(t.n_findings == 0);
}

/* load_balancing: every ready endpoint is in the table once, whatever slices it is in. */
static void load_balancing(void)
{
#define SLICE(eps)                                                                                                     \
	"{\"metadata\":{\"labels\":{\"kubernetes.io/"                                                                  \
	"service-name\":\"many\"}},\"ports\":[{\"name\":\"http\",\"port\":8080}],\"endpoints\":[" eps "]}"
#define EP(addr) "{\"addresses\":[\"" addr "\"]}"
	begin();
	feed(ing_model_service, "many", "{\"spec\":{\"ports\":[{\"name\":\"http\",\"port\":80}]}}");
	feed(ing_model_slice, "many-1", SLICE(EP("10.0.0.1") "," EP("10.0.0.2")));
	feed(ing_model_slice, "many-2", SLICE(EP("10.0.0.2") "," EP("10.0.0.3")));
	feed(ing_model_slice, "many-3", SLICE(EP("fd00::1")));
	feed(ing_model_ingress, "a", ING(RULE("load.example", PATH("/", "Prefix", "many", NUM(80)))));
	build();
	const struct ing_backend *b = backend("d/many:80");
	CHECK(b && b->n_eps == 4 && b->eps[0].port == 8080);
	feed(ing_model_slice, "many-2", NULL);
	build();
	b = backend("d/many:80");
	CHECK(b && b->n_eps == 3);
}

/* ingress_class: another's Ingresses are left alone, a class that does not exist is nobody's. */
static void ingress_class(void)
{
	begin();
	feed(ing_model_class, "nginx", "{\"spec\":{\"controller\":\"minik.io/ingress-nginx\"}}");
	feed(ing_model_ingress, "a",
	     "{\"spec\":{\"ingressClassName\":\"some-invalid-class-name\",\"rules\":[" RULE(
		 "class.example", PATH("/", "Prefix", "web", NUM(80))) "]}}");
	build();
	CHECK(t.n_served == 0 && t.n_hosts == 0 && t.n_secrets == 0);
	CHECK_STR(to("class.example", "/"), "");
}

/* tls: the certificate of the rule's host by SNI, and what refers to it is known before it is there. */
static void tls(void)
{
	struct cert_pair ca = {0};

	begin();
	feed(ing_model_ingress, "a",
	     "{\"spec\":{\"tls\":[{\"hosts\":[\"tls.example\"],\"secretName\":\"conformance-tls\"}],\"rules\":[" RULE(
		 "tls.example", PATH("/", "Prefix", "web", NUM(80))) "]}}");
	build();
	CHECK(t.n_secrets == 1 && streq(t.secrets[0], "d/conformance-tls"));
	CHECK(!server_of("tls.example") && found("d/a", "MissingSecret", "conformance-tls"));
	CHECK(cert_ca_new(&ca, "tls.example", 0, 4000000000, NULL) == 0);
	AUTO_FREE char *crt = b64(ca.cert_pem);
	AUTO_FREE char *key = b64(ca.key_pem);
	AUTO_FREE char *secret =
	    str_fmt("{\"type\":\"kubernetes.io/tls\",\"data\":{\"tls.crt\":\"%s\",\"tls.key\":\"%s\"}}", crt, key);
	feed(ing_model_secret, "conformance-tls", secret);
	build();
	const struct ing_server *s = server_of("tls.example");
	CHECK(s && streq(s->cert_pem->text, ca.cert_pem) && streq(s->secret, "d/conformance-tls") && t.n_findings == 0);
	CHECK(to_https(ing_table_match(&t, "tls.example", "/")));
	cert_pair_done(&ca);
}

/* What comes with time: once for each Ingress and Secret, and when the next is due. */
static void expiry(void)
{
	static const char *const names[] = {"a.example", "b.example", NULL};
	const struct cert_request want = {.cn = "x", .dns_names = names, .server = true, .not_before = 1000, .not_after = 2000};
	struct cert_pair ca = {0}, pair = {0};
	int64_t next = -1;

	begin();
	CHECK(cert_ca_new(&ca, "ca", 0, 4000000000, NULL) == 0 && cert_issue(&pair, &ca, &want, NULL) == 0);
	AUTO_FREE char *crt = b64(pair.cert_pem);
	AUTO_FREE char *key = b64(pair.key_pem);
	AUTO_FREE char *secret = str_fmt("{\"type\":\"kubernetes.io/tls\",\"data\":{\"tls.crt\":\"%s\",\"tls.key\":\"%s\"}}", crt, key);
	feed(ing_model_secret, "s", secret);
	feed(ing_model_ingress, "a",
	     "{\"spec\":{\"tls\":[{\"hosts\":[\"a.example\",\"b.example\"],\"secretName\":\"s\"}],\"rules\":[" RULE(
		 "a.example", PATH("/", "Prefix", "web", NUM(80))) "," RULE("b.example", PATH("/", "Prefix", "web", NUM(80))) "]}}");
	build();
	CHECK(t.n_servers == 2 && expiry_findings(&t, 1500, &next) == 0 && t.n_findings == 0 && next == 2000);
	CHECK(expiry_findings(&t, 1000, &next) == 0 && t.n_findings == 0);
	CHECK(expiry_findings(&t, 999, &next) == 0 && t.n_findings == 1 && next == 1000);
	CHECK(found("d/a", "CertificateNotYetValid", "Secret d/s: its certificate is not valid before 1970-01-01T00:16:40Z"));
	build();
	CHECK(expiry_findings(&t, 2000, &next) == 0 && t.n_findings == 1 && next == 0);
	CHECK(found("d/a", "CertificateExpired", "Secret d/s: its certificate expired at 1970-01-01T00:33:20Z"));
	/* Missing ones, and hosts without any, have none. */
	feed(ing_model_secret, "s", NULL);
	build();
	next = -1;
	CHECK(expiry_findings(&t, 5000, &next) == 0 && next == 0 && t.n_findings == 1 && found("d/a", "MissingSecret", "d/s"));
	cert_pair_done(&ca);
	cert_pair_done(&pair);
}

int main(void)
{
	RUN(default_backend);
	RUN(host_rules);
	RUN(exact_paths);
	RUN(prefix_paths);
	RUN(mixed_paths);
	RUN(load_balancing);
	RUN(ingress_class);
	RUN(tls);
	RUN(expiry);
	end();
	return TEST_END();
}
