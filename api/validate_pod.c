/* Pods and pod templates. core/validation ValidatePodSpec, ValidatePodUpdate. */
#include "api/selector.h"
#include "api/validate.h"

static const char *const effects[] = {"NoSchedule", "PreferNoSchedule", "NoExecute", NULL};

static void check_toleration(struct validation *v, const json_t *t)
{
	/* Lt and Gt need the feature gate TaintTolerationComparisonOperators, which is off in 1.36. */
	static const char *const ops[] = {"Equal", "Exists", NULL};
	const char *key = v_text(t, "key"), *op = v_text(t, "operator"), *msg;
	if (*key && (msg = api_check_label_key(key)))
		v_invalid(v, "key", json_object_get(t, "key"), "%s", msg);
	if (!*key && !streq(op, "Exists"))
		v_invalid(v, "operator", json_object_get(t, "operator"),
			  "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
	if (v_has(t, "tolerationSeconds") && !streq(v_text(t, "effect"), "NoExecute"))
		v_invalid(v, "effect", json_object_get(t, "effect"),
			  "effect must be 'NoExecute' when `tolerationSeconds` is set");
	if (streq(op, "Exists") && *v_text(t, "value"))
		v_invalid(v, "operator", json_object_get(t, "operator"),
			  "value must be empty when `operator` is 'Exists'");
	if ((!*op || streq(op, "Equal")) && (msg = api_check_label_value(v_text(t, "value"))))
		v_invalid(v, "operator", json_object_get(t, "value"), "%s", msg);
	v_enum(v, t, "operator", ops, false);
	v_enum(v, t, "effect", effects, false);
}

static void check_node_requirement(struct validation *v, const json_t *r)
{
	static const char *const ops[] = {"DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn", NULL};
	const char *op = v_text(r, "operator");
	size_t n = json_array_size(json_object_get(r, "values"));
	v_name(v, r, "key", api_check_label_key, true);
	if ((streq(op, "In") || streq(op, "NotIn")) && n == 0)
		v_required(v, "values", "must be specified when `operator` is 'In' or 'NotIn'");
	else if ((streq(op, "Exists") || streq(op, "DoesNotExist")) && n)
		v_forbidden(v, "values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
	else if ((streq(op, "Gt") || streq(op, "Lt")) && n != 1)
		v_required(v, "values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
	v_enum(v, r, "operator", ops, true);
}

static void check_node_term(struct validation *v, const json_t *term)
{
	V_IN (v, "matchExpressions")
		V_EACH (v, json_object_get(term, "matchExpressions"), i, r)
			check_node_requirement(v, r);
}

static void check_node_affinity(struct validation *v, const json_t *na)
{
	const json_t *req = json_object_get(na, "requiredDuringSchedulingIgnoredDuringExecution");
	if (json_is_object(req))
		V_IN (v, "requiredDuringSchedulingIgnoredDuringExecution") {
			if (json_array_size(json_object_get(req, "nodeSelectorTerms")) == 0)
				v_required(v, "nodeSelectorTerms", "must have at least one node selector term");
			V_IN (v, "nodeSelectorTerms")
				V_EACH (v, json_object_get(req, "nodeSelectorTerms"), i, t)
					check_node_term(v, t);
		}
	V_IN (v, "preferredDuringSchedulingIgnoredDuringExecution")
		V_EACH (v, json_object_get(na, "preferredDuringSchedulingIgnoredDuringExecution"), i, p) {
			if (v_int(p, "weight", 0) < 1 || v_int(p, "weight", 0) > 100)
				v_invalid(v, "weight", json_object_get(p, "weight"), "must be in the range 1-100");
			V_IN (v, "preference")
				check_node_term(v, json_object_get(p, "preference"));
		}
}

static void check_pod_term(struct validation *v, const json_t *t)
{
	v_label_selector(v, t, "labelSelector");
	v_label_selector(v, t, "namespaceSelector");
	if (!*v_text(t, "topologyKey"))
		v_required(v, "topologyKey", "can not be empty");
	else
		v_name(v, t, "topologyKey", api_check_label_key, true);
}

static void check_pod_affinity(struct validation *v, const json_t *a)
{
	V_IN (v, "requiredDuringSchedulingIgnoredDuringExecution")
		V_EACH (v, json_object_get(a, "requiredDuringSchedulingIgnoredDuringExecution"), i, t)
			check_pod_term(v, t);
	V_IN (v, "preferredDuringSchedulingIgnoredDuringExecution")
		V_EACH (v, json_object_get(a, "preferredDuringSchedulingIgnoredDuringExecution"), i, p) {
			if (v_int(p, "weight", 0) < 1 || v_int(p, "weight", 0) > 100)
				v_invalid(v, "weight", json_object_get(p, "weight"), "must be in the range 1-100");
			V_IN (v, "podAffinityTerm")
				check_pod_term(v, json_object_get(p, "podAffinityTerm"));
		}
}

static void check_scheduling(struct validation *v, const json_t *spec)
{
	static const char *const unsat[] = {"DoNotSchedule", "ScheduleAnyway", NULL};
	const json_t *aff = json_object_get(spec, "affinity");
	v_labels(v, spec, "nodeSelector");
	V_IN (v, "affinity") {
		V_IN (v, "nodeAffinity")
			check_node_affinity(v, json_object_get(aff, "nodeAffinity"));
		V_IN (v, "podAffinity")
			check_pod_affinity(v, json_object_get(aff, "podAffinity"));
		V_IN (v, "podAntiAffinity")
			check_pod_affinity(v, json_object_get(aff, "podAntiAffinity"));
	}
	V_IN (v, "tolerations")
		V_EACH (v, json_object_get(spec, "tolerations"), i, t)
			check_toleration(v, t);
	V_IN (v, "topologySpreadConstraints")
		V_EACH (v, json_object_get(spec, "topologySpreadConstraints"), i, t) {
			if (v_int(t, "maxSkew", 0) <= 0)
				v_invalid(v, "maxSkew", json_object_get(t, "maxSkew"), "must be greater than zero");
			if (!*v_text(t, "topologyKey"))
				v_required(v, "topologyKey", "can not be empty");
			v_enum(v, t, "whenUnsatisfiable", unsat, true);
			v_label_selector(v, t, "labelSelector");
		}
}

static void check_dns(struct validation *v, const json_t *spec)
{
	static const char *const policies[] = {"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None", NULL};
	const json_t *conf = json_object_get(spec, "dnsConfig"), *servers = json_object_get(conf, "nameservers");
	v_enum(v, spec, "dnsPolicy", policies, true);
	if (streq(v_text(spec, "dnsPolicy"), "None") && json_array_size(servers) == 0)
		v_required(v, "dnsConfig.nameservers",
			   "must provide at least one DNS nameserver when `dnsPolicy` is None");
	if (!json_is_object(conf))
		return;
	V_IN (v, "dnsConfig") {
		if (json_array_size(servers) > 3)
			v_invalid(v, "nameservers", servers, "must not have more than 3 nameservers");
		V_IN (v, "nameservers")
			V_EACH (v, servers, i, s)
				if (json_is_string(s) && !v_is_ip(json_string_value(s), NULL))
					v_invalid(v, "", s,
						  "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
		if (json_array_size(json_object_get(conf, "searches")) > 32)
			v_invalid(v, "searches", json_object_get(conf, "searches"),
				  "must not have more than 32 search paths");
		V_IN (v, "options")
			V_EACH (v, json_object_get(conf, "options"), i, o)
				(void)v_present(v, o, "name");
	}
}

/* Segments of lower case letters, digits, '-' and '_', with '.' or '/' between them. */
static bool is_sysctl(const char *s)
{
	bool edge = true; /* at the first character of a segment */
	size_t n = strlen(s);
	if (n == 0 || n > 253)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool alnum = (s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9');
		bool ends = i + 1 == n || s[i + 1] == '.' || s[i + 1] == '/';
		if (s[i] == '.' || s[i] == '/') {
			if (edge)
				return false;
			edge = true;
		} else if (alnum || ((s[i] == '-' || s[i] == '_') && !edge && !ends)) {
			edge = false;
		} else {
			return false;
		}
	}
	return !edge;
}

static void check_sysctls(struct validation *v, const json_t *sc, bool host_network, bool host_ipc)
{
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "sysctls")
		V_EACH (v, json_object_get(sc, "sysctls"), i, s) {
			const char *name = v_text(s, "name");
			if (!*name)
				v_required(v, "name", "");
			else if (!is_sysctl(name))
				v_invalid(v, "name", json_object_get(s, "name"),
					  "must have at most 253 characters and match regex "
					  "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$");
			else if (json_object_get(seen, name))
				v_duplicate(v, "name", json_object_get(s, "name"));
			else if (host_network && str_has_prefix(name, "net."))
				v_invalid(v, "name", json_object_get(s, "name"),
					  "may not be specified when 'hostNetwork' is set to true");
			else if (host_ipc &&
				 (str_has_prefix(name, "kernel.shm") || str_has_prefix(name, "kernel.msg") ||
				  streq(name, "kernel.sem") || str_has_prefix(name, "fs.mqueue.")))
				v_invalid(v, "name", json_object_get(s, "name"),
					  "may not be specified when 'hostIPC' is set to true");
			(void)json_object_set_new(seen, name, json_true());
		}
}

static void check_pod_security(struct validation *v, const json_t *spec)
{
	const json_t *sc = json_object_get(spec, "securityContext");
	V_IN (v, "securityContext") {
		v_range(v, sc, "fsGroup", 0, INT64_MAX);
		v_range(v, sc, "runAsUser", 0, INT64_MAX);
		v_range(v, sc, "runAsGroup", 0, INT64_MAX);
		check_sysctls(v, sc, json_is_true(json_object_get(spec, "hostNetwork")),
			      json_is_true(json_object_get(spec, "hostIPC")));
	}
	if (json_is_true(json_object_get(spec, "shareProcessNamespace")) &&
	    json_is_true(json_object_get(spec, "hostPID")))
		v_invalid(v, "shareProcessNamespace", json_object_get(spec, "shareProcessNamespace"),
			  "ShareProcessNamespace and HostPID cannot both be enabled");
}

void validate_pod_spec(struct validation *v, const json_t *spec)
{
	static const char *const restart[] = {"Always", "OnFailure", "Never", NULL};
	validate_volumes(v, spec);
	validate_containers(v, spec);
	v_enum(v, spec, "restartPolicy", restart, true);
	check_dns(v, spec);
	check_scheduling(v, spec);
	check_pod_security(v, spec);
	v_range(v, spec, "activeDeadlineSeconds", 1, INT32_MAX);
	v_name(v, spec, "serviceAccountName", api_check_dns1123_subdomain, false);
	v_name(v, spec, "nodeName", api_check_dns1123_subdomain, false);
	v_name(v, spec, "hostname", api_check_dns1123_label, false);
	v_name(v, spec, "subdomain", api_check_dns1123_label, false);
	v_name(v, spec, "priorityClassName", api_check_dns1123_subdomain, false);
	v_name(v, spec, "runtimeClassName", api_check_dns1123_subdomain, false);
	V_IN (v, "hostAliases")
		V_EACH (v, json_object_get(spec, "hostAliases"), i, a)
			v_ip(v, a, "ip", true);
	V_IN (v, "readinessGates")
		V_EACH (v, json_object_get(spec, "readinessGates"), i, g)
			v_name(v, g, "conditionType", api_check_label_key, true);
	V_IN (v, "schedulingGates")
		V_EACH (v, json_object_get(spec, "schedulingGates"), i, g)
			v_name(v, g, "name", api_check_label_key, true);
}

void validate_pod_template(struct validation *v, const json_t *owner)
{
	const json_t *t = json_object_get(owner, "template"), *spec = json_object_get(t, "spec");
	if (!json_is_object(t)) {
		v_required(v, "template", "");
		return;
	}
	V_IN (v, "template") {
		v_labels(v, json_object_get(t, "metadata"), "labels"); /* Kubernetes names them without metadata */
		V_IN (v, "spec") {
			validate_pod_spec(v, spec);
			if (json_array_size(json_object_get(spec, "ephemeralContainers")))
				v_forbidden(v, "ephemeralContainers",
					    "ephemeral containers not allowed in pod template");
		}
	}
}

void validate_selector_and_template(struct validation *v, const json_t *spec, const char *what)
{
	const json_t *sel = json_object_get(spec, "selector"),
		     *labels = json_at(spec, "template", "metadata", "labels", NULL);
	struct api_selector *s AUTO_SELECTOR = NULL;
	struct err e = {0};
	AUTO_JSON json_t *shown = v_sorted(labels);
	if (!json_is_object(sel)) { /* it selects nothing */
		if (!streq(v->res->kind, "DaemonSet"))
			v_required(v, "selector", "");
		v_invalid(v, "template.metadata.labels", shown, "`selector` does not match template `labels`");
		return;
	}
	v_label_selector(v, spec, "selector");
	if (json_object_size(json_object_get(sel, "matchLabels")) +
		json_array_size(json_object_get(sel, "matchExpressions")) ==
	    0)
		v_invalid(v, "selector", sel, "empty selector is invalid for %s", what);
	else if (api_label_selector_from(&s, sel, &e) == 0 && !api_selector_match_labels(s, labels)) {
		v_invalid(v, "template.metadata.labels", shown, "`selector` does not match template `labels`");
	}
}

/* --- updates --- */

/* Lists of containers differ in what may not change. Copies the old values of what may over to next, a scratch copy. */
static void allow_images(struct validation *v, const char *list, json_t *next, const json_t *old)
{
	json_t *now = json_object_get(next, list);
	const json_t *was = json_object_get(old, list);
	if (json_array_size(now) != json_array_size(was)) {
		v_forbidden(v, list,
			    streq(list, "containers") ? "pod updates may not add or remove containers"
						      : "pod updates may not add or remove init containers");
		return;
	}
	for (size_t i = 0; i < json_array_size(now); i++) {
		json_t *c = json_array_get(now, i);
		const char *image = v_text(c, "image");
		if (!*image)
			V_IN (v, list) {
				size_t at = path_index(&v->path, i);
				v_required(v, "image", "");
				path_pop(&v->path, at);
			}
		json_t *before = json_object_get(json_array_get(was, i), "image");
		if (before)
			(void)json_object_set(c, "image", before);
	}
}

static void allow_resources(const char *list, json_t *next, const json_t *old)
{
	for (size_t i = 0; i < json_array_size(json_object_get(next, list)); i++) {
		static const char *const keys[] = {"resources", "resizePolicy"};
		json_t *c = json_array_get(json_object_get(next, list), i);
		const json_t *was = json_array_get(json_object_get(old, list), i);
		for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
			(void)json_object_del(c, keys[k]);
			if (json_object_get(was, keys[k]))
				(void)json_object_set(c, keys[k], json_object_get(was, keys[k]));
		}
	}
}

static void put_back(json_t *next, const json_t *old, const char *key)
{
	(void)json_object_del(next, key);
	if (json_object_get(old, key))
		(void)json_object_set(next, key, json_object_get(old, key));
}

/* Everything in the old list, apart from how long it is tolerated, is still there. */
static void check_tolerations_grow(struct validation *v, const json_t *spec, const json_t *old)
{
	const json_t *now = json_object_get(spec, "tolerations"), *was = json_object_get(old, "tolerations");
	for (size_t i = 0; i < json_array_size(was); i++) {
		AUTO_JSON json_t *want = json_deep_copy(json_array_get(was, i));
		bool found = false;
		(void)json_object_del(want, "tolerationSeconds");
		for (size_t j = 0; j < json_array_size(now) && !found; j++) {
			AUTO_JSON json_t *have = json_deep_copy(json_array_get(now, j));
			(void)json_object_del(have, "tolerationSeconds");
			found = json_equal(want, have);
		}
		if (!found) {
			v_forbidden(v, "tolerations",
				    "existing toleration can not be modified except its tolerationSeconds");
			return;
		}
	}
}

static void check_pod_update(struct validation *v, const json_t *spec, const json_t *old)
{
	AUTO_JSON json_t *next = json_deep_copy(spec);
	size_t before = v->c->n;
	if (streq(v->sub, "ephemeralcontainers")) {
		put_back(next, old, "ephemeralContainers");
	} else if (streq(v->sub, "resize")) {
		allow_resources("containers", next, old);
		allow_resources("initContainers", next, old);
		put_back(next, old, "resources");
	} else {
		const json_t *deadline = json_object_get(spec, "activeDeadlineSeconds"),
			     *was = json_object_get(old, "activeDeadlineSeconds");
		allow_images(v, "containers", next, old);
		allow_images(v, "initContainers", next, old);
		if (json_is_integer(was) && !json_is_integer(deadline))
			v_invalid(v, "activeDeadlineSeconds", NULL,
				  "must not update from a positive integer to nil value");
		else if (json_is_integer(was) && json_integer_value(deadline) > json_integer_value(was))
			v_invalid(v, "activeDeadlineSeconds", deadline, "must be less than or equal to previous value");
		check_tolerations_grow(v, spec, old);
		put_back(next, old, "activeDeadlineSeconds");
		put_back(next, old, "tolerations");
		if (v_int(old, "terminationGracePeriodSeconds", 0) < 0 &&
		    v_int(spec, "terminationGracePeriodSeconds", 0) == 1)
			put_back(next, old, "terminationGracePeriodSeconds");
		if (json_array_size(json_object_get(old, "schedulingGates"))) {
			put_back(next, old,
				 "schedulingGates"); /* may be removed; a gated pod may narrow where it goes */
			put_back(next, old, "nodeSelector");
			put_back(next, old, "affinity");
		}
	}
	if (v->c->n == before && !json_equal(next, old))
		v_forbidden(
		    v, "",
		    "pod updates may not change fields other than "
		    "`spec.containers[*].image`,`spec.initContainers[*].image`,"
		    "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
		    "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
}

/* A pod is a mirror from birth, or never. */
static void check_mirror(struct validation *v)
{
	static const char key[] = "kubernetes.io/config.mirror",
			  path[] = "metadata.annotations[kubernetes.io/config.mirror]";
	const json_t *was = json_at(v->old, "metadata", "annotations", key, NULL),
		     *is = json_at(v->obj, "metadata", "annotations", key, NULL);

	if (was && !(is && json_equal(was, is)))
		v_forbidden(v, path, "may not remove or update mirror pod annotation");
	else if (!was && is)
		v_forbidden(v, path, "may not add mirror pod annotation");
}

void validate_pod(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	bool status = streq(v->sub, "status");
	if (v->sub && !status && !streq(v->sub, "ephemeralcontainers") && !streq(v->sub, "resize"))
		return;
	if (v->old)
		check_mirror(v);
	if (status)
		return;
	V_IN (v, "spec") {
		validate_pod_spec(v, spec);
		if (v->old)
			check_pod_update(v, spec, json_object_get(v->old, "spec"));
		else if (json_array_size(json_object_get(spec, "ephemeralContainers")))
			v_forbidden(v, "ephemeralContainers", "cannot be set on create");
	}
}
