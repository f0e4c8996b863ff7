/*
 * minik's nginx module: what ingress/table_file.h says, done to requests. One shared object (built against nginx's own headers, kept
 * inside the minik executable, written to DATA_DIR/ingress and named by load_module), of these files:
 *
 *    module.c    directives, phases, variables; the request's context
 *    begin.c     a worker tells that it has begun
 *    scheme.c    http or https, and which host, as the client has it
 *    table.c     the mapped table: taken when the page's generation changes, let go with the last request that is being routed by it
 *    cache.c     what a worker keeps of parsed texts
 *    route.c     host, path, conditions, weights -> a target                  (rewrite phase)
 *    balance.c   endpoints, retries                                           (upstream)
 *    tls.c       certificates by SNI
 *    client_cert.c  client certificates by SNI
 *    stats.c     counts into the page                                         (log phase)
 *    clients.c   how many connections clients have
 *    policy.c    a policy's options, taken apart once
 *    policy_keep.c  policies go over to the next table
 *    answer.c    answers without a backend: refusals, redirects               (rewrite phase)
 *    headers.c   headers that nginx.conf sets, where the policy has others
 *    request_id.c  a number for every request
 *    text.c        what clients sent, for the access log
 *    rewrite.c   URI and headers that the backend gets                        (rewrite phase)
 *    access.c    addresses, basic authentication, satisfy                     (access phase)
 *    auth.c      external authentication: a subrequest                        (access phase)
 *    auth_cache.c  its answers, kept for a while
 *    expand.c    $variables in values of an Ingress: those of a list, no others
 *    limits.c    rates, connections, sizes of bodies                          (preaccess phase)
 *    cookie.c    session affinity
 *    filter.c    headers that the client gets, CORS                           (header filter)
 *    given.c     what backends call themselves in Location, Refresh and Set-Cookie
 *    errors.c    answers exchanged for another backend's
 *    mirror.c    copies of requests whose answers nobody waits for
 *    names.c     names outside the cluster, looked up and judged           (precontent phase)
 *    upstream.c  time limits, buffers, retries                                (peer init)
 *    upstream_tls.c  TLS towards the backend
 *
 * nginx.conf around it is static (ingress/nginx.c):
 *
 *    http {
 *        minik_live "/run/minik/ingress/live";  # directory of page and table
 *        minik_id 0123456789abcdef;             # of this nginx.conf: reload_id of the page
 *        minik_scheme $minik_said_proto;        # of the client, where a proxy says it; left out: the connection's
 *        minik_asked $minik_said_host;          # the host, in the same way; empty: the request's
 *        minik_https_port 443;                  # what redirects to https:// name
 *        minik_header X-Real-IP $remote_addr;   # $minik_header_x_real_ip for proxy_set_header: so unless the policy has another
 *        minik_limits 4m;                       # memory of limits.c
 *        upstream minik { server 0.0.0.1; minik_balance; keepalive 256; ... }
 *        upstream minik_grpc { ... the same }   # HTTP/2 is spoken on its connections
 *        upstream minik_own { ... the same }    # TLS: kept connections are found by what balance.c says of them
 *        upstream minik_auth { ... the same }   # where auth-url is
 *        upstream minik_once { server 0.0.0.1; minik_balance; }  # HTTP/1.0: connections that end with their answer
 *        resolver 10.43.0.10; resolver_timeout 5s;
 *        server {
 *            listen 80;
 *            minik_scope 80;                    # Gateways' hosts at that port before Ingress'; "8080 alone": no Ingress there
 *            minik_public 443;                  # $minik_port, where clients know another port than that which is listened on
 *            location / { minik_route; proxy_pass http://minik; }
 *            location @minik_https { proxy_pass https://minik_own; }
 *            location @minik_grpc { grpc_pass grpc://minik_grpc; }
 *            location @minik_grpcs { grpc_pass grpcs://minik_own; }
 *            location @minik_stream { proxy_request_buffering off; proxy_pass http://minik; }
 *            location @minik_stream_https { proxy_request_buffering off; proxy_pass https://minik_own; }
 *            location @minik_http10 { proxy_http_version 1.0; proxy_pass http://minik_once; }
 *            location @minik_http10_https { proxy_http_version 1.0; proxy_pass https://minik_once; }
 *            location @minik_error {            # custom-http-errors; with the headers that are set for all
 *                minik_error;
 *                proxy_pass http://minik;
 *            }
 *            location @minik_refused {          # the same for what nginx itself would have answered: without the client's body
 *                proxy_pass_request_body off;
 *                proxy_set_header Content-Length "";
 *                proxy_set_header Transfer-Encoding "";
 *                proxy_pass http://minik;
 *            }
 *            location = /minik.auth {           # asks auth-url; all headers but these are auth.c's
 *                internal;
 *                proxy_pass $minik_auth_url;  # http(s)://minik_auth/...
 *                proxy_pass_request_body off;
 *                proxy_set_header Host $minik_auth_host;
 *                proxy_set_header Content-Length "";
 *                proxy_set_header Connection "";
 *                proxy_next_upstream error timeout non_idempotent;
 *                proxy_ssl_server_name on;
 *                proxy_ssl_name $minik_auth_host;
 *            }
 *        }
 *    }
 *
 * The default is the location that most requests end in, so that they need no internal redirect. client_max_body_size is 0 in all of
 * them; limits.c has the real one.
 *
 * Variables: $minik_host (Host for the backend), $minik_owner ("ns/name" of the Ingress), $minik_service ("ns/name:port"),
 * $minik_connection (Connection for the backend), $minik_request_id (X-Request-ID), $minik_prefix (X-Forwarded-Prefix), $minik_log ("1", or "" where the
 * access log is off), $minik_reason (of what was refused here), $minik_auth_url, $minik_auth_host, $minik_auth_method, $minik_auth_redirect, $minik_client_cert (PEM, escaped, or empty).
 *
 * One thread to a worker; nothing here is shared but the page and the memory of limits.c.
 */
#pragma once
#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include "ingress/live.h"
#include "ingress/options.h"
#include "ingress/table_file.h"

struct mk_policy; /* policy.h */
struct mk_cache;  /* cache.h */
struct mk_named;  /* names.h */
struct mk_wait;
struct mk_known;  /* access.c */
#define MK_DIGEST 32 /* bytes of mk_digest */
#define MK_ID_LEN 32 /* digits of a request's number */

/* A table as a worker has it. Referenced by every request that is being routed by it, not for longer: a request may last for days. */
struct mk_table {
	const void *map;
	size_t size;
	unsigned refs;
	uint64_t serial;             /* of the worker; never 0 */
	ngx_pool_t *pool;            /* destroyed with the table */
	struct mk_policy **policies; /* by index, one reference each; NULL: not taken apart yet */
	unsigned broken;             /* of them cannot be used */
	uint32_t *turns;             /* by backend: whose turn it is; 0: not begun */
	struct mk_addr **addrs;      /* by endpoint; NULL: not made yet */
	struct mk_regex **regexes;   /* by path, then by condition; NULL: not compiled yet */
};
/* Where a request goes. It has copies in the request's pool: which table that was from does not matter later. */
struct mk_backend {
	ngx_str_t key, external; /* key.data NULL: there is none */
	uint32_t external_port;
	struct mk_named *named; /* what `external` stands for, from the precontent phase on */
	uint32_t hash;   /* of key (cookie.c) */
	uint64_t serial; /* of the table in which it is */
	uint32_t index;
};
struct mk_addr { /* an endpoint as nginx wants it; lives as long as its table */
	union {
		struct sockaddr any;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
	} addr;
	socklen_t len;
	ngx_str_t name;
};
/* Endpoints that failed a moment ago: others are asked first. */
struct mk_down {
	uint32_t hash;
	ngx_msec_t until;
};
#define MK_DOWN 32
struct mk_main_conf {
	ngx_str_t live;
	uint64_t id; /* of nginx.conf; 0: not said */
	ngx_http_complex_value_t *scheme; /* NULL: the connection's */
	ngx_http_complex_value_t *said_host; /* NULL, or empty: the request's */
	ngx_uint_t https_port;
	size_t limits_size;
	ngx_shm_zone_t *limits;
	/* from here on: a worker's */
	struct live_page *page; /* NULL: there is none yet; then it is looked for at `tried`'s next second */
	int page_fd;
	time_t tried;
	struct mk_table *table; /* the newest; NULL: none that can be used */
	uint64_t serial;
	uint64_t seen;          /* generation that was looked at last */
	uint64_t *clients;      /* this worker's number in the page; NULL: all were taken */
	uint64_t slots[LIVE_SLOTS / 64]; /* bits: memory of the statistics' slot is there */
	struct mk_down down[MK_DOWN];
	unsigned n_down;
	struct mk_cache *certs;     /* tls.c */
	struct mk_match *match; /* route.c: limits and memory of expressions */
	struct mk_cache *asks, *cas;      /* client_cert.c */
	struct mk_cache *tls;             /* upstream_tls.c */
	struct mk_cache *regexes;         /* match.c */
	struct mk_cache *pems;            /* policy_keep.c */
	struct mk_auth_cache *auth_cache; /* auth_cache.c */
	struct mk_mirrors *mirrors; /* mirror.c */
	struct mk_cache *names;     /* names.c */
	struct mk_known *known; /* access.c: credentials that were checked lately */
	u_char random[1024];    /* request_id.c */
	unsigned n_random;      /* bytes of it that are left, from its beginning */
};
struct mk_srv_conf {
	uint32_t scope;
	ngx_uint_t public; /* the port that clients know; 0: the one that is listened on */
	unsigned routed : 1; /* some location has minik_route */
};
struct mk_loc_conf {
	unsigned route : 1, error : 1;
};
/* Of a main request; made by route.c. */
struct mk_ctx {
	/* from routing to the end of the access phase (mk_ctx_routed), then NULL */
	struct mk_table *table; /* one reference */
	const struct tf_host *host;
	const struct tf_path *path;
	const struct tf_rule *rule;
	const struct tf_target *target;   /* NULL: none */
	/* as long as the request */
	struct mk_backend backend;
	struct mk_policy *policy;         /* the rule's; one reference */
	struct mk_policy *extra;          /* the target's own, or NULL; one reference */
	ngx_str_t *captures;              /* ten, of a TF_REGEX path; [0] the whole */
	ngx_uint_t n_captures;
	unsigned fell : 1;                /* no rule of a narrower host of a Gateway's listener held */
	ngx_str_t upstream_host;          /* empty: the request's */
	/* affinity (cookie.c) */
	uint32_t sticky;          /* hash of the endpoint that the cookie names, */
	unsigned has_sticky : 1;  /* when there is one */
	unsigned set_cookie : 1;  /* the client is to be told */
	unsigned has_cookie : 1;  /* it sent: */
	unsigned quiet_cookie : 1; /* it is not told of this target */
	uint32_t cookie_key, cookie_backend;
	uint32_t chosen;          /* hash of the endpoint in use (balance.c) */
	unsigned tries;           /* of a backend */
	ngx_str_t cookie_path;    /* the path that matched, where it is wanted */
	unsigned tls : 1;      /* the client came by it */
	unsigned mirrored : 1; /* its copies have set out (mirror.c) */
	unsigned own_headers : 1; /* headers that nginx.conf sets are changed (headers.c) */
	unsigned error : 1;    /* the backend is the one that answers for another (errors.c) */
	unsigned counted_error : 1; /* in policy->n_errors */
	struct mk_wait *wait;     /* for what the backend's name stands for (names.c) */
	u_char *use; /* MK_DIGEST bytes: of what TLS to the backend is like (upstream.c); NULL: as nginx.conf says */
	u_char *id; /* request_id.c; NULL: none was made */
	const char *reason; /* why it was refused here, for the access log; NULL: it was not */
	/* external authentication (auth.c) */
	void *auth;
	u_char *password; /* access.c: the value of the client's Authorization, where basic authentication looks at it */
	/* limits.c: counted as one of so many connections */
	void *connection;
};

extern ngx_module_t ngx_http_minik_module;

/* module.c. After an internal redirect, which forgets modules' contexts; r: the main request. */
struct mk_ctx *mk_ctx_find(ngx_http_request_t *r);
/* The main request's, also after an internal redirect. NULL: not routed. */
static inline struct mk_ctx *mk_ctx_of(ngx_http_request_t *r)
{
	struct mk_ctx *x = ngx_http_get_module_ctx(r->main, ngx_http_minik_module);

	return x ? x : mk_ctx_find(r->main);
}
/* A new one in the request's pool. NULL: no memory. */
struct mk_ctx *mk_ctx_new(ngx_http_request_t *r);
/* The table has said all: it is let go. */
void mk_ctx_routed(struct mk_ctx *x);
static inline ngx_str_t mk_str(const struct mk_table *t, struct tf_str s)
{
	return (ngx_str_t){s.len, (u_char *)(uintptr_t)tf_text(t->map, s)};
}

/* route.c. Of the request's headers, the first of that name; false: none. lower: in small letters. */
bool mk_header_find(ngx_http_request_t *r, ngx_str_t lower, ngx_str_t *value);
bool mk_cookie_find(ngx_http_request_t *r, ngx_str_t name, ngx_str_t *value);
/* scheme.c */
bool mk_is_https(ngx_http_request_t *r);
bool mk_said_host(ngx_http_request_t *r, ngx_str_t *ret); /* with a port or without; false: nobody says another than the request's */
static inline ngx_int_t mk_var_set(ngx_http_variable_value_t *v, ngx_str_t s)
{
	v->valid = 1;
	v->no_cacheable = 0;
	v->not_found = 0;
	v->len = (unsigned)s.len & 0xfffffff;
	v->data = s.data;
	return NGX_OK;
}
/* begin.c. minik_id, and a worker's start: tells the page which configuration has begun (live.h: reload_id). */
char *mk_id_set(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
ngx_int_t mk_begin(ngx_cycle_t *cycle);
/* request_id.c. The number made for the request; said: what the client sent, if it did. data NULL: no memory. */
ngx_str_t mk_request_id(ngx_http_request_t *r, bool said);
ngx_int_t mk_request_id_variable(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data);

/* text.c. $minik_text_...: what the client sent, as UTF-8. */
enum mk_text { MK_TEXT_HOST, MK_TEXT_URI, MK_TEXT_AGENT, MK_TEXT_REFERER, MK_TEXT_ID };
ngx_int_t mk_text_variable(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data);
/* cleartext.c; at a worker's start. */
void mk_cleartext_begin(ngx_cycle_t *cycle);
/* headers.c; minik_header. */
char *mk_header_set(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
/* route.c; the rewrite phase of a location with minik_route. */
ngx_int_t mk_route(ngx_http_request_t *r);
/* errors.c; the rewrite phase of a location with minik_error. */
ngx_int_t mk_error(ngx_http_request_t *r);
/* balance.c; nginx's init of an upstream with minik_balance. */
ngx_int_t mk_balance_init(ngx_conf_t *cf, ngx_http_upstream_srv_conf_t *us);
/* An endpoint of the backend of that key for one request, by turns; NULL: there is none, or no memory. */
const struct mk_addr *mk_balance_once(struct mk_main_conf *m, struct mk_table *t, ngx_str_t key);
/* mirror.c; when nginx has made the request for the backend: copies of it set out. */
void mk_mirror(ngx_http_request_t *r, struct mk_ctx *x);
/* tls.c; in postconfiguration: certificates by SNI on every server with TLS. */
ngx_int_t mk_tls_init(ngx_conf_t *cf);
/* clients.c. When a worker has the page, at a request (once for each connection), at a worker's end. */
void mk_clients_begin(struct mk_main_conf *m);
void mk_clients_add(ngx_http_request_t *r, struct mk_main_conf *m);
void mk_clients_end(struct mk_main_conf *m);
/* stats.c; log phase. */
void mk_stats(ngx_http_request_t *r, struct mk_main_conf *m, struct mk_ctx *x);

/* table.c. The newest table, one reference more; NULL: there is none. */
struct mk_table *mk_table_get(struct mk_main_conf *m, ngx_log_t *log);
void mk_table_put(struct mk_table *t);

/* policy.c. Taken apart at its first use; lent by the table. NULL: an option that is unknown or malformed (the log says which), or no memory: 500. */
struct mk_policy *mk_policy_get(struct mk_table *t, uint32_t index, ngx_log_t *log);
/* policy_keep.c. NULL is nothing. */
void mk_policy_put(struct mk_policy *p);
/* What both tables have; of old, if nobody else has it, its references, for it is let go next. */
void mk_policies_inherit(struct mk_table *t, struct mk_table *old);
/* balance.c. NULL: the Service is not in that table. */
const struct tf_backend *mk_backend_find(const struct mk_table *t, ngx_str_t key);
/* The request's in t, which may be another table than the one that has routed it. */
const struct tf_backend *mk_backend_in(const struct mk_table *t, const struct mk_backend *b);

/*
 * Handlers of phases, for main requests that are routed. NGX_DECLINED: go on; a status or NGX_DONE: answered; NGX_AGAIN: called
 * again when what is waited for is there.
 */
ngx_int_t mk_answer(ngx_http_request_t *r, struct mk_ctx *x);    /* answer.c; after routing */
ngx_int_t mk_rewrite(ngx_http_request_t *r, struct mk_ctx *x);   /* rewrite.c; after mk_answer */
ngx_int_t mk_limits(ngx_http_request_t *r, struct mk_ctx *x);    /* limits.c */
ngx_int_t mk_access(ngx_http_request_t *r, struct mk_ctx *x);    /* access.c; calls mk_auth, minds satisfy */
ngx_int_t mk_password(ngx_http_request_t *r, struct mk_ctx *x);  /* access.c; before it, and before headers are changed: NGX_OK or NGX_ERROR */
/* access.c. The password is for us; what a policy or auth-url has set in its place is for the backend. NGX_DECLINED or 500 */
ngx_int_t mk_password_forget(ngx_http_request_t *r, const struct mk_ctx *x);
ngx_int_t mk_auth(ngx_http_request_t *r, struct mk_ctx *x);      /* auth.c */
ngx_int_t mk_client_cert(ngx_http_request_t *r, struct mk_ctx *x); /* client_cert.c: certificate asked for and given? NGX_DECLINED or a status */
ngx_int_t mk_external(ngx_http_request_t *r, struct mk_ctx *x);  /* names.c; what an ExternalName stands for, before it is asked */
ngx_int_t mk_headers(ngx_http_request_t *r, struct mk_ctx *x);   /* filter.c; as the header filter, NGX_OK or NGX_ERROR */
void mk_done(ngx_http_request_t *r, struct mk_ctx *x);           /* limits.c; in the log phase */

/* auth.c: at the start of asking; where auth-url is, NULL: there is none. */
struct mk_named *mk_auth_begin(ngx_http_request_t *sub, const struct mk_ctx *x);
/* auth.c: header filter, of a subrequest. */
void mk_auth_header(ngx_http_request_t *sub, const struct mk_ctx *x);
/* auth.c: its host, as the URL has it. */
ngx_str_t mk_auth_place(const struct mk_ctx *x);
/* auth.c: $minik_auth_url and the others that are its; ends with ngx_http_null_variable. */
extern ngx_http_variable_t mk_auth_variables[];
/* client_cert.c; in the handshake, after s was found by SNI: asks for a client's certificate. 1: go on, 0: refuse the handshake. */
int mk_client_cert_ask(ngx_ssl_conn_t *ssl, const struct mk_table *t, const struct tf_server *s);
ngx_int_t mk_client_cert_init(ngx_conf_t *cf); /* in postconfiguration: sessions are kept apart on every server with TLS */
ngx_int_t mk_client_cert_variable(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data);
/* PEM of at least one certificate; names (or NULL) gets their subjects. */
ngx_int_t mk_store_add_ca(X509_STORE *store, STACK_OF(X509_NAME) * names, ngx_str_t pem);
/* auth.c; header filter: cookies of the answer that let the client in, or did not. NGX_OK or NGX_ERROR */
ngx_int_t mk_auth_headers(ngx_http_request_t *r, struct mk_ctx *x);
/* digest.c. SHA-256 of the parts and where each ends. */
ngx_int_t mk_digest(const ngx_str_t *parts, size_t n, u_char out[MK_DIGEST]);

ngx_int_t mk_limits_init(ngx_shm_zone_t *zone, void *old); /* limits.c: nginx's init of a shared zone */

/* upstream.c; at the start of asking a backend (peer.init): u->conf is exchanged for a copy where the policy says so. */
ngx_int_t mk_upstream(ngx_http_request_t *r, struct mk_ctx *x);
/* The name of the location for the backend's protocol and buffering; data NULL: the default one. */
ngx_str_t mk_location(const ngx_http_request_t *r, const struct mk_ctx *x);

/* Numbers that differ by anything come out as if drawn by lot (splitmix64's last steps). */
static inline uint64_t mk_mix(uint64_t h)
{
	h = (h ^ h >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	h = (h ^ h >> 27) * UINT64_C(0x94d049bb133111eb);
	return h ^ h >> 31;
}

/* cookie.c. Reads the client's cookie into x->sticky; what is to be told after an endpoint was chosen is filter.c's, by mk_cookie_set. */
void mk_cookie_get(ngx_http_request_t *r, struct mk_ctx *x);
ngx_int_t mk_cookie_set(ngx_http_request_t *r, struct mk_ctx *x);
