#include "ingress/module/policy.h"

static ngx_http_output_header_filter_pt next_header_filter;

/* The context is in a cleanup of the request's pool, where it is found again: internal redirects forget modules'
 * contexts. */
static void ctx_cleanup(void *data)
{
	struct mk_ctx *x = data;

	mk_ctx_routed(x);
	mk_errors_done(x);
	mk_policy_put(x->policy);
	mk_policy_put(x->extra);
	x->policy = x->extra = NULL;
}

void mk_ctx_routed(struct mk_ctx *x)
{
	if (x->table)
		mk_table_put(x->table);
	x->table = NULL;
	x->host = NULL;
	x->path = NULL;
	x->rule = NULL;
	x->target = NULL;
}

struct mk_ctx *mk_ctx_new(ngx_http_request_t *r)
{
	ngx_pool_cleanup_t *c = ngx_pool_cleanup_add(r->pool, sizeof(struct mk_ctx));

	if (!c)
		return NULL;
	ngx_memzero(c->data, sizeof(struct mk_ctx));
	c->handler = ctx_cleanup;
	ngx_http_set_ctx(r, c->data, ngx_http_minik_module);
	return c->data;
}

struct mk_ctx *mk_ctx_find(ngx_http_request_t *r)
{
	struct mk_ctx *x;

	if (!(r->internal || r->filter_finalize))
		return NULL;
	for (ngx_pool_cleanup_t *c = r->pool->cleanup; c; c = c->next) {
		if (c->handler != ctx_cleanup)
			continue;
		x = c->data;
		ngx_http_set_ctx(r, x, ngx_http_minik_module);
		return x;
	}
	return NULL;
}

static ngx_int_t on_rewrite(ngx_http_request_t *r)
{
	struct mk_loc_conf *l = ngx_http_get_module_loc_conf(r, ngx_http_minik_module);

	if (r != r->main)
		return NGX_DECLINED;
	return l->route ? mk_route(r) : l->error ? mk_error(r) : NGX_DECLINED;
}

static ngx_int_t on_preaccess(ngx_http_request_t *r)
{
	struct mk_ctx *x = r == r->main ? mk_ctx_of(r) : NULL;

	if (!x || !x->policy || x->error)
		return NGX_DECLINED;
	/* it may be another location than that which has routed */
	return mk_errors_set(r, x) == NGX_OK ? mk_limits(r, x) : NGX_HTTP_INTERNAL_SERVER_ERROR;
}

static ngx_int_t on_access(ngx_http_request_t *r)
{
	struct mk_ctx *x = r == r->main ? mk_ctx_of(r) : NULL;

	/* Who gets another's answer has come in already. */
	if (!x || !x->policy || x->error)
		return NGX_DECLINED;
	ngx_int_t rc = mk_access(r, x);
	if (rc == NGX_DECLINED || rc == NGX_OK)
		mk_ctx_routed(x);
	return rc;
}

static ngx_int_t on_precontent(ngx_http_request_t *r)
{
	struct mk_ctx *x = r == r->main ? mk_ctx_of(r) : NULL;

	return x && x->policy ? mk_external(r, x) : NGX_DECLINED;
}

static ngx_int_t on_log(ngx_http_request_t *r)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	struct mk_srv_conf *s = ngx_http_get_module_srv_conf(r, ngx_http_minik_module);
	struct mk_ctx *x;

	if (r != r->main || !s->routed)
		return NGX_OK;
	x = mk_ctx_of(r);
	mk_stats(r, m, x);
	if (x && x->policy)
		mk_done(r, x);
	return NGX_OK;
}

/* nginx takes what has no status line for HTTP/0.9 and would pass it on: most often it is HTTP/2, of a backend that speaks nothing else. */
static bool is_no_answer(ngx_http_request_t *r)
{
	const ngx_http_upstream_t *u = r->upstream;

	if (!u || u->headers_in.status_n || r->http_version != NGX_HTTP_VERSION_9 || r->headers_out.status)
		return false;
	/* http_major and http_minor may be those of the answer that was tried */
	r->http_version = r->http_protocol.len == 8 && r->http_protocol.data[7] == '0' ? NGX_HTTP_VERSION_10 : NGX_HTTP_VERSION_11;
#if (NGX_HTTP_V2)
	if (r->stream)
		r->http_version = NGX_HTTP_VERSION_20;
#endif
	if (u->state)
		u->state->status = NGX_HTTP_BAD_GATEWAY;
	return true;
}

static ngx_int_t on_header(ngx_http_request_t *r)
{
	struct mk_ctx *x = mk_ctx_of(r);

	if (r != r->main) {
		if (x)
			mk_auth_header(r, x);
		return next_header_filter(r);
	}
	if (x && is_no_answer(r))
		return NGX_HTTP_BAD_GATEWAY;
	if (x && x->policy && (mk_headers(r, x) != NGX_OK || mk_auth_headers(r, x) != NGX_OK))
		return NGX_ERROR;
	return next_header_filter(r);
}

/* --- variables --- */

/* What the client has asked for. */
static ngx_int_t var_asked(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	ngx_table_elt_t *said = r->headers_in.host;
	ngx_str_t host = r->headers_in.server, s;

	if (mk_said_host(r, &s))
		return mk_var_set(v, s);
	/* "GET http://a/ HTTP/1.1" with "Host: b" is a request for a (RFC 9112 section 3.2.2): the backend must not
	 * hear b. */
	if (said && r->host_start == NULL)
		return mk_var_set(v, said->value);
	if (said && said->value.len >= host.len && ngx_strncasecmp(said->value.data, host.data, host.len) == 0 &&
	    (said->value.len == host.len || said->value.data[host.len] == ':'))
		return mk_var_set(v, said->value);
	if (host.len)
		return mk_var_set(v, host);
	/* HTTP/1.0 need not say a host, but the backend is asked by HTTP/1.1. */
	s.len = NGX_SOCKADDR_STRLEN;
	s.data = ngx_pnalloc(r->pool, s.len);
	if (!s.data || ngx_connection_local_sockaddr(r->connection, &s, 0) != NGX_OK)
		return NGX_ERROR;
	return mk_var_set(v, s);
}

/* And what the backend hears. */
static ngx_int_t var_host(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	struct mk_ctx *x = mk_ctx_of(r);

	return x && x->upstream_host.len ? mk_var_set(v, x->upstream_host) : var_asked(r, v, data);
}

static ngx_int_t var_owner(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	struct mk_ctx *x = mk_ctx_of(r);
	ngx_str_t none = ngx_null_string;

	return mk_var_set(v, x && x->policy ? x->policy->owner : none);
}

static ngx_int_t var_service(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	struct mk_ctx *x = mk_ctx_of(r);
	ngx_str_t none = ngx_null_string;

	return mk_var_set(v, x ? x->backend.key : none);
}

static ngx_int_t var_connection(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	static const ngx_str_t upgrade = ngx_string("upgrade");
	struct mk_ctx *x = mk_ctx_of(r);
	ngx_str_t s = ngx_null_string;

	if (x && x->policy && x->policy->has_connection_header)
		s = x->policy->connection_header;
	else if (r->headers_in.upgrade)
		s = upgrade;
	return mk_var_set(v, s);
}

static ngx_int_t var_prefix(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	struct mk_ctx *x = mk_ctx_of(r);
	ngx_str_t none = ngx_null_string;

	return mk_var_set(v, x && x->policy ? x->policy->forwarded_prefix : none);
}

static ngx_int_t var_reason(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	struct mk_ctx *x = mk_ctx_of(r);
	const char *s = x && x->reason ? x->reason : "";

	/* A body whose length was not said is measured by nginx. */
	if (x && !*s && (r->err_status ? r->err_status : r->headers_out.status) == NGX_HTTP_REQUEST_ENTITY_TOO_LARGE &&
	    !(r->upstream && r->upstream->headers_in.status_n))
		s = "body-size";
	return mk_var_set(v, (ngx_str_t){ngx_strlen(s), (u_char *)(uintptr_t)s});
}

static ngx_int_t var_log(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	static const ngx_str_t yes = ngx_string("1");
	struct mk_ctx *x = mk_ctx_of(r);
	ngx_str_t no = ngx_null_string;

	return mk_var_set(v, x && x->policy && x->policy->no_access_log ? no : yes);
}

static ngx_int_t var_port(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	const struct mk_srv_conf *s = ngx_http_get_module_srv_conf(r, ngx_http_minik_module);
	ngx_uint_t port = s->public;

	if (!port) {
		if (ngx_connection_local_sockaddr(r->connection, NULL, 0) != NGX_OK)
			return NGX_ERROR;
		port = ngx_inet_get_port(r->connection->local_sockaddr);
	}
	ngx_str_t text = {0, ngx_pnalloc(r->pool, sizeof("65535") - 1)};
	if (!text.data)
		return NGX_ERROR;
	text.len = (size_t)(ngx_sprintf(text.data, "%ui", port & 0xffff) - text.data);
	return mk_var_set(v, text);
}

static ngx_http_variable_t variables[] = {
    {ngx_string("minik_host"), NULL, var_host, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_asked_host"), NULL, var_asked, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_owner"), NULL, var_owner, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_service"), NULL, var_service, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_connection"), NULL, var_connection, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_request_id"), NULL, mk_request_id_variable, 0, 0, 0},
    {ngx_string("minik_port"), NULL, var_port, 0, 0, 0},
    {ngx_string("minik_prefix"), NULL, var_prefix, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_reason"), NULL, var_reason, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_log"), NULL, var_log, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_text_host"), NULL, mk_text_variable, MK_TEXT_HOST, 0, 0},
    {ngx_string("minik_text_uri"), NULL, mk_text_variable, MK_TEXT_URI, 0, 0},
    {ngx_string("minik_text_agent"), NULL, mk_text_variable, MK_TEXT_AGENT, 0, 0},
    {ngx_string("minik_text_referer"), NULL, mk_text_variable, MK_TEXT_REFERER, 0, 0},
    {ngx_string("minik_text_id"), NULL, mk_text_variable, MK_TEXT_ID, 0, 0},
    ngx_http_null_variable,
};

static ngx_int_t variables_add(ngx_conf_t *cf, ngx_http_variable_t *list)
{
	for (ngx_http_variable_t *from = list; from->name.len; from++) {
		ngx_http_variable_t *v = ngx_http_add_variable(cf, &from->name, from->flags);

		if (!v)
			return NGX_ERROR;
		v->get_handler = from->get_handler;
		v->set_handler = from->set_handler;
		v->data = from->data;
	}
	return NGX_OK;
}

static ngx_int_t preconfiguration(ngx_conf_t *cf)
{
	if (variables_add(cf, variables) != NGX_OK)
		return NGX_ERROR;
	return variables_add(cf, mk_auth_variables);
}

/* --- directives --- */

static void *main_conf_new(ngx_conf_t *cf)
{
	struct mk_main_conf *m = ngx_pcalloc(cf->pool, sizeof(*m));

	if (m) {
		m->https_port = NGX_CONF_UNSET_UINT;
		m->limits_size = NGX_CONF_UNSET_SIZE;
	}
	return m;
}

static char *main_conf_init(ngx_conf_t *cf, void *conf)
{
	struct mk_main_conf *m = conf;

	ngx_conf_init_uint_value(m->https_port, 443);
	if (m->https_port == 0 || m->https_port > 65535)
		return "\"minik_https_port\" is no port";
	return NGX_CONF_OK;
}

static void *srv_conf_new(ngx_conf_t *cf)
{
	return ngx_pcalloc(cf->pool, sizeof(struct mk_srv_conf));
}

static void *loc_conf_new(ngx_conf_t *cf)
{
	return ngx_pcalloc(cf->pool, sizeof(struct mk_loc_conf));
}

static char *on_live(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
	struct mk_main_conf *m = conf;
	ngx_str_t *value = cf->args->elts;

	if (m->live.data)
		return "is duplicate";
	m->live = value[1];
	return ngx_conf_full_name(cf->cycle, &m->live, 0) == NGX_OK ? NGX_CONF_OK : NGX_CONF_ERROR;
}

static char *on_limits(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
	static ngx_str_t name = ngx_string("minik_limits");
	struct mk_main_conf *m = conf;
	char *rc = ngx_conf_set_size_slot(cf, cmd, conf);

	if (rc != NGX_CONF_OK)
		return rc;
	if (m->limits_size < 8 * ngx_pagesize)
		return "is too small";
	m->limits = ngx_shared_memory_add(cf, &name, m->limits_size, &ngx_http_minik_module);
	if (!m->limits)
		return NGX_CONF_ERROR;
	m->limits->init = mk_limits_init;
	return NGX_CONF_OK;
}

static char *on_scope(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
	struct mk_srv_conf *s = conf;
	ngx_str_t *value = cf->args->elts;
	ngx_int_t n = ngx_atoi(value[1].data, value[1].len);

	if (s->scope)
		return "is duplicate";
	if (n <= 0 || n > 65535)
		return "is no port";
	if (cf->args->nelts > 2 && ngx_strcmp(value[2].data, "alone") != 0)
		return "has an unknown word";
	s->scope = (uint32_t)n | (cf->args->nelts > 2 ? TABLE_ALONE : 0);
	return NGX_CONF_OK;
}

static char *on_public(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
	struct mk_srv_conf *s = conf;
	ngx_str_t *value = cf->args->elts;
	ngx_int_t n = ngx_atoi(value[1].data, value[1].len);

	if (s->public)
		return "is duplicate";
	if (n <= 0 || n > 65535)
		return "is no port";
	s->public = (ngx_uint_t)n;
	return NGX_CONF_OK;
}

static char *on_route(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
	struct mk_loc_conf *l = conf;
	struct mk_srv_conf *s = ngx_http_conf_get_module_srv_conf(cf, ngx_http_minik_module);

	l->route = 1;
	s->routed = 1;
	return NGX_CONF_OK;
}

static char *on_error(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
	struct mk_loc_conf *l = conf;

	l->error = 1;
	return NGX_CONF_OK;
}

static char *on_balance(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
	ngx_http_upstream_srv_conf_t *us = ngx_http_conf_get_module_srv_conf(cf, ngx_http_upstream_module);

	us->peer.init_upstream = mk_balance_init;
	us->flags = NGX_HTTP_UPSTREAM_CREATE;
	return NGX_CONF_OK;
}

static ngx_int_t postconfiguration(ngx_conf_t *cf)
{
	static const struct {
		ngx_uint_t phase;
		ngx_http_handler_pt handler;
	} handlers[] = {
	    {NGX_HTTP_REWRITE_PHASE, on_rewrite},
	    {NGX_HTTP_PREACCESS_PHASE, on_preaccess},
	    {NGX_HTTP_ACCESS_PHASE, on_access},
	    {NGX_HTTP_PRECONTENT_PHASE, on_precontent},
	    {NGX_HTTP_LOG_PHASE, on_log},
	};
	ngx_http_core_main_conf_t *core = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

	for (size_t i = 0; i < sizeof(handlers) / sizeof(*handlers); i++) {
		ngx_http_handler_pt *h = ngx_array_push(&core->phases[handlers[i].phase].handlers);

		if (!h)
			return NGX_ERROR;
		*h = handlers[i].handler;
	}
	next_header_filter = ngx_http_top_header_filter;
	ngx_http_top_header_filter = on_header;
	return mk_tls_init(cf) == NGX_OK ? mk_client_cert_init(cf) : NGX_ERROR;
}

static void exit_process(ngx_cycle_t *cycle)
{
	struct mk_main_conf *m = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_minik_module);

	if (m)
		mk_clients_end(m);
}

static ngx_command_t commands[] = {
	{ngx_string("minik_live"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE1, on_live, NGX_HTTP_MAIN_CONF_OFFSET, 0, NULL},
	{ngx_string("minik_id"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE1, mk_id_set, NGX_HTTP_MAIN_CONF_OFFSET, 0, NULL},
	{ngx_string("minik_scheme"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE1, ngx_http_set_complex_value_slot, NGX_HTTP_MAIN_CONF_OFFSET,
	 offsetof(struct mk_main_conf, scheme), NULL},
	{ngx_string("minik_asked"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE1, ngx_http_set_complex_value_slot, NGX_HTTP_MAIN_CONF_OFFSET,
	 offsetof(struct mk_main_conf, said_host), NULL},
	{ngx_string("minik_https_port"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE1, ngx_conf_set_num_slot, NGX_HTTP_MAIN_CONF_OFFSET,
	 offsetof(struct mk_main_conf, https_port), NULL},
	{ngx_string("minik_header"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE2, mk_header_set, NGX_HTTP_MAIN_CONF_OFFSET, 0, NULL},
	{ngx_string("minik_limits"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE1, on_limits, NGX_HTTP_MAIN_CONF_OFFSET,
	 offsetof(struct mk_main_conf, limits_size), NULL},
	{ngx_string("minik_scope"), NGX_HTTP_SRV_CONF | NGX_CONF_TAKE12, on_scope, NGX_HTTP_SRV_CONF_OFFSET, 0, NULL},
	{ngx_string("minik_public"), NGX_HTTP_SRV_CONF | NGX_CONF_TAKE1, on_public, NGX_HTTP_SRV_CONF_OFFSET, 0, NULL},
	{ngx_string("minik_route"), NGX_HTTP_LOC_CONF | NGX_CONF_NOARGS, on_route, NGX_HTTP_LOC_CONF_OFFSET, 0, NULL},
	{ngx_string("minik_error"), NGX_HTTP_LOC_CONF | NGX_CONF_NOARGS, on_error, NGX_HTTP_LOC_CONF_OFFSET, 0, NULL},
	{ngx_string("minik_balance"), NGX_HTTP_UPS_CONF | NGX_CONF_NOARGS, on_balance, NGX_HTTP_SRV_CONF_OFFSET, 0, NULL},
	ngx_null_command,
};

static ngx_http_module_t http_module = {
    preconfiguration, postconfiguration, main_conf_new, main_conf_init, srv_conf_new, NULL, loc_conf_new, NULL,
};

ngx_module_t ngx_http_minik_module = {
	NGX_MODULE_V1,
	&http_module,
	commands,
	NGX_HTTP_MODULE,
	NULL, /* init master */
	NULL, /* init module */
	mk_begin, /* init process */
	NULL, /* init thread */
	NULL, /* exit thread */
	exit_process,
	NULL, /* exit master */
	NGX_MODULE_V1_PADDING,
};

/* What nginx looks up in a module that it loads; all else is hidden. */
#define EXPORTED __attribute__((visibility("default")))
extern EXPORTED ngx_module_t *ngx_modules[];
extern EXPORTED char *ngx_module_names[];
extern EXPORTED char *ngx_module_order[];
ngx_module_t *ngx_modules[] = {&ngx_http_minik_module, NULL};
char *ngx_module_names[] = {"ngx_http_minik_module", NULL};
char *ngx_module_order[] = {NULL};
