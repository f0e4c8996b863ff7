/*
 * What stands within the Secrets and ConfigMaps that Ingress reads. The first line says which: "secret KEY" (all that follows is the value: a
 * certificate, a CA, a revocation list, users of htpasswd), "class", "tcp", "udp", "headers" (lines "KEY VALUE": a class' parameters, streams).
 * The class' options can be written into a table, what a stream leads to has a name.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "ingress/model.h"
#include "ingress/streams.h"
#include "ingress/table_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static json_t *service(void *arg, const char *ns, const char *name)
{
	(void)arg;
	if (!*ns || !*name)
		abort();
	return json_pack("{s:{s:s,s:[{s:s,s:i,s:s},{s:s,s:i,s:s}]}}", "spec", "clusterIP", "10.43.0.9", "ports", "name", "a", "port", 53, "protocol", "TCP", "name", "b", "port",
			 53, "protocol", "UDP");
}
static const char *taken(void *arg, uint16_t port, bool udp)
{
	(void)arg;
	if (!port)
		abort();
	return port == 80 && !udp ? "it is taken" : NULL;
}

static void streams(const json_t *map, bool udp)
{
	const struct streams_ask ask = {.service = service, .taken = taken};
	struct streams s = {0};

	if (streams_read(&s, map, udp, &ask, NULL) < 0)
		abort();
	for (size_t i = 0; i < s.n; i++)
		if (!s.v[i].port || !s.v[i].to || !streq(s.v[i].addr, "10.43.0.9"))
			abort();
	streams_done(&s);
}

static void build(const char *what, const char *key, const json_t *o)
{
	static const char refers[] =
	    "{\"metadata\":{\"annotations\":{\"" INGRESS_ANNOTATION "auth-type\":\"basic\",\"" INGRESS_ANNOTATION "auth-secret\":\"x\",\"" INGRESS_ANNOTATION
	    "auth-tls-secret\":\"d/x\",\"" INGRESS_ANNOTATION "proxy-ssl-secret\":\"d/x\",\"" INGRESS_ANNOTATION "custom-headers\":\"d/x\"}},\"spec\":{\"ingressClassName\":\"c\",\"tls\":"
	    "[{\"hosts\":[\"x.example\"],\"secretName\":\"x\"}],\"rules\":[{\"host\":\"x.example\",\"http\":{\"paths\":[{\"path\":\"/\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":"
	    "\"web\",\"port\":{\"number\":80}}}}]}}]}}";
	static const char plain[] = "{\"spec\":{\"ingressClassName\":\"c\",\"rules\":[{\"host\":\"y.example\",\"http\":{\"paths\":[{\"path\":\"/\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{"
				    "\"name\":\"web\",\"port\":{\"number\":80}}}}]}}]}}";
	AUTO_JSON json_t *ing = json_loads(refers, 0, NULL), *other = json_loads(plain, 0, NULL);
	AUTO_JSON json_t *svc = json_pack("{s:{s:[{s:s,s:i}]}}", "spec", "ports", "name", "http", "port", 80);
	AUTO_JSON json_t *class = json_pack("{s:{s:s,s:{s:s,s:s,s:s,s:s}}}", "spec", "controller", INGRESS_CONTROLLER, "parameters", "kind", "ConfigMap", "name", "p", "namespace", "k",
					    "scope", "Namespace");
	struct ing_model *m = NULL;
	struct ing_table t = {0};
	AUTO_BUF struct buf file = {0};
	struct err e = {0};

	(void)key;
	if (!ing || !other || !svc || !class || ing_model_new(&m, "nginx", NULL) < 0)
		abort();
	(void)ing_model_class(m, NULL, "c", class);
	(void)ing_model_ingress(m, "d", "i", ing);
	(void)ing_model_ingress(m, "d", "j", other);
	(void)ing_model_service(m, "d", "web", svc);
	if (streq(what, "secret"))
		(void)ing_model_secret(m, "d", "x", o);
	else if (streq(what, "headers"))
		(void)ing_model_configmap(m, "d", "x", o);
	else
		(void)ing_model_configmap(m, "k", "p", o);
	if (ing_model_build(m, &t, &e) < 0 || table_write(&t, NULL, 1, &file, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		abort();
	}
	ing_table_done(&t);
	ing_model_free(m);
}

static json_t *lines(char *text)
{
	json_t *data = json_object();

	for (char *line = text, *next; data && line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		char *value = strchr(line, ' ');
		if (value)
			*value++ = '\0';
		json_t *v = json_string(value ? value : ""); /* NULL: not UTF-8, which JSON never is */
		if (*line && v)
			(void)json_object_set_new(data, line, v);
		else
			json_decref(v);
	}
	return json_pack("{s:o}", "data", data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = memchr(data, '\n', size);
	size_t n = end ? (size_t)(end - data) : 0;
	AUTO_FREE char *head = str_ndup((const char *)data, strnlen((const char *)data, n));

	if (!end || !head || size > 1 << 17)
		return 0;
	char *key = strchr(head, ' ');
	if (key)
		*key++ = '\0';
	if (streq(head, "secret")) {
		AUTO_FREE char *b64 = NULL;
		if (!key || b64_encode(end + 1, size - n - 1, false, &b64) < 0)
			return 0;
		AUTO_JSON json_t *o = json_pack("{s:{s:s}}", "data", key, b64);
		if (o)
			build(head, key, o);
		return 0;
	}
	AUTO_FREE char *text = str_ndup((const char *)end + 1, strnlen((const char *)end + 1, size - n - 1));
	AUTO_JSON json_t *o = text ? lines(text) : NULL;
	if (o && (streq(head, "tcp") || streq(head, "udp")))
		streams(o, streq(head, "udp"));
	else if (o && (streq(head, "class") || streq(head, "headers")))
		build(head, NULL, o);
	return 0;
}
