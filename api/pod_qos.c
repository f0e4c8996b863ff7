/* The QoS class of a pod (Kubernetes "Pod Quality of Service Classes"): the API server sets it, the node agent goes by it. */
#include "api/object.h"
#include "api/quantity.h"

static bool positive(const json_t *q)
{
	struct quantity v;

	return json_is_string(q) && !quantity_parse(json_string_value(q), &v) && v.nano > 0;
}

const char *pod_qos(const json_t *pod)
{
	static const char *const lists[] = {"containers", "initContainers"};
	static const char *const res[] = {"cpu", "memory"};
	bool any = false, guaranteed = true;

	for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
		const json_t *list = json_at(pod, "spec", lists[l], NULL), *c;
		size_t i;

		json_array_foreach((json_t *)(uintptr_t)list, i, c) {
			for (size_t k = 0; k < ARRAY_LEN(res); k++) {
				const json_t *req = json_at(c, "resources", "requests", res[k], NULL), *lim = json_at(c, "resources", "limits", res[k], NULL);
				struct quantity a, b;

				any |= positive(req) || positive(lim);
				if (!positive(lim) || (req && (!json_is_string(req) || quantity_parse(json_string_value(req), &a) ||
							       quantity_parse(json_string_value(lim), &b) || a.nano != b.nano)))
					guaranteed = false;
			}
		}
	}
	return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
}

