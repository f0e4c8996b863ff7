/* The canonical form of a quantity reads back as the same number, and is the canonical form of that. */
#include <ctype.h>
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
	/* But for 62.5Ki: no multiple of 1024, so it is written without a suffix, and 64000 is read as a decimal, 64k.
	 * So does Kubernetes. */
	if (strcmp(canon, again) != 0 && a.format == QUANTITY_BINARY_SI &&
	    isdigit((unsigned char)canon[strlen(canon) - 1])) {
		memcpy(canon, again, sizeof(canon));
		if (quantity_parse(canon, &b) < 0 || a.nano != b.nano)
			abort();
		quantity_format(&b, again, sizeof(again));
	}
	if (strcmp(canon, again) != 0)
		abort();
	(void)quantity_value(&a);
	(void)quantity_milli(&a);
	return 0;
}
