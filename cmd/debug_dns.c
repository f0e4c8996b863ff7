/* Does the Service's name resolve at this node's cluster DNS address, does kubernetes.default, and do pods ask there.
 */
#include <stdio.h>
#include "api/endpoint_slice.h"
#include "api/object.h"
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/inet.h"
#include "base/str.h"
#include "cmd/debug.h"
#include "cmd/probe.h"
#include "dns/wire.h"

#define RESOLV_MAX 65536

static const char *rcode_text(unsigned rcode)
{
	return rcode == DNS_NXDOMAIN   ? "no such name (NXDOMAIN)"
	       : rcode == DNS_SERVFAIL ? "a failure (SERVFAIL)"
	       : rcode == DNS_REFUSED  ? "a refusal (REFUSED)"
				       : "an error";
}

static bool same_address(const char *a, const char *b)
{
	struct inet_addr x, y;
	return inet_addr_parse(a, &x) && inet_addr_parse(b, &y) && x.family == y.family &&
	       inet_addr_compare(&x, &y) == 0;
}

static bool answered(const struct probe_dns *r, const char *addr)
{
	for (size_t i = 0; i < r->n; i++)
		if (same_address(r->answers[i], addr))
			return true;
	return false;
}

static bool expected_has(const json_t *want, const char *addr)
{
	json_t *v;
	size_t i;
	json_array_foreach (want, i, v)
		if (same_address(json_string_value(v), addr))
			return true;
	return false;
}

static const char mend_dns[] =
    "does the component dns run (minik status; --disable dns)? Then: minik debug service kube-system/kube-dns";

/* One name, of one family. want: array of addresses. False: the server does not answer. */
static bool look_up(struct debug *d, const char *name, uint16_t type, const json_t *want, size_t *ret_right)
{
	struct probe_dns r;
	struct err e = {0};
	json_t *v;
	size_t i;
	int code = probe_dns(d->cluster_dns, name, type, &r, &e);
	if (code < 0) {
		debug_consequence(d, DEBUG_DNS,
				  DEBUG_BIT(DEBUG_SYSCTL) |
				      (d->shared || streq(d->name, "kube-dns")
					   ? DEBUG_BIT(DEBUG_ENTRIES) | DEBUG_BIT(DEBUG_MASQUERADE)
					   : 0),
				  mend_dns, "the cluster DNS: %s", e.msg);
		return false;
	}
	if (r.rcode != DNS_NOERROR) {
		debug_fault(d, DEBUG_DNS,
			    "is the cluster domain right (--cluster-domain)? The DNS follows Services by a watch: is "
			    "it in step (its log)?",
			    "%s: the cluster DNS %s answers with %s", name, d->cluster_dns, rcode_text(r.rcode));
		return true;
	}
	json_array_foreach (want, i, v) {
		const char *a = json_string_value(v);
		if (!strchr(a, ':') != (type == DNS_A))
			continue;
		if (answered(&r, a))
			(*ret_right)++;
		else if (r.n < ARRAY_LEN(r.answers))
			debug_fault(d, DEBUG_DNS, "the DNS follows Services by a watch: is it in step (its log)?",
				    "%s: the cluster DNS %s does not say %s%s%s", name, d->cluster_dns, a,
				    r.n ? ", but " : "", r.n ? r.answers[0] : "");
	}
	for (i = 0; i < r.n; i++)
		if (!expected_has(want, r.answers[i]))
			debug_fault(d, DEBUG_DNS,
				    "the DNS follows Services by a watch: is it in step (its log)? Or a ConfigMap "
				    "kube-system/minik-dns that says otherwise",
				    "%s: the cluster DNS %s says %s, which is no address of it", name, d->cluster_dns,
				    r.answers[i]);
	return true;
}

static bool family_in(const json_t *want, bool v6)
{
	json_t *v;
	size_t i;
	json_array_foreach (want, i, v)
		if (!strchr(json_string_value(v), ':') != v6)
			return true;
	return false;
}

static json_t *addresses(const struct debug *d)
{
	json_t *want = json_array(), *v;
	size_t i;
	if (!debug_headless(d)) {
		json_array_foreach (json_dot(d->service, "spec.clusterIPs"), i, v)
			json_array_append(want, v);
		if (!json_array_size(want) && debug_cluster_ip(d))
			json_array_append_new(want, json_string(debug_cluster_ip(d)));
		return want;
	}
	json_t *s, *x;
	size_t k;
	json_array_foreach (d->slices, i, s) /* also such that have no port */
		json_array_foreach (json_object_get(s, "endpoints"), k, x) {
			struct endpoint_state st = endpoint_state_of(x);
			if (st.address && st.ready && !expected_has(want, st.address))
				json_array_append_new(want, json_string(st.address));
		}
	return want;
}

static void cname(struct debug *d, const char *name)
{
	const char *target = json_str_or(d->service, "spec.externalName", "");
	struct probe_dns r;
	struct err e = {0};
	size_t n = strlen(target);
	if (probe_dns(d->cluster_dns, name, DNS_A, &r, &e) < 0)
		debug_fault(d, DEBUG_DNS, mend_dns, "the cluster DNS: %s", e.msg);
	else if (strncmp(r.cname, target, n) != 0 || (r.cname[n] && !streq(r.cname + n, ".")))
		debug_fault(d, DEBUG_DNS, "the DNS follows Services by a watch: is it in step (its log)?",
			    "%s: the cluster DNS says %s instead of %s", name,
			    r.cname[0] ? r.cname : rcode_text(r.rcode), target);
	else
		debug_ok(d, DEBUG_DNS, "%s is %s at %s", name, target, d->cluster_dns);
}

/* The address of kubernetes.default, which every pod asks for. */
static json_t *kubernetes_address(const struct debug *d)
{
	const struct client_ref ref = {.plural = "services", .ns = "default", .name = "kubernetes"};
	AUTO_JSON json_t *s = NULL;
	json_t *want = json_array();
	if (client_get_wait(d->client, &ref, &s, NULL) == 0 && json_str(s, "spec.clusterIP"))
		json_array_append_new(want, json_string(json_str(s, "spec.clusterIP")));
	return want;
}

/* ---- pods' resolv.conf ---- */

static bool line_has(const char *text, const char *keyword, const char *word)
{
	size_t k = strlen(keyword), w = strlen(word);
	for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		if (strncmp(p, keyword, k) != 0 || (p[k] != ' ' && p[k] != '\t'))
			continue;
		for (const char *q = p + k; *q && *q != '\n';) {
			q += strspn(q, " \t");
			size_t n = strcspn(q, " \t\n");
			if (n == w && strncmp(q, word, n) == 0)
				return true;
			q += n;
		}
	}
	return false;
}

static void resolv_confs(struct debug *d, const char *domain)
{
	size_t good = 0, bad = 0, i;
	json_t *pod;
	json_array_foreach (d->local_pods, i, pod) {
		const char *policy = json_str_or(pod, "spec.dnsPolicy", "ClusterFirst");
		bool host = json_bool_or(pod, "spec.hostNetwork", false);
		AUTO_FREE char *path = str_fmt("%s/pods/%s/etc/resolv.conf", d->run_dir, obj_uid(pod));
		AUTO_FREE char *search = str_fmt("%s.svc.%s", obj_namespace(pod), domain);
		AUTO_BUF struct buf text = {0};
		if (pod_terminal(pod) || obj_deleting(pod) || !path || !search ||
		    (!streq(policy, "ClusterFirstWithHostNet") && (host || !streq(policy, "ClusterFirst"))) ||
		    fs_read(path, RESOLV_MAX, &text, NULL) < 0 || !text.data)
			continue;
		if (line_has(text.data, "nameserver", d->cluster_dns) && line_has(text.data, "search", search)) {
			good++;
			continue;
		}
		if (bad++ < 3)
			debug_fault(d, DEBUG_RESOLV,
				    "start the pod again: its file is written when it starts, by --cluster-dns and "
				    "--cluster-domain",
				    "resolv.conf of pod %s/%s has not %s", obj_namespace(pod), obj_name(pod),
				    line_has(text.data, "nameserver", d->cluster_dns) ? search : d->cluster_dns);
	}
	if (good && !bad)
		debug_ok(d, DEBUG_RESOLV, "%zu pods of this node ask %s and search %s", good, d->cluster_dns, domain);
}

void debug_dns(struct debug *d)
{
	const char *domain = opt_str(d->opt, OPT_CLUSTER_DOMAIN);
	AUTO_FREE char *name = str_fmt("%s.%s.svc.%s", d->name, d->ns, domain);
	AUTO_FREE char *kubernetes = str_fmt("kubernetes.default.svc.%s", domain);
	if (!d->node[0] || !name || !kubernetes)
		return;
	if (!d->cluster_dns[0]) {
		debug_skip(d, DEBUG_DNS, "there is no cluster DNS address (--cluster-dns)");
		return;
	}
	if (debug_external_name(d)) {
		cname(d, name);
		return;
	}
	AUTO_JSON json_t *want = addresses(d), *kube = kubernetes_address(d);
	size_t right = 0;
	if (json_array_size(want) == 0) {
		debug_skip(d, DEBUG_DNS, "%s has no address without endpoints", name);
	} else if ((family_in(want, false) && !look_up(d, name, DNS_A, want, &right)) ||
		   (!d->faults[DEBUG_DNS] && family_in(want, true) && !look_up(d, name, DNS_AAAA, want, &right))) {
		return;
	} else if (!d->faults[DEBUG_DNS]) {
		debug_ok(d, DEBUG_DNS, "%s is %s%s at %s", name, json_string_value(json_array_get(want, 0)),
			 json_array_size(want) > 1 ? " and more" : "", d->cluster_dns);
	}
	right = 0;
	if (json_array_size(kube) && look_up(d, kubernetes, family_in(kube, true) ? DNS_AAAA : DNS_A, kube, &right) &&
	    right == 1)
		debug_ok(d, DEBUG_DNS, "kubernetes.default is %s", json_string_value(json_array_get(kube, 0)));
	resolv_confs(d, domain);
}
