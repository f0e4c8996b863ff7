/* A CRD, a NUL, an object of it: compiled, validated, pruned, defaulted, indexed, printed as a table; and its part of OpenAPI. */
#include <stdint.h>
#include "api/resource.h"
#include "api/openapi.h"
#include "api/schema.h"
#include "api/selector.h"
#include "api/table.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const struct api_resource *r, const json_t *o)
{
	AUTO_JSON json_t *columns = table_columns(r), *cells = table_cells(r, o, 1800000000);
	AUTO_BYTES struct bytes *index = NULL;

	if (!columns || !cells || json_array_size(columns) != json_array_size(cells))
		abort();
	(void)api_index_build(&index, r, o);
}

static void document(const struct api_registry *reg)
{
	for (size_t i = 0; i < api_resource_count(reg); i++) {
		const struct api_resource *r = api_resource_at(reg, i);
		AUTO_FREE char *gv = str_fmt("apis/%s/%s", r->group, r->version);
		AUTO_BYTES struct bytes *doc = NULL;
		AUTO_JSON json_t *tree = NULL;

		if (r->crd && openapi_v3_doc(&doc, reg, gv, NULL) == 0 && json_parse_bytes(doc, &tree, NULL))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
	size_t n = nul ? (size_t)(nul - data) : size;
	AUTO_JSON json_t *crd = NULL, *obj = NULL;
	struct api_registry *reg = NULL, *with = NULL;
	struct api_causes causes AUTO_CAUSES = {0};

	if (json_parse((const char *)data, n, &crd, NULL) || api_registry_new(&reg, NULL))
		return 0;
	const struct api_resource *kind =
	    api_resource_find(reg, "apiextensions.k8s.io", "v1", "customresourcedefinitions");
	if (api_check_types(kind->type, crd, NULL) == 0 && api_prune(kind->type, crd, NULL) == 0 &&
	    api_default(kind->type, crd) == 0)
		api_validate_kind(kind, crd, NULL, NULL, &causes);
	if (api_registry_with_crd(&with, reg, crd, NULL) == 0 && nul &&
	    json_parse((const char *)nul + 1, size - n - 1, &obj, NULL) == 0)
		for (size_t i = 0; i < api_resource_count(with); i++) {
			const struct api_resource *r = api_resource_at(with, i);
			if (!r->crd)
				continue;
			AUTO_JSON json_t *o = json_deep_copy(obj), *unknown = json_array();
			(void)api_check_types(r->type, o, NULL);
			(void)api_prune(r->type, o, unknown);
			(void)api_default(r->type, o);
			api_validate_schema(r->type, o, &causes);
			use(r, o);
		}
	if (with)
		document(with);
	(void)api_registry_unref(with);
	(void)api_registry_unref(reg);
	return 0;
}
