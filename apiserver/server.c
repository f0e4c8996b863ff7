/* The server's life, and requests that come by HTTP. */
#include <errno.h>
#include <strings.h>
#include "api/object.h"
#include "apiserver/internal.h"
#include "base/clock.h"
#include "base/log.h"

#define POOL_THREADS   4
/* Headers must fit a client's buffer: as kube-apiserver has it, long ones are cut when all together are longer than that. */
#define WARNINGS_BYTES 4096
#define WARNING_CUT    256
#define WARNINGS_MAX   64 /* some clients take no more than 100 headers */

struct store *apiserver_store(struct apiserver *a) { return a->store; }
struct pki *apiserver_pki(struct apiserver *a) { return a->pki; }
struct clock *apiserver_clock(struct apiserver *a) { return a->clock; }
struct pool *apiserver_pool(struct apiserver *a) { return a->pool; }
const char *apiserver_static_token(const struct apiserver *a) { return a->cfg.token; }
const char *apiserver_issuer(const struct apiserver *a) { return a->cfg.issuer; }
struct api_registry *apiserver_registry(struct apiserver *a)
{
	struct api_registry *r;

	pthread_mutex_lock(&a->reg_lock);
	r = api_registry_ref(a->registry);
	pthread_mutex_unlock(&a->reg_lock);
	return r;
}

/* --- HTTP sink --- */

static void add_headers(struct req *r)
{
	const json_t *w;
	size_t i, total = 0, written = 0;
	const char *given;
	char id[37];

	given = http_header(r->x, "Audit-ID");
	if (!given || !*given || strlen(given) > 128)
		uuid_new(id);
	(void)http_add_header(r->x, "Audit-Id", given && *given && strlen(given) <= 128 ? given : id);
	(void)http_add_header(r->x, "Cache-Control", r->immutable ? "public, immutable" : "no-cache, private");
	if (r->immutable)
		(void)http_add_header(r->x, "Expires", "Thu, 31 Dec 2099 23:59:59 GMT");
	json_array_foreach(r->warnings, i, w)
		total += json_string_length(w);
	json_array_foreach(r->warnings, i, w) {
		AUTO_BUF struct buf b = {0};
		size_t max = total > WARNINGS_BYTES ? WARNING_CUT : SIZE_MAX, n = 0;

		if (written > WARNINGS_BYTES || i >= WARNINGS_MAX)
			break;
		buf_adds(&b, "299 - \"");
		for (const char *s = json_string_value(w); s && *s && (n < max || (*s & 0xc0) == 0x80); s++, n++, written++) {
			if (*s == '"' || *s == '\\')
				buf_addc(&b, '\\');
			buf_addc(&b, (unsigned char)*s < 0x20 ? ' ' : *s);
		}
		buf_addc(&b, '"');
		if (!buf_failed(&b))
			(void)http_add_header(r->x, "Warning", b.data);
	}
}

static void http_sink_reply(struct req *r, int status, const char *content_type, struct bytes *const *parts, size_t n)
{
	add_headers(r);
	if (n <= 1)
		http_reply(r->x, status, content_type, n ? parts[0] : NULL);
	else
		http_reply_parts(r->x, status, content_type, parts, n);
}

#define WATCH_QUEUE (32u << 20)

static int http_sink_watch_begin(struct req *r)
{
	const char *upgrade = http_header(r->x, "Upgrade");

	add_headers(r);
	if (upgrade && !strcasecmp(upgrade, "websocket")) {
		int rc = ws_watch_begin(r);

		if (rc)
			http_reply(r->x, 400, "text/plain", NULL);
		return rc;
	}
	return http_stream_begin(r->x, 200, "application/json", WATCH_QUEUE);
}

int http_sink_stream_begin(struct req *r, size_t max_queue)
{
	add_headers(r);
	http_stream_bulk(r->x);
	return http_stream_begin(r->x, 200, "application/json", max_queue);
}

struct bytes *watch_frame(enum watch_type type, const struct bytes *object)
{
	static const char *const names[] = {"ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"};
	AUTO_BUF struct buf b = {0};

	buf_reserve(&b, object->len + 64);
	buf_adds(&b, "{\"type\":\"");
	buf_adds(&b, names[type]);
	buf_adds(&b, "\",\"object\":");
	buf_add(&b, object->data, object->len);
	buf_adds(&b, "}\n");
	return buf_take_bytes(&b);
}

/* Watchers of one kind are told the same one after the other: the frame is made once. */
static struct bytes *shared_frame(struct apiserver *a, enum watch_type type, struct bytes *object)
{
	struct bytes *frame;

	pthread_mutex_lock(&a->frame_lock);
	if (a->frame_of != object || a->frame_type != type) {
		(void)bytes_unref(a->frame);
		(void)bytes_unref(a->frame_of);
		a->frame = watch_frame(type, object);
		a->frame_of = a->frame ? bytes_ref(object) : NULL;
		a->frame_type = type;
	}
	frame = bytes_ref(a->frame);
	pthread_mutex_unlock(&a->frame_lock);
	return frame;
}

static int http_sink_watch_event(struct req *r, enum watch_type type, struct bytes *object)
{
	AUTO_BYTES struct bytes *frame = shared_frame(r->a, type, object);

	return frame ? http_stream_write(r->x, frame) : -ENOMEM;
}

static void http_sink_watch_end(struct req *r) { http_stream_end(r->x); }

static const struct sink_ops http_sink = {
	.reply = http_sink_reply,
	.watch_begin = http_sink_watch_begin,
	.watch_event = http_sink_watch_event,
	.watch_end = http_sink_watch_end,
};

static int dup_header(struct req *r, const char **ret, const char *v)
{
	*ret = req_text(r, v);
	return *ret || !v ? 0 : -ENOMEM;
}

static void handle(void *arg, struct http_exchange *x)
{
	struct apiserver *a = arg;
	struct req *r = req_new(a, &http_sink);
	struct err e = {0};
	int rc;

	if (!r) {
		http_reply(x, 503, "text/plain", NULL);
		return;
	}
	r->x = x;
	if (dup_header(r, &r->method, http_method(x)) || dup_header(r, &r->path, http_path(x)) || dup_header(r, &r->query_text, http_query(x)) ||
	    dup_header(r, &r->content_type, http_header(x, "Content-Type")) || dup_header(r, &r->accept, http_header(x, "Accept")) ||
	    dup_header(r, &r->user_agent, http_header(x, "User-Agent"))) {
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	r->body = bytes_ref(http_body(x));
	rc = authn_http(a->auth, x, &r->id, &e);
	if (rc) {
		if (rc == ERR_UNAUTHORIZED)
			req_fail(r, 401, "Unauthorized", "Unauthorized");
		else
			req_fail_err(r, &e);
		return;
	}
	req_run(r);
}

/* --- life --- */

static const char *dup_cfg(const char *s, const char *dflt) { return str_dup(s ? s : dflt); }

int apiserver_new(struct apiserver **ret, const struct apiserver_config *c, const struct apiserver_deps *d, struct err *e)
{
	struct apiserver *a = calloc(1, sizeof(*a));
	struct apiserver_config *o;
	int r;

	if (!a)
		return err_nomem(e);
	pthread_mutex_init(&a->reg_lock, NULL);
	pthread_mutex_init(&a->watch_lock, NULL);
	pthread_mutex_init(&a->frame_lock, NULL);
	pthread_mutex_init(&a->direct_lock, NULL);
	pthread_mutex_init(&a->turn_lock, NULL);
	pthread_mutex_init(&a->live_lock, NULL);
	pthread_cond_init(&a->live_cond, NULL);
	pthread_mutex_init(&a->boot_lock, NULL);
	pthread_cond_init(&a->boot_cond, NULL);
	list_init(&a->directs);
	list_init(&a->cleanups);
	watch_server_init(a);
	a->store = d->store;
	a->pki = d->pki;
	a->clock = d->clock ? d->clock : clock_real();
	o = &a->cfg;
	*o = *c;
	o->bind_address = c->bind_address ? str_dup(c->bind_address) : NULL;
	o->advertise_address = c->advertise_address ? str_dup(c->advertise_address) : NULL;
	o->cluster_domain = dup_cfg(c->cluster_domain, "cluster.local");
	o->service_cidr = dup_cfg(c->service_cidr, "10.43.0.0/16");
	o->cluster_cidr = str_dup(c->cluster_cidr);
	o->cluster_dns = c->cluster_dns ? str_dup(c->cluster_dns) : NULL;
	o->kubelet_ca_pem = dup_cfg(c->kubelet_ca_pem, "");
	o->token = c->token ? str_dup(c->token) : NULL;
	o->issuer = c->issuer ? str_dup(c->issuer) : str_fmt("https://kubernetes.default.svc.%s", c->cluster_domain ? c->cluster_domain : "cluster.local");
	if (!o->node_port_min)
		o->node_port_min = 30000;
	if (!o->node_port_max)
		o->node_port_max = 32767;
	a->turns = map_new(NULL);
	r = a->turns && o->cluster_domain && o->service_cidr && o->issuer && o->kubelet_ca_pem ? 0 : err_nomem(e);
	if (!r)
		r = api_registry_new(&a->registry, e);
	if (!r)
		r = pool_new(&a->pool, POOL_THREADS, "apiserver", e);
	if (!r)
		r = fair_new(&a->fair, a->pool, POOL_THREADS, e);
	if (!r)
		r = loop_new(&a->loop, e);
	if (!r)
		r = auth_new(&a->auth, a, e);
	if (!r)
		r = flow_new(&a->flow, a, (c->max_requests ? c->max_requests : 400) + (c->max_mutating_requests ? c->max_mutating_requests : 200), e);
	if (!r)
		r = flow_keep_new(&a->flow_keep, a, e);
	if (r) {
		(void)apiserver_free(a);
		return r;
	}
	*ret = a;
	return 0;
}

/* Before anything of the cluster is written: a start that cannot listen decides nothing. */
static int take_address(struct apiserver *a, struct err *e)
{
	const struct cert_pair *serving = pki_serving(a->pki);
	struct http_server_config h = {
		.bind_address = a->cfg.bind_address,
		.port = a->cfg.port,
		.tls_cert_pem = serving->cert_pem,
		.tls_key_pem = serving->key_pem,
		.client_ca_pem = pki_ca_cert(a->pki),
		.threads = a->cfg.threads,
		.max_connections = a->cfg.max_connections,
		.max_body = APISERVER_MAX_BODY,
		.too_large_type = "application/json",
		.too_large_body = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"Request entity too large: limit is 3145728\",\"reason\":\"RequestEntityTooLarge\",\"code\":413}",
	};
	int r = http_server_new(&a->http, &h, handle, a, e);

	return r ? r : http_server_bind(a->http, e);
}

int apiserver_use_certificates(struct apiserver *a, struct err *e)
{
	const struct cert_pair *serving = pki_serving(a->pki);
	int r = http_server_set_cert(a->http, serving->cert_pem, serving->key_pem, e);

	return r ? r : relays_use_certificate(a, e);
}

int apiserver_start(struct apiserver *a, struct err *e)
{
	int r;

	a->start_ms = clock_mono_ms(a->clock);
	r = take_address(a, e);
	if (!r)
		r = loop_thread_start(&a->thread, a->loop, "apiserver", e);
	if (r)
		return r;
	a->started = true;
	r = relays_new(a, e);
	if (!r)
		r = registry_start(a, e);
	if (!r)
		r = auth_start(a->auth, e);
	if (!r)
		r = bootstrap_run(a, e);
	if (!r)
		r = auth_bootstrap(a->auth, e);
	if (!r)
		r = apiserver_ensured(a, e);
	if (!r)
		r = flow_keep_start(a->flow_keep, e);
	if (!r)
		r = http_server_start(a->http, e);
	if (!r)
		r = auth_publish(a->auth, e);
	if (!r)
		r = bootstrap_endpoints(a, e);
	if (!r)
		r = apiserver_ensured(a, e);
	if (r) {
		apiserver_stop(a);
		apiserver_join(a);
		return r;
	}
	event_ttl_start(a);
	atomic_store(&a->ready, true);
	return 0;
}

uint16_t apiserver_port(const struct apiserver *a) { return a->http ? http_server_port(a->http) : 0; }

void apiserver_stop(struct apiserver *a)
{
	if (!a || atomic_exchange(&a->stopping, true))
		return;
	atomic_store(&a->ready, false);
	if (!a->started)
		return;
	flow_stop(a->flow);
	watch_stop_all(a);
	registry_stop(a);
	crd_cleanup_stop(a);
	auth_stop(a->auth);
	if (a->http)
		http_server_stop(a->http);
}

void apiserver_join(struct apiserver *a)
{
	if (!a || !a->started || a->joined)
		return;
	a->joined = true;
	/* First the sockets: it ends what streams are left. Then answers under way finish by themselves. */
	if (a->http)
		http_server_join(a->http);
	pthread_mutex_lock(&a->live_lock);
	while (atomic_load(&a->live_reqs) > 0)
		pthread_cond_wait(&a->live_cond, &a->live_lock);
	pthread_mutex_unlock(&a->live_lock);
	pool_drain(a->pool);
	loop_quit(a->loop);
	a->thread = loop_thread_join(a->thread);
	relays_free(a);
}

struct apiserver *apiserver_free(struct apiserver *a)
{
	const char *s[9];

	if (!a)
		return NULL;
	apiserver_stop(a);
	apiserver_join(a);
	a->http = http_server_free(a->http);
	direct_free_all(a);
	a->frame = bytes_unref(a->frame);
	a->frame_of = bytes_unref(a->frame_of);
	a->bookmark_timer = a->loop ? loop_timer_free(a->bookmark_timer) : NULL;
	a->event_timer = a->loop ? loop_timer_free(a->event_timer) : NULL;
	a->flow_timer = a->loop ? loop_timer_free(a->flow_timer) : NULL;
	a->flow_keep_timer = a->loop ? loop_timer_free(a->flow_keep_timer) : NULL;
	a->flow_keep = flow_keep_free(a->flow_keep);
	a->auth = auth_free(a->auth);
	a->pool = pool_free(a->pool);
	a->fair = fair_free(a->fair);
	a->loop = loop_free(a->loop);
	a->flow = flow_free(a->flow);
	disco_drop(a);
	if (a->turns)
		(void)map_free(a->turns);
	(void)api_registry_unref(a->registry);
	s[0] = a->cfg.bind_address;
	s[1] = a->cfg.advertise_address;
	s[2] = a->cfg.cluster_domain;
	s[3] = a->cfg.service_cidr;
	s[4] = a->cfg.cluster_dns;
	s[5] = a->cfg.token;
	s[6] = a->cfg.issuer;
	s[7] = a->cfg.kubelet_ca_pem;
	s[8] = a->cfg.cluster_cidr;
	for (size_t i = 0; i < ARRAY_LEN(s); i++)
		free((char *)(uintptr_t)s[i]);
	pthread_mutex_destroy(&a->reg_lock);
	pthread_mutex_destroy(&a->watch_lock);
	pthread_mutex_destroy(&a->frame_lock);
	pthread_mutex_destroy(&a->direct_lock);
	pthread_mutex_destroy(&a->turn_lock);
	pthread_mutex_destroy(&a->live_lock);
	pthread_cond_destroy(&a->live_cond);
	pthread_mutex_destroy(&a->boot_lock);
	pthread_cond_destroy(&a->boot_cond);
	free(a);
	return NULL;
}
