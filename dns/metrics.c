#include "dns/metrics.h"
#include "dns/wire.h"

static const struct {
	uint16_t type;
	const char *name;
} types[METRICS_TYPES] = {
    {DNS_A, "A"},   {DNS_AAAA, "AAAA"}, {DNS_SRV, "SRV"}, {DNS_PTR, "PTR"}, {DNS_TXT, "TXT"}, {DNS_CNAME, "CNAME"},
    {DNS_NS, "NS"}, {DNS_SOA, "SOA"},   {15, "MX"},       {DNS_ANY, "ANY"}, {65, "HTTPS"},    {0, "other"},
};
static const char *const rcodes[METRICS_RCODES] = {"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN",
						   "NOTIMP",  "REFUSED", "BADVERS",  "other"};
static const unsigned buckets[METRICS_BUCKETS] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096}; /* ms */

static unsigned rcode_index(unsigned rcode)
{
	return rcode <= DNS_REFUSED ? rcode : rcode == DNS_BADVERS ? 6 : METRICS_RCODES - 1;
}

void metrics_answer(struct dns_metrics *m, enum metrics_zone zone, uint16_t type, unsigned rcode)
{
	unsigned i = 0;
	while (i < METRICS_TYPES - 1 && types[i].type != type)
		i++;
	metrics_add(&m->types[zone][i], 1);
	metrics_add(&m->rcodes[zone][rcode_index(rcode)], 1);
}

void metrics_forward(struct dns_metrics *m, unsigned rcode, int64_t ms)
{
	for (unsigned i = 0; i < METRICS_BUCKETS; i++)
		if (ms <= buckets[i]) {
			metrics_add(&m->forward_bucket[i], 1);
			break;
		}
	metrics_add(&m->forward_ms, ms > 0 ? (uint64_t)ms : 0);
	metrics_add(&m->forward_rcodes[rcode_index(rcode)], 1);
}

static void head(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_addf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct buf *b, const char *name, const char *labels, const dns_count *c)
{
	buf_addf(b, "%s%s %llu\n", name, labels, (unsigned long long)metrics_get(c));
}

static void single(struct buf *b, const char *name, const char *help, const dns_count *c)
{
	head(b, name, "counter", help);
	one(b, name, "", c);
}

static void latency(struct buf *b, const struct dns_metrics *m)
{
	uint64_t sum = 0, all = 0;
	head(b, "coredns_forward_request_duration_seconds", "histogram",
	     "Time until an upstream's answer, or until none came.");
	for (unsigned i = 0; i < METRICS_RCODES; i++)
		all += metrics_get(&m->forward_rcodes[i]);
	for (unsigned i = 0; i < METRICS_BUCKETS; i++) {
		sum += metrics_get(&m->forward_bucket[i]);
		buf_addf(b, "coredns_forward_request_duration_seconds_bucket{le=\"%g\"} %llu\n", buckets[i] / 1000.0,
			 (unsigned long long)sum);
	}
	buf_addf(b, "coredns_forward_request_duration_seconds_bucket{le=\"+Inf\"} %llu\n", (unsigned long long)all);
	buf_addf(b, "coredns_forward_request_duration_seconds_sum %g\n", (double)metrics_get(&m->forward_ms) / 1000.0);
	buf_addf(b, "coredns_forward_request_duration_seconds_count %llu\n", (unsigned long long)all);
	head(b, "coredns_forward_responses_total", "counter", "Questions to upstreams by how they ended.");
	for (unsigned i = 0; i < METRICS_RCODES; i++)
		if (metrics_get(&m->forward_rcodes[i]))
			buf_addf(b, "coredns_forward_responses_total{rcode=\"%s\"} %llu\n", rcodes[i],
				 (unsigned long long)metrics_get(&m->forward_rcodes[i]));
}

void metrics_text(const struct dns_metrics *m, const char *zone, struct buf *b)
{
	const char *zones[METRICS_ZONES] = {zone, "hosts.", "."};
	static const char *const proto[] = {"udp", "tcp"}, *const kind[] = {"success", "denial"};
	head(b, "coredns_dns_requests_total", "counter", "Questions by zone and type.");
	for (unsigned z = 0; z < METRICS_ZONES; z++)
		for (unsigned i = 0; i < METRICS_TYPES; i++)
			if (metrics_get(&m->types[z][i]))
				buf_addf(b, "coredns_dns_requests_total{zone=\"%s\",type=\"%s\"} %llu\n", zones[z],
					 types[i].name, (unsigned long long)metrics_get(&m->types[z][i]));
	head(b, "coredns_dns_responses_total", "counter", "Answers by zone and code.");
	for (unsigned z = 0; z < METRICS_ZONES; z++)
		for (unsigned i = 0; i < METRICS_RCODES; i++)
			if (metrics_get(&m->rcodes[z][i]))
				buf_addf(b, "coredns_dns_responses_total{zone=\"%s\",rcode=\"%s\"} %llu\n", zones[z],
					 rcodes[i], (unsigned long long)metrics_get(&m->rcodes[z][i]));
	head(b, "minik_dns_queries_total", "counter", "Messages that came in, malformed ones too.");
	for (int f = 0; f < 2; f++)
		for (int p = 0; p < 2; p++)
			buf_addf(b, "minik_dns_queries_total{family=\"%d\",proto=\"%s\"} %llu\n", f + 1, proto[p],
				 (unsigned long long)metrics_get(&m->requests[f][p]));
	head(b, "coredns_cache_hits_total", "counter", "Answers out of the cache.");
	for (int i = 0; i < 2; i++)
		buf_addf(b, "coredns_cache_hits_total{type=\"%s\"} %llu\n", kind[i],
			 (unsigned long long)metrics_get(&m->cache_hits[i]));
	single(b, "coredns_cache_misses_total", "Questions that the cache had no answer to.", &m->cache_misses);
	single(b, "coredns_cache_served_stale_total", "Answers out of date, since no upstream answered.",
	       &m->cache_stale);
	single(b, "coredns_cache_prefetch_total", "Popular names asked for before they ran out.", &m->cache_prefetch);
	head(b, "coredns_cache_entries", "gauge", "Answers in the cache.");
	for (int i = 0; i < 2; i++)
		buf_addf(b, "coredns_cache_entries{type=\"%s\"} %llu\n", kind[i],
			 (unsigned long long)metrics_get(&m->cache_entries[i]));
	single(b, "coredns_forward_requests_total", "Packets and connections to upstreams.", &m->forward_sent);
	latency(b, m);
	single(b, "minik_dns_forward_silent_total", "Attempts that an upstream did not answer.", &m->forward_silent);
	single(b, "minik_dns_forward_strangers_total", "Answers with a wrong id, name, case, type or class.",
	       &m->forward_strangers);
	single(b, "minik_dns_forward_truncated_total", "Answers that were asked for again by TCP.",
	       &m->forward_truncated);
	single(b, "coredns_forward_max_concurrent_rejects_total", "Questions refused since too many were under way.",
	       &m->forward_refused);
	single(b, "coredns_autopath_success_total", "Searches answered in one round trip.", &m->autopath);
	single(b, "minik_dns_tcp_connections_total", "Connections taken.", &m->tcp_connections);
	single(b, "minik_dns_tcp_refused_total", "Connections beyond the bounds.", &m->tcp_refused);
	head(b, "minik_dns_tcp_open", "gauge", "Connections that are open.");
	one(b, "minik_dns_tcp_open", "", &m->tcp_open);
}
