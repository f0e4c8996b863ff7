/*
 * A body of any built-in kind, which its apiVersion and kind name, as a create and an update take it: duplicates,
 * pruning, types, defaults, validation, index, table, other versions. Defaulting a second time changes nothing; a row
 * has a cell for every column.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "api/convert.h"
#include "api/resource.h"
#include "api/schema.h"
#include "api/selector.h"
#include "api/table.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct api_resource *kind_of(const struct api_registry *reg, const json_t *obj)
{
	AUTO_FREE char *gv = str_dup(json_str_or(obj, "apiVersion", "v1"));
	char *slash = gv ? strchr(gv, '/') : NULL;
	const struct api_resource *r;

	if (!gv)
		abort();
	if (slash)
		*slash = 0;
	r = api_resource_for_kind(reg, slash ? gv : "", slash ? slash + 1 : gv, json_str_or(obj, "kind", ""));
	return r ? r : api_resource_for_kind(reg, "", "v1", "Pod");
}

/* What a stored object is then asked for. */
static void use(const struct api_registry *reg, const struct api_resource *kind, const json_t *obj)
{
	AUTO_JSON json_t *columns = table_columns(kind);
	AUTO_JSON json_t *cells = table_cells(kind, obj, 1800000000);
	AUTO_BYTES struct bytes *index = NULL;

	if (!columns || !cells || json_array_size(columns) != json_array_size(cells))
		abort();
	if (api_index_build(&index, kind, obj) == 0)
		(void)api_index_field(index, "metadata.name");
	for (size_t i = 0; i < api_resource_count(reg); i++) {
		const struct api_resource *to = api_resource_at(reg, i);

		if (to == kind || !to->storage_prefix || !kind->storage_prefix ||
		    !streq(to->storage_prefix, kind->storage_prefix))
			continue;
		AUTO_JSON json_t *there = json_deep_copy(obj);
		if (api_convert(kind, to, there, NULL) == 0)
			(void)api_convert(to, kind, there, NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct api_registry *reg;
	AUTO_JSON json_t *obj = NULL, *found = json_array();
	struct api_causes created AUTO_CAUSES = {0}, updated AUTO_CAUSES = {0};
	struct err e = {0};

	if (!reg && api_registry_new(&reg, NULL))
		abort();
	if (json_parse((const char *)data, size, &obj, NULL) || !json_is_object(obj))
		return 0;
	const struct api_resource *kind = kind_of(reg, obj);
	(void)api_find_duplicates((const char *)data, size, found);
	if (api_prune(kind->type, obj, found))
		abort();
	if (api_check_types(kind->type, obj, &e)) {
		if (!e.msg[0])
			abort();
		return 0;
	}
	if (api_default(kind->type, obj))
		abort();
	AUTO_JSON json_t *again = json_deep_copy(obj);
	if (api_default(kind->type, again) || !json_equal(obj, again))
		abort();
	api_validate_schema(kind->type, obj, &created);
	api_validate_kind(kind, obj, NULL, NULL, &created);
	api_validate_kind(kind, obj, again, NULL, &updated);
	api_validate_kind(kind, obj, again, "status", &updated);
	use(reg, kind, obj);
	return 0;
}
