/* The routing table for people: rows of text, or JSON. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include "api/object.h"
#include "ingress/grid.h"
#include "ingress/show_internal.h"

void ing_show_safe(struct buf *b, const char *s)
{
	AUTO_FREE char *copy = str_dup(s ? s : "");

	if (!copy) {
		b->failed = true;
		return;
	}
	str_make_utf8(copy);
	for (unsigned char *p = (unsigned char *)copy; *p; p++) {
		if (*p < ' ' || *p == 0x7f)
			*p = '?';
		else if (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0) /* C1: some terminals obey these, too */
			*p = p[1] = '?';
	}
	buf_adds(b, copy);
}

/* --- what is said of one thing --- */

static const char *const match_names[] = {"Exact", "Prefix", "Regex", "Default"};

static const char *path_text(const struct ing_path *p)
{
	if (p->match == ING_DEFAULT)
		return "*";
	return *p->path ? p->path : "/";
}

static void host_text(struct buf *b, const struct ing_show *w, const struct ing_host *h)
{
	const struct gateway_own *own = h->scope ? gateway_own_of(w->gateways, h->scope) : NULL;

	ing_show_safe(b, h->host);
	if (own)
		buf_addf(b, ":%u of %s", own->port, own->gateway);
	else if (h->scope)
		buf_addf(b, ":%u", h->scope);
}

/* c: of s, when it has a certificate. */
static void cert_text(struct buf *b, const struct ing_show *w, const struct ing_server *s, const struct show_cert *c, const struct ing_host *h)
{
	if (!s || !s->cert_pem) {
		buf_adds(b, "default");
		return;
	}
	ing_show_safe(b, s->secret);
	if (!c->readable)
		buf_adds(b, " (unreadable)");
	else if (c->days < 0)
		buf_addf(b, " (EXPIRED %.10s)", c->when);
	else
		buf_addf(b, " (%.10s, %" PRId64 " d)", c->when, c->days);
	if (!show_cert_fits(w, h, s, c))
		buf_adds(b, " NOT FOR THIS HOST");
}

static void cond_text(struct buf *b, const struct ing_cond *c)
{
	static const char *const kinds[] = {
	    [TF_METHOD] = "method",     [TF_HEADER] = "header", [TF_HEADER_REGEX] = "header",
	    [TF_HEADER_ANY] = "header", [TF_QUERY] = "query",   [TF_QUERY_REGEX] = "query",
	    [TF_COOKIE] = "cookie"};

	buf_adds(b, c->kind < ARRAY_LEN(kinds) ? kinds[c->kind] : "?");
	if (c->kind != TF_METHOD) {
		buf_addc(b, ' ');
		ing_show_safe(b, c->name);
	}
	if (c->kind == TF_HEADER_ANY)
		return;
	buf_adds(b, c->kind == TF_METHOD                                      ? " "
		    : c->kind == TF_HEADER_REGEX || c->kind == TF_QUERY_REGEX ? " ~ "
									      : " = ");
	ing_show_safe(b, c->value);
}

static void rule_text(struct buf *b, const struct ing_show *w, const struct ing_host *h, const struct ing_rule *r, const struct ing_target *g)
{
	const struct ing_table *t = w->table;
	const json_t *canary = g && g->canary ? show_canary(w, h, r, g) : NULL;
	const char *failure = show_failure(t, h, r, g);
	uint64_t sum = 0;

	for (size_t i = 0; i < r->n_conds; i++) {
		buf_adds(b, i ? " and " : "if ");
		cond_text(b, &r->conds[i]);
	}
	for (size_t i = 0; i < r->n_targets; i++)
		sum += r->targets[i].weight;
	if (g && r->n_targets > 1)
		buf_addf(b, "%s%s%" PRIu32 " of %" PRIu64, b->len ? ", " : "", g->canary ? "canary " : "", g->weight,
			 sum);
	else if (g && g->canary)
		buf_addf(b, "%scanary", b->len ? ", " : "");
	if (canary) {
		buf_adds(b, " by Ingress ");
		ing_show_safe(b, obj_name(canary));
	}
	if (r->policy < t->n_policies)
		show_policy_text(b, &t->policies[r->policy]);
	if (g && g->policy < t->n_policies)
		show_policy_text(b, &t->policies[g->policy]);
	if (failure)
		buf_addf(b, "%s%s", b->len ? ", " : "", failure);
}

static void endpoint_text(struct buf *b, const struct ing_endpoint *ep)
{
	bool v6 = strchr(ep->addr, ':');

	buf_addf(b, "%s%s%s:%u", v6 ? "[" : "", ep->addr, v6 ? "]" : "", ep->port);
}

/* --- text --- */

enum { HOST, PATH, TYPE, BACKEND, READY, CERTIFICATE, OWNER, NOTES, COLUMNS };
static const char *const titles[COLUMNS] = {"HOST",  "PATH",        "TYPE",    "BACKEND",
					    "READY", "CERTIFICATE", "INGRESS", "NOTES"};

#define CELL(g, call)                                                                                                  \
	do {                                                                                                           \
		AUTO_BUF struct buf b = {0};                                                                           \
		call;                                                                                                  \
		grid_add((g), &b);                                                                                     \
	} while (0)

static void backend_text(struct buf *b, const struct ing_table *t, const struct ing_target *g)
{
	if (!g || g->backend >= t->n_backends)
		return;
	const struct ing_backend *be = &t->backends[g->backend];
	ing_show_safe(b, be->key);
	if (be->external) {
		buf_adds(b, " = ");
		ing_show_safe(b, be->external);
		buf_addf(b, ":%u", be->external_port);
	}
}

static void ready_text(struct buf *b, const struct ing_table *t, const struct ing_target *g)
{
	if (!g || g->backend >= t->n_backends)
		return;
	const struct ing_backend *be = &t->backends[g->backend];
	if (be->external)
		buf_adds(b, "DNS");
	else
		buf_addf(b, "%zu", be->n_eps);
}

static void row(struct grid *out, const struct ing_show *w, const struct ing_host *h, const struct buf *cert,
		const struct ing_path *p, const struct ing_rule *r, const struct ing_target *g)
{
	const struct ing_table *t = w->table;

	CELL(out, host_text(&b, w, h));
	CELL(out, ing_show_safe(&b, path_text(p)));
	CELL(out, buf_adds(&b, match_names[p->match]));
	CELL(out, backend_text(&b, t, g));
	CELL(out, ready_text(&b, t, g));
	CELL(out, buf_add(&b, cert->data, cert->len));
	CELL(out, ing_show_safe(&b, r->owner));
	CELL(out, rule_text(&b, w, h, r, g));
}

/* owners: gets those of the rows. */
static int add_host(struct grid *g, const struct ing_show *w, const struct ing_host *h, json_t *owners)
{
	const struct ing_server *s = show_server(w->table, h);
	AUTO_BUF struct buf cert = {0};
	struct show_cert c = {0};

	if (s && s->cert_pem)
		show_cert_read(&c, s, w->now);
	if (s || !h->scope) /* a Gateway's port without any is one of HTTP */
		cert_text(&cert, w, s, &c, h);
	show_cert_done(&c);
	for (size_t j = 0; j < h->n_paths; j++)
		for (size_t k = 0; k < h->paths[j].n_rules; k++) {
			const struct ing_rule *r = &h->paths[j].rules[k];
			if (!show_has_owner(w, r->owner))
				continue;
			if (json_object_set_new(owners, r->owner, json_true()) < 0)
				return -ENOMEM;
			if (!r->n_targets)
				row(g, w, h, &cert, &h->paths[j], r, NULL);
			for (size_t l = 0; l < r->n_targets; l++)
				row(g, w, h, &cert, &h->paths[j], r, &r->targets[l]);
		}
	return 0;
}

static int add_wrong(const struct ing_show *w, const json_t *owners, struct buf *out)
{
	AUTO_JSON json_t *unserved = show_unserved(w);
	const json_t *x;
	size_t n = 0, k;

	if (!unserved)
		return -ENOMEM;
	for (size_t i = 0; i < w->table->n_findings; i++) {
		const struct ing_finding *f = &w->table->findings[i];
		if (!show_has_finding(w, f, owners))
			continue;
		buf_adds(out, n++ ? "" : "\n");
		ing_show_safe(out, f->ingress);
		buf_addf(out, ": %s: ", f->reason);
		ing_show_safe(out, f->message);
		buf_addc(out, '\n');
	}
	json_array_foreach (unserved, k, x) {
		buf_adds(out, n++ ? "" : "\n");
		ing_show_safe(out, json_str(x, "object"));
		buf_adds(out, " is not served: ");
		ing_show_safe(out, json_str(x, "why"));
		buf_addc(out, '\n');
	}
	return buf_failed(out) ? -ENOMEM : 0;
}

/* Whatever is said of routes, nobody hears of it then. */
static int say_nobody(const struct ing_show *w, struct buf *out)
{
	AUTO_JSON json_t *nodes = show_nodes(w);
	const json_t *x;
	size_t i, n = 0;

	json_array_foreach (nodes, i, x)
		n += json_is_true(json_object_get(x, "serves"));
	if (json_array_size(nodes) && !n)
		buf_adds(out, "NO NODE SERVES ANY OF THIS: why is said of each node below\n\n");
	return nodes ? 0 : -ENOMEM;
}

int ing_show_text(const struct ing_show *w, struct buf *out, struct err *e)
{
	struct grid g = {.titles = titles, .columns = COLUMNS};
	AUTO_JSON json_t *owners = json_object();
	int r = owners ? say_nobody(w, out) : -ENOMEM;

	for (size_t i = 0; r == 0 && i < w->table->n_hosts; i++)
		if (show_has_host(w, &w->table->hosts[i]))
			r = add_host(&g, w, &w->table->hosts[i], owners);
	if (!g.n) {
		buf_adds(out, "there are no routes");
		if (w->host) {
			buf_adds(out, " for host ");
			ing_show_safe(out, w->host);
		}
		if (w->ns) {
			buf_adds(out, " in namespace ");
			ing_show_safe(out, w->ns);
		}
		buf_addc(out, '\n');
	}
	grid_print(&g, out);
	r = r < 0 ? r : show_around_text(w, out);
	r = r < 0 ? r : add_wrong(w, owners, out);
	return r < 0 || buf_failed(out) ? err_nomem(e) : 0;
}

/* --- JSON --- */

static json_t *text_of(const struct buf *b)
{
	return buf_failed(b) ? NULL : json_stringn(b->data ? b->data : "", b->len);
}
#define TEXT(call)                                                                                                     \
	({                                                                                                             \
		AUTO_BUF struct buf b = {0};                                                                           \
		call;                                                                                                  \
		text_of(&b);                                                                                           \
	})

static json_t *target_json(const struct ing_show *w, const struct ing_host *h, const struct ing_rule *r, const struct ing_target *g)
{
	const struct ing_table *t = w->table;
	const json_t *canary = g->canary ? show_canary(w, h, r, g) : NULL;
	if (g->backend >= t->n_backends)
		return json_pack("{s:n,s:I,s:b}", "backend", "weight", (json_int_t)g->weight, "canary", g->canary);
	const struct ing_backend *be = &t->backends[g->backend];
	json_t *eps = json_array(),
	       *external = be->external ? TEXT(buf_addf(&b, "%s:%u", be->external, be->external_port)) : NULL;
	for (size_t i = 0; eps && i < be->n_eps; i++)
		if (json_array_append_new(eps, TEXT(endpoint_text(&b, &be->eps[i]))) < 0) {
			json_decref(eps);
			eps = NULL;
		}
	return json_pack("{s:s,s:I,s:b,s:I,s:o,s:o*,s:o*}", "backend", be->key, "weight", (json_int_t)g->weight, "canary",
			 g->canary, "ready", (json_int_t)be->n_eps, "endpoints", eps, "external", external, "ingress",
			 canary ? json_sprintf("%s/%s", obj_namespace(canary), obj_name(canary)) : NULL);
}

static json_t *cert_json(const struct ing_show *w, const struct ing_host *h)
{
	const struct ing_server *s = show_server(w->table, h);
	struct show_cert c;

	if (!s || !s->cert_pem)
		return json_null();
	show_cert_read(&c, s, w->now);
	json_t *x = json_pack("{s:s?,s:s,s:o,s:o,s:O,s:b}", "secret", s->secret, "name", s->name, "expires",
			      c.readable ? json_string(c.when) : json_null(), "daysLeft",
			      c.readable ? json_integer(c.days) : json_null(), "names", c.names, "namesHost",
			      show_cert_fits(w, h, s, &c));
	show_cert_done(&c);
	return x;
}

/* What holds for all of its backends. */
static void rule_notes(struct buf *b, const struct ing_table *t, const struct ing_host *h, const struct ing_rule *r)
{
	const char *failure = show_failure(t, h, r, r->n_targets ? &r->targets[0] : NULL);

	if (r->policy < t->n_policies)
		show_policy_text(b, &t->policies[r->policy]);
	for (size_t i = 1; i < r->n_targets; i++)
		failure = failure && show_failure(t, h, r, &r->targets[i]) ? failure : NULL;
	if (failure)
		buf_addf(b, "%s%s", b->len ? ", " : "", failure);
}

static json_t *route_json(const struct ing_show *w, const struct ing_host *h, json_t *cert, const struct ing_path *p,
			  const struct ing_rule *r)
{
	const struct gateway_own *own = h->scope ? gateway_own_of(w->gateways, h->scope) : NULL;
	const struct ing_table *t = w->table;
	json_t *backends = json_array(), *conds = json_array(), *port = h->scope ? json_integer(own ? own->port : h->scope) : NULL;
	bool good = backends && conds;

	for (size_t i = 0; good && i < r->n_targets; i++)
		good = json_array_append_new(backends, target_json(w, h, r, &r->targets[i])) == 0;
	for (size_t i = 0; good && i < r->n_conds; i++)
		good = json_array_append_new(conds, TEXT(cond_text(&b, &r->conds[i]))) == 0;
	if (!good) {
		json_decref(backends);
		json_decref(conds);
		json_decref(port);
		return NULL;
	}
	return json_pack("{s:s,s:o*,s:s*,s:o*,s:o,s:s,s:s,s:o,s:o,s:O,s:o}", "host", h->host, "port", port, "gateway",
			 own ? own->gateway : NULL, "nodePort", own ? json_integer(own->scope) : NULL, "path",
			 TEXT(ing_show_safe(&b, path_text(p))), "type", match_names[p->match], "ingress", r->owner,
			 "conditions", conds, "backends", backends, "certificate", cert, "notes",
			 TEXT(rule_notes(&b, t, h, r)));
}

static int add_routes(const struct ing_show *w, json_t *routes, json_t *owners)
{
	for (size_t i = 0; i < w->table->n_hosts; i++) {
		const struct ing_host *h = &w->table->hosts[i];
		if (!show_has_host(w, h))
			continue;
		AUTO_JSON json_t *cert = cert_json(w, h);
		for (size_t j = 0; j < h->n_paths; j++)
			for (size_t k = 0; k < h->paths[j].n_rules; k++) {
				const struct ing_rule *r = &h->paths[j].rules[k];
				if (!show_has_owner(w, r->owner))
					continue;
				if (!cert || json_object_set_new(owners, r->owner, json_true()) < 0 ||
				    json_array_append_new(routes, route_json(w, h, cert, &h->paths[j], r)) < 0)
					return -ENOMEM;
			}
	}
	return 0;
}

int ing_show_json(const struct ing_show *w, struct buf *out, struct err *e)
{
	const struct ing_table *t = w->table;
	AUTO_JSON json_t *owners = json_object();
	AUTO_JSON json_t *all =
	    json_pack("{s:[],s:o,s:o,s:o,s:o,s:o,s:[],s:o,s:[]}", "routes", "services", show_services(w), "gateways",
		      show_listeners(w), "httproutes", show_httproutes(w), "certificates", show_certificates(w),
		      "nodes", show_nodes(w), "findings", "unserved", show_unserved(w), "ingresses");
	json_t *findings = json_object_get(all, "findings"), *ingresses = json_object_get(all, "ingresses");
	bool good = all && owners && add_routes(w, json_object_get(all, "routes"), owners) == 0;

	for (size_t i = 0; good && i < t->n_findings; i++) {
		const struct ing_finding *f = &t->findings[i];
		if (show_has_finding(w, f, owners))
			good = json_array_append_new(findings, json_pack("{s:s,s:s,s:o}", "ingress", f->ingress,
									 "reason", f->reason, "message",
									 TEXT(ing_show_safe(&b, f->message)))) == 0;
	}
	for (size_t i = 0; good && i < t->n_served; i++)
		if (show_has_owner(w, t->served[i]) && (!w->host || json_object_get(owners, t->served[i])))
			good = json_array_append_new(ingresses, json_string(t->served[i])) == 0;
	if (!good)
		return err_nomem(e);
	json_encode_buf(all, out);
	buf_addc(out, '\n');
	return buf_failed(out) ? err_nomem(e) : 0;
}
