#include "api/volume_match.h"
#include <string.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"

#define VOLUME_SIZE "spec.capacity.storage"
#define CLAIM_SIZE "spec.resources.requests.storage"

const char *claim_class(const json_t *pvc)
{
	const char *ann = obj_annotation(pvc, ANN_CLASS_BETA);

	return ann ? ann : json_str(pvc, "spec.storageClassName");
}

const char *volume_class(const json_t *pv)
{
	const char *ann = obj_annotation(pv, ANN_CLASS_BETA);

	return ann ? ann : json_str_or(pv, "spec.storageClassName", "");
}

static __int128 quantity_at(const json_t *o, const char *path)
{
	struct quantity q;
	const char *s = json_str(o, path);

	return s && quantity_parse(s, &q) == 0 ? q.nano : 0;
}

static bool has_modes(const json_t *have, const json_t *want)
{
	json_t *w, *h;
	size_t i, k;

	json_array_foreach ((json_t *)want, i, w) {
		bool found = false;
		json_array_foreach ((json_t *)have, k, h)
			found = found || json_equal(w, h);
		if (!found)
			return false;
	}
	return true;
}

bool volume_claimed_by(const json_t *pv, const json_t *pvc)
{
	const char *uid = json_str_or(pv, "spec.claimRef.uid", "");

	return streq(json_str(pv, "spec.claimRef.name"), obj_name(pvc)) &&
	       streq(json_str_or(pv, "spec.claimRef.namespace", ""), obj_namespace(pvc)) && (!*uid || streq(uid, obj_uid(pvc)));
}

bool volume_mode_differs(const json_t *pv, const json_t *pvc)
{
	return !streq(json_str_or(pv, "spec.volumeMode", "Filesystem"), json_str_or(pvc, "spec.volumeMode", "Filesystem"));
}

const char *volume_mismatch(const json_t *pv, const json_t *pvc)
{
	const char *class = claim_class(pvc);

	if (obj_deleting(pv))
		return "the volume is marked for deletion";
	if (quantity_at(pv, VOLUME_SIZE) < quantity_at(pvc, CLAIM_SIZE))
		return "requested PV is too small";
	if (!streq(volume_class(pv), class ? class : ""))
		return "storageClassName does not match";
	if (!streq(json_str_or(pv, "spec.volumeAttributesClassName", ""), json_str_or(pvc, "spec.volumeAttributesClassName", "")))
		return "volumeAttributesClassName does not match";
	if (volume_mode_differs(pv, pvc))
		return "incompatible volumeMode";
	if (!has_modes(json_dot(pv, "spec.accessModes"), json_dot(pvc, "spec.accessModes")))
		return "incompatible accessMode";
	return NULL;
}

int claim_by_size(const json_t *a, const json_t *b)
{
	__int128 x = quantity_at(a, CLAIM_SIZE), y = quantity_at(b, CLAIM_SIZE);

	return x != y ? (x < y ? -1 : 1) : strcmp(obj_name(a), obj_name(b));
}

bool class_allows(const json_t *class, const json_t *labels)
{
	const json_t *terms = json_object_get(class, "allowedTopologies");
	json_t *term, *expr, *value;
	size_t i, k, l;

	if (json_array_size(terms) == 0)
		return true;
	json_array_foreach ((json_t *)terms, i, term) {
		const json_t *exprs = json_object_get(term, "matchLabelExpressions");
		bool all = json_array_size(exprs) > 0;
		json_array_foreach ((json_t *)exprs, k, expr) {
			const json_t *have = json_object_get(labels, json_str_or(expr, "key", ""));
			bool any = false;
			json_array_foreach (json_object_get(expr, "values"), l, value)
				any = any || (have && json_equal(have, value));
			all = all && any;
		}
		if (all)
			return true;
	}
	return false;
}
