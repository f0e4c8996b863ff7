#include "cmd/status_proxy.h"
#include <stdio.h>
#include <time.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "cmd/local_http.h"

static void kinds(json_t *p, const char *text)
{
	static const struct {
		const char *label, *key;
	} all[] = {{"{kind=\"chain\"}", "chains"},
		   {"{kind=\"rule\"}", "rules"},
		   {"{kind=\"element\"}", "elements"},
		   {"{kind=\"virtual_server\"}", "virtualServers"},
		   {"{kind=\"destination\"}", "destinations"},
		   {"{kind=\"address\"}", "addresses"}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		int64_t v = local_metric(text, "minik_proxy_kernel_entries", all[i].label);
		if (v >= 0)
			json_object_set_new(p, all[i].key, json_integer(v));
	}
}

void status_proxy_add(json_t *out, const struct options *its)
{
	const char *address = its ? opt_str(its, OPT_METRICS_ADDRESS) : "";
	AUTO_FREE char *text = NULL, *mode = NULL;
	struct err e = {0};
	int status = 0;
	if (!streq(json_str(out, "components.proxy"), "running") || !*address)
		return;
	if (local_http_get(address, "/metrics", &status, &text, &e) < 0 || status != 200 ||
	    local_metric(text, "minik_proxy_services", "") < 0) {
		json_object_set_new(out, "proxy",
				    json_pack("{s:s}", "message",
					      e.msg[0] ? e.msg : "somebody else answers where it shows its metrics"));
		return;
	}
	if (local_http_get(address, "/proxyMode", &status, &mode, NULL) < 0 || status != 200)
		return;
	double queued = local_metric_real(text, "kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds");
	int64_t pending = local_metric(text, "kubeproxy_sync_proxy_rules_service_changes_pending", "");
	double lag = pending > 0 && queued > 0 ? (double)time(NULL) - queued : 0;
	json_t *p = json_pack("{s:s,s:I,s:I,s:I,s:f}", "mode", mode, "services",
			      (json_int_t)local_metric(text, "minik_proxy_services", ""), "endpoints",
			      (json_int_t)local_metric(text, "minik_proxy_endpoints", ""), "pending",
			      (json_int_t)pending, "lagSeconds", lag > 0 ? lag : 0.0);
	if (!p)
		return;
	kinds(p, text);
	json_object_set_new(out, "proxy", p);
}

void status_proxy_print(const json_t *out)
{
	const json_t *p = json_object_get(out, "proxy");
	if (!p)
		return;
	if (json_str(p, "message")) {
		printf("%-13s the Service proxy does not tell: %s\n", "Services:", json_str(p, "message"));
		return;
	}
	printf("%-13s %lld, %lld endpoints; nftables: %lld chains, %lld rules, %lld elements",
	       "Services:", (long long)json_int_or(p, "services", 0), (long long)json_int_or(p, "endpoints", 0),
	       (long long)json_int_or(p, "chains", 0), (long long)json_int_or(p, "rules", 0),
	       (long long)json_int_or(p, "elements", 0));
	if (streq(json_str(p, "mode"), "ipvs"))
		printf("; IPVS: %lld virtual servers, %lld real ones, %lld addresses",
		       (long long)json_int_or(p, "virtualServers", 0), (long long)json_int_or(p, "destinations", 0),
		       (long long)json_int_or(p, "addresses", 0));
	if (json_int_or(p, "pending", 0))
		printf("; %lld changes wait, the last for %.0f s\n", (long long)json_int_or(p, "pending", 0),
		       json_real_value(json_object_get(p, "lagSeconds")));
	else
		printf("; in step\n");
}
