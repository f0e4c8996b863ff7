#include "ingress/lint_habits.h"
#include <errno.h>
#include <string.h>
#include <strings.h>
#include "api/object.h"
#include "base/buf.h"
#include "base/str.h"

#define MAX_NAME 63 /* of what is compared */

int lint_quote(json_t *o, const char *file, const char *object, lint_told_fn fn, void *arg)
{
	json_t *all = json_at(o, "metadata", "annotations", NULL), *v;
	const char *key;
	void *next;
	int r = 0;

	json_object_foreach_safe (all, next, key, v) {
		bool scalar = json_is_boolean(v) || json_is_number(v);
		AUTO_BUF struct buf text = {0};
		if (r < 0 || json_is_string(v) || json_is_null(v)) /* the API takes null for "" */
			continue;
		json_encode_buf(v, &text);
		AUTO_FREE char *said = str_fmt(scalar ? "annotation %.200s must be a string: quote it, \"%.60s\""
						      : "annotation %.200s must be a string",
					       key, buf_failed(&text) ? "" : text.data);
		if (buf_failed(&text) || !said)
			return -ENOMEM;
		r = fn(arg, file, object, LINT_ERROR, "NoString", said);
		if (r == 0 && json_object_set_new(all, key, json_string(text.data)) < 0)
			r = -ENOMEM;
	}
	return r;
}

int lint_name(json_t *o, size_t number)
{
	json_t *meta = json_object_get(o, "metadata");
	const char *prefix = json_str(meta, "generateName");

	if (!prefix || !*prefix || *obj_name(o))
		return 0;
	AUTO_FREE char *name = str_fmt("%s%05zu", prefix, number);
	return name && json_object_set_new(meta, "name", json_string(name)) == 0 ? 0 : -ENOMEM;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to be left out, put in or exchanged to get from one to the other (two neighbours that changed places are one). */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t rows[3][MAX_NAME + 1] = {{0}};

	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *row = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			bool same = (a[i - 1] | 0x20) == (b[j - 1] | 0x20);
			row[j] = least(least(up[j], row[j - 1]) + 1, up[j - 1] + !same);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], up2[j - 2] + 1);
		}
	}
	return rows[n % 3][m];
}

bool lint_resembles(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);

	return n <= MAX_NAME && m <= MAX_NAME && n > 2 && m > 2 && distance(a, n, b, m) <= (m > 4 ? 2 : 1);
}

bool lint_looks_regex(const char *path)
{
	/* Parentheses alone are in URLs of some: /Users(1). */
	return strpbrk(path, "*^$|[]{}\\?") || strstr(path, ".+");
}
