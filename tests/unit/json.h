/* JSON trees of literals, for tests. */
#pragma once
#include <stdlib.h>
#include "base/json.h"
#include "base/str.h"

/* The tree of a literal; one that is no JSON is a fault of the test, which ends. */
static inline json_t *parse(const char *text)
{
	json_t *v = NULL;
	struct err e = {0};

	if (json_parse(text, strlen(text), &v, &e) < 0) {
		fprintf(stderr, "%s\n%s\n", text, e.msg);
		abort();
	}
	return v;
}

/* The same, written with ' for ". */
static inline json_t *parse_quoted(const char *text)
{
	AUTO_FREE char *t = str_dup(text);

	if (!t)
		abort();
	for (char *p = t; *p; p++)
		if (*p == '\'')
			*p = '"';
	return parse(t);
}
