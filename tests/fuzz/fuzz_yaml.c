/* YAML bodies: a tree that can be written again and reads as the same, or a clear refusal, within bounds. */
#include <stdint.h>
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON json_t *tree = NULL;
	AUTO_JSON json_t *again = NULL;
	AUTO_JSON json_t *third = NULL;
	AUTO_JSON json_t *dups = json_array();
	AUTO_BUF struct buf b = {0};
	AUTO_BUF struct buf b2 = {0};
	struct err e = {0};
	int rc = yaml_parse_dups((const char *)data, size, &tree, dups, &e);

	if (rc < 0 && !e.msg[0])
		abort();
	if (rc || !tree)
		return 0;
	if (yaml_encode(tree, &b) || buf_failed(&b))
		abort();
	/*
	 * Compared as text, and from the second writing on: 2. and 2 are the same number there, and -0 is read as 0.
	 */
	if (yaml_parse(b.data, b.len, &again, &e) || yaml_encode(again, &b2) ||
	    yaml_parse(b2.data, b2.len, &third, &e) || !json_equal(again, third)) {
		fprintf(stderr, "%s\nwritten as\n%.*s\nand again as\n%.*s\n", e.msg, (int)b.len, b.data, (int)b2.len,
			b2.data);
		abort();
	}
	return 0;
}
