/*
 * Regular expressions as schemas write them: Go's syntax (RE2) without Unicode classes. Matching takes time linear in
 * the text, whatever the pattern. Search is unanchored. Private to the room.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"

struct regex; /* opaque, immutable */
/* ERR_INVALID: a syntax error; ERR_UNSUPPORTED: Unicode classes and other things named in the message. */
int regex_new(struct regex **ret, const char *pattern, struct err *e);
struct regex *regex_free(struct regex *re);
bool regex_match(const struct regex *re, const char *s, size_t n); /* false too without memory */
