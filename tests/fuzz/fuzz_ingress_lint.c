/* A manifest of arbitrary bytes: minik ingress lint says something of it, and nothing that moves a terminal's cursor.
 * The table of what was taken can be written and shown. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "ingress/lint.h"
#include "ingress/show.h"
#include "ingress/table_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int look(void *arg, const struct ing_table *t, struct err *e)
{
	AUTO_BUF struct buf file = {0};
	AUTO_BUF struct buf text = {0};
	AUTO_BUF struct buf json = {0};
	const struct ing_show show = {.table = t, .now = 1800000000};

	(void)arg;
	if (table_write(t, NULL, 1, &file, e) < 0 || ing_show_text(&show, &text, e) < 0 ||
	    ing_show_json(&show, &json, e) < 0)
		abort();
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.data[i] < ' ' && text.data[i] != '\n')
			abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_BUF struct buf out = {0};
	AUTO_BUF struct buf json = {0};
	struct lint *l = NULL;

	if (n > 1 << 16 || lint_new(&l, "nginx", false, NULL) < 0)
		return 0;
	if (lint_text(l, "file", (const char *)data, n, NULL) < 0 || lint_referred(l, look, NULL, NULL) < 0 ||
	    lint_finish(l, NULL) < 0 || lint_print(l, false, &out, NULL) < 0 || lint_print(l, true, &json, NULL) < 0)
		abort();
	for (size_t i = 0; i < out.len; i++)
		if ((unsigned char)out.data[i] < ' ' && out.data[i] != '\n')
			abort();
	lint_free(l);
	return 0;
}
