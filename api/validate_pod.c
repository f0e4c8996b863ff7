/* Pods and pod templates. core/validation ValidatePodSpec, ValidatePodUpdate. */
#include "api/validate.h"

/* A search path may have underscores; a dot behind it is gone. */
static const char *check_search(const char *plain)
{
	size_t n = strlen(plain);
	bool edge = true;
	if (streq(plain, "."))
		return NULL;
	if (n > 253)
		return "must be no more than 253 characters";
	for (size_t i = 0; i < n; i++) { /* labels: an underscore may come first, and within */
		bool alnum = (plain[i] >= 'a' && plain[i] <= 'z') || (plain[i] >= '0' && plain[i] <= '9');
		bool last = i + 1 == n || plain[i + 1] == '.';
		if (plain[i] == '.'
			? edge
			: !alnum && !((plain[i] == '-' || plain[i] == '_') && !last && (!edge || plain[i] == '_'))) {
			n = 0;
			break;
		}
		edge = plain[i] == '.';
	}
	return n && !edge ? NULL
			  : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', "
			    "'-' or '.', and must start and end with an "
			    "alphanumeric character (e.g. 'example.com', regex used for validation is "
			    "'_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')";
}

static void check_dns(struct validation *v, const json_t *spec)
{
	const json_t *conf = json_object_get(spec, "dnsConfig"), *servers = json_object_get(conf, "nameservers"),
		     *searches = json_object_get(conf, "searches");
	size_t chars = 0;
	if (streq(v_text(spec, "dnsPolicy"), "None")) {
		if (!json_is_object(conf)) {
			v_required(v, "dnsConfig", "must provide `dnsConfig` when `dnsPolicy` is None");
			return;
		}
		if (json_array_size(servers) == 0) {
			v_required(v, "dnsConfig.nameservers",
				   "must provide at least one DNS nameserver when `dnsPolicy` is None");
			return;
		}
	}
	V_IN (v, "dnsConfig") {
		if (json_array_size(servers) > 3)
			v_invalid(v, "nameservers", servers, "must not have more than 3 nameservers");
		v_each_name(v, servers, "nameservers", v_check_ip);
		if (json_array_size(searches) > 32)
			v_invalid(v, "searches", searches, "must not have more than 32 search paths");
		for (size_t i = 0; i < json_array_size(searches); i++)
			chars += json_string_length(json_array_get(searches, i)) + (i > 0);
		if (chars > 2048)
			v_invalid(v, "searches", searches,
				  "must not have more than 2048 characters (including spaces) in the search list");
		V_IN (v, "searches")
			V_EACH (v, searches, i, s) {
				size_t n = json_string_length(s);
				const char *text = json_string_value(s) ? json_string_value(s) : "";
				AUTO_FREE char *name = str_ndup(text, n > 1 && text[n - 1] == '.' ? n - 1 : n);
				if (name)
					(void)v_words(v, "", name, check_search);
			}
		V_IN (v, "options")
			V_EACH (v, json_object_get(conf, "options"), i, o)
				if (!*v_text(o, "name"))
					v_required(v, "", "must not be empty");
	}
}

static void check_resource_claims(struct validation *v, const json_t *spec)
{
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "resourceClaims")
		V_EACH (v, json_object_get(spec, "resourceClaims"), i, c) {
			const char *name = v_text(c, "name");
			bool own = v_has(c, "resourceClaimName"), template_ = v_has(c, "resourceClaimTemplateName");
			if (!*name)
				v_required(v, "name", "");
			else if (json_object_get(seen, name))
				v_duplicate(v, "name", json_object_get(c, "name"));
			else if (v_words(v, "name", name, api_check_dns1123_label))
				(void)json_object_set_new(seen, name, json_true());
			if (own && template_)
				v_invalid(v, "", c,
					  "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be "
					  "specified");
			if (!own && !template_)
				v_invalid(v, "", c,
					  "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
			v_name(v, c, "resourceClaimName", api_check_dns1123_subdomain, false);
			v_name(v, c, "resourceClaimTemplateName", api_check_dns1123_subdomain, false);
		}
}

static void check_host_ports(struct validation *v, const json_t *spec)
{
	bool pod = streq(v->res->kind, "Pod");
	V_IN (v, "containers")
		V_EACH (v, json_object_get(spec, "containers"), i, c)
			V_IN (v, "ports")
				V_EACH (v, json_object_get(c, "ports"), k, p) {
					int64_t host = v_int(p, "hostPort", 0);
					if (v_true(spec, "hostNetwork") && (pod || host) &&
					    host != v_int(p, "containerPort", 0))
						v_invalid_int(v, p, "hostPort",
							      "must match `containerPort` when `hostNetwork` is true");
				}
}

static void check_host_name(struct validation *v, const json_t *spec)
{
	if (!v_has(spec, "hostnameOverride"))
		return;
	if (v_true(spec, "setHostnameAsFQDN"))
		v_forbidden(v, "hostnameOverride", "may not be specified when setHostnameAsFQDN is true");
	if (v_true(spec, "hostNetwork"))
		v_forbidden(v, "hostnameOverride", "may not be specified when hostNetwork is true");
	if (strlen(v_text(spec, "hostnameOverride")) > 64)
		v_too_long(v, "hostnameOverride", 64);
	(void)v_words(v, "hostnameOverride", v_text(spec, "hostnameOverride"), api_check_dns1123_subdomain);
}

static void check_host_users(struct validation *v, const json_t *spec)
{
	if (!json_is_false(json_object_get(spec, "hostUsers")))
		return;
	if (v_true(spec, "hostNetwork"))
		v_forbidden(v, "hostNetwork", "when `hostUsers` is false");
	if (v_true(spec, "hostPID"))
		v_forbidden(v, "HostPID", "when `hostUsers` is false");
	if (v_true(spec, "hostIPC"))
		v_forbidden(v, "HostIPC", "when `hostUsers` is false");
}

static void check_scheduling_gates(struct validation *v, const json_t *spec)
{
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "schedulingGates")
		V_EACH (v, json_object_get(spec, "schedulingGates"), i, g) {
			AUTO_JSON json_t *bad = json_string(v_text(g, "name"));
			(void)v_words(v, "", v_text(g, "name"), api_check_label_key);
			if (json_object_get(seen, v_text(g, "name")))
				v_duplicate(v, "", bad);
			(void)json_object_set_new(seen, v_text(g, "name"), json_true());
		}
}

static void check_file_volumes(struct validation *v, const json_t *c, void *arg)
{
	const json_t *volumes = arg;
	V_IN (v, "env")
		V_EACH (v, json_object_get(c, "env"), i, e) {
			const json_t *ref = json_at(e, "valueFrom", "fileKeyRef", NULL), *vol = NULL;
			const char *name = v_text(ref, "volumeName");
			for (size_t k = 0; k < json_array_size(volumes) && json_is_object(ref); k++)
				if (streq(v_text(json_array_get(volumes, k), "name"), name))
					vol = json_array_get(volumes, k);
			if (json_is_object(ref) && !vol)
				v_not_found(v, "valueFrom.fileKeyRef.volumeName", name);
			else if (vol && !v_has(vol, "emptyDir"))
				v_invalid(v, "valueFrom.fileKeyRef.volumeName", json_object_get(ref, "volumeName"),
					  "referenced volume must be of type emptyDir");
		}
}

void validate_pod_spec(struct validation *v, const json_t *spec, const json_t *meta)
{
	static const char *const restart[] = {"Always", "OnFailure", "Never", NULL},
				 *const preempt[] = {"PreemptLowerPriority", "Never", NULL},
				 *const dns[] = {"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None", NULL};
	AUTO_JSON json_t *volumes = json_object(), *overhead = json_object();
	validate_volumes(v, spec, meta, volumes);
	check_resource_claims(v, spec);
	validate_containers(v, spec, volumes);
	if (json_is_object(json_object_get(spec, "resources")) &&
	    streq(v_text(json_object_get(spec, "os"), "name"), "windows"))
		v_forbidden(v, "resources", "may not be set for a windows pod");
	else if (json_is_object(json_object_get(spec, "resources")))
		V_IN (v, "resources") {
			if (v_has(json_object_get(spec, "resources"), "claims"))
				v_forbidden(v, "claims", "claims may not be set for Resources at pod-level");
			validate_resources(v, json_object_get(spec, "resources"), NULL, true);
			validate_pod_requests(v, spec);
		}
	check_host_ports(v, spec);
	v_enum(v, spec, "restartPolicy", restart, true);
	v_enum(v, spec, "dnsPolicy", dns, true);
	v_labels(v, spec, "nodeSelector");
	validate_pod_security(v, spec);
	validate_affinity(v, spec);
	check_dns(v, spec);
	V_IN (v, "readinessGates")
		V_EACH (v, json_object_get(spec, "readinessGates"), i, g)
			(void)v_words(v, "conditionType", v_text(g, "conditionType"), api_check_label_key);
	check_scheduling_gates(v, spec);
	validate_spread(v, spec);
	validate_host_process(v, spec);
	check_host_users(v, spec);
	check_host_name(v, spec);
	v_name(v, spec, "serviceAccountName", api_check_dns1123_subdomain, false);
	v_name(v, spec, "nodeName", api_check_dns1123_subdomain, false);
	v_range(v, spec, "activeDeadlineSeconds", 1, INT32_MAX);
	v_name(v, spec, "hostname", api_check_dns1123_label, false);
	v_name(v, spec, "subdomain", api_check_dns1123_label, false);
	V_IN (v, "tolerations")
		validate_tolerations(v, json_object_get(spec, "tolerations"));
	V_IN (v, "hostAliases")
		V_EACH (v, json_object_get(spec, "hostAliases"), i, a) {
			v_ip(v, a, "ip");
			v_each_name(v, json_object_get(a, "hostnames"), "hostnames", api_check_dns1123_subdomain);
		}
	v_name(v, spec, "priorityClassName", api_check_dns1123_subdomain, false);
	if (v_has(spec, "runtimeClassName"))
		(void)v_words(v, "runtimeClassName", v_text(spec, "runtimeClassName"), api_check_dns1123_subdomain);
	if (v_has(spec, "preemptionPolicy"))
		v_enum(v, spec, "preemptionPolicy", preempt, true);
	if (v_has(spec, "overhead"))
		V_IN (v, "overhead") {
			(void)json_object_set(overhead, "limits", json_object_get(spec, "overhead"));
			validate_resources(v, overhead, NULL, false);
		}
	validate_pod_os(v, spec);
	validate_each_container(v, spec, check_file_volumes, json_object_get(spec, "volumes"));
}

void validate_pod_template(struct validation *v, const json_t *owner)
{
	const json_t *t = json_object_get(owner, "template"), *spec = json_object_get(t, "spec");
	if (!json_is_object(t)) {
		v_required(v, "template", "");
		return;
	}
	V_IN (v, "template") {
		v_labels(v, json_object_get(t, "metadata"),
			 "labels"); /* not "metadata.labels", as Kubernetes names them */
		validate_annotations(v, json_object_get(t, "metadata"));
		V_IN (v, "spec") {
			validate_pod_spec(v, spec, NULL);
			if (json_array_size(json_object_get(spec, "ephemeralContainers")))
				v_forbidden(v, "ephemeralContainers",
					    "ephemeral containers not allowed in pod template");
		}
	}
}

/* --- updates --- */

/* Copies the old values of what may change over to next, a scratch copy. False, with a message: not as many containers
 * as before. */
static bool allow_images(struct validation *v, const char *list, json_t *next, const json_t *old)
{
	json_t *now = json_object_get(next, list);
	const json_t *was = json_object_get(old, list);
	if (json_array_size(now) != json_array_size(was)) {
		v_forbidden(v, list, "pod updates may not add or remove containers");
		return false;
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
	return true;
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

/* Terms of an affinity may get further requirements, and lose or change none. */
static bool only_narrowed(const json_t *terms, const json_t *old)
{
	static const char *const lists[] = {"matchExpressions", "matchFields"};
	if (json_array_size(terms) != json_array_size(old))
		return false;
	for (size_t i = 0; i < json_array_size(old); i++)
		for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
			const json_t *was = json_object_get(json_array_get(old, i), lists[l]),
				     *now = json_object_get(json_array_get(terms, i), lists[l]);
			for (size_t k = 0; k < json_array_size(was); k++)
				if (!json_equal(json_array_get(now, k), json_array_get(was, k)))
					return false;
		}
	return true;
}

#define REQUIRED "requiredDuringSchedulingIgnoredDuringExecution"

/* A gated pod may narrow where it goes. next is the spec as it is compared. */
static void check_gated(struct validation *v, const json_t *spec, const json_t *old, json_t *next)
{
	const char *key;
	json_t *x;
	AUTO_JSON json_t *none = json_null();
	const json_t *sel = json_object_get(spec, "nodeSelector"),
		     *now = json_at(spec, "affinity", "nodeAffinity", NULL),
		     *was = json_at(old, "affinity", "nodeAffinity", NULL),
		     *terms = json_at(was, REQUIRED, "nodeSelectorTerms", NULL);
	json_object_foreach (json_object_get(old, "nodeSelector"), key, x)
		if (!json_equal(json_object_get(sel, key), x)) {
			v_invalid(v, "nodeSelector", sel ? sel : none,
				  "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
			break;
		}
	put_back(next, old, "nodeSelector");
	if (json_is_object(now) ? json_equal(now, was) : !json_is_object(was))
		return;
	if (json_is_object(json_object_get(was, REQUIRED)) &&
	    !only_narrowed(json_at(now, REQUIRED, "nodeSelectorTerms", NULL), terms)) {
		bool same =
		    json_array_size(json_at(now, REQUIRED, "nodeSelectorTerms", NULL)) == json_array_size(terms);
		V_IN (v, "affinity.nodeAffinity." REQUIRED ".nodeSelectorTerms") {
			const json_t *list = json_at(now, REQUIRED, "nodeSelectorTerms", NULL);
			if (!same)
				v_invalid(v, "", list ? list : none,
					  "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
			else
				for (size_t i = 0; i < json_array_size(terms); i++) {
					AUTO_JSON json_t *a = json_pack("[O]", json_array_get(list, i)),
							 *b = json_pack("[O]", json_array_get(terms, i));
					size_t at = path_index(&v->path, i);
					if (!only_narrowed(a, b))
						v_invalid(v, "", json_array_get(list, i),
							  "only additions are allowed (no mutations or deletions)");
					path_pop(&v->path, at);
				}
		}
	}
	json_t *affinity = json_object_get(next, "affinity");
	if (!json_is_object(affinity) && json_is_object(was)) {
		(void)json_object_set_new(next, "affinity", json_object());
		affinity = json_object_get(next, "affinity");
	}
	put_back(affinity, was ? json_object_get(old, "affinity") : NULL, "nodeAffinity");
	if (json_object_size(affinity) == 0 && !json_object_get(old, "affinity"))
		(void)json_object_del(next, "affinity");
}

/* What a pod has that a template has not. */
static void check_only_pod(struct validation *v, const json_t *spec)
{
	static const char *const lists[] = {"containers", "initContainers"};
	V_IN (v, "volumes")
		V_EACH (v, json_object_get(spec, "volumes"), i, vol)
			V_IN (v, "projected")
				V_IN (v, "sources")
					V_EACH (v, json_at(vol, "projected", "sources", NULL), k, s)
						if (!*v_text(spec, "serviceAccountName") &&
						    v_has(s, "serviceAccountToken"))
							v_forbidden(
							    v, "serviceAccountToken",
							    "must not be specified when serviceAccountName is not set");
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		V_IN (v, lists[l])
			V_EACH (v, json_object_get(spec, lists[l]), i, c) {
				const char *image = v_text(c, "image");
				size_t n = strlen(image);
				if (n && (strchr(" \t\n\r\v\f", image[0]) || strchr(" \t\n\r\v\f", image[n - 1])))
					v_invalid(v, "image", json_object_get(c, "image"),
						  "must not have leading or trailing whitespace");
			}
}

/* Gates may be taken away, and none come. */
static void check_gates_go(struct validation *v, const json_t *spec, const json_t *old)
{
	const json_t *was = json_object_get(old, "schedulingGates");
	V_IN (v, "schedulingGates")
		V_EACH (v, json_object_get(spec, "schedulingGates"), i, g) {
			bool known = false;
			for (size_t k = 0; k < json_array_size(was); k++)
				known |= streq(v_text(json_array_get(was, k), "name"), v_text(g, "name"));
			AUTO_FREE char *words =
			    str_fmt("only deletion is allowed, but found new scheduling gate '%s'", v_text(g, "name"));
			if (!known)
				v_forbidden(v, "name", words ? words : "");
		}
}

static void check_pod_update(struct validation *v, const json_t *spec, const json_t *old)
{
	AUTO_JSON json_t *next = json_deep_copy(spec);
	if (streq(v->sub, "ephemeralcontainers")) {
		put_back(next, old, "ephemeralContainers");
	} else if (streq(v->sub, "resize")) {
		allow_resources("containers", next, old);
		allow_resources("initContainers", next, old);
		put_back(next, old, "resources");
	} else {
		const json_t *deadline = json_object_get(spec, "activeDeadlineSeconds"),
			     *was = json_object_get(old, "activeDeadlineSeconds");
		if (!allow_images(v, "containers", next, old) || !allow_images(v, "initContainers", next, old))
			return;
		AUTO_JSON json_t *none = json_null();
		if (json_is_integer(was) && !json_is_integer(deadline))
			v_invalid(v, "activeDeadlineSeconds", none,
				  "must not update from a positive integer to nil value");
		else if (json_integer_value(deadline) < 0 || json_integer_value(deadline) > INT32_MAX)
			v_range(v, spec, "activeDeadlineSeconds", 0, INT32_MAX);
		else if (json_is_integer(was) && json_integer_value(deadline) > json_integer_value(was))
			v_invalid(v, "activeDeadlineSeconds", deadline, "must be less than or equal to previous value");
		check_tolerations_grow(v, spec, old);
		put_back(next, old, "activeDeadlineSeconds");
		put_back(next, old, "tolerations");
		if (v_int(old, "terminationGracePeriodSeconds", 0) < 0 &&
		    v_int(spec, "terminationGracePeriodSeconds", 0) == 1)
			put_back(next, old, "terminationGracePeriodSeconds");
		check_gates_go(v, spec, old);
		put_back(next, old, "schedulingGates");
		if (json_array_size(json_object_get(old, "schedulingGates")))
			check_gated(v, spec, old, next);
	}
	if (!json_equal(next, old))
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
	if (status) {
		validate_pod_status(v);
		return;
	}
	V_IN (v, "spec") {
		validate_pod_spec(v, spec, json_object_get(v->obj, "metadata"));
		check_only_pod(v, spec);
		if (v->old)
			check_pod_update(v, spec, json_object_get(v->old, "spec"));
		else if (json_array_size(json_object_get(spec, "ephemeralContainers")))
			v_forbidden(v, "ephemeralContainers", "cannot be set on create");
		if (!v->old && *v_text(spec, "nodeName") && json_array_size(json_object_get(spec, "schedulingGates")))
			v_forbidden(v, "nodeName", "cannot be set until all schedulingGates have been cleared");
	}
}
