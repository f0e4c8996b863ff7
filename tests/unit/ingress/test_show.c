/* What minik ingress show and lint say besides the routing table: TCP and UDP services, certificates' names, filters,
 * nodes. */
#include "ingress/expiry.h"
#include "ingress/gateway_findings.h"
#include "ingress/lint.h"
#include "ingress/show_internal.h"
#include "tests/unit/ingress/model_test.h"

static struct seen *seen;
static struct gateway_model *gateways;
static struct gateway_outcome outcome;

/* To all that take it: objects are what they are. */
static void put(const char *kind, const char *text)
{
	static const struct {
		const char *kind;
		feed_fn fn;
	} all[] = {{"IngressClass", ing_model_class},
		   {"Ingress", ing_model_ingress},
		   {"Service", ing_model_service},
		   {"EndpointSlice", ing_model_slice},
		   {"Secret", ing_model_secret},
		   {"ConfigMap", ing_model_configmap}};
	AUTO_JSON json_t *o = J(text);
	const char *ns = json_str_or(o, "metadata.namespace", ""), *name = json_str_or(o, "metadata.name", "");

	CHECK(seen_put(seen, kind, o) == 0);
	CHECK(gateway_feed(gateways, kind, ns, name, o) >= 0);
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (streq(all[i].kind, kind))
			CHECK(all[i].fn(m, ns, name, o) == 0);
}

static void put_secret(const char *name, const char *host)
{
	AUTO_FREE char *cert = NULL, *key = NULL, *ca_cert = NULL, *ca_key = NULL, *text = NULL;
	struct cert_pair ca = {0}, pair = {0};
	const char *hosts[] = {host, NULL};
	const time_t now = time(NULL);
	const struct cert_request r = {.cn = "other.example",
				       .dns_names = hosts,
				       .server = true,
				       .not_before = now - 60,
				       .not_after = now + 40 * 86400 + 3600};

	CHECK(cert_ca_new(&ca, "ca", now - 60, now + 86400, NULL) == 0 && cert_issue(&pair, &ca, &r, NULL) == 0);
	CHECK(b64_encode(pair.cert_pem, strlen(pair.cert_pem), false, &cert) == 0 &&
	      b64_encode(pair.key_pem, strlen(pair.key_pem), false, &key) == 0);
	text = str_fmt("{\"metadata\":{\"name\":\"%s\",\"namespace\":\"shop\"},\"type\":\"kubernetes.io/"
		       "tls\",\"data\":{\"tls.crt\":\"%s\",\"tls.key\":\"%s\"}}",
		       name, cert, key);
	put("Secret", text);
	cert_pair_done(&ca);
	cert_pair_done(&pair);
}

static void start(void)
{
	ing_model_free(m);
	gateway_model_free(gateways);
	seen_free(seen);
	CHECK(ing_model_new(&m, "nginx", NULL) == 0 && gateway_model_new(&gateways, NULL) == 0 &&
	      seen_new(&seen, NULL) == 0);
	put("IngressClass", "{\"metadata\":{\"name\":\"nginx\"},\"spec\":{\"controller\":\"minik.io/ingress-nginx\"}}");
	put("Ingress",
	    "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"},\"spec\":{\"ingressClassName\":\"nginx\",\"tls\":["
	    "{\"hosts\":[\"a.example\"],\"secretName\":\"a\"}],"
	    "\"rules\":[{\"host\":\"a.example\",\"http\":{\"paths\":[{\"path\":\"/"
	    "\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"web\",\"port\":{\"number\":80}}}}]}},"
	    "{\"host\":\"*.a.example\",\"http\":{\"paths\":[{\"path\":\"/"
	    "\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"gone\",\"port\":{\"number\":80}}}}]}}]}}");
	put("Ingress",
	    "{\"metadata\":{\"name\":\"all\",\"namespace\":\"base\"},\"spec\":{\"ingressClassName\":\"nginx\","
	    "\"rules\":[{\"http\":{\"paths\":[{\"path\":\"/"
	    "\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"web\",\"port\":{\"number\":80}}}}]}}]}}");
	put("Ingress", "{\"metadata\":{\"name\":\"foreign\",\"namespace\":\"base\"},\"spec\":{\"ingressClassName\":"
		       "\"x\",\"rules\":[{\"host\":\"f.example\"}]}}");
	put("Service",
	    "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"},\"spec\":{\"clusterIP\":\"10.43.0.9\",\"ports\":[{"
	    "\"name\":\"http\",\"port\":80},{\"name\":\"dns\",\"port\":53,\"protocol\":\"UDP\"}]}}");
	put("EndpointSlice", "{\"metadata\":{\"name\":\"web-1\",\"namespace\":\"shop\",\"labels\":{\"kubernetes.io/"
			     "service-name\":\"web\"}},\"addressType\":\"IPv4\","
			     "\"ports\":[{\"name\":\"http\",\"port\":8080}],\"endpoints\":[{\"addresses\":[\"10.0.0."
			     "2\"]},{\"addresses\":[\"10.0.0.3\"],\"conditions\":{\"ready\":false}}]}");
	put_secret("a", "A.example");
}

static const struct ing_show *made(struct ing_show *w)
{
	static const struct gateway_facts facts = {.http_port = 80, .https_port = 443, .any_address = true};

	build();
	gateway_outcome_done(&outcome);
	CHECK(gateway_model_build(gateways, m, &facts, &t, &outcome, NULL) == 0);
	w->table = &t;
	w->gateways = &outcome;
	w->seen = seen;
	w->now = time(NULL);
	return w;
}

static char text_[65536];
static const char *text(struct ing_show w)
{
	AUTO_BUF struct buf b = {0};

	CHECK(ing_show_text(made(&w), &b, NULL) == 0);
	(void)snprintf(text_, sizeof(text_), "%.*s", (int)b.len, b.len ? b.data : "");
	return text_;
}
static json_t *json(struct ing_show w)
{
	AUTO_BUF struct buf b = {0};
	json_t *all = NULL;

	CHECK(ing_show_json(made(&w), &b, NULL) == 0 && json_parse(b.data, b.len, &all, NULL) == 0);
	return all;
}
#define SHOWN(w, what)  CHECK(strstr(text((struct ing_show){.now = 0, w}), what))
#define HIDDEN(w, what) CHECK(!strstr(text((struct ing_show){.now = 0, w}), what))

static void test_filters(void)
{
	start();
	SHOWN(.host = NULL, "a.example  ");
	SHOWN(.host = "A.EXAMPLE", "shop/web:80");
	HIDDEN(.host = "a.example", "shop/gone:80");
	HIDDEN(.host = "a.example", "base/web");
	SHOWN(.host = "b.a.example", "shop/gone:80");
	HIDDEN(.host = "b.a.example", "shop/web:80");
	SHOWN(.host = "c.b.a.example", "base/web:80"); /* one label alone */
	SHOWN(.host = "f.example", "Ingress base/foreign is not served: its class x");
	HIDDEN(.host = "a.example", "base/foreign");
	SHOWN(.host = "a.example", "MissingService"); /* of an Ingress that is shown */
	HIDDEN(.ns = "base", "shop/");
	SHOWN(.ns = "base", "base/foreign");
	SHOWN(.ns = "none", "there are no routes in namespace none");
}

static void test_certificates(void)
{
	start();
	SHOWN(.host = NULL, "shop/a (");
	HIDDEN(.host = "a.example", "NOT FOR THIS HOST");
	HIDDEN(.ns = "base", "shop/a ");
	AUTO_JSON json_t *all = json((struct ing_show){0});
	const json_t *c = json_array_get(json_object_get(all, "certificates"), 0);
	CHECK_STR(json_str(c, "names[0]"), "A.example");
	CHECK_INT(json_int_or(c, "daysLeft", 0), 40);
	CHECK_STR(json_str(c, "hosts[0]"), "a.example");
	CHECK_INT(json_array_size(json_object_get(c, "notFor")), 0);

	static const struct {
		const char *name, *host;
		bool covers;
	} names[] = {{"a.b", "a.b", true},    {"A.b", "a.B", true}, {"*.b", "a.b", true},  {"*.b", "b", false},
		     {"*.b", "c.a.b", false}, {"*.b", "*.b", true}, {"a.b", "*.b", false}, {"a.b", "*", true},
		     {"", "a.b", false},      {"*.", "a.", true}};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct show_cert x = {.readable = true, .names = json_pack("[s]", names[i].name)};
		CHECK(show_cert_covers(&x, names[i].host) == names[i].covers);
		x.several = true;
		CHECK(show_cert_covers(&x, names[i].host));
		show_cert_done(&x);
	}
}

static bool found_quietly(const char *who)
{
	for (size_t i = 0; i < t.n_findings; i++)
		if (streq(t.findings[i].ingress, who))
			return true;
	return false;
}
static bool found_reason(const char *reason)
{
	for (size_t i = 0; i < t.n_findings; i++)
		if (streq(t.findings[i].reason, reason))
			return true;
	return false;
}

static const char *problem(const json_t *all, int64_t port, const char *protocol)
{
	const json_t *x;
	size_t i;

	json_array_foreach (json_object_get(all, "services"), i, x)
		if (json_int_or(x, "port", 0) == port && streq(json_str(x, "protocol"), protocol))
			return json_str_or(x, "problem", "none");
	return NULL;
}

static void test_services(void)
{
	start();
	put("ConfigMap", "{\"metadata\":{\"name\":\"minik-ingress-tcp\",\"namespace\":\"kube-system\"},\"data\":{"
			 "\"5432\":\"shop/web:http\",\"05432\":\"shop/web:80\",\"6443\":\"shop/web:80\","
			 "\"1080\":\"shop/web:80\",\"x\":\"shop/web:80\",\"7\":\"\",\"10250\":\"shop/web:80\",\"8\":\"shop/"
			 "web:80::PROXY\",\"9\":\"none/such:80\"}}");
	put("ConfigMap", "{\"metadata\":{\"name\":\"minik-ingress-udp\",\"namespace\":\"kube-system\"},\"data\":{"
			 "\"53\":\"shop/web:53\",\"1080\":\"shop/web:dns\"}}");
	put("Node", "{\"metadata\":{\"name\":\"n1\",\"annotations\":{\"minik.io/own-ports\":\"6443/TCP=API "
		    "server,1080/TCP=Ingress,1443/TCP=Ingress\"}}}");
	put("Node", "{\"metadata\":{\"name\":\"n2\",\"annotations\":{\"minik.io/own-ports\":\"9999/TCP=Ingress,9998/"
		    "TCP=Ingress\"}},\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"Unknown\"}]}}");
	put("Node", "{\"metadata\":{\"name\":\"n3\",\"annotations\":{\"minik.io/no-ingress\":\"out \\u001b[31mof\"}}}");
	put("Node", "{\"metadata\":{\"name\":\"kubelet\"},\"status\":{\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":10250}}}}");
	AUTO_JSON json_t *all = json((struct ing_show){.node = "n1"});
	CHECK_INT(json_array_size(json_object_get(all, "services")), 11);
	CHECK_STR(problem(all, 10250, "TCP"), "TCP port 10250 of this node is taken: the node agent listens on it on node kubelet");
	CHECK_STR(problem(all, 5432, "TCP"), "none");
	CHECK_STR(problem(all, 6443, "TCP"),
		  "TCP port 6443 of this node is taken: minik's API server listens on it on node n1");
	CHECK_STR(problem(all, 1080, "TCP"), "TCP port 1080 of this node is taken: it is Ingress' own");
	CHECK_STR(problem(all, 1080, "UDP"), "no endpoint of the Service is ready");
	CHECK_STR(problem(all, 7, "TCP"), "port 7: \"\" is not NAMESPACE/SERVICE:PORT[:PROXY][:PROXY]");
	CHECK_STR(problem(all, 8, "TCP"), "none");
	CHECK_STR(problem(all, 9, "TCP"), "port 9: Service none/such does not exist");
	CHECK_INT(json_array_size(json_object_get(all, "nodes")), 3);
	CHECK(json_bool_or(all, "nodes[0].here", false) && json_bool_or(all, "nodes[0].serves", false));
	CHECK(!json_bool_or(all, "nodes[1].serves", true) &&
	      strstr(json_str_or(all, "nodes[1].why", ""), "not been heard") == NULL);
	CHECK(strstr(json_str_or(all, "nodes[1].why", ""), "heard of this node"));
	SHOWN(.node = "n1", "n1 (here)  serves       1080, 1443");
	SHOWN(.node = "n1", "out ?[31mof");
	SHOWN(.node = "n1", "port 05432 is named twice");
	HIDDEN(.node = "n1", "NO NODE SERVES");
	start();
	HIDDEN(.node = "n1", "NO NODE SERVES"); /* nothing is known of nodes */
	put("Node", "{\"metadata\":{\"name\":\"n3\",\"annotations\":{\"minik.io/no-ingress\":\"x\"}}}");
	SHOWN(.node = "n1", "NO NODE SERVES");
	put("ConfigMap", "{\"metadata\":{\"name\":\"minik-ingress-tcp\",\"namespace\":\"kube-system\"},\"data\":{"
			 "\"5432\":\"shop/web:http\",\"9\":\"none/such:80\"}}");
	HIDDEN(.ns = "base", "5432");
	SHOWN(.ns = "none", "9     TCP       none/such:80");
	HIDDEN(.host = "a.example", "5432");
}

static void test_gateways(void)
{
	start();
	put("GatewayClass", "{\"metadata\":{\"name\":\"minik\"},\"spec\":{\"controllerName\":\"minik.io/gateway\"}}");
	put("Gateway", "{\"metadata\":{\"name\":\"gw\",\"namespace\":\"shop\"},\"spec\":{\"gatewayClassName\":"
		       "\"minik\",\"listeners\":[{\"name\":\"http\",\"protocol\":\"HTTP\",\"port\":8000},"
		       "{\"name\":\"bad\",\"protocol\":\"TCP\",\"port\":8001}]}}");
	put("Gateway", "{\"metadata\":{\"name\":\"far\",\"namespace\":\"shop\"},\"spec\":{\"gatewayClassName\":"
		       "\"else\",\"listeners\":[]}}");
	put("HTTPRoute",
	    "{\"metadata\":{\"name\":\"r\",\"namespace\":\"shop\"},\"spec\":{\"parentRefs\":[{\"name\":\"gw\"}],"
	    "\"hostnames\":[\"r.example\"],\"rules\":[{\"backendRefs\":[{\"name\":\"gone\",\"port\":80}]}]}}");
	put("HTTPRoute",
	    "{\"metadata\":{\"name\":\"lost\",\"namespace\":\"shop\"},\"spec\":{\"parentRefs\":[{\"name\":\"far\"}]}}");
	put("ConfigMap", "{\"metadata\":{\"name\":\"minik-ingress-tcp\",\"namespace\":\"kube-system\"},\"data\":{"
			 "\"8000\":\"shop/web:http\"}}");
	AUTO_JSON json_t *all = json((struct ing_show){0});
	CHECK_INT(json_array_size(json_object_get(all, "gateways")), 2);
	CHECK_STR(json_str(all, "gateways[0].gateway"), "shop/gw");
	CHECK_INT(json_int_or(all, "gateways[0].routes", 0), 1);
	CHECK(json_is_null(json_dot(all, "gateways[0].problem")) && json_str(all, "gateways[1].problem"));
	CHECK_INT(json_array_size(json_object_get(all, "httproutes")), 1);
	CHECK_STR(json_str(all, "httproutes[0].gateway"), "shop/gw");
	CHECK(strstr(json_str_or(all, "httproutes[0].problem", ""), "shop/gone"));
	CHECK_STR(problem(all, 8000, "TCP"), "TCP port 8000 of this node is taken: a Gateway listens on it");
	SHOWN(.host = "r.example", "answers 500");
	SHOWN(.ns = "shop", "Gateway shop/far is not served");
	SHOWN(.ns = "shop", "HTTPRoute shop/lost is not served: none of its parents");
	HIDDEN(.ns = "base", "shop/gw");
	SHOWN(.host = "r.example", "r.example:8000");
}

static void test_own_address(void)
{
	start();
	put("GatewayClass", "{\"metadata\":{\"name\":\"own\"},\"spec\":{\"controllerName\":\"minik.io/gateway\",\"parametersRef\":{"
			    "\"group\":\"\",\"kind\":\"ConfigMap\",\"namespace\":\"base\",\"name\":\"p\"}}}");
	put("ConfigMap", "{\"metadata\":{\"name\":\"p\",\"namespace\":\"base\"},\"data\":{\"service\":\"LoadBalancer\"}}");
	put("Gateway", "{\"metadata\":{\"name\":\"gw\",\"namespace\":\"shop\",\"uid\":\"u\"},\"spec\":{\"gatewayClassName\":"
		       "\"own\",\"listeners\":[{\"name\":\"http\",\"protocol\":\"HTTP\",\"port\":80}]}}");
	put("HTTPRoute",
	    "{\"metadata\":{\"name\":\"r\",\"namespace\":\"shop\"},\"spec\":{\"parentRefs\":[{\"name\":\"gw\"}],"
	    "\"hostnames\":[\"r.example\"],\"rules\":[{\"backendRefs\":[{\"name\":\"web\",\"port\":80}]}]}}");
	SHOWN(.ns = "shop", "Service shop/gw-minik has no port for it yet");
#define SERVICE(status)                                                                                                \
	"{\"metadata\":{\"name\":\"gw-minik\",\"namespace\":\"shop\",\"labels\":{\"gateway.networking.k8s.io/gateway-name\":\"gw\"},"     \
	"\"ownerReferences\":[{\"apiVersion\":\"gateway.networking.k8s.io/v1\",\"kind\":\"Gateway\",\"name\":\"gw\",\"uid\":\"u\","      \
	"\"controller\":true}]},\"spec\":{\"type\":\"LoadBalancer\",\"ports\":[{\"name\":\"p80\",\"port\":80,\"targetPort\":29005}]}," status "}"
	put("Service", SERVICE("\"status\":{}"));
	SHOWN(.ns = "shop", "Service shop/gw-minik has no address yet");
	put("Service", SERVICE("\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"192.0.2.1\"},{\"hostname\":\"lb.example\"}]}}"));
	AUTO_JSON json_t *all = json((struct ing_show){.ns = "shop", .host = NULL});
	CHECK_STR(json_str(all, "gateways[0].addresses[1]"), "lb.example");
	CHECK(json_is_null(json_dot(all, "gateways[0].problem")));
	SHOWN(.ns = "shop", "at 192.0.2.1, lb.example");
	SHOWN(.host = "r.example", "r.example:80 of shop/gw");
	HIDDEN(.host = "r.example", "29005");
}

/* Of parents that are not there no status tells. */
static void test_missing_parents(void)
{
	start();
	put("GatewayClass", "{\"metadata\":{\"name\":\"minik\"},\"spec\":{\"controllerName\":\"minik.io/gateway\"}}");
	put("Gateway", "{\"metadata\":{\"name\":\"infra\",\"namespace\":\"shop\"},\"spec\":{\"gatewayClassName\":\"minik\","
		       "\"listeners\":[{\"name\":\"http\",\"protocol\":\"HTTP\",\"port\":80}]}}");
	put("HTTPRoute", "{\"metadata\":{\"name\":\"two\",\"namespace\":\"shop\"},\"spec\":{\"parentRefs\":[{\"name\":\"infra\"},"
			 "{\"name\":\"p3\"}]}}");
	put("HTTPRoute", "{\"metadata\":{\"name\":\"lost\",\"namespace\":\"base\"},\"spec\":{\"parentRefs\":[{\"name\":\"infra\"}]}}");
	SHOWN(.ns = "shop", "httproute/shop/two: MissingGateway: parentRef: Gateway shop/p3 does not exist\n");
	CHECK(!found_quietly("httproute/base/lost")); /* nobody's: no event */
	CHECK(gateway_findings(&outcome, &t) == 0);
	CHECK(found("httproute/base/lost", "MissingGateway", "Gateway base/infra does not exist (there is shop/infra: name its namespace)"));
}

/* What may refuse a request is said where people look. */
static void test_notes(void)
{
	start();
	put("Ingress",
	    "{\"metadata\":{\"name\":\"limits\",\"namespace\":\"shop\",\"annotations\":{"
	    "\"nginx.ingress.kubernetes.io/limit-rps\":\"5\",\"nginx.ingress.kubernetes.io/limit-connections\":\"3\","
	    "\"nginx.ingress.kubernetes.io/proxy-body-size\":\"8m\",\"nginx.ingress.kubernetes.io/proxy-read-timeout\":\"90\","
	    "\"nginx.ingress.kubernetes.io/enable-cors\":\"true\",\"nginx.ingress.kubernetes.io/upstream-hash-by\":\"$arg_id\"}},\"spec\":{\"ingressClassName\":\"nginx\","
	    "\"rules\":[{\"host\":\"l.example\",\"http\":{\"paths\":[{\"path\":\"/"
	    "\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"web\",\"port\":{\"number\":80}}}}]}}]}}");
	SHOWN(.host = "l.example", "limit 5/s, limit 3 connections, body up to 8m, read timeout 90 s, hashed by $arg_id, CORS\n");
	put("Service", "{\"metadata\":{\"name\":\"pages\",\"namespace\":\"shop\"},\"spec\":{\"ports\":[{\"port\":80}]}}");
	put("Ingress",
	    "{\"metadata\":{\"name\":\"errors\",\"namespace\":\"shop\",\"annotations\":{"
	    "\"nginx.ingress.kubernetes.io/custom-http-errors\":\"403,404\",\"nginx.ingress.kubernetes.io/default-backend\":\"pages\","
	    "\"nginx.ingress.kubernetes.io/disable-proxy-intercept-errors\":\"true\"}},\"spec\":{\"ingressClassName\":\"nginx\","
	    "\"rules\":[{\"host\":\"e.example\",\"http\":{\"paths\":[{\"path\":\"/"
	    "\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"web\",\"port\":{\"number\":80}}}}]}}]}}");
	SHOWN(.host = "e.example", "exchanges errors 403 404, the backend's own errors stay\n");
	put("Ingress",
	    "{\"metadata\":{\"name\":\"canary\",\"namespace\":\"shop\",\"annotations\":{"
	    "\"nginx.ingress.kubernetes.io/canary\":\"true\",\"nginx.ingress.kubernetes.io/canary-weight\":\"10\"}},"
	    "\"spec\":{\"ingressClassName\":\"nginx\",\"rules\":[{\"host\":\"l.example\",\"http\":{\"paths\":[{\"path\":\"/"
	    "\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"web\",\"port\":{\"number\":80}}}}]}}]}}");
	SHOWN(.host = "l.example", "canary 10 of 100 by Ingress canary, limit 5/s");
	AUTO_JSON json_t *all = json((struct ing_show){.host = "l.example"});
	CHECK(strstr(json_str_or(all, "routes[0].notes", ""), "limit 5/s"));
}

/* A class' fault closes all its hosts: it is shown with each, and the default certificate alarms nobody who has no TLS. */
static void test_classes(void)
{
	static const char map[] = "{\"metadata\":{\"name\":\"c\",\"namespace\":\"base\"},\"data\":{\"whitelist-source-range\":\"%s\","
				  "\"default-ssl-certificate\":\"shop/a\"}}";
	char config[400];

	for (int bad = 1; bad >= 0; bad--) {
		start();
		put("IngressClass", "{\"metadata\":{\"name\":\"nginx\"},\"spec\":{\"controller\":\"minik.io/ingress-nginx\",\"parameters\":{"
				    "\"kind\":\"ConfigMap\",\"scope\":\"Namespace\",\"namespace\":\"shop\",\"name\":\"c\"}}}");
		(void)snprintf(config, sizeof(config), map, bad ? "10.0.0.0/33" : "10.0.0.0/8");
		AUTO_JSON json_t *o = J(config);
		CHECK(ing_model_configmap(m, "shop", "c", o) == 0);
		put("Ingress", "{\"metadata\":{\"name\":\"plain\",\"namespace\":\"base\"},\"spec\":{\"ingressClassName\":\"nginx\","
			       "\"rules\":[{\"host\":\"plain.example\",\"http\":{\"paths\":[{\"path\":\"/"
			       "\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"web\",\"port\":{\"number\":80}}}}]}}]}}");
		if (bad) {
			SHOWN(.host = "plain.example", "\"10.0.0.0/33\" is not taken");
			SHOWN(.host = "plain.example", "ConfigMap shop/c, say by key whitelist-source-range who may come in");
		} else {
			SHOWN(.host = "plain.example", "shop/a (");
			HIDDEN(.host = "plain.example", "NOT FOR THIS HOST");
			SHOWN(.host = "b.a.example", "NOT FOR THIS HOST"); /* its Ingress has a tls section */
		}
	}
}

static void test_expiry(void)
{
	const int64_t now = time(NULL), day = 86400;
	AUTO_BUF struct buf b = {0};
	int64_t next = 0;

	start();
	build();
	CHECK(expiry_findings(&t, now, &next) == 0);
	CHECK(next > now + 25 * day && next < now + 27 * day); /* 14 days before its end */
	CHECK(!found_reason("CertificateExpires"));
	build();
	CHECK(expiry_findings(&t, next, &next) == 0 && found("shop/web", "CertificateExpires", "Secret shop/a: its certificate expires at "));
	CHECK(next > now + 39 * day && next < now + 41 * day);
	build();
	CHECK(expiry_findings(&t, next, &next) == 0 && found("shop/web", "CertificateExpired", "Secret shop/a: its certificate expired at "));
	CHECK_INT(next, 0);
	CHECK(expiry_metrics(&t, &b) == 0);
	CHECK(strstr(b.data, "minik_ingress_certificate_expire_seconds{secret=\"shop/a\",host=\"a.example\"} "));
}

static size_t linted(const char *ns, const char *manifest, const char *what)
{
	AUTO_BUF struct buf b = {0};
	struct lint *l = NULL;

	CHECK(lint_new(&l, "nginx", false, NULL) == 0);
	lint_namespace(l, ns);
	CHECK(lint_text(l, "f", manifest, strlen(manifest), NULL) == 0 && lint_finish(l, NULL) == 0 &&
	      lint_print(l, false, &b, NULL) == 0);
	size_t n = lint_count(l, LINT_ERROR) + lint_count(l, LINT_WARNING) + lint_count(l, LINT_NOTE);
	buf_adds(&b, "");
	CHECK(!what || (b.data && strstr(b.data, what)));
	lint_free(l);
	return n;
}

static void test_lint(void)
{
	static const char map[] =
	    "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: %s}, data: {\"%s\": \"%s\"}}\n---\n"
	    "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}";
	static const struct {
		const char *name, *ns, *key, *value, *what;
		size_t n;
	} all[] = {
	    {"minik-ingress-tcp", "kube-system", "25", "default/web:80", NULL, 0},
	    {"minik-ingress-tcp", "kube-system", "25", "default/web:81",
	     "error: port 25: Service default/web has no TCP port 81", 1},
	    {"minik-ingress-tcp", "kube-system", "443", "default/web:80", "error: TCP port 443", 1},
	    {"minik-ingress-udp", "kube-system", "443", "default/web:80", "has no UDP port 80", 1},
	    {"minik-ingress-tcp", "kube-system", "0", "default/web:80", "is not a port number", 1},
	    {"minik-ingress-tcp", "kube-system", "25", "default/gone:80", "note: it must be in the cluster", 1},
	    {"minik-ingress-tcp", "default", "25", "default/web:80",
	     "warning: TCP services are read from ConfigMap kube-system/minik-ingress-tcp", 1},
	    {"tcp-services", "ingress-nginx", "25", "default/web:80:proxy", "is not NAMESPACE/SERVICE:PORT", 2},
	    {"any", "kube-system", "0", "nothing", NULL, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		char text[1024];
		(void)snprintf(text, sizeof(text), map, all[i].name, all[i].ns, all[i].key, all[i].value);
		CHECK_INT(linted(NULL, text, all[i].what), all[i].n);
	}
	static const char two[] =
	    "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {x: 1}}\n---\n"
	    "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: b, namespace: other}, spec: {x: 1}}";
	static const char gateway[] =
	    "{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: own}, spec: {controllerName: minik.io/gateway, "
	    "parametersRef: {group: '', kind: ConfigMap, namespace: base, name: p}}}\n---\n"
	    "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: base}, data: {service: %s}}\n---\n"
	    "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: g}, spec: {gatewayClassName: own, listeners: "
	    "[{name: a, port: 80, protocol: HTTP}]}}";
	char text[1024];
	(void)snprintf(text, sizeof(text), gateway, "p", "ClusterIP");
	CHECK_INT(linted(NULL, text, NULL), 0);
	(void)snprintf(text, sizeof(text), gateway, "p", "NodePort");
	CHECK_INT(linted(NULL, text, "error: parametersRef: ConfigMap base/p: service is NodePort"), 2);
	(void)snprintf(text, sizeof(text), gateway, "q", "None");
	CHECK_INT(linted(NULL, text, "note: it must be in the cluster, for it is not in these files: parametersRef: ConfigMap base/p"), 2);
	static const char other[] = "{apiVersion: traefik.io/v1alpha1, kind: %s, metadata: {name: a}, spec: {%s: {}}}";
	static const struct {
		const char *kind, *key, *what;
	} others[] = {{"Middleware", "stripPrefix", "f: Middleware a: warning: Middleware is Traefik's and has no effect. Annotations of Ingress do the same: rewrite-target"},
		      {"IngressRoute", "routes", "write an Ingress"},
		      {"Unheard", "x", "Unheard is Traefik's and has no effect (OtherController)"}};
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		char manifest[256];
		(void)snprintf(manifest, sizeof(manifest), other, others[i].kind, others[i].key);
		CHECK_INT(linted(NULL, manifest, others[i].what), 1);
	}
	CHECK_INT(linted(NULL, "{apiVersion: helm.cattle.io/v1, kind: HelmChartConfig, metadata: {name: traefik, namespace: kube-system}}",
			 "HelmChartConfig is for k3s' Helm controller, which minik does not have: nothing is installed by it. With minik's Ingress Traefik"), 1);
	CHECK_INT(linted(NULL, "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a}}", "VirtualService is Istio's"), 1);
	CHECK_INT(linted(NULL, "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}}", NULL), 0);
	/* Without the cluster the files' Gateways are what is known of. */
	static const char route[] =
	    "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r}, spec: {parentRefs: [{name: infra}]}}\n---\n"
	    "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: infra, namespace: other}, spec: {gatewayClassName: minik, "
	    "listeners: [{name: a, port: 80, protocol: HTTP}]}}";
	(void)linted(NULL, route, "HTTPRoute default/r: note: it must be in the cluster, for it is not in these files: parentRef: Gateway "
				  "default/infra does not exist (there is other/infra: name its namespace)");
	static const char moot[] = "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, annotations: "
				   "{nginx.ingress.kubernetes.io/session-cookie-hash: sha1}}, spec: {rules: [{host: a.example}]}}";
	CHECK_INT(linted(NULL, moot, "warning: annotation session-cookie-hash has no effect, and need not be there"), 1);
	CHECK(linted("shop", two, "Ingress shop/a: ") < linted(NULL, two, "Ingress other/b: "));
}

int main(void)
{
	RUN(test_filters);
	RUN(test_certificates);
	RUN(test_services);
	RUN(test_gateways);
	RUN(test_own_address);
	RUN(test_missing_parents);
	RUN(test_notes);
	RUN(test_classes);
	RUN(test_expiry);
	RUN(test_lint);
	ing_table_done(&t);
	gateway_outcome_done(&outcome);
	gateway_model_free(gateways);
	ing_model_free(m);
	seen_free(seen);
	return TEST_END();
}
