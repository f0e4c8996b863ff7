#include "proxy/observe.h"
#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/inet.h"
#include "base/listener.h"
#include "base/str.h"
#include "proxy/inspect.h"
#include "wire/http_server.h"

#define CONNECTIONS_MAX 32
#define HEALTHY_MS      60000 /* kube-proxy's: twice its sync period of 30 s */
#define COUNT_MS        1000
#define BUCKETS         15 /* kube-proxy's: 1 ms, doubled */

enum { METRICS, HEALTHZ, SERVERS };
struct server {
	struct observe *o;
	char host[48];
	uint16_t port; /* 0: not wanted */
	struct http_server *http;
};
typedef _Atomic uint64_t count;
struct histogram {
	count bucket[BUCKETS + 1], ns; /* the last: longer */
};
struct observe {
	struct server servers[SERVERS];
	char *mode, *cluster_cidr, *service_cidr, *scheduler;
	struct histogram full, partial;
	count failures, service_changes;
	count services, ports, endpoints;
	_Atomic int64_t revision[OBSERVE_KINDS];
	_Atomic int64_t queued_ms;            /* monotonic: since when changes wait; 0: none do */
	_Atomic int64_t queued_at, synced_at; /* wall, ns; 0: never */
	count pending;
	atomic_bool leaving;
	count healthz[2], livez[2]; /* 200, 503 */
	struct px_counts counts;    /* of the metrics server's thread, as its time */
	int64_t counted_ms;         /* monotonic; 0: never */
};

static int64_t wall_ns(void)
{
	struct timespec t;
	clock_real()->wall(clock_real(), &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- what is noted ---- */

static void histogram_add(struct histogram *h, int64_t ns)
{
	unsigned i = 0;
	while (i < BUCKETS && ns > 1000000ll << i)
		i++;
	atomic_fetch_add(&h->bucket[i], 1);
	atomic_fetch_add(&h->ns, (uint64_t)(ns > 0 ? ns : 0));
}

void observe_queued(struct observe *o)
{
	atomic_fetch_add(&o->pending, 1);
	atomic_store(&o->queued_at, wall_ns());
	if (!atomic_load(&o->queued_ms))
		atomic_store(&o->queued_ms, clock_mono_ms(clock_real()));
}

static void service_count(struct observe *o, const struct px_service *s, bool add)
{
	uint64_t one = add ? 1 : (uint64_t)-1, eps = 0;
	if (!s || str_has_prefix(s->key, "pod:")) /* hostPorts */
		return;
	for (size_t i = 0; i < s->n_ports; i++)
		eps += s->ports[i].n_eps;
	atomic_fetch_add(&o->services, one);
	atomic_fetch_add(&o->ports, add ? s->n_ports : (uint64_t)0 - s->n_ports);
	atomic_fetch_add(&o->endpoints, add ? eps : (uint64_t)0 - eps);
}

void observe_synced(struct observe *o, const struct observe_sync *s)
{
	for (size_t i = 0; i < s->n; i++) {
		service_count(o, s->changes[i].now, true);
		service_count(o, s->changes[i].old, false);
	}
	atomic_fetch_add(&o->service_changes, s->n);
	if (s->code < 0) {
		atomic_fetch_add(&o->failures, 1);
		return;
	}
	histogram_add(s->full ? &o->full : &o->partial, s->took_ns);
	atomic_store(&o->synced_at, wall_ns());
	if (s->more)
		return;
	for (int i = 0; i < OBSERVE_KINDS; i++)
		atomic_store(&o->revision[i], s->revisions[i]);
	atomic_store(&o->pending, 0);
	atomic_store(&o->queued_ms, 0);
}

void observe_leaving(struct observe *o, bool leaving)
{
	atomic_store(&o->leaving, leaving);
}

/* ---- answers ---- */

static void head(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_addf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct buf *b, const char *name, const char *type, const char *help, uint64_t v)
{
	head(b, name, type, help);
	buf_addf(b, "%s %" PRIu64 "\n", name, v);
}

static void seconds(struct buf *b, const char *name, const char *help, int64_t ns)
{
	head(b, name, "gauge", help);
	buf_addf(b, "%s %" PRId64 ".%09" PRId64 "\n", name, ns / 1000000000, ns % 1000000000);
}

static void histogram(struct buf *b, const char *name, const char *help, const struct histogram *const *v, size_t n)
{
	uint64_t sum = 0, ns = 0;
	head(b, name, "histogram", help);
	for (unsigned i = 0; i <= BUCKETS; i++) {
		for (size_t k = 0; k < n; k++)
			sum += atomic_load(&v[k]->bucket[i]);
		if (i < BUCKETS)
			buf_addf(b, "%s_bucket{le=\"%g\"} %" PRIu64 "\n", name, 0.001 * (double)(1u << i), sum);
	}
	for (size_t k = 0; k < n; k++)
		ns += atomic_load(&v[k]->ns);
	buf_addf(b, "%s_bucket{le=\"+Inf\"} %" PRIu64 "\n%s_sum %g\n%s_count %" PRIu64 "\n", name, sum, name,
		 (double)ns / 1e9, name, sum);
}

static void kernel_text(struct observe *o, struct buf *b)
{
	int64_t now = clock_mono_ms(clock_real());
	/* Whoever asks all the time does not make the kernel be read all the time. */
	if (!o->counted_ms || now - o->counted_ms >= COUNT_MS) {
		o->counted_ms = 0;
		if (px_count(&o->counts, NULL) < 0)
			return; /* a gauge that cannot be had is left out */
		o->counted_ms = now;
	}
	const struct px_counts c = o->counts;
	head(b, "minik_proxy_kernel_entries", "gauge", "What lies in the kernel, by what it is.");
	buf_addf(b,
		 "minik_proxy_kernel_entries{kind=\"chain\"} %" PRIu64 "\n"
		 "minik_proxy_kernel_entries{kind=\"rule\"} %" PRIu64 "\n"
		 "minik_proxy_kernel_entries{kind=\"element\"} %" PRIu64 "\n",
		 c.chains, c.rules, c.elements);
	if (c.ipvs)
		buf_addf(b,
			 "minik_proxy_kernel_entries{kind=\"virtual_server\"} %" PRIu64 "\n"
			 "minik_proxy_kernel_entries{kind=\"destination\"} %" PRIu64 "\n"
			 "minik_proxy_kernel_entries{kind=\"address\"} %" PRIu64 "\n",
			 c.servers, c.destinations, c.addresses);
}

static void codes(struct buf *b, const char *name, const char *help, const count v[2])
{
	head(b, name, "counter", help);
	buf_addf(b, "%s{code=\"200\"} %" PRIu64 "\n%s{code=\"503\"} %" PRIu64 "\n", name, atomic_load(&v[0]), name,
		 atomic_load(&v[1]));
}

static void metrics_text(struct observe *o, struct buf *b)
{
	const struct histogram *const all[] = {&o->full, &o->partial};
	histogram(b, "kubeproxy_sync_proxy_rules_duration_seconds", "Time to bring the kernel in line.", all, 2);
	histogram(b, "kubeproxy_sync_full_proxy_rules_duration_seconds", "The same, where all was compared.", all, 1);
	histogram(b, "kubeproxy_sync_partial_proxy_rules_duration_seconds", "The same, of what had changed.", all + 1,
		  1);
	seconds(b, "kubeproxy_sync_proxy_rules_last_timestamp_seconds", "When the kernel was last brought in line.",
		atomic_load(&o->synced_at));
	seconds(b, "kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds", "When the last change came.",
		atomic_load(&o->queued_at));
	one(b,
	    streq(o->mode, "ipvs") ? "minik_proxy_sync_failures_total"
				   : "kubeproxy_sync_proxy_rules_nftables_sync_failures_total",
	    "counter", "Attempts to bring the kernel in line that failed.", atomic_load(&o->failures));
	one(b, "kubeproxy_sync_proxy_rules_service_changes_total", "counter", "Services whose rules were to change.",
	    atomic_load(&o->service_changes));
	one(b, "kubeproxy_sync_proxy_rules_service_changes_pending", "gauge", "Changes that are not in the kernel yet.",
	    atomic_load(&o->pending));
	codes(b, "kubeproxy_proxy_healthz_total", "Answers of /healthz.", o->healthz);
	codes(b, "kubeproxy_proxy_livez_total", "Answers of /livez.", o->livez);
	one(b, "minik_proxy_services", "gauge", "Services with a cluster address.", atomic_load(&o->services));
	one(b, "minik_proxy_service_ports", "gauge", "Their ports, by address family.", atomic_load(&o->ports));
	one(b, "minik_proxy_endpoints", "gauge", "Endpoints of those ports.", atomic_load(&o->endpoints));
	head(b, "minik_proxy_applied_resource_version", "gauge", "Newest revision that is in the kernel.");
	buf_addf(b,
		 "minik_proxy_applied_resource_version{resource=\"services\"} %" PRId64 "\n"
		 "minik_proxy_applied_resource_version{resource=\"endpointslices\"} %" PRId64 "\n",
		 atomic_load(&o->revision[OBSERVE_SERVICES]), atomic_load(&o->revision[OBSERVE_SLICES]));
	kernel_text(o, b);
}

/* The part of kube-proxy's configuration that there is here, and serviceCIDR, which kube-proxy reads from the API. */
static void configz(struct observe *o, struct buf *b)
{
	AUTO_JSON json_t *v =
	    json_pack("{s:{s:s,s:s,s:s,s:{s:s}}}", "kubeproxy.config.k8s.io", "mode", o->mode, "clusterCIDR",
		      o->cluster_cidr ? o->cluster_cidr : "", "serviceCIDR", o->service_cidr ? o->service_cidr : "",
		      "ipvs", "scheduler", o->scheduler ? o->scheduler : "");
	if (v)
		json_encode_buf(v, b);
	else
		b->failed = true;
}

static void reply(struct http_exchange *x, int status, const char *type, struct buf *b)
{
	AUTO_BYTES struct bytes *body = buf_failed(b) ? NULL : bytes_new(b->data ? b->data : "", b->len);
	(void)http_add_header(x, "X-Content-Type-Options", "nosniff");
	http_reply(x, body ? status : 500, type, body);
}

static void metrics_handle(void *arg, struct http_exchange *x)
{
	struct observe *o = ((struct server *)arg)->o;
	AUTO_BUF struct buf b = {0};
	const char *path = http_path(x), *type = "text/plain; charset=utf-8";
	int status = 200;
	if (!streq(http_method(x), "GET") && !streq(http_method(x), "HEAD")) {
		status = 405;
	} else if (streq(path, "/metrics")) {
		type = "text/plain; version=0.0.4; charset=utf-8";
		metrics_text(o, &b);
	} else if (streq(path, "/proxyMode")) {
		buf_adds(&b, o->mode);
	} else if (streq(path, "/configz")) {
		type = "application/json";
		configz(o, &b);
	} else if (streq(path, "/healthz")) {
		buf_adds(&b, "ok");
	} else {
		status = 404;
		buf_adds(&b, "404 page not found\n");
	}
	reply(x, status, type, &b);
}

static bool healthy(const struct observe *o, int64_t *ret_updated)
{
	int64_t since = atomic_load(&o->queued_ms);
	bool good = !since || clock_mono_ms(clock_real()) - since < HEALTHY_MS;
	*ret_updated = good ? wall_ns() : atomic_load(&o->synced_at);
	return good;
}

static void time_text(int64_t ns, char out[TIME_STR_MAX])
{
	struct timespec t = {.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000};
	time_format_micro(&t, out);
}

/* Kubernetes' KEP-3836: who asks /healthz also hears whether the node is about to go. */
static void healthz_handle(void *arg, struct http_exchange *x)
{
	struct observe *o = ((struct server *)arg)->o;
	AUTO_BUF struct buf b = {0};
	char updated[TIME_STR_MAX], now[TIME_STR_MAX];
	int64_t at;
	bool live = streq(http_path(x), "/livez"), eligible = !atomic_load(&o->leaving), good = healthy(o, &at);
	if (!live && !streq(http_path(x), "/healthz")) {
		buf_adds(&b, "404 page not found\n");
		reply(x, 404, "text/plain; charset=utf-8", &b);
		return;
	}
	if (!live)
		good = good && eligible;
	time_text(at, updated);
	time_text(wall_ns(), now);
	buf_addf(&b, "{\"lastUpdated\": \"%s\",\"currentTime\": \"%s\"", updated, now);
	if (!live)
		buf_addf(&b, ", \"nodeEligible\": %s", eligible ? "true" : "false");
	buf_adds(&b, "}");
	atomic_fetch_add(live ? &o->livez[!good] : &o->healthz[!good], 1);
	reply(x, good ? 200 : 503, "application/json", &b);
}

/* ---- life ---- */

static int server_start(struct server *s, http_handler_fn fn, const char *what, struct err *e)
{
	struct http_server_config c = {.bind_address = s->host,
				       .port = s->port,
				       .threads = 1,
				       .max_connections = CONNECTIONS_MAX,
				       .max_body = 1024,
				       .idle_timeout_s = 10,
				       .request_timeout_s = 10};
	struct http_server *h = NULL;
	char who[64];
	int code = http_server_new(&h, &c, fn, s, e);
	if (code == 0)
		code = http_server_start(h, e);
	if (code == 0) {
		s->http = h;
		return 0;
	}
	http_server_free(h);
	if (code == -EADDRINUSE && listener_find(s->port, who, sizeof(who)))
		return err_set(e, code, "%s: TCP port %u of %s is taken by %s", what, s->port, s->host, who);
	return err_wrap(e, "%s", what);
}

int observe_start(struct observe *o, struct err *e)
{
	static const struct {
		http_handler_fn fn;
		const char *what;
	} kinds[SERVERS] = {{metrics_handle, "metrics (--metrics-bind-address)"},
			    {healthz_handle, "health (--healthz-bind-address)"}};
	int code = 0;
	for (int i = 0; i < SERVERS; i++) {
		struct server *s = &o->servers[i];
		if (!s->port || s->http)
			continue;
		int r = server_start(s, kinds[i].fn, kinds[i].what, code ? NULL : e);
		code = code ? code : r;
	}
	return code;
}

bool observe_waiting(const struct observe *o)
{
	for (int i = 0; i < SERVERS; i++)
		if (o->servers[i].port && !o->servers[i].http)
			return true;
	return false;
}

int observe_new(struct observe **ret, const struct observe_config *c, struct err *e)
{
	const char *const address[SERVERS] = {c->metrics_address, c->healthz_address};
	struct observe *o = calloc(1, sizeof(*o));
	if (!o)
		return err_nomem(e);
	o->mode = str_dup(c->mode);
	if (!o->mode || (c->cluster_cidr && !(o->cluster_cidr = str_dup(c->cluster_cidr))) ||
	    (c->service_cidr && !(o->service_cidr = str_dup(c->service_cidr))) ||
	    (c->scheduler && !(o->scheduler = str_dup(c->scheduler)))) {
		observe_free(o);
		return err_nomem(e);
	}
	for (int i = 0; i < SERVERS; i++) {
		struct server *s = &o->servers[i];
		s->o = o;
		if (address[i] && address[i][0] && !inet_addr_port_parse(address[i], s->host, &s->port)) {
			observe_free(o);
			return err_set(e, -EINVAL, "\"%s\" is not an address with a port, such as 127.0.0.1:10249",
				       address[i]);
		}
	}
	*ret = o;
	return 0;
}

struct observe *observe_free(struct observe *o)
{
	if (!o)
		return NULL;
	for (int i = 0; i < SERVERS; i++)
		if (o->servers[i].http) {
			http_server_stop(o->servers[i].http);
			http_server_join(o->servers[i].http);
			http_server_free(o->servers[i].http);
		}
	free(o->mode);
	free(o->cluster_cidr);
	free(o->service_cidr);
	free(o->scheduler);
	free(o);
	return NULL;
}
