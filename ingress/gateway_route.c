/* HTTPRoutes to records: what requests match, where they go, and what of it cannot be had. */
#include <errno.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/gateway_records.h"
#include "ingress/grammar.h"

static int cond_add(struct gw_match *m, enum tf_cond_kind kind, const char *name, const char *value)
{
	struct ing_cond *c = REC_GROW(m->conds, m->n_conds);

	if (!c)
		return -ENOMEM;
	c->kind = kind;
	c->name = str_dup(name ? name : "");
	c->value = str_dup(value);
	return c->name && c->value ? 0 : -ENOMEM;
}

/* The value as a whole must match: what "RegularExpression" means to most. 0, 1 with a fault, -ENOMEM. */
static int value_add(struct gw_match *m, const json_t *o, enum tf_cond_kind exact, enum tf_cond_kind regex,
		     const char *where, struct gw_fault *fault)
{
	const char *name = json_str_or(o, "name", ""), *value = json_str_or(o, "value", ""),
		   *type = json_str_or(o, "type", "Exact");

	for (size_t i = 0; i < m->n_conds; i++) /* of a name that stands twice the first counts */
		if ((m->conds[i].kind == exact || m->conds[i].kind == regex) &&
		    (exact == TF_HEADER ? strcasecmp(m->conds[i].name, name) : strcmp(m->conds[i].name, name)) == 0)
			return 0;
	if (streq(type, "Exact"))
		return cond_add(m, exact, name, value);
	const char *bad = streq(type, "RegularExpression") ? regex_fault(value) : "this way to match is not known";
	if (bad) {
		int code = gw_fault_set(fault, "UnsupportedValue", "%s: \"%.100s\": %s", where, name, bad);
		return code ? code : 1;
	}
	AUTO_FREE char *whole = str_fmt("^(?:%s)$", value);
	return whole ? cond_add(m, regex, name, whole) : -ENOMEM;
}

/* 0, 1 when it is left out with a fault, -ENOMEM. */
static int match_parse(struct gw_match *m, const json_t *o, const char *where, struct gw_fault *fault)
{
	const char *type = json_str_or(o, "path.type", "PathPrefix"), *value = json_str_or(o, "path.value", "/"), *why,
		   *method = json_str(o, "method");
	const json_t *c;
	size_t i;
	int code = 0;

	m->match = streq(type, "Exact") ? ING_EXACT : streq(type, "RegularExpression") ? ING_REGEX : ING_PREFIX;
	if (m->match == ING_PREFIX && !streq(type, "PathPrefix")) {
		code = gw_fault_set(fault, "UnsupportedValue", "%s: path type %.60s is not supported", where, type);
		return code ? code : 1;
	}
	why = m->match == ING_REGEX ? regex_fault(value) : NULL;
	if (m->match != ING_REGEX)
		m->path = path_decode(value, m->match, &why);
	else if (!why) /* all of the path, and as it is written; the module alone would ignore case */
		m->path = str_fmt("(?-i:%s)$", value);
	if (!m->path) {
		code =
		    why ? gw_fault_set(fault, "UnsupportedValue", "%s: path %.100s: %s", where, value, why) : -ENOMEM;
		return code ? code : 1;
	}
	if (method) {
		m->method = true;
		code = cond_add(m, TF_METHOD, NULL, method);
	}
	json_array_foreach (json_object_get(o, "headers"), i, c)
		code = code ? code : value_add(m, c, TF_HEADER, TF_HEADER_REGEX, where, fault);
	m->headers = (unsigned)(m->n_conds - m->method);
	json_array_foreach (json_object_get(o, "queryParams"), i, c)
		code = code ? code : value_add(m, c, TF_QUERY, TF_QUERY_REGEX, where, fault);
	m->params = (unsigned)(m->n_conds - m->method) - m->headers;
	return code;
}

static void match_done(struct gw_match *m)
{
	for (size_t i = 0; i < m->n_conds; i++) {
		free(m->conds[i].name);
		free(m->conds[i].value);
	}
	free(m->conds);
	free(m->path);
	*m = (struct gw_match){0};
}

/* A match that is faulty matches nothing: its rule must not get wider by it. */
static int matches_parse(struct gw_rule *r, const json_t *list, const char *where, size_t *total)
{
	AUTO_JSON json_t *all = json_array_size(list) ? NULL : json_pack("[{}]");
	const json_t *o;
	size_t i;

	if (!json_array_size(list) && !all)
		return -ENOMEM;
	json_array_foreach (all ? all : (json_t *)(uintptr_t)list, i, o) {
		if (++*total > GATEWAY_MATCHES_MAX)
			return gw_fault_set(&r->fault, "UnsupportedValue", "%s: more than %d matches in one route",
					    where, GATEWAY_MATCHES_MAX);
		struct gw_match *m = REC_GROW(r->matches, r->n_matches);
		int code = m ? match_parse(m, o, where, &r->fault) : -ENOMEM;
		if (code < 0)
			return code;
		if (code > 0)
			match_done(&r->matches[--r->n_matches]);
	}
	return 0;
}

/* GEP-2257: "1h30m", "250ms". -1: none. */
static int64_t duration_ms(const char *s)
{
	static const struct {
		const char *unit;
		int64_t ms;
	} units[] = {{"ms", 1}, {"h", 3600000}, {"m", 60000}, {"s", 1000}};
	int64_t sum = 0;

	for (int part = 0; *s; part++) {
		int64_t n = 0;
		size_t digits = strspn(s, "0123456789"), k;
		for (size_t i = 0; i < digits && i < 5; i++)
			n = n * 10 + (s[i] - '0');
		s += digits;
		for (k = 0; k < ARRAY_LEN(units) && !str_has_prefix(s, units[k].unit); k++)
			;
		if (!digits || digits > 5 || k == ARRAY_LEN(units) || part == 4)
			return -1;
		s += strlen(units[k].unit);
		sum += n * units[k].ms;
	}
	return sum;
}

#define TIMEOUT_MAX INT64_C(2147483647) /* ms; what nginx can count: 24 days */

static int timeouts_parse(struct gw_rule *r, const json_t *o, const char *where)
{
	static const enum ing_opt each[] = {OPT_CONNECT_TIMEOUT, OPT_SEND_TIMEOUT, OPT_READ_TIMEOUT};
	const char *request = json_str(o, "request"), *backend = json_str(o, "backendRequest");
	int64_t whole = request ? duration_ms(request) : 0, one = backend ? duration_ms(backend) : 0;
	int code = 0;

	if (whole < 0 || one < 0 || whole > TIMEOUT_MAX || one > TIMEOUT_MAX)
		return gw_fault_set(&r->fault, "UnsupportedValue",
				    "%s: timeouts must be durations like 10s or 1m30s, below 24 days", where);
	if (whole && one > whole)
		return gw_fault_set(&r->fault, "UnsupportedValue", "%s: backendRequest is longer than request", where);
	if (whole)
		code = gw_option_add(&r->options, OPT_REQUEST_TIMEOUT, whole, NULL, NULL);
	/* Where only the whole is said, a try may last as long; less than nginx' minute it is the whole's timer that ends it. */
	bool tries = backend || (request && (!whole || whole > 60000));
	one = backend ? one : whole;
	/* 0: as long as it takes. */
	for (size_t i = 0; !code && tries && i < ARRAY_LEN(each); i++)
		code = each[i] == OPT_CONNECT_TIMEOUT && (!one || one > 5000)
			   ? 0
			   : gw_option_add(&r->options, each[i], one ? one : TIMEOUT_MAX, NULL, NULL);
	return code;
}

static int backend_parse(struct gw_rule *r, const json_t *o, const char *where)
{
	int64_t weight = json_int_or(o, "weight", 1);
	struct gw_backend *b = REC_GROW(r->backends, r->n_backends);

	if (!b || gw_ref_parse(&b->ref, o, "", "Service") < 0)
		return -ENOMEM;
	b->weight = (uint32_t)(weight < 0 ? 0 : weight > 1000000 ? 1000000 : weight);
	return gw_filters_parse(json_object_get(o, "filters"), NULL, b, where, &r->fault);
}

static int rule_parse(struct gw_rule *r, const json_t *o, size_t nth, size_t *total)
{
	const json_t *b;
	char where[40];
	size_t i;

	(void)snprintf(where, sizeof(where), "rule %zu", nth);
	int code = matches_parse(r, json_object_get(o, "matches"), where, total);
	code = code ? code : gw_filters_parse(json_object_get(o, "filters"), r, NULL, where, &r->fault);
	code = code ? code : timeouts_parse(r, json_object_get(o, "timeouts"), where);
	json_array_foreach (json_object_get(o, "backendRefs"), i, b)
		code = code ? code : backend_parse(r, b, where);
	if (!code && r->redirect && r->n_backends)
		code = gw_fault_set(&r->fault, "IncompatibleFilters",
				    "%s: a rule with RequestRedirect has no backendRefs", where);
	/* Requests are passed on as they come, of any size. */
	code = code ? code : gw_option_add(&r->options, OPT_BODY_MAX, 0, NULL, NULL);
	return code ? code : gw_option_add(&r->options, OPT_REQUEST_BUFFERING, 0, NULL, NULL);
}

static int parent_parse(struct gw_route *r, const json_t *o)
{
	const char *section = json_str(o, "sectionName");
	struct gw_parent *p = REC_GROW(r->parents, r->n_parents);

	if (!p || gw_ref_parse(&p->ref, o, GATEWAY_GROUP, "Gateway") < 0)
		return -ENOMEM;
	p->section = str_dup(section);
	p->raw = json_deep_copy(o);
	return (!section || p->section) && p->raw ? 0 : -ENOMEM;
}

static int route_parse(struct gw_route *r, const json_t *o)
{
	AUTO_JSON json_t *all = json_pack("[{}]");
	const json_t *spec = json_object_get(o, "spec"), *rules = json_object_get(spec, "rules"), *x;
	size_t i, matches = 0;

	json_array_foreach (json_dot(o, "status.parents"), i, x)
		r->told = r->told || streq(json_str(x, "controllerName"), GATEWAY_CONTROLLER);
	json_array_foreach (json_object_get(spec, "hostnames"), i, x) {
		const char *host = json_string_value(x) ? json_string_value(x) : "";
		/* A hostname that is none must not make the route one for all hosts. */
		if (!grammar_hostname(host, true))
			host = "";
		char **slot = REC_GROW(r->hosts, r->n_hosts);
		if (!slot || !(*slot = str_dup(host)))
			return -ENOMEM;
	}
	json_array_foreach (json_object_get(spec, "parentRefs"), i, x)
		if (parent_parse(r, x) < 0)
			return -ENOMEM;
	if (!all)
		return -ENOMEM;
	json_array_foreach (json_array_size(rules) ? (json_t *)(uintptr_t)rules : all, i, x) {
		struct gw_rule *rule = REC_GROW(r->rules, r->n_rules);
		if (!rule || rule_parse(rule, x, i, &matches) < 0)
			return -ENOMEM;
	}
	return 0;
}

struct gw_route *gw_route_new(const char *ns, const char *name, const json_t *o)
{
	struct gw_route *r = calloc(1, sizeof(*r));

	if (!r)
		return NULL;
	r->ns = str_dup(ns);
	r->name = str_dup(name);
	r->key = str_fmt("%s/%s", ns, name);
	r->created = gw_created(o);
	r->generation = obj_generation(o);
	if (!r->ns || !r->name || !r->key || route_parse(r, o) < 0) {
		gw_route_free(r);
		return NULL;
	}
	return r;
}

static void rule_done(struct gw_rule *r)
{
	for (size_t i = 0; i < r->n_matches; i++)
		match_done(&r->matches[i]);
	for (size_t i = 0; i < r->n_backends; i++) {
		gw_ref_done(&r->backends[i].ref);
		gw_options_done(&r->backends[i].options);
	}
	for (size_t i = 0; i < r->n_mirrors; i++) {
		gw_ref_done(&r->mirrors[i].ref);
		free(r->mirrors[i].share);
	}
	gw_options_done(&r->options);
	free(r->matches);
	free(r->backends);
	free(r->mirrors);
	free(r->fault.message);
}

void gw_route_free(void *p)
{
	struct gw_route *r = p;

	for (size_t i = 0; i < r->n_hosts; i++)
		free(r->hosts[i]);
	for (size_t i = 0; i < r->n_parents; i++) {
		gw_ref_done(&r->parents[i].ref);
		free(r->parents[i].section);
		json_decref(r->parents[i].raw);
	}
	for (size_t i = 0; i < r->n_rules; i++)
		rule_done(&r->rules[i]);
	free(r->hosts);
	free(r->parents);
	free(r->rules);
	free(r->ns);
	free(r->name);
	free(r->key);
	free(r);
}
