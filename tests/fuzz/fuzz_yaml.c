/* YAML bodies: a tree that can be written again and reads as the same, or a clear refusal, within bounds. */
#include <stdint.h>
#include <string.h>
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON json_t *tree = NULL;
	AUTO_JSON json_t *again = NULL;
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
	/* Compared as text: 2. and 2 are the same number there, though not in memory. */
	if (yaml_parse(b.data, b.len, &again, &e) || yaml_encode(again, &b2) || b.len != b2.len || memcmp(b.data, b2.data, b.len)) {
		fprintf(stderr, "%s\nwritten as\n%.*s\nand again as\n%.*s\n", e.msg, (int)b.len, b.data, (int)b2.len, b2.data);
		abort();
	}
	return 0;
}
