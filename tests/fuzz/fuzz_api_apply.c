/*
 * A JSON array of two: a live Pod (its managedFields from anywhere, too) and what is applied to it. Applying the same again
 * changes nothing.
 */
#include "api/patch.h"
#include "api/resource.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct api_registry *reg;
	json_t *v = NULL, *once = NULL, *twice = NULL, *conflicts = NULL;
	struct err e;

	if (!reg && api_registry_new(&reg, NULL) < 0)
		abort();
	const struct api_resource *pods = api_resource_find(reg, "", "v1", "pods");
	if (json_parse((const char *)data, size, &v, NULL) < 0)
		return 0;
	json_t *live = json_array_get(v, 0), *config = json_array_get(v, 1);
	if (json_is_object(live) && json_is_object(config)) {
		if (api_apply(&once, pods, live, config, "m", NULL, false, "2026-01-01T00:00:00Z", &conflicts, &e) == ERR_CONFLICT)
			(void)api_apply(&once, pods, live, config, "m", NULL, true, "2026-01-01T00:00:00Z", &conflicts, &e);
		if (once) {
			json_t *c2 = NULL;
			if (api_apply(&twice, pods, once, config, "m", NULL, true, "2026-01-01T00:00:01Z", &c2, &e) < 0 ||
			    json_equal(once, twice) != 1)
				abort();
			(void)api_manage_update(pods, once, live, "u", NULL, "2026-01-01T00:00:02Z", &e);
			json_decref(c2);
		} else {
			(void)api_manage_update(pods, NULL, live, "u", "status", "2026-01-01T00:00:02Z", &e);
		}
	}
	json_decref(conflicts);
	json_decref(once);
	json_decref(twice);
	json_decref(v);
	return 0;
}
