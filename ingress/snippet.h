/*
 * What a snippet of nginx' configuration says, by nginx' grammar: its directives, not words in strings and comments. Nothing of it is
 * ever taken over; it is read for what it keeps out, and for what is to be written in its place. Pure.
 */
#pragma once
#include <stdbool.h>
#include "base/buf.h"

struct snippet {
	char guard[41]; /* the first directive that keeps somebody out; "": there is none */
	bool broken;    /* a quote or a block of Lua does not end: nobody can tell what it says */
};
/*
 * Appends to advice, for what has a counterpart, "annotation for directive", by "; ". lines: a directive to each line (ModSecurity's).
 * NULL: no advice.
 */
void snippet_read(const char *text, bool lines, struct snippet *ret, struct buf *advice);
