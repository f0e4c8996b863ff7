#include "cmd/status_dns.h"
#include <inttypes.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "wire/http_client.h"

/* The sum of a metric's values, over all that have the label ("" for any). */
static json_int_t sum(const char *text, const char *name, const char *label)
{
	size_t n = strlen(name), l = strlen(label);
	json_int_t all = 0;
	for (const char *p = text; p && *p; p = strchr(p, '\n'), p = p ? p + 1 : NULL) {
		if (strncmp(p, name, n) != 0 || (p[n] != ' ' && p[n] != '{'))
			continue;
		const char *end = p + strcspn(p, "\n"), *space = end;
		if (l && !memmem(p + n, (size_t)(end - p) - n, label, l))
			continue;
		while (space > p && *space != ' ')
			space--;
		all += strtoll(space, NULL, 10);
	}
	return all;
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
	AUTO_BYTES struct bytes *body = NULL;
	const char *address;
	json_int_t port;
	struct err e = {0};
	int status = 0;
	if (!name || client_get_wait(c, &ref, &slice, NULL) < 0 || !where(slice, &address, &port))
		return;
	AUTO_FREE char *url =
	    str_fmt(strchr(address, ':') ? "http://[%s]:%" PRId64 "/metrics" : "http://%s:%" PRId64 "/metrics", address,
		    (int64_t)port);
	const struct http_client_request r = {.method = "GET",
					      .url = url,
					      .timeout_ms = 2000,
					      .connect_timeout_ms = 1000,
					      .max_response = 1 << 20,
					      .direct = true};
	if (!url || !port || http_get_blocking(&(struct http_client_config){0}, &r, &status, &body, &e) < 0 ||
	    status != 200 || !body) {
		json_object_set_new(out, "dns",
				    json_pack("{s:s,s:s}", "address", address, "message",
					      !port      ? "has no metrics"
					      : e.msg[0] ? e.msg
							 : "does not answer"));
		return;
	}
	AUTO_FREE char *text = str_ndup(body->data, body->len);
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
