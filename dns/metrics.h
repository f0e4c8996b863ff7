/*
 * What the responder counts. Written by the loop's thread alone, read by any (relaxed atomics: a count never tears).
 * Names and labels in the text are those of CoreDNS' documentation (plugins metrics, cache, forward, hosts, autopath)
 * where it counts the same, so that its dashboards work, and begin with minik_dns_ where it has no such thing. Zone is
 * the cluster domain (with its reverse names) or "."; plugin is which of CoreDNS' would have answered: kubernetes,
 * hosts, forward (cached or not), or none of them.
 */
#pragma once
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

enum { METRICS_TYPES = 19, METRICS_RCODES = 8, METRICS_BOUNDS = 16, METRICS_UPSTREAMS = 16, METRICS_TO_MAX = 64 };
enum metrics_by { METRICS_CLUSTER, METRICS_HOSTS, METRICS_FORWARD, METRICS_NOBODY, METRICS_BY };
typedef _Atomic uint64_t dns_count;

struct dns_histogram {
	dns_count at_most[METRICS_BOUNDS + 1]; /* each without those before it; the last is without a bound */
	dns_count sum;
};
struct dns_metrics {
	dns_count messages[2 /* family */][2 /* udp, tcp */];
	dns_count requests[2 /* the cluster, others */][2 /* family */][2 /* udp, tcp */][METRICS_TYPES],
	    want_dnssec[2];
	dns_count responses[METRICS_BY][METRICS_RCODES];
	struct dns_histogram took[2] /* ns */, request_size[2][2], response_size[2][2];
	dns_count cache_hits[2 /* with records, without */], cache_misses, cache_stale, cache_prefetch;
	dns_count forward_sent, forward_silent, forward_strangers, forward_truncated, forward_refused, forward_loops;
	/* By upstream; who is there is never changed any more. The last holds all for which there was no place. */
	struct {
		char to[METRICS_TO_MAX];
		struct dns_histogram took[METRICS_RCODES]; /* ns */
	} upstreams[METRICS_UPSTREAMS];
	_Atomic unsigned n_upstreams;
	dns_count tcp_connections, tcp_refused, autopath, shed;
	/* Written by the loop when they change: gauges, and what others count. */
	dns_count cache_entries[2], cache_evictions[2], hosts_entries, tcp_open, paced;
};

static inline void metrics_add(dns_count *c, uint64_t n)
{
	atomic_store_explicit(c, atomic_load_explicit(c, memory_order_relaxed) + n, memory_order_relaxed);
}
static inline void metrics_set(dns_count *c, uint64_t n)
{
	atomic_store_explicit(c, n, memory_order_relaxed);
}
static inline uint64_t metrics_get(const dns_count *c)
{
	return atomic_load_explicit(c, memory_order_relaxed);
}
/* A question that was answered at last. Sizes in bytes. */
struct metrics_answer {
	enum metrics_by by;
	bool v6, tcp, want_dnssec;
	uint16_t type, rcode;
	size_t request_size, response_size;
};
void metrics_answer(struct dns_metrics *m, const struct metrics_answer *a);
/* n answers of a zone, and how long each of them took. */
void metrics_took(struct dns_metrics *m, enum metrics_by by, unsigned n, int64_t ns);
/* An upstream ("192.0.2.1:53") has answered. */
void metrics_forward(struct dns_metrics *m, const char *to, unsigned rcode, int64_t ns);
/* The text that Prometheus reads (exposition format 0.0.4). zone: the cluster domain with its dot at the end; server:
 * "dns://10.42.0.1:53". Any thread. */
void metrics_text(const struct dns_metrics *m, const char *zone, const char *server, struct buf *out);
