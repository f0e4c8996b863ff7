/* A JSON array of two: a document, and a patch that is applied to it as JSON patch, merge and strategic merge patch. */
#include "api/patch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *v = NULL, *out = NULL;
	struct err e;

	if (json_parse((const char *)data, size, &v, NULL) < 0)
		return 0;
	const json_t *doc = json_array_get(v, 0), *patch = json_array_get(v, 1);
	if (doc && patch) {
		json_t *before = json_deep_copy(doc);
		if (api_json_patch(&out, doc, patch, &e) == 0)
			json_decref(out);
		if (api_merge_patch(&out, doc, patch, &e) == 0)
			json_decref(out);
		if (api_strategic_merge_patch(&out, api_type_find("io.k8s.api.core.v1.PodSpec"), doc, patch, &e) == 0)
			json_decref(out);
		if (json_equal(before, doc) != 1)
			abort();
		json_decref(before);
	}
	json_decref(v);
	return 0;
}
