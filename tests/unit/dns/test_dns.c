#include <arpa/inet.h>
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "dns/cache.h"
#include "dns/zone.h"
#include "tests/unit/test.h"

static struct zone *z;
static uint8_t query_buf[512], reply_buf[4096];
static size_t query_len, reply_len;
static enum zone_result result;

static void svc(const char *ns, const char *name, const char *text)
{
	json_t *o = NULL;
	struct err e = {0};
	if (text && json_parse(text, strlen(text), &o, &e) < 0)
		fprintf(stderr, "bad test JSON: %s\n", e.msg), exit(1);
	CHECK(zone_service(z, ns, name, o) == 0);
	json_decref(o);
}
static void slice(const char *ns, const char *name, const char *text)
{
	json_t *o = NULL;
	struct err e = {0};
	if (text && json_parse(text, strlen(text), &o, &e) < 0)
		fprintf(stderr, "bad test JSON: %s\n", e.msg), exit(1);
	CHECK(zone_slice(z, ns, name, o) == 0);
	json_decref(o);
}

static void query_make(const char *name, uint16_t type, bool edns)
{
	struct dns_name n;
	CHECK(dns_name_parse(name, &n));
	memset(query_buf, 0, DNS_HEADER);
	dns_put16(query_buf, 0x1234);
	dns_put16(query_buf + 2, DNS_F_RD);
	dns_put16(query_buf + 4, 1);
	memcpy(query_buf + DNS_HEADER, n.w, n.len);
	query_len = (size_t)DNS_HEADER + n.len;
	dns_put16(query_buf + query_len, type);
	dns_put16(query_buf + query_len + 2, DNS_IN);
	query_len += 4;
	if (edns) {
		static const uint8_t opt[11] = {0, 0, 41, 16, 0, 0, 0, 0, 0, 0, 0};
		memcpy(query_buf + query_len, opt, 11);
		query_len += 11;
		dns_put16(query_buf + 10, 1);
	}
}

/* The answer in words: "RCODE/answers" and then each record's data. */
static const char *ask(const char *name, uint16_t type)
{
	static char out[8192];
	struct dns_query q;
	struct dns_reply r;
	struct dns_name target;
	struct dns_reader rd;
	struct dns_record rr;
	query_make(name, type, true);
	CHECK(dns_query_parse(query_buf, query_len, &q) == 0);
	dns_reply_begin(&r, reply_buf, sizeof(reply_buf), query_buf, &q);
	result = zone_answer(z, &q, &r, &target);
	reply_len = dns_reply_end(&r);
	int o = snprintf(out, sizeof(out), "%s", r.rcode == 0 ? "ok" : r.rcode == DNS_NXDOMAIN ? "nx" : "??");
	CHECK(dns_get16(reply_buf) == 0x1234 && (dns_get16(reply_buf + 2) & DNS_F_QR));
	CHECK(dns_reader_begin(&rd, reply_buf, reply_len));
	while (dns_reader_next(&rd, &rr)) {
		char text[1024] = "", owner[1024];
		const uint8_t *d = reply_buf + rr.data_at;
		struct dns_name n;
		size_t at = rr.data_at;
		dns_name_text(&rr.owner, owner);
		if (rr.type == DNS_OPT)
			continue;
		if (rr.section == DNS_AUTHORITY) {
			CHECK(rr.type == DNS_SOA);
			o += snprintf(out + o, sizeof(out) - (size_t)o, " soa");
			continue;
		}
		if (rr.type == DNS_A)
			(void)inet_ntop(AF_INET, d, text, sizeof(text));
		else if (rr.type == DNS_AAAA)
			(void)inet_ntop(AF_INET6, d, text, sizeof(text));
		else if (rr.type == DNS_SRV) {
			at += 6;
			CHECK(dns_name_read(reply_buf, reply_len, &at, &n));
			int k = snprintf(text, sizeof(text), "%u:", dns_get16(d + 4));
			char t[1024];
			dns_name_text(&n, t);
			(void)snprintf(text + k, sizeof(text) - (size_t)k, "%.900s", t);
		} else if (rr.type == DNS_CNAME || rr.type == DNS_PTR || rr.type == DNS_NS) {
			CHECK(dns_name_read(reply_buf, reply_len, &at, &n));
			dns_name_text(&n, text);
		} else if (rr.type == DNS_TXT) {
			(void)snprintf(text, sizeof(text), "%.*s", d[0], (const char *)d + 1);
		}
		o +=
		    snprintf(out + o, sizeof(out) - (size_t)o, "%s%s", rr.section == DNS_ADDITIONAL ? " +" : " ", text);
	}
	CHECK(!rd.bad);
	return out;
}

#define SVC(ip)                                                                                                        \
	"{\"spec\":{\"clusterIP\":\"" ip "\",\"ports\":[{\"name\":\"http\",\"port\":80,\"protocol\":\"TCP\"},{"        \
					 "\"name\":\"dns\",\"port\":53,\"protocol\":\"UDP\"}]}}"

static void services(void)
{
	svc("default", "web", SVC("10.43.0.7"));
	CHECK_STR(ask("web.default.svc.cluster.local", DNS_A), "ok 10.43.0.7");
	CHECK_STR(ask("WEB.Default.SVC.cluster.LOCAL", DNS_A), "ok 10.43.0.7");
	CHECK_STR(ask("web.default.svc.cluster.local", DNS_AAAA), "ok soa");
	CHECK_STR(ask("web.default.svc.cluster.local", DNS_TXT), "ok soa");
	CHECK_STR(ask("nosuch.default.svc.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("web.other.svc.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("default.svc.cluster.local", DNS_A), "ok soa");
	CHECK_STR(ask("other.svc.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("svc.cluster.local", DNS_A), "ok soa");
	CHECK_STR(ask("web.default.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("_http._tcp.web.default.svc.cluster.local", DNS_SRV),
		  "ok 80:web.default.svc.cluster.local. +10.43.0.7");
	CHECK_STR(ask("_dns._udp.web.default.svc.cluster.local", DNS_SRV),
		  "ok 53:web.default.svc.cluster.local. +10.43.0.7");
	CHECK_STR(ask("_dns._tcp.web.default.svc.cluster.local", DNS_SRV), "nx soa");
	CHECK_STR(ask("_tcp.web.default.svc.cluster.local", DNS_SRV), "ok soa");
	CHECK_STR(ask("7.0.43.10.in-addr.arpa", DNS_PTR), "ok web.default.svc.cluster.local.");
	CHECK_STR(ask("cluster.local", DNS_NS), "ok ns.dns.cluster.local.");
	CHECK_STR(ask("ns.dns.cluster.local", DNS_A), "ok 10.43.0.10");
	CHECK_STR(ask("dns-version.cluster.local", DNS_TXT), "ok 1.1.0");
	CHECK_STR(ask("10-42-0-9.default.pod.cluster.local", DNS_A), "ok 10.42.0.9");
	CHECK_STR(ask("fd42--9.default.pod.cluster.local", DNS_AAAA), "ok fd42::9");
	CHECK_STR(ask("x.default.pod.cluster.local", DNS_A), "nx soa");
	(void)ask("web", DNS_A); /* never unqualified */
	CHECK(result == ZONE_FORWARD);
	(void)ask("example.com", DNS_A);
	CHECK(result == ZONE_FORWARD);
	(void)ask("notcluster.local", DNS_A);
	CHECK(result == ZONE_FORWARD);
	(void)ask("9.0.43.10.in-addr.arpa", DNS_PTR);
	CHECK(result == ZONE_FORWARD);
	svc("default", "web", NULL);
	CHECK_STR(ask("web.default.svc.cluster.local", DNS_A), "nx soa");
	(void)ask("7.0.43.10.in-addr.arpa", DNS_PTR);
	CHECK(result == ZONE_FORWARD);
}

static void headless(void)
{
	svc("default", "db", "{\"spec\":{\"clusterIP\":\"None\",\"ports\":[{\"name\":\"sql\",\"port\":5432}]}}");
	CHECK_STR(ask("db.default.svc.cluster.local", DNS_A), "ok soa");
	slice("default", "db-1",
	      "{\"metadata\":{\"labels\":{\"kubernetes.io/"
	      "service-name\":\"db\"}},\"addressType\":\"IPv4\",\"ports\":[{\"name\":\"sql\",\"port\":5432,"
	      "\"protocol\":\"TCP\"}],"
	      "\"endpoints\":[{\"addresses\":[\"10.42.0.2\"],\"hostname\":\"db-0\"},{\"addresses\":[\"10.42.0.3\"]},{"
	      "\"addresses\":[\"10.42.0.4\"],\"conditions\":{\"ready\":false}}]}");
	CHECK_STR(ask("db.default.svc.cluster.local", DNS_A), "ok 10.42.0.2 10.42.0.3");
	CHECK_STR(ask("db.default.svc.cluster.local", DNS_A), "ok 10.42.0.3 10.42.0.2");
	CHECK_STR(ask("db-0.db.default.svc.cluster.local", DNS_A), "ok 10.42.0.2");
	CHECK_STR(ask("10-42-0-3.db.default.svc.cluster.local", DNS_A), "ok 10.42.0.3");
	CHECK_STR(ask("10-42-0-4.db.default.svc.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("db-0.db.default.svc.cluster.local", DNS_AAAA), "ok soa");
	const char *s = ask("_sql._tcp.db.default.svc.cluster.local", DNS_SRV);
	CHECK(strstr(s, "5432:db-0.db.default.svc.cluster.local.") &&
	      strstr(s, "5432:10-42-0-3.db.default.svc.cluster.local.") && strstr(s, "+10.42.0.2"));
	CHECK_STR(ask("2.0.42.10.in-addr.arpa", DNS_PTR), "ok db-0.db.default.svc.cluster.local.");
	slice("default", "db-1", NULL);
	CHECK_STR(ask("db-0.db.default.svc.cluster.local", DNS_A), "nx soa");
	svc("default", "db", NULL);
}

static void external(void)
{
	svc("default", "ext", "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"www.example.com\"}}");
	CHECK_STR(ask("ext.default.svc.cluster.local", DNS_CNAME), "ok www.example.com.");
	CHECK_STR(ask("ext.default.svc.cluster.local", DNS_A), "ok www.example.com.");
	CHECK(result == ZONE_CHASE);
	svc("default", "web", SVC("10.43.0.7"));
	svc("default", "ext",
	    "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"web.default.svc.cluster.local\"}}");
	CHECK_STR(ask("ext.default.svc.cluster.local", DNS_A), "ok web.default.svc.cluster.local. 10.43.0.7");
	svc("default", "ext",
	    "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"ext.default.svc.cluster.local\"}}");
	CHECK(strncmp(ask("ext.default.svc.cluster.local", DNS_A), "ok ext.default.svc.cluster.local.", 33) == 0);
	svc("default", "ext", "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"..\"}}");
	CHECK_STR(ask("ext.default.svc.cluster.local", DNS_A), "ok soa");
	svc("default", "ext", NULL);
	svc("default", "web", NULL);
}

static void dual_stack(void)
{
	svc("default", "six",
	    "{\"spec\":{\"clusterIP\":\"10.43.0.8\",\"clusterIPs\":[\"10.43.0.8\",\"fd43::8\"],\"ports\":[{\"port\":80}"
	    "]}}");
	CHECK_STR(ask("six.default.svc.cluster.local", DNS_AAAA), "ok fd43::8");
	CHECK_STR(ask("8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.3.4.d.f.ip6.arpa", DNS_PTR),
		  "ok six.default.svc.cluster.local.");
	svc("default", "six", NULL);
}

/* A name of equal labels, into a buffer that held others: nothing points at what is being written. */
static void compression(void)
{
	for (int fill = 0; fill < 256; fill++) {
		memset(reply_buf, fill, sizeof(reply_buf));
		svc("db", "db", SVC("10.43.0.9"));
		CHECK_STR(ask("9.0.43.10.in-addr.arpa", DNS_PTR), "ok db.db.svc.cluster.local.");
		svc("db", "db", "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"a.a.a.a\"}}");
		CHECK_STR(ask("db.db.svc.cluster.local", DNS_CNAME), "ok a.a.a.a.");
		svc("db", "db", NULL);
	}
}

static void truncation(void)
{
	AUTO_BUF struct buf b = {0};
	buf_adds(&b, "{\"metadata\":{\"labels\":{\"kubernetes.io/"
		     "service-name\":\"many\"}},\"addressType\":\"IPv4\",\"endpoints\":[");
	for (int i = 0; i < 200; i++)
		buf_addf(&b, "%s{\"addresses\":[\"10.42.1.%d\"]}", i ? "," : "", i + 1);
	buf_adds(&b, "]}");
	svc("default", "many", "{\"spec\":{\"clusterIP\":\"None\"}}");
	slice("default", "many-1", b.data);
	for (int edns = 0; edns < 2; edns++) {
		struct dns_query q;
		struct dns_reply r;
		struct dns_name target;
		query_make("many.default.svc.cluster.local", DNS_A, edns);
		CHECK(dns_query_parse(query_buf, query_len, &q) == 0);
		size_t cap = edns ? DNS_UDP_EDNS : DNS_UDP_PLAIN;
		dns_reply_begin(&r, reply_buf, cap, query_buf, &q);
		(void)zone_answer(z, &q, &r, &target);
		size_t n = dns_reply_end(&r);
		CHECK(n <= cap && n > cap - 40);
		CHECK(dns_get16(reply_buf + 2) & DNS_F_TC);
		struct dns_reader rd;
		struct dns_record rr;
		unsigned count = 0;
		CHECK(dns_reader_begin(&rd, reply_buf, n));
		while (dns_reader_next(&rd, &rr))
			count += rr.type == DNS_A;
		CHECK(!rd.bad && count > 20 && count < 200);
	}
	slice("default", "many-1", NULL);
	svc("default", "many", NULL);
}

static void malformed(void)
{
	struct dns_query q;
	uint8_t m[512] = {0};
	CHECK(dns_query_parse(m, 11, &q) == -1);
	query_make("a.b", DNS_A, true);
	CHECK(dns_query_parse(query_buf, query_len, &q) == 0 && q.edns && q.udp_size == 4096);
	for (size_t i = DNS_HEADER; i < query_len; i++)
		CHECK(dns_query_parse(query_buf, i, &q) == DNS_FORMERR);
	memcpy(m, query_buf, query_len);
	m[2] |= 0x80; /* an answer */
	CHECK(dns_query_parse(m, query_len, &q) == -1);
	memcpy(m, query_buf, query_len);
	m[2] |= 0x28; /* update */
	CHECK(dns_query_parse(m, query_len, &q) == DNS_NOTIMP);
	memcpy(m, query_buf, query_len);
	m[5] = 2; /* two questions */
	CHECK(dns_query_parse(m, query_len, &q) == DNS_FORMERR && q.question_end == DNS_HEADER);
	memcpy(m, query_buf, query_len);
	m[query_len - 6 + 1] = 1; /* EDNS version 1: OPT's TTL begins 6 before the end */
	CHECK(dns_query_parse(m, query_len, &q) == DNS_BADVERS);
	/* Pointers: to itself, forwards, into the header. */
	for (unsigned to = 0; to < 40; to++) {
		memset(m, 0, sizeof(m));
		m[5] = 1;
		dns_put16(m + 12, 0xc000 | to);
		CHECK(dns_query_parse(m, 18, &q) == DNS_FORMERR);
	}
	/* A name of 255 bytes is one, of 256 is not. */
	char text[300] = "";
	size_t n = 0;
	for (int i = 0; i < 127; i++) {
		text[n++] = 'a';
		text[n++] = '.';
	}
	text[n] = 0;
	struct dns_name name;
	CHECK(dns_name_parse(text, &name) && name.len == 255);
	text[n++] = 'b';
	text[n] = 0;
	CHECK(!dns_name_parse(text, &name));
	const char *bad[] = {"a..b", ".a", "..", "a.-..b",
			     "0123456789012345678901234567890123456789012345678901234567890123.x"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(!dns_name_parse(bad[i], &name));
	CHECK(dns_name_parse(".", &name) && name.len == 1);
}

static size_t make_answer(uint8_t *out, uint32_t ttl, unsigned rcode, bool soa)
{
	struct dns_query q;
	struct dns_reply r;
	query_make("www.example.com", DNS_A, false);
	CHECK(dns_query_parse(query_buf, query_len, &q) == 0);
	dns_reply_begin(&r, out, 512, query_buf, &q);
	r.rcode = (uint16_t)rcode;
	if (rcode == 0)
		dns_reply_addr(&r, DNS_ANSWER, &q.name, ttl, 4, (const uint8_t *)"\1\2\3\4");
	if (soa)
		dns_reply_soa(&r, DNS_AUTHORITY, &q.name, ttl, &q.name, &q.name, 1, 7);
	return dns_reply_end(&r);
}

static void caching(void)
{
	struct cache *c = NULL;
	struct err e = {0};
	struct dns_query q;
	uint8_t msg[512], out[512];
	CHECK(cache_new(&c, 3, 4096, &e) == 0);
	size_t n = make_answer(msg, 60, 0, false);
	(void)dns_query_parse(query_buf, query_len, &q);
	CHECK(cache_get(c, &q, 1000, out, sizeof(out)) == 0);
	cache_put(c, &q, 1000, msg, n);
	q.id = 77;
	CHECK(cache_get(c, &q, 11000, out, sizeof(out)) == n && dns_get16(out) == 77);
	struct dns_reader rd;
	struct dns_record rr;
	CHECK(dns_reader_begin(&rd, out, n) && dns_reader_next(&rd, &rr) && rr.ttl == 50);
	CHECK(cache_get(c, &q, 61000, out, sizeof(out)) == 0);
	CHECK(cache_count(c) == 0);
	n = make_answer(msg, 0, 0, false); /* not at all */
	cache_put(c, &q, 0, msg, n);
	CHECK(cache_count(c) == 0);
	n = make_answer(msg, 60, DNS_NXDOMAIN, false); /* nobody says for how long */
	cache_put(c, &q, 0, msg, n);
	CHECK(cache_count(c) == 0);
	n = make_answer(msg, 60, DNS_NXDOMAIN, true); /* the SOA's minimum */
	cache_put(c, &q, 0, msg, n);
	CHECK(cache_get(c, &q, 6999, out, sizeof(out)) == n && cache_get(c, &q, 7000, out, sizeof(out)) == 0);
	n = make_answer(msg, 60, DNS_SERVFAIL, true);
	cache_put(c, &q, 0, msg, n);
	CHECK(cache_count(c) == 0);
	n = make_answer(msg, 60, 0, false);
	for (uint16_t t = 1; t <= 5; t++) { /* bounded, oldest use first */
		q.type = t;
		cache_put(c, &q, 0, msg, n);
	}
	CHECK(cache_count(c) == 3);
	q.type = 2;
	CHECK(cache_get(c, &q, 1, out, sizeof(out)) == 0);
	q.type = 3;
	CHECK(cache_get(c, &q, 1, out, sizeof(out)) == n);
	cache_free(c);
}

int main(void)
{
	struct err e = {0};
	if (zone_new(&z, "cluster.local", "10.43.0.10", &e) < 0)
		return 1;
	RUN(services);
	RUN(headless);
	RUN(external);
	RUN(dual_stack);
	RUN(compression);
	RUN(truncation);
	RUN(malformed);
	RUN(caching);
	zone_free(z);
	return TEST_END();
}
