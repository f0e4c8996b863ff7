/*
 * A reader of JSON that makes jansson's trees. jansson's own takes a text character by character through its lexer,
 * which is a quarter of what a write costs the API server; this one takes strings as a whole. Private to base/json.c.
 *
 * It accepts what json_loadb with JSON_DECODE_ANY accepts (RFC 8259; valid UTF-8, no NUL in strings, of equal keys the
 * last one counts) and makes the same tree of it, or answers NULL: without memory, when the text is not valid, nested
 * deeper than max_depth, or has an integer of more than 64 bits. The caller then asks jansson, for the words of the
 * error too.
 */
#pragma once
#include <stddef.h>
#include "base/json.h"

json_t *json_read(const char *s, size_t n, unsigned max_depth);
