/* Cells of the kinds that do not run pods: network, storage, access, events. */
#include <stdarg.h>
#include "api/object.h"
#include "api/table.h"
#include "api/table_row.h"
#include "api/table_text.h"
#include "base/str.h"

static void lower(char *s)
{
	for (; *s; s++) {
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s | 32);
	}
}

/* Steals nothing: the text of a JSON string, or "". */
static const char *str_of(const json_t *v) { return json_is_string(v) ? json_string_value(v) : ""; }

/* --- nodes --- */

static const char *node_address(const json_t *node, const char *type)
{
	json_t *a;
	size_t i;

	json_array_foreach(json_at(node, "status", "addresses", NULL), i, a)
	{
		if (streq(text_at(a, "type", ""), type))
			return text_at(a, "address", "<none>");
	}
	return "<none>";
}

static void node_roles(struct row *r)
{
	static const char prefix[] = "node-role.kubernetes.io/";
	json_t *labels = json_at(r->obj, "metadata", "labels", NULL), *v;
	AUTO_FREE const char **roles = calloc(json_object_size(labels) + 1, sizeof(*roles));
	size_t n = 0;
	const char *key;

	if (!roles) {
		r->failed = true;
		return;
	}
	json_object_foreach(labels, key, v)
	{
		if (str_has_prefix(key, prefix) && key[sizeof(prefix) - 1])
			roles[n++] = key + sizeof(prefix) - 1;
		else if (streq(key, "kubernetes.io/role") && *str_of(v))
			roles[n++] = str_of(v);
	}
	if (n)
		cell_add(r, text_sorted(roles, n));
	else
		cell_str(r, "<none>");
}

void print_node(struct row *r)
{
	const json_t *o = r->obj, *ready = obj_condition(o, "Ready");

	cell_str(r, obj_name(o));
	cell_fmt(r, "%s%s", !ready ? "Unknown" : obj_condition_true(o, "Ready") ? "Ready" : "NotReady",
		 json_bool_or(o, "spec.unschedulable", false) ? ",SchedulingDisabled" : "");
	node_roles(r);
	cell_age(r, text_at(o, "metadata.creationTimestamp", NULL));
	cell_str(r, text_at(o, "status.nodeInfo.kubeletVersion", ""));
	cell_str(r, node_address(o, "InternalIP"));
	cell_str(r, node_address(o, "ExternalIP"));
	static const char *const info[] = {"osImage", "kernelVersion", "containerRuntimeVersion"};
	for (size_t i = 0; i < ARRAY_LEN(info); i++) {
		const char *s = str_of(json_at(o, "status", "nodeInfo", info[i], NULL));
		cell_str(r, *s ? s : "<unknown>");
	}
}

/* --- network --- */

/* Addresses of status.loadBalancer.ingress, sorted. New; NULL without memory. */
static json_t *balancer_addresses(const json_t *o)
{
	json_t *list = json_at(o, "status", "loadBalancer", "ingress", NULL), *v;
	AUTO_FREE const char **a = calloc(json_array_size(list) + 1, sizeof(*a));
	size_t n = 0, i;

	if (!a)
		return NULL;
	json_array_foreach(list, i, v)
	{
		const char *ip = text_at(v, "ip", ""), *host = text_at(v, "hostname", "");
		if (*ip || *host)
			a[n++] = *ip ? ip : host;
	}
	return text_sorted(a, n);
}

static void external_ip(struct row *r)
{
	const char *type = text_at(r->obj, "spec.type", "");
	AUTO_JSON json_t *ips = text_join(json_at(r->obj, "spec", "externalIPs", NULL), NULL, ",");

	if (streq(type, "ClusterIP") || streq(type, "NodePort")) {
		cell_str(r, *str_of(ips) ? str_of(ips) : "<none>");
	} else if (streq(type, "LoadBalancer")) {
		AUTO_JSON json_t *lb = balancer_addresses(r->obj);
		const char *a = str_of(lb), *b = str_of(ips);
		if (*a || *b)
			cell_fmt(r, "%s%s%s", a, *a && *b ? "," : "", b);
		else
			cell_str(r, "<pending>");
	} else {
		cell_str(r, streq(type, "ExternalName") ? text_at(r->obj, "spec.externalName", "") : "<unknown>");
	}
}

void print_service(struct row *r)
{
	const char *ip = text_at(r->obj, "spec.clusterIPs[0]", text_at(r->obj, "spec.clusterIP", ""));
	AUTO_BUF struct buf b = {0};
	json_t *p;
	size_t i;

	cell_str(r, *ip ? ip : "<none>");
	external_ip(r);
	json_array_foreach(json_at(r->obj, "spec", "ports", NULL), i, p)
	{
		int64_t node = json_int_or(p, "nodePort", 0);
		buf_addf(&b, "%s%lld", i ? "," : "", (long long)json_int_or(p, "port", 0));
		if (node > 0)
			buf_addf(&b, ":%lld", (long long)node);
		buf_addf(&b, "/%s", text_at(p, "protocol", "TCP"));
	}
	r->failed |= buf_failed(&b);
	cell_str(r, b.len ? b.data : "<none>");
}

void print_ingress(struct row *r)
{
	const json_t *rules = json_at(r->obj, "spec", "rules", NULL);
	AUTO_BUF struct buf b = {0};
	size_t n = 0, i;
	bool more = false;
	json_t *v;

	json_array_foreach(rules, i, v)
	{
		const char *host = text_at(v, "host", "");
		more |= n == 3;
		if (!more && *host)
			buf_addf(&b, "%s%s", n++ ? "," : "", host);
	}
	if (more)
		buf_addf(&b, " + %zu more...", json_array_size(rules) - 3);
	r->failed |= buf_failed(&b);
	cell_str(r, n ? b.data : "*");
	cell_add(r, balancer_addresses(r->obj));
	cell_str(r, json_array_size(json_at(r->obj, "spec", "tls", NULL)) ? "80, 443" : "80");
}

void print_ingress_class(struct row *r)
{
	const json_t *p = json_at(r->obj, "spec", "parameters", NULL);
	const char *group = text_at(p, "apiGroup", NULL);

	if (json_is_object(p))
		cell_fmt(r, "%s%s%s/%s", text_at(p, "kind", ""), group ? "." : "", group ? group : "", text_at(p, "name", ""));
	else
		cell_str(r, "<none>");
}

/* Up to three items, then how many more. */
struct few {
	struct buf b;
	size_t shown, total;
};

static void few_add(struct few *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void few_add(struct few *f, const char *fmt, ...)
{
	va_list ap;

	f->total++;
	if (f->shown == 3)
		return;
	if (f->shown++)
		buf_addc(&f->b, ',');
	va_start(ap, fmt);
	buf_addv(&f->b, fmt, ap);
	va_end(ap);
}

static void few_cell(struct row *r, struct few *f, const char *empty)
{
	if (f->total > f->shown)
		buf_addf(&f->b, " + %zu more...", f->total - f->shown);
	r->failed |= buf_failed(&f->b);
	cell_str(r, f->b.len ? f->b.data : empty);
	buf_done(&f->b);
}

void print_endpoints(struct row *r)
{
	const json_t *subsets = json_object_get(r->obj, "subsets");
	struct few f = {0};
	json_t *ss, *p, *a;
	size_t i, j, k;

	json_array_foreach(subsets, i, ss)
	{
		const json_t *ports = json_object_get(ss, "ports"), *addrs = json_object_get(ss, "addresses");
		if (!json_array_size(ports)) {
			json_array_foreach(addrs, k, a)
				few_add(&f, "%s", text_at(a, "ip", ""));
		}
		json_array_foreach(ports, j, p)
		{
			json_array_foreach(addrs, k, a)
			{
				const char *ip = text_at(a, "ip", "");
				few_add(&f, strchr(ip, ':') ? "[%s]:%lld" : "%s:%lld", ip, (long long)json_int_or(p, "port", 0));
			}
		}
	}
	few_cell(r, &f, json_array_size(subsets) ? "" : "<none>");
}

void print_endpoint_slice(struct row *r)
{
	struct few ports = {0}, addrs = {0};
	json_t *v, *a;
	size_t i, j;

	json_array_foreach(json_object_get(r->obj, "ports"), i, v)
	{
		if (json_is_integer(json_object_get(v, "port")))
			few_add(&ports, "%lld", (long long)json_int_or(v, "port", 0));
		else
			few_add(&ports, "%s", text_at(v, "name", "*"));
	}
	json_array_foreach(json_object_get(r->obj, "endpoints"), i, v)
	{
		json_array_foreach(json_object_get(v, "addresses"), j, a)
			few_add(&addrs, "%s", str_of(a));
	}
	few_cell(r, &ports, "<unset>");
	few_cell(r, &addrs, "<unset>");
}

void print_ip_address(struct row *r)
{
	const json_t *ref = json_at(r->obj, "spec", "parentRef", NULL);
	const char *group = text_at(ref, "group", ""), *ns = text_at(ref, "namespace", "");

	if (!json_is_object(ref)) {
		cell_str(r, "<none>");
		return;
	}
	cell_fmt(r, "%s%s%s%s%s/%s", text_at(ref, "resource", ""), *group ? "." : "", group, *ns ? "/" : "", ns,
		 text_at(ref, "name", ""));
}

/* --- storage --- */

static void access_modes(struct row *r, const json_t *modes)
{
	static const char *const names[][2] = {{"ReadWriteOnce", "RWO"}, {"ReadOnlyMany", "ROX"}, {"ReadWriteMany", "RWX"},
					       {"ReadWriteOncePod", "RWOP"}};
	char out[32] = "";
	size_t at = 0, i;
	json_t *v;

	for (size_t k = 0; k < ARRAY_LEN(names); k++) {
		bool has = false;
		json_array_foreach(modes, i, v)
			has |= streq(str_of(v), names[k][0]);
		if (has)
			at += (size_t)snprintf(out + at, sizeof(out) - at, "%s%s", at ? "," : "", names[k][1]);
	}
	cell_str(r, out);
}

static void storage_class(struct row *r)
{
	const char *old = obj_annotation(r->obj, "volume.beta.kubernetes.io/storage-class");

	cell_str(r, old ? old : text_at(r->obj, "spec.storageClassName", ""));
}

static const char *phase_of(const json_t *o)
{
	return obj_deleting(o) ? "Terminating" : text_at(o, "status.phase", "");
}

void print_pv(struct row *r)
{
	const json_t *o = r->obj, *claim = json_at(o, "spec", "claimRef", NULL);

	access_modes(r, json_at(o, "spec", "accessModes", NULL));
	cell_str(r, text_at(o, "spec.persistentVolumeReclaimPolicy", ""));
	cell_str(r, phase_of(o));
	if (json_is_object(claim))
		cell_fmt(r, "%s/%s", text_at(claim, "namespace", ""), text_at(claim, "name", ""));
	else
		cell_str(r, "");
	storage_class(r);
	cell_str(r, text_at(o, "spec.volumeAttributesClassName", "<unset>"));
	cell_str(r, text_at(o, "status.reason", ""));
}

void print_pvc(struct row *r)
{
	const json_t *o = r->obj;
	const char *volume = text_at(o, "spec.volumeName", "");

	cell_str(r, phase_of(o));
	cell_str(r, volume);
	if (*volume) {
		cell_add(r, text_quantity(json_at(o, "status", "capacity", "storage", NULL)));
		access_modes(r, json_at(o, "status", "accessModes", NULL));
	} else {
		cell_str(r, "");
		cell_str(r, "");
	}
	storage_class(r);
	cell_str(r, text_at(o, "spec.volumeAttributesClassName", "<unset>"));
}

static void name_and_default(struct row *r, const char *annotation, const char *beta)
{
	bool is_default = streq(obj_annotation(r->obj, annotation), "true") || (beta && streq(obj_annotation(r->obj, beta), "true"));

	cell_fmt(r, "%s%s", obj_name(r->obj), is_default ? " (default)" : "");
}

void print_storage_class(struct row *r)
{
	name_and_default(r, "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");
}

void print_volume_attributes_class(struct row *r)
{
	name_and_default(r, "volumeattributesclass.alpha.kubernetes.io/is-default-class", NULL);
}

void print_csi_driver(struct row *r)
{
	const json_t *tokens = json_at(r->obj, "spec", "tokenRequests", NULL);
	AUTO_JSON json_t *modes = text_join(json_at(r->obj, "spec", "volumeLifecycleModes", NULL), NULL, ",");

	if (json_is_array(tokens))
		cell_add(r, text_join(tokens, "audience", ","));
	else
		cell_str(r, "<unset>");
	cell_add(r, json_boolean(json_bool_or(r->obj, "spec.requiresRepublish", false)));
	cell_str(r, *str_of(modes) ? str_of(modes) : "<none>");
}

void print_config_map(struct row *r)
{
	cell_int(r, (int64_t)(json_object_size(json_object_get(r->obj, "data")) +
			      json_object_size(json_object_get(r->obj, "binaryData"))));
}

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

void print_resource_quota(struct row *r)
{
	json_t *hard = json_at(r->obj, "status", "hard", NULL), *v;
	size_t n = json_object_size(hard), i = 0;
	AUTO_FREE const char **keys = calloc(n + 1, sizeof(*keys));
	AUTO_BUF struct buf requests = {0}, limits = {0};
	const char *key;

	if (!keys) {
		r->failed = true;
		return;
	}
	json_object_foreach(hard, key, v)
		keys[i++] = key;
	qsort(keys, n, sizeof(*keys), by_name);
	for (i = 0; i < n; i++) {
		struct buf *b = str_has_prefix(keys[i], "limits.") ? &limits : &requests;
		AUTO_JSON json_t *used = text_quantity(json_at(r->obj, "status", "used", keys[i], NULL));
		AUTO_JSON json_t *max = text_quantity(json_object_get(hard, keys[i]));
		buf_addf(b, "%s%s: %s/%s", b->len ? ", " : "", keys[i], str_of(used), str_of(max));
	}
	r->failed |= buf_failed(&requests) || buf_failed(&limits);
	cell_str(r, requests.data);
	cell_str(r, limits.data);
}

/* --- events --- */

void print_event(struct row *r)
{
	const json_t *o = r->obj, *ref = json_object_get(o, "involvedObject"), *series = json_object_get(o, "series");
	bool newer = !ref && json_object_get(o, "regarding"); /* events.k8s.io names the fields otherwise */
	const char *event_time = text_at(o, "eventTime", NULL);
	const char *first = text_at(o, newer ? "deprecatedFirstTimestamp" : "firstTimestamp", event_time);
	const char *last = text_at(o, newer ? "deprecatedLastTimestamp" : "lastTimestamp", first);
	int64_t count = json_int_or(o, newer ? "deprecatedCount" : "count", 0);
	char kind[128];

	if (newer)
		ref = json_object_get(o, "regarding");
	if (json_is_object(series)) {
		last = text_at(series, "lastObservedTime", NULL);
		count = json_int_or(series, "count", 0);
	} else if (!count) {
		count = 1;
	}
	(void)str_copy(kind, sizeof(kind), text_at(ref, "kind", ""));
	lower(kind);
	const char *name = text_at(ref, "name", "");
	const json_t *source = json_object_get(o, newer ? "deprecatedSource" : "source");
	const char *component = text_at(source, "component", ""), *host = text_at(source, "host", "");
	if (!*component)
		component = text_at(o, newer ? "reportingController" : "reportingComponent", "");
	if (!*host)
		host = text_at(o, "reportingInstance", "");

	const char *msg = text_at(o, newer ? "note" : "message", "");
	msg += strspn(msg, " \t\r\n");
	size_t n = strlen(msg);
	while (n && strchr(" \t\r\n", msg[n - 1]))
		n--;

	cell_age(r, last);
	cell_str(r, text_at(o, "type", ""));
	cell_str(r, text_at(o, "reason", ""));
	cell_fmt(r, "%s%s%s", kind, *name ? "/" : "", name);
	cell_str(r, text_at(ref, "fieldPath", ""));
	cell_fmt(r, "%s%s%s", component, *host ? ", " : "", host);
	cell_add(r, json_stringn(msg, n));
	cell_age(r, first);
	cell_int(r, count);
	cell_str(r, obj_name(o));
}

/* --- access --- */

static void subjects(struct row *r, const char *kind)
{
	AUTO_BUF struct buf b = {0};
	json_t *v;
	size_t i;

	json_array_foreach(json_object_get(r->obj, "subjects"), i, v)
	{
		const char *ns = text_at(v, "namespace", "");
		if (!streq(text_at(v, "kind", ""), kind))
			continue;
		buf_addf(&b, "%s%s%s%s", b.len ? ", " : "", *ns ? ns : "", *ns ? "/" : "", text_at(v, "name", ""));
	}
	r->failed |= buf_failed(&b);
	cell_str(r, b.data);
}

void print_role_binding(struct row *r)
{
	cell_fmt(r, "%s/%s", text_at(r->obj, "roleRef.kind", ""), text_at(r->obj, "roleRef.name", ""));
	cell_age(r, text_at(r->obj, "metadata.creationTimestamp", NULL));
	subjects(r, "User");
	subjects(r, "Group");
	subjects(r, "ServiceAccount");
}

void print_csr(struct row *r)
{
	const json_t *o = r->obj, *secs = json_at(o, "spec", "expirationSeconds", NULL);
	char age[32] = "<none>";

	if (json_is_integer(secs))
		table_age(json_integer_value(secs), age, sizeof(age));
	cell_str(r, age);
	cell_fmt(r, "%s%s%s", obj_condition(o, "Denied") ? "Denied" : obj_condition(o, "Approved") ? "Approved" : "Pending",
		 obj_condition(o, "Failed") ? ",Failed" : "", *text_at(o, "status.certificate", "") ? ",Issued" : "");
}

/* --- the rest --- */

void print_policy(struct row *r)
{
	const json_t *p = json_at(r->obj, "spec", "paramKind", NULL);

	if (json_is_object(p))
		cell_fmt(r, "%s/%s", text_at(p, "apiVersion", ""), text_at(p, "kind", ""));
	else
		cell_str(r, "<unset>");
}

void print_policy_binding(struct row *r)
{
	const json_t *p = json_at(r->obj, "spec", "paramRef", NULL), *sel = json_object_get(p, "selector");
	const char *name = text_at(p, "name", ""), *ns = text_at(p, "namespace", "");

	if (*name)
		cell_fmt(r, "%s/%s", *ns ? ns : "*", name);
	else if (sel)
		cell_add(r, text_selector(sel, ""));
	else
		cell_str(r, "<unset>");
}

void print_flow_schema(struct row *r)
{
	cell_str(r, text_at(obj_condition(r->obj, "Dangling"), "status", "?"));
}

void print_priority_level(struct row *r)
{
	const json_t *limited = json_at(r->obj, "spec", "limited", NULL);
	const json_t *q = json_at(limited, "limitResponse", "queuing", NULL);
	const json_t *v[] = {json_object_get(limited, "nominalConcurrencyShares"), json_object_get(q, "queues"),
			     json_object_get(q, "handSize"), json_object_get(q, "queueLengthLimit")};

	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		if (json_is_integer(v[i]))
			cell_int(r, json_integer_value(v[i]));
		else
			cell_str(r, "<none>");
	}
}

void print_resource_claim(struct row *r)
{
	bool deleted = obj_deleting(r->obj), allocated = json_is_object(json_at(r->obj, "status", "allocation", NULL));
	bool reserved = allocated && json_array_size(json_at(r->obj, "status", "reservedFor", NULL));

	if (!allocated)
		cell_str(r, deleted ? "deleted" : "pending");
	else
		cell_fmt(r, "%sallocated%s", deleted ? "deleted," : "", reserved ? ",reserved" : "");
}

void print_api_service(struct row *r)
{
	const json_t *svc = json_at(r->obj, "spec", "service", NULL), *c = obj_condition(r->obj, "Available");
	const char *status = text_at(c, "status", "Unknown");

	if (json_is_object(svc))
		cell_fmt(r, "%s/%s", text_at(svc, "namespace", ""), text_at(svc, "name", ""));
	else
		cell_str(r, "Local");
	if (c && !streq(status, "True"))
		cell_fmt(r, "%s (%s)", status, text_at(c, "reason", ""));
	else
		cell_str(r, status);
}

void print_component_status(struct row *r)
{
	json_t *c;
	size_t i;

	json_array_foreach(json_object_get(r->obj, "conditions"), i, c)
	{
		if (!streq(text_at(c, "type", ""), "Healthy"))
			continue;
		cell_str(r, streq(text_at(c, "status", ""), "True") ? "Healthy" : "Unhealthy");
		cell_str(r, text_at(c, "message", ""));
		cell_str(r, text_at(c, "error", ""));
		return;
	}
	cell_str(r, "Unknown");
	cell_str(r, "");
	cell_str(r, "");
}
