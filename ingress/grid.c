#include "ingress/grid.h"
#include <string.h>
#include "base/cleanup.h"
#include "ingress/show.h"

static size_t letters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

void grid_add(struct grid *g, const struct buf *cell)
{
	enum { WIDEST = 60 }; /* of one that makes all others wide */

	if (buf_failed(cell)) {
		g->text.failed = true;
		return;
	}
	const char *s = cell->len ? cell->data : "-";
	size_t n = letters(s);
	if (n <= WIDEST && n > g->width[g->n % g->columns])
		g->width[g->n % g->columns] = n;
	buf_add(&g->text, s, strlen(s) + 1);
	g->n++;
}

void grid_add_text(struct grid *g, const char *cell)
{
	AUTO_BUF struct buf b = {0};

	ing_show_safe(&b, cell);
	grid_add(g, &b);
}

void grid_print(struct grid *g, struct buf *out)
{
	const char *p = g->text.data;

	if (buf_failed(&g->text))
		out->failed = true;
	for (size_t i = 0; i < g->columns; i++)
		if (g->width[i] < strlen(g->titles[i]))
			g->width[i] = strlen(g->titles[i]);
	for (size_t i = 0; g->n && i + 1 < g->columns; i++)
		buf_addf(out, "%-*s  ", (int)g->width[i], g->titles[i]);
	if (g->n)
		buf_addf(out, "%s\n", g->titles[g->columns - 1]);
	for (size_t i = 0; !out->failed && i < g->n; i++, p += strlen(p) + 1) {
		size_t n = letters(p), c = i % g->columns;
		buf_adds(out, p);
		for (; c + 1 < g->columns && n < g->width[c] + 2; n++)
			buf_addc(out, ' ');
		if (c + 1 < g->columns && n > g->width[c] + 2)
			buf_adds(out, "  ");
		if (c + 1 == g->columns)
			buf_addc(out, '\n');
	}
	buf_done(&g->text);
	*g = (struct grid){.titles = g->titles, .columns = g->columns};
}
