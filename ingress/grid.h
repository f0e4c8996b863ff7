/* Rows of text in columns, as wide as what is in them. Pure. */
#pragma once
#include <stddef.h>
#include "base/buf.h"

#define GRID_COLUMNS_MAX 10
struct grid {
	const char *const *titles; /* of columns, static */
	size_t columns;
	struct buf text; /* cells, each with its NUL */
	size_t width[GRID_COLUMNS_MAX];
	size_t n; /* cells */
};
/* {.titles, .columns} is empty. A cell of nothing is "-". Without memory text has failed. */
void grid_add(struct grid *g, const struct buf *cell);
void grid_add_text(struct grid *g, const char *cell); /* made safe for a terminal; NULL is nothing */
/* Titles, then rows; nothing when there are none. Empties it. */
void grid_print(struct grid *g, struct buf *out);
