#include "storage/internal.h"
#include <string.h>
#include "api/quantity.h"

const char *volume_node(const json_t *pv)
{
	return json_str(pv, "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values[0]");
}

int64_t volume_capacity(const json_t *pv) { return quantity_bytes(json_str(pv, "spec.capacity.storage")); }

const char *size_text(int64_t bytes, char out[SIZE_TEXT_MAX])
{
	struct quantity q = {.nano = (__int128)bytes * 1000000000, .format = QUANTITY_BINARY_SI};
	char decimal[SIZE_TEXT_MAX];

	quantity_format(&q, out, SIZE_TEXT_MAX);
	q.format = QUANTITY_DECIMAL_SI;
	quantity_format(&q, decimal, sizeof(decimal));
	if (strlen(decimal) < strlen(out))
		memcpy(out, decimal, sizeof(decimal));
	return out;
}
