/* The quick reader of JSON makes of a text what jansson makes of it, or nothing. */
#include <string.h>
#include "base/json.h"
#include "base/json_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data;
	AUTO_JSON json_t *quick = json_read(s, size, 128), *slow = json_loadb(s, size, JSON_DECODE_ANY, NULL);
	AUTO_BYTES struct bytes *a = quick ? json_encode(quick) : NULL, *b = slow ? json_encode(slow) : NULL;

	if (quick &&
	    (!slow || !json_equal(quick, slow) || !a || !b || a->len != b->len || memcmp(a->data, b->data, a->len)))
		abort();
	return 0;
}
