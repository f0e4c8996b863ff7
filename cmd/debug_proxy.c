/* Does the Service proxy of this node run, has it the newest revisions, and is what it wrote into the kernel what
 * should be there. */
#include <stdio.h>
#include <time.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/inet.h"
#include "base/listener.h"
#include "base/str.h"
#include "cmd/debug.h"
#include "cmd/local_http.h"
#include "proxy/inspect.h"

#define APPLIED "minik_proxy_applied_resource_version"

/* As the proxy that runs has it, which is more than what it was started with tells. */
static void config_take(struct debug *d, const char *address)
{
	AUTO_FREE char *text = NULL;
	AUTO_JSON json_t *v = NULL;
	int status;
	if (local_http_get(address, "/configz", &status, &text, NULL) < 0 || status != 200 ||
	    json_parse(text, strlen(text), &v, NULL) < 0)
		return;
	const json_t *c = json_object_get(v, "kubeproxy.config.k8s.io");
	(void)str_copy(d->proxy_mode, sizeof(d->proxy_mode), json_str_or(c, "mode", d->proxy_mode));
	(void)str_copy(d->cluster_cidr, sizeof(d->cluster_cidr), json_str_or(c, "clusterCIDR", d->cluster_cidr));
	(void)str_copy(d->service_cidr, sizeof(d->service_cidr), json_str_or(c, "serviceCIDR", d->service_cidr));
	if (*json_str_or(c, "ipvs.scheduler", ""))
		(void)str_copy(d->scheduler, sizeof(d->scheduler), json_str(c, "ipvs.scheduler"));
}

/* Nobody answers: is there nobody, or is somebody stuck? */
static void silent(struct debug *d, const char *address, const struct err *why)
{
	char host[48], who[64] = "";
	uint16_t port = 0;
	if (!inet_addr_port_parse(address, host, &port) || !listener_find(port, who, sizeof(who))) {
		debug_fault(d, DEBUG_PROXY,
			    opt_list_has(d->opt, OPT_DISABLE, "proxy")
				? "start minik without --disable proxy, or minik proxy beside it"
				: "start minik again, or minik proxy; its log says why it ended",
			    "no Service proxy runs on this node: nobody listens on %s (--metrics-bind-address)",
			    address);
		return;
	}
	debug_fault(d, DEBUG_PROXY, "ps shows whether it is stopped (T): kill -CONT; else start it again",
		    "the Service proxy, %s, does not answer on %s: %.120s", who, address, why->msg);
}

static bool revision_behind(struct debug *d, const char *text, const char *kind, const char *label, int64_t wanted)
{
	int64_t has = local_metric(text, APPLIED, label);
	if (has >= wanted)
		return false;
	debug_fault(d, DEBUG_PROXY, "its log says what keeps it: the API server, or rules that cannot be written",
		    "the Service proxy is behind: it has revision %lld of %s, this Service needs %lld (%lld changes "
		    "wait, %lld attempts failed)",
		    (long long)has, kind, (long long)wanted,
		    (long long)local_metric(text, "kubeproxy_sync_proxy_rules_service_changes_pending", ""),
		    (long long)(local_metric(text, "kubeproxy_sync_proxy_rules_nftables_sync_failures_total", "") +
				local_metric(text, "minik_proxy_sync_failures_total", "") + 1));
	return true;
}

static void health_look(struct debug *d, char out[160])
{
	const char *address = opt_str(d->opt, OPT_HEALTHZ_ADDRESS);
	AUTO_FREE char *text = NULL;
	AUTO_JSON json_t *v = NULL;
	int status = 0;
	out[0] = 0;
	if (!*address || local_http_get(address, "/healthz", &status, &text, NULL) < 0 ||
	    json_parse(text, strlen(text), &v, NULL) < 0)
		return;
	if (status != 200 && !json_bool_or(v, "nodeEligible", true))
		(void)snprintf(out, 160,
			       ", and tells load balancers to send nothing here: this node is being taken away");
	else if (status != 200)
		debug_fault(d, DEBUG_PROXY, "its log says why rules cannot be written",
			    "the Service proxy says that it is not healthy: no change has gone through since %s",
			    json_str_or(v, "lastUpdated", "?"));
}

/* False: there is nothing that could be compared with the kernel. */
static bool look_at_proxy(struct debug *d)
{
	const char *address = opt_str(d->opt, OPT_METRICS_ADDRESS);
	AUTO_FREE char *text = NULL;
	char note[160];
	struct err e = {0};
	int status = 0;
	int64_t slices = 0;
	json_t *s;
	size_t i;
	if (!*address) {
		debug_skip(d, DEBUG_PROXY, "--metrics-bind-address is empty, so the Service proxy cannot be asked");
		return true;
	}
	if (local_http_get(address, "/metrics", &status, &text, &e) < 0) {
		silent(d, address, &e);
		return true;
	}
	if (status != 200 || local_metric(text, APPLIED, "") < 0) {
		char who[64] = "somebody", host[48];
		uint16_t port;
		if (inet_addr_port_parse(address, host, &port))
			(void)listener_find(port, who, sizeof(who));
		debug_skip(d, DEBUG_PROXY, "the Service proxy of this node is not minik's: %s listens on %s", who,
			   address);
		return false;
	}
	config_take(d, address);
	json_array_foreach (d->slices, i, s)
		if (!obj_label(s, "service.kubernetes.io/headless") && obj_revision(s) > slices)
			slices = obj_revision(s);
	bool behind = revision_behind(d, text, "Services", "resource=\"services\"", obj_revision(d->service));
	behind |= revision_behind(d, text, "EndpointSlices", "resource=\"endpointslices\"", slices);
	health_look(d, note);
	if (!behind && !d->faults[DEBUG_PROXY])
		debug_ok(d, DEBUG_PROXY, "runs (%s) and has revision %lld of Services and %lld of EndpointSlices%s",
			 d->proxy_mode, (long long)local_metric(text, APPLIED, "resource=\"services\""),
			 (long long)local_metric(text, APPLIED, "resource=\"endpointslices\""), note);
	return true;
}

static void entries(struct debug *d)
{
	struct px_inspect_config c = {d->proxy_mode, d->cluster_cidr[0] ? d->cluster_cidr : NULL,
				      d->service_cidr[0] ? d->service_cidr : NULL,
				      d->scheduler[0] ? d->scheduler : NULL};
	struct px_findings f;
	struct err e = {0};
	char there[16] = "";
	static const char mend[] =
	    "the Service proxy writes that again within a second; where it does not: start it again, and look for who "
	    "changes the table minik-proxy";
	static const char mend_ipvs[] = "the Service proxy compares the virtual servers every 30 s; where it does not "
					"mend them: start it again, and look for "
					"who else uses ipvsadm";
	static const char mend_shared[] = "nft delete table inet minik-proxy: the Service proxy that runs writes it "
					  "anew within a second; and look for "
					  "who changes it";
	if (d->faults[DEBUG_PROXY] && px_mode_there(there, NULL) == 0 && there[0])
		(void)str_copy(d->proxy_mode, sizeof(d->proxy_mode), there);
	c.mode = d->proxy_mode;
	if (px_inspect(&c, d->wanted, &f, &e) < 0) {
		debug_fault(d, DEBUG_ENTRIES, NULL, "the kernel's entries cannot be compared: %s", e.msg);
		return;
	}
	bool ipvs = streq(d->proxy_mode, "ipvs");
	d->shared = f.no_table;
	if (f.no_table) {
		debug_fault(d, DEBUG_ENTRIES, "start the Service proxy",
			    "there is no nftables table minik-proxy on this node");
		return;
	}
	if (d->wanted->lost)
		debug_fault(d, DEBUG_ENTRIES, "another port or address for one of the two",
			    "what others have is left out: %s%s", d->wanted->lost,
			    d->wanted->n_lost > 1 ? ", and more" : "");
	for (size_t i = 0; i < f.n; i++) {
		d->shared |= f.v[i].shared;
		debug_fault(d, f.v[i].masquerade ? DEBUG_MASQUERADE : DEBUG_ENTRIES,
			    f.v[i].shared                                   ? mend_shared
			    : ipvs && strstr(f.v[i].text, "virtual server") ? mend_ipvs
									    : mend,
			    "%s", f.v[i].text);
	}
	if (f.left_off)
		debug_fault(d, DEBUG_ENTRIES, NULL, "and %zu more entries that are not as they should be", f.left_off);
	if (!d->faults[DEBUG_ENTRIES])
		debug_ok(d, DEBUG_ENTRIES, "all %zu %s entries are as they should be, and there are no others", f.right,
			 ipvs ? "IPVS and nftables" : "nftables");
	if (!d->faults[DEBUG_MASQUERADE])
		debug_ok(d, DEBUG_MASQUERADE, "the rules that masquerade are there");
}

void debug_proxy(struct debug *d)
{
	const char *other = obj_label(d->service, "service.kubernetes.io/service-proxy-name");
	if (!d->node[0]) {
		debug_skip(d, DEBUG_PROXY, "this machine is no node (--disable-agent): run this on one");
		return;
	}
	bool comparable = look_at_proxy(d);
	if (!comparable)
		return;
	if (other)
		debug_skip(d, DEBUG_ENTRIES,
			   "the label service.kubernetes.io/service-proxy-name gives this Service to the proxy \"%s\"",
			   other);
	else if (!d->wanted)
		debug_skip(d, DEBUG_ENTRIES, "%s Service has no address that is balanced",
			   debug_external_name(d) ? "an ExternalName" : "a headless");
	else if (!d->root)
		debug_skip(d, DEBUG_ENTRIES, "only root may compare them");
	else
		entries(d);
}
