/* Capability arguments. Source: CONVENTIONS.md of the CNI specification; values as containerd gives them. */
#include <ctype.h>
#include "api/object.h"
#include "base/str.h"
#include "net/cni_internal.h"

#define BURST_MAX 2147483647 /* the plug-in bandwidth wants one, Kubernetes has none */

static void ports_of(const json_t *containers, bool sidecars, json_t *list)
{
	json_t *c, *p;
	size_t i, j;
	json_array_foreach ((json_t *)containers, i, c) {
		if (sidecars && !streq(json_str(c, "restartPolicy"), "Always"))
			continue;
		json_array_foreach (json_object_get(c, "ports"), j, p) {
			int64_t host = json_int_or(p, "hostPort", 0), port = json_int_or(p, "containerPort", 0);
			const char *protocol = json_str_or(p, "protocol", "TCP"), *ip = json_str_or(p, "hostIP", "");
			char lower[8] = "";
			if (host < 1 || host > 65535 || port < 1 || port > 65535 || strlen(protocol) >= sizeof(lower))
				continue;
			for (size_t k = 0; protocol[k]; k++)
				lower[k] = (char)tolower((unsigned char)protocol[k]);
			json_t *m = json_pack("{s:I,s:I,s:s}", "hostPort", (json_int_t)host, "containerPort",
					      (json_int_t)port, "protocol", lower);
			if (m && *ip)
				json_object_set_new(m, "hostIP", json_string(ip));
			json_array_append_new(list, m);
		}
	}
}

static json_t *bandwidth(const struct cni_pod *p)
{
	json_t *o = json_object();
	if (p->ingress_bits) {
		json_object_set_new(o, "ingressRate", json_integer((json_int_t)p->ingress_bits));
		json_object_set_new(o, "ingressBurst", json_integer(BURST_MAX));
	}
	if (p->egress_bits) {
		json_object_set_new(o, "egressRate", json_integer((json_int_t)p->egress_bits));
		json_object_set_new(o, "egressBurst", json_integer(BURST_MAX));
	}
	return o;
}

static void append_all(json_t *to, const json_t *from)
{
	json_t *v;
	size_t i;
	json_array_foreach ((json_t *)from, i, v)
		json_array_append(to, v);
}

/* What the pod's resolv.conf has of the cluster and of its own spec. */
static json_t *dns(const struct cni *c, const struct cni_pod *p)
{
	json_t *servers = json_array(), *searches = json_array(), *options = json_array(), *v;
	const json_t *own = json_dot(p->pod, "spec.dnsConfig");
	const char *policy = json_str_or(p->pod, "spec.dnsPolicy", "ClusterFirst");
	size_t i;
	if (c->dns && c->domain && (streq(policy, "ClusterFirst") || streq(policy, "ClusterFirstWithHostNet"))) {
		AUTO_FREE char *a = str_fmt("%s.svc.%s", p->ns, c->domain), *b = str_fmt("svc.%s", c->domain);
		json_array_append_new(servers, json_string(c->dns));
		json_array_append_new(searches, json_string(a ? a : ""));
		json_array_append_new(searches, json_string(b ? b : ""));
		json_array_append_new(searches, json_string(c->domain));
		json_array_append_new(options, json_string("ndots:5"));
	}
	append_all(servers, json_object_get(own, "nameservers"));
	append_all(searches, json_object_get(own, "searches"));
	json_array_foreach (json_object_get(own, "options"), i, v) {
		const char *value = json_str(v, "value");
		AUTO_FREE char *text =
		    str_fmt("%s%s%s", json_str_or(v, "name", ""), value ? ":" : "", value ? value : "");
		json_array_append_new(options, json_string(text ? text : ""));
	}
	return json_pack("{s:o,s:o,s:o}", "servers", servers, "searches", searches, "options", options);
}

json_t *cni_caps(const struct cni *c, const struct cni_pod *p)
{
	json_t *all = json_object(), *ports = json_array(), *ranges = json_array();
	const json_t *annotations = json_dot(p->pod, "metadata.annotations");
	if (!all || !ports || !ranges)
		goto nomem;
	ports_of(json_dot(p->pod, "spec.containers"), false, ports);
	ports_of(json_dot(p->pod, "spec.initContainers"), true, ports);
	for (const char *const *cidr = p->cidrs; cidr && *cidr; cidr++)
		json_array_append_new(ranges, json_pack("[{s:s}]", "subnet", *cidr));
	/* Who gets an empty list may take it for a wish. */
	if (json_array_size(ports))
		json_object_set(all, "portMappings", ports);
	if (json_array_size(ranges))
		json_object_set(all, "ipRanges", ranges);
	if (p->ingress_bits || p->egress_bits)
		json_object_set_new(all, "bandwidth", bandwidth(p));
	json_object_set_new(all, "dns", dns(c, p));
	json_object_set_new(all, "aliases", json_pack("[s]", p->name));
	if (json_object_size(annotations))
		json_object_set(all, "io.kubernetes.cri.pod-annotations", (json_t *)annotations);
	json_decref(ports);
	json_decref(ranges);
	return all;
nomem:
	json_decref(all);
	json_decref(ports);
	json_decref(ranges);
	return NULL;
}
