/*
 * The Gateway API's model: scenarios (golden/gateway/NAME.yaml) against the table and the statuses they make (NAME.txt; MINIK_GOLDEN=write
 * writes them anew), and precedence against a naive reading of the specification.
 */
#include <sys/stat.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/str.h"
#include "ingress/gateway_crds.h"
#include "ingress/gateway_model.h"
#include "ingress/gateway_records.h"
#include "ingress/table_write.h"
#include "tests/unit/test.h"
#include "wire/cert.h"

static struct gateway_model *g;
static struct ing_model *m;
static struct ing_table t;
static struct gateway_outcome out;
static struct cert_pair pair, many; /* many: for all names of shared_tls.yaml */

/* --- objects --- */

/* A Secret's data "good" or "many" stands for a certificate with its key, "good-ca" for a CA. */
static int secret(const char *ns, const char *name, const json_t *o)
{
	AUTO_JSON json_t *copy = json_deep_copy(o);

	if (streq(json_str(o, "data"), "good") || streq(json_str(o, "data"), "many")) {
		const struct cert_pair *p = streq(json_str(o, "data"), "good") ? &pair : &many;
		AUTO_FREE char *cert = NULL, *key = NULL;
		CHECK(b64_encode(p->cert_pem, strlen(p->cert_pem), false, &cert) == 0 && b64_encode(p->key_pem, strlen(p->key_pem), false, &key) == 0);
		json_object_set_new(copy, "data", json_pack("{s:s,s:s}", "tls.crt", cert, "tls.key", key));
	}
	if (streq(json_str(o, "data"), "good-ca")) {
		AUTO_FREE char *cert = NULL;
		CHECK(b64_encode(pair.cert_pem, strlen(pair.cert_pem), false, &cert) == 0);
		json_object_set_new(copy, "data", json_pack("{s:s}", "ca.crt", cert));
	}
	return ing_model_secret(m, ns, name, copy);
}

static int take(void *arg, json_t *o)
{
	static const struct {
		const char *kind;
		int (*feed)(struct gateway_model *, const char *, const char *, const json_t *);
		int (*feed_ingress)(struct ing_model *, const char *, const char *, const json_t *);
	} kinds[] = {{"GatewayClass", gateway_model_class, NULL}, {"Gateway", gateway_model_gateway, NULL},
		     {"HTTPRoute", gateway_model_route, NULL},	  {"ReferenceGrant", gateway_model_grant, NULL},
		     {"Namespace", gateway_model_namespace, NULL}, {"Service", gateway_model_service, ing_model_service},
		     {"ConfigMap", NULL, ing_model_configmap},
		     {"EndpointSlice", NULL, ing_model_slice},	  {"Ingress", NULL, ing_model_ingress}};
	const char *kind = json_str_or(o, "kind", ""), *ns = json_str_or(o, "metadata.namespace", "d"), *name = json_str_or(o, "metadata.name", "");
	bool gone = arg != NULL;

	if (streq(kind, "Secret"))
		return secret(ns, name, o);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (streq(kind, kinds[i].kind))
			return (kinds[i].feed && kinds[i].feed(g, ns, name, gone ? NULL : o) < 0) ||
					       (kinds[i].feed_ingress && kinds[i].feed_ingress(m, ns, name, gone ? NULL : o) < 0)
				       ? -1
				       : 0;
	fprintf(stderr, "unknown kind %s\n", kind);
	return -1;
}

static void begin(void)
{
	g = gateway_model_free(g);
	m = ing_model_free(m);
	CHECK(gateway_model_new(&g, NULL) == 0 && ing_model_new(&m, "nginx", NULL) == 0);
}

static void feed(const char *yaml)
{
	struct err e = {0};

	if (yaml_parse_all(yaml, strlen(yaml), take, NULL, &e) < 0) {
		fprintf(stderr, "bad test objects: %s\n", e.msg);
		exit(1);
	}
}

/* The table is one that can be written, too. */
static void build(void)
{
	static const char *const addresses[] = {"192.0.2.7", NULL}, *const others[] = {"192.0.2.7", "192.0.2.8", NULL};
	static const struct gateway_facts facts = {
	    .http_port = 80, .https_port = 443, .addresses = addresses, .others = others, .bundle = "v1.6.1"};
	struct buf bytes AUTO_BUF = {0};
	struct err e = {0};

	ing_table_done(&t);
	gateway_outcome_done(&out);
	CHECK(ing_model_build(m, &t, NULL) == 0);
	CHECK(gateway_model_build(g, m, &facts, &t, &out, NULL) == 0);
	CHECK(table_write(&t, NULL, 1, &bytes, &e) == 0);
	if (e.code)
		fprintf(stderr, "table_write: %s\n", e.msg);
}

/* --- as text --- */

static void dump_policy(struct buf *b, size_t at)
{
	const struct ing_policy *p = &t.policies[at];

	for (size_t i = 0; i < p->n_options; i++) {
		const struct ing_option *o = &p->options[i];
		buf_addf(b, "      option %d num %lld%s%s%s%s\n", (int)o->opt, (long long)o->num, o->a ? " a " : "", o->a ? o->a : "", o->b ? " b " : "",
			 o->b ? o->b : "");
	}
}

static void dump_rule(struct buf *b, const struct ing_rule *r)
{
	static const char *const conds[] = {"method", "header", "header regex", "header any", "query", "query regex", "cookie"};

	buf_addf(b, "    rule of %s%s\n", r->owner, r->guest ? " as a guest" : "");
	for (size_t i = 0; i < r->n_conds; i++)
		buf_addf(b, "      if %s %s = %s\n", conds[r->conds[i].kind], r->conds[i].name, r->conds[i].value);
	dump_policy(b, r->policy);
	for (size_t i = 0; i < r->n_targets; i++) {
		const struct ing_target *to = &r->targets[i];
		buf_addf(b, "      to %s weight %u\n", to->backend == SIZE_MAX ? "nothing" : t.backends[to->backend].key, to->weight);
		if (to->policy != SIZE_MAX)
			dump_policy(b, to->policy);
	}
}

static void dump(struct buf *b)
{
	static const char *const matches[] = {"Exact", "Prefix", "Regex", "Default"}, *const kinds[] = {"GatewayClass", "Gateway", "HTTPRoute"};

	for (size_t i = 0; i < out.n_listeners; i++)
		buf_addf(b, out.listeners[i].public ? "listen %u%s for %u\n" : "listen %u%s\n", out.listeners[i].port,
			 out.listeners[i].tls ? " tls" : "", out.listeners[i].public);
	for (size_t i = 0; i < out.n_own; i++)
		buf_addf(b, "own %u: port %u of %s\n", out.own[i].scope, out.own[i].port, out.own[i].gateway);
	for (size_t i = 0; i < t.n_secrets; i++)
		buf_addf(b, "secret %s\n", t.secrets[i]);
	for (size_t i = 0; i < t.n_servers; i++)
		buf_addf(b, "server %u %s: %s%s\n", t.servers[i].scope, t.servers[i].name, t.servers[i].secret ? t.servers[i].secret : "-",
			 t.servers[i].ca_pem ? ", clients have certificates" : "");
	for (size_t i = 0; i < t.n_hosts; i++) {
		const struct ing_host *h = &t.hosts[i];
		buf_addf(b, "host %u %s%s%s%s\n", h->scope, h->host, h->deep ? " deep" : "", h->falls ? " falls" : "", h->regex ? " regex" : "");
		for (size_t k = 0; k < h->n_paths; k++) {
			buf_addf(b, "  %s %s\n", matches[h->paths[k].match], *h->paths[k].path ? h->paths[k].path : "/");
			for (size_t r = 0; r < h->paths[k].n_rules; r++)
				dump_rule(b, &h->paths[k].rules[r]);
		}
	}
	for (size_t i = 0; i < t.n_findings; i++)
		if (streq(t.findings[i].reason, "Conflict"))
			buf_addf(b, "%s: %s\n", t.findings[i].ingress, t.findings[i].message);
	for (size_t i = 0; i < out.n_services; i++) {
		struct buf yaml AUTO_BUF = {0};
		if (out.services[i].want)
			(void)yaml_encode(out.services[i].want, &yaml);
		buf_addf(b, "--- Service %s/%s\n%s", out.services[i].ns, out.services[i].name, yaml.data ? yaml.data : "none\n");
	}
	for (size_t i = 0; i < out.n_statuses; i++) {
		const struct gateway_status *s = &out.statuses[i];
		struct buf yaml AUTO_BUF = {0};
		(void)yaml_encode(s->status, &yaml);
		buf_addf(b, "--- %s %s%s%s\n%s", kinds[s->kind], s->ns ? s->ns : "", s->ns ? "/" : "", s->name, yaml.data ? yaml.data : "");
	}
}

static void scenario(const char *name)
{
	AUTO_FREE char *in = str_fmt("%s/tests/unit/ingress/golden/gateway/%s.yaml", SRCDIR, name),
		       *want = str_fmt("%s/tests/unit/ingress/golden/gateway/%s.txt", SRCDIR, name);
	struct buf yaml AUTO_BUF = {0}, text AUTO_BUF = {0}, got AUTO_BUF = {0};

	begin();
	if (fs_read(in, 1 << 20, &yaml, NULL) < 0) {
		fprintf(stderr, "no %s\n", in);
		exit(1);
	}
	feed(yaml.data);
	build();
	dump(&got);
	if (streq(getenv("MINIK_GOLDEN"), "write"))
		CHECK(fs_write_atomic(want, got.data, got.len, 0644, NULL) == 0);
	CHECK(fs_read(want, 1 << 20, &text, NULL) == 0);
	CHECK_STR(got.data, text.data ? text.data : "");
}

static void golden(void)
{
	static const char *const all[] = {"simple", "listeners", "attach", "hosts", "matches", "filters", "backends", "tls", "refused",
					   "shared", "shared_namespaces", "shared_regex", "shared_tls", "own"};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		scenario(all[i]);
}

/* --- precedence --- */

struct request {
	const char *host, *path, *method;
	unsigned headers, params; /* bits: h0 ... = 1 */
};

static bool cond_holds(const struct ing_cond *c, const struct request *q)
{
	if (c->kind == TF_METHOD)
		return streq(c->value, q->method);
	return (c->kind == TF_HEADER ? q->headers : q->params) >> (c->name[1] - '0') & 1;
}

/* What the module does: the host's paths in their order, of each the first rule that holds. */
static const struct ing_rule *by_table(const struct request *q)
{
	const struct ing_host *h = NULL;

	for (size_t i = 0; i < t.n_hosts; i++)
		if (t.hosts[i].scope == 80 && streq(t.hosts[i].host, q->host))
			h = &t.hosts[i];
	for (size_t i = 0; h && i < h->n_paths; i++) {
		const struct ing_path *p = &h->paths[i];
		size_t n = strlen(p->path);
		bool fits = p->match == ING_EXACT ? streq(p->path, q->path)
						  : strncmp(p->path, q->path, n) == 0 && (!q->path[n] || q->path[n] == '/');
		for (size_t r = 0; fits && r < p->n_rules; r++) {
			bool holds = true;
			for (size_t c = 0; c < p->rules[r].n_conds; c++)
				holds = holds && cond_holds(&p->rules[r].conds[c], q);
			if (holds)
				return &p->rules[r];
		}
	}
	return NULL;
}

struct plain { /* a match, and where it stands */
	char path[24];
	bool exact, method;
	unsigned headers, params;
	int age, route, rule, nth;
};

static bool plain_fits(const struct plain *p, const struct request *q)
{
	size_t n = strlen(p->path);

	n = n > 1 && !p->exact && p->path[n - 1] == '/' ? n - 1 : n;
	bool path = p->exact ? streq(p->path, q->path)
			     : n == 1 || (strncmp(p->path, q->path, n) == 0 && (!q->path[n] || q->path[n] == '/'));
	return path && (!p->method || streq(q->method, "POST")) && (p->headers & q->headers) == p->headers && (p->params & q->params) == p->params;
}

/* true: a goes before b, by the words of HTTPRouteRule.matches. */
static bool before(const struct plain *a, const struct plain *b)
{
	size_t la = strlen(a->path), lb = strlen(b->path);

	la -= la > 1 && a->path[la - 1] == '/' && !a->exact;
	lb -= lb > 1 && b->path[lb - 1] == '/' && !b->exact;
	if (a->exact != b->exact)
		return a->exact;
	if (la != lb)
		return la > lb;
	if (a->method != b->method)
		return a->method;
	if (__builtin_popcount(a->headers) != __builtin_popcount(b->headers))
		return __builtin_popcount(a->headers) > __builtin_popcount(b->headers);
	if (__builtin_popcount(a->params) != __builtin_popcount(b->params))
		return __builtin_popcount(a->params) > __builtin_popcount(b->params);
	if (a->age != b->age)
		return a->age < b->age;
	if (a->route != b->route)
		return a->route < b->route;
	return a->rule != b->rule ? a->rule < b->rule : a->nth < b->nth;
}

static void plain_yaml(struct buf *b, const struct plain *p)
{
	buf_addf(b, "    - path: {type: %s, value: %s}\n", p->exact ? "Exact" : "PathPrefix", p->path);
	if (p->method)
		buf_adds(b, "      method: POST\n");
	for (int k = 0; k < 2; k++) {
		unsigned bits = k ? p->params : p->headers;
		buf_addf(b, "      %s: [", k ? "queryParams" : "headers");
		for (int i = 0, n = 0; i < 3; i++)
			if (bits >> i & 1)
				buf_addf(b, "%s{name: %c%d, value: \"1\"}", n++ ? ", " : "", k ? 'q' : 'h', i);
		buf_adds(b, "]\n");
	}
}

static void precedence(void)
{
	static const char *const paths[] = {"/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/b"};
	static const char *const methods[] = {"GET", "POST"};
	unsigned seed = 7;

	for (int round = 0; round < 200; round++) {
		struct plain all[40];
		size_t n = 0;
		begin();
		feed("{kind: GatewayClass, metadata: {name: minik}, spec: {controllerName: minik.io/gateway}}\n---\n"
		     "{kind: Gateway, metadata: {name: gw}, spec: {gatewayClassName: minik, listeners: [{name: http, port: 80, protocol: HTTP}]}}\n");
		for (int i = 0; i < 9; i++) {
			AUTO_FREE char *service = str_fmt("{kind: Service, metadata: {name: s%d%d}, spec: {ports: [{port: 80}]}}", i / 3, i % 3);
			feed(service);
		}
		for (int route = 0; route < 3; route++) {
			struct buf b AUTO_BUF = {0};
			int age = (int)(rand_r(&seed) % 2);
			buf_addf(&b,
				 "kind: HTTPRoute\nmetadata: {name: r%d, creationTimestamp: \"2026-01-01T00:00:0%dZ\"}\n"
				 "spec:\n  parentRefs: [{name: gw}]\n  hostnames: [x.example]\n  rules:\n",
				 route, age);
			for (int rule = 0; rule < 3; rule++) {
				buf_addf(&b, "  - backendRefs: [{name: s%d%d, port: 80}]\n    matches:\n", route, rule);
				for (int nth = 0; nth < 2; nth++) {
					struct plain *p = &all[n++];
					unsigned r = (unsigned)rand_r(&seed);
					*p = (struct plain){.exact = r % 4 == 0, .method = r % 3 == 0, .headers = r >> 4 & 7 & r >> 8, .params = r >> 12 & 7 & r >> 16,
							    .age = age, .route = route, .rule = rule, .nth = nth};
					(void)str_copy(p->path, sizeof(p->path), paths[r >> 20 & 7 ? (r >> 20 & 7) - 1 : 0]);
					plain_yaml(&b, p);
				}
			}
			feed(b.data);
		}
		build();
		for (int k = 0; k < 60; k++) {
			unsigned r = (unsigned)rand_r(&seed);
			struct request q = {"x.example", paths[r % ARRAY_LEN(paths)], methods[r >> 4 & 1], r >> 5 & 7, r >> 9 & 7};
			const struct plain *best = NULL;
			for (size_t i = 0; i < n; i++)
				if (plain_fits(&all[i], &q) && (!best || before(&all[i], best)))
					best = &all[i];
			const struct ing_rule *got = by_table(&q);
			AUTO_FREE char *want = best ? str_fmt("d/s%d%d:80", best->route, best->rule) : str_dup("");
			CHECK_STR(got ? t.backends[got->targets[0].backend].key : "", want);
		}
	}
}

/* --- whose a host is --- */

struct holder { /* an Ingress or a route that names the host */
	bool route;
	int ns, age;
	unsigned paths; /* bits */
	char name[8];
};

static bool holder_first(const struct holder *a, const struct holder *b)
{
	if (a->age != b->age)
		return a->age < b->age;
	return a->ns != b->ns ? a->ns < b->ns : strcmp(a->name, b->name) < 0;
}

/* Who is to answer a path of the host: by what the header of gateway_model.h says, naively. NULL: nobody. Of Ingresses only the
 * one counts that the others have lost the path to. */
static const struct holder *answers(const struct holder *v, size_t n, unsigned path)
{
	const struct holder *first = NULL, *best = NULL, *ingress = NULL;

	for (size_t i = 0; i < n; i++) {
		bool has = v[i].paths >> path & 1;
		first = !first || holder_first(&v[i], first) ? &v[i] : first;
		ingress = has && !v[i].route && (!ingress || holder_first(&v[i], ingress)) ? &v[i] : ingress;
	}
	for (size_t i = 0; i < n; i++)
		if (v[i].paths >> path & 1 && (v[i].route || &v[i] == ingress) && (v[i].route == first->route || v[i].ns == first->ns) &&
		    (!best || holder_first(&v[i], best)))
			best = &v[i];
	return best;
}

/* Namespaces' Ingresses and routes by everybody's Gateway: whatever there is, each path goes to whom it belongs to. */
static void shared(void)
{
	unsigned seed = 11;

	for (int round = 0; round < 500; round++) {
		struct holder v[6];
		size_t n = 1 + (unsigned)rand_r(&seed) % ARRAY_LEN(v);
		begin();
		feed("{kind: GatewayClass, metadata: {name: minik}, spec: {controllerName: minik.io/gateway}}\n---\n"
		     "{kind: Gateway, metadata: {name: gw}, spec: {gatewayClassName: minik, listeners: [{name: http, port: 80, protocol: HTTP, "
		     "allowedRoutes: {namespaces: {from: All}}}]}}\n");
		for (size_t i = 0; i < n; i++) {
			struct buf b AUTO_BUF = {0};
			unsigned r = (unsigned)rand_r(&seed);
			v[i] = (struct holder){.route = r & 1, .ns = (int)(r >> 1 & 1), .age = (int)(r >> 2 & 3), .paths = (r >> 4 & 7) | 1};
			(void)snprintf(v[i].name, sizeof(v[i].name), "o%zu", i);
			buf_addf(&b, "kind: %s\nmetadata: {namespace: n%d, name: %s, creationTimestamp: \"2026-01-01T00:00:0%dZ\"}\n",
				 v[i].route ? "HTTPRoute" : "Ingress", v[i].ns, v[i].name, v[i].age);
			buf_adds(&b, v[i].route ? "spec: {parentRefs: [{name: gw, namespace: d}], hostnames: [x.example], rules: [{matches: ["
						: "spec: {rules: [{host: x.example, http: {paths: [");
			for (unsigned k = 0, some = 0; k < 3; k++)
				if (v[i].paths >> k & 1)
					buf_addf(&b, v[i].route ? "%s{path: {value: /p%u}}" : "%s{path: /p%u, pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}",
						 some++ ? ", " : "", k);
			buf_adds(&b, v[i].route ? "]}]}\n" : "]}}]}\n");
			feed(b.data);
		}
		build();
		for (unsigned k = 0; k < 3; k++) {
			char path[4] = {'/', 'p', (char)('0' + k), 0};
			struct request q = {"x.example", path, "GET", 0, 0};
			const struct holder *want = answers(v, n, k);
			const struct ing_rule *got = by_table(&q);
			const struct ing_path *p = got ? NULL : ing_table_match(&t, "x.example", path);
			bool scoped = false;
			for (size_t i = 0; i < t.n_hosts; i++)
				scoped = scoped || t.hosts[i].scope == 80;
			AUTO_FREE char *owner = want ? str_fmt("%sn%d/%s", want->route ? "httproute/" : "", want->ns, want->name) : str_dup("");
			CHECK_STR(got ? got->owner : p && !scoped ? p->rules[0].owner : "", owner);
		}
	}
}

/* --- CRDs --- */

static void crds(void)
{
	AUTO_JSON json_t *all = gateway_crds();

	CHECK_INT(json_array_size(all), GATEWAY_CRDS);
	for (size_t i = 0; i < json_array_size(all); i++) {
		json_t *crd = json_array_get(all, i);
		CHECK_STR(obj_name(crd), gateway_crd_names[i]);
		CHECK_INT(json_array_size(json_dot(crd, "spec.versions")), 2);
		CHECK(!gateway_crd_outdated(crd));
		CHECK(obj_set_annotation(crd, GATEWAY_ANN_BUNDLE, "v1.2.10") == 0 && gateway_crd_outdated(crd));
		CHECK(obj_set_annotation(crd, GATEWAY_ANN_BUNDLE, "v1.10.0") == 0 && !gateway_crd_outdated(crd));
		CHECK(obj_set_label(crd, "app.kubernetes.io/managed-by", NULL) == 0);
		CHECK(obj_set_annotation(crd, GATEWAY_ANN_BUNDLE, "v1.2.0") == 0 && !gateway_crd_outdated(crd));
	}
}

/* "connect send read whole" of a rule with these timeouts; -1: as nginx has it. */
static char *times_of(const char *timeouts)
{
	static const enum ing_opt each[] = {OPT_CONNECT_TIMEOUT, OPT_SEND_TIMEOUT, OPT_READ_TIMEOUT, OPT_REQUEST_TIMEOUT};
	struct buf b = {0};
	AUTO_FREE char *route = str_fmt("{kind: HTTPRoute, metadata: {name: r}, spec: {parentRefs: [{name: gw}], rules: [{timeouts: %s, backendRefs: [{name: s, port: 80}]}]}}",
					timeouts);

	begin();
	feed("{kind: GatewayClass, metadata: {name: minik}, spec: {controllerName: minik.io/gateway}}\n---\n"
	     "{kind: Gateway, metadata: {name: gw}, spec: {gatewayClassName: minik, listeners: [{name: http, port: 80, protocol: HTTP}]}}\n");
	feed(route);
	build();
	CHECK(t.n_policies == 1);
	for (size_t i = 0; t.n_policies == 1 && i < ARRAY_LEN(each); i++) {
		const struct ing_option *o = ing_policy_find(&t.policies[0], each[i]);
		buf_addf(&b, "%s%lld", i ? " " : "", o ? (long long)o->num : -1);
	}
	return b.data;
}

/* GEP-1742: zero is no limit, of the whole and of a try; a try may last as long as the whole where nothing is said of it. */
static void timeouts(void)
{
	static const struct {
		const char *yaml, *times;
	} cases[] = {{"{}", "-1 -1 -1 -1"},
		     {"{request: 0s}", "-1 2147483647 2147483647 -1"},
		     {"{request: 1h}", "-1 3600000 3600000 3600000"},
		     {"{request: 10s}", "-1 -1 -1 10000"},
		     {"{request: 0s, backendRequest: 2s}", "2000 2000 2000 -1"},
		     {"{request: 1h, backendRequest: 10s}", "-1 10000 10000 3600000"},
		     {"{request: 10s, backendRequest: 0s}", "-1 2147483647 2147483647 10000"},
		     {"{backendRequest: 0s}", "-1 2147483647 2147483647 -1"}};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_FREE char *got = times_of(cases[i].yaml);
		CHECK_STR(got, cases[i].times);
	}
}

static const json_t *told_of(enum gateway_kind kind, const char *name)
{
	for (size_t i = 0; i < out.n_statuses; i++)
		if (out.statuses[i].kind == kind && streq(out.statuses[i].name, name))
			return out.statuses[i].status;
	return NULL;
}

static void build_with(const struct gateway_facts *facts)
{
	ing_table_done(&t);
	gateway_outcome_done(&out);
	CHECK(ing_model_build(m, &t, NULL) == 0 && gateway_model_build(g, m, facts, &t, &out, NULL) == 0);
}

static uint16_t wanted_port(void)
{
	return (uint16_t)json_int_or(json_array_get(json_dot(out.services[0].want, "spec.ports"), 0), "targetPort", 0);
}

static void write_port(uint16_t port)
{
	AUTO_FREE char *service =
	    str_fmt("{kind: Service, metadata: {name: one-minik, labels: {gateway.networking.k8s.io/gateway-name: one}, ownerReferences: [{apiVersion: "
		    "gateway.networking.k8s.io/v1, kind: Gateway, name: one, uid: u, controller: true}]}, spec: {ports: [{port: 80, targetPort: %u}]}}",
		    port);

	feed(service);
}

/* Ports that other programs have, and who makes no Services. */
static void own_ports(void)
{
	struct gateway_facts facts = {.http_port = 80, .https_port = 443, .bundle = "v1.6.1"};
	uint16_t taken[3], *asked = NULL;
	size_t n = 0;

	begin();
	feed("{kind: GatewayClass, metadata: {name: own}, spec: {controllerName: minik.io/gateway, parametersRef: {group: \"\", kind: ConfigMap, namespace: d, name: p}}}\n"
	     "---\n{kind: ConfigMap, metadata: {name: p}, data: {service: ClusterIP}}\n---\n"
	     "{kind: Gateway, metadata: {name: one, uid: u}, spec: {gatewayClassName: own, listeners: [{name: http, port: 80, protocol: HTTP}]}}");
	build_with(&facts);
	CHECK(t.n_configmaps == 1 && streq(t.configmaps[0], "d/p"));
	CHECK(out.n_services == 1 && out.n_listeners == 0 && out.n_own == 0);
	/* The same until it is written, and then, too. */
	taken[0] = wanted_port();
	CHECK(taken[0] >= GATEWAY_PORT_FIRST && taken[0] <= GATEWAY_PORT_LAST);
	build_with(&facts);
	CHECK_INT(wanted_port(), taken[0]);
	write_port(taken[0]);
	CHECK(gateway_model_ports(g, m, &asked, &n) == 0 && n == 1 && asked[0] == taken[0]);
	free(asked);
	build_with(&facts);
	CHECK(wanted_port() == taken[0] && out.n_listeners == 1 && out.listeners[0].port == taken[0] && out.listeners[0].public == 80);
	CHECK(gateway_own_of(&out, taken[0]) && !gateway_own_of(&out, 80));
	/* Each that is taken is left for another, and none comes back though it is in no Service any longer. */
	facts.taken = &taken[0];
	facts.n_taken = 1;
	build_with(&facts);
	taken[1] = wanted_port();
	CHECK(taken[1] != taken[0] && out.n_listeners == 0);
	write_port(taken[1]);
	facts.taken = &taken[1];
	build_with(&facts);
	taken[2] = wanted_port();
	CHECK(taken[2] != taken[0] && taken[2] != taken[1]);
	facts.n_taken = 0;
	/* Gone, and another of the same name: it is not the other's. */
	feed("{kind: Gateway, metadata: {name: one, uid: v}, spec: {gatewayClassName: own, listeners: [{name: http, port: 80, protocol: HTTP}]}}");
	build_with(&facts);
	CHECK(out.n_services == 0 && out.n_listeners == 0);
	facts.lacks_services = true;
	build_with(&facts);
	CHECK_STR(json_str(json_array_get(json_object_get(told_of(GATEWAY_CLASS, "own"), "conditions"), 0), "reason"), "InvalidParameters");
	CHECK_STR(json_str(json_array_get(json_object_get(told_of(GATEWAY, "one"), "conditions"), 0), "reason"), "InvalidParameters");
	CHECK(out.n_services == 0);
}

/* Whatever stands in an object: no crash, and a table that can be written. */
static void hostile(void)
{
	static const char *const values[] = {"null", "[]", "{}", "\"\"", "\"*\"", "-1", "70000", "\"a\\nb\"", "[{}]", "[[null]]", "true", "1e9", "\"/\"", "\"x.example\""};
	static const char *const templates[] = {
	    "{kind: Gateway, metadata: {name: gw, generation: 1}, spec: {gatewayClassName: minik, listeners: [{name: a, port: %s, protocol: HTTP, hostname: %s}, "
	    "{name: %s, port: 443, protocol: HTTPS, tls: {certificateRefs: %s}, allowedRoutes: %s}], addresses: %s}}",
	    "{kind: HTTPRoute, metadata: {name: r}, spec: {parentRefs: %s, hostnames: %s, rules: %s}}",
	    "{kind: HTTPRoute, metadata: {name: r2}, spec: {parentRefs: [{name: gw}], rules: [{matches: %s, filters: %s, backendRefs: %s, timeouts: %s}]}}",
	    "{kind: HTTPRoute, metadata: {name: r3}, spec: {parentRefs: [{name: gw}], rules: [{matches: [{path: %s, headers: %s, method: %s}], "
	    "filters: [{type: RequestRedirect, requestRedirect: {path: %s, port: %s}}, {type: URLRewrite, urlRewrite: %s}], backendRefs: [{name: s, weight: %s}]}]}}",
	    "{kind: ReferenceGrant, metadata: {name: g}, spec: {from: %s, to: %s}}",
	    "{kind: Namespace, metadata: {name: d, labels: %s}}",
	    "{kind: GatewayClass, metadata: {name: own}, spec: {controllerName: minik.io/gateway, parametersRef: {group: \"\", kind: ConfigMap, namespace: d, name: %s}}}",
	    "{kind: GatewayClass, metadata: {name: own}, spec: {controllerName: minik.io/gateway, parametersRef: {group: \"\", kind: ConfigMap, namespace: d, name: p}}}",
	    "{kind: ConfigMap, metadata: {name: p}, data: {service: %s}}",
	    "{kind: ConfigMap, metadata: {name: p}, data: {service: LoadBalancer}}",
	    "{kind: Gateway, metadata: {name: own, uid: u}, spec: {gatewayClassName: own, infrastructure: {labels: {a: %s}, annotations: {b: %s}}, "
	    "listeners: [{name: a, port: %s, protocol: HTTP}, {name: b, port: 80, protocol: HTTP, hostname: %s}]}}",
	    "{kind: Service, metadata: {name: own-minik, labels: {gateway.networking.k8s.io/gateway-name: own}, ownerReferences: [{apiVersion: "
	    "gateway.networking.k8s.io/v1, kind: Gateway, name: own, uid: u, controller: %s}]}, spec: {type: LoadBalancer, clusterIPs: %s, ports: "
	    "[{port: %s, targetPort: 29001}, {port: 80, targetPort: %s}, {port: 80, targetPort: 29002}]}, status: {loadBalancer: {ingress: [{ip: %s}, {hostname: %s}]}}}"};
	unsigned seed = 3;

	begin();
	feed("{kind: GatewayClass, metadata: {name: minik}, spec: {controllerName: minik.io/gateway}}\n---\n"
	     "{kind: Gateway, metadata: {name: gw}, spec: {gatewayClassName: minik, listeners: [{name: http, port: 80, protocol: HTTP}]}}\n");
	for (int round = 0; round < 3000; round++) {
		struct buf b AUTO_BUF = {0};
		const char *p = templates[(unsigned)rand_r(&seed) % ARRAY_LEN(templates)];
		for (; *p; p++)
			if (p[0] == '%' && p[1] == 's')
				buf_adds(&b, values[(unsigned)rand_r(&seed) % ARRAY_LEN(values)]), p++;
			else
				buf_add(&b, p, 1);
		feed(b.data);
		if (round % 7 == 0)
			build();
	}
	CHECK(out.n_statuses > 0);
}

static const char *listener_reason(const char *gateway, size_t at)
{
	for (size_t i = 0; i < out.n_statuses; i++)
		if (out.statuses[i].kind == GATEWAY && streq(out.statuses[i].name, gateway)) {
			const json_t *l = json_array_get(json_object_get(out.statuses[i].status, "listeners"), at);
			return json_str_or(json_array_get(json_object_get(l, "conditions"), 0), "reason", "");
		}
	return "";
}

/* Ports are sockets of every worker, and a reload: all Gateways together have an end of them, and the older keep theirs. */
static void ports_have_an_end(void)
{
	begin();
	feed("{kind: GatewayClass, metadata: {name: minik}, spec: {controllerName: minik.io/gateway}}\n");
	for (unsigned i = 0; i < 40; i++) {
		struct buf b AUTO_BUF = {0};
		buf_addf(&b, "{kind: Gateway, metadata: {name: gw%02u, creationTimestamp: '2026-01-01T00:%02u:00Z'}, spec: {gatewayClassName: minik, listeners: [", i, i);
		for (unsigned k = 0; k < 64; k++)
			buf_addf(&b, "%s{name: l%u, port: %u, protocol: HTTP}", k ? ", " : "", k, 10000 + i * 64 + k);
		buf_adds(&b, ", {name: shared, port: 10000, protocol: HTTP}, {name: plain, port: 80, protocol: HTTP}]}}\n");
		feed(b.data);
	}
	build();
	CHECK(out.n_listeners == GATEWAY_PORTS_MAX);
	CHECK(streq(listener_reason("gw00", 0), "Accepted") && streq(listener_reason("gw01", 63), "Accepted"));
	CHECK(streq(listener_reason("gw02", 0), "PortUnavailable") && streq(listener_reason("gw39", 63), "PortUnavailable"));
	CHECK(streq(listener_reason("gw39", 64), "Accepted") && streq(listener_reason("gw39", 65), "Accepted"));
}

/* What is not served takes nobody's port. */
static void unserved_takes_no_port(void)
{
	begin();
	feed("{kind: GatewayClass, metadata: {name: minik}, spec: {controllerName: minik.io/gateway}}\n---\n"
	     "{kind: Gateway, metadata: {name: a, creationTimestamp: '2026-01-01T00:00:00Z'}, spec: {gatewayClassName: minik, infrastructure: {parametersRef: "
	     "{group: x, kind: X, name: x}}, listeners: [{name: l, port: 8080, protocol: HTTPS, tls: {certificateRefs: [{name: c}]}}]}}\n---\n"
	     "{kind: Gateway, metadata: {name: b, creationTimestamp: '2026-01-02T00:00:00Z'}, spec: {gatewayClassName: minik, listeners: "
	     "[{name: l, port: 8080, protocol: HTTP}]}}\n");
	build();
	CHECK(streq(listener_reason("b", 0), "Accepted") && out.n_listeners == 1);
}

int main(void)
{
	static const char *const names[] = {"*.example", "*.wild.example", "*.deep.example", "*.theirs.example", NULL};
	const struct cert_request want = {.cn = "x", .dns_names = names, .server = true, .not_after = 4000000000};
	if (cert_ca_new(&pair, "a", 0, 4000000000, NULL) < 0 || cert_issue(&many, &pair, &want, NULL) < 0)
		return 1;
	RUN(golden);
	RUN(precedence);
	RUN(shared);
	RUN(crds);
	RUN(own_ports);
	RUN(timeouts);
	RUN(hostile);
	RUN(ports_have_an_end);
	RUN(unserved_takes_no_port);
	ing_table_done(&t);
	gateway_outcome_done(&out);
	gateway_model_free(g);
	ing_model_free(m);
	cert_pair_done(&pair);
	cert_pair_done(&many);
	return TEST_END();
}
