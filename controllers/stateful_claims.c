#include "controllers/stateful_claims.h"
#include <errno.h>

char *stateful_claim_name(const json_t *template, const json_t *set, int64_t ordinal)
{
	return str_fmt("%s-%s-%lld", json_str_or(template, "metadata.name", ""), obj_name(set), (long long)ordinal);
}

static int set_owner(json_t *claim, const json_t *owner, const char *gv, const char *kind, bool want)
{
	json_t *refs = json_dot(claim, "metadata.ownerReferences"), *ref;
	size_t i, at = SIZE_MAX;

	json_array_foreach (refs, i, ref)
		if (streq(json_str(ref, "uid"), obj_uid(owner)))
			at = i;
	if (want == (at != SIZE_MAX))
		return 0;
	if (want)
		return obj_set_controller(claim, owner, gv, kind) < 0 ? -ENOMEM : 1;
	json_array_remove(refs, at);
	if (json_array_size(refs) == 0)
		json_dot_del(claim, "metadata.ownerReferences");
	return 1;
}

int stateful_claim_owners(json_t *claim, const json_t *set, const json_t *pod, bool condemned)
{
	bool scaled = streq(json_str(set, "spec.persistentVolumeClaimRetentionPolicy.whenScaled"), "Delete"),
	     deleted = streq(json_str(set, "spec.persistentVolumeClaimRetentionPolicy.whenDeleted"), "Delete");
	const json_t *holder = obj_controller_of(claim);

	if (holder && !streq(json_str(holder, "uid"), obj_uid(set)) && !streq(json_str(holder, "uid"), obj_uid(pod)))
		return 0;
	/* Away before anew: there is one controller at most. */
	bool by_pod = scaled && condemned, by_set = deleted && !by_pod;
	int a = by_pod ? 0 : pod ? set_owner(claim, pod, "v1", "Pod", false) : 0, b = by_set ? 0 : set_owner(claim, set, "apps/v1", "StatefulSet", false),
	    c = by_pod && pod ? set_owner(claim, pod, "v1", "Pod", true) : 0, d = by_set ? set_owner(claim, set, "apps/v1", "StatefulSet", true) : 0;
	return c < 0 || d < 0 ? -ENOMEM : a || b || c || d;
}

json_t *stateful_claim(const json_t *template, const json_t *set, int64_t ordinal)
{
	AUTO_JSON json_t *claim = json_pack("{s:s,s:s,s:{},s:O}", "apiVersion", "v1", "kind", "PersistentVolumeClaim", "metadata", "spec",
					    json_object_get(template, "spec"));
	AUTO_FREE char *name = stateful_claim_name(template, set, ordinal);
	json_t *labels = json_dot(template, "metadata.labels"), *annotations = json_dot(template, "metadata.annotations"), *v;
	const char *k;

	if (!claim || !name || json_set_str(claim, "metadata.name", name) < 0 || json_set_str(claim, "metadata.namespace", obj_namespace(set)) < 0 ||
	    json_dot_set(claim, "metadata.labels", labels ? json_deep_copy(labels) : json_object()) < 0 ||
	    (annotations && json_dot_set(claim, "metadata.annotations", json_deep_copy(annotations)) < 0))
		return NULL;
	json_object_foreach (json_dot(set, "spec.selector.matchLabels"), k, v)
		if (obj_set_label(claim, k, json_string_value(v)) < 0)
			return NULL;
	return stateful_claim_owners(claim, set, NULL, false) < 0 ? NULL : TAKE_PTR(claim);
}

int stateful_mount(json_t *pod, const json_t *set, int64_t ordinal)
{
	AUTO_JSON json_t *volumes = json_array();
	json_t *t, *v;
	size_t i;

	json_array_foreach (json_dot(set, "spec.volumeClaimTemplates"), i, t) {
		AUTO_FREE char *claim = stateful_claim_name(t, set, ordinal);
		if (!claim || json_array_append_new(volumes, json_pack("{s:s,s:{s:s}}", "name", json_str_or(t, "metadata.name", ""), "persistentVolumeClaim",
								       "claimName", claim)) < 0)
			return -ENOMEM;
	}
	size_t ours = json_array_size(volumes);
	json_array_foreach (json_dot(pod, "spec.volumes"), i, v) {
		bool shadowed = false;
		for (size_t k = 0; k < ours; k++)
			shadowed = shadowed || streq(json_str(json_array_get(volumes, k), "name"), json_str(v, "name"));
		if (!shadowed && json_array_append(volumes, v) < 0)
			return -ENOMEM;
	}
	return json_array_size(volumes) == 0 ? 0 : json_dot_set(pod, "spec.volumes", json_incref(volumes));
}

bool stateful_claim_stale(const json_t *claim, const char *pod_name)
{
	json_t *ref;
	size_t i;

	if (obj_deleting(claim))
		return true;
	json_array_foreach (json_dot(claim, "metadata.ownerReferences"), i, ref)
		if (streq(json_str(ref, "kind"), "Pod") && streq(json_str(ref, "name"), pod_name))
			return true;
	return false;
}
