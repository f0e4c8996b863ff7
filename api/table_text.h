/* Texts that printers of several kinds share. New JSON strings, NULL without memory. Private to api/. */
#pragma once
#include "base/json.h"

json_t *text_quantity(const json_t *v);					  /* canonical; "0" when absent */
json_t *text_join(const json_t *list, const char *key, const char *sep); /* strings, or their member key */
json_t *text_labels(const json_t *map);					  /* "a=b,c=d" sorted; "<none>" */
json_t *text_selector(const json_t *label_selector, const char *empty);	  /* as it would be typed */
json_t *text_any(const json_t *v);					  /* a string as it is, others as JSON */
/* Joins n strings sorted and without duplicates. */
json_t *text_sorted(const char **v, size_t n);
/*
 * The first value at a simple JSONPath: .a.b, ['a'], [0], [-1], [*], [?(@.a=="x")] (also != and a bare @.a). Borrowed;
 * NULL when there is none or the path is not understood.
 */
const json_t *text_json_path(const json_t *o, const char *path);
