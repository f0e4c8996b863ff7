#include "storage/internal.h"
#include "api/quantity.h"

const char *volume_node(const json_t *pv)
{
	return json_str(pv, "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values[0]");
}

int64_t volume_capacity(const json_t *pv) { return quantity_bytes(json_str(pv, "spec.capacity.storage")); }

const char *size_text(int64_t bytes, char out[SIZE_TEXT_MAX])
{
	quantity_format(&(struct quantity){.nano = (__int128)bytes * 1000000000, .format = QUANTITY_BINARY_SI}, out, SIZE_TEXT_MAX);
	return out;
}
