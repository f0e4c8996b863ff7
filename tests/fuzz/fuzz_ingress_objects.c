/*
 * Objects of all kinds that the Ingress controller looks at, as YAML documents of arbitrary shape, through both models: the table can be
 * written, a reader takes it, the statuses are JSON, and nginx.conf's listeners have an end.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "ingress/gateway_model.h"
#include "ingress/gateway_records.h"
#include "ingress/model.h"
#include "ingress/table_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct world {
	struct ing_model *m;
	struct gateway_model *g;
	unsigned n;
};

static int take(void *arg, json_t *o)
{
	static const struct {
		const char *kind;
		int (*ingress)(struct ing_model *, const char *, const char *, const json_t *);
		int (*gateway)(struct gateway_model *, const char *, const char *, const json_t *);
	} kinds[] = {{"Ingress", ing_model_ingress, NULL},   {"IngressClass", ing_model_class, NULL},	  {"Service", ing_model_service, NULL},
		     {"EndpointSlice", ing_model_slice, NULL}, {"Secret", ing_model_secret, NULL},	  {"ConfigMap", ing_model_configmap, NULL},
		     {"GatewayClass", NULL, gateway_model_class}, {"Gateway", NULL, gateway_model_gateway}, {"HTTPRoute", NULL, gateway_model_route},
		     {"ReferenceGrant", NULL, gateway_model_grant}, {"Namespace", NULL, gateway_model_namespace}};
	const char *kind = json_str_or(o, "kind", ""), *ns = json_str_or(o, "metadata.namespace", "d"), *name = json_str_or(o, "metadata.name", "x");
	struct world *w = arg;

	for (size_t i = 0; w->n < 200 && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (streq(kind, kinds[i].kind)) {
			w->n++;
			if ((kinds[i].ingress ? kinds[i].ingress(w->m, ns, name, o) : kinds[i].gateway(w->g, ns, name, o)) < 0)
				abort();
		}
	return 0;
}

static void look(const struct world *w)
{
	static const char *const addresses[] = {"192.0.2.7", NULL};
	const struct gateway_facts f = {.http_port = 80, .https_port = 443, .addresses = addresses, .others = addresses, .bundle = "v1.6.1"};
	struct gateway_outcome o = {0};
	struct ing_table t = {0};
	AUTO_BUF struct buf file = {0};
	struct err e = {0};
	const char *why = NULL;
	void *map = NULL;

	if (ing_model_build(w->m, &t, &e) < 0 || gateway_model_build(w->g, w->m, &f, &t, &o, &e) < 0 || table_write(&t, NULL, 1, &file, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		abort();
	}
	if (posix_memalign(&map, 64, file.len) != 0)
		abort();
	memcpy(map, file.data, file.len);
	if (!table_file_check(map, file.len, &why)) {
		fprintf(stderr, "%s\n", why);
		abort();
	}
	free(map);
	for (size_t i = 0; i < o.n_statuses; i++) {
		char *text = json_dumps(o.statuses[i].status, 0); /* NULL: not UTF-8 */
		if (!text)
			abort();
		free(text);
	}
	if (o.n_listeners > GATEWAY_PORTS_MAX)
		abort();
	gateway_outcome_done(&o);
	ing_table_done(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = str_ndup((const char *)data, strnlen((const char *)data, size));
	struct world w = {0};

	if (size > 1 << 16 || !text || ing_model_new(&w.m, "nginx", NULL) < 0 || gateway_model_new(&w.g, NULL) < 0)
		goto out;
	(void)yaml_parse_all(text, strlen(text), take, &w, NULL);
	look(&w);
out:
	ing_model_free(w.m);
	gateway_model_free(w.g);
	return 0;
}
