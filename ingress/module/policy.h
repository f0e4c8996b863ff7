/*
 * A policy's options, taken apart: what a request looks at is a field. It has copies of all texts, so that it lives as long as a
 * request needs it, and goes over from table to table as long as its digest is the same.
 */
#pragma once
#include "ingress/module/module.h"

struct mk_header {
	ngx_str_t name, value;
	ngx_str_t lower; /* the name in small letters */
	ngx_uint_t hash; /* of lower, as nginx has it */
};
struct mk_pair { /* from.data NULL: there is none */
	ngx_str_t from, to;
};
#define MK_HASH_TO 64
struct mk_user {
	ngx_str_t name, hash;
};
#define MK_SHARE_ALL 1000000
struct mk_mirror {
	ngx_str_t key;  /* of its backend */
	uint32_t share; /* of MK_SHARE_ALL requests */
};
struct mk_policy {
	ngx_pool_t *pool; /* its own */
	unsigned refs;    /* tables and requests */
	unsigned broken : 1; /* an option cannot be used: mk_policy_get says NULL */
	ngx_str_t owner;
	uint64_t digest;
	uint32_t stat;
	struct mk_pem *pems[3]; /* whose texts tls_cert, tls_key and tls_ca are */
	/* answer.c */
	unsigned refused : 1;
	ngx_uint_t https_status; /* 0: no redirect */
	ngx_uint_t redirect_status;
	ngx_str_t redirect, app_root;
	ngx_uint_t parts_status;
	ngx_str_t redirect_scheme, redirect_host, redirect_path, redirect_prefix;
	ngx_uint_t redirect_port;
	unsigned has_redirect_path : 1, has_redirect_prefix : 1, redirect_expand : 1;
	/* access.c */
	ngx_array_t allow, deny; /* ngx_cidr_t */
	unsigned satisfy_any : 1, basic : 1;
	ngx_str_t realm;
	ngx_array_t users; /* struct mk_user */
	/* auth.c */
	ngx_str_t auth_url, auth_method, auth_signin, auth_signin_param, auth_redirect;
	ngx_array_t auth_response_headers; /* struct mk_header, name alone */
	ngx_array_t auth_request_headers;  /* struct mk_header */
	unsigned auth_always_cookie : 1;
	ngx_msec_t auth_cache_ms;
	ngx_str_t auth_cache_key;
	/* tls.c */
	uint32_t client_cert; /* enum ing_verify */
	unsigned client_cert_pass : 1;
	ngx_str_t client_cert_error;
	ngx_array_t client_cert_cn; /* ngx_str_t; one of them */
	/* limits.c */
	uint64_t limits_key; /* of the owner */
	ngx_uint_t rps, rpm, burst, connections, req_status, conn_status;
	ngx_array_t exempt; /* ngx_cidr_t */
	size_t rate, rate_after;
	off_t body_max;
	/* rewrite.c */
	uint32_t protocol; /* enum ing_protocol */
	ngx_str_t rewrite, rewrite_path, rewrite_prefix, upstream_host, forwarded_prefix, connection_header;
	unsigned has_rewrite_path : 1, has_rewrite_prefix : 1, has_connection_header : 1;
	ngx_array_t request_set, request_add, request_remove; /* struct mk_header */
	ngx_array_t mirrors;                                  /* struct mk_mirror */
	/* upstream.c; NGX_CONF_UNSET (_MSEC, _SIZE, _UINT): as nginx.conf has it */
	ngx_msec_t connect_timeout, send_timeout, read_timeout, request_timeout, next_timeout;
	ngx_int_t buffering, request_buffering, http_version, next_tries, buffers;
	size_t buffer_size;
	off_t temp_file_max; /* -1: unset */
	ngx_uint_t next_upstream; /* nginx's NGX_HTTP_UPSTREAM_FT_ mask; 0: unset */
	unsigned own_upstream : 1; /* any of these is set */
	unsigned tls_own : 1;     /* any of the following is set */
	ngx_str_t tls_cert, tls_key, tls_ca, tls_name, tls_ciphers;
	ngx_int_t tls_verify, tls_depth, tls_sni;
	ngx_uint_t tls_protocols; /* bit n: TLS 1.n; 0: unset */
	unsigned has_tls_digest : 1; /* upstream_tls.c's */
	u_char tls_digest[MK_DIGEST];
	/* errors.c */
	ngx_array_t error_pages; /* ngx_http_err_page_t, each to @minik_error */
	ngx_str_t error_backend; /* key */
	unsigned error_keep : 1; /* not what a backend itself says */
	unsigned n_errors;       /* answers of nginx's own that are being exchanged in this worker */
	/* cookie.c */
	ngx_str_t cookie, cookie_path, cookie_domain, cookie_samesite;
	ngx_int_t cookie_max_age, cookie_expires, cookie_secure; /* -1: unset */
	unsigned cookie_conditional : 1, cookie_on_failure : 1, cookie_persistent : 1, cookie_canary_legacy : 1;
	/* filter.c */
	unsigned cors : 1, cors_strict : 1, cors_credentials : 1, no_access_log : 1;
	ngx_array_t cors_origins; /* ngx_str_t */
	ngx_str_t cors_methods, cors_headers, cors_expose;
	ngx_int_t cors_max_age; /* -1: unset */
	ngx_str_t hsts;
	/* balance.c */
	ngx_str_t hash_by;  /* empty: nothing */
	ngx_uint_t hash_to; /* endpoints */
	/* given.c */
	struct mk_pair cookie_domain_given, cookie_path_given, location_given;
	ngx_array_t response_set, response_add, response_remove; /* struct mk_header */
};

/* upstream.c. Of options that are all taken. */
bool mk_upstream_is_set(const struct mk_policy *p);
/* policy_keep.c. A copy of text that all policies share, into *ret; one reference more. NULL: no memory. */
struct mk_pem *mk_pem_get(ngx_str_t text, ngx_str_t *ret);
/* answer.c. Sets Location; the status, or 400 when a client's bytes would break the header, or 500. */
ngx_int_t mk_redirect(ngx_http_request_t *r, ngx_uint_t status, ngx_str_t url);
/* answer.c. Host of the request, mk_authority's with the port that its Host header names, if any; data NULL: no memory. */
ngx_str_t mk_host(ngx_http_request_t *r);
ngx_str_t mk_authority(ngx_http_request_t *r);
/* s with what may not stand in a URL escaped, in the request's pool; data NULL: no memory. type: NGX_ESCAPE_* */
ngx_str_t mk_escape(ngx_http_request_t *r, ngx_str_t s, ngx_uint_t type);
/* rewrite.c. The request's path (decoded) with `prefix` in the place of what the route's path matched; data NULL: no memory. */
ngx_str_t mk_replace_prefix(ngx_http_request_t *r, struct mk_ctx *x, ngx_str_t prefix);
/* errors.c. In a location: what nginx answers with a status of the policy's goes to @minik_error. While the request is being routed. */
ngx_int_t mk_errors_set(ngx_http_request_t *r, struct mk_ctx *x);
/* errors.c. Before a backend is asked: so does what it answers. */
ngx_int_t mk_errors_watch(ngx_http_request_t *r, struct mk_ctx *x);
/* errors.c. The other backend has said all, or the request is over. */
void mk_errors_done(struct mk_ctx *x);
/* rewrite.c. Takes the named headers (struct mk_header) out of the request and puts others in. */
ngx_int_t mk_request_headers(ngx_http_request_t *r, const ngx_array_t *remove, const ngx_array_t *set, const ngx_array_t *add);
/* upgrade.c. Takes a client's wish out of the request that the connection become another HTTP; NGX_OK or NGX_ERROR. */
ngx_int_t mk_upgrade_screen(ngx_http_request_t *r);
/* filter.c. 204 for a preflight request of an origin that may come, else NGX_DECLINED. */
ngx_int_t mk_preflight(ngx_http_request_t *r, struct mk_ctx *x);
/* cookie.c. The endpoint of x->backend for the cookie that mk_cookie_get has read, or for a new one; of a name once it stands for something. */
void mk_cookie_choose(ngx_http_request_t *r, struct mk_ctx *x);
uint32_t mk_backend_hash(ngx_str_t key);
/* upstream_tls.c. What p says of TLS, good for as long as the request lives; NULL: it cannot be used (the log says why), or no memory. */
ngx_ssl_t *mk_tls_backend(ngx_http_request_t *r, struct mk_policy *p);
/* expand.c. "$name" and "${name}" are exchanged for their values. NGX_DECLINED: a name that there is not; NGX_ERROR: no memory. */
ngx_int_t mk_expand(ngx_http_request_t *r, ngx_str_t text, ngx_str_t *ret);
/* The same for where a redirect leads: $host without port, $scheme as the client came, $uri encoded. */
ngx_int_t mk_expand_place(ngx_http_request_t *r, ngx_str_t text, ngx_str_t *ret);
/* A number for all that mk_expand would say. NGX_DECLINED: that is nothing, or as above; NGX_ERROR: no memory. */
ngx_int_t mk_expand_hash(ngx_http_request_t *r, ngx_str_t text, uint64_t *ret);
/* answer.c. A path of the host that was asked, as a URL; data NULL: no memory. */
ngx_str_t mk_own_url(ngx_http_request_t *r, ngx_str_t path);
/* given.c. Before other changes of the answer: names in the backend's own headers. */
ngx_int_t mk_given(ngx_http_request_t *r, const struct mk_policy *p);
