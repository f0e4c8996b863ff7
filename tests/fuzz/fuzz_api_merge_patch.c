/*
 * A JSON array: a document, a patch, and perhaps the name of the document's type. The patch is applied as merge patch,
 * twice, and the second time changes nothing (RFC 7386); and as strategic merge patch, alone and after itself. What
 * goes in stays as it was.
 */
#include <stdint.h>
#include <stdlib.h>
#include "api/patch.h"
#include "base/cleanup.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON json_t *v = NULL, *before = NULL, *once = NULL, *twice = NULL, *merged = NULL, *again = NULL;
	struct err e = {0};

	if (json_parse((const char *)data, size, &v, NULL) || !(before = json_deep_copy(v)))
		return 0;
	const json_t *doc = json_array_get(v, 0), *patch = json_array_get(v, 1);
	const char *name = json_string_value(json_array_get(v, 2));
	const struct api_type *t = api_type_find(name ? name : "io.k8s.api.core.v1.Pod");
	if (!doc || !patch)
		return 0;
	if (api_merge_patch(&once, doc, patch, &e) == 0 &&
	    (api_merge_patch(&twice, once, patch, &e) || !json_equal(once, twice)))
		abort();
	if (t && api_strategic_merge_patch(&merged, t, doc, patch, &e) == 0)
		(void)api_strategic_merge_patch(&again, t, merged, patch, &e);
	if (!json_equal(v, before))
		abort();
	return 0;
}
