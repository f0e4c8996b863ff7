/*
 * Whatever objects there are, nginx.conf is one that nginx takes: random Ingresses, Gateways, routes, Services and ConfigMaps, hostile
 * text in every place that has text, through the models to the generator, as the controller does it.
 *
 *    conf_tool DIR MODULE STREAM_MODULE STEPS SEED   reads DIR/secret.json, a TLS Secret default/cert; writes DIR/N.conf for each configuration that has not been before; prints how
 *                                                    many worlds had a listener of a Gateway, a stream, and what was refused
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/map.h"
#include "base/str.h"
#include "ingress/gateway_crds.h"
#include "ingress/gateway_model.h"
#include "ingress/model.h"
#include "ingress/nginx.h"
#include "ingress/streams.h"

#define HTTP_PORT  80
#define HTTPS_PORT 443

static uint64_t seed;
static unsigned rnd(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static void die(const char *what, const char *why)
{
	fprintf(stderr, "conf_tool: %s%s%s\n", what, why ? ": " : "", why ? why : "");
	exit(1);
}

static void *have(void *p)
{
	if (!p)
		die("no memory", NULL);
	return p;
}

/* --- objects --- */

static const char *text(void)
{
	static const char *const bits[] = {
	    "a",	"web",	      "default",    "80",     "443",	   "8080",	"5432",	   "65536",	     "-1",	      "0",	    "*.b.example",
	    "a.example", "/",	      "x y",	    "\"",     "'",	   "\\",	"\n",	   "\r\n",	     "\t",	      ";",	    "}",
	    "{",	"$host",      "${x}",	    "#",      "# x\n",	   "include /etc/passwd;", "\"; } server { listen 1; ", "PROXY", "TCP", "UDP", "10.43.0.7",
	    "fd00::7",	"[::1]",      "::",	    "%eth0",  "0.0.0.0/0", "\xc3\xa9",	"\x7f",	   "load_module x;", "default/web:80", "lua_code_cache", "ssl_certificate"};
	static char out[8][200];
	static unsigned at;
	char *s = out[at++ % ARRAY_LEN(out)];

	size_t n = 0;
	*s = '\0';
	for (unsigned i = rnd(3); i < 3; i++)
		n += (size_t)snprintf(s + n, sizeof(out[0]) - n, "%s", bits[rnd(ARRAY_LEN(bits))]);
	return s;
}
/* Mostly what makes sense, so that something comes of it: one text of so many is hostile in this world. */
static unsigned tame = 4;
static const char *or_text(const char *good)
{
	return rnd(tame) ? good : text();
}

static json_t *metadata(const char *ns, const char *name)
{
	json_t *m = have(json_pack("{s:s,s:s,s:i,s:{},s:{}}", "namespace", ns, "name", name, "generation", 1, "annotations", "labels"));

	for (unsigned i = rnd(3); i > 0; i--)
		json_object_set_new(json_object_get(m, rnd(2) ? "annotations" : "labels"), text(), json_string(text()));
	return m;
}

static json_t *service(void)
{
	static const char *const addresses[] = {"10.43.0.7", "fd00::7", "None", ""};
	json_t *o = have(json_pack("{s:o,s:{s:s,s:s,s:s,s:[{s:s,s:i,s:s}]}}", "metadata", metadata("default", "web"), "spec", "type",
				   or_text(rnd(4) ? "ClusterIP" : "ExternalName"), "externalName", text(), "clusterIP", or_text(addresses[rnd(4)]), "ports", "name",
				   or_text("http"), "port", rnd(8) ? 80 : (int)rnd(70000), "protocol", or_text(rnd(3) ? "TCP" : "UDP")));

	return o;
}

static json_t *ports(void)
{
	json_t *data = have(json_object());
	char key[12];

	for (unsigned i = rnd(5); i > 0; i--) {
		(void)snprintf(key, sizeof(key), "%u", rnd(3) ? 5000 + rnd(6) : rnd(70000));
		json_object_set_new(data, or_text(key), json_string(or_text(rnd(2) ? "default/web:80" : rnd(2) ? "default/web:http:PROXY" : "default/web:80::PROXY")));
	}
	return have(json_pack("{s:{s:s,s:s},s:o}", "metadata", "namespace", STREAMS_NS, "name", STREAMS_TCP, "data", data));
}

static json_t *gateway(void)
{
	static const char *const protocols[] = {"HTTP", "HTTPS", "TLS", "TCP"};
	json_t *all = have(json_array()), *addresses = have(json_array());

	if (!rnd(4))
		json_array_append_new(addresses, json_pack("{s:s,s:s}", "type", or_text("IPAddress"), "value", or_text("192.0.2.7")));
	for (unsigned i = 1 + rnd(4); i > 0; i--) {
		const char *protocol = or_text(protocols[rnd(8) ? rnd(2) : rnd(4)]);
		json_t *l = have(json_pack("{s:s,s:i,s:s,s:{s:{s:s}}}", "name", or_text(rnd(2) ? "one" : "two"), "port",
					   rnd(3) ? 8000 + (int)rnd(6) : (int)rnd(70000) - 10, "protocol", protocol, "allowedRoutes", "namespaces",
					   "from", or_text("All")));
		if (rnd(2))
			json_object_set_new(l, "hostname", json_string(or_text(rnd(2) ? "a.example" : "*.b.example")));
		if (streq(protocol, "HTTPS") || !rnd(8))
			json_object_set_new(l, "tls", json_pack("{s:s,s:[{s:s}]}", "mode", or_text("Terminate"), "certificateRefs", "name", or_text("cert")));
		json_array_append_new(all, l);
	}
	return have(json_pack("{s:o,s:{s:s,s:o,s:o}}", "metadata", metadata("default", rnd(2) ? "g" : "h"), "spec", "gatewayClassName", or_text("minik"),
			      "listeners", all, "addresses", addresses));
}

static json_t *route(void)
{
	return have(json_pack("{s:o,s:{s:[{s:s,s:s}],s:[s],s:[{s:[{s:{s:s,s:s}}],s:[{s:s,s:i}]}]}}", "metadata", metadata("default", "r"), "spec", "parentRefs", "name",
			      or_text("g"), "sectionName", or_text("one"), "hostnames", or_text("a.example"), "rules", "matches", "path", "type", or_text("PathPrefix"),
			      "value", or_text("/a"), "backendRefs", "name", or_text("web"), "port", 80));
}

static json_t *ingress(void)
{
	return have(json_pack("{s:o,s:{s:[{s:s,s:{s:[{s:s,s:s,s:{s:{s:s,s:{s:s}}}}]}}],s:[{s:[s],s:s}]}}", "metadata", metadata("default", "i"), "spec", "rules", "host",
			      or_text("a.example"), "http", "paths", "path", or_text("/a"), "pathType", or_text("Prefix"), "backend", "service", "name", or_text("web"),
			      "port", "name", or_text("http"), "tls", "hosts", or_text("a.example"), "secretName", or_text("cert")));
}

/* --- a world --- */

static json_t *secret; /* a good one */

struct world {
	struct ing_model *m;
	struct gateway_model *g;
	json_t *service;
	struct gateway_outcome o;
};

static json_t *find_service(void *arg, const char *ns, const char *name)
{
	struct world *w = arg;

	return streq(ns, "default") && streq(name, "web") ? json_incref(w->service) : NULL;
}

static const char *port_taken(void *arg, uint16_t port, bool udp)
{
	struct world *w = arg;

	if (!udp && (port == HTTP_PORT || port == HTTPS_PORT))
		return "it is Ingress' own";
	for (size_t i = 0; !udp && i < w->o.n_listeners; i++)
		if (w->o.listeners[i].port == port)
			return "a Gateway listens on it";
	return NULL;
}

typedef int (*feed_fn)(struct ing_model *m, const char *ns, const char *name, const json_t *o);
typedef int (*feed_gateway_fn)(struct gateway_model *g, const char *ns, const char *name, const json_t *o);

static void feed(struct world *w, feed_fn fn, json_t *o)
{
	if (fn(w->m, json_str_or(o, "metadata.namespace", ""), json_str_or(o, "metadata.name", ""), o) < 0)
		die("no memory", NULL);
	json_decref(o);
}

static void feed_gateway(struct world *w, feed_gateway_fn fn, json_t *o)
{
	if (fn(w->g, json_str_or(o, "metadata.namespace", ""), json_str_or(o, "metadata.name", ""), o) < 0)
		die("no memory", NULL);
	json_decref(o);
}

static void world_begin(struct world *w, struct err *e)
{
	if (ing_model_new(&w->m, "nginx", e) < 0 || gateway_model_new(&w->g, e) < 0)
		die("models", e->msg);
	w->service = service();
	feed(w, ing_model_service, json_incref(w->service));
	feed(w, ing_model_ingress, ingress());
	feed(w, ing_model_secret, json_incref(secret));
	feed_gateway(w, gateway_model_class,
		     have(json_pack("{s:{s:s},s:{s:s}}", "metadata", "name", "minik", "spec", "controllerName", GATEWAY_CONTROLLER)));
	feed_gateway(w, gateway_model_gateway, gateway());
	feed_gateway(w, gateway_model_gateway, gateway());
	feed_gateway(w, gateway_model_route, route());
}

static void world_end(struct world *w)
{
	gateway_outcome_done(&w->o);
	json_decref(w->service);
	gateway_model_free(w->g);
	ing_model_free(w->m);
}

static unsigned with_listeners, with_streams, refused;

static void streams_of(struct world *w, struct streams *s, struct err *e)
{
	const struct streams_ask ask = {find_service, port_taken, w, NULL};
	AUTO_JSON json_t *tcp = ports();
	AUTO_JSON json_t *udp = ports();

	if (streams_read(s, tcp, false, &ask, e) < 0 || streams_read(s, udp, true, &ask, e) < 0)
		die("streams", e->msg);
	with_streams += s->n > 0;
	refused += (unsigned)s->n_findings;
}

static int generate(struct world *w, const char *dir, char **argv, struct buf *out, uint64_t *id, struct err *e)
{
	static const char *const trusted[] = {"10.0.0.0/8", "fd00::/8", NULL}, *const resolvers[] = {"10.43.0.10", NULL};
	AUTO_FREE char *data = str_fmt("%s/data", dir), *cert = str_fmt("%s/cert.pem", dir), *key = str_fmt("%s/key.pem", dir), *log = str_fmt("%s/log", dir),
		       *access = str_fmt("%s/access", dir);
	struct streams s = {0};

	streams_of(w, &s, e);
	const struct nginx_settings all = {.run_dir = dir,
					   .data_dir = have(data),
					   .cert = have(cert),
					   .key = have(key),
					   .log = have(log),
					   .access_log = rnd(2) ? have(access) : NULL,
					   .module = argv[2],
					   .stream_module = argv[3],
					   .resolvers = rnd(2) ? resolvers : NULL,
					   .trusted = rnd(2) ? trusted : NULL,
					   .proxy_protocol = !rnd(4),
					   .http_port = HTTP_PORT,
					   .https_port = HTTPS_PORT,
					   .ipv6 = rnd(2),
					   .workers = rnd(3),
					   .listeners = w->o.listeners,
					   .n_listeners = w->o.n_listeners,
					   .streams = s.v,
					   .n_streams = s.n};
	int code = nginx_conf(&all, out, id, e);
	streams_done(&s);
	return code;
}

static void step(const char *dir, char **argv, struct map *seen)
{
	static const char *const addresses[] = {"192.0.2.7", NULL};
	static const struct gateway_facts facts = {.addresses = addresses, .http_port = HTTP_PORT, .https_port = HTTPS_PORT, .bundle = GATEWAY_BUNDLE};
	struct world w = {0};
	struct ing_table t = {0};
	AUTO_BUF struct buf out = {0};
	struct err e = {0};
	uint64_t id;
	char name[24];

	tame = rnd(2) ? 60 : 5;
	world_begin(&w, &e);
	if (ing_model_build(w.m, &t, &e) < 0 || gateway_model_build(w.g, w.m, &facts, &t, &w.o, &e) < 0)
		die("build", e.msg);
	with_listeners += w.o.n_listeners > 0;
	if (generate(&w, dir, argv, &out, &id, &e) < 0)
		die("the generator refuses what the models made", e.msg);
	(void)snprintf(name, sizeof(name), "%016llx", (unsigned long long)id);
	if (!map_has(seen, name)) {
		AUTO_FREE char *path = str_fmt("%s/%zu.conf", dir, map_len(seen));
		if (map_put(seen, name, seen) < 0 || !path || fs_write(path, out.data, out.len, &e) < 0)
			die("cannot write", e.msg);
	}
	ing_table_done(&t);
	world_end(&w);
}

int main(int argc, char **argv)
{
	struct map *seen = map_new(NULL);
	int64_t steps, first;

	if (argc != 6 || str_to_i64(argv[4], 1, 1000000, &steps) < 0 || str_to_i64(argv[5], 0, INT64_MAX, &first) < 0) {
		fprintf(stderr, "usage: conf_tool DIR MODULE STREAM_MODULE STEPS SEED\n");
		return 2;
	}
	AUTO_FREE char *file = have(str_fmt("%s/secret.json", argv[1]));
	secret = json_load_file(file, 0, NULL);
	if (!secret)
		die("cannot read", file);
	seed = (uint64_t)first;
	for (int64_t i = 0; i < steps; i++)
		step(argv[1], argv, have(seen));
	printf("%zu configurations; Gateways listen in %u worlds, %u have streams, %u entries were refused\n", map_len(seen), with_listeners, with_streams, refused);
	map_free(seen);
	json_decref(secret);
	return with_listeners && with_streams && refused ? 0 : 1;
}
