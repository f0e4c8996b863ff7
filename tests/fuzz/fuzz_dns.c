/* One packet as a question to the responder. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "dns/server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct zone *zone;
static struct server *server;
static struct dns_metrics metrics;

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
	static const char *const cidrs[] = {"10.43.0.0/16", "fd43::/112", NULL};
	struct resolver *resolver;
	struct custom *custom;
	struct cache *cache;
	struct buf faults = {0};
	if (zone_new(&zone, &(struct zone_config){"cluster.local", "10.43.0.10", cidrs}, NULL) < 0 ||
	    cache_new(&cache, &(struct cache_config){64, 65536, 64}, NULL) < 0 ||
	    resolver_new(&resolver, &(struct resolver_deps){.clock = clock_real(), .cache = cache, .metrics = &metrics},
			 NULL) < 0)
		abort();
	json_t *config = json_pack("{s:{s:s}}", "data", "hosts", "192.0.2.7 host.example h\n2001:db8::7 host.example");
	if (custom_new(&custom, config, zone_domain(zone), &faults) < 0 || faults.len)
		abort();
	json_decref(config);
	resolver_set_custom(resolver, custom);
	struct server_deps d = {.clock = clock_real(), .zone = zone, .resolver = resolver, .metrics = &metrics};
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
	return 0;
}
