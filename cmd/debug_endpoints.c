/* Has the Service endpoints that are ready, and if not, why; and do its EndpointSlices say what its pods say. */
#include <stdio.h>
#include "api/endpoint_slice.h"
#include "api/object.h"
#include "api/selector.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "cmd/debug.h"

#define PODS_SHOWN 5

static bool wanted_pod(const json_t *pod)
{
	return !pod_terminal(pod) && !obj_deleting(pod);
}

/* ---- why a pod is not ready ---- */

char *debug_last_event(const struct debug *d, const json_t *object, const char *reason)
{
	const struct client_ref ref = {.plural = "events", .ns = d->ns};
	AUTO_FREE char *q = str_fmt("fieldSelector=involvedObject.name%%3D%s%s%s&limit=500", obj_name(object),
				    reason ? "%2Creason%3D" : "", reason ? reason : "");
	AUTO_JSON json_t *list = NULL;
	const char *best = NULL, *when = "";
	json_t *x;
	size_t i;
	if (!q || client_list_wait(d->client, &ref, q, &list, NULL) < 0)
		return NULL;
	json_array_foreach (json_object_get(list, "items"), i, x) {
		const char *at = json_str_or(x, "lastTimestamp", json_str_or(x, "eventTime", ""));
		if (!streq(json_str(x, "type"), "Warning") ||
		    !streq(json_str(x, "involvedObject.uid"), obj_uid(object)) || strcmp(at, when) < 0)
			continue;
		when = at;
		best = json_str(x, "message");
	}
	return str_dup(best);
}

/* A container that waits. True: out and mend are filled. */
static bool waits(const struct debug *d, const json_t *pod, const json_t *status, char out[512], char mend[256])
{
	const char *reason = json_str(status, "state.waiting.reason"), *name = json_str_or(status, "name", "?");
	const char *why = json_str_or(status, "state.waiting.message", "");
	if (!reason)
		return false;
	if (streq(reason, "CrashLoopBackOff")) {
		(void)snprintf(
		    out, 512, "its container %s ends again and again (CrashLoopBackOff, %lld restarts, exit code %lld)",
		    name, (long long)json_int_or(status, "restartCount", 0),
		    (long long)json_int_or(status, "lastState.terminated.exitCode", -1));
		(void)snprintf(mend, 256, "kubectl logs -n %s %s -c %s --previous", d->ns, obj_name(pod), name);
		return true;
	}
	if (strstr(reason, "Image") || streq(reason, "RegistryUnavailable")) {
		(void)snprintf(out, 512, "its image %s cannot be had (%s%s%.200s)", json_str_or(status, "image", "?"),
			       reason, *why ? ": " : "", why);
		(void)snprintf(mend, 256,
			       "correct the image's name, import it (minik image import), or mend the registry");
		return true;
	}
	AUTO_FREE char *event = debug_last_event(d, pod, NULL);
	(void)snprintf(out, 512, "its container %s waits (%s%s%.250s)", name, reason, *why || event ? ": " : "",
		       *why    ? why
		       : event ? event
			       : "");
	(void)snprintf(mend, 256, "kubectl describe pod -n %s %s", d->ns, obj_name(pod));
	return true;
}

static const json_t *probe_of(const json_t *pod, const char *container)
{
	json_t *c;
	size_t i;
	json_array_foreach (json_dot(pod, "spec.containers"), i, c)
		if (streq(json_str(c, "name"), container))
			return json_object_get(c, "readinessProbe");
	return NULL;
}

static bool not_ready(const struct debug *d, const json_t *pod, const json_t *status, char out[512], char mend[256])
{
	const char *name = json_str_or(status, "name", "?");
	if (json_bool_or(status, "ready", false))
		return false;
	if (!json_dot(status, "state.running")) {
		(void)snprintf(out, 512, "its container %s has ended (%s, exit code %lld)", name,
			       json_str_or(status, "state.terminated.reason", "?"),
			       (long long)json_int_or(status, "state.terminated.exitCode", -1));
		(void)snprintf(mend, 256, "kubectl logs -n %s %s -c %s", d->ns, obj_name(pod), name);
		return true;
	}
	if (!probe_of(pod, name)) {
		(void)snprintf(out, 512, "its container %s runs and is not ready yet (startupProbe)", name);
		(void)snprintf(mend, 256, "kubectl describe pod -n %s %s", d->ns, obj_name(pod));
		return true;
	}
	AUTO_FREE char *event = debug_last_event(d, pod, "Unhealthy");
	(void)snprintf(out, 512, "the readinessProbe of its container %s fails%s%.300s", name, event ? ": " : "",
		       event ? event : "");
	(void)snprintf(mend, 256, "mend what the probe asks for, or the probe: kubectl describe pod -n %s %s", d->ns,
		       obj_name(pod));
	return true;
}

static void pod_why(const struct debug *d, const json_t *pod, char out[512], char mend[256])
{
	const char *phase = json_str_or(pod, "status.phase", "Pending");
	const json_t *scheduled = obj_condition(pod, "PodScheduled");
	json_t *s, *g;
	size_t i;
	(void)snprintf(mend, 256, "kubectl describe pod -n %s %s", d->ns, obj_name(pod));
	if (obj_deleting(pod)) {
		(void)snprintf(out, 512, "is being deleted");
		return;
	}
	if (!json_str(pod, "spec.nodeName") || !*json_str(pod, "spec.nodeName")) {
		(void)snprintf(out, 512, "is Pending: no node takes it: %.300s",
			       json_str_or(scheduled, "message", "the scheduler has not looked at it; does it run?"));
		(void)snprintf(
		    mend, 256,
		    "what it asks for (resources, node selector, tolerations, volumes) must be had by a node");
		return;
	}
	if (pod_terminal(pod)) {
		(void)snprintf(out, 512, "has ended (%s%s%s)", phase, json_str(pod, "status.reason") ? ", " : "",
			       json_str_or(pod, "status.reason", ""));
		return;
	}
	char detail[512] = "";
	const char *lists[] = {"status.initContainerStatuses", "status.containerStatuses"};
	for (size_t l = 0; l < 2 && !detail[0]; l++)
		json_array_foreach (json_dot(pod, lists[l]), i, s)
			if (waits(d, pod, s, detail, mend))
				break;
	if (!detail[0])
		json_array_foreach (json_dot(pod, "status.containerStatuses"), i, s)
			if (not_ready(d, pod, s, detail, mend))
				break;
	if (!detail[0])
		json_array_foreach (json_dot(pod, "spec.readinessGates"), i, g) {
			const char *type = json_str_or(g, "conditionType", "?");
			if (obj_condition_true(pod, type))
				continue;
			(void)snprintf(detail, sizeof(detail), "its readinessGate %s is not True", type);
			(void)snprintf(mend, 256, "whoever sets that condition has not");
			break;
		}
	if (!detail[0] && streq(phase, "Pending")) {
		AUTO_FREE char *event = debug_last_event(d, pod, NULL);
		(void)snprintf(detail, sizeof(detail), "node %s has not started it%s%.250s",
			       json_str_or(pod, "spec.nodeName", "?"), event ? ": " : "", event ? event : "");
	}
	(void)snprintf(out, 512, "is %s%s%s%.420s", phase, streq(phase, "Running") ? " and not ready" : "",
		       detail[0] ? ": " : "", detail);
}

/* ---- which pods ---- */

static void selector_text(const json_t *selector, char out[256])
{
	const char *k;
	json_t *v;
	size_t n = 0;
	out[0] = 0;
	json_object_foreach ((json_t *)selector, k, v) {
		int m = snprintf(out + n, 256 - n, "%s%s=%s", n ? "," : "", k, json_string_value(v));
		n = m < 0 || n + (size_t)m > 255 ? 255 : n + (size_t)m;
	}
}

/* Pods that have some of the labels, or the same keys with other values: the most alike first. */
static void near_misses(const struct debug *d, const json_t *selector, char out[512])
{
	const char *k;
	json_t *p, *v;
	size_t i, n = 0, best = 0, shown = 0;
	out[0] = 0;
	for (int pass = 0; pass < 2; pass++)
		json_array_foreach (d->pods, i, p) {
			const json_t *labels = json_dot(p, "metadata.labels");
			size_t score = 0;
			char differ[160] = "";
			json_object_foreach ((json_t *)selector, k, v) {
				const char *has = json_string_value(json_object_get(labels, k));
				score += streq(has, json_string_value(v)) ? 2 : has != NULL;
				if (!streq(has, json_string_value(v)) && !differ[0])
					(void)snprintf(differ, sizeof(differ), has ? "%s=%s" : "no label %s", k,
						       has ? has : "");
			}
			if (pass == 0 && score > best)
				best = score;
			if (pass == 0 || score == 0 || score < best || shown == 3)
				continue;
			int m = snprintf(out + n, 512 - n, "%spod %s has %s", shown++ ? ", " : "", obj_name(p), differ);
			n = m < 0 || n + (size_t)m > 511 ? 511 : n + (size_t)m;
		}
}

/* Is there a container with such a port? */
static int64_t port_resolve(const json_t *pod, const json_t *service_port, bool *ret_named)
{
	const json_t *target = json_object_get(service_port, "targetPort");
	const char *protocol = json_str_or(service_port, "protocol", "TCP");
	json_t *c, *p;
	size_t i, k;
	*ret_named = json_is_string(target);
	if (json_is_integer(target) && json_integer_value(target) > 0)
		return json_integer_value(target);
	if (!*ret_named)
		return json_int_or(service_port, "port", 0);
	json_array_foreach (json_dot(pod, "spec.containers"), i, c)
		json_array_foreach (json_object_get(c, "ports"), k, p)
			if (streq(json_str(p, "name"), json_string_value(target)) &&
			    streq(json_str_or(p, "protocol", "TCP"), protocol))
				return json_int_or(p, "containerPort", 0);
	return 0;
}

static void ports_text(const json_t *pod, char out[200])
{
	json_t *c, *p;
	size_t i, k, n = 0;
	(void)snprintf(out, 200, "none");
	json_array_foreach (json_dot(pod, "spec.containers"), i, c)
		json_array_foreach (json_object_get(c, "ports"), k, p) {
			int m = snprintf(
			    out + n, 200 - n, "%s%s %lld/%s", n ? ", " : "", json_str_or(p, "name", "(no name)"),
			    (long long)json_int_or(p, "containerPort", 0), json_str_or(p, "protocol", "TCP"));
			n = m < 0 || n + (size_t)m > 199 ? 199 : n + (size_t)m;
		}
}

/* targetPorts by name that none of the pods has. */
static bool names_missing(struct debug *d, const json_t *selected)
{
	json_t *sp, *pod;
	size_t i, k;
	bool missing = false;
	json_array_foreach (json_dot(d->service, "spec.ports"), i, sp) {
		const json_t *example = NULL;
		bool named = false, found = false;
		json_array_foreach (selected, k, pod) {
			found |= port_resolve(pod, sp, &named) != 0;
			example = pod;
		}
		if (found || !named || !example)
			continue;
		char has[200];
		ports_text(example, has);
		debug_fault(d, DEBUG_ENDPOINTS, "name the container's port so, or write its number as targetPort",
			    "targetPort \"%s\" of port %lld: no container of the pods has a %s port of that name (pod "
			    "%s has: %s)",
			    json_str_or(sp, "targetPort", "?"), (long long)json_int_or(sp, "port", 0),
			    json_str_or(sp, "protocol", "TCP"), obj_name(example), has);
		missing = true;
	}
	return missing;
}

static size_t distinct(const struct debug *d, struct buf *names)
{
	size_t n = 0;
	for (size_t i = 0; i < d->n_eps; i++) {
		bool again = false;
		for (size_t k = 0; k < i && !again; k++)
			again = streq(d->eps[k].addr, d->eps[i].addr) && d->eps[k].port == d->eps[i].port;
		if (again || ++n > PODS_SHOWN)
			continue;
		const struct debug_endpoint *ep = &d->eps[i];
		buf_addf(names, strchr(ep->addr, ':') ? "%s[%s]:%u" : "%s%s:%u", n > 1 ? ", " : "", ep->addr, ep->port);
		if (ep->pod[0])
			buf_addf(names, " (%s)", ep->pod);
	}
	if (n > PODS_SHOWN)
		buf_addf(names, " and %zu more", n - PODS_SHOWN);
	return n;
}

static json_t *selected_pods(const struct debug *d, const json_t *selector)
{
	AUTO_SELECTOR struct api_selector *s = NULL;
	json_t *v = json_array(), *p;
	size_t i;
	if (api_label_selector_from_map(&s, selector, NULL) < 0)
		return v;
	json_array_foreach (d->pods, i, p)
		if (api_selector_match_labels(s, json_dot(p, "metadata.labels")))
			json_array_append(v, p);
	return v;
}

void debug_endpoints(struct debug *d)
{
	const json_t *selector = json_dot(d->service, "spec.selector");
	bool by_selector = json_object_size(selector) > 0,
	     not_ready_too = json_bool_or(d->service, "spec.publishNotReadyAddresses", false);
	AUTO_BUF struct buf names = {0};
	if (debug_external_name(d)) {
		debug_skip(d, DEBUG_ENDPOINTS, "an ExternalName has none");
		return;
	}
	size_t ready = distinct(d, &names);
	if (!by_selector) {
		if (ready)
			debug_ok(d, DEBUG_ENDPOINTS, "%zu ready, of EndpointSlices that somebody else writes: %s",
				 ready, names.data);
		else if (json_array_size(d->slices))
			debug_fault(d, DEBUG_ENDPOINTS, "whoever writes them must add one, with conditions.ready true",
				    "no selector, and none of its %zu EndpointSlices has an endpoint that is ready",
				    json_array_size(d->slices));
		else
			debug_fault(
			    d, DEBUG_ENDPOINTS,
			    "give it a selector, or make an EndpointSlice with the label kubernetes.io/service-name",
			    "the Service has no selector and no EndpointSlice");
		return;
	}
	AUTO_JSON json_t *selected = selected_pods(d, selector);
	char text[256], out[512], mend[256];
	selector_text(selector, text);
	if (!json_array_size(selected) && ready) {
		debug_ok(d, DEBUG_ENDPOINTS, "%zu ready: %s", ready, names.data);
		return;
	}
	if (!json_array_size(selected)) {
		near_misses(d, selector, out);
		debug_fault(d, DEBUG_ENDPOINTS, "write the pods' labels into spec.selector, or the other way round",
			    "the selector %s matches no pod of namespace %s%s%s%s", text, d->ns,
			    d->pods_partial ? " on this node (those of others are not shown to a node)" : "",
			    out[0] ? ": " : "", out);
		return;
	}
	if (names_missing(d, selected))
		return;
	json_t *pod;
	size_t i, bad = 0, pods = 0;
	AUTO_BUF struct buf others = {0};
	json_array_foreach (selected, i, pod) {
		pods += !pod_terminal(pod);
		if (pod_ready(pod) && wanted_pod(pod))
			continue;
		pod_why(d, pod, out, mend);
		if (ready || not_ready_too) {
			if (!pod_terminal(pod) && !obj_deleting(pod) && bad++ < PODS_SHOWN)
				buf_addf(&others, "; pod %s %s", obj_name(pod), out);
		} else if (bad++ < PODS_SHOWN) {
			debug_fault(d, DEBUG_ENDPOINTS, mend, "pod %s %s", obj_name(pod), out);
		}
	}
	if (ready)
		debug_ok(d, DEBUG_ENDPOINTS, "%zu ready: %s%s", ready, names.data, others.data ? others.data : "");
	else if (!bad)
		debug_fault(d, DEBUG_SLICES, "does the component controllers run, and is it in step (minik status)?",
			    "%zu pods are ready, and no EndpointSlice has them", pods);
}

/* ---- slices ---- */

static bool in_slices(const struct debug *d, const char *ip, int64_t port, const char *name)
{
	for (size_t i = 0; i < d->n_eps; i++)
		if (streq(d->eps[i].addr, ip) && d->eps[i].port == port && streq(d->eps[i].port_name, name))
			return true;
	return false;
}

static bool has_family(const struct debug *d, const char *ip)
{
	json_t *f;
	size_t i;
	const json_t *families = json_dot(d->service, "spec.ipFamilies");
	json_array_foreach (families, i, f)
		if (streq(json_string_value(f), strchr(ip, ':') ? "IPv6" : "IPv4"))
			return true;
	return json_array_size(families) == 0;
}

static size_t pods_missing(struct debug *d, const json_t *selected)
{
	json_t *pod, *sp, *ip;
	size_t i, j, k, n = 0;
	json_array_foreach (selected, i, pod) {
		if (!wanted_pod(pod) || !pod_ready(pod))
			continue;
		json_array_foreach (json_dot(pod, "status.podIPs"), j, ip)
			json_array_foreach (json_dot(d->service, "spec.ports"), k, sp) {
				bool named;
				int64_t port = port_resolve(pod, sp, &named);
				const char *a = json_str_or(ip, "ip", "");
				if (!port || !has_family(d, a) || in_slices(d, a, port, json_str_or(sp, "name", "")))
					continue;
				if (n++ < PODS_SHOWN)
					debug_fault(
					    d, DEBUG_SLICES,
					    "does the component controllers run, and is it in step (minik status)?",
					    "pod %s is ready and %s port %lld is in no EndpointSlice", obj_name(pod), a,
					    (long long)port);
			}
	}
	return n;
}

static bool has_address(const json_t *pod, const char *addr)
{
	json_t *ip;
	size_t i;
	json_array_foreach (json_dot(pod, "status.podIPs"), i, ip)
		if (streq(json_str(ip, "ip"), addr))
			return true;
	return false;
}

static size_t slices_stale(struct debug *d, const json_t *selected)
{
	bool not_ready_too = json_bool_or(d->service, "spec.publishNotReadyAddresses", false);
	size_t n = 0;
	for (size_t i = 0; i < d->n_eps; i++) {
		const struct debug_endpoint *ep = &d->eps[i];
		json_t *pod;
		size_t k;
		const char *why = d->pods_partial && !streq(ep->node, d->node)
				      ? NULL
				      : "no pod that the selector matches has that address";
		json_array_foreach (selected, k, pod)
			if (has_address(pod, ep->addr))
				why = !wanted_pod(pod) && !not_ready_too  ? "its pod is going or gone"
				      : !pod_ready(pod) && !not_ready_too ? "its pod is not ready"
									  : NULL;
		if (why && n++ < PODS_SHOWN)
			debug_fault(d, DEBUG_SLICES,
				    "does the component controllers run (minik status)? Slices that somebody wrote by "
				    "hand for a Service with a selector: kubectl delete endpointslice",
				    "an EndpointSlice has %s port %u as ready, but %s", ep->addr, ep->port, why);
	}
	return n;
}

/* Names of the ports that slices of a family have. */
static void slice_ports_text(const struct debug *d, const char *family, char out[200])
{
	json_t *s, *p;
	size_t i, k, n = 0;
	(void)snprintf(out, 200, "none");
	json_array_foreach (d->slices, i, s) {
		if (!streq(json_str(s, "addressType"), family))
			continue;
		json_array_foreach (json_object_get(s, "ports"), k, p) {
			int m = snprintf(out + n, 200 - n, "%s\"%s\"/%s", n ? ", " : "", json_str_or(p, "name", ""),
					 json_str_or(p, "protocol", "TCP"));
			n = m < 0 || n + (size_t)m > 199 ? 199 : n + (size_t)m;
		}
	}
}

static bool slices_have(const struct debug *d, const char *family, const char *name, uint8_t protocol)
{
	json_t *s, *p;
	size_t i, k;
	json_array_foreach (d->slices, i, s)
		if (streq(json_str(s, "addressType"), family))
			json_array_foreach (json_object_get(s, "ports"), k, p)
				if (inet_protocol(json_str(p, "protocol")) == protocol &&
				    streq(json_str_or(p, "name", ""), name))
					return true;
	return false;
}

static bool family_has_slice(const struct debug *d, const char *family)
{
	json_t *s;
	size_t i;
	json_array_foreach (d->slices, i, s)
		if (streq(json_str(s, "addressType"), family))
			return true;
	return false;
}

/* Ports of the Service that get none of the endpoints there are: a slice's port is the Service's by its name, and its
 * endpoints are of one family. */
static size_t ports_without(struct debug *d)
{
	size_t n = 0;
	for (size_t i = 0; d->wanted && d->n_eps && i < d->wanted->n_ports; i++) {
		const struct px_port *p = &d->wanted->ports[i];
		const char *colon = strchr(p->name, ':'), *name = colon ? colon + 1 : "";
		const char *family = p->family == 6 ? "IPv6" : "IPv4",
			   *named = *name ? "" : " (the Service's has no name)";
		char has[200];
		unsigned number = p->n_fronts ? p->fronts[0].port : 0;
		if (p->n_eps || n++ >= PODS_SHOWN)
			continue;
		slice_ports_text(d, family, has);
		if (!family_has_slice(d, family))
			debug_fault(
			    d, DEBUG_SLICES,
			    "endpoints with such addresses (have the pods or the nodes any?), or ipFamilies without "
			    "that family",
			    "the Service has an %s address, and no EndpointSlice is of that addressType: port %u "
			    "refuses there",
			    family, number);
		else if (!slices_have(d, family, name, p->protocol))
			debug_fault(
			    d, DEBUG_SLICES,
			    "whoever writes the EndpointSlices must give the port the name and protocol it has in "
			    "the Service",
			    "port %u is named \"%s\"%s, and no %s EndpointSlice has a port of that name and "
			    "protocol (those that are there: %s)",
			    number, name, named, family, has);
		else
			debug_fault(d, DEBUG_SLICES, "the pods that have that port must become ready",
				    "port %u \"%s\" has no %s endpoint that is ready, though others have", number, name,
				    family);
	}
	return n;
}

void debug_slices(struct debug *d)
{
	const json_t *selector = json_dot(d->service, "spec.selector");
	bool by_selector = json_object_size(selector) > 0;
	size_t n = 0;
	if (debug_external_name(d) || d->faults[DEBUG_SLICES])
		return;
	if (by_selector) {
		AUTO_JSON json_t *selected = selected_pods(d, selector);
		n = pods_missing(d, selected) + slices_stale(d, selected);
	}
	if (n == 0 && !d->faults[DEBUG_ENDPOINTS])
		n = ports_without(d);
	if (n > PODS_SHOWN)
		debug_fault(d, DEBUG_SLICES, NULL, "and %zu more that are not in step", n - PODS_SHOWN);
	if (n == 0 && by_selector)
		debug_ok(d, DEBUG_SLICES, "%zu EndpointSlice%s in step with the pods%s", json_array_size(d->slices),
			 json_array_size(d->slices) == 1 ? "" : "s",
			 d->pods_partial ? " of this node (those of others are not shown to a node)" : "");
}
