/* The status of pods. core/validation ValidatePodStatusUpdate. */
#include "api/validate.h"

/* Kubernetes' own types of conditions need no look. */
static void check_conditions(struct validation *v, const json_t *status)
{
	V_IN (v, "conditions")
		V_EACH (v, json_object_get(status, "conditions"), i, c) {
			if (v_int(c, "observedGeneration", 0) < 0)
				v_invalid_int(v, c, "observedGeneration", "must be a non-negative integer");
			(void)v_words(v, "Type", v_text(c, "type"), api_check_label_key);
		}
}

/* spec's container of that name, of any sort. */
static const json_t *container_named(const json_t *spec, const char *name)
{
	static const char *const lists[] = {"containers", "initContainers", "ephemeralContainers"};
	for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
		const json_t *list = json_object_get(spec, lists[l]);
		for (size_t i = 0; i < json_array_size(list); i++)
			if (streq(v_text(json_array_get(list, i), "name"), name))
				return json_array_get(list, i);
	}
	return NULL;
}

static void check_user(struct validation *v, const json_t *linux_)
{
	V_IN (v, "user.linux") {
		v_range(v, linux_, "uid", 0, INT32_MAX);
		v_range(v, linux_, "gid", 0, INT32_MAX);
		V_IN (v, "supplementalGroups")
			V_EACH (v, json_object_get(linux_, "supplementalGroups"), i, g)
				if (json_integer_value(g) < 0 || json_integer_value(g) > INT32_MAX)
					v_invalid(v, "", g, "must be between 0 and %d, inclusive", INT32_MAX);
	}
}

static void check_container(struct validation *v, const json_t *c)
{
	const json_t *asked =
	    json_at(container_named(json_object_get(v->obj, "spec"), v_text(c, "name")), "resources", "requests", NULL);
	check_user(v, json_at(c, "user", "linux", NULL));
	V_IN (v, "allocatedResourcesStatus")
		V_EACH (v, json_object_get(c, "allocatedResourcesStatus"), i, r) {
			AUTO_JSON json_t *bad = json_string(v_text(r, "name"));
			if (!str_has_prefix(v_text(r, "name"), "claim:") && !json_object_get(asked, v_text(r, "name")))
				v_invalid(v, "name", bad, "must match one of the container's resource requests");
		}
}

static void check_addresses(struct validation *v, const json_t *status, const char *one, const char *many)
{
	const json_t *list = json_object_get(status, many), *had = json_at(v->old, "status", many, NULL);
	size_t n = json_array_size(list), six = 0;
	bool sound = true;
	V_IN (v, many) {
		V_EACH (v, list, i, x) {
			const char *ip = v_text(x, "ip");
			AUTO_JSON json_t *bad = json_string(ip);
			bool v6 = false, known = false;
			if (i == 0 && one && !streq(v_text(status, one), ip))
				v_invalid(v, "ip", bad, "must be equal to `%s`", one);
			for (size_t k = 0; k < json_array_size(had); k++)
				known |= streq(v_text(json_array_get(had, k), "ip"), ip);
			if (!known)
				(void)v_words(v, "", ip, v_check_ip);
			if (n > 1 && sound && !v_is_ip(ip, &v6)) {
				size_t at = v->path.len;
				while (at && v->path.data[at - 1] != '[')
					at--;
				AUTO_FREE char *whole = str_ndup(path_text(&v->path), at ? at - 1 : 0);
				api_cause_add(
				    v->c, "InternalError", whole ? whole : many,
				    "Internal error: failed to check for dual stack with error:invalid IP[%zu]: %s", i,
				    ip);
				sound = false;
			}
			six += v6;
		}
		if (n > 2 || (n == 2 && (!sound || six != 1)))
			v_invalid(v, "", list, "may specify no more than one IP for each IP family");
	}
}

static void check_claims(struct validation *v, const json_t *status)
{
	const json_t *extended = json_object_get(status, "extendedResourceClaimStatus"),
		     *claims = json_dot(v->obj, "spec.resourceClaims");
	V_IN (v, "resourceClaimStatuses")
		V_EACH (v, json_object_get(status, "resourceClaimStatuses"), i, s) {
			AUTO_JSON json_t *bad = json_string(v_text(s, "name"));
			bool known = false;
			for (size_t k = 0; k < json_array_size(claims); k++)
				known |= streq(v_text(json_array_get(claims, k), "name"), v_text(s, "name"));
			if (!known)
				v_invalid(v, "name", bad, "must match the name of an entry in `spec.resourceClaims`");
			if (v_has(s, "resourceClaimName"))
				(void)v_words(v, "resourceClaimName", v_text(s, "resourceClaimName"),
					      api_check_dns1123_subdomain);
		}
	if (!json_is_object(extended))
		return;
	V_IN (v, "extendedResourceClaimStatus") {
		if (json_array_size(json_object_get(extended, "requestMappings")) == 0)
			v_required(v, "requestMappings", "at least one request mapping is required");
		v_name(v, extended, "resourceClaimName", api_check_dns1123_subdomain, true);
	}
}

void validate_pod_status(struct validation *v)
{
	static const char *const lists[] = {"containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"};
	const json_t *status = json_object_get(v->obj, "status"), *old = json_object_get(v->old, "status");
	V_IN (v, "status") {
		check_conditions(v, status);
		if (v_int(status, "observedGeneration", 0) < 0)
			v_invalid_int(v, status, "observedGeneration", "must be a non-negative integer");
		v_name(v, status, "nominatedNodeName", api_check_dns1123_subdomain, false);
		for (size_t l = 0; l < ARRAY_LEN(lists); l++)
			V_IN (v, lists[l])
				V_EACH (v, json_object_get(status, lists[l]), i, c)
					check_container(v, c);
		check_claims(v, status);
		v_immutable_text(v, status, old, "qosClass");
		check_addresses(v, status, NULL, "podIPs");
		check_addresses(v, status, "hostIP", "hostIPs");
	}
}
