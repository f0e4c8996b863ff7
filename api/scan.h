/*
 * A pull scanner over JSON bytes: walks without building a tree. For projections (metadata, labels), splicing and
 * checks. Input is NUL-terminated valid JSON as the store keeps it, but the scanner is safe on anything. Pure.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"
#include "base/err.h"

/* The raw JSON value at a dotted path ("metadata.name", "spec.nodeName"; no indexes). false if absent. */
bool scan_find(const char *json, size_t n, const char *path, const char **ret_p, size_t *ret_n);
/* As scan_find for strings, unescaped into out (cut to cap-1). false if absent or not a string. */
bool scan_str(const char *json, size_t n, const char *path, char *out, size_t cap);
/* Calls fn for each key of the object at path ("" for the root); key unescaped; fn non-zero stops. */
int scan_each(const char *json, size_t n, const char *path,
	      int (*fn)(void *arg, const char *key, size_t key_len, const char *val, size_t val_len), void *arg);
int scan_each_elem(const char *json, size_t n, const char *path, int (*fn)(void *arg, const char *val, size_t val_len), void *arg);
/* Well-formedness and depth; the offset of the first fault in *ret_off. */
bool scan_valid(const char *json, size_t n, unsigned max_depth, size_t *ret_off);
