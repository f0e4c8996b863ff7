#include "cmd/status_dns.h"
#include <inttypes.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "cmd/local_http.h"

/* 0 where there is none. */
static json_int_t sum(const char *text, const char *name, const char *label)
{
	int64_t v = local_metric(text, name, label);
	return v < 0 ? 0 : v;
}

/* Address and port of the metrics, of this node's slice. */
static bool where(const json_t *slice, const char **address, json_int_t *port)
{
	size_t i;
	const json_t *p;
	*address = json_str(slice, "endpoints[0].addresses[0]");
	*port = 0;
	json_array_foreach (json_object_get(slice, "ports"), i, p)
		if (streq(json_str(p, "name"), "metrics"))
			*port = json_int_or(p, "port", 0);
	return *address != NULL;
}

void status_dns_add(json_t *out, struct client *c, const char *node)
{
	AUTO_FREE char *name = str_fmt("kube-dns-%s", node);
	AUTO_JSON json_t *slice = NULL;
	const struct client_ref ref = {
	    .group = "discovery.k8s.io", .plural = "endpointslices", .ns = "kube-system", .name = name};
	const char *address;
	json_int_t port;
	struct err e = {0};
	int status = 0;
	if (!name || client_get_wait(c, &ref, &slice, NULL) < 0 || !where(slice, &address, &port))
		return;
	AUTO_FREE char *where_text =
			   str_fmt(strchr(address, ':') ? "[%s]:%" PRId64 : "%s:%" PRId64, address, (int64_t)port),
		       *text = NULL;
	if (!where_text || !port || local_http_get(where_text, "/metrics", &status, &text, &e) < 0 || status != 200) {
		json_object_set_new(out, "dns",
				    json_pack("{s:s,s:s}", "address", address, "message",
					      !port      ? "has no metrics"
					      : e.msg[0] ? e.msg
							 : "does not answer"));
		return;
	}
	json_object_set_new(out, "dns",
			    json_pack("{s:s,s:I,s:I,s:I,s:I,s:I,s:I}", "address", address, "questions",
				      sum(text, "coredns_dns_requests_total", ""), "clusterQuestions",
				      sum(text, "coredns_dns_requests_total", "") -
					  sum(text, "coredns_dns_requests_total", ",zone=\".\","),
				      "cacheHits", sum(text, "coredns_cache_hits_total", ""), "cacheMisses",
				      sum(text, "coredns_cache_misses_total", ""), "staleAnswers",
				      sum(text, "coredns_cache_served_stale_total", ""), "forwarded",
				      sum(text, "coredns_proxy_request_duration_seconds_count", "")));
}

void status_dns_print(const json_t *out)
{
	const json_t *d = json_object_get(out, "dns");
	json_int_t hits = json_int_or(d, "cacheHits", 0), misses = json_int_or(d, "cacheMisses", 0);
	if (!d)
		return;
	printf("%-13s %s, ", "DNS:", json_str_or(d, "address", "?"));
	if (json_str(d, "message")) {
		printf("%s\n", json_str(d, "message"));
		return;
	}
	printf("%lld questions, %lld of them about the cluster", (long long)json_int_or(d, "questions", 0),
	       (long long)json_int_or(d, "clusterQuestions", 0));
	if (hits + misses > 0)
		printf("; %.0f %% of the others out of the cache", 100.0 * (double)hits / (double)(hits + misses));
	printf("\n");
}
