/* Parameters of an IngressClass: each key, what comes of it for an Ingress, and what is said of what is not taken. */
#include "ingress/params.h"
#include "ingress/table_write.h"
#include "tests/unit/ingress/model_test.h"

#define CLASS_AT(params, dflt)                                                                                         \
	"{\"metadata\":{\"annotations\":{\"ingressclass.kubernetes.io/is-default-class\":\"" dflt                      \
	"\"}},\"spec\":{\"controller\":\"minik.io/ingress-nginx\"" params "}}"
#define CONFIG(name)                                                                                                   \
	",\"parameters\":{\"kind\":\"ConfigMap\",\"scope\":\"Namespace\",\"namespace\":\"d\",\"name\":\"" name "\"}"
#define CLASS(name) CLASS_AT(CONFIG(name), "true")

static void config(const char *data)
{
	AUTO_FREE char *map = data ? str_fmt("{\"data\":{%s}}", data) : NULL;
	feed(ing_model_configmap, "c", map);
}

/* One Ingress for x.example, with these annotations, of a class with these parameters. */
static void with(const char *data, const char *notes)
{
	AUTO_FREE char *ing = str_fmt("{\"metadata\":{\"annotations\":{%s}},\"spec\":{\"ingressClassName\":\"nginx\",\"rules\":[" RULE(
					  "x.example", PATH("/", "Prefix", "web", NUM(80))) "]}}",
				      notes);
	begin();
	feed(ing_model_class, "nginx", CLASS("c"));
	config(data);
	feed(ing_model_ingress, "a", ing);
	build();
}

static void options_of(const struct ing_policy *p, char *out, size_t cap)
{
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; p && i < p->n_options && n < cap; i++) {
		const struct ing_option *o = &p->options[i];
		n += (size_t)snprintf(out + n, cap - n, "%s%d:%lld%s%s%s%s", i ? "|" : "", (int)o->opt, (long long)o->num,
				      o->a ? " " : "", o->a ? o->a : "", o->b ? " " : "", o->b ? o->b : "");
	}
}

/* --- golden: parameters, annotations -> options --- */

#define P(k, v) "\"" k "\":\"" v "\""
static const struct golden {
	const char *data, *notes, *want;
} golden[] = {
    {"", "", ""},
    {P("proxy-body-size", "8m"), "", "57:8388608"},
    {P("proxy-body-size", "8m"), ANN("proxy-body-size", "1k"), "57:1024"},
    {P("proxy-body-size", "0"), "", "57:0"},
    {P("proxy-connect-timeout", "3") "," P("proxy-send-timeout", "4") "," P("proxy-read-timeout", "3600"), ANN("proxy-send-timeout", "5"),
     "90:3000|91:5000|92:3600000"},
    {P("proxy-buffering", "on") "," P("proxy-request-buffering", "off") "," P("proxy-buffer-size", "16k") "," P(
	 "proxy-buffers-number", "8") "," P("proxy-max-temp-file-size", "1024m") "," P("proxy-http-version", "1.0"),
     "", "94:1|95:0|96:16384|97:8|98:1073741824|99:10"},
    {P("proxy-http-version", "1.0"), ANN("proxy-http-version", "1.1"), "99:11"},
    {P("proxy-next-upstream", "error http_503") "," P("proxy-next-upstream-tries", "0") "," P("proxy-next-upstream-timeout", "9"), "",
     "100:33|101:100|102:9000"},
    {P("retry-non-idempotent", "true"), "", "100:1027"},
    {P("retry-non-idempotent", "true"), ANN("proxy-next-upstream", "http_502"), "100:1040"},
    {P("retry-non-idempotent", "true"), ANN("proxy-next-upstream", "off"), "100:2048"},
    {P("retry-non-idempotent", "false"), "", ""},
    {P("ssl-redirect", "false"), "", ""},
    {P("force-ssl-redirect", "true"), "", "2:308"},
    {P("force-ssl-redirect", "true") "," P("http-redirect-code", "301"), "", "2:301"},
    {P("force-ssl-redirect", "true"), ANN("force-ssl-redirect", "false"), ""},
    {P("force-ssl-redirect", "false"), ANN("force-ssl-redirect", "true"), "2:308"},
    {P("whitelist-source-range", "10.0.0.0/8, 192.168.1.77/24"), "", "20:0 10.0.0.0/8|20:0 192.168.1.0/24"},
    {P("whitelist-source-range", "10.0.0.0/8"), ANN("whitelist-source-range", "1.2.3.4"), "20:0 1.2.3.4"},
    {P("whitelist-source-range", "10.0.0.0/8"), ANN("allowlist-source-range", "1.2.3.4"), "20:0 1.2.3.4"},
    {P("denylist-source-range", "10.1.0.0/16"), ANN("whitelist-source-range", "1.2.3.4"), "20:0 1.2.3.4|21:0 10.1.0.0/16"},
    {P("block-cidrs", "6.6.6.6,7.0.0.0/8"), ANN("denylist-source-range", "1.2.3.4"), "21:0 6.6.6.6|21:0 7.0.0.0/8|21:0 1.2.3.4"},
    {P("whitelist-source-range", " "), "", ""},
    {P("limit-rps", "10") "," P("limit-connections", "7") "," P("limit-rate", "100") "," P("limit-rate-after", "2") "," P("limit-whitelist", "10.0.0.0/8"),
     ANN("limit-rps", "0"), "53:7|54:0 10.0.0.0/8|55:102400|56:2048"},
    {P("limit-req-status-code", "429") "," P("limit-conn-status-code", "420"), "", "190:429|191:420"},
    {P("proxy-cookie-domain", "localhost example.org") "," P("proxy-cookie-path", "/one/ /"), ANN("proxy-cookie-path", "off"), "161:0 localhost example.org"},
    {P("proxy-cookie-domain", "off") "," P("proxy-cookie-path", "/one/ /"), ANN("proxy-cookie-path", "/a /b"), "162:0 /a /b"},
    {P("disable-access-log", "true"), "", "160:0"},
    {P("disable-access-log", "true"), ANN("enable-access-log", "true"), "160:1"},
    {P("disable-access-log", "false"), "", ""},
    {P("hide-headers", "X-Powered-By,X-Secret"), "", "159:0 X-Powered-By|159:0 X-Secret"},
    {P("global-auth-url", "http://auth.d.svc/check") "," P("global-auth-method", "POST") "," P("global-auth-response-headers", "X-User") "," P(
	 "global-auth-signin", "https://login.example/?to=$escaped_request_uri") "," P("global-auth-cache-key", "$cookie_sid") "," P("global-auth-cache-duration", "200 10m"),
     "",
     "25:0 http://auth.d.svc/check|26:0 POST|27:0 https://login.example/?to=$escaped_request_uri|29:0 X-User|33:600000 $cookie_sid"},
    {P("global-auth-url", "http://auth.d.svc/check") "," P("global-auth-method", "POST"), ANN("auth-url", "http://own.example/"), "25:0 http://own.example/"},
    {P("global-auth-url", "http://auth.d.svc/check"), ANN("enable-global-auth", "false"), ""},
    {P("global-auth-url", "http://auth.d.svc/check"), ANN("enable-global-auth", "true"), "25:0 http://auth.d.svc/check"},
    /* what is so anyway */
    {P("use-http2", "true") "," P("ssl-protocols", "TLSv1.3 TLSv1.2") "," P("server-tokens", "false") "," P("use-gzip", "false") "," P(
	 "keep-alive", "75") "," P("load-balance", "round_robin") "," P("enable-modsecurity", "false") "," P("upstream-keepalive-timeout", "60"),
     "", ""},
};

static void goldens(void)
{
	for (size_t i = 0; i < ARRAY_LEN(golden); i++) {
		char got[4000];
		with(golden[i].data, golden[i].notes);
		options_of(policy("x.example"), got, sizeof(got));
		CHECK_STR(got, golden[i].want);
		if (t.n_findings)
			fprintf(stderr, "%s: %s\n", golden[i].data, t.findings[0].message);
		CHECK(t.n_findings == 0);
		CHECK(t.n_configmaps == 1 && streq(t.configmaps[0], "d/c") && t.n_secrets == 0);
	}
}

/* --- what is not taken --- */

static const struct bad {
	const char *key, *value;
	bool refused;
	const char *reason, *part;
} bads[] = {
    {"proxy-body-size", "8 m", false, "InvalidParameter", "ConfigMap d/c: key proxy-body-size: \\\"8 m\\\" is not taken: it must be a size"},
    {"proxy-read-timeout", "60s", false, "InvalidParameter", "whole number of seconds"},
    {"proxy-buffering", "true", false, "InvalidParameter", "\"on\" or \"off\""},
    {"proxy-next-upstream", "error; return 200", false, "InvalidParameter", "its words must be of"},
    {"hsts-max-age", "1y", false, "InvalidParameter", "whole number"},
    {"http-redirect-code", "200", false, "InvalidParameter", "301, 302"},
    {"limit-req-status-code", "200", false, "InvalidParameter", "from 400 to 599"},
    {"hide-headers", "X Y", false, "InvalidParameter", "names of headers"},
    {"add-headers", "other/headers", false, "InvalidParameter", "another namespace"},
    {"default-ssl-certificate", "kube-system/key", false, "InvalidParameter", "another namespace"},
    {"whitelist-source-range", "10.0.0.0/99", true, "InvalidParameter", "answer 503 until it is mended"},
    {"denylist-source-range", "all", true, "InvalidParameter", "answer 503 until it is mended"},
    {"block-cidrs", "x", true, "InvalidParameter", "answer 503 until it is mended"},
    {"global-auth-url", "http://$host/check", true, "InvalidParameter", "answer 503 until it is mended"},
    {"global-auth-method", "POST", false, "InvalidParameter", "without global-auth-url"},
    {"global-auth-next", "x", true, "UnsupportedParameter", "is not known"},
    {"no-such-key", "x", false, "UnsupportedParameter", "key no-such-key is not known and has no effect"},
    {"use-forwarded-headers", "true", false, "UnsupportedParameter", "--ingress-trusted-proxies"},
    {"use-proxy-protocol", "true", false, "UnsupportedParameter", "--ingress-proxy-protocol"},
    {"ssl-protocols", "TLSv1 TLSv1.2", false, "UnsupportedParameter", "it is TLSv1.2 TLSv1.3 in any case"},
    {"keep-alive", "10", false, "UnsupportedParameter", "it is 75 in any case"},
    {"use-gzip", "true", false, "UnsupportedParameter", "not compressed here"},
    {"load-balance", "ewma", false, "UnsupportedParameter", "taken in turn"},
    {"log-format-upstream", "$remote_addr", false, "UnsupportedParameter", "access log is JSON"},
    {"enable-modsecurity", "true", true, "UnsupportedParameter", "web application firewall"},
    {"http-snippet", "gzip on;", false, "SnippetRefused", "never taken over"},
    {"server-snippet", "deny all;", true, "SnippetRefused", "answer 503 until it is removed"},
    {"unheard-of-snippet", "x", true, "UnsupportedParameter", "is not known"},
};

static void refusals(void)
{
	for (size_t i = 0; i < ARRAY_LEN(bads); i++) {
		char part[400];
		size_t n = 0;
		AUTO_FREE char *data = str_fmt("\"%s\":\"%s\",\"proxy-body-size\":\"%s\"", bads[i].key, bads[i].value,
					       streq(bads[i].key, "proxy-body-size") ? bads[i].value : "2m");
		for (const char *p = bads[i].part; *p; p++)
			if (*p != '\\')
				part[n++] = *p;
		part[n] = '\0';
		with(data, "");
		CHECK(found("nginx", bads[i].reason, part));
		CHECK((*option("x.example", OPT_REFUSED, 0) != '\0') == bads[i].refused);
		if (bads[i].refused)
			CHECK(found("d/a", "ClassRefused", "answers 503") && t.n_findings == 2);
		else
			CHECK(t.n_findings == 1);
		/* the others have effect */
		if (!bads[i].refused && !streq(bads[i].key, "proxy-body-size"))
			CHECK_STR(option("x.example", OPT_BODY_MAX, 0), "2097152");
	}
	/* Whoever writes it may write much. */
	AUTO_BUF struct buf many = {0};
	for (int i = 0; i < 1000; i++)
		buf_addf(&many, "%s\"k%d\":\"x\"", i ? "," : "", i);
	with(many.data, "");
	CHECK(t.n_findings < 60 && found("nginx", "UnsupportedParameter", "there are more faults"));
	/* no row is without a word */
	CHECK(param_find("proxy-body-size") && !param_find("proxy") && !param_find(""));
}

/* --- which class --- */

static void classes(void)
{
	begin();
	/* without parameters */
	feed(ing_model_class, "nginx", CLASS_AT("", "true"));
	feed(ing_model_ingress, "a", NOTED("a.example", ""));
	config(P("proxy-body-size", "2m"));
	build();
	CHECK_STR(option("a.example", OPT_BODY_MAX, 0), "");
	CHECK(t.n_configmaps == 0 && t.n_findings == 0);
	/* of the default class, of the old annotation, of another class of ours */
	feed(ing_model_class, "nginx", CLASS("c"));
	feed(ing_model_class, "bare", CLASS_AT("", "false"));
	feed(ing_model_class, "strange", "{\"spec\":{\"controller\":\"x/y\"" CONFIG("d") "}}");
	feed(ing_model_ingress, "b", ING_AT("00", ANNS("\"kubernetes.io/ingress.class\":\"nginx\""), RULE("b.example", PATH("/", "Prefix", "web", NUM(80)))));
	feed(ing_model_ingress, "c",
	     "{\"spec\":{\"ingressClassName\":\"bare\",\"rules\":[" RULE("c.example", PATH("/", "Prefix", "web", NUM(80))) "]}}");
	build();
	CHECK_STR(option("a.example", OPT_BODY_MAX, 0), "2097152");
	CHECK_STR(option("b.example", OPT_BODY_MAX, 0), "2097152");
	CHECK_STR(option("c.example", OPT_BODY_MAX, 0), "");
	CHECK(host_of("c.example") && t.n_configmaps == 1 && t.n_findings == 0);
	/* no default: still that of minik's own class */
	feed(ing_model_class, "nginx", CLASS_AT(CONFIG("c"), "false"));
	build();
	CHECK_STR(option("a.example", OPT_BODY_MAX, 0), "2097152");
	/* the ConfigMap changes, and goes */
	config(P("proxy-body-size", "3m"));
	build();
	CHECK_STR(option("a.example", OPT_BODY_MAX, 0), "3145728");
	config(NULL);
	build();
	CHECK(found("nginx", "MissingConfigMap", "ConfigMap d/c does not exist") && found("d/a", "ClassRefused", "503"));
	CHECK(*option("a.example", OPT_REFUSED, 0) && !*option("c.example", OPT_REFUSED, 0));
	CHECK(t.n_configmaps == 1);
	/* the class goes: whose Ingresses these are is as it was */
	feed(ing_model_class, "nginx", NULL);
	build();
	CHECK(host_of("a.example") && !*option("a.example", OPT_REFUSED, 0) && t.n_configmaps == 0);
}

static void references(void)
{
	static const struct {
		const char *params, *part;
	} all[] = {
	    {"\"kind\":\"ConfigMap\",\"name\":\"c\"", "scope: Namespace"},
	    {"\"kind\":\"ConfigMap\",\"scope\":\"Cluster\",\"name\":\"c\"", "scope Cluster is of objects without a namespace"},
	    {"\"kind\":\"ConfigMap\",\"scope\":\"Namespace\",\"name\":\"c\"", "namespace or name is none"},
	    {"\"kind\":\"ConfigMap\",\"scope\":\"Namespace\",\"namespace\":\"d\",\"name\":\"a/b\"", "namespace or name is none"},
	    {"\"kind\":\"Secret\",\"scope\":\"Namespace\",\"namespace\":\"d\",\"name\":\"c\"", "a ConfigMap alone"},
	    {"\"apiGroup\":\"k8s.nginx.org\",\"kind\":\"ConfigMap\",\"scope\":\"Namespace\",\"namespace\":\"d\",\"name\":\"c\"", "without apiGroup"},
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		AUTO_FREE char *class =
		    str_fmt("{\"spec\":{\"controller\":\"minik.io/ingress-nginx\",\"parameters\":{%s}}}", all[i].params);
		begin();
		feed(ing_model_class, "nginx", class);
		feed(ing_model_ingress, "a", NOTED("a.example", ""));
		config(P("proxy-body-size", "2m"));
		build();
		CHECK(t.n_findings == 1 && found("nginx", "UnsupportedParameters", all[i].part));
		CHECK(t.n_configmaps == 0 && !*option("a.example", OPT_REFUSED, 0) && !*option("a.example", OPT_BODY_MAX, 0));
	}
}

/* --- headers --- */

static void headers(void)
{
	with(P("add-headers", "d/added") "," P("proxy-set-headers", "set"), ANN("custom-headers", "own"));
	CHECK(found("nginx", "MissingConfigMap", "key add-headers: ConfigMap d/added does not exist"));
	CHECK(found("nginx", "MissingConfigMap", "key proxy-set-headers: ConfigMap d/set does not exist"));
	CHECK(!*option("x.example", OPT_REFUSED, 0) && t.n_configmaps == 4);
	feed(ing_model_configmap, "added", "{\"data\":{\"X-All\":\"1\",\"X-Both\":\"class\"}}");
	feed(ing_model_configmap, "set", "{\"data\":{\"X-Set\":\"2\",\"X-Var\":\"$host\",\"Connection\":\"close\"}}");
	feed(ing_model_configmap, "own", "{\"data\":{\"X-Both\":\"own\"}}");
	build();
	CHECK_STR(option("x.example", OPT_RESPONSE_SET, 0), "0 X-All 1");
	CHECK_STR(option("x.example", OPT_RESPONSE_SET, 1), "0 X-Both class");
	CHECK_STR(option("x.example", OPT_RESPONSE_SET, 2), "0 X-Both own"); /* the last counts */
	CHECK_STR(option("x.example", OPT_REQUEST_SET, 0), "0 X-Set 2");
	CHECK_STR(option("x.example", OPT_REQUEST_SET, 1), "");
	CHECK(t.n_findings == 2 && found("nginx", "InvalidConfigMap", "X-Var") && found("nginx", "InvalidConfigMap", "Connection"));
}

/* --- other answers --- */

static void errors(void)
{
	with(P("custom-http-errors", "404, 503") "," P("default-backend-service", "d/api"), "");
	CHECK_STR(option("x.example", OPT_ERROR_CODE, 0), "404");
	CHECK_STR(option("x.example", OPT_ERROR_CODE, 1), "503");
	CHECK_STR(option("x.example", OPT_ERROR_BACKEND, 0), "0 d/api:8080");
	CHECK(t.n_findings == 0 && backend("d/api:8080") && backend("d/web:80") && t.n_backends == 2);
	/* an Ingress' own, of one or both */
	with(P("custom-http-errors", "404") "," P("default-backend-service", "api"), ANN("custom-http-errors", "500") "," ANN("default-backend", "web"));
	CHECK_STR(option("x.example", OPT_ERROR_CODE, 0), "500");
	CHECK_STR(option("x.example", OPT_ERROR_CODE, 1), "");
	CHECK_STR(option("x.example", OPT_ERROR_BACKEND, 0), "0 d/web:80");
	CHECK(t.n_backends == 1 && backend("d/web:80")->n_eps == 2);
	with(P("custom-http-errors", "404"), ANN("default-backend", "api"));
	CHECK_STR(option("x.example", OPT_ERROR_BACKEND, 0), "0 d/api:8080");
	/* for what nginx itself answers alone */
	with(P("custom-http-errors", "404"), ANN("default-backend", "api") "," ANN("disable-proxy-intercept-errors", "true"));
	CHECK(t.n_findings == 0 && *option("x.example", OPT_ERROR_CODE, 0) && *option("x.example", OPT_ERROR_KEEP, 0));
	CHECK_STR(option("x.example", OPT_ERROR_BACKEND, 0), "0 d/api:8080");
	with(P("custom-http-errors", "404"), ANN("default-backend", "api") "," ANN("disable-proxy-intercept-errors", "false"));
	CHECK(*option("x.example", OPT_ERROR_BACKEND, 0) && !*option("x.example", OPT_ERROR_KEEP, 0));
	with(P("custom-http-errors", "404") "," P("disable-proxy-intercept-errors", "true"), ANN("default-backend", "api"));
	CHECK(*option("x.example", OPT_ERROR_KEEP, 0) && t.n_findings == 0);
	with(P("custom-http-errors", "404") "," P("disable-proxy-intercept-errors", "true"), ANN("default-backend", "api") "," ANN("disable-proxy-intercept-errors", "false"));
	CHECK(*option("x.example", OPT_ERROR_BACKEND, 0) && !*option("x.example", OPT_ERROR_KEEP, 0));
	with(P("disable-proxy-intercept-errors", "true"), ANN("custom-http-errors", "404") "," ANN("default-backend", "api"));
	CHECK(*option("x.example", OPT_ERROR_BACKEND, 0) && !*option("x.example", OPT_ERROR_KEEP, 0));
	with("", ANN("default-backend", "api") "," ANN("disable-proxy-intercept-errors", "true"));
	CHECK(!*option("x.example", OPT_ERROR_BACKEND, 0) && !*option("x.example", OPT_ERROR_KEEP, 0));
	/* nobody who would answer */
	with(P("custom-http-errors", "404"), "");
	CHECK(!*option("x.example", OPT_ERROR_BACKEND, 0) && t.n_findings == 0);
	with("", ANN("custom-http-errors", "404"));
	CHECK(!*option("x.example", OPT_ERROR_BACKEND, 0) && found("d/a", "InvalidAnnotation", "no effect without default-backend"));
	with(P("custom-http-errors", "404") "," P("default-backend-service", "nope"), "");
	CHECK(!*option("x.example", OPT_ERROR_BACKEND, 0) && found("d/a", "MissingService", "Service d/nope does not exist"));
	with(P("custom-http-errors", "404") "," P("default-backend-service", "ext"), "");
	CHECK(!*option("x.example", OPT_ERROR_BACKEND, 0) && found("d/a", "InvalidBackend", "d/ext has no TCP port of its own"));
	/* of another namespace */
	with(P("custom-http-errors", "404") "," P("default-backend-service", "other/api"), "");
	CHECK(found("nginx", "InvalidParameter", "another namespace") && !*option("x.example", OPT_ERROR_BACKEND, 0));
	static const char *const bad[] = {"404 503", "200", "4xx", "600", "0404", "404;503", "-404"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		AUTO_FREE char *data = str_fmt("\"custom-http-errors\":\"%s\"", bad[i]);
		with(data, "");
		CHECK(found("nginx", "InvalidParameter", "a list of statuses from 300 to 599") && !*option("x.example", OPT_ERROR_CODE, 0));
	}
}

/* --- authentication for all --- */

static void global_auth(void)
{
	begin();
	feed(ing_model_class, "nginx", CLASS("c"));
	config(P("global-auth-url", "http://auth.d.svc/"));
	feed(ing_model_ingress, "acme", ING(RULE("a.example", PATH("/.well-known/acme-challenge/token", "ImplementationSpecific", "web", NUM(80)))));
	feed(ing_model_ingress, "near", ING(RULE("b.example", PATH("/.well-known/acme-challenges", "Prefix", "web", NUM(80)))));
	feed(ing_model_ingress, "more", ING(RULE("c.example", PATH("/.well-known/acme-challenge/token", "Prefix", "web", NUM(80)) "," PATH("/x", "Prefix", "web", NUM(80)))));
	build();
	CHECK_STR(option("a.example", OPT_AUTH_URL, 0), "");
	CHECK_STR(option("b.example", OPT_AUTH_URL, 0), "0 http://auth.d.svc/");
	CHECK_STR(option("c.example", OPT_AUTH_URL, 0), "0 http://auth.d.svc/");
	/* insisted on, and not there */
	with("", ANN("enable-global-auth", "true"));
	CHECK(*option("x.example", OPT_REFUSED, 0) && found("d/a", "InvalidAnnotation", "no authentication for all"));
}

/* --- TLS --- */

static char *secret_json(const struct cert_pair *p)
{
	AUTO_FREE char *cert = NULL;
	AUTO_FREE char *key = NULL;
	CHECK(b64_encode(p->cert_pem, strlen(p->cert_pem), false, &cert) == 0 && b64_encode(p->key_pem, strlen(p->key_pem), false, &key) == 0);
	return str_fmt("{\"type\":\"kubernetes.io/tls\",\"data\":{\"tls.crt\":\"%s\",\"tls.key\":\"%s\"}}", cert, key);
}

static void issue(struct cert_pair *ret, const char *name)
{
	const char *names[] = {name, NULL};
	const struct cert_request want = {.cn = "x", .dns_names = names, .server = true, .not_after = 4000000000};
	struct cert_pair ca = {0};

	CHECK(cert_ca_new(&ca, "ca", 0, 4000000000, NULL) == 0 && cert_issue(ret, &ca, &want, NULL) == 0);
	cert_pair_done(&ca);
}

#define TLS_ING(host, tls)                                                                                             \
	"{\"spec\":{\"tls\":[" tls "],\"rules\":[" RULE(host, PATH("/", "Prefix", "web", NUM(80))) "]}}"

static void hsts(void)
{
	struct cert_pair a = {0};

	issue(&a, "own.example");
	AUTO_FREE char *secret = secret_json(&a);
	begin();
	feed(ing_model_secret, "cert", secret);
	feed(ing_model_ingress, "own", TLS_ING("own.example", "{\"hosts\":[\"own.example\"],\"secretName\":\"cert\"}"));
	feed(ing_model_ingress, "dflt", TLS_ING("dflt.example", "{\"hosts\":[\"dflt.example\"]}"));
	feed(ing_model_ingress, "gone", TLS_ING("gone.example", "{\"hosts\":[\"gone.example\"],\"secretName\":\"nope\"}"));
	feed(ing_model_ingress, "plain", NOTED("plain.example", ""));
	build();
	CHECK_STR(option("own.example", OPT_HSTS, 0), "0 max-age=31536000; includeSubDomains");
	/* The default certificate is one, too. */
	CHECK_STR(option("dflt.example", OPT_HSTS, 0), "0 max-age=31536000; includeSubDomains");
	CHECK_STR(option("gone.example", OPT_HSTS, 0), "0 max-age=31536000; includeSubDomains");
	CHECK_STR(option("plain.example", OPT_HSTS, 0), "");
	CHECK_STR(option("own.example", OPT_HTTPS_REDIRECT, 0), "308");
	feed(ing_model_class, "nginx", CLASS("c"));
	config(P("hsts-max-age", "600") "," P("hsts-include-subdomains", "false") "," P("hsts-preload", "true") "," P("ssl-redirect", "false"));
	build();
	CHECK_STR(option("own.example", OPT_HSTS, 0), "0 max-age=600; preload");
	CHECK_STR(option("own.example", OPT_HTTPS_REDIRECT, 0), "");
	config(P("hsts", "false") "," P("http-redirect-code", "307"));
	build();
	CHECK_STR(option("own.example", OPT_HSTS, 0), "");
	CHECK_STR(option("own.example", OPT_HTTPS_REDIRECT, 0), "307");
	cert_pair_done(&a);
}

/* For the certificates of its Ingresses and of names that are theirs, and never by another class' word. */
static void ocsp(void)
{
	struct cert_pair a = {0};

	issue(&a, "*.example");
	AUTO_FREE char *secret = secret_json(&a);
	begin();
	feed(ing_model_secret, "cert", secret);
	feed(ing_model_class, "nginx", CLASS("c"));
	feed(ing_model_class, "other", CLASS_AT("", "false"));
	feed(ing_model_ingress, "own", "{\"metadata\":{\"annotations\":{" ANN("server-alias", "alias.example") "}},\"spec\":{\"tls\":[{\"hosts\":[\"own.example\"],"
				       "\"secretName\":\"cert\"}],\"rules\":[" RULE("own.example", PATH("/", "Prefix", "web", NUM(80))) "]}}");
	feed(ing_model_ingress, "other", "{\"spec\":{\"ingressClassName\":\"other\",\"tls\":[{\"hosts\":[\"other.example\"],\"secretName\":\"cert\"}],\"rules\":[" RULE(
						"other.example", PATH("/", "Prefix", "web", NUM(80))) "]}}");
	config("");
	build();
	CHECK(server_of("own.example") && !server_of("own.example")->ocsp && !server_of("other.example")->ocsp);
	config(P("enable-ocsp", "false"));
	build();
	CHECK(!server_of("own.example")->ocsp);
	config(P("enable-ocsp", "true") "," P("default-ssl-certificate", "cert"));
	build();
	CHECK_STR(server_of("own.example")->ocsp, "d/own");
	CHECK_STR(server_of("alias.example")->ocsp, "d/own");
	CHECK(!server_of("other.example")->ocsp);
	CHECK_STR(server_of("*")->ocsp, "nginx");
	CHECK(!server_of("own.example")->answer);
	config(P("enable-ocsp", "yes please"));
	build();
	CHECK(!server_of("own.example")->ocsp && found("nginx", "InvalidParameter", "enable-ocsp"));
	cert_pair_done(&a);
}

static const struct tf_server *server_in(const void *map, uint32_t scope, const char *name)
{
	return table_find_server(map, scope, name, strlen(name));
}

static void default_certificate(void)
{
	struct cert_pair a = {0}, b = {0};

	issue(&a, "own.example");
	issue(&b, "b.example");
	AUTO_FREE char *own = secret_json(&a);
	AUTO_FREE char *all = secret_json(&b);
	begin();
	feed(ing_model_class, "nginx", CLASS("c"));
	config(P("default-ssl-certificate", "d/all"));
	feed(ing_model_secret, "cert", own);
	feed(ing_model_ingress, "own", TLS_ING("own.example", "{\"hosts\":[\"own.example\"],\"secretName\":\"cert\"}"));
	build();
	CHECK(t.n_secrets == 2 && found("nginx", "MissingSecret", "default-ssl-certificate: Secret d/all does not exist"));
	CHECK(t.n_servers == 1);
	feed(ing_model_secret, "all", all);
	/* a host that asks for clients' certificates and has none of its own */
	AUTO_FREE char *b64 = NULL;
	CHECK(b64_encode(a.cert_pem, strlen(a.cert_pem), false, &b64) == 0);
	AUTO_FREE char *ca = str_fmt("{\"data\":{\"ca.crt\":\"%s\"}}", b64);
	feed(ing_model_secret, "ca", ca);
	feed(ing_model_ingress, "asks", NOTED("asks.example", ANN("auth-tls-secret", "d/ca")));
	build();
	CHECK(t.n_findings == 0 && t.n_servers == 3);
	CHECK_STR(server_of("*")->secret, "d/all");
	CHECK_STR(server_of("*")->cert_pem->text, b.cert_pem);
	CHECK_STR(server_of("asks.example")->cert_pem->text, b.cert_pem);
	CHECK_STR(server_of("own.example")->cert_pem->text, a.cert_pem);
	AUTO_BUF struct buf out = {0};
	const char *why = NULL;
	CHECK(table_write(&t, NULL, 1, &out, NULL) == 0 && table_file_check(out.data, out.len, &why));
	CHECK_STR(tf_text(out.data, server_in(out.data, 0, "nobody.example")->cert), b.cert_pem);
	CHECK_STR(tf_text(out.data, server_in(out.data, 443, "")->cert), b.cert_pem);
	CHECK_STR(tf_text(out.data, server_in(out.data, 443, "own.example")->cert), a.cert_pem);
	CHECK(!server_in(out.data, 8443 | TABLE_ALONE, "nobody.example"));
	/* two classes: there is one */
	feed(ing_model_class, "a-other", CLASS_AT(CONFIG("c2"), "false"));
	feed(ing_model_configmap, "c2", "{\"data\":{\"default-ssl-certificate\":\"cert\"}}");
	build();
	CHECK_STR(server_of("*")->secret, "d/all");
	CHECK(t.n_findings == 1 && found("a-other", "Conflict", "IngressClass nginx has it"));
	cert_pair_done(&a);
	cert_pair_done(&b);
}

/* --- whatever it says --- */

static void random_values(void)
{
	static const char *const keys[] = {"proxy-body-size", "proxy-next-upstream", "whitelist-source-range", "hsts-max-age", "add-headers",
					   "default-ssl-certificate", "global-auth-url", "global-auth-signin", "server-snippet", "ssl-protocols",
					   "hide-headers", "limit-rate", "http-redirect-code", "block-cidrs", "keep-alive"};
	static const char signs[] = "0123456789abm,/:;${}\\\"' \n.*=-httpd";
	unsigned long seed = 7;

	begin();
	feed(ing_model_class, "nginx", CLASS("c"));
	feed(ing_model_ingress, "a", NOTED("a.example", ""));
	for (int i = 0; i < 3000; i++) {
		AUTO_JSON json_t *o = json_pack("{s:{}}", "data");
		for (int k = 0; k < 4; k++) {
			char text[12] = "";
			for (size_t n = 0; n < sizeof(text) - 1; n++) {
				seed = seed * 6364136223846793005ul + 1442695040888963407ul;
				text[n] = signs[(seed >> 33) % (sizeof(signs) - 1)];
			}
			text[(seed >> 40) % sizeof(text)] = '\0';
			json_object_set_new(json_object_get(o, "data"), keys[(seed >> 50) % ARRAY_LEN(keys)], json_string(text));
		}
		CHECK(ing_model_configmap(m, "d", "c", o) == 0);
		build();
		AUTO_BUF struct buf out = {0};
		const char *why = NULL;
		CHECK(table_write(&t, NULL, 1, &out, NULL) == 0 && table_file_check(out.data, out.len, &why));
		for (size_t k = 0; k < t.n_findings; k++)
			CHECK(!strpbrk(t.findings[k].message, "\n\t"));
	}
}

int main(void)
{
	RUN(goldens);
	RUN(refusals);
	RUN(classes);
	RUN(references);
	RUN(headers);
	RUN(errors);
	RUN(global_auth);
	RUN(hsts);
	RUN(ocsp);
	RUN(default_certificate);
	RUN(random_values);
	end();
	return TEST_END();
}
