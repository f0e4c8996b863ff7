/*
 * What the responder counts. Written by the loop's thread alone, read by any (relaxed atomics: a count never tears).
 * The names in the text are CoreDNS' where it counts the same, so that its dashboards work, and begin with minik_dns_
 * where it has no such thing.
 */
#pragma once
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/buf.h"

enum { METRICS_TYPES = 12, METRICS_RCODES = 8, METRICS_BUCKETS = 11 };
enum metrics_zone { METRICS_CLUSTER, METRICS_HOSTS, METRICS_OTHER, METRICS_ZONES };
typedef _Atomic uint64_t dns_count;

struct dns_metrics {
	dns_count requests[2 /* family */][2 /* udp, tcp */];
	dns_count types[METRICS_ZONES][METRICS_TYPES];
	dns_count rcodes[METRICS_ZONES][METRICS_RCODES];
	dns_count cache_hits[2 /* with records, without */], cache_misses, cache_stale, cache_prefetch;
	dns_count forward_sent, forward_silent, forward_strangers, forward_truncated, forward_refused;
	dns_count forward_bucket[METRICS_BUCKETS], forward_ms, forward_rcodes[METRICS_RCODES];
	dns_count tcp_connections, tcp_refused, autopath;
	/* Written by the loop when something is about to read: gauges. */
	dns_count cache_entries[2], tcp_open;
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
/* A question that was answered at last. */
void metrics_answer(struct dns_metrics *m, enum metrics_zone zone, uint16_t type, unsigned rcode);
void metrics_forward(struct dns_metrics *m, unsigned rcode, int64_t ms);
/* The text that Prometheus reads (exposition format 0.0.4). zone: the cluster domain with its dot at the end. Any
 * thread. */
void metrics_text(const struct dns_metrics *m, const char *zone, struct buf *out);
