/* Objects every cluster has: namespaces, the Service kubernetes with its endpoints, priority classes. */
#include <arpa/inet.h>
#include "api/object.h"
#include "apiserver/auth_internal.h"
#include "apiserver/internal.h"
#include "base/log.h"

/* --- creates that go together: one fsync for many --- */

struct ensure {
	struct apiserver *a;
	char *path;
};

static void ensured(void *arg, int status, struct bytes *body)
{
	struct ensure *n = arg;
	struct apiserver *a = n->a;

	pthread_mutex_lock(&a->boot_lock);
	if (status >= 300 && status != 409 && !a->boot_err.code) {
		AUTO_JSON json_t *s = NULL;

		(void)(body && json_parse_bytes(body, &s, NULL));
		(void)err_set(&a->boot_err, ERR_INTERNAL, "POST %s: %s", n->path, json_str_or(s, "message", "failed"));
	}
	if (--a->boot_pending == 0)
		pthread_cond_signal(&a->boot_cond);
	pthread_mutex_unlock(&a->boot_lock);
	free(n->path);
	free(n);
}

int apiserver_ensure(struct apiserver *a, const char *group, const char *version, const char *plural, json_t *obj, struct err *e)
{
	static char *groups[] = {(char *)(uintptr_t) "system:masters", NULL};
	static const struct identity self = {.user = (char *)(uintptr_t) "system:apiserver", .groups = groups};
	const char *ns = obj_namespace(obj);
	AUTO_BYTES struct bytes *body = json_encode(obj);
	struct ensure *n = calloc(1, sizeof(*n));

	if (n)
		n->path = str_fmt("/api%s%s/%s%s%s/%s", *group ? "s/" : "", group, version, *ns ? "/namespaces/" : "", ns, plural);
	if (!n || !n->path || !body) {
		free(n ? n->path : NULL);
		free(n);
		return err_nomem(e);
	}
	n->a = a;
	pthread_mutex_lock(&a->boot_lock);
	a->boot_pending++;
	pthread_mutex_unlock(&a->boot_lock);
	if (inner_call(a, &self, "POST", n->path, NULL, NULL, body, ensured, n)) {
		ensured(n, 409, NULL);
		return err_nomem(e);
	}
	return 0;
}

int apiserver_ensured(struct apiserver *a, struct err *e)
{
	struct err first;

	pthread_mutex_lock(&a->boot_lock);
	while (a->boot_pending)
		pthread_cond_wait(&a->boot_cond, &a->boot_lock);
	first = a->boot_err;
	pthread_mutex_unlock(&a->boot_lock);
	return first.code ? err_set(e, first.code, "%s", first.msg) : 0;
}

/* Brings an existing object to what it should be. */
static int put(struct apiserver *a, const char *path, json_t *obj, struct err *e)
{
	AUTO_BYTES struct bytes *body = json_encode(obj);
	int status;

	if (!body)
		return err_nomem(e);
	status = inner_call_wait(a, "PUT", path, body, NULL, e);
	return status < 300 ? 0 : e && e->code ? e->code : ERR_INTERNAL;
}

static bool exists(struct apiserver *a, const char *group, const char *plural, const char *ns, const char *name)
{
	const struct api_resource *res = api_resource_find(a->registry, group, "v1", plural);
	AUTO_FREE char *key = res ? object_key(res, ns, name) : NULL;
	struct store_item it = {0};
	int r = key ? store_get(a->store, key, &it) : 0;

	if (!r)
		store_item_done(&it);
	return r != ERR_NOT_FOUND;
}

static int first_service_ip(const char *cidr, char out[INET6_ADDRSTRLEN])
{
	char text[64];
	unsigned char b[16];
	const char *colon = strchr(cidr, ':');
	int af = colon && colon < cidr + strcspn(cidr, "/") ? AF_INET6 : AF_INET, last = af == AF_INET ? 3 : 15;

	(void)str_copy(text, sizeof(text), cidr);
	text[strcspn(text, "/")] = 0;
	if (inet_pton(af, text, b) != 1)
		return -EINVAL;
	b[last] = (unsigned char)(b[last] + 1);
	return inet_ntop(af, b, out, INET6_ADDRSTRLEN) ? 0 : -EINVAL;
}

static int namespaces(struct apiserver *a, struct err *e)
{
	static const char *const names[] = {"default", "kube-system", "kube-public", "kube-node-lease"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		AUTO_JSON json_t *o = NULL;
		int r;

		if (exists(a, "", "namespaces", NULL, names[i]))
			continue;
		o = json_pack("{s:s,s:s,s:{s:s}}", "apiVersion", "v1", "kind", "Namespace", "metadata", "name", names[i]);
		r = o ? apiserver_ensure(a, "", "v1", "namespaces", o, e) : err_nomem(e);
		if (r)
			return r;
	}
	return 0;
}

static int priorities(struct apiserver *a, struct err *e)
{
	static const struct {
		const char *name;
		int value;
		const char *text;
	} p[] = {
		{"system-node-critical", 2000001000, "Used for system critical pods that must not be moved from their current node."},
		{"system-cluster-critical", 2000000000,
		 "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."},
	};

	for (size_t i = 0; i < ARRAY_LEN(p); i++) {
		AUTO_JSON json_t *o = NULL;
		int r;

		if (exists(a, "scheduling.k8s.io", "priorityclasses", NULL, p[i].name))
			continue;
		o = json_pack("{s:s,s:s,s:{s:s},s:i,s:s}", "apiVersion", "scheduling.k8s.io/v1", "kind", "PriorityClass", "metadata", "name", p[i].name,
			      "value", p[i].value, "description", p[i].text);
		r = o ? apiserver_ensure(a, "scheduling.k8s.io", "v1", "priorityclasses", o, e) : err_nomem(e);
		if (r)
			return r;
	}
	return 0;
}

static int service(struct apiserver *a, struct err *e)
{
	char ip[INET6_ADDRSTRLEN];
	AUTO_JSON json_t *o = NULL;

	if (exists(a, "", "services", "default", "kubernetes"))
		return 0;
	if (first_service_ip(a->cfg.service_cidr, ip))
		return err_set(e, ERR_INVALID, "--service-cidr %s is not a prefix", a->cfg.service_cidr);
	o = json_pack("{s:s,s:s,s:{s:s,s:s,s:{s:s,s:s}},s:{s:s,s:s,s:[{s:s,s:s,s:i,s:i}],s:s}}", "apiVersion", "v1", "kind", "Service", "metadata", "name",
		      "kubernetes", "namespace", "default", "labels", "component", "apiserver", "provider", "kubernetes", "spec", "type", "ClusterIP",
		      "clusterIP", ip, "ports", "name", "https", "protocol", "TCP", "port", 443, "targetPort", (int)(a->cfg.port ? a->cfg.port : 6443),
		      "sessionAffinity", "None");
	return o ? apiserver_ensure(a, "", "v1", "services", o, e) : err_nomem(e);
}

/* ServiceCIDR kubernetes tells clients the range (networking.k8s.io/v1). */
static int service_cidr(struct apiserver *a, struct err *e)
{
	AUTO_JSON json_t *o = NULL;

	if (!api_resource_find(a->registry, "networking.k8s.io", "v1", "servicecidrs") ||
	    exists(a, "networking.k8s.io", "servicecidrs", NULL, "kubernetes"))
		return 0;
	AUTO_FREE char *first = str_ndup(a->cfg.service_cidr, strcspn(a->cfg.service_cidr, ","));
	const char *comma = strchr(a->cfg.service_cidr, ',');
	o = json_pack("{s:s,s:s,s:{s:s},s:{s:[s,s*]}}", "apiVersion", "networking.k8s.io/v1", "kind", "ServiceCIDR", "metadata", "name", "kubernetes",
		      "spec", "cidrs", first ? first : "", comma ? comma + 1 : NULL);
	return o ? apiserver_ensure(a, "networking.k8s.io", "v1", "servicecidrs", o, e) : err_nomem(e);
}

/*
 * Since when this server notes the use of token Secrets: Kubernetes' legacy-service-account-token-tracking controller, which others read the day from.
 */
static int token_tracking(struct apiserver *a, struct err *e)
{
	static const char *const name = "kube-apiserver-legacy-service-account-token-tracking";
	AUTO_JSON json_t *o = NULL;
	char now[TIME_STR_MAX];

	if (exists(a, "", "configmaps", "kube-system", name))
		return 0;
	time_format(clock_wall(a->clock), now);
	now[strcspn(now, "T")] = 0;
	o = json_pack("{s:s,s:s,s:{s:s,s:s},s:{s:s}}", "apiVersion", "v1", "kind", "ConfigMap", "metadata", "name", name, "namespace", "kube-system", "data",
		      "since", now);
	return o ? apiserver_ensure(a, "", "v1", "configmaps", o, e) : err_nomem(e);
}

/* --- networks: of the first start, for ever --- */

/* "A[,B]" as one text, whoever wrote its IPv6 addresses; what is no address is a question mark. */
static void networks_text(const char *nets, struct buf *out)
{
	for (const char *n = nets; *n; n += strcspn(n, ","), n += *n == ',') {
		size_t len = strcspn(n, ","), base = strcspn(n, "/,");
		char ip[INET6_ADDRSTRLEN] = "";
		unsigned char b[16];

		if (base < sizeof(ip))
			memcpy(ip, n, base);
		int af = strchr(ip, ':') ? AF_INET6 : AF_INET;
		if (inet_pton(af, ip, b) != 1 || !inet_ntop(af, b, ip, sizeof(ip)))
			(void)str_copy(ip, sizeof(ip), "?");
		buf_addf(out, "%s%s%.*s", out->len ? "," : "", ip, (int)(len - base), n + base);
	}
}

static int same_networks(const char *flag, const char *now, const char *was, struct err *e)
{
	AUTO_BUF struct buf a = {0};
	AUTO_BUF struct buf b = {0};

	networks_text(now, &a);
	networks_text(was, &b);
	if (buf_failed(&a) || buf_failed(&b))
		return err_nomem(e);
	if (!a.len || !b.len || streq(a.data, b.data))
		return 0;
	return err_set(e, ERR_INVALID,
		       "--%s: %.60s is not this cluster's, which is %.60s since its first start and can neither change nor "
		       "get another family: write that, or give a new cluster a --data-dir of its own",
		       flag, now, was);
}

/*
 * Services keep their addresses, nodes their podCIDRs, and agents learn networks when they start: a cluster half of
 * which is in another network is none. Kept in ServiceCIDR kubernetes and in ConfigMap kube-public/cluster-info.
 */
static int networks_check(struct apiserver *a, struct err *e)
{
	AUTO_JSON json_t *cidr = NULL;
	AUTO_JSON json_t *info = NULL;
	AUTO_BUF struct buf services = {0};
	json_t *c;
	size_t i;

	if (!api_resource_find(a->registry, "networking.k8s.io", "v1", "servicecidrs"))
		return 0;
	int r = auth_get_json(a->auth, true, "networking.k8s.io", "servicecidrs", NULL, "kubernetes", &cidr, NULL);
	if (!r || r == ERR_NOT_FOUND)
		r = auth_get_json(a->auth, true, "", "configmaps", "kube-public", "cluster-info", &info, NULL);
	if (r && r != ERR_NOT_FOUND)
		return err_set(e, r, "reading what networks this cluster has: %s", err_name(r));
	json_array_foreach (json_dot(cidr, "spec.cidrs"), i, c)
		if (json_is_string(c))
			buf_addf(&services, "%s%s", services.len ? "," : "", json_string_value(c));
	if (buf_failed(&services))
		return err_nomem(e);
	const char *pods = json_string_value(json_at(info, "data", "cluster-cidr", NULL));
	r = services.len ? same_networks("service-cidr", a->cfg.service_cidr, services.data, e) : 0;
	return !r && a->cfg.cluster_cidr && pods ? same_networks("cluster-cidr", a->cfg.cluster_cidr, pods, e) : r;
}

int bootstrap_run(struct apiserver *a, struct err *e)
{
	int r = networks_check(a, e);

	if (r)
		return r;
	r = namespaces(a, e);
	if (!r)
		r = apiserver_ensured(a, e); /* the rest lies in them */
	if (!r)
		r = priorities(a, e);
	if (!r)
		r = service(a, e);
	if (!r)
		r = service_cidr(a, e);
	if (!r)
		r = token_tracking(a, e);
	if (r)
		(void)err_wrap(e, "writing the bootstrap objects");
	return r;
}

static int ensure_or_put(struct apiserver *a, const char *group, const char *plural, const char *path, json_t *o, struct err *e)
{
	if (!exists(a, group, plural, "default", "kubernetes"))
		return apiserver_ensure(a, group, "v1", plural, o, e);
	if (store_is_shared(a->store)) /* others are in it too: cmd/presence.c keeps it */
		return 0;
	return put(a, path, o, e);
}

int bootstrap_endpoints(struct apiserver *a, struct err *e)
{
	const char *ip = a->cfg.advertise_address;
	AUTO_JSON json_t *ep = NULL;
	AUTO_JSON json_t *slice = NULL;
	int port = apiserver_port(a), r;

	if (!ip || !*ip)
		return 0; /* nothing that pods could reach */
	ep = json_pack("{s:s,s:s,s:{s:s,s:s,s:{s:s}},s:[{s:[{s:s}],s:[{s:s,s:i,s:s}]}]}", "apiVersion", "v1", "kind", "Endpoints", "metadata", "name",
		       "kubernetes", "namespace", "default", "labels", "endpointslice.kubernetes.io/skip-mirror", "true", "subsets", "addresses", "ip", ip,
		       "ports", "name", "https", "port", port, "protocol", "TCP");
	slice = json_pack("{s:s,s:s,s:{s:s,s:s,s:{s:s}},s:s,s:[{s:[s],s:{s:b}}],s:[{s:s,s:i,s:s}]}", "apiVersion", "discovery.k8s.io/v1", "kind",
			  "EndpointSlice", "metadata", "name", "kubernetes", "namespace", "default", "labels", "kubernetes.io/service-name", "kubernetes",
			  "addressType", strchr(ip, ':') ? "IPv6" : "IPv4", "endpoints", "addresses", ip, "conditions", "ready", 1, "ports", "name", "https",
			  "port", port, "protocol", "TCP");
	if (!ep || !slice)
		return err_nomem(e);
	r = ensure_or_put(a, "", "endpoints", "/api/v1/namespaces/default/endpoints/kubernetes", ep, e);
	if (!r)
		r = ensure_or_put(a, "discovery.k8s.io", "endpointslices", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes", slice, e);
	return r;
}
