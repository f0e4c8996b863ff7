#include "dns/metrics.h"
#include <string.h>
#include "base/str.h"
#include "dns/wire.h"

static const struct {
	uint16_t type;
	const char *name;
} types[METRICS_TYPES] = {
    {DNS_A, "A"},         {DNS_AAAA, "AAAA"},   {DNS_SRV, "SRV"},   {DNS_PTR, "PTR"},     {DNS_TXT, "TXT"},
    {DNS_CNAME, "CNAME"}, {DNS_NS, "NS"},       {DNS_SOA, "SOA"},   {15, "MX"},           {43, "DS"},
    {48, "DNSKEY"},       {DNS_RRSIG, "RRSIG"}, {DNS_NSEC, "NSEC"}, {DNS_NSEC3, "NSEC3"}, {65, "HTTPS"},
    {DNS_IXFR, "IXFR"},   {DNS_AXFR, "AXFR"},   {DNS_ANY, "ANY"},   {0, "other"},
};
static const char *const rcodes[METRICS_RCODES] = {"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN",
						   "NOTIMP",  "REFUSED", "BADVERS",  "other"};
static const char *const proto[] = {"udp", "tcp"}, *const kind[] = {"success", "denial"};

/* CoreDNS' bounds. */
struct scale {
	double unit; /* of what is counted, in what is told */
	unsigned n;
	uint64_t bounds[METRICS_BOUNDS];
};
#define T(k) (UINT64_C(250000) << (k)) /* a quarter of a millisecond, doubled on and on */
static const struct scale times = {
    1e-9, 16, {T(0), T(1), T(2), T(3), T(4), T(5), T(6), T(7), T(8), T(9), T(10), T(11), T(12), T(13), T(14), T(15)}};
static const struct scale sizes = {
    1, 14, {0, 100, 200, 300, 400, 511, 1023, 2047, 4095, 8291, 16000, 32000, 48000, 64000}};

static void observe(struct dns_histogram *h, const struct scale *s, uint64_t v, unsigned n)
{
	unsigned i = 0;
	while (i < s->n && v > s->bounds[i])
		i++;
	metrics_add(&h->at_most[i], n);
	metrics_add(&h->sum, n * v);
}

static unsigned rcode_index(unsigned rcode)
{
	return rcode <= DNS_REFUSED ? rcode : rcode == DNS_BADVERS ? 6 : METRICS_RCODES - 1;
}

void metrics_answer(struct dns_metrics *m, const struct metrics_answer *a)
{
	unsigned i = 0, zone = a->by != METRICS_CLUSTER;
	while (i < METRICS_TYPES - 1 && types[i].type != a->type)
		i++;
	metrics_add(&m->requests[zone][a->v6][a->tcp][i], 1);
	metrics_add(&m->responses[a->by][rcode_index(a->rcode)], 1);
	if (a->want_dnssec)
		metrics_add(&m->want_dnssec[zone], 1);
	observe(&m->request_size[zone][a->tcp], &sizes, a->request_size, 1);
	observe(&m->response_size[zone][a->tcp], &sizes, a->response_size, 1);
}

void metrics_took(struct dns_metrics *m, enum metrics_by by, unsigned n, int64_t ns)
{
	if (n)
		observe(&m->took[by != METRICS_CLUSTER], &times, ns > 0 ? (uint64_t)ns : 0, n);
}

void metrics_forward(struct dns_metrics *m, const char *to, unsigned rcode, int64_t ns)
{
	unsigned n = atomic_load_explicit(&m->n_upstreams, memory_order_relaxed), i = 0;
	while (i < n && i < METRICS_UPSTREAMS - 1 && !streq(m->upstreams[i].to, to))
		i++;
	if (i == n) {
		(void)str_copy(m->upstreams[i].to, METRICS_TO_MAX, i < METRICS_UPSTREAMS - 1 ? to : "other");
		atomic_store_explicit(&m->n_upstreams, n + 1, memory_order_release);
	}
	observe(&m->upstreams[i].took[rcode_index(rcode)], &times, ns > 0 ? (uint64_t)ns : 0, 1);
}

/* ---- text ---- */

static void head(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_addf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct buf *b, const char *name, const char *labels, const dns_count *c)
{
	buf_addf(b, "%s%s %llu\n", name, labels, (unsigned long long)metrics_get(c));
}

static void single(struct buf *b, const char *name, const char *help, const char *labels, const dns_count *c)
{
	head(b, name, "counter", help);
	one(b, name, labels, c);
}

/* labels: without braces. Nothing of one that has not seen anything. */
static void histogram(struct buf *b, const char *name, const char *labels, const struct dns_histogram *h,
		      const struct scale *s)
{
	uint64_t v[METRICS_BOUNDS + 1], all = 0, sum = metrics_get(&h->sum);
	for (unsigned i = 0; i <= s->n; i++)
		all += v[i] = metrics_get(&h->at_most[i]);
	if (!all)
		return;
	uint64_t so_far = 0;
	for (unsigned i = 0; i < s->n; i++) {
		so_far += v[i];
		buf_addf(b, "%s_bucket{%s,le=\"%.9g\"} %llu\n", name, labels, (double)s->bounds[i] * s->unit,
			 (unsigned long long)so_far);
	}
	buf_addf(b, "%s_bucket{%s,le=\"+Inf\"} %llu\n", name, labels, (unsigned long long)all);
	buf_addf(b, "%s_sum{%s} %.9g\n%s_count{%s} %llu\n", name, labels, (double)sum * s->unit, name, labels,
		 (unsigned long long)all);
}

/* What most of CoreDNS' metrics have, and more of them. Longer than there is room for it is never. */
struct labels {
	char text[512];
};
static const char *with(struct labels *l, const char *server, const char *zone_key, const char *zone, const char *more)
{
	AUTO_BUF struct buf b = {0};
	buf_addf(&b, "server=\"%s\",%s=\"%s\",view=\"\"%s", server, zone_key, zone, more);
	return buf_failed(&b) || !str_copy(l->text, sizeof(l->text), b.data) ? "" : l->text;
}

static void requests(const struct dns_metrics *m, const char *const zones[2], const char *server, struct buf *b)
{
	struct labels l;
	head(b, "coredns_dns_requests_total", "counter", "Questions that were answered.");
	for (unsigned i = 0; i < 2 * 2 * 2 * METRICS_TYPES; i++) {
		unsigned t = i % METRICS_TYPES, p = i / METRICS_TYPES % 2, f = i / METRICS_TYPES / 2 % 2,
			 z = i / METRICS_TYPES / 4;
		if (metrics_get(&m->requests[z][f][p][t]))
			buf_addf(b, "coredns_dns_requests_total{%s,proto=\"%s\",family=\"%u\",type=\"%s\"} %llu\n",
				 with(&l, server, "zone", zones[z], ""), proto[p], f + 1, types[t].name,
				 (unsigned long long)metrics_get(&m->requests[z][f][p][t]));
	}
	head(b, "coredns_dns_do_requests_total", "counter", "Questions of those who want signatures.");
	for (unsigned z = 0; z < 2; z++)
		buf_addf(b, "coredns_dns_do_requests_total{%s} %llu\n", with(&l, server, "zone", zones[z], ""),
			 (unsigned long long)metrics_get(&m->want_dnssec[z]));
	head(b, "coredns_dns_request_duration_seconds", "histogram", "Time from a question to its answer.");
	for (unsigned z = 0; z < 2; z++)
		histogram(b, "coredns_dns_request_duration_seconds", with(&l, server, "zone", zones[z], ""),
			  &m->took[z], &times);
	for (unsigned in = 0; in < 2; in++) {
		const char *name = in ? "coredns_dns_request_size_bytes" : "coredns_dns_response_size_bytes";
		head(b, name, "histogram", in ? "Length of questions." : "Length of answers.");
		for (unsigned z = 0; z < 2; z++)
			for (unsigned p = 0; p < 2; p++)
				histogram(b, name,
					  with(&l, server, "zone", zones[z], p ? ",proto=\"tcp\"" : ",proto=\"udp\""),
					  in ? &m->request_size[z][p] : &m->response_size[z][p], &sizes);
	}
	static const char *const plugins[METRICS_BY] = {"kubernetes", "hosts", "forward", ""};
	head(b, "coredns_dns_responses_total", "counter", "Answers.");
	for (unsigned by = 0; by < METRICS_BY; by++)
		for (unsigned i = 0; i < METRICS_RCODES; i++)
			if (metrics_get(&m->responses[by][i]))
				buf_addf(b, "coredns_dns_responses_total{%s,rcode=\"%s\",plugin=\"%s\"} %llu\n",
					 with(&l, server, "zone", zones[by != METRICS_CLUSTER], ""), rcodes[i],
					 plugins[by], (unsigned long long)metrics_get(&m->responses[by][i]));
	head(b, "minik_dns_queries_total", "counter", "Messages that came in, malformed ones too.");
	for (int f = 0; f < 2; f++)
		for (int p = 0; p < 2; p++)
			buf_addf(b, "minik_dns_queries_total{family=\"%d\",proto=\"%s\"} %llu\n", f + 1, proto[p],
				 (unsigned long long)metrics_get(&m->messages[f][p]));
}

static void by_type(struct buf *b, const char *name, const char *type, const char *help, const char *common,
		    const dns_count v[2])
{
	head(b, name, type, help);
	for (int i = 0; i < 2; i++)
		buf_addf(b, "%s{%s,type=\"%s\"} %llu\n", name, common, kind[i], (unsigned long long)metrics_get(&v[i]));
}

static void cache(const struct dns_metrics *m, const char *server, struct buf *b)
{
	struct labels l;
	const char *common = with(&l, server, "zones", ".", "");
	by_type(b, "coredns_cache_entries", "gauge", "Answers in the cache.", common, m->cache_entries);
	by_type(b, "coredns_cache_hits_total", "counter", "Answers out of the cache.", common, m->cache_hits);
	by_type(b, "coredns_cache_evictions_total", "counter", "Answers put out for others.", common,
		m->cache_evictions);
	const struct {
		const char *name, *help;
		uint64_t n;
	} rest[] = {
	    {"coredns_cache_requests_total", "Questions to the cache.",
	     metrics_get(&m->cache_hits[0]) + metrics_get(&m->cache_hits[1]) + metrics_get(&m->cache_misses)},
	    {"coredns_cache_misses_total", "Questions that the cache had no answer to.", metrics_get(&m->cache_misses)},
	    {"coredns_cache_served_stale_total", "Answers out of date, since no upstream answered.",
	     metrics_get(&m->cache_stale)},
	    {"coredns_cache_prefetch_total", "Popular names asked for before they ran out.",
	     metrics_get(&m->cache_prefetch)},
	};
	for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++) {
		head(b, rest[i].name, "counter", rest[i].help);
		buf_addf(b, "%s{%s} %llu\n", rest[i].name, common, (unsigned long long)rest[i].n);
	}
}

static void forward(const struct dns_metrics *m, struct buf *b)
{
	char labels[METRICS_TO_MAX + 80];
	unsigned n = atomic_load_explicit(&m->n_upstreams, memory_order_acquire);
	head(b, "coredns_proxy_request_duration_seconds", "histogram", "Time until an upstream's answer.");
	for (unsigned i = 0; i < n; i++)
		for (unsigned r = 0; r < METRICS_RCODES; r++) {
			(void)snprintf(labels, sizeof(labels), "proxy_name=\"forward\",to=\"%s\",rcode=\"%s\"",
				       m->upstreams[i].to, rcodes[r]);
			histogram(b, "coredns_proxy_request_duration_seconds", labels, &m->upstreams[i].took[r],
				  &times);
		}
	single(b, "coredns_forward_max_concurrent_rejects_total", "Questions refused since too many were under way.",
	       "", &m->forward_refused);
	single(b, "minik_dns_forward_sent_total", "Packets and connections to upstreams.", "", &m->forward_sent);
	single(b, "minik_dns_forward_silent_total", "Attempts that an upstream did not answer.", "",
	       &m->forward_silent);
	single(b, "minik_dns_forward_strangers_total", "Answers with a wrong id, name, case, type or class.", "",
	       &m->forward_strangers);
	single(b, "minik_dns_forward_truncated_total", "Answers that were asked for again by TCP.", "",
	       &m->forward_truncated);
	single(b, "minik_dns_forward_loops_total", "Questions to upstreams that came back.", "", &m->forward_loops);
}

void metrics_text(const struct dns_metrics *m, const char *zone, const char *server, struct buf *b)
{
	const char *const zones[2] = {zone, "."};
	char labels[128];
	requests(m, zones, server, b);
	cache(m, server, b);
	forward(m, b);
	(void)snprintf(labels, sizeof(labels), "{server=\"%s\"}", server);
	single(b, "coredns_autopath_success_total", "Searches answered in one round trip.", labels, &m->autopath);
	head(b, "coredns_hosts_entries", "gauge", "Names and addresses of hosts.");
	one(b, "coredns_hosts_entries", "", &m->hosts_entries);
	single(b, "minik_dns_shed_total", "Questions of those who ask too much, thrown away.", "", &m->shed);
	single(b, "minik_dns_tcp_connections_total", "Connections taken.", "", &m->tcp_connections);
	single(b, "minik_dns_tcp_refused_total", "Connections beyond the bounds.", "", &m->tcp_refused);
	head(b, "minik_dns_tcp_open", "gauge", "Connections that are open.");
	one(b, "minik_dns_tcp_open", "", &m->tcp_open);
	head(b, "minik_dns_paced_queues", "gauge", "UDP queues so busy that they are looked at by the clock.");
	one(b, "minik_dns_paced_queues", "", &m->paced);
}
