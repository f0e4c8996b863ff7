/* The canonical form of a quantity reads back as the same number. */
#include <stdbool.h>
#include "api/quantity.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct quantity a, b;
	char text[256], canon[64], again[64];

	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = 0;
	if (quantity_parse(text, &a) < 0)
		return 0;
	quantity_format(&a, canon, sizeof(canon));
	if (quantity_parse(canon, &b) < 0 || a.nano != b.nano)
		abort();
	quantity_format(&b, again, sizeof(again));
	if (strcmp(canon, again) != 0)
		abort();
	(void)quantity_value(&a);
	(void)quantity_milli(&a);
	return 0;
}
