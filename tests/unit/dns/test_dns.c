#include <arpa/inet.h>
#include <errno.h>
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "dns/autopath.h"
#include "dns/cache.h"
#include "dns/custom.h"
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
	CHECK_STR(ask("cluster.local", DNS_NS), "ok ns.dns.cluster.local. +10.43.0.10");
	CHECK_STR(ask("ns.dns.cluster.local", DNS_A), "ok 10.43.0.10");
	CHECK_STR(ask("dns-version.cluster.local", DNS_TXT), "ok 1.1.0");
	CHECK_STR(ask("dns-version.cluster.local", DNS_A), "ok soa");
	CHECK_STR(ask("cluster.local", DNS_SOA), "ok ");
	CHECK_STR(ask("cluster.local", DNS_A), "ok soa");
	CHECK_STR(ask("10-42-0-9.default.pod.cluster.local", DNS_A), "ok 10.42.0.9");
	CHECK_STR(ask("10-42-0-9.default.pod.cluster.local", DNS_AAAA), "ok soa");
	CHECK_STR(ask("10-42-0-9.nowhere.pod.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("default.pod.cluster.local", DNS_A), "ok soa");
	CHECK_STR(ask("nowhere.pod.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("pod.cluster.local", DNS_A), "ok soa");
	CHECK_STR(ask("a.10-42-0-9.default.pod.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("_._tcp.web.default.svc.cluster.local", DNS_SRV), "nx soa");
	CHECK_STR(ask("x.web.default.svc.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("a.b.c.d.e.f.g.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("web.default.svc.cluster.local", DNS_ANY), "ok ");
	CHECK_STR(ask("nosuch.default.svc.cluster.local", DNS_ANY), "nx soa");
	/* A namespace is there with its object, whether or not it has Services. */
	CHECK(zone_namespace(z, "empty", true) == 0);
	CHECK_STR(ask("empty.svc.cluster.local", DNS_A), "ok soa");
	CHECK_STR(ask("10-42-0-9.empty.pod.cluster.local", DNS_A), "ok 10.42.0.9");
	CHECK(zone_namespace(z, "empty", false) == 0);
	CHECK_STR(ask("empty.svc.cluster.local", DNS_A), "nx soa");
	/* Reverse names of our own networks are never anybody else's. */
	CHECK_STR(ask("9.9.43.10.in-addr.arpa", DNS_PTR), "nx soa");
	CHECK_STR(ask("0.43.10.in-addr.arpa", DNS_PTR), "ok soa");
	CHECK_STR(ask("43.10.in-addr.arpa", DNS_SOA), "ok ");
	CHECK_STR(ask("x.0.43.10.in-addr.arpa", DNS_PTR), "nx soa");
	CHECK_STR(ask("1.7.0.43.10.in-addr.arpa", DNS_PTR), "nx soa");
	CHECK_STR(ask("007.0.43.10.in-addr.arpa", DNS_PTR), "nx soa");
	(void)ask("10.in-addr.arpa", DNS_PTR);
	CHECK(result == ZONE_FORWARD);
	(void)ask("1.2.168.192.in-addr.arpa", DNS_PTR);
	CHECK(result == ZONE_FORWARD);
	CHECK_STR(ask("fd42--9.default.pod.cluster.local", DNS_AAAA), "ok fd42::9");
	CHECK_STR(ask("x.default.pod.cluster.local", DNS_A), "nx soa");
	(void)ask("web", DNS_A); /* never unqualified */
	CHECK(result == ZONE_FORWARD);
	(void)ask("example.com", DNS_A);
	CHECK(result == ZONE_FORWARD);
	(void)ask("notcluster.local", DNS_A);
	CHECK(result == ZONE_FORWARD);
	CHECK_STR(ask("9.0.43.10.in-addr.arpa", DNS_PTR), "nx soa");
	/* 10.44.16.0/20 ends within a label: its neighbours are not ours. */
	CHECK_STR(ask("1.31.44.10.in-addr.arpa", DNS_PTR), "nx soa");
	(void)ask("1.32.44.10.in-addr.arpa", DNS_PTR);
	CHECK(result == ZONE_FORWARD);
	CHECK_STR(ask("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.4.4.d.f.ip6.arpa", DNS_PTR), "nx soa");
	svc("default", "web", NULL);
	CHECK_STR(ask("web.default.svc.cluster.local", DNS_A), "nx soa");
	CHECK_STR(ask("7.0.43.10.in-addr.arpa", DNS_PTR), "nx soa");
}

static void headless(void)
{
	svc("default", "db", "{\"spec\":{\"clusterIP\":\"None\",\"ports\":[{\"name\":\"sql\",\"port\":5432}]}}");
	CHECK_STR(ask("db.default.svc.cluster.local", DNS_A), "nx soa"); /* specification 2.4.1 */
	CHECK_STR(ask("_tcp.db.default.svc.cluster.local", DNS_SRV), "nx soa");
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
	CHECK_STR(ask("3.0.42.10.in-addr.arpa", DNS_PTR), "ok 10-42-0-3.db.default.svc.cluster.local.");
	(void)ask("4.0.42.10.in-addr.arpa", DNS_PTR); /* not ready */
	CHECK(result == ZONE_FORWARD);
	CHECK_STR(ask("10-42-0-2.db.default.svc.cluster.local", DNS_A), "nx soa"); /* it has a name */
	CHECK_STR(ask("_tcp.db.default.svc.cluster.local", DNS_SRV), "ok soa");
	CHECK_STR(ask("_udp.db.default.svc.cluster.local", DNS_SRV), "nx soa");
	CHECK_STR(ask("_nosuch._tcp.db.default.svc.cluster.local", DNS_SRV), "nx soa");
	CHECK_STR(ask("_sql._tcp.db.default.svc.cluster.local", DNS_A), "ok soa");
	/* The other family comes in a slice of its own; an endpoint that stands in two is one. */
	slice("default", "db-6",
	      "{\"metadata\":{\"labels\":{\"kubernetes.io/"
	      "service-name\":\"db\"}},\"addressType\":\"IPv6\",\"ports\":[{\"name\":"
	      "\"sql\",\"port\":5432}],\"endpoints\":[{\"addresses\":[\"fd42::2\"],\"hostname\":\"DB-0\"}]}");
	slice("default", "db-7",
	      "{\"metadata\":{\"labels\":{\"kubernetes.io/service-name\":\"db\"}},\"addressType\":\"IPv4\","
	      "\"endpoints\":[{\"addresses\":[\"10.42.0.2\"],\"hostname\":\"db-0\"}]}");
	CHECK_STR(ask("db-0.db.default.svc.cluster.local", DNS_AAAA), "ok fd42::2");
	CHECK_STR(ask("db-0.db.default.svc.cluster.local", DNS_A), "ok 10.42.0.2");
	s = ask("db.default.svc.cluster.local", DNS_A);
	CHECK(strlen(s) == strlen("ok 10.42.0.2 10.42.0.3"));
	CHECK_STR(ask("2.0.42.10.in-addr.arpa", DNS_PTR), "ok db-0.db.default.svc.cluster.local.");
	/* One SRV for each name, whichever is first; a port that only one of two slices has is there, too. */
	slice("default", "db-8",
	      "{\"metadata\":{\"labels\":{\"kubernetes.io/service-name\":\"db\"}},\"addressType\":\"IPv4\","
	      "\"ports\":[{\"name\":\"admin\",\"port\":9}],\"endpoints\":[{\"addresses\":[\"10.42.0.2\"],\"hostname\":"
	      "\"db-0\"},{\"addresses\":[\"10.42.0.3\"]}]}");
	for (int i = 0; i < 12; i++) {
		s = ask("_sql._tcp.db.default.svc.cluster.local", DNS_SRV);
		const char *db0 = strstr(s, "5432:db-0."), *v4 = strstr(s, "+10.42.0.2"),
			   *other = strstr(s, "5432:10-42-0-3.");
		CHECK(db0 && !strstr(db0 + 1, "5432:db-0.") && other && !strstr(other + 1, "5432:10-42-0-3."));
		CHECK(v4 && !strstr(v4 + 1, "+10.42.0.2") && strstr(s, "+fd42::2") && strstr(s, "+10.42.0.3"));
		s = ask("_admin._tcp.db.default.svc.cluster.local", DNS_SRV);
		CHECK(strstr(s, "9:db-0.db.") && strstr(s, "9:10-42-0-3.db.") && !strstr(s, "fd42"));
	}
	slice("default", "db-8", NULL);
	CHECK_STR(ask("db.default.svc.cluster.local", DNS_AAAA), "ok fd42::2");
	CHECK_STR(ask("2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.4.d.f.ip6.arpa", DNS_PTR),
		  "ok db-0.db.default.svc.cluster.local.");
	slice("default", "db-6", NULL);
	slice("default", "db-7", NULL);
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
	svc("default", "two",
	    "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"web.default.svc.cluster.local\"}}");
	svc("default", "ext",
	    "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"two.default.svc.CLUSTER.local\"}}");
	CHECK_STR(ask("ext.default.svc.cluster.local", DNS_A),
		  "ok two.default.svc.cluster.local. web.default.svc.cluster.local. 10.43.0.7");
	CHECK_STR(ask("ext.default.svc.cluster.local", DNS_AAAA),
		  "ok two.default.svc.cluster.local. web.default.svc.cluster.local. soa");
	svc("default", "two",
	    "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"gone.default.svc.cluster.local\"}}");
	CHECK_STR(ask("ext.default.svc.cluster.local", DNS_A),
		  "nx two.default.svc.cluster.local. gone.default.svc.cluster.local. soa");
	svc("default", "two", NULL);
	svc("default", "ext", "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"192.0.2.1\"}}");
	CHECK_STR(ask("ext.default.svc.cluster.local", DNS_A), "ok soa");
	CHECK_STR(ask("x.ext.default.svc.cluster.local", DNS_A), "nx soa");
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

/* Many Services that come and go in any order: what is there is found, what is gone is not. */
static void many_services(void)
{
	enum { N = 3000 };
	static bool there[N];
	unsigned seed = 7;
	char name[32], question[96];
	for (int round = 0; round < 4 * N; round++) {
		seed = seed * 1103515245u + 12345u;
		unsigned i = (seed >> 8) % N;
		(void)snprintf(name, sizeof(name), "m-%u", i);
		there[i] = round < N || !there[i];
		svc("crowd", name, there[i] ? SVC("10.43.0.5") : NULL);
	}
	for (unsigned pass = 0; pass < 2; pass++)
		for (unsigned i = 0; i < N; i++) {
			(void)snprintf(question, sizeof(question), "m-%u.crowd.svc.cluster.local", i);
			CHECK_STR(ask(question, DNS_A), there[i] ? "ok 10.43.0.5" : "nx soa");
			(void)snprintf(name, sizeof(name), "m-%u", i);
			if (pass == 0 && i % 3 == 0) {
				svc("crowd", name, NULL);
				there[i] = false;
			}
		}
	for (unsigned i = 0; i < N; i++) {
		(void)snprintf(name, sizeof(name), "m-%u", i);
		svc("crowd", name, NULL);
	}
	CHECK_STR(ask("crowd.svc.cluster.local", DNS_A), "nx soa");
	char longest[200];
	memset(longest, 'a', sizeof(longest));
	longest[150] = 0;
	svc("crowd", longest, SVC("10.43.0.5")); /* a stranger's API server may send anything */
	svc("crowd", longest, NULL);
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

static struct stored *stored_of(const uint8_t *msg, size_t n, const struct dns_query *q)
{
	static uint8_t scratch[DNS_MESSAGE_MAX];
	struct stored *s = NULL;
	CHECK(stored_new(&s, msg, n, q, scratch) == 0);
	return s;
}

static void caching(void)
{
	struct cache *c = NULL;
	struct err e = {0};
	struct dns_query q;
	struct cache_found f;
	uint8_t msg[512], out[512];
	CHECK(cache_new(&c, &(struct cache_config){3, 1 << 20, 2}, &e) == 0);
	size_t n = make_answer(msg, 60, 0, false);
	(void)dns_query_parse(query_buf, query_len, &q);
	CHECK(!cache_find(c, &q, 1000).stored);
	cache_put(c, &q, 1000, stored_of(msg, n, &q));
	q.id = 77;
	f = cache_find(c, &q, 11000);
	CHECK(f.stored && f.age_s == 10);
	CHECK(stored_write(f.stored, query_buf, &q, f.age_s, out, sizeof(out)) == n && dns_get16(out) == 77);
	struct dns_reader rd;
	struct dns_record rr;
	CHECK(dns_reader_begin(&rd, out, n) && dns_reader_next(&rd, &rr) && rr.ttl == 50);
	f = cache_find(c, &q, 61000); /* out of date, not gone */
	CHECK(f.stored && f.age_s == STORED_STALE);
	CHECK(stored_write(f.stored, query_buf, &q, f.age_s, out, sizeof(out)) == n && dns_reader_begin(&rd, out, n) &&
	      dns_reader_next(&rd, &rr) && rr.ttl == STORED_STALE_TTL);
	cache_put(c, &q, 62000, stored_failure(&q)); /* does not put out what is better */
	CHECK(cache_find(c, &q, 62000).stored->rcode == DNS_NOERROR);
	CHECK(!cache_find(c, &q, 61000 + CACHE_STALE_S * 1000LL).stored && cache_count(c, false) == 0);
	cache_put(c, &q, 0, stored_failure(&q));
	CHECK(cache_find(c, &q, 4999).stored && !cache_find(c, &q, 5000).stored);
	n = make_answer(msg, 0, 0, false); /* not at all */
	cache_put(c, &q, 0, stored_of(msg, n, &q));
	CHECK(cache_count(c, false) == 0);
	n = make_answer(msg, 60, DNS_NXDOMAIN, false); /* nobody says for how long */
	cache_put(c, &q, 0, stored_of(msg, n, &q));
	CHECK(cache_count(c, true) == 0);
	n = make_answer(msg, 60, DNS_NXDOMAIN, true); /* the SOA's minimum */
	cache_put(c, &q, 0, stored_of(msg, n, &q));
	CHECK(cache_find(c, &q, 6999).age_s == 6 && cache_find(c, &q, 7000).age_s == STORED_STALE);
	cache_clear(c);
	n = make_answer(msg, 60, 0, false);
	for (int i = 0; i < 5; i++) { /* bounded, oldest use first */
		q.name.w[1] = (uint8_t)('a' + i);
		cache_put(c, &q, 0, stored_failure(&q));
		struct stored *s = stored_of(msg, n, &q);
		s->ttl = 60;
		s->negative = false;
		cache_put(c, &q, 0, s);
	}
	CHECK(cache_count(c, false) == 3 && cache_count(c, true) == 0);
	q.name.w[1] = 'b';
	CHECK(!cache_find(c, &q, 1).stored);
	q.name.w[1] = 'c';
	CHECK(cache_find(c, &q, 1).stored);
	for (int i = 0; i < 9; i++) { /* names that are not there put out none that are */
		q.name.w[2] = (uint8_t)('a' + i);
		cache_put(c, &q, 0, stored_failure(&q));
	}
	CHECK(cache_count(c, false) == 3 && cache_count(c, true) == 2);
	for (int i = 0; i < 100; i++) { /* what is used outlives what is made up */
		q.name.w[2] = (uint8_t)i;
		struct stored *s = stored_of(msg, n, &q);
		s->ttl = 60;
		s->negative = false;
		cache_put(c, &q, 0, s);
		if (i % 2) {
			q.name.w[2] = 0;
			CHECK(cache_find(c, &q, 1).stored);
		}
	}
	/* A question with DO, or CD, is another one. */
	cache_clear(c);
	cache_put(c, &q, 0, stored_failure(&q));
	q.do_bit = true;
	CHECK(!cache_find(c, &q, 1).stored);
	q.do_bit = false;
	q.flags |= DNS_F_CD;
	CHECK(!cache_find(c, &q, 1).stored);
	q.flags = 0;
	/* Labels with zeros in them do not end the key. */
	struct dns_query odd = q;
	odd.name.w[2] = 0;
	cache_put(c, &odd, 0, stored_failure(&odd));
	odd.name.w[3] = 'x';
	CHECK(!cache_find(c, &odd, 1).stored);
	/* Popular: asked for three times, in the last tenth, said once. */
	cache_clear(c);
	(void)dns_query_parse(query_buf, query_len, &q);
	n = make_answer(msg, 100, 0, false);
	cache_put(c, &q, 0, stored_of(msg, n, &q));
	CHECK(!cache_find(c, &q, 1000).popular && !cache_find(c, &q, 2000).popular &&
	      !cache_find(c, &q, 89999).popular);
	CHECK(cache_find(c, &q, 90000).popular && !cache_find(c, &q, 90001).popular);
	cache_free(c);
}

/* A record by hand into a message that make_answer began. */
static size_t put_rr(uint8_t *m, size_t n, int section, const char *owner, uint16_t type, uint32_t ttl,
		     const void *data, size_t len)
{
	struct dns_name name;
	CHECK(dns_name_parse(owner, &name));
	memcpy(m + n, name.w, name.len);
	n += name.len;
	dns_put16(m + n, type);
	dns_put16(m + n + 2, DNS_IN);
	dns_put32(m + n + 4, ttl);
	dns_put16(m + n + 8, (unsigned)len);
	memcpy(m + n + 10, data, len);
	dns_put16(m + 6 + 2 * section, dns_get16(m + 6 + 2 * section) + 1u);
	return n + 10 + len;
}

/* What a resolver says besides what it was asked for is not kept. */
static void bailiwick(void)
{
	uint8_t msg[2048], out[2048];
	struct dns_query q;
	struct dns_reader rd;
	struct dns_record rr;
	struct dns_name t;
	size_t n = make_answer(msg, 60, 0, false);
	(void)dns_query_parse(query_buf, query_len, &q);
	n = put_rr(msg, n, 0, "bank.example", DNS_A, 60, "\6\6\6\6", 4);
	n = put_rr(msg, n, 0, "www.example.com", DNS_AAAA, 60, "0123456789abcdef", 16);
	n = put_rr(msg, n, 1, "com", DNS_NS, 60, "\2ns\4evil\0", 9);
	n = put_rr(msg, n, 2, "ns.evil", DNS_A, 60, "\6\6\6\6", 4);
	struct stored *s = stored_of(msg, n, &q);
	size_t len = stored_write(s, query_buf, &q, 0, out, sizeof(out));
	CHECK(s->counts[0] == 1 && s->counts[1] == 0 && dns_reader_begin(&rd, out, len) && dns_reader_next(&rd, &rr));
	CHECK(rr.type == DNS_A && memcmp(out + rr.data_at, "\1\2\3\4", 4) == 0 && !dns_reader_next(&rd, &rr) &&
	      !rd.bad);
	free(s);
	/* A chain, in the wrong order and with a circle at its end. */
	make_answer(msg, 60, 0, false);
	n = q.question_end;
	dns_put16(msg + 6, 0);
	n = put_rr(msg, n, 0, "b.example", DNS_A, 7, "\5\5\5\5", 4);
	n = put_rr(msg, n, 0, "a.example", DNS_CNAME, 60, "\1b\7example\0", 11);
	n = put_rr(msg, n, 0, "www.example.com", DNS_CNAME, 60, "\1a\7example\0", 11);
	s = stored_of(msg, n, &q);
	CHECK(s->counts[0] == 3 && s->ttl == 7 && !s->negative);
	free(s);
	n = q.question_end;
	dns_put16(msg + 6, 0);
	n = put_rr(msg, n, 0, "www.example.com", DNS_CNAME, 60, "\1a\7example\0", 11);
	n = put_rr(msg, n, 0, "a.example", DNS_CNAME, 60, "\3www\7example\3com\0", 17);
	s = stored_of(msg, n, &q);
	CHECK(s->counts[0] <= STORED_CHAIN_MAX + 1 && s->negative && s->ttl == 0);
	free(s);
	/* Negative: an SOA from elsewhere says nothing. */
	n = q.question_end;
	dns_put16(msg + 6, 0);
	dns_put16(msg + 2, DNS_F_QR | DNS_NXDOMAIN);
	n = put_rr(msg, n, 1, "evil", DNS_SOA, 60, "\0\0\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\1\0\0\1\0", 22);
	s = stored_of(msg, n, &q);
	CHECK(s->counts[1] == 0 && s->ttl == 0 && s->rcode == DNS_NXDOMAIN);
	free(s);
	/* Data that is shorter than its type needs: the record is left out. */
	n = q.question_end;
	dns_put16(msg + 2, DNS_F_QR);
	dns_put16(msg + 8, 0);
	q.type = 15;
	n = put_rr(msg, n, 0, "www.example.com", 15, 60, "\0", 1);
	n = put_rr(msg, n, 0, "www.example.com", 15, 60, "\0\1\2mx\0", 6);
	s = stored_of(msg, n, &q);
	CHECK(s->counts[0] == 1);
	free(s);
	uint8_t scratch[DNS_MESSAGE_MAX];
	for (size_t i = 0; i < n; i++) /* cut anywhere: not an answer */
		CHECK(stored_new(&s, msg, i, &q, scratch) == ERR_PROTO);
	(void)t;
}

static void custom_config(void)
{
	struct custom *c = NULL;
	AUTO_BUF struct buf faults = {0};
	AUTO_JSON json_t *o = json_pack(
	    "{s:{s:s,s:s,s:s,s:s}}", "data", "stubDomains",
	    "{\"corp.example\":[\"192.0.2.53\",\"[2001:db8::1]:5353\"],\"a.corp.example\":[\"192.0.2.54:5300\"],\"x.."
	    "y\":[\"1.2.3.4\"],"
	    "\"bad.example\":[\"nobody\"],\"svc.cluster.local\":[\"1.2.3.4\"],\"empty.example\":[],\"num.example\":[7]"
	    "}",
	    "upstreamNameservers", "[\"192.0.2.1\"]", "hosts",
	    "# comment\n192.0.2.7 Host.Example h # more\n2001:db8::7 host.example\nnot-an-address x\n192.0.2.8\n"
	    "192.0.2.9 web.default.svc.cluster.local\n",
	    "Corefile", ".:53");
	CHECK(custom_new(&c, o, zone_domain(z), &faults) == 0);
	const char *want[] = {"stubDomains[\"x..y\"]: not a domain",
			      "stubDomains[\"bad.example\"]: \"nobody\" is not the address",
			      "stubDomains[\"svc.cluster.local\"]: names of the cluster",
			      "stubDomains[\"empty.example\"]: is not a list",
			      "stubDomains[\"num.example\"]: has something",
			      "hosts: line 4 ",
			      "hosts: line 5 has no name",
			      "hosts: line 6 has a name of the cluster",
			      "Corefile: no such setting"};
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		if (!strstr(faults.data, want[i])) {
			fprintf(stderr, "no \"%s\" in\n%s", want[i], faults.data);
			CHECK(false);
		}
	size_t lines = 0;
	for (const char *p = faults.data; (p = strchr(p, '\n')); p++)
		lines++;
	CHECK(lines == ARRAY_LEN(want));
	struct dns_name n;
	CHECK(dns_name_parse("x.corp.example", &n) && custom_route(c, &n)->n == 2);
	CHECK_STR(custom_route(c, &n)->v[1].text, "[2001:db8::1]:5353");
	CHECK(dns_name_parse("x.a.corp.example", &n) && streq(custom_route(c, &n)->v[0].text, "192.0.2.54:5300"));
	CHECK(dns_name_parse("xcorp.example", &n) && streq(custom_route(c, &n)->v[0].text, "192.0.2.1:53"));
	static const char *const own[] = {"192.0.2.1", NULL};
	custom_leave_out(c, own, 53);
	CHECK(custom_route(c, &n)->n == 0);
	const struct {
		const char *name;
		uint16_t type;
		int count; /* -1: not there */
	} asks[] = {{"host.example", DNS_A, 1},
		    {"h", DNS_A, 1},
		    {"host.example", DNS_AAAA, 1},
		    {"h", DNS_AAAA, 0},
		    {"h", DNS_TXT, 0},
		    {"example", DNS_A, -1},
		    {"x", DNS_A, -1},
		    {"7.2.0.192.in-addr.arpa", DNS_PTR, 1},
		    {"8.2.0.192.in-addr.arpa", DNS_PTR, -1},
		    {"web.default.svc.cluster.local", DNS_A, -1}};
	for (size_t i = 0; i < ARRAY_LEN(asks); i++) {
		struct dns_query q;
		struct dns_reply r;
		query_make(asks[i].name, asks[i].type, false);
		CHECK(dns_query_parse(query_buf, query_len, &q) == 0);
		dns_reply_begin(&r, reply_buf, sizeof(reply_buf), query_buf, &q);
		CHECK(custom_hosts_answer(c, &q, &r) == (asks[i].count >= 0));
		CHECK(asks[i].count < 0 || r.counts[0] == asks[i].count);
	}
	custom_free(c);
	const char *broken[] = {"{", "[]", "7", "{\"a.example\":\"1.2.3.4\"}", "{\"a.example\":{}}"};
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		AUTO_BUF struct buf f = {0};
		AUTO_JSON json_t *cm = json_pack("{s:{s:s}}", "data", "stubDomains", broken[i]);
		CHECK(custom_new(&c, cm, zone_domain(z), &f) == 0 && f.len > 0 && dns_name_parse("a.example", &n) &&
		      !custom_route(c, &n));
		custom_free(c);
	}
}

static void upstream_texts(void)
{
	static const struct {
		const char *text, *want;
	} good[] = {{"192.0.2.1", "192.0.2.1:53"},
		    {"192.0.2.1:5353", "192.0.2.1:5353"},
		    {"192.0.2.1#5353", "192.0.2.1:5353"},
		    {"2001:db8::1", "[2001:db8::1]:53"},
		    {"[2001:db8::1]:54", "[2001:db8::1]:54"},
		    {"[2001:db8::1]", "[2001:db8::1]:53"},
		    {"::1#54", "[::1]:54"},
		    {"fe80::1%lo", "[fe80::1]:53"}};
	static const char *const wrong[] = {"",     "x",      "1.2.3",      "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536",
					    "[::1", "[::1]x", "1.2.3.4%lo", ":53"};
	struct upstreams *g = upstreams_new();
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		CHECK(upstreams_add(g, good[i].text, 53, NULL) == 0);
		CHECK_STR(g->v[g->n - 1].text, good[i].want);
	}
	CHECK(upstreams_add(g, "192.0.2.9", 53, NULL) == ERR_TOO_MANY);
	g->n = 0;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		CHECK(upstreams_add(g, wrong[i], 53, NULL) == -EINVAL && g->n == 0);
	upstreams_unref(g);
	struct resolv_conf c;
	CHECK(resolv_conf_parse(&c,
				"# x\nsearch a b\nnameserver 192.0.2.1\nnameserver nonsense\noptions ndots:5\n"
				"nameserver\t::1 # y\nsearch  corp.example  lab.example\nnameserver 192.0.2.2",
				53) == 0);
	CHECK(c.servers->n == 3 && c.n_search == 2 && streq(c.search[1], "lab.example"));
	resolv_conf_done(&c);
	CHECK(resolv_conf_read(&c, "/nonexistent/resolv.conf", NULL) == 0 && c.servers->n == 0);
	resolv_conf_done(&c);
}

static void search_lists(void)
{
	struct autopath *a = NULL;
	struct dns_name q, n;
	char text[1024];
	char *search[] = {(char[]){"Corp.Example"}, NULL};
	AUTO_JSON json_t *pod = json_pack("{s:{s:s},s:{s:[{s:s},{s:s}]}}", "spec", "dnsPolicy", "ClusterFirst",
					  "status", "podIPs", "ip", "10.42.0.9", "ip", "fd42::9");
	CHECK(autopath_new(&a, zone_domain(z), NULL) == 0);
	CHECK(autopath_pod(a, "shop", "p", pod) == 0);
	autopath_search(a, search, 1);
	const uint8_t v4[] = {10, 42, 0, 9}, other[] = {10, 42, 0, 8};
	CHECK(dns_name_parse("www.example.com.shop.svc.cluster.local", &q));
	unsigned base = autopath_match(a, v4, 4, &q);
	CHECK(base == strlen("www.example.com") + 1 && !autopath_match(a, other, 4, &q));
	const char *want[] = {"www.example.com.svc.cluster.local.", "www.example.com.cluster.local.",
			      "www.example.com.corp.example.", "www.example.com."};
	for (unsigned i = 0; i < ARRAY_LEN(want); i++) {
		CHECK(autopath_step(a, &q, base, i, &n));
		dns_name_text(&n, text);
		CHECK_STR(text, want[i]);
	}
	CHECK(!autopath_step(a, &q, base, ARRAY_LEN(want), &n));
	CHECK(dns_name_parse("www.other.svc.cluster.local", &q) && !autopath_match(a, v4, 4, &q));
	CHECK(dns_name_parse("shop.svc.cluster.local", &q) && !autopath_match(a, v4, 4, &q));
	/* The address goes on to another pod before the first is gone. */
	CHECK(autopath_pod(a, "bank", "q", pod) == 0 && autopath_pod(a, "shop", "p", NULL) == 0);
	CHECK(dns_name_parse("x.bank.svc.cluster.local", &q) && autopath_match(a, v4, 4, &q) == 2);
	json_dot_set(pod, "spec.dnsConfig", json_object()); /* a list of its own */
	CHECK(autopath_pod(a, "bank", "q", pod) == 0 && !autopath_match(a, v4, 4, &q));
	autopath_free(a);
}

int main(void)
{
	struct err e = {0};
	static const char *const cidrs[] = {"10.43.0.0/16",  "fd43::/112", "not a network",
					    "10.44.16.0/20", "fd44::1/16", NULL};
	if (zone_new(&z, &(struct zone_config){"cluster.local", "10.43.0.10", cidrs}, &e) < 0)
		return 1;
	RUN(services);
	RUN(headless);
	RUN(external);
	RUN(dual_stack);
	RUN(many_services);
	RUN(compression);
	RUN(truncation);
	RUN(malformed);
	RUN(caching);
	RUN(bailiwick);
	RUN(custom_config);
	RUN(upstream_texts);
	RUN(search_lists);
	zone_free(z);
	return TEST_END();
}
