/* Pieces that the responder is made of, each by itself: letters, reverse names, what is believed of resolvers, metrics.
 */
#include "base/cleanup.h"
#include "base/str.h"
#include "dns/metrics.h"
#include "dns/upstream.h"
#include "dns/wire.h"
#include "tests/unit/test.h"

/* Every byte, at every place of a word. */
static void letters(void)
{
	struct dns_name n = {.len = DNS_NAME_MAX}, other;
	for (unsigned shift = 0; shift < 8; shift++) {
		for (unsigned c = 0; c < 256; c++) {
			memset(n.w, (int)((c + 128) & 255), sizeof(n.w));
			n.w[24 + shift] = (uint8_t)c;
			dns_name_lower(&n);
			CHECK(n.w[24 + shift] == (c >= 'A' && c <= 'Z' ? c + 32 : c));
		}
	}
	CHECK(dns_name_parse("WwW.Example.COM", &n) && dns_name_parse("www.example.com", &other));
	CHECK(dns_name_equal(&n, &other) && dns_name_under(&n, &other));
	dns_name_lower(&n);
	CHECK(memcmp(n.w, other.w, other.len) == 0);
	CHECK(dns_name_parse("eXample.com", &other) && dns_name_under(&n, &other));
	CHECK(dns_name_parse("xample.com", &other) && !dns_name_under(&n, &other));
	/* '[' is no letter, nor are '@' and '`' and '{', which stand beside some. */
	CHECK(dns_name_parse("@[`{", &n));
	other = n;
	dns_name_lower(&n);
	CHECK(memcmp(n.w, other.w, n.len) == 0);
}

static const char *reverse(const char *address, unsigned labels)
{
	static char out[1024];
	struct inet_addr a;
	struct dns_name n;
	CHECK(inet_addr_parse(address, &a));
	dns_name_reverse(&a, labels, &n);
	CHECK(dns_name_labels(&n, (uint8_t[128]){0}) == labels + 2);
	dns_name_text(&n, out);
	return out;
}

static void reverses(void)
{
	CHECK_STR(reverse("10.42.0.255", 4), "255.0.42.10.in-addr.arpa.");
	CHECK_STR(reverse("255.255.255.255", 4), "255.255.255.255.in-addr.arpa.");
	CHECK_STR(reverse("10.42.0.3", 2), "42.10.in-addr.arpa.");
	CHECK_STR(reverse("10.42.0.3", 0), "in-addr.arpa.");
	CHECK_STR(reverse("fd43::a7", 32), "7.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.3.4.d.f.ip6.arpa.");
	CHECK_STR(reverse("fd43::", 3), "4.d.f.ip6.arpa.");
}

static void ourselves(void)
{
	static const char *const own[] = {"10.43.0.10", "fd43:0:0::10", NULL};
	struct upstreams *g = upstreams_new();
	static const char *const all[] = {"10.43.0.10", "10.43.0.10:5353", "[fd43::10]:53", "10.43.0.11", "FD43::0:10"};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		CHECK(upstreams_add(g, all[i], 53, NULL) == 0);
	g->good = 4;
	CHECK_INT(upstreams_leave_out(g, own, 53), 3); /* however it is written, but not at another port */
	CHECK(g->n == 2 && g->good == 0);
	CHECK_STR(g->v[0].text, "10.43.0.10:5353");
	CHECK_STR(g->v[1].text, "10.43.0.11:53");
	CHECK_INT(upstreams_leave_out(g, own, 53), 0);
	CHECK_INT(upstreams_leave_out(g, own, 5353), 1);
	upstreams_unref(g);
}

static void quirks(void)
{
	struct upstream_quirk q = {0};
	for (int i = 1; i < UPSTREAM_QUIRK_SURE; i++) {
		upstream_quirk_seen(&q, true, 1000);
		CHECK(q.until_ms == 0);
	}
	upstream_quirk_seen(&q, false, 1000); /* once it could: then all begins anew */
	for (int i = 1; i <= UPSTREAM_QUIRK_SURE; i++) {
		CHECK(q.until_ms == 0);
		upstream_quirk_seen(&q, true, 2000);
	}
	CHECK_INT(q.until_ms, 2000 + UPSTREAM_QUIRK_MS);
	/* Asked again later: one answer is enough, either way. */
	upstream_quirk_seen(&q, true, 900000);
	CHECK_INT(q.until_ms, 900000 + UPSTREAM_QUIRK_MS);
	upstream_quirk_seen(&q, false, 2000000);
	upstream_quirk_seen(&q, true, 2000000);
	CHECK_INT(q.until_ms, 900000 + UPSTREAM_QUIRK_MS);
}

static bool has(const struct buf *b, const char *line)
{
	const char *p = strstr(b->data, line);
	bool there = p && (p == b->data || p[-1] == '\n') && p[strlen(line)] == '\n';
	if (!there)
		fprintf(stderr, "not there: %s\n", line);
	return there;
}

static void metrics(void)
{
	static struct dns_metrics m;
	AUTO_BUF struct buf b = {0};
	struct metrics_answer a = {
	    .by = METRICS_CLUSTER, .type = DNS_A, .rcode = DNS_NOERROR, .request_size = 47, .response_size = 63};
	for (int i = 0; i < 3; i++)
		metrics_answer(&m, &a);
	a = (struct metrics_answer){.by = METRICS_HOSTS,
				    .v6 = true,
				    .tcp = true,
				    .want_dnssec = true,
				    .type = 99,
				    .rcode = DNS_NXDOMAIN,
				    .request_size = 100,
				    .response_size = 65535};
	metrics_answer(&m, &a);
	metrics_took(&m, METRICS_CLUSTER, 2, 250000);
	metrics_took(&m, METRICS_CLUSTER, 1, 250001);
	metrics_took(&m, METRICS_CLUSTER, 1, 100000000000);
	metrics_took(&m, METRICS_CLUSTER, 1, -1); /* a clock that goes backwards is no time at all */
	for (int i = 0; i < 40; i++) {            /* more upstreams than there is room for */
		char to[32];
		(void)snprintf(to, sizeof(to), "192.0.2.%d:53", i);
		metrics_forward(&m, to, i == 39 ? DNS_SERVFAIL : DNS_NOERROR, 1000000);
		metrics_forward(&m, "192.0.2.0:53", DNS_NXDOMAIN, 1000000);
	}
	metrics_text(&m, "cluster.local.", "dns://10.42.0.1:53", &b);
#define S "server=\"dns://10.42.0.1:53\","
#define C S "zone=\"cluster.local.\",view=\"\""
#define O S "zone=\".\",view=\"\""
	CHECK(has(&b, "coredns_dns_requests_total{" C ",proto=\"udp\",family=\"1\",type=\"A\"} 3"));
	CHECK(has(&b, "coredns_dns_requests_total{" O ",proto=\"tcp\",family=\"2\",type=\"other\"} 1"));
	CHECK(has(&b, "coredns_dns_do_requests_total{" O "} 1") && has(&b, "coredns_dns_do_requests_total{" C "} 0"));
	CHECK(has(&b, "coredns_dns_responses_total{" C ",rcode=\"NOERROR\",plugin=\"kubernetes\"} 3"));
	CHECK(has(&b, "coredns_dns_responses_total{" O ",rcode=\"NXDOMAIN\",plugin=\"hosts\"} 1"));
	/* At most means at most, and each bucket holds those before it. */
	CHECK(has(&b, "coredns_dns_request_duration_seconds_bucket{" C ",le=\"0.00025\"} 3"));
	CHECK(has(&b, "coredns_dns_request_duration_seconds_bucket{" C ",le=\"0.0005\"} 4"));
	CHECK(has(&b, "coredns_dns_request_duration_seconds_bucket{" C ",le=\"8.192\"} 4"));
	CHECK(has(&b, "coredns_dns_request_duration_seconds_bucket{" C ",le=\"+Inf\"} 5"));
	CHECK(has(&b, "coredns_dns_request_duration_seconds_count{" C "} 5"));
	CHECK(has(&b, "coredns_dns_request_size_bytes_bucket{" C ",proto=\"udp\",le=\"0\"} 0"));
	CHECK(has(&b, "coredns_dns_request_size_bytes_sum{" C ",proto=\"udp\"} 141"));
	CHECK(has(&b, "coredns_dns_request_size_bytes_bucket{" O ",proto=\"tcp\",le=\"100\"} 1"));
	CHECK(has(&b, "coredns_dns_response_size_bytes_bucket{" O ",proto=\"tcp\",le=\"64000\"} 0"));
	CHECK(has(&b, "coredns_dns_response_size_bytes_bucket{" O ",proto=\"tcp\",le=\"+Inf\"} 1"));
#define P "coredns_proxy_request_duration_seconds_"
	CHECK(has(&b, P "bucket{proxy_name=\"forward\",to=\"192.0.2.0:53\",rcode=\"NXDOMAIN\",le=\"0.001\"} 40"));
	CHECK(has(&b, P "sum{proxy_name=\"forward\",to=\"192.0.2.0:53\",rcode=\"NXDOMAIN\"} 0.04"));
	CHECK(has(&b, P "count{proxy_name=\"forward\",to=\"192.0.2.14:53\",rcode=\"NOERROR\"} 1"));
	CHECK(has(&b, P "count{proxy_name=\"forward\",to=\"other\",rcode=\"NOERROR\"} 24"));
	CHECK(has(&b, P "count{proxy_name=\"forward\",to=\"other\",rcode=\"SERVFAIL\"} 1"));
	CHECK(!strstr(b.data, "192.0.2.15:53"));
}

int main(void)
{
	RUN(letters);
	RUN(reverses);
	RUN(ourselves);
	RUN(quirks);
	RUN(metrics);
	return TEST_END();
}
