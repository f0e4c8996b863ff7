/* One packet, as a question to the responder and as a resolver's answer to its cache. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "dns/server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct zone *zone;
static struct cache *cache;
static struct server *server;

static void feed(int (*fn)(struct zone *, const char *, const char *, const json_t *), const char *name,
		 const char *text)
{
	json_t *o = NULL;
	if (json_parse(text, strlen(text), &o, NULL) < 0 || fn(zone, "default", name, o) < 0)
		abort();
	json_decref(o);
}

static void setup(void)
{
	if (zone_new(&zone, &(struct zone_config){"cluster.local", "10.43.0.10", NULL}, NULL) < 0 || cache_new(&cache, 64, 65536, NULL) < 0)
		abort();
	struct server_deps d = {.clock = clock_real(), .zone = zone, .cache = cache};
	if (server_new(&server, &(struct server_config){0}, &d, NULL) < 0)
		abort();
	feed(zone_service, "web",
	     "{\"spec\":{\"clusterIP\":\"10.43.0.7\",\"ports\":[{\"name\":\"http\",\"port\":80}]}}");
	feed(zone_service, "db", "{\"spec\":{\"clusterIP\":\"None\",\"ports\":[{\"name\":\"sql\",\"port\":5432}]}}");
	feed(zone_service, "ext",
	     "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"web.default.svc.cluster.local\"}}");
	feed(zone_slice, "db-1",
	     "{\"metadata\":{\"labels\":{\"kubernetes.io/"
	     "service-name\":\"db\"}},\"ports\":[{\"name\":\"sql\",\"port\":5432}],"
	     "\"endpoints\":[{\"addresses\":[\"10.42.0.2\"],\"hostname\":\"db-0\"},{\"addresses\":[\"10.42.0.3\"]}]}");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static uint8_t out[4096];
	struct dns_query q;
	struct dns_reader r;
	struct dns_record rr;
	if (!server)
		setup();
	size_t len = server_answer(server, data, n, out, sizeof(out));
	/* What we say must be readable, and not an amplifier beyond the client's own size. */
	if (len) {
		if (len > sizeof(out) || len < DNS_HEADER || !(dns_get16(out + 2) & DNS_F_QR))
			abort();
		if (dns_get16(out + 4) == 1) {
			if (!dns_reader_begin(&r, out, len))
				abort();
			while (dns_reader_next(&r, &rr))
				;
			if (r.bad || r.pos != len)
				abort();
		}
	}
	if (dns_query_parse(data, n, &q) == 0)
		cache_put(cache, &q, 0, data, n);
	/* As an answer to a fixed question. */
	static const uint8_t fixed[] = "\0\1\1\0\0\1\0\0\0\0\0\0\3www\7example\3com\0\0\1\0\1";
	if (dns_query_parse(fixed, sizeof(fixed) - 1, &q) == 0) {
		cache_put(cache, &q, 0, data, n);
		(void)cache_get(cache, &q, 500, out, sizeof(out));
	}
	return 0;
}
