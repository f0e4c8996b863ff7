#include "storage/internal.h"
#include "api/node_match.h"
#include "api/object.h"
#include "api/quantity.h"
#include "api/selector.h"
#include "base/str.h"

static int64_t quantity_at(const json_t *o, const char *path)
{
	struct quantity q;
	const char *s = json_str(o, path);

	return s && quantity_parse(s, &q) == 0 ? quantity_value(&q) : 0;
}

int64_t volume_capacity(const json_t *pv) { return quantity_at(pv, "spec.capacity.storage"); }

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

bool volume_satisfies(const json_t *pv, const json_t *pvc, const char **why)
{
	const char *none, *class = claim_class(pvc);

	if (!why)
		why = &none;
	if (obj_deleting(pv)) {
		*why = "volume is being deleted";
		return false;
	}
	if (volume_capacity(pv) < quantity_at(pvc, "spec.resources.requests.storage")) {
		*why = "requested size is larger than the volume";
		return false;
	}
	if (!streq(volume_class(pv), class ? class : "")) {
		*why = "storageClassName does not match";
		return false;
	}
	if (!streq(json_str_or(pv, "spec.volumeMode", "Filesystem"), json_str_or(pvc, "spec.volumeMode", "Filesystem"))) {
		*why = "incompatible volumeMode";
		return false;
	}
	if (!has_modes(json_dot(pv, "spec.accessModes"), json_dot(pvc, "spec.accessModes"))) {
		*why = "incompatible accessMode";
		return false;
	}
	const json_t *sel = json_dot(pvc, "spec.selector");
	if (sel && !volume_claimed_by(pv, pvc)) {
		struct api_selector *s = NULL;
		bool match = api_label_selector_from(&s, sel, NULL) == 0 && api_selector_match_labels(s, json_dot(pv, "metadata.labels"));
		api_selector_free(s);
		if (!match) {
			*why = "labels do not match the claim's selector";
			return false;
		}
	}
	return true;
}

const char *volume_node(const json_t *pv)
{
	return json_str(pv, "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values[0]");
}

bool volume_fits_node(const json_t *pv, const char *node_name, const json_t *labels)
{
	const json_t *required = json_dot(pv, "spec.nodeAffinity.required");

	return !required || (node_name && node_selector_matches(required, node_name, labels));
}

ssize_t volume_choose(json_t *const *pvs, size_t n, const json_t *pvc, const char *node, const json_t *node_labels)
{
	ssize_t best = -1;

	for (size_t i = 0; i < n; i++) {
		const json_t *pv = pvs[i];
		if (json_dot(pv, "spec.claimRef.name")) {
			/* Kept for this claim by its administrator, or half bound by us before a crash. */
			if (volume_claimed_by(pv, pvc) && volume_satisfies(pv, pvc, NULL))
				return (ssize_t)i;
			continue;
		}
		if (!volume_satisfies(pv, pvc, NULL) || (node && !volume_fits_node(pv, node, node_labels)))
			continue;
		const char *phase = json_str_or(pv, "status.phase", "");
		if (streq(phase, "Released") || streq(phase, "Failed"))
			continue;
		if (best < 0 || volume_capacity(pv) < volume_capacity(pvs[best]) ||
		    (volume_capacity(pv) == volume_capacity(pvs[best]) && strcmp(obj_name(pv), obj_name(pvs[best])) < 0))
			best = (ssize_t)i;
	}
	return best;
}
