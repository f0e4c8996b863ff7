#include "dns/publish.h"
#include <errno.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"

/* The ports of Service and slice: as CoreDNS' Service has them. */
static int metrics_add_port(json_t *o, const char *path, const struct publish *p, bool service)
{
	if (!p->metrics_port)
		return 0;
	json_t *port = json_pack("{s:s,s:i,s:s}", "name", "metrics", "port", (int)p->metrics_port, "protocol", "TCP");
	if (port && service && json_set_int(port, "targetPort", p->metrics_port) < 0) {
		json_decref(port);
		return -ENOMEM;
	}
	return json_dot_append(o, path, port);
}

static const char *family_of(const char *ip)
{
	return strchr(ip, ':') ? "IPv6" : "IPv4";
}

static json_t *service_want(const struct publish *p)
{
	json_t *o = json_pack("{s:s,s:s,s:{s:s,s:s,s:{s:s,s:s,s:s,s:s}},s:{s:s,s:s,s:[s],s:s,s:s,s:["
			      "{s:s,s:i,s:s,s:i},{s:s,s:i,s:s,s:i}]}}",
			      "apiVersion", "v1", "kind", "Service", "metadata", "name", PUBLISH_SERVICE, "namespace",
			      PUBLISH_NS, "labels", "k8s-app", "kube-dns", "kubernetes.io/cluster-service", "true",
			      "kubernetes.io/name", "CoreDNS", "app.kubernetes.io/managed-by", "minik", "spec", "type",
			      "ClusterIP", "clusterIP", p->service_ips[0], "clusterIPs", p->service_ips[0],
			      "internalTrafficPolicy", "Local", "sessionAffinity", "None", "ports", "name", "dns",
			      "port", 53, "protocol", "UDP", "targetPort", (int)p->port, "name", "dns-tcp", "port", 53,
			      "protocol", "TCP", "targetPort", (int)p->port);
	if (o && p->service_ips[1] &&
	    (json_dot_append(o, "spec.clusterIPs", json_string(p->service_ips[1])) < 0 ||
	     json_set_str(o, "spec.ipFamilyPolicy", "PreferDualStack") < 0 ||
	     json_dot_set(o, "spec.ipFamilies", json_pack("[ss]", family_of(p->service_ips[0]), family_of(p->service_ips[1]))) < 0)) {
		json_decref(o);
		return NULL;
	}
	if (o && metrics_add_port(o, "spec.ports", p, true) < 0) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static json_t *slice_want(const struct publish *p, const char *name, const char *listen, bool metrics)
{
	json_t *o =
	    json_pack("{s:s,s:s,s:{s:s,s:s,s:{s:s,s:s}},s:s,s:[{s:[s],s:{s:b,s:b,s:b},s:s}],s:["
		      "{s:s,s:i,s:s},{s:s,s:i,s:s}]}",
		      "apiVersion", "discovery.k8s.io/v1", "kind", "EndpointSlice", "metadata", "name", name,
		      "namespace", PUBLISH_NS, "labels", "kubernetes.io/service-name", PUBLISH_SERVICE,
		      "endpointslice.kubernetes.io/managed-by", "minik-dns", "addressType",
		      family_of(listen), "endpoints", "addresses", listen, "conditions",
		      "ready", 1, "serving", 1, "terminating", 0, "nodeName", p->node, "ports", "name", "dns", "port",
		      (int)p->port, "protocol", "UDP", "name", "dns-tcp", "port", (int)p->port, "protocol", "TCP");
	if (o && metrics && metrics_add_port(o, "ports", p, false) < 0) {
		json_decref(o);
		return NULL;
	}
	/* The slice goes with its node. */
	if (o && p->node_uid[0] &&
	    json_dot_append(o, "metadata.ownerReferences",
			    json_pack("{s:s,s:s,s:s,s:s}", "apiVersion", "v1", "kind", "Node", "name", p->node, "uid",
				      p->node_uid)) < 0) {
		json_decref(o);
		return NULL;
	}
	return o;
}

/* Whether every value of want is in have; lists must be as long. */
static bool covers(const json_t *have, const json_t *want)
{
	const char *key;
	json_t *v;
	size_t i;
	if (json_is_object(want)) {
		json_object_foreach ((json_t *)want, key, v)
			if (!covers(json_object_get(have, key), v))
				return false;
		return json_is_object(have);
	}
	if (json_is_array(want)) {
		if (!json_is_array(have) || json_array_size(have) != json_array_size(want))
			return false;
		json_array_foreach (want, i, v)
			if (!covers(json_array_get(have, i), v))
				return false;
		return true;
	}
	return json_equal(have, want) == 1;
}

static int mutate(void *arg, json_t *obj, struct err *e)
{
	const json_t *want = arg;
	const char *key;
	json_t *v;
	if (covers(obj, want))
		return 1;
	json_object_foreach ((json_t *)want, key, v) {
		json_t *have = json_object_get(obj, key);
		int r;
		if (streq(key, "metadata")) {
			json_t *labels = json_object_get(have, "labels");
			r = labels ? json_object_update(labels, json_object_get(v, "labels"))
				   : json_object_set(have, "labels", json_object_get(v, "labels"));
			json_t *owners = json_object_get(v, "ownerReferences");
			if (r == 0 && owners)
				r = json_object_set(have, "ownerReferences", owners);
		} else if (streq(key, "spec")) {
			r = json_object_update(have, v);
		} else {
			r = json_object_set(obj, key, v);
		}
		if (r < 0)
			return err_nomem(e);
	}
	return 0;
}

static int ensure(struct client *c, const struct client_ref *ref, const json_t *want, struct err *e)
{
	AUTO_JSON json_t *have = NULL;
	int code = client_get_wait(c, ref, &have, e);
	if (code == 0 && covers(have, want))
		return 0;
	if (code == ERR_NOT_FOUND) {
		struct client_ref all = *ref;
		all.name = NULL;
		code = client_create_wait(c, &all, want, NULL, e);
		if (code != ERR_EXISTS) /* another node was quicker */
			return code;
		code = 0;
	}
	return code < 0 ? code : client_modify_wait(c, ref, mutate, (void *)want, e);
}

/* Has the Service that family, as it is? */
static int service_has(struct client *c, const char *family, bool *ret, struct err *e)
{
	AUTO_JSON json_t *svc = NULL;
	const json_t *v;
	size_t i;
	int code = client_get_wait(c, &(struct client_ref){.plural = "services", .ns = PUBLISH_NS, .name = PUBLISH_SERVICE}, &svc, e);
	*ret = false;
	json_array_foreach (json_at(svc, "spec", "ipFamilies", NULL), i, v)
		*ret |= streq(json_string_value(v), family);
	return code == ERR_NOT_FOUND ? 0 : code;
}

static int slice_keep(struct client *c, const struct publish *p, const char *prefix, size_t which, struct err *e)
{
	AUTO_FREE char *name = str_fmt("%s-%s", prefix, p->node);
	AUTO_JSON json_t *slice = name ? slice_want(p, name, p->listen[which], which == 0) : NULL;
	if (!slice)
		return err_nomem(e);
	int code = ensure(c,
			  &(struct client_ref){
			      .group = "discovery.k8s.io", .plural = "endpointslices", .ns = PUBLISH_NS, .name = name},
			  slice, e);
	return code < 0 ? err_wrap(e, "cannot keep EndpointSlice %s/%s", PUBLISH_NS, name) : 0;
}

int publish_run(struct client *c, const struct publish *p, struct err *e)
{
	AUTO_JSON json_t *service = service_want(p);
	bool both = false;
	if (!service)
		return err_nomem(e);
	int code = ensure(c, &(struct client_ref){.plural = "services", .ns = PUBLISH_NS, .name = PUBLISH_SERVICE},
			  service, e);
	/* An agent may not: the server keeps it, and we hear when it is there. */
	if (code < 0 && !(p->node && code == ERR_FORBIDDEN))
		return err_wrap(e, "cannot keep Service %s/%s with address %s", PUBLISH_NS, PUBLISH_SERVICE,
				p->service_ips[0]);
	if (!p->node)
		return 0;
	code = slice_keep(c, p, PUBLISH_SERVICE, 0, e);
	if (code == 0 && p->listen[1][0])
		code = service_has(c, family_of(p->listen[1]), &both, e);
	return code == 0 && both ? slice_keep(c, p, PUBLISH_SECOND, 1, e) : code;
}
