/*
 * Headers that nginx.conf sets for every backend (X-Forwarded-For and others): "minik_header NAME $default" makes
 * $minik_header_name, which is the default unless the request's policy sets, adds to or removes that header.
 */
#include "ingress/module/policy.h"

struct sent {
	ngx_str_t lower;
	ngx_int_t value; /* index of the default's variable; NGX_ERROR: there is none */
};

static const struct mk_header *named(const ngx_array_t *list, const struct sent *h)
{
	const struct mk_header *m = list->elts;

	for (ngx_uint_t i = 0; i < list->nelts; i++)
		if (m[i].lower.len == h->lower.len && ngx_memcmp(m[i].lower.data, h->lower.data, h->lower.len) == 0)
			return &m[i];
	return NULL;
}

/* In the order of mk_rewrite: what is taken away or set, then what is added. */
static ngx_int_t change(ngx_http_request_t *r, const struct mk_policy *p, const struct sent *h, ngx_str_t *value)
{
	const struct mk_header *set, *add;
	u_char *both;

	if (!p)
		return NGX_OK;
	set = named(&p->request_set, h);
	add = named(&p->request_add, h);
	if (set)
		*value = set->value;
	else if (named(&p->request_remove, h))
		value->len = 0;
	if (!add)
		return NGX_OK;
	if (!value->len) {
		*value = add->value;
		return NGX_OK;
	}
	both = ngx_pnalloc(r->pool, value->len + add->value.len + 1);
	if (!both)
		return NGX_ERROR;
	value->len = (size_t)(ngx_sprintf(both, "%V,%V", value, &add->value) - both);
	value->data = both;
	return NGX_OK;
}

static ngx_int_t var_default(ngx_http_request_t *r, ngx_http_variable_value_t *v, const struct sent *h)
{
	ngx_http_core_main_conf_t *core = ngx_http_get_module_main_conf(r, ngx_http_core_module);
	ngx_http_variable_t *from = core->variables.elts;

	if (h->value == NGX_ERROR) {
		v->not_found = 1;
		return NGX_OK;
	}
	from += h->value;
	return from->get_handler(r, v, from->data);
}

static ngx_int_t var_changed(ngx_http_request_t *r, ngx_http_variable_value_t *v, const struct sent *h,
			     const struct mk_ctx *x)
{
	ngx_str_t s = ngx_null_string;

	if (var_default(r, v, h) != NGX_OK)
		return NGX_ERROR;
	if (!v->not_found) {
		s.data = v->data;
		s.len = v->len;
	}
	if (change(r, x->policy, h, &s) != NGX_OK || change(r, x->extra, h, &s) != NGX_OK)
		return NGX_ERROR;
	return mk_var_set(v, s);
}

/* Eleven times a request: the default is asked for by itself, without a place where nginx would keep it, too. */
static ngx_int_t var_sent(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	const struct sent *h = (const struct sent *)data; /* NOLINT */
	struct mk_ctx *x = mk_ctx_of(r);

	return x && x->own_headers ? var_changed(r, v, h, x) : var_default(r, v, h);
}

char *mk_header_set(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
	ngx_str_t *arg = cf->args->elts, name;
	struct sent *h = ngx_pcalloc(cf->pool, sizeof(*h));
	ngx_http_variable_t *v;

	name.len = sizeof("minik_header_") - 1 + arg[1].len;
	name.data = ngx_pnalloc(cf->pool, name.len);
	if (!h || !name.data)
		return NGX_CONF_ERROR;
	h->lower.len = arg[1].len;
	h->lower.data = ngx_cpymem(name.data, "minik_header_", sizeof("minik_header_") - 1);
	for (size_t i = 0; i < arg[1].len; i++)
		h->lower.data[i] = arg[1].data[i] == '-' ? '_' : ngx_tolower(arg[1].data[i]);
	v = ngx_http_add_variable(cf, &name, 0);
	if (!v)
		return NGX_CONF_ERROR;
	h->lower.data = ngx_pnalloc(cf->pool, arg[1].len);
	if (!h->lower.data)
		return NGX_CONF_ERROR;
	ngx_strlow(h->lower.data, arg[1].data, arg[1].len);
	h->value = NGX_ERROR;
	if (arg[2].len) {
		if (arg[2].data[0] != '$')
			return "is followed by what is no variable";
		arg[2].data++;
		arg[2].len--;
		h->value = ngx_http_get_variable_index(cf, &arg[2]);
		if (h->value == NGX_ERROR)
			return NGX_CONF_ERROR;
	}
	v->get_handler = var_sent;
	v->data = (uintptr_t)h;
	return NGX_CONF_OK;
}
