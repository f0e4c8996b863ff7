/* The page's statistics as Prometheus reads them. */
#include "ingress/metrics.h"
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include "base/inet.h"
#include "base/listener.h"
#include "base/str.h"
#include "wire/http_server.h"

#define CONNECTIONS_MAX 16

/* --- text --- */

struct rows { /* names and numbers as live_read gave them; it holds them only while it calls */
	struct buf *b;
	struct live_stat *stats;
	char **owners;
	size_t n;
	bool failed;
};

static void rows_done(struct rows *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->owners[i]);
	free(r->owners);
	free(r->stats);
}

static void row_add(void *arg, const char *owner, const struct live_stat *s)
{
	struct rows *r = arg;

	if (r->failed)
		return;
	if ((r->n & (r->n - 1)) == 0) { /* full at powers of two */
		size_t cap = r->n ? r->n * 2 : 1;
		struct live_stat *stats = realloc(r->stats, cap * sizeof(*stats));
		r->stats = stats ? stats : r->stats;
		char **owners = realloc(r->owners, cap * sizeof(*owners));
		r->owners = owners ? owners : r->owners;
		if (!stats || !owners) {
			r->failed = true;
			return;
		}
	}
	r->owners[r->n] = str_dup(owner);
	r->failed = !r->owners[r->n];
	if (!r->failed)
		r->stats[r->n++] = *s;
}

static void head(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_addf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void requests(const struct rows *r)
{
	static const char *const status[6] = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

	head(r->b, "minik_ingress_requests_total", "counter",
	     "Requests by the class of their status; none: the client went before.");
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < ARRAY_LEN(status); k++)
			if (r->stats[i].status[k])
				buf_addf(r->b,
					 "minik_ingress_requests_total{ingress=\"%s\",status=\"%s\"} %" PRIu64 "\n",
					 r->owners[i], status[k], r->stats[i].status[k]);
}

static void durations(const struct rows *r)
{
	static const unsigned bounds[LIVE_BUCKETS - 1] = LIVE_BOUNDS_MS;
#define NAME "minik_ingress_request_duration_seconds"
	head(r->b, NAME, "histogram", "Time from a request's first byte to the last of its answer.");
	for (size_t i = 0; i < r->n; i++) {
		uint64_t sum = 0;
		for (size_t k = 0; k < LIVE_BUCKETS; k++)
			sum += r->stats[i].buckets[k];
		if (!sum)
			continue;
		sum = 0;
		for (size_t k = 0; k < LIVE_BUCKETS - 1; k++) {
			sum += r->stats[i].buckets[k];
			buf_addf(r->b, NAME "_bucket{ingress=\"%s\",le=\"%g\"} %" PRIu64 "\n", r->owners[i],
				 bounds[k] / 1e3, sum);
		}
		sum += r->stats[i].buckets[LIVE_BUCKETS - 1];
		buf_addf(r->b, NAME "_bucket{ingress=\"%s\",le=\"+Inf\"} %" PRIu64 "\n", r->owners[i], sum);
		buf_addf(r->b, NAME "_sum{ingress=\"%s\"} %" PRIu64 ".%06" PRIu64 "\n", r->owners[i],
			 r->stats[i].time_us / 1000000, r->stats[i].time_us % 1000000);
		buf_addf(r->b, NAME "_count{ingress=\"%s\"} %" PRIu64 "\n", r->owners[i], sum);
	}
#undef NAME
}

static void counter(const struct rows *r, const char *name, const char *help, size_t field)
{
	head(r->b, name, "counter", help);
	for (size_t i = 0; i < r->n; i++) {
		uint64_t v;
		memcpy(&v, (const char *)&r->stats[i] + field, sizeof(v));
		if (v)
			buf_addf(r->b, "%s{ingress=\"%s\"} %" PRIu64 "\n", name, r->owners[i], v);
	}
}

static void total(struct buf *b, const char *name, const char *type, const char *help, uint64_t v)
{
	head(b, name, type, help);
	buf_addf(b, "%s %" PRIu64 "\n", name, v);
}

int ing_metrics_text(struct live *l, struct buf *b, struct err *e)
{
	CLEANUP(rows_done) struct rows r = {.b = b};
	struct live_totals t = {0};
	int code = live_read(l, &t, row_add, &r, e);

	if (code < 0)
		return code;
	if (r.failed)
		return err_nomem(e);
	requests(&r);
	durations(&r);
	counter(&r, "minik_ingress_request_bytes_total", "Bytes that clients have sent.",
		offsetof(struct live_stat, bytes_in));
	counter(&r, "minik_ingress_response_bytes_total", "Bytes that clients were sent.",
		offsetof(struct live_stat, bytes_out));
	counter(&r, "minik_ingress_backend_retries_total", "Tries of a backend after the first of a request.",
		offsetof(struct live_stat, retries));
	total(b, "minik_ingress_connections", "gauge", "Connections of clients.", (uint64_t)t.connections);
	total(b, "minik_ingress_tables_total", "counter", "Routing tables that nginx was given.", t.generation);
	total(b, "minik_ingress_table_errors_total", "counter", "Routing tables that a worker of nginx could not use.",
	      t.table_errors);
	total(b, "minik_ingress_uncounted_owners", "gauge",
	      "Ingresses and routes that are counted together, as ingress=\"\".", t.sharing);
	return buf_failed(b) ? err_nomem(e) : 0;
}

/* --- the server --- */

struct ing_metrics {
	struct live *live; /* atomic */
	pthread_mutex_t lock;
	struct buf more; /* under lock */
	uint64_t builds;   /* atomic */
	char host[48];
	uint16_t port; /* 0: none */
	struct http_server *http;
};

static void handle(void *arg, struct http_exchange *x)
{
	struct ing_metrics *m = arg;
	const char *path = http_path(x), *type = "text/plain; charset=utf-8";
	AUTO_BUF struct buf b = {0};
	struct err e = {0};
	int status = 200;

	if (!streq(http_method(x), "GET") && !streq(http_method(x), "HEAD")) {
		status = 405;
	} else if (streq(path, "/metrics")) {
		type = "text/plain; version=0.0.4; charset=utf-8";
		struct live *live = __atomic_load_n(&m->live, __ATOMIC_ACQUIRE);
		int r =
		    live ? ing_metrics_text(live, &b, &e) : err_set(&e, ERR_UNAVAILABLE, "nginx does not run here yet");
		pthread_mutex_lock(&m->lock);
		if (r == 0 && m->more.len)
			buf_add(&b, m->more.data, m->more.len);
		pthread_mutex_unlock(&m->lock);
		if (r == 0)
			total(&b, "minik_ingress_table_builds_total", "counter",
			      "Routing tables that were made of objects, also those that nginx had already.",
			      __atomic_load_n(&m->builds, __ATOMIC_RELAXED));
		if (r < 0) {
			status = 503;
			buf_done(&b);
			buf_addf(&b, "%s\n", e.msg);
		}
	} else if (streq(path, "/healthz")) {
		buf_adds(&b, "ok");
	} else {
		status = 404;
		buf_adds(&b, "404 page not found\n");
	}
	AUTO_BYTES struct bytes *body = buf_failed(&b) ? NULL : bytes_new(b.data ? b.data : "", b.len);
	(void)http_add_header(x, "X-Content-Type-Options", "nosniff");
	http_reply(x, body ? status : 500, type, body);
}

int ing_metrics_new(struct ing_metrics **ret, const char *address, struct err *e)
{
	struct ing_metrics *m = calloc(1, sizeof(*m));

	if (!m)
		return err_nomem(e);
	if (address && *address && !inet_addr_port_parse(address, m->host, &m->port)) {
		free(m);
		return err_set(e, -EINVAL, "\"%s\" is not an address with a port, such as 127.0.0.1:10254", address);
	}
	pthread_mutex_init(&m->lock, NULL);
	*ret = m;
	return 0;
}

void ing_metrics_more(struct ing_metrics *m, struct buf *lines)
{
	pthread_mutex_lock(&m->lock);
	struct buf old = m->more;
	m->more = *lines;
	pthread_mutex_unlock(&m->lock);
	*lines = (struct buf){0};
	buf_done(&old);
}

void ing_metrics_set(struct ing_metrics *m, struct live *live)
{
	__atomic_store_n(&m->live, live, __ATOMIC_RELEASE);
}

void ing_metrics_built(struct ing_metrics *m)
{
	(void)__atomic_add_fetch(&m->builds, 1, __ATOMIC_RELAXED);
}

int ing_metrics_start(struct ing_metrics *m, struct err *e)
{
	const struct http_server_config c = {.bind_address = m->host,
					     .port = m->port,
					     .threads = 1,
					     .max_connections = CONNECTIONS_MAX,
					     .max_body = 1024,
					     .idle_timeout_s = 10,
					     .request_timeout_s = 10};
	char who[64];

	if (!m->port || m->http)
		return 0;
	int code = http_server_new(&m->http, &c, handle, m, e);
	if (code == 0)
		code = http_server_start(m->http, e);
	if (code == 0)
		return 0;
	m->http = http_server_free(m->http);
	if (code == -EADDRINUSE && listener_find(m->port, who, sizeof(who)))
		return err_set(e, code, "metrics (--ingress-metrics-address): TCP port %u of %s is taken by %s",
			       m->port, m->host, who);
	return err_wrap(e, "metrics (--ingress-metrics-address)");
}

struct ing_metrics *ing_metrics_free(struct ing_metrics *m)
{
	if (!m)
		return NULL;
	if (m->http) {
		http_server_stop(m->http);
		http_server_join(m->http);
		http_server_free(m->http);
	}
	buf_done(&m->more);
	pthread_mutex_destroy(&m->lock);
	free(m);
	return NULL;
}
