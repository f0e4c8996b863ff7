/* A request's way through the table: host, path, conditions, weights. */
#include "ingress/module/policy.h"
#include "ingress/module/match.h"

/* --- what conditions look at --- */

bool mk_header_find(ngx_http_request_t *r, ngx_str_t lower, ngx_str_t *value)
{
	ngx_list_part_t *part = &r->headers_in.headers.part;

	for (; part; part = part->next) {
		ngx_table_elt_t *h = part->elts;
		for (ngx_uint_t i = 0; i < part->nelts; i++)
			if (h[i].hash && h[i].key.len == lower.len &&
			    ngx_strncasecmp(h[i].key.data, lower.data, lower.len) == 0) {
				*value = h[i].value;
				return true;
			}
	}
	return false;
}

/* In the list of "name=value" that sep parts. */
static bool pair_find(ngx_str_t list, u_char sep, ngx_str_t name, ngx_str_t *value)
{
	u_char *p = list.data, *end = list.data + list.len;

	while (p < end) {
		u_char *stop = ngx_strlchr(p, end, sep), *eq;
		while (p < end && *p == ' ')
			p++;
		stop = stop ? stop : end;
		eq = p < stop ? ngx_strlchr(p, stop, '=') : NULL;
		if (eq && (size_t)(eq - p) == name.len && ngx_memcmp(p, name.data, name.len) == 0) {
			value->data = eq + 1;
			value->len = (size_t)(stop - eq - 1);
			while (value->len && value->data[value->len - 1] == ' ')
				value->len--;
			return true;
		}
		p = stop + 1;
	}
	return false;
}

bool mk_cookie_find(ngx_http_request_t *r, ngx_str_t name, ngx_str_t *value)
{
	ngx_list_part_t *part = &r->headers_in.headers.part;

	for (; part; part = part->next) {
		ngx_table_elt_t *h = part->elts;
		for (ngx_uint_t i = 0; i < part->nelts; i++)
			if (h[i].key.len == 6 && ngx_strncasecmp(h[i].key.data, (u_char *)"cookie", 6) == 0 &&
			    pair_find(h[i].value, ';', name, value))
				return true;
	}
	return false;
}

static int hex(u_char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* Percent-encoding and "+" undone, into a copy where there is any. false: no memory. */
static bool query_decode(ngx_http_request_t *r, ngx_str_t *s)
{
	u_char *to, *from = s->data, *end = s->data + s->len;

	if (!ngx_strlchr(from, end, '%') && !ngx_strlchr(from, end, '+'))
		return true;
	to = ngx_pnalloc(r->pool, s->len);
	if (!to)
		return false;
	s->data = to;
	for (; from < end; from++) {
		if (*from == '%' && end - from > 2 && hex(from[1]) >= 0 && hex(from[2]) >= 0) {
			*to++ = (u_char)(hex(from[1]) << 4 | hex(from[2]));
			from += 2;
		} else {
			*to++ = *from == '+' ? ' ' : *from;
		}
	}
	s->len = (size_t)(to - s->data);
	return true;
}

/* 1: there is an argument of that name, the first of them in value; 0: none; -1: no memory. */
static int query_find(ngx_http_request_t *r, ngx_str_t name, ngx_str_t *value)
{
	u_char *p = r->args.data, *end = p + r->args.len;

	while (p < end) {
		u_char *stop = ngx_strlchr(p, end, '&'), *eq;
		ngx_str_t k, v = ngx_null_string;
		stop = stop ? stop : end;
		eq = p < stop ? ngx_strlchr(p, stop, '=') : NULL;
		k.data = p;
		k.len = (size_t)((eq ? eq : stop) - p);
		if (eq) {
			v.data = eq + 1;
			v.len = (size_t)(stop - eq - 1);
		}
		p = stop + 1;
		if (!query_decode(r, &k))
			return -1;
		if (k.len != name.len || ngx_memcmp(k.data, name.data, k.len) != 0)
			continue;
		if (!query_decode(r, &v))
			return -1;
		*value = v;
		return 1;
	}
	return 0;
}

static bool same(ngx_str_t a, ngx_str_t b)
{
	return a.len == b.len && ngx_memcmp(a.data, b.data, a.len) == 0;
}

/* 1: it holds, 0: it does not; an error of nginx. */
static ngx_int_t cond_holds(ngx_http_request_t *r, struct mk_ctx *x, struct mk_main_conf *m, const struct tf_cond *c)
{
	ngx_str_t name = mk_str(x->table, c->name), want = mk_str(x->table, c->value), value = ngx_null_string;
	uint32_t index = (uint32_t)(c - (const struct tf_cond *)tf_at(x->table->map, TF_CONDS));
	int found;

	switch ((enum tf_cond_kind)c->kind) {
	case TF_METHOD:
		return same(r->method_name, want);
	case TF_HEADER:
		return mk_header_find(r, name, &value) && same(value, want);
	case TF_HEADER_ANY:
		return mk_header_find(r, name, &value);
	case TF_HEADER_REGEX:
		return mk_header_find(r, name, &value) ? mk_match_cond(m, x->table, index, value, r->connection->log)
						       : 0;
	case TF_QUERY:
	case TF_QUERY_REGEX:
		found = query_find(r, name, &value);
		if (found < 0)
			return NGX_ERROR;
		if (!found || c->kind == TF_QUERY)
			return found && same(value, want);
		return mk_match_cond(m, x->table, index, value, r->connection->log);
	case TF_COOKIE:
		return mk_cookie_find(r, name, &value) && same(value, want);
	}
	return NGX_ERROR;
}

/* --- routing --- */

/* What an Ingress has in a Gateway's host is for the names that Ingress knows the host by: "*" is one label to it, and an
 * exact host is a whole by itself. */
static bool guest_may(ngx_http_request_t *r, const struct mk_ctx *x)
{
	ngx_str_t name = r->headers_in.server, host = mk_str(x->table, x->host->name);
	ngx_uint_t labels = 0;

	if (x->fell || !x->host->deep)
		return !x->fell;
	for (size_t i = 0; i < name.len; i++)
		labels += name.data[i] == '.';
	for (size_t i = 0; i < host.len; i++)
		labels -= host.data[i] == '.';
	return !labels;
}

/* The first rule of the path whose conditions hold, into x->rule. NGX_DECLINED: none. */
static ngx_int_t rule_choose(ngx_http_request_t *r, struct mk_ctx *x, struct mk_main_conf *m, const struct tf_path *p)
{
	const struct tf_rule *rule = (const struct tf_rule *)tf_at(x->table->map, TF_RULES) + p->rules.first;
	const struct tf_cond *conds = tf_at(x->table->map, TF_CONDS);

	for (uint32_t i = 0; i < p->rules.n; i++, rule++) {
		ngx_int_t holds = !rule->guest || guest_may(r, x);
		for (uint32_t k = 0; holds == 1 && k < rule->conds.n; k++)
			holds = cond_holds(r, x, m, &conds[rule->conds.first + k]);
		if (holds < 0)
			return holds;
		if (holds) {
			x->path = p;
			x->rule = rule;
			return NGX_OK;
		}
	}
	return NGX_DECLINED;
}

static bool path_matches(const struct mk_table *t, const struct tf_path *p, ngx_str_t uri)
{
	ngx_str_t s = mk_str(t, p->path);

	if (p->match == TF_DEFAULT)
		return true;
	if (p->match == TF_REGEX || s.len > uri.len || ngx_memcmp(s.data, uri.data, s.len) != 0)
		return false;
	return s.len == uri.len || (p->match == TF_PREFIX && uri.data[s.len] == '/');
}

/*
 * Each expression has an end of its own, but a host may have thousands of them, and a worker does nothing else meanwhile: all of
 * them together have this much of the processor. What was compiled by then is there for the next request.
 */
#define CHOICE_US   50000
#define CHOICE_EACH 16 /* expressions between looks at the clock */

static int64_t used_us(void)
{
	struct timespec ts;

	return clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts) == 0 ? (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000 : 0;
}

static ngx_int_t regex_choose(ngx_http_request_t *r, struct mk_ctx *x, struct mk_main_conf *m)
{
	const struct tf_path *paths = tf_at(x->table->map, TF_PATHS);
	int64_t until = x->host->paths.n > CHOICE_EACH ? used_us() + CHOICE_US : 0;

	for (uint32_t i = x->host->paths.first, n = x->host->paths.n; n; i++, n--) {
		ngx_int_t rc;
		if (until && n % CHOICE_EACH == 0 && used_us() > until) {
			ngx_str_t name = mk_str(x->table, x->host->name);
			ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
				      "minik: the expressions of host %V take more than %d ms for one request: it is refused",
				      &name, CHOICE_US / 1000);
			return NGX_ERROR;
		}
		if (paths[i].match == TF_REGEX) {
			rc = mk_match_path(r, m, x, i);
		} else {
			rc = path_matches(x->table, &paths[i], r->uri);
			x->n_captures = 0;
		}
		if (rc == 1)
			rc = rule_choose(r, x, m, &paths[i]);
		else if (rc == 0)
			continue;
		if (rc != NGX_DECLINED)
			return rc;
	}
	return NGX_DECLINED;
}

/* Where none of a path's rules holds, the next shorter path has its turn. */
static ngx_int_t path_choose(ngx_http_request_t *r, struct mk_ctx *x, struct mk_main_conf *m)
{
	const struct mk_table *t = x->table;
	const struct tf_path *p = table_match_path(t->map, x->host, (const char *)r->uri.data, r->uri.len), *end;
	ngx_int_t rc;

	if (!p)
		return NGX_DECLINED;
	rc = rule_choose(r, x, m, p);
	end = (const struct tf_path *)tf_at(t->map, TF_PATHS) + x->host->paths.first + x->host->paths.n;
	while (rc == NGX_DECLINED && ++p < end)
		if (path_matches(t, p, r->uri))
			rc = rule_choose(r, x, m, p);
	return rc;
}

static const struct tf_path *last_resort(const struct mk_table *t, uint32_t scope)
{
	const struct tf_host *any = scope ? table_find_host(t->map, scope & ~TABLE_ALONE, "*", 1) : NULL;
	const struct tf_path *p = any ? table_default_path(t->map, any) : NULL;

	if (p || scope & TABLE_ALONE)
		return p;
	any = table_find_host(t->map, 0, "*", 1);
	return any ? table_default_path(t->map, any) : NULL;
}

static ngx_int_t rule_find(ngx_http_request_t *r, struct mk_ctx *x, struct mk_main_conf *m, uint32_t scope)
{
	const struct tf_host *hosts = tf_at(x->table->map, TF_HOSTS);
	ngx_str_t host = r->headers_in.server;
	const struct tf_path *p;
	ngx_int_t rc = NGX_DECLINED;

	x->host = table_match_host(x->table->map, scope, (const char *)host.data, host.len);
	for (const struct tf_host *next = x->host; next && rc == NGX_DECLINED;
	     next = next->falls ? table_wider_host(x->table->map, next) : NULL) {
		x->fell = x->host != next;
		x->host = next;
		rc = next->regex ? regex_choose(r, x, m) : path_choose(r, x, m);
	}
	/* What a Gateway has is not Ingress' to answer. */
	if (rc != NGX_DECLINED || (x->host && x->host->scope))
		return rc;
	p = last_resort(x->table, scope);
	if (!p)
		return NGX_DECLINED;
	x->host = &hosts[p->host];
	x->fell = 0;
	x->n_captures = 0;
	return rule_choose(r, x, m, p);
}

/*
 * A connection is for the Gateway's listener that its SNI names: a request for a host of another one has come the wrong
 * way (a client that uses one connection for all names of a certificate), and the client is to make another connection.
 */
static bool misdirected(ngx_http_request_t *r, const struct mk_table *t, uint32_t scope)
{
	const char *said =
	    r->connection->ssl ? SSL_get_servername(r->connection->ssl->connection, TLSEXT_NAMETYPE_host_name) : NULL;
	ngx_str_t host = r->headers_in.server;
	const struct tf_server *by_host, *by_name;
	u_char name[TF_NAME_MAX];
	size_t n = said ? ngx_strlen(said) : 0;

	if (n && said[n - 1] == '.')
		n--;
	if (!n || n > sizeof(name) || !(tf_head(t->map)->flags & TF_SCOPED) ||
	    (n == host.len && ngx_strncasecmp(host.data, (u_char *)(uintptr_t)said, n) == 0))
		return false;
	by_host = table_find_server(t->map, scope, (const char *)host.data, host.len);
	if (!by_host || !by_host->scope)
		return false;
	ngx_strlow(name, (u_char *)(uintptr_t)said, n);
	by_name = table_find_server(t->map, scope, (const char *)name, n);
	return by_name != by_host;
}

/* By weight; NULL: none has any. */
static const struct tf_target *target_choose(const struct mk_ctx *x)
{
	const struct tf_target *t = (const struct tf_target *)tf_at(x->table->map, TF_TARGETS) + x->rule->targets.first;
	uint64_t total = 0, at;

	if (x->rule->targets.n == 1)
		return t->weight ? t : NULL;
	for (uint32_t i = 0; i < x->rule->targets.n; i++)
		total += t[i].weight;
	if (!total)
		return NULL;
	at = ((uint64_t)ngx_random() << 31 | (uint64_t)ngx_random()) % total;
	while (at >= t->weight)
		at -= t++->weight;
	return t;
}

static ngx_int_t say(ngx_http_request_t *r, ngx_uint_t status, const char *text)
{
	static ngx_str_t type = ngx_string("text/plain");
	ngx_http_complex_value_t body;

	ngx_memzero(&body, sizeof(body));
	body.value = (ngx_str_t){ngx_strlen(text), (u_char *)(uintptr_t)text};
	ngx_http_finalize_request(r, ngx_http_send_response(r, status, &type, &body));
	return NGX_DONE;
}

/*
 * What nobody has, by host and path. A load balancer in front asks for /healthz by an address: it hears whether there is a table,
 * and no host of an Ingress or a Gateway loses a path by that.
 */
static ngx_int_t not_found(ngx_http_request_t *r, const struct mk_ctx *x, uint32_t scope)
{
	static const ngx_str_t health = ngx_string("/healthz");
	bool named = x->host && !(x->host->name.len == 1 && *tf_text(x->table->map, x->host->name) == '*');

	if (!named && !(scope & TABLE_ALONE) && (!x->host || !x->host->scope) && r->method & (NGX_HTTP_GET | NGX_HTTP_HEAD) &&
	    same(r->uri, health))
		return say(r, NGX_HTTP_OK, "ok\n");
	return say(r, NGX_HTTP_NOT_FOUND, "default backend - 404\n");
}

/* What the request keeps of it. */
static ngx_int_t backend_take(ngx_http_request_t *r, struct mk_ctx *x, uint32_t index)
{
	const struct tf_backend *b = (const struct tf_backend *)tf_at(x->table->map, TF_BACKENDS) + index;
	ngx_str_t key = mk_str(x->table, b->key), external = mk_str(x->table, b->external);
	u_char *p = ngx_pnalloc(r->pool, key.len + external.len);

	if (!p)
		return NGX_ERROR;
	x->backend = (struct mk_backend){
	    .key = {key.len, p},
	    .external = {external.len, p + key.len},
	    .external_port = b->external_port,
	    .hash = x->policy->cookie.len ? mk_backend_hash(key) : 0,
	    .serial = x->table->serial,
	    .index = index,
	};
	ngx_memcpy(p, key.data, key.len);
	ngx_memcpy(p + key.len, external.data, external.len);
	return NGX_OK;
}

/* The target that the rule or the client's cookie chooses, its backend and its own policy. */
static ngx_int_t target_find(ngx_http_request_t *r, struct mk_ctx *x)
{
	if (x->policy->cookie.len)
		mk_cookie_get(r, x);
	if (!x->target)
		x->target = target_choose(x);
	if (!x->target)
		return NGX_OK;
	if (x->target->backend != TABLE_NONE && backend_take(r, x, x->target->backend) != NGX_OK)
		return NGX_ERROR;
	if (x->target->policy != TABLE_NONE) {
		x->extra = mk_policy_get(x->table, x->target->policy, r->connection->log);
		if (!x->extra)
			return NGX_ERROR;
		x->extra->refs++;
	}
	return NGX_OK;
}

ngx_int_t mk_route(ngx_http_request_t *r)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	struct mk_srv_conf *s = ngx_http_get_module_srv_conf(r, ngx_http_minik_module);
	struct mk_ctx *x = mk_ctx_new(r);
	ngx_str_t location;
	ngx_int_t rc;

	if (!x)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	x->table = mk_table_get(m, r->connection->log);
	if (!x->table)
		return NGX_HTTP_SERVICE_UNAVAILABLE;
	mk_clients_add(r, m);
	if (mk_upgrade_screen(r) != NGX_OK)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	if (s->scope && misdirected(r, x->table, s->scope)) {
		x->reason = "misdirected";
		return NGX_HTTP_MISDIRECTED_REQUEST;
	}
	rc = rule_find(r, x, m, s->scope);
	if (rc == NGX_DECLINED)
		return not_found(r, x, s->scope);
	if (rc != NGX_OK)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	x->policy = mk_policy_get(x->table, x->rule->policy, r->connection->log);
	if (!x->policy)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	x->policy->refs++;
	/* the password: before headers of the policy take the place of the client's */
	if (target_find(r, x) != NGX_OK || mk_password(r, x) != NGX_OK || mk_errors_set(r, x) != NGX_OK)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;

	rc = mk_answer(r, x);
	if (rc != NGX_DECLINED)
		return rc;
	if (!x->backend.key.data) {
		x->reason = "no-backend";
		return x->host->scope && !x->rule->guest ? NGX_HTTP_INTERNAL_SERVER_ERROR : NGX_HTTP_SERVICE_UNAVAILABLE;
	}
	if (!mk_backend_in(x->table, &x->backend)->endpoints.n && !x->backend.external.len) {
		x->reason = "no-endpoints";
		return NGX_HTTP_SERVICE_UNAVAILABLE;
	}
	rc = mk_rewrite(r, x);
	if (rc != NGX_DECLINED)
		return rc;
	x->tls = r->connection->ssl != NULL;
	location = mk_location(r, x);
	if (!location.data)
		return NGX_DECLINED;
	(void)ngx_http_named_location(r, &location);
	ngx_http_finalize_request(r, NGX_DONE);
	return NGX_DONE;
}
