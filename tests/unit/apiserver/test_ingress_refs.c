/* What Ingresses, Gateways, ReferenceGrants and classes of both let nodes read. */
#include "../test.h"
#include "apiserver/ingress_refs.h"

struct world {
	struct auth au;
	struct feed feeds[REFS_GATEWAY_CLASSES + 1];
};

static void world_start(struct world *w)
{
	*w = (struct world){0};
	CHECK(ingress_refs_new(&w->au.refs) == 0);
	for (int i = 0; i <= REFS_GATEWAY_CLASSES; i++)
		w->feeds[i] = (struct feed){.au = &w->au, .kind = i};
}

static void tell(struct world *w, int kind, const char *key, const char *json)
{
	AUTO_BYTES struct bytes *b = json ? bytes_new(json, strlen(json)) : NULL;

	ingress_refs_event(&w->feeds[kind], key, b, NULL);
}

static bool has(struct world *w, char kind, const char *key)
{
	return ingress_refs_has_key(w->au.refs, kind == 's', key);
}

static void ingresses(void)
{
	struct world w;

	world_start(&w);
	tell(&w, REFS_INGRESSES, "a/i",
	     "{\"metadata\":{\"name\":\"i\",\"namespace\":\"a\",\"annotations\":{\"nginx.ingress.kubernetes.io/auth-secret\":\"a/users\","
	     "\"nginx.ingress.kubernetes.io/proxy-ssl-secret\":\"b/foreign\",\"nginx.ingress.kubernetes.io/custom-headers\":\"heads\","
	     "\"nginx.ingress.kubernetes.io/auth-tls-secret\":\"ca\",\"nginx.ingress.kubernetes.io/auth-proxy-set-headers\":\"a/b/c\"}},"
	     "\"spec\":{\"tls\":[{\"secretName\":\"cert\"},{\"hosts\":[]},{\"secretName\":\"\"}]}}");
	tell(&w, REFS_INGRESSES, "a/j", "{\"metadata\":{\"name\":\"j\",\"namespace\":\"a\"},\"spec\":{\"tls\":[{\"secretName\":\"cert\"},{\"secretName\":\"cert\"}]}}");
	CHECK(has(&w, 's', "a/cert") && has(&w, 's', "a/users") && has(&w, 's', "a/ca") && has(&w, 'c', "a/heads"));
	CHECK(!has(&w, 'c', "a/cert") && !has(&w, 's', "a/heads") && !has(&w, 's', "b/cert") && !has(&w, 's', "a/cer"));
	CHECK(!has(&w, 's', "b/foreign") && !has(&w, 's', "a/foreign") && !has(&w, 'c', "a/b/c") && !has(&w, 's', "cert") && !has(&w, 's', ""));
	/* As often as it is referred to. */
	tell(&w, REFS_INGRESSES, "a/i", NULL);
	CHECK(has(&w, 's', "a/cert") && !has(&w, 's', "a/users") && !has(&w, 'c', "a/heads"));
	tell(&w, REFS_INGRESSES, "a/j", "{\"metadata\":{\"name\":\"j\",\"namespace\":\"a\"},\"spec\":{\"tls\":[{\"secretName\":\"next\"}]}}");
	CHECK(!has(&w, 's', "a/cert") && has(&w, 's', "a/next"));
	tell(&w, REFS_INGRESSES, "a/j", "{\"metadata\":{\"name\":\"j\",\"namespace\":\"a\"},\"spec\":{}}");
	CHECK(!has(&w, 's', "a/next"));
	tell(&w, REFS_INGRESSES, "a/never", NULL);
	(void)ingress_refs_free(w.au.refs);
}

#define GATEWAY                                                                                                        \
	"{\"metadata\":{\"name\":\"g\",\"namespace\":\"a\"},\"spec\":{\"listeners\":[{\"tls\":{\"certificateRefs\":["            \
	"{\"name\":\"own\"},{\"name\":\"far\",\"namespace\":\"b\"},{\"name\":\"map\",\"kind\":\"ConfigMap\"},{\"name\":\"odd\",\"group\":\"x\"}]}}]}}"
#define GRANT(to)                                                                                                      \
	"{\"spec\":{\"from\":[{\"group\":\"gateway.networking.k8s.io\",\"kind\":\"Gateway\",\"namespace\":\"a\"}],\"to\":[{\"group\":\"\",\"kind\":\"Secret\"" to "}]}}"

static void gateways(void)
{
	struct world w;

	world_start(&w);
	tell(&w, REFS_GATEWAYS, "a/g", GATEWAY);
	CHECK(has(&w, 's', "a/own") && !has(&w, 's', "b/far") && !has(&w, 's', "a/far") && !has(&w, 's', "a/odd") && !has(&w, 'c', "a/map"));
	tell(&w, REFS_GRANTS, "b/r", GRANT(",\"name\":\"other\""));
	CHECK(!has(&w, 's', "b/far"));
	tell(&w, REFS_GRANTS, "c/r", GRANT(""));
	CHECK(!has(&w, 's', "b/far"));
	tell(&w, REFS_GRANTS, "b/r", GRANT(",\"name\":\"far\""));
	CHECK(has(&w, 's', "b/far") && !has(&w, 'c', "b/far") && !has(&w, 's', "b/else"));
	tell(&w, REFS_GRANTS, "b/r", GRANT(""));
	CHECK(has(&w, 's', "b/far") && !has(&w, 's', "b/else"));
	/* History is lost: all is told anew. */
	ingress_refs_reset(&w.feeds[REFS_GATEWAYS]);
	CHECK(!has(&w, 's', "b/far") && !has(&w, 's', "a/own"));
	tell(&w, REFS_GATEWAYS, "a/g", GATEWAY);
	ingress_refs_reset(&w.feeds[REFS_INGRESSES]);
	CHECK(has(&w, 's', "b/far") && has(&w, 's', "a/own"));
	ingress_refs_reset(&w.feeds[REFS_GRANTS]);
	CHECK(!has(&w, 's', "b/far") && has(&w, 's', "a/own"));
	tell(&w, REFS_GRANTS, "b/r", GRANT(""));
	tell(&w, REFS_GRANTS, "b/r", NULL);
	CHECK(!has(&w, 's', "b/far"));
	tell(&w, REFS_GATEWAYS, "a/g", NULL);
	CHECK(!has(&w, 's', "a/own"));
	(void)ingress_refs_free(w.au.refs);
}

#define PARAMETERS(more) "\"parametersRef\":{\"group\":\"\",\"kind\":\"ConfigMap\",\"name\":\"p\"" more "}"
#define GATEWAY_CLASS(controller, more)                                                                                \
	"{\"metadata\":{\"name\":\"own\"},\"spec\":{\"controllerName\":\"" controller "\"," PARAMETERS(more) "}}"

static void parameters(void)
{
	struct world w;

	world_start(&w);
	tell(&w, REFS_GATEWAYS, "a/g",
	     "{\"metadata\":{\"name\":\"g\",\"namespace\":\"a\"},\"spec\":{\"infrastructure\":{" PARAMETERS(",\"namespace\":\"b\"") "}}}");
	CHECK(has(&w, 'c', "a/p") && !has(&w, 'c', "b/p") && !has(&w, 's', "a/p"));
	tell(&w, REFS_GATEWAYS, "a/g", NULL);
	CHECK(!has(&w, 'c', "a/p"));
	tell(&w, REFS_GATEWAY_CLASSES, "own", GATEWAY_CLASS("minik.io/gateway", ",\"namespace\":\"b\""));
	CHECK(has(&w, 'c', "b/p") && !has(&w, 's', "b/p"));
	/* It opens nothing of what an IngressClass' ConfigMap would. */
	tell(&w, REFS_CONFIGS, "b/p", "{\"metadata\":{\"name\":\"p\",\"namespace\":\"b\"},\"data\":{\"add-headers\":\"added\"}}");
	CHECK(!has(&w, 'c', "b/added"));
	tell(&w, REFS_GATEWAY_CLASSES, "own", GATEWAY_CLASS("minik.io/gateway", ""));
	CHECK(!has(&w, 'c', "b/p"));
	tell(&w, REFS_GATEWAY_CLASSES, "own", GATEWAY_CLASS("example.com/x", ",\"namespace\":\"b\",\"x\":\"minik.io/gateway\""));
	CHECK(!has(&w, 'c', "b/p"));
	(void)ingress_refs_free(w.au.refs);
}

#define CLASS(controller, params)                                                                                      \
	"{\"metadata\":{\"name\":\"nginx\"},\"spec\":{\"controller\":\"" controller "\",\"parameters\":{" params "}}}"
#define PARAMS "\"kind\":\"ConfigMap\",\"scope\":\"Namespace\",\"namespace\":\"a\",\"name\":\"c\""
#define CONFIG                                                                                                         \
	"{\"metadata\":{\"name\":\"c\",\"namespace\":\"a\"},\"data\":{\"add-headers\":\"added\",\"proxy-set-headers\":\"b/set\","      \
	"\"default-ssl-certificate\":\" a/cert\\n\",\"proxy-body-size\":\"1m\"}}"

static void classes(void)
{
	struct world w;

	world_start(&w);
	/* Not before a class names it, and not what is of another namespace. */
	tell(&w, REFS_CONFIGS, "a/c", CONFIG);
	CHECK(!has(&w, 'c', "a/c") && !has(&w, 'c', "a/added") && !has(&w, 's', "a/cert"));
	tell(&w, REFS_CLASSES, "nginx", CLASS("minik.io/ingress-nginx", PARAMS));
	CHECK(has(&w, 'c', "a/c") && has(&w, 'c', "a/added") && has(&w, 's', "a/cert"));
	CHECK(!has(&w, 'c', "b/set") && !has(&w, 'c', "a/set") && !has(&w, 's', "a/added") && !has(&w, 'c', "a/cert") && !has(&w, 's', "a/c"));
	/* In the other order, and as it changes. */
	tell(&w, REFS_CONFIGS, "a/c", "{\"metadata\":{\"name\":\"c\",\"namespace\":\"a\"},\"data\":{}}");
	CHECK(has(&w, 'c', "a/c") && !has(&w, 'c', "a/added") && !has(&w, 's', "a/cert"));
	tell(&w, REFS_CONFIGS, "a/c", CONFIG);
	CHECK(has(&w, 's', "a/cert"));
	ingress_refs_reset(&w.feeds[REFS_CONFIGS]);
	CHECK(has(&w, 'c', "a/c") && !has(&w, 's', "a/cert"));
	tell(&w, REFS_CONFIGS, "a/c", CONFIG);
	ingress_refs_reset(&w.feeds[REFS_CLASSES]);
	CHECK(!has(&w, 'c', "a/c") && !has(&w, 's', "a/cert"));
	tell(&w, REFS_CLASSES, "nginx", CLASS("minik.io/ingress-nginx", PARAMS));
	CHECK(has(&w, 's', "a/cert"));
	tell(&w, REFS_CONFIGS, "a/c", NULL);
	CHECK(!has(&w, 's', "a/cert"));
	tell(&w, REFS_CONFIGS, "a/c", CONFIG);
	tell(&w, REFS_CLASSES, "nginx", NULL);
	CHECK(!has(&w, 'c', "a/c") && !has(&w, 's', "a/cert"));
	/* Another controller's, a Secret as parameters, and what is malformed, open nothing. */
	tell(&w, REFS_CLASSES, "nginx", CLASS("minik.io/ingress-nginx.example", PARAMS));
	CHECK(!has(&w, 'c', "a/c") && !has(&w, 's', "a/cert"));
	tell(&w, REFS_CLASSES, "nginx", CLASS("minik.io/ingress-nginx", "\"kind\":\"Secret\",\"scope\":\"Namespace\",\"namespace\":\"a\",\"name\":\"c\""));
	CHECK(!has(&w, 'c', "a/c") && !has(&w, 's', "a/c"));
	tell(&w, REFS_CLASSES, "nginx", CLASS("minik.io/ingress-nginx", "\"kind\":\"ConfigMap\",\"namespace\":\"a\",\"name\":\"c\""));
	CHECK(!has(&w, 'c', "a/c"));
	(void)ingress_refs_free(w.au.refs);
}

int main(void)
{
	RUN(ingresses);
	RUN(gateways);
	RUN(parameters);
	RUN(classes);
	return TEST_END();
}
