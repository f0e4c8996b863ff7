/* The routing table for people: rows of text, or JSON. */
#include "ingress/show.h"
#include <inttypes.h>
#include <stdio.h>
#include "base/json.h"
#include "base/str.h"
#include "wire/cert.h"

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

static void host_text(struct buf *b, const struct ing_host *h)
{
	ing_show_safe(b, h->host);
	if (h->scope)
		buf_addf(b, ":%u", h->scope);
}

/* What TLS shows for a host: its own server, else the wildcard that stands for it. NULL: the default certificate. */
static const struct ing_server *server_of(const struct ing_table *t, const struct ing_host *h)
{
	const struct ing_server *best = NULL;

	for (size_t i = 0; i < t->n_servers; i++) {
		const struct ing_server *s = &t->servers[i];
		const char *dot = strchr(h->host, '.');
		if (s->scope != h->scope)
			continue;
		if (streq(s->name, "*") && !best)
			best = s;
		if (streq(s->name, h->host))
			return s;
		if (str_has_prefix(s->name, "*.") && dot &&
		    (h->scope ? str_has_suffix(h->host, s->name + 1) : streq(dot, s->name + 1)) &&
		    (!best || strlen(s->name) > strlen(best->name)))
			best = s;
	}
	return best;
}

/* Days that the first certificate of the chain is good for still; false: it cannot be read. */
static bool expiry(const struct ing_server *s, time_t now, char when[TIME_STR_MAX], int64_t *ret_days)
{
	struct cert_info info = {0};

	if (!s->cert_pem || cert_inspect(&info, s->cert_pem->text, NULL) < 0)
		return false;
	time_format(info.not_after, when);
	*ret_days = ((int64_t)info.not_after - (int64_t)now) / 86400;
	bool over = info.not_after <= now;
	cert_info_done(&info);
	if (over)
		*ret_days = -1;
	return true;
}

static void cert_text(struct buf *b, const struct ing_server *s, time_t now)
{
	char when[TIME_STR_MAX];
	int64_t days;

	if (!s || !s->cert_pem) {
		buf_adds(b, "default");
		return;
	}
	ing_show_safe(b, s->secret);
	if (!expiry(s, now, when, &days))
		buf_adds(b, " (unreadable)");
	else if (days < 0)
		buf_addf(b, " (EXPIRED %.10s)", when);
	else
		buf_addf(b, " (%.10s, %" PRId64 " d)", when, days);
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

/* What a policy does that a reader of routes wants to see. No secrets. */
static void policy_text(struct buf *b, const struct ing_policy *p)
{
	bool allow = false, deny = false, mirror = false;

	for (size_t i = 0; i < p->n_options; i++) {
		const struct ing_option *o = &p->options[i];
		const char *word = NULL, *what = NULL;
		switch (o->opt) {
		case OPT_REFUSED:
			word = "refused (503)";
			break;
		case OPT_HTTPS_REDIRECT:
			word = "http to https";
			break;
		case OPT_REDIRECT:
		case OPT_REDIRECT_TO:
			word = "redirect ";
			what = o->a;
			break;
		case OPT_REDIRECT_PARTS:
			word = "redirect";
			break;
		case OPT_APP_ROOT:
			word = "/ to ";
			what = o->a;
			break;
		case OPT_ALLOW:
			word = allow ? NULL : "allow list";
			allow = true;
			break;
		case OPT_DENY:
			word = deny ? NULL : "deny list";
			deny = true;
			break;
		case OPT_BASIC:
			word = "password";
			break;
		case OPT_AUTH_URL:
			word = "asks ";
			what = o->a;
			break;
		case OPT_CLIENT_CERT:
			word = o->num == ING_VERIFY_OFF ? NULL : "client certificate";
			break;
		case OPT_PROTOCOL: {
			static const char *const names[] = {NULL, "HTTPS backend", "gRPC backend",
							    "gRPC over TLS backend"};
			word = o->num >= 0 && (size_t)o->num < ARRAY_LEN(names) ? names[o->num] : NULL;
			break;
		}
		case OPT_REWRITE:
		case OPT_REWRITE_PATH:
		case OPT_REWRITE_PREFIX:
			word = "rewritten to ";
			what = o->a;
			break;
		case OPT_COOKIE:
			word = "sticky by cookie ";
			what = o->a;
			break;
		case OPT_MIRROR:
			word = mirror ? NULL : "mirrored";
			mirror = true;
			break;
		default:
			break;
		}
		if (!word)
			continue;
		buf_addf(b, "%s%s", b->len ? ", " : "", word);
		if (what)
			ing_show_safe(b, what);
	}
}

static void rule_text(struct buf *b, const struct ing_table *t, const struct ing_rule *r, const struct ing_target *g)
{
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
	if (r->policy < t->n_policies)
		policy_text(b, &t->policies[r->policy]);
	if (g && g->policy < t->n_policies)
		policy_text(b, &t->policies[g->policy]);
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

struct grid {
	struct buf text; /* cells, each with its NUL */
	size_t width[COLUMNS];
	size_t n;
};

static size_t letters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static void cell(struct grid *g, const struct buf *b)
{
	const char *s = b->len ? b->data : "-";
	size_t n = letters(s);
	enum { WIDEST = 60 }; /* of one that makes all others wide */

	if (n <= WIDEST && n > g->width[g->n % COLUMNS])
		g->width[g->n % COLUMNS] = n;
	buf_add(&g->text, s, strlen(s) + 1);
	g->n++;
}

#define CELL(g, call)                                                                                                  \
	do {                                                                                                           \
		AUTO_BUF struct buf b = {0};                                                                           \
		call;                                                                                                  \
		if (buf_failed(&b))                                                                                    \
			(g)->text.failed = true;                                                                       \
		else                                                                                                   \
			cell((g), &b);                                                                                 \
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

static void row(struct grid *out, const struct ing_table *t, const struct ing_host *h, const struct buf *cert,
		const struct ing_path *p, const struct ing_rule *r, const struct ing_target *g)
{
	CELL(out, host_text(&b, h));
	CELL(out, ing_show_safe(&b, path_text(p)));
	CELL(out, buf_adds(&b, match_names[p->match]));
	CELL(out, backend_text(&b, t, g));
	CELL(out, ready_text(&b, t, g));
	CELL(out, buf_add(&b, cert->data, cert->len));
	CELL(out, ing_show_safe(&b, r->owner));
	CELL(out, rule_text(&b, t, r, g));
}

static void print_grid(const struct grid *g, struct buf *out)
{
	const char *p = g->text.data;

	for (size_t i = 0; i + 1 < COLUMNS; i++)
		buf_addf(out, "%-*s  ", (int)g->width[i], titles[i]);
	buf_addf(out, "%s\n", titles[COLUMNS - 1]);
	for (size_t i = 0; i < g->n; i++, p += strlen(p) + 1) {
		size_t n = letters(p), c = i % COLUMNS;
		buf_adds(out, p);
		for (; c + 1 < COLUMNS && n < g->width[c] + 2; n++)
			buf_addc(out, ' ');
		if (c + 1 < COLUMNS && n > g->width[c] + 2)
			buf_adds(out, "  ");
		if (c + 1 == COLUMNS)
			buf_addc(out, '\n');
	}
}

int ing_show_text(const struct ing_table *t, time_t now, struct buf *out, struct err *e)
{
	struct grid g = {0};

	for (size_t i = 0; i < COLUMNS; i++)
		g.width[i] = strlen(titles[i]);
	for (size_t i = 0; i < t->n_hosts; i++) {
		const struct ing_host *h = &t->hosts[i];
		AUTO_BUF struct buf cert = {0};
		const struct ing_server *s = server_of(t, h);
		if (s || !h->scope) /* a Gateway's port without any is one of HTTP */
			cert_text(&cert, s, now);
		for (size_t j = 0; j < h->n_paths; j++)
			for (size_t k = 0; k < h->paths[j].n_rules; k++) {
				const struct ing_rule *r = &h->paths[j].rules[k];
				if (!r->n_targets)
					row(&g, t, h, &cert, &h->paths[j], r, NULL);
				for (size_t l = 0; l < r->n_targets; l++)
					row(&g, t, h, &cert, &h->paths[j], r, &r->targets[l]);
			}
	}
	if (buf_failed(&g.text))
		return err_nomem(e);
	if (g.n)
		print_grid(&g, out);
	else
		buf_adds(out, "there are no routes\n");
	buf_done(&g.text);
	for (size_t i = 0; i < t->n_findings; i++) {
		buf_adds(out, i ? "" : "\n");
		ing_show_safe(out, t->findings[i].ingress);
		buf_addf(out, ": %s: ", t->findings[i].reason);
		ing_show_safe(out, t->findings[i].message);
		buf_addc(out, '\n');
	}
	return buf_failed(out) ? err_nomem(e) : 0;
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

static json_t *target_json(const struct ing_table *t, const struct ing_target *g)
{
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
	return json_pack("{s:s,s:I,s:b,s:I,s:o,s:o*}", "backend", be->key, "weight", (json_int_t)g->weight, "canary",
			 g->canary, "ready", (json_int_t)be->n_eps, "endpoints", eps, "external", external);
}

static json_t *cert_json(const struct ing_server *s, time_t now)
{
	char when[TIME_STR_MAX];
	int64_t days;

	if (!s || !s->cert_pem)
		return json_null();
	if (!expiry(s, now, when, &days))
		return json_pack("{s:s?,s:s,s:n}", "secret", s->secret, "name", s->name, "expires");
	return json_pack("{s:s?,s:s,s:s,s:I}", "secret", s->secret, "name", s->name, "expires", when, "daysLeft",
			 (json_int_t)days);
}

static json_t *route_json(const struct ing_table *t, const struct ing_host *h, json_t *cert, const struct ing_path *p,
			  const struct ing_rule *r)
{
	json_t *backends = json_array(), *conds = json_array(), *port = h->scope ? json_integer(h->scope) : NULL;
	bool good = backends && conds;

	for (size_t i = 0; good && i < r->n_targets; i++)
		good = json_array_append_new(backends, target_json(t, &r->targets[i])) == 0;
	for (size_t i = 0; good && i < r->n_conds; i++)
		good = json_array_append_new(conds, TEXT(cond_text(&b, &r->conds[i]))) == 0;
	if (!good) {
		json_decref(backends);
		json_decref(conds);
		json_decref(port);
		return NULL;
	}
	return json_pack("{s:s,s:o*,s:o,s:s,s:s,s:o,s:o,s:O,s:o}", "host", h->host, "port", port, "path",
			 TEXT(ing_show_safe(&b, path_text(p))), "type", match_names[p->match], "ingress", r->owner,
			 "conditions", conds, "backends", backends, "certificate", cert, "notes",
			 TEXT(if (r->policy < t->n_policies) policy_text(&b, &t->policies[r->policy])));
}

int ing_show_json(const struct ing_table *t, time_t now, struct buf *out, struct err *e)
{
	AUTO_JSON json_t *all = json_pack("{s:[],s:[],s:[]}", "routes", "findings", "ingresses");
	json_t *routes = json_object_get(all, "routes"), *findings = json_object_get(all, "findings"),
	       *ingresses = json_object_get(all, "ingresses");
	bool good = all != NULL;

	for (size_t i = 0; good && i < t->n_hosts; i++) {
		const struct ing_host *h = &t->hosts[i];
		AUTO_JSON json_t *cert = cert_json(server_of(t, h), now);
		good = cert != NULL;
		for (size_t j = 0; good && j < h->n_paths; j++)
			for (size_t k = 0; good && k < h->paths[j].n_rules; k++)
				good = json_array_append_new(
					   routes, route_json(t, h, cert, &h->paths[j], &h->paths[j].rules[k])) == 0;
	}
	for (size_t i = 0; good && i < t->n_findings; i++)
		good = json_array_append_new(findings, json_pack("{s:s,s:s,s:o}", "ingress", t->findings[i].ingress,
								 "reason", t->findings[i].reason, "message",
								 TEXT(ing_show_safe(&b, t->findings[i].message)))) == 0;
	for (size_t i = 0; good && i < t->n_served; i++)
		good = json_array_append_new(ingresses, json_string(t->served[i])) == 0;
	if (!good)
		return err_nomem(e);
	json_encode_buf(all, out);
	buf_addc(out, '\n');
	return buf_failed(out) ? err_nomem(e) : 0;
}
