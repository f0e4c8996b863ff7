/*
 * How a backend is spoken to. nginx reads what follows from u->conf after peer.init, so that a copy of the request's
 * own has effect. What it reads before (HTTP version, buffering of the request, protocol) is chosen by the location.
 */
#include "ingress/module/policy.h"

/* --- time limit of the whole request --- */

struct deadline {
	ngx_event_t timer;
	ngx_http_request_t *r;
};

static void deadline_cancel(void *data)
{
	struct deadline *d = data;

	if (d->timer.timer_set)
		ngx_del_timer(&d->timer);
}

static void on_deadline(ngx_event_t *ev)
{
	struct deadline *d = ev->data;
	ngx_http_request_t *r = d->r;
	ngx_connection_t *c = r->connection;
	ngx_http_upstream_t *u = r->upstream;

	ngx_http_set_log_request(c->log, r);
	/* no cleanup: the backend has said all, the client has yet to take it */
	if (u && u->cleanup && *u->cleanup) {
		bool begun = u->header_sent;
		ngx_log_error(NGX_LOG_ERR, c->log, NGX_ETIMEDOUT, "minik: the whole request took longer than it may");
		if (u->state && !begun)
			u->state->status = NGX_HTTP_GATEWAY_TIME_OUT;
		/* as nginx does when a location's request becomes another one's: the backend's part ends, the request
		 * stays */
		r->main->count++;
		(*u->cleanup)(r);
		/* what was begun must not look whole */
		if (begun)
			r->keepalive = 0;
		ngx_http_finalize_request(r, begun ? NGX_ERROR : NGX_HTTP_GATEWAY_TIME_OUT);
	}
	ngx_http_run_posted_requests(c);
}

static ngx_int_t deadline_set(ngx_http_request_t *r, ngx_msec_t after)
{
	ngx_pool_cleanup_t *c = ngx_pool_cleanup_add(r->pool, sizeof(struct deadline));
	struct deadline *d;

	if (!c)
		return NGX_ERROR;
	d = c->data;
	ngx_memzero(d, sizeof(*d));
	c->handler = deadline_cancel;
	d->r = r;
	d->timer.data = d;
	d->timer.handler = on_deadline;
	d->timer.log = r->connection->log;
	d->timer.cancelable = 1;
	ngx_add_timer(&d->timer, after);
	return NGX_OK;
}

/* --- settings --- */

bool mk_upstream_is_set(const struct mk_policy *p)
{
	return p->connect_timeout != NGX_CONF_UNSET_MSEC || p->send_timeout != NGX_CONF_UNSET_MSEC ||
	       p->read_timeout != NGX_CONF_UNSET_MSEC || p->next_timeout != NGX_CONF_UNSET_MSEC ||
	       p->buffering != NGX_CONF_UNSET || p->next_tries != NGX_CONF_UNSET || p->buffers != NGX_CONF_UNSET ||
	       p->buffer_size != NGX_CONF_UNSET_SIZE || p->temp_file_max != -1 || p->next_upstream || p->tls_own;
}

static void set_times(ngx_http_upstream_conf_t *u, const struct mk_policy *p)
{
	if (p->connect_timeout != NGX_CONF_UNSET_MSEC)
		u->connect_timeout = p->connect_timeout;
	if (p->send_timeout != NGX_CONF_UNSET_MSEC)
		u->send_timeout = p->send_timeout;
	if (p->read_timeout != NGX_CONF_UNSET_MSEC)
		u->read_timeout = p->read_timeout;
	if (p->next_timeout != NGX_CONF_UNSET_MSEC)
		u->next_upstream_timeout = p->next_timeout;
	if (p->next_tries != NGX_CONF_UNSET)
		u->next_upstream_tries = (ngx_uint_t)p->next_tries;
	/* "off" stands alone */
	if (p->next_upstream)
		u->next_upstream =
		    p->next_upstream & NGX_HTTP_UPSTREAM_FT_OFF ? NGX_HTTP_UPSTREAM_FT_OFF : p->next_upstream;
}

/* The sizes keep what nginx wants of them in its configuration: what is busy is at least one buffer and leaves one
 * free. */
static void set_buffers(ngx_http_upstream_conf_t *u, const struct mk_policy *p)
{
	size_t big, all;

	if (p->buffer_size != NGX_CONF_UNSET_SIZE)
		u->buffer_size = u->bufs.size = p->buffer_size;
	if (p->buffers != NGX_CONF_UNSET)
		u->bufs.num = p->buffers;
	big = ngx_max(u->buffer_size, u->bufs.size);
	if (p->buffer_size != NGX_CONF_UNSET_SIZE || p->buffers != NGX_CONF_UNSET) {
		while (u->bufs.num < 2 || ((size_t)u->bufs.num - 1) * u->bufs.size < big)
			u->bufs.num++;
		all = ((size_t)u->bufs.num - 1) * u->bufs.size;
		u->busy_buffers_size = ngx_min(2 * big, all);
		u->temp_file_write_size = ngx_max(2 * big, u->temp_file_write_size);
		if (u->max_temp_file_size && u->max_temp_file_size < big)
			u->max_temp_file_size = big;
	}
	if (p->temp_file_max != -1)
		u->max_temp_file_size = p->temp_file_max ? ngx_max((size_t)p->temp_file_max, big) : 0;
}

/* The name in the certificate and in SNI, when none is said: an ExternalName's own, else what the backend hears as
 * Host. */
static ngx_int_t set_tls(ngx_http_request_t *r, struct mk_ctx *x, ngx_http_upstream_conf_t *u, struct mk_policy *p)
{
	ngx_str_t name = p->tls_name.len           ? p->tls_name
			 : x->backend.external.len ? x->backend.external
			 : x->upstream_host.len    ? x->upstream_host
						   : r->headers_in.server;

	u->ssl = mk_tls_backend(r, p);
	if (!u->ssl)
		return NGX_ERROR;
	/* a session would stand for the settings that it was made with */
	u->ssl_session_reuse = 0;
	u->ssl_certificate = NULL;
	u->ssl_certificate_key = NULL;
	u->ssl_verify = p->tls_verify == 1;
	u->ssl_server_name = p->tls_sni == 1;
	u->ssl_name = ngx_pcalloc(r->pool, sizeof(*u->ssl_name));
	if (!u->ssl_name)
		return NGX_ERROR;
	u->ssl_name->value = name;
	ngx_uint_t how[] = {u->ssl_verify, u->ssl_server_name};
	ngx_str_t parts[] = {{MK_DIGEST, p->tls_digest}, {sizeof(how), (u_char *)how}, name};
	x->use = ngx_pnalloc(r->pool, MK_DIGEST);
	return x->use ? mk_digest(parts, sizeof(parts) / sizeof(*parts), x->use) : NGX_ERROR;
}

static ngx_int_t apply(ngx_http_request_t *r, struct mk_ctx *x, ngx_http_upstream_conf_t *conf, struct mk_policy *p)
{
	ngx_http_upstream_t *u = r->upstream;

	set_times(conf, p);
	/* gRPC has no pipe, and thus no buffering */
	if (u->pipe) {
		set_buffers(conf, p);
		if (p->buffering != NGX_CONF_UNSET) {
			conf->buffering = p->buffering;
			u->buffering = p->buffering != 0;
		}
	} else if (p->buffer_size != NGX_CONF_UNSET_SIZE) {
		conf->buffer_size = p->buffer_size;
	}
	return u->ssl && p->tls_own ? set_tls(r, x, conf, p) : NGX_OK;
}

ngx_int_t mk_upstream(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_policy *policies[] = {x->policy, x->extra};
	ngx_http_upstream_conf_t *conf = NULL;

	x->use = NULL;
	for (size_t i = 0; i < 2; i++) {
		struct mk_policy *p = policies[i];
		if (!p)
			continue;
		if (p->own_upstream) {
			if (!conf) {
				conf = ngx_palloc(r->pool, sizeof(*conf));
				if (!conf)
					return NGX_ERROR;
				*conf = *r->upstream->conf;
				r->upstream->conf = conf;
			}
			if (apply(r, x, conf, p) != NGX_OK)
				return NGX_ERROR;
		}
		if (p->request_timeout != NGX_CONF_UNSET_MSEC && p->request_timeout &&
		    deadline_set(r, p->request_timeout) != NGX_OK)
			return NGX_ERROR;
	}
	return NGX_OK;
}

/* Without one there is nothing to buffer. */
static bool has_body(const ngx_http_request_t *r)
{
#if (NGX_HTTP_V2)
	if (r->stream && !r->stream->in_closed)
		return true;
#endif
	return r->headers_in.content_length_n > 0 || r->headers_in.chunked;
}

ngx_str_t mk_location(const ngx_http_request_t *r, const struct mk_ctx *x)
{
	static const ngx_str_t own[] = {ngx_null_string, ngx_string("@minik_https"), ngx_string("@minik_grpc"),
					ngx_string("@minik_grpcs")};
	static const ngx_str_t stream[] = {ngx_string("@minik_stream"), ngx_string("@minik_stream_https")};
	static const ngx_str_t old[] = {ngx_string("@minik_http10"), ngx_string("@minik_http10_https")};
	const struct mk_policy *p = x->policy;
	uint32_t protocol = x->extra && x->extra->protocol ? x->extra->protocol : p->protocol;

	if (protocol == ING_AUTO_HTTP)
		protocol = x->tls ? ING_HTTPS : ING_HTTP;
	if (protocol > ING_HTTPS)
		return own[protocol];
	/* HTTP/1.0 has no bodies of unknown length: they are read first */
	if (p->http_version == 10)
		return old[protocol];
	/* a copy needs the whole body */
	return p->request_buffering == 0 && !p->mirrors.nelts && has_body(r) ? stream[protocol] : own[protocol];
}
